//! The RSA path of some of those who wait for an orientation: from the platform's first contract to the end.

use liant_app::accounts::SignedIn;
use liant_app::casework::{self, Asked, Entry, Proposed, RecordAsked};
use liant_app::people::{self, ListRequest, PageSize, Seat, Test};
use liant_model::{Lang, PersonId, Purpose, Role};

use super::accompaniments::unless_closed;
use super::tale::{Tale, code, colleague, done, met};
use crate::workshop::Workshop;

const PROGRAMME: &str = "rsa-accompagnement";
/// People whom the platform met.
const MOST: usize = 18;

/// Those who bring someone to her contract.
pub(super) struct Steps<'a> {
    pub(super) platform: &'a SignedIn,
    pub(super) head: &'a SignedIn,
    pub(super) referent: &'a SignedIn,
}

/// Brings some of them to every step.
pub(super) fn make(operator: &Workshop, steps: &Steps<'_>) -> anyhow::Result<()> {
    for (place, person) in (0_i64..).zip(waiting(operator, steps.head)?) {
        // How long ago the platform proposed her, and the last step that was taken.
        let (sent, last) = match place % 6 {
            0 => (3 + place % 5, 1),
            1 => (12 + place % 5, 2),
            2 => (25, 3),
            3 => (70 + place, 5),
            4 => (195, 5),
            _ => (230, 8),
        };
        let tale = Tale { operator, programme: PROGRAMME, person, sent };
        unless_closed(tell(&tale, steps, last))?;
    }
    Ok(())
}

/// Those of the head's service who wait to be oriented.
fn waiting(operator: &Workshop, head: &SignedIn) -> anyhow::Result<Vec<PersonId>> {
    let context = head.context(Purpose::parse("follow-up")?, operator.clock())?;
    let seat = Seat { account: Some(head.account), organisation: Some(head.seat.organisation), reach: None };
    let tests = vec![Test::ToOrient, Test::WithFranceTravail(false)];
    let request = ListRequest { seat, tests, size: PageSize::Long, ..ListRequest::default() };
    let listed = people::list(&context, &operator.workplace, &request, Lang::Fr)?;
    Ok(listed.people.into_iter().map(|line| line.person).take(MOST).collect())
}

/// The steps up to the last.
fn tell(tale: &Tale<'_>, steps: &Steps<'_>, last: u8) -> anyhow::Result<()> {
    let Steps { platform, head, referent } = *steps;
    let form = Proposed {
        to: Role::parse("local_service_head")?,
        organisation: Some(head.seat.organisation),
        account: None,
        declared: Vec::new(),
        zone: None,
        confirmed_by: Vec::new(),
        form: None,
    };
    tale.act(platform, 0, vec![Asked::Propose(form)])?;
    let coding = |code: &str| casework::coding(&format!("liant/1/{code}")).map(RecordAsked::SetGoal);
    let barrier = |state: &str| -> anyhow::Result<RecordAsked> {
        Ok(RecordAsked::NoteBarrier { theme: code("transport")?, state: code(state)? })
    };
    tale.keep(platform, 0, barrier("open")?)?;
    for asked in ["public-transport", "budget"].into_iter().filter_map(coding) {
        tale.keep(platform, 0, asked)?;
    }
    tale.act(platform, 1, vec![met("first-contract")?])?;
    if last < 2 {
        return Ok(());
    }
    tale.act(platform, 3, vec![met("diagnosis")?])?;
    if last < 3 {
        return Ok(());
    }
    let nature = "01".parse().map_err(|_| anyhow::anyhow!("a nature"))?;
    tale.act(head, 8, vec![Asked::Orient(nature, None), Asked::Accept])?;
    tale.act(head, 9, vec![Asked::Name(Role::parse("social_referent")?, colleague(referent))])?;
    if last < 5 {
        return Ok(());
    }
    let entry = Asked::Enter(Entry::default());
    tale.act(referent, 12, vec![done("synthesis-read")?, entry])?;
    tale.act(referent, 18, vec![met("path-defined")?])?;
    for asked in ["social-ties", "driving-licence"].into_iter().filter_map(coding) {
        tale.keep(referent, 18, asked)?;
    }
    let sign = || -> anyhow::Result<Asked> {
        let length = "6 months".parse().map_err(|_| anyhow::anyhow!("a length of time"))?;
        Ok(Asked::Sign { form: code("cer")?, length, who: None })
    };
    tale.act(referent, 20, vec![sign()?])?;
    tale.keep(referent, 60, barrier("being-lifted")?)?;
    if last < 8 {
        return Ok(());
    }
    tale.act(referent, 180, vec![done("review")?, done("diagnosis-update")?])?;
    tale.act(referent, 182, vec![sign()?])?;
    tale.act(referent, 220, vec![Asked::End { exit: code("training")?, next: None }])
}

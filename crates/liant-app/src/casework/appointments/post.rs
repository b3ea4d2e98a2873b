//! What goes by e-mail: one thing that waits, told or not.

use liant_audit::Act;
use liant_convention::{Channel, Consent, Reach};
use liant_guard::Plan;
use liant_model::{Actor, Clock, Field, FieldSet, Instant, Lang, Source, Territory};
use liant_store::{NoticeRow, NoticeWay};

use super::said::Told as Words;
use super::{agrees, still_holds};
use crate::casework::{self, register_of, sight};
use crate::context::software;
use crate::mail::{MailTrouble, Post};
use crate::people::seat;
use crate::{AppError, Context, Workplace, access, trail};

/// What became of something that waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// It was sent.
    Sent,
    /// It goes by letter: she does not agree to e-mail, no clause lets her address out, or none is known.
    ByLetter,
    /// It holds no more.
    Over,
    /// Another site has it in hand.
    Elsewhere,
    /// The mail server did not take it: it is tried again.
    PutOff(MailTrouble),
}

/// In whose name something is sent: that of whom she meets, while she works in that role.
fn speaker(
    workplace: &Workplace,
    territory: Territory,
    (clock, row): (&dyn Clock, &NoticeRow),
) -> Result<Option<Actor>, AppError> {
    let by_itself = software()?;
    let looking = Context::new(&by_itself, casework::purpose(&by_itself)?, territory, clock)?;
    let notice = &row.notice;
    let there = casework::colleagues(&looking, workplace, &notice.role)?;
    let is_there = |one: &crate::people::Follower| {
        (one.account, one.organisation) == (notice.account, notice.organisation)
    };
    if !there.iter().any(is_there) {
        return Ok(None);
    }
    let home =
        workplace.store.directory(territory, |directory| directory.organisation(notice.organisation))?;
    Ok(home.map(|home| Actor {
        name: notice.account.to_string(),
        party: home.party,
        role: notice.role.clone(),
        os_user: None,
    }))
}

/// Tells someone by e-mail what waits, or finds that it goes by letter, or is not to be told any more. `until` is when another may try.
pub(crate) fn tell(
    workplace: &Workplace,
    post: &Post,
    territory: Territory,
    (clock, row, until): (&dyn Clock, &NoticeRow, Instant),
) -> Result<Told, AppError> {
    let told = try_to_tell(workplace, post, territory, (clock, row, until))?;
    let key = &row.notice.key;
    match told {
        Told::Over => workplace.store.drop_notice(territory, key)?,
        // Of a reminder that is: the letter of its own day is then hers.
        Told::ByLetter => workplace.store.notice_by_letter(territory, key)?,
        Told::Sent | Told::Elsewhere | Told::PutOff(_) => {}
    }
    Ok(told)
}

fn try_to_tell(
    workplace: &Workplace,
    post: &Post,
    territory: Territory,
    (clock, row, until): (&dyn Clock, &NoticeRow, Instant),
) -> Result<Told, AppError> {
    let Some(actor) = speaker(workplace, territory, (clock, row))? else { return Ok(Told::ByLetter) };
    let context = Context::new(&actor, casework::purpose(&actor)?, territory, clock)?
        .seated(row.notice.account, row.notice.organisation);
    let seen = match sight::look(&context, workplace, row.person) {
        Ok(seen) => seen,
        Err(AppError::Gate(_) | AppError::Absent(_) | AppError::Blocked) => return Ok(Told::ByLetter),
        Err(error) => return Err(error),
    };
    let programmes = workplace.programmes(territory)?;
    let Some(one) = still_holds(&programmes, &seen.held, &row.notice.key) else { return Ok(Told::Over) };
    let Some(place) = workplace.places.get(&one.meeting.place) else { return Ok(Told::ByLetter) };
    let sees = still_holds(&programmes, &seen.shown, &row.notice.key).is_some();
    if !sees || !agrees(&context, workplace, (row.person, &seen.held))? {
        return Ok(Told::ByLetter);
    }
    // The gate decides now: a suspension since stops it.
    let sending = context.under(super::purpose()?);
    let query = seat::query(&sending, Reach::Designated, Channel::Email);
    let consents = seen.held.consents().with(Consent::Email);
    let Ok(plan) = Plan::compile_near_of(sending.gate(workplace)?, &query, consents) else {
        return Ok(Told::ByLetter);
    };
    if !workplace.store.claim_notice(territory, &row.notice.key, (context.now(), until))? {
        return Ok(Told::Elsewhere);
    }
    let Some(address) = address(&sending, workplace, (&plan, &seen))? else { return Ok(Told::ByLetter) };
    let (hers, space) = workplace.store.read(territory, |snapshot| {
        Ok((snapshot.notices_of(row.person)?, snapshot.spaces_of(row.person)?))
    })?;
    let of_it = |other: &&NoticeRow| {
        other.notice.key.appointment == one.id && other.notice.key.moved < one.moved && other.done.is_some()
    };
    let names = trail::names(workplace, territory, std::slice::from_ref(&actor.name))?;
    let words = Words {
        kind: row.notice.key.kind,
        changed: hers.iter().any(|other| of_it(&other)),
        meeting: &one.meeting,
        place,
        with: names.get(&actor.name).map_or("", String::as_str),
        by_email: true,
    };
    let lang = space.first().map_or(Lang::Fr, |space| space.lang);
    match post.send_to(&address, (&words.subject(lang), words.message(lang))) {
        Ok(()) => {
            workplace.store.notice_done(territory, &row.notice.key, (context.now(), NoticeWay::Email))?;
            Ok(Told::Sent)
        }
        // No such address, says the server, or it has refused for long: she is told all the same.
        Err(trouble) if is_for_good(trouble) => Ok(Told::ByLetter),
        Err(MailTrouble::Refused(_)) if row.tries >= ENOUGH_TRIES => Ok(Told::ByLetter),
        Err(trouble) => Ok(Told::PutOff(trouble)),
    }
}

/// Refusals of a message after which it goes by letter: with their pauses, some eight hours. A server that does not answer refuses nobody.
const ENOUGH_TRIES: u32 = 5;

/// Whether the server will never take this message (RFC 5321, § 4.2.1: 5yz), rather than none of ours (530, 535, 538: who we are).
fn is_for_good(trouble: MailTrouble) -> bool {
    match trouble {
        MailTrouble::Letter => true,
        MailTrouble::Refused(code) => (500..600).contains(&code) && !matches!(code, 530 | 534 | 535 | 538),
        _ => false,
    }
}

/// Her address, as a clause lets it out for this, once that is on record; none when none is known.
fn address(
    context: &Context<'_>,
    workplace: &Workplace,
    (plan, seen): (&Plan, &sight::Seen<'_>),
) -> Result<Option<String>, AppError> {
    let plan = plan.narrowed(FieldSet::EMPTY.with(Field::Email));
    let own = register_of(&context.actor.party);
    let mut sources: Vec<&Source> = seen.facts.iter().map(|fact| fact.facts.source()).collect();
    sources.sort_by_key(|source| **source != own);
    sources.dedup();
    for source in sources {
        let mut session = plan.begin();
        for fact in seen.facts.iter().filter(|fact| fact.facts.source() == source) {
            session.add(&fact.facts, &seen.standing);
        }
        let views = session.release(|record| {
            // What is not there was let out to nobody.
            if record.people.is_empty() {
                return Ok(());
            }
            access::write(context, workplace, record, Act::Send, "appointment message")
        })?;
        let found = views.iter().find_map(|view| view.get(Field::Email).map(str::trim));
        if let Some(found) = found.filter(|found| !found.is_empty()) {
            return Ok(Some(found.to_owned()));
        }
    }
    Ok(None)
}

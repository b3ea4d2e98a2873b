//! What an invented person's path is told by: acts and entries of records, each on its day, by who would have done it.

use liant_app::accounts::SignedIn;
use liant_app::casework::{self, Asked, Code, Colleague, Doing, Means, Outcome, RecordAsked};
use liant_app::{AppError, Workplace};
use liant_model::{FixedClock, GoalId, Instant, Lang, PersonId, Purpose};

use crate::workshop::Workshop;

const DAY: i64 = 86_400_000_000;

/// One person's path in a programme.
pub(super) struct Tale<'a> {
    pub(super) operator: &'a Workshop,
    pub(super) programme: &'static str,
    pub(super) person: PersonId,
    /// How many days ago it began.
    pub(super) sent: i64,
}

impl Tale<'_> {
    /// The last goal of somebody's own record.
    pub(super) fn last_goal(&self, who: &SignedIn) -> anyhow::Result<Option<GoalId>> {
        let view = self.own_record(who, 0)?;
        let all = view.iter().flat_map(|view| &view.tracks).flat_map(|track| &track.says.themes);
        Ok(all.flat_map(|theme| &theme.goals).map(|goal| goal.id).next_back())
    }

    /// Somebody's own record, so many days ago; none where no clause shows it.
    fn own_record(&self, who: &SignedIn, ago: i64) -> anyhow::Result<Option<casework::RecordView>> {
        let clock = self.clock(ago);
        let actor = who.context(Purpose::parse("follow-up")?, &clock)?;
        let context = who.context(casework::purpose(actor.actor)?, &clock)?;
        match casework::record(&context, &self.operator.workplace, self.person, Lang::Fr) {
            Ok(view) => Ok(Some(view)),
            Err(AppError::Gate(_) | AppError::Absent(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes in somebody's own record, so many days after the form was sent, if that is not to come; whether it was written.
    pub(super) fn keep(&self, who: &SignedIn, after: i64, asked: RecordAsked) -> anyhow::Result<bool> {
        let ago = self.sent - after;
        if ago < 0 {
            return Ok(false);
        }
        let Some(view) = self.own_record(who, ago)? else { return Ok(false) };
        let programme = code(self.programme)?;
        let Some(track) = view.tracks.iter().find(|track| track.programme == programme) else {
            return Ok(false);
        };
        let clock = self.clock(ago);
        let actor = who.context(Purpose::parse("follow-up")?, &clock)?;
        let context = who.context(casework::purpose(actor.actor)?, &clock)?;
        let on = context.now().date();
        let doing = casework::RecordDoing { programme, on, expected: track.version, asked };
        Ok(casework::keep(&context, &self.operator.workplace, self.person, &doing)?.is_ok())
    }

    pub(super) fn clock(&self, ago: i64) -> FixedClock {
        FixedClock(Instant::from_micros(self.operator.clock().now().micros() - ago * DAY))
    }

    /// Acts so many days after the form was sent, if that is not to come. What a rule refuses does not happen.
    pub(super) fn act(&self, who: &SignedIn, after: i64, asked: Vec<Asked>) -> anyhow::Result<()> {
        self.done(who, after, asked).map(drop)
    }

    /// The same, and whether it came to pass.
    pub(super) fn done(&self, who: &SignedIn, after: i64, asked: Vec<Asked>) -> anyhow::Result<bool> {
        if after > self.sent {
            return Ok(false);
        }
        let now = self.operator.clock().now().micros() - (self.sent - after) * DAY;
        let clock = FixedClock(Instant::from_micros(now));
        let actor = who.context(Purpose::parse("follow-up")?, &clock)?;
        let context = who.context(casework::purpose(actor.actor)?, &clock)?;
        let workplace: &Workplace = &self.operator.workplace;
        let expected = casework::path(&context, workplace, self.person, Lang::Fr)?.version;
        let doing = Doing { programme: code(self.programme)?, on: context.now().date(), expected, asked };
        Ok(casework::act(&context, workplace, self.person, &doing)?.is_ok())
    }
}

pub(super) fn colleague(one: &SignedIn) -> Colleague {
    Colleague { account: one.account, organisation: one.seat.organisation }
}

pub(super) fn code(text: &str) -> anyhow::Result<Code> {
    Ok(casework::code(text)?)
}

pub(super) fn done(act: &str) -> anyhow::Result<Asked> {
    Ok(Asked::Record { act: code(act)?, outcome: Outcome::Kept, means: None, appointment: None })
}

pub(super) fn met(act: &str) -> anyhow::Result<Asked> {
    Ok(Asked::Record {
        act: code(act)?,
        outcome: Outcome::Kept,
        means: Some(Means::InPerson),
        appointment: None,
    })
}

//! Accompaniments of the invented territory, at every stage: recorded by those who would have, on the days on which they would.

use anyhow::Context as _;
use liant_app::accounts::SignedIn;
use liant_app::casework::{
    self, Asked, Barrier, Code, Colleague, Doing, Entry, Filled, FormModel, FormPerson, HalfYear, Means, Met,
    Outcome, Proposed, RecordAsked,
};
use liant_app::people::{self, Assignment, FollowRole, ListRequest, PageSize, Seat, Test};
use liant_app::{AppError, Workplace};
use liant_model::{FixedClock, GoalId, Instant, Lang, PersonId, Purpose, Role, Span};

use crate::workshop::Workshop;

const PROGRAMME: &str = "accompagnement-global";
const DAY: i64 = 86_400_000_000;
/// People on the adviser's list.
const MOST: usize = 60;

/// The pair, and the head of its local service.
pub(super) struct Pair<'a> {
    pub(super) adviser: &'a SignedIn,
    pub(super) referent: &'a SignedIn,
    pub(super) head: &'a SignedIn,
    /// Who accompanies some of the others for the CAF.
    pub(super) caf_worker: Option<&'a SignedIn>,
}

/// How far someone has come, and when her form was sent.
enum Stage {
    Sent,
    Refused,
    Absent,
    Entered {
        points: i64,
    },
    /// Entered after the delay.
    Late,
    Ended,
}

/// Gives the adviser people, and makes accompaniments of some of them. Nothing is made on a day on which no convention lets forms pass.
pub(super) fn make(operator: &Workshop, officer: &SignedIn, pair: &Pair<'_>) -> anyhow::Result<()> {
    let people = given(operator, officer, pair)?;
    for (place, person) in (0_i64..).zip(people) {
        let (days, stage) = match place % 10 {
            0 => (2 + place % 7, Stage::Sent),
            1 => (18 + place % 6, Stage::Sent),
            2 => (40, Stage::Refused),
            3 => (15, Stage::Absent),
            4 => (150, Stage::Ended),
            5 => (185, Stage::Entered { points: 4 }),
            6 => (130, Stage::Late),
            // Nobody has proposed her yet: the adviser may.
            9 => continue,
            _ => (30 + place * 3, Stage::Entered { points: 1 + place / 12 }),
        };
        match (Story { operator, pair, person, sent: days.min(200) }).tell(&stage) {
            Ok(()) => {}
            // Whom no clause lets be proposed stays as she is.
            Err(error) if matches!(error.downcast_ref(), Some(AppError::Gate(_) | AppError::Absent(_))) => {}
            Err(error) => return Err(error),
        }
    }
    let context = operator.context("follow-up")?;
    match casework::due(&context, &operator.workplace) {
        Ok(_) | Err(AppError::Gate(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Freezes the list of the last half-year that is over, where a convention in force lets it name people.
pub(super) fn freeze(operator: &Workshop, officer: &SignedIn) -> anyhow::Result<()> {
    let context = officer.context(Purpose::parse("fund-evidence")?, operator.clock())?;
    let this = HalfYear::of(context.now().date());
    let last = HalfYear::of(this.first().saturating_sub(Span::new().days(1)));
    match casework::freeze_evidence(&context, &operator.workplace, (&code(PROGRAMME)?, last)) {
        Ok(_) | Err(AppError::Gate(_) | AppError::Absent(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Job seekers whom the head of the service may see, given to the adviser.
fn given(operator: &Workshop, officer: &SignedIn, pair: &Pair<'_>) -> anyhow::Result<Vec<PersonId>> {
    let head = pair.head.context(Purpose::parse("follow-up")?, operator.clock())?;
    let request = ListRequest {
        seat: Seat {
            account: Some(pair.head.account),
            organisation: Some(pair.head.seat.organisation),
            reach: None,
        },
        tests: vec![Test::WithFranceTravail(true)],
        size: PageSize::Long,
        ..ListRequest::default()
    };
    let listed = people::list(&head, &operator.workplace, &request, Lang::Fr)?;
    let people: Vec<PersonId> = listed.people.into_iter().map(|line| line.person).take(MOST).collect();
    if people.is_empty() {
        return Ok(people);
    }
    let context = officer.context(Purpose::parse("orientation")?, operator.clock())?;
    let give = |people: Vec<PersonId>, role, to: &SignedIn| {
        let assignment = Assignment {
            people,
            role,
            account: to.account,
            organisation: to.seat.organisation,
            from: context.now().date().saturating_sub(Span::new().days(250)),
        };
        people::assign(&context, &operator.workplace, &Seat::default(), &assignment)
    };
    give(people.clone(), FollowRole::Adviser, pair.adviser)?;
    if let Some(worker) = pair.caf_worker {
        // Of those beside whom no referent will stand.
        let alone = (0..).zip(&people).filter(|(place, _)| matches!(place % 10, 2 | 9));
        let alone: Vec<PersonId> = alone.map(|(_, person)| *person).collect();
        if !alone.is_empty() {
            give(alone, FollowRole::CafWorker, worker)?;
        }
    }
    Ok(people)
}

/// One person's story.
struct Story<'a> {
    operator: &'a Workshop,
    pair: &'a Pair<'a>,
    person: PersonId,
    /// How many days ago her form was sent.
    sent: i64,
}

impl Story<'_> {
    fn tell(&self, stage: &Stage) -> anyhow::Result<()> {
        let Pair { adviser, referent, head, .. } = *self.pair;
        self.propose(adviser)?;
        match stage {
            Stage::Sent => Ok(()),
            Stage::Refused => self.act(head, 3, vec![Asked::Refuse(code("no-room")?)]),
            Stage::Absent => self.act(adviser, 9, vec![interview(Outcome::Missed)?]),
            Stage::Late => {
                self.enter(26)?;
                self.record(28)?;
                self.act(referent, 60, vec![done("monthly-point")?])
            }
            Stage::Entered { points } => {
                self.enter(12)?;
                self.record(14)?;
                for month in 1..=*points {
                    self.act(referent, 12 + month * 30, vec![done("monthly-point")?])?;
                }
                // One in a few has an appointment to come.
                if self.sent % 2 == 0 {
                    return Ok(());
                }
                self.act(referent, self.sent, vec![self.appointment()?])
            }
            Stage::Ended => {
                self.enter(12)?;
                self.record(14)?;
                self.act(adviser, 100, vec![done("review")?, met("interview")?])?;
                self.act(adviser, 101, vec![Asked::End { exit: code("open-ended-contract")?, next: None }])
            }
        }
    }

    /// Enters so many days after the form was sent.
    fn enter(&self, days: i64) -> anyhow::Result<()> {
        let Pair { adviser, referent, head, .. } = *self.pair;
        // A tacit agreement takes no answer: it is refused, and nothing comes of it.
        self.act(head, 3, vec![Asked::Accept])?;
        let referent = colleague(referent);
        self.act(head, 3, vec![Asked::Name(Role::parse("social_referent")?, referent)])?;
        self.act(adviser, 10, vec![interview(Outcome::Kept)?])?;
        let entry = Entry {
            length: Some("6 months".parse().ok().context("a length of time")?),
            declared: ticked()?,
            referents: vec![(Role::parse("adviser")?, colleague(adviser))],
            agreed_by: Vec::new(),
        };
        self.act(adviser, days, vec![Asked::Enter(entry)])
    }

    /// What each of the pair keeps of her own work, from so many days after the form was sent: one in a few has a goal that is reached.
    fn record(&self, from: i64) -> anyhow::Result<()> {
        let Pair { adviser, referent, .. } = *self.pair;
        let turn = usize::try_from(self.sent)?;
        let pick = |of: &[&'static str]| of.get(turn % of.len().max(1)).copied().unwrap_or_default();
        let theme = pick(&["housing", "financial", "family", "administrative"]);
        let social = pick(&["find-housing", "budget", "childcare", "papers"]);
        let work = pick(&["driving-licence", "digital-tools", "public-transport", "confidence"]);
        let action = pick(&["file", "referral", "joint-visit"]);
        let coding = |code: &str| casework::coding(&format!("liant/1/{code}")).context("a code");
        let state = |state: &str| -> anyhow::Result<RecordAsked> {
            Ok(RecordAsked::NoteBarrier { theme: code(theme)?, state: code(state)? })
        };
        let progress = |theme: Option<&str>, level: &str| -> anyhow::Result<RecordAsked> {
            Ok(RecordAsked::NoteProgress { theme: theme.map(code).transpose()?, level: code(level)? })
        };
        self.keep(referent, from, state("open")?)?;
        let goal = self.keep(referent, from, RecordAsked::SetGoal(coding(social)?))?;
        self.keep(referent, from, progress(Some(theme), "to-start")?)?;
        self.keep(adviser, from + 1, RecordAsked::SetGoal(coding(work)?))?;
        self.keep(adviser, from + 1, RecordAsked::GainSkill(coding("present-herself")?))?;
        self.keep(adviser, from + 20, progress(None, "with-support")?)?;
        self.keep(referent, from + 25, state("being-lifted")?)?;
        self.keep(referent, from + 25, RecordAsked::GainSkill(coding("fill-forms")?))?;
        let Some(goal) = goal.then(|| self.last_goal(referent)).transpose()?.flatten() else { return Ok(()) };
        self.keep(referent, from + 5, RecordAsked::SetAction { goal, of: code(action)? })?;
        if turn % 4 == 1 {
            let moved = RecordAsked::MoveGoal { goal, state: code("reached")?, reason: None };
            self.keep(referent, from + 60, moved)?;
            self.keep(referent, from + 60, progress(Some(theme), "mostly-alone")?)?;
        }
        Ok(())
    }

    /// The last goal of somebody's own record.
    fn last_goal(&self, who: &SignedIn) -> anyhow::Result<Option<GoalId>> {
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
    fn keep(&self, who: &SignedIn, after: i64, asked: RecordAsked) -> anyhow::Result<bool> {
        let ago = self.sent - after;
        if ago < 0 {
            return Ok(false);
        }
        let Some(view) = self.own_record(who, ago)? else { return Ok(false) };
        let programme = code(PROGRAMME)?;
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

    fn clock(&self, ago: i64) -> FixedClock {
        FixedClock(Instant::from_micros(self.operator.clock().now().micros() - ago * DAY))
    }

    /// An appointment with the referent, on a weekday within three weeks.
    fn appointment(&self) -> anyhow::Result<Asked> {
        let today = self.operator.clock().now().date();
        let mut day = today.saturating_add(Span::new().days(5 + self.sent % 16));
        while day.weekday().to_monday_zero_offset() > 4 {
            day = day.saturating_add(Span::new().days(1));
        }
        let hour = i8::try_from(9 + self.sent % 7)?;
        let with = colleague(self.pair.referent);
        let met = Met { at: day.at(hour, 30, 0, 0), means: Means::InPerson, place: code("quai")?, with };
        Ok(Asked::Fix { act: code("meeting")?, met })
    }

    /// Her consent, and the proposal: with a form that she signed here, or on paper. The route decides which model it is.
    fn propose(&self, adviser: &SignedIn) -> anyhow::Result<()> {
        let here = [Some(FormModel::Tacit), Some(FormModel::Bilateral)];
        let all = here.into_iter().filter(|_| self.sent % 3 < 2).chain([None]);
        for model in all {
            let form = model.map(|model| Box::new(self.filled(model)));
            let asked = vec![Asked::GiveConsent(code("transmission")?), self.proposed(form)?];
            if self.done(adviser, 0, asked)? {
                break;
            }
        }
        Ok(())
    }

    fn filled(&self, model: FormModel) -> Filled {
        let all = Barrier::ALL.iter().copied().enumerate();
        let ticked = all.filter(|(place, _)| (self.sent.unsigned_abs() + *place as u64).is_multiple_of(3));
        Filled {
            model,
            person: FormPerson { phone: "06 00 00 00 00".to_owned(), ..FormPerson::default() },
            barriers: ticked.map(|(_, barrier)| barrier).collect(),
            phone: "39 49".to_owned(),
            by_email: None,
            email: String::new(),
            signed_as: "La personne elle-même".to_owned(),
            place: "Valbruyère".to_owned(),
        }
    }

    fn proposed(&self, form: Option<Box<Filled>>) -> anyhow::Result<Asked> {
        Ok(Asked::Propose(Proposed {
            to: Role::parse("local_service_head")?,
            organisation: Some(self.pair.head.seat.organisation),
            account: None,
            declared: ticked()?,
            zone: None,
            confirmed_by: Vec::new(),
            form,
        }))
    }

    /// Acts so many days after the form was sent, if that is not to come. What a rule refuses does not happen.
    fn act(&self, who: &SignedIn, after: i64, asked: Vec<Asked>) -> anyhow::Result<()> {
        self.done(who, after, asked).map(drop)
    }

    /// The same, and whether it came to pass.
    fn done(&self, who: &SignedIn, after: i64, asked: Vec<Asked>) -> anyhow::Result<bool> {
        if after > self.sent {
            return Ok(false);
        }
        let now = self.operator.clock().now().micros() - (self.sent - after) * DAY;
        let clock = FixedClock(Instant::from_micros(now));
        let actor = who.context(Purpose::parse("follow-up")?, &clock)?;
        let context = who.context(casework::purpose(actor.actor)?, &clock)?;
        let workplace: &Workplace = &self.operator.workplace;
        let expected = casework::path(&context, workplace, self.person, Lang::Fr)?.version;
        let doing = Doing { programme: code(PROGRAMME)?, on: context.now().date(), expected, asked };
        Ok(casework::act(&context, workplace, self.person, &doing)?.is_ok())
    }
}

fn colleague(one: &SignedIn) -> Colleague {
    Colleague { account: one.account, organisation: one.seat.organisation }
}

fn code(text: &str) -> anyhow::Result<Code> {
    Ok(casework::code(text)?)
}

fn ticked() -> anyhow::Result<Vec<Code>> {
    Ok(vec![code("volunteer")?, code("social-barrier")?])
}

fn done(act: &str) -> anyhow::Result<Asked> {
    Ok(Asked::Record { act: code(act)?, outcome: Outcome::Kept, means: None, appointment: None })
}

fn met(act: &str) -> anyhow::Result<Asked> {
    Ok(Asked::Record {
        act: code(act)?,
        outcome: Outcome::Kept,
        means: Some(Means::InPerson),
        appointment: None,
    })
}

fn interview(outcome: Outcome) -> anyhow::Result<Asked> {
    let means = (outcome == Outcome::Kept).then_some(Means::InPerson);
    Ok(Asked::Record { act: code("integration-interview")?, outcome, means, appointment: None })
}

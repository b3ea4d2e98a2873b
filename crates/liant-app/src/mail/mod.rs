//! E-mail. To professionals: what falls due for those whom they accompany, on working mornings; that their account will be deleted. A
//! letter holds numbers and a link, and nothing about anyone accompanied. To people: what they are told of their appointments, of whom
//! has allowed it (`casework::appointments`); no row that waits holds an address. Without a mail server in the settings nothing is
//! written: what is due is told by the site alone, and people by letter.

mod letter;
mod post;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::{Duration, Instant as Moment};

use liant_casework::Holidays;
use liant_model::{AccountId, Actor, Clock, Date, Instant, Role, Span, Territory};
use liant_store::{MailKind, NewMail};

pub(crate) use post::Attached;
pub use post::{MailSettings, MailTrouble, Post};

use crate::casework::{self, Sent, falling};
use crate::context::software;
use crate::{AppError, Context, Workplace};

/// Days ahead that a letter speaks of.
const AHEAD: i64 = 7;
/// Hours in France in which letters of the day are written.
const MORNING: RangeInclusive<i8> = 6..=11;
/// Letters that one pass sends at most: the next goes on.
const AT_ONCE: usize = 500;
/// Days after which a letter of a kind says nothing any more.
const OLD: [(MailKind, i64); 2] = [(MailKind::Falling, 8), (MailKind::Unused, 60)];
/// For how long one pass sends at most: others wait for it.
const LONGEST_PASS: Duration = Duration::from_mins(1);
/// Refusals in a row after which a pass ends: it is not the letters that are wrong.
const ENOUGH: u32 = 3;
/// Minutes before a letter that could not be sent is tried again; twice as long each time.
const FIRST_PAUSE: i64 = 15;
/// Minutes between two tries at most.
const LONGEST_PAUSE: i64 = 24 * 60;

/// What was done about e-mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Mailed {
    /// Letters that were put on their way.
    pub written: u64,
    /// Letters that the mail server took.
    pub sent: u64,
    /// Letters that it did not take: they are tried again.
    pub put_off: u64,
    /// Messages to people about their appointments that it took.
    pub told: u64,
    /// What people are told by letter instead.
    pub by_letter: u64,
    /// Letters too old to be sent, and what was not told to people in time.
    pub given_up: u64,
}

/// Writes the letters of the day, once, and sends those that wait. Nothing, without a mail server.
///
/// # Errors
/// When the store refuses. A mail server that does not answer is no error: letters wait.
pub fn see_to(workplace: &Workplace, territory: Territory, clock: &dyn Clock) -> Result<Mailed, AppError> {
    let Some(post) = &workplace.post else { return Ok(Mailed::default()) };
    let now = clock.now();
    let mut done = Mailed::default();
    if is_working_morning(territory, now)? {
        let letters = of_today(workplace, territory, clock)?;
        done.written = workplace.store.put_mail(territory, &letters, now)?;
    }
    for (kind, days) in OLD {
        let old = now.date().saturating_sub(Span::new().days(days));
        done.given_up += workplace.store.forget_mail(territory, kind, old)?;
    }
    // A person waits for hers; what professionals are told they find on the site as well.
    let told = to_people(workplace, post, (territory, clock), &mut done)?;
    if told.answers {
        send(workplace, post, (territory, now), (Moment::now(), &mut done))?;
    }
    told.fault.map_or(Ok(done), Err)
}

/// When what could not be sent is tried again.
fn next_try(now: Instant, tries: u32) -> Instant {
    let pause = FIRST_PAUSE.saturating_mul(1 << tries.min(10)).min(LONGEST_PAUSE);
    Instant::from_micros(now.micros() + pause * 60_000_000)
}

/// How a pass through what people are told went.
struct Pass {
    /// Whether the server still answers.
    answers: bool,
    /// The first thing that could not be told for a reason that is not the server's. It was put off, and kept nothing else waiting.
    fault: Option<AppError>,
}

/// Tells people of their appointments what waits to be told by e-mail.
fn to_people(
    workplace: &Workplace,
    post: &Post,
    (territory, clock): (Territory, &dyn Clock),
    done: &mut Mailed,
) -> Result<Pass, AppError> {
    let (now, begun) = (clock.now(), Moment::now());
    let mut pass = Pass { answers: true, fault: None };
    done.given_up += workplace.store.drop_past_notices(territory, now)?;
    let waiting = workplace.store.read(territory, |snapshot| snapshot.notices_waiting(now, AT_ONCE))?;
    let mut refused = 0;
    for row in waiting {
        if begun.elapsed() >= LONGEST_PASS || refused >= ENOUGH {
            break;
        }
        let until = next_try(now, row.tries);
        let told = match casework::tell(workplace, post, territory, (clock, &row, until)) {
            Ok(told) => told,
            Err(error) => {
                workplace.store.put_off_notice(territory, &row.notice.key, until)?;
                done.put_off += 1;
                pass.fault.get_or_insert(error);
                continue;
            }
        };
        match told {
            Sent::Sent => (done.told, refused) = (done.told + 1, 0),
            Sent::ByLetter => done.by_letter += 1,
            Sent::Over | Sent::Elsewhere => {}
            Sent::PutOff(trouble) => {
                (done.put_off, refused) = (done.put_off + 1, refused + 1);
                if trouble == MailTrouble::NoAnswer {
                    pass.answers = false;
                    break;
                }
            }
        }
    }
    Ok(pass)
}

fn is_working_morning(territory: Territory, now: Instant) -> Result<bool, AppError> {
    let day = now.date();
    let holidays = Holidays::shipped().map_err(|error| AppError::Internal(error.to_string()))?;
    let is_weekday = day.weekday().to_monday_zero_offset() < 5;
    Ok(MORNING.contains(&now.hour()) && is_weekday && holidays.on(day, territory).is_none())
}

/// What falls due, for each of those who owe it: what they may see of it, under their own clauses.
fn of_today(
    workplace: &Workplace,
    territory: Territory,
    clock: &dyn Clock,
) -> Result<Vec<NewMail>, AppError> {
    let software = software()?;
    let looking = Context::new(&software, casework::purpose(&software)?, territory, clock)?;
    let today = clock.now().date();
    let until = today.saturating_add(Span::new().days(AHEAD));
    let seats = workplace.store.read(territory, |snapshot| snapshot.casework_seats_due(until))?;
    let told = workplace.store.mailed(territory, MailKind::Falling, today)?;
    let mut counts: BTreeMap<AccountId, (u64, u64)> = BTreeMap::new();
    for (account, organisation, role) in seats.into_iter().filter(|(account, ..)| !told.contains(account)) {
        let role: Role = role.parse().map_err(|_| AppError::Internal("a role is none".to_owned()))?;
        let may_work = casework::colleagues(&looking, workplace, &role)?;
        if !may_work.iter().any(|one| (one.account, one.organisation) == (account, organisation)) {
            continue;
        }
        let home = workplace.store.directory(territory, |directory| directory.organisation(organisation))?;
        let Some(home) = home else { continue };
        let actor = Actor { name: account.to_string(), party: home.party, role, os_user: None };
        let purpose = casework::purpose(&actor)?;
        let context = Context::new(&actor, purpose, territory, clock)?.seated(account, organisation);
        let (late, soon) = match falling(&context, workplace, until) {
            Ok(counted) => counted,
            // Whom no clause lets see it any more, and who is stopped, is told nothing.
            Err(AppError::Gate(_) | AppError::Absent(_) | AppError::Blocked) => continue,
            Err(error) => return Err(error),
        };
        let sum = counts.entry(account).or_default();
        *sum = (sum.0 + late, sum.1 + soon);
    }
    let due = counts.into_iter().filter(|(_, (late, soon))| late + soon > 0);
    Ok(due.map(|(account, (late, soon))| falling_due(account, (late, soon), today)).collect())
}

fn falling_due(account: AccountId, (late, soon): (u64, u64), on: Date) -> NewMail {
    NewMail { account, kind: MailKind::Falling, on, about: format!("{late} {soon}") }
}

/// Sends what waits. A server that does not answer, or takes nothing, is left alone until the next pass.
fn send(
    workplace: &Workplace,
    post: &Post,
    (territory, now): (Territory, Instant),
    (begun, done): (Moment, &mut Mailed),
) -> Result<(), AppError> {
    let mut refused = 0;
    for row in workplace.store.mail_waiting(territory, now, AT_ONCE)? {
        if begun.elapsed() >= LONGEST_PASS || refused >= ENOUGH {
            break;
        }
        let until = next_try(now, row.tries);
        // Another site may be at it.
        if !workplace.store.claim_mail(territory, &row.mail, (now, until))? {
            continue;
        }
        let letter = letter::of(&row, post.site()).ok_or(MailTrouble::Letter);
        match letter.and_then(|letter| post.send(&row, &letter)) {
            Ok(()) => {
                workplace.store.mail_sent(territory, &row.mail, now)?;
                (done.sent, refused) = (done.sent + 1, 0);
            }
            Err(trouble) => {
                (done.put_off, refused) = (done.put_off + 1, refused + 1);
                if trouble == MailTrouble::NoAnswer {
                    break;
                }
            }
        }
    }
    Ok(())
}

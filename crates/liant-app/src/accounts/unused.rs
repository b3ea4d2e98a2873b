//! Accounts that nobody uses any more (`[[retention]] of = "accounts"`): their owners are warned, then they are deleted.
//!
//! Nobody is deleted whom nobody warned: whoever was found late has the time of warning from that day on.

use liant_audit::Act;
use liant_convention::retention::{Term, Terms, Times, last};
use liant_model::{Date, Instant};
use liant_store::accounts::{AccountChange, UnusedAccount};
use liant_store::{MailKind, NewMail};

use super::entries::EntryOf;
use super::{AccountError, Office};
use crate::backup::ledger;
use crate::context::software;

/// What was done about accounts that nobody uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Unused {
    /// Accounts whose owners were warned.
    pub warned: u64,
    /// Accounts that were deleted.
    pub deleted: u64,
}

/// What becomes of an account on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Nothing,
    /// Warn its owner, who has until that day.
    Warn(Date),
    Delete,
}

/// Warns and deletes, in the territory of the office. Nothing, where no clause says how long an account lasts unused.
///
/// # Errors
/// When the store refuses.
pub fn see_to(office: &Office<'_>) -> Result<Unused, AccountError> {
    let mut done = Unused::default();
    let today = office.now().date();
    let terms = Terms::of(&*office.workplace.gate(office.home)?, office.home, today);
    let terms = terms.accounts();
    if terms.is_empty() {
        return Ok(done);
    }
    let found = office
        .workplace
        .store
        .directory(office.home, |directory| directory.unused(office.home, office.now()))?;
    for one in found {
        let (change, what) = match next(&terms, &one, today) {
            Next::Nothing => continue,
            Next::Warn(until) => {
                done.warned += 1;
                // First: whoever is warned has a letter on its way.
                let (account, about) = (one.account, until.to_string());
                let mail = NewMail { account, kind: MailKind::Unused, on: today, about };
                office.workplace.store.put_mail(office.home, &[mail], office.now())?;
                (AccountChange::Warn(one.account), "its owner is warned: unused")
            }
            Next::Delete => {
                done.deleted += 1;
                let change = AccountChange::Delete { account: one.account, used_at: one.used_at };
                (change, "deleted: unused")
            }
        };
        let entry = EntryOf {
            actor: &software()?,
            act: Act::Account,
            territory: office.home,
            subject: format!("account {}: {what}", one.account),
        };
        let is_deleted = matches!(change, AccountChange::Delete { .. });
        office.act(entry, vec![change], Vec::new())?;
        if is_deleted {
            ledger::account(office.workplace, one.account, office.now())?;
        }
    }
    Ok(done)
}

fn next(terms: &[&Term], one: &UnusedAccount, today: Date) -> Next {
    let times = Times { recorded: Some(one.used_at.date()), ..Times::default() };
    let Some((ends, term)) = last(terms, &times) else { return Next::Nothing };
    let over = |warned: Instant| term.warn.is_none_or(|warn| warn.after(warned.date()) <= today);
    match (term.warn, one.warned_at) {
        (None, _) if ends <= today => Next::Delete,
        (Some(warn), None) if warn.before(ends) <= today => Next::Warn(warn.after(today).max(ends)),
        (Some(_), Some(warned)) if ends <= today && over(warned) => Next::Delete,
        _ => Next::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use liant_convention::{Convention, Gate, SHIPPED};
    use liant_model::AccountId;

    use super::*;

    fn at(year: i16, month: i8, day: i8) -> Instant {
        let days = Date::constant(year, month, day).since(Date::constant(1970, 1, 1)).unwrap().get_days();
        Instant::from_micros(i64::from(days) * 86_400_000_000)
    }

    #[test]
    fn an_owner_is_warned_a_month_before_and_nobody_is_deleted_unwarned() {
        let files = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap());
        let gate = Gate::new(files.collect()).unwrap();
        let used_at = at(2025, 1, 15);
        let terms = Terms::of(&gate, "62".parse().unwrap(), Date::constant(2026, 1, 1));
        let account = AccountId::new(used_at, [1; 10]);
        for (today, warned_at, expected) in [
            (at(2026, 1, 14), None, Next::Nothing),
            (at(2026, 1, 15), None, Next::Warn(Date::constant(2026, 2, 15))),
            (at(2026, 1, 20), Some(at(2026, 1, 15)), Next::Nothing),
            (at(2026, 2, 14), Some(at(2026, 1, 15)), Next::Nothing),
            (at(2026, 2, 15), Some(at(2026, 1, 15)), Next::Delete),
            (at(2027, 6, 1), None, Next::Warn(Date::constant(2027, 7, 1))),
            (at(2027, 6, 2), Some(at(2027, 6, 1)), Next::Nothing),
            (at(2027, 7, 1), Some(at(2027, 6, 1)), Next::Delete),
        ] {
            let one = UnusedAccount { account, used_at, warned_at };
            assert_eq!(next(&terms.accounts(), &one, today.date()), expected, "{today} {warned_at:?}");
        }
    }
}

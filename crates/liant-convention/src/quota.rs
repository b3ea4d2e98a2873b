//! Clauses about how many people one human opens (`[[quota]]`): so many as her caseload explains, and next to nobody beyond her
//! reach. Who asks for one person after the other whom she may not see is stopped until someone else has looked at it.

use std::sync::Arc;

use liant_model::{Actor, Instant, Territory};

use crate::clauses::{CLAUSE, read_roles};
use crate::convention::{Convention, PartyEntry, Quota};
use crate::decision::{ClauseRef, Validity};
use crate::gate::{Gate, clause};
use crate::problem::Problems;
use crate::reader::Table;

/// Most people beyond her reach that a clause should let a human ask for: the bar of the issue, which a jurist may move.
const MOST_BEYOND: u32 = 50;

/// How many people one human may open, and ask for in vain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuotaPermit {
    /// The clause.
    pub clause: Arc<ClauseRef>,
    per_hour: u32,
    per_day: u32,
    caseload_times: u32,
    /// How many people beyond her reach she may ask for in a day; at the last of them she is stopped.
    pub beyond: u32,
}

impl QuotaPermit {
    /// How many people she may open in an hour, and in a day, when she follows so many.
    pub fn opened(&self, caseload: u64) -> (u64, u64) {
        let explained = caseload.saturating_mul(u64::from(self.caseload_times));
        (u64::from(self.per_hour).max(explained), u64::from(self.per_day).max(explained))
    }

    /// Whether who has asked for so many people beyond her reach in a day is stopped.
    pub const fn stops(&self, asked_beyond: u64) -> bool {
        asked_beyond >= self.beyond as u64
    }
}

/// Whether who has asked for so many people beyond her reach in a day is stopped although no clause measures her.
pub const fn stops_anyone(asked_beyond: u64) -> bool {
    asked_beyond >= MOST_BEYOND as u64
}

impl Gate {
    /// The quota of an actor: the narrowest of the clauses in force that name her role. None when no clause does.
    pub fn quota(&self, actor: &Actor, territory: Territory, now: Instant) -> Option<QuotaPermit> {
        let in_force = self.conventions().iter().enumerate().filter(|(number, file)| {
            file.territory == territory && self.validity(*number, now.date()) == Validity::InForce
        });
        let hers = in_force.flat_map(|(_, file)| file.quotas.iter().map(move |quota| (file, quota)));
        hers.filter(|(_, quota)| quota.to.iter().any(|to| to.party == actor.party && to.role == actor.role))
            .min_by_key(|(_, quota)| (quota.beyond, quota.per_day))
            .map(|(file, quota)| QuotaPermit {
                clause: clause(file, &quota.clause),
                per_hour: quota.per_hour,
                per_day: quota.per_day,
                caseload_times: quota.caseload_times,
                beyond: quota.beyond,
            })
    }
}

pub(crate) fn read_quota(
    table: &mut Table<'_, '_>,
    parties: &[PartyEntry],
    problems: &mut Problems<'_>,
) -> Option<Quota> {
    let span = table.span;
    let clause = table.need_text("clause", CLAUSE, problems);
    let to = read_roles(table, "to", "the roles that it measures", parties, problems);
    let mut need = |key, why| {
        if !table.has(key) {
            table.missing(key, why, problems);
        }
        table.number(key, problems)
    };
    let per_hour = need("opened_per_hour", "how many people one human may open in an hour");
    let per_day = need("opened_per_day", "how many people one human may open in a day");
    let caseload_times = need("caseload_times", "or so many times those whom she follows, if that is more");
    let beyond = need("beyond", "how many people beyond her reach one human may ask for in a day");
    Some(Quota {
        clause: Arc::from(clause?.value),
        to,
        per_hour: per_hour?.value,
        per_day: per_day?.value,
        caseload_times: caseload_times?.value,
        beyond: beyond?.value,
        span,
    })
}

pub(crate) fn lint(convention: &Convention, problems: &mut Problems<'_>) {
    for quota in &convention.quotas {
        if quota.per_day < quota.per_hour {
            problems.error(
                "less-a-day",
                quota.span,
                "`opened_per_day` is less than `opened_per_hour`, which then never counts",
                "make `opened_per_day` the greater",
            );
        }
        if convention.oversights.is_empty() {
            problems.error(
                "no-oversight",
                quota.span,
                "people are stopped, and nobody may let them in again",
                "add an [[oversight]]",
            );
        }
        if quota.beyond > MOST_BEYOND {
            problems.warning(
                "wide-quota",
                quota.span,
                format!("one human may ask for {} people beyond her reach in a day", quota.beyond),
                format!("{MOST_BEYOND} are more than mistakes explain: write less"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SHIPPED;

    fn actor(role: &str) -> Actor {
        Actor {
            name: "someone".to_owned(),
            party: "departement-62".parse().unwrap(),
            role: role.parse().unwrap(),
            os_user: None,
        }
    }

    fn quota(change: impl Fn(&str) -> String, role: &str) -> Option<QuotaPermit> {
        let files = SHIPPED.iter().map(|(name, text)| Convention::parse(name, &change(text)).unwrap());
        let gate = Gate::new(files.collect()).unwrap();
        gate.quota(&actor(role), "62".parse().unwrap(), Instant::from_micros(1_793_606_400_000_000))
    }

    #[test]
    fn every_role_that_sees_people_is_measured_and_stopped_within_fifty() {
        let (name, text) = SHIPPED[0];
        let file = Convention::parse(name, text).unwrap();
        let own = file.grants.iter().flat_map(|grant| &grant.to).filter(|to| to.party == file.parties[0].org);
        let roles: std::collections::BTreeSet<&str> = own.map(|to| to.role.as_str()).collect();
        assert!(roles.contains("platform_agent") && roles.len() >= 7, "{roles:?}");
        // She who reads about herself is measured by nothing.
        for role in roles.into_iter().filter(|role| *role != "person") {
            let quota = quota(str::to_owned, role).unwrap_or_else(|| panic!("{role}"));
            assert!(quota.beyond <= 50, "{role}");
            assert!(quota.stops(u64::from(quota.beyond)) && !quota.stops(u64::from(quota.beyond) - 1));
        }
        assert_eq!(quota(str::to_owned, "director"), None);
    }

    #[test]
    fn a_large_caseload_explains_more() {
        let quota = quota(str::to_owned, "social_referent").unwrap();
        let (hour, day) = quota.opened(0);
        assert!(hour <= day);
        assert_eq!(quota.opened(10_000), (20_000, 20_000));
        assert_eq!(quota.opened(1), (hour, day), "a small one takes nothing away");
    }

    #[test]
    fn a_quota_of_a_day_is_no_less_than_that_of_an_hour_and_a_wide_one_is_warned_of() {
        let (name, text) = SHIPPED[0];
        let less = text.replace("opened_per_day  = 400", "opened_per_day  = 4");
        assert!(
            Convention::parse(name, &less).unwrap_err().iter().any(|problem| problem.rule == "less-a-day")
        );
        let wide = text.replace("beyond          = 20", "beyond          = 51");
        let checked = crate::check(name, &wide);
        assert!(checked.convention.is_some());
        assert!(checked.problems.iter().any(|problem| problem.rule == "wide-quota"));
    }
}

//! How much processor time the machine has spent, and how much of it those who measure took themselves.

use std::fs;

/// Ticks a second in `/proc`, on every Linux of today.
const TICKS: f64 = 100.0;

/// Processor time up to a moment, in seconds.
#[derive(Clone, Copy)]
pub(super) struct Spent {
    everyone: f64,
    /// Processes that this one started and that have ended.
    children: f64,
}

impl Spent {
    /// Up to now; none where `/proc` does not tell.
    pub(super) fn now() -> Option<Self> {
        let (machine, own) =
            (fs::read_to_string("/proc/stat").ok()?, fs::read_to_string("/proc/self/stat").ok()?);
        Some(Self { everyone: everyone(&machine)?, children: children(&own)? })
    }

    /// Seconds since `before`, of everyone but the processes that were started and have ended meanwhile.
    pub(super) fn by_others_since(self, before: Self) -> f64 {
        (self.everyone - before.everyone) - (self.children - before.children)
    }
}

/// User, nice, system, and both kinds of interrupt: neither idle nor waiting.
fn everyone(stat: &str) -> Option<f64> {
    let numbers: Vec<f64> =
        stat.lines().next()?.split_whitespace().skip(1).filter_map(|number| number.parse().ok()).collect();
    let of = |place: usize| numbers.get(place).copied();
    Some((of(0)? + of(1)? + of(2)? + of(5)? + of(6)?) / TICKS)
}

/// The times of ended children: the 16th and 17th fields, counted after the name, which may hold spaces.
fn children(stat: &str) -> Option<f64> {
    let (_, after) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = after.split_whitespace().collect();
    let of = |place: usize| fields.get(place)?.parse::<f64>().ok();
    Some((of(13)? + of(14)?) / TICKS)
}

#[cfg(test)]
mod tests {
    use super::{children, everyone};

    #[test]
    fn waiting_and_idling_are_no_work() {
        assert_eq!(everyone("cpu  100 20 30 4000 500 6 7 80 0 0\ncpu0 1 2"), Some(1.63));
        assert_eq!(everyone("cpu x"), None);
    }

    #[test]
    fn the_name_of_a_process_may_hold_spaces() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194560 1 2 3 4 11 12 150 50 20 0 1 0 9";
        assert_eq!(children(stat), Some(2.0));
    }
}

//! How long to wait after failures: delays that grow, and never a lock.
//!
//! A failed attempt counts in several **lanes**; the next one waits for the slowest of them.
//!
//! | lane | counts | against |
//! |---|---|---|
//! | pair | failures on one account from one address | guessing one password |
//! | account | failures on one account, from anywhere | the same from many addresses |
//! | address | failures from one address, on any account | one password tried on every account |
//! | device | failures on one account from a browser that has signed in to it before | a stolen browser |
//!
//! A known browser answers to its own lane alone, so that an attack from elsewhere never slows its owner; after
//! [`Rules::device_trust`] failures it is known no longer. The lane of the account has a short longest delay: a whole botnet
//! tries once in that time, and whoever comes from an address of her own waits that long at most. An attempt that is
//! refused for coming too soon does not count, so hammering prolongs nothing.

use liant_model::Instant;

/// What is remembered of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct History {
    /// Failures in a row.
    pub failures: u32,
    /// When the last one was.
    pub last: Instant,
}

/// How one lane delays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lane {
    /// Failures that cost nothing: people mistype.
    pub free: u32,
    /// First delay, in seconds; each further failure doubles it.
    pub first_delay_seconds: u32,
    /// Longest delay, in seconds.
    pub longest_delay_seconds: u32,
    /// After how many minutes without a failure the lane is forgotten.
    pub forgotten_after_minutes: u32,
}

/// The rules of all lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// One account from one address.
    pub pair: Lane,
    /// One account from anywhere.
    pub account: Lane,
    /// One address on any account.
    pub address: Lane,
    /// One account from a browser that it knows.
    pub device: Lane,
    /// After how many failures in a row a browser is no longer known.
    pub device_trust: u32,
}

impl Default for Rules {
    fn default() -> Self {
        let lane = |free, first, longest| Lane {
            free,
            first_delay_seconds: first,
            longest_delay_seconds: longest,
            forgotten_after_minutes: 24 * 60,
        };
        Self {
            pair: lane(4, 2, 900),
            account: lane(10, 1, 60),
            // An office of a hundred people shares one address.
            address: lane(50, 1, 120),
            device: lane(4, 2, 300),
            device_trust: 15,
        }
    }
}

const SECOND: i64 = 1_000_000;

impl Lane {
    /// The history once `now` has come: empty when it is forgotten.
    pub fn remembered(&self, history: History, now: Instant) -> History {
        let age = now.micros().saturating_sub(history.last.micros());
        let kept = i64::from(self.forgotten_after_minutes) * 60 * SECOND;
        if age >= kept { History::default() } else { history }
    }

    /// The history after one more failure at `now`.
    pub fn after_failure(&self, history: History, now: Instant) -> History {
        let before = self.remembered(history, now);
        History { failures: before.failures.saturating_add(1), last: now }
    }

    /// From when on the next attempt may be made; `None` when it may at once.
    pub fn open_at(&self, history: History, now: Instant) -> Option<Instant> {
        let history = self.remembered(history, now);
        // A failure to come was written down before the clock was set back: it delays nobody, and the next one counts again.
        if history.last > now {
            return None;
        }
        let open = Instant::from_micros(history.last.micros().saturating_add(self.delay(history.failures)));
        (open > now).then_some(open)
    }

    /// The delay after so many failures, in microseconds.
    fn delay(&self, failures: u32) -> i64 {
        let Some(beyond) = failures.checked_sub(self.free).filter(|beyond| *beyond > 0) else { return 0 };
        let longest = i64::from(self.longest_delay_seconds);
        let doubled = i64::from(self.first_delay_seconds) << (beyond - 1).min(24);
        doubled.min(longest) * SECOND
    }
}

/// The lanes of an attempt from a browser that the account does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Stranger {
    /// One account from one address.
    pub pair: History,
    /// One account from anywhere.
    pub account: History,
    /// One address on any account.
    pub address: History,
}

impl Rules {
    /// From when on a stranger may try; `None` when at once.
    pub fn stranger_open_at(&self, lanes: &Stranger, now: Instant) -> Option<Instant> {
        let open = [
            self.pair.open_at(lanes.pair, now),
            self.account.open_at(lanes.account, now),
            self.address.open_at(lanes.address, now),
        ];
        open.into_iter().flatten().max()
    }

    /// From when on a browser that the account knows may try; `None` when at once.
    pub fn device_open_at(&self, device: History, now: Instant) -> Option<Instant> {
        self.device.open_at(device, now)
    }

    /// Whether a browser with this history is still known.
    pub fn trusts(&self, device: History, now: Instant) -> bool {
        self.device.remembered(device, now).failures < self.device_trust
    }
}

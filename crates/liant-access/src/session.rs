//! How long a session lasts.

use liant_model::Instant;

/// The limits of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Minutes without a request after which it ends.
    pub idle_minutes: u32,
    /// Hours after which it ends whatever is done (ProConnect's sessions last 12).
    pub absolute_hours: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { idle_minutes: 30, absolute_hours: 12 }
    }
}

/// How often, in microseconds, the last use of a session is written down at most.
const NOTED_EVERY: i64 = 60 * 1_000_000;
const MINUTE: i64 = 60 * 1_000_000;

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may be used.
    Live {
        /// Whether this use is to be written down.
        note: bool,
    },
    /// Nobody has used it for too long.
    Idle,
    /// It was opened too long ago.
    TooOld,
}

impl Limits {
    /// Where a session stands at `now` that was opened and last used at these moments.
    pub fn standing(&self, opened: Instant, seen: Instant, now: Instant) -> Standing {
        let since = |then: Instant| now.micros().saturating_sub(then.micros());
        if since(opened) >= i64::from(self.absolute_hours) * 60 * MINUTE {
            Standing::TooOld
        } else if since(seen) >= i64::from(self.idle_minutes) * MINUTE {
            Standing::Idle
        } else {
            Standing::Live { note: since(seen) >= NOTED_EVERY }
        }
    }

    /// The latest moment at which it ends if it is used at `now`.
    pub fn ends_at(&self, opened: Instant, now: Instant) -> Instant {
        let absolute = opened.micros().saturating_add(i64::from(self.absolute_hours) * 60 * MINUTE);
        let idle = now.micros().saturating_add(i64::from(self.idle_minutes) * MINUTE);
        Instant::from_micros(absolute.min(idle))
    }
}

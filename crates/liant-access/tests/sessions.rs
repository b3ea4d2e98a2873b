//! Limits of sessions, as properties.

use liant_access::session::{Limits, Standing};
use liant_model::Instant;
use proptest::prelude::*;

const MINUTE: i64 = 60_000_000;
const OPENED: i64 = 1_795_000_000_000_000;

fn at(minutes: i64) -> Instant {
    Instant::from_micros(OPENED + minutes * MINUTE)
}

#[test]
fn a_session_ends_when_idle_and_when_old() {
    let limits = Limits::default();
    for (seen, now, expected) in [
        (0, 0, Standing::Live { note: false }),
        (0, 1, Standing::Live { note: true }),
        (0, 29, Standing::Live { note: true }),
        (0, 30, Standing::Idle),
        (719, 719, Standing::Live { note: false }),
        (719, 720, Standing::TooOld),
        (5, 3, Standing::Live { note: false }),
    ] {
        assert_eq!(limits.standing(at(0), at(seen), at(now)), expected, "seen {seen}, now {now}");
    }
}

proptest! {
    /// However often it is used, it ends; and it ends no later than it said.
    #[test]
    fn it_ends(steps in proptest::collection::vec(0_i64..40, 1..200), idle in 1_u32..240, hours in 1_u32..24) {
        let limits = Limits { idle_minutes: idle, absolute_hours: hours };
        let (mut seen, mut now) = (0, 0);
        for step in steps {
            let promised = limits.ends_at(at(0), at(now));
            now += step;
            match limits.standing(at(0), at(seen), at(now)) {
                Standing::Live { note } => {
                    prop_assert!(now < i64::from(hours) * 60);
                    prop_assert!(at(now) < promised);
                    // The moment written down lags by less than a minute.
                    if note { seen = now; }
                    prop_assert!(now - seen < 1);
                }
                Standing::Idle => { prop_assert!(now - seen >= i64::from(idle)); return Ok(()); }
                Standing::TooOld => { prop_assert!(now >= i64::from(hours) * 60); return Ok(()); }
            }
        }
    }
}

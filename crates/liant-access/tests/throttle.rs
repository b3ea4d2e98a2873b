//! Throttling, as a property: it slows, it never locks, and a known browser is not slowed from elsewhere.

use liant_access::throttle::{History, Rules, Stranger};
use liant_model::Instant;
use proptest::prelude::*;

const SECOND: i64 = 1_000_000;
const NOW: i64 = 1_795_000_000_000_000;

fn at(seconds: i64) -> Instant {
    Instant::from_micros(NOW + seconds * SECOND)
}

fn failures(count: u32) -> History {
    History { failures: count, last: at(0) }
}

#[test]
fn the_first_failures_are_free_and_then_the_delay_doubles_up_to_its_longest() {
    let lane = Rules::default().pair;
    let delay = |count| {
        let open = lane.open_at(failures(count), at(0));
        open.map_or(0, |open| (open.micros() - NOW) / SECOND)
    };
    let delays: Vec<i64> = (0..16).map(delay).collect();
    assert_eq!(delays, [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    assert_eq!(delay(u32::MAX), 900);
}

#[test]
fn a_lane_is_forgotten() {
    let lane = Rules::default().account;
    let history = failures(40);
    assert_eq!(lane.after_failure(history, at(86_399)).failures, 41);
    assert_eq!(lane.after_failure(history, at(86_400)).failures, 1);
}

#[test]
fn a_browser_that_fails_too_often_is_known_no_longer_and_then_again() {
    let rules = Rules::default();
    let history = failures(rules.device_trust);
    assert!(!rules.trusts(history, at(60)));
    assert!(rules.trusts(failures(rules.device_trust - 1), at(60)));
    assert!(rules.trusts(history, at(86_400)));
}

proptest! {
    /// Whatever was done before, whoever waits the longest delay may try: nobody is locked out.
    #[test]
    fn never_a_lock(counts in any::<[u32; 3]>(), lasts in any::<[i32; 3]>()) {
        let rules = Rules::default();
        let history = |place: usize| History { failures: counts[place], last: at(i64::from(lasts[place])) };
        let lanes = Stranger { pair: history(0), account: history(1), address: history(2) };
        for now in [at(0), at(i64::from(i32::MIN)), at(i64::from(i32::MAX))] {
            if let Some(open) = rules.stranger_open_at(&lanes, now) {
                prop_assert!(open > now);
                prop_assert!(open.micros() - now.micros() <= 900 * SECOND);
                // Whoever comes back when told is let in.
                prop_assert_eq!(rules.stranger_open_at(&lanes, open), None);
            }
        }
    }

    /// More failures never shorten the wait, and time never lengthens it.
    #[test]
    fn it_grows_with_failures_and_shrinks_with_time(count in 0_u32..200, more in 0_u32..200, later in 0_i64..100_000) {
        let lane = Rules::default().pair;
        let open = |count, seconds| lane.open_at(History { failures: count, last: at(0) }, at(seconds));
        prop_assert!(open(count, 0) <= open(count + more, 0));
        prop_assert!(open(count, later) <= open(count, 0));
    }

}

proptest! {
    // Each case is a day, second by second.
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// An attack from elsewhere leaves a known browser alone: what it waits depends on its own failures only.
    #[test]
    fn who_attacks_one_account_for_a_day_gets_few_tries(pause in 1_i64..120) {
        let rules = Rules::default();
        let (mut lanes, mut tries, mut second) = (Stranger::default(), 0, 0);
        while second < 86_400 {
            if rules.stranger_open_at(&lanes, at(second)).is_none() {
                tries += 1;
                lanes.pair = rules.pair.after_failure(lanes.pair, at(second));
                lanes.account = rules.account.after_failure(lanes.account, at(second));
                lanes.address = rules.address.after_failure(lanes.address, at(second));
            }
            second += pause;
        }
        prop_assert!(tries <= 115, "{tries} tries from one address in a day");
        // The owner, from an address of her own, waits a minute at most.
        let own = Stranger { account: lanes.account, ..Stranger::default() };
        let wait = rules.stranger_open_at(&own, at(second)).map_or(0, |open| open.micros() - at(second).micros());
        prop_assert!(wait <= 60 * SECOND);
        prop_assert_eq!(rules.device_open_at(History::default(), at(second)), None);
    }

    /// A whole botnet, a new address for each try, is held by the lane of the account.
    #[test]
    fn many_addresses_get_a_try_a_minute(pause in 1_i64..10) {
        let rules = Rules::default();
        let (mut account, mut tries, mut second) = (History::default(), 0, 0);
        while second < 86_400 {
            if rules.stranger_open_at(&Stranger { account, ..Stranger::default() }, at(second)).is_none() {
                tries += 1;
                account = rules.account.after_failure(account, at(second));
            }
            second += pause;
        }
        prop_assert!(tries <= 1_460, "{tries} tries");
    }
}

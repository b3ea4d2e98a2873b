//! What the screens of review, person, orientation and audit rest on, in an invented territory, on each engine.

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

use std::fs;
use std::sync::atomic::{AtomicI64, Ordering};

use liant_app::orientation::{self, NotDecided, Proposal};
use liant_app::people::{self, ListRequest, Order, Test};
use liant_app::person::{self, Alert, Happened};
use liant_app::review::{self, QueueFilter};
use liant_app::trail::{self, EntryFilter};
use liant_app::{AppError, Context, ImportRequest, Workplace, directory};
use liant_convention::{Convention, SHIPPED};
use liant_flux::Profile;
use liant_model::{Actor, Date, Field, FixedClock, Instant, Lang, PersonId, Purpose, Territory};
use liant_sample::{FileOptions, World, WorldOptions};
use liant_store::Store;
use liant_vault::Keyring;

/// 20 June 2025.
const NOW: Instant = Instant::from_micros(1_750_413_600_000_000);

static TICKS: AtomicI64 = AtomicI64::new(0);

fn territory() -> Territory {
    "62".parse().unwrap()
}

fn act<T>(role: &str, purpose: &str, act: impl FnOnce(&Context<'_>) -> T) -> T {
    let actor = Actor {
        name: role.to_owned(),
        party: "departement-62".parse().unwrap(),
        role: role.parse().unwrap(),
        os_user: None,
    };
    // Each act comes a second after the one before.
    let clock =
        FixedClock(Instant::from_micros(NOW.micros() + TICKS.fetch_add(1_000_000, Ordering::Relaxed)));
    act(&Context::new(&actor, Purpose::parse(purpose).unwrap(), territory(), &clock).unwrap())
}

fn clerk<T>(work: impl FnOnce(&Context<'_>) -> T) -> T {
    act("clerk", "identity-review", work)
}

fn officer<T>(work: impl FnOnce(&Context<'_>) -> T) -> T {
    act("orientation_officer", "orientation", work)
}

/// Two months of an invented territory, on each engine.
fn each_place(test: impl Fn(&Workplace)) {
    for engine in testkit::every_engine() {
        let conventions = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap()).collect();
        let store = Store::open(&engine.address).unwrap();
        let workplace = Workplace::assemble(store, Keyring::generate(NOW).unwrap(), conventions).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(WorldOptions::new(territory(), 500, 1, Date::constant(2025, 3, 1), 2));
        for month in world.months() {
            let mut files: Vec<(&str, Vec<u8>)> = Vec::new();
            let mut bytes = Vec::new();
            if month.index() == 0 {
                month.write_known_csv(&mut bytes).unwrap();
                files.push(("PERSONNES", std::mem::take(&mut bytes)));
            }
            month.write_rsabem(&mut bytes, FileOptions::default()).unwrap();
            files.push(("RSABEM", std::mem::take(&mut bytes)));
            month.write_pecgm(&mut bytes, FileOptions::default()).unwrap();
            files.push(("PECGM", bytes));
            for (flow, bytes) in files {
                let path = folder.path().join(format!("{flow}-{}", month.index()));
                fs::write(&path, bytes).unwrap();
                let profile = Profile::shipped(flow).unwrap();
                let request = ImportRequest {
                    path: &path,
                    profile: &profile,
                    dry_run: false,
                    strict: false,
                    most_leaving: None,
                    lang: Lang::En,
                };
                act("technician", "file-handling", |context| {
                    liant_app::import(context, &workplace, request, &mut |_, _| {}).unwrap()
                });
            }
        }
        test(&workplace);
    }
}

fn first_to_orient(workplace: &Workplace) -> PersonId {
    directory::refresh(workplace, territory(), NOW).unwrap();
    let request =
        ListRequest { tests: vec![Test::ToOrient], order: Order::Waiting, ..ListRequest::default() };
    let page = officer(|context| people::list(context, workplace, &request, Lang::Fr).unwrap());
    assert!(page.count.number >= page.people.len() as u64);
    page.people.first().unwrap().person
}

#[test]
fn an_answer_holds_to_what_was_seen_and_is_taken_back_with_what_it_let_out() {
    each_place(|workplace| {
        let queue = clerk(|context| {
            review::queue(context, workplace, QueueFilter::default(), (0, 20), Lang::Fr).unwrap()
        });
        assert_eq!((queue.page.len().min(20), queue.more), (queue.count.min(20), false));
        let review = queue.page.first().unwrap().review;
        let dossier = clerk(|context| review::dossier(context, workplace, review, Lang::Fr).unwrap());
        let candidate = dossier.candidates.iter().find(|one| one.review == review).unwrap();
        assert!(candidate.answered.is_none() && !candidate.lines.is_empty());
        let accept =
            |seen: &str| clerk(|context| review::accept_as_seen(context, workplace, review, Some(seen)));
        assert!(accept("9-9-9").unwrap_err().is_conflict(), "the page showed something else");
        let person = accept(&candidate.seen).unwrap();
        assert!(matches!(accept(&candidate.seen), Err(AppError::Answered { accepted: true, .. })));
        let identity = dossier.newcomer.identity;
        let seen = clerk(|context| person::open(context, workplace, person, Lang::Fr).unwrap());
        assert!(seen.records.iter().any(|record| record.identity == identity));
        let undone = clerk(|context| review::take_back(context, workplace, review).unwrap());
        let parted = clerk(|context| review::parted(context, workplace, identity).unwrap());
        if undone.is_some() {
            assert_eq!((parted.before, undone), (person, Some(identity)));
            assert!(
                parted.disclosures.iter().any(|one| one.what == "person"),
                "what was read meanwhile is listed"
            );
        }
        let again = clerk(|context| review::dossier(context, workplace, review, Lang::Fr).unwrap());
        assert!(again.candidates.iter().any(|one| one.review == review && one.answered.is_none()));
        assert!(clerk(|context| review::take_back(context, workplace, review)).unwrap_err().is_conflict());
    });
}

#[test]
fn a_decision_follows_the_rules_of_the_list_and_periods_do_not_overlap() {
    each_place(|workplace| {
        let person = first_to_orient(workplace);
        let open = || officer(|context| person::open(context, workplace, person, Lang::Fr).unwrap());
        assert!(open().alerts.contains(&Alert::ToOrient) && open().in_course);
        let decide = |nature: &str, day: &str, phone: &str, replaces: &[liant_model::OrientationId]| {
            let value = |field, text: &str| (field, text.to_owned());
            let proposal = Proposal {
                values: vec![
                    value(Field::OrientationNature, nature),
                    value(Field::OrientationDecided, day),
                    value(Field::ReferentPhone, phone),
                    value(Field::OrientationOrganisation, "CCAS ; \"des Marais\""),
                ],
                replaces: replaces.to_vec(),
            };
            officer(|context| orientation::decide(context, workplace, person, &proposal, Lang::Fr))
        };
        let broken = |nature, day, phone, field| {
            let Err(NotDecided::Rules(rules)) = decide(nature, day, phone, &[]).unwrap() else {
                panic!("{day}")
            };
            assert!(rules.iter().any(|(of, _)| *of == Some(field)), "{rules:?}");
        };
        broken("07", "2025-06-01", "", Field::OrientationNature);
        broken("", "2025-06-01", "", Field::OrientationNature);
        broken("01", "2025-06-31", "", Field::OrientationDecided);
        broken("01", "2025-06-21", "", Field::OrientationDecided);
        broken("01", "2025-06-01", "0102030405", Field::ReferentName);
        let first = decide("01", "2025-06-01", "", &[]).unwrap().unwrap();
        assert!(decide("02", "2025-06-02", "", &[]).unwrap_err().is_conflict(), "someone else decided first");
        assert_eq!(decide("01", "2025-06-01", "", &[first]).unwrap(), Err(NotDecided::InForce));
        let day = Date::constant(2025, 6, 1);
        assert_eq!(decide("02", "2025-05-31", "", &[first]).unwrap(), Err(NotDecided::Overlaps(day)));
        decide("02", "2025-06-10", "", &[first]).unwrap().unwrap();
        let file = open();
        let periods: Vec<_> =
            file.decisions.iter().map(|one| (one.from.day(), one.to, one.in_force)).collect();
        assert_eq!(periods, [(10, None, true), (1, Some(Date::constant(2025, 6, 10)), false)]);
        assert!(file.alerts.contains(&Alert::NoReferent) && !file.alerts.contains(&Alert::ToOrient));
        assert!(
            file.path.iter().any(|event| matches!(event.what, Happened::Oriented { in_force: true, .. }))
        );
        assert!(file.path.is_sorted_by(|one, next| one.day >= next.day));
        assert_ne!(first_to_orient(workplace), person);
    });
}

#[test]
fn who_may_not_see_finds_nobody_and_the_log_says_who_looked() {
    each_place(|workplace| {
        let person = first_to_orient(workplace);
        let nobody = PersonId::new(NOW, [9; 10]);
        let open = |role: &str, purpose: &str, person| {
            act(role, purpose, |context| person::open(context, workplace, person, Lang::Fr).map(drop))
        };
        assert!(matches!(open("orientation_officer", "follow-up", nobody), Err(AppError::Absent(_))));
        assert!(matches!(open("clerk", "follow-up", person), Err(AppError::Gate(_))));
        open("orientation_officer", "follow-up", person).unwrap();
        let log = |filter: EntryFilter| {
            act("dpo", "person-rights", |context| {
                trail::entries(context, workplace, &filter, Lang::Fr).unwrap()
            })
        };
        let of_person = log(EntryFilter { person: Some(person), ..EntryFilter::default() });
        let said = of_person.entries.iter().filter_map(|entry| entry.content.as_ref());
        let readers: Vec<_> = said.filter(|said| said.act == "read" && said.subject == "person").collect();
        assert!(readers.iter().all(|said| said.actor == "orientation_officer") && !readers.is_empty());
        let refusals = log(EntryFilter { act: Some("refusal".into()), ..EntryFilter::default() });
        assert_eq!(refusals.entries.len(), 2, "the gate's, and whom she asked for in vain");
        let sought = log(EntryFilter { person: Some(nobody), ..EntryFilter::default() });
        let sought: Vec<_> = sought.entries.iter().filter_map(|entry| entry.content.as_ref()).collect();
        assert!(sought.len() == 1 && sought[0].act == "refusal" && sought[0].actor == "orientation_officer");
        let late = log(EntryFilter {
            since: Some(Instant::from_micros(NOW.micros() + 86_400_000_000)),
            ..EntryFilter::default()
        });
        assert!(late.entries.is_empty());
        let first = of_person.entries.first().unwrap().act;
        let shown = act("dpo", "person-rights", |context| trail::entry(context, workplace, first, Lang::Fr));
        assert!(shown.unwrap().1.is_some());
        assert!(
            act("clerk", "identity-review", |context| trail::entry(context, workplace, first, Lang::Fr))
                .is_err()
        );
    });
}

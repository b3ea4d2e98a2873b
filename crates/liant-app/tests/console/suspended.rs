//! A suspension holds at once, for every way out, in every process.

use liant_app::conventions::{self, take_step};
use liant_app::people::{self, Seat};
use liant_app::{AppError, Workplace, calendar, cgpem, deposit, person};
use liant_convention::{CourseError, Ground, Refusal, Step, Validity};
use liant_model::{Lang, PersonId, Source};

use crate::world::{Place, TODAY, act, actor, dpo, every_engine, officer, territory};

const EXCHANGE: &str = "62-echange-rsa";

fn step(workplace: &Workplace, step: Step, ground: Ground) -> Result<(), AppError> {
    dpo(|context| take_step(context, workplace, EXCHANGE, (step, ground, TODAY)))
}

fn closed<T: std::fmt::Debug>(done: Result<T, AppError>, what: &str) {
    match done {
        Err(AppError::Gate(refusal)) if matches!(*refusal, Refusal::NotInForce(_)) => {}
        other => panic!("{what}: {other:?}"),
    }
}

/// Whether a page about someone says anything of France Travail's.
fn shows_partner(place: &Place, person: PersonId) -> bool {
    let origins =
        officer(|context| person::show(context, &place.served, person, Lang::En)).unwrap_or_default();
    origins.iter().any(|origin| origin.source == Source::FRANCE_TRAVAIL.as_str() && !origin.values.is_empty())
}

/// Whether files that are taken away hold anything of France Travail's.
fn exports_partner(place: &Place) -> bool {
    let offer = officer(|context| people::offer(context, &place.served, &Seat::default(), &[])).unwrap();
    offer.columns.iter().any(|column| column.sources.contains(&Source::FRANCE_TRAVAIL))
}

fn flows_due(place: &Place) -> usize {
    let between = (TODAY, TODAY.saturating_add(liant_model::Span::new().days(60)));
    let dates = calendar::dates(&place.served, territory(), between).unwrap().dates;
    dates.iter().filter(|due| due.convention == EXCHANGE).count()
}

#[test]
fn every_way_out_closes_and_opens_again_whoever_suspends() {
    for place in every_engine() {
        let everyone = place.everyone(crate::world::NOW);
        let someone = *everyone.iter().find(|person| shows_partner(&place, **person)).unwrap();
        let next = crate::world::next_month();
        let output = place.folder.path().join("cgpem.xml");
        let build = || {
            act("technician", "file-handling", |context| {
                cgpem::export(context, &place.served, &output, None, Lang::En).map(drop)
            })
        };
        build().unwrap();
        act("technician", "file-handling", |context| deposit::build(context, &place.served, Lang::En))
            .unwrap();
        let (exported, due) = (exports_partner(&place), flows_due(&place));
        assert!(due > 0);
        std::fs::remove_file(&output).unwrap();

        // The command line suspends; the server has not been told, and does not start again.
        step(&place.other, Step::Suspended, Ground::Breach).unwrap();
        assert!(!shows_partner(&place, someone), "a page");
        assert!(!exports_partner(&place), "a file that is taken away");
        closed(build(), "the file of the exchange");
        assert!(!output.exists());
        let fetch =
            act("technician", "file-handling", |context| deposit::fetch(context, &place.served).map(drop));
        closed(fetch, "the file that was built before");
        closed(place.import("PECGM", &next, || ()), "a file of the partner's");
        assert_eq!(flows_due(&place), 0, "nothing is due that may not pass");
        let own = officer(|context| person::show(context, &place.served, someone, Lang::En));
        assert!(own.is_ok_and(|origins| !origins.is_empty()), "the controller's own records are not blinded");

        // The server resumes; the command line sees it.
        step(&place.served, Step::Resumed, Ground::Mistake).unwrap();
        let held = dpo(|context| conventions::list(context, &place.other)).unwrap();
        assert!(held.iter().all(|one| one.validity == Validity::InForce));
        assert!(shows_partner(&place, someone));
        assert_eq!((exports_partner(&place), flows_due(&place)), (exported, due));
        build().unwrap();
        place.import("PECGM", &next, || ()).unwrap();
    }
}

#[test]
fn a_file_under_way_is_given_up() {
    for place in every_engine() {
        let mut done = false;
        let given_up = place.import("PECGM", &crate::world::next_month(), || {
            if !std::mem::replace(&mut done, true) {
                step(&place.other, Step::Suspended, Ground::Breach).unwrap();
            }
        });
        assert!(done);
        closed(given_up, "an import that was under way");
        let published =
            act("technician", "file-handling", |context| liant_app::batches(context, &place.served)).unwrap();
        assert_eq!(
            published.iter().filter(|batch| batch.flow == "PECGM" && batch.state == "published").count(),
            1
        );
    }
}

#[test]
fn only_who_answers_for_the_data_of_a_party_takes_a_step() {
    for place in every_engine() {
        let take = |role: &str, convention: &str| {
            act(role, "file-handling", |context| {
                take_step(context, &place.served, convention, (Step::Suspended, Ground::Breach, TODAY))
            })
        };
        assert!(matches!(take("technician", EXCHANGE), Err(AppError::Course(CourseError::NotYours))));
        assert!(matches!(take("dpo", "62-departement"), Err(AppError::Course(CourseError::Register))));
        assert!(matches!(take("dpo", "nowhere"), Err(AppError::Absent(_))));
        let word = step(&place.served, Step::Suspended, Ground::Remedied);
        assert!(matches!(word, Err(AppError::NoSuchWord { .. })));
        step(&place.served, Step::Suspended, Ground::Authority).unwrap();
        assert!(matches!(
            step(&place.other, Step::Suspended, Ground::Flaw),
            Err(AppError::Course(CourseError::Suspended))
        ));
        // A refused step is on record, and so is each that was taken.
        let filter = liant_app::trail::EntryFilter::default();
        let log =
            dpo(|context| liant_app::trail::entries(context, &place.served, &filter, Lang::En)).unwrap();
        let said = |act: &str, words: &str| {
            let of = |entry: &&liant_app::trail::LogEntry| {
                entry.content.as_ref().is_some_and(|said| said.act == act && said.subject.contains(words))
            };
            log.entries.iter().filter(of).count()
        };
        assert_eq!(said("convention", "suspended (authority), from 2026-11-16"), 1);
        assert_eq!(said("refusal", "register entry"), 1);
        // A stranger to the convention sees none of it.
        let other = actor("caf-62", "dpo");
        let purpose = "person-rights".parse().unwrap();
        let clock = liant_model::FixedClock(crate::world::NOW);
        let context = liant_app::Context::new(&other, purpose, territory(), &clock).unwrap();
        let seen = conventions::list(&context, &place.served).unwrap();
        assert!(seen.iter().all(|held| &*held.file.id != EXCHANGE));
    }
}

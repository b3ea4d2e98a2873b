//! Plans and runs: what the one says the other does; one that died is gone on with; the certificate is signed.

use liant_app::people::{self, ListRequest};
use liant_app::retention::{self, DataSet};
use liant_app::{AppError, StoreError, directory};
use liant_audit::SigningKey;
use liant_convention::{Convention, Gate, SHIPPED};
use liant_model::{ActId, Date, Instant, Lang, Source};
use liant_store::retention::Destroying;

use crate::world::{
    DPO, JUNE, OFFICER, YEARS_LATER, act_at, conventions, days_after, every_engine, territory,
};

fn days(year: i16, month: i8, day: i8) -> Instant {
    let epoch = Date::constant(1970, 1, 1);
    let days = Date::constant(year, month, day).since(epoch).unwrap().get_days();
    Instant::from_micros(i64::from(days) * 86_400_000_000 + 36_000_000_000)
}

#[test]
fn the_run_does_what_the_plan_says_and_leaves_nothing_due() {
    let mut of_engines = Vec::new();
    for mut place in every_engine() {
        place.fill(40);
        let engine = place.test.engine;
        let planned = place.plan_at(YEARS_LATER);
        assert!(planned.withheld.is_empty() && planned.undated == 0, "{engine}: {planned:?}");
        let certified = place.run_at(YEARS_LATER).unwrap().unwrap();
        // Looking at the plan is itself on record, at the later date: it is not due.
        assert_eq!(certified.parts, planned.parts, "{engine}");
        of_engines.push(certified.parts.clone());
        for set in [DataSet::Facts, DataSet::OwnRecords, DataSet::AccessRecords, DataSet::LogEntries] {
            assert!(certified.parts.iter().any(|part| part.data_set == set), "{engine}: {set:?}");
        }
        let after = place.plan_at(YEARS_LATER);
        assert_eq!(after.parts, [], "{engine}");
        assert_eq!(place.run_at(YEARS_LATER).unwrap(), None, "{engine}: a second run finds nothing");
        // Whoever the last files hold is there: by the CNAF and the Département, no more by France Travail.
        assert!(!place.people().is_empty(), "{engine}");
        let sources = place.test.rows("62", "SELECT DISTINCT source FROM identity ORDER BY source");
        assert!(sources.iter().all(|source| !source.contains("france-travail")), "{engine}: {sources:?}");
        for table in ["nir_entry", "event", "review", "look_up"] {
            let orphans = place.test.rows(
                "62",
                &format!(
                    "SELECT 1 FROM {table} WHERE NOT EXISTS
                         (SELECT 1 FROM identity WHERE identity.identity_id = {table}.identity_id)"
                ),
            );
            assert!(orphans.is_empty(), "{engine}: {table}");
        }
    }
    assert!(of_engines.windows(2).all(|two| two[0] == two[1]), "{of_engines:?}");
}

#[test]
fn what_is_destroyed_is_in_no_memory() {
    for mut place in every_engine() {
        place.month(0, JUNE, (40, 1, Date::constant(2025, 3, 1)));
        let engine = place.test.engine;
        let said = || {
            let page = |context: &liant_app::Context<'_>| {
                people::list(context, &place.workplace, &ListRequest::default(), Lang::En).unwrap()
            };
            format!("{:?}", act_at(YEARS_LATER, OFFICER, page).people)
        };
        let before = said();
        place.run_at(YEARS_LATER).unwrap().unwrap();
        directory::refresh(&place.workplace, territory(), YEARS_LATER).unwrap();
        let kept = said();
        assert_ne!(kept, before, "{engine}: something that it said is gone");
        place.workplace.store.turn_memory();
        place.workplace.store.turn_memory();
        assert_eq!(kept, said(), "{engine}");
    }
}

#[test]
fn each_clause_at_its_time() {
    for mut place in every_engine() {
        place.fill(40);
        let engine = place.test.engine;
        let people = |now, source: Source| {
            let parts = place.plan_at(now).parts;
            let of = |part: &&retention::Part| {
                part.data_set == DataSet::Facts && part.source == Some(source.clone())
            };
            parts.iter().filter(of).map(|part| part.people).sum::<u64>()
        };
        // Two years after the last day that the first file without them speaks for.
        let (before, after) =
            (people(days(2027, 5, 31), Source::CNAF), people(days(2027, 7, 15), Source::CNAF));
        assert!(before < after, "{engine}: {before} {after}");
        // The convention ends on 31 August 2028, and two months later its data must be gone.
        assert_eq!(people(days(2028, 10, 30), Source::FRANCE_TRAVAIL), 0, "{engine}");
        assert!(people(days(2028, 10, 31), Source::FRANCE_TRAVAIL) > 0, "{engine}");
    }
}

#[test]
fn without_a_clause_nothing_is_destroyed() {
    for mut place in every_engine() {
        place.fill(20);
        let engine = place.test.engine;
        let whole = place.count("fact");
        // The convention alone keeps its clause: the Département's own and the CNAF's data stay.
        let partly = |text: &str| {
            text.replace(
                "for     = [\"retain\"]\nsources = [\"departement\", \"cnaf\"]",
                "for     = [\"clocks\"]\nsources = [\"departement\", \"cnaf\"]",
            )
        };
        place.workplace.govern_by(Gate::new(conventions(partly)).unwrap());
        let plan = place.plan_at(YEARS_LATER);
        assert_eq!(plan.withheld, [Source::CNAF, Source::DEPARTEMENT], "{engine}");
        assert!(
            plan.parts.iter().all(|part| part.source.as_ref().is_none_or(|s| *s == Source::FRANCE_TRAVAIL))
        );
        // No clause at all: not even begun.
        let none = |text: &str| text.replace("[\"retain\"]", "[\"clocks\"]");
        place.workplace.govern_by(Gate::new(conventions(none)).unwrap());
        assert!(matches!(place.run_at(YEARS_LATER), Err(AppError::Gate(_))), "{engine}");
        assert_eq!((place.count("fact"), place.count("destruction")), (whole, 0), "{engine}");
        // And nobody but who acts for the rights of people asks for it.
        place.workplace.govern_by(Gate::new(conventions(str::to_owned)).unwrap());
        for who in [OFFICER, ("technician", "file-handling"), ("clerk", "identity-review")] {
            let run = act_at(YEARS_LATER, who, |context| retention::run(context, &place.workplace, |_| {}));
            assert!(run.is_err(), "{engine}: {who:?}");
        }
        assert_eq!(place.count("fact"), whole, "{engine}");
    }
}

#[test]
fn what_the_controller_recorded_outlives_a_convention_that_ended() {
    for mut place in every_engine() {
        place.month(0, JUNE, (40, 1, Date::constant(2025, 3, 1)));
        let engine = place.test.engine;
        for person in place.listed(days_after(JUNE, 1)).into_iter().take(15) {
            act_at(days_after(JUNE, 1), OFFICER, |context| {
                drop(liant_app::addresses::protect(context, &place.workplace, person, "violence"));
            });
        }
        let (protected, people) = (place.count("address_protection"), place.people().len());
        assert!(protected > 5, "{engine}: {protected}");
        // Of those whose right runs, everything that was recorded here stays; of the others it is two years since.
        let certified = place.run_at(days(2028, 11, 2)).unwrap().unwrap();
        let own = |part: &&retention::Part| part.data_set == DataSet::OwnRecords;
        let gone = certified.parts.iter().filter(own).map(|part| part.items).sum::<u64>() as usize;
        assert!(gone < protected, "{engine}: {gone} of {protected}");
        assert_eq!(place.count("address_protection"), protected - gone, "{engine}");
        let of = "SELECT 1 FROM identity WHERE source = 'france-travail'";
        assert!(place.test.rows("62", of).is_empty(), "{engine}: nothing says that France Travail knew them");
        assert!(place.people().len() <= people, "{engine}");
        assert_eq!(place.plan_at(days(2028, 11, 2)).parts, [], "{engine}");
        place.log_holds();
    }
}

#[test]
fn a_run_that_died_is_gone_on_with_and_no_file_comes_in_meanwhile() {
    for mut place in every_engine() {
        place.fill(20);
        let engine = place.test.engine;
        let planned = place.plan_at(YEARS_LATER);
        let id = ActId::new(YEARS_LATER, [7; 10]);
        let day = Date::constant(2032, 1, 15);
        let store = &place.workplace.store;
        let begun = Destroying::begin(store, territory(), (id, day, YEARS_LATER, "dpo")).unwrap();
        // While it is at work a second one is not let in, nor an import.
        let meanwhile = place.run_at(YEARS_LATER);
        assert!(
            matches!(meanwhile, Err(AppError::Store(StoreError::ImportRunning(_)))),
            "{engine}: {meanwhile:?}"
        );
        drop(begun);
        assert!(place.plan_at(YEARS_LATER).under_way, "{engine}");
        let certified = place.run_at(days_after(YEARS_LATER, 3)).unwrap().unwrap();
        assert_eq!((certified.id.as_str(), certified.day), (id.to_string().as_str(), day), "{engine}");
        assert_eq!(certified.parts, planned.parts, "{engine}");
        assert!(!place.plan_at(YEARS_LATER).under_way, "{engine}");
    }
}

#[test]
fn the_certificate_is_signed_and_any_change_of_it_is_found() {
    for mut place in every_engine() {
        place.fill(20);
        let engine = place.test.engine;
        place.run_at(YEARS_LATER).unwrap().unwrap();
        let runs = act_at(YEARS_LATER, DPO, |context| retention::runs(context, &place.workplace).unwrap());
        let key = SigningKey::generate("liant/audit/62").unwrap();
        let signed = act_at(YEARS_LATER, DPO, |context| {
            retention::sign(context, &place.workplace, (runs[0].id, &key)).unwrap()
        });
        let text = serde_json::to_string_pretty(&signed).unwrap();
        assert_eq!(retention::verify(&text, key.public()).unwrap(), signed.certificate, "{engine}");
        for (from, to) in [
            ("\"items\": ", "\"items\": 1"),
            ("62-departement", "62-departemenu"),
            ("Certificate of destruction", "Certificate of Destruction"),
            ("\"engine\": \"", "\"engine\": \"x"),
        ] {
            assert!(text.contains(from), "{from}");
            let changed = text.replacen(from, to, 1);
            assert!(retention::verify(&changed, key.public()).is_err(), "{engine}: {from}");
        }
        let other = SigningKey::generate("liant/audit/62").unwrap();
        assert!(retention::verify(&text, other.public()).is_err(), "{engine}: another key");
        // The log holds the certificate's hash.
        let log = String::from_utf8_lossy(&place.test.content("62")).into_owned();
        assert!(
            log.contains(&format!("destruction {}: certificate sha256", signed.certificate.id)),
            "{engine}"
        );
        place.log_holds();
    }
}

#[test]
fn the_shipped_conventions_let_the_software_destroy_whatever_they_let_in() {
    let files = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap());
    let gate = Gate::new(files.collect()).unwrap();
    let terms = liant_convention::retention::Terms::of(&gate, territory(), Date::constant(2026, 6, 1));
    for convention in gate.conventions() {
        for flow in convention.flows.iter().filter(|flow| flow.to.as_str() == "departement-62") {
            for source in &flow.sources {
                let of = terms.facts(&convention.id, source);
                assert!(!of.is_empty(), "{}: {} of {source}", convention.id, flow.profile);
                let may = gate.may_use(liant_convention::UseKind::Retain, source, territory(), JUNE);
                assert!(may.is_ok(), "{source}");
            }
        }
    }
}

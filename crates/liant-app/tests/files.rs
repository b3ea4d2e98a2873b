//! Files on their way, the month's file and the calendar, on both engines.

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

use std::fs;
use std::io::Write as _;

use liant_app::calendar::{self, Month, Standing};
use liant_app::uploads::{self, Doing, Stage, UploadId};
use liant_app::{AppError, Context, Workplace, deposit};
use liant_convention::{Convention, SHIPPED};
use liant_model::{Actor, Date, FixedClock, Instant, Lang, Purpose, Territory};
use liant_sample::{SampleKind, SampleOptions, sample};
use liant_store::Store;
use liant_vault::Keyring;
use tempfile::TempDir;
use testkit::TestStore;

/// 20 April 2025.
const NOW: Instant = Instant::from_micros(1_745_143_200_000_000);
const APRIL: Date = Date::constant(2025, 4, 1);

struct Place {
    workplace: Workplace,
    folder: TempDir,
    test: TestStore,
}

fn territory() -> Territory {
    "62".parse().unwrap()
}

fn every_engine() -> impl Iterator<Item = Place> {
    testkit::every_engine().into_iter().map(|test| {
        let conventions = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap()).collect();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&test.address).unwrap();
        let workplace = Workplace::assemble(store, Keyring::generate(NOW).unwrap(), conventions).unwrap();
        Place { workplace: workplace.with_spool(folder.path().join("spool")), folder, test }
    })
}

fn act<T>(role: &str, act: impl FnOnce(&Context<'_>) -> T) -> T {
    act_at(role, NOW, act)
}

fn act_at<T>(role: &str, now: Instant, act: impl FnOnce(&Context<'_>) -> T) -> T {
    act_of("departement-62", role, now, act)
}

fn act_of<T>(party: &str, role: &str, now: Instant, act: impl FnOnce(&Context<'_>) -> T) -> T {
    let actor = Actor {
        name: role.to_owned(),
        party: party.parse().unwrap(),
        role: role.parse().unwrap(),
        os_user: None,
    };
    let clock = FixedClock(now);
    act(&Context::new(&actor, Purpose::parse("file-handling").unwrap(), territory(), &clock).unwrap())
}

fn pecgm(records: u64, seed: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    sample(SampleKind::Pecgm, records, seed, &mut bytes, &SampleOptions::new(territory(), APRIL)).unwrap();
    bytes
}

impl Place {
    fn send(&self, role: &str, bytes: &[u8]) -> Result<UploadId, AppError> {
        act(role, |context| {
            let incoming = uploads::receive(context, &self.workplace, "../pecgm.xml")?;
            incoming.open()?.write_all(bytes).unwrap();
            incoming.finish(context, &self.workplace)
        })
    }

    fn work(&self, id: UploadId, is_import: bool) -> uploads::Upload {
        act("technician", |context| {
            let claim = uploads::claim(context, &self.workplace, id).unwrap();
            if is_import {
                let claim = claim.to_import().unwrap();
                uploads::load(context, &self.workplace, &claim, false).unwrap();
            } else {
                let claim = claim.to_check().unwrap();
                uploads::check(context, &self.workplace, &claim).unwrap();
            }
        });
        self.get(id)
    }

    fn get(&self, id: UploadId) -> uploads::Upload {
        act("technician", |context| uploads::get(context, &self.workplace, id)).unwrap()
    }

    fn received(&self) -> Vec<liant_app::ReceivedFile> {
        act("technician", |context| liant_app::batches(context, &self.workplace)).unwrap()
    }

    /// The files of the spool that hold data.
    fn data(&self) -> usize {
        let inbox = self.folder.path().join("spool/in/62");
        let folders = fs::read_dir(inbox).into_iter().flatten().flatten();
        folders
            .filter(|folder| fs::read_dir(folder.path().join("file")).is_ok_and(|files| files.count() > 0))
            .count()
    }
}

#[test]
fn a_file_is_checked_without_a_trace_then_imported_and_removed() {
    for place in every_engine() {
        let id = place.send("technician", &pecgm(120, 1)).unwrap();
        let checked = place.work(id, false);
        let Stage::Checked(preview) = &checked.stage else { panic!("{:?}", checked.stage) };
        assert_eq!((preview.report.records, preview.report.batch), (120, None), "{}", place.test.engine);
        assert!(place.received().is_empty());
        assert_eq!((checked.file_name.as_str(), place.data()), ("pecgm.xml", 1));
        let done = place.work(id, true);
        assert!(matches!(done.stage, Stage::Imported { batch: 1 }), "{:?}", done.stage);
        let received = place.received();
        assert_eq!((received[0].file_name.as_str(), received[0].counts.records), ("pecgm.xml", 120));
        assert_eq!(place.data(), 0, "what was imported does not lie about");
        let again = place.send("technician", &pecgm(120, 1)).unwrap();
        assert!(matches!(place.work(again, false).stage, Stage::Impossible { batch: Some(1), .. }));
        assert_eq!(place.data(), 0);
    }
}

#[test]
fn work_that_died_is_told_and_may_be_done_again() {
    for place in every_engine() {
        let id = place.send("technician", &pecgm(20, 2)).unwrap();
        place.work(id, false);
        let take = || act("technician", |context| uploads::claim(context, &place.workplace, id));
        let claim = take().unwrap().to_import().unwrap();
        assert!(matches!(place.get(id).doing, Doing::Importing(_)));
        assert!(matches!(take(), Err(AppError::State(_))), "one piece of work at a time");
        // As the system does when the process is killed.
        drop(claim);
        assert_eq!(place.get(id).doing, Doing::Interrupted);
        assert!(matches!(place.work(id, true).stage, Stage::Imported { .. }));
    }
}

#[test]
fn who_may_not_import_a_flow_leaves_nothing_and_is_on_record() {
    for place in every_engine() {
        assert!(matches!(place.send("orientation_officer", &pecgm(5, 3)), Err(AppError::Gate(_))));
        assert!(matches!(place.send("technician", b"hello"), Err(AppError::Unrecognised(_))));
        assert_eq!(place.data(), 0);
        assert!(act("technician", |context| uploads::waiting(context, &place.workplace)).unwrap().is_empty());
    }
}

#[test]
fn a_file_that_nobody_decided_upon_goes_after_a_day() {
    for place in every_engine() {
        let id = place.send("technician", &pecgm(5, 4)).unwrap();
        let later = |micros: i64| Instant::from_micros(NOW.micros() + micros);
        uploads::sweep(&place.workplace, territory(), later(uploads::KEPT_FOR));
        assert_eq!(place.data(), 1);
        uploads::sweep(&place.workplace, territory(), later(uploads::KEPT_FOR + 1));
        assert!(matches!(place.get(id).stage, Stage::GivenUp) && place.data() == 0);
        uploads::sweep(&place.workplace, territory(), later(uploads::TOLD_FOR + 1));
        assert!(act("technician", |context| uploads::get(context, &place.workplace, id)).is_err());
    }
}

#[test]
fn the_months_file_is_built_marked_as_deposited_and_followed() {
    for place in every_engine() {
        let id = place.send("technician", &pecgm(40, 5)).unwrap();
        place.work(id, false);
        place.work(id, true);
        act("technician", |context| {
            let forecast = deposit::forecast(context, &place.workplace).unwrap();
            assert_eq!(forecast.recipients, forecast.to_orient, "nobody is oriented yet");
            assert!(matches!(deposit::mark(context, &place.workplace, NOW.date()), Err(AppError::Absent(_))));
            let built = deposit::build(context, &place.workplace, Lang::En).unwrap();
            assert_eq!((built.written, built.to_orient), (0, forecast.to_orient));
            let (_, bytes) = deposit::fetch(context, &place.workplace).unwrap();
            assert_eq!(bytes.len() as u64, built.bytes);
            for wrong in [Date::constant(2025, 4, 19), Date::constant(2025, 4, 21)] {
                let refused = deposit::mark(context, &place.workplace, wrong);
                assert!(matches!(refused, Err(AppError::Value(_))), "{wrong}");
            }
            deposit::mark(context, &place.workplace, NOW.date()).unwrap();
            assert!(deposit::built(context, &place.workplace).unwrap().is_none(), "it has served");
            let history = deposit::history(context, &place.workplace).unwrap();
            assert_eq!((history.len(), history[0].on), (1, NOW.date()));
            let follow_up = calendar::follow_up(context, &place.workplace, 2).unwrap();
            let standing = |flow: &str| {
                let found = follow_up.flows.iter().find(|one| one.profile == flow).unwrap();
                found.cells[0].standing
            };
            // The 3rd working Friday of April 2025 is the 18th: the 20th is late.
            assert_eq!(standing("CGPEM"), Standing::DoneLate(NOW.date()));
            assert_eq!(standing("PECGM"), Standing::Done(NOW.date()));
            assert!(matches!(standing("RSABEM"), Standing::ToCome(_)));
            assert_eq!(follow_up.months[0], Month::of(APRIL));
        });
        act("clerk", |context| {
            let refused = deposit::build(context, &place.workplace, Lang::En);
            assert!(matches!(refused, Err(AppError::Gate(_))));
        });
    }
}

#[test]
fn files_are_nothing_to_the_technician_of_another_party() {
    for place in every_engine() {
        let imported = place.send("technician", &pecgm(40, 8)).unwrap();
        place.work(imported, false);
        place.work(imported, true);
        act("technician", |context| deposit::build(context, &place.workplace, Lang::En)).unwrap();
        let waits = place.send("technician", &pecgm(40, 9)).unwrap();
        for party in ["france-travail", "caf-62", "ccas-lievin"] {
            act_of(party, "technician", NOW, |context| {
                let case = format!("{}, {party}", place.test.engine);
                let absent = |is_absent: bool| assert!(is_absent, "{case}");
                absent(liant_app::batches(context, &place.workplace).unwrap().is_empty());
                absent(uploads::waiting(context, &place.workplace).unwrap().is_empty());
                absent(matches!(uploads::get(context, &place.workplace, waits), Err(AppError::Absent(_))));
                absent(matches!(uploads::claim(context, &place.workplace, waits), Err(AppError::Absent(_))));
                absent(matches!(
                    uploads::give_up(context, &place.workplace, waits),
                    Err(AppError::Absent(_))
                ));
                absent(matches!(deposit::forecast(context, &place.workplace), Err(AppError::Absent(_))));
                absent(deposit::built(context, &place.workplace).unwrap().is_none());
                absent(matches!(deposit::history(context, &place.workplace), Err(AppError::Absent(_))));
                absent(matches!(deposit::fetch(context, &place.workplace), Err(AppError::Gate(_))));
            });
        }
        assert_eq!(place.data(), 1, "what waits still waits");
    }
}

#[test]
fn whoever_is_stopped_handles_no_file() {
    for place in every_engine() {
        let engine = place.test.engine;
        let imported = place.send("technician", &pecgm(40, 10)).unwrap();
        place.work(imported, false);
        place.work(imported, true);
        act("technician", |context| deposit::build(context, &place.workplace, Lang::En)).unwrap();
        let sent = place.send("technician", &pecgm(40, 11)).unwrap();
        let stop = match engine {
            "sqlite" => "X'01920000000070008000000000000001'",
            _ => "'01920000-0000-7000-8000-000000000001'",
        };
        let sql = format!(
            "INSERT INTO blocking (territory_id, blocking_id, human, party, role, clause, tried, at)
             VALUES ('62', {stop}, 'technician', 'departement-62', 'technician', '', 50, 1) RETURNING tried"
        );
        assert_eq!(place.test.rows("62", &sql).len(), 1, "{engine}");
        act("technician", |context| {
            let stopped =
                |done: Result<(), AppError>| assert!(matches!(done, Err(AppError::Blocked)), "{engine}");
            stopped(deposit::fetch(context, &place.workplace).map(drop));
            stopped(deposit::build(context, &place.workplace, Lang::En).map(drop));
            stopped(deposit::mark(context, &place.workplace, NOW.date()));
            stopped(uploads::claim(context, &place.workplace, sent).map(drop));
            stopped(liant_app::batches(context, &place.workplace).map(drop));
        });
        assert!(matches!(place.send("technician", &pecgm(5, 12)), Err(AppError::Blocked)), "{engine}");
    }
}

#[test]
fn a_feed_answers_at_its_last_address_alone() {
    for place in every_engine() {
        let feed = |secret: &str| calendar::feed(&place.workplace, territory(), secret, (NOW, Lang::Fr));
        let (first, second) = act("technician", |context| {
            assert!(calendar::feed_since(context, &place.workplace).unwrap().is_none());
            let first = calendar::new_feed(context, &place.workplace).unwrap();
            (first, calendar::new_feed(context, &place.workplace).unwrap())
        });
        assert!(matches!(feed(&first.reveal()), Err(AppError::Absent(_))), "{}", place.test.engine);
        assert!(matches!(feed("nothing"), Err(AppError::Absent(_))));
        let text = feed(&second.reveal()).unwrap();
        assert!(text.contains("SUMMARY:CGPEM à déposer avant 17 h 00"), "{text}");
        assert!(!text.contains("technician"), "nobody is named");
    }
}

#[test]
fn a_file_that_lacks_much_of_the_stock_waits_for_someones_word() {
    for place in every_engine() {
        let whole = place.send("technician", &pecgm(200, 6)).unwrap();
        place.work(whole, false);
        place.work(whole, true);
        let short = place.send("technician", &pecgm(30, 7)).unwrap();
        assert!(!place.work(short, false).lacks_many);
        let refused = place.work(short, true);
        assert!(refused.lacks_many, "{}", place.test.engine);
        assert!(matches!(refused.stage, Stage::Checked(_)) && place.data() == 1, "it waits");
        act("technician", |context| {
            let claim = uploads::claim(context, &place.workplace, short).unwrap().to_import().unwrap();
            uploads::load(context, &place.workplace, &claim, true).unwrap();
        });
        assert!(matches!(place.get(short).stage, Stage::Imported { .. }));
    }
}

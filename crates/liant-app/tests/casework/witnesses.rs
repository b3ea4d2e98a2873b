//! Checkpoints of the log go to those who keep them elsewhere: signed when the last is old enough, given once to each, and kept trying.

use std::path::Path;

use base64::Engine as _;
use liant_app::trail;
use liant_app::witnesses::{self, CheckpointSettings, Witnessed};
use liant_audit::SigningKey;
use liant_audit::verify::Checkpoint;
use liant_model::{FixedClock, Instant};
use liant_store::GivenCheckpoint;

use crate::letters::{minutes, post, silent_server};
use crate::world::{ANNE, World, after, every_engine, territory};

const ORIGIN: &str = "liant/audit/62";

fn settings(key: &Path, to: &[&str]) -> CheckpointSettings {
    let to = to.iter().map(|address| (*address).to_owned()).collect();
    CheckpointSettings { key_file: key.to_owned(), to, every_days: std::num::NonZeroU16::MIN }
}

fn pass(world: &World, at: Instant) -> Witnessed {
    witnesses::see_to(&world.workplace, territory(), &FixedClock(at)).unwrap()
}

#[test]
fn one_is_signed_a_day_and_tried_until_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("checkpoint-key.pem");
    let key = SigningKey::generate(ORIGIN).unwrap();
    std::fs::write(&file, key.to_pem().as_bytes()).unwrap();
    for mut world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        assert_eq!(pass(&world, after(1)), Witnessed::default(), "{engine}: nobody is named");
        world.workplace.witnesses = Some(settings(&file, &["dpo@partner.example", "dpo@caf.example"]));
        assert_eq!(pass(&world, after(1)), Witnessed::default(), "{engine}: no mail server is");
        world.workplace.post = Some(silent_server());
        let tried = Witnessed { signed: true, given: 0, put_off: 1 };
        assert_eq!(pass(&world, after(1)), tried, "{engine}: a server that is silent is asked once");
        assert_eq!(pass(&world, minutes(after(1), 60)), Witnessed { signed: false, ..tried }, "{engine}");
        assert_eq!(pass(&world, after(2)), tried, "{engine}: the next day another is signed");
        let held = witnesses::witnesses(&world.workplace, territory()).unwrap();
        assert!(held.len() == 2 && held.iter().all(|one| one.given.is_none()), "{engine}: {held:?}");
        let notes = world.workplace.store.checkpoints(territory()).unwrap();
        assert_eq!(notes.len(), 2, "{engine}");
        for note in &notes {
            let opened = Checkpoint::open(note, std::slice::from_ref(key.public())).unwrap();
            assert_eq!(opened.origin, ORIGIN, "{engine}");
        }
        // One that another key signed is not the site's to give, and does not stand for its own.
        let other = SigningKey::generate(ORIGIN).unwrap();
        world.as_one(after(3), world.officer, "file-handling", |context| {
            trail::checkpoint(context, &world.workplace, &other).unwrap();
        });
        assert_eq!(pass(&world, after(3)), tried, "{engine}");
        // A log that is shorter than what was signed of it is said to be, and no checkpoint hides it.
        let longer =
            GivenCheckpoint { recipient: "dpo@caf.example".to_owned(), size: 1_000_000, at: after(3) };
        world.workplace.store.note_checkpoint_given(territory(), &longer).unwrap();
        let cut = witnesses::see_to(&world.workplace, territory(), &FixedClock(after(4)));
        assert!(cut.is_err_and(|error| error.to_string().contains("entries")), "{engine}");
        std::fs::write(folder.path().join("none.pem"), "no key").unwrap();
        world.workplace.witnesses = Some(settings(&folder.path().join("none.pem"), &["dpo@partner.example"]));
        let refused = witnesses::see_to(&world.workplace, territory(), &FixedClock(after(3)));
        assert!(refused.is_err_and(|error| error.to_string().contains("none.pem")), "{engine}");
    }
}

/// What comes with a letter.
fn attached(letter: &str) -> String {
    let letter = letter.replace("\r\n", "\n");
    let part = letter.split("Content-Disposition: attachment").nth(1).unwrap();
    let (head, body) = part.split_once("\n\n").unwrap();
    let body = body.split("\n--").next().unwrap();
    assert!(head.contains("base64") || letter.contains("Content-Transfer-Encoding: base64"), "{letter}");
    let bytes = base64::engine::general_purpose::STANDARD.decode(body.replace('\n', "")).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// With a real mail server, which `cargo xtask test` starts and names.
#[test]
fn each_is_given_it_once_and_it_says_nothing_of_anyone() {
    let named = ["LIANT_TEST_SMTP", "LIANT_TEST_SMTP_LETTERS"].map(std::env::var);
    let [Ok(server), Ok(letters)] = named else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("checkpoint-key.pem");
    let key = SigningKey::generate(ORIGIN).unwrap();
    let public = key.public();
    std::fs::write(&file, key.to_pem().as_bytes()).unwrap();
    for mut world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        // Others write to the same server.
        let whom = [1, 2].map(|nth| format!("dpo{nth}@{engine}-{}.example", std::process::id()));
        let whom: Vec<&str> = whom.iter().map(String::as_str).collect();
        world.workplace.witnesses = Some(settings(&file, &whom[..1]));
        world.workplace.post = Some(post(&server, "https://liant.example"));
        assert_eq!(pass(&world, after(1)), Witnessed { signed: true, given: 1, put_off: 0 }, "{engine}");
        assert_eq!(pass(&world, minutes(after(1), 60)), Witnessed::default(), "{engine}: once");
        world.workplace.witnesses = Some(settings(&file, &whom));
        let second = Witnessed { signed: false, given: 1, put_off: 0 };
        assert_eq!(
            pass(&world, minutes(after(1), 120)),
            second,
            "{engine}: who is named later is given the same"
        );
        let held = witnesses::witnesses(&world.workplace, territory()).unwrap();
        let last = world.workplace.store.last_checkpoint(territory()).unwrap().unwrap();
        assert!(
            held.iter().all(|one| one.given.as_ref().is_some_and(|given| given.size == last.size)),
            "{engine}: {held:?}"
        );
        let found = std::fs::read_dir(&letters).unwrap().map(|file| file.unwrap().path());
        let ours: Vec<String> = found
            .filter_map(|path| std::fs::read_to_string(path).ok())
            .filter(|text| whom.iter().any(|address| text.contains(address)))
            .collect();
        assert_eq!(ours.len(), 2, "{engine}");
        for letter in &ours {
            assert!(letter.contains(&format!("liant-62-{}.checkpoint", last.size)), "{engine}: {letter}");
            let public = std::slice::from_ref(public);
            let note = attached(letter);
            assert_eq!(Checkpoint::open(&note, public).map(|one| one.size).ok(), Some(last.size), "{engine}");
            let names = ["ABELARD", "Abelard", "ANNE", "Anne", "1000001A", "1980"];
            assert!(!names.iter().any(|name| letter.contains(name)), "{engine}: {letter}");
        }
    }
}

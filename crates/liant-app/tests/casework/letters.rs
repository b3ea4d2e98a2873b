//! Letters to professionals: once a working morning, to who owes something and may see it, kept until the mail server takes them.

use std::path::Path;

use liant_app::mail::{self, MailSettings, Mailed, Post};
use liant_model::{FixedClock, Instant};

use crate::world::{ANNE, World, after, every_engine, territory};

/// Nothing answers there.
pub(crate) fn silent_server() -> Post {
    post("smtp://127.0.0.1:1", "https://liant.example")
}

pub(crate) fn post(server: &str, site: &str) -> Post {
    let settings = MailSettings {
        server: server.to_owned(),
        from: "Liant <liant@departement.example>".to_owned(),
        site: site.to_owned(),
        user: None,
        password_file: None,
    };
    Post::of(&settings, Path::to_path_buf).unwrap()
}

pub(crate) fn pass(world: &World, at: Instant) -> Mailed {
    mail::see_to(&world.workplace, territory(), &FixedClock(at)).unwrap()
}

pub(crate) fn minutes(at: Instant, minutes: i64) -> Instant {
    Instant::from_micros(at.micros() + minutes * 60_000_000)
}

/// Mondays are the days 0, 7, 14… of this world.
const MONDAY: i64 = 35;

#[test]
fn who_owes_something_is_written_to_once_a_working_morning() {
    for mut world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        assert_eq!(pass(&world, after(MONDAY)), Mailed::default(), "{engine}: no mail server is named");
        world.workplace.post = Some(silent_server());
        assert_eq!(pass(&world, after(MONDAY - 1)).written, 0, "{engine}: a Sunday");
        assert_eq!(pass(&world, minutes(after(MONDAY), -4 * 60)).written, 0, "{engine}: before six");
        assert_eq!(pass(&world, after(MONDAY)).written, 2, "{engine}: the pair");
        assert_eq!(pass(&world, minutes(after(MONDAY), 60)).written, 0, "{engine}: once a day");
        assert_eq!(pass(&world, after(MONDAY + 1)).written, 2, "{engine}: the next day");
        let kept = world.test.rows("62", "SELECT about FROM mail");
        assert!(kept.len() == 2 && kept.iter().all(|row| row.contains("\"0 1\"")), "{engine}: {kept:?}");
    }
}

#[test]
fn what_the_mail_server_does_not_take_waits() {
    for mut world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        world.workplace.post = Some(silent_server());
        let first = pass(&world, after(MONDAY));
        assert_eq!((first.written, first.sent, first.put_off), (2, 0, 1), "{engine}: it is asked once");
        let second = pass(&world, minutes(after(MONDAY), 10));
        assert_eq!(second.put_off, 1, "{engine}: the other letter");
        assert_eq!(pass(&world, minutes(after(MONDAY), 12)).put_off, 0, "{engine}: neither is due again");
        assert_eq!(pass(&world, minutes(after(MONDAY), 16)).put_off, 1, "{engine}: the first is");
        // Who may come in no more is not written to.
        world.test.rows("62", "UPDATE account SET disabled_at = 1 RETURNING name");
        assert_eq!(pass(&world, minutes(after(MONDAY), 600)).put_off, 0, "{engine}");
        assert_eq!(pass(&world, after(MONDAY + 9)).given_up, 2, "{engine}: what they said is old");
        assert_eq!(world.count("mail"), 0, "{engine}");
    }
}

/// With a real mail server, which `cargo xtask test` starts and names.
#[test]
fn letters_arrive_once_and_say_nothing_of_anyone() {
    let named = ["LIANT_TEST_SMTP", "LIANT_TEST_SMTP_LETTERS"].map(std::env::var);
    let [Ok(server), Ok(folder)] = named else { return };
    for mut world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        // Others write to the same server.
        let site = format!("https://{engine}-{}.example", std::process::id());
        world.workplace.post = Some(post(&server, &site));
        let done = pass(&world, after(MONDAY));
        assert_eq!((done.written, done.sent, done.put_off), (2, 2, 0), "{engine}");
        assert_eq!(pass(&world, minutes(after(MONDAY), 60)).sent, 0, "{engine}: once");
        let letters = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
        let ours: Vec<String> = letters
            .filter_map(|path| std::fs::read_to_string(path).ok())
            .filter(|text| text.contains(&site))
            .collect();
        assert_eq!(ours.len(), 2, "{engine}");
        for whom in ["yann@office.example", "claire@office.example"] {
            assert!(ours.iter().any(|text| text.contains(whom)), "{engine}: {whom}");
        }
        for letter in &ours {
            assert!(letter.contains("Auto-Submitted: auto-generated"), "{engine}: {letter}");
            let names = ["ABELARD", "Abelard", "ANNE", "Anne", "1000001A", "1980"];
            assert!(!names.iter().any(|name| letter.contains(name)), "{engine}: {letter}");
        }
    }
}

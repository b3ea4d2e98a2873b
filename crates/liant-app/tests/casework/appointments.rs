//! Appointments: whom a person is to meet, what she is told, by what way, and that nobody is written to who did not allow it.

use std::collections::BTreeSet;

use liant_app::casework::{
    self, AppointmentState, Asked, LetterLine, Met, NoticeKind, NoticeWay, Outcome, Paper, Reason,
};
use liant_app::mail::Mailed;
use liant_app::space::{Herself, contact, readers};
use liant_app::{AppError, Context, addresses, trail};
use liant_convention::{Convention, Gate, ON_ACCOMPANIMENT, SHIPPED};
use liant_model::{AppointmentId, FixedClock, Instant, Lang, TraceId};

use crate::hers::{come_in, held_of};
use crate::letters::{minutes, pass, post, silent_server};
use crate::world::{ANNE, NOW, Someone, World, after, code, every_engine};

/// Ten in the morning, so many days on.
fn met(with: Someone, place: &str, days: i64) -> Met {
    Met {
        at: after(days).date().at(10, 0, 0, 0),
        means: casework::Means::InPerson,
        place: code(place),
        with: with.colleague(),
    }
}

fn known(world: &World, days: i64) -> BTreeSet<AppointmentId> {
    world.path(days, world.claire, ANNE).unwrap().appointments.iter().map(|one| one.id).collect()
}

/// Claire fixes an appointment with Anne on a day, for another.
fn fix(world: &World, on: i64, for_day: i64) -> AppointmentId {
    let before = known(world, on);
    let asked = Asked::Fix { act: code("meeting"), met: met(world.claire, "quai", for_day) };
    world.act(on, world.claire, ANNE, vec![asked]);
    *known(world, on).difference(&before).next().unwrap()
}

/// How often her address came out for a message, as the record of accesses has it.
fn messages(world: &World) -> usize {
    world.test.rows("62", "SELECT what FROM access_record WHERE what = 'appointment message'").len()
}

fn in_her_space<T>(her: &Herself, at: Instant, work: impl FnOnce(&Context<'_>) -> T) -> T {
    let clock = FixedClock(at);
    work(&her.context(TraceId::new(at, [5; 10]), &clock).unwrap())
}

fn says(world: &World, her: &Herself, at: Instant, given: bool) {
    in_her_space(her, at, |context| contact::say(context, &world.workplace, her, given).unwrap());
}

fn letters(world: &World, days: i64, who: Someone) -> Vec<LetterLine> {
    world.at(days, who, |context| casework::letters(context, &world.workplace, Lang::Fr).unwrap())
}

fn paper(world: &World, days: i64, who: Someone, letter: &LetterLine) -> Result<Paper, AppError> {
    world.at(days, who, |context| casework::paper(context, &world.workplace, &letter.key, Lang::Fr))
}

fn posted(world: &World, days: i64, letter: &LetterLine) -> Result<u64, AppError> {
    world.at(days, world.claire, |context| casework::posted(context, &world.workplace, &[letter.key]))
}

fn told(world: &World, days: i64) -> Vec<(NoticeKind, Option<NoticeWay>)> {
    let path = world.path(days, world.claire, ANNE).unwrap();
    let all = path.appointments.iter().flat_map(|one| &one.told);
    all.map(|row| (row.notice.key.kind, row.done.map(|(_, way)| way))).collect()
}

#[test]
fn without_her_consent_she_is_told_by_letter_and_never_by_e_mail() {
    for mut world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        fix(&world, 8, 40);
        world.workplace.post = Some(silent_server());
        // On the list at once; the pass of the mail server changes nothing in that.
        let line = letters(&world, 8, world.claire).pop().unwrap();
        assert_eq!((line.kind, line.is_printed, line.is_late), (NoticeKind::Said, false, false), "{engine}");
        let done = pass(&world, after(8));
        assert_eq!((done.by_letter, done.told, done.put_off), (1, 0, 0), "{engine}: {done:?}");
        let paper = paper(&world, 8, world.claire, &line).unwrap();
        assert_eq!(paper.addressee, ["ANNE ABELARD", "7 RUE DES LILAS", "62000 ARRAS"], "{engine}");
        assert_eq!(paper.sender, ["Bâtiment du quai", "12 quai du Rivage", "62000 ARRAS"], "{engine}");
        let text = format!("{} {}", paper.subject, paper.paragraphs.join(" "));
        assert!(text.contains("samedi 12 décembre 2026 à 10 h 00, avec Claire C."), "{engine}: {text}");
        assert!(letters(&world, 8, world.claire)[0].is_printed, "{engine}: it waits until it is posted");
        assert_eq!(posted(&world, 9, &line).unwrap(), 1, "{engine}");
        assert!(letters(&world, 9, world.claire).is_empty(), "{engine}");
        assert_eq!(posted(&world, 9, &line).unwrap(), 0, "{engine}: once");
        // Eight days before, the reminder; who is late to post it is told.
        assert!(letters(&world, 31, world.claire).is_empty(), "{engine}");
        let reminder = letters(&world, 32, world.claire).pop().unwrap();
        assert_eq!((reminder.kind, reminder.is_late), (NoticeKind::ReminderByLetter, false), "{engine}");
        assert!(letters(&world, 38, world.claire)[0].is_late, "{engine}");
        assert_eq!(pass(&world, after(38)).told, 0, "{engine}");
        assert!(letters(&world, 41, world.claire).is_empty(), "{engine}: it is past");
        // That her address was used, and why, is hers to know.
        let anne = come_in(&world, ANNE);
        let read = in_her_space(&anne, after(41), |context| {
            readers::readers(context, &world.workplace, &anne, Lang::Fr).unwrap()
        });
        let letter = read.iter().find(|one| one.way == readers::ReadingWay::Appointment).unwrap();
        assert!(letter.clauses[0].starts_with("62-departement v1, §14"), "{engine}: {:?}", letter.clauses);
        assert!(letter.fields.contains(&"contact.address_line"), "{engine}: {:?}", letter.fields);
    }
}

#[test]
fn her_consent_opens_e_mail_and_taken_back_it_stops_what_waits() {
    for mut world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let anne = come_in(&world, ANNE);
        says(&world, &anne, after(7), true);
        world.workplace.post = Some(silent_server());
        fix(&world, 8, 40);
        assert!(letters(&world, 8, world.claire).is_empty(), "{engine}: by e-mail");
        let done = pass(&world, after(8));
        assert_eq!((done.put_off, done.by_letter), (1, 0), "{engine}: it waits: {done:?}");
        let rows = world.test.rows("62", "SELECT * FROM appointment_notice").join(" ");
        for word in ["maison", "anne", "ABELARD", "LILAS", "meeting"] {
            assert!(!rows.contains(word), "{engine}: nothing of her waits in clear: {rows}");
        }
        // Taken back: nothing is tried any more, and she is told by letter.
        says(&world, &anne, minutes(after(8), 5), false);
        let done = pass(&world, minutes(after(8), 20));
        assert_eq!((done.put_off, done.by_letter), (0, 1), "{engine}: {done:?}");
        pass(&world, after(39));
        assert_eq!(letters(&world, 8, world.claire).len(), 1, "{engine}");
        assert_eq!(messages(&world), 1, "{engine}: her address came out once, before; nor for the reminder");
        // Given again, what went to the letters stays there: it may be posted.
        says(&world, &anne, after(9), true);
        pass(&world, after(9));
        assert_eq!((messages(&world), letters(&world, 9, world.claire).len()), (1, 1), "{engine}");
    }
}

/// She calls the number of the letter: whoever follows her records it, and nobody but herself agrees again.
#[test]
fn who_follows_her_records_that_she_wants_no_more_e_mail() {
    for mut world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let anne = come_in(&world, ANNE);
        says(&world, &anne, after(7), true);
        world.workplace.post = Some(silent_server());
        fix(&world, 8, 40);
        assert!(letters(&world, 8, world.claire).is_empty(), "{engine}: by e-mail");
        let record = |days, who| {
            world.as_one(after(days), who, "follow-up", |context| {
                contact::taken_back(context, &world.workplace, world.people[ANNE])
            })
        };
        assert!(matches!(record(8, world.eve), Err(AppError::Absent(_))), "{engine}: not hers to see");
        for days in [9, 10] {
            record(days, world.claire).unwrap();
            assert_eq!(letters(&world, days, world.claire).len(), 1, "{engine}: said again, it is the same");
        }
        let said = in_her_space(&anne, after(11), |context| contact::said(context, &world.workplace, &anne));
        assert_eq!(said.unwrap().iter().map(|row| row.given).collect::<Vec<_>>(), [false, true], "{engine}");
        assert_eq!(pass(&world, after(11)).by_letter, 1, "{engine}");
        assert_eq!(messages(&world), 0, "{engine}");
    }
}

/// The Département's files without a clause that lets something out for appointments by a channel.
fn without(channel: &str) -> Gate {
    let clause = format!("channels = [\"{channel}\"]");
    let files = SHIPPED.iter().chain(ON_ACCOMPANIMENT).map(|(name, text)| {
        let text = match *name {
            "62-departement.toml" => text.replace(&clause, "channels = [\"export\"]"),
            _ => (*text).to_owned(),
        };
        Convention::parse(name, &text).unwrap()
    });
    Gate::new(files.collect()).unwrap()
}

/// The gate decides when it is sent: what no clause lets out then does not leave, whatever waited.
#[test]
fn without_a_clause_nothing_leaves() {
    for mut world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let anne = come_in(&world, ANNE);
        says(&world, &anne, after(7), true);
        fix(&world, 8, 40);
        world.workplace.post = Some(silent_server());
        assert_eq!(pass(&world, after(8)).put_off, 1, "{engine}: it waits");
        world.workplace.govern_by(without("email"));
        let done = pass(&world, after(9));
        assert_eq!((messages(&world), done.by_letter), (1, 1), "{engine}: {done:?}");
        let line = letters(&world, 9, world.claire).pop().unwrap();
        world.workplace.govern_by(without("hand"));
        let refused = paper(&world, 9, world.claire, &line);
        assert!(matches!(refused, Err(AppError::Gate(_))), "{engine}: {refused:?}");
        let out = world.test.rows("62", "SELECT what FROM access_record WHERE what = 'appointment letter'");
        assert!(out.is_empty(), "{engine}: nothing came out");
    }
}

#[test]
fn of_what_is_moved_cancelled_or_over_nothing_of_before_is_told() {
    for mut world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let one = fix(&world, 8, 40);
        let moved = Asked::Move(one, met(world.claire, "quai", 30));
        world.act(9, world.claire, ANNE, vec![moved]);
        let line = letters(&world, 9, world.claire);
        assert_eq!(line.len(), 1, "{engine}: of the new hour alone: {line:?}");
        assert_eq!(line[0].at, after(30).date().at(10, 0, 0, 0), "{engine}");
        // She had been told of no other hour.
        let said = paper(&world, 9, world.claire, &line[0]).unwrap();
        assert!(said.paragraphs[0].starts_with("Vous avez rendez-vous"), "{engine}: {said:?}");
        posted(&world, 9, &line[0]).unwrap();
        let moved = Asked::Move(one, met(world.claire, "quai", 35));
        world.act(10, world.claire, ANNE, vec![moved]);
        let line = letters(&world, 10, world.claire);
        let said = paper(&world, 10, world.claire, &line[0]).unwrap();
        assert!(said.paragraphs[0].starts_with("Votre rendez-vous a changé"), "{engine}: {said:?}");
        // Cancelled, she who was told is told so; of one that she never heard of nothing is said.
        world.act(11, world.claire, ANNE, vec![Asked::Cancel(one)]);
        let line = letters(&world, 11, world.claire);
        assert_eq!(line.iter().map(|one| one.kind).collect::<Vec<_>>(), [NoticeKind::Cancelled], "{engine}");
        let other = fix(&world, 11, 50);
        world.act(12, world.claire, ANNE, vec![Asked::Cancel(other)]);
        assert_eq!(letters(&world, 12, world.claire).len(), 1, "{engine}");
        // At the end of the accompaniment nothing waits any more.
        fix(&world, 12, 60);
        world.act(13, world.yann, ANNE, vec![crate::world::done("monthly-point")]);
        assert_eq!(letters(&world, 13, world.claire).len(), 2, "{engine}");
        let exit = Asked::End { exit: code("deceased"), next: None };
        world.act(13, world.yann, ANNE, vec![exit]);
        world.workplace.post = Some(silent_server());
        assert_eq!(pass(&world, after(13)).by_letter, 0, "{engine}");
        let waiting = world.test.rows("62", "SELECT kind FROM appointment_notice WHERE done_at IS NULL");
        assert!(waiting.is_empty(), "{engine}: {waiting:?}");
    }
}

#[test]
fn an_appointment_is_its_party_s_own_and_its_absence_may_be_excused() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let one = fix(&world, 8, 10);
        let theirs = world.path(9, world.yann, ANNE).unwrap();
        assert!(theirs.appointments.is_empty(), "{engine}: the adviser is not told");
        assert!(letters(&world, 9, world.yann).is_empty(), "{engine}");
        for asked in [Asked::Cancel(one), Asked::Move(one, met(world.yann, "gare", 20))] {
            let refused = world.try_act(9, world.yann, ANNE, vec![asked]).unwrap().unwrap_err();
            assert_eq!(refused.reason, Reason::NoAppointment, "{engine}");
        }
        // A place of another party, a colleague of another organisation, and nobody.
        for (met, what) in [
            (met(world.claire, "gare", 20), "place"),
            (met(world.claire, "nowhere", 20), "place"),
            (met(world.mia, "quai", 20), "professional"),
            (met(world.head, "quai", 20), "professional"),
        ] {
            let asked = Asked::Fix { act: code("meeting"), met };
            let absent = world.try_act(9, world.claire, ANNE, vec![asked]);
            assert!(matches!(absent, Err(AppError::Absent(found)) if found == what), "{engine}: {absent:?}");
        }
        let became =
            |outcome| Asked::Record { act: code("meeting"), outcome, means: None, appointment: Some(one) };
        let early = world.try_act(9, world.claire, ANNE, vec![became(Outcome::Missed)]).unwrap().unwrap_err();
        assert_eq!(early.reason, Reason::NotYet, "{engine}");
        world.act(11, world.claire, ANNE, vec![became(Outcome::Missed)]);
        let absences = |days| {
            let path = world.path(days, world.claire, ANNE).unwrap();
            path.tracks[0].now.as_ref().unwrap().absences
        };
        assert_eq!(absences(11), 1, "{engine}");
        world.act(12, world.claire, ANNE, vec![became(Outcome::Excused)]);
        assert_eq!(absences(12), 0, "{engine}");
        let path = world.path(12, world.claire, ANNE).unwrap();
        assert_eq!(path.appointments[0].state, AppointmentState::Excused, "{engine}");
    }
}

#[test]
fn a_protected_address_is_on_no_letter_of_who_may_not_see_it() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        fix(&world, 8, 40);
        world.as_one(after(8), world.officer, "orientation", |context| {
            addresses::protect(context, &world.workplace, world.people[ANNE], "violence").unwrap();
        });
        let of_head = letters(&world, 8, world.head);
        let line = of_head.first().unwrap_or_else(|| panic!("{engine}: the head sees it"));
        let hers = paper(&world, 8, world.head, line).unwrap();
        assert_eq!((hers.addressee.len(), hers.is_protected, hers.has_address), (1, true, false), "{engine}");
        let whole = paper(&world, 8, world.claire, line).unwrap();
        assert_eq!((whole.addressee.len(), whole.is_protected), (3, false), "{engine}: who writes to her");
        assert!(letters(&world, 8, world.head_south).is_empty(), "{engine}: another service's");
    }
}

#[test]
fn her_space_has_what_is_to_come() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let anne = come_in(&world, ANNE);
        // Her space looks on the eighth day.
        let one = fix(&world, 7, 40);
        let two = fix(&world, 7, 30);
        let (held, _) = held_of(&world, &anne, Lang::Fr);
        let days: Vec<_> = held.appointments.iter().map(|one| one.at.date()).collect();
        assert_eq!(days, [after(30).date(), after(40).date()], "{engine}: the next first");
        assert_eq!(held.appointments[0].with, "Claire C", "{engine}");
        assert_eq!(held.appointments[0].phone.as_deref(), Some("03 00 00 00 00"), "{engine}");
        for id in [one, two] {
            world.act(7, world.claire, ANNE, vec![Asked::Cancel(id)]);
        }
        assert!(held_of(&world, &anne, Lang::Fr).0.appointments.is_empty(), "{engine}");
    }
}

/// With a real mail server, which `cargo xtask test` starts and names.
#[test]
fn a_message_arrives_once_though_the_server_was_away_and_says_nothing_of_why() {
    let named = ["LIANT_TEST_SMTP", "LIANT_TEST_SMTP_LETTERS"].map(std::env::var);
    let [Ok(server), Ok(folder)] = named else { return };
    for mut world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let anne = come_in(&world, ANNE);
        says(&world, &anne, after(7), true);
        // Others write to the same server.
        let phone = format!("03 {:02} {}", engine.len(), std::process::id());
        let text = format!(
            "[[place]]\nid = \"quai\"\nparty = \"departement-62\"\nname = \"Bâtiment du quai\"\nlines = [\"62000 ARRAS\"]\nphone = \"{phone}\"\n"
        );
        world.workplace.places = casework::Places::parse(&text).unwrap();
        fix(&world, 8, 40);
        let past = fix(&world, 8, 12);
        world.workplace.post = Some(silent_server());
        for days in 8..15 {
            assert_eq!(pass(&world, after(days)).told, 0, "{engine}: the server is away");
        }
        world.workplace.post = Some(post(&server, "https://liant.example"));
        let mut sum = Mailed::default();
        for days in 15..45 {
            let done = pass(&world, after(days));
            sum.told += done.told;
            sum.by_letter += done.by_letter;
        }
        assert_eq!((sum.told, sum.by_letter), (2, 0), "{engine}: that it is fixed, and the reminder");
        let ours: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .filter_map(|file| std::fs::read_to_string(file.unwrap().path()).ok())
            .map(|text| text.replace("=\n", "").replace("=\r\n", ""))
            .filter(|text| text.contains(&phone))
            .collect();
        assert_eq!(ours.len(), 2, "{engine}: {ours:?}");
        for letter in &ours {
            assert!(letter.contains("To: anne@maison.example"), "{engine}: {letter}");
            assert!(letter.contains("Auto-Submitted: auto-generated"), "{engine}: {letter}");
            for word in ["ABELARD", "France Travail", "RSA", "accompagn", "social", "62-", "https:"] {
                assert!(!letter.contains(word), "{engine}: {word}: {letter}");
            }
        }
        // Of the one that passed while the server was away nothing was sent.
        let path = world.path(44, world.claire, ANNE).unwrap();
        let of_past = path.appointments.iter().find(|one| one.id == past).unwrap();
        assert!(of_past.told.iter().all(|row| row.done.is_none()), "{engine}: {:?}", of_past.told);
        let ways = told(&world, 44);
        let by_email = ways.iter().filter(|(_, way)| *way == Some(NoticeWay::Email)).count();
        assert_eq!(by_email, 2, "{engine}: {ways:?}");
        // Each time that her address came out is on record, under its clause.
        let reads = world.run_later(after(44), |context| {
            trail::who_read(context, &world.workplace, world.people[ANNE], NOW).unwrap()
        });
        let messages = reads.iter().filter(|row| row.what == "appointment message").count();
        assert!(messages >= 2, "{engine}: {messages}");
    }
}

//! Appointments: what may be fixed, moved, cancelled and recorded of them, and what the person is told, and when.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use liant_casework::*;
use liant_model::{AppointmentId, Instant, Uuid};

use crate::story::*;

const ONE: u128 = 0x0001;

fn id(number: u128) -> AppointmentId {
    AppointmentId(Uuid::from_u128(number))
}

fn meeting(act: &str, at: &str) -> Meeting {
    let at: DateTime = at.parse().unwrap();
    Meeting { act: code(act), at, means: Means::InPerson, place: code("quai"), with: someone(5) }
}

fn fix(number: u128, at: &str) -> Order {
    Order::Fix { appointment: id(number), meeting: meeting("meeting", at) }
}

fn put_off(number: u128, at: &str) -> Order {
    Order::Move { appointment: id(number), meeting: meeting("meeting", at) }
}

fn became(number: u128, outcome: Outcome) -> Order {
    Order::Record { act: code("meeting"), outcome, means: None, appointment: Some(id(number)) }
}

/// Someone accompanied since 26 January 2026 by a social referent.
fn followed() -> Story {
    followed_by(shipped())
}

fn followed_by(programmes: Programmes) -> Story {
    let mut story = Story::with(programmes, RSA);
    story.order("platform_agent", "2026-01-05", propose("local_service_head", &["rsa", "no-referent"]));
    story.act("platform_agent", "2026-01-08", "first-contract");
    story.act("platform_agent", "2026-01-15", "diagnosis");
    let orient = Order::Orient { nature: "01".parse().unwrap(), reason: None };
    story.order("local_service_head", "2026-01-20", orient);
    story.order("local_service_head", "2026-01-20", Order::Accept);
    story.act("social_referent", "2026-01-26", "synthesis-read");
    let name = Order::Name { role: role("social_referent"), who: someone(5) };
    story.order("local_service_head", "2026-01-26", name);
    story.order("social_referent", "2026-01-26", enter(None, &["rsa"], &[]));
    story
}

fn state(story: &Story, number: u128) -> AppointmentState {
    story.path.appointment(&story.programme, id(number)).unwrap().state
}

/// What is told, each in a word, with its first moment as clocks show it in a zone.
fn told(story: &Story, zone: &str) -> Vec<(NoticeKind, u32, String)> {
    let zone = TimeZone::get(zone).unwrap();
    let shown = |at: Instant| {
        let at = jiff::Timestamp::from_microsecond(at.micros()).unwrap();
        zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
    };
    let all = notices(&story.programmes, &story.path).into_iter();
    all.map(|(_, _, notice)| (notice.kind, notice.days, shown(notice.from))).collect()
}

#[test]
fn what_may_be_fixed_depends_on_the_act_the_role_the_stage_and_the_hour() {
    let mut story = followed();
    let of = |act: &str, at: &str| Order::Fix { appointment: id(ONE), meeting: meeting(act, at) };
    for (by, order, reason) in [
        ("social_referent", of("meeting", "2026-02-01T10:00:00"), Reason::HourPast),
        ("social_referent", of("meeting", "2026-02-02T12:30:00"), Reason::HourPast),
        ("social_referent", of("review", "2026-02-20T10:00:00"), Reason::NotMet),
        ("social_referent", of("first-interview", "2026-02-20T10:00:00"), Reason::NotYours),
        ("caf_worker", of("first-interview", "2026-02-20T10:00:00"), Reason::WrongStage),
        ("social_referent", of("nothing", "2026-02-20T10:00:00"), Reason::UnknownAct),
        ("local_service_head", of("meeting", "2026-02-20T10:00:00"), Reason::NotYours),
        ("social_referent", of("meeting", "2026-03-29T02:30:00"), Reason::NoSuchHour),
        ("social_referent", of("meeting", "2026-08-03T10:00:00"), Reason::TooFarOff),
    ] {
        assert_eq!(story.refused(by, "2026-02-02", order.clone()).0, reason, "{by}: {order:?}");
    }
    // An hour that comes twice is one all the same; so is the last day.
    for (number, at) in [(1, "2026-10-25T02:30:00"), (2, "2026-08-02T10:00:00")] {
        let mut story = story.clone();
        if number == 1 {
            story.programmes = changed(RSA, "ahead  = \"6 months\"", "ahead  = \"1 year\"");
        }
        story.order("social_referent", "2026-02-02", fix(number, at));
    }
    story.order("social_referent", "2026-02-02", fix(ONE, "2026-02-20T10:00:00"));
    let again = story.refused("social_referent", "2026-02-02", fix(ONE, "2026-02-21T10:00:00"));
    assert_eq!(again.0, Reason::Stale, "one of one id");
}

#[test]
fn what_becomes_of_it_is_said_once_and_an_absence_may_be_excused_afterwards() {
    let mut story = followed();
    story.order("social_referent", "2026-02-02", fix(ONE, "2026-02-10T10:00:00"));
    let early = story.refused("social_referent", "2026-02-09", became(ONE, Outcome::Missed));
    assert_eq!(early.0, Reason::NotYet);
    let other = Order::Record {
        act: code("path-defined"),
        outcome: Outcome::Missed,
        means: None,
        appointment: Some(id(ONE)),
    };
    assert_eq!(story.refused("social_referent", "2026-02-10", other).0, Reason::OtherAct);
    let nobody = story.refused("social_referent", "2026-02-10", became(9, Outcome::Missed));
    assert_eq!(nobody.0, Reason::NoAppointment);
    story.order("social_referent", "2026-02-10", became(ONE, Outcome::Missed));
    assert!(matches!(state(&story, ONE), AppointmentState::Missed(_)));
    assert_eq!(story.stay().log.absences(), 1);
    let runs = |story: &Story| {
        clocks(&story.programmes, &story.path).iter().any(|clock| clock.rule.id == code("absence"))
    };
    assert!(runs(&story), "the absence is to be reported");
    for order in
        [became(ONE, Outcome::Missed), became(ONE, Outcome::Kept), put_off(ONE, "2026-03-01T10:00:00")]
    {
        assert_eq!(story.refused("social_referent", "2026-02-11", order).0, Reason::Settled);
    }
    // Another absence, of no appointment, stays one.
    story.order("social_referent", "2026-02-10", missed("meeting"));
    story.order("social_referent", "2026-02-12", became(ONE, Outcome::Excused));
    assert_eq!((state(&story, ONE), story.stay().log.absences()), (AppointmentState::Excused, 1));
    assert!(runs(&story), "that one is still to be reported");
    let twice = story.refused("social_referent", "2026-02-12", became(ONE, Outcome::Excused));
    assert_eq!(twice.0, Reason::Settled);
    // Who says before that she cannot come is excused before.
    story.order("social_referent", "2026-02-12", fix(2, "2026-03-10T10:00:00"));
    story.order("social_referent", "2026-02-13", became(2, Outcome::Excused));
    assert_eq!(state(&story, 2), AppointmentState::Excused);
    // Of one that was kept, how they met is what was agreed.
    story.order("social_referent", "2026-02-12", fix(3, "2026-03-10T10:00:00"));
    let kept = story.order("social_referent", "2026-03-10", became(3, Outcome::Kept));
    let how = matches!(&kept[0].what, Happened::Acted { means: Some(Means::InPerson), .. });
    assert!(how, "{kept:?}");
}

#[test]
fn the_last_absence_excused_stops_its_delay() {
    let mut story = followed();
    story.order("social_referent", "2026-02-02", fix(ONE, "2026-02-10T10:00:00"));
    story.order("social_referent", "2026-02-10", became(ONE, Outcome::Missed));
    story.order("social_referent", "2026-02-12", became(ONE, Outcome::Excused));
    assert_eq!(story.stay().log.absences(), 0);
    let running = clocks(&story.programmes, &story.path);
    assert!(!running.iter().any(|clock| clock.rule.id == code("absence")));
}

#[test]
fn a_person_is_told_at_once_and_reminded_in_time() {
    let mut story = followed();
    story.order("social_referent", "2026-02-02", fix(ONE, "2026-02-20T10:00:00"));
    assert_eq!(
        told(&story, "Europe/Paris"),
        [
            (NoticeKind::Said, 0, "2026-02-02 13:00".to_owned()),
            (NoticeKind::ReminderByEmail, 2, "2026-02-18 08:00".to_owned()),
            (NoticeKind::ReminderByLetter, 8, "2026-02-12 08:00".to_owned()),
        ]
    );
    // Moved, she is told again, and reminded of what holds now alone.
    story.order("social_referent", "2026-02-16", put_off(ONE, "2026-02-20T14:00:00"));
    assert_eq!(
        told(&story, "Europe/Paris"),
        [
            (NoticeKind::Said, 0, "2026-02-16 13:00".to_owned()),
            (NoticeKind::ReminderByEmail, 2, "2026-02-18 08:00".to_owned()),
        ],
        "a letter of the 12th would tell of nothing new"
    );
    let same = story.refused("social_referent", "2026-02-16", put_off(ONE, "2026-02-20T14:00:00"));
    assert_eq!(same.0, Reason::NothingChanges);
    // Fixed on the eve: she is told, and that is her reminder.
    story.order("social_referent", "2026-02-16", fix(2, "2026-02-17T09:00:00"));
    let of_two = notices(&story.programmes, &story.path).into_iter().filter(|(_, one, _)| one.id == id(2));
    assert_eq!(of_two.map(|(_, _, notice)| notice.kind).collect::<Vec<_>>(), [NoticeKind::Said]);
    // Cancelled: that alone.
    story.order("social_referent", "2026-02-17", Order::Cancel { appointment: id(ONE) });
    let of_one = notices(&story.programmes, &story.path).into_iter().filter(|(_, one, _)| one.id == id(ONE));
    assert_eq!(of_one.map(|(_, _, notice)| notice.kind).collect::<Vec<_>>(), [NoticeKind::Cancelled]);
}

#[test]
fn of_what_is_over_nothing_is_told() {
    let mut fixed = followed();
    fixed.order("social_referent", "2026-02-02", fix(ONE, "2026-03-20T10:00:00"));
    let end = |exit: &str| Order::End { exit: code(exit), next: None };
    for (what, day, order) in [
        ("she was excused", "2026-02-10", became(ONE, Outcome::Excused)),
        ("she died", "2026-02-10", end("deceased")),
        ("she left", "2026-02-10", end("left-territory")),
    ] {
        let mut story = fixed.clone();
        story.order("social_referent", day, order);
        assert_eq!(told(&story, "Europe/Paris"), [], "{what}");
        assert!(standing(&story.programmes, &story.path).is_empty(), "{what}");
    }
    let mut ended = fixed.clone();
    ended.order("social_referent", "2026-02-10", end("deceased"));
    assert_eq!(state(&ended, ONE), AppointmentState::Lapsed);
}

/// An appointment of a stage that is over is none: what it was for may not be done any more.
#[test]
fn what_was_for_the_proposal_ends_with_it() {
    let mut story = Story::of(RSA);
    story.order("platform_agent", "2026-01-05", propose("local_service_head", &["rsa", "no-referent"]));
    let first =
        Order::Fix { appointment: id(ONE), meeting: meeting("first-contract", "2026-02-20T10:00:00") };
    story.order("platform_agent", "2026-01-06", first);
    assert_eq!(standing(&story.programmes, &story.path).len(), 1);
    story.act("platform_agent", "2026-01-08", "first-contract");
    story.act("platform_agent", "2026-01-15", "diagnosis");
    let orient = Order::Orient { nature: "01".parse().unwrap(), reason: None };
    story.order("local_service_head", "2026-01-20", orient);
    story.order("local_service_head", "2026-01-20", Order::Accept);
    story.act("social_referent", "2026-01-26", "synthesis-read");
    let name = Order::Name { role: role("social_referent"), who: someone(5) };
    story.order("local_service_head", "2026-01-26", name);
    story.order("social_referent", "2026-01-26", enter(None, &["rsa"], &[]));
    assert!(standing(&story.programmes, &story.path).is_empty());
    assert_eq!(told(&story, "Europe/Paris"), []);
}

/// The hour is that of the clocks where the programme's dates are dates: overseas, and over a change of the clocks.
#[test]
fn hours_are_local() {
    for (zone, at, moment, reminder) in [
        ("Europe/Paris", "2026-03-30T10:00:00", "2026-03-30T08:00:00Z", "2026-03-28T07:00:00Z"),
        ("Europe/Paris", "2026-10-26T10:00:00", "2026-10-26T09:00:00Z", "2026-10-24T06:00:00Z"),
        ("Indian/Reunion", "2026-03-30T10:00:00", "2026-03-30T06:00:00Z", "2026-03-28T04:00:00Z"),
        ("America/Guadeloupe", "2026-03-30T22:00:00", "2026-03-31T02:00:00Z", "2026-03-28T12:00:00Z"),
        ("Pacific/Noumea", "2026-03-30T09:00:00", "2026-03-29T22:00:00Z", "2026-03-27T21:00:00Z"),
        // One that comes twice is the first.
        ("Europe/Paris", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z", "2026-10-23T06:00:00Z"),
    ] {
        let zoned = format!("\"{zone}\"");
        let text = SHIPPED_PROGRAMMES.iter().find(|(name, _)| *name == format!("{RSA}.toml")).unwrap().1;
        let text = text.replace("\"Europe/Paris\"", &zoned).replace("\"6 months\"", "\"1 year\"");
        let (holidays, territory) = place();
        let files: Vec<(&str, &str)> = SHIPPED_PROGRAMMES
            .iter()
            .map(|(name, shipped)| {
                (*name, if text.contains(&zoned) && name.contains(RSA) { text.as_str() } else { *shipped })
            })
            .collect();
        let programmes = Programmes::read(files, &holidays, territory).unwrap();
        let mut story = followed_by(programmes);
        story.order("social_referent", "2026-02-02", fix(ONE, at));
        let found = notices(&story.programmes, &story.path);
        let utc = |at: Instant| jiff::Timestamp::from_microsecond(at.micros()).unwrap().to_string();
        assert!(found.iter().all(|(_, _, notice)| utc(notice.until) == moment), "{zone} {at}: {found:?}");
        let mail = found.iter().find(|(_, _, notice)| notice.kind == NoticeKind::ReminderByEmail).unwrap();
        assert_eq!(utc(mail.2.from), reminder, "{zone} {at}");
    }
}

/// What was written before there were appointments reads as before, and what has none is written as before.
#[test]
fn events_of_before_read_as_before() {
    let before = r#"{"v":1,"at":0,"on":"2026-11-02","by":"adviser","programme":"x","what":{"kind":"acted","act":"meeting","outcome":"missed","means":null}}"#;
    let event: Event = serde_json::from_str(before).unwrap();
    assert_eq!(serde_json::to_string(&event).unwrap(), before);
    let mut story = followed();
    let fixed = story.order("social_referent", "2026-02-02", fix(ONE, "2026-02-20T10:00:00")).remove(0);
    let text = serde_json::to_string(&fixed).unwrap();
    assert!(text.contains("\"at\":\"2026-02-20T10:00:00\""), "{text}");
    assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), fixed);
    let more = text.replace("\"place\":", "\"note\":\"a phrase\",\"place\":");
    assert!(serde_json::from_str::<Event>(&more).is_err(), "there is no place for a phrase");
}

//! Dates as iCalendar (RFC 5545).

use std::fmt::Write as _;

use liant_casework::{DueDate, What};
use liant_model::{Date, Instant, Lang, Span, Territory};

/// The whole calendar. Each date keeps its `UID` from one fetch to the next.
pub(super) fn text(dates: &[DueDate], territory: Territory, now: Instant, lang: Lang) -> String {
    let mut out = String::new();
    let name = match lang {
        Lang::Fr => format!("Échéances Liant ({territory})"),
        Lang::En => format!("Liant due dates ({territory})"),
    };
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Liant//Calendar//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        put(&mut out, line);
    }
    put(&mut out, &format!("X-WR-CALNAME:{}", escaped(&name)));
    put(&mut out, "REFRESH-INTERVAL;VALUE=DURATION:P1D");
    for due in dates {
        event(&mut out, due, (territory, now), lang);
    }
    put(&mut out, "END:VCALENDAR");
    out
}

fn event(out: &mut String, due: &DueDate, (territory, now): (Territory, Instant), lang: Lang) {
    let (kind, title) = title(due, lang);
    put(out, "BEGIN:VEVENT");
    put(out, &format!("UID:{kind}-{}-{}-{territory}@liant", due.day, due.convention));
    put(out, &format!("DTSTAMP:{}", stamp(now)));
    put(out, &format!("DTSTART;VALUE=DATE:{}", compact(due.day)));
    let next = due.day.checked_add(Span::new().days(1)).unwrap_or(due.day);
    put(out, &format!("DTEND;VALUE=DATE:{}", compact(next)));
    put(out, "TRANSP:TRANSPARENT");
    put(out, &format!("SUMMARY:{}", escaped(&title)));
    put(out, &format!("DESCRIPTION:{}", escaped(&described(due, lang))));
    if matches!(due.what, What::Due { .. } | What::AskRenewal | What::Destroy) {
        // Two days before, in the morning: the alert comes before the deadline.
        for line in ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1DT15H"] {
            put(out, line);
        }
        put(out, &format!("DESCRIPTION:{}", escaped(&title)));
        put(out, "END:VALARM");
    }
    put(out, "END:VEVENT");
}

fn title(due: &DueDate, lang: Lang) -> (String, String) {
    let at = due.time.as_ref().map(|time| match lang {
        Lang::Fr => format!(" avant {}", time.replace(':', " h ")),
        Lang::En => format!(" by {time}"),
    });
    let at = at.unwrap_or_default();
    match (&due.what, lang) {
        (What::Available { profile, .. }, Lang::Fr) => {
            (format!("{profile}-available"), format!("{profile} disponible"))
        }
        (What::Available { profile, .. }, Lang::En) => {
            (format!("{profile}-available"), format!("{profile} available"))
        }
        (What::Due { profile, .. }, Lang::Fr) => {
            (format!("{profile}-due"), format!("{profile} à déposer{at}"))
        }
        (What::Due { profile, .. }, Lang::En) => {
            (format!("{profile}-due"), format!("{profile} to deposit{at}"))
        }
        (What::AskRenewal, Lang::Fr) => {
            ("renewal".into(), "Dernier jour pour demander la reconduction".into())
        }
        (What::AskRenewal, Lang::En) => ("renewal".into(), "Last day to ask for renewal".into()),
        (What::Ends, Lang::Fr) => ("ends".into(), "Dernier jour de la convention".into()),
        (What::Ends, Lang::En) => ("ends".into(), "Last day of the convention".into()),
        (What::Destroy, Lang::Fr) => {
            ("destroy".into(), "Dernier jour pour détruire les données reçues".into())
        }
        (What::Destroy, Lang::En) => ("destroy".into(), "Last day to destroy the data received".into()),
    }
}

fn described(due: &DueDate, lang: Lang) -> String {
    let mut text = format!("{} v{}, {}", due.convention, due.version, due.clause);
    if let Some(other) = due.otherwise {
        let _ = match lang {
            Lang::Fr => {
                write!(text, "\nAutre lecture de la clause : {other}. Au plus sûr, tenez cette date.")
            }
            Lang::En => {
                write!(text, "\nBy another reading of the clause: {other}. To be safe, keep that day.")
            }
        };
    }
    text
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn stamp(now: Instant) -> String {
    // Seconds since the epoch as civil time in UTC.
    let day = now.micros().div_euclid(86_400_000_000);
    let seconds = now.micros().rem_euclid(86_400_000_000) / 1_000_000;
    let date = Date::constant(1970, 1, 1).checked_add(Span::new().try_days(day).unwrap_or_default());
    let date = compact(date.unwrap_or(Date::constant(1970, 1, 1)));
    format!("{date}T{:02}{:02}{:02}Z", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line, folded at 75 bytes.
fn put(out: &mut String, line: &str) {
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > 75 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(letter);
        width += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(what: What) -> DueDate {
        DueDate {
            day: Date::constant(2026, 5, 29),
            time: Some("17:00".into()),
            zone: Some("Europe/Paris".into()),
            otherwise: Some(Date::constant(2026, 5, 15)),
            what,
            convention: "62-echange-rsa".into(),
            version: 1,
            clause: "art. 3, annexe 3; CGPEM".into(),
        }
    }

    #[test]
    fn a_calendar_that_readers_take() {
        let what = What::Due { profile: "CGPEM".into(), to: "france-travail".parse().unwrap() };
        let territory = Territory::parse("62").unwrap();
        let now = Instant::from_micros(1_794_816_240_000_000);
        let text = text(&[due(what)], territory, now, Lang::Fr);
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        let unfolded = text.replace("\r\n ", "");
        for line in [
            "UID:CGPEM-due-2026-05-29-62-echange-rsa-62@liant",
            "DTSTAMP:20261116T080400Z",
            "DTSTART;VALUE=DATE:20260529",
            "DTEND;VALUE=DATE:20260530",
            "SUMMARY:CGPEM à déposer avant 17 h 00",
            "DESCRIPTION:62-echange-rsa v1\\, art. 3\\, annexe 3\\; CGPEM\\nAutre lecture de la clause : 2026-05-15. Au plus sûr\\, tenez cette date.",
        ] {
            assert!(unfolded.contains(&format!("\r\n{line}\r\n")), "{line} in {unfolded}");
        }
    }
}

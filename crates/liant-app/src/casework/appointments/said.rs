//! What a person is told of an appointment, by e-mail or by letter: when, where, with whom, how to change it. Never what it is for: others of
//! her household may open it.

use liant_casework::{Means, Meeting, NoticeKind, Place};
use liant_model::Lang;

use self::in_words::day_and_hour;

/// What is told of one appointment.
#[derive(Clone, Debug)]
pub(crate) struct Told<'a> {
    pub(crate) kind: NoticeKind,
    /// Whether she had been told of another hour.
    pub(crate) changed: bool,
    pub(crate) meeting: &'a Meeting,
    pub(crate) place: &'a Place,
    /// The name of whom she meets.
    pub(crate) with: &'a str,
    /// Whether it goes by e-mail.
    pub(crate) by_email: bool,
}

impl Told<'_> {
    /// The subject of a message, or the line above a letter.
    pub(crate) fn subject(&self, lang: Lang) -> String {
        let day = day_and_hour(self.meeting.at, lang).0;
        match (self.kind, lang) {
            (NoticeKind::Said, Lang::Fr) => format!("Votre rendez-vous du {day}"),
            (NoticeKind::Said, Lang::En) => format!("Your appointment on {day}"),
            (NoticeKind::Cancelled, Lang::Fr) => format!("Votre rendez-vous du {day} est annulé"),
            (NoticeKind::Cancelled, Lang::En) => format!("Your appointment on {day} is cancelled"),
            (_, Lang::Fr) => format!("Rappel : votre rendez-vous du {day}"),
            (_, Lang::En) => format!("Reminder: your appointment on {day}"),
        }
    }

    /// Its paragraphs.
    pub(crate) fn paragraphs(&self, lang: Lang) -> Vec<String> {
        let (day, hour) = day_and_hour(self.meeting.at, lang);
        let with = self.with;
        let first = match (self.kind, self.changed, lang) {
            (NoticeKind::Cancelled, _, Lang::Fr) => {
                format!("Votre rendez-vous du {day} à {hour} avec {with} est annulé.")
            }
            (NoticeKind::Cancelled, _, Lang::En) => {
                format!("Your appointment on {day} at {hour} with {with} is cancelled.")
            }
            (NoticeKind::Said, true, Lang::Fr) => {
                format!("Votre rendez-vous a changé. Il a lieu le {day} à {hour}, avec {with}.")
            }
            (NoticeKind::Said, true, Lang::En) => {
                format!("Your appointment has changed. It is on {day} at {hour}, with {with}.")
            }
            (_, _, Lang::Fr) => format!("Vous avez rendez-vous le {day} à {hour}, avec {with}."),
            (_, _, Lang::En) => format!("You have an appointment on {day} at {hour}, with {with}."),
        };
        let mut all = vec![first];
        if self.kind != NoticeKind::Cancelled {
            all.push(self.whereabouts(lang));
        }
        all.push(self.to_change(lang));
        all
    }

    fn whereabouts(&self, lang: Lang) -> String {
        let address = || {
            let lines =
                std::iter::once(self.place.name.as_str()).chain(self.place.lines.iter().map(String::as_str));
            lines.collect::<Vec<_>>().join(", ")
        };
        match (self.meeting.means, lang) {
            (Means::InPerson, Lang::Fr) => format!("Où : {}.", address()),
            (Means::InPerson, Lang::En) => format!("Where: {}.", address()),
            (Means::Phone, Lang::Fr) => "Par téléphone : on vous appellera.".to_owned(),
            (Means::Phone, Lang::En) => "By telephone: you will be called.".to_owned(),
            (Means::Video, Lang::Fr) => "En visioconférence.".to_owned(),
            (Means::Video, Lang::En) => "By video.".to_owned(),
        }
    }

    fn to_change(&self, lang: Lang) -> String {
        let phone = &self.place.phone;
        match (self.kind, self.by_email, lang) {
            (NoticeKind::Cancelled, _, Lang::Fr) => format!("Pour en fixer un autre, appelez le {phone}."),
            (NoticeKind::Cancelled, _, Lang::En) => format!("To make another, call {phone}."),
            (_, true, Lang::Fr) => {
                format!("Pour le changer, ou ne plus recevoir de courriel, appelez le {phone}.")
            }
            (_, true, Lang::En) => format!("To change it, or to be sent no more e-mail, call {phone}."),
            (_, false, Lang::Fr) => format!("Pour le changer, appelez le {phone}."),
            (_, false, Lang::En) => format!("To change it, call {phone}."),
        }
    }

    /// The text of a message.
    pub(crate) fn message(&self, lang: Lang) -> String {
        let greeting = if lang == Lang::Fr { "Bonjour," } else { "Hello," };
        format!("{greeting}\n\n{}\n", self.paragraphs(lang).join("\n\n"))
    }
}

/// Days and hours in words.
mod in_words {
    use liant_model::{Date, Lang};

    const FRENCH_DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    const FRENCH_MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];

    /// The day and the hour.
    pub(super) fn day_and_hour(at: liant_model::DateTime, lang: Lang) -> (String, String) {
        (day(at.date(), lang), hour(at, lang))
    }

    fn day(day: Date, lang: Lang) -> String {
        if lang == Lang::En {
            return day.strftime("%A %-d %B %Y").to_string();
        }
        let at = |names: &[&'static str], place: i8| {
            usize::try_from(place).ok().and_then(|place| names.get(place)).copied().unwrap_or_default()
        };
        let weekday = at(&FRENCH_DAYS, day.weekday().to_monday_zero_offset());
        let number = if day.day() == 1 { "1er".to_owned() } else { day.day().to_string() };
        format!("{weekday} {number} {} {}", at(&FRENCH_MONTHS, day.month() - 1), day.year())
    }

    fn hour(at: liant_model::DateTime, lang: Lang) -> String {
        match lang {
            Lang::Fr => format!("{} h {:02}", at.hour(), at.minute()),
            Lang::En => format!("{:02}:{:02}", at.hour(), at.minute()),
        }
    }
}

#[cfg(test)]
mod tests {
    use liant_casework::{Code, Places};
    use liant_model::{AccountId, Uuid};

    use super::*;

    const PLACES: &str = "[[place]]\nid = \"quai\"\nparty = \"departement-62\"\nname = \"Bâtiment du quai\"\nlines = [\"12 quai du Rivage\", \"62000 ARRAS\"]\nphone = \"03 00 00 00 00\"\n";

    /// Words that tell what someone is accompanied for.
    const NEVER: [&str; 16] = [
        "RSA",
        "FSE",
        "insertion",
        "social",
        "accompagne",
        "France Travail",
        "emploi",
        "CAF",
        "Département",
        "référent",
        "conseill",
        "parcours",
        "contrat",
        "Liant",
        "sanction",
        "obligation",
    ];

    #[test]
    fn when_where_with_whom_and_how_to_change_it_and_nothing_else() {
        let places = Places::parse(PLACES).unwrap();
        let code = |text: &str| Code::parse(text).unwrap();
        for (kind, changed, at, means, lang, subject, said) in [
            (
                NoticeKind::Said,
                false,
                "2026-12-03T10:00:00",
                Means::InPerson,
                Lang::Fr,
                "Votre rendez-vous du jeudi 3 décembre 2026",
                &[
                    "Vous avez rendez-vous le jeudi 3 décembre 2026 à 10 h 00, avec Claire C.",
                    "Où : Bâtiment du quai, 12 quai du Rivage, 62000 ARRAS.",
                    "Pour le changer, appelez le 03 00 00 00 00.",
                ][..],
            ),
            (
                NoticeKind::Said,
                true,
                "2027-01-01T09:05:00",
                Means::Phone,
                Lang::Fr,
                "Votre rendez-vous du vendredi 1er janvier 2027",
                &[
                    "Votre rendez-vous a changé. Il a lieu le vendredi 1er janvier 2027 à 9 h 05, avec Claire C.",
                    "Par téléphone : on vous appellera.",
                    "Pour le changer, appelez le 03 00 00 00 00.",
                ][..],
            ),
            (
                NoticeKind::Cancelled,
                true,
                "2026-12-03T10:00:00",
                Means::InPerson,
                Lang::En,
                "Your appointment on Thursday 3 December 2026 is cancelled",
                &[
                    "Your appointment on Thursday 3 December 2026 at 10:00 with Claire C is cancelled.",
                    "To make another, call 03 00 00 00 00.",
                ][..],
            ),
            (
                NoticeKind::ReminderByLetter,
                false,
                "2026-12-03T14:30:00",
                Means::Video,
                Lang::Fr,
                "Rappel : votre rendez-vous du jeudi 3 décembre 2026",
                &[
                    "Vous avez rendez-vous le jeudi 3 décembre 2026 à 14 h 30, avec Claire C.",
                    "En visioconférence.",
                    "Pour le changer, appelez le 03 00 00 00 00.",
                ][..],
            ),
        ] {
            let meeting = Meeting {
                act: code("caf-meeting"),
                at: at.parse().unwrap(),
                means,
                place: code("quai"),
                with: AccountId(Uuid::nil()),
            };
            let place = places.get(&code("quai")).unwrap();
            let told = Told { kind, changed, meeting: &meeting, place, with: "Claire C", by_email: false };
            assert_eq!(told.subject(lang), subject);
            assert_eq!(told.paragraphs(lang), said, "{kind:?}");
            for by_email in [false, true] {
                let text = Told { by_email, ..told.clone() }.message(lang);
                assert!(!NEVER.iter().any(|word| text.contains(word)), "{text}");
            }
        }
    }
}

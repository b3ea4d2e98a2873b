//! Dates, times and delays as each language says them.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit, Zoned};
use liant_model::{Date, Instant, Lang};

use super::Words;

const MONTHS: [(&str, &str, &str, &str); 12] = [
    ("janvier", "janv.", "January", "Jan"),
    ("février", "févr.", "February", "Feb"),
    ("mars", "mars", "March", "Mar"),
    ("avril", "avr.", "April", "Apr"),
    ("mai", "mai", "May", "May"),
    ("juin", "juin", "June", "Jun"),
    ("juillet", "juil.", "July", "Jul"),
    ("août", "août", "August", "Aug"),
    ("septembre", "sept.", "September", "Sep"),
    ("octobre", "oct.", "October", "Oct"),
    ("novembre", "nov.", "November", "Nov"),
    ("décembre", "déc.", "December", "Dec"),
];

fn weekday(lang: Lang, day: Weekday) -> &'static str {
    let names = match lang {
        Lang::Fr => ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        Lang::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    };
    names[day.to_monday_zero_offset().unsigned_abs() as usize % 7]
}

/// How far a day is from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay(
    /// Days to go; negative once the day is past.
    pub i32,
);

impl Words {
    /// The name of a month, in full or short.
    fn month_name(self, date: Date, short: bool) -> &'static str {
        let (fr, fr_short, en, en_short) = MONTHS[(date.month().unsigned_abs() as usize + 11) % 12];
        match (self.lang(), short) {
            (Lang::Fr, false) => fr,
            (Lang::Fr, true) => fr_short,
            (Lang::En, false) => en,
            (Lang::En, true) => en_short,
        }
    }

    /// The day of the month: the first is an ordinal in French.
    fn day_number(self, date: Date) -> String {
        match (self.lang(), date.day()) {
            (Lang::Fr, 1) => "1er".to_owned(),
            (_, day) => day.to_string(),
        }
    }

    /// `16 novembre 2026`, `16 November 2026`.
    pub fn date(self, date: Date) -> String {
        format!("{}\u{a0}{} {}", self.day_number(date), self.month_name(date, false), date.year())
    }

    /// `16 nov. 2026`, without the year when it is this year's: in lists and beside marks.
    pub fn short_date(self, date: Date) -> String {
        let day = format!("{}\u{a0}{}", self.day_number(date), self.month_name(date, true));
        if date.year() == self.today().year() { day } else { format!("{day}\u{a0}{}", date.year()) }
    }

    /// `lundi 16 novembre`, with the year when it is another than this one.
    pub fn day(self, date: Date) -> String {
        let name = weekday(self.lang(), date.weekday());
        if date.year() == self.today().year() {
            format!("{name} {}\u{a0}{}", self.day_number(date), self.month_name(date, false))
        } else {
            self.full_day(date)
        }
    }

    /// `lundi 16 novembre 2026`.
    pub fn full_day(self, date: Date) -> String {
        format!("{} {}", weekday(self.lang(), date.weekday()), self.date(date))
    }

    /// `lundi` and its three letters, `lun`: the head of a calendar.
    pub fn weekday_names(self, date: Date) -> (String, String) {
        let name = weekday(self.lang(), date.weekday());
        (name.to_owned(), name.chars().take(3).collect())
    }

    /// `lun 16`: beside other days of the same month.
    pub fn weekday_and_day(self, date: Date) -> String {
        format!("{}\u{a0}{}", self.weekday_names(date).1, self.day_number(date))
    }

    /// `novembre 2026`.
    pub fn month(self, date: Date) -> String {
        format!("{} {}", self.month_name(date, false), date.year())
    }

    /// The time of day in France: `9 h 04`, `09:04`.
    pub fn time(self, at: Instant) -> String {
        let zoned = paris(at);
        match self.lang() {
            Lang::Fr => format!("{}\u{a0}h\u{a0}{:02}", zoned.hour(), zoned.minute()),
            Lang::En => format!("{:02}:{:02}", zoned.hour(), zoned.minute()),
        }
    }

    /// The time of day in France with its seconds, for what lasts less than a minute: `09:04:30`.
    pub fn time_to_the_second(self, at: Instant) -> String {
        paris(at).strftime("%H:%M:%S").to_string()
    }

    /// A day and a time: `lundi 16 novembre, 9 h 04`.
    pub fn moment(self, at: Instant) -> String {
        format!("{}, {}", self.day(at.date()), self.time(at))
    }

    /// A moment that is read in later years too, on paper and in documents: `16 novembre 2026, 9 h 04`.
    pub fn dated_moment(self, at: Instant) -> String {
        format!("{}, {}", self.date(at.date()), self.time(at))
    }

    /// A moment for machines, in a `datetime` attribute.
    pub fn machine_moment(self, at: Instant) -> String {
        paris(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// How far a day is from today.
    pub fn delay(self, date: Date) -> Delay {
        let span = self.today().until((Unit::Day, date));
        Delay(span.map_or(0, |span| span.get_days()))
    }

    /// A delay in words: `dans 3 jours`, `demain`, `2 jours de retard`.
    pub fn delay_words(self, delay: Delay) -> String {
        let days = i64::from(delay.0.abs());
        match delay.0 {
            0 => self.say("delay-today"),
            1 => self.say("delay-tomorrow"),
            2.. => self.say("delay-in-days").with("days", days),
            _ => self.say("delay-late-by").with("days", days),
        }
        .to_string()
    }

    /// How long ago a day was, without judging: `aujourd’hui`, `hier`, `il y a 3 jours`.
    pub fn ago(self, date: Date) -> String {
        match -i64::from(self.delay(date).0) {
            0 => self.say("ago-today"),
            1 => self.say("ago-yesterday"),
            days => self.say("ago-days").with("days", days),
        }
        .to_string()
    }
}

fn paris(at: Instant) -> Zoned {
    let moment = Timestamp::from_microsecond(at.micros()).unwrap_or(Timestamp::UNIX_EPOCH);
    moment.to_zoned(TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 16);
    const FR: Words = Words::new(Lang::Fr, TODAY);
    const EN: Words = Words::new(Lang::En, TODAY);

    #[test]
    fn dates_in_words() {
        let (april, today) = (Date::constant(2025, 4, 1), TODAY);
        assert_eq!(FR.date(april), "1er\u{a0}avril 2025");
        assert_eq!(EN.date(april), "1\u{a0}April 2025");
        assert_eq!(FR.short_date(today), "16\u{a0}nov.");
        assert_eq!(FR.short_date(april), "1er\u{a0}avr.\u{a0}2025");
        assert_eq!(FR.day(today), "lundi 16\u{a0}novembre");
        assert_eq!(FR.day(april), "mardi 1er\u{a0}avril 2025");
        assert_eq!(EN.full_day(today), "Monday 16\u{a0}November 2026");
        assert_eq!((FR.month(april), EN.month(april)), ("avril 2025".into(), "April 2025".into()));
    }

    #[test]
    fn times_are_those_of_france() {
        let at = Instant::from_micros(1_794_816_240_000_000); // 2026-11-16 08:04 UTC
        assert_eq!(FR.moment(at), "lundi 16\u{a0}novembre, 9\u{a0}h\u{a0}04");
        assert_eq!(FR.dated_moment(at), "16\u{a0}novembre 2026, 9\u{a0}h\u{a0}04");
        assert_eq!(EN.time(at), "09:04");
        assert_eq!(FR.machine_moment(at), "2026-11-16T09:04:00+01:00");
    }

    #[test]
    fn delays_in_words() {
        for (date, fr, en) in [
            (Date::constant(2026, 11, 14), "2\u{a0}jours de retard", "2\u{a0}days late"),
            (Date::constant(2026, 11, 15), "1\u{a0}jour de retard", "1\u{a0}day late"),
            (TODAY, "aujourd’hui", "today"),
            (Date::constant(2026, 11, 17), "demain", "tomorrow"),
            (Date::constant(2026, 12, 5), "dans 19\u{a0}jours", "in 19\u{a0}days"),
        ] {
            assert_eq!(FR.delay_words(FR.delay(date)), fr);
            assert_eq!(EN.delay_words(EN.delay(date)), en);
        }
        assert_eq!(FR.ago(Date::constant(2026, 11, 13)), "il y a 3\u{a0}jours");
        assert_eq!(EN.ago(Date::constant(2026, 11, 15)), "yesterday");
    }
}

//! How papers of committees are written on every screen.

use liant_app::casework::{
    Code, CommitteeKey, CommitteesRule, EvidenceSignature, FrozenMonth, Measure, MonthFigures, Programme,
};
use liant_convention::Text;

use super::super::committee::{Figures, figure_tables};
use super::super::words;
use crate::words::Words;

/// The words of the codes that minutes are written in; the code itself where the programme has none for it.
#[derive(Clone, Copy)]
pub(super) struct Codes<'a> {
    w: Words,
    rules: Option<&'a CommitteesRule>,
}

impl<'a> Codes<'a> {
    pub(super) fn of(w: Words, programme: Option<&'a Programme>) -> Self {
        Self { w, rules: programme.and_then(|one| one.committees.as_ref()) }
    }

    fn word(self, found: Option<&Text>, code: &Code) -> String {
        found.map_or_else(|| code.to_string(), |text| words::said(self.w, text))
    }

    pub(super) fn committee(self, code: &Code) -> String {
        self.word(self.rules.and_then(|rules| rules.committee(code)).map(|one| &one.text), code)
    }

    pub(super) fn gap(self, code: &Code) -> String {
        self.word(self.rules.and_then(|rules| rules.gap(code)).map(|one| &one.text), code)
    }

    pub(super) fn state(self, code: &Code) -> String {
        self.word(self.rules.and_then(|rules| rules.state(code)).map(|one| &one.text), code)
    }

    fn coded(self, list: impl Fn(&'a CommitteesRule) -> Option<&'a Text>, code: &Code) -> String {
        self.word(self.rules.and_then(list), code)
    }

    pub(super) fn function(self, code: &Code) -> String {
        self.coded(|rules| rules.functions.iter().find(|one| one.id == *code).map(|one| &one.text), code)
    }

    pub(super) fn action(self, code: &Code) -> String {
        self.coded(|rules| rules.actions.iter().find(|one| one.id == *code).map(|one| &one.text), code)
    }

    pub(super) fn reason(self, code: &Code) -> String {
        self.coded(|rules| rules.reasons.iter().find(|one| one.id == *code).map(|one| &one.text), code)
    }

    pub(super) fn practice(self, code: &Code) -> String {
        self.coded(|rules| rules.practices.iter().find(|one| one.id == *code).map(|one| &one.text), code)
    }

    pub(super) fn alert(self, code: &Code) -> String {
        self.coded(|rules| rules.alerts.iter().find(|one| one.id == *code).map(|one| &one.text), code)
    }
}

/// The address of a committee; below it, the form of its minutes.
pub(in crate::pages) fn key_address(key: &CommitteeKey) -> String {
    let place = key.place.map_or_else(|| "territory".to_owned(), |place| place.to_string());
    format!("/committee/minutes/{}/{}/{place}", key.programme, key.committee)
}

/// A committee with its place, in a few words.
pub(in crate::pages) fn about_place(w: Words, text: &str, place: Option<&str>) -> String {
    let text = words::capital(&w.typeset(text));
    place.map_or_else(|| text.clone(), |place| format!("{text} – {place}"))
}

/// When someone signed, in what role, by her name where it is known.
pub(super) fn signed(w: Words, one: &EvidenceSignature, name: Option<&str>) -> String {
    let (day, role) = (w.date(one.at.date()), words::role(w, &one.role));
    match name {
        Some(name) => {
            w.say("evidence-signed-by").text("day", day).text("who", name).text("role", role).into()
        }
        None => w.say("evidence-signed-as").text("day", day).text("role", role).into(),
    }
}

/// The figure that shows a gap, by its name on the dashboard.
pub(super) fn measure(w: Words, measure: Measure) -> Option<String> {
    let key = match measure {
        Measure::Entries => "committee-entries",
        Measure::EntriesInTime => "committee-in-time",
        Measure::DaysToEntry => "committee-median",
        Measure::Exits => "committee-exits",
        Measure::PositiveExits => "committee-positive",
        Measure::Share => "committee-share",
        Measure::Accompanied => return None,
    };
    Some(w.say("papers-measure").text("what", w.say(key)).into())
}

/// The figures of months, as they were shown to committees.
pub(super) fn figures(
    w: Words,
    (programme, place): (&Programme, Option<&str>),
    months: &[FrozenMonth],
) -> Vec<Figures> {
    let whole: String = w.say("committee-whole").into();
    let mut rows: Vec<(String, bool, &MonthFigures)> = Vec::new();
    for one in months.iter().rev() {
        let month = month(w, &one.month);
        if let (Some(place), Some(figures)) = (place, &one.place) {
            rows.push((format!("{month}, {place}"), false, figures));
            rows.push((format!("{month}, {}", whole.to_lowercase()), true, &one.total));
        } else {
            rows.push((month, false, &one.total));
        }
    }
    let has_share = programme.indicators.iter().any(|one| one.of == Measure::Share);
    if rows.is_empty() { Vec::new() } else { figure_tables(w, (&rows, "committee-col-month"), has_share) }
}

/// A month in words.
pub(super) fn month(w: Words, month: &str) -> String {
    let read = month.parse::<liant_app::casework::Month>();
    read.map_or_else(|_| month.to_owned(), |month| words::capital(&w.month(month.first())))
}

//! What committees are shown as a file: the cells of the screen, and nothing more.

use liant_casework::{Code, EntriesOf, ExitsOf, Measure, Month, MonthFigures, Programme};
use liant_convention::{Length, Unit};
use liant_model::Lang;

use super::committee::{Committee, admitted, committees};
use super::words;
use crate::people::Format;
use crate::spreadsheet::{self, Cell, Table};
use crate::{AppError, Context, Workplace};

/// Months that are shown together.
pub const COMMITTEE_MONTHS: usize = 12;

/// What the figures of committees mean in a programme, by its own file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitteeWords {
    /// How long after the form an entry is in time, and where the rule comes from; none: at any time.
    pub in_time: Option<(Length, String)>,
    /// What the share is of, and where it comes from; none: the programme has none.
    pub share: Option<(String, String)>,
    /// The exits that are successes.
    pub positive: Vec<String>,
    /// Those that say that the barriers are lifted, or less.
    pub lifted: Vec<String>,
}

/// What the figures of committees mean in a programme.
pub fn committee_words(programme: &Programme, lang: Lang) -> CommitteeWords {
    let of = |measure: Measure| {
        let found = programme.indicators.iter().find(|one| one.of == measure);
        found.map(|one| (words::said(&one.text, lang), one.source.clone()))
    };
    let exits = |is: fn(&liant_casework::Exit) -> bool| {
        programme.exits.iter().filter(|exit| is(exit)).map(|exit| words::said(&exit.text, lang)).collect()
    };
    CommitteeWords {
        in_time: programme.entry.clock.as_ref().and_then(|clock| {
            let rule = programme.clock(clock)?;
            Some((rule.within?, rule.source.clone()))
        }),
        share: of(Measure::Share),
        positive: exits(|exit| exit.positive),
        lifted: exits(|exit| exit.lifted && !exit.positive),
    }
}

/// The table of a month by local service, and those of the months before all together, as a file.
///
/// # Errors
/// As [`committee`](super::committee()).
pub fn committee_file(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, month): (&Code, Month),
    format: Format,
    lang: Lang,
) -> Result<Vec<u8>, AppError> {
    let running = admitted(context, workplace, (programme, month))?;
    let months = committees(context, workplace, (programme, month), COMMITTEE_MONTHS, lang)?;
    let table = table(&months, &committee_words(&running, lang), lang);
    let fault = |error: String| AppError::Internal(format!("the file cannot be made: {error}"));
    match format {
        Format::Csv => spreadsheet::csv(&table).map_err(|error| fault(error.to_string())),
        Format::Xlsx => spreadsheet::xlsx(&table).map_err(|error| fault(error.to_string())),
    }
}

pub(super) fn said(lang: Lang, (fr, en): (&str, &str)) -> String {
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
    .to_owned()
}

pub(super) const HEADS: [(&str, &str); 11] = [
    ("Mois", "Month"),
    ("Service", "Service"),
    ("Entrées", "Entries"),
    ("Entrées dans le délai", "Entries in time"),
    ("Entrées dans le délai (%)", "Entries in time (%)"),
    ("Délai médian (jours)", "Median delay (days)"),
    ("Sorties", "Exits"),
    ("Sorties positives", "Positive exits"),
    ("Freins levés", "Barriers lifted"),
    ("Autres sorties", "Other exits"),
    ("Part de bénéficiaires du RSA (%)", "RSA share (%)"),
];

fn table(months: &[Committee], words: &CommitteeWords, lang: Lang) -> Table {
    let whole = said(lang, ("Tout le territoire", "Whole territory"));
    let nowhere = said(lang, ("Sans service", "No service"));
    let fewest = months.last().map_or(0, |last| last.fewest);
    let hidden = match lang {
        Lang::Fr => format!("masqué (moins de {fewest})"),
        Lang::En => format!("hidden (fewer than {fewest})"),
    };
    let row = |month: Month, name: &str, figures: &MonthFigures| {
        let begin = [Cell::Text(month.to_string()), Cell::Text(name.to_owned())];
        begin.into_iter().chain(cells(figures, &hidden, words.share.is_some())).collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<Cell>> = months.iter().map(|one| row(one.month, &whole, &one.total)).collect();
    if let Some(last) = months.last() {
        let places = last.places.iter();
        rows.extend(places.map(|one| row(last.month, one.name.as_deref().unwrap_or(&nowhere), &one.figures)));
    }
    let heads = HEADS.map(|head| said(lang, head)).to_vec();
    Table {
        name: said(lang, ("Comité", "Committee")),
        heads,
        rows,
        about_name: said(lang, ("Origine", "Origin")),
        about: about(months, words, (fewest, lang)),
    }
}

/// The cells of a row, after its month and its place.
pub(super) fn cells(figures: &MonthFigures, hidden: &str, has_share: bool) -> Vec<Cell> {
    let veiled = || Cell::Text(hidden.to_owned());
    let counted = |value: Option<u32>| value.map_or_else(veiled, Cell::Number);
    let number = |value: Option<u32>| value.map_or(Cell::Empty, Cell::Number);
    let entries = |of: fn(&EntriesOf) -> Option<u32>| match &figures.entries {
        Some(entries) => number(of(entries)),
        None => veiled(),
    };
    let exits = |of: fn(&ExitsOf) -> u32| match &figures.exits {
        Some(exits) => Cell::Number(of(exits)),
        None => veiled(),
    };
    let share = match (has_share, figures.share) {
        (true, None) if !figures.nobody => veiled(),
        (_, share) => number(share),
    };
    vec![
        counted(figures.entries.as_ref().map(EntriesOf::all).or(figures.all_entries)),
        entries(|one| Some(one.in_time)),
        entries(EntriesOf::share_in_time),
        entries(|one| one.median),
        counted(figures.exits.as_ref().map(ExitsOf::all).or(figures.all_exits)),
        exits(|one| one.positive),
        exits(|one| one.lifted),
        exits(|one| one.other),
        share,
    ]
}

fn length(length: Length, lang: Lang) -> String {
    let unit = match length.unit {
        Unit::Hours => ("heures", "hours"),
        Unit::Days => ("jours", "days"),
        Unit::Months => ("mois", "months"),
        Unit::Years => ("ans", "years"),
    };
    format!("{} {}", length.count, said(lang, unit))
}

/// What the file says of itself.
fn about(months: &[Committee], words: &CommitteeWords, (fewest, lang): (u32, Lang)) -> Vec<(String, String)> {
    let mut about = Vec::new();
    let mut add = |name: (&str, &str), text: String| about.push((said(lang, name), text));
    if let Some(last) = months.last() {
        add(("Dispositif", "Programme"), last.title.clone());
        add(("Mois", "Month"), last.month.to_string());
        add(("Compté le", "Counted on"), last.made_at.date().to_string());
    }
    let cited = |(text, source): &(String, String)| format!("{text} ({source})");
    if let Some((within, source)) = &words.in_time {
        add(("Entrées dans le délai", "Entries in time"), format!("{} ({source})", length(*within, lang)));
    }
    add(("Sorties positives", "Positive exits"), words.positive.join(", "));
    add(("Freins levés", "Barriers lifted"), words.lifted.join(", "));
    if let Some(one) = &words.share {
        add(("Part de bénéficiaires du RSA", "RSA share"), cited(one));
    }
    let why = match lang {
        Lang::Fr => format!(
            "Un nombre qui porte sur moins de {fewest} personnes est masqué, ainsi que ce qui permettrait de le retrouver par différence. Masqué ne veut pas dire zéro."
        ),
        Lang::En => format!(
            "A number of fewer than {fewest} people is hidden, and so is what would tell it by subtraction. Hidden does not mean zero."
        ),
    };
    add(("Secret statistique", "Statistical secrecy"), why);
    about
}

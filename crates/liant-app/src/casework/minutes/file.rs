//! A paper as a file: for spreadsheets, or whole with its seal.

use liant_casework::{Code, CommitteesRule, Followed, MonthFigures};
use liant_convention::Text;
use liant_model::{Lang, Uuid};

use super::super::committee_file::{HEADS, cells, said};
use super::super::words;
use super::content::{FrozenMonth, MinutesContent, ReviewContent};
use super::{SealedPaper, committee_paper};
use crate::people::Format;
use crate::spreadsheet::{self, Cell, Table};
use crate::{AppError, Context, Workplace};

/// As what a paper is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperFormat {
    /// A table, for spreadsheets.
    Table(Format),
    /// All of it with its seal and its signatures, as JSON: whoever has it reckons the seal again.
    Json,
}

/// A paper as a file: nothing that the page does not show.
///
/// # Errors
/// As [`committee_paper`].
pub fn paper_file(
    context: &Context<'_>,
    workplace: &Workplace,
    (id, format): (Uuid, PaperFormat),
    lang: Lang,
) -> Result<Vec<u8>, AppError> {
    let view = committee_paper(context, workplace, id)?;
    let fault = |error: String| AppError::Internal(format!("the file cannot be made: {error}"));
    match format {
        PaperFormat::Json => json(context, workplace, &view),
        PaperFormat::Table(format) => {
            let table = table(&view, lang);
            match format {
                Format::Csv => spreadsheet::csv(&table).map_err(|error| fault(error.to_string())),
                Format::Xlsx => spreadsheet::xlsx(&table).map_err(|error| fault(error.to_string())),
            }
        }
    }
}

/// The content byte for byte as it was sealed, beside its seal and who signed. Of those only party, role and day: no account.
fn json(context: &Context<'_>, workplace: &Workplace, view: &SealedPaper) -> Result<Vec<u8>, AppError> {
    let row = super::rows(context, workplace)?.into_iter().find(|row| row.paper == view.line.id);
    let row = row.ok_or(AppError::Absent("paper"))?;
    let signatures: Vec<serde_json::Value> = row
        .signatures
        .iter()
        .map(|one| serde_json::json!({ "party": one.party, "role": one.role, "day": one.at.date().to_string() }))
        .collect();
    let signatures =
        serde_json::to_string(&signatures).map_err(|error| AppError::Internal(error.to_string()))?;
    let head = format!(
        "{{\"format\":1,\"seal\":\"{}\",\"complete\":{},\"signatures\":{signatures},\"content\":",
        row.hash,
        row.complete_at.is_some()
    );
    Ok(format!("{head}{}}}\n", row.body).into_bytes())
}

const COLUMNS: [(&str, &str); 7] = [
    ("Rubrique", "Part"),
    ("Objet", "Item"),
    ("Détail", "Detail"),
    ("Partie", "Party"),
    ("Jour", "Day"),
    ("État", "State"),
    ("Nombre", "Number"),
];

fn table(view: &SealedPaper, lang: Lang) -> Table {
    let rules = view.rules();
    let mut made = Lines { rules, lang, rows: Vec::new() };
    let name = match (&view.minutes, &view.review) {
        (Some(content), _) => {
            made.minutes(content);
            said(lang, ("Relevé", "Minutes"))
        }
        (_, Some(content)) => {
            made.review(content, view);
            said(lang, ("Bilan", "Review"))
        }
        _ => String::new(),
    };
    Table {
        name,
        heads: COLUMNS.map(|head| said(lang, head)).to_vec(),
        rows: made.rows,
        about_name: said(lang, ("Origine", "Origin")),
        about: about(view, lang),
    }
}

/// What the file says of itself.
fn about(view: &SealedPaper, lang: Lang) -> Vec<(String, String)> {
    let line = &view.line;
    let mut about = vec![
        (said(lang, ("Dispositif", "Programme")), words::said(&view.programme.title, lang)),
        (said(lang, ("Sceau (SHA-256)", "Seal (SHA-256)")), line.hash.clone()),
        (said(lang, ("Conservé jusqu’au", "Kept until")), line.kept_until.to_string()),
    ];
    about.extend(line.signatures.iter().map(|one| {
        let who = format!("{} / {}, {}", one.party, one.role, one.at.date());
        (said(lang, ("Signé par", "Signed by")), who)
    }));
    about.extend(
        line.awaited
            .iter()
            .map(|one| (said(lang, ("Signature attendue", "Signature awaited")), one.to_string())),
    );
    about
}

struct Lines<'a> {
    rules: Option<&'a CommitteesRule>,
    lang: Lang,
    rows: Vec<Vec<Cell>>,
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

impl<'a> Lines<'a> {
    fn say(&self, both: (&str, &str)) -> Cell {
        Cell::Text(said(self.lang, both))
    }

    /// The words of a code, or the code where the programme has none for it.
    fn word<T>(
        &self,
        list: impl Fn(&'a CommitteesRule) -> &'a [T],
        of: impl Fn(&T) -> (&Code, &Text),
        code: &Code,
    ) -> Cell
    where
        T: 'a,
    {
        let found = self.rules.and_then(|rules| list(rules).iter().map(of).find(|(id, _)| *id == code));
        found.map_or_else(|| text(code.to_string()), |(_, one)| text(words::said(one, self.lang)))
    }

    fn gap(&self, code: &Code) -> Cell {
        self.word(|rules| &rules.gaps, |one| (&one.id, &one.text), code)
    }

    fn action(&self, code: &Code) -> Cell {
        self.word(|rules| &rules.actions, |one| (&one.id, &one.text), code)
    }

    fn state(&self, code: &Code) -> Cell {
        self.word(|rules| &rules.action_states, |one| (&one.id, &one.text), code)
    }

    fn reason(&self, code: &Code) -> Cell {
        self.word(|rules| &rules.reasons, |one| (&one.id, &one.text), code)
    }

    fn push(&mut self, part: (&str, &str), rest: [Cell; 6]) {
        let part = self.say(part);
        self.rows.push(std::iter::once(part).chain(rest).collect());
    }

    fn plain(&mut self, part: (&str, &str), item: Cell, day: Cell) {
        self.push(part, [item, Cell::Empty, Cell::Empty, day, Cell::Empty, Cell::Empty]);
    }

    fn minutes(&mut self, content: &MinutesContent) {
        const NONE: Cell = Cell::Empty;
        let committee = self.word(|rules| &rules.committees, |one| (&one.id, &one.text), &content.committee);
        let place = content.place_name.clone().map_or(Cell::Empty, Cell::Text);
        let held = Cell::Day(content.said.held_on);
        self.push(("Réunion", "Meeting"), [committee, place, NONE, held, NONE, NONE]);
        for code in &content.said.present {
            let cell = self.word(|rules| &rules.functions, |one| (&one.id, &one.text), code);
            self.plain(("Présents", "Present"), cell, Cell::Empty);
        }
        self.codes(&content.said.gaps, &content.said.practices, &content.said.alerts, &Cell::Empty);
        for one in &content.said.actions {
            let (action, gap) = (self.action(&one.action), self.gap(&one.gap));
            let party = text(one.party.as_str());
            self.push(
                ("Action décidée", "Action decided"),
                [action, gap, party, Cell::Day(one.due), NONE, NONE],
            );
        }
        for answer in &content.said.answers {
            let Some(one) = content.earlier.iter().find(|one| one.key == answer.of) else { continue };
            let now = Followed { state: answer.state.clone(), reason: answer.reason.clone(), ..one.clone() };
            self.followed(("Action suivie", "Action followed"), &now, Cell::Empty);
        }
        self.plain(("Prochaine réunion", "Next meeting"), Cell::Empty, Cell::Day(content.said.next_on));
        let service = content.place_name.clone().unwrap_or_default();
        self.months(&content.months, &service);
    }

    fn codes<'c>(
        &mut self,
        gaps: impl IntoIterator<Item = &'c Code>,
        practices: impl IntoIterator<Item = &'c Code>,
        alerts: impl IntoIterator<Item = &'c Code>,
        day: &Cell,
    ) {
        for code in gaps {
            let cell = self.gap(code);
            self.plain(("Écart", "Gap"), cell, day.clone());
        }
        for code in practices {
            let cell = self.word(|rules| &rules.practices, |one| (&one.id, &one.text), code);
            self.plain(("Bonne pratique", "Good practice"), cell, day.clone());
        }
        for code in alerts {
            let cell = self.word(|rules| &rules.alerts, |one| (&one.id, &one.text), code);
            self.plain(("Alerte", "Alert"), cell, day.clone());
        }
    }

    fn followed(&mut self, part: (&str, &str), one: &Followed, place: Cell) {
        let (action, state) = (self.action(&one.action), self.state(&one.state));
        let why = one.reason.as_ref().map(|code| self.reason(code));
        let state = match (state, why) {
            (Cell::Text(state), Some(Cell::Text(why))) => text(format!("{state} ({why})")),
            (state, _) => state,
        };
        let detail = match (place, self.gap(&one.gap)) {
            (Cell::Text(place), Cell::Text(gap)) => text(format!("{place} : {gap}")),
            (_, gap) => gap,
        };
        self.push(part, [action, detail, text(one.party.as_str()), Cell::Day(one.due), state, Cell::Empty]);
    }

    fn months(&mut self, months: &[FrozenMonth], service: &str) {
        let whole = said(self.lang, ("Tout le territoire", "Whole territory"));
        for month in months {
            let hidden = match self.lang {
                Lang::Fr => format!("masqué (moins de {})", month.fewest),
                Lang::En => format!("hidden (fewer than {})", month.fewest),
            };
            let rows: Vec<(String, &MonthFigures)> = std::iter::once((whole.clone(), &month.total))
                .chain(month.place.as_ref().map(|figures| (service.to_owned(), figures)))
                .collect();
            for (name, figures) in rows {
                let heads = HEADS.iter().skip(2);
                for (head, cell) in heads.zip(cells(figures, &hidden, true)) {
                    let (state, number) = match cell {
                        Cell::Text(hidden) => (Cell::Text(hidden), Cell::Empty),
                        number => (Cell::Empty, number),
                    };
                    let item = text(format!("{} {}", said(self.lang, *head), month.month));
                    let place = text(name.clone());
                    self.push(
                        ("Chiffres", "Figures"),
                        [item, place, Cell::Empty, Cell::Empty, state, number],
                    );
                }
            }
        }
    }

    fn review(&mut self, content: &ReviewContent, view: &SealedPaper) {
        for meeting in &content.meetings {
            let committee =
                self.word(|rules| &rules.committees, |one| (&one.id, &one.text), &meeting.committee);
            let place = meeting.place.clone().map_or(Cell::Empty, Cell::Text);
            let day = Cell::Day(meeting.held_on);
            self.push(
                ("Réunion", "Meeting"),
                [committee, place, Cell::Empty, day.clone(), Cell::Empty, Cell::Empty],
            );
            self.codes(&meeting.gaps, &meeting.practices, &meeting.alerts, &day);
        }
        for one in &content.actions {
            let place = one.place.clone().map_or(Cell::Empty, Cell::Text);
            self.followed(("Action", "Action"), &one.action, place);
        }
        let lines =
            view.rules().and_then(|rules| rules.review.as_ref()).map_or(&[][..], |review| &review.lines);
        for (party, amounts) in &content.amounts {
            for (code, euros) in amounts {
                let found = lines.iter().find(|line| line.id == *code);
                let item = found.map_or_else(|| code.to_string(), |line| words::said(&line.text, self.lang));
                let cells = [
                    text(item),
                    Cell::Empty,
                    text(party.as_str()),
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Number(*euros),
                ];
                self.push(("Montant (euros)", "Amount (euros)"), cells);
            }
        }
        let hidden = said(self.lang, ("masqué", "hidden"));
        for place in &content.places {
            let name = place.name.clone().unwrap_or_else(|| said(self.lang, ("Sans service", "No service")));
            for (head, value) in
                [(("Entrées", "Entries"), place.entries), (("Sorties", "Exits"), place.exits)]
            {
                let (state, number) = match value {
                    Some(count) => (Cell::Empty, Cell::Number(count)),
                    None => (text(hidden.clone()), Cell::Empty),
                };
                let item = self.say(head);
                let cells = [item, text(name.clone()), Cell::Empty, Cell::Empty, state, number];
                self.push(("Année", "Year"), cells);
            }
        }
        for (code, (value, _)) in &content.indicators {
            let found = view.programme.indicators.iter().find(|one| one.id == *code);
            let item = found.map_or_else(|| code.to_string(), |one| words::said(&one.text, self.lang));
            let cells =
                [text(item), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Number(*value)];
            self.push(("Indicateur", "Indicator"), cells);
        }
        self.months(&content.months, "");
    }
}

//! What the clauses say, told to those who read no file: the matrix, the information notice, the register.

mod matrix;
mod notice;
mod register;
pub(crate) mod words;

use std::fmt::Write as _;

pub use matrix::{Matrix, MatrixRow};
pub use notice::notice;
pub use register::register;

use liant_model::{Field, FieldSet, Lang, Party};

use crate::convention::{Convention, Grant, PartyEntry, Text};
use crate::terms::{ClockStart, Contact, Holding, SpecialBasis};
use words::two;

impl Text {
    /// The text in a language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        two(lang, &self.fr, &self.en)
    }
}

/// A page made from the clauses of one file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Page {
    /// Short name of the convention or register entry.
    pub convention: String,
    /// Its version.
    pub version: u32,
    /// Title.
    pub title: String,
    /// Sections, in order.
    pub sections: Vec<Section>,
}

/// A section of a [`Page`].
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Section {
    /// Title.
    pub title: String,
    /// What it says first.
    pub text: Vec<String>,
    /// What it lists.
    pub items: Vec<String>,
}

impl Page {
    fn of(file: &Convention, title: String) -> Self {
        Self { convention: file.id.to_string(), version: file.version, title, sections: Vec::new() }
    }

    /// Adds a section that says something.
    fn section(&mut self, title: &str, text: Vec<String>, items: Vec<String>) {
        if !text.is_empty() || !items.is_empty() {
            self.sections.push(Section { title: title.to_owned(), text, items });
        }
    }

    /// The page as Markdown.
    pub fn markdown(&self) -> String {
        let mut page = format!("# {}\n", self.title);
        for section in &self.sections {
            // Writing to a `String` cannot fail.
            let _ = writeln!(page, "\n## {}\n", section.title);
            let texts = section.text.join("\n\n");
            let items: Vec<_> = section.items.iter().map(|item| format!("- {item}")).collect();
            let parts: Vec<_> =
                [texts, items.join("\n")].into_iter().filter(|part| !part.is_empty()).collect();
            let _ = writeln!(page, "{}", parts.join("\n\n"));
        }
        page
    }
}

/// The name of a party, or its short name.
fn party_name(file: &Convention, party: &Party, lang: Lang) -> String {
    let entry = file.parties.iter().find(|entry| entry.org == *party);
    let name = entry.and_then(|entry| entry.name.as_ref());
    name.map_or_else(|| party.to_string(), |name| name.in_lang(lang).to_owned())
}

/// Whether a clause serves the person's own right of access: what it gives goes to her.
fn is_hers(grant: &Grant) -> bool {
    grant.special_basis == Some(SpecialBasis::RightOfAccess)
}

/// Everything that the clauses give anybody but the person herself.
fn given(file: &Convention) -> FieldSet {
    let others = file.grants.iter().filter(|grant| !is_hers(grant));
    let granted = others.map(|grant| reaches_anyone(file, grant));
    let searched = file.wider_searches.iter().map(|search| search.fields);
    granted.chain(searched).fold(FieldSet::EMPTY, FieldSet::union)
}

/// The fields of a grant, less those that it would give by a flow alone and that no flow carries.
fn reaches_anyone(file: &Convention, grant: &Grant) -> FieldSet {
    if grant.channels.iter().any(|channel| *channel != crate::Channel::Flow) {
        return grant.fields;
    }
    let carried = file.flows.iter().filter(|flow| grant.passes_in(flow)).map(|flow| flow.carries);
    carried.fold(FieldSet::EMPTY, FieldSet::union).intersection(grant.fields)
}

/// How long data are kept, one line for each retention.
fn kept(file: &Convention, lang: Lang) -> Vec<String> {
    let line = |one: &crate::Retention| {
        let (length, starts) = (words::length(one.keep, lang), words::starts(one.starts, lang));
        let sooner = if one.until_unneeded {
            two(
                lang,
                "dès qu’elles ne sont plus nécessaires, et au plus tard ",
                "as soon as they are no longer needed, and at the latest ",
            )
        } else {
            ""
        };
        let (colon, after) = (two(lang, " :", ":"), two(lang, "après", "after"));
        format!(
            "{}{colon} {sooner}{length} {after} {starts} ({})",
            kept_what(file, one, lang),
            words::cited(&one.clause, lang)
        )
    };
    file.retention.iter().map(line).collect()
}

/// What a retention keeps, in words: its own, or the families of the data kept by it.
fn kept_what(file: &Convention, one: &crate::Retention, lang: Lang) -> String {
    if let Some(text) = &one.text {
        return text.in_lang(lang).to_owned();
    }
    let own = file.grants.iter().filter(|grant| grant.keep == one.id && !is_hers(grant));
    let fields = own.map(|grant| grant.fields);
    let fields = fields.fold(FieldSet::EMPTY, FieldSet::union);
    let mut families: Vec<_> = fields.iter().map(Field::category).collect();
    families.sort_unstable();
    families.dedup();
    if families.is_empty() {
        let what = match one.of {
            Holding::Facts | Holding::Files => two(lang, "Fichiers déposés", "Deposited files"),
            Holding::AccessLog => two(lang, "Traces de consultation", "Records of who was shown what"),
            Holding::Accounts => two(lang, "Comptes des agents", "Accounts of professionals"),
            Holding::Papers => {
                two(lang, "Relevés et bilans des comités", "Minutes and reviews of committees")
            }
        };
        return what.to_owned();
    }
    let names: Vec<_> = families.into_iter().map(|family| words::category(family, lang)).collect();
    names.join(", ")
}

/// The parties and what each is, in words.
fn parties(file: &Convention, lang: Lang) -> Vec<String> {
    let line = |entry: &PartyEntry| {
        let mut said =
            format!("{}, {}", party_name(file, &entry.org, lang), words::capacity(entry.capacity, lang));
        if let Some(of) = &entry.of {
            let _ = write!(said, " {} {}", two(lang, "pour", "for"), party_name(file, of, lang));
        }
        if let Some(through) = &entry.through {
            let agents = words::role(&through.role, lang);
            let by = two(lang, "par l’intermédiaire de ses agents :", "through its agents:");
            let _ = write!(said, ", {by} {agents}");
        }
        said
    };
    file.parties.iter().map(line).collect()
}

/// Whom it is about, in words.
fn about(file: &Convention, lang: Lang) -> Vec<String> {
    if let Some(about) = &file.about {
        return vec![about.in_lang(lang).to_owned()];
    }
    let mut people: Vec<_> = file.grants.iter().map(|grant| grant.people).collect();
    people.sort_unstable();
    people.dedup();
    people.into_iter().map(|people| words::people(people, lang).to_owned()).collect()
}

/// The purposes and their legal bases.
fn purposes(file: &Convention, lang: Lang) -> Vec<String> {
    let line = |one: &crate::PurposeEntry| {
        format!("{} ({})", one.text.in_lang(lang), words::cited(&one.basis.join(", "), lang))
    };
    file.purposes.iter().map(line).collect()
}

/// Who answers for what, by role; for one thing, the role alone.
fn contacts(file: &Convention, wanted: &[Contact], lang: Lang) -> Vec<String> {
    let entries = file.contacts.iter().filter(|entry| wanted.contains(&entry.contact));
    let line = |entry: &crate::ContactEntry| {
        let who = words::role(&entry.role.role, lang);
        let of = party_name(file, &entry.role.party, lang);
        if wanted.len() == 1 {
            return format!("{who} ({of})");
        }
        format!("{}{} {who} ({of})", words::contact(entry.contact, lang), two(lang, " :", ":"))
    };
    entries.map(line).collect()
}

/// The clocks that an event other than `but` starts, in words.
fn clocks(file: &Convention, but: Option<ClockStart>, lang: Lang) -> Vec<String> {
    let line = |clock: &crate::ClockEntry| {
        let events: Vec<_> = clock.starts.iter().map(|event| words::event(*event, lang)).collect();
        let mut said = format!(
            "{}{} {}",
            events.join(two(lang, ", ou ", ", or ")),
            two(lang, " :", ":"),
            words::length(clock.within, lang)
        );
        if let Some(by) = &clock.owed_by {
            let _ = write!(said, ", {} {}", two(lang, "dû par", "owed by"), party_name(file, by, lang));
        }
        if let Some(to) = &clock.owed_to {
            let _ = write!(said, " {} {}", two(lang, "envers", "to"), party_name(file, to, lang));
        }
        let _ = write!(said, " ({})", words::cited(&clock.clause, lang));
        said
    };
    let others = file.clocks.iter().filter(|clock| clock.starts.iter().any(|event| Some(*event) != but));
    others.map(line).collect()
}

/// When it is in force.
fn term(file: &Convention, lang: Lang) -> String {
    let from = words::date(file.in_force.from, lang);
    match file.in_force.until.map(|until| words::date(until, lang)) {
        Some(until) => format!("{} {from} {} {until}.", two(lang, "Du", "From"), two(lang, "au", "to")),
        None => format!("{} {from}.", two(lang, "Depuis le", "Since")),
    }
}

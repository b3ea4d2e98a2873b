use std::fmt::Write as _;

use liant_model::{Date, FieldSet, Lang, Party, Purpose, Role, Source};

use super::words::{self, two};
use crate::convention::{Condition, Convention, Grant, Recipient};
use crate::decision::Validity;
use crate::gate::Gate;
use crate::terms::{Channel, Consents, People, Reach};

/// Who may have what, why and by what way, on a day: data × recipient × purpose × channel.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Matrix {
    /// The day.
    pub day: Date,
    /// One row for each clause, recipient and way.
    pub rows: Vec<MatrixRow>,
    /// The conventions that are not in force that day: nothing passes under them. Each as `id`, version, and why.
    pub closed: Vec<String>,
    #[serde(skip)]
    lang: Lang,
}

/// What one clause gives one recipient.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct MatrixRow {
    /// Short name of the convention or register entry.
    pub convention: String,
    /// Its version.
    pub version: u32,
    /// The clause.
    pub clause: String,
    /// Who receives.
    pub party: Party,
    /// In what role.
    pub role: Role,
    /// Why.
    pub purposes: Vec<Purpose>,
    /// From which registers.
    pub sources: Vec<Source>,
    /// About whom.
    pub people: People,
    /// How far the reader looks.
    pub reach: Reach,
    /// By what ways.
    pub channels: Vec<Channel>,
    /// The flow, when it passes in one.
    pub flow: Option<String>,
    /// Codes of the fields, whole families as `family.*`.
    pub fields: Vec<String>,
    /// What must be true besides, by short name.
    pub requires: Vec<String>,
    /// Of these, what is not met that day by anyone.
    pub unmet: Vec<String>,
    /// How long the recipient keeps it, in words.
    pub keep: String,
}

impl Matrix {
    /// The matrix of what a gate executes, on a day.
    pub fn of(gate: &Gate, day: Date, lang: Lang) -> Self {
        let mut matrix = Self { day, rows: Vec::new(), closed: Vec::new(), lang };
        for (number, file) in gate.conventions().iter().enumerate() {
            match gate.validity(number, day) {
                Validity::InForce => matrix.add(file),
                other => {
                    let said = words::validity(other, lang);
                    matrix.closed.push(format!("{} v{} {said}", file.id, file.version));
                }
            }
        }
        matrix.rows.sort_by(|a, b| (&a.party, &a.role).cmp(&(&b.party, &b.role)));
        matrix
    }

    fn add(&mut self, file: &Convention) {
        for grant in &file.grants {
            let read: Vec<_> =
                grant.channels.iter().copied().filter(|channel| *channel != Channel::Flow).collect();
            for to in &grant.to {
                if !read.is_empty() {
                    let row = self.row(file, grant, to, grant.fields, None);
                    self.rows.push(MatrixRow { channels: read.clone(), ..row });
                }
                for flow in file.flows.iter().filter(|flow| flow.to == to.party && grant.passes_in(flow)) {
                    let fields = grant.fields.intersection(flow.carries);
                    let row = self.row(file, grant, to, fields, Some(flow.profile.clone()));
                    let shared = row.sources.iter().filter(|source| flow.sources.contains(source));
                    let sources = shared.cloned().collect();
                    // A file is for its receiver as a whole.
                    self.rows.push(MatrixRow {
                        channels: vec![Channel::Flow],
                        reach: Reach::Territory,
                        sources,
                        ..row
                    });
                }
            }
        }
    }

    fn row(
        &self,
        file: &Convention,
        grant: &Grant,
        to: &Recipient,
        fields: FieldSet,
        flow: Option<String>,
    ) -> MatrixRow {
        let retention = file.retention.iter().find(|one| one.id == grant.keep);
        let keep = retention.map(|one| {
            let (length, starts) = (words::length(one.keep, self.lang), words::starts(one.starts, self.lang));
            format!("{length} {} {starts}", two(self.lang, "après", "after"))
        });
        let is_unmet = |id: &&String| {
            let condition = file.conditions.iter().find(|condition| condition.id == **id);
            condition.is_some_and(|one| {
                matches!(one.met, Condition::Fact { .. }) && !one.met.is_met(self.day, Consents::NONE)
            })
        };
        MatrixRow {
            convention: file.id.to_string(),
            version: file.version,
            clause: grant.clause.to_string(),
            party: to.party.clone(),
            role: to.role.clone(),
            purposes: grant.purposes.clone(),
            sources: grant.sources.clone(),
            people: grant.people,
            reach: grant.reach,
            channels: Vec::new(),
            flow,
            fields: words::codes(fields),
            requires: grant.requires.clone(),
            unmet: grant.requires.iter().filter(is_unmet).cloned().collect(),
            keep: keep.unwrap_or_default(),
        }
    }

    /// The matrix as Markdown, a table for each recipient.
    pub fn markdown(&self) -> String {
        let lang = self.lang;
        let on = two(lang, "Qui peut recevoir quoi, au", "Who may receive what, on");
        let mut page = format!("# {on} {}\n", words::date(self.day, lang));
        for closed in &self.closed {
            let _ = write!(page, "\n{} {closed}.\n", two(lang, "Rien ne passe :", "Nothing passes:"));
        }
        let mut last = None;
        for row in &self.rows {
            let recipient = (&row.party, &row.role);
            if last != Some(recipient) {
                last = Some(recipient);
                let heads = two(
                    lang,
                    "| données | finalité | origine | de qui | par quelle voie | gardé | clause |",
                    "| data | purpose | source | of whom | by what way | kept | clause |",
                );
                let _ = write!(
                    page,
                    "\n## {}/{}\n\n{heads}\n|---|---|---|---|---|---|---|\n",
                    row.party, row.role
                );
            }
            let _ = writeln!(page, "{}", self.line(row));
        }
        page
    }

    fn line(&self, row: &MatrixRow) -> String {
        let lang = self.lang;
        let list = |items: Vec<String>| items.join(", ");
        let mut whom = format!("{}, {}", words::people(row.people, lang), words::reach(row.reach, lang));
        for id in &row.requires {
            let waits = two(lang, "non remplie", "not met");
            let waits = if row.unmet.contains(id) { format!(" ({waits})") } else { String::new() };
            let _ = write!(whom, "{}`{id}`{waits}", two(lang, " ; ", "; "));
        }
        let ways = row.channels.iter().map(|channel| match &row.flow {
            Some(flow) => format!("{} {flow}", words::channel(*channel, lang)),
            None => words::channel(*channel, lang).to_owned(),
        });
        format!(
            "| {} | {} | {} | {whom} | {} | {} | {} v{}, {} |",
            row.fields.join(", "),
            list(row.purposes.iter().map(ToString::to_string).collect()),
            list(row.sources.iter().map(ToString::to_string).collect()),
            list(ways.collect()),
            row.keep,
            row.convention,
            row.version,
            words::cited(&row.clause, lang)
        )
    }
}

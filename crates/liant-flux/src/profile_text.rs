//! The grammar of flow profiles (`profiles/*.toml`).

use serde::Deserialize;

use crate::diagnostic::{Bilingual, Severity};
use crate::profile::{Check, Format, ItemRole};

/// A profile as its file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfileText {
    pub(crate) id: String,
    pub(crate) format: Format,
    pub(crate) source: String,
    pub(crate) label: Bilingual,
    /// Text the rules of the records come from.
    pub(crate) article: Bilingual,
    pub(crate) encoding: String,
    /// Root element that the writer writes; the reader takes any.
    #[serde(default)]
    pub(crate) root: String,
    /// Element of a record.
    #[serde(default)]
    pub(crate) record: String,
    /// Group, inside the record, that stands for one person of a household.
    pub(crate) person: Option<String>,
    /// Fields that make the source's own key, joined by `/`.
    #[serde(default)]
    pub(crate) key: Vec<String>,
    /// Fields of which a digest ends the key, when the source numbers the household and not the person.
    #[serde(default)]
    pub(crate) key_digest: Vec<String>,
    #[serde(default = "yes")]
    pub(crate) key_required: bool,
    /// Fields that name the household.
    #[serde(default)]
    pub(crate) household_key: Vec<String>,
    /// Whether elements outside the profile are passed over without a word.
    #[serde(default)]
    pub(crate) partial: bool,
    /// CSV: field that the first column holds, whatever its name.
    pub(crate) first_column: Option<String>,
    pub(crate) header: Option<SectionText>,
    pub(crate) trailer: Option<SectionText>,
    #[serde(default)]
    pub(crate) group: Vec<GroupText>,
    pub(crate) element: Vec<ElementText>,
    #[serde(default)]
    pub(crate) reroute: Vec<RerouteText>,
    #[serde(default)]
    pub(crate) rule: Vec<RuleText>,
}

fn yes() -> bool {
    true
}

/// Header or trailer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SectionText {
    pub(crate) element: String,
    pub(crate) article: Bilingual,
    pub(crate) items: Vec<ItemText>,
}

/// A value of the header or trailer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemText {
    pub(crate) tag: String,
    pub(crate) role: ItemRole,
    #[serde(default)]
    pub(crate) values: Vec<String>,
    #[serde(default)]
    pub(crate) optional: bool,
    /// For a count: severity of more records than declared (fewer is always an error).
    pub(crate) more: Option<Severity>,
}

/// A group of elements.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupText {
    pub(crate) path: String,
    /// Other places where its elements are read; the empty path is the record itself.
    #[serde(default)]
    pub(crate) also: Vec<String>,
    /// The group may come several times: which one counts.
    pub(crate) repeat: Option<Repeat>,
    /// Only the groups in which this element has this value count.
    pub(crate) when: Option<WhenText>,
}

/// Which of several groups counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Repeat {
    First,
    Last,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WhenText {
    pub(crate) element: String,
    pub(crate) equals: String,
}

/// An element, or a column.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ElementText {
    /// Path under the record, canonical spelling: what the writer writes.
    pub(crate) path: String,
    /// Other paths where it is read.
    #[serde(default)]
    pub(crate) also: Vec<String>,
    pub(crate) field: Option<String>,
    /// Characters at most.
    pub(crate) max: usize,
    #[serde(default)]
    pub(crate) required: bool,
    pub(crate) check: Option<Check>,
    /// Severity of a wrong form.
    pub(crate) form: Option<Severity>,
    /// Severity of a value too long.
    pub(crate) length: Option<Severity>,
    /// Severity of a code outside its list.
    pub(crate) code: Option<Severity>,
    /// Severity of a name not in upper case without accents; the writer folds it.
    pub(crate) upper: Option<Severity>,
    /// Whether the writer may cut a value too long.
    #[serde(default)]
    pub(crate) cut: bool,
    /// Whether the flow writes the NIR with its key.
    #[serde(default)]
    pub(crate) nir_key: bool,
    /// Middle part of the rule's code, when the tag is not its own.
    pub(crate) rule: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RerouteText {
    pub(crate) from: String,
    pub(crate) to: String,
    /// Label that goes along: from, to.
    pub(crate) with: Option<[String; 2]>,
}

/// A rule across fields.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleText {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) field: Option<String>,
    #[serde(default)]
    pub(crate) fields: Vec<String>,
    pub(crate) severity: Option<Severity>,
    pub(crate) article: Bilingual,
    pub(crate) message: Bilingual,
    pub(crate) help: Bilingual,
}

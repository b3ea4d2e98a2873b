//! Forms that the parties signed with their convention (*modèles annexés*): which template, in which version.

use crate::parse::short_name;
use crate::problem::{Problems, Span};
use crate::reader::Table;

/// A form that the convention carries (*modèle de fiche*). Its template is a file of its own, named by `template` and `version`, and
/// never changes: another wording or another field is another version, which an amendment names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Short name: what asks for the form cites it.
    pub id: String,
    /// Short name of the template.
    pub template: String,
    /// Version of the template.
    pub version: u32,
    /// Where the convention has it: an annex.
    pub source: String,
    /// Place in the file.
    pub span: Span,
}

pub(crate) fn read_form(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Form> {
    let span = table.span;
    let id = table.need_parsed("id", "the short name of the form", short_name, problems);
    let template = table.need_parsed("template", "the short name of its template", short_name, problems);
    if !table.has("version") {
        table.missing(
            "version",
            "the version of its template: a form that was signed never changes",
            problems,
        );
    }
    let version = table.number("version", problems);
    let source = table.need_text("source", "where the convention has it: an annex", problems);
    Some(Form {
        id: id?.value,
        template: template?.value,
        version: version?.value,
        source: source?.value,
        span,
    })
}

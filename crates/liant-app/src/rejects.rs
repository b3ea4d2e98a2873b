//! The records that an import set aside, for whoever has them corrected.

use std::io::Write;
use std::path::Path;

use liant_audit::Act;
use liant_model::{BatchNo, Lang};
use liant_store::ChangeSet;

use crate::context::{Audited, audit};
use crate::private::PrivateFile;
use crate::spreadsheet::no_formula;
use crate::{AppError, Context, Workplace, access};

/// What an import set aside.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Rejects {
    /// The batch.
    pub batch: i64,
    /// The flow.
    pub flow: String,
    /// The date the file speaks for.
    pub reference_date: String,
    /// Name of the file.
    pub file_name: String,
    /// The problems, in the order of the file.
    pub rejects: Vec<Reject>,
}

/// One problem of one record.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Reject {
    /// Number of the record in the file, from 1; the people of one household share it.
    pub record: u64,
    /// Line, from 1.
    pub line: u64,
    /// Byte offset from the start of the file.
    pub offset: u64,
    /// Path of the element, or name of the column; empty when the problem is the record's.
    pub element: String,
    /// Stable code of the rule.
    pub rule: String,
    /// What is wrong, in French as the import kept it, with the value masked.
    pub message: String,
}

/// The problems of the records that a batch set aside. Whoever may take in files of the flow may see them; the look is
/// audited.
///
/// # Errors
/// [`AppError::Absent`] when no published import has the number; the gate's refusal.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the bare method is not general over lifetimes"
)]
pub fn list(context: &Context<'_>, workplace: &Workplace, batch: i64) -> Result<Rejects, AppError> {
    let received = workplace.store.read(context.territory, |snapshot| snapshot.batches())?;
    let received = received
        .into_iter()
        .find(|one| one.batch.0 == batch && one.state == "published")
        .ok_or(AppError::Absent("import"))?;
    let permit = access::receive(context, workplace, &received.flow)?;
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.rejects(BatchNo(batch)))?;
    let what = Audited {
        subject: format!("rejects of batch {batch} ({} {})", received.flow, received.reference_date),
        clauses: vec![permit.clause.to_string()],
        counts: vec![("problems", rows.len() as u64)],
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::Read, what)?;
    workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry))?;
    access::sequence(context, workplace);
    let reject = |row: liant_store::RejectRow| Reject {
        record: row.record_no,
        line: row.line,
        offset: row.byte_offset,
        element: row.element,
        rule: row.rule,
        message: row.message,
    };
    Ok(Rejects {
        batch,
        flow: received.flow,
        reference_date: received.reference_date,
        file_name: received.file_name,
        rejects: rows.into_iter().map(reject).collect(),
    })
}

/// Writes the problems for a spreadsheet, to a file for its owner alone: see [`csv()`].
///
/// # Errors
/// [`AppError::File`].
pub fn write_csv(rejects: &Rejects, path: &Path, lang: Lang) -> Result<(), AppError> {
    let fault = |error: std::io::Error| AppError::file(path, error);
    let (private, mut file) = PrivateFile::begin(path).map_err(fault)?;
    file.write_all(&csv(&rejects.rejects, lang).map_err(fault)?).map_err(fault)?;
    file.sync_all().map_err(fault)?;
    private.finish().map_err(fault)
}

/// The problems as spreadsheets of this country open them: UTF-8 with its mark, semicolons, CRLF; no cell is a
/// formula.
///
/// # Errors
/// None that happens in memory.
pub fn csv(rejects: &[Reject], lang: Lang) -> std::io::Result<Vec<u8>> {
    let head = match lang {
        Lang::Fr => ["enregistrement", "ligne", "octet", "element", "regle", "message"],
        Lang::En => ["record", "line", "byte", "element", "rule", "message"],
    };
    let mut out = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(head).map_err(std::io::Error::other)?;
    for reject in rejects {
        let cells = [
            reject.record.to_string(),
            reject.line.to_string(),
            reject.offset.to_string(),
            no_formula(&reject.element),
            no_formula(&reject.rule),
            no_formula(&reject.message),
        ];
        out.write_record(&cells).map_err(std::io::Error::other)?;
    }
    out.into_inner().map_err(|error| std::io::Error::other(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_computes_no_cell() {
        let reject = |element: &str, message: &str| Reject {
            record: 3,
            line: 5,
            offset: 70,
            element: element.to_owned(),
            rule: "PECGM-NIR-FORM".to_owned(),
            message: message.to_owned(),
        };
        let rejects = [
            reject("individu/nir", "NIR mal formé ; (9999)"),
            reject("=HYPERLINK(\"http://x\")", "+1"),
            reject("@SUM(A1)", "-2"),
            reject("\t=1", "\r\n=1"),
        ];
        let bytes = csv(&rejects, Lang::Fr).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap().get(4), Some("regle"));
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        assert_eq!(rows.len(), rejects.len());
        assert_eq!(
            &rows[0],
            &["3", "5", "70", "individu/nir", "PECGM-NIR-FORM", "NIR mal formé ; (9999)"][..]
        );
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
        }
        assert!(rows[1].get(3).unwrap().ends_with("=HYPERLINK(\"http://x\")"), "nothing is lost");
    }
}

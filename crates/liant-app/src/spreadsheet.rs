//! Tables for spreadsheets: CSV as French ones read it, and XLSX.

use liant_model::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// A text, never computed.
    Text(String),
    /// A day.
    Day(Date),
    /// A number.
    Number(u32),
}

/// A table, and what is to be known of it.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Its name.
    pub(crate) name: String,
    /// The heads of its columns.
    pub(crate) heads: Vec<String>,
    /// Its rows.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// The name of the sheet that says where it comes from.
    pub(crate) about_name: String,
    /// What that says: a name and a text a line.
    pub(crate) about: Vec<(String, String)>,
}

/// A text that a spreadsheet takes for a text. One that begins as a formula does (`=`, `+`, `-`, `@`, a tab, a line end) would be computed.
pub(crate) fn no_formula(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The table as CSV in UTF-8 with its mark, columns apart by `;`.
pub(crate) fn csv(table: &Table) -> std::io::Result<Vec<u8>> {
    let mut out = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(table.heads.iter().map(|head| no_formula(head))).map_err(std::io::Error::other)?;
    for row in &table.rows {
        let cells = row.iter().map(|cell| match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => no_formula(text),
            Cell::Day(day) => day.to_string(),
            Cell::Number(number) => number.to_string(),
        });
        out.write_record(cells).map_err(std::io::Error::other)?;
    }
    out.into_inner().map_err(|error| std::io::Error::other(error.to_string()))
}

/// The table as XLSX: days are days, numbers are numbers, all else is text, and a second sheet says where it comes from.
pub(crate) fn xlsx(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let (bold, day_format) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(&table.name)?;
    for (column, head) in (0_u16..).zip(&table.heads) {
        sheet.write_string_with_format(0, column, head, &bold)?;
        sheet.set_column_width(column, width(table, usize::from(column)))?;
    }
    for (place, row) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    sheet.write_string(place, column, text)?;
                }
                Cell::Number(number) => {
                    sheet.write_number(place, column, *number)?;
                }
                Cell::Day(day) => {
                    let date = ExcelDateTime::parse_from_str(&day.to_string())?;
                    sheet.write_datetime_with_format(place, column, &date, &day_format)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Ok(last), Some(columns)) = (u32::try_from(table.rows.len()), table.heads.len().checked_sub(1)) {
        sheet.autofilter(0, 0, last, u16::try_from(columns).unwrap_or(u16::MAX))?;
    }
    let about = book.add_worksheet().set_name(&table.about_name)?;
    about.set_column_width(0, 28)?;
    about.set_column_width(1, 100)?;
    for (place, (name, text)) in (0_u32..).zip(&table.about) {
        about.write_string_with_format(place, 0, name, &bold)?;
        about.write_string(place, 1, text)?;
    }
    book.save_to_buffer()
}

/// The width that shows most of a column, in letters.
fn width(table: &Table, column: usize) -> f64 {
    let cells = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| match cell {
        Cell::Empty => 0,
        Cell::Text(text) => text.chars().count(),
        Cell::Day(_) | Cell::Number(_) => 10,
    });
    let head = table.heads.get(column).map_or(0, |head| head.chars().count());
    let most = cells.chain([head]).max().unwrap_or(0).clamp(8, 44);
    u32::try_from(most).map_or(10.0, f64::from) + 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let text = |text: &str| Cell::Text(text.to_owned());
        Table {
            name: "Personnes".to_owned(),
            heads: vec!["Nom".to_owned(), "Née le".to_owned()],
            rows: vec![
                vec![text("LEFÈVRE ; \"dite\""), Cell::Day(Date::constant(1990, 12, 1))],
                vec![text("=HYPERLINK(\"http://x\")"), Cell::Empty],
                vec![text("@SUM(A1)"), Cell::Empty],
                vec![text("-2"), Cell::Empty],
                vec![Cell::Number(7), Cell::Empty],
            ],
            about_name: "Origine".to_owned(),
            about: vec![("Finalité".to_owned(), "=1".to_owned())],
        }
    }

    #[test]
    fn csv_is_read_by_a_french_spreadsheet_and_computes_nothing() {
        let bytes = csv(&table()).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), &["Nom", "Née le"][..]);
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        assert_eq!(&rows[0], &["LEFÈVRE ; \"dite\"", "1990-12-01"][..]);
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
        }
    }

    #[test]
    fn xlsx_holds_texts_and_days_and_no_formula() {
        let bytes = xlsx(&table()).unwrap();
        assert!(bytes.starts_with(b"PK"));
        assert!(bytes.len() < 20_000, "{}", bytes.len());
    }
}

//! Header and trailer.

use liant_model::{Date, DateForm, ReferenceDate, Territory, parse_flow_date};
use quick_xml::events::Event;

use crate::diagnostic::{Diagnostic, Fault, Place, Refusal, Severity};
use crate::encoding::Encoding;
use crate::message;
use crate::profile::{Item, ItemRole, Section};
use crate::record::Record;
use crate::scan::predefined;
use crate::tree::fold_tag;

/// What a file says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Flow code, `PECGM`.
    pub flow: String,
    /// Département the file is of; `None` in a flow that does not say.
    pub territory: Option<Territory>,
    /// Functional date; `None` in a flow that has none.
    pub reference_date: Option<ReferenceDate>,
    /// Day the file was made.
    pub fabrication_date: Option<Date>,
    /// Periodicity code: `M`, `H`, `Q`.
    pub periodicity: Option<String>,
    /// Version of the flow.
    pub version: Option<String>,
    /// Encoding the file is read in.
    pub encoding: Encoding,
}

impl Header {
    pub(crate) fn empty(flow: &str, encoding: Encoding) -> Self {
        Self {
            flow: flow.to_owned(),
            territory: None,
            reference_date: None,
            fabrication_date: None,
            periodicity: None,
            version: None,
            encoding,
        }
    }
}

/// What the trailer says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trailer {
    pub(crate) count: Option<u64>,
    /// Severity of more records than that.
    pub(crate) more: Option<Severity>,
    pub(crate) anomalies: Option<u64>,
}

/// One value of a section: number of the item, text, and where.
struct Entry {
    item: usize,
    value: String,
    at: usize,
}

/// Reads the header in the record's text buffer.
pub(crate) fn header(record: &mut Record, section: &Section) -> Result<Header, Refusal> {
    let mut header = Header::empty(record.profile.id(), record.encoding);
    let entries = entries(record, section)?;
    for entry in &entries {
        let Some(item) = section.items.get(entry.item) else { continue };
        expected_values(record, section, item, entry)?;
        match item.role {
            ItemRole::Territory => header.territory = Some(territory(record, section, item, entry)?),
            ItemRole::ReferenceDate => {
                header.reference_date = Some(ReferenceDate::new(date(record, section, item, entry)?));
            }
            ItemRole::FabricationDate => header.fabrication_date = Some(date(record, section, item, entry)?),
            ItemRole::Periodicity => header.periodicity = Some(entry.value.clone()),
            ItemRole::Version => header.version = Some(entry.value.clone()),
            ItemRole::Flow | ItemRole::Count | ItemRole::AnomalyCount | ItemRole::Other => {}
        }
    }
    Ok(header)
}

/// Reads the trailer in the record's text buffer and compares it with the header.
pub(crate) fn trailer(record: &mut Record, section: &Section, header: &Header) -> Result<Trailer, Refusal> {
    let mut trailer = Trailer::default();
    for entry in &entries(record, section)? {
        let Some(item) = section.items.get(entry.item) else { continue };
        match item.role {
            ItemRole::Territory => {
                let found = territory(record, section, item, entry)?;
                if let Some(expected) = header.territory.filter(|expected| *expected != found) {
                    let fault = Fault::WrongTerritory { expected: expected.to_string() };
                    return Err(refusal(record, section, fault, item, entry));
                }
            }
            ItemRole::ReferenceDate => {
                let found = ReferenceDate::new(date(record, section, item, entry)?);
                if header.reference_date.is_some_and(|expected| !expected.same_month(found)) {
                    return Err(refusal(record, section, Fault::ReferenceMonth, item, entry));
                }
            }
            ItemRole::Count => {
                trailer.count = Some(count(record, section, item, entry)?);
                trailer.more = Some(item.more);
            }
            ItemRole::AnomalyCount => trailer.anomalies = Some(count(record, section, item, entry)?),
            _ => {}
        }
    }
    Ok(trailer)
}

fn expected_values(record: &Record, section: &Section, item: &Item, entry: &Entry) -> Result<(), Refusal> {
    if item.values.is_empty() || item.values.contains(&entry.value) {
        return Ok(());
    }
    let expected = item.values.join(", ");
    let fault = match item.role {
        ItemRole::Flow => Fault::WrongFlow { expected },
        _ => Fault::HeaderValue { expected },
    };
    Err(refusal(record, section, fault, item, entry))
}

fn territory(record: &Record, section: &Section, item: &Item, entry: &Entry) -> Result<Territory, Refusal> {
    let found = Territory::parse(&entry.value)
        .map_err(|_| refusal(record, section, Fault::NoSuchTerritory, item, entry))?;
    match record.options.expected_territory {
        Some(expected) if expected != found => {
            let fault = Fault::WrongTerritory { expected: expected.to_string() };
            Err(refusal(record, section, fault, item, entry))
        }
        _ => Ok(found),
    }
}

fn date(record: &mut Record, section: &Section, item: &Item, entry: &Entry) -> Result<Date, Refusal> {
    match parse_flow_date(entry.value.as_bytes()) {
        Ok((date, DateForm::Standard)) => Ok(date),
        Ok((date, DateForm::Compact)) => {
            let diagnostic = diagnostic(record, section, Severity::Warning, Fault::CompactDate, item, entry);
            record.tally.note(("HEADER-COMPACT", entry.item), || (item.tag.clone(), diagnostic));
            Ok(date)
        }
        Err(_) => Err(refusal(record, section, Fault::DateForm, item, entry)),
    }
}

fn count(record: &Record, section: &Section, item: &Item, entry: &Entry) -> Result<u64, Refusal> {
    let digits = !entry.value.is_empty() && entry.value.bytes().all(|byte| byte.is_ascii_digit());
    let value = if digits { entry.value.parse().ok() } else { None };
    value.ok_or_else(|| refusal(record, section, Fault::CountForm, item, entry))
}

fn refusal(record: &Record, section: &Section, fault: Fault, item: &Item, entry: &Entry) -> Refusal {
    Refusal::Rule(Box::new(diagnostic(record, section, Severity::Error, fault, item, entry)))
}

fn diagnostic(
    record: &Record,
    section: &Section,
    severity: Severity,
    fault: Fault,
    item: &Item,
    entry: &Entry,
) -> Diagnostic {
    let place = place(record, section, &item.tag, entry.at);
    let suffix = match &fault {
        Fault::DateForm => "HEADER-DATE",
        Fault::CompactDate => "HEADER-DATE-COMPACT",
        other => message::suffix(other),
    };
    let rule = format!("{}-{suffix}", record.profile.id());
    let value = Some(entry.value.chars().take(64).collect());
    Diagnostic { severity, rule, fault, article: section.article.clone(), place, value }
}

fn place(record: &Record, section: &Section, tag: &str, at: usize) -> Place {
    let text = record.text.as_str();
    let before = text.get(..at).unwrap_or_default();
    Place {
        record: None,
        line: record.base.line + before.matches('\n').count() as u64,
        offset: record.base.offset + record.encoding.bytes_before(text, at) as u64,
        element: if tag.is_empty() { section.element.clone() } else { format!("{}/{tag}", section.element) },
    }
}

/// The values of the section, each once, all the required ones.
fn entries(record: &mut Record, section: &Section) -> Result<Vec<Entry>, Refusal> {
    let found = children(record, section)?;
    let mut entries: Vec<Entry> = Vec::new();
    for (raw, value, at) in found {
        let folded = fold_tag(&raw);
        let item = section.items.iter().position(|item| fold_tag(&item.tag) == folded);
        let (fault, number) = match item.and_then(|item| Some((item, section.items.get(item)?))) {
            None if record.profile.partial => continue,
            None => (Fault::UnknownElement, usize::MAX),
            Some((number, item)) if item.tag != raw => {
                (Fault::TagSpelling { canonical: item.tag.clone() }, number)
            }
            Some((number, _)) => {
                push(record, section, &mut entries, Entry { item: number, value, at })?;
                continue;
            }
        };
        let place = place(record, section, &raw, at);
        let diagnostic = record.file_diagnostic(Severity::Warning, fault, place);
        record.tally.note(("HEADER-TAG", usize::MAX - entries.len()), || (raw, diagnostic));
        if number != usize::MAX {
            push(record, section, &mut entries, Entry { item: number, value, at })?;
        }
    }
    for (number, item) in section.items.iter().enumerate() {
        if !item.optional && !entries.iter().any(|entry| entry.item == number) {
            let entry = Entry { item: number, value: String::new(), at: 0 };
            return Err(refusal(record, section, Fault::HeaderValueMissing, item, &entry));
        }
    }
    Ok(entries)
}

fn push(record: &Record, section: &Section, entries: &mut Vec<Entry>, entry: Entry) -> Result<(), Refusal> {
    if let (true, Some(item)) =
        (entries.iter().any(|before| before.item == entry.item), section.items.get(entry.item))
    {
        return Err(refusal(record, section, Fault::HeaderRepeated, item, &entry));
    }
    if !entry.value.is_empty() {
        entries.push(entry);
    }
    Ok(())
}

/// Tag, trimmed text and place of each child that holds text.
fn children(record: &Record, section: &Section) -> Result<Vec<(String, String, usize)>, Refusal> {
    let text = record.text.as_str();
    let limits = record.options.limits;
    let refuse = |fault: Fault, at: usize| {
        let place = place(record, section, "", at.min(text.len()));
        Refusal::Rule(Box::new(record.file_diagnostic(Severity::Error, fault, place)))
    };
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let (mut found, mut depth) = (Vec::new(), 0_usize);
    let mut current: Option<(String, String, usize)> = None;
    loop {
        let at = reader.buffer_position() as usize;
        let event =
            reader.read_event().map_err(|_| refuse(Fault::Malformed { cause: "header".to_owned() }, at))?;
        let piece = match &event {
            Event::Start(tag) => {
                depth += 1;
                if depth > limits.depth {
                    return Err(refuse(Fault::TooDeep { max: limits.depth }, at));
                }
                if depth == 2 {
                    current = Some((tag.name().as_ref().chars().take(128).collect(), String::new(), at));
                }
                continue;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 1
                    && let Some((tag, value, at)) = current.take()
                {
                    found.push((tag, value.trim_ascii().to_owned(), at));
                }
                if depth == 0 {
                    return Ok(found);
                }
                continue;
            }
            Event::Text(piece) => piece.to_string(),
            Event::CData(piece) => piece.to_string(),
            Event::GeneralRef(reference) if reference.is_char_ref() => {
                let found = reference.resolve_char_ref().ok().flatten().filter(|c| *c >= ' ');
                found.ok_or_else(|| refuse(Fault::Entity, at))?.to_string()
            }
            Event::GeneralRef(reference) => {
                predefined(reference).ok_or_else(|| refuse(Fault::Entity, at))?.to_string()
            }
            Event::Decl(_) | Event::DocType(_) => return Err(refuse(Fault::Doctype, at)),
            Event::Eof => return Err(refuse(Fault::Unbalanced, at)),
            Event::Empty(_) | Event::Comment(_) | Event::PI(_) => continue,
        };
        if let Some((_, value, _)) = &mut current {
            value.push_str(&piece);
            if value.len() > limits.text_bytes {
                return Err(refuse(Fault::TextTooLong { max: limits.text_bytes }, at));
            }
        }
        if found.len() > 256 {
            return Err(refuse(Fault::RecordTooLarge { max: 256 }, at));
        }
    }
}

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::fault::{Fault, Place};
use crate::job::Job;

/// The face of the site, in the weights that templates use (SIL Open Font License, `fonts/OFL.txt`).
const FACES: [&[u8]; 4] = [
    include_bytes!("../fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../fonts/AtkinsonHyperlegibleNext-Italic.ttf"),
    include_bytes!("../fonts/AtkinsonHyperlegibleNext-SemiBold.ttf"),
    include_bytes!("../fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
];

/// Sets what every document has, then the template of the job.
const MAIN: &str = r#"#let job = json("/job.json")
#set document(title: job.title, author: "Liant", date: datetime(year: job.year, month: job.month, day: job.day))
#set text(lang: job.lang, region: job.region)
#include job.template
"#;

/// All that a template can reach: the job, and the fonts of this crate.
pub(crate) struct ClosedWorld {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    main: FileId,
    date: Datetime,
}

impl ClosedWorld {
    /// The world of a job. Sources are read before any datum is: what is wrong with their notation is told in full.
    pub(crate) fn of(job: &Job) -> Result<Self, Fault> {
        let date = day(&job.date).ok_or(Fault::Job("its date is no day"))?;
        let main = id("/press-main.typ")?;
        let mut sources = HashMap::from([(main, Source::new(main, MAIN.to_owned()))]);
        for (name, text) in &job.sources {
            let source = Source::new(id(name)?, text.clone());
            readable(name, &source)?;
            sources.insert(source.id(), source);
        }
        if !job.sources.contains_key(&job.template) {
            return Err(Fault::Job("its template is not among its sources"));
        }
        let (lang, region) = job.lang.codes();
        let head = serde_json::json!({
            "template": format!("/{}", job.template), "title": job.title, "lang": lang, "region": region,
            "year": date.year(), "month": date.month(), "day": date.day(),
        });
        let files =
            HashMap::from([(id("/job.json")?, bytes(&head)?), (id("/data.json")?, bytes(&job.data)?)]);
        let faces = FACES.into_iter().chain(typst_assets::fonts());
        let fonts: Vec<Font> = faces.flat_map(|face| Font::iter(Bytes::new(face))).collect();
        Ok(Self {
            library: LazyHash::new(library()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sources,
            files,
            main,
            date,
        })
    }

    /// The day of the document.
    pub(crate) const fn date(&self) -> Datetime {
        self.date
    }

    /// A byte of a source of the job, by line and column.
    pub(crate) fn place(&self, file: FileId, byte: usize) -> Option<Place> {
        self.sources.get(&file).filter(|_| file != self.main).and_then(|source| in_source(source, byte))
    }
}

/// The library, with what lets a template say that a cell heads its row.
fn library() -> Library {
    Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build()
}

/// Refuses a source whose notation is broken.
fn readable(name: &str, source: &Source) -> Result<(), Fault> {
    let (errors, _) = source.root().errors_and_warnings();
    let Some(first) = errors.into_iter().next() else { return Ok(()) };
    let range = match first.span.get() {
        DiagSpanKind::Detached => None,
        DiagSpanKind::Number { num, sub_range, .. } => source.range(num, sub_range),
        DiagSpanKind::Range { range, .. } => Some(range),
    };
    let place = range.and_then(|range| in_source(source, range.start));
    let place = place.unwrap_or_else(|| Place { file: name.to_owned(), line: 1, column: 1 });
    Err(Fault::Notation { place, message: first.message.to_string() })
}

fn in_source(source: &Source, byte: usize) -> Option<Place> {
    let lines = source.lines();
    Some(Place {
        file: source.id().vpath().get_without_slash().to_string(),
        line: lines.byte_to_line(byte)? + 1,
        column: lines.byte_to_column(byte)? + 1,
    })
}

fn id(name: &str) -> Result<FileId, Fault> {
    let path = VirtualPath::new(name).map_err(|_| Fault::Job("the name of a source is no file name"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn bytes(value: &serde_json::Value) -> Result<Bytes, Fault> {
    serde_json::to_vec(value).map(Bytes::new).map_err(|_| Fault::Internal)
}

/// A day written `2026-11-22`.
fn day(text: &str) -> Option<Datetime> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Datetime::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

impl World for ClosedWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        Some(self.date)
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

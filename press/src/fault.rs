use std::fmt;

use typst::WorldExt;
use typst::diag::SourceDiagnostic;

use crate::world::ClosedWorld;

/// Where a template failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// File name of the source.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Why there is no document. It tells nothing of the data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The notation of the template is broken: no datum has been looked at.
    #[error("{place}: the template does not read: {message}")]
    Notation {
        /// Where.
        place: Place,
        /// What the typesetter says.
        message: String,
    },
    /// The template failed on the data.
    #[error("{}the template fails on the data{}", at(.place.as_ref()), said(.message.as_deref()))]
    Setting {
        /// Where; nowhere in particular when it is in no source.
        place: Option<Place>,
        /// What the typesetter says, when the data are invented.
        message: Option<String>,
    },
    /// The document would not be accessible (PDF/UA-1): no title, a heading out of order, a sign that no font has…
    #[error("{}the document would not be accessible{}", at(.place.as_ref()), said(.message.as_deref()))]
    Writing {
        /// Where.
        place: Option<Place>,
        /// What the typesetter says, when the data are invented.
        message: Option<String>,
    },
    /// The job names a template or a date that is none.
    #[error("the job is not whole: {0}")]
    Job(&'static str),
    /// A fault of this program.
    #[error("a fault of the press itself")]
    Internal,
}

fn at(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| format!("{place}: "))
}

fn said(message: Option<&str>) -> String {
    match message {
        Some(message) => format!(": {message}"),
        None => ": try it on invented data to be told more".to_owned(),
    }
}

/// What the typesetter was doing.
#[derive(Clone, Copy)]
pub(crate) enum Stage {
    Setting,
    Writing,
}

impl Fault {
    /// The first of what the typesetter found. Its words may quote the data: they are kept when `invented`.
    pub(crate) fn of(stage: Stage, errors: &[SourceDiagnostic], world: &ClosedWorld, invented: bool) -> Self {
        let Some(first) = errors.first() else { return Self::Internal };
        let place = place(first, world);
        let message = invented.then(|| first.message.to_string());
        match stage {
            Stage::Setting => Self::Setting { place, message },
            Stage::Writing => Self::Writing { place, message },
        }
    }
}

/// The place of a diagnostic in a source of the job.
fn place(diagnostic: &SourceDiagnostic, world: &ClosedWorld) -> Option<Place> {
    let file = diagnostic.span.id()?;
    let range = world.range(diagnostic.span)?;
    world.place(file, range.start)
}

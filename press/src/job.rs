use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// The form of jobs that this program reads.
pub const FORM: u32 = 1;

/// One document to make. As JSON it is what the program reads on its standard input.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// The form of the job, [`FORM`].
    pub form: u32,
    /// File name of the template, among `sources`.
    pub template: String,
    /// Sources that the template may import, itself included: file name and text.
    pub sources: BTreeMap<String, String>,
    /// What the template reads with `json("/data.json")`.
    pub data: Value,
    /// Title of the document.
    pub title: String,
    /// Language of the document, `fr` or `en`.
    pub lang: Lang,
    /// Day of the document, `2026-11-22`. It is the only date that a template sees.
    pub date: String,
    /// Whether the data are invented: then a fault says all that the typesetter says.
    #[serde(default)]
    pub invented: bool,
}

/// Language of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French, of France.
    Fr,
    /// English, of Britain.
    En,
}

impl Lang {
    /// Codes of language and region.
    pub(crate) const fn codes(self) -> (&'static str, &'static str) {
        match self {
            Self::Fr => ("fr", "FR"),
            Self::En => ("en", "GB"),
        }
    }
}

/// What was read is no job. It says where, and none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoJob {
    /// It is not JSON, or not of the form of a job.
    #[error("line {line}, column {column}: not a job of form {FORM}")]
    Unread {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is a job of another form.
    #[error("a job of form {0}; this program reads form {FORM}: use programs of one release")]
    Form(u32),
}

impl Job {
    /// Reads a job.
    ///
    /// # Errors
    /// [`NoJob`].
    pub fn read(bytes: &[u8]) -> Result<Self, NoJob> {
        let job: Self = serde_json::from_slice(bytes)
            .map_err(|error| NoJob::Unread { line: error.line(), column: error.column() })?;
        if job.form == FORM { Ok(job) } else { Err(NoJob::Form(job.form)) }
    }
}

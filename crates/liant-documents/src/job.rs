use std::collections::BTreeMap;
use std::fmt;

use liant_model::{Date, Lang};
use serde::Serialize;
use serde_json::Value;

/// The form of jobs that is written here. The press refuses another.
const FORM: u32 = 1;

/// One document to make, as the press reads it.
#[derive(Clone, PartialEq, Serialize)]
pub struct Job {
    form: u32,
    template: String,
    sources: BTreeMap<String, String>,
    data: Value,
    title: String,
    lang: &'static str,
    date: Date,
    invented: bool,
}

impl Job {
    /// A document of the first of these sources; the others may be imported by it. `date` is the only one that the template sees.
    pub fn new<const N: usize>(
        sources: [(&str, &str); N],
        title: impl Into<String>,
        (lang, date): (Lang, Date),
        data: Value,
    ) -> Self {
        let template = sources.first().map_or_else(String::new, |(name, _)| (*name).to_owned());
        Self {
            form: FORM,
            template,
            sources: sources.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
            data,
            title: title.into(),
            lang: match lang {
                Lang::Fr => "fr",
                Lang::En => "en",
            },
            date,
            invented: false,
        }
    }

    /// The same, of data that are nobody's: when it fails, the press may say all that it knows.
    #[must_use]
    pub fn invented(mut self) -> Self {
        self.invented = true;
        self
    }

    /// File name of the template.
    pub fn template(&self) -> &str {
        &self.template
    }

    /// The job as the press reads it. It holds personal data.
    ///
    /// # Errors
    /// Never in practice: every part has a form in JSON.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job")
            .field("template", &self.template)
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}

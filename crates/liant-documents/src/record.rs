//! What a party's working record says, on paper: the contract with the person, or the diagnosis, by the template that is carried in force.

use liant_model::{Date, Lang};
use serde::Serialize;

use crate::{FormTemplate, Job};

/// A contract (*CER*) or a diagnosis, in the language of its reader. Every text is shown as it is: none is markup.
#[derive(Clone, Serialize)]
pub struct RecordPaper {
    /// The form that it is: what the template tells contract from diagnosis by.
    pub form: String,
    /// Title of the document.
    pub title: String,
    /// The programme.
    pub programme: String,
    /// Whom it is about.
    pub person: String,
    /// The day on which she was born, where it is shown.
    pub birth_date: Option<String>,
    /// The party whose record it is of.
    pub party: String,
    /// Who signs for it, or made it; none where that is not known.
    pub by: Option<String>,
    /// In what role.
    pub role: String,
    /// The day of the signature or of the diagnosis; none on a draft.
    pub on: Option<String>,
    /// The last day of the contract; none where it has none yet.
    pub until: Option<String>,
    /// By barrier.
    pub themes: Vec<PaperTheme>,
    /// Skills gained: what, when.
    pub skills: Vec<(String, String)>,
    /// Progress as a whole: how far, when.
    pub progress: Vec<(String, String)>,
    /// Whether it leaves something out that its reader may not have.
    pub is_partial: bool,
}

/// What it says of a barrier.
#[derive(Clone, Serialize)]
pub struct PaperTheme {
    /// The barrier.
    pub title: String,
    /// Where it stands, and since when.
    pub state: Option<String>,
    /// Progress on it.
    pub progress: Option<String>,
    /// Goals.
    pub goals: Vec<PaperGoal>,
}

/// A goal.
#[derive(Clone, Serialize)]
pub struct PaperGoal {
    /// What it is.
    pub words: String,
    /// Where it stands, and since when.
    pub state: String,
    /// What is done for it: what, and where it stands.
    pub actions: Vec<(String, String)>,
}

impl RecordPaper {
    /// The document. `origin` cites what carries its template, and stands at the foot of each page; `made_on` is the day that the document bears.
    ///
    /// # Errors
    /// Never in practice: every part has a form in JSON.
    pub fn job(
        &self,
        template: &FormTemplate,
        origin: &str,
        (lang, made_on): (Lang, Date),
    ) -> Result<Job, serde_json::Error> {
        let name = FormTemplate::file_name(&template.name, template.version);
        let mut data = serde_json::to_value(self)?;
        if let Some(data) = data.as_object_mut() {
            data.insert("origin".to_owned(), origin.into());
            data.insert(
                "lang".to_owned(),
                match lang {
                    Lang::Fr => "fr",
                    Lang::En => "en",
                }
                .into(),
            );
        }
        Ok(Job::new([(name.as_str(), template.text.as_str())], self.title.as_str(), (lang, made_on), data))
    }
}

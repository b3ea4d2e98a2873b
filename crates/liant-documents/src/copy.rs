//! The copy of what is held of someone, for herself (GDPR art. 15 (1) and (3)), in words.

use liant_model::{Date, Lang};
use serde::Serialize;
use serde_json::Value;

use crate::Job;

/// What the copy says, in the language of its reader. Every text is shown as it is: none is markup.
#[derive(Clone, Serialize)]
pub struct Copy {
    /// Title of the document.
    pub title: String,
    /// Whose it is.
    pub who: String,
    /// When it was made.
    pub made: String,
    /// Heads of columns.
    pub words: Words,
    /// What each source says, then the decisions.
    pub parts: Vec<Part>,
    /// Her accompaniments.
    pub path: Path,
    /// Who was shown what.
    pub readers: Readers,
    /// What she said and asked.
    pub said: Said,
    /// What the copy leaves out.
    pub aside: Aside,
}

/// Heads of columns.
#[derive(Clone, Serialize)]
pub struct Words {
    /// Of the name of a datum.
    pub datum: String,
    /// Of what is held.
    pub held: String,
    /// Of the day since when.
    pub since: String,
    /// Of a moment.
    pub when: String,
    /// Of who was shown something.
    pub who: String,
    /// Of what, in what way and why.
    pub what: String,
}

/// What one source says, or one decision.
#[derive(Clone, Serialize)]
pub struct Part {
    /// Code of the source, for its mark; a decision has none.
    pub source: Option<String>,
    /// Name of the source, or of the decision.
    pub title: String,
    /// By what file most of it came and under which clauses.
    pub rules: Vec<String>,
    /// The data.
    pub data: Vec<Datum>,
    /// What is held and not shown.
    pub remarks: Vec<String>,
}

/// One datum.
#[derive(Clone, Serialize)]
pub struct Datum {
    /// Its name.
    pub label: String,
    /// Its value.
    pub value: String,
    /// Since when.
    pub since: String,
    /// What it was before.
    pub before: Vec<String>,
    /// By what file and under which clauses, where that is not what holds of most; one at most.
    pub rule: Vec<String>,
}

/// Her accompaniments: nothing of them is shown where no step is.
#[derive(Clone, Serialize)]
pub struct Path {
    /// Title of the part.
    pub title: String,
    /// Each step, in order.
    pub list: Vec<Step>,
}

/// A step of an accompaniment.
#[derive(Clone, Serialize)]
pub struct Step {
    /// Its day.
    pub day: String,
    /// What happened.
    pub words: String,
    /// In which programme, recorded by whom, and under which clauses it is shown.
    pub rule: String,
}

/// Who was shown what.
#[derive(Clone, Serialize)]
pub struct Readers {
    /// Title of the part.
    pub title: String,
    /// What stands there when nobody was; else nothing.
    pub none: Vec<String>,
    /// Each act, the latest first.
    pub list: Vec<Reader>,
}

/// An act by which something was shown.
#[derive(Clone, Serialize)]
pub struct Reader {
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// Her function.
    pub function: String,
    /// In what way.
    pub way: String,
    /// Why.
    pub why: String,
    /// What was shown.
    pub labels: String,
    /// Under which clauses.
    pub rule: String,
}

/// What she said and asked.
#[derive(Clone, Serialize)]
pub struct Said {
    /// Title of the part.
    pub title: String,
    /// Each.
    pub list: Vec<String>,
}

/// What the copy leaves out.
#[derive(Clone, Serialize)]
pub struct Aside {
    /// Title of the part.
    pub title: String,
    /// What it says.
    pub text: String,
}

impl Copy {
    /// The document, made on a day.
    pub fn job(&self, lang: Lang, on: Date) -> Job {
        // Texts, lists and options have a form in JSON whatever they hold.
        let data = serde_json::to_value(self).unwrap_or(Value::Null);
        let sources = [
            ("copy.typ", include_str!("../templates/copy.typ")),
            ("house.typ", include_str!("../templates/house.typ")),
        ];
        Job::new(sources, self.title.clone(), (lang, on), data)
    }
}

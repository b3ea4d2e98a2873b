//! The liaison forms (*fiches de liaison*) that a person signed, as she reads them: whole, by her right of access.

use liant_audit::Act;
use liant_casework::{FormSeal, LiaisonForm, Programmes};
use liant_convention::{Channel, Reach};
use liant_guard::{Subject, View};
use liant_model::{Date, Field, FormId, Lang, Source};
use serde::{Serialize, Serializer};

use super::Herself;
use super::held::source_code;
use crate::casework::{FormView, FormWay, HerForm, Hers};
use crate::{AppError, Context, Workplace, access, positions, recipients};

/// A form that was signed and sent here.
#[derive(Clone, Serialize)]
pub struct HeldForm {
    /// Which.
    #[serde(skip)]
    pub id: FormId,
    /// The day on which it left.
    pub sent_on: Date,
    /// The register that it is in: that of the party that established it.
    #[serde(serialize_with = "source_code")]
    pub source: Source,
    /// In which programme.
    pub programme: String,
    /// The seal of what she signed.
    #[serde(serialize_with = "seal_text")]
    pub seal: FormSeal,
    /// What it says.
    pub says: LiaisonForm,
    /// The clauses that show it.
    pub shown_under: Vec<String>,
}

impl std::fmt::Debug for HeldForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HeldForm").field("id", &self.id).finish_non_exhaustive()
    }
}

fn seal_text<S: Serializer>(seal: &FormSeal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(seal)
}

impl HeldForm {
    /// A form of which a view was let out; none when nothing of it was.
    pub(super) fn of(
        form: &HerForm,
        (view, tells): (View, &dyn Fn(Field) -> bool),
        (programmes, lang): (&Programmes, Lang),
    ) -> Option<Self> {
        let shown = form.view((&[view], tells), programmes, lang);
        (!shown.shown.is_empty()).then(|| Self {
            id: shown.id,
            sent_on: shown.sent_on,
            source: form.register.clone(),
            programme: shown.title,
            seal: shown.seal,
            says: shown.form,
            shown_under: shown.clauses,
        })
    }
}

/// A form that she signed, once that she read it is on record.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] when there is no such form of hers.
pub fn form(
    context: &Context<'_>,
    workplace: &Workplace,
    (her, id): (&Herself, FormId),
    way: FormWay,
    lang: Lang,
) -> Result<FormView, AppError> {
    let (channel, act) = match way {
        FormWay::Screen => (Channel::Screen, Act::Read),
        FormWay::Hand => (Channel::Export, Act::Export),
    };
    let plan = access::plan_near(context, workplace, channel)?;
    let mut positions = positions::positions(context, workplace)?;
    let hers = workplace.store.read(context.territory, |snapshot| {
        // Whether her address is protected is known with her facts.
        recipients::gather(snapshot, &mut positions, her.person)?;
        Hers::read(snapshot, her.person)
    })?;
    let one = hers.forms(context, workplace)?.into_iter().find(|form| form.id() == id);
    let one = one.ok_or(AppError::Absent("form"))?;
    let subject = Subject::Person(her.person);
    positions.standings.place(subject, Reach::Oneself);
    let mut session = plan.begin();
    session.add(&one.sealed(her.person), &positions.standings.of(subject));
    let views = session.release(|record| access::write(context, workplace, record, act, "liaison form"))?;
    let programmes = workplace.programmes(context.territory)?;
    let view = one.view((&views, &|_| true), &programmes, lang);
    if view.shown.is_empty() { Err(AppError::Absent("form")) } else { Ok(view) }
}

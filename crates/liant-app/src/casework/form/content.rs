//! What a form says, under seal: it opens as that form, and as no other.

use liant_casework::{FormSeal, LiaisonForm};
use liant_model::FormId;
use liant_store::{NewForm, StoreError};
use liant_vault::Domain;
use serde::{Deserialize, Serialize};

use crate::{AppError, Context, Workplace, press};

/// What is kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    /// The form of the content. Another is refused, never misread.
    v: u8,
    liaison: LiaisonForm,
}

const VERSION: u8 = 1;

/// What a form is sealed to.
fn bound_to(context: &Context<'_>, id: FormId) -> Vec<u8> {
    [context.territory.as_str().as_bytes(), id.0.as_bytes()].concat()
}

/// Seals a form, for the store.
pub(super) fn seal(
    context: &Context<'_>,
    workplace: &Workplace,
    (id, form): (FormId, &LiaisonForm),
) -> Result<NewForm, AppError> {
    let content = Content { v: VERSION, liaison: form.clone() };
    let bytes = serde_json::to_vec(&content).map_err(|error| AppError::Internal(error.to_string()))?;
    let sealed = workplace.keys.seal(Domain::Form, &bound_to(context, id), &bytes)?;
    Ok(NewForm { form: id, sealed })
}

/// Opens a form, and makes sure that it is what was signed: the event that sent it says so.
pub(super) fn open(
    context: &Context<'_>,
    workplace: &Workplace,
    (row, seal): (&NewForm, FormSeal),
) -> Result<LiaisonForm, AppError> {
    let damaged = || StoreError::Damaged("a liaison form is not what was signed".to_owned());
    let bytes = workplace.keys.open(Domain::Form, &bound_to(context, row.form), &row.sealed);
    let bytes = bytes.map_err(|_| damaged())?;
    let content: Content = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
    let is_known = content.v == VERSION && press::seal(&content.liaison)? == seal;
    if is_known { Ok(content.liaison) } else { Err(damaged().into()) }
}

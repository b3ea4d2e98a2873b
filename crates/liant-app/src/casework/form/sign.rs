//! A form as it is signed: what clauses give of the person, what is said with her, her signature and its seal.

use liant_casework::{ElectronicContact, FormFault, FormPerson, FormSignature, LiaisonForm, SentForm};
use liant_model::{Date, FormId, PersonId};
use liant_store::NewForm;

use super::super::register_of;
use super::super::sight::Seen;
use super::fill::{Ends, Given, given, set_ends};
use super::{Filled, content};
use crate::context::random;
use crate::{AppError, Context, Workplace, press};

/// A form about to be signed.
pub(in super::super) struct Signing<'a> {
    pub(in super::super) context: &'a Context<'a>,
    pub(in super::super) workplace: &'a Workplace,
    pub(in super::super) person: PersonId,
    pub(in super::super) seen: &'a Seen<'a>,
    /// When she agreed that it be transmitted.
    pub(in super::super) transmission: Option<Date>,
    pub(in super::super) ends: Ends<'a>,
}

/// The form that leaves, as the event bears it and as the store keeps it. The moment of the signature is that of the act, whatever its day.
///
/// # Errors
/// [`AppError::Form`] when something stands against sending it.
pub(in super::super) fn signed(
    signing: &Signing<'_>,
    filled: &Filled,
) -> Result<(SentForm, NewForm), AppError> {
    let Signing { context, workplace, person, seen, transmission, .. } = *signing;
    let today = context.now().date();
    let given = given(workplace, (person, seen), (today, &register_of(&context.actor.party)))?;
    let mut form = LiaisonForm {
        person: given.over(&filled.person),
        barriers: filled.barriers.clone(),
        transmission,
        electronic_contact: contact(filled, today),
        signature: Some(FormSignature {
            name: filled.signed_as.clone(),
            place: filled.place.clone(),
            at: context.now(),
            seal: String::new(),
        }),
        ..LiaisonForm::blank(filled.model, today)
    };
    set_ends(context, workplace, (&mut form, &signing.ends))?;
    let against: Vec<FormFault> = form.against_sending();
    if !against.is_empty() {
        return Err(AppError::Form(against));
    }
    let seal = press::seal(&form)?;
    if let Some(signature) = &mut form.signature {
        signature.seal = seal.to_string();
    }
    let id = FormId::new(context.now(), random()?);
    let kept = content::seal(context, workplace, (id, &form))?;
    Ok((SentForm { id, model: form.model, seal }, kept))
}

fn contact(filled: &Filled, on: Date) -> ElectronicContact {
    match filled.by_email {
        None => ElectronicContact::Unasked,
        Some(false) => ElectronicContact::Refused { on },
        Some(true) => {
            let email = filled.email.trim();
            ElectronicContact::Agreed { on, email: (!email.is_empty()).then(|| email.to_owned()) }
        }
    }
}

impl Given {
    /// Who she is stays as clauses give it; the rest is as she says.
    fn over(&self, said: &FormPerson) -> FormPerson {
        let text = |given: &str, said: &str| if given.is_empty() { said } else { given }.trim().to_owned();
        let (given, address) = (&self.person, if self.is_protected { &[][..] } else { &said.address });
        FormPerson {
            name: text(&given.name, &said.name),
            first_name: text(&given.first_name, &said.first_name),
            birth_date: given.birth_date.or(said.birth_date),
            ft: text(&given.ft, &said.ft),
            caf: text(&given.caf, &said.caf),
            address: address.to_vec(),
            ..said.clone()
        }
    }
}

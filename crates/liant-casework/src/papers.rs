//! What of a programme is made on paper: the contract (*contrat d'engagements réciproques*) and the diagnosis (*diagnostic*), each as the
//! working record of its party stood when it was signed or made.

use liant_convention::Text;

use crate::path::{Event, What};
use crate::programme::{Code, Outcome, Programme, Programmes};
use jiff::civil::Date;

/// Something that is made on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper<'p> {
    /// The form of that id that a convention or a register carries.
    pub form: &'p Code,
    /// What it is, in the words of the programme.
    pub text: &'p Text,
    /// The last day of the contract that it is.
    pub until: Option<Date>,
}

/// What an event is on paper, by the latest version of its programme that knows of it; nothing for most.
pub fn paper_of<'p>(programmes: &'p Programmes, event: &Event) -> Option<Paper<'p>> {
    let versions = programmes.iter().filter(|one| one.id == event.programme);
    let found: Vec<Paper<'p>> = versions.filter_map(|one| paper_in(one, &event.what)).collect();
    found.last().copied()
}

fn paper_in<'p>(programme: &'p Programme, what: &What) -> Option<Paper<'p>> {
    let (form, text, until) = match what {
        What::Signed { form, until } => {
            let of = programme.contract.as_ref()?.forms.iter().find(|one| one.id == *form)?;
            (&of.paper, &of.text, Some(*until))
        }
        What::Acted { act, outcome: Outcome::Kept, .. } => {
            let of = programme.act(act)?;
            (&of.paper, &of.text, None)
        }
        _ => return None,
    };
    form.as_ref().map(|form| Paper { form, text, until })
}

/// The contracts of a programme that may be drawn up on paper, to be signed.
pub fn drafts(programme: &Programme) -> Vec<Paper<'_>> {
    let forms = programme.contract.iter().flat_map(|contract| &contract.forms);
    forms.filter_map(|one| Some(Paper { form: one.paper.as_ref()?, text: &one.text, until: None })).collect()
}

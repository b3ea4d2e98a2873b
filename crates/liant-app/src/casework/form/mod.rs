//! The liaison form (*fiche de liaison*), filled in, signed and sent here. What registers tell of the person comes to it through the gate, to
//! whom its clauses let them; she signs what is shown, its seal goes with the event that sends it, and what it says is kept under seal with
//! the path. Whoever reads it then is shown each of its data by a clause of her own.

mod answer;
mod archive;
mod content;
mod fill;
mod read;
mod sign;

use std::collections::BTreeSet;
use std::fmt;

use liant_casework::{Barrier, Code, FormModel, FormPerson, FormSeal, LiaisonForm};
use liant_convention::Page;
use liant_model::{Date, FieldSet, FormId};

pub use archive::{ArchiveOffer, archive, archive_offer};
pub(super) use fill::Ends;
pub use fill::{draft, travels_here};
pub use read::{FormWay, form};
pub(crate) use read::{HerForm, her_forms};
pub(super) use read::{lines, seal_of};
pub(super) use sign::{Signing, signed};

/// What whoever proposes the person says on her form, with her. What a clause gives of her is not taken from here, nor who sends it, to
/// whom, when, and when she agreed.
#[derive(Clone)]
pub struct Filled {
    /// The model that she was shown, and signed.
    pub model: FormModel,
    /// The person.
    pub person: FormPerson,
    /// What is ticked.
    pub barriers: BTreeSet<Barrier>,
    /// Telephone of the sender.
    pub phone: String,
    /// What she says of electronic contact; none: she was not asked.
    pub by_email: Option<bool>,
    /// Her e-mail address, where she agrees.
    pub email: String,
    /// The name that she signed with.
    pub signed_as: String,
    /// Where.
    pub place: String,
}

impl fmt::Debug for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filled").field("model", &self.model).finish_non_exhaustive()
    }
}

/// A form about to be filled in: nothing of it is kept.
#[derive(Clone)]
pub struct Draft {
    /// What is known of it.
    pub form: LiaisonForm,
    /// Who she is, as far as clauses tell: it stands as it is.
    pub given: FieldSet,
    /// Whether her address is protected: then it does not stand on the form.
    pub is_protected: bool,
    /// The notice that the clauses of the convention make: what she is told before she signs.
    pub notice: Page,
    /// The convention that carries the form, with its version and its annexe.
    pub origin: String,
}

/// A form that was sent, as somebody may read it.
#[derive(Clone)]
pub struct FormView {
    /// Which.
    pub id: FormId,
    /// Of which programme.
    pub programme: Code,
    /// That programme in words.
    pub title: String,
    /// The day on which it left.
    pub sent_on: Date,
    /// The seal of what was signed, which the event bears too.
    pub seal: FormSeal,
    /// What a clause shows of it; the rest is empty.
    pub form: LiaisonForm,
    /// The data that are shown.
    pub shown: FieldSet,
    /// How many of its data no clause shows.
    pub held_back: usize,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Whether whoever reads it may send it as an encrypted archive.
    pub may_archive: bool,
}

/// A form among what happened on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormLine {
    /// Which.
    pub id: FormId,
    /// Its model.
    pub model: FormModel,
    /// The day on which it left.
    pub sent_on: Date,
}

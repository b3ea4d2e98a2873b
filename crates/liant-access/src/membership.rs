//! Who may hold which role where, and who may give it.
//!
//! An organisation's admin manages the people of her organisation, of its services, and of the structures it has mandated;
//! nobody manages herself. Access is for *designated* people only, even inside a partner.

use liant_model::{AccountId, Date, Lang, OrganisationId};

use crate::explain::{Explain, either};
use crate::{OrganisationKind, ProfessionalRole};

/// From one day to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub from: Date,
    /// Last day, if one is set.
    pub to: Option<Date>,
}

impl Term {
    /// Whether `day` lies in it.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Refuses a term that ends before it begins.
    ///
    /// # Errors
    /// [`RuleFault::TermEndsFirst`].
    pub fn check(&self) -> Result<(), RuleFault> {
        if self.to.is_some_and(|to| to < self.from) { Err(RuleFault::TermEndsFirst) } else { Ok(()) }
    }
}

/// What the rules ask of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Which.
    pub id: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// The body that it is a service of.
    pub parent: Option<OrganisationId>,
    /// Whether it is closed: nobody works in it any more.
    pub is_closed: bool,
}

/// A mandate (*délégation*): one body has another structure do part of its task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mandate {
    /// Who mandates.
    pub mandator: OrganisationId,
    /// The structure mandated.
    pub mandated: OrganisationId,
    /// From when to when.
    pub term: Term,
}

/// Whether `organisation` works under a mandate on `day`.
pub fn is_mandated(organisation: OrganisationId, mandates: &[Mandate], day: Date) -> bool {
    mandates.iter().any(|mandate| mandate.mandated == organisation && mandate.term.holds_on(day))
}

/// Refuses a mandate between organisations that cannot have one.
///
/// # Errors
/// [`RuleFault::NoMandate`], [`RuleFault::TermEndsFirst`].
pub fn check_mandate(
    mandator: OrganisationKind,
    mandated: OrganisationKind,
    term: &Term,
) -> Result<(), RuleFault> {
    term.check()?;
    if mandator.may_mandate() && mandated.may_be_mandated() { Ok(()) } else { Err(RuleFault::NoMandate) }
}

/// One account in one organisation in one role, as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post {
    /// Role.
    pub role: ProfessionalRole,
    /// Whether she also manages the organisation's people.
    pub is_admin: bool,
    /// From when to when.
    pub term: Term,
}

/// Whether a post can be worked in on `day`: its term holds, its organisation is open, and the mandate that its role may
/// rest on runs.
pub fn is_effective(post: &Post, organisation: &Organisation, mandates: &[Mandate], day: Date) -> bool {
    post.term.holds_on(day)
        && !organisation.is_closed
        && may_hold(post.role, organisation, mandates, day).is_ok()
}

/// Whether `role` may be held in `organisation` on `day`.
///
/// # Errors
/// [`RuleFault::RoleNotHere`], [`RuleFault::NotMandated`].
pub fn may_hold(
    role: ProfessionalRole,
    organisation: &Organisation,
    mandates: &[Mandate],
    day: Date,
) -> Result<(), RuleFault> {
    if role.is_own_task_of(organisation.kind) {
        Ok(())
    } else if !role.needs_mandate_at(organisation.kind) {
        Err(RuleFault::RoleNotHere)
    } else if is_mandated(organisation.id, mandates, day) {
        Ok(())
    } else {
        Err(RuleFault::NotMandated)
    }
}

/// How the organisation that an admin manages stands to her own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// It is hers.
    Own,
    /// It is a service of hers.
    Service,
    /// Hers has mandated it.
    Mandated,
}

/// The tie of `target` to the admin's organisation on `day`; none when it is not hers to manage.
pub fn tie(own: OrganisationId, target: &Organisation, mandates: &[Mandate], day: Date) -> Option<Tie> {
    if target.id == own {
        Some(Tie::Own)
    } else if target.parent == Some(own) {
        Some(Tie::Service)
    } else {
        let mandates_it = |mandate: &Mandate| mandate.mandator == own && mandate.mandated == target.id;
        mandates
            .iter()
            .any(|mandate| mandates_it(mandate) && mandate.term.holds_on(day))
            .then_some(Tie::Mandated)
    }
}

/// Who gives or takes access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Giver {
    /// The operator of the installation, from its command line: makes the first admins.
    Operator,
    /// Someone signed in.
    Professional {
        /// Her account.
        account: AccountId,
        /// The organisation that she is signed in for.
        organisation: OrganisationId,
        /// Whether she manages its people.
        is_admin: bool,
    },
}

impl Giver {
    /// Whether this giver manages the people of `target`, and by which tie (an operator manages every organisation as if it
    /// were her own).
    ///
    /// # Errors
    /// [`RuleFault::NotAdmin`], [`RuleFault::NotYours`].
    pub fn manages(&self, target: &Organisation, mandates: &[Mandate], day: Date) -> Result<Tie, RuleFault> {
        match self {
            Self::Operator => Ok(Tie::Own),
            Self::Professional { is_admin: false, .. } => Err(RuleFault::NotAdmin),
            Self::Professional { organisation, .. } => {
                tie(*organisation, target, mandates, day).ok_or(RuleFault::NotYours)
            }
        }
    }

    /// Refuses an act on the giver's own account.
    ///
    /// # Errors
    /// [`RuleFault::Oneself`].
    pub fn is_not(&self, subject: AccountId) -> Result<(), RuleFault> {
        match self {
            Self::Professional { account, .. } if *account == subject => Err(RuleFault::Oneself),
            _ => Ok(()),
        }
    }
}

/// Whether `giver` may give `post` in `target` to someone who already holds the roles `held` there.
///
/// # Errors
/// The first [`RuleFault`] that forbids it.
pub fn may_give(
    giver: &Giver,
    post: &Post,
    target: &Organisation,
    held: &[ProfessionalRole],
    mandates: &[Mandate],
    day: Date,
) -> Result<(), RuleFault> {
    let tie = giver.manages(target, mandates, day)?;
    post.term.check()?;
    if target.is_closed {
        return Err(RuleFault::Closed);
    }
    may_hold(post.role, target, mandates, day)?;
    if tie == Tie::Mandated && !post.role.by_mandate() {
        return Err(RuleFault::NotByMandate);
    }
    let is_dpo = |role: &ProfessionalRole| *role == ProfessionalRole::Dpo;
    if is_dpo(&post.role) && post.is_admin {
        return Err(RuleFault::DpoIsNoAdmin);
    }
    // GDPR art. 38 (6): no conflict of interests.
    if held.iter().any(|role| is_dpo(role) != is_dpo(&post.role)) {
        return Err(RuleFault::DpoDoesNoCaseWork);
    }
    Ok(())
}

/// Why access is not given or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    /// The giver manages nobody.
    #[error("only an organisation's admin manages its people")]
    NotAdmin,
    /// The organisation is not the giver's to manage. To her it looks absent.
    #[error("no such organisation, or it is not yours to manage")]
    NotYours,
    /// It is about herself.
    #[error("nobody changes her own access: ask another admin")]
    Oneself,
    /// The role is no task of that kind of organisation.
    #[error("this role is not held in an organisation of this kind")]
    RoleNotHere,
    /// The role is held there under a mandate, and none runs.
    #[error(
        "this structure holds this role only under a mandate, and none is in force: record the mandate first"
    )]
    NotMandated,
    /// Whoever mandates a structure gives in it only the roles of the mandate.
    #[error("in a structure that your organisation has mandated you give only the roles of the mandate")]
    NotByMandate,
    /// A DPO manages nobody's access, since she audits it.
    #[error("a data protection officer does not manage access: she audits it")]
    DpoIsNoAdmin,
    /// A DPO does no case work in the same organisation.
    #[error("a data protection officer does no case work in the same organisation (GDPR art. 38)")]
    DpoDoesNoCaseWork,
    /// The organisation is closed.
    #[error("this organisation is closed")]
    Closed,
    /// The kinds of the two organisations do not allow a mandate.
    #[error(
        "a mandate goes from a Département or a France Travail direction to a structure that may be mandated"
    )]
    NoMandate,
    /// The parent is not of the kind that this organisation may be a service of.
    #[error(
        "this organisation cannot be a service of that one: another kind, another party or another territory"
    )]
    NotAService,
    /// A term that ends before it begins.
    #[error("the last day is before the first")]
    TermEndsFirst,
}

impl Explain for RuleFault {
    fn explain(&self, lang: Lang) -> String {
        let fr = match self {
            Self::NotAdmin => "Seul un administrateur de l'organisation gère ses agents.",
            Self::NotYours => "Cette organisation n'existe pas, ou il ne vous revient pas de la gérer.",
            Self::Oneself => "Personne ne modifie ses propres accès : demandez à un autre administrateur.",
            Self::RoleNotHere => "Ce rôle ne s'exerce pas dans une organisation de ce type.",
            Self::NotMandated => {
                "Cette structure n'exerce ce rôle que sous délégation, et aucune n'est en vigueur : enregistrez d'abord la délégation."
            }
            Self::NotByMandate => {
                "Dans une structure mandatée par votre organisation, vous ne donnez que les rôles de la délégation."
            }
            Self::DpoIsNoAdmin => {
                "Le délégué à la protection des données ne gère pas les accès : il les contrôle."
            }
            Self::DpoDoesNoCaseWork => {
                "Le délégué à la protection des données ne suit pas de dossiers dans la même organisation (RGPD, art. 38)."
            }
            Self::Closed => "Cette organisation est fermée.",
            Self::NoMandate => {
                "Une délégation va d'un Département ou d'une direction de France Travail à une structure qui peut en recevoir une."
            }
            Self::NotAService => {
                "Cette organisation ne peut pas être un service de celle-là : autre type, autre partie ou autre territoire."
            }
            Self::TermEndsFirst => "Le dernier jour précède le premier.",
        };
        let mut en = self.to_string();
        if let Some(first) = en.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        either(lang, fr, en + ".")
    }
}

//! The roles that people hold, with where each may be held: the table of roles of the programmes.

use liant_model::{Lang, Role};

use crate::OrganisationKind as Kind;
use crate::explain::either;

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $fr:literal, $en:literal, at $at:expr, mandated $mandated:expr;)*) => {
        /// A role that a professional may hold. Conventions name it by its code, which is never reused or changed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ProfessionalRole {
            $($(#[$doc])* $name,)*
        }

        impl ProfessionalRole {
            /// Every role.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its code.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// Its name.
            pub fn label(self, lang: Lang) -> String {
                match self {
                    $(Self::$name => either(lang, $fr, $en),)*
                }
            }

            /// The kinds of organisation whose own task it is.
            pub const fn own_task_of(self) -> &'static [Kind] {
                match self {
                    $(Self::$name => $at,)*
                }
            }

            /// Whether a mandated structure may hold it, for as long as its mandate runs.
            pub const fn by_mandate(self) -> bool {
                match self {
                    $(Self::$name => $mandated,)*
                }
            }
        }
    };
}

roles! {
    /// *Conseiller France Travail dédié*: the adviser of a pair.
    Adviser = "adviser", "Conseiller dédié", "Dedicated adviser",
        at &[Kind::FranceTravailAgency], mandated false;
    /// *Référent social*: the social side of a pair.
    SocialReferent = "social_referent", "Référent social", "Social referent",
        at &[Kind::Departement, Kind::LocalService, Kind::SolidarityHouse, Kind::Caf], mandated true;
    /// *Chef de service local* (SLAI): counterpart for the shared diagnosis, validates orientations.
    LocalServiceHead = "local_service_head", "Chef de service local", "Head of local service",
        at &[Kind::LocalService], mandated false;
    /// *Travailleur social de la CAF*.
    CafWorker = "caf_worker", "Travailleur social CAF", "CAF social worker",
        at &[Kind::Caf], mandated false;
    /// *Agent de la plateforme d'orientation*.
    PlatformAgent = "platform_agent", "Agent de la plateforme d'orientation", "Orientation platform agent",
        at &[Kind::Departement, Kind::OrientationPlatform], mandated true;
    /// *Chargé d'orientation*.
    OrientationOfficer = "orientation_officer", "Chargé d'orientation", "Orientation officer",
        at &[Kind::Departement, Kind::LocalService], mandated false;
    /// *Technicien DSI*: files, rejects, calendar.
    Technician = "technician", "Technicien", "Technician",
        at Kind::ALL, mandated false;
    /// Identity clerk (*gestionnaire des identités*): settles doubts about who is who.
    Clerk = "clerk", "Gestionnaire des identités", "Identity clerk",
        at &[Kind::Departement, Kind::LocalService], mandated false;
    /// *Directeur d'agence* of France Travail.
    AgencyDirector = "agency_director", "Directeur d'agence", "Agency director",
        at &[Kind::FranceTravailAgency], mandated false;
    /// *Direction territoriale* of France Travail.
    TerritorialDirection = "territorial_direction", "Direction territoriale", "Territorial direction",
        at &[Kind::FranceTravailDirection], mandated false;
    /// *Maison du Département Solidarité*: resource base, committees.
    Mds = "mds", "Maison du Département Solidarité", "Solidarity house",
        at &[Kind::SolidarityHouse], mandated false;
    /// Member of a steering or operational committee: aggregated figures only, never a named person.
    Steering = "steering", "Comité de pilotage", "Steering committee",
        at &[Kind::Departement, Kind::FranceTravailDirection], mandated false;
    /// *Gestionnaire du Fonds social européen*: freezes and signs the half-yearly list that proves the use of the fund.
    EvidenceOfficer = "evidence_officer", "Gestionnaire du FSE", "ESF officer",
        at &[Kind::Departement, Kind::FranceTravailAgency, Kind::FranceTravailDirection], mandated false;
    /// *Délégué à la protection des données*: register, rights, breaches, audit; no case work.
    Dpo = "dpo", "Délégué à la protection des données", "Data protection officer",
        at Kind::ALL, mandated false;
}

impl ProfessionalRole {
    /// The role of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.code() == code)
    }

    /// The role as conventions and the audit name it.
    pub fn role(self) -> Role {
        // INVARIANT: every code of the table is a short name (a test reads them all).
        Role::parse(self.code()).unwrap_or(Role::SOFTWARE)
    }

    /// Whether it reads data about named people.
    pub const fn reads_personal_data(self) -> bool {
        !matches!(self, Self::Steering)
    }

    /// Whether an organisation of `kind` may have people in it by its own task.
    pub fn is_own_task_of(self, kind: Kind) -> bool {
        self.own_task_of().contains(&kind)
    }

    /// Whether an organisation of `kind` may have people in it only while a mandate runs.
    pub fn needs_mandate_at(self, kind: Kind) -> bool {
        !self.is_own_task_of(kind) && self.by_mandate() && kind.may_be_mandated()
    }

    /// Whether a second factor is required: for whoever reads personal data (CNIL recommendation 2025-019), and for whoever
    /// gives access to others.
    pub const fn needs_second_factor(self, is_admin: bool) -> bool {
        is_admin || self.reads_personal_data()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_short_names_and_read_back() {
        for role in ProfessionalRole::ALL {
            assert_eq!(role.role().as_str(), role.code());
            assert_eq!(ProfessionalRole::from_code(role.code()), Some(*role));
        }
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(*kind));
        }
        for no_human in ["software", "api", "person", "admin", ""] {
            assert_eq!(ProfessionalRole::from_code(no_human), None);
        }
    }

    #[test]
    fn only_steering_without_admin_goes_without_a_second_factor() {
        for role in ProfessionalRole::ALL {
            assert!(role.needs_second_factor(true));
            assert_eq!(role.needs_second_factor(false), *role != ProfessionalRole::Steering);
        }
    }
}

//! The bodies whose people use the software, and how they hang together.

use liant_model::Lang;

use crate::explain::either;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $fr:literal, $en:literal;)*) => {
        /// What an organisation is. Its code is stored: never reuse or change one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum OrganisationKind {
            $($(#[$doc])* $name,)*
        }

        impl OrganisationKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its stable code.
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
        }
    };
}

kinds! {
    /// The Département itself (*Conseil départemental*).
    Departement = "departement", "Département", "Département";
    /// *Service local allocation insertion* (SLAI) or its like.
    LocalService = "local_service", "Service local allocation insertion", "Local service";
    /// *Maison du Département Solidarité*.
    SolidarityHouse = "solidarity_house", "Maison du Département Solidarité", "Solidarity house";
    /// *Plateforme d'orientation*, the Département's or a delegate's.
    OrientationPlatform = "orientation_platform", "Plateforme d'orientation", "Orientation platform";
    /// *Direction territoriale* of France Travail.
    FranceTravailDirection = "france_travail_direction", "Direction territoriale de France Travail", "France Travail territorial direction";
    /// *Agence* of France Travail.
    FranceTravailAgency = "france_travail_agency", "Agence France Travail", "France Travail agency";
    /// *Caisse d'allocations familiales*.
    Caf = "caf", "Caisse d'allocations familiales", "Family allowance fund (CAF)";
    /// *Mutualité sociale agricole*.
    Msa = "msa", "Mutualité sociale agricole", "Farmers' social insurance (MSA)";
    /// *Centre communal (or intercommunal) d'action sociale*.
    Ccas = "ccas", "Centre communal d'action sociale", "Municipal centre for social action";
    /// Association, or any other mandated structure.
    Association = "association", "Association ou structure mandatée", "Association or mandated structure";
    /// *Mission locale*.
    MissionLocale = "mission_locale", "Mission locale", "Local mission for young people";
    /// *Cap emploi*.
    CapEmploi = "cap_emploi", "Cap emploi", "Cap emploi";
    /// *Structure d'insertion par l'activité économique*.
    Siae = "siae", "Structure d'insertion par l'activité économique", "Work integration social enterprise";
}

impl OrganisationKind {
    /// The kind of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// The kind that an organisation of this kind may be a service of, and have for parent; none for a body of its own. A
    /// service shares its parent's party: conventions bind bodies.
    pub const fn service_of(self) -> Option<Self> {
        match self {
            Self::LocalService | Self::SolidarityHouse => Some(Self::Departement),
            Self::FranceTravailAgency => Some(Self::FranceTravailDirection),
            _ => None,
        }
    }

    /// Whether it may work under a mandate (*délégation*): a structure that is no public operator of the RSA by law.
    pub const fn may_be_mandated(self) -> bool {
        matches!(
            self,
            Self::Ccas
                | Self::Association
                | Self::MissionLocale
                | Self::CapEmploi
                | Self::Siae
                | Self::OrientationPlatform
        )
    }

    /// Whether it may give a mandate.
    pub const fn may_mandate(self) -> bool {
        matches!(self, Self::Departement | Self::FranceTravailDirection)
    }
}

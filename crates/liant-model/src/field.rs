use std::fmt;

/// A language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

/// The families of data that conventions speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Civil identity (*état civil*).
    Identity,
    /// Numbers that name the person in a register.
    Identifiers,
    /// Registration as a job seeker (*inscription*).
    Registration,
    /// Follow-up by France Travail (*suivi*, PPAE).
    FollowUp,
    /// Training and occupation (*formation, métier*).
    Training,
    /// The orientation decision (*décision d'orientation*).
    Orientation,
    /// Rights to the RSA.
    Rights,
    /// The household (*foyer*).
    Household,
    /// Address and ways of reaching the person.
    Contact,
    /// What the liaison form says of her accompaniment: the seven barriers (*freins*), entry into global accompaniment.
    Accompaniment,
    /// Health and disability.
    Health,
    /// What she agreed to.
    Consent,
    /// A party's own working record of her (*dossier de travail*): goals, actions, skills, progress.
    WorkingRecord,
}

/// How much care a datum asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sensitivity {
    /// Says nothing of the person herself (the address of an agency).
    Ordinary,
    /// Personal data.
    Personal,
    /// A tick that tells something of her health: a special category (*donnée sensible*, GDPR art. 9).
    Health,
    /// Health in detail: for those alone whom the law names.
    HealthDetail,
    /// A NIR, or a number that is one: sealed in the store, never shown.
    Sealed,
}

/// What kind of value a field holds. Lengths belong to the flows, not to the datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Free of form.
    Text,
    /// A civil date, `aaaa-mm-jj`.
    Date,
    /// A code of the list of this short name.
    Code(&'static str),
    /// The label that the source gives beside the code in another field.
    Label(Field),
    /// A NIR of 13 characters.
    Nir,
    /// Digits that are no quantity.
    Digits,
    /// A non-negative whole number.
    Count,
    /// `1` yes, `0` no.
    Flag,
}

/// A unit of storage: the fields of a source identity that are versioned together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Block {
    /// Identity, identifiers and commune of residence: what recognises the person.
    Identity = 1,
    /// Registration as a job seeker.
    Registration = 2,
    /// Follow-up by France Travail.
    FollowUp = 3,
    /// Training and occupation.
    Training = 4,
    /// Orientation.
    Orientation = 5,
    /// Rights to the RSA.
    Rights = 6,
    /// Household.
    Household = 7,
    /// Contact details.
    Contact = 8,
    /// What the liaison form ticks: accompaniment, health, consent.
    Form = 9,
}

impl Block {
    /// Every block, by number.
    pub const ALL: [Self; 9] = [
        Self::Identity,
        Self::Registration,
        Self::FollowUp,
        Self::Training,
        Self::Orientation,
        Self::Rights,
        Self::Household,
        Self::Contact,
        Self::Form,
    ];

    /// The block of this stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|block| *block as u8 == number)
    }
}

/// A code that names no field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no field of the dictionary")]
pub struct UnknownField(pub String);

struct Definition {
    field: Field,
    code: &'static str,
    category: Category,
    sensitivity: Sensitivity,
    field_type: FieldType,
    fr: &'static str,
    en: &'static str,
}

macro_rules! dictionary {
    ($($variant:ident = $number:literal, $code:literal, $category:ident, $sensitivity:ident, $type:expr, $fr:literal, $en:literal;)*) => {
        /// A personal datum. The number is what the store writes: never reuse one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Field {
            $(#[doc = $fr] $variant = $number,)*
        }

        const DICTIONARY: &[Definition] = &[$(Definition {
            field: Field::$variant,
            code: $code,
            category: Category::$category,
            sensitivity: Sensitivity::$sensitivity,
            field_type: $type,
            fr: $fr,
            en: $en,
        },)*];

        /// Place of each field in [`DICTIONARY`], by number; `u8::MAX` where no field has the number.
        const PLACES: [u8; 128] = {
            let mut places = [u8::MAX; 128];
            let mut place = 0;
            while place < DICTIONARY.len() {
                places[DICTIONARY[place].field as usize] = place as u8;
                place += 1;
            }
            places
        };
    };
}

dictionary! {
    BirthName = 1, "identity.birth_name", Identity, Personal, FieldType::Text, "Nom de naissance", "Birth name";
    MarriedName = 2, "identity.married_name", Identity, Personal, FieldType::Text, "Nom d’usage", "Name in use";
    FirstName = 3, "identity.first_name", Identity, Personal, FieldType::Text, "Prénom", "First name";
    BirthDate = 4, "identity.birth_date", Identity, Personal, FieldType::Date, "Date de naissance", "Birth date";
    IdentityCertified = 5, "identity.certified", Identity, Ordinary, FieldType::Code("certification"), "Identité certifiée", "Identity certified";
    Sex = 6, "identity.sex", Identity, Personal, FieldType::Text, "Sexe", "Sex";
    SecondFirstName = 7, "identity.second_first_name", Identity, Personal, FieldType::Text, "Deuxième prénom", "Second first name";
    ThirdFirstName = 8, "identity.third_first_name", Identity, Personal, FieldType::Text, "Troisième prénom", "Third first name";
    BirthPlace = 9, "identity.birth_place", Identity, Personal, FieldType::Text, "Commune de naissance", "Place of birth";
    BirthRank = 10, "identity.birth_rank", Identity, Personal, FieldType::Digits, "Rang de naissance", "Rank among births of the day";
    CivilTitle = 11, "identity.title", Identity, Personal, FieldType::Text, "Civilité", "Title";
    CivilStatusChecked = 12, "identity.civil_status_checked", Identity, Ordinary, FieldType::Flag, "État civil validé", "Civil status checked";
    FtNationalIdentifier = 13, "identifiers.ft_national", Identifiers, Personal, FieldType::Text, "Identifiant national France Travail (chiffré)", "National France Travail identifier (encrypted)";
    Nir = 16, "identifiers.nir", Identifiers, Sealed, FieldType::Nir, "Numéro de sécurité sociale (NIR)", "Social security number (NIR)";
    MsaIdentifier = 17, "identifiers.msa", Identifiers, Sealed, FieldType::Nir, "Identifiant MSA (NIR)", "MSA identifier (a NIR)";
    CafIdentifier = 18, "identifiers.caf", Identifiers, Personal, FieldType::Text, "Identifiant CAF", "CAF identifier";
    FtRegion = 19, "identifiers.ft_region", Identifiers, Personal, FieldType::Digits, "Code régional France Travail", "France Travail regional code";
    FtIdentifier = 20, "identifiers.ft", Identifiers, Personal, FieldType::Text, "Identifiant régional France Travail", "France Travail regional identifier";
    RsaRequestNumber = 21, "identifiers.rsa_request", Identifiers, Personal, FieldType::Text, "Numéro de demande RSA", "RSA request number";
    FundName = 22, "identifiers.fund", Identifiers, Ordinary, FieldType::Code("cnaf-fund"), "Organisme payeur", "Paying fund";
    FundNumber = 23, "identifiers.fund_number", Identifiers, Ordinary, FieldType::Text, "Numéro de l’organisme payeur", "Paying fund’s number";
    OwnReference = 24, "identifiers.own_reference", Identifiers, Personal, FieldType::Text, "Référence propre de la source", "The source’s own reference";
    BarrierFinancial = 25, "accompaniment.barrier.financial", Accompaniment, Personal, FieldType::Flag, "Frein : faire face à des difficultés financières", "Barrier: financial difficulties";
    BarrierHousing = 26, "accompaniment.barrier.housing", Accompaniment, Personal, FieldType::Flag, "Frein : faire face à des difficultés de logement", "Barrier: housing difficulties";
    BarrierHealth = 27, "accompaniment.barrier.health", Accompaniment, Health, FieldType::Flag, "Frein : prendre en compte son état de santé", "Barrier: her state of health";
    BarrierAdministrative = 28, "accompaniment.barrier.administrative", Accompaniment, Personal, FieldType::Flag, "Frein : faire face à des difficultés administratives ou juridiques", "Barrier: administrative or legal difficulties";
    BarrierFamily = 29, "accompaniment.barrier.family", Accompaniment, Personal, FieldType::Flag, "Frein : surmonter des contraintes familiales", "Barrier: family constraints";
    BarrierCommunication = 30, "accompaniment.barrier.communication", Accompaniment, Personal, FieldType::Flag, "Frein : développer ses capacités d’insertion et de communication", "Barrier: integration and communication";
    BarrierTransport = 31, "accompaniment.barrier.transport", Accompaniment, Personal, FieldType::Flag, "Frein : accéder à un moyen de transport", "Barrier: means of transport";
    RegistrationStart = 32, "registration.start", Registration, Personal, FieldType::Date, "Date de début d’inscription", "Start of registration";
    RegistrationCategory = 33, "registration.category", Registration, Personal, FieldType::Code("ft-category"), "Catégorie d’inscription", "Category of registration";
    RegistrationCategoryLabel = 34, "registration.category_label", Registration, Personal, FieldType::Label(Field::RegistrationCategory), "Libellé de la catégorie", "Label of the category";
    RegistrationSituation = 35, "registration.situation", Registration, Personal, FieldType::Code("ft-situation"), "Situation au regard de l’emploi", "Situation with regard to work";
    RegistrationSituationLabel = 36, "registration.situation_label", Registration, Personal, FieldType::Label(Field::RegistrationSituation), "Libellé de la situation", "Label of the situation";
    CessationDate = 37, "registration.cessation_date", Registration, Personal, FieldType::Date, "Date de cessation d’inscription", "Date the registration ceased";
    CessationReason = 38, "registration.cessation_reason", Registration, Personal, FieldType::Code("ft-cessation"), "Motif de cessation", "Reason for ceasing";
    CessationReasonLabel = 39, "registration.cessation_reason_label", Registration, Personal, FieldType::Label(Field::CessationReason), "Libellé du motif de cessation", "Label of the reason for ceasing";
    RadiationDate = 40, "registration.radiation_date", Registration, Personal, FieldType::Date, "Date de radiation", "Date struck off";
    RadiationReason = 41, "registration.radiation_reason", Registration, Personal, FieldType::Code("ft-radiation"), "Motif de radiation", "Reason for striking off";
    RadiationReasonLabel = 42, "registration.radiation_reason_label", Registration, Personal, FieldType::Label(Field::RadiationReason), "Libellé du motif de radiation", "Label of the reason for striking off";
    RecognisedDisabled = 43, "health.disabled_worker", Health, Health, FieldType::Flag, "Reconnaissance de la qualité de travailleur handicapé (RQTH)", "Recognised as a disabled worker (RQTH)";
    HealthDetail = 44, "health.detail", Health, HealthDetail, FieldType::Code("health-detail"), "Santé : précision utile à l’accompagnement", "Health: detail useful to accompaniment";
    GlobalAccompaniment = 45, "accompaniment.global", Accompaniment, Personal, FieldType::Flag, "Entrée en accompagnement global", "Entry into global accompaniment";
    JobSeeker = 46, "registration.job_seeker", Registration, Personal, FieldType::Flag, "Demandeur d’emploi", "Job seeker";
    AccompanimentPath = 47, "accompaniment.path", Accompaniment, Personal, FieldType::Text, "Parcours d’accompagnement : étapes, dates et référents", "Path of accompaniment: steps, dates and referents";
    StructureName = 48, "follow_up.structure.name", FollowUp, Ordinary, FieldType::Text, "Structure principale de suivi", "Main follow-up structure";
    StructureStreet = 49, "follow_up.structure.street", FollowUp, Ordinary, FieldType::Text, "Voie de la structure", "Street of the structure";
    StructureComplement = 50, "follow_up.structure.complement", FollowUp, Ordinary, FieldType::Text, "Complément d’adresse de la structure", "Address complement of the structure";
    StructurePostcode = 51, "follow_up.structure.postcode", FollowUp, Ordinary, FieldType::Digits, "Code postal de la structure", "Postcode of the structure";
    StructureCedex = 52, "follow_up.structure.cedex", FollowUp, Ordinary, FieldType::Digits, "Cedex de la structure", "Cedex of the structure";
    StructureOffice = 53, "follow_up.structure.office", FollowUp, Ordinary, FieldType::Text, "Bureau distributeur de la structure", "Post office of the structure";
    DelegateName = 54, "follow_up.delegate.name", FollowUp, Ordinary, FieldType::Text, "Structure déléguée de suivi", "Delegated follow-up structure";
    DelegateStreet = 55, "follow_up.delegate.street", FollowUp, Ordinary, FieldType::Text, "Voie de la structure déléguée", "Street of the delegated structure";
    DelegateComplement = 56, "follow_up.delegate.complement", FollowUp, Ordinary, FieldType::Text, "Complément d’adresse de la structure déléguée", "Address complement of the delegated structure";
    DelegatePostcode = 57, "follow_up.delegate.postcode", FollowUp, Ordinary, FieldType::Digits, "Code postal de la structure déléguée", "Postcode of the delegated structure";
    DelegateCedex = 58, "follow_up.delegate.cedex", FollowUp, Ordinary, FieldType::Digits, "Cedex de la structure déléguée", "Cedex of the delegated structure";
    DelegateOffice = 59, "follow_up.delegate.office", FollowUp, Ordinary, FieldType::Text, "Bureau distributeur de la structure déléguée", "Post office of the delegated structure";
    FollowUpAdviser = 60, "follow_up.adviser", FollowUp, Personal, FieldType::Text, "Conseiller France Travail", "France Travail adviser";
    PlanSigned = 61, "follow_up.plan_signed", FollowUp, Personal, FieldType::Date, "Date de signature du PPAE", "Date the personal plan was signed";
    PlanNotified = 62, "follow_up.plan_notified", FollowUp, Personal, FieldType::Date, "Date de notification du PPAE valant contrat d’engagement", "Date the plan became the commitment contract";
    MainAxis = 63, "follow_up.axis", FollowUp, Personal, FieldType::Code("ft-axis"), "Axe de travail principal", "Main axis of work";
    MainAxisLabel = 64, "follow_up.axis_label", FollowUp, Personal, FieldType::Label(Field::MainAxis), "Libellé de l’axe", "Label of the axis";
    Modality = 65, "follow_up.modality", FollowUp, Personal, FieldType::Code("ft-modality"), "Modalité d’accompagnement", "Mode of accompaniment";
    ModalityLabel = 66, "follow_up.modality_label", FollowUp, Personal, FieldType::Label(Field::Modality), "Libellé de la modalité", "Label of the mode";
    LastContact = 67, "follow_up.last_contact", FollowUp, Personal, FieldType::Date, "Date du dernier contact", "Date of the last contact";
    ConsentToForm = 68, "consent.form", Consent, Personal, FieldType::Flag, "Accord à la transmission de la fiche de liaison", "Consent to transmission of the liaison form";
    ConsentToEmail = 69, "consent.email", Consent, Personal, FieldType::Flag, "Accord aux échanges dématérialisés", "Consent to electronic contact";
    WorkingGoals = 70, "working_record.goals", WorkingRecord, Personal, FieldType::Text, "Dossier de travail : objectifs et actions, par frein", "Working record: goals and actions, by barrier";
    WorkingBarriers = 71, "working_record.barriers", WorkingRecord, Personal, FieldType::Text, "Dossier de travail : où en est chaque frein", "Working record: where each barrier stands";
    TrainingLevel = 72, "training.level", Training, Personal, FieldType::Code("ft-level"), "Niveau de formation", "Level of education";
    TrainingLevelLabel = 73, "training.level_label", Training, Personal, FieldType::Label(Field::TrainingLevel), "Libellé du niveau", "Label of the level";
    TrainingSector = 74, "training.sector", Training, Personal, FieldType::Text, "Secteur de formation (FORMACODE)", "Field of training (FORMACODE)";
    TrainingSectorLabel = 75, "training.sector_label", Training, Personal, FieldType::Label(Field::TrainingSector), "Libellé du secteur", "Label of the field";
    Occupation = 76, "training.occupation", Training, Personal, FieldType::Text, "Métier recherché (ROME)", "Occupation sought (ROME)";
    OccupationLabel = 77, "training.occupation_label", Training, Personal, FieldType::Label(Field::Occupation), "Libellé du métier", "Label of the occupation";
    WorkingSkills = 78, "working_record.skills", WorkingRecord, Personal, FieldType::Text, "Dossier de travail : compétences acquises", "Working record: skills gained";
    WorkingProgress = 79, "working_record.progress", WorkingRecord, Personal, FieldType::Text, "Dossier de travail : progression", "Working record: progress";
    OrientationNature = 80, "orientation.nature", Orientation, Personal, FieldType::Code("orientation-nature"), "Nature de l’orientation", "Nature of the orientation";
    OrientationDecided = 81, "orientation.decided_on", Orientation, Personal, FieldType::Date, "Date de la décision d’orientation", "Date of the orientation decision";
    OrientationOrganisation = 82, "orientation.correspondent.organisation", Orientation, Ordinary, FieldType::Text, "Organisme en charge de l’accompagnement", "Organisation in charge";
    OrientationService = 83, "orientation.correspondent.service", Orientation, Ordinary, FieldType::Text, "Service de l’organisme", "Service of the organisation";
    ReferentName = 84, "orientation.correspondent.name", Orientation, Personal, FieldType::Text, "Nom du référent", "Referent’s name";
    ReferentFirstName = 85, "orientation.correspondent.first_name", Orientation, Personal, FieldType::Text, "Prénom du référent", "Referent’s first name";
    ReferentPhone = 86, "orientation.correspondent.phone", Orientation, Personal, FieldType::Text, "Téléphone du référent", "Referent’s telephone";
    ReferentEmail = 87, "orientation.correspondent.email", Orientation, Personal, FieldType::Text, "Courriel du référent", "Referent’s e-mail";
    WorkingHealth = 88, "working_record.health", WorkingRecord, Health, FieldType::Text, "Dossier de travail : ce qui touche à la santé", "Working record: what is about health";
    RsaState = 92, "rights.state", Rights, Personal, FieldType::Code("cnaf-right-state"), "État du dossier RSA", "State of the RSA file";
    RsaBenefit = 93, "rights.benefit", Rights, Personal, FieldType::Code("cnaf-benefit"), "Nature de la prestation", "Nature of the benefit";
    RsaBenefitDetail = 94, "rights.benefit_detail", Rights, Personal, FieldType::Text, "Sous-nature de la prestation", "Detail of the benefit";
    RsaRequested = 95, "rights.requested_on", Rights, Personal, FieldType::Date, "Date de demande du RSA", "Date RSA was requested";
    RsaRequestOrigin = 96, "rights.request_origin", Rights, Personal, FieldType::Code("cnaf-request-origin"), "Origine de la demande", "Origin of the request";
    UnderRightsAndDuties = 97, "rights.rights_and_duties", Rights, Personal, FieldType::Flag, "Soumis aux droits et devoirs", "Under rights and duties";
    HouseholdUnderDuties = 98, "rights.household_rights_and_duties", Rights, Personal, FieldType::Flag, "Foyer soumis aux droits et devoirs", "Household under rights and duties";
    EnteredDuties = 99, "rights.entered_rights_and_duties", Rights, Personal, FieldType::Flag, "Entrée dans les droits et devoirs", "Newly under rights and duties";
    RightSuspendedOn = 100, "rights.right_suspended_on", Rights, Personal, FieldType::Date, "Date de suspension du droit", "Date the right was suspended";
    RightSuspensionReason = 101, "rights.right_suspension_reason", Rights, Personal, FieldType::Code("cnaf-right-suspension"), "Motif de suspension du droit", "Reason the right is suspended";
    PaymentSuspendedOn = 102, "rights.payment_suspended_on", Rights, Personal, FieldType::Date, "Date de suspension du versement", "Date payment was suspended";
    PaymentSuspensionReason = 103, "rights.payment_suspension_reason", Rights, Personal, FieldType::Code("cnaf-payment-suspension"), "Motif de suspension du versement", "Reason payment is suspended";
    RightEnded = 104, "rights.ended_on", Rights, Personal, FieldType::Date, "Date de fin de droit", "Date the right ended";
    RightEndReason = 105, "rights.end_reason", Rights, Personal, FieldType::Code("cnaf-closure"), "Motif de fin de droit", "Reason the right ended";
    BenefitNature = 106, "rights.benefit_family", Rights, Personal, FieldType::Text, "Prestation", "Benefit family";
    BenefitSince = 107, "rights.benefit_since", Rights, Personal, FieldType::Date, "Date de début du droit", "Date the right began";
    RsaRecipient = 108, "rights.recipient", Rights, Personal, FieldType::Flag, "Bénéficiaire du RSA", "RSA recipient";
    ResidencePermitUntil = 109, "rights.residence_permit_until", Rights, Personal, FieldType::Date, "Fin de validité du titre de séjour", "End of the residence permit";
    HouseholdRole = 112, "household.role", Household, Personal, FieldType::Code("cnaf-role"), "Rôle dans le foyer", "Role in the household";
    FamilySituation = 113, "household.family_situation", Household, Personal, FieldType::Code("cnaf-family-situation"), "Situation de famille", "Family situation";
    FamilySituationSince = 114, "household.family_situation_since", Household, Personal, FieldType::Date, "Date de la situation de famille", "Date of the family situation";
    DependentChildren = 115, "household.dependent_children", Household, Personal, FieldType::Count, "Enfants et autres personnes à charge", "Children and other dependants";
    FileHolder = 116, "household.file_holder", Household, Personal, FieldType::Flag, "Responsable du dossier", "Holder of the file";
    NoFixedAddress = 117, "household.no_fixed_address", Household, Personal, FieldType::Flag, "Sans domicile fixe", "No fixed address";
    InCouple = 118, "household.in_couple", Household, Personal, FieldType::Flag, "En couple", "In a couple";
    ResidenceCommune = 120, "contact.commune", Contact, Personal, FieldType::Text, "Commune de résidence (INSEE)", "Commune of residence (INSEE)";
    AddressLine = 121, "contact.address_line", Contact, Personal, FieldType::Text, "Voie", "Street";
    AddressComplement = 122, "contact.address_complement", Contact, Personal, FieldType::Text, "Complément d’adresse", "Address complement";
    Postcode = 123, "contact.postcode", Contact, Personal, FieldType::Digits, "Code postal", "Postcode";
    TownName = 124, "contact.town", Contact, Personal, FieldType::Text, "Commune", "Town";
    Country = 125, "contact.country", Contact, Personal, FieldType::Text, "Pays", "Country";
    Phone = 126, "contact.phone", Contact, Personal, FieldType::Text, "Téléphone", "Telephone";
    Email = 127, "contact.email", Contact, Personal, FieldType::Text, "Courriel", "E-mail address";
}

impl Field {
    /// Every field, by number.
    pub fn all() -> impl Iterator<Item = Self> {
        DICTIONARY.iter().map(|definition| definition.field)
    }

    /// The field of this stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        let place = *PLACES.get(usize::from(number))?;
        DICTIONARY.get(usize::from(place)).map(|definition| definition.field)
    }

    /// The field of this code, `identity.birth_name`.
    ///
    /// # Errors
    /// [`UnknownField`] when no field has the code.
    pub fn from_code(code: &str) -> Result<Self, UnknownField> {
        let found = DICTIONARY.iter().find(|definition| definition.code == code);
        found.map(|definition| definition.field).ok_or_else(|| UnknownField(code.to_owned()))
    }

    /// The number the store writes.
    pub const fn number(self) -> u8 {
        self as u8
    }

    fn definition(self) -> &'static Definition {
        // INVARIANT: `PLACES` is made from `DICTIONARY`, which defines every variant.
        &DICTIONARY[usize::from(PLACES[self as usize])]
    }

    /// The code conventions and profiles use, `identity.birth_name`.
    pub fn code(self) -> &'static str {
        self.definition().code
    }

    /// The family of data it belongs to.
    pub fn category(self) -> Category {
        self.definition().category
    }

    /// How much care it asks for.
    pub fn sensitivity(self) -> Sensitivity {
        self.definition().sensitivity
    }

    /// What kind of value it holds.
    pub fn field_type(self) -> FieldType {
        self.definition().field_type
    }

    /// Its label.
    pub fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => self.definition().fr,
            Lang::En => self.definition().en,
        }
    }

    /// The unit of storage it is kept in.
    pub fn block(self) -> Block {
        match (self, self.category()) {
            (Self::ResidenceCommune, _) | (_, Category::Identity | Category::Identifiers) => Block::Identity,
            (_, Category::Registration) => Block::Registration,
            (_, Category::FollowUp) => Block::FollowUp,
            (_, Category::Training) => Block::Training,
            (_, Category::Orientation) => Block::Orientation,
            (_, Category::Rights) => Block::Rights,
            (_, Category::Household) => Block::Household,
            (_, Category::Contact) => Block::Contact,
            // What a party keeps of its own work is with her path, and in no block of any file.
            (_, Category::Accompaniment | Category::Health | Category::Consent | Category::WorkingRecord) => {
                Block::Form
            }
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Field {
    type Err = UnknownField;
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::from_code(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_number_and_by_code() {
        for field in Field::all() {
            assert_eq!(Field::from_number(field.number()), Some(field));
            assert_eq!(Field::from_code(field.code()), Ok(field));
            assert!(!field.label(Lang::Fr).is_empty() && !field.label(Lang::En).is_empty());
        }
        assert_eq!(Field::from_number(0), None);
        assert_eq!(Field::from_number(200), None);
    }

    #[test]
    fn numbers_that_are_a_nir_are_sealed() {
        for field in Field::all() {
            assert_eq!(
                field.field_type() == FieldType::Nir,
                field.sensitivity() == Sensitivity::Sealed,
                "{field}"
            );
        }
    }
}

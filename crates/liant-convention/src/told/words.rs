//! The closed vocabularies in words, in both languages of the product.

use liant_model::{Category, Date, Field, FieldSet, Lang, Role, Source};

use crate::decision::Validity;
use crate::terms::{
    Capacity, Channel, ClockStart, Consent, Contact, FlowDay, Length, ListKind, NoticeFrom, People, Reach,
    RetentionStart, Rhythm, Silence, SpecialBasis, Unit, UseKind,
};

/// One of two wordings.
pub(crate) fn two<'a>(lang: Lang, fr: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

macro_rules! said {
    ($($name:ident($kind:ty) { $($word:pat => $fr:literal, $en:literal;)+ })+) => {
        $(pub(crate) fn $name(word: $kind, lang: Lang) -> &'static str {
            match word { $($word => two(lang, $fr, $en),)+ }
        })+
    };
}

said! {
    channel(Channel) {
        Channel::Flow => "fichier d’échange", "exchanged file";
        Channel::Screen => "consultation à l’écran", "on screen";
        Channel::Export => "fichier emporté par un agent", "file that an agent takes away";
        Channel::Api => "interrogation par API", "query by API";
        Channel::Email => "courriel (chiffré vers un autre organisme)", "e-mail (encrypted to another body)";
        Channel::Hand => "sur papier", "on paper";
    }
    reach(Reach) {
        Reach::Oneself => "elle-même, la personne", "the person herself alone";
        Reach::Designated => "les personnes désignées une à une", "people designated one by one";
        Reach::Caseload => "les personnes de son portefeuille", "people of her own caseload";
        Reach::Service => "les personnes de son service", "people of her service";
        Reach::Territory => "les personnes du territoire", "people of the territory";
    }
    people(People) {
        People::Everyone => "toute personne connue de la source", "everyone whom the source knows";
        People::RsaRecipient => "bénéficiaires du RSA", "RSA recipients";
        People::RsaRecipientInCourse => "bénéficiaires du RSA en cours", "RSA recipients in course";
    }
    capacity(Capacity) {
        Capacity::Controller => "responsable de traitement", "controller";
        Capacity::Joint => "responsable conjoint", "joint controller";
        Capacity::Processor => "sous-traitant", "processor";
        Capacity::SubProcessor => "sous-traitant ultérieur", "sub-processor";
    }
    rhythm(Rhythm) {
        Rhythm::Daily => "chaque jour", "every day";
        Rhythm::Weekly => "chaque semaine", "every week";
        Rhythm::Monthly => "chaque mois", "every month";
        Rhythm::OnRequest => "à la demande", "on request";
    }
    starts(RetentionStart) {
        RetentionStart::Deposit => "le dépôt du fichier", "the deposit of the file";
        RetentionStart::Recorded => "l’inscription", "its being put on record";
        RetentionStart::LastUse => "la dernière utilisation", "the last use";
        RetentionStart::Signature => "la signature", "the signature";
        RetentionStart::Receipt => "leur réception", "their receipt";
        RetentionStart::EndOfConvention => "la fin de la convention", "the end of the convention";
        RetentionStart::EndOfRight => "la fin du droit", "the end of the right";
    }
    event(ClockStart) {
        ClockStart::BreachDiscovered => "découverte d’une violation de données", "discovery of a data breach";
        ClockStart::ComplaintReceived => "réception d’une plainte", "receipt of a complaint";
        ClockStart::FlawDiscovered => "découverte d’une faille de sécurité", "discovery of a security flaw";
        ClockStart::RightsRequestReceived => "demande d’une personne d’exercer ses droits", "request of a person to use her rights";
        ClockStart::NoticeReceived => "réception d’une mise en demeure", "receipt of a formal notice";
    }
    used_for(UseKind) {
        UseKind::Recognise => "reconnaître la personne", "recognise the person";
        UseKind::Update => "mettre à jour ce qui est tenu", "bring what is held up to date";
        UseKind::Clocks => "calculer les délais", "compute delays";
        UseKind::Count => "dénombrer sans nommer", "count without naming";
        UseKind::Index => "trier et retrouver", "sort and find";
        UseKind::Retain => "détruire à terme", "destroy in time";
    }
    consent(Consent) {
        Consent::Form => "vous avez accepté la transmission de la fiche de liaison", "you agreed to the transmission of the liaison form";
        Consent::Email => "vous avez accepté les échanges dématérialisés", "you agreed to electronic contact";
    }
    special(SpecialBasis) {
        SpecialBasis::ExplicitConsent => "consentement explicite (RGPD art. 9 (2) a)", "explicit consent (GDPR art. 9 (2) (a))";
        SpecialBasis::SocialProtection => "droit du travail et de la protection sociale (RGPD art. 9 (2) b)", "employment and social protection law (GDPR art. 9 (2) (b))";
        SpecialBasis::RightOfAccess => "droit d’accès de la personne elle-même (RGPD art. 15)", "the person’s own right of access (GDPR art. 15)";
    }
    listed(ListKind) {
        ListKind::SubProcessors => "liste des sous-traitants", "list of processors";
        ListKind::Countries => "liste des pays d’hébergement et d’accès", "list of the countries of hosting and access";
        ListKind::Agents => "liste des agents habilités", "list of the agents who have access";
    }
    notice_from(NoticeFrom) {
        NoticeFrom::Sending => "l’envoi de la mise en demeure", "the sending of the formal notice";
        NoticeFrom::Receipt => "la réception de la mise en demeure", "the receipt of the formal notice";
    }
    contact(Contact) {
        Contact::Governance => "gouvernance", "governance";
        Contact::Operations => "suivi opérationnel", "operations";
        Contact::Security => "sécurité des systèmes d’information", "information security";
        Contact::Dpo => "protection des données", "data protection";
    }
    silence(Silence) {
        Silence::Refusal => "le silence vaut refus", "silence means refusal";
        Silence::Renewal => "le silence vaut accord", "silence means agreement";
    }
    category(Category) {
        Category::Identity => "Identité", "Identity";
        Category::Identifiers => "Identifiants", "Identifiers";
        Category::Registration => "Inscription à France Travail", "Registration with France Travail";
        Category::FollowUp => "Suivi par France Travail", "Follow-up by France Travail";
        Category::Training => "Formation et métier", "Training and occupation";
        Category::Orientation => "Orientation et référent", "Orientation and referent";
        Category::Rights => "Droits au RSA", "Rights to the RSA";
        Category::Household => "Foyer", "Household";
        Category::Contact => "Coordonnées", "Contact details";
        Category::Accompaniment => "Accompagnement et freins", "Accompaniment and barriers";
        Category::Health => "Santé et handicap", "Health and disability";
        Category::Consent => "Accords donnés", "Consents given";
        Category::WorkingRecord => "Dossier de travail", "Working record";
    }
}

/// The roles that ship, in words; another is told by its short name.
pub fn role(role: &Role, lang: Lang) -> String {
    let (fr, en) = match role.as_str() {
        "local_service_head" => ("chefs de service local", "heads of local services"),
        "orientation_officer" => ("chargés d’orientation", "orientation officers"),
        "social_referent" => ("référents sociaux", "social referents"),
        "caf_worker" => ("travailleurs sociaux de la CAF", "social workers of the CAF"),
        "platform_agent" => ("agents de la plateforme d’orientation", "agents of the orientation platform"),
        "adviser" => ("conseillers", "advisers"),
        "technician" => ("techniciens des échanges", "technicians of the exchange"),
        "clerk" => ("gestionnaires des identités", "identity clerks"),
        "person" => ("la personne elle-même", "the person herself"),
        "dpo" => ("délégué à la protection des données", "data protection officer"),
        "api" => ("service interrogeable par API", "service queried by API"),
        "ciso" => ("responsable de la sécurité", "security officer"),
        "director" => ("direction", "director"),
        "director-inclusion" => ("direction de l’inclusion", "director of inclusion"),
        "territorial-director" => ("direction territoriale", "territorial director"),
        "regional-director" => ("direction régionale", "regional director"),
        "partnerships" => ("direction des partenariats", "partnerships"),
        "evidence_officer" => ("gestionnaires du FSE", "officers of the European Social Fund"),
        other => return other.replace('_', " "),
    };
    two(lang, fr, en).to_owned()
}

/// A register in words.
pub(crate) fn source(source: &Source, lang: Lang) -> String {
    let (fr, en) = match source.as_str() {
        "departement" => ("le Département", "the Département"),
        "france-travail" => ("France Travail", "France Travail"),
        "cnaf" => ("la CAF", "the family allowance fund (CAF)"),
        "mission-locale" => ("la mission locale (I-Milo)", "the local mission (I-Milo)"),
        "cap-emploi" => ("Cap emploi", "Cap emploi"),
        "ofii" => ("l’Office français de l’immigration et de l’intégration", "the immigration office (OFII)"),
        "cnam" => ("l’assurance maladie", "the health insurance fund (CNAM)"),
        "mdph" => ("la maison départementale des personnes handicapées", "the disability office (MDPH)"),
        other => return other.to_owned(),
    };
    two(lang, fr, en).to_owned()
}

/// `36 heures`, `36 hours`.
pub(crate) fn length(length: Length, lang: Lang) -> String {
    let count = length.count;
    let unit = match (lang, length.unit) {
        (Lang::En, _) => return length.to_string(),
        (_, Unit::Hours) => "heure",
        (_, Unit::Days) => "jour",
        (_, Unit::Months) => return format!("{count} mois"),
        (_, Unit::Years) => "an",
    };
    format!("{count} {unit}{}", if count > 1 { "s" } else { "" })
}

/// `le 3e vendredi ouvré du mois`, `the 3rd working Friday of the month`.
pub(crate) fn flow_day(day: FlowDay, lang: Lang) -> String {
    let nth = day.working_friday;
    let ordinal = match (lang, nth) {
        (Lang::Fr, 1) => "er",
        (Lang::Fr, _) => "e",
        (Lang::En, 1) => "st",
        (Lang::En, 2) => "nd",
        (Lang::En, 3) => "rd",
        (Lang::En, _) => "th",
    };
    match (lang, day.monday_after) {
        (Lang::Fr, false) => format!("le {nth}{ordinal} vendredi ouvré du mois"),
        (Lang::Fr, true) => format!("le lundi qui suit le {nth}{ordinal} vendredi ouvré du mois"),
        (Lang::En, false) => format!("the {nth}{ordinal} working Friday of the month"),
        (Lang::En, true) => format!("the Monday after the {nth}{ordinal} working Friday of the month"),
    }
}

/// Where data may lie, in words.
pub(crate) fn area(hosting: &str, lang: Lang) -> &str {
    if hosting == "EU" { two(lang, "Union européenne", "European Union") } else { hosting }
}

/// `31/12/2026`, `2026-12-31`.
pub(crate) fn date(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Fr => date.strftime("%d/%m/%Y").to_string(),
        Lang::En => date.to_string(),
    }
}

/// A text of law or a clause as it is cited in a language: files cite them once.
pub fn cited(text: &str, lang: Lang) -> String {
    match lang {
        Lang::En => text.to_owned(),
        Lang::Fr => text
            .replace("GDPR", "RGPD")
            .replace("Regulation (EU)", "règlement (UE)")
            .replace(" and ", " et ")
            .replace(" to ", " à "),
    }
}

/// How a convention stands.
pub(crate) fn validity(validity: Validity, lang: Lang) -> String {
    match (lang, validity) {
        (Lang::En, _) => validity.to_string(),
        (_, Validity::InForce) => "est en vigueur".to_owned(),
        (_, Validity::NotYet(from)) => format!("commence le {}", date(from, lang)),
        (_, Validity::Ended(last)) => format!("a pris fin le {}", date(last, lang)),
        (_, Validity::Suspended(since)) => format!("est suspendue depuis le {}", date(since, lang)),
        (_, Validity::WithoutParent) => "applique une convention qui n’est pas là".to_owned(),
    }
}

/// The codes of a set, whole families as `family.*`.
pub(crate) fn codes(fields: FieldSet) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for field in fields.iter() {
        let family = field.code().split('.').next().unwrap_or_default();
        let pattern = format!("{family}.*");
        if said.contains(&pattern) {
            continue;
        }
        let whole = FieldSet::matching(&pattern).unwrap_or_default();
        said.push(if fields.covers(whole) { pattern } else { field.code().to_owned() });
    }
    said
}

/// The labels of a set, by family: `Identité : nom de naissance, prénom`.
pub(crate) fn labels(fields: FieldSet, lang: Lang) -> Vec<String> {
    let mut families: Vec<Category> = fields.iter().map(Field::category).collect();
    families.sort_unstable();
    families.dedup();
    let line = |family: Category| {
        let of_family = fields.iter().filter(|field| field.category() == family);
        let labels: Vec<_> = of_family.map(|field| field.label(lang)).collect();
        format!("{}{} {}", category(family, lang), two(lang, " :", ":"), labels.join(", "))
    };
    families.into_iter().map(line).collect()
}

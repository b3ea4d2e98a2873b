//! PECGM and PECDH: what France Travail sends (exchange convention, annex 3).

use crate::calendar::Day;
use crate::codes::Coded;
use crate::land::Office;
use crate::text::cut;
use crate::xml::Xml;

/// How tags are spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Spelling {
    /// Lower case without accents: the canonical tags.
    #[default]
    Canonical,
    /// To the letter of the convention's tables: `certification-identité`, `commune-résidence`, `Bureau`,
    /// `Rome-v3`, `Date-dernier-ent`, `Periodicite`, `Departement`, `Nom`.
    Convention,
}

impl Spelling {
    pub(crate) fn tag(self, canonical: &'static str, convention: &'static str) -> &'static str {
        if self == Self::Canonical { canonical } else { convention }
    }
}

/// Which of the two flows of France Travail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// PECGM, monthly, every datum.
    Monthly,
    /// PECDH, weekly, registration only.
    Weekly,
}

/// What the header and the trailer say.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) file: &'static str,
    pub(crate) period: &'static str,
    pub(crate) departement: String,
    pub(crate) trailer_departement: String,
    pub(crate) reference: Day,
    pub(crate) made: Day,
}

impl Frame {
    pub(crate) fn new(
        file: &'static str,
        period: &'static str,
        departement: &str,
        reference: Day,
        made: Day,
    ) -> Self {
        let departement = departement.to_owned();
        Self { file, period, trailer_departement: departement.clone(), departement, reference, made }
    }
}

/// Writes the root and the header, after the prolog. The two flows after PECGM capitalise some tags in their tables.
pub(crate) fn write_header(xml: &mut Xml, frame: &Frame, spelling: Spelling) {
    let (period, departement) = match (frame.file, spelling) {
        (_, Spelling::Canonical) | ("PECG", _) => ("periodicite", "departement"),
        ("CGPE", _) => ("Periodicite", "departement"),
        _ => ("Periodicite", "Departement"),
    };
    xml.open("flux");
    xml.open("entete");
    xml.required("fichier", frame.file);
    xml.required(period, frame.period);
    xml.required(departement, &frame.departement);
    xml.day("date-reference", frame.reference);
    xml.day("date-fabrication", frame.made);
    xml.required("version", "001,0");
    xml.close("entete");
    xml.end_line();
}

/// Ends the file: trailer and root.
pub(crate) fn write_trailer(xml: &mut Xml, frame: &Frame, count: u64) {
    xml.open("fin");
    xml.required("departement", &frame.trailer_departement);
    xml.day("date-reference", frame.reference);
    xml.required("nb-dossier", &count.to_string());
    xml.close("fin");
    xml.close("flux");
    xml.end_line();
}

/// How a registration ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// *Cessation d'inscription.*
    Cessation,
    /// *Radiation*, a sanction.
    Radiation,
}

/// A record of PECGM or PECDH. Empty texts are left out.
#[derive(Clone, Debug)]
pub(crate) struct Dossier<'a> {
    pub(crate) nir: &'a str,
    pub(crate) birth_name: &'a str,
    pub(crate) married_name: &'a str,
    pub(crate) first_name: &'a str,
    /// The date of birth, or the text that stands for it.
    pub(crate) birth: Result<Day, &'a str>,
    pub(crate) certified: bool,
    pub(crate) commune: &'a str,
    pub(crate) caf: &'a str,
    pub(crate) msa: &'a str,
    pub(crate) region: &'a str,
    pub(crate) number: &'a str,
    pub(crate) start: Day,
    pub(crate) category: Coded,
    pub(crate) situation: Coded,
    pub(crate) end: Option<(Ending, Day, Coded)>,
    pub(crate) structure: &'a Office,
    pub(crate) delegate: Option<&'a Office>,
    pub(crate) level: Coded,
    pub(crate) sector: Coded,
    pub(crate) occupation: Coded,
    pub(crate) adviser: &'a str,
    pub(crate) signed: Option<Day>,
    pub(crate) notified: Option<Day>,
    pub(crate) axis: Coded,
    pub(crate) modality: Coded,
    pub(crate) last_contact: Option<Day>,
}

/// How records are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    pub(crate) flavour: Flavour,
    pub(crate) spelling: Spelling,
    /// Print the modality under `axe`, as the convention's table does, and no axis.
    pub(crate) modality_under_axis: bool,
}

/// One record, on one line.
pub(crate) fn write_dossier(xml: &mut Xml, dossier: &Dossier<'_>, manner: Manner) {
    let monthly = manner.flavour == Flavour::Monthly;
    xml.open("dossier");
    individual(xml, dossier, manner.spelling);
    xml.open("allocataire");
    if monthly {
        xml.leaf("identifiant-caf", dossier.caf);
        xml.leaf("identifiant-msa", dossier.msa);
    }
    xml.leaf("code-pe", dossier.region);
    xml.leaf("identifiant-pe", dossier.number);
    xml.close("allocataire");
    registration(xml, dossier, monthly);
    if monthly {
        xml.open("suivi");
        office(xml, "structure-principale", dossier.structure, manner.spelling.tag("bureau", "Bureau"));
        if let Some(delegate) = dossier.delegate {
            office(xml, "structure-deleguee", delegate, "bureau");
        }
        xml.close("suivi");
        training(xml, dossier, manner.spelling);
        plan(xml, dossier, manner);
    }
    xml.close("dossier");
    xml.end_line();
}

fn individual(xml: &mut Xml, dossier: &Dossier<'_>, spelling: Spelling) {
    xml.open("individu");
    xml.leaf("nir", dossier.nir);
    xml.leaf("nom-naissance", dossier.birth_name);
    xml.leaf("nom-marital", dossier.married_name);
    xml.leaf("prenom", dossier.first_name);
    match dossier.birth {
        Ok(day) => xml.day("date-naissance", day),
        Err(text) => xml.leaf("date-naissance", text),
    }
    xml.leaf(
        spelling.tag("certification-identite", "certification-identité"),
        if dossier.certified { "O" } else { "N" },
    );
    xml.leaf(spelling.tag("commune-residence", "commune-résidence"), dossier.commune);
    xml.close("individu");
}

fn registration(xml: &mut Xml, dossier: &Dossier<'_>, monthly: bool) {
    xml.open("inscription");
    xml.day("date-debut-ide", dossier.start);
    if monthly {
        coded(xml, ("code-categorie", "lib-categorie", 60), dossier.category);
        coded(xml, ("code-situation", "lib-situation", 45), dossier.situation);
    }
    match dossier.end {
        Some((Ending::Cessation, day, reason)) => {
            xml.day("date-cessation-ide", day);
            coded(xml, ("motif-cessation-ide", "lib-cessation-ide", 75), reason);
        }
        Some((Ending::Radiation, day, reason)) => {
            xml.day("date-radiation-ide", day);
            coded(xml, ("motif-radiation-ide", "lib-radiation-ide", 75), reason);
        }
        None => {}
    }
    xml.close("inscription");
}

fn training(xml: &mut Xml, dossier: &Dossier<'_>, spelling: Spelling) {
    xml.open("formation");
    coded(xml, ("code-niveau", "lib-niveau", 50), dossier.level);
    coded(xml, ("code-secteur", "lib-secteur", 30), dossier.sector);
    xml.close("formation");
    let occupation = spelling.tag("rome-v3", "Rome-v3");
    xml.open(occupation);
    coded(xml, ("code-rome", "lib-rome", 150), dossier.occupation);
    xml.close(occupation);
}

fn plan(xml: &mut Xml, dossier: &Dossier<'_>, manner: Manner) {
    xml.open("ppae");
    xml.leaf("conseiller-pe", dossier.adviser);
    xml.optional_day("date-signature", dossier.signed);
    xml.optional_day("date-notification", dossier.notified);
    xml.open("axe");
    coded(
        xml,
        ("code", "libelle", 40),
        if manner.modality_under_axis { dossier.modality } else { dossier.axis },
    );
    xml.close("axe");
    if !manner.modality_under_axis {
        xml.open("modalite");
        coded(xml, ("code", "libelle", 40), dossier.modality);
        xml.close("modalite");
    }
    xml.optional_day(manner.spelling.tag("date-dernier-ent", "Date-dernier-ent"), dossier.last_contact);
    xml.close("ppae");
}

fn office(xml: &mut Xml, tag: &str, office: &Office, town: &str) {
    xml.open(tag);
    xml.leaf("nom", &office.name);
    xml.leaf("voie", &office.street);
    xml.leaf("complement", &office.complement);
    xml.leaf("code-postal", &office.postcode);
    xml.leaf("cedex", &office.cedex);
    xml.leaf(town, &office.town);
    xml.close(tag);
}

fn coded(xml: &mut Xml, (code, label, length): (&str, &str, usize), value: Coded) {
    xml.leaf(code, value.0);
    xml.leaf(label, cut(value.1, length));
}

//! RSABEM: the CNAF's monthly beneficiary flow (VRSB0801).

use crate::calendar::Day;
use crate::xml::Xml;

/// A household (*InfosFoyerRSA*).
#[derive(Clone, Debug)]
pub(crate) struct Foyer<'a> {
    /// `CAF` or `MSA`.
    pub(crate) fund: &'a str,
    pub(crate) fund_number: &'a str,
    pub(crate) matricule: &'a str,
    pub(crate) partner: &'a str,
    pub(crate) requested: Day,
    pub(crate) request_number: &'a str,
    pub(crate) people: Vec<FoyerPerson<'a>>,
    pub(crate) family: (&'a str, Day),
    pub(crate) address: Address<'a>,
    pub(crate) state: &'a str,
    pub(crate) refusal: Option<(Day, &'a str)>,
    pub(crate) right_suspended: Option<(&'a str, Day)>,
    pub(crate) payment_suspended: Option<(&'a str, Day)>,
    pub(crate) closed: Option<(&'a str, Day)>,
    pub(crate) closed_before: Option<(&'a str, Day)>,
    pub(crate) homeless: bool,
    pub(crate) benefit: Option<(&'a str, Day)>,
}

/// A member of a household.
#[derive(Clone, Debug)]
pub(crate) struct FoyerPerson<'a> {
    pub(crate) title: &'a str,
    pub(crate) name: &'a str,
    pub(crate) birth_name: &'a str,
    /// The usual first name, then the second and third.
    pub(crate) first_names: [&'a str; 3],
    pub(crate) birth_town: &'a str,
    pub(crate) birth: Result<Day, &'a str>,
    /// Rank among the births of the day in the family.
    pub(crate) rank: &'a str,
    pub(crate) nir: &'a str,
    pub(crate) certified: bool,
    pub(crate) sex: &'a str,
    /// `DEM`, `CJT` or `ENF`.
    pub(crate) role: &'a str,
    pub(crate) holder: bool,
    pub(crate) attached: Day,
    pub(crate) number: &'a str,
    /// Under rights and duties; `None` for children.
    pub(crate) duties: Option<bool>,
    /// Monthly resources in cents, for the quarter that starts on the day.
    pub(crate) resources: Option<(Day, u32)>,
    pub(crate) activity: Option<(&'a str, Day)>,
}

/// A postal address in France.
#[derive(Clone, Debug)]
pub(crate) struct Address<'a> {
    pub(crate) since: Day,
    pub(crate) complement: &'a str,
    pub(crate) number: u32,
    pub(crate) street: &'a str,
    pub(crate) commune: &'a str,
    pub(crate) postcode: &'a str,
    pub(crate) town: &'a str,
}

/// Writes the root and the header, after the prolog. `reference` is the last day of the month.
pub(crate) fn write_header(xml: &mut Xml, created: Day, reference: Day) {
    xml.markup("<Racine xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
    xml.markup(" xsi:noNamespaceSchemaLocation=\"vrsb0801.xsd\">");
    xml.end_line();
    xml.open("IdentificationFlux");
    xml.required("APPLIEME", "CRI");
    xml.required("NUMVERSIONAPPLIEME", "6200");
    xml.required("TYPEFLUX", "M");
    xml.required("NATFLUX", "D");
    xml.day("DTCREAFLUX", created);
    xml.required("HEUCREAFLUX", "01:18:36.0000");
    xml.day("DTREF", reference);
    xml.close("IdentificationFlux");
    xml.end_line();
}

/// Ends the file with the totals.
pub(crate) fn write_trailer(xml: &mut Xml, count: u64) {
    xml.open("TransmissionFlux");
    xml.number("NBTOTDOSRSATRANSM", count, 8);
    xml.number("NBTOTDOSRSATRANSMANO", 0, 8);
    xml.close("TransmissionFlux");
    xml.end_line();
    xml.close("Racine");
    xml.end_line();
}

/// One household, on one line.
pub(crate) fn write_foyer(xml: &mut Xml, foyer: &Foyer<'_>) {
    xml.open("InfosFoyerRSA");
    identification(xml, foyer);
    for person in &foyer.people {
        write_person(xml, person);
    }
    administrative(xml, foyer);
    right(xml, foyer);
    xml.close("InfosFoyerRSA");
    xml.end_line();
}

fn flag(value: bool) -> &'static str {
    if value { "1" } else { "0" }
}

fn identification(xml: &mut Xml, foyer: &Foyer<'_>) {
    xml.open("IdentificationRSA");
    xml.open("Organisme");
    xml.required("FONORG", foyer.fund);
    xml.required("NUMORG", foyer.fund_number);
    xml.required("MATRICULE", foyer.matricule);
    xml.close("Organisme");
    xml.open("Partenaire");
    xml.required("TYPEPARTE", "CG ");
    xml.required("IDEPARTE", foyer.partner);
    xml.close("Partenaire");
    xml.open("DemandeRSA");
    xml.day("DTDEMRSA", foyer.requested);
    xml.required("NUMDEMRSA", foyer.request_number);
    xml.close("DemandeRSA");
    xml.close("IdentificationRSA");
}

fn write_person(xml: &mut Xml, person: &FoyerPerson<'_>) {
    xml.open("Personne");
    xml.open("Identification");
    xml.leaf("QUAL", person.title);
    xml.required("NOM", person.name);
    xml.required("NOMNAI", person.birth_name);
    let [first, second, third] = person.first_names;
    xml.required("PRENOM", first);
    xml.leaf("PRENOM2", second);
    xml.leaf("PRENOM3", third);
    xml.required("NOMCOMNAI", person.birth_town);
    match person.birth {
        Ok(day) => xml.day("DTNAI", day),
        Err(text) => xml.required("DTNAI", text),
    }
    xml.leaf("RGNAI", person.rank);
    xml.leaf("TYPEDTNAI", "N");
    xml.leaf("NIR", person.nir);
    xml.leaf("TOPVALIEC", flag(person.certified));
    xml.required("SEXE", person.sex);
    xml.close("Identification");
    xml.open("DossierCAF");
    xml.required("TOPRESPDOS", flag(person.holder));
    xml.day("DDRATDOS", person.attached);
    xml.close("DossierCAF");
    for (benefit, charge) in [("PFA", person.role == "ENF"), ("RSA", true)] {
        xml.open("Prestations");
        xml.required("NATPREST", benefit);
        xml.required("ROLEPERS", person.role);
        xml.required("TOPCHAPERS", flag(charge));
        xml.close("Prestations");
    }
    if !person.number.is_empty() {
        xml.open("DossierPoleEmploi");
        xml.required("IDASSEDIC", person.number);
        xml.close("DossierPoleEmploi");
    }
    if let Some((quarter, cents)) = person.resources {
        resources(xml, quarter, cents);
    }
    if let Some(duties) = person.duties {
        xml.open("MontantCalculDroitRSAPersonne");
        xml.required("TOPPERSDRODEVORSA", flag(duties));
        xml.close("MontantCalculDroitRSAPersonne");
    }
    if let Some((activity, since)) = person.activity {
        xml.open("Activite");
        xml.required("REG", "GE");
        xml.required("ACT", activity);
        xml.day("DDACT", since);
        xml.close("Activite");
    }
    xml.close("Personne");
}

fn resources(xml: &mut Xml, quarter: Day, cents: u32) {
    xml.open("Ressources");
    xml.open("GeneraliteRessourcesTrimestre");
    xml.required("TOPRESSNUL", flag(cents == 0));
    xml.day("DDRESS", quarter);
    xml.day("DFRESS", quarter.plus_months(3).plus(-1));
    xml.close("GeneraliteRessourcesTrimestre");
    for month in 0..if cents == 0 { 0 } else { 3 } {
        xml.open("RessourcesMensuelles");
        xml.open("GeneraliteRessourcesMensuelles");
        xml.day("MOISRESS", quarter.plus_months(month));
        xml.required("NBHEUMENTRA", "000");
        xml.close("GeneraliteRessourcesMensuelles");
        xml.open("DetailRessourcesMensuelles");
        xml.required("NATRESS", "001");
        xml.required("MTNATRESSMEN", &format!("{:07}.{:02}", cents / 100, cents % 100));
        xml.close("DetailRessourcesMensuelles");
        xml.close("RessourcesMensuelles");
    }
    xml.close("Ressources");
}

fn administrative(xml: &mut Xml, foyer: &Foyer<'_>) {
    let address = &foyer.address;
    xml.open("DonneesAdministratives");
    xml.open("SituationFamille");
    xml.required("SITFAM", foyer.family.0);
    xml.day("DDSITFAM", foyer.family.1);
    xml.close("SituationFamille");
    xml.open("Adresse");
    xml.open("TroncCommunAdresse");
    xml.required("RGADR", "01");
    xml.day("DTEMM", address.since);
    xml.required("PAYS", "FRA");
    xml.required("TYPEADR", "D");
    xml.required("ETATADR", "CO");
    xml.close("TroncCommunAdresse");
    xml.open("AdresseDetailleeFrance");
    let (kind, street) = address.street.split_once(' ').unwrap_or(("", address.street));
    xml.required("COMPLIDEADR", "");
    xml.required("COMPLADR", address.complement);
    xml.required("NUMVOIE", &address.number.to_string());
    xml.required("LIBTYPEVOIE", kind);
    xml.required("NOMVOIE", street);
    xml.required("LIEUDIST", "");
    xml.required("NUMCOM", address.commune);
    xml.required("CODEPOS", address.postcode);
    xml.required("NOMCOM", address.town);
    xml.close("AdresseDetailleeFrance");
    xml.close("Adresse");
    xml.close("DonneesAdministratives");
}

fn right(xml: &mut Xml, foyer: &Foyer<'_>) {
    let dated = |xml: &mut Xml, tag: &str, names: [&str; 2], value: Option<(&str, Day)>| {
        if let Some((reason, day)) = value {
            xml.open(tag);
            xml.required(names[0], reason);
            xml.day(names[1], day);
            xml.close(tag);
        }
    };
    xml.open("PrestationRSA");
    xml.open("SituationDossierRSA");
    xml.open("EtatDossierRSA");
    xml.required("ETATDOSRSA", foyer.state);
    xml.close("EtatDossierRSA");
    if let Some((day, reason)) = foyer.refusal {
        xml.open("Refus");
        xml.day("DTREFURSA", day);
        xml.required("MOTIREFURSA", reason);
        xml.close("Refus");
    }
    dated(xml, "SuspensionDroit", ["MOTISUSDRORSA", "DDSUSDRORSA"], foyer.right_suspended);
    dated(xml, "SuspensionVersement", ["MOTISUSVERSRSA", "DDSUSVERSRSA"], foyer.payment_suspended);
    dated(xml, "FinDroit", ["MOTICLORSA", "DTCLORSA"], foyer.closed);
    dated(xml, "FinDroitMoisAnterieur", ["MOTICLORSA", "DTCLORSA"], foyer.closed_before);
    xml.close("SituationDossierRSA");
    xml.open("DetailDroitRSA");
    xml.open("TroncCommunDroitRSA");
    xml.required("TOPSANSDOMFIXE", flag(foyer.homeless));
    let children = foyer.people.iter().filter(|person| person.role == "ENF").count();
    xml.number("NBENFAUTCHA", children as u64, 2);
    xml.required("ORIDEMRSA", "DEM");
    xml.day("DTORIDEMRSA", foyer.requested);
    let duties = foyer.people.iter().any(|person| person.duties == Some(true));
    xml.required("TOPFOYDRODEVORSA", flag(duties));
    xml.close("TroncCommunDroitRSA");
    if let Some((benefit, since)) = foyer.benefit {
        xml.open("DetailCalculDroitRSA");
        xml.required("NATPF", benefit);
        xml.required("SOUSNATPF", &format!("{benefit}N1"));
        xml.day("DDNATDRO", since);
        xml.close("DetailCalculDroitRSA");
    }
    xml.close("DetailDroitRSA");
    xml.close("PrestationRSA");
}

//! CGPEM: what the Département sends (exchange convention, annex 3).

use crate::calendar::Day;
use crate::land::{Organisation, Referent};
use crate::pecgm::Spelling;
use crate::xml::Xml;

/// A record of CGPEM. Empty texts are left out.
#[derive(Clone, Debug)]
pub(crate) struct Decision<'a> {
    pub(crate) nir: &'a str,
    pub(crate) birth_name: &'a str,
    pub(crate) married_name: &'a str,
    pub(crate) first_name: &'a str,
    pub(crate) birth: Result<Day, &'a str>,
    pub(crate) region: &'a str,
    pub(crate) number: &'a str,
    pub(crate) nature: &'a str,
    pub(crate) decided: Day,
    pub(crate) organisation: Option<&'a Organisation>,
    pub(crate) referent: Option<&'a Referent>,
    /// Leave out the referent's last name, which breaks a rule of the convention.
    pub(crate) nameless: bool,
}

/// One record, on one line.
pub(crate) fn write_decision(xml: &mut Xml, decision: &Decision<'_>, spelling: Spelling) {
    xml.open("dossier");
    xml.open("individu");
    xml.leaf("nir", decision.nir);
    xml.leaf("nom-naissance", decision.birth_name);
    xml.leaf("nom-marital", decision.married_name);
    xml.leaf("prenom", decision.first_name);
    match decision.birth {
        Ok(day) => xml.day("date-naissance", day),
        Err(text) => xml.leaf("date-naissance", text),
    }
    xml.leaf("code-pe", decision.region);
    xml.leaf("identifiant-pe", decision.number);
    xml.close("individu");
    xml.open("orientation");
    xml.leaf("nature", decision.nature);
    xml.day("date-decision", decision.decided);
    xml.close("orientation");
    if let Some(organisation) = decision.organisation {
        xml.open("correspondant");
        xml.leaf("organisme", &organisation.name);
        xml.leaf("service", &organisation.service);
        if let Some(referent) = decision.referent {
            if !decision.nameless {
                xml.leaf(spelling.tag("nom", "Nom"), &referent.last_name);
            }
            xml.leaf("prenom", &referent.first_name);
            xml.leaf("telephone", &referent.telephone);
            xml.leaf("email", &referent.email);
        }
        xml.close("correspondant");
    }
    xml.close("dossier");
    xml.end_line();
}

//! The liaison form (*fiche de liaison*) of global accompaniment: what it may hold, and nothing else.
//!
//! Both models (convention that carries out the cooperation, annexes 5 and 6) hold the data of its annexe 1 B. There is no place for
//! a phrase: every part is a name, a number, a date, a code or a tick, and [`LiaisonForm::faults`] refuses a text that is longer than
//! a line. Nothing on means or money either. The e-mail address stands inside the agreement that opens it.

use std::collections::BTreeSet;
use std::fmt;

use liant_model::{Date, Field, Instant};
use serde::{Deserialize, Serialize};

liant_convention::words! {
    /// What the form asks of its receiver.
    FormModel {
        /// Nothing: the entry is agreed beforehand (*accord tacite*, annexe 5).
        Tacit = "tacit",
        /// A decision (*accord bilatéral*, annexe 6).
        Bilateral = "bilateral",
    }
}

impl FormModel {
    /// The id under which conventions carry it (`[[form]]`).
    pub const fn form_id(self) -> &'static str {
        match self {
            Self::Tacit => "liaison-tacit",
            Self::Bilateral => "liaison-bilateral",
        }
    }

    /// The model that conventions carry under this id.
    pub fn of_form(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|model| model.form_id() == id)
    }
}

liant_convention::words! {
    /// A barrier to work (*frein périphérique à l'emploi*): a tick of the form.
    Barrier {
        /// Faire face à des difficultés financières.
        Financial = "financial",
        /// Faire face à des difficultés de logement.
        Housing = "housing",
        /// Prendre en compte son état de santé.
        Health = "health",
        /// Faire face à des difficultés administratives ou juridiques.
        Administrative = "administrative",
        /// Surmonter des contraintes familiales.
        Family = "family",
        /// Développer ses capacités d'insertion et de communication.
        Communication = "communication",
        /// Accéder à un moyen de transport.
        Transport = "transport",
    }
}

impl Barrier {
    /// Its tick in the dictionary.
    pub const fn field(self) -> Field {
        match self {
            Self::Financial => Field::BarrierFinancial,
            Self::Housing => Field::BarrierHousing,
            Self::Health => Field::BarrierHealth,
            Self::Administrative => Field::BarrierAdministrative,
            Self::Family => Field::BarrierFamily,
            Self::Communication => Field::BarrierCommunication,
            Self::Transport => Field::BarrierTransport,
        }
    }
}

/// Most characters of a text of the form: a line.
pub const LONGEST_LINE: usize = 120;
/// Most lines of an address: as many as an envelope has (norm NF Z10-011).
pub const ADDRESS_LINES: usize = 6;
/// More dependent children than this are a slip of the hand.
pub const MOST_CHILDREN: u8 = 20;

/// A professional whom the form names.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormAgent {
    /// Name and first name.
    pub name: String,
    /// Function or service.
    #[serde(default)]
    pub function: String,
    /// Telephone.
    #[serde(default)]
    pub phone: String,
    /// E-mail address, of the service.
    #[serde(default)]
    pub email: String,
}

/// Who accompanies on the social side.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum FormReferent {
    /// A social referent of the Département (*référent social, animateur*).
    Departement {
        /// Who.
        agent: FormAgent,
    },
    /// A social referent of a structure that it mandates (*référent social mandaté*).
    Mandated {
        /// Name of the structure.
        structure: String,
        /// Who.
        agent: FormAgent,
    },
}

/// The job seeker.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormPerson {
    /// Name: birth name, and married name where there is one.
    pub name: String,
    /// First name.
    pub first_name: String,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Lines of the postal address.
    #[serde(default)]
    pub address: Vec<String>,
    /// Telephone.
    #[serde(default)]
    pub phone: String,
    /// France Travail identifier.
    #[serde(default)]
    pub ft: String,
    /// CAF number.
    #[serde(default)]
    pub caf: String,
    /// Whether she lives in a couple (*situation de famille*).
    pub in_couple: Option<bool>,
    /// Dependent children.
    pub children: Option<u8>,
    /// Whether she receives the RSA.
    pub recipient: Option<bool>,
    /// Whether she is recognised as a disabled worker (RQTH).
    pub disabled_worker: Option<bool>,
}

/// What she says of electronic contact (*échanges dématérialisés*).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "kebab-case")]
pub enum ElectronicContact {
    /// Nothing yet: she is asked on paper.
    #[default]
    Unasked,
    /// No.
    Refused {
        /// When.
        on: Date,
    },
    /// Yes: her address may stand in the form.
    Agreed {
        /// When.
        on: Date,
        /// Her address.
        email: Option<String>,
    },
}

/// How the form was signed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSignature {
    /// The name that she signed with.
    pub name: String,
    /// The commune where she signed (*fait à*).
    #[serde(default)]
    pub place: String,
    /// When.
    pub at: Instant,
    /// Seal of what was signed: a hash, in hexadecimal.
    pub seal: String,
}

/// The decision after the shared diagnosis (annexe 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormDecision {
    /// Whether she enters global accompaniment.
    pub enters: bool,
    /// When it was taken.
    pub on: Date,
}

/// The liaison form: all that it may hold.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiaisonForm {
    /// The model.
    pub model: FormModel,
    /// Its day.
    pub made_on: Date,
    /// The adviser of France Travail.
    pub adviser: FormAgent,
    /// Her agency.
    #[serde(default)]
    pub agency: String,
    /// The head of the Département's local service (SLAI).
    pub local_service: FormAgent,
    /// Who accompanies on the social side, once it is known.
    pub referent: Option<FormReferent>,
    /// The job seeker.
    pub person: FormPerson,
    /// What is ticked.
    pub barriers: BTreeSet<Barrier>,
    /// When she agreed that the form be transmitted (convention, art. 4.1); without it nothing is sent.
    pub transmission: Option<Date>,
    /// What she says of electronic contact.
    #[serde(default)]
    pub electronic_contact: ElectronicContact,
    /// Her signature.
    pub signature: Option<FormSignature>,
    /// The decision, of a bilateral form.
    pub decision: Option<FormDecision>,
}

liant_convention::words! {
    /// A part of the form whose text may be at fault.
    FormPart {
        /// Name.
        Name = "her name",
        /// First name.
        FirstName = "her first name",
        /// Postal address.
        Address = "her address",
        /// Telephone.
        Phone = "her telephone",
        /// France Travail identifier.
        Ft = "her France Travail identifier",
        /// CAF number.
        Caf = "her CAF number",
        /// Dependent children.
        Children = "how many children she has",
        /// E-mail address.
        Email = "her e-mail address",
        /// Agency of France Travail.
        Agency = "the agency",
        /// The adviser of France Travail.
        Adviser = "the adviser",
        /// The head of the local service.
        LocalService = "the local service",
        /// Who accompanies on the social side.
        Referent = "the social referent",
        /// The structure that it mandates.
        Structure = "the mandated structure",
        /// The name of the signature.
        SignedAs = "the name of the signature",
        /// Where she signed.
        Place = "the place of the signature",
        /// The seal.
        Seal = "the seal",
    }
}

/// What is wrong with a form. It names the part, never what the part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormFault {
    /// Something that must be said is not.
    #[error("the form says nothing of {0}: without it nobody can be recognised by it")]
    Missing(FormPart),
    /// A text that is more than a line: the form has no free text (annexe 1).
    #[error("{0} is more than a line: the form has no free text (annexe 1)")]
    FreeText(FormPart),
    /// A text that is not what its part is made of.
    #[error("{0} is not written as one: look at it again")]
    Shape(FormPart),
    /// A decision on a form that asks for none.
    #[error("a tacit form asks for no decision (annexe 5)")]
    DecisionOnTacit,
    /// She has not agreed that it be transmitted.
    #[error("she has not agreed that the form be transmitted: nothing is sent (art. 4.1)")]
    NotAgreed,
    /// She has not signed it.
    #[error("the form is not signed")]
    Unsigned,
}

impl LiaisonForm {
    /// A form to fill in by hand.
    pub fn blank(model: FormModel, made_on: Date) -> Self {
        Self {
            model,
            made_on,
            adviser: FormAgent::default(),
            agency: String::new(),
            local_service: FormAgent::default(),
            referent: None,
            person: FormPerson::default(),
            barriers: BTreeSet::new(),
            transmission: None,
            electronic_contact: ElectronicContact::Unasked,
            signature: None,
            decision: None,
        }
    }

    /// What is wrong with what it holds.
    pub fn faults(&self) -> Vec<FormFault> {
        let missing = [(FormPart::Name, &self.person.name), (FormPart::FirstName, &self.person.first_name)]
            .into_iter()
            .filter(|(_, text)| text.trim().is_empty())
            .map(|(what, _)| FormFault::Missing(what));
        let free = self
            .lines()
            .into_iter()
            .filter(|(_, text)| text.chars().count() > LONGEST_LINE || text.chars().any(char::is_control))
            .map(|(what, _)| FormFault::FreeText(what));
        let decided = self.model == FormModel::Tacit && self.decision.is_some();
        let shape = self.misshapen().map(FormFault::Shape);
        missing.chain(free).chain(shape).chain(decided.then_some(FormFault::DecisionOnTacit)).collect()
    }

    /// The parts whose text is not of their kind. Any of them may be left blank.
    fn misshapen(&self) -> impl Iterator<Item = FormPart> {
        let (person, hers) = (&self.person, &self.electronic_contact);
        let email = match hers {
            ElectronicContact::Agreed { email: Some(email), .. } => is_email(email),
            _ => true,
        };
        [
            (FormPart::Address, person.address.len() <= ADDRESS_LINES),
            (FormPart::Phone, is_phone(&person.phone)),
            (FormPart::Ft, is_identifier(&person.ft)),
            (FormPart::Caf, is_identifier(&person.caf)),
            (FormPart::Children, person.children.is_none_or(|many| many <= MOST_CHILDREN)),
            (FormPart::Email, email),
            (FormPart::Adviser, is_phone(&self.adviser.phone) && is_email(&self.adviser.email)),
            (
                FormPart::LocalService,
                is_phone(&self.local_service.phone) && is_email(&self.local_service.email),
            ),
        ]
        .into_iter()
        .filter_map(|(what, fits)| (!fits).then_some(what))
    }

    /// What stands against sending it: nothing that is wrong with it, her agreement and her signature.
    pub fn against_sending(&self) -> Vec<FormFault> {
        let mut against = self.faults();
        against.extend(self.transmission.is_none().then_some(FormFault::NotAgreed));
        against.extend(self.signature.is_none().then_some(FormFault::Unsigned));
        if let Some(FormSignature { name, place, .. }) = &self.signature {
            let said = [(FormPart::SignedAs, name), (FormPart::Place, place)].into_iter();
            against.extend(
                said.filter(|(_, text)| text.trim().is_empty()).map(|(what, _)| FormFault::Missing(what)),
            );
        }
        against
    }

    /// Every text that it holds, with what it is.
    fn lines(&self) -> Vec<(FormPart, &str)> {
        let mut lines: Vec<(FormPart, &str)> = vec![
            (FormPart::Agency, &self.agency),
            (FormPart::Name, &self.person.name),
            (FormPart::FirstName, &self.person.first_name),
            (FormPart::Phone, &self.person.phone),
            (FormPart::Ft, &self.person.ft),
            (FormPart::Caf, &self.person.caf),
        ];
        lines.extend(self.person.address.iter().map(|line| (FormPart::Address, line.as_str())));
        lines.extend(agent_lines(FormPart::Adviser, &self.adviser));
        lines.extend(agent_lines(FormPart::LocalService, &self.local_service));
        match &self.referent {
            Some(FormReferent::Departement { agent }) => {
                lines.extend(agent_lines(FormPart::Referent, agent));
            }
            Some(FormReferent::Mandated { structure, agent }) => {
                lines.push((FormPart::Structure, structure));
                lines.extend(agent_lines(FormPart::Referent, agent));
            }
            None => {}
        }
        if let ElectronicContact::Agreed { email: Some(email), .. } = &self.electronic_contact {
            lines.push((FormPart::Email, email));
        }
        if let Some(signature) = &self.signature {
            lines.extend([
                (FormPart::SignedAs, signature.name.as_str()),
                (FormPart::Place, signature.place.as_str()),
                (FormPart::Seal, signature.seal.as_str()),
            ]);
        }
        lines
    }
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let of_phone = |sign: char| sign.is_ascii_digit() || matches!(sign, '+' | ' ' | '.' | '-');
    text.is_empty() || ((4..=15).contains(&digits) && text.chars().all(of_phone))
}

fn is_identifier(text: &str) -> bool {
    text.len() <= 15 && text.chars().all(|sign| sign.is_ascii_alphanumeric())
}

fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    let is_address =
        |(name, place): (&str, &str)| !name.is_empty() && place.contains('.') && !place.contains('@');
    text.is_empty() || (parts.is_some_and(is_address) && !text.contains(char::is_whitespace))
}

fn agent_lines(who: FormPart, agent: &FormAgent) -> impl Iterator<Item = (FormPart, &str)> {
    [&agent.name, &agent.function, &agent.phone, &agent.email]
        .into_iter()
        .map(move |text| (who, text.as_str()))
}

impl fmt::Debug for LiaisonForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiaisonForm")
            .field("model", &self.model)
            .field("made_on", &self.made_on)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> LiaisonForm {
        LiaisonForm {
            model: FormModel::Bilateral,
            made_on: Date::constant(2026, 11, 16),
            adviser: FormAgent { name: "DELATTRE Camille".to_owned(), ..FormAgent::default() },
            agency: "Arras".to_owned(),
            local_service: FormAgent::default(),
            referent: None,
            person: FormPerson {
                name: "ABEILLE".to_owned(),
                first_name: "Jeanne".to_owned(),
                ..FormPerson::default()
            },
            barriers: BTreeSet::new(),
            transmission: Some(Date::constant(2026, 11, 16)),
            electronic_contact: ElectronicContact::Unasked,
            signature: Some(FormSignature {
                name: "Jeanne ABEILLE".to_owned(),
                place: "Arras".to_owned(),
                at: Instant::from_micros(1_794_816_240_000_000),
                seal: "00".to_owned(),
            }),
            decision: None,
        }
    }

    #[test]
    fn a_whole_form_has_no_fault() {
        assert_eq!(form().against_sending(), []);
    }

    /// A change of a form, and what it brings.
    type Case = (fn(&mut LiaisonForm), FormFault);

    #[test]
    fn each_fault_is_seen() {
        let cases: [Case; 16] = [
            (|form| form.person.name = " ".to_owned(), FormFault::Missing(FormPart::Name)),
            (|form| form.person.first_name.clear(), FormFault::Missing(FormPart::FirstName)),
            (|form| form.person.address.push("a\nb".to_owned()), FormFault::FreeText(FormPart::Address)),
            (
                |form| form.adviser.function = "x".repeat(LONGEST_LINE + 1),
                FormFault::FreeText(FormPart::Adviser),
            ),
            (
                |form| {
                    let agent = FormAgent { phone: "1\t2".to_owned(), ..FormAgent::default() };
                    form.referent = Some(FormReferent::Mandated { structure: "CCAS".to_owned(), agent });
                },
                FormFault::FreeText(FormPart::Referent),
            ),
            (
                |form| {
                    form.model = FormModel::Tacit;
                    form.decision = Some(FormDecision { enters: true, on: form.made_on });
                },
                FormFault::DecisionOnTacit,
            ),
            (|form| form.person.phone = "call her".to_owned(), FormFault::Shape(FormPart::Phone)),
            (|form| form.person.ft = "01 234".to_owned(), FormFault::Shape(FormPart::Ft)),
            (|form| form.person.caf = "1234567890123456".to_owned(), FormFault::Shape(FormPart::Caf)),
            (|form| form.person.children = Some(21), FormFault::Shape(FormPart::Children)),
            (
                |form| {
                    let (on, email) = (form.made_on, Some("jeanne at example".to_owned()));
                    form.electronic_contact = ElectronicContact::Agreed { on, email };
                },
                FormFault::Shape(FormPart::Email),
            ),
            (
                |form| form.person.address = vec!["1 RUE HAUTE".to_owned(); 7],
                FormFault::Shape(FormPart::Address),
            ),
            (|form| form.transmission = None, FormFault::NotAgreed),
            (|form| form.signature = None, FormFault::Unsigned),
            (|form| form.signature.as_mut().unwrap().name.clear(), FormFault::Missing(FormPart::SignedAs)),
            (|form| form.signature.as_mut().unwrap().place.clear(), FormFault::Missing(FormPart::Place)),
        ];
        for (change, fault) in cases {
            let mut form = form();
            change(&mut form);
            assert_eq!(form.against_sending(), [fault]);
        }
    }

    #[test]
    fn barriers_are_the_seven_of_the_dictionary() {
        let of_dictionary =
            Field::all().map(Field::code).filter(|code| code.starts_with("accompaniment.barrier."));
        let ours: BTreeSet<&str> = Barrier::ALL.iter().map(|barrier| barrier.field().code()).collect();
        assert_eq!(ours, of_dictionary.collect());
        for barrier in Barrier::ALL {
            assert!(barrier.field().code().ends_with(barrier.as_str()));
        }
    }

    #[test]
    fn a_debug_holds_nobody() {
        let text = format!("{:?}", form());
        assert!(
            !text.contains("ABEILLE") && !text.contains("Jeanne") && !text.contains("DELATTRE"),
            "{text}"
        );
    }
}

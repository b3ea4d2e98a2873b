//! What a person's own rights close of her data, which stay held: restriction of processing (*limitation du traitement*, GDPR
//! art. 18) and objection (*opposition*, art. 21); whose decision each is, and what the legal bases of the clauses make of it.

use jiff::civil::Date;
use liant_model::{Party, Purpose, Source, Territory};

use crate::convention::{Convention, Kind, PurposeEntry, Text};
use crate::decision::{ClauseRef, Validity};
use crate::gate::Gate;
use crate::terms::{Capacity, Despite};

crate::words! {
    /// What makes a use of personal data lawful (*base légale*, GDPR art. 6 (1)), as a purpose states it in its `basis`.
    LawfulBasis {
        /// The person agreed: she takes that back, and need not object.
        Consent = "GDPR art. 6 (1) (a)",
        /// A contract with her.
        Contract = "GDPR art. 6 (1) (b)",
        /// The law obliges the controller (*obligation légale*): there is no objection.
        Obligation = "GDPR art. 6 (1) (c)",
        /// Someone's life.
        VitalInterest = "GDPR art. 6 (1) (d)",
        /// A task in the public interest (*mission d'intérêt public*): she may object.
        PublicTask = "GDPR art. 6 (1) (e)",
        /// Legitimate interests (*intérêt légitime*): she may object.
        Interests = "GDPR art. 6 (1) (f)",
    }
}

impl LawfulBasis {
    /// Whether the law lets a person object to what rests on it (GDPR art. 21 (1)).
    pub const fn is_open_to_objection(self) -> bool {
        matches!(self, Self::PublicTask | Self::Interests)
    }
}

impl PurposeEntry {
    /// The bases of GDPR art. 6 (1) that it states.
    pub fn lawful_bases(&self) -> impl Iterator<Item = LawfulBasis> {
        self.basis.iter().filter_map(|basis| basis.parse().ok())
    }

    /// Whether a person may object to it: unless it states a basis that is not open to objection. Where it states none, nothing
    /// says that she may not.
    pub fn is_open_to_objection(&self) -> bool {
        self.lawful_bases().all(LawfulBasis::is_open_to_objection)
    }
}

/// What a person's right closes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limited {
    /// Every use but storage, and what art. 18 (2) lets be used all the same.
    Restriction,
    /// The uses for these purposes, under clauses whose own purpose is open to objection.
    Objection(Vec<Purpose>),
}

/// One limit on the use of someone's data, and whose decision it is: it closes what that party decides about, and nothing of what
/// another does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Limit {
    /// The party that carries it out.
    pub by: Party,
    /// What it closes.
    pub what: Limited,
}

/// A release, as far as limits go: what of it they may close.
#[derive(Clone, Copy, Debug)]
pub struct Closable<'a> {
    /// Who decides whether it happens: [`Gate::deciders`].
    pub deciders: &'a [Party],
    /// Those of its purposes that are open to objection under its clause.
    pub open_to_objection: &'a [Purpose],
    /// On what ground it happens in spite of a restriction.
    pub despite: Option<Despite>,
}

impl Limit {
    /// Whether it closes a release.
    pub fn closes(&self, release: Closable<'_>) -> bool {
        release.deciders.contains(&self.by)
            && match &self.what {
                Limited::Restriction => release.despite.is_none(),
                // What she agrees to she does not object to, and legal claims go on (art. 21 (1)).
                Limited::Objection(to) => {
                    !matches!(release.despite, Some(Despite::Consent | Despite::LegalClaims))
                        && release.open_to_objection.iter().any(|purpose| to.contains(purpose))
                }
            }
    }
}

/// A purpose of a file that binds a party, as someone who objects meets it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ObjectionLine {
    /// The purpose.
    pub purpose: Purpose,
    /// In words.
    pub text: Text,
    /// The file that states it, with its version.
    pub file: (String, u32),
    /// Its legal bases, as the file words them.
    pub basis: Vec<String>,
    /// Whether she may object to it.
    pub is_open: bool,
}

impl Gate {
    /// Who decides whether facts of a source may go to the people of a party. The party itself, or the controller for whom it
    /// acts as a processor. Facts of another's register that the party does not keep here under a register entry of its own come
    /// to it from whoever does: they decide with it.
    ///
    /// A register is its party's own where a flow brings it from that party alone; who keeps a source here is who has a register
    /// entry that names it.
    pub fn deciders(&self, territory: Territory, recipient: &Party, source: &Source) -> Vec<Party> {
        let files = || self.conventions().iter().filter(move |file| file.territory == territory);
        let own = controller(files, recipient);
        let is_own_register = files()
            .flat_map(|file| &file.flows)
            .any(|flow| flow.from == own && flow.sources.as_slice() == std::slice::from_ref(source));
        let mut keepers: Vec<Party> = files().filter_map(|file| keeper(file, source)).cloned().collect();
        if is_own_register || keepers.contains(&own) {
            return vec![own];
        }
        keepers.push(own);
        keepers.sort_unstable();
        keepers.dedup();
        keepers
    }

    /// Those of these purposes to which a person may object under a clause, by the bases that its file states.
    pub fn open_to_objection(&self, clause: &ClauseRef, purposes: &[Purpose]) -> Vec<Purpose> {
        let file = self
            .conventions()
            .iter()
            .find(|file| *file.id == *clause.convention && file.version == clause.version);
        let stated = |purpose: &Purpose| {
            let mut entries = file.into_iter().flat_map(|file| &file.purposes);
            // What no file states the bases of, she may object to.
            entries.find(|entry| entry.id == *purpose).is_none_or(PurposeEntry::is_open_to_objection)
        };
        purposes.iter().filter(|purpose| stated(purpose)).cloned().collect()
    }

    /// Every purpose of the files in force that bind a party as one that decides, file by file: what of it someone may object to.
    pub fn objection_lines(&self, territory: Territory, party: &Party, day: Date) -> Vec<ObjectionLine> {
        let binds = |file: &&Convention| {
            file.territory == territory
                && file.parties.iter().any(|entry| entry.org == *party && entry.of.is_none())
                && self.standing(&file.id, file.version, day) == Some(Validity::InForce)
        };
        let lines = |file: &Convention| {
            let file_id = (file.id.to_string(), file.version);
            let line = move |entry: &PurposeEntry| ObjectionLine {
                purpose: entry.id.clone(),
                text: entry.text.clone(),
                file: file_id.clone(),
                basis: entry.basis.clone(),
                is_open: entry.is_open_to_objection(),
            };
            file.purposes.iter().map(line).collect::<Vec<_>>()
        };
        self.conventions().iter().filter(binds).flat_map(lines).collect()
    }
}

/// For whom a party acts: itself, unless some file has it as a processor.
fn controller<'f, I: Iterator<Item = &'f Convention>>(files: impl Fn() -> I, party: &Party) -> Party {
    let mut own = party.clone();
    // No chain of processors is longer than there are files.
    for _ in files() {
        let entries = files().flat_map(|file| &file.parties);
        let instructs = entries
            .filter(|entry| entry.org == own)
            .filter(|entry| matches!(entry.capacity, Capacity::Processor | Capacity::SubProcessor))
            .find_map(|entry| entry.of.clone());
        let Some(next) = instructs else { break };
        own = next;
    }
    own
}

/// The controller of a register entry that names a source in any clause.
fn keeper<'f>(file: &'f Convention, source: &Source) -> Option<&'f Party> {
    let Kind::Register { controller } = &file.kind else { return None };
    let named = file.flows.iter().flat_map(|flow| &flow.sources);
    let named = named.chain(file.grants.iter().flat_map(|grant| &grant.sources));
    let mut named = named.chain(file.uses.iter().flat_map(|used| &used.sources));
    named.any(|one| one == source).then_some(controller)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ON_ACCOMPANIMENT, SHIPPED};

    fn gate() -> Gate {
        let files = SHIPPED.iter().chain(ON_ACCOMPANIMENT);
        let files = files.map(|(name, text)| Convention::parse(name, text).unwrap());
        Gate::new(files.collect()).unwrap()
    }

    fn party(name: &str) -> Party {
        Party::parse(name).unwrap()
    }

    fn purpose(name: &str) -> Purpose {
        Purpose::parse(name).unwrap()
    }

    #[test]
    fn each_party_decides_about_its_own_data() {
        let (gate, territory) = (gate(), Territory::parse("62").unwrap());
        for (recipient, source, expected) in [
            // What was received is its receiver's.
            ("departement-62", "departement", &["departement-62"][..]),
            ("departement-62", "cnaf", &["departement-62"]),
            ("departement-62", "france-travail", &["departement-62"]),
            // Who acts for it decides nothing.
            ("structure-mandatee-62", "departement", &["departement-62"]),
            ("structure-mandatee-62", "france-travail", &["departement-62"]),
            // Its own register is its own business.
            ("france-travail", "france-travail", &["france-travail"]),
            ("france-travail", "departement", &["departement-62", "france-travail"]),
            ("france-travail", "cnaf", &["departement-62", "france-travail"]),
            ("caf-62", "departement", &["caf-62", "departement-62"]),
            ("caf-62", "cnaf", &["caf-62"]),
            ("nobody", "elsewhere", &["nobody"]),
        ] {
            let found = gate.deciders(territory, &party(recipient), &Source::parse(source).unwrap());
            let expected: Vec<Party> = expected.iter().map(|one| party(one)).collect();
            assert_eq!(found, expected, "{recipient} {source}");
        }
    }

    #[test]
    fn the_basis_of_a_purpose_says_whether_she_may_object() {
        use LawfulBasis::{Consent, Obligation, PublicTask};
        let entry = |basis: &[&str]| PurposeEntry {
            id: purpose("x"),
            text: Text::default(),
            basis: basis.iter().map(|one| (*one).to_owned()).collect(),
            span: crate::Span::default(),
        };
        for (basis, stated, is_open) in [
            (&["CASF L.262-29", "GDPR art. 6 (1) (e)"][..], &[PublicTask][..], true),
            (&["GDPR art. 6 (1) (f)"], &[LawfulBasis::Interests], true),
            (&["GDPR art. 6 (1) (c)"], &[Obligation], false),
            (&["GDPR art. 6 (1) (e)", "GDPR art. 6 (1) (c)"], &[PublicTask, Obligation], false),
            (&["GDPR art. 6 (1) (a)"], &[Consent], false),
            (&["CASF L.262-29"], &[], true),
        ] {
            let entry = entry(basis);
            assert_eq!(entry.lawful_bases().collect::<Vec<_>>(), stated, "{basis:?}");
            assert_eq!(entry.is_open_to_objection(), is_open, "{basis:?}");
        }
    }

    #[test]
    fn the_shipped_files_say_what_she_may_object_to() {
        let gate = gate();
        let day = Date::constant(2026, 11, 22);
        let lines = gate.objection_lines(Territory::parse("62").unwrap(), &party("departement-62"), day);
        let closed: Vec<_> = lines
            .iter()
            .filter(|line| !line.is_open)
            .map(|line| format!("{} {}", line.file.0, line.purpose))
            .collect();
        assert_eq!(
            closed,
            [
                "62-departement person-rights",
                "62-echange-accompagnement-global fund-evidence",
                "62-echange-accompagnement-global person-rights",
                "62-echange-rsa person-rights",
            ]
        );
        assert!(lines.iter().any(|line| line.is_open && line.purpose == purpose("follow-up")));
        let files: Vec<&Convention> = gate.conventions().iter().collect();
        let entries = files.iter().flat_map(|file| &file.purposes);
        assert!(entries.clone().count() > 10);
        for entry in entries.filter(|entry| entry.id.as_str() != "cooperation") {
            assert!(entry.lawful_bases().next().is_some(), "{}", entry.id);
        }
    }

    #[test]
    fn a_limit_closes_what_its_party_decides_about() {
        let deciders = [party("departement-62")];
        let (follow_up, orientation) = (purpose("follow-up"), purpose("orientation"));
        let open = [follow_up.clone()];
        let restriction = |by: &str| Limit { by: party(by), what: Limited::Restriction };
        let objection =
            |by: &str, to: &Purpose| Limit { by: party(by), what: Limited::Objection(vec![to.clone()]) };
        let release = |despite| Closable { deciders: &deciders, open_to_objection: &open, despite };
        for (limit, despite, closes) in [
            (restriction("departement-62"), None, true),
            (restriction("departement-62"), Some(Despite::LegalClaims), false),
            (restriction("france-travail"), None, false),
            (objection("departement-62", &follow_up), None, true),
            (objection("departement-62", &follow_up), Some(Despite::LegalClaims), false),
            (objection("departement-62", &follow_up), Some(Despite::PublicInterest), true),
            (objection("departement-62", &orientation), None, false),
            (objection("france-travail", &follow_up), None, false),
        ] {
            assert_eq!(limit.closes(release(despite)), closes, "{limit:?} {despite:?}");
        }
    }
}

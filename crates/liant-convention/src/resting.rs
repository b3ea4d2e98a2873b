//! What is held of people rests on (*base légale*): the purposes for which it was received or recorded, and their legal bases.

use liant_model::{Party, Purpose, Territory};

use crate::convention::{Convention, Flow, Kind};
use crate::decision::ClauseRef;
use crate::gate::{Gate, clause};
use crate::limits::LawfulBasis;

/// What a set of data rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestsOn {
    /// The clause that it came by; none where no file words one.
    pub clause: Option<ClauseRef>,
    /// The purposes.
    pub purposes: Vec<Purpose>,
    /// The bases of GDPR art. 6 (1) that these state.
    pub bases: Vec<LawfulBasis>,
    /// All that they state, as the files word it.
    pub stated: Vec<String>,
}

impl RestsOn {
    fn add(&mut self, file: &Convention, flow: &Flow) {
        for purpose in flow.purposes.iter().filter(|purpose| !self.purposes.contains(purpose)) {
            for entry in file.purposes.iter().filter(|entry| entry.id == *purpose) {
                self.bases.extend(entry.lawful_bases());
                self.stated.extend(entry.basis.iter().cloned());
            }
        }
        for purpose in &flow.purposes {
            if !self.purposes.contains(purpose) {
                self.purposes.push(purpose.clone());
            }
        }
        self.bases.sort_unstable();
        self.bases.dedup();
        self.stated.sort_unstable();
        self.stated.dedup();
    }
}

impl Gate {
    /// What facts rest on that were received under a clause. A clause that no file words any more rests on nothing that is known.
    pub fn received_for(&self, territory: Territory, received_under: &str) -> RestsOn {
        let mut found = RestsOn { clause: ClauseRef::parse(received_under), ..RestsOn::default() };
        for file in self.conventions().iter().filter(|file| file.territory == territory) {
            for flow in &file.flows {
                if clause(file, &flow.clause).to_string() == received_under {
                    found.add(file, flow);
                }
            }
        }
        found
    }

    /// What a controller's own records rest on: what its register entries receive and keep people's data for.
    pub fn recorded_for(&self, territory: Territory, controller: &Party) -> RestsOn {
        let is_its = |file: &&Convention| {
            file.territory == territory
                && matches!(&file.kind, Kind::Register { controller: of } if of == controller)
        };
        let mut found = RestsOn::default();
        for file in self.conventions().iter().filter(is_its) {
            for flow in &file.flows {
                found.clause.get_or_insert_with(|| (*clause(file, &flow.clause)).clone());
                found.add(file, flow);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SHIPPED;

    fn gate(change: impl Fn(&str) -> String) -> Gate {
        let files = SHIPPED.iter().map(|(name, text)| Convention::parse(name, &change(text)).unwrap());
        Gate::new(files.collect()).unwrap()
    }

    const PECGM: &str = "62-echange-rsa v1, art. 3 and annexe 3, PECGM";

    #[test]
    fn a_clause_is_read_back() {
        let clause = ClauseRef::parse(PECGM).unwrap();
        assert_eq!((clause.convention.as_str(), clause.version), ("62-echange-rsa", 1));
        assert_eq!(clause.to_string(), PECGM);
        for bad in ["", "62-echange-rsa", "62-echange-rsa v1", "62-echange-rsa one, art. 3"] {
            assert_eq!(ClauseRef::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_held_rests_on_what_it_was_received_for() {
        let territory = Territory::parse("62").unwrap();
        let rests = gate(str::to_owned).received_for(territory, PECGM);
        let purposes: Vec<&str> = rests.purposes.iter().map(Purpose::as_str).collect();
        assert_eq!(purposes, ["orientation", "follow-up", "file-handling"]);
        assert_eq!(rests.bases, [LawfulBasis::PublicTask]);
        assert!(rests.stated.iter().any(|one| one == "CASF L.262-29"));
        // Consent, where the clause says so.
        let agreed = gate(|text| text.replace("GDPR art. 6 (1) (e)", "GDPR art. 6 (1) (a)"));
        assert_eq!(agreed.received_for(territory, PECGM).bases, [LawfulBasis::Consent]);
        let unknown = gate(str::to_owned).received_for(territory, "62-gone v3, art. 1");
        assert!(unknown.bases.is_empty() && unknown.clause.is_some());
        let own = gate(str::to_owned).recorded_for(territory, &Party::parse("departement-62").unwrap());
        assert!(own.bases.contains(&LawfulBasis::PublicTask), "{own:?}");
        assert!(!own.bases.contains(&LawfulBasis::Obligation), "{own:?}");
        assert_eq!(own.clause.unwrap().convention, "62-departement");
        let nobody = gate(str::to_owned).recorded_for(territory, &Party::parse("nobody").unwrap());
        assert_eq!(nobody, RestsOn::default());
    }
}

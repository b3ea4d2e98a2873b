//! Lists that parties owe each other: their processors (*sous-traitants*), the countries of the data, the people who have access. When
//! each is due again, and which countries a convention allows. Pure.

use jiff::civil::Date;
use liant_convention::{Convention, ListKind};
use liant_model::Party;

use crate::rights::after;

/// The members of the European Union, by their codes of ISO 3166.
const UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];
/// Those of the European Economic Area besides.
const AREA: [&str; 3] = ["IS", "LI", "NO"];

/// A list that our party owes under a convention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedList {
    /// The convention.
    pub convention: String,
    /// Its version.
    pub version: u32,
    /// Of what.
    pub of: ListKind,
    /// The clause.
    pub clause: String,
    /// The day it was last given.
    pub last: Option<Date>,
    /// By when it is due again; none when it is given on request.
    pub due: Option<Date>,
}

/// The lists that our party owes under these conventions, the first due first; those given on request last. A list is due again a
/// time after it was last given, or after the convention began.
pub fn owed_lists<'a>(
    in_force: impl IntoIterator<Item = &'a Convention>,
    our: &Party,
    given: &[(String, ListKind, Date)],
) -> Vec<OwedList> {
    let mut all = Vec::new();
    for file in in_force {
        let is_ours = |entry: &&liant_convention::ListEntry| match &entry.owed_by {
            Some(owed_by) => owed_by == our,
            None => file.parties.iter().any(|party| party.org == *our),
        };
        for entry in file.lists.iter().filter(is_ours) {
            let own = given.iter().filter(|(convention, of, _)| **convention == *file.id && *of == entry.of);
            let last = own.map(|(.., day)| *day).max();
            let from = last.unwrap_or(file.in_force.from);
            all.push(OwedList {
                convention: file.id.to_string(),
                version: file.version,
                of: entry.of,
                clause: entry.clause.clone(),
                last,
                due: entry.every.and_then(|every| after(from, every)),
            });
        }
    }
    all.sort_by(|one, other| {
        let key = |list: &OwedList| (list.due.is_none(), list.due, list.convention.clone());
        key(one).cmp(&key(other))
    });
    all
}

/// Whether a convention whose data lie in this area (`hosting`) allows a country.
pub fn allows(area: &str, country: &str) -> bool {
    match area {
        "EU" => UNION.contains(&country),
        "EEA" => UNION.contains(&country) || AREA.contains(&country),
        other => other == country,
    }
}

#[cfg(test)]
mod tests {
    use liant_convention::SHIPPED;

    use super::*;

    const LISTS: &str = "
[[list]]
of     = \"sub_processors\"
clause = \"art. 4\"
every  = \"6 months\"

[[list]]
of      = \"agents\"
clause  = \"art. 6\"
every   = \"1 year\"
owed_by = \"france-travail\"
";

    fn files() -> Vec<Convention> {
        let of = |(name, text): &(&str, &str)| {
            let more = if name.contains("echange-rsa") { LISTS } else { "" };
            Convention::parse(name, &format!("{text}{more}")).unwrap()
        };
        SHIPPED.iter().map(of).collect()
    }

    #[test]
    fn a_list_is_due_again_after_it_was_given() {
        let (files, our) = (files(), Party::parse("departement-62").unwrap());
        let begun = files.iter().find(|file| &*file.id == "62-echange-rsa").unwrap().in_force.from;
        let six = |day: Date| Some(day.saturating_add(jiff::Span::new().months(6)));
        let given = |days: &[Date]| {
            days.iter()
                .map(|day| ("62-echange-rsa".to_owned(), ListKind::SubProcessors, *day))
                .collect::<Vec<_>>()
        };
        let (may, june) = (Date::constant(2026, 5, 1), Date::constant(2026, 6, 1));
        for (days, last, due) in [
            (vec![], None, six(begun)),
            (vec![may], Some(may), six(may)),
            (vec![june, may], Some(june), six(june)),
        ] {
            let all = owed_lists(&files, &our, &given(&days));
            let of: Vec<_> = all.iter().filter(|list| list.of == ListKind::SubProcessors).collect();
            assert_eq!(of.len(), 1);
            assert_eq!((of[0].last, of[0].due), (last, due));
            assert!(all.iter().all(|list| list.of != ListKind::Agents), "another party's");
            assert!(all.last().unwrap().due.is_none(), "on request comes last");
        }
    }

    #[test]
    fn countries_lie_in_the_area_or_not() {
        for (area, country, may) in [
            ("EU", "FR", true),
            ("EU", "NO", false),
            ("EU", "US", false),
            ("EEA", "NO", true),
            ("EEA", "DE", true),
            ("EEA", "CH", false),
            ("FR", "FR", true),
            ("FR", "DE", false),
        ] {
            assert_eq!(allows(area, country), may, "{country} in {area}");
        }
    }
}

//! The address of the list of people under a filter: the one place that knows its words.

use liant_app::people::{Event, Test};

use super::person::words::address;

/// The list of people.
pub(crate) const PATH: &str = "/people";

/// The address of those who pass every one of these tests.
pub(crate) fn people(tests: &[Test]) -> String {
    let pairs: Vec<(&str, String)> = tests.iter().flat_map(pairs).collect();
    address(PATH, &pairs)
}

fn pairs(test: &Test) -> Vec<(&'static str, String)> {
    let one_of = |yes: bool, [this, that]: [&str; 2]| if yes { this } else { that }.to_owned();
    let some = |value: Option<String>| value.unwrap_or_else(|| "none".to_owned());
    match test {
        Test::Commune(commune) => vec![("commune", commune.clone())],
        Test::Service(service) => vec![("service", some(service.map(|service| service.to_string())))],
        Test::Born(first, _) => vec![("born", first.year().to_string())],
        Test::WithFranceTravail(held) => vec![("ft", one_of(*held, ["with", "left"]))],
        Test::Category(category) => vec![("category", category.clone())],
        Test::InCourse(in_course) => vec![("right", one_of(*in_course, ["in-course", "other"]))],
        Test::Nature(nature) => vec![("nature", some(nature.clone()))],
        Test::ToOrient => vec![("todo", "orient".to_owned())],
        Test::ToOrientSince(day) => vec![("todo", "orient".to_owned()), ("waiting", day.to_string())],
        Test::WithoutReferent => vec![("todo", "referent".to_owned())],
        Test::Referent(account) => vec![("referent", account.to_string())],
        Test::Happened(kind, source, since) => {
            let event = Event { kind: *kind, source: source.clone() };
            vec![("event", event.code().to_owned()), ("since", since.to_string())]
        }
    }
}

#[cfg(test)]
mod tests {
    use liant_app::people::{Filters, Happening};
    use liant_model::{Date, Source};

    use super::*;

    #[test]
    fn a_filter_has_one_address() {
        let day = Date::constant(2026, 10, 31);
        for (tests, expected) in [
            (vec![], "/people"),
            (vec![Test::ToOrient], "/people?todo=orient"),
            (vec![Test::ToOrientSince(day)], "/people?todo=orient&waiting=2026-10-31"),
            (
                vec![Test::Happened(Happening::Left, Source::CNAF, day)],
                "/people?event=caf-left&since=2026-10-31",
            ),
            (
                vec![Test::Happened(Happening::Ceased, Source::FRANCE_TRAVAIL, day), Test::WithoutReferent],
                "/people?event=ceased&since=2026-10-31&todo=referent",
            ),
        ] {
            assert_eq!(people(&tests), expected);
        }
    }

    #[test]
    fn the_list_reads_what_is_written_here() {
        let day = Date::constant(2026, 10, 31);
        let happened = Event::all().map(|event| Test::Happened(event.kind, event.source, day));
        let others = [Test::ToOrient, Test::ToOrientSince(day), Test::WithoutReferent, Test::InCourse(false)];
        let more = [Test::WithFranceTravail(false), Test::Nature(None), Test::Commune("62041".to_owned())];
        for test in happened.chain(others).chain(more) {
            let written = pairs(&test);
            let read = Filters::parse(written.iter().map(|(name, value)| (*name, value.as_str())));
            assert_eq!(read.tests(None, day), [test], "{written:?}");
        }
    }
}

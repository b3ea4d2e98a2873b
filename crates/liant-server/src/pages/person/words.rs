//! How people and their data are written on every screen.

use liant_app::review::Side;
use liant_identity::fold_name;
use liant_model::{Date, Field, FieldType, Source};

use crate::components::SourceMark;
use crate::next::encoded;
use crate::words::Words;

/// A name: first name and name in use, with the birth name when it is another, and not the same in other letters.
pub(crate) fn name(w: Words, first: Option<&str>, married: Option<&str>, birth: Option<&str>) -> String {
    let said =
        |value: Option<&str>| value.map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
    let (first, married, birth) = (said(first), said(married), said(birth));
    let last = married.clone().or_else(|| birth.clone());
    let whole: Vec<String> = first.into_iter().chain(last).collect();
    if whole.is_empty() {
        return w.say("person-unnamed").into();
    }
    let whole = whole.join(" ");
    match birth.filter(|birth| married.as_ref().is_some_and(|married| fold_name(married) != fold_name(birth)))
    {
        Some(birth) => w.say("person-born").text("name", whole).text("birth", birth).into(),
        None => whole,
    }
}

/// The name of a record under review.
pub(crate) fn side_name(w: Words, side: &Side) -> String {
    name(w, side.get(Field::FirstName), side.get(Field::MarriedName), side.get(Field::BirthName))
}

/// A value: a day in words, anything else as it is.
pub(crate) fn value(w: Words, field: Field, words: &str) -> String {
    match (field.field_type(), words.parse::<Date>()) {
        (FieldType::Date, Ok(day)) => w.date(day),
        _ => words.to_owned(),
    }
}

/// The mark of a source, by its name.
pub(crate) fn mark(w: Words, source: &str) -> SourceMark {
    SourceMark::of(w, &Source::parse(source).unwrap_or(Source::DEPARTEMENT))
}

/// An address with these pairs; empty ones are left out.
pub(crate) fn address(path: &str, pairs: &[(&str, String)]) -> String {
    let query: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use liant_model::Lang;

    use super::*;

    const W: Words = Words::new(Lang::Fr, Date::constant(2026, 11, 16));

    #[test]
    fn names_in_use_and_at_birth() {
        assert_eq!(name(W, Some("Lou"), None, Some("Abel")), "Lou Abel");
        assert_eq!(name(W, Some("Lou"), Some("Abel"), Some("Abel")), "Lou Abel");
        assert_eq!(name(W, Some("Lou"), Some("ABÉL"), Some("Abel")), "Lou ABÉL");
        assert_eq!(name(W, Some("Lou"), Some("Brun"), Some("Abel")), "Lou Brun, nom de naissance Abel");
        assert_eq!(name(W, None, Some(" "), None), "Personne sans nom connu");
    }

    #[test]
    fn addresses_keep_what_is_asked_and_no_more() {
        let pairs = [("file", String::new()), ("actor", "É & co".to_owned()), ("days", "30".to_owned())];
        assert_eq!(address("/audit", &pairs), "/audit?actor=%C3%89%20%26%20co&days=30");
        assert_eq!(address("/audit", &[]), "/audit");
    }
}

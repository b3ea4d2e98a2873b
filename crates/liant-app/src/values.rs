//! Values as people read them: the label of a code, yes and no for a flag.

use liant_model::{CodeLists, Field, FieldType, Lang};

/// A value in words: the label of its code in our list, or the label the source gave beside it, or the value itself.
pub(crate) fn in_words(
    lists: &CodeLists,
    lang: Lang,
    field: Field,
    value: &str,
    given: Option<&str>,
) -> String {
    match field.field_type() {
        FieldType::Code(list) => {
            let entry = lists.get(list).and_then(|list| list.get(value));
            let label = entry.map(|entry| match lang {
                Lang::En if !entry.en.is_empty() => entry.en.as_str(),
                _ => entry.fr.as_str(),
            });
            label.or(given).map_or_else(|| value.to_owned(), str::to_owned)
        }
        FieldType::Count => value.parse::<u32>().map_or_else(|_| value.to_owned(), |count| count.to_string()),
        FieldType::Flag => flag(lang, value).unwrap_or(value).to_owned(),
        _ => given.map_or_else(|| value.to_owned(), |label| format!("{label} ({value})")),
    }
}

fn flag(lang: Lang, value: &str) -> Option<&'static str> {
    match (lang, value) {
        (Lang::Fr, "1") => Some("oui"),
        (Lang::Fr, "0") => Some("non"),
        (Lang::En, "1") => Some("yes"),
        (Lang::En, "0") => Some("no"),
        _ => None,
    }
}

/// The field that holds the label which a source gives beside a code.
pub(crate) fn label_of(field: Field) -> Option<Field> {
    Field::all().find(|label| label.field_type() == FieldType::Label(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_flags_and_what_no_list_knows() {
        let lists = CodeLists::shipped().unwrap();
        let words = |lang, field, value, given| in_words(&lists, lang, field, value, given);
        assert_eq!(words(Lang::Fr, Field::OrientationNature, "01", None), "Orienté vers un référent social");
        assert_eq!(words(Lang::En, Field::OrientationNature, "01", None), "Oriented to a social referent");
        assert_eq!(words(Lang::Fr, Field::OrientationNature, "99", None), "99");
        assert_eq!(words(Lang::Fr, Field::OrientationNature, "99", Some("Autre")), "Autre");
        assert_eq!(words(Lang::En, Field::DependentChildren, "02", None), "2");
        assert_eq!(words(Lang::En, Field::UnderRightsAndDuties, "1", None), "yes");
        assert_eq!(
            words(Lang::Fr, Field::Occupation, "K1304", Some("Services domestiques")),
            "Services domestiques (K1304)"
        );
        assert_eq!(label_of(Field::Occupation), Some(Field::OccupationLabel));
        assert_eq!(label_of(Field::BirthName), None);
    }
}

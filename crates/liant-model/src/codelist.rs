use std::collections::BTreeMap;

/// One code of a list and its labels.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct CodeEntry {
    /// The code as the flow writes it.
    pub code: String,
    /// Label in French, as the source gives it.
    pub fr: String,
    /// Label in English.
    #[serde(default)]
    pub en: String,
}

/// A list of codes, as data: `data/codelists/<id>.toml`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct CodeList {
    /// Short name, which a [`FieldType::Code`](crate::FieldType::Code) cites.
    pub id: String,
    /// The text the list comes from.
    pub source: String,
    /// Whether codes outside the list are known to exist: they are then kept without even a warning.
    #[serde(default)]
    pub open: bool,
    /// The codes.
    #[serde(rename = "code", default)]
    pub codes: Vec<CodeEntry>,
}

impl CodeList {
    /// The entry of `code`, if the list knows it.
    pub fn get(&self, code: &str) -> Option<&CodeEntry> {
        self.codes.iter().find(|entry| entry.code == code)
    }
}

/// All code lists, by their short names.
#[derive(Clone, Debug, Default)]
pub struct CodeLists(BTreeMap<String, CodeList>);

/// Why a code list cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("code list {name}: {cause}")]
pub struct CodeListError {
    /// File or list at fault.
    pub name: String,
    /// What is wrong, with its place.
    pub cause: String,
}

macro_rules! shipped {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../data/codelists/", $name, ".toml")))),*] };
}

/// The lists that ship with the binary.
const SHIPPED: &[(&str, &str)] = shipped![
    "ft-category",
    "ft-situation",
    "ft-cessation",
    "ft-radiation",
    "ft-level",
    "ft-axis",
    "ft-modality",
    "certification",
    "orientation-nature",
    "cnaf-right-state",
    "cnaf-role",
    "cnaf-benefit",
    "cnaf-closure",
    "cnaf-payment-suspension",
    "cnaf-right-suspension",
    "cnaf-request-origin",
    "cnaf-fund",
    "cnaf-family-situation",
    "wider-search-reason",
    "close-look-up-reason",
    "address-protection-reason",
    "health-detail",
];

impl CodeLists {
    /// The lists that ship with the binary.
    ///
    /// # Errors
    /// Never for a tested build: each shipped list is read by a test.
    pub fn shipped() -> Result<Self, CodeListError> {
        let mut lists = Self::default();
        for (name, text) in SHIPPED {
            lists.add(name, text)?;
        }
        Ok(lists)
    }

    /// Adds, or replaces, the list written in `text`.
    ///
    /// # Errors
    /// [`CodeListError`] when the text is no code list, or gives a code twice.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), CodeListError> {
        let fault = |cause: String| CodeListError { name: name.to_owned(), cause };
        let list: CodeList = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
        for (index, entry) in list.codes.iter().enumerate() {
            if list.codes.iter().take(index).any(|before| before.code == entry.code) {
                return Err(fault(format!("code {} is given twice", entry.code)));
            }
        }
        self.0.insert(list.id.clone(), list);
        Ok(())
    }

    /// The list of this short name.
    pub fn get(&self, id: &str) -> Option<&CodeList> {
        self.0.get(id)
    }

    /// Every list, by short name.
    pub fn iter(&self) -> impl Iterator<Item = &CodeList> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, FieldType};

    #[test]
    fn shipped_lists_are_sound_and_every_cited_list_exists() {
        let lists = CodeLists::shipped().unwrap();
        for (name, _) in SHIPPED {
            let list = lists.get(name).unwrap_or_else(|| panic!("{name} names itself otherwise"));
            assert!(!list.source.is_empty(), "{name} cites no source");
        }
        for field in Field::all() {
            if let FieldType::Code(list) = field.field_type() {
                assert!(lists.get(list).is_some(), "{} cites the unknown list {list}", field.code());
            }
        }
    }
}

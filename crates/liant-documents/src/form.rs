/// Forms that ship with the product: name, version, template. Others lie in the folder of the conventions, `forms/NAME-VERSION.typ`.
pub const SHIPPED_FORMS: &[(&str, u32, &str)] = &[
    ("liaison", 1, include_str!("../../../conventions/forms/liaison-1.typ")),
    ("parcours", 1, include_str!("../../../conventions/forms/parcours-1.typ")),
];

/// The template of a form that a convention names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormTemplate {
    /// Short name.
    pub name: String,
    /// Version: a change is another version, which an amendment names.
    pub version: u32,
    /// Its text, complete in itself.
    pub text: String,
}

impl FormTemplate {
    /// A form that ships with the product.
    pub fn shipped(name: &str, version: u32) -> Option<Self> {
        let found = SHIPPED_FORMS.iter().find(|(known, of, _)| *known == name && *of == version);
        found.map(|(_, _, text)| Self { name: name.to_owned(), version, text: (*text).to_owned() })
    }

    /// The name of its file.
    pub fn file_name(name: &str, version: u32) -> String {
        format!("{name}-{version}.typ")
    }
}

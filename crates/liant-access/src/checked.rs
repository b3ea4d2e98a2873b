//! How someone made sure who asks, before giving her a way back in.

use liant_model::Lang;

use crate::explain::either;

/// How an admin made sure that it is she who has forgotten her password, or lost her second factor. Kept in the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// Face to face.
    InPerson,
    /// In a video call.
    Video,
    /// By calling a number of hers that was known before.
    KnownNumber,
}

impl Checked {
    /// Each, the surest first.
    pub const ALL: [Self; 3] = [Self::InPerson, Self::Video, Self::KnownNumber];

    /// As forms, the command line and the audit write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Video => "video",
            Self::KnownNumber => "known_number",
        }
    }

    /// The one of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// In words.
    pub fn label(self, lang: Lang) -> String {
        let (fr, en) = match self {
            Self::InPerson => ("En face à face", "Face to face"),
            Self::Video => ("En visioconférence", "In a video call"),
            Self::KnownNumber => (
                "Au téléphone, en appelant un numéro que je connaissais déjà",
                "By telephone, calling a number that I already knew",
            ),
        };
        either(lang, fr, en)
    }
}

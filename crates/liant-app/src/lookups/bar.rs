//! Why the file of someone close does not open, in words.

use liant_access::close::Closeness;

/// Why the file of someone close does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseBar {
    /// A reason must be declared first.
    Declare(Closeness),
    /// A reason is declared, and someone else must accept it first.
    AwaitReview,
    /// The reason was refused.
    Closed,
}

impl CloseBar {
    pub(crate) const fn english(self) -> &'static str {
        match self {
            Self::Declare(Closeness::Oneself) => {
                "this file may be your own: declare why you need it; it opens once someone else has accepted the reason"
            }
            Self::Declare(Closeness::Relative) => {
                "this file may be a relative's: declare why you need it; your reason will be reviewed"
            }
            Self::Declare(Closeness::Colleague) => {
                "this file may be a colleague's: declare why you need it; your reason will be reviewed"
            }
            Self::AwaitReview => {
                "this file may be your own: it opens once someone else has accepted your reason"
            }
            Self::Closed => "your reason for this file was refused: ask the data protection officer",
        }
    }

    pub(crate) const fn french(self) -> &'static str {
        match self {
            Self::Declare(Closeness::Oneself) => {
                "ce dossier est peut-être le vôtre : déclarez pourquoi il vous le faut ; il s’ouvrira quand quelqu’un \
             d’autre aura accepté le motif"
            }
            Self::Declare(Closeness::Relative) => {
                "ce dossier est peut-être celui d’un proche : déclarez pourquoi il vous le faut ; votre motif sera examiné"
            }
            Self::Declare(Closeness::Colleague) => {
                "ce dossier est peut-être celui d’un collègue : déclarez pourquoi il vous le faut ; votre motif sera examiné"
            }
            Self::AwaitReview => {
                "ce dossier est peut-être le vôtre : il s’ouvrira quand quelqu’un d’autre aura accepté votre motif"
            }
            Self::Closed => {
                "votre motif pour ce dossier a été refusé : voyez le délégué à la protection des données"
            }
        }
    }
}

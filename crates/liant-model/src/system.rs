use std::io::{Error, ErrorKind};

use crate::Lang;

/// What the operating system says of a failure, in words. In English they are the system's own; in French the causes
/// that an operator meets have ours, and the system is quoted for any other.
pub fn system_words(error: &Error, lang: Lang) -> String {
    let words = match (lang, error.kind()) {
        (Lang::En, _) => return error.to_string(),
        (Lang::Fr, ErrorKind::NotFound) => "le fichier ou le dossier n’existe pas",
        (Lang::Fr, ErrorKind::PermissionDenied) => "l’accès est refusé",
        (Lang::Fr, ErrorKind::AlreadyExists) => "il existe déjà",
        (Lang::Fr, ErrorKind::IsADirectory) => "c’est un dossier, non un fichier",
        (Lang::Fr, ErrorKind::NotADirectory) => "une partie du chemin n’est pas un dossier",
        (Lang::Fr, ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge) => {
            "le disque ne prend plus rien : il est plein, ou un quota est atteint"
        }
        (Lang::Fr, ErrorKind::ReadOnlyFilesystem) => "le disque est en lecture seule",
        (Lang::Fr, ErrorKind::InvalidData) => "ce n’est pas du texte en UTF-8",
        (Lang::Fr, ErrorKind::UnexpectedEof) => "il s’arrête avant sa fin",
        (Lang::Fr, ErrorKind::ConnectionRefused) => {
            "la connexion est refusée : rien n’écoute à cette adresse"
        }
        (Lang::Fr, ErrorKind::TimedOut) => "pas de réponse dans le temps voulu",
        (Lang::Fr, _) => return format!("le système répond « {error} »"),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_is_french() {
        for kind in [ErrorKind::NotFound, ErrorKind::StorageFull, ErrorKind::AlreadyExists, ErrorKind::Other]
        {
            let error = Error::from(kind);
            assert_ne!(system_words(&error, Lang::Fr), system_words(&error, Lang::En), "{kind:?}");
        }
        let odd = Error::other("the tape is torn");
        assert!(system_words(&odd, Lang::Fr).contains("the tape is torn"));
    }
}

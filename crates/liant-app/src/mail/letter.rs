//! What letters say.

use liant_model::{Date, Lang};
use liant_store::{MailKind, MailRow};

/// A letter, in its reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) subject: &'static str,
    pub(super) text: String,
}

/// The letter of a row; none when it does not hold what its kind says.
pub(super) fn of(row: &MailRow, site: &str) -> Option<Letter> {
    match row.mail.kind {
        MailKind::Falling => {
            let (late, soon) = row.mail.about.split_once(' ')?;
            Some(falling((late.parse().ok()?, soon.parse().ok()?), row.lang, site))
        }
        MailKind::Unused => Some(unused(row.mail.about.parse().ok()?, row.lang, site)),
    }
}

fn falling((late, soon): (u64, u64), lang: Lang, site: &str) -> Letter {
    let mut lines = Vec::new();
    match (late, lang) {
        (0, _) => {}
        (1, Lang::Fr) => lines.push("- 1 échéance est dépassée ;".to_owned()),
        (_, Lang::Fr) => lines.push(format!("- {late} échéances sont dépassées ;")),
        (1, Lang::En) => lines.push("- 1 deadline is past;".to_owned()),
        (_, Lang::En) => lines.push(format!("- {late} deadlines are past;")),
    }
    match (soon, lang) {
        (0, _) => {}
        (1, Lang::Fr) => lines.push("- 1 échéance tombe dans les sept jours.".to_owned()),
        (_, Lang::Fr) => lines.push(format!("- {soon} échéances tombent dans les sept jours.")),
        (1, Lang::En) => lines.push("- 1 deadline comes within seven days.".to_owned()),
        (_, Lang::En) => lines.push(format!("- {soon} deadlines come within seven days.")),
    }
    let list = lines.join("\n");
    match lang {
        Lang::Fr => Letter {
            subject: "Liant : vos échéances",
            text: format!(
                "Bonjour,\n\nDans les accompagnements que vous suivez :\n{list}\n\nPour les voir : {site}\n\n\
                 Ce message ne dit rien de personne. Il est envoyé les matins ouvrés où quelque chose est dû.\n"
            ),
        },
        Lang::En => Letter {
            subject: "Liant: your deadlines",
            text: format!(
                "Hello,\n\nIn the accompaniments that you follow:\n{list}\n\nTo see them: {site}\n\n\
                 This message says nothing about anyone. It is sent on working mornings when something is due.\n"
            ),
        },
    }
}

fn unused(until: Date, lang: Lang, site: &str) -> Letter {
    match lang {
        Lang::Fr => Letter {
            subject: "Liant : votre compte va être supprimé",
            text: format!(
                "Bonjour,\n\nVotre compte n’a pas servi depuis longtemps. Il sera supprimé à partir du {}.\n\n\
                 Pour le garder, connectez-vous une fois d’ici là : {site}\n",
                until.strftime("%d/%m/%Y")
            ),
        },
        Lang::En => Letter {
            subject: "Liant: your account will be deleted",
            text: format!(
                "Hello,\n\nYour account has not been used for a long time. It will be deleted from {} on.\n\n\
                 To keep it, sign in once before then: {site}\n",
                until.strftime("%d/%m/%Y")
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use liant_model::AccountId;
    use liant_store::NewMail;

    use super::*;

    fn row(kind: MailKind, about: &str, lang: Lang) -> MailRow {
        let account = AccountId(liant_model::Uuid::nil());
        let mail = NewMail { account, kind, on: Date::constant(2026, 11, 23), about: about.to_owned() };
        let (email, name) = ("camille@agence.example".to_owned(), "Camille Test".to_owned());
        MailRow { mail, tries: 0, email, name, lang }
    }

    #[test]
    fn a_letter_says_numbers_and_where_to_look() {
        for (about, lang, said, unsaid) in [
            ("1 0", Lang::Fr, "1 échéance est dépassée", "sept jours"),
            ("3 5", Lang::Fr, "3 échéances sont dépassées", "1 échéance "),
            ("0 1", Lang::En, "1 deadline comes within seven days", "past"),
            ("2 4", Lang::En, "2 deadlines are past", "1 deadline "),
        ] {
            let letter = of(&row(MailKind::Falling, about, lang), "https://liant.example").unwrap();
            assert!(letter.text.contains(said) && !letter.text.contains(unsaid), "{}", letter.text);
            assert!(letter.text.contains("https://liant.example"), "{}", letter.text);
            assert!(!letter.text.contains("Camille"), "{}", letter.text);
        }
        let letter = of(&row(MailKind::Unused, "2026-12-24", Lang::Fr), "https://liant.example").unwrap();
        assert!(letter.text.contains("24/12/2026"), "{}", letter.text);
        assert_eq!(of(&row(MailKind::Falling, "many", Lang::Fr), "https://liant.example"), None);
    }
}

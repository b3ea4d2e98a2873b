//! The log, for the data protection officer (DPO): who did what, who read whom, whether it holds.

mod entry;
mod log;
mod verify;

pub(super) use entry::{entry, who_read};
pub(super) use log::{list, start_of};
pub(super) use verify::{checkpoint, verification};

use std::time::Duration;

use liant_convention::Recipient;
use liant_model::{Party, Role};

use super::dpo;
use crate::routes::{Access, Route};
use crate::words::Words;

/// Who keeps watch over the log.
pub(super) const DPO: Access = Access::Only { roles: &["dpo"], purpose: "person-rights" };

/// Verifying reads the whole log: it may take longer than a page.
pub(super) const VERIFICATION: Route =
    Route::get("/audit/verification", DPO).with_limits(0, Duration::from_mins(2));

const PATH: &str = "/audit";

/// The kinds of act that are filtered on, by code, with their names.
const ACTS: [(&str, &str); 27] = [
    ("read", "act-read"),
    ("search", "act-search"),
    ("export", "act-export"),
    ("send", "act-send"),
    ("refusal", "act-refusal"),
    ("import", "act-import"),
    ("orientation", "act-orientation"),
    ("follow", "act-follow"),
    ("casework", "act-casework"),
    ("look-up", "act-look-up"),
    ("address", "act-address"),
    ("rights", "act-rights"),
    ("match", "act-match"),
    ("review-accept", "act-review-accept"),
    ("review-refuse", "act-review-refuse"),
    ("review-undo", "act-review-undo"),
    ("sign-in", "act-sign-in"),
    ("account", "act-account"),
    ("convention", "act-convention"),
    ("breach", "act-breach"),
    ("destruction", "act-destruction"),
    ("audit-erasure", "act-audit-erasure"),
    ("checkpoint", "act-checkpoint"),
    ("key-new", "act-key-new"),
    ("key-rotate", "act-key-rotate"),
    ("backup", "act-backup"),
    ("restore", "act-restore"),
];

/// The name of a kind of act; a kind that came later keeps its code.
fn act_name(w: Words, code: &str) -> String {
    ACTS.iter()
        .find(|(known, _)| *known == code)
        .map_or_else(|| code.to_owned(), |(_, key)| w.say(key).into())
}

/// What was shown, by its words in the log, with its name; the name of a flow is its own.
const SHOWN: [(&str, &str); 8] = [
    ("copy of what is held", "shown-copy"),
    ("held back from CGPEM", "shown-held-back"),
    ("identity review", "shown-review"),
    ("people left aside", "shown-aside"),
    ("people list", "shown-people"),
    ("people search", "shown-search"),
    ("person", "shown-person"),
    ("what is held", "shown-held"),
];

/// What was shown, in words; what has no name here keeps that of the log.
pub(super) fn shown_name(w: Words, what: &str) -> String {
    let (name, rest) = what.find(',').map_or((what, ""), |comma| what.split_at(comma));
    let known = SHOWN.iter().find(|(known, _)| *known == name);
    known.map_or_else(|| what.to_owned(), |(_, key)| format!("{}{rest}", w.say(key)))
}

/// To whom data went, `party/role` in the log, in words.
pub(super) fn recipient_name(w: Words, recipient: &str) -> String {
    let read =
        |(party, role)| Some(Recipient { party: Party::parse(party).ok()?, role: Role::parse(role).ok()? });
    let known = recipient.split_once('/').and_then(read);
    known.map_or_else(|| recipient.to_owned(), |known| dpo::role(w, &known))
}

/// The name of a purpose, as conventions say it; of those of the software itself, which asks for no clause.
fn purpose_name(w: Words, purposes: &[(String, String)], code: &str) -> String {
    match code {
        "sign-in" => return w.say("purpose-sign-in").into(),
        "account-management" => return w.say("purpose-account-management").into(),
        _ => {}
    }
    purposes.iter().find(|(known, _)| known == code).map_or_else(|| code.to_owned(), |(_, text)| text.clone())
}

#[cfg(test)]
mod tests {
    use liant_model::{Date, Lang};

    use super::*;

    #[test]
    fn a_kind_without_a_name_keeps_its_code() {
        let w = Words::new(Lang::Fr, Date::constant(2026, 11, 16));
        assert_eq!(act_name(w, "read"), "Consultation");
        assert_eq!(act_name(w, "something-new"), "something-new");
    }

    #[test]
    fn what_went_to_whom_is_said_in_words() {
        let w = Words::new(Lang::Fr, Date::constant(2026, 11, 16));
        assert_eq!(recipient_name(w, "departement-62/social_referent"), "Référent social, Département");
        assert_eq!(recipient_name(w, "departement-62/ciso"), "responsable de la sécurité, Département");
        assert_eq!(recipient_name(w, "someone"), "someone");
        assert_eq!(shown_name(w, "people list"), "Liste de personnes");
        assert_eq!(shown_name(w, "people list, csv"), "Liste de personnes, csv");
        assert_eq!(shown_name(w, "CGPEM"), "CGPEM");
    }
}

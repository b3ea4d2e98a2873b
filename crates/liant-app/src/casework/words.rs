//! Codes and words of what happens and of what may be done, for the log, the command line and pages.

use liant_casework::{Code, Event, Happened, Means, Outcome, Programme, Programmes};
use liant_convention::{Length, Text, Unit};
use liant_model::{DateTime, Lang, Role};

/// A text in a language.
pub(super) fn said(text: &Text, lang: Lang) -> String {
    match lang {
        Lang::Fr => text.fr.clone(),
        Lang::En => text.en.clone(),
    }
}

fn of(lang: Lang, (fr, en): (&'static str, &'static str)) -> &'static str {
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $fr:literal, $en:literal;)*) => {
        /// What may be asked for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = $en] $name,)*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its code.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The kind of this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == code)
            }

            /// What is said of it.
            pub fn text(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => of(lang, ($fr, $en)),)* }
            }
        }
    };
}

kinds! {
    GiveConsent = "give-consent", "recueillir son accord à la transmission", "record her consent to the transmission";
    WithdrawConsent = "withdraw-consent", "enregistrer le retrait de son accord", "record that she takes her consent back";
    Propose = "propose", "proposer l’intégration", "propose her";
    Forward = "forward", "transmettre la proposition", "hand the proposal on";
    Accept = "accept", "accepter", "accept";
    Refuse = "refuse", "refuser", "refuse";
    Drop = "drop", "abandonner la proposition", "drop the proposal";
    Withdraw = "withdraw", "enregistrer qu’elle se retire", "record that she withdraws";
    Enter = "enter", "enregistrer l’entrée effective", "record the effective entry";
    Record = "record", "enregistrer un acte", "record an act";
    Fix = "appointment", "fixer un rendez-vous", "fix an appointment";
    Move = "move", "déplacer le rendez-vous", "move the appointment";
    Cancel = "cancel", "annuler le rendez-vous", "cancel the appointment";
    Settle = "outcome", "dire ce qu’il est devenu", "say what became of it";
    Name = "name", "nommer", "name";
    HandOver = "hand-over", "passer le relais", "hand over";
    Leave = "leave", "quitter la place", "leave the place";
    Extend = "extend", "prolonger", "extend";
    FollowIntoWork = "follow-into-work", "suivre dans l’emploi", "follow into work";
    Sign = "sign", "signer un contrat", "sign a contract";
    Orient = "orient", "décider l’orientation", "decide the orientation";
    EndRight = "end-right", "enregistrer la fin du droit", "record the end of the right";
    ResumeRight = "resume-right", "enregistrer la reprise du droit", "record that the right is resumed";
    End = "end", "mettre fin à l’accompagnement", "end the accompaniment";
}

/// The code of what happened: that of its kind in a history.
pub const fn kind(what: &Happened) -> &'static str {
    match what {
        Happened::ConsentGiven { .. } => "consent_given",
        Happened::ConsentWithdrawn { .. } => "consent_withdrawn",
        Happened::Relayed { .. } => "relayed",
        Happened::Sent { .. } => "sent",
        Happened::Accepted {} => "accepted",
        Happened::Refused { .. } => "refused",
        Happened::Dropped { .. } => "dropped",
        Happened::ProposalWithdrawn {} => "proposal_withdrawn",
        Happened::Entered { .. } => "entered",
        Happened::Named { .. } => "named",
        Happened::Released { .. } => "released",
        Happened::Acted { .. } => "acted",
        Happened::AppointmentFixed { .. } => "appointment_fixed",
        Happened::AppointmentMoved { .. } => "appointment_moved",
        Happened::AppointmentCancelled { .. } => "appointment_cancelled",
        Happened::Extended { .. } => "extended",
        Happened::FollowedIntoWork { .. } => "followed_into_work",
        Happened::Suspended { .. } => "suspended",
        Happened::Resumed { .. } => "resumed",
        Happened::Signed { .. } => "signed",
        Happened::Oriented { .. } => "oriented",
        Happened::RightEnded { .. } => "right_ended",
        Happened::RightResumed {} => "right_resumed",
        Happened::Ended { .. } => "ended",
        Happened::WorkingRecord { .. } => "working_record",
    }
}

/// The latest version of a programme: its words for codes that another may have had.
pub(super) fn any_version<'p>(programmes: &'p Programmes, id: &Code) -> Option<&'p Programme> {
    programmes.iter().filter(|one| one.id == *id).last()
}

/// What happened, in a line. The codes are those of the latest version of the programme, or stand as they are.
pub(super) fn step(programmes: &Programmes, event: &Event, lang: Lang) -> String {
    let programme = any_version(programmes, &event.programme);
    let coded =
        |found: Option<&Text>, code: &Code| found.map_or_else(|| code.to_string(), |text| said(text, lang));
    let refusal = |code: &Code| {
        let found = programme.and_then(|one| one.refusals.iter().find(|known| known.id == *code));
        coded(found.map(|one| &one.text), code)
    };
    let exit = |code: &Code| coded(programme.and_then(|one| one.exit(code)).map(|one| &one.text), code);
    let title = |id: &Code| coded(any_version(programmes, id).map(|one| &one.title), id);
    let (lead, tail) = match &event.what {
        Happened::ConsentGiven { .. } => {
            (("accord à la transmission recueilli", "consent to the transmission recorded"), None)
        }
        Happened::ConsentWithdrawn { .. } => (("accord retiré", "consent taken back"), None),
        Happened::Relayed { .. } => {
            (("proposition remise à qui la transmet", "proposal given to whom hands it on"), None)
        }
        Happened::Sent { .. } => (("fiche de liaison envoyée", "liaison form sent"), None),
        Happened::Accepted {} => (("proposition acceptée", "proposal accepted"), None),
        Happened::Refused { reason } => (("proposition refusée", "proposal refused"), Some(refusal(reason))),
        Happened::Dropped { reason } => {
            (("proposition abandonnée", "proposal dropped"), Some(refusal(reason)))
        }
        Happened::ProposalWithdrawn {} => (("proposition retirée", "proposal withdrawn"), None),
        Happened::Entered { days, .. } => {
            (("entrée effective, en jours", "effective entry, in days"), Some(days.to_string()))
        }
        Happened::Named { role, .. } => (("nomination", "named"), Some(role_text(programme, role, lang))),
        Happened::Released { vacant: true, .. } => (("place à pourvoir", "place to be filled"), None),
        Happened::Released { .. } => (("place libérée", "place left"), None),
        Happened::AppointmentFixed { meeting, .. } => {
            (("rendez-vous fixé au", "appointment fixed for"), Some(hour(meeting.at, lang)))
        }
        Happened::AppointmentMoved { meeting, .. } => {
            (("rendez-vous déplacé au", "appointment moved to"), Some(hour(meeting.at, lang)))
        }
        Happened::AppointmentCancelled { .. } => (("rendez-vous annulé", "appointment cancelled"), None),
        Happened::Acted { act, outcome, means, .. } => {
            let named = coded(programme.and_then(|one| one.act(act)).map(|one| &one.text), act);
            (
                outcome_text(*outcome),
                Some(match means {
                    Some(means) => format!("{named} ({})", of(lang, means_text(*means))),
                    None => named,
                }),
            )
        }
        Happened::Extended { term, .. } => {
            (("prolongation jusqu’au", "extended until"), Some(term.to_string()))
        }
        Happened::FollowedIntoWork { until } => {
            (("suivi dans l’emploi jusqu’au", "followed in work until"), Some(until.to_string()))
        }
        Happened::Suspended { before } => (("suspendu par", "suspended by"), Some(title(before))),
        Happened::Resumed { .. } => (("repris", "resumed"), None),
        Happened::Signed { form, .. } => {
            let forms = programme.and_then(|one| one.contract.as_ref());
            let found = forms.and_then(|rule| rule.forms.iter().find(|one| one.id == *form));
            (("contrat signé", "contract signed"), Some(coded(found.map(|one| &one.text), form)))
        }
        Happened::Oriented { nature, .. } => {
            (("orientation décidée", "orientation decided"), Some(nature.to_string()))
        }
        Happened::RightEnded { .. } => (("fin du droit", "end of the right"), None),
        Happened::RightResumed {} => (("reprise du droit", "right resumed"), None),
        Happened::Ended { exit: code, .. } => {
            (("fin de l’accompagnement", "end of the accompaniment"), Some(exit(code)))
        }
        Happened::WorkingRecord { .. } => (("dossier de travail", "working record"), None),
    };
    let colon = of(lang, (" : ", ": "));
    tail.map_or_else(|| of(lang, lead).to_owned(), |tail| format!("{}{colon}{tail}", of(lang, lead)))
}

/// A day and hour in figures.
pub(super) fn hour(at: DateTime, lang: Lang) -> String {
    let form = if lang == Lang::Fr { "%d/%m/%Y %-H h %M" } else { "%d/%m/%Y %H:%M" };
    at.strftime(form).to_string()
}

const fn outcome_text(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Kept => ("a eu lieu", "took place"),
        Outcome::Missed => ("absence sans excuse", "missed without excuse"),
        Outcome::Excused => ("absence excusée", "missed, excused"),
    }
}

const fn means_text(means: Means) -> (&'static str, &'static str) {
    match means {
        Means::InPerson => ("en présence", "in person"),
        Means::Phone => ("au téléphone", "by telephone"),
        Means::Video => ("en visioconférence", "by video"),
    }
}

/// What a role is in a programme.
pub(super) fn role_text(programme: Option<&Programme>, role: &Role, lang: Lang) -> String {
    let found = programme.and_then(|one| one.role(role));
    found.map_or_else(|| role.to_string(), |rule| said(&rule.text, lang))
}

/// What a refusal is about, in the words of a programme: an act, a criterion, a place, an exit, a reason or another programme's code.
pub(super) fn about(programme: &Programme, code: &Code, lang: Lang) -> Option<String> {
    let place = |code: &Code| {
        let holders = programme.roles.iter().filter(|role| role.kind.as_ref() == Some(code));
        let named: Vec<String> = holders.map(|role| said(&role.text, lang)).collect();
        (!named.is_empty()).then(|| named.join(of(lang, (" ou ", " or "))))
    };
    let coded = |all: &[liant_casework::Coded]| {
        all.iter().find(|known| known.id == *code).map(|known| said(&known.text, lang))
    };
    let act = programme.act(code).map(|act| said(&act.text, lang));
    act.or_else(|| coded(&programme.criteria))
        .or_else(|| place(code))
        .or_else(|| programme.exit(code).map(|exit| said(&exit.text, lang)))
        .or_else(|| coded(&programme.refusals))
}

/// A length of time, in words.
pub(super) fn length(length: Length, lang: Lang) -> String {
    let unit = match length.unit {
        Unit::Hours => ("heures", "hours"),
        Unit::Days => ("jours", "days"),
        Unit::Months => ("mois", "months"),
        Unit::Years => ("ans", "years"),
    };
    format!("{} {}", length.count, of(lang, unit))
}

/// A length of time as a code: `6-months`.
pub(super) fn length_code(length: Length) -> Option<Code> {
    Code::parse(&format!("{}-{}", length.count, length.unit.as_str())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_codes_and_words() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.as_str()), Some(*kind));
            assert_ne!(kind.text(Lang::Fr), kind.text(Lang::En));
        }
        assert_eq!(Kind::from_code("no"), None);
    }
}

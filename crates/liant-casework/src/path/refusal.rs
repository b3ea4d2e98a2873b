use std::borrow::Cow;
use std::fmt;

use liant_model::Lang;

use crate::programme::Code;

/// Why a command is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason.
    pub reason: Reason,
    /// The rule of the programme file: `duration.total_most`.
    pub rule: &'static str,
    /// Where that rule comes from, as the file says.
    pub source: Cow<'static, str>,
    /// The criterion, act, place or code that it is about.
    pub about: Option<Code>,
}

impl Refusal {
    /// What is said to whoever asked.
    pub fn told(&self, lang: Lang) -> String {
        let about = self.about.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
        let source = if self.source.is_empty() { String::new() } else { format!(" [{}]", self.source) };
        format!("{}{about}{source}", self.reason.text(lang))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Lang::En))
    }
}

impl std::error::Error for Refusal {}

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $fr:literal, $en:literal;)+) => {
        /// The reasons for which a command is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $(#[doc = $en] $variant,)+
        }

        impl Reason {
            /// Every reason.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its code.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// What is said to whoever asked.
            pub const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, Lang::Fr) => $fr, (Self::$variant, Lang::En) => $en,)+
                }
            }
        }
    };
}

reasons! {
    Stale = "stale", "quelqu’un d’autre a agi entre-temps : relisez le parcours", "someone else has acted meanwhile: read the path again";
    Future = "future", "la date est dans l’avenir", "the date is in the future";
    TooEarly = "too-early", "la date précède ce dont elle est la suite", "the date comes before what it follows";
    UnknownProgramme = "unknown-programme", "ce dispositif n’existe pas, ou ne prend personne à cette date", "there is no such programme, or it takes nobody on that day";
    NotYours = "not-yours", "ce rôle ne peut pas le faire", "this role may not do it";
    NobodyOpens = "nobody-opens", "personne, là où la fiche irait, ne peut l’ouvrir : nommez l’organisme, ou vérifiez sa convention et ses membres", "nobody may open the form where it would go: name the organisation, or look at its convention and its people";
    NothingOpen = "nothing-open", "rien n’est en cours dans ce dispositif", "nothing is under way in this programme";
    AlreadyOpen = "already-open", "la personne y est déjà, ou y est proposée", "the person is in it already, or proposed";
    WrongStage = "wrong-stage", "ce n’est pas le moment du parcours", "it is not the stage for it";
    Suspended = "suspended", "l’accompagnement est suspendu", "the accompaniment is suspended";
    NoConsent = "no-consent", "la personne n’a pas donné son accord", "the person has not given her consent";
    UnknownConsent = "unknown-consent", "le dispositif ne demande pas cet accord", "the programme asks for no such consent";
    NotEligible = "not-eligible", "la personne n’est pas du public", "the person is not of its public";
    NoRoute = "no-route", "aucun circuit ne mène de ce rôle à celui-là", "no route leads from this role to that one";
    RouteClosed = "route-closed", "aucun circuit ne convient à la situation de la personne", "no route fits the person's situation";
    OutsideExperiment = "outside-experiment", "hors des lieux ou du temps de l’expérimentation", "outside the places or the time of the experiment";
    NotWithin = "not-within", "la personne n’est pas dans le dispositif d’où part la proposition", "the person is not in the programme that the proposal starts from";
    NotConfirmed = "not-confirmed", "un autre rôle doit en être d’accord", "another role must agree";
    OtherForm = "other-form", "ce n’est pas la fiche de ce circuit", "it is not the form of this route";
    NoAnswerNeeded = "no-answer-needed", "l’accord est tacite : il n’y a pas de réponse à donner", "the agreement is tacit: there is no answer to give";
    AlreadyAnswered = "already-answered", "la réponse est déjà donnée", "the answer was given";
    NotAgreed = "not-agreed", "le partenaire n’a pas répondu", "the partner has not answered";
    UnknownReason = "unknown-reason", "ce motif n’est pas dans la liste", "this reason is not in the list";
    ActMissing = "act-missing", "un acte doit d’abord avoir eu lieu", "an act must have taken place first";
    UnknownAct = "unknown-act", "cet acte n’est pas du dispositif", "the programme has no such act";
    NotMet = "not-met", "on ne peut être absent à cet acte", "nobody can be absent from this act";
    MeansMissing = "means-missing", "dites comment la rencontre s’est tenue", "say how they met";
    LengthNotAllowed = "length-not-allowed", "cette durée n’est pas de celles du dispositif", "the programme has no such length";
    CapReached = "cap-reached", "la durée totale est atteinte", "the cap is reached";
    TermPassed = "term-passed", "le terme est passé", "the term has passed";
    Lapsed = "lapsed", "le délai d’entrée est passé : il faut une nouvelle proposition", "the delay of the entry has passed: it takes a new proposal";
    NotOriented = "not-oriented", "aucune orientation n’est décidée", "no orientation is decided";
    PlaceTaken = "place-taken", "quelqu’un d’autre tient déjà cette place", "someone else holds that place";
    PlaceEmpty = "place-empty", "cette personne ne tient pas cette place", "that person does not hold that place";
    NoPlace = "no-place", "ce rôle ne tient pas de place auprès de la personne", "this role holds no place beside the person";
    ReferentMissing = "referent-missing", "un référent n’est pas nommé", "a referent is not named";
    UnknownExit = "unknown-exit", "cette sortie n’est pas de celles du dispositif", "the programme has no such exit";
    NextMissing = "next-missing", "dites l’accompagnement qui suit", "say which accompaniment follows";
    TooFewAbsences = "too-few-absences", "trop peu d’absences pour abandonner la proposition", "too few absences to drop the proposal";
    MayNotWithdraw = "may-not-withdraw", "ce dispositif ne repose pas sur le volontariat", "the programme does not rest on her will";
    OrientationKept = "orientation-kept", "l’orientation ne change pas pendant cet accompagnement", "the orientation does not change during this accompaniment";
    UnknownNature = "unknown-nature", "cette nature d’orientation n’est pas de la liste", "this nature of orientation is not in the list";
    ReasonMissing = "reason-missing", "une réorientation est motivée", "a re-orientation gives its reason";
    ReasonNotNow = "reason-not-now", "ce motif ne vaut pas à ce moment", "this reason does not hold at this time";
    NoContractRule = "no-contract-rule", "ce dispositif ne fait pas signer de contrat", "the programme has no contract";
    UnknownForm = "unknown-form", "cette forme de contrat n’est pas du dispositif, ou pas pour cette orientation", "the programme has no such form of contract, or not for this orientation";
    RightOver = "right-over", "le droit a pris fin, et ce qui pouvait suivre aussi", "the right has ended, and what could follow it too";
    NoTail = "no-tail", "le dispositif ne repose pas sur un droit", "the programme rests on no right";
    NotInWork = "not-in-work", "le dispositif ne suit pas dans l’emploi", "the programme follows nobody in work";
    NoAppointment = "no-appointment", "ce rendez-vous n’existe pas", "there is no such appointment";
    Settled = "settled", "ce rendez-vous a déjà eu sa suite", "what became of this appointment is recorded already";
    NotYet = "not-yet", "l’heure du rendez-vous n’est pas venue", "the hour of the appointment has not come";
    OtherAct = "other-act", "le rendez-vous a été pris pour un autre acte", "the appointment was fixed for another act";
    NothingChanges = "nothing-changes", "le rendez-vous est déjà fixé ainsi", "the appointment is fixed so already";
    NoSuchHour = "no-such-hour", "cette heure n’existe pas : on passe ce jour-là à l’heure d’été", "there is no such hour: the clocks change on that day";
    HourPast = "hour-past", "cette heure est passée", "that hour is past";
    TooFarOff = "too-far-off", "le rendez-vous est trop éloigné", "the appointment is too far off";
    NoRecord = "no-record", "ce dispositif ne tient pas de dossier de travail", "the programme keeps no working record";
    NotReferent = "not-referent", "seul le référent en place écrit dans le dossier de travail de sa structure", "only who stands beside the person writes in her party’s working record";
    NotInRecord = "not-in-record", "ce code n’est pas du dossier de travail de ce dispositif", "the working record of this programme has no such code";
    NoGoal = "no-goal", "cet objectif n’existe pas", "there is no such goal";
    NoAction = "no-action", "cette action n’existe pas", "there is no such action";
    GoalOpen = "goal-open", "cet objectif est déjà en cours", "this goal is under way already";
    GoalClosed = "goal-closed", "cet objectif est clos", "this goal is closed";
    ActionClosed = "action-closed", "cette action est close", "this action is closed";
    SameState = "same-state", "c’est déjà ce qui est noté", "that is what is noted already";
    WhyMissing = "why-missing", "dites pourquoi", "say why";
    SkillHeld = "skill-held", "cette compétence est déjà notée", "this skill is noted already";
    NoTerm = "no-term", "l’accompagnement n’a pas de terme", "the accompaniment has no term";
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_reason_has_its_code_and_its_words() {
        let codes: BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
        for reason in Reason::ALL {
            assert!(Code::parse(reason.as_str()).is_ok(), "{reason}");
            assert_ne!(reason.text(Lang::Fr), reason.text(Lang::En), "{reason}");
        }
    }
}

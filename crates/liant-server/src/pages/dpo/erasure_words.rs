//! Erasure in words: grounds, refusals, what is meant and what keeps it.

use liant_app::rights::erasure::{ErasureGround, ErasureRefusal, FactSet, Kept};
use liant_model::Source;

use crate::pages::space;
use crate::words::Words;

/// What was erased, in words.
pub(in crate::pages) fn scope(w: Words, whole: bool, sources: &[Source], sets: &[String]) -> String {
    if whole {
        return w.say("erasure-whole").into();
    }
    let sources: Vec<String> = sources.iter().map(|one| space::source_name(w, one)).collect();
    let sets: Vec<String> = sets.iter().map(|code| set(w, code)).collect();
    let both = [sources.join(", "), sets.join(", ")];
    both.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ; ")
}

/// Why data are erased, in words.
pub(super) fn ground(w: Words, ground: ErasureGround) -> String {
    let key = match ground {
        ErasureGround::NoLongerNecessary => "erasure-ground-unneeded",
        ErasureGround::ConsentTakenBack => "erasure-ground-consent",
        ErasureGround::Objected => "erasure-ground-objected",
        ErasureGround::Unlawful => "erasure-ground-unlawful",
        ErasureGround::LegalObligation => "erasure-ground-obligation",
    };
    w.say(key).into()
}

/// Why they are not, in words.
pub(in crate::pages) fn refusal(w: Words, code: &str) -> String {
    let key = match ErasureRefusal::from_code(code) {
        Some(ErasureRefusal::LegalObligation) => "erasure-refusal-obligation",
        Some(ErasureRefusal::PublicTask) => "erasure-refusal-task",
        Some(ErasureRefusal::LegalClaims) => "erasure-refusal-claims",
        Some(ErasureRefusal::NoGround) | None => "erasure-refusal-ground",
    };
    w.say(key).into()
}

/// A set of facts, in words.
pub(super) fn set(w: Words, code: &str) -> String {
    let key = match FactSet::from_code(code) {
        Some(FactSet::Registration) => "erasure-set-registration",
        Some(FactSet::FollowUp) => "erasure-set-follow-up",
        Some(FactSet::Training) => "erasure-set-training",
        Some(FactSet::Rights) => "erasure-set-rights",
        Some(FactSet::Household) => "erasure-set-household",
        Some(FactSet::Contact) => "erasure-set-contact",
        None => "erasure-set-identity",
    };
    w.say(key).into()
}

/// Why something stays that is meant, in words.
pub(super) fn kept_words(w: Words, kept: Kept) -> String {
    let key = match kept {
        Kept::LegalObligation => "erasure-kept-obligation",
        Kept::PublicTask => "erasure-kept-task",
        Kept::LegalClaims => "erasure-kept-claims",
        Kept::NoGround => "erasure-kept-ground",
        Kept::NoUse => "erasure-kept-use",
    };
    w.say(key).into()
}

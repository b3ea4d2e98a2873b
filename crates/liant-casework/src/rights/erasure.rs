//! What a person may have erased (*droit à l'effacement*, GDPR art. 17), and what the law keeps. Pure.

use std::fmt;

use liant_convention::LawfulBasis;
use liant_model::Block;

use super::{RequestState, Right};

codes! {
    /// Why data are erased (GDPR art. 17 (1)).
    ErasureGround {
        /// They are not needed any more for what they were received for; (a).
        NoLongerNecessary = "no-longer-necessary",
        /// She took back the consent on which alone they rest; (b).
        ConsentTakenBack = "consent-taken-back",
        /// She objected, and nobody's grounds weigh more; (c).
        Objected = "objected",
        /// Their use is unlawful: someone loaded by error, facts of somebody else; (d).
        Unlawful = "unlawful",
        /// The law has them erased; (e).
        LegalObligation = "legal-obligation",
    }
}

codes! {
    /// Why data are not erased.
    ErasureRefusal {
        /// A legal obligation has them kept (*obligation légale*); (3) (b).
        LegalObligation = "legal-obligation",
        /// A task in the public interest needs them (*mission d'intérêt public*); (3) (b).
        PublicTask = "public-task",
        /// Legal claims need them (*droits en justice*); (3) (e).
        LegalClaims = "legal-claims",
        /// No ground of art. 17 (1) is met: she gave no consent to take back, or her objection was not upheld.
        NoGround = "no-ground",
    }
}

codes! {
    /// A set of a register's facts that may be erased without the rest. What a register knows her by goes with the register.
    FactSet {
        /// Her registration.
        Registration = "registration",
        /// Her follow-up.
        FollowUp = "follow-up",
        /// Her training.
        Training = "training",
        /// Her rights.
        Rights = "rights",
        /// Her household.
        Household = "household",
        /// How she is reached, and where she lives.
        Contact = "contact",
    }
}

impl FactSet {
    /// The block of facts that it is.
    pub const fn block(self) -> Block {
        match self {
            Self::Registration => Block::Registration,
            Self::FollowUp => Block::FollowUp,
            Self::Training => Block::Training,
            Self::Rights => Block::Rights,
            Self::Household => Block::Household,
            Self::Contact => Block::Contact,
        }
    }
}

impl ErasureGround {
    /// The article that gives it.
    pub const fn article(self) -> &'static str {
        match self {
            Self::NoLongerNecessary => "GDPR art. 17 (1) (a)",
            Self::ConsentTakenBack => "GDPR art. 17 (1) (b)",
            Self::Objected => "GDPR art. 17 (1) (c)",
            Self::Unlawful => "GDPR art. 17 (1) (d)",
            Self::LegalObligation => "GDPR art. 17 (1) (e)",
        }
    }

    /// Whether whoever is erased in whole stays out: the next file of the same register does not bring her back. Where data are not
    /// needed any more, or consent was taken back, a register that speaks of her again has a reason of its own.
    pub const fn keeps_out(self) -> bool {
        matches!(self, Self::Objected | Self::Unlawful)
    }

    /// Whether it reaches something that is held of her, in spite of what that rests on.
    ///
    /// # Errors
    /// What keeps it.
    pub fn reaches(self, held: &Resting<'_>) -> Result<(), ErasureRefusal> {
        let rests_on = |basis: LawfulBasis| held.bases.contains(&basis);
        if held.is_claimed {
            return Err(ErasureRefusal::LegalClaims);
        }
        match self {
            // What may not be held is kept for no task.
            Self::Unlawful | Self::LegalObligation => Ok(()),
            Self::Objected => match (rests_on(LawfulBasis::Obligation), held.is_objected_to) {
                (true, _) => Err(ErasureRefusal::LegalObligation),
                (false, true) => Ok(()),
                (false, false) => Err(ErasureRefusal::NoGround),
            },
            Self::NoLongerNecessary | Self::ConsentTakenBack => {
                // What a clause that is read no more let in: nothing tells that no obligation keeps it.
                if held.is_in_term && held.bases.is_empty() {
                    return Err(ErasureRefusal::NoGround);
                }
                if held.is_in_term && rests_on(LawfulBasis::Obligation) {
                    return Err(ErasureRefusal::LegalObligation);
                }
                if held.is_in_term && rests_on(LawfulBasis::PublicTask) {
                    return Err(ErasureRefusal::PublicTask);
                }
                if self == Self::ConsentTakenBack && !held.rests_on_consent_alone() {
                    return Err(ErasureRefusal::NoGround);
                }
                Ok(())
            }
        }
    }
}

impl ErasureRefusal {
    /// The article that gives it.
    pub const fn article(self) -> &'static str {
        match self {
            Self::LegalObligation | Self::PublicTask => "GDPR art. 17 (3) (b)",
            Self::LegalClaims => "GDPR art. 17 (3) (e)",
            Self::NoGround => "GDPR art. 17 (1)",
        }
    }
}

/// Something that is held of a person, as far as it tells whether it is erased.
#[derive(Clone, Copy, Debug)]
pub struct Resting<'a> {
    /// The legal bases of the purposes that it was received or recorded for.
    pub bases: &'a [LawfulBasis],
    /// Whether its time of retention still runs.
    pub is_in_term: bool,
    /// Whether an objection of hers that was upheld is to every one of these purposes.
    pub is_objected_to: bool,
    /// Whether its use is restricted since she needs it for legal claims (GDPR art. 18 (1) (c)).
    pub is_claimed: bool,
}

impl Resting<'_> {
    fn rests_on_consent_alone(&self) -> bool {
        !self.bases.is_empty() && self.bases.iter().all(|basis| *basis == LawfulBasis::Consent)
    }
}

/// Why an erasure is not carried out, nor refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotErased {
    /// The request is about another right.
    #[error("this request asks for another right than erasure")]
    AnotherRight,
    /// It has its answer.
    #[error("the request has its answer")]
    Answered,
}

/// Whether a request may be answered by an erasure, or by saying why not.
///
/// # Errors
/// [`NotErased`].
pub fn may_be_erased(right: Right, state: RequestState) -> Result<(), NotErased> {
    if right != Right::Erasure {
        return Err(NotErased::AnotherRight);
    }
    if state.is_open() { Ok(()) } else { Err(NotErased::Answered) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_ground_reaches() {
        use ErasureGround::{ConsentTakenBack, LegalObligation, NoLongerNecessary, Objected, Unlawful};
        use ErasureRefusal::{LegalClaims, LegalObligation as Obliged, NoGround, PublicTask as ForTask};
        use LawfulBasis::{Consent, Contract, Interests, Obligation, PublicTask};
        // What it rests on, whether its term runs, whether she objected to it with success.
        for (bases, in_term, objected, expected) in [
            // In the order of the grounds: (a), (b), (c), (d), (e).
            (&[PublicTask][..], true, false, [Err(ForTask), Err(ForTask), Err(NoGround), Ok(()), Ok(())]),
            (&[PublicTask], false, false, [Ok(()), Err(NoGround), Err(NoGround), Ok(()), Ok(())]),
            (&[PublicTask], true, true, [Err(ForTask), Err(ForTask), Ok(()), Ok(()), Ok(())]),
            (&[Obligation], true, true, [Err(Obliged), Err(Obliged), Err(Obliged), Ok(()), Ok(())]),
            (
                &[Obligation, PublicTask],
                true,
                false,
                [Err(Obliged), Err(Obliged), Err(Obliged), Ok(()), Ok(())],
            ),
            (&[Obligation], false, false, [Ok(()), Err(NoGround), Err(Obliged), Ok(()), Ok(())]),
            (&[Consent], true, false, [Ok(()), Ok(()), Err(NoGround), Ok(()), Ok(())]),
            (&[Consent], false, false, [Ok(()), Ok(()), Err(NoGround), Ok(()), Ok(())]),
            (
                &[Consent, PublicTask],
                true,
                false,
                [Err(ForTask), Err(ForTask), Err(NoGround), Ok(()), Ok(())],
            ),
            (&[Contract], true, false, [Ok(()), Err(NoGround), Err(NoGround), Ok(()), Ok(())]),
            (&[Interests], true, true, [Ok(()), Err(NoGround), Ok(()), Ok(()), Ok(())]),
            // What no file states the bases of stays in its term.
            (&[], true, false, [Err(NoGround), Err(NoGround), Err(NoGround), Ok(()), Ok(())]),
            (&[], false, false, [Ok(()), Err(NoGround), Err(NoGround), Ok(()), Ok(())]),
        ] {
            let grounds = [NoLongerNecessary, ConsentTakenBack, Objected, Unlawful, LegalObligation];
            assert_eq!(grounds.as_slice(), ErasureGround::ALL);
            let held = Resting { bases, is_in_term: in_term, is_objected_to: objected, is_claimed: false };
            for (ground, expected) in grounds.into_iter().zip(expected) {
                assert_eq!(ground.reaches(&held), expected, "{ground} of {bases:?}, {in_term}, {objected}");
                let claimed = Resting { is_claimed: true, ..held };
                assert_eq!(ground.reaches(&claimed), Err(LegalClaims), "{ground}: she claims something");
            }
        }
    }

    #[test]
    fn an_open_request_for_erasure_is_carried_out() {
        use RequestState::{Answered, Received, Refused, UnderWay, Withdrawn};
        for (right, state, expected) in [
            (Right::Erasure, Received, Ok(())),
            (Right::Erasure, UnderWay, Ok(())),
            (Right::Erasure, Answered, Err(NotErased::Answered)),
            (Right::Erasure, Refused, Err(NotErased::Answered)),
            (Right::Erasure, Withdrawn, Err(NotErased::Answered)),
            (Right::Opposition, Received, Err(NotErased::AnotherRight)),
            (Right::Access, Answered, Err(NotErased::AnotherRight)),
        ] {
            assert_eq!(may_be_erased(right, state), expected, "{right} {state}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        for ground in ErasureGround::ALL {
            assert_eq!(ErasureGround::from_code(ground.code()), Some(*ground));
            let keeps_out = matches!(ground, ErasureGround::Objected | ErasureGround::Unlawful);
            assert_eq!(ground.keeps_out(), keeps_out, "{ground}");
            assert!(ground.article().starts_with("GDPR art. 17 (1)"));
        }
        for refusal in ErasureRefusal::ALL {
            assert_eq!(ErasureRefusal::from_code(refusal.code()), Some(*refusal));
            assert!(refusal.article().starts_with("GDPR art. 17 ("));
        }
        for set in FactSet::ALL {
            assert_eq!(FactSet::from_code(set.code()), Some(*set));
            assert_ne!(set.block(), Block::Identity);
        }
    }
}

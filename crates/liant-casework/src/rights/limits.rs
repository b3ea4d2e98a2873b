//! What a request closes of a person's data that stay held: restriction (GDPR art. 18), objection (art. 21); and how that ends. Pure.

use std::fmt;

use liant_model::Date;

use super::{RequestState, Right};

codes! {
    /// Why the use of data is restricted (*limitation*, GDPR art. 18 (1)).
    LimitGround {
        /// She contests that they are accurate: for as long as it takes to verify it; (a).
        Accuracy = "accuracy",
        /// Their use is unlawful, and she wants them kept; (b).
        Unlawful = "unlawful",
        /// Nobody needs them any more but she, for legal claims; (c).
        Claims = "claims",
        /// She objected: until it is verified whose grounds weigh more; (d).
        Objection = "objection",
    }
}

codes! {
    /// Why a limit ends.
    LiftReason {
        /// What she contested was verified, or put right.
        Verified = "verified",
        /// Whose grounds weigh more was settled.
        Settled = "settled",
        /// The legal claims are over.
        ClaimsOver = "claims-over",
        /// She wants it to end.
        AtHerWish = "at-her-wish",
        /// It was set by mistake.
        Mistake = "mistake",
    }
}

codes! {
    /// How she was told that a limit would end, beside her space, which says so at once.
    Telling {
        /// By letter.
        Letter = "letter",
        /// Where she was met.
        InPerson = "in-person",
    }
}

/// The longest that a limit goes without somebody looking whether it is still needed, in days.
const LONGEST: i64 = 366;

/// Why a limit is not set, or does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitRefusal {
    /// The request is about another right.
    #[error(
        "this request asks for another right: a restriction has a ground of GDPR art. 18 (1) that the right allows"
    )]
    AnotherRight,
    /// It has its answer.
    #[error("the request has its answer")]
    Answered,
    /// The day on which it is looked at again is not to come, or more than a year away.
    #[error("the day on which it is looked at again lies within a year from tomorrow")]
    Review,
    /// She was not told before.
    #[error(
        "she is told before: on a day until today, and it ends on a later day than today (GDPR art. 18 (3))"
    )]
    NotTold,
}

impl LimitGround {
    /// The grounds on which a request for this right has data restricted: what is asked for, or what it waits for.
    pub const fn of(right: Right) -> &'static [Self] {
        match right {
            Right::Restriction => Self::ALL,
            Right::Rectification => &[Self::Accuracy],
            Right::Opposition => &[Self::Objection],
            Right::Access | Right::Erasure => &[],
        }
    }
}

/// Where a request stands once a restriction on this ground (or, without one, an objection) was carried out for it.
///
/// # Errors
/// [`LimitRefusal::AnotherRight`], [`LimitRefusal::Answered`].
pub fn carried_out(
    right: Right,
    state: RequestState,
    ground: Option<LimitGround>,
) -> Result<RequestState, LimitRefusal> {
    if !state.is_open() {
        return Err(LimitRefusal::Answered);
    }
    match (right, ground) {
        (Right::Opposition, None) => Ok(RequestState::Answered),
        (_, Some(ground)) if LimitGround::of(right).contains(&ground) => Ok(match right {
            Right::Restriction => RequestState::Answered,
            _ => RequestState::UnderWay,
        }),
        _ => Err(LimitRefusal::AnotherRight),
    }
}

/// Whether a limit may be looked at again on that day.
///
/// # Errors
/// [`LimitRefusal::Review`].
pub fn reviewed_on(day: Date, today: Date) -> Result<(), LimitRefusal> {
    let within = day > today && day <= today.saturating_add(jiff::Span::new().days(LONGEST));
    if within { Ok(()) } else { Err(LimitRefusal::Review) }
}

/// Whether a limit may end on a day, of which she was told on another.
///
/// # Errors
/// [`LimitRefusal::NotTold`].
pub fn lifted_on(day: Date, told_on: Date, today: Date) -> Result<(), LimitRefusal> {
    if told_on <= today && day > today { Ok(()) } else { Err(LimitRefusal::NotTold) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 23);

    #[test]
    fn what_a_request_becomes() {
        use RequestState::{Answered, Received, UnderWay, Withdrawn};
        for (right, state, ground, expected) in [
            (Right::Restriction, Received, Some(LimitGround::Claims), Ok(Answered)),
            (Right::Restriction, UnderWay, Some(LimitGround::Accuracy), Ok(Answered)),
            (Right::Rectification, Received, Some(LimitGround::Accuracy), Ok(UnderWay)),
            (Right::Rectification, Received, Some(LimitGround::Claims), Err(LimitRefusal::AnotherRight)),
            (Right::Opposition, Received, Some(LimitGround::Objection), Ok(UnderWay)),
            (Right::Opposition, UnderWay, None, Ok(Answered)),
            (Right::Restriction, Received, None, Err(LimitRefusal::AnotherRight)),
            (Right::Access, Received, Some(LimitGround::Accuracy), Err(LimitRefusal::AnotherRight)),
            (Right::Erasure, Received, Some(LimitGround::Unlawful), Err(LimitRefusal::AnotherRight)),
            (Right::Restriction, Answered, Some(LimitGround::Claims), Err(LimitRefusal::Answered)),
            (Right::Opposition, Withdrawn, None, Err(LimitRefusal::Answered)),
        ] {
            assert_eq!(carried_out(right, state, ground), expected, "{right} {state} {ground:?}");
        }
    }

    #[test]
    fn a_limit_is_looked_at_again_within_a_year() {
        for (day, may) in [
            (TODAY, false),
            (Date::constant(2026, 11, 24), true),
            (Date::constant(2027, 11, 24), true),
            (Date::constant(2027, 11, 25), false),
        ] {
            assert_eq!(reviewed_on(day, TODAY).is_ok(), may, "{day}");
        }
    }

    #[test]
    fn she_is_told_before_it_ends() {
        let tomorrow = Date::constant(2026, 11, 24);
        for (day, told, may) in [
            (tomorrow, TODAY, true),
            (tomorrow, Date::constant(2026, 11, 1), true),
            (TODAY, TODAY, false),
            (tomorrow, tomorrow, false),
        ] {
            assert_eq!(lifted_on(day, told, TODAY).is_ok(), may, "{day} {told}");
        }
        for ground in LimitGround::ALL {
            assert_eq!(LimitGround::from_code(ground.code()), Some(*ground));
        }
    }
}

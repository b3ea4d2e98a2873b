//! A request that several parties answer: the conventions have them work together on it, and whoever received a datum is told that
//! it was put right, erased or limited (GDPR art. 19). Pure.

use std::collections::BTreeSet;
use std::fmt;

use liant_model::{Instant, Party};

use super::{RequestState, Right};

codes! {
    /// What was recorded of a party that has part in a request.
    PartStep {
        /// It was told of the request.
        Told = "told",
        /// It has done what was asked.
        Done = "done",
        /// It holds nothing that is meant.
        Nothing = "nothing",
        /// It does not do it, and tells the person why itself.
        Refused = "refused",
    }
}

impl PartStep {
    /// The answers that a party may give.
    pub const ANSWERS: [Self; 3] = [Self::Done, Self::Nothing, Self::Refused];

    /// Whether it is an answer of the party.
    pub const fn is_answer(self) -> bool {
        !matches!(self, Self::Told)
    }
}

/// A party that has part in a request of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The party.
    pub party: Party,
    /// Whether what the request is about came from it.
    pub gave: bool,
    /// Whether it was shown any of what the request is about.
    pub received: bool,
    /// When it was told.
    pub told: Option<Instant>,
    /// What it answered, and when.
    pub answer: Option<(PartStep, Instant)>,
}

impl Part {
    /// Whether it is still to be told: whoever received a datum that is put right, erased or limited (GDPR art. 19), and whoever it
    /// came from, who would send the error again.
    pub fn is_owed(&self, right: Right) -> bool {
        let spreads = matches!(right, Right::Rectification | Right::Erasure | Right::Restriction);
        spreads && self.told.is_none() && (self.gave || self.received)
    }

    /// Whether the person is told of it: it was told of her request, or has still to be, unless nothing is put right, erased or limited
    /// after all (GDPR art. 19).
    pub fn is_hers_to_know(&self, right: Right, state: RequestState) -> bool {
        let is_over = matches!(state, RequestState::Refused | RequestState::Withdrawn);
        self.told.is_some() || (self.is_owed(right) && !is_over)
    }

    /// Whether this may be recorded of it: it is told once, and answers once when it was told.
    pub fn admits(&self, step: PartStep) -> bool {
        match step {
            PartStep::Told => self.told.is_none(),
            _ => self.told.is_some() && self.answer.is_none(),
        }
    }
}

/// The parties that have part in a request, by name: those it came from, those that received it, and those of whom something was
/// recorded (in that order) though the log knows no more of it.
pub fn parts(
    gave: &BTreeSet<Party>,
    received: &BTreeSet<Party>,
    recorded: &[(Party, PartStep, Instant)],
) -> Vec<Part> {
    let named = recorded.iter().map(|(party, ..)| party);
    let all: BTreeSet<&Party> = gave.iter().chain(received).chain(named).collect();
    let part = |party: &Party| {
        let own = || recorded.iter().filter(|(of, ..)| of == party);
        Part {
            party: party.clone(),
            gave: gave.contains(party),
            received: received.contains(party),
            told: own().find(|(_, step, _)| !step.is_answer()).map(|(.., at)| *at),
            answer: own().find(|(_, step, _)| step.is_answer()).map(|(_, step, at)| (*step, *at)),
        }
    };
    all.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str) -> Party {
        Party::parse(name).unwrap()
    }

    fn some(names: &[&str]) -> BTreeSet<Party> {
        names.iter().map(|name| party(name)).collect()
    }

    const AT: Instant = Instant::from_micros(1);

    #[test]
    fn a_person_knows_who_was_told_and_who_has_to_be() {
        use RequestState::{Answered, Received, Refused, UnderWay, Withdrawn};
        let part = |is_known: bool, told: Option<Instant>| Part {
            party: party("france-travail"),
            gave: false,
            received: is_known,
            told,
            answer: None,
        };
        for (right, is_known, told, states) in [
            (Right::Rectification, true, None, &[Received, UnderWay, Answered][..]),
            (Right::Erasure, true, None, &[Received, UnderWay, Answered]),
            (Right::Restriction, true, None, &[Received, UnderWay, Answered]),
            (Right::Opposition, true, None, &[]),
            (Right::Access, true, None, &[]),
            (Right::Rectification, false, None, &[]),
            (Right::Opposition, false, Some(AT), RequestState::ALL),
        ] {
            for state in RequestState::ALL {
                let known = part(is_known, told).is_hers_to_know(right, *state);
                assert_eq!(known, states.contains(state), "{right} {state}");
            }
        }
        assert!(part(true, Some(AT)).is_hers_to_know(Right::Rectification, Refused));
        assert!(part(true, Some(AT)).is_hers_to_know(Right::Rectification, Withdrawn));
    }

    #[test]
    fn each_party_stands_once_with_what_was_recorded_of_it() {
        let recorded = [
            (party("france-travail"), PartStep::Told, AT),
            (party("ccas-arras"), PartStep::Told, AT),
            (party("france-travail"), PartStep::Done, Instant::from_micros(2)),
        ];
        let all = parts(&some(&["france-travail"]), &some(&["caf-62", "france-travail"]), &recorded);
        let said: Vec<_> = all
            .iter()
            .map(|one| (one.party.as_str(), one.gave, one.received, one.told.is_some(), one.answer.is_some()))
            .collect();
        assert_eq!(
            said,
            [
                ("caf-62", false, true, false, false),
                ("ccas-arras", false, false, true, false),
                ("france-travail", true, true, true, true),
            ]
        );
        assert!(parts(&BTreeSet::new(), &BTreeSet::new(), &[]).is_empty());
    }

    #[test]
    fn who_received_or_gave_what_is_put_right_is_told_once_and_answers_once() {
        let fresh = Part { party: party("caf-62"), gave: false, received: true, told: None, answer: None };
        let gave = Part { gave: true, received: false, ..fresh.clone() };
        let stranger = Part { received: false, ..fresh.clone() };
        let told = Part { told: Some(AT), ..fresh.clone() };
        let answered = Part { answer: Some((PartStep::Done, AT)), ..told.clone() };
        for (right, owed) in [
            (Right::Rectification, true),
            (Right::Erasure, true),
            (Right::Restriction, true),
            (Right::Access, false),
            (Right::Opposition, false),
        ] {
            assert_eq!((fresh.is_owed(right), gave.is_owed(right)), (owed, owed), "{right}");
            assert!(!stranger.is_owed(right) && !told.is_owed(right), "{right}");
        }
        for (part, step, may) in [
            (&fresh, PartStep::Told, true),
            (&fresh, PartStep::Done, false),
            (&told, PartStep::Told, false),
            (&told, PartStep::Nothing, true),
            (&answered, PartStep::Refused, false),
        ] {
            assert_eq!(part.admits(step), may, "{step}");
        }
    }
}

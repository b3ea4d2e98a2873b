//! What minutes and reviews may not say.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use liant_model::Party;

use super::{ActionKey, Followed, MOST_ACTIONS, MOST_EUROS, Minutes};
use crate::clock::shift;
use crate::programme::{Code, CommitteeRule, CommitteesRule, Programme, ReviewRule};

/// What is known before a meeting is written down.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// The day of the last meeting whose minutes all have signed.
    pub last: Option<Date>,
    /// The actions that were open then.
    pub open: &'a [Followed],
    /// Today.
    pub today: Date,
}

/// Why minutes, or the amounts of a review, are not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MinutesFault {
    /// Held on a day that is yet to come.
    #[error("a meeting is written down once it was held")]
    NotHeldYet,
    /// Held before the programme began.
    #[error("the meeting was held before the programme began")]
    BeforeProgramme,
    /// Held no later than the meeting before.
    #[error("the meeting was held no later than the one before, of {0}")]
    BeforeLast(Date),
    /// Nobody was there.
    #[error("say who was present, by function")]
    NobodyPresent,
    /// A code that the programme does not have.
    #[error("`{0}` is no code of the programme")]
    UnknownCode(Code),
    /// The next meeting is no later than this one.
    #[error("the next meeting comes after this one")]
    NextTooEarly,
    /// The next meeting is later than the rhythm allows: by this day.
    #[error("the next meeting is held by {0} at the latest")]
    NextTooLate(Date),
    /// An action for a gap that was not noted: which, from 0.
    #[error("the action closes a gap that was not noted")]
    GapNotNoted(usize),
    /// An action that no party of the committee carries.
    #[error("an action is carried by a party that leads the committee")]
    NoSuchParty(usize),
    /// An action that is due no later than it was decided.
    #[error("an action is due after the meeting")]
    DueTooEarly(usize),
    /// More actions than a meeting decides.
    #[error("a meeting decides {MOST_ACTIONS} actions at most")]
    TooMany,
    /// An open action of which nothing is said.
    #[error("say where each open action stands")]
    Unanswered(ActionKey),
    /// An answer about what is no open action, or a second one.
    #[error("an answer is about no open action")]
    NotOpen(ActionKey),
    /// A state that gives its reason, without.
    #[error("say why")]
    NoReason(ActionKey),
    /// A reason of a state that gives none.
    #[error("this state gives no reason")]
    IdleReason(ActionKey),
    /// An amount that a party does not have a line for.
    #[error("`{0}` is no line of the party")]
    UnknownLine(Code),
    /// A line without its amount.
    #[error("write the amount of `{0}`, or 0")]
    NoAmount(Code),
    /// An amount beyond what is taken.
    #[error("the amount of `{0}` is too large")]
    TooLarge(Code),
}

/// Everything that is wrong with what minutes say; nothing when they may be kept.
pub fn check_minutes(
    programme: &Programme,
    (rules, committee): (&CommitteesRule, &CommitteeRule),
    said: &Minutes,
    before: &Before<'_>,
) -> Vec<MinutesFault> {
    let mut faults = Vec::new();
    days(programme, committee, said, before, &mut faults);
    if said.present.is_empty() {
        faults.push(MinutesFault::NobodyPresent);
    }
    codes(rules, said, &mut faults);
    actions(committee, said, &mut faults);
    answers(rules, said, before.open, &mut faults);
    faults
}

fn days(
    programme: &Programme,
    committee: &CommitteeRule,
    said: &Minutes,
    before: &Before<'_>,
    faults: &mut Vec<MinutesFault>,
) {
    if said.held_on > before.today {
        faults.push(MinutesFault::NotHeldYet);
    }
    if said.held_on < programme.from {
        faults.push(MinutesFault::BeforeProgramme);
    }
    if let Some(last) = before.last.filter(|last| said.held_on <= *last) {
        faults.push(MinutesFault::BeforeLast(last));
    }
    if said.next_on <= said.held_on {
        faults.push(MinutesFault::NextTooEarly);
    }
    if let Some(latest) = shift(said.held_on, committee.every, 1).filter(|latest| said.next_on > *latest) {
        faults.push(MinutesFault::NextTooLate(latest));
    }
}

fn codes(rules: &CommitteesRule, said: &Minutes, faults: &mut Vec<MinutesFault>) {
    let named = |list: &[crate::programme::Coded]| list.iter().map(|one| one.id.clone()).collect();
    let lists: [(BTreeSet<Code>, Vec<&Code>); 6] = [
        (named(&rules.functions), said.present.iter().collect()),
        (rules.gaps.iter().map(|one| one.id.clone()).collect(), said.gaps.iter().collect()),
        (named(&rules.actions), said.actions.iter().map(|one| &one.action).collect()),
        (named(&rules.practices), said.practices.iter().collect()),
        (named(&rules.alerts), said.alerts.iter().collect()),
        (named(&rules.reasons), said.answers.iter().filter_map(|one| one.reason.as_ref()).collect()),
    ];
    for (known, used) in lists {
        let unknown = used.into_iter().filter(|code| !known.contains(*code));
        faults.extend(unknown.map(|code| MinutesFault::UnknownCode(code.clone())));
    }
}

fn actions(committee: &CommitteeRule, said: &Minutes, faults: &mut Vec<MinutesFault>) {
    if said.actions.len() > MOST_ACTIONS {
        faults.push(MinutesFault::TooMany);
    }
    for (place, action) in said.actions.iter().enumerate() {
        if !said.gaps.contains(&action.gap) {
            faults.push(MinutesFault::GapNotNoted(place));
        }
        if !committee.led_by.iter().any(|one| one.party == action.party) {
            faults.push(MinutesFault::NoSuchParty(place));
        }
        if action.due <= said.held_on {
            faults.push(MinutesFault::DueTooEarly(place));
        }
    }
}

/// Each open action has one answer, and nothing else has.
fn answers(rules: &CommitteesRule, said: &Minutes, open: &[Followed], faults: &mut Vec<MinutesFault>) {
    let mut waiting: BTreeSet<ActionKey> = open.iter().map(|one| one.key).collect();
    for answer in &said.answers {
        if !waiting.remove(&answer.of) {
            faults.push(MinutesFault::NotOpen(answer.of));
            continue;
        }
        match rules.state(&answer.state) {
            None => faults.push(MinutesFault::UnknownCode(answer.state.clone())),
            Some(state) if state.asks_reason && answer.reason.is_none() => {
                faults.push(MinutesFault::NoReason(answer.of));
            }
            Some(state) if !state.asks_reason && answer.reason.is_some() => {
                faults.push(MinutesFault::IdleReason(answer.of));
            }
            Some(_) => {}
        }
    }
    faults.extend(waiting.into_iter().map(MinutesFault::Unanswered));
}

/// Everything that is wrong with the amounts of a party; nothing when they may be kept.
pub fn check_amounts(rule: &ReviewRule, party: &Party, amounts: &BTreeMap<Code, u32>) -> Vec<MinutesFault> {
    let lines: Vec<&Code> = rule.lines_of(party).map(|line| &line.id).collect();
    let unknown = amounts.keys().filter(|code| !lines.contains(code)).cloned().map(MinutesFault::UnknownLine);
    let missing = lines
        .iter()
        .filter(|code| !amounts.contains_key(**code))
        .map(|code| MinutesFault::NoAmount((*code).clone()));
    let large = amounts.iter().filter(|(_, euros)| **euros > MOST_EUROS);
    let large = large.map(|(code, _)| MinutesFault::TooLarge(code.clone()));
    unknown.chain(missing).chain(large).collect()
}

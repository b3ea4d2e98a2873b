//! What an actor may do next on a path: each thing that her role has in the programme is asked of the rules, and changes nothing.

use std::collections::BTreeSet;

use liant_casework::{
    Code, Command, Condition, Entering, Event, Facts, Means, Meeting, Open, Order, Outcome, Path, Programme,
    Programmes, Proposing, Reason, Refusal, decide, fold,
};
use liant_model::{AccountId, AppointmentId, Date, Instant, Lang, Role, Span, Uuid};

use super::words::{self, Kind};

/// Something that may be done, or could but for a rule.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What.
    pub kind: Kind,
    /// The consent, reason, act, length, form, nature or exit that it is about.
    pub code: Option<Code>,
    /// The role that is proposed to, named, handed over or left.
    pub role: Option<Role>,
    /// The appointment that is moved, cancelled, or of which it is said what it became.
    pub appointment: Option<AppointmentId>,
    /// What is said of it.
    pub label: String,
    /// That code, or that role, in words.
    pub about: Option<String>,
    /// Why not today; none when it may be done.
    pub refusal: Option<Told>,
    /// Whether only her consent lacks, which the actor may record with it.
    pub asks_consent: bool,
    /// The roles of whom somebody is named with an entry.
    pub names: Vec<Role>,
}

/// Why something is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The code of the reason.
    pub reason: &'static str,
    /// The rule of the programme file.
    pub rule: &'static str,
    /// Where that rule comes from.
    pub source: String,
    /// The reason in words, with the criterion, act or place that it is about.
    pub why: String,
    /// All of it in a line.
    pub text: String,
}

impl Told {
    /// What a refusal says, in the words of the programme that it rests on.
    pub fn of(programme: Option<&Programme>, refusal: &Refusal, lang: Lang) -> Self {
        let about = programme.zip(refusal.about.as_ref());
        let about = about.and_then(|(programme, code)| words::about(programme, code, lang));
        let (why, colon) = (refusal.reason.text(lang), if lang == Lang::Fr { " : " } else { ": " });
        Self {
            reason: refusal.reason.as_str(),
            rule: refusal.rule,
            source: refusal.source.to_string(),
            why: about.map_or_else(|| why.to_owned(), |about| format!("{why}{colon}{about}")),
            text: refusal.told(lang),
        }
    }
}

/// Reasons for which something is not a choice at all here, rather than one that is refused today.
const NO_CHOICE: [Reason; 19] = [
    Reason::NotMet,
    Reason::NoSuchHour,
    Reason::NotYours,
    Reason::NothingOpen,
    Reason::WrongStage,
    Reason::AlreadyOpen,
    Reason::UnknownProgramme,
    Reason::UnknownConsent,
    Reason::NoRoute,
    Reason::NotWithin,
    Reason::NoAnswerNeeded,
    Reason::AlreadyAnswered,
    Reason::MayNotWithdraw,
    Reason::NoContractRule,
    Reason::NoTail,
    Reason::NotInWork,
    Reason::NoTerm,
    Reason::NoPlace,
    Reason::PlaceEmpty,
];

/// What is made of a proposal.
type Way = fn(Proposing) -> Order;

/// A proposal that is sent, and one that is handed on.
const WAYS: [(Kind, Way); 2] = [(Kind::Propose, Order::Propose), (Kind::Forward, Order::Forward)];

/// Who asks, of which path.
pub(super) struct Asking<'a> {
    pub(super) programmes: &'a Programmes,
    pub(super) programme: &'a Programme,
    pub(super) path: &'a Path,
    pub(super) by: &'a Role,
    pub(super) on: Date,
    pub(super) now: Instant,
    /// What registers tell, and what a form may tick.
    pub(super) facts: &'a Facts,
    /// The path as the actor sees it: another's appointments are none of hers.
    pub(super) shown: &'a Path,
    /// Whether there is a place where her party's people meet.
    pub(super) has_places: bool,
    /// Whether the form under way, if there is one, went to where the actor works.
    pub(super) is_addressee: bool,
    pub(super) lang: Lang,
}

/// Someone whom nobody is: what is asked is whether anyone may be named.
const NOBODY: AccountId = AccountId(Uuid::nil());

/// The criteria that forms tick, of those that let someone in.
pub(super) fn ticked(programme: &Programme, declared: &[Code], by: &Role) -> Vec<Code> {
    let entry = &programme.entry.condition;
    let routes = programme.routes.iter().filter(|route| route.from.contains(by)).map(|route| &route.when);
    let wanted: BTreeSet<&Code> = routes
        .chain([entry])
        .flat_map(|condition: &Condition| condition.all.iter().chain(&condition.any))
        .collect();
    declared.iter().filter(|code| wanted.contains(code) && !entry.none.contains(code)).cloned().collect()
}

impl Asking<'_> {
    fn asks(&self, order: Order) -> Result<(), Refusal> {
        self.decides(self.path, order).map(drop)
    }

    fn decides(&self, path: &Path, order: Order) -> Result<Vec<Event>, Refusal> {
        let command = Command {
            programme: self.programme.id.clone(),
            by: self.by.clone(),
            on: self.on,
            expected: path.version,
            order,
        };
        decide(self.programmes, path, &command, self.now)
    }

    /// The path once she has agreed to the transmission of her form, where the actor may record that.
    fn agreed(&self) -> Option<Path> {
        let consent = self.programme.entry.consent.as_ref()?.id.clone();
        let events = self.decides(self.path, Order::GiveConsent { consent }).ok()?;
        Some(events.iter().fold(self.path.clone(), fold))
    }

    fn proposing(&self, to: &Role, zone: Option<Code>) -> Proposing {
        let routes = self.programme.routes.iter().filter(|route| route.to == *to);
        Proposing {
            to: to.clone(),
            facts: self.facts.clone(),
            zone,
            confirmed_by: routes.flat_map(|route| route.confirmed_by.clone()).collect(),
            form: None,
        }
    }

    /// A proposal; the zone of an experiment is chosen on the form.
    fn proposes(&self, path: &Path, order: Way, role: &Role) -> Result<(), Refusal> {
        let answer = self.decides(path, order(self.proposing(role, None))).map(drop);
        if !answer.as_ref().is_err_and(|refusal| refusal.reason == Reason::OutsideExperiment) {
            return answer;
        }
        let zones = self.programme.experiments.iter().flat_map(|one| &one.zones);
        let mut there =
            zones.map(|zone| self.decides(path, order(self.proposing(role, Some(zone.id.clone())))));
        if there.any(|answer| answer.is_ok()) { Ok(()) } else { answer }
    }

    /// Everything that the actor may do, or could but for a rule.
    pub(super) fn all(&self) -> Vec<Choice> {
        let mut choices = Vec::new();
        self.consents(&mut choices);
        self.proposals(&mut choices);
        self.stay(&mut choices);
        self.appointments(&mut choices);
        self.referents(&mut choices);
        self.ends(&mut choices);
        choices
    }

    fn offer(
        &self,
        choices: &mut Vec<Choice>,
        (kind, code, role): (Kind, Option<Code>, Option<Role>),
        about: Option<String>,
        answer: Result<(), Refusal>,
    ) {
        let refusal = match answer {
            Ok(()) => None,
            Err(refusal) if NO_CHOICE.contains(&refusal.reason) => return,
            Err(refusal) => Some(Told::of(Some(self.programme), &refusal, self.lang)),
        };
        let lead = kind.text(self.lang);
        let colon = if self.lang == Lang::Fr { " : " } else { ": " };
        let label = about.as_ref().map_or_else(|| lead.to_owned(), |about| format!("{lead}{colon}{about}"));
        let appointment = None;
        let (asks_consent, names) = (false, Vec::new());
        choices.push(Choice { kind, code, role, appointment, label, about, refusal, asks_consent, names });
    }

    fn consents(&self, choices: &mut Vec<Choice>) {
        let Some(rule) = &self.programme.entry.consent else { return };
        let consent = rule.id.clone();
        if self.path.consents.contains_key(&consent) {
            let answer = self.asks(Order::WithdrawConsent { consent: consent.clone() });
            self.offer(choices, (Kind::WithdrawConsent, Some(consent), None), None, answer);
        } else {
            let answer = self.asks(Order::GiveConsent { consent: consent.clone() });
            self.offer(choices, (Kind::GiveConsent, Some(consent), None), None, answer);
        }
    }

    fn proposals(&self, choices: &mut Vec<Choice>) {
        let routes = self.programme.routes.iter().filter(|route| route.from.contains(self.by));
        let to: BTreeSet<&Role> = routes.map(|route| &route.to).collect();
        for role in to {
            for (kind, order) in WAYS {
                if kind == Kind::Forward && !self.is_addressee {
                    continue;
                }
                let mut answer = self.proposes(self.path, order, role);
                let lacks_consent = |refusal: &Refusal| refusal.reason == Reason::NoConsent;
                let agreed = if answer.as_ref().is_err_and(lacks_consent) { self.agreed() } else { None };
                let mut asks_consent = false;
                if let Some(agreed) = agreed {
                    match self.proposes(&agreed, order, role) {
                        Ok(()) => asks_consent = true,
                        // Her consent alone would not do.
                        refused => answer = refused,
                    }
                }
                let about = words::role_text(Some(self.programme), role, self.lang);
                self.offer(choices, (kind, None, Some(role.clone())), Some(about), answer);
                if let Some(offered) = choices.last_mut().filter(|_| asks_consent) {
                    offered.asks_consent = true;
                }
            }
        }
        if self.is_addressee {
            let answer = self.asks(Order::Accept);
            self.offer(choices, (Kind::Accept, None, None), None, answer);
        }
        for reason in &self.programme.refusals {
            let about = || Some(words::said(&reason.text, self.lang));
            if self.is_addressee {
                let answer = self.asks(Order::Refuse { reason: reason.id.clone() });
                self.offer(choices, (Kind::Refuse, Some(reason.id.clone()), None), about(), answer);
            }
            let answer = self.asks(Order::Drop { reason: reason.id.clone() });
            self.offer(choices, (Kind::Drop, Some(reason.id.clone()), None), about(), answer);
        }
        let entering = self.entering();
        let names = entering.referents.iter().map(|(role, _)| role.clone()).collect();
        let answer = self.asks(Order::Enter(entering));
        self.offer(choices, (Kind::Enter, None, None), None, answer);
        if let Some(offered) = choices.last_mut().filter(|offered| offered.kind == Kind::Enter) {
            offered.names = names;
        }
    }

    /// An entry for the shortest length, with everyone whom the actor may name.
    fn entering(&self) -> Entering {
        let route = self.path.open(&self.programme.id).and_then(|open| self.programme.route(open.route()));
        let named = route
            .filter(|route| !route.names.is_empty())
            .map_or(&self.programme.entry.names, |route| &route.names);
        let free = |role: &&Role| {
            let rule = self.programme.role(role);
            let place = rule.and_then(|rule| rule.kind.as_ref());
            rule.is_some_and(|rule| rule.named_by.contains(self.by))
                && place.is_some_and(|place| !self.path.referents.contains_key(place))
        };
        Entering {
            length: self.programme.duration.as_ref().and_then(|rule| rule.initial.first().copied()),
            facts: self.facts.clone(),
            referents: named.iter().filter(free).map(|role| (role.clone(), NOBODY)).collect(),
            agreed_by: route.map(|route| route.duration_by.clone()).unwrap_or_default(),
        }
    }

    fn stay(&self, choices: &mut Vec<Choice>) {
        for act in &self.programme.acts {
            let order = Order::Record {
                act: act.id.clone(),
                outcome: Outcome::Kept,
                means: act.meets.then_some(Means::InPerson),
                appointment: None,
            };
            let about = Some(words::said(&act.text, self.lang));
            let answer = self.asks(order);
            self.offer(choices, (Kind::Record, Some(act.id.clone()), None), about, answer);
        }
        for length in self.programme.duration.iter().flat_map(|rule| &rule.extension) {
            let answer = self.asks(Order::Extend { length: *length });
            let about = Some(words::length(*length, self.lang));
            self.offer(choices, (Kind::Extend, words::length_code(*length), None), about, answer);
        }
        let until = self.on.saturating_add(Span::new().days(30));
        let answer = self.asks(Order::FollowIntoWork { until });
        self.offer(choices, (Kind::FollowIntoWork, None, None), None, answer);
        let contract = self.programme.contract.iter();
        for (rule, form) in contract.flat_map(|rule| rule.forms.iter().map(move |form| (rule, form))) {
            let order = Order::Sign { form: form.id.clone(), length: rule.most, who: Some(NOBODY) };
            let answer = self.asks(order);
            let about = Some(words::said(&form.text, self.lang));
            self.offer(choices, (Kind::Sign, Some(form.id.clone()), None), about, answer);
        }
        self.orientations(choices);
        let answer = self.asks(Order::EndRight);
        self.offer(choices, (Kind::EndRight, None, None), None, answer);
        let answer = self.asks(Order::ResumeRight);
        self.offer(choices, (Kind::ResumeRight, None, None), None, answer);
    }

    /// An appointment may be fixed for each act at which the person is met; what may be done of those that stand.
    fn appointments(&self, choices: &mut Vec<Choice>) {
        let tomorrow = self.on.saturating_add(Span::new().days(1));
        let meeting = |act: &Code| Meeting {
            act: act.clone(),
            at: tomorrow.at(12, 0, 0, 0),
            means: Means::InPerson,
            place: act.clone(),
            with: NOBODY,
        };
        for act in self.programme.acts.iter().filter(|act| act.meets && self.has_places) {
            let order = Order::Fix { appointment: AppointmentId(Uuid::nil()), meeting: meeting(&act.id) };
            let about = Some(words::said(&act.text, self.lang));
            self.offer(choices, (Kind::Fix, Some(act.id.clone()), None), about, self.asks(order));
        }
        let track = self.shown.tracks.get(&self.programme.id);
        for one in track.into_iter().flat_map(|track| &track.appointments) {
            let (act, id) = (&one.meeting.act, one.id);
            let became = |outcome| {
                let means = Some(one.meeting.means);
                self.asks(Order::Record { act: act.clone(), outcome, means, appointment: Some(id) })
            };
            let settle = became(Outcome::Kept).or_else(|_| became(Outcome::Excused));
            let move_it = Order::Move { appointment: id, meeting: meeting(act) };
            let all = [
                (Kind::Settle, settle),
                (Kind::Move, self.asks(move_it)),
                (Kind::Cancel, self.asks(Order::Cancel { appointment: id })),
            ];
            for (kind, answer) in all.into_iter().filter(|(kind, _)| *kind != Kind::Move || self.has_places) {
                if answer.is_err() {
                    continue;
                }
                let about = Some(words::hour(one.meeting.at, self.lang));
                self.offer(choices, (kind, Some(act.clone()), None), about, answer);
                if let Some(offered) = choices.last_mut() {
                    offered.appointment = Some(id);
                }
            }
        }
    }

    /// A nature may be decided when it may for some reason.
    fn orientations(&self, choices: &mut Vec<Choice>) {
        let Some(rule) = &self.programme.orientation else { return };
        let known = rule.reasons.iter().map(|reason| Some(reason.id.clone()));
        let reasons: Vec<Option<Code>> =
            if self.path.orientation.is_some() { known.collect() } else { vec![None] };
        for nature in &rule.natures {
            let mut answers = reasons
                .iter()
                .map(|reason| self.asks(Order::Orient { nature: *nature, reason: reason.clone() }));
            let Some(first) = answers.next() else { continue };
            let answer = if first.is_ok() || answers.any(|answer| answer.is_ok()) { Ok(()) } else { first };
            let code = Code::parse(&nature.to_string()).ok();
            self.offer(choices, (Kind::Orient, code, None), Some(nature.to_string()), answer);
        }
    }

    fn referents(&self, choices: &mut Vec<Choice>) {
        for rule in self.programme.roles.iter().filter(|rule| rule.kind.is_some()) {
            let held = rule.kind.as_ref().and_then(|place| self.path.referents.get(place));
            let about = || Some(words::said(&rule.text, self.lang));
            let role = || Some(rule.id.clone());
            match held.filter(|held| held.role == rule.id && held.programme == self.programme.id) {
                None => {
                    // Who has the place by another programme may have it by this one too.
                    let who = held.filter(|held| held.role == rule.id).map_or(NOBODY, |held| held.who);
                    let answer = self.asks(Order::Name { role: rule.id.clone(), who });
                    self.offer(choices, (Kind::Name, None, role()), about(), answer);
                }
                Some(held) => {
                    let order = Order::HandOver { role: rule.id.clone(), from: held.who, to: NOBODY };
                    let answer = self.asks(order);
                    self.offer(choices, (Kind::HandOver, None, role()), about(), answer);
                    let answer = self.asks(Order::Leave { role: rule.id.clone(), who: held.who });
                    self.offer(choices, (Kind::Leave, None, role()), about(), answer);
                }
            }
        }
    }

    fn ends(&self, choices: &mut Vec<Choice>) {
        let answer = self.asks(Order::Withdraw);
        self.offer(choices, (Kind::Withdraw, None, None), None, answer);
        if !matches!(self.path.open(&self.programme.id), Some(Open::Stay(_))) {
            return;
        }
        for exit in &self.programme.exits {
            // What follows is said on the form.
            let next = self.programme.ending.says_next.then(|| self.programme.id.clone());
            let answer = self.asks(Order::End { exit: exit.id.clone(), next });
            let about = Some(words::said(&exit.text, self.lang));
            self.offer(choices, (Kind::End, Some(exit.id.clone()), None), about, answer);
        }
    }
}

//! Acts on someone's path: decided by the programme, recorded with what follows from them, all of it or nothing.

use std::collections::BTreeMap;

use liant_audit::{Act, PeopleBlock};
use liant_casework::{
    Code, Command, Entering, Event, Happened, Means, Nature, Open, Order, Outcome, Path, Programme,
    Programmes, Proposing, Reason, Refusal, Route, decide, fold, told,
};
use liant_convention::Length;
use liant_model::{AccountId, Date, OrganisationId, PersonId, Role};
use liant_store::{CaseworkChange, Change, ChangeSet, NewCaseworkEvent, StoreError};

use super::sight::{self, Seen};
use super::{addressee, beside, entry, held};
use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access, directory, orientation};

/// A professional, in the organisation that she acts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Colleague {
    /// Who.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: OrganisationId,
}

/// A proposal (*proposition d'intégration*).
#[derive(Clone, Debug)]
pub struct Proposed {
    /// The role that receives the form.
    pub to: Role,
    /// The organisation that it is sent to; none: the local service of her commune, when the role is its head's.
    pub organisation: Option<OrganisationId>,
    /// Who of it, when the form is for one: she is then designated, and may read it.
    pub account: Option<AccountId>,
    /// The criteria that the form ticks ([`super::declared`]).
    pub declared: Vec<Code>,
    /// The zone of an experiment.
    pub zone: Option<Code>,
    /// Roles that agreed, beside the sender's.
    pub confirmed_by: Vec<Role>,
}

/// An entry (*entrée effective*).
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// For how long.
    pub length: Option<Length>,
    /// The criteria that still hold, of those that are ticked.
    pub declared: Vec<Code>,
    /// Whom the actor names: herself, and those whom her role names.
    pub referents: Vec<(Role, Colleague)>,
    /// Roles that agreed on the length, beside the actor's.
    pub agreed_by: Vec<Role>,
}

/// What is asked for. Each is an [`Order`] of the programme, with the professionals named in full.
#[derive(Clone, Debug)]
pub enum Asked {
    /// She agrees to the transmission of her form (*recueil du consentement*).
    GiveConsent(Code),
    /// She takes that back.
    WithdrawConsent(Code),
    /// Propose her.
    Propose(Proposed),
    /// Hand on what a partner proposed.
    Forward(Proposed),
    /// Accept the proposal.
    Accept,
    /// Refuse it, for a coded reason.
    Refuse(Code),
    /// Drop it: she does not come.
    Drop(Code),
    /// She withdraws.
    Withdraw,
    /// She enters.
    Enter(Entry),
    /// An act took place, or an appointment was missed or excused.
    Record {
        /// Which.
        act: Code,
        /// What became of it.
        outcome: Outcome,
        /// How they met.
        means: Option<Means>,
    },
    /// Name someone to a free place.
    Name(Role, Colleague),
    /// Give someone's place to another.
    HandOver {
        /// In what role.
        role: Role,
        /// Whose place.
        from: AccountId,
        /// Who takes it.
        to: Colleague,
    },
    /// Someone leaves her place.
    Leave(Role, AccountId),
    /// Make it longer (*prolongation*).
    Extend(Length),
    /// She is followed in her job until a day.
    FollowIntoWork(Date),
    /// Sign a contract (*CER*).
    Sign {
        /// Its form.
        form: Code,
        /// For how long.
        length: Length,
        /// Who signs, where the form makes her the referent.
        who: Option<Colleague>,
    },
    /// Decide or change her orientation.
    Orient(Nature, Option<Code>),
    /// The right has ended.
    EndRight,
    /// She has it again.
    ResumeRight,
    /// End the accompaniment (*sortie*).
    End {
        /// The outcome.
        exit: Code,
        /// What follows.
        next: Option<Code>,
    },
}

/// Acts on one path, in one programme, on one day: all of them are recorded, or none.
#[derive(Clone, Debug)]
pub struct Doing {
    /// In which programme.
    pub programme: Code,
    /// The day on which it happened.
    pub on: Date,
    /// The version of the path that the actor saw.
    pub expected: u64,
    /// What, in order.
    pub asked: Vec<Asked>,
}

/// What was recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The version of the path now, as the actor may see it; 0 when she sees it no more.
    pub version: u64,
    /// What happened.
    pub events: Vec<Event>,
    /// The roles that the programme says are told of it.
    pub told: Vec<Role>,
}

/// What came of an act: a refusal names the rule of the programme and its source, and changes nothing. Of two acts at once the second is
/// refused as [`Reason::Stale`].
pub type Acted = Result<Recorded, Refusal>;

/// Acts on someone's path.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] when there is no such person whose path the actor may see, or someone named does not
/// work in that role.
pub fn act(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    doing: &Doing,
) -> Result<Acted, AppError> {
    let seen = sight::seen(context, workplace, person)?;
    // What the actor saw is what she may see; what is decided upon is all there is.
    if doing.expected != seen.shown.path.version {
        return Ok(Err(stale()));
    }
    let programmes = workplace.programmes(context.territory)?;
    let mut deed = Deed {
        context,
        workplace,
        programmes: &programmes,
        person,
        seen: &seen,
        doing,
        path: seen.held.path.clone(),
        done: Vec::new(),
    };
    for asked in &doing.asked {
        if let Err(refusal) = deed.decide(asked)? {
            return Ok(Err(refusal));
        }
    }
    deed.record()
}

/// The refusal of an act that came second.
fn stale() -> Refusal {
    Refusal { reason: Reason::Stale, rule: "command.expected", source: "".into(), about: None }
}

/// Acts being decided.
struct Deed<'a> {
    context: &'a Context<'a>,
    workplace: &'a Workplace,
    programmes: &'a Programmes,
    person: PersonId,
    seen: &'a Seen<'a>,
    doing: &'a Doing,
    path: Path,
    /// What happens, with the organisation that it is about.
    done: Vec<(Event, Option<OrganisationId>)>,
}

impl Deed<'_> {
    /// Decides one, on what those before it made of the path.
    fn decide(&mut self, asked: &Asked) -> Result<Result<(), Refusal>, AppError> {
        let (order, named) = self.order(asked)?;
        let command = Command {
            programme: self.doing.programme.clone(),
            by: self.context.actor.role.clone(),
            on: self.doing.on,
            expected: self.path.version,
            order,
        };
        let events = match decide(self.programmes, &self.path, &command, self.context.now()) {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(refusal) = self.not_addressed(asked) {
            return Ok(Err(refusal));
        }
        for event in events {
            let about = match &event.what {
                Happened::Sent { version, route } | Happened::Relayed { version, route } => {
                    let programme = self.programmes.version(&event.programme, *version);
                    let by = programme.and_then(|programme| Some((programme, programme.route(route)?)));
                    if let Some((programme, route)) = by
                        && !addressee::opens(
                            self.context,
                            self.workplace,
                            &self.opening((programme, route), &named),
                        )?
                    {
                        let (reason, source) = (Reason::NobodyOpens, route.source.clone().into());
                        return Ok(Err(Refusal { reason, rule: "route.to", source, about: None }));
                    }
                    named.sent_to
                }
                Happened::Named { who, .. } => named.colleagues.get(who).copied(),
                _ => None,
            };
            self.path = fold(std::mem::take(&mut self.path), &event);
            self.done.push((event, about));
        }
        Ok(Ok(()))
    }

    /// An answer is given, and a form handed on, where the form went; elsewhere it is nobody's to answer.
    fn not_addressed(&self, asked: &Asked) -> Option<Refusal> {
        if !matches!(asked, Asked::Accept | Asked::Refuse(_) | Asked::Forward(_)) {
            return None;
        }
        let sends = |(event, about): &(Event, Option<OrganisationId>)| {
            let is_form = matches!(event.what, Happened::Sent { .. } | Happened::Relayed { .. });
            (is_form && event.programme == self.doing.programme).then_some(*about)
        };
        let just_sent = self.done.iter().rev().find_map(sends);
        let to = just_sent.unwrap_or_else(|| self.seen.held.between(&self.doing.programme).1);
        (to.is_none() || to != self.context.seat.organisation).then(|| Refusal {
            reason: Reason::NotYours,
            rule: "route.to",
            source: "".into(),
            about: None,
        })
    }

    /// A form about to leave.
    fn opening<'s>(
        &'s self,
        (programme, route): (&'s Programme, &'s Route),
        named: &Named,
    ) -> addressee::Opening<'s> {
        addressee::Opening {
            programme,
            to: &route.to,
            organisation: named.sent_to,
            consents: held::consents_of(&self.path),
            standing: &self.seen.standing,
        }
    }

    /// What the programme is asked, and the organisations that it need not know of.
    fn order(&self, asked: &Asked) -> Result<(Order, Named), AppError> {
        let mut named = Named::default();
        let order = match asked {
            Asked::GiveConsent(consent) => Order::GiveConsent { consent: consent.clone() },
            Asked::WithdrawConsent(consent) => Order::WithdrawConsent { consent: consent.clone() },
            Asked::Propose(proposed) => Order::Propose(self.proposing(proposed, &mut named)?),
            Asked::Forward(proposed) => Order::Forward(self.proposing(proposed, &mut named)?),
            Asked::Accept => Order::Accept,
            Asked::Refuse(reason) => Order::Refuse { reason: reason.clone() },
            Asked::Drop(reason) => Order::Drop { reason: reason.clone() },
            Asked::Withdraw => Order::Withdraw,
            Asked::Enter(entry) => {
                for (role, colleague) in &entry.referents {
                    self.works(role, *colleague, &mut named)?;
                }
                Order::Enter(Entering {
                    length: entry.length,
                    facts: self.facts(&entry.declared)?,
                    referents: entry
                        .referents
                        .iter()
                        .map(|(role, one)| (role.clone(), one.account))
                        .collect(),
                    agreed_by: entry.agreed_by.clone(),
                })
            }
            Asked::Record { act, outcome, means } => {
                Order::Record { act: act.clone(), outcome: *outcome, means: *means }
            }
            Asked::Name(role, colleague) => {
                self.works(role, *colleague, &mut named)?;
                Order::Name { role: role.clone(), who: colleague.account }
            }
            Asked::HandOver { role, from, to } => {
                self.works(role, *to, &mut named)?;
                Order::HandOver { role: role.clone(), from: *from, to: to.account }
            }
            Asked::Leave(role, who) => Order::Leave { role: role.clone(), who: *who },
            Asked::Extend(length) => Order::Extend { length: *length },
            Asked::FollowIntoWork(until) => Order::FollowIntoWork { until: *until },
            Asked::Sign { form, length, who } => {
                if let Some(colleague) = who {
                    self.works(&self.context.actor.role, *colleague, &mut named)?;
                }
                Order::Sign { form: form.clone(), length: *length, who: who.map(|one| one.account) }
            }
            Asked::Orient(nature, reason) => Order::Orient { nature: *nature, reason: reason.clone() },
            Asked::EndRight => Order::EndRight,
            Asked::ResumeRight => Order::ResumeRight,
            Asked::End { exit, next } => Order::End { exit: exit.clone(), next: next.clone() },
        };
        Ok((order, named))
    }

    fn facts(&self, declared: &[Code]) -> Result<liant_casework::Facts, AppError> {
        entry::facts(self.context, self.workplace, (self.person, self.seen), declared)
    }

    fn proposing(&self, proposed: &Proposed, named: &mut Named) -> Result<Proposing, AppError> {
        // To where nobody opens it, it does not leave.
        let organisation = match proposed.organisation {
            Some(organisation) => Some(organisation),
            None => entry::service_of(self.context, self.workplace, (self.person, self.seen), &proposed.to)?,
        };
        if let Some((account, organisation)) = proposed.account.zip(organisation) {
            self.works(&proposed.to, Colleague { account, organisation }, named)?;
        }
        named.sent_to = organisation;
        Ok(Proposing {
            to: proposed.to.clone(),
            facts: self.facts(&proposed.declared)?,
            zone: proposed.zone.clone(),
            confirmed_by: proposed.confirmed_by.clone(),
        })
    }

    /// Refuses someone who does not work in that role, there and today.
    fn works(&self, role: &Role, colleague: Colleague, named: &mut Named) -> Result<(), AppError> {
        let there = entry::colleagues(self.context, self.workplace, role)?;
        let is_there = |one: &crate::people::Follower| {
            (one.account, one.organisation) == (colleague.account, colleague.organisation)
        };
        if !there.iter().any(is_there) {
            return Err(AppError::Absent("professional"));
        }
        named.colleagues.insert(colleague.account, colleague.organisation);
        Ok(())
    }

    /// Writes what happened, with what follows from it for who sees her.
    fn record(self) -> Result<Acted, AppError> {
        let (context, workplace) = (self.context, self.workplace);
        let rows: Vec<NewCaseworkEvent> =
            self.done.iter().map(|one| self.row(one)).collect::<Result<_, _>>()?;
        let (carrier, ties) = workplace.store.read(context.territory, |snapshot| {
            let carrier = match self.seen.held.carrier() {
                Some(carrier) => Some(carrier),
                None => orientation::carrier(snapshot, self.person)?,
            };
            Ok((carrier, beside::ties(snapshot, self.person, context.now().date())?))
        })?;
        let carrier = carrier.ok_or(AppError::Absent("person"))?;
        let mut events: Vec<_> = self.seen.held.recorded().collect();
        events.extend(self.done.iter().map(|(event, _)| event).zip(&rows));
        let account = self.doing.asked.iter().find_map(|asked| match asked {
            Asked::Propose(one) | Asked::Forward(one) => one.account,
            _ => None,
        });
        let form = self.done.iter().find_map(|(event, about)| match event.what {
            Happened::Sent { .. } | Happened::Relayed { .. } => about.zip(Some(&event.programme)),
            _ => None,
        });
        let sent_to = account
            .zip(form)
            .map(|(account, (organisation, programme))| (Colleague { account, organisation }, programme));
        let turn =
            beside::Turn { before: &self.seen.held.path, after: &self.path, on: self.doing.on, sent_to };
        let works_for = |place: &Code, who| {
            let named = |(event, about): &(Event, Option<OrganisationId>)| match &event.what {
                Happened::Named { place: taken, who: one, .. } if taken == place && *one == who => *about,
                _ => None,
            };
            self.done.iter().rev().find_map(named).or_else(|| self.seen.held.works_for(place, who))
        };
        let mut turned = beside::changes(context, carrier, &turn, (&ties, &works_for))?;
        let change = CaseworkChange::Record {
            person: self.person,
            carrier,
            expected: self.seen.held.rows.last(),
            heads: held::heads_of(self.programmes, &self.path, &events),
            events: rows.clone(),
            ties: std::mem::take(&mut turned.ties),
        };
        let entry = audit(context, context.act_id()?, Act::Casework, self.audited(&turned))?;
        let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Casework(change));
        match workplace.store.apply(&turned.changes(self.doing.on).into_iter().fold(set, ChangeSet::with)) {
            Err(StoreError::Conflict { .. }) => return Ok(Err(stale())),
            done => done?,
        }
        directory::after_act(context, workplace, &[self.person]);
        access::sequence(context, workplace);
        // What is recorded stays so, though the actor should see her no more.
        let seen = sight::look(context, workplace, self.person);
        Ok(Ok(Recorded {
            version: seen.map_or(0, |seen| seen.shown.path.version),
            told: self.told(),
            events: self.done.into_iter().map(|(event, _)| event).collect(),
        }))
    }

    fn row(&self, (event, about): &(Event, Option<OrganisationId>)) -> Result<NewCaseworkEvent, AppError> {
        Ok(NewCaseworkEvent {
            recorded_by: self.context.actor.name.clone(),
            organisation: self.context.seat.organisation,
            party: self.context.actor.party.clone(),
            register: super::register_of(&self.context.actor.party),
            about: *about,
            body: held::body(event)?,
        })
    }

    /// What the log keeps: what happened, by its codes, and how many followings and designations began and ended with it.
    fn audited(&self, turned: &beside::Turned) -> Audited {
        let kinds: Vec<&str> = self.done.iter().map(|(event, _)| super::words::kind(&event.what)).collect();
        Audited {
            subject: format!("{}: {}", self.doing.programme, kinds.join(", ")),
            counts: vec![
                ("events", self.done.len() as u64),
                ("designations-begun", turned.designations.len() as u64),
                ("designations-ended", turned.ended_designations.len() as u64),
                ("follows-begun", turned.follows.len() as u64),
                ("follows-ended", turned.ended_follows.len() as u64),
            ],
            people: PeopleBlock::new([self.person]),
            ..Audited::default()
        }
    }

    fn told(&self) -> Vec<Role> {
        let mut all: Vec<Role> = Vec::new();
        for (event, _) in &self.done {
            let open = |path: &Path| {
                path.open(&event.programme).map(|open: &Open| (open.version(), open.route().clone()))
            };
            let Some((version, route)) = open(&self.path).or_else(|| open(&self.seen.held.path)) else {
                continue;
            };
            let Some(programme) = self.programmes.version(&event.programme, version) else { continue };
            for role in told(programme, Some(&route), event) {
                if !all.contains(role) {
                    all.push(role.clone());
                }
            }
        }
        all
    }
}

/// The organisations of those whom an order names.
#[derive(Default)]
struct Named {
    sent_to: Option<OrganisationId>,
    colleagues: BTreeMap<AccountId, OrganisationId>,
}

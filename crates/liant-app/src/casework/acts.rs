//! Acts on someone's path: decided by the programme, recorded with what follows from them, all of it or nothing.

use std::collections::BTreeMap;

use liant_audit::{Act, PeopleBlock};
use liant_casework::{
    Code, Command, Entering, Event, Happened, Meeting, Open, Order, Path, Programme, Programmes, Proposing,
    Reason, Refusal, Route, decide, fold, told,
};
use liant_model::{AccountId, AppointmentId, OrganisationId, PersonId, Role};
use liant_store::{CaseworkChange, Change, ChangeSet, NewCaseworkEvent, StoreError};

use super::asked::{Acted, Asked, Colleague, Doing, Met, Proposed, Recorded};
use super::sight::{self, Seen};
use super::{addressee, appointments, beside, entry, held};
use crate::context::{Audited, audit, random};
use crate::{AppError, Context, Workplace, access, directory, orientation};

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
        if let Some(refusal) = self.not_shown(asked) {
            return Ok(Err(refusal));
        }
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
                Happened::AppointmentFixed { meeting, .. } | Happened::AppointmentMoved { meeting, .. } => {
                    named.colleagues.get(&meeting.with).copied()
                }
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
            Asked::Record { act, outcome, means, appointment } => Order::Record {
                act: act.clone(),
                outcome: *outcome,
                means: *means,
                appointment: *appointment,
            },
            Asked::Fix { act, met } => Order::Fix {
                appointment: AppointmentId::new(self.context.now(), random()?),
                meeting: self.meeting(act, met, &mut named)?,
            },
            Asked::Move(appointment, met) => {
                let known = self.path.appointment(&self.doing.programme, *appointment);
                let act = known.ok_or(AppError::Absent("appointment"))?.meeting.act.clone();
                let meeting = self.meeting(&act, met, &mut named)?;
                Order::Move { appointment: *appointment, meeting }
            }
            Asked::Cancel(appointment) => Order::Cancel { appointment: *appointment },
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

    /// A meeting, at a place of the actor's party, with someone of her organisation who works in her role.
    fn meeting(&self, act: &Code, met: &Met, named: &mut Named) -> Result<Meeting, AppError> {
        let (context, place) = (self.context, self.workplace.places.get(&met.place));
        if place.is_none_or(|place| place.party != context.actor.party) {
            return Err(AppError::Absent("place"));
        }
        if Some(met.with.organisation) != context.seat.organisation {
            return Err(AppError::Absent("professional"));
        }
        self.works(&context.actor.role, met.with, named)?;
        Ok(Meeting {
            act: act.clone(),
            at: met.at,
            means: met.means,
            place: met.place.clone(),
            with: met.with.account,
        })
    }

    /// An appointment that the actor does not see is none.
    fn not_shown(&self, asked: &Asked) -> Option<Refusal> {
        let id = match asked {
            Asked::Move(id, _) | Asked::Cancel(id) | Asked::Record { appointment: Some(id), .. } => *id,
            _ => return None,
        };
        let shown = self.seen.shown.path.appointment(&self.doing.programme, id);
        shown.is_none().then(|| Refusal {
            reason: Reason::NoAppointment,
            rule: "appointment",
            source: "".into(),
            about: None,
        })
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
            notices: appointments::to_tell(self.programmes, &self.path, &events),
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

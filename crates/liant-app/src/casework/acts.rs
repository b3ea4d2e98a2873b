//! Acts on someone's path: decided by the programme, recorded with what follows from them, all of it or nothing.

use std::collections::BTreeMap;

use liant_casework::{
    Code, Command, Entering, Event, FormModel, Happened, Meeting, Order, Path, Programme, Programmes,
    Proposing, Reason, Refusal, Route, SentForm, decide, fold,
};
use liant_model::{AccountId, AppointmentId, OrganisationId, PersonId, Role};
use liant_store::NewForm;

use super::asked::{Acted, Asked, Colleague, Doing, Met, Proposed};
use super::form::{self, Filled};
use super::sight::{self, Seen};
use super::{addressee, entry, held};
use crate::context::random;
use crate::{AppError, Context, Workplace};

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
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method's path is of one lifetime alone"
    )]
    deed_of(context, workplace, person, doing, |deed| deed.record())
}

/// Decides all that is asked for, and goes on with it.
pub(super) fn deed_of<T>(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    doing: &Doing,
    then: impl FnOnce(Deed<'_>) -> Result<Result<T, Refusal>, AppError>,
) -> Result<Result<T, Refusal>, AppError> {
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
        form: None,
    };
    for asked in &doing.asked {
        if let Err(refusal) = deed.decide(asked)? {
            return Ok(Err(refusal));
        }
    }
    then(deed)
}

/// The refusal of an act that came second.
pub(super) fn stale() -> Refusal {
    Refusal { reason: Reason::Stale, rule: "command.expected", source: "".into(), about: None }
}

/// Acts being decided.
pub(super) struct Deed<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) workplace: &'a Workplace,
    pub(super) programmes: &'a Programmes,
    pub(super) person: PersonId,
    pub(super) seen: &'a Seen<'a>,
    pub(super) doing: &'a Doing,
    pub(super) path: Path,
    /// What happens, with the organisation that it is about.
    pub(super) done: Vec<(Event, Option<OrganisationId>)>,
    /// The form that leaves, where it was filled in here, and what she said on it of electronic contact.
    pub(super) form: Option<(NewForm, Option<bool>)>,
}

impl Deed<'_> {
    /// Decides one, on what those before it made of the path.
    fn decide(&mut self, asked: &Asked) -> Result<Result<(), Refusal>, AppError> {
        if let Some(refusal) = self.not_shown(asked) {
            return Ok(Err(refusal));
        }
        let (order, mut named) = self.order(asked)?;
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
                Happened::Sent { version, route, .. } | Happened::Relayed { version, route, .. } => {
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
        self.form = named.form.take().or(self.form.take());
        Ok(Ok(()))
    }

    /// The route by which a form leaves, and its model.
    pub(super) fn leaving(&self) -> Option<(&Route, FormModel)> {
        let route = self.done.iter().rev().find_map(|(event, _)| match &event.what {
            Happened::Sent { version, route, .. } | Happened::Relayed { version, route, .. } => {
                self.programmes.version(&event.programme, *version)?.route(route)
            }
            _ => None,
        })?;
        FormModel::of_route(route).map(|model| (route, model))
    }

    /// The programme of the form that leaves, where it goes, and to whom there.
    pub(super) fn addressee(&self) -> Option<(&Code, Option<OrganisationId>, Option<AccountId>)> {
        let (programme, organisation) = self.done.iter().find_map(|(event, about)| match event.what {
            Happened::Sent { .. } | Happened::Relayed { .. } => Some((&event.programme, *about)),
            _ => None,
        })?;
        let account = self.doing.asked.iter().find_map(|asked| match asked {
            Asked::Propose(one) | Asked::Forward(one) => one.account,
            _ => None,
        });
        Some((programme, organisation, account))
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
        let facts = self.facts(&proposed.declared)?;
        let form = proposed.form.as_ref().map(|filled| self.signed(filled, proposed, named)).transpose()?;
        Ok(Proposing {
            to: proposed.to.clone(),
            facts,
            zone: proposed.zone.clone(),
            confirmed_by: proposed.confirmed_by.clone(),
            form,
        })
    }

    /// The form as she signs it.
    fn signed(&self, filled: &Filled, proposed: &Proposed, named: &mut Named) -> Result<SentForm, AppError> {
        let running = self.programmes.iter().filter(|one| one.id == self.doing.programme).last();
        let consent = running.and_then(|programme| programme.entry.consent.as_ref());
        let agreed = consent.and_then(|rule| self.path.consents.get(&rule.id));
        let signing = form::Signing {
            context: self.context,
            workplace: self.workplace,
            person: self.person,
            seen: self.seen,
            transmission: agreed.map(|given| given.on),
            ends: form::Ends {
                to: &proposed.to,
                organisation: named.sent_to,
                account: proposed.account,
                phone: &filled.phone,
            },
        };
        let (sent, kept) = form::signed(&signing, filled)?;
        named.form = Some((kept, filled.by_email));
        Ok(sent)
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
}

/// The organisations of those whom an order names.
#[derive(Default)]
struct Named {
    sent_to: Option<OrganisationId>,
    form: Option<(NewForm, Option<bool>)>,
    colleagues: BTreeMap<AccountId, OrganisationId>,
}

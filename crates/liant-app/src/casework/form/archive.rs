//! A form that was sent, for a partner who does not read it here: an archive under a passphrase that is told by another way. It holds what
//! the sender may have for e-mail and what the addressee may have by it, and nothing else; the party that it goes to is on record as who
//! had it.
//!
//! The forms' own annexes ask for it: *si elle est envoyée par mail, elle sera obligatoirement chiffrée avant envoi*, the key *par un autre
//! canal* (annexe 2 of the exchange of the liaison form).

use std::collections::BTreeSet;

use liant_casework::{Event, FormModel, Happened};
use liant_convention::{Channel, ClauseRef, Consent, Query, Reach};
use liant_guard::Plan;
use liant_model::{Actor, Date, Field, FieldSet, FormId, Lang, OrganisationId, Party, PersonId, Role};
use liant_store::NewCaseworkEvent;

use super::super::purposes;
use super::super::sight::Window;
use super::FormView;
use super::read::{Found, sent};
use crate::people::seat;
use crate::{AppError, Context, Workplace, access};

/// A form that its sender may send as an archive: nothing that it says of anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveOffer {
    /// Its model.
    pub model: FormModel,
    /// The day on which it left.
    pub sent_on: Date,
    /// The organisation that it goes to.
    pub organisation: String,
    /// How many of its data stay in.
    pub held_back: usize,
}

/// Whom the actor sent a form to.
struct Addressee {
    party: Party,
    role: Role,
    organisation: String,
}

/// What goes of the data of a form: what the sender may have for e-mail, and the addressee by it.
struct Given {
    addressee: Addressee,
    fields: FieldSet,
    /// Those under which the addressee has it.
    clauses: Vec<ClauseRef>,
}

/// Whether the actor may send it as an archive.
pub(super) fn may(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, found): (PersonId, &Found<'_>),
) -> Result<bool, AppError> {
    Ok(given(context, workplace, (person, found))?.is_some())
}

/// What the sender of a form is told before she makes an archive of it. Nothing comes out.
///
/// # Errors
/// [`AppError::Absent`] when there is no such form, when it is not the actor's to send, or when no clause lets it go by e-mail; the gate's
/// refusal.
pub fn archive_offer(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, id): (PersonId, FormId),
) -> Result<ArchiveOffer, AppError> {
    let absent = || AppError::Absent("form");
    let found = Found::of(context, workplace, (person, id))?;
    let given = given(context, workplace, (person, &found))?.ok_or_else(absent)?;
    let (event, _) = sending(context, &found).ok_or_else(absent)?;
    Ok(ArchiveOffer {
        model: sent(event).ok_or_else(absent)?.model,
        sent_on: event.on,
        organisation: given.addressee.organisation,
        held_back: found.data().difference(given.fields).iter().count(),
    })
}

/// The form as it goes into an archive, once it is on record that its addressee had it, datum by datum.
///
/// # Errors
/// As [`archive_offer`].
pub fn archive(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, id): (PersonId, FormId),
    lang: Lang,
) -> Result<FormView, AppError> {
    let absent = || AppError::Absent("form");
    let found = Found::of(context, workplace, (person, id))?;
    let given = given(context, workplace, (person, &found))?.ok_or_else(absent)?;
    let (sealed, mut views) = (found.opened.sealed(person), Vec::new());
    for (window, plan) in plans(context, workplace, &found)? {
        let plan = plan.narrowed(given.fields);
        let mut session = plan.begin();
        session.add(&sealed, &window.standing(person));
        views.extend(session.release(|record| {
            // What is not there was let out to nobody.
            if record.people.is_empty() {
                return Ok(());
            }
            let to = (&given.addressee.party, given.clauses.as_slice());
            access::write_sent(&window.context, workplace, record, to, "liaison form archive")
        })?);
    }
    let programmes = workplace.programmes(context.territory)?;
    let view = found.opened.view((&views, &|_| true), &programmes, lang);
    if view.shown.is_empty() { Err(absent()) } else { Ok(view) }
}

/// The sender's own plans for e-mail, each with the window that it is of.
fn plans<'f, 'a>(
    context: &Context<'_>,
    workplace: &Workplace,
    found: &'f Found<'a>,
) -> Result<Vec<(&'f Window<'a>, Plan)>, AppError> {
    let gate = context.gate(workplace)?;
    let plan = |window: &'f Window<'a>| {
        let query = seat::query(&window.context, Reach::Designated, Channel::Email);
        Some((window, Plan::compile_near_of(gate, &query, found.consents).ok()?))
    };
    Ok(found.seen.windows.iter().filter_map(plan).collect())
}

/// What of the form the sender may have for e-mail.
fn lets_out(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, found): (PersonId, &Found<'_>),
) -> Result<FieldSet, AppError> {
    let plans = plans(context, workplace, found)?;
    let all = plans.iter().fold(FieldSet::EMPTY, |all, (window, plan)| {
        all.union(plan.fields(&found.opened.register, &window.standing(person)))
    });
    Ok(all.intersection(found.data()))
}

/// The last event by which the actor sent the form, where she sits now: who acts for two organisations carries nothing from one to the
/// other. None when it was not hers to send, and once what it began has ended.
fn sending<'f>(context: &Context<'_>, found: &'f Found<'_>) -> Option<(&'f Event, &'f NewCaseworkEvent)> {
    let id = found.opened.id();
    let all: Vec<_> = found.seen.shown.recorded().collect();
    let last = all.iter().rposition(|(event, _)| sent(event).is_some_and(|form| form.id == id))?;
    let is_over = all.iter().skip(last).any(|(event, _)| {
        event.programme == *found.opened.programme()
            && matches!(
                event.what,
                Happened::Refused { .. }
                    | Happened::Dropped { .. }
                    | Happened::ProposalWithdrawn {}
                    | Happened::Ended { .. }
            )
    });
    let is_hers = |(event, row): &&(&Event, &NewCaseworkEvent)| {
        sent(event).is_some_and(|form| form.id == id)
            && row.recorded_by == context.actor.name
            && row.organisation == context.seat.organisation
            && row.party == context.actor.party
    };
    if is_over { None } else { all.iter().rev().find(is_hers).copied() }
}

fn addressee(
    context: &Context<'_>,
    workplace: &Workplace,
    (event, row): (&Event, &NewCaseworkEvent),
) -> Result<Option<Addressee>, AppError> {
    let (Happened::Relayed { version, route, .. } | Happened::Sent { version, route, .. }) = &event.what
    else {
        return Ok(None);
    };
    let programmes = workplace.programmes(context.territory)?;
    let programme = programmes.version(&event.programme, *version);
    let Some(route) = programme.and_then(|programme| programme.route(route)) else { return Ok(None) };
    let there = |id: OrganisationId| {
        workplace.store.directory(context.territory, |directory| directory.organisation(id))
    };
    let there = row.about.map(there).transpose()?.flatten();
    Ok(there.map(|one| Addressee { party: one.party, role: route.to.clone(), organisation: one.name }))
}

/// What goes to the one whom the actor sent it to; none when it is not hers to send, when the person took back what she agreed to, or when
/// it would not say whose it is.
fn given(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, found): (PersonId, &Found<'_>),
) -> Result<Option<Given>, AppError> {
    if !found.consents.has(Consent::Form) {
        return Ok(None);
    }
    let Some(sending) = sending(context, found) else { return Ok(None) };
    let Some(addressee) = addressee(context, workplace, sending)? else { return Ok(None) };
    let Some(window) = found.seen.windows.first() else { return Ok(None) };
    let reader = Actor {
        name: String::new(),
        party: addressee.party.clone(),
        role: addressee.role.clone(),
        os_user: None,
    };
    let (gate, standing) = (context.gate(workplace)?, window.standing(person));
    let hers = lets_out(context, workplace, (person, found))?;
    let (mut fields, mut clauses) = (FieldSet::EMPTY, BTreeSet::new());
    for purpose in purposes(&reader)? {
        let query = Query {
            actor: &reader,
            purpose: &purpose,
            channel: Channel::Email,
            territory: context.territory,
            reach: Reach::Designated,
            now: context.now(),
        };
        let Ok(plan) = Plan::compile_of(gate, &query, found.consents) else { continue };
        for field in hers.iter() {
            let by = plan.clauses_once_given(&found.opened.register, field, &standing);
            let by: Vec<&ClauseRef> = by.collect();
            if !by.is_empty() {
                fields = fields.with(field);
                clauses.extend(by.into_iter().cloned());
            }
        }
    }
    let says_whose = NAMES.iter().all(|field| fields.contains(*field));
    Ok(says_whose.then(|| Given { addressee, fields, clauses: clauses.into_iter().collect() }))
}

/// What says whose a form is.
const NAMES: [Field; 2] = [Field::BirthName, Field::FirstName];

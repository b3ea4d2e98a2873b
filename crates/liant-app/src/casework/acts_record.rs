//! Acts that were decided, written with what follows from them.

use liant_audit::{Act, PeopleBlock};
use liant_casework::{Code, Event, Happened, Open, Path, told};
use liant_model::{OrganisationId, Role};
use liant_store::{CaseworkChange, Change, ChangeSet, NewCaseworkEvent, SpaceChange, StoreError};

use super::acts::{Deed, stale};
use super::asked::{Acted, Colleague, Recorded};
use super::{appointments, beside, form, held, sight};
use crate::context::{Audited, audit};
use crate::{AppError, access, directory, orientation};

impl Deed<'_> {
    /// Writes what happened, with what follows from it for who sees her.
    pub(super) fn record(self) -> Result<Acted, AppError> {
        let (context, workplace) = (self.context, self.workplace);
        let rows: Vec<NewCaseworkEvent> =
            self.done.iter().map(|one| self.row(one)).collect::<Result<_, _>>()?;
        let on_form = self.form.as_ref().and_then(|(_, by_email)| *by_email);
        let (carrier, ties, said) = workplace.store.read(context.territory, |snapshot| {
            let carrier = match self.seen.held.carrier() {
                Some(carrier) => Some(carrier),
                None => orientation::carrier(snapshot, self.person)?,
            };
            let ties = beside::ties(snapshot, self.person, context.now().date())?;
            let said = if on_form.is_some() { snapshot.contact_of(self.person)? } else { Vec::new() };
            Ok((carrier, ties, said))
        })?;
        let carrier = carrier.ok_or(AppError::Absent("person"))?;
        let mut events: Vec<_> = self.seen.held.recorded().collect();
        events.extend(self.done.iter().map(|(event, _)| event).zip(&rows));
        let sent_to = self.addressee().and_then(|(programme, organisation, account)| {
            Some((Colleague { account: account?, organisation: organisation? }, programme))
        });
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
            form: self.form.as_ref().map(|(form, _)| form.clone()),
        };
        let entry = audit(context, context.act_id()?, Act::Casework, self.audited(&turned))?;
        let mut set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Casework(change));
        // What she signed of electronic contact holds from now on, as what she says in her space does.
        if let Some(given) = on_form.filter(|given| said.first().map(|row| row.given) != Some(*given)) {
            let said_by = context.actor.name.clone();
            set = set.with(Change::Space(SpaceChange::Contact { identity: carrier, given, said_by }));
        }
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
        let seal = self.done.iter().find_map(|(event, _)| form::seal_of(event));
        let seal = seal.map(|seal| format!(", form {seal}"));
        Audited {
            subject: format!("{}: {}{}", self.doing.programme, kinds.join(", "), seal.unwrap_or_default()),
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

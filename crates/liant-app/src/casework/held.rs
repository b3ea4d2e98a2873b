//! A person's path as the store holds it.

use std::collections::BTreeMap;

use liant_casework::{Code, Event, Happened, Open, Path, Programmes, clocks, replay};
use liant_convention::{Consent, Consents};
use liant_model::{AccountId, AppointmentId, IdentityId, OrganisationId, PersonId, Source};
use liant_store::{
    CaseworkEvents, CaseworkHead, CaseworkHeads, CaseworkPlace, CaseworkStage, NewCaseworkEvent, StoreError,
};

use crate::AppError;

/// The consents of programmes, each with that of the conventions.
const CONSENTS: [(&str, Consent); 2] = [("transmission", Consent::Form), ("email", Consent::Email)];

/// What happened on someone's path, and where she stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    pub(crate) rows: CaseworkEvents,
    pub(crate) events: Vec<Event>,
    pub(crate) path: Path,
}

impl Held {
    /// Reads what the store holds.
    pub(crate) fn read(rows: CaseworkEvents) -> Result<Self, StoreError> {
        let read = |body: &str| serde_json::from_str::<Event>(body);
        let events = rows.0.iter().map(|row| read(&row.event.body)).collect::<Result<Vec<_>, _>>();
        // What a later version of the program wrote is refused, never misread.
        let events = events.map_err(|_| StoreError::Damaged("an event of an accompaniment".to_owned()))?;
        let path = replay(&events);
        Ok(Self { rows, events, path })
    }

    /// The path of those events that `shown` gives, as it gives them.
    pub(crate) fn only(&self, mut shown: impl FnMut(&Event, &NewCaseworkEvent) -> Option<Event>) -> Self {
        let (mut rows, mut events) = (Vec::new(), Vec::new());
        for (event, row) in self.events.iter().zip(&self.rows.0) {
            if let Some(event) = shown(event, &row.event) {
                rows.push(row.clone());
                events.push(event);
            }
        }
        let path = replay(&events);
        Self { rows: CaseworkEvents(rows), events, path }
    }

    /// What carries the path; none when it has no event.
    pub(crate) fn carrier(&self) -> Option<IdentityId> {
        self.rows.0.first().map(|row| row.identity)
    }

    /// What she agreed to, in the words of the conventions.
    pub(crate) fn consents(&self) -> Consents {
        consents_of(&self.path)
    }

    /// The events, each with who recorded it and where.
    pub(crate) fn recorded(&self) -> impl DoubleEndedIterator<Item = (&Event, &NewCaseworkEvent)> {
        self.events.iter().zip(self.rows.0.iter().map(|row| &row.event))
    }

    /// The organisations that the form under way in a programme came from and went to.
    pub(crate) fn between(&self, programme: &Code) -> (Option<OrganisationId>, Option<OrganisationId>) {
        between(self.recorded(), programme)
    }

    /// The organisation for which someone holds a place.
    pub(crate) fn works_for(&self, place: &Code, who: AccountId) -> Option<OrganisationId> {
        works_for(self.recorded(), place, who)
    }

    /// The register that an appointment is in.
    pub(crate) fn register_of_appointment(&self, id: AppointmentId) -> Option<Source> {
        let fixes = |(event, _): &Recorded<'_>| matches!(&event.what, Happened::AppointmentFixed { appointment, .. } if *appointment == id);
        self.recorded().find(fixes).map(|(_, row)| row.register.clone())
    }

    /// What is under way, for lists to be answered from.
    pub(crate) fn heads(&self, programmes: &Programmes) -> CaseworkHeads {
        heads_of(programmes, &self.path, &self.recorded().collect::<Vec<_>>())
    }
}

/// What someone agreed to, in the words of the conventions.
pub(crate) fn consents_of(path: &Path) -> Consents {
    let given = |code: &str| path.consents.keys().any(|held| held.as_str() == code);
    CONSENTS
        .into_iter()
        .filter(|(code, _)| given(code))
        .fold(Consents::NONE, |all, (_, consent)| all.with(consent))
}

/// The consent of the conventions that one of a programme is.
pub(super) fn consent(code: &Code) -> Option<Consent> {
    CONSENTS.into_iter().find(|(known, _)| *known == code.as_str()).map(|(_, consent)| consent)
}

/// Events with who recorded them.
type Recorded<'a> = (&'a Event, &'a NewCaseworkEvent);

fn between<'a>(
    events: impl DoubleEndedIterator<Item = Recorded<'a>>,
    programme: &Code,
) -> (Option<OrganisationId>, Option<OrganisationId>) {
    let sends = |(event, _): &Recorded<'_>| {
        event.programme == *programme
            && matches!(event.what, Happened::Sent { .. } | Happened::Relayed { .. })
    };
    events.rev().find(sends).map_or((None, None), |(_, row)| (row.organisation, row.about))
}

fn works_for<'a>(
    events: impl DoubleEndedIterator<Item = Recorded<'a>>,
    place: &Code,
    who: AccountId,
) -> Option<OrganisationId> {
    let takes = |(event, _): &Recorded<'_>| matches!(&event.what, Happened::Named { place: taken, who: one, .. } if taken == place && *one == who);
    events.rev().find(takes).and_then(|(_, row)| row.about)
}

/// What is under way by these events.
pub(crate) fn heads_of(programmes: &Programmes, path: &Path, events: &[Recorded<'_>]) -> CaseworkHeads {
    let mut due: BTreeMap<&Code, (liant_model::Date, String)> = BTreeMap::new();
    // The first due first.
    for clock in clocks(programmes, path) {
        let first = (clock.due, clock.rule.id.to_string());
        due.entry(&clock.programme.id).or_insert(first);
    }
    let open = path.tracks.iter().filter_map(|(id, track)| Some((id, track.open.as_ref()?)));
    let heads = open.map(|(id, open)| {
        let (from, to) = between(events.iter().copied(), id);
        let route = programmes.version(id, open.version()).and_then(|one| one.route(open.route()));
        CaseworkHead {
            programme: id.to_string(),
            version: open.version(),
            stage: stage(programmes, id, open),
            route: open.route().to_string(),
            to_role: route.map(|route| route.to.to_string()),
            to,
            from,
            since: open.since().on,
            term: term(open),
            due: due.get(id).cloned(),
        }
    });
    let heads: Vec<CaseworkHead> = heads.collect();
    let places = path.referents.iter().filter_map(|(place, held)| {
        let open = path.open(&held.programme)?;
        Some(CaseworkPlace {
            place: place.to_string(),
            programme: held.programme.to_string(),
            role: held.role.to_string(),
            account: held.who,
            organisation: works_for(events.iter().copied(), place, held.who),
            stage: stage(programmes, &held.programme, open),
            since: held.since.on,
            entered: matches!(open, Open::Stay(_)).then(|| open.since().on),
            term: term(open),
            due: due.get(&held.programme).map(|(day, _)| *day),
        })
    });
    CaseworkHeads { places: places.collect(), heads }
}

fn term(open: &Open) -> Option<liant_model::Date> {
    match open {
        Open::Stay(stay) => stay.term.map(|term| term.day),
        _ => None,
    }
}

/// Where what is under way stands.
pub(crate) fn stage(programmes: &Programmes, programme: &Code, open: &Open) -> CaseworkStage {
    match open {
        Open::Relay(_) => CaseworkStage::Relay,
        Open::Proposal(proposal) => {
            let route =
                programmes.version(programme, proposal.version).and_then(|one| one.route(&proposal.route));
            let asks = route.is_some_and(|route| route.agreement == liant_casework::Agreement::Bilateral);
            if asks && proposal.accepted.is_none() { CaseworkStage::Asked } else { CaseworkStage::Sent }
        }
        Open::Stay(stay) if stay.suspended.is_some() => CaseworkStage::Suspended,
        Open::Stay(_) => CaseworkStage::Stay,
    }
}

/// A code that was typed.
///
/// # Errors
/// [`AppError::Value`] with what a code is.
pub fn code(text: &str) -> Result<Code, AppError> {
    Code::parse(text).map_err(|error| AppError::Value(error.to_string()))
}

/// What an event is recorded as.
pub(crate) fn body(event: &Event) -> Result<String, AppError> {
    serde_json::to_string(event).map_err(|error| AppError::Internal(error.to_string()))
}

/// A person and her path.
pub(crate) type HeldOf = BTreeMap<PersonId, Held>;

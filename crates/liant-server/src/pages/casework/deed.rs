//! One kind of act in one programme, for whoever is asking: what its form is made of, and which choices there are.

use std::sync::Arc;

use liant_app::casework::{
    self, Choice, Code, Colleague, Kind, PathView, Programme, Programmes, Route, Suggested, TrackView,
};
use liant_app::{AppError, Context, Workplace};
use liant_model::{AccountId, AppointmentId, Role};

use super::act::Wanted;
use super::path::{self, Natures};
use super::words;
use crate::words::Words;

/// One kind of act in one programme, for the actor.
pub(super) struct Deed<'a> {
    pub(super) kind: Kind,
    pub(super) role: Option<Role>,
    pub(super) appointment: Option<AppointmentId>,
    pub(super) choices: Vec<&'a Choice>,
    pub(super) programme: &'a Programme,
    pub(super) natures: &'a Natures,
    pub(super) declared: &'a [(String, String)],
    pub(super) me: Colleague,
    pub(super) my_role: Role,
    pub(super) view: &'a PathView,
    pub(super) track: &'a TrackView,
    pub(super) read: &'a Read,
}

impl<'a> Deed<'a> {
    /// The code of the only choice that there is.
    pub(super) fn only_code(&self) -> Option<Code> {
        self.choices.first().and_then(|choice| choice.code.clone())
    }

    /// Whether it may be done today, on its own or with her consent.
    pub(super) fn is_open(&self) -> bool {
        self.choices.iter().any(|choice| choice.refusal.is_none() || choice.asks_consent)
    }

    /// The consent that is recorded with it.
    pub(super) fn consent(&self) -> Option<Code> {
        let rule = self.programme.entry.consent.as_ref()?;
        self.choices.iter().any(|choice| choice.asks_consent).then(|| rule.id.clone())
    }

    /// Who holds the place of this role now.
    pub(super) fn holder(&self) -> Option<AccountId> {
        let here = self.view.beside.iter().filter(|one| one.programme == self.track.programme);
        here.filter(|one| Some(&one.role) == self.role.as_ref()).map(|one| one.account).next()
    }

    pub(super) fn colleagues(&self, role: &Role) -> &'a [Suggested] {
        let found = self.read.colleagues.iter().find(|(of, _)| of == role);
        found.map_or(&[], |(_, all)| all.as_slice())
    }

    /// Colleagues of the actor's organisation in her role, herself among them.
    pub(super) fn beside_me(&self) -> Vec<&'a Suggested> {
        let mine = self.colleagues(&self.my_role).iter();
        mine.filter(|one| one.who.organisation == self.me.organisation).collect()
    }

    /// Where the actor's party meets people: code, name.
    pub(super) fn places(&self) -> &'a [(String, String)] {
        &self.read.places
    }

    pub(super) fn role_text(&self, w: Words, role: &Role) -> String {
        let rule = self.programme.role(role);
        rule.map_or_else(|| words::role(w, role), |rule| words::said(w, &rule.text))
    }

    /// The roles of whom somebody is named with an entry.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a Role> {
        self.choices.iter().flat_map(|choice| &choice.names)
    }

    /// Roles that agree on the length beside the actor's.
    pub(super) fn agrees_on_length(&self) -> Vec<Role> {
        let now = self.track.now.as_ref();
        let route = now.and_then(|now| self.programme.route(&now.route));
        self.others(route.into_iter().flat_map(|route| &route.duration_by))
    }

    /// Roles that agree on a proposal beside the actor's.
    pub(super) fn confirms(&self) -> Vec<Role> {
        self.others(self.routes().flat_map(|route| &route.confirmed_by))
    }

    /// The routes by which the actor's role proposes to this one.
    fn routes(&self) -> impl Iterator<Item = &'a Route> {
        let ours = self.programme.routes.iter().filter(|route| route.from.contains(&self.my_role));
        ours.filter(|route| Some(&route.to) == self.role.as_ref())
    }

    fn others<'r>(&self, roles: impl Iterator<Item = &'r Role>) -> Vec<Role> {
        let mut all: Vec<Role> = roles.filter(|role| **role != self.my_role).cloned().collect();
        all.dedup();
        all
    }

    /// Whether some route to this role is a part of no experiment.
    pub(super) fn goes_outside(&self) -> bool {
        self.routes().any(|route| route.experiment.is_none())
    }

    /// The zones of experiments, where a route to this role is a part of one.
    pub(super) fn zones(&self) -> Vec<String> {
        let experiments =
            self.routes().filter_map(|route| self.programme.experiment(route.experiment.as_ref()?));
        experiments.flat_map(|one| one.zones.iter().map(|zone| zone.id.to_string())).collect()
    }

    /// Whether the person is met in one of the acts that may be recorded.
    pub(super) fn meets(&self) -> bool {
        let open = self.choices.iter().filter(|choice| choice.refusal.is_none());
        let mut acts = open.filter_map(|choice| self.programme.act(choice.code.as_ref()?));
        acts.any(|act| act.meets)
    }

    /// The programmes that may follow: code and title.
    pub(super) fn titles(&self) -> Vec<(String, String)> {
        self.read.titles.clone()
    }
}

/// What a page is made of.
pub(super) struct Read {
    pub(super) view: PathView,
    pub(super) natures: Natures,
    programmes: Arc<Programmes>,
    colleagues: Vec<(Role, Vec<Suggested>)>,
    pub(super) declared: Vec<(String, String)>,
    titles: Vec<(String, String)>,
    places: Vec<(String, String)>,
    /// Whether a liaison form can be filled in here.
    pub(super) has_form: bool,
    /// Whether an empty one can be printed.
    pub(super) has_blanks: bool,
}

impl Read {
    pub(super) fn track(&self, programme: &Code) -> Option<(&TrackView, &Programme)> {
        let track = self.view.tracks.iter().find(|track| track.programme == *programme)?;
        Some((track, self.programmes.version(programme, track.version)?))
    }
}

/// Reads what the form of an act is made of.
pub(super) fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    wanted: &Wanted,
    w: Words,
) -> Result<Read, AppError> {
    let (view, natures) = path::read(context, workplace, wanted.person, w)?;
    let programmes = workplace.programmes(context.territory)?;
    let mut read = Read {
        view,
        natures,
        programmes: Arc::clone(&programmes),
        colleagues: Vec::new(),
        declared: Vec::new(),
        titles: Vec::new(),
        places: Vec::new(),
        has_form: false,
        has_blanks: false,
    };
    let Some((track, programme)) = read.track(&wanted.programme) else { return Ok(read) };
    let roles: Vec<Role> = match wanted.kind {
        Kind::Propose | Kind::Forward | Kind::Name | Kind::HandOver => {
            wanted.role_of(track).into_iter().collect()
        }
        Kind::Enter => wanted.choices_of(track).flat_map(|choice| choice.names.clone()).collect(),
        Kind::Fix | Kind::Move => vec![context.actor.role.clone()],
        _ => Vec::new(),
    };
    let sends = matches!(wanted.kind, Kind::Propose | Kind::Forward);
    let to = roles.first().filter(|_| sends);
    let has_form = match to {
        Some(to) => casework::travels_here(context, workplace, (programme, to))?,
        None => false,
    };
    let places = workplace.places.of(&context.actor.party).map(|place| {
        let lines = std::iter::once(&place.name).chain(&place.lines).cloned();
        (place.id.to_string(), w.typeset(&lines.collect::<Vec<_>>().join(", ")))
    });
    let places: Vec<(String, String)> = places.collect();
    let asked_of = programme.entry.condition.none.iter().chain(&programme.entry.never_uses);
    let never: Vec<&Code> = asked_of.collect();
    let declared =
        casework::declared(workplace, programme).into_iter().filter(|one| !never.contains(&&one.id));
    let declared = declared.map(|one| (one.id.to_string(), words::said(w, &one.text))).collect();
    let mut titles: Vec<(String, String)> =
        programmes.iter().map(|one| (one.id.to_string(), words::said(w, &one.title))).collect();
    titles.dedup_by(|one, other| one.0 == other.0);
    let mut colleagues = Vec::new();
    for role in roles {
        let suggested = casework::suggested(context, workplace, &wanted.programme, &role)?;
        colleagues.push((role, suggested));
    }
    (read.colleagues, read.declared, read.titles) = (colleagues, declared, titles);
    read.places = places;
    (read.has_form, read.has_blanks) = (has_form, has_form && workplace.press.is_some());
    Ok(read)
}

//! The form of one kind of act on someone's path, and the act. What a rule refuses is told in place, with the rule and its source; who acted
//! upon a page that has aged is told that somebody acted meanwhile.

use askama::Template;
use axum::extract::{Form, Path as Place, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::casework::{
    self, AppointmentState, Choice, Code, Colleague, Doing, FormModel, Kind, Reason, Told, TrackView,
};
use liant_model::{AppointmentId, PersonId, Role};

use super::deed::{Deed, Read, read};
use super::fields::{self, Making};
use super::form;
use super::form_model;
use super::path;
use super::typed::{Typed, Wrong};
use super::words::{self, Refused};
use crate::components::{Errors, Field, Link, Notice, Why};
use crate::failure::Failure;
use crate::pages::people::whole_name;
use crate::pages::person::id;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/act.html")]
struct ActPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    about: String,
    texts: Vec<String>,
    blanks: Vec<Link>,
    errors: Errors,
    refused: Option<Refused>,
    hindered: Vec<(Option<String>, Refused)>,
    is_open: bool,
    is_grave: bool,
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    here: String,
    submit: String,
    back: String,
    why: Why,
}

/// What is asked for, by the address and the form.
#[derive(Clone)]
pub(super) struct Wanted {
    pub(super) person: PersonId,
    pub(super) programme: Code,
    pub(super) kind: Kind,
    role: Option<Role>,
    appointment: Option<AppointmentId>,
}

impl Wanted {
    fn of(
        (person, programme, act): &(String, String, String),
        (role, appointment): (&str, &str),
    ) -> Result<Self, Failure> {
        Ok(Self {
            person: id(person)?,
            programme: Code::parse(programme).map_err(|_| Failure::Absent)?,
            kind: Kind::from_code(act).ok_or(Failure::Absent)?,
            role: Role::parse(role).ok(),
            appointment: appointment.parse().ok(),
        })
    }

    pub(super) fn here(&self) -> String {
        format!("{}/{}/{}", super::address(self.person), self.programme, self.kind.as_str())
    }

    /// What of this kind the actor may do, or could but for a rule.
    pub(super) fn choices_of<'t>(&self, track: &'t TrackView) -> impl Iterator<Item = &'t Choice> {
        let kind = self.kind;
        track.choices.iter().filter(move |choice| choice.kind == kind)
    }

    /// The role of the form: the one that is asked for, else the first for which it may be done, else the first.
    pub(super) fn role_of(&self, track: &TrackView) -> Option<Role> {
        if !path::is_by_role(self.kind) {
            return None;
        }
        let first = |may_be_done: bool| {
            let fits = |choice: &&Choice| !may_be_done || choice.refusal.is_none() || choice.asks_consent;
            self.choices_of(track).find(fits).and_then(|choice| choice.role.clone())
        };
        self.role.clone().or_else(|| first(true)).or_else(|| first(false))
    }
}

#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    role: String,
    appointment: String,
}

/// The form.
pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String, String)>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (wanted, w) = (Wanted::of(&place, (&asking.role, &asking.appointment))?, page.w);
    let asked = wanted.clone();
    let read = site.act(errand, move |context, workplace| read(context, workplace, &asked, w)).await?;
    answer(page, &read, &wanted, Back::default())
}

/// Acts, or says why not.
pub(in crate::pages) async fn sent(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String, String)>,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (typed, w) = (Typed(pairs), page.w);
    let wanted = Wanted::of(&place, (typed.get("role"), typed.get("appointment")))?;
    let asked = wanted.clone();
    let known =
        site.act(errand.clone(), move |context, workplace| read(context, workplace, &asked, w)).await?;
    // A form that was opened upon another state is told so before anything else: what lacks on it is not asked for upon a state that
    // she has not read, and the second of two identical acts is no page that is missing.
    if !is_of(&typed, &known) {
        return answer(page, &known, &wanted, Back { typed, is_stale: true, ..Back::default() });
    }
    let doing = match doing(&page, &known, &wanted, &typed)? {
        Ok(doing) => doing,
        Err(wrong) => return answer(page, &known, &wanted, Back { typed, wrong, ..Back::default() }),
    };
    if matches!(wanted.kind, Kind::Propose | Kind::Forward) && typed.goes_on_a_form() {
        let known = form::Going { wanted, typed, doing };
        return form::go_on(&site, page, errand, known).await;
    }
    let (asked, lang) = (wanted.clone(), w.lang());
    let act = site.act(errand, move |context, workplace| {
        let done = casework::act(context, workplace, asked.person, &doing)?;
        let read = if done.is_err() { Some(read(context, workplace, &asked, w)?) } else { None };
        Ok((done, read))
    });
    let (refusal, read) = match act.await? {
        (Err(refusal), Some(read)) => (refusal, read),
        (Ok(done), _) if done.version == 0 => return Ok(Redirect::to("/").into_response()),
        _ => {
            let to = format!("{}?done={}", super::address(wanted.person), wanted.kind.as_str());
            return Ok(Redirect::to(&to).into_response());
        }
    };
    let programme = read.track(&wanted.programme).map(|(_, programme)| programme);
    let is_stale = refusal.reason == Reason::Stale;
    let refused = (!is_stale).then(|| Told::of(programme, &refusal, lang));
    answer(page, &read, &wanted, Back { typed, refused, is_stale, ..Back::default() })
}

/// Whether a form was opened upon the state that was read now.
fn is_of(typed: &Typed, read: &Read) -> bool {
    typed.get("expected").parse() == Ok(read.view.version)
}

/// What is asked of the programme, or what lacks on the form.
fn doing(
    page: &Page,
    read: &Read,
    wanted: &Wanted,
    typed: &Typed,
) -> Result<Result<Doing, Vec<Wrong>>, Failure> {
    let deed = deed(page, read, wanted)?;
    // What is said of an hour to come is said today.
    let on = if path::is_said_today(wanted.kind) { Ok(page.w.today()) } else { typed.day("day") };
    let asked = typed.asked(&deed);
    Ok(match (asked, on) {
        (Ok(asked), Ok(on)) => {
            Ok(Doing { programme: wanted.programme.clone(), on, expected: read.view.version, asked })
        }
        (asked, on) => Err(asked.err().unwrap_or_default().into_iter().chain(on.err()).collect()),
    })
}

/// A form that comes back: what was typed, what lacks, what was refused, and whether somebody acted since it was opened.
#[derive(Default)]
pub(super) struct Back {
    pub(super) typed: Typed,
    pub(super) wrong: Vec<Wrong>,
    pub(super) refused: Option<Told>,
    pub(super) is_stale: bool,
}

impl Back {
    fn status(&self) -> StatusCode {
        if self.is_stale {
            StatusCode::CONFLICT
        } else if self.refused.is_some() || !self.wrong.is_empty() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        }
    }
}

fn deed<'a>(page: &Page, read: &'a Read, wanted: &Wanted) -> Result<Deed<'a>, Failure> {
    let visitor = page.visitor().ok_or(Failure::Absent)?;
    let (track, programme) = read.track(&wanted.programme).ok_or(Failure::Absent)?;
    let role = wanted.role_of(track);
    let of_kind = track.choices.iter().filter(|choice| choice.kind == wanted.kind);
    let appointment = wanted.appointment.filter(|_| path::is_by_appointment(wanted.kind));
    let of_it = |choice: &&Choice| appointment.is_none() || choice.appointment == appointment;
    let choices: Vec<&Choice> =
        of_kind.filter(|choice| role.is_none() || choice.role == role).filter(of_it).collect();
    Ok(Deed {
        kind: wanted.kind,
        role,
        appointment: if path::is_by_appointment(wanted.kind) {
            choices.first().and_then(|choice| choice.appointment)
        } else {
            None
        },
        choices,
        programme,
        natures: &read.natures,
        declared: &read.declared,
        me: Colleague { account: visitor.account, organisation: visitor.seat.organisation },
        my_role: visitor.actor.role.clone(),
        view: &read.view,
        track,
        read,
    })
}

pub(super) fn answer(page: Page, read: &Read, wanted: &Wanted, back: Back) -> Result<Response, Failure> {
    let w = page.w;
    let deed = deed(&page, read, wanted)?;
    // What is no choice for her is not there; what was one until somebody acted is told to be none any more.
    if deed.choices.is_empty() && back.refused.is_none() && !back.is_stale {
        return Err(Failure::Absent);
    }
    let status = back.status();
    let to = super::address(wanted.person);
    let mut page = path::under(page, &read.view).under(to.clone(), w.say("casework-crumb"));
    if back.is_stale {
        page.notice = Some(Notice::important(w, w.say("casework-stale")));
    }
    let make = Making { w, deed: &deed, typed: &back.typed, wrong: &back.wrong };
    let is_open = deed.is_open();
    let fields = if is_open { fields::of(&make) } else { Vec::new() };
    let named: Vec<&Field> = fields.iter().collect();
    let refused = back.refused.map(|told| Refused::new(w, &told));
    let screen = ActPage {
        page: &page,
        w,
        title: title(w, &deed),
        about: format!("{} · {}", whole_name(w, &read.view.name), w.typeset(&deed.track.title)),
        texts: if is_open { texts(w, &deed) } else { Vec::new() },
        blanks: blanks(w, &deed),
        errors: Errors::of(w, &named),
        hindered: hindered(w, &deed),
        refused,
        is_open,
        is_grave: matches!(
            wanted.kind,
            Kind::Refuse | Kind::Drop | Kind::Withdraw | Kind::WithdrawConsent | Kind::Cancel | Kind::End
        ),
        hidden: hidden(read, &deed),
        fields,
        here: wanted.here(),
        submit: words::kind(w, wanted.kind),
        back: to,
        why: path::why(w, &read.view),
    };
    let mut response = page.show(&screen)?;
    *response.status_mut() = status;
    Ok(response)
}

fn hidden(read: &Read, deed: &Deed<'_>) -> Vec<(&'static str, String)> {
    let role = deed.role.as_ref().map(|role| ("role", role.to_string()));
    let appointment = deed.appointment.map(|id| ("appointment", id.to_string()));
    std::iter::once(("expected", read.view.version.to_string())).chain(role).chain(appointment).collect()
}

fn title(w: Words, deed: &Deed<'_>) -> String {
    let kind = words::kind(w, deed.kind);
    match &deed.role {
        Some(role) => {
            w.say("casework-act-title").text("act", kind).text("role", deed.role_text(w, role)).into()
        }
        None => kind,
    }
}

/// The appointment that an act is about, in words.
fn of_appointment(w: Words, deed: &Deed<'_>) -> Option<String> {
    let known = deed.view.appointments.iter().find(|one| Some(one.id) == deed.appointment)?;
    Some(words::day_and_hour(w, known.at))
}

/// The appointments that fall with what is ended: nobody writes to her of them, since who ends it may be the last who may.
fn falling(w: Words, deed: &Deed<'_>) -> Option<String> {
    let here = deed.view.appointments.iter().filter(|one| one.programme == deed.programme.id);
    let to_come = here.filter(|one| one.state == AppointmentState::Standing && !one.is_past);
    let all: Vec<String> = to_come
        .map(|one| w.say("meet-falls-one").text("at", words::day_and_hour(w, one.at)).text("who", &one.with))
        .map(String::from)
        .collect();
    (!all.is_empty()).then(|| w.say("meet-falls").text("all", all.join(", ")).into())
}

/// Empty forms, to be filled in by hand.
fn blanks(w: Words, deed: &Deed<'_>) -> Vec<Link> {
    let all = FormModel::ALL.iter().filter(|_| deed.read.has_blanks && deed.is_open());
    let link = |model: &FormModel| {
        let text = w.say("liaison-blank").text("model", form_model(w, *model));
        Link::new(format!("/forms/blank/{model}"), text)
    };
    all.map(link).collect()
}

/// What is to be known before acting.
fn texts(w: Words, deed: &Deed<'_>) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    match deed.kind {
        Kind::Propose | Kind::Forward => {
            let ticked = |code: &&Code| !deed.declared.iter().any(|(known, _)| *known == code.as_str());
            let wanted = deed.programme.entry.condition.all.iter().filter(ticked);
            let text = |code: &Code| {
                let known = deed.programme.criteria.iter().find(|one| one.id == *code)?;
                Some(words::said(w, &known.text))
            };
            let looked: Vec<String> = wanted.filter_map(text).collect();
            if !looked.is_empty() {
                texts.push(w.say("casework-looked").text("criteria", looked.join(", ")).into());
            }
            texts.push(w.say("casework-routes").into());
        }
        Kind::End | Kind::Refuse | Kind::Drop | Kind::Withdraw => texts.extend(falling(w, deed)),
        Kind::WithdrawConsent => texts.push(w.say("casework-withdraw-consent").into()),
        Kind::Leave => texts.push(w.say("casework-leave").into()),
        Kind::Fix => texts.push(w.say("meet-told").into()),
        Kind::Move | Kind::Cancel | Kind::Settle => {
            let of = of_appointment(w, deed);
            texts.extend(of.map(|at| w.say("meet-of").text("at", at).into()));
            if deed.kind != Kind::Settle {
                texts.push(w.say("meet-told").into());
            }
        }
        _ => {}
    }
    texts
}

/// What of this kind may not be done today; what has the same reason is said once.
fn hindered(w: Words, deed: &Deed<'_>) -> Vec<(Option<String>, Refused)> {
    let mut all: Vec<(&str, Option<String>, Refused)> = Vec::new();
    for choice in deed.choices.iter().filter(|choice| !choice.asks_consent) {
        let Some(told) = &choice.refusal else { continue };
        let about = path::about(w, choice, deed.natures);
        match all.iter_mut().find(|(text, ..)| *text == told.text) {
            Some((_, known, _)) => {
                *known = known.take().zip(about).map(|(known, about)| format!("{known}, {about}"));
            }
            None => all.push((&told.text, about, Refused::new(w, told))),
        }
    }
    all.into_iter().map(|(_, about, refused)| (about.as_deref().map(words::capital), refused)).collect()
}

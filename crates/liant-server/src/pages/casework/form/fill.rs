//! The form to fill in: what is known of the person stands there, what she says is typed with her, and she signs. Nothing of it is kept, nor
//! stands in an address, before she has signed.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::casework::{self, Asked, Barrier, Doing, Draft, Filled, FormFault, Reason, Refusal, Told};
use liant_app::{AppError, Context, Workplace};
use liant_convention::Page as NoticePage;
use liant_model::Field as Datum;

use super::super::act::{Back, Wanted, answer};
use super::super::deed::{Read, read};
use super::super::path;
use super::super::typed::{Typed, Wrong};
use super::said;
use super::typed::{ADDRESS, filled, wrong};
use crate::components::{Choice, Errors, Field, SummaryList};
use crate::failure::Failure;
use crate::pages::people::whole_name;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/form_fill.html")]
struct FillPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    about: String,
    errors: Errors,
    hidden: Vec<(String, String)>,
    known: SummaryList,
    is_protected: bool,
    her: Vec<Field>,
    barriers: Vec<Field>,
    ends: SummaryList,
    own: Vec<Field>,
    notice: NoticePage,
    origin: String,
    sign: Vec<Field>,
    here: String,
    back: String,
}

/// A proposal that goes on with a form.
pub(in super::super) struct Going {
    pub(in super::super) wanted: Wanted,
    pub(in super::super) typed: Typed,
    pub(in super::super) doing: Doing,
}

/// What of the page before is asked again with the form.
const ASKED: [&str; 12] = [
    "role",
    "expected",
    "consent",
    "to",
    "declared",
    "zone",
    "agreed",
    "form",
    "day-day",
    "day-month",
    "day-year",
    "appointment",
];

/// What became of a form that was signed.
enum Sent {
    Done { is_seen: bool },
    Refused(Refusal, Box<Read>),
    AtFault(Vec<FormFault>),
}

/// Shows the form to fill in, or sends what she signed.
pub(in super::super) async fn go_on(
    site: &Site,
    page: Page,
    errand: Errand,
    going: Going,
) -> Result<Response, Failure> {
    let mut lacks: Vec<Wrong> = Vec::new();
    let is_signed = going.typed.holds("signed", "1");
    if is_signed {
        match filled(&going.typed) {
            Ok(form) => match send(site, errand.clone(), (&going, form), page.w).await? {
                Sent::Done { is_seen: false } => return Ok(Redirect::to("/").into_response()),
                Sent::Done { is_seen: true } => {
                    let wanted = &going.wanted;
                    let to =
                        format!("{}?done={}", super::super::address(wanted.person), wanted.kind.as_str());
                    return Ok(Redirect::to(&to).into_response());
                }
                Sent::Refused(refusal, read) => return refused(page, (going, *read), &refusal),
                Sent::AtFault(faults) => lacks = faults.into_iter().map(wrong).collect(),
            },
            Err(found) => lacks = found,
        }
    }
    let (wanted, doing, w) = (going.wanted.clone(), going.doing.clone(), page.w);
    let draft = site.act(errand, move |context: &Context<'_>, workplace: &Workplace| {
        let draft = casework::draft(context, workplace, wanted.person, &doing, w.lang())?;
        Ok((draft, read(context, workplace, &wanted, w)?))
    });
    let (draft, known) = draft.await?;
    match draft {
        Ok(draft) => form(page, (&going, &known), &draft, (&lacks, is_signed)),
        Err(refusal) => refused(page, (going, known), &refusal),
    }
}

async fn send(
    site: &Site,
    errand: Errand,
    (going, form): (&Going, Filled),
    w: Words,
) -> Result<Sent, Failure> {
    let (wanted, mut doing) = (going.wanted.clone(), going.doing.clone());
    for asked in &mut doing.asked {
        if let Asked::Propose(proposed) | Asked::Forward(proposed) = asked {
            proposed.form = Some(Box::new(form.clone()));
        }
    }
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        Ok(match casework::act(context, workplace, wanted.person, &doing) {
            Ok(Ok(done)) => Sent::Done { is_seen: done.version > 0 },
            Ok(Err(refusal)) => Sent::Refused(refusal, Box::new(read(context, workplace, &wanted, w)?)),
            Err(AppError::Form(faults)) => Sent::AtFault(faults),
            Err(error) => return Err(error),
        })
    };
    site.act(errand, act).await
}

/// The page before, with what a rule refuses.
fn refused(page: Page, (going, read): (Going, Read), refusal: &Refusal) -> Result<Response, Failure> {
    let programme = read.track(&going.wanted.programme).map(|(_, programme)| programme);
    let is_stale = refusal.reason == Reason::Stale;
    let refused = (!is_stale).then(|| Told::of(programme, refusal, page.w.lang()));
    answer(page, &read, &going.wanted, Back { typed: going.typed, refused, is_stale, ..Back::default() })
}

fn form(
    page: Page,
    (going, read): (&Going, &Read),
    draft: &Draft,
    (lacks, is_signed): (&[Wrong], bool),
) -> Result<Response, Failure> {
    let (w, wanted) = (page.w, &going.wanted);
    let back = super::super::address(wanted.person);
    let page = path::under(page, &read.view).under(back.clone(), w.say("casework-crumb"));
    let make = Making { w, typed: &going.typed, draft, lacks, is_fresh: !is_signed };
    let (her, barriers, own, sign) = (make.her(), make.barriers(), make.own(), make.sign());
    let named: Vec<&Field> = her.iter().chain(&barriers).chain(&own).chain(&sign).collect();
    // What registers give may be at fault as well: it has no field to say so at.
    let of_registers = NAMES.into_iter().zip(KNOWN).filter(|(_, field)| draft.given.contains(*field));
    let of_registers = of_registers.filter_map(|(name, _)| make.error(name));
    let errors = of_registers.fold(Errors::of(w, &named), Errors::and);
    let asked = going.typed.0.iter().filter(|(name, _)| ASKED.contains(&name.as_str()));
    let also = [("signed", "1"), ("model", draft.form.model.as_str())];
    let also = also.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let known = said::her(w, &draft.form).into_iter().zip(KNOWN);
    let known = known.filter(|(_, field)| draft.given.contains(*field)).map(|(line, _)| line);
    let mut notice = draft.notice.clone();
    for section in &mut notice.sections {
        for text in section.text.iter_mut().chain(&mut section.items).chain([&mut section.title]) {
            *text = w.typeset(text);
        }
    }
    let title = read.track(&wanted.programme).map(|(track, _)| track.title.clone()).unwrap_or_default();
    let screen = FillPage {
        page: &page,
        w,
        title: w.say("liaison-title").text("model", said::model(w, draft.form.model)).into(),
        about: format!("{} · {}", whole_name(w, &read.view.name), w.typeset(&title)),
        errors,
        hidden: asked.cloned().chain(also).collect(),
        known: said::list(w, known.collect()),
        is_protected: draft.is_protected,
        ends: said::list(w, said::ends(w, &draft.form)),
        notice,
        origin: w.cite(&draft.origin),
        here: wanted.here(),
        back,
        her,
        barriers,
        own,
        sign,
    };
    let mut response = page.show(&screen)?;
    if !lacks.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// The data of the lines of [`said::her`].
const KNOWN: [Datum; 5] =
    [Datum::BirthName, Datum::FirstName, Datum::BirthDate, Datum::FtIdentifier, Datum::CafIdentifier];

/// Their fields, where no clause gives them.
const NAMES: [&str; 5] = ["name", "first-name", "born", "ft", "caf"];

const LINES: [&str; 4] = ["liaison-address-1", "liaison-address-2", "liaison-address-3", "liaison-address-4"];

/// What the fields are made with.
struct Making<'a> {
    w: Words,
    typed: &'a Typed,
    draft: &'a Draft,
    lacks: &'a [Wrong],
    /// Whether nothing was typed yet.
    is_fresh: bool,
}

impl Making<'_> {
    fn error(&self, name: &str) -> Option<String> {
        let found = self.lacks.iter().find(|(field, _)| *field == name);
        found.map(|(_, key)| self.w.say(key).into())
    }

    /// A line, with what is known until something is typed. A desk is shared: the browser keeps nothing of it.
    fn line(&self, name: &'static str, label: &'static str, known: &str) -> Field {
        let value = if self.is_fresh { known } else { self.typed.get(name) };
        let line = Field::line(self.w, name, self.w.say(label)).value(value);
        line.completed_by("off").error(self.error(name))
    }

    /// Yes, no, or nothing said.
    fn either(&self, name: &'static str, label: &'static str, known: Option<bool>) -> Field {
        let w = self.w;
        let chosen = match (self.is_fresh, known) {
            (false, _) => self.typed.get(name),
            (true, Some(true)) => "yes",
            (true, Some(false)) => "no",
            (true, None) => "",
        };
        let all = [("yes", "liaison-yes"), ("no", "liaison-no"), ("", "liaison-unsaid")];
        let choices = all.map(|(value, key)| Choice::new(value, w.say(key)).chosen(value == chosen));
        Field::one_of(w, name, w.say(label), choices.into())
    }

    fn her(&self) -> Vec<Field> {
        let (w, her) = (self.w, &self.draft.form.person);
        let lacks = |field| !self.draft.given.contains(field);
        let mut fields = Vec::new();
        if lacks(Datum::BirthName) {
            fields.push(self.line("name", "liaison-name", "").hint(w.say("liaison-name-hint")));
        }
        if lacks(Datum::FirstName) {
            fields.push(self.line("first-name", "liaison-first-name", ""));
        }
        if lacks(Datum::BirthDate) {
            let typed = self.typed.parts("born");
            fields.push(Field::day(w, "born", w.say("liaison-born"), typed).error(self.error("born")));
        }
        if !self.draft.is_protected {
            let mut known = her.address.iter().map(String::as_str);
            for (name, label) in ADDRESS.into_iter().zip(LINES) {
                fields.push(self.line(name, label, known.next().unwrap_or_default()).optional());
            }
        }
        fields.push(self.line("phone", "liaison-phone", &her.phone).wide(20).optional());
        if lacks(Datum::FtIdentifier) {
            fields.push(self.line("ft", "liaison-ft", "").wide(20).optional());
        }
        if lacks(Datum::CafIdentifier) {
            fields.push(self.line("caf", "liaison-caf", "").wide(20).optional());
        }
        let children = her.children.map(|many| many.to_string()).unwrap_or_default();
        fields.extend([
            self.either("couple", "liaison-couple", her.in_couple),
            self.line("children", "liaison-children", &children).wide(3).optional(),
            self.either("rsa", "liaison-rsa", her.recipient),
        ]);
        fields
    }

    fn barriers(&self) -> Vec<Field> {
        let w = self.w;
        let tick = |barrier: &Barrier| {
            let choice = Choice::new(barrier.as_str(), said::barrier(w, *barrier));
            let choice = choice.chosen(self.typed.holds("barrier", barrier.as_str()));
            if *barrier == Barrier::Health { choice.hint(w.say("liaison-health-hint")) } else { choice }
        };
        let ticks = Barrier::ALL.iter().map(tick).collect();
        vec![
            Field::any_of(w, "barrier", w.say("liaison-barriers"), ticks)
                .hint(w.say("liaison-barriers-hint")),
            self.either("rqth", "liaison-rqth", None).hint(w.say("liaison-rqth-hint")),
        ]
    }

    fn own(&self) -> Vec<Field> {
        vec![self.line("own-phone", "liaison-own-phone", "").wide(20).optional()]
    }

    fn sign(&self) -> Vec<Field> {
        let w = self.w;
        let chosen = if self.is_fresh { "" } else { self.typed.get("contact") };
        let all = [
            ("yes", "liaison-contact-agrees"),
            ("no", "liaison-contact-refuses"),
            ("", "liaison-contact-later"),
        ];
        let contact = all.map(|(value, key)| Choice::new(value, w.say(key)).chosen(value == chosen));
        let informed = Choice::new("1", w.say("liaison-informed-tick"));
        let informed = informed.chosen(self.typed.holds("informed", "1"));
        let email = Field::email(w, "email", w.say("liaison-email")).completed_by("off").optional();
        vec![
            Field::one_of(w, "contact", w.say("liaison-contact"), contact.into()),
            email.value(self.typed.get("email")).hint(w.say("liaison-email-hint")).error(self.error("email")),
            Field::any_of(w, "informed", w.say("liaison-informed"), vec![informed])
                .error(self.error("informed")),
            self.line("signed-as", "liaison-signed-as", "").hint(w.say("liaison-signed-as-hint")),
            self.line("place", "liaison-place", "").wide(20),
        ]
    }
}

//! A request carried out: restriction and objection, what they close, how they end.

use axum::extract::{Form, Path, State};
use axum::response::Response;
use liant_app::rights::Right;
use liant_app::rights::limits::{
    self, Carry, Closed, Lift, LiftReason, LimitGround, Telling, lifted_on, reviewed_on,
};
use liant_app::rights::shared::{self, Case};
use liant_app::{AppError, Context, Workplace};
use liant_convention::Text;
use liant_model::{ActId, Lang, PersonId, Purpose, RightsRequestId};

use super::request::{back, id};
use super::requests::{REQUESTS, name};
use crate::components::{Choice, Field, Tag, Tone};
use crate::failure::Failure;
use crate::pages::form_page::FormPage;
use crate::pages::look_ups::day_of;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// The code of the choice that carries out an objection.
const OBJECTION: &str = "objection-carried";

/// A limit on the page of its request.
pub(super) struct Line {
    pub(super) what: String,
    pub(super) tag: Tag,
    pub(super) said: Vec<String>,
    /// Where its end is said, while nobody has said so.
    pub(super) lift: Option<String>,
    pub(super) free: String,
    pub(super) by_likeness: Vec<String>,
}

/// What a request closed.
pub(super) fn line(w: Words, one: &Closed) -> Line {
    let here = format!("{REQUESTS}/{}/limits/{}", one.request, one.limit);
    let what = one.ground.map_or_else(
        || w.say("limit-objection").text("purposes", purposes(w, one)).into(),
        |code| ground(w, code),
    );
    let since = w.say("limit-since").text("moment", w.moment(one.set_at)).text("by", &one.set_by);
    let mut said = vec![since.into()];
    match &one.lift {
        None => said.push(w.say("limit-review").text("day", w.date(one.review_on)).into()),
        Some(lift) => said.push(
            w.say("limit-lifted")
                .text("day", w.date(lift.on))
                .text("reason", reason(w, &lift.reason))
                .text("told", w.date(lift.told_on))
                .text("way", telling(w, &lift.told))
                .into(),
        ),
    }
    let tag = if !one.holds {
        Tag::new(Tone::Done, w.say("limit-over"))
    } else if one.lift.is_none() && one.review_on <= w.today() {
        Tag::new(Tone::Late, w.say("limit-to-review"))
    } else {
        Tag::new(Tone::Fine, w.say("limit-holds"))
    };
    Line {
        what,
        tag,
        said,
        lift: one.lift.is_none().then(|| format!("{here}/lift")),
        free: format!("{here}/free"),
        by_likeness: one.by_likeness.iter().map(ToString::to_string).collect(),
    }
}

/// A text of a convention.
fn said(w: Words, text: &Text) -> String {
    match w.lang() {
        Lang::Fr => text.fr.clone(),
        Lang::En => text.en.clone(),
    }
}

/// The purposes of an objection, in the words of the clauses.
pub(in crate::pages) fn purposes(w: Words, one: &Closed) -> String {
    one.purposes.iter().map(|one| said(w, &one.text)).collect::<Vec<_>>().join(" ; ")
}

/// The ground of a restriction, in words.
pub(in crate::pages) fn ground(w: Words, code: &str) -> String {
    let key = match LimitGround::from_code(code) {
        Some(LimitGround::Accuracy) => "limit-ground-accuracy",
        Some(LimitGround::Unlawful) => "limit-ground-unlawful",
        Some(LimitGround::Claims) => "limit-ground-claims",
        Some(LimitGround::Objection) | None => "limit-ground-objection",
    };
    w.say(key).into()
}

/// Why a limit ends, in words.
pub(in crate::pages) fn reason(w: Words, code: &str) -> String {
    let key = match LiftReason::from_code(code) {
        Some(LiftReason::Verified) => "lift-reason-verified",
        Some(LiftReason::Settled) => "lift-reason-settled",
        Some(LiftReason::ClaimsOver) => "lift-reason-claims-over",
        Some(LiftReason::AtHerWish) => "lift-reason-at-her-wish",
        Some(LiftReason::Mistake) | None => "lift-reason-mistake",
    };
    w.say(key).into()
}

fn telling(w: Words, code: &str) -> String {
    let is_letter = Telling::from_code(code) == Some(Telling::Letter);
    w.say(if is_letter { "lift-told-letter" } else { "lift-told-in-person" }).into()
}

/// What the form sends.
#[derive(Default)]
struct Typed {
    ground: String,
    version: i64,
    /// To which she objects.
    purposes: Vec<String>,
    day: String,
    month: String,
    year: String,
}

impl Typed {
    fn read(pairs: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "ground" => typed.ground = value,
                "version" => typed.version = value.parse().unwrap_or_default(),
                "purposes" => typed.purposes.push(value),
                "review-day" => typed.day = value,
                "review-month" => typed.month = value,
                "review-year" => typed.year = value,
                _ => {}
            }
        }
        typed
    }
}

/// The form that carries a request out.
pub(super) async fn form(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    ask(&site, page, errand, (&request, &Typed::default(), None)).await
}

/// Carries it out.
pub(super) async fn carry_out(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let typed = Typed::read(pairs);
    let to: Vec<Purpose> = typed.purposes.iter().filter_map(|one| Purpose::parse(one).ok()).collect();
    let carry = match typed.ground.as_str() {
        OBJECTION if to.is_empty() => {
            return ask(&site, page, errand, (&request, &typed, Some("limit-purposes-error"))).await;
        }
        OBJECTION => Some(Carry::Objection(to)),
        code => LimitGround::from_code(code).map(Carry::Restriction),
    };
    let day = day_of([&typed.day, &typed.month, &typed.year]);
    let today = page.w.today();
    let day = day.filter(|day| reviewed_on(*day, today).is_ok());
    let (Some(carry), Some(day)) = (carry, day) else {
        let wrong = if day.is_none() { "limit-review-error" } else { "limit-ground-error" };
        return ask(&site, page, errand, (&request, &typed, Some(wrong))).await;
    };
    let (number, version) = (id(&request)?, typed.version);
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        limits::carry_out(context, workplace, (number, version), (&carry, day)).map(drop)
    };
    answered(number, "limited", site.act(errand, act).await)
}

async fn ask(
    site: &Site,
    page: Page,
    errand: Errand,
    (request, typed, wrong): (&str, &Typed, Option<&'static str>),
) -> Result<Response, Failure> {
    let number = id(request)?;
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        Ok((shared::case(context, workplace, number)?, limits::lines(context, workplace)?))
    };
    let (case, lines): (Case, _) = site.act(errand, act).await?;
    let w = page.w;
    let found = &case.request;
    let here = format!("{REQUESTS}/{number}");
    let page = page.under(REQUESTS, w.say("rights-title")).under(here.clone(), w.say(name(found.right)));
    let choice = |code: &'static str, words: String| Choice::new(code, words).chosen(typed.ground == code);
    let mut choices: Vec<Choice> =
        LimitGround::of(found.right).iter().map(|one| choice(one.code(), ground(w, one.code()))).collect();
    let mut form = FormPage::new(&page, w.say("limit-title"), format!("{here}/limit"), w.say("limit-submit"))
        .text(w.say("limit-text"));
    if found.right == Right::Opposition {
        choices.insert(0, choice(OBJECTION, w.say("limit-carry-objection").into()));
        for one in &lines {
            let key = if one.is_open { "limit-line-open" } else { "limit-line-closed" };
            form = form.text(
                w.say(key)
                    .text("purpose", said(w, &one.text))
                    .text("file", format!("{} v{}", one.file.0, one.file.1))
                    .text("basis", one.basis.join(", ")),
            );
        }
    }
    let error = |key: &'static str| (wrong == Some(key)).then(|| String::from(w.say(key)));
    if found.right == Right::Opposition {
        let mut open: Vec<Choice> = Vec::new();
        let mut known: Vec<&str> = Vec::new();
        for one in lines.iter().filter(|one| one.is_open) {
            let code = one.purpose.as_str();
            if !known.contains(&code) {
                known.push(code);
                let is_chosen = typed.purposes.iter().any(|chosen| chosen == code);
                open.push(Choice::new(code, said(w, &one.text)).chosen(is_chosen));
            }
        }
        form = form.field(
            Field::any_of(w, "purposes", w.say("limit-purposes"), open)
                .hint(w.say("limit-purposes-hint"))
                .optional()
                .error(error("limit-purposes-error")),
        );
    }
    form.field(Field::one_of(w, "ground", w.say("limit-ground"), choices).error(error("limit-ground-error")))
        .field(
            Field::day(w, "review", w.say("limit-review-on"), [&typed.day, &typed.month, &typed.year])
                .hint(w.say("limit-review-hint"))
                .error(error("limit-review-error")),
        )
        .hidden("version", found.version.to_string())
        .link(here, w.say("cancel"))
        .show()
}

/// What the form of an end sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Ending {
    reason: String,
    way: String,
    #[serde(rename = "told-day")]
    told_day: String,
    #[serde(rename = "told-month")]
    told_month: String,
    #[serde(rename = "told-year")]
    told_year: String,
    #[serde(rename = "on-day")]
    day: String,
    #[serde(rename = "on-month")]
    month: String,
    #[serde(rename = "on-year")]
    year: String,
}

fn limit_of(text: &str) -> Result<ActId, Failure> {
    text.parse().map_err(|_| Failure::Absent)
}

/// The form that says how a limit ends.
pub(super) async fn lift_form(
    State(site): State<Site>,
    page: Page,
    Path((request, limit)): Path<(String, String)>,
    errand: Errand,
) -> Result<Response, Failure> {
    ask_end(&site, page, errand, (&request, &limit, &Ending::default(), false)).await
}

/// Says how it ends.
pub(super) async fn lift(
    State(site): State<Site>,
    page: Page,
    Path((request, limit)): Path<(String, String)>,
    errand: Errand,
    Form(typed): Form<Ending>,
) -> Result<Response, Failure> {
    let reason = LiftReason::from_code(&typed.reason);
    let way = Telling::from_code(&typed.way);
    let told_on = day_of([&typed.told_day, &typed.told_month, &typed.told_year]);
    let on = day_of([&typed.day, &typed.month, &typed.year]);
    let today = page.w.today();
    let on = on.filter(|on| told_on.is_none_or(|told| lifted_on(*on, told, today).is_ok()));
    let (Some(reason), Some(way), Some(told_on), Some(on)) = (reason, way, told_on, on) else {
        return ask_end(&site, page, errand, (&request, &limit, &typed, true)).await;
    };
    let (number, which) = (id(&request)?, limit_of(&limit)?);
    let lift = Lift { reason, told: (way, told_on), on };
    let act =
        move |context: &Context<'_>, workplace: &Workplace| limits::lift(context, workplace, which, &lift);
    answered(number, "lifted", site.act(errand, act).await)
}

async fn ask_end(
    site: &Site,
    page: Page,
    errand: Errand,
    (request, limit, typed, is_wrong): (&str, &str, &Ending, bool),
) -> Result<Response, Failure> {
    let (number, which) = (id(request)?, limit_of(limit)?);
    let case = site.act(errand, move |context, workplace| shared::case(context, workplace, number)).await?;
    if !case.limits.iter().any(|one| one.limit == which && one.lift.is_none()) {
        return Err(Failure::Absent);
    }
    let w = page.w;
    let here = format!("{REQUESTS}/{number}");
    let page =
        page.under(REQUESTS, w.say("rights-title")).under(here.clone(), w.say(name(case.request.right)));
    let reasons = LiftReason::ALL
        .iter()
        .map(|one| Choice::new(one.code(), reason(w, one.code())).chosen(typed.reason == one.code()));
    let ways = Telling::ALL
        .iter()
        .map(|one| Choice::new(one.code(), telling(w, one.code())).chosen(typed.way == one.code()));
    let error = |is: bool, key: &'static str| (is_wrong && is).then(|| String::from(w.say(key)));
    let told = [typed.told_day.as_str(), &typed.told_month, &typed.told_year];
    let on = [typed.day.as_str(), &typed.month, &typed.year];
    let action = format!("{here}/limits/{which}/lift");
    FormPage::new(&page, w.say("lift-title"), action, w.say("lift-submit"))
        .text(w.say("lift-text"))
        .field(
            Field::one_of(w, "reason", w.say("lift-reason"), reasons.collect())
                .error(error(LiftReason::from_code(&typed.reason).is_none(), "lift-reason-error")),
        )
        .field(
            Field::one_of(w, "way", w.say("lift-told"), ways.collect())
                .error(error(Telling::from_code(&typed.way).is_none(), "lift-told-error")),
        )
        .field(
            Field::day(w, "told", w.say("lift-told-on"), told)
                .error(error(day_of(told).is_none(), "limit-review-error")),
        )
        .field(Field::day(w, "on", w.say("lift-on"), on).hint(w.say("lift-on-hint")).error(
            error(
                day_of(on).is_none_or(|on| {
                    day_of(told).is_some_and(|told| lifted_on(on, told, w.today()).is_err())
                }),
                "lift-on-error",
            ),
        ))
        .link(here, w.say("cancel"))
        .show()
}

/// What the form that frees someone sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Other {
    person: String,
}

/// Says that someone whom a limit holds by likeness is somebody else.
pub(super) async fn free(
    State(site): State<Site>,
    Path((request, limit)): Path<(String, String)>,
    errand: Errand,
    Form(typed): Form<Other>,
) -> Result<Response, Failure> {
    let (number, which) = (id(&request)?, limit_of(&limit)?);
    let person: Option<PersonId> = typed.person.parse().ok();
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        limits::free(context, workplace, (which, person.ok_or(AppError::Absent("person"))?))
    };
    answered(number, "freed", site.act(errand, act).await)
}

/// The page again; what the law or the clauses do not allow is no change of somebody else's.
fn answered(request: RightsRequestId, done: &str, result: Result<(), Failure>) -> Result<Response, Failure> {
    match result {
        Err(Failure::App(AppError::State(_))) => back(request, "limit-refused", Ok(())),
        result => back(request, done, result),
    }
}

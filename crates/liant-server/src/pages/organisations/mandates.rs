//! The mandates (*délégations*) that her organisation has given: listed, recorded, ended.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::membership::Term;
use liant_app::accounts::organisations;
use liant_app::accounts::{AccountError, Authority, Office, Refusal};
use liant_app::accounts::{DelegationRow, OrganisationRow};
use liant_model::{DelegationId, OrganisationId};
use serde::Deserialize;

use super::{Day, address, last_day, managed, typed};
use crate::components::{Choice, Empty, Errors, Field, Notice, Tag, Tone};
use crate::failure::Failure;
use crate::me::Me;
use crate::pages::form_page::{FormPage, answered, said};
use crate::{Page, SignedIn, Site, Words};

#[derive(Template)]
#[template(path = "organisations/mandates.html")]
struct Mandates<'a> {
    page: &'a Page,
    w: Words,
    name: String,
    address: String,
    rows: Vec<Row>,
    empty: Empty,
    errors: Errors,
    fields: Vec<Field>,
}

struct Row {
    structure: String,
    from: String,
    to: String,
    state: Tag,
    end: Option<String>,
}

/// What the page is made from.
struct Read {
    own: OrganisationRow,
    all: Vec<OrganisationRow>,
    given: Vec<DelegationRow>,
}

impl Read {
    fn name(&self, id: OrganisationId) -> String {
        self.all.iter().find(|row| row.id == id).map_or_else(String::new, |row| row.name.clone())
    }
}

fn read(office: &Office<'_>, who: &SignedIn, id: OrganisationId) -> Result<Read, AccountError> {
    let own = managed(office, who, id)?;
    if !own.kind.may_mandate() {
        return Err(Refusal::Absent("organisation").into());
    }
    let given = organisations::mandates(office, Authority::Admin(who), id)?;
    Ok(Read { own, all: organisations::list(office, who.seat.territory)?, given })
}

async fn reading(site: &Site, who: &SignedIn, id: OrganisationId) -> Result<Read, Failure> {
    let who = who.clone();
    site.office(move |office| read(office, &who, id)).await?.map_err(Failure::from)
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
}

pub(super) async fn show(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path(id): Path<OrganisationId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let read = reading(&site, &who, id).await?;
    let done = match asked.done.as_str() {
        "recorded" => Some(page.say("mandate-done-recorded")),
        "ended" => Some(page.say("mandate-done-ended")),
        _ => None,
    };
    let notice = done.map(|text| Notice::done(page.w, text));
    let page = match notice {
        Some(notice) => page.with_notice(notice),
        None => page,
    };
    screen(page, &read, &Typed::default(), Tried::No)
}

#[derive(Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    structure: String,
    #[serde(rename = "from-day", default)]
    from_day: String,
    #[serde(rename = "from-month", default)]
    from_month: String,
    #[serde(rename = "from-year", default)]
    from_year: String,
    #[serde(rename = "to-day", default)]
    to_day: String,
    #[serde(rename = "to-month", default)]
    to_month: String,
    #[serde(rename = "to-year", default)]
    to_year: String,
}

impl Typed {
    fn from(&self) -> Day {
        Day::parse(&self.from_day, &self.from_month, &self.from_year)
    }

    fn to(&self) -> Day {
        Day::parse(&self.to_day, &self.to_month, &self.to_year)
    }
}

pub(super) async fn sent(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path(id): Path<OrganisationId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let read = reading(&site, &who, id).await?;
    let (from, to) = (typed.from(), typed.to());
    let (Ok(structure), Day::Of(from), Day::None | Day::Of(_)) =
        (typed.structure.parse::<OrganisationId>(), from, to)
    else {
        return screen(page, &read, &typed, Tried::Incomplete);
    };
    let term = Term { from, to: to.date() };
    let act = move |office: &Office<'_>| {
        organisations::mandate(office, Authority::Admin(&who), id, structure, term)
    };
    match site.office(act).await? {
        Ok(_) => Ok(Redirect::to(&format!("{}/mandates?done=recorded", address(id))).into_response()),
        Err(refusal) => screen(page, &read, &typed, Tried::Refused(&refusal)),
    }
}

/// What became of the form.
#[derive(Clone, Copy)]
enum Tried<'a> {
    /// It was not sent.
    No,
    /// A field lacks its value.
    Incomplete,
    /// A rule refuses.
    Refused(&'a Refusal),
}

/// The page.
fn screen(page: Page, read: &Read, typed: &Typed, tried: Tried<'_>) -> Result<Response, Failure> {
    let w = page.w;
    let above = page.say("menu-organisations");
    let page = page.under("/organisations", above).under(address(read.own.id), &*read.own.name);
    let fields = fields(&page, read, typed, !matches!(tried, Tried::No));
    let mut errors = Errors::of(w, &fields.iter().collect::<Vec<_>>());
    if let Tried::Refused(refusal) = tried {
        errors = errors.and(said(&page, refusal));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let screen = Mandates {
        page: &page,
        w,
        name: read.own.name.clone(),
        address: format!("{}/mandates", address(read.own.id)),
        rows: read.given.iter().map(|given| row(w, read, given)).collect(),
        empty: Empty::new(page.say("mandates-none"), page.say("mandates-none-text")),
        errors,
        fields,
    };
    answered(&page, &screen, status, None)
}

fn fields(page: &Page, read: &Read, typed: &Typed, is_tried: bool) -> Vec<Field> {
    let w = page.w;
    let fits = |row: &&OrganisationRow| row.kind.may_be_mandated() && row.closed_at.is_none();
    let choice = |row: &OrganisationRow| {
        let id = row.id.to_string();
        let is_chosen = id == typed.structure;
        Choice::new(id, row.name.clone()).chosen(is_chosen)
    };
    let none = Choice::new("", page.say("mandate-choose"));
    let structures = std::iter::once(none).chain(read.all.iter().filter(fits).map(choice)).collect();
    let no_structure = is_tried && typed.structure.is_empty();
    let from_wrong = is_tried && !matches!(typed.from(), Day::Of(_));
    let to_wrong = matches!(typed.to(), Day::Wrong);
    vec![
        Field::one_of_many(w, "structure", page.say("mandate-structure"), structures)
            .error(no_structure.then(|| page.say("mandate-structure-none").into())),
        Field::day(
            w,
            "from",
            page.say("mandate-from"),
            [&typed.from_day, &typed.from_month, &typed.from_year],
        )
        .error(from_wrong.then(|| page.say("mandate-from-wrong").into())),
        last_day(
            page,
            [&typed.to_day, &typed.to_month, &typed.to_year],
            to_wrong.then(|| page.say("member-to-wrong").into()),
        ),
    ]
}

fn row(w: Words, read: &Read, given: &DelegationRow) -> Row {
    let term = given.mandate.term;
    let is_over = term.to.is_some_and(|to| to < w.today());
    let (tone, key) = match (is_over, term.holds_on(w.today())) {
        (true, _) => (Tone::Fine, w.say("mandate-over")),
        (false, true) => (Tone::Done, w.say("mandate-runs")),
        (false, false) => (Tone::Soon, w.say("mandate-to-come")),
    };
    Row {
        structure: read.name(given.mandate.mandated),
        from: w.date(term.from),
        to: term.to.map_or_else(|| w.say("mandate-open").into(), |to| w.date(to)),
        state: Tag::new(tone, key),
        end: (!is_over).then(|| format!("{}/mandates/{}/end", address(read.own.id), given.id)),
    }
}

pub(super) async fn ask(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path((id, mandate)): Path<(OrganisationId, DelegationId)>,
) -> Result<Response, Failure> {
    let read = reading(&site, &who, id).await?;
    let today = typed(Some(page.w.today()));
    end(&page, &read, mandate, [&today[0], &today[1], &today[2]], None, None)
}

pub(super) async fn ended(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path((id, mandate)): Path<(OrganisationId, DelegationId)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let read = reading(&site, &who, id).await?;
    let day = [typed.to_day.as_str(), &typed.to_month, &typed.to_year];
    let Day::Of(last) = typed.to() else {
        return end(&page, &read, mandate, day, Some(page.say("member-to-wrong").into()), None);
    };
    let act = move |office: &Office<'_>| {
        organisations::end_mandate(office, Authority::Admin(&who), id, mandate, last)
    };
    match site.office(act).await? {
        Ok(()) => Ok(Redirect::to(&format!("{}/mandates?done=ended", address(id))).into_response()),
        Err(refusal) => end(&page, &read, mandate, day, None, Some(&refusal)),
    }
}

fn end(
    page: &Page,
    read: &Read,
    mandate: DelegationId,
    day: [&str; 3],
    wrong: Option<String>,
    refusal: Option<&Refusal>,
) -> Result<Response, Failure> {
    let given = read.given.iter().find(|row| row.id == mandate).ok_or(Failure::Absent)?;
    let list = format!("{}/mandates", address(read.own.id));
    let title = page.say("mandate-end-title").text("structure", read.name(given.mandate.mandated));
    let last = Field::day(page.w, "to", page.say("mandate-last"), day).error(wrong);
    FormPage::new(page, title, format!("{list}/{mandate}/end"), page.say("mandate-end-submit"))
        .text(page.say("mandate-end-text"))
        .refused(refusal.map(|refusal| said(page, refusal)))
        .field(last)
        .link(list, page.say("cancel"))
        .grave()
        .because(refusal)
        .show()
}

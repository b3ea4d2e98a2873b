//! A referent for many people, or the end of their followings: how many, what becomes of those who have one, and a report.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use liant_app::people::{
    self, Assignment, Follower, LeftAside, Look, ManyAssignment, ManyEnding, Outcome, Report, Seat,
    Selection, Whom,
};
use liant_app::{AppError, Context, Workplace};
use liant_model::{AccountId, Date, Lang, OrganisationId};

use super::PATH;
use super::asking::{Asking, seat_of};
use super::list::codes;
use super::narrowing::{Codes, Namer};
use super::rows::whole_name;
use crate::components::{Choice, Confirmation, Empty, Errors, Field, Link, Notice};
use crate::failure::Failure;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Assign,
    End,
}

impl Deed {
    const fn path(self) -> &'static str {
        match self {
            Self::Assign => "/people/referent",
            Self::End => "/people/referent/end",
        }
    }
}

#[derive(Template)]
#[template(path = "people/referent.html")]
struct AskPage<'a> {
    page: &'a Page,
    w: Words,
    deed: Deed,
    title: String,
    errors: Errors,
    /// Why nothing can be done; then there is no form.
    hindrance: Option<Empty>,
    lines: Vec<String>,
    is_all: bool,
    said: Vec<(String, String)>,
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    submit: String,
    back: String,
}

#[derive(Template)]
#[template(path = "people/report.html")]
struct ReportPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    /// When something was done.
    confirmation: Option<Confirmation>,
    text: String,
    back: Link,
    aside: Vec<String>,
    people: Vec<(String, String, String)>,
    more: Option<String>,
}

/// What was typed.
#[derive(Default)]
struct Typed(Vec<(String, String)>);

impl Typed {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The day; of the past or today. A following is recorded when it begins.
    fn day(&self, today: Date) -> Option<Date> {
        let number = |name: &str| self.get(name).trim().parse::<i16>().ok();
        let small = |name: &str| number(name).and_then(|number| i8::try_from(number).ok());
        let day = Date::new(number("day-year")?, small("day-month")?, small("day-day")?).ok()?;
        (day <= today && day.year() >= 2000).then_some(day)
    }

    /// The account and organisation chosen: they come as one value.
    fn referent(&self) -> Option<(AccountId, OrganisationId)> {
        let (account, organisation) = self.get("who").split_once(' ')?;
        Some((account.parse().ok()?, organisation.parse().ok()?))
    }

    fn replaces(&self) -> Option<bool> {
        match self.get("others") {
            "replace" => Some(true),
            "leave" => Some(false),
            _ => None,
        }
    }
}

struct Read {
    look: Look,
    referents: Vec<Follower>,
    codes: Codes,
}

fn whom(asking: &Asking, seat: Seat, today: Date) -> Whom {
    if asking.all {
        Whom::Passing(asking.tests(seat.account, today))
    } else {
        Whom::These(asking.ticked.clone())
    }
}

fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    (asking, seat): (&Asking, Seat),
    lang: Lang,
) -> Result<Read, AppError> {
    let whom = whom(asking, seat, context.now().date());
    let look = people::look(context, workplace, &seat, &whom)?;
    let codes = codes(context, workplace, &asking.filters, lang)?;
    Ok(Read { look, referents: people::referents(context, workplace)?, codes })
}

/// The form that gives a referent.
pub(super) async fn ask(
    State(site): State<Site>,
    page: Page,
    Query(pairs): Query<Vec<(String, String)>>,
    errand: Errand,
) -> Result<Response, Failure> {
    form(&site, page, errand, (Deed::Assign, &Asking::of(&pairs)), None).await
}

/// The form that ends followings.
pub(super) async fn ask_end(
    State(site): State<Site>,
    page: Page,
    Query(pairs): Query<Vec<(String, String)>>,
    errand: Errand,
) -> Result<Response, Failure> {
    form(&site, page, errand, (Deed::End, &Asking::of(&pairs)), None).await
}

/// Gives a referent.
pub(super) async fn assign(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (asking, seat, typed) = (Asking::of(&pairs), seat_of(&page), Typed(pairs));
    let (today, lang) = (page.w.today(), page.w.lang());
    let chosen = typed.referent().zip(typed.day(today)).zip(typed.replaces());
    let Some((((account, organisation), from), replaces)) = chosen else {
        return form(&site, page, errand, (Deed::Assign, &asking), Some((typed, false))).await;
    };
    let wanted = ManyAssignment {
        whom: whom(&asking, seat, today),
        account,
        organisation,
        from,
        replaces,
        seen: typed.get("seen").to_owned(),
    };
    let act = site.act(errand.clone(), move |context, workplace| {
        people::assign_many(context, workplace, &seat, &wanted, lang)
    });
    match act.await? {
        Outcome::Done(report) => show_report(page, (Deed::Assign, &asking), &report),
        Outcome::Changed => form(&site, page, errand, (Deed::Assign, &asking), Some((typed, true))).await,
    }
}

/// Ends followings.
pub(super) async fn end(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (asking, seat, typed) = (Asking::of(&pairs), seat_of(&page), Typed(pairs));
    let (today, lang) = (page.w.today(), page.w.lang());
    let Some(to) = typed.day(today) else {
        return form(&site, page, errand, (Deed::End, &asking), Some((typed, false))).await;
    };
    let wanted = ManyEnding { whom: whom(&asking, seat, today), to, seen: typed.get("seen").to_owned() };
    let act = site.act(errand.clone(), move |context, workplace| {
        people::end_many(context, workplace, &seat, &wanted, lang)
    });
    match act.await? {
        Outcome::Done(report) => show_report(page, (Deed::End, &asking), &report),
        Outcome::Changed => form(&site, page, errand, (Deed::End, &asking), Some((typed, true))).await,
    }
}

/// The form: how many people, what is asked, what was wrong. `back` is what was typed, and whether the list has changed.
async fn form(
    site: &Site,
    page: Page,
    errand: Errand,
    (deed, asking): (Deed, &Asking),
    back: Option<(Typed, bool)>,
) -> Result<Response, Failure> {
    let (w, seat) = (page.w, seat_of(&page));
    let wanted = asking.clone();
    let read = site
        .act(errand, move |context, workplace| read(context, workplace, (&wanted, seat), w.lang()))
        .await?;
    let mut page = page.under(PATH, w.say("people-title"));
    let (typed, status) = match back {
        None => (None, StatusCode::OK),
        Some((typed, true)) => {
            page.notice = Some(Notice::important(w, w.say("people-changed")));
            (Some((typed, false)), StatusCode::CONFLICT)
        }
        Some((typed, false)) => (Some((typed, true)), StatusCode::UNPROCESSABLE_ENTITY),
    };
    let mut response = page.show(&ask_page(&page, (deed, asking), &read, typed))?;
    *response.status_mut() = status;
    Ok(response)
}

fn ask_page<'a>(
    page: &'a Page,
    (deed, asking): (Deed, &Asking),
    read: &Read,
    typed: Option<(Typed, bool)>,
) -> AskPage<'a> {
    let w = page.w;
    let selection = match &read.look {
        Look::At(selection) => Some(selection),
        Look::TooMany => None,
    };
    let count = selection.map_or(0, |selection| selection.count);
    let (typed, judged) = typed.unwrap_or_default();
    let fields = match deed {
        Deed::Assign => assign_fields(w, read, selection, &typed, judged),
        Deed::End => vec![day_field(w, deed, &typed, judged)],
    };
    let named: Vec<&Field> = fields.iter().collect();
    let mut hidden: Vec<(&'static str, String)> = Vec::new();
    if asking.all {
        hidden.push(("all", "1".to_owned()));
        hidden.extend(asking.filters.pairs());
    } else {
        hidden.extend(asking.ticked.iter().map(|person| ("person", person.to_string())));
    }
    hidden.extend(selection.map(|selection| ("seen", selection.seen.clone())));
    if deed == Deed::Assign && selection.is_some_and(|selection| selection.followed == 0) {
        // Nobody has a referent: there is nothing to ask about them.
        hidden.push(("others", "leave".to_owned()));
    }
    let title = match deed {
        Deed::Assign => w.say("people-assign-title"),
        Deed::End => w.say("people-end-title"),
    };
    let submit = match deed {
        Deed::Assign => w.say("people-assign-do"),
        Deed::End => w.say("people-end-do"),
    };
    let namer = Namer { w, codes: &read.codes };
    AskPage {
        page,
        w,
        deed,
        title: title.with("count", count).into(),
        errors: Errors::of(w, &named),
        hindrance: hindrance(w, deed, read, asking),
        lines: selection.map(|selection| lines(w, deed, selection)).unwrap_or_default(),
        is_all: asking.all,
        said: if asking.all {
            namer.said(&asking.filters).into_iter().map(|(label, value, _)| (label, value)).collect()
        } else {
            Vec::new()
        },
        hidden,
        fields,
        submit: submit.with("count", count).into(),
        back: asking.address(),
    }
}

/// Why there is nothing to do, or no way to do it.
fn hindrance(w: Words, deed: Deed, read: &Read, asking: &Asking) -> Option<Empty> {
    let back = || Link::new(asking.address(), w.say("people-back"));
    match &read.look {
        Look::TooMany => {
            let text = w.say("people-too-many-text").with("most", Assignment::MOST as u64);
            Some(Empty::new(w.say("people-too-many-title"), text).with_act(back()))
        }
        Look::At(selection) if selection.count == 0 => {
            Some(Empty::new(w.say("people-no-one-title"), w.say("people-no-one-text")).with_act(back()))
        }
        Look::At(selection) if deed == Deed::End && selection.followed == 0 => Some(
            Empty::new(w.say("people-none-followed-title"), w.say("people-none-followed-text"))
                .with_act(back()),
        ),
        Look::At(_) if deed == Deed::Assign && read.referents.is_empty() => Some(
            Empty::new(w.say("people-no-referents-title"), w.say("people-no-referents-text"))
                .with_act(back()),
        ),
        Look::At(_) => None,
    }
}

fn lines(w: Words, deed: Deed, selection: &Selection) -> Vec<String> {
    let mut lines = Vec::new();
    if selection.gone > 0 {
        lines.push(w.say("people-gone").with("count", selection.gone).into());
    }
    let without = selection.count.saturating_sub(selection.followed);
    match deed {
        Deed::Assign => lines.push(w.say("people-followed").with("count", selection.followed).into()),
        Deed::End if without > 0 => lines.push(w.say("people-not-followed").with("count", without).into()),
        Deed::End => {}
    }
    lines
}

fn day_field(w: Words, deed: Deed, typed: &Typed, judged: bool) -> Field {
    let today = w.today();
    let given = ["day-day", "day-month", "day-year"].map(|name| typed.get(name).to_owned());
    let is_empty = given.iter().all(String::is_empty);
    let usual = [today.day().to_string(), today.month().to_string(), today.year().to_string()];
    let shown = if is_empty && !judged { usual } else { given };
    let label = match deed {
        Deed::Assign => w.say("people-assign-day"),
        Deed::End => w.say("people-end-day"),
    };
    let wrong = (judged && typed.day(today).is_none()).then(|| w.say("people-day-wrong").into());
    Field::day(w, "day", label, shown.each_ref().map(String::as_str)).error(wrong)
}

fn assign_fields(
    w: Words,
    read: &Read,
    selection: Option<&Selection>,
    typed: &Typed,
    judged: bool,
) -> Vec<Field> {
    let chosen = typed.get("who");
    let mut whos = vec![Choice::new("", w.say("people-assign-choose"))];
    whos.extend(read.referents.iter().map(|one| {
        let code = format!("{} {}", one.account, one.organisation);
        let is_chosen = code == chosen;
        Choice::new(code, format!("{} — {}", one.name, one.organisation_name)).chosen(is_chosen)
    }));
    let wrong = |is_wrong: bool, key| (judged && is_wrong).then(|| w.say(key).into());
    let who = Field::one_of_many(w, "who", w.say("people-assign-who"), whos)
        .error(wrong(typed.referent().is_none(), "people-assign-who-wrong"));
    let mut fields = vec![who, day_field(w, Deed::Assign, typed, judged)];
    if selection.is_some_and(|selection| selection.followed == 0) {
        return fields;
    }
    let replaces = typed.replaces();
    let others = vec![
        Choice::new("leave", w.say("people-others-leave")).chosen(replaces == Some(false)),
        Choice::new("replace", w.say("people-others-replace")).chosen(replaces == Some(true)),
    ];
    let others = Field::one_of(w, "others", w.say("people-others"), others)
        .error(wrong(typed.replaces().is_none(), "people-others-wrong"));
    fields.push(others);
    fields
}

fn show_report(page: Page, (deed, asking): (Deed, &Asking), report: &Report) -> Result<Response, Failure> {
    let w = page.w;
    let page = page.under(PATH, w.say("people-title"));
    let title = match deed {
        Deed::Assign => w.say("people-assigned-title"),
        Deed::End => w.say("people-ended-title"),
    };
    let title: String = title.with("count", report.done).into();
    let text: String = match (deed, report.replaced) {
        _ if report.done == 0 => w.say("people-nothing-done"),
        (Deed::Assign, 1..) => w.say("people-assigned-replaced").with("count", report.replaced),
        (Deed::Assign, 0) => w.say("people-assigned-text"),
        (Deed::End, _) => w.say("people-ended-text"),
    }
    .into();
    let mut people: Vec<(String, String, String)> = report
        .lines
        .iter()
        .map(|(line, why)| (format!("/people/{}", line.person), whole_name(w, line), aside_word(w, *why)))
        .collect();
    people.sort_by_cached_key(|(_, name, _)| name.to_lowercase());
    let named =
        report.aside.iter().filter(|(why, _)| **why != LeftAside::Gone).map(|(_, count)| count).sum::<u64>();
    let screen = ReportPage {
        page: &page,
        w,
        confirmation: (report.done > 0).then(|| Confirmation::new(title.clone(), text.clone(), Vec::new())),
        title,
        text,
        back: Link::new(asking.address(), w.say("people-back")),
        aside: report.aside.iter().map(|(why, count)| aside(w, *why, *count)).collect(),
        more: (named > people.len() as u64)
            .then(|| w.say("people-aside-more").with("count", named - people.len() as u64).into()),
        people,
    };
    page.show(&screen)
}

fn aside(w: Words, why: LeftAside, count: u64) -> String {
    match why {
        LeftAside::Gone => w.say("people-aside-gone"),
        LeftAside::HasReferent => w.say("people-aside-has-referent"),
        LeftAside::Unchanged => w.say("people-aside-unchanged"),
        LeftAside::HasNone => w.say("people-aside-has-none"),
    }
    .with("count", count)
    .into()
}

fn aside_word(w: Words, why: LeftAside) -> String {
    match why {
        LeftAside::Gone => w.say("people-why-gone"),
        LeftAside::HasReferent => w.say("people-why-has-referent"),
        LeftAside::Unchanged => w.say("people-why-unchanged"),
        LeftAside::HasNone => w.say("people-why-has-none"),
    }
    .into()
}

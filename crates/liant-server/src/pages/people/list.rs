//! The list.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use liant_app::people::{
    self, Choices, Count, DirectoryState, Filters as PeopleFilters, Line, ListRequest, Offered, Order,
    PageSize, Reach, Referent, SavedFilters, Seat,
};
use liant_app::{AppError, Context, Workplace, orientation};
use liant_model::{AccountId, Lang};

use super::asking::{Asking, LAST_PAGE, seat_of};
use super::narrowing::{Codes, Namer, Narrowing};
use super::rows::{Known, Making, Registration, Row};
use super::{HEADS, PATH};
use crate::components::{Column, Columns, Empty, Filters, Link, Notice, Order as Sorted, Pagination, Why};
use crate::failure::Failure;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    w: Words,
    search: String,
    wider: bool,
    narrowing: Narrowing,
    /// Hidden pairs that the form of filters keeps: the order, the length of a page.
    kept: Vec<(&'static str, String)>,
    saved: Vec<Link>,
    keep: Option<String>,
    filters: Filters,
    printed: String,
    stale: bool,
    too_many: Option<String>,
    orders: Vec<(String, String, bool)>,
    sizes: Vec<(u64, String, bool)>,
    columns: Columns,
    rows: Vec<Row>,
    ticks: bool,
    /// Pairs that everyone of the list is found by; none when a search is on.
    all: Option<(Vec<(&'static str, String)>, String)>,
    export: Option<String>,
    pagination: Option<Pagination>,
    empty: Empty,
    why: Option<Why>,
}

/// What the page is made of.
struct Read {
    people: Vec<Known>,
    count: Count,
    state: DirectoryState,
    offered: Offered,
    reach: Reach,
    codes: Codes,
    referents: BTreeMap<AccountId, String>,
    saved: Vec<SavedFilters>,
    may_export: bool,
    may_look_wider: bool,
}

/// What filters may hold.
pub(super) fn codes(
    context: &Context<'_>,
    workplace: &Workplace,
    filters: &PeopleFilters,
    lang: Lang,
) -> Result<Codes, AppError> {
    let categories = workplace.lists.get("ft-category").map(|list| list.codes.as_slice()).unwrap_or_default();
    let word = |code: &str| workplace.in_words(liant_model::Field::RegistrationCategory, code, lang);
    let Choices { referents, services } = people::choices(context, workplace)?;
    let other = match filters.referent {
        Some(Referent::Account(account)) if !referents.iter().any(|one| one.account == account) => {
            people::names_of(workplace, &[account])?
        }
        _ => Vec::new(),
    };
    Ok(Codes {
        natures: orientation::natures(workplace, lang),
        categories: categories.iter().map(|entry| (entry.code.clone(), word(&entry.code))).collect(),
        services,
        referents,
        other,
    })
}

fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    (asking, seat): (&Asking, Seat),
    lang: Lang,
) -> Result<Read, AppError> {
    let tests = asking.tests(seat.account, context.now().date());
    let (lines, count, state, offered, reach) = if asking.search.is_empty() {
        let skip = usize::try_from((asking.page - 1) * asking.on_a_page()).unwrap_or(usize::MAX);
        let request = ListRequest { seat, tests, order: asking.order, after: None, skip, size: asking.size };
        let found = people::list(context, workplace, &request, lang)?;
        (found.people, found.count, found.state, found.offered, found.reach)
    } else {
        let found = people::search_among(context, workplace, &seat, (&asking.search, &tests), lang)?;
        let count = Count { number: found.people.len() as u64, and_more: found.and_more };
        (found.people, count, found.state, found.offered, found.reach)
    };
    let mut accounts: Vec<AccountId> = lines.iter().filter_map(|line: &Line| line.referent).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let saved = match seat.account {
        Some(account) => people::saved(context, workplace, account)?,
        None => Vec::new(),
    };
    Ok(Read {
        people: lines.into_iter().map(|line| Known::of(workplace, line, lang)).collect(),
        count,
        state,
        offered,
        reach,
        codes: codes(context, workplace, &asking.filters, lang)?,
        referents: people::names_of(workplace, &accounts)?.into_iter().collect(),
        saved,
        may_export: people::may_export(context, workplace, &seat),
        may_look_wider: people::wider_terms(context, workplace, lang).is_some(),
    })
}

/// The list, or those found.
pub(super) async fn show(
    State(site): State<Site>,
    mut page: Page,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    errand: Errand,
) -> Result<Response, Failure> {
    let asking = Asking::of(&pairs);
    let (lang, seat) = (page.w.lang(), seat_of(&page));
    let wanted = asking.clone();
    let read =
        site.act(errand, move |context, workplace| read(context, workplace, (&wanted, seat), lang)).await?;
    page.notice = match asking.done.as_str() {
        "kept" => Some(Notice::done(page.w, page.w.say("people-filters-kept"))),
        _ => None,
    };
    let mut response = page.show(&screen(&page, &asking, &read))?;
    if headers.contains_key("hx-request") {
        // The address of what is shown, without what was left empty.
        if let Ok(address) = HeaderValue::from_str(&asking.address()) {
            response.headers_mut().insert(HeaderName::from_static("hx-replace-url"), address);
        }
    }
    Ok(response)
}

fn screen<'a>(page: &'a Page, asking: &Asking, read: &Read) -> ListPage<'a> {
    let w = page.w;
    let namer = Namer { w, codes: &read.codes };
    let may_act = page.visitor().is_some_and(|visitor| HEADS.is_for(&visitor.actor.role))
        && read.offered.has("referent");
    let orients =
        page.visitor().is_some_and(|visitor| super::super::orientation::OFFICERS.is_for(&visitor.actor.role));
    let making = Making { w, referents: &read.referents, orients };
    let searching = !asking.search.is_empty();
    let count = read.count.number;
    let chips = namer.chips(asking);
    let is_narrowed = !chips.is_empty();
    let mut kept = Vec::new();
    for pair in asking.pairs() {
        if pair.0 == "sort" || pair.0 == "size" {
            kept.push(pair);
        }
    }
    let all = (!searching && count > 1 && !read.count.and_more)
        .then(|| (asking.filters.pairs(), w.say("people-all").with("count", count).into()));
    ListPage {
        page,
        w,
        search: asking.search.clone(),
        wider: read.may_look_wider,
        narrowing: namer.form(&asking.filters, &read.offered),
        kept,
        saved: read
            .saved
            .iter()
            .map(|one| Link::new(asking_of(&one.filters).address(), one.name.clone()))
            .collect(),
        keep: (!asking.filters.is_empty() && !read.saved.iter().any(|one| one.filters == asking.filters))
            .then(|| asking.under("/people/filters")),
        filters: Filters::new(w, count, chips, PATH),
        printed: w.say("people-printed").text("day", w.date(w.today())).into(),
        stale: !read.state.is_fresh(),
        too_many: read.count.and_more.then(|| {
            if searching { w.say("people-more-found") } else { w.say("people-more-listed") }
                .with("count", count)
                .into()
        }),
        orders: orders(w, asking, &read.offered),
        sizes: sizes(asking),
        columns: Columns::new(w, w.say("people-caption"), columns(w, asking, may_act)),
        rows: read.people.iter().map(|known| making.row(known)).collect(),
        ticks: may_act,
        all,
        export: (read.may_export && may_act && !searching && count > 0)
            .then(|| asking.under("/people/export")),
        pagination: (!searching).then(|| {
            let pages = count.div_ceil(asking.on_a_page()).min(LAST_PAGE);
            Pagination::new(w, asking.page, pages, asking.address())
        }),
        empty: empty(w, read, is_narrowed, searching),
        why: why(w, read),
    }
}

/// The list of these filters.
fn asking_of(filters: &PeopleFilters) -> Asking {
    Asking { filters: filters.clone(), ..Asking::default() }
}

fn empty(w: Words, read: &Read, is_narrowed: bool, searching: bool) -> Empty {
    let all = || Link::new(PATH, w.say("filters-remove-all"));
    if searching {
        Empty::new(w.say("people-not-found-title"), w.say("people-not-found-text")).with_act(all())
    } else if is_narrowed {
        Empty::new(w.say("people-nobody-title"), w.say("people-nobody-text")).with_act(all())
    } else if read.reach == Reach::Territory {
        Empty::new(w.say("people-empty-title"), w.say("people-empty-text"))
    } else {
        Empty::new(w.say("people-empty-mine-title"), w.say("people-empty-mine-text"))
    }
}

fn order_name(w: Words, order: Order) -> String {
    match order {
        Order::Name => w.say("people-order-name"),
        Order::Waiting => w.say("people-order-waiting"),
        Order::Registered => w.say("people-order-registered"),
    }
    .into()
}

/// The orders other than a column's: each as a link.
fn orders(w: Words, asking: &Asking, offered: &Offered) -> Vec<(String, String, bool)> {
    if !asking.search.is_empty() {
        return Vec::new();
    }
    let orders = offered.orders.iter();
    orders.map(|order| (asking.sorted(*order), order_name(w, *order), *order == asking.order)).collect()
}

fn sizes(asking: &Asking) -> Vec<(u64, String, bool)> {
    if !asking.search.is_empty() {
        return Vec::new();
    }
    [(25, PageSize::Short), (50, PageSize::Middle), (100, PageSize::Long)]
        .map(|(number, size)| (number, asking.sized(size), size == asking.size))
        .into()
}

fn columns(w: Words, asking: &Asking, ticks: bool) -> Vec<Column> {
    let name = Column::new(w.say("people-col-person"));
    let name = match asking.order {
        Order::Name if asking.search.is_empty() => {
            name.sorted_by(asking.sorted(Order::Name), Some(Sorted::Rising))
        }
        _ => name,
    };
    let mut columns = Vec::new();
    if ticks {
        columns.push(Column::new(w.say("people-col-tick")).hidden());
    }
    columns.extend([
        name,
        Column::new(w.say("people-col-town")),
        Column::new(w.say("people-col-right")),
        Column::new(w.say("people-col-orientation")),
        Column::new("France Travail"),
        Column::new(w.say("people-col-act")).hidden(),
    ]);
    columns
}

/// Why these people may be seen: how far the visitor looks, and the clauses of what is shown.
fn why(w: Words, read: &Read) -> Option<Why> {
    let mut clauses: Vec<&str> = Vec::new();
    for value in read.people.iter().flat_map(|known| &known.line.origins).flat_map(|origin| &origin.values) {
        if !clauses.contains(&&*value.clause) {
            clauses.push(&value.clause);
        }
    }
    let reason = match read.reach {
        Reach::Designated | Reach::Oneself => w.say("people-why-designated"),
        Reach::Caseload => w.say("people-why-caseload"),
        Reach::Service => w.say("people-why-service"),
        Reach::Territory => w.say("people-why-territory"),
    };
    let clauses = clauses.into_iter().map(|clause| Link::new("", w.cite(clause))).collect();
    (!read.people.is_empty()).then(|| Why::new(w, reason).by(clauses).shown_to_person())
}

//! Filters kept under a name.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::people::{self, Filters, LONGEST_NAME, MOST_KEPT, NotKept, SavedFilters};
use liant_app::{AppError, Context, Workplace};
use liant_model::{AccountId, ActId, Lang};

use super::PATH;
use super::asking::{Asking, seat_of};
use super::list::codes;
use super::narrowing::{Codes, Namer};
use crate::components::{Empty, Errors, Field, Link, Notice};
use crate::failure::Failure;
use crate::words::Words;
use crate::{Errand, Page, Site};

const HERE: &str = "/people/filters";

#[derive(Template)]
#[template(path = "people/filters.html")]
struct FiltersPage<'a> {
    page: &'a Page,
    w: Words,
    errors: Errors,
    /// What would be kept: its filters in words, and their pairs.
    new: Option<New>,
    kept: Vec<Kept>,
    empty: Empty,
}

struct New {
    said: Vec<(String, String)>,
    pairs: Vec<(&'static str, String)>,
    name: Field,
}

struct Kept {
    id: ActId,
    name: String,
    address: String,
    said: Vec<(String, String)>,
    rename: String,
    remove: String,
    /// What was typed, and what is wrong with it.
    wrong: Option<(String, String)>,
}

fn account(page: &Page) -> Result<AccountId, Failure> {
    seat_of(page).account.ok_or(Failure::Absent)
}

type Read = (Vec<SavedFilters>, Codes);

fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    (account, filters): (AccountId, &Filters),
    lang: Lang,
) -> Result<Read, AppError> {
    Ok((people::saved(context, workplace, account)?, codes(context, workplace, filters, lang)?))
}

/// The filters kept, and those of the address, to be kept.
pub(super) async fn list(
    State(site): State<Site>,
    mut page: Page,
    Query(pairs): Query<Vec<(String, String)>>,
    errand: Errand,
) -> Result<Response, Failure> {
    let asking = Asking::of(&pairs);
    page.notice = match asking.done.as_str() {
        "renamed" => Some(Notice::done(page.w, page.w.say("people-filters-renamed"))),
        "removed" => Some(Notice::done(page.w, page.w.say("people-filters-removed"))),
        _ => None,
    };
    answer(&site, page, errand, asking.filters, None).await
}

/// What came back from a form, and why: the name typed, and the filters it renames or none.
struct Back {
    of: Option<ActId>,
    name: String,
    why: NotKept,
}

async fn answer(
    site: &Site,
    page: Page,
    errand: Errand,
    filters: Filters,
    back: Option<Back>,
) -> Result<Response, Failure> {
    let (w, account) = (page.w, account(&page)?);
    let wanted = filters.clone();
    let (saved, codes) = site
        .act(errand, move |context, workplace| read(context, workplace, (account, &wanted), w.lang()))
        .await?;
    let namer = Namer { w, codes: &codes };
    let said = |filters: &Filters| -> Vec<(String, String)> {
        namer.said(filters).into_iter().map(|(label, value, _)| (label, value)).collect()
    };
    let error = |of: Option<ActId>| {
        back.as_ref().filter(|back| back.of == of).map(|back| (back.name.clone(), why(w, back.why)))
    };
    let new = (!filters.is_empty()).then(|| {
        let (typed, wrong) = error(None).map_or((String::new(), None), |(typed, wrong)| (typed, Some(wrong)));
        New {
            said: said(&filters),
            pairs: filters.pairs(),
            name: Field::line(w, "name", w.say("people-filters-name"))
                .hint(w.say("people-filters-hint"))
                .value(typed)
                .error(wrong)
                .wide(30),
        }
    });
    let kept: Vec<Kept> = saved
        .iter()
        .map(|one| Kept {
            id: one.id,
            name: one.name.clone(),
            address: Asking { filters: one.filters.clone(), ..Asking::default() }.address(),
            said: said(&one.filters),
            rename: format!("{HERE}/{}/rename", one.id),
            remove: format!("{HERE}/{}/remove", one.id),
            wrong: error(Some(one.id)),
        })
        .collect();
    let named: Vec<&Field> = new.iter().map(|new| &new.name).collect();
    let mut errors = Errors::of(w, &named);
    if let Some((_, wrong)) = kept.iter().find_map(|one| one.wrong.clone()) {
        errors = errors.and(wrong);
    }
    let status = if back.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = page.under(PATH, w.say("people-title"));
    let mut response = page.show(&FiltersPage {
        page: &page,
        w,
        errors,
        new,
        kept,
        empty: Empty::new(w.say("people-filters-empty-title"), w.say("people-filters-empty-text"))
            .with_act(Link::new(PATH, w.say("people-back"))),
    })?;
    *response.status_mut() = status;
    Ok(response)
}

fn why(w: Words, why: NotKept) -> String {
    match why {
        NotKept::NoName => w.say("people-filters-no-name"),
        NotKept::LongName => w.say("people-filters-long-name").with("most", LONGEST_NAME as u64),
        NotKept::SameName => w.say("people-filters-same-name"),
        NotKept::NoFilter => w.say("people-filters-no-filter"),
        NotKept::TooMany => w.say("people-filters-too-many").with("most", MOST_KEPT as u64),
    }
    .into()
}

fn typed(pairs: &[(String, String)]) -> String {
    pairs.iter().find(|(name, _)| name == "name").map_or_else(String::new, |(_, value)| value.clone())
}

/// Keeps the filters of the form.
pub(super) async fn keep(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (account, asking, name) = (account(&page)?, Asking::of(&pairs), typed(&pairs));
    let (wanted, given) = (asking.filters.clone(), name.clone());
    let kept = site
        .act(errand.clone(), move |context, workplace| {
            people::keep(context, workplace, account, (&given, &wanted))
        })
        .await?;
    match kept {
        Ok(_) => {
            let address = asking.address();
            let joint = if address.contains('?') { '&' } else { '?' };
            Ok(Redirect::to(&format!("{address}{joint}done=kept")).into_response())
        }
        Err(NotKept::NoFilter) => Ok(Redirect::to(PATH).into_response()),
        Err(why) => answer(&site, page, errand, asking.filters, Some(Back { of: None, name, why })).await,
    }
}

/// Gives kept filters another name.
pub(super) async fn rename(
    State(site): State<Site>,
    page: Page,
    Path(filter): Path<String>,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let filter: ActId = filter.parse().map_err(|_| Failure::Absent)?;
    let (account, name) = (account(&page)?, typed(&pairs));
    let given = name.clone();
    let renamed = site
        .act(errand.clone(), move |context, workplace| {
            people::rename(context, workplace, account, (filter, &given))
        })
        .await?;
    match renamed {
        Ok(()) => Ok(Redirect::to(&format!("{HERE}?done=renamed")).into_response()),
        Err(why) => {
            let back = Back { of: Some(filter), name, why };
            answer(&site, page, errand, Filters::default(), Some(back)).await
        }
    }
}

/// Keeps filters no longer.
pub(super) async fn remove(
    State(site): State<Site>,
    page: Page,
    Path(filter): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let filter: ActId = filter.parse().map_err(|_| Failure::Absent)?;
    let account = account(&page)?;
    site.act(errand, move |context, workplace| people::remove(context, workplace, account, filter)).await?;
    Ok(Redirect::to(&format!("{HERE}?done=removed")).into_response())
}

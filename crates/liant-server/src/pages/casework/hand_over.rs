//! A referent leaves: those beside whom she stands are given to another, each by an act of its own, told line by line.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use liant_app::casework::{self, Acted, Asked, Code, Colleague, Doing, HeldBy, Suggested, Told, Whose};
use liant_app::{AppError, Context, Workplace};
use liant_model::{Lang, PersonId, Role};

use super::typed::{Typed, Wrong};
use super::words::Refused;
use super::{WORKERS, fields};
use crate::components::{Choice, Empty, Errors, Field};
use crate::failure::Failure;
use crate::pages::people::whole_name;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/hand_over.html")]
struct AskPage<'a> {
    page: &'a Page,
    w: Words,
    who: String,
    errors: Errors,
    hidden: Vec<(&'static str, String)>,
    has_people: bool,
    fields: Vec<Field>,
    empty: Empty,
}

#[derive(Template)]
#[template(path = "casework/handed.html")]
struct DonePage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    lines: Vec<Handed>,
}

/// What came of one: her address and name, unless she is none of those of the list, and why nothing was done.
struct Handed {
    person: Option<(String, String)>,
    refused: Option<Refused>,
}

/// Whose place is given, and in what.
#[derive(Clone)]
struct Place {
    programme: Code,
    role: Role,
    from: Colleague,
}

impl Place {
    fn of(typed: &Typed) -> Result<Self, Failure> {
        let from = typed.colleague("from").map_err(|_| Failure::Absent)?;
        Ok(Self {
            programme: Code::parse(typed.get("programme")).map_err(|_| Failure::Absent)?,
            role: Role::parse(typed.get("role")).map_err(|_| Failure::Absent)?,
            from,
        })
    }
}

struct Read {
    who: String,
    people: Vec<HeldBy>,
    more: bool,
    colleagues: Vec<Suggested>,
}

fn read(context: &Context<'_>, workplace: &Workplace, place: &Place, w: Words) -> Result<Read, AppError> {
    let (of, from) = ((&place.programme, &place.role), (place.from.account, place.from.organisation));
    // Absent for whoever names nobody of that role, before anything is shown of colleagues.
    let (people, more) = casework::beside_of(context, workplace, of, from, w.lang())?;
    let colleagues = casework::suggested(context, workplace, &place.programme, &place.role)?;
    let known = colleagues.iter().find(|one| one.who.account == place.from.account);
    let who = match known {
        Some(one) => one.who.name.clone(),
        // Who works no more is named by what her people's path says.
        None => {
            casework::loads(context, workplace, &place.programme, Whose::Service)?
                .into_iter()
                .find(|load| load.account == place.from.account)
                .ok_or(AppError::Absent("professional"))?
                .name
        }
    };
    Ok(Read { who, people, more, colleagues })
}

/// Whose people are to be given: the form.
pub(in crate::pages) async fn ask(
    State(site): State<Site>,
    page: Page,
    Query(pairs): Query<Vec<(String, String)>>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (typed, w) = (Typed(pairs), page.w);
    let place = Place::of(&typed)?;
    let asked = place.clone();
    let read = site.act(errand, move |context, workplace| read(context, workplace, &asked, w)).await?;
    form(page, (&place, &read), (&Typed::default(), &[]))
}

/// Gives them.
pub(in crate::pages) async fn give(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (typed, w) = (Typed(pairs), page.w);
    let place = Place::of(&typed)?;
    let asked = place.clone();
    let read =
        site.act(errand.clone(), move |context, workplace| read(context, workplace, &asked, w)).await?;
    let ticked = ticked(&typed);
    let mut wrong: Vec<Wrong> = Vec::new();
    let (to, on) = (typed.colleague("who"), typed.day("day"));
    // Who works there no more is told before the first is given.
    let works = |to: &Colleague| {
        read.colleagues
            .iter()
            .any(|one| (one.who.account, one.who.organisation) == (to.account, to.organisation))
    };
    let to = to.and_then(|to| if works(&to) { Ok(to) } else { Err(("who", "casework-wrong-colleague")) });
    wrong.extend(to.err());
    wrong.extend(on.err());
    if ticked.is_empty() {
        wrong.push(("people", "casework-wrong-people"));
    }
    let (Ok(to), Ok(on), true) = (to, on, wrong.is_empty()) else {
        return form(page, (&place, &read), (&typed, &wrong));
    };
    let (asked, many) = (place.clone(), ticked.clone());
    let listed: Vec<PersonId> = read.people.iter().map(|line| line.person).collect();
    let done = site.act(errand, move |context, workplace| {
        let each = |person: PersonId, expected: u64| {
            let over = Asked::HandOver { role: asked.role.clone(), from: asked.from.account, to };
            let doing = Doing { programme: asked.programme.clone(), on, expected, asked: vec![over] };
            casework::act(context, workplace, person, &doing)
        };
        Ok(one_by_one(&many, &listed, w.lang(), each))
    });
    report(&page, &read, &done.await?)
}

/// What came of one.
#[derive(Clone, Debug)]
enum Outcome {
    Given,
    /// A rule is against it.
    Refused(Told),
    /// She is none of those of the list, or is seen no more.
    NotHere,
    /// It could not be tried, or failed: it may be done again.
    Failed,
}

/// Gives one after the other: each is an act of its own, and what is done is told whatever becomes of the next. Nobody is tried who is not of
/// the list; after a failure that is none of hers the rest is left.
fn one_by_one(
    many: &[(PersonId, u64)],
    listed: &[PersonId],
    lang: Lang,
    give: impl Fn(PersonId, u64) -> Result<Acted, AppError>,
) -> Vec<(PersonId, Outcome)> {
    let mut goes_on = true;
    let each = |(person, expected): &(PersonId, u64)| {
        let outcome = if !listed.contains(person) {
            Outcome::NotHere
        } else if !goes_on {
            Outcome::Failed
        } else {
            match give(*person, *expected) {
                Ok(Ok(_)) => Outcome::Given,
                Ok(Err(refusal)) => Outcome::Refused(Told::of(None, &refusal, lang)),
                Err(AppError::Absent(_) | AppError::Gate(_)) => Outcome::NotHere,
                Err(error) => {
                    tracing::error!(why = %error, "a hand-over of many was left");
                    goes_on = false;
                    Outcome::Failed
                }
            }
        };
        (*person, outcome)
    };
    many.iter().map(each).collect()
}

/// Those who were ticked, each with the version of her path.
fn ticked(typed: &Typed) -> Vec<(PersonId, u64)> {
    let both = |value: &str| {
        let (person, version) = value.split_once(' ')?;
        Some((person.parse().ok()?, version.parse().ok()?))
    };
    typed.all("people").filter_map(both).collect()
}

fn form(
    page: Page,
    (place, read): (&Place, &Read),
    (typed, wrong): (&Typed, &[Wrong]),
) -> Result<Response, Failure> {
    let w = page.w;
    let page = page.under(WORKERS, w.say("casework-workers"));
    let error = |name: &str| {
        let found = wrong.iter().find(|(field, _)| *field == name);
        found.map(|(_, key)| String::from(w.say(key)))
    };
    let others = read.colleagues.iter().filter(|one| one.who.account != place.from.account);
    let mut choices = vec![Choice::new("", w.say("casework-choose"))];
    choices.extend(others.map(|one| {
        let value = format!("{} {}", one.who.account, one.who.organisation);
        let is_chosen = typed.holds("who", &value);
        Choice::new(value, fields::suggested(w, one)).chosen(is_chosen)
    }));
    let who = Field::one_of_many(w, "who", w.say("casework-hand-over-to"), choices)
        .hint(w.say("casework-suggested"))
        .error(error("who"));
    let today = [w.today().day().to_string(), w.today().month().to_string(), w.today().year().to_string()];
    let [day, month, year] = &today;
    let usual = [day.as_str(), month.as_str(), year.as_str()];
    let shown = if typed.0.is_empty() { usual } else { typed.parts("day") };
    let is_ticked = |value: &str| typed.0.is_empty() || typed.holds("people", value);
    let people = read.people.iter().map(|one| {
        let value = format!("{} {}", one.person, one.version);
        let is_ticked = is_ticked(&value);
        let since = w.say("casework-since").text("day", w.date(one.since));
        Choice::new(value, whole_name(w, &one.name)).hint(since).chosen(is_ticked)
    });
    let people = Field::any_of(w, "people", w.say("casework-hand-over-people"), people.collect());
    let people = people.error(error("people"));
    let people = if read.more { people.hint(w.say("casework-hand-over-more")) } else { people };
    let day = Field::day(w, "day", w.say("casework-day"), shown).error(error("day"));
    let fields = vec![who, day, people];
    let named: Vec<&Field> = fields.iter().collect();
    let errors = Errors::of(w, &named);
    let screen = AskPage {
        page: &page,
        w,
        who: read.who.clone(),
        errors,
        hidden: vec![
            ("programme", place.programme.to_string()),
            ("role", place.role.to_string()),
            ("from", format!("{} {}", place.from.account, place.from.organisation)),
        ],
        has_people: !read.people.is_empty(),
        fields,
        empty: Empty::new(w.say("casework-hand-over-none"), w.say("casework-hand-over-none-text")),
    };
    let mut response = page.show(&screen)?;
    if !wrong.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn report(page: &Page, read: &Read, done: &[(PersonId, Outcome)]) -> Result<Response, Failure> {
    let w = page.w;
    let given = done.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Given)).count();
    let line = |(person, outcome): &(PersonId, Outcome)| {
        let found = read.people.iter().find(|line| line.person == *person);
        let person = found.map(|line| (super::address(*person), whole_name(w, &line.name)));
        let refused = match outcome {
            Outcome::Given => None,
            Outcome::Refused(told) => Some(Refused::new(w, told)),
            Outcome::NotHere => {
                Some(Refused { why: w.say("casework-handed-absent").into(), rule: String::new() })
            }
            Outcome::Failed => {
                Some(Refused { why: w.say("casework-handed-failed").into(), rule: String::new() })
            }
        };
        Handed { person, refused }
    };
    page.show(&DonePage {
        page,
        w,
        title: w.say("casework-handed").with("count", given as u64).text("who", &read.who).into(),
        lines: done.iter().map(line).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_ticked_comes_with_the_version_that_was_seen() {
        let person = "01a20000-0000-7000-8000-000000000000";
        let pair = |value: String| ("people".to_owned(), value);
        let typed =
            Typed(vec![pair(format!("{person} 4")), pair("nobody".to_owned()), pair(format!("{person} x"))]);
        assert_eq!(ticked(&typed), vec![(person.parse().unwrap(), 4)]);
        assert!(Place::of(&typed).is_err(), "whose place is given must be said");
    }

    #[test]
    fn what_becomes_of_one_keeps_nobody_else_from_being_given() {
        let person =
            |nth: u8| format!("01a20000-0000-7000-8000-00000000000{nth}").parse::<PersonId>().unwrap();
        let many: Vec<(PersonId, u64)> = (0..6).map(|nth| (person(nth), u64::from(nth))).collect();
        let listed: Vec<PersonId> = [0, 1, 2, 4, 5].map(person).to_vec();
        let tried = std::cell::RefCell::new(Vec::new());
        let done = one_by_one(&many, &listed, Lang::Fr, |_, version| {
            tried.borrow_mut().push(version);
            match version {
                1 => Err(AppError::Absent("person")),
                4 => Err(AppError::Internal("the store is gone".to_owned())),
                _ => Ok(Ok(casework::Recorded { version, events: Vec::new(), told: Vec::new() })),
            }
        });
        let said: Vec<&str> = done
            .iter()
            .map(|(_, outcome)| match outcome {
                Outcome::Given => "given",
                Outcome::Refused(_) => "refused",
                Outcome::NotHere => "not here",
                Outcome::Failed => "failed",
            })
            .collect();
        assert_eq!(said, ["given", "not here", "given", "not here", "failed", "failed"]);
        assert_eq!(
            tried.into_inner(),
            [0, 1, 2, 4],
            "nobody who is not of the list, and none after a failure"
        );
    }
}

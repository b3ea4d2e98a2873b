//! The decision of orientation of one person: what was decided, and the form for the next one.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::orientation::{self, NotDecided, Proposal};
use liant_app::person::{self, PersonFile};
use liant_app::{AppError, Context, Workplace};
use liant_model::{Date, Field as Datum, Lang, PersonId};

use super::PATH;
use crate::components::{Choice, Errors, Field, Notice, Tag, Tone, Why};
use crate::failure::Failure;
use crate::pages::person::{correspondent, id, name_of, why, words};
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "orientation/decision.html")]
struct DecisionPage<'a> {
    page: &'a Page,
    w: Words,
    who: String,
    here: String,
    errors: Errors,
    refusal: Option<String>,
    fields: Vec<Field>,
    replaces: String,
    periods: Vec<Period>,
    changes: bool,
    why: Why,
}

/// A period of orientation.
struct Period {
    from: Date,
    to: Option<Date>,
    state: Tag,
    nature: String,
    whom: Option<String>,
}

/// What was typed, by the name of each field of the form.
#[derive(Default)]
struct Typed(HashMap<String, String>);

impl Typed {
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// The day, as the rules read it; what is no day stays as it was typed, for the rules to refuse.
    fn day(&self) -> String {
        let [day, month, year] = ["day-day", "day-month", "day-year"].map(|name| self.get(name));
        match (year.parse::<i16>(), month.parse::<i8>(), day.parse::<i8>()) {
            (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day)
                .map_or_else(|_| format!("{year:04}-{month:02}-{day:02}"), |day| day.to_string()),
            _ if day.is_empty() && month.is_empty() && year.is_empty() => String::new(),
            _ => format!("{year}-{month}-{day}"),
        }
    }

    fn proposal(&self) -> Proposal {
        let value = |(field, name): &(Datum, &'static str)| (*field, self.get(name).to_owned());
        let mut values: Vec<(Datum, String)> = INPUTS.iter().map(value).collect();
        values.push((Datum::OrientationDecided, self.day()));
        let replaces = self.get("replaces").split(',').filter_map(|id| id.parse().ok()).collect();
        Proposal { values, replaces }
    }
}

/// The lines of the form, by name.
const INPUTS: [(Datum, &str); 7] = [
    (Datum::OrientationNature, "nature"),
    (Datum::OrientationOrganisation, "organisation"),
    (Datum::OrientationService, "service"),
    (Datum::ReferentName, "name"),
    (Datum::ReferentFirstName, "first_name"),
    (Datum::ReferentPhone, "phone"),
    (Datum::ReferentEmail, "email"),
];

/// The natures that may be chosen: code and words.
type Natures = Vec<(String, String)>;

fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    lang: Lang,
) -> Result<(PersonFile, Natures), AppError> {
    let file = person::open(context, workplace, person, lang)?;
    Ok((file, orientation::natures(workplace, lang)))
}

/// The form.
pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    let lang = page.w.lang();
    let read = site.act(errand, move |context, workplace| read(context, workplace, person, lang)).await?;
    let today = page.w.today();
    let day = [("day-day", today.day().to_string()), ("day-month", today.month().to_string())];
    let year = ("day-year", today.year().to_string());
    let typed = day.into_iter().chain([year]).map(|(name, value)| (name.to_owned(), value)).collect();
    answer(page, &read, &Typed(typed), None, StatusCode::OK)
}

/// Records a decision, or says why not.
pub(in crate::pages) async fn decide(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    errand: Errand,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    let lang = page.w.lang();
    let typed = Typed(form);
    let proposal = typed.proposal();
    let act = site.act(errand.clone(), move |context, workplace| {
        orientation::decide(context, workplace, person, &proposal, lang)
    });
    let (why, status) = match act.await {
        Ok(Ok(_)) => return Ok(Redirect::to(&format!("/people/{person}?done=oriented")).into_response()),
        Ok(Err(not)) => (Back::Not(not), StatusCode::UNPROCESSABLE_ENTITY),
        Err(Failure::App(error)) if error.is_conflict() => (Back::Stale, StatusCode::CONFLICT),
        Err(error) => return Err(error),
    };
    let read = site.act(errand, move |context, workplace| read(context, workplace, person, lang)).await?;
    answer(page, &read, &typed, Some(why), status)
}

/// Why a form comes back.
enum Back {
    Not(NotDecided),
    Stale,
}

fn answer(
    page: Page,
    (file, natures): &(PersonFile, Natures),
    typed: &Typed,
    refused: Option<Back>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let w = page.w;
    let here = format!("/people/{}", file.person);
    let name = name_of(w, &file.records);
    let mut page = page.under(PATH, w.say("orientation-title")).under(here.clone(), name.clone());
    let mut broken = broken(w, refused, &mut page);
    // What was left empty is asked for; the rule of the list only says that it is absent.
    for (field, text) in &mut broken {
        match field {
            Some(Datum::OrientationNature) if typed.get("nature").is_empty() => {
                *text = w.say("orientation-choose").into();
            }
            Some(Datum::OrientationDecided) if typed.day().is_empty() => {
                *text = w.say("orientation-give-day").into();
            }
            _ => {}
        }
    }
    let fields = fields(w, natures, typed, &broken);
    let named: Vec<&Field> = fields.iter().collect();
    let general = broken.iter().find(|(field, _)| field.is_none()).map(|(_, text)| text.clone());
    let in_force: Vec<String> =
        file.decisions.iter().filter(|one| one.in_force).map(|one| one.orientation.to_string()).collect();
    let screen = DecisionPage {
        page: &page,
        w,
        errors: Errors::of(w, &named),
        refusal: general,
        changes: !in_force.is_empty(),
        replaces: in_force.join(","),
        periods: periods(w, file),
        why: why(w, file),
        fields,
        who: name,
        here: format!("{here}/orientation"),
    };
    let mut response = page.show(&screen)?;
    *response.status_mut() = status;
    Ok(response)
}

/// What is wrong, by datum.
fn broken(w: Words, refused: Option<Back>, page: &mut Page) -> Vec<(Option<Datum>, String)> {
    match refused {
        None => Vec::new(),
        Some(Back::Not(NotDecided::Rules(rules))) => {
            rules.into_iter().map(|(field, text)| (field, sentence(&text))).collect()
        }
        Some(Back::Not(NotDecided::Overlaps(day))) => {
            let text = w.say("orientation-overlaps").text("day", w.date(day));
            vec![(Some(Datum::OrientationDecided), text.into())]
        }
        Some(Back::Not(NotDecided::InForce)) => {
            vec![(Some(Datum::OrientationNature), w.say("orientation-same").into())]
        }
        Some(Back::Stale) => {
            page.notice = Some(Notice::important(w, w.say("orientation-stale")));
            Vec::new()
        }
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn fields(w: Words, natures: &Natures, typed: &Typed, broken: &[(Option<Datum>, String)]) -> Vec<Field> {
    let wrong = |datum: Datum| broken.iter().find(|(of, _)| *of == Some(datum)).map(|(_, text)| text.clone());
    let choices = natures
        .iter()
        .map(|(code, label)| {
            Choice::new(code, format!("{code} · {label}")).chosen(typed.get("nature") == code)
        })
        .collect();
    let line = |datum: Datum, name: &'static str, width: u8| {
        Field::line(w, name, datum.label(w.lang()))
            .value(typed.get(name))
            .error(wrong(datum))
            .wide(width)
            .optional()
    };
    let day = ["day-day", "day-month", "day-year"].map(|name| typed.get(name));
    vec![
        Field::one_of(w, "nature", w.say("orientation-nature"), choices)
            .error(wrong(Datum::OrientationNature)),
        Field::day(w, "day", w.say("orientation-day"), day)
            .hint(w.say("orientation-day-hint"))
            .error(wrong(Datum::OrientationDecided)),
        line(Datum::OrientationOrganisation, "organisation", 30),
        line(Datum::OrientationService, "service", 30),
        line(Datum::ReferentName, "name", 30).hint(w.say("orientation-referent-hint")),
        line(Datum::ReferentFirstName, "first_name", 30),
        line(Datum::ReferentPhone, "phone", 20),
        Field::email(w, "email", Datum::ReferentEmail.label(w.lang()))
            .value(typed.get("email"))
            .error(wrong(Datum::ReferentEmail))
            .optional(),
    ]
}

fn periods(w: Words, file: &PersonFile) -> Vec<Period> {
    file.decisions
        .iter()
        .map(|decision| {
            let nature = decision.get(Datum::OrientationNature);
            let state = match (decision.in_force, decision.to) {
                (true, _) => Tag::new(Tone::Done, w.say("period-in-force")),
                (false, to) if to == Some(decision.from) => Tag::new(Tone::Fine, w.say("period-corrected")),
                _ => Tag::new(Tone::Fine, w.say("period-ended")),
            };
            Period {
                from: decision.from,
                to: decision.to.filter(|_| !decision.in_force),
                state,
                nature: nature.map(|said| words::value(w, said.field, &said.words)).unwrap_or_default(),
                whom: correspondent(&decision.values),
            }
        })
        .collect()
}

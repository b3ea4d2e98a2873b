//! The form of minutes: days, codes to tick, actions to answer and to decide. There is no place for a phrase, and it works without scripts: another
//! action is another turn of the form.

use askama::Template;
use axum::extract::{Form, Path as Place, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::casework::{
    self, ActionKey, Answered, Code, CommitteeKey, Corrective, MOST_ACTIONS, Minutes, MinutesFault,
    MinutesForm,
};
use liant_app::{AppError, StoreError};
use liant_model::{Date, Party, Uuid};

use super::super::committee::Figures;
use super::super::typed::Typed;
use super::super::{PAPERS, words};
use super::said::{self, Codes, figures, measure};
use crate::components::{Choice, Errors, Field};
use crate::failure::Failure;
use crate::pages::form_page::answered;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// The rows for actions that a new form has.
const ROWS: usize = 1;

#[derive(Template)]
#[template(path = "casework/minutes_form.html")]
struct FormPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    lede: String,
    texts: Vec<String>,
    errors: Errors,
    hidden: Vec<(&'static str, String)>,
    action: String,
    back: &'static str,
    meeting: Vec<Field>,
    answers: Vec<Group>,
    figures: Vec<Figures>,
    small: String,
    gaps: Field,
    actions: Vec<Group>,
    may_add: bool,
    rest: Vec<Field>,
}

/// Fields about one action.
struct Group {
    legend: String,
    about: Option<String>,
    fields: Vec<Field>,
}

/// What is wrong: a field, and what is said of it.
type Wrong = (String, String);

fn key(place: &(String, String, String)) -> Result<CommitteeKey, Failure> {
    let code = |text: &str| Code::parse(text).map_err(|_| Failure::Absent);
    Ok(CommitteeKey {
        programme: code(&place.0)?,
        committee: code(&place.1)?,
        place: if place.2 == "territory" {
            None
        } else {
            Some(place.2.parse().map_err(|_| Failure::Absent)?)
        },
    })
}

fn under(page: Page) -> Page {
    let title = page.w.say("papers-title").to_string();
    page.under(PAPERS, title)
}

pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String, String)>,
    errand: Errand,
) -> Result<Response, Failure> {
    let key = key(&place)?;
    let read = site.act(errand, move |context, workplace| casework::minutes_form(context, workplace, &key));
    let read = read.await?;
    let typed = read.draft.as_ref().map_or_else(|| Typed(Vec::new()), |(.., said, _)| typed_of(said));
    made(&under(page), &read, (&typed, &[]), StatusCode::OK)
}

/// A draft as it would be typed.
fn typed_of(said: &Minutes) -> Typed {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut put = |name: String, value: String| pairs.push((name, value));
    let day = |name: &str, day: Date, put: &mut dyn FnMut(String, String)| {
        put(format!("{name}-day"), day.day().to_string());
        put(format!("{name}-month"), day.month().to_string());
        put(format!("{name}-year"), day.year().to_string());
    };
    day("held", said.held_on, &mut put);
    day("next", said.next_on, &mut put);
    for (name, codes) in [
        ("present", &said.present),
        ("gap", &said.gaps),
        ("practice", &said.practices),
        ("alert", &said.alerts),
    ] {
        for code in codes {
            put(name.to_owned(), code.to_string());
        }
    }
    for (place, one) in said.actions.iter().enumerate() {
        put(format!("action-{place}"), one.action.to_string());
        put(format!("for-{place}"), one.gap.to_string());
        put(format!("party-{place}"), one.party.to_string());
        day(&format!("due-{place}"), one.due, &mut put);
    }
    for one in &said.answers {
        put(format!("state-{}", answer_name(one.of)), one.state.to_string());
        if let Some(reason) = &one.reason {
            put(format!("reason-{}", answer_name(one.of)), reason.to_string());
        }
    }
    put("rows".to_owned(), said.actions.len().max(ROWS).to_string());
    Typed(pairs)
}

fn answer_name(key: ActionKey) -> String {
    format!("{}-{}", key.minutes, key.nth)
}

/// How many rows for actions the form has.
fn rows(typed: &Typed) -> usize {
    let asked = typed.get("rows").parse::<usize>().unwrap_or(ROWS);
    let more = usize::from(typed.holds("more", "1"));
    (asked + more).clamp(ROWS, MOST_ACTIONS)
}

pub(in crate::pages) async fn sent(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String, String)>,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (typed, key) = (Typed(pairs), key(&place)?);
    let (asked, page) = (key.clone(), under(page));
    let read = site
        .act(errand.clone(), move |context, workplace| casework::minutes_form(context, workplace, &asked));
    let read = read.await?;
    if typed.holds("more", "1") {
        return made(&page, &read, (&typed, &[]), StatusCode::OK);
    }
    let said = match said_of(page.w, &read, &typed) {
        Ok(said) => said,
        Err(wrong) => return made(&page, &read, (&typed, &wrong), StatusCode::UNPROCESSABLE_ENTITY),
    };
    let replaces = replaced(&typed);
    let done = site.act(errand, move |context, workplace| {
        casework::draft_minutes(context, workplace, &key, (said, replaces))
    });
    match done.await {
        Ok(Ok(line)) => Ok(Redirect::to(&format!("{PAPERS}/{}?done=sealed", line.id)).into_response()),
        Ok(Err(faults)) => {
            let wrong: Vec<Wrong> = faults.iter().map(|fault| wrong(page.w, fault)).collect();
            made(&page, &read, (&typed, &wrong), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Failure::App(AppError::Store(StoreError::Conflict { .. }))) => {
            let wrong = [(String::new(), page.w.say("papers-wrong-stale").to_string())];
            made(&page, &read, (&typed, &wrong), StatusCode::CONFLICT)
        }
        Err(Failure::App(AppError::Value(_))) => {
            let wrong = [(String::new(), page.w.say("papers-wrong-keep").to_string())];
            made(&page, &read, (&typed, &wrong), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(failure) => Err(failure),
    }
}

/// The draft that was read, as the form sends it back.
pub(super) fn replaced(typed: &Typed) -> Option<(Uuid, String)> {
    let id = typed.get("draft").parse().ok()?;
    Some((id, typed.get("seal").to_owned()))
}

/// What was typed, or what lacks.
fn said_of(w: Words, read: &MinutesForm, typed: &Typed) -> Result<Minutes, Vec<Wrong>> {
    let mut wrong: Vec<Wrong> = Vec::new();
    let mut lack = |name: &str, key: &'static str| wrong.push((name.to_owned(), w.say(key).into()));
    let day = |name: &str| {
        let [day, month, year] = typed.parts(name);
        let (day, month, year) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
        Date::new(year, month, day).ok()
    };
    let codes = |name: &str| typed.all(name).filter_map(|code| Code::parse(code).ok()).collect();
    let held = day("held");
    if held.is_none() {
        lack("held", "casework-wrong-day");
    }
    let next = day("next");
    if next.is_none() {
        lack("next", "casework-wrong-day");
    }
    let mut answers = Vec::new();
    for one in &read.open {
        let name = answer_name(one.key);
        match Code::parse(typed.get(&format!("state-{name}"))) {
            Ok(state) => {
                let reason = Code::parse(typed.get(&format!("reason-{name}"))).ok();
                answers.push(Answered { of: one.key, state, reason });
            }
            Err(_) => lack(&format!("state-{name}"), "papers-wrong-answer"),
        }
    }
    let mut actions = Vec::new();
    for place in 0..rows(typed) {
        let is_typed = |name: &str| typed.all(&format!("{name}-{place}")).any(|text| !text.is_empty());
        let day_is_typed = typed.parts(&format!("due-{place}")).iter().any(|part| !part.is_empty());
        let action = Code::parse(typed.get(&format!("action-{place}"))).ok();
        // A row in which nothing is chosen decides nothing.
        if action.is_none() && !is_typed("for") && !is_typed("party") && !day_is_typed {
            continue;
        }
        if action.is_none() {
            lack(&format!("action-{place}"), "papers-wrong-action");
        }
        let gap = Code::parse(typed.get(&format!("for-{place}"))).ok();
        let party = typed.get(&format!("party-{place}")).parse::<Party>().ok();
        let due = day(&format!("due-{place}"));
        if gap.is_none() {
            lack(&format!("for-{place}"), "papers-wrong-gap");
        }
        if party.is_none() {
            lack(&format!("party-{place}"), "papers-wrong-party");
        }
        if due.is_none() {
            lack(&format!("due-{place}"), "casework-wrong-day");
        }
        if let (Some(action), Some(gap), Some(party), Some(due)) = (action, gap, party, due) {
            actions.push(Corrective { action, gap, party, due });
        }
    }
    match (held, next) {
        (Some(held_on), Some(next_on)) if wrong.is_empty() => Ok(Minutes {
            held_on,
            present: codes("present"),
            gaps: codes("gap"),
            actions,
            answers,
            practices: codes("practice"),
            alerts: codes("alert"),
            next_on,
        }),
        _ => Err(wrong),
    }
}

/// A fault in the words of the page, beside its field.
fn wrong(w: Words, fault: &MinutesFault) -> Wrong {
    let at = |name: &str, key: &'static str| (name.to_owned(), w.say(key).to_string());
    match fault {
        MinutesFault::NotHeldYet => at("held", "papers-wrong-future"),
        MinutesFault::BeforeProgramme => at("held", "papers-wrong-early"),
        MinutesFault::BeforeLast(day) => {
            ("held".to_owned(), w.say("papers-wrong-before").text("day", w.date(*day)).into())
        }
        MinutesFault::NobodyPresent => at("present", "papers-wrong-present"),
        MinutesFault::NextTooEarly => at("next", "papers-wrong-next"),
        MinutesFault::NextTooLate(day) => {
            ("next".to_owned(), w.say("papers-wrong-next-late").text("day", w.date(*day)).into())
        }
        MinutesFault::GapNotNoted(place) => at(&format!("for-{place}"), "papers-wrong-gap"),
        MinutesFault::NoSuchParty(place) => at(&format!("party-{place}"), "papers-wrong-party"),
        MinutesFault::DueTooEarly(place) => at(&format!("due-{place}"), "papers-wrong-due"),
        MinutesFault::Unanswered(key) | MinutesFault::NotOpen(key) => {
            at(&format!("state-{}", answer_name(*key)), "papers-wrong-answer")
        }
        MinutesFault::NoReason(key) => at(&format!("reason-{}", answer_name(*key)), "papers-wrong-reason"),
        MinutesFault::IdleReason(key) => {
            at(&format!("reason-{}", answer_name(*key)), "papers-wrong-idle-reason")
        }
        _ => at("", "papers-wrong-code"),
    }
}

/// What the fields are made with.
struct Making<'a> {
    w: Words,
    read: &'a MinutesForm,
    codes: Codes<'a>,
    typed: &'a Typed,
    wrong: &'a [Wrong],
}

impl Making<'_> {
    fn error(&self, name: &str) -> Option<String> {
        self.wrong.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone())
    }

    fn day(&self, name: String, label: &'static str, usual: Option<Date>) -> Field {
        let error = self.error(&name);
        let usual = usual.filter(|_| self.typed.0.is_empty());
        let usual = usual.map(|day| [day.day().to_string(), day.month().to_string(), day.year().to_string()]);
        let shown = match &usual {
            Some([day, month, year]) => [day.as_str(), month.as_str(), year.as_str()],
            None => self.typed.parts(&name),
        };
        Field::day(self.w, name, self.w.say(label), shown).error(error)
    }

    fn ticks(
        &self,
        name: &'static str,
        label: &'static str,
        all: Vec<(String, String, Option<String>)>,
    ) -> Field {
        let choices = all.into_iter().map(|(code, text, hint)| {
            let is_chosen = self.typed.holds(name, &code);
            let choice = Choice::new(code, words::capital(&text)).chosen(is_chosen);
            match hint {
                Some(hint) => choice.hint(hint),
                None => choice,
            }
        });
        Field::any_of(self.w, name, self.w.say(label), choices.collect()).error(self.error(name))
    }

    fn select(
        &self,
        name: String,
        label: &'static str,
        none: &'static str,
        all: Vec<(String, String)>,
    ) -> Field {
        let mut choices = vec![Choice::new("", self.w.say(none))];
        choices.extend(all.into_iter().map(|(value, text)| {
            let is_chosen = self.typed.get(&name) == value;
            Choice::new(value, words::capital(&text)).chosen(is_chosen)
        }));
        let error = self.error(&name);
        Field::one_of_many(self.w, name, self.w.say(label), choices).error(error)
    }

    /// Where an action of an earlier meeting stands.
    fn answer(&self, one: &casework::Followed) -> Group {
        let w = self.w;
        let name = answer_name(one.key);
        let states = self.read.rules().map_or(&[][..], |rules| &rules.action_states);
        let reasons = self.read.rules().map_or(&[][..], |rules| &rules.reasons);
        let state = format!("state-{name}");
        let choices = states.iter().map(|one| {
            let is_chosen = self.typed.get(&state) == one.id.as_str();
            Choice::new(one.id.as_str(), words::capital(&words::said(w, &one.text))).chosen(is_chosen)
        });
        let error = self.error(&state);
        let choices: Vec<Choice> = choices.collect();
        let mut fields = vec![Field::one_of(w, state, w.say("papers-field-state"), choices).error(error)];
        if states.iter().any(|one| one.asks_reason) {
            let all = reasons.iter().map(|one| (one.id.to_string(), words::said(w, &one.text)));
            let reason = self.select(
                format!("reason-{name}"),
                "papers-field-reason",
                "papers-no-reason",
                all.collect(),
            );
            fields.push(reason.hint(w.say("papers-field-reason-hint")));
        }
        let about = w
            .say("papers-action-about")
            .text("gap", self.codes.gap(&one.gap))
            .text("party", space::party(w, one.party.as_str()))
            .text("day", w.date(one.due));
        Group { legend: words::capital(&self.codes.action(&one.action)), about: Some(about.into()), fields }
    }

    /// An action to decide.
    fn action(&self, place: usize) -> Group {
        let w = self.w;
        let rules = self.read.rules();
        let actions = rules.map_or(&[][..], |rules| &rules.actions);
        let gaps = rules.map_or(&[][..], |rules| &rules.gaps);
        let led_by = rules
            .and_then(|rules| rules.committee(&self.read.key.committee))
            .map_or(&[][..], |committee| &committee.led_by);
        let coded = |id: &Code, text| (id.to_string(), words::said(w, text));
        let actions = actions.iter().map(|one| coded(&one.id, &one.text)).collect();
        let gaps = gaps.iter().map(|one| coded(&one.id, &one.text)).collect();
        let parties =
            led_by.iter().map(|one| (one.party.to_string(), space::party(w, one.party.as_str()))).collect();
        Group {
            legend: w.say("papers-action-nth").with("nth", (place + 1) as u64).into(),
            about: None,
            fields: vec![
                self.select(format!("action-{place}"), "papers-field-action", "papers-no-action", actions),
                self.select(format!("for-{place}"), "papers-field-gap", "casework-choose", gaps),
                self.select(format!("party-{place}"), "papers-field-party", "casework-choose", parties),
                self.day(format!("due-{place}"), "papers-field-due", None),
            ],
        }
    }
}

fn made(
    page: &Page,
    read: &MinutesForm,
    (typed, wrong): (&Typed, &[Wrong]),
    status: StatusCode,
) -> Result<Response, Failure> {
    let w = page.w;
    let codes = Codes::of(w, Some(&read.programme));
    let make = Making { w, read, codes, typed, wrong };
    let rules = read.rules().ok_or(Failure::Absent)?;
    let coded = |list: &[casework::Coded]| -> Vec<(String, String, Option<String>)> {
        list.iter().map(|one| (one.id.to_string(), words::said(w, &one.text), None)).collect()
    };
    let gaps = rules.gaps.iter().map(|one| {
        (one.id.to_string(), words::said(w, &one.text), one.measure.and_then(|of| measure(w, of)))
    });
    let meeting = vec![
        make.day("held".to_owned(), "papers-field-held", None),
        make.ticks("present", "papers-present", coded(&rules.functions)).hint(w.say("papers-present-hint")),
    ];
    let answers: Vec<Group> = read.open.iter().map(|one| make.answer(one)).collect();
    let gaps = make.ticks("gap", "papers-gaps", gaps.collect());
    let rows = rows(typed);
    let actions: Vec<Group> = (0..rows).map(|place| make.action(place)).collect();
    let committee = rules.committee(&read.key.committee).ok_or(Failure::Absent)?;
    let next_hint = w
        .say("papers-next-hint")
        .text("length", crate::pages::dpo::length(w, committee.every))
        .text("source", w.cite(&committee.source));
    let rest = vec![
        make.ticks("practice", "papers-practices", coded(&rules.practices)),
        make.ticks("alert", "papers-alerts", coded(&rules.alerts)),
        make.day("next".to_owned(), "papers-next", None).hint(next_hint),
    ];
    let fields: Vec<&Field> = meeting
        .iter()
        .chain(answers.iter().flat_map(|group| &group.fields))
        .chain([&gaps])
        .chain(actions.iter().flat_map(|group| &group.fields))
        .chain(&rest)
        .collect();
    let mut errors = Errors::of(w, &fields);
    for (_, text) in wrong.iter().filter(|(field, _)| field.is_empty()) {
        errors = errors.and(text.clone());
    }
    let mut texts = vec![w.say("papers-form-text").to_string()];
    let mut hidden = vec![("rows", rows.to_string())];
    hidden.push(("read", "yes".to_owned()));
    if let Some((id, seal, _, signed)) = &read.draft {
        // What is sent back is what was read first, and nothing where nothing was there: whoever wrote meanwhile is not overwritten.
        let now = || (*id, seal.clone());
        let read_first = if typed.get("read").is_empty() { Some(now()) } else { replaced(typed) };
        if let Some((id, seal)) = read_first {
            hidden.extend([("draft", id.to_string()), ("seal", seal)]);
        }
        texts.push(w.say(if *signed > 0 { "papers-form-signed" } else { "papers-form-again" }).into());
    }
    let place = read.place_name.as_deref();
    let title = said::about_place(w, &codes.committee(&read.key.committee), place);
    let fewest = read.months.iter().map(|one| u64::from(one.fewest)).max();
    let screen = FormPage {
        page,
        w,
        title: w.say("papers-form-title").text("what", title).into(),
        lede: w.typeset(&words::said(w, &read.programme.title)),
        texts,
        errors,
        hidden,
        action: format!("{}/draft", said::key_address(&read.key)),
        back: PAPERS,
        meeting,
        answers,
        figures: figures(w, (&read.programme, place), &read.months),
        small: fewest
            .map_or_else(String::new, |fewest| w.say("committee-small").with("fewest", fewest).into()),
        gaps,
        actions,
        may_add: rows < MOST_ACTIONS,
        rest,
    };
    answered(page, &screen, status, None)
}

//! The form of one kind of entry, and the entry: codes to choose and a day. There is no place for a phrase.

use askama::Template;
use axum::extract::{Form, Path as Place, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::casework::{
    self, Code, Reason, RecordAsked, RecordChoices, RecordDoing, RecordOption, RecordTrack, RecordView, Told,
};
use liant_model::PersonId;

use super::super::typed::{Typed, Wrong};
use super::super::words::{self, Refused};
use crate::components::{Choice, Errors, Field, Link, Notice, Why};
use crate::failure::Failure;
use crate::pages::people::whole_name;
use crate::pages::person::id;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// A kind of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A goal is set.
    Goal,
    /// Where a goal stands.
    GoalState,
    /// An action is added.
    Action,
    /// Where an action stands.
    ActionState,
    /// Where a barrier stands.
    Barrier,
    /// A skill is gained.
    Skill,
    /// How far she has come.
    Progress,
}

impl Entry {
    const ALL: [Self; 7] = [
        Self::Goal,
        Self::GoalState,
        Self::Action,
        Self::ActionState,
        Self::Barrier,
        Self::Skill,
        Self::Progress,
    ];

    /// Its code in the address.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Goal => "goal",
            Self::GoalState => "goal-state",
            Self::Action => "action",
            Self::ActionState => "action-state",
            Self::Barrier => "barrier",
            Self::Skill => "skill",
            Self::Progress => "progress",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entry| entry.code() == code)
    }

    /// What it is called.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Goal => "working-goal",
            Self::GoalState => "working-goal-state",
            Self::Action => "working-action",
            Self::ActionState => "working-action-state",
            Self::Barrier => "working-barrier",
            Self::Skill => "working-skill",
            Self::Progress => "working-progress",
        }
    }

    /// What of the record it is about, as the address names it.
    pub(super) const fn is_about(self) -> Option<&'static str> {
        match self {
            Self::GoalState | Self::Action => Some("goal"),
            Self::ActionState => Some("action"),
            Self::Goal | Self::Barrier | Self::Progress => Some("theme"),
            Self::Skill => None,
        }
    }
}

#[derive(Template)]
#[template(path = "casework/act.html")]
struct EntryPage<'a> {
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
struct Wanted {
    person: PersonId,
    programme: Code,
    entry: Entry,
    /// The goal, action or theme that it is about.
    about: String,
}

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    goal: String,
    action: String,
    theme: String,
}

impl Wanted {
    fn of(
        (person, programme, entry): &(String, String, String),
        about: impl Fn(&'static str) -> String,
    ) -> Result<Self, Failure> {
        let entry = Entry::from_code(entry).ok_or(Failure::Absent)?;
        Ok(Self {
            person: id(person)?,
            programme: Code::parse(programme).map_err(|_| Failure::Absent)?,
            entry,
            about: entry.is_about().map(about).unwrap_or_default(),
        })
    }

    fn here(&self) -> String {
        format!("{}/{}/{}", super::address(self.person), self.programme, self.entry.code())
    }
}

/// A form that comes back.
#[derive(Default)]
struct Back {
    typed: Typed,
    wrong: Vec<Wrong>,
    refused: Option<Told>,
    is_stale: bool,
}

/// The form.
pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String, String)>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let about = |name: &'static str| match name {
        "goal" => asking.goal.clone(),
        "action" => asking.action.clone(),
        _ => asking.theme.clone(),
    };
    let (wanted, w) = (Wanted::of(&place, about)?, page.w);
    let person = wanted.person;
    let act =
        site.act(errand, move |context, workplace| casework::record(context, workplace, person, w.lang()));
    let view = act.await?;
    answer(page, &view, &wanted, Back::default())
}

/// Writes, or says why not.
pub(in crate::pages) async fn sent(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String, String)>,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (typed, w) = (Typed(pairs), page.w);
    let wanted = Wanted::of(&place, |name| typed.get(name).to_owned())?;
    let (person, lang) = (wanted.person, w.lang());
    let doing = match doing(&wanted, &typed) {
        Ok(doing) => doing,
        Err(wrong) => {
            let act = site
                .act(errand, move |context, workplace| casework::record(context, workplace, person, lang));
            let view = act.await?;
            return answer(page, &view, &wanted, Back { typed, wrong, ..Back::default() });
        }
    };
    let act = site.act(errand, move |context, workplace| {
        let done = casework::keep(context, workplace, person, &doing)?;
        let view = match &done {
            Err(_) => Some(casework::record(context, workplace, person, lang)?),
            Ok(_) => None,
        };
        let programmes = workplace.programmes(context.territory)?;
        let programme = programmes.iter().filter(|one| one.id == doing.programme).last();
        let told = done.as_ref().err().map(|refusal| (refusal.reason, Told::of(programme, refusal, lang)));
        Ok((told, view))
    });
    if let (Some((reason, told)), Some(view)) = act.await? {
        let is_stale = reason == Reason::Stale;
        let refused = (!is_stale).then_some(told);
        return answer(page, &view, &wanted, Back { typed, refused, is_stale, ..Back::default() });
    }
    let to = format!("{}?done={}", super::address(person), wanted.entry.code());
    Ok(Redirect::to(&to).into_response())
}

/// What is asked for, or what lacks on the form.
fn doing(wanted: &Wanted, typed: &Typed) -> Result<RecordDoing, Vec<Wrong>> {
    let (asked, on) = (asked(wanted, typed), typed.day("day"));
    match (asked, on) {
        (Ok(asked), Ok(on)) => Ok(RecordDoing {
            programme: wanted.programme.clone(),
            on,
            // Of what was no number nothing was seen.
            expected: typed.get("expected").parse().unwrap_or(u64::MAX),
            asked,
        }),
        (asked, on) => Err(asked.err().into_iter().chain(on.err()).collect()),
    }
}

fn asked(wanted: &Wanted, typed: &Typed) -> Result<RecordAsked, Wrong> {
    let code = |name: &'static str| Code::parse(typed.get(name)).map_err(|_| (name, "casework-wrong-choose"));
    let coding = || casework::coding(typed.get("code")).ok_or(("code", "casework-wrong-choose"));
    let reason = || Code::parse(typed.get("reason")).ok();
    let gone = ("state", "casework-wrong-choose");
    Ok(match wanted.entry {
        Entry::Goal => RecordAsked::SetGoal(coding()?),
        Entry::GoalState => RecordAsked::MoveGoal {
            goal: wanted.about.parse().map_err(|_| gone)?,
            state: code("state")?,
            reason: reason(),
        },
        Entry::Action => RecordAsked::SetAction {
            goal: wanted.about.parse().map_err(|_| ("code", "casework-wrong-choose"))?,
            of: code("code")?,
        },
        Entry::ActionState => RecordAsked::MoveAction {
            action: wanted.about.parse().map_err(|_| gone)?,
            state: code("state")?,
            reason: reason(),
        },
        Entry::Barrier => RecordAsked::NoteBarrier { theme: code("theme")?, state: code("state")? },
        Entry::Skill => RecordAsked::GainSkill(coding()?),
        Entry::Progress => RecordAsked::NoteProgress {
            theme: Some(typed.get("theme"))
                .filter(|theme| !theme.is_empty())
                .map(|_| code("theme"))
                .transpose()?,
            level: code("level")?,
        },
    })
}

fn answer(page: Page, view: &RecordView, wanted: &Wanted, back: Back) -> Result<Response, Failure> {
    let w = page.w;
    let track = view.tracks.iter().find(|track| track.programme == wanted.programme);
    let track = track.ok_or(Failure::Absent)?;
    let subject = subject(w, wanted, track)?;
    let is_hindered = track.choices.is_err();
    let status = match (back.is_stale, back.refused.is_some() || !back.wrong.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    let to = super::address(wanted.person);
    let mut page = super::under(page, view).under(to.clone(), w.say("working-crumb"));
    if back.is_stale {
        page.notice = Some(Notice::important(w, w.say("working-stale")));
    }
    let make = Making { w, wanted, typed: &back.typed, wrong: &back.wrong };
    let fields = track.choices.as_ref().map(|choices| make.fields(choices)).unwrap_or_default();
    let named: Vec<&Field> = fields.iter().collect();
    let title: String = w.say(wanted.entry.title()).into();
    let about = [Some(whole_name(w, &view.name)), Some(w.typeset(&track.title)), subject];
    let hidden = match wanted.entry {
        Entry::GoalState | Entry::Action | Entry::ActionState => wanted.entry.is_about(),
        _ => None,
    };
    let hidden = hidden.map(|name| (name, wanted.about.clone()));
    let screen = EntryPage {
        page: &page,
        w,
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        texts: vec![w.say("working-own").into()],
        blanks: Vec::new(),
        errors: Errors::of(w, &named),
        refused: back.refused.map(|told| Refused::new(w, &told)),
        hindered: track
            .choices
            .as_ref()
            .err()
            .map(|told| (None, Refused::new(w, told)))
            .into_iter()
            .collect(),
        is_open: !is_hindered,
        is_grave: false,
        hidden: std::iter::once(("expected", track.version.to_string())).chain(hidden).collect(),
        fields,
        here: wanted.here(),
        submit: title.clone(),
        title,
        back: to,
        why: super::why(w, view),
    };
    let mut response = page.show(&screen)?;
    *response.status_mut() = status;
    Ok(response)
}

/// The goal or action that an entry is about, in words; one that is not there is no page.
fn subject(w: Words, wanted: &Wanted, track: &RecordTrack) -> Result<Option<String>, Failure> {
    let goals = || track.says.themes.iter().flat_map(|theme| &theme.goals);
    let found = match wanted.entry {
        Entry::GoalState | Entry::Action => {
            goals().find(|goal| goal.id.to_string() == wanted.about).map(|goal| &goal.words)
        }
        Entry::ActionState => goals()
            .flat_map(|goal| &goal.actions)
            .find(|action| action.id.to_string() == wanted.about)
            .map(|action| &action.words),
        _ => return Ok(None),
    };
    found.map(|words| Some(words::capital(&w.typeset(words)))).ok_or(Failure::Absent)
}

/// What a form is made with.
struct Making<'a> {
    w: Words,
    wanted: &'a Wanted,
    typed: &'a Typed,
    wrong: &'a [Wrong],
}

impl Making<'_> {
    fn fields(&self, choices: &RecordChoices) -> Vec<Field> {
        let mut fields = match self.wanted.entry {
            Entry::Goal => vec![self.goals(&choices.goals)],
            Entry::GoalState => vec![
                self.few("state", "working-ask-state", &choices.goal_states),
                self.reason(&choices.goal_states, &choices.reasons),
            ],
            Entry::Action => vec![self.few("code", "working-ask-action", &choices.actions)],
            Entry::ActionState => vec![
                self.few("state", "working-ask-state", &choices.action_states),
                self.reason(&choices.action_states, &choices.reasons),
            ],
            Entry::Barrier => vec![
                self.themes("working-ask-barrier", &choices.themes, "casework-choose"),
                self.few("state", "working-ask-state", &choices.barrier_states),
            ],
            Entry::Skill => vec![self.many("code", "working-ask-skill", &choices.skills)],
            Entry::Progress => vec![
                self.themes("working-ask-theme", &choices.themes, "working-as-a-whole"),
                self.few("level", "working-ask-level", &choices.levels),
            ],
        };
        fields.push(self.day());
        fields
    }

    fn error(&self, name: &str) -> Option<String> {
        let found = self.wrong.iter().find(|(field, _)| *field == name);
        found.map(|(_, key)| self.w.say(key).into())
    }

    fn label(&self, option: &RecordOption) -> String {
        words::capital(&self.w.typeset(&option.text))
    }

    fn few(&self, name: &'static str, label: &'static str, options: &[RecordOption]) -> Field {
        let choices = options
            .iter()
            .map(|one| Choice::new(&*one.value, self.label(one)).chosen(self.typed.holds(name, &one.value)));
        Field::one_of(self.w, name, self.w.say(label), choices.collect()).error(self.error(name))
    }

    fn many(&self, name: &'static str, label: &'static str, options: &[RecordOption]) -> Field {
        let mut choices = vec![Choice::new("", self.w.say("casework-choose"))];
        choices.extend(
            options.iter().map(|one| {
                Choice::new(&*one.value, self.label(one)).chosen(self.typed.holds(name, &one.value))
            }),
        );
        Field::one_of_many(self.w, name, self.w.say(label), choices).error(self.error(name))
    }

    /// The goals of the theme that was asked for, or of all; each says what it is of.
    fn goals(&self, options: &[RecordOption]) -> Field {
        let w = self.w;
        let of = |one: &&RecordOption| self.wanted.about.is_empty() || one.theme == self.wanted.about;
        let mut choices = vec![Choice::new("", w.say("casework-choose"))];
        choices.extend(options.iter().filter(of).map(|one| {
            let group = words::capital(&w.typeset(&one.group));
            let label = w.say("working-goal-of").text("theme", group).text("goal", w.typeset(&one.text));
            Choice::new(&*one.value, label).chosen(self.typed.holds("code", &one.value))
        }));
        Field::one_of_many(w, "code", w.say("working-ask-goal"), choices).error(self.error("code"))
    }

    fn themes(&self, label: &'static str, options: &[RecordOption], none: &'static str) -> Field {
        let mut choices = vec![Choice::new("", self.w.say(none))];
        let asked = |value: &str| self.typed.0.is_empty() && self.wanted.about == value;
        choices.extend(options.iter().map(|one| {
            let is_chosen = asked(&one.value) || self.typed.holds("theme", &one.value);
            Choice::new(&*one.value, self.label(one)).chosen(is_chosen)
        }));
        Field::one_of_many(self.w, "theme", self.w.say(label), choices).error(self.error("theme"))
    }

    /// Why something is given up: of the states that say why.
    fn reason(&self, states: &[RecordOption], reasons: &[RecordOption]) -> Field {
        let asks = states.iter().filter(|one| one.asks_reason).map(|one| self.label(one));
        let hint = self.w.say("working-reason-hint").text("state", asks.collect::<Vec<_>>().join(", "));
        let mut choices = vec![Choice::new("", self.w.say("working-no-reason"))];
        choices.extend(reasons.iter().map(|one| {
            Choice::new(&*one.value, self.label(one)).chosen(self.typed.holds("reason", &one.value))
        }));
        Field::one_of_many(self.w, "reason", self.w.say("working-ask-reason"), choices).hint(hint)
    }

    fn day(&self) -> Field {
        let typed = self.typed.parts("day");
        let today = self.w.today();
        let usual = [today.day().to_string(), today.month().to_string(), today.year().to_string()];
        let shown = if self.typed.0.is_empty() {
            [usual[0].as_str(), usual[1].as_str(), usual[2].as_str()]
        } else {
            typed
        };
        Field::day(self.w, "day", self.w.say("casework-day"), shown).error(self.error("day"))
    }
}

//! Forms that were sent, read again: each of their data under a clause of whoever reads, and by her right, for the person.

use liant_audit::Act;
use liant_casework::{Code, ElectronicContact, Event, FormSeal, Happened, LiaisonForm, Programmes, SentForm};
use liant_convention::{Channel, Consent, Consents, Reach};
use liant_guard::{GuardedFacts, Plan, Subject, View};
use liant_model::{Date, Facts, Field, FieldSet, FormId, Lang, PersonId, Source};
use liant_store::{ContactRow, NewCaseworkEvent, NewForm, StoreError};

use super::super::held::Held;
use super::super::sight::Seen;
use super::super::{sight, words};
use super::{FormLine, FormView, answer, archive, content};
use crate::people::seat;
use crate::{AppError, Context, Workplace, access};

/// By what way a form is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormWay {
    /// On screen.
    Screen,
    /// Taken away on paper, or as a PDF.
    Hand,
}

/// The form that an event sent.
pub(super) fn sent(event: &Event) -> Option<SentForm> {
    match &event.what {
        Happened::Sent { form, .. } | Happened::Relayed { form, .. } => *form,
        _ => None,
    }
}

/// The forms of a path that were filled in here, each with the first event that bears it.
fn borne(held: &Held) -> Vec<(SentForm, &Event, &NewCaseworkEvent)> {
    let mut all: Vec<(SentForm, &Event, &NewCaseworkEvent)> = Vec::new();
    for (event, row) in held.recorded() {
        if let Some(form) = sent(event).filter(|form| all.iter().all(|(known, ..)| known.id != form.id)) {
            all.push((form, event, row));
        }
    }
    all
}

/// The forms among what is shown of a path, the latest first.
pub(in super::super) fn lines(shown: &Held) -> Vec<FormLine> {
    let line = |(form, event, _): (SentForm, &Event, &NewCaseworkEvent)| FormLine {
        id: form.id,
        model: form.model,
        sent_on: event.on,
    };
    borne(shown).into_iter().rev().map(line).collect()
}

/// A form that was opened, and that nobody is shown yet.
pub(crate) struct HerForm {
    sent: SentForm,
    programme: Code,
    sent_on: Date,
    /// The register that it is in: that of the party that established it.
    pub(crate) register: Source,
    form: LiaisonForm,
}

impl HerForm {
    fn open(
        context: &Context<'_>,
        workplace: &Workplace,
        (sent, event, row): (SentForm, &Event, &NewCaseworkEvent),
        (held, rows): (&Held, &[NewForm]),
    ) -> Result<Self, AppError> {
        let kept = rows.iter().find(|row| row.form == sent.id);
        let kept =
            kept.ok_or_else(|| StoreError::Damaged("a liaison form that was sent is not kept".to_owned()))?;
        let mut form = content::open(context, workplace, (kept, sent.seal))?;
        answer::write(context, workplace, (&mut form, &sent, &event.programme), held)?;
        let (programme, register) = (event.programme.clone(), row.register.clone());
        Ok(Self { sent, programme, sent_on: event.on, register, form })
    }

    /// Which.
    pub(crate) fn id(&self) -> FormId {
        self.sent.id
    }

    /// Of which programme.
    pub(super) fn programme(&self) -> &Code {
        &self.programme
    }

    /// What it says, for the gate.
    pub(crate) fn sealed(&self, person: PersonId) -> GuardedFacts {
        let mut facts = Facts::new();
        for (field, value) in self.form.fields() {
            facts.push(field, &value);
        }
        GuardedFacts::seal(Subject::Person(person), self.register.clone(), facts)
    }

    /// What of it was let out, as far as `tells` goes.
    pub(crate) fn view(
        &self,
        (views, tells): (&[View], &dyn Fn(Field) -> bool),
        programmes: &Programmes,
        lang: Lang,
    ) -> FormView {
        let let_out = views.iter().flat_map(View::iter).map(|(field, ..)| field);
        let shown: FieldSet = let_out.filter(|field| tells(*field)).collect();
        let mut clauses: Vec<String> =
            views.iter().flat_map(View::iter).map(|(.., clause)| clause.to_string()).collect();
        clauses.sort_unstable();
        clauses.dedup();
        let programme = words::any_version(programmes, &self.programme);
        FormView {
            id: self.sent.id,
            programme: self.programme.clone(),
            title: programme.map_or_else(|| self.programme.to_string(), |one| words::said(&one.title, lang)),
            sent_on: self.sent_on,
            seal: self.sent.seal,
            form: self.form.only(shown),
            shown,
            may_archive: false,
            held_back: self.form.fields().keys().filter(|field| !shown.contains(**field)).count(),
            clauses,
        }
    }
}

/// The forms of someone's path, for herself: every one, the latest first.
pub(crate) fn her_forms(
    context: &Context<'_>,
    workplace: &Workplace,
    (held, rows): (&Held, &[NewForm]),
) -> Result<Vec<HerForm>, AppError> {
    borne(held).into_iter().rev().map(|one| HerForm::open(context, workplace, one, (held, rows))).collect()
}

/// A form that was sent, to somebody who is shown that it was: each of its data as a clause of hers lets it out, once that is on record.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] when there is no such form on the path that the actor sees, or no clause shows her anything
/// of it; when what is kept is not what was signed.
pub fn form(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, id): (PersonId, FormId),
    way: FormWay,
    lang: Lang,
) -> Result<FormView, AppError> {
    let absent = || AppError::Absent("form");
    let found = Found::of(context, workplace, (person, id))?;
    let Found { seen, opened, consents } = &found;
    let (channel, act) = match way {
        FormWay::Screen => (Channel::Screen, Act::Read),
        FormWay::Hand => (Channel::Hand, Act::Export),
    };
    let wanted = found.data();
    let (sealed, mut views) = (opened.sealed(person), Vec::new());
    for window in &seen.windows {
        let query = seat::query(&window.context, Reach::Designated, channel);
        let Ok(plan) = Plan::compile_near_of(window.context.gate(workplace)?, &query, *consents) else {
            continue;
        };
        let plan = plan.narrowed(wanted);
        let mut session = plan.begin();
        session.add(&sealed, &window.standing(person));
        views.extend(session.release(|record| {
            // What is not there was let out to nobody.
            if record.people.is_empty() {
                return Ok(());
            }
            access::write(&window.context, workplace, record, act, "liaison form")
        })?);
    }
    let programmes = workplace.programmes(context.territory)?;
    let mut view = opened.view((&views, &|_| true), &programmes, lang);
    if view.shown.is_empty() {
        return Err(absent());
    }
    view.may_archive = way == FormWay::Screen && archive::may(context, workplace, (person, &found))?;
    Ok(view)
}

/// A form of a path that the actor sees, opened, and shown to nobody yet.
pub(super) struct Found<'a> {
    pub(super) seen: Seen<'a>,
    pub(super) opened: HerForm,
    /// What she agreed to: on her path, and on the form itself as to e-mail, unless she says no now.
    pub(super) consents: Consents,
}

impl<'a> Found<'a> {
    /// # Errors
    /// [`AppError::Absent`] when there is no such form on the path that the actor sees; when what is kept is not what was signed.
    pub(super) fn of(
        context: &Context<'a>,
        workplace: &Workplace,
        (person, id): (PersonId, FormId),
    ) -> Result<Self, AppError> {
        let seen = sight::seen(context, workplace, person)?;
        let one = borne(&seen.shown).into_iter().find(|(form, ..)| form.id == id);
        let one = one.ok_or(AppError::Absent("form"))?;
        let (rows, said) = workplace.store.read(context.territory, |snapshot| {
            Ok((snapshot.liaison_forms_of(person)?, snapshot.contact_of(person)?))
        })?;
        let opened = HerForm::open(context, workplace, one, (&seen.shown, &rows))?;
        let consents = consents(seen.held.consents(), &opened, &said);
        Ok(Self { seen, opened, consents })
    }

    /// The data that stand on it.
    pub(super) fn data(&self) -> FieldSet {
        self.opened.form.fields().keys().copied().collect()
    }
}

/// What she agreed to: on her path, and on the form itself as to e-mail, unless she says no now.
fn consents(of_path: Consents, opened: &HerForm, said: &[ContactRow]) -> Consents {
    let agreed = matches!(opened.form.electronic_contact, ElectronicContact::Agreed { .. });
    if agreed && said.first().is_some_and(|row| row.given) { of_path.with(Consent::Email) } else { of_path }
}

/// The seal that an event bears, for the log.
pub(in super::super) fn seal_of(event: &Event) -> Option<FormSeal> {
    sent(event).map(|form| form.seal)
}

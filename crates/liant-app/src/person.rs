//! One person, as far as the conventions let the actor see her.

mod file;
mod findings;
mod path;

pub use file::{Alert, Conflict, Decision, Evidence, Ground, PersonFile, Record, Said, open};
pub use path::{Changed, Event, Happened};

use std::sync::Arc;

use liant_convention::Channel;
use liant_guard::Subject;
use liant_model::{Lang, PersonId};

use crate::{AppError, Context, Workplace, access, positions, recipients};

/// One value that a clause lets the actor see.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Value {
    /// Code of the field.
    pub field: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The value.
    pub value: String,
    /// The clause that lets it out: many values of a page have the same.
    pub clause: Arc<str>,
}

/// What one source says.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Origin {
    /// The source.
    pub source: String,
    /// Its values.
    pub values: Vec<Value>,
    /// How many values stay in.
    pub hidden: usize,
}

/// Shows a person: every source, each value with its clause. A clause lets out what it is about
/// of those whom it is about. Someone who is not there and someone whom the actor may not see look the same.
///
/// # Errors
/// When the gate refuses, or there is no such person to see.
pub fn show(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    lang: Lang,
) -> Result<Vec<Origin>, AppError> {
    let plan = access::plan_near(context, workplace, Channel::Screen)?;
    let mut positions = positions::positions(context, workplace)?;
    let (facts, orientations) = workplace.store.read(context.territory, |snapshot| {
        let facts = recipients::gather(snapshot, &mut positions, person)?;
        Ok((facts, snapshot.orientations_of(person)?))
    })?;
    let standing = positions.standings.of(Subject::Person(person));
    access::admit(context, workplace, (&plan, &standing), person, &facts)?;
    let mut session = plan.begin();
    for fact in &facts {
        session.add(&fact.facts, &standing);
    }
    for orientation in &orientations {
        session.add(&orientation.facts, &standing);
    }
    let views = session
        .release(|record| access::write(context, workplace, record, liant_audit::Act::Read, "person"))?;
    let mut origins: Vec<Origin> = Vec::new();
    for view in &views {
        let source = view.source().to_string();
        let values = view.iter().map(|(field, value, clause)| Value {
            field: field.code(),
            label: field.label(lang),
            value: value.to_owned(),
            clause: clause.to_string().into(),
        });
        match origins.iter_mut().find(|origin| origin.source == source) {
            Some(origin) => {
                origin.values.extend(values);
                origin.hidden += view.hidden();
            }
            None => origins.push(Origin { source, values: values.collect(), hidden: view.hidden() }),
        }
    }
    if origins.iter().all(|origin| origin.values.is_empty()) {
        Err(AppError::Absent("person"))
    } else {
        Ok(origins)
    }
}

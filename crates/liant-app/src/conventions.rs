//! The conventions that bind the actor's party, their course, and the acts that change it: suspension, resumption, formal
//! notice. They are read from files and are nobody's data; each act on them is on record.

use liant_audit::Act;
use liant_convention::{Convention, Course, CourseError, Ground, Kind, Milestone, Step, Validity};
use liant_model::{ActId, Date, Instant, Party};
use liant_store::{Change, ChangeSet, ConventionStepRow};

use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access, trail};

/// A version of a convention or register entry, as it stands today.
#[derive(Clone, Debug)]
pub struct Held {
    /// What its file says.
    pub file: Convention,
    /// How it stands.
    pub validity: Validity,
    /// What was recorded of it, and what follows.
    pub course: Course,
    /// Its last day, a formal notice that nobody answered counted in.
    pub ends: Option<Date>,
    /// Whether the actor may suspend it, resume it, give notice.
    pub is_steered: bool,
    /// What she may do of it today.
    pub open_steps: Vec<Step>,
}

impl Held {
    /// Whether it is a controller's own processing.
    pub fn is_register(&self) -> bool {
        self.file.kind != Kind::Convention
    }
}

/// A step that was recorded, with the name of who did.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The act.
    pub act: ActId,
    /// What was done.
    pub step: Step,
    /// The party that did it.
    pub party: Party,
    /// Why.
    pub ground: Ground,
    /// The first day on which it holds.
    pub from: Date,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// The step, for what follows from it.
pub(crate) fn milestone(row: &ConventionStepRow) -> Milestone {
    Milestone { convention: row.convention.clone(), step: row.step, by: row.party.clone(), from: row.from }
}

/// The grounds that a step may have.
pub const fn grounds(step: Step) -> &'static [Ground] {
    match step {
        Step::Suspended => &[Ground::Breach, Ground::Flaw, Ground::Default, Ground::Authority],
        Step::Resumed => &[Ground::Remedied, Ground::Authority, Ground::Mistake],
        Step::Notice => &[Ground::Default, Ground::Breach, Ground::Flaw],
        Step::Answered => &[Ground::Remedied, Ground::Mistake],
    }
}

fn steps(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<ConventionStepRow>, AppError> {
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the bare method is not general over lifetimes"
    )]
    Ok(workplace.store.read(context.territory, |snapshot| snapshot.convention_steps())?)
}

/// The conventions and register entries of the territory that name the actor's party, each version, by name.
///
/// # Errors
/// When the store cannot be read.
pub fn list(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Held>, AppError> {
    let recorded: Vec<Milestone> = steps(context, workplace)?.iter().map(milestone).collect();
    let gate = workplace.gate(context.territory)?;
    let (files, today) = (workplace.conventions(), context.now().date());
    let hers = files.iter().filter(|file| {
        file.territory == context.territory && file.parties.iter().any(|one| one.org == context.actor.party)
    });
    Ok(hers
        .map(|file| {
            let course = Course::of(file, files, &recorded);
            let is_steered = file.kind == Kind::Convention && file.steered(context.actor).is_ok();
            let taken = |step| {
                let by = context.actor.party.clone();
                Milestone { convention: file.id.to_string(), step, by, from: today }
            };
            let admits = |step: &Step| course.admits(file, files, &taken(*step), today).is_ok();
            let open_steps = Step::ALL.iter().copied().filter(|step| is_steered && admits(step)).collect();
            Held {
                validity: gate
                    .standing(&file.id, file.version, today)
                    .unwrap_or(Validity::NotYet(file.in_force.from)),
                ends: file.in_force.until.into_iter().chain(course.ends()).min(),
                is_steered,
                open_steps,
                course,
                file: file.clone(),
            }
        })
        .collect())
}

/// The conventions and register entries that bind the actor's party at a moment. One that is suspended still binds to tell of a
/// breach, and to answer people.
pub(crate) fn binding(
    context: &Context<'_>,
    workplace: &Workplace,
    at: Instant,
) -> Result<Vec<Convention>, AppError> {
    let gate = workplace.gate(context.territory)?;
    let binds = |file: &&Convention| {
        let standing = gate.standing(&file.id, file.version, at.date());
        file.territory == context.territory
            && file.parties.iter().any(|party| party.org == context.actor.party)
            && matches!(standing, Some(Validity::InForce | Validity::Suspended(_)))
    };
    Ok(gate.conventions().iter().filter(binds).cloned().collect())
}

/// All versions of one of them, the latest first, and the steps recorded of it, the latest first.
///
/// # Errors
/// [`AppError::Absent`] when there is none of that name, or it does not bind the actor's party.
pub fn show(
    context: &Context<'_>,
    workplace: &Workplace,
    id: &str,
) -> Result<(Vec<Held>, Vec<Recorded>), AppError> {
    let mut versions = list(context, workplace)?;
    versions.retain(|held| &*held.file.id == id);
    versions.reverse();
    if versions.is_empty() {
        return Err(AppError::Absent("convention"));
    }
    let mut rows = steps(context, workplace)?;
    rows.retain(|row| row.convention == id);
    rows.reverse();
    let actors: Vec<String> = rows.iter().map(|row| row.recorded_by.clone()).collect();
    let names = trail::names(workplace, context.territory, &actors)?;
    let recorded = rows.into_iter().map(|row| Recorded {
        act: row.act,
        step: row.step,
        party: row.party,
        ground: row.ground,
        from: row.from,
        by: names.get(&row.recorded_by).cloned().unwrap_or(row.recorded_by),
        at: row.recorded_at,
    });
    Ok((versions, recorded.collect()))
}

/// Records a step in the course of a convention, of the actor's party. It holds at once, in every process, or from the later
/// day that is given.
///
/// # Errors
/// [`AppError::Absent`] when no such convention binds the actor's party; [`AppError::Course`] when the step is not hers to take
/// or cannot be taken, which is on record; [`AppError::NoSuchWord`] for a ground that the step does not have.
pub fn take_step(
    context: &Context<'_>,
    workplace: &Workplace,
    id: &str,
    (step, ground, from): (Step, Ground, Date),
) -> Result<(), AppError> {
    let allowed = grounds(step);
    if !allowed.contains(&ground) {
        let there = allowed.iter().map(ToString::to_string).collect();
        return Err(AppError::NoSuchWord { word: ground.to_string(), there });
    }
    let (versions, _) = show(context, workplace, id)?;
    let held = versions.first().ok_or(AppError::Absent("convention"))?;
    let taken = Milestone { convention: id.to_owned(), step, by: context.actor.party.clone(), from };
    let today = context.now().date();
    let admitted = held.file.steered(context.actor).and_then(|()| {
        if step == Step::Suspended {
            held.file.suspends_on(&context.actor.party, ground)?;
        }
        // A later version in force lets the step be taken on all of them.
        held.course.admits(&held.file, workplace.conventions(), &taken, today)
    });
    if let Err(error) = admitted {
        return refuse(context, workplace, id, error);
    }
    let act = context.act_id()?;
    let what = Audited {
        subject: format!("{id}: {step} ({ground}), from {from}"),
        clauses: held
            .file
            .ending
            .iter()
            .map(|ending| format!("{id} v{}, {}", held.file.version, ending.clause))
            .collect(),
        ..Audited::default()
    };
    let row = ConventionStepRow {
        act,
        convention: id.to_owned(),
        step,
        party: context.actor.party.clone(),
        ground,
        from,
        recorded_by: context.actor.name.clone(),
        recorded_at: context.now(),
    };
    let entry = audit(context, act, Act::Convention, what)?;
    workplace.store.ensure_territory(context.territory)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&set.with(Change::ConventionStep(row)))?;
    access::sequence(context, workplace);
    Ok(())
}

fn refuse(
    context: &Context<'_>,
    workplace: &Workplace,
    id: &str,
    error: CourseError,
) -> Result<(), AppError> {
    access::write_refusal(context, workplace, &format!("{id}: {error}"))?;
    Err(AppError::Course(error))
}

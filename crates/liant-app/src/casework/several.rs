//! Several people at once: of whose path a clause shows the actor something, and what a list says of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use liant_audit::Act;
use liant_casework::Programmes;
use liant_convention::Consents;
use liant_guard::NAMES;
use liant_model::{Field, Lang, PersonId};
use liant_store::CaseworkEvents;
use liant_store::directory::HeldPerson;

use super::held::{Held, HeldOf};
use super::sight::{self, Sight, Window};
use crate::people::{self, Line};
use crate::{AppError, Context, Workplace, access};

/// People at whose paths the actor looks. Nothing is shown before [`Several::open`].
pub(super) struct Several<'a> {
    groups: Vec<Group<'a>>,
    people: BTreeMap<PersonId, HeldPerson>,
}

/// What is held of people: all that a page shows, or where it comes from alone.
struct People {
    of: BTreeMap<PersonId, HeldPerson>,
    with_facts: bool,
    /// Those whose address is protected.
    protected: HashSet<PersonId>,
}

/// Reads the paths of people, those together who agreed to the same.
fn by_consents(
    people: &[PersonId],
    mut paths: BTreeMap<PersonId, CaseworkEvents>,
) -> Result<Vec<(Consents, HeldOf)>, AppError> {
    let mut by_consents: Vec<(Consents, HeldOf)> = Vec::new();
    for person in people {
        let path = Held::read(paths.remove(person).unwrap_or_default())?;
        match by_consents.iter_mut().find(|(consents, _)| *consents == path.consents()) {
            Some((_, same)) => {
                same.insert(*person, path);
            }
            None => by_consents.push((path.consents(), HeldOf::from([(*person, path)]))),
        }
    }
    Ok(by_consents)
}

/// Those who agreed to the same.
struct Group<'a> {
    windows: Vec<Window<'a>>,
    /// Those of whose path a clause shows something, with what it shows.
    shown: HeldOf,
}

impl<'a> Several<'a> {
    /// Looks at these people: of whom no clause shows a path, she is not there.
    pub(super) fn look(
        context: &Context<'a>,
        workplace: &Workplace,
        people: &[PersonId],
        programmes: &Programmes,
    ) -> Result<Self, AppError> {
        let (paths, held) = workplace.store.read(context.territory, |snapshot| {
            let held =
                People { of: snapshot.shown_of(people)?, with_facts: true, protected: snapshot.protected()? };
            Ok((snapshot.casework_of_each(people)?, held))
        })?;
        Self::seen_by(context, workplace, (by_consents(people, paths)?, held), programmes)
    }

    /// The same for counting. Of each path only its steps are read: what was done from day to day neither moves anyone from one stage to
    /// another nor is a consent or a form, and each event is shown or not by itself and by the form before it, so that without it the same gate lets the same
    /// stages be seen. What registers say of people is read where some clause about paths is not about everyone, and only there does it
    /// bear on what comes out; of whom something is under way, some register holds her. Nothing can be opened.
    pub(super) fn outline(
        context: &Context<'a>,
        workplace: &Workplace,
        people: &[PersonId],
        programmes: &Programmes,
    ) -> Result<Self, AppError> {
        let (paths, held) = workplace.store.read(context.territory, |snapshot| {
            let held = People {
                of: people.iter().map(|person| (*person, HeldPerson::default())).collect(),
                with_facts: false,
                protected: snapshot.protected()?,
            };
            Ok((snapshot.casework_steps_of_each(people)?, held))
        })?;
        Self::seen_by(context, workplace, (by_consents(people, paths)?, held), programmes)
    }

    fn seen_by(
        context: &Context<'a>,
        workplace: &Workplace,
        (by_consents, mut held): (Vec<(Consents, HeldOf)>, People),
        programmes: &Programmes,
    ) -> Result<Self, AppError> {
        let mut groups = Vec::new();
        for (consents, same) in by_consents {
            let mut windows = sight::windows(context, workplace, consents)?;
            let people: Vec<PersonId> = same.keys().copied().collect();
            let asks = |window: &Window<'_>| window.plan.asks_who_she_is(Field::AccompanimentPath);
            if !held.with_facts && windows.iter().any(asks) {
                let whole = workplace.store.read(context.territory, |snapshot| snapshot.shown_of(&people))?;
                held.of.retain(|person, _| !same.contains_key(person));
                held.of.extend(whole);
            }
            let mut parts = Vec::new();
            for (person, path) in &same {
                let Some(one) = held.of.get(person) else { continue };
                parts.push((*person, sight::part_in_form(context, programmes, path)));
                for window in &mut windows {
                    let standings = &mut window.positions.standings;
                    people::take_in(standings, *person, one, held.protected.contains(person));
                }
            }
            for window in &mut windows {
                let positions = &mut window.positions;
                workplace
                    .store
                    .read(context.territory, |snapshot| positions.place_each(snapshot, &people))?;
            }
            for (person, part) in parts {
                sight::designate(&mut windows, person, part);
            }
            let shown = same.into_iter().filter(|(person, _)| held.of.contains_key(person));
            let shown = shown.filter_map(|(person, path)| {
                let sight = Sight::of(context, &windows, person);
                (!sight.is_none()).then(|| (person, sight.shown(programmes, &path)))
            });
            groups.push(Group { shown: shown.collect(), windows });
        }
        Ok(Self { groups, people: held.of })
    }

    /// What the actor may see of someone's path.
    pub(super) fn shown(&self, person: PersonId) -> Option<&Held> {
        self.groups.iter().find_map(|group| group.shown.get(&person))
    }

    /// The names of some of them, each as a clause lets it out. Written as one access record for each purpose and set of consents.
    pub(super) fn open(
        &self,
        context: &Context<'_>,
        workplace: &Workplace,
        wanted: &[PersonId],
        (what, lang): (&str, Lang),
    ) -> Result<BTreeMap<PersonId, Line>, AppError> {
        let mut lines = BTreeMap::new();
        for group in &self.groups {
            let of: Vec<(PersonId, &Held)> = wanted
                .iter()
                .filter_map(|person| group.shown.get(person).map(|held| (*person, held)))
                .collect();
            if of.is_empty() {
                continue;
            }
            let lets = |window: &Window<'_>, (person, shown): (PersonId, &Held)| {
                let standing = window.standing(person);
                let mut sources = sight::registers(context, shown).into_iter();
                sources.any(|source| window.plan.allows(&source, Field::AccompanimentPath, &standing))
            };
            // By clauses for a purpose under which nothing of her path is shown she is not named, as on her own page.
            let passes_over = |window: &Window<'_>, whose: (PersonId, &Held)| {
                !lets(window, whose) && group.windows.iter().any(|other| lets(other, whose))
            };
            let mut views = Vec::new();
            for (place, window) in group.windows.iter().enumerate() {
                let plan = window.plan.narrowed(NAMES.with(Field::AccompanimentPath));
                let mut session = plan.begin();
                let mut is_empty = true;
                for (person, shown) in &of {
                    let standing = window.standing(*person);
                    if passes_over(window, (*person, shown)) {
                        continue;
                    }
                    for source in sight::registers(context, shown) {
                        if plan.allows(&source, Field::AccompanimentPath, &standing) {
                            session.add(&sight::sealed((*person, shown), &source), &standing);
                            is_empty = false;
                        }
                    }
                    let before = group.windows.iter().take(place);
                    let before = before.filter(|one| !passes_over(one, (*person, shown)));
                    let earlier: Vec<_> = before.map(|one| (&one.plan, one.standing(*person))).collect();
                    for fact in self.people.get(person).into_iter().flat_map(|one| &one.facts) {
                        let source = fact.facts.source();
                        // What the clauses of an earlier purpose name is not named again.
                        let named = |(plan, standing): &(&liant_guard::Plan, liant_guard::Standing)| {
                            !plan.fields(source, standing).intersection(NAMES).is_empty()
                        };
                        if !earlier.iter().any(named) && !plan.fields(source, &standing).is_empty() {
                            session.add(&fact.facts, &standing);
                            is_empty = false;
                        }
                    }
                }
                if !is_empty {
                    views.extend(session.release(|record| {
                        access::write(&window.context, workplace, record, Act::Read, what)
                    })?);
                }
            }
            let people: Vec<PersonId> = of.iter().map(|(person, _)| *person).collect();
            let named = people::lines(views, &people, HashMap::new(), lang);
            lines.extend(named.into_iter().map(|line| (line.person, line)));
        }
        Ok(lines)
    }
}

//! Looks at what is held, some people at a time, and asks the rules what of it is due.

use std::collections::{BTreeMap, BTreeSet};

use liant_convention::retention::{
    Batches, Fate, HeldBatch, HeldIdentity, HeldVersion, Hers, Term, Terms, Times, Verdict, convention_of,
    decide, last,
};
use liant_convention::{ClauseRef, Limited, UseKind};
use liant_guard::UsePlan;
use liant_model::{BatchNo, Block, Date, Field, Instant, PersonId, Source, Territory};
use liant_store::retention::{Doomed, Held, PersonHoldings};
use liant_store::{BatchRow, CurrentFact};

use super::{DataSet, Part, Plan};
use crate::{AppError, Context, Workplace, access};

/// People looked at together.
const AT_ONCE: usize = 200;

/// What is due of some people.
pub(crate) struct Due {
    pub(crate) doomed: Vec<Doomed>,
    pub(crate) parts: Vec<Part>,
    undated: u64,
}

/// A look at everything of a territory, for one day.
pub(crate) struct Looking<'a> {
    workplace: &'a Workplace,
    territory: Territory,
    pub(crate) day: Date,
    terms: Terms,
    batches: Batches,
    retain: UsePlan,
}

/// The counts of what is due, by clause.
#[derive(Default)]
struct Tally(BTreeMap<(ClauseRef, DataSet, Option<Source>), (u64, u64)>);

impl Tally {
    fn add(&mut self, key: (ClauseRef, DataSet, Option<Source>), people: u64, items: u64) {
        let counts = self.0.entry(key).or_default();
        counts.0 += people;
        counts.1 += items;
    }

    fn into_parts(self) -> Vec<Part> {
        let part =
            |((clause, data_set, source), (people, items))| Part { clause, data_set, source, people, items };
        self.0.into_iter().map(part).collect()
    }
}

impl<'a> Looking<'a> {
    pub(crate) fn begin(
        context: &Context<'_>,
        workplace: &'a Workplace,
        day: Date,
    ) -> Result<Self, AppError> {
        let territory = context.territory;
        let retain = UsePlan::compile(context.gate(workplace)?, UseKind::Retain, territory, context.now());
        let retain = retain.map_err(|refusal| {
            match access::write_refusal(context, workplace, &refusal.to_string()) {
                Ok(()) => AppError::Gate(refusal),
                Err(error) => error,
            }
        })?;
        let terms = Terms::of(context.gate(workplace)?, territory, day);
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the bare method is not general over lifetimes"
        )]
        let rows = workplace.store.read(territory, |snapshot| snapshot.batches())?;
        let published = rows.into_iter().filter(|row| row.state == "published");
        let batches = published.map(|row| held_batch(workplace, row)).collect::<Result<_, _>>()?;
        Ok(Self { workplace, territory, day, terms, batches: Batches::new(batches), retain })
    }

    pub(crate) fn may(&self, source: &Source) -> bool {
        !self.retain.fields(source).is_empty()
    }

    /// What is due in all.
    pub(crate) fn plan(&self) -> Result<Plan, AppError> {
        let (mut tally, mut undated, mut after) = (Tally::default(), 0, None);
        while let Some((last, due)) = self.next(after)? {
            undated += due.undated;
            for part in due.parts {
                tally.add((part.clause, part.data_set, part.source), part.people, part.items);
            }
            after = Some(last);
        }
        for (_, part) in self.rejects()? {
            tally.add((part.clause, part.data_set, part.source), 0, part.items);
        }
        if let Some((before, term)) = self.access_log() {
            let (rows, entries) =
                self.workplace.store.read(self.territory, |snapshot| snapshot.access_log_before(before))?;
            for (set, items) in [(DataSet::AccessRecords, rows), (DataSet::LogEntries, entries)] {
                if items > 0 {
                    tally.add(((*term.clause).clone(), set, None), 0, items);
                }
            }
        }
        let sources: BTreeSet<&Source> = self.batches.iter().map(|batch| &batch.source).collect();
        let withheld = sources.into_iter().filter(|source| !self.may(source)).cloned().collect();
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the bare method is not general over lifetimes"
        )]
        let runs = self.workplace.store.read(self.territory, |snapshot| snapshot.destructions())?;
        let under_way = runs.iter().any(|run| run.ended_at.is_none());
        Ok(Plan { day: self.day, parts: tally.into_parts(), withheld, undated, under_way })
    }

    /// What is due of the people after `after`; the last of those looked at. None when there is nobody left.
    pub(crate) fn next(&self, after: Option<PersonId>) -> Result<Option<(PersonId, Due)>, AppError> {
        let (people, held, restricted) = self.workplace.store.read(self.territory, |snapshot| {
            let people = snapshot.people_after(after, AT_ONCE)?;
            let held = match (people.first(), people.last()) {
                (Some(first), Some(last)) => snapshot.holdings((*first, *last))?,
                _ => BTreeMap::new(),
            };
            let limited = snapshot.limited(self.day)?;
            let restricted = limited.iter().filter(|one| one.what.what == Limited::Restriction);
            Ok((people, held, restricted.map(|one| one.person).collect::<BTreeSet<_>>()))
        })?;
        let Some(last) = people.last() else { return Ok(None) };
        let (mut doomed, mut tally, mut undated) = (Vec::new(), Tally::default(), 0);
        // To be destroyed is no storage: it waits until she has what she wanted it kept for (GDPR art. 4 (2), 18 (2)).
        for (person, held) in held.iter().filter(|(person, _)| !restricted.contains(person)) {
            undated += self.undated(held);
            let verdicts = self.decide(held);
            Self::count(held, &verdicts, &mut tally);
            doomed.extend(held.identities.iter().zip(verdicts).filter_map(|(held, verdict)| {
                verdict.is_anything(held.own, held.path).then(|| Doomed {
                    person: *person,
                    identity: held.identity,
                    versions: verdict.versions.iter().map(|due| due.version).collect(),
                    own: verdict.own.is_some(),
                    path: verdict.path.is_some(),
                    fate: verdict.fate,
                })
            }));
        }
        Ok(Some((*last, Due { doomed, parts: tally.into_parts(), undated })))
    }

    /// What is held of one person, with what of it is due; none when there is no such person.
    pub(crate) fn of_person(
        &self,
        person: PersonId,
    ) -> Result<Option<(PersonHoldings, Vec<Verdict>)>, AppError> {
        let mut held =
            self.workplace.store.read(self.territory, |snapshot| snapshot.holdings((person, person)))?;
        Ok(held.remove(&person).map(|held| {
            let verdicts = self.decide(&held);
            (held, verdicts)
        }))
    }

    /// The clause that a version was last received under.
    pub(crate) fn received_under(&self, held: &HeldIdentity, version: HeldVersion) -> Option<&str> {
        self.batches.last_said(held, version).map(|batch| batch.received_under.as_str())
    }

    /// The clause under which a controller keeps what it recorded itself.
    pub(crate) fn own_clause(&self) -> Option<ClauseRef> {
        self.terms.own(&Source::DEPARTEMENT).first().map(|term| (*term.clause).clone())
    }

    fn decide(&self, held: &PersonHoldings) -> Vec<Verdict> {
        let of = |one: &'_ Held| {
            let rights = held.rights.iter().filter(|fact| fact.identity == one.identity);
            rights.filter_map(|fact| self.right_ended(fact)).max()
        };
        let hers: Vec<Hers<'_>> = held
            .identities
            .iter()
            .map(|one| Hers { held: &one.held, own: one.own, path: one.path, right_ended: of(one) })
            .collect();
        decide((&hers, &held.path), (&self.terms, &self.batches), |source| self.may(source), self.day)
    }

    /// The end of right that a register gives.
    fn right_ended(&self, fact: &CurrentFact) -> Option<Date> {
        self.retain.read(&fact.facts, |reading| reading.get(Field::RightEnded)?.parse().ok()).flatten()
    }

    /// Versions that were received under a convention of which no time of retention is known.
    fn undated(&self, held: &PersonHoldings) -> u64 {
        let of = |one: &Held| {
            let unknown = one.held.versions.iter().filter(|version| {
                !version.is_empty
                    && self.batches.last_said(&one.held, **version).is_none_or(|said| {
                        self.terms.facts(convention_of(&said.received_under), &one.held.source).is_empty()
                    })
            });
            unknown.count() as u64
        };
        held.identities.iter().map(of).sum()
    }

    fn count(held: &PersonHoldings, verdicts: &[Verdict], tally: &mut Tally) {
        let mut hers = Tally::default();
        for (one, verdict) in held.identities.iter().zip(verdicts) {
            for due in &verdict.versions {
                hers.add(((*due.clause).clone(), DataSet::Facts, Some(one.held.source.clone())), 0, 1);
            }
            let is_bare = verdict.versions.is_empty() && verdict.fate == Fate::Goes;
            if let Some((_, clause)) = verdict.own.as_ref().filter(|_| one.own > 0 || is_bare) {
                hers.add(((**clause).clone(), DataSet::OwnRecords, None), 0, one.own.max(1));
            }
            if let Some((_, clause)) = verdict.path.as_ref().filter(|_| one.path > 0) {
                hers.add(((**clause).clone(), DataSet::OwnRecords, None), 0, one.path);
            }
        }
        hers.0.into_iter().for_each(|(key, (_, items))| tally.add(key, 1, items));
    }

    /// The files whose records set aside are due, with how many rows.
    pub(crate) fn rejects(&self) -> Result<Vec<(BatchNo, Part)>, AppError> {
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the bare method is not general over lifetimes"
        )]
        let counts = self.workplace.store.read(self.territory, |snapshot| snapshot.reject_counts())?;
        let due = self.batches.iter().filter_map(|batch| {
            let items = counts.iter().find(|(number, _)| *number == batch.number)?.1;
            let times = Times { received: Some(batch.received), ..Times::default() };
            let (since, term) = last(&self.terms.files(convention_of(&batch.received_under)), &times)?;
            (since <= self.day && self.may(&batch.source)).then(|| {
                let source = Some(batch.source.clone());
                let clause = (*term.clause).clone();
                let data_set = DataSet::RecordsSetAside;
                (batch.number, Part { clause, data_set, source, people: 0, items })
            })
        });
        Ok(due.collect())
    }

    /// The moment before which who was shown what is due, and the time that says so: the longest of those there are.
    pub(crate) fn access_log(&self) -> Option<(Instant, &Term)> {
        let of = |term: &'_ Term| term.keep.before(self.day);
        let term = self.terms.access_log().into_iter().min_by_key(|term| of(term))?;
        // What is of the day itself is as old as that.
        let next = of(term).tomorrow().ok()?;
        Some((Instant::from_micros(midnight(next)), term))
    }
}

/// The first moment of a day, in microseconds, UTC.
fn midnight(day: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    let days = day.since(epoch).map_or(0, |span| i64::from(span.get_days()));
    days * 24 * 3_600 * 1_000_000
}

fn held_batch(workplace: &Workplace, row: BatchRow) -> Result<HeldBatch, AppError> {
    let damaged = || AppError::Internal(format!("batch {} does not read", row.batch.0));
    let profile = workplace.profile(&row.flow).ok();
    Ok(HeldBatch {
        number: row.batch,
        source: Source::parse(&row.source).map_err(|_| damaged())?,
        received: row.published_at.ok_or_else(damaged)?.date(),
        speaks_for: row.reference_date.parse().map_err(|_| damaged())?,
        blocks: profile.map_or(Block::ALL.to_vec(), |profile| profile.blocks().to_vec()),
        received_under: row.received_under,
    })
}

//! What an erasure would reach of what is held of someone, line by line, and what it goes as.

use std::collections::BTreeMap;

use liant_casework::{ErasureGround, ErasureRefusal, FactSet, Resting};
use liant_convention::retention::{Fate, HeldVersion, Verdict};
use liant_convention::{ClauseRef, Limited, RestsOn};
use liant_model::{Block, PersonId, Purpose, RightsRequestId, Source};
use liant_store::retention::{Doomed, Held, PersonHoldings};

use ring::digest;

use super::{Wish, state, told};
use crate::retention::look::Looking;
use crate::retention::{DataSet, Part};
use crate::rights::shared::{self, Part as Party};
use crate::rights::{Request, limits};
use crate::{AppError, Context, Workplace};

/// Why a line stays though the wish is about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// A legal obligation; art. 17 (3) (b).
    LegalObligation,
    /// A task in the public interest; art. 17 (3) (b).
    PublicTask,
    /// Legal claims; art. 17 (3) (e).
    LegalClaims,
    /// The ground is not met.
    NoGround,
    /// No `[[use]]` clause lets the software destroy what this register says.
    NoUse,
}

impl From<ErasureRefusal> for Kept {
    fn from(refusal: ErasureRefusal) -> Self {
        match refusal {
            ErasureRefusal::LegalObligation => Self::LegalObligation,
            ErasureRefusal::PublicTask => Self::PublicTask,
            ErasureRefusal::LegalClaims => Self::LegalClaims,
            ErasureRefusal::NoGround => Self::NoGround,
        }
    }
}

/// Something that is held of her.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Line {
    /// From which register; none for what the controller recorded itself, or has from her.
    pub source: Option<Source>,
    /// Which set of facts, by code of [`FactSet`]; `identity` for what a register knows her by; none for the controller's own.
    pub set: Option<&'static str>,
    /// How many versions or rows.
    pub items: u64,
    /// The clause that it came by.
    pub clause: Option<ClauseRef>,
    /// What that rests on, as its file words it.
    pub basis: Vec<String>,
    /// Whether the wish is about it.
    pub meant: bool,
    /// Why it stays all the same.
    pub kept: Option<Kept>,
}

impl Line {
    fn part(&self) -> Option<Part> {
        let data_set = if self.source.is_some() { DataSet::Facts } else { DataSet::OwnRecords };
        let clause = self.clause.clone()?;
        Some(Part { clause, data_set, source: self.source.clone(), people: 1, items: self.items })
    }
}

/// What an erasure would reach.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Plan {
    /// The request.
    pub request: RightsRequestId,
    /// The ground: a code of [`ErasureGround`].
    pub ground: &'static str,
    /// The article that gives it.
    pub article: &'static str,
    /// Whether it is about everything.
    pub whole: bool,
    /// What is held, and what becomes of it.
    pub lines: Vec<Line>,
    /// Whether nothing of what is meant has to stay: it may be carried out.
    pub possible: bool,
    /// Whether the next files of the same registers would not bring her back.
    pub keeps_out: bool,
    /// Frozen lists of a programme (*listes d'indicateurs*) that may name her, and stay for as long as the law has them kept.
    pub frozen_lists: u64,
    /// The parties that gave or received some of it, and are told (GDPR art. 19).
    pub parties: Vec<String>,
    /// For the next change: what it is decided upon.
    pub version: i64,
    /// What would go, as a digest: what is confirmed is what was shown.
    pub seen: String,
}

/// A plan, and what it takes to carry it out.
pub(super) type Planned = (Plan, Vec<Doomed>, Vec<Part>, Vec<Party>);

/// What her own rights say that bears on it.
struct Rights {
    objected: Vec<Purpose>,
    is_claimed: bool,
}

impl Rights {
    fn of(context: &Context<'_>, workplace: &Workplace, person: PersonId) -> Result<Self, AppError> {
        let day = context.now().date();
        let (held, claimed) = workplace.store.read(context.territory, |snapshot| {
            let held = snapshot.limited(day)?;
            let mut is_claimed = false;
            for one in held.iter().filter(|one| one.person == person && one.what.what == Limited::Restriction)
            {
                let ground = snapshot.limit(one.limit)?.map(|row| row.ground);
                is_claimed |= ground.as_deref() == Some(limits::LimitGround::Claims.code());
            }
            Ok((held, is_claimed))
        })?;
        let hers = held.iter().filter(|one| one.person == person && one.is_hers);
        let hers = hers.filter(|one| one.what.by == context.actor.party);
        let objected = hers.filter_map(|one| match &one.what.what {
            Limited::Objection(to) => Some(to.clone()),
            Limited::Restriction => None,
        });
        Ok(Self { objected: objected.flatten().collect(), is_claimed: claimed })
    }

    fn resting<'r>(&self, rests: &'r RestsOn, is_in_term: bool) -> Resting<'r> {
        let is_objected_to =
            !rests.purposes.is_empty() && rests.purposes.iter().all(|one| self.objected.contains(one));
        Resting { bases: &rests.bases, is_in_term, is_objected_to, is_claimed: self.is_claimed }
    }
}

fn set_of(block: Block) -> &'static str {
    let set = FactSet::ALL.iter().find(|set| set.block() == block);
    set.map_or("identity", |set| set.code())
}

/// Facts, counted by register, set and clause.
#[derive(Default)]
struct Counted {
    items: u64,
    is_in_term: bool,
}

/// Everything that is held, as the wish meets it.
fn lines(
    context: &Context<'_>,
    (looking, gate): (&Looking<'_>, &liant_convention::Gate),
    (held, verdicts): (&PersonHoldings, &[Verdict]),
    (rights, wish): (&Rights, &Wish),
) -> Vec<Line> {
    let mut facts: BTreeMap<(Source, &'static str, String), Counted> = BTreeMap::new();
    let mut own = Counted::default();
    for (one, verdict) in held.identities.iter().zip(verdicts) {
        for version in one.held.versions.iter().filter(|version| !version.is_empty) {
            let under = looking.received_under(&one.held, *version).unwrap_or_default();
            let key = (one.held.source.clone(), set_of(version.block), under.to_owned());
            let counted = facts.entry(key).or_default();
            counted.items += 1;
            counted.is_in_term |= !verdict.versions.iter().any(|due| due.version == *version);
        }
        own.items += one.own + one.path;
        own.is_in_term |= (one.own > 0 && verdict.own.is_none()) || (one.path > 0 && verdict.path.is_none());
    }
    let kept = |rests: &RestsOn, is_in_term: bool, source: &Source| {
        if !looking.may(source) {
            return Some(Kept::NoUse);
        }
        wish.ground.reaches(&rights.resting(rests, is_in_term)).err().map(Kept::from)
    };
    let line = |source: Option<(Source, &'static str)>, counted: Counted, rests: RestsOn| {
        let meant = match &source {
            None => wish.is_whole(),
            Some((source, set)) => {
                let is_of_set = wish.sets.is_empty() || wish.sets.iter().any(|one| one.code() == *set);
                is_of_set && (wish.sources.is_empty() || wish.sources.contains(source))
            }
        };
        let of = source.as_ref().map_or(&Source::DEPARTEMENT, |(source, _)| source);
        Line {
            kept: kept(&rests, counted.is_in_term, of).filter(|_| meant),
            set: source.as_ref().map(|(_, set)| *set),
            source: source.map(|(source, _)| source),
            items: counted.items,
            clause: rests.clause,
            basis: rests.stated,
            meant,
        }
    };
    let mut all: Vec<Line> = Vec::new();
    for ((source, set, under), counted) in facts {
        all.push(line(Some((source, set)), counted, gate.received_for(context.territory, &under)));
    }
    if own.items > 0 {
        let recorded = gate.recorded_for(context.territory, &context.actor.party);
        let clause = looking.own_clause().or_else(|| recorded.clause.clone());
        all.push(line(None, own, RestsOn { clause, ..recorded }));
    }
    all
}

/// One part for each clause and register, whatever the sets: it is about one person.
fn merged(parts: impl Iterator<Item = Part>) -> Vec<Part> {
    let mut all: Vec<Part> = Vec::new();
    for part in parts {
        let is_same = |one: &&mut Part| {
            (&one.clause, one.data_set, &one.source) == (&part.clause, part.data_set, &part.source)
        };
        match all.iter_mut().find(is_same) {
            Some(one) => one.items += part.items,
            None => all.push(part),
        }
    }
    all
}

/// What of a source identity goes.
fn doomed(person: PersonId, one: &Held, wish: &Wish) -> Option<Doomed> {
    if wish.is_whole() {
        let versions = one.held.versions.clone();
        return Some(Doomed {
            person,
            identity: one.identity,
            versions,
            own: true,
            path: true,
            fate: Fate::Goes,
        });
    }
    let is_meant = |version: &&HeldVersion| {
        wish.sets.is_empty() || wish.sets.iter().any(|set| set.block() == version.block)
    };
    if !wish.sources.is_empty() && !wish.sources.contains(&one.held.source) {
        return None;
    }
    let versions: Vec<HeldVersion> = one.held.versions.iter().filter(is_meant).copied().collect();
    let said = |versions: &[HeldVersion]| versions.iter().filter(|version| !version.is_empty).count();
    if said(&versions) == 0 {
        return None;
    }
    let fate = if said(&versions) < said(&one.held.versions) {
        Fate::Stays
    } else if one.own > 0 || one.path > 0 {
        Fate::KeepsOwn
    } else {
        Fate::Goes
    };
    Some(Doomed { person, identity: one.identity, versions, own: false, path: false, fate })
}

/// A digest of what is held and would go: another one when anything of it has changed.
fn seen(lines: &[Line], doomed: &[Doomed]) -> String {
    let text = format!("{lines:?}{doomed:?}");
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    digest.as_ref().iter().take(16).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// What a wish would reach.
pub(super) fn plan(
    context: &Context<'_>,
    workplace: &Workplace,
    looking: &Looking<'_>,
    (found, wish): (&Request, &Wish),
) -> Result<Planned, AppError> {
    let person = found.person.ok_or(AppError::Absent("person"))?;
    let (held, verdicts) = looking.of_person(person)?.ok_or(AppError::Absent("person"))?;
    let rights = Rights::of(context, workplace, person)?;
    let gate = context.gate(workplace)?;
    let lines = lines(context, (looking, gate), (&held, &verdicts), (&rights, wish));
    let meant = || lines.iter().filter(|line| line.meant);
    let possible = meant().next().is_some() && meant().all(|line| line.kept.is_none());
    let parties = shared::own_parties(context, workplace, found)?;
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the bare method is not general over lifetimes"
    )]
    let frozen = workplace.store.read(context.territory, |snapshot| snapshot.casework_evidence())?;
    let doomed: Vec<Doomed> = held.identities.iter().filter_map(|one| doomed(person, one, wish)).collect();
    let parts = merged(meant().filter_map(Line::part));
    let plan = Plan {
        request: found.request,
        ground: wish.ground.code(),
        article: wish.ground.article(),
        whole: wish.is_whole(),
        possible,
        keeps_out: wish.is_whole() && wish.ground.keeps_out(),
        frozen_lists: frozen.len() as u64,
        parties: told(&parties).iter().map(|one| one.party.to_string()).collect(),
        version: found.version,
        seen: seen(&lines, &doomed),
        lines,
    };
    Ok((plan, doomed, parts, parties))
}

/// The clauses under which her data stay, each with what it rests on: those that the reason is about, where any line tells it.
pub(super) fn clauses(
    context: &Context<'_>,
    workplace: &Workplace,
    looking: &Looking<'_>,
    (found, reason): (&Request, ErasureRefusal),
) -> Result<Vec<String>, AppError> {
    // Consent is the ground that reaches least: what keeps each line is then told.
    let wish = Wish { ground: ErasureGround::ConsentTakenBack, sources: Vec::new(), sets: Vec::new() };
    let (plan, ..) = plan(context, workplace, looking, (found, &wish))?;
    let said = |line: &Line| {
        let clause = line.clause.as_ref()?;
        Some(format!("{clause} ({})", line.basis.join("; ")))
    };
    let is_of_reason = |line: &&Line| match reason {
        // Whatever it rests on: no ground of hers reaches it.
        ErasureRefusal::NoGround => true,
        reason => line.kept == Some(Kept::from(reason)),
    };
    let mut clauses: Vec<String> = plan.lines.iter().filter(is_of_reason).filter_map(said).collect();
    if clauses.is_empty() {
        return Err(state("nothing that is held of her is kept for that reason: choose another"));
    }
    clauses.sort_unstable();
    clauses.dedup();
    Ok(clauses)
}

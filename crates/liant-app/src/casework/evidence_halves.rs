//! The half-years of the programmes whose lists a party signs: which are frozen, which wait.

use std::collections::{BTreeMap, BTreeSet};

use liant_casework::{Code, HalfYear};
use liant_convention::Channel;
use liant_guard::Plan;
use liant_model::{Actor, Lang, Party, Purpose, Territory};

use super::evidence::{PURPOSE, admitted, list, listing, rows};
use super::{EvidenceList, words};
use crate::people::seat;
use crate::{AppError, Context, Workplace, trail};

/// The lists of a programme.
#[derive(Clone, Debug)]
pub struct EvidenceHalves {
    /// Of which programme.
    pub programme: Code,
    /// Its title.
    pub title: String,
    /// What the list is.
    pub text: String,
    /// Where the rule comes from.
    pub source: String,
    /// Who signs it.
    pub signers: Vec<Party>,
    /// Each half-year since the programme began, the latest first.
    pub halves: Vec<EvidenceHalf>,
}

/// A half-year.
#[derive(Clone, Debug)]
pub struct EvidenceHalf {
    /// Which.
    pub half: HalfYear,
    /// Whether it is over: its list may be frozen.
    pub is_over: bool,
    /// Its list; none: it is not frozen, or its term is over.
    pub list: Option<EvidenceList>,
}

/// All of them, with the clauses under which a list names people and the names of those who signed.
#[derive(Clone, Debug)]
pub struct EvidenceDesk {
    /// The lists, programme by programme.
    pub lists: Vec<EvidenceHalves>,
    /// The clauses.
    pub clauses: Vec<String>,
    /// The names of those who signed, by what stands in their signature.
    pub names: BTreeMap<String, String>,
}

/// The lists that the actor's party signs, half-year by half-year. It names nobody who is on them.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] when the actor's party signs no list.
pub fn evidence_desk(
    context: &Context<'_>,
    workplace: &Workplace,
    lang: Lang,
) -> Result<EvidenceDesk, AppError> {
    let context = &admitted(context, workplace)?;
    let today = context.now().date();
    let all = rows(context, workplace)?;
    let programmes = workplace.programmes(context.territory)?;
    let mut lists = Vec::new();
    for id in programmes.iter().map(|one| &one.id).collect::<BTreeSet<_>>() {
        let Ok(running) = listing(context, workplace, id) else { continue };
        let signs = |rule: &&liant_casework::ListRule| rule.signed_by.contains(&context.actor.party);
        let Some(rule) = running.lists.iter().find(signs) else { continue };
        let begins = programmes.iter().filter(|one| one.id == *id).map(|one| one.from).min();
        let first = HalfYear::of(begins.unwrap_or(running.from));
        let mut halves = Vec::new();
        let mut half = HalfYear::of(today);
        while half >= first {
            let row = all.iter().find(|row| row.programme == id.as_str() && row.half == half.to_string());
            halves.push(EvidenceHalf {
                half,
                is_over: half.last() < today,
                list: row.map(|row| list(&running, row.clone())).transpose()?,
            });
            match half.first().yesterday() {
                Ok(day) => half = HalfYear::of(day),
                Err(_) => break,
            }
        }
        lists.push(EvidenceHalves {
            programme: id.clone(),
            title: words::said(&running.title, lang),
            text: words::said(&rule.text, lang),
            source: rule.source.clone(),
            signers: rule.signed_by.clone(),
            halves,
        });
    }
    if lists.is_empty() {
        return Err(AppError::Absent("list"));
    }
    let signed: Vec<String> =
        all.iter().flat_map(|row| &row.signatures).map(|one| one.signed_by.clone()).collect();
    let names = trail::names(workplace, context.territory, &signed)?.into_iter().collect();
    Ok(EvidenceDesk { lists, clauses: clauses(context, workplace)?, names })
}

/// The clauses under which a list names people, whatever they agreed to.
fn clauses(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<String>, AppError> {
    let query = seat::query(context, liant_convention::Reach::Territory, Channel::Export);
    let plan = Plan::compile_of(context.gate(workplace)?, &query, super::ALL_CONSENTS);
    Ok(plan
        .map_or_else(
            |_| BTreeSet::new(),
            |plan| plan.clauses().map(ToString::to_string).collect::<BTreeSet<_>>(),
        )
        .into_iter()
        .collect())
}

/// Whether some clause lets the actor take such a list out: whether a menu leads her to them. What she then may, the gate decides.
pub fn is_given_evidence(workplace: &Workplace, territory: Territory, actor: &Actor) -> bool {
    let Ok(purpose) = Purpose::parse(PURPOSE) else { return false };
    let here = workplace.conventions().iter().filter(|file| file.territory == territory);
    here.flat_map(|file| &file.grants).any(|grant| {
        grant.purposes.contains(&purpose)
            && grant.channels.contains(&Channel::Export)
            && grant.to.iter().any(|to| to.party == actor.party && to.role == actor.role)
    })
}

//! The log as a DPO reads it: who did what, for which purpose, about whom.

use std::collections::HashMap;

use liant_audit::{Act, Entry, PeopleBlock};
use liant_convention::{Channel, Query, Reach};
use liant_model::{AccountId, ActId, Field, FieldSet, Instant, Lang, PersonId, Territory};
use liant_store::{ChangeSet, KeptCheckpoint, LogLeaf, LogPart};

use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access};

/// Which entries are wanted.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    /// About this person.
    pub person: Option<PersonId>,
    /// By this actor: her account, as the log holds it, or part of her name.
    pub actor: Option<String>,
    /// For this purpose.
    pub purpose: Option<String>,
    /// Of the kind of this code.
    pub act: Option<String>,
    /// From this moment on.
    pub since: Option<Instant>,
    /// Before this moment.
    pub until: Option<Instant>,
    /// Before this place in the log: where the last page ended.
    pub before: Option<u64>,
}

/// One entry of the log.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// Its place in the log.
    pub index: u64,
    /// The act.
    pub act: ActId,
    /// When.
    pub at: Instant,
    /// What it says, unless it was erased.
    pub content: Option<LogContent>,
}

/// What an entry says.
#[derive(Clone, Debug)]
pub struct LogContent {
    /// Who acted: her account, as the log holds it.
    pub actor: String,
    /// Her name, when she has an account here.
    pub name: Option<String>,
    /// The party and role she acted for.
    pub seat: String,
    /// For which purpose.
    pub purpose: String,
    /// The code of its kind.
    pub act: &'static str,
    /// What it was about.
    pub subject: String,
    /// The clauses cited.
    pub clauses: Vec<String>,
    /// Figures, by name.
    pub counts: Vec<(String, u64)>,
    /// How many people it concerned.
    pub people: u64,
}

/// A page of entries, the latest first.
#[derive(Clone, Debug)]
pub struct LogPage {
    /// The entries.
    pub entries: Vec<LogEntry>,
    /// Where to go on, when there is more.
    pub next: Option<u64>,
    /// The purposes that conventions of the territory name.
    pub purposes: Vec<(String, String)>,
}

/// Entries on a page, and entries read for it at most: what a filter leaves may be far apart.
const ON_A_PAGE: usize = 50;
const MOST_READ: usize = 20_000;
const READ_AT_ONCE: u32 = 1_000;

/// A page of the log under a filter. Reading it is on record itself.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn entries(
    context: &Context<'_>,
    workplace: &Workplace,
    filter: &EntryFilter,
    lang: Lang,
) -> Result<LogPage, AppError> {
    watch(context, workplace)?;
    let (found, next) = find(context, workplace, filter)?;
    write_read(context, workplace, "audit log", filter.person, found.len())?;
    let actors: Vec<String> =
        found.iter().filter_map(|(_, entry)| Some(entry.as_ref()?.actor.name.clone())).collect();
    let names = names(workplace, context.territory, &actors)?;
    let entries = found.into_iter().map(|(leaf, entry)| shown(&leaf, entry, &names)).collect();
    Ok(LogPage { entries, next, purposes: purpose_words(workplace, context.territory, lang) })
}

/// Whether the actor keeps watch over the log: a clause lets her act for the rights of people, and she does. To have
/// some other clause is not enough.
pub(crate) fn watch(context: &Context<'_>, workplace: &Workplace) -> Result<(), AppError> {
    if context.purpose.as_str() != RIGHTS {
        access::write_refusal(context, workplace, "the log is read for the rights of people only")?;
        return Err(AppError::Absent("entry of the log"));
    }
    access::plan(context, workplace, Channel::Screen).map(drop)
}

/// Whether the actor keeps watch over rights. Asks, and does nothing: it leaves no trace.
pub(crate) fn watches(context: &Context<'_>, workplace: &Workplace) -> Result<bool, AppError> {
    let query = Query {
        actor: context.actor,
        purpose: &context.purpose,
        channel: Channel::Screen,
        territory: context.territory,
        reach: Reach::Territory,
        now: context.now(),
    };
    let may = context.gate(workplace)?.decide(&query).granted().is_ok();
    Ok(may && context.purpose.as_str() == RIGHTS)
}

/// The purpose for which the log is read: the rights of people (*droits des personnes*).
const RIGHTS: &str = "person-rights";

/// How many acts of these kinds the log holds since a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Acts {
    /// Refusals: of the gate, of a file, of a search.
    pub refusals: u64,
    /// Exports and files built for a partner.
    pub exports: u64,
    /// Whether there were more entries than were looked at.
    pub and_more: bool,
}

/// Entries looked at to count acts.
const MOST_COUNTED: u32 = 5_000;

/// Counts what a DPO looks at first, in the entries since a moment. Figures only: the list behind them is read by [`entries`].
///
/// # Errors
/// When the gate refuses, or the store.
pub fn acts_since(context: &Context<'_>, workplace: &Workplace, since: Instant) -> Result<Acts, AppError> {
    watch(context, workplace)?;
    let part = LogPart { before: None, since: Some(since), until: None, most: MOST_COUNTED };
    let leaves = workplace.store.read(context.territory, |snapshot| snapshot.log_part(part))?;
    let mut acts = Acts { and_more: leaves.len() >= MOST_COUNTED as usize, ..Acts::default() };
    for leaf in &leaves {
        match decode(leaf)?.map(|entry| entry.act) {
            Some(Act::Refusal) => acts.refusals += 1,
            Some(Act::Export) => acts.exports += 1,
            _ => {}
        }
    }
    Ok(acts)
}

type Found = (LogLeaf, Option<Entry>);

fn find(
    context: &Context<'_>,
    workplace: &Workplace,
    filter: &EntryFilter,
) -> Result<(Vec<Found>, Option<u64>), AppError> {
    let accounts = accounts_named(workplace, context.territory, filter.actor.as_deref())?;
    let (mut found, mut before, mut read) = (Vec::new(), filter.before, 0);
    loop {
        let part = LogPart { before, since: filter.since, until: filter.until, most: READ_AT_ONCE };
        let leaves = workplace.store.read(context.territory, |snapshot| snapshot.log_part(part))?;
        let count = leaves.len();
        for leaf in leaves {
            if found.len() == ON_A_PAGE {
                return Ok((found, before));
            }
            before = Some(leaf.index);
            let entry = decode(&leaf)?;
            if admits(filter, &accounts, entry.as_ref()) {
                found.push((leaf, entry));
            }
        }
        read += count;
        if count < READ_AT_ONCE as usize {
            return Ok((found, None));
        }
        if read >= MOST_READ {
            return Ok((found, before));
        }
    }
}

fn decode(leaf: &LogLeaf) -> Result<Option<Entry>, AppError> {
    let decode = |(_, payload): &(Vec<u8>, Vec<u8>)| Entry::decode(payload);
    leaf.content.as_ref().map(decode).transpose().map_err(|error| AppError::Internal(error.to_string()))
}

fn admits(filter: &EntryFilter, accounts: &[String], entry: Option<&Entry>) -> bool {
    let Some(entry) = entry else {
        // An erased entry says nothing: it shows only where nothing is asked of it.
        return filter.person.is_none()
            && filter.actor.is_none()
            && filter.purpose.is_none()
            && filter.act.is_none();
    };
    filter.person.is_none_or(|person| entry.people.contains(person))
        && filter.actor.as_ref().is_none_or(|actor| {
            entry.actor.name.eq_ignore_ascii_case(actor.trim()) || accounts.contains(&entry.actor.name)
        })
        && filter.purpose.as_ref().is_none_or(|purpose| entry.purpose.as_str() == purpose)
        && filter.act.as_ref().is_none_or(|act| entry.act.code() == act)
}

/// The accounts, as the log writes them, of professionals whose name holds these words.
fn accounts_named(
    workplace: &Workplace,
    territory: Territory,
    wanted: Option<&str>,
) -> Result<Vec<String>, AppError> {
    let Some(wanted) = wanted.map(liant_identity::fold_name).filter(|wanted| !wanted.is_empty()) else {
        return Ok(Vec::new());
    };
    let mut actors: Vec<String> = Vec::new();
    workplace.store.audit_log(territory, |leaf| {
        if let Some(entry) = leaf.content.and_then(|(_, payload)| Entry::decode(&payload).ok())
            && !actors.contains(&entry.actor.name)
        {
            actors.push(entry.actor.name);
        }
        Ok(())
    })?;
    let names = names(workplace, territory, &actors)?;
    let fits = |actor: &String| {
        names.get(actor).is_some_and(|name| liant_identity::fold_name(name).contains(&wanted))
    };
    actors.retain(fits);
    Ok(actors)
}

fn shown(leaf: &LogLeaf, entry: Option<Entry>, names: &HashMap<String, String>) -> LogEntry {
    let content = entry.map(|entry| LogContent {
        name: names.get(&entry.actor.name).cloned(),
        seat: format!("{}/{}", entry.actor.party, entry.actor.role),
        actor: entry.actor.name,
        purpose: entry.purpose.as_str().to_owned(),
        act: entry.act.code(),
        subject: entry.subject,
        clauses: entry.clauses,
        counts: entry.counts.into_iter().collect(),
        people: entry.people.len(),
    });
    LogEntry { index: leaf.index, act: leaf.act, at: leaf.at, content }
}

/// The purposes that conventions of the territory name, with their words, by their words.
pub(crate) fn purpose_words(
    workplace: &Workplace,
    territory: Territory,
    lang: Lang,
) -> Vec<(String, String)> {
    let here = workplace.conventions().iter().filter(|one| one.territory == territory);
    let mut all: Vec<(String, String)> = Vec::new();
    for purpose in here.flat_map(|convention| &convention.purposes) {
        let id = purpose.id.as_str();
        if !all.iter().any(|(known, _)| known == id) {
            all.push((
                id.to_owned(),
                match lang {
                    Lang::Fr => purpose.text.fr.clone(),
                    Lang::En => purpose.text.en.clone(),
                },
            ));
        }
    }
    all.sort_by(|(_, one), (_, other)| one.cmp(other));
    all
}

/// What an act released.
#[derive(Clone, Debug)]
pub struct Released {
    /// To whom.
    pub recipient: String,
    /// The labels of the data.
    pub fields: Vec<&'static str>,
    /// Whose: at most a hundred of them.
    pub people: Vec<PersonId>,
}

/// One entry of the log, with what its act released, if anything.
///
/// # Errors
/// When there is no such entry, or the gate refuses.
pub fn entry(
    context: &Context<'_>,
    workplace: &Workplace,
    act: ActId,
    lang: Lang,
) -> Result<(LogEntry, Option<Released>), AppError> {
    watch(context, workplace)?;
    let (leaf, row) = workplace
        .store
        .read(context.territory, |snapshot| Ok((snapshot.log_entry(act)?, snapshot.disclosure(act)?)))?;
    let leaf = leaf.ok_or(AppError::Absent("entry of the log"))?;
    let entry = decode(&leaf)?;
    write_read(context, workplace, "audit entry", None, 1)?;
    let actors: Vec<String> = entry.iter().map(|entry| entry.actor.name.clone()).collect();
    let names = names(workplace, context.territory, &actors)?;
    let concerned = entry.as_ref().map(|entry| entry.people.clone());
    let released = row
        .map(|row| {
            let people = PeopleBlock::from_bytes(&row.people)
                .map_err(|error| AppError::Internal(error.to_string()))?;
            let fields = FieldSet::from_bits(u128::from_be_bytes(row.fields));
            Ok::<_, AppError>(Released {
                recipient: row.recipient,
                fields: fields.iter().map(|field: Field| field.label(lang)).collect(),
                people: people.iter().take(MOST_NAMED).collect(),
            })
        })
        .transpose()?
        .or_else(|| {
            let people = concerned.filter(|people| !people.is_empty())?;
            let people = people.iter().take(MOST_NAMED).collect();
            Some(Released { recipient: String::new(), fields: Vec::new(), people })
        });
    Ok((shown(&leaf, entry, &names), released))
}

/// People of one act that are named at most.
const MOST_NAMED: usize = 100;

/// The last checkpoint that was signed, if there is one.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn checkpoint_kept(
    context: &Context<'_>,
    workplace: &Workplace,
) -> Result<Option<KeptCheckpoint>, AppError> {
    watch(context, workplace)?;
    Ok(workplace.store.last_checkpoint(context.territory)?)
}

/// Puts on record that the log, or what is computed from it, was read.
pub(crate) fn write_read(
    context: &Context<'_>,
    workplace: &Workplace,
    subject: &str,
    person: Option<PersonId>,
    entries: usize,
) -> Result<(), AppError> {
    let what = Audited {
        subject: subject.to_owned(),
        counts: vec![("entries", entries as u64)],
        people: PeopleBlock::new(person),
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::Read, what)?;
    workplace.store.ensure_territory(context.territory)?;
    workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry))?;
    access::sequence(context, workplace);
    Ok(())
}

/// The names of the professionals behind these accounts; an actor of the command line has none but her own.
pub(crate) fn names(
    workplace: &Workplace,
    territory: Territory,
    actors: &[String],
) -> Result<HashMap<String, String>, AppError> {
    let mut accounts: Vec<(&String, AccountId)> =
        actors.iter().filter_map(|actor| Some((actor, actor.parse().ok()?))).collect();
    accounts.sort_unstable();
    accounts.dedup();
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(workplace.store.directory(territory, |directory| {
        let mut names = HashMap::new();
        for (actor, account) in accounts {
            if let Some(account) = directory.account(account)? {
                names.insert(actor.clone(), account.name);
            }
        }
        Ok(names)
    })?)
}

//! Filters that an account keeps under a name.

use liant_audit::Act;
use liant_model::{AccountId, ActId};
use liant_store::{Change, ChangeSet, SavedFilterChange, SavedFilterRow};

use super::filters::Filters;
use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access};

/// Filters kept under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilters {
    /// Which.
    pub id: ActId,
    /// Their name.
    pub name: String,
    /// The filters.
    pub filters: Filters,
}

/// Letters of a name at most.
pub const LONGEST_NAME: usize = 60;
/// Filters that one account keeps at most.
pub const MOST_KEPT: usize = 30;

/// Why filters are not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// They have no name.
    NoName,
    /// The name is longer than [`LONGEST_NAME`].
    LongName,
    /// The account gave the name to others.
    SameName,
    /// There is nothing to keep.
    NoFilter,
    /// The account keeps [`MOST_KEPT`] already.
    TooMany,
}

/// The filters that an account keeps, by name.
///
/// # Errors
/// When the store cannot be read.
pub fn saved(
    context: &Context<'_>,
    workplace: &Workplace,
    account: AccountId,
) -> Result<Vec<SavedFilters>, AppError> {
    let rows = workplace.store.glance(context.territory, |snapshot| snapshot.saved_filters(account))?;
    let read = |row: SavedFilterRow| {
        let pairs = row.query.split('&').filter_map(|pair| pair.split_once('='));
        SavedFilters { id: row.filter, filters: Filters::parse(pairs), name: row.name }
    };
    Ok(rows.into_iter().map(read).collect())
}

fn named(known: &[SavedFilters], name: &str, except: Option<ActId>) -> Result<String, NotKept> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(NotKept::NoName);
    }
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(NotKept::LongName);
    }
    if known.iter().any(|one| one.name == name && Some(one.id) != except) {
        return Err(NotKept::SameName);
    }
    Ok(name)
}

/// Keeps filters under a name.
///
/// # Errors
/// When the store cannot be written; a conflict when the account gave the name meanwhile.
pub fn keep(
    context: &Context<'_>,
    workplace: &Workplace,
    account: AccountId,
    (name, filters): (&str, &Filters),
) -> Result<Result<ActId, NotKept>, AppError> {
    let known = saved(context, workplace, account)?;
    let name = match named(&known, name, None) {
        Ok(name) => name,
        Err(not) => return Ok(Err(not)),
    };
    if filters.is_empty() {
        return Ok(Err(NotKept::NoFilter));
    }
    if known.len() >= MOST_KEPT {
        return Ok(Err(NotKept::TooMany));
    }
    // No value of a filter holds `&` or `=`.
    let pairs: Vec<String> = filters.pairs().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let filter = context.act_id()?;
    let row = SavedFilterRow { filter, account, name, query: pairs.join("&") };
    apply(context, workplace, (filter, "filters kept"), SavedFilterChange::Keep(row))?;
    Ok(Ok(filter))
}

/// Gives kept filters another name.
///
/// # Errors
/// [`AppError::Absent`] when the account keeps none of this id.
pub fn rename(
    context: &Context<'_>,
    workplace: &Workplace,
    account: AccountId,
    (filter, name): (ActId, &str),
) -> Result<Result<(), NotKept>, AppError> {
    let known = saved(context, workplace, account)?;
    is_there(&known, filter)?;
    let name = match named(&known, name, Some(filter)) {
        Ok(name) => name,
        Err(not) => return Ok(Err(not)),
    };
    let change = SavedFilterChange::Rename { filter, account, name };
    apply(context, workplace, (context.act_id()?, "filters renamed"), change)?;
    Ok(Ok(()))
}

/// Keeps filters no longer.
///
/// # Errors
/// [`AppError::Absent`] when the account keeps none of this id.
pub fn remove(
    context: &Context<'_>,
    workplace: &Workplace,
    account: AccountId,
    filter: ActId,
) -> Result<(), AppError> {
    is_there(&saved(context, workplace, account)?, filter)?;
    let change = SavedFilterChange::Remove { filter, account };
    apply(context, workplace, (context.act_id()?, "filters removed"), change)
}

fn is_there(known: &[SavedFilters], filter: ActId) -> Result<(), AppError> {
    if known.iter().any(|one| one.id == filter) { Ok(()) } else { Err(AppError::Absent("filters")) }
}

/// The name is not in the entry: somebody may have written more in it than she should.
fn apply(
    context: &Context<'_>,
    workplace: &Workplace,
    (act, subject): (ActId, &str),
    change: SavedFilterChange,
) -> Result<(), AppError> {
    workplace.store.ensure_territory(context.territory)?;
    let what = Audited { subject: subject.to_owned(), ..Audited::default() };
    let entry = audit(context, act, Act::Account, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::SavedFilter(change));
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    Ok(())
}

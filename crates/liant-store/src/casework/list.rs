//! Lists of what is under way, and what professionals hold. A list is read part by part, each from where the one before it ended.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use liant_model::{AccountId, Date, OrganisationId, PersonId};

use super::read::{HEAD, head};
use super::{CaseworkList, CaseworkLoad, CaseworkRow, CaseworkScope, day};
use crate::StoreError;
use crate::reach::body;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};

/// What has no date stands last.
const NEVER: &str = "9999-12-31";
/// What is due first before the rest: as the index `casework_head_due` has it.
const ORDER: &str = "COALESCE(head.due_on, '9999-12-31'), head.identity_id, head.programme";
/// Of a scope of as many as this, rows are met on a walk in the order of the list; those of a smaller one are gathered and put in order.
const MANY: i64 = 10_000;
/// The current link of what a head hangs on.
const LINK: &str =
    "link.territory_id = head.territory_id AND link.identity_id = head.identity_id AND link.ended_at IS NULL";
/// Forms that have led to no entry yet.
const AWAITED: &str = "stage IN ('relay', 'asked', 'sent')";

fn number(row: &Row<'_>, at: usize) -> Result<u32, StoreError> {
    Ok(u32::try_from(row.optional_integer(at)?.unwrap_or_default()).unwrap_or(u32::MAX))
}

fn row(row: &Row<'_>) -> Result<CaseworkRow, StoreError> {
    Ok(CaseworkRow { person: row.id(0)?, identity: row.id(1)?, head: head(row, 2)? })
}

/// The parts of a scope, each by an index of its own: a table, and which of its rows; the parameters stand from `next` on.
fn parts(scope: CaseworkScope, next: usize) -> (Vec<(&'static str, String)>, Vec<Value<'static>>) {
    match scope {
        CaseworkScope::Caseload(account, organisation) => {
            let condition = format!("account_id = ?{next} AND organisation_id = ?{}", next + 1);
            (vec![("casework_place", condition)], vec![Value::Id(account.0), Value::Id(organisation.0)])
        }
        CaseworkScope::Service(organisation) => {
            let body = body(&format!("?{next}"));
            let parts = vec![
                ("casework_head", format!("to_id IN {body}")),
                ("casework_head", format!("from_id IN {body}")),
                ("casework_place", format!("organisation_id IN {body}")),
            ];
            (parts, vec![Value::Id(organisation.0)])
        }
    }
}

/// What a scope has, as a table of source identities and programmes, each once.
fn gathered(parts: &[(&str, String)]) -> String {
    let of = |(table, condition): &(&str, String)| {
        format!("SELECT identity_id, programme FROM {table} WHERE territory_id = ?1 AND {condition}")
    };
    let all: Vec<String> = parts.iter().map(of).collect();
    format!("SELECT DISTINCT identity_id, programme FROM ({}) AS parts", all.join(" UNION ALL "))
}

/// Whether a head is of a scope, asked of each head as it is met: no index leads to it.
fn is_of(parts: &[(&str, String)]) -> String {
    let of = |(table, condition): &(&str, String)| {
        if *table == "casework_head" {
            format!("(head.{condition}) IS TRUE")
        } else {
            format!(
                "EXISTS (SELECT 1 FROM {table} AS part WHERE part.territory_id = head.territory_id
                     AND part.identity_id = head.identity_id AND part.programme = head.programme AND {condition})"
            )
        }
    };
    parts.iter().map(of).collect::<Vec<_>>().join(" OR ")
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// A part of a list: at most `most`, after the one that is given. What is due first stands before the rest, what has no date last.
    pub fn casework_list(
        &mut self,
        list: CaseworkList<'_>,
        after: Option<&CaseworkRow>,
        most: usize,
    ) -> Result<Vec<CaseworkRow>, StoreError> {
        let is_many = match list {
            CaseworkList::Scope(scope, _) => self.has_many(scope)?,
            _ => false,
        };
        self.list_by(list, (after, most), is_many)
    }

    /// A part of a list as it is found of few, and of many: for tests, which have no many.
    pub fn casework_list_each_way(
        &mut self,
        list: CaseworkList<'_>,
        after: Option<&CaseworkRow>,
        most: usize,
    ) -> Result<[Vec<CaseworkRow>; 2], StoreError> {
        Ok([self.list_by(list, (after, most), false)?, self.list_by(list, (after, most), true)?])
    }

    fn list_by(
        &mut self,
        list: CaseworkList<'_>,
        (after, most): (Option<&CaseworkRow>, usize),
        is_many: bool,
    ) -> Result<Vec<CaseworkRow>, StoreError> {
        let mut values = vec![self.key(), Value::Integer(i64::try_from(most).unwrap_or(i64::MAX))];
        let mut and_after = String::new();
        if let Some(row) = after {
            and_after = format!("AND ({ORDER}) > (?3, ?4, ?5)");
            values.push(row.head.due.as_ref().map_or(Value::Text(NEVER), |(day, _)| Value::Day(*day)));
            values.extend([Value::Id(row.identity.0), Value::Text(&row.head.programme)]);
        }
        let next = values.len() + 1;
        let (parts, by) = match list {
            CaseworkList::Inbox(organisation, role) => {
                values.extend([Value::Id(organisation.0), Value::Text(role)]);
                let condition = format!("to_id = ?{next} AND to_role = ?{} AND {AWAITED}", next + 1);
                (vec![("casework_head", condition)], None)
            }
            CaseworkList::Sent(organisation) => {
                values.push(Value::Id(organisation.0));
                (vec![("casework_head", format!("from_id = ?{next} AND {AWAITED}"))], None)
            }
            CaseworkList::Scope(scope, by) => {
                let (parts, more) = parts(scope, next);
                values.extend(more);
                (parts, by)
            }
        };
        let (from, mut condition) = if is_many {
            (String::new(), format!("({})", is_of(&parts)))
        } else {
            // Gathered first, each once: an engine that met heads in the order of the list would go through everyone's.
            let hers = "head.identity_id = hers.identity_id AND head.programme = hers.programme";
            (format!("({}) AS hers CROSS JOIN", gathered(&parts)), hers.to_owned())
        };
        if let Some(day) = by {
            values.push(Value::Day(day));
            let _ = write!(condition, " AND COALESCE(head.due_on, '9999-12-31') <= ?{}", values.len());
        }
        let sql = format!(
            "SELECT link.person_id, head.identity_id, {HEAD} FROM {from} casework_head AS head CROSS JOIN link
             WHERE head.territory_id = ?1 AND {condition} AND {LINK} {and_after} ORDER BY {ORDER} LIMIT ?2"
        );
        self.parts().0.all(&sql, &values, row)
    }

    /// Whether a scope has so many that walking is the shorter way.
    fn has_many(&mut self, scope: CaseworkScope) -> Result<bool, StoreError> {
        let CaseworkScope::Service(_) = scope else { return Ok(false) };
        let mut values = vec![self.key(), Value::Integer(MANY)];
        let (parts, more) = parts(scope, values.len() + 1);
        values.extend(more);
        let of = |(table, condition): &(&str, String)| {
            format!("SELECT 1 FROM {table} WHERE territory_id = ?1 AND {condition}")
        };
        let all: Vec<String> = parts.iter().map(of).collect();
        let sql = format!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM ({}) AS parts LIMIT ?2) AS few",
            all.join(" UNION ALL ")
        );
        let found = self.parts().0.first(&sql, &values, |row| row.integer(0))?;
        Ok(found.is_some_and(|count| count >= MANY))
    }

    /// Everyone of whom something is under way within a scope, with each programme, by person; each once.
    pub fn casework_within(&mut self, scope: CaseworkScope) -> Result<Vec<(PersonId, String)>, StoreError> {
        let mut values = vec![self.key()];
        let (parts, more) = parts(scope, values.len() + 1);
        values.extend(more);
        let sql = format!(
            "SELECT DISTINCT link.person_id, head.programme FROM ({}) AS hers CROSS JOIN casework_head AS head CROSS JOIN link
             WHERE head.territory_id = ?1 AND head.identity_id = hers.identity_id AND head.programme = hers.programme
                 AND {LINK} ORDER BY link.person_id, head.programme",
            gathered(&parts)
        );
        self.parts().0.all(&sql, &values, |row| Ok((row.id(0)?, row.text(1)?)))
    }

    /// What each professional holds in a programme, of an organisation and those under it or of the territory, some people left out. The
    /// days are those by which ends are counted, twice, and that since which entries are.
    pub fn casework_loads(
        &mut self,
        programme: &str,
        organisation: Option<OrganisationId>,
        (four, twelve, since): (Date, Date, Date),
        left_out: &BTreeSet<PersonId>,
    ) -> Result<Vec<CaseworkLoad>, StoreError> {
        let theirs = self.identities_of(left_out)?;
        let mut values =
            vec![self.key(), Value::Text(programme), Value::Day(four), Value::Day(twelve), Value::Day(since)];
        let mut condition = match organisation {
            None => String::new(),
            Some(organisation) => {
                values.push(Value::Id(organisation.0));
                format!("AND place.organisation_id IN {}", body("?6"))
            }
        };
        if !theirs.is_empty() {
            let first = values.len() + 1;
            values.extend(theirs.iter().map(|one| Value::Id(one.0)));
            let places: Vec<String> = (first..=values.len()).map(|place| format!("?{place}")).collect();
            let _ = write!(condition, " AND place.identity_id NOT IN ({})", places.join(", "));
        }
        let sum = |test: &str| format!("CAST(SUM(CASE WHEN {test} THEN 1 ELSE 0 END) AS BIGINT)");
        let sql = format!(
            "SELECT place.account_id, place.organisation_id, place.role, {}, {}, {}, {}, {}, MAX(place.since_day)
             FROM casework_place AS place WHERE place.territory_id = ?1 AND place.programme = ?2 {condition}
             GROUP BY place.account_id, place.organisation_id, place.role
             ORDER BY place.role, place.account_id",
            sum("place.stage = 'stay'"),
            sum("place.stage = 'suspended'"),
            sum("place.stage = 'stay' AND place.term_day <= ?3"),
            sum("place.stage = 'stay' AND place.term_day <= ?4"),
            sum("place.stage = 'stay' AND place.entered_day > ?5"),
        );
        self.parts().0.all(&sql, &values, |row| {
            Ok(CaseworkLoad {
                account: row.id(0)?,
                organisation: row.optional_id(1)?,
                role: row.text(2)?,
                people: number(row, 3)?,
                suspended: number(row, 4)?,
                ends: (number(row, 5)?, number(row, 6)?),
                entered: number(row, 7)?,
                last: day(row, 8)?,
            })
        })
    }

    /// The seats from which someone stands beside people of whom something is due by a day: account, organisation, role.
    pub fn casework_seats_due(
        &mut self,
        by: Date,
    ) -> Result<Vec<(AccountId, OrganisationId, String)>, StoreError> {
        let values = [self.key(), Value::Day(by)];
        self.parts().0.all(
            "SELECT DISTINCT account_id, organisation_id, role FROM casework_place
             WHERE territory_id = ?1 AND due_on <= ?2 AND organisation_id IS NOT NULL
             ORDER BY account_id, organisation_id, role",
            &values,
            |row| Ok((row.id(0)?, row.id(1)?, row.text(2)?)),
        )
    }
}

//! What is read of several people at once: a statement names many of them.

use std::collections::BTreeMap;

use liant_model::{IdentityId, PersonId};

use super::read::{EVENT, HEAD, PLACE, event, head, in_order, place};
use super::{CaseworkAlert, CaseworkAlertKey, CaseworkEvents, CaseworkMade, parsed};
use crate::StoreError;
use crate::directory::for_people;
use crate::snapshot::Snapshot;
use crate::value::Row;

/// How many people a statement names: of a page, and of all whom a service has.
const FEW: usize = 50;
const MANY: usize = 500;

/// The rows of a table that hang on the source identities of people: `?1` is the territory, `?2` the pointer. Crossed, so that SQLite goes
/// from the people to their links, and from those to the rows.
fn theirs(table: &str, alias: &str, condition: &str) -> String {
    format!(
        "FROM member CROSS JOIN link CROSS JOIN {table} AS {alias}
         WHERE member.territory_id = ?1 AND member.from_batch <= ?2 AND member.person_id IN ({{people}})
             AND link.territory_id = member.territory_id AND link.identity_id = member.identity_id
             AND link.link_no = member.link_no AND link.ended_at IS NULL
             AND {alias}.territory_id = link.territory_id AND {alias}.identity_id = link.identity_id {condition}"
    )
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// The events of these people's paths, in order; of whom there is none, she is not there.
    pub fn casework_of_each(
        &mut self,
        people: &[PersonId],
    ) -> Result<BTreeMap<PersonId, CaseworkEvents>, StoreError> {
        self.events_of_each(people, "")
    }

    /// The same without what was done from day to day (`acted`): what is left tells where each stands, and what she agreed to.
    pub fn casework_steps_of_each(
        &mut self,
        people: &[PersonId],
    ) -> Result<BTreeMap<PersonId, CaseworkEvents>, StoreError> {
        self.events_of_each(people, "AND casework_event.kind <> 'acted'")
    }

    fn events_of_each(
        &mut self,
        people: &[PersonId],
        condition: &str,
    ) -> Result<BTreeMap<PersonId, CaseworkEvents>, StoreError> {
        let rows = theirs("casework_event", "casework_event", condition);
        let sql = format!(
            "SELECT {EVENT}, link.person_id {rows} ORDER BY casework_event.identity_id, casework_event.nth"
        );
        let mut found: BTreeMap<PersonId, Vec<_>> = BTreeMap::new();
        self.of_each(people, &sql, |row| {
            found.entry(row.id(9)?).or_default().push(event(row)?);
            Ok(())
        })?;
        Ok(found.into_iter().map(|(person, rows)| (person, in_order(rows))).collect())
    }

    /// What is under way for these people, as it was last made, and what it hangs on.
    pub fn casework_heads_of_each(
        &mut self,
        people: &[PersonId],
    ) -> Result<BTreeMap<PersonId, CaseworkMade>, StoreError> {
        let mut made: BTreeMap<PersonId, CaseworkMade> = BTreeMap::new();
        let sql = format!(
            "SELECT {HEAD}, link.identity_id, link.person_id {} ORDER BY link.identity_id",
            theirs("casework_head", "head", "")
        );
        self.of_each(people, &sql, |row| {
            let hers = made.entry(row.id(12)?).or_default();
            hers.identities.insert(row.id::<IdentityId>(11)?);
            hers.heads.heads.push(head(row, 0)?);
            Ok(())
        })?;
        let sql = format!(
            "SELECT {PLACE}, link.identity_id, link.person_id {} ORDER BY link.identity_id",
            theirs("casework_place", "place", "")
        );
        self.of_each(people, &sql, |row| {
            let hers = made.entry(row.id(11)?).or_default();
            hers.identities.insert(row.id::<IdentityId>(10)?);
            hers.heads.places.push(place(row)?);
            Ok(())
        })?;
        // Engines differ in how they order texts.
        for hers in made.values_mut() {
            hers.heads.heads.sort_by(|one, other| one.programme.cmp(&other.programme));
            hers.heads.places.sort_by(|one, other| one.place.cmp(&other.place));
        }
        Ok(made)
    }

    /// The alerts that were given of these people.
    pub fn casework_alerts_of_each(
        &mut self,
        people: &[PersonId],
    ) -> Result<BTreeMap<PersonId, Vec<CaseworkAlert>>, StoreError> {
        let sql = format!(
            "SELECT alert.programme, alert.clock, alert.start_day, alert.on_day, alert.due_day, alert.told, link.person_id {}",
            theirs("casework_alert", "alert", "")
        );
        let mut given: BTreeMap<PersonId, Vec<CaseworkAlert>> = BTreeMap::new();
        self.of_each(people, &sql, |row| {
            let alert = CaseworkAlert {
                key: CaseworkAlertKey {
                    programme: row.text(0)?,
                    clock: row.text(1)?,
                    start: parsed(row.borrowed_text(2)?)?,
                    on: parsed(row.borrowed_text(3)?)?,
                },
                due: parsed(row.borrowed_text(4)?)?,
                told: row.borrowed_text(5)?.split_whitespace().map(str::to_owned).collect(),
            };
            given.entry(row.id(6)?).or_default().push(alert);
            Ok(())
        })?;
        Ok(given)
    }

    /// Everyone of whom something is under way. What was last made tells; of those whose source identities were ever moved from one to
    /// another it may not, since what is under way hangs on one of them: whoever has one now, and whoever had, are all there.
    pub fn casework_under_way(&mut self) -> Result<Vec<PersonId>, StoreError> {
        let key = self.key();
        self.parts().0.all(
            "SELECT link.person_id FROM casework_head AS head CROSS JOIN link
             WHERE link.territory_id = head.territory_id AND link.identity_id = head.identity_id
                 AND link.ended_at IS NULL AND head.territory_id = ?1
             UNION SELECT link.person_id FROM link AS moved CROSS JOIN link
             WHERE moved.territory_id = ?1 AND moved.ended_at IS NOT NULL
                 AND link.territory_id = moved.territory_id AND link.identity_id = moved.identity_id
             UNION SELECT moved.person_id FROM link AS moved
             WHERE moved.territory_id = ?1 AND moved.ended_at IS NOT NULL
             ORDER BY 1",
            &[key],
            |row| row.id(0),
        )
    }

    fn of_each(
        &mut self,
        people: &[PersonId],
        sql: &str,
        mut each: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let values = [self.key(), self.head()?];
        let at_once = if people.len() > MANY { MANY } else { FEW };
        for_people((people, at_once), sql, &values, |sql, values| {
            self.parts().0.for_each(sql, values, &mut each)
        })
    }
}

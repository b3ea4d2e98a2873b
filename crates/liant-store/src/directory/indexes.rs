//! The secondary indexes of the directory. Those of every row are made after a filling, each in one sorted pass: kept while rows
//! come in another order, they would be written again and again. Those of what happened hold few, and stay.

use super::HAPPENINGS;
use crate::StoreError;
use crate::connection::Connection;

/// One index, and what SQLite's planner is told of it: the figures of a territory of a million people.
pub(super) struct Index {
    pub(super) name: String,
    columns: String,
    figures: &'static str,
    /// Whether it is taken away before a filling.
    is_of_many: bool,
}

/// Every one.
pub(super) fn all() -> Vec<Index> {
    let index = |name: &str, columns: &str, figures| Index {
        name: format!("directory_{name}"),
        columns: columns.to_owned(),
        figures,
        is_of_many: true,
    };
    let mut all = vec![
        index(
            "by_name",
            "(territory_id, sort_key, person_id, profile, service, commune, birth_date)",
            "1000000 1000000 2 1 1 1 1 1",
        ),
        index(
            "by_waiting",
            "(territory_id, waiting_since, person_id, profile, service, commune, birth_date)",
            "1000000 1000000 300 1 1 1 1 1",
        ),
        index(
            "by_registration",
            "(territory_id, registered_on, person_id, profile, service, commune, birth_date) WHERE registered_on <> ''",
            "800000 800000 300 1 1 1 1 1",
        ),
        index("by_profile", "(territory_id, profile, birth_date)", "1000000 1000000 600 2"),
        index("by_service", "(territory_id, service, profile, birth_date)", "1000000 1000000 40000 20 2"),
        index("by_commune", "(territory_id, commune, profile, birth_date)", "1000000 1000000 1500 5 2"),
        index(
            "by_referent",
            "(territory_id, referent, profile) WHERE referent IS NOT NULL",
            "500000 500000 80 2",
        ),
    ];
    all.extend(HAPPENINGS.iter().map(|(_, _, column)| {
        let columns = format!("(territory_id, {column}, profile, service) WHERE {column} IS NOT NULL");
        Index { is_of_many: false, ..index(column, &columns, "300000 300000 10000 20 2") }
    }));
    all
}

/// Makes an index when it is absent.
pub(super) fn make(connection: &mut Connection, index: &Index) -> Result<(), StoreError> {
    let Index { name, columns, figures, .. } = index;
    if let Connection::Sqlite(_) = connection {
        connection.batch(&format!(
            "DELETE FROM sqlite_stat1 WHERE idx = '{name}';
             INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('directory', '{name}', '{figures}');"
        ))?;
    }
    connection.batch(&format!("CREATE INDEX IF NOT EXISTS {name} ON directory {columns}"))
}

/// Makes the directory, which is empty, ready to be filled.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    all().iter().try_for_each(|index| {
        if index.is_of_many {
            connection.batch(&format!("DROP INDEX IF EXISTS {}", index.name))
        } else {
            make(connection, index)
        }
    })
}

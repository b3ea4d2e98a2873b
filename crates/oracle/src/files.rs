//! The files as they are written: only what decides is read, and nothing is checked twice.

use toml::{Table, Value};

/// Why the oracle cannot read a file: it expects files that the lint lets pass.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the oracle cannot read {0}")]
pub struct Unreadable(pub String);

/// One file.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) territory: String,
    pub(crate) under: Option<String>,
    /// Of a register entry.
    pub(crate) controller: Option<String>,
    pub(crate) from: i64,
    /// The first day after its term.
    pub(crate) over: Option<i64>,
    pub(crate) suspended: Option<(i64, Option<i64>)>,
    root: Table,
}

/// A day as a number that sorts as days do: 2026-03-01 is 20260301.
fn day(value: &Value) -> Option<i64> {
    let date = value.as_datetime()?.date?;
    Some(i64::from(date.year) * 10_000 + i64::from(date.month) * 100 + i64::from(date.day))
}

/// The next day, as a number that is greater than the day and not greater than any later one.
const fn after(day: i64) -> i64 {
    day + 1
}

fn text(table: &Table, key: &str) -> Result<String, Unreadable> {
    let found = table.get(key).and_then(Value::as_str);
    found.map(str::to_owned).ok_or_else(|| Unreadable(format!("`{key}`")))
}

impl File {
    pub(crate) fn read(source: &str) -> Result<Self, Unreadable> {
        let root: Table = source.parse().map_err(|error| Unreadable(format!("a file: {error}")))?;
        let head = root.get("convention").or_else(|| root.get("register")).and_then(Value::as_table);
        let head = head.ok_or_else(|| Unreadable("a file without a head".to_owned()))?.clone();
        let dates = head.get("in_force").and_then(Value::as_table).cloned().unwrap_or_default();
        let from = dates.get("from").and_then(day).ok_or_else(|| Unreadable("`from`".to_owned()))?;
        let until = dates.get("until").and_then(day).map(after);
        // A number of years ends on the eve of the same day and month. After 29 February of another year comes 1 March.
        let years = dates.get("years").and_then(Value::as_integer).map(|years| from + years * 10_000);
        let suspended = head.get("suspended").and_then(Value::as_table).and_then(|suspended| {
            Some((suspended.get("since").and_then(day)?, suspended.get("until").and_then(day)))
        });
        Ok(Self {
            id: text(&head, "id")?,
            version: head.get("version").and_then(Value::as_integer).unwrap_or(1),
            territory: text(&head, "territory")?,
            under: text(&head, "under").ok(),
            controller: text(&head, "controller").ok(),
            from,
            over: until.or(years),
            suspended,
            root,
        })
    }

    /// The tables `[[name]]`.
    pub(crate) fn tables(&self, name: &str) -> Vec<&Table> {
        let all = self.root.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter_map(Value::as_table).collect()
    }

    /// Whether someone may object to a purpose: unless it states a basis that is not open to it.
    pub(crate) fn is_open_to_objection(&self, purpose: &str) -> bool {
        let closed = ["a", "b", "c", "d"].map(|letter| format!("GDPR art. 6 (1) ({letter})"));
        let purposes = self.tables("purpose");
        let found = purposes.iter().find(|one| word(one, "id") == purpose);
        found.is_none_or(|one| !texts(one, "basis").iter().any(|basis| closed.contains(basis)))
    }

    /// Every `party/role` that it declares.
    pub(crate) fn actors(&self) -> Vec<String> {
        let of = |party: &&Table| {
            let org = text(party, "org").unwrap_or_default();
            texts(party, "roles").into_iter().map(move |role| format!("{org}/{role}")).collect::<Vec<_>>()
        };
        self.tables("party").iter().flat_map(of).collect()
    }

    /// The roles that `key` of a clause names, as `party/role`.
    pub(crate) fn roles(&self, clause: &Table, key: &str) -> Vec<String> {
        let all = self.actors();
        let whole = |name: String| {
            let found = all.iter().find(|actor| actor.ends_with(&format!("/{name}")));
            if name.contains('/') { Some(name) } else { found.cloned() }
        };
        texts(clause, key).into_iter().filter_map(whole).collect()
    }

    /// What makes the condition of this id met, in Cedar's words.
    pub(crate) fn met(&self, id: &str) -> String {
        let conditions = self.tables("condition");
        let found = conditions.iter().find(|one| text(one, "id").is_ok_and(|other| other == id));
        let Some(condition) = found else { return "false".to_owned() };
        if let Ok(consent) = text(condition, "consent") {
            return format!("context.consents.contains(\"{consent}\")");
        }
        if condition.contains_key("between") {
            return "true".to_owned(); // no other party is in `to`, the lint says
        }
        let until = condition.get("met_until").and_then(day);
        let until = until.map(|until| format!(" && context.day <= {until}")).unwrap_or_default();
        condition
            .get("met_from")
            .and_then(day)
            .map_or_else(|| "false".to_owned(), |from| format!("context.day >= {from}{until}"))
    }
}

/// The texts of a list.
pub(crate) fn texts(table: &Table, key: &str) -> Vec<String> {
    let all = table.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A text that may be absent.
pub(crate) fn word(table: &Table, key: &str) -> String {
    text(table, key).unwrap_or_default()
}

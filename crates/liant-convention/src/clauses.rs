//! Reads the clauses: flows, grants, uses, clocks, retention.

use std::sync::Arc;

use liant_model::{Party, Purpose, Role};

use crate::convention::{ClockEntry, Due, Flow, Grant, PartyEntry, Recipient, Retention, Use};
use crate::parse::{read_fields, read_sources, read_text, short_name, values};
use crate::problem::Problems;
use crate::reader::{At, Table};
use crate::retention;
use crate::terms::{
    Channel, ClockStart, Despite, FlowDay, Holding, Length, People, Reach, RetentionStart, Rhythm,
    SpecialBasis, Unit, UseKind,
};

pub(crate) const CLAUSE: &str = "the article or annex it carries out: every release cites it";

pub(crate) fn read_flow(
    table: &mut Table<'_, '_>,
    parties: &[PartyEntry],
    problems: &mut Problems<'_>,
) -> Option<Flow> {
    let span = table.span;
    let profile = table.need_text("profile", "the flow profile, `PECGM`", problems);
    let clause = table.need_text("clause", CLAUSE, problems);
    let from = table.need_parsed("from", "the party that sends it", Party::parse, problems);
    let to = table.need_parsed("to", "the party that receives it", Party::parse, problems);
    let by = read_roles(table, "by", "the roles that may handle the file", parties, problems);
    let purposes = table.need_list("purpose", "why it is sent", Purpose::parse, problems);
    let sources = read_sources(table, problems);
    let (carried, excepted) = read_fields(table, "carries", problems);
    let rhythm = table.need_parsed("rhythm", "how often it passes", str::parse::<Rhythm>, problems);
    let available = table.parsed("available", str::parse::<FlowDay>, problems);
    let due = read_due(table, problems);
    Some(Flow {
        profile: profile?.value,
        clause: Arc::from(clause?.value),
        from: from?.value,
        to: to?.value,
        by,
        purposes: values(purposes),
        sources,
        carries: carried.difference(excepted),
        rhythm: rhythm?.value,
        available: available.map(|at| at.value),
        due,
        span,
    })
}

fn read_due(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Due> {
    let mut due = table.table("due", problems)?;
    let day = due.need_parsed("day", "`3rd working friday`", str::parse::<FlowDay>, problems);
    let time = due.need_parsed("time", "the hour, `17:00`", hour, problems);
    let zone = due.need_text("zone", "the time zone, `Europe/Paris`", problems);
    due.finish(problems);
    Some(Due { day: day?.value, time: time?.value, zone: zone?.value })
}

fn hour(text: &str) -> Result<String, &'static str> {
    let valid = match text.as_bytes() {
        [h1 @ b'0'..=b'2', h2 @ b'0'..=b'9', b':', b'0'..=b'5', b'0'..=b'9'] => {
            (h1 - b'0') * 10 + (h2 - b'0') < 24
        }
        _ => false,
    };
    if valid { Ok(text.to_owned()) } else { Err("write hours and minutes, `17:00`") }
}

pub(crate) fn read_grant(
    table: &mut Table<'_, '_>,
    parties: &[PartyEntry],
    problems: &mut Problems<'_>,
) -> Option<Grant> {
    let span = table.span;
    let clause = table.need_text("clause", CLAUSE, problems);
    let to = read_roles(table, "to", "the roles that may have the data", parties, problems);
    let purposes = table.need_list("purpose", "why they may have it", Purpose::parse, problems);
    let sources = read_sources(table, problems);
    let people = table.need_parsed("people", "about whom", str::parse::<People>, problems);
    let reach = table.parsed("reach", str::parse::<Reach>, problems);
    let protected_address = table.flag("protected_address", problems).unwrap_or(false);
    let (named, excepted) = read_fields(table, "fields", problems);
    let why = "by what way: flow, screen, export, api, email, hand";
    let channels = table.need_list("channels", why, str::parse::<Channel>, problems);
    let keep = table.need_parsed("keep", "the id of a [[retention]]", short_name, problems);
    let requires = table.list("requires", short_name, problems);
    let basis = table.texts("basis", problems);
    let special_basis = table.parsed("special_basis", str::parse::<SpecialBasis>, problems);
    let despite = table.parsed("despite_restriction", str::parse::<Despite>, problems);
    Some(Grant {
        clause: Arc::from(clause?.value),
        to,
        purposes: values(purposes),
        sources,
        people: people?.value,
        reach: reach.map_or(Reach::Territory, |at| at.value),
        protected_address,
        fields: named.difference(excepted),
        excepted: excepted.intersection(named),
        channels: values(channels),
        keep: keep?.value,
        requires: values(requires),
        basis: values(basis),
        special_basis: special_basis.map(|at| at.value),
        despite_restriction: despite.map(|at| at.value),
        span,
    })
}

pub(crate) fn read_use(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Use> {
    let span = table.span;
    let clause = table.need_text("clause", CLAUSE, problems);
    let why = "what the software does: recognise, update, clocks, count, index, retain";
    let kinds = table.need_list("for", why, str::parse::<UseKind>, problems);
    let sources = read_sources(table, problems);
    let (named, excepted) = read_fields(table, "fields", problems);
    Some(Use {
        clause: Arc::from(clause?.value),
        kinds: values(kinds),
        sources,
        fields: named.difference(excepted),
        span,
    })
}

pub(crate) fn read_clock(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<ClockEntry> {
    let span = table.span;
    let id = table.need_parsed("id", "a short name", short_name, problems);
    let clause = table.need_text("clause", CLAUSE, problems);
    let starts = table.need_list("starts", "what starts it", str::parse::<ClockStart>, problems);
    let within = table.need_parsed("within", "how long it runs, `36 hours`", str::parse::<Length>, problems);
    let owed_by = table.parsed("owed_by", Party::parse, problems);
    let owed_to = table.parsed("owed_to", Party::parse, problems);
    Some(ClockEntry {
        id: id?.value,
        clause: clause?.value,
        starts: values(starts),
        within: within?.value,
        owed_by: owed_by.map(|at| at.value),
        owed_to: owed_to.map(|at| at.value),
        span,
    })
}

pub(crate) fn read_retention(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Retention> {
    let span = table.span;
    let id = table.need_parsed("id", "the short name that `keep` cites", short_name, problems);
    let clause = table.need_text("clause", CLAUSE, problems);
    let starts = table.need_parsed("starts", "what starts the time", str::parse::<RetentionStart>, problems);
    let why = "how long; data without an end cannot be kept (GDPR art. 5 (1) (e))";
    let keep = table.need_parsed("keep", why, str::parse::<Length>, problems);
    let text = if table.has("text") { read_text(table, "text", problems) } else { None };
    let until_unneeded = table.flag("until_unneeded", problems).unwrap_or(false);
    let of = table.parsed("of", str::parse::<Holding>, problems);
    let warn = table.parsed("warn", str::parse::<Length>, problems);
    let starts = starts.map_or(RetentionStart::Receipt, |at| at.value);
    Some(Retention {
        id: id?.value,
        text,
        clause: clause.map_or_else(String::new, |at| at.value),
        // The deposit is of a file; everything else, unless said, is of the facts in it.
        of: of.map_or_else(|| retention::usual_holding(starts), |at| at.value),
        starts,
        keep: keep.map_or(Length { count: 1, unit: Unit::Days }, |at| at.value),
        until_unneeded,
        warn: warn.map(|at| at.value),
        span,
    })
}

/// The roles that a list names. Names that are no role leave a problem.
pub(crate) fn read_roles(
    table: &mut Table<'_, '_>,
    key: &'static str,
    why: &str,
    parties: &[PartyEntry],
    problems: &mut Problems<'_>,
) -> Vec<Recipient> {
    let names = table.need_list(key, why, short_name, problems);
    let mut roles = Vec::new();
    for At { value: name, span } in names {
        match role(&name, parties) {
            Ok(role) => roles.push(role),
            Err(fix) => problems.error(
                "unknown-role",
                span,
                format!("`{name}` in `{key}` of {} names no role of a party", table.name),
                fix,
            ),
        }
    }
    roles
}

/// Reads `role`, when one party alone has it, or `party/role`.
fn role(name: &str, parties: &[PartyEntry]) -> Result<Recipient, String> {
    let (party, role) = match name.split_once('/') {
        Some((party, role)) => (Some(party), role),
        None => (None, name),
    };
    let holders: Vec<_> = parties
        .iter()
        .filter(|entry| party.is_none_or(|party| entry.org.as_str() == party))
        .filter_map(|entry| {
            let role = entry.roles.iter().find(|known| known.as_str() == role)?;
            Some(Recipient { party: entry.org.clone(), role: role.clone() })
        })
        .collect();
    match holders.as_slice() {
        [one] => Ok(one.clone()),
        [] => {
            let known: Vec<_> = parties
                .iter()
                .flat_map(|entry| entry.roles.iter().map(move |role| format!("{}/{role}", entry.org)))
                .collect();
            Err(format!("declare it in `roles` of its [[party]], or write one of: {}", known.join(", ")))
        }
        several => {
            let several: Vec<_> = several.iter().map(Recipient::to_string).collect();
            Err(format!("several parties have this role: write one of {}", several.join(", ")))
        }
    }
}

/// Reads `party/role` of a contact: the party must be declared, the role need not act in the software.
pub(crate) fn contact(name: &str, parties: &[PartyEntry]) -> Result<Recipient, String> {
    let fix = || "write `party/role`, with a party that the file declares".to_owned();
    let (party, role) = name.split_once('/').ok_or_else(fix)?;
    let party = parties.iter().find(|entry| entry.org.as_str() == party).ok_or_else(fix)?;
    let role = Role::parse(role).map_err(|error| error.to_string())?;
    Ok(Recipient { party: party.org.clone(), role })
}

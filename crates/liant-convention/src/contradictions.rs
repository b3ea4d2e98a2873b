//! What two clauses say against each other: in one file, or in two that bind the same parties.

use std::collections::BTreeMap;

use liant_model::{Field, FieldSet, Party, Source};

use crate::convention::{ClockEntry, Convention, Grant, Kind, Reading, Retention};
use crate::problem::{Problem, Severity, Span};
use crate::terms::{ReadingOf, SpecialBasis};

/// Lints files against each other: what [`check`](crate::check) cannot see in one. Give it files that have no error.
pub fn check_together(files: &[Convention]) -> Vec<Problem> {
    let mut found = Vec::new();
    for (place, file) in files.iter().enumerate() {
        versions(file, files.get(..place).unwrap_or_default(), &mut found);
        parent(file, files, &mut found);
        for before in files.get(..place).unwrap_or_default() {
            if before.territory == file.territory && before.id != file.id && meet(before, file) {
                found.extend(between(before, file));
                capacities(before, file, &mut found);
            }
        }
    }
    found
}

/// What a file says against itself.
pub(crate) fn within(file: &Convention) -> Vec<Problem> {
    between(file, file)
}

fn between(one: &Convention, other: &Convention) -> Vec<Problem> {
    let mut found = Vec::new();
    clocks(one, other, &mut found);
    retentions(one, other, &mut found);
    found
}

fn warning(file: &Convention, rule: &'static str, span: Span, what: String, fix: &str) -> Problem {
    Problem {
        severity: Severity::Warning,
        rule,
        file: file.file.to_string(),
        span,
        what,
        fix: fix.to_owned(),
    }
}

/// Whether both are in force on some day.
fn meet(one: &Convention, other: &Convention) -> bool {
    let begins_by_end = |one: &Convention, other: &Convention| {
        other.in_force.until.is_none_or(|until| one.in_force.from <= until)
    };
    begins_by_end(one, other) && begins_by_end(other, one)
}

fn versions(file: &Convention, before: &[Convention], found: &mut Vec<Problem>) {
    for other in before.iter().filter(|other| other.id == file.id) {
        let (older, newer) = if other.version < file.version { (other, file) } else { (file, other) };
        if older.version == newer.version {
            found.push(Problem {
                severity: Severity::Error,
                ..warning(
                    file,
                    "same-version-twice",
                    file.span,
                    format!("version {} of `{}` is in `{}` too", file.version, file.id, other.file),
                    "keep one of them, or number the amendment",
                )
            });
        } else if newer.in_force.from <= older.in_force.from {
            found.push(Problem {
                severity: Severity::Error,
                ..warning(
                    newer,
                    "amendment-before",
                    newer.span,
                    format!(
                        "version {} of `{}` begins on {}, not after version {} ({})",
                        newer.version, newer.id, newer.in_force.from, older.version, older.in_force.from
                    ),
                    "an amendment is in force from its own first day: put the dates or the versions right",
                )
            });
        }
    }
}

fn parent(file: &Convention, files: &[Convention], found: &mut Vec<Problem>) {
    let Some(under) = &file.under else { return };
    let parents = files.iter().filter(|parent| *parent.id == **under && parent.territory == file.territory);
    let parents: Vec<_> = parents.collect();
    if parents.is_empty() {
        found.push(warning(
            file,
            "no-parent",
            file.span,
            format!("it carries out `{under}`, which is not among these files: nothing passes under it"),
            "check them together, and execute them together",
        ));
        return;
    }
    let last = parents
        .iter()
        .map(|parent| parent.in_force.until)
        .max_by_key(|until| until.unwrap_or(jiff::civil::Date::MAX));
    if let (Some(Some(last)), Some(own)) = (last, file.in_force.until)
        && own > last
    {
        found.push(warning(
            file,
            "outlives-parent",
            file.span,
            format!("it runs until {own}, and `{under}`, which it carries out, ends on {last}"),
            "nothing passes under it after that day: give it the same term",
        ));
    }
}

fn capacities(one: &Convention, other: &Convention, found: &mut Vec<Problem>) {
    for party in &other.parties {
        let there = one.parties.iter().find(|entry| entry.org == party.org);
        if let Some(there) = there.filter(|there| there.capacity != party.capacity) {
            found.push(warning(
                other,
                "capacity-differs",
                party.span,
                format!("`{}` is {} here and {} in `{}`", party.org, party.capacity, there.capacity, one.id),
                "both may be right, for two processings: a jurist should look",
            ));
        }
    }
}

fn clocks(one: &Convention, other: &Convention, found: &mut Vec<Problem>) {
    let is_same = std::ptr::eq(one, other);
    if !is_same && !bind_the_same(one, other) {
        return;
    }
    for (place, first) in one.clocks.iter().enumerate() {
        for second in other.clocks.iter().skip(if is_same { place + 1 } else { 0 }) {
            let Some(event) = first.starts.iter().find(|event| second.starts.contains(event)) else {
                continue;
            };
            let differ = first.within != second.within && same_debt(first, second);
            if !differ || settled(ReadingOf::Clock, (one, &first.id), (other, &second.id)) {
                continue;
            }
            found.push(warning(
                other,
                "clocks-differ",
                second.span,
                format!(
                    "{event}: {} by `{}` ({}), {} by {} ({})",
                    second.within,
                    second.id,
                    second.clause,
                    first.within,
                    named(one, other, &first.id),
                    first.clause
                ),
                "the shortest is safe; add a [[reading]] of `clock` once the parties agree",
            ));
        }
    }
}

/// Whether both are conventions, and two parties at least signed both.
fn bind_the_same(one: &Convention, other: &Convention) -> bool {
    let signed_both = one.parties.iter().filter(|p| other.parties.iter().any(|q| q.org == p.org));
    one.kind == Kind::Convention && other.kind == Kind::Convention && signed_both.count() > 1
}

/// Whether one party may owe both, to the same one.
fn same_debt(one: &ClockEntry, other: &ClockEntry) -> bool {
    let may_be =
        |one: &Option<Party>, other: &Option<Party>| one.is_none() || other.is_none() || one == other;
    may_be(&one.owed_by, &other.owed_by) && may_be(&one.owed_to, &other.owed_to)
}

/// The data that one party must keep by two retentions.
type Kept<'a> = BTreeMap<(&'a str, &'a str, &'a Party), (FieldSet, Vec<&'a Source>)>;

fn retentions(one: &Convention, other: &Convention, found: &mut Vec<Problem>) {
    let is_same = std::ptr::eq(one, other);
    let mut kept: Kept<'_> = BTreeMap::new();
    for (place, first) in one.grants.iter().enumerate() {
        for second in other.grants.iter().skip(if is_same { place + 1 } else { 0 }) {
            if !is_same || first.keep <= second.keep {
                both_keep(first, second, &mut kept);
            } else {
                both_keep(second, first, &mut kept);
            }
        }
    }
    for ((first, second, party), (fields, sources)) in kept {
        let find = |file: &Convention, id: &str| file.retention.iter().find(|one| one.id == id).cloned();
        let (Some(first), Some(second)) = (find(one, first), find(other, second)) else { continue };
        let differ = (first.starts, first.keep) != (second.starts, second.keep);
        if differ && !settled(ReadingOf::Retention, (one, &first.id), (other, &second.id)) {
            found.push(told(one, other, (&first, &second), party, fields, &sources));
        }
    }
}

/// Notes what each party would have under both clauses. What serves the person's own access goes to her, and is passed over.
fn both_keep<'a>(first: &'a Grant, second: &'a Grant, kept: &mut Kept<'a>) {
    let fields = first.fields.intersection(second.fields);
    let sources: Vec<_> = first.sources.iter().filter(|source| second.sources.contains(source)).collect();
    let is_hers = |grant: &Grant| grant.special_basis == Some(SpecialBasis::RightOfAccess);
    if fields.is_empty() || sources.is_empty() || is_hers(first) || is_hers(second) {
        return;
    }
    for to in first.to.iter().filter(|to| second.to.iter().any(|two| two.party == to.party)) {
        let key = (first.keep.as_str(), second.keep.as_str(), &to.party);
        let (all, from) = kept.entry(key).or_default();
        *all = all.union(fields);
        let new: Vec<_> = sources.iter().filter(|source| !from.contains(source)).copied().collect();
        from.extend(new);
    }
}

fn told(
    one: &Convention,
    other: &Convention,
    (first, second): (&Retention, &Retention),
    party: &Party,
    fields: FieldSet,
    sources: &[&Source],
) -> Problem {
    let mut codes: Vec<_> = fields.iter().map(Field::code).take(3).collect();
    let more = format!("{} more", fields.len() - codes.len());
    if fields.len() > codes.len() {
        codes.push(&more);
    }
    let sources: Vec<_> = sources.iter().map(|source| source.as_str()).collect();
    warning(
        other,
        "retentions-differ",
        second.span,
        format!(
            "what `{party}` has of {} ({}) goes {} after {} by `{}` ({}), {} after {} by {} ({})",
            sources.join(", "),
            codes.join(", "),
            second.keep,
            second.starts,
            second.id,
            second.clause,
            first.keep,
            first.starts,
            named(one, other, &first.id),
            first.clause
        ),
        "each clause destroys what came under it; add a [[reading]] of `retention` once the parties agree which holds",
    )
}

/// How a file calls something of another.
fn named(of: &Convention, seen_from: &Convention, id: &str) -> String {
    if std::ptr::eq(of, seen_from) { format!("`{id}`") } else { format!("`{}/{id}`", of.id) }
}

/// Whether a reading of either file settles the two.
fn settled(of: ReadingOf, one: (&Convention, &str), other: (&Convention, &str)) -> bool {
    let is_about = |file: &Convention, reading: &Reading, (of, id): (&Convention, &str)| {
        let own = std::ptr::eq(file, of);
        reading.about.iter().any(|about| (own && about == id) || *about == format!("{}/{id}", of.id))
    };
    [one.0, other.0].into_iter().any(|file| {
        let readings = file.readings.iter().filter(|reading| reading.of == of);
        readings.into_iter().any(|reading| is_about(file, reading, one) && is_about(file, reading, other))
    })
}

//! Clauses about looking people up: who may look beyond her reach and on what terms, and who looks over it.

use std::sync::Arc;

use liant_model::{Field, FieldSet, Party, Purpose, Sensitivity, Territory};

use crate::clauses::{CLAUSE, read_roles};
use crate::convention::{Convention, Kind, Oversight, PartyEntry, WiderSearch};
use crate::decision::{ClauseRef, Granted, Query, Refusal, Release, Validity};
use crate::gate::{Gate, clause};
use crate::lint::known_purposes;
use crate::parse::{read_fields, read_sources, short_name, values};
use crate::problem::Problems;
use crate::reader::Table;
use crate::terms::{Length, People, Reach};

/// What a clause lets an actor look up beyond her reach, and on what terms.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WiderPermit {
    /// The clause.
    pub clause: Arc<ClauseRef>,
    /// What it shows of those found.
    pub content: Granted,
    /// The reasons that may be declared: codes of the list `wider-search-reason`.
    pub reasons: Vec<String>,
    /// Searches that one human may make in an hour.
    pub per_hour: u32,
    /// Searches that one human may make in a day.
    pub per_day: u32,
    /// People that one search shows at most.
    pub most_found: u32,
}

/// What a clause has a role look over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OversightPermit {
    /// The clause.
    pub clause: Arc<ClauseRef>,
    /// How long a reason that was declared for looking up someone close holds.
    pub reasons_hold: Length,
}

impl Gate {
    /// Decides whether the actor may look someone up beyond her reach. The reach of the query does not matter.
    ///
    /// # Errors
    /// The refusal.
    pub fn wider_search(&self, query: &Query<'_>) -> Result<WiderPermit, Box<Refusal>> {
        let found = self.search_clause(query, |file| {
            file.wider_searches.iter().find(|one| {
                one.to.iter().any(|to| to.party == query.actor.party && to.role == query.actor.role)
                    && one.purposes.contains(query.purpose)
            })
        });
        let (file, search) = match found {
            Ok(found) => found,
            Err(Some(refusal)) => return Err(refusal),
            Err(None) => {
                return Err(Box::new(Refusal::NoWiderSearch {
                    party: query.actor.party.clone(),
                    role: query.actor.role.clone(),
                    purpose: query.purpose.clone(),
                }));
            }
        };
        let clause = clause(file, &search.clause);
        let release = |source: &liant_model::Source| {
            Arc::new(Release {
                source: source.clone(),
                fields: search.fields,
                people: search.people,
                reach: Reach::Territory,
                protected_address: false,
                despite: None,
                clause: Arc::clone(&clause),
            })
        };
        Ok(WiderPermit {
            content: Granted { releases: search.sources.iter().map(release).collect() },
            clause: Arc::clone(&clause),
            reasons: search.reasons.clone(),
            per_hour: search.per_hour,
            per_day: search.per_day,
            most_found: search.most_found,
        })
    }

    /// Decides whether the actor looks over what others look up.
    ///
    /// # Errors
    /// The refusal.
    pub fn oversee(&self, query: &Query<'_>) -> Result<OversightPermit, Box<Refusal>> {
        let found = self.search_clause(query, |file| {
            file.oversights.iter().find(|one| {
                one.by.iter().any(|by| by.party == query.actor.party && by.role == query.actor.role)
                    && one.purposes.contains(query.purpose)
            })
        });
        match found {
            Ok((file, oversight)) => Ok(permit(file, oversight)),
            Err(Some(refusal)) => Err(refusal),
            Err(None) => Err(Box::new(Refusal::NoOversight {
                party: query.actor.party.clone(),
                role: query.actor.role.clone(),
                purpose: query.purpose.clone(),
            })),
        }
    }

    /// The terms on which someone of `party` looks over what the party's people look up.
    ///
    /// # Errors
    /// The refusal, when no clause in force has anyone do so: then nothing can be declared either.
    pub fn overseen(
        &self,
        party: &Party,
        territory: Territory,
        now: liant_model::Instant,
    ) -> Result<OversightPermit, Box<Refusal>> {
        let found = self.conventions().iter().enumerate().find_map(|(number, file)| {
            let is_open =
                file.territory == territory && self.validity(number, now.date()) == Validity::InForce;
            let of_party = |one: &&Oversight| one.by.iter().any(|by| by.party == *party);
            file.oversights.iter().filter(|_| is_open).find(of_party).map(|one| permit(file, one))
        });
        found.ok_or_else(|| Box::new(Refusal::NobodyOversees { party: party.clone(), territory }))
    }

    /// The first clause that `pick` finds in a file in force; the refusal when it lies in files out of force only.
    fn search_clause<'g, T>(
        &'g self,
        query: &Query<'_>,
        pick: impl Fn(&'g Convention) -> Option<T>,
    ) -> Result<(&'g Convention, T), Option<Box<Refusal>>> {
        let mut closed = Vec::new();
        for (number, file) in self.conventions().iter().enumerate() {
            let Some(found) = Some(file).filter(|file| file.territory == query.territory).and_then(&pick)
            else {
                continue;
            };
            if self.validity(number, query.now.date()) == Validity::InForce {
                return Ok((file, found));
            }
            closed.push(self.closed(number, query.now.date()));
        }
        Err((!closed.is_empty()).then(|| Box::new(Refusal::NotInForce(closed))))
    }
}

fn permit(file: &Convention, oversight: &Oversight) -> OversightPermit {
    OversightPermit { clause: clause(file, &oversight.clause), reasons_hold: oversight.reasons_hold }
}

pub(crate) fn read_wider_search(
    table: &mut Table<'_, '_>,
    parties: &[PartyEntry],
    problems: &mut Problems<'_>,
) -> Option<WiderSearch> {
    let span = table.span;
    let clause = table.need_text("clause", CLAUSE, problems);
    let to = read_roles(table, "to", "the roles that may look beyond their reach", parties, problems);
    let purposes = table.need_list("purpose", "why they may", Purpose::parse, problems);
    let sources = read_sources(table, problems);
    let people = table.need_parsed("people", "about whom", str::parse::<People>, problems);
    let (named, excepted) = read_fields(table, "fields", problems);
    let why = "what may be declared: codes of the list `wider-search-reason`";
    let reasons = table.need_list("reasons", why, short_name, problems);
    let mut need = |key, why| {
        if !table.has(key) {
            table.missing(key, why, problems);
        }
        table.number(key, problems)
    };
    let per_hour = need("per_hour", "how many searches one human may make in an hour");
    let per_day = need("per_day", "how many searches one human may make in a day");
    let most_found = need("most_found", "how many people one search shows at most");
    let keep = table.need_parsed("keep", "the id of a [[retention]]", short_name, problems);
    Some(WiderSearch {
        clause: Arc::from(clause?.value),
        to,
        purposes: values(purposes),
        sources,
        people: people?.value,
        fields: named.difference(excepted),
        reasons: values(reasons),
        per_hour: per_hour?.value,
        per_day: per_day?.value,
        most_found: most_found?.value,
        keep: keep?.value,
        span,
    })
}

pub(crate) fn read_oversight(
    table: &mut Table<'_, '_>,
    parties: &[PartyEntry],
    problems: &mut Problems<'_>,
) -> Option<Oversight> {
    let span = table.span;
    let clause = table.need_text("clause", CLAUSE, problems);
    let by = read_roles(table, "by", "the roles that look over it", parties, problems);
    let purposes = table.need_list("purpose", "why they do", Purpose::parse, problems);
    let why = "how long a declared reason holds, `90 days`";
    let reasons_hold = table.need_parsed("reasons_hold", why, str::parse::<Length>, problems);
    Some(Oversight {
        clause: Arc::from(clause?.value),
        by,
        purposes: values(purposes),
        reasons_hold: reasons_hold?.value,
        span,
    })
}

pub(crate) fn lint(convention: &Convention, problems: &mut Problems<'_>) {
    let sealed: FieldSet = Field::all().filter(|field| field.sensitivity() == Sensitivity::Sealed).collect();
    for search in &convention.wider_searches {
        known_purposes(convention, &search.purposes, search.span, problems);
        if !convention.retention.iter().any(|retention| retention.id == search.keep) {
            problems.error(
                "unknown-retention",
                search.span,
                format!("`keep` cites `{}`, which is no [[retention]] of this file", search.keep),
                "declare it: data without an end cannot be kept",
            );
        }
        if !search.fields.intersection(sealed).is_empty() {
            problems.error(
                "sealed-on-screen",
                search.span,
                "a wider search would show a NIR on screen",
                "take the NIR out of `fields`",
            );
        }
        let is_health =
            |field: Field| matches!(field.sensitivity(), Sensitivity::Health | Sensitivity::HealthDetail);
        if search.fields.iter().any(is_health) {
            problems.error(
                "health-without-basis",
                search.span,
                "a wider search would tell of people's health to whoever does not follow them",
                "take it out of `fields`",
            );
        }
        if search.per_day < search.per_hour {
            problems.error(
                "less-a-day",
                search.span,
                "`per_day` is less than `per_hour`, which then never counts",
                "make `per_day` the greater",
            );
        }
        let other =
            |party: &Party| matches!(&convention.kind, Kind::Register { controller } if controller != party);
        for recipient in search.to.iter().filter(|recipient| other(&recipient.party)) {
            problems.error(
                "register-gives-away",
                search.span,
                format!("a register entry cannot give data to `{recipient}`"),
                "giving data to another party needs a convention with it",
            );
        }
        if convention.oversights.is_empty() {
            problems.error(
                "no-oversight",
                search.span,
                "people are looked up beyond a role's reach, and nobody looks over it",
                "add an [[oversight]]",
            );
        }
    }
    for oversight in &convention.oversights {
        known_purposes(convention, &oversight.purposes, oversight.span, problems);
    }
}

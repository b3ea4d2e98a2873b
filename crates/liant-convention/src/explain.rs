//! Why a given actor may, or may not, see a given field.

use std::fmt;
use std::sync::Arc;

use liant_model::{Field, Source};

use crate::convention::{Convention, Grant};
use crate::decision::{ClauseRef, Query, Validity};
use crate::gate::{Gate, Opening, clause};

/// What the gate answers about one field, clause by clause.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The field.
    pub field: Field,
    /// Every clause of the territory that names the field, and what it says to this query.
    pub clauses: Vec<ClauseAnswer>,
}

/// What one clause says to the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseAnswer {
    /// The clause.
    pub clause: Arc<ClauseRef>,
    /// Registers whose facts it is about.
    pub sources: Vec<Source>,
    /// Why it does not let the field out; empty when it does.
    pub against: Vec<String>,
}

impl Explanation {
    /// Whether any clause lets the field out.
    pub fn is_granted(&self) -> bool {
        self.clauses.iter().any(|answer| answer.against.is_empty())
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.is_granted() { "granted" } else { "refused" };
        write!(f, "{}: {verdict}", self.field)?;
        if self.clauses.is_empty() {
            return write!(f, "\n  no clause of the territory names this field");
        }
        for answer in &self.clauses {
            let sources: Vec<_> = answer.sources.iter().map(Source::as_str).collect();
            write!(f, "\n  {} (facts of {}): ", answer.clause, sources.join(", "))?;
            match answer.against.as_slice() {
                [] => f.write_str("lets it out")?,
                against => f.write_str(&against.join("; "))?,
            }
        }
        Ok(())
    }
}

impl Gate {
    /// Explains what the gate decides about `field` for this query.
    pub fn explain(&self, field: Field, query: &Query<'_>) -> Explanation {
        let mut clauses = Vec::new();
        for (number, file) in self.conventions().iter().enumerate() {
            if file.territory != query.territory {
                continue;
            }
            for grant in &file.grants {
                if grant.fields.contains(field) || grant.excepted.contains(field) {
                    clauses.push(ClauseAnswer {
                        clause: clause(file, &grant.clause),
                        sources: grant.sources.clone(),
                        against: self.against(number, file, grant, field, query),
                    });
                }
            }
        }
        // The clauses that say most: those that let the field out, then those with the fewest reasons against it.
        clauses.sort_by_key(|answer| answer.against.len());
        Explanation { field, clauses }
    }

    fn against(
        &self,
        number: usize,
        file: &Convention,
        grant: &Grant,
        field: Field,
        query: &Query<'_>,
    ) -> Vec<String> {
        let actor = query.actor;
        let day = query.now.date();
        let mut against = Vec::new();
        if grant.excepted.contains(field) {
            against.push("it excepts this field".to_owned());
        }
        if !grant.to.iter().any(|to| to.party == actor.party && to.role == actor.role) {
            let to: Vec<_> = grant.to.iter().map(ToString::to_string).collect();
            against.push(format!("it is for {}", to.join(", ")));
        }
        if !grant.purposes.contains(query.purpose) {
            let purposes: Vec<_> = grant.purposes.iter().map(ToString::to_string).collect();
            against.push(format!("its purpose is {}", purposes.join(", ")));
        }
        if !grant.channels.contains(&query.channel) {
            let channels: Vec<_> = grant.channels.iter().map(ToString::to_string).collect();
            against.push(format!("its way is {}", channels.join(", ")));
        } else if query.channel == crate::Channel::Flow {
            against.push("by flow it leaves as a file, not as a reading".to_owned());
        }
        if grant.reach < query.reach {
            against.push(format!("it reaches the actor's {} only", grant.reach));
        }
        let validity = self.validity(number, day);
        if validity != Validity::InForce {
            against.push(format!("the convention {validity}"));
        }
        if let Some(condition) = Opening::of_grant(number, file, grant).unmet(day) {
            against.push(format!("its condition `{condition}` is not met"));
        }
        against
    }
}

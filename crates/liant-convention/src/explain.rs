//! Why a given actor may, or may not, see a given field.

use std::fmt;
use std::sync::Arc;

use liant_model::{Date, Field, Lang, Purpose, Source};

use crate::convention::{Convention, Grant, Recipient};
use crate::decision::{ClauseRef, Query, Validity};
use crate::gate::{Gate, Opening, clause};
use crate::terms::{Channel, Consents, Reach};
use crate::told::words::{self, two};

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
    pub against: Vec<Against>,
}

/// One reason why a clause does not let a field out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// It takes the field away itself.
    Excepted,
    /// It is for others.
    For(Vec<Recipient>),
    /// It serves other purposes.
    Purposes(Vec<Purpose>),
    /// It goes by other ways.
    Ways(Vec<Channel>),
    /// It goes by flow: as a file.
    AsAFile,
    /// It reaches fewer people.
    Reach(Reach),
    /// Its convention is not in force.
    Closed(Validity),
    /// It waits for this condition.
    Condition(String),
}

impl Against {
    /// The reason in words.
    pub fn told(&self, lang: Lang) -> String {
        let list = |items: Vec<String>| items.join(", ");
        match self {
            Self::Excepted => two(lang, "elle excepte cette donnée", "it excepts this field").to_owned(),
            Self::For(to) => format!(
                "{} {}",
                two(lang, "elle est pour", "it is for"),
                list(to.iter().map(ToString::to_string).collect())
            ),
            Self::Purposes(purposes) => format!(
                "{} {}",
                two(lang, "sa finalité est", "its purpose is"),
                list(purposes.iter().map(ToString::to_string).collect())
            ),
            Self::Ways(ways) => format!(
                "{} {}",
                two(lang, "sa voie est", "its way is"),
                list(ways.iter().map(ToString::to_string).collect())
            ),
            Self::AsAFile => two(
                lang,
                "par flux elle sort dans un fichier, non à la lecture",
                "by flow it leaves as a file, not as a reading",
            )
            .to_owned(),
            Self::Reach(Reach::Oneself) => {
                two(lang, "elle ne montre la personne qu’à elle-même", "it shows the person to herself alone")
                    .to_owned()
            }
            Self::Reach(reach) => match lang {
                Lang::Fr => format!("elle s’arrête à : {}", words::reach(*reach, lang)),
                Lang::En => format!("it reaches the actor's {reach} only"),
            },
            Self::Closed(validity) => {
                format!(
                    "{} {}",
                    two(lang, "la convention", "the convention"),
                    words::validity(*validity, lang)
                )
            }
            Self::Condition(id) => match lang {
                Lang::Fr => format!("sa condition `{id}` n’est pas remplie"),
                Lang::En => format!("its condition `{id}` is not met"),
            },
        }
    }
}

impl Explanation {
    /// Whether any clause lets the field out.
    pub fn is_granted(&self) -> bool {
        self.clauses.iter().any(|answer| answer.against.is_empty())
    }

    /// The answer in words, one line for each clause.
    pub fn told(&self, lang: Lang) -> String {
        let verdict = if self.is_granted() {
            two(lang, "accordée", "granted")
        } else {
            two(lang, "refusée", "refused")
        };
        let colon = two(lang, " :", ":");
        let mut lines = vec![format!("{}{colon} {verdict}", self.field)];
        if self.clauses.is_empty() {
            let none = two(
                lang,
                "aucune clause du territoire ne nomme cette donnée",
                "no clause of the territory names this field",
            );
            lines.push(format!("  {none}"));
        }
        for answer in &self.clauses {
            let sources: Vec<_> = answer.sources.iter().map(Source::as_str).collect();
            let of = two(lang, "faits de", "facts of");
            let said = match answer.against.as_slice() {
                [] => two(lang, "la laisse sortir", "lets it out").to_owned(),
                against => {
                    let against: Vec<_> = against.iter().map(|one| one.told(lang)).collect();
                    against.join(two(lang, " ; ", "; "))
                }
            };
            let clause = words::cited(&answer.clause.to_string(), lang);
            lines.push(format!("  {clause} ({of} {}){colon} {said}", sources.join(", ")));
        }
        lines.join("\n")
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Lang::En))
    }
}

impl Gate {
    /// Explains what the gate decides about `field` for this query, of someone who agreed to `consents`.
    pub fn explain(&self, field: Field, query: &Query<'_>, consents: Consents) -> Explanation {
        let mut clauses = Vec::new();
        for (number, file) in self.conventions().iter().enumerate() {
            if file.territory != query.territory {
                continue;
            }
            for grant in &file.grants {
                if grant.fields.contains(field) || grant.excepted.contains(field) {
                    let mut against = against(grant, field, query);
                    against.extend(self.closed_to(number, file, grant, query.now.date(), consents));
                    clauses.push(ClauseAnswer {
                        clause: clause(file, &grant.clause),
                        sources: grant.sources.clone(),
                        against,
                    });
                }
            }
        }
        // The clauses that say most: those that let the field out, then those with the fewest reasons against it.
        clauses.sort_by_key(|answer| answer.against.len());
        Explanation { field, clauses }
    }

    fn closed_to(
        &self,
        number: usize,
        file: &Convention,
        grant: &Grant,
        day: Date,
        consents: Consents,
    ) -> Vec<Against> {
        let validity = Some(self.validity(number, day)).filter(|validity| *validity != Validity::InForce);
        let opening = Opening::of_grant(number, file, grant);
        let unmet = opening.unmet(day, consents).map(|id| Against::Condition(id.to_owned()));
        validity.map(Against::Closed).into_iter().chain(unmet).collect()
    }
}

/// What a clause says against the query by itself, on any day.
fn against(grant: &Grant, field: Field, query: &Query<'_>) -> Vec<Against> {
    let actor = query.actor;
    let mut against = Vec::new();
    if grant.excepted.contains(field) {
        against.push(Against::Excepted);
    }
    if !grant.to.iter().any(|to| to.party == actor.party && to.role == actor.role) {
        against.push(Against::For(grant.to.clone()));
    }
    if !grant.purposes.contains(query.purpose) {
        against.push(Against::Purposes(grant.purposes.clone()));
    }
    if !grant.channels.contains(&query.channel) {
        against.push(Against::Ways(grant.channels.clone()));
    } else if query.channel == Channel::Flow {
        against.push(Against::AsAFile);
    }
    if grant.reach < query.reach {
        against.push(Against::Reach(grant.reach));
    }
    against
}

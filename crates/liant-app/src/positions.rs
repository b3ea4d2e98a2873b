//! Where people stand, seen from whoever looks: in which category, how near, with a protected address or not.

use std::collections::HashSet;

use liant_convention::{Channel, Consents, Reach};
use liant_guard::{Listing, Order, Plan, Scope, Sorting, Standings, Subject};
use liant_model::{Date, PersonId};
use liant_store::{Snapshot, StoreError};

use crate::people::seat;
use crate::{AppError, Context, Workplace, access};

/// More than any territory has people.
const MOST_PEOPLE: usize = i32::MAX as usize;

/// People of a page, at most.
const A_PAGE: usize = 200;

/// Where people stand: in which category of the clauses, how near the actor, with a protected address or not.
pub(crate) struct Positions {
    pub(crate) standings: Standings,
    day: Date,
    /// The actor's scopes, the nearest first; with what tells who is in them, when it is not who follows whom.
    scopes: Vec<(Scope, Option<(Listing, Sorting)>)>,
    protected: Option<HashSet<PersonId>>,
}

impl Positions {
    /// Takes in how near these people stand, and whose address is protected.
    pub(crate) fn place_each(
        &mut self,
        snapshot: &mut Snapshot<'_>,
        people: &[PersonId],
    ) -> Result<(), StoreError> {
        for person in people {
            self.say_address(snapshot, Subject::Person(*person), *person)?;
        }
        let mut others = people.to_vec();
        for (scope, listing) in &self.scopes {
            if others.is_empty() {
                break;
            }
            let within = match listing {
                Some((listing, _)) => snapshot.listed(listing, &others)?,
                // Whoever is of the scope is found at once; those of it among a few, sooner.
                None if others.len() > A_PAGE => snapshot.followed_in(*scope, self.day)?,
                None => snapshot.followed_among(*scope, self.day, &others)?,
            };
            for person in &within {
                self.standings.place(Subject::Person(*person), scope.reach());
            }
            others.retain(|person| !within.contains(person));
        }
        Ok(())
    }

    /// Takes in how near everyone stands, and whose address is protected, of those in `people`.
    pub(crate) fn place_all(
        &mut self,
        snapshot: &mut Snapshot<'_>,
        people: &[PersonId],
    ) -> Result<(), StoreError> {
        for person in people {
            self.say_address(snapshot, Subject::Person(*person), *person)?;
        }
        for (scope, listing) in &self.scopes {
            let within = match listing {
                Some((listing, by_name)) => {
                    snapshot.list(listing, &[], by_name, None, MOST_PEOPLE)?.people.into_iter().collect()
                }
                None => snapshot.followed_in(*scope, self.day)?,
            };
            for person in within {
                self.standings.place(Subject::Person(person), scope.reach());
            }
        }
        Ok(())
    }

    fn say_address(
        &mut self,
        snapshot: &mut Snapshot<'_>,
        subject: Subject,
        person: PersonId,
    ) -> Result<(), StoreError> {
        let protected = match &mut self.protected {
            Some(protected) => protected,
            none => none.insert(snapshot.protected()?),
        };
        self.standings.say_address(subject, protected.contains(&person));
        Ok(())
    }
}

/// What finds where people stand, seen from the seat of the context. A refusal is audited too.
pub(crate) fn positions(context: &Context<'_>, workplace: &Workplace) -> Result<Positions, AppError> {
    positions_of(context, workplace, Consents::NONE)
}

/// The same, for people who agreed to `consents`.
pub(crate) fn positions_of(
    context: &Context<'_>,
    workplace: &Workplace,
    consents: Consents,
) -> Result<Positions, AppError> {
    let standings = access::standings(context, workplace)?;
    let mut scopes = Vec::new();
    let gate = context.gate(workplace)?;
    let near =
        Plan::compile_near_of(gate, &seat::query(context, Reach::Designated, Channel::Screen), consents);
    if near.is_ok_and(|plan| plan.is_bounded()) {
        for reach in [Reach::Designated, Reach::Caseload, Reach::Service] {
            // Where no clause reaches so far, nobody needs to stand there.
            let Ok(plan) = Plan::compile_of(gate, &seat::query(context, reach, Channel::Screen), consents)
            else {
                continue;
            };
            let Some(scope) = context.seat.scope(context, workplace, reach)? else { continue };
            match scope {
                Scope::Service(_) | Scope::Body(_) => {
                    let listing = plan.listing(scope).zip(plan.sorting(Order::Name));
                    scopes.extend(listing.map(|listing| (scope, Some(listing))));
                }
                _ => scopes.push((scope, None)),
            }
        }
    }
    Ok(Positions { standings, day: context.now().date(), scopes, protected: None })
}

//! What is known of the actor, compared with the person whose file she opens. The software's own work: facts are read under
//! `[[use]]` clauses for `index`, compared, and forgotten.

use std::collections::BTreeSet;

use liant_access::close::{Closeness, LookUpState, Looker, Seen, closeness, verdict};
use liant_convention::UseKind;
use liant_guard::UsePlan;
use liant_identity::fold_name;
use liant_model::{AccountId, Date, Field, PersonId};
use liant_store::{CurrentFact, LookUpRow, Professional};

use super::Assessment;
use crate::{AppError, Context, Workplace};

/// The actor, and those who work with her, as far as they may be recognised in people's records.
pub(crate) struct Watch {
    account: AccountId,
    index: UsePlan,
    looker: Looker,
    colleagues: Vec<Looker>,
    own_records: Vec<PersonId>,
}

impl Watch {
    /// Gathers what is known of the actor; none when she has no account, as on the command line.
    pub(crate) fn begin(context: &Context<'_>, workplace: &Workplace) -> Result<Option<Self>, AppError> {
        let Some(account) = context.seat.account else { return Ok(None) };
        let index =
            UsePlan::compile(context.gate(workplace)?, UseKind::Index, context.territory, context.now())?;
        let (found, colleagues, own_records, own_facts) =
            workplace.store.read(context.territory, |snapshot| {
                let found = snapshot.professional(account)?;
                let colleagues = match context.seat.organisation {
                    Some(organisation) => snapshot.professionals_of(organisation)?,
                    None => Vec::new(),
                };
                let own_records = snapshot.own_records(account)?;
                let mut own_facts = Vec::new();
                for person in &own_records {
                    for link in snapshot.links_of_person(*person)? {
                        own_facts.extend(snapshot.facts(link.identity)?);
                    }
                }
                Ok((found, colleagues, own_records, own_facts))
            })?;
        let Some(found) = found else { return Ok(None) };
        let own = seen(&index, &own_facts);
        let mut looker = looker(&found);
        looker.communes.extend(own.communes);
        looker.addresses.extend(own.addresses);
        looker.households.extend(own.households);
        let others = colleagues.iter().filter(|colleague| colleague.account != account);
        let colleagues = others.map(self::looker).collect();
        Ok(Some(Self { account, index, looker, colleagues, own_records }))
    }

    pub(super) const fn account(&self) -> AccountId {
        self.account
    }

    /// How close the actor may be to someone, and whether her file opens.
    pub(crate) fn assess(
        &self,
        context: &Context<'_>,
        workplace: &Workplace,
        person: PersonId,
        facts: &[CurrentFact],
    ) -> Result<Option<Assessment>, AppError> {
        let close = if self.own_records.contains(&person) {
            Some(Closeness::Oneself)
        } else {
            closeness(&self.looker, &seen(&self.index, facts), &self.colleagues)
        };
        let Some(closeness) = close else { return Ok(None) };
        let rows =
            workplace.store.read(context.territory, |snapshot| snapshot.declared(self.account, person))?;
        let latest = latest(context, workplace, &rows);
        Ok(Some(Assessment { closeness, verdict: verdict(closeness, latest) }))
    }
}

/// Where the latest declared reason stands, while it holds. A reason that was refused holds as long as one that was
/// accepted; where nobody looks over it, none does.
fn latest(context: &Context<'_>, workplace: &Workplace, rows: &[LookUpRow]) -> Option<LookUpState> {
    let (party, now) = (&context.actor.party, context.now());
    let permit = context.gate(workplace).ok()?.overseen(party, context.territory, now).ok()?;
    let since: Date = permit.reasons_hold.before(now.date());
    let mine = rows.iter().find(|row| row.party == party.as_str())?;
    (mine.declared_at.date() >= since).then_some(mine.state)
}

fn words(text: &str) -> BTreeSet<String> {
    fold_name(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A professional by her name as colleagues see it, and as her address writes it.
fn looker(of: &Professional) -> Looker {
    let in_address = of.email.split('@').next().unwrap_or_default();
    Looker {
        names: vec![words(&of.name), words(in_address)],
        birth_date: of.birth_date.clone(),
        communes: of.commune.iter().cloned().collect(),
        ..Looker::default()
    }
}

/// What the sources that may be indexed say of someone.
fn seen(index: &UsePlan, facts: &[CurrentFact]) -> Seen {
    let mut all = Seen::default();
    for fact in facts {
        index.read(&fact.facts, |reading| {
            let folded =
                |field| reading.get(field).map(|value| fold_name(&value)).filter(|value| !value.is_empty());
            for field in [Field::BirthName, Field::MarriedName] {
                all.surnames.extend(folded(field).map(|name| name.split(' ').map(str::to_owned).collect()));
            }
            let first = folded(Field::FirstName);
            all.first_names.extend(first.and_then(|names| names.split(' ').next().map(str::to_owned)));
            all.birth_dates.extend(reading.get(Field::BirthDate));
            all.communes.extend(reading.get(Field::ResidenceCommune));
            all.households.extend(reading.get(Field::CafIdentifier));
            let street = folded(Field::AddressLine);
            let place = folded(Field::Postcode).or_else(|| folded(Field::ResidenceCommune));
            all.addresses.extend(street.zip(place).map(|(street, place)| format!("{street} {place}")));
        });
    }
    all
}

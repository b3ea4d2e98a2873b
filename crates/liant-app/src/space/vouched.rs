//! Coming in by an identity that the State vouches for (*identité pivot*, FranceConnect): whoever it means beyond doubt, among those
//! known, comes into her own space; nobody else does. Nothing is linked: each time the question is asked anew.

use liant_access::claims::{Claims, PivotClaims, SignsIn};
use liant_access::space::SpaceNumber;
use liant_audit::Act;
use liant_convention::UseKind;
use liant_guard::UsePlan;
use liant_identity::{Pivot, Record};
use liant_model::{Block, Facts, Field, IdentityId, Lang, PersonId, SpaceId};
use liant_store::{CurrentFact, NewSpace, SpaceChange, SpaceRow};
use zeroize::Zeroizing;

use super::coming_in::{Entered, act, is_in_use, open};
use crate::AppError;
use crate::accounts::oidc::{Answered, Question, begin_for, disbelieved, provider};
use crate::accounts::sessions::seal_hint;
use crate::accounts::{AccountError, Office, Refusal};
use crate::context::random;
use crate::sealing::unseal;

/// Begins to come in at a provider. Its answer is taken back by [`take`](crate::accounts::oidc::take).
///
/// # Errors
/// [`Refusal::Absent`] when there is no such provider for people.
pub fn begin(office: &Office<'_>, issuer: &str) -> Result<Question, AccountError> {
    begin_for(office, (SignsIn::People, issuer), None)
}

/// Comes in, when the provider is believed and what it states means somebody beyond doubt. `id_token` is kept sealed, for the
/// logout there.
///
/// # Errors
/// [`Refusal::Claims`], [`Refusal::NotMeant`], [`Refusal::BeingMade`].
pub fn complete(
    office: &Office<'_>,
    answered: &Answered,
    claims: &Claims,
    id_token: &str,
) -> Result<Entered, AccountError> {
    let provider = provider(office, (SignsIn::People, &answered.issuer))?;
    if let Err(fault) = provider.believe(claims, &answered.nonce, office.now()) {
        return Err(disbelieved(office, fault)?);
    }
    let meant = match &claims.pivot {
        Some(pivot) => meant(office, pivot)?,
        None => None,
    };
    let Some((person, identity)) = meant else {
        let what = format!("came from {}: who is meant is not beyond doubt", provider.name);
        act(office, office.home, None, Act::SignIn, what, Vec::new())?;
        return Err(Refusal::NotMeant.into());
    };
    let (space, changes) = space_of(office, (person, identity))?;
    let what = format!("came into space {} by {}", space.space, provider.name);
    let hint = seal_hint(office, &claims.issuer, id_token)?;
    Ok(open(office, (office.home, &space), changes, (what, Some(hint)))?)
}

/// The space of a person, made when she has none, on the source identity that proves who she is: should a link turn out to be
/// wrong, her space goes where she goes. None is hers when two people who each had one were found to be her.
fn space_of(
    office: &Office<'_>,
    (person, identity): (PersonId, IdentityId),
) -> Result<(SpaceRow, Vec<SpaceChange>), AccountError> {
    let space = office.workplace.store.read(office.home, |snapshot| {
        let spaces = snapshot.spaces_of(person)?;
        let mut in_use = 0;
        for space in &spaces {
            in_use += usize::from(is_in_use(office, snapshot, space)?);
        }
        Ok(if in_use > 1 { Err(Refusal::NotMeant) } else { Ok(spaces.into_iter().next()) })
    })?;
    if let Some(space) = space? {
        return Ok((space, Vec::new()));
    }
    let number = SpaceNumber::new(office.home, random()?);
    let new = NewSpace {
        space: SpaceId::new(office.now(), random()?),
        number: number.clone(),
        identity,
        party: super::controller(office.workplace, office.home).ok_or(Refusal::NotMeant)?.to_string(),
        lang: Lang::Fr,
    };
    let row = SpaceRow {
        space: new.space,
        number: number.signs().to_owned(),
        person,
        identity,
        party: new.party.clone(),
        lang: new.lang,
        made_at: office.now(),
        password: None,
        secret: None,
        last_step: None,
        bound_at: None,
    };
    Ok((row, vec![SpaceChange::Make(new)]))
}

/// Whom a pivot identity means beyond doubt, among those whom the software may recognise, and the source identity that says so by
/// itself.
fn meant(office: &Office<'_>, pivot: &PivotClaims) -> Result<Option<(PersonId, IdentityId)>, AccountError> {
    let (workplace, home) = (office.workplace, office.home);
    let plan = UsePlan::compile(&*workplace.gate(home)?, UseKind::Recognise, home, office.now())
        .map_err(AppError::from)?;
    let (state, people, facts) = workplace.store.read(home, |snapshot| {
        let state = snapshot.directory_state()?;
        let people = snapshot.born_on(&pivot.birth_date)?;
        let mut facts = Vec::new();
        for (number, person) in (0_u32..).zip(&people) {
            for link in snapshot.links_of_person(*person)? {
                facts.extend(snapshot.fact(link.identity, Block::Identity)?.map(|fact| (number, fact)));
            }
        }
        Ok((state, people, facts))
    })?;
    // Until the directory shows everything a namesake might be missing.
    if !state.is_fresh() {
        return Err(Refusal::BeingMade.into());
    }
    let mut held = Vec::with_capacity(facts.len());
    for (number, fact) in &facts {
        held.extend(Held::read(office, &plan, fact)?.map(|held| (*number, fact.identity, held)));
    }
    let known: Vec<(u32, Record<'_>)> =
        held.iter().map(|(number, _, held)| (*number, held.record())).collect();
    let pivot = Pivot {
        birth_name: &pivot.birth_name,
        first_names: &pivot.first_names,
        birth_date: &pivot.birth_date,
        is_woman: pivot.is_woman,
        birth_place: &pivot.birth_place,
    };
    let Some(number) = pivot.among(&known) else { return Ok(None) };
    let proof = held.iter().find(|(whose, _, held)| *whose == number && pivot.is_proved_by(&held.record()));
    Ok(people.get(number as usize).copied().zip(proof.map(|(_, identity, _)| *identity)))
}

/// What recognises someone in one register.
struct Held {
    nir: Option<Zeroizing<String>>,
    birth_name: Option<String>,
    usage_name: Option<String>,
    first_name: Option<String>,
    birth_date: Option<String>,
}

impl Held {
    fn read(office: &Office<'_>, plan: &UsePlan, fact: &CurrentFact) -> Result<Option<Self>, AppError> {
        let sealed = fact.sealed.as_deref().filter(|_| plan.fields(fact.facts.source()).contains(Field::Nir));
        let keys = &office.workplace.keys;
        let opened = sealed.map(|sealed| unseal(keys, office.home, fact.identity, sealed)).transpose()?;
        let nir = opened.as_ref().and_then(|bytes| Facts::text_in(bytes, Field::Nir));
        let nir = nir.map(|nir| Zeroizing::new(nir.to_owned()));
        Ok(plan.read(&fact.facts, |reading| Self {
            nir,
            birth_name: reading.get(Field::BirthName),
            usage_name: reading.get(Field::MarriedName),
            first_name: reading.get(Field::FirstName),
            birth_date: reading.get(Field::BirthDate),
        }))
    }

    fn record(&self) -> Record<'_> {
        Record {
            nir: self.nir.as_ref().map(|nir| nir.as_str()),
            birth_name: self.birth_name.as_deref(),
            usage_name: self.usage_name.as_deref(),
            first_name: self.first_name.as_deref(),
            birth_date: self.birth_date.as_deref(),
            ..Record::default()
        }
    }
}

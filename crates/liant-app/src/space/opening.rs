//! A professional opens the space of someone who is in front of her, and hands over a code.

use liant_access::recovery::RecoveryCode;
use liant_access::space::SpaceNumber;
use liant_audit::{Act, PeopleBlock};
use liant_model::{Instant, Lang, PersonId, SpaceId};
use liant_store::{Change, ChangeSet, NewSpace, SpaceChange, SpaceCodeRow, SpaceRow};

use crate::context::{Audited, audit, random};
use crate::{AppError, Context, Workplace, access, lookups};

/// Where the space of someone stands, for who may open her page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpaceState {
    /// She has none.
    None,
    /// She has one, and no code was handed over for it: she comes in by the State's word alone.
    Vouched,
    /// A code was handed over and has not served.
    Handed {
        /// Until when it is good.
        until: Instant,
    },
    /// A code was handed over, and is good no more.
    Lapsed,
    /// Two who each had one were found to be one person: nobody comes in by either, until another code is handed over.
    Two,
    /// She has come in.
    Bound {
        /// When she last chose her password and her second factor.
        since: Instant,
    },
}

/// What is handed over: shown once, and kept nowhere.
#[derive(Debug)]
pub struct Handed {
    /// The number of the space.
    pub number: String,
    /// The code.
    pub code: RecoveryCode,
    /// Until when it is good.
    pub expires_at: Instant,
}

/// Where the space of a person stands.
///
/// # Errors
/// When there is no such person to see, or the gate refuses.
pub fn state(context: &Context<'_>, workplace: &Workplace, person: PersonId) -> Result<SpaceState, AppError> {
    access::in_sight(context, workplace, person)?;
    let (spaces, code) = workplace.store.read(context.territory, |snapshot| {
        let spaces = snapshot.spaces_of(person)?;
        let code = match spaces.first() {
            Some(space) => snapshot.space_code(space.space)?,
            None => None,
        };
        Ok((spaces, code))
    })?;
    let Some(space) = spaces.first() else { return Ok(SpaceState::None) };
    if spaces.iter().filter(|space| space.bound_at.is_some()).count() > 1 {
        return Ok(SpaceState::Two);
    }
    let Some(code) = code else {
        return Ok(space.bound_at.map_or(SpaceState::Vouched, |since| SpaceState::Bound { since }));
    };
    let handed = Some(code).filter(|code| code.used_at.is_none());
    Ok(match (handed, space.bound_at) {
        (Some(code), _) if code.expires_at > context.now() => SpaceState::Handed { until: code.expires_at },
        (_, Some(since)) => SpaceState::Bound { since },
        (_, None) => SpaceState::Lapsed,
    })
}

/// Opens the space of someone, or lets her into it again: makes a code that serves once, within `hours`. What let in until then
/// lets in no more. The actor has checked, in person, who she is; the log keeps that she said so.
///
/// # Errors
/// When there is no such person to see, or the gate refuses; [`AppError::Close`] when she is close to the actor and no reason
/// holds: nobody opens her own.
pub fn open(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    hours: u32,
    lang: Lang,
) -> Result<Handed, AppError> {
    let seen = access::in_sight(context, workplace, person)?;
    lookups::admit(context, workplace, person, &seen.facts)?;
    let spaces = workplace.store.read(context.territory, |snapshot| snapshot.spaces_of(person))?;
    let mut changes = Vec::new();
    let (space, number) = if let Some(SpaceRow { space, number, .. }) = spaces.first() {
        (*space, format!("{}-{number}", context.territory))
    } else {
        let identity = seen.facts.iter().map(|fact| fact.identity).min();
        let new = NewSpace {
            space: SpaceId::new(context.now(), random()?),
            number: SpaceNumber::new(context.territory, random()?),
            identity: identity.ok_or(AppError::Absent("person"))?,
            party: context.actor.party.to_string(),
            lang,
        };
        let made = (new.space, new.number.to_string());
        changes.push(SpaceChange::Make(new));
        made
    };
    changes.extend(spaces.iter().skip(1).map(|other| SpaceChange::Close(other.space)));
    let number = SpaceNumber::parse(&number).map_err(|error| AppError::Internal(error.to_string()))?;
    let code = RecoveryCode::new(random()?);
    let expires_at = Instant::from_micros(context.now().micros() + i64::from(hours) * 3_600_000_000);
    let row = SpaceCodeRow {
        hash: code.hash_of_space(space),
        given_by: context.actor.name.clone(),
        made_at: context.now(),
        expires_at,
        used_at: None,
    };
    changes.push(SpaceChange::HandCode { space, code: row });
    let what = Audited {
        subject: format!("code handed over in person for space {space}, identity checked"),
        people: PeopleBlock::new([person]),
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::Account, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&changes.into_iter().map(Change::Space).fold(set, ChangeSet::with))?;
    access::sequence(context, workplace);
    Ok(Handed { number: number.to_string(), code, expires_at })
}

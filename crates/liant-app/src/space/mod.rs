//! A person's own space: what is held about her, who was shown it and why, what she asks and agrees to.
//!
//! | module | what |
//! |---|---|
//! | [`opening`] | a professional who has her in front of her hands over a code |
//! | [`coming_in`] | the code once, then password and second factor; her session |
//! | [`vouched`] | by an identity that the State vouches for (FranceConnect) |
//! | [`held`] | what is held about her, by source, through the gate |
//! | [`forms`] | the liaison forms that she signed |
//! | [`records`] | what each party keeps of its own work with her |
//! | [`readers`] | who was shown what of it, when, why, under which clause |
//! | [`asking`] | her requests: access, rectification, erasure, restriction, opposition |
//! | [`contact`] | whether she agrees to be reached by e-mail and telephone |
//!
//! Whoever acts here is [`Herself`], which only a session of hers gives: no use case takes a person's number beside it, so that she
//! reaches nobody else. Professionals have a [`SignedIn`](crate::accounts::SignedIn): neither passes for the other.
//!
//! **Household.** Others of her household stay out of sight: nothing lists them, a clause of its own says what of a file that
//! several share is hers, and what is told of an act is told of her alone, never of how many it concerned.

pub mod asking;
pub mod coming_in;
pub mod contact;
pub mod forms;
pub mod held;
pub mod opening;
pub mod readers;
pub mod records;
pub mod vouched;

use liant_access::Token;
use liant_convention::{Convention, Kind};
use liant_model::{
    Actor, Clock, IdentityId, Instant, Lang, Party, PersonId, Purpose, Role, Territory, TraceId,
};
use liant_store::SpaceRow;

use crate::people::Seat;
use crate::{AppError, Context, Workplace};

/// The role of a person in her own space, as conventions name it.
pub(crate) const ROLE: &str = "person";
/// What everything here is for.
const PURPOSE: &str = "person-rights";

/// The party whose register of people this territory is: whom her requests are owed by.
pub(crate) fn controller(workplace: &Workplace, territory: Territory) -> Option<Party> {
    let files = workplace.conventions().iter().filter(|file| file.territory == territory);
    let shows_herself = |file: &Convention| {
        let mut to = file.grants.iter().flat_map(|grant| &grant.to);
        to.any(|to| to.role.as_str() == ROLE)
    };
    // Of several registers, that by which people see themselves.
    let controllers = files.filter_map(|file| match &file.kind {
        Kind::Register { controller } => Some((!shows_herself(file), controller.clone())),
        Kind::Convention => None,
    });
    controllers.min().map(|(_, controller)| controller)
}

/// The actor that somebody is in her own space.
pub(crate) fn actor(name: String, party: Party) -> Result<Actor, AppError> {
    let role = Role::parse(ROLE).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(Actor { name, party, role, os_user: None })
}

/// What somebody does in her own space is for this.
pub(crate) fn purpose() -> Result<Purpose, AppError> {
    Purpose::parse(PURPOSE).map_err(|error| AppError::Internal(error.to_string()))
}

/// A person who is in her own space. Only [`coming_in::resume`] and what opens a session give one.
#[derive(Clone, Debug)]
pub struct Herself {
    person: PersonId,
    /// What her space hangs on, and all that she says in it: a link that a human takes back takes them along together.
    identity: IdentityId,
    territory: Territory,
    lang: Lang,
    actor: Actor,
    ends_at: Instant,
}

impl Herself {
    fn new(row: &SpaceRow, territory: Territory, ends_at: Instant) -> Result<Self, AppError> {
        let party = Party::parse(&row.party).map_err(|error| AppError::Internal(error.to_string()))?;
        let actor = actor(row.space.to_string(), party)?;
        Ok(Self { person: row.person, identity: row.identity, territory, lang: row.lang, actor, ends_at })
    }

    /// Her language.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// When her session ends if nothing more is done.
    pub const fn ends_at(&self) -> Instant {
        self.ends_at
    }

    /// The context of one request of hers.
    ///
    /// # Errors
    /// Never: the purpose is a constant.
    pub fn context<'a>(&'a self, trace: TraceId, clock: &'a dyn Clock) -> Result<Context<'a>, AppError> {
        Ok(Context::within(trace, Seat::default(), (&self.actor, purpose()?, self.territory, clock)))
    }
}

/// What a browser of hers keeps: where her space is, and a secret.
pub struct SpaceToken {
    territory: Territory,
    token: Token,
}

impl SpaceToken {
    /// Reads what [`SpaceToken::reveal`] wrote; another text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (territory, token) = text.split_once('.')?;
        Some(Self { territory: Territory::parse(territory).ok()?, token: Token::parse(token).ok()? })
    }

    /// Its text, for the cookie and nowhere else.
    pub fn reveal(&self) -> zeroize::Zeroizing<String> {
        zeroize::Zeroizing::new(format!("{}.{}", self.territory, self.token.reveal().as_str()))
    }
}

impl std::fmt::Debug for SpaceToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SpaceToken(•)")
    }
}

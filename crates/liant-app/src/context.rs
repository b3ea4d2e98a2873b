use std::sync::{Arc, OnceLock};

use liant_audit::{Act, Entry, Leaf, PeopleBlock};
use liant_convention::Gate;
use liant_model::{
    AccountId, ActId, Actor, Clock, Instant, OrganisationId, Party, Purpose, Role, Territory, TraceId,
};
use liant_store::AuditRecord;
use ring::rand::{SecureRandom, SystemRandom};

use crate::people::Seat;
use crate::{AppError, Workplace};

/// The system's clock: the one place that reads the wall clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that the others are given")]
    fn now(&self) -> Instant {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Instant::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// Who acts, why, where and when: every entry point builds one, and nothing reaches data without it.
pub struct Context<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// Why.
    pub purpose: Purpose,
    /// Whose people.
    pub territory: Territory,
    /// The present moment, whenever it is asked for.
    pub clock: &'a dyn Clock,
    /// The request that all of this belongs to.
    pub trace: TraceId,
    /// Where she sits: whose people are near her. Without a seat nobody is.
    pub seat: Seat,
    footing: OnceLock<(Arc<Gate>, bool)>,
}

impl<'a> Context<'a> {
    /// A context for one request.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn new(
        actor: &'a Actor,
        purpose: Purpose,
        territory: Territory,
        clock: &'a dyn Clock,
    ) -> Result<Self, AppError> {
        let trace = TraceId::new(clock.now(), random()?);
        Ok(Self::within(trace, Seat::default(), (actor, purpose, territory, clock)))
    }

    /// The context of a request that has its trace and its seat.
    pub fn within(
        trace: TraceId,
        seat: Seat,
        (actor, purpose, territory, clock): (&'a Actor, Purpose, Territory, &'a dyn Clock),
    ) -> Self {
        Self { actor, purpose, territory, clock, trace, seat, footing: OnceLock::new() }
    }

    /// The same, for another territory.
    #[must_use]
    pub fn elsewhere(&self, territory: Territory) -> Self {
        Self::within(self.trace, self.seat, (self.actor, self.purpose.clone(), territory, self.clock))
    }

    /// The same, for another purpose: on the same footing.
    #[must_use]
    pub(crate) fn under(&self, purpose: Purpose) -> Self {
        let footing = self.footing.clone();
        Self {
            footing,
            ..Self::within(self.trace, self.seat, (self.actor, purpose, self.territory, self.clock))
        }
    }

    /// The gate that decides all of this request: as it stood when the request first asked.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn gate(&self, workplace: &Workplace) -> Result<&Gate, AppError> {
        Ok(&self.footing(workplace)?.0)
    }

    /// Whether the actor is stopped: as she stood when the request first asked.
    pub(crate) fn is_stopped(&self, workplace: &Workplace) -> Result<bool, AppError> {
        Ok(self.footing(workplace)?.1)
    }

    fn footing(&self, workplace: &Workplace) -> Result<&(Arc<Gate>, bool), AppError> {
        if let Some(footing) = self.footing.get() {
            return Ok(footing);
        }
        let footing = workplace.footing(self.territory, &self.actor.name)?;
        Ok(self.footing.get_or_init(|| footing))
    }

    /// The same, for someone who sits there.
    #[must_use]
    pub fn seated(self, account: AccountId, organisation: OrganisationId) -> Self {
        Self { seat: Seat { account: Some(account), organisation: Some(organisation), reach: None }, ..self }
    }

    /// The present moment.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    pub(crate) fn act_id(&self) -> Result<ActId, AppError> {
        Ok(ActId::new(self.now(), random()?))
    }
}

/// In whose name the software acts by itself: the installation's own.
pub(crate) fn software() -> Result<Actor, AppError> {
    let party = Party::parse("liant").map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(Actor { name: "liant".to_owned(), party, role: Role::SOFTWARE, os_user: None })
}

/// Random bytes of the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], AppError> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| AppError::Internal("the system gives no random bytes".to_owned()))?;
    Ok(bytes)
}

/// What the audit keeps of one act, beside who, when and why.
#[derive(Default)]
pub(crate) struct Audited {
    pub(crate) subject: String,
    pub(crate) clauses: Vec<String>,
    pub(crate) counts: Vec<(&'static str, u64)>,
    pub(crate) people: PeopleBlock,
}

/// The audit record of one act.
pub(crate) fn audit(
    context: &Context<'_>,
    id: ActId,
    act: Act,
    what: Audited,
) -> Result<AuditRecord, AppError> {
    let entry = Entry {
        id,
        at: context.now(),
        actor: context.actor.clone(),
        purpose: context.purpose.clone(),
        act,
        territory: context.territory,
        subject: what.subject,
        clauses: what.clauses,
        counts: what.counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect(),
        people: what.people,
    };
    let leaf = Leaf::new(&entry).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(AuditRecord {
        act: id,
        at: entry.at,
        commitment: leaf.commitment(),
        salt: leaf.salt.to_vec(),
        payload: leaf.payload,
    })
}

use std::fmt;

use uuid::Uuid;

use crate::Instant;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id made at `now` from 10 random bytes (UUIDv7: ids sort by the time they were made).
            pub fn new(now: Instant, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(now.unix_millis(), &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    };
}

id! {
    /// A person, as Liant gathers her source identities.
    PersonId
}
id! {
    /// One person in one source's register (*identité de source*): what facts hang on.
    IdentityId
}
id! {
    /// One act that was audited.
    ActId
}
id! {
    /// One question of identity put to a human.
    ReviewId
}
id! {
    /// One orientation decision (*décision d'orientation*).
    OrientationId
}
id! {
    /// One following of a person by a professional (*suivi*).
    FollowId
}
id! {
    /// One person given to a professional for a time (*personne désignée*).
    DesignationId
}
id! {
    /// One appointment with a person (*rendez-vous*), wherever it is moved to.
    AppointmentId
}
id! {
    /// One liaison form (*fiche de liaison*) that was signed and sent.
    FormId
}
id! {
    /// One goal of a party's own working record (*objectif*).
    GoalId
}
id! {
    /// One action towards a goal (*action*).
    ActionId
}
id! {
    /// One protection of an address (*adresse protégée*).
    ProtectionId
}
id! {
    /// One reason declared for looking up someone close.
    LookUpId
}
id! {
    /// A person's own space (*espace personnel*).
    SpaceId
}
id! {
    /// One request by which a person uses a right over her data (*demande d'exercice de droits*).
    RightsRequestId
}
id! {
    /// One request, from its entry point to its last log line.
    TraceId
}
id! {
    /// A professional's account.
    AccountId
}
id! {
    /// A body, or a service of one, whose people use the software.
    OrganisationId
}
id! {
    /// One account in one organisation in one role (*habilitation*).
    MembershipId
}
id! {
    /// One mandate given to a structure (*délégation*).
    DelegationId
}
id! {
    /// One invitation to join an organisation.
    InvitationId
}
id! {
    /// One session of a signed-in professional.
    SessionId
}
id! {
    /// One second factor of an account.
    FactorId
}

/// The number of a batch in its territory: batches are published in this order, and a reader sees every version
/// whose batch is not after the published one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BatchNo(pub i64);

impl fmt::Display for BatchNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Makes many ids at one moment, each greater than the one before: rows written in the order of their ids are
/// appended to their table. UUIDv7 with RFC 9562's counter (method 1): 48 bits of time, a counter of 42 bits
/// seeded at random, 32 random bits that all ids of one maker share.
#[derive(Debug)]
pub struct BulkIds {
    millis: u64,
    counter: u64,
    tail: [u8; 4],
}

impl BulkIds {
    /// A maker for the moment `now`, seeded with 10 random bytes.
    pub fn new(now: Instant, random: [u8; 10]) -> Self {
        let [c1, c2, c3, c4, c5, _, tail @ ..] = random;
        // Half of the counter's range stays free for counting up.
        let counter = u64::from_be_bytes([0, 0, 0, c1, c2, c3, c4, c5]) & ((1 << 40) - 1);
        Self { millis: now.unix_millis(), counter, tail }
    }

    /// The next id.
    pub fn next_id<T: From<Uuid>>(&mut self) -> T {
        self.counter += 1;
        let counter = self.counter & ((1 << 42) - 1);
        let high = (counter >> 30) as u16; // 12 bits beside the version
        let low = (counter & ((1 << 30) - 1)) as u32; // 30 bits beside the variant
        let [h1, h2] = high.to_be_bytes();
        let [l1, l2, l3, l4] = low.to_be_bytes();
        let [t1, t2, t3, t4] = self.tail;
        let random = [h1, h2, l1, l2, l3, l4, t1, t2, t3, t4];
        uuid::Builder::from_unix_timestamp_millis(self.millis, &random).into_uuid().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bulk_ids_rise_and_are_version_7() {
        let mut ids = BulkIds::new(Instant::from_micros(1_790_000_000_000_000), [0xff; 10]);
        let mut before: PersonId = ids.next_id();
        for _ in 0..100_000 {
            let id: PersonId = ids.next_id();
            assert!(id > before);
            assert_eq!(id.0.get_version_num(), 7);
            before = id;
        }
    }
}

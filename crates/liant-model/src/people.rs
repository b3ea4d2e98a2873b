use std::borrow::Cow;
use std::fmt;

use crate::slug::{Party, slug};

slug! {
    /// What an actor is inside a party: `technician`, `orientation_officer`, `dpo`…
    Role
}

slug! {
    /// Why data is read or sent: a purpose (*finalité*) that a convention names, `orientation`, `follow-up`…
    Purpose
}

impl Role {
    /// The software itself, when a `[[use]]` clause lets it read what it shows nobody.
    pub const SOFTWARE: Self = Self(Cow::Borrowed("software"));
}

/// Who acts: a named person, in a role, for a party.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Actor {
    /// Account name of the person, as the audit shows it.
    pub name: String,
    /// Party she acts for.
    pub party: Party,
    /// Role she acts in.
    pub role: Role,
    /// Account of the operating system behind a command line, if any.
    pub os_user: Option<String>,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}/{})", self.name, self.party, self.role)
    }
}

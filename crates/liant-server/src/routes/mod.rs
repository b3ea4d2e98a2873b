//! The table of routes: the only way to put a page on the site.
//!
//! A route is declared with its method, its path, who may go there and for which purpose, and its handler. From the
//! table come the router, the menu of each visitor, and the inventory that the access tests are made from. Clippy
//! forbids axum's own ways of adding a route everywhere but here.

mod enter;
mod table;

use std::time::Duration;

use liant_model::Role;

pub(crate) use table::Table;

/// Where whoever is not in her own space is led.
pub(crate) const SPACE_SIGN_IN: &str = "/me/sign-in";

use crate::Visitor;

/// The methods of the site: reading, and acting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Reads; changes nothing.
    Get,
    /// Acts; carries a form token.
    Post,
}

/// Who may go somewhere, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Machines that look after the server: no visitor, no page, no personal data.
    Machine,
    /// Anyone. Shows nothing about a person.
    Public,
    /// Anyone signed in, on her own account. Shows nothing about the people followed.
    SignedIn,
    /// A person in her own space, on herself alone. No professional is one.
    Oneself,
    /// Anyone on the way into a person's own space. Shows nothing about anyone.
    Door,
    /// An organisation's admin, on its professionals. Shows nothing about the people followed.
    Admin,
    /// Anyone: who has not signed in finds what is public, who has finds what waits for her, for the purpose that is her
    /// role's. Shows figures alone about the people followed.
    Desk {
        /// Each role, and the purpose that the gate is asked about for her.
        purposes: &'static [(&'static str, &'static str)],
    },
    /// Signed-in people in one of these roles, for this purpose (*finalité*) of the conventions.
    Only {
        /// The roles, as conventions name them.
        roles: &'static [&'static str],
        /// The purpose that the gate is asked about.
        purpose: &'static str,
    },
    /// Signed-in people in one of these roles, for the purpose under which their party's people work on accompaniments.
    Casework {
        /// The roles, as conventions name them.
        roles: &'static [&'static str],
        /// Those of them who find something there without being shown anybody's path.
        figures: &'static [&'static str],
    },
    /// Signed-in people in one of these roles, for the lists that prove the use of a fund and that their party signs.
    Evidence {
        /// The roles, as conventions name them.
        roles: &'static [&'static str],
    },
}

/// What the door answers to a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Come in.
    Granted,
    /// Say first who you are.
    SignIn,
    /// There is no such page for you: looks as if there were none at all.
    Absent,
}

impl Access {
    pub(crate) fn admits(&self, visitor: &Visitor) -> Admission {
        if let (Self::Oneself, Some(_)) = (self, visitor.herself()) {
            return Admission::Granted;
        }
        let Some(person) = visitor.signed_in() else {
            let is_open = matches!(self, Self::Machine | Self::Public | Self::Door | Self::Desk { .. });
            return if is_open { Admission::Granted } else { Admission::SignIn };
        };
        let admitted = match self {
            Self::Machine | Self::Public | Self::Door | Self::Desk { .. } | Self::SignedIn => true,
            Self::Oneself => return Admission::SignIn,
            Self::Admin => person.seat.is_admin,
            Self::Only { .. } | Self::Casework { .. } | Self::Evidence { .. } => {
                self.is_for(&person.actor.role)
            }
        };
        if admitted { Admission::Granted } else { Admission::Absent }
    }

    /// The purpose that the gate is asked about for this role; none where no data of people followed is shown, or where it is the party's.
    pub(crate) fn purpose(&self, role: &Role) -> Option<&'static str> {
        match self {
            Self::Machine
            | Self::Public
            | Self::SignedIn
            | Self::Oneself
            | Self::Door
            | Self::Admin
            | Self::Casework { .. } => None,
            Self::Desk { purposes } => {
                purposes.iter().find(|(of, _)| *of == role.as_str()).map(|(_, purpose)| *purpose)
            }
            Self::Only { purpose, .. } => Some(purpose),
            Self::Evidence { .. } => Some("fund-evidence"),
        }
    }

    /// Whether the route is for this role. An admin's is for every role: it asks for more than a role.
    pub fn is_for(&self, role: &Role) -> bool {
        match self {
            Self::Machine | Self::Public | Self::Door | Self::Desk { .. } | Self::SignedIn | Self::Admin => {
                true
            }
            Self::Oneself => false,
            Self::Only { roles, .. } | Self::Casework { roles, .. } | Self::Evidence { roles } => {
                roles.contains(&role.as_str())
            }
        }
    }
}

/// One route, as the table declares it.
#[derive(Clone, Debug)]
pub struct Route {
    /// Its method.
    pub verb: Verb,
    /// Its path, in axum's notation: `/people/{person}`.
    pub path: &'static str,
    /// Who may go there, and why.
    pub access: Access,
    /// The message that names it in the menu of those who may go there.
    pub menu: Option<&'static str>,
    /// The largest body it takes, in bytes.
    pub most_bytes: usize,
    /// The longest it may take.
    pub longest: Duration,
}

impl Route {
    const FORM_BYTES: usize = 256 * 1024;
    const LONGEST: Duration = Duration::from_secs(15);

    const fn new(verb: Verb, path: &'static str, access: Access) -> Self {
        Self { verb, path, access, menu: None, most_bytes: Self::FORM_BYTES, longest: Self::LONGEST }
    }

    /// A page that reads.
    pub const fn get(path: &'static str, access: Access) -> Self {
        Self::new(Verb::Get, path, access)
    }

    /// An act.
    pub const fn post(path: &'static str, access: Access) -> Self {
        Self::new(Verb::Post, path, access)
    }

    /// Puts it in the menu, under this message.
    #[must_use]
    pub const fn in_menu(mut self, message: &'static str) -> Self {
        self.menu = Some(message);
        self
    }

    /// Lets it take a larger body than a form's, for longer: an upload.
    #[must_use]
    pub const fn with_limits(mut self, most_bytes: usize, longest: Duration) -> Self {
        self.most_bytes = most_bytes;
        self.longest = longest;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{admin, signed_in};

    const OFFICERS: Access = Access::Only { roles: &["orientation_officer"], purpose: "orientation" };

    #[test]
    fn a_door_opens_for_its_roles_only() {
        let officer = signed_in("orientation_officer");
        let technician = signed_in("technician");
        let admin = admin("technician");
        for (access, visitor, expected) in [
            (Access::Public, &Visitor::Anonymous, Admission::Granted),
            (Access::Public, &officer, Admission::Granted),
            (Access::SignedIn, &Visitor::Anonymous, Admission::SignIn),
            (Access::SignedIn, &officer, Admission::Granted),
            (Access::Admin, &Visitor::Anonymous, Admission::SignIn),
            (Access::Admin, &technician, Admission::Absent),
            (Access::Admin, &admin, Admission::Granted),
            (OFFICERS, &Visitor::Anonymous, Admission::SignIn),
            (OFFICERS, &officer, Admission::Granted),
            (OFFICERS, &technician, Admission::Absent),
        ] {
            assert_eq!(access.admits(visitor), expected, "{access:?}, {visitor:?}");
        }
    }
}

//! What the tests of this crate share.

use std::sync::Arc;

use liant_app::{Settings, Workplace};
use liant_model::{Actor, FixedClock, Instant, Party, Role, Territory};

use crate::{NoSessions, Sessions, SignedIn, Site, SiteSettings, Transport, Visitor};

/// 2026-11-16 09:04 in France.
pub(crate) const NOW: Instant = Instant::from_micros(1_794_816_240_000_000);

/// Somebody in a role.
pub(crate) fn person(role: &str) -> SignedIn {
    SignedIn {
        actor: Actor {
            name: "c.delattre".into(),
            party: Party::parse("departement-62").unwrap(),
            role: Role::parse(role).unwrap(),
            os_user: None,
        },
        territory: Territory::parse("62").unwrap(),
        name: "C. Delattre".into(),
        organisation: "SLAI de l’Artois".into(),
    }
}

/// A visitor in a role.
pub(crate) fn signed_in(role: &str) -> Visitor {
    Visitor::SignedIn(Box::new(person(role)))
}

/// An empty workplace, in memory as far as the store allows: its folder goes when the process ends.
fn workplace() -> Workplace {
    let folder = tempfile::tempdir().unwrap().keep();
    std::fs::create_dir(folder.join("conventions")).unwrap();
    let text = "store = \"liant.db\"\nkeys = \"liant.keys\"\nconventions = \"conventions\"\nterritory = \"62\"\nparty = \"departement-62\"\n";
    std::fs::write(folder.join("liant.toml"), text).unwrap();
    testkit::key_file(&folder.join("liant.keys"));
    Workplace::open(&Settings::read(&folder.join("liant.toml")).unwrap()).unwrap()
}

/// A site over https, with these sessions.
pub(crate) fn site_with(sessions: impl Sessions + 'static) -> Site {
    let settings = SiteSettings {
        transport: Transport::https("https://liant.example").unwrap(),
        shows_style: true,
        workers: 4,
    };
    Site::new(settings, Arc::new(workplace()), Arc::new(sessions), Arc::new(FixedClock(NOW)))
}

/// A site over https where nobody signs in.
pub(crate) fn site() -> Site {
    site_with(NoSessions)
}

//! What the tests of this crate share.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use liant_access::password::{HashCost, Password};
use liant_access::{AccountRules, Email, OrganisationKind, ProfessionalRole, totp};
use liant_app::accounts::organisations::{self, NewOrganisation};
use liant_app::accounts::people::{self, NewColleague};
use liant_app::accounts::{Authority, Office, Opened, Origin, Seat, Step, factors, sign_in};
use liant_app::demo::{DemoAccount, Roster};
use liant_app::space::Herself;
use liant_app::{AppError, Publisher, Settings, Workplace};
use liant_model::{
    AccountId, Actor, FixedClock, Instant, Lang, MembershipId, OrganisationId, Party, Role, SessionId,
    Territory,
};

use crate::{Accounts, Providers, SessionToken, Sessions, SignedIn, Site, SiteSettings, Transport, Visitor};

/// 2026-11-16 09:04 in France.
pub(crate) const NOW: Instant = Instant::from_micros(1_794_816_240_000_000);

/// The password of every colleague.
pub(crate) const PASSWORD: &str = "brume tuile gant sorbier nef ocre";

/// The Département of the tests.
pub(crate) fn home() -> Territory {
    Territory::parse("62").unwrap()
}

/// Somebody in a role, without an account behind her.
pub(crate) fn person(role: &str) -> SignedIn {
    SignedIn {
        session: SessionId::new(NOW, [1; 10]),
        account: AccountId::new(NOW, [2; 10]),
        name: "C. Delattre".into(),
        lang: Lang::Fr,
        seat: Seat {
            membership: MembershipId::new(NOW, [3; 10]),
            organisation: OrganisationId::new(NOW, [4; 10]),
            organisation_name: "SLAI de l’Artois".into(),
            kind: OrganisationKind::LocalService,
            role: ProfessionalRole::from_code(role).unwrap_or(ProfessionalRole::Technician),
            is_admin: false,
            territory: home(),
        },
        actor: Actor {
            name: "c.delattre".into(),
            party: Party::parse("departement-62").unwrap(),
            role: Role::parse(role).unwrap(),
            os_user: None,
        },
        second_factor: true,
        opened_at: NOW,
        ends_at: NOW,
    }
}

/// A visitor in a role.
pub(crate) fn signed_in(role: &str) -> Visitor {
    Visitor::SignedIn(Box::new(person(role)))
}

/// A visitor in a role who manages access.
pub(crate) fn admin(role: &str) -> Visitor {
    let mut person = person(role);
    person.seat.is_admin = true;
    Visitor::SignedIn(Box::new(person))
}

/// Nobody signs in.
struct NoSessions;

impl Sessions for NoSessions {
    fn visitor(&self, _: &Workplace, _: &SessionToken, _: Instant) -> Result<Option<SignedIn>, AppError> {
        Ok(None)
    }

    fn herself(&self, _: &Workplace, _: &SessionToken, _: Instant) -> Result<Option<Herself>, AppError> {
        Ok(None)
    }
}

/// Accounts under the usual figures, but for hashing: a password costs next to nothing.
pub(crate) fn accounts() -> Accounts {
    let hash = HashCost { memory_kib: 64, passes: 1 };
    Accounts::new(AccountRules { hash, ..AccountRules::default() }, home())
}

/// An empty workplace, in memory as far as the store allows: its folder goes when the process ends.
fn workplace() -> Workplace {
    workplace_on("liant.db")
}

/// The same, on the store of this address.
pub(crate) fn workplace_on(store: &str) -> Workplace {
    let folder = tempfile::tempdir().unwrap().keep();
    std::fs::create_dir(folder.join("conventions")).unwrap();
    let text = format!(
        "store = \"{store}\"\nkeys = \"liant.keys\"\nconventions = \"conventions\"\nterritory = \"62\"\nparty = \"departement-62\"\n"
    );
    std::fs::write(folder.join("liant.toml"), text).unwrap();
    testkit::key_file(&folder.join("liant.keys"));
    Workplace::open(&Settings::read(&folder.join("liant.toml")).unwrap()).unwrap()
}

/// A site over https, with these sessions.
pub(crate) fn site_with(sessions: impl Sessions + 'static) -> Site {
    site_on(&Arc::new(workplace()), sessions)
}

/// The same, on a workplace.
pub(crate) fn site_on(workplace: &Arc<Workplace>, sessions: impl Sessions + 'static) -> Site {
    let settings = SiteSettings {
        transport: Transport::https("https://liant.example").unwrap(),
        shows_style: true,
        workers: 4,
        accounts: accounts(),
        publisher: Publisher::default(),
        demo: None,
        providers: Providers::default(),
    };
    Site::new(settings, Arc::clone(workplace), Arc::new(sessions), Arc::new(FixedClock(NOW)))
}

/// A site over https where nobody signs in.
pub(crate) fn site() -> Site {
    site_with(NoSessions)
}

/// A site over https with real accounts, on a clock that stands still.
pub(crate) fn site_with_accounts() -> Site {
    site_with(accounts())
}

/// A demo, reached so.
pub(crate) fn site_for_demo(transport: Transport) -> Site {
    let account = DemoAccount {
        email: "claire@demo.example".to_owned(),
        name: "Claire".to_owned(),
        role: "local_service_head".to_owned(),
        organisation: "SLAI".to_owned(),
        is_admin: false,
        secret: totp::Secret::new([7; 20]).base32().to_string(),
    };
    let settings = SiteSettings {
        transport,
        shows_style: false,
        workers: 4,
        accounts: accounts(),
        publisher: Publisher::default(),
        providers: Providers::default(),
        demo: Some(Roster { password: "gant de crin".to_owned(), accounts: vec![account] }),
    };
    Site::new(settings, Arc::new(workplace()), Arc::new(accounts()), Arc::new(FixedClock(NOW)))
}

/// Somebody who has come in with a second factor.
pub(crate) struct Colleague {
    /// Her address.
    pub(crate) email: String,
    /// The `Cookie` line of her session.
    pub(crate) cookie: String,
    /// What her application keeps.
    pub(crate) secret: String,
    /// Her recovery codes.
    pub(crate) recovery: Vec<String>,
}

/// Has a new colleague come in, with this role in an organisation that may have it: her session's cookie opens the site.
pub(crate) async fn colleague(site: &Site, role: &str) -> Colleague {
    colleague_in(site, role, None, false).await
}

/// The same, in an organisation of this name, to manage its people or not.
pub(crate) async fn colleague_in(site: &Site, role: &str, place: Option<&str>, is_admin: bool) -> Colleague {
    let role = ProfessionalRole::from_code(role).unwrap();
    colleague_at(site, (role, home()), place, is_admin).await
}

/// The same, in a territory.
pub(crate) async fn colleague_at(
    site: &Site,
    post: (ProfessionalRole, Territory),
    place: Option<&str>,
    is_admin: bool,
) -> Colleague {
    let place = place.map(str::to_owned);
    let done = site.office(move |office| Ok(come_in(office, post, place.as_deref(), is_admin)));
    done.await.unwrap().unwrap()
}

/// An account that has never signed in, in this role: her address.
pub(crate) async fn newcomer(site: &Site, role: &str) -> String {
    let role = ProfessionalRole::from_code(role).unwrap();
    let done = site.office(move |office| Ok(designate(office, (role, home()), None, false)));
    done.await.unwrap().unwrap().as_str().to_owned()
}

/// The same, in an organisation of this name.
pub(crate) async fn newcomer_in(site: &Site, role: &str, place: Option<&str>) -> String {
    let (role, place) = (ProfessionalRole::from_code(role).unwrap(), place.map(str::to_owned));
    let done = site.office(move |office| Ok(designate(office, (role, home()), place.as_deref(), false)));
    done.await.unwrap().unwrap().as_str().to_owned()
}

fn designate(
    office: &Office<'_>,
    (role, territory): (ProfessionalRole, Territory),
    place: Option<&str>,
    is_admin: bool,
) -> Email {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let operator = person("technician").actor;
    let by = Authority::Operator(&operator);
    let kind = role.own_task_of()[0];
    let name = place.map_or_else(|| format!("{} {number}", kind.code()), str::to_owned);
    let known = organisations::list(office, territory).unwrap().into_iter().find(|row| row.name == name);
    let organisation = known.map_or_else(
        || {
            let party = Some(Party::parse("departement-62").unwrap());
            let new = NewOrganisation { territory, kind, name: &name, party, parent: None };
            organisations::add(office, by, &new).unwrap()
        },
        |row| row.id,
    );
    let email = Email::parse(&format!("colleague.{number}@office.example")).unwrap();
    let new = NewColleague {
        email: &email,
        name: "Camille Delattre",
        lang: Lang::Fr,
        password: &Password::new(PASSWORD),
        organisation,
        role,
        is_admin,
        term: None,
    };
    people::add(office, &operator, &new).unwrap();
    email
}

fn come_in(
    office: &Office<'_>,
    post: (ProfessionalRole, Territory),
    place: Option<&str>,
    is_admin: bool,
) -> Colleague {
    // Each from a machine of her own, as one machine may not try too often.
    static MACHINE: AtomicU32 = AtomicU32::new(0);
    let email = designate(office, post, place, is_admin);
    let address = Ipv4Addr::from(0xC633_6400 + MACHINE.fetch_add(1, Ordering::Relaxed)).to_string();
    let origin = Origin { address: &address, known_browser: None, browser: "Firefox, Linux" };
    let step = sign_in::password(office, email.as_str(), &Password::new(PASSWORD), &origin).unwrap();
    let (opened, secret, recovery) = match step {
        Step::Enrol { pending } => {
            let secret = factors::begin_in_sign_in(office, &pending).unwrap().secret.to_string();
            let code = code(&secret, -1);
            let (step, codes, _) = factors::confirm_in_sign_in(office, &pending, &code, &origin).unwrap();
            (opened(step), secret, codes.iter().map(|code| code.reveal().to_owned()).collect())
        }
        other => (opened(other), String::new(), Vec::new()),
    };
    let cookie = format!("__Host-liant-session={}", opened.token.reveal().as_str());
    Colleague { email: email.as_str().to_owned(), cookie, secret, recovery }
}

fn opened(step: Step) -> Box<Opened> {
    match step {
        Step::Open(opened) => opened,
        other => panic!("not in yet: {other:?}"),
    }
}

/// The code that an application shows for a secret in base 32, so many steps of 30 seconds from [`NOW`]. Enrolment has used
/// that of the step before: 0 and 1 are still good, once each.
pub(crate) fn code(secret: &str, steps: i64) -> String {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for sign in secret.bytes() {
        let value = if sign.is_ascii_digit() { sign - b'2' + 26 } else { sign - b'A' };
        held = (held << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    totp::Secret::from_slice(&bytes).unwrap().code(totp::step_of(NOW) + steps)
}

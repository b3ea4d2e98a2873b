//! The guided page of a demo: who may sign in, the code of each second factor, and what to try in each role. There is no such route in
//! a real workplace, and over https there is none at all.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use liant_access::ProfessionalRole;
use liant_app::demo::{DemoAccount, Roster};
use liant_model::Instant;

use crate::components::Link;
use crate::failure::Failure;
use crate::words::Words;
use crate::{Page, Site};

#[derive(Template)]
#[template(path = "demo.html")]
struct Demo<'a> {
    page: &'a Page,
    w: Words,
    password: String,
    accounts: Vec<Account>,
    paths: Vec<Try>,
    until: String,
}

struct Account {
    id: String,
    name: String,
    /// On both sides of the `@`, where it may be broken.
    email: (String, String),
    role: String,
    organisation: String,
    code: Option<String>,
}

/// What to try in a role.
struct Try {
    id: String,
    role: String,
    name: String,
    steps: Vec<Link>,
}

/// Pages to open in order, and what to look at there, by role.
const PATHS: [(&str, &[(&str, &str)]); 13] = [
    (
        "local_service_head",
        &[
            ("/", "demo-head-1"),
            ("/people?todo=referent", "demo-head-2"),
            ("/people", "demo-head-3"),
            ("/forms", "demo-head-4"),
            ("/caseload/workers", "demo-head-5"),
        ],
    ),
    (
        "social_referent",
        &[
            ("/", "demo-referent-1"),
            ("/people?referent=me", "demo-referent-2"),
            ("/caseload", "demo-referent-3"),
            ("/caseload/agenda", "demo-referent-4"),
        ],
    ),
    ("orientation_officer", &[("/", "demo-officer-1"), ("/orientation", "demo-officer-2")]),
    (
        "technician",
        &[
            ("/files", "demo-technician-1"),
            ("/month", "demo-technician-2"),
            ("/calendar", "demo-technician-3"),
            ("/organisations", "demo-technician-4"),
        ],
    ),
    ("clerk", &[("/review", "demo-clerk-1"), ("/", "demo-clerk-2")]),
    ("dpo", &[("/audit", "demo-dpo-1"), ("/audit/verification", "demo-dpo-2")]),
    (
        "adviser",
        &[
            ("/caseload", "demo-adviser-1"),
            ("/caseload/people", "demo-adviser-2"),
            ("/forms/sent", "demo-adviser-3"),
            ("/figures", "demo-adviser-4"),
        ],
    ),
    ("platform_agent", &[("/people?todo=orient", "demo-platform-1"), ("/people", "demo-platform-2")]),
    ("caf_worker", &[("/caseload/people", "demo-caf-1"), ("/forms", "demo-caf-2")]),
    (
        "steering",
        &[
            ("/committee", "demo-steering-1"),
            ("/figures", "demo-steering-2"),
            ("/committee/papers", "demo-steering-3"),
        ],
    ),
    ("agency_director", &[("/committee/papers", "demo-director-1"), ("/committee", "demo-steering-1")]),
    ("territorial_direction", &[("/committee/papers", "demo-steering-3"), ("/committee", "demo-steering-1")]),
    ("evidence_officer", &[("/evidence", "demo-evidence-1")]),
];

pub(super) async fn show(State(site): State<Site>, page: Page) -> Result<Response, Failure> {
    let roster = site.settings().demo().ok_or(Failure::Absent)?;
    let (w, now) = (page.w, site.now());
    let until = roster.accounts.iter().find_map(|one| one.code(now)).map_or(now, |code| code.until);
    page.show(&Demo {
        page: &page,
        w,
        password: roster.password.clone(),
        accounts: roster.accounts.iter().map(|one| account(w, one, now)).collect(),
        paths: paths(w, roster),
        until: w.time_to_the_second(until),
    })
}

fn role_name(w: Words, code: &str) -> String {
    ProfessionalRole::from_code(code).map_or_else(|| code.to_owned(), |role| w.typeset(&role.label(w.lang())))
}

fn account(w: Words, one: &DemoAccount, now: Instant) -> Account {
    let role = role_name(w, &one.role);
    Account {
        id: one.role.replace('_', "-"),
        name: one.name.clone(),
        email: match one.email.split_once('@') {
            Some((name, host)) => (name.to_owned(), host.to_owned()),
            None => (one.email.clone(), String::new()),
        },
        role: if one.is_admin { w.say("demo-admin").text("role", role).into() } else { role },
        organisation: one.organisation.clone(),
        code: one.code(now).map(|code| code.digits),
    }
}

fn paths(w: Words, roster: &Roster) -> Vec<Try> {
    let of = |(role, steps): &(&str, &[(&str, &'static str)])| {
        let who = roster.accounts.iter().find(|one| one.role == *role)?;
        Some(Try {
            id: role.replace('_', "-"),
            role: role_name(w, role),
            name: who.name.clone(),
            steps: steps.iter().map(|(path, key)| Link::new(*path, w.say(key))).collect(),
        })
    };
    PATHS.iter().filter_map(of).collect()
}

//! An organisation whose admin manages it: only she does.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::StatusCode;
use liant_access::membership::Term;
use liant_access::{Email, OrganisationKind, ProfessionalRole};
use liant_app::accounts::Authority;
use liant_app::accounts::invitations::{self, Invite};
use liant_app::accounts::organisations::{self, NewOrganisation};
use liant_app::accounts::people;
use liant_model::{Date, Party, Territory};

use super::rows::{ROWS, Row, Who};
use super::world::{Values, elsewhere};
use super::{Findings, ask, is_in, path, visit};
use crate::Site;
use crate::testing::{colleague_at, home, person, site_with_accounts};

/// An organisation with an admin, a colleague, an invitation and a mandate.
struct Managed {
    admin: String,
    colleague: String,
    values: Values,
}

async fn managed(site: &Site, territory: Territory) -> Managed {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("Département {number}");
    let admin = colleague_at(site, (ProfessionalRole::Technician, territory), Some(&name), true).await;
    let colleague = colleague_at(site, (ProfessionalRole::Clerk, territory), Some(&name), false).await;
    let (email, of) = (colleague.email.clone(), name.clone());
    let made = site.office(move |office| {
        let operator = person("technician").actor;
        let by = Authority::Operator(&operator);
        let all = organisations::list(office, territory)?;
        let organisation = all.iter().find(|row| row.name == of).unwrap().id;
        let members = people::list(office, by, organisation)?;
        let member = members.iter().find(|row| row.email.as_str() == email).unwrap().membership;
        let invite = Invite {
            email: &Email::parse(&format!("invited.{number}@office.example")).unwrap(),
            organisation,
            role: ProfessionalRole::Clerk,
            is_admin: false,
            term: None,
        };
        let invitation = invitations::invite(office, by, &invite)?.id;
        let partner = NewOrganisation {
            territory,
            kind: OrganisationKind::Ccas,
            name: &format!("CCAS {number}"),
            party: Some(Party::parse("departement-62").unwrap()),
            parent: None,
        };
        let partner = organisations::add(office, by, &partner)?;
        let term = Term { from: Date::constant(2026, 1, 1), to: None };
        let mandate = organisations::mandate(office, by, organisation, partner, term)?;
        Ok(vec![
            ("organisation", organisation.to_string()),
            ("membership", member.to_string()),
            ("invitation", invitation.to_string()),
            ("mandate", mandate.to_string()),
            ("act", "end".to_owned()),
        ])
    });
    let values = made.await.unwrap().unwrap();
    Managed { admin: admin.cookie, colleague: colleague.cookie, values }
}

#[tokio::test]
async fn an_organisation_is_managed_by_its_admin_alone() {
    let site = site_with_accounts();
    let mut found = Findings(Vec::new());
    for row in ROWS.iter().filter(|row| row.who == Who::Admin) {
        check(&site, row, &mut found).await;
    }
    assert!(found.0.is_empty(), "{}", found.0.join("\n"));
}

async fn check(site: &Site, row: &Row, found: &mut Findings) {
    let theirs = managed(site, home()).await;
    let path = path(row, &theirs.values, "");
    let beside = managed(site, home()).await.admin;
    let far = managed(site, elsewhere()).await.admin;
    for (who, cookie) in
        [("admin beside", beside), ("admin elsewhere", far), ("clerk of it", theirs.colleague)]
    {
        let answer = ask(&mut visit(site, &cookie).await, row, &path).await;
        let is_own_list = row.path == "/organisations" && who != "clerk of it";
        let is_kept = if is_own_list {
            !answer.text.contains(&theirs.values[0].1)
        } else {
            answer.status == StatusCode::NOT_FOUND
        };
        found.expect(is_kept, row, who, "of another organisation", &answer);
    }
    let answer = ask(&mut visit(site, &theirs.admin).await, row, &path).await;
    found.expect(is_in(&answer), row, "its admin", "hers to manage", &answer);
}

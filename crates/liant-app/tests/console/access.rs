//! The review of access: each membership of the party's people, looked at by someone else than its owner.

use liant_access::password::{HashCost, Password};
use liant_access::{AccountRules, Email, OrganisationKind as Kind, ProfessionalRole};
use liant_app::access_review::{self, Verdict};
use liant_app::accounts::organisations::NewOrganisation;
use liant_app::accounts::people::NewColleague;
use liant_app::accounts::{Authority, Office, organisations, people};
use liant_app::{AppError, Context};
use liant_model::{AccountId, FixedClock, Lang, MembershipId, Purpose, Span};

use crate::world::{NOW, Place, TODAY, actor, every_engine, territory};

/// An organisation of a party with someone in it.
fn staffed(place: &Place, party: &str, email: &str, role: ProfessionalRole) -> (AccountId, MembershipId) {
    let rules = AccountRules { hash: HashCost { memory_kib: 64, passes: 1 }, ..AccountRules::default() };
    let clock = FixedClock(NOW);
    let office = Office::new(&place.served, &rules, territory(), &clock).unwrap();
    let operator = actor(party, "technician");
    let kind = if party == "france-travail" { Kind::FranceTravailAgency } else { Kind::Departement };
    let name = format!("Organisation of {email}");
    let new = NewOrganisation {
        territory: territory(),
        kind,
        name: &name,
        party: Some(party.parse().unwrap()),
        parent: None,
    };
    let organisation = organisations::add(&office, Authority::Operator(&operator), &new).unwrap();
    let colleague = NewColleague {
        email: &Email::parse(email).unwrap(),
        name: email,
        lang: Lang::En,
        password: &Password::new("brume tuile gant sorbier nef ocre"),
        organisation,
        role,
        is_admin: false,
        term: None,
    };
    people::add(&office, &operator, &colleague).unwrap()
}

#[test]
fn each_access_is_confirmed_or_withdrawn_by_someone_else() {
    for place in every_engine() {
        let engine = place.engine();
        let (own, own_seat) = staffed(&place, "departement-62", "dpo@office.example", ProfessionalRole::Dpo);
        let (_, other) = staffed(&place, "departement-62", "clerk@office.example", ProfessionalRole::Clerk);
        let clock = FixedClock(NOW);
        let mut dpo = actor("departement-62", "dpo");
        dpo.name = own.to_string();
        let purpose = || Purpose::parse("person-rights").unwrap();
        let context = || Context::new(&dpo, purpose(), territory(), &clock).unwrap();
        let list = || access_review::list(&context(), &place.served).unwrap();
        let (held, past) = list();
        assert_eq!((held.len(), past.len()), (2, 0), "{engine}");
        let year = TODAY.saturating_add(Span::new().months(12));
        assert!(held.iter().all(|one| one.due == year && one.used_at.is_none()), "{engine}");
        assert_eq!(held.iter().filter(|one| one.is_own).count(), 1, "{engine}");

        let decide =
            |membership, verdict| access_review::decide(&context(), &place.served, membership, verdict);
        assert!(matches!(decide(own_seat, Verdict::Confirmed), Err(AppError::State(_))), "{engine}");
        decide(other, Verdict::Confirmed).unwrap();
        assert!(
            list().0.iter().any(|one| one.membership == other && one.reviewed_at == Some(NOW)),
            "{engine}"
        );
        decide(other, Verdict::Withdrawn).unwrap();
        let (held, past) = list();
        assert_eq!((held.len(), past.len()), (1, 2), "{engine}");
        assert!(
            matches!(decide(other, Verdict::Confirmed), Err(AppError::Absent(_))),
            "{engine}: it has ended"
        );

        // Of another party's people she decides nothing.
        let (_, theirs) = staffed(&place, "france-travail", "ada@ft.example", ProfessionalRole::Adviser);
        assert!(matches!(decide(theirs, Verdict::Withdrawn), Err(AppError::Absent(_))), "{engine}");
        let clerk = actor("departement-62", "clerk");
        let clerk = Context::new(&clerk, purpose(), territory(), &clock).unwrap();
        assert!(access_review::list(&clerk, &place.served).is_err(), "{engine}");
    }
}

//! Who may hold which role where, and who may give it.

use liant_access::membership::{
    Giver, Mandate, Organisation, Post, RuleFault, Term, Tie, check_mandate, is_effective, may_give,
    may_hold, tie,
};
use liant_access::{Explain, OrganisationKind as Kind, ProfessionalRole as Role};
use liant_model::{AccountId, Date, Instant, Lang, OrganisationId};

const DAY: Date = Date::constant(2026, 11, 2);
const ALWAYS: Term = Term { from: Date::constant(2026, 1, 1), to: None };

fn id(number: u8) -> OrganisationId {
    OrganisationId::new(Instant::from_micros(0), [number; 10])
}

fn account(number: u8) -> AccountId {
    AccountId::new(Instant::from_micros(0), [number; 10])
}

fn organisation(number: u8, kind: Kind, parent: Option<u8>) -> Organisation {
    Organisation { id: id(number), kind, parent: parent.map(id), is_closed: false }
}

fn mandate(to: Option<Date>) -> Mandate {
    Mandate { mandator: id(1), mandated: id(3), term: Term { to, ..ALWAYS } }
}

fn admin_of(number: u8) -> Giver {
    Giver::Professional { account: account(9), organisation: id(number), is_admin: true }
}

fn post(role: Role) -> Post {
    Post { role, is_admin: false, term: ALWAYS }
}

/// The table of roles, kind by kind: `o` by its own task, `m` under a mandate, `.` never. In the order of the roles: adviser, social referent, head of
/// local service, CAF worker, platform agent, orientation officer, technician; clerk, agency director, territorial direction,
/// solidarity house, steering, ESF officer, DPO.
#[test]
fn who_may_hold_what_where() {
    let kinds: [(Kind, &str); 13] = [
        (Kind::Departement, ".o..oooo...ooo"),
        (Kind::LocalService, ".oo..ooo.....o"),
        (Kind::SolidarityHouse, ".o....o...o..o"),
        (Kind::OrientationPlatform, ".m..o.o......o"),
        (Kind::FranceTravailDirection, "......o..o.ooo"),
        (Kind::FranceTravailAgency, "o.....o.o...oo"),
        (Kind::Caf, ".o.o..o......o"),
        (Kind::Msa, "......o......o"),
        (Kind::Ccas, ".m..m.o......o"),
        (Kind::Association, ".m..m.o......o"),
        (Kind::MissionLocale, ".m..m.o......o"),
        (Kind::CapEmploi, ".m..m.o......o"),
        (Kind::Siae, ".m..m.o......o"),
    ];
    for (kind, row) in kinds {
        let place = organisation(3, kind, None);
        for (role, expected) in Role::ALL.iter().zip(row.chars()) {
            let without = may_hold(*role, &place, &[], DAY);
            let with = may_hold(*role, &place, &[mandate(None)], DAY);
            let found = match (without, with) {
                (Ok(()), Ok(())) => 'o',
                (Err(RuleFault::NotMandated), Ok(())) => 'm',
                (Err(RuleFault::RoleNotHere), Err(RuleFault::RoleNotHere)) => '.',
                other => panic!("{kind:?} {role:?}: {other:?}"),
            };
            assert_eq!(found, expected, "{kind:?} {role:?}");
        }
    }
}

#[test]
fn an_admin_manages_her_organisation_its_services_and_those_it_mandates() {
    let mandates = [mandate(Some(Date::constant(2026, 12, 31)))];
    let of = |target: &Organisation, day| tie(id(1), target, &mandates, day);
    assert_eq!(of(&organisation(1, Kind::Departement, None), DAY), Some(Tie::Own));
    assert_eq!(of(&organisation(2, Kind::LocalService, Some(1)), DAY), Some(Tie::Service));
    assert_eq!(of(&organisation(3, Kind::Ccas, None), DAY), Some(Tie::Mandated));
    assert_eq!(of(&organisation(3, Kind::Ccas, None), Date::constant(2027, 1, 1)), None);
    assert_eq!(of(&organisation(4, Kind::LocalService, Some(5)), DAY), None);
    // It does not go up, nor sideways.
    assert_eq!(tie(id(2), &organisation(1, Kind::Departement, None), &mandates, DAY), None);
    assert_eq!(tie(id(3), &organisation(1, Kind::Departement, None), &mandates, DAY), None);
}

/// Name, giver, what is given, where, roles held there already, and the answer.
type Case<'a> = (&'a str, Giver, Post, &'a Organisation, &'a [Role], Result<(), RuleFault>);

#[test]
fn an_admin_cannot_give_a_role_she_may_not_give() {
    let departement = organisation(1, Kind::Departement, None);
    let service = organisation(2, Kind::LocalService, Some(1));
    let ccas = organisation(3, Kind::Ccas, None);
    let agency = organisation(4, Kind::FranceTravailAgency, None);
    let closed = Organisation { is_closed: true, ..service };
    let mandates = [mandate(None)];
    let nobody = Giver::Professional { account: account(9), organisation: id(1), is_admin: false };
    let dpo_admin = Post { is_admin: true, ..post(Role::Dpo) };
    let backwards =
        Post { term: Term { from: DAY, to: Some(Date::constant(2026, 1, 1)) }, ..post(Role::Clerk) };
    let cases: [Case<'_>; 16] = [
        ("her own", admin_of(1), post(Role::OrientationOfficer), &departement, &[], Ok(())),
        ("a service", admin_of(1), post(Role::LocalServiceHead), &service, &[], Ok(())),
        ("mandated", admin_of(1), post(Role::SocialReferent), &ccas, &[], Ok(())),
        (
            "mandated, its first admin",
            admin_of(1),
            Post { is_admin: true, ..post(Role::SocialReferent) },
            &ccas,
            &[],
            Ok(()),
        ),
        ("the structure's own", admin_of(3), post(Role::Dpo), &ccas, &[], Ok(())),
        ("the operator", Giver::Operator, post(Role::Adviser), &agency, &[], Ok(())),
        ("no admin", nobody, post(Role::Clerk), &departement, &[], Err(RuleFault::NotAdmin)),
        ("another body", admin_of(1), post(Role::Adviser), &agency, &[], Err(RuleFault::NotYours)),
        ("upwards", admin_of(2), post(Role::Clerk), &departement, &[], Err(RuleFault::NotYours)),
        ("not there", admin_of(1), post(Role::Adviser), &departement, &[], Err(RuleFault::RoleNotHere)),
        (
            "not even the operator",
            Giver::Operator,
            post(Role::Adviser),
            &departement,
            &[],
            Err(RuleFault::RoleNotHere),
        ),
        ("not by mandate", admin_of(1), post(Role::Technician), &ccas, &[], Err(RuleFault::NotByMandate)),
        ("DPO and admin", admin_of(1), dpo_admin, &departement, &[], Err(RuleFault::DpoIsNoAdmin)),
        (
            "DPO and cases",
            admin_of(1),
            post(Role::Clerk),
            &departement,
            &[Role::Dpo],
            Err(RuleFault::DpoDoesNoCaseWork),
        ),
        ("closed", admin_of(1), post(Role::LocalServiceHead), &closed, &[], Err(RuleFault::Closed)),
        ("backwards", admin_of(1), backwards, &departement, &[], Err(RuleFault::TermEndsFirst)),
    ];
    for (name, giver, post, target, held, expected) in cases {
        assert_eq!(may_give(&giver, &post, target, held, &mandates, DAY), expected, "{name}");
    }
    let ended = [mandate(Some(Date::constant(2026, 11, 1)))];
    assert_eq!(
        may_give(&Giver::Operator, &post(Role::SocialReferent), &ccas, &[], &ended, DAY),
        Err(RuleFault::NotMandated)
    );
}

#[test]
fn nobody_changes_her_own_access() {
    assert_eq!(admin_of(1).is_not(account(9)), Err(RuleFault::Oneself));
    assert_eq!(admin_of(1).is_not(account(8)), Ok(()));
    assert_eq!(Giver::Operator.is_not(account(9)), Ok(()));
}

#[test]
fn a_post_stops_with_its_term_its_organisation_and_its_mandate() {
    let ccas = organisation(3, Kind::Ccas, None);
    let referent = post(Role::SocialReferent);
    assert!(is_effective(&referent, &ccas, &[mandate(None)], DAY));
    assert!(!is_effective(&referent, &ccas, &[mandate(Some(Date::constant(2026, 11, 1)))], DAY));
    assert!(!is_effective(&referent, &ccas, &[], DAY));
    assert!(!is_effective(&referent, &Organisation { is_closed: true, ..ccas }, &[mandate(None)], DAY));
    let last_day = Post { term: Term { to: Some(DAY), ..ALWAYS }, ..referent };
    assert!(is_effective(&last_day, &ccas, &[mandate(None)], DAY));
    let over = Post { term: Term { to: Some(Date::constant(2026, 11, 1)), ..ALWAYS }, ..referent };
    assert!(!is_effective(&over, &ccas, &[mandate(None)], DAY));
    let to_come = Post { term: Term { from: Date::constant(2026, 11, 3), to: None }, ..referent };
    assert!(!is_effective(&to_come, &ccas, &[mandate(None)], DAY));
}

#[test]
fn mandates_go_from_a_body_to_a_structure() {
    assert_eq!(check_mandate(Kind::Departement, Kind::Ccas, &ALWAYS), Ok(()));
    assert_eq!(check_mandate(Kind::FranceTravailDirection, Kind::CapEmploi, &ALWAYS), Ok(()));
    assert_eq!(check_mandate(Kind::Ccas, Kind::Association, &ALWAYS), Err(RuleFault::NoMandate));
    assert_eq!(check_mandate(Kind::Departement, Kind::Caf, &ALWAYS), Err(RuleFault::NoMandate));
}

#[test]
fn refusals_speak_both_languages() {
    for fault in [RuleFault::NotAdmin, RuleFault::NotMandated, RuleFault::DpoIsNoAdmin] {
        let (fr, en) = (fault.explain(Lang::Fr), fault.explain(Lang::En));
        assert!(fr != en && fr.ends_with('.') && en.ends_with('.'), "{en}");
        assert!(en.starts_with(char::is_uppercase));
    }
}

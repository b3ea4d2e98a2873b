//! Who gives access to whom, and what ends it.

use std::io::Cursor;

use liant_access::membership::{Post, RuleFault};
use liant_access::password::Password;
use liant_access::{Checked, ProfessionalRole as Role, Token};
use liant_app::Workplace;
use liant_app::accounts::invitations::{self, Invite};
use liant_app::accounts::{
    Authority, NoticeKind, Office, Refusal, SignedIn, Step, factors, organisations, people, sessions, sign_in,
};
use liant_model::{Clock as _, Date, Lang, OrganisationId};
use liant_vault::Keyring;

use crate::world::{MINUTE, PASSWORD, World, at, email, every_engine, opened, operator, post, refusal};

fn invite(
    world: &World,
    admin: &SignedIn,
    local: &str,
    organisation: OrganisationId,
    role: Role,
) -> Result<Token, liant_app::accounts::AccountError> {
    let who = email(local);
    let invite = Invite { email: &who, organisation, role, is_admin: false, term: None };
    invitations::invite(&world.office(), Authority::Admin(admin), &invite).map(|invited| invited.token)
}

#[test]
fn an_invitation_makes_an_account_once() {
    for world in every_engine() {
        world.person("admin", world.departement, Role::Technician, true);
        let (admin, _) = world.enrol("admin");
        let token = invite(&world, &admin.signed_in, "new", world.service, Role::LocalServiceHead).unwrap();
        let shown = invitations::look(&world.office(), &token).unwrap();
        assert_eq!((shown.organisation_name.as_str(), shown.role), ("SLAI", Role::LocalServiceHead));
        assert!(!shown.has_account);
        let accept = |password: &str| {
            let password = Password::new(password);
            let origin = at("10.0.0.5");
            invitations::accept_as_new(&world.office(), &token, "Nouvelle", Lang::Fr, &password, &origin)
        };
        assert!(matches!(refusal(accept("Password1234")), Refusal::Password(_)));
        assert!(matches!(accept(PASSWORD).unwrap(), Step::Enrol { .. }), "{}", world.test.engine);
        assert_eq!(refusal(accept(PASSWORD)), Refusal::Expired);
        assert_eq!(refusal(invitations::look(&world.office(), &token)), Refusal::Expired);
        let (head, _) = world.enrol("new");
        assert_eq!(head.signed_in.seat.organisation, world.service);
        // Who designated her is on her membership.
        let people =
            people::list(&world.office(), Authority::Admin(&admin.signed_in), world.service).unwrap();
        assert_eq!(people[0].designated_by, admin.signed_in.account.to_string());
        assert_eq!(people[0].name, "Nouvelle");
    }
}

#[test]
fn an_invitation_runs_out_and_is_withdrawn() {
    for world in every_engine() {
        world.person("admin", world.departement, Role::Technician, true);
        let (admin, _) = world.enrol("admin");
        let by = Authority::Admin(&admin.signed_in);
        let first = invite(&world, &admin.signed_in, "a", world.service, Role::Clerk).unwrap();
        let second = invite(&world, &admin.signed_in, "b", world.service, Role::Clerk).unwrap();
        let open = invitations::list(&world.office(), by, world.service).unwrap();
        let of_first = open.iter().find(|one| one.email == email("a")).unwrap();
        invitations::withdraw(&world.office(), by, of_first.id).unwrap();
        assert_eq!(refusal(invitations::look(&world.office(), &first)), Refusal::Expired);
        assert_eq!(
            refusal(invitations::withdraw(&world.office(), by, of_first.id)),
            Refusal::Absent("invitation")
        );
        world.clock.pass((7 * 24 * 60 - 1) * MINUTE);
        assert!(invitations::look(&world.office(), &second).is_ok());
        world.clock.pass(MINUTE);
        assert_eq!(refusal(invitations::look(&world.office(), &second)), Refusal::Expired);
    }
}

#[test]
fn an_invitation_attaches_an_account_that_is_there_and_no_other() {
    for world in every_engine() {
        world.person("admin", world.departement, Role::Technician, true);
        let (admin, _) = world.enrol("admin");
        world.person("head", world.service, Role::LocalServiceHead, false);
        let (head, secret) = world.enrol("head");
        let token =
            invite(&world, &admin.signed_in, "head", world.departement, Role::OrientationOfficer).unwrap();
        assert!(invitations::look(&world.office(), &token).unwrap().has_account);
        let other = invitations::accept_signed_in(&world.office(), &admin.signed_in, &token);
        assert_eq!(refusal(other), Refusal::OtherAddress);
        invitations::accept_signed_in(&world.office(), &head.signed_in, &token).unwrap();
        // Two memberships: signing in asks which, and one may go on in the other.
        let Step::Choose { pending, seats } = world.come_in("head", &secret) else { panic!("no choice") };
        assert_eq!(seats.len(), 2);
        let chosen =
            sign_in::choose(&world.office(), &pending, seats[0].membership, &at("10.0.0.1")).unwrap();
        let (token, switched) =
            sessions::switch(&world.office(), &chosen.signed_in, seats[1].membership).unwrap();
        assert!(world.resume(&chosen.token).is_none(), "the token turns with the membership");
        assert_eq!(world.resume(&token).unwrap().seat, switched.seat);
        let foreign = sessions::switch(&world.office(), &switched, admin.signed_in.seat.membership);
        assert_eq!(refusal(foreign), Refusal::Absent("membership"));
    }
}

#[test]
fn an_admin_gives_only_what_is_hers_to_give() {
    for world in every_engine() {
        world.mandate(None);
        world.person("admin", world.departement, Role::Technician, true);
        let (admin, _) = world.enrol("admin");
        let cases = [
            (world.departement, Role::OrientationOfficer, None),
            (world.ccas, Role::SocialReferent, None),
            (world.departement, Role::Adviser, Some(Refusal::Rule(RuleFault::RoleNotHere))),
            (world.ccas, Role::Technician, Some(Refusal::Rule(RuleFault::NotByMandate))),
            (world.agency, Role::Adviser, Some(Refusal::Absent("organisation"))),
        ];
        for (place, role, expected) in cases {
            let done = invite(&world, &admin.signed_in, "someone", place, role);
            assert_eq!(done.is_ok(), expected.is_none(), "{role:?}");
            if let Some(expected) = expected {
                assert_eq!(refusal(done), expected, "{role:?}");
            }
        }
        let herself = invite(&world, &admin.signed_in, "admin", world.departement, Role::Clerk);
        assert_eq!(refusal(herself), Refusal::Rule(RuleFault::Oneself));
        world.person("clerk", world.departement, Role::Clerk, false);
        let (clerk, _) = world.enrol("clerk");
        let done = invite(&world, &clerk.signed_in, "someone", world.departement, Role::Clerk);
        assert_eq!(refusal(done), Refusal::Rule(RuleFault::NotAdmin));
        let managed =
            organisations::managed(&world.office(), Authority::Admin(&admin.signed_in), crate::world::home());
        let names: Vec<String> = managed.unwrap().into_iter().map(|row| row.name).collect();
        assert_eq!(names, ["CCAS", "Département", "SLAI"], "{}", world.test.engine);
    }
}

#[test]
fn what_ends_access_ends_its_sessions_at_once() {
    for world in every_engine() {
        let mandate = world.mandate(None);
        world.person("admin", world.departement, Role::Technician, true);
        let (admin, _) = world.enrol("admin");
        let by = Authority::Admin(&admin.signed_in);
        // A membership that ends.
        let (_, membership) = world.person("a", world.service, Role::LocalServiceHead, false);
        let (a, _) = world.enrol("a");
        people::end(&world.office(), by, membership).unwrap();
        assert!(world.resume(&a.token).is_none());
        // A role that changes.
        let (account, membership) = world.person("b", world.service, Role::Clerk, false);
        let (b, secret) = world.enrol("b");
        people::change(&world.office(), by, membership, post(Role::OrientationOfficer)).unwrap();
        assert!(world.resume(&b.token).is_none());
        let b = opened(world.come_in("b", &secret));
        assert_eq!(b.signed_in.actor.role.as_str(), "orientation_officer");
        // An account that is disabled: it has no session, and gets none.
        people::disable(&world.office(), by, account).unwrap();
        assert!(world.resume(&b.token).is_none());
        assert_eq!(refusal(world.password("b", PASSWORD, "10.0.0.8")), Refusal::Wrong);
        people::enable(&world.office(), by, account).unwrap();
        assert!(world.resume(&b.token).is_none(), "what has ended does not come back");
        // A mandate that ends.
        world.person("referent", world.ccas, Role::SocialReferent, false);
        let (referent, secret) = world.enrol("referent");
        assert!(world.resume(&referent.token).is_some());
        let last = Date::constant(2026, 11, 1);
        organisations::end_mandate(&world.office(), by, world.departement, mandate, last).unwrap();
        assert!(world.resume(&referent.token).is_none());
        let Step::Choose { seats, .. } = world.come_in("referent", &secret) else { panic!("came in") };
        assert!(seats.is_empty(), "{}", world.test.engine);
    }
}

#[test]
fn nobody_manages_herself_nor_those_of_others() {
    for world in every_engine() {
        let (admin_account, own) = world.person("admin", world.departement, Role::Technician, true);
        let (admin, _) = world.enrol("admin");
        let by = Authority::Admin(&admin.signed_in);
        let (adviser, foreign) = world.person("adviser", world.agency, Role::Adviser, false);
        let office = world.office();
        let oneself = Refusal::Rule(RuleFault::Oneself);
        assert_eq!(refusal(people::end(&office, by, own)), oneself);
        assert_eq!(refusal(people::change(&office, by, own, post(Role::Dpo))), oneself);
        assert_eq!(refusal(people::disable(&office, by, admin_account)), oneself);
        assert_eq!(refusal(factors::reset(&office, by, admin_account, Checked::InPerson)), oneself);
        assert_eq!(refusal(people::end(&office, by, foreign)), Refusal::Absent("membership"));
        assert_eq!(refusal(people::disable(&office, by, adviser)), Refusal::Absent("account"));
        assert_eq!(
            refusal(factors::reset(&office, by, adviser, Checked::InPerson)),
            Refusal::Absent("account")
        );
        assert_eq!(refusal(people::list(&office, by, world.agency)), Refusal::Absent("organisation"));
        // A DPO audits access and gives none.
        let (_, dpo) = world.person("dpo", world.departement, Role::Dpo, false);
        let admin_dpo = Post { is_admin: true, ..post(Role::Dpo) };
        assert_eq!(
            refusal(people::change(&office, by, dpo, admin_dpo)),
            Refusal::Rule(RuleFault::DpoIsNoAdmin)
        );
    }
}

#[test]
fn a_lost_factor_is_reset_with_a_notice() {
    for world in every_engine() {
        world.person("admin", world.departement, Role::Technician, true);
        let (admin, _) = world.enrol("admin");
        let (account, _) = world.person("head", world.service, Role::LocalServiceHead, false);
        let (head, _) = world.enrol("head");
        let by = Authority::Admin(&admin.signed_in);
        let notice = factors::reset(&world.office(), by, account, Checked::Video).unwrap();
        assert_eq!((notice.to, notice.about), (email("head"), NoticeKind::FactorReset));
        assert!(world.resume(&head.token).is_none());
        assert!(matches!(world.password("head", PASSWORD, "10.0.0.1").unwrap(), Step::Enrol { .. }));
        let reset = format!("second factor reset: account {account}, identity checked: video");
        let by = admin.signed_in.account.to_string();
        assert!(world.audited().contains(&(by, reset)), "{}", world.test.engine);
    }
}

/// Whoever manages one organisation of hers alone gives nobody a way into the others.
#[test]
fn a_factor_of_who_works_elsewhere_too_is_reset_by_who_manages_all_of_it() {
    for world in every_engine() {
        world.person("admin", world.departement, Role::Technician, true);
        let (admin, _) = world.enrol("admin");
        world.person("chief", world.agency, Role::Adviser, true);
        let (chief, _) = world.enrol("chief");
        let (account, _) = world.person("head", world.service, Role::LocalServiceHead, false);
        let (head, _) = world.enrol("head");
        let token = invite(&world, &chief.signed_in, "head", world.agency, Role::Adviser).unwrap();
        invitations::accept_signed_in(&world.office(), &head.signed_in, &token).unwrap();
        let office = world.office();
        for manager in [&admin, &chief] {
            let by = Authority::Admin(&manager.signed_in);
            let refused = refusal(factors::reset(&office, by, account, Checked::InPerson));
            assert_eq!(refused, Refusal::Absent("account"), "{}", world.test.engine);
        }
        factors::reset(&office, Authority::Operator(&operator()), account, Checked::InPerson).unwrap();
    }
}

#[test]
fn a_committee_member_reads_no_person_and_needs_no_code() {
    for world in every_engine() {
        world.person("steering", world.departement, Role::Steering, false);
        let opened = opened(world.password("steering", PASSWORD, "10.0.0.1").unwrap());
        assert!(!opened.signed_in.second_factor);
        assert!(world.resume(&opened.token).is_some());
        // An admin flag given meanwhile needs one: the session without it is over.
        let (operator, seat) = (operator(), opened.signed_in.seat.membership);
        let admin = Post { is_admin: true, ..post(Role::Steering) };
        people::change(&world.office(), Authority::Operator(&operator), seat, admin).unwrap();
        assert!(world.resume(&opened.token).is_none());
        assert!(matches!(world.password("steering", PASSWORD, "10.0.0.1").unwrap(), Step::Enrol { .. }));
    }
}

#[test]
fn accounts_move_with_the_store() {
    for world in every_engine() {
        world.mandate(None);
        let (account, _) = world.person("referent", world.ccas, Role::SocialReferent, false);
        let (first, _) = world.enrol("referent");
        let mut file = Vec::new();
        let rows = world.workplace.store.export(&mut file).unwrap();
        for to in testkit::every_engine() {
            assert_eq!(to.store.import(Cursor::new(&file)).unwrap(), rows, "to {}", to.engine);
            let mut copy = Vec::new();
            to.store.export(&mut copy).unwrap();
            assert_eq!(copy, file, "{} to {}", world.test.engine, to.engine);
            let keys = Keyring::generate(world.clock.now()).unwrap();
            let there =
                Workplace::assemble(liant_store::Store::open(&to.address).unwrap(), keys, vec![]).unwrap();
            let office = Office::new(&there, &world.rules, crate::world::home(), &world.clock).unwrap();
            let password = Password::new(PASSWORD);
            let step = sign_in::password(&office, email("referent").as_str(), &password, &at("10.0.0.1"));
            assert!(matches!(step.unwrap(), Step::SecondFactor { .. }));
            assert_eq!(people::find(&office, &email("referent")).unwrap(), account);
            // Sessions stay behind.
            assert!(sessions::resume(&office, &first.token).unwrap().is_none());
        }
    }
}

#[test]
fn a_screen_knows_the_purposes_of_its_reader() {
    let world = every_engine().next().unwrap();
    world.person("officer", world.departement, Role::OrientationOfficer, false);
    let (officer, _) = world.enrol("officer");
    let purposes = officer.signed_in.purposes(&world.workplace);
    assert!(purposes.iter().any(|purpose| purpose.as_str() == "orientation"), "{purposes:?}");
    let context = officer.signed_in.context(purposes[0].clone(), &world.clock).unwrap();
    assert_eq!(context.actor.party.as_str(), "departement-62");
}

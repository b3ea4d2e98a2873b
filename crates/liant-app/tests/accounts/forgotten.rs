//! A forgotten password: the wish, the link, the new one.

use liant_access::password::Password;
use liant_access::{Checked, ProfessionalRole as Role};
use liant_app::accounts::forgotten::{self, Given, Recovery};
use liant_app::accounts::{AccountError, Authority, Refusal, SignedIn, Step, people};
use liant_model::AccountId;

use crate::world::{MINUTE, World, at, email, every_engine, opened, operator, refusal};

const NEW: &str = "sorbier quai lampe ondine fagot brique";

const SURE: Recovery = Recovery { checked: Checked::InPerson, factor_lost: false };

fn give(world: &World, account: AccountId, why: Recovery) -> Result<Given, AccountError> {
    forgotten::give_link(&world.office(), Authority::Operator(&operator()), account, why)
}

fn choose(world: &World, given: &Given, code: &str, password: &str) -> Result<Step, AccountError> {
    let password = Password::new(password);
    forgotten::choose(&world.office(), &given.token, code, &password, &at("10.0.0.1")).map(|(step, _)| step)
}

fn asked(world: &World, by: &SignedIn) -> Vec<bool> {
    let people = people::list(&world.office(), Authority::Admin(by), by.seat.organisation).unwrap();
    people.iter().map(|one| one.asked_password_at.is_some()).collect()
}

#[test]
fn a_link_changes_the_password_once_with_the_second_factor() {
    for world in every_engine() {
        let (account, _) = world.person("adviser", world.agency, Role::Adviser, false);
        let (before, secret) = world.enrol("adviser");
        let given = give(&world, account, SURE).unwrap();
        assert!(forgotten::look(&world.office(), &given.token).unwrap().needs_code);
        world.clock.pass(MINUTE);
        let weak = choose(&world, &given, &world.code(&secret), "motdepasse123");
        assert!(matches!(refusal(weak), Refusal::Password(_)), "{}", world.test.engine);
        for wrong in ["", "000000", "ABCD-EFGH-IJKL-MNOP"] {
            assert_eq!(refusal(choose(&world, &given, wrong, NEW)), Refusal::WrongCode, "{wrong}");
        }
        assert!(world.resume(&before.token).is_some(), "nothing has changed yet");
        let after = opened(choose(&world, &given, &world.code(&secret), NEW).unwrap());
        assert!(after.signed_in.second_factor && world.resume(&after.token).is_some());
        assert!(world.resume(&before.token).is_none(), "her sessions have ended");
        assert_eq!(refusal(world.password("adviser", crate::world::PASSWORD, "10.0.0.1")), Refusal::Wrong);
        assert_eq!(refusal(choose(&world, &given, &world.code(&secret), NEW)), Refusal::Expired);
        // The log says who gave it and how she was known, by ids alone.
        let log = world.audited();
        let gave = log.iter().find(|(_, subject)| subject.starts_with("link for a new password")).unwrap();
        assert!(gave.1.contains(&account.to_string()) && gave.1.contains("in_person"), "{gave:?}");
        assert!(log.iter().any(|(_, subject)| subject.starts_with("new password chosen by a link")));
    }
}

#[test]
fn a_link_is_short_lived_and_good_alone() {
    for world in every_engine() {
        let (account, _) = world.person("adviser", world.agency, Role::Adviser, false);
        let (_, secret) = world.enrol("adviser");
        let first = give(&world, account, SURE).unwrap();
        let second = give(&world, account, SURE).unwrap();
        assert_eq!(refusal(forgotten::look(&world.office(), &first.token)), Refusal::Expired);
        world.clock.pass(24 * 60 * MINUTE);
        assert_eq!(refusal(forgotten::look(&world.office(), &second.token)), Refusal::Expired);
        assert_eq!(refusal(choose(&world, &second, &world.code(&secret), NEW)), Refusal::Expired);
        // Of a disabled account it opens nothing, and none is given.
        let third = give(&world, account, SURE).unwrap();
        people::disable(&world.office(), Authority::Operator(&operator()), account).unwrap();
        assert_eq!(refusal(forgotten::look(&world.office(), &third.token)), Refusal::Expired);
        assert_eq!(refusal(give(&world, account, SURE)), Refusal::Absent("account"), "{}", world.test.engine);
    }
}

#[test]
fn who_has_lost_her_second_factor_sets_up_another() {
    for world in every_engine() {
        let (account, _) = world.person("adviser", world.agency, Role::Adviser, false);
        let (before, _) = world.enrol("adviser");
        let given = give(&world, account, Recovery { factor_lost: true, ..SURE }).unwrap();
        assert!(world.resume(&before.token).is_none(), "{}", world.test.engine);
        assert!(!forgotten::look(&world.office(), &given.token).unwrap().needs_code);
        assert!(matches!(choose(&world, &given, "", NEW).unwrap(), Step::Enrol { .. }));
    }
}

#[test]
fn an_admin_gives_a_link_to_her_own_people_and_not_to_herself() {
    for world in every_engine() {
        let (own, _) = world.person("admin", world.agency, Role::Adviser, true);
        let (adviser, _) = world.person("adviser", world.agency, Role::Adviser, false);
        let (elsewhere, _) = world.person("officer", world.departement, Role::OrientationOfficer, false);
        let (admin, _) = world.enrol("admin");
        let by = Authority::Admin(&admin.signed_in);
        let give = |account| forgotten::give_link(&world.office(), by, account, SURE);
        assert!(give(adviser).is_ok(), "{}", world.test.engine);
        assert_eq!(refusal(give(elsewhere)), Refusal::Absent("account"));
        assert!(matches!(refusal(give(own)), Refusal::Rule(_)));
    }
}

#[test]
fn a_wish_is_shown_to_her_admin_until_it_is_granted() {
    for world in every_engine() {
        world.person("admin", world.agency, Role::Adviser, true);
        let (adviser, _) = world.person("adviser", world.agency, Role::Adviser, false);
        let (admin, _) = world.enrol("admin");
        assert_eq!(asked(&world, &admin.signed_in), [false, false]);
        let entries = world.audited().len();
        for address in [email("adviser").as_str(), "nobody@office.example", "no address"] {
            forgotten::ask(&world.office(), address, &at("10.0.0.9")).unwrap();
        }
        // One entry each, and the same: the log does not tell who has an account either.
        let log = world.audited().split_off(entries);
        assert!(log.len() == 3 && log.windows(2).all(|pair| pair[0] == pair[1]), "{log:?}");
        assert_eq!(asked(&world, &admin.signed_in).iter().filter(|asked| **asked).count(), 1);
        give(&world, adviser, SURE).unwrap();
        assert_eq!(asked(&world, &admin.signed_in), [false, false], "{}", world.test.engine);
        // Hammering is slowed down, whether or not the address has an account.
        for address in [email("adviser").as_str(), "nobody@office.example"] {
            let mut last = Ok(());
            for _ in 0..10 {
                last = forgotten::ask(&world.office(), address, &at("10.0.0.7"));
            }
            assert!(matches!(refusal(last), Refusal::TooSoon { .. }));
        }
    }
}

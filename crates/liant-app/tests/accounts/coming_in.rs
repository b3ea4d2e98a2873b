//! Password, code, sessions.

use liant_access::ProfessionalRole as Role;
use liant_access::password::{HashCost, Password};
use liant_app::accounts::{Origin, Refusal, Step, factors, passwords, sessions, sign_in};
use liant_model::Instant;

use crate::world::{MINUTE, NOW, PASSWORD, at, email, every_engine, home, opened, refusal};

#[test]
fn a_morning_from_password_to_sign_out() {
    for world in every_engine() {
        let (account, membership) = world.person("head", world.service, Role::LocalServiceHead, false);
        let (first, secret) = world.enrol("head");
        let who = world.resume(&first.token).unwrap();
        assert_eq!((who.account, who.seat.membership), (account, membership), "{}", world.test.engine);
        assert_eq!(who.actor.to_string(), format!("{account} (departement-62/local_service_head)"));
        assert_eq!(who.seat.territory, home());
        let second = opened(world.come_in("head", &secret));
        let sessions = sessions::list(&world.office(), &second.signed_in).unwrap();
        assert_eq!(sessions.iter().map(|one| one.is_this_one).collect::<Vec<_>>(), [true, false]);
        assert_eq!(sessions[0].browser, "Firefox, Linux");
        // The other one is revoked, and this one signed out.
        sessions::revoke(&world.office(), &second.signed_in, who.session).unwrap();
        assert!(world.resume(&first.token).is_none());
        assert!(world.resume(&second.token).is_some());
        assert!(sessions::sign_out(&world.office(), &second.signed_in).unwrap().is_none());
        assert!(world.resume(&second.token).is_none());
        // Who acted and what on, by ids: no name and no address in the log.
        for (actor, subject) in world.audited() {
            assert!(!subject.contains('@') && !actor.contains('@'), "{subject}");
            assert!(!subject.contains("Quelqu"), "{subject}");
        }
        let last = world.audited().pop().unwrap();
        assert_eq!(last.0, account.to_string());
        assert!(last.1.starts_with("signed out: session"));
    }
}

#[test]
fn an_unknown_a_disabled_and_a_wrong_sign_in_get_one_answer() {
    for world in every_engine() {
        let (head, _) = world.person("head", world.service, Role::LocalServiceHead, false);
        let (gone, _) = world.person("gone", world.service, Role::Clerk, false);
        let operator = crate::world::operator();
        let by = liant_app::accounts::Authority::Operator(&operator);
        liant_app::accounts::people::disable(&world.office(), by, gone).unwrap();
        let before = world.audited().len();
        for (local, password) in
            [("head", "another one altogether"), ("nobody", PASSWORD), ("gone", PASSWORD)]
        {
            assert_eq!(refusal(world.password(local, password, "10.0.0.1")), Refusal::Wrong, "{local}");
        }
        let strange = sign_in::password(&world.office(), "no address", &Password::new("x"), &at("10.0.0.1"));
        assert_eq!(refusal(strange), Refusal::Wrong);
        // Each leaves an entry: of nobody proven, about the account that was tried, if there is one.
        let entries = world.audited().split_off(before);
        let about = [head.to_string(), "no account".to_owned(), gone.to_string(), "no account".to_owned()];
        assert_eq!(entries.len(), about.len());
        for ((actor, subject), about) in entries.iter().zip(about) {
            assert!(actor == "unknown" && subject.ends_with(&about), "{subject}");
        }
    }
}

#[test]
fn an_attack_is_slowed_and_the_owner_of_a_known_browser_is_not() {
    for world in every_engine() {
        world.person("head", world.service, Role::LocalServiceHead, false);
        let (first, secret) = world.enrol("head");
        let known = first.known_browser.unwrap();
        let mut refused = 0;
        for number in 0..60 {
            let address = format!("10.1.0.{}", number % 5);
            refused += u32::from(refusal(world.password("head", "guess", &address)) != Refusal::Wrong);
        }
        assert!(refused >= 45, "{refused} of 60 guesses came too soon, on {}", world.test.engine);
        // From elsewhere she waits too, but no longer than a minute.
        let Refusal::TooSoon { until } = refusal(world.password("head", PASSWORD, "10.9.0.1")) else {
            panic!("not slowed")
        };
        assert!(until.micros() - NOW <= 2 * MINUTE);
        // From her own browser she comes in at once.
        let origin = Origin { known_browser: Some(&known), ..at("10.1.0.1") };
        let step =
            sign_in::password(&world.office(), email("head").as_str(), &Password::new(PASSWORD), &origin);
        let Step::SecondFactor { pending } = step.unwrap() else { panic!("no code asked") };
        world.clock.pass(MINUTE);
        let step = sign_in::second_factor(&world.office(), &pending, &world.code(&secret), &origin).unwrap();
        assert!(opened(step).known_browser.is_none(), "it is known already");
        // Whoever comes back when told is let in, from anywhere; success forgets the failures.
        assert!(matches!(world.password("head", PASSWORD, "10.9.0.1"), Ok(Step::SecondFactor { .. })));
        // A known browser of one account is a stranger to another.
        world.person("other", world.service, Role::Clerk, false);
        for _ in 0..10 {
            let guess = Password::new("guess");
            let _ = sign_in::password(&world.office(), email("other").as_str(), &guess, &origin);
        }
        let other =
            sign_in::password(&world.office(), email("other").as_str(), &Password::new(PASSWORD), &origin);
        assert!(matches!(refusal(other), Refusal::TooSoon { .. }));
    }
}

#[test]
fn whoever_comes_in_leaves_no_failure_on_the_address_of_her_office() {
    for world in every_engine() {
        world.person("head", world.service, Role::LocalServiceHead, false);
        let (_, secret) = world.enrol("head");
        for _ in 0..55 {
            opened(world.come_in("head", &secret));
        }
        for number in 0..30 {
            // Some come for the first time, some go no further than their password.
            let name = format!("new-{number}");
            world.person(&name, world.service, Role::LocalServiceHead, false);
            world.enrol(&name);
            assert!(matches!(
                world.password(&name, PASSWORD, "10.0.0.1").unwrap(),
                Step::SecondFactor { .. }
            ));
        }
        // The first mistake of a colleague is a mistake, and costs nothing.
        assert_eq!(refusal(world.password("colleague", PASSWORD, "10.0.0.1")), Refusal::Wrong);
    }
}

#[test]
fn tries_at_once_are_all_counted() {
    for world in every_engine() {
        world.person("head", world.service, Role::LocalServiceHead, false);
        let wrong = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..24)
                .map(|_| scope.spawn(|| refusal(world.password("head", "guess", "10.1.0.1"))))
                .collect();
            let answers = tries.into_iter().map(|one| one.join().unwrap());
            answers.filter(|answer| *answer == Refusal::Wrong).count()
        });
        assert_eq!(wrong, 5, "four are free, and the fifth makes the others wait: {}", world.test.engine);
    }
}

#[test]
fn a_code_serves_once_and_codes_are_few() {
    for world in every_engine() {
        world.person("head", world.service, Role::LocalServiceHead, false);
        let (_, secret) = world.enrol("head");
        let ask = |address| match world.password("head", PASSWORD, address).unwrap() {
            Step::SecondFactor { pending } => pending,
            other => panic!("{other:?}"),
        };
        // The code that has confirmed the factor does not serve again.
        let pending = ask("10.0.0.2");
        let code = world.code(&secret);
        let answer = sign_in::second_factor(&world.office(), &pending, &code, &at("10.0.0.2"));
        assert_eq!(refusal(answer), Refusal::WrongCode);
        world.clock.pass(MINUTE);
        let code = world.code(&secret);
        opened(sign_in::second_factor(&world.office(), &pending, &code, &at("10.0.0.2")).unwrap());
        // That sign-in is over, and so is its token.
        let again = sign_in::second_factor(&world.office(), &pending, &code, &at("10.0.0.2"));
        assert_eq!(refusal(again), Refusal::Expired);
        // Five codes at most, then it begins again.
        let pending = ask("10.0.0.3");
        let mut answers = Vec::new();
        for _ in 0..6 {
            world.clock.pass(MINUTE);
            let answer = sign_in::second_factor(&world.office(), &pending, "000000", &at("10.0.0.3"));
            answers.push(refusal(answer));
        }
        assert_eq!(answers[4..], [Refusal::WrongCode, Refusal::Expired]);
        // A sign-in that waits too long is over.
        world.clock.pass(60 * MINUTE);
        let pending = ask("10.0.0.4");
        world.clock.pass(10 * MINUTE);
        let answer = sign_in::second_factor(&world.office(), &pending, &world.code(&secret), &at("10.0.0.4"));
        assert_eq!(refusal(answer), Refusal::Expired);
    }
}

#[test]
fn a_recovery_code_serves_once() {
    for world in every_engine() {
        world.person("head", world.service, Role::LocalServiceHead, false);
        let (first, secret) = world.enrol("head");
        world.clock.pass(MINUTE);
        let code = world.code(&secret);
        let (codes, _) = factors::new_recovery_codes(&world.office(), &first.signed_in, &code).unwrap();
        let use_it = |address, code: &str| {
            let Step::SecondFactor { pending } = world.password("head", PASSWORD, address).unwrap() else {
                panic!("no code asked")
            };
            sign_in::recovery_code(&world.office(), &pending, code, &at(address))
        };
        let typed = codes[3].reveal().to_lowercase();
        let (step, _) = use_it("10.0.0.2", &typed).unwrap();
        let who = opened(step).signed_in;
        assert_eq!(factors::recovery_codes_left(&world.office(), &who).unwrap(), 9);
        assert_eq!(refusal(use_it("10.0.0.3", &typed)), Refusal::WrongCode);
        assert_eq!(refusal(use_it("10.0.0.3", "ABCD-EFGH-IJKL-MNOP")), Refusal::WrongCode);
    }
}

#[test]
fn a_session_idles_out_grows_old_and_notes_its_use_once_a_minute() {
    for world in every_engine() {
        world.person("head", world.service, Role::LocalServiceHead, false);
        let (first, secret) = world.enrol("head");
        let seen = |token| {
            let who = world.resume(token).unwrap();
            sessions::list(&world.office(), &who).unwrap()[0].seen_at
        };
        world.clock.pass(MINUTE / 2);
        assert_eq!(seen(&first.token), Instant::from_micros(NOW));
        world.clock.pass(MINUTE / 2);
        assert_eq!(seen(&first.token), Instant::from_micros(NOW + MINUTE));
        for _ in 0..24 {
            world.clock.pass(29 * MINUTE);
            assert!(world.resume(&first.token).is_some());
        }
        // Used all day long, it ends after twelve hours.
        world.clock.pass(24 * MINUTE);
        assert!(world.resume(&first.token).is_none(), "{}", world.test.engine);
        let second = opened(world.come_in("head", &secret));
        world.clock.pass(30 * MINUTE);
        assert!(world.resume(&second.token).is_none());
        world.clock.pass(200 * 24 * 60 * MINUTE);
        assert!(sessions::sweep(&world.office()).unwrap() >= 2);
    }
}

#[test]
fn a_changed_password_ends_the_other_sessions() {
    for world in every_engine() {
        world.person("head", world.service, Role::LocalServiceHead, false);
        let (first, secret) = world.enrol("head");
        let second = opened(world.come_in("head", &secret));
        let change = |present, new| {
            passwords::change(
                &world.office(),
                &second.signed_in,
                &Password::new(present),
                &Password::new(new),
            )
        };
        let new = "vilebrequin-lagune-7-hormis-PLOMB";
        assert_eq!(refusal(change("wrong", new)), Refusal::Wrong);
        assert!(matches!(refusal(change(PASSWORD, "Password1234")), Refusal::Password(_)));
        let (token, _) = change(PASSWORD, new).unwrap();
        assert!(world.resume(&first.token).is_none());
        assert!(world.resume(&second.token).is_none(), "the token is another");
        assert!(world.resume(&token).is_some());
        assert_eq!(refusal(world.password("head", PASSWORD, "10.0.0.7")), Refusal::Wrong);
        assert!(world.password("head", new, "10.0.0.7").is_ok());
    }
}

#[test]
fn a_hash_of_yesterdays_cost_is_made_again() {
    for mut world in every_engine() {
        world.person("head", world.service, Role::LocalServiceHead, false);
        let kept = |world: &crate::world::World| {
            let row =
                world.workplace.store.directory(home(), |directory| directory.account_of(&email("head")));
            row.unwrap().unwrap().password.unwrap()
        };
        assert!(kept(&world).contains("m=64,t=1"));
        world.rules.hash = HashCost { memory_kib: 128, passes: 2 };
        assert_eq!(refusal(world.password("head", "wrong", "10.0.0.1")), Refusal::Wrong);
        assert!(kept(&world).contains("m=64,t=1"));
        world.password("head", PASSWORD, "10.0.0.1").unwrap();
        assert!(kept(&world).contains("m=128,t=2"), "{}", world.test.engine);
        world.password("head", PASSWORD, "10.0.0.1").unwrap();
    }
}

#[test]
fn secrets_lie_nowhere_in_clear() {
    let world = every_engine().next().unwrap();
    world.person("head", world.service, Role::LocalServiceHead, false);
    let (opened, secret) = world.enrol("head");
    let address = world.test.address.to_string();
    let path = address.strip_prefix("sqlite:").unwrap_or(&address);
    let mut bytes = std::fs::read(path).unwrap();
    bytes.extend(std::fs::read(format!("{path}-wal")).unwrap_or_default());
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(email("head").as_str()), "the file is the one");
    for hidden in [PASSWORD, &secret, opened.token.reveal().as_str(), "10.0.0.1"] {
        assert!(!holds(hidden));
    }
}

//! A person's own space: how she comes in, what she sees of herself and of who read her, and that she sees nobody else.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking, as tests do")]

use liant_access::password::{HashCost, Password};
use liant_access::{AccountRules, totp};
use liant_app::accounts::{AccountError, Office, Origin, Refusal};
use liant_app::people::ListRequest;
use liant_app::rights::{self, NewRequest, RequestState, Right};
use liant_app::space::coming_in::{self, Waiting};
use liant_app::space::opening::{self, Handed, SpaceState};
use liant_app::space::{Herself, SpaceToken, asking, contact, held, readers};
use liant_app::{AppError, Context, people, trail};
use liant_audit::verify::leaf_hash;
use liant_convention::{Channel, Query, Reach};
use liant_model::{
    ActId, Actor, Field, FieldSet, FixedClock, Instant, Lang, PersonId, Purpose, Source, TraceId,
};
use liant_store::{AuditRecord, Change, ChangeSet, LinkDecision};

use crate::world::{ANNE, CLAIRE, EMMA, NOW, PAUL, Someone, World, every_engine, later, territory};

const PASSWORD: &str = "brume tuile gant sorbier nef ocre";
const ORIGIN: Origin<'_> =
    Origin { address: "198.51.100.7", known_browser: None, browser: "Firefox, Android" };

fn office<T>(world: &World, now: Instant, work: impl FnOnce(&Office<'_>) -> T) -> T {
    let rules = AccountRules { hash: HashCost { memory_kib: 64, passes: 1 }, ..AccountRules::default() };
    let clock = FixedClock(now);
    work(&Office::new(&world.workplace, &rules, territory(), &clock).unwrap())
}

fn hand(world: &World, who: Someone, person: PersonId) -> Result<Handed, AppError> {
    world.act(who, |context| opening::open(context, &world.workplace, person, 72, Lang::Fr))
}

fn code_of(uri: &str, now: Instant, steps: i64) -> String {
    let (_, rest) = uri.split_once("?secret=").unwrap();
    let secret: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    totp::Secret::from_base32(&secret).unwrap().code(totp::step_of(now) + steps)
}

/// Who has come in, her token, her number and what her telephone keeps.
struct In {
    herself: Herself,
    token: SpaceToken,
    number: String,
    uri: String,
    recovery: Vec<String>,
}

fn bind(world: &World, handed: &Handed, now: Instant) -> Result<In, AccountError> {
    office(world, now, |office| {
        let pending = coming_in::code(office, &handed.number, handed.code.reveal(), &ORIGIN)?;
        coming_in::choose_password(office, &pending, &Password::new(PASSWORD))?;
        let uri = coming_in::enrolment(office, &pending)?.uri.to_string();
        let (entered, codes) = coming_in::bind(office, &pending, &code_of(&uri, now, 0), &ORIGIN)?;
        Ok(In {
            herself: entered.herself,
            token: entered.token,
            number: handed.number.clone(),
            uri,
            recovery: codes.iter().map(|code| code.reveal().to_owned()).collect(),
        })
    })
}

fn come_in(world: &World, person: usize) -> In {
    let handed = hand(world, world.officer, world.people[person]).unwrap();
    bind(world, &handed, NOW).unwrap()
}

fn hers<T>(her: &Herself, work: impl FnOnce(&Context<'_>) -> T) -> T {
    let clock = FixedClock(NOW);
    work(&her.context(TraceId::new(NOW, [5; 10]), &clock).unwrap())
}

fn refused<T>(result: Result<T, AccountError>) -> Refusal {
    match result {
        Err(AccountError::Refused(refusal)) => refusal,
        Err(AccountError::App(error)) => panic!("{error}"),
        Ok(_) => panic!("not refused"),
    }
}

#[test]
fn a_code_serves_once_and_never_alone() {
    for world in every_engine() {
        let engine = world.test.engine;
        let anne = world.people[ANNE];
        let state =
            || world.act(world.officer, |context| opening::state(context, &world.workplace, anne).unwrap());
        assert_eq!(state(), SpaceState::None, "{engine}");
        let first = hand(&world, world.officer, anne).unwrap();
        assert_eq!(state(), SpaceState::Handed { until: later(3, 0) }, "{engine}");
        let handed = hand(&world, world.officer, anne).unwrap();
        assert_eq!(first.number, handed.number, "{engine}: one space");
        let code = |handed: &Handed, now| {
            office(&world, now, |office| {
                coming_in::code(office, &handed.number, handed.code.reveal(), &ORIGIN)
            })
        };
        assert_eq!(refused(code(&first, NOW)), Refusal::HandedCode, "{engine}: replaced");
        assert_eq!(refused(code(&handed, later(3, 1))), Refusal::HandedCode, "{engine}: too late");

        let pending = code(&handed, NOW).unwrap();
        office(&world, NOW, |office| {
            assert!(
                coming_in::resume(office, &pending).unwrap().is_none(),
                "{engine}: a way in is no session"
            );
            assert_eq!(coming_in::waiting(office, &pending).unwrap(), Some(Waiting::Password), "{engine}");
            let early = coming_in::second_factor(office, &pending, "000000", &ORIGIN);
            assert_eq!(refused(early), Refusal::Expired, "{engine}: no step is passed over");
            assert!(coming_in::enrolment(office, &pending).is_err(), "{engine}");
        });

        let anne_in = bind(&world, &handed, NOW).unwrap();
        assert_eq!(state(), SpaceState::Bound { since: NOW }, "{engine}");
        assert_eq!(refused(code(&handed, NOW)), Refusal::HandedCode, "{engine}: it has served");
        assert_eq!(anne_in.recovery.len(), 10, "{engine}");
        office(&world, NOW, |office| {
            assert!(coming_in::resume(office, &anne_in.token).unwrap().is_some(), "{engine}");
        });
        office(&world, later(1, 0), |office| {
            assert!(coming_in::resume(office, &anne_in.token).unwrap().is_none(), "{engine}: a day later");
        });
        // All is lost: another code, and who was in is out.
        let again = hand(&world, world.dpo, anne).unwrap();
        bind(&world, &again, NOW).unwrap();
        office(&world, NOW, |office| {
            assert!(coming_in::resume(office, &anne_in.token).unwrap().is_none(), "{engine}");
        });
        let said = world.audited().into_iter().filter(|(_, subject)| subject.contains("identity checked"));
        assert_eq!(said.count(), 3, "{engine}");
    }
}

#[test]
fn afterwards_she_comes_in_by_password_and_telephone() {
    for world in every_engine() {
        let engine = world.test.engine;
        let anne = come_in(&world, ANNE);
        let now = later(1, 0);
        office(&world, now, |office| {
            let password = |number: &str, typed: &str| {
                coming_in::password(office, number, &Password::new(typed), &ORIGIN)
            };
            assert_eq!(refused(password(&anne.number, "something else")), Refusal::WrongNumber, "{engine}");
            assert_eq!(refused(password("62-AAAA-AAAA", PASSWORD)), Refusal::WrongNumber, "{engine}");
            assert_eq!(refused(password("no number", PASSWORD)), Refusal::WrongNumber, "{engine}");
            let pending = password(&anne.number, PASSWORD).unwrap();
            assert!(coming_in::resume(office, &pending).unwrap().is_none(), "{engine}");
            let wrong = coming_in::second_factor(office, &pending, "000000", &ORIGIN);
            assert_eq!(refused(wrong), Refusal::WrongCode, "{engine}");
            let code = code_of(&anne.uri, now, 0);
            let entered = coming_in::second_factor(office, &pending, &code, &ORIGIN).unwrap();
            assert!(coming_in::resume(office, &entered.token).unwrap().is_some(), "{engine}");
            coming_in::leave(office, &entered.token).unwrap();
            assert!(coming_in::resume(office, &entered.token).unwrap().is_none(), "{engine}");
            // The same code again; and one of those that stand for the telephone, once.
            let pending = password(&anne.number, PASSWORD).unwrap();
            let replayed = coming_in::second_factor(office, &pending, &code, &ORIGIN);
            assert_eq!(refused(replayed), Refusal::WrongCode, "{engine}");
            coming_in::second_factor(office, &pending, &anne.recovery[0], &ORIGIN).unwrap();
            let pending = password(&anne.number, PASSWORD).unwrap();
            let twice = coming_in::second_factor(office, &pending, &anne.recovery[0], &ORIGIN);
            assert_eq!(refused(twice), Refusal::WrongCode, "{engine}");
        });
        for (act, subject) in world.audited() {
            assert!(!subject.contains(&anne.number) && !subject.contains(PASSWORD), "{engine}: {act}");
        }
    }
}

#[test]
fn a_new_code_closes_what_let_in_before() {
    for world in every_engine() {
        let engine = world.test.engine;
        let anne = come_in(&world, ANNE);
        hand(&world, world.officer, world.people[ANNE]).unwrap();
        office(&world, NOW, |office| {
            assert!(coming_in::resume(office, &anne.token).unwrap().is_none(), "{engine}");
            let old = coming_in::password(office, &anne.number, &Password::new(PASSWORD), &ORIGIN);
            assert_eq!(refused(old), Refusal::WrongNumber, "{engine}: it may be in other hands");
        });
    }
}

/// Finds that two people are one.
fn join(world: &World, from: usize, to: usize) {
    let store = &world.workplace.store;
    let links = store.read(territory(), |snapshot| snapshot.links_of_person(world.people[from])).unwrap();
    let audit = AuditRecord {
        act: ActId::new(NOW, [3; 10]),
        at: NOW,
        commitment: leaf_hash(b"salt", b"payload"),
        salt: b"salt".to_vec(),
        payload: b"payload".to_vec(),
    };
    let set = links.iter().fold(ChangeSet::new(territory(), NOW, audit), |set, link| {
        set.with(Change::Link {
            identity: link.identity,
            expected_link: link.link_no,
            person: world.people[to],
            new_person: false,
            decision: LinkDecision { score: None, evidence: None },
        })
    });
    store.apply(&set).unwrap();
}

#[test]
fn two_who_are_found_to_be_one_see_nothing_of_each_other() {
    for world in every_engine() {
        let engine = world.test.engine;
        let (anne, emma) = (come_in(&world, ANNE), come_in(&world, EMMA));
        join(&world, EMMA, ANNE);
        for own in [&anne, &emma] {
            office(&world, NOW, |office| {
                assert!(coming_in::resume(office, &own.token).unwrap().is_none(), "{engine}");
                let again = coming_in::password(office, &own.number, &Password::new(PASSWORD), &ORIGIN);
                assert_eq!(refused(again), Refusal::WrongNumber, "{engine}");
            });
        }
        let person = world.people[ANNE];
        let state =
            world.act(world.officer, |context| opening::state(context, &world.workplace, person).unwrap());
        assert_eq!(state, SpaceState::Two, "{engine}");
        // Whoever is in front of the professional has the space of both, alone.
        let handed = hand(&world, world.officer, person).unwrap();
        let back = bind(&world, &handed, NOW).unwrap();
        office(&world, NOW, |office| {
            assert!(coming_in::resume(office, &back.token).unwrap().is_some(), "{engine}");
            for own in [&anne, &emma] {
                assert!(coming_in::resume(office, &own.token).unwrap().is_none(), "{engine}");
            }
        });
    }
}

#[test]
fn only_who_sees_someone_opens_her_space() {
    for world in every_engine() {
        let engine = world.test.engine;
        let anne = world.people[ANNE];
        assert!(matches!(hand(&world, world.claire, anne), Err(AppError::Absent(_))), "{engine}: not hers");
        world.follow(&[ANNE, CLAIRE]);
        assert!(hand(&world, world.claire, anne).is_ok(), "{engine}");
        let own = hand(&world, world.claire, world.people[CLAIRE]);
        assert!(matches!(own, Err(AppError::Close(_))), "{engine}: nobody opens her own");
    }
}

#[test]
fn she_sees_herself_and_nobody_else() {
    for world in every_engine() {
        let engine = world.test.engine;
        // Claire and Paul share a file of the family allowance fund.
        let claire = come_in(&world, CLAIRE);
        world.act(world.officer, |context| {
            for person in [CLAIRE, PAUL] {
                liant_app::person::open(context, &world.workplace, world.people[person], Lang::Fr).unwrap();
            }
            people::list(context, &world.workplace, &ListRequest::default(), Lang::Fr).unwrap();
        });
        let (held, read, copy) = hers(&claire.herself, |context| {
            (
                held::held(context, &world.workplace, &claire.herself, Lang::En).unwrap(),
                readers::readers(context, &world.workplace, &claire.herself, Lang::En).unwrap(),
                asking::copy(context, &world.workplace, &claire.herself, Lang::En).unwrap(),
            )
        });
        let record = &held.records[0];
        assert_eq!((held.records.len(), record.source.clone()), (1, Source::DEPARTEMENT), "{engine}");
        let name = record.data.iter().find(|datum| datum.field == Field::BirthName).unwrap();
        assert_eq!(name.words, "MARTIN", "{engine}");
        let brought = name.brought.as_ref().unwrap();
        assert_eq!(brought.flow, "PERSONNES", "{engine}");
        assert!(brought.received_under.starts_with("62-departement v1"), "{engine}");
        assert!(name.shown_under.contains("droits des personnes"), "{engine}");

        let ways: Vec<_> = read.iter().map(|reading| reading.way).collect();
        let pages = ways.iter().filter(|way| **way == readers::ReadingWay::Page).count();
        let lists = ways.iter().filter(|way| **way == readers::ReadingWay::List).count();
        assert_eq!(pages, 1, "{engine}: Paul's page is not hers: {ways:?}");
        assert!(lists >= 1, "{engine}");
        let page = read.iter().find(|reading| reading.way == readers::ReadingWay::Page).unwrap();
        assert_eq!(page.organisation.as_deref(), Some("Département"), "{engine}");
        assert_eq!(page.role.as_deref(), Some("orientation_officer"), "{engine}");
        assert_eq!(page.name, None, "{engine}: no names unless the settings say so");
        assert!(page.purposes.iter().any(|purpose| purpose.starts_with("orient")), "{engine}");
        assert!(!page.clauses.is_empty() && !page.labels.is_empty(), "{engine}");

        let text = serde_json::to_string(&copy).unwrap();
        for other in ["DUPONT", "PAUL", &world.people[PAUL].to_string(), "Odile"] {
            assert!(!text.contains(other), "{engine}: {other}");
        }
        assert!(text.contains("MARTIN"), "{engine}");
    }
}

#[test]
fn of_a_shared_file_she_sees_what_is_hers() {
    let world = every_engine().next().unwrap();
    let actor = Actor {
        name: "a space".into(),
        party: "departement-62".parse().unwrap(),
        role: "person".parse().unwrap(),
        os_user: None,
    };
    let purpose = Purpose::parse("person-rights").unwrap();
    let fields = |source: &Source, channel| {
        let query = Query {
            actor: &actor,
            purpose: &purpose,
            channel,
            territory: territory(),
            reach: Reach::Oneself,
            now: NOW,
        };
        let granted = world.workplace.gate(territory()).unwrap().decide(&query).granted().unwrap();
        let releases = granted.releases().iter().filter(|release| release.source == *source);
        releases.fold(FieldSet::EMPTY, |all, release| all.union(release.fields))
    };
    for channel in [Channel::Screen, Channel::Export] {
        let cnaf = fields(&Source::CNAF, channel);
        for field in Field::all() {
            let code = field.code();
            let is_shared = code.starts_with("contact.")
                || (code.starts_with("household.") && field != Field::HouseholdRole)
                || code.ends_with("_reason")
                || field == Field::HouseholdUnderDuties;
            let of_cnaf = ["identity.", "identifiers.", "rights.", "household.", "contact."]
                .iter()
                .any(|kind| code.starts_with(kind));
            let is_number = matches!(field, Field::Nir | Field::MsaIdentifier);
            assert_eq!(cnaf.contains(field), of_cnaf && !is_shared && !is_number, "{code}");
            assert_eq!(fields(&Source::DEPARTEMENT, channel).contains(field), !is_number, "{code}");
        }
    }
    // Nothing of anyone farther than herself.
    for reach in [Reach::Designated, Reach::Caseload, Reach::Service, Reach::Territory] {
        let query = Query {
            actor: &actor,
            purpose: &purpose,
            channel: Channel::Screen,
            territory: territory(),
            reach,
            now: NOW,
        };
        assert!(world.workplace.gate(territory()).unwrap().decide(&query).granted().is_err(), "{reach}");
    }
}

#[test]
fn her_session_serves_no_use_case_of_professionals() {
    for world in every_engine() {
        let engine = world.test.engine;
        let claire = come_in(&world, CLAIRE);
        hers(&claire.herself, |context| {
            let workplace = &world.workplace;
            for person in [CLAIRE, PAUL, EMMA].map(|number| world.people[number]) {
                assert!(liant_app::person::open(context, workplace, person, Lang::Fr).is_err(), "{engine}");
                assert!(held::of_person(context, workplace, person, Lang::Fr).is_err(), "{engine}");
                assert!(asking::copy_of(context, workplace, person, Lang::Fr).is_err(), "{engine}");
                assert!(trail::who_read(context, workplace, person, NOW).is_err(), "{engine}");
                assert!(rights::of_person(context, workplace, person).is_err(), "{engine}");
                assert!(opening::open(context, workplace, person, 1, Lang::Fr).is_err(), "{engine}");
                assert!(contact::of_person(context, workplace, person).is_err(), "{engine}");
            }
            assert!(people::list(context, workplace, &ListRequest::default(), Lang::Fr).is_err(), "{engine}");
            let filter = trail::EntryFilter::default();
            assert!(trail::entries(context, workplace, &filter, Lang::Fr).is_err(), "{engine}");
            assert!(rights::queue(context, workplace, true, 10).is_err(), "{engine}");
        });
    }
}

#[test]
fn what_she_asks_and_agrees_to_is_seen_by_those_who_answer() {
    for world in every_engine() {
        let engine = world.test.engine;
        let anne = come_in(&world, ANNE);
        world.follow(&[ANNE]);
        let ask = |right, about, statement: Option<&str>| {
            let new = NewRequest { right, about, statement: statement.map(str::to_owned) };
            hers(&anne.herself, |context| {
                asking::ask(context, &world.workplace, &anne.herself, &new).unwrap()
            })
        };
        let wrong = ask(
            Right::Rectification,
            Some((Source::DEPARTEMENT, Field::BirthName)),
            Some("ABEILLE, as on my card"),
        );
        ask(Right::Access, None, None);
        let erasure = ask(Right::Erasure, None, None);
        hers(&anne.herself, |context| {
            asking::withdraw(context, &world.workplace, &anne.herself, erasure).unwrap();
            assert!(asking::withdraw(context, &world.workplace, &anne.herself, erasure).is_err(), "{engine}");
            let own = asking::requests(context, &world.workplace, &anne.herself).unwrap();
            assert_eq!(own.len(), 3, "{engine}");
        });
        let queue = |open| {
            world.act(world.dpo, |context| rights::queue(context, &world.workplace, open, 10).unwrap())
        };
        let open = queue(true);
        assert_eq!((open.len(), open[0].request), (1, wrong), "{engine}");
        assert_eq!(open[0].due_on.to_string(), "2026-12-02", "{engine}");
        let states: Vec<_> = queue(false).iter().map(|request| (request.right, request.state)).collect();
        assert!(states.contains(&(Right::Access, RequestState::Answered)), "{engine}: at once");
        assert!(states.contains(&(Right::Erasure, RequestState::Withdrawn)), "{engine}");

        // Another's space knows nothing of it.
        let emma = come_in(&world, EMMA);
        hers(&emma.herself, |context| {
            let other = asking::withdraw(context, &world.workplace, &emma.herself, wrong);
            assert!(matches!(other, Err(AppError::Absent(_))), "{engine}");
            assert!(
                asking::requests(context, &world.workplace, &emma.herself).unwrap().is_empty(),
                "{engine}"
            );
        });

        let seen = || {
            world.act(world.claire, |context| {
                contact::of_person(context, &world.workplace, world.people[ANNE]).unwrap()
            })
        };
        assert_eq!(seen(), None, "{engine}");
        let say = |given, now| {
            let clock = FixedClock(now);
            let context = anne.herself.context(TraceId::new(now, [6; 10]), &clock).unwrap();
            contact::say(&context, &world.workplace, &anne.herself, given).unwrap();
        };
        say(true, NOW);
        say(true, later(0, 1));
        assert_eq!(seen().map(|row| (row.given, row.at)), Some((true, NOW)), "{engine}");
        say(false, later(0, 2));
        assert_eq!(seen().map(|row| (row.given, row.at)), Some((false, later(0, 2))), "{engine}");
    }
}

#[test]
fn she_sees_when_what_she_asked_to_have_put_right_has_changed() {
    for world in every_engine() {
        let engine = world.test.engine;
        let anne = come_in(&world, ANNE);
        let requests = [Field::BirthName, Field::FirstName].map(|field| {
            let about = Some((Source::DEPARTEMENT, field));
            let new = NewRequest { right: Right::Rectification, about, statement: None };
            hers(&anne.herself, |context| {
                asking::ask(context, &world.workplace, &anne.herself, &new).unwrap()
            })
        });
        let stands = || {
            let cases = hers(&anne.herself, |context| {
                asking::cases(context, &world.workplace, &anne.herself, Lang::En).unwrap()
            });
            requests.map(|request| {
                let own = cases.iter().find(|own| own.request.request == request).unwrap();
                let datum = own.datum.clone().unwrap();
                (datum.words, datum.changed_at)
            })
        };
        let before = [("ABEL".to_owned(), None), ("ANNE".to_owned(), None)];
        assert_eq!(stands(), before, "{engine}");
        let list = [
            ["", "ABEILLE", "ANNE", "1980-01-01", "62041", ""],
            ["", "BABEL", "LEA", "1981-02-02", "62193", "1000001"],
            ["", "MARTIN", "CLAIRE", "1985-03-03", "62041", "2000002"],
            ["", "MARTIN", "EMMA", "1990-04-04", "62041", "3000003"],
            ["", "DUPONT", "PAUL", "2001-05-05", "62193", "2000002"],
            ["", "ZOLA", "EVE", "1970-06-06", "62193", ""],
        ];
        world.receive(later(0, 2), &list);
        let after = [("ABEILLE".to_owned(), Some(later(0, 2))), ("ANNE".to_owned(), None)];
        assert_eq!(stands(), after, "{engine}: the one, and not the other");
    }
}

//! Her path is her data: it is in her space and in her copy, whole and in words, whoever else may see what of it.

use liant_access::AccountRules;
use liant_access::password::{HashCost, Password};
use liant_access::totp;
use liant_app::accounts::{Office, Origin};
use liant_app::space::held::Held;
use liant_app::space::{Herself, asking, coming_in, held, opening};
use liant_model::{FixedClock, Lang, Source, TraceId};

use crate::world::{ANNE, EMMA, NOW, World, after, every_engine, propose, territory};

const ORIGIN: Origin<'_> = Origin { address: "198.51.100.7", known_browser: None, browser: "Firefox" };

pub(crate) fn come_in(world: &World, whom: usize) -> Herself {
    let handed = world.as_one(NOW, world.officer, "orientation", |context| {
        opening::open(context, &world.workplace, world.people[whom], 72, Lang::Fr).unwrap()
    });
    let rules = AccountRules { hash: HashCost { memory_kib: 64, passes: 1 }, ..AccountRules::default() };
    let clock = FixedClock(NOW);
    let office = Office::new(&world.workplace, &rules, territory(), &clock).unwrap();
    let pending = coming_in::code(&office, &handed.number, handed.code.reveal(), &ORIGIN).unwrap();
    coming_in::choose_password(&office, &pending, &Password::new("brume tuile gant sorbier nef ocre"))
        .unwrap();
    let uri = coming_in::enrolment(&office, &pending).unwrap().uri.to_string();
    let (_, rest) = uri.split_once("?secret=").unwrap();
    let secret: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    let code = totp::Secret::from_base32(&secret).unwrap().code(totp::step_of(NOW));
    coming_in::bind(&office, &pending, &code, &ORIGIN).unwrap().0.herself
}

pub(crate) fn held_of(world: &World, her: &Herself, lang: Lang) -> (Held, String) {
    let clock = FixedClock(after(8));
    let context = her.context(TraceId::new(NOW, [5; 10]), &clock).unwrap();
    let held = held::held(&context, &world.workplace, her, lang).unwrap();
    let copy = asking::copy(&context, &world.workplace, her, lang).unwrap();
    (held, serde_json::to_string(&copy).unwrap())
}

#[test]
fn her_path_is_in_her_space_and_in_her_copy() {
    for world in every_engine() {
        let engine = world.test.engine;
        let (anne, emma) = (come_in(&world, ANNE), come_in(&world, EMMA));
        world.enter(ANNE);
        let (held, copy) = held_of(&world, &anne, Lang::En);
        let words: Vec<&str> = held.path.iter().map(|step| step.words.as_str()).collect();
        assert_eq!(held.path.len(), world.count("casework_event"), "{engine}: all of it: {words:?}");
        assert!(words.contains(&"liaison form sent"), "{engine}: {words:?}");
        assert!(words.contains(&"consent to the transmission recorded"), "{engine}: {words:?}");
        for (source, clause) in
            [(Source::DEPARTEMENT, "62-departement"), (Source::FRANCE_TRAVAIL, "62-departement")]
        {
            let step = held.path.iter().find(|step| step.source == source).unwrap();
            assert!(step.shown_under.starts_with(clause), "{engine}: {}", step.shown_under);
        }
        assert!(copy.contains("liaison form sent") && copy.contains("Global accompaniment"), "{engine}");
        let (_, copy) = held_of(&world, &anne, Lang::Fr);
        assert!(copy.contains("fiche de liaison envoyée"), "{engine}: in her language");
        // What is another's is not hers.
        world.act(8, world.yann, EMMA, propose());
        let (held, _) = held_of(&world, &emma, Lang::En);
        assert_eq!(held.path.len(), 2, "{engine}");
    }
}

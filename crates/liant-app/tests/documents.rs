//! The liaison form as the convention in force carries it, and what its seal holds together.

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

use std::collections::BTreeSet;

use liant_app::press::{self, PressTrouble};
use liant_app::{AppError, Context, Workplace};
use liant_casework::{
    Barrier, ElectronicContact, FormAgent, FormDecision, FormModel, FormPerson, FormSignature, LiaisonForm,
};
use liant_convention::Convention;
use liant_model::{Actor, Date, FixedClock, Instant, Lang, Purpose};
use liant_store::Store;
use liant_vault::Keyring;

const NOW: Instant = Instant::from_micros(1_794_816_240_000_000);
const CONVENTION: &str = include_str!("../../../conventions/62-echange-accompagnement-global.toml");
/// What it is carried out under: without it, it is not in force.
const PARENT: &str = include_str!("../../../conventions/62-accompagnement-global.toml");

fn with(conventions: &[String], test: impl FnOnce(&Context<'_>, &Workplace)) {
    let engine = testkit::sqlite();
    let texts = conventions.iter().map(String::as_str).chain([PARENT]);
    let conventions = texts.map(|text| Convention::parse("f.toml", text).unwrap()).collect();
    let store = Store::open(&engine.address).unwrap();
    let workplace = Workplace::assemble(store, Keyring::generate(NOW).unwrap(), conventions).unwrap();
    let actor = Actor {
        name: "adviser".to_owned(),
        party: "france-travail".parse().unwrap(),
        role: "adviser".parse().unwrap(),
        os_user: None,
    };
    let purpose = Purpose::parse("return-to-work").unwrap();
    let clock = FixedClock(NOW);
    test(&Context::new(&actor, purpose, "62".parse().unwrap(), &clock).unwrap(), &workplace);
}

fn form(model: FormModel, made_on: Date) -> LiaisonForm {
    LiaisonForm {
        model,
        made_on,
        adviser: FormAgent { name: "DELATTRE Camille".to_owned(), ..FormAgent::default() },
        agency: "Arras".to_owned(),
        local_service: FormAgent::default(),
        referent: None,
        person: FormPerson {
            name: "ABEILLE".to_owned(),
            first_name: "Jeanne".to_owned(),
            ..FormPerson::default()
        },
        barriers: BTreeSet::from([Barrier::Transport]),
        transmission: Some(made_on),
        electronic_contact: ElectronicContact::Unasked,
        signature: None,
        decision: None,
    }
}

fn day(year: i16) -> Date {
    Date::constant(year, 11, 16)
}

fn json(job: &liant_documents::Job) -> serde_json::Value {
    serde_json::from_slice(&job.to_json().unwrap()).unwrap()
}

#[test]
fn the_convention_of_the_day_of_the_form_carries_it() {
    // An amendment of 2027 names another version of the template.
    let amended = CONVENTION
        .replace("version   = 2\n", "version   = 3\n")
        .replace("from = 2026-01-01, until = 2027-12-31", "from = 2027-01-01, until = 2027-12-31")
        .replace("template = \"liaison\"\nversion  = 1", "template = \"liaison\"\nversion  = 2");
    with(&[CONVENTION.to_owned(), amended], |context, workplace| {
        let of = |model, year| press::liaison_job(context, workplace, &form(model, day(year)), Lang::Fr);
        let tacit = json(&of(FormModel::Tacit, 2026).unwrap());
        assert_eq!(tacit["template"], "liaison-1.typ");
        assert_eq!(tacit["data"]["origin"], "62-echange-accompagnement-global v2, annexe 5, accord tacite");
        assert_eq!(tacit["date"], "2026-11-16");
        assert_eq!(tacit["data"]["barriers"]["transport"], true);
        assert_eq!(tacit["data"]["barriers"].as_object().unwrap().len(), 7);
        let notice = &tacit["data"]["notice"]["sections"];
        assert!(notice.as_array().unwrap().iter().any(|section| section["title"] == "Vos droits"));
        let bilateral = json(&of(FormModel::Bilateral, 2026).unwrap());
        assert_eq!(
            bilateral["data"]["origin"],
            "62-echange-accompagnement-global v2, annexe 6, accord bilatéral"
        );
        let absent = PressTrouble::NoTemplate {
            convention: "62-echange-accompagnement-global v3".to_owned(),
            file: "liaison-2.typ".to_owned(),
        };
        assert!(matches!(of(FormModel::Tacit, 2027), Err(AppError::Press(found)) if found == absent));
        let none = of(FormModel::Tacit, 2028);
        assert!(matches!(none, Err(AppError::Press(PressTrouble::NoForm(form))) if form == "liaison-tacit"));
    });
}

#[test]
fn a_seal_holds_what_she_signs_and_not_what_comes_after() {
    let mut form = form(FormModel::Bilateral, day(2026));
    form.signature = Some(FormSignature {
        name: "Jeanne ABEILLE".to_owned(),
        place: "Arras".to_owned(),
        at: NOW,
        seal: String::new(),
    });
    let seal = press::seal(&form).unwrap();
    let again = press::seal(&form).unwrap();
    assert_eq!(again, seal);
    form.signature.as_mut().unwrap().seal = seal.to_string();
    form.decision = Some(FormDecision { enters: true, on: day(2026) });
    assert_eq!(
        press::seal(&form).unwrap(),
        seal,
        "the decision comes after, and the seal is not in the seal"
    );
    let changes: [fn(&mut LiaisonForm); 3] = [
        |form| _ = form.barriers.insert(Barrier::Health),
        |form| form.person.first_name.push('x'),
        |form| form.signature.as_mut().unwrap().at = Instant::from_micros(0),
    ];
    for change in changes {
        let mut changed = form.clone();
        change(&mut changed);
        assert_ne!(press::seal(&changed).unwrap(), seal);
    }
}

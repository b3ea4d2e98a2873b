//! A request that several parties answer: who has part is computed, a partner sees what is asked and nobody's name, each answers once.

use std::collections::BTreeSet;

use liant_access::password::{HashCost, Password};
use liant_access::{AccountRules, totp};
use liant_app::accounts::{Office, Origin};
use liant_app::rights::erasure::{self, ErasureRefusal};
use liant_app::rights::shared::{self, Asked, Case, PartStep};
use liant_app::rights::{self, NewRequest, RequestState, Right};
use liant_app::space::{Herself, asking, coming_in, held, opening};
use liant_app::{AppError, Context, cgpem, person};
use liant_model::{Field, FixedClock, Instant, Lang, PersonId, Purpose, RightsRequestId, Source, TraceId};
use liant_store::StoreError;

use crate::world::{NOW, Place, act, actor, dpo, every_engine, minutes, officer, territory};

/// Does something as the officer for data protection of another party.
fn partner<T>(party: &str, at: Instant, work: impl FnOnce(&Context<'_>) -> T) -> T {
    let actor = actor(party, "dpo");
    let purpose = Purpose::parse("person-rights").unwrap();
    work(&Context::new(&actor, purpose, territory(), &FixedClock(at)).unwrap())
}

/// Someone whose family name France Travail says.
fn someone(place: &Place) -> PersonId {
    let is_known = |person: &PersonId| {
        let shown = officer(|context| person::show(context, &place.served, *person, Lang::En));
        shown.unwrap_or_default().iter().any(|origin| origin.source == Source::FRANCE_TRAVAIL.as_str())
    };
    place.everyone(NOW).into_iter().find(is_known).unwrap()
}

fn record(place: &Place, person: PersonId, about: Option<(Source, Field)>) -> RightsRequestId {
    let new = NewRequest { right: Right::Rectification, about, statement: Some("ABEILLE".to_owned()) };
    dpo(|context| rights::record(context, &place.served, person, &new, NOW)).unwrap()
}

fn case(place: &Place, request: RightsRequestId) -> Case {
    dpo(|context| shared::case(context, &place.served, request)).unwrap()
}

fn parts(case: &Case) -> Vec<(&str, bool, bool)> {
    case.parts.iter().map(|part| (part.party.as_str(), part.gave, part.received)).collect()
}

fn asked(place: &Place, party: &str, open: bool) -> Vec<Asked> {
    partner(party, minutes(5), |context| shared::queues(context, &place.other, open, 50)).unwrap().1
}

#[test]
fn a_partner_is_told_sees_nobody_and_answers_once() {
    for place in every_engine() {
        let engine = place.engine();
        let person = someone(&place);
        let request = record(&place, person, Some((Source::FRANCE_TRAVAIL, Field::BirthName)));
        let before = case(&place, request);
        assert_eq!(parts(&before), [("france-travail", true, false)], "{engine}");
        assert!(before.parts.iter().all(|part| part.is_owed(Right::Rectification)), "{engine}");
        assert!(asked(&place, "france-travail", true).is_empty(), "{engine}: not told yet");

        let note = |party: &str, step, seen| {
            dpo(|context| shared::record(context, &place.served, request, (party, step, seen)))
        };
        assert!(
            matches!(note("caf-62", PartStep::Told, 0), Err(AppError::Absent(_))),
            "{engine}: no part in it"
        );
        assert!(
            matches!(note("france-travail", PartStep::Done, 0), Err(AppError::State(_))),
            "{engine}: not told"
        );
        note("france-travail", PartStep::Told, 0).unwrap();
        assert!(
            matches!(note("france-travail", PartStep::Told, 1), Err(AppError::State(_))),
            "{engine}: told"
        );
        let stale = note("france-travail", PartStep::Done, 0);
        assert!(matches!(stale, Err(AppError::Store(StoreError::Conflict { .. }))), "{engine}");

        let seen = asked(&place, "france-travail", true);
        assert_eq!(seen.len(), 1, "{engine}");
        let own = before.request;
        assert_eq!(
            (seen[0].due_on, &seen[0].due_clause),
            (own.due_on, &own.due_clause),
            "{engine}: one clock"
        );
        let said = format!("{seen:?}");
        assert!(
            !said.contains(&person.to_string()) && !said.contains("ABEILLE"),
            "{engine}: it names nobody"
        );

        let answer = |party: &str| {
            partner(party, minutes(6), |context| {
                shared::answer(context, &place.other, request, PartStep::Done)
            })
        };
        assert!(matches!(answer("caf-62"), Err(AppError::Absent(_))), "{engine}: a stranger to it");
        answer("france-travail").unwrap();
        assert!(matches!(answer("france-travail"), Err(AppError::State(_))), "{engine}: once");
        assert!(asked(&place, "france-travail", true).is_empty(), "{engine}");
        assert_eq!(asked(&place, "france-travail", false).len(), 1, "{engine}");
        let after = case(&place, request);
        assert_eq!(after.steps.len(), 2, "{engine}");
        assert_eq!(after.parts[0].answer, Some((PartStep::Done, minutes(6))), "{engine}");
        let version = after.request.version;
        dpo(|context| rights::advance(context, &place.served, request, version, RequestState::Answered))
            .unwrap();
    }
}

/// Someone in her own space, by a code that was handed over.
fn come_in(place: &Place, person: PersonId) -> Herself {
    let origin = Origin { address: "198.51.100.7", known_browser: None, browser: "Firefox, Android" };
    let rules = AccountRules { hash: HashCost { memory_kib: 64, passes: 1 }, ..AccountRules::default() };
    let clock = FixedClock(NOW);
    let office = Office::new(&place.served, &rules, territory(), &clock).unwrap();
    let handed = dpo(|context| opening::open(context, &place.served, person, 72, Lang::Fr)).unwrap();
    let pending = coming_in::code(&office, &handed.number, handed.code.reveal(), &origin).unwrap();
    coming_in::choose_password(&office, &pending, &Password::new("brume tuile gant sorbier nef ocre"))
        .unwrap();
    let secret = coming_in::enrolment(&office, &pending).unwrap().secret;
    let code = totp::Secret::from_base32(&secret).unwrap().code(totp::step_of(NOW));
    coming_in::bind(&office, &pending, &code, &origin).unwrap().0.herself
}

/// Of each register, what a copy tells.
fn told_by(copy: &asking::Copy) -> BTreeSet<(String, Field)> {
    let of = |record: &held::Record| {
        let source = record.source.to_string();
        record.data.iter().map(move |datum| (source.clone(), datum.field)).collect::<Vec<_>>()
    };
    copy.held.records.iter().flat_map(of).collect()
}

#[test]
fn a_copy_made_for_her_holds_nothing_of_anothers() {
    for place in every_engine() {
        let engine = place.engine();
        let of = |person| dpo(|context| asking::copy_of(context, &place.served, person, Lang::Fr));
        let of_the_caf = |made: &BTreeSet<(String, Field)>| made.iter().any(|(source, _)| source == "cnaf");
        let mut made =
            place.everyone(NOW).into_iter().filter_map(|person| Some((person, told_by(&of(person).ok()?))));
        let (person, made) = made.find(|(_, made)| of_the_caf(made)).unwrap();
        let her = come_in(&place, person);
        let clock = FixedClock(NOW);
        let context = her.context(TraceId::new(NOW, [5; 10]), &clock).unwrap();
        let own = told_by(&asking::copy(&context, &place.served, &her, Lang::Fr).unwrap());
        let beyond: Vec<_> = made.difference(&own).collect();
        assert!(beyond.is_empty(), "{engine}: {beyond:?}");
        // The file of the CAF says where the household lives: whoever answers may be shown it, and does not hand it over.
        let shown = dpo(|context| person::show(context, &place.served, person, Lang::En)).unwrap();
        let address =
            |origin: &person::Origin| origin.values.iter().any(|value| value.field.starts_with("contact."));
        assert!(shown.iter().any(|origin| origin.source == "cnaf" && address(origin)), "{engine}");
    }
}

#[test]
fn a_person_reads_which_parties_were_told_of_her_request() {
    for place in every_engine() {
        let engine = place.engine();
        let her = come_in(&place, someone(&place));
        let hers = |right, about: Option<(Source, Field)>| {
            let context = her.context(TraceId::new(NOW, [5; 10]), &FixedClock(NOW)).unwrap();
            let new = NewRequest { right, about, statement: None };
            asking::ask(&context, &place.served, &her, &new).unwrap()
        };
        let told = |request| {
            let clock = FixedClock(NOW);
            let context = her.context(TraceId::new(NOW, [5; 10]), &clock).unwrap();
            let cases = asking::cases(&context, &place.served, &her, Lang::En).unwrap();
            let own = cases.into_iter().find(|own| own.request.request == request).unwrap();
            let told = own
                .parts
                .iter()
                .map(|part| (part.party.to_string(), part.told.is_some(), part.answer.map(|(step, _)| step)));
            told.collect::<Vec<_>>()
        };
        let theirs = |told, answer| vec![("france-travail".to_owned(), told, answer)];
        let request = hers(Right::Rectification, Some((Source::FRANCE_TRAVAIL, Field::BirthName)));
        assert_eq!(told(request), theirs(false, None), "{engine}: it has to be told");
        let note = |step, seen| {
            dpo(|context| shared::record(context, &place.served, request, ("france-travail", step, seen)))
                .unwrap();
        };
        note(PartStep::Told, 0);
        assert_eq!(told(request), theirs(true, None), "{engine}");
        note(PartStep::Done, 1);
        assert_eq!(told(request), theirs(true, Some(PartStep::Done)), "{engine}");

        // Of what is refused nobody has to be told, nor of an objection.
        let asked = hers(Right::Erasure, None);
        assert!(told(asked).iter().any(|(party, ..)| party == "france-travail"), "{engine}");
        let why = ErasureRefusal::PublicTask;
        dpo(|context| erasure::refuse(context, &place.served, (asked, 1), why)).unwrap();
        assert!(told(asked).is_empty(), "{engine}");
        let clock = FixedClock(NOW);
        let context = her.context(TraceId::new(NOW, [5; 10]), &clock).unwrap();
        let own = asking::cases(&context, &place.served, &her, Lang::En).unwrap();
        let own = own.into_iter().find(|own| own.request.request == asked).unwrap();
        let refused = own.outcome.refused.unwrap();
        assert_eq!(refused.reason, why.code(), "{engine}: she reads why");
        assert!(!refused.clauses.is_empty(), "{engine}: and under which clauses her data stay");
        assert!(told(hers(Right::Opposition, None)).is_empty(), "{engine}");

        let context = her.context(TraceId::new(NOW, [5; 10]), &FixedClock(NOW)).unwrap();
        let copy = asking::copy(&context, &place.served, &her, Lang::En).unwrap();
        let text = serde_json::to_string(&copy.requests).unwrap();
        assert!(text.contains("\"party\":\"france-travail\",\"told_at\""), "{engine}: {text}");
    }
}

#[test]
fn whoever_received_a_datum_has_part_in_its_correction() {
    for place in every_engine() {
        let engine = place.engine();
        let output = place.folder.path().join("cgpem.xml");
        let report = act("technician", "file-handling", |context| {
            cgpem::export(context, &place.served, &output, None, Lang::En)
        });
        assert!(report.unwrap().written > 0, "{engine}");
        let in_file = |person: &PersonId| {
            let found = case(&place, record(&place, *person, None));
            parts(&found).iter().any(|(party, _, received)| *party == "france-travail" && *received)
        };
        let everyone: Vec<PersonId> = place.everyone(NOW).into_iter().take(40).collect();
        let found = everyone.iter().filter(|person| in_file(person)).count();
        assert!(found > 0 && found < everyone.len(), "{engine}: {found} of {}", everyone.len());
    }
}

//! The liaison form, filled in, signed and sent here: what clauses give stands on it, what she signs is what its readers are shown, each
//! as far as a clause of hers goes.

use std::collections::BTreeSet;

use liant_app::casework::{
    self, Asked, Barrier, Doing, Draft, Filled, FormDecision, FormFault, FormModel, FormPart, FormPerson,
    FormReferent, FormView, FormWay, Happened, Proposed, Reason, Refusal,
};
use liant_app::people::{self, Assignment, FollowRole, Seat};
use liant_app::space::forms;
use liant_app::{AppError, addresses, press};
use liant_model::{Field, FixedClock, FormId, Lang, TraceId};
use liant_store::StoreError;

use crate::hers::{come_in, held_of};
use crate::world::{
    ANNE, EMMA, GLOBAL, NOW, Someone, TODAY, World, after, code, day, every_engine, proposed,
};

/// What Anne says, with Yann.
pub(crate) fn filled() -> Filled {
    Filled {
        model: FormModel::Tacit,
        person: FormPerson {
            // Who she is comes from the registers, whatever a page says.
            name: "AUTRE".to_owned(),
            address: vec!["3 QUAI DU RIVAGE".to_owned(), "62000 ARRAS".to_owned()],
            phone: "06 00 00 00 01".to_owned(),
            in_couple: Some(false),
            children: Some(2),
            disabled_worker: Some(true),
            ..FormPerson::default()
        },
        barriers: BTreeSet::from([Barrier::Health, Barrier::Housing]),
        phone: "39 49".to_owned(),
        by_email: None,
        email: String::new(),
        signed_as: "Anne ABELARD".to_owned(),
        place: "Arras".to_owned(),
    }
}

/// Consent, and a form that she signs here.
pub(crate) fn signed_here() -> Vec<Asked> {
    with(Some(filled()))
}

fn with(form: Option<Filled>) -> Vec<Asked> {
    let form = Proposed { form: form.map(Box::new), ..proposed() };
    vec![Asked::GiveConsent(code("transmission")), Asked::Propose(form)]
}

fn draft(world: &World, (who, whom): (Someone, usize), asked: Vec<Asked>) -> Result<Draft, Refusal> {
    let expected = world.path(0, who, whom).unwrap().version;
    world.at(0, who, |context| {
        let doing = Doing { programme: code(GLOBAL), on: day(0), expected, asked };
        casework::draft(context, &world.workplace, world.people[whom], &doing, Lang::En).unwrap()
    })
}

/// Sends Anne's form, and gives which one it is.
pub(crate) fn send(world: &World, form: Filled) -> FormId {
    let done = world.act(0, world.yann, ANNE, with(Some(form)));
    let sent = done.events.iter().find_map(|event| match &event.what {
        Happened::Sent { form, .. } => *form,
        _ => None,
    });
    sent.unwrap().id
}

fn read(world: &World, (days, who): (i64, Someone), id: FormId, way: FormWay) -> Result<FormView, AppError> {
    world.at(days, who, |context| {
        casework::form(context, &world.workplace, (world.people[ANNE], id), way, Lang::En)
    })
}

fn is_absent(read: Result<FormView, AppError>) -> bool {
    match read {
        Ok(_) => false,
        Err(error) => {
            assert!(matches!(error, AppError::Absent(_) | AppError::Gate(_)), "{error}");
            true
        }
    }
}

#[test]
fn a_form_begins_with_what_clauses_give_and_with_nothing_else() {
    for world in every_engine() {
        let engine = world.test.engine;
        let draft = draft(&world, (world.yann, ANNE), with(None)).unwrap();
        let her = &draft.form.person;
        assert_eq!((her.name.as_str(), her.first_name.as_str()), ("ABELARD", "ANNE"), "{engine}");
        assert_eq!(her.birth_date.map(|day| day.to_string()).as_deref(), Some("1980-01-01"), "{engine}");
        assert_eq!(her.ft, "1000001A", "{engine}");
        assert!(
            draft.given.contains(Field::BirthName) && draft.given.contains(Field::FtIdentifier),
            "{engine}"
        );
        // The Département's own is not the adviser's: not the street, not the e-mail; and no tick on health is ever found in a file.
        assert!(her.address.is_empty() && her.phone.is_empty(), "{engine}");
        assert!(draft.form.barriers.is_empty() && her.disabled_worker.is_none(), "{engine}");
        assert_eq!((her.in_couple, her.recipient), (None, None), "{engine}: what nobody says is not no");
        assert_eq!(draft.form.model, FormModel::Tacit, "{engine}");
        assert_eq!(draft.form.adviser.name, "Yann Y", "{engine}");
        assert_eq!(
            (draft.form.agency.as_str(), draft.form.local_service.function.as_str()),
            ("Agence", "Nord")
        );
        assert!(draft.notice.sections.iter().any(|section| section.title == "Your rights"), "{engine}");
        assert!(
            draft.origin.starts_with("62-echange-accompagnement-global v2"),
            "{engine}: {}",
            draft.origin
        );
        assert_eq!(
            (world.count("casework_event"), world.count("liaison_form")),
            (0, 0),
            "{engine}: nothing is kept"
        );
    }
}

#[test]
fn a_head_of_service_begins_with_her_own_register() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.orient_socially(EMMA);
        world.act(0, world.yann, EMMA, vec![Asked::GiveConsent(code("transmission"))]);
        let asked = Proposed {
            to: "adviser".parse().unwrap(),
            organisation: Some(world.yann.organisation),
            ..proposed()
        };
        let draft = draft(&world, (world.head, EMMA), vec![Asked::Propose(asked)]).unwrap();
        assert_eq!(draft.form.person.address, ["7 RUE DES LILAS", "62000 ARRAS"], "{engine}");
        assert_eq!(draft.form.model, FormModel::Bilateral, "{engine}");
        assert_eq!(
            (draft.form.local_service.name.as_str(), draft.form.agency.as_str()),
            ("Hugo H", "Agence")
        );
    }
}

#[test]
fn what_she_signed_is_what_is_read_each_by_a_clause() {
    for world in every_engine() {
        let engine = world.test.engine;
        let id = send(&world, filled());
        assert_eq!(world.count("liaison_form"), 1, "{engine}");
        let (sender, receiver) = (
            read(&world, (0, world.yann), id, FormWay::Screen).unwrap(),
            read(&world, (1, world.head), id, FormWay::Screen).unwrap(),
        );
        for view in [&sender, &receiver] {
            let her = &view.form.person;
            assert_eq!((her.name.as_str(), her.ft.as_str()), ("ABELARD", "1000001A"), "{engine}");
            assert_eq!((her.phone.as_str(), her.children), ("06 00 00 00 01", Some(2)), "{engine}");
            assert_eq!(her.address.len(), 2, "{engine}");
            assert_eq!(view.form.barriers, filled().barriers, "{engine}");
            assert_eq!((her.disabled_worker, view.held_back), (Some(true), 0), "{engine}");
            assert_eq!(view.form.transmission, Some(day(0)), "{engine}");
            let signature = view.form.signature.as_ref().unwrap();
            assert_eq!((signature.name.as_str(), signature.at), ("Anne ABELARD", NOW), "{engine}");
            assert_eq!(signature.seal, view.seal.to_string(), "{engine}");
            assert_eq!(press::seal(&view.form).unwrap(), view.seal, "{engine}: whole, it is what was signed");
        }
        assert!(sender.clauses[0].contains("art. 4.1"), "{engine}: {:?}", sender.clauses);
        assert!(
            receiver.clauses.iter().any(|clause| clause.contains("annexe 1 B")),
            "{engine}: {:?}",
            receiver.clauses
        );
        // On paper too; and to nobody whom it did not go to.
        assert!(read(&world, (1, world.head), id, FormWay::Hand).is_ok(), "{engine}");
        for who in [world.head_south, world.zoe, world.mia, world.other_head, world.stella, world.eve] {
            assert!(is_absent(read(&world, (1, who), id, FormWay::Screen)), "{engine}: {:?}", who.role);
        }
        let other = FormId::new(NOW, [3; 10]);
        assert!(
            is_absent(read(&world, (1, world.head), other, FormWay::Screen)),
            "{engine}: there is no such form"
        );
    }
}

#[test]
fn a_path_leads_to_its_forms() {
    for world in every_engine() {
        let engine = world.test.engine;
        let id = send(&world, filled());
        for who in [world.yann, world.head] {
            let path = world.path(1, who, ANNE).unwrap();
            let forms: Vec<FormId> = path.forms.iter().map(|form| form.id).collect();
            assert_eq!(forms, [id], "{engine}");
        }
        world.act(0, world.yann, EMMA, with(None));
        assert!(
            world.path(1, world.yann, EMMA).unwrap().forms.is_empty(),
            "{engine}: hers was signed on paper"
        );
    }
}

#[test]
fn a_consent_taken_back_closes_it_at_once_to_whom_it_went() {
    for world in every_engine() {
        let engine = world.test.engine;
        let id = send(&world, filled());
        assert!(read(&world, (1, world.head), id, FormWay::Screen).is_ok(), "{engine}");
        world.act(2, world.yann, ANNE, vec![Asked::WithdrawConsent(code("transmission"))]);
        assert!(is_absent(read(&world, (2, world.head), id, FormWay::Screen)), "{engine}");
        let view = read(&world, (2, world.yann), id, FormWay::Screen).unwrap();
        assert_eq!(
            view.form.barriers,
            BTreeSet::from([Barrier::Housing]),
            "{engine}: the tick on health is closed"
        );
        assert_eq!((view.form.person.disabled_worker, view.held_back), (None, 2), "{engine}");
    }
}

#[test]
fn her_e_mail_is_shown_while_she_agrees_to_it() {
    for world in every_engine() {
        let engine = world.test.engine;
        let agrees = Filled { by_email: Some(true), email: "anne@maison.example".to_owned(), ..filled() };
        let id = send(&world, agrees);
        let view = read(&world, (1, world.head), id, FormWay::Screen).unwrap();
        assert!(view.shown.contains(Field::Email), "{engine}");
        let her = come_in(&world, ANNE);
        let clock = FixedClock(after(2));
        let context = her.context(TraceId::new(NOW, [6; 10]), &clock).unwrap();
        liant_app::space::contact::say(&context, &world.workplace, &her, false).unwrap();
        let view = read(&world, (3, world.head), id, FormWay::Screen).unwrap();
        assert!(!view.shown.contains(Field::Email), "{engine}: she said no since");
        assert_eq!(view.held_back, 1, "{engine}");
    }
}

#[test]
fn what_is_at_fault_or_of_another_route_leaves_nothing() {
    for world in every_engine() {
        let engine = world.test.engine;
        let unsigned = Filled { signed_as: " ".to_owned(), ..filled() };
        let refused = world.try_act(0, world.yann, ANNE, with(Some(unsigned)));
        let faults = [FormFault::Missing(FormPart::SignedAs)];
        assert!(matches!(refused, Err(AppError::Form(found)) if found == faults), "{engine}");
        let other = Filled { model: FormModel::Bilateral, ..filled() };
        let refused = world.try_act(0, world.yann, ANNE, with(Some(other))).unwrap().unwrap_err();
        assert_eq!((refused.reason, refused.rule), (Reason::OtherForm, "route.form"), "{engine}");
        let without = Proposed { form: Some(Box::new(filled())), ..proposed() };
        let refused = world.try_act(0, world.yann, ANNE, vec![Asked::Propose(without)]);
        assert!(matches!(refused, Err(AppError::Form(found)) if found == [FormFault::NotAgreed]), "{engine}");
        assert_eq!((world.count("casework_event"), world.count("liaison_form")), (0, 0), "{engine}");
    }
}

#[test]
fn it_is_hers_whole_whatever_became_of_her_consent() {
    for world in every_engine() {
        let engine = world.test.engine;
        let (anne, emma) = (come_in(&world, ANNE), come_in(&world, EMMA));
        let id = send(&world, filled());
        world.act(2, world.yann, ANNE, vec![Asked::WithdrawConsent(code("transmission"))]);
        let (held, copy) = held_of(&world, &anne, Lang::En);
        assert_eq!(held.forms.len(), 1, "{engine}");
        assert_eq!(held.forms[0].says.person.name, "ABELARD", "{engine}");
        assert!(
            copy.contains("3 QUAI DU RIVAGE") && copy.contains(&held.forms[0].seal.to_string()),
            "{engine}"
        );
        let clock = FixedClock(after(8));
        for (her, is_hers) in [(&anne, true), (&emma, false)] {
            let context = her.context(TraceId::new(NOW, [5; 10]), &clock).unwrap();
            let view = forms::form(&context, &world.workplace, (her, id), FormWay::Screen, Lang::En);
            assert_eq!(view.is_ok(), is_hers, "{engine}");
            if let Ok(view) = view {
                assert_eq!(
                    view.held_back,
                    0,
                    "{engine}: {:?}",
                    view.shown.iter().map(Field::code).collect::<Vec<_>>()
                );
                assert_eq!(press::seal(&view.form).unwrap(), view.seal, "{engine}: whole");
            }
        }
        let (held, _) = held_of(&world, &emma, Lang::En);
        assert!(held.forms.is_empty(), "{engine}");
    }
}

#[test]
fn a_protected_address_does_not_stand_on_it() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.as_one(NOW, world.officer, "orientation", |context| {
            addresses::protect(context, &world.workplace, world.people[ANNE], "violence").unwrap();
        });
        let draft = draft(&world, (world.yann, ANNE), with(None)).unwrap();
        assert!(draft.is_protected && draft.form.person.address.is_empty(), "{engine}");
        // Typed all the same, by a page that is not ours, it is not taken.
        let id = send(&world, filled());
        let view = read(&world, (0, world.yann), id, FormWay::Screen).unwrap();
        assert!(view.form.person.address.is_empty(), "{engine}");
        assert_eq!(view.held_back, 0, "{engine}: it is not there");
    }
}

#[test]
fn a_form_that_is_not_what_was_signed_is_shown_to_nobody() {
    for world in every_engine() {
        let engine = world.test.engine;
        let id = send(&world, filled());
        let seal = read(&world, (1, world.head), id, FormWay::Screen).unwrap().seal.to_string();
        let zeros = "0".repeat(64);
        let sql = format!("UPDATE casework_event SET body = REPLACE(body, '{seal}', '{zeros}')");
        world.test.commit_under("62", &sql, || {});
        match read(&world, (1, world.head), id, FormWay::Screen) {
            Err(AppError::Store(StoreError::Damaged(what))) => {
                assert_eq!(what, "a liaison form is not what was signed", "{engine}");
            }
            other => panic!("{engine}: {:?}", other.map(|view| view.id)),
        }
    }
}

#[test]
fn what_a_referent_signed_with_her_goes_on_as_it_is() {
    for world in every_engine() {
        let engine = world.test.engine;
        let assignment = Assignment {
            people: vec![world.people[ANNE]],
            role: FollowRole::SocialReferent,
            account: world.claire.account,
            organisation: world.claire.organisation,
            from: TODAY,
        };
        world.as_one(NOW, world.officer, "orientation", |context| {
            people::assign(context, &world.workplace, &Seat::default(), &assignment).unwrap();
        });
        world.orient_socially(ANNE);
        world.act(0, world.yann, ANNE, vec![Asked::GiveConsent(code("transmission"))]);
        let form = Some(Box::new(Filled { model: FormModel::Bilateral, ..filled() }));
        world.act(0, world.claire, ANNE, vec![Asked::Propose(Proposed { form, ..proposed() })]);
        let to = Proposed {
            to: "adviser".parse().unwrap(),
            organisation: Some(world.yann.organisation),
            account: Some(world.yann.account),
            ..proposed()
        };
        world.act(1, world.head, ANNE, vec![Asked::Forward(to)]);
        assert_eq!(world.count("liaison_form"), 1, "{engine}: one form, handed on");
        let mut seals = BTreeSet::new();
        for who in [world.claire, world.head, world.yann] {
            let path = world.path(2, who, ANNE).unwrap();
            assert_eq!(path.forms.len(), 1, "{engine}: {:?}", who.role);
            let view = read(&world, (2, who), path.forms[0].id, FormWay::Screen).unwrap();
            assert_eq!(view.form.person.name, "ABELARD", "{engine}: {:?}", who.role);
            seals.insert(view.seal.to_string());
        }
        assert_eq!(seals.len(), 1, "{engine}");
    }
}

#[test]
fn what_came_of_it_is_written_on_it_and_the_seal_holds() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.orient_socially(ANNE);
        let id = send(&world, Filled { model: FormModel::Bilateral, ..filled() });
        let view = read(&world, (1, world.yann), id, FormWay::Screen).unwrap();
        assert_eq!((view.form.decision, view.form.referent.is_none()), (None, true), "{engine}");
        world.act(2, world.head, ANNE, vec![Asked::Accept]);
        let name = Asked::Name("social_referent".parse().unwrap(), world.claire.colleague());
        world.act(3, world.head, ANNE, vec![name]);
        for who in [world.yann, world.head, world.claire] {
            let view = read(&world, (4, who), id, FormWay::Screen).unwrap();
            assert_eq!(view.form.decision, Some(FormDecision { enters: true, on: day(2) }), "{engine}");
            let Some(FormReferent::Departement { agent }) = &view.form.referent else { panic!("{engine}") };
            assert_eq!((agent.name.as_str(), agent.function.as_str()), ("Claire C", "Nord"), "{engine}");
            assert_eq!(press::seal(&view.form).unwrap(), view.seal, "{engine}");
        }
        world.act(5, world.yann, ANNE, vec![Asked::Withdraw]);
        let again =
            world.act(6, world.yann, ANNE, with(Some(Filled { model: FormModel::Bilateral, ..filled() })));
        let second = again.events.iter().find_map(|event| match &event.what {
            Happened::Sent { form, .. } => *form,
            _ => None,
        });
        let view = read(&world, (6, world.yann), second.unwrap().id, FormWay::Screen).unwrap();
        assert_eq!(
            (view.form.decision, view.form.referent.is_none()),
            (None, true),
            "{engine}: of that one alone"
        );
    }
}

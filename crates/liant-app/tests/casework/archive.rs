//! A liaison form as an encrypted archive: its sender makes it, for whom she sent it to, of what both may have by e-mail.

use liant_app::casework::{
    self, ArchiveOffer, Asked, Barrier, Filled, FormModel, FormView, FormWay, Proposed,
};
use liant_app::people::{self, Assignment, FollowRole, Seat};
use liant_app::space::readers::{self, ReadingWay};
use liant_app::{AppError, press};
use liant_model::{Field, FixedClock, FormId, Lang, TraceId};

use crate::hers::come_in;
use crate::liaison::{filled, send};
use crate::world::{ANNE, NOW, Someone, TODAY, World, after, code, every_engine, proposed};

fn offer(world: &World, (days, who): (i64, Someone), id: FormId) -> Result<ArchiveOffer, AppError> {
    world
        .at(days, who, |context| casework::archive_offer(context, &world.workplace, (world.people[ANNE], id)))
}

fn archive(world: &World, (days, who): (i64, Someone), id: FormId) -> Result<FormView, AppError> {
    world.at(days, who, |context| {
        casework::archive(context, &world.workplace, (world.people[ANNE], id), Lang::Fr)
    })
}

/// Whether it is for nobody: neither offered nor made.
fn is_none(world: &World, at: (i64, Someone), id: FormId) -> bool {
    let closed = |error: AppError| matches!(error, AppError::Absent(_) | AppError::Gate(_));
    offer(world, at, id).is_err_and(closed) && archive(world, at, id).is_err_and(closed)
}

/// Records of archives.
fn records(world: &World) -> Vec<String> {
    let sql =
        "SELECT recipient, purposes, kind, clauses FROM access_record WHERE what = 'liaison form archive'";
    world.test.rows("62", sql)
}

#[test]
fn its_sender_makes_it_for_whom_she_sent_it_to_and_the_party_is_on_record() {
    for world in every_engine() {
        let engine = world.test.engine;
        let id = send(&world, filled());
        let told = offer(&world, (0, world.yann), id).unwrap();
        assert_eq!((told.organisation.as_str(), told.held_back), ("Nord", 0), "{engine}");
        assert_eq!(told.model, FormModel::Tacit, "{engine}");
        assert!(records(&world).is_empty(), "{engine}: what is offered lets nothing out");
        let view = archive(&world, (0, world.yann), id).unwrap();
        assert_eq!(view.form.person.name, "ABELARD", "{engine}");
        assert_eq!(press::seal(&view.form).unwrap(), view.seal, "{engine}: whole");
        let records = records(&world);
        assert_eq!(records.len(), 1, "{engine}: {records:?}");
        for part in ["france-travail", "adviser"] {
            assert!(!records[0].split('|').next().unwrap().contains(part), "{engine}: {records:?}");
        }
        for part in ["departement-62", "return-to-work", "export", "art. 4.1", "annexe 1 B, fiche de liaison"]
        {
            assert!(records[0].contains(part), "{engine}: {part} is not in {records:?}");
        }
        // Datum by datum, and she is told of it: a file that went to another party.
        let her = come_in(&world, ANNE);
        let clock = FixedClock(after(1));
        let context = her.context(TraceId::new(NOW, [5; 10]), &clock).unwrap();
        let told = readers::readers(&context, &world.workplace, &her, Lang::Fr).unwrap();
        let told: Vec<_> = told.iter().filter(|one| one.way == ReadingWay::File).collect();
        assert_eq!(told.len(), 1, "{engine}");
        assert_eq!((told[0].party.as_str(), told[0].role.as_deref()), ("departement-62", None), "{engine}");
        let fields: Vec<&str> = view.shown.iter().map(Field::code).collect();
        assert_eq!(told[0].fields, fields, "{engine}");
        assert!(
            fields.contains(&"contact.phone") && !fields.contains(&"identifiers.caf"),
            "{engine}: {fields:?}"
        );
    }
}

#[test]
fn nobody_else_gets_it() {
    for world in every_engine() {
        let engine = world.test.engine;
        let id = send(&world, filled());
        let others = [
            world.head,
            world.head_south,
            world.claire,
            world.zoe,
            world.dora,
            world.mia,
            world.stella,
            world.eve,
            world.other_head,
            world.officer,
        ];
        for who in others {
            let is_none = world.at(1, who, |context| {
                let asked = (world.people[ANNE], id);
                casework::archive_offer(context, &world.workplace, asked).is_err()
                    && casework::archive(context, &world.workplace, asked, Lang::Fr).is_err()
            });
            assert!(is_none, "{engine}: {:?}", who.role);
        }
        assert!(is_none(&world, (0, world.yann), FormId::new(NOW, [3; 10])), "{engine}");
        assert!(records(&world).is_empty(), "{engine}");
        // The page of the form says to whom it may go this way.
        for (who, may) in [(world.yann, true), (world.head, false)] {
            let read = |context: &liant_app::Context<'_>| {
                casework::form(context, &world.workplace, (world.people[ANNE], id), FormWay::Screen, Lang::En)
            };
            assert_eq!(world.at(1, who, read).unwrap().may_archive, may, "{engine}: {:?}", who.role);
        }
    }
}

#[test]
fn her_consent_taken_back_closes_it_and_so_does_the_end_of_the_proposal() {
    for world in every_engine() {
        let engine = world.test.engine;
        let id = send(&world, filled());
        assert!(offer(&world, (1, world.yann), id).is_ok(), "{engine}");
        world.act(2, world.yann, ANNE, vec![Asked::WithdrawConsent(code("transmission"))]);
        assert!(is_none(&world, (2, world.yann), id), "{engine}");
        assert!(records(&world).is_empty(), "{engine}");
    }
    for world in every_engine() {
        let engine = world.test.engine;
        let id = send(&world, filled());
        world.act(2, world.yann, ANNE, vec![Asked::Withdraw]);
        assert!(is_none(&world, (2, world.yann), id), "{engine}: there is nobody to send it to any more");
    }
}

#[test]
fn her_e_mail_address_goes_while_she_agrees_to_it() {
    for world in every_engine() {
        let engine = world.test.engine;
        let agrees = Filled { by_email: Some(true), email: "anne@maison.example".to_owned(), ..filled() };
        let id = send(&world, agrees);
        let view = archive(&world, (1, world.yann), id).unwrap();
        assert!(view.shown.contains(Field::Email), "{engine}");
        assert!(
            view.form.barriers.contains(&Barrier::Health),
            "{engine}: she agreed to the form, ticks included"
        );
    }
}

#[test]
fn of_a_form_handed_on_each_sends_what_is_hers_to_send() {
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
        let id = world.path(1, world.head, ANNE).unwrap().forms[0].id;
        assert!(is_none(&world, (1, world.head), id), "{engine}: she did not send it");
        let to = Proposed {
            to: "adviser".parse().unwrap(),
            organisation: Some(world.yann.organisation),
            account: Some(world.yann.account),
            ..proposed()
        };
        world.act(1, world.head, ANNE, vec![Asked::Forward(to)]);
        let told = offer(&world, (2, world.head), id).unwrap();
        assert_eq!(told.organisation, "Agence", "{engine}");
        let view = archive(&world, (2, world.head), id).unwrap();
        assert_eq!(view.form.person.name, "ABELARD", "{engine}");
        let records = records(&world);
        assert!(records[0].contains("france-travail") && records[0].contains("§15"), "{engine}: {records:?}");
        // Whoever it reached sends it to nobody.
        assert!(is_none(&world, (2, world.yann), id), "{engine}");
    }
}

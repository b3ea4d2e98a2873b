//! Who stands beside someone sees her, for as long as she does: what a place or a form began ends with it, and nothing else.

use liant_app::casework::{Asked, Proposed};
use liant_app::people::{self, Assignment, FollowRole, Seat};
use liant_audit::verify::leaf_hash;
use liant_model::{ActId, Date, DesignationId};
use liant_store::{AuditRecord, Change, ChangeSet, NewDesignation, ReachChange};

use crate::world::{ANNE, NOW, Someone, TODAY, World, code, day, every_engine, propose, proposed, territory};

/// An officer gives someone Anne, by hand.
fn give(world: &World, who: Someone) {
    let links =
        world.workplace.store.read(territory(), |snapshot| snapshot.links_of_person(world.people[ANNE]));
    let audit = AuditRecord {
        act: ActId::new(NOW, [9; 10]),
        at: NOW,
        commitment: leaf_hash(b"salt", b"payload"),
        salt: b"salt".to_vec(),
        payload: b"payload".to_vec(),
    };
    let given = NewDesignation {
        designation: DesignationId::new(NOW, [9; 10]),
        identity: links.unwrap()[0].identity,
        account: who.account,
        organisation: who.organisation,
        from: TODAY,
        to: Date::constant(2027, 12, 31),
        given_by: "operator".to_owned(),
    };
    let change = Change::Reach(ReachChange::Designate(given));
    world.workplace.store.apply(&ChangeSet::new(territory(), NOW, audit).with(change)).unwrap();
}

fn follows(world: &World) -> Vec<String> {
    let sql = "SELECT account_id FROM follow WHERE role = 'social_referent' AND ended_at IS NULL";
    world.test.rows("62", sql)
}

fn given(world: &World) -> usize {
    world.test.rows("62", "SELECT 1 FROM designation WHERE ended_at IS NULL").len()
}

fn name(who: Someone) -> Vec<Asked> {
    vec![Asked::Name("social_referent".parse().unwrap(), who.colleague())]
}

#[test]
fn a_place_ends_what_it_began_and_nothing_else() {
    for world in every_engine() {
        let engine = world.test.engine;
        let assignment = Assignment {
            people: vec![world.people[ANNE]],
            role: FollowRole::SocialReferent,
            account: world.eve.account,
            organisation: world.eve.organisation,
            from: TODAY,
        };
        world.as_one(NOW, world.officer, "orientation", |context| {
            people::assign(context, &world.workplace, &Seat::default(), &assignment).unwrap();
        });
        give(&world, world.claire);
        let assigned = follows(&world);
        assert_eq!((assigned.len(), given(&world)), (1, 1), "{engine}");
        world.act(0, world.yann, ANNE, propose());
        world.act(1, world.head, ANNE, name(world.claire));
        assert_eq!(
            (follows(&world), given(&world)),
            (assigned.clone(), 2),
            "{engine}: Eve follows her still"
        );
        assert!(world.path(1, world.claire, ANNE).is_ok(), "{engine}");
        world.act(2, world.yann, ANNE, vec![Asked::Withdraw]);
        assert_eq!(
            (follows(&world), given(&world)),
            (assigned, 1),
            "{engine}: Eve was assigned, Claire given her"
        );
    }
}

#[test]
fn a_place_that_began_a_following_ends_it() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.act(0, world.yann, ANNE, propose());
        world.act(1, world.head, ANNE, name(world.claire));
        assert_eq!((follows(&world).len(), given(&world)), (1, 1), "{engine}");
        let over = Asked::HandOver {
            role: "social_referent".parse().unwrap(),
            from: world.claire.account,
            to: world.eve.colleague(),
        };
        world.act(2, world.head, ANNE, vec![over]);
        assert_eq!((follows(&world).len(), given(&world)), (1, 1), "{engine}: one came, one left");
        world.act(3, world.yann, ANNE, vec![Asked::Withdraw]);
        assert_eq!((follows(&world).len(), given(&world)), (0, 0), "{engine}");
        assert_eq!(world.count("casework_tie"), 4, "{engine}");
    }
}

#[test]
fn whoever_closes_a_proposal_ends_what_its_form_began() {
    for world in every_engine() {
        let engine = world.test.engine;
        give(&world, world.head);
        let form = Proposed {
            organisation: Some(world.head.organisation),
            account: Some(world.head.account),
            ..proposed()
        };
        let asked = vec![Asked::GiveConsent(code("transmission")), Asked::Propose(form)];
        world.act(0, world.yann, ANNE, asked);
        assert_eq!(given(&world), 2, "{engine}");
        world.act(1, world.yann, ANNE, vec![Asked::Withdraw]);
        assert_eq!(given(&world), 1, "{engine}: what an officer gave her stays");
    }
}

#[test]
fn what_is_recorded_late_may_be_read_for_as_long() {
    for world in every_engine() {
        let engine = world.test.engine;
        let form = Proposed {
            organisation: Some(world.head.organisation),
            account: Some(world.head.account),
            ..proposed()
        };
        let asked = vec![Asked::GiveConsent(code("transmission")), Asked::Propose(form)];
        world.act_late((10, 0), world.yann, ANNE, asked);
        world.act_late((12, 1), world.head, ANNE, name(world.claire));
        let between = |from, to| {
            let (from, to) = (day(from), day(to));
            let sql = format!("SELECT 1 FROM designation WHERE from_day = '{from}' AND to_day = '{to}'");
            world.test.rows("62", &sql).len()
        };
        assert_eq!((between(10, 70), between(12, 742)), (1, 1), "{engine}");
    }
}

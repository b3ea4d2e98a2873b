//! Where a form goes: it is answered there, and does not leave for where nobody opens it.

use liant_app::casework::{self, Asked, Kind, Proposed, Reason, Slice};
use liant_model::Lang;

use crate::world::{ANNE, EMMA, GLOBAL, Someone, World, code, every_engine, may, propose, proposed};

fn to(organisation: Option<Someone>) -> Vec<Asked> {
    let form = Proposed { organisation: organisation.map(|one| one.organisation), ..proposed() };
    vec![Asked::GiveConsent(code("transmission")), Asked::Propose(form)]
}

fn waiting(world: &World, who: Someone) -> usize {
    let inbox =
        world.at(1, who, |context| casework::inbox(context, &world.workplace, Slice::default(), Lang::En));
    inbox.unwrap().lines.len()
}

#[test]
fn a_form_is_answered_where_it_went() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.orient_socially(EMMA);
        // The form goes to the south, though she lives in the north.
        world.act(0, world.yann, EMMA, to(Some(world.head_south)));
        assert_eq!((waiting(&world, world.head_south), waiting(&world, world.head)), (1, 0), "{engine}");
        let path = world.path(1, world.head, EMMA).unwrap();
        assert_eq!((may(&path, Kind::Accept), may(&path, Kind::Refuse)), (None, None), "{engine}");
        for asked in [Asked::Accept, Asked::Refuse(code("no-room"))] {
            let refused = world.try_act(1, world.head, EMMA, vec![asked]).unwrap().unwrap_err();
            assert_eq!((refused.reason, refused.rule), (Reason::NotYours, "route.to"), "{engine}");
        }
        let path = world.path(1, world.head_south, EMMA).unwrap();
        assert_eq!(may(&path, Kind::Accept), Some(true), "{engine}");
        world.act(1, world.head_south, EMMA, vec![Asked::Accept]);
        // Who sent it is told.
        let path = world.path(2, world.yann, EMMA).unwrap();
        assert_eq!(path.history[0].kind, "accepted", "{engine}");
    }
}

#[test]
fn a_form_that_nobody_may_open_does_not_leave() {
    for world in every_engine() {
        let engine = world.test.engine;
        // Nobody of that role works there; no clause lets her have it.
        for there in [world.yann, world.other_head] {
            let refused = world.try_act(0, world.yann, ANNE, to(Some(there))).unwrap().unwrap_err();
            assert_eq!((refused.reason, refused.rule), (Reason::NobodyOpens, "route.to"), "{engine}");
            assert_eq!(world.count("casework_event"), 0, "{engine}: she did not agree to what did not leave");
        }
        assert!(
            !world.try_act(0, world.yann, ANNE, to(Some(world.head))).unwrap().unwrap().events.is_empty()
        );
    }
}

#[test]
fn a_referent_of_a_mandated_structure_opens_what_she_is_named_to() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.act(0, world.yann, ANNE, propose());
        assert!(world.path(0, world.mia, ANNE).is_err(), "{engine}: she is not hers yet");
        let name = Asked::Name("social_referent".parse().unwrap(), world.mia.colleague());
        world.act(1, world.head, ANNE, vec![name]);
        let path = world.path(1, world.mia, ANNE).unwrap();
        let track = path.tracks.iter().find(|track| track.programme == code(GLOBAL)).unwrap();
        assert!(track.now.is_some(), "{engine}: the form is under way");
        let mine = world.at(1, world.mia, |context| {
            casework::caseload(context, &world.workplace, Slice::default(), Lang::En).unwrap()
        });
        assert_eq!(mine.lines.len(), 1, "{engine}");
    }
}

#[test]
fn of_two_communes_the_sender_says_to_which_service() {
    for world in every_engine() {
        let engine = world.test.engine;
        // One register has her in the north, another in the south.
        let anne = world.people[ANNE].0.simple().to_string();
        let anne = if engine == "postgres" { format!("'{anne}'::uuid") } else { format!("x'{anne}'") };
        let columns = [
            "profile",
            "sort_key",
            "birth_date",
            "commune",
            "service",
            "registered_on",
            "waiting_since",
            "found_by",
        ];
        let other = columns.map(|name| format!("other.{name}")).join(", ");
        let moved = format!(
            "INSERT INTO directory (territory_id, person_id, form, {})
             SELECT other.territory_id, {anne}, 9, {other} FROM directory AS other
             WHERE other.territory_id = '62' AND other.commune = '62193'",
            columns.join(", ")
        );
        world.test.commit_under("62", &moved, || {});
        let refused = world.try_act(0, world.yann, ANNE, propose()).unwrap().unwrap_err();
        assert_eq!(refused.reason, Reason::NobodyOpens, "{engine}: neither is hers more than the other");
        world.act(0, world.yann, ANNE, to(Some(world.head)));
        assert_eq!(waiting(&world, world.head), 1, "{engine}");
    }
}

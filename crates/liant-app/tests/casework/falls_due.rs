//! What falls due: each alert once, however often and however late the job runs; lists follow what is recorded.

use liant_app::casework::{self, AgendaRequest, DueReport, Slice, Whose};
use liant_model::Lang;

use crate::world::{ANNE, World, day, every_engine, propose};

fn run(world: &World, days: i64) -> DueReport {
    world.at(days, world.head, |context| casework::due(context, &world.workplace).unwrap())
}

#[test]
fn alerts_are_told_once() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.act(0, world.yann, ANNE, propose());
        assert_eq!(run(&world, 0).alerts, 0, "{engine}: nothing is due yet");
        // Entry: fourteen days before, by the eighth; again at seven days before and two days before.
        assert_eq!(run(&world, 8).alerts, 1, "{engine}");
        assert_eq!(run(&world, 8).alerts, 0, "{engine}: told once");
        assert_eq!(run(&world, 20).alerts, 2, "{engine}: a run that was away gives what it missed");
        assert_eq!(run(&world, 20).alerts, 0, "{engine}");
        assert_eq!(world.count("casework_alert"), 3, "{engine}");
        let told = world.test.rows("62", "SELECT told FROM casework_alert");
        assert!(told.iter().all(|row| row.contains("adviser local_service_head")), "{engine}: {told:?}");
    }
}

#[test]
fn an_agenda_holds_what_is_due_by_its_day() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.act(0, world.yann, ANNE, propose());
        for (until, lines) in [(day(20), 0), (day(21), 1), (day(60), 1)] {
            let request = AgendaRequest { whose: Whose::Service, until, page: Slice::default() };
            let agenda = world.at(1, world.head, |context| {
                casework::agenda(context, &world.workplace, &request, Lang::En).unwrap()
            });
            assert_eq!(agenda.lines.len(), lines, "{engine}: {until}");
        }
        // Lists are made again from what happened, whatever became of them.
        let before = world.test.rows("62", "SELECT programme, stage, due_on FROM casework_head");
        assert_eq!(run(&world, 1).remade, 0, "{engine}: they are as they should be");
        assert_eq!(before.len(), 1, "{engine}");
    }
}

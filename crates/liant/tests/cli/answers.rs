//! Answers about identity: whom they move, whom they bring back, and which questions are shown.

use std::collections::BTreeSet;

use liant_model::IdentityId;
use serde_json::Value;

use crate::files::{bytes, world};
use crate::installation::{Installation, every_engine};

/// Loads the files of a month, in an order: some questions are open.
fn load(installation: &Installation, order: [&'static str; 3]) {
    let world = world(500);
    let march = world.month(0).unwrap();
    for name in order {
        let file = match name {
            "personnes.csv" => bytes(|out, _| march.write_known_csv(out)),
            "rsabem.xml" => bytes(|out, options| march.write_rsabem(out, options)),
            _ => bytes(|out, options| march.write_pecgm(out, options)),
        };
        installation.import(installation.write(name, &file));
    }
}

fn open_questions(installation: &Installation) -> Vec<Value> {
    installation.json("clerk", &["review", "list"]).as_array().unwrap().clone()
}

/// What a question says of one side.
fn of<'q>(question: &'q Value, side: &str, what: &str) -> &'q str {
    question[side][what].as_str().unwrap()
}

fn gathered(installation: &Installation, person: &str) -> BTreeSet<IdentityId> {
    installation.gathered_in(person.parse().unwrap())
}

#[test]
fn an_acceptance_moves_the_whole_person_and_undoing_it_brings_her_back_together() {
    for installation in every_engine() {
        let engine = installation.engine();
        load(&installation, ["personnes.csv", "rsabem.xml", "pecgm.xml"]);
        let open = open_questions(&installation);
        // A newcomer whom another source has joined since the question was asked.
        let of_several =
            |question: &&Value| gathered(&installation, of(question, "newcomer", "person")).len() > 1;
        let question = open.iter().find(of_several).unwrap();
        let (identity, own) = (of(question, "newcomer", "identity"), of(question, "newcomer", "person"));
        let theirs = of(question, "candidate", "person");
        let (hers, others) = (gathered(&installation, own), gathered(&installation, theirs));
        let review = question["review"].as_str().unwrap();

        let said = installation.run("clerk", &["review", "accept", review]);
        assert_eq!((said.code, said.out.trim()), (Some(0), theirs), "{engine}: {said:?}");
        assert!(gathered(&installation, own).is_empty(), "{engine}: some of her stayed behind");
        let together: BTreeSet<_> = hers.union(&others).copied().collect();
        assert_eq!(gathered(&installation, theirs), together, "{engine}");
        assert_eq!(open_questions(&installation).len(), open.len() - 1, "{engine}");

        let undone = installation.json("clerk", &["review", "undo", identity]);
        assert_eq!((&undone["wrong_person"], &undone["person"]), (&theirs.into(), &own.into()), "{engine}");
        assert_eq!(gathered(&installation, own), hers, "{engine}: all who came along go back together");
        assert_eq!(gathered(&installation, theirs), others, "{engine}");
        assert_eq!(open_questions(&installation), open, "{engine}: the question is open again");

        // Undone once more, she comes apart from whom the machine joined her to: never back to the wrong person.
        let undone = installation.json("clerk", &["review", "undo", identity]);
        assert_eq!(undone["wrong_person"], own, "{engine}: {undone}");
        let alone = undone["person"].as_str().unwrap();
        assert!(alone != theirs && alone != own, "{engine}: {undone}");
        let herself = BTreeSet::from([identity.parse().unwrap()]);
        assert_eq!(gathered(&installation, alone), herself, "{engine}");
        assert_eq!(gathered(&installation, own), hers.difference(&herself).copied().collect(), "{engine}");
        assert_eq!(gathered(&installation, theirs), others, "{engine}");
        assert_eq!(open_questions(&installation).len(), open.len(), "{engine}");
        // She stands alone: there is nothing left to undo.
        let said = installation.run("clerk", &["review", "undo", identity]);
        assert_eq!(said.code, Some(2), "{engine}: {said:?}");
        assert_eq!(gathered(&installation, alone), herself, "{engine}");
    }
}

#[test]
fn a_question_whose_side_is_closed_is_left_out() {
    const CLOSED: &str = "france-travail";
    for installation in every_engine() {
        let engine = installation.engine();
        // Those of the closed source come first: what is left out must not be taken for the next.
        load(&installation, ["pecgm.xml", "personnes.csv", "rsabem.xml"]);
        let before = open_questions(&installation);
        let is_shown = |question: &&Value| {
            ["newcomer", "candidate"].iter().all(|side| of(question, side, "source") != CLOSED)
        };
        let shown: Vec<Value> = before.iter().filter(is_shown).cloned().collect();
        assert!(
            !shown.is_empty() && shown.len() < before.len(),
            "{engine}: {} of {}",
            shown.len(),
            before.len()
        );
        installation
            .edit_convention("# suspended = { since = 2026-06-01,", "suspended = { since = 2025-01-01,");
        // Each side that is left stands under its own person, with its own values.
        assert_eq!(open_questions(&installation), shown, "{engine}");
    }
}

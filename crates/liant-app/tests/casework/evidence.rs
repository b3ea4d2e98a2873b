//! The half-yearly list: names under a clause alone, frozen, signed by both parties, destroyed at its term.

use liant_app::AppError;
use liant_app::casework::{self, Asked, EvidenceList, HalfYear};
use liant_app::people::Format;
use liant_model::Lang;

use crate::world::{ANNE, EMMA, GLOBAL, Someone, World, code, every_engine, every_engine_with, propose};

/// The exchange, with a clause that lets the list name people: a director and an officer have it, and sign it.
fn with_a_clause(name: &str, text: &str) -> String {
    if !name.contains("echange-accompagnement-global") {
        return text.to_owned();
    }
    let roles = text
        .replace("\"evidence_officer\", \"dpo\"]", "\"evidence_officer\", \"orientation_officer\", \"dpo\"]")
        .replace(
            "roles    = [\"adviser\", \"dpo\"]",
            "roles    = [\"adviser\", \"agency_director\", \"dpo\"]",
        );
    assert!(roles.len() > text.len() + 40, "both parties have another role");
    format!(
        "{roles}
[[grant]]
clause   = \"avenant, liste semestrielle\"
to       = [\"france-travail/agency_director\", \"departement-62/orientation_officer\"]
purpose  = [\"fund-evidence\"]
sources  = [\"france-travail\"]
people   = \"everyone\"
fields   = [\"identity.birth_name\", \"identity.first_name\", \"identity.birth_date\"]
channels = [\"export\"]
keep     = \"signed-form\"
requires = [\"consent-to-form\"]
"
    )
}

/// The second half of 2026, seen in January 2027.
const LATER: i64 = 80;

fn half() -> HalfYear {
    "2026-2".parse().unwrap()
}

fn freeze(world: &World, days: i64, who: Someone) -> Result<EvidenceList, AppError> {
    world.at(days, who, |context| {
        casework::freeze_evidence(context, &world.workplace, (&code(GLOBAL), half()))
    })
}

fn sign(world: &World, days: i64, who: Someone, list: &EvidenceList) -> Result<EvidenceList, AppError> {
    world.at(days, who, |context| casework::sign_evidence(context, &world.workplace, (list.id, &list.hash)))
}

fn csv(world: &World, who: Someone, list: &EvidenceList) -> String {
    let file = world.at(LATER, who, |context| {
        casework::export_evidence(context, &world.workplace, (list.id, Format::Csv), Lang::En).unwrap()
    });
    String::from_utf8(file.bytes).unwrap()
}

#[test]
fn a_list_is_frozen_signed_by_both_and_stays_as_it_was() {
    for world in every_engine_with(with_a_clause) {
        let engine = world.test.engine;
        world.enter(ANNE);
        world.act(0, world.yann, EMMA, propose());
        let early = freeze(&world, 20, world.dora);
        assert!(matches!(early, Err(AppError::Value(_))), "{engine}: the half-year is not over: {early:?}");
        let nobody = world.at(LATER, world.dora, |context| {
            let half = "2026-1".parse().unwrap();
            casework::freeze_evidence(context, &world.workplace, (&code(GLOBAL), half)).unwrap()
        });
        assert_eq!(nobody.people, 0, "{engine}: a half-year of nobody has its list too");
        let list = freeze(&world, LATER, world.dora).unwrap();
        assert_eq!(
            (list.people, list.awaited.len()),
            (1, 2),
            "{engine}: who entered, and nobody who was proposed"
        );
        // Nobody has signed: it may be frozen again, and what was there before is no longer there to sign.
        let again = freeze(&world, LATER + 1, world.dora).unwrap();
        assert!(matches!(sign(&world, LATER + 2, world.dora, &list), Err(AppError::Absent(_))), "{engine}");
        let list = again;
        let one = sign(&world, LATER + 2, world.dora, &list).unwrap();
        assert_eq!(one.awaited, ["departement-62".parse().unwrap()], "{engine}");
        assert!(
            matches!(sign(&world, LATER + 2, world.dora, &list), Err(AppError::Store(_))),
            "{engine}: once"
        );
        assert!(
            matches!(freeze(&world, LATER + 2, world.officer), Err(AppError::Store(_))),
            "{engine}: signed"
        );
        let both = sign(&world, LATER + 3, world.officer, &list).unwrap();
        assert!(both.awaited.is_empty() && both.signatures.len() == 2, "{engine}");
        let text = csv(&world, world.officer, &both);
        assert!(text.contains("ABELARD;") && text.contains("1980-01-01"), "{engine}: {text}");
        assert!(
            !text.contains("BOUVIER") && !text.contains("1000001A"),
            "{engine}: no other, and what the clause lets out"
        );
        // What happens since changes nothing of it.
        world.act(70, world.yann, ANNE, vec![Asked::Withdraw]);
        assert_eq!(csv(&world, world.officer, &both), text, "{engine}");
        let lists = world.at(LATER, world.dora, |context| {
            casework::evidence_lists(context, &world.workplace, &code(GLOBAL)).unwrap()
        });
        assert_eq!(lists, [both, nobody], "{engine}: the latest half-year first");
        let desk = world.at(LATER, world.officer, |context| {
            casework::evidence_desk(context, &world.workplace, Lang::En).unwrap()
        });
        let halves: Vec<(String, bool, bool)> = desk.lists[0]
            .halves
            .iter()
            .map(|one| (one.half.to_string(), one.is_over, one.list.is_some()))
            .collect();
        assert_eq!(halves[0], ("2027-1".to_owned(), false, false), "{engine}: under way");
        assert_eq!(halves[1], ("2026-2".to_owned(), true, true), "{engine}");
        assert_eq!(halves.last().unwrap(), &("2024-1".to_owned(), true, false), "{engine}: since it began");
        let names: Vec<&String> = desk.names.values().collect();
        assert!(
            names.iter().all(|name| ["Dora D", "Odile O"].contains(&name.as_str())) && names.len() == 2,
            "{engine}: who signed"
        );
        assert!(desk.clauses[0].contains("liste semestrielle"), "{engine}: {:?}", desk.clauses);
        // What the store holds names nobody; what came out is on record.
        let content = String::from_utf8_lossy(&world.test.content("62")).into_owned();
        let rows = world.test.rows("62", "SELECT hash, people, kept_until FROM casework_evidence").join("|");
        assert!(rows.contains(&list.hash) && content.contains(&list.hash), "{engine}");
        let shown = world.test.rows("62", "SELECT what FROM access_record WHERE what LIKE 'list of 2026-2%'");
        assert_eq!(shown.len(), 4, "{engine}: frozen twice, taken out twice: {shown:?}");
    }
}

#[test]
fn without_a_clause_there_is_no_list() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        for who in [world.dora, world.officer, world.yann] {
            let refused = freeze(&world, LATER, who);
            assert!(matches!(refused, Err(AppError::Gate(_))), "{engine}: {refused:?}");
        }
        assert_eq!(world.count("casework_evidence"), 0, "{engine}");
    }
    for world in every_engine_with(with_a_clause) {
        let engine = world.test.engine;
        world.enter(ANNE);
        for who in [world.yann, world.claire, world.stella] {
            let refused = freeze(&world, LATER, who);
            assert!(matches!(refused, Err(AppError::Gate(_))), "{engine}: {refused:?}");
        }
    }
}

#[test]
fn a_list_goes_at_its_term() {
    for world in every_engine_with(with_a_clause) {
        let engine = world.test.engine;
        world.enter(ANNE);
        let list = freeze(&world, LATER, world.dora).unwrap();
        sign(&world, LATER + 2, world.dora, &list).unwrap();
        let due = || world.at(90, world.head, |context| casework::due(context, &world.workplace).unwrap());
        assert_eq!(due().lists_ended, 0, "{engine}");
        let over = "UPDATE casework_evidence SET kept_until = '2027-01-01' WHERE territory_id = '62'";
        world.test.commit_under("62", over, || {});
        assert_eq!(due().lists_ended, 1, "{engine}");
        let left = (world.count("casework_evidence"), world.count("casework_signature"));
        assert_eq!(left, (0, 0), "{engine}");
    }
}

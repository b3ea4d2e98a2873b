//! Minutes of committees and yearly reviews: written by one, sealed, signed by both, read by those who are told; figures as the dashboard has
//! them; nothing for anyone else.

use std::collections::BTreeMap;

use liant_access::{OrganisationKind as Kind, ProfessionalRole as Role};
use liant_app::casework::{
    self, ActionKey, Answered, CommitteeKey, Corrective, MeetingStanding, Minutes, MinutesFault, Month,
    PaperFormat, PaperTask, SealedLine,
};
use liant_app::people::Format;
use liant_app::{AppError, StoreError};
use liant_model::{Lang, Uuid};

use crate::world::{ANNE, GLOBAL, Someone, World, code, day, every_engine};

fn key(place: Option<Someone>) -> CommitteeKey {
    let committee = if place.is_some() { "operational" } else { "steering" };
    CommitteeKey {
        programme: code(GLOBAL),
        committee: code(committee),
        place: place.map(|one| one.organisation),
    }
}

/// What a meeting says, so many days on.
fn said(held: i64) -> Minutes {
    Minutes {
        held_on: day(held),
        present: [code("agency-director"), code("local-service-head")].into(),
        gaps: [code("entries-late")].into(),
        actions: vec![Corrective {
            action: code("earlier-interviews"),
            gap: code("entries-late"),
            party: "france-travail".parse().unwrap(),
            due: day(held + 30),
        }],
        answers: Vec::new(),
        practices: [code("joint-interviews")].into(),
        alerts: [code("posts-not-filled")].into(),
        next_on: day(held + 80),
    }
}

type Drafted = Result<Result<SealedLine, Vec<MinutesFault>>, AppError>;
type Replaced = Option<(Uuid, String)>;

fn draft(world: &World, days: i64, who: Someone, (said, replaces): (Minutes, Replaced)) -> Drafted {
    world.at(days, who, |context| {
        casework::draft_minutes(context, &world.workplace, &key(Some(world.head)), (said, replaces))
    })
}

fn sealed(world: &World, days: i64, who: Someone, said: Minutes) -> SealedLine {
    draft(world, days, who, (said, None)).unwrap().unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "what was read is given back where a draft may be none")]
fn read(line: &SealedLine) -> Replaced {
    Some((line.id, line.hash.clone()))
}

fn sign(world: &World, days: i64, who: Someone, line: &SealedLine) -> Result<SealedLine, AppError> {
    world.at(days, who, |context| casework::sign_paper(context, &world.workplace, (line.id, &line.hash)))
}

/// Minutes that both have signed.
fn complete(world: &World, days: i64, said: Minutes) -> SealedLine {
    let line = sealed(world, days, world.head, said);
    sign(world, days, world.head, &line).unwrap();
    sign(world, days, world.dora, &line).unwrap()
}

fn tasks(world: &World, days: i64, who: Someone) -> Vec<PaperTask> {
    world.at(days, who, |context| casework::papers_day(context, &world.workplace, Lang::En).unwrap())
}

fn is_absent<T>(answer: &Result<T, AppError>) -> bool {
    matches!(answer, Err(AppError::Absent(_)))
}

#[test]
fn minutes_are_sealed_signed_by_both_and_then_read_by_those_who_are_told() {
    for world in every_engine() {
        let engine = world.test.engine;
        let line = sealed(&world, 0, world.head, said(0));
        assert_eq!((line.is_complete, line.awaited.len()), (false, 2), "{engine}");
        let see = |days, who, id| {
            world.at(days, who, |context| casework::committee_paper(context, &world.workplace, id))
        };
        assert!(see(0, world.dora, line.id).unwrap().may_sign, "{engine}: the other leads it too");
        assert!(is_absent(&see(0, world.stella, line.id)), "{engine}: a draft is not for those who are told");
        let one = sign(&world, 1, world.head, &line).unwrap();
        assert_eq!((one.is_complete, one.awaited.len()), (false, 1), "{engine}");
        assert!(matches!(
            sign(&world, 1, world.head, &line),
            Err(AppError::Store(StoreError::Conflict { .. }))
        ));
        assert!(is_absent(&sign(&world, 1, world.stella, &line)), "{engine}: she signs none");
        let both = sign(&world, 2, world.dora, &line).unwrap();
        assert!(both.is_complete && both.awaited.is_empty() && both.signatures.len() == 2, "{engine}");
        assert_eq!(both.kept_until, "2031-11-04".parse().unwrap(), "{engine}: from the last signature on");
        let tara = world.hire(
            (Kind::FranceTravailDirection, "Direction", "france-travail"),
            ("tara", Role::TerritorialDirection),
        );
        for told in [world.stella, tara, world.head, world.dora] {
            let view = see(2, told, line.id).unwrap();
            assert!(!view.may_sign && !view.may_replace, "{engine}: it stays as it is");
            assert_eq!(view.minutes.unwrap().said, said(0), "{engine}");
            assert_eq!(view.names.len(), 2, "{engine}: who signed");
        }
        let after = draft(&world, 3, world.head, (said(0), read(&both)));
        assert!(matches!(after, Ok(Err(_))), "{engine}: a meeting later than that one: {after:?}");
        let other = Minutes { held_on: day(3), ..said(3) };
        let conflict = draft(&world, 3, world.head, (answered(other, &both, "done"), read(&both)));
        assert!(
            matches!(conflict, Err(AppError::Store(StoreError::Conflict { .. }))),
            "{engine}: {conflict:?}"
        );
    }
}

fn answered(mut said: Minutes, before: &SealedLine, state: &str) -> Minutes {
    let of = ActionKey { minutes: before.id, nth: 0 };
    said.answers = vec![Answered { of, state: code(state), reason: None }];
    said
}

#[test]
fn a_draft_is_replaced_as_it_was_read_and_signed_anew() {
    for world in every_engine() {
        let engine = world.test.engine;
        let first = sealed(&world, 0, world.head, said(0));
        sign(&world, 0, world.head, &first).unwrap();
        let taken = draft(&world, 0, world.dora, (said(0), None));
        assert!(
            matches!(taken, Err(AppError::Store(StoreError::Conflict { .. }))),
            "{engine}: one is there: {taken:?}"
        );
        let mut seals = vec![first.hash.clone()];
        // Whatever changes, the seal changes.
        let changes: [fn(&mut Minutes); 6] = [
            |_| {},
            |said| said.next_on = day(79),
            |said| said.actions[0].due = day(31),
            |said| said.actions[0].party = "departement-62".parse().unwrap(),
            |said| said.practices.clear(),
            |said| {
                said.present.insert(code("partner"));
            },
        ];
        let mut last = first.clone();
        for change in changes {
            let mut next = said(0);
            change(&mut next);
            let line = draft(&world, 0, world.dora, (next, read(&last))).unwrap().unwrap();
            assert!(line.signatures.is_empty() && !seals.contains(&line.hash), "{engine}: sealed anew");
            seals.push(line.hash.clone());
            last = line;
        }
        assert_eq!(world.count("committee_paper"), 1, "{engine}");
        assert_eq!(world.count("casework_signature"), 0, "{engine}: what she signed is no longer there");
        assert!(is_absent(&sign(&world, 0, world.dora, &first)), "{engine}: nor can it be signed");
        let stale = draft(&world, 0, world.head, (said(0), read(&first)));
        assert!(matches!(stale, Err(AppError::Store(StoreError::Conflict { .. }))), "{engine}: {stale:?}");
        // What the store holds is what was sealed, or nothing.
        let change = "UPDATE committee_paper SET body = REPLACE(body, 'joint-interviews', 'shared-slots')
            WHERE territory_id = '62'";
        let line = draft(&world, 0, world.head, (said(0), read(&last))).unwrap().unwrap();
        world.test.commit_under("62", change, || {});
        let damaged = sign(&world, 0, world.head, &line);
        assert!(matches!(damaged, Err(AppError::Store(StoreError::Damaged(_)))), "{engine}: {damaged:?}");
    }
}

#[test]
fn nobody_else_has_anything_of_a_committee() {
    for world in every_engine() {
        let engine = world.test.engine;
        let line = complete(&world, 0, said(0));
        for who in [
            world.head_south,
            world.other_head,
            world.yann,
            world.claire,
            world.dpo,
            world.officer,
            world.mia,
        ] {
            let role = who.role.code();
            let seen =
                world.at(1, who, |context| casework::committee_paper(context, &world.workplace, line.id));
            assert!(is_absent(&seen), "{engine}: {role} reads it");
            let file = world.at(1, who, |context| {
                casework::paper_file(context, &world.workplace, (line.id, PaperFormat::Json), Lang::En)
            });
            assert!(is_absent(&file), "{engine}: {role} has it as a file");
            assert!(is_absent(&draft(&world, 1, who, (said(1), None))), "{engine}: {role} writes it");
        }
        for who in [world.other_head, world.yann, world.dpo] {
            let desk = world.at(1, who, |context| casework::papers_desk(context, &world.workplace, Lang::En));
            assert!(is_absent(&desk), "{engine}: {}", who.role.code());
            assert_eq!(tasks(&world, 1, who), [], "{engine}");
        }
        // The head of the other service has her own committee, and it is empty.
        let south = world.at(1, world.head_south, |context| {
            casework::papers_desk(context, &world.workplace, Lang::En).unwrap()
        });
        assert_eq!(south.committees.len(), 1, "{engine}");
        assert!(south.committees[0].papers.is_empty() && south.committees[0].open.is_empty(), "{engine}");
        // Those who are told write nothing.
        assert!(is_absent(&draft(&world, 1, world.stella, (said(1), None))), "{engine}");
    }
}

#[test]
fn an_action_is_answered_at_the_next_meeting_and_shows_when_it_is_late() {
    for world in every_engine() {
        let engine = world.test.engine;
        // Before anything is written down a meeting is owed, and has no day.
        let owed = tasks(&world, 0, world.head);
        assert!(
            matches!(&owed[..], [PaperTask::Meet { standing: MeetingStanding::Never, .. }]),
            "{engine}: {owed:?}"
        );
        let line = sealed(&world, 0, world.head, said(0));
        assert!(
            matches!(&tasks(&world, 0, world.dora)[..], [PaperTask::Sign { .. }, PaperTask::Meet { .. }]),
            "{engine}: hers to sign; the south has not met"
        );
        sign(&world, 0, world.head, &line).unwrap();
        assert_eq!(tasks(&world, 0, world.head), [], "{engine}: hers is signed");
        let first = sign(&world, 0, world.dora, &line).unwrap();
        assert_eq!(tasks(&world, 30, world.head), [], "{engine}: due today is not late");
        let late = tasks(&world, 31, world.head);
        assert!(
            matches!(&late[..], [PaperTask::Overdue { count: 1, first, .. }] if *first == day(30)),
            "{engine}: {late:?}"
        );
        let soon = tasks(&world, 70, world.head);
        assert!(
            matches!(
                &soon[..],
                [PaperTask::Meet { standing: MeetingStanding::Soon, .. }, PaperTask::Overdue { .. }]
            ),
            "{engine}: {soon:?}"
        );
        let late = tasks(&world, 100, world.head);
        assert!(
            matches!(&late[..], [PaperTask::Meet { standing: MeetingStanding::Late, .. }, ..]),
            "{engine}"
        );
        let silent = draft(&world, 75, world.dora, (said(75), None)).unwrap();
        let open = ActionKey { minutes: first.id, nth: 0 };
        assert_eq!(silent.unwrap_err(), [MinutesFault::Unanswered(open)], "{engine}");
        complete(&world, 75, answered(said(75), &first, "going-on"));
        let again = tasks(&world, 75, world.head);
        assert!(
            matches!(&again[..], [PaperTask::Overdue { .. }]),
            "{engine}: it goes on, and is late: {again:?}"
        );
        let form = world.at(76, world.head, |context| {
            casework::minutes_form(context, &world.workplace, &key(Some(world.head))).unwrap()
        });
        assert_eq!(form.open.len(), 2, "{engine}: that one, and the new one");
        let mut last = answered(said(76), &first, "done");
        let second =
            Answered { of: form.open[1].key, state: code("given-up"), reason: Some(code("no-means")) };
        last.answers.push(second);
        last.actions.clear();
        let last = complete(&world, 76, last);
        assert_eq!(tasks(&world, 77, world.head), [], "{engine}: nothing is late any more");
        let desk = world.at(77, world.stella, |context| {
            casework::papers_desk(context, &world.workplace, Lang::En).unwrap()
        });
        let north = desk.committees.iter().find(|one| one.key == key(Some(world.head))).unwrap();
        assert_eq!((north.papers.len(), north.open.len()), (3, 0), "{engine}");
        assert_eq!(north.papers[0].id, last.id, "{engine}: the latest first");
        let steering = desk.committees.iter().find(|one| one.key == key(None)).unwrap();
        assert_eq!(steering.alerted.len(), 3, "{engine}: it is alerted by those below");
    }
}

#[test]
fn the_figures_are_those_of_the_dashboard() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let line = complete(&world, 35, said(35));
        let view = world.at(35, world.stella, |context| {
            casework::committee_paper(context, &world.workplace, line.id).unwrap()
        });
        let frozen = view.minutes.unwrap().months;
        assert_eq!(
            frozen.iter().map(|one| one.month.as_str()).collect::<Vec<_>>(),
            ["2026-09", "2026-10", "2026-11"]
        );
        for month in &frozen {
            let of: Month = month.month.parse().unwrap();
            let shown = world.at(35, world.stella, |context| {
                casework::committee(context, &world.workplace, (&code(GLOBAL), of), Lang::En).unwrap()
            });
            let place = shown.places.iter().find(|one| one.place == Some(world.head.organisation));
            assert_eq!(month.total, shown.total, "{engine}");
            assert_eq!(month.place, place.map(|one| one.figures.clone()), "{engine}");
            assert_eq!(month.counted_at, shown.made_at, "{engine}: counted once");
        }
        // One person entered: nothing tells it.
        assert_eq!(frozen[2].total.entries, None, "{engine}");
        let files =
            [Format::Csv, Format::Xlsx].map(PaperFormat::Table).into_iter().chain([PaperFormat::Json]);
        for format in files {
            let bytes = world.at(35, world.head, |context| {
                casework::paper_file(context, &world.workplace, (line.id, format), Lang::Fr).unwrap()
            });
            assert!(!bytes.is_empty(), "{engine}");
            if format == PaperFormat::Json {
                let text = String::from_utf8(bytes).unwrap();
                let (_, content) = text.split_once("\"content\":").unwrap();
                let content = content.trim_end().strip_suffix('}').unwrap();
                let hash = ring::digest::digest(&ring::digest::SHA256, content.as_bytes());
                let hash = hash.as_ref().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
                assert_eq!(hash, line.hash, "{engine}: whoever has it reckons the seal again");
                assert!(!text.contains(&world.head.account.to_string()), "{engine}: no account leaves");
            } else if format == PaperFormat::Table(Format::Csv) {
                let text = String::from_utf8(bytes).unwrap();
                assert!(
                    text.contains("masqué (moins de 5)") && text.contains("réserver des créneaux"),
                    "{engine}: {text}"
                );
            }
        }
    }
}

/// The amounts of a party, line by line.
fn amounts(lines: &[(&str, u32)]) -> BTreeMap<casework::Code, u32> {
    lines.iter().map(|(line, euros)| (code(line), *euros)).collect()
}

const OURS: [(&str, u32); 5] = [
    ("posts", 300_000),
    ("mandated-structures", 120_000),
    ("running-costs", 9_000),
    ("aids", 4_500),
    ("esf", 0),
];
const THEIRS: [(&str, u32); 4] =
    [("posts", 410_000), ("running-costs", 12_000), ("aids", 0), ("esf", 60_000)];

#[test]
fn a_review_has_the_amounts_of_both_and_is_signed_by_both() {
    for world in every_engine() {
        let engine = world.test.engine;
        let tara = world.hire(
            (Kind::FranceTravailDirection, "Direction", "france-travail"),
            ("tara", Role::TerritorialDirection),
        );
        complete(&world, 0, said(0));
        let write = |days: i64, who: Someone, year: i16, lines: &[(&str, u32)], replaces: Replaced| {
            world.at(days, who, |context| {
                casework::draft_review(
                    context,
                    &world.workplace,
                    (&code(GLOBAL), year),
                    (amounts(lines), replaces),
                )
            })
        };
        assert!(is_absent(&write(0, world.stella, 2026, &OURS, None)), "{engine}: the year is not over");
        assert!(is_absent(&write(80, world.head, 2026, &OURS, None)), "{engine}: she signs none");
        let faults = write(80, world.stella, 2026, &OURS[..4], None).unwrap().unwrap_err();
        assert_eq!(faults, [MinutesFault::NoAmount(code("esf"))], "{engine}");
        let half = write(80, world.stella, 2026, &OURS, None).unwrap().unwrap();
        let early = sign(&world, 80, world.stella, &half);
        assert!(matches!(early, Err(AppError::Value(_))), "{engine}: amounts are missing: {early:?}");
        let whole = write(81, tara, 2026, &THEIRS, read(&half)).unwrap().unwrap();
        assert_ne!(whole.hash, half.hash, "{engine}");
        // Due by 30 June: told two months before.
        let reviews = |days, who| {
            let all = tasks(&world, days, who).into_iter();
            all.filter(|one| matches!(one, PaperTask::Review { .. })).collect::<Vec<_>>()
        };
        assert_eq!(reviews(178, world.stella), [], "{engine}: 29 April");
        let due = reviews(179, world.stella);
        assert!(
            matches!(&due[..], [PaperTask::Review { year: 2026, by, sign: Some(_), .. }] if *by == "2027-06-30".parse().unwrap()),
            "{engine}: {due:?}"
        );
        sign(&world, 90, world.stella, &whole).unwrap();
        assert_eq!(reviews(179, world.stella), [], "{engine}: hers is signed");
        let done = sign(&world, 91, tara, &whole).unwrap();
        assert!(done.is_complete, "{engine}");
        let again = write(92, tara, 2026, &THEIRS, read(&done));
        assert!(matches!(again, Err(AppError::Store(StoreError::Conflict { .. }))), "{engine}: {again:?}");
        let view = world
            .at(92, tara, |context| casework::committee_paper(context, &world.workplace, done.id).unwrap());
        let content = view.review.unwrap();
        assert_eq!((content.year, content.months.len(), content.meetings.len()), (2026, 12, 1), "{engine}");
        assert_eq!((content.actions.len(), content.amounts.len()), (1, 2), "{engine}");
        assert_eq!(content.amounts[&"departement-62".parse().unwrap()][&code("posts")], 300_000, "{engine}");
        for who in [world.head, world.dora, world.yann, world.other_head] {
            let seen =
                world.at(92, who, |context| casework::committee_paper(context, &world.workplace, done.id));
            assert!(is_absent(&seen), "{engine}: {}", who.role.code());
        }
    }
}

#[test]
fn a_paper_goes_at_its_term_and_travels_until_then() {
    for world in every_engine() {
        let engine = world.test.engine;
        complete(&world, 0, said(0));
        let due = || world.at(90, world.head, |context| casework::due(context, &world.workplace).unwrap());
        assert_eq!(due().papers_ended, 0, "{engine}");
        let over = "UPDATE committee_paper SET kept_until = '2027-01-01' WHERE territory_id = '62'";
        world.test.commit_under("62", over, || {});
        assert_eq!(due().papers_ended, 1, "{engine}");
        assert_eq!((world.count("committee_paper"), world.count("casework_signature")), (0, 0), "{engine}");
    }
}

#[test]
fn without_a_clause_on_papers_nothing_is_written() {
    let without = |name: &str, text: &str| {
        if name == "62-accompagnement-global.toml" {
            text.replace("starts = \"signature\"", "starts = \"last_use\"")
        } else {
            text.to_owned()
        }
    };
    for world in crate::world::every_engine_with(without) {
        let refused = draft(&world, 0, world.head, (said(0), None));
        assert!(matches!(refused, Err(AppError::Value(_))), "{}: {refused:?}", world.test.engine);
        assert_eq!(world.count("committee_paper"), 0);
    }
}

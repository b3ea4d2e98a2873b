//! Each party's own working record: who writes, when, in which codes; and that nothing of it depends on what another party does.

use liant_casework::*;
use liant_model::{ActionId, GoalId, Party, Uuid};
use proptest::prelude::*;

use crate::story::*;

const ON: &str = "2026-03-10";
const FT: &str = "france-travail";
const OURS: &str = "departement-62";
/// Who stands beside her in [`entered`].
const YANN: u128 = 1;
const CLAIRE: u128 = 2;

fn party(name: &str) -> Party {
    Party::parse(name).unwrap()
}

fn goal(number: u128) -> GoalId {
    GoalId(Uuid::from_u128(number))
}

fn action(number: u128) -> ActionId {
    ActionId(Uuid::from_u128(number))
}

fn coding(text: &str) -> Coding {
    let mut parts = text.split('/').map(code);
    let (nomenclature, version) = (parts.next().unwrap(), parts.next().unwrap());
    Coding { nomenclature, version, code: parts.next().unwrap() }
}

fn keep(party_name: &str, who: u128, order: RecordOrder) -> Order {
    Order::KeepRecord(Keeping { party: party(party_name), who: someone(who), order })
}

fn set_goal(number: u128, what: &str) -> RecordOrder {
    RecordOrder::SetGoal { goal: goal(number), coding: coding(what) }
}

fn move_goal(number: u128, state: &str, reason: Option<&str>) -> RecordOrder {
    RecordOrder::MoveGoal { goal: goal(number), state: code(state), reason: reason.map(code) }
}

fn set_action(of_goal: u128, number: u128, of: &str) -> RecordOrder {
    RecordOrder::SetAction { goal: goal(of_goal), action: action(number), of: code(of) }
}

fn move_action(number: u128, state: &str, reason: Option<&str>) -> RecordOrder {
    RecordOrder::MoveAction { action: action(number), state: code(state), reason: reason.map(code) }
}

fn barrier(theme: &str, state: &str) -> RecordOrder {
    RecordOrder::NoteBarrier { theme: code(theme), state: code(state) }
}

fn skill(what: &str) -> RecordOrder {
    RecordOrder::GainSkill { skill: coding(what) }
}

fn progress(theme: Option<&str>, level: &str) -> RecordOrder {
    RecordOrder::NoteProgress { theme: theme.map(code), level: code(level) }
}

impl Story {
    fn social(&mut self, on: &str, order: RecordOrder) {
        self.order("social_referent", on, keep(OURS, CLAIRE, order));
    }

    fn record(&self, of: &str) -> &WorkingRecord {
        self.path.record(&self.programme, &party(of)).unwrap()
    }
}

/// Someone whose social referent has written of a goal with an action, of a barrier, a skill and progress.
fn written() -> Story {
    let mut story = entered("2026-03-02", "6 months");
    for order in [
        barrier("housing", "open"),
        set_goal(1, "liant/1/find-housing"),
        set_action(1, 11, "file"),
        skill("liant/1/fill-forms"),
        progress(None, "first-steps"),
        progress(Some("housing"), "to-start"),
    ] {
        story.social(ON, order);
    }
    story
}

#[test]
fn what_is_written_is_there_with_its_days() {
    let mut story = written();
    story.social("2026-04-01", move_action(11, "done", None));
    story.social("2026-04-02", barrier("housing", "being-lifted"));
    story.social("2026-05-04", move_goal(1, "reached", None));
    story.social("2026-05-04", barrier("housing", "lifted"));
    let record = story.record(OURS);
    assert_eq!(record.version, 10);
    let [one] = record.goals.as_slice() else { panic!("{:?}", record.goals) };
    assert_eq!(
        (one.theme.as_str(), one.set.on, one.coding.code.as_str()),
        ("housing", day(ON), "find-housing")
    );
    assert_eq!((one.standing.state.as_str(), one.standing.since.on), ("reached", day("2026-05-04")));
    let [act] = one.actions.as_slice() else { panic!("{:?}", one.actions) };
    assert_eq!((act.of.as_str(), act.standing.state.as_str(), act.left), ("file", "done", false));
    let (state, since) = record.barrier(&code("housing")).unwrap();
    assert_eq!((state.as_str(), since.on), ("lifted", day("2026-05-04")));
    assert_eq!(record.barriers.len(), 3, "where it stood before is kept");
    assert_eq!(record.skills.first().unwrap().0, coding("liant/1/fill-forms"));
    assert_eq!(record.progress.len(), 2);
    assert!(story.path.record(&story.programme, &party(FT)).is_none(), "the other party wrote nothing");
}

#[test]
fn what_is_under_way_when_a_goal_is_closed_is_left_with_it() {
    let mut story = written();
    story.social(ON, set_action(1, 12, "aid"));
    story.social(ON, move_action(12, "done", None));
    story.social("2026-04-01", move_goal(1, "abandoned", Some("her-choice")));
    let one = story.record(OURS).goal(goal(1)).unwrap();
    assert_eq!(one.standing.reason, Some(code("her-choice")));
    let left: Vec<_> = one.actions.iter().map(|act| (act.standing.state.as_str(), act.left)).collect();
    assert_eq!(left, [("planned", true), ("done", false)]);
    // The same goal may be set again.
    story.social("2026-04-02", set_goal(2, "liant/1/find-housing"));
    assert_eq!(story.record(OURS).goals.len(), 2);
}

#[test]
fn each_order_is_refused_by_its_rule() {
    let social = "social_referent";
    let of_claire = |order| keep(OURS, CLAIRE, order);
    for (by, on, order, reason, rule) in [
        // Who writes.
        ("local_service_head", ON, keep(OURS, 3, skill("liant/1/plan-steps")), Reason::NotYours, "record.by"),
        (social, ON, keep(OURS, 3, skill("liant/1/plan-steps")), Reason::NotReferent, "record.by"),
        // The adviser of the path, in a role that is not hers there.
        (social, ON, keep(FT, YANN, skill("liant/1/plan-steps")), Reason::NotReferent, "record.by"),
        (
            "caf_worker",
            ON,
            keep("caf-62", CLAIRE, skill("liant/1/plan-steps")),
            Reason::NotReferent,
            "record.by",
        ),
        // When.
        (social, "2026-03-01", of_claire(skill("liant/1/plan-steps")), Reason::TooEarly, "command.on"),
        (social, "2026-03-09", of_claire(move_goal(1, "reached", None)), Reason::TooEarly, "command.on"),
        (social, "2026-03-09", of_claire(set_action(1, 12, "aid")), Reason::TooEarly, "command.on"),
        (social, "2026-03-09", of_claire(move_action(11, "done", None)), Reason::TooEarly, "command.on"),
        (social, "2026-03-09", of_claire(barrier("housing", "lifted")), Reason::TooEarly, "command.on"),
        // Which goal.
        (social, ON, of_claire(set_goal(2, "liant/1/find-housing")), Reason::GoalOpen, "record.goal_state"),
        (social, ON, of_claire(set_goal(1, "liant/1/budget")), Reason::Stale, "command.expected"),
        (
            social,
            ON,
            of_claire(set_goal(2, "liant/1/win-the-lottery")),
            Reason::NotInRecord,
            "record.nomenclature",
        ),
        (social, ON, of_claire(set_goal(2, "liant/2/budget")), Reason::NotInRecord, "record.nomenclature"),
        // France Travail's constraints are for its advisers.
        (
            social,
            ON,
            of_claire(set_goal(2, "france-travail/v1/25")),
            Reason::NotYours,
            "record.nomenclature.by",
        ),
        (social, ON, of_claire(move_goal(9, "reached", None)), Reason::NoGoal, "record.goal_state"),
        (social, ON, of_claire(set_action(9, 12, "aid")), Reason::NoGoal, "record.goal_state"),
        (social, ON, of_claire(move_action(19, "done", None)), Reason::NoAction, "record.action"),
        (social, ON, of_claire(set_action(1, 11, "aid")), Reason::Stale, "command.expected"),
        // Which code.
        (social, ON, of_claire(set_action(1, 12, "lunch")), Reason::NotInRecord, "record.action"),
        (social, ON, of_claire(move_goal(1, "done", None)), Reason::NotInRecord, "record.goal_state"),
        (social, ON, of_claire(move_goal(1, "in-progress", None)), Reason::SameState, "record"),
        (social, ON, of_claire(move_goal(1, "abandoned", None)), Reason::WhyMissing, "record.reason"),
        (
            social,
            ON,
            of_claire(move_goal(1, "abandoned", Some("rain"))),
            Reason::UnknownReason,
            "record.reason",
        ),
        (
            social,
            ON,
            of_claire(move_goal(1, "reached", Some("her-choice"))),
            Reason::ReasonNotNow,
            "record.reason",
        ),
        (social, ON, of_claire(move_action(11, "given-up", None)), Reason::WhyMissing, "record.reason"),
        (social, ON, of_claire(barrier("housing", "open")), Reason::SameState, "record"),
        (social, ON, of_claire(barrier("weather", "open")), Reason::NotInRecord, "record.theme"),
        (social, ON, of_claire(barrier("housing", "gone")), Reason::NotInRecord, "record.barrier_state"),
        (social, ON, of_claire(skill("liant/1/fill-forms")), Reason::SkillHeld, "record.nomenclature"),
        (social, ON, of_claire(skill("liant/1/juggling")), Reason::NotInRecord, "record.nomenclature"),
        (social, ON, of_claire(progress(None, "flying")), Reason::NotInRecord, "record.level"),
        (social, ON, of_claire(progress(Some("weather"), "autonomous")), Reason::NotInRecord, "record.theme"),
    ] {
        let mut story = written();
        let told = format!("{by}, {on}: {order:?}");
        let (found, refusal) = story.refused(by, on, order);
        assert_eq!((found, refusal.rule), (reason, rule), "{told}");
    }
}

#[test]
fn nothing_is_written_on_what_is_closed() {
    let mut story = written();
    story.social("2026-04-01", move_action(11, "given-up", Some("no-offer")));
    let closed = move_action(11, "done", None);
    let refused = story.refused("social_referent", "2026-04-01", keep(OURS, CLAIRE, closed)).0;
    assert_eq!(refused, Reason::ActionClosed);
    story.social("2026-04-01", set_action(1, 12, "aid"));
    story.social("2026-04-02", move_goal(1, "reached", None));
    for order in [
        set_action(1, 13, "aid"),
        move_action(12, "done", None),
        move_goal(1, "abandoned", Some("her-choice")),
        move_goal(1, "in-progress", None),
    ] {
        let refused = story.refused("social_referent", "2026-04-02", keep(OURS, CLAIRE, order)).0;
        assert_eq!(refused, Reason::GoalClosed);
    }
}

#[test]
fn a_record_is_written_while_the_accompaniment_runs() {
    let order = || keep(FT, YANN, progress(None, "first-steps"));
    let mut story = Story::of(GLOBAL);
    assert_eq!(story.refused("adviser", "2026-03-02", order()).0, Reason::NothingOpen);
    let mut story = proposed("2026-03-02");
    assert_eq!(story.refused("adviser", "2026-03-02", order()).0, Reason::WrongStage);
    let mut story = entered("2026-03-02", "6 months");
    story.order("adviser", ON, order());
    reviewed(&mut story, "2026-04-01");
    story.order("adviser", "2026-04-02", end("training"));
    assert_eq!(story.refused("adviser", "2026-04-02", order()).0, Reason::NothingOpen);
    assert_eq!(story.record(FT).progress.len(), 1, "what was written stays");
}

#[test]
fn who_takes_over_goes_on_with_the_record_of_her_party() {
    let mut story = written();
    let hand_over = Order::HandOver { role: role("social_referent"), from: someone(CLAIRE), to: someone(3) };
    story.order("local_service_head", "2026-04-01", hand_over);
    let moved = move_goal(1, "reached", None);
    let gone = story.refused("social_referent", "2026-04-02", keep(OURS, CLAIRE, moved.clone())).0;
    assert_eq!(gone, Reason::NotReferent);
    // Of another party she has a record of her own, with none of those goals.
    let other =
        story.refused("social_referent", "2026-04-02", keep("structure-mandatee-62", 3, moved.clone())).0;
    assert_eq!(other, Reason::NoGoal);
    story.order("social_referent", "2026-04-02", keep(OURS, 3, moved));
    assert!(story.record(OURS).goal(goal(1)).unwrap().standing.closed);
}

#[test]
fn codes_are_of_their_version() {
    let mut story = entered("2026-03-02", "6 months");
    // In its first version 4 is a goal of the family; in its fourth, of mobility.
    story.order("adviser", ON, keep(FT, YANN, set_goal(1, "france-travail/v1/4")));
    story.order("adviser", ON, keep(FT, YANN, set_goal(2, "france-travail/v4/4")));
    let themes: Vec<_> = story.record(FT).goals.iter().map(|one| one.theme.as_str()).collect();
    assert_eq!(themes, ["family", "transport"]);
}

#[test]
fn a_programme_without_a_record_keeps_none() {
    let mut story = Story::of(YOUTH);
    let order = keep("mission-locale", 1, progress(None, "first-steps"));
    assert_eq!(story.refused("adviser", "2026-03-02", order).0, Reason::NoRecord);
}

#[test]
fn it_tells_nobody_and_moves_no_delay() {
    let mut story = entered("2026-03-02", "6 months");
    let before = clocks_of(&story);
    for (place, order) in [
        set_goal(1, "liant/1/budget"),
        set_action(1, 11, "workshop"),
        move_action(11, "done", None),
        move_goal(1, "reached", None),
        barrier("financial", "lifted"),
        skill("liant/1/manage-budget"),
        progress(None, "autonomous"),
    ]
    .into_iter()
    .enumerate()
    {
        let events = story.order("adviser", ON, keep(FT, YANN, order));
        let programme = story.programmes.on(&story.programme, day(ON)).unwrap();
        for event in &events {
            assert_eq!(told(programme, None, event), Vec::<&liant_model::Role>::new(), "{place}");
            let text = serde_json::to_string(event).unwrap();
            assert_eq!(&serde_json::from_str::<Event>(&text).unwrap(), event);
            let more = text.replacen("\"entry\":{", "\"entry\":{\"note\":\"elle va mieux\",", 1);
            assert_ne!(more, text);
            assert!(serde_json::from_str::<Event>(&more).is_err(), "no room for a note: {more}");
        }
    }
    assert_eq!(clocks_of(&story), before);
}

fn clocks_of(story: &Story) -> Vec<(String, jiff::civil::Date)> {
    let all = clocks(&story.programmes, &story.path);
    all.iter().map(|clock| (clock.rule.id.to_string(), clock.due)).collect()
}

/// The correspondences with the form: each of its seven barriers is a theme, once.
#[test]
fn the_barriers_of_the_form_are_themes_and_two_constraints_are_no_barrier() {
    let programmes = shipped();
    for id in [GLOBAL, SOCIAL, RSA] {
        let programme = programmes.version(&code(id), 1).unwrap();
        let rule = programme.record.as_ref().unwrap();
        for barrier in Barrier::ALL {
            let of = rule.themes.iter().filter(|theme| theme.barrier == Some(*barrier));
            assert_eq!(of.count(), 1, "{id}: {barrier}");
        }
        let health: Vec<_> = rule.themes.iter().filter(|one| one.health).map(|one| one.id.as_str()).collect();
        assert_eq!(health, ["health"], "{id}");
        let plain = rule.nomenclature(&code("liant"), &code("1")).unwrap();
        for theme in rule.themes.iter().filter(|one| one.barrier.is_some()) {
            assert!(plain.goals.iter().any(|goal| goal.theme == theme.id), "{id}: {}", theme.id);
        }
        assert!(plain.goals.iter().all(|goal| goal.text.is_some()), "{id}: in plain words");
    }
    let rule = programmes.version(&code(GLOBAL), 1).unwrap().record.as_ref().unwrap();
    let of = |version: &str| {
        let list = rule.nomenclature(&code("france-travail"), &code(version)).unwrap();
        let barrier = |theme: &CodedTheme| rule.theme(&theme.theme).unwrap().barrier;
        let coded = list.themes.iter().map(|theme| (theme.id.as_str(), barrier(theme)));
        coded.collect::<Vec<_>>()
    };
    let first = [
        ("23", Some(Barrier::Transport)),
        ("24", Some(Barrier::Family)),
        ("25", Some(Barrier::Health)),
        ("26", None),
        ("27", Some(Barrier::Housing)),
        ("28", Some(Barrier::Financial)),
        ("29", Some(Barrier::Administrative)),
    ];
    assert_eq!(of("v1"), first);
    assert_eq!(of("v4").first(), Some(&("22", None)));
    assert_eq!(of("v4").get(1..), Some(&first[..]));
    assert!(of("v4").iter().all(|(_, barrier)| *barrier != Some(Barrier::Communication)));
}

/// What somebody tries to write: any of it may be refused.
fn tries() -> impl Strategy<Value = Vec<(bool, u8, RecordOrder)>> {
    let number = || 1_u128..5;
    let order = prop_oneof![
        (number(), 0_usize..3).prop_map(|(id, what)| {
            set_goal(id, ["liant/1/budget", "liant/1/find-housing", "france-travail/v1/4"][what])
        }),
        (number(), any::<bool>()).prop_map(|(id, is_reached)| {
            if is_reached {
                move_goal(id, "reached", None)
            } else {
                move_goal(id, "abandoned", Some("her-choice"))
            }
        }),
        (number(), number()).prop_map(|(id, act)| set_action(id, act + 10, "file")),
        number().prop_map(|act| move_action(act + 10, "done", None)),
        (0_usize..3).prop_map(|state| barrier("housing", ["open", "being-lifted", "lifted"][state])),
        Just(skill("liant/1/plan-steps")),
        any::<bool>().prop_map(|all| progress((!all).then_some("family"), "with-support")),
    ];
    proptest::collection::vec((any::<bool>(), 0_u8..60, order), 0..40)
}

proptest! {
    /// Whatever the other party does, and in whatever order, a party's record is the one that its own people wrote: the same answers to
    /// the same orders, and the same record of the same events. Nothing else of the path moves by it.
    #[test]
    fn a_record_never_depends_on_the_other_party(tries in tries()) {
        let mut both = entered("2026-03-02", "6 months");
        let mut alone = both.clone();
        let rest = |story: &Story| {
            let mut path = story.path.clone();
            path.version = 0;
            for track in path.tracks.values_mut() {
                track.records.clear();
            }
            path
        };
        let before = rest(&both);
        for (is_social, days, order) in tries {
            let on = day("2026-03-02").saturating_add(jiff::Span::new().days(i64::from(days))).to_string();
            let (by, of, who) =
                if is_social { ("social_referent", OURS, CLAIRE) } else { ("adviser", FT, YANN) };
            let order = keep(of, who, order);
            let answer = both.try_order(by, &on, order.clone()).map(|events| events.len());
            if is_social {
                let expected = alone.try_order(by, &on, order).map(|events| events.len());
                prop_assert_eq!(answer, expected);
            }
        }
        let ours = |story: &Story| story.path.record(&story.programme, &party(OURS)).cloned();
        prop_assert_eq!(ours(&both), ours(&alone));
        let own = |event: &&Event| !matches!(&event.what, Happened::WorkingRecord { party, .. } if party.as_str() != OURS);
        let kept = replay(both.history.iter().filter(own));
        prop_assert_eq!(kept.record(&both.programme, &party(OURS)).cloned(), ours(&both));
        prop_assert_eq!(replay(&both.history).record(&both.programme, &party(OURS)).cloned(), ours(&both));
        prop_assert_eq!(rest(&both), before);
    }
}

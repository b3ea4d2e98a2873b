//! The whole life of an accompaniment, and of one that is refused.

use liant_app::casework::{self, Asked, CaseworkStage, Fill, Kind, Listing, Reason, Slice, Whose};
use liant_model::{Field, Lang, Role, Source};

use crate::world::{
    ANNE, EMMA, GLOBAL, code, day, done, entry, every_engine, may, met, propose, proposed, territory,
};

#[test]
fn from_proposal_to_exit() {
    for world in every_engine() {
        let engine = world.test.engine;
        let (yann, claire, head) = (world.yann, world.claire, world.head);
        // Without consent no form leaves, and the page says why.
        let path = world.path(0, yann, ANNE).unwrap();
        assert_eq!((path.version, path.history.len()), (0, 0), "{engine}");
        assert_eq!((may(&path, Kind::GiveConsent), may(&path, Kind::Propose)), (Some(true), Some(false)));
        assert_eq!(path.name.said(Field::BirthName).unwrap().1, "ABELARD", "{engine}: the page has a name");
        // Only her consent lacks, which the adviser records with the form; for the worker of the CAF something else does.
        let of = |role: &str| {
            let mut choices = path.tracks.iter().flat_map(|track| &track.choices);
            let is_it = |one: &&casework::Choice| {
                one.kind == Kind::Propose && one.role.as_ref().is_some_and(|held| held.as_str() == role)
            };
            choices.find(is_it).unwrap()
        };
        let (head_of, caf) = (of("local_service_head"), of("caf_worker"));
        assert_eq!((head_of.asks_consent, head_of.refusal.as_ref().unwrap().reason), (true, "no-consent"));
        assert_eq!((caf.asks_consent, caf.about.as_deref()), (false, Some("social worker of the CAF")));
        assert_ne!(caf.refusal.as_ref().unwrap().reason, "no-consent", "{engine}");
        let refused = world.try_act(0, yann, ANNE, vec![Asked::Propose(proposed())]).unwrap().unwrap_err();
        assert_eq!((refused.reason, &*refused.source), (Reason::NoConsent, "annexe 2, art. 4.1"), "{engine}");
        assert_eq!(world.count("casework_event"), 0, "{engine}: a refusal leaves nothing");

        // She awaits her orientation: the agreement is tacit. The form goes to the service of her commune.
        let recorded = world.act(0, yann, ANNE, propose());
        assert_eq!((recorded.version, recorded.events.len()), (2, 2), "{engine}");
        let inbox = world.at(1, head, |context| {
            casework::inbox(context, &world.workplace, Slice::default(), Lang::En).unwrap()
        });
        let [line] = inbox.lines.as_slice() else { panic!("{engine}: {inbox:?}") };
        assert_eq!((line.person, line.now.stage), (world.people[ANNE], CaseworkStage::Sent), "{engine}");
        assert_eq!(line.now.route, code("ft-rsa-new"), "{engine}");
        assert_eq!(line.name.said(Field::BirthName).unwrap().1, "ABELARD", "{engine}");
        let entry_due = line.now.clocks.iter().find(|due| due.clock == code("entry")).unwrap();
        assert_eq!(
            (entry_due.due, entry_due.standing),
            (day(21), casework::ClockStanding::Ahead(20)),
            "{engine}"
        );
        let sent = world.at(1, yann, |context| {
            casework::sent(context, &world.workplace, Slice::default(), Lang::En).unwrap()
        });
        assert_eq!(sent.lines.len(), 1, "{engine}");
        let tile = |at, who, listing| {
            world.at(at, who, |context| casework::how_many(context, &world.workplace, listing).unwrap())
        };
        let both = |who| (tile(1, who, Listing::Received), tile(1, who, Listing::Sent));
        assert_eq!((both(head), both(yann)), ((1, 0), (0, 1)), "{engine}");

        // The head names the social referent; she has her in her caseload from then on.
        assert!(world.path(1, claire, ANNE).is_err(), "{engine}");
        let name = Asked::Name("social_referent".parse().unwrap(), claire.colleague());
        world.act(1, head, ANNE, vec![name]);
        assert_eq!(world.path(1, claire, ANNE).unwrap().beside.len(), 1, "{engine}");
        let early = world.try_act(2, yann, ANNE, vec![entry(yann)]).unwrap().unwrap_err();
        assert_eq!(early.reason, Reason::ActMissing, "{engine}");
        let programmes = world.workplace.programmes(territory()).unwrap();
        let global = programmes.on(&code(GLOBAL), day(2));
        let why = |programme| casework::Told::of(programme, &early, Lang::En).why;
        assert_eq!(why(global), "an act must have taken place first: integration interview", "{engine}");
        assert_eq!(why(None), "an act must have taken place first", "{engine}");
        world.act(7, yann, ANNE, vec![met("integration-interview")]);
        // The social referent stands there: with the entry an adviser alone is named. Each step is of its own party's register.
        let path = world.path(7, yann, ANNE).unwrap();
        let mut choices = path.tracks.iter().flat_map(|track| &track.choices);
        let names = choices.find(|one| one.kind == Kind::Enter).map(|one| one.names.as_slice());
        assert_eq!(
            names.map(|roles| roles.iter().map(Role::as_str).collect()),
            Some(vec!["adviser"]),
            "{engine}"
        );
        let register =
            |kind: &str| path.history.iter().find(|step| step.kind == kind).map(|step| &step.register);
        assert_eq!(register("sent"), Some(&Source::FRANCE_TRAVAIL), "{engine}");
        assert_eq!(register("named"), Some(&Source::DEPARTEMENT), "{engine}");
        let recorded = world.act(7, yann, ANNE, vec![entry(yann)]);
        let told: Vec<&str> = recorded.told.iter().map(Role::as_str).collect();
        assert_eq!(told, ["adviser", "local_service_head"], "{engine}");

        let mine = world.at(8, claire, |context| {
            casework::caseload(context, &world.workplace, Slice::default(), Lang::En).unwrap()
        });
        assert_eq!(mine.lines[0].now.stage, CaseworkStage::Stay, "{engine}");
        assert_eq!(mine.lines[0].now.entered_in_time, Some(true), "{engine}");
        // Who names her sees with whom a colleague stands; whom no clause shows the path to sees nobody.
        let of_claire = |at, who| {
            let (global, role) = (code(GLOBAL), "social_referent".parse().unwrap());
            let from = (claire.account, claire.organisation);
            let found = world.at(at, who, |context| {
                casework::beside_of(context, &world.workplace, (&global, &role), from, Lang::En)
            });
            found.map(|(held, more)| (held.len(), more)).ok()
        };
        assert_eq!(of_claire(8, head), Some((1, false)), "{engine}");
        assert_eq!(of_claire(8, world.head_south), Some((0, false)), "{engine}");
        // Whoever names no referent is given no list of a colleague's people, her own included.
        assert_eq!((of_claire(8, claire), of_claire(8, yann)), (None, None), "{engine}");
        // A tile tells what its list holds.
        assert_eq!(tile(8, claire, Listing::Mine), mine.lines.len() as u64, "{engine}");
        assert_eq!((tile(8, yann, Listing::Sent), tile(8, head, Listing::Received)), (0, 0), "{engine}");
        let loads = world.at(8, yann, |context| {
            casework::loads(context, &world.workplace, &code(GLOBAL), Whose::Mine).unwrap()
        });
        assert_eq!((loads[0].load.people, loads[0].fill), (1, Some(Fill::Below(69))), "{engine}");

        // Six months and twelve are clipped to eighteen; nothing is granted beyond.
        world.act(30, claire, ANNE, vec![done("monthly-point")]);
        let closing = || vec![done("review"), met("interview"), done("goals")];
        world.act(150, yann, ANNE, closing());
        world.act(150, claire, ANNE, vec![done("pair-agreement")]);
        let extend = |text: &str| vec![Asked::Extend(text.parse().unwrap())];
        world.act(150, yann, ANNE, extend("12 months"));
        world.act(151, yann, ANNE, closing());
        world.act(151, claire, ANNE, vec![done("pair-agreement")]);
        let beyond = world.try_act(151, yann, ANNE, extend("6 months")).unwrap().unwrap_err();
        assert_eq!((beyond.reason, beyond.rule), (Reason::CapReached, "duration.total_most"), "{engine}");

        // A hand-over, then the exit: whoever left sees her no more.
        let over = Asked::HandOver {
            role: "social_referent".parse().unwrap(),
            from: claire.account,
            to: world.eve.colleague(),
        };
        world.act(160, head, ANNE, vec![over]);
        assert!(world.path(160, claire, ANNE).is_err(), "{engine}");
        assert_eq!(world.path(160, world.eve, ANNE).unwrap().beside.len(), 2, "{engine}");
        let end = |exit: &str| vec![Asked::End { exit: code(exit), next: None }];
        world.act(200, yann, ANNE, vec![done("review"), met("interview")]);
        world.act(200, yann, ANNE, end("open-ended-contract"));
        assert_eq!((world.count("casework_head"), world.count("casework_place")), (0, 0), "{engine}");
        assert!(world.path(200, world.eve, ANNE).is_err(), "{engine}: her place ended");
        let path = world.path(200, head, ANNE).unwrap();
        let track = path.tracks.iter().find(|track| track.programme == code(GLOBAL)).unwrap();
        assert_eq!(track.past[0].exit, code("open-ended-contract"), "{engine}");
        assert!(path.history.iter().any(|step| step.who == "Yann Y"), "{engine}: who recorded it is named");
        // Some weeks later what the form began is the adviser's own again.
        let late = world.path(231, head, ANNE).unwrap();
        assert!(late.history.iter().all(|step| step.who != "Yann Y"), "{engine}");
    }
}

#[test]
fn a_proposal_that_takes_an_answer() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.orient_socially(EMMA);
        world.act(0, world.yann, EMMA, propose());
        let path = world.path(1, world.head, EMMA).unwrap();
        assert_eq!(
            (may(&path, Kind::Accept), may(&path, Kind::Refuse)),
            (Some(true), Some(true)),
            "{engine}"
        );
        let unknown =
            world.try_act(1, world.head, EMMA, vec![Asked::Refuse(code("mood"))]).unwrap().unwrap_err();
        assert_eq!(unknown.reason, Reason::UnknownReason, "{engine}");
        let not_hers = world.try_act(1, world.yann, EMMA, vec![Asked::Accept]).unwrap().unwrap_err();
        assert_eq!(not_hers.reason, Reason::NotYours, "{engine}");
        world.act(1, world.head, EMMA, vec![Asked::Refuse(code("no-room"))]);
        let inbox = world.at(1, world.head, |context| {
            casework::inbox(context, &world.workplace, Slice::default(), Lang::En).unwrap()
        });
        assert!(inbox.lines.is_empty(), "{engine}");
        // She may be proposed again, and accepted.
        world.act(3, world.yann, EMMA, vec![Asked::Propose(proposed())]);
        world.act(4, world.head, EMMA, vec![Asked::Accept]);
        let path = world.path(4, world.yann, EMMA).unwrap();
        let track = path.tracks.iter().find(|track| track.programme == code(GLOBAL)).unwrap();
        assert_eq!(track.now.as_ref().unwrap().accepted, Some(day(4)), "{engine}");
    }
}

#[test]
fn acts_asked_together_are_all_recorded_or_none() {
    for world in every_engine() {
        let engine = world.test.engine;
        let mut asked = propose();
        asked.push(Asked::Accept);
        let refused = world.try_act(0, world.yann, ANNE, asked).unwrap().unwrap_err();
        assert_eq!(refused.reason, Reason::NotYours, "{engine}");
        assert_eq!(world.count("casework_event"), 0, "{engine}");
        assert_eq!(world.path(0, world.yann, ANNE).unwrap().version, 0, "{engine}");
    }
}

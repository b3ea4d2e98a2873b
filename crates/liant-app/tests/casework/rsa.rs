//! The RSA path (annexe 3, art. 2, 2): its eight steps, from the platform's first contract to the six months that follow the right, and what
//! is made of it on paper.

use liant_access::{OrganisationKind, ProfessionalRole};
use liant_app::AppError;
use liant_app::casework::{
    self, Acted, Asked, Doing, Entry, PaperKey, PathView, Proposed, Reason, RecordAsked, RecordDoing,
    RecordTrack, coding,
};
use liant_app::people::{self, Assignment, FollowRole, ListRequest, Seat};
use liant_app::space::{Herself, records};
use liant_model::{Field, FixedClock, Lang, TraceId};

use crate::caf::{RIGHTS, household};
use crate::hers::{come_in, held_of};
use crate::world::{
    ANNE, EMMA, LEA, NOW, Someone, TODAY, World, after, code, day, done, every_engine, met, proposed,
};

const RSA: &str = "rsa-accompagnement";

/// Anne and Emma receive the RSA under rights and duties, Lea without them; the platform has an agent.
struct Rsa {
    world: World,
    paul: Someone,
}

fn every_path() -> impl Iterator<Item = Rsa> {
    every_engine().map(|world| {
        let anne = household(1, ("ABELARD", "ANNE", "1980-01-01"), "1000001A");
        let emma = household(2, ("BOUVIER", "EMMA", "1990-04-04"), "1000002B");
        let lea = household(3, ("CARLIER", "LEA", "1985-07-07"), "1000003C");
        let lea = lea.replace("<TOPPERSDRODEVORSA>1", "<TOPPERSDRODEVORSA>0");
        let rights = RIGHTS.replace("{households}", &format!("{anne}{emma}{lea}"));
        world.import(NOW, "RSABEM", &rights.replace("00000002", "00000003"));
        liant_app::directory::refresh(&world.workplace, crate::world::territory(), NOW).unwrap();
        let there = (OrganisationKind::OrientationPlatform, "Plateforme d'orientation", "departement-62");
        let paul = world.hire(there, ("paul", ProfessionalRole::PlatformAgent));
        Rsa { world, paul }
    })
}

impl Rsa {
    fn try_act(&self, days: i64, who: Someone, asked: Vec<Asked>) -> Result<Acted, AppError> {
        self.try_act_on(days, (who, ANNE), asked)
    }

    fn try_act_on(
        &self,
        days: i64,
        (who, whom): (Someone, usize),
        asked: Vec<Asked>,
    ) -> Result<Acted, AppError> {
        let expected = self.world.path(days, who, whom)?.version;
        self.world.at(days, who, |context| {
            let doing = Doing { programme: code(RSA), on: day(days), expected, asked };
            casework::act(context, &self.world.workplace, self.world.people[whom], &doing)
        })
    }

    /// Of what happened on an earlier day.
    fn act_late(&self, (days, on): (i64, i64), who: Someone, asked: Vec<Asked>) {
        let expected = self.world.path(days, who, ANNE).unwrap().version;
        let done = self.world.at(days, who, |context| {
            let doing = Doing { programme: code(RSA), on: day(on), expected, asked };
            casework::act(context, &self.world.workplace, self.world.people[ANNE], &doing)
        });
        done.unwrap().unwrap_or_else(|refusal| panic!("{refusal}"));
    }

    fn act_on(&self, days: i64, who: (Someone, usize), asked: Vec<Asked>) -> casework::Recorded {
        self.try_act_on(days, who, asked).unwrap().unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    fn act(&self, days: i64, who: Someone, asked: Vec<Asked>) -> casework::Recorded {
        self.try_act(days, who, asked).unwrap().unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    fn refused(&self, days: i64, who: Someone, asked: Vec<Asked>) -> Reason {
        self.try_act(days, who, asked).unwrap().unwrap_err().reason
    }

    fn kinds(&self, days: i64, who: Someone) -> Vec<&'static str> {
        let path: PathView = self.world.path(days, who, ANNE).unwrap();
        path.history.iter().rev().map(|step| step.kind).collect()
    }

    fn track(&self, days: i64, who: Someone) -> RecordTrack {
        let world = &self.world;
        let view = world.at(days, who, |context| {
            casework::record(context, &world.workplace, world.people[ANNE], Lang::En).unwrap()
        });
        view.tracks.into_iter().find(|track| track.programme.as_str() == RSA).unwrap()
    }

    fn write(&self, days: i64, who: Someone, asked: RecordAsked) -> Result<u64, Reason> {
        let world = &self.world;
        let expected = self.track(days, who).version;
        let doing = RecordDoing { programme: code(RSA), on: day(days), expected, asked };
        let kept = world
            .at(days, who, |context| casework::keep(context, &world.workplace, world.people[ANNE], &doing));
        kept.unwrap().map_err(|refusal| refusal.reason)
    }

    fn paper(&self, days: i64, who: Someone, key: &PaperKey) -> Result<casework::PaperView, AppError> {
        let world = &self.world;
        let whom = (world.people[ANNE], &code(RSA), key);
        world.at(days, who, |context| casework::record_paper(context, &world.workplace, whom, Lang::En))
    }

    /// Steps 1 to 3: the platform's contract and diagnosis, validated by the head.
    fn validated(&self) {
        let form = Asked::Propose(Proposed { declared: Vec::new(), ..proposed() });
        self.act(0, self.paul, vec![form]);
        self.act(2, self.paul, vec![met("first-contract")]);
        for asked in [
            RecordAsked::NoteBarrier { theme: code("housing"), state: code("open") },
            RecordAsked::SetGoal(coding("liant/1/find-housing").unwrap()),
            RecordAsked::SetGoal(coding("liant/1/begin-care").unwrap()),
        ] {
            self.write(3, self.paul, asked).unwrap();
        }
        self.act(4, self.paul, vec![met("diagnosis")]);
        let orient = Asked::Orient("01".parse().unwrap(), None);
        self.act(5, self.world.head, vec![orient, Asked::Accept]);
    }

    /// Steps 4 and 5: Claire has read the synthesis, begins, and defines the path with her.
    fn followed(&self) {
        let (world, claire) = (&self.world, self.world.claire);
        let name = Asked::Name("social_referent".parse().unwrap(), claire.colleague());
        self.act(6, world.head, vec![name]);
        let entry = Asked::Enter(Entry::default());
        self.act(7, claire, vec![done("synthesis-read"), entry]);
        self.act(9, claire, vec![met("path-defined")]);
    }
}

fn sign(months: &str) -> Asked {
    Asked::Sign { form: code("cer"), length: months.parse().unwrap(), who: None }
}

#[test]
fn the_platform_sees_whom_the_rights_and_duties_are_for_and_nobody_else() {
    for Rsa { world, paul } in every_path() {
        let engine = world.test.engine;
        let seen = world.as_one(NOW, paul, "follow-up", |context| {
            let seat = Seat {
                account: Some(paul.account),
                organisation: Some(paul.organisation),
                ..Seat::default()
            };
            let request = ListRequest { seat, ..ListRequest::default() };
            people::list(context, &world.workplace, &request, Lang::En).unwrap()
        });
        let mut people: Vec<_> = seen.people.iter().map(|line| line.person).collect();
        people.sort_unstable();
        let mut both = vec![world.people[ANNE], world.people[EMMA]];
        both.sort_unstable();
        assert_eq!(people, both, "{engine}");
        assert!(world.path(0, paul, ANNE).is_ok(), "{engine}");
        assert!(matches!(world.path(0, paul, LEA), Err(AppError::Absent(_))), "{engine}");
    }
}

#[test]
fn from_the_first_contract_to_the_tail_of_the_right() {
    for rsa in every_path() {
        let (world, engine) = (&rsa.world, rsa.world.test.engine);
        let (paul, head, claire) = (rsa.paul, world.head, world.claire);
        // The steps come in their order, each by who does it.
        let form = || Asked::Propose(Proposed { declared: Vec::new(), ..proposed() });
        assert_eq!(rsa.refused(0, head, vec![form()]), Reason::NoRoute, "{engine}");
        rsa.act(0, paul, vec![form()]);
        assert_eq!(rsa.refused(1, paul, vec![met("diagnosis")]), Reason::ActMissing, "{engine}: 1 before 2");
        assert_eq!(
            rsa.refused(1, head, vec![Asked::Accept]),
            Reason::ActMissing,
            "{engine}: 1 and 2 before 3"
        );
        rsa.act(2, paul, vec![met("first-contract")]);
        rsa.act(4, paul, vec![met("diagnosis")]);
        assert!(matches!(rsa.try_act(4, claire, vec![done("synthesis-read")]), Err(AppError::Absent(_))));
        rsa.act(5, head, vec![Asked::Orient("01".parse().unwrap(), None), Asked::Accept]);
        rsa.followed();
        assert!(world.path(8, paul, ANNE).is_ok(), "{engine}: the platform sees what became of it");
        // A contract of six months at most; the next after a review and a new diagnosis.
        assert_eq!(rsa.refused(9, claire, vec![sign("7 months")]), Reason::LengthNotAllowed, "{engine}");
        rsa.act(10, claire, vec![sign("6 months")]);
        assert_eq!(rsa.refused(180, claire, vec![sign("6 months")]), Reason::ActMissing, "{engine}");
        rsa.act(180, claire, vec![done("review")]);
        rsa.act(181, claire, vec![done("diagnosis-update"), sign("6 months")]);
        // The right ends; she is accompanied for six months more, and then it is over.
        rsa.act(200, head, vec![Asked::EndRight]);
        let end = Asked::End { exit: code("fixed-term-over-6-months"), next: None };
        rsa.act(250, claire, vec![end]);
        let whole = [
            "sent",
            "acted",
            "acted",
            "oriented",
            "accepted",
            "named",
            "acted",
            "entered",
            "acted",
            "signed",
            "acted",
            "acted",
            "signed",
            "right_ended",
            "ended",
            "released",
        ];
        assert_eq!(rsa.kinds(251, head), whole, "{engine}");
        assert!(
            matches!(world.path(251, claire, ANNE), Err(AppError::Absent(_))),
            "{engine}: no longer hers"
        );
    }
}

#[test]
fn the_contract_and_the_diagnosis_say_what_the_record_said_then() {
    for rsa in every_path() {
        let (world, engine) = (&rsa.world, rsa.world.test.engine);
        let (paul, head, claire) = (rsa.paul, world.head, world.claire);
        rsa.validated();
        let told = |view: &casework::PaperView| format!("{:?}", view.says);
        // The first contract was recorded before anything was noted; the diagnosis after.
        let first = rsa.paper(5, paul, &PaperKey::Made(1)).unwrap();
        assert!(first.says.themes.is_empty() && first.form == code("cer"), "{engine}");
        let diagnosis = rsa.paper(5, paul, &PaperKey::Made(2)).unwrap();
        assert_eq!((diagnosis.form.as_str(), diagnosis.on), ("diagnosis", Some(day(4))), "{engine}");
        assert!(told(&diagnosis).contains("find housing") && told(&diagnosis).contains("begin care"));
        assert_eq!(diagnosis.by.as_deref(), Some("paul"), "{engine}");
        assert!(diagnosis.clauses.iter().any(|clause| clause.contains("§17")), "{engine}");
        // Who makes the diagnosis writes while she is proposed, and no longer.
        rsa.followed();
        // She keeps the papers that she made, and is shown nothing of the record any more: it is the referent's.
        let late = rsa.write(9, paul, RecordAsked::SetGoal(coding("liant/1/driving-licence").unwrap()));
        assert!(late.is_err(), "{engine}");
        let kept = rsa.track(9, paul);
        let keys: Vec<String> = kept.papers.iter().map(|one| one.key.to_string()).collect();
        assert!(kept.says.themes.is_empty() && keys == ["2", "1"], "{engine}: {keys:?}");
        assert!(matches!(rsa.paper(9, paul, &PaperKey::Draft(code("cer"))), Err(AppError::Absent("paper"))));
        // Her referent goes on from it: same party, same record. A contract to sign says what stands today.
        let draft = PaperKey::Draft(code("cer"));
        assert!(told(&rsa.paper(9, claire, &draft).unwrap()).contains("find housing"), "{engine}");
        rsa.write(9, claire, RecordAsked::SetGoal(coding("liant/1/driving-licence").unwrap())).unwrap();
        rsa.act(10, claire, vec![sign("6 months")]);
        rsa.write(20, claire, RecordAsked::SetGoal(coding("liant/1/open-rights").unwrap())).unwrap();
        let signed = rsa.paper(30, claire, &PaperKey::Made(3)).unwrap();
        assert_eq!((signed.on, signed.until), (Some(day(10)), Some(world_until())), "{engine}");
        assert!(told(&signed).contains("driving licence"), "{engine}");
        assert!(!told(&signed).contains("open her rights"), "{engine}: what came after is not of it");
        assert_eq!(signed.name.said(Field::BirthName).unwrap().1, "ABELARD", "{engine}");
        assert!(
            matches!(rsa.paper(30, paul, &PaperKey::Made(3)), Err(AppError::Absent("paper"))),
            "{engine}"
        );
        assert!(rsa.paper(30, paul, &PaperKey::Made(2)).is_ok(), "{engine}");
        // The head reads it without what is about health, and is told so.
        let heads = rsa.paper(30, head, &PaperKey::Made(3)).unwrap();
        assert!(heads.is_partial && !told(&heads).contains("begin care"), "{engine}");
        assert!(!signed.is_partial, "{engine}");
        assert!(
            matches!(rsa.paper(30, head, &draft), Err(AppError::Absent("paper"))),
            "{engine}: not hers to draw up"
        );
        let keys: Vec<String> = rsa.track(30, claire).papers.iter().map(|one| one.key.to_string()).collect();
        assert_eq!(keys, ["cer", "3", "2", "1"], "{engine}");
        // She has all of it in her space, whoever made it: health too.
        let anne = come_in(world, ANNE);
        let hers = read_paper(world, &anne, 3).unwrap();
        assert!(!hers.is_partial && hers.says == signed.says && hers.until == signed.until, "{engine}");
        assert_eq!(hers.name.said(Field::BirthName).unwrap().1, "ABELARD", "{engine}");
        assert!(matches!(read_paper(world, &anne, 4), Err(AppError::Absent("paper"))), "{engine}");
        let emma = come_in(world, EMMA);
        assert!(matches!(read_paper(world, &emma, 1), Err(AppError::Absent("paper"))), "{engine}");
        // Nobody else has any of it, nor what there is none of.
        for who in [world.yann, world.eve, world.head_south, world.dora] {
            let none = rsa.paper(30, who, &PaperKey::Made(3));
            assert!(matches!(none, Err(AppError::Absent(_) | AppError::Gate(_))), "{engine}");
        }
        // A diagnosis that is recorded late says what had been noted by its day.
        rsa.act_late((40, 35), claire, vec![done("review"), done("diagnosis-update")]);
        rsa.write(41, claire, RecordAsked::SetGoal(coding("liant/1/papers").unwrap())).unwrap();
        rsa.write(42, claire, RecordAsked::GainSkill(coding("liant/1/fill-forms").unwrap())).unwrap();
        rsa.act_late((45, 41), claire, vec![sign("6 months")]);
        let late = rsa.paper(46, claire, &PaperKey::Made(5)).unwrap();
        assert!(told(&late).contains("bring her papers") && late.says.skills.is_empty(), "{engine}");
        let update = rsa.paper(46, claire, &PaperKey::Made(4)).unwrap();
        assert!(told(&update).contains("open her rights") && !told(&update).contains("bring her papers"));
        for key in [PaperKey::Made(0), PaperKey::Made(6), PaperKey::Draft(code("ppae"))] {
            assert!(matches!(rsa.paper(46, claire, &key), Err(AppError::Absent("paper"))), "{engine}: {key}");
        }
    }
}

/// Lone parents: the CAF brings a family that it accompanies already, with a diagnosis of its own; the service gives it others, whom it may
/// send back before any contract.
#[test]
fn lone_parents_come_to_the_caf_both_ways() {
    for rsa in every_path() {
        let (world, engine) = (&rsa.world, rsa.world.test.engine);
        let there = (OrganisationKind::Caf, "CAF, Arras", "caf-62");
        let caro = world.hire(there, ("caro", ProfessionalRole::CafWorker));
        let known = Assignment {
            people: vec![world.people[EMMA]],
            role: FollowRole::CafWorker,
            account: caro.account,
            organisation: caro.organisation,
            from: TODAY,
        };
        world.as_one(NOW, world.officer, "orientation", |context| {
            people::assign(context, &world.workplace, &Seat::default(), &known).unwrap();
        });
        let role = |name: &str| name.parse().unwrap();
        let declared = |codes: &[&str]| codes.iter().map(|one| code(one)).collect::<Vec<_>>();
        let mut form = Proposed { declared: declared(&["lone-parent-rsa", "followed-by-caf"]), ..proposed() };
        rsa.act_on(0, (caro, EMMA), vec![Asked::Propose(form.clone())]);
        let early = rsa.try_act_on(1, (world.head, EMMA), vec![Asked::Accept]).unwrap().unwrap_err();
        assert_eq!(
            early.reason,
            Reason::ActMissing,
            "{engine}: its own diagnosis, in place of the platform's"
        );
        rsa.act_on(1, (caro, EMMA), vec![done("caf-diagnosis")]);
        let orient = Asked::Orient("01".parse().unwrap(), None);
        rsa.act_on(2, (world.head, EMMA), vec![orient, Asked::Accept]);
        rsa.act_on(3, (caro, EMMA), vec![Asked::Name(role("caf_worker"), caro.colleague())]);
        let entry = Asked::Enter(Entry::default());
        rsa.act_on(4, (caro, EMMA), vec![done("synthesis-read"), entry]);
        rsa.act_on(5, (caro, EMMA), vec![met("path-defined"), sign("6 months")]);
        // Whoever wrote nothing in a record has signed all the same: she finds her contract.
        let emma = come_in(world, EMMA);
        let signed = read_paper(world, &emma, 1).unwrap();
        assert!(signed.says.themes.is_empty() && !signed.clauses.is_empty(), "{engine}");
        let held = held_of(world, &emma, Lang::En).0;
        assert_eq!(held.working_records[0].papers.len(), 1, "{engine}");
        // Three meetings in person in the contract: a delay says how many are left.
        let due = |days| {
            let path = world.path(days, caro, EMMA).unwrap();
            let track = path.tracks.into_iter().find(|track| track.programme == code(RSA)).unwrap();
            track.now.unwrap().clocks.iter().any(|due| due.clock == code("caf-meetings"))
        };
        assert!(due(6), "{engine}");
        for days in [20, 50, 80] {
            rsa.act_on(days, (caro, EMMA), vec![met("caf-meeting")]);
        }
        assert!(!due(81), "{engine}: held");

        // Anne: the service proposes her; the first interview shows that she is not for the CAF.
        form = Proposed {
            to: role("caf_worker"),
            organisation: Some(caro.organisation),
            account: Some(caro.account),
            declared: declared(&["separation"]),
            ..proposed()
        };
        rsa.act_on(0, (world.head, ANNE), vec![Asked::Propose(form)]);
        rsa.act_on(2, (caro, ANNE), vec![met("first-interview")]);
        rsa.act_on(3, (caro, ANNE), vec![Asked::Refuse(code("outside-remit"))]);
        assert!(matches!(world.path(40, caro, ANNE), Err(AppError::Absent(_))), "{engine}: no longer hers");
    }
}

/// She opens a paper of hers.
fn read_paper(world: &World, her: &Herself, nth: usize) -> Result<casework::PaperView, AppError> {
    let clock = FixedClock(after(31));
    let context = her.context(TraceId::new(after(31), [5; 10]), &clock).unwrap();
    records::paper(&context, &world.workplace, (her, nth), Lang::En)
}

/// The last day of a contract of six months signed on 12 November 2026.
fn world_until() -> liant_model::Date {
    liant_model::Date::constant(2027, 5, 11)
}

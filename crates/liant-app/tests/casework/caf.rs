//! Global accompaniment with the workers of the CAF, tried in three places for six months (annexe 3, art. 2, 3): the form goes both ways
//! within the experiment alone, and each of the pair is told of the other what passes between them.

use liant_access::{OrganisationKind, ProfessionalRole};
use liant_app::AppError;
use liant_app::casework::{self, Asked, Entry, Happened, Kind, Listing, Outcome, Proposed, Reason, Slice};
use liant_app::people::{self, Assignment, FollowRole, Seat};
use liant_casework::SHIPPED_PROGRAMMES;
use liant_model::{Field, Lang, Role};

use crate::world::{
    ANNE, EMMA, LEA, NOW, Someone, TODAY, World, code, day, done, every_engine, may, met, propose, proposed,
};

/// The day on which the trial begins here: tomorrow.
const FROM: &str = "2026-11-03";

/// Emma and Anne live alone with a child, as the CNAF has it.
pub(crate) const RIGHTS: &str = r#"<?xml version="1.0" encoding="windows-1252"?>
<Racine xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="vrsb0801.xsd">
<IdentificationFlux><APPLIEME>CRI</APPLIEME><NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME><TYPEFLUX>M</TYPEFLUX>
<NATFLUX>D</NATFLUX><DTCREAFLUX>2026-11-01</DTCREAFLUX><HEUCREAFLUX>01:18:36.0000</HEUCREAFLUX><DTREF>2026-10-31</DTREF></IdentificationFlux>
{households}<TransmissionFlux><NBTOTDOSRSATRANSM>00000002</NBTOTDOSRSATRANSM><NBTOTDOSRSATRANSMANO>00000000</NBTOTDOSRSATRANSMANO></TransmissionFlux>
</Racine>
"#;

pub(crate) fn household(number: u32, (name, first, born): (&str, &str, &str), ft: &str) -> String {
    format!(
        "<InfosFoyerRSA><IdentificationRSA>\
         <Organisme><FONORG>CAF</FONORG><NUMORG>621</NUMORG><MATRICULE>20559900000000{number}</MATRICULE></Organisme>\
         <Partenaire><TYPEPARTE>CG </TYPEPARTE><IDEPARTE>062</IDEPARTE></Partenaire>\
         <DemandeRSA><DTDEMRSA>2025-08-06</DTDEMRSA><NUMDEMRSA>0102404105{number}</NUMDEMRSA></DemandeRSA></IdentificationRSA>\
         <Personne><Identification><QUAL>MME</QUAL><NOM>{name}</NOM><NOMNAI>{name}</NOMNAI><PRENOM>{first}</PRENOM>\
         <DTNAI>{born}</DTNAI></Identification>\
         <Prestations><NATPREST>RSA</NATPREST><ROLEPERS>DEM</ROLEPERS></Prestations>\
         <DossierPoleEmploi><IDASSEDIC>{ft}</IDASSEDIC></DossierPoleEmploi>\
         <MontantCalculDroitRSAPersonne><TOPPERSDRODEVORSA>1</TOPPERSDRODEVORSA></MontantCalculDroitRSAPersonne></Personne>\
         <DonneesAdministratives><SituationFamille><SITFAM>CEL</SITFAM><DDSITFAM>2015-10-27</DDSITFAM></SituationFamille>\
         <Adresse><TroncCommunAdresse><RGADR>01</RGADR></TroncCommunAdresse><AdresseDetailleeFrance><NUMVOIE>7</NUMVOIE>\
         <NOMVOIE>RUE DES LILAS</NOMVOIE><NUMCOM>62041</NUMCOM><CODEPOS>62000</CODEPOS></AdresseDetailleeFrance></Adresse>\
         </DonneesAdministratives>\
         <PrestationRSA><SituationDossierRSA><EtatDossierRSA><ETATDOSRSA>2</ETATDOSRSA></EtatDossierRSA></SituationDossierRSA>\
         <DetailDroitRSA><TroncCommunDroitRSA><NBENFAUTCHA>1</NBENFAUTCHA></TroncCommunDroitRSA></DetailDroitRSA>\
         </PrestationRSA></InfosFoyerRSA>\n"
    )
}

/// The world of the other tests, where the trial is under way, with a worker of the CAF in one of its places, and one elsewhere.
struct Trial {
    world: World,
    caro: Someone,
    other: Someone,
}

fn every_trial() -> impl Iterator<Item = Trial> {
    every_engine().map(|mut world| {
        let files = SHIPPED_PROGRAMMES.iter().map(|(name, text)| {
            let text = text.replacen("from   = 2024-06-01", &format!("from   = {FROM}"), 1);
            ((*name).to_owned(), text)
        });
        world.workplace.run_by(files.collect());
        let anne = household(1, ("ABELARD", "ANNE", "1980-01-01"), "1000001A");
        let emma = household(2, ("BOUVIER", "EMMA", "1990-04-04"), "1000002B");
        world.import(NOW, "RSABEM", &RIGHTS.replace("{households}", &format!("{anne}{emma}")));
        let caf = |name, local| {
            let there = (OrganisationKind::Caf, name, "caf-62");
            world.hire(there, (local, ProfessionalRole::CafWorker))
        };
        let (caro, other) = (caf("CAF, Hénin-Carvin", "caro"), caf("CAF, Arras", "other.caf"));
        Trial { world, caro, other }
    })
}

impl Trial {
    /// The form for the worker of the CAF.
    fn form(&self, zone: Option<&str>) -> Asked {
        Asked::Propose(Proposed {
            to: role("caf_worker"),
            organisation: Some(self.caro.organisation),
            account: Some(self.caro.account),
            zone: zone.map(code),
            ..proposed()
        })
    }

    /// Her form and her consent, on the second day of the trial.
    fn send(&self) -> casework::Recorded {
        let both = vec![consent(), self.form(Some("henin-carvin"))];
        self.world.act(2, self.world.yann, EMMA, both)
    }

    /// The officer gives someone to the worker of the CAF, who accompanies her already.
    fn follow(&self, whom: usize) {
        let assignment = Assignment {
            people: vec![self.world.people[whom]],
            role: FollowRole::CafWorker,
            account: self.caro.account,
            organisation: self.caro.organisation,
            from: TODAY,
        };
        self.world.as_one(NOW, self.world.officer, "orientation", |context| {
            people::assign(context, &self.world.workplace, &Seat::default(), &assignment).unwrap();
        });
    }

    fn entry(&self, agreed: bool) -> Asked {
        Asked::Enter(Entry {
            length: Some("6 months".parse().unwrap()),
            declared: vec![code("volunteer"), code("social-barrier")],
            referents: vec![(role("adviser"), self.world.yann.colleague())],
            agreed_by: agreed.then(|| role("caf_worker")).into_iter().collect(),
        })
    }

    fn named(&self) -> Asked {
        Asked::Name(role("caf_worker"), self.caro.colleague())
    }

    fn refused(&self, days: i64, who: Someone, whom: usize, asked: Vec<Asked>) -> (Reason, String) {
        let refusal = self.world.try_act(days, who, whom, asked).unwrap().unwrap_err();
        (refusal.reason, refusal.source.to_string())
    }

    /// The kinds of what someone sees of Emma's path, in order.
    fn kinds(&self, days: i64, who: Someone) -> Vec<&'static str> {
        let path = self.world.path(days, who, EMMA).unwrap();
        path.history.iter().rev().map(|step| step.kind).collect()
    }

    fn is_absent(&self, days: i64, who: Someone) -> bool {
        matches!(self.world.path(days, who, EMMA), Err(AppError::Absent(_)))
    }
}

fn role(name: &str) -> Role {
    name.parse().unwrap()
}

fn consent() -> Asked {
    Asked::GiveConsent(code("transmission"))
}

#[test]
fn from_the_adviser_s_form_to_the_end() {
    for trial in every_trial() {
        let (world, caro) = (&trial.world, trial.caro);
        let (engine, yann, head) = (world.test.engine, world.yann, world.head);
        assert!(trial.is_absent(1, caro), "{engine}: nobody's before a form");
        let sent = trial.send();
        let told: Vec<&str> = sent.told.iter().map(Role::as_str).collect();
        assert_eq!(told, ["local_service_head"], "{engine}: the Département is told of the referral");

        // It waits where it went; her own service is told that it left, and no other organisation is.
        let received = |who| {
            world.at(3, who, |context| {
                casework::how_many(context, &world.workplace, Listing::Received).unwrap()
            })
        };
        assert_eq!((received(caro), received(trial.other), received(head)), (1, 0, 0), "{engine}");
        assert_eq!((trial.kinds(3, caro), trial.kinds(3, head)), (vec!["sent"], vec!["sent"]), "{engine}");
        for who in [trial.other, world.head_south, world.claire, world.eve] {
            assert!(trial.is_absent(3, who), "{engine}: {}", who.role.code());
        }
        let path = world.path(3, caro, EMMA).unwrap();
        assert_eq!(path.name.said(Field::BirthName).unwrap().1, "BOUVIER", "{engine}");
        assert!(
            path.clauses.iter().any(|one| one.starts_with("62-echange-accompagnement-global")),
            "{engine}"
        );
        assert_eq!(may(&path, Kind::Accept), Some(true), "{engine}");
        assert_eq!(may(&world.path(3, head, EMMA).unwrap(), Kind::Accept), None, "{engine}: hers to answer");
        assert_eq!(trial.refused(3, yann, EMMA, vec![Asked::Accept]).0, Reason::NotYours, "{engine}");
        world.act(4, caro, EMMA, vec![Asked::Accept]);

        // The entry names both, for a length on which both agree.
        world.act(8, yann, EMMA, vec![met("integration-interview")]);
        let alone = trial.refused(8, yann, EMMA, vec![trial.entry(true)]);
        assert_eq!(alone.0, Reason::ReferentMissing, "{engine}");
        world.act(8, caro, EMMA, vec![trial.named()]);
        let alone = trial.refused(8, yann, EMMA, vec![trial.entry(false)]);
        assert_eq!(
            alone,
            (Reason::NotConfirmed, "annexe 3, art. 2, 3 b and annexe 4".to_owned()),
            "{engine}"
        );
        world.act(8, yann, EMMA, vec![trial.entry(true)]);
        for who in [yann, caro] {
            let beside = world.path(9, who, EMMA).unwrap().beside;
            let beside: Vec<&str> = beside.iter().map(|one| one.role.as_str()).collect();
            assert_eq!(beside, ["adviser", "caf_worker"], "{engine}");
        }
        let mine = world.at(9, caro, |context| {
            casework::caseload(context, &world.workplace, Slice::default(), Lang::En).unwrap()
        });
        assert!(mine.lines[0].now.clocks.iter().any(|due| due.clock == code("monthly-point")), "{engine}");

        // Each does its own: the other is told that the point was held, and no more.
        world.act(20, caro, EMMA, vec![met("meeting")]);
        world.act(30, caro, EMMA, vec![done("monthly-point")]);
        let missed =
            Asked::Record { act: code("meeting"), outcome: Outcome::Missed, means: None, appointment: None };
        world.act(31, yann, EMMA, vec![missed]);
        let both = ["sent", "accepted", "named", "entered", "named", "acted"];
        assert_eq!(
            trial.kinds(32, head),
            both,
            "{engine}: her service is told of the entry and of the point"
        );
        assert_eq!(
            trial.kinds(32, caro),
            ["sent", "accepted", "named", "entered", "named", "acted", "acted"],
            "{engine}: her own meeting, and no interview nor absence of his"
        );
        let path = world.path(32, yann, EMMA).unwrap();
        let points = path.history.iter().filter(|step| step.who == "caro" && step.kind == "acted");
        let points: Vec<_> = points.map(|step| &step.what).collect();
        assert!(
            matches!(points[..], [Happened::Acted { act, means: None, .. }] if *act == code("monthly-point")),
            "{engine}: {points:?}"
        );

        // The re-examination is the pair's; the trial is over by then, and who is under way goes on.
        world.act(180, yann, EMMA, vec![done("review"), met("interview"), done("goals")]);
        let extend = || vec![Asked::Extend("6 months".parse().unwrap())];
        assert_eq!(trial.refused(180, yann, EMMA, extend()).0, Reason::ActMissing, "{engine}");
        world.act(181, caro, EMMA, vec![done("pair-agreement")]);
        world.act(185, yann, EMMA, extend());
        world.act(200, yann, EMMA, vec![done("review"), met("interview")]);
        let end = Asked::End { exit: code("training"), next: None };
        let told = world.act(200, yann, EMMA, vec![end]).told;
        assert!(told.contains(&role("local_service_head")), "{engine}");
        for who in [caro, head] {
            let kinds = trial.kinds(201, who);
            assert!(kinds.contains(&"extended") && kinds.contains(&"ended"), "{engine}: {kinds:?}");
        }
        assert!(trial.is_absent(231, caro), "{engine}: what was read is hers no more");
    }
}

#[test]
fn from_the_worker_s_form_to_the_entry() {
    for trial in every_trial() {
        let (world, caro) = (&trial.world, trial.caro);
        let (engine, yann) = (world.test.engine, world.yann);
        trial.follow(EMMA);
        let form = |zone: &str| {
            Asked::Propose(Proposed {
                to: role("adviser"),
                organisation: Some(yann.organisation),
                zone: Some(code(zone)),
                ..proposed()
            })
        };
        assert_eq!(trial.kinds(2, caro), [""; 0], "{engine}: whom she follows, of whom nothing is recorded");
        let without = trial.refused(2, caro, EMMA, vec![form("lillers")]);
        assert_eq!(without, (Reason::NoConsent, "annexe 2, art. 4.1".to_owned()), "{engine}");
        let not_hers = trial.refused(2, caro, EMMA, vec![consent()]);
        assert_eq!(not_hers.0, Reason::NotYours, "{engine}: France Travail collects it");
        world.act(2, yann, EMMA, vec![consent()]);
        assert_eq!(trial.kinds(2, caro), [""; 0], "{engine}: that she agreed is the adviser's record");
        world.act(2, caro, EMMA, vec![form("lillers")]);
        assert_eq!(trial.kinds(3, yann), ["consent_given", "sent"], "{engine}");
        assert_eq!(trial.refused(3, caro, EMMA, vec![Asked::Accept]).0, Reason::NotYours, "{engine}");
        world.act(3, yann, EMMA, vec![Asked::Accept]);
        assert_eq!(trial.kinds(3, caro), ["sent", "accepted"], "{engine}");
        world.act(4, caro, EMMA, vec![trial.named()]);
        world.act(5, yann, EMMA, vec![met("integration-interview")]);
        world.act(5, yann, EMMA, vec![trial.entry(true)]);
        let own_service = ["sent", "accepted", "named", "entered", "named"];
        assert_eq!(trial.kinds(6, caro), own_service, "{engine}");
        assert_eq!(trial.kinds(6, world.head), own_service, "{engine}: her service is told of the entry");

        // She takes her consent back: each has what it recorded itself.
        world.act(7, yann, EMMA, vec![Asked::WithdrawConsent(code("transmission"))]);
        assert_eq!(trial.kinds(8, caro), ["sent", "named"], "{engine}");
        let own = ["consent_given", "accepted", "acted", "entered", "named", "consent_withdrawn"];
        assert_eq!(trial.kinds(8, yann), own, "{engine}");
    }
}

#[test]
fn outside_the_experiment_no_form_leaves() {
    for trial in every_trial() {
        let (world, yann) = (&trial.world, trial.world.yann);
        let engine = world.test.engine;
        let experiment = "annexe 3, art. 2, 3 e and f";
        let way = "annexe 3, art. 2, 3 b and annexe 4";
        // 2 May 2027 is the last day.
        let over = 182;
        for (days, whom, zone, agreed, reason, source) in [
            (0, EMMA, Some("henin-carvin"), true, Reason::OutsideExperiment, experiment),
            (over, EMMA, Some("henin-carvin"), true, Reason::OutsideExperiment, experiment),
            (2, EMMA, None, true, Reason::OutsideExperiment, experiment),
            (2, EMMA, Some("arras"), true, Reason::OutsideExperiment, experiment),
            (2, LEA, Some("henin-carvin"), true, Reason::RouteClosed, way),
            (2, EMMA, Some("henin-carvin"), false, Reason::NoConsent, "annexe 2, art. 4.1"),
        ] {
            let asked = agreed.then(consent).into_iter().chain([trial.form(zone)]).collect();
            let refused = trial.refused(days, yann, whom, asked);
            assert_eq!(refused, (reason, source.to_owned()), "{engine}: {days} {zone:?}");
            assert_eq!(world.count("casework_event"), 0, "{engine}: a refusal leaves nothing");
        }
        assert_eq!((day(1).to_string().as_str(), day(over).to_string().as_str()), (FROM, "2027-05-03"));
        let path = world.path(0, yann, EMMA).unwrap();
        let choices = path.tracks.iter().flat_map(|track| &track.choices);
        let mut to_caf =
            choices.filter(|one| one.role.as_ref().is_some_and(|to| to.as_str() == "caf_worker"));
        let why = to_caf.find(|one| one.kind == Kind::Propose).unwrap().refusal.as_ref().unwrap();
        assert_eq!(
            (why.reason, &*why.source),
            ("outside-experiment", experiment),
            "{engine}: the page says why"
        );
        // On its first day and on its last it does.
        for (whom, days) in [(EMMA, 1), (ANNE, over - 1)] {
            world.act(days, yann, whom, vec![consent(), trial.form(Some("marconnelle"))]);
        }
    }
}

#[test]
fn of_what_is_not_the_pair_s_the_worker_of_the_caf_is_told_nothing() {
    for trial in every_trial() {
        let (world, caro) = (&trial.world, trial.caro);
        let (engine, yann, head) = (world.test.engine, world.yann, world.head);
        trial.follow(EMMA);
        world.orient_socially(EMMA);
        // The form goes to her service, which refuses; whoever follows her for the CAF is told neither.
        world.act(0, yann, EMMA, propose());
        assert_eq!(trial.kinds(1, caro), [""; 0], "{engine}");
        world.act(1, head, EMMA, vec![Asked::Refuse(code("no-room"))]);
        assert_eq!(trial.kinds(1, caro), [""; 0], "{engine}");
        world.act(2, yann, EMMA, vec![trial.form(Some("henin-carvin"))]);
        assert_eq!(trial.kinds(2, caro), ["sent"], "{engine}: her own form, and not the one before");
        world.act(3, caro, EMMA, vec![Asked::Refuse(code("other-path"))]);
        assert_eq!(trial.kinds(4, caro), ["sent", "refused"], "{engine}");
        // The next goes to the service again.
        world.act(5, yann, EMMA, vec![Asked::Propose(proposed())]);
        world.act(6, head, EMMA, vec![Asked::Accept]);
        assert_eq!(trial.kinds(7, caro), ["refused"], "{engine}: what she recorded herself");
    }
}

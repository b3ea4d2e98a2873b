//! Erasure, carried out: what goes and what the law keeps; that nobody erased is met again by any way, not even with the next file.

use std::collections::BTreeSet;

use liant_app::people::{self, ListRequest, Seat};
use liant_app::rights::erasure::{self, Done, ErasureGround, ErasureRefusal, FactSet, Kept, Plan, Wish};
use liant_app::rights::limits::{self, Carry};
use liant_app::rights::shared::{self, PartStep};
use liant_app::rights::{self, NewRequest, RequestState, Right};
use liant_app::{AppError, Context, cgpem, deposit, directory, person, retention, trail};
use liant_model::{Date, Instant, Lang, PersonId, RightsRequestId, Source};
use liant_store::StoreError;

use crate::world::{
    NOW, Place, TODAY, act, dpo, every_engine, later_month, minutes, next_month, officer, territory,
};

fn request(place: &Place, person: PersonId) -> RightsRequestId {
    let new = NewRequest { right: Right::Erasure, about: None, statement: Some("QUOLIBETAIRE".to_owned()) };
    dpo(|context| rights::record(context, &place.served, person, &new, NOW)).unwrap()
}

fn whole(ground: ErasureGround) -> Wish {
    Wish { ground, sources: Vec::new(), sets: Vec::new() }
}

fn plan(place: &Place, request: RightsRequestId, wish: &Wish) -> Plan {
    dpo(|context| erasure::plan(context, &place.served, request, wish)).unwrap()
}

fn erase(place: &Place, request: RightsRequestId, wish: &Wish) -> Result<Done, AppError> {
    let version = dpo(|context| rights::one(context, &place.served, request))?.version;
    let seen = dpo(|context| erasure::plan(context, &place.served, request, wish))?.seen;
    dpo(|context| erasure::carry_out(context, &place.served, (request, version, &seen), wish))
}

fn technician<T>(work: impl FnOnce(&Context<'_>) -> T) -> T {
    act("technician", "file-handling", work)
}

/// The sources that say something of her, as the DPO is shown them.
fn sources(place: &Place, person: PersonId) -> BTreeSet<String> {
    let shown = dpo(|context| person::show(context, &place.served, person, Lang::En));
    shown.unwrap_or_default().into_iter().map(|origin| origin.source).collect()
}

/// Someone of whom both exchanges speak, and whom the monthly file holds.
fn someone(place: &Place) -> PersonId {
    let path = place.folder.path().join("first.xml");
    technician(|context| cgpem::export(context, &place.served, &path, None, Lang::En)).unwrap();
    let is_sent = |person: &PersonId| {
        let read = dpo(|context| trail::who_read(context, &place.served, *person, Instant::from_micros(0)));
        read.is_ok_and(|acts| acts.iter().any(|one| one.what.starts_with("CGPEM")))
            && sources(place, *person).contains("france-travail")
    };
    place.everyone(NOW).into_iter().find(is_sent).unwrap()
}

fn counted(place: &Place) -> u64 {
    let request = ListRequest { seat: Seat::default(), ..ListRequest::default() };
    officer(|context| people::list(context, &place.served, &request, Lang::En)).unwrap().count.number
}

fn all_people(place: &Place) -> BTreeSet<PersonId> {
    let people = place.served.store.read(territory(), |snapshot| snapshot.people_after(None, 100_000));
    people.unwrap().into_iter().collect()
}

#[test]
fn by_no_way_is_someone_met_again_who_was_erased() {
    for place in every_engine() {
        let (engine, served) = (place.engine(), &place.served);
        let hers = someone(&place);
        let everyone = place.everyone(NOW);
        let recipients = |name: &str| {
            let path = place.folder.path().join(name);
            technician(|context| cgpem::export(context, served, &path, None, Lang::En)).unwrap().recipients
        };
        let (people, before) = (all_people(&place), (counted(&place), recipients("before.xml")));
        let identities = served.store.read(territory(), |snapshot| snapshot.links_of_person(hers)).unwrap();
        technician(|context| deposit::build(context, served, Lang::En)).unwrap();
        let asked = request(&place, hers);

        // What would go is told first, and nothing goes.
        let wish = whole(ErasureGround::Unlawful);
        let planned = plan(&place, asked, &wish);
        assert!(planned.possible && planned.whole && planned.keeps_out, "{engine}: {planned:?}");
        assert!(planned.lines.iter().any(|line| line.source.is_none()), "{engine}: her own request at least");
        assert!(planned.parties.iter().any(|party| party == "france-travail"), "{engine}");
        assert!(place.everyone(NOW).contains(&hers), "{engine}");

        let done = erase(&place, asked, &wish).unwrap();
        let certificate = done.certificate.unwrap();
        assert_eq!(place.everyone(NOW).len() + 1, everyone.len(), "{engine}: nobody else");
        assert!(!place.everyone(NOW).contains(&hers), "{engine}: a list");
        assert!(sources(&place, hers).is_empty(), "{engine}: a page");
        let left: BTreeSet<_> = people.iter().filter(|one| **one != hers).copied().collect();
        assert_eq!(all_people(&place), left, "{engine}: she, and nobody else");
        assert_eq!((counted(&place) + 1, recipients("after.xml") + 1), before, "{engine}");
        for table in [
            "identity",
            "fact",
            "link",
            "nir_entry",
            "member",
            "orientation",
            "follow",
            "rights_request",
            "data_limit",
            "review",
            "casework_event",
            "casework_place",
            "electronic_contact",
            "space",
        ] {
            let rows = place.rows(&format!("SELECT * FROM {table}"));
            for link in &identities {
                // As each engine writes it.
                let written = [link.identity.to_string(), format!("{:?}", link.identity.0.as_bytes())];
                let hers = |row: &String| written.iter().any(|one| row.contains(one));
                assert!(!rows.iter().any(hers), "{engine}: {table}");
            }
        }

        // The file that was built before is neither fetched nor handed over, and its bytes are gone.
        assert!(technician(|context| deposit::built(context, served)).unwrap().unwrap().is_out_of_date);
        let fetched = technician(|context| deposit::fetch(context, served).map(drop));
        assert!(matches!(fetched, Err(AppError::OutOfDate)), "{engine}");
        assert!(matches!(
            technician(|context| deposit::mark(context, served, TODAY)),
            Err(AppError::OutOfDate)
        ));
        technician(|context| deposit::build(context, served, Lang::En)).unwrap();
        technician(|context| deposit::fetch(context, served)).unwrap();

        // Her request is answered still, names nobody, and who had her data is told (art. 19).
        let case = dpo(|context| shared::case(context, served, asked)).unwrap();
        assert_eq!((case.request.state, case.request.person), (RequestState::Answered, None), "{engine}");
        assert!(case.request.statement.is_none(), "{engine}: what she wrote went too");
        let erased = case.outcome.erased.unwrap();
        assert!(erased.whole && erased.has_ended && erased.kept_out, "{engine}");
        let owed = case.parts.iter().find(|part| part.is_owed(Right::Erasure)).unwrap();
        let (party, seen) = (owed.party.to_string(), case.steps.len() as u64);
        dpo(|context| shared::record(context, served, asked, (&party, PartStep::Told, seen))).unwrap();
        let answered = dpo(|context| rights::queue(context, served, false, 50)).unwrap();
        assert!(answered.iter().any(|one| one.request == asked), "{engine}");
        assert!(matches!(erase(&place, asked, &wish), Err(AppError::State(_))), "{engine}: once");

        // The certificate tells what went, of nobody by name; the log holds.
        assert_eq!(certificate.requested.len(), 1, "{engine}");
        assert_eq!(certificate.requested[0].request, asked.to_string(), "{engine}");
        assert!(certificate.only_requested && certificate.parts.iter().all(|part| part.people == 1));
        for lang in [Lang::Fr, Lang::En] {
            let words = certificate.words(lang);
            assert!(words.contains("17 (1) (d)") && !words.contains(&hers.to_string()), "{engine}: {words}");
        }
        let kept = dpo(|context| retention::certificate(context, served, done.run)).unwrap();
        assert_eq!(kept, certificate, "{engine}");
        let log = trail::verify(served, territory(), &[]).unwrap().unwrap();
        assert!(log.size > 0, "{engine}");
    }
}

/// The next file of the same register does not bring her back, and says so; the DPO may let her.
#[test]
fn the_next_file_does_not_bring_back_whose_data_were_unlawful() {
    for place in every_engine() {
        let engine = place.engine();
        let hers = someone(&place);
        let asked = request(&place, hers);
        erase(&place, asked, &whole(ErasureGround::Unlawful)).unwrap();
        let people = all_people(&place);
        let report = place.import("PECGM", &next_month(), || ()).unwrap();
        assert_eq!(report.erased, 1, "{engine}");
        assert!(all_people(&place).is_superset(&people), "{engine}");
        let others = (report.new, report.new_persons);

        // Decided otherwise, she comes back with the file after that: as somebody new.
        let again = || dpo(|context| erasure::admit(context, &place.served, asked));
        again().unwrap();
        assert!(matches!(again(), Err(AppError::State(_))), "{engine}: once");
        let case = dpo(|context| shared::case(context, &place.served, asked)).unwrap();
        assert!(!case.outcome.erased.unwrap().kept_out, "{engine}");
        let report = place.import("PECGM", &later_month(2), || ()).unwrap();
        assert_eq!(report.erased, 0, "{engine}");
        assert!(report.new >= 1, "{engine}: {others:?} before");
    }
}

/// Where a register speaks of her again for a reason of its own, she comes back, and the certificate says that she may.
#[test]
fn some_of_what_is_held_goes_and_the_rest_stays() {
    for place in every_engine() {
        let engine = place.engine();
        let hers = someone(&place);
        let asked = request(&place, hers);
        let before = sources(&place, hers);
        assert!(before.contains("france-travail") && before.len() > 1, "{engine}: {before:?}");
        let wish =
            Wish { ground: ErasureGround::Unlawful, sources: vec![Source::FRANCE_TRAVAIL], sets: Vec::new() };
        let planned = plan(&place, asked, &wish);
        assert!(planned.possible && !planned.whole && !planned.keeps_out, "{engine}");
        for line in &planned.lines {
            assert_eq!(line.meant, line.source == Some(Source::FRANCE_TRAVAIL), "{engine}: {line:?}");
        }
        let certificate = erase(&place, asked, &wish).unwrap().certificate.unwrap();
        let words = certificate.words(Lang::En);
        assert!(words.contains("may bring back"), "{engine}: {words}");
        let after = sources(&place, hers);
        assert!(!after.contains("france-travail"), "{engine}: {after:?}");
        assert_eq!(after.len() + 1, before.len(), "{engine}");
        let case = dpo(|context| shared::case(context, &place.served, asked)).unwrap();
        assert_eq!(
            (case.request.state, case.request.person),
            (RequestState::Answered, Some(hers)),
            "{engine}"
        );
        assert_eq!(case.request.statement.as_deref(), Some("QUOLIBETAIRE"), "{engine}: it is hers still");
        assert!(case.parts.iter().any(|part| part.is_owed(Right::Erasure)), "{engine}: who had it is told");

        // A set of facts, of all that say it.
        let asked = request(&place, hers);
        let wish = Wish {
            ground: ErasureGround::LegalObligation,
            sources: Vec::new(),
            sets: vec![FactSet::Contact],
        };
        let planned = plan(&place, asked, &wish);
        assert!(planned.lines.iter().filter(|line| line.meant).all(|line| line.set == Some("contact")));
        erase(&place, asked, &wish).unwrap();
        let shown = dpo(|context| person::show(context, &place.served, hers, Lang::En)).unwrap();
        let values = shown.iter().flat_map(|origin| &origin.values);
        let is_of_set = |field: &str| field.starts_with("contact.") && field != "contact.commune";
        assert!(
            values.into_iter().all(|value| !is_of_set(value.field)),
            "{engine}: her commune is of her identity"
        );
        assert!(!shown.is_empty(), "{engine}: the rest is there");
        let nothing = request(&place, hers);
        assert!(matches!(erase(&place, nothing, &wish), Err(AppError::State(_))), "{engine}: it is gone");
        directory::refresh(&place.served, territory(), NOW).unwrap();
        trail::verify(&place.served, territory(), &[]).unwrap().unwrap();
    }
}

/// Most of what is held rests on a task in the public interest: it stays, and she is told under which clauses.
#[test]
fn the_law_keeps_what_a_ground_does_not_reach() {
    for place in every_engine() {
        let engine = place.engine();
        let hers = someone(&place);
        let asked = request(&place, hers);
        for (ground, kept) in [
            (ErasureGround::NoLongerNecessary, Kept::PublicTask),
            (ErasureGround::ConsentTakenBack, Kept::PublicTask),
            (ErasureGround::Objected, Kept::NoGround),
        ] {
            let planned = plan(&place, asked, &whole(ground));
            assert!(!planned.possible, "{engine} {ground}");
            assert!(
                planned.lines.iter().all(|line| line.kept == Some(kept)),
                "{engine} {ground}: {planned:?}"
            );
            let refused = erase(&place, asked, &whole(ground));
            assert!(matches!(refused, Err(AppError::State(_))), "{engine} {ground}");
        }
        assert!(place.everyone(NOW).contains(&hers), "{engine}: nothing went");
        assert!(place.rows("SELECT * FROM destruction").is_empty(), "{engine}: nothing was begun");

        // It is answered by erasing, or by saying why not; by nothing else.
        let by_hand = |next| dpo(|context| rights::advance(context, &place.served, asked, 1, next));
        assert!(matches!(by_hand(RequestState::Answered), Err(AppError::State(_))), "{engine}");
        assert!(matches!(by_hand(RequestState::Refused), Err(AppError::State(_))), "{engine}");
        let refuse = |version| {
            dpo(|context| {
                erasure::refuse(context, &place.served, (asked, version), ErasureRefusal::PublicTask)
            })
        };
        assert!(matches!(refuse(7), Err(AppError::Store(StoreError::Conflict { .. }))), "{engine}");
        refuse(1).unwrap();
        let case = dpo(|context| shared::case(context, &place.served, asked)).unwrap();
        assert_eq!(case.request.state, RequestState::Refused, "{engine}");
        let refused = case.outcome.refused.unwrap();
        assert_eq!(refused.reason, "public-task", "{engine}");
        assert!(refused.clauses.iter().any(|one| one.contains("62-echange-rsa v1")), "{engine}: {refused:?}");
        assert!(refused.clauses.iter().any(|one| one.contains("GDPR art. 6 (1) (e)")), "{engine}");
        assert!(matches!(refuse(2), Err(AppError::State(_))), "{engine}: once");
    }
}

/// What she objected to with success goes, and legal claims keep all.
#[test]
fn an_objection_that_was_upheld_is_a_ground_and_legal_claims_keep_all() {
    for place in every_engine() {
        let engine = place.engine();
        let hers = someone(&place);
        let days = |count: i32| TODAY.checked_add(liant_model::Span::new().days(count)).unwrap();
        let limit = |right, carry: Carry, day: Date| {
            let new = NewRequest { right, about: None, statement: None };
            let asked = dpo(|context| rights::record(context, &place.served, hers, &new, NOW)).unwrap();
            dpo(|context| limits::carry_out(context, &place.served, (asked, 1), (&carry, day))).unwrap()
        };
        limit(Right::Opposition, Carry::Objection(Vec::new()), days(90));
        let asked = request(&place, hers);
        let wish = whole(ErasureGround::Objected);
        assert!(plan(&place, asked, &wish).possible, "{engine}: {:?}", plan(&place, asked, &wish));

        limit(Right::Restriction, Carry::Restriction(limits::LimitGround::Claims), days(90));
        for ground in ErasureGround::ALL {
            let planned = plan(&place, asked, &whole(*ground));
            assert!(
                planned.lines.iter().all(|line| line.kept == Some(Kept::LegalClaims)),
                "{engine} {ground}"
            );
        }
        assert!(matches!(erase(&place, asked, &wish), Err(AppError::State(_))), "{engine}");
    }
}

/// It is the DPO's to do, for a request for erasure, as it stands.
#[test]
fn an_erasure_carries_out_a_request() {
    for place in every_engine() {
        let engine = place.engine();
        let hers = place.everyone(NOW)[0];
        let asked = request(&place, hers);
        let wish = whole(ErasureGround::Unlawful);
        for (role, purpose) in
            [("orientation_officer", "orientation"), ("technician", "file-handling"), ("dpo", "follow-up")]
        {
            let by = |context: &Context<'_>| {
                erasure::carry_out(context, &place.served, (asked, 1, ""), &wish).map(drop)
            };
            assert!(act(role, purpose, by).is_err(), "{engine} {role}");
            let looked =
                act(role, purpose, |context| erasure::plan(context, &place.served, asked, &wish).map(drop));
            assert!(looked.is_err(), "{engine} {role}");
        }
        // What is held must be what was shown, and the request as it was.
        for (version, seen) in [(7, plan(&place, asked, &wish).seen), (1, String::from("other"))] {
            let stale =
                dpo(|context| erasure::carry_out(context, &place.served, (asked, version, &seen), &wish));
            assert!(matches!(stale, Err(AppError::Store(StoreError::Conflict { .. }))), "{engine} {version}");
        }
        let claims = ErasureRefusal::LegalClaims;
        let unfounded = dpo(|context| erasure::refuse(context, &place.served, (asked, 1), claims));
        assert!(matches!(unfounded, Err(AppError::State(_))), "{engine}: nothing is claimed");
        let new = NewRequest { right: Right::Access, about: None, statement: None };
        let access = dpo(|context| rights::record(context, &place.served, hers, &new, NOW)).unwrap();
        assert!(matches!(erase(&place, access, &wish), Err(AppError::State(_))), "{engine}");
        assert!(place.everyone(NOW).contains(&hers), "{engine}");
        // While a file comes in nothing is erased.
        let mut tried = None;
        place
            .import("PECGM", &next_month(), || {
                tried.get_or_insert_with(|| erase(&place, asked, &wish).map(drop));
            })
            .unwrap();
        assert!(
            matches!(tried, Some(Err(AppError::Store(StoreError::ImportRunning(_))))),
            "{engine}: {tried:?}"
        );
        directory::refresh(&place.served, territory(), minutes(1)).unwrap();
        erase(&place, asked, &wish).unwrap();
        assert!(!place.everyone(NOW).contains(&hers), "{engine}");
    }
}

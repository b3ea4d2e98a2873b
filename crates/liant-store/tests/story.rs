//! One story, on each engine: a file comes in, another replaces it, a human decides, the log grows.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failure here is a failed test")]

use std::io::Cursor;

use liant_audit::verify::leaf_hash;
use liant_convention::{Convention, Gate, SHIPPED, UseKind};
use liant_guard::UsePlan;
use liant_model::{
    ActId, BatchNo, Block, BulkIds, Facts, Field, IdentityId, Instant, OrientationId, PersonId,
    ReferenceDate, ReviewId, Source, Territory,
};
use liant_store::{
    AuditRecord, BatchMeta, Change, ChangeSet, Chunk, CurrentFact, IdentityRow, Import, LinkDecision,
    LinkRow, MemberRow, NirRow, PersonRow, Published, RejectRow, ReviewRow, ReviewState, StoreError,
};
use testkit::{TestStore, every_engine};

const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

fn territory() -> Territory {
    "62".parse().unwrap()
}

fn audit(number: u8) -> AuditRecord {
    let (salt, payload) = (vec![number; 16], vec![number; 40]);
    AuditRecord {
        act: ActId::new(NOW, [number; 10]),
        at: Instant::from_micros(NOW.micros() + i64::from(number)),
        commitment: leaf_hash(&salt, &payload),
        salt,
        payload,
    }
}

fn meta(number: u8, territory: Territory) -> BatchMeta {
    BatchMeta {
        territory,
        act: ActId::new(NOW, [number; 10]),
        flow: "PECGM".into(),
        source: Source::FRANCE_TRAVAIL,
        received_under: "62-echange-rsa/annexe 3".into(),
        reference_date: ReferenceDate::new("2026-11-01".parse().unwrap()),
        fabricated_on: None,
        file_name: "pecgm.xml".into(),
        started_at: NOW,
        actor: "tech".into(),
    }
}

fn published(number: u8) -> Published {
    Published { file_hash: [number; 32], file_bytes: 10, counts: "{}".into(), at: NOW, links_seen: 0 }
}

fn facts(name: &str) -> Facts {
    let mut facts = Facts::new();
    facts.push(Field::BirthName, name);
    facts
}

/// The birth name of sealed facts, through the only door that a test has too: a `[[use]]` clause.
fn name_in(fact: &CurrentFact) -> Option<String> {
    let conventions = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap()).collect();
    let gate = Gate::new(conventions).unwrap();
    let plan = UsePlan::compile(&gate, UseKind::Recognise, territory(), NOW).unwrap();
    plan.read(&fact.facts, |facts| facts.get(Field::BirthName)).unwrap()
}

struct World {
    ids: BulkIds,
    first: IdentityId,
    second: IdentityId,
    persons: [PersonId; 2],
}

/// Two identities under batch 1, each her own person, and one question about them.
fn load(test: &TestStore) -> World {
    let mut ids = BulkIds::new(NOW, [7; 10]);
    let (first, second): (IdentityId, IdentityId) = (ids.next_id(), ids.next_id());
    let persons: [PersonId; 2] = [ids.next_id(), ids.next_id()];
    test.store.ensure_territory(territory()).unwrap();
    let mut import = Import::begin(&test.store, meta(1, territory())).unwrap();
    let mut chunk = Chunk::default();
    for (place, identity) in [first, second].into_iter().enumerate() {
        chunk.identities.push(IdentityRow { identity, own_key: format!("0620000{place}") });
        chunk.add_fact(
            identity,
            Block::Identity,
            [place as u8; 16],
            facts("AVRIL").as_bytes(),
            Some(&[9; 40]),
        );
        chunk.add_fact(identity, Block::Registration, [1; 16], facts("x").as_bytes(), None);
        chunk.nirs.push(NirRow { index: [3; 16], identity });
        chunk.persons.push(PersonRow { person: persons[place] });
        chunk.members.push(MemberRow { person: persons[place], identity });
        chunk.links.push(LinkRow {
            identity,
            person: persons[place],
            decision: "new",
            score: None,
            evidence: None,
        });
    }
    let review = ids.next_id::<ReviewId>();
    chunk.reviews.push(ReviewRow {
        review,
        identity: second,
        candidate: first,
        score: 4.5,
        evidence: vec![1, 2],
    });
    chunk.rejects.push(RejectRow {
        record_no: 3,
        problem_no: 1,
        byte_offset: 4096,
        line: 5,
        element: "nir".into(),
        rule: "PECGM-NIR".into(),
        message: "AAA".into(),
    });
    import.write(&chunk).unwrap();
    nothing_is_visible(test);
    assert_eq!(import.rows_written(), 14);
    import.publish(&published(1), &audit(1)).unwrap();
    World { ids, first, second, persons }
}

fn nothing_is_visible(test: &TestStore) {
    test.store
        .read(territory(), |snapshot| {
            assert_eq!(snapshot.published()?, BatchNo(0), "{}", test.engine);
            assert_eq!(snapshot.counts()?, (vec![], 0));
            assert!(snapshot.reviews(ReviewState::Open)?.is_empty());
            snapshot.block_of_all(Block::Identity, |_| panic!("an unpublished row is visible"))
        })
        .unwrap();
}

#[test]
fn a_file_is_seen_whole_or_not_at_all() {
    for test in every_engine() {
        let world = load(&test);
        test.store
            .read(territory(), |snapshot| {
                assert_eq!(snapshot.published()?, BatchNo(1));
                assert_eq!(snapshot.counts()?, (vec![("france-travail".into(), 2)], 2));
                let mut seen = Vec::new();
                snapshot.block_of_all(Block::Identity, |fact| {
                    assert_eq!(name_in(&fact).as_deref(), Some("AVRIL"));
                    assert_eq!(fact.sealed.as_deref(), Some(&[9; 40][..]));
                    seen.push((fact.identity, fact.person));
                    Ok(())
                })?;
                assert_eq!(seen, [(world.first, world.persons[0]), (world.second, world.persons[1])]);
                let mut hashes = 0;
                snapshot.content_hashes((world.first, world.second), |_, _, _| {
                    hashes += 1;
                    Ok(())
                })?;
                assert_eq!(hashes, 4);
                assert_eq!(snapshot.rejects(BatchNo(1))?.len(), 1);
                assert_eq!(snapshot.batch_with_hash(&[1; 32])?.unwrap().batch, BatchNo(1));
                assert!(snapshot.batch_with_hash(&[2; 32])?.is_none());
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn versions_replace_each_other_and_an_abandoned_batch_leaves_no_trace() {
    for test in every_engine() {
        let mut world = load(&test);
        let change = |world: &mut World, hash: u8, name: &str, import: &mut Import| {
            let mut chunk = Chunk::default();
            chunk.add_fact(world.first, Block::Identity, [hash; 16], facts(name).as_bytes(), None);
            chunk.ended_identities.push((world.second, BatchNo(1)));
            let identity = world.ids.next_id();
            chunk.identities.push(IdentityRow { identity, own_key: "new".into() });
            import.write(&chunk).unwrap();
        };
        let name_of_first = |expected: &str| {
            test.store
                .read(territory(), |snapshot| {
                    let fact = snapshot.fact(world.first, Block::Identity)?.unwrap();
                    assert_eq!(name_in(&fact).as_deref(), Some(expected), "{}", test.engine);
                    Ok(())
                })
                .unwrap();
        };
        let mut abandoned = Import::begin(&test.store, meta(2, territory())).unwrap();
        let mut copy = World { ids: BulkIds::new(NOW, [8; 10]), ..world };
        change(&mut copy, 8, "BRUMAIRE", &mut abandoned);
        name_of_first("AVRIL");
        abandoned.abandon().unwrap();
        // A second one dies without a word: the next import sweeps its rows.
        let mut killed = Import::begin(&test.store, meta(3, territory())).unwrap();
        change(&mut copy, 8, "BRUMAIRE", &mut killed);
        drop(killed);
        name_of_first("AVRIL");

        world.ids = BulkIds::new(NOW, [9; 10]);
        let mut import = Import::begin(&test.store, meta(4, territory())).unwrap();
        assert_eq!(import.batch(), BatchNo(4));
        let (first, second) = (world.first, world.second);
        change(&mut world, 9, "MESSIDOR", &mut import);
        import.publish(&published(4), &audit(4)).unwrap();
        test.store
            .read(territory(), |snapshot| {
                let fact = snapshot.fact(first, Block::Identity)?.unwrap();
                assert_eq!(name_in(&fact).as_deref(), Some("MESSIDOR"));
                assert!(snapshot.identity(second)?.unwrap().1.left);
                assert_eq!(snapshot.counts()?.0, [("france-travail".to_owned(), 2)]);
                let states: Vec<_> = snapshot.batches()?.into_iter().map(|batch| batch.state).collect();
                assert_eq!(states, ["published", "abandoned", "abandoned", "published"]);
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn two_imports_of_one_territory_do_not_run_at_once() {
    for test in every_engine() {
        test.store.ensure_territory(territory()).unwrap();
        let other: Territory = "59".parse().unwrap();
        test.store.ensure_territory(other).unwrap();
        let running = Import::begin(&test.store, meta(1, territory())).unwrap();
        let refused = Import::begin(&test.store, meta(2, territory()));
        assert!(matches!(refused, Err(StoreError::ImportRunning(_))), "{}", test.engine);
        Import::begin(&test.store, meta(3, other)).unwrap();
        drop(running);
        Import::begin(&test.store, meta(4, territory())).unwrap();
    }
}

#[test]
fn a_human_accepts_and_undoes_and_a_stale_answer_is_refused() {
    for test in every_engine() {
        let world = load(&test);
        let question =
            test.store.read(territory(), |snapshot| snapshot.reviews(ReviewState::Open)).unwrap().remove(0);
        assert_eq!((question.identity, question.candidate), (world.second, world.first));
        let accept = |number| {
            ChangeSet::new(territory(), NOW, audit(number))
                .with(Change::Link {
                    identity: world.second,
                    expected_link: 1,
                    person: world.persons[0],
                    new_person: false,
                    decision: LinkDecision { score: Some(4.5), evidence: None },
                })
                .with(Change::Review {
                    review: question.review,
                    expected_version: question.version,
                    state: ReviewState::Accepted,
                    decided_by: "clerk".into(),
                    link_no: Some(2),
                })
        };
        test.store.apply(&accept(2)).unwrap();
        let of_person =
            |person| test.store.read(territory(), |snapshot| snapshot.links_of_person(person)).unwrap();
        assert_eq!(of_person(world.persons[0]).len(), 2, "{}", test.engine);
        assert_eq!(of_person(world.persons[1]).len(), 0);
        let stale = test.store.apply(&accept(3));
        assert!(matches!(stale, Err(StoreError::Conflict { .. })), "{}", test.engine);
        let new: PersonId = BulkIds::new(NOW, [1; 10]).next_id();
        let undo = ChangeSet::new(territory(), NOW, audit(4)).with(Change::Link {
            identity: world.second,
            expected_link: 2,
            person: new,
            new_person: true,
            decision: LinkDecision { score: None, evidence: None },
        });
        test.store.apply(&undo).unwrap();
        assert_eq!(of_person(world.persons[0]).len(), 1);
        assert_eq!(of_person(new).len(), 1);
        // The refused act left no audit entry: there is no act without one, and no entry without its act.
        assert_eq!(test.store.sequence_audit(territory()).unwrap(), 3);
    }
}

#[test]
fn orientations_replace_each_other() {
    for test in every_engine() {
        let world = load(&test);
        let record = |number: u8, replaces| {
            let orientation = OrientationId::new(NOW, [number; 10]);
            let act = ChangeSet::new(territory(), NOW, audit(number)).with(Change::Orientation {
                orientation,
                identity: world.first,
                decided_on: format!("2026-10-{number:02}"),
                facts: facts("x"),
                replaces,
            });
            (orientation, test.store.apply(&act))
        };
        let (first, done) = record(2, Vec::new());
        done.unwrap();
        let (second, done) = record(3, vec![first]);
        done.unwrap();
        assert!(matches!(record(4, vec![first]).1, Err(StoreError::Conflict { .. })));
        let current =
            test.store.read(territory(), |snapshot| snapshot.orientations_of(world.persons[0])).unwrap();
        assert_eq!(current[0].orientation, second, "{}", test.engine);
    }
}

#[test]
fn an_orientation_follows_the_source_identity_it_was_recorded_for() {
    for test in every_engine() {
        let world = load(&test);
        let engine = test.engine;
        let record = |number: u8, identity, day: u8| {
            let orientation = OrientationId::new(NOW, [number; 10]);
            let act = ChangeSet::new(territory(), NOW, audit(number)).with(Change::Orientation {
                orientation,
                identity,
                decided_on: format!("2026-10-{day:02}"),
                facts: facts("x"),
                replaces: Vec::new(),
            });
            test.store.apply(&act).unwrap();
            orientation
        };
        let of = |person| -> Vec<OrientationId> {
            let rows = test.store.read(territory(), |snapshot| snapshot.orientations_of(person)).unwrap();
            rows.iter().map(|row| row.orientation).collect()
        };
        let (first, second) = (record(2, world.first, 20), record(3, world.second, 10));
        assert_eq!((of(world.persons[0]), of(world.persons[1])), (vec![first], vec![second]), "{engine}");
        let moved = ChangeSet::new(territory(), NOW, audit(4)).with(Change::Link {
            identity: world.second,
            expected_link: 1,
            person: world.persons[0],
            new_person: false,
            decision: LinkDecision { score: None, evidence: None },
        });
        test.store.apply(&moved).unwrap();
        // Two people were found to be one: she has both decisions, the latest first.
        assert_eq!((of(world.persons[0]), of(world.persons[1])), (vec![first, second], vec![]), "{engine}");
        let mut all = Vec::new();
        let read = test.store.read(territory(), |snapshot| {
            snapshot.orientations(|row| {
                all.push((row.person, row.orientation));
                Ok(())
            })
        });
        read.unwrap();
        assert_eq!(all, [(world.persons[0], second), (world.persons[0], first)], "{engine}");
    }
}

#[test]
fn the_log_takes_each_entry_once_and_in_order() {
    for test in every_engine() {
        load(&test);
        assert_eq!(test.store.sequence_audit(territory()).unwrap(), 1);
        assert_eq!(test.store.sequence_audit(territory()).unwrap(), 1);
        for number in [6, 5] {
            let act = ChangeSet::new(territory(), NOW, audit(number));
            test.store.apply(&act).unwrap();
        }
        assert_eq!(test.store.sequence_audit(territory()).unwrap(), 3);
        let mut seen = Vec::new();
        test.store
            .audit_log(territory(), |leaf| {
                seen.push((leaf.index, leaf.act));
                Ok(())
            })
            .unwrap();
        assert_eq!(seen, [(0, audit(1).act), (1, audit(5).act), (2, audit(6).act)], "{}", test.engine);
        assert_eq!(test.store.audit_frontier(territory()).unwrap().parts().0, 3);
    }
}

/// The export of a store of one territory and nothing else, with the row of that territory written twice.
fn territory_twice(file: &[u8]) -> Vec<u8> {
    let body = &file[..file.len() - 41];
    let row = body.windows(2).position(|marks| marks == [3, 18]).unwrap();
    // Its mark, four integers and an empty edge.
    let end = row + 1 + 4 * 9 + 5;
    let mut twice = [&body[..end], &body[row..], &[0], &2_u64.to_be_bytes()].concat();
    let checksum = ring::digest::digest(&ring::digest::SHA256, &twice);
    twice.extend_from_slice(checksum.as_ref());
    twice
}

#[test]
fn a_territory_that_comes_twice_is_not_seen_once() {
    let from = testkit::sqlite();
    from.store.ensure_territory(territory()).unwrap();
    let mut file = Vec::new();
    from.store.export(&mut file).unwrap();
    for to in every_engine() {
        assert!(to.store.import(Cursor::new(territory_twice(&file))).is_err(), "{}", to.engine);
        assert_eq!(to.store.territories().unwrap(), [], "{}", to.engine);
        assert_eq!(to.store.import(Cursor::new(&file)).unwrap(), 1, "{}", to.engine);
    }
}

#[test]
fn a_store_moves_from_any_engine_to_any_other() {
    for from in every_engine() {
        let world = load(&from);
        from.store.sequence_audit(territory()).unwrap();
        let mut file = Vec::new();
        let rows = from.store.export(&mut file).unwrap();
        for to in every_engine() {
            assert_eq!(
                to.store.import(Cursor::new(&file)).unwrap(),
                rows,
                "{} to {}",
                from.engine,
                to.engine
            );
            let mut copy = Vec::new();
            to.store.export(&mut copy).unwrap();
            assert_eq!(copy, file, "{} to {}", from.engine, to.engine);
            let links =
                to.store.read(territory(), |snapshot| snapshot.links_of_person(world.persons[0])).unwrap();
            assert_eq!(links.len(), 1);
            assert!(
                to.store.import(Cursor::new(&file)).is_err(),
                "a store that is not empty takes nothing in"
            );
        }
        for (damage, at) in [("cut", file.len() - 1), ("cut", file.len() / 2), ("changed", file.len() / 3)] {
            let mut bad = file.clone();
            if damage == "cut" {
                bad.truncate(at);
            } else {
                bad[at] ^= 1;
            }
            let to = testkit::sqlite();
            assert!(to.store.import(Cursor::new(&bad)).is_err(), "{damage} at {at}");
            assert_eq!(to.store.territories().unwrap(), [], "{damage} at {at}");
        }
    }
}

//! Whatever happens, the directory is what it would be if it were made from nothing.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]
#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the bare method is not general over lifetimes"
)]

use liant_app::people::{self, Ending, FollowRole, ListRequest, PageSize, Seat};
use liant_app::{directory, review};
use liant_model::{Date, IdentityId, Lang, PersonId};
use liant_sample::{Decisions, FileOptions, World, WorldOptions};
use liant_store::ReviewState;
use proptest::prelude::*;

use crate::world::{MARCH, NOW, Place, account, act, every_engine, known, officer, organisation, territory};

const MONTHS: u32 = 4;

#[derive(Clone, Copy, Debug)]
enum Deed {
    /// The next file of a flow.
    File(u8),
    Accept(u8),
    Refuse(u8),
    Undo(u8),
    Orient(u8),
    Assign(u8, u8),
    End(u8),
    Communes(u8),
    Refresh,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => (0_u8..3).prop_map(Deed::File),
        3 => any::<u8>().prop_map(Deed::Accept),
        1 => any::<u8>().prop_map(Deed::Refuse),
        2 => any::<u8>().prop_map(Deed::Undo),
        1 => (0_u8..MONTHS as u8).prop_map(Deed::Orient),
        3 => (any::<u8>(), 0_u8..4).prop_map(|(whom, who)| Deed::Assign(whom, who)),
        2 => any::<u8>().prop_map(Deed::End),
        1 => any::<u8>().prop_map(Deed::Communes),
        2 => Just(Deed::Refresh),
    ];
    prop::collection::vec(deed, 4..14)
}

struct Story<'w> {
    place: Place,
    world: &'w World,
    /// How many files of each flow came.
    files: [u32; 3],
}

impl Story<'_> {
    fn file(&mut self, flow: usize) {
        let Some(month) = self.world.month(self.files[flow]) else { return };
        self.files[flow] += 1;
        let mut bytes = Vec::new();
        match flow {
            0 => month.write_known_csv(&mut bytes).map(drop).unwrap(),
            1 => month.write_rsabem(&mut bytes, FileOptions::default()).map(drop).unwrap(),
            _ => month.write_pecgm(&mut bytes, FileOptions::default()).map(drop).unwrap(),
        }
        // The same list twice is refused, and changes nothing.
        let _ = self.place.try_load(&format!("{flow}-{}", self.files[flow]), &bytes);
    }

    fn everyone(&self) -> Vec<PersonId> {
        let request = ListRequest { size: PageSize::Long, ..ListRequest::default() };
        if self.files == [0; 3] { Vec::new() } else { self.place.all(&request) }
    }

    /// What the list says of everyone: as memory has it, and as it is read once nothing is kept in memory any more.
    fn said(&self) -> [String; 2] {
        let page = || -> String {
            let request = ListRequest { size: PageSize::Long, ..ListRequest::default() };
            let list = |context: &liant_app::Context<'_>| {
                people::list(context, &self.place.workplace, &request, Lang::En)
                    .map(|page| format!("{:?}", page.people))
            };
            officer(list).unwrap_or_default()
        };
        let kept = page();
        let store = &self.place.workplace.store;
        store.turn_memory();
        store.turn_memory();
        [kept, page()]
    }

    /// An act may be refused, for what it acts on is not there any more: then it changes nothing.
    fn does(&mut self, deed: Deed) {
        let workplace = &self.place.workplace;
        let question = |state, number: u8| {
            let open = workplace.store.read(territory(), |snapshot| snapshot.reviews(state)).unwrap();
            (!open.is_empty()).then(|| open[usize::from(number) % open.len()].clone())
        };
        let clerk = |work: &dyn Fn(&liant_app::Context<'_>)| act("clerk", "identity-review", work);
        match deed {
            Deed::File(flow) => self.file(usize::from(flow)),
            Deed::Accept(number) => {
                if let Some(question) = question(ReviewState::Open, number) {
                    clerk(&|context| drop(review::accept(context, workplace, question.review)));
                }
            }
            Deed::Refuse(number) => {
                if let Some(question) = question(ReviewState::Open, number) {
                    clerk(&|context| drop(review::refuse(context, workplace, question.review)));
                }
            }
            Deed::Undo(number) => {
                let accepted = question(ReviewState::Accepted, number).map(|question| question.identity);
                let any = || -> Option<IdentityId> {
                    let mut found = Vec::new();
                    let everyone = self.everyone();
                    let person = *everyone.get(usize::from(number) % everyone.len().max(1))?;
                    workplace
                        .store
                        .read(territory(), |snapshot| {
                            found = snapshot.links_of_person(person)?;
                            Ok(())
                        })
                        .unwrap();
                    found.first().map(|link| link.identity)
                };
                if let Some(identity) = accepted.filter(|_| number % 2 == 0).or_else(any) {
                    clerk(&|context| drop(review::undo(context, workplace, identity)));
                }
            }
            Deed::Orient(month) => {
                let mut bytes = Vec::new();
                let month = self.world.month(u32::from(month)).unwrap();
                month.write_orientations_csv(&mut bytes, Decisions::InForce).unwrap();
                self.place.orient("decisions.csv", &bytes);
            }
            Deed::Assign(whom, who) => {
                let everyone = self.everyone();
                let some: Vec<_> = everyone.iter().skip(usize::from(whom) % 50).step_by(7).copied().collect();
                drop(self.place.assign(Seat::default(), &some, (who, 1)));
            }
            Deed::End(whom) => {
                let everyone = self.everyone();
                if let Some(person) = everyone.get(usize::from(whom)).copied() {
                    let ending =
                        Ending { person, role: FollowRole::SocialReferent, to: Date::constant(2025, 6, 30) };
                    officer(|context| drop(people::end(context, workplace, &Seat::default(), ending)));
                }
            }
            Deed::Communes(number) => {
                let some: Vec<String> = (0..200)
                    .filter(|code| code % 3 == u32::from(number) % 3)
                    .map(|code| format!("62{code:03}"))
                    .collect();
                let service = organisation(number % 2);
                officer(|context| people::set_communes(context, workplace, service, &some)).unwrap();
            }
            Deed::Refresh => drop(self.place.refresh()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, max_shrink_iters: 30, ..ProptestConfig::default() })]

    #[test]
    fn any_acts_leave_it_as_it_would_be_made_anew(deeds in deeds(), seed in 0_u64..1_000) {
        let world = World::new(WorldOptions::new(territory(), 60, seed, MARCH, MONTHS));
        for place in every_engine() {
            let mut story = Story { place, world: &world, files: [0; 3] };
            for deed in [Deed::File(0), Deed::File(2), Deed::Refresh].iter().chain(&deeds) {
                story.does(*deed);
            }
            story.place.refresh();
            let engine = story.place.test.engine;
            let kept = story.place.contents();
            prop_assert!(!kept.is_empty());
            directory::rebuild(&story.place.workplace, territory(), NOW).unwrap();
            prop_assert_eq!(kept, story.place.contents(), "{}", engine);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, max_shrink_iters: 30, ..ProptestConfig::default() })]

    /// What was read of people lately is given out as long as it is still so, and no longer, whoever made it otherwise.
    #[test]
    fn no_act_leaves_anything_in_memory_that_is_not_so(deeds in deeds(), seed in 0_u64..1_000) {
        let world = World::new(WorldOptions::new(territory(), 60, seed, MARCH, MONTHS));
        for place in every_engine() {
            let mut story = Story { place, world: &world, files: [0; 3] };
            for deed in [Deed::File(0), Deed::File(2), Deed::Refresh].iter().chain(&deeds) {
                story.does(*deed);
                let [kept, read] = story.said();
                prop_assert_eq!(kept, read, "{}: {:?}", story.place.test.engine, deed);
            }
        }
    }
}

#[test]
fn a_filling_that_died_goes_on_and_no_two_run_at_once() {
    let world = World::new(WorldOptions::new(territory(), 120, 3, MARCH, 2));
    for place in every_engine() {
        let mut story = Story { place, world: &world, files: [0; 3] };
        (0..3).for_each(|flow| story.file(flow));
        let Story { place, .. } = &story;
        place.refresh();
        let whole = place.contents();
        let engine = place.test.engine;

        // One that died after some of its rows, with words unwritten; then one more on another basis.
        let mut maker = place.workplace.store.directory_maker(territory()).unwrap().unwrap();
        maker.begin("another form").unwrap();
        assert!(place.contents().is_empty(), "{engine}");
        let elsewhere = place.refresh();
        assert!(elsewhere.elsewhere, "{engine}: one at a time");
        let state =
            || place.workplace.store.read(territory(), |snapshot| snapshot.directory_state()).unwrap();
        assert!(state().filling && !state().is_fresh(), "{engine}: it says so itself");
        drop(maker);
        place.refresh();
        assert_eq!(place.contents(), whole, "{engine}");
        assert!(state().is_fresh(), "{engine}");
    }
}

#[test]
fn a_store_that_moved_makes_its_directory_again() {
    let world = World::new(WorldOptions::new(territory(), 80, 3, MARCH, 2));
    for place in every_engine() {
        let mut story = Story { place, world: &world, files: [0; 3] };
        for flow in [0, 2, 2] {
            story.file(flow);
        }
        story.place.refresh();
        let everyone = story.everyone();
        story.place.assign(Seat::default(), &everyone[..5], (2, 1)).unwrap();
        let mut file = std::io::Cursor::new(Vec::new());
        story.place.workplace.store.export(&mut file).unwrap();
        for to in every_engine() {
            file.set_position(0);
            to.workplace.store.import(&mut file).unwrap();
            to.refresh();
            let count = |place: &Place| {
                let seat = Seat {
                    account: Some(account(2)),
                    organisation: Some(organisation(2)),
                    reach: Some(liant_convention::Reach::Territory),
                };
                let caseload = Seat { reach: Some(liant_convention::Reach::Caseload), ..seat };
                let page = |seat| {
                    officer(|context| {
                        people::list(
                            context,
                            &place.workplace,
                            &ListRequest { seat, ..ListRequest::default() },
                            Lang::En,
                        )
                    })
                    .unwrap()
                };
                (page(seat).count, page(caseload).count, place.happened(&seat))
            };
            assert_eq!(count(&to), count(&story.place), "{} to {}", story.place.test.engine, to.test.engine);
        }
    }
}

/// Who is due and of whom the directory tells nothing new is not written again.
#[test]
fn what_stays_the_same_is_not_written() {
    const EVERYONE: &str = "INSERT INTO directory_due (territory_id, person_id, mark)
         SELECT territory_id, person_id, 1 FROM person RETURNING mark";
    for place in every_engine() {
        let engine = place.test.engine;
        let people = [
            ["R1", "ABEL", "", "Zoé", "1990-12-01", "62041", ""],
            ["R2", "BLIN", "ROUX", "Ali", "1981-03-12", "62193", "1234567"],
        ];
        place.load("first.csv", &known(&people));
        assert_eq!(place.refresh().filled, 2, "{engine}");
        let before = place.contents();
        assert_eq!(place.test.rows("62", EVERYONE).len(), 2, "{engine}");
        let again = place.refresh();
        assert_eq!((again.remade, again.changed), (2, 0), "{engine}");
        assert_eq!(place.contents(), before, "{engine}: nobody is due");
        place
            .test
            .rows("62", "UPDATE directory SET commune = '62999' WHERE commune = '62041' RETURNING form");
        place.test.rows("62", EVERYONE);
        let again = place.refresh();
        assert_eq!((again.remade, again.changed), (2, 1), "{engine}: one of them");
        assert_eq!(place.contents(), before, "{engine}");
    }
}

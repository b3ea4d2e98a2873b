//! Questions asked by class, as of the files that ship.

use liant_convention::{Channel, People, Reach};
use liant_model::Field;
use oracle::{Asked, Drawn, PROFILES, Random, SOURCES};

use crate::court::{CONSENTS, Court, number};
use crate::generated::drawn_day;

/// No answer is another than Cedar's own.
#[test]
fn questions_of_a_class_have_one_answer() {
    let codes: Vec<&str> = Field::all().map(Field::code).collect();
    let restricted = [vec![], vec![], vec!["here".to_owned()], vec!["there".to_owned()]];
    let objected = [vec![], vec![], vec!["here|follow-up".to_owned()]];
    let (mut asked, mut let_out) = (0, 0);
    for seed in 2_000..2_020 {
        let mut random = Random::new(seed);
        let court = Court::new(Drawn::new(&mut random).texts);
        let days = court.judge.days();
        for actor in court.judge.actors() {
            for action in court.judge.actions() {
                let (alone, by_class) =
                    (court.slice(&actor, &action), court.slice(&actor, &action).by_class());
                let questions = if alone.is_empty() { 1 } else { 40 };
                for _ in 0..questions {
                    let drawn = Asked {
                        source: random.one(&SOURCES).unwrap(),
                        field: random.one(&codes).unwrap(),
                        channel: random.one(Channel::ALL).unwrap().as_str(),
                        profile: random.one(&PROFILES).unwrap(),
                        reach: random.one(Reach::ALL).unwrap().as_str(),
                        near: random.one(Reach::ALL).unwrap().as_str(),
                        people: random.one(People::ALL).unwrap().as_str(),
                        protected: random.chance(50),
                        consents: random.one(&CONSENTS).unwrap(),
                        restricted: random.one(&restricted).unwrap(),
                        objected: random.one(&objected).unwrap(),
                        ..Asked::of(&actor, &action, "62", number(drawn_day(&mut random, &days)))
                    };
                    let verdict = alone.answer(&drawn).unwrap();
                    assert_eq!(by_class.answer(&drawn).unwrap(), verdict, "{drawn:#?}");
                    asked += 1;
                    let_out += usize::from(verdict.is_allowed());
                }
            }
        }
    }
    assert!(let_out > 30, "{let_out} of {asked}");
}

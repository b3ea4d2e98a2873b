//! Questions that no policy of a slice tells apart: they have one answer.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use crate::files::Unreadable;
use crate::judge::{Asked, Verdict};
use crate::policies::{ADDRESS, Clause, PEOPLE, REACHES};

/// Of so many answers that are given again, one is asked anew.
const ASKED_ANEW: u32 = 100;

/// What the policies of a slice compare with, and the answers known by class of question.
#[derive(Debug)]
pub(crate) struct Classes {
    days: Vec<i64>,
    asked: Vec<i64>,
    near: Vec<i64>,
    people: Vec<i64>,
    /// The channels of each policy that names some.
    channels: Vec<String>,
    asks_consent: bool,
    known: RefCell<HashMap<Class, Verdict>>,
    given_again: Cell<u32>,
}

/// What the policies can tell of a question.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Class {
    words: [String; 6],
    places: [usize; 4],
    channel: Vec<bool>,
    protected: bool,
    consents: Vec<String>,
    limits: [Vec<String>; 2],
}

impl Classes {
    pub(crate) fn of<'c>(clauses: &(impl Iterator<Item = &'c Clause> + Clone)) -> Self {
        let of = |name| boundaries(clauses.clone(), name);
        let lines = clauses.clone().flat_map(|clause| clause.text.lines());
        let mut channels: Vec<String> =
            lines.filter(|line| line.contains("context.channel")).map(str::to_owned).collect();
        channels.sort_unstable();
        channels.dedup();
        Self {
            days: of("day"),
            asked: of("asked"),
            near: of("near"),
            people: of("people"),
            channels,
            asks_consent: clauses.clone().any(|clause| clause.text.contains("context.consents")),
            known: RefCell::default(),
            given_again: Cell::default(),
        }
    }

    pub(crate) fn answer(
        &self,
        asked: &Asked<'_>,
        ask: impl Fn() -> Result<Verdict, Unreadable>,
    ) -> Result<Verdict, Unreadable> {
        let class = self.class(asked);
        let known = self.known.borrow().get(&class).cloned();
        let Some(known) = known else {
            let verdict = ask()?;
            self.known.borrow_mut().insert(class, verdict.clone());
            return Ok(verdict);
        };
        let given_again = self.given_again.get() + 1;
        self.given_again.set(given_again);
        if given_again.is_multiple_of(ASKED_ANEW) && ask()? != known {
            return Err(Unreadable(format!("what Cedar tells apart of {class:?}: {asked:?}")));
        }
        Ok(known)
    }

    fn class(&self, asked: &Asked<'_>) -> Class {
        let place = |of: &[i64], value: i64| of.partition_point(|boundary| *boundary <= value);
        let rank = |of: &[i64], words: &[&str], word: &str| {
            let rank = words.iter().position(|one| *one == word).unwrap_or(words.len());
            place(of, rank as i64)
        };
        let words = [asked.actor, asked.action, asked.source, asked.field, asked.profile, asked.territory];
        let quoted = format!("\"{}\"", asked.channel);
        Class {
            words: words.map(str::to_owned),
            places: [
                place(&self.days, asked.day),
                rank(&self.asked, &REACHES, asked.reach),
                rank(&self.near, &REACHES, asked.near),
                rank(&self.people, &PEOPLE, asked.people),
            ],
            channel: self.channels.iter().map(|line| line.contains(&quoted)).collect(),
            protected: asked.protected && ADDRESS.contains(&asked.field),
            limits: [asked.restricted.to_vec(), asked.objected.to_vec()],
            consents: asked
                .consents
                .iter()
                .filter(|_| self.asks_consent)
                .map(|one| (*one).to_owned())
                .collect(),
        }
    }
}

/// The numbers from which on a comparison of the policies with `context.name` turns out otherwise: N of `>= N` and of
/// `< N`, one more of `<= N` and of `> N`.
pub(crate) fn boundaries<'c>(clauses: impl Iterator<Item = &'c Clause>, name: &str) -> Vec<i64> {
    let name = format!("context.{name} ");
    let mut numbers: Vec<i64> = Vec::new();
    for clause in clauses {
        for compared in clause.text.split(&name).skip(1) {
            let mut words = compared.split([' ', ')', '\n']);
            let last = matches!(words.next(), Some("<=" | ">"));
            let number = words.next().and_then(|number| number.parse::<i64>().ok());
            numbers.extend(number.map(|number| number + i64::from(last)));
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

//! Notable people and events of a world, for an account a reader can follow.

use crate::history::on;
use crate::kin::Kin;
use crate::numbers;
use crate::pecgm::Ending;
use crate::world::{Person, PersonNo, World};

/// What is notable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StoryKind {
    /// Two people of the same names and birth date.
    Homonyms,
    /// Twins.
    Twins,
    /// Parent and child of the same name.
    Namesakes,
    /// A wedding, and the name that comes with it.
    Wedding,
    /// A move to another zone of France Travail: the identifiers change.
    ZoneMove,
    /// Struck off the register, then registered again.
    StruckOffAndBack,
    /// A waiting number replaced by a final NIR.
    NirCertified,
    /// Held twice in the Département's own list.
    HeldTwice,
}

/// A notable event.
#[derive(Clone, Debug)]
pub struct StoryLine {
    /// What is notable.
    pub kind: StoryKind,
    /// The month it happens in, counted from 0; `None` when it holds throughout.
    pub month: Option<u32>,
    /// The people it is about, by internal number.
    pub people: Vec<PersonNo>,
    /// The Département's references for them (`id_interne`), in the same order.
    pub references: Vec<String>,
    /// The identifiers of France Travail that appear, as `region-identifier`, in order of time.
    pub identifiers: Vec<String>,
    /// A sentence in French.
    pub fr: String,
    /// A sentence in English.
    pub en: String,
}

/// How many lines of one kind are told.
const EACH: usize = 2;

impl World {
    /// Notable people and events: at most two of each kind, the same for the same world, about people whom both the
    /// Département and France Travail know. Every world of more than
    /// a dozen people and some months has homonyms, twins, namesakes, a wedding and a move between zones.
    pub fn story(&self) -> Vec<StoryLine> {
        let tellers: [fn(&Self, &Person) -> Option<StoryLine>; 6] = [
            Self::resemblance,
            Self::wedding,
            Self::zone_move,
            Self::struck_off,
            Self::certified,
            Self::held_twice,
        ];
        let mut lines: Vec<StoryLine> = Vec::new();
        for teller in tellers {
            for line in self.people.iter().filter_map(|person| teller(self, person)) {
                let known = !line.identifiers.is_empty() && !line.references.iter().any(String::is_empty);
                if known && lines.iter().filter(|told| told.kind == line.kind).count() < EACH {
                    lines.push(line);
                }
            }
        }
        lines
    }

    fn line(
        &self,
        kind: StoryKind,
        month: Option<u32>,
        people: &[&Person],
        fr: String,
        en: String,
    ) -> StoryLine {
        let reference = |person: &&Person| person.references().first().cloned().unwrap_or_default();
        let mut identifiers = Vec::new();
        for person in people {
            for spell in &person.registrations {
                let number =
                    numbers::identifier(u64::from(person.no.0) * 8 + u64::from(spell.identifier % 8));
                let identifier = format!("{}-{number}", self.land.agencies[spell.agency].region);
                if !identifiers.contains(&identifier) {
                    identifiers.push(identifier);
                }
            }
        }
        StoryLine {
            kind,
            month,
            people: people.iter().map(|person| person.no).collect(),
            references: people.iter().map(reference).collect(),
            identifiers,
            fr,
            en,
        }
    }

    /// The month of the window in which a day lies.
    fn month_of(&self, day: crate::calendar::Day) -> Option<u32> {
        (0..self.window.months).find(|index| self.window.month(*index) == day.month_start())
    }

    fn resemblance(&self, person: &Person) -> Option<StoryLine> {
        let (kin, other) = person.kin?;
        let other = &self.people[other.0 as usize];
        let (name, born) = (full_name(person), person.identity.birth.day);
        let (kind, fr, en) = match kin {
            Kin::Homonym => (
                StoryKind::Homonyms,
                format!(
                    "Deux personnes s’appellent {name} et sont nées le {born} : ce sont bien deux personnes."
                ),
                format!("Two people are called {name} and were born on {born}: they are indeed two people."),
            ),
            Kin::Twin => (
                StoryKind::Twins,
                format!("{name} et {} : même jour de naissance, mêmes parents.", full_name(other)),
                format!("{name} and {} were born on the same day to the same parents.", full_name(other)),
            ),
            Kin::Namesake => (
                StoryKind::Namesakes,
                format!("Deux personnes d’une même famille s’appellent {name}, à une génération d’écart."),
                format!("Two people called {name}, of one family, were born a generation apart."),
            ),
            Kin::Sibling => return None,
        };
        Some(self.line(kind, None, &[other, person], fr, en))
    }

    fn wedding(&self, person: &Person) -> Option<StoryLine> {
        let (day, married_name) = person.married.as_ref()?;
        let month = self.month_of(*day)?;
        let name = full_name(person);
        let fr = format!("{name} se marie le {day} ; nom d’usage désormais : {married_name}.");
        let en = format!("{name} marries on {day} and is now known as {married_name}.");
        Some(self.line(StoryKind::Wedding, Some(month), &[person], fr, en))
    }

    fn zone_move(&self, person: &Person) -> Option<StoryLine> {
        // A couple moves together: its first adult is enough.
        if self.households[person.household].adults.first() != Some(&person.no.0) {
            return None;
        }
        let day = person.registrations.iter().find_map(|spell| match spell.end {
            Some((_, day, reason)) if reason == crate::codes::CHANGE_OF_SITE => Some(day),
            _ => None,
        })?;
        let month = self.month_of(day)?;
        let home = on(&self.households[person.household].residences, day, |home| home.from)?;
        let (name, town) = (full_name(person), &self.land.communes[home.commune].name);
        let fr = format!(
            "{name} part vivre à {town} le {day} : l’inscription cesse (motif 46) et reprend sous un autre identifiant."
        );
        let en = format!(
            "{name} moves to {town} on {day}: the registration ceases (reason 46) and starts again under another identifier."
        );
        Some(self.line(StoryKind::ZoneMove, Some(month), &[person], fr, en))
    }

    fn struck_off(&self, person: &Person) -> Option<StoryLine> {
        let (place, day) =
            person.registrations.iter().enumerate().find_map(|(place, spell)| match spell.end {
                Some((Ending::Radiation, day, _)) => Some((place, day)),
                _ => None,
            })?;
        let back = person.registrations.get(place + 1)?.start;
        let month = self.month_of(day)?;
        let name = full_name(person);
        let fr = format!("{name} : radiation le {day}, nouvelle inscription le {back}.");
        let en = format!("{name} is struck off the register on {day}, and registers again on {back}.");
        Some(self.line(StoryKind::StruckOffAndBack, Some(month), &[person], fr, en))
    }

    fn certified(&self, person: &Person) -> Option<StoryLine> {
        let day = person.identity.waiting_until?;
        let month = self.month_of(day)?;
        let name = full_name(person);
        let fr = format!("{name} n’a d’abord qu’un numéro d’attente ; son NIR définitif arrive le {day}.");
        let en = format!("{name} has only a waiting number at first; the final NIR comes on {day}.");
        Some(self.line(StoryKind::NirCertified, Some(month), &[person], fr, en))
    }

    fn held_twice(&self, person: &Person) -> Option<StoryLine> {
        let [first, second] = person.references() else { return None };
        let name = full_name(person);
        let fr = format!("Le Département connaît {name} deux fois : {first} et {second}.");
        let en = format!("The Département holds {name} twice: {first} and {second}.");
        Some(self.line(StoryKind::HeldTwice, None, &[person], fr, en))
    }
}

fn full_name(person: &Person) -> String {
    format!("{} {}", person.identity.first_name(), person.identity.birth_name)
}

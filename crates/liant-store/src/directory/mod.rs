//! The directory (*fichier des personnes*): what lists, counts and searches stand on.
//!
//! * [`gather`](self) reads what is held of people, still sealed, for the caller to make rows of;
//! * [`DirectoryMaker`] writes the rows, from nothing or for those who are due;
//! * the queries of [`Snapshot`](crate::Snapshot) take only what a plan of the guard allows.

mod changes;
mod counted;
mod gather;
mod indexes;
mod lately;
mod make;
mod predicate;
mod profile;
mod query;
mod replace;
mod search;
mod words;
mod write;

use liant_convention::People;
use liant_guard::Happening;
use liant_identity::Searchable;
use liant_model::{AccountId, PersonId, Source, Territory};

use crate::connection::Connection;
use crate::{StoreError, follow};

pub use changes::{BatchChanges, EventRow, RegistrationChange};
pub use gather::{DuePerson, HeldIdentity, HeldPerson};
pub use make::DirectoryMaker;
pub use query::{Count, DirectoryState, Listed};

pub(crate) use counted::raise_edition;
pub(crate) use query::MadeDirectory;
pub(crate) use write::for_people;

/// What a store keeps in memory of what it has read: nothing that does not hold any longer is given out of it.
#[derive(Default)]
pub(crate) struct Memory {
    counted: counted::Counted,
    lately: lately::Lately,
}

impl Memory {
    /// Lets go of whoever was not asked for since the turn before.
    pub(crate) fn turn(&self) {
        self.lately.turn();
    }
}

/// Takes everything of these people out of the directory, and says that they are to be made again. Whoever calls this holds the
/// lock of the directory.
pub(crate) fn forget(
    connection: &mut Connection,
    territory: Territory,
    people: &[PersonId],
) -> Result<(), StoreError> {
    // No mark is negative: those who are due already stay so.
    let due: Vec<DuePerson> = people.iter().map(|person| DuePerson { person: *person, mark: -1 }).collect();
    replace::replace(connection, territory, &due, &[])?;
    people.iter().try_for_each(|person| follow::due(connection, territory, *person))
}

/// The sources that the directory tells apart, each a bit of a mask. People of another source are not listed by it: give it
/// a place here, and the directory is made again.
const SOURCES: [Source; 3] = [Source::DEPARTEMENT, Source::CNAF, Source::FRANCE_TRAVAIL];

/// A set of sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceMask(i64);

impl SourceMask {
    /// No source.
    pub const NONE: Self = Self(0);

    /// The set of one source; empty for one that the directory does not know.
    pub fn of(source: &Source) -> Self {
        Self(SOURCES.iter().position(|known| known == source).map_or(0, |place| 1 << place))
    }

    /// The sources of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it holds none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    const fn first(self) -> i64 {
        self.0.trailing_zeros() as i64
    }

    fn of_all(sources: &[Source]) -> Self {
        sources.iter().fold(Self::NONE, |mask, source| mask.union(Self::of(source)))
    }
}

/// Every category of people, by its code in the store.
const CATEGORIES: [People; 3] = [People::Everyone, People::RsaRecipient, People::RsaRecipientInCourse];

fn code_of(people: People) -> i64 {
    CATEGORIES.iter().position(|one| *one == people).unwrap_or(0) as i64
}

/// The rows of one person, made of her facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadePerson {
    /// The person.
    pub person: PersonId,
    /// The narrowest category she belongs to.
    pub standing: People,
    /// The ways in which sources give her, in the order of the sources; none when no source names her.
    pub forms: Vec<MadeForm>,
    /// Where she stands.
    pub situation: Situation,
}

/// One way in which sources give someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeForm {
    /// The sources.
    pub sources: SourceMask,
    /// Her commune (INSEE code), empty when it is not known.
    pub commune: String,
    /// What she is found by, by source; the first gives her place in lists.
    pub found_by: Vec<(SourceMask, Searchable)>,
}

/// Where someone stands with France Travail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum FtStock {
    /// It never held her.
    #[default]
    Unknown,
    /// It held her.
    Left,
    /// It holds her.
    Held,
}

/// Where someone stands. Dates are `aaaa-mm-jj`; an empty text says that there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// Whether France Travail's stock holds her.
    pub ft_stock: FtStock,
    /// Since when she is registered.
    pub registered_on: String,
    /// Her category of registration.
    pub category: String,
    /// Since when she has had her right to the RSA.
    pub waiting_since: String,
    /// Nature of the orientation in force.
    pub nature: String,
    /// Her social referent.
    pub referent: Option<AccountId>,
    /// What happened to her.
    pub happened: LastDays,
}

/// What may happen to someone by the files of a source, each with its column of the directory.
const HAPPENINGS: [(Source, Happening, &str); 12] = [
    (Source::FRANCE_TRAVAIL, Happening::Entered, "ft_entered"),
    (Source::FRANCE_TRAVAIL, Happening::Back, "ft_back"),
    (Source::FRANCE_TRAVAIL, Happening::Left, "ft_left"),
    (Source::FRANCE_TRAVAIL, Happening::Registered, "ft_registered"),
    (Source::FRANCE_TRAVAIL, Happening::Ceased, "ft_ceased"),
    (Source::FRANCE_TRAVAIL, Happening::Radiated, "ft_radiated"),
    (Source::CNAF, Happening::Entered, "caf_entered"),
    (Source::CNAF, Happening::Back, "caf_back"),
    (Source::CNAF, Happening::Left, "caf_left"),
    (Source::DEPARTEMENT, Happening::Entered, "own_entered"),
    (Source::DEPARTEMENT, Happening::Back, "own_back"),
    (Source::DEPARTEMENT, Happening::Left, "own_left"),
];

/// By kind of happening, the last day on which a batch told that it happened to someone (`aaaa-mm-jj`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastDays([Option<String>; HAPPENINGS.len()]);

impl LastDays {
    /// Notes a day; of a kind that the directory does not know, nothing.
    fn note(&mut self, source: &str, kind: &str, day: &str) {
        let place =
            HAPPENINGS.iter().position(|(of, what, _)| of.as_str() == source && what.as_str() == kind);
        if let Some(last) = place.and_then(|place| self.0.get_mut(place))
            && last.as_deref().is_none_or(|last| last < day)
        {
            *last = Some(day.to_owned());
        }
    }

    fn each(&self) -> impl Iterator<Item = Option<&str>> {
        self.0.iter().map(Option::as_deref)
    }
}

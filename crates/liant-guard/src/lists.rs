//! What a list, a search or a count may rest on. Only a [`Plan`] makes these, and the store's queries take nothing else:
//! a hidden field can be neither shown, nor filtered on, nor sorted or counted by.

use std::sync::Arc;

use liant_convention::{Limit, People, Reach};
use liant_model::{AccountId, Date, Field, FieldSet, OrganisationId, Source, Territory};

use crate::plan::Plan;

/// Whose people an actor looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those who were given to the account one by one, for a time, in the organisation it sits in.
    Designated(AccountId, OrganisationId),
    /// Those whom the account itself follows (*portefeuille*), for the organisation it sits in.
    Caseload(AccountId, OrganisationId),
    /// Those whom the people of an organisation follow, or of one under it: the service of a mandated structure.
    Followed(OrganisationId),
    /// Those who live in the communes of a local service.
    Service(OrganisationId),
    /// Those who live in the communes of any service under an organisation, or whom people there follow.
    Body(OrganisationId),
    /// Everyone of the territory.
    Territory,
}

impl Scope {
    /// How far that is.
    pub const fn reach(&self) -> Reach {
        match self {
            Self::Designated(..) => Reach::Designated,
            Self::Caseload(..) => Reach::Caseload,
            Self::Followed(_) | Self::Service(_) | Self::Body(_) => Reach::Service,
            Self::Territory => Reach::Territory,
        }
    }
}

/// By category of people, the sources that may be used of someone whose narrowest category it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audience([Vec<Source>; 3]);

/// Every category, the widest first.
const CATEGORIES: [People; 3] = [People::Everyone, People::RsaRecipient, People::RsaRecipientInCourse];

impl Audience {
    /// The sources that may be used of someone of this narrowest category.
    pub fn of(&self, people: People) -> &[Source] {
        let place = CATEGORIES.iter().position(|one| *one == people);
        place.and_then(|place| self.0.get(place)).map_or(&[], Vec::as_slice)
    }

    /// The widest category of whom this source may be used: it may of every narrower one too.
    pub fn least(&self, source: &Source) -> Option<People> {
        CATEGORIES.into_iter().find(|people| self.of(*people).contains(source))
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }
}

/// The names that someone is listed and found by: a source shows whoever it is allowed all four of, or nobody.
pub const NAMES: FieldSet = FieldSet::EMPTY
    .with(Field::BirthName)
    .with(Field::MarriedName)
    .with(Field::FirstName)
    .with(Field::BirthDate);

/// The numbers that someone may be found by.
pub const NUMBERS: [Field; 4] =
    [Field::CafIdentifier, Field::FtIdentifier, Field::RsaRequestNumber, Field::OwnReference];

/// Who may be listed: those of a scope of whom some source may show the names.
#[derive(Clone, Debug)]
pub struct Listing {
    territory: Territory,
    day: Date,
    scope: Scope,
    names: Audience,
    numbers: [Audience; NUMBERS.len()],
    plan: Arc<Plan>,
}

impl Listing {
    /// Whose people.
    pub const fn territory(&self) -> Territory {
        self.territory
    }

    /// On which day: a designation holds for a time.
    pub const fn day(&self) -> Date {
        self.day
    }

    /// Which of them.
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// Whether who has these limits is left out: something of what the plan lets out is closed of her, and a list tells nobody apart by
    /// what she may not be asked.
    pub fn leaves_out(&self, limits: &[Limit]) -> bool {
        self.plan.is_narrowed_by(limits)
    }

    /// The sources that may name them.
    pub const fn names(&self) -> &Audience {
        &self.names
    }

    /// The sources whose numbers of this field may find them.
    pub fn numbers(&self, field: Field) -> Option<&Audience> {
        let place = NUMBERS.iter().position(|one| *one == field)?;
        self.numbers.get(place)
    }
}

/// What happened to someone, told from two states of a source's stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// A stock holds her for the first time.
    Entered,
    /// A stock that she had left holds her again.
    Back,
    /// A stock holds her no longer.
    Left,
    /// She registered as a job seeker (*inscription*).
    Registered,
    /// Her registration ceased (*cessation d'inscription*).
    Ceased,
    /// She was struck off (*radiation*).
    Radiated,
}

impl Happening {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Entered, Self::Back, Self::Left, Self::Registered, Self::Ceased, Self::Radiated];

    /// The word the store writes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Back => "back",
            Self::Left => "left",
            Self::Registered => "registered",
            Self::Ceased => "ceased",
            Self::Radiated => "radiated",
        }
    }

    const fn field(self) -> Field {
        match self {
            Self::Entered | Self::Back | Self::Left | Self::Registered => Field::RegistrationStart,
            Self::Ceased => Field::CessationDate,
            Self::Radiated => Field::RadiationDate,
        }
    }
}

/// What a list asks of whom it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// She lives in this commune (INSEE code).
    Commune(String),
    /// She lives in a commune of this local service; none: in one of no service.
    Service(Option<OrganisationId>),
    /// Born on one of these days, both included.
    Born(Date, Date),
    /// France Travail's stock holds her; false: it held her, and no longer does.
    WithFranceTravail(bool),
    /// Her category of registration, as France Travail codes it.
    Category(String),
    /// An RSA recipient in course (*bénéficiaire en cours*), or not.
    InCourse(bool),
    /// The nature of her orientation, 01 to 06; none: she has none.
    Nature(Option<String>),
    /// In course, and not oriented yet (*à orienter*).
    ToOrient,
    /// To orient, and with her right since this day or before.
    ToOrientSince(Date),
    /// In course, and without a social referent.
    WithoutReferent,
    /// This account follows her as social referent.
    Referent(AccountId),
    /// Something happened to her that a batch of this source brought on this day or after.
    Happened(Happening, Source, Date),
}

/// One thing that a test rests on: fields of one source, or of whichever source names her.
type Basis = (Option<Source>, Field);

impl Test {
    fn rests_on(&self) -> Vec<Basis> {
        const IN_COURSE: Basis = (Some(Source::CNAF), Field::RsaState);
        const NATURE: Basis = (Some(Source::DEPARTEMENT), Field::OrientationNature);
        const REFERENT: Basis = (Some(Source::DEPARTEMENT), Field::ReferentName);
        match self {
            Self::Commune(_) | Self::Service(_) => vec![(None, Field::ResidenceCommune)],
            Self::Born(..) => vec![(None, Field::BirthDate)],
            Self::WithFranceTravail(_) => vec![(Some(Source::FRANCE_TRAVAIL), Field::RegistrationStart)],
            Self::Category(_) => vec![(Some(Source::FRANCE_TRAVAIL), Field::RegistrationCategory)],
            Self::InCourse(_) => vec![IN_COURSE],
            Self::Nature(_) => vec![NATURE],
            Self::ToOrient => vec![IN_COURSE, NATURE],
            Self::ToOrientSince(_) => vec![IN_COURSE, NATURE, (Some(Source::CNAF), Field::BenefitSince)],
            Self::WithoutReferent => vec![IN_COURSE, REFERENT],
            Self::Referent(_) => vec![REFERENT],
            Self::Happened(kind, source, _)
                if *source == Source::CNAF && kind.field() == Field::RegistrationStart =>
            {
                vec![(Some(Source::CNAF), Field::RsaState)]
            }
            Self::Happened(Happening::Entered | Happening::Back | Happening::Left, source, _)
                if *source != Source::FRANCE_TRAVAIL =>
            {
                vec![(Some(source.clone()), Field::BirthName)]
            }
            Self::Happened(kind, source, _) => vec![(Some(source.clone()), kind.field())],
        }
    }
}

/// A test that a plan allows, and of whom.
#[derive(Clone, Debug)]
pub struct Filter {
    test: Test,
    audiences: Vec<(Option<Source>, Audience)>,
    spares_protected: bool,
}

impl Filter {
    /// What is asked.
    pub const fn test(&self) -> &Test {
        &self.test
    }

    /// Whether nobody whose address is protected passes: the test would tell where she lives.
    pub const fn spares_protected(&self) -> bool {
        self.spares_protected
    }

    /// Whom it may be asked of, for each thing that it rests on: who is not among them does not pass it. With a source, it
    /// is that source's word; without, that of whichever source names her.
    pub fn audiences(&self) -> &[(Option<Source>, Audience)] {
        &self.audiences
    }
}

/// In which order people are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// By name, first name and birth date.
    #[default]
    Name,
    /// Those first who have had their right the longest.
    Waiting,
    /// Those first who registered last; those of whom no registration is known are left out.
    Registered,
}

/// An order that a plan allows.
#[derive(Clone, Debug)]
pub struct Sorting {
    order: Order,
    audience: Option<(Source, Audience)>,
}

impl Sorting {
    /// The order.
    pub const fn order(&self) -> Order {
        self.order
    }

    /// Whom it may be used of, and whose word it is: who is not among them is not listed by it.
    pub const fn audience(&self) -> Option<&(Source, Audience)> {
        self.audience.as_ref()
    }
}

impl Plan {
    /// Who may be listed of a scope. None when it is wider than what the gate was asked for, or no source may show the
    /// names of anybody.
    pub fn listing(&self, scope: Scope) -> Option<Listing> {
        let names = self.audience(None, NAMES);
        let numbers = NUMBERS.map(|field| self.audience(None, NAMES.with(field)));
        let within = scope.reach() <= self.reach() && !names.is_empty();
        let plan = Arc::new(self.clone());
        within.then(|| Listing {
            territory: self.territory(),
            day: self.at().date(),
            scope,
            names,
            numbers,
            plan,
        })
    }

    /// A test as a filter. None when it rests on what the plan lets out of nobody.
    pub fn filter(&self, test: Test) -> Option<Filter> {
        let basis = test.rests_on().into_iter();
        let mut spares_protected = false;
        let audiences: Vec<_> = basis
            .map(|(source, field)| {
                let fields = FieldSet::EMPTY.with(field);
                let audience = self.audience(source.as_ref(), fields);
                spares_protected |= self.audience_of(source.as_ref(), fields, true) != audience;
                (source, audience)
            })
            .collect();
        let none_is_empty = audiences.iter().all(|(_, audience)| !audience.is_empty());
        none_is_empty.then_some(Filter { test, audiences, spares_protected })
    }

    /// An order. None when it rests on what the plan lets out of nobody.
    pub fn sorting(&self, order: Order) -> Option<Sorting> {
        let (source, field) = match order {
            Order::Name => return Some(Sorting { order, audience: None }),
            Order::Waiting => (Source::CNAF, Field::BenefitSince),
            Order::Registered => (Source::FRANCE_TRAVAIL, Field::RegistrationStart),
        };
        let audience = self.audience(Some(&source), FieldSet::EMPTY.with(field));
        (!audience.is_empty()).then_some(Sorting { order, audience: Some((source, audience)) })
    }

    /// Of whom all these fields may be let out, of one source or of any.
    fn audience(&self, only: Option<&Source>, fields: FieldSet) -> Audience {
        self.audience_of(only, fields, false)
    }

    /// The same of those whose address is protected, or of the others.
    fn audience_of(&self, only: Option<&Source>, fields: FieldSet, is_protected: bool) -> Audience {
        let sources = |people: People| {
            let asked = self.sources().filter(|source| only.is_none_or(|only| only == *source));
            let of = |source: &Source| self.fields_about(source, people, is_protected);
            asked.filter(|source| of(source).covers(fields)).cloned().collect()
        };
        Audience(CATEGORIES.map(sources))
    }
}

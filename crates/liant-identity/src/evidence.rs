//! What two dossiers have in common and where they differ, field by field: the grounds of a link, without any
//! personal value.

macro_rules! levels {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $level:ident,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $name {
            /// Absent on one side at least: says nothing.
            #[default]
            Missing,
            $($(#[$doc])* $level,)+
        }

        impl $name {
            /// The level of this stored number.
            pub(crate) fn from_number(number: u8) -> Option<Self> {
                [Self::Missing, $(Self::$level),+].into_iter().find(|level| *level as u8 == number)
            }
        }
    };
}

levels! {
    /// How the NIRs compare.
    NirLevel {
        /// Same 13 characters.
        Equal,
        /// One character changed, or two neighbours swapped: a slip, unless two close people (twins) hold them.
        OneSlip,
        /// They differ, but one is provisional and will be replaced.
        Provisional,
        /// They differ, but one breaks the rules of its form (key, month…).
        Doubtful,
        /// Two sound NIRs that differ, but one belies the birth date beside it: perhaps a relative's.
        Misplaced,
        /// Two sound NIRs that differ: two people, or a relative's NIR recorded by mistake.
        Different,
    }
}

levels! {
    /// How the names (birth and usage) compare.
    NameLevel {
        /// Same birth name.
        Equal,
        /// The birth name of one is the usage name of the other.
        UsageName,
        /// Same usage name, other birth name.
        SameUsageName,
        /// Name and first name stand in each other's place.
        Swapped,
        /// One contains the other: a double name, a particle kept or lost, a name cut short.
        Part,
        /// One slip of spelling.
        Close,
        /// One slip or a part, between the birth name of one and the usage name of the other.
        CloseUsageName,
        /// Some likeness.
        Alike,
        /// Nothing in common.
        Different,
    }
}

levels! {
    /// How the first names compare.
    FirstNameLevel {
        /// Same.
        Equal,
        /// In the place of the name (see [`NameLevel::Swapped`]).
        Swapped,
        /// One contains the other: double first name, short form.
        Part,
        /// One slip of spelling.
        Close,
        /// Some likeness.
        Alike,
        /// Nothing in common.
        Different,
    }
}

levels! {
    /// How the birth dates compare.
    DateLevel {
        /// Same day.
        Equal,
        /// Day and month stand in each other's place.
        DayMonthSwapped,
        /// Same year, and one side knows no more (day or month unknown, or 1 January by default).
        SameYearOnly,
        /// One digit changed or two neighbours swapped, or the year next to it.
        OneSlip,
        /// One of year, month and day differs.
        OnePart,
        /// Two of the three differ, or all.
        Different,
    }
}

levels! {
    /// How the communes of residence compare.
    CommuneLevel {
        /// Same.
        Equal,
        /// Another: people move.
        Different,
    }
}

levels! {
    /// How the CAF numbers compare. A couple shares one number.
    CafLevel {
        /// Same.
        Equal,
        /// Another.
        Different,
    }
}

levels! {
    /// How France Travail's identifiers compare.
    FtLevel {
        /// Same region and identifier.
        Equal,
        /// Another, or the same identifier of another region (another person's).
        Different,
    }
}

/// On what ground a link stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Band {
    /// Weighed: likelihood of all the fields together.
    #[default]
    Scored,
    /// An identifier agrees, the person around it too, nothing contradicts.
    Certain,
    /// Something forbids an automatic link, whatever the weight (contradicting NIRs, contact details alone).
    Barred,
}

/// The comparison of two dossiers, field by field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// NIR.
    pub nir: NirLevel,
    /// Birth and usage names.
    pub name: NameLevel,
    /// First names.
    pub first_name: FirstNameLevel,
    /// Birth date.
    pub date: DateLevel,
    /// Commune of residence.
    pub commune: CommuneLevel,
    /// CAF number.
    pub caf: CafLevel,
    /// France Travail's identifier.
    pub ft: FtLevel,
    /// The ground these levels give.
    pub band: Band,
}

impl Evidence {
    /// The levels as numbers, in the order of the fields.
    pub(crate) fn levels(self) -> [u8; FIELDS] {
        [
            self.nir as u8,
            self.name as u8,
            self.first_name as u8,
            self.date as u8,
            self.commune as u8,
            self.caf as u8,
            self.ft as u8,
        ]
    }

    /// The band that the rules give to these levels.
    ///
    /// *Certain*: an identifier agrees (NIR; France Travail's identifier; or the CAF number with the first name and the
    /// birth date, since a couple shares it), and two of name, first name and birth date agree too, the
    /// first name being one of them or not contradicting. *Barred*: two sound NIRs differ (by more than one slip of the
    /// keyboard, or by one slip when the rest is not equal to the letter), the first names have nothing in
    /// common (unless NIR and France Travail's identifier both agree), or nothing but contact details and shared
    /// numbers agree.
    pub(crate) fn ruled(mut self) -> Self {
        let first_fits = !matches!(self.first_name, FirstNameLevel::Alike | FirstNameLevel::Different);
        let name_agrees = matches!(
            self.name,
            NameLevel::Equal | NameLevel::UsageName | NameLevel::Swapped | NameLevel::Part | NameLevel::Close
        );
        let first_agrees = first_fits && self.first_name != FirstNameLevel::Missing;
        let date_agrees = matches!(self.date, DateLevel::Equal | DateLevel::DayMonthSwapped);
        let date_fits = self.date != DateLevel::Different;
        let agreeing = u8::from(name_agrees) + u8::from(first_agrees) + u8::from(date_agrees);
        let exact = matches!(self.name, NameLevel::Equal | NameLevel::UsageName)
            && self.first_name == FirstNameLevel::Equal
            && self.date == DateLevel::Equal;
        let nir_opposes = !matches!(self.nir, NirLevel::Missing | NirLevel::Equal | NirLevel::Provisional);
        let identified = self.nir == NirLevel::Equal
            || (!nir_opposes
                && (self.ft == FtLevel::Equal
                    || (self.caf == CafLevel::Equal
                        && first_agrees
                        && date_agrees
                        && self.ft != FtLevel::Different)));
        // Twins share all but the first name, and sometimes, by mistake, the NIR.
        let other_first_name = self.first_name == FirstNameLevel::Different
            && !(self.nir == NirLevel::Equal && self.ft == FtLevel::Equal);
        self.band = if matches!(self.nir, NirLevel::Different | NirLevel::Misplaced)
            || (matches!(self.nir, NirLevel::OneSlip | NirLevel::Doubtful) && !exact)
            || agreeing == 0
            || other_first_name
        {
            Band::Barred
        } else if identified && agreeing >= 2 && first_fits && date_fits {
            Band::Certain
        } else {
            Band::Scored
        };
        self
    }
}

/// Number of compared fields.
pub(crate) const FIELDS: usize = 7;
/// The most levels a field has.
pub(crate) const LEVELS: usize = 10;

//! The closed vocabularies of the language.

use std::fmt;

/// Makes the enum of a closed vocabulary: each word, its text in a file, reading and writing.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every word, in the order of the reference.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word as a convention file writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
                    .ok_or($crate::UnknownWord(&[$($word),+]))
            }
        }
    };
}

/// A word that the closed vocabulary of its place does not hold; the words that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write one of: {}", .0.join(", "))]
pub struct UnknownWord(pub &'static [&'static str]);

words! {
    /// By what way data reach their recipient (*canal*).
    Channel {
        /// A file of the exchange (*flux*), sent from one party to another.
        Flow = "flow",
        /// A page, a terminal, a printed view.
        Screen = "screen",
        /// A file that a user takes away.
        Export = "export",
        /// A machine that asks and is answered.
        Api = "api",
        /// An e-mail whose attachment is encrypted, the key going by another way.
        Email = "email",
        /// On paper, from hand to hand (*remise en main propre*).
        Hand = "hand",
    }
}

words! {
    /// What the software may do with data that it shows nobody.
    UseKind {
        /// Recognise the person (*rapprochement*): identity matching.
        Recognise = "recognise",
        /// Bring what is held of a source up to date with its later files (*mise à jour*), and see what changed.
        Update = "update",
        /// Compute legal clocks (*délais*) and alerts.
        Clocks = "clocks",
        /// Count without naming (*dénombrer*).
        Count = "count",
        /// Build the indexes by which searches find.
        Index = "index",
        /// Apply the retention plan, destruction included. Outlives the end and the suspension of a convention:
        /// what was received must still be destroyed.
        Retain = "retain",
    }
}

words! {
    /// What a party is in the sense of the GDPR.
    Capacity {
        /// Decides why and how (*responsable de traitement*, art. 4 (7)).
        Controller = "controller",
        /// Decides together with the other joint parties (*responsable conjoint*, art. 26).
        Joint = "joint",
        /// Acts on a controller's instruction (*sous-traitant*, art. 28).
        Processor = "processor",
        /// Acts on a processor's instruction (*sous-traitant ultérieur*, art. 28 (4)).
        SubProcessor = "sub_processor",
    }
}

words! {
    /// How often a flow passes.
    Rhythm {
        /// Every day.
        Daily = "daily",
        /// Every week.
        Weekly = "weekly",
        /// Every month.
        Monthly = "monthly",
        /// When someone asks.
        OnRequest = "on_request",
    }
}

words! {
    /// How far into the territory a reader looks. A grant with a narrower reach than the query gives nothing to it.
    Reach {
        /// The actor herself: what is held about a person, for that person (*personne concernée*).
        Oneself = "oneself",
        /// The people who were given to the actor one by one, for a time (*personne désignée*).
        Designated = "designated",
        /// The people whom the actor herself accompanies (*portefeuille*).
        Caseload = "caseload",
        /// The people of the actor's own service: her organisation and those under it.
        Service = "service",
        /// Everyone of the territory.
        Territory = "territory",
    }
}

words! {
    /// Which people of a source a grant is about (*catégories de personnes*): the rows that its fields may be taken
    /// from. Each category lies within the one before it.
    People {
        /// Everyone whom the source knows.
        Everyone = "everyone",
        /// Those who receive the RSA, or whom the source gives as recipients.
        RsaRecipient = "rsa_recipient",
        /// Those who receive it at the date of the act (*bénéficiaires du RSA en cours*).
        RsaRecipientInCourse = "rsa_recipient_in_course",
    }
}

words! {
    /// What starts the time for which data are kept.
    RetentionStart {
        /// The deposit of a file on the portal.
        Deposit = "deposit",
        /// The day the data were received.
        Receipt = "receipt",
        /// The end of the convention.
        EndOfConvention = "end_of_convention",
        /// The end of the person's right to the benefit.
        EndOfRight = "end_of_right",
        /// The day it was put on record.
        Recorded = "recorded",
        /// The last day on which it served.
        LastUse = "last_use",
        /// The day on which everyone had signed it.
        Signature = "signature",
    }
}

words! {
    /// What a time of retention is about (*jeu de données*).
    Holding {
        /// The facts that files bring, and what is recorded about the people in them: what the grants that cite it keep.
        Facts = "facts",
        /// A file that was received, and the records of it that were set aside.
        Files = "files",
        /// Who was shown what: access records, wider searches, declared reasons, what entries of the audit log say.
        AccessLog = "access_log",
        /// Accounts of professionals.
        Accounts = "accounts",
        /// What committees write and sign (*relevés de conclusions, bilans*), which names nobody who is accompanied.
        Papers = "papers",
    }
}

words! {
    /// What starts a clock (*délai*).
    ClockStart {
        /// A breach of personal data is discovered.
        BreachDiscovered = "breach_discovered",
        /// A complaint is received.
        ComplaintReceived = "complaint_received",
        /// A security flaw is discovered.
        FlawDiscovered = "flaw_discovered",
        /// A person asks to use one of her rights.
        RightsRequestReceived = "rights_request_received",
        /// Formal notice is received.
        NoticeReceived = "notice_received",
    }
}

words! {
    /// Whom a party answers for.
    Contact {
        /// The partnership itself.
        Governance = "governance",
        /// The running of the exchange.
        Operations = "operations",
        /// The security of information systems.
        Security = "security",
        /// The protection of personal data.
        Dpo = "dpo",
    }
}

words! {
    /// What silence means at renewal.
    Silence {
        /// No renewal.
        Refusal = "refusal",
        /// Renewal.
        Renewal = "renewal",
    }
}

words! {
    /// What a person agrees to, or not: a condition that is hers.
    Consent {
        /// That the liaison form about her be sent (*transmission de la fiche de liaison*).
        Form = "form",
        /// That she be written to by electronic means (*échanges dématérialisés*).
        Email = "email",
    }
}

words! {
    /// What lifts the ban on processing special categories of data (GDPR art. 9 (2)).
    SpecialBasis {
        /// The person said yes to it: (a).
        ExplicitConsent = "explicit_consent",
        /// The law on social protection and employment: (b).
        SocialProtection = "social_protection",
        /// What is held goes to the person herself (GDPR art. 15).
        RightOfAccess = "right_of_access",
    }
}

words! {
    /// On what ground data are used although the person has had their use restricted (*limitation du traitement*, GDPR
    /// art. 18 (2)). To be stored needs none.
    Despite {
        /// She agrees.
        Consent = "consent",
        /// Legal claims are established, exercised or defended: hers too, and what she asks of who holds her data.
        LegalClaims = "legal_claims",
        /// The rights of another person are protected.
        Protection = "protection_of_another",
        /// An important public interest.
        PublicInterest = "public_interest",
    }
}

words! {
    /// From what day the time to put a default right runs (*mise en demeure*).
    NoticeFrom {
        /// The day the notice is sent.
        Sending = "sending",
        /// The day it is received.
        Receipt = "receipt",
    }
}

words! {
    /// A list that the parties owe each other.
    ListKind {
        /// The processors that a party has recourse to (*sous-traitants*).
        SubProcessors = "sub_processors",
        /// The countries where the data lie and from which they are reached.
        Countries = "countries",
        /// The people of a party who have access (*agents habilités*).
        Agents = "agents",
    }
}

words! {
    /// What the parties agreed to read in a text that can be read in several ways.
    ReadingOf {
        /// Which Fridays are *ouvrés*.
        WorkingFriday = "working_friday",
        /// Which of several clocks runs.
        Clock = "clock",
        /// Which of several retentions holds.
        Retention = "retention",
    }
}

words! {
    /// What was recorded in the course of a convention (*vie de la convention*).
    Step {
        /// A party suspended it.
        Suspended = "suspended",
        /// The party that suspended it takes that back.
        Resumed = "resumed",
        /// A party gave formal notice (*mise en demeure*).
        Notice = "notice",
        /// The party that gave notice found the default put right.
        Answered = "answered",
    }
}

words! {
    /// Why a step was taken: a code, no free text.
    Ground {
        /// A breach of personal data at a party.
        Breach = "breach",
        /// A security flaw (*faille*).
        Flaw = "flaw",
        /// A party does not keep its obligations (*manquement*).
        Default = "default",
        /// An authority asked for it.
        Authority = "authority",
        /// The cause was put right.
        Remedied = "remedied",
        /// The step before was a mistake.
        Mistake = "mistake",
    }
}

/// What one person agreed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consents(u8);

impl Consents {
    /// Nothing: what a reader who knows of none must go by.
    pub const NONE: Self = Self(0);

    /// These and `consent`.
    #[must_use]
    pub const fn with(self, consent: Consent) -> Self {
        Self(self.0 | 1 << consent as u8)
    }

    /// Whether she agreed to it.
    pub const fn has(self, consent: Consent) -> bool {
        self.0 >> consent as u8 & 1 == 1
    }
}

impl Length {
    /// The first day of this length of time that ends on `day`. Hours count as the days that they fill.
    pub fn before(self, day: jiff::civil::Date) -> jiff::civil::Date {
        let count = i64::from(self.count);
        let span = match self.unit {
            Unit::Hours => jiff::Span::new().try_days(count.div_euclid(24) + 1),
            Unit::Days => jiff::Span::new().try_days(count),
            Unit::Months => jiff::Span::new().try_months(count),
            Unit::Years => jiff::Span::new().try_years(count),
        };
        span.map_or(jiff::civil::Date::MIN, |span| day.saturating_sub(span))
    }

    /// The day on which this length of time, begun on `day`, is over. Hours count as the days that they begin; a day that the
    /// month does not have is its last.
    pub fn after(self, day: jiff::civil::Date) -> jiff::civil::Date {
        let count = i64::from(self.count);
        let span = match self.unit {
            Unit::Hours => jiff::Span::new().try_days(count.div_euclid(24) + i64::from(count % 24 > 0)),
            Unit::Days => jiff::Span::new().try_days(count),
            Unit::Months => jiff::Span::new().try_months(count),
            Unit::Years => jiff::Span::new().try_years(count),
        };
        span.map_or(jiff::civil::Date::MAX, |span| day.saturating_add(span))
    }
}

/// A length of time, as a convention words it: `36 hours`, `90 days`, `2 months`, `4 years`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Length {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

words! {
    /// A unit of time.
    Unit {
        /// Sixty minutes.
        Hours = "hours",
        /// Calendar days.
        Days = "days",
        /// Calendar months.
        Months = "months",
        /// Calendar years.
        Years = "years",
    }
}

/// Why a text is no length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write a number and a unit: `36 hours`, `90 days`, `1 month`, `4 years`")]
pub struct NoLength;

impl std::str::FromStr for Length {
    type Err = NoLength;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (count, unit) = text.split_once(' ').ok_or(NoLength)?;
        let count = count.parse().ok().filter(|count| *count > 0).ok_or(NoLength)?;
        let plural = if unit.ends_with('s') { unit.to_owned() } else { format!("{unit}s") };
        Ok(Self { count, unit: plural.parse().map_err(|_| NoLength)? })
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.unit.as_str();
        let unit = if self.count == 1 { unit.trim_end_matches('s') } else { unit };
        write!(f, "{} {unit}", self.count)
    }
}

/// A day of the month as the exchange conventions word it: `3rd working friday`, `monday after 2nd working friday`.
/// A working Friday (*vendredi ouvré*) is one that is no public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FlowDay {
    /// Which working Friday of the month, from 1.
    pub working_friday: u8,
    /// Whether the day is the Monday that follows it.
    pub monday_after: bool,
}

/// Why a text is no day of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write `3rd working friday` or `monday after 2nd working friday`")]
pub struct NoFlowDay;

impl std::str::FromStr for FlowDay {
    type Err = NoFlowDay;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (friday, monday_after) = match text.strip_prefix("monday after ") {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let working_friday = match friday.strip_suffix(" working friday").ok_or(NoFlowDay)? {
            "1st" => 1,
            "2nd" => 2,
            "3rd" => 3,
            "4th" => 4,
            _ => return Err(NoFlowDay),
        };
        Ok(Self { working_friday, monday_after })
    }
}

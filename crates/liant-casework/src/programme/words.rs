//! The closed vocabularies of programme files.

use std::fmt;

use liant_convention::words;

use crate::programme::Code;

words! {
    /// What it takes for a proposal to become an entry.
    Agreement {
        /// No answer is needed (*accord tacite*).
        Tacit = "tacit",
        /// The partner accepts or refuses (*accord bilatéral*).
        Bilateral = "bilateral",
        /// The receiver hands it on in her own name: she alone talks to the partner.
        Relay = "relay",
    }
}

words! {
    /// Which days a clock counts.
    Days {
        /// All of them (*jours calendaires*).
        Calendar = "calendar",
        /// Those on which services work (*jours ouvrés*): neither days of rest nor public holidays.
        Working = "working",
    }
}

words! {
    /// What becomes of a date that falls on a day off.
    IfOff {
        /// It stays.
        Keep = "keep",
        /// It is put off to the next working day.
        Next = "next",
        /// It is brought forward to the last working day before.
        Previous = "previous",
    }
}

words! {
    /// What becomes of an entry after its delay.
    Overdue {
        /// It is recorded as late: the delay binds the institutions, and a person does not lose her place by it.
        Late = "late",
        /// The proposal has lapsed: it takes a new one.
        Lapses = "lapses",
    }
}

words! {
    /// Where a path stands in a programme.
    During {
        /// From a proposal to the entry.
        Proposal = "proposal",
        /// From the entry to the exit.
        Accompaniment = "accompaniment",
        /// While another programme goes before.
        Suspension = "suspension",
    }
}

words! {
    /// How people meet (*modalité de contact*).
    Means {
        /// In one place (*rendez-vous physique*).
        InPerson = "in_person",
        /// By telephone.
        Phone = "phone",
        /// By video.
        Video = "video",
    }
}

words! {
    /// What became of an act that was arranged with the person.
    Outcome {
        /// It took place.
        Kept = "kept",
        /// She did not come and gave no reason (*absence non excusée*).
        Missed = "missed",
        /// She did not come, and is excused (*absence excusée*).
        Excused = "excused",
    }
}

words! {
    /// When a reason may change an orientation.
    OrientWhen {
        /// At any time.
        AnyTime = "any_time",
        /// Before the first contract is signed.
        BeforeContract = "before_contract",
        /// When a contract comes to its end.
        EndOfContract = "end_of_contract",
    }
}

words! {
    /// What an indicator counts.
    Measure {
        /// People who entered.
        Entries = "entries",
        /// People who are accompanied at a date.
        Accompanied = "accompanied",
        /// People who left.
        Exits = "exits",
        /// Exits that the file calls positive.
        PositiveExits = "positive_exits",
        /// Days from the sending of the form to the entry.
        DaysToEntry = "days_to_entry",
        /// Entries within their delay.
        EntriesInTime = "entries_in_time",
        /// People accompanied who meet a criterion.
        Share = "share",
    }
}

words! {
    /// Whom a figure is counted for.
    Per {
        /// Each person who works, however much of her time.
        Worker = "worker",
        /// Each full-time post (*équivalent temps plein*).
        FullTime = "full_time",
        /// Each pair (*binôme*).
        Pair = "pair",
        /// The programme as a whole.
        Programme = "programme",
    }
}

words! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

/// Something that happens to a path and that a clock starts from, or is stopped by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A proposal waits to be handed on.
    Relayed,
    /// The form left (*envoi de la fiche*).
    Sent,
    /// The partner answered.
    Answered,
    /// The person entered (*entrée effective*).
    Entered,
    /// The accompaniment was made longer.
    Extended,
    /// It comes to its term.
    Term,
    /// Another programme goes before.
    Suspended,
    /// It was taken up again.
    Resumed,
    /// It ended.
    Ended,
    /// A contract was signed.
    ContractSigned,
    /// The contract comes to its end.
    ContractEnd,
    /// The right that the programme rests on ended.
    RightEnded,
    /// The last day of what may go on after it.
    TailEnd,
    /// Her orientation was decided or changed.
    Oriented,
    /// She did not come, without excuse.
    Absence,
    /// Nobody holds the place of a referent who left.
    Vacant,
    /// An act took place.
    Act(Code),
}

impl Moment {
    const PLAIN: [(Self, &'static str); 16] = [
        (Self::Relayed, "relayed"),
        (Self::Sent, "sent"),
        (Self::Answered, "answered"),
        (Self::Entered, "entered"),
        (Self::Extended, "extended"),
        (Self::Term, "term"),
        (Self::Suspended, "suspended"),
        (Self::Resumed, "resumed"),
        (Self::Ended, "ended"),
        (Self::ContractSigned, "contract_signed"),
        (Self::ContractEnd, "contract_end"),
        (Self::RightEnded, "right_ended"),
        (Self::TailEnd, "tail_end"),
        (Self::Oriented, "oriented"),
        (Self::Absence, "absence"),
        (Self::Vacant, "vacant"),
    ];
}

/// Why a text is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "write `act:` and an act, or one of: relayed, sent, answered, entered, extended, term, suspended, resumed, ended, \
     contract_signed, contract_end, right_ended, tail_end, oriented, absence, vacant"
)]
pub struct NoMoment;

impl std::str::FromStr for Moment {
    type Err = NoMoment;
    fn from_str(text: &str) -> Result<Self, NoMoment> {
        if let Some(act) = text.strip_prefix("act:") {
            return Code::parse(act).map(Self::Act).map_err(|_| NoMoment);
        }
        let known = Self::PLAIN.into_iter().find(|(_, word)| *word == text);
        known.map(|(moment, _)| moment).ok_or(NoMoment)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Act(act) = self {
            return write!(f, "act:{act}");
        }
        let known = Self::PLAIN.into_iter().find(|(moment, _)| moment == self);
        f.write_str(known.map_or("", |(_, word)| word))
    }
}

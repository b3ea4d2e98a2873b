use clap::{Args, Subcommand};
use std::path::PathBuf;

use liant_app::casework::{Code, HalfYear, Month};
use liant_model::{Date, OrganisationId, PersonId, Role, Uuid};

use crate::arguments::InTerritory;

#[derive(Subcommand, Debug)]
pub(crate) enum Casework {
    /// Show where someone stands, what happened, and what the actor may do next
    Path {
        /// The person
        person: PersonId,
        #[command(flatten)]
        seat: AtSeat,
    },
    /// Send the liaison form of someone
    Propose(Propose),
    /// Answer a proposal
    Answer(Answer),
    /// List the forms that wait in an organisation, the first due first
    Inbox {
        #[command(flatten)]
        seat: AtSeat,
    },
    /// Show how many people each professional of an organisation has, and will have
    Caseload {
        #[command(flatten)]
        programme: InProgramme,
        #[command(flatten)]
        seat: AtSeat,
    },
    /// The half-yearly list of the people accompanied, which both parties sign (FSE)
    #[command(subcommand)]
    Fse(Fse),
    /// Show what committees are shown of a month that is over, by local service
    Committee {
        /// Month, as `2026-10`
        #[arg(long, value_name = "MONTH")]
        month: Month,
        #[command(flatten)]
        programme: InProgramme,
        #[command(flatten)]
        seat: AtSeat,
    },
    /// Give the alerts that have come, each once, and make again what lists stand on: for a scheduler to run
    Due(InTerritory),
}

#[derive(Subcommand, Debug)]
pub(crate) enum Fse {
    /// Show the lists that are kept, and who signed them
    Lists {
        #[command(flatten)]
        programme: InProgramme,
        #[command(flatten)]
        seat: AtSeat,
    },
    /// Freeze the list of a half-year that is over
    Freeze {
        /// Half-year, as `2026-1`
        #[arg(long, value_name = "HALF")]
        half: HalfYear,
        #[command(flatten)]
        programme: InProgramme,
        #[command(flatten)]
        seat: AtSeat,
    },
    /// Sign a list for the actor's party
    Sign {
        /// The list
        list: Uuid,
        /// Its seal, as it was shown: that content is signed, and no other
        #[arg(long, value_name = "SHA-256")]
        hash: String,
        #[command(flatten)]
        seat: AtSeat,
    },
    /// Take the frozen copy out as CSV or XLSX
    Export {
        /// The list
        list: Uuid,
        /// File to write, ending in `.csv` or `.xlsx`
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        #[command(flatten)]
        seat: AtSeat,
    },
}

#[derive(Args, Debug)]
pub(crate) struct AtSeat {
    /// Organisation that the actor works in, by its id
    #[arg(long, value_name = "ORGANISATION")]
    pub(crate) organisation: Option<OrganisationId>,
    #[command(flatten)]
    pub(crate) place: InTerritory,
}

#[derive(Args, Debug)]
pub(crate) struct InProgramme {
    /// Programme
    #[arg(long, default_value = "accompagnement-global", value_name = "CODE")]
    pub(crate) programme: Code,
}

#[derive(Args, Debug)]
pub(crate) struct Propose {
    /// The person
    pub(crate) person: PersonId,
    /// Role that receives the form
    #[arg(long, value_name = "ROLE")]
    pub(crate) to: Role,
    /// Organisation that it is sent to [default: the local service of her commune]
    #[arg(long, value_name = "ORGANISATION")]
    pub(crate) to_organisation: Option<OrganisationId>,
    /// A criterion that the form ticks; may be repeated
    #[arg(long, value_name = "CODE")]
    pub(crate) tick: Vec<Code>,
    /// She has just agreed to the transmission of her form
    #[arg(long)]
    pub(crate) consent: bool,
    /// Day on which it was sent [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,
    #[command(flatten)]
    pub(crate) programme: InProgramme,
    #[command(flatten)]
    pub(crate) seat: AtSeat,
}

#[derive(Args, Debug)]
pub(crate) struct Answer {
    /// The person
    pub(crate) person: PersonId,
    /// Accept
    #[arg(long, required_unless_present = "refuse", conflicts_with = "refuse")]
    pub(crate) accept: bool,
    /// Refuse, for this coded reason
    #[arg(long, value_name = "CODE")]
    pub(crate) refuse: Option<Code>,
    /// Day of the answer [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,
    #[command(flatten)]
    pub(crate) programme: InProgramme,
    #[command(flatten)]
    pub(crate) seat: AtSeat,
}

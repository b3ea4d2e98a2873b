use std::path::PathBuf;

use clap::{Args, Subcommand};
use liant_convention::{Channel, Consent, Ground, Reach};
use liant_model::{Date, Field, Party, Purpose, Role, Territory};

use crate::arguments::InTerritory;

#[derive(Subcommand, Debug)]
pub(crate) enum Convention {
    /// Check convention files, each and together: mistakes, contradictions, what lacks a basis or an end
    Check(Files),
    /// Show who may have what, why and by what way, on a day
    Matrix {
        #[command(flatten)]
        files: Files,
        /// The day [default: today]
        #[arg(long, value_name = "DATE")]
        at: Option<Date>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write the information notice of each file, in plain words (GDPR art. 13 and 14)
    Notice {
        #[command(flatten)]
        files: Files,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write the entry of each file in the register of processing activities (GDPR art. 30)
    Register {
        #[command(flatten)]
        files: Files,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a form that a convention carries, to fill in by hand, as an accessible PDF
    Form {
        /// The convention's file; templates that do not ship lie beside it, in `forms`
        path: PathBuf,
        /// The form, by its id
        id: String,
        /// Where to write it
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Its day [default: today]
        #[arg(long, value_name = "DATE")]
        at: Option<Date>,
    },
    /// Say why an actor may have a field, or not, clause by clause
    Explain(Explain),
    /// List the conventions that bind the actor's party, and how each stands today
    List(InTerritory),
    /// Suspend a convention: nothing leaves under it any more, in any process
    Suspend(CourseStep),
    /// Resume a convention that the actor's party has suspended
    Resume(CourseStep),
}

#[derive(Args, Debug)]
pub(crate) struct CourseStep {
    /// Short name of the convention
    pub(crate) convention: String,
    /// Why: to suspend breach, flaw, default or authority; to resume remedied, authority or mistake
    #[arg(long, value_name = "GROUND")]
    pub(crate) ground: Ground,
    /// First day on which it holds; today unless given
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Date>,
    #[command(flatten)]
    pub(crate) place: InTerritory,
}

#[derive(Args, Debug)]
pub(crate) struct Files {
    /// Files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) files: Files,
    /// The field, by its code
    #[arg(long)]
    pub(crate) field: Field,
    /// The party of who asks
    #[arg(long)]
    pub(crate) party: Party,
    /// Her role
    #[arg(long)]
    pub(crate) role: Role,
    /// Why she asks
    #[arg(long)]
    pub(crate) purpose: Purpose,
    /// By what way
    #[arg(long, default_value = "screen")]
    pub(crate) channel: Channel,
    /// How far the person stands from her
    #[arg(long, default_value = "designated")]
    pub(crate) reach: Reach,
    /// What the person agreed to
    #[arg(long, value_name = "CONSENT")]
    pub(crate) consent: Vec<Consent>,
    /// Whose people [default: the territory of the first file]
    #[arg(long)]
    pub(crate) territory: Option<Territory>,
    /// The day [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) at: Option<Date>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

use std::net::IpAddr;
use std::path::PathBuf;

use crate::account_arguments::{Org, User};
use crate::casework_arguments::Casework;
use crate::convention_arguments::Convention;
use crate::erasure_arguments::Erasure;
use clap::{Args, Parser, Subcommand, ValueEnum};
use liant_model::{ActId, Date, IdentityId, Lang, PersonId, Purpose, ReviewId, RightsRequestId, Territory};

/// Liant binds the actors who help a person back to work around one path, and each of them to the convention it
/// signed.
#[derive(Parser, Debug)]
#[command(name = "liant", version, propagate_version = true)]
pub(crate) struct Arguments {
    /// Settings: where the store, the keys and the conventions are, and who may act
    #[arg(long, global = true, env = "LIANT_CONFIG", default_value = "liant.toml", value_name = "FILE")]
    pub(crate) config: PathBuf,
    /// Who acts: an actor named in the settings
    #[arg(long = "as", global = true, env = "LIANT_AS", value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// Language of what is said
    #[arg(long, global = true, env = "LIANT_LANG", value_name = "LANG")]
    pub(crate) lang: Option<Language>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Language {
    Fr,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Fr => Self::Fr,
            Language::En => Self::En,
        }
    }
}

impl Arguments {
    /// The language asked for, or that of the environment, or English.
    pub(crate) fn language(&self) -> Lang {
        let of_environment =
            || std::env::var("LC_ALL").or_else(|_| std::env::var("LANG")).unwrap_or_default();
        match self.lang {
            Some(Language::Fr) => Lang::Fr,
            None if of_environment().starts_with("fr") => Lang::Fr,
            Some(Language::En) | None => Lang::En,
        }
    }
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Make an invented territory, import its files as in production, and tell what happened
    Demo(Demo),
    /// Write the settings, the keys and the conventions of a new installation
    Init(Init),
    /// Look an installation over, and say what to mend
    Doctor(Doctor),
    /// Serve the web site
    Serve(Serve),
    /// Check, import, export and compare exchanged files
    #[command(subcommand)]
    Flux(Flux),
    /// Match two lists of people and explain each link
    Match(Match),
    /// Settle the doubts about identity that the machine leaves to a human
    #[command(subcommand)]
    Review(Review),
    /// Record orientation decisions
    #[command(subcommand)]
    Orientation(Orientation),
    /// Propose, answer, and follow accompaniments
    #[command(subcommand)]
    Casework(Casework),
    /// Show one person's path, as far as the conventions let the actor see it
    #[command(subcommand)]
    Person(Person),
    /// Verify the audit log, sign it, ask who read whose data
    #[command(subcommand)]
    Audit(Audit),
    /// Destroy what the conventions say is due, and certify it
    #[command(subcommand)]
    Retention(Retention),
    /// Check the conventions and ask what they allow
    #[command(subcommand)]
    Convention(Convention),
    /// Check the files of programmes
    #[command(subcommand)]
    Programme(Programme),
    /// Record the organisations whose people use the software, and the mandates between them
    #[command(subcommand)]
    Org(Org),
    /// Make the first accounts, list and help their owners
    #[command(subcommand)]
    User(User),
    /// Back a store up, restore it, move it from one engine to another
    #[command(subcommand)]
    Store(Store),
    /// Make and rotate the keys that seal what is most sensitive
    #[command(subcommand)]
    Key(Key),
}

#[derive(Args, Debug)]
pub(crate) struct Demo {
    /// Folder to work in; made when absent [default: a new folder under the system's temporary one]
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// How many people the territory has
    #[arg(long, default_value_t = 5_000, value_name = "N")]
    pub(crate) people: u32,
    /// Seed: the same one invents the same people
    #[arg(long, default_value_t = 1, value_name = "S")]
    pub(crate) seed: u64,
    /// How many months of history
    #[arg(long, default_value_t = 12, value_name = "N")]
    pub(crate) months: u32,
    /// Store to fill instead of a SQLite file in the folder
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) store: Option<String>,
    /// Port of the web site; 0 for any that is free [default: 8080, or any when it is taken]
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,
    /// End once the files are imported: `liant serve --dev` serves the folder later
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// Print the code that the second factor of an account of the demo in --dir shows now, and end
    #[arg(long, value_name = "EMAIL", requires = "dir")]
    pub(crate) code: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Init {
    /// Folder to write in; made when absent
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Territory served
    #[arg(long, default_value = "62", value_name = "T")]
    pub(crate) territory: Territory,
    /// Store: a SQLite file beside the settings, or a PostgreSQL URL
    #[arg(long, default_value = "liant.db", value_name = "ADDRESS")]
    pub(crate) store: String,
    /// E-mail address of the first person to manage access: prints the token of her invitation
    #[arg(long, value_parser = crate::account_arguments::email, value_name = "EMAIL")]
    pub(crate) admin: Option<liant_access::Email>,
    /// Name of the body that she works for
    #[arg(long, default_value = "Département", value_name = "NAME", requires = "admin")]
    pub(crate) organisation: String,
}

#[derive(Args, Debug)]
pub(crate) struct Doctor {
    /// Folder whose liant.toml to look over [default: the settings of --config]
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// Folder whose liant.toml to serve [default: the settings of --config]
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub(crate) listen: IpAddr,
    /// Port to listen on; 0 for any that is free
    #[arg(long, default_value_t = 8080, value_name = "PORT")]
    pub(crate) port: u16,
    /// How browsers reach the site, through a proxy that holds the certificate: `https://liant.example`
    #[arg(long, value_name = "URL", required_unless_present = "dev", conflicts_with = "dev")]
    pub(crate) origin: Option<String>,
    /// Plain http, for browsers of this machine alone, with the page of components: to try and to develop
    #[arg(long)]
    pub(crate) dev: bool,
    /// How many pages may work on the store at once
    #[arg(long, default_value_t = 16, value_name = "N")]
    pub(crate) workers: usize,
    /// Form of the log, on standard error
    #[arg(long, value_enum, default_value_t = Log::Text, value_name = "FORM")]
    pub(crate) log: Log,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Log {
    /// Lines for a human
    Text,
    /// One JSON object a line
    Json,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Flux {
    /// Check a file against its flow; writes nothing
    Check(Check),
    /// Load a file: every reader sees all of it, or nothing
    Import(Import),
    /// Build a file for a partner, through the convention that binds to it
    #[command(subcommand)]
    Export(Export),
    /// Say who entered, left and changed between two files of one flow
    Diff(Diff),
    /// Write a file of invented people
    Sample(Sample),
    /// List the files received
    List(InTerritory),
    /// List the records that an import set aside, and why
    Rejects(Rejects),
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// File to check
    pub(crate) file: PathBuf,
    /// Flow profile: PECGM, PECDH, CGPEM, RSABEM, PERSONNES, ORIENTATIONS, or a TOML file [default: found in the file]
    #[arg(long, value_name = "P")]
    pub(crate) profile: Option<String>,
    /// Territory the file must be of
    #[arg(long, value_name = "T")]
    pub(crate) territory: Option<Territory>,
    /// Most diagnostics to print
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub(crate) most: usize,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line, on its own")]
#[derive(Args, Debug)]
pub(crate) struct Import {
    /// File to load
    pub(crate) file: PathBuf,
    /// Flow profile [default: found in the file]
    #[arg(long, value_name = "P")]
    pub(crate) profile: Option<String>,
    /// Territory to load it into [default: the one of the settings]
    #[arg(long, value_name = "T")]
    pub(crate) territory: Option<Territory>,
    /// Do everything but write
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Refuse the whole file when one record is rejected
    #[arg(long)]
    pub(crate) strict: bool,
    /// Load the file even if it lacks more of the stock than `most_leaving` of the settings allows
    #[arg(long)]
    pub(crate) many_left: bool,
    /// Leave the directory that lists and searches stand on to the server, or to the next import
    #[arg(long)]
    pub(crate) no_directory: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Export {
    /// The Département's RSA recipients and their orientation, for France Travail
    Cgpem(ExportCgpem),
}

#[derive(Args, Debug)]
pub(crate) struct ExportCgpem {
    /// Territory [default: the one of the settings]
    #[arg(long, value_name = "T")]
    pub(crate) territory: Option<Territory>,
    /// Reference date of the file [default: the first of this month]
    #[arg(long, value_name = "D")]
    pub(crate) date: Option<Date>,
    /// File to write
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// The older file
    pub(crate) old: PathBuf,
    /// The newer file
    pub(crate) new: PathBuf,
    /// Flow profile [default: found in the file]
    #[arg(long, value_name = "P")]
    pub(crate) profile: Option<String>,
    /// Most people to print
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub(crate) most: usize,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Sample {
    /// Flow: pecgm, pecdh, cgpem or rsabem
    pub(crate) flow: String,
    /// How many records
    #[arg(long, default_value_t = 1_000, value_name = "N")]
    pub(crate) records: u64,
    /// Seed: the same one writes the same file
    #[arg(long, default_value_t = 1, value_name = "S")]
    pub(crate) seed: u64,
    /// A fault to put in, to see what is said of it
    #[arg(long, value_name = "DEFECT")]
    pub(crate) defect: Option<String>,
    /// File to write
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Rejects {
    /// The import, by the batch number that `flux list` shows
    pub(crate) batch: i64,
    /// Write them for a spreadsheet instead (CSV)
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) place: InTerritory,
}

#[derive(Args, Debug)]
pub(crate) struct InTerritory {
    /// Territory [default: the one of the settings]
    #[arg(long, value_name = "T")]
    pub(crate) territory: Option<Territory>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Match {
    /// People to recognise: CSV, the first column is their id, then any of nir, nom_naissance, nom_usage, prenom,
    /// date_naissance, commune, matricule_caf, code_pe, identifiant_pe
    pub(crate) left: PathBuf,
    /// People known: the same form
    pub(crate) right: PathBuf,
    /// Links to write: left_id,right_id,score,decision,reason
    #[arg(short, long, value_name = "LINKS")]
    pub(crate) output: PathBuf,
    /// Least score of a link made without asking, as a base-2 logarithm of the odds
    #[arg(long, value_name = "X")]
    pub(crate) threshold: Option<f32>,
    /// Give the reason of each link in words [the column is a code otherwise]
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Review {
    /// Show the open questions side by side
    List {
        #[command(flatten)]
        place: InTerritory,
        /// Most questions to show
        #[arg(long, default_value_t = 20, value_name = "N")]
        most: usize,
    },
    /// Look for people whom the store holds twice, and ask about them
    Find(InTerritory),
    /// Both are one person
    Accept(Answer),
    /// They are two people
    Refuse(Answer),
    /// Undo the link of a source identity, and list what was disclosed through it
    Undo {
        /// The source identity that was linked wrongly
        identity: IdentityId,
        #[command(flatten)]
        place: InTerritory,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Answer {
    /// The question
    pub(crate) question: ReviewId,
    #[command(flatten)]
    pub(crate) place: InTerritory,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Orientation {
    /// Record the decisions of a list: reference or matricule_caf, nature, date_decision, organisme, service, nom,
    /// prenom, telephone, email
    Import {
        /// CSV file
        file: PathBuf,
        #[command(flatten)]
        place: InTerritory,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Person {
    /// Show what the sources say of a person, each value with its clause
    Show {
        /// The person
        person: PersonId,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Write, as JSON, a copy of what is held about a person and of who was shown what: for her right of access (GDPR art. 15)
    Export {
        /// The person
        person: PersonId,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Carry out a request for restriction (GDPR art. 18): her data stay stored and are not used
    Restrict {
        /// Her request, by the number on its page
        request: RightsRequestId,
        /// Why: accuracy, unlawful, claims, objection
        #[arg(long, value_name = "G")]
        ground: String,
        /// The day on which it is looked at again
        #[arg(long, value_name = "D")]
        review_on: Date,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Carry out an objection (GDPR art. 21): her data are not used any more for purposes to which she may object
    Object {
        /// Her request, by the number on its page
        request: RightsRequestId,
        /// To this purpose, several times if need be [default: all to which the legal bases let her object]
        #[arg(long = "purpose", value_name = "P")]
        purposes: Vec<Purpose>,
        /// The day on which it is looked at again
        #[arg(long, value_name = "D")]
        review_on: Date,
        #[command(flatten)]
        place: InTerritory,
    },
    #[command(flatten)]
    Erasure(Erasure),
    /// List what restrictions and objections close
    Limits(InTerritory),
    /// Say how a restriction or an objection ends; she has been told before
    Lift {
        /// By the number that `person limits` shows
        limit: ActId,
        /// Why: verified, settled, claims-over, at-her-wish, mistake
        #[arg(long, value_name = "R")]
        reason: String,
        /// How she was told: letter, in-person
        #[arg(long, value_name = "W")]
        told: String,
        /// When
        #[arg(long, value_name = "D")]
        told_on: Date,
        /// The first day on which it does not hold any more
        #[arg(long, value_name = "D")]
        on: Date,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Say that someone whom a limit holds by likeness is somebody else
    Free {
        /// By the number that `person limits` shows
        limit: ActId,
        /// The person
        person: PersonId,
        #[command(flatten)]
        place: InTerritory,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Retention {
    /// Say what is due on a day, under which clause; destroys nothing
    Plan {
        /// The day [default: today]
        #[arg(long, value_name = "D")]
        date: Option<Date>,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Destroy what is due today; goes on with a run that died
    Run(InTerritory),
    /// List the runs
    List(InTerritory),
    /// Write the signed certificate of a run
    Certificate {
        /// The run, by the number that `retention list` shows
        run: ActId,
        /// File to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Signing key, the one of checkpoints; made when absent
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Verify a certificate; needs no store
    Verify {
        /// The certificate
        file: PathBuf,
        /// Public key that it must be signed with
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Audit {
    /// Verify the log, against checkpoints kept elsewhere if any are given
    Verify {
        /// Signed checkpoint to hold the log against; may be repeated
        #[arg(long, value_name = "F")]
        checkpoint: Vec<PathBuf>,
        /// Public key that signed it
        #[arg(long, value_name = "F")]
        key: Option<PathBuf>,
        /// An exported log to verify instead of the store's
        #[arg(long, value_name = "F")]
        log: Option<PathBuf>,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Sign the present state of the log, for a partner to keep
    Checkpoint {
        /// Note to write
        #[arg(short, long, value_name = "F")]
        output: PathBuf,
        /// Signing key; made, with its public key beside it, when absent
        #[arg(long, default_value = "checkpoint-key.pem", value_name = "F")]
        key: PathBuf,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Write the log as a file that anyone can verify
    Export {
        /// File to write
        #[arg(short, long, value_name = "F")]
        output: PathBuf,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Say who was shown data of a person
    WhoRead {
        /// The person
        person: PersonId,
        #[command(flatten)]
        place: InTerritory,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Programme {
    /// Check programme files: mistakes, names of nothing, rules that cannot work
    Check {
        /// Files; several are also held against each other
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Store {
    /// Write everything a store holds to a file, to be imported into a store of either engine
    Export {
        /// File to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Fill an empty store from an exported file
    Import {
        /// File
        file: PathBuf,
    },
    /// Write everything a store holds to a sealed file, whose key is destroyed after some days
    Backup {
        /// File to write
        file: PathBuf,
        /// How many days it can be read [default: `backup.days` of the settings]
        #[arg(long, value_name = "N")]
        days: Option<u16>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Fill an empty store from a backup, without what was destroyed since
    Restore {
        /// File
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Key {
    /// Make a new ring of keys
    New {
        /// File to write; must not exist
        file: PathBuf,
    },
    /// Add a key that seals from now on; the older ones still open what they sealed
    Rotate,
}

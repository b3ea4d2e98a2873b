use clap::{Args, Subcommand};
use liant_access::{Checked, Email, OrganisationKind, ProfessionalRole};
use liant_model::{Date, Party, Territory};

use crate::arguments::{InTerritory, Language};

#[derive(Subcommand, Debug)]
pub(crate) enum Org {
    /// Record an organisation
    Add {
        /// Its name, unique in the territory
        #[arg(long, value_name = "NAME")]
        name: String,
        /// What it is: departement, local_service, solidarity_house, orientation_platform, france_travail_direction,
        /// france_travail_agency, caf, msa, ccas, association, mission_locale, cap_emploi, siae
        #[arg(long, value_parser = kind, value_name = "KIND")]
        kind: OrganisationKind,
        /// Party to conventions that its people act for [default: its parent's]
        #[arg(long, value_name = "PARTY")]
        party: Option<Party>,
        /// Name of the body that it is a service of
        #[arg(long, value_name = "NAME")]
        parent: Option<String>,
        #[command(flatten)]
        place: InTerritory,
    },
    /// List the organisations
    List(InTerritory),
    /// Record that one organisation has another do part of its task
    Mandate {
        /// Who mandates
        #[arg(long, value_name = "NAME")]
        from: String,
        /// The structure mandated
        #[arg(long, value_name = "NAME")]
        to: String,
        /// First day
        #[arg(long, value_name = "DATE")]
        since: Date,
        /// Last day
        #[arg(long, value_name = "DATE")]
        until: Option<Date>,
        #[command(flatten)]
        place: InTerritory,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum User {
    /// Make an account; its password is the first line of the standard input
    Add {
        /// Name, as colleagues see it
        #[arg(long, value_name = "NAME")]
        name: String,
        /// Language that its owner is written to in
        #[arg(long, default_value = "fr", value_name = "LANG")]
        language: Language,
        #[command(flatten)]
        post: PostArguments,
    },
    /// Invite someone: prints the token of a link to be mailed
    Invite(PostArguments),
    /// List the people of an organisation
    List {
        /// Name of the organisation
        #[arg(long, value_name = "NAME")]
        organisation: String,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Disable an account: it signs in nowhere, and its sessions end at once
    Disable(OfAddress),
    /// Give the link that lets someone choose a new password: prints its token
    ResetPassword {
        #[command(flatten)]
        who: OfAddress,
        /// How you made sure that it is she who asks: in_person, video, known_number
        #[arg(long, value_parser = checked, value_name = "HOW")]
        checked: Checked,
        /// She has lost her second factor too: take it away
        #[arg(long)]
        factor_lost: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Take away a second factor that was lost; its owner sets up another at the next sign-in
    ResetFactor {
        #[command(flatten)]
        who: OfAddress,
        /// How you made sure that it is she who asks: in_person, video, known_number
        #[arg(long, value_parser = checked, value_name = "HOW")]
        checked: Checked,
    },
}

#[derive(Args, Debug)]
pub(crate) struct PostArguments {
    /// E-mail address
    #[arg(long, value_parser = email, value_name = "ADDRESS")]
    pub(crate) email: Email,
    /// Name of the organisation
    #[arg(long, value_name = "NAME")]
    pub(crate) organisation: String,
    /// Role: adviser, social_referent, local_service_head, caf_worker, platform_agent, orientation_officer, technician, clerk,
    /// agency_director, territorial_direction, mds, steering, evidence_officer, dpo
    #[arg(long, value_parser = role, value_name = "ROLE")]
    pub(crate) role: ProfessionalRole,
    /// May manage the people of the organisation
    #[arg(long)]
    pub(crate) admin: bool,
    #[command(flatten)]
    pub(crate) place: InTerritory,
}

#[derive(Args, Debug)]
pub(crate) struct OfAddress {
    /// E-mail address of the account
    #[arg(long, value_parser = email, value_name = "ADDRESS")]
    pub(crate) email: Email,
    /// Territory [default: that of the settings]
    #[arg(long, value_name = "T")]
    pub(crate) territory: Option<Territory>,
}

pub(crate) fn email(text: &str) -> Result<Email, String> {
    Email::parse(text).map_err(|error| error.to_string())
}

fn kind(text: &str) -> Result<OrganisationKind, String> {
    let codes = OrganisationKind::ALL.iter().map(|kind| kind.code());
    OrganisationKind::from_code(text).ok_or_else(|| one_of(codes))
}

fn role(text: &str) -> Result<ProfessionalRole, String> {
    let codes = ProfessionalRole::ALL.iter().map(|role| role.code());
    ProfessionalRole::from_code(text).ok_or_else(|| one_of(codes))
}

fn checked(text: &str) -> Result<Checked, String> {
    Checked::from_code(text).ok_or_else(|| one_of(Checked::ALL.iter().map(|one| one.code())))
}

fn one_of(codes: impl Iterator<Item = &'static str>) -> String {
    format!("give one of {}", codes.collect::<Vec<_>>().join(", "))
}

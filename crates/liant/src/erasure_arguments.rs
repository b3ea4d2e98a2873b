use clap::Subcommand;

use liant_model::{RightsRequestId, Source};

use crate::arguments::InTerritory;

#[derive(Subcommand, Debug)]
pub(crate) enum Erasure {
    /// Carry out a request for erasure (GDPR art. 17): what the ground reaches is destroyed for good, and certified
    Erase {
        /// Her request, by the number on its page
        request: RightsRequestId,
        /// Why: no-longer-necessary, consent-taken-back, objected, unlawful, legal-obligation
        #[arg(long, value_name = "G")]
        ground: String,
        /// Of this register alone, several times if need be [default: everything that is held of her]
        #[arg(long = "source", value_name = "S")]
        sources: Vec<Source>,
        /// This set of facts alone, several times if need be: registration, follow-up, training, rights, household, contact
        #[arg(long = "set", value_name = "F")]
        sets: Vec<String>,
        /// Say what would go and what the law keeps; destroys nothing
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Refuse a request for erasure: its data stay, under the clauses that the answer names
    #[command(name = "refuse-erasure")]
    Refuse {
        /// Her request, by the number on its page
        request: RightsRequestId,
        /// Why: legal-obligation, public-task, legal-claims, no-ground
        #[arg(long, value_name = "R")]
        reason: String,
        #[command(flatten)]
        place: InTerritory,
    },
    /// Let someone come back with the next files who was erased and kept out
    Admit {
        /// The request that was carried out
        request: RightsRequestId,
        #[command(flatten)]
        place: InTerritory,
    },
}

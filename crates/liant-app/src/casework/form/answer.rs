//! What came of a form, written on it for whoever reads it again: the answer, and who accompanies on the social side. It is told by what
//! happened since, is outside of what was signed, and is kept nowhere.

use liant_casework::{
    Event, FormAgent, FormDecision, FormModel, FormReferent, Happened, LiaisonForm, SentForm,
};
use liant_model::{AccountId, OrganisationId};

use super::super::held::Held;
use super::super::is_mandated;
use crate::{AppError, Context, Workplace};

/// What happened in the programme of a form from when it left, until its proposal or what came of it was over.
fn since<'a>(
    held: &'a Held,
    (sent, programme): (&'a SentForm, &'a liant_casework::Code),
) -> impl Iterator<Item = (&'a Event, Option<OrganisationId>)> {
    let bears = move |event: &Event| match &event.what {
        Happened::Sent { form, .. } | Happened::Relayed { form, .. } => {
            form.is_some_and(|form| form.id == sent.id)
        }
        _ => false,
    };
    let is_over = |event: &Event| {
        let dropped = matches!(event.what, Happened::Dropped { .. } | Happened::ProposalWithdrawn {});
        dropped || matches!(event.what, Happened::Ended { .. })
    };
    let of = held.recorded().filter(move |(event, _)| event.programme == *programme);
    let from = of.skip_while(move |(event, _)| !bears(event));
    from.take_while(move |(event, _)| !is_over(event)).map(|(event, row)| (event, row.about))
}

/// Writes on a form what came of it, as far as `held` tells.
pub(super) fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    (form, sent, programme): (&mut LiaisonForm, &SentForm, &liant_casework::Code),
    held: &Held,
) -> Result<(), AppError> {
    let mut named: Option<(AccountId, Option<OrganisationId>)> = None;
    for (event, about) in since(held, (sent, programme)) {
        match &event.what {
            Happened::Accepted {} if form.model == FormModel::Bilateral => {
                form.decision = Some(FormDecision { enters: true, on: event.on });
            }
            Happened::Refused { .. } if form.model == FormModel::Bilateral => {
                form.decision = Some(FormDecision { enters: false, on: event.on });
            }
            Happened::Named { role, who, .. } if role.as_str() == "social_referent" => {
                named = Some((*who, about));
            }
            _ => {}
        }
    }
    let Some((who, place)) = named else { return Ok(()) };
    let found = workplace.store.directory(context.territory, |directory| {
        let place = match place {
            Some(place) => directory.organisation(place)?,
            None => None,
        };
        Ok((directory.account(who)?, place))
    })?;
    let (Some(account), place) = found else { return Ok(()) };
    let structure = place.as_ref().filter(|place| is_mandated(&place.party));
    let agent = FormAgent {
        name: account.name,
        function: place
            .as_ref()
            .filter(|_| structure.is_none())
            .map(|place| place.name.clone())
            .unwrap_or_default(),
        phone: String::new(),
        email: account.email.as_str().to_owned(),
    };
    form.referent = Some(match structure {
        Some(structure) => FormReferent::Mandated { structure: structure.name.clone(), agent },
        None => FormReferent::Departement { agent },
    });
    Ok(())
}

use std::io::BufRead;

use liant_access::Explain;
use liant_access::membership::Term;
use liant_access::password::Password;
use liant_app::AppError;
use liant_app::accounts::forgotten::{self, Recovery};
use liant_app::accounts::invitations::{self, Invite};
use liant_app::accounts::organisations::{self, NewOrganisation};
use liant_app::accounts::people::{self, NewColleague};
use liant_app::accounts::{AccountError, Authority, Office, factors};
use liant_model::{Lang, OrganisationId, Territory};
use serde_json::json;
use zeroize::Zeroizing;

use super::Call;
use crate::account_arguments::{OfAddress, Org, PostArguments, User};
use crate::arguments::Language;
use crate::output::{Outcome, either, json as print_json, line, note};
use crate::workshop::Workshop;

/// A refusal in the words of its reader; what failed stays as it is.
pub(in crate::commands) fn told(error: AccountError, lang: Lang) -> anyhow::Error {
    match error {
        AccountError::Refused(refusal) => AppError::State(refusal.explain(lang)).into(),
        AccountError::App(error) => error.into(),
    }
}

pub(super) fn organisation(call: &Call, org: &Org) -> anyhow::Result<Outcome> {
    let place = match org {
        Org::Add { place, .. } | Org::List(place) | Org::Mandate { place, .. } => place,
    };
    let workshop = call.workshop(place.territory)?;
    let (office, territory) = (workshop.office()?, workshop.territory());
    let by = Authority::Operator(workshop.actor());
    let named = |name: &str| named(&office, territory, name, call.lang);
    match org {
        Org::Add { name, kind, party, parent, .. } => {
            let parent = parent.as_deref().map(named).transpose()?;
            let new = NewOrganisation { territory, kind: *kind, name, party: party.clone(), parent };
            let id = organisations::add(&office, by, &new).map_err(|error| told(error, call.lang))?;
            show_id(place.json, "organisation", &id)
        }
        Org::Mandate { from, to, since, until, .. } => {
            let (from, to) = (named(from)?, named(to)?);
            let term = Term { from: *since, to: *until };
            let id = organisations::mandate(&office, by, from, to, term)
                .map_err(|error| told(error, call.lang))?;
            show_id(place.json, "mandate", &id)
        }
        Org::List(_) => {
            let rows = organisations::list(&office, territory).map_err(|error| told(error, call.lang))?;
            if place.json {
                let rows: Vec<_> = rows
                    .iter()
                    .map(|row| {
                        json!({
                            "organisation": row.id, "name": row.name, "kind": row.kind.code(), "party": row.party,
                            "parent": row.parent, "closed": row.closed_at.is_some(),
                        })
                    })
                    .collect();
                print_json(&rows)?;
            } else {
                for row in rows {
                    line(format!("{}  {:<26} {:<24} {}", row.id, row.kind.code(), row.party, row.name));
                }
            }
            Ok(Outcome::Done)
        }
    }
}

pub(super) fn user(call: &Call, user: &User) -> anyhow::Result<Outcome> {
    match user {
        User::Add { name, language, post } => add(call, name, *language, post),
        User::Invite(post) => invite(call, post),
        User::List { organisation, place } => {
            let workshop = call.workshop(place.territory)?;
            list(call, &workshop, organisation, place.json)
        }
        User::Disable(who) => {
            let workshop = call.workshop(who.territory)?;
            let (office, account) = of_address(call, &workshop, who)?;
            people::disable(&office, Authority::Operator(workshop.actor()), account)
                .map_err(|error| told(error, call.lang))?;
            note(either(
                call.lang,
                "Compte désactivé ; ses sessions sont closes.",
                "Account disabled; its sessions have ended.",
            ));
            Ok(Outcome::Done)
        }
        User::ResetPassword { who, checked, factor_lost, json } => {
            let why = Recovery { checked: *checked, factor_lost: *factor_lost };
            give_link(call, who, why, *json)
        }
        User::ResetFactor { who, checked } => {
            let workshop = call.workshop(who.territory)?;
            let (office, account) = of_address(call, &workshop, who)?;
            factors::reset(&office, Authority::Operator(workshop.actor()), account, *checked)
                .map_err(|error| told(error, call.lang))?;
            note(either(
                call.lang,
                "Second facteur retiré, sessions closes. Prévenez la personne : elle en choisira un autre à sa prochaine connexion.",
                "Second factor taken away, sessions ended. Tell its owner: she sets up another at her next sign-in.",
            ));
            Ok(Outcome::Done)
        }
    }
}

fn add(call: &Call, name: &str, language: Language, post: &PostArguments) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(post.place.territory)?;
    let office = workshop.office()?;
    let mut typed = Zeroizing::new(String::with_capacity(2_048));
    std::io::stdin().lock().read_line(&mut typed)?;
    let new = NewColleague {
        email: &post.email,
        name,
        lang: language.into(),
        password: &Password::new(typed.trim_end_matches(['\r', '\n'])),
        organisation: named(&office, workshop.territory(), &post.organisation, call.lang)?,
        role: post.role,
        is_admin: post.admin,
        term: None,
    };
    let (account, _) =
        people::add(&office, workshop.actor(), &new).map_err(|error| told(error, call.lang))?;
    show_id(post.place.json, "account", &account)
}

fn invite(call: &Call, post: &PostArguments) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(post.place.territory)?;
    let office = workshop.office()?;
    let invite = Invite {
        email: &post.email,
        organisation: named(&office, workshop.territory(), &post.organisation, call.lang)?,
        role: post.role,
        is_admin: post.admin,
        term: None,
    };
    let invited = invitations::invite(&office, Authority::Operator(workshop.actor()), &invite)
        .map_err(|error| told(error, call.lang))?;
    let token = invited.token.reveal();
    if post.place.json {
        let until = invited.expires_at.to_string();
        print_json(&json!({ "invitation": invited.id, "token": token.as_str(), "expires_at": until }))?;
    } else {
        line(token.as_str());
        note(match call.lang {
            Lang::Fr => format!("Jeton à usage unique, valable jusqu'au {}.", invited.expires_at),
            Lang::En => format!("Token for a single use, good until {}.", invited.expires_at),
        });
    }
    Ok(Outcome::Done)
}

fn give_link(call: &Call, who: &OfAddress, why: Recovery, as_json: bool) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(who.territory)?;
    let (office, account) = of_address(call, &workshop, who)?;
    let given = forgotten::give_link(&office, Authority::Operator(workshop.actor()), account, why)
        .map_err(|error| told(error, call.lang))?;
    let token = given.token.reveal();
    if as_json {
        print_json(&json!({ "token": token.as_str(), "expires_at": given.expires_at.to_string() }))?;
    } else {
        line(token.as_str());
        note(match call.lang {
            Lang::Fr => format!(
                "Jeton à usage unique, valable jusqu'au {}. Transmettez vous-même le lien {{adresse du site}}/new-password/{{jeton}}.",
                given.expires_at
            ),
            Lang::En => format!(
                "Token for a single use, good until {}. Hand over the link {{address of the site}}/new-password/{{token}} yourself.",
                given.expires_at
            ),
        });
    }
    Ok(Outcome::Done)
}

fn list(call: &Call, workshop: &Workshop, organisation: &str, as_json: bool) -> anyhow::Result<Outcome> {
    let office = workshop.office()?;
    let id = named(&office, workshop.territory(), organisation, call.lang)?;
    let found = people::list(&office, Authority::Operator(workshop.actor()), id)
        .map_err(|error| told(error, call.lang))?;
    if as_json {
        let rows: Vec<_> = found
            .iter()
            .map(|one| {
                json!({
                    "account": one.account, "membership": one.membership, "name": one.name,
                    "email": one.email.as_str(), "role": one.post.role.code(), "admin": one.post.is_admin,
                    "from": one.post.term.from.to_string(), "to": one.post.term.to.map(|day| day.to_string()),
                    "ended": one.ended_at.is_some(), "disabled": one.is_disabled,
                })
            })
            .collect();
        print_json(&rows)?;
        return Ok(Outcome::Done);
    }
    for one in found {
        let state = match (one.is_disabled, one.ended_at) {
            (true, _) => either(call.lang, "désactivé", "disabled"),
            (false, Some(_)) => either(call.lang, "terminé", "ended"),
            (false, None) => "",
        };
        let admin = if one.post.is_admin { "admin" } else { "" };
        let role = one.post.role.code();
        line(format!("{:<30} {:<40} {role:<22} {admin:<6} {state}", one.name, one.email.as_str()).trim_end());
    }
    Ok(Outcome::Done)
}

/// The organisation of this name.
fn named(
    office: &Office<'_>,
    territory: Territory,
    name: &str,
    lang: Lang,
) -> anyhow::Result<OrganisationId> {
    let rows = organisations::list(office, territory).map_err(|error| told(error, lang))?;
    let found = rows.iter().find(|row| row.name == name);
    let names = || rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>().join(", ");
    let absent = || {
        AppError::Value(match lang {
            Lang::Fr => format!("aucune organisation `{name}` ; il y a : {}", names()),
            Lang::En => format!("no organisation `{name}`; there are: {}", names()),
        })
    };
    Ok(found.ok_or_else(absent)?.id)
}

fn of_address<'w>(
    call: &Call,
    workshop: &'w Workshop,
    who: &OfAddress,
) -> anyhow::Result<(Office<'w>, liant_model::AccountId)> {
    let office = workshop.office()?;
    let account = people::find(&office, &who.email).map_err(|error| told(error, call.lang))?;
    Ok((office, account))
}

fn show_id(as_json: bool, what: &str, id: &impl std::fmt::Display) -> anyhow::Result<Outcome> {
    if as_json {
        print_json(&json!({ what: id.to_string() }))?;
    } else {
        line(id);
    }
    Ok(Outcome::Done)
}

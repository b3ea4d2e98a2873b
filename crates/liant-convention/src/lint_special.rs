//! What the law treats apart: health, the NIR, an e-mail address; and those who reach data through another's agent.

use liant_model::{Field, FieldSet, Sensitivity};

use crate::convention::{Condition, Convention, Grant, Kind, PartyEntry};
use crate::problem::Problems;
use crate::terms::{Capacity, Channel, Consent, Reach, SpecialBasis};

/// The fields of a grant that ask for so much care.
fn of(grant: &Grant, wanted: impl Fn(Sensitivity) -> bool) -> FieldSet {
    grant.fields.iter().filter(|field| wanted(field.sensitivity())).collect()
}

fn codes(fields: FieldSet) -> String {
    fields.iter().map(Field::code).collect::<Vec<_>>().join(", ")
}

fn conditions<'a>(convention: &'a Convention, grant: &'a Grant) -> impl Iterator<Item = &'a Condition> {
    let required = convention.conditions.iter().filter(move |one| grant.requires.contains(&one.id));
    required.map(|one| &one.met)
}

pub(crate) fn lint_grant(convention: &Convention, grant: &Grant, problems: &mut Problems<'_>) {
    lint_health(convention, grant, problems);
    lint_nir(grant, problems);
    lint_email(convention, grant, problems);
    lint_between(convention, grant, problems);
    lint_agents(convention, grant, problems);
}

fn lint_health(convention: &Convention, grant: &Grant, problems: &mut Problems<'_>) {
    let health = of(grant, |care| matches!(care, Sensitivity::Health | Sensitivity::HealthDetail));
    if health.is_empty() {
        return;
    }
    match grant.special_basis {
        None => problems.error(
            "health-without-basis",
            grant.span,
            format!("{} tells of her health, and the clause does not say what allows it", codes(health)),
            "add `special_basis` (GDPR art. 9 (2)), or take it out of `fields`",
        ),
        Some(SpecialBasis::ExplicitConsent)
            if !conditions(convention, grant).any(|met| matches!(met, Condition::Consent(_))) =>
        {
            problems.error(
                "consent-not-asked",
                grant.span,
                "it rests on the person's consent, and requires none",
                "require a [[condition]] with `consent`",
            );
        }
        Some(_) => {}
    }
    let detail = of(grant, |care| care == Sensitivity::HealthDetail);
    let narrowed = conditions(convention, grant).any(|met| matches!(met, Condition::Between(_)));
    if !detail.is_empty() && !narrowed && grant.special_basis != Some(SpecialBasis::RightOfAccess) {
        problems.error(
            "health-detail-too-wide",
            grant.span,
            format!("{} may pass between the parties alone whom the law names", codes(detail)),
            "require a [[condition]] with `between`, or take it out of `fields`",
        );
    }
}

/// The NIR needs a text of its own (*décret-cadre NIR*, and the decrees of each processing). By API the condition of
/// the decree stands for it.
fn lint_nir(grant: &Grant, problems: &mut Problems<'_>) {
    let sealed = of(grant, |care| care == Sensitivity::Sealed);
    let elsewhere = grant.channels.iter().any(|channel| *channel != Channel::Api);
    if !sealed.is_empty() && elsewhere && grant.basis.is_empty() {
        problems.error(
            "nir-without-decree",
            grant.span,
            format!("{} would pass, and the clause cites no text that allows it", codes(sealed)),
            "add `basis` with the decree (CASF R.262-116-2), or `except`",
        );
    }
}

fn lint_email(convention: &Convention, grant: &Grant, problems: &mut Problems<'_>) {
    let is_between_parties = convention.kind == Kind::Convention;
    let is_hers = grant.special_basis == Some(SpecialBasis::RightOfAccess);
    let asks = conditions(convention, grant).any(|met| *met == Condition::Consent(Consent::Email));
    if grant.fields.contains(Field::Email) && is_between_parties && !is_hers && !asks {
        problems.warning(
            "email-without-consent",
            grant.span,
            "contact.email would pass to another party without her agreement to electronic contact",
            "require a [[condition]] with `consent = \"email\"`",
        );
    }
}

fn lint_between(convention: &Convention, grant: &Grant, problems: &mut Problems<'_>) {
    for met in conditions(convention, grant) {
        let Condition::Between(parties) = met else { continue };
        for recipient in grant.to.iter().filter(|recipient| !parties.contains(&recipient.party)) {
            problems.error(
                "beyond-between",
                grant.span,
                format!("`{recipient}` is none of those between whom the data may pass"),
                "take it out of `to`, or grant it other fields in another clause",
            );
        }
    }
}

/// Whoever works through another party's agents sees whom they designate, one by one.
fn lint_agents(convention: &Convention, grant: &Grant, problems: &mut Problems<'_>) {
    for recipient in &grant.to {
        let Some(party) = convention.parties.iter().find(|entry| entry.org == recipient.party) else {
            continue;
        };
        let Some(through) = &party.through else { continue };
        if grant.reach != Reach::Designated || grant.channels.contains(&Channel::Flow) {
            problems.error(
                "past-the-agent",
                grant.span,
                format!("`{recipient}` would look past the agents of `{through}` who stand between it and the data"),
                "write `reach = \"designated\"`, and no `flow`",
            );
        }
    }
}

/// Processors act for somebody; sub-processors through a named agent; nobody is joint alone.
pub(crate) fn lint_capacities(convention: &Convention, problems: &mut Problems<'_>) {
    let find = |org: &liant_model::Party| convention.parties.iter().find(|entry| entry.org == *org);
    for party in &convention.parties {
        if let Some(of) = &party.of {
            crate::lint::known_party(convention, of, party.span, problems);
        }
        match &party.through {
            Some(through) if !find(&through.party).is_some_and(|of| of.roles.contains(&through.role)) => {
                problems.error(
                    "unknown-role",
                    party.span,
                    format!("`{through}` in `through` of [[party]] `{}` names no role of a party", party.org),
                    "declare it in `roles` of its [[party]]",
                );
            }
            None if party.capacity == Capacity::SubProcessor => problems.error(
                "missing-key",
                party.span,
                format!("the sub-processor `{}` has no `through`", party.org),
                "add `through`: the role whose named agents designate whom it may see",
            ),
            _ => {}
        }
    }
    let joint: Vec<&PartyEntry> =
        convention.parties.iter().filter(|entry| entry.capacity == Capacity::Joint).collect();
    if let [alone] = joint.as_slice() {
        problems.warning(
            "joint-alone",
            alone.span,
            format!("`{}` is jointly responsible, with nobody (GDPR art. 26)", alone.org),
            "make another party `joint`, or this one `controller`",
        );
    }
}

//! What a liaison form says, in words: part by part, a line each.

use liant_app::casework::{Barrier, ElectronicContact, FormAgent, FormModel, FormReferent, LiaisonForm};

use crate::components::{Detail, SummaryList};
use crate::words::Words;

/// A part of the form: its title and its lines.
pub(in crate::pages) type Part = (String, Vec<(String, String)>);

/// The model of a form, in words.
pub(in crate::pages) fn model(w: Words, model: FormModel) -> String {
    w.say(match model {
        FormModel::Tacit => "liaison-tacit",
        FormModel::Bilateral => "liaison-bilateral",
    })
    .into()
}

/// A barrier to work, in words.
pub(super) fn barrier(w: Words, barrier: Barrier) -> String {
    w.say(match barrier {
        Barrier::Financial => "liaison-barrier-financial",
        Barrier::Housing => "liaison-barrier-housing",
        Barrier::Health => "liaison-barrier-health",
        Barrier::Administrative => "liaison-barrier-administrative",
        Barrier::Family => "liaison-barrier-family",
        Barrier::Communication => "liaison-barrier-communication",
        Barrier::Transport => "liaison-barrier-transport",
    })
    .into()
}

fn yes_or_no(w: Words, said: Option<bool>) -> String {
    let said = said.map(|yes| w.say(if yes { "liaison-yes" } else { "liaison-no" }));
    said.map(String::from).unwrap_or_default()
}

fn agent(agent: &FormAgent) -> String {
    let all = [&agent.name, &agent.function, &agent.phone, &agent.email];
    all.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// Who she is, of what is known.
pub(super) fn her(w: Words, form: &LiaisonForm) -> Vec<(String, String)> {
    let her = &form.person;
    let line = |key, value: String| (w.say(key).into(), value);
    vec![
        line("liaison-name", her.name.clone()),
        line("liaison-first-name", her.first_name.clone()),
        line("liaison-born", her.birth_date.map(|day| w.date(day)).unwrap_or_default()),
        line("liaison-ft", her.ft.clone()),
        line("liaison-caf", her.caf.clone()),
    ]
}

/// Who sends the form, and who receives it.
pub(super) fn ends(w: Words, form: &LiaisonForm) -> Vec<(String, String)> {
    let referent = match &form.referent {
        Some(FormReferent::Departement { agent: who } | FormReferent::Mandated { agent: who, .. }) => {
            agent(who)
        }
        None => String::new(),
    };
    let line = |key, value: String| (w.say(key).into(), value);
    vec![
        line("liaison-adviser", agent(&form.adviser)),
        line("liaison-agency", form.agency.clone()),
        line("liaison-local-service", agent(&form.local_service)),
        line("liaison-referent", referent),
    ]
}

/// All that a form says: what is empty is left out.
pub(in crate::pages) fn lines(w: Words, form: &LiaisonForm) -> Vec<Part> {
    let line = |key, value: String| (w.say(key).into(), value);
    let her_own = &form.person;
    let mut all_hers = her(w, form);
    all_hers.extend([
        line("liaison-address", her_own.address.join(", ")),
        line("liaison-phone", her_own.phone.clone()),
        line("liaison-couple", yes_or_no(w, her_own.in_couple)),
        line("liaison-children", her_own.children.map(|many| many.to_string()).unwrap_or_default()),
        line("liaison-rsa", yes_or_no(w, her_own.recipient)),
        line("liaison-rqth", yes_or_no(w, her_own.disabled_worker)),
    ]);
    let ticked: Vec<String> = form.barriers.iter().map(|one| barrier(w, *one)).collect();
    let contact = match &form.electronic_contact {
        ElectronicContact::Unasked => w.say("liaison-contact-unasked").into(),
        ElectronicContact::Refused { on } => w.say("liaison-contact-no").text("day", w.date(*on)).to_string(),
        ElectronicContact::Agreed { on, email } => {
            let yes = w.say("liaison-contact-yes").text("day", w.date(*on)).to_string();
            [Some(yes), email.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
    };
    let mut agreed = vec![
        line("liaison-transmission", form.transmission.map(|day| w.date(day)).unwrap_or_default()),
        line("liaison-contact", contact),
    ];
    if let Some(signature) = &form.signature {
        let at = w.dated_moment(signature.at);
        agreed.extend([
            line("liaison-signed-as", signature.name.clone()),
            line("liaison-place", signature.place.clone()),
            line("liaison-signed-at", at),
        ]);
    }
    let decision = form.decision.map(|one| {
        let key = if one.enters { "liaison-enters" } else { "liaison-enters-not" };
        w.say(key).text("day", w.date(one.on)).to_string()
    });
    let came = vec![line("liaison-decision", decision.unwrap_or_default())];
    let parts = [
        ("liaison-part-her", all_hers),
        ("liaison-part-barriers", vec![line("liaison-barriers", ticked.join(" ; "))]),
        ("liaison-part-ends", ends(w, form)),
        ("liaison-part-agreed", agreed),
        ("liaison-part-came", came),
    ];
    let told = parts.map(|(title, lines)| {
        let lines = lines.into_iter().filter(|(_, value)| !value.is_empty());
        (w.say(title).into(), lines.collect::<Vec<_>>())
    });
    told.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

/// Lines as a list of facts.
pub(super) fn list(w: Words, lines: Vec<(String, String)>) -> SummaryList {
    let detail = |(label, value): (String, String)| Detail::new(label).value(w.typeset(&value));
    SummaryList::new(w, lines.into_iter().filter(|(_, value)| !value.is_empty()).map(detail).collect())
}

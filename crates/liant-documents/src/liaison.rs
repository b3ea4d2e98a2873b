//! The liaison form (*fiche de liaison*), by the template that its convention names.

use jiff::tz::TimeZone;
use liant_casework::{
    Barrier, ElectronicContact, FormAgent, FormModel, FormReferent, FormSignature, LiaisonForm,
};
use liant_convention::Page;
use liant_model::{Date, Instant, Lang};
use serde_json::{Map, Value, json};

use crate::{FormTemplate, Job};

/// The document of a form. `notice` is what the convention's clauses tell (GDPR art. 13 and 14); `origin` cites convention, version
/// and annex, and stands at the foot of each page. The document bears the day of the form, so that a form signed once prints the
/// same for ever.
pub fn liaison(form: &LiaisonForm, template: &FormTemplate, notice: &Page, origin: &str, lang: Lang) -> Job {
    let name = FormTemplate::file_name(&template.name, template.version);
    let title = match (lang, form.model) {
        (Lang::Fr, FormModel::Tacit) => "Fiche de liaison, accord tacite",
        (Lang::Fr, FormModel::Bilateral) => "Fiche de liaison, accord bilatéral",
        (Lang::En, FormModel::Tacit) => "Liaison form, tacit agreement",
        (Lang::En, FormModel::Bilateral) => "Liaison form, bilateral agreement",
    };
    let data = said(form, notice, origin, lang);
    Job::new([(name.as_str(), template.text.as_str())], title, (lang, form.made_on), data)
}

/// What the template reads.
fn said(form: &LiaisonForm, notice: &Page, origin: &str, lang: Lang) -> Value {
    let barriers =
        Barrier::ALL.iter().map(|one| (one.as_str().to_owned(), form.barriers.contains(one).into()));
    let barriers: Map<String, Value> = barriers.collect();
    let section =
        |one: &liant_convention::Section| json!({ "title": one.title, "text": one.text, "items": one.items });
    json!({
        "lang": match lang { Lang::Fr => "fr", Lang::En => "en" },
        "origin": origin,
        "model": form.model.as_str(),
        // One that is filled in by hand is dated by hand.
        "date": (!form.person.name.is_empty()).then(|| day(form.made_on)),
        "adviser": agent(&form.adviser),
        "agency": form.agency,
        "local_service": agent(&form.local_service),
        "referent": referent(form.referent.as_ref()),
        "person": person(form),
        "barriers": barriers,
        "transmission": form.transmission.map(day),
        "electronic": electronic(&form.electronic_contact),
        "notice": {
            "title": notice.title,
            "sections": notice.sections.iter().map(section).collect::<Vec<_>>(),
        },
        "signature": form.signature.as_ref().map(|signature| signed(signature, lang)),
        "decision": form.decision.map(|one| json!({ "enters": one.enters, "on": day(one.on) })),
    })
}

fn agent(agent: &FormAgent) -> Value {
    let FormAgent { name, function, phone, email } = agent;
    json!({ "name": name, "function": function, "phone": phone, "email": email })
}

fn referent(referent: Option<&FormReferent>) -> Value {
    match referent {
        Some(FormReferent::Departement { agent: who }) => json!({ "of": "departement", "agent": agent(who) }),
        Some(FormReferent::Mandated { structure, agent: who }) => {
            json!({ "of": "mandated", "structure": structure, "agent": agent(who) })
        }
        None => json!({ "of": "nobody" }),
    }
}

fn person(form: &LiaisonForm) -> Value {
    let her = &form.person;
    let email = match &form.electronic_contact {
        ElectronicContact::Agreed { email, .. } => email.as_deref(),
        ElectronicContact::Unasked | ElectronicContact::Refused { .. } => None,
    };
    json!({
        "name": format!("{} {}", her.name, her.first_name).trim(),
        "birth_date": her.birth_date.map(day),
        "address": her.address.join(", "),
        "phone": her.phone,
        "email": email,
        "ft": her.ft,
        "caf": her.caf,
        "in_couple": her.in_couple,
        "children": her.children.map(|count| count.to_string()),
        "recipient": her.recipient,
        "disabled_worker": her.disabled_worker,
    })
}

fn electronic(said: &ElectronicContact) -> Value {
    match said {
        ElectronicContact::Unasked => json!({ "said": "unasked" }),
        ElectronicContact::Refused { on } => json!({ "said": "refused", "on": day(*on) }),
        ElectronicContact::Agreed { on, .. } => json!({ "said": "agreed", "on": day(*on) }),
    }
}

fn signed(signature: &FormSignature, lang: Lang) -> Value {
    json!({
        "name": signature.name,
        "place": signature.place,
        "at": moment(signature.at, lang),
        "seal": by_eight(&signature.seal),
    })
}

/// A seal as one compares it by eye.
fn by_eight(seal: &str) -> String {
    let signs: Vec<char> = seal.chars().collect();
    signs.chunks(8).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// A day as forms write it.
fn day(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}

/// A moment by the clocks of France.
fn moment(at: Instant, lang: Lang) -> String {
    let at = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default();
    let zone = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    let form = match lang {
        Lang::Fr => "%d/%m/%Y à %H:%M:%S",
        Lang::En => "%d/%m/%Y at %H:%M:%S",
    };
    at.to_zoned(zone).strftime(form).to_string()
}

use std::collections::{BTreeMap, BTreeSet};

use liant_model::{Lang, Party, Sensitivity};

use super::words::{self, two};
use super::{Page, about, clocks, contacts, given, is_hers, kept, parties, party_name, purposes, term};
use crate::convention::{Convention, Kind, ListEntry};
use crate::terms::Contact;

/// The entry of the register of processing activities (*registre des activités de traitement*, GDPR art. 30) that a
/// file makes by itself, letter by letter of art. 30 (1).
pub fn register(file: &Convention, lang: Lang) -> Page {
    let mut page = Page::of(file, file.title.in_lang(lang).to_owned());
    let mut who = parties(file, lang);
    who.extend(contacts(file, &[Contact::Governance, Contact::Dpo], lang));
    page.section(
        two(lang, "a) Responsables et délégués", "(a) Controllers and officers"),
        kind(file, lang),
        who,
    );
    page.section(two(lang, "b) Finalités", "(b) Purposes"), Vec::new(), purposes(file, lang));
    page.section(two(lang, "c) Personnes concernées", "(c) People concerned"), about(file, lang), Vec::new());
    let data = if file.named_data {
        words::labels(given(file), lang)
    } else {
        vec![two(lang, "aucune donnée nominative", "no personal data").to_owned()]
    };
    page.section(two(lang, "c) Données", "(c) Data"), special(file, lang), data);
    page.section(two(lang, "d) Destinataires", "(d) Recipients"), Vec::new(), recipients(file, lang));
    let hosting = file.hosting.as_ref().map(|area| {
        let (text, area) = (two(lang, "Hébergement :", "Hosting:"), words::area(area, lang));
        let none = two(
            lang,
            "Aucun transfert hors de cette zone n’est prévu par le texte.",
            "The text foresees no transfer out of this area.",
        );
        format!("{text} {area}. {none}")
    });
    let lists = file.lists.iter().map(|list| owed(file, list, lang)).collect();
    page.section(two(lang, "e) Transferts", "(e) Transfers"), hosting.into_iter().collect(), lists);
    page.section(
        two(lang, "f) Durées de conservation", "(f) Time limits for erasure"),
        Vec::new(),
        kept(file, lang),
    );
    let mut security = contacts(file, &[Contact::Security], lang);
    security.extend(clocks(file, None, lang));
    page.section(two(lang, "g) Sécurité", "(g) Security"), Vec::new(), security);
    let life = two(lang, "Durée et fin", "Term and end");
    page.section(life, vec![term(file, lang)], ends(file, lang));
    page
}

fn kind(file: &Convention, lang: Lang) -> Vec<String> {
    vec![match &file.kind {
        Kind::Convention => {
            two(lang, "Convention entre les parties.", "Convention between the parties.").to_owned()
        }
        Kind::Register { controller } => format!(
            "{} {}.",
            two(lang, "Traitement propre de :", "Own processing of:"),
            party_name(file, controller, lang)
        ),
    }]
}

/// The special categories and the NIR, with what allows them.
fn special(file: &Convention, lang: Lang) -> Vec<String> {
    let mut said = Vec::new();
    let others = file.grants.iter().filter(|grant| !is_hers(grant));
    let bases: BTreeSet<_> = others.filter_map(|grant| grant.special_basis).collect();
    if !bases.is_empty() {
        let bases: Vec<_> = bases.into_iter().map(|basis| words::special(basis, lang)).collect();
        said.push(format!(
            "{} {}.",
            two(lang, "Données sensibles, permises par :", "Special categories, allowed by:"),
            bases.join(", ")
        ));
    }
    let has_nir =
        |grant: &&crate::Grant| grant.fields.iter().any(|one| one.sensitivity() == Sensitivity::Sealed);
    let nir: BTreeSet<_> = file.grants.iter().filter(has_nir).flat_map(|grant| &grant.basis).collect();
    if !nir.is_empty() {
        let nir: Vec<_> = nir.into_iter().map(|basis| words::cited(basis, lang)).collect();
        said.push(format!("NIR{} {}.", two(lang, " :", ":"), nir.join(", ")));
    }
    said
}

fn recipients(file: &Convention, lang: Lang) -> Vec<String> {
    let granted = file.grants.iter().flat_map(|grant| &grant.to);
    let all: BTreeSet<_> = granted.chain(file.wider_searches.iter().flat_map(|search| &search.to)).collect();
    let mut roles: BTreeMap<&Party, Vec<String>> = BTreeMap::new();
    for to in all {
        roles.entry(&to.party).or_default().push(words::role(&to.role, lang));
    }
    let line = |(party, roles): (&Party, Vec<String>)| {
        format!("{}{} {}", party_name(file, party, lang), two(lang, " :", ":"), roles.join(", "))
    };
    let flow = |flow: &crate::Flow| {
        let mut said = format!(
            "{} {}{} {} → {}, {}",
            two(lang, "flux", "flow"),
            flow.profile,
            two(lang, " :", ":"),
            party_name(file, &flow.from, lang),
            party_name(file, &flow.to, lang),
            words::rhythm(flow.rhythm, lang)
        );
        if let Some(due) = &flow.due {
            let by = two(lang, "au plus tard", "by");
            said = format!("{said}, {by} {}, {} ({})", words::flow_day(due.day, lang), due.time, due.zone);
        }
        if let Some(day) = flow.available {
            let from = two(lang, "à prendre dès", "to be fetched from");
            said = format!("{said}, {from} {}", words::flow_day(day, lang));
        }
        said
    };
    roles.into_iter().map(line).chain(file.flows.iter().map(flow)).collect()
}

fn owed(file: &Convention, list: &ListEntry, lang: Lang) -> String {
    let when = match list.every {
        Some(every) => format!("{} {}", two(lang, "périodicité :", "every"), words::length(every, lang)),
        None => two(lang, "à première demande", "on first request").to_owned(),
    };
    let due = two(lang, "due par", "owed by");
    let by = list.owed_by.as_ref().map(|by| format!(", {due} {}", party_name(file, by, lang)));
    let by = by.unwrap_or_default();
    format!("{}, {when}{by} ({})", words::listed(list.of, lang), list.clause)
}

/// How it ends, is renewed, is suspended.
fn ends(file: &Convention, lang: Lang) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(renewal) = &file.renewal {
        said.push(format!(
            "{} {}{} {}, {} ({})",
            two(lang, "Reconduction demandée avant le terme :", "Renewal asked before the term:"),
            words::length(renewal.ask_before, lang),
            two(lang, " ; réponse sous", "; answer within"),
            words::length(renewal.answer_within, lang),
            words::silence(renewal.silence, lang),
            renewal.clause
        ));
    }
    if let Some(meeting) = &file.rendezvous {
        let text = two(lang, "Rendez-vous des parties avant le terme :", "The parties meet before the term:");
        said.push(format!("{text} {} ({})", words::length(meeting.before, lang), meeting.clause));
    }
    if let Some(end) = &file.ending {
        if let Some(notice) = end.notice {
            let text = two(lang, "Résiliation, préavis :", "Termination, notice:");
            said.push(format!("{text} {} ({})", words::length(notice, lang), end.clause));
        }
        if let Some(cure) = end.cure {
            let text = two(lang, "Manquement, délai pour y remédier :", "Default, time to put it right:");
            let from = end
                .cure_from
                .map(|from| format!(" {} {}", two(lang, "après", "after"), words::notice_from(from, lang)));
            said.push(format!(
                "{text} {}{} ({})",
                words::length(cure, lang),
                from.unwrap_or_default(),
                end.clause
            ));
        }
        let may: Vec<_> = end.suspended_by.iter().map(|party| party_name(file, party, lang)).collect();
        if !may.is_empty() {
            let at_once = if end.suspends_on_default {
                two(lang, ", dès le manquement", ", as soon as there is a default")
            } else {
                ""
            };
            said.push(format!(
                "{} {}{at_once} ({})",
                two(lang, "Peut suspendre :", "May suspend:"),
                may.join(", "),
                end.clause
            ));
        }
    }
    if let Some(under) = &file.under {
        said.push(format!(
            "{} {under}",
            two(lang, "Ne vaut qu’avec la convention :", "In force only with the convention:")
        ));
    }
    for reading in &file.readings {
        said.push(format!(
            "{} {} ({}, {})",
            two(lang, "Lecture convenue :", "Agreed reading:"),
            reading.text.in_lang(lang),
            reading.clause,
            words::date(reading.agreed_on, lang)
        ));
    }
    said
}

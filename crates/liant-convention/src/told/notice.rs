use std::collections::BTreeSet;

use liant_model::{FieldSet, Lang, Party, Sensitivity};

use super::words::{self, two};
use super::{
    Page, about, clocks, contacts, is_hers, kept, parties, party_name, purposes, reaches_anyone, term,
};
use crate::convention::{Condition, Convention, Grant, Kind};
use crate::terms::{ClockStart, Contact};

/// The information notice (*notice d’information*, GDPR art. 13 and 14) that a file makes by itself, in plain words.
pub fn notice(file: &Convention, lang: Lang) -> Page {
    let title = file.title.in_lang(lang);
    let mut page =
        Page::of(file, format!("{}{} {title}", two(lang, "Vos données", "Your data"), two(lang, " :", ":")));
    page.section(two(lang, "Qui en répond", "Who answers for them"), Vec::new(), parties(file, lang));
    page.section(two(lang, "De qui il s’agit", "Whom it is about"), about(file, lang), Vec::new());
    page.section(two(lang, "Pourquoi", "Why"), Vec::new(), purposes(file, lang));
    if file.named_data {
        for party in recipients(file) {
            receives(&mut page, file, party, lang);
        }
        unseen(&mut page, file, lang);
    } else {
        let none = two(
            lang,
            "Aucune donnée qui vous nomme ne passe d’un organisme à l’autre en application de ce texte.",
            "No data that names you passes from one body to another under this text.",
        );
        page.section(two(lang, "Quelles données", "Which data"), vec![none.to_owned()], Vec::new());
    }
    page.section(two(lang, "Combien de temps", "For how long"), Vec::new(), kept(file, lang));
    if let Some(hosting) = &file.hosting {
        let lie = two(lang, "Les données sont hébergées dans cette zone :", "The data lie in this area:");
        let area = words::area(hosting, lang);
        page.section(two(lang, "Où", "Where"), vec![format!("{lie} {area}.")], Vec::new());
    }
    rights(&mut page, file, lang);
    let alerts = clocks(file, Some(ClockStart::RightsRequestReceived), lang);
    if !alerts.is_empty() {
        let title = two(lang, "Violation de données ou plainte", "A data breach, or a complaint");
        let text = two(lang, "Il faut prévenir dans ces délais :", "Warning is given within these times:");
        page.section(title, vec![text.to_owned()], alerts);
    }
    let mut lives = vec![term(file, lang)];
    if file.kind == Kind::Convention && file.named_data {
        lives.push(
            two(
                lang,
                "Hors de ces dates, et tant que la convention est suspendue, rien ne passe.",
                "Outside these dates, and while the convention is suspended, nothing passes.",
            )
            .to_owned(),
        );
    }
    page.section(two(lang, "De quand à quand", "From when to when"), lives, Vec::new());
    page
}

fn recipients(file: &Convention) -> Vec<&Party> {
    let granted = file.grants.iter().filter(|grant| !is_hers(grant)).flat_map(|grant| &grant.to);
    let searched = file.wider_searches.iter().flat_map(|search| &search.to);
    let all: BTreeSet<_> = granted.chain(searched).map(|to| &to.party).collect();
    all.into_iter().collect()
}

/// What one party receives: what it has in any case, then what it has on a condition, condition by condition.
fn receives(page: &mut Page, file: &Convention, party: &Party, lang: Lang) {
    let is_own = |grant: &&Grant| !is_hers(grant) && grant.to.iter().any(|to| to.party == *party);
    let own: Vec<_> = file.grants.iter().filter(is_own).collect();
    let mut by_condition: Vec<(&[String], FieldSet)> = vec![(&[], FieldSet::EMPTY)];
    for grant in &own {
        let fields = reaches_anyone(file, grant);
        match by_condition.iter_mut().find(|(required, _)| *required == grant.requires) {
            Some((_, all)) => *all = all.union(fields),
            None => by_condition.push((&grant.requires, fields)),
        }
    }
    let plain = by_condition.first().map_or(FieldSet::EMPTY, |(_, fields)| *fields);
    let name = party_name(file, party, lang);
    let title = match lang {
        Lang::Fr => format!("Ce que reçoit {name}"),
        Lang::En => format!("What {name} receives"),
    };
    let mut text = vec![about_readers(file, &own, party, lang)];
    text.extend(health(&own, lang));
    page.section(&title, text, words::labels(plain, lang));
    for (required, fields) in by_condition.into_iter().skip(1) {
        let items = words::labels(fields.difference(plain), lang);
        page.section(&format!("{title}, {}", on(file, required, lang)), Vec::new(), items);
    }
}

fn about_readers(file: &Convention, own: &[&Grant], party: &Party, lang: Lang) -> String {
    let to = own.iter().flat_map(|grant| &grant.to).chain(file.wider_searches.iter().flat_map(|one| &one.to));
    let roles: BTreeSet<_> =
        to.filter(|to| to.party == *party).map(|to| words::role(&to.role, lang)).collect();
    let sources: BTreeSet<_> = own.iter().flat_map(|grant| &grant.sources).collect();
    let sources: Vec<_> = sources.into_iter().map(|source| words::source(source, lang)).collect();
    let ways: BTreeSet<_> = own.iter().flat_map(|grant| grant.channels.iter().copied()).collect();
    let ways: Vec<_> = ways.into_iter().map(|way| words::channel(way, lang)).collect();
    format!(
        "{} {}. {} {}. {} {}.",
        two(lang, "Lecteurs :", "Readers:"),
        roles.into_iter().collect::<Vec<_>>().join(", "),
        two(lang, "Origine :", "From:"),
        sources.join(", "),
        two(lang, "Voies :", "Ways:"),
        ways.join(", ")
    )
}

/// What allows the data on health, where there are any.
fn health(own: &[&Grant], lang: Lang) -> Option<String> {
    let is_health = |care| matches!(care, Sensitivity::Health | Sensitivity::HealthDetail);
    let told = own.iter().filter(|grant| grant.fields.iter().any(|field| is_health(field.sensitivity())));
    let bases: BTreeSet<_> = told.filter_map(|grant| grant.special_basis).collect();
    let bases: Vec<_> = bases.into_iter().map(|basis| words::special(basis, lang)).collect();
    (!bases.is_empty()).then(|| {
        format!(
            "{} {}.",
            two(lang, "Ce qui touche à la santé repose sur :", "What tells of health rests on:"),
            bases.join(", ")
        )
    })
}

/// Conditions, in words.
fn on(file: &Convention, required: &[String], lang: Lang) -> String {
    let required = file.conditions.iter().filter(|one| required.contains(&one.id));
    let said = required.map(|one| match &one.met {
        Condition::Consent(consent) => {
            format!("{} {}", two(lang, "si", "if"), words::consent(*consent, lang))
        }
        Condition::Fact { .. } | Condition::Between(_) => {
            format!("{} « {} »", two(lang, "sous la condition", "on the condition"), one.text.in_lang(lang))
        }
    });
    said.collect::<Vec<_>>().join(two(lang, " et ", " and "))
}

fn unseen(page: &mut Page, file: &Convention, lang: Lang) {
    let kinds: BTreeSet<_> = file.uses.iter().flat_map(|used| used.kinds.iter().copied()).collect();
    let items: Vec<_> = kinds.into_iter().map(|kind| words::used_for(kind, lang).to_owned()).collect();
    if !items.is_empty() {
        let text = two(
            lang,
            "Le logiciel lit aussi des données sans les montrer, pour :",
            "The software also reads data that it shows nobody, to:",
        );
        page.section(two(lang, "Ce que personne ne voit", "What nobody sees"), vec![text.to_owned()], items);
    }
}

fn rights(page: &mut Page, file: &Convention, lang: Lang) {
    let mut text = vec![
        two(
            lang,
            "Vous pouvez demander ce que l’on tient sur vous et une copie, faire corriger ce qui est faux, faire effacer ou restreindre, vous opposer (RGPD art. 15 à 22). Une correction est transmise à tous ceux qui ont reçu la donnée.",
            "You may ask what is held on you and for a copy, have what is wrong corrected, have it erased or restricted, object (GDPR art. 15 to 22). A correction is sent to all who received the datum.",
        )
        .to_owned(),
    ];
    if file.grants.iter().any(is_hers) {
        let dpo = two(
            lang,
            "Pour vous répondre, et pour cela seulement, le délégué à la protection des données lit tout ce qui est tenu sur vous.",
            "To answer you, and for that alone, the data protection officer reads all that is held on you.",
        );
        text.push(dpo.to_owned());
    }
    if let Some(clock) =
        file.clocks.iter().find(|clock| clock.starts.contains(&ClockStart::RightsRequestReceived))
    {
        let (length, clause) = (words::length(clock.within, lang), words::cited(&clock.clause, lang));
        text.push(match lang {
            Lang::Fr => {
                format!("Vous recevez une réponse au plus tard {length} après votre demande ({clause}).")
            }
            Lang::En => format!("You are answered within {length} ({clause})."),
        });
    }
    if file.conditions.iter().any(|one| matches!(one.met, Condition::Consent(_))) {
        let withdraw = two(
            lang,
            "Vous pouvez retirer votre accord à tout moment, aussi simplement que vous l’avez donné : plus rien ne passe alors qui en dépende. Ce qui a été transmis avant l’a été valablement (RGPD art. 7 (3)).",
            "You may withdraw your agreement at any time, as simply as you gave it: nothing that rests on it passes any more. What passed before passed lawfully (GDPR art. 7 (3)).",
        );
        text.push(withdraw.to_owned());
    }
    text.push(
        two(
            lang,
            "Vous pouvez porter plainte auprès de la CNIL (www.cnil.fr).",
            "You may complain to the CNIL (www.cnil.fr).",
        )
        .to_owned(),
    );
    let dpo = contacts(file, &[Contact::Dpo], lang);
    if !dpo.is_empty() {
        text.push(two(lang, "Vous pouvez vous adresser à :", "You may write to:").to_owned());
    }
    page.section(two(lang, "Vos droits", "Your rights"), text, dpo);
}

//! Invented people and what documents say of them.

use std::collections::BTreeSet;

use liant_casework::{
    Barrier, ElectronicContact, FormAgent, FormDecision, FormModel, FormPerson, FormReferent, FormSignature,
    LiaisonForm,
};
use liant_convention::{Convention, notice};
use liant_documents::{
    Aside, Copy, Datum, FormTemplate, Job, PaperGoal, PaperTheme, Part, Path, Reader, Readers, RecordPaper,
    Said, Step, Words, liaison as liaison_job,
};
use liant_model::{Date, Instant, Lang};

const TODAY: Date = Date::constant(2026, 11, 16);

/// A name of which no line can hold the whole.
const LONG: &str = "ABEILLEDESROCHERSDELAMONTAGNEBLANCHEETDUVALLONPERDU-CRÈVECŒURDELHIVERNAGE";

fn text(text: &str) -> String {
    text.to_owned()
}

fn datum(label: &str, value: &str, before: &[&str], rule: &[&str]) -> Datum {
    Datum {
        label: text(label),
        value: text(value),
        since: text("Depuis le 1er\u{a0}mars 2026"),
        before: before.iter().map(|one| text(one)).collect(),
        rule: rule.iter().map(|one| text(one)).collect(),
    }
}

fn words(lang: Lang) -> Words {
    let [datum, held, since, when, who, what] = match lang {
        Lang::Fr => ["Donnée", "Ce qui est su", "Depuis quand", "Quand", "Qui", "Quoi, comment et pourquoi"],
        Lang::En => ["Datum", "What is known", "Since when", "When", "Who", "What, how and why"],
    };
    Words {
        datum: text(datum),
        held: text(held),
        since: text(since),
        when: text(when),
        who: text(who),
        what: text(what),
    }
}

fn reader(day: u32) -> Reader {
    Reader {
        at: format!("{day}\u{a0}novembre 2026, 9\u{202f}h\u{202f}04"),
        who: text("Service local d’Arras"),
        function: text("Chargé d’orientation"),
        way: text("A ouvert votre dossier."),
        why: text("Motif\u{a0}: orienter les bénéficiaires du RSA."),
        labels: text("Nom de naissance, prénom, date de naissance, commune, droit au RSA"),
        rule: text("Règle\u{a0}: 62-departement v1, §2, orientation"),
    }
}

pub(crate) fn the_copy(lang: Lang) -> Copy {
    let rule = "Par le fichier RSABEM, reçu selon\u{a0}: 62-departement v1, §1, droits versés. Montré selon\u{a0}: 62-departement v1, §9.";
    Copy {
        title: text(match lang {
            Lang::Fr => "Copie de vos données",
            Lang::En => "Copy of your data",
        }),
        who: text("Jeanne Abeille, née Crèvecœur"),
        made: text("Faite le 16\u{a0}novembre 2026, 9\u{202f}h\u{202f}04"),
        words: words(lang),
        parts: vec![
            Part {
                source: Some(text("cnaf")),
                title: text("CAF"),
                rules: vec![text(rule)],
                data: vec![
                    datum("Nom de naissance", "CRÈVECŒUR", &[], &[]),
                    datum("Prénom", "Jeanne", &[], &[]),
                    datum(
                        "Commune",
                        "Arras (62041)",
                        &["Avant, dès le 3\u{a0}avril 2025\u{a0}: Lens (62498)"],
                        &["Par le fichier PECGM. Montré selon\u{a0}: 62-departement v1, §9."],
                    ),
                ],
                remarks: vec![text(
                    "Numéro de sécurité sociale\u{a0}: connu, jamais affiché. Il sert à vous reconnaître d’un fichier à l’autre.",
                )],
            },
            Part {
                source: Some(text("france-travail")),
                title: text("France Travail"),
                rules: vec![text(rule)],
                data: vec![datum("Nom d’usage", "ABEILLE", &[], &[])],
                remarks: Vec::new(),
            },
            Part {
                source: None,
                title: text("Décision d’orientation du 2\u{a0}mars 2026, en vigueur"),
                rules: vec![text("Enregistré ici. Montré selon\u{a0}: 62-departement v1, §9.")],
                data: vec![datum("Organisme", "France Travail Arras", &[], &[])],
                remarks: Vec::new(),
            },
        ],
        path: Path {
            title: text("Vos accompagnements"),
            list: [("12\u{a0}janvier 2026", "Vous avez accepté que votre fiche soit transmise"), ("19\u{a0}janvier 2026", "Vous entrez dans l’accompagnement global")]
                .map(|(day, words)| Step {
                    day: text(day),
                    words: text(words),
                    rule: text("Accompagnement global, inscrit par France Travail. Montré selon\u{a0}: 62-departement v1, §13."),
                })
                .into(),
        },
        readers: Readers {
            title: text("Qui a consulté votre dossier"),
            none: Vec::new(),
            list: (2..=16).rev().map(reader).collect(),
        },
        said: Said {
            title: text("Vos choix et vos demandes"),
            list: vec![
                text("Accepté le 16\u{a0}novembre 2026"),
                text("Obtenir une copie, demande du 16\u{a0}novembre 2026\u{a0}: répondue"),
            ],
        },
        aside: Aside {
            title: text("Ce qui n’est pas montré ici"),
            text: text("Dans un dossier commun à plusieurs personnes, seul ce qui est à vous est montré."),
        },
    }
}

pub(crate) fn copy(lang: Lang) -> Job {
    the_copy(lang).job(lang, TODAY)
}

/// Names that no line holds, and three hundred acts.
pub(crate) fn long_copy() -> Job {
    let mut copy = the_copy(Lang::Fr);
    copy.who = text(LONG);
    if let Some(part) = copy.parts.first_mut() {
        part.data.push(datum(LONG, LONG, &[LONG], &[]));
    }
    copy.readers.list = (0..300).map(|day| Reader { who: text(LONG), ..reader(day % 28 + 1) }).collect();
    copy.job(Lang::Fr, TODAY)
}

/// Someone of whom nothing is shown.
pub(crate) fn empty_copy() -> Job {
    let mut copy = the_copy(Lang::Fr);
    copy.parts.clear();
    copy.path.list.clear();
    copy.readers.list.clear();
    copy.readers.none = vec![text("Personne n’a consulté vos données.")];
    copy.said.list.clear();
    copy.job(Lang::Fr, TODAY)
}

fn agent(name: &str, function: &str) -> FormAgent {
    FormAgent {
        name: text(name),
        function: text(function),
        phone: text("03 00 00 00 00"),
        email: text("service.arras@exemple.test"),
    }
}

pub(crate) fn bilateral() -> LiaisonForm {
    LiaisonForm {
        model: FormModel::Bilateral,
        made_on: TODAY,
        adviser: agent("DELATTRE Camille", "Conseillère dédiée"),
        agency: text("Arras Dutilleux"),
        local_service: agent("FOULON Émile", "Chef de SLAI"),
        referent: Some(FormReferent::Mandated {
            structure: text("CCAS de Saint-Laurent-Blangy"),
            agent: agent("LŒUILLET Anaïs", "Référente sociale"),
        }),
        person: FormPerson {
            name: text("ABEILLE (CRÈVECŒUR)"),
            first_name: text("Jeanne"),
            birth_date: Some(Date::constant(1987, 4, 3)),
            address: vec![text("12 rue de l’Invention"), text("62000 Arras")],
            phone: text("06 00 00 00 00"),
            ft: text("0000001A"),
            caf: text("1234567"),
            in_couple: Some(false),
            children: Some(2),
            recipient: Some(true),
            disabled_worker: Some(false),
        },
        barriers: BTreeSet::from([Barrier::Financial, Barrier::Transport]),
        transmission: Some(TODAY),
        electronic_contact: ElectronicContact::Agreed {
            on: TODAY,
            email: Some(text("jeanne.abeille@exemple.test")),
        },
        signature: Some(FormSignature {
            name: text("Jeanne Abeille"),
            place: text("Arras"),
            at: Instant::from_micros(1_794_816_240_000_000),
            seal: text("5f3c9a1e7b2d4c6f8091a2b3c4d5e6f70123456789abcdef0123456789abcdef"),
        }),
        decision: Some(FormDecision { enters: true, on: TODAY }),
    }
}

pub(crate) fn tacit() -> LiaisonForm {
    LiaisonForm {
        model: FormModel::Tacit,
        decision: None,
        referent: Some(FormReferent::Departement { agent: agent("HOCQUET Inès", "Animatrice") }),
        electronic_contact: ElectronicContact::Refused { on: TODAY },
        ..bilateral()
    }
}

/// A form to fill in by hand.
pub(crate) fn blank() -> LiaisonForm {
    LiaisonForm::blank(FormModel::Bilateral, TODAY)
}

pub(crate) fn long_names() -> LiaisonForm {
    let mut form = bilateral();
    form.person.name = text(LONG);
    form.adviser = agent(LONG, LONG);
    form.agency = text(LONG);
    form
}

pub(crate) fn liaison(form: &LiaisonForm, lang: Lang) -> Job {
    let file = include_str!("../../../../conventions/62-echange-accompagnement-global.toml");
    let file = Convention::parse("f.toml", file).unwrap();
    let template = FormTemplate::shipped("liaison", 1).unwrap();
    let origin = format!("{} v{}, annexe 6", file.id, file.version);
    liaison_job(form, &template, &notice(&file, lang), &origin, lang)
}

fn pair(words: &str, day: &str) -> (String, String) {
    (text(words), text(day))
}

/// A contract that was signed.
pub(crate) fn contract() -> RecordPaper {
    let housing = PaperTheme {
        title: text("Faire face à des difficultés de logement"),
        state: Some(text("En cours de levée, depuis le 12\u{a0}octobre 2026")),
        progress: Some(text("Premiers pas, depuis le 2\u{a0}novembre 2026")),
        goals: vec![PaperGoal {
            words: text("Trouver un logement"),
            state: text("En cours, depuis le 12\u{a0}octobre 2026"),
            actions: vec![
                pair("Constitution d’un dossier", "Faite, depuis le 2\u{a0}novembre 2026"),
                pair("Démarche accompagnée", "Prévue, depuis le 2\u{a0}novembre 2026"),
            ],
        }],
    };
    let transport = PaperTheme {
        title: text("Accéder à un moyen de transport"),
        state: None,
        progress: None,
        goals: vec![PaperGoal {
            words: text("Passer le permis de conduire"),
            state: text("En cours, depuis le 16\u{a0}novembre 2026"),
            actions: Vec::new(),
        }],
    };
    RecordPaper {
        form: text("cer"),
        title: text("Contrat d’engagements réciproques"),
        programme: text("Accompagnement des bénéficiaires du RSA"),
        person: text("ABEILLE (CRÈVECŒUR) Jeanne"),
        birth_date: Some(text("3\u{a0}février 1985")),
        party: text("Le Département"),
        by: Some(text("Anaïs LŒUILLET")),
        role: text("Référent solidarité"),
        on: Some(text("16\u{a0}novembre 2026")),
        until: Some(text("15\u{a0}mai 2027")),
        themes: vec![housing, transport],
        skills: vec![pair("Tient ses rendez-vous", "2\u{a0}novembre 2026")],
        progress: vec![pair("Premiers pas", "2\u{a0}novembre 2026")],
        is_partial: false,
    }
}

/// One to be signed, of a record that says nothing yet.
pub(crate) fn draft() -> RecordPaper {
    RecordPaper {
        title: text("Contract of mutual commitments"),
        programme: text("Accompaniment of RSA recipients"),
        party: text("The Département"),
        role: text("Social referent"),
        person: text(LONG),
        birth_date: None,
        by: None,
        on: None,
        until: None,
        themes: Vec::new(),
        skills: Vec::new(),
        progress: Vec::new(),
        ..contract()
    }
}

/// A diagnosis, without what its reader may not have.
pub(crate) fn diagnosis() -> RecordPaper {
    RecordPaper {
        form: text("diagnosis"),
        title: text("Étape 2\u{a0}: diagnostic complet, structure préconisée"),
        role: text("Agent de la plateforme d’orientation"),
        until: None,
        is_partial: true,
        ..contract()
    }
}

/// The document of a contract or a diagnosis.
pub(crate) fn record_paper(paper: &RecordPaper, lang: Lang) -> Job {
    let template = FormTemplate::shipped("parcours", 1).unwrap();
    let origin = "62-departement v1, §16, contrat d'engagements réciproques";
    paper.job(&template, origin, (lang, TODAY)).unwrap().invented()
}

//! The French of [`AppError`] and of the gate's refusals.
//!
//! The words of the convention language (roles, purposes, ways, uses) are quoted as the conventions write them.

use liant_convention::{Closed, CourseError, Direction, Refusal, Validity};
use liant_model::Lang;

use crate::AppError;

/// What is wrong and what to do, in French.
pub(crate) fn words(error: &AppError) -> String {
    match error {
        AppError::Refused(_) | AppError::Store(_) | AppError::Vault(_) => error.message(Lang::Fr),
        AppError::SameFile { batch, at } => format!(
            "ce fichier même a déjà été importé, comme lot {batch}, le {at} ; rien n’a changé. S’il s’agissait d’un \
             fichier corrigé, importez celui-là"
        ),
        AppError::OlderThanLast { flow, found, last } => format!(
            "le fichier parle du {found}, et {flow} du {last} est déjà là ; rien n’a changé. Importez les fichiers d’un \
             flux dans l’ordre de leurs dates de référence"
        ),
        AppError::MadeBefore { flow, found, last } => format!(
            "le fichier a été fait le {found}, et {flow}, fait le {last}, est déjà là : l’ancien déferait le nouveau ; \
             rien n’a changé. Importez les fichiers d’une source dans l’ordre où ils ont été faits"
        ),
        AppError::Unrecognised(path) => {
            format!("{} : aucun flux n’y est reconnu ; nommez-en un avec --profile", path.display())
        }
        AppError::Moving(path) => format!(
            "{} a changé pendant sa lecture ; rien n’a changé dans le dépôt. Attendez la fin du transfert, puis \
             recommencez",
            path.display()
        ),
        AppError::Strict { rejected } => format!(
            "{rejected} dossiers sont fautifs et --strict était demandé ; rien n’a changé. Voyez les diagnostics, ou \
             recommencez sans --strict pour charger les autres"
        ),
        AppError::ManyLeave { left, present, most } => format!(
            "{left} des {present} personnes du stock ne sont pas dans ce fichier, plus de {most} % ; rien n’a changé. \
             Demandez à l’émetteur si le fichier est entier ; s’il l’est, recommencez avec --many-left, ou relevez \
             `most_leaving` dans liant.toml"
        ),
        AppError::Unreadable(cause) => format!("le fichier ne se lit pas : {}", cause.words(Lang::Fr)),
        AppError::OutOfDate => {
            "une personne de ce fichier ne peut plus y figurer : préparez-le de nouveau".to_owned()
        }
        AppError::State(text) => format!("l’état des choses s’y oppose : {text}"),
        AppError::Form(all) => format!("la fiche de liaison ne part pas : {}", crate::form_faults::faults(all, Lang::Fr)),
        AppError::Value(text) => format!("une valeur donnée ne convient pas : {text}"),
        AppError::Gate(refusal) => refused(refusal),
        AppError::Course(error) => course(*error).to_owned(),
        AppError::Absent(what) => format!("{}, ou ce n’est pas à vous de voir", absent(what)),
        AppError::Close(bar) => bar.french().to_owned(),
        AppError::Mail(trouble) => trouble.words(Lang::Fr),
        AppError::Press(trouble) => trouble.words(Lang::Fr),
        AppError::OwnLookUp => {
            "nul n’examine un motif qu’il a déclaré lui-même : laissez-le à quelqu’un d’autre".to_owned()
        }
        AppError::SearchNotReviewed => {
            "une de vos recherches élargies n’a pas été examinée à temps : demandez-le au délégué à la protection des données, \
             puis cherchez de nouveau"
                .to_owned()
        }
        AppError::Blocked => {
            "votre accès aux personnes est suspendu : trop ont été demandées qui ne sont pas à vous de voir ; le délégué à la \
             protection des données en est averti, et lui seul le rétablit"
                .to_owned()
        }
        AppError::TooManyOpened => {
            "autant de dossiers ont été ouverts que votre portefeuille en explique : attendez, ou voyez le délégué à la \
             protection des données"
                .to_owned()
        }
        AppError::NotExact => {
            "une recherche élargie demande un nom entier, un prénom et une date de naissance, ou un numéro entier : \
             complétez ce que vous avez, ou cherchez dans votre périmètre"
                .to_owned()
        }
        AppError::NoSettings(path) => format!(
            "il n’y a pas de {} : faites-en un avec `liant init`, ou nommez-le avec --config",
            path.display()
        ),
        AppError::SettingsTerritory(found) => format!(
            "les réglages nomment le territoire « {found} », qui n’est pas un département : écrivez son code, comme \
             `62` ou `2A`"
        ),
        AppError::NoSuchActor(names) => {
            format!("dites qui agit, avec --as NOM ; les réglages nomment : {}", names.join(", "))
        }
        AppError::NoSuchProfile { name, there } => {
            format!("aucun profil de flux « {name} » ; il y a : {}", there.join(", "))
        }
        AppError::NoSuchWord { word, there } => {
            format!("« {word} » est inconnu ; donnez l’un de : {}", there.join(", "))
        }
        AppError::Definition(text) => format!("la définition ne peut servir telle quelle : {text}"),
        AppError::NotAFile(path) => format!(
            "{} : ce n’est pas un fichier ; donnez un fichier, et nommez son flux avec --profile",
            path.display()
        ),
        AppError::DecisionsAreNoStock(flow) => format!(
            "{flow} porte des décisions d’orientation et n’est le stock de personne : enregistrez-les avec \
             `liant orientation import`"
        ),
        AppError::NoUseToKeep(source) => format!(
            "aucune clause ne laisse le logiciel tenir à jour les données de « {source} » : il faut à la convention un \
             [[use]] pour `update`"
        ),
        AppError::StandsAlone => {
            "cette identité de source est seule : il n’y a pas de lien à défaire".to_owned()
        }
        AppError::Answered { accepted: true, by } => format!(
            "cette question a été acceptée par {by} ; défaites d’abord le lien, avec `liant review undo` et l’identité \
             de source"
        ),
        AppError::Answered { accepted: false, by } => format!("cette question a été refusée par {by}"),
        AppError::KeysDoNotFit { keys, store } => format!(
            "les clés de {} n’ouvrent pas ce que {store} contient : ce sont celles d’un autre dépôt, ou une version \
             manque ; rien n’a changé. Nommez dans les réglages (`keys`) le fichier des clés de ce dépôt, ou \
             restaurez-le",
            keys.display()
        ),
        AppError::NotABackup(path) => format!(
            "{} : ce n’est pas une sauvegarde ; donnez un fichier écrit par `liant store backup`",
            path.display()
        ),
        AppError::BackupKeyGone { key, expires } => format!(
            "cette sauvegarde était lisible jusqu’au {expires} ; sa clé {} n’est pas là, ou son jour est venu : elle ne peut \
             plus être lue. Donnez-en une plus récente, ou le dossier des sauvegardes de l’installation dans les réglages \
             (`backup.folder`)",
            key.display()
        ),
        AppError::CheckpointKeyMissing => {
            "donnez la clé publique qui a signé le point de contrôle, avec --key".to_owned()
        }
        AppError::NotAPublicKey(path) => format!(
            "{} : ce n’est pas la clé publique d’un journal ; donnez le fichier .pub écrit avec la clé de signature",
            path.display()
        ),
        AppError::File { path, cause } => {
            format!("le fichier {} ne peut servir : {}", path.display(), cause.words(Lang::Fr))
        }
        AppError::Internal(text) => format!("erreur interne : {text}. Merci de la signaler"),
    }
}

fn absent(what: &str) -> &'static str {
    match what {
        "person" => "aucune personne de ce numéro",
        "question of identity" => "aucune question d’identité de ce numéro",
        "source identity" => "aucune identité de source de ce numéro",
        "upload" => "aucun fichier reçu de ce numéro",
        "import" => "aucune importation de ce numéro",
        "destruction" => "aucune destruction achevée de ce numéro",
        "stop" => "aucune suspension d’accès de ce numéro",
        _ => "rien de ce numéro",
    }
}

/// Why the gate lets nothing out, in French.
fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoConvention { party, territory } => format!(
            "aucune convention ni inscription au registre du territoire {territory} ne nomme la partie « {party} »"
        ),
        Refusal::UnknownRole { party, role, territory } => {
            format!("la partie « {party} » n’a pas de rôle « {role} » sur le territoire {territory}")
        }
        Refusal::UnknownPurpose { party, purpose } => format!(
            "aucune convention ni inscription au registre qui lie « {party} » ne connaît la finalité « {purpose} »"
        ),
        Refusal::NoGrant { party, role, purpose } => {
            format!(
                "aucune clause ne donne quoi que ce soit à « {party}/{role} » pour la finalité « {purpose} »"
            )
        }
        Refusal::Channel { role, channel, allowed } => format!(
            "« {channel} » n’est pas une voie par laquelle « {role} » peut avoir des données pour cette finalité ; il le \
             peut par : {}",
            list(allowed)
        ),
        Refusal::Reach { role, asked, widest } => {
            format!("« {role} » ne peut regarder au-delà de « {widest} » ; « {asked} » était demandé")
        }
        Refusal::NotInForce(closed) => {
            format!("rien ne peut passer : {}", closed.iter().map(standing).collect::<Vec<_>>().join(", "))
        }
        Refusal::Condition { condition, clause } => {
            format!("la condition « {condition} » de {clause} n’est pas remplie")
        }
        Refusal::FlowIsAFile => {
            "`flow` n’est pas une voie de lecture : demandez le fichier, par `send` ou `receive`".to_owned()
        }
        Refusal::UnknownFlow { profile, party, direction, territory } => {
            let verb = match direction {
                Direction::Send => "envoyer",
                Direction::Receive => "recevoir",
            };
            format!("aucune convention ne laisse « {party} » {verb} {profile} sur le territoire {territory}")
        }
        Refusal::Handler { profile, role, clause, allowed } => {
            format!("« {role} » ne peut traiter {profile} ; {clause} nomme : {}", list(allowed))
        }
        Refusal::EmptyFlow { profile, clause } => format!(
            "rien de ce que {profile} porte ne peut passer : aucune clause, hors {clause}, ne le donne à son destinataire"
        ),
        Refusal::NoWiderSearch { party, role, purpose } => format!(
            "aucune clause ne permet à « {party}/{role} » de chercher une personne au-delà de son périmètre pour la finalité \
             « {purpose} »"
        ),
        Refusal::NoOversight { party, role, purpose } => format!(
            "aucune clause ne charge « {party}/{role} » de contrôler les consultations pour la finalité « {purpose} »"
        ),
        Refusal::NobodyOversees { party, territory } => format!(
            "aucune clause en vigueur ne charge quelqu’un de « {party} » de contrôler les consultations sur le territoire \
             {territory}"
        ),
        Refusal::NoUse { kind, origin, territory } => format!(
            "aucune clause ne permet au logiciel l’usage « {kind} » des données de « {origin} » sur le territoire \
             {territory}"
        ),
    }
}

fn standing(closed: &Closed) -> String {
    let words = match closed.validity {
        Validity::InForce => "est en vigueur".to_owned(),
        Validity::NotYet(from) => format!("commence le {from}"),
        Validity::Ended(last) => format!("a pris fin le {last}"),
        Validity::Suspended(since) => format!("est suspendue depuis le {since}"),
        Validity::WithoutParent => "applique une convention qui n’est pas là".to_owned(),
    };
    format!("{} v{} {words}", closed.convention, closed.version)
}

fn list<T: std::fmt::Display>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn course(error: CourseError) -> &'static str {
    match error {
        CourseError::Register => {
            "une inscription au registre ne se suspend pas et ne se met pas en demeure : elle ne lie personne d’autre"
        }
        CourseError::NotYours => "seul le délégué à la protection des données d’une partie peut le faire",
        CourseError::Past => "donnez ce jour ou un jour à venir : un acte ne s’antidate pas",
        CourseError::Over => "la convention aura pris fin à cette date",
        CourseError::Suspended => "cette partie l’a déjà suspendue",
        CourseError::NotForDefault => {
            "la convention ne laisse pas cette partie la suspendre pour un manquement : mettez en demeure, ou suspendez pour une violation ou une faille"
        }
        CourseError::NotSuspended => {
            "cette partie ne l’a pas suspendue : seul qui a suspendu lève la suspension"
        }
        CourseError::NoCure => {
            "la convention ne prévoit pas de mise en demeure : son fichier n’a pas `end.cure`"
        }
        CourseError::NoticeRuns => "une mise en demeure de cette partie court déjà",
        CourseError::NoNotice => "aucune mise en demeure de cette partie n’attend de réponse",
    }
}

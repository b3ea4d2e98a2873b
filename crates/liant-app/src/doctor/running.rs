//! What the store tells: its engine, its schema, its clock, the log, the directory, who may come in.

use liant_model::{Clock, Date, Instant, Span, Territory};
use liant_store::{LogPart, Road, StoreAddress};

use super::{Check, Level};
use crate::{AppError, Settings, Workplace, directory, trail, witnesses};

/// How far two clocks may be apart.
const APART: i64 = 60_000_000;

/// Days beyond the usual ones after which a checkpoint that someone holds is old.
const LATE: i64 = 3;

pub(super) fn examine(settings: &Settings, clock: &dyn Clock, checks: &mut Vec<Check>) {
    let address: StoreAddress = match settings.store_address().parse() {
        Ok(address) => address,
        Err(error) => return checks.push(Check::failed("store", &AppError::from(error))),
    };
    match address.road() {
        Ok(road) => checks.push(of_road(road)),
        Err(error) => return checks.push(Check::failed("tls", &AppError::from(error))),
    }
    if let StoreAddress::Sqlite(path) = &address
        && !path.exists()
    {
        let shown = path.display();
        return checks.push(Check::new(
            "store",
            Level::Note,
            format!("{shown} n'existe pas encore : la première commande qui en a besoin le fait."),
            format!("{shown} is not there yet: the first command that needs it makes it."),
        ));
    }
    match Workplace::open(settings) {
        Ok(workplace) => of_workplace(settings, &workplace, clock, checks),
        Err(error) => checks.push(Check::failed("store", &error)),
    }
}

fn of_road(road: Road) -> Check {
    let (fr, en) = match road {
        Road::File => ("La base est un fichier de cette machine.", "The store is a file of this machine."),
        Road::Local => ("PostgreSQL est sur cette machine.", "PostgreSQL is on this machine."),
        Road::Tls => (
            "PostgreSQL est joint par TLS, certificat vérifié.",
            "PostgreSQL is reached by TLS, with a verified certificate.",
        ),
    };
    Check::new("tls", Level::Ok, fr, en)
}

fn of_workplace(settings: &Settings, workplace: &Workplace, clock: &dyn Clock, checks: &mut Vec<Check>) {
    let mut add = |id, done: Result<Check, AppError>| {
        checks.push(done.unwrap_or_else(|error| Check::failed(id, &error)));
    };
    add("store", schema(workplace));
    add("clock", engine_clock(workplace, clock.now()));
    let territories = match workplace.store.territories() {
        Ok(found) => found,
        Err(error) => return add("store", Err(error.into())),
    };
    for territory in territories {
        add("clock", past(workplace, territory, clock.now()));
        add("log", log(workplace, territory));
        add("directory", of_directory(workplace, territory));
    }
    if let Ok(home) = settings.territory() {
        add("accounts", admins(workplace, home));
        add("checkpoints", checkpoints(workplace, home, clock.now().date()));
    }
}

/// Without someone who keeps checkpoints elsewhere, whoever runs this machine may write the log anew, and nobody finds it.
fn checkpoints(workplace: &Workplace, home: Territory, today: Date) -> Result<Check, AppError> {
    let told = |level, fr: String, en: String| Ok(Check::new("checkpoints", level, fr, en));
    let Some(settings) = workplace.witnesses.as_ref().filter(|named| !named.to.is_empty()) else {
        let fr = "Personne ne reçoit de point de contrôle du journal : qui tient cette machine pourrait le récrire sans que cela se voie. Nommez des destinataires dans [checkpoints].";
        let en = "Nobody is given checkpoints of the log: whoever runs this machine could write it anew unseen. Name recipients in [checkpoints].";
        return told(Level::Note, fr.to_owned(), en.to_owned());
    };
    witnesses::key(settings, home)?;
    if workplace.post.is_none() {
        let fr = "[checkpoints] nomme des destinataires, mais rien ne part sans serveur de messagerie : nommez-en un dans [mail].";
        let en =
            "[checkpoints] names recipients, but nothing leaves without a mail server: name one in [mail].";
        return told(Level::Fail, fr.to_owned(), en.to_owned());
    }
    let named = witnesses::witnesses(workplace, home)?;
    let old = today.saturating_sub(Span::new().days(i64::from(settings.every_days.get()) + LATE));
    let late = named.iter().filter(|one| one.given.as_ref().is_none_or(|given| given.at.date() < old));
    let (late, all) = (late.count(), named.len());
    let (fr, en) = (
        format!(
            "Points de contrôle du journal : {} destinataire(s) sur {all} ont le leur depuis peu.",
            all - late
        ),
        format!("Checkpoints of the log: {} of {all} recipient(s) were given theirs lately.", all - late),
    );
    told(if late == 0 { Level::Ok } else { Level::Warn }, fr, en)
}

fn schema(workplace: &Workplace) -> Result<Check, AppError> {
    let schema = workplace.store.schema()?;
    let address = workplace.store.address();
    let version = schema.applied;
    Ok(Check::new(
        "store",
        if schema.applied == schema.known { Level::Ok } else { Level::Fail },
        format!("{address} répond, schéma {version}."),
        format!("{address} answers, schema {version}."),
    ))
}

/// Whether the engine's machine, when it is another, shows the same time.
fn engine_clock(workplace: &Workplace, now: Instant) -> Result<Check, AppError> {
    let apart = workplace.store.engine_clock()?.map_or(0, |theirs| (theirs.micros() - now.micros()).abs());
    if apart <= APART {
        return Ok(Check::new(
            "clock",
            Level::Ok,
            "La base et le programme sont à la même heure.",
            "Store and program show the same time.",
        ));
    }
    let seconds = apart / 1_000_000;
    Ok(Check::new(
        "clock",
        Level::Warn,
        format!("La machine de la base est décalée de {seconds} s : réglez l'une ou l'autre."),
        format!("The store's machine is {seconds} s apart: set one or the other."),
    ))
}

/// An entry from the future tells of a clock that was set back.
fn past(workplace: &Workplace, territory: Territory, now: Instant) -> Result<Check, AppError> {
    let part = LogPart { before: None, since: None, until: None, most: 1 };
    let last = workplace.store.read(territory, |snapshot| snapshot.log_part(part))?;
    let ahead = last.first().is_some_and(|entry| entry.at.micros() > now.micros() + APART);
    Ok(if ahead {
        Check::new(
            "clock",
            Level::Fail,
            format!("{territory} : la dernière entrée du registre est dans l'avenir, l'horloge a reculé."),
            format!("{territory}: the last entry of the log is in the future, the clock went back."),
        )
    } else {
        Check::new(
            "clock",
            Level::Ok,
            format!("{territory} : aucune entrée du registre n'est dans l'avenir."),
            format!("{territory}: no entry of the log is in the future."),
        )
    })
}

fn log(workplace: &Workplace, territory: Territory) -> Result<Check, AppError> {
    Ok(match trail::verify(workplace, territory, &[])? {
        Ok(report) => {
            let size = report.size;
            let fr = format!("{territory} : le registre est intègre, {size} entrées.");
            Check::new("log", Level::Ok, fr, format!("{territory}: the log holds, {size} entries."))
        }
        Err(finding) => Check::new(
            "log",
            Level::Fail,
            format!(
                "{territory} : le registre n'est pas intègre ({finding}). N'y touchez plus, prévenez le DPO."
            ),
            format!("{territory}: the log does not hold ({finding}). Leave it as it is, tell the DPO."),
        ),
    })
}

fn of_directory(workplace: &Workplace, territory: Territory) -> Result<Check, AppError> {
    let state = directory::state(workplace, territory)?;
    Ok(if state.is_fresh() {
        Check::new(
            "directory",
            Level::Ok,
            format!("{territory} : le répertoire des personnes est à jour."),
            format!("{territory}: the directory of people is up to date."),
        )
    } else {
        Check::new(
            "directory",
            Level::Warn,
            format!(
                "{territory} : le répertoire des personnes est en retard ; le serveur, ou le prochain import, s'en charge."
            ),
            format!(
                "{territory}: the directory of people is behind; the server, or the next import, sees to it."
            ),
        )
    })
}

/// Whether someone manages access.
fn admins(workplace: &Workplace, home: Territory) -> Result<Check, AppError> {
    let admins = workplace.store.directory(home, |directory| {
        let mut admins = 0;
        for organisation in directory.organisations(home)? {
            let people = directory.people_of(organisation.id)?;
            admins += people
                .iter()
                .filter(|(membership, account)| {
                    membership.post.is_admin && membership.ended_at.is_none() && account.disabled_at.is_none()
                })
                .count();
        }
        Ok(admins)
    })?;
    Ok(if admins == 0 {
        Check::new(
            "accounts",
            Level::Warn,
            "Personne ne gère les accès du site : `liant org add`, puis `liant user invite … --admin`.",
            "Nobody manages access to the site: `liant org add`, then `liant user invite … --admin`.",
        )
    } else {
        let fr = format!("{admins} compte(s) gèrent les accès.");
        Check::new("accounts", Level::Ok, fr, format!("{admins} account(s) manage access."))
    })
}

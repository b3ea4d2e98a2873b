//! What lies on the machine: settings, keys, conventions, folders, room.

use std::path::Path;

use liant_casework::Holidays;
use liant_convention::Convention;
use liant_model::{Clock, Date, Lang, Span, Territory};
use liant_store::StoreAddress;
use liant_vault::{KeyFile, Protection};

use super::{Check, Level};
use crate::press::PressTrouble;
use crate::{AppError, Settings, backup, read_conventions};

/// Days before the end of a convention from which it is told.
const ENDS_SOON: i64 = 90;

pub(super) fn examine(settings: &Settings, clock: &dyn Clock, checks: &mut Vec<Check>) {
    let today = clock.now().date();
    checks.push(time(today));
    checks.push(keys(settings));
    checks.push(publisher(settings));
    checks.extend(demo(settings));
    checks.extend(conventions(settings, today));
    if let Ok(territory) = settings.territory() {
        checks.push(holidays(territory, today));
    }
    checks.push(press(settings));
    checks.push(mail(settings));
    checks.push(backups(settings, today));
    checks.extend(readable_by_others(settings));
    checks.extend(room(settings));
    checks.extend(settings.accounts.providers.iter().map(|provider| reached(&provider.issuer)));
}

/// A clock that was never set shows a year long past.
fn time(today: Date) -> Check {
    if today.year() < 2026 {
        let fr =
            format!("L'horloge de la machine montre le {today} : réglez-la, tous les délais en dépendent.");
        let en = format!("The clock of the machine shows {today}: set it, every delay rests on it.");
        return Check::new("clock", Level::Fail, fr, en);
    }
    let (fr, en) = (format!("L'horloge montre le {today}."), format!("The clock shows {today}."));
    Check::new("clock", Level::Ok, fr, en)
}

fn keys(settings: &Settings) -> Check {
    let path = settings.path(&settings.keys);
    let shown = path.display();
    match KeyFile::at(&path).load(Protection::Clear) {
        Ok(ring) => {
            let versions = ring.index_versions().count();
            Check::new(
                "keys",
                Level::Ok,
                format!("{shown} se lit, par son propriétaire seul ({versions} version d'index)."),
                format!("{shown} reads, by its owner alone ({versions} index version)."),
            )
        }
        Err(error) => Check::failed("keys", &AppError::from(error)),
    }
}

fn publisher(settings: &Settings) -> Check {
    let missing = settings.publisher.missing();
    if missing.is_empty() {
        return Check::new(
            "publisher",
            Level::Ok,
            "Les mentions légales sont complètes.",
            "The legal notice is complete.",
        );
    }
    let missing = missing.join(", ");
    Check::new(
        "publisher",
        Level::Warn,
        format!("Mentions légales : complétez {missing} sous [publisher] (loi 2004-575, art. 1-1)."),
        format!("Legal notice: fill in {missing} under [publisher] (law 2004-575, art. 1-1)."),
    )
}

fn demo(settings: &Settings) -> Option<Check> {
    settings.demo.as_ref().map(|_| {
        Check::new(
            "demo",
            Level::Warn,
            "C'est une démonstration : les secrets de ses comptes sont montrés. N'y mettez les données de personne.",
            "This is a demo: the secrets of its accounts are shown. Put nobody's data in it.",
        )
    })
}

fn conventions(settings: &Settings, today: Date) -> Vec<Check> {
    let folder = settings.path(&settings.conventions);
    let found = match read_conventions(&folder) {
        Ok(found) => found,
        Err(error) => return vec![Check::failed("conventions", &error)],
    };
    if found.is_empty() {
        let shown = folder.display();
        return vec![Check::new(
            "conventions",
            Level::Fail,
            format!("{shown} n'a aucune convention : rien ne peut être lu, reçu ni envoyé."),
            format!("{shown} has no convention: nothing can be read, received or sent."),
        )];
    }
    found.iter().map(|convention| in_force(convention, today)).collect()
}

/// Whether a convention is in force, and for how long.
fn in_force(convention: &Convention, today: Date) -> Check {
    let name = format!("{} v{}", convention.id, convention.version);
    let term = &convention.in_force;
    let check = |level, fr: String, en: String| {
        Check::new("conventions", level, format!("{name} : {fr}"), format!("{name}: {en}"))
    };
    let suspended = convention.suspended.as_ref().filter(|suspension| {
        suspension.since <= today && suspension.until.is_none_or(|until| until >= today)
    });
    if let Some(suspension) = suspended {
        let since = suspension.since;
        return check(
            Level::Warn,
            format!("suspendue depuis le {since}. Qui l'a signée retire la ligne `suspended`."),
            format!("suspended since {since}. Whoever has signed it removes the line `suspended`."),
        );
    }
    if term.from > today {
        let from = term.from;
        return check(
            Level::Warn,
            format!("en vigueur à partir du {from} seulement."),
            format!("in force from {from} only."),
        );
    }
    match term.until {
        Some(until) if until < today => check(
            Level::Fail,
            format!("échue le {until} : rien ne sort plus à ce titre."),
            format!("ended on {until}: nothing leaves under it any more."),
        ),
        Some(until) if until <= today.saturating_add(Span::new().days(ENDS_SOON)) => check(
            Level::Warn,
            format!("en vigueur jusqu'au {until} seulement : préparez la suite."),
            format!("in force until {until} only: prepare what follows."),
        ),
        Some(until) => {
            check(Level::Ok, format!("en vigueur jusqu'au {until}."), format!("in force until {until}."))
        }
        None => check(Level::Ok, "en vigueur, sans terme.".into(), "in force, without an end.".into()),
    }
}

/// Due dates are reckoned with the holidays of this year and the next.
fn holidays(territory: Territory, today: Date) -> Check {
    let years = [today.year(), today.year() + 1];
    let known = Holidays::shipped()
        .is_ok_and(|holidays| years.iter().all(|year| !holidays.of_year(*year, territory).is_empty()));
    let [this, next] = years;
    if known {
        let fr = format!("Jours fériés connus pour {this} et {next}.");
        return Check::new("calendar", Level::Ok, fr, format!("Holidays are known for {this} and {next}."));
    }
    Check::new(
        "calendar",
        Level::Fail,
        format!("Jours fériés inconnus pour {this} ou {next} : les échéances seraient fausses."),
        format!("No holidays for {this} or {next}: due dates would be wrong."),
    )
}

/// Without a press there are pages to print; one that the settings name must be there.
fn press(settings: &Settings) -> Check {
    if settings.press().is_some() {
        let fr = "La presse est là : les documents sont des PDF accessibles.";
        return Check::new("press", Level::Ok, fr, "The press is there: documents are accessible PDFs.");
    }
    let trouble = PressTrouble::NotThere;
    let level = if settings.press.is_some() { Level::Fail } else { Level::Note };
    Check::new("press", level, trouble.words(Lang::Fr), trouble.words(Lang::En))
}

/// Days after which a backup is old: it is made every night.
const OLD_BACKUP: i64 = 7;

/// Whether a recent backup can be read. Where its file lies, and whether the keys of the store lie elsewhere, only the operator knows.
fn backups(settings: &Settings, today: Date) -> Check {
    let apart_fr =
        "Gardez le fichier et liant.keys ailleurs que la base : sans les clés, les NIR sont perdus.";
    let apart_en = "Keep the file and liant.keys away from the store: without the keys the NIRs are lost.";
    match backup::latest(settings) {
        Err(error) => Check::failed("backups", &error),
        Ok(None) => Check::new(
            "backups",
            Level::Note,
            format!(
                "Aucune sauvegarde ne peut être lue : faites `liant store backup FICHIER` chaque nuit. {apart_fr}"
            ),
            format!("No backup can be read: run `liant store backup FILE` every night. {apart_en}"),
        ),
        Ok(Some(made)) => {
            let day = made.date();
            let is_old = day < today.saturating_sub(Span::new().days(OLD_BACKUP));
            let level = if is_old { Level::Warn } else { Level::Ok };
            let fr = format!("La dernière sauvegarde est du {}. {apart_fr}", day.strftime("%d/%m/%Y"));
            Check::new("backups", level, fr, format!("The last backup was made on {day}. {apart_en}"))
        }
    }
}

/// Without a mail server nobody is written to; one that is named must answer.
fn mail(settings: &Settings) -> Check {
    let post = match settings.post() {
        Ok(Some(post)) => post,
        Ok(None) => {
            let fr = "Aucun serveur de messagerie : ni les échéances ni la suppression d'un compte inutilisé ne sont écrites à personne. Nommez-en un dans [mail].";
            let en = "No mail server: neither deadlines nor the deletion of an unused account are written to anyone. Name one in [mail].";
            return Check::new("mail", Level::Note, fr, en);
        }
        Err(error) => return Check::failed("mail", &error),
    };
    match post.answers() {
        Ok(()) => {
            Check::new("mail", Level::Ok, "Le serveur de messagerie répond.", "The mail server answers.")
        }
        Err(trouble) => Check::new("mail", Level::Fail, trouble.words(Lang::Fr), trouble.words(Lang::En)),
    }
}

/// Files of personal data, and settings with a password, that others on the machine may read.
#[cfg(unix)]
fn readable_by_others(settings: &Settings) -> Vec<Check> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut places = vec![settings.path(&settings.spool), settings.path(&settings.backup.folder)];
    match settings.store_address().parse() {
        Ok(StoreAddress::Sqlite(path)) => places.push(path),
        Ok(StoreAddress::Postgres(url)) if url.contains('@') => {
            places.push(settings.path(Path::new("liant.toml")));
        }
        _ => {}
    }
    let is_open = |path: &&std::path::PathBuf| {
        std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
    };
    let open = places.iter().filter(is_open);
    open.map(|path| {
        let shown = path.display();
        Check::new(
            "permissions",
            Level::Warn,
            format!("{shown} est ouvert à d'autres comptes de la machine : chmod go= {shown}"),
            format!("{shown} is open to other accounts of the machine: chmod go= {shown}"),
        )
    })
    .collect()
}

#[cfg(not(unix))]
fn readable_by_others(_: &Settings) -> Vec<Check> {
    Vec::new()
}

/// Room on the disks of the store and of files on their way.
fn room(settings: &Settings) -> Vec<Check> {
    let mut folders = vec![settings.path(&settings.spool)];
    if let Ok(StoreAddress::Sqlite(path)) = settings.store_address().parse() {
        folders.insert(0, path);
    }
    let mut checks: Vec<Check> = folders.iter().filter_map(|path| free(path)).map(of_room).collect();
    checks.dedup();
    checks
}

/// Bytes free where a path lies, or would: on the nearest folder there is.
fn free(path: &Path) -> Option<u64> {
    let there = path.ancestors().find(|path| path.exists())?;
    #[cfg(unix)]
    {
        let found = rustix::fs::statvfs(there).ok()?;
        Some(found.f_bavail.saturating_mul(found.f_frsize))
    }
    #[cfg(not(unix))]
    {
        let _ = there;
        None
    }
}

fn of_room(bytes: u64) -> Check {
    const MIB: u64 = 1 << 20;
    let level = match bytes / MIB {
        ..100 => Level::Fail,
        100..2_048 => Level::Warn,
        _ => Level::Ok,
    };
    let free = bytes / MIB;
    let (fr, en) = match level {
        Level::Ok => ("", ""),
        _ => (" : faites de la place", ": make room"),
    };
    Check::new("disk", level, format!("{free} Mio libres{fr}."), format!("{free} MiB free{en}."))
}

/// Whether the machine of a provider of identities answers.
fn reached(issuer: &str) -> Check {
    use std::net::{TcpStream, ToSocketAddrs as _};
    let host = issuer.strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let place = if host.contains(':') { host.to_owned() } else { format!("{host}:443") };
    let patience = std::time::Duration::from_secs(5);
    let answers = place.to_socket_addrs().is_ok_and(|mut addresses| {
        addresses.any(|address| TcpStream::connect_timeout(&address, patience).is_ok())
    });
    if answers {
        return Check::new("provider", Level::Ok, format!("{host} répond."), format!("{host} answers."));
    }
    Check::new(
        "provider",
        Level::Fail,
        format!("{issuer} ne répond pas : personne ne peut se connecter par ce fournisseur d'identité."),
        format!("{issuer} does not answer: nobody can sign in by this provider."),
    )
}

use std::fs;
use std::path::Path;

use liant_access::{Email, OrganisationKind, ProfessionalRole};
use liant_app::accounts::Authority;
use liant_app::accounts::invitations::{self, Invite};
use liant_app::accounts::organisations::{self, NewOrganisation};
use liant_app::{AppError, FileCause, SystemClock};
use liant_model::{Clock as _, Lang, Territory};
use liant_vault::{KeyFile, Keyring, Protection};

use super::{Call, accounts};
use crate::arguments::Init;
use crate::output::{Outcome, either, line, note};
use crate::workshop::{Workshop, settings};

/// The settings of a new installation.
pub(crate) fn settings_text(territory: Territory, store: &str) -> String {
    format!(
        r#"# Settings of this installation of Liant. Relative paths start at this file's folder.

# The store: a SQLite file, or a PostgreSQL URL (postgres://user@host/database).
store = "{store}"

# The keys that seal what is most sensitive. Keep a copy elsewhere: without them the NIRs are lost.
keys = "liant.keys"

# The conventions and register entries that decide what may be read, received and sent.
conventions = "conventions"

# The programmes (accompaniments): who may enter, by what way, for how long, what falls due. To give 15 days in place of 21, change that
# number. criteria.toml says which data tell whether someone meets a criterion; places.toml, where people are met.
programmes = "programmes"

# Files on their way: received and not yet imported, built and not yet deposited. They hold personal data in clear, for the
# account of the program alone, and are removed afterwards: put this on an encrypted disk.
spool = "spool"

# The territory served when a command names none, and the party that this installation works for.
territory = "{territory}"
party = "departement-{territory}"

# Most of a stock, in per cent, that may be absent from the next file before it is refused: see `liant flux import --help`.
most_leaving = 30

# Most people whom one file made from the list of people (CSV, XLSX) may hold.
most_exported = 5000

# Whether people are told, in their own space, the names of those who read their data, beside organisation and function.
names_readers = false
# Program that is run, with its arguments, when someone is stopped for asking for many people beyond her reach: have it tell
# the data protection officer. It is given LIANT_TERRITORY and LIANT_STOP, the number of the log's entry; no name.
alert = []

# The program that makes PDFs, when it is not `liant-press` beside `liant`. Without one, pages to print stand in.
# press = "/usr/local/bin/liant-press"

# Where e-mail goes out. To professionals: deadlines on working mornings, and that an unused account will be deleted; a letter holds
# numbers and a link, and nothing about anyone. To people who have consented to it: when and where their appointments are. They read the
# name in `from`: let it not tell what they are accompanied for. Elsewhere than on this machine the server must be reached in TLS.
# [mail]
# server = "smtps://mail.example.org"   # or smtp://mail.example.org:587?tls=required
# from = "Liant <liant@example.org>"
# site = "https://liant.example.org"    # where letters lead
# user = "liant"
# password_file = "mail.password"       # a file that holds it, and nothing else

# Who is given the signed state of the audit log by e-mail: partners' data protection officers, who keep it elsewhere. Whoever holds one
# finds a log that was written anew since. Make it a key of its own first, and give its .pub to them by another way:
#   liant --as dpo audit checkpoint -o first.checkpoint --key site-checkpoint-key.pem
# [checkpoints]
# key_file = "site-checkpoint-key.pem"
# to = ["dpo@partner.example.org"]
# every_days = 1

# The keys of backups, and the record of what was destroyed since: keep them on another disk than the backups.
[backup]
folder = "backups"
days = 30                      # how long a backup can be read; then its key is destroyed

# What the site's legal notice says of who publishes it. What is left empty is asked for by `liant doctor`.
[publisher]
name = "Département {territory}"        # name and address of the body that publishes the site
director = ""                  # who answers for what is published: name and function
host = ""                      # name, address and telephone of who hosts it
contact = ""                   # e-mail or telephone of the publisher
dpo = ""                       # how the data protection officer is reached
accessibility = ""             # where a fault of accessibility is reported

# Who may act from the command line, given to --as. Roles are those that the conventions know.
[[actor]]
name = "technician"
role = "technician"

[[actor]]
name = "clerk"
role = "clerk"

[[actor]]
name = "officer"
role = "orientation_officer"

[[actor]]
name = "dpo"
role = "dpo"

# Accounts of the web site: what is absent has its default. A provider of identities, ProConnect for one (docs/sign-in.md);
# there may be several:
# [[accounts.provider]]
# issuer = "https://…/api/v2"           # its address, as its own description gives it
# name = "ProConnect"
# about = "https://proconnect.gouv.fr/" # a page that tells what it is, beside the button
# client_id = "…"                       # what it calls this installation
# secret_file = "proconnect.secret"     # holds its secret, readable by the account of the program alone; or secret_env = "VARIABLE"
# signature = "RS256"                   # how it signs: RS256, ES256 or HS256; no other is taken
# acr = ["eidas1"]                      # levels taken; empty: any
# second_factor_acr = []                # those that say a second factor was used; without, Liant asks for its own
# vouches_for_email = true              # its addresses are believed although it does not say that they are verified
"#
    )
}

/// The line of the shipped convention that shows how a suspension is written.
const NOT_SUSPENDED: &str = "# suspended = { since = 2026-06-01, clause = \"art. 12\" }";
/// What stands in its place for a territory that has signed nothing yet.
const NOT_SIGNED: &str =
    "suspended = { since = 2024-09-01, clause = \"not signed yet: remove this line once it is\" }";

/// The conventions that ship, for a territory: those of the Pas-de-Calais, under its own code. For any territory but
/// that one the exchange with France Travail is suspended, until someone who has signed it removes the line.
pub(crate) fn convention_texts(territory: Territory) -> Vec<(String, String)> {
    let code = territory.as_str();
    liant_convention::SHIPPED
        .iter()
        .map(|(name, text)| {
            let text = under_code(text, code);
            let text = if code == "62" { text } else { text.replace(NOT_SUSPENDED, NOT_SIGNED) };
            (name.replacen("62", code, 1), text)
        })
        .collect()
}

/// The programmes that ship, for a territory, and the map of their criteria.
fn programme_texts(territory: Territory) -> Vec<(String, String)> {
    let own = |(name, text): &(&str, &str)| ((*name).to_owned(), under_code(text, territory.as_str()));
    let criteria = ("criteria.toml".to_owned(), liant_casework::SHIPPED_CRITERIA.to_owned());
    let code = territory.as_str().to_lowercase();
    let places = ("places.toml".to_owned(), PLACES.replace("{territory}", &code));
    liant_casework::SHIPPED_PROGRAMMES.iter().map(own).chain([criteria, places]).collect()
}

/// Where people are met: to be filled in.
const PLACES: &str = r#"# Where people are met, and where calls to them come from. Without a place no appointment can be fixed on the site.
# What stands here is printed on letters to people and written in e-mail to them, which others of their household may open: name the
# street or the building, and nothing that tells what someone is accompanied for. A name that does is refused at the start.
#
# [[place]]
# id    = "quai"                                 # recorded with each appointment: do not change it
# party = "departement-{territory}"                       # whose people meet there
# name  = "Bâtiment du quai"
# lines = ["12 quai du Rivage", "00000 VILLE"]   # as on an envelope, 38 characters at most
# phone = "03 00 00 00 00"                       # whom to call to change an appointment
"#;

/// A shipped file, with the names that hold a territory's code.
fn under_code(text: &str, code: &str) -> String {
    text.replace("\"62\"", &format!("\"{code}\""))
        .replace("-62", &format!("-{}", code.to_lowercase()))
        .replace("\"62-", &format!("\"{}-", code.to_lowercase()))
}

/// Writes settings, keys, conventions and programmes into a folder; never over a file that is there.
pub(crate) fn write(folder: &Path, territory: Territory, store: &str) -> Result<(), AppError> {
    let conventions = folder.join("conventions");
    fs::create_dir_all(&conventions).map_err(|error| AppError::file(&conventions, error))?;
    let programmes = folder.join("programmes");
    fs::create_dir_all(&programmes).map_err(|error| AppError::file(&programmes, error))?;
    let (settings, keys) = (folder.join("liant.toml"), folder.join("liant.keys"));
    let conventions =
        convention_texts(territory).into_iter().map(|(name, text)| (conventions.join(name), text));
    let programmes = programme_texts(territory).into_iter().map(|(name, text)| (programmes.join(name), text));
    let texts: Vec<_> = conventions.chain(programmes).collect();
    // All are asked for before any is written.
    let of_texts = texts.iter().map(|(path, _)| path);
    if let Some(there) = [&settings, &keys].into_iter().chain(of_texts).find(|path| path.exists()) {
        return Err(AppError::file(there, FileCause::There));
    }
    for (path, text) in &texts {
        fs::write(path, text).map_err(|error| AppError::file(path, error))?;
    }
    KeyFile::at(keys).create(&Keyring::generate(SystemClock.now())?, Protection::Clear)?;
    let text = settings_text(territory, store).replace(
        &format!("departement-{territory}"),
        &format!("departement-{}", territory.as_str().to_lowercase()),
    );
    fs::write(&settings, text).map_err(|error| AppError::file(&settings, error))
}

pub(super) fn run(call: &Call, init: &Init) -> anyhow::Result<Outcome> {
    write(&init.dir, init.territory, &init.store)?;
    let settings = init.dir.join("liant.toml");
    line(settings.display());
    note(either(
        call.lang,
        "Réglages, clés et conventions écrits. Relisez les conventions : elles décident de tout ce qui sort.",
        "Settings, keys and conventions written. Read the conventions: they decide all that leaves.",
    ));
    match &init.admin {
        Some(email) => first_admin(call, init, &settings, email)?,
        None => how_to_begin(call.lang, init),
    }
    Ok(Outcome::Done)
}

/// Makes the organisation of the installation, and invites the first person to manage access: she chooses her own password.
fn first_admin(call: &Call, init: &Init, settings: &Path, email: &Email) -> anyhow::Result<()> {
    let workshop = Workshop::open(settings, Some("technician"), None)?;
    let office = workshop.office()?;
    let by = Authority::Operator(workshop.actor());
    let new = NewOrganisation {
        territory: init.territory,
        kind: OrganisationKind::Departement,
        name: &init.organisation,
        party: Some(workshop.actor().party.clone()),
        parent: None,
    };
    let organisation =
        organisations::add(&office, by, &new).map_err(|error| accounts::told(error, call.lang))?;
    let invite =
        Invite { email, organisation, role: ProfessionalRole::Technician, is_admin: true, term: None };
    let invited =
        invitations::invite(&office, by, &invite).map_err(|error| accounts::told(error, call.lang))?;
    let email = email.as_str();
    line(invited.token.reveal().as_str());
    note(match call.lang {
        Lang::Fr => format!(
            "Invitation de {email}, à usage unique, valable jusqu'au {}. Une fois le site servi, donnez-lui l'adresse : ORIGINE/invitation/JETON",
            invited.expires_at
        ),
        Lang::En => format!(
            "Invitation of {email}, for a single use, good until {}. Once the site is served, give her the address: ORIGIN/invitation/TOKEN",
            invited.expires_at
        ),
    });
    Ok(())
}

/// What to type for the first person to manage access.
fn how_to_begin(lang: Lang, init: &Init) {
    let config = init.dir.join("liant.toml");
    let config = config.display();
    note(either(
        lang,
        "Pour la première personne qui gérera les accès du site :",
        "For the first person to manage access to the site:",
    ));
    note(format!(
        "  liant --config {config} --as technician org add --name Département --kind departement --party departement-{}",
        init.territory.as_str().to_lowercase()
    ));
    note(format!(
        "  liant --config {config} --as technician user invite --email ADDRESS --organisation Département --role technician --admin"
    ));
    note(either(lang, "Puis, pour tout vérifier :", "Then, to look everything over:"));
    note(format!("  liant --config {config} doctor"));
}

pub(super) fn new_keys(call: &Call, path: &Path) -> anyhow::Result<Outcome> {
    let made = Keyring::generate(SystemClock.now())
        .and_then(|ring| KeyFile::at(path).create(&ring, Protection::Clear));
    made.map_err(AppError::from)?;
    note(either(
        call.lang,
        "Clés écrites ; gardez-en une copie ailleurs.",
        "Keys written; keep a copy elsewhere.",
    ));
    Ok(Outcome::Done)
}

pub(super) fn rotate_keys(call: &Call) -> anyhow::Result<Outcome> {
    let settings = settings(&call.arguments_config)?;
    let file = KeyFile::at(settings.path(&settings.keys));
    let (_, version) =
        file.update(Protection::Clear, |ring| ring.rotate_seal(SystemClock.now())).map_err(AppError::from)?;
    note(format!("{} {version}", either(call.lang, "Clé active :", "Active key:")));
    Ok(Outcome::Done)
}

//! The web site of the demo: who may sign in, and the site itself until Ctrl-C.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

use anyhow::Context as _;
use liant_app::demo::Roster;
use liant_app::{AppError, SystemClock};
use liant_model::{Clock as _, Lang};
use liant_server::{LogForm, Transport};
use tokio::net::TcpListener;

use super::{Call, ROSTER};
use crate::commands::serve;
use crate::output::{Outcome, either, line, note};
use crate::workshop::settings;

/// Where the site listens when nothing else is asked and nothing else is there.
const PORT: u16 = 8080;

/// Says in the settings that the workplace is a demo.
pub(super) fn mark(folder: &Path) -> Result<(), AppError> {
    let path = folder.join("liant.toml");
    let fault = |error: std::io::Error| AppError::file(&path, error);
    let text = std::fs::read_to_string(&path).map_err(fault)?;
    let marked = format!(
        "# A demo: its accounts are invented, and their secrets shown. Served to this machine alone.\ndemo = \"{ROSTER}\"\n\n{text}"
    );
    let publisher = [
        ("director = \"\"", "director = \"Personne : cette installation est une démonstration\""),
        ("host = \"\"", "host = \"Cette machine\""),
        ("contact = \"\"", "contact = \"contact@demo.example\""),
        ("dpo = \"\"", "dpo = \"dpo@demo.example\""),
        ("accessibility = \"\"", "accessibility = \"accessibilite@demo.example\""),
    ];
    let told = publisher.iter().fold(marked, |text, (empty, full)| text.replacen(empty, full, 1));
    std::fs::write(&path, told).map_err(fault)
}

/// Prints who may sign in.
pub(super) fn tell(lang: Lang, roster: &Roster, folder: &Path) {
    line("");
    line(either(lang, "Comptes inventés, pour le site :", "Invented accounts, for the site:"));
    for account in &roster.accounts {
        line(format!("  {:<34} {:<22} {}", account.email, account.role, account.organisation));
    }
    line(format!("  {} {}", either(lang, "Mot de passe de tous :", "Everyone's password:"), roster.password));
    line(match lang {
        Lang::Fr => format!(
            "  Second facteur : la page /demo du site montre le code de chacun, et `liant demo --dir {} --code ADRESSE` l'imprime.",
            folder.display()
        ),
        Lang::En => format!(
            "  Second factor: the site's page /demo shows everyone's code, and `liant demo --dir {} --code ADDRESS` prints it.",
            folder.display()
        ),
    });
}

pub(super) fn how_to_serve(lang: Lang, folder: &Path) {
    line(either(lang, "Pour le site :", "For the site:"));
    line(format!("  liant serve --dev --dir {}", folder.display()));
}

/// Prints the code that someone's second factor shows now.
pub(super) fn code(folder: &Path, email: &str) -> anyhow::Result<Outcome> {
    let path = folder.join(ROSTER);
    let roster = Roster::read(&path)?;
    let account = roster.account(email).ok_or_else(|| {
        let there = roster.accounts.iter().map(|account| account.email.clone()).collect();
        AppError::NoSuchWord { word: email.to_owned(), there }
    })?;
    let code = account.code(SystemClock.now()).ok_or_else(|| {
        AppError::Value(format!("{email} needs no second factor: her role reads nobody's data"))
    })?;
    line(code.digits);
    Ok(Outcome::Done)
}

/// Serves the demo on this machine, until Ctrl-C.
pub(super) fn up(call: &Call, folder: &Path, port: Option<u16>) -> anyhow::Result<()> {
    let settings = settings(&folder.join("liant.toml"))?;
    liant_server::start_log(LogForm::Text);
    serve::on_runtime(async {
        let listener = listen(port).await?;
        let address = listener.local_addr()?;
        let stop = liant_server::asked_to_stop();
        line("");
        line(match call.lang {
            Lang::Fr => format!("Le site est là : http://{address}/demo — Ctrl-C l'arrête."),
            Lang::En => format!("The site is up: http://{address}/demo — Ctrl-C stops it."),
        });
        let way = serve::Way { style: true, workers: 16 };
        serve::site(&settings, Transport::Loopback, way, (listener, stop)).await
    })?;
    note(either(call.lang, "Site arrêté. Pour le servir encore :", "Site stopped. To serve it again:"));
    note(format!("  liant serve --dev --dir {}", folder.display()));
    Ok(())
}

/// The port asked for; else the usual one, or any when it is taken.
async fn listen(port: Option<u16>) -> anyhow::Result<TcpListener> {
    let here = |port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    let wanted = here(port.unwrap_or(PORT));
    match TcpListener::bind(wanted).await {
        Err(_) if port.is_none() => Ok(TcpListener::bind(here(0)).await?),
        bound => bound.with_context(|| format!("cannot listen on {wanted}")),
    }
}

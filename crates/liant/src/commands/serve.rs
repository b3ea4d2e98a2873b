//! The web site, until the system asks to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use liant_app::{AppError, Settings, SystemClock, Workplace};
use liant_server::{Accounts, LogForm, Site, SiteSettings, Transport};
use tokio::net::TcpListener;

use super::Call;
use crate::arguments::{Log, Serve};
use crate::output::{Outcome, line};
use crate::workshop::settings;

pub(super) fn run(call: &Call, serve: &Serve) -> anyhow::Result<Outcome> {
    let config =
        serve.dir.as_ref().map_or_else(|| call.arguments_config.clone(), |dir| dir.join("liant.toml"));
    let settings = settings(&config)?;
    let transport = transport(serve)?;
    liant_server::start_log(match serve.log {
        Log::Text => LogForm::Text,
        Log::Json => LogForm::Json,
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no runtime")?;
    runtime.block_on(site(serve, &settings, transport))?;
    Ok(Outcome::Done)
}

/// Over https behind a proxy, or for this machine alone.
fn transport(serve: &Serve) -> Result<Transport, AppError> {
    let Some(origin) = &serve.origin else {
        if !serve.listen.is_loopback() {
            let text = format!(
                "--dev is for this machine alone, and {} is open to others: listen on 127.0.0.1, or give --origin",
                serve.listen
            );
            return Err(AppError::Value(text));
        }
        return Ok(Transport::Loopback);
    };
    Transport::https(origin).map_err(|error| AppError::Value(error.to_string()))
}

async fn site(serve: &Serve, settings: &Settings, transport: Transport) -> anyhow::Result<()> {
    let shows_style = serve.dev;
    let accounts = Accounts::new(settings.accounts.clone(), settings.territory()?);
    let site_settings = SiteSettings {
        transport: transport.clone(),
        shows_style,
        workers: serve.workers,
        accounts: accounts.clone(),
    };
    let settings = settings.clone();
    let workplace = tokio::task::spawn_blocking(move || Workplace::open(&settings)).await??;
    let site = Site::new(site_settings, Arc::new(workplace), Arc::new(accounts), Arc::new(SystemClock));
    let address = SocketAddr::new(serve.listen, serve.port);
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    // The first line of output is the address: who starts the site on any free port reads it there.
    line(match transport {
        Transport::Https(origin) => origin,
        Transport::Loopback => format!("http://{}", listener.local_addr()?),
    });
    liant_server::serve(site, listener, liant_server::asked_to_stop()).await;
    Ok(())
}

//! The web site, until the system asks to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use liant_access::provider::Provider;
use liant_app::demo::Roster;
use liant_app::{AppError, Settings, SystemClock, Workplace};
use liant_server::{Accounts, LogForm, Providers, Site, SiteSettings, Transport};
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
    let way = Way { style: serve.dev, workers: serve.workers };
    on_runtime(async {
        let address = SocketAddr::new(serve.listen, serve.port);
        let listener =
            TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
        let stop = liant_server::asked_to_stop();
        // The first line of output is the address: who starts the site on any free port reads it there.
        line(match &transport {
            Transport::Https(origin) => origin.clone(),
            Transport::Loopback => format!("http://{}", listener.local_addr()?),
        });
        site(&settings, transport, way, (listener, stop)).await
    })?;
    Ok(Outcome::Done)
}

/// Runs the site's work to its end. The workplace it gives back is let go of when the runtime has ended: PostgreSQL's client
/// closes on no thread of it.
pub(super) fn on_runtime(work: impl Future<Output = anyhow::Result<Arc<Workplace>>>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no runtime")?;
    let workplace = runtime.block_on(work)?;
    drop(runtime);
    drop(workplace);
    Ok(())
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

/// How a site is served.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// With the page of components.
    pub(super) style: bool,
    /// How many use cases may run at once.
    pub(super) workers: usize,
}

/// Serves what the settings name on a listener, until it is to stop. Gives the workplace back.
pub(super) async fn site(
    settings: &Settings,
    transport: Transport,
    way: Way,
    (listener, stop): (TcpListener, impl Future<Output = ()>),
) -> anyhow::Result<Arc<Workplace>> {
    let accounts = Accounts::new(settings.accounts.clone(), settings.territory()?);
    let secret = |provider: &Provider| Ok((provider.clone(), settings.provider_secret(provider)?));
    let providers = settings.accounts.providers.iter().map(secret).collect::<Result<Vec<_>, AppError>>()?;
    let site_settings = SiteSettings {
        demo: demo(settings, &transport)?,
        transport,
        shows_style: way.style,
        workers: way.workers,
        accounts: accounts.clone(),
        publisher: settings.publisher.clone(),
        providers: Providers::new(providers),
    };
    let settings = settings.clone();
    let workplace = Arc::new(tokio::task::spawn_blocking(move || Workplace::open(&settings)).await??);
    let site = Site::new(site_settings, Arc::clone(&workplace), Arc::new(accounts), Arc::new(SystemClock));
    liant_server::serve(site, listener, stop).await;
    Ok(workplace)
}

/// The accounts of a demo. Their secrets are shown: others than this machine must not reach them.
fn demo(settings: &Settings, transport: &Transport) -> Result<Option<Roster>, AppError> {
    let Some(file) = &settings.demo else { return Ok(None) };
    if *transport != Transport::Loopback {
        let text = "this workplace is a demo, whose accounts' secrets are shown: serve it with --dev, to this machine alone";
        return Err(AppError::Value(text.to_owned()));
    }
    Roster::read(&settings.path(file)).map(Some)
}

use std::sync::Arc;
use std::time::Duration;

use liant_app::accounts::{AccountError, Office, Refusal};
use liant_app::demo::Roster;
use liant_app::space::Herself;
use liant_app::{AppError, Context, Publisher, Workplace};
use liant_model::{Clock, Instant, Purpose};
use tokio::sync::Semaphore;

use crate::errand::Errand;
use crate::failure::Failure;
use crate::keeper::Keeper;
use crate::me::Own;
use crate::metrics::Metrics;
use crate::pages::{self, Shows};
use crate::routes::{Access, Route};
use crate::{Accounts, Providers, Sessions, SignedIn, Transport};

/// How the site is set up.
#[derive(Clone, Debug)]
pub struct SiteSettings {
    /// How browsers reach it.
    pub transport: Transport,
    /// Whether the page of components is shown: to develop and to demonstrate.
    pub shows_style: bool,
    /// How many use cases may run at once.
    pub workers: usize,
    /// The accounts that people sign in with.
    pub accounts: Accounts,
    /// Who publishes the site.
    pub publisher: Publisher,
    /// The invented accounts of a demo: their secrets are shown, so a site over https shows none.
    pub demo: Option<Roster>,
    /// The OpenID providers that they may sign in at instead: those of the accounts' rules.
    pub providers: Providers,
}

impl SiteSettings {
    /// The accounts of a demo, where it is one.
    pub(crate) fn demo(&self) -> Option<&Roster> {
        self.demo.as_ref().filter(|_| !self.transport.is_https())
    }

    pub(crate) fn shows(&self) -> Shows {
        Shows { style: self.shows_style, demo: self.demo().is_some() }
    }
}

/// All that handlers share. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    shared: Arc<Shared>,
}

struct Shared {
    settings: SiteSettings,
    workplace: Arc<Workplace>,
    sessions: Arc<dyn Sessions>,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    permits: Arc<Semaphore>,
    inventory: Vec<Arc<Route>>,
    keeper: Keeper,
}

impl Site {
    /// The longest that a use case waits for its turn.
    const PATIENCE: Duration = Duration::from_secs(3);

    /// A site on this workplace.
    pub fn new(
        settings: SiteSettings,
        workplace: Arc<Workplace>,
        sessions: Arc<dyn Sessions>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let inventory = pages::table(settings.shows()).inventory();
        let permits = Arc::new(Semaphore::new(settings.workers.max(1)));
        let metrics = Metrics::new();
        let keeper = Keeper::new();
        Self {
            shared: Arc::new(Shared {
                settings,
                workplace,
                sessions,
                clock,
                metrics,
                permits,
                inventory,
                keeper,
            }),
        }
    }

    /// Has the directory of people follow the store from now on, in the background.
    pub(crate) fn keep_directory(&self) {
        let shared = &self.shared;
        let (clock, metrics) = (Arc::clone(&shared.clock), Arc::clone(&shared.metrics));
        shared.keeper.begin(Arc::clone(&shared.workplace), clock, metrics);
    }

    /// Says that something was imported: the directory follows at once.
    pub(crate) fn imported(&self) {
        self.shared.keeper.nudge();
    }

    pub(crate) fn settings(&self) -> &SiteSettings {
        &self.shared.settings
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.shared.settings.transport
    }

    pub(crate) fn providers(&self) -> &Providers {
        &self.shared.settings.providers
    }

    pub(crate) fn sessions(&self) -> Arc<dyn Sessions> {
        Arc::clone(&self.shared.sessions)
    }

    pub(crate) fn now(&self) -> Instant {
        self.shared.clock.now()
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.shared.metrics
    }

    /// Every route of the site.
    pub(crate) fn inventory(&self) -> &[Arc<Route>] {
        &self.shared.inventory
    }

    /// The address of the sign-in page, once there is one.
    pub(crate) fn sign_in(&self) -> Option<&'static str> {
        self.inventory().iter().map(|route| route.path).find(|path| *path == "/sign-in")
    }

    pub(crate) fn is_for_machines(&self, template: &str) -> bool {
        self.inventory().iter().any(|route| route.path == template && route.access == Access::Machine)
    }

    /// Runs blocking work on a thread of its own, a bounded number at once. A request that is given up leaves its work
    /// to end, and its place taken until then.
    ///
    /// # Errors
    /// What `work` gives; [`Failure::Busy`] when no place comes free in time; [`Failure::Internal`] when it panics.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Workplace) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, Failure> {
        let permits = Arc::clone(&self.shared.permits);
        let place = tokio::time::timeout(Self::PATIENCE, permits.acquire_owned()).await;
        let Ok(Ok(permit)) = place else { return Err(Failure::Busy) };
        let workplace = Arc::clone(&self.shared.workplace);
        let done = tokio::task::spawn_blocking(move || {
            let _held = permit;
            work(&workplace)
        });
        match done.await {
            Ok(outcome) => Ok(outcome?),
            Err(_) => Err(Failure::internal("a use case panicked")),
        }
    }

    /// Begins a long piece of work for who is signed in. It goes on when the request is answered and the browser has left; a
    /// server that is asked to stop waits for its end.
    pub(crate) fn begin(
        &self,
        errand: Errand,
        work: impl FnOnce(&Context<'_>, &Workplace) -> Result<(), AppError> + Send + 'static,
    ) {
        let shared = Arc::clone(&self.shared);
        tokio::task::spawn_blocking(move || {
            if let Err(error) = work(&errand.context(&*shared.clock), &shared.workplace) {
                tracing::error!(cause = error.to_string(), "a piece of work failed");
            }
        });
    }

    /// Runs a use case for who is signed in, under the purpose of the route: what a screen calls.
    ///
    /// # Errors
    /// As [`Site::work`].
    pub async fn act<T: Send + 'static>(
        &self,
        errand: Errand,
        act: impl FnOnce(&Context<'_>, &Workplace) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, Failure> {
        let clock = Arc::clone(&self.shared.clock);
        self.work(move |workplace| act(&errand.context(&*clock), workplace)).await
    }

    /// Runs a use case on the account of who is signed in: it asks for no clause.
    ///
    /// # Errors
    /// As [`Site::work`].
    pub(crate) async fn own<T: Send + 'static>(
        &self,
        who: SignedIn,
        act: impl FnOnce(&Context<'_>, &Workplace) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, Failure> {
        let clock = Arc::clone(&self.shared.clock);
        let purpose =
            Purpose::parse("account-management").map_err(|error| Failure::internal(error.to_string()))?;
        self.work(move |workplace| act(&who.context(purpose, &*clock)?, workplace)).await
    }

    /// Runs a use case of a person on herself.
    ///
    /// # Errors
    /// As [`Site::work`].
    pub(crate) async fn hers<T: Send + 'static>(
        &self,
        own: Own,
        act: impl FnOnce(&Context<'_>, &Workplace, &Herself) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, Failure> {
        let clock = Arc::clone(&self.shared.clock);
        self.work(move |workplace| {
            let context = own.herself.context(own.trace, &*clock)?;
            act(&context, workplace, &own.herself)
        })
        .await
    }

    /// Whether some clause names paths of accompaniments for someone: whether a menu leads her there.
    pub(crate) fn shows_paths(&self, who: &SignedIn) -> bool {
        liant_app::casework::is_shown_paths(&self.shared.workplace, who.seat.territory, &who.actor)
    }

    /// Whether some clause gives someone a list of evidence: whether a menu leads her there.
    pub(crate) fn gives_evidence(&self, who: &SignedIn) -> bool {
        liant_app::casework::is_given_evidence(&self.shared.workplace, who.seat.territory, &who.actor)
    }

    /// Whether documents are made here, or pages to print stand in.
    pub(crate) fn makes_documents(&self) -> bool {
        self.shared.workplace.press.is_some()
    }

    /// Hours for which the code is good that is handed over for a space.
    pub(crate) fn space_code_hours(&self) -> u32 {
        self.shared.settings.accounts.space_code_hours()
    }

    /// Runs a use case of accounts. What a rule refuses is an answer like another: the page says it.
    ///
    /// # Errors
    /// As [`Site::work`].
    pub(crate) async fn office<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Office<'_>) -> Result<T, AccountError> + Send + 'static,
    ) -> Result<Result<T, Refusal>, Failure> {
        let shared = Arc::clone(&self.shared);
        self.work(move |workplace| {
            let office = shared.settings.accounts.office(workplace, &*shared.clock)?;
            match act(&office) {
                Ok(done) => Ok(Ok(done)),
                Err(AccountError::Refused(refusal)) => Ok(Err(refusal)),
                Err(AccountError::App(error)) => Err(error),
            }
        })
        .await
    }
}

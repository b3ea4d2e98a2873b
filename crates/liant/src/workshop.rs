use std::path::Path;

use liant_access::AccountRules;
use liant_app::accounts::Office;
use liant_app::{AppError, Context, Settings, SystemClock, Workplace};
use liant_model::{Actor, Clock, Purpose, Territory};

/// What a command works with: all that the settings name, and who acts.
pub(crate) struct Workshop {
    pub(crate) workplace: Workplace,
    actor: Actor,
    territory: Territory,
    home: Territory,
    rules: AccountRules,
    most_leaving: u8,
    clock: Box<dyn Clock>,
}

impl Workshop {
    /// Opens what the settings name, for an actor and a territory of theirs when none is given.
    pub(crate) fn open(
        config: &Path,
        actor: Option<&str>,
        territory: Option<Territory>,
    ) -> anyhow::Result<Self> {
        let settings = settings(config)?;
        let actor = settings.actor(actor, os_user())?;
        let home = settings.territory()?;
        let territory = territory.unwrap_or(home);
        let workplace = Workplace::open(&settings)?;
        let (rules, most_leaving) = (settings.accounts, settings.most_leaving);
        Ok(Self { workplace, actor, territory, home, rules, most_leaving, clock: Box::new(SystemClock) })
    }

    /// On another clock than the system's: what is invented happened at its own time.
    pub(crate) fn on(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// The clock.
    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// The context of one request, for a purpose.
    pub(crate) fn context(&self, purpose: &str) -> anyhow::Result<Context<'_>> {
        let purpose = Purpose::parse(purpose)?;
        Ok(Context::new(&self.actor, purpose, self.territory, &*self.clock)?)
    }

    /// The office of accounts.
    pub(crate) fn office(&self) -> anyhow::Result<Office<'_>> {
        Ok(Office::new(&self.workplace, &self.rules, self.home, &*self.clock)?)
    }

    /// Most of a stock, in per cent, that may be absent from the next file.
    pub(crate) fn most_leaving(&self) -> u8 {
        self.most_leaving
    }

    /// Who acts.
    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    pub(crate) fn territory(&self) -> Territory {
        self.territory
    }
}

/// Reads the settings, or says how to make some.
pub(crate) fn settings(config: &Path) -> Result<Settings, AppError> {
    if !config.exists() {
        return Err(AppError::NoSettings(config.to_path_buf()));
    }
    Settings::read(config)
}

/// The account of the operating system, which the audit keeps beside the actor.
fn os_user() -> Option<String> {
    let name = os_user_name();
    // The name is the environment's word; the number is the kernel's.
    #[cfg(target_os = "linux")]
    if let Ok(process) = std::fs::metadata("/proc/self") {
        let uid = std::os::unix::fs::MetadataExt::uid(&process);
        return Some(name.map_or_else(|| format!("uid {uid}"), |name| format!("{name} (uid {uid})")));
    }
    name
}

fn os_user_name() -> Option<String> {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok())
        .filter(|name| !name.is_empty())
}

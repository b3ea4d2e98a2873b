//! The site of a workplace with someone signed in without signing in: to look at screens while they are made, and for their
//! browser tests. `signed_in FOLDER ROLE` serves the folder's `liant.toml` on any free port of this machine; every session
//! cookie is that of one invented person in the role.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use liant_app::{AppError, Settings, SystemClock, Workplace};
use liant_model::{Actor, Instant, Role};
use liant_server::{SessionToken, Sessions, SignedIn, Site, SiteSettings, Transport};
use tokio::net::TcpListener;

struct Always(SignedIn);

impl Sessions for Always {
    fn visitor(&self, _: &Workplace, _: &SessionToken, _: Instant) -> Result<Option<SignedIn>, AppError> {
        Ok(Some(self.0.clone()))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder?")?);
    let role = Role::parse(&arguments.next().unwrap_or_else(|| "technician".to_owned()))?;
    let settings = Settings::read(&folder.join("liant.toml"))?;
    let person = SignedIn {
        actor: Actor { name: "c.delattre".to_owned(), party: settings.party.clone(), role, os_user: None },
        territory: settings.territory()?,
        name: "C. Delattre".to_owned(),
        organisation: "SLAI de l’Artois".to_owned(),
    };
    let workplace = tokio::task::spawn_blocking(move || Workplace::open(&settings)).await??;
    let site_settings = SiteSettings { transport: Transport::Loopback, shows_style: false, workers: 4 };
    let site = Site::new(site_settings, Arc::new(workplace), Arc::new(Always(person)), Arc::new(SystemClock));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    #[expect(clippy::print_stdout, reason = "who starts it reads the address here")]
    {
        println!("http://{}", listener.local_addr()?);
    }
    liant_server::serve(site, listener, liant_server::asked_to_stop()).await;
    Ok(())
}

mod accounts;
mod audit;
mod casework;
mod convention;
mod course;
mod demo;
mod doctor;
mod erasure;
mod export;
mod flux;
mod fse;
mod init;
mod matching;
mod people;
mod programme;
mod received;
mod retention;
mod serve;
mod store;

use crate::arguments::{Arguments, Command, Flux, Key};
use crate::output::Outcome;
use crate::workshop::Workshop;
use liant_model::{Lang, Territory};

/// What every command is given beside its own arguments.
pub(crate) struct Call {
    pub(crate) arguments_config: std::path::PathBuf,
    pub(crate) actor: Option<String>,
    pub(crate) lang: Lang,
}

impl Call {
    /// Opens the installation.
    pub(crate) fn workshop(&self, territory: Option<Territory>) -> anyhow::Result<Workshop> {
        Workshop::open(&self.arguments_config, self.actor.as_deref(), territory)
    }
}

/// Runs one command.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let call =
        Call { lang: arguments.language(), arguments_config: arguments.config, actor: arguments.actor };
    match arguments.command {
        Command::Demo(demo) => demo::run(&call, &demo),
        Command::Init(init) => init::run(&call, &init),
        Command::Doctor(doctor) => doctor::run(&call, &doctor),
        Command::Serve(serve) => serve::run(&call, &serve),
        Command::Flux(Flux::Check(check)) => flux::check(&call, &check),
        Command::Flux(Flux::Import(import)) => flux::import(&call, &import),
        Command::Flux(Flux::Export(export)) => export::run(&call, &export),
        Command::Flux(Flux::Diff(diff)) => flux::diff(&call, &diff),
        Command::Flux(Flux::Sample(sample)) => flux::sample(&sample),
        Command::Flux(Flux::List(place)) => received::list(&call, &place),
        Command::Flux(Flux::Rejects(rejects)) => received::rejects(&call, &rejects),
        Command::Match(matching) => matching::run(&call, &matching),
        Command::Review(review) => people::review(&call, &review),
        Command::Orientation(orientation) => people::orientation(&call, &orientation),
        Command::Casework(casework) => casework::run(&call, &casework),
        Command::Person(person) => people::person(&call, &person),
        Command::Audit(audit) => audit::run(&call, &audit),
        Command::Convention(convention) => convention::run(&call, &convention),
        Command::Retention(retention) => retention::run(&call, &retention),
        Command::Programme(programme) => programme::run(&programme),
        Command::Org(org) => accounts::organisation(&call, &org),
        Command::User(user) => accounts::user(&call, &user),
        Command::Store(store) => store::run(&call, &store),
        Command::Key(Key::New { file }) => init::new_keys(&call, &file),
        Command::Key(Key::Rotate) => init::rotate_keys(&call),
    }
}

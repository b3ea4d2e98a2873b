#![doc = include_str!("../README.md")]

mod assets;
mod chain;
pub mod components;
mod cookies;
mod errand;
mod facts;
mod failure;
mod forms;
mod frame;
mod keeper;
mod logs;
mod me;
mod metrics;
mod next;
mod oidc;
mod origin;
mod page;
mod pages;
mod qr;
mod routes;
mod serve;
mod site;
mod transport;
mod visitor;
mod words;

mod alerts;
#[cfg(test)]
mod asking;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use errand::Errand;
pub use failure::Failure;
pub use logs::{LogForm, start_log};
pub use oidc::Providers;
pub use page::Page;
pub use routes::{Access, Route, Verb};
pub use serve::{asked_to_stop, serve};
pub use site::{Site, SiteSettings};
pub use transport::{InvalidOrigin, Transport};
pub use visitor::{Accounts, SessionToken, Sessions, SignedIn, Visitor};
pub use words::{Delay, Message, Words};

/// Every route of a site: what the access tests are made from.
///
/// `all` with the pages that production does not have: those of components, and of a demo.
pub fn inventory(all: bool) -> Vec<Route> {
    pages::table(pages::Shows { style: all, demo: all })
        .inventory()
        .iter()
        .map(|route| Route::clone(route))
        .collect()
}

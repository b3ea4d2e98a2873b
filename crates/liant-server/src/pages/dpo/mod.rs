//! The console of the data protection officer (DPO, *délégué à la protection des données*): conventions and their course, breaches
//! and who is told of them,
//! requests of people and who else answers them, the review of access, the
//! register, processors and lists.

mod access_review;
mod breach;
mod breaches;
mod convention;
mod conventions;
mod erasure;
mod erasure_words;
mod limits;
mod new_request;
mod notice;
mod processors;
mod register;
mod request;
mod requests;
mod shared_request;
mod step;
mod words;

pub(super) use access_review::REVIEW;
pub(super) use breaches::BREACHES;
pub(super) use conventions::{CONVENTIONS, presses};
pub(super) use erasure_words::{refusal, scope};
pub(super) use limits::{ground, purposes, reason};
pub(super) use requests::REQUESTS;
pub(super) use words::{length, role};

use crate::pages::audit::DPO;
use crate::routes::{Route, Table};

/// The routes of the console.
pub(super) fn add(table: Table) -> Table {
    table
        .add(Route::get(CONVENTIONS, DPO).in_menu("menu-conventions"), conventions::list)
        .add(Route::get("/conventions/{convention}", DPO), convention::show)
        .add(Route::get("/conventions/{convention}/step", DPO), step::form)
        .add(Route::post("/conventions/{convention}/step", DPO), step::take)
        .add(Route::get(REQUESTS, DPO).in_menu("menu-rights"), requests::list)
        .add(Route::get("/rights/{request}", DPO), request::show)
        .add(Route::post("/rights/{request}/parts", DPO), request::part)
        .add(Route::post("/rights/{request}/copy", DPO), request::copy)
        .add(Route::post("/rights/{request}/copy.pdf", DPO), request::document)
        .add(Route::get("/rights/{request}/answer", DPO), request::answer_form)
        .add(Route::post("/rights/{request}/answer", DPO), request::answer)
        .add(Route::get("/rights/{request}/limit", DPO), limits::form)
        .add(Route::post("/rights/{request}/limit", DPO), limits::carry_out)
        .add(Route::get("/rights/{request}/limits/{limit}/lift", DPO), limits::lift_form)
        .add(Route::post("/rights/{request}/limits/{limit}/lift", DPO), limits::lift)
        .add(Route::post("/rights/{request}/limits/{limit}/free", DPO), limits::free)
        .add(Route::get("/rights/{request}/erasure", DPO), erasure::form)
        .add(Route::post("/rights/{request}/erasure", DPO), erasure::choose)
        .add(Route::get("/rights/{request}/erasure/check", DPO), erasure::check)
        .add(erasure::CARRY_OUT, erasure::carry_out)
        .add(Route::get("/rights/{request}/erasure/refusal", DPO), erasure::refusal_form)
        .add(Route::post("/rights/{request}/erasure/refusal", DPO), erasure::refuse)
        .add(Route::post("/rights/{request}/erasure/admit", DPO), erasure::admit)
        .add(Route::get("/rights/shared/{request}", DPO), shared_request::show)
        .add(Route::post("/rights/shared/{request}", DPO), shared_request::answer)
        .add(Route::get("/audit/people/{person}/request", DPO), new_request::form)
        .add(Route::post("/audit/people/{person}/request", DPO), new_request::record)
        .add(Route::get(register::PATH, DPO), register::show)
        .add(Route::get(processors::PROCESSORS, DPO), processors::list)
        .add(Route::get("/sub-processors/new", DPO), processors::form)
        .add(Route::post("/sub-processors/new", DPO), processors::add)
        .add(Route::post("/sub-processors/{processor}/end", DPO), processors::end)
        .add(Route::post("/sub-processors/lists", DPO), processors::gave)
        .add(Route::get(REVIEW, DPO).in_menu("menu-access-review"), access_review::list)
        .add(Route::post("/access-review/{membership}", DPO), access_review::decide)
        .add(Route::get(BREACHES, DPO).in_menu("menu-breaches"), breaches::list)
        .add(Route::get("/breaches/new", DPO), breaches::form)
        .add(Route::post("/breaches/new", DPO), breaches::open)
        .add(Route::get("/breaches/{breach}", DPO), breach::show)
        .add(Route::post("/breaches/{breach}/people", DPO), breach::people)
        .add(Route::get("/breaches/{breach}/deed", DPO), breach::deed_form)
        .add(Route::post("/breaches/{breach}/deed", DPO), breach::record)
        .add(Route::get("/breaches/{breach}/notice", DPO), notice::show)
}

#[cfg(test)]
mod tests;

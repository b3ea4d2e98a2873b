//! People: the list, its filters, what is kept of them, what is done to many at once, and the file made from it.
//!
//! | address | what |
//! |---|---|
//! | `/people` | the list; `q` searches, the other pairs are [`liant_app::people::Filters`] |
//! | `/people/filters` | filters kept under a name |
//! | `/people/referent`, `/people/referent/end` | a referent for those ticked, or for everyone who passes the filters |
//! | `/people/export` | the list as a file |

mod asking;
mod export;
mod list;
mod narrowing;
mod referent;
mod rows;
mod saved;

pub(super) use asking::{LAST_PAGE, seat_of};
pub(super) use rows::{town, whole_name};

use crate::routes::{Access, Route, Table};

const PATH: &str = "/people";

/// Who lists people: the roles to whom a clause gives a list.
const LISTERS: Access = Access::Only {
    roles: &["orientation_officer", "local_service_head", "social_referent", "platform_agent"],
    purpose: "follow-up",
};

/// Who gives people a referent, and takes lists out.
const HEADS: Access =
    Access::Only { roles: &["orientation_officer", "local_service_head"], purpose: "follow-up" };

pub(super) fn add(table: Table) -> Table {
    table
        .add(Route::get(PATH, LISTERS).in_menu("menu-people"), list::show)
        .add(Route::get("/people/filters", LISTERS), saved::list)
        .add(Route::post("/people/filters", LISTERS), saved::keep)
        .add(Route::post("/people/filters/{filter}/rename", LISTERS), saved::rename)
        .add(Route::post("/people/filters/{filter}/remove", LISTERS), saved::remove)
        .add(Route::get("/people/referent", HEADS), referent::ask)
        .add(Route::post("/people/referent", HEADS), referent::assign)
        .add(Route::get("/people/referent/end", HEADS), referent::ask_end)
        .add(Route::post("/people/referent/end", HEADS), referent::end)
        .add(Route::get("/people/export", HEADS), export::ask)
        .add(Route::post("/people/export", HEADS), export::take)
}

//! People in lists: who may be listed, found, counted, and given a referent.
//!
//! Every list states its purpose in the [`Context`], and whose people it is about: the widest reach that a clause gives the
//! actor's role (*portefeuille*, *service*, *territoire*), or the narrower one that is asked for. What a page shows is opened
//! through the plan, under one access record with everyone on it. A filter, an order or a person that the plan does not allow
//! looks like one that is not there.

mod acts;
mod lists;
mod seat;

pub use acts::{Assigned, Assignment, Ending, assign, end, set_communes};
pub use liant_guard::{Happening, Order, Scope, Test};
pub use liant_store::FollowRole;
pub use liant_store::directory::{Count, DirectoryState};
pub use lists::{Home, Line, ListRequest, Page, PageSize, SearchResult, count, counts, home, list, search};
pub use seat::Seat;

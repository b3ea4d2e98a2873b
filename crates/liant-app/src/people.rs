//! People in lists: who may be listed, found, counted, taken out in a file, and given a referent.
//!
//! Every list states its purpose in the [`Context`](crate::Context), and whose people it is about: the widest reach that a clause gives the
//! actor's role (*portefeuille*, *service*, *territoire*), or the narrower one that is asked for. What a page shows is opened
//! through the plan, under one access record with everyone on it. A filter, an order or a person that the plan does not allow
//! looks like one that is not there.

mod acts;
mod bulk;
mod desk;
mod export;
mod filters;
mod lists;
mod referents;
mod saved;
pub(crate) mod seat;
mod wider;

pub use acts::{
    Assigned, Assignment, Designation, Ending, assign, designate, designations, end, end_designation,
    set_communes,
};
pub use bulk::{
    LeftAside, Look, ManyAssignment, ManyEnding, Outcome, Report, Selection, Whom, assign_many, end_many,
    look,
};
pub use desk::{Desk, Happened, News, desk};
pub use export::{ExportColumn, ExportOffer, ExportRequest, Exported, Format, export, may_export, offer};
pub(crate) use export::{columns, head, row};
pub use filters::{Choice, Event, Filters, Offered, Referent, Since, Todo};
pub use liant_convention::Reach;
pub use liant_guard::{Happening, Order, Scope, Test};
pub use liant_store::directory::{Count, DirectoryState};
pub use liant_store::{DesignationRow, FollowRole};
pub(crate) use lists::lines;
pub use lists::{Line, ListRequest, Page, PageSize, SearchResult, count, counts, list, search, search_among};
pub(crate) use referents::in_role;
pub use referents::{Choices, Follower, LocalService, choices, names_of, referents};
pub use saved::{LONGEST_NAME, MOST_KEPT, NotKept, SavedFilters, keep, remove, rename, saved};
pub use seat::Seat;
pub(crate) use wider::take_in;
pub use wider::{
    Exactly, WiderFilter, WiderResult, WiderTerms, WiderUse, review_wider_search, wider_search,
    wider_searches, wider_terms,
};

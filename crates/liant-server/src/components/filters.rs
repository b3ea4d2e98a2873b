//! What a list is narrowed to, how much that leaves, and its pages.

use askama::Template;

use super::html;
use crate::words::Words;

/// One filter in force.
#[derive(Clone, Debug)]
pub struct Chip {
    /// What is filtered: a column, a state.
    pub label: String,
    /// To what.
    pub value: String,
    /// The address of the list without it.
    pub without: String,
}

/// The filters in force, each with a way to remove it, and how many lines they leave.
#[derive(Template, Clone, Debug)]
#[template(path = "components/filters.html")]
pub struct Filters {
    w: Words,
    count: u64,
    chips: Vec<Chip>,
    all: String,
}

impl Filters {
    /// The recap of a list of `count` lines; `all` is the address without any filter.
    pub fn new(w: Words, count: u64, chips: Vec<Chip>, all: impl Into<String>) -> Self {
        Self { w, count, chips, all: all.into() }
    }
}

/// The pages of a list.
#[derive(Template, Clone, Debug)]
#[template(path = "components/pagination.html")]
pub struct Pagination {
    w: Words,
    page: u64,
    pages: u64,
    base: String,
}

impl Pagination {
    /// Page `page` of `pages`, from 1. `base` is the address of the list with its filters; pages add `page=`.
    pub fn new(w: Words, page: u64, pages: u64, base: impl Into<String>) -> Self {
        let base = base.into();
        let joint = if base.contains('?') { '&' } else { '?' };
        let pages = pages.max(1);
        Self { w, page: page.clamp(1, pages), pages, base: format!("{base}{joint}page=") }
    }

    fn is_this(&self, page: u64) -> bool {
        page == self.page
    }

    /// The pages to name, `None` where some are left out: the first, the last, those around this one.
    fn named(&self) -> Vec<Option<u64>> {
        let mut named = Vec::new();
        let mut last = 0;
        for page in (1..=self.pages).filter(|page| {
            *page == 1 || *page == self.pages || page.abs_diff(self.page) <= 1 || (self.pages <= 7)
        }) {
            if page > last + 1 {
                // One page left out is named: an ellipsis takes as much room.
                named.push((page == last + 2).then_some(last + 1));
            }
            named.push(Some(page));
            last = page;
        }
        named
    }
}

html!(Filters, Pagination);

#[cfg(test)]
mod tests {
    use super::*;
    use liant_model::{Date, Lang};

    #[test]
    fn pages_near_and_far_are_named() {
        let w = Words::new(Lang::Fr, Date::constant(2026, 11, 16));
        let named = |page, pages| {
            let shown = Pagination::new(w, page, pages, "/people?q=a").named();
            shown
                .iter()
                .map(|page| page.map_or("…".into(), |page| page.to_string()))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(named(1, 1), "1");
        assert_eq!(named(3, 6), "1 2 3 4 5 6");
        assert_eq!(named(1, 12), "1 2 … 12");
        assert_eq!(named(4, 12), "1 2 3 4 5 … 12");
        assert_eq!(named(6, 12), "1 … 5 6 7 … 12");
        assert_eq!(named(99, 12), "1 … 11 12");
    }
}

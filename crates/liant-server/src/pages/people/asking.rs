//! What the address of the list asks for.

use liant_app::people::{Filters, Order, PageSize, Seat, Test};
use liant_model::{AccountId, Date, PersonId};

use super::super::person::words::address;
use super::PATH;
use crate::Page;

/// Pages that have a number: beyond, a list is to be narrowed.
pub(in crate::pages) const LAST_PAGE: u64 = 400;

/// What the address asks for. What is searched for is in it, as on any list; it is in no log, and is never kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking {
    /// What was typed.
    pub(super) search: String,
    pub(super) filters: Filters,
    pub(super) order: Order,
    pub(super) size: PageSize,
    pub(super) page: u64,
    /// Those ticked.
    pub(super) ticked: Vec<PersonId>,
    /// Everyone of the list is meant.
    pub(super) all: bool,
    /// What was just done.
    pub(super) done: String,
}

/// Letters that are searched for at most.
const LONGEST: usize = 100;

impl Asking {
    /// From the pairs of an address or of a form.
    pub(super) fn of(pairs: &[(String, String)]) -> Self {
        let said = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map_or("", |(_, value)| value.as_str())
        };
        let ticked = pairs.iter().filter(|(name, _)| name == "person");
        Self {
            search: said("q").trim().chars().take(LONGEST).collect(),
            filters: Filters::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))),
            order: match said("sort") {
                "waiting" => Order::Waiting,
                "registered" => Order::Registered,
                _ => Order::Name,
            },
            size: match said("size") {
                "50" => PageSize::Middle,
                "100" => PageSize::Long,
                _ => PageSize::Short,
            },
            page: said("page").parse().unwrap_or(1).clamp(1, LAST_PAGE),
            ticked: ticked.filter_map(|(_, id)| id.parse().ok()).collect(),
            all: said("all") == "1",
            done: said("done").to_owned(),
        }
    }

    /// How many people a page shows.
    pub(super) const fn on_a_page(&self) -> u64 {
        match self.size {
            PageSize::Short => 25,
            PageSize::Middle => 50,
            PageSize::Long => 100,
        }
    }

    /// What the filters ask of people, for whoever is asking.
    pub(super) fn tests(&self, me: Option<AccountId>, today: Date) -> Vec<Test> {
        self.filters.tests(me, today)
    }

    /// The pairs that lead to this list again, from its first page.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("q", self.search.clone())];
        pairs.extend(self.filters.pairs());
        let sort = order_code(self.order).filter(|_| self.search.is_empty());
        pairs.extend(sort.map(|sort| ("sort", sort.to_owned())));
        if self.size != PageSize::Short {
            pairs.push(("size", self.on_a_page().to_string()));
        }
        pairs
    }

    /// The address of this list, from its first page.
    pub(super) fn address(&self) -> String {
        address(PATH, &self.pairs())
    }

    /// The same with other filters.
    pub(super) fn with(&self, change: impl FnOnce(&mut Filters)) -> String {
        let mut other = self.clone();
        change(&mut other.filters);
        other.address()
    }

    /// The same in another order.
    pub(super) fn sorted(&self, order: Order) -> String {
        Self { order, ..self.clone() }.address()
    }

    /// The same, of so many a page.
    pub(super) fn sized(&self, size: PageSize) -> String {
        Self { size, ..self.clone() }.address()
    }

    /// An address under the list that keeps its filters, but not what is searched for.
    pub(super) fn under(&self, path: &str) -> String {
        address(path, &self.filters.pairs())
    }
}

/// As an address writes it; none for the usual one.
const fn order_code(order: Order) -> Option<&'static str> {
    match order {
        Order::Name => None,
        Order::Waiting => Some("waiting"),
        Order::Registered => Some("registered"),
    }
}

/// Where the visitor sits.
pub(in crate::pages) fn seat_of(page: &Page) -> Seat {
    let visitor = page.visitor();
    Seat {
        account: visitor.map(|visitor| visitor.account),
        organisation: visitor.map(|visitor| visitor.seat.organisation),
        reach: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(pairs: &[(&str, &str)]) -> Asking {
        let owned = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Asking::of(&owned.collect::<Vec<_>>())
    }

    #[test]
    fn an_address_leads_to_the_same_list() {
        let asked = asking(&[
            ("q", " "),
            ("todo", "orient"),
            ("commune", ""),
            ("sort", "waiting"),
            ("size", "50"),
            ("page", "3"),
        ]);
        assert_eq!(asked.address(), "/people?todo=orient&sort=waiting&size=50");
        assert_eq!((asked.page, asked.on_a_page()), (3, 50));
        assert_eq!(asked.with(|filters| filters.todo = None), "/people?sort=waiting&size=50");
        assert_eq!(asked.sorted(Order::Name), "/people?todo=orient&size=50");
        assert_eq!(asking(&[]).address(), "/people");
    }

    #[test]
    fn what_is_searched_for_stays_with_the_list() {
        let asked = asking(&[("q", "Lefèvre & fils"), ("todo", "orient"), ("sort", "waiting")]);
        assert_eq!(asked.address(), "/people?q=Lef%C3%A8vre%20%26%20fils&todo=orient");
        assert_eq!(asked.under("/people/export"), "/people/export?todo=orient");
    }

    #[test]
    fn nonsense_asks_for_the_first_page() {
        for (name, value) in
            [("page", "0"), ("page", "-3"), ("page", "x"), ("size", "9999"), ("person", "me")]
        {
            let asked = asking(&[(name, value)]);
            assert_eq!((asked.page, asked.on_a_page(), asked.ticked.len()), (1, 25, 0), "{name}={value}");
        }
        assert_eq!(asking(&[("page", "99999")]).page, LAST_PAGE);
    }
}

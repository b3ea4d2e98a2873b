//! A profile: what few values tell of someone. There are some hundreds of them, so the rows of any of their combinations are
//! found range by range, and counted without a look at one.

use liant_convention::People;

use super::{FtStock, SourceMask, code_of};

/// What few values tell of a row of the directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Profile {
    pub(super) standing: i64,
    pub(super) sources: i64,
    pub(super) before: i64,
    pub(super) ft_stock: i64,
    pub(super) alone: i64,
    pub(super) nature: String,
    pub(super) category: String,
}

impl Profile {
    pub(super) fn new(
        standing: People,
        (sources, before): (SourceMask, SourceMask),
        (ft_stock, alone): (FtStock, bool),
        (nature, category): (&str, &str),
    ) -> Self {
        Self {
            standing: code_of(standing),
            sources: sources.0,
            before: before.0,
            ft_stock: ft_stock as i64,
            alone: i64::from(alone),
            nature: nature.to_owned(),
            category: category.to_owned(),
        }
    }

    /// Its name in the store: the values one after the other, so that it is the same in every store.
    pub(super) fn name(&self) -> String {
        let Self { standing, sources, before, ft_stock, alone, nature, category } = self;
        format!("{standing}{sources}{before}{ft_stock}{alone}{}:{nature}{category}", nature.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_profiles_never_have_one_name() {
        let sets = [SourceMask::NONE, SourceMask(3), SourceMask(7)];
        let mut names = std::collections::BTreeSet::new();
        let mut made = 0;
        for (sources, before) in sets.into_iter().flat_map(|one| sets.map(|other| (one, other))) {
            for standing in super::super::CATEGORIES {
                for stock in [FtStock::Unknown, FtStock::Left, FtStock::Held] {
                    for codes in [("", ""), ("01", ""), ("", "01"), ("01", "1"), ("0", "11"), ("1:", "1")] {
                        for alone in [true, false] {
                            let profile = Profile::new(standing, (sources, before), (stock, alone), codes);
                            names.insert(profile.name());
                            made += 1;
                        }
                    }
                }
            }
        }
        assert_eq!(names.len(), made);
    }
}

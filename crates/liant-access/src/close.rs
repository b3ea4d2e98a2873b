//! Who looks up herself, a relative or a colleague: told by comparing what is known of the professional with the person
//! whose file she opens, and what follows from it.
//!
//! Everything compared is folded by the caller (capitals, no accents, single spaces), so that equal means equal.

use std::collections::BTreeSet;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its code, as the store and pages write it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The one of this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

codes! {
    /// How close a professional may be to someone whose file she opens.
    Closeness {
        /// It may be her own.
        Oneself = "oneself",
        /// It may be a relative's (*proche*).
        Relative = "relative",
        /// It may be a colleague's.
        Colleague = "colleague",
    }
}

codes! {
    /// Where a declared reason stands.
    LookUpState {
        /// Nobody has reviewed it.
        Pending = "pending",
        /// It is a reason.
        Accepted = "accepted",
        /// It is none.
        Refused = "refused",
    }
}

/// What is known of the professional who looks.
#[derive(Clone, Debug, Default)]
pub struct Looker {
    /// The words of her name, in each way that is known: as colleagues see it, and in her address.
    pub names: Vec<BTreeSet<String>>,
    /// Her birth date.
    pub birth_date: Option<String>,
    /// The communes she is known to live in, by INSEE code.
    pub communes: BTreeSet<String>,
    /// Her postal addresses.
    pub addresses: BTreeSet<String>,
    /// The CAF numbers (*matricules*) of her own records: one household, one number.
    pub households: BTreeSet<String>,
}

/// What sources say of the person whose file is opened.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Her birth names and names in use, each as its words.
    pub surnames: BTreeSet<Vec<String>>,
    /// The first word of each of her first names.
    pub first_names: BTreeSet<String>,
    /// Her birth dates.
    pub birth_dates: BTreeSet<String>,
    /// The communes she lives in.
    pub communes: BTreeSet<String>,
    /// Her postal addresses.
    pub addresses: BTreeSet<String>,
    /// Her CAF numbers.
    pub households: BTreeSet<String>,
}

impl Looker {
    /// Whether she bears a name of the person.
    fn has_surname_of(&self, seen: &Seen) -> bool {
        let bears = |surname: &Vec<String>| {
            !surname.is_empty()
                && self.names.iter().any(|words| surname.iter().all(|word| words.contains(word)))
        };
        seen.surnames.iter().any(bears)
    }

    /// Whether she bears a name and a first name of the person.
    fn has_names_of(&self, seen: &Seen) -> bool {
        self.names.iter().any(|words| {
            seen.surnames.iter().filter(|surname| !surname.is_empty()).any(|surname| {
                let rest = |first: &&String| words.contains(*first) && !surname.contains(*first);
                surname.iter().all(|word| words.contains(word))
                    && seen.first_names.iter().any(|one| rest(&one))
            })
        })
    }

    /// Whether the birth dates say that both are one (true), or two (false); none when one is not known.
    fn has_birth_date_of(&self, seen: &Seen) -> Option<bool> {
        let known = self.birth_date.as_ref().filter(|_| !seen.birth_dates.is_empty())?;
        Some(seen.birth_dates.contains(known))
    }

    /// Whether she may be the person: same names, and no birth date that says otherwise.
    pub fn may_be(&self, seen: &Seen) -> bool {
        self.has_names_of(seen) && self.has_birth_date_of(seen) != Some(false)
    }
}

fn share(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    one.iter().any(|value| !value.is_empty() && other.contains(value))
}

/// How close the professional may be to the person; none when nothing says so.
///
/// - *Oneself*: same names and same birth date; where a birth date is not known, same names and same commune.
/// - *Relative*: a namesake whose birth date is not known; a name in common and the same commune or address; the
///   household of her own record.
/// - *Colleague*: the names of someone of her organisation, and no birth date that says otherwise.
pub fn closeness(looker: &Looker, seen: &Seen, colleagues: &[Looker]) -> Option<Closeness> {
    let same_place = share(&looker.communes, &seen.communes) || share(&looker.addresses, &seen.addresses);
    if looker.has_names_of(seen) {
        match looker.has_birth_date_of(seen) {
            Some(true) => return Some(Closeness::Oneself),
            None if same_place => return Some(Closeness::Oneself),
            None => return Some(Closeness::Relative),
            Some(false) => {}
        }
    }
    if (same_place && looker.has_surname_of(seen)) || share(&looker.households, &seen.households) {
        return Some(Closeness::Relative);
    }
    colleagues.iter().any(|colleague| colleague.may_be(seen)).then_some(Closeness::Colleague)
}

/// Whether a file may be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Open,
    /// Once a reason is declared.
    Declare,
    /// Once the declared reason is accepted by someone else.
    AwaitReview,
    /// The declared reason was refused.
    Closed,
}

/// Whether the file of someone so close may be opened, by the latest reason declared that still holds. One's own opens once
/// a reason is accepted; others' as soon as one is declared, and no longer once it is refused.
pub const fn verdict(closeness: Closeness, latest: Option<LookUpState>) -> Verdict {
    match (closeness, latest) {
        (_, None) => Verdict::Declare,
        (_, Some(LookUpState::Refused)) => Verdict::Closed,
        (Closeness::Oneself, Some(LookUpState::Pending)) => Verdict::AwaitReview,
        (_, Some(LookUpState::Pending | LookUpState::Accepted)) => Verdict::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &str) -> BTreeSet<String> {
        words.split_whitespace().map(str::to_owned).collect()
    }

    fn looker(name: &str, born: &str, commune: &str, household: &str) -> Looker {
        Looker {
            names: vec![set(name)],
            birth_date: (!born.is_empty()).then(|| born.to_owned()),
            communes: set(commune),
            addresses: BTreeSet::new(),
            households: set(household),
        }
    }

    fn seen(surnames: &[&str], first: &str, born: &str, commune: &str, household: &str) -> Seen {
        Seen {
            surnames: surnames.iter().map(|name| name.split(' ').map(str::to_owned).collect()).collect(),
            first_names: set(first),
            birth_dates: set(born),
            communes: set(commune),
            addresses: BTreeSet::new(),
            households: set(household),
        }
    }

    #[test]
    fn who_is_close_to_whom() {
        use Closeness::{Colleague, Oneself, Relative};
        let her = |born, commune| looker("CLAIRE DE LA TOUR", born, commune, "700");
        let colleague = [looker("ANNE ZOLA", "1970-01-01", "", ""), looker("EVE ZOLA", "", "", "")];
        let tower = ["DE LA TOUR"];
        let day = "1980-02-01";
        for (case, looker, seen, expected) in [
            ("she", her(day, ""), seen(&tower, "CLAIRE", day, "62041", ""), Some(Oneself)),
            (
                "by her name in use",
                her(day, ""),
                seen(&["BON", "DE LA TOUR"], "CLAIRE", day, "", ""),
                Some(Oneself),
            ),
            (
                "namesake of another day",
                her(day, "62193"),
                seen(&tower, "CLAIRE", "1981-02-01", "62041", ""),
                None,
            ),
            (
                "namesake next door",
                her(day, "62041"),
                seen(&tower, "CLAIRE", "1981-02-01", "62041", ""),
                Some(Relative),
            ),
            (
                "no birth date, same commune",
                her("", "62041"),
                seen(&tower, "CLAIRE", day, "62041", ""),
                Some(Oneself),
            ),
            ("no birth date", her("", ""), seen(&tower, "CLAIRE", day, "62041", ""), Some(Relative)),
            ("sister", her(day, "62041"), seen(&tower, "EMMA", "1985-01-01", "62041", ""), Some(Relative)),
            ("same name far away", her(day, "62193"), seen(&tower, "EMMA", "1985-01-01", "62041", ""), None),
            (
                "same commune, other name",
                her(day, "62041"),
                seen(&["BON"], "EMMA", "1985-01-01", "62041", ""),
                None,
            ),
            ("part of her name", her(day, "62041"), seen(&["DE LA TOURELLE"], "EMMA", "", "62041", ""), None),
            ("household", her(day, ""), seen(&["BON"], "PAUL", "2010-01-01", "", "700"), Some(Relative)),
            ("nobody's household", looker("A B", "", "", ""), seen(&["BON"], "PAUL", "", "", ""), None),
            ("colleague", her(day, ""), seen(&["ZOLA"], "ANNE", "1970-01-01", "", ""), Some(Colleague)),
            ("not that colleague", her(day, ""), seen(&["ZOLA"], "ANNE", "1971-01-01", "", ""), None),
            (
                "colleague without a day",
                her(day, ""),
                seen(&["ZOLA"], "EVE", "1971-01-01", "", ""),
                Some(Colleague),
            ),
            ("no name", her("", "62041"), seen(&[""], "CLAIRE", "", "62041", ""), None),
        ] {
            assert_eq!(closeness(&looker, &seen, &colleague), expected, "{case}");
        }
    }

    #[test]
    fn an_address_of_her_own_record_tells_too() {
        let mut looker = looker("CLAIRE BON", "1980-01-01", "", "");
        looker.addresses = BTreeSet::from(["1 RUE HAUTE 62000".to_owned()]);
        let mut seen = seen(&["BON"], "EMMA", "1985-01-01", "", "");
        assert_eq!(closeness(&looker, &seen, &[]), None);
        seen.addresses.clone_from(&looker.addresses);
        assert_eq!(closeness(&looker, &seen, &[]), Some(Closeness::Relative));
    }

    #[test]
    fn what_opens_and_when() {
        use Closeness::{Colleague, Oneself, Relative};
        use LookUpState::{Accepted, Pending, Refused};
        use Verdict::{AwaitReview, Closed, Declare, Open};
        for (latest, oneself, others) in [
            (None, Declare, Declare),
            (Some(Pending), AwaitReview, Open),
            (Some(Accepted), Open, Open),
            (Some(Refused), Closed, Closed),
        ] {
            assert_eq!(verdict(Oneself, latest), oneself);
            assert_eq!([Relative, Colleague].map(|close| verdict(close, latest)), [others; 2]);
        }
    }

    #[test]
    fn codes_read_back() {
        for one in Closeness::ALL {
            assert_eq!(Closeness::from_code(one.code()), Some(*one));
        }
        for one in LookUpState::ALL {
            assert_eq!(LookUpState::from_code(one.code()), Some(*one));
        }
    }
}

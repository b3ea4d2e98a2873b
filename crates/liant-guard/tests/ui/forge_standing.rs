//! Only the guard finds standings: none is made, changed or had by default.
use liant_convention::People;
use liant_guard::{Standing, Subject};

fn made(subject: Subject) -> Standing {
    Standing { subject: Some(subject), narrowest: People::RsaRecipientInCourse }
}

fn changed(standing: Standing) -> Standing {
    Standing { narrowest: People::RsaRecipientInCourse, ..standing }
}

fn by_default() -> Standing {
    Standing::default()
}

fn main() {}

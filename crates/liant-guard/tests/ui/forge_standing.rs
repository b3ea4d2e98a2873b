//! Only the guard finds standings: none is made or changed outside.
use liant_convention::People;
use liant_guard::{Standing, Subject};

fn made(subject: Subject) -> Standing {
    Standing { subject: Some(subject), narrowest: People::RsaRecipientInCourse }
}

fn changed(standing: Standing) -> Standing {
    Standing { narrowest: People::RsaRecipientInCourse, ..standing }
}

fn main() {}

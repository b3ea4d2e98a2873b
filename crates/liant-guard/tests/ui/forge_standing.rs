//! Only the guard finds standings: none is made or changed outside.
use liant_convention::{People, Reach};
use liant_guard::{Standing, Subject};

fn made(subject: Subject) -> Standing {
    Standing { subject: Some(subject), narrowest: People::RsaRecipientInCourse, near: Reach::Designated, address_protected: false, limits: None }
}

fn changed(standing: Standing) -> Standing {
    Standing { narrowest: People::RsaRecipientInCourse, ..standing }
}

fn main() {}

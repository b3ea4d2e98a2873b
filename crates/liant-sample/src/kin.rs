//! Relatives and homonyms: people who are easily taken for one another.

use crate::birth::{Birth, Births};
use crate::calendar::Day;
use crate::identity::Identity;
use crate::rng::Rng;

/// How a person resembles another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kin {
    /// Same names and same birth date, no relation.
    Homonym,
    /// Born the same day of the same parents.
    Twin,
    /// Brother or sister.
    Sibling,
    /// Parent and child of the same first name.
    Namesake,
}

/// Rarely, a resemblance.
pub(crate) fn draw(rng: &mut Rng) -> Option<Kin> {
    match rng.below(10_000) {
        0..10 => Some(Kin::Homonym),
        10..40 => Some(Kin::Twin),
        40..200 => Some(Kin::Sibling),
        200..225 => Some(Kin::Namesake),
        _ => None,
    }
}

/// The identity of somebody who resembles `elder` so. `birth` gives what is free to choose.
pub(crate) fn identity(
    rng: &mut Rng,
    kin: Kin,
    elder: &Identity,
    mut birth: Birth,
    births: &Births,
    today: Day,
) -> Identity {
    match kin {
        Kin::Homonym => {
            birth.sex = elder.birth.sex;
            birth.day = elder.birth.day;
            if birth.place == elder.birth.place {
                birth.place = births.near(rng);
            }
            Identity { birth, waiting_until: None, ..elder.clone() }
        }
        Kin::Twin => {
            birth.day = elder.birth.day;
            sibling(rng, elder, birth)
        }
        Kin::Sibling => sibling(rng, elder, birth),
        Kin::Namesake => {
            let (year, month, day) = elder.birth.day.parts();
            let later = Day::new(year + 19 + rng.between(0, 8), month, day.min(28)).plus(rng.between(1, 300));
            let earlier =
                Day::new(year - 19 - rng.between(0, 8), month, day.min(28)).plus(-rng.between(1, 300));
            birth.sex = elder.birth.sex;
            birth.day = if later < today.plus(-19 * 366) { later } else { earlier };
            let mut identity = Identity::in_family(rng, birth, elder.birth_name.clone(), elder.origin);
            identity.first_names = vec![elder.first_name().to_owned()];
            identity
        }
    }
}

fn sibling(rng: &mut Rng, elder: &Identity, mut birth: Birth) -> Identity {
    if rng.chance(6_000) || birth.day == elder.birth.day {
        birth.place = elder.birth.place;
    }
    let mut identity = Identity::in_family(rng, birth, elder.birth_name.clone(), elder.origin);
    identity.first_names = vec![elder.sibling_first_name(rng, identity.birth.sex)];
    identity
}

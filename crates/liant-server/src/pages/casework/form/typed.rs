//! What was typed on a liaison form.

use std::collections::BTreeSet;

use liant_app::casework::{Barrier, Filled, FormFault, FormPart, FormPerson};

use super::super::typed::{Typed, Wrong};

/// The lines of her address.
pub(super) const ADDRESS: [&str; 4] = ["address-1", "address-2", "address-3", "address-4"];

/// The form as it was filled in, or what lacks of it.
pub(super) fn filled(typed: &Typed) -> Result<Filled, Vec<Wrong>> {
    let mut wrong: Vec<Wrong> = Vec::new();
    let text = |name: &str| typed.get(name).to_owned();
    let said = |name: &str| match typed.get(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let model = typed.get("model").parse().map_err(|_| ("signed-as", "liaison-wrong-model"));
    let model = model.map_err(|lacks| wrong.push(lacks));
    let born = if typed.parts("born").iter().all(|part| part.is_empty()) {
        None
    } else {
        typed.day("born").map_err(|lacks| wrong.push(lacks)).ok()
    };
    let children = match typed.get("children") {
        "" => None,
        many => many.parse().map_err(|_| wrong.push(("children", "liaison-wrong-children"))).ok(),
    };
    if !typed.holds("informed", "1") {
        wrong.push(("informed", "liaison-wrong-informed"));
    }
    let barriers: BTreeSet<Barrier> = typed.all("barrier").filter_map(|code| code.parse().ok()).collect();
    let person = FormPerson {
        name: text("name"),
        first_name: text("first-name"),
        birth_date: born,
        address: ADDRESS.into_iter().map(text).filter(|line| !line.is_empty()).collect(),
        phone: text("phone"),
        ft: text("ft"),
        caf: text("caf"),
        in_couple: said("couple"),
        children,
        recipient: said("rsa"),
        disabled_worker: said("rqth"),
    };
    let (Ok(model), true) = (model, wrong.is_empty()) else { return Err(wrong) };
    Ok(Filled {
        model,
        person,
        barriers,
        phone: text("own-phone"),
        by_email: said("contact"),
        email: text("email"),
        signed_as: text("signed-as"),
        place: text("place"),
    })
}

/// The field that a fault is about, and what is said of it.
pub(super) fn wrong(fault: FormFault) -> Wrong {
    let part = match fault {
        FormFault::Missing(part) | FormFault::FreeText(part) | FormFault::Shape(part) => part,
        FormFault::DecisionOnTacit | FormFault::NotAgreed | FormFault::Unsigned => {
            return ("signed-as", "liaison-wrong-consent");
        }
    };
    match part {
        FormPart::Name => ("name", "liaison-wrong-name"),
        FormPart::FirstName => ("first-name", "liaison-wrong-first-name"),
        FormPart::Address => (ADDRESS[0], "liaison-wrong-address"),
        FormPart::Phone => ("phone", "liaison-wrong-phone"),
        FormPart::Ft => ("ft", "liaison-wrong-number"),
        FormPart::Caf => ("caf", "liaison-wrong-number"),
        FormPart::Children => ("children", "liaison-wrong-children"),
        FormPart::Email => ("email", "liaison-wrong-email"),
        FormPart::Agency
        | FormPart::Adviser
        | FormPart::LocalService
        | FormPart::Referent
        | FormPart::Structure => ("own-phone", "liaison-wrong-phone"),
        FormPart::SignedAs | FormPart::Seal => ("signed-as", "liaison-wrong-sign"),
        FormPart::Place => ("place", "liaison-wrong-place"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    const WHOLE: [(&str, &str); 8] = [
        ("model", "tacit"),
        ("informed", "1"),
        ("barrier", "housing"),
        ("barrier", "transport"),
        ("couple", "no"),
        ("children", "2"),
        ("address-1", "1 RUE HAUTE"),
        ("address-3", " 62000 ARRAS "),
    ];

    #[test]
    fn what_is_said_is_read_and_what_is_not_said_is_not_no() {
        let form = filled(&typed(&WHOLE)).unwrap();
        assert_eq!(
            (form.person.in_couple, form.person.recipient, form.person.children),
            (Some(false), None, Some(2))
        );
        assert_eq!(form.person.address, ["1 RUE HAUTE", "62000 ARRAS"]);
        assert_eq!(form.barriers, BTreeSet::from([Barrier::Housing, Barrier::Transport]));
        assert_eq!(form.by_email, None);
    }

    #[test]
    fn what_does_not_read_is_told_at_its_field() {
        for ((name, value), expected) in [
            (("informed", "0"), ("informed", "liaison-wrong-informed")),
            (("children", "two"), ("children", "liaison-wrong-children")),
            (("children", "-1"), ("children", "liaison-wrong-children")),
            (("born-day", "31"), ("born", "casework-wrong-day")),
            (("model", "other"), ("signed-as", "liaison-wrong-model")),
        ] {
            let mut pairs: Vec<(&str, &str)> =
                WHOLE.into_iter().filter(|(known, _)| *known != name).collect();
            pairs.push((name, value));
            assert_eq!(filled(&typed(&pairs)).err(), Some(vec![expected]), "{name} {value}");
        }
    }
}

//! The data of a liaison form by their names in the dictionary: what conventions let pass field by field, of a paper that is one.

use std::collections::{BTreeMap, BTreeSet};

use liant_model::{Field, FieldSet};

use crate::{Barrier, ElectronicContact, LiaisonForm};

/// Her name as it stands on the form may hold both.
const NAME: [Field; 2] = [Field::BirthName, Field::MarriedName];
const ADDRESS: [Field; 4] = [Field::AddressLine, Field::AddressComplement, Field::Postcode, Field::TownName];

impl LiaisonForm {
    /// All that it says of the person, by field. What stands there as one and is several data, her name and her address, stands under
    /// each: it passes where all of them do. A barrier that is not ticked is told as well.
    pub fn fields(&self) -> BTreeMap<Field, String> {
        let her = &self.person;
        let flag = |said: Option<bool>| said.map(|yes| if yes { "1" } else { "0" }.to_owned());
        let text = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        let address = text(&her.address.join(", "));
        let email = match &self.electronic_contact {
            ElectronicContact::Agreed { email, .. } => email.clone(),
            ElectronicContact::Unasked | ElectronicContact::Refused { .. } => None,
        };
        let mut all: Vec<(Field, Option<String>)> = vec![
            (Field::FirstName, text(&her.first_name)),
            (Field::BirthDate, her.birth_date.map(|day| day.to_string())),
            (Field::Phone, text(&her.phone)),
            (Field::FtIdentifier, text(&her.ft)),
            (Field::CafIdentifier, text(&her.caf)),
            (Field::InCouple, flag(her.in_couple)),
            (Field::DependentChildren, her.children.map(|many| many.to_string())),
            (Field::RsaRecipient, flag(her.recipient)),
            (Field::RecognisedDisabled, flag(her.disabled_worker)),
            (Field::Email, email.and_then(|email| text(&email))),
        ];
        all.extend(NAME.map(|field| (field, text(&her.name))));
        all.extend(ADDRESS.map(|field| (field, address.clone())));
        let ticked = |barrier: &Barrier| flag(Some(self.barriers.contains(barrier)));
        all.extend(Barrier::ALL.iter().map(|barrier| (barrier.field(), ticked(barrier))));
        all.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
    }

    /// The form with the data that pass, and no other. Who signed is her name.
    #[must_use]
    pub fn only(&self, passes: FieldSet) -> Self {
        let lets = |field: Field| passes.contains(field);
        let has_name = NAME.into_iter().all(lets);
        let mut form = self.clone();
        let her = &mut form.person;
        let blank = |text: &mut String, stays: bool| {
            if !stays {
                text.clear();
            }
        };
        blank(&mut her.name, has_name);
        blank(&mut her.first_name, lets(Field::FirstName));
        blank(&mut her.phone, lets(Field::Phone));
        blank(&mut her.ft, lets(Field::FtIdentifier));
        blank(&mut her.caf, lets(Field::CafIdentifier));
        her.birth_date = her.birth_date.filter(|_| lets(Field::BirthDate));
        her.in_couple = her.in_couple.filter(|_| lets(Field::InCouple));
        her.children = her.children.filter(|_| lets(Field::DependentChildren));
        her.recipient = her.recipient.filter(|_| lets(Field::RsaRecipient));
        her.disabled_worker = her.disabled_worker.filter(|_| lets(Field::RecognisedDisabled));
        if !ADDRESS.into_iter().all(lets) {
            her.address.clear();
        }
        if let ElectronicContact::Agreed { email, .. } = &mut form.electronic_contact {
            *email = email.take().filter(|_| lets(Field::Email));
        }
        if let Some(signature) = &mut form.signature {
            blank(&mut signature.name, has_name && lets(Field::FirstName));
        }
        let barriers = std::mem::take(&mut form.barriers);
        form.barriers = barriers.into_iter().filter(|one| lets(one.field())).collect::<BTreeSet<_>>();
        form
    }
}

#[cfg(test)]
mod tests {
    use liant_model::Date;

    use super::*;
    use crate::{FormModel, FormPerson, FormSignature};

    fn form() -> LiaisonForm {
        let on = Date::constant(2026, 11, 16);
        LiaisonForm {
            person: FormPerson {
                name: "ABEILLE".to_owned(),
                first_name: "Jeanne".to_owned(),
                birth_date: Some(Date::constant(1990, 1, 2)),
                address: vec!["1 RUE HAUTE".to_owned(), "62000 ARRAS".to_owned()],
                phone: "06 00 00 00 00".to_owned(),
                ft: "1234567A".to_owned(),
                caf: "7654321".to_owned(),
                in_couple: Some(false),
                children: Some(2),
                recipient: Some(true),
                disabled_worker: Some(true),
            },
            barriers: BTreeSet::from([Barrier::Health, Barrier::Housing]),
            electronic_contact: ElectronicContact::Agreed { on, email: Some("j@example.org".to_owned()) },
            signature: Some(FormSignature {
                name: "Jeanne ABEILLE".to_owned(),
                place: "Arras".to_owned(),
                at: liant_model::Instant::from_micros(0),
                seal: String::new(),
            }),
            ..LiaisonForm::blank(FormModel::Tacit, on)
        }
    }

    #[test]
    fn each_datum_passes_by_itself_and_what_is_several_passes_with_all_of_them() {
        let (whole, fields) = (form(), form().fields());
        let all: FieldSet = fields.keys().copied().collect();
        assert!(whole.only(all) == whole);
        assert!(whole.only(FieldSet::EMPTY).fields().values().all(|value| value == "0"), "no tick, no text");
        for held_back in fields.keys().copied() {
            let less = whole.only(all.difference(FieldSet::EMPTY.with(held_back)));
            let is_blank = fields[&held_back] == "0" && held_back != Field::InCouple;
            assert!(less != whole || is_blank, "{}", held_back.code());
            let alone = whole.only(FieldSet::EMPTY.with(held_back)).fields();
            let of_several = NAME.contains(&held_back) || ADDRESS.contains(&held_back);
            let others = alone.iter().filter(|(_, value)| *value != "0");
            let others = others.filter(|(field, _)| **field != held_back).count();
            assert_eq!(others, 0, "{}", held_back.code());
            if of_several {
                assert!(!alone.contains_key(&held_back), "{}", held_back.code());
            }
        }
    }

    #[test]
    fn who_signed_is_her_name() {
        let without = form().only(FieldSet::EMPTY.with(Field::FirstName));
        assert!(without.signature.is_some_and(|signature| signature.name.is_empty()));
    }
}

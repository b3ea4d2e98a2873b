//! The processors of a party, and the lists that its conventions have it give.

use liant_app::AppError;
use liant_app::processors::{self, ListKind, NewProcessor};
use liant_store::StoreError;

use crate::world::{Place, TODAY, act, dpo, every_engine};

fn add(place: &Place, name: &str, country: &str) -> Result<(), AppError> {
    let new = NewProcessor {
        name: name.to_owned(),
        service: "hosting".to_owned(),
        country: country.to_owned(),
        from: TODAY,
    };
    dpo(|context| processors::add(context, &place.served, &new))
}

#[test]
fn a_processor_outside_the_area_is_told_against_and_lists_are_given_anew() {
    for place in every_engine() {
        let engine = place.engine();
        let list = || dpo(|context| processors::list(context, &place.other)).unwrap();
        for (name, country) in
            [("", "FR"), ("Hosting plc", "FRA"), ("Hosting plc", "1A"), ("Hosting plc", "")]
        {
            assert!(
                matches!(add(&place, name, country), Err(AppError::Value(_))),
                "{engine}: {name} {country}"
            );
        }
        add(&place, "Bureau", "fr").unwrap();
        add(&place, "Hosting Inc.", "US").unwrap();
        let (all, owed) = list();
        let said: Vec<_> = all.iter().map(|one| (one.name.as_str(), one.against.is_empty())).collect();
        assert_eq!(said, [("Bureau", true), ("Hosting Inc.", false)], "{engine}");
        let countries = |owed: &[processors::OwedList]| {
            let of =
                owed.iter().find(|one| one.convention == "62-echange-rsa" && one.of == ListKind::Countries);
            of.unwrap().last
        };
        assert_eq!(countries(&owed), None, "{engine}");
        let gave = |convention: &str| {
            dpo(|context| processors::gave(context, &place.served, convention, ListKind::Countries))
        };
        assert!(matches!(gave("62-departement"), Err(AppError::Absent(_))), "{engine}: it owes none there");
        gave("62-echange-rsa").unwrap();
        assert_eq!(countries(&list().1), Some(TODAY), "{engine}");

        let end = || dpo(|context| processors::end(context, &place.served, all[1].processor));
        end().unwrap();
        let again = end();
        assert!(matches!(again, Err(AppError::Store(StoreError::Conflict { .. }))), "{engine}");
        let (all, _) = list();
        assert!(all[1].until == Some(TODAY) && all[1].against.is_empty(), "{engine}");
        let other =
            act("technician", "file-handling", |context| processors::list(context, &place.served).is_err());
        assert!(other, "{engine}");
    }
}

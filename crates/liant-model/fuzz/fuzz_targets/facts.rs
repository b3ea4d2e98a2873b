//! Any bytes as the facts of a person, compared with the facts that other bytes are.
#![no_main]

use liant_model::{Facts, Field, FieldSet};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], &[u8])| {
    let (before, after) = input;
    let (Ok(before), Ok(after)) = (Facts::from_bytes(before.to_vec()), Facts::from_bytes(after.to_vec()))
    else {
        return;
    };
    for facts in [&before, &after] {
        assert_eq!(facts.coded().flat_map(|(_, bytes)| bytes).copied().collect::<Vec<_>>(), facts.as_bytes());
        assert!(facts.texts().count() <= facts.iter().count());
        for (field, _) in facts.iter() {
            assert!(facts.get(field).is_some());
            let _ = (facts.text(field), Facts::text_in(facts.as_bytes(), field));
        }
        assert_eq!(facts.differences(facts), []);
        let kept = facts.only(FieldSet::all());
        assert_eq!(Facts::from_bytes(kept.as_bytes().to_vec()), Ok(kept));
    }
    for carried in [FieldSet::all(), [Field::BirthName, Field::BirthDate].into_iter().collect()] {
        let overlaid = before.overlaid(&after, carried);
        assert_eq!(Facts::from_bytes(overlaid.as_bytes().to_vec()), Ok(overlaid));
    }
    let _ = before.differences(&after);
});

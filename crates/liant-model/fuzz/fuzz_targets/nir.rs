//! Any bytes as a NIR. What is read has one canonical form, one word and one key.
#![no_main]

use liant_model::Nir;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(nir) = Nir::parse(bytes) {
        assert_eq!(nir.as_str().as_bytes(), nir.canonical());
        assert!((1..=97).contains(&nir.key()));
        for form in [nir.as_str().to_owned(), format!("{}{:02}", nir.as_str(), nir.key())] {
            let again = Nir::parse(form.as_bytes()).unwrap();
            assert_eq!((again.canonical(), again.packed()), (nir.canonical(), nir.packed()));
        }
        let wrong = format!("{}{:02}", nir.as_str(), nir.key() % 97 + 1);
        assert!(Nir::parse(wrong.as_bytes()).is_err());
        let _ = (nir.kind(), nir.year(), nir.month(), nir.born_abroad());
    }
});

//! Any text as a signed checkpoint, as the text that a trusted key signed, and as a public key.
#![no_main]

use std::sync::LazyLock;

use liant_audit::SigningKey;
use liant_audit::verify::{Checkpoint, PublicKey};
use libfuzzer_sys::fuzz_target;

const ORIGIN: &str = "liant.example/audit/62";

/// A key of which nobody has the private half.
static FIXED: LazyLock<PublicKey> = LazyLock::new(|| PublicKey::new(ORIGIN, [42; 32]).unwrap());
static SIGNER: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate(ORIGIN).unwrap());

fuzz_target!(|text: &str| {
    let fixed = std::slice::from_ref(&*FIXED);
    assert!(Checkpoint::open(text, fixed).is_err());
    let signer = std::slice::from_ref(SIGNER.public());
    for body in [text.to_owned(), format!("{ORIGIN}\n{text}")] {
        if let Some(note) = SIGNER.cosign(&format!("{body}\n\n"))
            && let Ok(checkpoint) = Checkpoint::open(&note, signer)
        {
            assert_eq!(checkpoint.to_text(), format!("{body}\n"));
            assert!(Checkpoint::open(&note, fixed).is_err());
        }
    }
    if let Some(key) = PublicKey::parse(text) {
        assert_eq!(key.to_string(), text);
    }
    let _ = SigningKey::from_pem(ORIGIN, text);
});

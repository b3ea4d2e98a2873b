//! Signed checkpoints: interoperability and tampering.

use crate::common::{ORIGIN, checkpoint, leaves, signing_key};
use liant_audit::{
    KeyError, SigningKey,
    verify::{Checkpoint, NoteError, PublicKey, from_base64, open_note, to_base64},
};
use proptest::prelude::*;

/// The reference vector of golang.org/x/mod/sumdb/note.
const GO_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const GO_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

#[test]
fn the_reference_note_opens() {
    let key = PublicKey::parse(GO_KEY).unwrap();
    assert_eq!(key.to_string(), GO_KEY);
    let text = open_note(GO_NOTE, &[key]).unwrap();
    assert!(text.starts_with("If you") && text.ends_with("problem is.\n"));
}

#[test]
fn a_mangled_verifier_key_is_refused() {
    for length in 0..GO_KEY.len() {
        assert!(PublicKey::parse(&GO_KEY[..length]).is_none(), "cut at {length}");
        assert!(PublicKey::parse(&GO_KEY[length + 1..]).is_none(), "begun at {length}");
    }
    for place in 0..GO_KEY.len() {
        let mut bytes = GO_KEY.as_bytes().to_vec();
        bytes[place] += 1;
        assert!(PublicKey::parse(&String::from_utf8(bytes).unwrap()).is_none(), "changed at {place}");
    }
}

/// The key pair of RFC 8410, § 10.3 and 10.1.
#[test]
fn a_key_made_elsewhere_is_read() {
    let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    let key = SigningKey::from_pem(ORIGIN, pem).unwrap();
    let public = from_base64("Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=").unwrap();
    assert_eq!(*key.public(), PublicKey::new(ORIGIN, public.try_into().unwrap()).unwrap());
    assert_eq!(key.to_pem().as_str(), pem);
}

#[test]
fn a_key_survives_its_pem() {
    let key = signing_key();
    let again = SigningKey::from_pem(ORIGIN, &key.to_pem()).unwrap();
    assert_eq!(again.public(), key.public());
    assert_eq!(format!("{key:?}"), format!("SigningKey(PublicKey({}))", key.public()));
    for bad in [
        "",
        "-----BEGIN PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ] {
        assert_eq!(SigningKey::from_pem(ORIGIN, bad).unwrap_err(), KeyError::NotAKey);
    }
    for name in ["", "two words", "a+b", "a\nb", "a\u{a0}b"] {
        assert_eq!(SigningKey::generate(name).unwrap_err(), KeyError::Name, "{name:?}");
    }
}

#[test]
fn a_signed_checkpoint_opens_as_it_was() {
    let (key, made) = (signing_key(), checkpoint(&leaves(7)));
    let note = key.sign(&made).unwrap();
    assert!(note.starts_with("liant.example/audit/62\n7\n"), "{note}");
    assert_eq!(Checkpoint::open(&note, &[key.public().clone()]).unwrap(), made);
    let two_lines = Checkpoint { origin: "a\n9".to_owned(), ..made };
    assert_eq!(key.sign(&two_lines).unwrap_err(), KeyError::Name);
}

#[test]
fn every_flipped_bit_of_a_checkpoint_is_refused() {
    let key = signing_key();
    let (note, trusted) = (key.sign(&checkpoint(&leaves(7))).unwrap(), [key.public().clone()]);
    for bit in 0..note.len() * 8 {
        let mut altered = note.clone().into_bytes();
        altered[bit / 8] ^= 1 << (bit % 8);
        let Ok(altered) = String::from_utf8(altered) else { continue };
        assert!(Checkpoint::open(&altered, &trusted).is_err(), "byte {}: {altered}", bit / 8);
    }
    for length in (0..note.len()).filter(|length| note.is_char_boundary(*length)) {
        assert!(Checkpoint::open(&note[..length], &trusted).is_err(), "cut at {length}");
    }
}

#[test]
fn witnesses_are_tolerated_and_verified_when_known() {
    let (key, witness) = (signing_key(), SigningKey::generate("witness.example").unwrap());
    let note = witness.cosign(&key.sign(&checkpoint(&leaves(3))).unwrap()).unwrap();
    let (log, other) = (key.public().clone(), witness.public().clone());
    for trusted in [vec![log.clone()], vec![other.clone()], vec![log.clone(), other.clone()]] {
        assert!(Checkpoint::open(&note, &trusted).is_ok());
    }
    let stranger = SigningKey::generate(ORIGIN).unwrap().public().clone();
    assert_eq!(Checkpoint::open(&note, &[stranger]), Err(NoteError::Unsigned), "same name, another key");
    assert_eq!(Checkpoint::open(&note, &[]), Err(NoteError::Unsigned));

    // One wrong signature of a known key spoils the note, even beside a good one.
    let last = note.trim_end().rsplit(' ').next().unwrap();
    let mut signature = from_base64(last).unwrap();
    signature[40] ^= 1;
    let forged = note.replace(last, &to_base64(&signature));
    assert_eq!(
        Checkpoint::open(&forged, &[log.clone(), other]),
        Err(NoteError::Forged("witness.example".to_owned()))
    );
    assert!(Checkpoint::open(&forged, &[log]).is_ok(), "a witness nobody asked about");
}

#[test]
fn a_signed_note_that_is_no_checkpoint_is_refused() {
    let key = PublicKey::parse(GO_KEY).unwrap();
    assert!(matches!(Checkpoint::open(GO_NOTE, &[key]), Err(NoteError::Malformed(_))));
    let huge = format!("{}\n\n— a b\n", "x".repeat(70_000));
    assert!(matches!(Checkpoint::open(&huge, &[]), Err(NoteError::Malformed(_))));
}

#[test]
fn a_checkpoint_has_one_spelling() {
    let key = signing_key();
    let open = |text: &str| {
        let note = key.cosign(&format!("{text}\n")).unwrap();
        Checkpoint::open(&note, &[key.public().clone()])
    };
    let root = to_base64(&[7; 32]);
    assert!(open(&format!("{ORIGIN}\n7\n{root}\ntime 5\n")).is_ok());
    let cases = [
        format!("{ORIGIN}\n07\n{root}\ntime 5\n"),
        format!("{ORIGIN}\n+7\n{root}\ntime 5\n"),
        format!("{ORIGIN}\n-7\n{root}\ntime 5\n"),
        format!("{ORIGIN}\n7\n{root}\ntime 05\n"),
        format!("{ORIGIN}\n7\n{root}\ntime 5\nmore\n"),
        format!("{ORIGIN}\n7\n{root}\n"),
        format!("{ORIGIN}\n7\n{}\ntime 5\n", to_base64(&[7; 31])),
        format!("\n7\n{root}\ntime 5\n"),
    ];
    for text in cases {
        assert!(matches!(open(&text), Err(NoteError::Malformed(_))), "{text}");
    }
    assert_eq!(key.cosign("no blank line\n"), None);
}

#[test]
fn base64_is_that_of_rfc_4648() {
    for (plain, coded) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(to_base64(plain.as_bytes()), coded);
        assert_eq!(from_base64(coded).unwrap(), plain.as_bytes());
    }
    for bad in ["Zg", "Zg=", "Zh==", "Zm9v=", "====", "Zm9v\n", "Z", "Zm 9v", "Zm9vZg==Zg=="] {
        assert_eq!(from_base64(bad), None, "{bad}");
    }
}

proptest! {
    #[test]
    fn base64_round_trips(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        prop_assert_eq!(from_base64(&to_base64(&bytes)), Some(bytes));
    }

    #[test]
    fn foreign_notes_never_panic(note in "(— |a|\n|=|\\+| ){0,40}") {
        let key = PublicKey::parse(GO_KEY).unwrap();
        prop_assert!(Checkpoint::open(&note, &[key]).is_err());
    }
}

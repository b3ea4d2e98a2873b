//! Signed checkpoints: C2SP signed-note and tlog-checkpoint.
//!
//! ```text
//! liant.example/audit/62                          the log's name (origin)
//! 1834                                            how many leaves it has
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=    its root
//! time 1767225600000000                           when, µs since 1970 UTC (an extension line)
//!                                                 (blank)
//! — liant.example/audit/62 Az3grlgtzPICa5OS8n…    signatures: key name, base64(key id ‖ Ed25519 signature)
//! ```

use std::fmt;

use ring::{
    digest::{SHA256, digest},
    signature::{ED25519, UnparsedPublicKey},
};

use super::{
    text::{from_base64, from_hex, to_base64, to_hex},
    tree::Hash,
};

/// The signature type of plain Ed25519 (C2SP signed-note).
const ED25519_TYPE: u8 = 1;
/// A note larger than this is refused: it would hold hundreds of signatures.
const LARGEST_NOTE: usize = 64 * 1024;

/// What a log's operator signed: at that time, this log had that many leaves and that root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// How many leaves it had.
    pub size: u64,
    /// Its root at that size.
    pub root: Hash,
    /// When it was signed, µs since 1970 UTC.
    pub time: i64,
}

/// Why a checkpoint is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It has not the form of a signed checkpoint.
    #[error("not a signed checkpoint (C2SP tlog-checkpoint): {0}; take the file again from whoever keeps it")]
    Malformed(&'static str),
    /// No key of those trusted signed it.
    #[error("no trusted key signed this checkpoint; check that the public key given is that of this log")]
    Unsigned,
    /// A trusted key's signature is wrong.
    #[error("the signature of {0} is wrong: the checkpoint was altered, or is a forgery")]
    Forged(String),
}

/// A key that checkpoints are verified with: `name+key id+base64` (C2SP signed-note's verifier key).
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    key: [u8; 32],
}

impl PublicKey {
    /// The Ed25519 key `key` under the name `name`; `None` if the name is empty or has a space, a control or a `+`.
    pub fn new(name: &str, key: [u8; 32]) -> Option<Self> {
        let bad = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '+';
        (!name.is_empty() && !name.contains(bad)).then(|| Self { name: name.to_owned(), key })
    }

    /// Reads a verifier key: `name+id+base64`.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, rest) = text.split_once('+')?;
        let (id, encoded) = rest.split_once('+')?;
        let (&kind, key) = from_base64(encoded)?.split_first().map(|(kind, key)| (kind, key.to_vec()))?;
        let found = Self::new(name, key.try_into().ok()?)?;
        (kind == ED25519_TYPE && from_hex(id)? == found.id()).then_some(found)
    }

    /// The name its signatures bear.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)`, first four bytes.
    pub fn id(&self) -> [u8; 4] {
        let text = [self.name.as_bytes(), &[b'\n', ED25519_TYPE], &self.key].concat();
        digest(&SHA256, &text).as_ref().first_chunk().copied().unwrap_or_default()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoded = to_base64(&[&[ED25519_TYPE], self.key.as_slice()].concat());
        write!(f, "{}+{}+{encoded}", self.name, to_hex(&self.id()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// Verifies a signed note and gives its text. Signatures of unknown keys are ignored (witnesses add their own); one of
/// a known key must be right, and there must be one.
///
/// # Errors
/// [`NoteError`].
pub fn open_note<'a>(note: &'a str, trusted: &[PublicKey]) -> Result<&'a str, NoteError> {
    if note.len() > LARGEST_NOTE || note.chars().any(|letter| letter.is_control() && letter != '\n') {
        return Err(NoteError::Malformed("too long, or with control characters"));
    }
    let split = note.rfind("\n\n").ok_or(NoteError::Malformed("no blank line before the signatures"))?;
    let (text, signatures) = (&note[..=split], &note[split + 2..]);
    let lines = signatures.strip_suffix('\n').ok_or(NoteError::Malformed("no end of line at the end"))?;
    let mut signed = false;
    for line in lines.split('\n') {
        let (name, encoded) = line
            .strip_prefix("— ")
            .and_then(|rest| rest.split_once(' '))
            .ok_or(NoteError::Malformed("a line after the blank one is not a signature"))?;
        let bytes = from_base64(encoded).ok_or(NoteError::Malformed("a signature is not base64"))?;
        let (id, signature) =
            bytes.split_first_chunk().ok_or(NoteError::Malformed("a signature is too short"))?;
        for key in trusted.iter().filter(|key| key.name == name && key.id() == *id) {
            UnparsedPublicKey::new(&ED25519, key.key)
                .verify(text.as_bytes(), signature)
                .map_err(|_| NoteError::Forged(key.name.clone()))?;
            signed = true;
        }
    }
    if signed { Ok(text) } else { Err(NoteError::Unsigned) }
}

impl Checkpoint {
    /// Verifies and reads a signed checkpoint.
    ///
    /// # Errors
    /// [`NoteError`].
    pub fn open(note: &str, trusted: &[PublicKey]) -> Result<Self, NoteError> {
        let text = open_note(note, trusted)?;
        Self::parse(text).ok_or(NoteError::Malformed("origin, size, root, time: one is missing or wrong"))
    }

    /// The text that is signed.
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n{}\ntime {}\n", self.origin, self.size, to_base64(&self.root), self.time)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let (origin, size) = (lines.next()?.to_owned(), lines.next()?.parse().ok()?);
        let root = from_base64(lines.next()?)?.try_into().ok()?;
        let time = lines.next()?.strip_prefix("time ")?.parse().ok()?;
        let checkpoint = Self { origin, size, root, time };
        (!checkpoint.origin.is_empty() && checkpoint.to_text() == text).then_some(checkpoint)
    }
}

use liant_model::{Date, Territory};

/// Bounds on what a file may hold: beyond them it is refused, in bounded time and memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record, of the header or of the trailer.
    pub record_bytes: usize,
    /// Bytes of one value.
    pub text_bytes: usize,
    /// Nested elements inside a record.
    pub depth: usize,
    /// Attributes of one tag.
    pub attributes: usize,
    /// Persons of one household.
    pub persons: usize,
    /// Records of a file.
    pub records: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record_bytes: 1 << 20,
            text_bytes: 8 << 10,
            depth: 16,
            attributes: 16,
            persons: 100,
            records: 50_000_000,
        }
    }
}

/// How a file is to be read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Département the file must be of; `None` takes any.
    pub expected_territory: Option<Territory>,
    /// The present day, for rules that ask for it; `None` skips them.
    pub today: Option<Date>,
    /// Bounds on what the file may hold.
    pub limits: Limits,
    /// Whether [`Dossier::facts`](crate::Dossier::facts) leaves out a label equal to that of its code list.
    pub leave_out_known_labels: bool,
    /// Whether every record is read by quick-xml, also those the fast reading understands: same result, a third of
    /// the speed.
    pub always_careful: bool,
    /// Whether the second record of a key is set aside (rule `…-KEY-TWICE`), in a flow that is a stock. The reading is then no
    /// longer of constant memory: 19 to 39 bytes a key, half as much again while the set of keys grows. An import has
    /// the stock in its hands, and does without. [`crate::ChunkParser`]s do not see it.
    pub keys_once: bool,
    /// How many places each kind of warning keeps; the rest is counted.
    pub warning_examples: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            expected_territory: None,
            today: None,
            limits: Limits::default(),
            leave_out_known_labels: false,
            always_careful: false,
            keys_once: false,
            warning_examples: 3,
        }
    }
}

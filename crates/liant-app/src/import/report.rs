use std::collections::BTreeMap;

use liant_flux::Report;

/// What an import did. Its JSON is a contract of `--json`.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ImportReport {
    /// The flow.
    pub flow: String,
    /// The batch that was published; none for a dry run.
    pub batch: Option<i64>,
    /// The date the file speaks for.
    pub reference_date: String,
    /// Records read.
    pub records: u64,
    /// Records set aside.
    pub rejected: u64,
    /// Source identities never seen before.
    pub new: u64,
    /// Source identities of which something changed.
    pub changed: u64,
    /// Source identities as they were.
    pub unchanged: u64,
    /// Who entered the stock, new or back.
    pub entered: u64,
    /// Who left the stock.
    pub left: u64,
    /// Registered as job seekers since the last file.
    pub registered: u64,
    /// Whose registration ceased since the last file.
    pub ceased: u64,
    /// Struck off since the last file.
    pub radiated: u64,
    /// New identities recognised: identifiers agree and nothing contradicts.
    pub recognised_certain: u64,
    /// New identities recognised by their score.
    pub recognised_scored: u64,
    /// New identities about which a human is asked.
    pub to_review: u64,
    /// New persons.
    pub new_persons: u64,
    /// Pairs compared to recognise people.
    pub compared: u64,
    /// People who were erased on request (GDPR art. 17), and kept out: of them nothing is loaded.
    pub erased: u64,
    /// Rows written.
    pub rows_written: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Problems of the records set aside, and the file's warnings by rule: at most [`ImportReport::MOST_SHOWN`] of the
    /// first.
    #[serde(skip_deserializing)]
    pub problems: Vec<Report>,
    /// How often each rule was broken.
    pub rules: BTreeMap<String, u64>,
    /// Clause the facts were received under.
    pub received_under: String,
    /// Whether nothing was to be written.
    pub dry_run: bool,
}

impl ImportReport {
    /// Problems a report shows; the others are in the reject table and in the counts.
    pub const MOST_SHOWN: usize = 200;
}

//! A whole store as one file, to move it from one engine to the other.
//!
//! The file is a line `LIANT STORE 1`, then for each territory and each table its rows, each value as a tag and its
//! bytes, then those of the accounts' tables, which are of no territory, then a closing mark, the number of rows, and the SHA-256 of all that stands before it: a file that was cut
//! or changed is refused before a single row is visible. Sealed columns stay sealed: the same keys open them.

mod fill;

use std::io::{self, BufRead, Read, Seek, SeekFrom, Write};

use liant_model::{IdentityId, Territory, Uuid};
use ring::digest;

use crate::connection::Kind;
use crate::value::{Row, Value};
use crate::{SealedSample, Store, StoreError};

pub use fill::Filling;

const HEAD: &[u8] = b"LIANT STORE 1\n";
/// Longest value that is read back: no column holds more than an audit entry.
const LONGEST: u32 = 256 << 20;

#[derive(Clone, Copy)]
enum Column {
    Text,
    Integer,
    Real,
    Bytes,
    Id,
}

struct Table {
    name: &'static str,
    key: &'static str,
    columns: &'static [(&'static str, Column)],
}

macro_rules! tables {
    ($($name:literal by $key:literal { $($kind:ident: $($column:literal)*;)* })*) => {
        &[$(Table { name: $name, key: $key, columns: &[$($(($column, Column::$kind),)*)*] },)*]
    };
}

/// Every table, the territory last: its row is what makes the others visible. The directory and the index of readings are left
/// behind: they are made again from what is here (`directory_state` of a new store says that nothing is made yet, and each row of
/// `access_record` that it is not indexed). So are codes, sessions and sign-ins under way of spaces.
const TABLES: &[Table] = tables! {
    "batch" by "batch_no" {
        Integer: "batch_no" "file_bytes" "started_at" "published_at"; Id: "act_id"; Bytes: "file_hash";
        Text: "flow" "source" "received_under" "reference_date" "fabricated_on" "file_name" "state" "actor" "counts";
    }
    "identity" by "identity_id, from_batch" { Id: "identity_id"; Integer: "from_batch" "to_batch"; Text: "source" "own_key"; }
    "fact" by "identity_id, from_batch" { Id: "identity_id"; Integer: "from_batch"; Bytes: "blocks"; }
    "person" by "person_id" { Id: "person_id"; Integer: "from_batch"; }
    "link" by "identity_id, link_no" {
        Id: "identity_id" "person_id"; Integer: "link_no" "from_batch" "made_at" "ended_at";
        Text: "source" "decision"; Real: "score"; Bytes: "evidence";
    }
    "member" by "person_id, identity_id, link_no" { Id: "person_id" "identity_id"; Integer: "link_no" "from_batch"; }
    "nir_entry" by "nir_index, identity_id, from_batch" { Bytes: "nir_index"; Id: "identity_id"; Integer: "from_batch"; }
    "review" by "review_id" {
        Id: "review_id" "identity_id" "candidate_id"; Integer: "batch_no" "version" "decided_at" "link_no";
        Real: "score"; Bytes: "evidence"; Text: "state" "decided_by";
    }
    "reject" by "batch_no, record_no, problem_no" {
        Integer: "batch_no" "record_no" "problem_no" "byte_offset" "line"; Text: "element" "rule" "message";
    }
    "orientation" by "orientation_id" {
        Id: "orientation_id" "identity_id"; Text: "decided_on"; Bytes: "facts"; Integer: "recorded_at" "ended_at";
    }
    "follow" by "follow_id" {
        Id: "follow_id" "identity_id" "account_id" "organisation_id"; Text: "role" "from_day" "to_day";
        Integer: "recorded_at" "ended_at";
    }
    "designation" by "designation_id" {
        Id: "designation_id" "identity_id" "account_id" "organisation_id"; Text: "from_day" "to_day" "given_by";
        Integer: "recorded_at" "ended_at";
    }
    "address_protection" by "protection_id, identity_id" {
        Id: "protection_id" "identity_id"; Text: "reason" "set_by" "ended_by"; Integer: "set_at" "ended_at";
    }
    "wider_search" by "act_id" {
        Id: "act_id"; Integer: "at" "found" "reviewed_at"; Text: "human" "recipient" "purpose" "reason" "way" "clause" "reviewed_by"; Bytes: "people";
    }
    "look_up" by "look_up_id" {
        Id: "look_up_id" "identity_id" "account_id"; Text: "party" "role" "closeness" "reason" "state" "reviewed_by";
        Integer: "declared_at" "version" "reviewed_at";
    }
    "own_record" by "account_id, identity_id" { Id: "account_id" "identity_id"; Integer: "noted_at"; }
    "rights_request" by "request_id" {
        Id: "request_id" "identity_id"; Integer: "received_at" "version" "changed_at"; Bytes: "said";
        Text: "right_used" "way" "made_by" "owed_by" "due_on" "due_clause" "source" "field" "state" "changed_by";
    }
    "data_limit" by "limit_id, identity_id" {
        Id: "limit_id" "identity_id" "request_id"; Integer: "is_hers" "set_at" "lifted_at";
        Text: "party" "what" "purposes" "ground" "set_by" "review_on" "lift_reason" "told" "told_on" "lifts_on" "lifted_by";
    }
    "erasure" by "request_id" {
        Id: "request_id" "destruction_id"; Text: "ground" "sources" "sets" "parties" "carried_by"; Integer: "carried_at";
    }
    "erasure_refusal" by "request_id" {
        Id: "request_id"; Text: "reason" "clauses" "refused_by"; Integer: "refused_at";
    }
    "erasure_mark" by "source, mark, request_id" { Text: "source"; Bytes: "mark"; Integer: "key_version"; Id: "request_id"; }
    "space" by "space_id" {
        Id: "space_id" "identity_id"; Text: "number" "party" "lang" "password"; Bytes: "secret";
        Integer: "made_at" "last_step" "bound_at";
    }
    "space_recovery" by "space_id, code_hash" { Id: "space_id"; Bytes: "code_hash"; Integer: "used_at"; }
    "electronic_contact" by "identity_id, said_at" {
        Id: "identity_id"; Integer: "said_at" "given"; Text: "said_by";
    }
    "service_commune" by "commune" { Text: "commune"; Id: "organisation_id"; }
    "event" by "batch_no, identity_id, kind" {
        Integer: "batch_no"; Id: "identity_id"; Text: "kind" "source" "happened_on" "seen_on";
    }
    "access_record" by "act_id" {
        Id: "act_id" "organisation_id"; Integer: "at"; Text: "actor" "recipient" "clauses" "what" "kind" "purposes";
        Bytes: "fields" "people";
    }
    "deposit" by "deposit_id" {
        Id: "deposit_id"; Bytes: "file_hash"; Integer: "file_bytes" "built_at" "recorded_at";
        Text: "flow" "reference_date" "file_name" "counts" "built_by" "deposited_on" "recorded_by";
    }
    "calendar_feed" by "account" { Text: "account"; Bytes: "token_hash"; Integer: "made_at"; }
    "saved_filter" by "account_id, filter_id" { Id: "account_id" "filter_id"; Text: "name" "query"; Integer: "kept_at"; }
    "convention_step" by "place" {
        Id: "step_id"; Text: "convention" "step" "party" "ground" "from_day" "recorded_by"; Integer: "place" "recorded_at";
    }
    "sub_processor" by "processor_id" {
        Id: "processor_id"; Text: "party" "name" "service" "country" "from_day" "until_day" "recorded_by"; Integer: "recorded_at";
    }
    "given_list" by "given_id" {
        Id: "given_id"; Text: "party" "convention" "of_what" "given_on" "recorded_by"; Integer: "recorded_at";
    }
    "rights_part" by "step_id" {
        Id: "step_id" "request_id"; Text: "party" "step" "recorded_by"; Integer: "recorded_at";
    }
    "breach" by "breach_id" {
        Id: "breach_id" "about_act"; Text: "party" "nature" "actor" "opened_by";
        Integer: "discovered_at" "since_at" "until_at" "opened_at";
    }
    "breach_step" by "step_id" {
        Id: "step_id" "breach_id"; Text: "step" "addressee" "stage" "recorded_by"; Integer: "at" "recorded_at";
    }
    "audit_entry" by "act_id" { Id: "act_id"; Integer: "seq" "at"; Bytes: "commitment" "salt" "payload"; }
    "checkpoint" by "log_size" { Integer: "log_size" "at"; Text: "note"; }
    "checkpoint_given" by "recipient" { Text: "recipient"; Integer: "log_size" "given_at"; }
    "destruction" by "destruction_id" {
        Id: "destruction_id"; Text: "day" "begun_by" "certificate"; Integer: "begun_at" "ended_at";
    }
    "destruction_part" by "destruction_id, convention, version, clause, data_set, source" {
        Id: "destruction_id"; Text: "convention" "clause" "data_set" "source"; Integer: "version" "people" "items";
    }
    "opening" by "human, beyond, person_id" { Text: "human"; Integer: "beyond" "at"; Id: "person_id"; }
    "blocking" by "blocking_id" {
        Id: "blocking_id"; Text: "human" "party" "role" "clause" "lifted_by"; Integer: "tried" "at" "lifted_at";
    }
    "casework_event" by "identity_id, nth" {
        Id: "identity_id" "organisation_id" "about_id"; Integer: "nth" "recorded_at"; Text: "recorded_by" "party" "register" "body";
    }
    "casework_head" by "identity_id, programme" {
        Id: "identity_id" "to_id" "from_id"; Integer: "version";
        Text: "programme" "stage" "route" "to_role" "since_day" "term_day" "due_on" "due_clock";
    }
    "casework_place" by "identity_id, place" {
        Id: "identity_id" "account_id" "organisation_id";
        Text: "place" "programme" "role" "stage" "since_day" "entered_day" "term_day" "due_on";
    }
    "casework_tie" by "tie_id" {
        Id: "tie_id" "identity_id"; Text: "kind" "programme" "place";
    }
    "casework_alert" by "identity_id, programme, clock, start_day, on_day" {
        Id: "identity_id"; Text: "programme" "clock" "start_day" "on_day" "due_day" "told"; Integer: "sent_at";
    }
    "appointment_notice" by "appointment_id, moved, kind, days" {
        Id: "appointment_id" "identity_id" "account_id" "organisation_id"; Text: "kind" "programme" "role" "done_as";
        Integer: "moved" "days" "from_at" "until_at" "by_letter" "tries" "next_at" "done_at";
    }
    "casework_evidence" by "programme, half" {
        Id: "list_id"; Text: "programme" "half" "made_by" "hash" "kept_until"; Integer: "made_at" "people"; Bytes: "sealed";
    }
    "casework_signature" by "list_id, party" {
        Id: "list_id" "organisation_id"; Text: "party" "role" "signed_by"; Integer: "signed_at";
    }
    "committee_paper" by "paper_id" {
        Id: "paper_id"; Integer: "made_at" "signers" "complete_at";
        Text: "kind" "programme" "committee" "place" "about" "made_by" "hash" "body" "kept_until";
    }
    "casework_published" by "programme, month" { Text: "programme" "month" "body"; Integer: "made_at"; }
    "liaison_form" by "form_id" { Id: "form_id" "identity_id"; Bytes: "sealed"; }
    "territory" by "territory_id" { Integer: "published" "last_batch" "link_moves" "log_size"; Bytes: "log_frontier"; }
};

/// The tables of accounts, each after those that it refers to. Sessions and sign-ins under way stay behind: people sign in again.
const GLOBAL_TABLES: &[Table] = tables! {
    "organisation" by "parent_id IS NOT NULL, organisation_id" {
        Id: "organisation_id" "parent_id"; Text: "territory_id" "kind" "name" "party"; Integer: "created_at" "closed_at";
    }
    "delegation" by "delegation_id" {
        Id: "delegation_id" "mandator_id" "mandated_id"; Text: "from_day" "to_day"; Integer: "recorded_at";
    }
    "account" by "account_id" {
        Id: "account_id"; Text: "email" "name" "lang" "password"; Integer: "created_at" "disabled_at" "link_until" "used_at" "warned_at";
    }
    "membership" by "membership_id" {
        Id: "membership_id" "account_id" "organisation_id"; Text: "role" "from_day" "to_day" "designated_by";
        Integer: "is_admin" "designated_at" "ended_at";
    }
    "access_review" by "review_id" {
        Id: "review_id" "membership_id"; Text: "verdict" "reviewed_by"; Integer: "reviewed_at";
    }
    "invitation" by "invitation_id" {
        Id: "invitation_id" "organisation_id" "account_id"; Bytes: "token_hash";
        Text: "email" "role" "from_day" "to_day" "invited_by"; Integer: "is_admin" "created_at" "expires_at" "closed_at";
    }
    "factor" by "factor_id" {
        Id: "factor_id" "account_id"; Bytes: "secret"; Integer: "created_at" "confirmed_at" "last_step";
    }
    "account_particulars" by "account_id" { Id: "account_id"; Text: "birth_date" "commune"; Integer: "changed_at"; }
    "recovery_code" by "account_id, code_hash" { Id: "account_id"; Bytes: "code_hash"; Integer: "used_at"; }
    "oidc_subject" by "issuer, subject" { Id: "account_id"; Text: "issuer" "subject"; Integer: "linked_at"; }
};

impl Table {
    fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|(name, _)| *name == column)
    }

    fn column_list(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    fn select(&self) -> String {
        format!(
            "SELECT {} FROM {} WHERE territory_id = ?1 ORDER BY {}",
            self.column_list(),
            self.name,
            self.key
        )
    }

    fn select_global(&self) -> String {
        format!("SELECT {} FROM {} ORDER BY {}", self.column_list(), self.name, self.key)
    }

    fn insert_global(&self) -> String {
        let places: Vec<String> = (1..=self.columns.len()).map(|place| format!("?{place}")).collect();
        format!("INSERT INTO {} ({}) VALUES ({})", self.name, self.column_list(), places.join(", "))
    }

    fn insert(&self) -> String {
        let places: Vec<String> = (2..self.columns.len() + 2).map(|place| format!("?{place}")).collect();
        format!(
            "INSERT INTO {} (territory_id, {}) VALUES (?1, {})",
            self.name,
            self.column_list(),
            places.join(", ")
        )
    }
}

/// Tags of the file.
const END: u8 = 0;
const TERRITORY: u8 = 1;
const TABLE: u8 = 2;
const ROW: u8 = 3;
const GLOBAL: u8 = 4;
const NULL: u8 = 16;
const TEXT: u8 = 17;
const INTEGER: u8 = 18;
const REAL: u8 = 19;
const BYTES: u8 = 20;
const ID: u8 = 21;

impl Store {
    /// Writes everything the store holds. Gives the number of rows.
    ///
    /// # Errors
    /// When the store cannot be read, or the output written.
    pub fn export(&self, output: impl Write) -> Result<u64, StoreError> {
        let mut out = Hashed { inner: output, hash: digest::Context::new(&digest::SHA256) };
        let mut rows = 0_u64;
        out.put(HEAD)?;
        for territory in self.territories()? {
            out.put(&[TERRITORY])?;
            out.put_bytes(territory.as_str().as_bytes())?;
            self.read(territory, |snapshot| {
                let (connection, _) = snapshot.parts();
                for (number, table) in TABLES.iter().enumerate() {
                    out.put(&[TABLE, number as u8])?;
                    connection.for_each(&table.select(), &[Value::Code(territory)], |row| {
                        rows += 1;
                        out.put_row(table, row)
                    })?;
                }
                Ok(())
            })?;
        }
        if let Some(any) = self.territories()?.first() {
            self.with(|connection| {
                connection.transaction(*any, Kind::Read, |connection| {
                    for (number, table) in GLOBAL_TABLES.iter().enumerate() {
                        out.put(&[GLOBAL, number as u8])?;
                        connection.for_each(&table.select_global(), &[], |row| {
                            rows += 1;
                            out.put_row(table, row)
                        })?;
                    }
                    Ok(())
                })
            })?;
        }
        out.put(&[END])?;
        out.put(&rows.to_be_bytes())?;
        let Hashed { mut inner, hash } = out;
        inner.write_all(hash.finish().as_ref()).and_then(|()| inner.flush()).map_err(output_fault)?;
        Ok(rows)
    }
}

/// One sealed value of each territory and key version that an exported store holds: whether the keys at hand open
/// them tells whether they are the keys of that store. Reads the file, and goes back to its start.
///
/// # Errors
/// When the file is cut or changed.
pub fn sealed_in(mut input: impl BufRead + Seek) -> Result<Vec<SealedSample>, StoreError> {
    check_whole(&mut input)?;
    let mut samples: Vec<SealedSample> = Vec::new();
    each_row(input, |territory, table, row| {
        let cell = |name: &str| row.get(table.place(name)?);
        match (territory, cell("identity_id"), cell("blocks")) {
            (Some(territory), Some(Cell::Id(identity)), Some(Cell::Bytes(blocks))) => {
                SealedSample::keep(&mut samples, territory, IdentityId(*identity), blocks)
            }
            _ => Ok(()),
        }
    })?;
    Ok(samples)
}

/// Hands over each row of an exported store, with its territory when its table has one; the store ends as it promised or is
/// refused. Gives the number of rows.
fn each_row(
    input: impl BufRead,
    mut each: impl FnMut(Option<Territory>, &'static Table, Vec<Cell>) -> Result<(), StoreError>,
) -> Result<u64, StoreError> {
    let mut input = Checked { inner: input, hash: digest::Context::new(&digest::SHA256) };
    if input.take(HEAD.len())? != HEAD {
        return Err(cut("this is no exported store"));
    }
    let (mut territory, mut table, mut count) = (None, None, 0_u64);
    loop {
        match input.byte()? {
            TERRITORY => {
                let code = String::from_utf8(input.bytes()?).unwrap_or_default();
                territory = Some(Territory::parse(&code).map_err(|_| cut("a territory has no code"))?);
                table = None;
            }
            TABLE => {
                let number = usize::from(input.byte()?);
                if territory.is_none() {
                    return Err(cut("a table stands outside a territory"));
                }
                table = Some(TABLES.get(number).ok_or_else(|| cut("a table is unknown"))?);
            }
            GLOBAL => {
                let number = usize::from(input.byte()?);
                territory = None;
                table = Some(GLOBAL_TABLES.get(number).ok_or_else(|| cut("a table is unknown"))?);
            }
            ROW => {
                let table = table.ok_or_else(|| cut("a row stands outside a table"))?;
                let row = table.columns.iter().map(|_| input.cell()).collect::<Result<Vec<_>, _>>()?;
                count += 1;
                each(territory, table, row)?;
            }
            END => break,
            _ => return Err(cut("a mark is unknown")),
        }
    }
    let promised = input.take(8)?;
    let computed = input.hash.clone().finish();
    let mut kept = [0; 32];
    input.inner.read_exact(&mut kept).map_err(|_| cut("its end is missing"))?;
    if promised != count.to_be_bytes() || kept != computed.as_ref() {
        return Err(cut("its checksum does not fit"));
    }
    Ok(count)
}

/// Reads the whole file once, holds it against its checksum, and goes back to its start.
fn check_whole(input: &mut (impl BufRead + Seek)) -> Result<(), StoreError> {
    let unreadable = |_: io::Error| cut("it cannot be read");
    let length = input.seek(SeekFrom::End(0)).map_err(unreadable)?;
    let content = length.checked_sub(32).ok_or_else(|| cut("its end is missing"))?;
    input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut hash = digest::Context::new(&digest::SHA256);
    let mut left = content;
    while left > 0 {
        let buffer = input.fill_buf().map_err(unreadable)?;
        let taken = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if taken == 0 {
            return Err(cut("its end is missing"));
        }
        hash.update(buffer.get(..taken).unwrap_or_default());
        input.consume(taken);
        left -= taken as u64;
    }
    let mut kept = [0; 32];
    input.read_exact(&mut kept).map_err(unreadable)?;
    if kept != hash.finish().as_ref() {
        return Err(cut("its checksum does not fit"));
    }
    input.seek(SeekFrom::Start(0)).map(drop).map_err(unreadable)
}

/// One value of a row that was read back.
enum Cell {
    Null,
    Text(String),
    Integer(i64),
    Real(f64),
    Bytes(Vec<u8>),
    Id(Uuid),
}

impl Cell {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) => Value::Text(text),
            Self::Integer(number) => Value::Integer(*number),
            Self::Real(number) => Value::Real(*number),
            Self::Bytes(bytes) => Value::Bytes(bytes),
            Self::Id(id) => Value::Id(*id),
        }
    }
}

/// An output whose bytes are hashed.
struct Hashed<W> {
    inner: W,
    hash: digest::Context,
}

impl<W: Write> Hashed<W> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.hash.update(bytes);
        self.inner.write_all(bytes).map_err(output_fault)
    }

    fn put_bytes(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        if bytes.len() > LONGEST as usize {
            return Err(StoreError::Damaged("a value is too long to be exported".to_owned()));
        }
        self.put(&(bytes.len() as u32).to_be_bytes())?;
        self.put(bytes)
    }

    fn put_row(&mut self, table: &Table, row: &Row<'_>) -> Result<(), StoreError> {
        self.put(&[ROW])?;
        table.columns.iter().enumerate().try_for_each(|(place, (_, kind))| self.put_cell(row, place, *kind))
    }

    fn put_cell(&mut self, row: &Row<'_>, place: usize, kind: Column) -> Result<(), StoreError> {
        match kind {
            Column::Text => match row.optional_text(place)? {
                Some(text) => self.put(&[TEXT]).and_then(|()| self.put_bytes(text.as_bytes())),
                None => self.put(&[NULL]),
            },
            Column::Bytes => match row.optional_bytes(place)? {
                Some(bytes) => self.put(&[BYTES]).and_then(|()| self.put_bytes(&bytes)),
                None => self.put(&[NULL]),
            },
            Column::Integer => match row.optional_integer(place)? {
                Some(number) => self.put(&[INTEGER]).and_then(|()| self.put(&number.to_be_bytes())),
                None => self.put(&[NULL]),
            },
            Column::Real => match row.real(place)? {
                Some(number) => self.put(&[REAL]).and_then(|()| self.put(&number.to_be_bytes())),
                None => self.put(&[NULL]),
            },
            Column::Id => match row.optional_id::<Uuid>(place)? {
                Some(id) => self.put(&[ID]).and_then(|()| self.put(id.as_bytes())),
                None => self.put(&[NULL]),
            },
        }
    }
}

/// An input whose bytes are hashed.
struct Checked<R> {
    inner: R,
    hash: digest::Context,
}

impl<R: BufRead> Checked<R> {
    fn take(&mut self, length: usize) -> Result<Vec<u8>, StoreError> {
        let mut bytes = Vec::new();
        let read = self.inner.by_ref().take(length as u64).read_to_end(&mut bytes);
        read.map_err(|_| cut("it cannot be read"))?;
        if bytes.len() < length {
            return Err(cut("its end is missing"));
        }
        self.hash.update(&bytes);
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        self.take(N)?.try_into().map_err(|_| cut("its end is missing"))
    }

    fn byte(&mut self) -> Result<u8, StoreError> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn bytes(&mut self) -> Result<Vec<u8>, StoreError> {
        let length = u32::from_be_bytes(self.array()?);
        if length > LONGEST { Err(cut("a value is too long")) } else { self.take(length as usize) }
    }

    fn cell(&mut self) -> Result<Cell, StoreError> {
        Ok(match self.byte()? {
            NULL => Cell::Null,
            TEXT => Cell::Text(String::from_utf8(self.bytes()?).map_err(|_| cut("a text is damaged"))?),
            BYTES => Cell::Bytes(self.bytes()?),
            INTEGER => Cell::Integer(i64::from_be_bytes(self.array()?)),
            REAL => Cell::Real(f64::from_be_bytes(self.array()?)),
            ID => Cell::Id(Uuid::from_bytes(self.array()?)),
            _ => return Err(cut("a value is damaged")),
        })
    }
}

fn cut(why: &str) -> StoreError {
    StoreError::Damaged(format!("the exported file does not read: {why}"))
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err asks for")]
fn output_fault(error: io::Error) -> StoreError {
    if error.kind() == io::ErrorKind::StorageFull {
        StoreError::Full
    } else {
        StoreError::Engine(format!("the output cannot be written: {error}"))
    }
}

//! What one act leaves in the log, and its bytes.
//!
//! A payload is one byte, the version (`0x01`), then fields in rising order of their tag, each as: tag (1 byte), length
//! (LEB128 integer), value.
//!
//! | tag | value | absent |
//! |-----|-------|--------|
//! | 1 | id of the act, 16 bytes (UUIDv7) | never |
//! | 2 | when, µs since 1970 UTC, 8 bytes, big-endian, signed | never |
//! | 3 | the actor's account name, UTF-8 | never |
//! | 4 | the party the actor acts for, UTF-8 | never |
//! | 5 | the role the actor acts in, UTF-8 | never |
//! | 6 | the account of the operating system, UTF-8 | none |
//! | 7 | the purpose (*finalité*), UTF-8 | never |
//! | 8 | the act's code, UTF-8 | never |
//! | 9 | the territory's code, UTF-8 | never |
//! | 10 | what the act was about, UTF-8 | empty |
//! | 11 | clauses cited: for each, length and UTF-8 | none |
//! | 12 | counts, by rising name: for each, length and UTF-8, then the count (LEB128) | none |
//! | 13 | the people concerned, as [`PeopleBlock`] writes them | nobody |
//!
//! One entry has one encoding: anything else (another order, an empty optional field, a longer integer, an unknown
//! tag) is refused. A change of this table is a new version byte.

use std::collections::BTreeMap;

use liant_model::{ActId, Actor, Instant, Party, Purpose, Role, Territory};
use uuid::Uuid;

use crate::{
    act::Act,
    people::PeopleBlock,
    wire::{put_bytes, put_integer, take_bytes, take_text, take_u64},
};

const VERSION: u8 = 1;

/// One audited act: who did what, for which purpose, about whom, under which clauses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The act.
    pub id: ActId,
    /// When.
    pub at: Instant,
    /// Who, and under which account of the operating system when from the command line.
    pub actor: Actor,
    /// For which purpose (*finalité*).
    pub purpose: Purpose,
    /// What.
    pub act: Act,
    /// Where: whose log it goes to.
    pub territory: Territory,
    /// What it was about, in a few words: a file's name, a screen. Never a personal value: people are in `people`.
    pub subject: String,
    /// The clauses that allowed it, by convention and clause id.
    pub clauses: Vec<String>,
    /// Figures by name: records read, rejected, linked…
    pub counts: BTreeMap<String, u64>,
    /// Whom it concerned.
    pub people: PeopleBlock,
}

/// Why bytes are no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// The version is not known.
    #[error("audit entry of version {0}; this Liant reads version {VERSION}: use a later one")]
    Version(u8),
    /// A field is absent, twice, out of order, or not in its one form.
    #[error(
        "audit entry: field {tag} is absent, out of place or wrongly written; the payload is damaged, or not one of Liant's"
    )]
    Field {
        /// The tag of the field.
        tag: u8,
    },
    /// There are bytes after the last known field.
    #[error(
        "audit entry: there is something after its last field; the payload is damaged, or of a later version"
    )]
    Trailing,
}

impl Entry {
    /// Its payload.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(256 + self.people.as_bytes().len());
        out.push(VERSION);
        let mut field = |tag: u8, value: &[u8]| {
            out.push(tag);
            put_bytes(&mut out, value);
        };
        field(1, self.id.0.as_bytes());
        field(2, &self.at.micros().to_be_bytes());
        field(3, self.actor.name.as_bytes());
        field(4, self.actor.party.as_str().as_bytes());
        field(5, self.actor.role.as_str().as_bytes());
        if let Some(os_user) = &self.actor.os_user {
            field(6, os_user.as_bytes());
        }
        field(7, self.purpose.as_str().as_bytes());
        field(8, self.act.code().as_bytes());
        field(9, self.territory.as_str().as_bytes());
        let optional = [
            (10, self.subject.as_bytes()),
            (11, &self.clause_bytes()),
            (12, &self.count_bytes()),
            (13, self.people.as_bytes()),
        ];
        for (tag, value) in optional {
            if !value.is_empty() {
                field(tag, value);
            }
        }
        out
    }

    fn clause_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.clauses.iter().for_each(|clause| put_bytes(&mut out, clause.as_bytes()));
        out
    }

    fn count_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, count) in &self.counts {
            put_bytes(&mut out, name.as_bytes());
            put_integer(&mut out, u128::from(*count));
        }
        out
    }

    /// The entry of a payload.
    ///
    /// # Errors
    /// [`EntryError`].
    pub fn decode(payload: &[u8]) -> Result<Self, EntryError> {
        let rest = match payload.split_first() {
            Some((&VERSION, rest)) => rest,
            other => return Err(EntryError::Version(other.map_or(0, |(version, _)| *version))),
        };
        let mut fields = Fields { rest };
        let entry = Self {
            id: fields.need(1, |value| value.try_into().ok().map(|id| ActId(Uuid::from_bytes(id))))?,
            at: fields.need(2, |value| {
                value.try_into().ok().map(|micros| Instant::from_micros(i64::from_be_bytes(micros)))
            })?,
            actor: Actor {
                name: fields.need(3, |value| text(value).map(str::to_owned))?,
                party: fields.need(4, |value| Party::parse(text(value)?).ok())?,
                role: fields.need(5, |value| Role::parse(text(value)?).ok())?,
                os_user: fields.optional(6, |value| text(value).map(str::to_owned))?,
            },
            purpose: fields.need(7, |value| Purpose::parse(text(value)?).ok())?,
            act: fields.need(8, |value| Act::from_code(text(value)?))?,
            territory: fields.need(9, |value| Territory::parse(text(value)?).ok())?,
            subject: fields.filled(10, |value| text(value).map(str::to_owned))?,
            clauses: fields.filled(11, decode_clauses)?,
            counts: fields.filled(12, decode_counts)?,
            people: fields.filled(13, |value| PeopleBlock::from_bytes(value).ok())?,
        };
        if fields.rest.is_empty() { Ok(entry) } else { Err(EntryError::Trailing) }
    }
}

/// The fields that remain to be read.
struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    /// The field `tag` if it comes next.
    fn optional<T>(
        &mut self,
        tag: u8,
        read: impl FnOnce(&'a [u8]) -> Option<T>,
    ) -> Result<Option<T>, EntryError> {
        match self.rest.split_first() {
            Some((&found, rest)) if found == tag => {
                self.rest = rest;
                let value = take_bytes(&mut self.rest).and_then(read);
                value.map(Some).ok_or(EntryError::Field { tag })
            }
            _ => Ok(None),
        }
    }

    fn need<T>(&mut self, tag: u8, read: impl FnOnce(&'a [u8]) -> Option<T>) -> Result<T, EntryError> {
        self.optional(tag, read)?.ok_or(EntryError::Field { tag })
    }

    /// A field that is left out when empty.
    fn filled<T: Default>(
        &mut self,
        tag: u8,
        read: impl FnOnce(&'a [u8]) -> Option<T>,
    ) -> Result<T, EntryError> {
        let value = self.optional(tag, |value| if value.is_empty() { None } else { read(value) })?;
        Ok(value.unwrap_or_default())
    }
}

fn text(value: &[u8]) -> Option<&str> {
    std::str::from_utf8(value).ok()
}

fn decode_clauses(mut value: &[u8]) -> Option<Vec<String>> {
    let mut clauses = Vec::new();
    while !value.is_empty() {
        clauses.push(take_text(&mut value)?.to_owned());
    }
    Some(clauses)
}

fn decode_counts(mut value: &[u8]) -> Option<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    while !value.is_empty() {
        let (name, count) = (take_text(&mut value)?.to_owned(), take_u64(&mut value)?);
        if counts.last_key_value().is_some_and(|(last, _)| *last >= name) {
            return None;
        }
        counts.insert(name, count);
    }
    Some(counts)
}

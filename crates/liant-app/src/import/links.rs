//! Gives each new identity its person: someone known, or someone new.

use std::sync::mpsc::{Receiver, SyncSender};

use liant_identity::{Band, Decision, Link};
use liant_model::PersonId;
use liant_store::{Chunk, LinkRow, MemberRow, PersonRow, ReviewRow};

use super::reading::Reading;
use super::recogniser::Recognised;
use crate::AppError;

/// Writes the blind indexes of the file's NIRs, in their order. The recogniser is still at work meanwhile.
pub(super) fn write_nirs(
    reading: &mut Reading<'_>,
    to: &SyncSender<Chunk>,
    emptied: &Receiver<Chunk>,
) -> Result<(), AppError> {
    let mut nirs = std::mem::take(&mut reading.nirs);
    nirs.sort_unstable();
    for part in nirs.chunks(Chunk::MOST_ROWS) {
        reading.send_chunk(to, emptied)?;
        reading.chunk.nirs.extend_from_slice(part);
    }
    reading.send_chunk(to, emptied)
}

/// Writes the links of the new identities.
pub(super) fn write(
    reading: &mut Reading<'_>,
    recognised: &Recognised,
    to: &SyncSender<Chunk>,
    emptied: &Receiver<Chunk>,
) -> Result<(), AppError> {
    reading.report.compared = recognised.matches.compared;
    reading.links_seen = recognised.links_seen;
    let mut members = Vec::with_capacity(reading.new.len());
    let mut links = recognised.matches.links.iter().peekable();
    let mut shown: Vec<Link> = Vec::new();
    for ordinal in 0..reading.new.len() {
        shown.clear();
        while let Some(link) = links.next_if(|link| link.left as usize <= ordinal) {
            if link.left as usize == ordinal {
                shown.push(*link);
            }
        }
        if reading.chunk.is_full() {
            reading.send_chunk(to, emptied)?;
        }
        members.extend(settle(reading, recognised, ordinal, &shown));
    }
    members.sort_unstable();
    for part in members.chunks(Chunk::MOST_ROWS) {
        reading.send_chunk(to, emptied)?;
        reading.chunk.members.extend_from_slice(part);
    }
    reading.send_chunk(to, emptied)
}

fn settle(
    reading: &mut Reading<'_>,
    recognised: &Recognised,
    ordinal: usize,
    shown: &[Link],
) -> Option<MemberRow> {
    let identity = reading.new.get(ordinal).copied()?;
    let found = shown.iter().find(|link| link.decision == Decision::Match);
    let person_of = |link: &Link| recognised.persons.get(link.right as usize).copied();
    if let Some((link, person)) = found.and_then(|link| Some((link, person_of(link)?))) {
        let certain = link.evidence.band == Band::Certain;
        if certain {
            reading.report.recognised_certain += 1;
        } else {
            reading.report.recognised_scored += 1;
        }
        reading.chunk.links.push(LinkRow {
            identity,
            person,
            decision: if certain { "certain" } else { "scored" },
            score: Some(f64::from(link.score)),
            evidence: Some(link.evidence.to_bytes().to_vec()),
        });
        return Some(MemberRow { person, identity });
    }
    let person: PersonId = reading.ids.next_id();
    reading.report.new_persons += 1;
    reading.chunk.persons.push(PersonRow { person });
    reading.chunk.links.push(LinkRow { identity, person, decision: "new", score: None, evidence: None });
    let mut asked = false;
    for link in shown.iter().filter(|link| link.decision == Decision::Review) {
        let Some(candidate) = recognised.identities.get(link.right as usize).copied() else { continue };
        asked = true;
        let review = reading.ids.next_id();
        reading.chunk.reviews.push(ReviewRow {
            review,
            identity,
            candidate,
            score: f64::from(link.score),
            evidence: link.evidence.to_bytes().to_vec(),
        });
    }
    reading.report.to_review += u64::from(asked);
    Some(MemberRow { person, identity })
}

//! A file of any length, sealed as it is written and opened at any place of it.
//!
//! It is cut into pieces of [`PIECE`] bytes, each sealed by itself, under [`Domain::File`] and bound to its number, to whether
//! it is the last, and to the head of the file: a piece that was changed, moved, left out or taken from another file does not
//! open, nor does the last piece of a file that was cut.

use std::io::{self, Read, Seek, SeekFrom, Write};

use zeroize::Zeroizing;

use crate::domain::Domain;
use crate::error::VaultError;
use crate::keyring::Keyring;
use crate::seal::OVERHEAD;

/// Bytes of a piece before it is sealed; the last has fewer, or as many.
const PIECE: usize = 1 << 16;
const SEALED: u64 = (PIECE + OVERHEAD) as u64;

fn bound(head: &[u8], number: u64, is_last: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(9 + head.len());
    out.extend_from_slice(&number.to_be_bytes());
    out.push(u8::from(is_last));
    out.extend_from_slice(head);
    out
}

/// Seals what is written to it. Nothing counts before [`finish`](Self::finish).
pub struct SealingWriter<'k, W> {
    ring: &'k Keyring,
    head: Vec<u8>,
    inner: W,
    piece: Zeroizing<Vec<u8>>,
    number: u64,
}

impl<'k, W: Write> SealingWriter<'k, W> {
    /// Writes `head` in clear, and from then on whatever comes, sealed and bound to it.
    ///
    /// # Errors
    /// When the output refuses.
    pub fn begin(ring: &'k Keyring, head: &[u8], mut inner: W) -> io::Result<Self> {
        inner.write_all(head)?;
        let piece = Zeroizing::new(Vec::with_capacity(PIECE));
        Ok(Self { ring, head: head.to_vec(), inner, piece, number: 0 })
    }

    fn put(&mut self, is_last: bool) -> io::Result<()> {
        let aad = bound(&self.head, self.number, is_last);
        let sealed = self.ring.seal(Domain::File, &aad, &self.piece).map_err(io::Error::other)?;
        self.inner.write_all(&sealed)?;
        self.piece.clear();
        self.number += 1;
        Ok(())
    }

    /// Seals what is left, and gives the output back.
    ///
    /// # Errors
    /// When the output refuses.
    pub fn finish(mut self) -> io::Result<W> {
        self.put(true)?;
        self.inner.flush()?;
        Ok(self.inner)
    }
}

impl<W: Write> Write for SealingWriter<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece waits for what follows: it may be the last.
        if self.piece.len() == PIECE && !bytes.is_empty() {
            self.put(false)?;
        }
        let (taken, _) = bytes.split_at(bytes.len().min(PIECE - self.piece.len()));
        self.piece.extend_from_slice(taken);
        Ok(taken.len())
    }

    /// Does nothing: a piece is written when it is full, and the last by [`finish`](Self::finish).
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens what [`SealingWriter`] sealed, at any place.
pub struct OpeningReader<'k, R> {
    ring: &'k Keyring,
    head: Vec<u8>,
    inner: R,
    /// Length of what was sealed, and how many pieces it is cut into.
    length: u64,
    pieces: u64,
    place: u64,
    piece: Option<(u64, Zeroizing<Vec<u8>>)>,
}

impl<'k, R: Read + Seek> OpeningReader<'k, R> {
    /// Begins to read after `head`, which stands at the start of `inner`.
    ///
    /// # Errors
    /// When `inner` cannot be read, or is cut.
    pub fn begin(ring: &'k Keyring, head: &[u8], mut inner: R) -> io::Result<Self> {
        let end = inner.seek(SeekFrom::End(0))?;
        let sealed = end.saturating_sub(head.len() as u64);
        let pieces = sealed.div_ceil(SEALED);
        let last = sealed - pieces.saturating_sub(1) * SEALED;
        if pieces == 0 || last < OVERHEAD as u64 {
            return Err(io::Error::other(VaultError::NotSealed("too short")));
        }
        let length = sealed - pieces * OVERHEAD as u64;
        Ok(Self { ring, head: head.to_vec(), inner, length, pieces, place: 0, piece: None })
    }

    /// The piece of this number, opened.
    fn piece(&mut self, number: u64) -> io::Result<&[u8]> {
        if self.piece.as_ref().is_none_or(|(at_hand, _)| *at_hand != number) {
            self.inner.seek(SeekFrom::Start(self.head.len() as u64 + number * SEALED))?;
            let mut sealed = Vec::new();
            self.inner.by_ref().take(SEALED).read_to_end(&mut sealed)?;
            let aad = bound(&self.head, number, number + 1 == self.pieces);
            let opened = self.ring.open(Domain::File, &aad, &sealed).map_err(io::Error::other)?;
            self.piece = Some((number, opened));
        }
        Ok(self.piece.as_ref().map_or(&[], |(_, opened)| opened.as_slice()))
    }
}

impl<R: Read + Seek> Read for OpeningReader<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // The last piece is opened even of an empty file: it tells that nothing is missing.
        let number = (self.place / PIECE as u64).min(self.pieces - 1);
        let within = (self.place - number * PIECE as u64) as usize;
        let rest = self.piece(number)?.get(within..).unwrap_or_default();
        let taken = rest.len().min(buffer.len());
        let (from, to) = (rest.get(..taken), buffer.get_mut(..taken));
        if let (Some(from), Some(to)) = (from, to) {
            to.copy_from_slice(from);
        }
        self.place += taken as u64;
        Ok(taken)
    }
}

impl<R: Read + Seek> Seek for OpeningReader<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.place.checked_add_signed(by),
        };
        self.place = place.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.place)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use liant_model::Instant;

    use super::*;

    const HEAD: &[u8] = b"a head\n";

    fn ring() -> Keyring {
        Keyring::generate(Instant::from_micros(0)).unwrap()
    }

    fn bytes(length: usize) -> Vec<u8> {
        (0..length).map(|place| (place * 7 % 251) as u8).collect()
    }

    fn sealed(ring: &Keyring, content: &[u8], step: usize) -> Vec<u8> {
        let mut writer = SealingWriter::begin(ring, HEAD, Vec::new()).unwrap();
        content.chunks(step).for_each(|part| writer.write_all(part).unwrap());
        writer.finish().unwrap()
    }

    fn opened(ring: &Keyring, file: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut reader = OpeningReader::begin(ring, HEAD, Cursor::new(file))?;
        let mut out = Vec::new();
        reader.read_to_end(&mut out).map(|_| out)
    }

    #[test]
    fn what_was_written_is_read_again_from_any_place() {
        let ring = ring();
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5] {
            let content = bytes(length);
            let file = sealed(&ring, &content, 1000);
            assert_eq!(opened(&ring, file.clone()).unwrap(), content, "{length}");
            let mut reader = OpeningReader::begin(&ring, HEAD, Cursor::new(file)).unwrap();
            assert_eq!(reader.seek(SeekFrom::End(0)).unwrap(), length as u64);
            for place in [length, length / 2, 0, length.saturating_sub(1)] {
                reader.seek(SeekFrom::Start(place as u64)).unwrap();
                let mut rest = Vec::new();
                reader.read_to_end(&mut rest).unwrap();
                assert_eq!(rest, &content[place..], "{length} from {place}");
            }
        }
    }

    #[test]
    fn whatever_is_changed_cut_moved_or_added_is_refused() {
        let (ring, content) = (ring(), bytes(3 * PIECE + 5));
        let file = sealed(&ring, &content, 4096);
        let piece = PIECE + OVERHEAD;
        let whole = HEAD.len() + piece;
        let mut cases: Vec<(&str, Vec<u8>)> = Vec::new();
        for place in [HEAD.len(), HEAD.len() + 30, whole + 3, file.len() - 1] {
            let mut changed = file.clone();
            changed[place] ^= 1;
            cases.push(("a bit", changed));
        }
        for left in [HEAD.len(), HEAD.len() + 1, whole, HEAD.len() + 3 * piece, file.len() - 1] {
            cases.push(("its end", file[..left].to_vec()));
        }
        let mut swapped = file.clone();
        swapped.splice(
            HEAD.len()..HEAD.len() + 2 * piece,
            [&file[whole..whole + piece], &file[HEAD.len()..whole]].concat(),
        );
        cases.push(("two pieces", swapped));
        cases.push(("more", [file.as_slice(), b"x"].concat()));
        for (what, changed) in cases {
            assert!(opened(&ring, changed).is_err(), "{what}");
        }
        let mut reader = OpeningReader::begin(&ring, b"A head\n", Cursor::new(file.clone())).unwrap();
        assert!(reader.read_to_end(&mut Vec::new()).is_err(), "another head");
        let other = Keyring::generate(Instant::from_micros(0)).unwrap();
        assert!(opened(&other, file.clone()).is_err(), "another key");
        assert!(!file.windows(64).any(|part| part == &content[100..164]), "nothing of it is in clear");
    }
}

//! The fast reading of one record: tags are compared with the one that usually follows, values are slices.
//!
//! It understands the plain subset only: opening, closing and empty tags without attributes, text, and the five
//! entities. Anything else is a [`Surprise`], and the record is read again by [`crate::careful`].

use crate::book::{Book, Target, closed, opened};
use crate::capture::{Captures, Slot};
use crate::tree::Tree;

/// Something this reading does not understand.
pub(crate) struct Surprise;

const DEEPEST: usize = 16;

/// What both readings of a record fill.
pub(crate) struct Reading<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) book: &'a mut Book,
    pub(crate) captures: &'a mut Captures,
    pub(crate) side: &'a mut String,
}

/// Reads the record `text`, whose opening tag's name has `name` characters (bytes of the decoded text).
pub(crate) fn scan(
    text: &str,
    name: usize,
    longest: usize,
    reading: &mut Reading<'_>,
) -> Result<(), Surprise> {
    let bytes = text.as_bytes();
    // Nodes and spellings of the groups that are open; the record itself first.
    let mut stack = [(0_usize, 0_usize); DEEPEST];
    let mut depth = 0_usize;
    let mut mark = opened(0);
    let mut at = name + 2;
    loop {
        at = skip_space(bytes, at);
        if bytes.get(at) != Some(&b'<') {
            return Err(Surprise);
        }
        at += 1;
        let (node, open) = *stack.get(depth).ok_or(Surprise)?;
        if bytes.get(at) == Some(&b'/') {
            let rest = text.get(at + 1..).ok_or(Surprise)?;
            if depth == 0 {
                let tag = text.get(1..name + 2).ok_or(Surprise)?;
                return if rest == tag { Ok(()) } else { Err(Surprise) };
            }
            let spelling = reading.book.get(open).ok_or(Surprise)?;
            if !rest.starts_with(&*spelling.text) {
                return Err(Surprise);
            }
            at += 1 + spelling.text.len();
            reading.captures.close(reading.tree, node, text, reading.side);
            mark = closed(open);
            depth -= 1;
            continue;
        }
        let rest = text.get(at..).ok_or(Surprise)?;
        let (spelling, after, empty) = tag(rest, node, mark, reading)?;
        let found = reading.book.get(spelling).ok_or(Surprise)?;
        if found.canonical.is_some() {
            reading.captures.odd.push((spelling, at as u32 - 1));
        }
        at += after;
        match found.target {
            Target::Unknown => return Err(Surprise),
            Target::Leaf(element) => {
                if !empty {
                    let closing = found.text.len();
                    let end = value_end(text, at, longest, &found.text)?;
                    capture(text, at, end, element, reading)?;
                    at = end + 2 + closing;
                }
                mark = closed(spelling);
            }
            Target::Group(child) => {
                reading.captures.open(reading.tree, child);
                if empty {
                    reading.captures.close(reading.tree, child, text, reading.side);
                    mark = closed(spelling);
                } else {
                    depth += 1;
                    *stack.get_mut(depth).ok_or(Surprise)? = (child, spelling);
                    mark = opened(spelling);
                }
            }
        }
    }
}

/// The tag that starts `rest`: its spelling, its length up to and with `>`, and whether it is an empty element.
fn tag(
    rest: &str,
    parent: usize,
    mark: usize,
    reading: &mut Reading<'_>,
) -> Result<(usize, usize, bool), Surprise> {
    if let Some((guess, spelling)) = reading.book.guess(mark)
        && guess != 0
        && rest.starts_with(&*spelling.text)
    {
        return Ok((guess, spelling.text.len(), false));
    }
    let end = memchr::memchr(b'>', rest.as_bytes()).ok_or(Surprise)?;
    let inside = rest.get(..end).ok_or(Surprise)?;
    let (raw, empty) = match inside.strip_suffix('/') {
        Some(raw) => (raw.trim_ascii_end(), true),
        None => (inside, false),
    };
    let plain =
        |byte: u8| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'=' | b'/' | b'<' | b'&');
    if raw.is_empty() || matches!(raw.as_bytes(), [b'!' | b'?', ..]) || !raw.bytes().all(plain) {
        return Err(Surprise);
    }
    let spelling = reading.book.resolve(reading.tree, parent, raw);
    if !empty {
        reading.book.follow(mark, spelling);
    }
    Ok((spelling, end + 1, empty))
}

/// Where the value that starts at `at` ends, its closing tag checked.
fn value_end(text: &str, at: usize, longest: usize, closing: &str) -> Result<usize, Surprise> {
    let rest = text.as_bytes().get(at..).ok_or(Surprise)?;
    let length = memchr::memchr(b'<', rest).ok_or(Surprise)?;
    let tail = text.get(at + length + 2..).ok_or(Surprise)?;
    let closes = rest.get(length + 1) == Some(&b'/') && tail.starts_with(closing);
    if closes && length <= longest { Ok(at + length) } else { Err(Surprise) }
}

fn capture(
    text: &str,
    start: usize,
    end: usize,
    element: usize,
    reading: &mut Reading<'_>,
) -> Result<(), Surprise> {
    let raw = text.get(start..end).ok_or(Surprise)?;
    if memchr::memchr(b'&', raw.as_bytes()).is_some() {
        let from = reading.side.len();
        unescape(raw, reading.side)?;
        let value = reading.side.get(from..).unwrap_or_default();
        let lead = value.len() - value.trim_ascii_start().len();
        let length = value.trim_ascii().len();
        if length > 0 {
            reading.captures.leaf(element, Slot::aside(from + lead, from + lead + length, start));
        }
        return Ok(());
    }
    let (start, end) = trim(text.as_bytes(), start, end);
    if start < end {
        reading.captures.leaf(element, Slot::here(start, end));
    }
    Ok(())
}

/// `start..end` without the ASCII spaces at either end.
pub(crate) fn trim(bytes: &[u8], mut start: usize, mut end: usize) -> (usize, usize) {
    while start < end && bytes.get(start).is_some_and(u8::is_ascii_whitespace) {
        start += 1;
    }
    while start < end && bytes.get(end - 1).is_some_and(u8::is_ascii_whitespace) {
        end -= 1;
    }
    (start, end)
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

fn unescape(raw: &str, out: &mut String) -> Result<(), Surprise> {
    let mut pieces = raw.split('&');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once(';').ok_or(Surprise)?;
        out.push(predefined(name).ok_or(Surprise)?);
        out.push_str(rest);
    }
    Ok(())
}

/// The character of one of the five entities of XML.
pub(crate) fn predefined(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

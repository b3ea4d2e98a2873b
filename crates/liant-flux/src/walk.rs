//! Finds where an element ends by walking every construct of the markup: the careful way, for elements that hold
//! comments, CDATA, processing instructions, attributes, or odd spacing.

use crate::diagnostic::Fault;

/// What a walk over the bytes of an element found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Walk {
    /// The element takes this many bytes.
    Complete(usize),
    /// The bytes end before the element does.
    More,
    /// The markup is refused, at this byte.
    Refused(Fault, usize),
}

/// The length of the construct (tag, comment, CDATA, instruction) that starts at `bytes[0] == b'<'`.
pub(crate) fn construct(bytes: &[u8]) -> Walk {
    let until = |from: usize, end: &[u8]| {
        let rest = bytes.get(from..).unwrap_or_default();
        memchr::memmem::find(rest, end).map_or(Walk::More, |at| Walk::Complete(from + at + end.len()))
    };
    match bytes {
        [b'<', b'!', b'-', b'-', ..] => until(4, b"-->"),
        [b'<', b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] => until(9, b"]]>"),
        [b'<', b'?', ..] => until(2, b"?>"),
        [b'<', b'!', rest @ ..] => {
            let prefix = |full: &[u8]| rest.len() < full.len() && full.starts_with(rest);
            if prefix(b"--") || prefix(b"[CDATA[") { Walk::More } else { Walk::Refused(Fault::Doctype, 0) }
        }
        [b'<', rest @ ..] => {
            let mut quote = None;
            for (at, byte) in rest.iter().enumerate() {
                match (quote, byte) {
                    (None, b'>') => return Walk::Complete(at + 2),
                    (None, b'"' | b'\'') => quote = Some(*byte),
                    (None, b'<') => {
                        return Walk::Refused(
                            Fault::Malformed { cause: "`<` inside a tag".to_owned() },
                            at + 1,
                        );
                    }
                    (Some(open), close) if open == *close => quote = None,
                    _ => {}
                }
            }
            Walk::More
        }
        _ => Walk::More,
    }
}

/// The length of the element that starts at `bytes[0] == b'<'`.
pub(crate) fn element(bytes: &[u8]) -> Walk {
    let mut at = 0;
    let mut depth = 0_usize;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(next) = memchr::memchr(b'<', rest) else { return Walk::More };
        at += next;
        let rest = rest.get(next..).unwrap_or_default();
        let length = match construct(rest) {
            Walk::Complete(length) => length,
            Walk::More => return Walk::More,
            Walk::Refused(fault, inside) => return Walk::Refused(fault, at + inside),
        };
        match (rest.get(1), rest.get(length.saturating_sub(2))) {
            (Some(b'/'), _) => depth = depth.saturating_sub(1),
            (Some(b'!' | b'?'), _) | (_, Some(b'/')) => {}
            _ => depth += 1,
        }
        at += length;
        if depth == 0 {
            return Walk::Complete(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_end_where_they_end() {
        for (text, expected) in [
            ("<a></a>x", Walk::Complete(7)),
            ("<a/>x", Walk::Complete(4)),
            ("<a><!-- </a> --></a>x", Walk::Complete(20)),
            ("<a><![CDATA[</a>]]></a>x", Walk::Complete(23)),
            ("<a b='</a>'><c/></a >x", Walk::Complete(21)),
            ("<a b=\"x>y\"/>x", Walk::Complete(12)),
            ("<a><a></a>", Walk::More),
            ("<a><!-", Walk::More),
            ("<a><![CDA", Walk::More),
            ("<a", Walk::More),
        ] {
            assert_eq!(element(text.as_bytes()), expected, "{text}");
        }
        assert!(matches!(element(b"<a><!ENTITY x></a>"), Walk::Refused(Fault::Doctype, 3)));
        assert!(matches!(element(b"<a <b></a>"), Walk::Refused(Fault::Malformed { .. }, 3)));
    }
}

//! Variable-length integers and length-prefixed bytes, in one canonical form.
//!
//! An integer is written seven bits a byte, low bits first, high bit set on all bytes but the last (LEB128), in as few
//! bytes as it fits. A longer spelling is refused: one value has one encoding.

/// Appends an integer.
pub(crate) fn put_integer(out: &mut Vec<u8>, mut value: u128) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Takes an integer of at most 128 bits from the front of `input`.
pub(crate) fn take_integer(input: &mut &[u8]) -> Option<u128> {
    let mut value = 0_u128;
    let mut shift = 0;
    loop {
        let (&byte, rest) = input.split_first()?;
        *input = rest;
        let bits = u128::from(byte & 0x7f);
        // The 19th byte holds the last two of 128 bits.
        if shift > 126 || (shift == 126 && bits > 3) {
            return None;
        }
        value |= bits << shift;
        if byte < 0x80 {
            return (byte != 0 || shift == 0).then_some(value);
        }
        shift += 7;
    }
}

/// Takes an integer of at most 64 bits.
pub(crate) fn take_u64(input: &mut &[u8]) -> Option<u64> {
    take_integer(input)?.try_into().ok()
}

/// Appends bytes after their length.
pub(crate) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_integer(out, bytes.len() as u128);
    out.extend_from_slice(bytes);
}

/// Takes bytes after their length.
pub(crate) fn take_bytes<'a>(input: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(take_integer(input)?).ok()?;
    let (bytes, rest) = input.split_at_checked(length)?;
    *input = rest;
    Some(bytes)
}

/// Takes UTF-8 after its length.
pub(crate) fn take_text<'a>(input: &mut &'a [u8]) -> Option<&'a str> {
    std::str::from_utf8(take_bytes(input)?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn longer_spellings_and_overflows_are_refused() {
        let too_large = [&[0xff; 18][..], &[4]].concat();
        let too_long = [&[0x80; 19][..], &[1]].concat();
        for bad in [&[][..], &[0x80], &[0x80, 0], &[0xff, 0x80, 0], &too_large, &too_long] {
            assert_eq!(take_integer(&mut &*bad), None, "{bad:?}");
        }
        let largest = [&[0xff; 18][..], &[3]].concat();
        assert_eq!(take_integer(&mut largest.as_slice()), Some(u128::MAX));
        assert_eq!(take_u64(&mut largest.as_slice()), None);
    }

    proptest! {
        #[test]
        fn integers_round_trip(value: u128, shift in 0_u32..128) {
            let (value, mut out) = (value >> shift, Vec::new());
            put_integer(&mut out, value);
            let mut input = out.as_slice();
            prop_assert_eq!(take_integer(&mut input), Some(value));
            prop_assert!(input.is_empty());
        }

        #[test]
        fn what_is_read_is_canonical(bytes in prop::collection::vec(any::<u8>(), 0..24)) {
            let mut input = bytes.as_slice();
            if let Some(value) = take_integer(&mut input) {
                let mut again = Vec::new();
                put_integer(&mut again, value);
                prop_assert_eq!(&bytes[..bytes.len() - input.len()], again.as_slice());
            }
        }
    }
}

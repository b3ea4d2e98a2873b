use crate::{Date, Field, FieldSet, FieldType, parse_flow_date};

/// The fields of one block, coded: what the store keeps as a payload and hashes to know whether anything changed.
///
/// Layout, version 1: fields in ascending number, each as its number (one byte), a length code (LEB128), and the
/// value. An even code `2n` is followed by `n` bytes of UTF-8; the code `1` by a date as three bytes, days since
/// 0001-01-01, little-endian. Equal facts have equal bytes.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Facts(Vec<u8>);

/// Why bytes are no coded facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored facts are damaged at byte {at}")]
pub struct FactsError {
    /// Offset of the first byte that does not read.
    pub at: usize,
}

impl Facts {
    /// Facts in which no field has a value.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Takes back what [`Facts::as_bytes`] gave.
    ///
    /// # Errors
    /// [`FactsError`] when the bytes do not read to their end.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, FactsError> {
        let mut reader = Reader { bytes: &bytes, at: 0 };
        loop {
            let fault = FactsError { at: reader.at };
            match reader.next_span()? {
                None => break,
                Some((_, Span::Text(start, end))) => {
                    let text = bytes.get(start..end).ok_or(fault)?;
                    std::str::from_utf8(text).map_err(|_| fault)?;
                }
                Some((_, Span::Date(days))) if days > LAST_DAY => return Err(fault),
                Some((_, Span::Date(_))) => {}
            }
        }
        Ok(Self(bytes))
    }

    /// The coded bytes, handed over.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The coded bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether no field has a value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets every value and keeps the memory.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds a value. Fields must come in ascending number, once each: the caller's table of fields is sorted once.
    /// An empty value is an absent one and adds nothing.
    pub fn push(&mut self, field: Field, value: &str) {
        if value.is_empty() {
            return;
        }
        self.0.push(field.number());
        if field.field_type() == FieldType::Date
            && value.len() == 10
            && let Ok((date, _)) = parse_flow_date(value.as_bytes())
        {
            self.0.push(1);
            let [a, b, c, _] = day_number(date).to_le_bytes();
            self.0.extend([a, b, c]);
            return;
        }
        let mut code = value.len() * 2;
        while code >= 0x80 {
            self.0.push(code as u8 | 0x80);
            code >>= 7;
        }
        self.0.push(code as u8);
        self.0.extend_from_slice(value.as_bytes());
    }

    /// The fields and their values, by number. Stops at the first damaged byte, which [`Facts::from_bytes`] refuses.
    pub fn iter(&self) -> impl Iterator<Item = (Field, String)> {
        let mut reader = Reader { bytes: &self.0, at: 0 };
        std::iter::from_fn(move || {
            loop {
                let (number, value) = reader.next_raw().ok()??;
                if let Some(field) = Field::from_number(number) {
                    return Some((field, value));
                }
            }
        })
    }

    /// The number of each field and its coded bytes, number included.
    pub fn coded(&self) -> impl Iterator<Item = (u8, &[u8])> {
        let mut reader = Reader { bytes: &self.0, at: 0 };
        std::iter::from_fn(move || {
            let start = reader.at;
            let (number, _) = reader.next_span().ok()??;
            Some((number, reader.bytes.get(start..reader.at)?))
        })
    }

    /// The text fields and their values, by number, without a copy; dates are left out.
    pub fn texts(&self) -> impl Iterator<Item = (Field, &str)> {
        let mut reader = Reader { bytes: &self.0, at: 0 };
        std::iter::from_fn(move || {
            loop {
                let (number, span) = reader.next_span().ok()??;
                if let (Some(field), Span::Text(start, end)) = (Field::from_number(number), span) {
                    return Some((field, std::str::from_utf8(self.0.get(start..end)?).ok()?));
                }
            }
        })
    }

    /// Whether a field has a value that it does not have, or has otherwise, in `old`.
    pub fn is_new_in(&self, old: &Self, field: Field) -> bool {
        let coded = |facts: &Self| {
            facts.coded().find(|(number, _)| *number == field.number()).map(|(_, bytes)| bytes.to_vec())
        };
        let now = coded(self);
        now.is_some() && now != coded(old)
    }

    /// The value of a text field of facts that lie elsewhere, as in memory that is wiped after use.
    pub fn text_in(coded: &[u8], field: Field) -> Option<&str> {
        let mut reader = Reader { bytes: coded, at: 0 };
        while let Ok(Some((number, span))) = reader.next_span() {
            if let (true, Span::Text(start, end)) = (number == field.number(), span) {
                return std::str::from_utf8(coded.get(start..end)?).ok();
            }
        }
        None
    }

    /// The value of a text field, without a copy. Nothing for a field that is absent or coded as a date.
    pub fn text(&self, field: Field) -> Option<&str> {
        let mut reader = Reader { bytes: &self.0, at: 0 };
        while let Ok(Some((number, span))) = reader.next_span() {
            if number == field.number() {
                return match span {
                    Span::Text(start, end) => std::str::from_utf8(self.0.get(start..end)?).ok(),
                    Span::Date(_) => None,
                };
            }
        }
        None
    }

    /// These facts as a newer state that carries only some fields leaves them: the fields in `carried` as `newer` has
    /// them, the others as they were.
    #[must_use]
    pub fn overlaid(&self, newer: &Self, carried: FieldSet) -> Self {
        let kept = |number: u8, wanted: bool| {
            Field::from_number(number).is_some_and(|field| carried.contains(field)) == wanted
        };
        let old = self.coded().filter(|(number, _)| kept(*number, false));
        let new = newer.coded().filter(|(number, _)| kept(*number, true));
        let mut items: Vec<(u8, &[u8])> = old.chain(new).collect();
        items.sort_by_key(|(number, _)| *number);
        Self(items.into_iter().flat_map(|(_, bytes)| bytes).copied().collect())
    }

    /// The value of `field`, if it has one.
    pub fn get(&self, field: Field) -> Option<String> {
        let mut reader = Reader { bytes: &self.0, at: 0 };
        while let Ok(Some((number, span))) = reader.next_span() {
            if number == field.number() {
                return match span {
                    Span::Text(start, end) => {
                        std::str::from_utf8(self.0.get(start..end)?).ok().map(str::to_owned)
                    }
                    Span::Date(days) => date_of(days).map(|date| date.to_string()),
                };
            }
        }
        None
    }

    /// Keeps the fields of `kept` only.
    #[must_use]
    pub fn only(&self, kept: FieldSet) -> Self {
        let is_kept = |number| Field::from_number(number).is_some_and(|field| kept.contains(field));
        Self(
            self.coded()
                .filter(|(number, _)| is_kept(*number))
                .flat_map(|(_, bytes)| bytes)
                .copied()
                .collect(),
        )
    }

    /// The fields whose value differs between two states, with the value before and after.
    pub fn differences(&self, after: &Self) -> Vec<(Field, Option<String>, Option<String>)> {
        let (before, after): (Vec<_>, Vec<_>) = (self.iter().collect(), after.iter().collect());
        let fields: FieldSet = before.iter().chain(&after).map(|(field, _)| *field).collect();
        let value = |values: &[(Field, String)], field| {
            values.iter().find(|(found, _)| *found == field).map(|(_, value)| value.clone())
        };
        fields
            .iter()
            .map(|field| (field, value(&before, field), value(&after, field)))
            .filter(|(_, before, after)| before != after)
            .collect()
    }
}

impl std::fmt::Debug for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(|(field, _)| field.code())).finish()
    }
}

/// Days from 0001-01-01 to `date`, in the proleptic Gregorian calendar (dates of flows start at year 1).
fn day_number(date: Date) -> u32 {
    let origin = Date::constant(1, 1, 1);
    date.since((jiff::Unit::Day, origin)).map_or(0, |span| span.get_days().unsigned_abs())
}

/// Days from the first of January of the year 1 to the last of December of the year 9999.
const LAST_DAY: u32 = 3_652_058;

fn date_of(days: u32) -> Option<Date> {
    let span = jiff::Span::new().try_days(days).ok()?;
    Date::constant(1, 1, 1).checked_add(span).ok()
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Where a value lies, or the date it is.
enum Span {
    Text(usize, usize),
    Date(u32),
}

impl Reader<'_> {
    fn next_raw(&mut self) -> Result<Option<(u8, String)>, FactsError> {
        let fault = FactsError { at: self.at };
        let Some((number, span)) = self.next_span()? else { return Ok(None) };
        let value = match span {
            Span::Text(start, end) => {
                let text = self.bytes.get(start..end).ok_or(fault)?;
                std::str::from_utf8(text).map_err(|_| fault)?.to_owned()
            }
            Span::Date(days) => date_of(days).ok_or(fault)?.to_string(),
        };
        Ok(Some((number, value)))
    }

    fn next_span(&mut self) -> Result<Option<(u8, Span)>, FactsError> {
        let fault = FactsError { at: self.at };
        let Some(number) = self.bytes.get(self.at).copied() else { return Ok(None) };
        let mut at = self.at + 1;
        let (mut code, mut shift) = (0_usize, 0);
        loop {
            let byte = *self.bytes.get(at).ok_or(fault)?;
            at += 1;
            code |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                break;
            }
            if shift > 21 {
                return Err(fault);
            }
        }
        let (span, end) = if code == 1 {
            let Some(&[a, b, c]) = self.bytes.get(at..at + 3) else { return Err(fault) };
            (Span::Date(u32::from_le_bytes([a, b, c, 0])), at + 3)
        } else if code % 2 == 0 && at + code / 2 <= self.bytes.len() {
            (Span::Text(at, at + code / 2), at + code / 2)
        } else {
            return Err(fault);
        };
        self.at = end;
        Ok(Some((number, span)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts(values: &[(Field, &str)]) -> Facts {
        let mut facts = Facts::new();
        for (field, value) in values {
            facts.push(*field, value);
        }
        facts
    }

    #[test]
    fn the_last_day_reads_and_the_day_after_is_damaged() {
        let coded = |days: u32| {
            let [a, b, c, _] = days.to_le_bytes();
            Facts::from_bytes(vec![Field::BirthDate.number(), 1, a, b, c])
        };
        assert_eq!(coded(LAST_DAY).unwrap().get(Field::BirthDate).as_deref(), Some("9999-12-31"));
        assert_eq!(coded(LAST_DAY + 1), Err(FactsError { at: 0 }));
        assert_eq!(date_of(LAST_DAY + 1), None);
    }

    #[test]
    fn values_come_back() {
        let values = [
            (Field::BirthName, "LEFÈVRE"),
            (Field::MarriedName, ""),
            (Field::BirthDate, "1981-02-28"),
            (Field::RegistrationStart, "20260102"),
        ];
        let coded = facts(&values);
        let read: Vec<_> = coded.iter().collect();
        assert_eq!(read.len(), 3, "an empty value is an absent one");
        assert_eq!(coded.get(Field::BirthDate).as_deref(), Some("1981-02-28"));
        assert_eq!(coded.get(Field::RegistrationStart).as_deref(), Some("20260102"));
        assert_eq!(Facts::from_bytes(coded.as_bytes().to_vec()), Ok(coded));
    }

    #[test]
    fn a_newer_state_replaces_only_what_it_carries() {
        let before = facts(&[(Field::BirthName, "A"), (Field::FirstName, "B"), (Field::CafIdentifier, "9")]);
        let newer = facts(&[(Field::BirthName, "C"), (Field::BirthDate, "2000-01-01")]);
        let carried: FieldSet = [Field::BirthName, Field::FirstName, Field::BirthDate].into_iter().collect();
        let expected =
            facts(&[(Field::BirthName, "C"), (Field::BirthDate, "2000-01-01"), (Field::CafIdentifier, "9")]);
        assert_eq!(before.overlaid(&newer, carried), expected);
        assert_eq!(expected.text(Field::CafIdentifier), Some("9"));
        assert_eq!(expected.text(Field::BirthDate), None);
    }

    #[test]
    fn differences_name_the_field() {
        let before = facts(&[(Field::BirthName, "A"), (Field::FirstName, "B")]);
        let after = facts(&[(Field::BirthName, "A"), (Field::BirthDate, "2000-01-01")]);
        assert_eq!(
            before.differences(&after),
            [
                (Field::FirstName, Some("B".to_owned()), None),
                (Field::BirthDate, None, Some("2000-01-01".to_owned())),
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_round_trips(name in ".{0,200}", date in ".{0,12}") {
            let coded = facts(&[(Field::BirthName, &name), (Field::BirthDate, &date)]);
            prop_assert_eq!(coded.get(Field::BirthName).unwrap_or_default(), name);
            prop_assert_eq!(coded.get(Field::BirthDate).unwrap_or_default(), date);
        }

        #[test]
        fn foreign_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(facts) = Facts::from_bytes(bytes) {
                let _ = facts.iter().count();
            }
        }
    }
}

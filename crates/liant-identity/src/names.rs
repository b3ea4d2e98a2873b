//! Names held once: each distinct folded name is a number, with what blocking and comparing need of it.

use crate::fold::{fold_into, is_particle, join_into};
use crate::hash;
use zeroize::Zeroize;

/// A name of the table; 0 is "no name".
pub(crate) type NameId = u32;

/// What is known of one distinct name.
#[derive(Clone, Copy, Default)]
pub(crate) struct NameEntry {
    offset: u32,
    /// Length in bytes.
    pub(crate) length: u16,
    /// Which letters occur, a bit each (bytes modulo 32).
    pub(crate) letters: u32,
    /// Sound of the first letter of the name without its particles (see [`sound`]).
    pub(crate) initial: u8,
    /// Whether the folded name has several tokens.
    pub(crate) several: bool,
    /// The joined form of this name (itself when it has one token).
    pub(crate) joined: NameId,
    /// Its first token (itself when it has one).
    pub(crate) head: NameId,
    /// Its last token (itself when it has one).
    pub(crate) tail: NameId,
    /// Hash of the name's skeleton: first letter and next consonants, doubled letters as one.
    pub(crate) skeleton: u32,
    /// Hash of the folded name: the same whatever the order in which names came.
    pub(crate) hash: u32,
}

/// An open-addressing table from folded names to numbers.
pub(crate) struct Names {
    first: NameId,
    letters: String,
    entries: Vec<NameEntry>,
    slots: Vec<u32>,
    folded: String,
    joined: String,
}

impl Names {
    /// An empty table whose first number is `first` (1 for a table that stands alone).
    pub(crate) fn starting_at(first: NameId) -> Self {
        Self {
            first,
            letters: String::new(),
            entries: Vec::new(),
            slots: vec![0; 1 << 10],
            folded: String::new(),
            joined: String::new(),
        }
    }

    /// One past the last number given.
    pub(crate) fn end(&self) -> NameId {
        self.first + self.entries.len() as u32
    }

    /// Whether `id` belongs to this table.
    fn local(&self, id: NameId) -> Option<&NameEntry> {
        self.entries.get(id.wrapping_sub(self.first) as usize)
    }

    fn letters_of(&self, entry: &NameEntry) -> &str {
        let start = entry.offset as usize;
        self.letters.get(start..start + entry.length as usize).unwrap_or_default()
    }

    /// The slot of a folded name: `Ok` with its number, or `Err` with the free slot.
    fn slot(&self, folded: &str, hashed: u64) -> Result<NameId, usize> {
        let mask = self.slots.len() - 1;
        let mut place = hashed as usize & mask;
        loop {
            match self.slots[place] {
                0 => return Err(place),
                index => {
                    let entry = &self.entries[index as usize - 1];
                    if self.letters_of(entry) == folded {
                        return Ok(self.first + index - 1);
                    }
                }
            }
            place = (place + 1) & mask;
        }
    }

    /// Adds a folded name whose absence was just established.
    fn add(&mut self, folded: &str, hashed: u64, parts: Option<[NameId; 3]>) -> NameId {
        if (self.entries.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let id = self.end();
        let offset = self.letters.len() as u32;
        self.letters.push_str(folded);
        let tokens = folded.split(' ');
        let [joined, head, tail] = parts.unwrap_or([id; 3]);
        let main = tokens.clone().find(|token| !is_particle(token)).unwrap_or(folded);
        self.entries.push(NameEntry {
            offset,
            length: folded.len().min(usize::from(u16::MAX)) as u16,
            letters: folded.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31)),
            initial: main.bytes().find(|byte| *byte != b'H').map_or(0, sound),
            several: folded.contains(' '),
            joined,
            head,
            tail,
            skeleton: skeleton(main),
            hash: hashed as u32,
        });
        if let Err(place) = self.slot(folded, hashed) {
            self.slots[place] = self.entries.len() as u32;
        }
        id
    }

    fn grow(&mut self) {
        let mut slots = vec![0; self.slots.len() * 2];
        let mask = slots.len() - 1;
        for (index, entry) in self.entries.iter().enumerate() {
            let mut place = hash::text(self.letters_of(entry).as_bytes()) as usize & mask;
            while slots[place] != 0 {
                place = (place + 1) & mask;
            }
            slots[place] = index as u32 + 1;
        }
        self.slots = slots;
    }

    /// The number of a raw name: that of `base` when it has it, else one of this table.
    pub(crate) fn intern(&mut self, base: Option<&Names>, raw: &str) -> NameId {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        fold_into(raw, &mut folded);
        clip(&mut folded);
        let id = if folded.is_empty() { 0 } else { self.intern_folded(base, &folded) };
        self.folded = folded;
        id
    }

    fn intern_folded(&mut self, base: Option<&Names>, folded: &str) -> NameId {
        let hashed = hash::text(folded.as_bytes());
        if let Some(Ok(id)) = base.map(|base| base.slot(folded, hashed)) {
            return id;
        }
        if let Ok(id) = self.slot(folded, hashed) {
            return id;
        }
        if !folded.contains(' ') {
            return self.add(folded, hashed, None);
        }
        let mut joined = std::mem::take(&mut self.joined);
        joined.clear();
        join_into(folded, &mut joined);
        let joined_id = self.intern_folded(base, &joined);
        self.joined = joined;
        let [head, tail] = [folded.split(' ').next(), folded.rsplit(' ').next()]
            .map(|token| token.map_or(joined_id, |token| self.intern_folded(base, token)));
        self.add(folded, hashed, Some([joined_id, head, tail]))
    }
}

impl Drop for Names {
    fn drop(&mut self) {
        self.letters.zeroize();
        self.folded.zeroize();
        self.joined.zeroize();
    }
}

/// Names longer than this are cut: no flow carries more, and a hostile one must not cost more.
fn clip(folded: &mut String) {
    if folded.len() > 120 {
        let cut = (0..=120).rev().find(|cut| folded.is_char_boundary(*cut)).unwrap_or(0);
        folded.truncate(cut);
        folded.truncate(folded.trim_end().len());
    }
}

/// What a letter sounds like: a class for consonants often taken for one another, the letter itself for vowels (Y
/// as I) and what is not a Latin letter.
fn sound(byte: u8) -> u8 {
    match byte {
        b'B' | b'P' => 1,
        b'C' | b'K' | b'Q' | b'G' | b'J' => 2,
        b'S' | b'Z' | b'X' => 3,
        b'D' | b'T' => 4,
        b'L' => 5,
        b'M' | b'N' => 6,
        b'R' => 7,
        b'F' | b'V' | b'W' => 8,
        b'Y' => b'I',
        _ => byte,
    }
}

/// The sound of the beginning (a leading H is mute), then at most three consonant sounds, repetitions counted once:
/// slips of spelling seldom change it.
fn skeleton(name: &str) -> u32 {
    let mut sounds = name.bytes().filter(|byte| *byte != b'H').map(sound);
    let Some(first) = sounds.next() else { return 0 };
    let (mut code, mut last) = (u32::from(first), first);
    let consonants =
        sounds.filter(|sound| *sound <= 8).filter(|sound| std::mem::replace(&mut last, *sound) != *sound);
    for consonant in consonants.take(3) {
        code = code * 16 + u32::from(consonant);
    }
    code
}

/// The names of both sides seen as one: the known side's table and the left side's additions.
#[derive(Clone, Copy)]
pub(crate) struct NamesView<'a> {
    pub(crate) base: &'a Names,
    pub(crate) more: Option<&'a Names>,
}

impl<'a> NamesView<'a> {
    fn table(&self, id: NameId) -> &'a Names {
        match self.more {
            Some(more) if id >= more.first => more,
            _ => self.base,
        }
    }

    /// What is known of a name.
    pub(crate) fn entry(&self, id: NameId) -> NameEntry {
        self.table(id).local(id).copied().unwrap_or_default()
    }

    /// The same, all zero for "no name".
    pub(crate) fn entry_of(&self, id: NameId) -> NameEntry {
        if id == 0 { NameEntry::default() } else { self.entry(id) }
    }

    /// The folded letters of a name.
    pub(crate) fn letters(&self, id: NameId) -> &'a str {
        let table = self.table(id);
        table.local(id).map_or("", |entry| table.letters_of(entry))
    }

    /// The number under which equal names meet, whatever their spaces.
    pub(crate) fn joined(&self, id: NameId) -> NameId {
        if id == 0 { 0 } else { self.entry(id).joined }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_meet_whatever_their_spaces() {
        let mut names = Names::starting_at(1);
        let ids: Vec<NameId> =
            ["N'Diaye", "NDIAYE", "n diaye", "Diop"].iter().map(|raw| names.intern(None, raw)).collect();
        let view = NamesView { base: &names, more: None };
        assert_eq!(view.joined(ids[0]), view.joined(ids[1]));
        assert_eq!(ids[0], ids[2]);
        assert_ne!(view.joined(ids[0]), view.joined(ids[3]));
        assert_eq!(view.joined(0), 0);
    }

    #[test]
    fn the_left_table_goes_on_where_the_known_one_stops() {
        let mut base = Names::starting_at(1);
        let martin = base.intern(None, "Martin");
        let mut more = Names::starting_at(base.end());
        assert_eq!(more.intern(Some(&base), "MARTIN"), martin);
        let other = more.intern(Some(&base), "Mar tin");
        let view = NamesView { base: &base, more: Some(&more) };
        assert_eq!(view.joined(other), martin);
        assert_eq!(view.letters(other), "MAR TIN");
    }

    #[test]
    fn many_names_stay_apart() {
        let mut names = Names::starting_at(1);
        for round in 0..2 {
            for index in 0..5000_u32 {
                let id = names.intern(None, &format!("NOM{index}"));
                assert_eq!(id, index + 1, "round {round}");
            }
        }
    }

    #[test]
    fn slips_keep_the_skeleton() {
        for (a, b) in [
            ("LUDIVINE", "LUDIVNE"),
            ("REGIS", "REJIS"),
            ("WACHEUX", "VACHEUX"),
            ("HADDAD", "ADAD"),
            ("YVETTE", "IVETTE"),
            ("KATHY", "CATHY"),
            ("DELATTRE", "DELATRE"),
        ] {
            assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
        }
        for (a, b) in [("MARTIN", "MOREAU"), ("LEA", "ZOE"), ("ALI", "ELI")] {
            assert_ne!(skeleton(a), skeleton(b), "{a} {b}");
        }
    }
}

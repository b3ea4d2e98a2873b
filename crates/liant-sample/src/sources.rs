//! What each source makes of an identity: its habits of writing, and its errors. A source's errors about a person
//! never change from month to month; what it learns does.

use crate::calendar::Day;
use crate::identity::Identity;
use crate::names;
use crate::rng::Rng;
use crate::text::{cut, upper_latin1, upper_plain};
use liant_model::Nir;

/// How often a source is wrong about a person, each out of ten thousand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceErrors {
    /// The NIR is unknown.
    pub nir_missing: u16,
    /// A digit of the NIR is wrong, or two are swapped.
    pub nir_wrong: u16,
    /// A letter of the birth name is wrong.
    pub birth_name_typo: u16,
    /// A letter of the first name is wrong.
    pub first_name_typo: u16,
    /// The name in use stands where the birth name should.
    pub married_name_as_birth_name: u16,
    /// Birth name and first name are exchanged.
    pub names_swapped: u16,
    /// Another first name: a short form, one half of a double one, or several in one field.
    pub first_name_otherwise: u16,
    /// The date of birth is wrong: day and month exchanged, a digit off, or 1 January.
    pub birth_date_wrong: u16,
    /// The date of birth is unknown.
    pub birth_date_missing: u16,
    /// Identifiers of the other sources are unknown.
    pub identifiers_missing: u16,
    /// The commune is out of date or unknown.
    pub commune_wrong: u16,
}

impl SourceErrors {
    /// A source that is never wrong and misses nothing.
    pub const NONE: Self = Self {
        nir_missing: 0,
        nir_wrong: 0,
        birth_name_typo: 0,
        first_name_typo: 0,
        married_name_as_birth_name: 0,
        names_swapped: 0,
        first_name_otherwise: 0,
        birth_date_wrong: 0,
        birth_date_missing: 0,
        identifiers_missing: 0,
        commune_wrong: 0,
    };
}

/// How often each of the three sources is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errors {
    /// France Travail (PECGM, PECDH).
    pub france_travail: SourceErrors,
    /// The CNAF (RSABEM).
    pub cnaf: SourceErrors,
    /// The Département's own list of known people.
    pub departement: SourceErrors,
}

impl Errors {
    /// No error at all.
    pub const NONE: Self = Self {
        france_travail: SourceErrors::NONE,
        cnaf: SourceErrors::NONE,
        departement: SourceErrors::NONE,
    };
}

impl Default for Errors {
    fn default() -> Self {
        let france_travail = SourceErrors {
            nir_missing: 300,
            nir_wrong: 10,
            birth_name_typo: 60,
            first_name_typo: 60,
            married_name_as_birth_name: 50,
            names_swapped: 5,
            first_name_otherwise: 60,
            birth_date_wrong: 20,
            birth_date_missing: 0,
            identifiers_missing: 1_200,
            commune_wrong: 300,
        };
        let cnaf = SourceErrors {
            nir_missing: 400,
            nir_wrong: 30,
            birth_name_typo: 120,
            first_name_typo: 120,
            married_name_as_birth_name: 150,
            names_swapped: 10,
            first_name_otherwise: 100,
            birth_date_wrong: 60,
            birth_date_missing: 0,
            identifiers_missing: 6_000,
            commune_wrong: 0,
        };
        let departement = SourceErrors {
            nir_missing: 1_500,
            nir_wrong: 200,
            birth_name_typo: 400,
            first_name_typo: 400,
            married_name_as_birth_name: 2_000,
            names_swapped: 100,
            first_name_otherwise: 300,
            birth_date_wrong: 300,
            birth_date_missing: 50,
            identifiers_missing: 4_000,
            commune_wrong: 1_500,
        };
        Self { france_travail, cnaf, departement }
    }
}

/// A source's habits of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    FranceTravail,
    Cnaf,
    Departement,
}

/// An identity as a source writes it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) nir: String,
    pub(crate) birth_name: String,
    pub(crate) married_name: String,
    /// The usual first name, then the others.
    pub(crate) first_names: [String; 3],
    pub(crate) birth: Option<Day>,
    pub(crate) knows_identifiers: bool,
    pub(crate) commune_wrong: bool,
    /// What is wrong, in short words for the truth file.
    pub(crate) notes: Vec<&'static str>,
}

/// What the source with these errors and habits writes of `identity`, known by `nir` and married name at the time.
pub(crate) fn seen(
    identity: &Identity,
    nir: &str,
    married_name: &str,
    errors: &SourceErrors,
    habit: Habit,
    rng: Rng,
) -> Seen {
    let mut slips = Slips { rng, errors, notes: Vec::new() };
    let nir = slips.nir(nir);
    let mut birth_name = slips.birth_name(identity, married_name);
    let mut first_names = slips.first_names(identity);
    let birth = slips.birth(identity.birth.day);
    let mut chance = slips.draw();
    if slips.hit(&mut chance, errors.names_swapped, "names-swapped") {
        std::mem::swap(&mut birth_name, &mut first_names[0]);
    }
    let commune_wrong = slips.hit(&mut chance, errors.commune_wrong, "commune-wrong");
    let knows_identifiers = !slips.hit(&mut chance, errors.identifiers_missing, "identifiers-missing");
    let pen = Pen::of(habit, &mut slips.draw());
    let lengths = if habit == Habit::Cnaf { [28, 32, 15] } else { [25, 25, 25] };
    let [first, second, third] = first_names;
    let write = |text: &str, length: usize| cut(&pen.write(text), length).to_owned();
    Seen {
        nir,
        birth_name: write(&birth_name, lengths[0]),
        married_name: write(married_name, lengths[0]),
        first_names: [write(&first, lengths[1]), write(&second, lengths[2]), write(&third, lengths[2])],
        birth,
        knows_identifiers,
        commune_wrong,
        notes: slips.notes,
    }
}

/// The errors of a source about one person, as they are drawn.
struct Slips<'e> {
    rng: Rng,
    errors: &'e SourceErrors,
    notes: Vec<&'static str>,
}

impl Slips<'_> {
    /// A stream for one kind of error: what is drawn for one never moves another from month to month.
    fn draw(&mut self) -> Rng {
        Rng::new(self.rng.next())
    }

    fn hit(&mut self, rng: &mut Rng, rate: u16, note: &'static str) -> bool {
        let hit = rng.chance(rate);
        if hit {
            self.notes.push(note);
        }
        hit
    }

    fn nir(&mut self, nir: &str) -> String {
        let mut chance = self.draw();
        if self.hit(&mut chance, self.errors.nir_missing, "nir-missing") {
            String::new()
        } else if self.hit(&mut chance, self.errors.nir_wrong, "nir-wrong") {
            wrong_nir(&mut self.draw(), nir)
        } else {
            nir.to_owned()
        }
    }

    fn birth_name(&mut self, identity: &Identity, married_name: &str) -> String {
        let mut chance = self.draw();
        let rate = if married_name.is_empty() { 0 } else { self.errors.married_name_as_birth_name };
        let exchanged = self.hit(&mut chance, rate, "married-name");
        let name = if exchanged { married_name } else { &identity.birth_name };
        let mut chance = self.draw();
        let slip = self.hit(&mut chance, self.errors.birth_name_typo, "birth-name-typo");
        if slip { typo(&mut chance, name) } else { name.to_owned() }
    }

    fn first_names(&mut self, identity: &Identity) -> [String; 3] {
        let mut chance = self.draw();
        let mut names = [0, 1, 2].map(|place| identity.first_names.get(place).cloned().unwrap_or_default());
        if self.hit(&mut chance, self.errors.first_name_otherwise, "first-name-otherwise") {
            names[0] = otherwise(&names);
        }
        if self.hit(&mut chance, self.errors.first_name_typo, "first-name-typo") {
            names[0] = typo(&mut chance, &names[0]);
        }
        names
    }

    fn birth(&mut self, day: Day) -> Option<Day> {
        let mut chance = self.draw();
        if self.hit(&mut chance, self.errors.birth_date_missing, "birth-date-missing") {
            None
        } else if self.hit(&mut chance, self.errors.birth_date_wrong, "birth-date-wrong") {
            Some(wrong_date(&mut chance, day))
        } else {
            Some(day)
        }
    }
}

/// How a name is put on paper.
#[derive(Clone, Copy)]
enum Pen {
    AsItIs,
    UpperLatin1,
    UpperPlain,
    UpperPlainNoHyphen,
    Lower,
}

impl Pen {
    fn of(habit: Habit, rng: &mut Rng) -> Self {
        let pens: &[(Self, u32)] = match habit {
            Habit::FranceTravail => &[(Self::UpperLatin1, 85), (Self::UpperPlain, 15)],
            Habit::Cnaf => &[(Self::UpperPlain, 70), (Self::UpperPlainNoHyphen, 27), (Self::UpperLatin1, 3)],
            Habit::Departement => &[
                (Self::AsItIs, 40),
                (Self::UpperPlain, 30),
                (Self::UpperLatin1, 15),
                (Self::UpperPlainNoHyphen, 8),
                (Self::Lower, 7),
            ],
        };
        rng.weighted(pens)
    }

    fn write(self, text: &str) -> String {
        match self {
            Self::AsItIs => text.to_owned(),
            Self::UpperLatin1 => upper_latin1(text),
            Self::UpperPlain => upper_plain(text),
            Self::UpperPlainNoHyphen => upper_plain(text).replace(['-', '\''], " "),
            Self::Lower => upper_plain(text).to_lowercase(),
        }
    }
}

/// One letter more, less, other, or two exchanged. Never the text itself.
pub(crate) fn typo(rng: &mut Rng, text: &str) -> String {
    const LETTERS: &[char] =
        &['A', 'E', 'I', 'O', 'U', 'L', 'R', 'N', 'S', 'T', 'M', 'P', 'C', 'D', 'G', 'H', 'Y'];
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 3 {
        return format!("{text}E");
    }
    let place = 1 + rng.place(letters.len() - 1);
    let letter = rng.pick(LETTERS);
    match rng.below(4) {
        0 => letters.insert(place, letter),
        1 => {
            letters.remove(place);
        }
        2 if !letters[place].to_uppercase().eq([letter]) => letters[place] = letter,
        _ if letters[place] != letters[place - 1] => letters.swap(place, place - 1),
        _ => {
            letters.remove(place);
        }
    }
    letters.into_iter().collect()
}

/// Another number that still looks like one: two digits exchanged, or one changed.
fn wrong_nir(rng: &mut Rng, nir: &str) -> String {
    loop {
        let mut bytes = nir.as_bytes().to_vec();
        let place = 7 + rng.place(5);
        if let Some([left, right]) = bytes.get_mut(place..place + 2) {
            if rng.chance(5_000) {
                std::mem::swap(left, right);
            } else if right.is_ascii_digit() {
                *right = b'0' + (*right - b'0' + 1 + rng.below(8) as u8) % 10;
            }
        }
        if bytes != nir.as_bytes() && Nir::parse(&bytes).is_ok() {
            return String::from_utf8(bytes).unwrap_or_default();
        }
    }
}

fn otherwise(first_names: &[String; 3]) -> String {
    let [first, second, _] = first_names;
    match (names::short_form(first), first.split_once('-')) {
        (Some(short), _) => short.to_owned(),
        (None, Some((half, _))) => half.to_owned(),
        (None, None) if second.is_empty() => first.clone(),
        (None, None) => format!("{first} {second}"),
    }
}

fn wrong_date(rng: &mut Rng, day: Day) -> Day {
    let (year, month, date) = day.parts();
    match rng.below(4) {
        0 if date <= 12 && date != month => Day::new(year, date, month),
        0 | 1 => Day::new(year, month, 1 + (date + 8 + rng.below(9)) % 28),
        2 => Day::new(year + if rng.chance(5_000) { 1 } else { -1 }, month, date.min(28)),
        _ => Day::new(year, 1, 1 + u32::from(month == 1 && date == 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn errors_differ_from_the_truth() {
        let mut rng = Rng::of(5, Stream::Record, 0);
        for _ in 0..5_000 {
            assert_ne!(typo(&mut rng, "Lefèvre"), "Lefèvre");
            assert_ne!(typo(&mut rng, "Ba"), "Ba");
            let day = Day::new(1980, 1 + rng.below(12), 1 + rng.below(28));
            assert_ne!(wrong_date(&mut rng, day), day);
            assert_ne!(wrong_nir(&mut rng, "2820251108030"), "2820251108030");
        }
    }
}

//! One month of a world: who is in which file, and as each source knows them.

use crate::calendar::Day;
use crate::history::{self, Phase, Registration, on};
use crate::numbers;
use crate::pecgm::{self, Dossier, Flavour, Frame, Manner, Spelling};
use crate::rng::{Rng, Stream};
use crate::sources::{Habit, Seen, seen};
use crate::world::{Household, Person, World};
use crate::xml::{Encoding, Xml};
use liant_model::Date;
use std::io::{self, Write};

/// How a file of a world is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileOptions {
    /// How tags are spelt (flows with France Travail).
    pub spelling: Spelling,
    /// The encoding of RSABEM; flows with France Travail are always ISO-8859-1.
    pub encoding: Encoding,
    /// The day the file is made; the last day of the month when `None`.
    pub made: Option<Date>,
}

/// A month of a world.
#[derive(Clone, Copy, Debug)]
pub struct MonthView<'w> {
    pub(crate) world: &'w World,
    pub(crate) index: u32,
    pub(crate) first: Day,
    pub(crate) last: Day,
}

/// A record of PECGM to come: a person and one of her spells on the register.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'w> {
    pub(crate) person: &'w Person,
    pub(crate) spell: &'w Registration,
    pub(crate) region: &'w str,
    pub(crate) number: String,
}

/// How many bytes are gathered before they are written.
const CHUNK: usize = 1 << 16;

impl<'w> MonthView<'w> {
    pub(crate) fn new(world: &'w World, index: u32) -> Self {
        let first = world.window.month(index);
        Self { world, index, first, last: first.month_end() }
    }

    /// Its place among the months of the world, from 0.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Its first day: the reference date of the monthly flows.
    pub fn first_day(&self) -> Date {
        self.first.date()
    }

    /// Its last day: what is true then is what the files say.
    pub fn last_day(&self) -> Date {
        self.last.date()
    }

    /// Its Fridays: days on which a weekly file may be made.
    pub fn fridays(&self) -> Vec<Date> {
        let days = self.last.since(self.first);
        (0..=days).map(|day| self.first.plus(day)).filter(|day| day.is_friday()).map(Day::date).collect()
    }

    pub(crate) fn household(&self, person: &Person) -> &'w Household {
        &self.world.households[person.household]
    }

    /// Writes PECGM: RSA recipients on the register this month, those who left it this month included. Gives the
    /// number of records.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_pecgm(&self, out: &mut impl Write, options: FileOptions) -> io::Result<u64> {
        self.write_stock(out, options, Flavour::Monthly, self.last)
    }

    /// Writes PECDH as of `day` of this month: the same people, registration only. Gives the number of records.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_pecdh(&self, out: &mut impl Write, options: FileOptions, day: Date) -> io::Result<u64> {
        self.write_stock(out, options, Flavour::Weekly, Day::of(day).min(self.last).max(self.first))
    }

    fn write_stock(
        &self,
        out: &mut impl Write,
        options: FileOptions,
        flavour: Flavour,
        day: Day,
    ) -> io::Result<u64> {
        let made = options.made.map_or(day, Day::of);
        let departement = self.world.land.territory;
        let frame = match flavour {
            Flavour::Monthly => Frame::new("PECG", "M", departement.as_str(), self.first, made),
            Flavour::Weekly => Frame::new("PECD", "H", departement.as_str(), day, made),
        };
        let manner = Manner { flavour, spelling: options.spelling, modality_under_axis: false };
        let mut xml = Xml::new(Encoding::Latin1, false, false);
        xml.prolog();
        pecgm::write_header(&mut xml, &frame, options.spelling);
        let entries = self.entries(day);
        for entry in &entries {
            self.write_entry(&mut xml, entry, day, manner);
            flush(&mut xml, out, CHUNK)?;
        }
        pecgm::write_trailer(&mut xml, &frame, entries.len() as u64);
        flush(&mut xml, out, 0)?;
        Ok(entries.len() as u64)
    }

    /// The records of the stock as of `day`, by identifier.
    pub(crate) fn entries(&self, day: Day) -> Vec<Entry<'w>> {
        let mut entries = Vec::new();
        for person in &self.world.people {
            if !history::open_between(&self.household(person).rights, self.first, day) {
                continue;
            }
            for spell in &person.registrations {
                if spell.start <= day && spell.last_day().is_none_or(|last| last >= self.first) {
                    let (region, number) = self.identifiers(person, spell);
                    entries.push(Entry { person, spell, region, number });
                }
            }
        }
        entries.sort_by(|a, b| (a.region, &a.number).cmp(&(b.region, &b.number)));
        entries
    }

    /// The regional code and identifier a spell goes under.
    pub(crate) fn identifiers(&self, person: &Person, spell: &Registration) -> (&'w str, String) {
        let number = numbers::identifier(u64::from(person.no.0) * 8 + u64::from(spell.identifier % 8));
        (&self.world.land.agencies[spell.agency].region, number)
    }

    /// The person as a source writes her on `day`. `copy` tells apart two rows for one person.
    pub(crate) fn seen(&self, person: &Person, habit: Habit, day: Day, copy: u64) -> Seen {
        let errors = &self.world.errors;
        let (stream, errors) = match habit {
            Habit::FranceTravail => (Stream::FranceTravail, &errors.france_travail),
            Habit::Cnaf => (Stream::Cnaf, &errors.cnaf),
            Habit::Departement => (Stream::Departement, &errors.departement),
        };
        let rng = Rng::of(self.world.seed, stream, u64::from(person.no.0) * 2 + copy);
        let nir = person.identity.nir_on(day);
        seen(&person.identity, &nir, person.married_name_on(day), errors, habit, rng)
    }

    /// The INSEE code of the commune where the person lives on `day`, or of another one when the source is wrong.
    pub(crate) fn commune(&self, person: &Person, day: Day, wrong: bool) -> &'w str {
        let residences = &self.household(person).residences;
        let here =
            on(residences, day, |home| home.from).or(residences.first()).map_or(0, |home| home.commune);
        let communes = &self.world.land.communes;
        let place = if wrong { (here + 7) % communes.len() } else { here };
        &communes[place].code
    }

    fn write_entry(&self, xml: &mut Xml, entry: &Entry<'w>, day: Day, manner: Manner) {
        let (person, spell) = (entry.person, entry.spell);
        let land = &self.world.land;
        let household = self.household(person);
        let seen = self.seen(person, Habit::FranceTravail, day, 0);
        let until = spell.last_day().map_or(day, |last| last.min(day));
        let status = on(&spell.statuses, until, |status| status.0).unwrap_or(&spell.statuses[0]);
        let follow_up = on(&person.follow_ups, until, |follow_up| follow_up.from);
        let qualification =
            on(&person.qualifications, until, |q| q.from).unwrap_or(&person.qualifications[0]);
        let agency = &land.agencies[spell.agency];
        let past = |day: Day| (day <= until).then_some(day);
        let waiting = person.identity.waiting_until.is_some_and(|certified| day < certified);
        let dossier = Dossier {
            nir: &seen.nir,
            birth_name: &seen.birth_name,
            married_name: &seen.married_name,
            first_name: &seen.first_names[0],
            birth: seen.birth.ok_or(""),
            certified: !waiting && !seen.nir.is_empty(),
            commune: self.commune(person, day, seen.commune_wrong),
            caf: if household.msa || !seen.knows_identifiers { "" } else { &household.matricule },
            msa: if household.msa && !waiting { &seen.nir } else { "" },
            region: entry.region,
            number: &entry.number,
            start: spell.start,
            category: status.1,
            situation: status.2,
            end: spell.end.filter(|(_, last, _)| *last <= day),
            structure: &agency.office,
            delegate: follow_up.and_then(|f| f.delegate).map(|place| &land.delegates[place]),
            level: qualification.level,
            sector: qualification.sector,
            occupation: qualification.occupation,
            adviser: follow_up.map_or("", |f| &agency.advisers[f.adviser]),
            signed: follow_up.and_then(|f| past(f.signed)),
            notified: follow_up.and_then(|f| f.notified).and_then(past),
            axis: follow_up.map_or(("", ""), |f| f.axis),
            modality: follow_up.map_or(("", ""), |f| f.modality),
            last_contact: on(&person.contacts, until, |day| *day).copied(),
        };
        pecgm::write_dossier(xml, &dossier, manner);
    }

    /// The state of a household's RSA file at the end of the month, when the CNAF still sends it: closed files for
    /// two months more, refused ones for one.
    pub(crate) fn right(&self, household: &Household) -> Option<(Day, Phase)> {
        let (from, phase) = *on(&household.rights, self.last, |span| span.0)?;
        let months_ago = self.first.since(from).max(0) / 30;
        match phase {
            Phase::Closed(_) if months_ago > 2 => None,
            Phase::Refused if months_ago > 1 => None,
            _ => Some((from, phase)),
        }
    }
}

/// Hands the bytes over when there are more than `limit`.
pub(crate) fn flush(xml: &mut Xml, out: &mut impl Write, limit: usize) -> io::Result<()> {
    if xml.bytes.len() > limit {
        out.write_all(&xml.bytes)?;
        xml.bytes.clear();
    }
    Ok(())
}

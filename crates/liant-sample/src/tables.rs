//! CSV files of a month of a world (UTF-8, comma, LF): the Département's own list, its orientation decisions, and
//! the truth for scoring. CGPEM too, which the Département makes from them.

use crate::calendar::Day;
use crate::cgpem::{Decision, write_decision};
use crate::history::{Orientation, on};
use crate::land::{Organisation, Referent};
use crate::month::{FileOptions, MonthView, flush};
use crate::pecgm::{self, Frame};
use crate::rng::{Rng, Stream};
use crate::sources::{Habit, Seen};
use crate::text::{cut, upper_plain};
use crate::world::Person;
use crate::xml::{Encoding, Xml};
use std::io::{self, Write};

/// Which decisions of orientation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decisions {
    /// The last one of each person, of whatever month.
    InForce,
    /// Those of this month.
    ThisMonth,
}

/// A person in the Département's own list.
struct Row<'w> {
    reference: &'w str,
    person: &'w Person,
    seen: Seen,
    /// Whether and when the row was last brought up to date.
    as_of: Day,
    knows_fund: bool,
    short_fund: bool,
}

impl<'w> MonthView<'w> {
    /// The Département's list at the end of the month, by reference.
    fn rows(&self) -> Vec<Row<'w>> {
        let mut rows = Vec::new();
        for person in &self.world.people {
            let Some(known) = person.known.as_ref().filter(|known| known.since <= self.last) else {
                continue;
            };
            for (copy, reference) in known.references.iter().enumerate() {
                let number = u64::from(person.no.0) * 2 + copy as u64;
                let mut rng = Rng::of(self.world.seed, Stream::Departement, number | 1 << 40);
                let as_of = if rng.chance(5_000) { self.last } else { known.since };
                let missing = self.world.errors.departement.identifiers_missing;
                let knows_fund = !rng.chance(missing / 2);
                let short_fund = missing > 0 && rng.chance(500);
                let seen = self.seen(person, Habit::Departement, as_of, copy as u64);
                rows.push(Row { reference, person, seen, as_of, knows_fund, short_fund });
            }
        }
        rows.sort_by_key(|row| row.reference);
        rows
    }

    /// Writes the Département's own list of known people: `id_interne, nir, nom_naissance, nom_usage, prenom,
    /// date_naissance, commune, matricule_caf, code_pe, identifiant_pe, voie,
    /// code_postal, ville, courriel`. Gives the number of rows.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_known_csv(&self, out: &mut impl Write) -> io::Result<u64> {
        out.write_all(b"id_interne,nir,nom_naissance,nom_usage,prenom,date_naissance,commune,matricule_caf,code_pe,identifiant_pe,voie,code_postal,ville,courriel\n")?;
        let rows = self.rows();
        for row in &rows {
            let seen = &row.seen;
            let spell = row.person.spell_on(row.as_of).filter(|_| seen.knows_identifiers);
            let (region, number) = spell.map(|spell| self.identifiers(row.person, spell)).unwrap_or_default();
            let birth = seen.birth.map(|day| day.to_string()).unwrap_or_default();
            let homes = &self.household(row.person).residences;
            let home = on(homes, row.as_of, |home| home.from).unwrap_or(&homes[0]);
            let commune = &self.world.land.communes[home.commune];
            let street = format!("{} {}", home.number, upper_plain(home.street));
            let town = upper_plain(&commune.name);
            let email = format!("personne-{}@courriel.example", row.reference.to_lowercase());
            let fields = [
                row.reference,
                &seen.nir,
                &seen.birth_name,
                &seen.married_name,
                &seen.first_names[0],
                &birth,
                self.commune(row.person, row.as_of, seen.commune_wrong),
                self.fund_number(row),
                region,
                &number,
                &street,
                &commune.postcode,
                &town,
                &email,
            ];
            write_row(out, &fields)?;
        }
        Ok(rows.len() as u64)
    }

    /// The number at the CAF as the row has it: missing, or shortened to its seven digits, at times.
    fn fund_number(&self, row: &Row<'w>) -> &'w str {
        let matricule = &self.household(row.person).matricule;
        match (row.knows_fund, row.short_fund) {
            (false, _) => "",
            (true, true) => cut(matricule, 7),
            (true, false) => matricule,
        }
    }

    /// The decision that stands for a person, with who is in charge.
    fn decision(
        &self,
        person: &'w Person,
    ) -> Option<(&'w Orientation, &'w Organisation, Option<&'w Referent>)> {
        let orientation = on(&person.orientations, self.last, |orientation| orientation.decided)?;
        let organisation =
            &self.world.land.services[orientation.service].organisations[orientation.organisation];
        let referent = orientation.referent.and_then(|place| organisation.referents.get(place));
        Some((orientation, organisation, referent))
    }

    /// Writes decisions of orientation: `reference` (the `id_interne` of the known list), `matricule_caf, nature,
    /// date_decision, organisme, service, nom, prenom, telephone, email`. Gives the number of rows.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_orientations_csv(&self, out: &mut impl Write, which: Decisions) -> io::Result<u64> {
        out.write_all(
            b"reference,matricule_caf,nature,date_decision,organisme,service,nom,prenom,telephone,email\n",
        )?;
        let mut count = 0;
        for row in self
            .rows()
            .iter()
            .filter(|row| row.person.references().first().is_some_and(|own| own == row.reference))
        {
            let Some((orientation, organisation, referent)) = self.decision(row.person) else { continue };
            if which == Decisions::ThisMonth && orientation.decided < self.first {
                continue;
            }
            let date = orientation.decided.to_string();
            let referent = referent.map_or(["", "", "", ""], |referent| {
                [&referent.last_name, &referent.first_name, &referent.telephone, &referent.email]
            });
            let [last_name, first_name, telephone, email] = referent;
            let fields = [
                row.reference,
                &self.household(row.person).matricule,
                organisation.nature,
                &date,
                &organisation.name,
                &organisation.service,
                last_name,
                first_name,
                telephone,
                email,
            ];
            write_row(out, &fields)?;
            count += 1;
        }
        Ok(count)
    }

    /// Writes CGPEM: RSA recipients in course on the last day whose orientation is decided and who can be named to
    /// France Travail (a NIR, or its own identifiers). Gives the number of records.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_cgpem(&self, out: &mut impl Write, options: FileOptions) -> io::Result<u64> {
        let made = options.made.map_or(self.last, Day::of);
        let frame = Frame::new("CGPE", "M", self.world.land.territory.as_str(), self.first, made);
        let mut xml = Xml::new(Encoding::Latin1, false, false);
        xml.prolog();
        pecgm::write_header(&mut xml, &frame, options.spelling);
        let mut count = 0;
        for row in self
            .rows()
            .iter()
            .filter(|row| row.person.references().first().is_some_and(|own| own == row.reference))
        {
            let open = on(&self.household(row.person).rights, self.last, |span| span.0)
                .is_some_and(|span| span.1.open());
            let Some((orientation, organisation, referent)) = self.decision(row.person).filter(|_| open)
            else {
                continue;
            };
            let spell = row.person.spell_on(self.last);
            let (region, number) = spell.map(|spell| self.identifiers(row.person, spell)).unwrap_or_default();
            let seen = &row.seen;
            let Some(birth) = seen.birth.filter(|_| !seen.nir.is_empty() || !number.is_empty()) else {
                continue;
            };
            let [birth_name, married_name, first_name] =
                [&seen.birth_name, &seen.married_name, &seen.first_names[0]].map(|name| upper_plain(name));
            let decision = Decision {
                nir: &seen.nir,
                birth_name: cut(&birth_name, 25),
                married_name: cut(&married_name, 25),
                first_name: cut(&first_name, 25),
                birth: Ok(birth),
                region,
                number: &number,
                nature: organisation.nature,
                decided: orientation.decided,
                organisation: Some(organisation),
                referent,
                nameless: false,
            };
            write_decision(&mut xml, &decision, options.spelling);
            flush(&mut xml, out, 1 << 16)?;
            count += 1;
        }
        pecgm::write_trailer(&mut xml, &frame, count);
        flush(&mut xml, out, 0)?;
        Ok(count)
    }

    /// Writes the truth for scoring: `file` (`pecgm`, `rsabem` or `known`), `record` (from 1), `member` (place in the
    /// household, from 1, RSABEM only), `key` (region and identifier, matricule, or reference), `person` (internal
    /// number: equal means the same person), `notes` (what the source has wrong). Children have no row.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_truth_csv(&self, out: &mut impl Write) -> io::Result<u64> {
        out.write_all(b"file,record,member,key,person,notes\n")?;
        let mut count = 0;
        let mut row = |out: &mut dyn Write, place: [&str; 4], person: &Person, seen: &Seen| {
            count += 1;
            let [file, record, member, key] = place;
            writeln!(out, "{file},{record},{member},{key},{},{}", person.no.0, seen.notes.join("+"))
        };
        for (place, entry) in self.entries(self.last).iter().enumerate() {
            let seen = self.seen(entry.person, Habit::FranceTravail, self.last, 0);
            let key = format!("{}-{}", entry.region, entry.number);
            row(out, ["pecgm", &(place + 1).to_string(), "", &key], entry.person, &seen)?;
        }
        for (place, household) in self.foyers().iter().enumerate() {
            for (member, no) in household.adults.iter().enumerate() {
                let person = &self.world.people[*no as usize];
                let seen = self.seen(person, Habit::Cnaf, self.last, 0);
                let (record, member) = ((place + 1).to_string(), (member + 1).to_string());
                row(out, ["rsabem", &record, &member, &household.matricule], person, &seen)?;
            }
        }
        for (place, known) in self.rows().iter().enumerate() {
            row(out, ["known", &(place + 1).to_string(), "", known.reference], known.person, &known.seen)?;
        }
        Ok(count)
    }
}

impl Person {
    /// The Département's references for the person.
    pub(crate) fn references(&self) -> &[String] {
        self.known.as_ref().map_or(&[], |known| &known.references)
    }
}

/// One row; a field with a comma, a quote or a line break is quoted.
fn write_row(out: &mut impl Write, fields: &[&str]) -> io::Result<()> {
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        if field.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        } else {
            out.write_all(field.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

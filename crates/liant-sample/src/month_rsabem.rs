//! RSABEM of a month of a world.

use crate::calendar::Day;
use crate::history::{Phase, on};
use crate::kin::Kin;
use crate::land::Land;
use crate::month::{FileOptions, MonthView, flush};
use crate::names::Sex;
use crate::rsabem::{self, Address, Foyer, FoyerPerson};
use crate::sources::{Habit, Seen};
use crate::text::{cut, upper_plain};
use crate::world::{Child, Household, Person};
use crate::xml::Xml;
use std::io::{self, Write};

/// An adult as the CNAF writes her, with what hangs on her.
struct Adult<'w> {
    person: &'w Person,
    seen: Seen,
    number: String,
}

/// A child as the CNAF writes it.
struct ChildRow {
    name: String,
    first_names: [String; 3],
    nir: String,
    birth_town: String,
}

impl MonthView<'_> {
    /// The households of the month's RSABEM, in its order.
    pub(crate) fn foyers(&self) -> Vec<&Household> {
        let mut list: Vec<_> = self.world.households.iter().filter(|h| self.right(h).is_some()).collect();
        list.sort_by(|a, b| (a.msa, &a.matricule).cmp(&(b.msa, &b.matricule)));
        list
    }

    /// Writes RSABEM: every household whose RSA file is pending, open, or lately closed or refused. Gives the number
    /// of households.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_rsabem(&self, out: &mut impl Write, options: FileOptions) -> io::Result<u64> {
        let mut xml = Xml::new(options.encoding, false, false);
        let made = options.made.map_or(self.last, Day::of);
        xml.prolog();
        rsabem::write_header(&mut xml, made, self.last);
        let foyers = self.foyers();
        for household in &foyers {
            self.write_household(&mut xml, household);
            flush(&mut xml, out, 1 << 16)?;
        }
        rsabem::write_trailer(&mut xml, foyers.len() as u64);
        flush(&mut xml, out, 0)?;
        Ok(foyers.len() as u64)
    }

    fn adult_row(&self, no: u32) -> Adult<'_> {
        let person = &self.world.people[no as usize];
        let seen = self.seen(person, Habit::Cnaf, self.last, 0);
        let spell = person.spell_on(self.last).filter(|_| seen.knows_identifiers);
        let number = spell.map(|spell| self.identifiers(person, spell).1).unwrap_or_default();
        Adult { person, seen, number }
    }

    fn write_household(&self, xml: &mut Xml, household: &Household) {
        let Some((from, phase)) = self.right(household) else { return };
        let land = &self.world.land;
        let adults: Vec<_> = household.adults.iter().map(|no| self.adult_row(*no)).collect();
        let children: Vec<_> =
            household.children.iter().map(|child| child_row(child, land, self.last)).collect();
        let requested =
            household.rights.iter().rev().find(|(day, phase)| *day <= self.last && *phase == Phase::Pending);
        let requested = requested.map_or(from, |(day, _)| *day);
        let towns: Vec<String> =
            adults.iter().map(|adult| land.birth_town(&adult.person.identity.birth)).collect();
        let mut people: Vec<_> = adults
            .iter()
            .zip(&towns)
            .enumerate()
            .map(|(place, (adult, town))| self.adult(adult, place, town, requested))
            .collect();
        people.extend(household.children.iter().zip(&children).map(|(child, row)| row.person(child)));
        let home = on(&household.residences, self.last, |home| home.from).unwrap_or(&household.residences[0]);
        let commune = &land.communes[home.commune];
        let (street, town) = (upper_plain(home.street), upper_plain(&commune.name));
        let family =
            on(&household.situations, self.last, |situation| situation.0).unwrap_or(&household.situations[0]);
        let this_month = from >= self.first;
        rsabem::write_foyer(
            xml,
            &Foyer {
                fund: if household.msa { "MSA" } else { "CAF" },
                fund_number: &land.funds[usize::from(household.msa)],
                matricule: &household.matricule,
                partner: &land.partner,
                requested,
                request_number: &household.request_number,
                people,
                family: (family.1, family.0),
                address: Address {
                    since: home.from,
                    complement: home.complement,
                    number: home.number,
                    street: &street,
                    commune: &commune.code,
                    postcode: &commune.postcode,
                    town: cut(&town, 32),
                },
                state: state(phase, this_month),
                refusal: (phase == Phase::Refused).then_some((from, "RES")),
                right_suspended: if let Phase::RightSuspended(reason) = phase {
                    Some((reason, from))
                } else {
                    None
                },
                payment_suspended: if let Phase::PaymentSuspended(reason) = phase {
                    Some((reason, from))
                } else {
                    None
                },
                closed: closed(phase).filter(|_| this_month).map(|reason| (reason, from)),
                closed_before: closed(phase).filter(|_| !this_month).map(|reason| (reason, from)),
                homeless: household.homeless,
                benefit: phase.open().then_some((household.benefit, requested.month_start())),
            },
        );
    }

    fn adult<'a>(
        &self,
        adult: &'a Adult<'_>,
        place: usize,
        town: &'a str,
        requested: Day,
    ) -> FoyerPerson<'a> {
        let Adult { person, seen, number } = adult;
        let waiting = person.identity.waiting_until.is_some_and(|certified| self.last < certified);
        let registered = person.spell_on(self.last).is_some_and(|spell| spell.end.is_none());
        let quarter = self.first.plus(-100).month_start();
        // Income comes and goes with the digits of the person's number: nobody reads it, every reader must skip it.
        let cents = person.no.0.wrapping_mul(2_654_435_761) >> 15;
        FoyerPerson {
            title: if person.identity.birth.sex == Sex::Man { "MR" } else { "MME" },
            name: if seen.married_name.is_empty() { &seen.birth_name } else { &seen.married_name },
            birth_name: &seen.birth_name,
            first_names: seen.first_names.each_ref().map(String::as_str),
            birth_town: town,
            birth: seen.birth.ok_or("1900-01-01"),
            rank: if matches!(person.kin, Some((Kin::Twin, _))) { "2" } else { "1" },
            nir: &seen.nir,
            certified: !waiting && !seen.nir.is_empty(),
            sex: sex(person.identity.birth.sex),
            role: if place == 0 { "DEM" } else { "CJT" },
            holder: place == 0,
            attached: requested,
            number,
            duties: Some(person.duties),
            resources: (!cents.is_multiple_of(3))
                .then_some((quarter, if cents.is_multiple_of(4) { 0 } else { cents % 90_000 })),
            activity: Some((if registered { "CHO" } else { "SAN" }, requested)),
        }
    }
}

impl ChildRow {
    fn person(&self, child: &Child) -> FoyerPerson<'_> {
        let born = child.identity.birth.day;
        FoyerPerson {
            title: "",
            name: &self.name,
            birth_name: &self.name,
            first_names: self.first_names.each_ref().map(String::as_str),
            birth_town: &self.birth_town,
            birth: Ok(born),
            rank: "1",
            nir: &self.nir,
            certified: true,
            sex: sex(child.identity.birth.sex),
            role: "ENF",
            holder: false,
            attached: born,
            number: "",
            duties: None,
            resources: None,
            activity: None,
        }
    }
}

fn child_row(child: &Child, land: &Land, day: Day) -> ChildRow {
    let identity = &child.identity;
    let name = |place: usize, length: usize| {
        identity
            .first_names
            .get(place)
            .map(|name| cut(&upper_plain(name), length).to_owned())
            .unwrap_or_default()
    };
    // The CNAF has no NIR for most young children.
    let known = day.since(identity.birth.day) > 10 * 365;
    ChildRow {
        name: cut(&upper_plain(&identity.birth_name), 28).to_owned(),
        first_names: [name(0, 32), name(1, 15), name(2, 15)],
        birth_town: land.birth_town(&identity.birth),
        nir: if known { identity.birth.nir(false) } else { String::new() },
    }
}

fn sex(sex: Sex) -> &'static str {
    if sex == Sex::Man { "1" } else { "2" }
}

fn closed(phase: Phase) -> Option<&'static str> {
    if let Phase::Closed(reason) = phase { Some(reason) } else { None }
}

fn state(phase: Phase, this_month: bool) -> &'static str {
    match phase {
        Phase::Pending => "0",
        Phase::Refused => "1",
        Phase::Payable => "2",
        Phase::RightSuspended(_) => "3",
        Phase::PaymentSuspended(_) => "4",
        Phase::Closed(_) if this_month => "5",
        Phase::Closed(_) => "6",
    }
}

//! Files of any size, streamed: independent people, no history, constant memory.

use crate::birth::Births;
use crate::calendar::Day;
use crate::defect::{Defect, document_type, inserted};
use crate::identity::Identity;
use crate::land::Land;
use crate::month::flush;
use crate::names::{self, Sex};
use crate::pecgm::{self, Flavour, Frame, Manner, Spelling};
use crate::rng::{Rng, Stream};
use crate::rsabem;
use crate::sample_records::{self as records, Spoil};
use crate::text::{cut, upper_latin1};
use crate::xml::{Encoding, Xml};
use liant_model::{Date, Territory};
use std::io::{self, Write};
use std::str::FromStr;

/// A flow a sample can be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SampleKind {
    /// France Travail to the Département, monthly.
    Pecgm,
    /// France Travail to the Département, weekly.
    Pecdh,
    /// The Département to France Travail.
    Cgpem,
    /// The CNAF's beneficiary flow.
    Rsabem,
}

impl SampleKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Pecgm, Self::Pecdh, Self::Cgpem, Self::Rsabem];

    /// Its name, as [`FromStr`] reads it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pecgm => "pecgm",
            Self::Pecdh => "pecdh",
            Self::Cgpem => "cgpem",
            Self::Rsabem => "rsabem",
        }
    }

    /// Whether a file of this kind can have the defect.
    pub fn can_have(self, defect: Defect) -> bool {
        match defect {
            Defect::NoIdentifier
            | Defect::UnknownNature
            | Defect::FutureDecision
            | Defect::ReferentWithoutName => self == Self::Cgpem,
            Defect::ModalityUnderAxis => self == Self::Pecgm,
            // The names of CGPEM are without accents: there, the byte breaks that rule too.
            Defect::C1Bytes => self != Self::Cgpem,
            Defect::UnknownCodes => matches!(self, Self::Pecgm | Self::Rsabem),
            Defect::InvalidUtf8 => self == Self::Rsabem,
            Defect::AccentedTags
            | Defect::RegionWithoutIdentifier
            | Defect::TrailerDepartement
            | Defect::WrongFlow => self != Self::Rsabem,
            _ => true,
        }
    }
}

/// A name that is no kind of sample.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no flow; give pecgm, pecdh, cgpem or rsabem")]
pub struct UnknownKind(pub String);

impl FromStr for SampleKind {
    type Err = UnknownKind;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| UnknownKind(name.to_owned()))
    }
}

/// How a sample is made.
#[derive(Clone, Debug)]
pub struct SampleOptions {
    /// The Département.
    pub territory: Territory,
    /// A day of the month the file speaks for; the day itself for the weekly flow.
    pub reference: Date,
    /// How tags are spelt.
    pub spelling: Spelling,
    /// The encoding, for RSABEM; the other flows are ISO-8859-1.
    pub encoding: Encoding,
    /// What is wrong with the file on purpose.
    pub defects: Vec<Defect>,
}

impl SampleOptions {
    /// A sound file of `territory` for the month of `reference`.
    pub fn new(territory: Territory, reference: Date) -> Self {
        Self {
            territory,
            reference,
            spelling: Spelling::default(),
            encoding: Encoding::default(),
            defects: Vec::new(),
        }
    }

    /// The same with a defect more.
    #[must_use]
    pub fn with(mut self, defect: Defect) -> Self {
        self.defects.push(defect);
        self
    }
}

/// Why a sample cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The output failed.
    #[error("the sample cannot be written")]
    Output(#[from] io::Error),
    /// The flow cannot have the defect.
    #[error("the defect `{defect}` does not exist in {}: choose another flow", kind.name())]
    Defect {
        /// The flow asked for.
        kind: SampleKind,
        /// The defect asked for.
        defect: Defect,
    },
    /// Beyond this many records, identifiers would repeat.
    #[error("at most {} records in a sample, beyond which identifiers repeat", MOST_RECORDS)]
    TooMany,
}

/// The largest sample.
pub const MOST_RECORDS: u64 = 20_000_000;

/// Writes a file of `kind` with exactly `records` records (households for RSABEM). With one seed, record *n* of each
/// kind is the same person, the claimant for RSABEM.
///
/// # Errors
/// [`SampleError`] when the output fails, the flow cannot have a defect, or too many records are asked for.
pub fn sample(
    kind: SampleKind,
    records: u64,
    seed: u64,
    out: &mut impl Write,
    options: &SampleOptions,
) -> Result<(), SampleError> {
    if records > MOST_RECORDS {
        return Err(SampleError::TooMany);
    }
    if let Some(defect) = options.defects.iter().copied().find(|defect| !kind.can_have(*defect)) {
        return Err(SampleError::Defect { kind, defect });
    }
    let sampler = Sampler::new(kind, records, seed, options);
    sampler.write(out)?;
    Ok(())
}

/// What the records of a sample are made from.
pub(crate) struct Sampler<'o> {
    kind: SampleKind,
    records: u64,
    seed: u64,
    options: &'o SampleOptions,
    /// First day of the month the file speaks for.
    pub(crate) first: Day,
    /// The last day anything in it may bear.
    pub(crate) today: Day,
    births: Births,
    pub(crate) land: Land,
}

/// An invented person of a sample, as France Travail writes her.
pub(crate) struct Stranger {
    pub(crate) identity: Identity,
    pub(crate) nir: String,
    pub(crate) birth_name: String,
    pub(crate) married_name: String,
    pub(crate) first_name: String,
}

impl<'o> Sampler<'o> {
    fn new(kind: SampleKind, records: u64, seed: u64, options: &'o SampleOptions) -> Self {
        let reference = Day::of(options.reference);
        let today = if kind == SampleKind::Pecdh { reference } else { reference.month_end() };
        Self {
            kind,
            records,
            seed,
            options,
            first: reference.month_start(),
            today,
            births: Births::new(options.territory, seed, today),
            land: Land::new(options.territory, seed),
        }
    }

    fn has(&self, defect: Defect) -> bool {
        self.options.defects.contains(&defect)
    }

    /// The draws about record `number`, apart from the person's identity.
    pub(crate) fn rng(&self, number: u64) -> Rng {
        Rng::of(self.seed, Stream::Record, number * 4 + self.kind as u64)
    }

    /// Person `number`.
    pub(crate) fn person(&self, number: u64) -> Stranger {
        let mut rng = Rng::of(self.seed, Stream::Household, number);
        let identity = Identity::new(&mut rng, self.births.of(number));
        let adult = self.today.year() - identity.birth.day.year() > 24;
        let married_name = if identity.birth.sex == Sex::Woman && adult && rng.chance(3_800) {
            let origin = names::origin(&mut rng, false);
            cut(&upper_latin1(&names::surname(&mut rng, origin)), 25).to_owned()
        } else {
            String::new()
        };
        Stranger {
            nir: identity.birth.nir(rng.chance(60)),
            birth_name: cut(&upper_latin1(&identity.birth_name), 25).to_owned(),
            first_name: cut(&upper_latin1(identity.first_name()), 25).to_owned(),
            married_name,
            identity,
        }
    }

    /// A commune of the territory.
    pub(crate) fn commune(&self, rng: &mut Rng) -> [u8; 5] {
        self.births.near(rng)
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let encoding = match self.kind {
            SampleKind::Rsabem if self.has(Defect::InvalidUtf8) => Encoding::Utf8,
            SampleKind::Rsabem => self.options.encoding,
            _ => Encoding::Latin1,
        };
        let spelling =
            if self.has(Defect::AccentedTags) { Spelling::Convention } else { self.options.spelling };
        let mut xml = Xml::new(encoding, self.has(Defect::CompactDates), self.has(Defect::CrLf));
        let frame = self.frame();
        self.write_start(&mut xml, &frame, spelling);
        for number in 0..self.records {
            let start = xml.bytes.len();
            let middle = number == self.records / 2;
            let spoil = Spoil(if middle { &self.options.defects } else { &[] });
            self.write_record(&mut xml, number, spelling, spoil);
            if middle {
                self.spoil_bytes(&mut xml.bytes, start);
            }
            if self.has(Defect::Truncated) && number + 1 == self.records {
                let half = start.midpoint(xml.bytes.len());
                xml.bytes.truncate(half);
                return flush(&mut xml, out, 0);
            }
            flush(&mut xml, out, 1 << 16)?;
        }
        self.write_end(&mut xml, &frame, spelling);
        flush(&mut xml, out, 0)
    }

    fn frame(&self) -> Frame {
        let (file, period, reference) = match self.kind {
            SampleKind::Pecdh => ("PECD", "H", self.today),
            SampleKind::Cgpem => ("CGPE", "M", self.first),
            SampleKind::Pecgm | SampleKind::Rsabem => ("PECG", "M", self.first),
        };
        let file = match (self.has(Defect::WrongFlow), file) {
            (false, file) => file,
            (true, "PECG") => "PECD",
            (true, _) => "PECG",
        };
        let own = self.options.territory.as_str();
        let other = if own == "59" { "62" } else { "59" };
        let departement = if self.has(Defect::WrongDepartement) { other } else { own };
        let mut frame = Frame::new(file, period, departement, reference, self.today);
        if self.has(Defect::TrailerDepartement) {
            other.clone_into(&mut frame.trailer_departement);
        }
        if self.has(Defect::OlderReference) {
            let (year, month, day) = reference.parts();
            frame.reference = Day::new(year - 1, month, day.min(28));
        }
        frame
    }

    fn write_start(&self, xml: &mut Xml, frame: &Frame, spelling: Spelling) {
        if self.has(Defect::ByteOrderMark) {
            xml.bytes.extend_from_slice(b"\xEF\xBB\xBF");
        }
        xml.prolog();
        for text in self.options.defects.iter().filter_map(|defect| document_type(*defect)) {
            xml.markup(&text);
            xml.end_line();
        }
        if self.kind == SampleKind::Rsabem {
            let older = self.has(Defect::OlderReference);
            let month_end = self.first.month_end();
            rsabem::write_header(xml, self.today, if older { month_end.plus(-365) } else { month_end });
        } else {
            pecgm::write_header(xml, frame, spelling);
        }
    }

    fn write_record(&self, xml: &mut Xml, number: u64, spelling: Spelling, spoil: Spoil<'_>) {
        let flavour = match self.kind {
            SampleKind::Pecgm => Flavour::Monthly,
            SampleKind::Pecdh => Flavour::Weekly,
            SampleKind::Cgpem => return records::write_cgpem(xml, self, number, spelling, spoil),
            SampleKind::Rsabem => {
                return records::write_rsabem(xml, self, number, self.has(Defect::WrongDepartement), spoil);
            }
        };
        let manner = Manner { flavour, spelling, modality_under_axis: self.has(Defect::ModalityUnderAxis) };
        records::write_pecgm(xml, self, number, manner, spoil);
    }

    /// What strikes the bytes of the middle record, which starts at `start`.
    fn spoil_bytes(&self, bytes: &mut Vec<u8>, start: usize) {
        let tag: &[u8] = if self.kind == SampleKind::Rsabem { b"</PRENOM>" } else { b"</prenom>" };
        let place =
            bytes[start..].windows(tag.len()).position(|window| window == tag).map(|place| start + place);
        let Some(place) = place else { return };
        if self.has(Defect::UnclosedTag) {
            bytes.drain(place..place + tag.len());
        }
        for more in self.options.defects.iter().filter_map(|defect| inserted(*defect)) {
            bytes.splice(place..place, more);
        }
        if self.has(Defect::ByteOrderMarkInside) {
            bytes.splice(start..start, *b"\xEF\xBB\xBF");
        }
    }

    fn write_end(&self, xml: &mut Xml, frame: &Frame, spelling: Spelling) {
        let count = self.records + u64::from(self.has(Defect::CountMismatch));
        let rsabem = self.kind == SampleKind::Rsabem;
        match (self.has(Defect::NoTrailer), rsabem) {
            (false, false) => pecgm::write_trailer(xml, frame, count),
            (false, true) => rsabem::write_trailer(xml, count),
            (true, _) => {
                xml.close(if rsabem { "Racine" } else { "flux" });
                xml.end_line();
            }
        }
        if self.has(Defect::TrailingRecord) {
            self.write_record(xml, self.records, spelling, Spoil(&[]));
        }
    }
}

//! The CGPEM flow: the Département's RSA recipients in course and their orientation, for France Travail.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use liant_audit::Act;
use liant_convention::{Direction, FlowQuery, People};
use liant_flux::{ReadOptions, Reader, Report, WriteError, WriteHeader, Writer};
use liant_guard::{BulkSession, Guarded, Plan, Standing, Subject, View};
use liant_model::{Block, Date, Facts, Field, Lang, Nir, PersonId, ReferenceDate, Source};
use liant_store::{CurrentFact, OrientationRow};

use crate::import::refusal;
use crate::private::PrivateFile;
use crate::sealing::unseal;
use crate::{AppError, Context, Workplace, access, lookups, positions, recipients, rights};

/// What building the file did.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct CgpemReport {
    /// Recipients in course.
    pub recipients: u64,
    /// Records written.
    pub written: u64,
    /// Recipients with no orientation decision: they are not in the file, since its nature is required.
    pub to_orient: Vec<PersonId>,
    /// Recipients whose record breaks a rule: they are not in the file.
    pub refused: Vec<RefusedRecord>,
    /// Warnings, by rule: above all each correspondent that France Travail would erase.
    pub warnings: Vec<(Report, u64)>,
    /// Reference date.
    pub reference_date: String,
    /// The file.
    pub file: PathBuf,
    /// Clause under which it leaves.
    pub clauses: Vec<String>,
}

/// A recipient whose record could not be written.
#[derive(Clone, Debug, serde::Serialize)]
pub struct RefusedRecord {
    /// The person.
    pub person: PersonId,
    /// The rules her record breaks.
    pub problems: Vec<Report>,
}

/// Builds the file beside `output`, checks it as France Travail would, and only then gives it its name.
///
/// # Errors
/// When the gate refuses, or the file cannot be written; there is then no file.
pub fn export(
    context: &Context<'_>,
    workplace: &Workplace,
    output: &Path,
    reference: Option<Date>,
    lang: Lang,
) -> Result<CgpemReport, AppError> {
    let plan = sending_plan(context, workplace)?;
    let erased = erasures(context, workplace)?;
    let today = context.now().date();
    let reference = ReferenceDate::new(reference.unwrap_or_else(|| today.first_of_month()));
    let recipients = in_course(context, workplace)?;
    let mut material = Material::read(context, workplace, &recipients)?;
    let mut report = CgpemReport {
        recipients: recipients.len() as u64,
        to_orient: recipients
            .keys()
            .filter(|person| !material.decisions.contains_key(person))
            .copied()
            .collect(),
        reference_date: reference.to_string(),
        file: output.to_path_buf(),
        clauses: plan.clauses().map(ToString::to_string).collect(),
        ..CgpemReport::default()
    };
    let oriented: Vec<PersonId> =
        recipients.keys().filter(|person| material.decisions.contains_key(person)).copied().collect();
    let what = format!("CGPEM {reference} ({})", output.file_name().unwrap_or_default().to_string_lossy());
    let standings = oriented.iter().filter_map(|person| recipients.get(person).cloned());
    let session =
        plan.begin_file(standings, |record| access::write(context, workplace, record, Act::Export, &what))?;
    let header = WriteHeader {
        territory: context.territory,
        reference_date: reference,
        fabrication_date: today,
        periodicity: None,
    };
    let fault = |error| AppError::file(output, error);
    let (private, file) = PrivateFile::begin(output).map_err(fault)?;
    let partial = private.partial().to_path_buf();
    let pieces = (oriented.as_slice(), &mut material);
    write(context, workplace, &session, pieces, (file, &partial, &header), &mut report, lang)?;
    check(context, workplace, &partial, report.written)?;
    access::still_passes(context, workplace, ("CGPEM", Direction::Send))?;
    let out = rights::limits::out_of_file(context, workplace, "CGPEM")?;
    let is_erased = erasures(context, workplace)? != erased;
    if is_erased || oriented.iter().any(|person| out.contains(person)) {
        return Err(AppError::OutOfDate);
    }
    private.finish().map_err(fault)?;
    Ok(report)
}

fn query<'a>(context: &'a Context<'_>) -> FlowQuery<'a> {
    FlowQuery { profile: "CGPEM", actor: context.actor, territory: context.territory, now: context.now() }
}

/// Whether a convention in force lets the file leave today. Asks, and does nothing: it leaves no trace.
pub(crate) fn may_leave(context: &Context<'_>, workplace: &Workplace) -> Result<bool, AppError> {
    Ok(Plan::for_sending(context.gate(workplace)?, &query(context)).is_ok())
}

/// How many people had data erased: while a file is made, nobody more may have.
pub(crate) fn erasures(context: &Context<'_>, workplace: &Workplace) -> Result<u64, AppError> {
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the bare method is not general over lifetimes"
    )]
    Ok(workplace.store.read(context.territory, |snapshot| snapshot.erasure_count())?)
}

fn sending_plan(context: &Context<'_>, workplace: &Workplace) -> Result<Plan, AppError> {
    let query = query(context);
    lookups::not_blocked(context, workplace)?;
    Plan::for_sending(context.gate(workplace)?, &query)
        .map_err(|refusal| access::flow_refused(context, workplace, &query, refusal))
}

/// The persons of the territory who are recipients in course, of whom alone the flow speaks, with their standing: the
/// plan may let out less of them, by what its clauses say.
pub(crate) fn in_course(
    context: &Context<'_>,
    workplace: &Workplace,
) -> Result<BTreeMap<PersonId, Standing>, AppError> {
    let mut positions = positions::positions(context, workplace)?;
    workplace.store.read(context.territory, |snapshot| recipients::gather_all(snapshot, &mut positions))?;
    let found = positions.standings.all_in(People::RsaRecipientInCourse);
    let mut found: BTreeMap<PersonId, Standing> = found
        .filter_map(|standing| match standing.subject()? {
            Subject::Person(person) => Some((person, standing)),
            Subject::Identity(_) => None,
        })
        .collect();
    // Whose own rights keep her out of the file is neither in it nor among those counted for it.
    for person in rights::limits::out_of_file(context, workplace, "CGPEM")? {
        found.remove(&person);
    }
    Ok(found)
}

/// What the file is made from, still sealed.
struct Material {
    decisions: HashMap<PersonId, OrientationRow>,
    identities: HashMap<PersonId, Vec<CurrentFact>>,
    present_at_ft: BTreeSet<liant_model::IdentityId>,
}

impl Material {
    fn read(
        context: &Context<'_>,
        workplace: &Workplace,
        people: &BTreeMap<PersonId, Standing>,
    ) -> Result<Self, AppError> {
        Ok(workplace.store.read(context.territory, |snapshot| {
            let mut material = Self {
                decisions: HashMap::new(),
                identities: HashMap::new(),
                present_at_ft: BTreeSet::new(),
            };
            snapshot.orientations(|row| {
                if people.contains_key(&row.person) {
                    material.decisions.insert(row.person, row);
                }
                Ok(())
            })?;
            snapshot.present(&Source::FRANCE_TRAVAIL, |identity, _, _| {
                material.present_at_ft.insert(identity);
                Ok(())
            })?;
            snapshot.block_of_all(Block::Identity, |fact| {
                if material.decisions.contains_key(&fact.person) {
                    material.identities.entry(fact.person).or_default().push(fact);
                }
                Ok(())
            })?;
            Ok(material)
        })?)
    }

    /// The identity facts of a person, those that France Travail knows her by first, then the CNAF's, then our own.
    fn identities_of(&mut self, person: PersonId) -> Vec<CurrentFact> {
        let mut facts = self.identities.remove(&person).unwrap_or_default();
        facts.sort_by_key(|fact| match fact.facts.source() {
            source if *source == Source::FRANCE_TRAVAIL => {
                i32::from(!self.present_at_ft.contains(&fact.identity))
            }
            source if *source == Source::CNAF => 2,
            _ => 3,
        });
        facts
    }
}

fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    session: &BulkSession<'_>,
    (people, material): (&[PersonId], &mut Material),
    (file, path, header): (File, &Path, &WriteHeader),
    report: &mut CgpemReport,
    lang: Lang,
) -> Result<(), AppError> {
    let profile = workplace.profile("CGPEM")?;
    let fault = |error: WriteError| AppError::file(path, error);
    let mut writer =
        Writer::create(BufWriter::new(file), profile, header, &workplace.lists).map_err(fault)?;
    for person in people {
        let record = record_of(context, workplace, session, material, *person)?;
        match writer.write(&|field: Field| record.value(field)) {
            Ok(()) => report.written += 1,
            Err(WriteError::Refused(problems)) => report.refused.push(RefusedRecord {
                person: *person,
                problems: problems.iter().map(|problem| problem.report(lang)).collect(),
            }),
            Err(error) => return Err(fault(error)),
        }
    }
    let written = writer.finish().map_err(fault)?;
    let file = written.output.into_inner().map_err(|error| AppError::file(path, error.error()))?;
    file.sync_all().map_err(|error| AppError::file(path, error))?;
    report.warnings = written
        .warnings
        .iter()
        .filter_map(|warning| Some((warning.examples.first()?.report(lang), warning.count)))
        .collect();
    Ok(())
}

/// One record to write: what the clauses let out, source by source in order of preference.
struct Record {
    views: Vec<View>,
    nir: Option<Nir>,
}

impl Record {
    fn value(&self, field: Field) -> Option<String> {
        match field {
            Field::Nir => self.nir.map(|nir| nir.as_str().to_owned()),
            // Both halves of France Travail's identifier come from the same source identity.
            Field::FtRegion | Field::FtIdentifier => {
                let whole = |view: &&View| {
                    view.get(Field::FtRegion).is_some() && view.get(Field::FtIdentifier).is_some()
                };
                self.views.iter().find(whole)?.get(field).map(str::to_owned)
            }
            field => self.views.iter().find_map(|view| view.get(field)).map(str::to_owned),
        }
    }
}

fn record_of(
    context: &Context<'_>,
    workplace: &Workplace,
    session: &BulkSession<'_>,
    material: &mut Material,
    person: PersonId,
) -> Result<Record, AppError> {
    let mut record = Record { views: Vec::new(), nir: None };
    for fact in material.identities_of(person) {
        if let Some(sealed) = fact.sealed.as_deref().filter(|_| record.nir.is_none()) {
            let opened = unseal(&workplace.keys, context.territory, fact.identity, sealed)?;
            let nir = Facts::text_in(&opened, Field::Nir).and_then(|nir| Nir::parse(nir.as_bytes()).ok());
            let guarded =
                nir.map(|nir| Guarded::seal(Subject::Person(person), fact.facts.source().clone(), nir));
            record.nir = guarded.and_then(|guarded| session.open_nir(Field::Nir, &guarded).ok());
        }
        record.views.extend(session.open(&fact.facts).ok());
    }
    if let Some(decision) = material.decisions.get(&person) {
        record.views.extend(session.open(&decision.facts).ok());
    }
    Ok(record)
}

/// Reads the file back as its receiver will.
fn check(context: &Context<'_>, workplace: &Workplace, path: &Path, written: u64) -> Result<(), AppError> {
    let profile = workplace.profile("CGPEM")?;
    let file = File::open(path).map_err(|error| AppError::file(path, error))?;
    let options = ReadOptions {
        expected_territory: Some(context.territory),
        today: Some(context.now().date()),
        ..ReadOptions::default()
    };
    let mut reader = Reader::open(file, profile, &workplace.lists, &options).map_err(refusal)?;
    while reader.next_dossier().map_err(refusal)?.is_some() {}
    let summary = reader.finish().map_err(refusal)?;
    if summary.rejected == 0 && summary.dossiers == written {
        Ok(())
    } else {
        Err(AppError::Internal("the file that was written does not pass its own check".to_owned()))
    }
}

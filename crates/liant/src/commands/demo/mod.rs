//! An invented territory, its files made and imported by the code of production, an account of what happened, and its web site.

mod accompaniments;
mod committees;
mod offices;
mod rsa;
mod site;
mod tale;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context as _;
use liant_app::demo::Roster;
use liant_app::{AppError, ImportReport, ImportRequest, SystemClock, cgpem, directory, orientation, review};
use liant_flux::Profile;
use liant_model::{Clock as _, Date, FixedClock, Lang, Territory};
use liant_sample::{Decisions, FileOptions, MonthView, World, WorldOptions};

use super::{Call, export, init};
use crate::arguments::Demo;
use crate::output::{Outcome, either, line, note};
use crate::workshop::Workshop;

/// The territory whose conventions ship with the program.
const TERRITORY: &str = "62";
/// Where the invented territory's people meet.
const PLACES: &str = r#"[[place]]
id    = "quai"
party = "departement-62"
name  = "Bâtiment du quai"
lines = ["12 quai du Rivage", "62999 VALBRUYERE"]
phone = "03 21 00 00 01"

[[place]]
id    = "halles"
party = "departement-62"
name  = "Salle des halles"
lines = ["3 place des Halles", "62998 HAUTEPIERRE"]
phone = "03 21 00 00 02"

[[place]]
id    = "gare"
party = "france-travail"
name  = "Bâtiment de la gare"
lines = ["1 place de la Gare", "62999 VALBRUYERE"]
phone = "03 21 00 00 03"
"#;
/// What its parties have agreed on, and no convention that ships says.
const AGREED: (&str, &str) = ("62-liste-fse.toml", include_str!("liste-fse.toml"));
/// The file of the invented accounts, in the folder.
const ROSTER: &str = "demo.json";
/// The first day on which the shipped conventions are surely in force.
const IN_FORCE: Date = Date::constant(2024, 10, 1);

pub(super) fn run(call: &Call, demo: &Demo) -> anyhow::Result<Outcome> {
    if let Some(email) = &demo.code {
        return site::code(demo.dir.as_deref().unwrap_or(Path::new(".")), email);
    }
    let began = Instant::now();
    let folder = folder(demo)?;
    let store = demo.store.clone().unwrap_or_else(|| "liant.db".to_owned());
    let territory = Territory::parse(TERRITORY)?;
    init::write(&folder, territory, &store)?;
    // The demo's Département has signed them.
    for (name, text) in liant_convention::ON_ACCOMPANIMENT.iter().chain([&AGREED]) {
        let path = folder.join("conventions").join(name);
        fs::write(&path, text).map_err(|error| AppError::file(&path, error))?;
    }
    let places = folder.join("programmes").join("places.toml");
    fs::write(&places, PLACES).map_err(|error| AppError::file(&places, error))?;
    site::mark(&folder)?;
    let lang = call.lang;
    let months = demo.months.max(1);
    let world =
        World::new(WorldOptions::new(territory, demo.people, demo.seed, first_month(months)?, months));
    note(format!(
        "{} {} ({} {}, {} {months})",
        either(lang, "Territoire inventé dans", "Invented territory in"),
        folder.display(),
        demo.people,
        either(lang, "personnes", "people"),
        either(lang, "mois :", "months:"),
    ));
    let config = folder.join("liant.toml");
    let stage = Stage { folder: &folder, config: &config, lang };
    let mut account = Account::default();
    for month in world.months() {
        stage.month(&month, &mut account)?;
    }
    let last = world.month(months - 1).context("a world has at least one month")?;
    let built = stage.send(&last)?;
    let roster = stage.people(&world)?;
    stage.tell(&world, &account, &built)?;
    note(format!("{} {:.1} s", either(lang, "Durée :", "Time:"), began.elapsed().as_secs_f64()));
    site::tell(lang, &roster, &folder);
    if demo.no_serve {
        site::how_to_serve(lang, &folder);
        return Ok(Outcome::Done);
    }
    site::up(call, &folder, demo.port)?;
    Ok(Outcome::Done)
}

/// The folder to work in: the one asked for, or a new one.
fn folder(demo: &Demo) -> anyhow::Result<PathBuf> {
    if let Some(folder) = &demo.dir {
        fs::create_dir_all(folder).map_err(|error| AppError::file(folder, error))?;
        return Ok(folder.clone());
    }
    let stamp = SystemClock.now().micros();
    let folder = std::env::temp_dir().join(format!("liant-demo-{stamp}"));
    fs::create_dir(&folder).map_err(|error| AppError::file(&folder, error))?;
    Ok(folder)
}

/// The first of `months` months of which the last is the one before this one.
fn first_month(months: u32) -> anyhow::Result<Date> {
    let this = SystemClock.now().date().first_of_month();
    let span = jiff_months(months)?;
    this.checked_sub(span).context("too many months")
}

/// The evening of a day, when it is one on which the conventions are in force.
fn evening(day: Date) -> liant_model::Instant {
    let epoch = Date::constant(1970, 1, 1);
    let days = epoch.until(day.max(IN_FORCE)).map_or(0, |span| i64::from(span.get_days()));
    liant_model::Instant::from_micros((days * 24 + 18) * 3_600_000_000)
}

fn jiff_months(months: u32) -> anyhow::Result<liant_model::Span> {
    Ok(liant_model::Span::new().try_months(i64::from(months))?)
}

/// What the months brought.
#[derive(Default)]
struct Account {
    files: u32,
    records: u64,
    rejected: u64,
    certain: u64,
    scored: u64,
    to_review: u64,
    entered: u64,
    left: u64,
    ceased: u64,
    radiated: u64,
}

impl Account {
    fn add(&mut self, report: &ImportReport) {
        self.files += 1;
        self.records += report.records;
        self.rejected += report.rejected;
        self.certain += report.recognised_certain;
        self.scored += report.recognised_scored;
        self.to_review += report.to_review;
        if report.flow.starts_with("PEC") {
            self.entered += report.entered;
            self.left += report.left;
            self.ceased += report.ceased;
            self.radiated += report.radiated;
        }
    }
}

struct Stage<'a> {
    folder: &'a Path,
    config: &'a Path,
    lang: Lang,
}

impl Stage<'_> {
    fn workshop(&self, actor: &str) -> anyhow::Result<Workshop> {
        Workshop::open(self.config, Some(actor), None)
    }

    /// Organisations, and someone in each role.
    fn people(&self, world: &World) -> anyhow::Result<Roster> {
        let operator = self.workshop("technician")?;
        let roster = offices::make(&operator, world, self.lang)?;
        roster.write(&self.folder.join(ROSTER))?;
        Ok(roster)
    }

    /// The files of one month, made and imported.
    fn month(&self, month: &MonthView<'_>, account: &mut Account) -> anyhow::Result<()> {
        let stamp = month.first_day().strftime("%Y-%m").to_string();
        let options = FileOptions::default();
        if month.index() == 0 {
            let known = self.file("personnes.csv", |out| month.write_known_csv(out).map(drop))?;
            account.add(&self.import(month, "PERSONNES", &known)?);
        }
        let rights =
            self.file(&format!("rsabem-{stamp}.xml"), |out| month.write_rsabem(out, options).map(drop))?;
        account.add(&self.import(month, "RSABEM", &rights)?);
        // The first weekly file comes after the first monthly one: before it, nobody has a category.
        if let Some(friday) = month.fridays().last().copied().filter(|_| month.index() > 0) {
            let weekly = self.file(&format!("pecdh-{friday}.xml"), |out| {
                month.write_pecdh(out, options, friday).map(drop)
            })?;
            account.add(&self.import(month, "PECDH", &weekly)?);
        }
        let stock =
            self.file(&format!("pecgm-{stamp}.xml"), |out| month.write_pecgm(out, options).map(drop))?;
        account.add(&self.import(month, "PECGM", &stock)?);
        Ok(())
    }

    /// The decisions of the last month, and the file that tells France Travail of them.
    fn send(&self, month: &MonthView<'_>) -> anyhow::Result<cgpem::CgpemReport> {
        let list = self.file("orientations.csv", |out| {
            month.write_orientations_csv(out, Decisions::InForce).map(drop)
        })?;
        let officer = self.workshop("officer")?;
        orientation::import_list(&officer.context("orientation")?, &officer.workplace, &list, self.lang)?;
        let technician = self.workshop("technician")?;
        let output = self.folder.join("cgpem.xml");
        Ok(cgpem::export(
            &technician.context("file-handling")?,
            &technician.workplace,
            &output,
            None,
            self.lang,
        )?)
    }

    fn file(
        &self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
    ) -> anyhow::Result<PathBuf> {
        let path = self.folder.join(name);
        let file = File::create(&path).map_err(|error| AppError::file(&path, error))?;
        let mut out = BufWriter::new(file);
        write(&mut out).and_then(|()| out.flush()).map_err(|error| AppError::file(&path, error))?;
        Ok(path)
    }

    /// Imports a file on the last evening of its month: what is invented happened at its own time, so that the site has a
    /// past to show.
    fn import(&self, month: &MonthView<'_>, profile: &str, path: &Path) -> anyhow::Result<ImportReport> {
        let technician = self.workshop("technician")?.on(FixedClock(evening(month.last_day())));
        let profile = Profile::shipped(profile)?;
        let request = ImportRequest {
            path,
            profile: &profile,
            dry_run: false,
            strict: false,
            most_leaving: Some(technician.most_leaving()),
            lang: self.lang,
        };
        let report = liant_app::import(
            &technician.context("file-handling")?,
            &technician.workplace,
            request,
            &mut |_, _| {},
        )
        .with_context(|| path.display().to_string())?;
        directory::refresh(&technician.workplace, technician.territory(), technician.clock().now())?;
        note(format!(
            "  {:<24} {:>7} {}, {:>5} {}, {:>5} {}, {:>4} {}",
            path.file_name().unwrap_or_default().to_string_lossy(),
            report.records,
            either(self.lang, "dossiers", "records"),
            report.entered,
            either(self.lang, "entrés", "entered"),
            report.left,
            either(self.lang, "sortis", "left"),
            report.to_review,
            either(self.lang, "à examiner", "to review"),
        ));
        Ok(report)
    }

    /// The account: short, readable, with what to try next.
    fn tell(&self, world: &World, account: &Account, built: &cgpem::CgpemReport) -> anyhow::Result<()> {
        let lang = self.lang;
        line("");
        line(match lang {
            Lang::Fr => format!(
                "{} fichiers importés, {} dossiers, {} mis de côté. {} personnes reconnues avec certitude, {} par leur \
                 score ; {} questions pour un humain.",
                account.files,
                account.records,
                account.rejected,
                account.certain,
                account.scored,
                account.to_review
            ),
            Lang::En => format!(
                "{} files imported, {} records, {} set aside. {} people recognised for certain, {} by their score; {} \
                 questions for a human.",
                account.files,
                account.records,
                account.rejected,
                account.certain,
                account.scored,
                account.to_review
            ),
        });
        line(match lang {
            Lang::Fr => format!(
                "Aux fichiers de France Travail : {} entrées, {} sorties, {} cessations, {} radiations.",
                account.entered, account.left, account.ceased, account.radiated
            ),
            Lang::En => format!(
                "In France Travail's files: {} entered, {} left, {} ceased, {} struck off.",
                account.entered, account.left, account.ceased, account.radiated
            ),
        });
        export::tell(lang, built);
        line("");
        line(either(lang, "Ce qui est arrivé à quelques-uns :", "What happened to some of them:"));
        for told in world.story() {
            line(format!("  {}", either(lang, &told.fr, &told.en)));
        }
        self.what_next()
    }

    fn what_next(&self) -> anyhow::Result<()> {
        let lang = self.lang;
        let clerk = self.workshop("clerk")?;
        let (questions, _) = review::list(&clerk.context("identity-review")?, &clerk.workplace, 1, lang)?;
        let config = format!("--config {}", self.config.display());
        line("");
        line(either(lang, "À essayer :", "To try:"));
        line(format!("  liant {config} --as clerk review list"));
        if let Some(question) = questions.first() {
            line(format!("  liant {config} --as clerk review accept {}", question.review));
            line(format!("  liant {config} --as officer person show {}", question.candidate.person));
            line(format!("  liant {config} --as dpo audit who-read {}", question.candidate.person));
        }
        line(format!("  liant {config} --as technician flux list"));
        line(format!("  liant {config} --as dpo audit verify"));
        line(format!("  liant flux check {}", self.folder.join("cgpem.xml").display()));
        Ok(())
    }
}

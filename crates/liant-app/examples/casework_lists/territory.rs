//! An invented territory with as many accompaniments as are asked for.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};

use liant_app::people;
use liant_app::{Context, ImportRequest, SystemClock, Workplace, casework, directory};
use liant_convention::{Convention, ON_ACCOMPANIMENT, SHIPPED};
use liant_flux::Profile;
use liant_model::{AccountId, Actor, Clock, Lang, OrganisationId, Purpose, Span, Territory, Uuid};
use liant_sample::{FileOptions, World, WorldOptions};
use liant_store::Store;
use liant_vault::Keyring;
use testkit::TestStore;

use crate::Failure;
use crate::models::{ADVISER, MODELS, REFERENT, is_about_agency, model};

/// Accompaniments of a service, and of the agency beside it.
const OF_A_SERVICE: u32 = 2_500;
/// Advisers of an agency: 83 people each. Referents of a service: 100 each.
const ADVISERS: u32 = 30;
const REFERENTS: u32 = 25;

/// Where ids of a kind begin.
const SERVICE: u64 = 1_000_000;
const AGENCY: u64 = 2_000_000;
const HEAD: u64 = 3_000_000;
const ADVISER_NO: u64 = 10_000_000;
const REFERENT_NO: u64 = 1_000_000_000;

/// Who looks.
#[derive(Clone, Copy)]
pub(crate) enum Seat {
    /// An adviser, in her agency.
    Adviser,
    /// The head of a local service.
    Head,
}

pub(crate) struct Place {
    pub(crate) workplace: Workplace,
    pub(crate) accompaniments: u32,
    test: TestStore,
    folder: tempfile::TempDir,
    services: u32,
}

pub(crate) fn territory() -> Result<Territory, Failure> {
    Ok(Territory::parse("62")?)
}

fn technician<T>(work: impl FnOnce(&Context<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
    let actor = Actor {
        name: "technician".to_owned(),
        party: "departement-62".parse()?,
        role: "technician".parse()?,
        os_user: None,
    };
    work(&Context::new(&actor, Purpose::parse("file-handling")?, territory()?, &SystemClock)?)
}

fn id<T: From<Uuid>>(number: u64) -> T {
    T::from(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0000 + u128::from(number)))
}

impl Place {
    pub(crate) fn make(engine: &str, people: u32, seed: u64) -> Result<Self, Failure> {
        let test = if engine == "sqlite" { testkit::sqlite() } else { testkit::postgres(engine) };
        let conventions = SHIPPED
            .iter()
            .chain(ON_ACCOMPANIMENT)
            .map(|(name, text)| {
                Convention::parse(name, text)
                    .map_err(|problems| format!("{name}: {} problems", problems.len()))
            })
            .collect::<Result<_, _>>()?;
        let store = Store::open(&test.address)?;
        let workplace = Workplace::assemble(store, Keyring::generate(SystemClock.now())?, conventions)?;
        let (folder, services) = (tempfile::tempdir()?, people.div_ceil(OF_A_SERVICE));
        let mut place = Self { workplace, accompaniments: 0, test, folder, services };
        place.import(people, seed)?;
        place.serve()?;
        directory::refresh(&place.workplace, territory()?, SystemClock.now())?;
        place.accompany()?;
        let made = place.test.rows("62", "SELECT 1 FROM casework_head");
        place.accompaniments = made.len().try_into()?;
        Ok(place)
    }

    /// Account, organisation, party and role of one who looks.
    pub(crate) fn seat(
        &self,
        seat: Seat,
        nth: u32,
    ) -> (AccountId, OrganisationId, &'static str, &'static str) {
        let service = u64::from(nth % self.services);
        match seat {
            Seat::Adviser => {
                let account = ADVISER_NO + service * 100 + u64::from(nth % ADVISERS);
                (id(account), id(AGENCY + service), "france-travail", "adviser")
            }
            Seat::Head => (id(HEAD + service), id(SERVICE + service), "departement-62", "local_service_head"),
        }
    }

    /// The people, as the Département and France Travail know them.
    fn import(&self, people: u32, seed: u64) -> Result<(), Failure> {
        let start = SystemClock.now().date().first_of_month().checked_sub(Span::new().try_months(1)?)?;
        // Of a hundred people that are invented, the two files know some 86.
        let asked = (u64::from(people) * 100 / 86).max(100).try_into()?;
        let world = World::new(WorldOptions::new(territory()?, asked, seed, start, 1));
        let month = world.months().next().ok_or("no month")?;
        for name in ["PERSONNES", "PECGM"] {
            let path = self.folder.path().join(name);
            let mut out = BufWriter::new(File::create(&path)?);
            if name == "PERSONNES" {
                month.write_known_csv(&mut out)?;
            } else {
                month.write_pecgm(&mut out, FileOptions::default())?;
            }
            out.flush()?;
            let profile = Profile::shipped(name)?;
            let request = ImportRequest {
                path: &path,
                profile: &profile,
                dry_run: false,
                strict: false,
                most_leaving: None,
                lang: Lang::En,
            };
            technician(|context| {
                Ok(liant_app::import(context, &self.workplace, request, &mut |_, _| {}).map(drop)?)
            })?;
        }
        Ok(())
    }

    /// Gives the communes of the territory to services.
    fn serve(&self) -> Result<(), Failure> {
        let communes: Vec<String> = (0..1_000).map(|code| format!("62{code:03}")).collect();
        for service in 0..self.services {
            let its: Vec<String> =
                communes.iter().skip(service as usize).step_by(self.services as usize).cloned().collect();
            technician(|context| {
                let service: OrganisationId = id(SERVICE + u64::from(service));
                Ok(people::set_communes(context, &self.workplace, service, &its)?)
            })?;
        }
        Ok(())
    }

    /// Gives everyone a path, and what lists stand on: for the first of each model the software makes it, for the others it is as theirs.
    fn accompany(&self) -> Result<(), Failure> {
        self.run(&self.organisations());
        self.run(&Self::templates()?);
        self.run(&self.cases());
        self.run(&events("<"));
        self.run(
            "INSERT INTO casework_head (territory_id, identity_id, programme, version, stage, route, since_day)
             SELECT '62', identity_id, 'accompagnement-global', 1, 'sent', 'none', '2020-01-01' FROM bench_case WHERE is_model = 1",
        );
        casework::due_by_itself(&self.workplace, territory()?, &SystemClock)?;
        self.run(&events(">="));
        self.run(COPIES);
        self.run(&self.follows());
        self.run("DROP TABLE bench_model; DROP TABLE bench_case; DROP TABLE bench_service;");
        if self.is_postgres() {
            // What the server does by itself in the minutes after a load.
            self.run("ANALYZE");
        }
        Ok(())
    }

    fn run(&self, sql: &str) {
        self.test.commit_under("62", sql, || {});
    }

    fn is_postgres(&self) -> bool {
        self.test.engine == "postgres"
    }

    /// How SQL says the id of a number, and its text.
    fn sql_id(&self, number: &str) -> (String, String) {
        if self.is_postgres() {
            let text = format!("('00000000-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))");
            (format!("{text}::uuid"), text)
        } else {
            let hex = format!("printf('%012x', {number})");
            (
                format!("unhex('00000000000070008000' || {hex})"),
                format!("('00000000-0000-7000-8000-' || {hex})"),
            )
        }
    }

    fn organisations(&self) -> String {
        let mut sql = format!(
            "CREATE TABLE bench_service (no BIGINT, id {});",
            if self.is_postgres() { "UUID" } else { "BLOB" }
        );
        for service in 0..u64::from(self.services) {
            let (own, _) = self.sql_id(&(SERVICE + service).to_string());
            let (agency, _) = self.sql_id(&(AGENCY + service).to_string());
            let _ = write!(
                sql,
                "INSERT INTO bench_service VALUES ({service}, {own});
                 INSERT INTO organisation (organisation_id, territory_id, kind, name, party, created_at) VALUES
                     ({own}, '62', 'local_service', 'S{service}', 'departement-62', 0),
                     ({agency}, '62', 'france_travail_agency', 'A{service}', 'france-travail', 0);"
            );
        }
        sql
    }

    fn templates() -> Result<String, Failure> {
        let mut sql = "CREATE TABLE bench_model (model BIGINT, nth BIGINT, at BIGINT, is_adviser BIGINT, is_head BIGINT,
            about BIGINT, body TEXT); CREATE INDEX bench_model_by ON bench_model (model);"
            .to_owned();
        for number in 0..MODELS {
            for (nth, event) in (1..).zip(model(number)?) {
                let about = is_about_agency(&event).map_or("NULL".to_owned(), |is| i64::from(is).to_string());
                let _ = write!(
                    sql,
                    "INSERT INTO bench_model VALUES ({number}, {nth}, {}, {}, {}, {about}, '{}');",
                    event.at.micros(),
                    i64::from(event.by.as_str() == "adviser"),
                    i64::from(event.by.as_str() == "local_service_head"),
                    serde_json::to_string(&event)?.replace('\'', "''"),
                );
            }
        }
        Ok(sql)
    }

    /// Everyone with her service, her adviser, her referent and her model; whoever lives in no commune of a service has some service.
    fn cases(&self) -> String {
        let both = |number: String, name: &str| {
            let (own, text) = self.sql_id(&number);
            format!("{own} AS {name}, {text} AS {name}_text")
        };
        let columns = [
            both(format!("{SERVICE} + service"), "service_id"),
            both(format!("{AGENCY} + service"), "agency_id"),
            both(format!("{HEAD} + service"), "head"),
            both(format!("{ADVISER_NO} + service * 100 + turn % {ADVISERS}"), "adviser"),
            both(format!("{REFERENT_NO} + service * 100 + turn % {REFERENTS}"), "referent"),
        ];
        format!(
            "CREATE TABLE bench_case AS
             SELECT n, identity_id, n % {MODELS} AS model, CASE WHEN n < {MODELS} THEN 1 ELSE 0 END AS is_model, {}
             FROM (SELECT identity_id, service, ROW_NUMBER() OVER (ORDER BY identity_id) - 1 AS n,
                       ROW_NUMBER() OVER (PARTITION BY service ORDER BY identity_id) AS turn
                   FROM (SELECT member.identity_id,
                             COALESCE(bench_service.no, ROW_NUMBER() OVER (ORDER BY member.identity_id) % {}) AS service,
                             ROW_NUMBER() OVER (PARTITION BY member.person_id ORDER BY bench_service.no, directory.form,
                                 member.identity_id) AS which
                         FROM directory JOIN member ON member.territory_id = directory.territory_id
                             AND member.person_id = directory.person_id
                         LEFT JOIN bench_service ON bench_service.id = directory.service
                         WHERE directory.territory_id = '62') AS all_of WHERE which = 1) AS hers
             ORDER BY identity_id;",
            columns.join(", "),
            self.services
        )
    }

    fn follows(&self) -> String {
        let mut sql = String::new();
        for (start, role, account, organisation) in [
            (4_000_000_000_u64, "adviser", "adviser", "agency_id"),
            (6_000_000_000, "social_referent", "referent", "service_id"),
        ] {
            let (own, _) = self.sql_id(&format!("{start} + n"));
            let _ = write!(
                sql,
                "INSERT INTO follow (territory_id, follow_id, identity_id, role, account_id, organisation_id, from_day, recorded_at)
                 SELECT '62', {own}, identity_id, '{role}', {account}, {organisation}, '2026-01-01', 0 FROM bench_case
                 WHERE model % 7 <> 0;"
            );
        }
        sql
    }
}

/// The events of those who are the first of their model (`<`), or of the others.
fn events(which: &str) -> String {
    format!(
        "INSERT INTO casework_event (territory_id, identity_id, nth, recorded_at, recorded_by, organisation_id, about_id, body,
             party, register)
         SELECT '62', one.identity_id, model.nth, model.at,
             CASE WHEN model.is_adviser = 1 THEN one.adviser_text WHEN model.is_head = 1 THEN one.head_text ELSE one.referent_text END,
             CASE WHEN model.is_adviser = 1 THEN one.agency_id ELSE one.service_id END,
             CASE model.about WHEN 1 THEN one.agency_id WHEN 0 THEN one.service_id END,
             replace(replace(model.body, '{ADVISER}', one.adviser_text), '{REFERENT}', one.referent_text),
             CASE WHEN model.is_adviser = 1 THEN 'france-travail' ELSE 'departement-62' END,
             CASE WHEN model.is_adviser = 1 THEN 'france-travail' ELSE 'departement' END
         FROM bench_case AS one CROSS JOIN bench_model AS model WHERE model.model = one.model AND one.n {which} {MODELS};"
    )
}

/// What lists stand on, as that of the first of the same model.
const COPIES: &str = "
    INSERT INTO casework_head (territory_id, identity_id, programme, version, stage, route, to_role, to_id, from_id, since_day,
        term_day, due_on, due_clock)
    SELECT '62', one.identity_id, head.programme, head.version, head.stage, head.route, head.to_role, one.service_id, one.agency_id,
        head.since_day, head.term_day, head.due_on, head.due_clock
    FROM casework_head AS head JOIN bench_case AS first ON first.identity_id = head.identity_id AND first.is_model = 1
    JOIN bench_case AS one ON one.model = first.model AND one.is_model = 0 WHERE head.territory_id = '62';
    INSERT INTO casework_place (territory_id, identity_id, place, programme, role, account_id, organisation_id, stage, since_day,
        entered_day, term_day, due_on)
    SELECT '62', one.identity_id, place.place, place.programme, place.role,
        CASE place.role WHEN 'adviser' THEN one.adviser ELSE one.referent END,
        CASE place.role WHEN 'adviser' THEN one.agency_id ELSE one.service_id END,
        place.stage, place.since_day, place.entered_day, place.term_day, place.due_on
    FROM casework_place AS place JOIN bench_case AS first ON first.identity_id = place.identity_id AND first.is_model = 1
    JOIN bench_case AS one ON one.model = first.model AND one.is_model = 0 WHERE place.territory_id = '62';";

//! Backups: what was destroyed since one was made is not in a store restored from it; one whose day has come opens no more.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use liant_app::backup::{self, BackedUp, Restored};
use liant_app::rights::limits::{self, Carry, Lift, LiftReason, LimitGround, Telling};
use liant_app::rights::{self, NewRequest, Right};
use liant_app::{AppError, directory, retention};
use liant_model::{ActId, Instant, Lang, PersonId, Span};

use crate::canaries::{canaries, found};
use crate::world::{DPO, JUNE, Place, YEARS_LATER, act_at, days_after, every_engine, territory};

const OPERATOR: (&str, &str) = ("technician", "file-handling");

/// Everything that is about people, in an order that both stores have.
const TABLES: [(&str, &str); 13] = [
    ("fact", "identity_id, from_batch"),
    ("identity", "identity_id, from_batch"),
    ("nir_entry", "nir_index, identity_id, from_batch"),
    ("person", "person_id"),
    ("link", "identity_id, link_no"),
    ("member", "person_id, identity_id, link_no"),
    ("review", "review_id"),
    ("reject", "batch_no, record_no, problem_no"),
    ("orientation", "orientation_id"),
    ("follow", "follow_id"),
    ("address_protection", "protection_id, identity_id"),
    ("event", "batch_no, identity_id, kind"),
    ("access_record", "act_id"),
];

impl Place {
    pub(crate) fn back_up(&self, now: Instant, name: &str) -> (BackedUp, PathBuf) {
        let path = self.path(name);
        let done = act_at(now, OPERATOR, |context| backup::back_up(context, &self.workplace, &path, None));
        (done.unwrap(), path)
    }

    pub(crate) fn restore(&self, now: Instant, path: &Path) -> Result<Restored, AppError> {
        act_at(now, OPERATOR, |context| backup::restore(context, &self.workplace, path))
    }

    pub(crate) fn of_people(&self) -> Vec<(&'static str, Vec<String>)> {
        let rows = |(table, order)| {
            (table, self.test.rows("62", &format!("SELECT * FROM {table} ORDER BY {order}")))
        };
        TABLES.into_iter().map(rows).collect()
    }
}

/// The words of the first month that the store holds no more.
fn gone(place: &Place) -> BTreeSet<Vec<u8>> {
    let (mut all, rows) = (canaries(place), place.test.content("62"));
    let known: BTreeSet<Vec<u8>> = found(&all, &rows).into_iter().map(<[u8]>::to_vec).collect();
    all.retain(|word| !known.contains(word));
    all
}

#[test]
fn a_restored_store_holds_nothing_of_what_was_destroyed_since_its_backup() {
    for mut place in every_engine() {
        place.fill(60);
        let engine = place.test.engine;
        let (_, file) = place.back_up(days_after(YEARS_LATER, -1), "backup");
        let sealed = std::fs::read(&file).unwrap();
        assert!(found(&canaries(&place), &sealed).is_empty(), "{engine}: a backup says nothing in clear");
        let certified = place.run_at(YEARS_LATER).unwrap().unwrap();
        let gone = gone(&place);
        assert!(gone.len() > 150, "{engine}: {} words were destroyed", gone.len());

        // Without what is on record the backup would bring them back.
        let mut careless = place.anew();
        let elsewhere = place.path("elsewhere");
        std::fs::create_dir(&elsewhere).unwrap();
        for entry in std::fs::read_dir(place.path("backups")).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                std::fs::copy(entry.path(), elsewhere.join(entry.file_name())).unwrap();
            }
        }
        careless.workplace = careless.workplace.with_backups(elsewhere);
        assert_eq!(careless.restore(days_after(YEARS_LATER, 1), &file).unwrap().destroyed_again, 0);
        let back = found(&gone, &careless.test.content("62")).len();
        assert!(back > 150, "{engine}: {back} of {} come back", gone.len());

        let restored = place.anew();
        let done = restored.restore(days_after(YEARS_LATER, 1), &file).unwrap();
        assert_eq!(done.destroyed_again, 1, "{engine}");
        assert!(found(&gone, &restored.test.content("62")).is_empty(), "{engine}: nothing is in a row");
        match restored.test.files() {
            Some(bytes) => {
                let left = found(&gone, &bytes);
                assert!(left.is_empty(), "{engine}: {} of {} are left in the files", left.len(), gone.len());
            }
            None => assert_eq!(engine, "postgres", "SQLite's files are at hand"),
        }
        for (one, other) in place.of_people().iter().zip(restored.of_people()) {
            assert_eq!(*one, other, "{engine}: {}", one.0);
        }
        assert!(restored.plan_at(days_after(YEARS_LATER, 1)).parts.is_empty(), "{engine}: nothing is due");
        let report = restored.log_holds();
        assert!(report.erased > 0, "{engine}: what entries said is erased again");
        let again = act_at(YEARS_LATER, DPO, |context| {
            let runs = retention::runs(context, &restored.workplace).unwrap();
            assert_eq!(runs.len(), 1, "{engine}");
            retention::certificate(context, &restored.workplace, runs[0].id).unwrap()
        });
        assert_eq!(again, certified, "{engine}: the certificate is there again");
    }
}

#[test]
fn a_run_of_before_a_backup_is_not_done_again() {
    for mut place in every_engine() {
        place.fill(30);
        let engine = place.test.engine;
        // It can still be read when the run has ended, so what the run destroyed stays on record.
        place.back_up(days_after(YEARS_LATER, -1), "before");
        place.run_at(YEARS_LATER).unwrap().unwrap();
        let (_, file) = place.back_up(days_after(YEARS_LATER, 1), "backup");
        let restored = place.anew();
        let done = restored.restore(days_after(YEARS_LATER, 2), &file).unwrap();
        assert_eq!(done.destroyed_again, 0, "{engine}");
        for (one, other) in place.of_people().iter().zip(restored.of_people()) {
            assert_eq!(*one, other, "{engine}: {}", one.0);
        }
        let full = place.restore(days_after(YEARS_LATER, 2), &file);
        assert!(matches!(full, Err(AppError::Store(_))), "{engine}: a store with people is not overwritten");
    }
}

#[test]
fn the_certificate_says_until_when_backups_can_be_read_and_then_they_cannot() {
    for mut place in every_engine() {
        place.fill(30);
        let engine = place.test.engine;
        let (old, old_file) = place.back_up(days_after(YEARS_LATER, -40), "old");
        let (young, young_file) = place.back_up(days_after(YEARS_LATER, -10), "young");
        assert!(old.expires < YEARS_LATER.date() && young.expires > YEARS_LATER.date());
        let certified = place.run_at(YEARS_LATER).unwrap().unwrap();
        assert_eq!(certified.backups_until, Some(young.expires), "{engine}");
        for lang in [Lang::Fr, Lang::En] {
            assert!(certified.words(lang).contains(&young.expires.to_string()), "{engine}");
        }
        let keys = |place: &Place| -> Vec<String> {
            let entries = std::fs::read_dir(place.path("backups")).unwrap();
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        };
        let erased = |place: &Place| std::fs::read_dir(place.path("backups/erased")).unwrap().count();
        assert!(!keys(&place).iter().any(|name| name.starts_with(&old.id.to_string())), "{engine}");
        assert_eq!(erased(&place), 1, "{engine}: on record while a backup of before can be read");
        let refused = place.anew().restore(YEARS_LATER, &old_file);
        assert!(matches!(refused, Err(AppError::BackupKeyGone { .. })), "{engine}: {refused:?}");

        // On its day the young one opens no more, and nothing need be remembered for it.
        let its_day = days_after(YEARS_LATER, 20);
        assert_eq!(its_day.date(), young.expires);
        let refused = place.anew().restore(its_day, &young_file);
        assert!(matches!(refused, Err(AppError::BackupKeyGone { .. })), "{engine}: {refused:?}");
        place.run_at(its_day).unwrap();
        assert_eq!((keys(&place), erased(&place)), (vec!["erased".to_owned()], 0), "{engine}");
        place.log_holds();
    }
}

#[test]
fn a_backup_that_was_cut_or_changed_shows_nothing() {
    let mut place = every_engine().next().unwrap();
    place.fill(20);
    let (_, file) = place.back_up(YEARS_LATER, "backup");
    let whole = std::fs::read(&file).unwrap();
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    let mut longer_lived = whole.clone();
    let day = longer_lived.iter().position(|byte| *byte == b'\n').unwrap() - 1;
    longer_lived[day] ^= 1;
    let cut = whole[..whole.len() - 100].to_vec();
    for (what, bytes) in [("changed", changed), ("another day", longer_lived), ("cut", cut)] {
        let path = place.path(what);
        std::fs::write(&path, bytes).unwrap();
        let fresh = place.anew();
        assert!(fresh.restore(YEARS_LATER, &path).is_err(), "{what}");
        assert!(fresh.workplace.store.territories().unwrap().is_empty(), "{what}");
    }
    let export = place.path("export");
    act_at(YEARS_LATER, OPERATOR, |context| {
        liant_app::transfer::export(context, &place.workplace, &export).unwrap();
    });
    let refused = place.anew().restore(YEARS_LATER, &export);
    assert!(matches!(refused, Err(AppError::NotABackup(_))), "{refused:?}");
}

fn restrict(place: &Place, now: Instant, person: PersonId) -> ActId {
    try_restrict(place, now, person).unwrap()
}

fn try_restrict(place: &Place, now: Instant, person: PersonId) -> Result<ActId, AppError> {
    act_at(now, DPO, |context| {
        let new = NewRequest { right: Right::Restriction, about: None, statement: None };
        let request = rights::record(context, &place.workplace, person, &new, now)?;
        let carry = Carry::Restriction(LimitGround::Claims);
        let review = now.date().checked_add(Span::new().days(300)).unwrap();
        limits::carry_out(context, &place.workplace, (request, 1), (&carry, review))
    })
}

#[test]
fn no_backup_gives_free_whose_data_were_restricted_since() {
    for mut place in every_engine() {
        place.fill(30);
        let engine = place.test.engine;
        let (then, since) = (days_after(JUNE, 50), days_after(JUNE, 52));
        let people = place.listed(then);
        let (hers, ended) = (people[0], people[1]);
        let lifted = restrict(&place, then, ended);
        let (_, file) = place.back_up(then, "backup");
        restrict(&place, since, hers);
        let tomorrow = since.date().checked_add(Span::new().days(1)).unwrap();
        let lift =
            Lift { reason: LiftReason::ClaimsOver, told: (Telling::Letter, since.date()), on: tomorrow };
        act_at(since, DPO, |context| limits::lift(context, &place.workplace, lifted, &lift)).unwrap();

        let restored = place.anew();
        let now = days_after(JUNE, 60);
        let done = restored.restore(now, &file).unwrap();
        assert_eq!((done.destroyed_again, done.limits_of_nobody), (0, 0), "{engine}");
        directory::refresh(&restored.workplace, territory(), now).unwrap();
        let listed = restored.listed(now);
        assert!(!listed.contains(&hers), "{engine}: what was closed since stays closed");
        assert!(listed.contains(&ended), "{engine}: what ended since has ended");
        assert_eq!(place.listed(now), listed, "{engine}");

        // What was limited is moved to another engine with the rest.
        let kept = act_at(now, DPO, |context| limits::all(context, &restored.workplace)).unwrap();
        assert_eq!(kept.iter().filter(|one| one.holds).count(), 1, "{engine}");
    }
}

/// To be destroyed is a use too: it waits (GDPR art. 18 (2)).
#[test]
fn nothing_is_destroyed_of_whom_it_is_restricted() {
    for mut place in every_engine() {
        place.fill(30);
        let engine = place.test.engine;
        let before = days_after(YEARS_LATER, -30);
        let due = |place: &Place| -> u64 {
            let plan = place.plan_at(YEARS_LATER);
            plan.parts.iter().filter(|part| part.source.is_some()).map(|part| part.people).sum()
        };
        let at_first = due(&place);
        // Those whom a clause of that day lets the officer see.
        let seen: BTreeSet<PersonId> = place
            .people()
            .into_iter()
            .filter(|person| try_restrict(&place, before, *person).is_ok())
            .collect();
        assert!(!seen.is_empty() && due(&place) < at_first, "{engine}: {at_first}");
        place.run_at(YEARS_LATER).unwrap().unwrap();
        assert!(place.people().is_superset(&seen), "{engine}");
    }
}

/// An objection never ends by falling due while anything is held of her: a human ends it.
#[test]
fn no_run_ends_an_objection_that_holds() {
    for mut place in every_engine() {
        place.fill(30);
        let engine = place.test.engine;
        let before = days_after(YEARS_LATER, -30);
        for person in place.people() {
            act_at(before, DPO, |context| {
                let new = NewRequest { right: Right::Opposition, about: None, statement: None };
                let request = rights::record(context, &place.workplace, person, &new, before)?;
                let review = before.date().checked_add(Span::new().days(300)).unwrap();
                let carry = (&Carry::Objection(Vec::new()), review);
                limits::carry_out(context, &place.workplace, (request, 1), carry)
            })
            .ok();
        }
        let held = |place: &Place| -> BTreeSet<PersonId> {
            let limited = place.workplace.store.read(territory(), |snapshot| {
                Ok(snapshot.limited(YEARS_LATER.date())?.iter().map(|one| one.person).collect())
            });
            limited.unwrap()
        };
        let objected = held(&place);
        assert!(!objected.is_empty(), "{engine}");
        place.run_at(YEARS_LATER).unwrap().unwrap();
        let left: BTreeSet<PersonId> = place.people().intersection(&objected).copied().collect();
        assert_eq!(held(&place), left, "{engine}: whoever is still held is still spared");
    }
}

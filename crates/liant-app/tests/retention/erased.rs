//! Who was erased on request is in no file of the engine any more, nor in a store restored from a backup of before.

use std::collections::BTreeSet;

use liant_app::rights::erasure::{self, Done, ErasureGround, Wish};
use liant_app::rights::{self, NewRequest, RequestState, Right};
use liant_app::{Context, directory, person, retention};
use liant_model::{Date, Instant, Lang, PersonId, RightsRequestId};

use crate::canaries::{around, found, is_nearly_held};
use crate::spaces::live;
use crate::world::{DPO, JUNE, Place, act_at, days_after, every_engine, territory};

const THEN: Instant = days_after(JUNE, 2);

fn dpo<T>(at: Instant, work: impl FnOnce(&Context<'_>) -> T) -> T {
    act_at(at, DPO, work)
}

fn everything() -> Wish {
    Wish { ground: ErasureGround::Unlawful, sources: Vec::new(), sets: Vec::new() }
}

fn ask(place: &Place, at: Instant, person: PersonId) -> RightsRequestId {
    let new = NewRequest { right: Right::Erasure, about: None, statement: Some("ZYGOMALAIRE".to_owned()) };
    dpo(at, |context| rights::record(context, &place.workplace, person, &new, at)).unwrap()
}

fn erase(place: &Place, at: Instant, request: RightsRequestId) -> Done {
    let seen =
        dpo(at, |context| erasure::plan(context, &place.workplace, request, &everything())).unwrap().seen;
    let done =
        dpo(at, |context| erasure::carry_out(context, &place.workplace, (request, 1, &seen), &everything()));
    done.unwrap()
}

/// What the store says of her: words of six signs and more, of letters and digits.
fn words_of(place: &Place, person: PersonId) -> BTreeSet<Vec<u8>> {
    let shown = dpo(THEN, |context| person::show(context, &place.workplace, person, Lang::En)).unwrap();
    let values = shown.iter().flat_map(|origin| &origin.values).map(|value| value.value.to_uppercase());
    let all = values.flat_map(|value| {
        let words: Vec<Vec<u8>> = value
            .split(|sign: char| !sign.is_ascii_uppercase() && !sign.is_ascii_digit())
            .filter(|word| word.len() >= 6)
            .map(|word| word.as_bytes().to_vec())
            .collect();
        words
    });
    all.collect()
}

fn place_of(mut place: Place) -> Place {
    place.month(0, JUNE, (60, 1, Date::constant(2025, 3, 1)));
    place.look_about(days_after(JUNE, 1));
    place
}

/// Someone of whom an orientation was recorded.
fn someone(place: &Place) -> PersonId {
    let oriented =
        |person: &PersonId| words_of(place, *person).iter().any(|word| word.starts_with(b"QUOLIBETAI"));
    place.listed(THEN).into_iter().find(oriented).unwrap()
}

#[test]
fn nothing_of_who_was_erased_is_left_in_the_files_of_the_engine() {
    for place in every_engine() {
        let place = place_of(place);
        let engine = place.test.engine;
        let hers = someone(&place);
        // She has a space, and asked there for this and that.
        let (_, number) = live(&place, hers);
        let mut words = words_of(&place, hers);
        words.insert(number.into_bytes());
        place.test.learn();
        let request = ask(&place, THEN, hers);
        if let Some(bytes) = place.test.files() {
            let seen = found(&words, &bytes).len();
            assert!(seen > words.len() / 2, "{engine}: {seen} of {} are there", words.len());
        }
        assert!(erase(&place, THEN, request).certificate.is_some(), "{engine}");
        let rows = place.test.content("62");
        let all = words.len();
        // Others differ from it by the last letter alone.
        let organisation: BTreeSet<_> =
            words.iter().filter(|word| word.starts_with(b"QUOLIBETAI")).cloned().collect();
        assert!(!organisation.is_empty() && found(&organisation, &rows).is_empty(), "{engine}");
        words.retain(|word| !is_nearly_held(word, &rows) || organisation.contains(word));
        assert!(words.len() >= 4, "{engine}: {} of {all} were hers alone", words.len());
        if let Some(bytes) = place.test.files() {
            let left: Vec<_> = found(&words, &bytes).into_iter().map(|word| around(word, &bytes)).collect();
            assert!(left.is_empty(), "{engine}: {left:#?}");
        }
        assert!(!place.people().contains(&hers), "{engine}");
        for table in ["space", "space_recovery", "space_session", "electronic_contact"] {
            assert_eq!(place.count(table), 0, "{engine}: {table}");
        }
        assert_eq!(place.count("rights_request"), 1, "{engine}: the one that was carried out");
        place.log_holds();
        // A run of destruction finds nothing of it to do.
        assert_eq!(place.run_at(days_after(THEN, 1)).unwrap(), None, "{engine}");
    }
}

#[test]
fn no_backup_gives_back_who_was_erased_since() {
    for place in every_engine() {
        let place = place_of(place);
        let engine = place.test.engine;
        let (hers, others) = (someone(&place), place.listed(THEN));
        let known = others.iter().copied().find(|one| *one != hers).unwrap();
        // The request of one is in the backup, that of the other came after it.
        let first = ask(&place, THEN, hers);
        let (_, file) = place.back_up(THEN, "backup");
        let since = days_after(THEN, 1);
        let second = ask(&place, since, known);
        let done = [erase(&place, since, first), erase(&place, since, second)];
        let (_, later) = place.back_up(days_after(THEN, 2), "later");
        dpo(days_after(THEN, 3), |context| erasure::admit(context, &place.workplace, second)).unwrap();

        let restored = place.anew();
        let now = days_after(THEN, 4);
        assert_eq!(restored.restore(now, &file).unwrap().destroyed_again, 2, "{engine}");
        directory::refresh(&restored.workplace, territory(), now).unwrap();
        assert!(!restored.people().contains(&hers) && !restored.people().contains(&known), "{engine}");
        for (one, other) in place.of_people().iter().zip(restored.of_people()) {
            // Who was shown what is as it was when the backup was made.
            if one.0 != "access_record" {
                assert_eq!(*one, other, "{engine}: {}", one.0);
            }
        }
        assert_eq!(restored.listed(now), place.listed(now), "{engine}");
        for (request, run, kept_out) in [(first, &done[0], true), (second, &done[1], false)] {
            let found = dpo(now, |context| rights::one(context, &restored.workplace, request)).unwrap();
            assert_eq!((found.state, found.person), (RequestState::Answered, None), "{engine}");
            let outcome =
                dpo(now, |context| erasure::outcome(context, &restored.workplace, request)).unwrap();
            assert_eq!(outcome.erased.unwrap().kept_out, kept_out, "{engine}");
            let again =
                dpo(now, |context| retention::certificate(context, &restored.workplace, run.run)).unwrap();
            assert_eq!(Some(again), run.certificate, "{engine}: the certificate is there again");
        }
        restored.log_holds();

        // What was done before a backup is not done again; who may come back may.
        let restored = place.anew();
        assert_eq!(restored.restore(now, &later).unwrap().destroyed_again, 0, "{engine}");
        let kept_out = |request| {
            let outcome = dpo(now, |context| erasure::outcome(context, &restored.workplace, request));
            outcome.unwrap().erased.unwrap().kept_out
        };
        assert!(kept_out(first) && !kept_out(second), "{engine}");
    }
}

/// The record tells what is about to go before it goes: of what then never did, a restored backup loses nothing.
#[test]
fn what_was_meant_and_never_done_is_not_done_by_a_restored_backup() {
    for place in every_engine() {
        let place = place_of(place);
        let engine = place.test.engine;
        let hers = someone(&place);
        let request = ask(&place, THEN, hers);
        let (_, file) = place.back_up(THEN, "backup");
        erase(&place, days_after(THEN, 1), request);
        for record in std::fs::read_dir(place.path("backups/erased")).unwrap() {
            let path = record.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.contains("erasure"), "{engine}");
            let kept: Vec<&str> = text.lines().filter(|line| !line.contains("arried\"")).collect();
            assert!(kept.len() < text.lines().count(), "{engine}: that it was done is on record");
            std::fs::write(&path, kept.join("\n") + "\n").unwrap();
        }
        let restored = place.anew();
        restored.restore(days_after(THEN, 2), &file).unwrap();
        assert!(restored.people().contains(&hers), "{engine}");
    }
}

/// An erasure that died when all had gone is ended by the next run of destruction, which certifies it.
#[test]
fn a_run_that_died_is_ended_by_the_next() {
    for place in every_engine() {
        let place = place_of(place);
        let engine = place.test.engine;
        let hers = someone(&place);
        let request = ask(&place, THEN, hers);
        erase(&place, THEN, request);
        // As though the process had died before the end was written.
        let number = "01a1e36269807941970900000000dead";
        let id = if engine == "sqlite" { format!("X'{number}'") } else { format!("'{number}'::uuid") };
        // The entry that ended it has its number: the run gets another.
        let died = format!(
            "UPDATE destruction SET ended_at = NULL, certificate = NULL, destruction_id = {id};
             UPDATE destruction_part SET destruction_id = {id}; UPDATE erasure SET destruction_id = {id}"
        );
        place.test.commit_under("62", &died, || {});
        let outcome = dpo(THEN, |context| erasure::outcome(context, &place.workplace, request)).unwrap();
        assert!(!outcome.erased.unwrap().has_ended, "{engine}");
        let other = place.listed(THEN)[0];
        let second = ask(&place, THEN, other);
        let refused = dpo(THEN, |context| {
            erasure::carry_out(context, &place.workplace, (second, 1, ""), &everything())
        });
        assert!(matches!(refused, Err(liant_app::AppError::State(_))), "{engine}");
        let certificate = place.run_at(days_after(THEN, 1)).unwrap().unwrap();
        assert_eq!(certificate.id.replace('-', ""), number, "{engine}");
        assert_eq!(certificate.requested.len(), 1, "{engine}");
        assert!(!certificate.only_requested, "{engine}: what was due went with it");
        erase(&place, days_after(THEN, 1), second);
    }
}

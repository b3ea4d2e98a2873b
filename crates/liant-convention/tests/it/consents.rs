//! What a person agreed to, whom a convention is carried out under, and what lasts for a time.

use liant_convention::{Channel, Consent, Consents, Convention, Gate, Query, Reach, UseKind, Validity};
use liant_model::{Date, Field, FieldSet, Instant, Source};

use crate::common::{
    CAF, COOPERATION, FORM, MARCH_2026, NETWORK, actor, days_after_march, pas_de_calais, purpose,
};

const FORM_AGREED: Consents = Consents::NONE.with(Consent::Form);
const BOTH: Consents = FORM_AGREED.with(Consent::Email);

fn gate(files: &[&str]) -> Gate {
    let files = files.iter().map(|text| Convention::parse("f", text).unwrap()).collect();
    Gate::new(files).unwrap()
}

/// What someone sees of what another party's register says: her own party's is no form that passes.
fn seen(
    gate: &Gate,
    who: (&str, &str, &str),
    channel: Channel,
    reach: Reach,
    consents: Consents,
    now: Instant,
) -> FieldSet {
    let (actor, why) = (actor(who.0, who.1), purpose(who.2));
    let query = Query { actor: &actor, purpose: &why, channel, territory: pas_de_calais(), reach, now };
    gate.decide_of(&query, consents).granted().map_or(FieldSet::EMPTY, |granted| {
        let of_others = granted.sources().into_iter().filter(|source| source.as_str() != who.0);
        of_others.map(|source| granted.fields(&source)).fold(FieldSet::EMPTY, FieldSet::union)
    })
}

const REFERENT: (&str, &str, &str) = ("departement-62", "social_referent", "lifting-barriers");
const MANDATED: (&str, &str, &str) = ("structure-mandatee-62", "social_referent", "lifting-barriers");
const ADVISER: (&str, &str, &str) = ("france-travail", "adviser", "return-to-work");

#[test]
fn the_form_passes_when_she_agreed_and_her_address_when_she_agreed_to_that_too() {
    let gate = gate(&[COOPERATION, FORM]);
    for who in [REFERENT, MANDATED, ADVISER] {
        let seen = |consents| seen(&gate, who, Channel::Screen, Reach::Designated, consents, MARCH_2026);
        assert_eq!(seen(Consents::NONE), FieldSet::EMPTY, "{who:?}");
        assert_eq!(seen(Consents::NONE.with(Consent::Email)), FieldSet::EMPTY, "{who:?}");
        let form = seen(FORM_AGREED);
        for field in
            [Field::BirthName, Field::BarrierHousing, Field::BarrierHealth, Field::RecognisedDisabled]
        {
            assert!(form.contains(field), "{who:?}: {field}");
        }
        assert_eq!(seen(BOTH).difference(form), FieldSet::EMPTY.with(Field::Email), "{who:?}");
        for field in [Field::Nir, Field::HealthDetail, Field::RsaState, Field::RegistrationStart] {
            assert!(!seen(BOTH).contains(field), "{who:?}: {field}");
        }
    }
}

#[test]
fn nobody_sees_a_form_beyond_those_designated_to_her() {
    let gate = gate(&[COOPERATION, FORM]);
    for who in [REFERENT, MANDATED, ADVISER] {
        for reach in [Reach::Caseload, Reach::Service, Reach::Territory] {
            assert_eq!(
                seen(&gate, who, Channel::Screen, reach, BOTH, MARCH_2026),
                FieldSet::EMPTY,
                "{who:?}"
            );
        }
        for (channel, open) in
            [(Channel::Hand, true), (Channel::Email, true), (Channel::Export, false), (Channel::Api, false)]
        {
            let out = seen(&gate, who, channel, Reach::Designated, BOTH, MARCH_2026);
            assert_eq!(!out.is_empty(), open, "{who:?}: {channel}");
        }
    }
}

#[test]
fn who_does_not_say_what_she_agreed_to_is_refused_and_told_why() {
    let gate = gate(&[COOPERATION, FORM]);
    let (actor, why) = (actor("departement-62", "social_referent"), purpose("lifting-barriers"));
    let query = Query {
        actor: &actor,
        purpose: &why,
        channel: Channel::Screen,
        territory: pas_de_calais(),
        reach: Reach::Designated,
        now: MARCH_2026,
    };
    let refusal = gate.decide(&query).granted().unwrap_err();
    assert!(refusal.to_string().contains("`consent-to-form`"), "{refusal}");
    assert!(!gate.explain(Field::BirthName, &query, Consents::NONE).is_granted());
    assert!(gate.explain(Field::BirthName, &query, FORM_AGREED).is_granted());
}

#[test]
fn a_convention_carried_out_under_another_stands_and_falls_with_it() {
    let suspended = COOPERATION.replacen(
        "rendezvous =",
        "suspended = { since = 2026-03-01, clause = \"c\" }\nrendezvous =",
        1,
    );
    let longer = FORM.replacen("until = 2027-12-31", "until = 2029-12-31", 1);
    let (first, second) = (COOPERATION.replacen("until = 2027-12-31", "until = 2026-01-31", 1), {
        let amended = COOPERATION.replacen("version    = 2", "version    = 3", 1);
        amended.replacen("from = 2026-01-01", "from = 2026-02-01", 1)
    });
    for (name, files, now, open) in [
        ("both", vec![COOPERATION, FORM], MARCH_2026, true),
        ("alone", vec![FORM], MARCH_2026, false),
        ("suspended", vec![&suspended, FORM], MARCH_2026, false),
        ("a day before", vec![&suspended, FORM], days_after_march(-1), true),
        ("its last day", vec![COOPERATION, &longer], days_after_march(670), true), // 2027-12-31
        ("its term over", vec![COOPERATION, &longer], days_after_march(671), false),
        ("amended", vec![&first, &second, FORM], MARCH_2026, true),
    ] {
        let gate = gate(&files);
        let out = seen(&gate, REFERENT, Channel::Screen, Reach::Designated, BOTH, now);
        assert_eq!(!out.is_empty(), open, "{name}");
        let kept = gate.may_use(UseKind::Retain, &Source::DEPARTEMENT, pas_de_calais(), now);
        assert!(kept.is_ok(), "{name}: what was received must still be destroyed");
    }
    let alone = gate(&[FORM]);
    let clocks =
        alone.may_use(UseKind::Clocks, &Source::DEPARTEMENT, pas_de_calais(), MARCH_2026).unwrap_err();
    let liant_convention::Refusal::NotInForce(closed) = *clocks else { panic!("{clocks}") };
    assert!(closed.iter().all(|one| one.validity == Validity::WithoutParent), "{closed:?}");
}

#[test]
fn a_chain_of_conventions_carried_out_stands_as_a_whole() {
    let link = |id: &str, under: &str, until: &str| {
        let text =
            FORM.replacen("id        = \"62-echange-accompagnement-global\"", &format!("id = \"{id}\""), 1);
        let text =
            text.replacen("under     = \"62-accompagnement-global\"", &format!("under = \"{under}\""), 1);
        text.replacen("until = 2027-12-31", &format!("until = {until}"), 1)
    };
    let form = FORM.replacen("under     = \"62-accompagnement-global\"", "under = \"middle\"", 1);
    let middle = link("middle", "62-accompagnement-global", "2027-12-31");
    let ended = COOPERATION.replacen("until = 2027-12-31", "until = 2026-02-28", 1);
    let over = link("middle", "62-accompagnement-global", "2026-02-28");
    let ring = link("middle", "62-echange-accompagnement-global", "2027-12-31");
    let (form, middle) = (form.as_str(), middle.as_str());
    for (name, files, open) in [
        ("whole", [form, middle, COOPERATION], true),
        ("its middle over", [form, over.as_str(), COOPERATION], false),
        ("its end over", [form, middle, ended.as_str()], false),
        ("a ring", [form, ring.as_str(), COOPERATION], false),
    ] {
        let gate = gate(&files);
        let out = seen(&gate, REFERENT, Channel::Screen, Reach::Designated, BOTH, MARCH_2026);
        assert_eq!(!out.is_empty(), open, "{name}");
    }
}

#[test]
fn a_trial_ends_on_its_last_day() {
    let gate = gate(&[CAF]);
    let worker = ("caf-62", "caf_worker", "global-accompaniment");
    for (year, month, day, open) in [
        (2024, 12, 31, false),
        (2025, 1, 1, true),
        (2025, 6, 30, true),
        (2025, 7, 1, false),
        (2026, 3, 1, false),
    ] {
        let now = Instant::noon_of(Date::constant(year, month, day));
        let out = seen(&gate, worker, Channel::Screen, Reach::Designated, FORM_AGREED, now);
        assert_eq!(!out.is_empty(), open, "{}", now.date());
    }
}

/// The adviser's form goes to the CAF in the trial; what passes between the pair, for as long as she agrees.
#[test]
fn the_caf_is_told_of_the_pair_by_consent_and_of_the_form_in_the_trial() {
    let earlier = |text: &str| text.replacen("from = 2026-01-01", "from = 2025-01-01", 1);
    let gate = gate(&[&earlier(COOPERATION), &earlier(FORM), CAF]);
    let trial = Instant::noon_of(Date::constant(2025, 3, 1));
    let seen = |why, reach, consents, now| {
        seen(&gate, ("caf-62", "caf_worker", why), Channel::Screen, reach, consents, now)
    };
    let near = Reach::Designated;
    for (why, consents, now, path, name, housing) in [
        ("lifting-barriers", Consents::NONE, trial, false, false, false),
        ("lifting-barriers", Consents::NONE.with(Consent::Email), trial, false, false, false),
        ("lifting-barriers", FORM_AGREED, trial, true, true, true),
        ("lifting-barriers", FORM_AGREED, MARCH_2026, true, true, false),
        ("global-accompaniment", Consents::NONE, MARCH_2026, false, false, false),
        ("global-accompaniment", FORM_AGREED, trial, true, true, true),
        ("global-accompaniment", FORM_AGREED, MARCH_2026, true, false, false),
    ] {
        let found = seen(why, near, consents, now);
        let has = [Field::AccompanimentPath, Field::BirthName, Field::BarrierHousing];
        let has = has.map(|field| found.contains(field));
        assert_eq!(has, [path, name, housing], "{why} {consents:?} {}", now.date());
        for field in [Field::Email, Field::BarrierHealth, Field::RecognisedDisabled, Field::ResidenceCommune]
        {
            assert!(!found.contains(field), "{why}: {field}");
        }
        assert_eq!(seen(why, Reach::Caseload, BOTH, now), FieldSet::EMPTY, "{why}: those designated alone");
    }
}

#[test]
fn health_in_detail_stays_between_france_travail_and_cap_emploi() {
    let gate = gate(&[NETWORK]);
    for (party, role, has) in [
        ("france-travail", "adviser", true),
        ("cap-emploi-62", "adviser", true),
        ("mission-locale-62", "adviser", false),
        ("departement-62", "social_referent", false),
    ] {
        let who = (party, role, "accompaniment");
        let out = seen(&gate, who, Channel::Screen, Reach::Caseload, BOTH, MARCH_2026);
        assert!(!out.is_empty(), "{party}");
        assert_eq!(out.contains(Field::HealthDetail), has, "{party}");
        assert_eq!(out.contains(Field::RecognisedDisabled), has, "{party}");
    }
}

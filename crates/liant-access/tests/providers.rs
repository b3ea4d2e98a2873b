//! What is believed of an identity provider's statement, and which settings are refused.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use liant_access::AccountRules;
use liant_access::claims::{Believed, ClaimFault, Claims, PivotClaims, Provider, SignsIn};
use liant_model::Instant;

const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

fn minutes_ago(minutes: i64) -> Instant {
    Instant::from_micros(NOW.micros() - minutes * 60_000_000)
}

fn provider() -> Provider {
    let rules: AccountRules = toml::from_str(
        r#"
        [[provider]]
        issuer = "https://op.example/api/v2"
        name = "ProConnect"
        client_id = "liant"
        secret_file = "proconnect.secret"
        acr = ["eidas1", "https://proconnect.gouv.fr/assurance/consistency-checked-2fa"]
        second_factor_acr = ["https://proconnect.gouv.fr/assurance/consistency-checked-2fa"]
        vouches_for_email = true
        "#,
    )
    .unwrap();
    rules.providers.into_iter().next().unwrap()
}

fn claims() -> Claims {
    Claims {
        issuer: "https://op.example/api/v2".into(),
        subject: "3f1c".into(),
        nonce: Some("n".repeat(64)),
        acr: Some("eidas1".into()),
        amr: vec!["pwd".into()],
        auth_time: Some(minutes_ago(3)),
        email: Some("a@b.example".into()),
        email_verified: None,
        name: None,
        pivot: Some(PivotClaims {
            birth_name: "Lefèvre".into(),
            first_names: "Léa".into(),
            birth_date: "1980-02-01".into(),
            is_woman: true,
            birth_place: "62041".into(),
        }),
    }
}

#[test]
fn a_statement_is_held_against_the_question() {
    let provider = provider();
    let believed = |second_factor, email_verified| Ok(Believed { second_factor, email_verified });
    let strong = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa";
    let cases: [(&str, Claims, Result<Believed, ClaimFault>); 13] = [
        ("plain", claims(), believed(false, true)),
        ("strong acr", Claims { acr: Some(strong.into()), ..claims() }, believed(true, true)),
        ("mfa in amr", Claims { amr: vec!["pwd".into(), "mfa".into()], ..claims() }, believed(true, true)),
        ("address not verified", Claims { email_verified: Some(false), ..claims() }, believed(false, false)),
        ("no auth_time", Claims { auth_time: None, ..claims() }, believed(false, true)),
        (
            "a clock half a minute ahead",
            Claims { auth_time: Some(Instant::from_micros(NOW.micros() + 30_000_000)), ..claims() },
            believed(false, true),
        ),
        ("other issuer", Claims { issuer: "https://op.example".into(), ..claims() }, Err(ClaimFault::Issuer)),
        ("no nonce", Claims { nonce: None, ..claims() }, Err(ClaimFault::Nonce)),
        ("other nonce", Claims { nonce: Some("m".repeat(64)), ..claims() }, Err(ClaimFault::Nonce)),
        ("no acr", Claims { acr: None, ..claims() }, Err(ClaimFault::Acr)),
        ("weak acr", Claims { acr: Some("self-asserted".into()), ..claims() }, Err(ClaimFault::Acr)),
        ("too old", Claims { auth_time: Some(minutes_ago(721)), ..claims() }, Err(ClaimFault::TooOld)),
        ("nobody", Claims { subject: String::new(), ..claims() }, Err(ClaimFault::Subject)),
    ];
    for (name, claims, expected) in cases {
        assert_eq!(provider.believe(&claims, &"n".repeat(64), NOW), expected, "{name}");
    }
}

#[test]
fn without_a_word_from_the_provider_the_address_is_not_believed() {
    let strict = Provider { vouches_for_email: false, ..provider() };
    assert!(!strict.believe(&claims(), &"n".repeat(64), NOW).unwrap().email_verified);
}

#[test]
fn statements_do_not_show_in_logs() {
    let shown = format!("{:?}", claims());
    assert!(!shown.contains("b.example") && !shown.contains("3f1c"), "{shown}");
    let shown = format!("{:?}", claims().pivot);
    assert!(!shown.contains("Léa") && !shown.contains("1980"), "{shown}");
}

#[test]
fn a_provider_for_people_says_which_levels_are_taken() {
    let read = |more: &str| {
        let text = format!(
            "[[provider]]\nissuer = \"https://fc.example\"\nname = \"FranceConnect\"\nclient_id = \"liant\"\nsecret_file = \"s\"\n{more}"
        );
        toml::from_str::<AccountRules>(&text).unwrap()
    };
    let of = |rules: &AccountRules| rules.providers.first().unwrap().signs_in;
    assert_eq!(of(&read("")), SignsIn::Professionals);
    assert_eq!(read("").check(), Ok(()));
    let people = read("signs_in = \"people\"\nacr = [\"eidas2\"]\n");
    assert_eq!((of(&people), people.check()), (SignsIn::People, Ok(())));
    let any = read("signs_in = \"people\"\n").check().map_err(|error| error.what);
    assert_eq!(any, Err("provider.acr"));
}

#[test]
fn figures_under_the_floors_are_refused() {
    assert_eq!(AccountRules::default().check(), Ok(()));
    let read = |text: &str| toml::from_str::<AccountRules>(text).unwrap().check().map_err(|error| error.what);
    for (text, what) in [
        ("[password]\nbits = 40", "password.bits"),
        ("[hash]\nmemory_kib = 4096", "hash"),
        ("[hash]\npasses = 1", "hash"),
        ("[session]\nidle_minutes = 0", "session.idle_minutes"),
        ("[session]\nabsolute_hours = 48", "session.absolute_hours"),
        ("invitation_days = 90", "invitation_days"),
        ("password_link_hours = 73", "password_link_hours"),
        (
            "[throttle]\naccount = { free = 5, first_delay_seconds = 1, longest_delay_seconds = 86400, forgotten_after_minutes = 60 }",
            "throttle",
        ),
        (
            "[throttle]\npair = { free = 5, first_delay_seconds = 0, longest_delay_seconds = 60, forgotten_after_minutes = 60 }",
            "throttle",
        ),
    ] {
        assert_eq!(read(text), Err(what), "{text}");
    }
    assert!(toml::from_str::<AccountRules>("sesion = 3").is_err());
}

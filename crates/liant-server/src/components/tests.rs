//! What components say, and that they escape what they are given.

use liant_model::{Date, Lang, Source};

use super::*;
use crate::Words;

const W: Words = Words::new(Lang::Fr, Date::constant(2026, 11, 16));

#[test]
fn a_countdown_says_the_delay_and_the_exact_day() {
    let html = Countdown::new(W, Date::constant(2026, 11, 14), 7).to_string();
    assert!(html.contains("class=\"tag tag--late\"") && html.contains("datetime=\"2026-11-14\""), "{html}");
    assert!(
        html.contains("title=\"samedi 14\u{a0}novembre 2026\"") && html.contains("2\u{a0}jours de retard"),
        "{html}"
    );
    let tone = |day| Countdown::new(W, Date::constant(2026, 11, day), 7).tone();
    assert_eq!([15, 16, 23, 24].map(tone), [Tone::Late, Tone::Soon, Tone::Soon, Tone::Fine]);
}

#[test]
fn an_unknown_source_keeps_its_name() {
    let mark = |slug| SourceMark::of(W, &Source::parse(slug).unwrap()).to_string();
    assert!(mark("cnaf").contains("source--caf") && mark("cnaf").contains(">CAF<"));
    assert!(mark("ccas-avion").contains("source--other") && mark("ccas-avion").contains("ccas-avion"));
}

#[test]
fn what_is_given_is_escaped() {
    let evil = "<script>\"&'";
    let parts = [
        Tag::new(Tone::Fine, evil).to_string(),
        Empty::new(evil, evil).with_act(Link::new(evil, evil)).to_string(),
        Field::line(W, "a", evil).value(evil).hint(evil).error(Some(evil.into())).to_string(),
        Filters::new(W, 1, vec![Chip { label: evil.into(), value: evil.into(), without: evil.into() }], evil)
            .to_string(),
        Notice::done(W, evil).with_link(Link::new(evil, evil)).to_string(),
        SummaryList::new(W, vec![Detail::new(evil).value(evil)]).to_string(),
    ];
    for html in parts {
        assert!(!html.contains("<script>") && !html.contains("\"&'"), "{html}");
    }
}

#[test]
fn errors_lead_to_their_fields() {
    let name = Field::line(W, "name", "Nom").error(Some("Écrivez un nom".into()));
    let day = Field::day(W, "day", "Jour", ["", "", ""]).error(Some("Écrivez un jour".into()));
    let fine = Field::line(W, "town", "Commune");
    let errors = Errors::of(W, &[&name, &fine, &day]);
    let html = errors.to_string();
    assert!(!errors.is_empty());
    assert!(
        html.contains("href=\"#name\"") && html.contains("href=\"#day-day\"") && !html.contains("#town"),
        "{html}"
    );
    assert!(name.to_string().contains("aria-describedby=\"name-error\""));
    assert_eq!(Errors::of(W, &[&fine]).to_string(), "");
}

#[test]
fn a_path_puts_itself_in_order() {
    let source = SourceMark::of(W, &Source::parse("cnaf").unwrap());
    let happening = |day, title: &str| Happening {
        day: Date::constant(2026, 1, day),
        kind: Kind::Fact,
        title: title.into(),
        text: None,
        source: source.clone(),
    };
    let html = Path::new(W, vec![happening(3, "first"), happening(9, "second")]).to_string();
    assert!(html.find("second") < html.find("first"), "{html}");
}

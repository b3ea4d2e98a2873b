//! What the test files share.

use liant_convention::{Convention, Gate, SHIPPED};
use liant_model::{Actor, Field, FieldSet, Instant, Party, Purpose, Role, Territory};

/// The files of `conventions/` that are examples, and not installed.
pub(crate) const EXAMPLES: [(&str, &str); 7] = [
    ("62-accompagnement-global.toml", COOPERATION),
    ("62-caf-accompagnement.toml", CAF),
    ("62-echange-accompagnement-global.toml", FORM),
    ("62-france-travail.toml", ADVISERS),
    ("62-metiers-autonomie.toml", AUTONOMY),
    ("62-reseau-emploi.toml", NETWORK),
    ("62-structure-mandatee.toml", MANDATE),
];
pub(crate) const COOPERATION: &str = include_str!("../../../../conventions/62-accompagnement-global.toml");
pub(crate) const CAF: &str = include_str!("../../../../conventions/62-caf-accompagnement.toml");
pub(crate) const ADVISERS: &str = include_str!("../../../../conventions/62-france-travail.toml");
pub(crate) const FORM: &str = include_str!("../../../../conventions/62-echange-accompagnement-global.toml");
pub(crate) const AUTONOMY: &str = include_str!("../../../../conventions/62-metiers-autonomie.toml");
pub(crate) const MANDATE: &str = include_str!("../../../../conventions/62-structure-mandatee.toml");
pub(crate) const NETWORK: &str = include_str!("../../../../conventions/62-reseau-emploi.toml");

/// Every file of `conventions/`, read.
pub(crate) fn all_files() -> Vec<Convention> {
    let files = SHIPPED.iter().chain(&EXAMPLES);
    files.map(|(name, text)| Convention::parse(name, text).unwrap()).collect()
}

/// 2026-03-01, noon in Paris.
pub(crate) const MARCH_2026: Instant = Instant::from_micros(1_772_362_800_000_000);

pub(crate) const DAY: i64 = 86_400_000_000;

/// Noon in Paris on the day that lies `days` days after 2026-03-01 (an hour off in summer).
pub(crate) fn days_after_march(days: i64) -> Instant {
    Instant::from_micros(MARCH_2026.micros() + days * DAY)
}

pub(crate) fn shipped() -> Vec<Convention> {
    SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap()).collect()
}

pub(crate) fn shipped_gate() -> Gate {
    Gate::new(shipped()).unwrap()
}

/// The shipped files, with the head of the exchange convention changed.
pub(crate) fn gate_with(from: &str, to: &str) -> Gate {
    let files = SHIPPED.iter().map(|(name, text)| {
        let text = if *name == "62-echange-rsa.toml" {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        } else {
            (*text).to_owned()
        };
        Convention::parse(name, &text).unwrap()
    });
    Gate::new(files.collect()).unwrap()
}

pub(crate) fn pas_de_calais() -> Territory {
    Territory::parse("62").unwrap()
}

pub(crate) fn actor(party: &str, role: &str) -> Actor {
    Actor {
        name: "someone".to_owned(),
        party: Party::parse(party).unwrap(),
        role: Role::parse(role).unwrap(),
        os_user: None,
    }
}

pub(crate) fn purpose(id: &str) -> Purpose {
    Purpose::parse(id).unwrap()
}

/// A set of fields as a jurist writes it: whole families as `family.*`, less what is missing when little is.
pub(crate) fn words(fields: FieldSet) -> String {
    if fields.is_empty() {
        return "nothing".to_owned();
    }
    let mut families: Vec<&str> = Vec::new();
    for field in Field::all() {
        let family = field.code().split('.').next().unwrap();
        if !families.contains(&family) {
            families.push(family);
        }
    }
    let mut said = Vec::new();
    for family in families {
        let whole = FieldSet::matching(&format!("{family}.*")).unwrap();
        let have = whole.intersection(fields);
        let lack = whole.difference(fields);
        let codes = |set: FieldSet| set.iter().map(Field::code).collect::<Vec<_>>().join(", ");
        match (have.len(), lack.len()) {
            (0, _) => {}
            (_, 0) => said.push(format!("{family}.*")),
            (few, many) if few > many => said.push(format!("{family}.* (not {})", codes(lack))),
            _ => said.push(codes(have)),
        }
    }
    said.join(", ")
}

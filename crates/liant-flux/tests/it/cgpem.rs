//! The CGPEM: its rules when read, and its writing.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use crate::support::{cgpem, latin1, lists, profile, read};
use liant_flux::{Refusal, WriteError, WriteHeader, Writer};
use liant_model::{Date, Field, ReferenceDate, Territory};
use proptest::prelude::*;

const WHO: &str = "<nom-naissance>BARBIEUX</nom-naissance><prenom>ZOE</prenom>";
const NIR: &str = "<nir>2810262194289</nir>";
const DECISION: &str =
    "<orientation><nature>01</nature><date-decision>2026-11-02</date-decision></orientation>";
const CORRESPONDENT: &str = "<correspondant><organisme>CCAS</organisme><nom>AVRIL</nom></correspondant>";

fn record(individu: &str, orientation: &str, correspondent: &str) -> String {
    format!("<dossier><individu>{individu}</individu>{orientation}{correspondent}</dossier>")
}

/// Record, the rules that reject it, the warnings.
#[test]
fn rules() {
    let who = |extra: &str| format!("{extra}{WHO}");
    let named = |name: &str| format!("{NIR}<nom-naissance>{name}</nom-naissance><prenom>ZOE</prenom>");
    let decided = |nature: &str, date: &str| {
        format!("<orientation><nature>{nature}</nature><date-decision>{date}</date-decision></orientation>")
    };
    let referent = |inside: &str| format!("<correspondant>{inside}</correspondant>");
    let none: [&str; 0] = [];
    for (record, problems, warnings) in [
        (record(&who(NIR), DECISION, CORRESPONDENT), none.to_vec(), none.to_vec()),
        (
            record(
                &who("<code-pe>062</code-pe><identifiant-pe>0007932B</identifiant-pe>"),
                DECISION,
                CORRESPONDENT,
            ),
            vec![],
            vec![],
        ),
        (record(&who(""), DECISION, CORRESPONDENT), vec!["CGPEM-NIR-OR-FT"], vec![]),
        (
            record(&who("<identifiant-pe>0007932B</identifiant-pe>"), DECISION, CORRESPONDENT),
            vec!["CGPEM-NIR-OR-FT"],
            vec![],
        ),
        (
            record(&who("<code-pe>062</code-pe>"), DECISION, CORRESPONDENT),
            vec!["CGPEM-NIR-OR-FT", "CGPEM-FT-PAIR"],
            vec![],
        ),
        (
            record(&who(&format!("{NIR}<code-pe>062</code-pe>")), DECISION, CORRESPONDENT),
            vec!["CGPEM-FT-PAIR"],
            vec![],
        ),
        (record(&named("Barbieux"), DECISION, CORRESPONDENT), vec!["CGPEM-NOM-NAISSANCE-UPPER"], vec![]),
        (record(&named("LEFÈVRE"), DECISION, CORRESPONDENT), vec!["CGPEM-NOM-NAISSANCE-UPPER"], vec![]),
        (record(&named("D'HONDT-LE 2"), DECISION, CORRESPONDENT), vec![], vec![]),
        (record(&who(NIR), &decided("07", "2026-11-02"), CORRESPONDENT), vec!["CGPEM-NATURE-CODE"], vec![]),
        (record(&who(NIR), &decided("06", "2026-11-21"), CORRESPONDENT), vec![], vec![]),
        (
            record(&who(NIR), &decided("06", "2026-11-22"), CORRESPONDENT),
            vec!["CGPEM-DATE-DECISION-FUTURE"],
            vec![],
        ),
        (record(&who(NIR), &decided("06", ""), CORRESPONDENT), vec!["CGPEM-DATE-DECISION-REQUIRED"], vec![]),
        (
            record(&who(NIR), "", CORRESPONDENT),
            vec!["CGPEM-NATURE-REQUIRED", "CGPEM-DATE-DECISION-REQUIRED"],
            vec![],
        ),
        (record(&who(NIR), DECISION, ""), vec![], vec!["CGPEM-CORRESPONDANT-ABSENT"]),
        (
            record(&who(NIR), DECISION, &referent("<prenom>A</prenom>")),
            vec!["CGPEM-REFERENT-NOM"],
            vec!["CGPEM-CORRESPONDANT-ABSENT"],
        ),
        (
            record(&who(NIR), DECISION, &referent("<organisme>CCAS</organisme>")),
            vec![],
            vec!["CGPEM-CORRESPONDANT-ABSENT"],
        ),
        (
            record(&who(NIR), DECISION, &referent("<telephone>0321000000</telephone>")),
            vec!["CGPEM-REFERENT-NOM"],
            vec!["CGPEM-CORRESPONDANT-ABSENT"],
        ),
        (
            record(&who(NIR), DECISION, &referent("<email>a@b.example</email>")),
            vec!["CGPEM-REFERENT-NOM"],
            vec!["CGPEM-CORRESPONDANT-ABSENT"],
        ),
        (
            record(&who(NIR), DECISION, &referent("<Nom>A</Nom><email>a@b.example</email>")),
            vec![],
            vec!["CGPEM-TAG-SPELLING"],
        ),
        (
            record(&who(NIR), DECISION, &referent("<nom>A</nom><telephone>03 21</telephone>")),
            vec![],
            vec!["CGPEM-TELEPHONE-FORM"],
        ),
        (
            record(&who(NIR), DECISION, &referent("<nom>A</nom><email>a.b</email>")),
            vec![],
            vec!["CGPEM-EMAIL-FORM"],
        ),
        (
            record(
                &who(NIR),
                &DECISION.replace("</orientation>", &format!("{CORRESPONDENT}</orientation>")),
                "",
            ),
            vec![],
            vec![],
        ),
        (
            record(&who(NIR), DECISION, &referent(&format!("<organisme>{}</organisme>", "A".repeat(91)))),
            vec!["CGPEM-ORGANISME-LENGTH"],
            vec!["CGPEM-CORRESPONDANT-ABSENT"],
        ),
    ] {
        let seen = read("CGPEM", latin1(&cgpem(&[&record])).as_slice()).unwrap();
        assert_eq!(seen.records[0].problems, problems, "{record}");
        assert_eq!(seen.warnings(), warnings, "{record}");
    }
}

#[test]
fn the_periodicity_may_change() {
    for (periodicity, accepted) in [("M", true), ("H", true), ("Q", true), ("X", false)] {
        let file = cgpem(&[]).replace("<periodicite>M", &format!("<periodicite>{periodicity}"));
        assert_eq!(read("CGPEM", file.as_bytes()).is_ok(), accepted, "{periodicity}");
    }
}

fn header() -> WriteHeader {
    WriteHeader {
        territory: Territory::parse("62").unwrap(),
        reference_date: ReferenceDate::new(Date::constant(2026, 11, 1)),
        fabrication_date: Date::constant(2026, 11, 20),
        periodicity: None,
    }
}

type Row = Vec<(Field, String)>;

fn value(row: &Row) -> impl Fn(Field) -> Option<String> + '_ {
    move |field| row.iter().find(|(found, _)| *found == field).map(|(_, value)| value.clone())
}

fn row(values: &[(Field, &str)]) -> Row {
    values.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
}

fn sound() -> Row {
    row(&[
        (Field::Nir, "2810262194289"),
        (Field::BirthName, "Lefèvre-Œuf"),
        (Field::FirstName, "Zoë"),
        (Field::OrientationNature, "05"),
        (Field::OrientationDecided, "2026-11-02"),
        (Field::OrientationOrganisation, "Agence d’Arras, 1 rue de l’Église & Cie <B>"),
        (Field::ReferentName, "Avril"),
    ])
}

#[test]
fn what_is_written_is_exact() {
    let mut writer = Writer::create(Vec::new(), &profile("CGPEM"), &header(), &lists()).unwrap();
    writer.write(&value(&sound())).unwrap();
    let written = writer.finish().unwrap();
    assert_eq!((written.records, written.warnings.len()), (1, 0));
    let text: String = written.output.iter().map(|byte| char::from(*byte)).collect();
    insta::assert_snapshot!(text);
}

#[test]
fn a_record_that_breaks_a_rule_is_not_written() {
    let mut writer = Writer::create(Vec::new(), &profile("CGPEM"), &header(), &lists()).unwrap();
    let change = |field: Field, value: &str| {
        let mut row = sound();
        row.retain(|(found, _)| *found != field);
        row.push((field, value.to_owned()));
        row
    };
    let mut without_name = change(Field::ReferentName, "");
    without_name.push((Field::ReferentFirstName, "Ada".to_owned()));
    for (row, rule) in [
        (change(Field::OrientationNature, "09"), "CGPEM-NATURE-CODE"),
        (change(Field::OrientationNature, ""), "CGPEM-NATURE-REQUIRED"),
        (change(Field::Nir, ""), "CGPEM-NIR-OR-FT"),
        (change(Field::Nir, "281026219428"), "CGPEM-NIR-FORM"),
        (change(Field::BirthName, "Ωmega"), "CGPEM-NOM-NAISSANCE-CHARSET"),
        (change(Field::BirthName, &"A".repeat(26)), "CGPEM-NOM-NAISSANCE-LENGTH"),
        (change(Field::OrientationOrganisation, "価"), "CGPEM-ORGANISME-CHARSET"),
        (change(Field::OrientationDecided, "2026-11-21"), "CGPEM-DATE-DECISION-FUTURE"),
        (without_name, "CGPEM-REFERENT-NOM"),
    ] {
        let Err(WriteError::Refused(problems)) = writer.write(&value(&row)) else { panic!("{rule}") };
        assert_eq!(problems[0].rule, rule);
    }
    assert_eq!(writer.records(), 0);
    let long = change(Field::OrientationService, &"é".repeat(60));
    writer.write(&value(&long)).unwrap();
    let seen = read("CGPEM", writer.finish().unwrap().output.as_slice()).unwrap();
    assert_eq!(
        seen.value(0, Field::OrientationService).unwrap().chars().count(),
        50,
        "the profile lets it be cut"
    );
}

#[test]
fn an_absent_correspondent_is_never_silent() {
    let mut writer = Writer::create(Vec::new(), &profile("CGPEM"), &header(), &lists()).unwrap();
    let mut row = sound();
    row.retain(|(field, _)| *field != Field::ReferentName);
    writer.write(&value(&row)).unwrap();
    let written = writer.finish().unwrap();
    assert_eq!(written.warnings[0].rule, "CGPEM-CORRESPONDANT-ABSENT");
}

#[test]
fn flows_that_are_only_read_are_not_written() {
    for name in ["RSABEM", "PERSONNES"] {
        assert!(matches!(
            Writer::create(Vec::new(), &profile(name), &header(), &lists()),
            Err(WriteError::Profile(_))
        ));
    }
    let odd = WriteHeader { periodicity: Some("X".to_owned()), ..header() };
    assert!(matches!(
        Writer::create(Vec::new(), &profile("CGPEM"), &odd, &lists()),
        Err(WriteError::Profile(_))
    ));
}

/// Sound values of a PECGM record: names and labels of any text, codes of the lists.
fn pecgm_row() -> impl Strategy<Value = Row> {
    let name = "[A-Za-zÀ-ÿ &<>'-]{1,25}";
    let date = (1950..2026_i16, 1..=12_u8, 1..=28_u8).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
    (
        name,
        name,
        date,
        "[A-Za-zÀ-ÿ0-9 ,&<>]{0,90}",
        "[0-9]{7}[A-Z]",
        prop::sample::select(vec!["APR", "GUI", "GLO"]),
        any::<bool>(),
    )
        .prop_map(|(name, first, date, label, id, modality, delegate)| {
            let mut row = row(&[
                (Field::BirthName, &format!("A{name}")),
                (Field::FirstName, &format!("B{first}")),
                (Field::BirthDate, &date),
                (Field::FtRegion, "062"),
                (Field::FtIdentifier, &id),
                (Field::RegistrationStart, &date),
                (Field::RegistrationCategoryLabel, &label),
                (Field::OccupationLabel, &label),
                (Field::Modality, modality),
                (Field::ModalityLabel, &label),
            ]);
            if delegate {
                row.push((Field::DelegateName, "CAP EMPLOI".to_owned()));
            }
            for (field, value) in &mut row {
                if matches!(field, Field::BirthName | Field::FirstName) {
                    *value = value.chars().take(25).collect();
                }
            }
            row
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn what_is_written_is_read_back_without_a_warning(rows in prop::collection::vec(pecgm_row(), 0..6)) {
        let mut writer = Writer::create(Vec::new(), &profile("PECGM"), &header(), &lists()).unwrap();
        for row in &rows {
            writer.write(&value(row)).unwrap();
        }
        let written = writer.finish().unwrap();
        prop_assert_eq!(written.warnings.len(), 0);
        let seen = read("PECGM", written.output.as_slice()).unwrap();
        prop_assert_eq!(seen.warnings(), vec![""; 0]);
        prop_assert_eq!(seen.summary.rejected, 0);
        prop_assert_eq!(seen.records.len(), rows.len());
        for (number, row) in rows.iter().enumerate() {
            for (field, value) in row {
                let max = match field {
                    Field::RegistrationCategoryLabel => 60,
                    Field::ModalityLabel => 40,
                    _ => 150,
                };
                let cut: String = value.chars().take(max).collect();
                prop_assert_eq!(seen.value(number, *field).unwrap_or_default(), cut.trim_ascii());
            }
        }
    }

    #[test]
    fn any_text_is_written_soundly_or_refused(name in ".{0,30}", first in ".{0,30}", organisation in ".{0,100}") {
        let mut writer = Writer::create(Vec::new(), &profile("CGPEM"), &header(), &lists()).unwrap();
        let mut row = sound();
        row.retain(|(field, _)| !matches!(field, Field::BirthName | Field::FirstName | Field::OrientationOrganisation));
        row.push((Field::BirthName, name));
        row.push((Field::FirstName, first));
        row.push((Field::OrientationOrganisation, organisation));
        let accepted = writer.write(&value(&row)).is_ok();
        let written = writer.finish().unwrap();
        let seen = match read("CGPEM", written.output.as_slice()) {
            Ok(seen) => seen,
            Err(Refusal::Rule(diagnostic)) => return Err(TestCaseError::fail(diagnostic.rule)),
            Err(Refusal::Io(error)) => return Err(TestCaseError::fail(error.to_string())),
        };
        prop_assert_eq!(seen.records.len(), usize::from(accepted));
        prop_assert_eq!(seen.summary.rejected, 0);
        let warned: Vec<&str> = written.warnings.iter().map(|warning| warning.rule.as_str()).collect();
        prop_assert_eq!(seen.warnings(), warned);
    }
}

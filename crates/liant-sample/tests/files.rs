//! The files themselves: same bytes for the same seed, the encoding they declare, counts that match, elements that
//! close. The checker of elements below is written for this test alone.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use liant_model::{Date, Nir, Territory};
use liant_sample::{
    Decisions, Defect, Encoding, Expected, FileOptions, MonthView, SampleKind, SampleOptions, Spelling,
    World, WorldOptions, sample,
};
use std::collections::HashSet;

fn world() -> World {
    World::new(WorldOptions::new(Territory::parse("62").unwrap(), 800, 42, Date::constant(2025, 9, 1), 5))
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<u64>) -> (Vec<u8>, u64) {
    let mut bytes = Vec::new();
    let count = write(&mut bytes).unwrap();
    (bytes, count)
}

fn files(month: &MonthView<'_>) -> Vec<(&'static str, Vec<u8>, u64)> {
    let options = FileOptions::default();
    let friday = month.fridays()[1];
    let mut files = Vec::new();
    let mut add = |name, (bytes, count)| files.push((name, bytes, count));
    add("pecgm", written(|out| month.write_pecgm(out, options)));
    add("pecdh", written(|out| month.write_pecdh(out, options, friday)));
    add("rsabem", written(|out| month.write_rsabem(out, options)));
    add("cgpem", written(|out| month.write_cgpem(out, options)));
    add("known", written(|out| month.write_known_csv(out)));
    add("orientations", written(|out| month.write_orientations_csv(out, Decisions::InForce)));
    add("truth", written(|out| month.write_truth_csv(out)));
    files
}

/// FNV-1a, 64 bits.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn sampled(kind: SampleKind, records: u64, seed: u64, options: &SampleOptions) -> Vec<u8> {
    let mut bytes = Vec::new();
    sample(kind, records, seed, &mut bytes, options).unwrap();
    bytes
}

fn sound() -> SampleOptions {
    SampleOptions::new(Territory::parse("62").unwrap(), Date::constant(2026, 11, 1))
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// What stands between `<tag>` and `</tag>`, each time.
fn values<'t>(text: &'t str, tag: &str) -> Vec<&'t str> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    text.split(&open).skip(1).filter_map(|rest| rest.split(&close).next()).collect()
}

/// Whether every element closes where it must, under one root, with nothing after it.
fn well_formed(text: &str) -> bool {
    let Some((_, body)) = text.split_once("?>") else { return false };
    let (mut stack, mut roots) = (Vec::new(), 0);
    for (place, piece) in body.split('<').enumerate() {
        let (tag, rest) = piece.split_once('>').unwrap_or(("", piece));
        if place > 0 {
            if let Some(name) = tag.strip_prefix('/') {
                if stack.pop() != Some(name) {
                    return false;
                }
            } else if !tag.ends_with('/') {
                roots += usize::from(stack.is_empty());
                stack.push(tag.split(' ').next().unwrap_or(tag));
            }
        }
        if stack.is_empty() && !rest.trim().is_empty() {
            return false;
        }
    }
    stack.is_empty() && roots == 1
}

#[test]
fn same_seed_same_bytes_on_every_machine() {
    let (one, two) = (world(), world());
    for (a, b) in one.months().zip(two.months()) {
        assert_eq!(files(&a), files(&b));
    }
    let last = one.month(4).unwrap();
    let found: Vec<_> =
        files(&last).iter().map(|(name, bytes, _)| format!("{name} {:016x}", fingerprint(bytes))).collect();
    let samples: Vec<_> = SampleKind::ALL
        .iter()
        .map(|kind| format!("{} {:016x}", kind.name(), fingerprint(&sampled(*kind, 500, 7, &sound()))))
        .collect();
    // These change whenever what is invented changes; they must never change from one machine to another.
    assert_eq!(found, WORLD);
    assert_eq!(samples, SAMPLES);
}

const WORLD: [&str; 7] = [
    "pecgm f61a62e86db95cbd",
    "pecdh d603c67979417928",
    "rsabem d1542934e503c0a3",
    "cgpem d4c04a55bb7c2dc4",
    "known c0f1e22d17cd1fb6",
    "orientations d94ddf66e5acd47c",
    "truth 43df380bc5479770",
];
const SAMPLES: [&str; 4] =
    ["pecgm cfa29706d452f7c1", "pecdh 0985e66645a7b716", "cgpem 50f34201026105e2", "rsabem 75a7534569b96d6c"];

#[test]
fn another_seed_gives_other_people() {
    for kind in SampleKind::ALL {
        assert_ne!(sampled(kind, 50, 1, &sound()), sampled(kind, 50, 2, &sound()));
    }
}

#[test]
fn flows_are_iso_8859_1_well_formed_and_counted() {
    for month in world().months() {
        for (name, bytes, count) in files(&month) {
            if matches!(name, "known" | "orientations" | "truth") {
                let text = String::from_utf8(bytes).unwrap();
                assert_eq!(text.lines().count() as u64, count + 1, "{name}");
                continue;
            }
            assert!(bytes.iter().all(|byte| !matches!(byte, 0..=9 | 11..=31 | 0x7F..=0x9F)), "{name}");
            let text = latin1(&bytes);
            assert!(well_formed(&text), "{name}");
            assert!(count > 100, "{name} {count}");
            if name == "rsabem" {
                assert_eq!(values(&text, "NBTOTDOSRSATRANSM"), [format!("{count:08}")]);
                assert_eq!(values(&text, "InfosFoyerRSA").len() as u64, count);
            } else {
                assert_eq!(values(&text, "nb-dossier"), [count.to_string()]);
                assert_eq!(values(&text, "dossier").len() as u64, count);
                assert_eq!(values(&text, "departement"), ["62", "62"]);
                let references = values(&text, "date-reference");
                assert_eq!(references[0], references[1]);
            }
        }
    }
}

#[test]
fn values_respect_the_convention() {
    let month_view = world();
    let month = month_view.month(3).unwrap();
    let (bytes, _) = written(|out| month.write_pecgm(out, FileOptions::default()));
    let text = latin1(&bytes);
    let lengths = [
        ("nom-naissance", 25),
        ("nom-marital", 25),
        ("prenom", 25),
        ("commune-residence", 5),
        ("identifiant-caf", 15),
        ("code-pe", 3),
        ("identifiant-pe", 8),
        ("lib-categorie", 60),
        ("lib-situation", 45),
        ("lib-cessation-ide", 75),
        ("lib-radiation-ide", 75),
        ("nom", 27),
        ("voie", 32),
        ("bureau", 26),
        ("lib-niveau", 50),
        ("lib-secteur", 30),
        ("conseiller-pe", 27),
        ("libelle", 40),
    ];
    for (tag, length) in lengths {
        let found = values(&text, tag);
        assert!(!found.is_empty(), "{tag}");
        for value in found {
            assert!(
                !value.is_empty() && value.replace("&amp;", "&").chars().count() <= length,
                "{tag} {value}"
            );
        }
    }
    for tag in ["nir", "identifiant-msa"] {
        assert!(values(&text, tag).iter().all(|nir| nir.len() == 13 && Nir::parse(nir.as_bytes()).is_ok()));
    }
    let keys: Vec<_> = values(&text, "code-pe").into_iter().zip(values(&text, "identifiant-pe")).collect();
    assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());

    let (bytes, _) = written(|out| month.write_cgpem(out, FileOptions::default()));
    assert!(bytes.is_ascii(), "names of CGPEM are in upper case without accents");
    for record in values(&latin1(&bytes), "dossier") {
        let one = |tag: &str| values(record, tag).first().copied().unwrap_or_default().to_owned();
        assert!(!one("nom-naissance").is_empty() && !one("date-decision").is_empty());
        assert!(!one("nir").is_empty() || !one("identifiant-pe").is_empty());
        assert_eq!(one("code-pe").is_empty(), one("identifiant-pe").is_empty());
        assert!(one("date-decision") <= month.last_day().to_string());
        assert!(one("organisme").chars().count() <= 90 && one("email").chars().count() <= 60);
    }
}

#[test]
fn the_weekly_file_has_registrations_only() {
    let world = world();
    let month = world.month(1).unwrap();
    let day = month.fridays()[2];
    let (bytes, count) = written(|out| month.write_pecdh(out, FileOptions::default(), day));
    let text = latin1(&bytes);
    assert_eq!(values(&text, "date-reference")[0], day.to_string());
    assert_eq!(values(&text, "date-debut-ide").len() as u64, count);
    for tag in ["suivi", "formation", "ppae", "rome-v3", "identifiant-caf", "code-categorie"] {
        assert!(values(&text, tag).is_empty(), "{tag}");
    }
    assert!(values(&text, "date-cessation-ide").iter().all(|date| **date <= *day.to_string()));
}

#[test]
fn the_truth_names_every_record_of_the_three_files() {
    let world = world();
    let month = world.month(2).unwrap();
    let (bytes, count) = written(|out| month.write_truth_csv(out));
    let truth = String::from_utf8(bytes).unwrap();
    let rows: Vec<Vec<&str>> = truth.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len() as u64, count);
    let of = |file: &str| rows.iter().filter(|row| row[0] == file).cloned().collect::<Vec<_>>();
    let (pecgm, dossiers) = written(|out| month.write_pecgm(out, FileOptions::default()));
    let numbers: Vec<_> =
        of("pecgm").iter().map(|row| row[3].split('-').next_back().unwrap().to_owned()).collect();
    assert_eq!(values(&latin1(&pecgm), "identifiant-pe"), numbers);
    assert_eq!(numbers.len() as u64, dossiers);
    let (known, _) = written(|out| month.write_known_csv(out));
    let known = String::from_utf8(known).unwrap();
    let references: Vec<_> = known.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(references, of("known").iter().map(|row| row[3]).collect::<Vec<_>>());
    // Most job seekers are in the CNAF's file and in the Département's list.
    for file in ["rsabem", "known"] {
        let people: HashSet<_> = of(file).iter().map(|row| row[4].to_owned()).collect();
        let found = of("pecgm").iter().filter(|row| people.contains(row[4])).count();
        assert!(found * 100 > numbers.len() * 85, "{file} {found} of {}", numbers.len());
    }
}

#[test]
fn encodings_of_rsabem_agree() {
    let world = world();
    let month = world.month(0).unwrap();
    let write = |encoding| {
        let options = FileOptions { encoding, ..FileOptions::default() };
        written(|out| month.write_rsabem(out, options)).0
    };
    let (plain, windows, unicode) =
        (write(Encoding::Latin1), write(Encoding::Windows1252), write(Encoding::Utf8));
    let body = |text: &str| text.split_once('\n').unwrap().1.to_owned();
    assert_eq!(body(&latin1(&plain)), body(&String::from_utf8(unicode).unwrap()));
    assert_eq!(body(&latin1(&plain)), body(&latin1(&windows)));
    assert!(latin1(&windows).starts_with("<?xml version=\"1.0\" encoding=\"windows-1252\"?>"));
    assert!(!plain.is_ascii());
}

#[test]
fn rsabem_respects_the_outline() {
    let lengths = [
        ("QUAL", 3),
        ("NOM", 28),
        ("NOMNAI", 28),
        ("PRENOM", 32),
        ("PRENOM2", 15),
        ("NOMCOMNAI", 26),
        ("NUMDEMRSA", 11),
        ("MATRICULE", 15),
        ("NUMORG", 3),
        ("IDEPARTE", 3),
        ("SITFAM", 3),
        ("NOMVOIE", 32),
        ("LIBTYPEVOIE", 30),
        ("COMPLADR", 38),
        ("NOMCOM", 32),
        ("NUMCOM", 5),
        ("CODEPOS", 5),
        ("ETATDOSRSA", 1),
        ("NATPF", 3),
        ("SOUSNATPF", 5),
        ("DTNAI", 10),
    ];
    let world = world();
    let (bytes, _) = written(|out| world.month(4).unwrap().write_rsabem(out, FileOptions::default()));
    for bytes in [bytes, sampled(SampleKind::Rsabem, 400, 8, &sound())] {
        let text = latin1(&bytes);
        for (tag, length) in lengths {
            let found = values(&text, tag);
            assert!(!found.is_empty(), "{tag}");
            let wrong = found.iter().find(|value| value.is_empty() || value.chars().count() > length);
            assert_eq!(wrong, None, "{tag}");
        }
        assert!(values(&text, "NIR").iter().all(|nir| Nir::parse(nir.as_bytes()).is_ok()));
        let states: HashSet<_> = values(&text, "ETATDOSRSA").into_iter().collect();
        assert!(["2", "3", "4", "5", "6"].iter().all(|state| states.contains(state)), "{states:?}");
        let roles: HashSet<_> = values(&text, "ROLEPERS").into_iter().collect();
        assert_eq!(roles, HashSet::from(["DEM", "CJT", "ENF"]));
        for foyer in values(&text, "InfosFoyerRSA") {
            let closed = !values(foyer, "FinDroit").is_empty();
            assert_eq!(values(foyer, "ETATDOSRSA") == ["5"], closed);
            for person in values(foyer, "Personne") {
                assert_eq!(values(person, "NATPREST"), ["PFA", "RSA"]);
            }
        }
    }
}

#[test]
fn samples_have_exactly_the_records_asked_for() {
    for kind in SampleKind::ALL {
        for records in [0, 1, 2, 777] {
            let text = latin1(&sampled(kind, records, 3, &sound()));
            assert!(well_formed(&text), "{kind:?} {records}");
            let (record, total) = if kind == SampleKind::Rsabem {
                ("InfosFoyerRSA", values(&text, "NBTOTDOSRSATRANSM")[0].parse())
            } else {
                ("dossier", values(&text, "nb-dossier")[0].parse())
            };
            assert_eq!(values(&text, record).len() as u64, records);
            assert_eq!(total, Ok(records));
        }
    }
}

#[test]
fn one_seed_is_one_people_across_flows() {
    let nirs = |kind, tag| -> HashSet<String> {
        values(&latin1(&sampled(kind, 300, 5, &sound())), tag).into_iter().map(str::to_owned).collect()
    };
    let (pecgm, rsabem) = (nirs(SampleKind::Pecgm, "nir"), nirs(SampleKind::Rsabem, "NIR"));
    assert!(pecgm.intersection(&rsabem).count() > 250);
    let (births, weekly) = (nirs(SampleKind::Pecgm, "nir"), nirs(SampleKind::Pecdh, "nir"));
    assert!(births.intersection(&weekly).count() > 250);
}

#[test]
fn spelling_of_the_convention() {
    let mut options = sound();
    options.spelling = Spelling::Convention;
    let text = latin1(&sampled(SampleKind::Pecgm, 20, 1, &options));
    for tag in ["certification-identité", "commune-résidence", "Bureau", "Rome-v3", "Date-dernier-ent"] {
        assert!(!values(&text, tag).is_empty(), "{tag}");
    }
    assert!(!values(&latin1(&sampled(SampleKind::Pecdh, 2, 1, &options)), "Periodicite").is_empty());
    assert!(!values(&latin1(&sampled(SampleKind::Cgpem, 2, 1, &options)), "Nom").is_empty());
}

#[test]
fn each_defect_changes_the_file_and_most_keep_it_well_formed() {
    for kind in SampleKind::ALL {
        let good = sampled(kind, 9, 4, &sound());
        for defect in Defect::ALL {
            let options = sound().with(*defect);
            if !kind.can_have(*defect) {
                assert!(sample(kind, 9, 4, &mut Vec::new(), &options).is_err());
                continue;
            }
            let bad = sampled(kind, 9, 4, &options);
            assert_ne!(good, bad, "{kind:?} {defect}");
            let broken = matches!(
                defect,
                Defect::Truncated
                    | Defect::UnclosedTag
                    | Defect::TrailingRecord
                    | Defect::ByteOrderMarkInside
            );
            let declared = matches!(defect, Defect::EntityBomb | Defect::ExternalEntity);
            if !declared && *defect != Defect::ByteOrderMarkInside {
                assert_eq!(well_formed(&latin1(&bad)), !broken, "{kind:?} {defect}");
            }
            if defect.expected() == Expected::Warned && *defect != Defect::CrLf {
                assert_eq!(
                    latin1(&bad).matches("</dossier>").count(),
                    latin1(&good).matches("</dossier>").count(),
                    "{defect}"
                );
            }
        }
    }
}

#[test]
fn defects_are_what_they_say() {
    use SampleKind::{Cgpem, Pecgm, Rsabem};
    let text = |kind, defect| latin1(&sampled(kind, 9, 4, &sound().with(defect)));
    assert_eq!(values(&text(Pecgm, Defect::CountMismatch), "nb-dossier"), ["10"]);
    assert_eq!(values(&text(Rsabem, Defect::CountMismatch), "NBTOTDOSRSATRANSM"), ["00000010"]);
    assert_eq!(values(&text(Pecgm, Defect::WrongDepartement), "departement"), ["59", "59"]);
    assert_eq!(values(&text(Pecgm, Defect::TrailerDepartement), "departement"), ["62", "59"]);
    assert_eq!(values(&text(Pecgm, Defect::OlderReference), "date-reference"), ["2025-11-01"; 2]);
    assert_eq!(values(&text(Pecgm, Defect::WrongFlow), "fichier"), ["PECD"]);
    assert!(values(&text(Pecgm, Defect::NoTrailer), "fin").is_empty());
    assert!(text(Pecgm, Defect::ByteOrderMark).starts_with("ï»¿<?xml"));
    assert!(text(Pecgm, Defect::CrLf).contains("\r\n<dossier>"));
    assert!(text(Pecgm, Defect::CompactDates).contains("<date-reference>20261101<"));
    assert!(text(Pecgm, Defect::C1Bytes).contains("\u{92}</prenom>"));
    assert!(text(Rsabem, Defect::Nul).contains("\0</PRENOM>"));
    let twins = text(Pecgm, Defect::DuplicatedKey);
    let keys = values(&twins, "identifiant-pe");
    assert_eq!(keys[3], keys[4]);
    assert_eq!(values(&text(Pecgm, Defect::MissingName), "nom-naissance").len(), 8);
    let bad = text(Pecgm, Defect::BadNir);
    assert_eq!(values(&bad, "nir").iter().filter(|nir| Nir::parse(nir.as_bytes()).is_err()).count(), 1);
    let axis = text(Pecgm, Defect::ModalityUnderAxis);
    assert!(values(&axis, "modalite").is_empty());
    assert!(values(&axis, "code").iter().all(|code| code.len() == 3));
    assert_eq!(
        values(&text(Pecgm, Defect::UnknownCodes), "motif-cessation-ide")
            .iter()
            .filter(|c| **c == "99")
            .count(),
        1
    );
    assert!(values(&text(Cgpem, Defect::UnknownNature), "nature").contains(&"09"));
    assert!(
        values(&text(Cgpem, Defect::FutureDecision), "date-decision").iter().any(|date| *date > "2026-11-30")
    );
    assert!(
        text(Cgpem, Defect::ReferentWithoutName).contains("</service><prenom>")
            || text(Cgpem, Defect::ReferentWithoutName).contains("</organisme><prenom>")
    );
    assert!(text(Pecgm, Defect::HugeText).len() > 10_000_000);
}

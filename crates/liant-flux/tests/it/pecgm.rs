//! The PECGM reader, rule by rule.

#![expect(clippy::panic, reason = "a test may panic")]

use crate::support;
use crate::support::{Seen, dossier, latin1, pecgm, read, refused, sound};
use liant_model::{Block, Facts, Field};

fn one(record: &str) -> Seen {
    read("PECGM", latin1(&pecgm(&[record])).as_slice()).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn a_sound_record_is_read_without_a_word() {
    let seen = one(&sound());
    assert_eq!(seen.records[0].problems, [""; 0]);
    assert_eq!(seen.warnings(), [""; 0]);
    assert_eq!(seen.records[0].key.as_deref(), Some("062/0007932B"));
    assert_eq!(seen.value(0, Field::BirthName), Some("BARBIEUX"));
    assert_eq!(seen.value(0, Field::Nir), Some("2810262194289"));
    let header = &seen.summary.header;
    assert_eq!(header.territory.unwrap().as_str(), "62");
    assert_eq!(header.reference_date.unwrap().to_string(), "2026-11-01");
    assert_eq!(header.version.as_deref(), Some("001,0"));
}

/// Record, the rules that reject it.
#[test]
fn rules_that_reject_a_record() {
    let person = |name: &str, first: &str, birth: &str| {
        let tag = |tag: &str, value: &str| {
            if value.is_empty() { String::new() } else { format!("<{tag}>{value}</{tag}>") }
        };
        format!("{}{}{}", tag("nom-naissance", name), tag("prenom", first), tag("date-naissance", birth))
    };
    let long = "A".repeat(26);
    for (record, rules) in [
        (dossier(&person("", "ZOE", "1981-02-28"), ""), vec!["PECGM-NOM-NAISSANCE-REQUIRED"]),
        (dossier(&person("B", "", "1981-02-28"), ""), vec!["PECGM-PRENOM-REQUIRED"]),
        (dossier(&person("B", "Z", ""), ""), vec!["PECGM-DATE-NAISSANCE-REQUIRED"]),
        (dossier(&person("B", "Z", "28/02/1981"), ""), vec!["PECGM-DATE-NAISSANCE-FORM"]),
        (dossier(&person("B", "Z", "1981-02-29"), ""), vec!["PECGM-DATE-NAISSANCE-FORM"]),
        (dossier(&person(&long, "Z", "1981-02-28"), ""), vec!["PECGM-NOM-NAISSANCE-LENGTH"]),
        (dossier(&format!("<nir>5810262194289</nir>{}", support::PERSON), ""), vec!["PECGM-NIR-FORM"]),
        (dossier(&format!("<nir>281026219428</nir>{}", support::PERSON), ""), vec!["PECGM-NIR-FORM"]),
        (dossier(&format!("<nir>281026219428912</nir>{}", support::PERSON), ""), vec!["PECGM-NIR-FORM"]),
        (
            dossier(&format!("{0}{0}", "<prenom>ZOE</prenom>"), ""),
            vec!["PECGM-PRENOM-REPEATED", "PECGM-NOM-NAISSANCE-REQUIRED", "PECGM-DATE-NAISSANCE-REQUIRED"],
        ),
        (
            dossier(
                support::PERSON,
                "<inscription><date-debut-ide>2026-13-01</date-debut-ide></inscription>",
            ),
            vec!["PECGM-DATE-DEBUT-IDE-FORM"],
        ),
        (
            format!(
                "<dossier><individu>{}</individu><allocataire><code-pe>06A</code-pe></allocataire></dossier>",
                support::PERSON
            ),
            vec!["PECGM-CODE-PE-FORM", "PECGM-IDENTIFIANT-PE-REQUIRED"],
        ),
        (dossier(support::PERSON, "texte"), vec!["PECGM-STRAY-TEXT"]),
        (dossier(&format!("{}<nir>28<b/>10262194289</nir>", support::PERSON), ""), vec!["PECGM-CHILD"]),
    ] {
        let seen = one(&record);
        assert_eq!(seen.records[0].problems, rules, "{record}");
        assert_eq!(seen.summary.rejected, 1, "{record}");
    }
}

/// Record, the warnings it gets, a field and the value read: nothing is rejected.
#[test]
fn tolerances_that_warn() {
    let nir = |nir: &str| dossier(&format!("<nir>{nir}</nir>{}", support::PERSON), "");
    let with = |rest: &str| dossier(support::PERSON, rest);
    for (record, warnings, field, value) in [
        (nir("2 81 02 62 194 289"), vec!["PECGM-NIR-WRITTEN"], Field::Nir, Some("2810262194289")),
        (
            nir("2810262194289").replace("1981-02-28", "19810228"),
            vec!["PECGM-DATE-NAISSANCE-COMPACT"],
            Field::BirthDate,
            Some("1981-02-28"),
        ),
        (
            with("").replace("<prenom>ZOE</prenom>", "<Prénom>ZOE</Prénom>"),
            vec!["PECGM-TAG-SPELLING"],
            Field::FirstName,
            Some("ZOE"),
        ),
        (
            with("").replace("<prenom>", "<prenom>  ").replace("</prenom>", "\n</prenom>"),
            vec![],
            Field::FirstName,
            Some("ZOE"),
        ),
        (
            with("<inscription><code-categorie>9</code-categorie></inscription>"),
            vec!["PECGM-CODE-CATEGORIE-CODE"],
            Field::RegistrationCategory,
            Some("9"),
        ),
        (
            with("<inscription><motif-cessation-ide>17</motif-cessation-ide></inscription>"),
            vec!["PECGM-MOTIF-CESSATION-IDE-CODE"],
            Field::CessationReason,
            Some("17"),
        ),
        (
            with("<ppae><axe><code>REN</code><libelle>Accompagnement renforcé</libelle></axe></ppae>"),
            vec!["PECGM-AXE-CODE-MOVED"],
            Field::ModalityLabel,
            Some("Accompagnement renforcé"),
        ),
        (
            with("<ppae><axe><code>06</code></axe><modalite><code>GLO</code></modalite></ppae>"),
            vec![],
            Field::Modality,
            Some("GLO"),
        ),
        (
            with("<ppae><axe><code>06</code></axe><modalite><code>GLO</code></modalite></ppae>"),
            vec![],
            Field::MainAxis,
            Some("06"),
        ),
        (
            with("<suivi><ppae><date-signature>2026-01-02</date-signature></ppae></suivi>"),
            vec![],
            Field::PlanSigned,
            Some("2026-01-02"),
        ),
        (with("<nouveau><x>1</x></nouveau>"), vec!["PECGM-TAG-UNKNOWN"], Field::FirstName, Some("ZOE")),
        (
            with(
                "<suivi><structure-principale><nom>CAP &amp; CO &#233;</nom></structure-principale></suivi>",
            ),
            vec![],
            Field::StructureName,
            Some("CAP & CO é"),
        ),
        (
            with(
                "<suivi><structure-principale><nom><![CDATA[A<B]]></nom><!-- note --></structure-principale></suivi>",
            ),
            vec![],
            Field::StructureName,
            Some("A<B"),
        ),
        (
            with("<suivi><structure-principale ><nom a='1' >X</nom ></structure-principale></suivi>"),
            vec![],
            Field::StructureName,
            Some("X"),
        ),
        (
            with(
                "<suivi><structure-principale><code-postal>6200</code-postal><cedex>A</cedex></structure-principale></suivi>",
            ),
            vec!["PECGM-STRUCTURE-PRINCIPALE-CEDEX-FORM"],
            Field::StructureCedex,
            Some("A"),
        ),
        (
            with("").replace("BARBIEUX", "BARBI\u{8c}UX"),
            vec!["PECGM-C1-BYTES"],
            Field::BirthName,
            Some("BARBI\u{8c}UX"),
        ),
        (
            with("").replace("0007932B", "79"),
            vec!["PECGM-IDENTIFIANT-PE-FORM"],
            Field::FtIdentifier,
            Some("79"),
        ),
        (
            with("").replace("<prenom>", "<commune-residence>6204</commune-residence><prenom>"),
            vec!["PECGM-COMMUNE-RESIDENCE-FORM"],
            Field::ResidenceCommune,
            Some("6204"),
        ),
        (
            format!("<dossier>{}{}</dossier>", support::PERSON, support::IDS),
            vec![],
            Field::BirthName,
            Some("BARBIEUX"),
        ),
        (
            with("<inscription><lib-categorie/><lib-situation></lib-situation></inscription>"),
            vec![],
            Field::RegistrationCategoryLabel,
            None,
        ),
        (
            format!("<Dossier>{}{}</Dossier>", support::PERSON, support::IDS)
                .replace("</Dossier>", "</Dossier><!-- </dossier> -->"),
            vec!["PECGM-TAG-SPELLING"],
            Field::BirthName,
            Some("BARBIEUX"),
        ),
    ] {
        let seen = one(&record);
        assert_eq!(seen.records[0].problems, [""; 0], "{record}");
        assert_eq!(seen.warnings(), warnings, "{record}");
        assert_eq!(seen.value(0, field), value, "{record}");
    }
}

#[test]
fn one_warning_a_spelling_a_file() {
    let record = sound().replace("prenom", "Prenom");
    let file = pecgm(&[&record, &record, &sound()]).replace('\n', "\r\n");
    let seen = read("PECGM", latin1(&file).as_slice()).unwrap();
    let counts: Vec<_> =
        seen.summary.warnings.iter().map(|w| (w.rule.as_str(), w.subject.as_str(), w.count)).collect();
    assert_eq!(counts, [("PECGM-CRLF", "", 1), ("PECGM-TAG-SPELLING", "Prenom", 2)]);
}

/// File, the rule that refuses it.
#[test]
fn files_that_are_refused() {
    let good = pecgm(&[&sound(), &sound()]);
    let change = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1)
    };
    let big = "A".repeat(10 << 20);
    let bomb = "<!DOCTYPE flux [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<flux>";
    for (file, rule) in [
        (String::new(), "PECGM-EMPTY"),
        ("\n \n".to_owned(), "PECGM-EMPTY"),
        ("id_interne,nir\n1,2\n".to_owned(), "PECGM-NOT-XML"),
        (good[..good.len() / 2].to_owned(), "PECGM-TRUNCATED"),
        (good[..good.len() - 8].to_owned(), "PECGM-TRUNCATED"),
        (change("PECG", "PECD"), "PECGM-FLOW"),
        (change("<departement>62", "<departement>59"), "PECGM-TERRITORY"),
        (change("<departement>62", "<departement>00"), "PECGM-TERRITORY-CODE"),
        (good.replacen("<fin><departement>62", "<fin><departement>59", 1), "PECGM-TERRITORY"),
        (change("001,0", "002,0"), "PECGM-HEADER-VALUE"),
        (change("<periodicite>M", "<periodicite>H"), "PECGM-HEADER-VALUE"),
        (change("2026-11-09", "2026-11-31"), "PECGM-HEADER-DATE"),
        (change("<version>001,0</version>", ""), "PECGM-HEADER-REQUIRED"),
        (change("<version>", "<fichier>PECG</fichier><version>"), "PECGM-HEADER-REPEATED"),
        (change(support::HEADER, ""), "PECGM-HEADER-MISSING"),
        (change("<flux>", &format!("<flux>{}", support::HEADER)), "PECGM-HEADER-REPEATED"),
        (change("<nb-dossier>2", "<nb-dossier>3"), "PECGM-COUNT"),
        (change("<nb-dossier>2", "<nb-dossier>deux"), "PECGM-COUNT-FORM"),
        (change("<nb-dossier>2", "<nb-dossier>-2"), "PECGM-COUNT-FORM"),
        (
            good.replacen(
                "<fin><departement>62</departement><date-reference>2026-11",
                "<fin><departement>62</departement><date-reference>2026-10",
                1,
            ),
            "PECGM-REFERENCE-MONTH",
        ),
        (change(&support::trailer(2), ""), "PECGM-HEADER-MISSING"),
        (change("</flux>", &format!("{}</flux>", sound())), "PECGM-AFTER-TRAILER"),
        (format!("{good}x"), "PECGM-TRAILING"),
        (format!("{good}<flux></flux>"), "PECGM-TRAILING"),
        (change("<prenom>ZOE", "<prenom>Z\u{0}E"), "PECGM-CONTROL-BYTE"),
        (change("<prenom>ZOE", "<prenom>Z\u{1b}E"), "PECGM-CONTROL-BYTE"),
        (change("<flux>", bomb), "PECGM-DOCTYPE"),
        (change("<prenom>ZOE", "<prenom>&a;"), "PECGM-ENTITY"),
        (change("<prenom>ZOE", "<prenom>&#0;"), "PECGM-ENTITY"),
        (change("<prenom>ZOE", "<prenom>&#xD800;"), "PECGM-ENTITY"),
        (change("<prenom>ZOE", "<prenom>Z & E"), "PECGM-MALFORMED"),
        (change("<prenom>ZOE", &format!("<prenom>{big}")), "PECGM-TEXT-SIZE"),
        (change("<prenom>ZOE", &format!("<prenom>{}", &big[..20_000])), "PECGM-TEXT-SIZE"),
        (change("<prenom>ZOE", &format!("{}<prenom>ZOE", "<a></a>".repeat(200_000))), "PECGM-RECORD-SIZE"),
        (change("<prenom>ZOE", &format!("{}<prenom>ZOE", "<a>".repeat(1000))), "PECGM-DEPTH"),
        (change("<prenom>ZOE", &format!("<prenom {}>ZOE", "a='1' ".repeat(40))), "PECGM-ATTRIBUTES"),
        (change("</prenom>", "</prénom>"), "PECGM-MALFORMED"),
        (change("<prenom>ZOE</prenom>", "<dossier></dossier>"), "PECGM-NESTED-RECORD"),
        (change("<dossier>", "texte<dossier>"), "PECGM-STRAY-TEXT"),
        (change("<dossier>", "<![CDATA[x]]><dossier>"), "PECGM-STRAY-TEXT"),
        (change("</flux>", "</autre>"), "PECGM-UNBALANCED"),
        (change("ISO-8859-1", "UTF-16"), "PECGM-ENCODING-UNKNOWN"),
        (change("ISO-8859-1", "EBCDIC-FR"), "PECGM-ENCODING-UNKNOWN"),
    ] {
        let shown: String = file.chars().take(300).collect();
        assert_eq!(refused("PECGM", latin1(&file).as_slice()), rule, "{shown}");
    }
}

#[test]
fn a_hostile_record_costs_little() {
    let record = dossier(&format!("{}{}", support::PERSON, "<nir>1</nir>".repeat(20_000)), "");
    let seen = one(&record);
    assert_eq!(seen.records[0].problems.len(), 64);
    let tags: String =
        (0..5000).flat_map(|number| ["<t".to_owned(), number.to_string(), "/>".to_owned()]).collect();
    let seen = one(&dossier(support::PERSON, &tags));
    assert!(seen.summary.warnings.len() < 600 && seen.summary.rejected == 0);
}

#[test]
fn bytes_that_no_file_starts_with() {
    let good = latin1(&pecgm(&[&sound()]));
    for (mark, rule) in
        [(&b"\xEF\xBB\xBF"[..], "PECGM-BOM"), (b"\xFE\xFF", "PECGM-BOM"), (b"\xFF\xFE", "PECGM-BOM")]
    {
        let file = [mark, &good].concat();
        assert_eq!(refused("PECGM", file.as_slice()), rule);
    }
    let inside = String::from_utf8(good).unwrap().replacen("<dossier>", "\u{ef}\u{bb}\u{bf}<dossier>", 1);
    assert_eq!(refused("PECGM", latin1(&inside).as_slice()), "PECGM-STRAY-TEXT");
}

#[test]
fn header_tolerances_warn() {
    let file = pecgm(&[&sound()]);
    for (from, to, rule) in [
        ("2026-11-09", "20261109", "PECGM-HEADER-DATE-COMPACT"),
        (
            "<date-reference>2026-11-01</date-reference><nb",
            "<date-reference>2026-11-09</date-reference><nb",
            "",
        ),
        ("<periodicite>M</periodicite>", "<Periodicite>M</Periodicite>", "PECGM-TAG-SPELLING"),
        ("<flux>", "<Flux xmlns='urn:x'>", ""),
    ] {
        let changed = file
            .replace(from, to)
            .replace("</flux>", if to.starts_with("<Flux") { "</Flux>" } else { "</flux>" });
        assert_ne!(changed, file, "{from}");
        match read("PECGM", changed.as_bytes()) {
            Ok(seen) => assert_eq!(seen.warnings().join(","), rule, "{to}"),
            Err(refusal) => panic!("{to}: {refusal}"),
        }
    }
}

#[test]
fn declared_encodings_are_obeyed() {
    let record = sound().replace("BARBIEUX", "LEFÈVRE");
    let file = pecgm(&[&record]).replace("ISO-8859-1", "UTF-8");
    let seen = read("PECGM", file.as_bytes()).unwrap();
    assert_eq!((seen.value(0, Field::BirthName), seen.warnings()), (Some("LEFÈVRE"), vec!["PECGM-ENCODING"]));
    assert_eq!(refused("PECGM", latin1(&file).as_slice()), "PECGM-INVALID-BYTES");
}

#[test]
fn places_are_exact() {
    let bad = sound().replace("1981-02-28", "1981-02-31").replace("<prenom>", "<prenom>É");
    let file = latin1(&pecgm(&[&sound(), &bad]));
    let profile = support::profile("PECGM");
    let lists = support::lists();
    let mut reader =
        liant_flux::Reader::open(file.as_slice(), &profile, &lists, &support::options()).unwrap();
    reader.next_dossier().unwrap();
    let dossier = reader.next_dossier().unwrap().unwrap();
    assert_eq!((dossier.number(), dossier.line()), (2, 4));
    let place = &dossier.problems()[0].place;
    let expected = file.windows(10).position(|bytes| bytes == b"1981-02-31").unwrap() as u64;
    assert_eq!((place.record, place.line, place.offset), (Some(2), 4, expected));
    assert_eq!(place.element, "individu/date-naissance");
    assert_eq!(dossier.problems()[0].value.as_deref(), Some("9999-99-99"));
}

#[test]
fn facts_hold_no_sealed_field_and_may_leave_known_labels_out() {
    let rest = "<formation><code-niveau>NV5</code-niveau><lib-niveau>certification de niveau 5 (CAP, BEP)</lib-niveau></formation>";
    let file = latin1(&pecgm(&[&dossier(&format!("<nir>2810262194289</nir>{}", support::PERSON), rest)]));
    for (leave_out, label) in [(false, true), (true, false)] {
        let options = liant_flux::ReadOptions { leave_out_known_labels: leave_out, ..support::options() };
        let profile = support::profile("PECGM");
        let mut reader =
            liant_flux::Reader::open(file.as_slice(), &profile, &support::lists(), &options).unwrap();
        let dossier = reader.next_dossier().unwrap().unwrap();
        let mut facts = Facts::new();
        dossier.facts(Block::Identity, &mut facts);
        let fields: Vec<_> = facts.iter().map(|(field, _)| field).collect();
        assert_eq!(
            fields,
            [Field::BirthName, Field::FirstName, Field::BirthDate, Field::FtRegion, Field::FtIdentifier]
        );
        dossier.facts(Block::Training, &mut facts);
        assert_eq!(facts.get(Field::TrainingLevel).as_deref(), Some("NV5"));
        assert_eq!(facts.get(Field::TrainingLevelLabel).is_some(), label);
        dossier.facts(Block::Rights, &mut facts);
        assert!(facts.is_empty());
    }
}

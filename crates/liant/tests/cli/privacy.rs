//! No name, NIR or date of birth of a file is ever told in a message, kept with a reject, or written in the clear.

use std::collections::BTreeSet;

use liant_sample::{Decisions, Defect, SampleKind};

use crate::files::{APRIL, KINDS, MARCH, bytes, defective, replaced, sound, world};
use crate::installation::{Installation, Said};

/// The elements and columns whose values are personal, in any of the flows.
const PERSONAL: [&str; 13] = [
    "nir",
    "nom-naissance",
    "nom-marital",
    "prenom",
    "date-naissance",
    "NIR",
    "NOM",
    "NOMNAI",
    "PRENOM",
    "PRENOM2",
    "DTNAI",
    "identifiant-pe",
    "identifiant-caf",
];

/// Values that must be told to nobody.
#[derive(Default)]
struct Secrets(BTreeSet<String>);

impl Secrets {
    /// Those of an XML file.
    fn of_xml(&mut self, file: &[u8]) {
        let text: String = file.iter().map(|byte| char::from(*byte)).collect();
        for piece in text.split('<') {
            if let Some((tag, value)) = piece.split_once('>')
                && PERSONAL.contains(&tag)
            {
                self.add(value);
            }
        }
    }

    /// Those of the known people: names, NIR and date of birth.
    fn of_csv(&mut self, file: &[u8]) {
        for line in std::str::from_utf8(file).unwrap().lines().skip(1) {
            line.split(',').skip(1).take(5).for_each(|value| self.add(value));
        }
    }

    /// A value of two letters says nobody.
    fn add(&mut self, value: &str) {
        if value.len() > 3 && value.len() < 100 && !value.contains('&') {
            self.0.insert(value.to_owned());
        }
    }

    /// Fails when one of them stands in a text as a word.
    fn must_not_be_in(&self, text: &str, case: &str) {
        let bounded = |before: Option<char>, after: Option<char>| {
            [before, after].iter().all(|neighbour| neighbour.is_none_or(|letter| !letter.is_alphanumeric()))
        };
        for secret in &self.0 {
            for (place, _) in text.match_indices(secret.as_str()) {
                let (before, after) =
                    (text[..place].chars().last(), text[place + secret.len()..].chars().next());
                assert!(
                    !bounded(before, after),
                    "{case}: tells a personal value of the file ({} letters)",
                    secret.len()
                );
            }
        }
    }

    fn must_not_be_told(&self, said: &Said, case: &str) {
        self.must_not_be_in(&said.out, case);
        self.must_not_be_in(&said.err, case);
    }
}

#[test]
fn no_message_tells_who_a_record_is_about() {
    let installation = Installation::sqlite();
    let mut secrets = Secrets::default();
    for kind in KINDS {
        for (number, defect) in Defect::ALL.iter().filter(|defect| kind.can_have(**defect)).enumerate() {
            let case = format!("{} with {defect}", kind.name());
            let bytes = defective(kind, 25, number as u64 + 10, APRIL, *defect);
            secrets.of_xml(&bytes);
            let file = installation.write("file.xml", &bytes);
            for lang in ["fr", "en"] {
                let checked =
                    installation.bare(&["--lang", lang, "flux", "check", file, "--profile", kind.name()]);
                secrets.must_not_be_told(&checked, &case);
            }
            for more in [&["--dry-run"][..], &["--strict"], &[], &["--json"]] {
                let call = [&["flux", "import", file, "--profile", kind.name()], more].concat();
                secrets.must_not_be_told(&installation.run("technician", &call), &case);
            }
        }
    }
    let rejects = installation.rows().of("reject").join("\n");
    assert!(rejects.lines().count() > 10);
    secrets.must_not_be_in(&rejects, "the reject table");
    let batches = installation.rows().of("batch").join("\n");
    secrets.must_not_be_in(&batches, "the batch table");
}

#[test]
fn no_list_of_the_departement_is_told_either() {
    let installation = Installation::sqlite();
    let world = world(150);
    let march = world.month(0).unwrap();
    let mut secrets = Secrets::default();
    let known = bytes(|out, _| march.write_known_csv(out));
    secrets.of_csv(&known);
    // A reference is missing, a NIR and a date of birth are no such things, a line has a cell too many.
    let text = String::from_utf8(known).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[2] = lines[2][lines[2].find(',').unwrap()..].to_owned();
    lines[3] = "X1,NOT-A-NIR-AT-ALL,VERYSECRETNAME,,HIDDENFIRST,31/31/1980,62000,,,".to_owned();
    lines[4].push_str(",one,two");
    for secret in ["NOT-A-NIR-AT-ALL", "VERYSECRETNAME", "HIDDENFIRST", "31/31/1980"] {
        secrets.add(secret);
    }
    let file = installation.write("personnes.csv", lines.join("\n").as_bytes());
    for call in [&["flux", "check", file][..], &["flux", "import", file]] {
        let said = installation.run("technician", call);
        secrets.must_not_be_told(&said, &call.join(" "));
    }
    let list =
        String::from_utf8(bytes(|out, _| march.write_orientations_csv(out, Decisions::InForce))).unwrap();
    let mut lines: Vec<String> = list.lines().map(str::to_owned).collect();
    lines[2] = format!("{},SECRETREFERENT,,{}", &lines[2][..9], "9".repeat(40));
    secrets.add("SECRETREFERENT");
    let file = installation.write("orientations.csv", lines.join("\n").as_bytes());
    let said = installation.run("officer", &["orientation", "import", file]);
    secrets.must_not_be_told(&said, "orientation import");
    secrets.must_not_be_in(&installation.rows().of("reject").join("\n"), "the reject table");
}

#[test]
fn no_nir_is_ever_written_in_the_clear() {
    let installation = Installation::sqlite();
    let world = world(150);
    let march = world.month(0).unwrap();
    let known = bytes(|out, _| march.write_known_csv(out));
    let stock = bytes(|out, options| march.write_pecgm(out, options));
    let weekly = bytes(|out, options| march.write_pecdh(out, options, march.last_day()));
    let rights = bytes(|out, options| march.write_rsabem(out, options));
    let mut nirs: BTreeSet<Vec<u8>> = [&stock, &rights].into_iter().flat_map(|file| nirs_of(file)).collect();
    for line in known.split(|byte| *byte == b'\n').skip(1) {
        nirs.extend(
            line.split(|byte| *byte == b',').nth(1).filter(|nir| nir.len() == 13).map(<[u8]>::to_vec),
        );
    }
    assert!(nirs.len() > 100, "{}", nirs.len());
    // A NIR that is no NIR is a personal value all the same: set aside or kept, never in the clear.
    let first = nirs_of(&stock).remove(0);
    let wrong = [&first[..12], b"X"].concat();
    for (name, file) in [
        ("personnes.csv", known),
        ("rsabem.xml", rights),
        ("pecgm.xml", replaced(&stock, &first, &wrong)),
        ("pecdh.xml", weekly),
    ] {
        installation.write(name, &file);
        let said = installation.run("technician", &["flux", "import", name]);
        assert!(said.code < Some(2), "{said:?}");
    }
    assert_eq!(installation.run("dpo", &["store", "export", "-o", "store.liant"]).code, Some(0));
    assert_eq!(installation.run("dpo", &["audit", "export", "-o", "audit.log"]).code, Some(0));
    let database = installation.database();
    let mut files = vec![installation.path("store.liant"), installation.path("audit.log")];
    for entry in std::fs::read_dir(database.parent().unwrap()).unwrap() {
        files.push(entry.unwrap().path());
    }
    assert!(files.iter().any(|file| file.ends_with("liant.db")));
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let found = runs_of_digits(&bytes, 13).into_iter().find(|run| nirs.contains(run));
        assert!(found.is_none(), "{} holds a NIR in the clear", file.display());
        let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        assert!(!holds(&first[..12]) && !holds(&wrong), "{} holds a wrong NIR in the clear", file.display());
    }
}

/// Every 13 digits in a row.
fn runs_of_digits(bytes: &[u8], length: usize) -> Vec<Vec<u8>> {
    bytes
        .split(|byte| !byte.is_ascii_digit())
        .flat_map(|run| run.windows(length))
        .map(<[u8]>::to_vec)
        .collect()
}

/// The NIRs of an XML file.
fn nirs_of(file: &[u8]) -> Vec<Vec<u8>> {
    let text: String = file.iter().map(|byte| char::from(*byte)).collect();
    let elements = text.split('<').filter_map(|piece| piece.split_once('>'));
    let nirs = elements.filter(|(tag, value)| tag.eq_ignore_ascii_case("nir") && value.len() == 13);
    nirs.map(|(_, nir)| nir.as_bytes().to_vec()).collect()
}

#[test]
fn the_clear_is_seen_where_it_is() {
    // The search of the test above finds what it looks for.
    let file = sound(SampleKind::Pecgm, 5, 1, MARCH);
    let mut secrets = Secrets::default();
    secrets.of_xml(&file);
    assert!(secrets.0.len() > 15, "{}", secrets.0.len());
    let text: String = file.iter().map(|byte| char::from(*byte)).collect();
    assert!(std::panic::catch_unwind(|| secrets.must_not_be_in(&text, "the file")).is_err());
    assert!(runs_of_digits(&file, 13).len() >= 5);
}

//! A month of a technician who has nothing but what the command's help prints.

use std::collections::BTreeMap;

use liant_sample::{Decisions, MonthView};
use serde_json::Value;

use crate::files::{bytes, world};
use crate::installation::{Installation, Said, every_engine};

#[test]
fn a_month_of_a_technician() {
    let world = world(500);
    let (march, april) = (world.month(0).unwrap(), world.month(1).unwrap());
    for installation in every_engine() {
        let mut help = Help::default();
        let mut desk = Desk { installation: &installation, help: &mut help };
        desk.the_files_of(&march, true);
        desk.doubts();
        desk.decisions(&march);
        desk.the_file_for_france_travail();
        desk.the_files_of(&april, false);
        desk.what_changed();
        desk.proof();
    }
}

/// One who types only what `--help` prints.
struct Desk<'a> {
    installation: &'a Installation,
    help: &'a mut Help,
}

/// The help of each command, as printed.
#[derive(Default)]
struct Help(BTreeMap<String, String>);

impl Help {
    /// Fails unless every word and option of a call is printed by a help.
    fn must_print(&mut self, installation: &Installation, call: &[&str]) {
        let words: Vec<&str> =
            call.iter().copied().take_while(|word| is_command_word(word)).take(3).collect();
        let mut path: Vec<&str> = Vec::new();
        for word in &words {
            let text = self.of(installation, &path);
            let listed = text.lines().any(|line| line.split_whitespace().next() == Some(word));
            if listed {
                path.push(word);
            } else {
                assert!(!path.is_empty(), "`liant --help` does not print `{word}`");
            }
        }
        let text = self.of(installation, &path);
        for option in call.iter().filter(|word| word.starts_with('-')) {
            assert!(text.contains(option), "`liant {} --help` does not print `{option}`", path.join(" "));
        }
    }

    fn of(&mut self, installation: &Installation, path: &[&str]) -> String {
        let text = self.0.entry(path.join(" ")).or_insert_with(|| {
            let said = installation.bare(&[path, &["--help"]].concat());
            assert_eq!(said.code, Some(0), "{said:?}");
            said.out
        });
        text.clone()
    }
}

fn is_command_word(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') && !word.starts_with('-')
}

impl Desk<'_> {
    fn run(&mut self, actor: &str, call: &[&str]) -> Said {
        self.help.must_print(self.installation, call);
        let said = self.installation.run(actor, call);
        assert_eq!(said.code, Some(0), "{} on {}: {said:?}", call.join(" "), self.installation.engine());
        said
    }

    fn json(&mut self, actor: &str, call: &[&str]) -> Value {
        self.run(actor, &[call, &["--json"]].concat()).json()
    }

    /// Checks, tries and imports the files of a month.
    fn the_files_of(&mut self, month: &MonthView<'_>, first: bool) {
        let stamp = month.first_day().to_string();
        let mut files = vec![
            ("RSABEM", format!("rsabem-{stamp}.xml"), bytes(|out, options| month.write_rsabem(out, options))),
            ("PECGM", format!("pecgm-{stamp}.xml"), bytes(|out, options| month.write_pecgm(out, options))),
        ];
        if first {
            files.insert(
                0,
                ("PERSONNES", "personnes.csv".to_owned(), bytes(|out, _| month.write_known_csv(out))),
            );
        }
        for (flow, name, bytes) in files {
            self.installation.write(&name, &bytes);
            let checked = self.json("technician", &["flux", "check", &name]);
            assert_eq!((&checked["flow"], &checked["rejected"]), (&flow.into(), &0.into()));
            let tried = self.json("technician", &["flux", "import", &name, "--dry-run"]);
            assert_eq!(tried["batch"], Value::Null);
            let done = self.json("technician", &["flux", "import", &name]);
            assert_eq!((&done["flow"], &done["records"]), (&flow.into(), &checked["records"]));
            for count in ["records", "new", "changed", "unchanged", "left", "recognised_certain", "to_review"]
            {
                assert_eq!(tried[count], done[count], "the dry run of {name} said otherwise: {count}");
            }
            if !(first && flow == "PERSONNES") {
                assert!(done["recognised_certain"].as_u64() > Some(0), "{done}");
            }
        }
    }

    /// Answers questions of identity, and takes an answer back.
    fn doubts(&mut self) {
        let open = self.json("clerk", &["review", "list"]);
        let open = open.as_array().unwrap();
        assert!(open.len() >= 3, "this world raises {} questions", open.len());
        let id = |place: usize| open[place]["review"].as_str().unwrap().to_owned();

        let person = self.run("clerk", &["review", "accept", &id(0)]).out;
        assert_eq!(person.trim(), open[0]["candidate"]["person"]);
        self.run("clerk", &["review", "refuse", &id(1)]);
        let again = self.installation.run("clerk", &["review", "accept", &id(1)]);
        assert_eq!(again.code, Some(2), "a refused question is answered already: {again:?}");
        assert_eq!(self.open_questions(), open.len() - 2);

        // What was shown of the person through the wrong link is told when it is undone.
        self.run("officer", &["person", "show", person.trim()]);
        let identity = open[0]["newcomer"]["identity"].as_str().unwrap();
        let undone = self.json("clerk", &["review", "undo", identity]);
        assert_eq!(undone["wrong_person"], person.trim());
        assert_eq!(undone["person"], open[0]["newcomer"]["person"]);
        let disclosures = undone["disclosures"].as_array().unwrap();
        let by_officer = |one: &Value| one["actor"] == "officer" && one["what"] == "person";
        assert!(disclosures.iter().any(by_officer), "{undone}");
        assert_eq!(self.open_questions(), open.len() - 1, "the question is open again");
        self.run("clerk", &["review", "accept", &id(0)]);
    }

    fn open_questions(&mut self) -> usize {
        self.json("clerk", &["review", "list"]).as_array().unwrap().len()
    }

    fn decisions(&mut self, month: &MonthView<'_>) {
        let list = bytes(|out, _| month.write_orientations_csv(out, Decisions::InForce));
        let name = self.installation.write("orientations.csv", &list);
        let done = self.json("officer", &["orientation", "import", name]);
        assert!(done["recorded"].as_u64() > Some(50), "{done}");
        let again = self.json("officer", &["orientation", "import", name]);
        assert_eq!(again["recorded"], 0, "nothing was decided since");
        assert_eq!(again["unchanged"], done["recorded"]);
    }

    fn the_file_for_france_travail(&mut self) {
        let call = ["flux", "export", "cgpem", "-o", "cgpem.xml", "--json"];
        self.help.must_print(self.installation, &call);
        let said = self.installation.run("technician", &call);
        let built = said.json();
        let written = built["written"].as_u64().unwrap();
        assert!(written > 50, "{built}");
        // Whom neither a NIR nor France Travail's identifiers name cannot be in the file: that is told.
        let refused = built["refused"].as_array().unwrap();
        assert!(refused.iter().all(|one| one["problems"][0]["rule"] == "CGPEM-NIR-OR-FT"), "{built}");
        assert_eq!(said.code, Some(i32::from(!refused.is_empty())), "{said:?}");
        let checked = self
            .json("technician", &["flux", "check", "cgpem.xml", "--profile", "CGPEM", "--territory", "62"]);
        assert_eq!(checked["records"].as_u64(), Some(written));
        assert_eq!((&checked["rejected"], &checked["refused"]), (&0.into(), &false.into()));
    }

    fn what_changed(&mut self) {
        let said = self.run("technician", &["flux", "diff", "pecgm-2025-03-01.xml", "pecgm-2025-04-01.xml"]);
        assert!(!said.out.is_empty(), "{said:?}");
        let files = self.json("technician", &["flux", "list"]);
        let published = files.as_array().unwrap().iter().filter(|file| file["state"] == "published").count();
        assert_eq!(published, 5);
    }

    /// The log holds, against a checkpoint too, and tells who read whom.
    fn proof(&mut self) {
        self.run("dpo", &["audit", "verify"]);
        self.run("dpo", &["audit", "checkpoint", "-o", "checkpoint.note", "--key", "sign.pem"]);
        let open = self.json("clerk", &["review", "list"]);
        let held = ["audit", "verify", "--checkpoint", "checkpoint.note", "--key", "sign.pub"];
        self.run("dpo", &held);
        let mut sent = 0;
        for question in open.as_array().unwrap() {
            let person = question["candidate"]["person"].as_str().unwrap();
            let reads = self.json("dpo", &["audit", "who-read", person]);
            let reads = reads.as_array().unwrap();
            let by_clerk = |read: &Value| read["actor"] == "clerk" && read["what"] == "identity review";
            assert!(reads.iter().any(by_clerk), "{reads:?}");
            assert!(reads.iter().all(|read| !read["clauses"].as_str().unwrap().is_empty()), "{reads:?}");
            let to_partner = |read: &&Value| {
                read["what"].as_str().unwrap().starts_with("CGPEM ") && read["recipient"] == "france-travail"
            };
            sent += reads.iter().filter(to_partner).count();
        }
        assert!(sent > 0, "none of the people asked about was in the file sent");
    }
}

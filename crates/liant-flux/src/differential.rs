//! The fast and the careful reading of a record must say the same: checked on sound, odd and mutated files.

use proptest::prelude::*;

use crate::capture::Slot;
use crate::frame::Framer;
use crate::options::{Limits, ReadOptions};
use crate::profile::Profile;
use crate::record::{Base, Record};

const FILE: &str = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<flux>\
<dossier><individu><nir>2810262194289</nir><nom-naissance>LEF\u{c8}VRE</nom-naissance><nom-marital/><prenom> ZO\u{cb} </prenom>\
<date-naissance>19810228</date-naissance><certification-identit\u{e9}>O</certification-identit\u{e9}></individu>\n\
<allocataire><code-pe>062</code-pe><identifiant-pe>0007932B</identifiant-pe></allocataire>\
<suivi><structure-principale><nom>CAP &amp; CO &#233;</nom><Bureau>ARRAS</Bureau></structure-principale><x/></suivi>\
<ppae><axe><code>REN</code><libelle><![CDATA[a]]>b</libelle></axe><!-- </dossier> --></ppae></dossier>\n\
<dossier ><nom-naissance a='1'>B</nom-naissance ><prenom>Z\u{9c}</prenom></dossier >\
<Dossier><individu><prenom>A</prenom><prenom>B</prenom>text</individu></Dossier></flux>";

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u32::from(c) as u8).collect()
}

/// What a reading of the frame saw, or the rule that refused it.
fn outcome(record: &mut Record, bytes: &[u8], name: usize) -> Result<Vec<String>, String> {
    let rule = |refusal: crate::Refusal| {
        let diagnostic = refusal.diagnostic().unwrap();
        format!("{} {:?}", diagnostic.rule, diagnostic.place)
    };
    let persons = record.read_xml(bytes, name, Base { number: 1, offset: 0, line: 1 }).map_err(rule)?;
    let mut seen = Vec::new();
    for person in 0..persons {
        record.select(person).map_err(rule)?;
        for element in 0..record.profile.elements.len() {
            seen.push(format!("{:?}", record.read(element)));
        }
        seen.push(format!("{:?} {:?}", record.problems, record.key));
    }
    seen.push(format!("{:?}", record.tally.warnings()));
    Ok(seen)
}

fn compare(profile: &str, file: &[u8]) {
    let profile = Profile::shipped(profile).unwrap();
    let lists = liant_model::CodeLists::shipped().unwrap();
    let options = ReadOptions::default();
    let careful_options = ReadOptions { always_careful: true, ..ReadOptions::default() };
    let mut framer = Framer::new(file, Limits::default());
    if framer.prolog().is_err() {
        return;
    }
    while let Ok(Some(frame)) = framer.next() {
        let mut fast = Record::new(&profile, &lists, profile.encoding, &options);
        let mut careful = Record::new(&profile, &lists, profile.encoding, &careful_options);
        let bytes = framer.bytes(frame);
        let (fast, careful) =
            (outcome(&mut fast, bytes, frame.name), outcome(&mut careful, bytes, frame.name));
        assert_eq!(fast, careful, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn sound_and_odd_records_read_alike() {
    compare("PECGM", &latin1(FILE));
    compare("PECDH", &latin1(FILE));
}

#[test]
fn slots_read_their_own_buffer() {
    assert_eq!(Slot::here(1, 3).read("abcd", "wxyz"), "bc");
    assert_eq!(Slot::aside(1, 3, 0).read("abcd", "wxyz"), "xy");
    assert_eq!(Slot::here(3, 9).read("abcd", "wxyz"), "");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn mutated_records_read_alike(
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0..6_u8, any::<prop::sample::Index>()), 1..6),
    ) {
        const PIECES: &[&[u8]] = &[b"<", b">", b"/", b"&", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"</dossier>",
            b"<dossier>", b"<nir>", b"</nir>", b"<x>", b"</x>", b" ", b"\n", b"\x0c", b"\xe9", b"\x80", b"\x00", b"'",
            b"\"", b"&amp;", b"&#65;", b"&#1;", b"&x;", b"<?a?>", b"<prenom/>", b"individu", b"19810228"];
        let mut file = latin1(FILE);
        for (at, kind, what) in edits {
            let at = at.index(file.len());
            let piece = PIECES[what.index(PIECES.len())];
            match kind {
                0..=2 => { file.splice(at..at, piece.iter().copied()); }
                3 => { file.remove(at); }
                4 => { let end = (at + piece.len()).min(file.len()); file.splice(at..end, piece.iter().copied()); }
                _ => { let end = (at + 1 + what.index(40)).min(file.len()); file.drain(at..end); }
            }
        }
        compare("PECGM", &file);
    }
}

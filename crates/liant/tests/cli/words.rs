//! What a failure says, in the language asked for.

use liant_sample::SampleKind;

use crate::files::{APRIL, MARCH, sound};
use crate::installation::Installation;

#[test]
fn a_failure_speaks_the_language_asked_for() {
    let installation = Installation::sqlite();
    let file = installation.write("pecgm.xml", &sound(SampleKind::Pecgm, 5, 1, APRIL));
    installation.import(file);
    let older = installation.write("older.xml", &sound(SampleKind::Pecgm, 5, 1, MARCH));
    let absent = "01900000-0000-7000-8000-000000000000";
    for (actor, call, fr, en) in [
        ("technician", vec!["flux", "import", file], "déjà été importé", "imported before"),
        ("technician", vec!["flux", "import", older], "Importez les fichiers", "Import the files"),
        ("technician", vec!["flux", "import", "none.xml"], "n’existe pas", "No such file"),
        ("technician", vec!["flux", "check", "none.xml"], "n’existe pas", "No such file"),
        ("technician", vec!["flux", "check", file, "--profile", "X"], "aucun profil", "no flow profile"),
        ("clerk", vec!["flux", "import", file], "ne peut traiter PECGM", "may not handle PECGM"),
        ("officer", vec!["person", "show", absent], "aucune personne", "no such person"),
        ("nobody", vec!["review", "list"], "dites qui agit", "say who acts"),
        ("nobody", vec!["review", "list", "--config", "none.toml"], "il n’y a pas", "there is no"),
        ("dpo", vec!["audit", "verify", "--checkpoint", "c"], "donnez la clé", "give the public key"),
        ("technician", vec!["key", "new", "liant.keys"], "il existe déjà", "exists"),
        ("technician", vec!["init", "--dir", "."], "il existe déjà", "there already"),
    ] {
        for (lang, wanted, word) in [("fr", fr, "erreur : "), ("en", en, "error: ")] {
            let said = installation.run(actor, &[&["--lang", lang], call.as_slice()].concat());
            assert!(said.err.starts_with(word) && said.err.contains(wanted), "{lang} {call:?}: {said:?}");
        }
    }
}

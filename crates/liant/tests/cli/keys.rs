//! Keys that are not the store's: said at once, and nothing is done.

use std::fs;

use liant_sample::SampleKind;

use crate::files::{MARCH, sound};
use crate::installation::{Installation, every_engine};

/// Puts a new ring of keys in the place of the installation's.
fn change_keys(installation: &Installation) {
    fs::rename(installation.path("liant.keys"), installation.path("right.keys")).unwrap();
    let made = installation.bare(&["key", "new", "liant.keys"]);
    assert_eq!(made.code, Some(0), "{made:?}");
}

fn load(installation: &Installation) {
    installation.import(installation.write("pecgm.xml", &sound(SampleKind::Pecgm, 20, 1, MARCH)));
}

#[test]
fn a_store_is_not_opened_with_the_keys_of_another() {
    for installation in every_engine() {
        load(&installation);
        change_keys(&installation);
        for call in [vec!["flux", "list"], vec!["flux", "import", "pecgm.xml"], vec!["review", "list"]] {
            let said = installation.run("technician", &call);
            assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
            let store = installation.address();
            let (_, database) = store.rsplit_once('/').unwrap();
            for word in ["liant.keys", database, "keys of another store", "restore"] {
                assert!(said.err.contains(word), "{word}: {said:?}");
            }
            assert!(!said.err.contains("secret"), "{said:?}");
        }
        fs::rename(installation.path("right.keys"), installation.path("liant.keys")).unwrap();
        assert_eq!(installation.run("technician", &["flux", "list"]).code, Some(0));
    }
}

#[test]
fn an_exported_store_is_not_brought_in_without_its_keys() {
    let old = Installation::sqlite();
    load(&old);
    // A second version of the key: a sample of each is opened.
    assert_eq!(old.bare(&["key", "rotate"]).code, Some(0));
    old.import(old.write("cnaf.xml", &sound(SampleKind::Rsabem, 20, 1, MARCH)));
    let exported = old.path("store.liant");
    let exported = exported.to_str().unwrap();
    assert_eq!(old.run("technician", &["store", "export", "-o", exported]).code, Some(0));

    for new in every_engine() {
        let right = fs::read_to_string(old.path("liant.keys")).unwrap();
        let said = new.run("technician", &["store", "import", exported]);
        assert_eq!(said.code, Some(2), "{said:?}");
        for word in ["liant.keys", "store.liant", "nothing has changed"] {
            assert!(said.err.contains(word), "{word}: {said:?}");
        }
        assert_eq!(new.entries().len(), 0, "nothing was brought in");

        fs::write(new.path("liant.keys"), right).unwrap();
        let said = new.run("technician", &["store", "import", exported]);
        assert_eq!(said.code, Some(0), "{said:?}");
        assert_eq!(new.json("technician", &["flux", "list"]).as_array().unwrap().len(), 2);
    }
}

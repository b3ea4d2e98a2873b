//! `liant programme check`: what is wrong in the files of programmes.

use std::path::Path;
use std::process::Command;

fn check(folder: &Path, files: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liant"));
    let output = command.current_dir(folder).args(["programme", "check"]).args(files).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn sound_files_say_nothing_and_faults_say_where() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes");
    assert_eq!(
        check(&shipped, &["accompagnement-global.toml", "social-exclusif.toml"]),
        (Some(0), String::new())
    );
    let (code, said) = check(&shipped, &["social-exclusif.toml", "bridge-to-work.toml"]);
    assert!(code == Some(1) && said.contains("suspends `accompagnement-global`"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(shipped.join("accompagnement-global.toml")).unwrap();
    let line = text.lines().position(|line| line.contains("total_most")).unwrap() + 1;
    std::fs::write(folder.path().join("mine.toml"), text.replace("\"18 months\"", "\"18 moons\"")).unwrap();
    let (code, said) = check(folder.path(), &["mine.toml"]);
    assert!(code == Some(1) && said.contains(&format!("mine.toml:{line}:")), "{said}");
    assert!(said.contains("error[unknown-word]"), "{said}");
    assert_eq!(check(folder.path(), &["absent.toml"]).0, Some(2));
}

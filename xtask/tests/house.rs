//! The rules of the house that no compiler checks: imports only point down (ARCHITECTURE.md), and every crate keeps the
//! workspace's lints.

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The pure crates that anything above them may use.
const PURE: [&str; 7] = [
    "liant-model",
    "liant-access",
    "liant-flux",
    "liant-identity",
    "liant-convention",
    "liant-casework",
    "liant-sample",
];

/// Every crate, lowest first, and the crates of ours that it may use. A crate stands below all those that use it.
const HOUSE: [(&str, &[&str]); 17] = [
    ("liant-model", &[]),
    ("liant-access", &["liant-model"]),
    ("liant-flux", &["liant-model"]),
    ("liant-identity", &["liant-model"]),
    ("liant-convention", &["liant-model"]),
    ("liant-casework", &["liant-model", "liant-convention"]),
    ("liant-audit", &["liant-model"]),
    ("liant-vault", &["liant-model"]),
    ("liant-sample", &["liant-model"]),
    ("liant-guard", &["liant-model", "liant-convention"]),
    (
        "liant-store",
        &[
            "liant-model",
            "liant-access",
            "liant-flux",
            "liant-identity",
            "liant-convention",
            "liant-casework",
            "liant-audit",
            "liant-vault",
            "liant-guard",
        ],
    ),
    (
        "liant-app",
        &[
            "liant-model",
            "liant-access",
            "liant-flux",
            "liant-identity",
            "liant-convention",
            "liant-casework",
            "liant-sample",
            "liant-audit",
            "liant-vault",
            "liant-guard",
            "liant-store",
        ],
    ),
    (
        "liant-server",
        &[
            "liant-model",
            "liant-access",
            "liant-flux",
            "liant-identity",
            "liant-convention",
            "liant-casework",
            "liant-sample",
            "liant-app",
        ],
    ),
    (
        "liant",
        &[
            "liant-model",
            "liant-access",
            "liant-flux",
            "liant-identity",
            "liant-convention",
            "liant-casework",
            "liant-sample",
            "liant-audit",
            "liant-vault",
            "liant-app",
            "liant-server",
        ],
    ),
    (
        "testkit",
        &["liant-model", "liant-sample", "liant-convention", "liant-guard", "liant-vault", "liant-store"],
    ),
    // What judges the gate stands on none of it: its tests alone may use it.
    ("oracle", &[]),
    ("xtask", &[]),
];

/// What the tests of any crate may use besides: test worlds and engines.
const TEST_WORLDS: [&str; 2] = ["testkit", "liant-sample"];

/// What the tests of the oracle hold to it.
const JUDGED: [&str; 3] = ["liant-model", "liant-convention", "liant-guard"];

/// A crate of the workspace.
struct Member {
    name: String,
    folder: PathBuf,
    /// Name and kind (`None` for a normal one) of each dependency.
    uses: Vec<(String, Option<String>)>,
}

fn members() -> Vec<Member> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages.iter().map(member).collect()
}

fn member(package: &Value) -> Member {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let uses = package["dependencies"].as_array().unwrap().iter();
    Member {
        name: text(&package["name"]).unwrap(),
        folder: Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_path_buf(),
        uses: uses.map(|one| (text(&one["name"]).unwrap(), text(&one["kind"]))).collect(),
    }
}

/// What breaks the direction of imports, in words.
fn trespasses(members: &[Member]) -> Vec<String> {
    let is_ours = |name: &str| members.iter().any(|member| member.name == name);
    let mut found = Vec::new();
    for member in members {
        let Some((_, allowed)) = HOUSE.iter().find(|(name, _)| *name == member.name) else {
            found.push(format!(
                "{} has no place in the house: give it one in xtask/tests/house.rs",
                member.name
            ));
            continue;
        };
        for (used, kind) in member.uses.iter().filter(|(used, _)| is_ours(used)) {
            let for_tests = kind.as_deref() == Some("dev")
                && (TEST_WORLDS.contains(&used.as_str())
                    || member.name == "oracle" && JUDGED.contains(&used.as_str()));
            if !allowed.contains(&used.as_str()) && !for_tests {
                found.push(format!("{} may not use {used}", member.name));
            }
        }
    }
    found
}

#[test]
fn imports_only_point_down() {
    let members = members();
    assert_eq!(trespasses(&members), Vec::<String>::new());
    for (name, _) in HOUSE {
        assert!(members.iter().any(|member| member.name == name), "{name} is listed but does not exist");
    }
}

#[test]
fn a_trespass_is_seen() {
    let stand = |name: &str, uses: &[(&str, Option<&str>)]| Member {
        name: name.to_owned(),
        folder: PathBuf::new(),
        uses: uses.iter().map(|(used, kind)| ((*used).to_owned(), kind.map(str::to_owned))).collect(),
    };
    let members = [
        stand("liant", &[("liant-store", None), ("liant-app", None), ("serde", None)]),
        stand("liant-app", &[("testkit", None), ("liant-store", None)]),
        stand("liant-store", &[("testkit", Some("dev")), ("liant-app", Some("dev"))]),
        stand("testkit", &[]),
        stand(
            "oracle",
            &[("liant-convention", None), ("liant-guard", Some("dev")), ("liant-app", Some("dev"))],
        ),
        stand("liant-convention", &[]),
        stand("liant-guard", &[]),
        stand("liant-cellar", &[]),
    ];
    let expected = [
        "liant may not use liant-store",
        "liant-app may not use testkit",
        "liant-store may not use liant-app",
        "oracle may not use liant-convention",
        "oracle may not use liant-app",
        "liant-cellar has no place in the house: give it one in xtask/tests/house.rs",
    ];
    assert_eq!(trespasses(&members), expected);
}

#[test]
fn the_table_itself_points_down() {
    for (place, (name, uses)) in HOUSE.iter().enumerate() {
        for used in *uses {
            let below = HOUSE.iter().position(|(other, _)| other == used);
            assert!(below.is_some_and(|below| below < place), "{name} is listed above {used}");
        }
    }
    for name in PURE {
        let (_, uses) = HOUSE.iter().find(|(other, _)| *other == name).unwrap();
        assert!(uses.iter().all(|used| PURE.contains(used)), "{name} is not pure");
    }
}

#[test]
fn every_crate_keeps_the_lints() {
    for member in members() {
        let manifest = std::fs::read_to_string(member.folder.join("Cargo.toml")).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        let inherits =
            manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool);
        assert_eq!(inherits, Some(true), "{} must say [lints] workspace = true", member.name);
    }
}

#[test]
fn no_lint_is_silenced_without_being_expected() {
    let openings = [concat!("#[all", "ow("), concat!("#![all", "ow(")];
    let mut found = Vec::new();
    for member in members() {
        sources(&member.folder, &mut |path, text| {
            for (number, line) in text.lines().enumerate() {
                if openings.iter().any(|opening| line.contains(opening)) {
                    found.push(format!("{}:{}", path.display(), number + 1));
                }
            }
        });
    }
    assert_eq!(found, Vec::<String>::new(), "write #[expect(…, reason = …)] instead");
}

/// Visits the Rust sources under `folder`.
fn sources(folder: &Path, visit: &mut impl FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target") {
                sources(&path, visit);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}

//! Reading documents back.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use liant_press::Job;
use lopdf::{Dictionary, Document, Object};
use serde_json::{Value, json};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A job of one template.
pub(crate) fn job(template: &str, data: &Value) -> Job {
    let job = json!({
        "form": 1, "template": "t.typ", "sources": { "t.typ": template }, "data": data,
        "title": "Essai", "lang": "fr", "date": "2026-11-16",
    });
    Job::read(&serde_json::to_vec(&job).unwrap()).unwrap()
}

/// A sample of `liant-documents`, with every template of the repository.
pub(crate) fn sample(name: &str) -> Job {
    let path = root().join(format!("crates/liant-documents/samples/{name}.json"));
    let mut job: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut sources = BTreeMap::new();
    for folder in ["crates/liant-documents/templates", "conventions/forms"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            sources.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
    job["sources"] = json!(sources);
    job["invented"] = json!(true);
    Job::read(&serde_json::to_vec(&job).unwrap()).unwrap()
}

/// The document of a sample.
pub(crate) fn printed(name: &str) -> Vec<u8> {
    liant_press::press(&sample(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// What one of poppler's programs says of a document.
pub(crate) fn poppler(program: &str, arguments: &[&str], document: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.pdf");
    std::fs::write(&path, document).unwrap();
    let mut command = Command::new(program);
    command.args(arguments).arg(&path);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The text of a document, its white space made even.
pub(crate) fn text(document: &[u8]) -> String {
    poppler("pdftotext", &["-layout"], document).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A document as its objects.
pub(crate) fn objects(document: &[u8]) -> Document {
    Document::load_mem(document).unwrap()
}

/// An entry of the catalog.
pub(crate) fn of_catalog<'a>(document: &'a Document, key: &[u8]) -> Option<&'a Object> {
    let value = document.catalog().unwrap().get(key).ok()?;
    Some(document.dereference(value).unwrap().1)
}

/// The kinds of structure elements (`H1`, `Table`…), depth first.
pub(crate) fn structure(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    let root = of_catalog(document, b"StructTreeRoot").unwrap().as_dict().unwrap();
    walk(document, root, &mut found);
    found
}

fn walk(document: &Document, of: &Dictionary, found: &mut Vec<String>) {
    if let Ok(kind) = of.get(b"S").and_then(Object::as_name) {
        found.push(String::from_utf8_lossy(kind).into_owned());
    }
    let Ok(kids) = of.get(b"K") else { return };
    let (_, kids) = document.dereference(kids).unwrap();
    let kids: Vec<&Object> = kids.as_array().map_or_else(|_| vec![kids], |kids| kids.iter().collect());
    for kid in kids {
        if let Ok((_, Object::Dictionary(kid))) = document.dereference(kid) {
            walk(document, kid, found);
        }
    }
}

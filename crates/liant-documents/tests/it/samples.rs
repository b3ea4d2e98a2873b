use std::path::PathBuf;

use liant_convention::Convention;
use liant_documents::{FormTemplate, Job};
use liant_model::Lang;
use serde_json::Value;

use crate::invented;

/// Written anew where this variable is set; then read the differences.
const UPDATE: &str = "LIANT_UPDATE_SAMPLES";

fn jobs() -> Vec<(&'static str, Job)> {
    vec![
        ("copy-fr", invented::copy(Lang::Fr)),
        ("copy-en", invented::copy(Lang::En)),
        ("copy-long", invented::long_copy()),
        ("copy-empty", invented::empty_copy()),
        ("liaison-tacit", invented::liaison(&invented::tacit(), Lang::Fr)),
        ("liaison-bilateral", invented::liaison(&invented::bilateral(), Lang::Fr)),
        ("liaison-bilateral-en", invented::liaison(&invented::bilateral(), Lang::En)),
        ("liaison-blank", invented::liaison(&invented::blank(), Lang::Fr)),
        ("liaison-long", invented::liaison(&invented::long_names(), Lang::Fr)),
        ("cer", invented::record_paper(&invented::contract(), Lang::Fr)),
        ("cer-en-draft", invented::record_paper(&invented::draft(), Lang::En)),
        ("diagnosis", invented::record_paper(&invented::diagnosis(), Lang::Fr)),
    ]
}

/// A job without the text of its templates, which the tests of the press read where they lie.
fn without_sources(job: &Job) -> String {
    let mut job: Value = serde_json::from_slice(&job.to_json().unwrap()).unwrap();
    let sources = job.as_object_mut().unwrap().remove("sources").unwrap();
    let template = job["template"].as_str().unwrap();
    assert!(sources.get(template).is_some_and(|text| text.as_str().is_some_and(|text| !text.is_empty())));
    serde_json::to_string_pretty(&job).unwrap() + "\n"
}

#[test]
fn samples_are_what_the_code_makes() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples");
    for (name, job) in jobs() {
        let path = folder.join(format!("{name}.json"));
        let made = without_sources(&job);
        if std::env::var_os(UPDATE).is_some() {
            std::fs::write(&path, &made).unwrap();
        }
        // As JSON: the order of its members is that of whatever else is built beside.
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        let [kept, made] = [&kept, &made].map(|text| serde_json::from_str::<Value>(text).ok());
        assert_eq!(kept, made, "{name}: run with {UPDATE}=1");
    }
}

/// Each form that a convention of the repository names has its template.
#[test]
fn conventions_name_forms_that_ship() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../conventions");
    let mut named = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let file = Convention::parse("f.toml", &std::fs::read_to_string(&path).unwrap()).unwrap();
        for form in &file.forms {
            assert!(FormTemplate::shipped(&form.template, form.version).is_some(), "{}", form.template);
            named += 1;
        }
    }
    assert_eq!(named, 4);
    assert_eq!(FormTemplate::shipped("liaison", 2), None);
}

#[test]
fn a_debug_holds_nobody() {
    let text = format!("{:?}", invented::liaison(&invented::bilateral(), Lang::Fr));
    assert!(!text.contains("ABEILLE"), "{text}");
}

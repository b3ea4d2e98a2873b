//! The program, as Liant runs it: what it says, and what it may use of the machine.

use std::io::Write;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::reader::text;

const PROGRAM: &str = env!("CARGO_BIN_EXE_liant-press");
/// A value that nothing may say.
const SECRET: &str = "ABEILLE";

fn job(template: &str) -> Value {
    json!({
        "form": 1, "template": "t.typ", "sources": { "t.typ": template }, "data": { "name": SECRET },
        "title": "Essai", "lang": "en", "date": "2026-11-16",
    })
}

fn started(program: &str, arguments: &[&str]) -> Child {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Exit code, document, and what is said beside.
type Said = (Option<i32>, Vec<u8>, String);

fn heard(mut child: Child, input: &[u8]) -> Said {
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code(), output.stdout, String::from_utf8(output.stderr).unwrap())
}

fn run(input: &[u8]) -> Said {
    heard(started(PROGRAM, &[]), input)
}

/// Under limits of the shell, tighter than its own.
fn run_within(limits: &str, template: &str) -> Said {
    let script = format!("{limits}; exec {PROGRAM}");
    heard(started("/bin/sh", &["-c", &script]), job(template).to_string().as_bytes())
}

#[test]
fn it_reads_a_job_and_writes_a_document() {
    let (code, document, said) = run(job("= #json(\"/data.json\").name").to_string().as_bytes());
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert!(text(&document).starts_with(SECRET));
}

#[test]
fn it_says_in_one_line_what_is_wrong_and_no_datum() {
    let (code, document, said) = run(job("\n#panic(json(\"/data.json\").name)").to_string().as_bytes());
    assert_eq!((code, document.len()), (Some(1), 0));
    assert!(said.starts_with("liant-press: t.typ:2:") && !said.contains(SECRET), "{said}");
    let (code, document, said) = run(SECRET.as_bytes());
    assert_eq!((code, document.len()), (Some(2), 0));
    assert!(said.starts_with("liant-press: line 1") && !said.contains(SECRET), "{said}");
}

/// Whatever stops it, no half of a document comes out, and nothing of the data.
#[cfg(unix)]
#[test]
fn a_template_that_takes_too_much_is_stopped() {
    let hungry = "#let s = json(\"/data.json\").name\n#for i in range(60) { s = s + s }\n#s.len()";
    let slow = "#let n = 0\n#for i in range(1000000) { for j in range(1000000) { n += 1 } }\n#n";
    for (limits, template) in [("ulimit -v 600000", hungry), ("ulimit -t 1", slow)] {
        let (code, document, said) = run_within(limits, template);
        assert_ne!(code, Some(0), "{template}");
        assert!(document.is_empty() && !said.contains(SECRET), "{template}: {said}");
    }
}

/// What the kernel holds it to. That it reads tells that its limits are set: a pipe takes 64 KiB that nobody reads.
#[cfg(target_os = "linux")]
#[test]
fn its_time_and_memory_are_bounded_and_it_leaves_no_image() {
    let mut child = started(PROGRAM, &[]);
    let mut input = child.stdin.take().unwrap();
    input.write_all(&vec![b' '; 1 << 20]).unwrap();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    drop(input);
    child.wait().unwrap();
    for (name, most) in
        [("Max cpu time", "30"), ("Max address space", "1073741824"), ("Max core file size", "0")]
    {
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        assert_eq!(line.split_whitespace().take(2).collect::<Vec<_>>(), [most, most], "{name}");
    }
}

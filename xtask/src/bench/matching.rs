//! Identity matching: what it costs, and how right it is.

use super::Bench;
use super::measure::{Run, median, once};
use super::report::{Figure, Report};
use crate::process::{cargo, run, target};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The lists of one month: the flow's identities, the known people, the truth.
pub(super) struct Lists {
    pub(super) flow: PathBuf,
    pub(super) known: PathBuf,
    truth: PathBuf,
}

impl Bench {
    pub(super) fn lists(&self, profile: &str, n: u64) -> Result<Lists> {
        let month = self.month(profile, n)?;
        let known = month.known.context("only the peers' generator knows the truth")?;
        Ok(Lists { flow: self.identities(&month.flow)?, known: known.people, truth: known.truth })
    }

    pub(super) fn match_command(&self, lists: &Lists) -> Command {
        let mut command = self.liant();
        command.arg("match").arg(&lists.flow).arg(&lists.known).arg("-o").arg(self.work.join("links.csv"));
        command
    }

    /// Splink on the same lists, once: it is slow and steady. `None` when not asked for.
    pub(super) fn splink(&self, flow: &Path, lists: &Lists) -> Result<Option<Run>> {
        let Some(mut command) = self.peers()?.splink() else { return Ok(None) };
        once(command.arg(flow).arg(&lists.known).arg(&lists.truth), &[0], &self.work).map(Some)
    }
}

/// `liant match` beside Splink.
pub(super) fn cost(bench: &Bench, report: &mut Report) -> Result<()> {
    let lists = bench.lists("default", bench.size())?;
    let ours = median(bench.options.rounds, &[0], &bench.work, || bench.match_command(&lists))?;
    let splink = bench.splink(&lists.flow, &lists)?;
    let what = format!("match {} dossiers", bench.size());
    report.race(what, &ours, splink.as_ref().map(|run| ("Splink", run)), "≥ ×50, ≤ 300 MB");
    Ok(())
}

/// What is asked on a profile: recall at precision ≥ 0.999, best F1, share sent to review.
const PROFILES: [(&str, [&str; 3]); 3] = [
    ("default", ["≥ .9992", "≥ .9993", "≤ 2 %"]),
    ("heavy", ["≥ .985", "≥ .993", "≤ 5 %"]),
    ("nonir", ["≥ .985", "≥ .994", "≤ 5 %"]),
];

/// The scorer of `liant-identity` on each profile, beside Splink's scores on the same files.
pub(super) fn quality(bench: &Bench, report: &mut Report) -> Result<()> {
    run(&mut cargo(&["build", "--locked", "--release", "-p", "liant-identity", "--example", "score"]))?;
    let scorer = target().join("release/examples/score");
    for (profile, reach) in PROFILES {
        let lists = bench.lists(profile, bench.size())?;
        let mut command = Command::new(&scorer);
        let ours = once(command.arg(&lists.flow).arg(&lists.known).arg(&lists.truth), &[0], &bench.work)?;
        report.detail(format!("quality {profile}"), &ours);
        let scores: Value = serde_json::from_str(&ours.output).context("the scorer's figures")?;
        let peer = bench.splink(&lists.flow, &lists)?;
        let peer: Option<Value> = peer.as_ref().and_then(|run| serde_json::from_str(run.output.trim()).ok());
        scored(report, profile, reach, &scores, peer.as_ref());
        groups(report, profile, &scores);
    }
    Ok(())
}

fn scored(report: &mut Report, profile: &str, reach: [&'static str; 3], ours: &Value, peer: Option<&Value>) {
    let [recall_reach, f1_reach, review_reach] = reach;
    let pairs = [
        (
            "recall at precision ≥ .999",
            "/recall_at_precision_999/recall",
            "/recall_at_precision_999/recall",
            recall_reach,
        ),
        ("best F1", "/best_f1/f1", "/best_cut/f1", f1_reach),
    ];
    for (what, own_place, peer_place, reach) in pairs {
        let (own, other) = (number(ours, own_place), peer.map(|peer| number(peer, peer_place)));
        report.add(Figure {
            what: format!("{profile}: {what}"),
            ours: format!("{own:.5}"),
            beside: other.map_or_else(|| "–".to_owned(), |other| format!("Splink: {other:.5}")),
            ratio: None,
            reach,
        });
    }
    let wrong_reach = if profile == "default" { "≤ 100" } else { "" };
    let single = [
        (
            "wrong links per million, as shipped",
            format!("{:.0}", number(ours, "/automatic/wrong_per_million")),
            wrong_reach,
        ),
        ("recall, automatic, as shipped", format!("{:.5}", number(ours, "/automatic/recall")), ""),
        ("recall with review", format!("{:.5}", number(ours, "/recall_with_review")), ""),
        ("sent to review", format!("{:.2} %", 100.0 * number(ours, "/review_share")), review_reach),
        ("pairs compared per dossier", format!("{:.2}", number(ours, "/compared_per_dossier")), "≤ 8"),
    ];
    for (what, value, reach) in single {
        let what = format!("{profile}: {what}");
        report.add(Figure { what, ours: value, beside: "–".to_owned(), ratio: None, reach });
    }
}

/// Errors by sex, place of birth and origin of name: a matcher may not fail one group more than another unseen.
fn groups(report: &mut Report, profile: &str, ours: &Value) {
    let Some(groups) = ours.get("by_group").and_then(Value::as_object) else { return };
    for (group, scores) in groups {
        let (recall, review) = (number(scores, "/automatic/recall"), 100.0 * number(scores, "/review_share"));
        let wrong = number(scores, "/automatic/wrong_per_million");
        report.add(Figure {
            what: format!("{profile}: {group} ({:.0} dossiers)", number(scores, "/dossiers")),
            ours: format!("recall {recall:.5}, wrong {wrong:.0}/M, review {review:.2} %"),
            beside: "–".to_owned(),
            ratio: None,
            reach: "",
        });
    }
}

fn number(value: &Value, place: &str) -> f64 {
    value.pointer(place).and_then(Value::as_f64).unwrap_or(f64::NAN)
}

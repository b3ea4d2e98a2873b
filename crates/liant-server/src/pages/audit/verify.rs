//! Whether the log holds; the last checkpoint.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use liant_app::trail;
use liant_app::witnesses::{self, Witness};

use super::PATH;
use crate::components::{Detail, Link, Notice, SummaryList};
use crate::failure::Failure;
use crate::forms::hex;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "audit/verification.html")]
struct VerificationPage<'a> {
    page: &'a Page,
    w: Words,
    holds: bool,
    result: Notice,
    details: SummaryList,
    checkpoint: Option<String>,
    after: Option<String>,
    held: Option<SummaryList>,
}

/// Verifies the log from its first entry to its last.
pub(in crate::pages) async fn verification(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
) -> Result<Response, Failure> {
    let now = site.now();
    let (verdict, kept, held) = site
        .act(errand, |context, workplace| {
            let kept = trail::checkpoint_kept(context, workplace)?;
            let held = witnesses::witnesses(workplace, context.territory)?;
            Ok((trail::verify(workplace, context.territory, &[])?, kept, held))
        })
        .await?;
    let w = page.w;
    let page = page.under(PATH, w.say("audit-title"));
    let line = |key, value: String| Detail::new(w.say(key)).value(value);
    let mut lines = vec![line("verify-at", w.moment(now))];
    let (result, size) = match &verdict {
        Ok(report) => {
            lines.push(line("verify-size", w.number(report.size)));
            lines.push(line("verify-root", hex(&report.root)));
            lines.push(line("verify-erased", w.number(report.erased)));
            (Notice::done(w, w.say("verify-holds")), Some(report.size))
        }
        Err(finding) => {
            lines.push(line("verify-finding", finding.to_string()));
            let help = Link::new("/legal", w.say("verify-help"));
            (Notice::important(w, w.say("verify-broken")).with_link(help), None)
        }
    };
    let after = kept.as_ref().zip(size).map(|(kept, size)| size.saturating_sub(kept.size));
    page.show(&VerificationPage {
        page: &page,
        w,
        holds: verdict.is_ok(),
        result,
        details: SummaryList::new(w, lines),
        checkpoint: kept.map(|kept| said_of(w, "verify-checkpoint", kept.size, kept.at)),
        after: after.map(|after| w.say("verify-after").with("count", after).into()),
        held: (!held.is_empty()).then(|| holders(w, &held)),
    })
}

fn said_of(w: Words, key: &'static str, size: u64, at: liant_model::Instant) -> String {
    w.say(key).with("count", size).text("at", w.moment(at)).into()
}

/// Who keeps a checkpoint elsewhere, and which.
fn holders(w: Words, held: &[Witness]) -> SummaryList {
    let line = |one: &Witness| {
        let said = one.given.as_ref().map_or_else(
            || w.say("verify-not-given").into(),
            |given| said_of(w, "verify-given", given.size, given.at),
        );
        Detail::new(one.address.clone()).value(said)
    };
    SummaryList::new(w, held.iter().map(line).collect())
}

/// The last checkpoint, to be kept elsewhere.
pub(in crate::pages) async fn checkpoint(
    State(site): State<Site>,
    errand: Errand,
) -> Result<Response, Failure> {
    let kept = site.act(errand, trail::checkpoint_kept).await?;
    let kept = kept.ok_or(Failure::Absent)?;
    let name = format!("attachment; filename=\"audit-{}.checkpoint\"", kept.size);
    let name = HeaderValue::try_from(name).map_err(|error| Failure::internal(error.to_string()))?;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], kept.note).into_response())
}

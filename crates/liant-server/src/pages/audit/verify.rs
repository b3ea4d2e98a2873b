//! Whether the log holds; the last checkpoint.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use liant_app::trail;

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
}

/// Verifies the log from its first entry to its last.
pub(in crate::pages) async fn verification(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
) -> Result<Response, Failure> {
    let now = site.now();
    let (verdict, kept) = site
        .act(errand, |context, workplace| {
            let kept = trail::checkpoint_kept(context, workplace)?;
            Ok((trail::verify(workplace, context.territory, &[])?, kept))
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
        checkpoint: kept.map(|kept| said(w, kept.size, kept.at)),
        after: after.map(|after| w.say("verify-after").with("count", after).into()),
    })
}

fn said(w: Words, size: u64, at: liant_model::Instant) -> String {
    w.say("verify-checkpoint").with("count", size).text("at", w.moment(at)).into()
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

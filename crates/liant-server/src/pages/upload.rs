//! A file on its way in: sent, checked, looked at, imported or given up.

use std::time::Duration;

use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::uploads::{self, Doing, Finding, Incoming, Preview, Progress, Stage, UploadId};
use liant_app::{AppError, names};
use tokio::io::AsyncWriteExt as _;

use super::files::{TECHNICIANS, who};
use super::imports::{Change, changes, tiles};
use crate::components::{
    Choice, Errors, Field, Link, Meter, Notice, Steps, Tag, Tiles, Tone, Upload as Sent,
};
use crate::errand::Errand;
use crate::failure::Failure;
use crate::routes::Route;
use crate::words::Words;
use crate::{Page, Site};

/// The upload: as large as the national stock, and as long as it takes on a slow line.
pub(super) const SEND: Route = Route::post("/files/new", TECHNICIANS)
    .with_limits(uploads::LARGEST as usize + 1024 * 1024, Duration::from_hours(1));

/// Findings shown on one page.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "files-new.html")]
struct Form<'a> {
    page: &'a Page,
    w: Words,
    steps: Steps,
    errors: Errors,
    field: Field,
}

#[derive(Template)]
#[template(path = "upload.html")]
struct Screen<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    lede: String,
    steps: Steps,
    here: String,
    view: View,
}

enum View {
    /// Something is being done: how far it is.
    Working { what: String, meter: Meter },
    /// To be tried again.
    Again { why: String, act: &'static str, label: String },
    /// What the import would do.
    Preview(Box<Looked>),
    /// It is over: why, what to do, where to go.
    Over { title: String, text: String, help: Option<String>, next: Link },
}

struct Looked {
    tiles: Tiles,
    changes: Vec<Change>,
    findings: Vec<Found>,
    more: Option<String>,
    found: String,
    label: String,
    clause: String,
    is_empty: bool,
    confirm: Option<Field>,
}

struct Found {
    record: String,
    line: String,
    element: String,
    message: String,
    value: Option<String>,
    help: String,
    rule: String,
    source: String,
    status: Tag,
    count: Option<String>,
}

fn steps(w: Words, current: usize) -> Steps {
    let keys = ["upload-step-send", "upload-step-check", "upload-step-import", "upload-step-report"];
    Steps::new(w, keys.map(|key| w.say(key).into()).into(), current)
}

/// The form to send a file.
pub(super) async fn form(page: Page) -> Result<Response, Failure> {
    let page = under_files(page);
    show_form(&page, None)
}

fn under_files(page: Page) -> Page {
    let name = page.say("files-title");
    page.under("/files", name)
}

fn show_form(page: &Page, error: Option<String>) -> Result<Response, Failure> {
    let w = page.w;
    let is_wrong = error.is_some();
    let field = Field::file(w, "file", w.say("upload-field"), Sent { accept: ".xml,.csv,.txt" })
        .hint(w.say("upload-hint").text("size", w.size(uploads::LARGEST)))
        .error(error);
    let screen = Form { page, w, steps: steps(w, 0), errors: Errors::of(w, &[&field]), field };
    let mut response = page.show(&screen)?;
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Takes the file as it comes, then has it checked; the browser goes to where that can be followed.
pub(super) async fn send(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
    parts: Multipart,
) -> Result<Response, Failure> {
    let page = under_files(page);
    let Some(incoming) = written(&site, &errand, parts).await? else {
        return show_form(&page, Some(page.say("upload-none").into()));
    };
    let finished = site.act(errand.clone(), move |context, workplace| {
        let id = incoming.finish(context, workplace)?;
        let claim = uploads::claim(context, workplace, id)?.to_check()?;
        Ok((id, claim))
    });
    match finished.await {
        Ok((id, claim)) => {
            site.begin(errand, move |context, workplace| uploads::check(context, workplace, &claim));
            Ok(Redirect::to(&format!("/files/uploads/{id}")).into_response())
        }
        Err(Failure::App(AppError::Unrecognised(_))) => {
            show_form(&page, Some(page.say("upload-unknown").into()))
        }
        Err(Failure::App(AppError::DecisionsAreNoStock(_))) => {
            show_form(&page, Some(page.say("upload-decisions").into()))
        }
        Err(Failure::App(error @ AppError::Gate(_))) => show_form(&page, Some(error.message(page.w.lang()))),
        Err(failure) => Err(failure),
    }
}

/// Writes the file of a form as it comes. None when the form holds no file. Whatever fails, nothing is left.
async fn written(site: &Site, errand: &Errand, mut parts: Multipart) -> Result<Option<Incoming>, Failure> {
    let broken = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::Bad,
    };
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let Some(name) = part.file_name().filter(|name| !name.is_empty()).map(str::to_owned) else {
            continue;
        };
        let (incoming, file) = site
            .act(errand.clone(), move |context, workplace| {
                let incoming = uploads::receive(context, workplace, &name)?;
                let file = incoming.open()?;
                Ok((incoming, file))
            })
            .await?;
        let mut file = tokio::fs::File::from_std(file);
        let failed =
            |error: std::io::Error| Failure::internal(format!("the file received was not written: {error}"));
        let mut bytes = 0;
        while let Some(piece) = part.chunk().await.map_err(broken)? {
            bytes += piece.len() as u64;
            if bytes > uploads::LARGEST {
                return Err(Failure::TooLarge);
            }
            file.write_all(&piece).await.map_err(failed)?;
        }
        file.flush().await.map_err(failed)?;
        return Ok((bytes > 0).then_some(incoming));
    }
    Ok(None)
}

/// Where a file has come to.
pub(super) async fn show(
    State(site): State<Site>,
    page: Page,
    Path(id): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (upload, names) = site
        .act(errand, move |context, workplace| {
            let upload = uploads::get(context, workplace, id.parse()?)?;
            let names = names(workplace, context.territory, [upload.actor.clone()])?;
            Ok((upload, names))
        })
        .await?;
    let w = page.w;
    let mut page = under_files(page);
    if let (Doing::Nothing, Some(note)) = (upload.doing, &upload.note) {
        page = page.with_notice(Notice::important(w, note.get(w.lang())));
    }
    if upload.lacks_many && matches!((&upload.doing, &upload.stage), (Doing::Nothing, Stage::Checked(_))) {
        page = page.with_notice(Notice::important(w, w.say("upload-lacks-many")));
    }
    let about = match &upload.stage {
        Stage::Checked(preview) => preview.report.reference_date.parse().ok(),
        _ => None,
    };
    let title = match about {
        Some(day) => w.say("upload-title-month").text("flow", &upload.flow).text("month", w.month(day)),
        None => w.say("upload-title").text("flow", &upload.flow),
    };
    let lede = w
        .say("upload-lede")
        .text("who", who(&names, &upload.actor))
        .text("when", w.moment(upload.received_at))
        .text("size", w.size(upload.bytes))
        .text("name", &upload.file_name);
    let (step, view) = view(w, &upload);
    let screen = Screen {
        page: &page,
        w,
        title: title.into(),
        lede: lede.into(),
        steps: steps(w, step),
        here: format!("/files/uploads/{}", upload.id),
        view,
    };
    page.show(&screen)
}

/// The step that a file is at, and what is shown of it.
fn view(w: Words, upload: &uploads::Upload) -> (usize, View) {
    let again = |why, act, label| View::Again { why: w.say(why).into(), act, label: w.say(label).into() };
    let other = || Link::new("/files/new", w.say("upload-other"));
    match (&upload.doing, &upload.stage) {
        (Doing::Checking(progress), _) => (1, working(w, "upload-checking", *progress)),
        (Doing::Importing(progress), _) => (2, working(w, "upload-importing", *progress)),
        (Doing::Interrupted, Stage::Checked(_)) => {
            (2, again("upload-import-interrupted", "import", "upload-import-again"))
        }
        (Doing::Interrupted, _) => (1, again("upload-check-interrupted", "check", "upload-check-again")),
        (Doing::Nothing, Stage::Received) => (1, again("upload-check-failed", "check", "upload-check-again")),
        (Doing::Nothing, Stage::Checked(preview)) => {
            (1, View::Preview(Box::new(looked(w, preview, upload.lacks_many))))
        }
        (_, Stage::Refused { why }) => (1, refused(w, why, other())),
        (_, Stage::Impossible { why, batch }) => {
            let next = batch.map_or_else(other, |batch| {
                Link::new(format!("/files/received/{batch}"), w.say("upload-that-import"))
            });
            let title = w.say("upload-impossible").into();
            (1, View::Over { title, text: why.get(w.lang()).to_owned(), help: None, next })
        }
        (_, Stage::Imported { batch }) => {
            let next = Link::new(format!("/files/received/{batch}"), w.say("upload-report"));
            let (title, text) = (w.say("upload-imported").into(), w.say("upload-imported-text").into());
            (3, View::Over { title, text, help: None, next })
        }
        (_, Stage::GivenUp) => {
            let (title, text) = (w.say("upload-given-up").into(), w.say("upload-given-up-text").into());
            (1, View::Over { title, text, help: None, next: other() })
        }
    }
}

fn working(w: Words, what: &'static str, progress: Progress) -> View {
    let text =
        w.say("upload-progress").text("read", w.size(progress.read)).text("total", w.size(progress.total));
    let meter = Meter::new(w.say(what), text, progress.read, progress.total.max(1));
    View::Working { what: w.say(what).into(), meter }
}

fn refused(w: Words, why: &Finding, next: Link) -> View {
    let place = w.say("upload-at-line").with("line", why.line).text("rule", &why.rule);
    View::Over {
        title: w.say("upload-refused").into(),
        text: format!("{} ({place}).", capital(why.message.get(w.lang()))),
        help: Some(format!("{}.", capital(why.help.get(w.lang())))),
        next,
    }
}

/// A sentence begins with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn looked(w: Words, preview: &Preview, lacks_many: bool) -> Looked {
    let report = &preview.report;
    let taken = report.records - report.rejected.min(report.records);
    let shown = preview.findings.iter().take(SHOWN).map(|finding| line(w, finding)).collect();
    let more = preview.found.saturating_sub(SHOWN as u64);
    Looked {
        tiles: tiles(w, report, |what| match what {
            "rejected" => "#findings".to_owned(),
            _ => "#changes".to_owned(),
        }),
        changes: changes(w, report),
        findings: shown,
        more: (more > 0).then(|| w.say("upload-more").with("count", more).into()),
        found: w.say("upload-found").with("count", preview.found).into(),
        label: w.say("upload-import").with("count", taken).into(),
        clause: report.received_under.clone(),
        is_empty: taken == 0,
        confirm: lacks_many.then(|| {
            let choice = Choice::new("yes", w.say("upload-many-left"));
            Field::any_of(w, "many-left", w.say("upload-many-left-title"), vec![choice])
                .hint(w.say("upload-many-left-hint").with("count", report.left))
        }),
    }
}

fn line(w: Words, finding: &Finding) -> Found {
    let dash = || "—".to_owned();
    Found {
        record: finding.record.map_or_else(dash, |record| w.number(record)),
        line: w.number(finding.line),
        element: if finding.element.is_empty() { dash() } else { finding.element.clone() },
        message: capital(finding.message.get(w.lang())),
        value: finding.value.clone(),
        help: capital(finding.help.get(w.lang())),
        rule: finding.rule.clone(),
        source: finding.source.get(w.lang()).to_owned(),
        status: if finding.is_error {
            Tag::new(Tone::Late, w.say("upload-rejected"))
        } else {
            Tag::new(Tone::Soon, w.say("upload-warned"))
        },
        count: (finding.count > 1).then(|| w.say("upload-times").with("count", finding.count).into()),
    }
}

/// Has a file checked once more.
pub(super) async fn check(
    State(site): State<Site>,
    Path(id): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (id, claim) = claimed(&site, &errand, id, uploads::Claim::to_check).await?;
    site.begin(errand, move |context, workplace| uploads::check(context, workplace, &claim));
    Ok(Redirect::to(&format!("/files/uploads/{id}")).into_response())
}

/// What the form of an import says.
#[derive(serde::Deserialize)]
pub(super) struct Word {
    /// The file is whole, though it lacks much of the stock.
    #[serde(rename = "many-left")]
    many_left: Option<String>,
}

/// Begins the import; the browser may leave.
pub(super) async fn import(
    State(site): State<Site>,
    Path(id): Path<String>,
    errand: Errand,
    axum::extract::Form(word): axum::extract::Form<Word>,
) -> Result<Response, Failure> {
    let (id, claim) = claimed(&site, &errand, id, uploads::Claim::to_import).await?;
    let many_left = word.many_left.is_some();
    let here = site.clone();
    site.begin(errand, move |context, workplace| {
        uploads::load(context, workplace, &claim, many_left)?;
        here.imported();
        Ok(())
    });
    Ok(Redirect::to(&format!("/files/uploads/{id}")).into_response())
}

async fn claimed(
    site: &Site,
    errand: &Errand,
    id: String,
    begin: fn(uploads::Claim) -> Result<uploads::Claim, AppError>,
) -> Result<(UploadId, uploads::Claim), Failure> {
    site.act(errand.clone(), move |context, workplace| {
        let id = id.parse()?;
        Ok((id, begin(uploads::claim(context, workplace, id)?)?))
    })
    .await
}

/// Gives a file up.
pub(super) async fn give_up(
    State(site): State<Site>,
    Path(id): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    site.act(errand, move |context, workplace| uploads::give_up(context, workplace, id.parse()?)).await?;
    Ok(Redirect::to("/files").into_response())
}

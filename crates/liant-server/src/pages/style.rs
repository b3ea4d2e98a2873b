//! Every component in every state, in both languages: what axe and the eye check. Shown where the site is developed or
//! demonstrated, never in production.

use std::time::Duration;

use askama::Template;
use axum::extract::Form;
use axum::response::Response;
use liant_model::{Date, Source, Span};

use crate::Page;
use crate::components::{
    Chip, Choice, Column, Columns, Compared, Comparison, Confirmation, Countdown, Detail, Empty, Errors,
    Field, Filters, Happening, Kind, Link, Meter, Notice, Order, Pagination, Path, SourceMark, Steps,
    SummaryList, Tag, Tile, Tiles, Tone, Upload, Why,
};
use crate::failure::Failure;
use crate::routes::{Access, Route};
use crate::words::Words;

/// The upload of the page of components: small, but streamed like any.
pub(super) const UPLOAD: Route =
    Route::post("/style/upload", Access::Public).with_limits(1024 * 1024, Duration::from_secs(30));

#[derive(Template)]
#[template(path = "style.html")]
struct Style<'a> {
    page: &'a Page,
    w: Words,
    colours: [(&'static str, &'static str); 9],
    tags: Vec<Tag>,
    countdowns: Vec<Countdown>,
    sources: Vec<SourceMark>,
    tiles: Tiles,
    steps: Steps,
    meters: [Meter; 2],
    filters: Filters,
    no_filters: Filters,
    columns: Columns,
    rows: Vec<Row>,
    pagination: Pagination,
    summary: SummaryList,
    path: Path,
    comparison: Comparison,
    why: Why,
    why_bare: Why,
    empty: Empty,
    notices: [Notice; 2],
    confirmation: Confirmation,
    errors: Errors,
    fields: Vec<Field>,
    wrong: Vec<Field>,
    upload: Field,
}

/// A line of the sample table.
struct Row {
    name: &'static str,
    sub: String,
    source: SourceMark,
    count: String,
    due: Countdown,
    act: String,
}

/// Shows everything.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let samples = Samples { w: page.w };
    page.show(&samples.screen(&page, None))
}

#[derive(serde::Deserialize)]
pub(super) struct Answers {
    reason: Option<String>,
}

/// Takes the sample form: says that it was sent.
pub(super) async fn sent(page: Page, Form(answers): Form<Answers>) -> Result<Response, Failure> {
    let is_empty = answers.reason.as_deref().unwrap_or("").trim().is_empty();
    let key = if is_empty { "style-sent-empty" } else { "style-sent" };
    let notice = Notice::done(page.w, page.say(key));
    let page = page.with_notice(notice);
    let samples = Samples { w: page.w };
    page.show(&samples.screen(&page, Some(answers.reason.unwrap_or_default())))
}

/// Takes the sample upload: says how large it was.
pub(super) async fn uploaded(page: Page, body: axum::body::Bytes) -> Result<Response, Failure> {
    let notice =
        Notice::done(page.w, page.say("style-uploaded").with("size", page.w.size(body.len() as u64)));
    let page = page.with_notice(notice);
    let samples = Samples { w: page.w };
    page.show(&samples.screen(&page, None))
}

/// Invented people and facts.
#[derive(Clone, Copy)]
struct Samples {
    w: Words,
}

impl Samples {
    fn text(self, key: &'static str) -> String {
        self.w.say(key).into()
    }

    fn source(self, slug: &str) -> SourceMark {
        // A slug that is none has no mark; those of the samples all are.
        Source::parse(slug).map_or_else(|_| self.source("other"), |source| SourceMark::of(self.w, &source))
    }

    fn day(self, days: i64) -> Date {
        Span::new()
            .try_days(days)
            .ok()
            .and_then(|span| self.w.today().checked_add(span).ok())
            .unwrap_or(self.w.today())
    }

    fn due(self, days: i64) -> Countdown {
        Countdown::new(self.w, self.day(days), 7)
    }

    fn screen(self, page: &Page, reason: Option<String>) -> Style<'_> {
        let w = self.w;
        let link = |key| Link::new("#", self.text(key));
        let wrong = self.wrong();
        Style {
            page,
            w,
            colours: COLOURS,
            tags: vec![
                Tag::new(Tone::Late, self.text("style-to-name")),
                Tag::new(Tone::Soon, self.text("style-to-answer")),
                Tag::new(Tone::Fine, self.text("style-to-set")),
                Tag::new(Tone::Done, self.text("style-oriented")),
            ],
            countdowns: [-40, -2, -1, 0, 1, 3, 12].map(|days| self.due(days)).into(),
            sources: vec![
                self.source("france-travail").on(self.day(-7)),
                self.source("cnaf").on(self.day(-400)),
                self.source("departement"),
                self.source("mission-locale"),
                self.source("person"),
                self.source("ccas-avion"),
            ],
            tiles: self.tiles(),
            steps: Steps::new(
                w,
                ["style-step-send", "style-step-check", "style-step-import", "style-step-report"]
                    .map(|key| self.text(key))
                    .into(),
                1,
            ),
            meters: [
                Meter::new("L. Fournet", self.w.say("style-caseload").with("count", 96).to_string(), 96, 100),
                Meter::new("H. Leroux", self.w.say("style-caseload").with("count", 71).to_string(), 71, 100),
            ],
            filters: Filters::new(w, 1_284, self.chips(), "#"),
            no_filters: Filters::new(w, 0, Vec::new(), "#"),
            columns: self.columns(),
            rows: self.rows(),
            pagination: Pagination::new(w, 6, 24, "/style"),
            summary: self.summary(),
            path: self.path(),
            comparison: self.comparison(),
            why: Why::new(w, self.text("style-why"))
                .by(vec![link("style-clause-1"), link("style-clause-2")])
                .without(14)
                .shown_to_person(),
            why_bare: Why::new(w, self.text("style-why")).without(1),
            empty: Empty::new(self.text("style-empty-title"), self.text("style-empty-text"))
                .with_act(link("style-empty-act")),
            notices: [
                Notice::important(w, self.text("style-notice")),
                Notice::done(w, self.text("style-done")).with_link(link("style-undo")),
            ],
            confirmation: Confirmation::new(
                self.text("style-confirmed-title"),
                self.text("style-confirmed-text"),
                vec![link("style-next-1"), link("style-next-2")],
            ),
            errors: Errors::of(w, &wrong.iter().collect::<Vec<_>>()),
            fields: self.fields(reason),
            wrong,
            upload: Field::file(w, "file", self.text("style-file"), Upload { accept: ".xml,.zip" })
                .hint(self.text("style-file-hint")),
        }
    }

    fn tiles(self) -> Tiles {
        let tile = |count, key, tone| Tile { count, link: Link::new("#", self.text(key)), tone };
        Tiles::new(
            self.w,
            vec![
                tile(3, "style-tile-late", Tone::Late),
                tile(17, "style-tile-soon", Tone::Soon),
                tile(1_041, "style-tile-orient", Tone::Fine),
                tile(0, "style-tile-identity", Tone::Fine),
            ],
        )
    }

    fn chips(self) -> Vec<Chip> {
        let chip =
            |label, value| Chip { label: self.text(label), value: self.text(value), without: "#".into() };
        vec![chip("style-col-source", "style-filter-source"), chip("style-filter-state", "style-filter-late")]
    }

    fn columns(self) -> Columns {
        let column = |key| Column::new(self.text(key));
        Columns::new(
            self.w,
            self.text("style-table"),
            vec![
                column("style-col-person").sorted_by("#", Some(Order::Rising)),
                column("style-col-source"),
                column("style-col-months").numeric().sorted_by("#", None),
                column("style-col-due").sorted_by("#", None),
                column("style-col-act").hidden(),
            ],
        )
    }

    fn rows(self) -> Vec<Row> {
        let row = |name, town: &str, source, months, days, act| Row {
            name,
            sub: format!("1987 · {town}"),
            source: self.source(source),
            count: self.w.number(months),
            due: self.due(days),
            act: self.text(act),
        };
        vec![
            row("MORELLE Nadège", "Avion", "france-travail", 14, -2, "style-take"),
            row("VAUQUELIN-DESRUMAUX Idriss-Emmanuel", "Hénin-Beaumont", "departement", 3, 3, "style-see"),
            row("BRUNEAU-KAYA Solène", "Carvin", "cnaf", 128, 12, "style-answer"),
        ]
    }

    fn summary(self) -> SummaryList {
        let detail = |key| Detail::new(self.text(key));
        let recent = self.day(-7);
        SummaryList::new(
            self.w,
            vec![
                detail("style-rights")
                    .said(self.text("style-rights-value"), self.source("cnaf").on(self.day(-16))),
                detail("style-town")
                    .said("Avion", self.source("france-travail").on(recent))
                    .said("Méricourt", self.source("cnaf").on(self.day(-16)))
                    .act(Link::new("#", self.text("style-choose"))),
                detail("style-referent").act(Link::new("#", self.text("style-name"))),
                detail("style-household").value(self.text("style-household-value")),
            ],
        )
    }

    fn path(self) -> Path {
        let happening = |days, kind, title, text: Option<&'static str>, source| Happening {
            day: self.day(days),
            kind,
            title: self.text(title),
            text: text.map(|key| self.text(key)),
            source: self.source(source),
        };
        Path::new(
            self.w,
            vec![
                happening(-160, Kind::Decision, "style-path-orientation", None, "departement"),
                happening(
                    -23,
                    Kind::Contact,
                    "style-path-form",
                    Some("style-path-form-text"),
                    "france-travail",
                ),
                happening(-38, Kind::Fact, "style-path-mode", Some("style-path-mode-text"), "france-travail"),
                happening(-230, Kind::Fact, "style-path-rights", None, "cnaf"),
            ],
        )
    }

    fn comparison(self) -> Comparison {
        let line = |key, left: Option<&str>, right: Option<&str>| Compared {
            label: self.text(key),
            left: left.map(str::to_owned),
            right: right.map(str::to_owned),
        };
        let (one, other) = (self.w.date(Date::constant(1987, 3, 4)), self.w.date(Date::constant(1987, 4, 3)));
        Comparison::new(
            self.w,
            self.text("style-comparison"),
            self.source("france-travail").on(self.day(-7)),
            self.source("cnaf").on(self.day(-16)),
            vec![
                line("style-birth-name", Some("LECOMTE"), Some("LECOMTE")),
                line("style-first-name", Some("Nadège"), Some("Nadège")),
                line("style-birth-date", Some(&one), Some(&other)),
                line("style-town", Some("Avion"), None),
            ],
        )
    }

    fn fields(self, reason: Option<String>) -> Vec<Field> {
        let w = self.w;
        let choice = |value: &str, key| Choice::new(value, self.text(key));
        vec![
            Field::line(w, "reason", self.text("style-reason"))
                .hint(self.text("style-reason-hint"))
                .value(reason.unwrap_or_default()),
            Field::email(w, "email", self.text("style-email")).wide(30).optional(),
            Field::password(w, "password", self.text("style-password"), "new-password")
                .hint(self.text("style-password-hint")),
            Field::code(w, "code", self.text("style-code")),
            Field::day(w, "date", self.text("style-date"), ["", "", ""]).hint(self.text("style-date-hint")),
            Field::one_of(
                w,
                "nature",
                self.text("style-nature"),
                vec![
                    choice("01", "style-nature-1").chosen(true),
                    choice("05", "style-nature-2").hint(self.text("style-nature-hint")),
                ],
            ),
            Field::any_of(
                w,
                "barriers",
                self.text("style-barriers"),
                vec![choice("1", "style-barrier-1"), choice("2", "style-barrier-2").chosen(true)],
            ),
            Field::one_of_many(
                w,
                "organisation",
                self.text("style-organisation"),
                vec![choice("", "style-organisation-none"), choice("1", "style-organisation-1")],
            ),
            Field::paragraph(w, "note", self.text("style-note")).optional(),
        ]
    }

    fn wrong(self) -> Vec<Field> {
        let w = self.w;
        let choice = |value: &str, key| Choice::new(value, self.text(key));
        vec![
            Field::line(w, "wrong-reason", self.text("style-reason"))
                .error(Some(self.text("style-reason-error"))),
            Field::day(w, "wrong-date", self.text("style-date"), ["31", "2", "2026"])
                .hint(self.text("style-date-hint"))
                .error(Some(self.text("style-date-error"))),
            Field::one_of(
                w,
                "wrong-nature",
                self.text("style-nature"),
                vec![choice("01", "style-nature-1"), choice("05", "style-nature-2")],
            )
            .error(Some(self.text("style-nature-error"))),
        ]
    }
}

/// The colours, with what each is for.
const COLOURS: [(&str, &str); 9] = [
    ("brand", "style-colour-brand"),
    ("brand-wash", "style-colour-wash"),
    ("paper", "style-colour-paper"),
    ("ink", "style-colour-ink"),
    ("ink-soft", "style-colour-soft"),
    ("late", "style-colour-late"),
    ("soon", "style-colour-soon"),
    ("done", "style-colour-done"),
    ("sun", "style-colour-sun"),
];

use std::fmt;

/// A place in a convention file: line and column of its first character and of the one after its last, all counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Span {
    /// Line of the first character.
    pub line: u32,
    /// Column of the first character, in characters.
    pub column: u32,
    /// Line of the character after the last.
    pub end_line: u32,
    /// Column of the character after the last.
    pub end_column: u32,
}

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file decides nothing until it is put right.
    Error,
    /// The file is executed as it stands; a jurist should look.
    Warning,
}

/// One thing that is wrong in a convention file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// How grave it is.
    pub severity: Severity,
    /// Short name of the broken rule, as `docs/convention.md` lists it.
    pub rule: &'static str,
    /// Name of the file, as the caller gave it.
    pub file: String,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub fix: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(
            f,
            "{}:{}:{}: {severity}[{}]: {}",
            self.file, self.span.line, self.span.column, self.rule, self.what
        )?;
        write!(f, "  = {}", self.fix)
    }
}

/// Collects problems while a file is read.
pub struct Problems<'t> {
    file: &'t str,
    text: &'t str,
    /// Where each line begins.
    lines: Vec<usize>,
    found: Vec<Problem>,
}

impl<'t> Problems<'t> {
    /// None yet. `file` is the name that they are reported under, `text` what it holds.
    #[must_use]
    pub fn new(file: &'t str, text: &'t str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(index, _)| index + 1)).collect();
        Self { file, text, lines, found: Vec::new() }
    }

    /// The file decides nothing until this is put right.
    pub fn error(&mut self, rule: &'static str, span: Span, what: impl Into<String>, fix: impl Into<String>) {
        self.push(Severity::Error, rule, span, what.into(), fix.into());
    }

    /// Someone should look at this.
    pub fn warning(
        &mut self,
        rule: &'static str,
        span: Span,
        what: impl Into<String>,
        fix: impl Into<String>,
    ) {
        self.push(Severity::Warning, rule, span, what.into(), fix.into());
    }

    fn push(&mut self, severity: Severity, rule: &'static str, span: Span, what: String, fix: String) {
        self.found.push(Problem { severity, rule, file: self.file.to_owned(), span, what, fix });
    }

    /// Problems found by another way.
    pub(crate) fn extend(&mut self, problems: Vec<Problem>) {
        self.found.extend(problems);
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// The problems, in the order of the file.
    pub fn finish(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|problem| (problem.span, problem.severity));
        self.found
    }

    /// Lines and columns of a range of bytes.
    pub fn span(&self, bytes: std::ops::Range<usize>) -> Span {
        let (line, column) = self.place(bytes.start);
        let (end_line, end_column) = self.place(bytes.end.max(bytes.start));
        Span { line, column, end_line, end_column }
    }

    fn place(&self, at: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= at);
        let start =
            line.checked_sub(1).and_then(|before| self.lines.get(before)).copied().unwrap_or_default();
        let rest = self.text.get(start..).unwrap_or_default();
        let column = rest.char_indices().take_while(|(index, _)| start + index < at).count();
        (line as u32, column as u32 + 1)
    }
}

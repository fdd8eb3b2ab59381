//! What `check` found, for programs and in a line each. (For people [`crate::diagnostic::render`] draws it.)

use std::fmt::Write as _;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Lines, Severity, SourceFile};

/// Everything that was found, in the order of files and places.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'a> {
    /// The files of the guide.
    pub files: &'a [SourceFile],
    /// What is wrong.
    pub findings: &'a [Diagnostic],
    /// How many scenarios passed and failed; none were run where the guide cannot be used.
    pub scenarios: Option<(usize, usize)>,
}

impl Verdict<'_> {
    /// The closing line.
    #[must_use]
    pub fn summary(&self) -> String {
        let count = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        let found = match (count(Severity::Error), count(Severity::Warning)) {
            (0, 0) => "nothing found".to_owned(),
            (errors, 0) => plural(errors, "error"),
            (0, warnings) => plural(warnings, "warning"),
            (errors, warnings) => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
        };
        let scenarios = match self.scenarios {
            Some((passed, failed)) => format!("{} passed, {failed} failed", plural(passed, "scenario")),
            None => "scenarios not run: mend the errors first".to_owned(),
        };
        format!("{}: {found}; {scenarios}", plural(self.files.len(), "file"))
    }
}

fn plural(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A finding a line: `file:line:column: severity[rule]: message`.
#[must_use]
pub fn short(verdict: &Verdict<'_>) -> String {
    let mut lines = Lines::new(verdict.files);
    let mut out = String::new();
    for finding in verdict.findings {
        if let Some((file, line, column)) = lines.place(finding) {
            let _ = write!(out, "{}:{line}:{column}: ", printable(&verdict.files[file].path));
        }
        let message = printable(&finding.message);
        let _ = writeln!(out, "{}[{}]: {message}", finding.severity.word(), finding.rule);
    }
    out
}

/// One line, and nothing in it that would act on the terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[derive(Serialize)]
struct Found<'a> {
    format: u32,
    findings: Vec<Finding<'a>>,
    scenarios: Scenarios,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: Severity,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Scenarios {
    passed: usize,
    failed: usize,
}

/// Everything for programs; files by their names in the folder.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn json(verdict: &Verdict<'_>) -> serde_json::Result<String> {
    let mut lines = Lines::new(verdict.files);
    let findings = verdict.findings.iter().map(|finding| {
        let place = lines.place(finding);
        Finding {
            rule: finding.rule,
            severity: finding.severity,
            file: place.map(|(file, ..)| name(&verdict.files[file].path)),
            line: place.map(|(_, line, _)| line),
            column: place.map(|(.., column)| column),
            message: &finding.message,
            help: finding.help.as_deref(),
        }
    });
    let findings = findings.collect();
    let (passed, failed) = verdict.scenarios.unwrap_or_default();
    let found = Found { format: 1, findings, scenarios: Scenarios { passed, failed } };
    Ok(serde_json::to_string_pretty(&found)? + "\n")
}

fn name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

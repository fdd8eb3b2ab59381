//! What is wrong with a guide, told so that its author can mend it: where, what, and the way out.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::layout::floor;

/// How much a finding weighs. Only errors keep a guide from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The guide cannot be used.
    Error,
    /// The guide works, but something in it is doubtful.
    Warning,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One file of a guide as it was read.
#[derive(Clone, Debug, Default)]
pub struct SourceFile {
    /// The path as the author would name it.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// One finding in the content of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The id of the rule, as in [`crate::guide::rules::all`].
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Index of the file, and the bytes of it that are meant. `None` where no file is to blame.
    pub place: Option<(usize, Range<usize>)>,
    /// The way out, where one is known.
    pub help: Option<String>,
}

/// Line and column of a byte, both counted from 1, the column in characters.
#[must_use]
pub fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let start = line_start(text, byte);
    let line = text[..start].matches('\n').count() + 1;
    let column = text[start..floor(text, byte)].chars().count() + 1;
    (line, column)
}

fn line_start(text: &str, byte: usize) -> usize {
    text[..floor(text, byte)].rfind('\n').map_or(0, |at| at + 1)
}

/// Where the lines of files begin. Counted once a file: a large one can have thousands of findings.
#[derive(Debug)]
pub struct Lines<'f> {
    files: &'f [SourceFile],
    starts: Vec<Option<Vec<usize>>>,
}

impl<'f> Lines<'f> {
    /// Nothing is counted yet.
    #[must_use]
    pub fn new(files: &'f [SourceFile]) -> Self {
        Self { files, starts: vec![None; files.len()] }
    }

    fn of(&mut self, file: usize) -> &[usize] {
        let text = &self.files[file].text;
        self.starts[file]
            .get_or_insert_with(|| std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// File, line and column of a finding, the last two counted from 1, columns in characters.
    pub fn place(&mut self, finding: &Diagnostic) -> Option<(usize, usize, usize)> {
        let (file, span) = finding.place.as_ref()?;
        let text = &self.files.get(*file)?.text;
        let byte = floor(text, span.start);
        let starts = self.of(*file);
        let line = starts.partition_point(|&start| start <= byte).max(1);
        Some((*file, line, text[starts[line - 1]..byte].chars().count() + 1))
    }
}

/// Draws findings the way compilers do: the line itself, the place in it, what to do.
///
/// `coloured` adds terminal colours; the caller knows whether they are wanted.
#[must_use]
pub fn render(findings: &[Diagnostic], files: &[SourceFile], coloured: bool) -> String {
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let mut lines = Lines::new(files);
    for finding in findings {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&finding.message).id(finding.rule);
        let line;
        let mut places = None;
        let mut group = match &finding.place {
            Some((file, span)) if *file < files.len() => {
                let SourceFile { path, text } = &files[*file];
                line = Excerpt::of(text, lines.of(*file), span);
                let place = |column| format!("{path}:{}:{column}", line.number);
                places = Some((place(line.shown_column()), place(line.column)));
                title.element(
                    Snippet::source(line.text.as_str())
                        .line_start(line.number)
                        .path(path.as_str())
                        .annotation(AnnotationKind::Primary.span(line.span.clone())),
                )
            }
            _ => Group::with_title(title),
        };
        if let Some(help) = &finding.help {
            group = group.element(Level::HELP.message(help));
        }
        let mut drawn = renderer.render(&[group]);
        // It counts the columns of what is shown, which may be a piece of the line.
        if let Some((shown, meant)) = places.filter(|(shown, meant)| shown != meant) {
            drawn = drawn.replacen(&shown, &meant, 1);
        }
        let _ = writeln!(out, "{drawn}\n");
    }
    out
}

/// The line that a finding is about, cut to what a terminal can show.
struct Excerpt {
    text: String,
    number: usize,
    /// In the whole line, counted from 1 in characters.
    column: usize,
    span: Range<usize>,
}

impl Excerpt {
    /// A line of content may be a whole paragraph; more of it than this hides the place.
    const MOST: usize = 160;

    fn of(text: &str, starts: &[usize], span: &Range<usize>) -> Self {
        let number = starts.partition_point(|&start| start <= span.start).max(1);
        let start = starts[number - 1];
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[start..end].trim_end_matches('\r');
        let from = floor(text, span.start) - start;
        let from = from.min(line.len());
        let cut = if from > Self::MOST / 2 { floor(line, from - Self::MOST / 4) } else { 0 };
        let stop = floor(line, cut + Self::MOST);
        let to = floor(text, span.end).saturating_sub(start).clamp(from, stop.max(from));
        // Control characters would act on the terminal; they are shown as what they are.
        let shown = |piece: &str| -> String {
            piece.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect()
        };
        let (before, meant, behind) = (shown(&line[cut..from]), shown(&line[from..to]), shown(&line[to..stop.max(to)]));
        let span = before.len()..before.len() + meant.len();
        Self { text: before + &meant + &behind, number, column: line[..from].chars().count() + 1, span }
    }

    /// The column in the piece that is shown.
    fn shown_column(&self) -> usize {
        self.text[..self.span.start].chars().count() + 1
    }
}

/// The name among `known` that was probably meant, as "did you mean `…`?".
#[must_use]
pub fn near_miss<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wrong = wrong.to_lowercase();
    known
        .into_iter()
        .map(|name| {
            let alike = strsim::normalized_damerau_levenshtein(&wrong, &name.to_lowercase());
            let inside = wrong.len() >= 4 && (name.contains(&wrong) || wrong.contains(name)) && name.len() >= 4;
            (if inside { alike.max(0.7) } else { alike }, name)
        })
        .filter(|(alike, _)| *alike >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters() {
        let text = "a\n余额 = 1\r\nz";
        for (byte, expected) in
            [(0, (1, 1)), (2, (2, 1)), (5, (2, 2)), (9, (2, 4)), (text.len(), (3, 2)), (999, (3, 2))]
        {
            assert_eq!(line_and_column(text, byte), expected, "byte {byte}");
        }
    }

    #[test]
    fn near_misses() {
        let known = ["card-kind", "card-funds", "place"];
        assert_eq!(near_miss("card-knid", known).as_deref(), Some("did you mean `card-kind`?"));
        assert_eq!(near_miss("Place", known).as_deref(), Some("did you mean `place`?"));
        assert_eq!(near_miss("weather", known), None);
    }

    /// A piece of a long line is shown, and characters that act on terminals are shown as others; the place is that in
    /// the file all the same.
    #[test]
    fn rendering_tells_the_column_in_the_file() {
        for before in [" ".repeat(300), "余".repeat(300), "\u{85}\u{85}余".into()] {
            let files = [SourceFile { path: "g.toml".into(), text: format!("a\n{before}wrong{}", " x".repeat(200)) }];
            let finding = Diagnostic {
                rule: "bad-value",
                severity: Severity::Error,
                message: "no".into(),
                place: Some((0, 2 + before.len()..2 + before.len() + 5)),
                help: None,
            };
            let column = before.chars().count() + 1;
            assert_eq!(Lines::new(&files).place(&finding), Some((0, 2, column)));
            let out = render(&[finding], &files, false);
            assert!(out.contains(&format!("--> g.toml:2:{column}\n")), "{out}");
            let lines: Vec<&str> = out.lines().collect();
            let at = |line: &str, what: &str| unicode_width::UnicodeWidthStr::width(&line[..line.find(what).unwrap()]);
            assert_eq!((at(lines[3], "wrong"), lines[4].matches('^').count()), (at(lines[4], "^"), 5), "{out}");
        }
    }

    #[test]
    fn rendering_shows_the_line_and_the_way_out() {
        let files = [SourceFile { path: "g/screens.toml".into(), text: "a = 1\nkind = \"choise\"\n".into() }];
        let finding = Diagnostic {
            rule: "bad-value",
            severity: Severity::Error,
            message: "`choise` is no kind of screen".into(),
            place: Some((0, 13..21)),
            help: Some("did you mean `choice`?".into()),
        };
        insta::assert_snapshot!(render(&[finding], &files, false));
    }
}

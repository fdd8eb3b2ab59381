//! Text of a guide: by language, in parts, with the little Markdown that guides may use. Parsed once when the
//! guide is checked, so that drawing never meets a malformed text.

use std::borrow::Cow;

use super::answer::Facts;
use super::condition::{Condition, holds};
use super::{FigureIx, LetterIx, ScreenIx};
use crate::words::Lang;

/// A text in every language of the guide; of several parts those are shown whose condition holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// In the order in which they are shown.
    pub parts: Vec<Part>,
}

/// One part of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// When the part is shown; always, if there is none.
    pub when: Option<Condition>,
    /// One entry for each language of the guide; `None` where the author left it out.
    pub by_language: Vec<Option<Markup>>,
}

/// A parsed text in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// Paragraphs and list items.
    pub lines: Vec<MarkupLine>,
}

/// A paragraph or a list item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkupLine {
    /// Whether it began with `- `.
    pub item: bool,
    /// The pieces of it.
    pub spans: Vec<MarkupSpan>,
}

/// A run of one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkupSpan {
    /// The text, or what is to be filled in.
    pub content: Content,
    /// `**strong**`
    pub strong: bool,
    /// `*soft*`
    pub soft: bool,
    /// Where `[text](https://…)` leads.
    pub link: Option<String>,
}

/// Fixed text or a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Fixed text.
    Text(String),
    /// `{name}`
    Value(Value),
}

/// What `{name}` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// An amount by its figure.
    Figure(FigureIx),
    /// An answer by its screen.
    Answer(ScreenIx),
    /// In a letter: an answer that was given, or a blank for it.
    Said(ScreenIx),
    /// In a letter: what only the person knows, by its number.
    Blank(LetterIx, usize),
    /// In a letter: what was tried, in order.
    Tried,
}

/// Text ready to be laid out: values filled in, no markup left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich {
    /// Paragraphs and list items.
    pub lines: Vec<RichLine>,
}

/// A paragraph or a list item of a [`Rich`] text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichLine {
    /// Whether it is a list item.
    pub item: bool,
    /// The pieces of it.
    pub spans: Vec<RichSpan>,
}

/// A run of one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichSpan {
    /// The words.
    pub text: String,
    /// Emphasised.
    pub strong: bool,
    /// Of less weight.
    pub soft: bool,
    /// The address behind the words.
    pub link: Option<String>,
}

impl Text {
    /// The text for one language, values filled in. A part that names something unknown is left out, and a
    /// language that is missing falls back to the guide's first.
    #[must_use]
    pub fn rich(&self, language: usize, facts: &Facts<'_>) -> Rich {
        let mut lines = Vec::new();
        for part in &self.parts {
            if !holds(part.when.as_ref(), facts) {
                continue;
            }
            if let Some(filled) = part.markup(language).and_then(|markup| markup.fill(language, facts)) {
                lines.extend(filled);
            }
        }
        Rich { lines }
    }

    /// The text as one plain line for people.
    #[must_use]
    pub fn line(&self, language: usize, facts: &Facts<'_>) -> String {
        if let Some(text) = self.fixed_line(language) {
            return text.to_owned();
        }
        let lang = Lang::of(facts.guide.language_code(language));
        self.rich(language, facts).readable(lang)
    }

    /// The text, if it is one line in which nothing changes, as most titles and labels are.
    fn fixed_line(&self, language: usize) -> Option<&str> {
        let [part @ Part { when: None, .. }] = &self.parts[..] else { return None };
        let [MarkupLine { item: false, spans }] = &part.markup(language)?.lines[..] else { return None };
        match &spans[..] {
            [MarkupSpan { content: Content::Text(text), link: None, .. }] => Some(text),
            _ => None,
        }
    }

    /// The words of it in every language, values left out: for searching.
    pub fn fixed(&self) -> impl Iterator<Item = String> + '_ {
        self.parts.iter().flat_map(|part| part.by_language.iter().flatten()).map(|markup| {
            let spans = markup.lines.iter().flat_map(|line| &line.spans);
            spans
                .filter_map(|span| match &span.content {
                    Content::Text(text) => Some(text.as_str()),
                    Content::Value(_) => None,
                })
                .collect()
        })
    }

    /// What is filled in where it is shown now, in order, each once.
    #[must_use]
    pub fn values(&self, language: usize, facts: &Facts<'_>) -> Vec<Value> {
        let parts = self.parts.iter().filter(|part| holds(part.when.as_ref(), facts));
        let lines = parts.filter_map(|part| part.markup(language)).flat_map(|markup| &markup.lines);
        let mut values: Vec<Value> = Vec::new();
        for span in lines.flat_map(|line| &line.spans) {
            match span.content {
                Content::Value(value) if !values.contains(&value) => values.push(value),
                Content::Value(_) | Content::Text(_) => {}
            }
        }
        values
    }

    /// Whether there is nothing in it at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

impl Part {
    /// The markup for a language, or the first language's.
    #[must_use]
    pub fn markup(&self, language: usize) -> Option<&Markup> {
        self.by_language
            .get(language)
            .and_then(Option::as_ref)
            .or_else(|| self.by_language.first().and_then(Option::as_ref))
            .or_else(|| self.by_language.iter().flatten().next())
    }
}

impl Markup {
    fn fill(&self, language: usize, facts: &Facts<'_>) -> Option<Vec<RichLine>> {
        self.lines
            .iter()
            .map(|line| {
                let spans = line
                    .spans
                    .iter()
                    .map(|span| {
                        let text = match &span.content {
                            Content::Text(text) => text.clone(),
                            Content::Value(value) => facts.show(*value, language)?,
                        };
                        Some(RichSpan { text, strong: span.strong, soft: span.soft, link: span.link.clone() })
                    })
                    .collect::<Option<Vec<_>>>()?;
                Some(RichLine { item: line.item, spans })
            })
            .collect()
    }
}

impl Rich {
    /// A text of one plain paragraph, for the program's own words.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        let span = RichSpan { text: text.into(), ..RichSpan::default() };
        Self { lines: vec![RichLine { item: false, spans: vec![span] }] }
    }

    /// Whether nothing would be shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Everything as plain text, the lines joined by `between`, links as `text (url)`.
    #[must_use]
    pub fn plain(&self, between: &str) -> String {
        self.lines.iter().map(RichLine::plain).collect::<Vec<_>>().join(between)
    }
}

impl Rich {
    /// Everything in one line for people, in the manner of their language.
    #[must_use]
    pub fn readable(&self, lang: Lang) -> String {
        let (open, close) = lang.around_links();
        self.lines.iter().map(|line| line.with_links(open, close)).collect::<Vec<_>>().join(lang.gap())
    }
}

impl RichLine {
    /// The line as plain text, links as `text (url)`.
    #[must_use]
    pub fn plain(&self) -> String {
        self.with_links(" (", ")")
    }

    fn with_links(&self, open: &str, close: &str) -> String {
        let mut out = String::new();
        if self.item {
            out.push_str("- ");
        }
        for span in &self.spans {
            match &span.link {
                Some(url) if span.names_its_link() => out.push_str(url),
                Some(url) => out.extend([&span.text, open, url, close]),
                None => out.push_str(&span.text),
            }
        }
        out
    }
}

impl RichSpan {
    /// Whether the words are the address itself, with or without its `https://`: then it is shown once.
    #[must_use]
    pub fn names_its_link(&self) -> bool {
        let bare = |text: &str| text.trim_start_matches("https://").trim_end_matches('/').to_owned();
        self.link.as_ref().is_some_and(|url| bare(url) == bare(&self.text))
    }
}

/// What is wrong with a text, and the byte of it where that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule that is broken.
    pub rule: &'static str,
    /// In a sentence.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl Markup {
    /// Parses the Markdown that guides may use. `resolve` finds what a `{name}` stands for.
    ///
    /// A lone line break is a space, an empty line starts a paragraph, `- ` an item; `\` takes the meaning from
    /// the character behind it, `{{` and `}}` are braces.
    pub fn parse(text: &str, mut resolve: impl FnMut(&str) -> Result<Value, Fault>) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut lines: Vec<(bool, Cow<'_, str>)> = Vec::new();
        let mut fresh = true;
        let text = text.trim();
        let spaced = if text.contains('\t') { Cow::from(text.replace('\t', " ")) } else { Cow::from(text) };
        for raw in spaced.lines() {
            let raw = raw.trim();
            if raw.is_empty() {
                fresh = true;
            } else if let Some(item) = raw.strip_prefix("- ") {
                lines.push((true, item.trim_start().into()));
                fresh = false;
            } else if fresh || lines.is_empty() {
                lines.push((false, raw.into()));
                fresh = false;
            } else if let Some((_, last)) = lines.last_mut() {
                let last = last.to_mut();
                // Chinese is written without spaces, also across a line break.
                if !last.ends_with(is_wide) || !raw.starts_with(is_wide) {
                    last.push(' ');
                }
                last.push_str(raw);
            }
        }
        let lines = lines
            .into_iter()
            .map(|(item, text)| MarkupLine { item, spans: parse_spans(&text, &mut resolve, &mut faults) })
            .collect();
        (Self { lines }, faults)
    }
}

fn is_wide(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(2)
}

#[derive(Default)]
struct Run {
    spans: Vec<MarkupSpan>,
    buffer: String,
    strong: bool,
    soft: bool,
    link: Option<String>,
}

impl Run {
    fn flush(&mut self) {
        if !self.buffer.is_empty() {
            let content = Content::Text(std::mem::take(&mut self.buffer));
            self.push(content);
        }
    }

    fn push(&mut self, content: Content) {
        self.spans.push(MarkupSpan { content, strong: self.strong, soft: self.soft, link: self.link.clone() });
    }
}

fn parse_spans(
    text: &str,
    resolve: &mut impl FnMut(&str) -> Result<Value, Fault>,
    faults: &mut Vec<Fault>,
) -> Vec<MarkupSpan> {
    let mut run = Run::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut step = c.len_utf8();
        match c {
            '\\' => {
                if let Some(next) = rest[1..].chars().next() {
                    run.buffer.push(next);
                    step += next.len_utf8();
                }
            }
            '{' | '}' if rest[1..].starts_with(c) => {
                run.buffer.push(c);
                step = 2;
            }
            '{' => {
                if let Some(end) = near(rest).find('}') {
                    let name = &rest[1..end];
                    match resolve(name) {
                        Ok(value) => {
                            run.flush();
                            run.push(Content::Value(value));
                        }
                        Err(fault) => faults.push(fault),
                    }
                    step = end + 1;
                } else {
                    faults.push(brace_fault('{'));
                }
            }
            '}' => faults.push(brace_fault('}')),
            '*' => {
                run.flush();
                if rest.starts_with("**") {
                    run.strong = !run.strong;
                    step = 2;
                } else {
                    run.soft = !run.soft;
                }
            }
            '[' => match link(rest) {
                Some((words, url, length)) => {
                    if !url.starts_with("https://") || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
                        faults.push(Fault {
                            rule: "link-not-https",
                            message: format!("the link `{url}` does not begin with https://"),
                            help: Some("only https links are shown to people".into()),
                        });
                    }
                    if let Some(mark) = words.chars().find(|c| matches!(c, '{' | '}' | '*')) {
                        faults.push(Fault {
                            rule: "markup",
                            message: format!("`{mark}` in the words of a link is shown as it is"),
                            help: Some("the words of a link are plain: put the rest before or behind it".into()),
                        });
                    }
                    run.flush();
                    run.link = Some(url.to_owned());
                    run.buffer.push_str(words);
                    run.flush();
                    run.link = None;
                    step = length;
                }
                None => run.buffer.push(c),
            },
            _ => {
                let means = |byte| matches!(byte, b'\\' | b'{' | b'}' | b'*' | b'[');
                step = rest.bytes().position(means).unwrap_or(rest.len());
                run.buffer.push_str(&rest[..step]);
            }
        }
        rest = &rest[step..];
    }
    run.flush();
    if run.strong || run.soft {
        let mark = if run.strong { "**" } else { "*" };
        faults.push(Fault {
            rule: "markup",
            message: format!("`{mark}` is opened and never closed"),
            help: Some("close it, or write `\\*` for a star".into()),
        });
    }
    run.spans
}

/// Where names stand in the braces of a text that has no faults: what [`Markup::parse`] fills in there.
#[must_use]
pub fn placeholders(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        at += match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '{' | '}' if rest[1..].starts_with(c) => 2,
            '{' => near(rest).find('}').map_or(1, |end| {
                found.push(at + 1..at + end);
                end + 1
            }),
            '[' => link(rest).map_or(1, |(.., length)| length),
            _ => c.len_utf8(),
        };
    }
    found
}

/// As far as a name or a link can reach: a text of a million open brackets must not be searched a million times.
fn near(rest: &str) -> &str {
    const REACH: usize = 2000;
    &rest[..crate::layout::floor(rest, REACH)]
}

fn brace_fault(brace: char) -> Fault {
    Fault {
        rule: "markup",
        message: format!("a lone `{brace}`"),
        help: Some("`{name}` stands for a figure or an answer; `{{` and `}}` are braces".into()),
    }
}

/// `[words](url)` at the start of `rest`: the words, the address, the bytes taken.
fn link(rest: &str) -> Option<(&str, &str, usize)> {
    let rest = near(rest);
    let middle = rest.find("](")?;
    let end = middle + rest[middle..].find(')')?;
    let words = &rest[1..middle];
    (!words.contains('[')).then_some((words, &rest[middle + 2..end], end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (String, Vec<&'static str>) {
        let (markup, faults) = Markup::parse(text, |name| {
            if name == "hold" {
                Ok(Value::Figure(0))
            } else {
                Err(Fault { rule: "unknown-placeholder", message: name.into(), help: None })
            }
        });
        let mut out = String::new();
        for line in &markup.lines {
            out.push_str(if line.item { "<li>" } else { "<p>" });
            for span in &line.spans {
                let (open, close) = match (span.strong, span.soft) {
                    (true, _) => ("<b>", "</b>"),
                    (_, true) => ("<i>", "</i>"),
                    _ => ("", ""),
                };
                out.push_str(open);
                match &span.content {
                    Content::Text(text) => out.push_str(text),
                    Content::Value(_) => out.push_str("<value>"),
                }
                if let Some(url) = &span.link {
                    out.extend(["<a ", url, ">"]);
                }
                out.push_str(close);
            }
        }
        (out, faults.iter().map(|fault| fault.rule).collect())
    }

    #[test]
    fn markup() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("plain", "<p>plain", &[]),
            ("**a** *b* c", "<p><b>a</b> <i>b</i> c", &[]),
            ("one\ntwo\n\nthree", "<p>one two<p>three", &[]),
            ("一行\n两行", "<p>一行两行", &[]),
            ("see:\n- a\n- b", "<p>see:<li>a<li>b", &[]),
            ("keep {hold} free", "<p>keep <value> free", &[]),
            ("**{hold}**", "<p><b><value></b>", &[]),
            ("{{x}} \\* \\{", "<p>{x} * {", &[]),
            ("[the list](https://a.example/b) now", "<p>the list<a https://a.example/b> now", &[]),
            ("[the list](http://a.example)", "<p>the list<a http://a.example>", &["link-not-https"]),
            ("{nope}", "<p>", &["unknown-placeholder"]),
            ("a } b", "<p>a  b", &["markup"]),
            ("{open", "<p>open", &["markup"]),
            ("**open", "<p><b>open</b>", &["markup"]),
            ("[not a link]", "<p>[not a link]", &[]),
        ];
        for (text, expected, faults) in cases {
            assert_eq!(parse(text), ((*expected).to_owned(), faults.to_vec()), "{text:?}");
            let named = placeholders(text).into_iter().filter(|name| &text[name.clone()] == "hold").count();
            assert_eq!(named, expected.matches("<value>").count(), "{text:?}");
        }
    }
}

//! The list as Markdown as GitHub and others read it: boxes to tick, and every word from the guide or the person taken
//! literally.

use super::sheet::{Entry, Sheet, address, tame};
use crate::guide::answer::Facts;
use crate::guide::text::{Rich, RichLine, RichSpan};
use crate::report::Report;

/// The whole list as Markdown.
#[must_use]
pub fn markdown(facts: &Facts<'_>, report: &Report) -> String {
    let sheet = Sheet::new(facts, report);
    let words = sheet.tongue.words();
    let heading = |text: &str| format!("## {}", escape(text));
    let mut blocks = vec![literal(&sheet.subject), format!("# {}", escape(&sheet.headline))];
    blocks.extend(sheet.why.iter().map(|why| literal(why)));
    blocks.extend(sheet.explains.map(heading));
    blocks.extend(paragraphs(&sheet.explain.lines));
    blocks.extend(sheet.warnings.iter().map(|entry| warning(&sheet, entry)));

    if !sheet.fixes.is_empty() || sheet.nothing_left.is_some() {
        blocks.push(heading(words.what_to_do));
    }
    blocks.extend(sheet.nothing_left.map(literal));
    for (number, entry) in sheet.fixes.iter().enumerate() {
        blocks.extend(entry.lead.as_deref().map(literal));
        blocks.push(nest(&format!("{}. ", number + 1), &task(&sheet, entry)));
    }
    if !sheet.tried.is_empty() {
        blocks.push(heading(words.tried));
        blocks.push(bullets(sheet.tried.iter().map(|tried| literal(tried))));
    }
    if !sheet.also_mind.is_empty() {
        blocks.push(heading(words.also_mind));
        blocks.extend(sheet.also_mind.iter().map(|entry| warning(&sheet, entry)));
    }
    if !sheet.reminders.is_empty() {
        blocks.push(heading(sheet.before_paying));
        blocks.extend(sheet.reminders.iter().map(|entry| nest("- ", &task(&sheet, entry))));
    }
    if !sheet.letters.is_empty() {
        blocks.extend([heading(words.letters), literal(words.letter_blanks)]);
    }
    for (heading, versions) in &sheet.letters {
        blocks.push(format!("### {}", escape(heading)));
        for (_, version) in versions {
            let mut letter = vec![emphasise(&version.title, "**", None, None)];
            letter.extend(version.paragraphs().iter().flat_map(|paragraph| paragraphs(&paragraph.lines)));
            blocks.push(quote(&letter.join("\n\n")));
        }
    }
    if !sheet.answers.is_empty() {
        blocks.push(heading(words.your_answers));
        let answers = sheet.answers.iter().map(|(asked, answer)| literal(&sheet.tongue.lang.labelled(asked, answer)));
        blocks.push(bullets(answers));
    }
    if !sheet.sources.is_empty() {
        blocks.push(heading(words.sources));
        blocks.push(numbered(sheet.sources.iter().map(|(title, url)| link(title, url))));
    }
    blocks.extend(["---".to_owned(), literal(&sheet.guide)]);
    let mut out = blocks.join("\n\n");
    out.push('\n');
    out
}

/// Something to do: a box to tick, what it is, and what belongs to it.
fn task(sheet: &Sheet<'_>, entry: &Entry) -> String {
    let lang = sheet.tongue.lang;
    let (first, rest) = entry.text.lines.split_first().map_or((None, &[][..]), |(first, rest)| (Some(first), rest));
    let mut title = first.map(inline).unwrap_or_default();
    if let Some(effort) = &entry.effort {
        let strong = emphasise(&first.map(RichLine::plain).unwrap_or_default(), "**", None, None);
        title = lang.aside(&strong, &escape(effort));
    }
    let mut blocks = vec![format!("[ ] {title}")];
    blocks.extend(paragraphs(rest));
    if !entry.notes.is_empty() {
        blocks.push(bullets(entry.notes.iter().map(|note| literal(note))));
    }
    let steps = entry.steps.iter().map(|step| format!("[ ] {}", paragraphs(&step.lines).join("\n\n")));
    if !entry.steps.is_empty() {
        blocks.push(numbered(steps));
    }
    let mut below = Vec::new();
    if !entry.read.is_empty() {
        let read = bullets(entry.read.iter().map(|line| literal(line)));
        let label = lang.labelled(&escape(sheet.tongue.words().may_have_read), "");
        below.push(format!("{}\n{read}", label.trim_end()));
    }
    below.extend(references(sheet, entry));
    if !below.is_empty() {
        blocks.push(bullets(below.into_iter()));
    }
    blocks.join("\n\n")
}

/// What to mind, set off from the text around it.
fn warning(sheet: &Sheet<'_>, entry: &Entry) -> String {
    let mut blocks = paragraphs(&entry.text.lines);
    if let Some(first) = blocks.first_mut() {
        first.insert_str(0, "**!** ");
    }
    blocks.extend(references(sheet, entry));
    quote(&blocks.join("\n\n"))
}

/// By their numbers, the sources of an entry; their addresses stand at the end, where they are in nobody's way.
fn references(sheet: &Sheet<'_>, entry: &Entry) -> Option<String> {
    let numbers: Vec<String> = entry.sources.iter().map(ToString::to_string).collect();
    let label = escape(sheet.tongue.words().sources);
    (!numbers.is_empty()).then(|| sheet.tongue.lang.labelled(&label, &numbers.join(", ")))
}

fn bullets(lines: impl Iterator<Item = String>) -> String {
    lines.map(|line| nest("- ", &line)).collect::<Vec<_>>().join("\n")
}

fn numbered(lines: impl Iterator<Item = String>) -> String {
    let line = |(ix, line): (usize, String)| nest(&format!("{}. ", ix + 1), &line);
    lines.enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// Paragraphs and lists, items that follow each other in one.
fn paragraphs(lines: &[RichLine]) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut listed = false;
    for line in lines {
        match blocks.last_mut().filter(|_| line.item && listed) {
            Some(list) => list.extend(["\n", &nest("- ", &inline(line))]),
            None if line.item => blocks.push(nest("- ", &inline(line))),
            None => blocks.push(inline(line)),
        }
        listed = line.item;
    }
    blocks
}

/// A block behind a marker, its further lines under the first.
fn nest(marker: &str, block: &str) -> String {
    let indent = format!("\n{}", " ".repeat(marker.len()));
    format!("{marker}{}", block.replace('\n', &indent)).replace(&format!("{indent}\n"), "\n\n")
}

fn quote(block: &str) -> String {
    format!("> {}", block.replace('\n', "\n> ")).replace("> \n", ">\n")
}

/// Plain words in a line of their own.
fn literal(text: &str) -> String {
    inline(&Rich::of(text).lines.swap_remove(0))
}

/// A line of text with its emphasis and its links, fit to begin a block.
fn inline(line: &RichLine) -> String {
    // One mark for each run: where two meet, marks would be taken for each other's.
    let mut runs: Vec<RichSpan> = Vec::new();
    for span in &line.spans {
        match runs.last_mut() {
            Some(last) if (last.strong, last.soft, &last.link) == (span.strong, span.soft, &span.link) => {
                last.text.push_str(&span.text);
            }
            _ => runs.push(span.clone()),
        }
    }
    let mut out = String::new();
    let mut marked = false;
    for (at, run) in runs.iter().enumerate() {
        let mark = match (run.strong, run.soft) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        let mark = if marked && run.link.is_none() { "" } else { mark };
        marked = !mark.is_empty() && run.link.is_none();
        if let Some(url) = address(run) {
            out.push_str(&linked(&emphasise(&run.text, mark, None, None), url));
        } else {
            let before = at.checked_sub(1).and_then(|before| runs[before].text.chars().last());
            let after = runs.get(at + 1).and_then(|after| after.text.chars().next());
            out.push_str(&emphasise(&run.text, mark, before, after));
        }
    }
    lead(out.trim())
}

/// Words between marks. A mark counts only where a letter is on its inner side, or none on its outer side, so what
/// stands in the way (Chinese sets its punctuation right beside the letters) goes outside.
fn emphasise(text: &str, mark: &str, before: Option<char>, after: Option<char>) -> String {
    let outside = |c: char, beyond: Option<char>| {
        c.is_whitespace() || !c.is_alphanumeric() && beyond.is_some_and(char::is_alphanumeric)
    };
    let mut beyond = before;
    let inner = text.trim_start_matches(|c| {
        let moves = outside(c, beyond);
        beyond = Some(c);
        moves
    });
    let opening = &text[..text.len() - inner.len()];
    let mut beyond = after;
    let core = inner.trim_end_matches(|c| {
        let moves = outside(c, beyond);
        beyond = Some(c);
        moves
    });
    let closing = &inner[core.len()..];
    if mark.is_empty() || core.is_empty() {
        return escape(text);
    }
    format!("{}{mark}{}{mark}{}", escape(opening), escape(core), escape(closing))
}

fn link(words: &str, url: &str) -> String {
    linked(&escape(words), url)
}

/// Written words with an address behind them.
fn linked(words: &str, url: &str) -> String {
    let mut out = format!("[{words}](");
    for c in url.chars() {
        if matches!(c, '\\' | '(' | ')' | '<' | '>' | '`' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push(')');
    out
}

/// Takes the meaning from everything that means something inside a line.
fn escape(text: &str) -> String {
    let text = tame(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let means = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '#' => true,
            // An amount begins no formula.
            '$' => chars.peek().is_none_or(|next| !next.is_ascii_digit()),
            // Right before a link it would make a picture of it.
            '!' => chars.peek().is_none(),
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Takes the meaning from what would begin a list or underline a heading.
fn lead(line: &str) -> String {
    if line.starts_with(['-', '+', '=']) {
        return format!("\\{line}");
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < line.len() && rest.starts_with(['.', ')']) {
        return format!("{}\\{rest}", &line[..line.len() - rest.len()]);
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, TagEnd};

    use super::*;

    fn span(text: &str, strong: bool, link: Option<&str>) -> RichSpan {
        RichSpan { text: text.into(), strong, soft: false, link: link.map(Into::into) }
    }

    fn parse(text: &str) -> Parser<'_> {
        Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS)
    }

    /// What is shown of one paragraph, its emphasis as `<…>` and its links as `{…}`; nothing, if it is anything else.
    fn shown(text: &str) -> Option<String> {
        let mut out = String::new();
        for event in parse(text) {
            match event {
                Event::Text(text) => out.push_str(&text),
                Event::Start(pulldown_cmark::Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::Start(pulldown_cmark::Tag::Strong | pulldown_cmark::Tag::Emphasis) => out.push('<'),
                Event::End(TagEnd::Strong | TagEnd::Emphasis) => out.push('>'),
                Event::Start(pulldown_cmark::Tag::Link { .. }) => out.push('{'),
                Event::End(TagEnd::Link) => out.push('}'),
                _ => return None,
            }
        }
        Some(out)
    }

    #[test]
    fn emphasis_and_links() {
        let cases: &[(&[RichSpan], &str)] = &[
            (&[span("one ", false, None), span("two", true, None)], "one **two**"),
            (&[span("two ", true, None), span("three", true, None)], "**two three**"),
            (
                &[span("换灯泡前", false, None), span("先关灯", true, None), span("。", false, None)],
                "换灯泡前**先关灯**。",
            ),
            (&[span("“引号”", true, None), span("后", false, None)], "**“引号**”后"),
            (&[span("前", false, None), span("（注）", true, None), span("后", false, None)], "前（**注**）后"),
            (&[span("a", false, None), span(" b ", true, None), span("c", false, None)], "a **b** c"),
            (
                &[span("see!", false, None), span("this", true, Some("https://a.b/(c)"))],
                "see\\![**this**](https://a.b/\\(c\\))",
            ),
            (&[span("no", false, Some("javascript:alert(1)"))], "no"),
            (&[span("1", false, None), span(". x", false, None)], "1\\. x"),
            (&[span("$5 and $x", false, None)], "$5 and \\$x"),
        ];
        for (spans, expected) in cases {
            assert_eq!(inline(&RichLine { item: false, spans: spans.to_vec() }), *expected);
        }
        assert_eq!(shown("前（**注**）后").unwrap(), "前（<注>）后");
        assert_eq!(shown("**“引号**”后").unwrap(), "<“引号>”后");
    }

    #[test]
    fn blocks_stand_under_their_marker() {
        assert_eq!(nest("10. ", "a\n\nb\nc"), "10. a\n\n    b\n    c");
        assert_eq!(quote("a\n\nb"), "> a\n>\n> b");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        /// Whatever a text holds, a reader of the rendered Markdown sees just this text.
        #[test]
        fn any_text_is_taken_literally(text in r"([ -~]|[-\\*_#+=>&;`~|$!\[\]()<>:/.)0-9a 前。“”]){0,40}") {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(shown(&literal(&text)), Some(text));
        }

        /// Emphasis is where it was meant, however letters, spaces and punctuation meet.
        #[test]
        fn emphasis_never_shows_its_marks(parts in prop::collection::vec((r"[a1 “”。（）*_前后!.-]{1,4}", any::<bool>()), 1..6)) {
            let spans: Vec<RichSpan> = parts.iter().map(|(text, strong)| span(text, *strong, None)).collect();
            let text: String = parts.iter().map(|(text, _)| text.as_str()).collect();
            let seen = shown(&inline(&RichLine { item: false, spans }));
            prop_assert_eq!(seen.map(|seen| seen.replace(['<', '>'], "")), Some(text.trim().to_owned()));
        }
    }
}

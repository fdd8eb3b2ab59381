//! Text broken into lines by display width. Chinese takes two columns a character and breaks between characters, but
//! never before a mark that may not begin a line.

use textwrap::WordSeparator;
use textwrap::core::Word;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::guide::text::{Rich, RichSpan};

/// How a piece of text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Emphasis {
    /// Of more weight.
    pub strong: bool,
    /// Of less weight.
    pub soft: bool,
    /// An address.
    pub link: bool,
}

/// A run of one style within a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// How they are shown.
    pub emphasis: Emphasis,
    /// Where they lead: the whole address, though only a part of it may stand here.
    pub link: Option<String>,
}

/// One line of the screen.
pub type Line = Vec<Piece>;

/// The last place at or before `byte` where a character begins. (The standard library's own is newer than the oldest
/// Rust that this builds with.)
#[must_use]
pub fn floor(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// A text with its typographic characters in ASCII. Other writing stays as it is: it has no ASCII form.
#[must_use]
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '\u{201c}' | '\u{201d}' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '·' | '•' => out.push('-'),
            '…' => out.push_str("..."),
            '→' => out.push_str("->"),
            '\u{a0}' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// Breaks the lines of a plain text that are longer than `columns`; what goes on hangs where its line began.
#[must_use]
pub fn wrap_lines(text: &str, columns: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let bare = line.trim_start_matches(' ');
        let indent = " ".repeat(line.len() - bare.len());
        for part in wrap_plain(bare, columns.saturating_sub(indent.len() + 1)) {
            out.extend([indent.as_str(), part.as_str(), "\n"]);
        }
    }
    out
}

/// The ordinary form of a full-width character; people type these with a Chinese input method.
#[must_use]
pub fn ordinary_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// Columns that a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// Breaks a text into lines of at most `columns`. List items hang behind their dash, paragraphs stand apart by
/// nothing: the caller decides on empty lines.
#[must_use]
pub fn wrap(rich: &Rich, columns: usize) -> Vec<Line> {
    let mut out = Vec::new();
    for line in &rich.lines {
        let spans = with_addresses(&line.spans);
        if line.item {
            for (at, mut wrapped) in wrap_spans(&spans, columns.saturating_sub(2)).into_iter().enumerate() {
                let text = if at == 0 { "- " } else { "  " };
                wrapped.insert(0, Piece { text: text.into(), ..Piece::default() });
                out.push(wrapped);
            }
        } else {
            out.extend(wrap_spans(&spans, columns));
        }
    }
    out
}

/// Breaks plain text into lines.
#[must_use]
pub fn wrap_plain(text: &str, columns: usize) -> Vec<String> {
    wrap(&Rich::of(text), columns).into_iter().map(|line| line.into_iter().map(|piece| piece.text).collect()).collect()
}

/// A link is shown with its whole address behind it: not every terminal can open the words.
fn with_addresses(spans: &[RichSpan]) -> Vec<Piece> {
    let mut out = Vec::new();
    for span in spans {
        let emphasis = Emphasis { strong: span.strong, soft: span.soft, link: false };
        let mut push = |text: &str, emphasis, link: Option<&String>| {
            out.push(Piece { text: text.to_owned(), emphasis, link: link.cloned() });
        };
        let Some(url) = &span.link else {
            push(&span.text, emphasis, None);
            continue;
        };
        let address = Emphasis { link: true, ..emphasis };
        if span.names_its_link() {
            push(url, address, Some(url));
        } else {
            let wide = span.text.ends_with(|c| unicode_width::UnicodeWidthChar::width(c) == Some(2));
            // A bracket right behind an address would be taken for a part of it.
            let (open, close) = if wide { ("（", " ）") } else { (" (", ")") };
            push(&span.text, emphasis, Some(url));
            push(open, emphasis, None);
            push(url, address, Some(url));
            push(close, emphasis, None);
        }
    }
    out
}

fn wrap_spans(spans: &[Piece], columns: usize) -> Vec<Line> {
    let columns = columns.max(2);
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    let (mut start, mut end, mut used, mut at) = (0, 0, 0, 0);
    for word in words(&text, spans) {
        for piece in broken(word, columns) {
            let piece_end = at + piece.word.len();
            let size = piece.word.width();
            // `used` counts the white space behind what stands already; at a line's end it is not shown.
            if at > start && used + size > columns {
                ranges.push((start, end));
                start = at;
                used = 0;
            }
            used += size + piece.whitespace.width();
            end = piece_end;
            at = piece_end + piece.whitespace.len();
        }
    }
    if end > start || ranges.is_empty() {
        ranges.push((start, end));
    }
    ranges.into_iter().map(|(from, to)| cut(spans, from, to)).collect()
}

/// The words of a text with the white space behind each. An address is one word: it could not be copied from two
/// lines.
fn words<'t>(text: &'t str, spans: &[Piece]) -> Vec<Word<'t>> {
    let mut at = 0;
    let linked = spans.iter().filter_map(|span| {
        at += span.text.len();
        span.emphasis.link.then_some((at - span.text.len(), at))
    });
    let named = text.match_indices("https://").map(|(from, _)| {
        let length = text[from..].find(|c: char| !c.is_ascii_graphic() || c == ')').unwrap_or(text.len() - from);
        (from, from + length)
    });
    let addresses: Vec<(usize, usize)> = linked.chain(named).collect();
    let mut out: Vec<Word<'t>> = Vec::new();
    let (mut from, mut at) = (0, 0);
    for word in WordSeparator::UnicodeBreakProperties.find_words(text) {
        let end = at + word.word.len();
        let next = end + word.whitespace.len();
        let inside = addresses.iter().any(|&(first, last)| first < next && next < last);
        if !inside && !parts_number(&text[..next], &text[next..]) {
            let mut whole = Word::from(&text[from..end]);
            whole.whitespace = word.whitespace;
            out.push(whole);
            from = next;
        }
        at = next;
    }
    out
}

/// Whether a line that ended here would part a number from what it counts, in Chinese, where no such place is marked.
fn parts_number(before: &str, behind: &str) -> bool {
    before.trim_end().ends_with(|c: char| c.is_ascii_digit())
        && behind.starts_with(['年', '月', '日', '次', '条', '分', '小', '天', '美', '份', '项', '个'])
}

/// A word that is wider than a line, in pieces that are not; never within what is seen as one character.
fn broken(word: Word<'_>, columns: usize) -> Vec<Word<'_>> {
    if word.word.width() <= columns {
        return vec![word];
    }
    let mut pieces = Vec::new();
    let (mut from, mut used) = (0, 0);
    for (at, grapheme) in word.word.grapheme_indices(true) {
        if at > from && used + grapheme.width() > columns {
            pieces.push(Word::from(&word.word[from..at]));
            (from, used) = (at, 0);
        }
        used += grapheme.width();
    }
    let mut last = word;
    last.word = &word.word[from..];
    pieces.push(last);
    pieces
}

fn cut(spans: &[Piece], from: usize, to: usize) -> Line {
    let mut line = Vec::new();
    let mut at = 0;
    for Piece { text, emphasis, link } in spans {
        let (a, b) = (from.clamp(at, at + text.len()) - at, to.clamp(at, at + text.len()) - at);
        if a < b {
            line.push(Piece { text: text[a..b].to_owned(), emphasis: *emphasis, link: link.clone() });
        }
        at += text.len();
    }
    line
}

/// The beginning of a text that fits into `columns`, with `mark` at its end if something was left out.
#[must_use]
pub fn fit(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = width(mark);
    for grapheme in text.graphemes(true) {
        if used + grapheme.width() > columns {
            break;
        }
        used += grapheme.width();
        out.push_str(grapheme);
    }
    out.push_str(mark);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::text::RichLine;

    #[test]
    fn lines_fit_and_lose_nothing() {
        let cases: &[(&str, usize, &[&str])] = &[
            ("one two three", 7, &["one two", "three"]),
            ("one two three", 8, &["one two", "three"]),
            ("银行卡被拒绝了！请先停一下。", 10, &["银行卡被拒", "绝了！请先", "停一下。"]),
            ("卡被拒绝了！好", 10, &["卡被拒绝", "了！好"]),
            ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
            ("", 10, &[""]),
            ("请打开 Billing 页", 9, &["请打开", "Billing", "页"]),
        ];
        for (text, columns, expected) in cases {
            assert_eq!(wrap_plain(text, *columns), *expected, "{text} in {columns}");
        }
    }

    #[test]
    fn style_follows_the_words() {
        let span = |text: &str, strong| RichSpan { text: text.into(), strong, ..RichSpan::default() };
        let rich =
            Rich { lines: vec![RichLine { item: true, spans: vec![span("keep ", false), span("$15.00 free", true)] }] };
        let lines: Vec<Vec<(String, bool)>> = wrap(&rich, 13)
            .into_iter()
            .map(|line| line.into_iter().map(|piece| (piece.text, piece.emphasis.strong)).collect())
            .collect();
        let own = |text: &str, strong| (text.to_owned(), strong);
        assert_eq!(
            lines,
            [
                vec![own("- ", false), own("keep ", false), own("$15.00", true)],
                vec![own("  ", false), own("free", true)],
            ]
        );
    }

    #[test]
    fn links_show_their_address() {
        let span = RichSpan { text: "the list".into(), link: Some("https://a.example".into()), ..RichSpan::default() };
        let rich = Rich { lines: vec![RichLine { item: false, spans: vec![span] }] };
        let shown: String = wrap(&rich, 80).remove(0).into_iter().map(|piece| piece.text).collect();
        assert_eq!(shown, "the list (https://a.example)");
    }

    #[test]
    fn addresses_stay_in_one_piece() {
        let url = "https://help.example/en/articles/1-a-b";
        let span = |text: &str, link: Option<&str>| RichSpan {
            text: text.into(),
            link: link.map(str::to_owned),
            ..RichSpan::default()
        };
        let spans = vec![span("见", None), span("名单", Some(url)), span("所列的地方，其他的不算。", None)];
        let rich = Rich { lines: vec![RichLine { item: false, spans }] };
        let lines: Vec<String> =
            wrap(&rich, 44).into_iter().map(|line| line.into_iter().map(|piece| piece.text).collect()).collect();
        assert_eq!(lines, ["见名单", &format!("（{url} ）"), "所列的地方，其他的不算。"]);
        let broken = wrap(&rich, 20);
        assert!(broken.len() > 3, "longer than a line it is broken all the same");
        let linked = broken.iter().flatten().filter(|piece| piece.emphasis.link);
        let parts: Vec<&str> = linked.clone().map(|piece| piece.text.as_str()).collect();
        assert!(parts.len() > 1 && parts.concat() == url, "{parts:?}");
        assert!(linked.clone().all(|piece| piece.link.as_deref() == Some(url)), "each part leads to the whole address");
    }

    #[test]
    fn long_lines_of_plain_text() {
        let address = "see https://help.example/en/articles/1-a-b now\n";
        assert_eq!(wrap_lines(address, 41), "see\nhttps://help.example/en/articles/1-a-b\nnow\n");
        assert_eq!(
            wrap_lines("one two three\n  - four five six\n\nend\n", 12),
            "one two\nthree\n  - four\n  five six\n\nend\n"
        );
    }

    #[test]
    fn cutting() {
        for (text, columns, expected) in
            [("short", 8, "short"), ("much longer", 8, "much lo…"), ("银行卡被拒", 6, "银行…")]
        {
            assert_eq!(fit(text, columns, "…"), expected);
        }
    }

    #[test]
    fn what_takes_no_column_stands_alone_before_what_is_too_wide() {
        assert_eq!(wrap_plain("\u{200d}💻\u{301}\u{200d}👩", 2), ["\u{200d}", "💻\u{301}\u{200d}👩"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_fits(text in "[a-z 银行，。！é\u{301}👩‍💻-]{0,60}", columns in 2_usize..30) {
            let lines = wrap_plain(&text, columns);
            for line in &lines {
                let one = line.graphemes(true).count() == 1;
                proptest::prop_assert!(one || width(line) <= columns, "{line:?} in {columns}");
            }
            let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            proptest::prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
        }
    }
}

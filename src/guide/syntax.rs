//! TOML text to a tree with places. A damaged block costs its own entry only: the rest of the file is read on.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::keys::{FILE, Shape};
use super::rules::severity;
use crate::diagnostic::{Diagnostic, SourceFile};

/// Bytes of a file.
pub type Span = Range<usize>;

/// A value and where it stands; strings are those of the file, unless an escape is resolved in them.
#[derive(Clone, Debug)]
pub struct Node<'s> {
    /// Where.
    pub span: Span,
    /// What.
    pub value: Value<'s>,
}

/// A TOML value; numbers keep their text, so that no amount is rounded.
#[derive(Clone, Debug)]
pub enum Value<'s> {
    /// A string.
    Str(Cow<'s, str>),
    /// A whole number as it is written; the flag says whether it is decimal.
    Int(String, bool),
    /// Any other number as it is written.
    Float(String),
    /// `true` or `false`.
    Bool(bool),
    /// A date, a time or both.
    Date(String),
    /// A list.
    List(Vec<Node<'s>>),
    /// A table.
    Table(Fields<'s>),
}

impl Value<'_> {
    /// What it is, for messages.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Str(_) => "a string",
            Self::Int(..) => "a whole number",
            Self::Float(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// The keys of a table, by name.
#[derive(Clone, Debug, Default)]
pub struct Fields<'s> {
    /// Name, place of the name, value.
    pub all: Vec<(Cow<'s, str>, Span, Node<'s>)>,
}

impl<'s> Fields<'s> {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'s>> {
        self.all.iter().find(|(name, ..)| name == key).map(|(.., node)| node)
    }
}

/// One file as a tree.
#[derive(Clone, Debug, Default)]
pub struct Tree<'s> {
    /// Everything in it.
    pub root: Fields<'s>,
    /// Blocks in which the syntax is broken, in the order of the file.
    pub damaged: Vec<Span>,
    /// Blocks that lost a sub-table, in the order of the file.
    pub parents: Vec<Span>,
    /// Ids that stand in damaged blocks: nobody is told that these are unknown.
    pub lost_ids: BTreeSet<String>,
}

impl Tree<'_> {
    /// Whether a place lies in a damaged block.
    #[must_use]
    pub fn is_damaged(&self, at: &Span) -> bool {
        is_in(&self.damaged, at)
    }

    /// Whether the table at a place lost a sub-table.
    #[must_use]
    pub fn lost_a_part(&self, at: &Span) -> bool {
        is_in(&self.parents, at)
    }
}

/// Whether one of these blocks, which stand in the order of the file, holds a place.
fn is_in(blocks: &[Span], at: &Span) -> bool {
    blocks[..blocks.partition_point(|block| block.start <= at.start)]
        .last()
        .is_some_and(|block| block.contains(&at.start))
}

/// Reads one file; the first error of each damaged block becomes a finding.
///
/// An error can swallow the blocks behind it (an open bracket, say), so a file with errors is looked at block by
/// block, and read again without the damaged ones.
pub fn parse<'s>(file: usize, source: &'s SourceFile, findings: &mut Vec<Diagnostic>) -> Tree<'s> {
    let text = source.text.as_str();
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Tree { root: fields(root.into_inner()), ..Tree::default() };
    }
    let mut tree = Tree::default();
    let blocks = blocks(text);
    for block in &blocks {
        let here = &text[block.clone()];
        let fault = single_header(here).or_else(|| {
            let (_, errors) = DeTable::parse_recoverable(here);
            let error = errors.iter().min_by_key(|error| error.span().map_or(0, |span| span.start))?;
            Some(fault(here, error))
        });
        if let Some(Fault { message, span, help }) = fault {
            tell(file, message, block.start + span.start..block.start + span.end, help, findings);
            tree.damaged.push(block.clone());
        }
    }
    // What is wrong only between blocks: a table that is there twice, say.
    if tree.damaged.is_empty()
        && let Some(error) = errors.first()
    {
        let Fault { message, span, help } = fault(text, error);
        tree.damaged.extend(blocks.iter().rfind(|block| block.start <= span.start).cloned());
        tell(file, message, span, help, findings);
    }
    let mut rest = text.to_owned();
    for block in with_sub_tables(text, &blocks, &tree.damaged) {
        tree.lost_ids.extend(ids_in(&text[block.clone()]));
        let blank: String = text[block.clone()].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        rest.replace_range(block, &blank);
    }
    tree.parents = parents(text, &blocks, &tree.damaged);
    let (root, _) = DeTable::parse_recoverable(&rest);
    tree.root = owned(fields(root.into_inner()));
    tree
}

fn tell(file: usize, message: String, span: Span, help: Option<String>, findings: &mut Vec<Diagnostic>) {
    findings.push(Diagnostic {
        rule: "syntax",
        severity: severity("syntax"),
        message,
        place: Some((file, span)),
        help,
    });
}

/// What is wrong with the syntax of a text, the place, and the way out.
struct Fault {
    message: String,
    span: Span,
    help: Option<String>,
}

/// What an error of the parser means to an author.
fn fault(text: &str, error: &toml::de::Error) -> Fault {
    let span = error.span().unwrap_or(0..0);
    // A bracket that is never closed swallows what follows, and the parser stumbles over that.
    if let Some(open) = unclosed(text).filter(|open| *open < span.start) {
        let bracket = &text[open..=open];
        let other = if bracket == "[" { "]" } else { "}" };
        return Fault {
            message: format!("this `{bracket}` is never closed"),
            span: open..open + 1,
            help: Some(format!("write the `{other}` where what it holds ends")),
        };
    }
    let message = error.message().lines().collect::<Vec<_>>().join(", ");
    let start = text[..span.start].rfind(['=', '\n']).map_or(0, |at| at + 1);
    let value = text[start..].lines().next().unwrap_or_default().split('#').next().unwrap_or_default().trim();
    let at = start + text[start..].find(value).unwrap_or_default();
    // What stands behind a value can be wrong as well.
    if looks_like_a_date(value) && span.start < at + value.len() {
        return Fault {
            message: format!("`{value}` is no date"),
            span: at..at + value.len(),
            help: Some("year, month, day, without quotes: 2026-11-22".into()),
        };
    }
    let help = syntax_help(&message, text, span.start).map(str::to_owned);
    Fault { message, span, help }
}

/// A table in single brackets of which a guide may have many: `[screen]` where `[[screen]]` is meant.
fn single_header(block: &str) -> Option<Fault> {
    let header = block.lines().next()?.split('#').next()?.trim_end();
    let name = header.strip_prefix('[')?.strip_suffix(']')?.trim();
    let mut table = &FILE;
    let mut has_many = false;
    for part in name.split('.') {
        (has_many, table) = match table.key(part)?.shape {
            Shape::Many(inner) => (true, inner),
            Shape::One(inner) => (false, inner),
            _ => return None,
        };
    }
    has_many.then(|| Fault {
        message: format!("`[{name}]` stands in single brackets"),
        span: 0..header.len(),
        help: Some(format!("a guide has many of these: write [[{name}]]")),
    })
}

/// Where the last bracket stands that is opened in a text and not closed.
fn unclosed(text: &str) -> Option<usize> {
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'[' | b'{' => open.push((at, byte + 2)),
            b']' | b'}' => match open.pop() {
                Some((_, closes)) if closes == *byte => {}
                last => return last.map(|(at, _)| at),
            },
            b'#' => at += text[at..].find('\n').unwrap_or(text.len() - at),
            b'"' | b'\'' => {
                at += string_length(&text[at..])?;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    open.last().map(|(at, _)| *at)
}

/// The bytes of the string at the beginning of a text, quotes included; nothing if it does not end.
pub(super) fn string_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.first()?;
    let long = [quote; 3];
    let is_long = bytes.starts_with(&long);
    let mut at = if is_long { 3 } else { 1 };
    loop {
        match *bytes.get(at)? {
            byte if byte == quote && !is_long => return Some(at + 1),
            // Up to two quotes may stand before the three that close.
            byte if byte == quote && bytes[at..].starts_with(&long) => {
                return Some(at + bytes[at..].iter().take(5).take_while(|byte| **byte == quote).count());
            }
            b'\n' if !is_long => return None,
            b'\\' if quote == b'"' => at += 2,
            _ => at += 1,
        }
    }
}

/// Whether a value is a day as people write it: three numbers between points, strokes or dashes, of which the first or
/// the last is a year. A version such as 1.2.3 is none.
fn looks_like_a_date(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['.', '/', '-']).collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    parts.iter().all(is_number)
        && matches!(parts.iter().map(|part| part.len()).collect::<Vec<_>>()[..], [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4])
}

/// Whether a block belongs to the table above it: `[[screen.choice]]` to its `[[screen]]`.
pub(super) fn is_sub_table(block: &str) -> bool {
    let header = block.lines().next().unwrap_or_default();
    header.trim_start().starts_with('[') && header.split(']').next().is_some_and(|name| name.contains('.'))
}

/// The damaged blocks, and of damaged tables also the sub-tables: without their table they mean nothing.
fn with_sub_tables(text: &str, blocks: &[Span], damaged: &[Span]) -> Vec<Span> {
    let mut out = Vec::new();
    let mut lost = false;
    for block in blocks {
        let hurt = is_in(damaged, block);
        if !is_sub_table(&text[block.clone()]) {
            lost = hurt;
        }
        if hurt || lost {
            out.push(block.clone());
        }
    }
    out
}

/// The tables that a damaged sub-table belongs to.
fn parents(text: &str, blocks: &[Span], damaged: &[Span]) -> Vec<Span> {
    let mut parent = 0..0;
    let mut out = Vec::new();
    for block in blocks {
        if !is_sub_table(&text[block.clone()]) {
            parent = block.clone();
        } else if is_in(damaged, block) {
            out.push(parent.clone());
        }
    }
    out
}

/// The way out of what people who do not know TOML write.
fn syntax_help(message: &str, text: &str, at: usize) -> Option<&'static str> {
    let line = text.get(..at).map_or("", |before| &before[before.rfind('\n').map_or(0, |end| end + 1)..]);
    let said = |words: &str| message.contains(words);
    if said("duplicate key") && line.starts_with('[') {
        Some(
            "a table in single brackets stands once in a file; what there can be several of stands in [[double brackets]]",
        )
    } else if said("duplicate key") || said("dotted key") {
        Some("a text is either one string for all languages (title = \"…\") or one line for each (title.en, title.zh)")
    } else if text.get(at..).is_some_and(|rest| rest.starts_with(['“', '”', '„', '‘', '’', '「', '＂'])) {
        Some("the quotes around a text are the straight ones: \"…\"")
    } else if said("unquoted key") {
        Some("a line is a key, `=` and a value: kind = \"choice\"")
    } else if said("quote") || said("string") {
        Some("a text stands in quotes on one line; longer ones stand in \"\"\"three quotes\"\"\"")
    } else if said("float") {
        Some("a day is written as 2026-11-22, an amount as 12.50")
    } else {
        None
    }
}

/// From one header to the next; what stands before the first is a block too.
pub(super) fn blocks(text: &str) -> Vec<Span> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && is_header(line) {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(text.len());
    let blocks: Vec<Span> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
    whole(text, &blocks)
}

/// Puts together what a header-like line within a text of three quotes took apart, if it can be read then.
fn whole(text: &str, blocks: &[Span]) -> Vec<Span> {
    let is_open =
        |block: &Span| ["\"\"\"", "'''"].iter().any(|quotes| text[block.clone()].matches(quotes).count() % 2 == 1);
    let open: Vec<usize> = (0..blocks.len()).filter(|&at| is_open(&blocks[at])).collect();
    let mut out: Vec<Span> = Vec::with_capacity(blocks.len());
    let mut at = 0;
    for pair in open.windows(2).map(|pair| pair[0]..=pair[1]) {
        let joined = blocks[*pair.start()].start..blocks[*pair.end()].end;
        if *pair.start() < at || !DeTable::parse_recoverable(&text[joined.clone()]).1.is_empty() {
            continue;
        }
        out.extend_from_slice(&blocks[at..*pair.start()]);
        out.push(joined);
        at = pair.end() + 1;
    }
    out.extend_from_slice(&blocks[at..]);
    out
}

/// A line in brackets at the very left; lists that authors break over lines are indented or end in a comma.
fn is_header(line: &str) -> bool {
    let bare = line.trim_end();
    line.starts_with("[[") || (line.starts_with('[') && bare.ends_with(']') && !bare.contains(['"', ',']))
}

fn ids_in(block: &str) -> impl Iterator<Item = String> + '_ {
    block.lines().filter_map(|line| {
        let value = line.trim_start().strip_prefix("id")?.trim_start().strip_prefix('=')?;
        let id: String =
            value.trim_start().trim_start_matches(['"', '\'']).chars().take_while(|&c| is_id_char(c)).collect();
        (!id.is_empty()).then_some(id)
    })
}

/// Whether a character may stand in an id.
#[must_use]
pub const fn is_id_char(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn fields(table: DeTable<'_>) -> Fields<'_> {
    let all = table
        .into_iter()
        .map(|(key, value)| {
            let span = key.span();
            (key.into_inner(), span, node(value))
        })
        .collect();
    Fields { all }
}

fn node(value: toml::Spanned<DeValue<'_>>) -> Node<'_> {
    let span = value.span();
    let value = match value.into_inner() {
        // However a file ends its lines, its texts are the same.
        DeValue::String(text) if text.contains('\r') => Value::Str(text.replace("\r\n", "\n").into()),
        DeValue::String(text) => Value::Str(text),
        DeValue::Integer(number) => Value::Int(number.as_str().to_owned(), number.radix() == 10),
        DeValue::Float(number) => Value::Float(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Bool(flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => Value::List(list.into_iter().map(node).collect()),
        DeValue::Table(table) => Value::Table(fields(table)),
    };
    Node { span, value }
}

/// The same with strings of its own, where the text that it was read from does not stay.
fn owned<'any>(fields: Fields<'_>) -> Fields<'any> {
    let one = |(name, at, node): (Cow<'_, str>, Span, Node<'_>)| (name.into_owned().into(), at, owned_node(node));
    Fields { all: fields.all.into_iter().map(one).collect() }
}

fn owned_node<'any>(node: Node<'_>) -> Node<'any> {
    let value = match node.value {
        Value::Str(text) => Value::Str(text.into_owned().into()),
        Value::List(list) => Value::List(list.into_iter().map(owned_node).collect()),
        Value::Table(fields) => Value::Table(owned(fields)),
        Value::Int(text, is_decimal) => Value::Int(text, is_decimal),
        Value::Float(text) => Value::Float(text),
        Value::Bool(flag) => Value::Bool(flag),
        Value::Date(date) => Value::Date(date),
    };
    Node { span: node.span, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> (Tree<'static>, Vec<(usize, usize)>) {
        let mut found = Vec::new();
        let source = SourceFile { path: "t.toml".into(), text: text.into() };
        let tree = parse(0, &source, &mut found);
        let tree = Tree { root: owned(tree.root), ..tree };
        let places = found
            .iter()
            .map(|finding| crate::diagnostic::line_and_column(text, finding.place.as_ref().unwrap().1.start))
            .collect();
        (tree, places)
    }

    #[test]
    fn each_damaged_block_is_told_once() {
        let text = "[[a]]\nid = \"one\nx = [1,\n\n[[a]]\nid = \"two\"\n\n[[a]]\nid = \"three\"\ny = = 2\n";
        let (tree, places) = findings(text);
        let lines: Vec<usize> = places.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 10]);
        assert_eq!(tree.lost_ids.into_iter().collect::<Vec<_>>(), ["one", "three"]);
        assert!(findings("a = 1\n[b]\nc = 2\n").1.is_empty());
    }

    #[test]
    fn a_bracket_that_is_not_closed_is_told_where_it_stands() {
        let cases = [
            ("a = [1, 2]\nb = { c = \"}\" } # [\n", None),
            ("a = [1, 2\nb = 3\n", Some(4)),
            ("a = [{ b = 1 }, { c = 2, ]\n", Some(16)),
            ("a = \"\"\"[\n\"\"\"\nb = '{'\nc = [\n", Some(25)),
            ("a = \"\\\"[\"\nb = [\n", Some(14)),
            ("a = \"\"\"[\"\"\"\"\nb = ''\nc = {", Some(24)),
            ("a = ]\n", None),
            ("a = \"[\n", None),
            ("a = [1, # [2", Some(4)),
        ];
        for (text, expected) in cases {
            assert_eq!(unclosed(text), expected, "{text}");
        }
    }

    #[test]
    fn errors_come_with_the_way_out() {
        let cases = [
            ("[[cause]]\nid = [1\nx = 2\n", 2, "this `[` is never closed", "write the `]`"),
            ("[[cause]]\nid = 2\n[cause]\nid = 3\n", 3, "`[cause]` stands in single brackets", "write [[cause]]"),
            ("[[screen]]\nid = 2\n[screen.choice]\nid = 3 4\n", 3, "`[screen.choice]` stands", "[[screen.choice]]"),
            ("[[fix]]\nreviewed = 22.11.2026\n", 2, "", "2026-11-22"),
        ];
        for (text, line, message, help) in cases {
            let mut found = Vec::new();
            parse(0, &SourceFile { path: String::new(), text: text.into() }, &mut found);
            let [told] = &found[..] else { panic!("{text}: {found:?}") };
            let at = crate::diagnostic::line_and_column(text, told.place.as_ref().unwrap().1.start).0;
            assert_eq!(at, line, "{text}");
            assert!(told.message.contains(message), "{text}: {}", told.message);
            assert!(told.help.as_ref().is_some_and(|told| told.contains(help)), "{text}: {:?}", told.help);
        }
    }

    #[test]
    fn the_way_out_is_that_of_the_mistake() {
        for (text, expected) in [
            ("[a]\nx = 1\n[a]\ny = 1\n", "double brackets"),
            ("[[a.b]]\nx = 1\n[a.b]\ny = 1\n", "double brackets"),
            ("title.en = \"a\"\ntitle = \"b\"\n", "one string for all languages"),
            ("title = “a”\n", "straight"),
            ("title: \"a\"\n", "`=`"),
            ("title = \"a\n", "quotes on one line"),
            ("day = 22.11.2026\n", "2026-11-22"),
            ("day = 2026/11/22 # no\n", "2026-11-22"),
            ("day = 2026-13-22\n", "2026-11-22"),
        ] {
            let mut found = Vec::new();
            parse(0, &SourceFile { path: String::new(), text: text.into() }, &mut found);
            let help = found[0].help.clone().unwrap_or_default();
            assert!(found.len() == 1 && help.contains(expected), "{text}: {help}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_taken_for_one() {
        for text in ["version = 1.2.3\n", "day = 2026-11-22 # a\u{1}b\n", "id = 555-1234-5678\n"] {
            let mut found = Vec::new();
            parse(0, &SourceFile { path: String::new(), text: text.into() }, &mut found);
            assert!(found.len() == 1 && !found[0].message.contains("is no date"), "{text}: {found:?}");
        }
    }

    #[test]
    fn lines_of_a_text_are_no_headers() {
        let text = "[[a]]\nx = \"\"\"\n[error]\n[[b]] no\n\"\"\"\ny = 1\n[[a]]\nid = \"one\n[[a]]\nx = '''\n[c]\n'''\n";
        let (tree, places) = findings(text);
        assert_eq!(places, [(8, 10)]);
        assert_eq!(tree.damaged.len(), 1);
        // One that is never closed costs its own block.
        assert_eq!(findings("[[a]]\nx = \"\"\"\n[[a]]\ny = 1\n").0.damaged.len(), 1);
    }
}

//! What stands in strings: empty ones, secrets, amounts that a figure has.

use super::Lint;
use crate::guide::keys::{Key, Shape};
use crate::guide::money::Cents;
use crate::guide::read::Raw;
use crate::guide::syntax::{Node, Span, Value, string_length};
use crate::redact::{may_hold_secret, redact};

impl Lint<'_> {
    pub(super) fn texts(&mut self) {
        let raw = self.raw;
        let amounts = self.fixed_amounts();
        for raw in raw.headers.iter().chain(&raw.entries) {
            self.strings_of(raw, &amounts);
        }
        self.comments();
    }

    fn strings_of(&mut self, raw: &Raw, amounts: &[(i64, String)]) {
        for (name, _, node) in &raw.fields.all {
            let Some(key) = raw.table.key(name) else { continue };
            self.strings(raw, key, node, amounts);
        }
        for child in &raw.children {
            self.strings_of(child, amounts);
        }
    }

    fn strings(&mut self, raw: &Raw, key: &'static Key, node: &Node, amounts: &[(i64, String)]) {
        let is_text = matches!(key.shape, Shape::Line | Shape::Text | Shape::Texts);
        match &node.value {
            Value::List(list) => {
                if list.is_empty() && is_text {
                    self.tell_empty(raw, key, &node.span);
                }
                for node in list {
                    self.strings(raw, key, node, amounts);
                }
            }
            Value::Table(fields) if is_text => {
                for (.., node) in fields.all.iter().filter(|(name, ..)| name != "when") {
                    self.strings(raw, key, node, amounts);
                }
            }
            Value::Str(text) if is_text => {
                if text.trim().is_empty() {
                    self.tell_empty(raw, key, &node.span);
                }
                self.secret(raw.file, &node.span, text);
                // What somebody says, and what a page is called, is quoted as it is.
                if !matches!((raw.table.name, key.name), ("claim", "says") | ("source", _)) {
                    self.plain_amount(raw.file, &node.span, text, amounts);
                }
            }
            // What people paste is tried with secrets in it; these are made up.
            Value::Str(text)
                if matches!(key.shape, Shape::Str | Shape::Strs | Shape::Phrases | Shape::Url)
                    && raw.table.name != "scenario" =>
            {
                self.secret(raw.file, &node.span, text);
            }
            _ => {}
        }
    }

    fn tell_empty(&mut self, raw: &Raw, key: &Key, span: &Span) {
        let what = if raw.id.is_empty() { "the guide".to_owned() } else { format!("`{}`", raw.id) };
        let message = format!("the `{}` of {what} is empty", key.name);
        let help = if key.required { "write it: people would see nothing" } else { "write it, or take the key out" };
        self.tell("empty-text", raw.file, span, message, help);
    }

    fn secret(&mut self, file: usize, span: &Span, text: &str) {
        if may_hold_secret(text)
            && let Some(kind) = redact(text).kinds.first()
        {
            let what = kind.marker().trim_start_matches('[').trim_end_matches(" removed]");
            let message = format!("this looks like a real {what}");
            let help = "a guide is for everybody: take it out, and change it wherever it is used";
            self.tell("secret", file, span, message, help);
        }
    }

    fn comments(&mut self) {
        let files = self.files;
        for (file, source) in files.iter().enumerate() {
            for (at, comment) in comments(&source.text) {
                self.secret(file, &(at..at + comment.len()), comment);
            }
        }
    }

    fn plain_amount(&mut self, file: usize, span: &Span, text: &str, amounts: &[(i64, String)]) {
        for found in written_amounts(text) {
            let Some(cents) = Cents::parse(found.number).ok() else { continue };
            let names: Vec<String> =
                amounts.iter().filter(|(amount, _)| *amount == cents.0).map(|(_, id)| format!("{{{id}}}")).collect();
            if names.is_empty() {
                continue;
            }
            // Where the text begins in the file, if it is written as it is.
            let begins = self.files.get(file).and_then(|file| file.text.get(span.clone())?.find(text));
            let span = begins.map_or_else(
                || span.clone(),
                |begins| span.start + begins + found.at..span.start + begins + found.at + found.whole.len(),
            );
            let message = format!("`{}` is written as a number", found.whole);
            let help = format!("write {} instead: then it changes where the figure does", names.join(" or "));
            self.tell("plain-amount", file, &span, message, &help);
        }
    }
}

/// The comments of a file, and where they begin: what stands behind a `#` that is in no string.
fn comments(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = text.as_bytes()[at..].iter().position(|byte| matches!(byte, b'#' | b'"' | b'\'')) {
        at += found;
        let rest = &text[at..];
        let line = || rest.split('\n').next().unwrap_or_default();
        at += if rest.starts_with('#') {
            out.push((at, line().trim_end()));
            line().len()
        } else {
            // A string that is never closed ends with its line.
            string_length(rest).unwrap_or_else(|| line().len())
        };
    }
    out
}

struct Written<'t> {
    /// Where it begins.
    at: usize,
    /// With its sign or its unit.
    whole: &'t str,
    number: &'t str,
}

/// Amounts of dollars as they are written in a text, quotations left out.
fn written_amounts(text: &str) -> Vec<Written<'_>> {
    const BEFORE: &[&str] = &["US$", "$", "USD", "＄"];
    const BEHIND: &[&str] = &["US dollars", "US dollar", "dollars", "dollar", "USD", "美元", "美金"];
    let mut out = Vec::new();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return out;
    }
    let mut quoted = 0_u32;
    let mut straight = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        match c {
            '“' | '「' => quoted += 1,
            '”' | '」' => quoted = quoted.saturating_sub(1),
            '"' => straight = !straight,
            _ => {}
        }
        if !c.is_ascii_digit() {
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        let number = rest[..end].trim_end_matches(['.', ',']);
        let (before, behind) = (&text[..at], &rest[number.len()..]);
        let sign = BEFORE.iter().find(|sign| before.trim_end().ends_with(**sign));
        let unit = BEHIND.iter().find(|unit| behind.trim_start().starts_with(**unit));
        let from = sign.map_or(at, |sign| before.trim_end().len() - sign.len());
        let to = at + number.len();
        let to = unit.map_or(to, |unit| to + (behind.len() - behind.trim_start().len()) + unit.len());
        if (sign.is_some() || unit.is_some()) && quoted == 0 && !straight {
            out.push(Written { at: from, whole: &text[from..to], number });
        }
        rest = &rest[end..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_found_as_people_write_them() {
        let cases: &[(&str, &[&str])] = &[
            ("Keep $5 free, or US$12.50.", &["$5", "US$12.50"]),
            ("Keep 5 dollars, 10 USD or USD 15.", &["5 dollars", "10 USD", "USD 15"]),
            ("会预扣 5 美元，再加10美金。", &["5 美元", "10美金"]),
            ("“Keep 15 dollars”, they say. \"$5\" too. 「5 美元」", &[]),
            ("Article 8264644, 5 days, 3-D Secure, 24 hours", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = written_amounts(text).into_iter().map(|found| found.whole).collect();
            assert_eq!(found, *expected, "{text}");
            assert!(written_amounts(text).iter().all(|found| text[found.at..].starts_with(found.whole)), "{text}");
        }
    }

    #[test]
    fn comments_are_found_outside_of_strings() {
        let text = "# one\na = \"# no\"\n  # two\r\nb = \"\"\"\n# no \\\"\"\"\n'\"\"\" # \"余\"\nc = '\\' # four\nd = \"\\\"#\" #\ne = \"# open\n#";
        let found: Vec<&str> = comments(text).into_iter().map(|(_, comment)| comment).collect();
        assert_eq!(found, ["# one", "# two", "# \"余\"", "# four", "#", "#"]);
        assert!(comments(text).iter().all(|(at, comment)| text[*at..].starts_with(comment)));
    }
}

//! Text in a form in which one comparison serves every way of typing a character, and the way back to the original.

use std::ops::Range;

use super::{Redacted, Span};

/// Half width, one kind of dash, quote, space and line end, without what is not seen.
pub(super) struct Folded {
    /// The folded text.
    pub(super) text: String,
    /// For each byte of `text` where its character stands in the original.
    origin: Vec<usize>,
}

impl Folded {
    pub(super) fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut origin = Vec::with_capacity(original.len());
        for (at, c) in chars(original) {
            text.push(c);
            origin.resize(text.len(), at);
        }
        Self { text, origin }
    }

    /// The original with a marker for each of `spans`; those that overlap become one.
    pub(super) fn replace(&self, original: &str, mut spans: Vec<Span>) -> Redacted {
        spans.sort_by_key(|span| (span.at.start, span.kind));
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.at.start < last.at.end => {
                    last.at.end = last.at.end.max(span.at.end);
                    if span.kind < last.kind {
                        (last.kind, last.marker) = (span.kind, span.marker);
                    }
                }
                _ => merged.push(span),
            }
        }
        let mut text = String::with_capacity(original.len());
        let mut kinds = Vec::new();
        let mut done = 0;
        for span in merged {
            let Range { start, end } = self.original(original, &span.at);
            text.push_str(&original[done..start]);
            text.push_str(span.marker);
            done = end;
            if !kinds.contains(&span.kind) {
                kinds.push(span.kind);
            }
        }
        text.push_str(&original[done..]);
        Redacted { text, kinds }
    }

    /// From the first to the last character of a piece, so that what was left out around it stays.
    fn original(&self, original: &str, piece: &Range<usize>) -> Range<usize> {
        let last = self.origin[piece.end - 1];
        let length = original[last..].chars().next().map_or(0, char::len_utf8);
        self.origin[piece.start]..last + length
    }
}

/// The characters of a text folded, and where they stand in it.
pub(super) fn chars(original: &str) -> impl Iterator<Item = (usize, char)> {
    original.char_indices().filter_map(|(at, c)| Some((at, fold(c, &original[at + c.len_utf8()..])?)))
}

/// One character folded; `None` for one that is not seen and would only split what belongs together.
fn fold(c: char, rest: &str) -> Option<char> {
    Some(match c {
        '\r' if rest.starts_with('\n') => return None,
        // A terminal hands a pasted line end on as a bare carriage return.
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => return None,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => '-',
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '、' => ',',
        // Not a full stop: one would join what follows to a host name before it.
        '。' => ';',
        c if c.is_whitespace() => ' ',
        c => c,
    })
}

//! Pasted text to recognised signals: one pass over the text for all phrases, one look at each token for codes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use crate::guide::{Guide, SignalIx};
use crate::layout::ordinary_width;

/// Text made comparable, so that case, width, spacing, line breaks and the shape of quotes do not matter.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().map(ordinary).filter(|c| stays(*c)).for_each(|c| push_lower(&mut out, c));
    out
}

/// Whether nothing of a text is left when it is folded: no phrase can be found by it.
#[must_use]
pub fn folds_away(text: &str) -> bool {
    !text.chars().map(ordinary).any(stays)
}

fn stays(c: char) -> bool {
    c.is_ascii_graphic() || !(c.is_ascii() || c.is_whitespace() || c.is_control())
}

/// Most of what is pasted is ASCII, for which the tables of all other scripts need not be asked.
fn push_lower(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else {
        out.extend(c.to_lowercase());
    }
}

/// The ordinary form of full-width characters and typographic quotes.
fn ordinary(c: char) -> char {
    match c {
        c if c.is_ascii() => c,
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201f}' | '\u{2033}' => '"',
        '\u{2010}'..='\u{2015}' => '-',
        '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{a0}' => ' ',
        '。' => '.',
        other => ordinary_width(other),
    }
}

/// A code shorter than this is only matched whole: its beginning could be an ordinary word.
const LONG_CODE: usize = 12;

/// Finds the signals of a guide in texts.
#[derive(Debug)]
pub struct Matcher {
    phrases: AhoCorasick,
    /// For each pattern the signal that it belongs to, and whether it takes the meaning away.
    owners: Vec<(SignalIx, bool)>,
    /// By their folded form: each as the guide writes it, and the signals that have it.
    codes: BTreeMap<String, (String, Vec<SignalIx>)>,
    ranks: Vec<u8>,
}

impl Matcher {
    /// Prepares the phrases and codes of a guide, for any text.
    ///
    /// # Errors
    /// If there are more phrases than the automaton can hold.
    pub fn build(guide: &Guide) -> anyhow::Result<Self> {
        Self::of(guide, |_| true)
    }

    /// The same for these texts only. Most phrases share no piece with a text, and making the automaton is dearer than
    /// looking at what people paste.
    ///
    /// # Errors
    /// As [`Self::build`].
    pub fn for_texts<'t>(guide: &Guide, texts: impl IntoIterator<Item = &'t str>) -> anyhow::Result<Self> {
        let mut pieces = Pieces::default();
        for text in texts {
            pieces.extend(&fold(&unescape(text)));
        }
        Self::of(guide, |phrase| pieces.may_hold(phrase))
    }

    fn of(guide: &Guide, is_wanted: impl Fn(&str) -> bool) -> anyhow::Result<Self> {
        let mut patterns = Vec::new();
        let mut owners = Vec::new();
        let mut codes: BTreeMap<String, (String, Vec<SignalIx>)> = BTreeMap::new();
        for (ix, signal) in guide.signals.iter().enumerate() {
            for (phrase, unless) in
                signal.phrases.iter().map(|p| (p, false)).chain(signal.unless.iter().map(|p| (p, true)))
            {
                let phrase = fold(phrase);
                if is_wanted(&phrase) {
                    patterns.push(phrase);
                    owners.push((ix, unless));
                }
            }
            for code in &signal.codes {
                codes.entry(fold(code)).or_insert_with(|| (code.clone(), Vec::new())).1.push(ix);
            }
        }
        let phrases = AhoCorasick::new(&patterns)?;
        Ok(Self { phrases, owners, codes, ranks: guide.signals.iter().map(|signal| signal.rank).collect() })
    }

    /// The signals in a text, the decisive first.
    #[must_use]
    pub fn recognise(&self, text: &str) -> Vec<SignalIx> {
        self.hits(text).into_iter().map(|hit| hit.signal).collect()
    }

    /// What gives each signal of a text away, the decisive first: by rank, then by where a code stands, since a
    /// `decline_code` says more than the `code` beside it and that more than the `type`.
    #[must_use]
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let text = unescape(text);
        let mut found: Vec<Option<Found>> = vec![None; self.ranks.len()];
        let mut taken_away = vec![false; self.ranks.len()];
        for hit in self.phrases.find_overlapping_iter(&fold(&text)) {
            let (signal, unless) = self.owners[hit.pattern().as_usize()];
            if unless {
                taken_away[signal] = true;
            } else {
                found[signal].get_or_insert(Found { code: None, weight: PHRASE, at: hit.span().range() });
            }
        }
        let mut lower = String::with_capacity(text.len());
        text.chars().for_each(|c| push_lower(&mut lower, ordinary(c)));
        for token in lower.split(|c: char| !is_code_char(c)) {
            if let Some((code, signals)) = self.code(token) {
                let start = token.as_ptr() as usize - lower.as_ptr() as usize;
                let weight = weight(&lower[..start]);
                for &signal in signals {
                    // A code is more exact than a phrase, and of two codes the one in the better place counts.
                    if found[signal].as_ref().is_none_or(|known| weight < known.weight) {
                        found[signal] = Some(Found { code: Some(code.clone()), weight, at: 0..0 });
                    }
                }
            }
        }
        let mut all: Vec<(SignalIx, Found)> = found
            .into_iter()
            .enumerate()
            .filter(|(signal, _)| !taken_away[*signal])
            .filter_map(|(signal, found)| Some((signal, found?)))
            .collect();
        all.sort_by_key(|(signal, found)| (self.ranks[*signal], found.weight, *signal));
        let phrases: Vec<Range<usize>> =
            all.iter().filter(|(_, found)| found.code.is_none()).map(|(_, found)| found.at.clone()).collect();
        let mut quotes = quotes(&text, &phrases).into_iter();
        all.into_iter()
            .map(|(signal, found)| {
                let quote = match &found.code {
                    Some(code) => code.clone(),
                    None => quotes.next().unwrap_or_default(),
                };
                Hit { signal, code: found.code, quote }
            })
            .collect()
    }

    fn code(&self, token: &str) -> Option<&(String, Vec<SignalIx>)> {
        if let Some(whole) = self.codes.get(token) {
            return Some(whole);
        }
        // People paste cut lines: a long code is known by its beginning, if no other begins so.
        if token.len() < LONG_CODE || !token.contains('_') {
            return None;
        }
        let mut starting = self.codes.range(token.to_owned()..).take_while(|(code, _)| code.starts_with(token));
        match (starting.next(), starting.next()) {
            (Some((_, only)), None) => Some(only),
            _ => None,
        }
    }
}

/// Which pieces of four bytes stand in some texts, a bit for each by its hash: may take a piece for one that is there,
/// never the other way round.
struct Pieces(Vec<u64>);

impl Default for Pieces {
    fn default() -> Self {
        Self(vec![0; 1 << (Self::BITS - 6)])
    }
}

impl Pieces {
    const BITS: u32 = 18;

    fn all(text: &str) -> impl Iterator<Item = (usize, u64)> {
        text.as_bytes().windows(4).map(|piece| {
            // Knuth's multiplicative hashing, by the golden ratio: the upper bits hang on all of the lower.
            let piece = piece.iter().fold(0, |piece, byte| piece << 8 | u32::from(*byte));
            let hash = piece.wrapping_mul(0x9E37_79B1) >> (u32::BITS - Self::BITS);
            ((hash >> 6) as usize, 1 << (hash & 63))
        })
    }

    fn extend(&mut self, text: &str) {
        for (word, bit) in Self::all(text) {
            self.0[word] |= bit;
        }
    }

    fn may_hold(&self, phrase: &str) -> bool {
        Self::all(phrase).all(|(word, bit)| self.0[word] & bit != 0)
    }
}

/// What gave a signal away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which signal.
    pub signal: SignalIx,
    /// The code that it was known by, if it was one.
    pub code: Option<String>,
    /// The words of the text that it was known by.
    pub quote: String,
}

#[derive(Clone, Debug)]
struct Found {
    code: Option<String>,
    weight: u8,
    /// Where the phrase stands in the folded text.
    at: Range<usize>,
}

/// What a phrase weighs beside the places of codes.
const PHRASE: u8 = 4;

/// How decisive the place of a code is, by the key that it is the value of: JSON, also cut off or inside of a traceback.
fn weight(before: &str) -> u8 {
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let Some(before) = before.strip_suffix([':', '=']) else { return 2 };
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let key = before.rsplit(|c: char| !is_code_char(c)).next().unwrap_or_default();
    match key {
        "decline_code" => 0,
        "code" | "error_code" | "advice_code" => 1,
        "type" => 3,
        _ => 2,
    }
}

const fn is_code_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The words of the text behind pieces of its folded form, in the order of these.
fn quotes(text: &str, folded: &[Range<usize>]) -> Vec<String> {
    if folded.is_empty() {
        return Vec::new();
    }
    let mut quotes = vec![String::new(); folded.len()];
    let mut at = 0;
    for c in text.chars() {
        let mut shape = [0; 4];
        let length = fold(c.encode_utf8(&mut shape)).len();
        for (quote, range) in quotes.iter_mut().zip(folded) {
            // What is folded away inside of a phrase belongs to it, such as its spaces.
            let inside = at < range.end && (if length == 0 { at > range.start } else { at + length > range.start });
            if inside {
                quote.push(if c.is_whitespace() { ' ' } else { c });
            }
        }
        at += length;
    }
    quotes.into_iter().map(|quote| quote.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Text as it was before it was packed into JSON or HTML: escapes and the entities that messages hold are resolved.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '&']) {
        return composed(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, taken) =
            escape(rest).or_else(|| entity(rest)).unwrap_or((if rest.starts_with('&') { '&' } else { '\\' }, 1));
        out.push(c);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    composed(Cow::Owned(out))
}

/// Letters and their accents in one piece, as phrases are written: what comes from some systems has them apart.
fn composed(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    Cow::Owned(text.nfc().collect())
}
/// A JSON escape at the start of `rest`: what it stands for, and the bytes it takes.
fn escape(rest: &str) -> Option<(char, usize)> {
    let unit = |at: usize| u16::from_str_radix(rest.get(at + 2..at + 6)?, 16).ok();
    match rest.as_bytes().get(..2)? {
        [b'\\', b'n' | b'r' | b't'] => Some((' ', 2)),
        [b'\\', c @ (b'"' | b'\'' | b'\\' | b'/')] => Some((char::from(*c), 2)),
        [b'\\', b'u'] => {
            let first = unit(0)?;
            if let Some(c) = char::from_u32(first.into()) {
                return Some((c, 6));
            }
            // Beyond the first 65,536 characters JSON writes two halves.
            let second = rest.get(6..8).filter(|next| *next == "\\u").and_then(|_| unit(6))?;
            char::decode_utf16([first, second]).next()?.ok().map(|c| (c, 12))
        }
        _ => None,
    }
}

/// An HTML entity at the start of `rest`: what it stands for, and the bytes it takes.
fn entity(rest: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 10;
    let rest = rest.strip_prefix('&')?;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &rest[..end];
    let c = match name {
        "amp" => '&',
        "apos" | "rsquo" | "lsquo" => '\'',
        "quot" | "ldquo" | "rdquo" => '"',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((c, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Signal;

    fn signal(codes: &[&str], phrases: &[&str], unless: &[&str], rank: u8) -> Signal {
        let owned = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        Signal {
            id: String::new(),
            means: crate::guide::text::Text::default(),
            who: Vec::new(),
            retry: crate::guide::RetryWord::No,
            next: crate::guide::text::Text::default(),
            codes: owned(codes),
            phrases: owned(phrases),
            unless: owned(unless),
            rank,
            group: None,
            points_to: Vec::new(),
            answers: Vec::new(),
            sources: Vec::new(),
        }
    }

    #[test]
    fn recognition() {
        let guide = Guide {
            signals: vec![
                signal(&["card_declined"], &["Your card was declined", "您的银行卡被拒绝了"], &[], 3),
                signal(&["insufficient_quota"], &["You exceeded your current quota"], &[], 2),
                signal(&["insufficient_funds"], &["insufficient funds"], &[], 1),
                signal(&["expired_card"], &["expired"], &["hCaptcha expired"], 1),
                signal(&[], &["carte a été refusée"], &[], 3),
            ],
            ..Guide::default()
        };
        let matcher = Matcher::build(&guide).unwrap();
        let cases: &[(&str, &[SignalIx])] = &[
            ("Your card was declined.", &[0]),
            ("YOUR  CARD\n was declined", &[0]),
            ("Ｙｏｕｒ card was declined", &[0]),
            ("抱歉，您的银行卡\n被拒绝了。", &[0]),
            ("{\"code\": \"card_declined\", \"decline_code\": \"insufficient_funds\"}", &[2, 0]),
            ("error: insufficient_q", &[1]),
            ("insufficient", &[]),
            ("my_insufficient_quota_2", &[]),
            ("the hCaptcha expired", &[]),
            ("it has expired", &[3]),
            ("Votre carte a e\u{301}te\u{301} refuse\u{301}e", &[4]),
            ("{\"message\": \"\\u60a8\\u7684\\u94f6\\u884c\\u5361\\u88ab\\u62d2\\u7edd\\u4e86\"}", &[0]),
            ("{\\\"message\\\":\\\"Your card\\nwas declined.\\\"", &[0]),
            ("Your&nbsp;card was&#32;declined", &[0]),
            ("\\ud83d \\u12 &bogus; & \\", &[]),
            ("type=insufficient_funds code=expired_card", &[3, 2]),
            ("\"code\": \"insufficient_funds\", \"decline_code\": \"expired_card\"", &[3, 2]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(matcher.recognise(text), *expected, "{text:?}");
            assert_eq!(Matcher::for_texts(&guide, [*text]).unwrap().recognise(text), *expected, "only for {text:?}");
        }
        let quoted = |text: &str| -> Vec<String> { matcher.hits(text).into_iter().map(|hit| hit.quote).collect() };
        assert_eq!(quoted("Sorry. YOUR  CARD\nwas declined, see"), ["YOUR CARD was declined"]);
        assert_eq!(quoted("抱歉，您的银行卡\n被拒绝了。"), ["您的银行卡 被拒绝了"]);
        assert_eq!(quoted("{'code': 'insufficient_quo"), ["insufficient_quota"]);
    }
}

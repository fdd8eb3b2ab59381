//! Pasted text to recognised signals: one pass over the text for all phrases, one look at each token for codes.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use crate::guide::{Guide, SignalIx};
use crate::layout::ordinary_width;

/// Text made comparable, so that case, width, spacing, line breaks and the shape of quotes do not matter.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match ordinary(c) {
            c if c.is_whitespace() || c.is_control() => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The ordinary form of full-width characters and typographic quotes.
fn ordinary(c: char) -> char {
    match c {
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
    codes: BTreeMap<String, Vec<SignalIx>>,
    ranks: Vec<u8>,
}

impl Matcher {
    /// Prepares the phrases and codes of a guide.
    ///
    /// # Errors
    /// If there are more phrases than the automaton can hold.
    pub fn build(guide: &Guide) -> anyhow::Result<Self> {
        let mut patterns = Vec::new();
        let mut owners = Vec::new();
        let mut codes: BTreeMap<String, Vec<SignalIx>> = BTreeMap::new();
        for (ix, signal) in guide.signals.iter().enumerate() {
            for (phrase, unless) in
                signal.phrases.iter().map(|p| (p, false)).chain(signal.unless.iter().map(|p| (p, true)))
            {
                patterns.push(fold(phrase));
                owners.push((ix, unless));
            }
            for code in &signal.codes {
                codes.entry(fold(code)).or_default().push(ix);
            }
        }
        let phrases = AhoCorasick::new(&patterns)?;
        Ok(Self { phrases, owners, codes, ranks: guide.signals.iter().map(|signal| signal.rank).collect() })
    }

    /// The signals in a text, the decisive first.
    #[must_use]
    pub fn recognise(&self, text: &str) -> Vec<SignalIx> {
        let mut found = vec![false; self.ranks.len()];
        let mut taken_away = vec![false; self.ranks.len()];
        for hit in self.phrases.find_overlapping_iter(&fold(text)) {
            let (signal, unless) = self.owners[hit.pattern().as_usize()];
            let list = if unless { &mut taken_away } else { &mut found };
            list[signal] = true;
        }
        let lower: String = text.chars().map(ordinary).flat_map(char::to_lowercase).collect();
        for token in lower.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
            for &signal in self.code(token) {
                found[signal] = true;
            }
        }
        let mut signals: Vec<SignalIx> =
            (0..found.len()).filter(|&signal| found[signal] && !taken_away[signal]).collect();
        signals.sort_by_key(|&signal| (self.ranks[signal], signal));
        signals
    }

    fn code(&self, token: &str) -> &[SignalIx] {
        if let Some(signals) = self.codes.get(token) {
            return signals;
        }
        // People paste cut lines: a long code is known by its beginning, if no other begins so.
        if token.len() < LONG_CODE || !token.contains('_') {
            return &[];
        }
        let mut starting = self.codes.range(token.to_owned()..).take_while(|(code, _)| code.starts_with(token));
        match (starting.next(), starting.next()) {
            (Some((_, signals)), None) => signals,
            _ => &[],
        }
    }
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
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(matcher.recognise(text), *expected, "{text:?}");
        }
    }
}

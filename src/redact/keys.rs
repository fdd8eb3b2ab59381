//! Keys and other long random strings, whole or broken over lines by a narrow window.

use std::ops::Range;

use super::labels::PUBLIC_IDS;
use super::{Finder, SecretKind, is_word};

/// The shortest random string that is taken for a token though nothing announces it.
pub(super) const TOKEN_LENGTH: usize = 24;

impl Finder<'_> {
    /// A key that begins with a known prefix.
    pub(super) fn key(&mut self, prefix: Range<usize>) {
        if prefix.start < self.keys_read {
            return;
        }
        let web_token = self.piece(prefix.clone()).eq_ignore_ascii_case("eyj");
        let class = |byte: u8| is_key(byte) || (web_token && byte == b'.');
        let run = self.run(prefix.end, class);
        let end = self.run_over_lines(run, class);
        self.keys_read = end;
        let body: Vec<u8> = self.bytes[prefix.end..end].iter().copied().filter(|byte| class(*byte)).collect();
        // A provider that quotes a key back masks it; such a stub tells whose key it is and opens nothing.
        let masked = matches!(self.byte(run), b'*' | b'.') && self.byte(run + 1) == self.byte(run);
        if body.len() >= if masked { 16 } else { 8 } && looks_secret(&body) {
            self.found(prefix.start..end, SecretKind::ApiKey);
        }
    }

    /// What follows the word "Bearer".
    pub(super) fn bearer(&mut self, label_end: usize) {
        let start = self.run(label_end, |byte| matches!(byte, b' ' | b'\n' | b':' | b'"' | b'\''));
        let class = |byte: u8| is_key(byte) || matches!(byte, b'.' | b'~' | b'+' | b'/' | b'=');
        let end = self.run_over_lines(self.run(start, class), class);
        let end = start + self.piece(start..end).trim_end_matches('.').len();
        if start > label_end && end - start >= 8 && looks_secret(&self.bytes[start..end]) {
            self.found(start..end, SecretKind::ApiKey);
        }
    }

    /// A value behind a name such as "password"; where it is not assigned to that name, only if it is random.
    pub(super) fn secret_value(&mut self, value: usize, assigned: bool) {
        const ASSIGNED: usize = 6;
        const MENTIONED: usize = 8;
        if value < self.values_read {
            return;
        }
        let end = self.run(value, |byte| is_key(byte) || matches!(byte, b'+' | b'/' | b'~' | b'!' | b'@' | b'$'));
        self.values_read = end;
        let secret = &self.bytes[value..end];
        let random = || secret.len() >= MENTIONED && !is_identifier(secret);
        let enough = (assigned && secret.len() >= ASSIGNED) || random();
        if enough && mixes_letters_and_digits(secret) && !self.is_public_id(value) {
            let end = self.run_over_lines(end, is_key);
            self.found(value..end, SecretKind::ApiKey);
        }
    }

    /// The end of a run that a narrow window broke, each broken piece reaching the end of its line.
    fn run_over_lines(&self, mut end: usize, class: impl Fn(u8) -> bool) -> usize {
        const LINES: usize = 16;
        for _ in 0..LINES {
            if self.byte(end) != b'\n' || end >= self.bytes.len() {
                break;
            }
            let start = self.run(end + 1, |byte| byte == b' ');
            let next = self.run(start, &class);
            if !self.continues(start..next) {
                break;
            }
            end = next;
        }
        end
    }

    /// Whether a piece at the beginning of a line is the rest of the key above it, and not a word, a name or a status.
    fn continues(&self, piece: Range<usize>) -> bool {
        let (next, after) = (self.byte(piece.end), self.byte(piece.end + 1));
        let label = matches!(next, b':' | b'=' | b'(' | b'/' | b'@') || (next == b'.' && after.is_ascii_alphanumeric());
        if piece.is_empty() || label {
            return false;
        }
        let rest = self.run(piece.end, |byte| matches!(byte, b' ' | b'"' | b'\'' | b',' | b';' | b')' | b']' | b'}'));
        let alone = self.byte(rest) == b'\n';
        let piece = &self.bytes[piece];
        if mixes_letters_and_digits(piece) {
            return !is_identifier(piece) || (alone && piece.len() >= 4 && piece.iter().all(u8::is_ascii_alphanumeric));
        }
        if piece.iter().all(u8::is_ascii_digit) {
            return alone && piece.len() >= 4;
        }
        let inner_capital = piece.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
        alone && piece.len() >= 8 && inner_capital
    }

    /// Long random strings that nothing announces.
    pub(super) fn tokens(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            let end = self.run(at, |byte| is_key(byte) || matches!(byte, b'+' | b'/'));
            // In an address or a path each part is a word of its own; elsewhere `/` is a digit of base64.
            let path = matches!(self.before(at), b'.' | b':' | b'\\' | b'@' | b'~') || self.byte(at) == b'/';
            if !path && self.is_token(at..end) {
                self.token(at..end);
            } else {
                let mut start = at;
                for part in self.bytes[at..end].split(|byte| *byte == b'/') {
                    if self.is_token(start..start + part.len()) {
                        self.token(start..start + part.len());
                    }
                    start += part.len() + 1;
                }
            }
            at = end.max(at + 1);
        }
    }

    fn token(&mut self, at: Range<usize>) {
        let end = self.run(self.run_over_lines(at.end, is_key), |byte| byte == b'=');
        self.found(at.start..end, SecretKind::Token);
    }

    fn is_token(&self, at: Range<usize>) -> bool {
        let token = &self.bytes[at.clone()];
        let random = || mixes_letters_and_digits(token) && !is_identifier(token) && !self.is_public_id(at.start);
        token.len() >= TOKEN_LENGTH && (self.piece(at.clone()).contains("_secret_") || random())
    }

    /// An id by its prefix, or by standing behind the words "request id".
    fn is_public_id(&self, at: usize) -> bool {
        PUBLIC_IDS.split('|').any(|prefix| self.bytes[at..].starts_with(prefix.as_bytes()))
            || ["request id", "request_id", "request-id", "requestid"].iter().any(|name| self.stands_behind(at, name))
    }
}

fn is_key(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

fn mixes_letters_and_digits(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_digit) && bytes.iter().any(u8::is_ascii_alphabetic)
}

/// Whether the body of a key is more than words joined by dashes, as in `sk-your-key-here`.
fn looks_secret(body: &[u8]) -> bool {
    body.iter().any(u8::is_ascii_digit) || body.split(|byte| !byte.is_ascii_alphanumeric()).any(|part| part.len() >= 16)
}

/// Whether every part is a word, a number, or a word with a short number (`http2`, `4o`, `l10n`), as in names of models,
/// errors, files and pages. A random string has at least one part that is none of these.
fn is_identifier(bytes: &[u8]) -> bool {
    bytes.split(|byte| !byte.is_ascii_alphanumeric()).all(|part| {
        let runs: Vec<(bool, usize)> = part
            .chunk_by(|left, right| left.is_ascii_digit() == right.is_ascii_digit())
            .map(|run| (run.iter().all(u8::is_ascii_digit), run.len()))
            .take(4)
            .collect();
        matches!(
            runs[..],
            [] | [_]
                | [(false, _), (true, ..=3)]
                | [(true, ..=4), (false, ..=3)]
                | [(false, _), (true, ..=2), (false, _)]
        )
    })
}

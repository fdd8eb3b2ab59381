//! Secrets that a label stands beside: security codes, one-time codes, and numbers and values given to a name.

use std::ops::{Range, RangeInclusive};

use super::labels::{FILLERS, LINKS, Label, Labels, UNITS};
use super::{Finder, SecretKind, is_word};

impl Finder<'_> {
    /// Looks at every label of the text.
    pub(super) fn labelled(&mut self) {
        let Some(labels) = Labels::get() else {
            return;
        };
        for hit in labels.automaton.find_overlapping_iter(self.text) {
            let Some(label) = labels.label(hit.pattern()) else {
                continue;
            };
            let Some(compound) = self.boundary(label, hit.range()) else {
                continue;
            };
            match label {
                Label::Key => self.key(hit.range()),
                Label::Bearer => self.bearer(hit.end()),
                Label::OneTimeCode => self.one_time_code(hit.range()),
                _ => {
                    let value = self.value_after(hit.end());
                    let between = &self.bytes[hit.end()..value];
                    // `incorrect_cvc` is an error code; `card_cvc=` and `"card_cvc":` are fields.
                    if compound && !between.iter().any(|byte| matches!(byte, b'=' | b'"')) {
                        continue;
                    }
                    match label {
                        Label::SecurityCode => self.security_code(value),
                        Label::CardNumber => self.named_number(value, 8..=19, SecretKind::CardNumber),
                        Label::Phone => self.named_number(value, 7..=15, SecretKind::Phone),
                        Label::Expiry => self.expiry_part(value),
                        _ if !between.is_empty() => {
                            let assigned = between.iter().any(|byte| matches!(byte, b':' | b'='));
                            self.secret_value(value, assigned);
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// `None` when the match is only a piece of another word; else whether it is the last part of a compound.
    fn boundary(&self, label: Label, at: Range<usize>) -> Option<bool> {
        let (first, previous) = (self.byte(at.start), self.before(at.start));
        let (last, next) = (self.byte(at.end - 1), self.byte(at.end));
        if label == Label::Key {
            return (!is_word(previous) && previous != b'-').then_some(false);
        }
        let capital = previous.is_ascii_lowercase() && first.is_ascii_uppercase();
        let inside = first.is_ascii_alphanumeric() && previous.is_ascii_alphanumeric() && !capital;
        let goes_on = last.is_ascii_alphanumeric() && (next.is_ascii_alphabetic() || next == b'_');
        (!inside && !goes_on).then_some(capital || previous == b'_')
    }

    /// Steps over what people and formats put between a label and its value.
    fn value_after(&self, label_end: usize) -> usize {
        let mut at = label_end;
        let mut line_ends = 0;
        // Far enough for any form, and not into the next paragraph.
        while at < label_end + 32 && at < self.bytes.len() {
            match self.byte(at) {
                b'\n' if line_ends < 2 => line_ends += 1,
                b' ' | b':' | b'=' | b'"' | b'\'' | b'#' | b'(' | b')' | b'[' | b']' | b'\\' | b'|' | b'>' => {}
                b'-' if self.byte(at + 1) == b' ' || self.byte(at + 1).is_ascii_digit() => {}
                _ => match FILLERS.iter().find(|filler| self.word_at(at, filler)) {
                    Some(filler) => at += filler.len() - 1,
                    None => break,
                },
            }
            at += 1;
        }
        at
    }

    fn security_code(&mut self, value: usize) {
        if let Some(code) = self.whole_number(value) {
            match code.len() {
                3 | 4 => self.found(code, SecretKind::SecurityCode),
                // Banks call what they send by text message a security code too.
                5..=8 => self.found(code, SecretKind::OneTimeCode),
                _ => {}
            }
        }
    }

    fn expiry_part(&mut self, value: usize) {
        if let Some(number) = self.whole_number(value).filter(|number| number.len() <= 4) {
            self.expiry.push(number);
        }
    }

    /// A code behind its label or before it, in the same clause.
    fn one_time_code(&mut self, label: Range<usize>) {
        const REACH: usize = 64;
        let next = self.groups.partition_point(|group| group.start < label.end);

        // "Your verification code for 5.00 USD is 123456"
        let value = self.value_after(label.end);
        let mut after = next;
        while let Some(code) = self.groups.get(after).map(|group| group.start) {
            let between = label.end..code;
            if between.len() > REACH
                || self.ends_clause(between.clone(), code > value)
                || self.piece(between).contains("removed")
            {
                break;
            }
            self.code_at(code);
            after += 1;
        }

        // "123456 is your verification code": only with such a word, or every number before a label would go.
        let Some(last) = next.checked_sub(1) else {
            return;
        };
        let between = self.groups[last].end..label.start;
        let link = self.run(self.groups[last].end, |byte| byte == b' ');
        if between.len() <= REACH
            && !self.ends_clause(between, true)
            && LINKS.iter().any(|word| self.word_at(link, word))
        {
            let halved = last.checked_sub(1).filter(|first| {
                let (first, second) = (&self.groups[*first], &self.groups[last]);
                matches!(&self.bytes[first.end..second.start], b" " | b"-") && first.len() == second.len()
            });
            self.code_at(self.groups[halved.unwrap_or(last)].start);
        }
    }

    /// Whether a clause ends within `piece`; the points and commas inside of numbers are no ends.
    fn ends_clause(&self, mut piece: Range<usize>, at_line_end: bool) -> bool {
        piece.any(|at| match self.byte(at) {
            b'.' | b',' => !self.byte(at + 1).is_ascii_digit(),
            b';' | b'!' | b'?' | b'{' | b'}' => true,
            byte => byte == b'\n' && at_line_end,
        })
    }

    /// A one-time code of four to eight digits at `at`, also in two halves.
    fn code_at(&mut self, at: usize) {
        let half = self.run(at, |byte| byte.is_ascii_digit());
        let halves = (3..=4).contains(&(half - at)) && matches!(self.byte(half), b' ' | b'-');
        let second = self.whole_number(half + 1).filter(|rest| halves && rest.len() == half - at);
        let code = match (second, self.whole_number(at)) {
            (Some(rest), _) if !is_word(self.before(at)) => at..rest.end,
            (_, Some(code)) if (4..=8).contains(&code.len()) => code,
            _ => return,
        };
        let unit = self.run(code.end, |byte| byte == b' ');
        let amount = UNITS.iter().any(|word| self.word_at(unit, word))
            || self.piece(0..code.start).trim_end_matches(' ').ends_with(['$', '€', '£', '¥']);
        if !amount {
            self.found(code, SecretKind::OneTimeCode);
        }
    }

    /// A number that a label names, in whatever groups, from `value` on.
    fn named_number(&mut self, value: usize, digits: RangeInclusive<usize>, kind: SecretKind) {
        let start = self.run(value, |byte| matches!(byte, b'+' | b'('));
        let first = self.groups.partition_point(|group| group.start < start);
        let (mut total, mut end) = (0, start);
        for group in &self.groups[first..] {
            let gap = &self.bytes[end..group.start];
            let joins = |byte: &u8| matches!(byte, b' ' | b'-' | b'.' | b'(' | b')' | b'\n');
            if gap.len() > if total == 0 { 0 } else { 3 }
                || !gap.iter().all(joins)
                || total + group.len() > *digits.end()
            {
                break;
            }
            total += group.len();
            end = group.end;
        }
        // "Phone, 2026-11-22": a date.
        let date = self.groups.get(first).is_some_and(|year| self.is_year(year))
            && self.groups.get(first + 1).is_some_and(|month| month.len() <= 2);
        if digits.contains(&total) && !date {
            self.found(value..end, kind);
        }
    }
}

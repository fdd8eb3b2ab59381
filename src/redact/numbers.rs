//! Numbers that are secret by their shape: payment cards, the dates beside them, telephones.

use std::ops::{Range, RangeInclusive};

use super::{DATE_MARKER, Finder, SecretKind, Span, is_word};

impl Finder<'_> {
    /// Card numbers, in any of the groups in which they are printed and typed.
    pub(super) fn cards(&mut self) {
        for first in 0..self.groups.len() {
            if let Some(end) = self.card_from(first) {
                self.found(self.groups[first].start..end, SecretKind::CardNumber);
            }
        }
    }

    /// The end of the longest card number that begins with group `first`.
    fn card_from(&self, first: usize) -> Option<usize> {
        let start = self.groups[first].start;
        // No card begins with 0 or 1, but times in milliseconds do.
        if matches!(self.byte(start), b'0' | b'1') {
            return None;
        }
        // Part of a name or of a longer number, unless it is printed in groups.
        let inside = matches!(self.before(start), b'_' | b'.');
        let mut digits: Vec<u8> = Vec::with_capacity(19);
        let mut shape: Vec<usize> = Vec::new();
        // The same with the pieces joined that only a line end divides.
        let mut joined: Vec<usize> = Vec::new();
        let mut end = start;
        let mut card = None;
        for (number, group) in self.groups[first..].iter().enumerate() {
            let gap = &self.bytes[end..group.start];
            if digits.len() + group.len() > 19 || gap.len() > 12 {
                break;
            }
            let broken = gap.contains(&b'\n');
            if (gap.len() > 4 && !broken) || !gap.iter().all(|byte| matches!(byte, b' ' | b'-' | b'\n')) {
                break;
            }
            end = group.end;
            digits.extend(&self.bytes[group.clone()]);
            shape.push(group.len());
            match joined.last_mut() {
                Some(last) if broken && !gap.contains(&b'-') => *last += group.len(),
                _ => joined.push(group.len()),
            }
            if digits.len() >= 12
                && (is_card_shape(&shape) || is_card_shape(&joined))
                && !(inside && shape.len() == 1)
                && !self.are_years(first..=first + number)
                && (is_luhn(&digits) || self.is_printed_like_a_card(first, &shape))
            {
                card = Some(end);
            }
        }
        card
    }

    fn are_years(&self, groups: RangeInclusive<usize>) -> bool {
        self.groups[groups].iter().all(|group| self.is_year(group))
    }

    /// Whether a group of digits can be a year of our time.
    pub(super) fn is_year(&self, group: &Range<usize>) -> bool {
        group.len() == 4 && matches!(self.piece(group.start..group.start + 2), "19" | "20")
    }

    /// Four groups of four, or an American Express number: removed also with a digit wrong, since people who mistyped
    /// their card are among those who paste it.
    fn is_printed_like_a_card(&self, first: usize, shape: &[usize]) -> bool {
        let lead = self.byte(self.groups[first].start);
        let plausible = match shape {
            [4, 4, 4, 4] => (b'2'..=b'6').contains(&lead),
            [4, 6, 5] => lead == b'3',
            _ => false,
        };
        let after = first + shape.len();
        let gap = |left: usize| match (self.groups.get(left), self.groups.get(left + 1)) {
            (Some(left), Some(right)) => &self.bytes[left.end..right.start],
            _ => &[][..],
        };
        let even = matches!(gap(first), b" " | b"-") && (first..after - 1).all(|left| gap(left) == gap(first));
        // A longer row is a table of numbers.
        let alone = gap(after - 1) != gap(first) && first.checked_sub(1).is_none_or(|left| gap(left) != gap(first));
        plausible && even && alone
    }

    /// The expiry dates that stand beside a card number, and the security code behind such a date.
    pub(super) fn expiry_dates(&mut self) {
        const REACH: usize = 90;
        self.expiry.sort_by_key(|part| part.start);
        let mut dates: Vec<Range<usize>> = Vec::new();
        for card in self.spans.iter().filter(|span| span.kind == SecretKind::CardNumber).map(|span| &span.at) {
            let near = card.start.saturating_sub(REACH)..card.end + REACH;
            let inside = |groups: &[Range<usize>]| {
                groups.partition_point(|group| group.start < near.start)
                    ..groups.partition_point(|group| group.start < near.end)
            };
            let beside = self.groups[inside(&self.groups)].iter().filter(|group| !card.contains(&group.start));
            dates.extend(beside.filter_map(|group| self.month_and_year(group.start)));
            dates.extend_from_slice(&self.expiry[inside(&self.expiry)]);
        }
        for date in dates {
            let code = self.run(date.end, |byte| matches!(byte, b' ' | b'|' | b','));
            if let Some(code) =
                self.whole_number(code).filter(|code| code.start > date.end && matches!(code.len(), 3 | 4))
            {
                self.found(code, SecretKind::SecurityCode);
            }
            self.spans.push(Span { at: date, kind: SecretKind::CardNumber, marker: DATE_MARKER });
        }
    }

    /// A date as cards show it: `08/29`, `8 / 2029`, `08-29`, `08|29`, `2029/08`.
    fn month_and_year(&self, start: usize) -> Option<Range<usize>> {
        let first_end = self.run(start, |byte| byte.is_ascii_digit());
        let divider = self.run(first_end, |byte| byte == b' ');
        let second = self.run(divider + 1, |byte| byte == b' ');
        let end = self.run(second, |byte| byte.is_ascii_digit());
        let shaped = matches!(self.byte(divider), b'/' | b'-' | b'|');
        let goes_on = is_word(self.byte(end)) || matches!(self.byte(end), b'/' | b'-');
        if !shaped || goes_on || matches!(self.before(start), b'/' | b'-' | b'.') || end - start > 12 {
            return None;
        }
        let dated = match (self.piece(start..first_end).parse().ok()?, self.piece(second..end).parse().ok()?) {
            (1..=12, year) => matches!(year, 20..=60 | 2020..=2060),
            (2020..=2060, month) => matches!(month, 1..=12_u32),
            _ => false,
        };
        dated.then_some(start..end)
    }

    /// Telephone numbers that need no label.
    pub(super) fn phones(&mut self) {
        for first in 0..self.groups.len() {
            if let Some(at) = self.phone_from(first) {
                self.found(at, SecretKind::Phone);
            }
        }
    }

    /// The longest telephone number that begins with group `first`.
    fn phone_from(&self, first: usize) -> Option<Range<usize>> {
        let digits = self.groups[first].start;
        let open = digits - usize::from(self.before(digits) == b'(');
        let plus = self.before(open) == b'+';
        let start = open - usize::from(plus);
        let previous = self.before(start);
        if is_word(previous)
            || matches!(previous, b'.' | b'-' | b'/' | b':' | b'$' | b'#')
            || self.stands_behind(start, "id")
        {
            return None;
        }
        let mut shape: Vec<usize> = Vec::new();
        let mut firmly_joined = true;
        let mut end = digits;
        let mut phone = None;
        for group in self.groups[first..].iter().take(6) {
            let gap = &self.bytes[end..group.start];
            if gap.len() > 2 || !gap.iter().all(|byte| matches!(byte, b' ' | b'-' | b'.' | b'(' | b')')) {
                break;
            }
            firmly_joined &= gap != b" ";
            end = group.end;
            shape.push(group.len());
            let lead = [self.byte(digits), self.byte(digits + 1)];
            if is_phone_shape(plus, lead, &shape, firmly_joined) && self.number_ends(end) {
                phone = Some(start..end);
            }
        }
        phone
    }
}

/// The check digit rule of payment cards.
fn is_luhn(digits: &[u8]) -> bool {
    let value = |(place, digit): (usize, &u8)| match u32::from(digit - b'0') * if place % 2 == 1 { 2 } else { 1 } {
        high @ 10.. => high - 9,
        low => low,
    };
    digits.iter().rev().enumerate().map(value).sum::<u32>().is_multiple_of(10)
}

/// Whether groups of these lengths are a way to write a card number, so that dates and tables are none.
fn is_card_shape(groups: &[usize]) -> bool {
    match groups {
        [12..=19] | [4, 6, 4 | 5] | [8, 8] | [6, 10 | 13] => true,
        [fours @ .., 1..=4] if fours.len() >= 2 && fours.iter().all(|len| *len == 4) => true,
        all => all.iter().all(|len| *len == 1) || all.iter().all(|len| *len == 2),
    }
}

/// Whether groups of these lengths, after the first two digits `lead`, are a way to write a telephone number.
fn is_phone_shape(plus: bool, lead: [u8; 2], groups: &[usize], firmly_joined: bool) -> bool {
    let digits: usize = groups.iter().sum();
    // A trunk 0 before an area code; dates with a leading zero have a group of one or two in the middle.
    let trunk = lead[0] == b'0' && lead[1] != b'0' && (9..=11).contains(&digits);
    match groups {
        _ if plus => lead[0] != b'0' && (8..=15).contains(&digits),
        // A mobile number of mainland China.
        [11] | [3, 4, 4] if lead[0] == b'1' => lead[1] >= b'3',
        // North America; with spaces alone it could be any three numbers.
        [3, 3, 4] if lead[0] >= b'2' => firmly_joined,
        [10 | 11] => trunk && lead[1] >= b'4',
        [2..=5, 3..=5, 3..=5] | [3..=5, 5..=8] | [2, 2, 2, 2, 2] => trunk,
        _ => false,
    }
}

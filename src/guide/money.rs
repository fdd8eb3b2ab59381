//! Amounts in US dollars, kept in whole cents, and calendar months.

use std::fmt;

use crate::layout::ordinary_width;

/// US cents. Never a fraction: advice about money must add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cents(pub i64);

/// The largest amount that is taken: enough for every purchase, far from any overflow of sums.
pub const MOST: Cents = Cents(10_000_000_000);

impl Cents {
    /// Reads `12`, `12.5`, `12.50`, `$12.50`, `1,200.00` or the same in full-width characters.
    ///
    /// # Errors
    /// Says in a few words what is wrong with the amount.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let folded: String = text.trim().chars().map(narrow).collect();
        let plain = folded.trim().trim_start_matches('$').trim_end_matches(['$']).trim();
        let plain = plain.strip_prefix("US$").or_else(|| plain.strip_prefix("USD")).unwrap_or(plain).trim();
        let plain = plain.strip_suffix("USD").or_else(|| plain.strip_suffix("美元")).unwrap_or(plain).trim();
        if plain.is_empty() {
            return Err(AmountError::Empty);
        }
        if plain.starts_with('-') {
            return Err(AmountError::Negative);
        }
        // One comma with one or two digits behind it can only be a decimal comma: thousands have three.
        let decimal_comma = plain
            .split_once(',')
            .filter(|(_, cents)| (1..=2).contains(&cents.len()) && cents.bytes().all(|b| b.is_ascii_digit()));
        let (whole, cents) = decimal_comma.or_else(|| plain.split_once('.')).unwrap_or((plain, ""));
        let whole = ungroup(whole).ok_or(AmountError::NotANumber)?;
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(&whole) || !digits(cents) || (whole.is_empty() && cents.is_empty()) {
            return Err(AmountError::NotANumber);
        }
        if cents.len() > 2 {
            return Err(AmountError::TooFine);
        }
        if whole.len() > 9 {
            return Err(AmountError::TooLarge);
        }
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| AmountError::TooLarge)? };
        let cents: i64 = format!("{cents:0<2}").parse().map_err(|_| AmountError::NotANumber)?;
        let amount = Self(whole * 100 + cents);
        if amount > MOST { Err(AmountError::TooLarge) } else { Ok(amount) }
    }
}

/// Reads a plain whole number, also in full-width digits.
#[must_use]
pub fn digits(text: &str) -> Option<usize> {
    let folded: String = text.chars().map(narrow).collect();
    (!folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit())).then(|| folded.parse().ok())?
}

/// Full-width digits and signs as their ordinary form; people type them with a Chinese input method.
fn narrow(c: char) -> char {
    match c {
        '\u{a0}' => ' ',
        '。' => '.',
        other => ordinary_width(other),
    }
}

/// Takes out thousands commas where they stand at thousands.
fn ungroup(whole: &str) -> Option<String> {
    if !whole.contains(',') {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let good = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    good.then(|| whole.replace(',', ""))
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100)
    }
}

/// What is wrong with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing was given.
    Empty,
    /// Not a number, or a comma where it could mean two things.
    NotANumber,
    /// Below zero.
    Negative,
    /// More than two places behind the point.
    TooFine,
    /// Beyond [`MOST`].
    TooLarge,
}

/// A month of a year, e.g. the date on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year, 1970 to 2199.
    pub year: i32,
    /// 1 to 12.
    pub month: i32,
}

impl Month {
    /// Reads `2026-11`, and `11/26` or `11/2026` as cards print it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let folded: String = text.trim().chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
        let (year, month) = if let Some((month, year)) = folded.split_once('/') {
            let year = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
            (year, month.to_owned())
        } else {
            let (year, month) = folded.split_once('-')?;
            (year.to_owned(), month.to_owned())
        };
        if year.len() != 4 || month.is_empty() || month.len() > 2 {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        ((1970..2200).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// How many months this lies behind `other`; negative if before.
    #[must_use]
    pub fn since(self, other: Self) -> i64 {
        i64::from((self.year - other.year) * 12 + self.month - other.month)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts() {
        let cases = [
            ("12", Ok(1200)),
            ("12.5", Ok(1250)),
            ("$12.50", Ok(1250)),
            (" 12.50 USD", Ok(1250)),
            ("１２．５０美元", Ok(1250)),
            (".5", Ok(50)),
            ("1,200", Ok(120_000)),
            ("0", Ok(0)),
            ("", Err(AmountError::Empty)),
            ("$", Err(AmountError::Empty)),
            ("-3", Err(AmountError::Negative)),
            ("1,5", Ok(150)),
            ("24,20", Ok(2420)),
            ("1,2345", Err(AmountError::NotANumber)),
            ("twelve", Err(AmountError::NotANumber)),
            ("1e9", Err(AmountError::NotANumber)),
            ("1.2.3", Err(AmountError::NotANumber)),
            ("12.345", Err(AmountError::TooFine)),
            ("99999999999999999999", Err(AmountError::TooLarge)),
        ];
        for (text, expected) in cases {
            assert_eq!(Cents::parse(text), expected.map(Cents), "{text:?}");
        }
    }

    #[test]
    fn months() {
        let november = Month { year: 2026, month: 11 };
        for text in ["2026-11", "11/26", "11 / 2026", "２０２６-１１"] {
            assert_eq!(Month::parse(text), Some(november), "{text:?}");
        }
        for text in ["", "2026", "2026-13", "0/26", "26-11", "11/1", "x/26"] {
            assert_eq!(Month::parse(text), None, "{text:?}");
        }
        assert_eq!(Month { year: 2027, month: 1 }.since(november), 2);
        assert_eq!(Month { year: 2025, month: 12 }.since(november), -11);
    }
}

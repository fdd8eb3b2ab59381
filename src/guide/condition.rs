//! Conditions: the `when` of screens, causes, fixes and parts of text. Two-valued on purpose: what was not
//! asked satisfies nothing, and `not` is plain negation.

use super::ScreenIx;
use super::answer::{Facts, Mark};

/// A checked condition; every screen and answer in it exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// All of these hold (also where there are none).
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This one does not hold.
    Not(Box<Condition>),
    /// The answer of the screen is one of these.
    Is(ScreenIx, Vec<Pick>),
    /// The checklist item of the screen is marked in one of these ways.
    Item(ScreenIx, usize, Vec<Mark>),
}

/// One answer that a condition can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A choice, by its index.
    Choice(usize),
    /// "I'm not sure".
    NotSure,
    /// An entry of the screen's list, by its index.
    Entry(usize),
    /// Any entry with this tag.
    Tag(String),
    /// A band of an amount or month screen, by its index.
    Band(usize),
    /// The pasted text contains this signal.
    Signal(usize),
    /// Nothing was pasted.
    Nothing,
    /// Something was pasted and nothing in it is known.
    Unrecognised,
    /// A secret was taken out of what was pasted.
    SecretRemoved,
}

impl Condition {
    /// Whether this holds for what is known so far.
    #[must_use]
    pub fn holds(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::All(all) => all.iter().all(|c| c.holds(facts)),
            Self::Any(any) => any.iter().any(|c| c.holds(facts)),
            Self::Not(inner) => !inner.holds(facts),
            Self::Is(screen, picks) => picks.iter().any(|pick| facts.matches(*screen, pick)),
            Self::Item(screen, item, marks) => facts.mark(*screen, *item).is_some_and(|mark| marks.contains(&mark)),
        }
    }
}

/// Whether an optional condition holds; none always does.
#[must_use]
pub fn holds(when: Option<&Condition>, facts: &Facts<'_>) -> bool {
    when.is_none_or(|condition| condition.holds(facts))
}

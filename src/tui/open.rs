//! What can be open over the question or the list: what its keys act on, what it is called, what it shows.

use ratatui_textarea::TextArea;

use super::keymap::Mode;
use super::view::{self, View};
use crate::claims;
use crate::guide::answer::Facts;
use crate::guide::{ClaimIx, FixIx, LetterIx};
use crate::report::{Report, Tongue, answers};
use crate::words::Words;

/// Something that is open over the question or the list.
#[derive(Clone, Debug)]
pub enum Open {
    Help {
        mode: Mode,
    },
    Answers,
    SoFar,
    Fix(FixIx),
    /// What became of a fix. With a place in what was tried, that is told anew.
    Tell {
        fix: FixIx,
        told: Option<usize>,
    },
    Reminder(usize),
    Claims(Box<Advice>),
    Claim(ClaimIx),
    Letters(Vec<LetterIx>),
    Letter(LetterIx),
}

/// Advice found elsewhere, and what was typed to find it.
#[derive(Clone, Debug)]
pub struct Advice {
    pub field: TextArea<'static>,
    pub found: Vec<ClaimIx>,
}

impl Open {
    /// What the keys act on.
    pub const fn mode(&self) -> Mode {
        match self {
            Self::Answers => Mode::Answers,
            Self::SoFar => Mode::SoFar,
            Self::Claims(_) => Mode::Claims,
            Self::Letters(_) => Mode::Letters,
            Self::Fix(_) => Mode::Fix,
            Self::Tell { .. } => Mode::Tell,
            Self::Help { .. } | Self::Reminder(_) | Self::Claim(_) | Self::Letter(_) => Mode::Reading,
        }
    }

    /// What the first line of the screen calls it.
    pub const fn heading(&self, words: &Words) -> &'static str {
        match self {
            Self::Help { .. } => words.help,
            Self::Answers => words.your_answers,
            Self::SoFar => words.list_so_far,
            Self::Fix(_) => words.steps,
            Self::Tell { .. } => words.tried,
            Self::Reminder(_) => words.before_you_pay,
            Self::Claims(_) | Self::Claim(_) => words.advice,
            Self::Letters(_) => words.letters,
            Self::Letter(_) => words.letter,
        }
    }

    /// What it shows.
    pub fn view(&self, facts: &Facts<'_>, columns: usize, tongue: Tongue, ascii: bool) -> View {
        let report = || Report::of(facts, tongue);
        match self {
            Self::Help { mode } => view::help(*mode, columns, tongue, ascii),
            Self::Answers => view::answer_list(&answers(facts, tongue), columns, tongue),
            Self::SoFar => view::list(&report(), columns),
            Self::Fix(fix) => {
                let report = report();
                let card = report.fixes.iter().find(|card| card.fix == *fix);
                card.map_or_else(View::default, |card| view::fix(facts, &report, card, columns))
            }
            Self::Tell { fix, told } => {
                let title = facts.guide.fixes[*fix].title.line(tongue.index, facts);
                view::tell(&title, told.is_some(), columns, tongue)
            }
            Self::Reminder(number) => view::reminder(facts, &report(), *number, columns),
            Self::Claims(advice) => view::claim_list(facts, &advice.found, columns, tongue),
            Self::Claim(claim) => view::claim(facts, *claim, columns, tongue),
            Self::Letters(letters) => view::letters(facts, letters, columns, tongue),
            Self::Letter(letter) => view::letter(facts, *letter, columns, tongue),
        }
    }
}

impl Advice {
    /// The claim that the cursor is on: they stand under their topics, below the field.
    pub fn claim_at(&self, facts: &Facts<'_>, tongue: Tongue, cursor: usize) -> Option<ClaimIx> {
        let topics = claims::by_topic(facts, tongue, &self.found);
        topics.into_iter().flat_map(|(_, claims)| claims).nth(cursor.checked_sub(1)?)
    }
}

//! What can be open over the question or the list: what its keys act on, what it is called, what it shows.

use ratatui_textarea::TextArea;

use super::keymap::{Labels, Mode};
use super::view::{self, View};
use crate::claims;
use crate::guide::answer::Facts;
use crate::guide::text::Value;
use crate::guide::{ClaimIx, FixIx, LetterIx};
use crate::links::Link;
use crate::report::{Report, Tongue, answers};
use crate::reread::Trouble;
use crate::saved::Offer;
use crate::words::Words;

/// Something that is open over the question or the list.
#[derive(Clone, Debug)]
pub enum Open {
    Help {
        mode: Mode,
        /// Whether the guide is read again when it is edited.
        watched: bool,
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
    Links(Vec<Link>),
    Save(Box<Save>),
    Fill(Box<Fill>),
    /// A saved session to go on with.
    Offer(Box<Offer>),
    /// Why an edit of the guide is not used.
    Trouble(Trouble),
}

/// A file name that is asked for.
#[derive(Clone, Debug)]
pub struct Save {
    /// The letter that is written; the list, if none.
    pub letter: Option<LetterIx>,
    pub field: TextArea<'static>,
    /// The name of a file that exists, once the person was asked whether it may go.
    pub asked: Option<String>,
}

/// The blanks of a letter, asked one after the other.
#[derive(Clone, Debug)]
pub struct Fill {
    pub blanks: Vec<(Value, String)>,
    pub at: usize,
    pub field: TextArea<'static>,
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
            Self::Letter(_) => Mode::Letter,
            Self::Links(_) => Mode::Links,
            Self::Save(_) | Self::Fill(_) => Mode::Prompt,
            Self::Help { .. } => Mode::Help,
            Self::Trouble(_) => Mode::Trouble,
            Self::Offer(_) => Mode::Offer,
            Self::Reminder(_) | Self::Claim(_) => Mode::Reading,
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
            Self::Links(_) => words.links,
            Self::Save(_) => words.save_as,
            Self::Fill(_) => words.fill_in,
            Self::Offer(_) => words.sessions.heading,
            Self::Trouble(_) => words.watch.heading,
        }
    }

    /// The field that is typed into, if it has one.
    pub fn field(&self) -> Option<&TextArea<'static>> {
        match self {
            Self::Claims(advice) => Some(&advice.field),
            Self::Save(save) => Some(&save.field),
            Self::Fill(fill) => Some(&fill.field),
            _ => None,
        }
    }

    /// The same, to type into.
    pub fn field_mut(&mut self) -> Option<&mut TextArea<'static>> {
        match self {
            Self::Claims(advice) => Some(&mut advice.field),
            Self::Save(save) => Some(&mut save.field),
            Self::Fill(fill) => Some(&mut fill.field),
            _ => None,
        }
    }

    /// What it shows.
    pub fn view(&self, facts: &Facts<'_>, columns: usize, tongue: Tongue, ascii: bool) -> View {
        let report = || Report::of(facts, tongue);
        match self {
            Self::Help { mode, watched } => {
                let language = tongue.next_name(facts.guide);
                let labels = Labels { words: &tongue.words().keys, language, faults: *watched, ascii };
                view::help(*mode, *watched, &labels, columns, tongue)
            }
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
            Self::Offer(offer) => super::offer::view(offer, columns, tongue),
            Self::Trouble(trouble) => super::faults::view(trouble, columns, tongue),
            Self::Letter(letter) => view::letter(facts, *letter, columns, tongue),
            Self::Links(links) => view::link_list(links, columns, tongue),
            Self::Save(save) => {
                let words = tongue.words();
                let hint = if save.letter.is_some() { words.save_letter_hint } else { words.save_list_hint };
                view::prompt(words.save_as, hint, columns)
            }
            Self::Fill(fill) => {
                let ask = fill.blanks.get(fill.at).map_or("", |(_, ask)| ask.as_str());
                let ask = tongue.lang.one_of(fill.at + 1, fill.blanks.len(), ask);
                view::prompt(&ask, tongue.words().fill_hint, columns)
            }
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

//! The state machine. Knows no terminal, file or clock: the same moves lead to the same place everywhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use time::OffsetDateTime;

use crate::attempts;
use crate::guide::answer::{Answer, By, Facts, Given, Mark, Pasted, Tried};
use crate::guide::money::{AmountError, Cents, Month};
use crate::guide::text::Value;
use crate::guide::{FixIx, Guide, Kind, ScreenIx};
use crate::input;
use crate::layout::floor;
use crate::redact::{Redacted, SecretKind, redact, redact_kinds};
use crate::signal::Matcher;

/// Where the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// On a screen.
    Screen(ScreenIx),
    /// On the fix list.
    List,
    /// At the end: something on the list worked.
    Solved,
}

/// What a person can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Take a choice or a list entry by its index.
    Choose(usize),
    /// "I'm not sure".
    NotSure,
    /// Mark an item of a checklist.
    Mark(usize, Mark),
    /// Give an amount, a month or pasted text as it was typed.
    Enter(String),
    /// Go on from a note or a checklist.
    Next,
    /// Go to the screen before.
    Back,
    /// Go to a screen of the route, to change its answer.
    Edit(ScreenIx),
    /// Tell what became of a fix.
    Tell(FixIx, Tried),
    /// Say of something told that it was otherwise. By its place in what was tried.
    Amend(usize, Tried),
    /// Take back something told. By its place in what was tried.
    Untell(usize),
    /// Fill in a blank of a letter; with nothing it is a blank again.
    Fill(Value, String),
    /// Begin anew.
    Restart,
}

/// What became of a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The person is somewhere else now. The screens whose answers no longer count are named.
    Moved {
        /// Answers that counted before the move and do not any more.
        dropped: Vec<ScreenIx>,
    },
    /// Still on the same screen.
    Stayed(Stay),
    /// On the fix list now.
    Finished {
        /// Answers that counted before the move and do not any more.
        dropped: Vec<ScreenIx>,
    },
    /// What was tried is another than before; the list is sorted anew.
    Told,
    /// Something worked.
    Solved,
}

/// Why a move did not lead away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stay {
    /// There is nothing before this.
    AtStart,
    /// The move does not fit the screen.
    NotHere,
    /// That is no amount.
    BadAmount(AmountError),
    /// That is no month.
    BadMonth,
    /// An item was marked.
    Marked,
    /// A blank was filled in.
    Filled,
    /// A blank was filled in, without something secret that stood in it.
    Redacted,
}

/// Pasted text beyond this many bytes is cut.
pub const MOST_PASTED: usize = 1_000_000;

/// One person's way through a guide.
#[derive(Clone, Debug)]
pub struct Wizard {
    guide: Arc<Guide>,
    today: Month,
    given: Given,
    /// Marks of checklists that are not done yet.
    drafts: BTreeMap<ScreenIx, Vec<Mark>>,
    at: At,
    /// Where the person was when they went to change an answer: back leads there.
    edited_from: Option<At>,
    /// Counts the moves that changed something.
    revision: u64,
}

impl Wizard {
    /// At the first open screen, with the answers of the command line.
    #[must_use]
    pub fn new(guide: Arc<Guide>, today: Month, flags: BTreeMap<ScreenIx, Answer>) -> Self {
        let given = Given { flags, ..Given::default() };
        let mut wizard =
            Self { guide, today, given, drafts: BTreeMap::new(), at: At::List, edited_from: None, revision: 0 };
        wizard.at = wizard.first_open();
        wizard
    }

    /// Gone on with: at a place that was left, or at the first open screen if that is not on the route any more.
    #[must_use]
    pub fn resume(
        guide: Arc<Guide>,
        today: Month,
        given: Given,
        drafts: BTreeMap<ScreenIx, Vec<Mark>>,
        at: Option<At>,
        edited_from: Option<At>,
    ) -> Self {
        let mut wizard = Self { guide, today, given, drafts, at: At::List, edited_from: None, revision: 0 };
        let facts = wizard.facts();
        let worked = facts.solved().is_some();
        let stands = |at: &At| match at {
            At::Screen(screen) => facts.route.contains(screen),
            At::List => true,
            At::Solved => worked,
        };
        let (at, edited_from) = (at.filter(stands), edited_from.filter(stands));
        wizard.at = at.unwrap_or_else(|| wizard.first_open());
        wizard.edited_from = edited_from;
        wizard
    }

    /// Everything that was given.
    #[must_use]
    pub const fn given(&self) -> &Given {
        &self.given
    }

    /// Marks of checklists that are not done yet.
    #[must_use]
    pub const fn drafts(&self) -> &BTreeMap<ScreenIx, Vec<Mark>> {
        &self.drafts
    }

    /// Where back leads from an answer that is being changed.
    #[must_use]
    pub const fn edited_from(&self) -> Option<At> {
        self.edited_from
    }

    /// Sets the time: what is told from now on is told at this time.
    pub const fn set_now(&mut self, now: OffsetDateTime) {
        self.given.now = Some(now);
    }

    /// A number that is another one after every move that changed an answer, what was tried, or the place.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Goes on counting from the number that another wizard has reached, whose place it takes.
    pub const fn count_from(&mut self, revision: u64) {
        self.revision = revision;
    }

    /// The guide.
    #[must_use]
    pub fn guide(&self) -> &Arc<Guide> {
        &self.guide
    }

    /// Where the person is.
    #[must_use]
    pub const fn at(&self) -> At {
        self.at
    }

    /// What is known.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        Facts::new(&self.guide, &self.given, self.today)
    }

    /// The marks of a checklist as they stand, done or not.
    #[must_use]
    pub fn marks(&self, screen: ScreenIx) -> Vec<Mark> {
        let Kind::Checklist(items) = &self.guide.screens[screen].kind else { return Vec::new() };
        self.drafts.get(&screen).cloned().unwrap_or_else(|| match self.facts().answer(screen) {
            Some(Answer::Items(marks)) => marks.clone(),
            _ => vec![Mark::NotSure; items.len()],
        })
    }

    /// Makes a move.
    pub fn apply(&mut self, step: Move) -> Outcome {
        let outcome = self.make(step);
        // What is filled in is kept nowhere, so it is no change to keep.
        if !matches!(outcome, Outcome::Stayed(stay) if stay != Stay::Marked) {
            self.revision += 1;
        }
        outcome
    }

    fn make(&mut self, step: Move) -> Outcome {
        match (step, self.at) {
            (Move::Restart, _) => {
                let Given { flags, now, .. } = std::mem::take(&mut self.given);
                self.given = Given { flags, now, ..Given::default() };
                self.drafts.clear();
                self.edited_from = None;
                self.at = self.first_open();
                self.moved(Vec::new())
            }
            (Move::Tell(fix, how), _) => {
                if fix >= self.guide.fixes.len() {
                    return Outcome::Stayed(Stay::NotHere);
                }
                let guide = Arc::clone(&self.guide);
                attempts::tell(&guide, &mut self.given, self.today, fix, how);
                self.told(how)
            }
            (Move::Amend(ix, how), _) => {
                let now = self.given.now;
                let Some(tried) = self.given.tried.get_mut(ix) else { return Outcome::Stayed(Stay::NotHere) };
                let was_declined = tried.is_declined();
                tried.how = how;
                if !was_declined && tried.is_declined() {
                    // What could not be done before was done now.
                    tried.at = now;
                }
                if how == Tried::Worked {
                    // Nothing was declined after it.
                    let worked = self.given.tried.remove(ix);
                    self.given.tried.push(worked);
                }
                self.recount();
                self.told(how)
            }
            (Move::Fill(blank, text), _) => {
                let clean = for_a_letter(text.trim());
                self.given.filled.retain(|(filled, _)| *filled != blank);
                if !clean.is_empty() {
                    self.given.filled.push((blank, clean.clone()));
                }
                Outcome::Stayed(if clean == text.trim() { Stay::Filled } else { Stay::Redacted })
            }
            (Move::Untell(ix), _) => {
                if ix >= self.given.tried.len() {
                    return Outcome::Stayed(Stay::NotHere);
                }
                self.given.tried.remove(ix);
                self.recount();
                self.unsolve();
                Outcome::Told
            }
            (Move::Edit(screen), _) => {
                if !self.facts().route.contains(&screen) {
                    return Outcome::Stayed(Stay::NotHere);
                }
                self.edited_from = Some(self.edited_from.unwrap_or(self.at));
                self.at = At::Screen(screen);
                self.moved(Vec::new())
            }
            (Move::Back, _) => self.back(),
            (_, At::List | At::Solved) => Outcome::Stayed(Stay::NotHere),
            (step, At::Screen(screen)) => match self.answer_for(screen, step) {
                Ok(answer) => self.commit(screen, answer),
                Err(stay) => Outcome::Stayed(stay),
            },
        }
    }

    /// Whether a fix on the list may have been done before the payment that was told last.
    #[must_use]
    pub fn shares_the_last(&self, fix: FixIx) -> bool {
        self.guide.fixes[fix].retry && attempts::shares_the_last(&self.guide, &self.given, self.today, fix)
    }

    fn recount(&mut self) {
        let guide = Arc::clone(&self.guide);
        attempts::recount(&guide, &mut self.given, self.today);
    }

    fn answer_for(&mut self, screen: ScreenIx, step: Move) -> Result<Answer, Stay> {
        let guide = Arc::clone(&self.guide);
        let asked = &guide.screens[screen];
        match (&asked.kind, step) {
            (Kind::Note, Move::Next) => Ok(Answer::Seen),
            (Kind::Choice(choices), Move::Choose(choice)) if choice < choices.len() => Ok(Answer::Choice(choice)),
            (Kind::List(list, _), Move::Choose(entry)) if entry < guide.lists[*list].entries.len() => {
                Ok(Answer::Entry(entry))
            }
            (Kind::Choice(_) | Kind::List(..) | Kind::Amount { .. } | Kind::Month { .. }, Move::NotSure)
                if asked.not_sure =>
            {
                Ok(Answer::NotSure)
            }
            (Kind::Checklist(items), Move::Mark(item, mark)) if item < items.len() => {
                let mut marks = self.marks(screen);
                marks[item] = mark;
                self.drafts.insert(screen, marks);
                Err(Stay::Marked)
            }
            (Kind::Checklist(_), Move::Next) => Ok(Answer::Items(self.marks(screen))),
            (Kind::Amount { .. }, Move::Enter(text)) => match Cents::parse(&text) {
                Ok(amount) => Ok(Answer::Amount(amount)),
                Err(error) => Err(Stay::BadAmount(error)),
            },
            (Kind::Month { .. }, Move::Enter(text)) => Month::parse(&text).map(Answer::Month).ok_or(Stay::BadMonth),
            // The text itself is not kept, so an empty field is no wish to lose what was found in it.
            (Kind::Paste, Move::Enter(text)) if text.trim().is_empty() => {
                Ok(self.facts().answer(screen).cloned().unwrap_or_else(|| Answer::Paste(Pasted::default())))
            }
            (Kind::Paste, Move::Enter(text)) => Ok(Answer::Paste(read_paste(&guide, &text))),
            _ => Err(Stay::NotHere),
        }
    }

    fn commit(&mut self, screen: ScreenIx, answer: Answer) -> Outcome {
        let before: Vec<ScreenIx> = self.facts().answers().map(|(screen, ..)| screen).collect();
        self.drafts.remove(&screen);
        self.edited_from = None;
        self.given.begun = self.given.begun.or(self.given.now);
        let (failed, hours) = attempts::refusals(&self.facts());
        self.given.person.insert(screen, answer);
        let after = attempts::refusals(&self.facts());
        if after.0 > failed || after.1 > hours {
            self.given.refused = self.given.now;
        }
        self.at = self.first_open();
        let facts = self.facts();
        let dropped = before
            .into_iter()
            .filter(|&screen| self.guide.screens[screen].is_question() && !facts.route.contains(&screen))
            .collect();
        self.moved(dropped)
    }

    /// Where something that was told leads: to the end, if it worked.
    fn told(&mut self, how: Tried) -> Outcome {
        self.given.begun = self.given.begun.or(self.given.now);
        if how == Tried::Worked {
            // Told while a question was asked, it leads back there.
            self.edited_from = match self.at {
                At::Screen(_) => Some(self.at),
                At::List | At::Solved => None,
            };
            self.at = At::Solved;
            return Outcome::Solved;
        }
        self.unsolve();
        Outcome::Told
    }

    /// Nobody is at the end any more, nor led back there.
    fn unsolve(&mut self) {
        self.leave_the_end();
        if self.edited_from == Some(At::Solved) {
            self.edited_from = Some(At::List);
        }
    }

    /// From the end to where something was told that worked.
    fn leave_the_end(&mut self) {
        if self.at == At::Solved {
            self.at = self.edited_from.take().unwrap_or(At::List);
        }
    }

    fn moved(&self, dropped: Vec<ScreenIx>) -> Outcome {
        match self.at {
            At::List | At::Solved => Outcome::Finished { dropped },
            At::Screen(_) => Outcome::Moved { dropped },
        }
    }

    /// The first screen on the route that nobody answered, or the list.
    fn first_open(&self) -> At {
        let facts = self.facts();
        facts.route.iter().copied().find(|&screen| facts.answer(screen).is_none()).map_or(At::List, At::Screen)
    }

    fn back(&mut self) -> Outcome {
        if self.at == At::Solved {
            self.leave_the_end();
            return self.moved(Vec::new());
        }
        if let Some(from) = self.edited_from.take() {
            self.at = from;
            return self.moved(Vec::new());
        }
        let facts = self.facts();
        let limit = match self.at {
            At::Screen(screen) => screen,
            At::List | At::Solved => usize::MAX,
        };
        // What the person never saw, because a flag or the pasted text settled it, is not gone back to.
        let before = facts
            .route
            .iter()
            .copied()
            .rfind(|&screen| screen < limit && !matches!(facts.by(screen), Some(By::Flag | By::Signal(_))));
        match before {
            Some(screen) => {
                self.at = At::Screen(screen);
                Outcome::Moved { dropped: Vec::new() }
            }
            None => Outcome::Stayed(Stay::AtStart),
        }
    }

    /// The number of this question, and of how many about.
    ///
    /// How many are still to come hangs on answers that nobody gave yet: the middle of a fixed set of possible
    /// ways on is taken.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        const WAYS: u32 = 15;
        let facts = self.facts();
        let here = match self.at {
            At::Screen(screen) => screen,
            At::List | At::Solved => usize::MAX,
        };
        let counts = |facts: &Facts<'_>, screen: ScreenIx| {
            self.guide.screens[screen].is_question() && !matches!(facts.by(screen), Some(By::Flag | By::Signal(_)))
        };
        let before = facts.route.iter().filter(|&&screen| screen < here && counts(&facts, screen)).count();
        let number = before + usize::from(here != usize::MAX && self.guide.screens[here].is_question());
        let mut totals: Vec<usize> = (0..WAYS)
            .map(|way| {
                let facts = self.some_way_on(way);
                facts.route.iter().filter(|&&screen| counts(&facts, screen)).count()
            })
            .collect();
        totals.sort_unstable();
        (number, totals[totals.len() / 2].max(number))
    }

    /// One possible way on: what is answered stays, the rest is answered by a fixed rule.
    fn some_way_on(&self, way: u32) -> Facts<'_> {
        let mut state = way.wrapping_mul(0x9e37_79b9).wrapping_add(1);
        Facts::supposing(&self.guide, &self.given, self.today, |screen| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let pick = |most: usize| (state >> 8) as usize % most.max(1);
            match &self.guide.screens[screen].kind {
                Kind::Note | Kind::Paste => None,
                Kind::Choice(choices) => Some(Answer::Choice(pick(choices.len()))),
                // A list is long and few of its entries lead aside; its first tag stands for what is usual.
                Kind::List(list, tags) => {
                    let usual = tags.first().map(|tag| &tag.tag);
                    let entries = &self.guide.lists[*list].entries;
                    Some(Answer::Entry(entries.iter().position(|entry| Some(&entry.tag) == usual).unwrap_or_default()))
                }
                Kind::Checklist(items) => Some(Answer::Items(vec![Mark::NotSure; items.len()])),
                Kind::Amount { .. } | Kind::Month { .. } => Some(Answer::NotSure),
            }
        })
    }
}

/// What must be revoked or watched once it stood in a text; addresses and numbers are taken out as well.
const GRAVE: [SecretKind; 4] =
    [SecretKind::ApiKey, SecretKind::CardNumber, SecretKind::SecurityCode, SecretKind::OneTimeCode];

/// What somebody types into a letter, without what nobody must be sent. How to reach them is theirs to give.
#[must_use]
pub fn for_a_letter(text: &str) -> String {
    redact_kinds(text, |kind| GRAVE.contains(&kind)).text
}

/// What is known in pasted text. Secrets are taken out before anything else looks at it, and the text itself is
/// not kept.
#[must_use]
pub fn read_paste(guide: &Guide, text: &str) -> Pasted {
    read_pastes(guide, [text]).pop().unwrap_or_default()
}

/// The same for many texts, each by itself.
#[must_use]
pub fn read_pastes<'t>(guide: &Guide, texts: impl IntoIterator<Item = &'t str>) -> Vec<Pasted> {
    let cut = |text: &'t str| &text[..floor(text, MOST_PASTED)];
    let texts: Vec<(&str, Redacted)> = texts.into_iter().map(cut).map(|text| (text, redact(text))).collect();
    let matcher = Matcher::for_texts(guide, texts.iter().map(|(_, clean)| clean.text.as_str())).ok();
    let read = |(text, clean): &(&str, Redacted)| {
        let signals = matcher.as_ref().map(|matcher| matcher.recognise(&clean.text)).unwrap_or_default();
        // A field takes secrets out as they are pasted; what stands in their place tells that they were there.
        let secret = GRAVE.iter().any(|kind| clean.kinds.contains(kind) || text.contains(kind.marker()));
        Pasted { signals, any_text: !text.trim().is_empty(), secret }
    };
    texts.iter().map(read).collect()
}

/// The answers of the command line: `--error` text, `--answers` file, `--answer` flags.
///
/// # Errors
/// All that is wrong with them.
pub fn flags(
    guide: &Guide,
    error: Option<&str>,
    file: Option<(&str, &str)>,
    flags: &[String],
) -> Result<BTreeMap<ScreenIx, Answer>, Vec<input::Wrong>> {
    let mut collector = input::Collector::new(guide);
    let mut wrong = Vec::new();
    if let Some(text) = error {
        match guide.paste_screen() {
            Some(screen) => wrong.extend(collector.put(screen, Answer::Paste(read_paste(guide, text))).err()),
            None => wrong.push(input::Wrong {
                message: "this guide takes no error text".into(),
                help: Some("leave --error away".into()),
            }),
        }
    }
    if let Some((path, text)) = file {
        wrong.extend(collector.file(path, text).err().into_iter().flatten());
    }
    for flag in flags {
        wrong.extend(collector.flag(flag).err());
    }
    if wrong.is_empty() { Ok(collector.answers) } else { Err(wrong) }
}

#[cfg(test)]
mod tests;

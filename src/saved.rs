//! The wizard as it is kept, and gone on with later. Everything is named by its id, so that a guide that has changed
//! since can still be asked what it knows of it; what it does not know any more is dropped and named. What was typed
//! and not answered, and pasted text, is never part of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::serde::rfc3339;

use crate::guide::answer::{Answer, Given, Mark, Pasted, Tried, Try};
use crate::guide::money::Month;
use crate::guide::{Guide, Kind, ScreenIx};
use crate::input;
use crate::page::Page;
use crate::report::{Report, Tongue, answers};
use crate::wizard::{At, Wizard};

/// The number of the format. Fields may be added under it; none changes its meaning.
pub const FORMAT: u64 = 1;

const LIST: &str = "fix-list";
const SOLVED: &str = "solved";
const SEEN: &str = "seen";
const NOT_SURE: &str = "not-sure";

/// A session as its file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// [`FORMAT`].
    pub format: u64,
    /// The version of the program that wrote it.
    pub version: String,
    /// The guide that it is about.
    pub guide: GuideId,
    /// The language that it was read in last.
    pub lang: String,
    /// When the first answer was given.
    #[serde(default, with = "rfc3339::option")]
    pub begun: Option<OffsetDateTime>,
    /// When an answer told of a refusal, or of one more.
    #[serde(default, with = "rfc3339::option")]
    pub refused: Option<OffsetDateTime>,
    /// When it was saved.
    #[serde(with = "rfc3339")]
    pub saved: OffsetDateTime,
    /// Where the person was: a screen, `fix-list` or `solved`.
    pub at: String,
    /// Where back leads from there, if an answer was being changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_to: Option<String>,
    /// The person's own answers, by screen.
    pub answers: BTreeMap<String, Value>,
    /// Answers that were given at start, by screen.
    #[serde(default)]
    pub flags: BTreeMap<String, Value>,
    /// Marks of checklists that are not done yet, by screen.
    #[serde(default)]
    pub drafts: BTreeMap<String, Items>,
    /// What was tried, in order.
    #[serde(default)]
    pub tried: Vec<TrySaved>,
}

/// A guide and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideId {
    /// The guide's id.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// Marks by item.
pub type Items = BTreeMap<String, String>;

/// An answer in the shape of a scenario's `answers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// The id of a choice or an entry, an amount, a month, `not-sure`, or `seen` for a note.
    Word(String),
    /// What was found in a pasted text; never the text.
    Paste {
        /// The ids of the signals in it.
        signals: Vec<String>,
        /// Whether there was any text.
        any_text: bool,
        /// Whether a secret was taken out of it.
        secret: bool,
    },
    /// The marks of a checklist.
    Items(Items),
    /// Something that this version does not know.
    Unknown(serde_json::Value),
}

/// A fix that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrySaved {
    /// The fix.
    pub fix: String,
    /// What became of it.
    pub how: String,
    /// When the person told.
    #[serde(default, with = "rfc3339::option")]
    pub at: Option<OffsetDateTime>,
    /// Whether it was a payment of its own.
    #[serde(default)]
    pub pays: bool,
}

/// Why a session cannot be gone on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// A folder, a pipe, a link.
    NotAFile,
    /// Larger than any session is.
    TooLarge,
    /// It cannot be read: in the words of the system.
    Unreadable(String),
    /// It is no session, or only a part of one: in this line and column it ends to be one.
    Damaged(usize, usize),
    /// A newer version of the program wrote it.
    Newer(u64),
    /// It is about another guide.
    Foreign(String),
}

/// What the guide does not know any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// The answer of a screen that is not there.
    Screen(String),
    /// An answer, or one item of it, that a screen does not have.
    Answer(String, String),
    /// A fix that was tried.
    Fix(String),
}

/// Whether anything was given that is worth keeping: notes that were read and a paste that was skipped are not.
#[must_use]
pub fn is_begun(wizard: &Wizard) -> bool {
    let given = wizard.given();
    let told = |answer: &Answer| !matches!(answer, Answer::Seen) && *answer != Answer::Paste(Pasted::default());
    given.person.values().any(told) || !given.tried.is_empty() || !wizard.drafts().is_empty()
}

/// How the wizard stands: the question that is asked, or what the list says first.
#[must_use]
pub fn standing(wizard: &Wizard, tongue: Tongue) -> String {
    match wizard.at() {
        At::Screen(screen) => {
            let ask = Page::new(wizard, screen, tongue).ask.plain(" ");
            tongue.lang.labelled(tongue.words().sessions.question, &ask)
        }
        At::List => Report::of(&wizard.facts(), tongue).headline,
        At::Solved => tongue.words().solved.to_owned(),
    }
}

impl Saved {
    /// The wizard as it stands.
    #[must_use]
    pub fn of(wizard: &Wizard, lang: &str, now: OffsetDateTime) -> Self {
        let guide = wizard.guide();
        let given = wizard.given();
        let values = |answers: &BTreeMap<ScreenIx, Answer>| {
            answers.iter().map(|(&ix, answer)| (guide.screens[ix].id.clone(), value(guide, ix, answer))).collect()
        };
        let tried = given.tried.iter().map(|tried| TrySaved {
            fix: guide.fixes[tried.fix].id.clone(),
            how: tried.how.word().to_owned(),
            at: tried.at,
            pays: tried.pays,
        });
        Self {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            guide: GuideId { id: guide.id.clone(), version: guide.version.clone() },
            lang: lang.to_owned(),
            begun: given.begun,
            refused: given.refused,
            saved: now,
            at: place_id(guide, wizard.at()),
            back_to: wizard.edited_from().map(|at| place_id(guide, at)),
            answers: values(&given.person),
            flags: values(&given.flags),
            drafts: wizard
                .drafts()
                .iter()
                .map(|(&ix, marks)| (guide.screens[ix].id.clone(), items(guide, ix, marks)))
                .collect(),
            tried: tried.collect(),
        }
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// If they are no session, or one of a newer format.
    pub fn read(bytes: &[u8]) -> Result<Self, Unusable> {
        #[derive(Deserialize)]
        struct Head {
            format: u64,
        }
        let damaged = |error: serde_json::Error| Unusable::Damaged(error.line(), error.column());
        let head: Head = serde_json::from_slice(bytes).map_err(damaged)?;
        if head.format > FORMAT {
            return Err(Unusable::Newer(head.format));
        }
        let mut saved: Self = serde_json::from_slice(bytes).map_err(damaged)?;
        let told = saved.tried.iter_mut().filter_map(|tried| tried.at.as_mut());
        for time in told.chain(&mut saved.begun).chain(&mut saved.refused).chain([&mut saved.saved]) {
            // At the end of the calendar it could not be told in another zone.
            if time.year() == 9999 {
                *time = OffsetDateTime::UNIX_EPOCH;
            }
        }
        Ok(saved)
    }

    /// Whether it ended on something that worked.
    #[must_use]
    pub fn is_solved(&self) -> bool {
        let last = self.tried.iter().rfind(|tried| tried.how != Tried::Cannot.word());
        last.is_some_and(|tried| tried.how == Tried::Worked.word())
    }

    /// The wizard as it was, as far as the guide still knows it; and what it does not know.
    #[must_use]
    pub fn replay(&self, guide: &Arc<Guide>, today: Month, now: OffsetDateTime) -> (Wizard, Vec<Dropped>) {
        let mut dropped = Vec::new();
        let person = read_answers(guide, &self.answers, &mut dropped);
        let flags = read_answers(guide, &self.flags, &mut dropped);
        let mut drafts = BTreeMap::new();
        for (id, marks) in &self.drafts {
            match guide.screen(id) {
                Some(ix) if matches!(guide.screens[ix].kind, Kind::Checklist(_)) => {
                    drafts.insert(ix, read_items(guide, ix, marks, &mut dropped));
                }
                _ => dropped.push(Dropped::Screen(id.clone())),
            }
        }
        let mut tried = Vec::new();
        for told in &self.tried {
            let fix = guide.fixes.iter().position(|fix| fix.id == told.fix);
            match (fix, Tried::parse(&told.how)) {
                (Some(fix), Some(how)) => tried.push(Try { fix, how, at: told.at, pays: told.pays }),
                _ => dropped.push(Dropped::Fix(told.fix.clone())),
            }
        }
        let given = Given {
            person,
            flags,
            tried,
            begun: self.begun,
            refused: self.refused,
            now: Some(now),
            ..Given::default()
        };
        // Who was at the end of other questions is asked the new ones first.
        let is_same = dropped.is_empty() && guide.version == self.guide.version;
        let place = |id: &String| match id.as_str() {
            LIST => is_same.then_some(At::List),
            SOLVED => Some(At::Solved),
            id => guide.screen(id).map(At::Screen),
        };
        let (at, back_to) = (place(&self.at), self.back_to.as_ref().and_then(place));
        (Wizard::resume(Arc::clone(guide), today, given, drafts, at, back_to), dropped)
    }
}

fn place_id(guide: &Guide, at: At) -> String {
    match at {
        At::Screen(screen) => guide.screens[screen].id.clone(),
        At::List => LIST.to_owned(),
        At::Solved => SOLVED.to_owned(),
    }
}

/// An answer by the ids that it is known by.
#[must_use]
pub fn value(guide: &Guide, screen: ScreenIx, answer: &Answer) -> Value {
    Value::Word(match (answer, &guide.screens[screen].kind) {
        (Answer::Choice(ix), Kind::Choice(choices)) => choices[*ix].id.clone(),
        (Answer::Entry(ix), Kind::List(list, _)) => guide.lists[*list].entries[*ix].id.clone(),
        (Answer::Amount(amount), _) => amount.to_string(),
        (Answer::Month(month), _) => month.to_string(),
        (Answer::Seen, _) => SEEN.to_owned(),
        (Answer::Items(marks), _) => return Value::Items(items(guide, screen, marks)),
        (Answer::Paste(pasted), _) => {
            let signals = pasted.signals.iter().map(|&ix| guide.signals[ix].id.clone()).collect();
            return Value::Paste { signals, any_text: pasted.any_text, secret: pasted.secret };
        }
        (Answer::NotSure | Answer::Choice(_) | Answer::Entry(_), _) => NOT_SURE.to_owned(),
    })
}

fn items(guide: &Guide, screen: ScreenIx, marks: &[Mark]) -> Items {
    let Kind::Checklist(items) = &guide.screens[screen].kind else { return Items::new() };
    items.iter().zip(marks).map(|(item, mark)| (item.id.clone(), mark.word().to_owned())).collect()
}

fn read_answers(
    guide: &Guide,
    values: &BTreeMap<String, Value>,
    dropped: &mut Vec<Dropped>,
) -> BTreeMap<ScreenIx, Answer> {
    let mut answers = BTreeMap::new();
    for (id, value) in values {
        match guide.screen(id) {
            Some(screen) => {
                answers.extend(read_answer(guide, screen, value, dropped).map(|answer| (screen, answer)));
            }
            None => dropped.push(Dropped::Screen(id.clone())),
        }
    }
    answers
}

fn read_answer(guide: &Guide, screen: ScreenIx, value: &Value, dropped: &mut Vec<Dropped>) -> Option<Answer> {
    let asked = &guide.screens[screen];
    let answer = match (&asked.kind, value) {
        (Kind::Note, Value::Word(word)) if word == SEEN => Some(Answer::Seen),
        (Kind::Checklist(_), Value::Items(marks)) => Some(Answer::Items(read_items(guide, screen, marks, dropped))),
        (Kind::Paste, Value::Paste { signals, any_text, secret }) => {
            let mut known = Vec::new();
            for id in signals {
                match guide.signals.iter().position(|signal| signal.id == *id) {
                    Some(ix) => known.push(ix),
                    None => dropped.push(Dropped::Answer(asked.id.clone(), id.clone())),
                }
            }
            Some(Answer::Paste(Pasted { signals: known, any_text: *any_text, secret: *secret }))
        }
        (Kind::Choice(_) | Kind::List(..) | Kind::Amount { .. } | Kind::Month { .. }, Value::Word(word)) => {
            input::parse(guide, screen, word).ok()
        }
        _ => None,
    };
    if answer.is_none() {
        dropped.push(match value {
            Value::Word(word) => Dropped::Answer(asked.id.clone(), word.clone()),
            _ => Dropped::Screen(asked.id.clone()),
        });
    }
    answer
}

/// Marks of the items that are there; what is new is not marked.
fn read_items(guide: &Guide, screen: ScreenIx, marks: &Items, dropped: &mut Vec<Dropped>) -> Vec<Mark> {
    let asked = &guide.screens[screen];
    let Kind::Checklist(items) = &asked.kind else { return Vec::new() };
    let mut read = vec![Mark::NotSure; items.len()];
    for (id, word) in marks {
        match (items.iter().position(|item| item.id == *id), Mark::parse(word)) {
            (Some(ix), Some(mark)) => read[ix] = mark,
            _ => dropped.push(Dropped::Answer(asked.id.clone(), id.clone())),
        }
    }
    read
}

/// A saved session that can be gone on with.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The wizard as it was.
    pub wizard: Wizard,
    /// What the guide does not know any more.
    pub dropped: Vec<Dropped>,
    /// When it was saved.
    pub saved: OffsetDateTime,
    /// The time.
    pub now: OffsetDateTime,
}

impl Offer {
    /// What it is about: the guide, when it was saved, how much was done, how it stood.
    #[must_use]
    pub fn lines(&self, tongue: Tongue) -> [String; 4] {
        let facts = self.wizard.facts();
        let title = self.wizard.guide().title.line(tongue.index, &facts);
        let when = tongue.lang.moment(self.saved, Some(self.now));
        let counts = tongue.lang.counts(answers(&facts, tongue).len(), facts.tried.len());
        [title, tongue.lang.labelled(tongue.words().sessions.saved, &when), counts, standing(&self.wizard, tongue)]
    }

    /// What the person is told when they go on with it, if anything.
    #[must_use]
    pub fn notice(&self, tongue: Tongue) -> Option<String> {
        (!self.dropped.is_empty()).then(|| tongue.lang.dropped(&self.dropped))
    }
}

//! Whether a condition can hold at all: looks for answers that a person could give so that it does.
//!
//! What is looked for is more than what can happen (a figure may keep a band empty, a screen that the condition does not
//! name may lead past one that it does), and where there are too many ways the search ends. So "no" is sure, and "yes"
//! means that nothing speaks against it.

use std::collections::{BTreeMap, BTreeSet};

use crate::guide::answer::Mark;
use crate::guide::condition::{Condition, Pick};
use crate::guide::{Guide, Kind, Next, ScreenIx};

/// So many steps, then the answer is "yes": conditions that people write need a handful.
const MOST_STEPS: usize = 400;

/// Something that shall be so.
#[derive(Clone, Copy, Debug)]
pub enum Goal<'c> {
    /// The condition holds, or does not.
    Holds(&'c Condition, bool),
    /// The screen is asked.
    Asked(ScreenIx),
}

/// The answer of a screen, as far as it is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State<'g> {
    Choice(usize),
    NotSure,
    /// An entry, or any that no condition names, and its tag.
    Entry(Option<usize>, &'g str),
    Band(usize),
    Items(BTreeMap<usize, Mark>),
    Paste(Text, bool),
}

/// What was pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Text {
    Any,
    Nothing,
    Unrecognised,
    Signals(BTreeSet<usize>),
}

/// The answers of a guide.
#[derive(Debug)]
pub struct Possible<'g> {
    guide: &'g Guide,
    /// Entries of lists that conditions name one by one; all others of a tag are alike.
    named: BTreeSet<(usize, usize)>,
}

/// One way to go on: what is still to be reached, and what is settled.
#[derive(Clone)]
struct Way<'g, 'c> {
    goals: Vec<Goal<'c>>,
    states: BTreeMap<ScreenIx, State<'g>>,
    asked: BTreeSet<ScreenIx>,
    denied: Vec<&'c Condition>,
}

impl<'g> Possible<'g> {
    /// Looks at a guide; `conditions` are all of it.
    pub fn new<'c>(guide: &'g Guide, conditions: impl Iterator<Item = &'c Condition>) -> Self {
        let mut named = BTreeSet::new();
        for condition in conditions {
            each(condition, &mut |leaf| {
                if let Condition::Is(screen, picks) = leaf
                    && let Some(Kind::List(list, _)) = guide.screens.get(*screen).map(|screen| &screen.kind)
                {
                    named.extend(picks.iter().filter_map(|pick| match pick {
                        Pick::Entry(entry) => Some((*list, *entry)),
                        _ => None,
                    }));
                }
            });
        }
        Self { guide, named }
    }

    /// Whether all of this can be so at once.
    #[must_use]
    pub fn can(&self, goals: &[Goal<'g>]) -> bool {
        let way = Way { goals: goals.to_vec(), states: BTreeMap::new(), asked: BTreeSet::new(), denied: Vec::new() };
        self.search(way, &mut 0)
    }

    fn search(&self, mut way: Way<'g, 'g>, steps: &mut usize) -> bool {
        while let Some(goal) = way.goals.pop() {
            *steps += 1;
            if *steps > MOST_STEPS {
                return true;
            }
            let branches: Vec<Way<'g, 'g>> = match goal {
                Goal::Asked(screen) => {
                    if !self.ask(screen, &mut way) {
                        return false;
                    }
                    continue;
                }
                Goal::Holds(Condition::Not(inner), wanted) => {
                    way.goals.push(Goal::Holds(inner, !wanted));
                    continue;
                }
                Goal::Holds(Condition::All(parts), true) => {
                    way.goals.extend(parts.iter().map(|part| Goal::Holds(part, true)));
                    continue;
                }
                Goal::Holds(Condition::Any(parts), false) => {
                    way.goals.extend(parts.iter().map(|part| Goal::Holds(part, false)));
                    continue;
                }
                Goal::Holds(Condition::Any(parts), true) => each_of(&way, parts, true),
                Goal::Holds(Condition::All(parts), false) => each_of(&way, parts, false),
                // What a broken condition would say is not known.
                Goal::Holds(Condition::Is(_, picks), _) if picks.is_empty() => continue,
                Goal::Holds(Condition::Item(_, _, marks), _) if marks.is_empty() => continue,
                Goal::Holds(leaf @ (Condition::Is(..) | Condition::Item(..)), false) => {
                    if way.states.iter().any(|(screen, state)| holds(leaf, *screen, state)) {
                        return false;
                    }
                    way.denied.push(leaf);
                    continue;
                }
                Goal::Holds(leaf @ (Condition::Is(screen, _) | Condition::Item(screen, ..)), true) => {
                    if way.states.get(screen).is_some_and(|state| holds(leaf, *screen, state)) {
                        continue;
                    }
                    self.states(leaf).into_iter().filter_map(|state| self.settle(&way, *screen, state)).collect()
                }
            };
            let mut branches = branches.into_iter();
            let Some(last) = branches.next_back() else { return false };
            for branch in branches {
                if self.search(branch, steps) {
                    return true;
                }
            }
            way = last;
        }
        true
    }

    /// The answers that make a leaf hold.
    fn states(&self, leaf: &Condition) -> Vec<State<'g>> {
        let (screen, picks) = match leaf {
            Condition::Is(screen, picks) => (*screen, picks),
            Condition::Item(_, item, marks) => {
                return marks.iter().map(|mark| State::Items(BTreeMap::from([(*item, *mark)]))).collect();
            }
            _ => return Vec::new(),
        };
        let asked = &self.guide.screens[screen];
        picks
            .iter()
            .flat_map(|pick| match pick {
                Pick::Choice(choice) => vec![State::Choice(*choice)],
                Pick::NotSure if asked.not_sure && asked.is_question() => vec![State::NotSure],
                Pick::NotSure => Vec::new(),
                Pick::Band(band) => vec![State::Band(*band)],
                Pick::Signal(signal) => vec![State::Paste(Text::Signals(BTreeSet::from([*signal])), false)],
                Pick::Nothing => vec![State::Paste(Text::Nothing, false)],
                Pick::Unrecognised => vec![State::Paste(Text::Unrecognised, false)],
                Pick::SecretRemoved => vec![State::Paste(Text::Any, true)],
                Pick::Entry(entry) => self.entries(screen, |ix, _| ix == *entry),
                Pick::Tag(tag) => self.entries(screen, |_, known| known == tag),
            })
            .collect()
    }

    /// The entries of a list screen that fit; those that no condition names stand for their tag.
    fn entries(&self, screen: ScreenIx, fits: impl Fn(usize, &str) -> bool) -> Vec<State<'g>> {
        let Kind::List(list, _) = self.guide.screens[screen].kind else { return Vec::new() };
        let mut out = Vec::new();
        let entries = self.guide.lists.get(list).map_or(&[][..], |list| &list.entries);
        for (ix, entry) in entries.iter().enumerate().filter(|(ix, entry)| fits(*ix, &entry.tag)) {
            let state = State::Entry(self.named.contains(&(list, ix)).then_some(ix), entry.tag.as_str());
            if !out.contains(&state) {
                out.push(state);
            }
        }
        out
    }

    /// The way with an answer more, if that fits what is settled.
    fn settle(&self, way: &Way<'g, 'g>, screen: ScreenIx, state: State<'g>) -> Option<Way<'g, 'g>> {
        let merged = match way.states.get(&screen) {
            None => state,
            Some(known) => merge(known, &state)?,
        };
        let mut way = way.clone();
        if way.denied.iter().any(|leaf| holds(leaf, screen, &merged)) {
            return None;
        }
        way.states.insert(screen, merged);
        // A jump of this answer may lead past what is asked.
        (self.ask(screen, &mut way) && !way.asked.iter().any(|&later| self.leads_past(&way, screen, later)))
            .then_some(way)
    }

    /// Puts a screen on the route, if nothing there leads past it or is led past by it.
    fn ask(&self, screen: ScreenIx, way: &mut Way<'g, 'g>) -> bool {
        if way.asked.insert(screen) {
            if let Some(when) = &self.guide.screens[screen].when {
                way.goals.push(Goal::Holds(when, true));
            }
            let past = |from, to| self.leads_past(way, from, to);
            return !way.asked.iter().any(|&other| past(other, screen) || past(screen, other));
        }
        true
    }

    fn leads_past(&self, way: &Way<'g, 'g>, from: ScreenIx, to: ScreenIx) -> bool {
        if from >= to {
            return false;
        }
        let screen = &self.guide.screens[from];
        let own = match (way.states.get(&from), &screen.kind) {
            (Some(State::Choice(choice)), Kind::Choice(choices)) => choices.get(*choice).and_then(|choice| choice.next),
            (Some(State::NotSure), _) => screen.not_sure_choice.as_ref().and_then(|choice| choice.next),
            (Some(State::Entry(_, tag)), Kind::List(_, tags)) => {
                tags.iter().find(|known| known.tag == *tag).and_then(|tag| tag.next)
            }
            (Some(State::Band(band)), Kind::Amount { bands, .. }) => bands.get(*band).and_then(|band| band.next),
            (Some(State::Band(band)), Kind::Month { bands }) => bands.get(*band).and_then(|band| band.next),
            _ => None,
        };
        match own.or(screen.next) {
            Some(Next::Screen(target)) => target > to,
            Some(Next::FixList) => true,
            None => false,
        }
    }
}

fn each_of<'g>(way: &Way<'g, 'g>, parts: &'g [Condition], wanted: bool) -> Vec<Way<'g, 'g>> {
    parts
        .iter()
        .map(|part| {
            let mut way = way.clone();
            way.goals.push(Goal::Holds(part, wanted));
            way
        })
        .collect()
}

fn merge<'g>(known: &State<'g>, more: &State<'g>) -> Option<State<'g>> {
    match (known, more) {
        (State::Items(known), State::Items(more)) => {
            let mut all = known.clone();
            for (item, mark) in more {
                if *all.entry(*item).or_insert(*mark) != *mark {
                    return None;
                }
            }
            Some(State::Items(all))
        }
        (State::Paste(known, secret), State::Paste(more, more_secret)) => {
            let text = match (known, more) {
                (Text::Any, text) | (text, Text::Any) => text.clone(),
                (Text::Signals(known), Text::Signals(more)) => Text::Signals(known | more),
                (known, more) if known == more => known.clone(),
                _ => return None,
            };
            Some(State::Paste(text, *secret || *more_secret))
        }
        (known, more) => (known == more).then(|| known.clone()),
    }
}

/// Whether a leaf holds for the answer of a screen, whatever of it is not settled yet.
fn holds(leaf: &Condition, screen: ScreenIx, state: &State<'_>) -> bool {
    match (leaf, state) {
        (Condition::Item(of, item, marks), State::Items(all)) => {
            *of == screen && all.get(item).is_some_and(|mark| marks.contains(mark))
        }
        (Condition::Is(of, picks), state) => {
            *of == screen
                && picks.iter().any(|pick| match (pick, state) {
                    (Pick::Choice(a), State::Choice(b)) | (Pick::Band(a), State::Band(b)) => a == b,
                    (Pick::Entry(a), State::Entry(b, _)) => Some(*a) == *b,
                    (Pick::Tag(a), State::Entry(_, b)) => a == b,
                    (Pick::Signal(signal), State::Paste(Text::Signals(all), _)) => all.contains(signal),
                    (Pick::NotSure, State::NotSure)
                    | (Pick::Nothing, State::Paste(Text::Nothing, _))
                    | (Pick::Unrecognised, State::Paste(Text::Unrecognised, _))
                    | (Pick::SecretRemoved, State::Paste(_, true)) => true,
                    _ => false,
                })
        }
        _ => false,
    }
}

/// Whether a condition holds where nothing is answered.
#[must_use]
pub fn holds_for_nothing(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(holds_for_nothing),
        Condition::Any(parts) => parts.iter().any(holds_for_nothing),
        Condition::Not(inner) => !holds_for_nothing(inner),
        Condition::Is(..) | Condition::Item(..) => false,
    }
}

/// Every leaf of a condition.
pub fn each<'c>(condition: &'c Condition, look: &mut impl FnMut(&'c Condition)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| each(part, look)),
        Condition::Not(inner) => each(inner, look),
        leaf => look(leaf),
    }
}

//! Whether a condition can hold at all: looks for answers that a person could give so that it does.
//!
//! What is looked for is more than what can happen (a figure may keep a band empty, a screen that the condition does not
//! name may lead past one that it does), and where there are too many ways the search ends. So "no" is sure, and "yes"
//! means that nothing speaks against it.

use std::collections::{BTreeMap, BTreeSet};

use super::screens::leads_to;

use crate::guide::answer::Mark;
use crate::guide::condition::{Condition, Pick};
use crate::guide::{Guide, Kind, Next, ScreenIx};

/// So many steps, then the answer is "yes": conditions that people write need a handful.
const MOST_STEPS: usize = 400;
/// Where many conditions are asked about at once.
const PATIENT_STEPS: usize = 20_000;

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
    /// The screens of which some answer leads elsewhere than on.
    jumps: Vec<bool>,
    most_steps: usize,
}

/// One way to go on: what is still to be reached, and what is settled.
#[derive(Clone, Default)]
struct Way<'g, 'c> {
    goals: Vec<Goal<'c>>,
    // Few of each, and copied for every answer that is tried.
    states: Vec<(ScreenIx, State<'g>)>,
    asked: Vec<ScreenIx>,
    denied: Vec<&'c Condition>,
}

impl<'g, 'c> Way<'g, 'c> {
    fn state(&self, screen: ScreenIx) -> Option<&State<'g>> {
        self.states.iter().find(|(known, _)| *known == screen).map(|(_, state)| state)
    }

    /// What can be met in one way only comes first: it may settle the rest, or show early that this leads nowhere.
    fn next_goal(&mut self) -> Option<Goal<'c>> {
        let plain = self.goals.iter().rposition(|goal| match goal {
            Goal::Asked(_) | Goal::Holds(Condition::Not(_), _) => true,
            Goal::Holds(Condition::All(_), wanted) => *wanted,
            Goal::Holds(Condition::Any(_) | Condition::Is(..) | Condition::Item(..), wanted) => !*wanted,
        });
        match plain.or_else(|| self.goals.iter().rposition(|goal| self.is_settled(goal))) {
            Some(at) => Some(self.goals.remove(at)),
            None => self.goals.pop(),
        }
    }

    fn is_settled(&self, goal: &Goal<'_>) -> bool {
        matches!(goal, Goal::Holds(condition, _) if self.settled(condition).is_some())
    }

    /// Whether a condition holds, if what is settled tells.
    fn settled(&self, condition: &Condition) -> Option<bool> {
        let all = |parts: &[Condition], wanted: bool| {
            let mut open = false;
            for part in parts {
                match self.settled(part) {
                    Some(holds) if holds != wanted => return Some(!wanted),
                    Some(_) => {}
                    None => open = true,
                }
            }
            (!open).then_some(wanted)
        };
        match condition {
            Condition::All(parts) => all(parts, true),
            Condition::Any(parts) => all(parts, false),
            Condition::Not(inner) => self.settled(inner).map(|holds| !holds),
            // What a broken condition would say is not known.
            Condition::Is(_, picks) if picks.is_empty() => None,
            Condition::Item(_, _, marks) if marks.is_empty() => None,
            leaf @ (Condition::Is(screen, _) | Condition::Item(screen, ..)) => {
                if self.denied.contains(&leaf) {
                    return Some(false);
                }
                let state = self.state(*screen)?;
                // What more is settled of a checklist or a text may still make it hold.
                let is_whole = !matches!(state, State::Items(_) | State::Paste(..));
                let holds = holds(leaf, *screen, state);
                (holds || is_whole).then_some(holds)
            }
        }
    }
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
        let jumps = guide.screens.iter().map(|screen| leads_to(screen).iter().any(Option::is_some)).collect();
        Self { guide, named, jumps, most_steps: MOST_STEPS }
    }

    /// The same, with more steps: for goals that hang on most of the guide's conditions.
    #[must_use]
    pub fn patient(self) -> Self {
        Self { most_steps: PATIENT_STEPS, ..self }
    }

    /// Whether all of this can be so at once.
    #[must_use]
    pub fn can(&self, goals: &[Goal<'g>]) -> bool {
        self.search(Way { goals: goals.to_vec(), ..Way::default() }, &mut 0)
    }

    fn search(&self, mut way: Way<'g, 'g>, steps: &mut usize) -> bool {
        while let Some(goal) = way.next_goal() {
            *steps += 1;
            if *steps > self.most_steps {
                return true;
            }
            if let Goal::Holds(condition, wanted) = goal
                && let Some(holds) = way.settled(condition)
            {
                if holds == wanted {
                    continue;
                }
                return false;
            }
            match goal {
                Goal::Asked(screen) => {
                    if !self.ask(screen, &mut way) {
                        return false;
                    }
                }
                Goal::Holds(Condition::Not(inner), wanted) => way.goals.push(Goal::Holds(inner, !wanted)),
                Goal::Holds(Condition::All(parts), true) => {
                    way.goals.extend(parts.iter().map(|part| Goal::Holds(part, true)));
                }
                Goal::Holds(Condition::Any(parts), false) => {
                    way.goals.extend(parts.iter().map(|part| Goal::Holds(part, false)));
                }
                Goal::Holds(Condition::Any(parts) | Condition::All(parts), wanted) => {
                    return parts.iter().any(|part| {
                        let mut way = way.clone();
                        way.goals.push(Goal::Holds(part, wanted));
                        self.search(way, steps)
                    });
                }
                // What a broken condition would say is not known.
                Goal::Holds(Condition::Is(_, picks), _) if picks.is_empty() => {}
                Goal::Holds(Condition::Item(_, _, marks), _) if marks.is_empty() => {}
                Goal::Holds(leaf @ (Condition::Is(..) | Condition::Item(..)), false) => way.denied.push(leaf),
                Goal::Holds(leaf @ (Condition::Is(screen, _) | Condition::Item(screen, ..)), true) => {
                    return self.any_state(leaf, |state| {
                        self.settle(&way, *screen, state).is_some_and(|way| self.search(way, steps))
                    });
                }
            }
        }
        true
    }

    /// Whether one of the answers that make a leaf hold will do.
    fn any_state(&self, leaf: &Condition, mut will_do: impl FnMut(State<'g>) -> bool) -> bool {
        match leaf {
            Condition::Is(screen, picks) => picks.iter().any(|pick| {
                let asked = &self.guide.screens[*screen];
                let state = match pick {
                    Pick::NotSure if asked.not_sure && asked.is_question() => State::NotSure,
                    Pick::NotSure => return false,
                    Pick::Entry(_) | Pick::Tag(_) => return self.any_entry(*screen, pick, &mut will_do),
                    Pick::Choice(choice) => State::Choice(*choice),
                    Pick::Band(band) => State::Band(*band),
                    Pick::Signal(signal) => State::Paste(Text::Signals(BTreeSet::from([*signal])), false),
                    Pick::Nothing => State::Paste(Text::Nothing, false),
                    Pick::Unrecognised => State::Paste(Text::Unrecognised, false),
                    Pick::SecretRemoved => State::Paste(Text::Any, true),
                };
                will_do(state)
            }),
            Condition::Item(_, item, marks) => {
                marks.iter().any(|mark| will_do(State::Items(BTreeMap::from([(*item, *mark)]))))
            }
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => false,
        }
    }

    /// The same for the entries of a list screen; those that no condition names stand for their tag.
    fn any_entry(&self, screen: ScreenIx, pick: &Pick, will_do: &mut impl FnMut(State<'g>) -> bool) -> bool {
        let Kind::List(list, _) = self.guide.screens[screen].kind else { return false };
        let entries = self.guide.lists.get(list).map_or(&[][..], |list| &list.entries);
        let mut others = false;
        entries.iter().enumerate().any(|(ix, entry)| {
            let fits = match pick {
                Pick::Entry(wanted) => ix == *wanted,
                Pick::Tag(tag) => entry.tag == *tag,
                _ => false,
            };
            let named = self.named.contains(&(list, ix)).then_some(ix);
            // One of those that are alike is enough.
            fits && (named.is_some() || !std::mem::replace(&mut others, true))
                && will_do(State::Entry(named, entry.tag.as_str()))
        })
    }

    /// The way with an answer more, if that fits what is settled.
    fn settle(&self, way: &Way<'g, 'g>, screen: ScreenIx, state: State<'g>) -> Option<Way<'g, 'g>> {
        let merged = match way.state(screen) {
            None => state,
            Some(known) => merge(known, &state)?,
        };
        if way.denied.iter().any(|leaf| holds(leaf, screen, &merged)) {
            return None;
        }
        let mut way = way.clone();
        match way.states.iter_mut().find(|(known, _)| *known == screen) {
            Some((_, known)) => *known = merged,
            None => way.states.push((screen, merged)),
        }
        // A jump of this answer may lead past what is asked.
        (self.ask(screen, &mut way) && !way.asked.iter().any(|&later| self.leads_past(&way, screen, later)))
            .then_some(way)
    }

    /// Puts a screen on the route, if nothing there leads past it or is led past by it.
    fn ask(&self, screen: ScreenIx, way: &mut Way<'g, 'g>) -> bool {
        if way.asked.contains(&screen) {
            return true;
        }
        way.asked.push(screen);
        if let Some(when) = &self.guide.screens[screen].when {
            way.goals.push(Goal::Holds(when, true));
        }
        let past = |from, to| self.leads_past(way, from, to);
        !way.asked.iter().any(|&other| past(other, screen) || past(screen, other))
    }

    fn leads_past(&self, way: &Way<'g, 'g>, from: ScreenIx, to: ScreenIx) -> bool {
        // Most lead nowhere but on, and every pair is looked at.
        if from >= to || !self.jumps[from] {
            return false;
        }
        let screen = &self.guide.screens[from];
        let own = match (way.state(from), &screen.kind) {
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

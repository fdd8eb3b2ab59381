//! Where the answers of a screen lead, and what can come directly after them.

use crate::guide::condition::{Condition, Pick};
use crate::guide::lint::{Goal, Possible};
use crate::guide::{Guide, Kind, Next, ScreenIx};

/// Answers of a screen that lead to the same place.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// The screen that they lead to, which may be passed over; behind the last one is the end.
    pub to: ScreenIx,
    /// None where the screen has only this way.
    ids: Vec<String>,
    /// That one of these answers is given; none where there are no answers to choose from.
    given: Option<Condition>,
}

impl Way {
    /// The answers in lines that are short enough for an arrow.
    pub fn lines(&self, guide: &Guide, from: ScreenIx) -> Vec<String> {
        const MOST: usize = 60;
        let mut lines: Vec<String> = Vec::new();
        for (at, id) in self.ids.iter().enumerate() {
            let comma = if at + 1 < self.ids.len() { "," } else { "" };
            match lines.last_mut() {
                None => lines.push(format!("{} = {id}{comma}", guide.screens[from].id)),
                Some(line) if line.len() + id.len() < MOST => line.extend([" ", id.as_str(), comma]),
                Some(_) => lines.push(format!("{id}{comma}")),
            }
        }
        lines
    }
}

/// The ways on from a screen, the nearest first. Every answer is on one of them.
pub(super) fn ways(guide: &Guide, from: ScreenIx) -> Vec<Way> {
    let screen = &guide.screens[from];
    let mut answers: Vec<(&str, Option<Pick>, Option<Next>)> = match &screen.kind {
        Kind::Choice(choices) => choices
            .iter()
            .enumerate()
            .map(|(ix, choice)| (choice.id.as_str(), Some(Pick::Choice(ix)), choice.next))
            .collect(),
        Kind::List(list, tags) => {
            let mut all: Vec<(&str, Option<Next>)> = tags.iter().map(|tag| (tag.tag.as_str(), tag.next)).collect();
            // A tag of which the screen says nothing is an answer all the same.
            for entry in &guide.lists[*list].entries {
                if !all.iter().any(|(tag, _)| *tag == entry.tag) {
                    all.push((&entry.tag, None));
                }
            }
            all.into_iter().map(|(tag, next)| (tag, Some(Pick::Tag(tag.to_owned())), next)).collect()
        }
        Kind::Amount { bands, .. } => {
            let band = |(ix, (id, next))| (id, Some(Pick::Band(ix)), next);
            bands.iter().map(|band| (band.id.as_str(), band.next)).enumerate().map(band).collect()
        }
        Kind::Month { bands } => {
            let band = |(ix, (id, next))| (id, Some(Pick::Band(ix)), next);
            bands.iter().map(|band| (band.id.as_str(), band.next)).enumerate().map(band).collect()
        }
        Kind::Note | Kind::Checklist(_) | Kind::Paste => vec![("", None, None)],
    };
    if screen.not_sure && screen.is_question() && !matches!(screen.kind, Kind::Checklist(_)) {
        let next = screen.not_sure_choice.as_ref().and_then(|choice| choice.next);
        answers.push(("not-sure", Some(Pick::NotSure), next));
    }
    let mut all: Vec<(ScreenIx, Vec<String>, Vec<Pick>)> = Vec::new();
    for (id, pick, next) in answers {
        let to = match next.or(screen.next) {
            Some(Next::Screen(to)) => to,
            Some(Next::FixList) => guide.screens.len(),
            None => from + 1,
        };
        match all.iter_mut().find(|(known, ..)| *known == to) {
            Some((_, ids, picks)) => {
                ids.push(id.to_owned());
                picks.extend(pick);
            }
            None => all.push((to, vec![id.to_owned()], pick.into_iter().collect())),
        }
    }
    all.sort_by_key(|(to, ..)| *to);
    let is_only = all.len() == 1;
    all.into_iter()
        .map(|(to, ids, picks)| Way {
            to,
            ids: if is_only { Vec::new() } else { ids },
            given: (!picks.is_empty()).then_some(Condition::Is(from, picks)),
        })
        .collect()
}

/// What can come directly after what.
pub(super) struct Follows<'g> {
    guide: &'g Guide,
    possible: Possible<'g>,
}

impl<'g> Follows<'g> {
    pub fn new(guide: &'g Guide) -> Self {
        let conditions = guide.screens.iter().filter_map(|screen| screen.when.as_ref());
        Self { guide, possible: Possible::new(guide, conditions).patient() }
    }

    /// The screens that can be the next one after these answers, in order; behind the last one is the end.
    pub fn after(&self, from: ScreenIx, way: &Way) -> Vec<ScreenIx> {
        (way.to..=self.guide.screens.len()).filter(|&at| self.can(from, way, at)).collect()
    }

    /// Whether a screen, or the end, can be the next one after these answers. A no is sure: then all between them would
    /// have to be passed over, and no answers do that.
    pub fn can(&self, from: ScreenIx, way: &Way, to: ScreenIx) -> bool {
        let screens = &self.guide.screens;
        if to < way.to {
            return false;
        }
        let passed: Option<Vec<&Condition>> = screens[way.to..to].iter().map(|screen| screen.when.as_ref()).collect();
        let Some(passed) = passed else { return false };
        let mut goals: Vec<Goal<'_>> = passed.into_iter().map(|when| Goal::Holds(when, false)).collect();
        if to < screens.len() {
            goals.push(Goal::Asked(to));
        }
        goals.push(Goal::Asked(from));
        goals.extend(way.given.as_ref().map(|given| Goal::Holds(given, true)));
        self.possible.can(&goals)
    }
}

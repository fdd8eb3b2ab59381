//! Telling what became of a fix, and what the person is told in turn.

use super::{App, Effect};
use crate::after::moved;
use crate::guide::FixIx;
use crate::guide::answer::{BECOMES, Tried};
use crate::tui::open::Open;
use crate::tui::spot::Spot;
use crate::tui::view::{Item, items};
use crate::wizard::Move;

/// The line that most people take is the second: nobody ends it all by a second press of a key.
const TRIED: Spot = Spot { cursor: 1, ..Spot::START };

impl App {
    /// What the cursor stands on in the list, or the fix that is open; and its place in what was tried, if it was told.
    fn fix_here(&self) -> Option<(FixIx, Option<usize>)> {
        if let Some((Open::Fix(fix), _)) = self.open.last() {
            return Some((*fix, None));
        }
        let report = self.report();
        match items(&report).get(self.cursor())? {
            Item::Fix(place) => Some((report.fixes[*place].fix, None)),
            Item::Tried(place) => Some((report.tried[*place].fix, Some(report.tried[*place].ix))),
            Item::Reminder(_) | Item::Letter(_) => None,
        }
    }

    pub(super) fn open_tell(&mut self) {
        match self.fix_here() {
            Some((fix, told)) => self.open.push((Open::Tell { fix, told }, TRIED)),
            None => self.notice = Some(self.tongue.words().no_fix_here.to_owned()),
        }
    }

    /// Takes the line of [`BECOMES`], or takes back what was told.
    pub(super) fn tell(&mut self, line: usize) -> Effect {
        let Some((Open::Tell { fix, told }, _)) = self.open.last() else { return Effect::None };
        let (fix, told) = (*fix, *told);
        match (BECOMES.get(line), told) {
            (Some(how), Some(ix)) => self.take_down(Move::Amend(ix, *how), fix, *how),
            (Some(how), None) => self.take_down(Move::Tell(fix, *how), fix, *how),
            (None, Some(ix)) => {
                let outcome = self.wizard.apply(Move::Untell(ix));
                let effect = self.after(&outcome);
                self.notice = Some(self.tongue.words().taken_back.to_owned());
                self.rebuild();
                effect
            }
            (None, None) => Effect::None,
        }
    }

    pub(super) fn worked(&mut self) -> Effect {
        match self.fix_here() {
            Some((fix, None)) => self.take_down(Move::Tell(fix, Tried::Worked), fix, Tried::Worked),
            Some((fix, Some(ix))) => self.take_down(Move::Amend(ix, Tried::Worked), fix, Tried::Worked),
            None => {
                self.notice = Some(self.tongue.words().no_fix_here.to_owned());
                self.rebuild();
                Effect::Redraw
            }
        }
    }

    /// Makes the move; the list is sorted anew, and a sentence says what moved.
    fn take_down(&mut self, step: Move, fix: FixIx, how: Tried) -> Effect {
        let before = self.report();
        // Looked at from a question, the list stays open.
        let over_a_question = self.page.is_some();
        let outcome = self.wizard.apply(step);
        let effect = self.after(&outcome);
        if how != Tried::Worked {
            if over_a_question {
                self.open.push((Open::SoFar, Spot::START));
            }
            self.notice = Some(moved(&before, &self.report(), fix, how, &self.wizard));
        }
        self.rebuild();
        effect
    }
}

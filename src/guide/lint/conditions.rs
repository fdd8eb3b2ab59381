//! Conditions that can never hold, or always do.

use super::Lint;
use super::possible::{Goal, Possible, holds_for_nothing};
use crate::guide::condition::Condition;
use crate::guide::resolve_conditions::{Met, MetCondition, Within};

impl Met {
    /// Every condition that is no part of another.
    pub(super) fn whole(&self) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().filter(|met| met.is_whole).map(|met| &met.condition)
    }
}

impl Lint<'_> {
    pub(super) fn conditions(&mut self, possible: &Possible<'_>) {
        let met = self.met;
        let mut last: Option<&MetCondition> = None;
        for condition in &met.conditions {
            // Inner conditions come before the outer: where one of them is told, that is enough.
            let has_told =
                last.is_some_and(|last| last.file == condition.file && condition.span.contains(&last.span.start));
            if has_told || self.broken.is_in(condition.file, &condition.span) {
                continue;
            }
            let (rule, message, help) = if self.never_holds(condition, possible) {
                let message = if condition.within == Within::Nothing || !condition.is_whole {
                    "this condition can never hold"
                } else {
                    "this condition can never hold where the text is shown"
                };
                ("never-holds", message, "no answers that a person could give make it hold: mend it, or take it out")
            } else if holds_for_nothing(&condition.condition)
                && !possible.can(&[Goal::Holds(&condition.condition, false)])
            {
                let help = "whatever is answered, it holds: mend it, or take it out";
                ("always-holds", "this condition always holds", help)
            } else {
                continue;
            };
            self.tell(rule, condition.file, &condition.span, message.into(), help);
            last = Some(condition);
        }
    }

    fn never_holds(&self, met: &MetCondition, possible: &Possible<'_>) -> bool {
        let mut goals = Vec::new();
        // A part of a condition is looked at by itself: under a `not`, what is around it would be turned round.
        match met.within {
            Within::Screen(screen) if met.is_whole => goals.push(Goal::Asked(screen)),
            // Support is offered by a condition of its own.
            Within::FixStep(fix)
                if met.is_whole && self.guide.support.as_ref().is_none_or(|support| support.fix != fix) =>
            {
                goals.extend(self.guide.fixes[fix].when.as_ref().map(|when| Goal::Holds(when, true)));
            }
            _ => {}
        }
        if goals.is_empty() && holds_for_nothing(&met.condition) {
            return false;
        }
        goals.push(Goal::Holds(&met.condition, true));
        if possible.can(&goals) {
            return false;
        }
        goals.pop();
        // Where the screen or the fix itself can never be there, that is told of it.
        goals.is_empty() || possible.can(&goals)
    }
}

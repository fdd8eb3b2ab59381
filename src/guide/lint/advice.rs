//! Causes, fixes, and what everything rests on.

use std::collections::BTreeSet;

use time::{Date, Duration};

use super::Lint;
use super::possible::{Goal, Possible};
use crate::guide::keys::{BAND, CHOICE};
use crate::guide::read::{Raw, int};
use crate::guide::syntax::Value;
use crate::guide::{Amount, Kind, Points, Term};

impl Lint<'_> {
    pub(super) fn advice(&mut self, possible: &Possible<'_>) {
        // Where a whole kind is missing, that is told, and this would only follow from it.
        let guide = self.guide;
        if ![guide.screens.len(), guide.causes.len(), guide.fixes.len()].contains(&0) {
            self.causes();
            self.fixes(possible);
        }
        self.sources();
        self.zeros();
    }

    fn causes(&mut self) {
        let (guide, entries) = (self.guide, self.entries);
        let mut pointed: BTreeSet<usize> = BTreeSet::new();
        let mut look = |points: &Points| {
            pointed.extend(points.iter().filter(|(_, word)| word.factor() > 1.0).map(|(cause, _)| *cause));
        };
        for screen in &guide.screens {
            match &screen.kind {
                Kind::Choice(choices) => choices.iter().for_each(|choice| look(&choice.points_to)),
                Kind::List(_, tags) => tags.iter().for_each(|tag| look(&tag.points_to)),
                Kind::Checklist(items) => items.iter().for_each(|item| {
                    look(&item.fine);
                    look(&item.problem);
                }),
                Kind::Amount { bands, .. } => bands.iter().for_each(|band| look(&band.points_to)),
                Kind::Month { bands } => bands.iter().for_each(|band| look(&band.points_to)),
                Kind::Note | Kind::Paste => {}
            }
        }
        guide.signals.iter().for_each(|signal| look(&signal.points_to));
        let mended: BTreeSet<usize> =
            guide.fixes.iter().flat_map(|fix| fix.works_for.iter().map(|(cause, _)| *cause)).collect();
        for (ix, cause) in guide.causes.iter().enumerate() {
            let raw = entries.causes[ix];
            if !self.is_alone(raw) {
                continue;
            }
            // What nobody thought of is pointed to by nothing, and support takes it on.
            let is_other = cause.id == "other";
            if !is_other && !pointed.contains(&ix) {
                let message = format!("nothing points to the cause `{}`", cause.id);
                let help = "give an answer or a signal that speaks for it `points_to`, or take the cause out";
                self.tell("cause-without-answer", raw.file, &raw.span, message, help);
            }
            let has_fix = mended.contains(&ix) || (is_other && guide.support.is_some());
            if !has_fix {
                let message = format!("no fix works for the cause `{}`", cause.id);
                let help = "name it in the `works_for` of a fix: whoever has it would be left alone";
                self.tell("cause-without-fix", raw.file, &raw.span, message, help);
            }
        }
    }

    fn fixes(&mut self, possible: &Possible<'_>) {
        let (guide, entries) = (self.guide, self.entries);
        let support = guide.support.as_ref().map(|support| support.fix);
        for (ix, fix) in guide.fixes.iter().enumerate() {
            let raw = entries.fixes[ix];
            // One that names a cause which cannot be read may be for that.
            let named = raw.get("works_for").map_or(0, |node| match &node.value {
                Value::Table(causes) => causes.all.len(),
                _ => 0,
            });
            if support == Some(ix) || !self.is_whole(raw) || named != fix.works_for.len() {
                continue;
            }
            let (message, help) = if fix.works_for.is_empty() {
                (
                    format!("the fix `{}` works for no cause", fix.id),
                    "name the causes that it mends in `works_for`: it is listed for these only",
                )
            } else if let Some(when) = &fix.when
                && possible.can(&[Goal::Holds(when, true)])
                && fix.works_for.iter().all(|(cause, _)| {
                    let cause = guide.causes[*cause].when.as_ref();
                    cause.is_some_and(|cause| !possible.can(&[Goal::Holds(when, true), Goal::Holds(cause, true)]))
                })
            {
                (
                    format!("the fix `{}` is never offered for a cause that it works for", fix.id),
                    "where its `when` holds, that of its causes cannot",
                )
            } else {
                continue;
            };
            self.tell("fix-without-cause", raw.file, &raw.span, message, help);
        }
    }

    /// Fixes, signals, warnings and reminders rest on something; claims have an error of their own.
    fn sources(&mut self) {
        let entries = self.entries;
        for raw in [&entries.fixes, &entries.signals, &entries.warnings, &entries.reminders].into_iter().flatten() {
            if let Some(node) = raw.get("sources")
                && raw.strs("sources").is_empty()
            {
                let message = format!("the {} `{}` names no source", raw.table.name, raw.id);
                let help = "name the source that it rests on, with a [[source]] of its own if need be";
                self.tell("without-source", raw.file, &node.span, message, help);
            }
        }
    }

    fn zeros(&mut self) {
        let entries = self.entries;
        let mut zeros: Vec<(&Raw, &str, &str)> = Vec::new();
        zeros.extend(
            entries.figures.iter().map(|raw| (*raw, "usd", "an amount that advice quotes is more than nothing")),
        );
        for raw in &entries.screens {
            zeros.extend(raw.all(&CHOICE).map(|raw| (raw, "attempts", "without it no payment is counted")));
            if raw.str("kind") == Some("amount") {
                zeros.extend(raw.all(&BAND).map(|raw| (raw, "below", "no amount is below zero")));
            }
        }
        for (raw, key, help) in zeros {
            let Some(node) = raw.get(key) else { continue };
            let is_zero = match &node.value {
                Value::Float(text) => text.parse() == Ok(0.0),
                _ => int(node) == Some(0),
            };
            if is_zero {
                self.tell("zero", raw.file, &node.span, format!("`{key}` is zero"), help);
            }
        }
    }

    /// The amounts that figures have whatever is answered, and their ids.
    pub(super) fn fixed_amounts(&self) -> Vec<(i64, String)> {
        let figures = &self.guide.figures;
        let fixed = |ix: usize| match figures.get(ix)?.amount {
            Amount::Fixed(amount) if self.is_whole(self.entries.figures[ix]) => Some(amount.0),
            _ => None,
        };
        let sum = |terms: &[Term]| -> Option<i64> {
            terms.iter().try_fold(0_i64, |sum, term| match *term {
                Term::Figure(figure) => Some(sum.saturating_add(fixed(figure)?)),
                Term::Screen(_) => None,
            })
        };
        let amounts = figures.iter().enumerate().filter_map(|(ix, figure)| {
            let amount = match &figure.amount {
                Amount::Fixed(_) => fixed(ix),
                Amount::Sum(plus, minus) => Some(sum(plus)?.saturating_sub(sum(minus)?)),
            };
            Some((amount.filter(|amount| *amount > 0)?, figure.id.clone()))
        });
        amounts.collect()
    }

    /// What was looked at too long ago, or on a day that has not come.
    pub(super) fn dates(&mut self, today: Date) {
        let (guide, entries) = (self.guide, self.entries);
        for (ix, source) in guide.sources.iter().enumerate() {
            let days = source.max_age_days;
            if days > 0 {
                self.date(entries.sources[ix], "checked", &source.checked, days, today, "stale-source");
            }
        }
        for (ix, fix) in guide.fixes.iter().enumerate() {
            let ages = fix.sources.iter().filter_map(|&source| guide.sources.get(source));
            if let Some(days) = ages.map(|source| source.max_age_days).filter(|days| *days > 0).min() {
                self.date(entries.fixes[ix], "reviewed", &fix.reviewed, days, today, "stale-fix");
            }
        }
    }

    fn date(&mut self, raw: &Raw, key: &str, date: &str, days: u32, today: Date, rule: &'static str) {
        let shape = time::macros::format_description!("[year]-[month]-[day]");
        let (Ok(date), Some(node)) = (Date::parse(date, shape), raw.get(key)) else { return };
        // Where this is read, it may be a day later than where it is checked.
        if date > today.saturating_add(Duration::DAY) {
            let message = format!("`{key}` of `{}` lies in the future", raw.id);
            self.tell("future-date", raw.file, &node.span, message, "write the day on which somebody looked");
        } else if date.saturating_add(Duration::days(i64::from(days))) < today {
            let age = (today - date).whole_days();
            let (message, help) = if rule == "stale-source" {
                (
                    format!("the source `{}` was looked at {age} days ago, and should be every {days} days", raw.id),
                    "open it, mend what changed in the advice, then move `checked`",
                )
            } else {
                (
                    format!(
                        "the fix `{}` was gone through {age} days ago, and its sources change every {days}",
                        raw.id
                    ),
                    "read it beside its sources, then move `reviewed`",
                )
            };
            self.tell(rule, raw.file, &node.span, message, help);
        }
    }
}

//! Screens that nobody sees, and answers that change nothing.

use std::collections::BTreeSet;

use super::Lint;
use super::possible::{Goal, Possible, each};
use crate::guide::condition::{Condition, Pick};
use crate::guide::keys::{CHOICE, ITEM};
use crate::guide::read::Raw;
use crate::guide::{Amount, Choice, Kind, Next, Points, Screen, ScreenIx, Term};

impl Lint<'_> {
    pub(super) fn screens(&mut self, possible: &Possible<'_>) {
        self.reach(possible);
        self.idle();
    }

    /// Follows every answer; a screen that passes itself over leads on as well.
    fn reach(&mut self, possible: &Possible<'_>) {
        let (guide, entries) = (self.guide, self.entries);
        let count = guide.screens.len();
        let mut arrived = vec![false; count + 1];
        arrived[0] = true;
        for (ix, screen) in guide.screens.iter().enumerate() {
            let raw = entries.screens[ix];
            if !arrived[ix] && self.is_alone(raw) {
                let message = format!("nothing leads to the screen `{}`", screen.id);
                let help = "every answer before it leads past it: let one of them lead here, or take the screen out";
                self.tell("unreachable-screen", raw.file, &raw.span, message, help);
            }
            if let Some(when) = &screen.when {
                let is_whole = self.is_whole(raw);
                if is_whole && possible.can(&[Goal::Holds(when, true)]) && !possible.can(&[Goal::Asked(ix)]) {
                    let message = format!("the screen `{}` can never be asked", screen.id);
                    let help = "the answers that its condition asks for lead past it";
                    self.tell("unreachable-screen", raw.file, &raw.span, message, help);
                }
            }
            for next in leads_to(screen) {
                match next {
                    Some(Next::Screen(to)) => arrived[to] = true,
                    Some(Next::FixList) => {}
                    None => arrived[ix + 1] = true,
                }
            }
            if screen.when.is_some() || !self.is_whole(raw) {
                arrived[ix + 1] = true;
            }
        }
    }

    fn idle(&mut self) {
        let (guide, entries) = (self.guide, self.entries);
        let mut named: BTreeSet<(ScreenIx, usize)> = BTreeSet::new();
        for condition in self.met.whole() {
            each(condition, &mut |leaf| match leaf {
                Condition::Is(screen, picks) => named.extend(picks.iter().filter_map(|pick| match pick {
                    Pick::Choice(ix) | Pick::Band(ix) => Some((*screen, *ix)),
                    _ => None,
                })),
                Condition::Item(screen, item, _) => drop(named.insert((*screen, *item))),
                _ => {}
            });
        }
        for (ix, screen) in guide.screens.iter().enumerate() {
            let raw = entries.screens[ix];
            if !self.is_alone(raw) || self.met.shown.contains(&ix) {
                continue;
            }
            let is_named = |at: usize| named.contains(&(ix, at));
            match &screen.kind {
                Kind::Choice(choices) => self.idle_choices(raw, choices, ix, is_named),
                Kind::Checklist(items) => {
                    let idle = |at: usize| items[at].fine.is_empty() && items[at].problem.is_empty() && !is_named(at);
                    for (_, item) in raw.all(&ITEM).enumerate().filter(|(at, _)| idle(*at)) {
                        self.tell_idle(item, &format!("the item `{}` changes nothing", item.id));
                    }
                }
                Kind::Amount { bands, .. } => {
                    let idle = |at: usize| is_idle(&bands[at].points_to, bands[at].next) && !is_named(at);
                    if (0..bands.len()).all(idle) && !self.counts(ix) {
                        self.tell_idle(raw, &format!("the answer of `{}` changes nothing", screen.id));
                    }
                }
                Kind::Month { bands } => {
                    let idle = |at: usize| is_idle(&bands[at].points_to, bands[at].next) && !is_named(at);
                    if (0..bands.len()).all(idle) {
                        self.tell_idle(raw, &format!("the answer of `{}` changes nothing", screen.id));
                    }
                }
                Kind::Note | Kind::List(..) | Kind::Paste => {}
            }
        }
    }

    /// A question needs an answer for everybody, so one choice may change nothing, and also several, so long as there is
    /// another that does. Where none does, nobody need be asked.
    fn idle_choices(&mut self, raw: &Raw, choices: &[Choice], screen: ScreenIx, is_named: impl Fn(usize) -> bool) {
        let on = |next: Option<Next>| next.filter(|next| *next != Next::Screen(screen + 1));
        let effect = |choice: &Choice| {
            let points: Vec<String> = choice.points_to.iter().map(|points| format!("{points:?}")).collect();
            (points, format!("{:?}", on(choice.next)), choice.attempts)
        };
        let raws: Vec<&Raw> = raw.all(&CHOICE).filter(|choice| choice.id != "not-sure").collect();
        let unnamed: Vec<usize> = (0..choices.len()).filter(|&at| !is_named(at)).collect();
        if unnamed.len() != choices.len() || raws.len() != choices.len() {
            return;
        }
        let not_sure = self.guide.screens[screen].not_sure_choice.as_ref();
        let leads_elsewhere = not_sure.is_some_and(|choice| on(choice.next).is_some());
        let first = choices.first().map(effect);
        if !leads_elsewhere && choices.iter().map(effect).all(|other| Some(other) == first) {
            self.tell_idle(raw, &format!("no choice of `{}` changes anything", raw.id));
        }
    }

    fn tell_idle(&mut self, raw: &Raw, message: &str) {
        // Where no cause is found at all, that is told, and what pointed to one is not to blame.
        if self.guide.causes.is_empty() {
            return;
        }
        let help = "it points to no cause, leads nowhere else, and no condition or text names it";
        self.tell("changes-nothing", raw.file, &raw.span, message.to_owned(), help);
    }

    /// Whether a figure rests on an amount.
    fn counts(&self, screen: ScreenIx) -> bool {
        self.guide.figures.iter().any(|figure| match &figure.amount {
            Amount::Sum(plus, minus) => plus.iter().chain(minus).any(|term| *term == Term::Screen(screen)),
            Amount::Fixed(_) => false,
        })
    }
}

fn is_idle(points: &Points, next: Option<Next>) -> bool {
    points.is_empty() && next.is_none()
}

/// Where the answers of a screen lead; nothing stands for the next in the file.
pub(super) fn leads_to(screen: &Screen) -> Vec<Option<Next>> {
    let mut all: Vec<Option<Next>> = match &screen.kind {
        Kind::Choice(choices) => choices.iter().map(|choice| choice.next.or(screen.next)).collect(),
        // An entry whose tag is not spoken of leads on.
        Kind::List(_, tags) => tags.iter().map(|tag| tag.next.or(screen.next)).chain([screen.next]).collect(),
        Kind::Amount { bands, .. } => bands.iter().map(|band| band.next.or(screen.next)).collect(),
        Kind::Month { bands } => bands.iter().map(|band| band.next.or(screen.next)).collect(),
        Kind::Note | Kind::Checklist(_) | Kind::Paste => vec![screen.next],
    };
    if screen.not_sure && screen.is_question() {
        all.push(screen.not_sure_choice.as_ref().and_then(|choice| choice.next).or(screen.next));
    }
    all
}

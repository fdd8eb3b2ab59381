//! Questions that would have to be scrolled in a window of 80x24: laid out by what draws them, with what can be in them.

use super::app;
use super::view;
use crate::guide::condition::Condition;
use crate::guide::lint::{Goal, Possible};
use crate::guide::money::Cents;
use crate::guide::text::{Content, Markup, MarkupLine, Rich, RichLine, RichSpan, Text, Value};
use crate::guide::{Amount, Choice, Guide, Kind, ScreenIx};
use crate::page::{Body, Page};
use crate::report::Tongue;
use crate::wizard::Move;

/// The window that everything fits.
const WINDOW: (u16, u16) = (80, 24);
/// Of more parts with a condition it is not tried which of them can be shown together.
const MOST_PARTS: usize = 10;
/// An amount as long as most.
const AMOUNT: Cents = Cents(12_345);

/// A question that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// Which.
    pub screen: ScreenIx,
    /// In which language, as an index.
    pub language: usize,
    /// How many rows too many.
    pub rows: usize,
}

/// The questions of a guide that are too long, each in the first language in which it is.
#[must_use]
pub fn too_long(guide: &Guide) -> Vec<TooLong> {
    let possible = Possible::new(guide, guide.screens.iter().filter_map(|screen| screen.when.as_ref()));
    let mut out = Vec::new();
    // Beside the first question there are no answers yet.
    let mut answers = 0;
    for (screen, asked) in guide.screens.iter().enumerate() {
        let size = app::body_of((WINDOW.0.saturating_sub(answers), WINDOW.1));
        if asked.is_question() {
            answers = app::side_columns(WINDOW.0);
        }
        if !asked.is_question() || matches!(asked.kind, Kind::List(..)) {
            continue;
        }
        let found = (0..guide.languages.len()).find_map(|language| {
            let sheet = Sheet { guide, screen, tongue: Tongue::new(guide, language), size };
            sheet.too_many(&possible).map(|rows| TooLong { screen, language, rows })
        });
        out.extend(found);
    }
    out
}

/// A question in one language.
struct Sheet<'g> {
    guide: &'g Guide,
    screen: ScreenIx,
    tongue: Tongue,
    size: (usize, usize),
}

impl<'g> Sheet<'g> {
    /// Rows too many, with parts of the text that can be shown together.
    fn too_many(&self, possible: &Possible<'g>) -> Option<usize> {
        let mut parts: Vec<&'g Condition> = Vec::new();
        self.rows(&mut |when| {
            parts.push(when);
            true
        })
        .checked_sub(self.size.1 + 1)?;
        // With everything it does not fit; now with what can be there at once.
        parts.dedup();
        if parts.len() > MOST_PARTS {
            return None;
        }
        self.some(possible, &parts, &mut vec![Goal::Asked(self.screen)])
    }

    /// Goes through the parts, each shown if it can be beside those before it, or left out.
    fn some(&self, possible: &Possible<'g>, parts: &[&'g Condition], goals: &mut Vec<Goal<'g>>) -> Option<usize> {
        if !possible.can(goals) {
            return None;
        }
        let Some((part, rest)) = parts.split_first() else {
            let shown = |when: &Condition| {
                goals.iter().any(|goal| matches!(goal, Goal::Holds(shown, true) if std::ptr::eq(*shown, when)))
            };
            return self.rows(&mut |when| shown(when)).checked_sub(self.size.1).filter(|rows| *rows > 0);
        };
        for is_shown in [true, false] {
            goals.push(Goal::Holds(part, is_shown));
            let found = self.some(possible, rest, goals);
            goals.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The rows that the question takes.
    fn rows(&self, shows: &mut dyn FnMut(&'g Condition) -> bool) -> usize {
        let asked = &self.guide.screens[self.screen];
        let not_sure = asked.not_sure.then(|| {
            let words = self.tongue.words().not_sure;
            asked.not_sure_choice.as_ref().map_or_else(|| words.to_owned(), |choice| self.line(&choice.label, shows))
        });
        let field = |unit: String, not_sure| Body::Field { value: String::new(), unit, not_sure, unsure: false };
        let ask = self.rich(&asked.ask, shows);
        let help = asked.help.as_ref().map(|help| self.rich(help, shows)).unwrap_or_default();
        let body = match &asked.kind {
            Kind::Choice(choices) => {
                let labels = choices.iter().map(|choice| self.line(&choice.label, shows)).chain(not_sure);
                Body::Options { options: labels.map(|label| (label, Move::NotSure)).collect(), taken: None }
            }
            Kind::Checklist(items) => {
                let labels = items.iter().map(|item| self.line(&item.label, shows));
                Body::Items(labels.map(|label| (label, crate::guide::answer::Mark::Problem)).collect())
            }
            Kind::Amount { unit, .. } => {
                let words = self.tongue.words().usd;
                field(unit.as_ref().map_or_else(|| words.to_owned(), |unit| self.line(unit, shows)), not_sure)
            }
            Kind::Month { .. } => field(self.tongue.words().month_hint.to_owned(), not_sure),
            Kind::Note | Kind::List(..) | Kind::Paste => Body::Note,
        };
        let page = Page { screen: self.screen, ask, help, body, claims: Vec::new(), progress: None };
        view::question(&page, &[], 0, self.size, self.tongue).rows.len()
    }

    fn rich(&self, text: &'g Text, shows: &mut dyn FnMut(&'g Condition) -> bool) -> Rich {
        let mut lines = Vec::new();
        for part in &text.parts {
            if part.when.as_ref().is_none_or(&mut *shows)
                && let Some(markup) = part.markup(self.tongue.index)
            {
                lines.extend(self.filled(markup));
            }
        }
        Rich { lines }
    }

    fn line(&self, text: &'g Text, shows: &mut dyn FnMut(&'g Condition) -> bool) -> String {
        self.rich(text, shows).readable(self.tongue.lang)
    }

    fn filled(&self, markup: &Markup) -> Vec<RichLine> {
        let span = |content: &Content| match content {
            Content::Text(text) => text.clone(),
            Content::Value(value) => self.longest(*value),
        };
        let line = |line: &MarkupLine| {
            let spans = line.spans.iter().map(|piece| RichSpan {
                text: span(&piece.content),
                strong: piece.strong,
                soft: piece.soft,
                link: piece.link.clone(),
            });
            RichLine { item: line.item, spans: spans.collect() }
        };
        markup.lines.iter().map(line).collect()
    }

    /// The most that can stand for a placeholder; placeholders in it are left out.
    fn longest(&self, value: Value) -> String {
        let plain = |text: &Text| -> String {
            let markup = text.parts.first().and_then(|part| part.markup(self.tongue.index));
            let spans = markup.iter().flat_map(|markup| &markup.lines).flat_map(|line| &line.spans);
            let words = spans.filter_map(|span| match &span.content {
                Content::Text(text) => Some(text.as_str()),
                Content::Value(_) => None,
            });
            words.collect()
        };
        let longest = |all: &mut dyn Iterator<Item = String>| all.max_by_key(|text| crate::layout::width(text));
        let amount = match value {
            Value::Figure(figure) => match self.guide.figures[figure].amount {
                Amount::Fixed(amount) => amount,
                Amount::Sum(..) => AMOUNT,
            },
            Value::Answer(screen) | Value::Said(screen) => {
                let of_choice = |choice: &Choice| plain(choice.short.as_ref().unwrap_or(&choice.label));
                match &self.guide.screens[screen].kind {
                    Kind::Choice(choices) => return longest(&mut choices.iter().map(of_choice)).unwrap_or_default(),
                    Kind::List(list, _) => {
                        let entries = &self.guide.lists[*list].entries;
                        return longest(&mut entries.iter().map(|entry| plain(&entry.name))).unwrap_or_default();
                    }
                    Kind::Month { .. } => return "2026-11".into(),
                    _ => AMOUNT,
                }
            }
            Value::Blank(..) | Value::Tried => return String::new(),
        };
        self.tongue.lang.money(amount)
    }
}

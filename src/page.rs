//! What a screen says and offers, in one language. The full-screen wizard and line mode both show this.

use std::fmt::Write as _;

use crate::claims;
use crate::guide::answer::{Answer, By, Facts, Mark, Pasted};
use crate::guide::text::Rich;
use crate::guide::{Guide, Kind, ScreenIx};
use crate::report::Tongue;
use crate::signal::fold;
use crate::wizard::{Move, Wizard};

/// A screen as people see it.
#[derive(Clone, Debug)]
pub struct Page {
    /// Which.
    pub screen: ScreenIx,
    /// The question.
    pub ask: Rich,
    /// Below the answers.
    pub help: Rich,
    /// What can be answered.
    pub body: Body,
    /// Advice found elsewhere that touches the question, a line each.
    pub claims: Vec<String>,
    /// Number of the question, and of how many about; none for notes and pasted text.
    pub progress: Option<(usize, usize)>,
}

/// What can be answered.
#[derive(Clone, Debug)]
pub enum Body {
    /// Nothing: text to read.
    Note,
    /// One of these.
    Options {
        /// What each says, and the move that takes it.
        options: Vec<(String, Move)>,
        /// The one that was taken before.
        taken: Option<usize>,
    },
    /// One entry of a long list, found by typing.
    Search {
        /// Names of the entries.
        names: Vec<String>,
        /// The one that was taken before.
        taken: Option<usize>,
        /// What "I'm not sure" says, if it is offered.
        not_sure: Option<String>,
    },
    /// Each fine, a problem, or not sure.
    Items(Vec<(String, Mark)>),
    /// An amount or a month.
    Field {
        /// What stands in the field.
        value: String,
        /// Shown behind it.
        unit: String,
        /// What "I'm not sure" says, if it is offered.
        not_sure: Option<String>,
        /// Whether that was the answer before.
        unsure: bool,
    },
    /// Any text, and what was recognised in the text before.
    Paste {
        /// Nothing, if there was none.
        kept: Option<String>,
    },
}

impl Page {
    /// The page of a screen.
    #[must_use]
    pub fn new(wizard: &Wizard, screen: ScreenIx, tongue: Tongue) -> Self {
        let facts = wizard.facts();
        let asked = &facts.guide.screens[screen];
        let help = asked.help.as_ref().map(|help| help.rich(tongue.index, &facts)).unwrap_or_default();
        Self {
            screen,
            ask: asked.ask.rich(tongue.index, &facts),
            help,
            body: body(wizard, &facts, screen, tongue),
            claims: claims::lines(&facts, tongue, &claims::told(&facts, |touches| touches.screens.contains(&screen))),
            progress: asked.is_question().then(|| wizard.progress()),
        }
    }
}

fn not_sure(facts: &Facts<'_>, screen: ScreenIx, tongue: Tongue) -> Option<String> {
    let asked = &facts.guide.screens[screen];
    asked.not_sure.then(|| {
        asked
            .not_sure_choice
            .as_ref()
            .map_or_else(|| tongue.words().not_sure.to_owned(), |choice| choice.label.line(tongue.index, facts))
    })
}

fn body(wizard: &Wizard, facts: &Facts<'_>, screen: ScreenIx, tongue: Tongue) -> Body {
    let asked = &facts.guide.screens[screen];
    let answer = facts.answer(screen);
    let not_sure = not_sure(facts, screen, tongue);
    match &asked.kind {
        Kind::Note => Body::Note,
        Kind::Paste => Body::Paste { kept: kept(facts, answer, tongue) },
        Kind::Choice(choices) => {
            let mut options: Vec<(String, Move)> = choices
                .iter()
                .enumerate()
                .map(|(ix, choice)| (choice.label.line(tongue.index, facts), Move::Choose(ix)))
                .collect();
            options.extend(not_sure.map(|label| (label, Move::NotSure)));
            let taken = match answer {
                Some(Answer::Choice(choice)) => Some(*choice),
                Some(Answer::NotSure) => Some(options.len() - 1),
                _ => None,
            };
            Body::Options { options, taken }
        }
        Kind::List(list, _) => Body::Search {
            names: facts.guide.lists[*list].entries.iter().map(|entry| entry.name.line(tongue.index, facts)).collect(),
            taken: match answer {
                Some(Answer::Entry(entry)) => Some(*entry),
                _ => None,
            },
            not_sure,
        },
        Kind::Checklist(items) => Body::Items(
            items.iter().map(|item| item.label.line(tongue.index, facts)).zip(wizard.marks(screen)).collect(),
        ),
        Kind::Amount { unit, .. } => Body::Field {
            value: facts.amount(screen).map(|amount| amount.to_string()).unwrap_or_default(),
            unit: unit.as_ref().map_or_else(|| tongue.words().usd.to_owned(), |unit| unit.line(tongue.index, facts)),
            not_sure,
            unsure: answer == Some(&Answer::NotSure),
        },
        Kind::Month { .. } => Body::Field {
            value: match answer {
                Some(Answer::Month(month)) => month.to_string(),
                _ => String::new(),
            },
            unit: tongue.words().month_hint.to_owned(),
            not_sure,
            unsure: answer == Some(&Answer::NotSure),
        },
    }
}

fn kept(facts: &Facts<'_>, answer: Option<&Answer>, tongue: Tongue) -> Option<String> {
    let Some(Answer::Paste(pasted)) = answer.filter(|answer| **answer != Answer::Paste(Pasted::default())) else {
        return None;
    };
    let words = tongue.words();
    Some(pasted.signals.first().map_or_else(
        || words.recognised_nothing.to_owned(),
        |&signal| tongue.lang.labelled(words.kept, &facts.guide.signals[signal].means.line(tongue.index, facts)),
    ))
}

/// The entries of a list screen that fit what was typed, the best first: a code or name typed in full, then names
/// that begin so, then those that hold it anywhere; of these the shortest.
#[must_use]
pub fn search(guide: &Guide, screen: ScreenIx, typed: &str) -> Vec<usize> {
    let Kind::List(list, _) = &guide.screens[screen].kind else { return Vec::new() };
    let entries = &guide.lists[*list].entries;
    let wanted = fold(typed);
    if wanted.is_empty() {
        return (0..entries.len()).collect();
    }
    let mut found: Vec<(u8, usize, usize)> = entries
        .iter()
        .enumerate()
        .filter_map(|(ix, entry)| {
            entry
                .name
                .fixed()
                .chain(entry.aliases.iter().cloned())
                .chain([entry.id.clone()])
                .filter_map(|name| {
                    let name = fold(&name);
                    let length = name.chars().count();
                    if name == wanted {
                        Some((0, length))
                    } else if name.starts_with(&wanted) {
                        Some((1, length))
                    } else {
                        // Two letters are a code or a beginning; anywhere inside they would fit half the world.
                        (name.contains(&wanted) && (wanted.len() > 2)).then_some((2, length))
                    }
                })
                .min()
                .map(|(rank, length)| (rank, length, ix))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(.., ix)| ix).collect()
}

/// What was recognised in the pasted text, in one or two lines.
#[must_use]
pub fn recognised(facts: &Facts<'_>, tongue: Tongue) -> Vec<String> {
    let words = tongue.words();
    let Some(Answer::Paste(pasted)) =
        facts.answers().map(|(_, answer, _)| answer).find(|answer| matches!(answer, Answer::Paste(_)))
    else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    if pasted.secret {
        lines.push(words.secret_removed.to_owned());
    }
    let settled: Vec<ScreenIx> =
        facts.answers().filter(|(.., by)| matches!(by, By::Signal(_))).map(|(screen, ..)| screen).collect();
    if !settled.is_empty() {
        lines.push(tongue.lang.settled(&names(facts, &settled, tongue)));
    }
    match pasted.signals.first() {
        Some(&signal) => {
            let means = facts.guide.signals[signal].means.line(tongue.index, facts);
            lines.push(tongue.lang.labelled(words.recognised, &means));
        }
        None if pasted.any_text => lines.push(words.recognised_nothing.to_owned()),
        None => {}
    }
    lines
}

/// The short names of screens.
#[must_use]
pub fn names(facts: &Facts<'_>, screens: &[ScreenIx], tongue: Tongue) -> Vec<String> {
    screens.iter().map(|&screen| facts.guide.screens[screen].short.line(tongue.index, facts)).collect()
}

/// The next question and how to answer it on the command line.
#[must_use]
pub fn next_question(facts: &Facts<'_>, screen: ScreenIx, tongue: Tongue) -> String {
    let asked = &facts.guide.screens[screen];
    let id = &asked.id;
    let mut out = String::new();
    let label = tongue.words().next_question;
    let _ = writeln!(out, "\n{}", tongue.lang.labelled(label, &asked.ask.line(tongue.index, facts)));
    let mut line = |value: String, what: String| {
        let _ = writeln!(out, "  --answer {value}  {what}");
    };
    match &asked.kind {
        Kind::Choice(choices) => {
            for choice in choices {
                line(format!("{id}={}", choice.id), choice.label.line(tongue.index, facts));
            }
        }
        Kind::List(list, _) => {
            if let Some(entry) = facts.guide.lists[*list].entries.first() {
                line(format!("{id}={}", entry.id), entry.name.line(tongue.index, facts));
            }
            line(format!("{id}=…"), tongue.words().and_so_on.to_owned());
        }
        Kind::Checklist(items) => {
            for item in items {
                line(format!("{id}.{}=fine|problem", item.id), item.label.line(tongue.index, facts));
            }
        }
        Kind::Amount { .. } => line(format!("{id}=12.50"), tongue.words().usd.to_owned()),
        Kind::Month { .. } => line(format!("{id}=2026-11"), String::new()),
        Kind::Note | Kind::Paste => {}
    }
    if let Some(label) = not_sure(facts, screen, tongue).filter(|_| !matches!(asked.kind, Kind::Checklist(_))) {
        line(format!("{id}=not-sure"), label);
    }
    out
}

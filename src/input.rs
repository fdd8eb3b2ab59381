//! Answers that come as text: from the command line, from a file, from a signal's `answers`.

use std::collections::BTreeMap;

use crate::diagnostic::near_miss;
use crate::guide::answer::{Answer, Mark, Pasted, Tried};
use crate::guide::money::{Cents, Month};
use crate::guide::syntax::{self, Fields, Value};
use crate::guide::{FixIx, Guide, Kind, LetterIx, ScreenIx};
use crate::signal::fold;
use crate::words::Lang;

/// What is wrong with an answer, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// In a sentence.
    pub message: String,
    /// The way out, where one is known.
    pub help: Option<String>,
}

impl Wrong {
    fn new(message: String, help: Option<String>) -> Self {
        Self { message, help }
    }

    /// Message and help in one line.
    #[must_use]
    pub fn line(&self) -> String {
        match &self.help {
            Some(help) => format!("{}; {help}", self.message),
            None => self.message.clone(),
        }
    }
}

/// Reads the answer of a screen: the id of a choice, an amount, a month.
///
/// # Errors
/// If the screen has no such answer.
pub fn parse(guide: &Guide, screen: ScreenIx, text: &str) -> Result<Answer, Wrong> {
    let asked = &guide.screens[screen];
    let id = &asked.id;
    let shown = text.escape_debug();
    if text == "not-sure" && asked.is_question() {
        return if let Kind::Checklist(items) = &asked.kind {
            Ok(Answer::Items(vec![Mark::NotSure; items.len()]))
        } else if asked.not_sure {
            Ok(Answer::NotSure)
        } else {
            Err(Wrong::new(format!("`{id}` has no answer `not-sure`"), known_answers(guide, screen, text)))
        };
    }
    let no_such = || Wrong::new(format!("`{id}` has no answer `{shown}`"), known_answers(guide, screen, text));
    match &asked.kind {
        Kind::Choice(choices) => {
            choices.iter().position(|choice| choice.id == text).map(Answer::Choice).ok_or_else(no_such)
        }
        Kind::List(list, _) => {
            let entries = &guide.lists[*list].entries;
            entries
                .iter()
                .position(|entry| entry.id == text)
                .or_else(|| {
                    let wanted = fold(text);
                    entries.iter().position(|entry| {
                        let named = entry.name.fixed().any(|name| fold(&name) == wanted);
                        named || entry.aliases.iter().any(|alias| fold(alias) == wanted)
                    })
                })
                .map(Answer::Entry)
                .ok_or_else(no_such)
        }
        Kind::Amount { .. } => Cents::parse(text).map(Answer::Amount).map_err(|error| {
            Wrong::new(
                format!("`{id}` takes an amount, not `{shown}`"),
                Some(Lang::En.words().amount_error(error).into()),
            )
        }),
        Kind::Month { .. } => Month::parse(text).map(Answer::Month).ok_or_else(|| {
            Wrong::new(format!("`{id}` takes a month, not `{shown}`"), Some("write it as 2026-11".into()))
        }),
        Kind::Paste => paste(guide, id, text),
        Kind::Checklist(items) => {
            let item = items.first().map_or("item", |item| item.id.as_str());
            Err(Wrong::new(format!("`{id}` is a checklist"), Some(format!("name an item: {id}.{item}=problem"))))
        }
        Kind::Note => Err(Wrong::new(format!("`{id}` is a note, it takes no answer"), None)),
    }
}

fn paste(guide: &Guide, screen: &str, text: &str) -> Result<Answer, Wrong> {
    match text {
        "nothing" => Ok(Answer::Paste(Pasted::default())),
        "unrecognised" => Ok(Answer::Paste(Pasted { any_text: true, ..Pasted::default() })),
        id => match guide.signals.iter().position(|signal| signal.id == id) {
            Some(signal) => Ok(Answer::Paste(Pasted { signals: vec![signal], any_text: true, secret: false })),
            None => Err(Wrong::new(
                format!("`{screen}` takes a signal, `nothing` or `unrecognised`, not `{}`", id.escape_debug()),
                near_miss(id, guide.signals.iter().map(|signal| signal.id.as_str())),
            )),
        },
    }
}

fn known_answers(guide: &Guide, screen: ScreenIx, wrong: &str) -> Option<String> {
    let mut known: Vec<&str> = match &guide.screens[screen].kind {
        Kind::Choice(choices) => choices.iter().map(|choice| choice.id.as_str()).collect(),
        Kind::List(list, _) => guide.lists[*list].entries.iter().map(|entry| entry.id.as_str()).collect(),
        _ => Vec::new(),
    };
    if guide.screens[screen].not_sure {
        known.push("not-sure");
    }
    near_miss(wrong, known.iter().copied())
        .or_else(|| (known.len() <= 15).then(|| format!("it has {}", known.join(", "))))
}

/// The screen of this id.
///
/// # Errors
/// If the guide has none.
pub fn find_screen(guide: &Guide, id: &str) -> Result<ScreenIx, Wrong> {
    guide.screen(id).ok_or_else(|| {
        Wrong::new(
            format!("there is no screen `{}`", id.escape_debug()),
            near_miss(id, guide.screens.iter().map(|screen| screen.id.as_str())),
        )
    })
}

/// Reads one more fix that was tried: `FIX`, `FIX=failed`, `FIX=unsure`, `FIX=cannot`, `FIX=worked`.
///
/// # Errors
/// If there is no such fix, if nothing of that kind can become of one, or if it stands in `before` already: only what
/// was perhaps not done right is tried again.
pub fn tried(guide: &Guide, text: &str, before: &[(FixIx, Tried)]) -> Result<(FixIx, Tried), Wrong> {
    let (id, how) = text.split_once('=').unwrap_or((text, Tried::Failed.word()));
    let (id, how) = (id.trim(), how.trim());
    let fix = guide.fixes.iter().position(|fix| fix.id == id).ok_or_else(|| {
        let known = guide.fixes.iter().map(|fix| fix.id.as_str());
        Wrong::new(format!("there is no fix `{}`", id.escape_debug()), near_miss(id, known))
    })?;
    let how = Tried::parse(how).ok_or_else(|| {
        let message = format!("`{id}` cannot be `{}`", how.escape_debug());
        Wrong::new(message, Some(format!("it knows {}", Tried::WORDS.join(", "))))
    })?;
    if before.iter().any(|(known, how)| *known == fix && *how != Tried::Unsure) {
        return Err(Wrong::new(
            format!("`{id}` was tried twice"),
            Some("name it once, with what came of it last".into()),
        ));
    }
    Ok((fix, how))
}

/// The letter of this id.
///
/// # Errors
/// If the guide has none.
pub fn letter(guide: &Guide, id: &str) -> Result<LetterIx, Wrong> {
    guide.letters.iter().position(|letter| letter.id == id).ok_or_else(|| {
        let known: Vec<&str> = guide.letters.iter().map(|letter| letter.id.as_str()).collect();
        let help = near_miss(id, known.iter().copied())
            .or_else(|| (!known.is_empty()).then(|| format!("it has {}", known.join(", "))));
        Wrong::new(format!("the guide has no letter `{}`", id.escape_debug()), help)
    })
}

fn read_mark(screen: &str, items: &[crate::guide::Item], item: &str, word: &str) -> Result<(usize, Mark), Wrong> {
    let ix = items.iter().position(|known| known.id == item).ok_or_else(|| {
        let known: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
        let help = near_miss(item, known.iter().copied()).unwrap_or_else(|| format!("it has {}", known.join(", ")));
        Wrong::new(format!("`{screen}` has no item `{}`", item.escape_debug()), Some(help))
    })?;
    let mark = Mark::parse(word).ok_or_else(|| {
        let message = format!("`{screen}.{item}` cannot be `{}`", word.escape_debug());
        Wrong::new(message, Some("it is fine, problem or not-sure".into()))
    })?;
    Ok((ix, mark))
}

/// Reads an answer as content writes it: a string, a number, a table of items.
///
/// # Errors
/// If the screen has no such answer.
pub fn from_toml(guide: &Guide, screen: ScreenIx, value: &Value) -> Result<Answer, Wrong> {
    let asked = &guide.screens[screen];
    match (&asked.kind, value) {
        (Kind::Checklist(items), Value::Table(fields)) => {
            let items = items.as_slice();
            let mut marks = vec![Mark::NotSure; items.len()];
            for (item, _, node) in &fields.all {
                let Value::Str(word) = &node.value else {
                    let message = format!("`{}.{item}` is {}", asked.id, node.value.name());
                    return Err(Wrong::new(message, Some("it is \"fine\", \"problem\" or \"not-sure\"".into())));
                };
                let (ix, mark) = read_mark(&asked.id, items, item, word)?;
                marks[ix] = mark;
            }
            Ok(Answer::Items(marks))
        }
        (Kind::Paste, Value::List(list)) => {
            let mut all = Pasted { any_text: true, ..Pasted::default() };
            for node in list {
                let Value::Str(id) = &node.value else { continue };
                if let Answer::Paste(one) = paste(guide, &asked.id, id)? {
                    all.signals.extend(one.signals);
                }
            }
            all.signals.sort_by_key(|&signal| (guide.signals[signal].rank, signal));
            all.signals.dedup();
            Ok(Answer::Paste(all))
        }
        (_, Value::Str(text)) => parse(guide, screen, text),
        (Kind::Amount { .. }, Value::Int(text, true) | Value::Float(text)) => {
            parse(guide, screen, &text.replace('_', ""))
        }
        (_, other) => {
            Err(Wrong::new(format!("`{}` takes no {}", asked.id, other.name().trim_start_matches("a ")), None))
        }
    }
}

/// Collects answers, each screen once.
#[derive(Debug)]
pub struct Collector<'g> {
    guide: &'g Guide,
    /// What was given so far.
    pub answers: BTreeMap<ScreenIx, Answer>,
    items: BTreeMap<ScreenIx, Vec<usize>>,
}

impl<'g> Collector<'g> {
    /// Nothing given yet.
    #[must_use]
    pub fn new(guide: &'g Guide) -> Self {
        Self { guide, answers: BTreeMap::new(), items: BTreeMap::new() }
    }

    /// Takes `SCREEN=VALUE` or `SCREEN.ITEM=MARK`.
    ///
    /// # Errors
    /// If there is no such screen or answer, or the screen was given before.
    pub fn flag(&mut self, text: &str) -> Result<(), Wrong> {
        let Some((name, value)) = text.split_once('=') else {
            let message = format!("`{}` is no answer", text.escape_debug());
            return Err(Wrong::new(message, Some("write SCREEN=VALUE".into())));
        };
        let (name, value) = (name.trim(), value.trim());
        let Some((id, item)) = name.split_once('.') else {
            let screen = find_screen(self.guide, name)?;
            let answer = parse(self.guide, screen, value)?;
            return self.put(screen, answer);
        };
        let screen = find_screen(self.guide, id)?;
        let Kind::Checklist(items) = &self.guide.screens[screen].kind else {
            return Err(Wrong::new(format!("`{id}` is no checklist"), Some(format!("write {id}=VALUE"))));
        };
        let (ix, mark) = read_mark(id, items, item, value)?;
        let whole = self.answers.contains_key(&screen) && !self.items.contains_key(&screen);
        let given = self.items.entry(screen).or_default();
        if whole || given.contains(&ix) {
            return Err(Wrong::new(format!("`{name}` is answered twice"), Some("give it once".into())));
        }
        given.push(ix);
        let marks = self.answers.entry(screen).or_insert_with(|| Answer::Items(vec![Mark::NotSure; items.len()]));
        if let Answer::Items(marks) = marks {
            marks[ix] = mark;
        }
        Ok(())
    }

    /// Takes one answer.
    ///
    /// # Errors
    /// If the screen was given before.
    pub fn put(&mut self, screen: ScreenIx, answer: Answer) -> Result<(), Wrong> {
        if self.answers.insert(screen, answer).is_some() {
            let message = format!("`{}` is answered twice", self.guide.screens[screen].id);
            return Err(Wrong::new(message, Some("give it once".into())));
        }
        Ok(())
    }

    /// Takes the text of an `--answers` file: TOML in the shape of a scenario's `answers`.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn file(&mut self, path: &str, text: &str) -> Result<(), Vec<Wrong>> {
        let mut findings = Vec::new();
        let source = crate::diagnostic::SourceFile { path: path.into(), text: text.into() };
        let tree = syntax::parse(0, &source, &mut findings);
        let place = |at: &syntax::Span| {
            let (line, column) = crate::diagnostic::line_and_column(text, at.start);
            format!("{path}:{line}:{column}: ")
        };
        let mut wrong: Vec<Wrong> = findings
            .into_iter()
            .map(|finding| {
                let at = finding.place.map_or_else(String::new, |(_, span)| place(&span));
                Wrong::new(format!("{at}{}", finding.message), finding.help)
            })
            .collect();
        if wrong.is_empty() {
            let Fields { all } = &tree.root;
            for (id, at, node) in all {
                let given = find_screen(self.guide, id)
                    .and_then(|screen| Ok((screen, from_toml(self.guide, screen, &node.value)?)))
                    .and_then(|(screen, answer)| self.put(screen, answer));
                if let Err(error) = given {
                    wrong.push(Wrong::new(format!("{}{}", place(at), error.message), error.help));
                }
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

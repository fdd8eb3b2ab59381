//! Conditions of raw entries: what they name is looked up, and every miss is reported.

use std::collections::BTreeSet;

use super::ScreenIx;
use super::answer::Mark;
use super::condition::{Condition, Pick};
use super::read::Raw;
use super::resolve::Cx;
use super::syntax::{Node, Span, Value as Toml};
use crate::diagnostic::near_miss;

/// Stands for what cannot be told from a condition with an error in it: it holds and fails as one likes. Such a guide is
/// not used.
const VAGUE: Condition = Condition::Is(0, Vec::new());

/// Conditions and placeholders as they were met.
#[derive(Debug, Default)]
pub struct Met {
    /// Every table of every condition, inner ones before the outer.
    pub conditions: Vec<MetCondition>,
    /// Screens whose answers are shown in texts.
    pub shown: BTreeSet<ScreenIx>,
}

/// One table of a condition.
#[derive(Debug)]
pub struct MetCondition {
    pub file: usize,
    pub span: Span,
    pub condition: Condition,
    /// Whether it is no part of another.
    pub is_whole: bool,
    pub within: Within,
}

/// What a text is a part of: it is shown only where that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    Nothing,
    Screen(ScreenIx),
    FixStep(usize),
}

impl Cx<'_> {
    /// The `when` of an entry. `before` is the screen that it belongs to: only earlier ones may be named.
    pub fn when(&mut self, raw: &Raw, before: Option<ScreenIx>) -> Option<Condition> {
        let node = raw.get("when")?;
        let within = std::mem::replace(&mut self.within, Within::Nothing);
        let condition = self.condition(raw.file, node, before);
        self.within = within;
        Some(condition)
    }

    pub(super) fn condition(&mut self, file: usize, node: &Node, before: Option<ScreenIx>) -> Condition {
        self.nesting += 1;
        let condition = self.condition_table(file, node, before);
        self.nesting -= 1;
        if let Some(met) = &mut self.met {
            met.conditions.push(MetCondition {
                file,
                span: node.span.clone(),
                condition: condition.clone(),
                is_whole: self.nesting == 0,
                within: self.within,
            });
        }
        condition
    }

    fn condition_table(&mut self, file: usize, node: &Node, before: Option<ScreenIx>) -> Condition {
        let Toml::Table(fields) = &node.value else {
            let message = format!("a condition is a table, not {}", node.value.name());
            self.tell("wrong-type", file, &node.span, message, Some("{ screen = \"answer\" }".into()));
            return VAGUE;
        };
        let mut all = Vec::new();
        for (name, at, node) in &fields.all {
            match name.as_ref() {
                "not" => all.push(Condition::Not(Box::new(self.condition(file, node, before)))),
                "any" | "all" => {
                    let inner = match &node.value {
                        Toml::List(list) => list.iter().map(|node| self.condition(file, node, before)).collect(),
                        other => {
                            let message = format!("`{name}` is {}, it should be a list of conditions", other.name());
                            self.tell("wrong-type", file, &node.span, message, Some("[{ … }, { … }]".into()));
                            vec![VAGUE]
                        }
                    };
                    all.push(if name == "any" { Condition::Any(inner) } else { Condition::All(inner) });
                }
                id => {
                    let Some(screen) = self.find(|cx| &cx.screen_ids, id, file, at) else {
                        all.push(VAGUE);
                        continue;
                    };
                    if before.is_some_and(|before| screen >= before) {
                        let message = format!("`{id}` is not asked before this screen");
                        let help = "the condition of a screen names earlier screens only: move one of the two".into();
                        self.tell("later-screen", file, at, message, Some(help));
                    }
                    self.screen_condition(file, screen, node, &mut all);
                }
            }
        }
        if all.len() == 1 { all.remove(0) } else { Condition::All(all) }
    }

    fn screen_condition(&mut self, file: usize, screen: ScreenIx, node: &Node, all: &mut Vec<Condition>) {
        let kind = self.screens[screen].kind.clone();
        match &node.value {
            Toml::Table(items) if kind == "checklist" => {
                for (item, at, marks) in &items.all {
                    let ids = self.screens[screen].items.clone();
                    let ix = ids.iter().position(|known| known == item);
                    let marks = self.one_or_more(file, marks, |cx, word, span| {
                        Mark::parse(word).or_else(|| {
                            let help = Some("an item is fine, problem or not-sure".into());
                            cx.tell("bad-value", file, span, format!("an item cannot be `{word}`"), help);
                            None
                        })
                    });
                    all.push(ix.map_or(VAGUE, |ix| Condition::Item(screen, ix, marks)));
                    if ix.is_none() {
                        self.no_answer(file, screen, item, at, &ids);
                    }
                }
            }
            Toml::Str(_) | Toml::List(_) if kind != "checklist" => {
                let picks = self.one_or_more(file, node, |cx, id, span| cx.pick(file, screen, id, span));
                all.push(Condition::Is(screen, picks));
            }
            other => {
                let id = &self.screens[screen].id;
                let (message, help) = if kind == "checklist" {
                    (format!("`{id}` is a checklist"), format!("name an item: {id}.item = \"problem\""))
                } else {
                    (format!("`{id}` is {}", other.name()), format!("{id} = \"answer\", or {id} = [\"one\", \"two\"]"))
                };
                self.tell("wrong-type", file, &node.span, message, Some(help));
                all.push(VAGUE);
            }
        }
    }

    fn one_or_more<T>(
        &mut self,
        file: usize,
        node: &Node,
        mut read: impl FnMut(&mut Self, &str, &Span) -> Option<T>,
    ) -> Vec<T> {
        let list = match &node.value {
            Toml::List(list) => list.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut out = Vec::new();
        for node in list {
            match &node.value {
                Toml::Str(text) => out.extend(read(self, text, &node.span)),
                other => {
                    let message = format!("an answer is a string, not {}", other.name());
                    self.tell("wrong-type", file, &node.span, message, None);
                }
            }
        }
        if list.is_empty() {
            self.tell("bad-value", file, &node.span, "no answer is named, so this never holds".into(), None);
        }
        // What is left would say something else: better nothing.
        if out.len() == list.len() { out } else { Vec::new() }
    }

    fn pick(&mut self, file: usize, screen: ScreenIx, id: &str, span: &Span) -> Option<Pick> {
        let outline = &self.screens[screen];
        let at = |ids: &[String]| ids.iter().position(|known| known == id);
        let found = match outline.kind.as_str() {
            _ if id == "not-sure" => Some(Pick::NotSure),
            "paste" => match id {
                "nothing" => Some(Pick::Nothing),
                "unrecognised" => Some(Pick::Unrecognised),
                "secret-removed" => Some(Pick::SecretRemoved),
                _ => return self.find(|cx| &cx.signals, id, file, span).map(Pick::Signal),
            },
            "choice" => match outline.list {
                Some(list) => {
                    let names = &self.list_names[list];
                    at(&names.entries)
                        .map(Pick::Entry)
                        .or_else(|| names.tags.contains(id).then(|| Pick::Tag(id.to_owned())))
                }
                None => at(&outline.choices).map(Pick::Choice),
            },
            "amount" | "month" => at(&outline.bands).map(Pick::Band),
            _ => None,
        };
        if found.is_none() {
            let known: Vec<String> = match outline.list {
                Some(list) => {
                    self.list_names[list].entries.iter().chain(&self.list_names[list].tags).cloned().collect()
                }
                None => [&outline.choices[..], &outline.bands[..]].concat(),
            };
            self.no_answer(file, screen, id, span, &known);
        }
        found
    }

    fn no_answer(&mut self, file: usize, screen: ScreenIx, id: &str, span: &Span, known: &[String]) {
        if self.screens[screen].partial {
            return;
        }
        let message = format!("`{}` has no answer `{id}`", self.screens[screen].id);
        let help = near_miss(id, known.iter().map(String::as_str))
            .or_else(|| (!known.is_empty() && known.len() <= 12).then(|| format!("it has {}", known.join(", "))));
        self.unknown(id, file, span, message, help);
    }
}

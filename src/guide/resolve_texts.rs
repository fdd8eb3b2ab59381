//! Texts of raw entries: their languages, their parts, and what `{name}` stands for in them.

use super::ScreenIx;
use super::read::Raw;
use super::resolve::{Cx, Outline};
use super::syntax::{Node, Span, Value as Toml};
use super::text::{Content, Fault, Markup, Part, Text, Value};
use crate::diagnostic::near_miss;

impl Cx<'_> {
    /// The text of a key; an empty one if it is not there.
    pub fn text(&mut self, raw: &Raw, key: &str) -> Text {
        self.text_of(raw, key, None).unwrap_or_default()
    }

    /// The text of a key that may be left out. `before` is the screen that it belongs to.
    pub fn text_of(&mut self, raw: &Raw, key: &str, before: Option<ScreenIx>) -> Option<Text> {
        let node = raw.get(key)?;
        let one_line = raw.table.key(key).is_some_and(|key| key.shape == super::keys::Shape::Line);
        Some(self.text_node(raw.file, node, one_line, before))
    }

    /// The text of a label or a name, which other texts may show: it must not lead back to itself. The name of a list's
    /// entry shows no answer at all, any other label none of a choice.
    pub fn shown_text(&mut self, raw: &Raw, key: &str, is_entry: bool) -> Text {
        let text = self.text(raw, key);
        let Some(node) = raw.get(key) else { return text };
        let values = text.parts.iter().flat_map(|part| part.by_language.iter().flatten());
        let circular = values.flat_map(|markup| &markup.lines).flat_map(|line| &line.spans).any(|span| {
            let Content::Value(Value::Answer(screen)) = span.content else { return false };
            is_entry || {
                let shown = &self.screens[screen];
                shown.kind == "choice" && shown.list.is_none() && !shown.partial
            }
        });
        if circular {
            let message = format!("the `{key}` of `{}` shows the answer of a choice", raw.id);
            let help = "such a text could show itself; figures, amounts, months and list entries can be shown".into();
            self.tell("circular-text", raw.file, &node.span, message, Some(help));
        }
        text
    }

    /// The text of a letter, in which `{name}` can also be one of its blanks.
    /// A letter of one language needs no other.
    pub fn letter_body(&mut self, raw: &Raw, letter: usize, blanks: Vec<String>, only: Option<usize>) -> Text {
        self.letter = Some((letter, blanks));
        self.only = only;
        let text = self.text(raw, "body");
        self.letter = None;
        self.only = None;
        text
    }

    /// Reports a blank whose id already stands for something else in texts.
    pub fn blank_id(&mut self, raw: &Raw) {
        if raw.id == "tried" || self.figures.ids.contains_key(&raw.id) || self.screen_ids.ids.contains_key(&raw.id) {
            let message = format!("`{{{}}}` already stands for something else", raw.id);
            self.tell("duplicate-id", raw.file, &raw.span, message, Some("give the blank another id".into()));
        }
    }

    /// A text with its parts.
    pub fn text_node(&mut self, file: usize, node: &Node, one_line: bool, before: Option<ScreenIx>) -> Text {
        let parts = match &node.value {
            Toml::List(list) => list.iter().filter_map(|node| self.part(file, node, one_line, before)).collect(),
            _ => self.part(file, node, one_line, before).into_iter().collect(),
        };
        Text { parts }
    }

    fn part(&mut self, file: usize, node: &Node, one_line: bool, before: Option<ScreenIx>) -> Option<Part> {
        match &node.value {
            Toml::Str(text) => {
                let markup = self.markup(file, text, &node.span, one_line);
                Some(Part { when: None, by_language: vec![Some(markup); self.languages.len()] })
            }
            Toml::Table(fields) => {
                let mut by_language = vec![None; self.languages.len()];
                let mut when = None;
                for (name, at, value) in &fields.all {
                    if name == "when" {
                        when = Some(self.condition(file, value, before.map(|screen| screen + 1)));
                        continue;
                    }
                    let language = self.languages.iter().position(|known| known == name);
                    match (&value.value, language) {
                        (Toml::Str(text), Some(language)) => {
                            by_language[language] = Some(self.markup(file, text, &value.span, one_line));
                        }
                        (_, None) => {
                            let known = self.languages.join(", ");
                            let message = format!("`{name}` is no language of this guide");
                            self.tell(
                                "unknown-language",
                                file,
                                at,
                                message,
                                Some(format!("its languages are {known}")),
                            );
                        }
                        (other, _) => {
                            let message = format!("a text is a string, not {}", other.name());
                            self.tell("wrong-type", file, &value.span, message, None);
                        }
                    }
                }
                for (language, markup) in by_language.iter().enumerate() {
                    if markup.is_none() && self.only.is_none_or(|only| only == language) {
                        let message = format!("this text is not there in `{}`", self.languages[language]);
                        self.tell("missing-language", file, &node.span, message, None);
                    }
                }
                Some(Part { when, by_language })
            }
            other => {
                let message = format!("a text is a string or one for each language, not {}", other.name());
                self.tell("wrong-type", file, &node.span, message, None);
                None
            }
        }
    }

    fn markup(&mut self, file: usize, text: &str, span: &Span, one_line: bool) -> Markup {
        if let Some(control) = text.chars().find(|&c| is_control(c)) {
            let message = format!("the text holds the control character U+{:04X}", control as u32);
            self.tell("control-character", file, span, message, Some("take it out".into()));
        }
        if one_line && text.trim().contains('\n') {
            self.tell("bad-value", file, span, "titles and labels are one line".into(), None);
        }
        let (markup, faults) = Markup::parse(text, |name| self.placeholder(name));
        // Each name once where a whole kind is missing.
        let is_bare = self.lost.is_empty() && (self.figures.ids.is_empty() || self.screen_ids.ids.is_empty());
        for Fault { rule, message, help } in faults {
            if rule == "unknown-id" && is_bare && !self.absent.insert(message.clone()) {
                continue;
            }
            if rule != "unknown-id" || !self.lost.iter().any(|lost| message.contains(&format!("`{lost}`"))) {
                self.tell(rule, file, span, message, help);
            }
        }
        if let Some(met) = &mut self.met {
            met.shown.extend(markup.lines.iter().flat_map(|line| &line.spans).filter_map(|span| match span.content {
                Content::Value(Value::Answer(screen) | Value::Said(screen)) => Some(screen),
                Content::Value(_) | Content::Text(_) => None,
            }));
        }
        markup
    }

    fn placeholder(&self, name: &str) -> Result<Value, Fault> {
        if let Some((letter, blanks)) = &self.letter {
            if name == "tried" {
                return Ok(Value::Tried);
            }
            if let Some(blank) = blanks.iter().position(|known| known == name) {
                return Ok(Value::Blank(*letter, blank));
            }
        }
        if let Some(figure) = self.figures.ids.get(name) {
            return Ok(Value::Figure(*figure));
        }
        let shows = |screen: &Outline| matches!(screen.kind.as_str(), "choice" | "amount" | "month");
        match self.screen_ids.ids.get(name).copied() {
            // A letter tells what was said, and leaves a blank for what was not.
            Some(screen) if shows(&self.screens[screen]) && self.letter.is_some() => Ok(Value::Said(screen)),
            Some(screen) if shows(&self.screens[screen]) => Ok(Value::Answer(screen)),
            Some(_) => Err(Fault {
                rule: "unknown-id",
                message: format!("the answer of `{name}` cannot be shown in a text"),
                help: Some("choices, amounts and months can".into()),
            }),
            None => {
                let screens = self.screens.iter().filter(|screen| shows(screen)).map(|screen| screen.id.as_str());
                Err(Fault {
                    rule: "unknown-id",
                    message: format!("there is no figure or answer `{}`", name.escape_debug()),
                    help: near_miss(
                        name,
                        self.figures
                            .ids
                            .keys()
                            .map(String::as_str)
                            .chain(screens)
                            .chain(self.letter.iter().flat_map(|(_, blanks)| blanks.iter().map(String::as_str))),
                    ),
                })
            }
        }
    }
}

/// Characters that act on a terminal or turn the direction of writing.
#[must_use]
pub const fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

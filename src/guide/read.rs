//! Trees to raw entries, driven by the key tables: reports every unknown key, every missing one and every wrong
//! type, and hands on only what has the shape that its key asks for.

use std::collections::BTreeSet;

use super::keys::{FILE, HEADER, Key, RESERVED, Shape, Table};
use super::rules::severity;
use super::syntax::{self, Fields, Node, Span, Tree, Value, is_id_char};
use crate::diagnostic::{Diagnostic, SourceFile, near_miss};

/// One table as it was written: its keys have the right shapes, nothing in it is resolved.
#[derive(Clone, Debug)]
pub struct Raw<'s> {
    /// What kind of table it is.
    pub table: &'static Table,
    /// Index of its file.
    pub file: usize,
    /// Where its id stands, or its header.
    pub span: Span,
    /// Its id or tag, if it has one.
    pub id: String,
    /// What it holds, except its sub-tables.
    pub fields: Fields<'s>,
    /// Its sub-tables in file order.
    pub children: Vec<Raw<'s>>,
    /// Whether something in it was dropped: then absences in it are not reported.
    pub partial: bool,
}

impl<'s> Raw<'s> {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'s>> {
        self.fields.get(key)
    }

    /// The string of a key.
    #[must_use]
    pub fn str(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.value {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number of a key.
    #[must_use]
    pub fn int(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(int)
    }

    /// The flag of a key.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)?.value {
            Value::Bool(flag) => Some(flag),
            _ => None,
        }
    }

    /// The strings of a key that takes one or a list of them.
    #[must_use]
    pub fn strs(&self, key: &str) -> Vec<(&str, &Span)> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let list = match &node.value {
            Value::List(list) => list.as_slice(),
            _ => std::slice::from_ref(node),
        };
        list.iter()
            .filter_map(|node| match &node.value {
                Value::Str(text) => Some((text.as_ref(), &node.span)),
                _ => None,
            })
            .collect()
    }

    /// The sub-tables of one kind.
    pub fn all(&self, table: &'static Table) -> impl Iterator<Item = &Raw<'s>> {
        self.children.iter().filter(move |child| child.table == table)
    }
}

/// What amounts look like.
pub(super) const AMOUNTS: &str = "such as 5, 12.50; not below zero, at most two places";

/// The whole number of a node, whatever its base and its underscores.
#[must_use]
pub fn int(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Int(text, true) => text.replace('_', "").parse().ok(),
        _ => None,
    }
}

/// Everything that the files of a guide hold.
#[derive(Debug, Default)]
pub struct RawGuide<'s> {
    /// The tops of the files that have one.
    pub headers: Vec<Raw<'s>>,
    /// All tables in file order.
    pub entries: Vec<Raw<'s>>,
    /// Ids that stand in damaged blocks.
    pub lost_ids: BTreeSet<String>,
    /// Whether any block is damaged.
    pub damaged: bool,
}

/// Reads all files of a guide.
pub fn read<'s>(files: &'s [SourceFile], findings: &mut Vec<Diagnostic>) -> RawGuide<'s> {
    let mut guide = RawGuide::default();
    for (file, source) in files.iter().enumerate() {
        let mut tree = syntax::parse(file, source, findings);
        guide.lost_ids.append(&mut tree.lost_ids);
        guide.damaged |= !tree.damaged.is_empty();
        let root = std::mem::take(&mut tree.root);
        let mut reader = Reader { file, tree: &tree, findings };
        let mut top = reader.table(&FILE, root, 0..0);
        let (children, header): (Vec<Raw>, Vec<Raw>) =
            top.children.drain(..).partition(|child| !matches!(child.table.name, "support" | "retry"));
        guide.entries.extend(children);
        let first = top.fields.all.iter().find(|(name, ..)| HEADER.contains(&name.as_ref()));
        if let Some((_, span, _)) = first {
            top.span = span.clone();
        }
        top.children = header;
        if first.is_some() || !top.children.is_empty() {
            guide.headers.push(top);
        }
    }
    guide
}

struct Reader<'a> {
    file: usize,
    tree: &'a Tree<'a>,
    findings: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn tell(&mut self, rule: &'static str, span: &Span, message: String, help: Option<String>) {
        self.findings.push(Diagnostic {
            rule,
            severity: severity(rule),
            message,
            place: Some((self.file, span.clone())),
            help,
        });
    }

    fn table<'s>(&mut self, table: &'static Table, fields: Fields<'s>, header: Span) -> Raw<'s> {
        let span = fields.get("id").or_else(|| fields.get("tag")).map_or(header, |node| node.span.clone());
        let mut raw = Raw {
            table,
            file: self.file,
            span,
            id: String::new(),
            fields: Fields::default(),
            children: Vec::new(),
            partial: false,
        };
        raw.partial = self.tree.lost_a_part(&raw.span);
        for (name, at, node) in fields.all {
            let Some(key) = table.key(&name) else {
                if !self.tree.is_damaged(&at) {
                    self.unknown_key(table, &name, &at);
                }
                raw.partial = true;
                continue;
            };
            match key.shape {
                Shape::One(inner) => match node.value {
                    Value::Table(fields) => raw.children.push(self.table(inner, fields, at)),
                    other => {
                        self.wrong_type(key, &node.span, &other);
                        raw.partial = true;
                    }
                },
                Shape::Many(inner) => self.many(inner, key, node, &mut raw),
                shape => {
                    if self.has_shape(key, shape, &node) {
                        raw.fields.all.push((name, at, node));
                    } else {
                        raw.partial = true;
                    }
                }
            }
        }
        // Sub-tables of different kinds come by name; authors and the route want them as they stand in the file.
        raw.children.sort_by_key(|child| child.span.start);
        if let Some(id) = raw.str("id").or_else(|| raw.str("tag")) {
            raw.id = id.to_owned();
        }
        if raw.id == "not-sure" && table.name != "screen.choice" {
            let span = raw.span.clone();
            let help = Some("only a choice may have this id: it gives \"I'm not sure\" other words".into());
            self.tell("bad-id", &span, "`not-sure` is a word of the format".into(), help);
        }
        if !raw.partial && !self.tree.is_damaged(&raw.span) {
            for key in table.keys.iter().filter(|key| key.required) {
                let there = raw.get(key.name).is_some()
                    || matches!(key.shape, Shape::One(inner) | Shape::Many(inner) if raw.children.iter().any(|child| child.table == inner));
                if !there {
                    let what = if raw.id.is_empty() { String::new() } else { format!(" `{}`", raw.id) };
                    let span = raw.span.clone();
                    self.tell(
                        "missing-key",
                        &span,
                        format!("{}{what} has no `{}`", table.name, key.name),
                        Some(format!("`{}`: {}", key.name, key.doc)),
                    );
                }
            }
        }
        raw
    }

    fn many<'s>(&mut self, inner: &'static Table, key: &Key, node: Node<'s>, raw: &mut Raw<'s>) {
        let Value::List(list) = node.value else {
            self.tell(
                "wrong-type",
                &node.span,
                format!("`{}` is {}, it should be a table in double brackets", key.name, node.value.name()),
                Some(format!("write [[{}]]", inner.name)),
            );
            raw.partial = true;
            return;
        };
        for node in list {
            match node.value {
                Value::Table(_) if self.tree.is_damaged(&node.span) => raw.partial = true,
                Value::Table(fields) => {
                    let child = self.table(inner, fields, node.span);
                    // What names this one by its id would be told that there is none.
                    raw.partial |= child.id.is_empty();
                    raw.children.push(child);
                }
                other => {
                    self.wrong_type(key, &node.span, &other);
                    raw.partial = true;
                }
            }
        }
    }

    fn unknown_key(&mut self, table: &'static Table, name: &str, at: &Span) {
        let moved = |inner: &str| {
            inner.starts_with("screen.").then(|| {
                let screen = super::keys::SCREEN.key(name)?;
                Some(format!("keys of the screen stand above its first [[{inner}]]: move `{}` there", screen.name))
            })?
        };
        let help =
            moved(table.name).or_else(|| near_miss(name, table.keys.iter().map(|key| key.name))).unwrap_or_else(|| {
                let known: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
                format!("it knows {}", known.join(", "))
            });
        let message = if table.name == FILE.name {
            format!("the format knows no table or key `{name}`")
        } else {
            format!("{} has no key `{name}`", table.name)
        };
        self.tell("unknown-key", at, message, Some(help));
    }

    fn wrong_type(&mut self, key: &Key, span: &Span, value: &Value) {
        if self.tree.is_damaged(span) {
            return;
        }
        let message = format!("`{}` is {}, it should be {}", key.name, value.name(), wanted(key.shape));
        self.tell("wrong-type", span, message, Some(format!("`{}`: {}", key.name, key.doc)));
    }

    fn bad_value(&mut self, span: &Span, message: String, help: Option<String>) -> bool {
        self.tell("bad-value", span, message, help);
        false
    }

    fn has_shape(&mut self, key: &Key, shape: Shape, node: &Node) -> bool {
        let fits = match (shape, &node.value) {
            (Shape::Id | Shape::IdOrIds | Shape::Bound, Value::Str(id)) => return self.good_id(key, id, &node.span),
            (Shape::Word(words), Value::Str(word)) => return self.good_word(key, words, word, &node.span),
            (Shape::Int(from, to), Value::Int(..)) => {
                return match int(node) {
                    Some(number) if (from..=to).contains(&number) => true,
                    _ => {
                        let message = if from == to {
                            format!("`{}` can only be {from}", key.name)
                        } else {
                            format!("`{}` is out of range", key.name)
                        };
                        let range =
                            if from == to { key.doc.to_owned() } else { format!("it goes from {from} to {to}") };
                        self.bad_value(&node.span, message, Some(range))
                    }
                };
            }
            (Shape::Date, Value::Date(date)) => {
                // A time can be as long.
                if date.len() == 10 && !date.contains(':') {
                    return true;
                }
                let help = Some("write the day only, such as 2026-11-22, without quotes".into());
                return self.bad_value(&node.span, format!("`{}` is no date", key.name), help);
            }
            (Shape::Usd, Value::Int(text, true) | Value::Float(text)) => {
                return super::money::Cents::parse(&text.replace('_', "")).is_ok()
                    || self.bad_value(&node.span, format!("`{text}` is no amount of dollars"), Some(AMOUNTS.into()));
            }
            (Shape::Words(words), Value::List(list)) => {
                return self.each_str(key, list, |reader, word, span| reader.good_word(key, words, word, span));
            }
            (Shape::Ids | Shape::IdOrIds, Value::List(list)) => {
                return self.each_str(key, list, |reader, id, span| reader.good_id(key, id, span));
            }
            (Shape::Strs | Shape::Phrases, Value::List(list)) => return self.each_str(key, list, |_, _, _| true),
            (Shape::Texts, Value::List(_))
            | (Shape::Bound, Value::Int(..) | Value::Float(_))
            | (Shape::Line | Shape::Text, Value::Str(_) | Value::Table(_) | Value::List(_))
            | (Shape::Str | Shape::Url, Value::Str(_))
            | (Shape::Bool, Value::Bool(_))
            | (Shape::Points | Shape::Works | Shape::When | Shape::Answers, Value::Table(_)) => true,
            _ => false,
        };
        if !fits {
            self.wrong_type(key, &node.span, &node.value);
        }
        fits
    }

    fn each_str(&mut self, key: &Key, list: &[Node], mut good: impl FnMut(&mut Self, &str, &Span) -> bool) -> bool {
        let mut all = true;
        for node in list {
            all &= match &node.value {
                Value::Str(text) => good(self, text, &node.span),
                other => {
                    self.wrong_type(key, &node.span, other);
                    false
                }
            };
        }
        all
    }

    fn good_id(&mut self, key: &Key, id: &str, span: &Span) -> bool {
        let reserved = match key.name {
            "id" => RESERVED.contains(&id) && id != "not-sure",
            "tag" => RESERVED.contains(&id),
            _ => false,
        };
        if reserved {
            self.tell("bad-id", span, format!("`{id}` is a word of the format"), Some("choose another id".into()));
        } else if id.is_empty() || !id.chars().all(is_id_char) {
            let help = "ids are made of a-z, 0-9 and `-`".into();
            self.tell("bad-id", span, format!("`{}` is no id", id.escape_debug()), Some(help));
        } else {
            return true;
        }
        false
    }

    fn good_word(&mut self, key: &Key, words: &[&str], word: &str, span: &Span) -> bool {
        words.contains(&word) || {
            let help =
                near_miss(word, words.iter().copied()).unwrap_or_else(|| format!("it knows {}", words.join(", ")));
            self.bad_value(span, format!("`{}` cannot be `{}`", key.name, word.escape_debug()), Some(help))
        }
    }
}

fn wanted(shape: Shape) -> &'static str {
    match shape {
        Shape::Id => "an id in quotes",
        Shape::Str | Shape::Word(_) => "a string",
        Shape::Url => "an address in quotes",
        Shape::Line | Shape::Text => "a text: a string, one for each language, or a list of parts",
        Shape::Texts => "a list of texts",
        Shape::Int(..) => "a whole number",
        Shape::Bool => "true or false, without quotes",
        Shape::Date => "a date without quotes, such as 2026-11-22",
        Shape::Usd => "an amount of dollars without quotes",
        Shape::Bound => "a number, or the id of a figure in quotes",
        Shape::IdOrIds => "an id in quotes, or a list of them",
        Shape::Words(_) | Shape::Ids | Shape::Strs | Shape::Phrases => "a list of strings",
        Shape::Points => "a table of causes: { cause = \"strongly\" }",
        Shape::Works => "a table of causes: { cause = \"usually\" }",
        Shape::When => "a condition: { screen = \"answer\" }",
        Shape::Answers => "a table of answers: { screen = \"answer\" }",
        Shape::One(_) => "a table in brackets",
        Shape::Many(_) => "a table in double brackets",
    }
}

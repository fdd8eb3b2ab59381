//! Where ids stand in the files of a guide: each definition, and each place that names one. What changes an id changes
//! it at these places and nowhere else, so they are found by the key tables and the tree, never by searching text.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{self, Key, Shape, Table};
use super::read::{Raw, RawGuide, read};
use super::syntax::{Fields, Node, Span, Value};
use super::text::placeholders;
use super::words;
use crate::diagnostic::SourceFile;

words! {
    /// What an id is the id of.
    Kind {
        /// A screen.
        Screen = "screen",
        /// A choice of a screen.
        Choice = "choice",
        /// An item of a checklist.
        Item = "item",
        /// A range of amounts or months.
        Band = "band",
        /// A cause.
        Cause = "cause",
        /// A fix.
        Fix = "fix",
        /// A signal.
        Signal = "signal",
        /// A figure.
        Figure = "figure",
        /// A list.
        List = "list",
        /// An entry of a list.
        Entry = "entry",
        /// A tag of a list's entries.
        Tag = "tag",
        /// A source.
        Source = "source",
        /// A warning.
        Warning = "warning",
        /// A reminder.
        Reminder = "reminder",
        /// A claim.
        Claim = "claim",
        /// A letter.
        Letter = "letter",
        /// A blank of a letter.
        Blank = "blank",
        /// A scenario.
        Scenario = "scenario",
        /// A group of screens and signals.
        Group = "group",
    }
}

impl Kind {
    /// What ids of this kind stand within: they are told apart there only.
    #[must_use]
    pub const fn within(self) -> Option<Self> {
        match self {
            Self::Choice | Self::Item | Self::Band => Some(Self::Screen),
            Self::Entry | Self::Tag => Some(Self::List),
            Self::Blank => Some(Self::Letter),
            _ => None,
        }
    }
}

/// An id and what it is the id of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// What it is the id of.
    pub kind: Kind,
    /// The id of the screen, list or letter that it stands within; empty for what stands alone.
    pub within: String,
    /// The id.
    pub id: String,
}

impl Name {
    /// As people write it: `card`, or `paying-with.card` for what stands within something.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.within.is_empty() { self.id.clone() } else { format!("{}.{}", self.within, self.id) }
    }
}

/// A place where an id stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// Index of the file.
    pub file: usize,
    /// The bytes of the id itself, without quotes.
    pub start: usize,
    /// The id.
    pub name: Name,
}

/// All places.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// In the order of files and places.
    pub all: Vec<Mention>,
    /// Places where an id stands, but not as itself: written with escapes, say. The span is that of the whole value.
    pub hidden: Vec<(usize, Span, Name)>,
}

/// What the ids in a key name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names {
    /// These.
    Of(Kind),
    /// The entry itself, which is of this kind.
    Own(Kind),
    /// A figure or an amount screen.
    Term,
    /// A screen or the end.
    Next,
    /// A source or `guess`.
    Basis,
    /// A tag of the list that the screen or the entry belongs to.
    Tag,
    /// Nothing in the guide.
    Nothing,
}

/// What the ids in the keys of each table name; for every key that takes ids.
const NAMES: &[(&str, &str, Names)] = &[
    ("support", "fix", Names::Of(Kind::Fix)),
    ("retry", "after", Names::Of(Kind::Signal)),
    ("retry", "instead_of", Names::Of(Kind::Warning)),
    ("file", "id", Names::Nothing),
    ("figure", "id", Names::Own(Kind::Figure)),
    ("figure", "source", Names::Of(Kind::Source)),
    ("figure", "plus", Names::Term),
    ("figure", "minus", Names::Term),
    ("list", "id", Names::Own(Kind::List)),
    ("list", "source", Names::Of(Kind::Source)),
    ("list.entry", "id", Names::Own(Kind::Entry)),
    ("list.entry", "tag", Names::Tag),
    ("screen", "id", Names::Own(Kind::Screen)),
    ("screen", "group", Names::Of(Kind::Group)),
    ("screen", "next", Names::Next),
    ("screen", "default", Names::Of(Kind::Figure)),
    ("screen", "from", Names::Of(Kind::List)),
    ("screen.choice", "id", Names::Own(Kind::Choice)),
    ("screen.choice", "next", Names::Next),
    ("screen.tag", "tag", Names::Tag),
    ("screen.tag", "next", Names::Next),
    ("screen.item", "id", Names::Own(Kind::Item)),
    ("screen.band", "id", Names::Own(Kind::Band)),
    ("screen.band", "below", Names::Of(Kind::Figure)),
    ("screen.band", "next", Names::Next),
    ("cause", "id", Names::Own(Kind::Cause)),
    ("cause", "basis", Names::Basis),
    ("fix", "id", Names::Own(Kind::Fix)),
    ("fix", "sources", Names::Of(Kind::Source)),
    ("signal", "id", Names::Own(Kind::Signal)),
    ("signal", "group", Names::Of(Kind::Group)),
    ("signal", "sources", Names::Of(Kind::Source)),
    ("warning", "id", Names::Own(Kind::Warning)),
    ("warning", "sources", Names::Of(Kind::Source)),
    ("warning", "causes", Names::Of(Kind::Cause)),
    ("reminder", "id", Names::Own(Kind::Reminder)),
    ("reminder", "sources", Names::Of(Kind::Source)),
    ("claim", "id", Names::Own(Kind::Claim)),
    ("claim", "sources", Names::Of(Kind::Source)),
    ("claim.touches", "screens", Names::Of(Kind::Screen)),
    ("claim.touches", "fixes", Names::Of(Kind::Fix)),
    ("claim.touches", "causes", Names::Of(Kind::Cause)),
    ("claim.touches", "reminders", Names::Of(Kind::Reminder)),
    ("letter", "id", Names::Own(Kind::Letter)),
    ("letter", "fixes", Names::Of(Kind::Fix)),
    ("letter.blank", "id", Names::Own(Kind::Blank)),
    ("source", "id", Names::Own(Kind::Source)),
    ("scenario", "id", Names::Own(Kind::Scenario)),
    ("scenario", "tried", Names::Of(Kind::Fix)),
    ("scenario.expect", "cause", Names::Of(Kind::Cause)),
    ("scenario.expect", "never", Names::Of(Kind::Cause)),
    ("scenario.expect", "first_fix", Names::Of(Kind::Fix)),
    ("scenario.expect", "fixes", Names::Of(Kind::Fix)),
    ("scenario.expect", "no_fixes", Names::Of(Kind::Fix)),
    ("scenario.expect", "warnings", Names::Of(Kind::Warning)),
    ("scenario.expect", "reminders", Names::Of(Kind::Reminder)),
    ("scenario.expect", "letters", Names::Of(Kind::Letter)),
    ("scenario.expect", "claims", Names::Of(Kind::Claim)),
    ("scenario.expect", "signals", Names::Of(Kind::Signal)),
    ("scenario.expect", "next", Names::Next),
];

fn names(table: &Table, key: &Key) -> Names {
    let found = NAMES.iter().find(|(of, name, _)| *of == table.name && *name == key.name);
    found.map_or(Names::Nothing, |(.., names)| *names)
}

/// All mentions of ids in the files of a guide. The guide must have no errors: what is wrong in it is passed over.
#[must_use]
pub fn mentions(files: &[SourceFile]) -> Mentions {
    let raw = read(files, &mut Vec::new());
    let mut finder = Finder { files, known: Known::of(&raw), file: 0, out: Mentions::default() };
    for entry in raw.headers.iter().chain(&raw.entries) {
        finder.file = entry.file;
        finder.entry(entry, None);
    }
    let mut out = finder.out;
    out.all.sort();
    out.all.dedup();
    out
}

/// What must be known of a guide to tell what an id in it names.
struct Known<'r> {
    /// Kind of each screen, and the list that it takes its choices from.
    screens: BTreeMap<&'r str, (&'r str, Option<&'r str>)>,
    figures: BTreeSet<&'r str>,
    /// The entries of each list.
    entries: BTreeMap<&'r str, BTreeSet<&'r str>>,
}

impl<'r> Known<'r> {
    fn of(raw: &'r RawGuide<'r>) -> Self {
        let all = |table: &'static Table| raw.entries.iter().filter(move |entry| entry.table == table);
        Self {
            screens: all(&keys::SCREEN)
                .map(|screen| (screen.id.as_str(), (screen.str("kind").unwrap_or_default(), screen.str("from"))))
                .collect(),
            figures: all(&keys::FIGURE).map(|figure| figure.id.as_str()).collect(),
            entries: all(&keys::LIST)
                .map(|list| {
                    let entries = list.all(&keys::LIST_ENTRY).map(|entry| entry.id.as_str());
                    (list.id.as_str(), entries.collect())
                })
                .collect(),
        }
    }

    /// What an answer of a screen names.
    fn answer(&self, screen: &str, id: &str) -> Option<Name> {
        let name = |kind, within: &str| Some(Name { kind, within: within.to_owned(), id: id.to_owned() });
        match *self.screens.get(screen)? {
            _ if id == "not-sure" => None,
            ("paste", _) if keys::RESERVED.contains(&id) => None,
            ("paste", _) => name(Kind::Signal, ""),
            ("choice", Some(list)) if self.entries.get(list).is_some_and(|entries| entries.contains(id)) => {
                name(Kind::Entry, list)
            }
            ("choice", Some(list)) => name(Kind::Tag, list),
            ("choice", None) => name(Kind::Choice, screen),
            ("amount" | "month", _) => name(Kind::Band, screen),
            _ => None,
        }
    }
}

struct Finder<'a> {
    files: &'a [SourceFile],
    known: Known<'a>,
    file: usize,
    out: Mentions,
}

impl Finder<'_> {
    fn entry(&mut self, raw: &Raw, parent: Option<&Raw>) {
        let letter = (raw.table == &keys::LETTER).then_some(raw);
        for (name, _, node) in &raw.fields.all {
            let Some(key) = raw.table.key(name) else { continue };
            match key.shape {
                Shape::Id | Shape::Ids | Shape::IdOrIds | Shape::Bound => {
                    for (id, span) in raw.strs(name) {
                        if let Some(named) = self.named(names(raw.table, key), raw, parent, id) {
                            self.id(span, named);
                        }
                    }
                }
                Shape::Strs if names(raw.table, key) != Names::Nothing => {
                    for (text, span) in raw.strs(name) {
                        let id = text.split_once('=').map_or(text, |(id, _)| id).trim();
                        self.id(span, alone(Kind::Fix, id));
                    }
                }
                Shape::Phrases => self.text(node, None),
                Shape::Line | Shape::Text | Shape::Texts => {
                    self.text(node, letter.filter(|_| key.name == "body"));
                }
                Shape::Points | Shape::Works => {
                    if let Value::Table(causes) = &node.value {
                        for (cause, at, _) in &causes.all {
                            self.key(at, None, &alone(Kind::Cause, cause));
                        }
                    }
                }
                Shape::When => self.condition(node),
                Shape::Answers => self.answers(node),
                _ => {}
            }
        }
        for child in &raw.children {
            self.entry(child, Some(raw));
        }
    }

    /// What an id names in a key of an entry.
    fn named(&self, names: Names, raw: &Raw, parent: Option<&Raw>, id: &str) -> Option<Name> {
        match names {
            Names::Of(kind) => Some(alone(kind, id)),
            Names::Own(Kind::Choice) if id == "not-sure" => None,
            Names::Own(kind) => {
                let within = if kind.within().is_some() { parent?.id.clone() } else { String::new() };
                Some(Name { kind, within, id: raw.id.clone() })
            }
            Names::Term if self.known.figures.contains(id) => Some(alone(Kind::Figure, id)),
            Names::Term => Some(alone(Kind::Screen, id)),
            Names::Next => (id != "fix-list").then(|| alone(Kind::Screen, id)),
            Names::Basis => (id != "guess").then(|| alone(Kind::Source, id)),
            Names::Tag => {
                let list = parent.and_then(|parent| parent.str("from").or_else(|| parent.str("id")))?;
                Some(Name { kind: Kind::Tag, within: list.to_owned(), id: id.to_owned() })
            }
            Names::Nothing => None,
        }
    }

    fn condition(&mut self, node: &Node) {
        let Value::Table(fields) = &node.value else { return };
        for (name, at, node) in &fields.all {
            match (name.as_ref(), &node.value) {
                ("not", _) => self.condition(node),
                ("any" | "all", Value::List(list)) => list.iter().for_each(|node| self.condition(node)),
                (screen, _) => self.answer(screen, at, node),
            }
        }
    }

    fn answers(&mut self, node: &Node) {
        let Value::Table(fields) = &node.value else { return };
        for (screen, at, node) in &fields.all {
            self.answer(screen, at, node);
        }
    }

    /// A screen and its answer, in a condition or in what is answered.
    fn answer(&mut self, screen: &str, at: &Span, node: &Node) {
        let items = if let Value::Table(items) = &node.value { Some(items) } else { None };
        self.key(at, items, &alone(Kind::Screen, screen));
        for (item, at, _) in items.iter().flat_map(|items| &items.all) {
            self.key(at, None, &Name { kind: Kind::Item, within: screen.to_owned(), id: item.to_string() });
        }
        let list = match &node.value {
            Value::List(list) => list.as_slice(),
            _ => std::slice::from_ref(node),
        };
        for node in list {
            if let Value::Str(id) = &node.value
                && let Some(name) = self.known.answer(screen, id)
            {
                self.id(&node.span, name);
            }
        }
    }

    fn text(&mut self, node: &Node, letter: Option<&Raw>) {
        match &node.value {
            Value::Str(text) => self.markup(text, &node.span, letter),
            Value::List(parts) => parts.iter().for_each(|part| self.text(part, letter)),
            Value::Table(fields) => {
                for (name, _, node) in &fields.all {
                    if name == "when" { self.condition(node) } else { self.text(node, letter) }
                }
            }
            _ => {}
        }
    }

    /// The `{name}`s of a text. A text can be written with escapes, so the bytes of the file are not those of the text;
    /// but what looks like `{name}` in the one does so in the other, in the same order, unless that itself is escaped.
    fn markup(&mut self, text: &str, span: &Span, letter: Option<&Raw>) {
        // Where each `{name}` stands in the file and in the text, looked for once.
        let mut looked: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for place in &placeholders(text) {
            let id = &text[place.clone()];
            let blank = letter.is_some_and(|letter| letter.all(&keys::BLANK).any(|blank| blank.id == id));
            let name = match letter {
                Some(_) if id == "tried" => continue,
                Some(letter) if blank => Name { kind: Kind::Blank, within: letter.id.clone(), id: id.to_owned() },
                _ if self.known.figures.contains(id) => alone(Kind::Figure, id),
                _ => alone(Kind::Screen, id),
            };
            let (written, meant) = looked.entry(id).or_insert_with(|| {
                let braced = format!("{{{id}}}");
                let places = |text: &str| text.match_indices(&braced).map(|(at, _)| at).collect();
                (places(self.source(span)), places(text))
            });
            match meant.binary_search(&(place.start - 1)) {
                Ok(nth) if written.len() == meant.len() => {
                    let start = span.start + written[nth] + 1;
                    self.mention(start, name);
                }
                _ => self.out.hidden.push((self.file, span.clone(), name)),
            }
        }
    }

    /// A string that is an id, or begins with one.
    fn id(&mut self, span: &Span, name: Name) {
        let written = self.source(span);
        let opening = written.len() - written.trim_start_matches(['"', '\'', ' ', '\n', '\r']).len();
        if written[opening..].starts_with(&name.id) {
            self.mention(span.start + opening, name);
        } else {
            self.out.hidden.push((self.file, span.clone(), name));
        }
    }

    /// A key that is an id. In `a.b = 1` and `a.c = 2` the tree has `a` once, with `b` and `c` in it: so what stands
    /// before the dots of its `inner` keys is looked at as well.
    fn key(&mut self, at: &Span, inner: Option<&Fields>, name: &Name) {
        let text = &self.files[self.file].text;
        let mut places = vec![at.clone()];
        for (_, at, _) in inner.iter().flat_map(|inner| &inner.all) {
            let before = text[..at.start].trim_end_matches([' ', '\t']);
            let Some(before) = before.strip_suffix('.') else { continue };
            let before = before.trim_end_matches([' ', '\t']);
            let start = [format!("\"{}\"", name.id), format!("'{}'", name.id), name.id.clone()]
                .iter()
                .find(|form| before.ends_with(form.as_str()))
                .map(|form| before.len() - form.len());
            places.push(start.map_or(at.clone(), |start| start..before.len()));
        }
        for place in places {
            self.id(&place, name.clone());
        }
    }

    fn source(&self, span: &Span) -> &str {
        self.files[self.file].text.get(span.clone()).unwrap_or_default()
    }

    fn mention(&mut self, start: usize, name: Name) {
        self.out.all.push(Mention { file: self.file, start, name });
    }
}

fn alone(kind: Kind, id: &str) -> Name {
    Name { kind, within: String::new(), id: id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::keys::FILE;

    /// A new key that takes ids must say what they name, or renaming would pass it over.
    #[test]
    fn every_key_that_takes_ids_says_what_they_name() {
        let mut open = vec![&FILE];
        let mut seen = BTreeSet::new();
        while let Some(table) = open.pop() {
            for key in table.keys {
                match key.shape {
                    Shape::One(inner) | Shape::Many(inner) => open.push(inner),
                    Shape::Id | Shape::Ids | Shape::IdOrIds | Shape::Bound => {
                        let said = NAMES.iter().any(|(of, name, _)| (*of, *name) == (table.name, key.name));
                        assert!(said, "{}.{}", table.name, key.name);
                        seen.insert((table.name, key.name));
                    }
                    _ => {}
                }
            }
        }
        for (table, key, _) in NAMES {
            assert!(seen.contains(&(*table, *key)) || *key == "tried", "{table}.{key} is no key that takes ids");
        }
    }

    #[test]
    fn ids_are_found_however_they_are_written() {
        let text = r#"
[[screen]]
id = "look"
kind = "checklist"
[[screen.item]]
id = 'plug'
[[screen]]
id = "room"
kind = "choice"
ask = """{room} \\{room} {{room}} {room}"""
when.look.plug = "fine"
when."look" . glass = "problem"
when.any = [{ 'look'.plug = ["fine"], "room" = "\u0061" }, { not = { look = { plug = "fine" } } }]
"#;
        let files = [SourceFile { path: "a.toml".into(), text: text.into() }];
        let found = mentions(&files);
        let places = |shown: &str| -> Vec<&str> {
            let of = found.all.iter().filter(|mention| mention.name.shown() == shown);
            of.map(|mention| &text[mention.start - 1..=mention.start + mention.name.id.len()]).collect()
        };
        assert_eq!(places("look"), ["\"look\"", ".look.", "\"look\"", "'look'", " look "]);
        assert_eq!(places("look.plug"), ["'plug'", ".plug ", ".plug ", " plug "]);
        assert_eq!(places("look.glass"), [" glass "]);
        assert_eq!(places("room"), ["\"room\"", "{room}", "{room}", "\"room\""]);
        assert_eq!(found.hidden.iter().map(|(.., name)| name.shown()).collect::<Vec<_>>(), ["room.a"]);
    }
}

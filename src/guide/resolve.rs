//! Names to indices: what a raw entry names is looked up here, once, and every miss is reported.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{BAND, BLANK, CHOICE, CLAIM, FIGURE, ITEM, LIST_ENTRY, SCREEN, Table};
use super::money::Cents;
use super::read::{Raw, RawGuide, int};
use super::resolve_conditions::{Met, Within};
use super::rules::severity;
use super::syntax::{Span, Value as Toml};
use super::{Bound, Points, Term};
use crate::diagnosis;
use crate::diagnostic::{Diagnostic, near_miss};

/// For so many unknown ids of a guide it is said which one may be meant.
const MOST_GUESSES: usize = 200;

/// The ids of one kind and their indices.
#[derive(Debug, Default)]
pub struct Names {
    what: &'static str,
    pub(super) ids: BTreeMap<String, usize>,
}

impl Names {
    /// The id at an index.
    #[must_use]
    pub fn id(&self, ix: usize) -> &str {
        self.ids.iter().find(|(_, known)| **known == ix).map_or("", |(id, _)| id)
    }
}

/// What conditions and answers need to know of a screen before it is checked.
#[derive(Debug)]
pub struct Outline {
    pub id: String,
    pub kind: String,
    pub choices: Vec<String>,
    pub items: Vec<String>,
    pub bands: Vec<String>,
    pub list: Option<usize>,
    /// Something of it was dropped: what is missing in it is not reported.
    pub partial: bool,
}

/// The entries and tags of a list.
#[derive(Debug, Default)]
pub struct ListNames {
    pub entries: Vec<String>,
    pub tags: BTreeSet<String>,
}

/// Everything that can be named, and the findings so far.
pub struct Cx<'a> {
    pub findings: &'a mut Vec<Diagnostic>,
    pub languages: Vec<String>,
    pub(super) lost: &'a BTreeSet<String>,
    pub screens: Vec<Outline>,
    pub screen_ids: Names,
    pub causes: Names,
    pub fixes: Names,
    pub figures: Names,
    pub sources: Names,
    pub signals: Names,
    pub warnings: Names,
    pub reminders: Names,
    pub claims: Names,
    pub letters: Names,
    pub lists: Names,
    pub list_names: Vec<ListNames>,
    pub groups: Vec<String>,
    /// Ids for which a near miss was looked for.
    guesses: usize,
    /// What is not told again: kinds and names, where there is nothing at all of a kind.
    pub(super) absent: BTreeSet<String>,
    /// Amount screens without a default: figures that rest on them can be unknown.
    open_amounts: BTreeSet<String>,
    /// For each figure the terms that it adds and takes off.
    figure_terms: BTreeMap<String, Vec<String>>,
    /// The letter whose body is being read, and the ids of its blanks.
    pub(super) letter: Option<(usize, Vec<String>)>,
    /// The one language that the text being read is written in.
    pub(super) only: Option<usize>,
    /// What only `check` looks at; who wants to use the guide need not wait for it.
    pub(super) met: Option<Met>,
    /// What the text being read is shown with.
    pub(super) within: Within,
    pub(super) nesting: usize,
}

/// The entries of every kind.
pub struct Entries<'r> {
    pub screens: Vec<&'r Raw<'r>>,
    pub lists: Vec<&'r Raw<'r>>,
    pub figures: Vec<&'r Raw<'r>>,
    pub causes: Vec<&'r Raw<'r>>,
    pub fixes: Vec<&'r Raw<'r>>,
    pub signals: Vec<&'r Raw<'r>>,
    pub sources: Vec<&'r Raw<'r>>,
    pub warnings: Vec<&'r Raw<'r>>,
    pub reminders: Vec<&'r Raw<'r>>,
    pub claims: Vec<&'r Raw<'r>>,
    pub letters: Vec<&'r Raw<'r>>,
    pub scenarios: Vec<&'r Raw<'r>>,
}

/// The entries of one kind, in the order of their ids, or of the file for what is shown as it stands there; of doubles
/// the first.
fn sorted<'r>(
    raw: &'r RawGuide<'r>,
    table: &'static Table,
    what: &'static str,
    findings: &mut Vec<Diagnostic>,
) -> (Vec<&'r Raw<'r>>, Names) {
    let mut all: Vec<&Raw> = Vec::new();
    let mut seen: BTreeMap<&str, &Raw> = BTreeMap::new();
    for entry in raw.entries.iter().filter(|entry| entry.table == table) {
        if entry.id.is_empty() {
            continue;
        }
        if seen.insert(&entry.id, entry).is_some() {
            findings.push(duplicate(what, entry));
        } else {
            all.push(entry);
        }
    }
    if table != &SCREEN && table != &CLAIM {
        all.sort_by(|a, b| a.id.cmp(&b.id));
    }
    let ids = all.iter().enumerate().map(|(ix, entry)| (entry.id.clone(), ix)).collect();
    (all, Names { what, ids })
}

fn duplicate(what: &str, entry: &Raw) -> Diagnostic {
    Diagnostic {
        rule: "duplicate-id",
        severity: severity("duplicate-id"),
        message: format!("there is another {what} `{}`", entry.id),
        place: Some((entry.file, entry.span.clone())),
        help: Some("give one of them another id".into()),
    }
}

/// The ids of the sub-tables of one kind; doubles are reported.
fn child_ids(raw: &Raw, table: &'static Table, findings: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for child in raw.all(table) {
        if !child.id.is_empty() && ids.contains(&child.id) {
            findings.push(duplicate(table.name, child));
        }
        ids.push(child.id.clone());
    }
    ids
}

/// What is needed of each screen before it is checked.
fn outlines(raw: &RawGuide, screens: &[&Raw], list_ids: &Names, findings: &mut Vec<Diagnostic>) -> Vec<Outline> {
    // Of two screens with one id nobody knows whose answers are meant.
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for screen in raw.entries.iter().filter(|entry| entry.table == &SCREEN) {
        *times.entry(&screen.id).or_default() += 1;
    }
    screens
        .iter()
        .map(|screen| (screen, screen.str("from").map(|list| list_ids.ids.get(list).copied())))
        .map(|(screen, list)| Outline {
            id: screen.id.clone(),
            kind: screen.str("kind").unwrap_or_default().to_owned(),
            // It is no choice among the others, wherever it stands.
            choices: child_ids(screen, &CHOICE, findings).into_iter().filter(|id| id != "not-sure").collect(),
            items: child_ids(screen, &ITEM, findings),
            bands: child_ids(screen, &BAND, findings),
            list: list.flatten(),
            partial: screen.partial
                || list == Some(None)
                || times.get(screen.id.as_str()).is_some_and(|times| *times > 1),
        })
        .collect()
}

impl<'a> Cx<'a> {
    /// Also gives the entries of each kind, in the order of their indices.
    pub fn new<'r: 'a>(
        raw: &'r RawGuide<'r>,
        languages: Vec<String>,
        findings: &'a mut Vec<Diagnostic>,
    ) -> (Self, Entries<'r>) {
        let (lists, list_ids) = sorted(raw, &super::keys::LIST, "list", findings);
        let list_names = lists
            .iter()
            .map(|list| {
                let entries = child_ids(list, &LIST_ENTRY, findings);
                let tags = list.all(&LIST_ENTRY).filter_map(|entry| entry.str("tag")).map(str::to_owned).collect();
                ListNames { entries, tags }
            })
            .collect();
        let (screens, screen_ids) = sorted(raw, &SCREEN, "screen", findings);
        let outlines = outlines(raw, &screens, &list_ids, findings);
        let open_amounts = screens
            .iter()
            .filter(|screen| screen.str("kind") == Some("amount") && screen.get("default").is_none())
            .map(|screen| screen.id.clone())
            .collect();
        let (figures, figure_ids) = sorted(raw, &FIGURE, "figure", findings);
        let figure_terms = figures
            .iter()
            .map(|figure| {
                let terms = [figure.strs("plus"), figure.strs("minus")].concat();
                (figure.id.clone(), terms.into_iter().map(|(id, _)| id.to_owned()).collect())
            })
            .collect();
        for figure in &figures {
            if let Some(&screen) = screen_ids.ids.get(&figure.id)
                && matches!(screens[screen].str("kind"), Some("amount" | "month"))
            {
                findings.push(duplicate("figure or amount screen", figure));
            }
        }
        let (causes, cause_ids) = sorted(raw, &super::keys::CAUSE, "cause", findings);
        let (fixes, fix_ids) = sorted(raw, &super::keys::FIX, "fix", findings);
        let (sources, source_ids) = sorted(raw, &super::keys::SOURCE, "source", findings);
        let (signals, signal_ids) = sorted(raw, &super::keys::SIGNAL, "signal", findings);
        let (warnings, warning_ids) = sorted(raw, &super::keys::WARNING, "warning", findings);
        let (reminders, reminder_ids) = sorted(raw, &super::keys::REMINDER, "reminder", findings);
        let (claims, claim_ids) = sorted(raw, &CLAIM, "claim", findings);
        let (letters, letter_ids) = sorted(raw, &super::keys::LETTER, "letter", findings);
        for letter in &letters {
            child_ids(letter, &BLANK, findings);
        }
        let (scenarios, _) = sorted(raw, &super::keys::SCENARIO, "scenario", findings);
        let cx = Self {
            languages,
            lost: &raw.lost_ids,
            screens: outlines,
            screen_ids,
            causes: cause_ids,
            fixes: fix_ids,
            figures: figure_ids,
            sources: source_ids,
            signals: signal_ids,
            warnings: warning_ids,
            reminders: reminder_ids,
            claims: claim_ids,
            letters: letter_ids,
            lists: list_ids,
            list_names,
            groups: Vec::new(),
            guesses: 0,
            absent: BTreeSet::new(),
            open_amounts,
            figure_terms,
            letter: None,
            only: None,
            met: None,
            within: Within::Nothing,
            nesting: 0,
            findings,
        };
        let entries = Entries {
            screens,
            lists,
            figures,
            causes,
            fixes,
            signals,
            sources,
            warnings,
            reminders,
            claims,
            letters,
            scenarios,
        };
        (cx, entries)
    }

    pub fn tell(&mut self, rule: &'static str, file: usize, span: &Span, message: String, help: Option<String>) {
        self.findings.push(Diagnostic {
            rule,
            severity: severity(rule),
            message,
            place: Some((file, span.clone())),
            help,
        });
    }

    /// Finds an id of one kind, or reports that it does not exist.
    pub fn find(&mut self, names: fn(&Self) -> &Names, id: &str, file: usize, span: &Span) -> Option<usize> {
        let known = names(self);
        if let Some(ix) = known.ids.get(id) {
            return Some(*ix);
        }
        if known.ids.is_empty() && self.lost.is_empty() {
            let what = known.what;
            // Told once: nobody mends a thousand names where a file is missing.
            if self.absent.insert(what.to_owned()) {
                let message = format!("there is no {what} `{id}`, nor any other {what}");
                let help = format!("is a file missing? this stands for every {what} that is named");
                self.tell("unknown-id", file, span, message, Some(help));
            }
            return None;
        }
        let what = known.what;
        // Nobody reads thousands of guesses, and each looks at every id.
        let help = if self.guesses < MOST_GUESSES { near_miss(id, known.ids.keys().map(String::as_str)) } else { None };
        self.guesses += 1;
        self.unknown(id, file, span, format!("there is no {what} `{id}`"), help);
        None
    }

    pub(super) fn unknown(&mut self, id: &str, file: usize, span: &Span, message: String, help: Option<String>) {
        if !self.lost.contains(id) {
            self.tell("unknown-id", file, span, message, help);
        }
    }

    /// The indices of the ids of a key.
    pub fn ids(&mut self, raw: &Raw, key: &str, names: fn(&Self) -> &Names) -> Vec<usize> {
        raw.strs(key).into_iter().filter_map(|(id, span)| self.find(names, id, raw.file, span)).collect()
    }

    /// Whether a figure can be without a value, because it rests on an amount that nobody gave.
    pub fn can_be_unknown(&self, id: &str) -> bool {
        // Circular figures are reported elsewhere; here they must only not go round for ever.
        let mut open = vec![id.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if self.open_amounts.contains(&id) {
                return true;
            }
            if seen.insert(id.clone()) {
                open.extend(self.figure_terms.get(&id).into_iter().flatten().cloned());
            }
        }
        false
    }

    /// The group of this name; groups need no declaration.
    pub fn group(&mut self, raw: &Raw) -> Option<usize> {
        let name = raw.str("group")?;
        Some(self.groups.iter().position(|known| known == name).unwrap_or_else(|| {
            self.groups.push(name.to_owned());
            self.groups.len() - 1
        }))
    }

    /// What an answer says of causes.
    pub fn points(&mut self, raw: &Raw, key: &str) -> Points {
        self.cause_words(raw, key, diagnosis::Points::WORDS)
            .into_iter()
            .filter_map(|(cause, word)| Some((cause, diagnosis::Points::parse(&word)?)))
            .collect()
    }

    /// A table of causes and words.
    pub fn cause_words(&mut self, raw: &Raw, key: &str, words: &[&str]) -> Vec<(usize, String)> {
        let Some(Toml::Table(fields)) = raw.get(key).map(|node| &node.value) else { return Vec::new() };
        let mut out = Vec::new();
        for (id, at, node) in &fields.all {
            let cause = self.find(|cx| &cx.causes, id, raw.file, at);
            match &node.value {
                Toml::Str(word) if words.contains(&word.as_ref()) => out.extend(cause.map(|ix| (ix, word.to_string()))),
                other => {
                    let shown = if let Toml::Str(word) = other {
                        format!("`{}`", word.escape_debug())
                    } else {
                        other.name().into()
                    };
                    let near = if let Toml::Str(word) = other { near_miss(word, words.iter().copied()) } else { None };
                    self.tell(
                        "bad-value",
                        raw.file,
                        &node.span,
                        format!("`{key}` cannot be {shown}"),
                        Some(near.unwrap_or_else(|| format!("it knows {}", words.join(", ")))),
                    );
                }
            }
        }
        out.sort_by_key(|(cause, _)| *cause);
        out
    }

    /// An amount that may be a figure.
    pub fn bound(&mut self, raw: &Raw, key: &str) -> Option<Bound> {
        let node = raw.get(key)?;
        let amount = match &node.value {
            Toml::Str(id) => return self.find(|cx| &cx.figures, id, raw.file, &node.span).map(Bound::Figure),
            Toml::Int(text, true) | Toml::Float(text) => Cents::parse(&text.replace('_', "")).ok(),
            _ => None,
        };
        if amount.is_none() {
            let message = format!("`{key}` is no amount of dollars");
            self.tell("bad-value", raw.file, &node.span, message, Some(super::read::AMOUNTS.into()));
        }
        amount.map(Bound::Fixed)
    }

    /// A whole number of months.
    pub fn months(&mut self, raw: &Raw, key: &str) -> Option<i64> {
        let node = raw.get(key)?;
        let number = int(node);
        if number.is_none() {
            let help = Some("months count from this one: 0 is this month, 12 a year on".into());
            self.tell("bad-value", raw.file, &node.span, format!("`{key}` is no whole number of months"), help);
        }
        number
    }

    /// The figures and amount screens of a key.
    pub fn terms(&mut self, raw: &Raw, key: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        for (id, span) in raw.strs(key) {
            let screen = self.screen_ids.ids.get(id).copied().filter(|&screen| self.screens[screen].kind == "amount");
            match (self.figures.ids.get(id), screen) {
                (Some(figure), _) => terms.push(Term::Figure(*figure)),
                (None, Some(screen)) => terms.push(Term::Screen(screen)),
                (None, None) => {
                    let amounts = self.screens.iter().filter(|s| s.kind == "amount").map(|s| s.id.as_str());
                    let help = near_miss(id, self.figures.ids.keys().map(String::as_str).chain(amounts));
                    self.unknown(id, raw.file, span, format!("there is no figure or amount screen `{id}`"), help);
                }
            }
        }
        terms
    }
}

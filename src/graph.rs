//! The routes of a guide as a picture, as Mermaid or DOT: screens, what leads from one to the next, and a gate before
//! each screen that has a condition.
//!
//! From a gate one arrow with the condition leads to the screen, and one with "else" to what comes where it does not hold:
//! the next gate, the next screen without a condition, or the end. So each condition is drawn once, every way can be
//! followed with a finger, and a guide of n screens has no more than n gates. Without gates there would be an arrow from
//! each screen to each that can follow, which for the shipped guide are hundreds. Around one screen they are few: there only
//! gates are drawn at which somebody who comes from it can turn off.

mod ways;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::cli::GraphFormat;
use crate::export::answer_id;
use crate::guide::answer::{Answer, Facts};
use crate::guide::condition::{Condition, Pick};
use crate::guide::{Guide, Kind, ScreenIx};
use crate::report::Tongue;
use ways::{Follows, ways};

/// What stands on the arrow that is taken where a condition does not hold.
const ELSE: &str = "else";

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    nodes: Vec<Node>,
    arrows: Vec<Arrow>,
}

/// What arrows lead from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Before a screen with a condition.
    Gate(ScreenIx),
    Screen(ScreenIx),
    End,
}

impl Place {
    /// Where somebody comes who is led to this screen, or to the end behind all screens.
    fn before(guide: &Guide, screen: ScreenIx) -> Self {
        match guide.screens.get(screen) {
            None => Self::End,
            Some(found) if found.when.is_some() => Self::Gate(screen),
            Some(_) => Self::Screen(screen),
        }
    }

    /// In the order of asking.
    fn rank(self) -> (ScreenIx, Self) {
        match self {
            Self::Gate(screen) | Self::Screen(screen) => (screen, self),
            Self::End => (ScreenIx::MAX, self),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Node {
    place: Place,
    id: String,
    lines: Vec<String>,
    look: Look,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Plain,
    /// What the picture is about.
    Marked,
    /// On the route, and not answered.
    Open,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Arrow {
    from: Place,
    to: Place,
    lines: Vec<String>,
    /// No way on, but what a condition rests on.
    is_dotted: bool,
}

impl Arrow {
    const fn new(from: Place, to: Place, lines: Vec<String>) -> Self {
        Self { from, to, lines, is_dotted: false }
    }
}

impl Graph {
    /// All screens in the order of asking, and the end.
    #[must_use]
    pub fn whole(facts: &Facts<'_>, tongue: Tongue) -> Self {
        let guide = facts.guide;
        let mut arrows = Vec::new();
        for screen in 0..guide.screens.len() {
            if Place::before(guide, screen) == Place::Gate(screen) {
                arrows.push(through(guide, screen));
                arrows.push(Arrow::new(Place::Gate(screen), Place::before(guide, screen + 1), vec![ELSE.into()]));
            }
            let on = ways(guide, screen);
            arrows.extend(
                on.iter().map(|way| {
                    Arrow::new(Place::Screen(screen), Place::before(guide, way.to), way.lines(guide, screen))
                }),
            );
        }
        let places = (0..guide.screens.len()).map(Place::Screen).chain([Place::End]);
        Self { nodes: nodes(facts, tongue, &arrows, places, |_| Look::Plain), arrows }
    }

    /// One screen, what can come directly before and after it, and what its condition rests on.
    #[must_use]
    pub fn around(facts: &Facts<'_>, tongue: Tongue, screen: ScreenIx) -> Self {
        let guide = facts.guide;
        let follows = Follows::new(guide);
        let mut arrows = Vec::new();
        for from in 0..screen {
            for way in ways(guide, from) {
                if !follows.can(from, &way, screen) {
                    continue;
                }
                let between = (way.to..screen).filter(|&other| follows.can(from, &way, other));
                let passed: Vec<&str> = between.map(|other| guide.screens[other].id.as_str()).collect();
                let mut lines = way.lines(guide, from);
                if !passed.is_empty() {
                    lines.push(cut(&format!("passing over {}", passed.join(", "))));
                }
                arrows.push(Arrow::new(Place::Screen(from), Place::before(guide, screen), lines));
            }
        }
        let mut rests = BTreeSet::new();
        if let Some(when) = &guide.screens[screen].when {
            arrows.push(through(guide, screen));
            named(when, &mut rests);
        }
        for from in rests {
            let rest = Arrow::new(Place::Screen(from), Place::Screen(screen), Vec::new());
            arrows.push(Arrow { is_dotted: true, ..rest });
        }
        let on = ways(guide, screen);
        let after: BTreeSet<ScreenIx> = on.iter().flat_map(|way| follows.after(screen, way)).collect();
        // The next place at which somebody can be who is led here.
        let next = |to: ScreenIx| {
            let found = after.range(to..).next().copied()?;
            let none_between = guide.screens[to..found].iter().all(|screen| screen.when.is_some());
            none_between.then(|| Place::before(guide, found))
        };
        for way in &on {
            let to = next(way.to);
            arrows.extend(to.map(|to| Arrow::new(Place::Screen(screen), to, way.lines(guide, screen))));
        }
        for &gate in after.iter().filter(|&&after| Place::before(guide, after) == Place::Gate(after)) {
            arrows.push(through(guide, gate));
            arrows.extend(next(gate + 1).map(|to| Arrow::new(Place::Gate(gate), to, vec![ELSE.into()])));
        }
        let look = |place| if place == Place::Screen(screen) { Look::Marked } else { Look::Plain };
        Self { nodes: nodes(facts, tongue, &arrows, [Place::Screen(screen)], look), arrows }
    }

    /// The route of what was answered, with the answers on its arrows.
    #[must_use]
    pub fn route(facts: &Facts<'_>, tongue: Tongue) -> Self {
        let route = facts.route.iter().copied().map(Place::Screen);
        let places: Vec<Place> = route.chain([Place::End]).collect();
        let is_note = |screen: ScreenIx| matches!(facts.guide.screens[screen].kind, Kind::Note);
        let look = |place: Place| match place {
            Place::Screen(screen) if facts.answer(screen).is_none() && !is_note(screen) => Look::Open,
            Place::Screen(_) => Look::Marked,
            Place::Gate(_) | Place::End => Look::Plain,
        };
        let arrows: Vec<Arrow> = facts
            .route
            .iter()
            .zip(places.iter().skip(1))
            .map(|(&from, &to)| {
                let is_dotted = look(Place::Screen(from)) == Look::Open;
                Arrow { is_dotted, ..Arrow::new(Place::Screen(from), to, answered(facts, from)) }
            })
            .collect();
        Self { nodes: nodes(facts, tongue, &arrows, places, look), arrows }
    }

    /// The picture in one of its formats.
    #[must_use]
    pub fn written(&self, format: GraphFormat) -> String {
        match format {
            GraphFormat::Mermaid => self.mermaid(),
            GraphFormat::Dot => self.dot(),
        }
    }

    fn mermaid(&self) -> String {
        let mut out = String::from("flowchart TD\n");
        let label = |lines: &[String]| lines.iter().map(|line| mermaid_text(line)).collect::<Vec<_>>().join("<br/>");
        // With this before it no id is a word of Mermaid, and `-` is none of its arrows.
        let id = |place: Place| match place {
            Place::Gate(_) => format!("if_{}", self.id(place).replace('-', "_")),
            Place::Screen(_) => format!("s_{}", self.id(place).replace('-', "_")),
            Place::End => "end_".into(),
        };
        for node in &self.nodes {
            let (open, close) = match node.place {
                Place::Gate(_) => ("{", "}"),
                Place::Screen(_) => ("[", "]"),
                Place::End => ("([", "])"),
            };
            let class = match node.look {
                Look::Plain => "",
                Look::Marked => ":::marked",
                Look::Open => ":::open",
            };
            let _ = writeln!(out, "  {}{open}\"{}\"{close}{class}", id(node.place), label(&node.lines));
        }
        for arrow in &self.arrows {
            let line = if arrow.is_dotted { "-.->" } else { "-->" };
            let words = if arrow.lines.is_empty() { String::new() } else { format!("|\"{}\"|", label(&arrow.lines)) };
            let _ = writeln!(out, "  {} {line}{words} {}", id(arrow.from), id(arrow.to));
        }
        out.push_str("  classDef marked stroke-width:4px\n  classDef open stroke-dasharray:5 5\n");
        out
    }

    fn dot(&self) -> String {
        let mut out = String::from("digraph guide {\n  node [shape=box];\n");
        let label = |lines: &[String]| lines.iter().map(|line| dot_text(line)).collect::<Vec<_>>().join("\\n");
        // No id has a blank, so none is that of a gate.
        let id = |place: Place| match place {
            Place::Gate(_) => format!("if {}", self.id(place)),
            Place::Screen(_) | Place::End => self.id(place).to_owned(),
        };
        for node in &self.nodes {
            let shape = match node.place {
                Place::Gate(_) => ", shape=diamond",
                Place::Screen(_) => "",
                Place::End => ", shape=oval",
            };
            let style = match node.look {
                Look::Plain => "",
                Look::Marked => ", style=bold",
                Look::Open => ", style=dashed",
            };
            let _ = writeln!(out, "  \"{}\" [label=\"{}\"{shape}{style}];", id(node.place), label(&node.lines));
        }
        for arrow in &self.arrows {
            let style = if arrow.is_dotted { ", style=dotted" } else { "" };
            let (from, to, words) = (id(arrow.from), id(arrow.to), label(&arrow.lines));
            let _ = writeln!(out, "  \"{from}\" -> \"{to}\" [label=\"{words}\"{style}];");
        }
        out.push_str("}\n");
        out
    }

    fn id(&self, place: Place) -> &str {
        self.nodes.iter().find(|node| node.place == place).map_or("", |node| node.id.as_str())
    }
}

/// Text inside the quotes of Mermaid: its own form of entities, since quotes cannot be escaped otherwise.
fn mermaid_text(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            // After a colon Mermaid takes the end off an entity; what stands between `$` it draws as a formula.
            ':' | '$' | '#' | '`' | '\\' | '*' | '_' | '[' | ']' | '{' | '}' | '|' => {
                let _ = write!(out, "#{};", c as u32);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text inside the quotes of DOT, which also knows the entities of HTML.
fn dot_text(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}

/// The nodes that are named, and those at the ends of arrows.
fn nodes(
    facts: &Facts<'_>,
    tongue: Tongue,
    arrows: &[Arrow],
    places: impl IntoIterator<Item = Place>,
    look: impl Fn(Place) -> Look,
) -> Vec<Node> {
    let ends = arrows.iter().flat_map(|arrow| [arrow.from, arrow.to]);
    let mut all: Vec<Place> = places.into_iter().chain(ends).collect();
    all.sort_by_key(|place| place.rank());
    all.dedup();
    all.into_iter().map(|place| node(facts, tongue, place, look(place))).collect()
}

fn node(facts: &Facts<'_>, tongue: Tongue, place: Place, look: Look) -> Node {
    let (id, lines) = match place {
        Place::Gate(screen) => (facts.guide.screens[screen].id.clone(), vec!["?".into()]),
        Place::Screen(screen) => {
            let screen = &facts.guide.screens[screen];
            let mut lines = vec![screen.short.line(tongue.index, facts), screen.id.clone()];
            lines.retain(|line| !line.is_empty());
            lines.dedup();
            (screen.id.clone(), lines)
        }
        Place::End => ("fix-list".to_owned(), vec!["fix-list".to_owned()]),
    };
    Node { place, id, lines, look }
}

/// From a gate to its screen.
fn through(guide: &Guide, screen: ScreenIx) -> Arrow {
    Arrow::new(Place::Gate(screen), Place::Screen(screen), condition_of(guide, screen))
}

/// The condition of a screen in a few lines.
fn condition_of(guide: &Guide, screen: ScreenIx) -> Vec<String> {
    const MOST: usize = 4;
    let Some(when) = &guide.screens[screen].when else { return Vec::new() };
    let (between, parts): (_, &[Condition]) = match when {
        Condition::All(all) if !all.is_empty() => ("and ", all),
        Condition::Any(any) if !any.is_empty() => ("or ", any),
        one => ("", std::slice::from_ref(one)),
    };
    let mut lines: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(at, part)| cut(&format!("{}{}", if at == 0 { "" } else { between }, told(guide, part))))
        .collect();
    if lines.len() > MOST {
        lines.truncate(MOST);
        lines.push("…".into());
    }
    lines
}

/// Longer lines make a picture that nobody can read; the file has the whole condition.
fn cut(line: &str) -> String {
    const MOST: usize = 72;
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

fn told(guide: &Guide, condition: &Condition) -> String {
    let join = |list: &[Condition], between: &str| {
        let parts: Vec<String> = list.iter().map(|inner| told(guide, inner)).collect();
        if parts.len() == 1 { parts.concat() } else { format!("({})", parts.join(between)) }
    };
    match condition {
        Condition::All(all) if all.is_empty() => "always".into(),
        Condition::Any(any) if any.is_empty() => "never".into(),
        Condition::All(all) => join(all, " and "),
        Condition::Any(any) => join(any, " or "),
        Condition::Not(inner) => format!("not {}", told(guide, inner)),
        Condition::Is(screen, picks) => {
            let picks: Vec<&str> = picks.iter().map(|pick| picked(guide, *screen, pick)).collect();
            format!("{} = {}", guide.screens[*screen].id, picks.join(", "))
        }
        Condition::Item(screen, item, marks) => {
            let name = match &guide.screens[*screen].kind {
                Kind::Checklist(items) => items.get(*item).map_or("", |item| item.id.as_str()),
                _ => "",
            };
            let marks: Vec<&str> = marks.iter().map(|mark| mark.word()).collect();
            format!("{}.{name} = {}", guide.screens[*screen].id, marks.join(", "))
        }
    }
}

fn picked<'g>(guide: &'g Guide, screen: ScreenIx, pick: &'g Pick) -> &'g str {
    let found = match (pick, &guide.screens[screen].kind) {
        (Pick::NotSure, _) => Some("not-sure"),
        (Pick::Nothing, _) => Some("nothing"),
        (Pick::Unrecognised, _) => Some("unrecognised"),
        (Pick::SecretRemoved, _) => Some("secret-removed"),
        (Pick::Tag(tag), _) => Some(tag.as_str()),
        (Pick::Signal(signal), _) => guide.signals.get(*signal).map(|signal| signal.id.as_str()),
        (Pick::Choice(ix), Kind::Choice(choices)) => choices.get(*ix).map(|choice| choice.id.as_str()),
        (Pick::Entry(ix), Kind::List(list, _)) => guide.lists[*list].entries.get(*ix).map(|entry| entry.id.as_str()),
        (Pick::Band(ix), Kind::Amount { bands, .. }) => bands.get(*ix).map(|band| band.id.as_str()),
        (Pick::Band(ix), Kind::Month { bands }) => bands.get(*ix).map(|band| band.id.as_str()),
        _ => None,
    };
    found.unwrap_or_default()
}

/// The screens that a condition names.
fn named(condition: &Condition, out: &mut BTreeSet<ScreenIx>) {
    match condition {
        Condition::All(list) | Condition::Any(list) => list.iter().for_each(|inner| named(inner, out)),
        Condition::Not(inner) => named(inner, out),
        Condition::Is(screen, _) | Condition::Item(screen, ..) => drop(out.insert(*screen)),
    }
}

/// What was answered on a screen, by the names that content gives it.
fn answered(facts: &Facts<'_>, screen: ScreenIx) -> Vec<String> {
    let guide = facts.guide;
    let id = &guide.screens[screen].id;
    match (facts.answer(screen), &guide.screens[screen].kind) {
        (Some(Answer::Items(marks)), Kind::Checklist(items)) => {
            let marked = items.iter().zip(marks);
            marked.map(|(item, mark)| format!("{id}.{} = {}", item.id, mark.word())).collect()
        }
        (Some(Answer::Paste(pasted)), _) => {
            let signals: Vec<&str> = pasted.signals.iter().map(|&ix| guide.signals[ix].id.as_str()).collect();
            let none = if pasted.any_text { "unrecognised" } else { "nothing" };
            vec![format!("{id} = {}", if signals.is_empty() { none.to_owned() } else { signals.join(", ") })]
        }
        (Some(Answer::Amount(amount)), _) => {
            let band = answer_id(facts, screen).unwrap_or_default();
            vec![format!("{id} = {band} ({amount})")]
        }
        (Some(Answer::Month(month)), _) => {
            let band = answer_id(facts, screen).unwrap_or_default();
            vec![format!("{id} = {band} ({:04}-{:02})", month.year, month.month)]
        }
        (Some(_), _) => answer_id(facts, screen).map(|answer| format!("{id} = {answer}")).into_iter().collect(),
        (None, _) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_label() {
        let text = "a \"b\" [c] {d} #35; <e> \\ | 银行卡\n`f` & *g*_ style:$1";
        let mermaid = mermaid_text(text);
        assert_eq!(
            mermaid,
            "a #quot;b#quot; #91;c#93; #123;d#125; #35;35; #lt;e#gt; #92; #124; 银行卡 #96;f#96; #amp; #42;g#42;#95; style#58;#36;1"
        );
        assert_eq!(dot_text(text), "a \\\"b\\\" [c] {d} #35; <e> \\\\ | 银行卡 `f` &amp; *g*_ style:$1");
    }
}

//! The routes of a guide as a picture: screens and what leads from one to the next, as Mermaid or DOT. An arrow to a
//! screen bears its condition; where that does not hold, the screen is passed over and the way goes on behind it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::cli::GraphFormat;
use crate::export::answer_id;
use crate::guide::answer::{Answer, Facts};
use crate::guide::condition::{Condition, Pick};
use crate::guide::{Guide, Kind, Next, ScreenIx};
use crate::report::Tongue;

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    nodes: Vec<Node>,
    arrows: Vec<Arrow>,
}

/// A screen, or the end where there is none.
type Place = Option<ScreenIx>;

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

impl Graph {
    /// All screens in the order of asking, and the end.
    #[must_use]
    pub fn whole(facts: &Facts<'_>, tongue: Tongue) -> Self {
        let guide = facts.guide;
        let places = (0..guide.screens.len()).map(Some).chain([None]);
        let nodes = places.map(|place| node(facts, tongue, place, Look::Plain)).collect();
        Self { nodes, arrows: (0..guide.screens.len()).flat_map(|from| arrows_from(guide, from)).collect() }
    }

    /// One screen, what leads to it, what it leads to, and what its condition rests on.
    #[must_use]
    pub fn around(facts: &Facts<'_>, tongue: Tongue, screen: ScreenIx) -> Self {
        let guide = facts.guide;
        let all = (0..guide.screens.len()).flat_map(|from| arrows_from(guide, from));
        let mut arrows: Vec<Arrow> =
            all.filter(|arrow| arrow.from == Some(screen) || arrow.to == Some(screen)).collect();
        let mut rests = BTreeSet::new();
        if let Some(when) = &guide.screens[screen].when {
            named(when, &mut rests);
        }
        for from in rests {
            arrows.push(Arrow { from: Some(from), to: Some(screen), lines: Vec::new(), is_dotted: true });
        }
        let shown: BTreeSet<Place> = arrows.iter().flat_map(|arrow| [arrow.from, arrow.to]).collect();
        let places = (0..guide.screens.len()).map(Some).chain([None]).filter(|place| shown.contains(place));
        let look = |place| if place == Some(screen) { Look::Marked } else { Look::Plain };
        Self { nodes: places.map(|place| node(facts, tongue, place, look(place))).collect(), arrows }
    }

    /// The route of what was answered, with the answers on its arrows.
    #[must_use]
    pub fn route(facts: &Facts<'_>, tongue: Tongue) -> Self {
        let places: Vec<Place> = facts.route.iter().copied().map(Some).chain([None]).collect();
        let is_note = |screen: ScreenIx| matches!(facts.guide.screens[screen].kind, Kind::Note);
        let look = |place: Place| match place {
            Some(screen) if facts.answer(screen).is_none() && !is_note(screen) => Look::Open,
            Some(_) => Look::Marked,
            None => Look::Plain,
        };
        let nodes = places.iter().map(|&place| node(facts, tongue, place, look(place))).collect();
        let arrows = places
            .iter()
            .zip(places.iter().skip(1))
            .map(|(&from, &to)| {
                let lines = from.map_or_else(Vec::new, |screen| answered(facts, screen));
                Arrow { from, to, lines, is_dotted: look(from) == Look::Open }
            })
            .collect();
        Self { nodes, arrows }
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
        let id =
            |place: Place| self.id(place).map_or_else(|| "end_".into(), |id| format!("s_{}", id.replace('-', "_")));
        for node in &self.nodes {
            let (open, close) = if node.place.is_none() { ("([", "])") } else { ("[", "]") };
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
        let id = |place: Place| self.id(place).unwrap_or("fix-list").to_owned();
        for node in &self.nodes {
            let shape = if node.place.is_none() { ", shape=oval" } else { "" };
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

    fn id(&self, place: Place) -> Option<&str> {
        place?;
        self.nodes.iter().find(|node| node.place == place).map(|node| node.id.as_str())
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
            '#' | '`' | '\\' | '*' | '_' | '[' | ']' | '{' | '}' | '|' => {
                let _ = write!(out, "#{};", c as u32);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn dot_text(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.replace('\\', "\\\\").replace('"', "\\\"")
}

fn node(facts: &Facts<'_>, tongue: Tongue, place: Place, look: Look) -> Node {
    let id = place.map_or("fix-list", |screen| facts.guide.screens[screen].id.as_str()).to_owned();
    let short = place.map_or_else(String::new, |screen| facts.guide.screens[screen].short.line(tongue.index, facts));
    let lines = if short.is_empty() || short == id { vec![id.clone()] } else { vec![short, id.clone()] };
    Node { place, id, lines, look }
}

/// Where a screen leads: on to the next one in the file, and where its answers jump to.
fn arrows_from(guide: &Guide, from: ScreenIx) -> Vec<Arrow> {
    let screen = &guide.screens[from];
    let mut answers: Vec<(&str, Option<Next>)> = match &screen.kind {
        Kind::Choice(choices) => choices.iter().map(|choice| (choice.id.as_str(), choice.next)).collect(),
        Kind::List(_, tags) => tags.iter().map(|tag| (tag.tag.as_str(), tag.next)).collect(),
        Kind::Amount { bands, .. } => bands.iter().map(|band| (band.id.as_str(), band.next)).collect(),
        Kind::Month { bands } => bands.iter().map(|band| (band.id.as_str(), band.next)).collect(),
        Kind::Note | Kind::Checklist(_) | Kind::Paste => vec![("", None)],
    };
    if screen.not_sure && screen.is_question() && !matches!(screen.kind, Kind::Checklist(_)) {
        answers.push(("not-sure", screen.not_sure_choice.as_ref().and_then(|choice| choice.next)));
    }
    let mut jumps: Vec<(Place, Vec<&str>)> = Vec::new();
    let mut falls = false;
    for (id, next) in answers {
        let to = match next.or(screen.next) {
            Some(Next::Screen(to)) => Some(to),
            Some(Next::FixList) => None,
            None => {
                falls = true;
                continue;
            }
        };
        match jumps.iter_mut().find(|(known, _)| *known == to) {
            Some((_, ids)) => ids.push(id),
            None => jumps.push((to, vec![id])),
        }
    }
    let mut arrows = Vec::new();
    if falls {
        let to = (from + 1 < guide.screens.len()).then_some(from + 1);
        arrows.push(Arrow { from: Some(from), to, lines: condition_of(guide, to), is_dotted: false });
    }
    jumps.sort_by_key(|(to, _)| to.unwrap_or(usize::MAX));
    for (to, ids) in jumps {
        let ids: Vec<&str> = ids.into_iter().filter(|id| !id.is_empty()).collect();
        let mut lines = Vec::new();
        if !ids.is_empty() {
            lines.push(cut(&format!("{} = {}", screen.id, ids.join(", "))));
        }
        let any = to.is_some_and(|to| matches!(guide.screens[to].when, Some(Condition::Any(_))));
        let between = if any { "and either " } else { "and " };
        for (at, line) in condition_of(guide, to).into_iter().enumerate() {
            lines.push(if at == 0 && !ids.is_empty() { format!("{between}{line}") } else { line });
        }
        arrows.push(Arrow { from: Some(from), to, lines, is_dotted: false });
    }
    arrows
}

/// The condition of a screen in a few lines.
fn condition_of(guide: &Guide, place: Place) -> Vec<String> {
    const MOST: usize = 4;
    let Some(when) = place.and_then(|screen| guide.screens[screen].when.as_ref()) else { return Vec::new() };
    let (between, parts): (_, &[Condition]) = match when {
        Condition::All(all) => ("and ", all),
        Condition::Any(any) => ("or ", any),
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
        let text = "a \"b\" [c] {d} #35; <e> \\ | 银行卡\n`f` & *g*_";
        let mermaid = mermaid_text(text);
        assert_eq!(
            mermaid,
            "a #quot;b#quot; #91;c#93; #123;d#125; #35;35; #lt;e#gt; #92; #124; 银行卡 #96;f#96; #amp; #42;g#42;#95;"
        );
        assert_eq!(dot_text(text), "a \\\"b\\\" [c] {d} #35; <e> \\\\ | 银行卡 `f` & *g*_");
    }
}

//! Everything that is not a screen: causes, fixes, signals, warnings, reminders, figures, lists, sources.

use std::collections::BTreeSet;

use super::keys::LIST_ENTRY;
use super::read::Raw;
use super::resolve::Cx;
use super::resolve_conditions::Within;
use super::syntax::{Value as Toml, is_id_char};
use super::text::placeholders;
use super::{
    Amount, Bound, Cause, Entry, Figure, FigureIx, Fix, Guide, Kind, List, Reminder, RetryWord, Risk, Signal, Source,
    SourceKind, Term, Wait, Warning, Who,
};
use crate::diagnosis::{HowCommon, Works};
use crate::guide::money::Cents;
use crate::input;

/// Amounts, fixed and computed.
pub fn figures(cx: &mut Cx<'_>, raws: &[&Raw]) -> Vec<Figure> {
    raws.iter().map(|raw| figure(cx, raw)).collect()
}

/// A figure rests on so many others one behind the other at most; adding up goes as deep.
const DEEPEST: usize = 100;

/// Reports figures that rest on themselves, also by way of an amount screen whose default is a figure.
pub fn circles(cx: &mut Cx<'_>, raws: &[&Raw], guide: &Guide) {
    let mut state = vec![Visit::New; guide.figures.len()];
    for from in 0..guide.figures.len() {
        match depth(guide, from, &mut Vec::new(), &mut state) {
            Ok(_) => {}
            Err(Endless::Round(round)) => {
                let names: Vec<&str> = round.iter().map(|&ix| guide.figures[ix].id.as_str()).collect();
                let (raw, id) = (raws[round[0]], &guide.figures[round[0]].id);
                let help = format!("it goes round: {}", names.join(" → "));
                let message = format!("the figure `{id}` rests on itself");
                cx.tell("circular-figure", raw.file, &raw.span, message, Some(help));
            }
            Err(Endless::Deep) => {
                let (raw, id) = (raws[from], &guide.figures[from].id);
                let message = format!("the figure `{id}` rests on more than {DEEPEST} others, one behind the other");
                cx.tell("circular-figure", raw.file, &raw.span, message, Some("let it rest on fewer".into()));
                // Whatever rests on this one is as deep.
                return;
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    OnTheWay,
    Done(usize),
}

/// Why a figure has no depth.
enum Endless {
    /// The way from a figure back to itself.
    Round(Vec<FigureIx>),
    Deep,
}

/// How many figures lie one behind the other below this one, itself included. Each figure is looked at once.
fn depth(guide: &Guide, at: FigureIx, way: &mut Vec<FigureIx>, state: &mut [Visit]) -> Result<usize, Endless> {
    match state[at] {
        Visit::Done(depth) => return Ok(depth),
        Visit::OnTheWay => {
            let start = way.iter().position(|&known| known == at).unwrap_or_default();
            return Err(Endless::Round(way[start..].iter().copied().chain([at]).collect()));
        }
        Visit::New if way.len() > DEEPEST => return Err(Endless::Deep),
        Visit::New => {}
    }
    state[at] = Visit::OnTheWay;
    way.push(at);
    let mut deepest = Ok(0);
    if let Amount::Sum(plus, minus) = &guide.figures[at].amount {
        for term in plus.iter().chain(minus) {
            let next = match *term {
                Term::Figure(next) => Some(next),
                Term::Screen(screen) => match guide.screens.get(screen).map(|screen| &screen.kind) {
                    Some(Kind::Amount { default: Some(Bound::Figure(next)), .. }) => Some(*next),
                    _ => None,
                },
            };
            if let Some(next) = next.filter(|&next| next < guide.figures.len()) {
                let below = depth(guide, next, way, state);
                deepest = deepest.and_then(|deepest| Ok(below?.max(deepest)));
            }
        }
    }
    way.pop();
    let own = deepest.as_ref().map_or(0, |deepest| deepest + 1);
    state[at] = Visit::Done(own);
    // It does not count itself among the others.
    if own > DEEPEST + 1 { Err(Endless::Deep) } else { deepest.map(|_| own) }
}

fn figure(cx: &mut Cx<'_>, raw: &Raw) -> Figure {
    let fixed = match raw.get("usd").map(|node| &node.value) {
        Some(Toml::Int(text, _) | Toml::Float(text)) => Cents::parse(&text.replace('_', "")).ok(),
        _ => None,
    };
    let computed = raw.get("plus").is_some();
    let source = raw.str("source").map(str::to_owned);
    let fault = match (raw.get("usd").is_some(), computed) {
        (true, true) => Some("has both `usd` and `plus`"),
        (false, false) => Some("has neither `usd` nor `plus`"),
        (true, false) if source.is_none() => Some("has no `source`"),
        (true, false) if raw.get("minus").is_some() => Some("has `minus` without `plus`"),
        _ => None,
    };
    if let Some(fault) = fault.filter(|_| !raw.partial) {
        let help = "a figure is `usd` with `source`, or `plus` and perhaps `minus`".into();
        cx.tell("figure-shape", raw.file, &raw.span, format!("the figure `{}` {fault}", raw.id), Some(help));
    }
    let source = source.and_then(|id| {
        let span = raw.get("source")?.span.clone();
        cx.find(|cx| &cx.sources, &id, raw.file, &span)
    });
    cx.text_of(raw, "note", None);
    let amount = if computed {
        Amount::Sum(cx.terms(raw, "plus"), cx.terms(raw, "minus"))
    } else {
        Amount::Fixed(fixed.unwrap_or_default())
    };
    Figure { id: raw.id.clone(), amount, source }
}

/// Lists with their entries in file order.
pub fn lists(cx: &mut Cx<'_>, raws: &[&Raw]) -> Vec<List> {
    for list in raws {
        let tags: BTreeSet<&str> = list.all(&LIST_ENTRY).filter_map(|entry| entry.str("tag")).collect();
        for entry in list.all(&LIST_ENTRY).filter(|entry| tags.contains(entry.id.as_str())) {
            let message = format!("the list has a tag `{}` as well", entry.id);
            let help = "no condition could tell them apart: give one of them another name".into();
            cx.tell("duplicate-id", entry.file, &entry.span, message, Some(help));
        }
    }
    raws.iter()
        .map(|raw| List {
            id: raw.id.clone(),
            source: one_source(cx, raw),
            entries: raw
                .all(&LIST_ENTRY)
                .map(|raw| Entry {
                    id: raw.id.clone(),
                    name: cx.shown_text(raw, "name", true),
                    aliases: raw.strs("aliases").into_iter().map(|(alias, _)| alias.to_owned()).collect(),
                    tag: raw.str("tag").unwrap_or_default().to_owned(),
                })
                .collect(),
        })
        .collect()
}

fn one_source(cx: &mut Cx<'_>, raw: &Raw) -> usize {
    let Some(id) = raw.str("source").map(str::to_owned) else { return 0 };
    let span = raw.get("source").map_or_else(|| raw.span.clone(), |node| node.span.clone());
    cx.find(|cx| &cx.sources, &id, raw.file, &span).unwrap_or_default()
}

/// What may be wrong.
pub fn causes(cx: &mut Cx<'_>, raws: &[&Raw]) -> Vec<Cause> {
    raws.iter()
        .map(|raw| {
            if let Some(basis) = raw.str("basis").filter(|basis| *basis != "guess").map(str::to_owned) {
                let span = raw.get("basis").map_or_else(|| raw.span.clone(), |node| node.span.clone());
                cx.find(|cx| &cx.sources, &basis, raw.file, &span);
            }
            if raw.id == "other"
                && let Some(when) = raw.get("when")
            {
                let help = "it stands for what nobody thought of, so it is always in play".into();
                cx.tell("no-other", raw.file, &when.span, "`other` has a condition".into(), Some(help));
            }
            Cause {
                id: raw.id.clone(),
                title: title(cx, raw, "title"),
                short: cx.text_of(raw, "short", None),
                how_common: raw.str("how_common").and_then(HowCommon::parse).unwrap_or(HowCommon::Sometimes),
                explain: cx.text(raw, "explain"),
                when: cx.when(raw, None),
                is_final: raw.flag("final").unwrap_or(false),
            }
        })
        .collect()
}

/// The text of a title, or of anything else that is shown whatever is known: it names nothing that can be unknown.
pub fn title(cx: &mut Cx<'_>, raw: &Raw, key: &str) -> super::text::Text {
    let text = cx.text(raw, key);
    let Some(node) = raw.get(key) else { return text };
    let unknown = text.parts.iter().flat_map(|part| part.by_language.iter().flatten()).any(|markup| {
        markup.lines.iter().flat_map(|line| &line.spans).any(|span| match span.content {
            super::text::Content::Value(super::text::Value::Answer(screen)) => {
                let id = cx.screens[screen].id.clone();
                cx.screens[screen].kind != "amount" || cx.can_be_unknown(&id)
            }
            super::text::Content::Value(super::text::Value::Figure(figure)) => {
                let id = cx.figures.id(figure).to_owned();
                cx.can_be_unknown(&id)
            }
            super::text::Content::Value(_) | super::text::Content::Text(_) => false,
        })
    });
    if unknown {
        let message = format!("the `{key}` of `{}` names a value that can be unknown", raw.id);
        let help = "it is always shown: name only figures that do not rest on answers".into();
        cx.tell("title-unknown", raw.file, &node.span, message, Some(help));
    }
    text
}

/// What can be done.
pub fn fixes(cx: &mut Cx<'_>, raws: &[&Raw]) -> Vec<Fix> {
    raws.iter()
        .enumerate()
        .map(|(ix, raw)| {
            let works_for = cx
                .cause_words(raw, "works_for", Works::WORDS)
                .into_iter()
                .filter_map(|(cause, word)| Some((cause, Works::parse(&word)?)))
                .collect();
            cx.within = Within::FixStep(ix);
            let steps = match raw.get("steps").map(|node| &node.value) {
                Some(Toml::List(steps)) => steps.iter().map(|step| cx.text_node(raw.file, step, false, None)).collect(),
                _ => Vec::new(),
            };
            cx.within = Within::Nothing;
            Fix {
                id: raw.id.clone(),
                title: title(cx, raw, "title"),
                who: raw.str("who").and_then(Who::parse).unwrap_or(Who::You),
                minutes: raw.int("minutes").and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
                wait: raw.str("wait").and_then(Wait::parse).unwrap_or(Wait::None),
                works_for,
                steps,
                sources: cx.ids(raw, "sources", |cx| &cx.sources),
                reviewed: date(raw, "reviewed"),
                retry: raw.flag("retry").unwrap_or(false),
                afterwards: cx.text_of(raw, "afterwards", None),
                risk: raw.str("risk").and_then(Risk::parse).unwrap_or(Risk::None),
                when: cx.when(raw, None),
            }
        })
        .collect()
}

/// The date of a key; empty if it is not there.
pub fn date(raw: &Raw, key: &str) -> String {
    match raw.get(key).map(|node| &node.value) {
        Some(Toml::Date(date)) => date.clone(),
        _ => String::new(),
    }
}

/// What is recognised in pasted text. `guide` has its screens and lists by now.
pub fn signals(cx: &mut Cx<'_>, raws: &[&Raw], guide: &Guide) -> Vec<Signal> {
    raws.iter()
        .map(|raw| {
            let owned = |key| raw.strs(key).into_iter().map(|(text, _)| text.to_owned()).collect::<Vec<_>>();
            let codes = owned("codes");
            let phrases = written(cx, raw, "phrases", guide);
            if codes.is_empty() && phrases.is_empty() && !raw.partial {
                let message = format!("the signal `{}` has neither codes nor phrases", raw.id);
                cx.tell("missing-key", raw.file, &raw.span, message, None);
            }
            for key in ["codes", "phrases", "unless"] {
                for (text, span) in raw.strs(key) {
                    if crate::signal::folds_away(text) {
                        cx.tell("bad-value", raw.file, span, "this matches nothing".into(), None);
                    }
                }
            }
            Signal {
                id: raw.id.clone(),
                means: cx.text(raw, "means"),
                who: raw.strs("who").into_iter().filter_map(|(who, _)| Who::parse(who)).collect(),
                retry: raw.str("retry").and_then(RetryWord::parse).unwrap_or(RetryWord::NotApplicable),
                next: cx.text(raw, "next"),
                codes,
                phrases,
                unless: written(cx, raw, "unless", guide),
                rank: raw.int("rank").and_then(|rank| u8::try_from(rank).ok()).unwrap_or(2),
                group: cx.group(raw),
                points_to: cx.points(raw, "points_to"),
                answers: answers(cx, raw, guide),
                sources: cx.ids(raw, "sources", |cx| &cx.sources),
            }
        })
        .collect()
}

/// Phrases as people may paste them: an amount in one is written without cents where it has none, and with two places.
fn written(cx: &mut Cx<'_>, raw: &Raw, key: &str, guide: &Guide) -> Vec<String> {
    let mut out = Vec::new();
    for (text, span) in raw.strs(key) {
        let (mut short, mut long) = (String::new(), String::new());
        let mut from = 0;
        for place in placeholders(text) {
            let id = &text[place.clone()];
            // Messages hold braces of their own.
            if id.is_empty() || !id.chars().all(is_id_char) {
                continue;
            }
            let Some(figure) = cx.find(|cx| &cx.figures, id, raw.file, span) else { continue };
            let Some(Figure { amount: Amount::Fixed(amount), .. }) = guide.figures.get(figure) else {
                let message = format!("the figure `{id}` is a sum, a phrase needs one with an amount of its own");
                cx.tell("bad-value", raw.file, span, message, Some("write the number, or another figure".into()));
                continue;
            };
            let exact = amount.to_string();
            let before = &text[from..place.start - 1];
            short.extend([before, exact.trim_end_matches(".00")]);
            long.extend([before, &exact]);
            from = place.end + 1;
        }
        short.push_str(&text[from..]);
        long.push_str(&text[from..]);
        if short != long {
            out.push(short);
        }
        out.push(long);
    }
    out
}

/// The answers of a signal or a scenario, by screen.
pub fn answers(cx: &mut Cx<'_>, raw: &Raw, guide: &Guide) -> Vec<(usize, super::answer::Answer)> {
    let Some(Toml::Table(fields)) = raw.get("answers").map(|node| &node.value) else { return Vec::new() };
    let mut out = Vec::new();
    for (id, at, node) in &fields.all {
        let Some(screen) = cx.find(|cx| &cx.screen_ids, id, raw.file, at) else { continue };
        // A list that does not exist is told at its screen.
        if matches!(guide.screens[screen].kind, Kind::List(list, _) if list >= guide.lists.len()) {
            continue;
        }
        match input::from_toml(guide, screen, &node.value) {
            Ok(answer) => out.push((screen, answer)),
            Err(_) if cx.screens[screen].partial => {}
            Err(wrong) => cx.tell("unknown-id", raw.file, &node.span, wrong.message, wrong.help),
        }
    }
    out.sort_by_key(|(screen, _)| *screen);
    out
}

/// What is shown above all else.
pub fn warnings(cx: &mut Cx<'_>, raws: &[&Raw]) -> Vec<Warning> {
    raws.iter()
        .map(|raw| Warning {
            id: raw.id.clone(),
            text: cx.text(raw, "text"),
            rank: raw.int("rank").unwrap_or_default(),
            when: cx.when(raw, None),
            causes: cx.ids(raw, "causes", |cx| &cx.causes),
            sources: cx.ids(raw, "sources", |cx| &cx.sources),
        })
        .collect()
}

/// "Before you pay again".
pub fn reminders(cx: &mut Cx<'_>, raws: &[&Raw]) -> Vec<Reminder> {
    raws.iter()
        .map(|raw| Reminder {
            id: raw.id.clone(),
            text: cx.text(raw, "text"),
            when: cx.when(raw, None),
            sources: cx.ids(raw, "sources", |cx| &cx.sources),
        })
        .collect()
}

/// Where statements come from.
pub fn all_sources(cx: &mut Cx<'_>, raws: &[&Raw]) -> Vec<Source> {
    raws.iter()
        .map(|raw| {
            let url = raw.str("url").unwrap_or_default().to_owned();
            let bad = !url.starts_with("https://") || url.chars().any(|c| c.is_whitespace() || c.is_control());
            if let Some(node) = raw.get("url").filter(|_| bad) {
                let help = Some("only https links are shown to people".into());
                cx.tell(
                    "link-not-https",
                    raw.file,
                    &node.span,
                    format!("`{}` is no https link", url.escape_debug()),
                    help,
                );
            }
            Source {
                id: raw.id.clone(),
                title: cx.text(raw, "title"),
                url,
                checked: date(raw, "checked"),
                kind: raw.str("kind").and_then(SourceKind::parse).unwrap_or(SourceKind::Single),
                max_age_days: raw.int("max_age_days").and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
            }
        })
        .collect()
}

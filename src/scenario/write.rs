//! What somebody did, written out as a scenario.

use std::fmt::Write as _;

use time::OffsetDateTime;

use crate::diagnosis::Diagnosis;
use crate::guide::answer::{Answer, By, Facts};
use crate::saved::{self, Value};

/// What is known, as a scenario: the answers that count, what was tried, and what came out, to be put into a guide or
/// sent with a report of what is wrong.
#[must_use]
pub fn written(facts: &Facts<'_>) -> String {
    let guide = facts.guide;
    let day = facts.now.map(OffsetDateTime::date);
    let (name, day) = match day {
        Some(day) => (format!("on-{day}"), day.to_string()),
        None => ("of-somebody".to_owned(), format!("{}-01", facts.today)),
    };
    let is_free = |id: &String| guide.scenarios.iter().all(|scenario| scenario.id != *id);
    // Of a guide with n scenarios one of the first n + 1 names is free.
    let numbered = (2..guide.scenarios.len() + 2).map(|n| format!("{name}-{n}"));
    let name = std::iter::once(name.clone()).chain(numbered).find(is_free).unwrap_or(name);
    let answers: Vec<String> = facts
        .answers()
        // What a signal settles is not answered again.
        .filter(|(_, answer, by)| !matches!(by, By::Signal(_)) && **answer != Answer::Seen)
        .filter_map(|(screen, answer, _)| {
            Some(format!("{} = {}", guide.screens[screen].id, toml(&saved::value(guide, screen, answer))?))
        })
        .collect();
    let tried: Vec<String> =
        facts.tried.iter().map(|tried| format!("\"{}={}\"", guide.fixes[tried.fix].id, tried.how.word())).collect();
    let diagnosis = Diagnosis::new(facts);
    let mut out = format!(
        "# Written by declined {} on the guide {} {}. `expect` says what came out; if that is wrong, write what should have.\n\n\
         [[scenario]]\nid = \"{name}\"\ntoday = {day}\nanswers = {{ {} }}\n",
        env!("CARGO_PKG_VERSION"),
        guide.id,
        guide.version.escape_debug(),
        answers.join(", ")
    );
    if !tried.is_empty() {
        let _ = writeln!(out, "tried = [{}]", tried.join(", "));
    }
    out.push_str("[scenario.expect]\n");
    if let Some(top) = diagnosis.causes.first() {
        let _ = writeln!(out, "cause = \"{}\"", guide.causes[top.cause].id);
    }
    // Once something worked, nothing is listed.
    if let Some(first) = diagnosis.fixes.first().filter(|_| facts.solved().is_none()) {
        let _ = writeln!(out, "first_fix = \"{}\"", guide.fixes[first.fix].id);
    }
    let next = facts.next_question().map_or("fix-list", |screen| guide.screens[screen].id.as_str());
    let _ = writeln!(out, "next = \"{next}\"");
    out
}

/// An answer as a guide writes it. Ids need no quoting of their own.
fn toml(value: &Value) -> Option<String> {
    match value {
        Value::Word(word) => Some(format!("\"{word}\"")),
        Value::Items(items) => {
            let items: Vec<String> = items.iter().map(|(item, mark)| format!("{item} = \"{mark}\"")).collect();
            Some(format!("{{ {} }}", items.join(", ")))
        }
        Value::Unknown(_) => None,
        Value::Paste { any_text: false, .. } => Some("\"nothing\"".to_owned()),
        Value::Paste { signals, .. } if signals.is_empty() => Some("\"unrecognised\"".to_owned()),
        Value::Paste { signals, .. } => {
            let signals: Vec<String> = signals.iter().map(|signal| format!("\"{signal}\"")).collect();
            Some(format!("[{}]", signals.join(", ")))
        }
    }
}

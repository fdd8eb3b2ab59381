//! What is known and what to do, to take along: as text, JSON, Markdown and a page of HTML. Returns strings; the edge
//! writes them.

mod html;
mod json;
mod markdown;
mod sheet;
mod text;

pub use html::html;
pub use json::{FORMAT, SourceJson, answer_id, json, pretty, sources_json};
pub use markdown::markdown;
pub use text::{fix, push_sources, short, solved, text};

use std::path::Path;

use crate::cli::ListFormat;
use crate::guide::answer::Facts;
use crate::report::{FixCard, Report, Tongue};
use crate::scenario;

/// Whether a list, or a letter, can be written to a file of this name: by its ending.
#[must_use]
pub fn can_be(name: &Path, is_letter: bool) -> bool {
    let ending = name.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    match ending.as_deref() {
        None | Some("txt") => true,
        Some("toml") => !is_letter,
        Some(_) => !is_letter && ListFormat::knows(name),
    }
}

/// The list as a file of this name holds it: the ending says how.
///
/// # Errors
/// None in practice: nothing in the list can fail to become JSON.
pub fn as_file(name: &Path, facts: &Facts<'_>, tongue: Tongue) -> serde_json::Result<String> {
    if name.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        return Ok(scenario::written(facts));
    }
    written_as(ListFormat::of(name).unwrap_or_default(), facts, tongue)
}

/// The list in one of its formats, to be kept.
///
/// # Errors
/// None in practice: nothing in the list can fail to become JSON.
pub fn written_as(format: ListFormat, facts: &Facts<'_>, tongue: Tongue) -> serde_json::Result<String> {
    // JSON holds no time that hangs on when it is read.
    if format == ListFormat::Json {
        return json(facts, &Report::of(facts, tongue));
    }
    let facts = &facts.lasting();
    let report = Report::of(facts, tongue);
    Ok(match format {
        ListFormat::Text | ListFormat::Json => text(facts, &report, false),
        ListFormat::Markdown => markdown(facts, &report),
        ListFormat::Html => html(facts, &report),
    })
}

/// So many of the causes that a fix is for are named; the list has them in their order.
const MOST_CAUSES: usize = 3;

/// What is said of a fix besides its title and its steps.
#[must_use]
pub fn card_notes(report: &Report, card: &FixCard) -> Vec<String> {
    let words = report.tongue.words();
    let mut lines = Vec::new();
    let is_first = report.fixes.first().is_some_and(|first| first.fix == card.fix);
    if let Some(why) = report.why_first.as_ref().filter(|_| is_first) {
        lines.push(why.clone());
    } else if !card.causes.is_empty() {
        let causes = report.tongue.lang.join(&card.causes[..card.causes.len().min(MOST_CAUSES)]);
        lines.push(report.tongue.lang.labelled(words.may_mend, &causes));
    }
    // The reason for the first place quotes it already.
    if !card.said.is_empty() && (!is_first || report.why_first.is_none()) {
        lines.push(report.tongue.lang.you_said(&card.said));
    }
    if card.risk == crate::guide::Risk::HardToUndo {
        lines.push(words.hard_to_undo.to_owned());
    }
    // Where a head stands above them it says so already.
    if card.same_attempt && !card.grouped {
        lines.push(words.same_attempt.to_owned());
    } else if card.as_good && !card.grouped {
        lines.push(words.as_good.to_owned());
    }
    lines
}

/// The sources of a statement: what each is called and when it was checked, and its address.
#[must_use]
pub fn source_lines<'g>(facts: &Facts<'g>, tongue: Tongue, sources: &[usize]) -> Vec<(String, &'g str)> {
    sources
        .iter()
        .map(|&ix| &facts.guide.sources[ix])
        .map(|source| {
            (tongue.lang.source(&source.title.line(tongue.index, facts), &source.checked), source.url.as_str())
        })
        .collect()
}

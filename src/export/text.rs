//! The list as plain text: the whole of it, and what stays on the screen when the wizard is left.

use std::fmt::Write as _;

use super::{card_notes, source_lines};
use crate::claims;
use crate::guide::answer::Facts;
use crate::guide::text::Rich;
use crate::report::{FixCard, Report, Tongue};

/// The whole list as plain text: no colours, no frames, fit for pipes and for reading aloud. For the command line each
/// letter is told with the option that prints it.
#[must_use]
pub fn text(facts: &Facts<'_>, report: &Report, for_command_line: bool) -> String {
    let mut out = String::new();
    let tongue = report.tongue;
    let words = tongue.words();
    if report.solved.is_some() {
        push_end(&mut out, report);
    } else {
        push_finding(&mut out, report);
        let _ = writeln!(out, "\n{}", words.what_to_do);
        if report.fixes.is_empty() {
            let _ = writeln!(out, "{}", report.nothing_left());
        }
    }
    for (number, card) in report.fixes.iter().enumerate() {
        if let Some(lead) = &card.lead {
            let _ = writeln!(out, "\n{lead}");
        }
        out.push('\n');
        push_fix(&mut out, facts, report, number, card);
    }
    push_tried(&mut out, report);
    if !report.more_warnings.is_empty() {
        let _ = writeln!(out, "\n{}", words.also_mind);
        for remark in &report.more_warnings {
            push_listed(&mut out, "! ", &remark.text, tongue);
        }
    }
    if !report.reminders.is_empty() {
        let _ = writeln!(out, "\n{}", report.before_paying());
    }
    for remark in &report.reminders {
        push_listed(&mut out, "- ", &remark.text, tongue);
        for line in claims::lines(facts, tongue, &remark.claims) {
            let _ = writeln!(out, "  {}", tongue.lang.labelled(words.may_have_read, &line));
        }
        push_sources(&mut out, "  ", facts, tongue, &remark.sources);
    }
    if !report.letters.is_empty() {
        let _ = writeln!(out, "\n{}", words.letters);
    }
    for (letter, heading) in &report.letters {
        let _ = write!(out, "- {heading}");
        if for_command_line {
            let _ = write!(out, " [--letter {}]", facts.guide.letters[*letter].id);
        }
        out.push('\n');
    }
    out
}

/// What it most likely is, and what to mind first.
fn push_finding(out: &mut String, report: &Report) {
    let _ = writeln!(out, "{}", report.headline);
    for line in report.why.as_deref().into_iter().chain(report.more_than_one) {
        let _ = writeln!(out, "{line}");
    }
    push_rich(out, "", &report.explain);
    if let Some(stop) = &report.stop {
        let _ = writeln!(out, "\n! {}", stop.text);
    }
    for remark in &report.warnings {
        out.push('\n');
        push_listed(out, "! ", &remark.text, report.tongue);
    }
}

fn push_tried(out: &mut String, report: &Report) {
    if !report.tried.is_empty() {
        let _ = writeln!(out, "\n{}", report.tongue.words().tried);
    }
    for tried in &report.tried {
        let _ = writeln!(out, "- {}", tried.text);
    }
}

/// One of several things: its sentences in one line, its own items below.
fn push_listed(out: &mut String, mark: &str, rich: &Rich, tongue: Tongue) {
    let indent = " ".repeat(mark.len());
    let mut sentences = Rich::default();
    let mut is_first = true;
    let mut flush = |sentences: &mut Rich, out: &mut String| {
        if !sentences.is_empty() {
            let before = if is_first { mark } else { &indent };
            let _ = writeln!(out, "{before}{}", sentences.readable(tongue.lang));
            sentences.lines.clear();
            is_first = false;
        }
    };
    for line in &rich.lines {
        if line.item {
            flush(&mut sentences, out);
            let _ = writeln!(out, "{indent}{}", line.plain());
        } else {
            sentences.lines.push(line.clone());
        }
    }
    flush(&mut sentences, out);
}

/// One fix of the list, as plain text.
#[must_use]
pub fn fix(facts: &Facts<'_>, report: &Report, card: &FixCard) -> String {
    let mut out = String::new();
    let number = report.fixes.iter().position(|known| known.fix == card.fix).unwrap_or(0);
    push_fix(&mut out, facts, report, number, card);
    out
}

fn push_fix(out: &mut String, facts: &Facts<'_>, report: &Report, number: usize, card: &FixCard) {
    let tongue = report.tongue;
    let effort = tongue.lang.effort(card.who, card.minutes, card.wait);
    let _ = writeln!(out, "{}. {}", number + 1, tongue.lang.aside(&card.title, &effort));
    for line in card_notes(report, card) {
        let _ = writeln!(out, "   {line}");
    }
    for (step, text) in card.steps.iter().enumerate() {
        push_listed(out, &format!("   {}) ", step + 1), text, tongue);
    }
    for line in claims::lines(facts, tongue, &card.claims) {
        let _ = writeln!(out, "   {}", tongue.lang.labelled(tongue.words().may_have_read, &line));
    }
    push_sources(out, "   ", facts, tongue, &card.sources);
}

/// The end: what helped, what it was, and how to keep it from happening again.
#[must_use]
pub fn solved(report: &Report) -> String {
    let mut out = String::new();
    push_end(&mut out, report);
    let _ = writeln!(out, "\n{}", report.before_paying());
    for remark in &report.reminders {
        push_listed(&mut out, "- ", &remark.text, report.tongue);
    }
    out
}

fn push_end(out: &mut String, report: &Report) {
    let words = report.tongue.words();
    let Some(solved) = &report.solved else { return };
    let _ = writeln!(out, "{}", report.tongue.lang.labelled(words.what_helped, &solved.title));
    if !solved.was.is_empty() {
        let _ = writeln!(out, "{}", solved.was);
    }
    if !solved.afterwards.is_empty() {
        let _ = writeln!(out, "\n{}", words.so_that_it_stays);
        push_rich(out, "", &solved.afterwards);
    }
}

/// The sources of a statement, two lines each.
pub fn push_sources(out: &mut String, indent: &str, facts: &Facts<'_>, tongue: Tongue, sources: &[usize]) {
    for (title, url) in source_lines(facts, tongue, sources) {
        let _ = writeln!(out, "{indent}{title}\n{indent}{url}");
    }
}

fn push_rich(out: &mut String, indent: &str, rich: &Rich) {
    for line in &rich.lines {
        let _ = writeln!(out, "{indent}{}", line.plain());
    }
}

/// The short list that stays on the normal screen when the wizard is left.
#[must_use]
pub fn short(report: &Report) -> String {
    let tongue = report.tongue;
    let words = tongue.words();
    let mut out = String::new();
    if report.solved.is_some() {
        let _ = writeln!(out, "{}\n{}", words.solved, solved(report));
        return out;
    }
    let _ = writeln!(out, "{}", report.headline);
    if let Some(stop) = &report.stop {
        let _ = writeln!(out, "! {}", stop.text);
    }
    for remark in &report.warnings {
        push_listed(&mut out, "! ", &remark.text, tongue);
    }
    if report.fixes.is_empty() {
        let _ = writeln!(out, "{}", report.nothing_left());
    }
    for (number, card) in report.fixes.iter().enumerate() {
        let effort = tongue.lang.effort(card.who, card.minutes, card.wait);
        let _ = writeln!(out, "{}. {}", number + 1, tongue.lang.aside(&card.title, &effort));
    }
    push_tried(&mut out, report);
    let _ = writeln!(out, "\n{}", words.before_you_pay);
    for remark in &report.reminders {
        push_listed(&mut out, "- ", &remark.text, tongue);
    }
    out
}

//! The list as a sheet to take along: what Markdown and HTML both hold, and in which order. Gathered once, so that one
//! of them cannot leave out what the other tells.

use super::{card_notes, source_lines};
use crate::claims;
use crate::guide::answer::Facts;
use crate::guide::text::{Rich, RichSpan};
use crate::guide::{SourceIx, is_control};
use crate::letter::{self, Version};
use crate::report::{Remark, Report, Tongue, answers};

/// Everything on the sheet, from its top to its bottom.
pub(super) struct Sheet<'a> {
    /// The code of its language.
    pub code: &'a str,
    /// Its language.
    pub tongue: Tongue,
    /// What the guide is about.
    pub subject: String,
    /// What it most likely is.
    pub headline: String,
    /// Why, in the person's own answers.
    pub why: Vec<&'a str>,
    /// Stands above `explain`, if something worked.
    pub explains: Option<&'static str>,
    /// What that means; what to mind from now on, if something worked.
    pub explain: &'a Rich,
    /// Above the list.
    pub warnings: Vec<Entry>,
    /// What to do, in order.
    pub fixes: Vec<Entry>,
    /// Said where there is nothing to do.
    pub nothing_left: Option<&'static str>,
    /// What was tried, and what became of it.
    pub tried: Vec<&'a str>,
    /// The other warnings.
    pub also_mind: Vec<Entry>,
    /// Stands above the reminders.
    pub before_paying: &'static str,
    /// Before paying again.
    pub reminders: Vec<Entry>,
    /// Whom each letter is for and what it is about, and its texts, each with the code of its language.
    pub letters: Vec<(&'a str, Vec<(&'a str, Version)>)>,
    /// What was asked and answered.
    pub answers: Vec<(String, String)>,
    /// What each source is called and when it was checked, and its address; counted from 1 by the entries.
    pub sources: Vec<(String, &'a str)>,
    /// Which guide this comes from.
    pub guide: String,
}

/// Something to do or to mind.
#[derive(Default)]
pub(super) struct Entry {
    /// Stands above it, where it is the first of things that belong together.
    pub lead: Option<String>,
    /// What it says.
    pub text: Rich,
    /// Who, how long, what to wait for.
    pub effort: Option<String>,
    /// What is said of it, a line each.
    pub notes: Vec<String>,
    /// What to do, step by step.
    pub steps: Vec<Rich>,
    /// Advice found elsewhere that it answers, a line each.
    pub read: Vec<String>,
    /// Numbers of the sources that it rests on.
    pub sources: Vec<usize>,
}

impl<'a> Sheet<'a> {
    /// Lays out the sheet.
    pub fn new(facts: &Facts<'a>, report: &'a Report) -> Self {
        let (guide, tongue) = (facts.guide, report.tongue);
        let mut known: Vec<SourceIx> = Vec::new();
        // In the order of reading, so that the numbers rise from top to bottom.
        let mut warnings: Vec<Entry> = report
            .stop
            .iter()
            .map(|stop| Entry {
                text: Rich::of(stop.text.as_str()),
                sources: number(&mut known, &stop.sources),
                ..Entry::default()
            })
            .collect();
        warnings.extend(entries(facts, report, &report.warnings, &mut known));
        let fixes = report
            .fixes
            .iter()
            .map(|card| Entry {
                lead: card.lead.clone(),
                text: Rich::of(&card.title),
                effort: Some(tongue.lang.effort(card.who, card.minutes, card.wait)),
                notes: card_notes(report, card),
                steps: card.steps.clone(),
                read: claims::lines(facts, tongue, &card.claims),
                sources: number(&mut known, &card.sources),
            })
            .collect();
        let also_mind = entries(facts, report, &report.more_warnings, &mut known);
        let reminders = entries(facts, report, &report.reminders, &mut known);
        Self {
            code: guide.language_code(tongue.index),
            tongue,
            subject: guide.title.line(tongue.index, facts),
            headline: report.solved.as_ref().map_or_else(
                || report.headline.clone(),
                |solved| tongue.lang.labelled(tongue.words().what_helped, &solved.title),
            ),
            why: match &report.solved {
                Some(solved) => Some(solved.was.as_str()).into_iter().filter(|was| !was.is_empty()).collect(),
                None => report.why.as_deref().into_iter().chain(report.more_than_one).collect(),
            },
            explains: report
                .solved
                .as_ref()
                .filter(|solved| !solved.afterwards.is_empty())
                .map(|_| tongue.words().so_that_it_stays),
            explain: report.solved.as_ref().map_or(&report.explain, |solved| &solved.afterwards),
            warnings,
            fixes,
            nothing_left: (report.fixes.is_empty() && report.solved.is_none()).then(|| report.nothing_left()),
            before_paying: report.before_paying(),
            tried: report.tried.iter().map(|line| line.text.as_str()).collect(),
            also_mind,
            reminders,
            letters: report
                .letters
                .iter()
                .map(|(ix, heading)| {
                    let versions = letter::versions(facts, *ix, tongue);
                    let coded = versions.into_iter().map(|version| (guide.language_code(version.language), version));
                    (heading.as_str(), coded.collect())
                })
                .collect(),
            answers: answers(facts, tongue).into_iter().map(|line| (line.label, line.answer)).collect(),
            sources: source_lines(facts, tongue, &known),
            guide: tongue.lang.guide_version(&guide.id, &guide.version),
        }
    }
}

fn entries<Ix>(facts: &Facts<'_>, report: &Report, remarks: &[Remark<Ix>], known: &mut Vec<SourceIx>) -> Vec<Entry> {
    remarks
        .iter()
        .map(|remark| Entry {
            text: remark.text.clone(),
            read: claims::lines(facts, report.tongue, &remark.claims),
            sources: number(known, &remark.sources),
            ..Entry::default()
        })
        .collect()
}

/// The numbers of sources, from 1; a source that was not known yet gets the next one.
fn number(known: &mut Vec<SourceIx>, sources: &[SourceIx]) -> Vec<usize> {
    let mut place = |source: SourceIx| {
        let at = known.iter().position(|&known| known == source).unwrap_or(known.len());
        if at == known.len() {
            known.push(source);
        }
        at + 1
    };
    let mut numbers: Vec<usize> = sources.iter().map(|&source| place(source)).collect();
    numbers.sort_unstable();
    numbers
}

/// A text without characters that act on a terminal or turn the direction of writing, and in one line.
pub(super) fn tame(text: &str) -> String {
    text.chars().map(|c| if is_control(c) || c == '\n' || c == '\t' { ' ' } else { c }).collect()
}

/// The address behind words, if it is one that people may be led to.
pub(super) fn address(span: &RichSpan) -> Option<&str> {
    span.link.as_deref().filter(|url| crate::links::is_safe(url))
}

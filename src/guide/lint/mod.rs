//! What is doubtful in a guide that can be used: for `check`, not for the wizard.
//!
//! Where something else is wrong, nothing is said that may follow from it: an entry with an error gets no warnings of
//! this kind, and whatever a broken block names counts as named.

mod advice;
mod conditions;
mod possible;
mod screens;
mod texts;

pub use possible::{Goal, Possible};

use std::collections::{BTreeMap, BTreeSet};

use time::Date;

use super::Guide;
use super::read::{Raw, RawGuide};
use super::resolve::Entries;
use super::resolve_conditions::Met;
use super::rules::severity;
use super::syntax::{self, Span, is_id_char};
use crate::diagnostic::{Diagnostic, Severity, SourceFile};

/// What all of this looks at.
struct Lint<'a> {
    files: &'a [SourceFile],
    raw: &'a RawGuide<'a>,
    guide: &'a Guide,
    entries: &'a Entries<'a>,
    met: &'a Met,
    broken: &'a Broken,
    findings: Vec<Diagnostic>,
}

/// Warnings about a guide. `errors` are the findings so far; without `today` no date is looked at.
pub(super) fn lint(
    files: &[SourceFile],
    raw: &RawGuide,
    guide: &Guide,
    (entries, met): (&Entries<'_>, &Met),
    errors: &[Diagnostic],
    today: Option<Date>,
) -> Vec<Diagnostic> {
    let broken = Broken::new(files, errors);
    let mut lint = Lint { files, raw, guide, entries, met, broken: &broken, findings: Vec::new() };
    let possible = Possible::new(guide, met.whole());
    lint.conditions(&possible);
    lint.screens(&possible);
    lint.advice(&possible);
    if let Some(today) = today {
        lint.dates(today);
    }
    lint.texts();
    lint.findings
}

impl Lint<'_> {
    fn tell(&mut self, rule: &'static str, file: usize, span: &Span, message: String, help: &str) {
        self.findings.push(Diagnostic {
            rule,
            severity: severity(rule),
            message,
            place: Some((file, span.clone())),
            help: Some(help.into()),
        });
    }

    /// Whether an entry can be judged by what is there, and by what is not.
    fn is_whole(&self, raw: &Raw) -> bool {
        !raw.partial && !self.broken.is_in(raw.file, &raw.span) && raw.children.iter().all(|child| self.is_whole(child))
    }

    /// The same, and nothing broken may have named it.
    fn is_alone(&self, raw: &Raw) -> bool {
        self.is_whole(raw) && !self.broken.words.contains(&raw.id)
    }
}

/// The blocks that have errors, and the ids in them.
struct Broken {
    blocks: BTreeMap<usize, Vec<Span>>,
    words: BTreeSet<String>,
}

impl Broken {
    fn new(files: &[SourceFile], findings: &[Diagnostic]) -> Self {
        let mut broken = Self { blocks: BTreeMap::new(), words: BTreeSet::new() };
        let mut all: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
            // What was probably meant is probably named.
            let help = finding.help.as_deref().unwrap_or_default();
            broken.words.extend(help.split('`').skip(1).step_by(2).map(str::to_owned));
            let Some((file, span)) = &finding.place else { continue };
            let Some(source) = files.get(*file) else { continue };
            let blocks = all.entry(*file).or_insert_with(|| syntax::blocks(&source.text));
            let at = blocks.partition_point(|block| block.start <= span.start);
            let Some(block) = blocks[..at].last() else { continue };
            let known = broken.blocks.entry(*file).or_default();
            if known.last() != Some(block) {
                known.push(block.clone());
                // With a table its sub-tables may be lost.
                let is_sub_table = |block: &&Span| syntax::is_sub_table(&source.text[(*block).clone()]);
                let subs = if is_sub_table(&block) { 0 } else { blocks[at..].iter().take_while(is_sub_table).count() };
                let whole = block.start..blocks[at - 1 + subs].end;
                let words = source.text[whole].split(|c| !is_id_char(c)).filter(|word| !word.is_empty());
                broken.words.extend(words.map(str::to_owned));
            }
        }
        for blocks in broken.blocks.values_mut() {
            blocks.sort_by_key(|block| block.start);
        }
        broken
    }

    fn is_in(&self, file: usize, span: &Span) -> bool {
        self.blocks.get(&file).is_some_and(|blocks| {
            let at = blocks.partition_point(|block| block.start <= span.start);
            at > 0 && blocks[at - 1].end > span.start
        })
    }
}

//! What the list says once things were tried: what became of them, what moved, when to stop paying, and what it was
//! when something worked.

use crate::attempts::{self, Stop};
use crate::diagnosis::Diagnosis;
use crate::guide::answer::{Facts, Tried};
use crate::guide::text::Rich;
use crate::guide::{FixIx, SourceIx, WarningIx};
use crate::report::{CauseLine, FixCard, Report, Tongue};
use crate::wizard::Wizard;
use crate::words::First;

/// Causes that may have been it are named down to this share of the likeliest.
const MAY_HAVE_BEEN: f64 = 0.25;

/// Something that was tried, in words.
#[derive(Clone, Debug)]
pub struct TriedLine {
    /// Its place in what was tried.
    pub ix: usize,
    /// The fix.
    pub fix: FixIx,
    /// What became of it.
    pub how: Tried,
    /// The fix, what became of it, and when that was told.
    pub text: String,
}

/// That one should stop paying for now, in words.
#[derive(Clone, Debug)]
pub struct StopLine {
    /// What is known of it.
    pub stop: Stop,
    /// What people see.
    pub text: String,
    /// The warnings whose place it takes.
    pub instead_of: Vec<WarningIx>,
    /// Where it comes from: their sources.
    pub sources: Vec<SourceIx>,
}

/// How it ended, when something worked.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The fix that worked.
    pub fix: FixIx,
    /// Its title.
    pub title: String,
    /// What it was, as far as that can be told.
    pub was: String,
    /// How to keep it from happening again.
    pub afterwards: Rich,
    /// Where that comes from.
    pub sources: Vec<SourceIx>,
}

/// What was tried, in order. Of a fix that was told more than once only the last counts for people.
#[must_use]
pub fn tried(facts: &Facts<'_>, tongue: Tongue) -> Vec<TriedLine> {
    let line = |(ix, tried): (usize, &crate::guide::answer::Try)| {
        let title = facts.guide.fixes[tried.fix].title.line(tongue.index, facts);
        let when = tried.at.map(|at| tongue.lang.moment(at, facts.clock()));
        let came_of = tongue.lang.came_of(tongue.words().tried_how(tried.how), when.as_deref());
        TriedLine { ix, fix: tried.fix, how: tried.how, text: tongue.lang.aside(&title, &came_of) }
    };
    let tried = facts.tried.iter().enumerate();
    tried.filter(|(ix, told)| facts.tried[ix + 1..].iter().all(|later| later.fix != told.fix)).map(line).collect()
}

/// The stop, where one is due and paying could help at all. Of the warnings that are due it takes out
/// those whose place it takes.
#[must_use]
pub fn stop(facts: &Facts<'_>, may_pay: bool, warnings: &mut Vec<WarningIx>, tongue: Tongue) -> Option<StopLine> {
    let stop = attempts::stop(facts).filter(|_| may_pay)?;
    let taken: &[WarningIx] = facts.guide.retry.as_ref().map_or(&[], |retry| &retry.instead_of);
    let instead_of: Vec<WarningIx> = warnings.extract_if(.., |warning| taken.contains(warning)).collect();
    let mut sources: Vec<SourceIx> = Vec::new();
    for source in instead_of.iter().flat_map(|&warning| &facts.guide.warnings[warning].sources) {
        if !sources.contains(source) {
            sources.push(*source);
        }
    }
    Some(StopLine { stop, text: tongue.lang.stop(&stop, facts.clock()), instead_of, sources })
}

/// How it ended, if something worked.
#[must_use]
pub fn solved(facts: &Facts<'_>, diagnosis: &Diagnosis, causes: &[CauseLine], tongue: Tongue) -> Option<Solved> {
    let fix = facts.solved()?;
    let mended = &facts.guide.fixes[fix];
    let may_have_been: Vec<&CauseLine> = causes
        .iter()
        .filter(|line| line.cause != facts.guide.other)
        .filter(|line| mended.works_for.iter().any(|(cause, _)| *cause == line.cause))
        .collect();
    let best = may_have_been.first().map_or(0.0, |line| line.share);
    let titles: Vec<String> = may_have_been
        .iter()
        .take_while(|line| line.share >= best * MAY_HAVE_BEEN)
        .take(3)
        .map(|line| line.title.clone())
        .collect();
    let sure = titles.len() == 1 && !diagnosis.undecided;
    Some(Solved {
        fix,
        title: mended.title.line(tongue.index, facts),
        was: if titles.is_empty() { String::new() } else { tongue.lang.it_was(&titles, sure) },
        afterwards: mended.afterwards.as_ref().map(|text| text.rich(tongue.index, facts)).unwrap_or_default(),
        sources: mended.sources.clone(),
    })
}

/// Puts a head above fixes that share one payment, and above those that are as good as each other.
pub fn lead(cards: &mut [FixCard], tongue: Tongue) {
    let runs = |cards: &[FixCard], joined: fn(&FixCard) -> bool| -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (at, card) in cards.iter().enumerate() {
            match runs.last_mut() {
                Some((_, end)) if joined(card) => *end = at + 1,
                _ => runs.push((at, at + 1)),
            }
        }
        runs.retain(|(start, end)| end - start > 1);
        runs
    };
    for (start, end) in runs(cards, |card| card.same_attempt) {
        cards[start].lead = Some(tongue.lang.pay_once(end - start));
        cards[start..end].iter_mut().for_each(|card| card.grouped = true);
    }
    for (start, end) in runs(cards, |card| card.as_good) {
        if cards[start..end].iter().all(|card| !card.grouped) {
            cards[start].lead = Some(tongue.words().take_either.to_owned());
            cards[start..end].iter_mut().for_each(|card| card.grouped = true);
        }
    }
}

/// Why the first fix is the first: its cause, in the person's own answers, and what it takes beside the next.
#[must_use]
pub fn why_first(cards: &[FixCard], causes: &[CauseLine], tongue: Tongue) -> Option<String> {
    let first = cards.first().filter(|card| !card.helps.is_empty() && !card.support)?;
    let cause = causes.iter().find(|line| Some(&line.cause) == first.because.first())?;
    let next = cards.iter().skip(1).find(|card| !card.as_good && !card.support && !card.helps.is_empty());
    Some(tongue.lang.why_first(&First {
        cause: &cause.title,
        said: cause.said.first().map(String::as_str),
        leads: causes.first().is_some_and(|top| top.cause == cause.cause),
        effort: (first.helps, first.minutes),
        next: next.and_then(|card| {
            let cause = causes.iter().find(|line| Some(&line.cause) == card.because.first())?;
            Some((card.title.as_str(), cause.title.as_str(), card.minutes))
        }),
    }))
}

/// What moved when something was told of a fix, in a sentence or two.
#[must_use]
pub fn moved(before: &Report, after: &Report, fix: FixIx, how: Tried, wizard: &Wizard) -> String {
    let tongue = after.tongue;
    let told = wizard.guide().fixes[fix].title.line(tongue.index, &wizard.facts());
    let first = after.fixes.first();
    let is_new = first.map(|card| card.fix) != before.fixes.first().map(|card| card.fix);
    let what = tongue.words().told_now[how as usize];
    let mut out = tongue.lang.taken_down(&told, what, first.map(|card| (card.title.as_str(), is_new)));
    // Those that were to be done before the same payment may well have been done.
    let same: Vec<String> =
        after.fixes.iter().filter(|card| wizard.shares_the_last(card.fix)).map(|card| card.title.clone()).collect();
    if how.is_declined() && !same.is_empty() {
        out.push_str(tongue.lang.gap());
        out.push_str(&tongue.lang.same_payment(&same));
    }
    out
}

//! How the wizard decides: answers and signals weigh the causes, the causes order the fixes.
//!
//! The method is decision-theoretic troubleshooting (Heckerman, Breese & Rommelse, CACM 38(3) 1995; Jensen et
//! al., AI EDAM 2001). Authors write words; every number that a word stands for is in this file and nowhere else.

pub mod rank;

use std::collections::BTreeMap;

use crate::guide::answer::{Answer, By, Facts, Mark, Tried};
use crate::guide::condition::holds;
use crate::guide::{CauseIx, FixIx, Kind, Risk, ScreenIx, SignalIx, Wait, Who, words};

words! {
    /// How common a cause is among people who come here.
    HowCommon {
        /// Weight 1.
        AlmostNever = "almost-never",
        /// Weight 5.
        Unlikely = "unlikely",
        /// Weight 15.
        Sometimes = "sometimes",
        /// Weight 30.
        Common = "common",
        /// Weight 60.
        Usual = "usual",
    }
}

impl HowCommon {
    /// The weight that the word stands for.
    #[must_use]
    pub const fn weight(self) -> f64 {
        match self {
            Self::AlmostNever => 1.0,
            Self::Unlikely => 5.0,
            Self::Sometimes => 15.0,
            Self::Common => 30.0,
            Self::Usual => 60.0,
        }
    }
}

words! {
    /// What an answer or a signal says of a cause.
    Points {
        /// Factor 1000, counted once and outside the limits of the others.
        Proves = "proves",
        /// Factor 8.
        Strongly = "strongly",
        /// Factor 3.
        Points = "points",
        /// Factor 1.5.
        Slightly = "slightly",
        /// Factor 0.7.
        SlightlyAgainst = "slightly-against",
        /// Factor 0.3.
        Against = "against",
        /// Factor 0.001, counted once and outside the limits of the others.
        RulesOut = "rules-out",
    }
}

impl Points {
    /// The factor that the word stands for. Never zero: a cause once at zero could not come back.
    #[must_use]
    pub const fn factor(self) -> f64 {
        match self {
            Self::Proves => 1000.0,
            Self::Strongly => 8.0,
            Self::Points => 3.0,
            Self::Slightly => 1.5,
            Self::SlightlyAgainst => 0.7,
            Self::Against => 0.3,
            Self::RulesOut => 0.001,
        }
    }

    fn strength(self) -> f64 {
        self.factor().max(1.0 / self.factor())
    }
}

words! {
    /// How often a fix mends a cause.
    Works {
        /// Chance 0.2.
        Rarely = "rarely",
        /// Chance 0.4.
        Sometimes = "sometimes",
        /// Chance 0.6.
        Often = "often",
        /// Chance 0.8.
        Usually = "usually",
        /// Chance 0.95.
        NearlyAlways = "nearly-always",
    }
}

impl Works {
    /// The chance that the word stands for.
    #[must_use]
    pub const fn chance(self) -> f64 {
        match self {
            Self::Rarely => 0.2,
            Self::Sometimes => 0.4,
            Self::Often => 0.6,
            Self::Usually => 0.8,
            Self::NearlyAlways => 0.95,
        }
    }
}

words! {
    /// How likely a cause is, in the words that people see.
    Likelihood {
        /// At least half, and at least twice the next.
        MostLikely = "most-likely",
        /// At least a fifth.
        Likely = "likely",
        /// At least a twentieth.
        Possible = "possible",
        /// The rest.
        LessLikely = "less-likely",
    }
}

/// The ordinary factors of one cause are held between 1/50 and 50: many small hints are no proof.
const HELD: f64 = 50.0;
/// Two neighbours closer than this cannot honestly be put in order: the words are no more exact.
const TIE: f64 = 2.0;
/// Fixes of at most this many minutes can share one payment attempt.
const QUICK_MINUTES: u32 = 10;
/// So many quick fixes share one payment attempt at most.
const SHARED: usize = 3;

/// Why a cause or a fix is where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// The answer of a screen.
    Answer(ScreenIx),
    /// The mark of an item of a checklist.
    Item(ScreenIx, usize),
    /// A signal in the pasted text.
    Signal(SignalIx),
}

/// One cause in play, with its share of all weight.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedCause {
    /// The cause.
    pub cause: CauseIx,
    /// Its share, 0 to 1.
    pub share: f64,
    /// The share in words.
    pub likelihood: Likelihood,
    /// Whether something that counted proves it.
    pub proved: bool,
    /// What raised it.
    pub because: Vec<Because>,
}

/// One fix of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedFix {
    /// The fix.
    pub fix: FixIx,
    /// Number of its group of fixes that cannot be told apart, from 1.
    pub tie: usize,
    /// Number of the payment attempt that it shares, from 1; none if it ends without a payment.
    pub attempt: Option<usize>,
    /// The causes in play that it works for, the likeliest first.
    pub because: Vec<CauseIx>,
    /// Chance that it helps now, given that those above it failed.
    pub helps: f64,
    /// Whether it hands over to support.
    pub support: bool,
}

/// What is likely and what to do about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// All causes in play, the likeliest first.
    pub causes: Vec<RankedCause>,
    /// What to do, in order; support, where it stands, is last.
    pub fixes: Vec<RankedFix>,
    /// Whether `other` leads: then nobody can tell yet.
    pub undecided: bool,
    /// The final cause that leads by proof, if one does.
    pub settled: Option<CauseIx>,
}

impl Diagnosis {
    /// Weighs the causes by what is known and orders the fixes.
    #[must_use]
    pub fn new(facts: &Facts<'_>) -> Self {
        let causes = weigh(facts);
        let undecided = causes.first().is_none_or(|top| top.cause == facts.guide.other);
        let settled =
            causes.first().filter(|top| top.proved && facts.guide.causes[top.cause].is_final).map(|top| top.cause);
        let fixes = order(facts, &causes, settled);
        Self { causes, fixes, undecided, settled }
    }

    /// The likelihood of a cause; none if it is not in play.
    #[must_use]
    pub fn likelihood(&self, cause: CauseIx) -> Option<Likelihood> {
        self.causes.iter().find(|ranked| ranked.cause == cause).map(|ranked| ranked.likelihood)
    }

    /// The causes that lead and cannot be told apart, `other` not among them.
    pub fn leading(&self, other: CauseIx) -> impl Iterator<Item = &RankedCause> {
        let best = self.causes.first().map_or(0.0, |top| top.share);
        self.causes.iter().take_while(move |ranked| ranked.share * TIE >= best).filter(move |r| r.cause != other)
    }
}

/// One thing that speaks for or against a cause.
struct Evidence {
    because: Because,
    points: Points,
    group: Option<usize>,
}

fn gather(facts: &Facts<'_>) -> BTreeMap<CauseIx, Vec<Evidence>> {
    let guide = facts.guide;
    let mut all: BTreeMap<CauseIx, Vec<Evidence>> = BTreeMap::new();
    let mut add = |cause: CauseIx, because, points, group| {
        all.entry(cause).or_default().push(Evidence { because, points, group });
    };
    for &signal in facts.signals() {
        for (cause, points) in &guide.signals[signal].points_to {
            add(*cause, Because::Signal(signal), *points, guide.signals[signal].group);
        }
    }
    for (screen, answer, by) in facts.answers() {
        let group = guide.screens[screen].group;
        let told = |cause: CauseIx| match by {
            // The signal already said so itself; its answer must not say it again.
            By::Signal(signal) => guide.signals[signal].points_to.iter().any(|(known, _)| *known == cause),
            By::Person | By::Flag => false,
        };
        if let Some(meaning) = facts.meaning(screen) {
            for (cause, points) in meaning.points_to {
                if !told(*cause) {
                    add(*cause, Because::Answer(screen), *points, group);
                }
            }
        }
        if let (Kind::Checklist(items), Answer::Items(marks)) = (&guide.screens[screen].kind, answer) {
            for (ix, (item, mark)) in items.iter().zip(marks).enumerate() {
                let points = match mark {
                    Mark::Fine => &item.fine,
                    Mark::Problem => &item.problem,
                    Mark::NotSure => continue,
                };
                for (cause, points) in points {
                    if !told(*cause) {
                        add(*cause, Because::Item(screen, ix), *points, group);
                    }
                }
            }
        }
    }
    all
}

/// Of the evidence of one group only the strongest counts, an answer before any signal; opposites of equal
/// strength cancel.
fn strongest(group: Vec<Evidence>) -> Option<Evidence> {
    let answered = group.iter().any(|one| !matches!(one.because, Because::Signal(_)));
    let mut best: Option<Evidence> = None;
    let mut cancelled = false;
    for one in group {
        if answered && matches!(one.because, Because::Signal(_)) {
            continue;
        }
        match &best {
            Some(known) => match one.points.strength().total_cmp(&known.points.strength()) {
                std::cmp::Ordering::Greater => {
                    best = Some(one);
                    cancelled = false;
                }
                std::cmp::Ordering::Equal => cancelled |= (one.points.factor() > 1.0) != (known.points.factor() > 1.0),
                std::cmp::Ordering::Less => {}
            },
            None => best = Some(one),
        }
    }
    best.filter(|_| !cancelled)
}

/// The evidence of one cause that counts.
fn counted(evidence: Vec<Evidence>) -> Vec<Evidence> {
    let mut alone = Vec::new();
    let mut groups: BTreeMap<usize, Vec<Evidence>> = BTreeMap::new();
    for one in evidence {
        match one.group {
            Some(group) => groups.entry(group).or_default().push(one),
            None => alone.push(one),
        }
    }
    alone.extend(groups.into_values().filter_map(strongest));
    alone
}

/// What is left of a cause after fixes that would have mended it were tried and did not: the product of 1 - q, where
/// a fix that was perhaps not done rightly counts half.
fn still_wrong(facts: &Facts<'_>, cause: CauseIx) -> f64 {
    facts
        .tried
        .iter()
        .map(|tried| {
            let works = facts.guide.fixes[tried.fix].works_for.iter().find(|(known, _)| *known == cause);
            let chance = works.map_or(0.0, |(_, works)| works.chance());
            match tried.how {
                Tried::Failed => 1.0 - chance,
                Tried::Unsure => 1.0 - chance / 2.0,
                // What mended it tells what it was; a cause that it cannot mend is not at zero, as nothing is.
                Tried::Worked if facts.solved() == Some(tried.fix) => chance.max(Points::RulesOut.factor()),
                Tried::Cannot | Tried::Worked => 1.0,
            }
        })
        .product()
}

fn weigh(facts: &Facts<'_>) -> Vec<RankedCause> {
    let guide = facts.guide;
    let mut evidence = gather(facts);
    let mut causes: Vec<RankedCause> = Vec::new();
    let mut total = 0.0;
    for (ix, cause) in guide.causes.iter().enumerate() {
        if !holds(cause.when.as_ref(), facts) {
            continue;
        }
        let counted = counted(evidence.remove(&ix).unwrap_or_default());
        let has = |points| counted.iter().any(|one| one.points == points);
        let ordinary: f64 = counted
            .iter()
            .filter(|one| !matches!(one.points, Points::Proves | Points::RulesOut))
            .map(|one| one.points.factor())
            .product();
        let mut weight = cause.how_common.weight() * ordinary.clamp(1.0 / HELD, HELD);
        for sure in [Points::Proves, Points::RulesOut] {
            if has(sure) {
                weight *= sure.factor();
            }
        }
        weight *= still_wrong(facts, ix);
        let mut because: Vec<&Evidence> = counted.iter().filter(|one| one.points.factor() > 1.0).collect();
        because.sort_by(|a, b| b.points.factor().total_cmp(&a.points.factor()));
        total += weight;
        causes.push(RankedCause {
            cause: ix,
            share: weight,
            likelihood: Likelihood::LessLikely,
            proved: has(Points::Proves) && !has(Points::RulesOut),
            because: because.into_iter().map(|one| one.because).collect(),
        });
    }
    for ranked in &mut causes {
        ranked.share /= total;
    }
    // The causes of a guide stand in the order of their ids, and the sort is stable.
    causes.sort_by(|a, b| b.share.total_cmp(&a.share));
    let second = causes.get(1).map_or(0.0, |next| next.share);
    for (place, ranked) in causes.iter_mut().enumerate() {
        ranked.likelihood = match ranked.share {
            share if place == 0 && share >= 0.5 && share >= 2.0 * second => Likelihood::MostLikely,
            share if share >= 0.2 => Likelihood::Likely,
            share if share >= 0.05 => Likelihood::Possible,
            _ => Likelihood::LessLikely,
        };
    }
    causes
}

fn order(facts: &Facts<'_>, causes: &[RankedCause], settled: Option<CauseIx>) -> Vec<RankedFix> {
    let guide = facts.guide;
    let support = guide.support.as_ref();
    let mut weights = vec![0.0; guide.causes.len()];
    for ranked in causes {
        weights[ranked.cause] = ranked.share;
    }
    // What was perhaps not done rightly can be done again.
    let done = |fix: FixIx| facts.tried.iter().any(|tried| tried.fix == fix && tried.how != Tried::Unsure);
    let offered: Vec<FixIx> = (0..guide.fixes.len())
        .filter(|&fix| support.is_none_or(|support| support.fix != fix))
        .filter(|&fix| holds(guide.fixes[fix].when.as_ref(), facts))
        .filter(|&fix| !done(fix))
        .filter(|&fix| settled.is_none_or(|cause| guide.fixes[fix].works_for.iter().any(|(c, _)| *c == cause)))
        .collect();
    let plain: Vec<rank::Fix> = offered
        .iter()
        .map(|&fix| rank::Fix {
            minutes: f64::from(guide.fixes[fix].minutes),
            works_for: guide.fixes[fix].works_for.iter().map(|(cause, works)| (*cause, works.chance())).collect(),
            last_resort: guide.fixes[fix].risk == Risk::HardToUndo,
        })
        .collect();
    let keep: Vec<CauseIx> =
        causes.iter().filter(|ranked| ranked.likelihood <= Likelihood::Likely).map(|ranked| ranked.cause).collect();
    let handing_over = support.map_or(f64::INFINITY, |support| support.minutes);
    let list = rank::rank(&weights, &plain, handing_over, &keep);
    let mut fixes: Vec<RankedFix> = Vec::new();
    for step in &list.steps {
        fixes.push(RankedFix {
            fix: offered[step.fix],
            tie: step.tie,
            attempt: None,
            because: reasons(facts, offered[step.fix], causes),
            helps: step.helps,
            support: false,
        });
    }
    share_attempts(facts, &mut fixes);
    if let Some(support) = support
        && !done(support.fix)
        // Whoever has tried everything is not left without anybody to turn to.
        && (holds(support.when.as_ref(), facts) || (fixes.is_empty() && settled.is_none() && !facts.tried.is_empty()))
        && holds(guide.fixes[support.fix].when.as_ref(), facts)
    {
        fixes.push(RankedFix {
            fix: support.fix,
            tie: list.steps.last().map_or(0, |step| step.tie) + 1,
            attempt: None,
            because: reasons(facts, support.fix, causes),
            helps: list.unsolved,
            support: true,
        });
    }
    fixes
}

/// The causes that a fix is there for: those it works for that are possible or more, else the likeliest of them.
fn reasons(facts: &Facts<'_>, fix: FixIx, causes: &[RankedCause]) -> Vec<CauseIx> {
    let works_for = &facts.guide.fixes[fix].works_for;
    let mine: Vec<&RankedCause> =
        causes.iter().filter(|ranked| works_for.iter().any(|(cause, _)| *cause == ranked.cause)).collect();
    let possible: Vec<CauseIx> =
        mine.iter().filter(|ranked| ranked.likelihood <= Likelihood::Possible).map(|ranked| ranked.cause).collect();
    if possible.is_empty() { mine.first().map(|ranked| ranked.cause).into_iter().collect() } else { possible }
}

/// Quick fixes next to each other that the person does alone share one payment attempt.
fn share_attempts(facts: &Facts<'_>, fixes: &mut [RankedFix]) {
    let mut attempt = 0;
    let mut shared = 0;
    for ranked in fixes {
        let fix = &facts.guide.fixes[ranked.fix];
        if !fix.retry {
            shared = 0;
            continue;
        }
        let quick = fix.who == Who::You && fix.wait == Wait::None && fix.minutes <= QUICK_MINUTES;
        if !(quick && (1..SHARED).contains(&shared)) {
            attempt += 1;
            shared = 0;
        }
        shared = if quick { shared + 1 } else { 0 };
        ranked.attempt = Some(attempt);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(points: Points, group: Option<usize>, signal: bool) -> Evidence {
        let because = if signal { Because::Signal(0) } else { Because::Answer(0) };
        Evidence { because, points, group }
    }

    /// The product of what counts, as the weights see it.
    fn factor(evidence: Vec<Evidence>) -> f64 {
        counted(evidence).iter().map(|one| one.points.factor()).product()
    }

    #[test]
    fn what_counts_of_a_group() {
        use Points::{Against, Points as P, Proves, RulesOut, Slightly, Strongly};
        let cases: Vec<(&str, Vec<Evidence>, f64)> = vec![
            ("nothing", vec![], 1.0),
            ("alone, all count", vec![evidence(P, None, false), evidence(P, None, true)], 9.0),
            ("the strongest of a group", vec![evidence(P, Some(1), false), evidence(Strongly, Some(1), false)], 8.0),
            ("also against", vec![evidence(Slightly, Some(1), false), evidence(Against, Some(1), false)], 0.3),
            ("groups do not mix", vec![evidence(P, Some(1), false), evidence(P, Some(2), false)], 9.0),
            (
                "an answer goes before a signal",
                vec![evidence(Slightly, Some(1), false), evidence(Proves, Some(1), true)],
                1.5,
            ),
            ("signals count where nobody answered", vec![evidence(Strongly, Some(1), true)], 8.0),
            (
                "opposites of one strength cancel",
                vec![evidence(Proves, Some(1), false), evidence(RulesOut, Some(1), false)],
                1.0,
            ),
            (
                "and cancel for good",
                vec![evidence(Proves, Some(1), false), evidence(RulesOut, Some(1), false), evidence(P, Some(1), false)],
                1.0,
            ),
        ];
        for (name, evidence, expected) in cases {
            let got = factor(evidence);
            assert!((got - expected).abs() < 1e-9, "{name}: {got}");
        }
    }
}

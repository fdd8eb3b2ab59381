//! The ranking on plain numbers: knows no guide, no words, no person.
//!
//! One fault at a time. A fix helps now with chance s = Σ pᵢ·qᵢ and costs minutes c; fixes go by falling s / c,
//! each placed as if those above it had failed. With one fix for each cause this order has the least expected
//! cost (Kalagnanam & Henrion 1990); with shared causes it is close to it.

/// One fix, in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// The person's effort.
    pub minutes: f64,
    /// Index of a cause and the chance that this mends it.
    pub works_for: Vec<(usize, f64)>,
    /// Hard to undo: goes behind every safe fix that is worth its time.
    pub last_resort: bool,
}

/// One place of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Index of the fix.
    pub fix: usize,
    /// Chance that it helps, given that those above failed.
    pub helps: f64,
    /// The same for each minute.
    pub ratio: f64,
    /// Number of the group of fixes that could as well stand in each other's place, from 1.
    pub tie: usize,
}

/// Two fixes closer than this cannot honestly be put in order: the words behind the numbers are no more exact.
const TIE: f64 = 2.0;

/// The list, and what it may cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The fixes in order.
    pub steps: Vec<Step>,
    /// Expected minutes, support at the end included.
    pub minutes: f64,
    /// Chance that nothing on the list helped, 0 to 1.
    pub unsolved: f64,
}

/// Shorter than this nobody does anything; without it, the smallest fixes would float to the top.
const LEAST_MINUTES: f64 = 2.0;

/// Orders `fixes` for causes with these `weights` (any scale, none negative).
///
/// The list ends where asking support, at `support` minutes, is the better use of the time; the best fix of every
/// cause in `keep` stays on it all the same.
#[must_use]
pub fn rank(weights: &[f64], fixes: &[Fix], support: f64, keep: &[usize]) -> Plan {
    let total: f64 = weights.iter().sum();
    let mut left: Vec<f64> = weights.iter().map(|weight| if total > 0.0 { weight / total } else { 0.0 }).collect();
    let start = left.clone();
    let mut open: Vec<usize> = (0..fixes.len()).collect();
    let line = 1.0 / support;
    let mut plan = Plan { steps: Vec::new(), minutes: 0.0, unsolved: 1.0 };

    while let Some(step) = best(&left, fixes, &open, |_| true) {
        if step.ratio < line {
            break;
        }
        let safe = best(&left, fixes, &open, |fix| !fix.last_resort).filter(|safe| safe.ratio >= line);
        let step = if fixes[step.fix].last_resort { safe.unwrap_or(step) } else { step };
        take(step, fixes, &mut left, &mut open, &mut plan);
    }
    // What a likely cause needs is not cut off.
    let kept: Vec<usize> = keep.iter().filter_map(|&cause| best_for(cause, fixes)).collect();
    let is_kept = |fix: &&usize| kept.contains(fix);
    while let Some(step) = best_of(&left, fixes, open.iter().filter(is_kept).filter(|&&fix| !fixes[fix].last_resort))
        .or_else(|| best_of(&left, fixes, open.iter().filter(is_kept)))
    {
        take(step, fixes, &mut left, &mut open, &mut plan);
    }
    number_ties(&start, fixes, &mut plan.steps);
    if support.is_finite() {
        plan.minutes += plan.unsolved * support;
    }
    plan
}

/// Fixes of one group could be taken in any order: at the moment when the first of them is chosen their ratios are
/// within a factor 2 of its own. What is hard to undo is never as good as what is safe.
fn number_ties(start: &[f64], fixes: &[Fix], steps: &mut [Step]) {
    let mut left = start.to_vec();
    let mut at_first = left.clone();
    let mut first: Option<Step> = None;
    let mut tie = 0;
    for step in steps {
        let then = best_of(&at_first, fixes, [step.fix].iter()).map_or(0.0, |step| step.ratio);
        let same = first.is_some_and(|first| {
            then * TIE >= first.ratio
                && then <= first.ratio * TIE
                && fixes[first.fix].last_resort == fixes[step.fix].last_resort
        });
        if !same {
            tie += 1;
            first = Some(*step);
            at_first.clone_from(&left);
        }
        step.tie = tie;
        fail(&mut left, &fixes[step.fix]);
    }
}

fn take(step: Step, fixes: &[Fix], left: &mut [f64], open: &mut Vec<usize>, plan: &mut Plan) {
    plan.minutes += plan.unsolved * fixes[step.fix].minutes;
    plan.unsolved *= 1.0 - step.helps;
    fail(left, &fixes[step.fix]);
    open.retain(|&fix| fix != step.fix);
    plan.steps.push(step);
}

/// What is left of the weights when a fix did not help.
fn fail(left: &mut [f64], fix: &Fix) {
    for (cause, share) in left.iter_mut().enumerate() {
        *share *= 1.0 - mends(fix, cause);
    }
    let rest: f64 = left.iter().sum();
    if rest > 0.0 {
        for share in left.iter_mut() {
            *share /= rest;
        }
    }
}

fn mends(fix: &Fix, cause: usize) -> f64 {
    fix.works_for.iter().find(|(known, _)| *known == cause).map_or(0.0, |(_, chance)| *chance)
}

fn best(left: &[f64], fixes: &[Fix], open: &[usize], fits: impl Fn(&Fix) -> bool) -> Option<Step> {
    best_of(left, fixes, open.iter().filter(|&&fix| fits(&fixes[fix])))
}

/// The best ratio; of equals the first, so that the order never hangs on chance.
fn best_of<'a>(left: &[f64], fixes: &[Fix], open: impl Iterator<Item = &'a usize>) -> Option<Step> {
    open.map(|&fix| {
        let helps: f64 = fixes[fix].works_for.iter().map(|(cause, chance)| left[*cause] * chance).sum();
        Step { fix, helps, ratio: helps / fixes[fix].minutes.max(LEAST_MINUTES), tie: 0 }
    })
    .filter(|step| step.helps > 0.0)
    .min_by(|a, b| b.ratio.total_cmp(&a.ratio).then(a.fix.cmp(&b.fix)))
}

fn best_for(cause: usize, fixes: &[Fix]) -> Option<usize> {
    (0..fixes.len()).filter(|&fix| mends(&fixes[fix], cause) > 0.0).min_by(|&a, &b| {
        mends(&fixes[b], cause)
            .total_cmp(&mends(&fixes[a], cause))
            .then(fixes[a].minutes.total_cmp(&fixes[b].minutes))
            .then(a.cmp(&b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAUSES: [&str; 8] = [
        "issuer_block",
        "details_wrong",
        "low_funds",
        "auth_unfinished",
        "card_kind",
        "too_many_tries",
        "region",
        "other",
    ];
    const WEIGHTS: [f64; 8] = [30.0, 20.0, 15.0, 12.0, 10.0, 6.0, 4.0, 3.0];
    const FIXES: [&str; 6] =
        ["retype_details", "call_bank", "finish_bank_check", "add_funds", "other_card", "wait_a_day"];

    fn cause(name: &str) -> usize {
        CAUSES.iter().position(|known| *known == name).unwrap()
    }

    fn fix(minutes: f64, works_for: &[(&str, f64)]) -> Fix {
        Fix {
            minutes,
            works_for: works_for.iter().map(|(name, chance)| (cause(name), *chance)).collect(),
            last_resort: false,
        }
    }

    fn model() -> Vec<Fix> {
        vec![
            fix(3.0, &[("details_wrong", 0.9)]),
            fix(20.0, &[("issuer_block", 0.85), ("low_funds", 0.3), ("auth_unfinished", 0.3)]),
            fix(6.0, &[("auth_unfinished", 0.7)]),
            fix(10.0, &[("low_funds", 0.9)]),
            fix(
                8.0,
                &[
                    ("issuer_block", 0.6),
                    ("card_kind", 0.8),
                    ("low_funds", 0.7),
                    ("auth_unfinished", 0.3),
                    ("details_wrong", 0.2),
                ],
            ),
            fix(5.0, &[("too_many_tries", 0.95)]),
        ]
    }

    fn answered(factors: &[(&str, f64)]) -> Vec<f64> {
        let mut weights = WEIGHTS.to_vec();
        for (name, factor) in factors {
            weights[cause(name)] *= factor;
        }
        weights
    }

    /// Name, weights, order, expected minutes, share still unsolved.
    type Case<'a> = (&'a str, Vec<f64>, &'a [&'a str], f64, f64);

    /// The worked model: order, expected minutes, share still unsolved at the hand-over.
    #[test]
    fn worked_model() {
        let no_alert = [
            ("issuer_block", 0.6),
            ("auth_unfinished", 0.5),
            ("details_wrong", 1.3),
            ("card_kind", 1.2),
            ("region", 1.2),
        ];
        let prepaid = [("card_kind", 8.0), ("issuer_block", 0.7)];
        let alert = [
            ("issuer_block", 4.0),
            ("auth_unfinished", 3.0),
            ("details_wrong", 0.3),
            ("card_kind", 0.5),
            ("too_many_tries", 0.7),
            ("region", 0.5),
            ("other", 0.7),
        ];
        let cases: [Case<'_>; 3] = [
            (
                "no answers",
                answered(&[]),
                &["retype_details", "other_card", "wait_a_day", "finish_bank_check", "call_bank"],
                30.3354,
                0.176,
            ),
            (
                "no alert, prepaid",
                answered(&[&no_alert[..], &prepaid[..]].concat()),
                &["other_card", "retype_details", "wait_a_day"],
                25.91,
                0.255,
            ),
            (
                "alert",
                answered(&alert),
                &["other_card", "finish_bank_check", "call_bank", "retype_details", "wait_a_day"],
                26.58,
                0.113,
            ),
        ];
        for (name, weights, order, minutes, unsolved) in cases {
            let plan = rank(&weights, &model(), 60.0, &[]);
            let got: Vec<&str> = plan.steps.iter().map(|step| FIXES[step.fix]).collect();
            assert_eq!(got, order, "{name}");
            assert!((plan.minutes - minutes).abs() < 0.005, "{name}: {} minutes", plan.minutes);
            assert!((plan.unsolved - unsolved).abs() < 0.0005, "{name}: {} unsolved", plan.unsolved);
        }
    }

    /// The model by hand: mistyped .4, bank block .4, prepaid .2.
    #[test]
    fn model_by_hand() {
        let sure = |minutes, cause| Fix { minutes, works_for: vec![(cause, 1.0)], last_resort: false };
        let (retype, bank, other) = (0, 1, 2);
        let mut fixes = vec![sure(3.0, 0), sure(20.0, 1), sure(8.0, 2)];
        let order = |plan: &Plan| plan.steps.iter().map(|step| step.fix).collect::<Vec<_>>();

        let plan = rank(&[0.4, 0.4, 0.2], &fixes, f64::INFINITY, &[]);
        assert_eq!((order(&plan), plan.minutes), (vec![retype, other, bank], 15.8));

        let plan = rank(&[0.4, 0.4, 1.6], &fixes, f64::INFINITY, &[]);
        assert_eq!(order(&plan), [other, retype, bank]);
        assert!((plan.minutes - 12.333).abs() < 0.05, "{}", plan.minutes);

        fixes[other].works_for[0].1 = 0.8;
        let failed = [0.4, 0.4, 1.6 * 0.2];
        let total: f64 = failed.iter().sum();
        let shares: Vec<String> = failed.iter().map(|weight| format!("{:.3}", weight / total)).collect();
        assert_eq!(shares, ["0.357", "0.357", "0.286"]);
        assert_eq!(rank(&failed, &fixes, f64::INFINITY, &[]).steps[0].fix, retype);
    }

    #[test]
    fn what_is_hard_to_undo_goes_behind_what_is_safe() {
        let mut fixes = vec![
            Fix { minutes: 5.0, works_for: vec![(0, 0.95)], last_resort: true },
            Fix { minutes: 10.0, works_for: vec![(0, 0.4)], last_resort: false },
            Fix { minutes: 10.0, works_for: vec![(1, 0.001)], last_resort: false },
        ];
        let order =
            |fixes: &[Fix]| rank(&[1.0, 1.0], fixes, 60.0, &[]).steps.iter().map(|step| step.fix).collect::<Vec<_>>();
        assert_eq!(order(&fixes), [1, 0], "the safe one first, what is not worth the time not at all");
        fixes[1].works_for.clear();
        assert_eq!(order(&fixes), [0], "no safe one is left");
    }

    #[test]
    fn a_likely_cause_keeps_its_best_fix() {
        let fixes = vec![
            Fix { minutes: 200.0, works_for: vec![(0, 0.95)], last_resort: false },
            Fix { minutes: 90.0, works_for: vec![(0, 0.6)], last_resort: false },
        ];
        assert_eq!(rank(&[1.0], &fixes, 60.0, &[]).steps.len(), 0);
        let kept = rank(&[1.0], &fixes, 60.0, &[0]);
        assert_eq!(kept.steps.iter().map(|step| step.fix).collect::<Vec<_>>(), [0]);
    }

    /// Ties are told at the moment of choosing: not by what a ratio sinks to when the one above has failed.
    #[test]
    fn ties() {
        let fix = |minutes, works_for: &[(usize, f64)], last_resort| Fix {
            minutes,
            works_for: works_for.to_vec(),
            last_resort,
        };
        let ties = |fixes: &[Fix]| -> Vec<(usize, usize)> {
            rank(&[0.6, 0.4], fixes, 60.0, &[]).steps.iter().map(|step| (step.fix, step.tie)).collect()
        };
        // As good as each other, though after the first has failed the second looks weak.
        assert_eq!(ties(&[fix(4.0, &[(0, 0.8)], false), fix(4.0, &[(0, 0.6)], false)]), [(0, 1), (1, 1)]);
        // Three times as good is no tie.
        assert_eq!(ties(&[fix(4.0, &[(0, 0.9)], false), fix(9.0, &[(1, 0.8)], false)]), [(0, 1), (1, 2)]);
        // Hard to undo is never as good as safe.
        assert_eq!(ties(&[fix(4.0, &[(0, 0.8)], false), fix(4.0, &[(1, 0.8)], true)]), [(0, 1), (1, 2)]);
    }

    #[test]
    fn nothing_to_rank() {
        let plan = rank(&[], &[], 60.0, &[]);
        assert_eq!((plan.steps.len(), plan.unsolved, plan.minutes), (0, 1.0, 60.0));
        let plan = rank(&[0.0; 8], &model(), 60.0, &[]);
        assert_eq!(plan.steps.len(), 0);
    }
}

//! Payments that were tried: how many there were, which fixes shared one, and when to stop.
//!
//! Banks and processors lock a card that is tried too often, so the list counts. How many tries are too many and how
//! long to wait is the guide's to say (`[retry]`).

use time::{Duration, OffsetDateTime, Time};

use crate::diagnosis::Diagnosis;
use crate::guide::answer::{Facts, Given, Tried, Try};
use crate::guide::condition::holds;
use crate::guide::money::Month;
use crate::guide::{FixIx, Guide};

/// Takes down what became of a fix.
///
/// Fixes that stood in one attempt when it was made are told one after the other; only the first of them counts as a
/// payment.
pub fn tell(guide: &Guide, given: &mut Given, today: Month, fix: FixIx, how: Tried) {
    let pays = how.is_declined() && guide.fixes[fix].retry && !shares_the_last(guide, given, today, fix);
    given.tried.push(Try { fix, how, at: given.now, pays });
}

/// Takes everything down anew, in order: after one thing was told otherwise, another one may be the payment.
pub fn recount(guide: &Guide, given: &mut Given, today: Month) {
    let now = given.now;
    for told in std::mem::take(&mut given.tried) {
        given.now = told.at;
        tell(guide, given, today, told.fix, told.how);
    }
    given.now = now;
}

/// What is told later than this after a payment was not done before it.
const TOLD_TOGETHER: Duration = Duration::hours(1);

/// Whether a fix stood in the same attempt as the last payment that was told.
#[must_use]
pub fn shares_the_last(guide: &Guide, given: &Given, today: Month, fix: FixIx) -> bool {
    let Some(last) = given.tried.iter().rposition(|tried| tried.pays) else { return false };
    if given.now.zip(given.tried[last].at).is_some_and(|(now, then)| now - then > TOLD_TOGETHER) {
        return false;
    }
    // Told a second time, it was paid for a second time.
    if given.tried[last..].iter().any(|tried| tried.fix == fix) {
        return false;
    }
    let before = Given { tried: given.tried[..last].to_vec(), ..given.clone() };
    let then = Diagnosis::new(&Facts::new(guide, &before, today)).fixes;
    let attempt = |wanted: FixIx| then.iter().find(|ranked| ranked.fix == wanted).and_then(|ranked| ranked.attempt);
    attempt(fix).is_some() && attempt(fix) == attempt(given.tried[last].fix)
}

/// How many payments failed: those that the answers tell of, and those since.
#[must_use]
pub fn failed(facts: &Facts<'_>) -> u32 {
    let since = facts.tried.iter().filter(|tried| tried.pays && tried.is_declined()).count();
    facts.attempts().saturating_add(u32::try_from(since).unwrap_or(u32::MAX))
}

/// That one should stop paying for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// How many payments failed, as far as is known.
    pub failed: u32,
    /// The hours of rest that something in the answers or the message asks for.
    pub hours: Option<u32>,
    /// From when one more try is sensible; none where nobody knows when the last one was.
    pub until: Option<OffsetDateTime>,
    /// Whether that time has come.
    pub is_over: bool,
}

/// How many payments failed, and the hours of rest that a signal or an answer asks for.
#[must_use]
pub fn refusals(facts: &Facts<'_>) -> (u32, Option<u32>) {
    let Some(retry) = &facts.guide.retry else { return (failed(facts), None) };
    let asked = retry.when.is_some() && holds(retry.when.as_ref(), facts);
    let seen = facts.signals().iter().any(|signal| retry.after.contains(signal));
    (failed(facts), (asked || seen).then_some(retry.wait_hours))
}

/// Whether to stop, and until when: some hours from the last refusal where a signal or an answer asks for them, else
/// until the next day.
///
/// The last refusal is the last that was told: as a fix that failed, or as an answer.
#[must_use]
pub fn stop(facts: &Facts<'_>) -> Option<Stop> {
    let retry = facts.guide.retry.as_ref()?;
    let (failed, hours) = refusals(facts);
    if (hours.is_none() && failed < retry.stop_after) || facts.solved().is_some() {
        return None;
    }
    let paid = facts.tried.iter().filter(|tried| tried.pays && tried.is_declined());
    let last = paid.filter_map(|tried| tried.at).max().max(facts.refused);
    let until = last.or(facts.begun).or(facts.now).map(|last| match hours {
        Some(hours) => last.saturating_add(Duration::hours(i64::from(hours))),
        None => last.saturating_add(Duration::days(1)).replace_time(Time::MIDNIGHT),
    });
    let is_over = until.zip(facts.now).is_some_and(|(until, now)| until <= now);
    Some(Stop { failed, hours, until, is_over })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;

    use time::macros::datetime;

    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::guide::answer::Answer;
    use crate::guide::check::check;

    const TODAY: Month = Month { year: 2026, month: 11 };

    /// Quick fixes `a`, `b`, `c`, `d` and a long one `long`, all with a payment; `look` without.
    fn guide() -> Guide {
        let mut text = r#"
format = 1
id = "t"
version = "1"
languages = ["en"]
title = "T"
[retry]
stop_after = 2
wait_hours = 24
when = { tries = "locked" }
[[source]]
id = "s"
title = "S"
url = "https://s.example"
checked = 2026-01-01
kind = "official"
max_age_days = 9
[[screen]]
id = "tries"
kind = "choice"
ask = "How often?"
short = "t"
[[screen.choice]]
id = "once"
label = "once"
attempts = 1
[[screen.choice]]
id = "twice"
label = "twice"
attempts = 2
[[screen.choice]]
id = "locked"
label = "the page says 24 hours"
[[cause]]
id = "other"
title = "Other"
how_common = "sometimes"
basis = "guess"
explain = "?"
"#
        .to_owned();
        for (id, minutes, retry) in
            [("a", 2, true), ("b", 3, true), ("c", 4, true), ("d", 5, true), ("look", 6, false), ("long", 30, true)]
        {
            let _ = write!(
                text,
                "[[cause]]\nid = \"of-{id}\"\ntitle = \"{id}\"\nhow_common = \"common\"\nbasis = \"guess\"\nexplain = \"?\"\n\
                 [[fix]]\nid = \"{id}\"\ntitle = \"{id}\"\nwho = \"you\"\nminutes = {minutes}\nwait = \"none\"\n\
                 works_for = {{ of-{id} = \"usually\" }}\nsteps = [\"do\"]\nsources = [\"s\"]\nreviewed = 2026-01-01\nretry = {retry}\n"
            );
        }
        let (guide, findings) = check(&[SourceFile { path: "t".into(), text }]);
        guide.unwrap_or_else(|| panic!("{findings:#?}"))
    }

    fn given(guide: &Guide, answer: Option<usize>, told: &[(&str, Tried)]) -> Given {
        let person: BTreeMap<_, _> = answer.map(|choice| (0, Answer::Choice(choice))).into_iter().collect();
        let now = Some(datetime!(2026-11-22 14:05 +8));
        let mut given = Given { person, now, ..Given::default() };
        for (id, how) in told {
            let fix = guide.fixes.iter().position(|fix| fix.id == *id).unwrap();
            tell(guide, &mut given, TODAY, fix, *how);
        }
        given
    }

    /// Name, what is told, what is told otherwise, and how many payments it comes to.
    type MendCase<'a> = (&'a str, &'a [(&'a str, Tried)], fn(&mut Given), u32);

    #[test]
    fn payments_are_counted_anew_when_something_was_otherwise() {
        use Tried::{Cannot, Failed, Worked};
        let guide = guide();
        let (a, b) = ("a", "b");
        let cases: &[MendCase<'_>] = &[
            ("the first was not tried", &[(a, Failed), (b, Failed)], |given| given.tried.retain(|told| !told.pays), 1),
            ("the first was not possible", &[(a, Failed), (b, Failed)], |given| given.tried[0].how = Cannot, 1),
            ("the second was possible", &[(a, Failed), (b, Cannot)], |given| given.tried[1].how = Failed, 1),
            ("it worked and then did not", &[(a, Worked), (b, Failed)], |_| {}, 1),
            ("neither was tried", &[(a, Failed), (b, Failed)], |given| given.tried.clear(), 0),
        ];
        for (name, told, mend, expected) in cases {
            let mut given = given(&guide, None, told);
            mend(&mut given);
            recount(&guide, &mut given, TODAY);
            assert_eq!(failed(&Facts::new(&guide, &given, TODAY)), *expected, "{name}");
        }
        // On another day it is another payment.
        let mut given = given(&guide, None, &[(a, Failed)]);
        given.now = given.now.map(|now| now + Duration::days(1));
        tell(&guide, &mut given, TODAY, guide.fixes.iter().position(|fix| fix.id == b).unwrap(), Failed);
        assert_eq!(failed(&Facts::new(&guide, &given, TODAY)), 2);
    }

    /// A refusal that is told of on another day counts from that day.
    #[test]
    fn the_wait_begins_with_the_last_refusal() {
        let guide = guide();
        let mut wizard = crate::wizard::Wizard::new(std::sync::Arc::new(guide), TODAY, BTreeMap::new());
        wizard.set_now(datetime!(2026-11-20 9:00 UTC));
        wizard.apply(crate::wizard::Move::Choose(0));
        wizard.set_now(datetime!(2026-11-23 9:00 UTC));
        wizard.apply(crate::wizard::Move::Edit(0));
        wizard.apply(crate::wizard::Move::Choose(2));
        let stop = stop(&wizard.facts()).unwrap();
        assert_eq!((stop.until, stop.is_over), (Some(datetime!(2026-11-24 9:00 UTC)), false));
    }

    /// Name, answer, what is told, and what must come out.
    type Case<'a, T> = (&'a str, Option<usize>, &'a [(&'a str, Tried)], T);

    #[test]
    fn payments_are_counted_once() {
        use Tried::{Cannot, Failed, Unsure, Worked};
        let guide = guide();
        let cases: &[Case<'_, u32>] = &[
            ("nothing", None, &[], 0),
            ("what the answers tell", Some(1), &[], 2),
            ("one more", Some(0), &[("a", Failed)], 2),
            ("three that share one payment", None, &[("a", Failed), ("b", Failed), ("c", Unsure)], 1),
            ("in any order", None, &[("c", Failed), ("a", Failed), ("b", Failed)], 1),
            (
                "the fourth has a payment of its own",
                None,
                &[("a", Failed), ("b", Failed), ("c", Failed), ("d", Failed)],
                2,
            ),
            ("a long one too", None, &[("a", Failed), ("long", Failed)], 2),
            ("no payment, none counted", None, &[("look", Failed)], 0),
            ("not done, nothing paid", None, &[("a", Cannot), ("b", Failed)], 1),
            ("done a second time, paid a second time", None, &[("a", Unsure), ("a", Failed)], 2),
            ("what went through did not fail", None, &[("a", Failed), ("long", Worked)], 1),
        ];
        for (name, answer, told, expected) in cases {
            let given = given(&guide, *answer, told);
            assert_eq!(failed(&Facts::new(&guide, &given, TODAY)), *expected, "{name}");
        }
    }

    type HoursUntil = (Option<u32>, OffsetDateTime);

    #[test]
    fn when_to_stop_and_until_when() {
        use Tried::{Failed, Worked};
        let guide = guide();
        let midnight = datetime!(2026-11-23 0:00 +8);
        let a_day_on = datetime!(2026-11-23 14:05 +8);
        let cases: &[Case<'_, Option<HoursUntil>>] = &[
            ("one is not too many", Some(0), &[], None),
            ("two, and the day is over", Some(1), &[], Some((None, midnight))),
            ("counted on", Some(0), &[("long", Failed)], Some((None, midnight))),
            ("the page asks for more", Some(2), &[], Some((Some(24), a_day_on))),
            ("solved", Some(1), &[("long", Worked)], None),
        ];
        for (name, answer, told, expected) in cases {
            let mut given = given(&guide, *answer, told);
            let stop = |given: &Given| stop(&Facts::new(&guide, given, TODAY));
            let got = stop(&given);
            assert_eq!(got.map(|stop| (stop.hours, stop.until.unwrap())), *expected, "{name}");
            assert!(got.is_none_or(|stop| !stop.is_over), "{name}");

            // Come back later, on clocks set elsewhere.
            given.begun = given.now;
            given.now = Some(datetime!(2026-11-23 6:05 UTC));
            assert!(stop(&given).is_none_or(|stop| stop.is_over), "{name}");
        }
    }

    #[test]
    fn a_guide_that_says_nothing_never_stops() {
        let mut guide = guide();
        guide.retry = None;
        let given = given(&guide, Some(1), &[]);
        assert_eq!(stop(&Facts::new(&guide, &given, TODAY)), None);
    }
}

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
    let declined = matches!(how, Tried::Failed | Tried::Unsure);
    let pays = declined && guide.fixes[fix].retry && !shares_the_last(guide, given, today, fix);
    given.tried.push(Try { fix, how, at: given.now, pays });
}

/// Whether a fix stood in the same attempt as the last payment that was told.
fn shares_the_last(guide: &Guide, given: &Given, today: Month, fix: FixIx) -> bool {
    let Some(last) = given.tried.iter().rposition(|tried| tried.pays) else { return false };
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

/// Whether to stop, and until when: some hours from the last payment where a signal or an answer asks for them, else
/// until the next day.
///
/// The last payment is the last that was told; those before the first question were not after it.
#[must_use]
pub fn stop(facts: &Facts<'_>) -> Option<Stop> {
    let retry = facts.guide.retry.as_ref()?;
    let failed = failed(facts);
    let asked = retry.when.is_some() && holds(retry.when.as_ref(), facts);
    let seen = facts.signals().iter().any(|signal| retry.after.contains(signal));
    let hours = (asked || seen).then_some(retry.wait_hours);
    if (hours.is_none() && failed < retry.stop_after) || facts.tried.iter().any(|tried| tried.how == Tried::Worked) {
        return None;
    }
    let last = facts.tried.iter().filter(|tried| tried.pays).filter_map(|tried| tried.at).max();
    let until = last.or(facts.begun).or(facts.now).map(|last| match hours {
        Some(hours) => last.saturating_add(Duration::hours(i64::from(hours))),
        None => last.saturating_add(Duration::days(1)).replace_time(Time::MIDNIGHT),
    });
    let is_over = until.zip(facts.now).is_some_and(|(until, now)| until <= now);
    Some(Stop { failed, hours, until, is_over })
}

//! Scenarios: raw entries to tests that can be run.

use super::keys::EXPECT;
use super::money::Month;
use super::read::Raw;
use super::resolve::Cx;
use super::{Expect, Guide, Next, Scenario, check_advice};
use crate::diagnosis::Likelihood;
use crate::input;

/// Tests in the content. `guide` has its screens, lists, fixes and signals by now.
pub fn scenarios(cx: &mut Cx<'_>, raws: &[&Raw], guide: &Guide) -> Vec<Scenario> {
    raws.iter()
        .map(|raw| Scenario {
            id: raw.id.clone(),
            today: today(cx, raw),
            answers: check_advice::answers(cx, raw, guide),
            error: raw.str("error").map(str::to_owned),
            tried: tried(cx, raw, guide),
            expect: raw.all(&EXPECT).next().map(|raw| expect(cx, raw)).unwrap_or_default(),
        })
        .collect()
}

/// The month of `today`.
fn today(cx: &mut Cx<'_>, raw: &Raw) -> Month {
    let month = check_advice::date(raw, "today").get(..7).and_then(Month::parse);
    if let (None, Some(node)) = (month, raw.get("today")) {
        let help = Some("a day from 1970 to 2199".into());
        cx.tell("bad-value", raw.file, &node.span, "`today` is out of range".into(), help);
    }
    month.unwrap_or(Month { year: 1970, month: 1 })
}

fn tried(cx: &mut Cx<'_>, raw: &Raw, guide: &Guide) -> Vec<(usize, super::answer::Tried)> {
    let mut out = Vec::new();
    for (text, span) in raw.strs("tried") {
        let id = text.split_once('=').map_or(text, |(id, _)| id).trim();
        if cx.find(|cx| &cx.fixes, id, raw.file, span).is_none() {
            continue;
        }
        match input::tried(guide, text, &out) {
            Ok(tried) => out.push(tried),
            Err(wrong) => cx.tell("bad-value", raw.file, span, wrong.message, wrong.help),
        }
    }
    out
}

fn expect(cx: &mut Cx<'_>, raw: &Raw) -> Expect {
    let next = raw.str("next").zip(raw.get("next")).and_then(|(id, node)| match id {
        "fix-list" => Some(Next::FixList),
        id => cx.find(|cx| &cx.screen_ids, id, raw.file, &node.span).map(Next::Screen),
    });
    Expect {
        cause: cx.ids(raw, "cause", |cx| &cx.causes),
        never: cx.ids(raw, "never", |cx| &cx.causes),
        at_most: raw.str("at_most").and_then(Likelihood::parse),
        first_fix: cx.ids(raw, "first_fix", |cx| &cx.fixes),
        fixes: cx.ids(raw, "fixes", |cx| &cx.fixes),
        no_fixes: cx.ids(raw, "no_fixes", |cx| &cx.fixes),
        warnings: cx.ids(raw, "warnings", |cx| &cx.warnings),
        reminders: cx.ids(raw, "reminders", |cx| &cx.reminders),
        letters: cx.ids(raw, "letters", |cx| &cx.letters),
        claims: cx.ids(raw, "claims", |cx| &cx.claims),
        signals: cx.ids(raw, "signals", |cx| &cx.signals),
        next,
        screens_at_most: raw.int("screens_at_most").and_then(|n| usize::try_from(n).ok()),
    }
}

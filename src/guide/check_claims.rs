//! Claims: raw entries to what the wizard tells of advice found elsewhere.

use super::keys::TOUCHES;
use super::read::Raw;
use super::resolve::Cx;
use super::{Claim, Touches, Verdict, check_advice};

/// Advice found elsewhere, in the order of the files.
pub fn claims(cx: &mut Cx<'_>, raws: &[&Raw]) -> Vec<Claim> {
    raws.iter()
        .map(|raw| {
            let verdict = raw.str("verdict").and_then(Verdict::parse).unwrap_or(Verdict::CannotBeChecked);
            let sources = cx.ids(raw, "sources", |cx| &cx.sources);
            // What nobody can check has no source; every other verdict rests on one.
            if verdict != Verdict::CannotBeChecked && raw.strs("sources").is_empty() && !raw.partial {
                let message = format!("the verdict on `{}` names no source", raw.id);
                let help = "name the source, or say that it cannot be checked".into();
                cx.tell("no-source", raw.file, &raw.span, message, Some(help));
            }
            Claim {
                id: raw.id.clone(),
                topic: check_advice::title(cx, raw, "topic"),
                says: check_advice::title(cx, raw, "says"),
                verdict,
                instead: check_advice::title(cx, raw, "instead"),
                short: raw.get("short").is_some().then(|| check_advice::title(cx, raw, "short")),
                when: cx.when(raw, None),
                sources,
                touches: raw.all(&TOUCHES).next().map_or_else(Touches::default, |raw| Touches {
                    screens: cx.ids(raw, "screens", |cx| &cx.screen_ids),
                    fixes: cx.ids(raw, "fixes", |cx| &cx.fixes),
                    causes: cx.ids(raw, "causes", |cx| &cx.causes),
                    reminders: cx.ids(raw, "reminders", |cx| &cx.reminders),
                }),
            }
        })
        .collect()
}

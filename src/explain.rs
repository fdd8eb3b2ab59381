//! What a code or a message means, who can mend it, and whether trying again helps.

use std::fmt::Write as _;

use serde::Serialize;

use crate::diagnostic::near_miss;
use crate::export::{FORMAT, SourceJson, pretty, push_sources, sources_json};
use crate::guide::answer::Facts;
use crate::guide::text::Text;
use crate::guide::{CauseIx, Guide, Signal};
use crate::redact::redact;
use crate::report::Tongue;
use crate::signal::{Hit, Matcher};

/// What is known in a text, the decisive first. Secrets are taken out of it before anything looks at it.
#[must_use]
pub fn recognise(guide: &Guide, text: &str) -> Vec<Hit> {
    let clean = redact(text);
    Matcher::for_texts(guide, [clean.text.as_str()]).map(|matcher| matcher.hits(&clean.text)).unwrap_or_default()
}

/// The code of the guide that is spelled nearly like this text, if it is one word.
#[must_use]
pub fn near_code(guide: &Guide, text: &str) -> Option<String> {
    let word = text.trim();
    let is_word = !word.is_empty() && word.len() < 60 && !word.contains(char::is_whitespace);
    is_word.then(|| near_miss(word, guide.signals.iter().flat_map(|signal| &signal.codes).map(String::as_str)))?
}

/// The causes that a signal points to, the surest first.
fn causes(signal: &Signal) -> Vec<CauseIx> {
    let mut raised: Vec<_> = signal.points_to.iter().filter(|(_, points)| points.factor() > 1.0).collect();
    raised.sort_by(|(a, of_a), (b, of_b)| of_b.factor().total_cmp(&of_a.factor()).then(a.cmp(b)));
    raised.into_iter().map(|(cause, _)| *cause).collect()
}

/// What was recognised, as plain text.
#[must_use]
pub fn text(facts: &Facts<'_>, tongue: Tongue, hits: &[Hit]) -> String {
    let (guide, words) = (facts.guide, tongue.words());
    let line = |text: &Text| text.line(tongue.index, facts);
    let mut out = String::new();
    for (number, hit) in hits.iter().enumerate() {
        let signal = &guide.signals[hit.signal];
        if number > 0 {
            out.push('\n');
        }
        let seen = if hit.code.is_some() { hit.quote.clone() } else { tongue.lang.quoted(&hit.quote) };
        let mut say = |label: &str, what: &str| {
            let _ = writeln!(out, "{}", tongue.lang.labelled(label, what));
        };
        say(words.recognised, &seen);
        say(words.means, &line(&signal.means));
        let who: Vec<String> = signal.who.iter().map(|who| words.who(*who).to_owned()).collect();
        say(words.who_can, &tongue.lang.list(&who));
        say(words.try_again, words.retry(signal.retry));
        say(words.do_next, &line(&signal.next));
        let titles: Vec<String> = causes(signal).into_iter().map(|cause| line(&guide.causes[cause].title)).collect();
        if !titles.is_empty() {
            say(words.may_be, &tongue.lang.join(&titles));
        }
        push_sources(&mut out, "", facts, tongue, &signal.sources);
    }
    out
}

#[derive(Serialize)]
struct Json<'a> {
    format: u32,
    lang: &'a str,
    recognised: Vec<HitJson<'a>>,
}

#[derive(Serialize)]
struct HitJson<'a> {
    signal: &'a str,
    code: Option<&'a str>,
    quote: &'a str,
    means: String,
    who: Vec<&'a str>,
    retry: &'a str,
    next: String,
    causes: Vec<&'a str>,
    sources: Vec<SourceJson<'a>>,
}

/// What was recognised, as one JSON object and a line end.
///
/// # Errors
/// None in practice: nothing in it can fail to become JSON.
pub fn json(facts: &Facts<'_>, tongue: Tongue, hits: &[Hit]) -> serde_json::Result<String> {
    let guide = facts.guide;
    let plain = |text: &Text| text.rich(tongue.index, facts).plain("\n");
    let recognised = hits.iter().map(|hit| {
        let signal = &guide.signals[hit.signal];
        HitJson {
            signal: &signal.id,
            code: hit.code.as_deref(),
            quote: &hit.quote,
            means: plain(&signal.means),
            who: signal.who.iter().map(|who| who.word()).collect(),
            retry: signal.retry.word(),
            next: plain(&signal.next),
            causes: causes(signal).into_iter().map(|cause| guide.causes[cause].id.as_str()).collect(),
            sources: sources_json(guide, &signal.sources),
        }
    });
    let lang = guide.language_code(tongue.index);
    pretty(&Json { format: FORMAT, lang, recognised: recognised.collect() })
}

/// Everything that a guide recognises: a hit for each signal, by its first code or its first phrase.
#[must_use]
pub fn known(guide: &Guide) -> Vec<Hit> {
    let hit = |(ix, signal): (usize, &Signal)| {
        let code = signal.codes.first().cloned();
        let quote = code.clone().or_else(|| signal.phrases.first().cloned()).unwrap_or_default();
        Hit { signal: ix, code, quote }
    };
    guide.signals.iter().enumerate().map(hit).collect()
}

/// Everything that a guide recognises, with what it means in a line each.
#[must_use]
pub fn list(facts: &Facts<'_>, tongue: Tongue) -> String {
    let mut out = String::new();
    for signal in &facts.guide.signals {
        let known = if signal.codes.is_empty() {
            signal.phrases.iter().take(1).map(|phrase| tongue.lang.quoted(phrase)).collect::<Vec<_>>()
        } else {
            signal.codes.clone()
        };
        let means = signal.means.line(tongue.index, facts);
        let _ = writeln!(out, "{}\n  {means}", tongue.lang.list(&known));
    }
    out
}

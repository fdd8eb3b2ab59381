//! Advice found elsewhere: where it is told, how it is found, and how it is printed.

use std::fmt::Write as _;

use serde::Serialize;

use crate::export::{FORMAT, SourceJson, pretty, push_sources, sources_json};
use crate::guide::answer::Facts;
use crate::guide::condition::holds;
use crate::guide::text::Text;
use crate::guide::{Claim, ClaimIx, Guide, Touches};
use crate::report::Tongue;
use crate::signal::fold;

/// The claims told in one line where `touched` holds.
#[must_use]
pub fn told(facts: &Facts<'_>, touched: impl Fn(&Touches) -> bool) -> Vec<ClaimIx> {
    let told = |claim: &Claim| claim.short.is_some() && touched(&claim.touches) && holds(claim.when.as_ref(), facts);
    (0..facts.guide.claims.len()).filter(|&ix| told(&facts.guide.claims[ix])).collect()
}

/// The lines of claims, for the place where they are told.
#[must_use]
pub fn lines(facts: &Facts<'_>, tongue: Tongue, claims: &[ClaimIx]) -> Vec<String> {
    let claims = claims.iter().filter_map(|&ix| facts.guide.claims[ix].short.as_ref());
    claims.map(|short| short.line(tongue.index, facts)).collect()
}

/// The claims that hold every word of what was typed, in any language of the guide; all of them, if nothing was.
#[must_use]
pub fn search(guide: &Guide, typed: &str) -> Vec<ClaimIx> {
    let wanted: Vec<String> = typed.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect();
    let found = |claim: &Claim| {
        let texts = [Some(&claim.topic), Some(&claim.says), Some(&claim.instead), claim.short.as_ref()];
        let words: Vec<String> = texts
            .into_iter()
            .flatten()
            .flat_map(Text::fixed)
            .chain([claim.id.clone()])
            .map(|text| fold(&text))
            .collect();
        wanted.iter().all(|wanted| words.iter().any(|text| text.contains(wanted.as_str())))
    };
    // Folding every claim to find them all would be work for nothing.
    (0..guide.claims.len()).filter(|&ix| wanted.is_empty() || found(&guide.claims[ix])).collect()
}

/// Claims under their topics: each topic once, in the order in which it first comes.
#[must_use]
pub fn by_topic(facts: &Facts<'_>, tongue: Tongue, claims: &[ClaimIx]) -> Vec<(String, Vec<ClaimIx>)> {
    // By the whole text, so that the order is the same in every language.
    let mut topics: Vec<(&Text, Vec<ClaimIx>)> = Vec::new();
    for &ix in claims {
        let topic = &facts.guide.claims[ix].topic;
        match topics.iter_mut().find(|(known, _)| *known == topic) {
            Some((_, claims)) => claims.push(ix),
            None => topics.push((topic, vec![ix])),
        }
    }
    topics.into_iter().map(|(topic, claims)| (topic.line(tongue.index, facts), claims)).collect()
}

/// Claims as plain text, under their topics.
#[must_use]
pub fn text(facts: &Facts<'_>, tongue: Tongue, claims: &[ClaimIx]) -> String {
    let words = tongue.words();
    let mut out = String::new();
    let _ = writeln!(out, "{}", tongue.lang.labelled(words.advice, &tongue.lang.statements(claims.len())));
    for (topic, claims) in by_topic(facts, tongue, claims) {
        let _ = writeln!(out, "\n{topic}");
        for ix in claims {
            let claim = &facts.guide.claims[ix];
            let _ = writeln!(out, "\n  {}", tongue.lang.quoted(&claim.says.line(tongue.index, facts)));
            let verdict = words.verdict(claim.verdict);
            let instead = claim.instead.line(tongue.index, facts);
            let _ = writeln!(out, "  {}", tongue.lang.after(verdict, &instead));
            push_sources(&mut out, "  ", facts, tongue, &claim.sources);
        }
    }
    out
}

#[derive(Serialize)]
struct Json<'a> {
    format: u32,
    lang: &'a str,
    claims: Vec<ClaimJson<'a>>,
}

#[derive(Serialize)]
struct ClaimJson<'a> {
    id: &'a str,
    topic: String,
    says: String,
    verdict: &'a str,
    instead: String,
    sources: Vec<SourceJson<'a>>,
}

/// Claims as JSON, one object and a line end.
///
/// # Errors
/// None in practice: nothing in it can fail to become JSON.
pub fn json(facts: &Facts<'_>, tongue: Tongue, claims: &[ClaimIx]) -> serde_json::Result<String> {
    let guide = facts.guide;
    let plain = |text: &Text| text.rich(tongue.index, facts).plain("\n");
    let claims = claims.iter().map(|&ix| &guide.claims[ix]).map(|claim| ClaimJson {
        id: &claim.id,
        topic: plain(&claim.topic),
        says: plain(&claim.says),
        verdict: claim.verdict.word(),
        instead: plain(&claim.instead),
        sources: sources_json(guide, &claim.sources),
    });
    pretty(&Json { format: FORMAT, lang: guide.language_code(tongue.index), claims: claims.collect() })
}

//! The list as JSON, for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use time::format_description::well_known::Rfc3339;

use crate::attempts;
use crate::diagnosis::Because;
use crate::guide::answer::{Answer, Facts};
use crate::guide::text::Rich;
use crate::guide::{Guide, Kind, ScreenIx};
use crate::report::{FixCard, Report, why_ignored};

/// The number of the JSON format. Fields may be added under it; none changes its meaning.
pub const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Json<'a> {
    format: u32,
    guide: GuideJson<'a>,
    lang: &'a str,
    route: Vec<&'a str>,
    next: Option<&'a str>,
    seen: Vec<&'a str>,
    ignored: Vec<Ignored<'a>>,
    figures: BTreeMap<&'a str, Dollars>,
    causes: Vec<CauseJson<'a>>,
    warnings: Vec<Remark<'a>>,
    fixes: Vec<FixJson<'a>>,
    reminders: Vec<Remark<'a>>,
    letters: Vec<&'a str>,
    tried: Vec<TriedJson<'a>>,
    attempts: AttemptsJson,
    solved: Option<&'a str>,
}

/// Payments that failed, and whether to stop for now.
#[derive(Serialize)]
struct AttemptsJson {
    failed: u32,
    stop: bool,
    until: Option<String>,
}

#[derive(Serialize)]
struct TriedJson<'a> {
    fix: &'a str,
    how: &'a str,
}

/// An amount with two places, as `15.00`.
struct Dollars(String);

impl Serialize for Dollars {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::value::RawValue::from_string(self.0.clone())
            .map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }
}

#[derive(Serialize)]
struct GuideJson<'a> {
    id: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
struct Ignored<'a> {
    screen: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct CauseJson<'a> {
    id: &'a str,
    title: &'a str,
    likelihood: &'a str,
    weight: Dollars,
    because: Vec<BecauseJson<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum BecauseJson<'a> {
    Answer { screen: &'a str, answer: String },
    Value { screen: &'a str, answer: String, value: Dollars },
    Item { screen: &'a str, item: &'a str, answer: &'a str },
    Signal { signal: &'a str },
    Cause { cause: &'a str },
}

#[derive(Serialize)]
struct Remark<'a> {
    id: &'a str,
    text: String,
    sources: Vec<SourceJson<'a>>,
}

#[derive(Serialize)]
struct FixJson<'a> {
    id: &'a str,
    title: &'a str,
    who: &'a str,
    minutes: u32,
    wait: &'a str,
    retry: bool,
    risk: &'a str,
    tie: usize,
    attempt: Option<usize>,
    steps: Vec<String>,
    because: Vec<BecauseJson<'a>>,
    claims: Vec<&'a str>,
    sources: Vec<SourceJson<'a>>,
}

/// Where a statement comes from.
#[derive(Serialize)]
pub struct SourceJson<'a> {
    id: &'a str,
    url: &'a str,
    checked: &'a str,
}

/// The list as JSON, one object and a line end.
///
/// # Errors
/// None in practice: nothing in it can fail to become JSON.
pub fn json(facts: &Facts<'_>, report: &Report) -> serde_json::Result<String> {
    let guide = facts.guide;
    let id = |screen: ScreenIx| guide.screens[screen].id.as_str();
    let out = Json {
        format: FORMAT,
        guide: GuideJson { id: &guide.id, version: &guide.version },
        lang: guide.language_code(report.tongue.index),
        route: facts
            .answers()
            .filter(|(_, answer, _)| **answer != Answer::Seen)
            .map(|(screen, ..)| id(screen))
            .collect(),
        next: facts.next_question().map(id),
        seen: facts.signals().iter().map(|&signal| guide.signals[signal].id.as_str()).collect(),
        ignored: facts
            .ignored
            .iter()
            .map(|(screen, why)| Ignored { screen: id(*screen), why: why_ignored(*why) })
            .collect(),
        figures: guide
            .figures
            .iter()
            .enumerate()
            .filter_map(|(ix, figure)| Some((figure.id.as_str(), Dollars(facts.figure(ix)?.to_string()))))
            .collect(),
        causes: report
            .causes
            .iter()
            .map(|line| CauseJson {
                id: &guide.causes[line.cause].id,
                title: &line.title,
                likelihood: line.likelihood.word(),
                weight: Dollars(format!("{:.4}", line.share)),
                because: line.because.iter().filter_map(|because| because_json(facts, *because)).collect(),
            })
            .collect(),
        warnings: report
            .warnings
            .iter()
            .chain(&report.more_warnings)
            .map(|remark| remark_json(guide, &guide.warnings[remark.ix].id, &remark.text, &remark.sources))
            .collect(),
        fixes: report.fixes.iter().map(|card| fix_json(guide, card)).collect(),
        reminders: report
            .reminders
            .iter()
            .map(|remark| remark_json(guide, &guide.reminders[remark.ix].id, &remark.text, &remark.sources))
            .collect(),
        letters: report.letters.iter().map(|(ix, _)| guide.letters[*ix].id.as_str()).collect(),
        tried: facts
            .tried
            .iter()
            .map(|tried| TriedJson { fix: &guide.fixes[tried.fix].id, how: tried.how.word() })
            .collect(),
        attempts: AttemptsJson {
            failed: attempts::failed(facts),
            stop: report.stop.as_ref().is_some_and(|line| !line.stop.is_over),
            until: report.stop.as_ref().and_then(|line| line.stop.until?.format(&Rfc3339).ok()),
        },
        solved: report.solved.as_ref().map(|solved| guide.fixes[solved.fix].id.as_str()),
    };
    pretty(&out)
}

/// A value as JSON for people and programs, and a line end.
///
/// # Errors
/// If the value cannot become JSON.
pub fn pretty(value: &impl Serialize) -> serde_json::Result<String> {
    let mut text = String::new();
    // Only strings can hold them; what acts on a terminal is written as its number.
    for c in serde_json::to_string_pretty(value)?.chars() {
        if c != '\n' && crate::guide::is_control(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text.push('\n');
    Ok(text)
}

fn remark_json<'a>(guide: &'a Guide, id: &'a str, text: &Rich, sources: &[usize]) -> Remark<'a> {
    Remark { id, text: text.plain("\n"), sources: sources_json(guide, sources) }
}

/// Where a statement comes from, for programs.
#[must_use]
pub fn sources_json<'a>(guide: &'a Guide, sources: &[usize]) -> Vec<SourceJson<'a>> {
    sources
        .iter()
        .map(|&ix| &guide.sources[ix])
        .map(|source| SourceJson { id: &source.id, url: &source.url, checked: &source.checked })
        .collect()
}

fn fix_json<'a>(guide: &'a Guide, card: &'a FixCard) -> FixJson<'a> {
    FixJson {
        id: &guide.fixes[card.fix].id,
        title: &card.title,
        who: card.who.word(),
        minutes: card.minutes,
        wait: card.wait.word(),
        retry: card.retry,
        risk: card.risk.word(),
        tie: card.tie,
        attempt: card.attempt,
        steps: card.steps.iter().map(|step| step.plain("\n")).collect(),
        because: card.because.iter().map(|&cause| BecauseJson::Cause { cause: &guide.causes[cause].id }).collect(),
        claims: card.claims.iter().map(|&ix| guide.claims[ix].id.as_str()).collect(),
        sources: sources_json(guide, &card.sources),
    }
}

fn because_json<'a>(facts: &Facts<'a>, because: Because) -> Option<BecauseJson<'a>> {
    let guide = facts.guide;
    match because {
        Because::Signal(signal) => Some(BecauseJson::Signal { signal: &guide.signals[signal].id }),
        Because::Item(screen, item) => {
            let asked = &guide.screens[screen];
            let Kind::Checklist(items) = &asked.kind else { return None };
            let answer = facts.mark(screen, item)?.word();
            Some(BecauseJson::Item { screen: &asked.id, item: &items[item].id, answer })
        }
        Because::Answer(screen) => {
            let id = &guide.screens[screen].id;
            let answer = answer_id(facts, screen)?;
            Some(match facts.answer(screen)? {
                Answer::Amount(amount) => BecauseJson::Value { screen: id, answer, value: Dollars(amount.to_string()) },
                _ => BecauseJson::Answer { screen: id, answer },
            })
        }
    }
}

/// The id of the answer of a screen: of its choice, entry or band.
#[must_use]
pub fn answer_id(facts: &Facts<'_>, screen: ScreenIx) -> Option<String> {
    let band = |ids: Vec<&str>| facts.band(screen).and_then(|band| ids.get(band).map(|id| (*id).to_owned()));
    match (&facts.guide.screens[screen].kind, facts.answer(screen)?) {
        (_, Answer::NotSure) => Some("not-sure".into()),
        (Kind::Choice(choices), Answer::Choice(choice)) => Some(choices.get(*choice)?.id.clone()),
        (Kind::List(list, _), Answer::Entry(entry)) => Some(facts.guide.lists[*list].entries.get(*entry)?.id.clone()),
        (Kind::Amount { bands, .. }, _) => band(bands.iter().map(|band| band.id.as_str()).collect()),
        (Kind::Month { bands }, _) => band(bands.iter().map(|band| band.id.as_str()).collect()),
        _ => None,
    }
}

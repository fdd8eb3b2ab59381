//! Scenarios: tests in the content. A scenario does what a person could do, and says what must come out.

use std::fmt::Write as _;

use time::OffsetDateTime;

use crate::attempts;
use crate::claims;
use crate::diagnosis::Diagnosis;
use crate::guide::answer::{Answer, By, Facts, Given};
use crate::guide::{Guide, Next, Scenario};
use crate::report::{Report, Tongue, why_ignored};
use crate::saved::{self, Value};
use crate::wizard::read_paste;

/// What is wrong after running a scenario, each in a sentence; nothing if all came out as it must.
///
/// An answer on a screen that is not asked is wrong as well: no person could have given it.
#[must_use]
pub fn run(guide: &Guide, scenario: &Scenario) -> Vec<String> {
    let mut given = Given::default();
    let mut wrong = Vec::new();
    if let Some(error) = &scenario.error {
        match guide.paste_screen() {
            Some(paste) => drop(given.person.insert(paste, Answer::Paste(read_paste(guide, error)))),
            None => wrong.push("it pastes a text, and the guide takes none".into()),
        }
    }
    given.person.extend(scenario.answers.iter().cloned());
    for &(fix, how) in &scenario.tried {
        attempts::tell(guide, &mut given, scenario.today, fix, how);
    }
    let facts = Facts::new(guide, &given, scenario.today);
    for (screen, why) in &facts.ignored {
        let id = &guide.screens[*screen].id;
        wrong.push(format!("it answers `{id}`, but {}", why_ignored(*why)));
    }
    let diagnosis = Diagnosis::new(&facts);
    let report = Report::new(&facts, &diagnosis, Tongue::new(guide, 0));
    compare(&facts, &diagnosis, &report, scenario, &mut wrong);
    wrong
}

/// What is known, as a scenario: the answers that count, what was tried, and what came out, to be put into a guide or
/// sent with a report of what is wrong.
#[must_use]
pub fn written(facts: &Facts<'_>) -> String {
    let guide = facts.guide;
    let day = facts.now.map(OffsetDateTime::date);
    let (name, day) = match day {
        Some(day) => (format!("on-{day}"), day.to_string()),
        None => ("of-somebody".to_owned(), format!("{}-01", facts.today)),
    };
    let answers: Vec<String> = facts
        .answers()
        // What a signal settles is not answered again.
        .filter(|(_, answer, by)| !matches!(by, By::Signal(_)) && **answer != Answer::Seen)
        .filter_map(|(screen, answer, _)| {
            Some(format!("{} = {}", guide.screens[screen].id, toml(&saved::value(guide, screen, answer))?))
        })
        .collect();
    let tried: Vec<String> =
        facts.tried.iter().map(|tried| format!("\"{}={}\"", guide.fixes[tried.fix].id, tried.how.word())).collect();
    let diagnosis = Diagnosis::new(facts);
    let mut out = format!(
        "# Written by declined {} on the guide {} {}. `expect` says what came out; if that is wrong, write what should have.\n\n\
         [[scenario]]\nid = \"{name}\"\ntoday = {day}\nanswers = {{ {} }}\n",
        env!("CARGO_PKG_VERSION"),
        guide.id,
        guide.version,
        answers.join(", ")
    );
    if !tried.is_empty() {
        let _ = writeln!(out, "tried = [{}]", tried.join(", "));
    }
    out.push_str("[scenario.expect]\n");
    if let Some(top) = diagnosis.causes.first() {
        let _ = writeln!(out, "cause = \"{}\"", guide.causes[top.cause].id);
    }
    if let Some(first) = diagnosis.fixes.first() {
        let _ = writeln!(out, "first_fix = \"{}\"", guide.fixes[first.fix].id);
    }
    let next = facts.next_question().map_or("fix-list", |screen| guide.screens[screen].id.as_str());
    let _ = writeln!(out, "next = \"{next}\"");
    out
}

/// An answer as a guide writes it. Ids need no quoting of their own.
fn toml(value: &Value) -> Option<String> {
    match value {
        Value::Word(word) => Some(format!("\"{word}\"")),
        Value::Items(items) => {
            let items: Vec<String> = items.iter().map(|(item, mark)| format!("{item} = \"{mark}\"")).collect();
            Some(format!("{{ {} }}", items.join(", ")))
        }
        Value::Paste { any_text: false, .. } | Value::Unknown(_) => None,
        Value::Paste { signals, .. } if signals.is_empty() => Some("\"unrecognised\"".to_owned()),
        Value::Paste { signals, .. } => {
            let signals: Vec<String> = signals.iter().map(|signal| format!("\"{signal}\"")).collect();
            Some(format!("[{}]", signals.join(", ")))
        }
    }
}

fn compare(facts: &Facts<'_>, diagnosis: &Diagnosis, report: &Report, scenario: &Scenario, wrong: &mut Vec<String>) {
    let guide = facts.guide;
    let expect = &scenario.expect;
    let cause = |ix: usize| guide.causes[ix].id.as_str();
    let fix = |ix: usize| guide.fixes[ix].id.as_str();
    if let Some(top) = diagnosis.causes.first() {
        if !expect.cause.is_empty() && !expect.cause.contains(&top.cause) {
            wrong.push(unexpected("cause", &expect.cause, cause, Some(top.cause)));
        }
        if expect.never.contains(&top.cause) {
            wrong.push(format!("the likeliest cause is `{}`, which it must never be", cause(top.cause)));
        }
        if expect.at_most.is_some_and(|most| top.likelihood < most) {
            let most = expect.at_most.map_or("", |most| most.word());
            wrong.push(format!("`{}` is called {}, more than {most}", cause(top.cause), top.likelihood.word()));
        }
    }
    let listed: Vec<usize> = diagnosis.fixes.iter().map(|ranked| ranked.fix).collect();
    if !expect.first_fix.is_empty() && listed.first().is_none_or(|first| !expect.first_fix.contains(first)) {
        wrong.push(unexpected("first fix", &expect.first_fix, fix, listed.first().copied()));
    }
    for &ix in expect.no_fixes.iter().filter(|ix| listed.contains(ix)) {
        wrong.push(format!("the fix `{}` is listed, and must not be", fix(ix)));
    }
    let mut warnings: Vec<usize> =
        report.warnings.iter().chain(&report.more_warnings).map(|remark| remark.ix).collect();
    // What the stop says in their place is said.
    warnings.extend(report.stop.iter().flat_map(|stop| &stop.instead_of));
    let reminders: Vec<usize> = report.reminders.iter().map(|remark| remark.ix).collect();
    let letters: Vec<usize> = report.letters.iter().map(|(ix, _)| *ix).collect();
    // Those beside the questions, and those in the list.
    let mut claims = claims::told(facts, |touches| touches.screens.iter().any(|screen| facts.route.contains(screen)));
    claims.extend(report.fixes.iter().flat_map(|card| card.claims.iter().copied()));
    claims.extend(report.reminders.iter().flat_map(|remark| remark.claims.iter().copied()));
    let mut all = |what: &str, expected: &[usize], got: &[usize], id: &dyn Fn(usize) -> String| {
        for &ix in expected.iter().filter(|ix| !got.contains(ix)) {
            wrong.push(format!("the {what} `{}` is missing", id(ix)));
        }
    };
    all("fix", &expect.fixes, &listed, &|ix| guide.fixes[ix].id.clone());
    all("warning", &expect.warnings, &warnings, &|ix| guide.warnings[ix].id.clone());
    all("reminder", &expect.reminders, &reminders, &|ix| guide.reminders[ix].id.clone());
    all("letter", &expect.letters, &letters, &|ix| guide.letters[ix].id.clone());
    all("claim", &expect.claims, &claims, &|ix| guide.claims[ix].id.clone());
    all("signal", &expect.signals, facts.signals(), &|ix| guide.signals[ix].id.clone());
    if let Some(expected) = expect.next {
        let screen = |next: Next| match next {
            Next::Screen(screen) => guide.screens[screen].id.as_str(),
            Next::FixList => "fix-list",
        };
        let got = facts.next_question().map_or(Next::FixList, Next::Screen);
        if got != expected {
            wrong.push(format!("next comes `{}`, not `{}`", screen(got), screen(expected)));
        }
    }
    let asked = facts.answers().filter(|(screen, ..)| guide.screens[*screen].is_question()).count();
    if let Some(most) = expect.screens_at_most.filter(|most| asked > *most) {
        wrong.push(format!("{asked} questions are asked, more than {most}"));
    }
}

fn unexpected<'g>(what: &str, expected: &[usize], id: impl Fn(usize) -> &'g str, got: Option<usize>) -> String {
    let expected: Vec<String> = expected.iter().map(|&ix| format!("`{}`", id(ix))).collect();
    let got = got.map_or_else(|| "there is none".to_owned(), |got| format!("it is `{}`", id(got)));
    format!("the {what} should be {}, but {got}", expected.join(" or "))
}

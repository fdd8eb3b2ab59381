//! Scenarios: tests in the content. A scenario does what a person could do, and says what must come out.

mod write;

use crate::attempts;
use crate::claims;
use crate::diagnosis::Diagnosis;
use crate::diagnostic::Diagnostic;
use crate::guide::answer::{Answer, By, Facts, Given, Mark, Pasted};
use crate::guide::check::Places;
#[cfg(doc)]
use crate::guide::check::ScenarioPlace;
use crate::guide::condition::holds;
use crate::guide::rules::severity;
use crate::guide::{CauseIx, FixIx, Guide, Kind, Next, Scenario, ScreenIx};
use crate::report::{Report, Tongue, why_ignored};
use crate::wizard::{read_paste, read_pastes};
pub use write::written;

/// Something that did not come out as it must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The key that says how it must be, as in [`ScenarioPlace::keys`].
    pub key: String,
    /// What is wrong, in a sentence.
    pub message: String,
}

/// All scenarios of a guide: how many passed and how many failed, and a finding for each thing that went wrong.
#[must_use]
pub fn run_all(guide: &Guide, places: &Places) -> (usize, usize, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut failed = 0;
    // All texts at once: getting ready for one is dearer than everything else about a scenario.
    let mut read =
        read_pastes(guide, guide.scenarios.iter().filter_map(|scenario| scenario.error.as_deref())).into_iter();
    for (scenario, place) in guide.scenarios.iter().zip(&places.scenarios) {
        let pasted = scenario.error.as_ref().and_then(|_| read.next());
        let (wrong, route) = follow(guide, scenario, pasted);
        failed += usize::from(!wrong.is_empty());
        findings.extend(wrong.into_iter().map(|Failure { key, message }| Diagnostic {
            rule: "scenario-fails",
            severity: severity("scenario-fails"),
            message: format!("`{}`: {message}", scenario.id),
            place: Some((place.file, place.keys.get(&key).unwrap_or(&place.span).clone())),
            help: Some(format!("the way: {route}")),
        }));
    }
    (guide.scenarios.len() - failed, failed, findings)
}

/// What is wrong after running a scenario, each in a sentence; nothing if all came out as it must.
///
/// An answer on a screen that is not asked is wrong as well: no person could have given it.
#[must_use]
pub fn run(guide: &Guide, scenario: &Scenario) -> Vec<Failure> {
    follow(guide, scenario, scenario.error.as_ref().map(|error| read_paste(guide, error))).0
}

/// What is wrong, and the way that the answers led.
fn follow(guide: &Guide, scenario: &Scenario, pasted: Option<Pasted>) -> (Vec<Failure>, String) {
    let mut given = Given::default();
    let mut wrong = Wrong::default();
    if let Some(pasted) = pasted {
        match guide.paste_screen() {
            Some(paste) => drop(given.person.insert(paste, Answer::Paste(pasted))),
            None => wrong.tell("error", "it pastes a text, and the guide takes none".into()),
        }
    }
    given.person.extend(scenario.answers.iter().cloned());
    for &(fix, how) in &scenario.tried {
        attempts::tell(guide, &mut given, scenario.today, fix, how);
    }
    let facts = Facts::new(guide, &given, scenario.today);
    for (screen, why) in &facts.ignored {
        let id = &guide.screens[*screen].id;
        wrong.tell(&format!("answers.{id}"), format!("it answers `{id}`, but {}", why_ignored(*why)));
    }
    let diagnosis = Diagnosis::new(&facts);
    let report = Report::new(&facts, &diagnosis, Tongue::new(guide, 0));
    compare(&facts, &diagnosis, &report, scenario, &mut wrong);
    let route = if wrong.0.is_empty() { String::new() } else { route(&facts) };
    (wrong.0, route)
}

/// The screens and what was answered there, in short.
fn route(facts: &Facts<'_>) -> String {
    let guide = facts.guide;
    let mut steps: Vec<String> = facts
        .answers()
        .map(|(screen, answer, by)| {
            let by = match by {
                By::Signal(signal) => format!(" (by {})", guide.signals[signal].id),
                By::Person | By::Flag => String::new(),
            };
            format!("{}={}{by}", guide.screens[screen].id, in_short(facts, screen, answer))
        })
        .collect();
    steps.extend(facts.tried.iter().map(|tried| format!("tried {}={}", guide.fixes[tried.fix].id, tried.how.word())));
    steps.push(match facts.next_question() {
        Some(next) => format!("now asks {}", guide.screens[next].id),
        None => "fix-list".to_owned(),
    });
    steps.join(" → ")
}

fn in_short(facts: &Facts<'_>, screen: ScreenIx, answer: &Answer) -> String {
    let guide = facts.guide;
    match (answer, &guide.screens[screen].kind) {
        (Answer::Choice(choice), Kind::Choice(choices)) => choices[*choice].id.clone(),
        (Answer::Entry(entry), Kind::List(list, _)) => guide.lists[*list].entries[*entry].id.clone(),
        (Answer::Items(marks), Kind::Checklist(items)) => {
            let marked = items.iter().zip(marks).filter(|(_, mark)| **mark != Mark::NotSure);
            let marked: Vec<String> = marked.map(|(item, mark)| format!("{} {}", item.id, mark.word())).collect();
            if marked.is_empty() { "not-sure".into() } else { format!("({})", marked.join(", ")) }
        }
        (Answer::Amount(amount), _) => amount.to_string(),
        (Answer::Month(month), _) => month.to_string(),
        (Answer::Paste(pasted), _) if pasted.signals.is_empty() => {
            if pasted.any_text { "unrecognised" } else { "nothing" }.into()
        }
        (Answer::Paste(pasted), _) => {
            let signals: Vec<&str> = pasted.signals.iter().map(|&ix| guide.signals[ix].id.as_str()).collect();
            format!("({})", signals.join(", "))
        }
        (Answer::NotSure, _) => "not-sure".into(),
        (Answer::Seen, _) => "seen".into(),
        (Answer::Choice(_) | Answer::Entry(_) | Answer::Items(_), _) => String::new(),
    }
}

#[derive(Default)]
struct Wrong(Vec<Failure>);

impl Wrong {
    fn tell(&mut self, key: &str, message: String) {
        self.0.push(Failure { key: key.to_owned(), message });
    }
}

fn compare(facts: &Facts<'_>, diagnosis: &Diagnosis, report: &Report, scenario: &Scenario, wrong: &mut Wrong) {
    let guide = facts.guide;
    let expect = &scenario.expect;
    let cause = |ix: usize| guide.causes[ix].id.as_str();
    let fix = |ix: usize| guide.fixes[ix].id.as_str();
    if let Some(top) = diagnosis.causes.first() {
        if !expect.cause.is_empty() && !expect.cause.contains(&top.cause) {
            wrong.tell("expect.cause", unexpected("cause", &expect.cause, cause, Some(top.cause)));
        }
        if expect.never.contains(&top.cause) {
            wrong
                .tell("expect.never", format!("the likeliest cause is `{}`, which it must never be", cause(top.cause)));
        }
        if expect.at_most.is_some_and(|most| top.likelihood < most) {
            let most = expect.at_most.map_or("", |most| most.word());
            wrong.tell(
                "expect.at_most",
                format!("`{}` is called {}, more than {most}", cause(top.cause), top.likelihood.word()),
            );
        }
    }
    let listed: Vec<usize> = report.fixes.iter().map(|card| card.fix).collect();
    if !expect.first_fix.is_empty() && listed.first().is_none_or(|first| !expect.first_fix.contains(first)) {
        wrong.tell("expect.first_fix", unexpected("first fix", &expect.first_fix, fix, listed.first().copied()));
    }
    for &ix in expect.no_fixes.iter().filter(|ix| listed.contains(ix)) {
        wrong.tell("expect.no_fixes", format!("the fix `{}` is listed, and must not be", fix(ix)));
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
    for &ix in expect.fixes.iter().filter(|ix| !listed.contains(ix)) {
        let got: Vec<String> = listed.iter().map(|&ix| format!("`{}`", fix(ix))).collect();
        let got = if got.is_empty() { "nothing".to_owned() } else { got.join(", ") };
        let why = why_unlisted(facts, diagnosis, ix);
        wrong.tell("expect.fixes", format!("the fix `{}` is missing, {why}; listed: {got}", fix(ix)));
    }
    let mut all = |key: &str, what: &str, expected: &[usize], got: &[usize], id: &dyn Fn(usize) -> String| {
        for &ix in expected.iter().filter(|ix| !got.contains(ix)) {
            wrong.tell(key, format!("the {what} `{}` is missing", id(ix)));
        }
    };
    all("expect.warnings", "warning", &expect.warnings, &warnings, &|ix| guide.warnings[ix].id.clone());
    all("expect.reminders", "reminder", &expect.reminders, &reminders, &|ix| guide.reminders[ix].id.clone());
    all("expect.letters", "letter", &expect.letters, &letters, &|ix| guide.letters[ix].id.clone());
    all("expect.claims", "claim", &expect.claims, &claims, &|ix| guide.claims[ix].id.clone());
    all("expect.signals", "signal", &expect.signals, facts.signals(), &|ix| guide.signals[ix].id.clone());
    if let Some(expected) = expect.next {
        let screen = |next: Next| match next {
            Next::Screen(screen) => guide.screens[screen].id.as_str(),
            Next::FixList => "fix-list",
        };
        let got = facts.next_question().map_or(Next::FixList, Next::Screen);
        if got != expected {
            wrong.tell("expect.next", format!("next comes `{}`, not `{}`", screen(got), screen(expected)));
        }
    }
    let asked = facts.answers().filter(|(screen, ..)| guide.screens[*screen].is_question()).count();
    if let Some(most) = expect.screens_at_most.filter(|most| asked > *most) {
        wrong.tell("expect.screens_at_most", format!("{asked} questions are asked, more than {most}"));
    }
}

/// Why a fix does not stand in a list.
fn why_unlisted(facts: &Facts<'_>, diagnosis: &Diagnosis, ix: FixIx) -> &'static str {
    let fix = &facts.guide.fixes[ix];
    let works_for = |cause: CauseIx| fix.works_for.iter().any(|(known, _)| *known == cause);
    if facts.tried.iter().any(|tried| tried.fix == ix) {
        "because it was tried"
    } else if facts.solved().is_some() {
        "because something worked"
    } else if !holds(fix.when.as_ref(), facts) {
        "because its `when` does not hold"
    } else if diagnosis.settled.is_some_and(|cause| !works_for(cause)) {
        "because the cause is proved, and it does not mend that"
    } else if !diagnosis.causes.iter().any(|ranked| works_for(ranked.cause)) {
        "because none of its causes is in play"
    } else {
        "because its causes are too unlikely: the list ends where asking support is quicker"
    }
}

fn unexpected<'g>(what: &str, expected: &[usize], id: impl Fn(usize) -> &'g str, got: Option<usize>) -> String {
    let expected: Vec<String> = expected.iter().map(|&ix| format!("`{}`", id(ix))).collect();
    let got = got.map_or_else(|| "there is none".to_owned(), |got| format!("it is `{}`", id(got)));
    format!("the {what} should be {}, but {got}", expected.join(" or "))
}

//! How well the guide does on people: eighty invented ones and ninety-three real reports, each answering only what the
//! wizard asks. Prints the figures:
//!
//! ```console
//! cargo test accuracy -- --nocapture
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use declined::diagnosis::{Diagnosis, Likelihood};
use declined::guide::answer::{Answer, Facts, Given, Mark};
use declined::guide::money::Month;
use declined::guide::syntax::{self, Value};
use declined::guide::{Guide, Kind, ScreenIx};
use declined::input::from_toml;
use declined::report::{Report, Tongue};
use declined::wizard::read_paste;
use declined::{content, guide};
use serde::Deserialize;

const TODAY: Month = Month { year: 2026, month: 11 };

/// What counts as having warned of something: any of these words in a warning, a step or a reminder of the list.
const WARNED: &[(&str, &[&str])] = &[
    (
        "stop retrying",
        &[
            "do not press “pay” again",
            "make no further attempt",
            "please do not enter a card",
            "pay nothing more",
            "do not send the same payment again",
            "enter no card until",
            "24 hours' rest",
            "repeating calls changes nothing",
        ],
    ),
    ("wait 24 h", &["24 hours"]),
    ("no VPN", &["vpn"]),
    ("no virtual card seller", &["card seller"]),
    ("no top-up seller", &["top-up agent", "reseller"]),
    (
        "no false address",
        &["true address", "invented one", "false address", "foreign address", "your address there", "address there"],
    ),
    ("no rented phone number", &["rented"]),
    ("no new account", &["second account"]),
    (
        "place not supported",
        &["openai does not serve", "was not on openai's list", "is not certain", "not on openai's list"],
    ),
    ("card country not supported", &["issued", "bank in a place on"]),
    ("prepaid not accepted", &["prepaid"]),
    ("cards only", &["credit or debit card", "credit and debit cards"]),
    ("USD only", &["us dollars only"]),
    ("hold is not a charge", &["goes back", "drops off", "hold"]),
    ("no dispute of a hold", &["do not dispute"]),
    ("check history before paying again", &["billing history"]),
    ("auto-recharge is on by default", &["automatic recharge is on", "it is on by default"]),
    (
        "paying does not fix this",
        &["does not cure", "changes nothing", "do not buy", "pay nothing", "paying openai does not"],
    ),
    ("Plus is not API credit", &["chatgpt"]),
    ("credits cannot be moved", &["cannot be moved"]),
    ("credits expire after a year", &["year"]),
    ("not OpenAI's message", &["the message comes from", "not openai's", "the message is theirs"]),
    ("use bank's own number", &["at the number on the card", "number printed on the card"]),
    ("keep bank window open", &["window open until it closes"]),
    (
        "do not share secrets",
        &["a key or card data was in your text", "never send the full card number", "paste no key", "share no"],
    ),
    ("rotate key", &["revoke"]),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    #[serde(alias = "person", alias = "report")]
    cases: Vec<Case>,
}

/// A person, what they would answer, and what would help them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    #[expect(dead_code, reason = "for whoever reads the file")]
    lang: String,
    #[expect(dead_code, reason = "for whoever reads the file")]
    source: Option<String>,
    #[expect(dead_code, reason = "for whoever reads the file")]
    told: Option<String>,
    evidence: Option<Evidence>,
    step: Option<Step>,
    #[serde(default)]
    error: String,
    #[serde(skip)]
    given: BTreeMap<ScreenIx, Answer>,
    #[expect(dead_code, reason = "read by the program's own reader, which knows screens")]
    answers: toml::Table,
    right: Vec<String>,
    #[serde(default)]
    wrong: Vec<String>,
    #[serde(default)]
    first: Vec<String>,
    #[serde(default)]
    warn: Vec<String>,
}

/// How sure the cause of a report is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Evidence {
    Confirmed,
    Likely,
    Unknown,
}

/// Where it failed.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Step {
    Payment,
    ApiCall,
}

/// What is known of a person when the list is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// The text is pasted and the questions are answered.
    Pasted,
    /// The questions are answered.
    Answered,
    /// The text is pasted and nothing is answered.
    TextAlone,
}

/// What one person met.
struct Met {
    causes: Vec<String>,
    likelihood: Likelihood,
    /// Whether the list says a name at all, and not "we cannot tell yet".
    named: bool,
    first_fix: String,
    questions: usize,
    advice: String,
}

fn read(guide: &Guide, name: &str) -> Vec<Case> {
    let path = format!("{}/tests/cases/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap();
    let mut all: Cases = toml::from_str(&text).unwrap();
    let source = declined::diagnostic::SourceFile { path, text };
    let tree = syntax::parse(0, &source, &mut Vec::new());
    let entries = tree.root.all.iter().find_map(|(_, _, node)| match &node.value {
        Value::List(entries) => Some(entries),
        _ => None,
    });
    for (case, entry) in all.cases.iter_mut().zip(entries.unwrap()) {
        let Value::Table(fields) = &entry.value else { panic!("{} is no table", case.id) };
        let Some(Value::Table(answers)) = fields.get("answers").map(|node| &node.value) else {
            panic!("{} has no answers", case.id)
        };
        case.given = answers.all.iter().map(|(screen, _, node)| answer(guide, &case.id, screen, &node.value)).collect();
    }
    all.cases
}

fn answer(guide: &Guide, person: &str, id: &str, value: &Value) -> (ScreenIx, Answer) {
    let screen = guide.screen(id).unwrap_or_else(|| panic!("{person}: there is no screen {id}"));
    let answer = match (&guide.screens[screen].kind, value) {
        // "Not sure" of a whole checklist leaves every item as it is.
        (Kind::Checklist(items), Value::Str(word)) if word == "not-sure" => {
            Answer::Items(vec![Mark::NotSure; items.len()])
        }
        _ => from_toml(guide, screen, value).unwrap_or_else(|wrong| panic!("{person}: {}", wrong.line())),
    };
    (screen, answer)
}

/// Goes the way that the wizard leads: only what is asked is answered.
fn meet(guide: &Guide, case: &Case, how: How) -> Met {
    let mut given = Given::default();
    if let (true, Some(paste)) = (how != How::Answered, guide.paste_screen()) {
        given.person.insert(paste, Answer::Paste(read_paste(guide, &case.error)));
    }
    let mut questions = 0;
    loop {
        let facts = Facts::new(guide, &given, TODAY);
        if let Some(next) = facts.next_question().filter(|_| how != How::TextAlone) {
            let answer = case.given.get(&next).cloned();
            let answer =
                answer.unwrap_or_else(|| panic!("{} is asked {} and has no answer", case.id, guide.screens[next].id));
            given.person.insert(next, answer);
            questions += 1;
            continue;
        }
        let diagnosis = Diagnosis::new(&facts);
        let report = Report::new(&facts, &diagnosis, Tongue::new(guide, 0));
        return Met {
            causes: diagnosis.causes.iter().map(|ranked| guide.causes[ranked.cause].id.clone()).collect(),
            likelihood: diagnosis.causes[0].likelihood,
            named: report.named,
            first_fix: diagnosis.fixes.first().map_or_else(String::new, |fix| guide.fixes[fix.fix].id.clone()),
            questions,
            advice: advice(&report),
        };
    }
}

/// All that the list tells somebody to do or not to do, in English and in small letters.
fn advice(report: &Report) -> String {
    let warnings = report.warnings.iter().chain(&report.more_warnings).map(|remark| remark.text.plain(" "));
    let titles = report.fixes.iter().map(|card| card.title.clone());
    let steps = report.fixes.iter().flat_map(|card| card.steps.iter().map(|step| step.plain(" ")));
    let reminders = report.reminders.iter().map(|remark| remark.text.plain(" "));
    let all: Vec<String> =
        warnings.chain(titles).chain(steps).chain(reminders).chain([report.explain.plain(" ")]).collect();
    all.join("\n").to_lowercase()
}

/// What was counted.
#[derive(Default)]
struct Score {
    all: usize,
    top: usize,
    three: usize,
    harmful: usize,
    first: usize,
    with_first: usize,
    warned: usize,
    warnings: usize,
    questions: Vec<usize>,
    /// Those whose cause nobody knows, and of these the ones to whom more than "likely" was said.
    unknown: usize,
    too_sure: usize,
}

fn score(guide: &Guide, cases: &[&Case], how: How, out: &mut String) -> Score {
    let mut score = Score::default();
    for case in cases {
        let met = meet(guide, case, how);
        score.questions.push(met.questions);
        if case.right.is_empty() {
            score.unknown += 1;
            if met.likelihood == Likelihood::MostLikely && met.named {
                score.too_sure += 1;
                let _ = writeln!(out, "    {}: unknown, but called most likely: {}", case.id, met.causes[0]);
            }
            continue;
        }
        let right = case.right.contains(&met.causes[0]);
        let harmful = met.named && case.wrong.contains(&met.causes[0]);
        let first = case.first.is_empty() || case.first.contains(&met.first_fix);
        score.all += 1;
        score.top += usize::from(right);
        score.three += usize::from(met.causes.iter().take(3).any(|cause| case.right.contains(cause)));
        score.harmful += usize::from(harmful);
        score.with_first += usize::from(!case.first.is_empty());
        score.first += usize::from(!case.first.is_empty() && first);
        let missing: Vec<&str> = case
            .warn
            .iter()
            .map(String::as_str)
            .filter(|warning| {
                let (_, words) = WARNED.iter().find(|(known, _)| known == warning).unwrap();
                !words.iter().any(|word| met.advice.contains(word))
            })
            .collect();
        score.warnings += case.warn.len();
        score.warned += case.warn.len() - missing.len();
        if how == How::TextAlone {
            continue;
        }
        if !right || !first || !missing.is_empty() {
            let _ = writeln!(
                out,
                "    {}{}: {} (right: {}), first {} (right: {}){}",
                case.id,
                if harmful { " HARMFUL" } else { "" },
                met.causes[..met.causes.len().min(3)].join(", "),
                case.right.join(", "),
                met.first_fix,
                case.first.join(", "),
                if missing.is_empty() { String::new() } else { format!(", not warned: {}", missing.join(", ")) },
            );
        }
    }
    score.questions.sort_unstable();
    if score.all > 0 {
        let _ = writeln!(
            out,
            "  right cause on top {} of {}, among the first three {}, harmful on top {}; right first step {} of {}; \
             warnings given {} of {}; questions: median {}, most {}",
            score.top,
            score.all,
            score.three,
            score.harmful,
            score.first,
            score.with_first,
            score.warned,
            score.warnings,
            score.questions[score.questions.len() / 2],
            score.questions[score.questions.len() - 1],
        );
    }
    if score.unknown > 0 {
        let _ = writeln!(out, "  cause unknown {}, called most likely all the same {}", score.unknown, score.too_sure);
    }
    score
}

fn guide() -> Guide {
    let (guide, _) = guide::check::check(&content::built_in().files);
    guide.expect("the shipped guide has no faults")
}

const WAYS: [(How, &str); 3] = [
    (How::Pasted, "text pasted, questions answered"),
    (How::Answered, "questions answered, no text"),
    (How::TextAlone, "text alone"),
];

#[test]
fn accuracy_on_people() {
    let guide = guide();
    let all = read(&guide, "people.toml");
    assert_eq!(all.len(), 80);
    let mut out = String::new();
    for (how, said) in WAYS {
        let mut harmful = 0;
        for (name, prefix) in [("payment steps", "vp"), ("API calls", "va")] {
            let group: Vec<&Case> = all
                .iter()
                .filter(|person| person.id.starts_with(prefix))
                .filter(|person| how != How::TextAlone || !person.error.is_empty())
                .collect();
            let _ = writeln!(out, "people, {name}, {said}:");
            let score = score(&guide, &group, how, &mut out);
            harmful += score.harmful;
            // Floors, so that a change for one does not quietly cost others.
            if how == How::Pasted {
                assert!(score.top * 100 >= score.all * 95 && score.three * 100 >= score.all * 98, "{out}");
            }
        }
        assert!(how == How::TextAlone || harmful == 0, "{out}");
    }
    println!("{out}");
}

#[test]
fn accuracy_on_reports() {
    let guide = guide();
    let all = read(&guide, "reports.toml");
    assert_eq!(all.len(), 93);
    let mut out = String::new();
    for (how, said) in WAYS {
        let (mut confirmed, mut harmful) = (Score::default(), 0);
        for (evidence, name) in
            [(Evidence::Confirmed, "confirmed"), (Evidence::Likely, "likely"), (Evidence::Unknown, "unknown")]
        {
            for (step, step_name) in [(Step::Payment, "payment steps"), (Step::ApiCall, "API calls")] {
                let group: Vec<&Case> = all
                    .iter()
                    .filter(|case| case.evidence == Some(evidence) && case.step == Some(step))
                    .filter(|case| how != How::TextAlone || !case.error.is_empty())
                    .collect();
                if !group.is_empty() {
                    let _ = writeln!(out, "reports, {name}, {step_name}, {said}:");
                    let score = score(&guide, &group, how, &mut out);
                    harmful += score.harmful;
                    if evidence == Evidence::Confirmed {
                        confirmed.all += score.all;
                        confirmed.top += score.top;
                    }
                }
            }
        }
        // Many of these people say too little to tell their cause; what they say must at least not mislead.
        if how != How::TextAlone {
            assert!(harmful == 0 && confirmed.top * 100 >= confirmed.all * 60, "{out}");
        }
    }
    println!("{out}");
}

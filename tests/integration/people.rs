//! The eighty invented people, each answering only what the wizard asks. Prints how many find the right cause on top:
//!
//! ```console
//! cargo test people -- --nocapture
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use declined::diagnosis::Diagnosis;
use declined::guide::answer::{Answer, Facts, Given, Mark};
use declined::guide::money::Month;
use declined::guide::syntax::{self, Value};
use declined::guide::{Guide, Kind, ScreenIx};
use declined::input::from_toml;
use declined::wizard::read_paste;
use declined::{content, guide};
use serde::Deserialize;

const TODAY: Month = Month { year: 2026, month: 11 };

#[derive(Deserialize)]
struct People {
    person: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    id: String,
    #[expect(dead_code, reason = "for whoever reads the file")]
    lang: String,
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
    #[expect(dead_code, reason = "warnings are not scored yet")]
    warn: Vec<String>,
}

/// What one person met.
struct Met {
    causes: Vec<String>,
    first_fix: String,
    questions: usize,
}

fn people(guide: &Guide) -> Vec<Person> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/people.toml");
    let text = fs::read_to_string(path).unwrap();
    let mut all: People = toml::from_str(&text).unwrap();
    let source = declined::diagnostic::SourceFile { path: path.into(), text };
    let tree = syntax::parse(0, &source, &mut Vec::new());
    let Some(Value::List(entries)) = tree.root.get("person").map(|node| &node.value) else { panic!("no people") };
    for (person, entry) in all.person.iter_mut().zip(entries) {
        let Value::Table(fields) = &entry.value else { panic!("{} is no table", person.id) };
        let Some(Value::Table(answers)) = fields.get("answers").map(|node| &node.value) else {
            panic!("{} has no answers", person.id)
        };
        person.given =
            answers.all.iter().map(|(screen, _, node)| answer(guide, &person.id, screen, &node.value)).collect();
    }
    all.person
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
fn meet(guide: &Guide, person: &Person, pasted: bool) -> Met {
    let mut given = Given::default();
    if let (true, Some(paste)) = (pasted, guide.paste_screen()) {
        given.person.insert(paste, Answer::Paste(read_paste(guide, &person.error)));
    }
    let mut questions = 0;
    loop {
        let facts = Facts::new(guide, &given, TODAY);
        let Some(next) = facts.next_question() else {
            let diagnosis = Diagnosis::new(&facts);
            return Met {
                causes: diagnosis.causes.iter().map(|ranked| guide.causes[ranked.cause].id.clone()).collect(),
                first_fix: diagnosis.fixes.first().map_or_else(String::new, |fix| guide.fixes[fix.fix].id.clone()),
                questions,
            };
        };
        let answer = person
            .given
            .get(&next)
            .cloned()
            .unwrap_or_else(|| panic!("{} is asked {} and has no answer", person.id, guide.screens[next].id));
        given.person.insert(next, answer);
        questions += 1;
    }
}

fn score(guide: &Guide, people: &[&Person], pasted: bool, out: &mut String) -> (usize, usize) {
    let (mut top, mut three, mut harmful, mut first) = (0, 0, 0, 0);
    let mut questions: Vec<usize> = Vec::new();
    for person in people {
        let met = meet(guide, person, pasted);
        let right = person.right.contains(&met.causes[0]);
        top += usize::from(right);
        three += usize::from(met.causes.iter().take(3).any(|cause| person.right.contains(cause)));
        harmful += usize::from(person.wrong.contains(&met.causes[0]));
        first += usize::from(person.first.contains(&met.first_fix));
        questions.push(met.questions);
        if !right || !person.first.contains(&met.first_fix) {
            let _ = writeln!(
                out,
                "    {}{}: {} (right: {}), first {} (right: {})",
                person.id,
                if person.wrong.contains(&met.causes[0]) { " HARMFUL" } else { "" },
                met.causes[..2].join(", "),
                person.right.join(", "),
                met.first_fix,
                person.first.join(", "),
            );
        }
    }
    questions.sort_unstable();
    let _ = writeln!(
        out,
        "  right cause on top {top} of {n}, among the first three {three}, harmful on top {harmful}, right first step {first}; \
         questions: median {}, most {}",
        questions[questions.len() / 2],
        questions[questions.len() - 1],
        n = people.len(),
    );
    (top, harmful)
}

#[test]
fn people_find_their_cause() {
    let (guide, _) = guide::check::check(&content::built_in().files);
    let guide = guide.expect("the shipped guide has no faults");
    let all = people(&guide);
    assert_eq!(all.len(), 80);
    let mut out = String::new();
    for (name, prefix) in [("payment steps", "vp"), ("API calls", "va")] {
        let group: Vec<&Person> = all.iter().filter(|person| person.id.starts_with(prefix)).collect();
        for (how, pasted) in [("with their text pasted", true), ("without it", false)] {
            let _ = writeln!(out, "{name}, {how}:");
            let (top, harmful) = score(&guide, &group, pasted, &mut out);
            // A floor, so that a change for one does not quietly cost others.
            assert!(top * 10 >= group.len() * 9, "{out}");
            assert!(harmful * 20 <= group.len(), "{out}");
        }
    }
    println!("{out}");
}

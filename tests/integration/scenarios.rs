//! Scenarios: every one of the shipped guide passes, and one that is wrong says in which way.

use declined::diagnostic::SourceFile;
use declined::guide::Guide;
use declined::guide::answer::{Answer, Facts, Given, Pasted};
use declined::guide::condition::{Condition, Pick};
use declined::guide::money::Month;
use declined::{content, guide, scenario};

use crate::harness::fixture;

fn lamp(scenarios: &str) -> Guide {
    let read = |name: &str| SourceFile {
        path: name.into(),
        text: std::fs::read_to_string(fixture("lamp").join(name)).unwrap(),
    };
    let mut files: Vec<SourceFile> = ["guide.toml", "screens.toml", "advice.toml", "told.toml"].map(read).into();
    files.push(SourceFile { path: "more.toml".into(), text: scenarios.into() });
    let (guide, findings) = guide::check::check(&files);
    guide.unwrap_or_else(|| panic!("{}", declined::diagnostic::render(&findings, &files, false)))
}

fn messages(guide: &Guide, scenario: &guide::Scenario) -> Vec<String> {
    scenario::run(guide, scenario).into_iter().map(|failure| failure.message).collect()
}

/// A condition on a screen whose choice `not-sure` stands first, in a text that is read before that screen is.
#[test]
fn not_sure_is_no_choice_among_the_others() {
    let changed = |name: &str, old: &str, new: &str| {
        let text = std::fs::read_to_string(fixture("lamp").join(name)).unwrap();
        assert!(text.contains(old), "{name}");
        SourceFile { path: name.into(), text: text.replacen(old, new, 1) }
    };
    let choice = "[[screen.choice]]\nid = \"yes\"";
    let files = [
        changed("guide.toml", "name = { en = \"Kitchen\"", "name = { when = { power = \"yes\" }, en = \"Kitchen\""),
        changed("screens.toml", choice, &format!("[[screen.choice]]\nid = \"not-sure\"\nlabel = \"?\"\n{choice}")),
        changed("advice.toml", "", ""),
    ];
    let (guide, findings) = guide::check::check(&files);
    let guide = guide.unwrap_or_else(|| panic!("{}", declined::diagnostic::render(&findings, &files, false)));
    let power = guide.screen("power").unwrap();
    let kitchen = guide.lists[0].entries.iter().find(|entry| entry.id == "kitchen").unwrap();
    assert_eq!(kitchen.name.parts[0].when, Some(Condition::Is(power, vec![Pick::Choice(0)])));
}

#[test]
fn those_of_the_shipped_guide_pass() {
    let (guide, _) = guide::check::check(&content::built_in().files);
    let guide = guide.unwrap();
    let mut wrong = Vec::new();
    for scenario in &guide.scenarios {
        let found = messages(&guide, scenario);
        if !found.is_empty() {
            wrong.push(format!("{}:\n  {}", scenario.id, found.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} fail\n{}", wrong.len(), guide.scenarios.len(), wrong.join("\n"));
}

#[test]
fn those_of_the_small_guide_pass() {
    let guide = lamp("");
    assert_eq!(guide.scenarios.len(), 2);
    for scenario in &guide.scenarios {
        assert_eq!(messages(&guide, scenario), Vec::<String>::new(), "{}", scenario.id);
    }
}

/// A condition may ask for it, so it is an answer like any other; and no text of a guide ends the comment.
#[test]
fn what_was_left_empty_is_written_out_as_well() {
    let mut guide = lamp("");
    guide.version = "1\nx = 2".into();
    let mut given = Given::default();
    given.person.insert(guide.screen("seen").unwrap(), Answer::Paste(Pasted::default()));
    let text = scenario::written(&Facts::new(&guide, &given, Month { year: 2026, month: 11 }));
    let (comment, scenario) = text.split_once("\n\n").unwrap();
    assert!(comment.starts_with('#') && !comment.contains('\n'), "{text}");
    assert!(scenario.contains("answers = { seen = \"nothing\" }"), "{text}");
}

#[test]
fn what_does_not_come_out_is_told() {
    let cases: &[(&str, &[&str])] = &[
        (
            "answers = { power = \"no\", room = \"garden\" }\nexpect = {}",
            &["it answers `room`, but an earlier answer leads past this screen"],
        ),
        (
            "answers = { power = \"no\" }\nexpect = { cause = [\"wet\", \"other\"] }",
            &["the cause should be `wet` or `other`, but it is `no-power`"],
        ),
        (
            "answers = { power = \"no\" }\nexpect = { never = \"no-power\", at_most = \"likely\" }",
            &[
                "the likeliest cause is `no-power`, which it must never be",
                "`no-power` is called most-likely, more than likely",
            ],
        ),
        (
            "answers = { power = \"no\" }\nexpect = { first_fix = \"plug-in\", fixes = [\"plug-in\"], no_fixes = [\"wait-for-power\"] }",
            &[
                "the first fix should be `plug-in`, but it is `wait-for-power`",
                "the fix `wait-for-power` is listed, and must not be",
                "the fix `plug-in` is missing, because the cause is proved, and it does not mend that; listed: `wait-for-power`",
            ],
        ),
        (
            "answers = { power = \"yes\", room = \"kitchen\" }\ntried = [\"plug-in\"]\nexpect = { fixes = [\"plug-in\", \"open-it\"] }",
            &[
                "the fix `plug-in` is missing, because it was tried; listed: `new-bulb`, `ask-shop`",
                "the fix `open-it` is missing, because its `when` does not hold; listed: `new-bulb`, `ask-shop`",
            ],
        ),
        (
            "answers = { power = \"yes\", room = \"kitchen\" }\ntried = [\"plug-in=worked\"]\nexpect = { fixes = [\"new-bulb\"] }",
            &["the fix `new-bulb` is missing, because something worked; listed: nothing"],
        ),
        (
            "answers = { power = \"no\" }\nexpect = { warnings = [\"water\"], letters = [\"shop\"], claims = [\"led-for-ever\"], signals = [\"error-seven\"] }",
            &[
                "the warning `water` is missing",
                "the letter `shop` is missing",
                "the claim `led-for-ever` is missing",
                "the signal `error-seven` is missing",
            ],
        ),
        (
            "answers = { power = \"yes\" }\nexpect = { next = \"fix-list\", screens_at_most = 0 }",
            &["next comes `room`, not `fix-list`", "1 questions are asked, more than 0"],
        ),
        (
            "answers = { power = \"yes\", room = \"garden\" }\nexpect = { claims = [\"plug-in-harder\", \"shake-it\"] }",
            &["the claim `plug-in-harder` is missing"],
        ),
        ("answers = { power = \"yes\", room = \"kitchen\" }\nexpect = { claims = [\"plug-in-harder\"] }", &[]),
        ("answers = { power = \"no\" }\nexpect = { next = \"room\" }", &["next comes `fix-list`, not `room`"]),
    ];
    for (text, expected) in cases {
        let guide = lamp(&format!("[[scenario]]\nid = \"tested\"\ntoday = 2026-11-22\n{text}\n"));
        let tested = guide.scenarios.iter().find(|scenario| scenario.id == "tested").unwrap();
        assert_eq!(messages(&guide, tested), *expected, "{text}");
    }
}

#[test]
fn every_cause_warning_and_letter_has_one() {
    let (guide, _) = guide::check::check(&content::built_in().files);
    let guide = guide.unwrap();
    let all = |pick: fn(&guide::Expect) -> &Vec<usize>| -> std::collections::BTreeSet<usize> {
        guide.scenarios.iter().flat_map(|scenario| pick(&scenario.expect).iter().copied()).collect()
    };
    let (causes, warnings) = (all(|expect| &expect.cause), all(|expect| &expect.warnings));
    let (letters, claims) = (all(|expect| &expect.letters), all(|expect| &expect.claims));
    let mut missing: Vec<String> = Vec::new();
    let mut look = |what: &str, ids: Vec<&String>, have: &std::collections::BTreeSet<usize>| {
        missing.extend(
            ids.into_iter().enumerate().filter(|(ix, _)| !have.contains(ix)).map(|(_, id)| format!("{what} {id}")),
        );
    };
    look("cause", guide.causes.iter().map(|cause| &cause.id).collect(), &causes);
    look("warning", guide.warnings.iter().map(|warning| &warning.id).collect(), &warnings);
    look("letter", guide.letters.iter().map(|letter| &letter.id).collect(), &letters);
    for (ix, claim) in guide.claims.iter().enumerate() {
        if claim.short.is_some() && !claims.contains(&ix) {
            missing.push(format!("claim {}", claim.id));
        }
    }
    assert!(missing.is_empty(), "without a scenario: {missing:#?}");
}

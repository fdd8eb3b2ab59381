//! `declined check`: its formats, its exit status, and many faults at once.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::bad_guides::spoiled;
use crate::harness::{Ran, Run, fixture, lamp};

fn check(folder: &str, more: &[&str]) -> Ran {
    Run::new(&[&["check", folder, "--today", "2026-11-22"], more].concat()).run()
}

#[test]
fn the_shipped_guide_is_clean() {
    let ran = Run::new(&["check", "--today", "2026-11-22"]).run();
    let out = ran.succeeds();
    assert!(out.contains(": nothing found; ") && out.ends_with(" 0 failed\n"), "{out}");
}

#[test]
fn the_small_guide_is_clean_by_either_name() {
    let clean = "4 files: nothing found; 2 scenarios passed, 0 failed\n";
    assert_eq!(check(&lamp(), &[]).succeeds(), clean);
    assert_eq!(Run::new(&["check", "--guide", &lamp(), "--today", "2026-11-22"]).run().succeeds(), clean);
    insta::assert_snapshot!("check_json_clean", check(&lamp(), &["--format", "json"]).succeeds());
}

/// Scenarios say which expectation, what came instead, and the way.
#[test]
fn scenarios_that_fail() {
    let folder = spoiled(&[
        ("told.toml", "cause = \"bulb-dead\"", "cause = \"wet\""),
        ("told.toml", "answers = { power = \"no\" }", "answers = { power = \"no\", room = \"garden\" }"),
    ]);
    let path = folder.path().display().to_string();
    for (name, format) in [("scenarios_fail", "text"), ("scenarios_fail_json", "json")] {
        let ran = check(&path, &["--format", format]);
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(1), ""));
        insta::assert_snapshot!(name, ran.stdout.replace(&path, "GUIDE").replace("GUIDE\\", "GUIDE/"));
    }
}

/// Where something is named wrongly, nobody is told that it is not named.
#[test]
fn nothing_is_said_that_follows_from_another_fault() {
    for (what, change) in [
        ("unknown-id", ("screens.toml", "problem = { unplugged", "problem = { unpluged")),
        ("syntax", ("screens.toml", "id = \"power\"", "id = \"power")),
        ("syntax", ("guide.toml", "title.en = \"The", "title.en = The")),
        ("unknown-key", ("guide.toml", "languages = ", "langauges = ")),
        ("unknown-key", ("advice.toml", "works_for = { unplugged", "worksfor = { unplugged")),
        ("syntax", ("screens.toml", "points_to = { no-power = \"proves\" }", "points_to = { no-power = \"proves }")),
        ("wrong-type", ("screens.toml", "[[screen.band]]\nid = \"told\"", "band = \"told\"")),
        ("bad-value", ("advice.toml", "wet = \"usually\"", "wet = \"allways\"")),
    ] {
        let folder = spoiled(&[change]);
        let path = folder.path().display().to_string();
        let ran = check(&path, &["--format", "short"]);
        let found: Vec<&str> = ran.stdout.lines().filter(|line| line.contains("]: ")).collect();
        assert!(found.len() == 1 && found[0].contains(&format!("error[{what}]")), "{}", ran.stdout);
    }
}

/// The same sign and digits may stand before it, in another amount or in what somebody said.
#[test]
fn an_amount_is_shown_where_it_stands() {
    let folder = spoiled(&[("advice.toml", "The lamp may well be fine.", "Not $50, nor “$5”: 5 灯 for $5, or $5.")]);
    let ran = check(&folder.path().display().to_string(), &["--format", "short"]);
    let places: Vec<&str> = ran.stdout.lines().filter_map(|line| line.split("advice.toml:").nth(1)).collect();
    let expected = [
        "7:46: warning[plain-amount]: `$5` is written as a number",
        "7:53: warning[plain-amount]: `$5` is written as a number",
    ];
    assert_eq!(places, expected, "{}", ran.stdout);
}

/// Where the header is broken, nobody knows the languages of the guide.
#[test]
fn texts_wait_for_the_header() {
    let text = "format = 1\nlanguages = \"de\"\ntitle = { de = \"Lampe\", fr = \"Lampe\" }\n";
    let files = [declined::diagnostic::SourceFile { path: "guide.toml".into(), text: text.into() }];
    let (_, findings) = declined::guide::check::check(&files);
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
    assert!(rules.contains(&"wrong-type") && !rules.iter().any(|rule| rule.contains("language")), "{rules:?}");
}

/// A screen that cannot be used is one all the same.
#[test]
fn a_screen_with_a_bad_id_is_there() {
    let text = "[[screen]]\nid = \"Room\"\nkind = \"note\"\n";
    let files = [declined::diagnostic::SourceFile { path: "screens.toml".into(), text: text.into() }];
    let (_, findings) = declined::guide::check::check(&files);
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
    assert!(rules.contains(&"bad-id") && !rules.contains(&"no-screens"), "{rules:?}");
}

#[test]
fn a_folder_that_cannot_be_read() {
    let ran = check(&fixture("not-there").display().to_string(), &[]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.starts_with("declined: cannot read the guide folder"), "{}", ran.stderr);
}

/// More than the wizard takes, and less than is too much.
#[test]
fn a_large_guide_is_checked_all_the_same() {
    let folder = spoiled(&[]);
    let path = folder.path().display().to_string();
    fs::write(folder.path().join("large.toml"), "# long\n".repeat(10 * 1024 * 1024 / 7)).unwrap();
    assert!(check(&path, &[]).succeeds().starts_with("5 files: nothing found"));
    fs::write(folder.path().join("large.toml"), "# long\n".repeat(65 * 1024 * 1024 / 7)).unwrap();
    let ran = check(&path, &[]);
    assert!(ran.status == Some(2) && ran.stderr.contains("larger than 64 MiB"), "{}", ran.stderr);
}

/// Thirty different faults in five files are thirty findings, each on its line.
#[test]
fn thirty_faults_at_once() {
    let folder = fixture("thirty");
    let path = folder.display().to_string();
    let ran = check(&path, &["--format", "short"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(1), ""));
    let mut found: Vec<(String, usize, String)> = Vec::new();
    for line in ran.stdout.lines().filter(|line| line.contains("]: ")) {
        let (place, rest) = line.split_once(": ").unwrap();
        let mut place = place.rsplitn(3, ':');
        let (_, line) = (place.next().unwrap(), place.next().unwrap().parse().unwrap());
        let name = Path::new(place.next().unwrap()).file_name().unwrap().to_str().unwrap().to_owned();
        let rule = rest.split_once('[').unwrap().1.split_once(']').unwrap().0;
        found.push((name, line, rule.to_owned()));
    }
    // Each fault is marked in the fixture by a comment that names its rule, on the line before it.
    let mut marked: Vec<(String, usize, String)> = Vec::new();
    for name in ["advice.toml", "guide.toml", "more.toml", "screens.toml", "told.toml"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        for (at, line) in text.lines().enumerate() {
            if let Some(rules) = line.trim_start().strip_prefix("#! ") {
                marked.extend(rules.split(' ').map(|rule| (name.to_owned(), at + 2, rule.to_owned())));
            }
        }
    }
    found.sort();
    marked.sort();
    assert_eq!(found, marked, "{}", ran.stdout);
    let rules: std::collections::BTreeSet<&String> = marked.iter().map(|(.., rule)| rule).collect();
    assert_eq!((marked.len(), rules.len()), (30, 30));
    let text = check(&path, &[]).stdout.replace(&path, "GUIDE").replace("GUIDE\\", "GUIDE/");
    insta::assert_snapshot!("thirty", text);
}

/// Figures that rest on answers whose defaults rest on figures are added up once as well.
#[test]
fn defaults_that_rest_on_each_other_take_no_time() {
    let folder = spoiled(&[]);
    let screens = folder.path().join("screens.toml");
    let mut text = fs::read_to_string(&screens).unwrap() + "[[figure]]\nid = \"f0\"\nusd = 1\nsource = \"manual\"\n";
    for n in 1..50 {
        let last = n - 1;
        let _ = write!(
            text,
            "[[screen]]\nid = \"a{n}\"\nkind = \"amount\"\nshort = \"A{n}\"\nask = \"How much?\"\ndefault = \"f{last}\"\n\
             [[screen.band]]\nid = \"some\"\npoints_to = {{ bulb-dead = \"points\" }}\n\
             [[figure]]\nid = \"f{n}\"\nplus = [\"a{n}\", \"f{last}\"]\n"
        );
    }
    text += "[[warning]]\nid = \"sum\"\nrank = 1\nsources = [\"manual\"]\ntext = \"{f49}\"\n";
    fs::write(screens, text).unwrap();
    let ran = check(&folder.path().display().to_string(), &["--format", "short"]);
    assert!(ran.stdout.contains("2 scenarios passed, 0 failed"), "{}", ran.stdout);
}

/// Where there are no causes nothing can point to one; that is told once.
#[test]
fn without_causes_the_answers_are_not_blamed() {
    let folder = spoiled(&[]);
    for file in fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replace("[[cause]]", "[[causes]]")).unwrap();
    }
    let told = check(&folder.path().display().to_string(), &["--format", "short"]).stdout;
    assert!(told.contains("nor any other cause") && !told.contains("changes-nothing"), "{told}");
}

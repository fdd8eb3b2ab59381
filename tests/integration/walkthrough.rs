//! Whole ways through the shipped guide, each walked by the machine, line by line, on the full screen and through
//! `solve`, in every language: all four must end on the same list.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use declined::diagnosis::Diagnosis;
use declined::guide::Guide;
use declined::guide::answer::{Facts, Mark, Tried};
use declined::guide::money::Month;
use declined::page::{Body, Page, search};
use declined::report::{Report, Tongue};
use declined::session::Session;
use declined::tui::Look;
use declined::wizard::{At, Move, Outcome, Wizard};
use declined::{content, export, guide, plain, tui};
use serde::Deserialize;

use crate::harness::{Run, fixture};

const TODAY: Month = Month { year: 2026, month: 11 };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Walk {
    /// Who it is, in a sentence.
    person: String,
    /// What they paste.
    #[serde(default)]
    error: String,
    /// The questions in the order in which they must come, and the answers.
    steps: Vec<Step>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    screen: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    items: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    cause: String,
    first_fix: String,
    #[serde(default)]
    only_fixes: Vec<String>,
    #[serde(default)]
    reminders: Vec<String>,
    #[serde(default)]
    warnings: Vec<String>,
    /// What stands in the English text.
    #[serde(default)]
    says: Vec<String>,
    /// What stands in the Chinese text.
    #[serde(default)]
    says_zh: Vec<String>,
    /// What no list for this person may say.
    #[serde(default)]
    never_says: Vec<String>,
}

fn shipped() -> Arc<Guide> {
    let (guide, findings) = guide::check::check(&content::built_in().files);
    Arc::new(guide.unwrap_or_else(|| panic!("the shipped guide has faults: {findings:#?}")))
}

fn walks() -> Vec<(String, Walk)> {
    let mut paths: Vec<_> = fs::read_dir(fixture("walkthrough")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let walks: Vec<_> = paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let walk = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.file_stem().unwrap().to_string_lossy().into_owned(), walk)
        })
        .collect();
    assert!(!walks.is_empty());
    walks
}

fn screen_id(wizard: &Wizard) -> Option<String> {
    match wizard.at() {
        At::Screen(screen) => Some(wizard.guide().screens[screen].id.clone()),
        At::List | At::Solved => None,
    }
}

/// The moves that give the answer of a step on the page that is asked.
fn moves(wizard: &Wizard, step: &Step) -> Vec<Move> {
    use declined::guide::Kind;
    let At::Screen(screen) = wizard.at() else { panic!("{} is not asked any more", step.screen) };
    if step.answer == "not-sure" {
        return vec![Move::NotSure];
    }
    match &wizard.guide().screens[screen].kind {
        Kind::Choice(choices) => vec![Move::Choose(
            choices.iter().position(|c| c.id == step.answer).unwrap_or_else(|| panic!("no answer {}", step.answer)),
        )],
        Kind::List(list, _) => vec![Move::Choose(
            wizard.guide().lists[*list]
                .entries
                .iter()
                .position(|entry| entry.id == step.answer)
                .unwrap_or_else(|| panic!("no entry {}", step.answer)),
        )],
        Kind::Checklist(items) => {
            let mut all: Vec<Move> = items
                .iter()
                .enumerate()
                .filter_map(|(ix, item)| Some(Move::Mark(ix, Mark::parse(step.items.get(&item.id)?).unwrap())))
                .collect();
            all.push(Move::Next);
            all
        }
        _ => vec![Move::Enter(step.answer.clone())],
    }
}

/// What would be typed for these moves line by line, and which keys would be pressed on the full screen.
fn typed(wizard: &Wizard, step: &Step, tongue: Tongue) -> (String, String) {
    let At::Screen(screen) = wizard.at() else { panic!("nothing is asked") };
    let page = Page::new(wizard, screen, tongue);
    let wanted = moves(wizard, step);
    match page.body {
        Body::Options { options, taken } => {
            let line = options.iter().position(|(_, step)| *step == wanted[0]).unwrap();
            assert_eq!(taken, None, "{} was answered before", step.screen);
            (format!("{}\n", line + 1), format!("{}<enter>", "<down>".repeat(line)))
        }
        Body::Search { names, .. } => {
            let Move::Choose(entry) = wanted[0] else { panic!("not sure is not walked here") };
            let first = search(wizard.guide(), screen, &names[entry])[0];
            assert_eq!(first, entry, "a name typed in full comes first");
            let found = search(wizard.guide(), screen, &names[entry]).len();
            let pick = if found > 1 { "1\n" } else { "" };
            (format!("{}\n{pick}", names[entry]), format!("{}<enter>", names[entry]))
        }
        Body::Items(items) => {
            let mut lines = String::new();
            let mut keys = String::new();
            for ix in 0..items.len() {
                let mark = wanted.iter().find_map(|step| match step {
                    Move::Mark(item, mark) if *item == ix => Some(*mark),
                    _ => None,
                });
                match mark {
                    Some(Mark::Fine) => (lines.push_str("y\n"), keys.push('y')),
                    Some(Mark::Problem) => (lines.push_str("n\n"), keys.push('n')),
                    _ => (lines.push('\n'), keys.push_str("<down>")),
                };
            }
            (lines, keys + "<enter>")
        }
        _ => (format!("{}\n", step.answer), format!("{}<enter>", step.answer)),
    }
}

/// What each of these people types line by line, in English.
pub fn typed_by_all() -> Vec<(String, String)> {
    let guide = shipped();
    let tongue = Tongue::new(&guide, 0);
    let typed_by = |walk: &Walk| {
        let mut wizard = Wizard::new(Arc::clone(&guide), TODAY, std::collections::BTreeMap::default());
        let mut lines = String::from("\n");
        wizard.apply(Move::Next);
        wizard.apply(Move::Enter(walk.error.clone()));
        let pasted = if walk.error.is_empty() { [""; 2] } else { [walk.error.as_str(), "\n."] };
        lines.extend(pasted);
        lines.push('\n');
        for step in &walk.steps {
            lines.push_str(&typed(&wizard, step, tongue).0);
            for step in moves(&wizard, step) {
                wizard.apply(step);
            }
        }
        lines
    };
    walks().iter().map(|(name, walk)| (name.clone(), typed_by(walk))).collect()
}

#[test]
fn every_face_ends_on_the_same_list() {
    let guide = shipped();
    for (name, walk) in walks() {
        for language in 0..guide.languages.len() {
            let tongue = Tongue::new(&guide, language);
            let mut wizard = fresh(&guide);
            let mut lines = String::from("\n");
            let mut keys = String::from("<enter>");
            wizard.apply(Move::Next);
            assert_eq!(screen_id(&wizard).as_deref(), Some("paste"), "{name}");
            wizard.apply(Move::Enter(walk.error.clone()));
            if walk.error.is_empty() {
                lines.push('\n');
            } else {
                lines.extend([walk.error.as_str(), "\n.\n"]);
                keys.extend(["<paste:", walk.error.as_str(), ">"]);
                assert!(!walk.error.contains('>'), "{name}: a > would end the paste early");
            }
            keys.push_str("<enter>");
            for step in &walk.steps {
                assert_eq!(screen_id(&wizard).as_deref(), Some(step.screen.as_str()), "{name}: another question comes");
                let (line, key) = typed(&wizard, step, tongue);
                lines.push_str(&line);
                keys.push_str(&key);
                for step in moves(&wizard, step) {
                    wizard.apply(step);
                }
            }
            assert_eq!(wizard.at(), At::List, "{name}: {:?} is asked as well", screen_id(&wizard));

            let facts = wizard.facts();
            let report = Report::new(&facts, &Diagnosis::new(&facts), tongue);
            let text = export::text(&facts, &report, false);
            let about = format!("{name} ({}), {}:\n{text}", guide.languages[language], walk.person);
            check(&guide, &walk.expect, &report, &text, language, &about);

            same_everywhere(&wizard, &walk, tongue, &lines, &keys, &about);

            // Two things on the list fail, the third works.
            for how in [Tried::Failed, Tried::Failed, Tried::Worked] {
                let Some(first) = Report::of(&wizard.facts(), tongue).fixes.first().map(|card| card.fix) else { break };
                wizard.apply(Move::Tell(first, how));
                let line = if how == Tried::Worked { "1" } else { "2" };
                lines.extend(["1\n", line, "\n"]);
                keys.extend([" ", line]);
                let after = format!("after {:?}: {about}", wizard.facts().tried);
                same_everywhere(&wizard, &walk, tongue, &lines, &keys, &after);
            }
            assert!(!wizard.facts().tried.is_empty(), "{about}");
        }
    }
}

/// Holds line mode, the full screen and `solve` to what the machine says after the same steps.
fn same_everywhere(wizard: &Wizard, walk: &Walk, tongue: Tongue, lines: &str, keys: &str, about: &str) {
    let guide = wizard.guide();
    let facts = wizard.facts();
    let report = Report::of(&facts, tongue);

    // Line by line.
    let text = match wizard.at() {
        At::Solved => export::solved(&report),
        // Once something was told, the short list is enough.
        _ if !facts.tried.is_empty() => export::short(&report),
        _ => export::text(&facts, &report, false),
    };
    let mut out = Vec::new();
    let mut unsaved = Session::default();
    let left = plain::run(fresh(guide), tongue, false, &mut unsaved, &mut lines.as_bytes(), &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert_eq!(left.status, 0, "{about}");
    assert!(out.contains(&text), "line mode ends elsewhere: {about}\n{out}");

    // On the full screen: tall enough to show everything at once.
    let look = Look { ascii: false, coloured: false, hyperlinks: false };
    let frame = tui::print(fresh(guide), tongue, look, keys, 100, 200).unwrap();
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let shown = squeeze(&frame);
    let must_show: Vec<&str> = match &report.solved {
        Some(solved) => vec![&solved.title, &solved.was],
        None => report.fixes.iter().map(|card| card.title.as_str()).chain([report.headline.as_str()]).collect(),
    };
    for text in must_show {
        assert!(shown.contains(&squeeze(text)), "the full screen ends elsewhere: {about}\n{frame}");
    }

    // And asked for nothing.
    let json = export::json(&facts, &report).unwrap();
    assert_eq!(solve_same(walk, &facts, tongue), json, "solve ends elsewhere: {about}");
}

/// The time by which everything is told here: noon of the day that `--today` says.
const NOON: time::OffsetDateTime = time::macros::datetime!(2026-11-22 12:00 UTC);

fn fresh(guide: &Arc<Guide>) -> Wizard {
    let mut wizard = Wizard::new(Arc::clone(guide), TODAY, std::collections::BTreeMap::default());
    wizard.set_now(NOON);
    wizard
}

fn solve_same(walk: &Walk, facts: &Facts<'_>, tongue: Tongue) -> String {
    let guide = facts.guide;
    let language = guide.language_code(tongue.index);
    let mut args = vec!["solve".to_owned(), "--format".into(), "json".into(), "--lang".into(), language.into()];
    args.extend(["--today".into(), "2026-11-22".into(), "--error".into(), "-".into()]);
    for step in &walk.steps {
        if step.items.is_empty() {
            args.extend(["--answer".into(), format!("{}={}", step.screen, step.answer)]);
        }
        for (item, mark) in &step.items {
            args.extend(["--answer".into(), format!("{}.{item}={mark}", step.screen)]);
        }
    }
    for tried in &facts.tried {
        args.extend(["--tried".into(), format!("{}={}", guide.fixes[tried.fix].id, tried.how.word())]);
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    Run::new(&args).input(&walk.error).run().succeeds().to_owned()
}

fn check(guide: &Guide, expect: &Expect, report: &Report, text: &str, language: usize, about: &str) {
    let cause = &guide.causes[report.causes[0].cause].id;
    assert_eq!(*cause, expect.cause, "{about}");
    let fixes: Vec<&str> = report.fixes.iter().map(|card| guide.fixes[card.fix].id.as_str()).collect();
    assert_eq!(fixes.first(), Some(&expect.first_fix.as_str()), "{about}");
    if !expect.only_fixes.is_empty() {
        assert_eq!(fixes, expect.only_fixes, "{about}");
    }
    let reminders: BTreeSet<&str> = report.reminders.iter().map(|r| guide.reminders[r.ix].id.as_str()).collect();
    assert!(reminders.contains("auto-recharge"), "every list has the auto-recharge guidance: {about}");
    for wanted in &expect.reminders {
        assert!(reminders.contains(wanted.as_str()), "{wanted} is missing: {about}");
    }
    let warnings: BTreeSet<&str> =
        report.warnings.iter().chain(&report.more_warnings).map(|w| guide.warnings[w.ix].id.as_str()).collect();
    for wanted in &expect.warnings {
        assert!(warnings.contains(wanted.as_str()), "{wanted} is missing among {warnings:?}: {about}");
    }
    let says = if guide.languages[language] == "zh" { &expect.says_zh } else { &expect.says };
    for wanted in says {
        assert!(text.contains(wanted), "{wanted:?} is not said: {about}");
    }
    for unwanted in &expect.never_says {
        assert!(!text.contains(unwanted), "{unwanted:?} is said: {about}");
    }
}

/// The way back leads through the same screens, and every answer is still there.
#[test]
fn back_leads_through_the_same_screens() {
    let guide = shipped();
    for (name, walk) in walks().into_iter().filter(|(_, walk)| walk.error.is_empty()) {
        let mut wizard = Wizard::new(Arc::clone(&guide), TODAY, std::collections::BTreeMap::default());
        wizard.apply(Move::Next);
        wizard.apply(Move::Enter(String::new()));
        for step in &walk.steps {
            for step in moves(&wizard, step) {
                wizard.apply(step);
            }
        }
        let known = wizard.facts().answers().count();
        for step in walk.steps.iter().rev() {
            assert!(matches!(wizard.apply(Move::Back), Outcome::Moved { .. }), "{name}");
            assert_eq!(screen_id(&wizard).as_deref(), Some(step.screen.as_str()), "{name}");
        }
        assert_eq!(wizard.facts().answers().count(), known, "{name}: going back loses nothing");
    }
}

//! Screens as pictures of text, at three sizes and in both languages, and their styles once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use declined::diagnostic::SourceFile;
use declined::guide::money::Month;
use declined::report::Tongue;
use declined::tui::{self, Look};
use declined::wizard::Wizard;

use crate::harness::fixture;

fn wizard() -> Wizard {
    let files: Vec<SourceFile> = ["guide.toml", "screens.toml", "advice.toml", "told.toml"]
        .into_iter()
        .map(|name| SourceFile {
            path: name.into(),
            text: std::fs::read_to_string(fixture("lamp").join(name)).unwrap(),
        })
        .collect();
    let (guide, findings) = declined::guide::check::check(&files);
    assert!(findings.is_empty(), "{findings:#?}");
    let mut wizard = Wizard::new(Arc::new(guide.unwrap()), Month { year: 2026, month: 11 }, BTreeMap::new());
    wizard.set_now(time::macros::datetime!(2026-11-22 14:05 UTC));
    wizard
}

fn frame(keys: &str, language: usize, (width, height): (u16, u16), look: Look) -> String {
    let wizard = wizard();
    let tongue = Tongue::new(wizard.guide(), language);
    tui::print(wizard, tongue, look, keys, width, height).unwrap()
}

const PLAIN: Look = Look { ascii: false, coloured: false, hyperlinks: false };

/// Every kind of screen and everything that opens over one.
const WAYS: &[(&str, &str)] = &[
    ("note", ""),
    ("paste", "<enter>"),
    ("typed into the paste field", "<enter>a longer line that someone types by hand: 您的银行卡被拒绝了<enter>"),
    ("typed and not sent", "<enter>hello there, this is typed by hand and long enough to go round the field's edge"),
    ("a choice, after a text with a secret in it", "<enter><paste:lamp says nothing fake@example.com><enter>"),
    ("a long list", "<enter><enter><enter>ki"),
    ("nothing found", "<enter><enter><enter>zzz"),
    ("a checklist", "<enter><enter><enter>garden<enter>yn"),
    ("an amount", "<enter><enter><enter>garden<enter>yn<enter>"),
    ("a wrong amount", "<enter><enter><enter>garden<enter>yn<enter>1e5<enter>"),
    ("a month", "<enter><enter><enter>garden<enter>y<enter>"),
    ("the list", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>"),
    ("a fix", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter><enter>"),
    ("a reminder", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter><end><enter>"),
    ("a letter", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>l"),
    ("a letter closed as it was opened", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>lll"),
    ("advice opened twice, closed once", "<enter><enter>c<f1>c<esc>"),
    ("the letters, with nothing known", "<enter><enter>fl"),
    ("advice you may have read", "<enter><enter>c"),
    ("advice, searched", "<enter><enter>cled"),
    ("one piece of advice", "<enter><enter>cshake<enter>"),
    ("no such advice", "<enter><enter>czzz<enter>"),
    ("the answers", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>a"),
    ("fixes so far", "<enter><enter>f"),
    ("help", "<enter><enter>?"),
    ("at the start", "<esc>"),
    ("no such line", "<enter><enter>9"),
    (
        "changed: what is no longer needed is told",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>a<enter>j<enter>",
    ),
    ("back to a choice", "<enter><enter><enter><esc>"),
    ("the other language", "<enter><enter>g"),
    ("what became of it", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter> "),
    ("still declined", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter> 2"),
    ("two things failed: stop", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter> 2 2"),
    ("not possible", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter> 4"),
    ("told anew", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter> 2<end><up><up><enter>"),
    ("told while a question is asked", "<enter><enter>f 3"),
    ("it worked", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>w"),
    ("no fix here", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter><end> "),
    ("links", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter><enter>o"),
    ("a file name", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>e"),
    ("a blank of a letter", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>l<enter>"),
    (
        "a letter filled in",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>l<enter>the lamp in the garden<enter>",
    ),
];

fn album(language: usize, size: (u16, u16)) -> String {
    let mut out = String::new();
    for (name, keys) in WAYS {
        let _ = writeln!(out, "# {name}: {keys}\n{}", frame(keys, language, size, PLAIN));
    }
    out
}

#[test]
fn wide() {
    insta::assert_snapshot!("100x30_en", album(0, (100, 30)));
    insta::assert_snapshot!("100x30_zh", album(1, (100, 30)));
}

#[test]
fn usual() {
    insta::assert_snapshot!("80x24_en", album(0, (80, 24)));
    insta::assert_snapshot!("80x24_zh", album(1, (80, 24)));
}

#[test]
fn small() {
    insta::assert_snapshot!("40x12_en", album(0, (40, 12)));
    insta::assert_snapshot!("40x12_zh", album(1, (40, 12)));
}

#[test]
fn too_small() {
    for size in [(39, 12), (40, 11), (10, 3), (1, 1)] {
        let shown = frame("<enter>jj<enter>", 0, size, PLAIN);
        assert!(!shown.contains("declined"), "{shown}");
    }
    assert!(frame("", 0, (39, 12), PLAIN).contains("Please enlarge the window"));
}

#[test]
fn the_end_leads_back_to_the_list() {
    for list in
        ["<enter><enter>f", "<enter><enter>f<enter>", "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>"]
    {
        for back in ["<esc>", "<left>"] {
            let shown = frame(&format!("{list}w{back}"), 0, (100, 30), PLAIN);
            assert!(shown.contains("This is solved.") && shown.contains("Already tried"), "{list} {back}:\n{shown}");
        }
    }
    // Behind the list that was opened early stands the question.
    let shown = frame("<enter><enter>fw<esc><esc>", 0, (100, 30), PLAIN);
    assert!(shown.contains("Is there power in the house?"), "{shown}");
}

#[test]
fn every_size_between_and_beyond() {
    for (_, keys) in WAYS {
        for width in [40, 41, 57, 79, 81, 99, 120, 250] {
            for height in [12, 13, 19, 25, 60] {
                let shown = frame(keys, 1, (width, height), PLAIN);
                assert_eq!(shown.lines().count(), usize::from(height));
                for line in shown.lines() {
                    let columns = unicode_width::UnicodeWidthStr::width(line);
                    assert!(columns <= usize::from(width), "{columns} columns at {width}x{height}: {line}");
                }
            }
        }
    }
}

#[test]
fn styles() {
    let look = Look { ascii: false, coloured: true, hyperlinks: false };
    let mut out = String::new();
    for (name, keys) in WAYS {
        let wizard = wizard();
        let tongue = Tongue::new(wizard.guide(), 0);
        let buffer = tui::render(wizard, tongue, look, keys, 80, 24).unwrap();
        let _ = writeln!(out, "# {name}\n{}", tui::styles(&buffer));
    }
    insta::assert_snapshot!("styles", out);
}

#[test]
fn ascii_draws_ascii() {
    for (_, keys) in WAYS.iter().filter(|(name, _)| *name != "the other language") {
        let shown = frame(keys, 0, (100, 30), Look { ascii: true, coloured: false, hyperlinks: false });
        // The name of the other language is content of a kind: it must be readable to those who need it.
        let odd: String = shown.replace("中文", "").chars().filter(|c| !c.is_ascii()).collect();
        assert_eq!(odd, "", "{shown}");
    }
}

#[test]
fn without_colours_nothing_is_coloured() {
    for (_, keys) in WAYS {
        let wizard = wizard();
        let tongue = Tongue::new(wizard.guide(), 0);
        let buffer = tui::render(wizard, tongue, PLAIN, keys, 80, 24).unwrap();
        assert!(buffer.content().iter().all(|cell| cell.fg == ratatui::style::Color::Reset));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    /// Whatever is pressed at whatever size, there is a frame, and its lines fit.
    #[test]
    fn any_keys(
        steps in proptest::collection::vec(0_usize..KEYS.len(), 0..50),
        width in 1_u16..140,
        height in 1_u16..45,
        language in 0_usize..2,
    ) {
        let keys: String = steps.iter().map(|&step| KEYS[step]).collect();
        let shown = frame(&keys, language, (width, height), PLAIN);
        proptest::prop_assert_eq!(shown.lines().count(), usize::from(height));
    }
}

const KEYS: &[&str] = &[
    "<enter>",
    "<enter>",
    "<enter>",
    "<down>",
    "<up>",
    "j",
    "k",
    "1",
    "2",
    "9",
    "0",
    "y",
    "n",
    " ",
    "a",
    "f",
    "?",
    "g",
    "<esc>",
    "<left>",
    "<right>",
    "<home>",
    "<end>",
    "<pgup>",
    "<pgdn>",
    "<bs>",
    "<ctrl-g>",
    "<ctrl-o>",
    "<ctrl-l>",
    "<ctrl-u>",
    "<f1>",
    "garden",
    "厨",
    "12.50",
    "11/26",
    "<paste:E7\n12\n>",
];

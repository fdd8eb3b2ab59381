use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::diagnostic::SourceFile;
use crate::guide::check::check;
use crate::guide::money::Month;
use crate::reread::Fault;
use crate::tui::draw::draw;
use crate::tui::frame::{plain, played};
use crate::tui::theme::Look;

const LOOK: Look = Look { ascii: false, coloured: false, hyperlinks: false };
const TO_LIST: &str = "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>";

/// What is there in every list of the guide, before all else, and shown to nobody here: all numbers change by it.
const MORE: &str = r#"
[[fix]]
id = "a-fix"
title = "a"
who = "you"
minutes = 1
wait = "none"
works_for = { other = "rarely" }
steps = ["a"]
sources = ["manual"]
reviewed = 2026-11-01
when = { power = "no" }

[[reminder]]
id = "a-reminder"
text = "a"
sources = ["manual"]
when = { power = "no" }

[[letter]]
id = "a-letter"
to = "other"
title = "a"
fixes = ["a-fix"]
body = "{a-blank}"
[[letter.blank]]
id = "a-blank"
ask = "a"
"#;

fn guide(changes: &[(&str, &str)]) -> Arc<Guide> {
    let files = [
        ("guide.toml", include_str!("../../../../tests/fixtures/lamp/guide.toml")),
        ("screens.toml", include_str!("../../../../tests/fixtures/lamp/screens.toml")),
        ("advice.toml", include_str!("../../../../tests/fixtures/lamp/advice.toml")),
        ("told.toml", include_str!("../../../../tests/fixtures/lamp/told.toml")),
    ]
    .map(|(path, text)| {
        let text = changes.iter().fold(text.to_owned(), |text, (old, new)| text.replace(old, new));
        SourceFile { path: path.into(), text }
    });
    let (guide, findings) = check(&files);
    Arc::new(guide.unwrap_or_else(|| panic!("{findings:#?}")))
}

fn app(keys: &str, language: usize, (width, height): (u16, u16)) -> App {
    let guide = guide(&[]);
    let tongue = Tongue::new(&guide, language);
    let wizard = Wizard::new(guide, Month { year: 2026, month: 11 }, BTreeMap::new());
    played(wizard, tongue, LOOK, keys, width, height).unwrap()
}

fn shown(app: &App) -> String {
    let (width, height) = app.size;
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(frame, app)).unwrap();
    plain(terminal.backend().buffer())
}

#[test]
fn what_is_shown_stays_whatever_is_open() {
    let before_all = format!("{MORE}\n[[letter]]\nid = \"shop\"");
    let more = guide(&[("[[letter]]\nid = \"shop\"", &before_all)]);
    let same = guide(&[]);
    for keys in [
        "",
        "<enter>",
        "<enter>half typed",
        "<enter><enter>j",
        "<enter><enter><enter>ki",
        "<enter><enter><enter>garden<enter>yn",
        "<enter><enter><enter>garden<enter>yn<enter>1",
        "<enter><enter><enter>garden<enter>y<enter>",
        "<enter><enter>?",
        "<enter><enter>f",
        "<enter><enter>a",
        "<enter><enter>cshake<enter>",
        "<enter><enter>cled",
        TO_LIST,
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>jj",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter><enter>",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter><enter>o",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter><end><enter>",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter> ",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter> 2",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter> 2<down><down><down><down>",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter> 1",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>e",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>l",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>le",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>l<enter>4711<enter>Some",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>l<enter>4711<enter>Some Name<enter>",
    ] {
        for guide in [&same, &more] {
            let mut app = app(keys, 0, (80, 24));
            let before = shown(&app);
            let revision = app.wizard.revision();
            app.edited(Edit::Good(Arc::clone(guide)));
            assert_eq!(shown(&app), before, "{keys}");
            assert_eq!(app.wizard.revision(), revision, "nothing is saved by it");
        }
    }
}

#[test]
fn what_is_gone_is_closed_or_told() {
    let mut app = app(TO_LIST, 0, (80, 24));
    app.key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE), false);
    assert!(matches!(app.open.last(), Some((Open::Fix(_), _))));
    let before = app.wizard.facts().answers().count();
    app.edited(Edit::Good(guide(&[("\"new-bulb\"", "\"other-bulb\"")])));
    assert!(app.open.is_empty(), "the fix that was open is gone");
    assert_eq!(app.notice, None);
    let without = guide(&[("\"garden\"", "\"park\""), ("\"Garden\"", "\"Park\"")]);
    app.edited(Edit::Good(Arc::clone(&without)));
    let told = app.notice.clone().unwrap();
    assert!(told.ends_with("Left out, as it is not known any more: `garden` of `room`."), "{told}");
    app.edited(Edit::Good(guide(&[])));
    assert_eq!(app.notice, None);
    assert_eq!(app.wizard.facts().answers().count(), before, "it is there again");
}

#[test]
fn the_language_stays_where_the_order_changes() {
    let mut app = app("<enter><enter>", 1, (80, 24));
    let turned = guide(&[("languages = [\"en\", \"zh\"]", "languages = [\"zh\", \"en\"]")]);
    app.edited(Edit::Good(turned));
    assert!(shown(&app).contains("家里有电吗"), "{}", shown(&app));
}

#[test]
fn faults_in_a_small_window() {
    let fault = |number: usize| Fault {
        place: Some(format!("screens.toml:{number}:1")),
        message: "screen has no key `asks`".into(),
        help: Some("did you mean `ask`?".into()),
    };
    let mut app = app("<enter><enter>", 1, (40, 12));
    app.edited(Edit::Bad(Trouble::Faults((1..=21).map(fault).collect())));
    insta::assert_snapshot!("faults", shown(&app));
    app.key(KeyEvent::new(KeyCode::End, KeyModifiers::NONE), false);
    insta::assert_snapshot!("faults_end", shown(&app));
    app.key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE), false);
    assert!(shown(&app).contains("家里有电吗"));
    app.edited(Edit::Bad(Trouble::Unreadable("cannot read the guide folder".into())));
    insta::assert_snapshot!("unreadable", shown(&app));
    app.edited(Edit::Good(guide(&[])));
    assert!(app.open.is_empty() && !app.is_broken());
}

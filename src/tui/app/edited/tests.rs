use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::Effect;
use super::*;
use crate::diagnostic::SourceFile;
use crate::guide::check::check;
use crate::guide::money::Month;
use crate::reread::Fault;
use crate::tui::draw::draw;
use crate::tui::frame::{plain, played};
use crate::tui::keymap::Mode;
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
fn an_edit_that_shows_nowhere_is_told_until_the_next_key() {
    for (language, said) in [(0, "The guide was read again."), (1, "已重新读取指南。")] {
        for keys in ["<enter><enter>", "<enter>half typed", TO_LIST, "<enter><enter>?"] {
            let mut app = app(keys, language, (80, 24));
            let before = shown(&app);
            // The first reading is that of the watch which begins.
            app.edited(Edit::Good(guide(&[])));
            assert_eq!(shown(&app), before);
            for _ in 0..2 {
                app.edited(Edit::Good(guide(&[])));
                assert_eq!(shown(&app).matches(said).count(), 1, "{keys}:\n{}", shown(&app));
            }
            press(&mut app, KeyCode::F(12));
            assert_eq!(shown(&app), before);
            // What is seen tells of itself.
            app.edited(Edit::Good(guide(&[("The lamp stays dark", "A lamp"), ("灯不亮", "灯")])));
            assert!(!shown(&app).contains(said), "{keys}:\n{}", shown(&app));
            // Faults that nobody looks at are gone without a sign as well.
            app.edited(bad(1));
            if app.mode() == Mode::Trouble {
                press(&mut app, KeyCode::Esc);
            }
            app.edited(Edit::Good(guide(&[("The lamp stays dark", "A lamp"), ("灯不亮", "灯")])));
            assert!(shown(&app).contains(said), "{keys}:\n{}", shown(&app));
        }
    }
    // Nor does it take the place of what the last key had to say.
    let mut app = app("<enter><paste:fake@example.com>", 0, (80, 24));
    for _ in 0..3 {
        app.edited(Edit::Good(guide(&[])));
    }
    assert!(shown(&app).contains("The guide was read again. Something secret"), "{}", shown(&app));
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

fn bad(faults: usize) -> Edit {
    let fault = |number: usize| Fault {
        place: Some(format!("screens.toml:{number}:1")),
        message: "screen has no key `asks`".into(),
        help: Some("did you mean `ask`?".into()),
    };
    Edit::Bad(Trouble::Faults((1..=faults).map(fault).collect()))
}

fn press(app: &mut App, code: KeyCode) -> Effect {
    app.key(KeyEvent::new(code, KeyModifiers::NONE), false)
}

#[test]
fn faults_come_back_by_a_key_while_there_are_any() {
    for keys in ["<enter><enter>", "<enter>", "<enter><enter>c", TO_LIST, "<enter><enter>f"] {
        let mut app = app(keys, 0, (80, 24));
        app.set_watched();
        let whole = shown(&app);
        assert!(!whole.to_lowercase().contains("f2"), "{whole}");
        app.edited(bad(2));
        if app.mode() == Mode::Trouble {
            press(&mut app, KeyCode::Esc);
        }
        assert!(shown(&app).contains("edit broken: F2"), "{}", shown(&app));
        for _ in 0..2 {
            press(&mut app, KeyCode::F(2));
            assert!(shown(&app).contains("screens.toml:2:1"), "{keys}:\n{}", shown(&app));
            press(&mut app, KeyCode::F(2));
            assert!(!shown(&app).contains("screens.toml:2:1"), "{keys}:\n{}", shown(&app));
        }
        app.edited(Edit::Good(guide(&[])));
        press(&mut app, KeyCode::F(2));
        assert_eq!(shown(&app), whole);
    }
}

#[test]
fn what_is_typed_goes_into_the_field_whatever_is_edited() {
    for keys in [
        "<enter>",
        "<enter><enter><enter>",
        "<enter><enter><enter>garden<enter>yn<enter>",
        "<enter><enter>c",
        "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter>e",
    ] {
        let mut app = app(keys, 0, (80, 24));
        let mut same = self::app(keys, 0, (80, 24));
        app.edited(bad(2));
        let words = shown(&app).split_whitespace().collect::<Vec<_>>().join(" ");
        let told = "There are 2 faults in the edited files; F2 shows them. screens.toml:1:1: screen has no key `asks`";
        assert!(words.contains(told), "{}", shown(&app));
        for (number, c) in "qj 1k?".chars().enumerate() {
            if number % 2 == 1 {
                app.edited(bad(number));
            }
            assert_eq!(press(&mut app, KeyCode::Char(c)), press(&mut same, KeyCode::Char(c)));
        }
        app.edited(bad(1));
        press(&mut app, KeyCode::Backspace);
        press(&mut same, KeyCode::Backspace);
        assert_eq!(app.field().unwrap().lines(), same.field().unwrap().lines(), "{keys}");
        app.edited(bad(1));
        press(&mut app, KeyCode::Enter);
        press(&mut same, KeyCode::Enter);
        app.edited(Edit::Good(guide(&[])));
        for app in [&mut app, &mut same] {
            press(app, KeyCode::F(12));
        }
        assert_eq!(shown(&app), shown(&same), "{keys}");
    }
}

#[test]
fn faults_that_come_unasked_are_only_hidden_by_keys() {
    for code in [KeyCode::Char('q'), KeyCode::Esc, KeyCode::Left] {
        let mut app = app("<enter><enter>", 0, (80, 24));
        let before = shown(&app);
        app.edited(bad(1));
        assert!(shown(&app).contains("esc hide") && shown(&app).contains("Esc hides it"), "{}", shown(&app));
        // What was meant for the page below takes nothing there, and does not put the faults away unread.
        for code in [KeyCode::Enter, KeyCode::Char('1'), KeyCode::Char('c'), KeyCode::Char('f')] {
            press(&mut app, code);
            assert!(shown(&app).contains("screens.toml:1:1"), "{}", shown(&app));
        }
        assert_eq!(press(&mut app, code), Effect::Redraw);
        assert_eq!(shown(&app).lines().nth(2), before.lines().nth(2));
        assert_eq!(press(&mut app, KeyCode::Char('q')), Effect::Leave { interrupted: false });
    }
}

#[test]
fn faults_in_a_small_window() {
    let mut app = app("<enter><enter>", 1, (40, 12));
    app.edited(bad(21));
    insta::assert_snapshot!("faults", shown(&app));
    app.key(KeyEvent::new(KeyCode::End, KeyModifiers::NONE), false);
    insta::assert_snapshot!("faults_end", shown(&app));
    app.key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE), false);
    assert!(shown(&app).contains("家里有电吗"));
    app.edited(Edit::Bad(Trouble::Unreadable("cannot read the guide folder".into())));
    insta::assert_snapshot!("unreadable", shown(&app));
    app.edited(Edit::Good(guide(&[])));
    assert!(app.open.is_empty() && !app.is_broken());
    let mut app = self::app("<enter>", 1, (40, 12));
    app.edited(bad(21));
    insta::assert_snapshot!("faults_over_a_field", shown(&app));
}

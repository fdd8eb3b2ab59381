//! What is sent to the terminal for a screen with links.

use std::collections::BTreeMap;
use std::sync::Arc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::*;
use crate::diagnostic::SourceFile;
use crate::guide::money::Month;
use crate::report::Tongue;
use crate::tui::frame::played;
use crate::tui::hyperlink::{CLOSE, parts};
use crate::tui::placed::Placed;
use crate::wizard::Wizard;

/// To the steps of a fix of the guide about a lamp.
const FIX: &str = "<enter><enter><enter>garden<enter>yn<enter>12<enter>8<enter><enter>";
const TABLE: &str = "https://lamp.example/sizes";
const OPEN: &str = "\u{1b}]8;id=d;https://lamp.example/sizes\u{1b}\\";

fn app(language: usize, (width, height): (u16, u16), hyperlinks: bool) -> App {
    let files = [
        ("guide.toml", include_str!("../../../tests/fixtures/lamp/guide.toml")),
        ("screens.toml", include_str!("../../../tests/fixtures/lamp/screens.toml")),
        ("advice.toml", include_str!("../../../tests/fixtures/lamp/advice.toml")),
        ("told.toml", include_str!("../../../tests/fixtures/lamp/told.toml")),
    ]
    .map(|(path, text)| SourceFile { path: path.into(), text: text.into() });
    let guide = crate::guide::check::check(&files).0.unwrap();
    let tongue = Tongue::new(&guide, language);
    let wizard = Wizard::new(Arc::new(guide), Month { year: 2026, month: 11 }, BTreeMap::new());
    played(wizard, tongue, Look { ascii: false, coloured: true, hyperlinks }, FIX, width, height).unwrap()
}

fn buffer(app: &App, (width, height): (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(ratatui::backend::TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(frame, app)).unwrap();
    terminal.backend().buffer().clone()
}

/// The bytes of one frame after another.
fn sent(apps: &[App], (width, height): (u16, u16)) -> Vec<String> {
    let pending = Pending::default();
    let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
    let backend = Placed(CrosstermBackend::new(pending.clone()));
    let mut terminal = Terminal::with_options(backend, options).unwrap();
    apps.iter()
        .map(|app| {
            pending.0.borrow_mut().clear();
            terminal.draw(|frame| draw(frame, app)).unwrap();
            String::from_utf8(pending.0.borrow().clone()).unwrap()
        })
        .collect()
}

#[derive(Clone, Default)]
struct Pending(std::rc::Rc<std::cell::RefCell<Vec<u8>>>);

impl std::io::Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What the cells that lead to the table show, row by row.
fn linked(buffer: &Buffer) -> Vec<String> {
    let rows = buffer.content.chunks(usize::from(buffer.area.width)).map(|row| {
        let cells = row.iter().map(|cell| parts(cell.symbol())).filter(|(opens, _)| opens.contains(TABLE));
        cells.map(|(_, shown)| shown).collect::<String>()
    });
    rows.filter(|row| !row.is_empty()).collect()
}

fn screen(bytes: &str, (width, height): (u16, u16)) -> String {
    let mut parser = vt100::Parser::new(height, width, 0);
    parser.process(bytes.as_bytes());
    let lines: Vec<String> = parser.screen().rows(0, width).map(|row| row.trim_end().to_owned()).collect();
    lines.join("\n")
}

#[test]
fn words_and_addresses_are_links() {
    for (language, size, expected) in [
        (0, (100, 30), vec!["the tablehttps://lamp.example/sizes".to_owned()]),
        (1, (100, 30), vec!["对照表https://lamp.example/sizes".to_owned()]),
    ] {
        assert_eq!(linked(&buffer(&app(language, size, true), size)), expected);
    }
}

#[test]
fn only_where_the_terminal_knows_them() {
    let size = (100, 30);
    let apps = [app(1, size, false), app(1, size, true)];
    assert!(!buffer(&apps[0], size).content.iter().any(|cell| cell.symbol().contains('\u{1b}')));
    let [plain, links] = &apps.map(|app| sent(&[app], size).remove(0));
    assert!(!plain.contains("\u{1b}]"), "{plain:?}");
    assert!(links.contains(&format!("{OPEN}{TABLE}{CLOSE}")), "{links:?}");
    assert!(links.contains(&format!("{OPEN}对")), "{links:?}");
    assert_eq!(links.matches("\u{1b}]8;id").count(), links.matches(CLOSE).count());
    assert_eq!(screen(plain, size), screen(links, size), "what is seen is the same");
}

#[test]
fn a_broken_address_leads_to_the_whole_of_it() {
    let size = (40, 30);
    let row = |pieces: &[&str]| Row {
        pieces: pieces
            .iter()
            .map(|text| Piece { text: (*text).to_owned(), role: Role::Link, link: Some(TABLE.to_owned()) })
            .collect(),
        indent: 0,
        right: None,
    };
    let app = app(0, size, true);
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buffer = Buffer::empty(area);
    let painter = Painter { app: &app, look: app.look(), area };
    painter.row(&mut buffer, area, 0, &row(&["https://lamp.e"]), false);
    painter.row(&mut buffer, area, 1, &row(&["xample/", "sizes"]), false);
    assert_eq!(linked(&buffer), ["https://lamp.e", "xample/sizes"]);
}

#[test]
fn a_link_is_sent_only_when_it_changes() {
    let size = (100, 30);
    let again = [app(0, size, true), app(0, size, true), app(1, size, true), app(1, size, false)];
    let [first, same, other, without] = &sent(&again, size)[..] else { panic!() };
    assert!(first.contains(OPEN));
    assert!(!same.contains("\u{1b}]") && same.len() < 60, "{same:?}");
    assert!(other.contains(OPEN));
    assert!(!without.contains("\u{1b}]8;id") && without.contains(TABLE), "{without:?}");
    let all: String = sent(&again, size).concat();
    assert_eq!(screen(&all, size), screen(&sent(&[app(1, size, false)], size)[0], size));
}

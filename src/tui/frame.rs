//! One frame as text: for `--keys … --print`, for the picture in the README, for tests. The app and the drawing are
//! those of the real loop.

use std::fmt::Write as _;

use anyhow::{Result, bail};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr as _;

use super::app::{App, Effect};
use super::draw;
use super::theme::Look;
use crate::report::Tongue;
use crate::wizard::Wizard;

/// Feeds keys to the wizard and returns its last frame, with terminal colours if the look has any.
///
/// # Errors
/// If a key has no such name.
pub fn print(wizard: Wizard, tongue: Tongue, look: Look, keys: &str, width: u16, height: u16) -> Result<String> {
    let buffer = render(wizard, tongue, look, keys, width, height)?;
    Ok(if look.coloured { styled(&buffer) } else { plain(&buffer) })
}

/// The frame itself.
///
/// # Errors
/// If a key has no such name.
pub fn render(wizard: Wizard, tongue: Tongue, look: Look, keys: &str, width: u16, height: u16) -> Result<Buffer> {
    // A frame is for reading; a cell holds what it shows and no more.
    let look = Look { hyperlinks: false, ..look };
    let app = played(wizard, tongue, look, keys, width, height)?;
    let mut terminal = Terminal::new(TestBackend::new(width, height))?;
    terminal.draw(|frame| draw::draw(frame, &app))?;
    Ok(terminal.backend().buffer().clone())
}

/// The app after these keys.
pub(super) fn played(wizard: Wizard, tongue: Tongue, look: Look, keys: &str, width: u16, height: u16) -> Result<App> {
    let mut app = App::new(wizard, tongue, look, (width, height));
    for step in parse(keys)? {
        let effect = match step {
            Step::Key(key) => app.key(key, false),
            Step::Paste(text) => app.paste(&text),
        };
        if matches!(effect, Effect::Leave { .. }) {
            break;
        }
    }
    Ok(app)
}

enum Step {
    Key(KeyEvent),
    Paste(String),
}

/// `jj<enter>`: letters as they are, other keys by name in angle brackets, `<paste:text>` for a paste, `<lt>` for `<`.
fn parse(keys: &str) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        if c != '<' {
            steps.push(Step::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let Some(end) = rest.find('>') else { bail!("`{}` is not closed; write <lt> for <", rest.escape_debug()) };
        steps.push(named(&rest[1..end])?);
        rest = &rest[end + 1..];
    }
    Ok(steps)
}

fn named(name: &str) -> Result<Step> {
    if let Some(text) = name.strip_prefix("paste:") {
        return Ok(Step::Paste(text.to_owned()));
    }
    let (name, modifiers) = match name.strip_prefix("ctrl-") {
        Some(letter) => (letter, KeyModifiers::CONTROL),
        None => (name, KeyModifiers::NONE),
    };
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "bs" => KeyCode::Backspace,
        "space" => KeyCode::Char(' '),
        "lt" => KeyCode::Char('<'),
        "f1" => KeyCode::F(1),
        letter if letter.chars().count() == 1 && modifiers == KeyModifiers::CONTROL => {
            KeyCode::Char(letter.chars().next().unwrap_or(' '))
        }
        other => bail!(
            "there is no key `<{}>`; there are enter, esc, up, down, left, right, pgup, pgdn, home, end, bs, space, lt, f1, ctrl-x, paste:text",
            other.escape_debug()
        ),
    };
    Ok(Step::Key(KeyEvent::new(code, modifiers)))
}

fn rows(buffer: &Buffer) -> impl Iterator<Item = Vec<&ratatui::buffer::Cell>> {
    (0..buffer.area.height).map(|y| {
        let mut row = Vec::new();
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            x += u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
            row.push(cell);
        }
        row
    })
}

pub(super) fn plain(buffer: &Buffer) -> String {
    let mut out = String::new();
    for row in rows(buffer) {
        let line: String = row.into_iter().map(ratatui::buffer::Cell::symbol).collect();
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

fn styled(buffer: &Buffer) -> String {
    let mut out = String::new();
    for row in rows(buffer) {
        let mut style = (Color::Reset, Modifier::empty());
        for cell in row {
            let next = (cell.fg, cell.modifier);
            if next != style {
                out.push_str("\u{1b}[0");
                for (modifier, code) in [
                    (Modifier::BOLD, ";1"),
                    (Modifier::DIM, ";2"),
                    (Modifier::UNDERLINED, ";4"),
                    (Modifier::REVERSED, ";7"),
                ] {
                    if cell.modifier.contains(modifier) {
                        out.push_str(code);
                    }
                }
                out.push_str(match cell.fg {
                    Color::Red => ";31m",
                    Color::Green => ";32m",
                    Color::Cyan => ";36m",
                    _ => "m",
                });
                style = next;
            }
            out.push_str(cell.symbol());
        }
        out.push_str("\u{1b}[0m\n");
    }
    out
}

/// The styles of a frame, run by run, for tests that hold looks as well as words.
#[must_use]
pub fn styles(buffer: &Buffer) -> String {
    let mut out = String::new();
    for (y, row) in rows(buffer).enumerate() {
        let mut runs: Vec<(String, Color, Modifier)> = Vec::new();
        for cell in row {
            match runs.last_mut() {
                Some((text, fg, modifier)) if *fg == cell.fg && *modifier == cell.modifier => {
                    text.push_str(cell.symbol());
                }
                _ => runs.push((cell.symbol().to_owned(), cell.fg, cell.modifier)),
            }
        }
        for (text, fg, modifier) in runs {
            if (fg, modifier) != (Color::Reset, Modifier::empty()) && !text.trim().is_empty() {
                let _ = writeln!(out, "{y}: {:?} {fg:?} {modifier:?}", text.trim());
            }
        }
    }
    out
}

//! The wizard, full screen. The loop waits for an event, hands it to the app and draws; nothing happens in between,
//! so nothing is drawn and no time is used. Only while a guide is watched it looks up now and then.
#![expect(clippy::disallowed_methods, reason = "this is the edge that owns the terminal")]

pub mod app;
mod draw;
mod faults;
pub mod fit;
mod frame;
mod hyperlink;
pub mod keymap;
mod offer;
mod open;
mod placed;
mod spot;
mod terminal;
mod theme;
mod view;

use std::fs::File;
use std::io::{self, Write as _};
use std::time::Duration;

use anyhow::{Context as _, Result};
use ratatui::crossterm::event::{self, Event, KeyEventKind};
use ratatui::crossterm::style::force_color_output;
use ratatui::crossterm::terminal::size;

use app::{App, Effect};
pub use frame::{print, render, styles};
use terminal::Fullscreen;
pub use theme::Look;

use crate::layout::wrap_lines;
use crate::report::Tongue;
use crate::reread::Edit;
use crate::session::{Left, Session};
use crate::target::{self, Target};
use crate::watch::Watch;
use crate::wizard::Wizard;
use crate::{browser, clipboard};

/// A paste that the terminal does not mark comes in pieces; this long a pause ends it. Nobody types as fast.
const PASTE_PAUSE: Duration = Duration::from_millis(25);

/// Whether keys can come from the terminal itself while standard input is something else.
#[must_use]
pub fn has_terminal() -> bool {
    cfg!(windows) || File::open("/dev/tty").is_ok()
}

/// Long enough for a look at what waits already; with no time at all crossterm does not look.
const AT_ONCE: Duration = Duration::from_micros(50);

/// Columns of the terminal, if there is one.
#[must_use]
pub fn columns() -> Option<usize> {
    size().ok().map(|(columns, _)| usize::from(columns)).filter(|columns| *columns >= 20)
}

/// Runs the wizard until it is left.
///
/// # Errors
/// If the terminal cannot be used.
pub fn run(
    wizard: Wizard,
    tongue: Tongue,
    look: Look,
    session: &mut Session,
    mut watch: Option<Watch>,
) -> Result<Left> {
    // Under NO_COLOR crossterm would reset bold and reverse as well; the look has no colours of its own then.
    force_color_output(true);
    let window = size().context("cannot tell the size of the terminal")?;
    let mut app = App::new(wizard, tongue, look, window);
    app.begin(session.saves(), session.offer().cloned(), session.take_notice());
    if watch.is_some() {
        app.set_watched();
    }
    let mut screen = Fullscreen::enter()?;
    let turned = turn(&mut app, &mut screen, session, watch.as_mut());
    screen.leave();
    // Also what was not drawn any more.
    let mut left = session.leave(app.wizard(), app.tongue(), crate::run::DONE);
    if turned? {
        left.status = crate::run::INTERRUPTED;
        return Ok(left);
    }
    if let Some(text) = app::left_behind(&app) {
        let text = look.text(&text);
        let text = columns().map_or_else(|| text.clone(), |columns| wrap_lines(&text, columns));
        io::stdout().write_all(text.as_bytes())?;
    }
    Ok(left)
}

fn turn(app: &mut App, screen: &mut Fullscreen, session: &mut Session, mut watch: Option<&mut Watch>) -> Result<bool> {
    // The first poll begins to listen for resizes; one that came before it would never be told.
    event::poll(AT_ONCE)?;
    let (width, height) = size()?;
    app.resize(width, height);
    let mut stale = true;
    let mut put_back = None;
    loop {
        // Keys that came meanwhile are taken first: what they change need not be drawn twice.
        if stale && put_back.is_none() && !event::poll(AT_ONCE)? {
            // Nothing is shown that could be lost.
            if let Some(notice) = session.keep(app.wizard(), app.tongue()) {
                app.say_also(&notice);
            }
            screen.draw(|frame| draw::draw(frame, app))?;
            stale = false;
        }
        let event = match (put_back.take(), watch.as_deref_mut()) {
            (Some(event), _) => event,
            (None, None) => event::read().context("cannot read from the terminal")?,
            (None, Some(watch)) => match next(watch).context("cannot read from the terminal")? {
                Ok(event) => event,
                Err(edit) => {
                    app.edited(edit);
                    stale = true;
                    continue;
                }
            },
        };
        if let Some(now) = session.now() {
            app.set_now(now);
        }
        let effect = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                if app.mode().types()
                    && let Some(first) = typed(key)
                    && event::poll(AT_ONCE)?
                {
                    let (text, next) = gather(first)?;
                    put_back = next;
                    app.paste(&text)
                } else {
                    let enter = matches!(key.code, event::KeyCode::Enter);
                    let more_waits = app.mode().types() && enter && event::poll(PASTE_PAUSE)?;
                    app.key(key, more_waits)
                }
            }
            Event::Paste(text) => app.paste(&text),
            Event::Resize(width, height) => app.resize(width, height),
            _ => Effect::None,
        };
        match effect {
            Effect::None => {}
            Effect::Redraw => stale = true,
            Effect::Resumed => {
                session.go_on();
                stale = true;
            }
            Effect::Submitted => {
                put_back = None;
                if discard_the_rest(app)? {
                    return Ok(true);
                }
                stale = true;
            }
            Effect::Suspend => {
                screen.suspend()?;
                let (width, height) = size()?;
                app.resize(width, height);
                stale = true;
            }
            Effect::Copy(text) => {
                let became = clipboard::copy(&text, |text| screen.copy(text));
                app.copied(&became);
                stale = true;
            }
            Effect::Open(url) => {
                app.opened(&url, browser::open(&url).is_ok());
                stale = true;
            }
            Effect::Save { name, replace } => {
                save(app, &name, replace)?;
                stale = true;
            }
            Effect::Leave { interrupted } => return Ok(interrupted),
        }
    }
}

/// Waits for an event, or for an edit of the guide.
fn next(watch: &mut Watch) -> io::Result<Result<Event, Edit>> {
    loop {
        if let Some(edit) = watch.look() {
            return Ok(Err(edit));
        }
        // The system counts whole milliseconds, and crossterm looks again without a pause for what is left of one. A
        // little more than a whole number leaves nothing.
        let wait = Duration::from_millis(u64::try_from(watch.wait().as_millis()).unwrap_or(1)) + AT_ONCE;
        if event::poll(wait)? {
            return event::read().map(Ok);
        }
    }
}

/// Writes what the app gives for this name; whether it can be written is looked at first.
fn save(app: &mut App, name: &str, replace: bool) -> Result<()> {
    let path = target::named(name);
    let became = match Target::check(&path, replace) {
        Ok(target) => target.write(&app.text_for(&path)?),
        Err(error) => Err(error),
    };
    app.written(name, &became);
    Ok(())
}

/// A paste that the terminal does not mark comes key by key, all at once: it is taken as one text, since a hundred
/// thousand keys would take minutes. Also returns the event that ended it.
fn gather(first: char) -> Result<(String, Option<Event>)> {
    let mut text = String::from(first);
    while event::poll(AT_ONCE)? {
        match event::read()? {
            Event::Key(key) if key.kind == KeyEventKind::Release => {}
            Event::Key(key) if typed(key).is_some() => text.extend(typed(key)),
            // An Enter within a paste; at its end it is a key.
            Event::Key(key) if key.code == event::KeyCode::Enter && event::poll(PASTE_PAUSE)? => text.push('\n'),
            other => return Ok((text, Some(other))),
        }
    }
    Ok((text, None))
}

/// The character of a key that is text.
fn typed(key: event::KeyEvent) -> Option<char> {
    match key.code {
        event::KeyCode::Char(c)
            if !key.modifiers.intersects(event::KeyModifiers::CONTROL | event::KeyModifiers::ALT) =>
        {
            Some(c)
        }
        _ => None,
    }
}

/// What is left of a paste was meant for the field before, not for the screen that stands there now. Only Ctrl-C is
/// heard; says whether it was pressed.
fn discard_the_rest(app: &mut App) -> Result<bool> {
    while event::poll(PASTE_PAUSE)? {
        match event::read()? {
            Event::Resize(width, height) => {
                app.resize(width, height);
            }
            Event::Key(key) if app.mode().action(key) == Some(keymap::Action::Interrupt) => return Ok(true),
            _ => {}
        }
    }
    Ok(false)
}

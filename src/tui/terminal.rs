//! Takes the terminal over and gives it back, whatever happens in between.
//!
//! There is one way back, [`give_back`], and every way out leads through it: leaving, dropping, an error, a panic in any
//! thread, a signal that ends the program, Ctrl-Z. Ratatui's own `init` and `restore` know no signals and leave
//! bracketed paste on. Nothing here asks the terminal a question: an answer may take seconds, or land in the shell.

#![expect(
    clippy::disallowed_methods,
    reason = "an edge module: it owns standard output while the wizard fills the screen"
)]

use std::cell::RefCell;
use std::io::{self, Write};
use std::panic;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::queue;
use ratatui::crossterm::style::{Attribute, SetAttribute};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use ratatui::{Frame, Terminal};

use super::placed::Placed;

/// Whether the terminal is ours. Changes only under the lock of standard output, so that no frame can follow the
/// sequences that give the terminal back.
static OURS: AtomicBool = AtomicBool::new(false);

/// Whether something else may have written on the screen since the last frame.
static STALE: AtomicBool = AtomicBool::new(false);

/// The terminal in full-screen mode, from [`enter`](Self::enter) until it is left or dropped.
pub struct Fullscreen {
    terminal: Terminal<Placed<CrosstermBackend<Pending>>>,
    pending: Pending,
}

impl Fullscreen {
    /// Takes the terminal over: raw mode, alternate screen, marked pastes.
    ///
    /// From here on a panic or a signal gives it back first. Whether there is a terminal at all is for the caller to
    /// know.
    ///
    /// # Errors
    ///
    /// When there is no terminal, or it does not take the modes; then it is as it was before.
    pub fn enter() -> anyhow::Result<Self> {
        static PREPARED: AtomicBool = AtomicBool::new(false);
        if !PREPARED.swap(true, Ordering::SeqCst) {
            restore_before_panic_message();
            #[cfg(unix)]
            signals::watch().context("cannot watch for signals")?;
        }
        let pending = Pending::default();
        let terminal = Terminal::new(Placed(CrosstermBackend::new(pending.clone())))
            .context("cannot tell the size of the terminal")?;
        // Before the first mode, so that whatever is already on goes off again if a later one fails.
        let fullscreen = Self { terminal, pending };
        take_over().context("the terminal does not take full-screen mode")?;
        Ok(fullscreen)
    }

    /// Draws a frame and shows it in one piece.
    ///
    /// # Errors
    ///
    /// When the terminal no longer takes output.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if STALE.swap(false, Ordering::SeqCst) {
            // Forgets the last frame, so that all of this one is written. `Terminal::clear` would ask for the cursor.
            self.terminal.swap_buffers();
        }
        self.pending.0.borrow_mut().clear();
        queue!(self.pending, BeginSynchronizedUpdate)?;
        self.terminal.draw(paint)?;
        queue!(self.pending, EndSynchronizedUpdate)?;
        let mut out = io::stdout().lock();
        if OURS.load(Ordering::SeqCst) {
            out.write_all(&self.pending.0.borrow())?;
            out.flush()?;
        }
        Ok(())
    }

    /// Asks the terminal to put a text on the clipboard of whoever sits at it. There is no answer.
    ///
    /// # Errors
    ///
    /// When the terminal takes no output, or is not ours at the moment.
    #[expect(clippy::unused_self, reason = "only who has the terminal may write to it")]
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if !OURS.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::NotConnected.into());
        }
        ask_to_copy(&mut out, text)
    }

    /// Gives the terminal back. Doing it again does nothing.
    pub fn leave(self) {
        drop(self);
    }

    /// Gives the terminal back and stops the program until it is continued, as Ctrl-Z does elsewhere; then takes the
    /// terminal over again. The next frame is drawn in full. Does nothing where programs cannot be stopped.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be taken over again.
    #[expect(clippy::unused_self, reason = "only who has the terminal may give it back for a while")]
    pub fn suspend(&mut self) -> anyhow::Result<()> {
        #[cfg(unix)]
        {
            give_back();
            signals::stop().context("cannot stop the program")?;
            take_over().context("the terminal does not take full-screen mode again")?;
        }
        Ok(())
    }
}

/// Writes the sequence for the clipboard (OSC 52). The text cannot end it: it is sent in base64.
fn ask_to_copy(out: &mut impl Write, text: &str) -> io::Result<()> {
    queue!(out, CopyToClipboard::to_clipboard_from(text))?;
    out.flush()
}

impl Drop for Fullscreen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Collects what Ratatui writes for a frame, however often it flushes. What is never shown is never sent: after a panic
/// half a frame must not follow the terminal's restoration.
#[derive(Clone, Default)]
struct Pending(Rc<RefCell<Vec<u8>>>);

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Turns the modes on. Raw mode comes first: a program in the background is stopped there, before it writes anything.
fn take_over() -> io::Result<()> {
    let mut out = io::stdout().lock();
    OURS.store(true, Ordering::SeqCst);
    STALE.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    queue!(out, EnterAlternateScreen, Clear(ClearType::All))?;
    // Old Windows consoles have no such mode and work without it.
    let _ = queue!(out, EnableBracketedPaste);
    out.flush()
}

/// Turns off whatever may be on; says whether the terminal was ours. Failures are of no use to anybody here: the
/// terminal may be gone, and the rest must be tried all the same.
fn give_back() -> bool {
    let mut out = io::stdout().lock();
    if !OURS.swap(false, Ordering::SeqCst) {
        return false;
    }
    let _ = queue!(out, EndSynchronizedUpdate, SetAttribute(Attribute::Reset));
    let _ = queue!(out, DisableBracketedPaste);
    let _ = queue!(out, LeaveAlternateScreen, Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
    true
}

/// [`give_back`] for a thread that must go on to end the program: a terminal that takes no output, halted by Ctrl-S
/// perhaps, has the main thread waiting with the lock in its hand, and must not keep the program alive.
fn give_back_in_time() -> bool {
    const PATIENCE: Duration = Duration::from_millis(300);
    let (done, wait) = mpsc::channel();
    let attempt = thread::Builder::new().spawn(move || {
        let _ = done.send(give_back());
    });
    if attempt.is_err() {
        return give_back();
    }
    wait.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        let _ = disable_raw_mode();
        true
    })
}

/// Has the message of a panic printed to the terminal as it was before. A panic elsewhere than in the thread that owns
/// the screen also ends the program, which would otherwise go on drawing to a terminal that is no longer its own.
fn restore_before_panic_message() {
    let owner = thread::current().id();
    let print_message = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if thread::current().id() == owner {
            give_back();
            print_message(panic);
        } else {
            let was_ours = give_back_in_time();
            print_message(panic);
            if was_ours {
                exit(101);
            }
        }
    }));
}

/// Ends the program from a thread that cannot return to `main`.
#[expect(clippy::exit, reason = "the main thread is waiting for a key and cannot be told to return")]
fn exit(status: i32) -> ! {
    std::process::exit(status)
}

#[cfg(unix)]
mod signals {
    //! A thread of its own acts on signals, since the main thread waits for keys, and on a lost terminal spins there.

    use std::io;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use ratatui::crossterm::terminal::disable_raw_mode;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level;

    use super::{OURS, exit, give_back_in_time, take_over};

    /// Whether the next continuation ends a stop of our own, after which the stopped thread sees to the terminal.
    static STOPPED_HERE: AtomicBool = AtomicBool::new(false);

    /// Starts the thread.
    pub(super) fn watch() -> io::Result<()> {
        let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT])?;
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                for signal in signals.forever() {
                    if signal == SIGCONT {
                        continued();
                    } else {
                        die_of(signal);
                    }
                }
            })
            .map(drop)
    }

    /// Dies as if the signal had never been caught, so that the shell sees what it expects to see.
    fn die_of(signal: i32) -> ! {
        give_back_in_time();
        let _ = low_level::emulate_default_handler(signal);
        exit(128 + signal)
    }

    /// Stops the program. The signal has its own effect, not an emulated one: where no shell could ever continue the
    /// program, the system then ignores it, and the wizard goes on instead of hanging for good.
    pub(super) fn stop() -> io::Result<()> {
        STOPPED_HERE.store(true, Ordering::SeqCst);
        low_level::raise(SIGTSTP)
    }

    /// Somebody else stopped the program, with the modes on, and the shell has changed them since.
    fn continued() {
        if STOPPED_HERE.swap(false, Ordering::SeqCst) {
            return;
        }
        let lock = io::stdout().lock();
        if OURS.load(Ordering::SeqCst) {
            // Raw mode is not set anew while it is believed to be on.
            let _ = disable_raw_mode();
            let _ = take_over();
            drop(lock);
            // Wakes the main thread with a resize, which it answers with a frame.
            let _ = low_level::raise(SIGWINCH);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_for_the_clipboard() {
        let mut out = Vec::new();
        ask_to_copy(&mut out, "您好\u{1b}\\").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\u{1b}]52;c;5oKo5aW9G1w=\u{1b}\\");
    }
}

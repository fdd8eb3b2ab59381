//! The program in a real pseudo-terminal: it ends on the list, and the terminal is as it was before.

use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use declined::session::Store;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// Longer than this no screen takes to come, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(30);
const SIZE: PtySize = PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 };

pub struct Terminal {
    pub screen: vt100::Parser,
    output: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    raw: Vec<u8>,
    /// Where it saves sessions, if that is nobody else's.
    _state: Option<TempDir>,
}

impl Terminal {
    pub fn start(args: &[&str]) -> Self {
        let state = tempfile::tempdir().unwrap();
        let terminal = Self::start_in(args, state.path());
        Self { _state: Some(state), ..terminal }
    }

    /// In this folder, with sessions saved there too.
    pub fn start_in(args: &[&str], state: &Path) -> Self {
        let pair = native_pty_system().openpty(SIZE).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_declined"));
        command.args(args);
        let language = ["NO_COLOR", "LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE"];
        let clipboard = ["TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY"];
        for name in language.into_iter().chain(clipboard) {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env("XDG_STATE_HOME", state);
        command.cwd(state);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (send, output) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // A read fails once the program has gone; that is the end of the output.
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let screen = vt100::Parser::new(SIZE.rows, SIZE.cols, 0);
        Self { screen, output, keys, child, master: pair.master, raw: Vec::new(), _state: None }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.raw.extend_from_slice(bytes);
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub fn expect(&mut self, text: &str) {
        self.wait(&format!("{text:?} does not come"), |shown| shown.contains(text));
    }

    /// Waits until the screen does not show a text any more.
    #[track_caller]
    pub fn expect_gone(&mut self, text: &str) {
        self.wait(&format!("{text:?} does not go"), |shown| !shown.contains(text));
    }

    #[track_caller]
    fn wait(&mut self, what: &str, done: impl Fn(&str) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !done(&self.screen.screen().contents()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(why) => panic!("{what} ({why}):\n{}", self.screen.screen().contents()),
            }
        }
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// Whether these bytes were written to the terminal.
    pub fn has_sent(&self, bytes: &str) -> bool {
        String::from_utf8_lossy(&self.raw).contains(bytes)
    }

    /// Reads to the end of the output; returns the exit status.
    #[track_caller]
    pub fn leave(&mut self) -> u32 {
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the program does not end"),
            }
        }
        self.child.wait().unwrap().exit_code()
    }

    #[track_caller]
    pub fn is_restored(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is still on");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "pastes are still marked");
        let raw = String::from_utf8_lossy(&self.raw);
        assert_eq!(raw.matches("\u{1b}[?1049h").count(), raw.matches("\u{1b}[?1049l").count(), "entered and left");
    }
}

/// To the list of somebody whose bank asks "was this you?".
pub fn walk(terminal: &mut Terminal) {
    terminal.expect("A few questions");
    terminal.press("\r");
    terminal.expect("Paste");
    terminal.press("\r");
    terminal.expect("What happened?");
    terminal.press("\r");
    terminal.expect("really in right now");
    terminal.press("Japan\r");
    terminal.expect("What are you paying with?");
    terminal.press("\r");
    terminal.expect("Which of these did you see?");
    terminal.press("\r");
    terminal.expect("What became of");
    terminal.press("2");
    terminal.expect("Before you pay again");
}

#[test]
fn a_walk_ends_on_the_list_and_the_terminal_is_given_back() {
    let mut terminal = Terminal::start(&["--lang", "en"]);
    walk(&mut terminal);
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
    terminal.is_restored();
    let left = terminal.screen.screen().contents();
    assert!(left.contains("1. Confirm the payment in the bank's own app"), "the short list stays:\n{left}");
    assert!(left.contains("Before you pay again"), "{left}");
}

#[test]
fn ctrl_c_interrupts() {
    let mut terminal = Terminal::start(&["--lang", "zh"]);
    terminal.expect("English");
    terminal.press("\u{3}");
    assert_eq!(terminal.leave(), 130);
    terminal.is_restored();
}

#[test]
fn a_paste_fills_the_field_and_answers_nothing() {
    let mut terminal = Terminal::start(&["--lang", "en"]);
    terminal.expect("A few questions");
    terminal.press("\r");
    terminal.expect("Paste");
    terminal.press("\u{1b}[200~first line\nYour card has expired.\n\n1\n2\n\u{1b}[201~");
    terminal.expect("Your card has expired.");
    terminal.press("\r");
    terminal.expect("Recognised in your text");
    terminal.expect("really in right now");
    // The same from a terminal that does not mark pastes: an Enter with more behind it is no answer.
    terminal.press("\u{1b}");
    terminal.expect("Paste or type here");
    terminal.press("one\rtwo\rthree");
    terminal.expect("three");
    terminal.press("\u{3}");
    assert_eq!(terminal.leave(), 130);
    terminal.is_restored();
}

/// A key that means nothing, behind one that does, must not keep the screen from being drawn.
#[test]
fn keys_that_come_together_are_drawn() {
    let mut terminal = Terminal::start(&["--lang", "en"]);
    terminal.expect("A few questions");
    terminal.press("\r");
    terminal.expect("Paste");
    terminal.press("\r");
    terminal.expect("❯ My card was refused");
    terminal.press("jx");
    terminal.expect("❯ I get stuck");
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn a_resize_is_followed() {
    let mut terminal = Terminal::start(&["--lang", "en"]);
    terminal.expect("A few questions");
    let small = PtySize { rows: 10, cols: 30, ..SIZE };
    terminal.master.resize(small).unwrap();
    terminal.screen.screen_mut().set_size(10, 30);
    terminal.expect("enlarge");
    terminal.master.resize(SIZE).unwrap();
    terminal.screen.screen_mut().set_size(SIZE.rows, SIZE.cols);
    terminal.expect("A few questions");
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
    terminal.is_restored();
}

#[test]
fn a_signal_gives_the_terminal_back() {
    let mut terminal = Terminal::start(&["--lang", "en"]);
    terminal.expect("A few questions");
    let id = terminal.child.process_id().unwrap();
    let sent = std::process::Command::new("kill").args(["-TERM", &id.to_string()]).status().unwrap();
    assert!(sent.success());
    assert_ne!(terminal.leave(), 0);
    terminal.is_restored();
}

/// Where the sessions of a folder were left.
fn left_at(state: &Path) -> Vec<String> {
    let all = Store::at(state.join("declined/sessions")).list().unwrap();
    all.into_iter().map(|found| found.read.expect("what is saved is whole").at).collect()
}

#[test]
fn what_a_killed_screen_showed_is_offered_again() {
    let state = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start_in(&["--lang", "en"], state.path());
    terminal.expect("A few questions");
    terminal.press("\r");
    terminal.expect("Paste");
    terminal.press("\r");
    terminal.expect("What happened?");
    assert_eq!(left_at(state.path()), Vec::<String>::new(), "nothing is answered yet");
    // What each of these shows rests on the answer before.
    for (keys, shown, at) in [
        ("\r", "really in right now", "place"),
        ("Japan\r", "What are you paying with?", "paying-with"),
        ("\r", "Which of these did you see?", "message"),
    ] {
        terminal.press(keys);
        terminal.expect(shown);
        let id = terminal.child.process_id().unwrap();
        let sent = std::process::Command::new("kill").args(["-KILL", &id.to_string()]).status().unwrap();
        assert!(sent.success());
        terminal.leave();
        assert_eq!(left_at(state.path()), [at]);
        terminal = Terminal::start_in(&["--lang", "en"], state.path());
        terminal.expect("Welcome back");
        terminal.expect("Next question: ");
        terminal.press("\r");
        terminal.expect(shown);
    }
    terminal.press("\r");
    terminal.expect("What became of");
    terminal.press("2");
    terminal.expect("Before you pay again");
    terminal.press("?");
    terminal.expect("save and quit");
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
    terminal.is_restored();
    let left = terminal.screen.screen().contents().replace('\n', " ");
    assert!(left.contains("Your answers are saved. To go on later: declined --resume "), "{left}");
    assert_eq!(left_at(state.path()), ["fix-list"]);
}

#[test]
fn to_begin_anew_loses_nothing() {
    let state = tempfile::tempdir().unwrap();
    for keys in ["", "\u{1b}", "j\r", "2"] {
        let mut terminal = Terminal::start_in(&["--lang", "en"], state.path());
        if !keys.is_empty() {
            terminal.expect("Welcome back");
            terminal.press(keys);
        }
        terminal.expect("A few questions");
        terminal.press("\r");
        terminal.expect("Paste");
        terminal.press("\r");
        terminal.expect("What happened?");
        terminal.press("\r");
        terminal.expect("really in right now");
        terminal.press("\u{3}");
        assert_eq!(terminal.leave(), 130);
    }
    assert_eq!(left_at(state.path()), ["place"; 4]);
}

#[test]
fn trouble_with_saving_is_told_and_the_wizard_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("file");
    std::fs::write(&state, "in the way").unwrap();
    let mut terminal = Terminal::start_in(&["--lang", "en"], &state);
    walk(&mut terminal);
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert_eq!(raw.matches("answers cannot be saved").count(), 1, "told once");
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
    let left = terminal.screen.screen().contents();
    assert!(!left.contains("--resume"), "{left}");
}

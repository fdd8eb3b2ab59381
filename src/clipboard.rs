//! Puts a text on the clipboard, in every way that may reach the person.
//!
//! Locally the system's own commands do it. They were chosen over a library (arboard): under X11 and Wayland the text
//! belongs to a program and is gone when that ends, and these commands stay behind to hand it out; a library's thread
//! would end with the wizard, which people leave to go and paste. It would also add half a megabyte.
//!
//! Far away the terminal is asked by a sequence (OSC 52), and tmux, which does not let that pass, by its own command.
#![expect(clippy::disallowed_methods, reason = "this is the edge that starts the clipboard's commands")]

use std::env;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A command takes milliseconds, PowerShell a second; longer than this the wizard waits for none.
const PATIENCE: Duration = Duration::from_secs(2);
/// So long between two looks at a command.
const LOOK: Duration = Duration::from_millis(2);
/// Terminals drop longer sequences: so many bytes of text in base64, of which some take no more than 74,994.
const MOST_SENT: usize = 74_994 / 4 * 3;

/// Where a text was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// On the clipboard of this machine.
    System,
    /// Into the buffer of tmux, which hands it on where the terminal lets it.
    Tmux,
    /// The terminal was asked to. It gives no answer, and some ignore it.
    Terminal,
}

/// Why a text was put nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCopied {
    /// GNU screen keeps the sequence for itself.
    Screen,
    /// It is longer than terminals take.
    TooLong,
    /// There is no clipboard that could be reached.
    NoWay,
}

/// Puts a text on the clipboard; returns where, never nowhere. `terminal` asks the terminal to.
///
/// # Errors
///
/// If no way is left.
pub fn copy(text: &str, terminal: impl FnOnce(&str) -> io::Result<()>) -> Result<Vec<Way>, NotCopied> {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    Place { variable: &variable, patience: PATIENCE }.copy(text, terminal)
}

/// What the ways depend on.
struct Place<'a> {
    variable: &'a dyn Fn(&str) -> Option<OsString>,
    patience: Duration,
}

impl Place<'_> {
    fn has(&self, name: &str) -> bool {
        (self.variable)(name).is_some()
    }

    fn copy(&self, text: &str, terminal: impl FnOnce(&str) -> io::Result<()>) -> Result<Vec<Way>, NotCopied> {
        let mut ways = Vec::new();
        // Over SSH this machine's clipboard is not the one that the person pastes from.
        let here = !self.has("SSH_CONNECTION") && !self.has("SSH_TTY");
        if here && self.system(text).iter().any(|(program, arguments)| self.feed(program, arguments, text)) {
            ways.push(Way::System);
        }
        let others = if self.has("TMUX") {
            // Also where the system's clipboard took it: who has come back to a session over SSH sits elsewhere.
            if self.feed("tmux", &["load-buffer", "-w", "-"], text) { Ok(Way::Tmux) } else { Err(NotCopied::NoWay) }
        } else if !ways.is_empty() {
            // Some terminals would now ask for leave, for nothing.
            return Ok(ways);
        } else {
            self.ask(text, terminal)
        };
        match others {
            Ok(way) => ways.push(way),
            Err(why) if ways.is_empty() => return Err(why),
            Err(_) => {}
        }
        Ok(ways)
    }

    fn ask(&self, text: &str, terminal: impl FnOnce(&str) -> io::Result<()>) -> Result<Way, NotCopied> {
        let term = (self.variable)("TERM").unwrap_or_default();
        let term = term.to_string_lossy();
        if self.has("STY") || term.starts_with("screen") {
            return Err(NotCopied::Screen);
        }
        if text.len() > MOST_SENT {
            return Err(NotCopied::TooLong);
        }
        // The console of Linux has no clipboard.
        let deaf = ["dumb", "linux"].contains(&&*term);
        if !deaf && terminal(text).is_ok() { Ok(Way::Terminal) } else { Err(NotCopied::NoWay) }
    }

    /// The commands of the system that may take a text, in the order in which they are tried.
    fn system(&self, text: &str) -> Vec<(&'static str, &'static [&'static str])> {
        if cfg!(target_os = "macos") {
            return vec![("pbcopy", &[])];
        }
        if cfg!(windows) {
            // Of what is not ASCII clip.exe guesses the encoding, and a mark for it would be pasted along.
            const READ: &str =
                "Set-Clipboard -Value (New-Object IO.StreamReader([Console]::OpenStandardInput())).ReadToEnd()";
            return if text.is_ascii() {
                vec![("clip.exe", &[])]
            } else {
                vec![("powershell.exe", &["-NoProfile", "-NonInteractive", "-Command", READ])]
            };
        }
        let mut commands: Vec<(&'static str, &'static [&'static str])> = Vec::new();
        if self.has("WAYLAND_DISPLAY") {
            // Without a type it would guess one, and of an address make a link that not all can paste.
            commands.push(("wl-copy", &["--type", "text/plain"]));
        }
        if self.has("DISPLAY") {
            commands.push(("xclip", &["-selection", "clipboard"]));
            commands.push(("xsel", &["-ib"]));
        }
        commands
    }

    /// Runs a command with a text as its standard input; says whether it took it. Nothing that it prints is shown.
    fn feed(&self, program: &str, arguments: &[&str], text: &str) -> bool {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(path) = (self.variable)("PATH") {
            command.env("PATH", path);
        }
        if cfg!(target_os = "macos") {
            // Otherwise pbcopy may take the text for ASCII.
            command.env("LC_ALL", "en_US.UTF-8");
        }
        alone(&mut command);
        let Ok(mut child) = command.spawn() else { return false };
        let input = child.stdin.take();
        let text = text.to_owned();
        // A command that does not read would keep whoever writes.
        let writer = thread::Builder::new().spawn(move || input.map(|mut input| input.write_all(text.as_bytes())));
        let end = Instant::now() + self.patience;
        while writer.is_ok() {
            match child.try_wait() {
                Ok(Some(status)) => return status.success(),
                Ok(None) if Instant::now() < end => thread::sleep(LOOK),
                _ => break,
            }
        }
        let _ = child.kill();
        let _ = child.wait();
        false
    }
}

/// Keeps a command that stays behind out of reach of keys and signals that are meant for the wizard.
#[cfg(unix)]
fn alone(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

/// Keeps a command off the wizard's console.
#[cfg(windows)]
fn alone(command: &mut Command) {
    use std::os::windows::process::CommandExt as _;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(any(unix, windows)))]
fn alone(_command: &mut Command) {}

#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// A machine with these commands and nothing else.
    struct Machine {
        folder: tempfile::TempDir,
        set: Vec<(&'static str, &'static str)>,
        patience: Duration,
    }

    impl Machine {
        fn new(set: &[(&'static str, &'static str)], commands: &[(&str, &str)]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/commands");
            for (name, script) in commands {
                std::os::unix::fs::symlink(scripts.join(script), folder.path().join(name)).unwrap();
            }
            Self { folder, set: set.to_vec(), patience: Duration::from_secs(30) }
        }

        /// What came of it, and what the terminal was asked.
        fn copy(&self, text: &str) -> (Result<Vec<Way>, NotCopied>, Option<String>) {
            let variable = |name: &str| match name {
                "PATH" => Some(self.folder.path().into()),
                _ => self.set.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()),
            };
            let mut asked = None;
            let place = Place { variable: &variable, patience: self.patience };
            let copied = place.copy(text, |text| {
                asked = Some(text.to_owned());
                Ok(())
            });
            (copied, asked)
        }

        /// The arguments and the input of a command.
        fn called(&self, name: &str) -> Option<(String, String)> {
            let read = |what: &str| fs::read_to_string(self.folder.path().join(format!("{name}.{what}")));
            Some((read("called").ok()?.trim_end().to_owned(), read("got").ok()?))
        }
    }

    const TEXT: &str = "Dear bank,\n您好：$15.00 \u{1f642}\n";

    fn own(arguments: &str) -> (String, String) {
        (arguments.into(), TEXT.into())
    }

    #[test]
    fn the_terminal_is_asked_where_nothing_else_is_there() {
        for set in [&[][..], &[("TERM", "xterm-256color")], &[("SSH_TTY", "/dev/pts/0"), ("DISPLAY", ":0")]] {
            let machine = Machine::new(set, &[("xclip", "keep")]);
            assert_eq!(machine.copy(TEXT), (Ok(vec![Way::Terminal]), Some(TEXT.into())), "{set:?}");
            assert_eq!(machine.called("xclip"), None, "{set:?}");
        }
    }

    #[test]
    fn the_desktop_takes_it() {
        let wayland = Machine::new(&[("WAYLAND_DISPLAY", "w"), ("DISPLAY", ":0")], &[("wl-copy", "keep")]);
        assert_eq!(wayland.copy(TEXT), (Ok(vec![Way::System]), None));
        assert_eq!(wayland.called("wl-copy"), Some(own("--type text/plain")));
        let both = [("xclip", "fail"), ("xsel", "keep")];
        let x11 = Machine::new(&[("WAYLAND_DISPLAY", "w"), ("DISPLAY", ":0")], &both);
        assert_eq!(x11.copy(TEXT), (Ok(vec![Way::System]), None));
        assert_eq!(x11.called("xsel"), Some(own("-ib")));
    }

    #[test]
    fn tmux_takes_it_and_hands_it_on() {
        let tmux = ("TMUX", "/tmp/tmux-1000/default,1,0");
        let far = Machine::new(&[tmux, ("SSH_CONNECTION", "a")], &[("tmux", "keep")]);
        assert_eq!(far.copy(TEXT), (Ok(vec![Way::Tmux]), None));
        assert_eq!(far.called("tmux"), Some(own("load-buffer -w -")));
        let here = Machine::new(&[tmux, ("DISPLAY", ":0")], &[("tmux", "keep"), ("xclip", "keep")]);
        assert_eq!(here.copy(TEXT).0, Ok(vec![Way::System, Way::Tmux]));
        // What tmux does not pass on would be lost.
        for commands in [&[("tmux", "fail")][..], &[]] {
            assert_eq!(Machine::new(&[tmux], commands).copy(TEXT), (Err(NotCopied::NoWay), None));
        }
    }

    #[test]
    fn no_success_is_claimed() {
        let long = "x".repeat(MOST_SENT + 1);
        for (set, text, why) in [
            (&[("STY", "1.a")][..], TEXT, NotCopied::Screen),
            (&[("TERM", "screen-256color")], TEXT, NotCopied::Screen),
            (&[("TERM", "linux")], TEXT, NotCopied::NoWay),
            (&[], &long, NotCopied::TooLong),
        ] {
            assert_eq!(Machine::new(set, &[]).copy(text), (Err(why), None), "{set:?}");
        }
        let near = "x".repeat(MOST_SENT);
        assert_eq!(Machine::new(&[], &[]).copy(&near).0, Ok(vec![Way::Terminal]));
        let desktop = Machine::new(&[("DISPLAY", ":0")], &[("xclip", "keep")]);
        assert_eq!(desktop.copy(&long).0, Ok(vec![Way::System]), "only terminals mind the length");
    }

    #[test]
    fn a_command_that_hangs_is_not_waited_for() {
        let mut machine = Machine::new(&[("DISPLAY", ":0")], &[("xclip", "hang")]);
        machine.patience = Duration::from_millis(50);
        // More than a pipe holds: also who writes must not be kept.
        let text = "x".repeat(1_000_000);
        let start = Instant::now();
        assert_eq!(machine.copy(&text), (Err(NotCopied::TooLong), None));
        assert_eq!(machine.copy(TEXT), (Ok(vec![Way::Terminal]), Some(TEXT.into())));
        assert!(start.elapsed() < Duration::from_secs(60));
    }
}

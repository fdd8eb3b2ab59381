//! Runs the program the way people do, away from the environment of whoever runs the tests.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// One run of the program.
pub struct Run {
    command: Command,
    input: Vec<u8>,
    /// Where it saves sessions: nobody's own, and gone afterwards.
    _state: TempDir,
}

/// What a run gave.
pub struct Ran {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn new(args: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_declined"));
        command.args(args);
        for name in ["NO_COLOR", "CI", "LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "TERM", "COLUMNS"] {
            command.env_remove(name);
        }
        let state = tempfile::tempdir().expect("a folder for what is saved");
        command.env("XDG_STATE_HOME", state.path());
        Self { command, input: Vec::new(), _state: state }
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Starts in this folder.
    pub fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Saves sessions in this folder, for several runs to share.
    pub fn state(self, folder: &Path) -> Self {
        let folder = folder.display().to_string();
        self.env("XDG_STATE_HOME", &folder)
    }

    pub fn input(mut self, input: impl AsRef<[u8]>) -> Self {
        self.input = input.as_ref().to_vec();
        self
    }

    #[track_caller]
    pub fn run(mut self) -> Ran {
        let mut child = self
            .command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // A program that ends early closes its input; that is for its status to tell.
        let _ = child.stdin.take().expect("input is piped").write_all(&self.input);
        let Output { status, stdout, stderr } = child.wait_with_output().expect("the program ends");
        Ran {
            status: status.code(),
            stdout: String::from_utf8(stdout).expect("output is UTF-8"),
            stderr: String::from_utf8(stderr).expect("errors are UTF-8"),
        }
    }
}

impl Ran {
    /// Holds a failure to its status and its whole message; nothing may have gone to standard output.
    #[track_caller]
    pub fn fails(&self, stderr: &str) {
        assert_eq!((self.stdout.as_str(), self.stderr.as_str()), ("", stderr));
        assert_eq!(self.status, Some(2));
    }

    #[track_caller]
    pub fn succeeds(&self) -> &str {
        assert_eq!((self.status, self.stderr.as_str()), (Some(0), ""));
        &self.stdout
    }
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The path of the small guide about a lamp.
pub fn lamp() -> String {
    fixture("lamp").display().to_string()
}

//! All tests that run the program or the library from outside, in one binary.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads its fixtures, and stops at the first thing that is not as it should be"
)]

mod accuracy;
mod bad_guides;
#[cfg(target_os = "linux")]
mod browser;
mod check;
mod cli;
mod content;
mod docs;
mod editing;
mod exports;
mod graph;
#[cfg(target_os = "linux")]
mod hand_on;
mod harness;
#[cfg(unix)]
mod killed;
#[cfg(target_os = "linux")]
mod pty;
mod recall;
mod renaming;
mod rules;
mod scenarios;
mod secrets;
mod sessions;
mod tui;
mod walkthrough;
#[cfg(target_os = "linux")]
mod watch;

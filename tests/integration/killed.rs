//! The program is killed at some moment, a hundred times: what it had shown the effect of is saved, and what is saved
//! is whole.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Read, Write as _};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use declined::clock::Clock;
use declined::content;
use declined::guide::Guide;
use declined::guide::check::check;
use declined::guide::money::Month;
use declined::plain;
use declined::report::Tongue;
use declined::saved::Saved;
use declined::session::{Session, Store};
use declined::wizard::Wizard;
use time::OffsetDateTime;
use time::macros::datetime;

use crate::harness::Run;
use crate::walkthrough::typed_by_all;

const TODAY: Month = Month { year: 2026, month: 11 };
const NOW: OffsetDateTime = datetime!(2026-11-22 12:00 UTC);
const KILLS: usize = 100;
/// Every so manieth is gone on with by the program itself, too.
const RESUMED: usize = 10;

/// A walk, and what is saved once so many of its lines were read.
struct Walk {
    lines: Vec<String>,
    saved: Vec<Option<Saved>>,
}

/// Hands out lines; looks, before each, at what is saved.
struct Watched<'a> {
    lines: &'a [String],
    at: usize,
    line: &'a [u8],
    store: &'a Store,
    saved: &'a RefCell<Vec<Option<Saved>>>,
}

impl Read for Watched<'_> {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("read by line"))
    }
}

impl BufRead for Watched<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.line.is_empty() {
            self.saved.borrow_mut().push(only(self.store));
            self.line = self.lines.get(self.at).map_or(b"", |line| line.as_bytes());
            self.at += 1;
        }
        Ok(self.line)
    }

    fn consume(&mut self, count: usize) {
        self.line = &self.line[count..];
    }
}

fn prompts(out: &[u8]) -> usize {
    String::from_utf8_lossy(out).matches("> ").count()
}

/// The one session that is saved.
fn only(store: &Store) -> Option<Saved> {
    let mut all = store.list().unwrap();
    assert!(all.len() < 2);
    all.pop().map(|found| found.read.expect("what is saved is whole"))
}

fn walk(guide: &Arc<Guide>, lines: &str) -> Walk {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().to_owned());
    let lines: Vec<String> = lines.split_inclusive('\n').map(str::to_owned).collect();
    let saved = RefCell::new(Vec::new());
    let mut input = Watched { lines: &lines, at: 0, line: b"", store: &store, saved: &saved };
    let mut session = Session::new(Clock::Fixed(NOW), Some(store.clone()));
    let wizard = Wizard::new(Arc::clone(guide), TODAY, BTreeMap::new());
    let mut out = Vec::new();
    plain::run(wizard, Tongue::new(guide, 0), false, &mut session, &mut input, &mut out).unwrap();
    assert_eq!(prompts(&out), saved.borrow().len(), "nothing else looks like a prompt");
    Walk { saved: saved.into_inner(), lines }
}

/// Kills the program behind the prompt of this number, and so long after the next lines were sent. Returns how many
/// lines were read for certain: a prompt follows what the line before it did.
fn kill(state: &std::path::Path, walk: &Walk, prompt: usize, after: Duration) -> usize {
    let mut child = Command::new(env!("CARGO_BIN_EXE_declined"))
        .args(["--plain", "--lang", "en", "--today", "2026-11-22"])
        .env("XDG_STATE_HOME", state)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut keys = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    let mut out = Vec::new();
    let (before, rest) = walk.lines.split_at(prompt);
    keys.write_all(before.concat().as_bytes()).unwrap();
    let mut bytes = [0; 4096];
    while prompts(&out) <= prompt {
        let count = output.read(&mut bytes).unwrap();
        assert_ne!(count, 0, "it ends early:\n{}", String::from_utf8_lossy(&out));
        out.extend_from_slice(&bytes[..count]);
    }
    keys.write_all(rest.concat().as_bytes()).unwrap();
    let end = Instant::now() + after;
    while Instant::now() < end {
        thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What lies in the pipe was shown.
    output.read_to_end(&mut out).unwrap();
    prompts(&out).saturating_sub(1)
}

fn check_one(guide: &Arc<Guide>, walk: &Walk, number: usize, chance: u32) {
    let state = tempfile::tempdir().unwrap();
    let prompt = chance as usize % walk.lines.len();
    let after = Duration::from_micros(u64::from(chance >> 8) % 4_000);
    let read = kill(state.path(), walk, prompt, after);
    let saved = only(&Store::at(state.path().join("declined/sessions")));
    let at = walk.saved.iter().rposition(|known| *known == saved);
    let at = at.unwrap_or_else(|| panic!("such a session never was: {saved:#?}"));
    assert!(at >= read, "of {read} lines only {at} are saved: {saved:#?}");
    let Some(saved) = saved else { return };
    let (wizard, dropped) = saved.replay(guide, TODAY, NOW);
    assert_eq!(dropped, []);
    assert_eq!(Saved::of(&wizard, "en", NOW), saved);
    if number.is_multiple_of(RESUMED) {
        let ran = Run::new(&["--resume", "--plain", "--today", "2026-11-22"]).state(state.path()).input("q\n").run();
        assert_eq!(ran.status, Some(0), "{}{}", ran.stdout, ran.stderr);
        assert!(!ran.stdout.contains("A few questions"), "{}", ran.stdout);
    }
}

#[test]
fn what_was_shown_is_saved_whenever_it_is_killed() {
    let guide = Arc::new(check(&content::built_in().files).0.unwrap());
    let walks: Vec<Walk> = typed_by_all().iter().map(|(_, lines)| walk(&guide, lines)).collect();
    let mut chance = 0x9e37_79b9_u32;
    let chances: Vec<u32> = (0..KILLS)
        .map(|_| {
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            chance >> 4
        })
        .collect();
    let one = |number: usize| check_one(&guide, &walks[number % walks.len()], number, chances[number]);
    thread::scope(|scope| {
        for part in 0..2 {
            scope.spawn(move || (part..KILLS).step_by(2).for_each(one));
        }
    });
}

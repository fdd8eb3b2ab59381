//! The files of saved sessions: one for each run of the wizard, written anew after every move. A file is always whole,
//! since it is written under another name first, and none is written over that this run did not write or go on with.
#![expect(clippy::disallowed_methods, reason = "this is the edge that reads and writes saved sessions")]

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use etcetera::BaseStrategy as _;
use tempfile::NamedTempFile;
use time::{Date, OffsetDateTime};

use crate::clock::Clock;
use crate::export::pretty;
use crate::report::Tongue;
use crate::saved::{Offer, Saved, Unusable, is_begun};
use crate::scenario;
use crate::wizard::{At, Wizard};

/// No session comes near to this many bytes.
const MOST_READ: u64 = 1024 * 1024;
/// Nobody begins so often on one day; the search for a free name must end.
const MOST_A_DAY: u32 = 10_000;
/// What a run that was killed left half written goes after this long: no run takes as long to write it.
const STALE: Duration = Duration::from_secs(60 * 60);
const EXTENSION: &str = "json";
const UNFINISHED: &str = ".saving-";

/// The folder of saved sessions.
#[derive(Clone, Debug)]
pub struct Store {
    /// None where the person has no home.
    folder: Option<PathBuf>,
}

/// A file in that folder.
#[derive(Debug)]
pub struct Found {
    /// Its name, by which people call it.
    pub id: String,
    /// Where it is.
    pub path: PathBuf,
    /// What it holds, or why that cannot be told.
    pub read: Result<Saved, Unusable>,
    bytes: Vec<u8>,
    /// When it was saved, by what it says, else by the file's own time.
    pub when: OffsetDateTime,
}

/// A file as this run last wrote or read it.
#[derive(Clone, Debug)]
struct Held {
    id: String,
    bytes: Vec<u8>,
    /// The system says that it may not be written; it could be replaced all the same.
    read_only: bool,
}

impl Store {
    /// The person's own: `declined/sessions` in the folder for state, on Windows in that for local data.
    #[must_use]
    pub fn of_person() -> Self {
        let folder = etcetera::choose_base_strategy().ok().map(|base| {
            // What stands in for it elsewhere must not travel with a roaming profile.
            base.state_dir().unwrap_or_else(|| base.cache_dir()).join("declined").join("sessions")
        });
        Self { folder }
    }

    /// This folder.
    #[must_use]
    pub const fn at(folder: PathBuf) -> Self {
        Self { folder: Some(folder) }
    }

    /// Where the sessions are.
    ///
    /// # Errors
    /// If the person has no home.
    pub fn folder(&self) -> io::Result<&Path> {
        self.folder.as_deref().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "there is no home folder"))
    }

    fn path(&self, id: &str) -> io::Result<PathBuf> {
        Ok(self.folder()?.join(format!("{id}.{EXTENSION}")))
    }

    /// All files, those saved last first; also those that cannot be used.
    ///
    /// # Errors
    /// If the folder cannot be read. That there is none yet is no error.
    pub fn list(&self) -> io::Result<Vec<Found>> {
        let entries = match fs::read_dir(self.folder()?) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut all = Vec::new();
        for entry in entries {
            let path = entry?.path();
            let id = path.file_stem().and_then(|stem| stem.to_str());
            let id = id.filter(|id| !id.contains(crate::guide::is_control));
            if let Some(id) = id.filter(|_| path.extension().is_some_and(|known| known == EXTENSION)) {
                all.push(look(id.to_owned(), path.clone()));
            }
        }
        all.sort_by(|a, b| b.when.cmp(&a.when).then_with(|| b.id.cmp(&a.id)));
        Ok(all)
    }

    /// Deletes a file.
    ///
    /// # Errors
    /// If it cannot be deleted.
    pub fn delete(&self, found: &Found) -> io::Result<()> {
        if found.path.symlink_metadata()?.is_dir() { fs::remove_dir(&found.path) } else { fs::remove_file(&found.path) }
    }

    /// The bytes in a file of the folder that nobody moves yet: not seen under any name that is looked for.
    fn write(&self, bytes: &[u8]) -> io::Result<NamedTempFile> {
        let folder = self.folder()?;
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        // Made so that nobody else can read it.
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_data()?;
        Ok(file)
    }

    /// Writes a file that was not there; returns its name.
    fn create(&self, day: Date, bytes: &[u8]) -> io::Result<String> {
        let mut file = self.write(bytes)?;
        self.sweep();
        let month = day.month().to_string()[..3].to_lowercase();
        let name = format!("{month}{}", day.day());
        for number in 1..MOST_A_DAY {
            let id = if number == 1 { name.clone() } else { format!("{name}-{number}") };
            match file.persist_noclobber(self.path(&id)?) {
                Ok(_) => return Ok(id),
                Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => file = error.file,
                Err(error) => return Err(error.error),
            }
        }
        Err(io::Error::other("too many sessions are saved"))
    }

    /// Writes a file anew; says whether it still was what this run knows of it. Between looking and writing another
    /// run could write as well: it would see that at its next move, and has all of its answers.
    fn replace(&self, held: &Held, bytes: &[u8]) -> io::Result<bool> {
        let path = self.path(&held.id)?;
        if held.read_only || read(&path).ok().as_ref() != Some(&held.bytes) {
            return Ok(false);
        }
        self.write(bytes)?.persist(path)?;
        Ok(true)
    }

    /// Clears away what killed runs left half written.
    fn sweep(&self) {
        let Ok(entries) = self.folder().and_then(fs::read_dir) else { return };
        let now = SystemTime::now();
        for entry in entries.flatten() {
            let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|at| now.duration_since(at).ok());
            let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
            if unfinished && age.is_some_and(|age| age > STALE) {
                // If it stays, it does so until next time.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

fn look(id: String, path: PathBuf) -> Found {
    let (read, bytes) = match read(&path) {
        Ok(bytes) => (Saved::read(&bytes), bytes),
        Err(why) => (Err(why), Vec::new()),
    };
    let modified = || path.symlink_metadata().and_then(|data| data.modified()).map(OffsetDateTime::from);
    let when = match &read {
        Ok(saved) => saved.saved,
        Err(_) => modified().unwrap_or(OffsetDateTime::UNIX_EPOCH),
    };
    Found { id, path, read, bytes, when }
}

fn read(path: &Path) -> Result<Vec<u8>, Unusable> {
    let unreadable = |error: io::Error| Unusable::Unreadable(error.to_string());
    // Opening a pipe would wait for somebody to write into it.
    let data = path.symlink_metadata().map_err(unreadable)?;
    if !data.is_file() {
        return Err(Unusable::NotAFile);
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MOST_READ + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_READ { Err(Unusable::TooLarge) } else { Ok(bytes) }
}

/// How the wizard was left.
#[derive(Debug)]
pub struct Left {
    /// The exit status.
    pub status: u8,
    /// The language it was left in.
    pub tongue: Tongue,
    /// The session to go on with, unless it is solved or nothing was saved.
    pub session: Option<String>,
    /// What became of the last try to save it, if that is to be told.
    pub notice: Option<String>,
    /// What was known, as a scenario, if that was asked for.
    pub scenario: Option<String>,
}

/// What a run of the wizard has from outside: the time, and the file that it is saved in. By default neither.
#[derive(Debug, Default)]
pub struct Session {
    clock: Option<Clock>,
    store: Option<Store>,
    held: Option<Held>,
    /// The wizard's revision that was saved, or could not be.
    seen: u64,
    /// Why the last move could not be saved.
    trouble: Option<String>,
    /// A session to go on with, and its file.
    offer: Option<(Offer, Held)>,
    /// What the person is told first.
    notice: Option<String>,
    /// Whether a scenario is to be written of what is known in the end.
    wants_scenario: bool,
}

impl Session {
    /// With this clock, saved in this folder, if any.
    #[must_use]
    pub fn new(clock: Clock, store: Option<Store>) -> Self {
        Self { clock: Some(clock), store, ..Self::default() }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Option<OffsetDateTime> {
        self.clock.map(Clock::now)
    }

    /// Has what is known in the end written as a scenario.
    pub const fn want_scenario(&mut self) {
        self.wants_scenario = true;
    }

    /// Whether moves are saved.
    #[must_use]
    pub const fn saves(&self) -> bool {
        self.store.is_some()
    }

    /// The name of the file, once there is one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.held.as_ref().map(|held| held.id.as_str())
    }

    /// Has the person told something first.
    pub fn begin_with(&mut self, notice: String) {
        self.notice = Some(match self.notice.take() {
            Some(before) => format!("{before}\n{notice}"),
            None => notice,
        });
    }

    /// What the person is to be told first.
    pub fn take_notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Has a session offered.
    pub fn set_offer(&mut self, offer: Offer, found: Found) {
        self.offer = Some((offer, found.into()));
    }

    /// What is offered.
    #[must_use]
    pub fn offer(&self) -> Option<&Offer> {
        self.offer.as_ref().map(|(offer, _)| offer)
    }

    /// Goes on with what was offered: from now on it is saved in its file.
    pub fn go_on(&mut self) -> Option<Offer> {
        let (offer, held) = self.offer.take()?;
        self.seen = offer.wizard.revision();
        self.held = self.saves().then_some(held);
        Some(offer)
    }

    /// Saves the wizard, if it has changed since; returns what the person is to be told of it, if anything.
    pub fn keep(&mut self, wizard: &Wizard, tongue: Tongue) -> Option<String> {
        if wizard.revision() == self.seen { None } else { self.save(wizard, tongue) }
    }

    /// The end: what could not be saved is tried once more.
    #[must_use]
    pub fn leave(&mut self, wizard: &Wizard, tongue: Tongue, status: u8) -> Left {
        let notice = if self.trouble.is_some() { self.save(wizard, tongue) } else { self.keep(wizard, tongue) };
        let session = (wizard.at() != At::Solved && self.trouble.is_none()).then(|| self.id().map(str::to_owned));
        let scenario = self.wants_scenario.then(|| scenario::written(&wizard.facts()));
        Left { status, tongue, session: session.flatten(), notice, scenario }
    }

    fn save(&mut self, wizard: &Wizard, tongue: Tongue) -> Option<String> {
        self.seen = wizard.revision();
        let (Some(store), Some(clock)) = (&self.store, self.clock) else { return None };
        if self.held.is_none() && !is_begun(wizard) {
            return None;
        }
        let lang = wizard.guide().language_code(tongue.index);
        match write(store, &mut self.held, &Saved::of(wizard, lang, clock.now())) {
            Ok(apart) => {
                let again = self.trouble.take().map(|_| tongue.words().sessions.saves_again.to_owned());
                let apart = apart.then(|| tongue.lang.saved_apart(self.id().unwrap_or_default()));
                apart.or(again)
            }
            Err(error) => {
                let folder = store.folder().map_or_else(|_| String::new(), |folder| format!(", {}", folder.display()));
                let why = format!("{}{folder}", in_short(&error));
                let text = tongue.lang.cannot_save(&why);
                // The same trouble is told once.
                (self.trouble.replace(why.clone()) != Some(why)).then_some(text)
            }
        }
    }
}

/// Writes the file, or another one where it is not to be written any more; says whether it is another one.
fn write(store: &Store, held: &mut Option<Held>, saved: &Saved) -> io::Result<bool> {
    let bytes = pretty(saved)?.into_bytes();
    if let Some(held) = held
        && store.replace(held, &bytes)?
    {
        held.bytes = bytes;
        return Ok(false);
    }
    let id = store.create(saved.saved.date(), &bytes)?;
    Ok(held.replace(Held { id, bytes, read_only: false }).is_some())
}

/// Without the name of the unfinished file, which is another one every time and would make every trouble a new one.
fn in_short(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" at path ").next().unwrap_or_default().to_owned()
}

impl From<Found> for Held {
    fn from(found: Found) -> Self {
        let read_only = found.path.metadata().is_ok_and(|data| data.permissions().readonly());
        Self { id: found.id, bytes: found.bytes, read_only }
    }
}

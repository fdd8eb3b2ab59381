//! A guide that is being edited: when it is read again, and what is told of it. Knows no file and no clock; times come
//! in as what has passed since some beginning.
//!
//! A good edit is used as soon as nothing moves for a moment. A bad one may be half of a good one (a file that is
//! written in two parts, a folder that is moved away and back), so it is told only if nothing comes after it.

use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::{Diagnostic, Lines, Severity, SourceFile};
use crate::guide::Guide;
use crate::guide::check::check;

/// So long nothing may move before files are read: several that are saved together are read once.
pub const QUIET: Duration = Duration::from_millis(60);
/// So long nothing may move before trouble is told.
pub const STILL: Duration = Duration::from_millis(300);
/// How long one may wait for other things before looking again.
pub const TICK: Duration = Duration::from_millis(40);

/// What became of an edit.
#[derive(Clone, Debug)]
pub enum Edit {
    /// It can be used.
    Good(Arc<Guide>),
    /// It cannot.
    Bad(Trouble),
}

/// Why an edited guide cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// What is wrong with it; warnings are not.
    Faults(Vec<Fault>),
    /// Its files cannot be read at all: in the words of the system.
    Unreadable(String),
}

/// One fault, as the author looks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// File, line and column.
    pub place: Option<String>,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl Edit {
    /// Checks the files of a guide; `findings` are those of reading them.
    #[must_use]
    pub fn of(files: &[SourceFile], mut findings: Vec<Diagnostic>) -> Self {
        let (guide, mut checked) = check(files);
        findings.append(&mut checked);
        findings.retain(|finding| finding.severity == Severity::Error);
        match guide {
            Some(guide) if findings.is_empty() => Self::Good(Arc::new(guide)),
            _ => {
                let mut lines = Lines::new(files);
                Self::Bad(Trouble::Faults(
                    findings.into_iter().map(|finding| fault(finding, files, &mut lines)).collect(),
                ))
            }
        }
    }
}

fn fault(finding: Diagnostic, files: &[SourceFile], lines: &mut Lines<'_>) -> Fault {
    let place = lines.place(&finding).map(|(file, line, column)| {
        // All files of a guide stand in one folder, and the author knows which.
        let path = &files[file].path;
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        format!("{name}:{line}:{column}")
    });
    Fault { place, message: finding.message, help: finding.help }
}

/// What is to be done now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing.
    Nothing,
    /// Read the files.
    Read,
    /// Tell this: it did not mend itself.
    Tell(Trouble),
}

/// When to read and when to tell.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    /// When something last moved, if what came of it is still to be seen.
    stirred: Option<Duration>,
    /// What was read since then, and not told yet.
    held: Option<Trouble>,
}

impl Pace {
    /// Something moved.
    pub fn stir(&mut self, now: Duration) {
        self.stirred = Some(now);
        self.held = None;
    }

    /// What is to be done.
    pub fn due(&mut self, now: Duration) -> Due {
        let Some(passed) = self.stirred.map(|at| now.saturating_sub(at)) else { return Due::Nothing };
        if self.held.is_none() {
            return if passed >= QUIET { Due::Read } else { Due::Nothing };
        }
        if passed < STILL {
            return Due::Nothing;
        }
        self.stirred = None;
        self.held.take().map_or(Due::Nothing, Due::Tell)
    }

    /// Takes what was read; returns it if it is told at once.
    pub fn read(&mut self, edit: Edit) -> Option<Edit> {
        match edit {
            Edit::Good(_) => {
                *self = Self::default();
                Some(edit)
            }
            Edit::Bad(trouble) => {
                self.held = Some(trouble);
                None
            }
        }
    }

    /// How long one may wait for other things.
    #[must_use]
    pub fn wait(&self, now: Duration) -> Duration {
        let Some(at) = self.stirred else { return TICK };
        let until = at + if self.held.is_some() { STILL } else { QUIET };
        until.saturating_sub(now).clamp(Duration::from_millis(1), TICK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn gone() -> Trouble {
        Trouble::Unreadable("gone".into())
    }

    fn good() -> Edit {
        Edit::Good(Arc::new(Guide::default()))
    }

    #[test]
    fn several_files_are_read_once() {
        let mut pace = Pace::default();
        assert_eq!((pace.due(at(0)), pace.wait(at(0))), (Due::Nothing, TICK));
        for now in [0, 10, 50] {
            pace.stir(at(now));
            assert_eq!(pace.due(at(now + 39)), Due::Nothing);
        }
        assert_eq!(pace.wait(at(100)), at(10));
        assert_eq!(pace.due(at(110)), Due::Read);
        assert!(matches!(pace.read(good()), Some(Edit::Good(_))));
        assert_eq!((pace.due(at(999)), pace.wait(at(999))), (Due::Nothing, TICK));
    }

    #[test]
    fn trouble_is_told_once_nothing_follows() {
        let mut pace = Pace::default();
        pace.stir(at(0));
        assert_eq!(pace.due(at(60)), Due::Read);
        assert!(pace.read(Edit::Bad(gone())).is_none());
        assert_eq!((pace.due(at(299)), pace.wait(at(299))), (Due::Nothing, at(1)));
        assert_eq!(pace.due(at(300)), Due::Tell(gone()));
        assert_eq!(pace.due(at(999)), Due::Nothing);
    }

    #[test]
    fn half_an_edit_is_not_told() {
        let mut pace = Pace::default();
        pace.stir(at(0));
        assert_eq!(pace.due(at(60)), Due::Read);
        assert!(pace.read(Edit::Bad(gone())).is_none());
        pace.stir(at(290));
        assert_eq!(pace.due(at(310)), Due::Nothing);
        assert_eq!(pace.due(at(350)), Due::Read);
        assert!(pace.read(good()).is_some());
        assert_eq!(pace.due(at(999)), Due::Nothing);
    }

    #[test]
    fn faults_are_told_by_file_and_line() {
        let file = |text: &str| SourceFile { path: "some/where/guide.toml".into(), text: text.into() };
        let Edit::Bad(Trouble::Faults(faults)) = Edit::of(&[file("format = 1\nverzion = \"1\"\n")], Vec::new()) else {
            panic!("it is not good");
        };
        let fault = faults.iter().find(|fault| fault.message.contains("verzion")).unwrap();
        assert_eq!(fault.place.as_deref(), Some("guide.toml:2:1"));
        assert_eq!(fault.help.as_deref(), Some("did you mean `version`?"));
    }
}

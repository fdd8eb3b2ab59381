//! The files of a guide that is being edited, looked after. The folder is watched, not its files, since editors put new
//! ones in their place; and the folder above, since it may go and come back itself.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the edge that watches files and knows how much time has passed"
)]

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::content::{self, Files};
use crate::reread::{Due, Edit, Pace, Trouble};

/// What has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moved {
    /// A file of the guide.
    File,
    /// The folder itself, or nobody knows what.
    Folder,
}

/// The watch over a folder.
#[derive(Debug)]
pub struct Watch {
    /// As the author calls it: findings do as well.
    folder: PathBuf,
    path: PathBuf,
    watcher: RecommendedWatcher,
    moves: Receiver<Moved>,
    begun: Instant,
    pace: Pace,
    /// Whether the folder that stands there now is not the one that is watched.
    lost: bool,
}

impl Watch {
    /// Begins to watch. The guide is read once in any case: it may have changed since the caller read it.
    ///
    /// # Errors
    /// If the system cannot watch this folder.
    pub fn start(folder: &Path) -> Result<Self> {
        let cannot = || format!("cannot watch {}", folder.display());
        let path = std::path::absolute(folder).with_context(cannot)?;
        let names = names(&path);
        let (send, moves) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Some(moved) = moved(&event, &names) {
                // Nobody listens any more once the wizard is left.
                let _ = send.send(moved);
            }
        })
        .with_context(cannot)?;
        let mut pace = Pace::default();
        pace.stir(Duration::ZERO);
        let folder = folder.to_owned();
        let mut watch = Self { folder, path, watcher, moves, begun: Instant::now(), pace, lost: false };
        watch.begin().with_context(cannot)?;
        Ok(watch)
    }

    fn begin(&mut self) -> notify::Result<()> {
        // Not everybody may look there; then only the folder itself is known.
        if let Some(above) = self.path.parent() {
            let _ = self.watcher.watch(above, RecursiveMode::NonRecursive);
        }
        self.watcher.watch(&self.path, RecursiveMode::NonRecursive)
    }

    /// What has become of the guide since the last look, once that is certain.
    pub fn look(&mut self) -> Option<Edit> {
        let now = self.begun.elapsed();
        for moved in self.moves.try_iter() {
            self.lost |= moved == Moved::Folder;
            self.pace.stir(now);
        }
        if self.lost {
            // The watch may be on a folder that goes by another name now.
            let _ = self.watcher.unwatch(&self.path);
            if self.begin().is_ok() {
                self.lost = false;
                self.pace.stir(now);
            }
        }
        match self.pace.due(now) {
            Due::Nothing => None,
            Due::Read => self.pace.read(read(&self.folder)),
            Due::Tell(trouble) => Some(Edit::Bad(trouble)),
        }
    }

    /// How long one may wait for other things before looking again.
    #[must_use]
    pub fn wait(&self) -> Duration {
        self.pace.wait(self.begun.elapsed())
    }
}

fn read(folder: &Path) -> Edit {
    match content::folder(folder) {
        Ok(Files { files, findings }) => Edit::of(&files, findings),
        Err(error) => Edit::Bad(Trouble::Unreadable(format!("{error:#}"))),
    }
}

/// What systems may call the folder: some tell of it by the name that all links lead to.
fn names(place: &Path) -> Vec<PathBuf> {
    let mut names = vec![place.to_owned()];
    names.extend(place.canonicalize());
    if let (Some(above), Some(name)) = (place.parent(), place.file_name()) {
        names.extend(above.canonicalize().map(|above| above.join(name)));
    }
    names
}

/// What an event says has moved, if it is about the guide. That somebody read is no news: it was this program.
fn moved(event: &notify::Result<Event>, names: &[PathBuf]) -> Option<Moved> {
    let event = match event {
        Ok(event) if event.need_rescan() => return Some(Moved::Folder),
        Ok(event) => event,
        Err(_) => return Some(Moved::Folder),
    };
    if matches!(event.kind, EventKind::Access(_)) {
        return None;
    }
    let is_folder = |path: &PathBuf| names.contains(path);
    let is_file = |path: &PathBuf| {
        content::is_toml(path) && path.parent().is_some_and(|above| names.iter().any(|name| name == above))
    };
    if event.paths.iter().any(is_folder) {
        return Some(Moved::Folder);
    }
    event.paths.iter().any(is_file).then_some(Moved::File)
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind, Flag, ModifyKind, RemoveKind, RenameMode};

    use super::*;

    #[test]
    fn what_events_are_about() {
        let names = [PathBuf::from("/a/guide")];
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        let cases: &[(EventKind, &[&str], Option<Moved>)] = &[
            (EventKind::Create(CreateKind::File), &["/a/guide/screens.toml"], Some(Moved::File)),
            (renamed, &["/a/guide/.screens.tmp", "/a/guide/screens.toml"], Some(Moved::File)),
            (EventKind::Remove(RemoveKind::Folder), &["/a/guide"], Some(Moved::Folder)),
            (EventKind::Create(CreateKind::Folder), &["/a/guide"], Some(Moved::Folder)),
            (EventKind::Access(AccessKind::Any), &["/a/guide/screens.toml"], None),
            (EventKind::Create(CreateKind::File), &["/a/guide/.screens.toml.swp"], None),
            (EventKind::Create(CreateKind::File), &["/a/other/screens.toml"], None),
            (EventKind::Create(CreateKind::File), &["/a/screens.toml"], None),
        ];
        for (kind, paths, expected) in cases {
            let event = Event { kind: *kind, paths: paths.iter().map(PathBuf::from).collect(), ..Event::default() };
            assert_eq!(moved(&Ok(event), &names), *expected, "{kind:?} {paths:?}");
        }
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(moved(&Ok(overflow), &names), Some(Moved::Folder));
        assert_eq!(moved(&Err(notify::Error::generic("lost")), &names), Some(Moved::Folder));
    }
}

//! A file that a result is written to: looked at before the work begins, so that a bad name fails first, and written
//! whole or not at all.
#![expect(clippy::disallowed_methods, reason = "this is the edge that writes files")]

use std::env;
use std::error::Error;
use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that can be written, as far as could be told.
#[derive(Clone, Debug)]
pub struct Target {
    /// As it was named.
    name: PathBuf,
    /// Where it is.
    path: PathBuf,
    replace: bool,
}

/// The path that somebody typed: `~/` stands for their home, as in every shell.
#[must_use]
pub fn named(typed: &str) -> PathBuf {
    match (typed.strip_prefix("~/"), env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    }
}

/// Why a file is not written.
#[derive(Debug)]
pub enum TargetError {
    /// It exists already, and nobody said that it may be replaced.
    Exists(PathBuf),
    /// It is a folder, or no ordinary file.
    NoFile(PathBuf),
    /// The folder that it would be in does not exist.
    NoFolder(PathBuf),
    /// The system does not let it be written.
    Refused(PathBuf, io::Error),
}

impl Target {
    /// Looks whether a file can be written here; `replace` says whether one that is there may go.
    pub fn check(path: &Path, replace: bool) -> Result<Self, TargetError> {
        let refused = |error| TargetError::Refused(path.to_owned(), error);
        if path.file_name().is_none() {
            return Err(TargetError::NoFile(path.to_owned()));
        }
        // A link is followed, so that it leads to the new text and stays what it is.
        let target =
            Self { name: path.to_owned(), path: path.canonicalize().unwrap_or_else(|_| path.to_owned()), replace };
        match fs::symlink_metadata(&target.path) {
            Ok(there) if there.is_dir() => return Err(TargetError::NoFile(path.to_owned())),
            Ok(_) if !replace => return Err(TargetError::Exists(path.to_owned())),
            // A device would be replaced by a file, and not be written to.
            Ok(there) if !there.is_file() => return Err(TargetError::NoFile(path.to_owned())),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(refused(error)),
            _ => {}
        }
        if !target.folder().is_dir() {
            return Err(TargetError::NoFolder(target.folder().to_owned()));
        }
        // Whether a folder takes a file is only known by trying.
        target.temporary().map_err(refused)?;
        Ok(target)
    }

    /// Writes the file. It holds the whole text or what it held before; a file that came into being since the check is
    /// left alone, unless it may be replaced.
    pub fn write(&self, text: &str) -> Result<(), TargetError> {
        self.prepare(text)?.put()
    }

    /// Writes the text beside the file. What is not put in its place goes by itself.
    pub fn prepare(&self, text: &str) -> Result<Prepared<'_>, TargetError> {
        let mut file = self.temporary().map_err(|error| self.refused(error))?;
        file.write_all(text.as_bytes()).map_err(|error| self.refused(error))?;
        file.as_file().sync_all().map_err(|error| self.refused(error))?;
        Ok(Prepared { target: self, file })
    }

    fn refused(&self, error: io::Error) -> TargetError {
        match error.kind() {
            io::ErrorKind::AlreadyExists => TargetError::Exists(self.name.clone()),
            _ => TargetError::Refused(self.name.clone(), error),
        }
    }

    /// The file as it was named.
    #[must_use]
    pub fn name(&self) -> &Path {
        &self.name
    }

    fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// A new file beside the target, which goes by itself unless it takes the target's name.
    fn temporary(&self) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".declined-");
        // Temporary files are closed to others, and the target shall be like any other file, or like the one before.
        #[cfg(unix)]
        builder.permissions(
            fs::metadata(&self.path)
                .map_or_else(|_| std::os::unix::fs::PermissionsExt::from_mode(0o666), |there| there.permissions()),
        );
        builder.tempfile_in(self.folder())
    }
}

/// The text of a file, written whole beside it.
#[derive(Debug)]
pub struct Prepared<'t> {
    target: &'t Target,
    file: NamedTempFile,
}

impl Prepared<'_> {
    /// Puts it in the place of the file.
    pub fn put(self) -> Result<(), TargetError> {
        let Self { target, file } = self;
        let kept = if target.replace { file.persist(&target.path) } else { file.persist_noclobber(&target.path) };
        kept.map(drop).map_err(|failed| target.refused(failed.error))
    }

    /// The file as it was named.
    #[must_use]
    pub fn name(&self) -> &Path {
        self.target.name()
    }
}

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(path) => write!(f, "{} exists already", path.display()),
            Self::NoFile(path) => write!(f, "{} is no file that can be written; name a file", path.display()),
            Self::NoFolder(path) => write!(f, "the folder {} does not exist", path.display()),
            Self::Refused(path, _) => write!(f, "cannot write {}", path.display()),
        }
    }
}

impl Error for TargetError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Refused(_, error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_written_whole_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.md");
        let target = Target::check(&path, false).unwrap();
        assert!(names(folder.path()).is_empty(), "looking leaves nothing behind");
        target.write("one\n").unwrap();
        assert_eq!(
            (fs::read_to_string(&path).unwrap().as_str(), names(folder.path())),
            ("one\n", vec!["list.md".into()])
        );
        assert!(matches!(Target::check(&path, false), Err(TargetError::Exists(there)) if there == path));
        Target::check(&path, true).unwrap().write("two\n").unwrap();
        assert_eq!(
            (fs::read_to_string(&path).unwrap().as_str(), names(folder.path())),
            ("two\n", vec!["list.md".into()])
        );
    }

    #[test]
    fn what_came_in_between_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.md");
        let target = Target::check(&path, false).unwrap();
        fs::write(&path, "somebody else's").unwrap();
        assert!(matches!(target.write("mine"), Err(TargetError::Exists(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "somebody else's");
        assert_eq!(names(folder.path()), ["list.md"]);
    }

    #[test]
    fn what_cannot_be_written_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let tell = |path: &Path, replace| {
            let error = anyhow::Error::new(Target::check(path, replace).unwrap_err());
            format!("{error:#}").replace(&folder.path().display().to_string(), "DIR").replace('\\', "/")
        };
        assert_eq!(tell(folder.path(), true), "DIR is no file that can be written; name a file");
        assert_eq!(tell(&folder.path().join(".."), true), "DIR/.. is no file that can be written; name a file");
        assert_eq!(tell(&folder.path().join("no/list.md"), true), "the folder DIR/no does not exist");
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert_eq!(tell(&file, false), "DIR/file exists already");
        assert!(Target::check(&file.join("list.md"), false).is_err());
        assert!(Target::check(Path::new(""), false).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_like_any_other_and_a_replaced_one_like_before() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (other, mine, link) = (folder.path().join("other"), folder.path().join("mine"), folder.path().join("link"));
        fs::write(&other, "").unwrap();
        Target::check(&mine, false).unwrap().write("").unwrap();
        assert_eq!(mode(&mine), mode(&other));
        fs::set_permissions(&mine, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&mine, &link).unwrap();
        assert!(matches!(Target::check(&link, false), Err(TargetError::Exists(_))));
        Target::check(&link, true).unwrap().write("new").unwrap();
        assert_eq!((fs::read_to_string(&mine).unwrap().as_str(), mode(&mine)), ("new", 0o600));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(matches!(Target::check(Path::new("/dev/null"), true), Err(TargetError::NoFile(_))));
        symlink(folder.path().join("gone"), folder.path().join("lost")).unwrap();
        assert!(matches!(Target::check(&folder.path().join("lost"), false), Err(TargetError::Exists(_))));
    }
}

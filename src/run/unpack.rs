//! `declined unpack`: the built-in guide as files that can be edited.
#![expect(clippy::disallowed_methods, reason = "this is the edge that writes files and prints")]

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Error, Result, bail};

use super::DONE;
use crate::cli::{Global, UnpackArgs};
use crate::content;
use crate::export::pretty;
use crate::schema::{self, schema};
use crate::target::Target;

pub(super) fn run(global: &Global, args: &UnpackArgs) -> Result<u8> {
    if global.guide.is_some() {
        bail!("unpack writes the built-in guide; that of --guide is a folder already");
    }
    let folder = args.dir.as_path();
    must_be_free(folder)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let mut files = vec![(PathBuf::from(schema::FILE_NAME), pretty(&schema())?)];
    files.extend(content::built_in_texts().map(|(name, text)| (name.to_owned(), schema::beside(text))));
    files.sort();
    let count = write(folder, &files)?;
    let shown = shown(folder);
    writeln!(
        io::stdout(),
        "The guide is in {shown}, {count} files.\n\nLook at it:  declined --guide {shown}\nCheck it:    declined check {shown}"
    )?;
    Ok(DONE)
}

/// Writes the files, never over anything: what came into being since the folder was looked at stays as well.
fn write(folder: &Path, files: &[(PathBuf, String)]) -> Result<usize> {
    let mut written: Vec<String> = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        if let Err(error) = Target::check(&path, false).and_then(|target| target.write(text)) {
            let so_far = if written.is_empty() { "nothing".to_owned() } else { written.join(", ") };
            return Err(Error::new(error).context(format!("the guide is not whole, written so far: {so_far}")));
        }
        written.push(path.display().to_string());
    }
    Ok(written.len())
}

/// A folder that does not exist yet, or an empty one.
fn must_be_free(folder: &Path) -> Result<()> {
    let shown = folder.display();
    let there = match fs::metadata(folder) {
        Ok(there) => there,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot look at {shown}")),
    };
    if !there.is_dir() {
        bail!("{shown} is a file; name a folder that does not exist yet, or an empty one");
    }
    if fs::read_dir(folder).with_context(|| format!("cannot read the folder {shown}"))?.next().is_some() {
        bail!(
            "{shown} is not empty, and nothing is written over; name a folder that does not exist yet, or an empty one"
        );
    }
    Ok(())
}

/// The folder as it can be typed again.
fn shown(folder: &Path) -> String {
    let text = folder.display().to_string();
    if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_named_where_the_rest_cannot_be() {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<_> = ["a.toml", "b.toml", "c.toml"].map(|name| (name.into(), String::new())).into();
        fs::write(folder.path().join("c.toml"), "mine").unwrap();
        let error = write(folder.path(), &files).unwrap_err();
        let said = format!("{error:#}").replace(&folder.path().display().to_string(), "DIR").replace('\\', "/");
        let expected = "the guide is not whole, written so far: DIR/a.toml, DIR/b.toml: DIR/c.toml exists already";
        assert_eq!(said, expected);
        assert_eq!(fs::read_to_string(folder.path().join("c.toml")).unwrap(), "mine");
    }
}

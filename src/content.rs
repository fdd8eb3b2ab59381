//! The only reader of guide files: the guide that is compiled in, or a folder in its place.
#![expect(clippy::disallowed_methods, reason = "reading guide files is what this module is for")]

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use include_dir::{Dir, include_dir};

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::guide::rules::severity;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/openai-api");

const MIB: u64 = 1024 * 1024;
/// A guide for the wizard is no larger than this many MiB.
pub const MOST_MIB: u64 = 8;
/// One that is only checked can be larger: it may be about to be cut.
pub const MOST_CHECKED_MIB: u64 = 64;

/// The files of a guide, and what could not be read as text.
#[derive(Debug, Default)]
pub struct Files {
    /// In the order of their names.
    pub files: Vec<SourceFile>,
    /// Findings about bytes, before anything is parsed.
    pub findings: Vec<Diagnostic>,
}

/// The file of the built-in guide that holds its tests and nothing else.
const TESTS: &str = "scenarios.toml";

/// The guide that is compiled in.
#[must_use]
pub fn built_in() -> Files {
    built_in_files(|_| true)
}

/// The same without the tests that it brings along: who looks for help need not wait for these to be read.
#[must_use]
pub fn built_in_without_tests() -> Files {
    built_in_files(|name| name != Path::new(TESTS))
}

fn built_in_files(wanted: impl Fn(&Path) -> bool) -> Files {
    let mut names: Vec<_> = BUILT_IN.files().filter(|file| is_toml(file.path()) && wanted(file.path())).collect();
    names.sort_by_key(|file| file.path());
    let mut all = Files::default();
    for file in names {
        all.add(format!("built-in/{}", file.path().display()), file.contents());
    }
    all
}

/// Name and text of every file of the guide that is compiled in, as they stand in the folder that it was made from.
pub fn built_in_texts() -> impl Iterator<Item = (&'static Path, &'static str)> {
    BUILT_IN.files().filter_map(|file| Some((file.path(), file.contents_utf8()?)))
}

/// The guide in a folder, for the wizard: every `*.toml` directly in it.
///
/// # Errors
/// If the folder or a file in it cannot be read, if it holds no guide, or if it is too large.
pub fn folder(folder: &Path) -> Result<Files> {
    folder_up_to(folder, MOST_MIB)
}

/// The same for a guide of at most so many MiB.
///
/// # Errors
/// As [`folder`].
pub fn folder_up_to(folder: &Path, most: u64) -> Result<Files> {
    let shown = folder.display();
    if folder.is_file() {
        bail!("{shown} is a file; --guide takes the folder that holds the guide's .toml files");
    }
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read the guide folder {shown}"))? {
        let path = entry.with_context(|| format!("cannot read the guide folder {shown}"))?.path();
        if is_toml(&path) && path.is_file() {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        bail!("{shown} holds no .toml file, so there is no guide in it");
    }
    paths.sort();
    let mut all = Files::default();
    let mut total = 0;
    for path in paths {
        let size = fs::metadata(&path).with_context(|| format!("cannot read {}", path.display()))?.len();
        total += size;
        if total > most * MIB {
            bail!(
                "{} makes the guide larger than {most} MiB ({size} bytes in this file); a guide is text, look what it holds",
                path.display()
            );
        }
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        all.add(path.display().to_string(), &bytes);
    }
    Ok(all)
}

/// Whether a file is one of a guide by its name. Hidden ones are not the author's: editors and archives leave such.
#[must_use]
pub fn is_toml(path: &Path) -> bool {
    let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    !is_hidden && path.extension().is_some_and(|extension| extension == "toml")
}

impl Files {
    fn add(&mut self, path: String, bytes: &[u8]) {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                let at = error.valid_up_to();
                self.findings.push(Diagnostic {
                    rule: "not-utf8",
                    severity: severity("not-utf8"),
                    message: format!("byte {} of this file is not UTF-8", at + 1),
                    place: Some((self.files.len(), at..at + 1)),
                    help: Some("save the file as UTF-8".into()),
                });
                // Read on all the same: what else is wrong is told in one go.
                String::from_utf8_lossy(bytes).into_owned()
            }
        };
        self.files.push(SourceFile { path, text });
    }
}

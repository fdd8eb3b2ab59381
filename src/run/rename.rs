//! `declined rename`: shows what changes, asks, and writes the files.
#![expect(clippy::disallowed_methods, reason = "this is the edge that reads and writes files, asks and prints")]

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};

use super::DONE;
use crate::cli::{Global, RenameArgs};
use crate::content;
use crate::diagnostic::SourceFile;
use crate::guide::is_control;
use crate::rename::{Change, diff, rename};
use crate::target::{Prepared, Target};

pub(super) fn run(global: &Global, args: &RenameArgs) -> Result<u8> {
    let folder = match (&args.dir, &global.guide) {
        (Some(_), Some(_)) => bail!("the folder of the guide is named twice, by --guide and behind the new id"),
        (Some(folder), None) | (None, Some(folder)) => folder,
        (None, None) => bail!("the built-in guide stays as it is; `declined unpack DIR` writes it out, then name DIR"),
    };
    let content::Files { files, findings } = content::folder(folder)?;
    if let Some(finding) = findings.first() {
        bail!("{}; mend it first, `declined check {}` shows where", finding.message, folder.display());
    }
    let change = rename(&files, args.kind, &args.old, &args.new).map_err(|wrong| anyhow!(wrong.line()))?;
    let mut shown = diff(&files, &change);
    if io::stdout().is_terminal() {
        shown = shown.chars().map(|c| if is_control(c) && c != '\r' { '\u{fffd}' } else { c }).collect();
    }
    io::stdout().write_all(shown.as_bytes())?;
    if args.dry_run {
        return Ok(DONE);
    }
    let what = format!("{} in {}", count(change.places, "place"), count(change.files.len(), "file"));
    if !args.yes && !asked(&what)? {
        writeln!(io::stderr(), "declined: nothing is changed")?;
        return Ok(DONE);
    }
    write(&files, &change)?;
    writeln!(io::stderr(), "declined: {what} changed")?;
    Ok(DONE)
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn asked(what: &str) -> Result<bool> {
    if !io::stdin().is_terminal() {
        bail!(
            "nothing is changed without a terminal to ask at; --yes changes it without asking, --dry-run only shows it"
        );
    }
    write!(io::stderr(), "Change {what}? [y/N] ")?;
    let mut line = String::new();
    io::stdin().read_line(&mut line).context("cannot read standard input")?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

/// Writes the files that change, all or none as far as can be: each is looked at and its new text written beside it before
/// the first takes its place.
fn write(files: &[SourceFile], change: &Change) -> Result<()> {
    const NOTHING: &str = "nothing is changed";
    let mut targets = Vec::new();
    for (file, text) in &change.files {
        let SourceFile { path, text: before } = &files[*file];
        let path = Path::new(path);
        let bytes = fs::read(path).with_context(|| format!("{NOTHING}: cannot read {}", path.display()))?;
        let mark = bytes.strip_prefix("\u{feff}".as_bytes()).map_or("", |_| "\u{feff}");
        if bytes.strip_prefix(mark.as_bytes()) != Some(before.as_bytes()) {
            bail!("{NOTHING}: {} was changed by somebody else meanwhile", path.display());
        }
        targets.push((Target::check(path, true).context(NOTHING)?, format!("{mark}{text}")));
    }
    let mut prepared = Vec::new();
    for (target, text) in &targets {
        prepared.push(target.prepare(text).context(NOTHING)?);
    }
    put(prepared)
}

fn put(prepared: Vec<Prepared<'_>>) -> Result<()> {
    let names: Vec<String> = prepared.iter().map(|one| one.name().display().to_string()).collect();
    for (at, one) in prepared.into_iter().enumerate() {
        one.put().with_context(|| match names.split_at(at) {
            ([], _) => "nothing is changed".to_owned(),
            (done, left) => {
                format!("the id is changed in {} and not in {}", done.join(", "), left.join(", "))
            }
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_it_ends_in_the_middle_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.toml", "b.toml", "c.toml"].map(|name| folder.path().join(name));
        let told = |broken: usize| {
            for path in &paths {
                let _ = fs::remove_dir_all(path);
                fs::write(path, "before").unwrap();
            }
            let targets: Vec<Target> = paths.iter().map(|path| Target::check(path, true).unwrap()).collect();
            let prepared = targets.iter().map(|target| target.prepare("after").unwrap()).collect();
            // Nobody can put a file in the place of a folder, whatever they may do otherwise.
            fs::remove_file(&paths[broken]).unwrap();
            fs::create_dir_all(paths[broken].join("in-the-way")).unwrap();
            let told = format!("{:#}", put(prepared).unwrap_err()).replace(&folder.path().display().to_string(), "DIR");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), paths.len(), "nothing stays beside them");
            let texts = paths.iter().map(|path| fs::read_to_string(path).unwrap_or_default()).collect::<Vec<_>>();
            (told.replace('\\', "/"), texts)
        };
        let (first, texts) = told(0);
        assert!(first.starts_with("nothing is changed: cannot write DIR/a.toml: "), "{first}");
        assert_eq!(texts, ["", "before", "before"]);
        let (second, texts) = told(1);
        let said = "the id is changed in DIR/a.toml and not in DIR/b.toml, DIR/c.toml: cannot write DIR/b.toml: ";
        assert!(second.starts_with(said), "{second}");
        assert_eq!(texts, ["after", "", "before"]);
    }
}

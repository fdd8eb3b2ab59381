//! `declined rename`: shows what changes, asks, and writes the files.
#![expect(clippy::disallowed_methods, reason = "this is the edge that reads and writes files, asks and prints")]

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Error, Result, anyhow, bail};

use super::DONE;
use crate::cli::{Global, RenameArgs};
use crate::content;
use crate::diagnostic::SourceFile;
use crate::guide::is_control;
use crate::rename::{Change, diff, rename};
use crate::target::Target;

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

/// Writes the files that change, each whole or not at all. All of them are looked at first, so that what can be known to
/// fail fails before anything is written.
fn write(files: &[SourceFile], change: &Change) -> Result<()> {
    let mut targets = Vec::new();
    for (file, text) in &change.files {
        let SourceFile { path, text: before } = &files[*file];
        let path = Path::new(path);
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mark = bytes.strip_prefix("\u{feff}".as_bytes()).map_or("", |_| "\u{feff}");
        if bytes.strip_prefix(mark.as_bytes()) != Some(before.as_bytes()) {
            bail!("{} was changed by somebody else meanwhile; nothing is written", path.display());
        }
        targets.push((Target::check(path, true)?, format!("{mark}{text}")));
    }
    let mut written: Vec<String> = Vec::new();
    for (target, text) in targets {
        if let Err(error) = target.write(&text) {
            let so_far = if written.is_empty() { "nothing".to_owned() } else { written.join(", ") };
            let context = format!("the id is not changed everywhere, written so far: {so_far}");
            return Err(Error::new(error).context(context));
        }
        written.push(target.name().display().to_string());
    }
    Ok(())
}

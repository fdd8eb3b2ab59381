//! An id changed in every file that names it. Comments and layout stay byte for byte, and a change after which anything
//! would mean something else is refused.

use similar::TextDiff;

use crate::diagnostic::{Diagnostic, Severity, SourceFile, line_and_column, near_miss};
use crate::guide::check::check;
use crate::guide::keys::RESERVED;
use crate::guide::names::{Kind, Mention, Name, mentions};
use crate::guide::syntax::is_id_char;
use crate::input::Wrong;

/// What a change comes to.
#[derive(Clone, Debug)]
pub struct Change {
    /// The files that change, by index, and their new texts.
    pub files: Vec<(usize, String)>,
    /// In how many places.
    pub places: usize,
}

/// Works out what changes where an id gets another name. `old` is `SCREEN.CHOICE` for what stands within something;
/// `new` may be written like that too.
///
/// # Errors
/// If the guide has errors, if there is no such id, if the new one is taken or is none, or if anything would mean
/// something else afterwards.
pub fn rename(files: &[SourceFile], kind: Kind, old: &str, new: &str) -> Result<Change, Wrong> {
    let (guide, before) = check(files);
    if guide.is_none() {
        let faults = before.iter().filter(|finding| finding.severity == Severity::Error).count();
        let what = if faults == 1 { "a fault".to_owned() } else { format!("{faults} faults") };
        return Err(wrong(format!("the guide has {what}"), "mend it first; `declined check` shows what and where"));
    }
    let found = mentions(files);
    let old = parsed(kind, old)?;
    let same_kind = || found.all.iter().map(|mention| &mention.name).filter(|name| name.kind == kind);
    if !same_kind().any(|name| *name == old) {
        let known: Vec<String> = same_kind().map(Name::shown).collect();
        let help = near_miss(&old.shown(), known.iter().map(String::as_str));
        return Err(Wrong { message: format!("there is no {} `{}`", kind.word(), old.shown().escape_debug()), help });
    }
    let new = new_name(&old, new)?;
    if same_kind().any(|name| *name == new) {
        return Err(wrong(format!("there is a {} `{}` already", kind.word(), new.shown()), "choose another id"));
    }
    if let Some((file, span, _)) = found.hidden.iter().find(|(.., name)| *name == old) {
        let place = place(files, *file, span.start);
        return Err(wrong(
            format!("`{}` is written with escapes at {place}", old.id),
            "write it there as it is, then rename it",
        ));
    }
    let change = replaced(files, &found.all, &old, &new.id);
    let mut after = files.to_vec();
    for (file, text) in &change.files {
        after[*file].text.clone_from(text);
    }
    let (_, findings) = check(&after);
    if let Some(finding) = news(files, &before, &after, &findings) {
        let at = finding
            .place
            .as_ref()
            .map_or_else(String::new, |(file, span)| format!(" at {}", place(&after, *file, span.start)));
        return Err(wrong(format!("the guide would then be wrong{at}: {}", finding.message), "choose another id"));
    }
    // What names an id names the same afterwards: nothing was taken for the new one, and nothing takes its place.
    let expected = found.all.iter().map(|mention| meaning(&mention.name, &old, &new));
    let means = mentions(&after).all;
    if let Some((_, now)) = expected.zip(&means).find(|(expected, now)| *expected != now.name) {
        let at = place(&after, now.file, now.start);
        return Err(wrong(format!("`{}` would then mean something else at {at}", now.name.id), "choose another id"));
    }
    if means.len() != found.all.len() {
        return Err(wrong(format!("`{}` would then mean something else in places", new.id), "choose another id"));
    }
    Ok(change)
}

/// The change as a unified diff of the files.
#[must_use]
pub fn diff(files: &[SourceFile], change: &Change) -> String {
    change
        .files
        .iter()
        .map(|(file, text)| {
            let SourceFile { path, text: before } = &files[*file];
            TextDiff::from_lines(before, text).unified_diff().header(path, path).to_string()
        })
        .collect()
}

fn wrong(message: String, help: &str) -> Wrong {
    Wrong { message, help: Some(help.into()) }
}

fn place(files: &[SourceFile], file: usize, byte: usize) -> String {
    let (line, column) = line_and_column(&files[file].text, byte);
    format!("{}:{line}:{column}", files[file].path)
}

fn parsed(kind: Kind, text: &str) -> Result<Name, Wrong> {
    let Some(outer) = kind.within() else {
        return Ok(Name { kind, within: String::new(), id: text.to_owned() });
    };
    let Some((within, id)) = text.split_once('.') else {
        let (outer, inner) = (outer.word(), kind.word());
        let message = format!("which {outer}'s {inner} `{}`?", text.escape_debug());
        let help = format!("write it as {}.{}", outer.to_uppercase(), inner.to_uppercase());
        return Err(Wrong { message, help: Some(help) });
    };
    Ok(Name { kind, within: within.to_owned(), id: id.to_owned() })
}

fn new_name(old: &Name, text: &str) -> Result<Name, Wrong> {
    let id = match text.split_once('.') {
        Some((within, id)) if !old.within.is_empty() && within == old.within => id,
        _ => text,
    };
    let shown = id.escape_debug();
    if id.is_empty() || !id.chars().all(is_id_char) {
        return Err(wrong(format!("`{shown}` is no id"), "ids are made of a-z, 0-9 and `-`"));
    }
    if RESERVED.contains(&id) || (old.kind == Kind::Source && id == "guess") {
        return Err(wrong(format!("`{shown}` is a word of the format"), "choose another id"));
    }
    if id == old.id {
        return Err(Wrong { message: format!("`{shown}` is its id already"), help: None });
    }
    Ok(Name { id: id.to_owned(), ..old.clone() })
}

fn replaced(files: &[SourceFile], all: &[Mention], old: &Name, new: &str) -> Change {
    let mut change = Change { files: Vec::new(), places: 0 };
    for (file, source) in files.iter().enumerate() {
        let mut text = String::with_capacity(source.text.len());
        let mut done = 0;
        for mention in all.iter().filter(|mention| mention.file == file && mention.name == *old) {
            text.push_str(&source.text[done..mention.start]);
            text.push_str(new);
            done = mention.start + old.id.len();
            change.places += 1;
        }
        if done > 0 {
            text.push_str(&source.text[done..]);
            change.files.push((file, text));
        }
    }
    change
}

/// What a name is after the change: what stands within the old one stands within the new one.
fn meaning(name: &Name, old: &Name, new: &Name) -> Name {
    let mut name = name.clone();
    if name == *old {
        return new.clone();
    }
    if name.kind.within() == Some(old.kind) && name.within == old.id {
        name.within.clone_from(&new.id);
    }
    name
}

/// The first finding that was not there before. A line stays the same line, whatever ids stand in it.
fn news<'f>(
    files: &[SourceFile],
    before: &[Diagnostic],
    after_files: &[SourceFile],
    after: &'f [Diagnostic],
) -> Option<&'f Diagnostic> {
    let at = |files: &[SourceFile], finding: &Diagnostic| {
        let place = finding.place.as_ref();
        (finding.rule, place.map(|(file, span)| (*file, line_and_column(&files[*file].text, span.start).0)))
    };
    let mut known: Vec<_> = before.iter().map(|finding| at(files, finding)).collect();
    after.iter().find(|finding| {
        let this = at(after_files, finding);
        match known.iter().position(|known| *known == this) {
            Some(found) => {
                known.swap_remove(found);
                false
            }
            None => true,
        }
    })
}

//! `declined rename`: an id changes everywhere and nothing else does, and what would change more is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use declined::diagnostic::SourceFile;
use declined::guide::check::check;
use declined::guide::names::{Kind, Name, mentions};
use declined::rename::rename;
use declined::{content, scenario};

use crate::bad_guides::{Change, spoiled};
use crate::harness::{Ran, Run, fixture};

fn lamp() -> Vec<SourceFile> {
    content::folder(&fixture("lamp")).unwrap().files
}

fn renamed(files: &[SourceFile], kind: Kind, old: &str, new: &str) -> Vec<SourceFile> {
    let change = rename(files, kind, old, new).unwrap_or_else(|wrong| panic!("{kind:?} {old}: {}", wrong.line()));
    let mut after = files.to_vec();
    for (file, text) in change.files {
        after[file].text = text;
    }
    after
}

fn texts(files: &[SourceFile]) -> Vec<&str> {
    files.iter().map(|file| file.text.as_str()).collect()
}

/// Renames an id there and back; in between the guide is clean and its scenarios pass.
fn there_and_back(files: &[SourceFile], name: &Name) {
    let new = format!("zz-{}", name.id);
    let there = renamed(files, name.kind, &name.shown(), &new);
    let (guide, findings) = check(&there);
    assert_eq!(findings.len(), 0, "{name:?}");
    let guide = guide.unwrap();
    for test in &guide.scenarios {
        assert_eq!(scenario::run(&guide, test), [], "{name:?}: {}", test.id);
    }
    let old = Name { id: new, ..name.clone() };
    let back = renamed(&there, name.kind, &old.shown(), &name.id);
    assert_eq!(texts(&back), texts(files), "{name:?}");
}

fn by_kind(files: &[SourceFile]) -> BTreeMap<Kind, Vec<Name>> {
    let found = mentions(files);
    assert!(found.hidden.is_empty());
    let mut kinds: BTreeMap<Kind, Vec<Name>> = BTreeMap::new();
    for mention in found.all {
        let names = kinds.entry(mention.name.kind).or_default();
        // Without this cause there is no guide.
        if (mention.name.kind, mention.name.id.as_str()) != (Kind::Cause, "other") {
            names.push(mention.name);
        }
    }
    for names in kinds.values_mut() {
        names.sort();
        names.dedup();
    }
    kinds
}

#[test]
fn every_id_of_the_small_guide_goes_there_and_back() {
    let files = lamp();
    for name in by_kind(&files).values().flatten() {
        there_and_back(&files, name);
    }
}

/// One after another, since running all its scenarios for each would take minutes.
#[test]
fn ids_of_every_kind_of_the_shipped_guide_go_there_and_back() {
    let files = content::built_in().files;
    let kinds = by_kind(&files);
    assert_eq!(kinds.len(), Kind::WORDS.len());
    // What stands within something comes first: later its screen has another name.
    let mut names: Vec<&Name> = kinds.values().map(|names| &names[names.len() / 2]).collect();
    names.extend([Kind::Screen, Kind::Choice, Kind::Figure, Kind::Fix].map(|kind| &kinds[&kind][0]));
    names.sort_by_key(|name| (name.kind.within().is_none(), *name));
    names.dedup();
    let mut there = files.clone();
    for name in &names {
        there = renamed(&there, name.kind, &name.shown(), &format!("zz-{}", name.id));
    }
    let (guide, findings) = check(&there);
    assert_eq!(findings.len(), 0);
    let guide = guide.unwrap();
    for test in &guide.scenarios {
        assert_eq!(scenario::run(&guide, test), [], "{}", test.id);
    }
    for name in names.iter().rev() {
        let old = Name { id: format!("zz-{}", name.id), ..(*name).clone() };
        there = renamed(&there, name.kind, &old.shown(), &name.id);
    }
    assert_eq!(texts(&there), texts(&files));
}

#[test]
fn an_id_is_changed_wherever_it_may_stand() {
    let name = |kind: Kind, old: &str, new: &str| {
        let files = lamp();
        let change = rename(&files, kind, old, new).unwrap();
        declined::rename::diff(&files, &change)
            .replace(&fixture("lamp").display().to_string(), "lamp")
            .replace("lamp\\", "lamp/")
    };
    insta::assert_snapshot!("screen", name(Kind::Screen, "purse", "wallet"));
    insta::assert_snapshot!("checklist", name(Kind::Screen, "look", "looked-at"));
    insta::assert_snapshot!("item", name(Kind::Item, "look.glass", "bulb"));
    insta::assert_snapshot!("figure", name(Kind::Figure, "bulb", "price-of-a-bulb"));
    insta::assert_snapshot!("fix", name(Kind::Fix, "plug-in", "put-it-in"));
    insta::assert_snapshot!("tag", name(Kind::Tag, "rooms.inside", "indoors"));
}

/// The small guide in a folder of its own, and what renaming says there, its folder named GUIDE.
fn run(folder: &Path, args: &[&str]) -> Ran {
    let path = folder.display().to_string();
    let mut ran = Run::new(&[&["rename"], args, &[&path]].concat()).run();
    for text in [&mut ran.stdout, &mut ran.stderr] {
        *text = text.replace(&path, "GUIDE").replace("GUIDE\\", "GUIDE/");
    }
    ran
}

#[test]
fn files_are_written_only_when_it_was_said() {
    let folder = spoiled(&[]);
    let mark = folder.path().join("advice.toml");
    let before = format!("\u{feff}{}", fs::read_to_string(&mark).unwrap().replace('\n', "\r\n"));
    fs::write(&mark, &before).unwrap();
    let unasked = run(folder.path(), &["cause", "wet", "drowned"]);
    assert_eq!(unasked.status, Some(2));
    let said = "declined: nothing is changed without a terminal to ask at; --yes changes it without asking, --dry-run only shows it\n";
    assert_eq!(unasked.stderr, said);
    let dry = run(folder.path(), &["cause", "wet", "drowned", "--dry-run"]);
    assert_eq!(dry.succeeds(), unasked.stdout);
    assert!(dry.stdout.contains("+works_for = { drowned = \"usually\" }\r\n"), "{}", dry.stdout);
    assert_eq!(fs::read_to_string(&mark).unwrap(), before);
    let done = run(folder.path(), &["cause", "wet", "drowned", "--yes"]);
    assert_eq!((done.status, done.stdout), (Some(0), dry.stdout));
    assert_eq!(done.stderr, "declined: 5 places in 2 files changed\n");
    let after = fs::read_to_string(&mark).unwrap();
    assert_eq!(after.replace("drowned", "wet"), before);
    assert!(after.contains("\u{feff}") && after.contains("Never touch a wet lamp."));
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
}

/// The question at a terminal: only a yes changes anything.
#[cfg(target_os = "linux")]
#[test]
fn it_is_asked_at_a_terminal() {
    use crate::pty::Terminal;
    let folder = spoiled(&[]);
    let files = || texts(&content::folder(folder.path()).unwrap().files).concat();
    let before = files();
    let path = folder.path().display().to_string();
    for (typed, said) in [
        ("n\r", "declined: nothing is changed"),
        ("\r", "declined: nothing is changed"),
        ("\u{4}", "declined: nothing is changed"),
        ("y\r", "declined: 5 places in 2 files changed"),
    ] {
        assert_eq!(files(), before, "before {typed:?}");
        let mut terminal = Terminal::start(&["rename", "cause", "wet", "drowned", &path]);
        terminal.expect("Change 5 places in 2 files? [y/N]");
        assert!(terminal.has_sent("+works_for = { drowned = \"usually\" }"), "what changes is shown first");
        terminal.press(typed);
        terminal.expect(said);
        assert_eq!(terminal.leave(), 0, "{typed:?}");
    }
    let after = files();
    assert!(after != before && !after.contains("\"wet\""), "{after}");
    assert_eq!(after.replace("drowned", "wet"), before);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_leaves_all_as_they_were() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    // The last of the files that change stands where nothing may be written, the first could be.
    let folder = spoiled(&[]);
    let locked = folder.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::rename(folder.path().join("screens.toml"), locked.join("screens.toml")).unwrap();
    symlink("locked/screens.toml", folder.path().join("screens.toml")).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.join("try"), "").is_ok() {
        // Root may write everywhere.
        return;
    }
    let files = || texts(&content::folder(folder.path()).unwrap().files).concat();
    let before = files();
    let ran = run(folder.path(), &["cause", "wet", "drowned", "--yes"]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    let said = "declined: nothing is changed: cannot write GUIDE/screens.toml: ";
    assert!(ran.status == Some(2) && ran.stderr.starts_with(said), "{}", ran.stderr);
    assert_eq!(files(), before);
    let count = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(count, 5, "nothing stays beside them");
}

#[test]
fn what_cannot_be_renamed_is_refused() {
    let cases: &[(&[&str], &str)] = &[
        (&["fix", "plugin", "x"], "there is no fix `plugin`; did you mean `plug-in`?"),
        (&["choice", "power.yse", "x"], "there is no choice `power.yse`; did you mean `power.yes`?"),
        (&["choice", "yes", "x"], "which screen's choice `yes`?; write it as SCREEN.CHOICE"),
        (&["fix", "plug-in", "open-it"], "there is a fix `open-it` already; choose another id"),
        (&["choice", "power.yes", "power.no"], "there is a choice `power.no` already; choose another id"),
        (&["choice", "power.yes", "room.yes"], "`room.yes` is no id; ids are made of a-z, 0-9 and `-`"),
        (&["fix", "plug-in", "Plug_In"], "`Plug_In` is no id; ids are made of a-z, 0-9 and `-`"),
        (&["fix", "plug-in", "not-sure"], "`not-sure` is a word of the format; choose another id"),
        (&["source", "manual", "guess"], "`guess` is a word of the format; choose another id"),
        (&["fix", "plug-in", "plug-in"], "`plug-in` is its id already"),
        (
            &["cause", "other", "x"],
            "the guide would then be wrong at GUIDE/guide.toml:2:1: there is no cause `other`; choose another id",
        ),
        // Texts would show the figure where they show the room now.
        (
            &["figure", "bulb", "room"],
            "`room` would then mean something else at GUIDE/screens.toml:63:32; choose another id",
        ),
        // The answer `inside` would be this one entry, and no longer all that are inside.
        (
            &["entry", "rooms.kitchen", "inside"],
            "the guide would then be wrong at GUIDE/guide.toml:44:6: the list has a tag `inside` as well; choose another id",
        ),
    ];
    let folder = spoiled(&[]);
    for (args, said) in cases {
        run(folder.path(), args).fails(&format!("declined: {said}\n"));
    }
    let spoil = |change: Change<'_>, args: &[&str]| run(spoiled(&[change]).path(), args).stderr;
    assert_eq!(
        spoil(("advice.toml", "minutes = 8", "minuets = 8"), &["fix", "plug-in", "x"]),
        "declined: the guide has a fault; mend it first; `declined check` shows what and where\n"
    );
    assert_eq!(
        spoil(("told.toml", "tried = [\"plug-in\"]", "tried = [\"plug\\u002din\"]"), &["fix", "plug-in", "x"]),
        "declined: `plug-in` is written with escapes at GUIDE/told.toml:76:10; write it there as it is, then rename it\n"
    );
    Run::new(&["rename", "fix", "top-up-card", "x"])
        .run()
        .fails("declined: the built-in guide stays as it is; `declined unpack DIR` writes it out, then name DIR\n");
    let ran = Run::new(&["rename", "fiks", "a", "b"]).run();
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("[possible values: screen, choice, "), "{}", ran.stderr);
}

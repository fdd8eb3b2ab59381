//! The rules: both examples of each, put into a whole guide, and the page about them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use declined::guide::rules::{self, Rule};

use crate::harness::{Ran, Run, fixture};

/// The blocks of a guide, each from a line `[[kind]]` or `[kind]` to the next; sub-tables go with theirs.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in text.trim_start().split_inclusive('\n') {
        let name = line.trim_end().trim_matches(['[', ']']);
        if line.starts_with('[') && !name.contains(['.', ' ']) {
            blocks.push(String::new());
        }
        blocks.last_mut().unwrap().push_str(line);
    }
    blocks
}

/// What a block defines: its kind and its id.
fn defines(block: &str) -> Option<(&str, &str)> {
    let kind = block.lines().next().filter(|line| line.starts_with('['))?;
    Some((kind, block.lines().find(|line| line.starts_with("id ")).unwrap_or("")))
}

/// An example as the files of a whole guide.
fn assembled(example: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, String)> = vec![("guide.toml".into(), String::new())];
    for line in example.trim_start().split_inclusive('\n') {
        match line.trim_end().strip_prefix("# ").and_then(|name| name.strip_suffix(".toml")) {
            Some(name) => files.push((format!("{name}.toml"), String::new())),
            None => files.last_mut().unwrap().1.push_str(line),
        }
    }
    if !example.trim_start().starts_with("# the whole guide") {
        let example = blocks(&files[0].1);
        let frame = fs::read_to_string(fixture("frame.toml")).unwrap();
        let kept = blocks(&frame)
            .into_iter()
            .filter(|block| defines(block).is_none_or(|defined| !example.iter().any(|e| defines(e) == Some(defined))));
        files[0].1 = format!("{}\n{}", kept.collect::<String>(), files[0].1);
    }
    // One byte that is no UTF-8, as the example writes it.
    let bytes = |text: String| match text.split_once("\\xb3") {
        Some((before, behind)) => [before.as_bytes(), b"\xb3", behind.as_bytes()].concat(),
        None => text.into_bytes(),
    };
    files.into_iter().map(|(name, text)| (name, bytes(text))).collect()
}

/// What `check` says of an example.
fn checked(example: &str, format: &str) -> (Ran, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in assembled(example) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let path = folder.path().display().to_string();
    let ran = Run::new(&["check", &path, "--today", "2026-11-22", "--format", format]).run();
    assert_eq!(ran.stderr, "");
    let out = ran.stdout.replace(&path, "GUIDE").replace("GUIDE\\", "GUIDE/");
    (ran, out)
}

fn rules_in(short: &str) -> BTreeSet<&str> {
    let named = short.lines().filter_map(|line| Some(line.split_once('[')?.1.split_once("]:")?.0));
    named.collect()
}

#[test]
fn every_bad_example_breaks_its_rule_and_no_other() {
    let mut wrong = Vec::new();
    for Rule { id, bad, .. } in rules::all() {
        let (ran, out) = checked(bad, "short");
        if (ran.status, rules_in(&out)) != (Some(1), BTreeSet::from([*id])) {
            wrong.push(format!("{id}: {out}"));
        }
        insta::with_settings!({ snapshot_path => "snapshots/rules", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(*id, checked(bad, "text").1);
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_good_example_breaks_none() {
    let mut wrong = Vec::new();
    for Rule { id, good, .. } in rules::all() {
        let (ran, out) = checked(good, "short");
        if (ran.status, rules_in(&out)) != (Some(0), BTreeSet::new()) {
            wrong.push(format!("{id}: {out}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_its_output_and_every_output_its_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/snapshots/rules");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let have: BTreeSet<String> = names.filter_map(|name| Some(name.strip_suffix(".snap")?.to_owned())).collect();
    let want: BTreeSet<String> = rules::all().into_iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(have, want);
}

/// `UPDATE_DOCS=1 cargo test` writes the page anew.
#[test]
fn the_page_about_the_rules_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check-rules.md");
    let page = rules::page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == page, "docs/check-rules.md is not what the rules say; UPDATE_DOCS=1 cargo test writes it anew");
}

#[test]
fn a_rule_is_explained() {
    insta::assert_snapshot!("explain_rule", Run::new(&["check", "--explain", "unknown-id"]).run().succeeds());
    let ran = Run::new(&["check", "--explain"]).run();
    assert_eq!(ran.succeeds().lines().count(), rules::all().len());
    Run::new(&["check", "--explain", "unkown-id"])
        .run()
        .fails("declined: there is no rule `unkown-id`; did you mean `unknown-id`?\n");
}

//! The page for authors: every example in it is put together and run, and its tables are those of the program.
//! `DECLINED_WRITE_DOCS=1 cargo test docs` writes what came out over what stands there; read the diff.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use declined::diagnosis::{HowCommon, Points, Works};
use declined::guide::check::check;
use declined::guide::keys::{FILE, HEADER, Key, Shape, Table};
use declined::{content, diagnostic, scenario};
use tempfile::TempDir;

use crate::harness::Run;

const PAGE: &str = "docs/content-format.md";
const GUIDE: &str = "my-guide";
/// Stands for the rest of what is printed.
const REST: &str = "…";

/// A block of code of the page.
struct Block {
    kind: String,
    lines: Vec<String>,
    /// Its first line, counted from 1, for whoever has to mend it.
    number: usize,
}

enum Part {
    Text(String),
    Block(Block),
}

fn parts(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut block: Option<Block> = None;
    for (number, line) in (1..).zip(page.lines()) {
        match (&mut block, line.strip_prefix("```")) {
            (None, None) => parts.push(Part::Text(line.to_owned())),
            (None, Some(kind)) => block = Some(Block { kind: kind.to_owned(), lines: Vec::new(), number }),
            (Some(open), None) => open.lines.push(line.to_owned()),
            (Some(_), Some(_)) => parts.extend(block.take().map(Part::Block)),
        }
    }
    assert!(block.is_none(), "a block is not closed");
    parts
}

/// The folder in which somebody does what the page says.
struct Desk {
    root: TempDir,
}

impl Desk {
    fn guide(&self) -> PathBuf {
        self.root.path().join(GUIDE)
    }

    /// The file that a block is about, and what else its first line says.
    fn file<'b>(&self, block: &'b Block) -> (PathBuf, &'b str) {
        let first = block.lines[0].strip_prefix("# my-guide/");
        let Some((name, rest)) = first.and_then(|first| first.split_once(".toml")) else {
            panic!("{PAGE}:{}: the block does not say which file it is about", block.number);
        };
        (self.guide().join(format!("{name}.toml")), rest)
    }

    fn toml(&self, block: &Block) {
        let (path, rest) = self.file(block);
        let text = block.lines[1..].join("\n") + "\n";
        match rest {
            "" => fs::write(path, text).unwrap(),
            ", add:" => {
                let before = fs::read_to_string(&path).unwrap();
                fs::write(path, format!("{before}\n{text}")).unwrap();
            }
            other => panic!("{PAGE}:{}: what does `{other}` mean?", block.number),
        }
    }

    fn diff(&self, block: &Block) {
        let (path, rest) = self.file(block);
        assert_eq!(rest, "");
        let with = |mark: &str| {
            let lines = block.lines[1..].iter().filter_map(|line| line.strip_prefix(mark));
            lines.flat_map(|line| [line, "\n"]).collect::<String>()
        };
        let (old, new) = (with("- "), with("+ "));
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(&old).count(), 1, "{PAGE}:{}: what is changed is not there once", block.number);
        fs::write(path, text.replacen(&old, &new, 1)).unwrap();
    }

    /// The block with what its command prints now, as far as it is shown.
    fn console(&self, block: &Block) -> Vec<String> {
        let Some(args) = block.lines[0].strip_prefix("$ declined ") else {
            panic!("{PAGE}:{}: only `declined` is run here", block.number)
        };
        let args: Vec<&str> = args.split(' ').collect();
        let ran = Run::new(&args).within(self.root.path()).env("LANG", "en_US.UTF-8").run();
        let mut lines = vec![block.lines[0].clone()];
        let printed = format!("{}{}", ran.stdout, ran.stderr).replace("my-guide\\", "my-guide/");
        lines.extend(printed.trim_end().lines().map(|line| line.trim_end().to_owned()));
        if block.lines.last().is_some_and(|last| last == REST) {
            lines.truncate(block.lines.len() - 1);
            lines.push(REST.into());
        }
        lines
    }

    /// What is wrong with the guide, as it is drawn, and the names of the scenarios that fail.
    fn faults(&self) -> (String, Vec<String>) {
        let content::Files { files, findings } = content::folder(&self.guide()).unwrap();
        assert_eq!(findings, []);
        let (guide, findings) = check(&files);
        let root = format!("{}{}", self.root.path().display(), std::path::MAIN_SEPARATOR);
        let drawn = diagnostic::render(&findings, &files, false).replace(&root, "").replace("my-guide\\", "my-guide/");
        let failed = guide.iter().flat_map(|guide| {
            guide
                .scenarios
                .iter()
                .flat_map(|one| scenario::run(guide, one).into_iter().map(|why| format!("{}: {}", one.id, why.message)))
        });
        (drawn, failed.collect())
    }
}

/// The page with what comes out now.
fn run(page: &str) -> String {
    let desk = Desk { root: tempfile::tempdir().unwrap() };
    fs::create_dir(desk.guide()).unwrap();
    let mut out = String::new();
    for part in parts(page) {
        let block = match part {
            Part::Text(line) => {
                out.push_str(&line);
                out.push('\n');
                continue;
            }
            Part::Block(block) => block,
        };
        let lines = match block.kind.as_str() {
            "toml" => {
                desk.toml(&block);
                block.lines
            }
            "diff" => {
                desk.diff(&block);
                block.lines
            }
            "console" => {
                let lines = desk.console(&block);
                if !lines.iter().any(|line| line.starts_with("error[")) {
                    assert_eq!(desk.faults(), (String::new(), Vec::new()), "{PAGE}:{}: before this", block.number);
                }
                lines
            }
            "text" => desk.faults().0.trim_end().lines().map(|line| line.trim_end().to_owned()).collect(),
            other => panic!("{PAGE}:{}: nobody runs `{other}`", block.number),
        };
        let _ = writeln!(out, "```{}\n{}\n```", block.kind, lines.join("\n"));
    }
    assert_eq!(desk.faults(), (String::new(), Vec::new()), "the guide of the page is clean at its end");
    for (name, table) in [("words", words()), ("keys", keys())] {
        let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (before, rest) = out.split_once(&begin).unwrap();
        let (_, after) = rest.split_once(&end).unwrap();
        out = format!("{before}{begin}{table}{end}{after}");
    }
    out
}

fn words() -> String {
    let mut out = String::from("| key | words and numbers |\n| --- | --- |\n");
    let mut row = |key: &str, words: String| {
        let _ = writeln!(out, "| `{key}` | {words} |");
    };
    let numbers = |words: &[&str], number: &dyn Fn(&str) -> Option<f64>| {
        words.iter().map(|word| format!("`{word}` {}", number(word).unwrap())).collect::<Vec<_>>().join(", ")
    };
    row("how_common", numbers(HowCommon::WORDS, &|word| HowCommon::parse(word).map(HowCommon::weight)));
    row("points_to", numbers(Points::WORDS, &|word| Points::parse(word).map(Points::factor)));
    row("works_for", numbers(Works::WORDS, &|word| Works::parse(word).map(Works::chance)));
    out
}

/// One row for each key, the tables in the order in which they are met; keys that mean the same in many tables come
/// once, before them.
fn keys() -> String {
    let mut tables = vec![(&FILE, "top of a file; what is bold, in one file only".to_owned())];
    inner(&FILE, &mut tables);
    let times = |key: &Key| tables.iter().flat_map(|(table, _)| table.keys).filter(|other| *other == key).count();
    let is_shared = |key: &Key| times(key) >= SHARED;
    let mut out = String::from("| key | takes | for |\n| --- | --- | --- |\n| *in many tables* | | |\n");
    let mut told: Vec<&Key> = Vec::new();
    for key in tables.iter().flat_map(|(table, _)| table.keys).filter(|key| is_shared(key)) {
        if !told.contains(&key) {
            told.push(key);
            row(&mut out, key, key.required);
        }
    }
    for (table, title) in &tables {
        let also: Vec<String> =
            table.keys.iter().filter(|key| is_shared(key)).map(|key| named(key, key.required)).collect();
        let also = if also.is_empty() { String::new() } else { format!("also {}", also.join(", ")) };
        let _ = writeln!(out, "| *{title}* | | {also} |");
        let is_file = std::ptr::eq(*table, &raw const FILE);
        for key in table.keys.iter().filter(|key| !is_shared(key)) {
            // What stands at the top of a file in double brackets is told under its own name.
            if !(is_file && matches!(key.shape, Shape::Many(_))) {
                row(&mut out, key, key.required || (is_file && HEADER.contains(&key.name)));
            }
        }
    }
    out
}

/// A key that means the same in so many tables is told once.
const SHARED: usize = 3;

fn inner(table: &'static Table, tables: &mut Vec<(&'static Table, String)>) {
    for key in table.keys {
        let (within, title) = match key.shape {
            Shape::One(within) => (within, format!("`[{}]`: {}", within.name, key.doc)),
            Shape::Many(within) => (within, format!("`[[{}]]`: {}", within.name, key.doc)),
            _ => continue,
        };
        tables.push((within, title));
        inner(within, tables);
    }
}

fn named(key: &Key, required: bool) -> String {
    if required { format!("**`{}`**", key.name) } else { format!("`{}`", key.name) }
}

fn row(out: &mut String, key: &Key, required: bool) {
    let _ = writeln!(out, "| {} | {} | {} |", named(key, required), takes(key), key.doc.replace('|', "\\|"));
}

fn takes(key: &Key) -> String {
    let words = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    match key.shape {
        Shape::Id => "id".into(),
        Shape::Str => "string".into(),
        Shape::Word(known) => words(known),
        Shape::Words(known) => format!("list of {}", words(known)),
        Shape::Line => "line".into(),
        Shape::Text => "text".into(),
        Shape::Texts => "list of texts".into(),
        Shape::Int(from, to) if from == to => from.to_string(),
        Shape::Int(from, to) => format!("{from} to {to}"),
        Shape::Bool => "`true`, `false`".into(),
        Shape::Date => "date, `2026-11-22`".into(),
        Shape::Usd => "dollars, `12.50`".into(),
        Shape::Bound => "dollars, months or a figure".into(),
        Shape::Ids => "list of ids".into(),
        Shape::IdOrIds => "id or list of ids".into(),
        Shape::Strs => "list of strings".into(),
        Shape::Phrases => "list of phrases".into(),
        Shape::Points => "`{ cause = \"points\" }`".into(),
        Shape::Works => "`{ cause = \"usually\" }`".into(),
        Shape::When => "condition".into(),
        Shape::Answers => "`{ screen = \"answer\" }`".into(),
        Shape::Url => "address, `https://…`".into(),
        Shape::One(inner) => format!("table `[{}]`", inner.name),
        Shape::Many(inner) => format!("tables `[[{}]]`", inner.name),
    }
}

#[test]
fn the_page_for_authors_does_what_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = fs::read_to_string(&path).unwrap();
    let now = run(&page);
    if std::env::var_os("DECLINED_WRITE_DOCS").is_some() {
        fs::write(&path, &now).unwrap();
        return;
    }
    assert!(now.lines().count() <= 650, "a longer page is not read");
    for (number, (was, is)) in (1..).zip(page.lines().zip(now.lines())) {
        assert_eq!(was, is, "{PAGE}:{number}: DECLINED_WRITE_DOCS=1 cargo test docs writes it anew");
    }
    assert_eq!(page.lines().count(), now.lines().count());
}

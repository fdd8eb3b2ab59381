//! The list to take along: in every format, into files, and with a guide whose texts try to be more than text.

use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::bad_guides::spoiled;
use crate::harness::{Ran, Run, lamp};

/// A case of the shipped guide with all that a list can hold: an amount, warnings, what was tried, letters.
pub const CASE: &[&str] = &[
    "--today",
    "2026-11-22",
    "--answer",
    "what-happened=card-refused",
    "--answer",
    "place=japan",
    "--answer",
    "paying-with=own-here",
    "--answer",
    "message=funds",
    "--answer",
    "purchase=24.20",
    "--answer",
    "card-funds=26",
    "--answer",
    "hold-there=no",
    "--tried",
    "other-own-card",
];

/// Text that would be more than text wherever it got through.
pub const HOSTILE: &str = r#"# <script>alert(1)</script> "><img src=x onerror=alert(1)> &lt; </title></style> ]]> *_[x](javascript:alert(1))_* `c` ~~s~~ | 1. - #"#;

/// The text as a guide's author would have to write it to get it past the guide's own markup.
fn authored(text: &str) -> String {
    text.chars().flat_map(|c| "\\*[]{}".contains(c).then_some('\\').into_iter().chain([c])).collect()
}

/// A guide about a lamp whose every kind of text is hostile.
pub fn hostile_guide() -> tempfile::TempDir {
    let hostile = authored(HOSTILE);
    let (title, said) = (format!("en = '{hostile}', zh = "), format!("said.en = '{hostile}'"));
    spoiled(&[
        ("guide.toml", "title.en = \"The lamp stays dark\"", &format!("title.en = '{hostile}'")),
        ("guide.toml", "title = \"The lamp's manual\"", &format!("title = '{hostile}'")),
        ("guide.toml", "https://lamp.example/manual", "https://lamp.example/'><script>alert(1)</script>(`&lt;\\\")"),
        ("guide.toml", "name = { en = \"Garden\", zh", &format!("name = {{ {}", title.replace("zh = ", "zh"))),
        ("screens.toml", "short.en = \"Room\"", &format!("short.en = '{hostile}'")),
        ("screens.toml", "said.en = \"the glass is black\"", &said),
        (
            "advice.toml",
            "title = { en = \"The bulb is worn out\", zh",
            &format!("title = {{ {}", title.replace("zh = ", "zh")),
        ),
        ("advice.toml", "en = \"Bulbs last about a year.\", zh = ", &title),
        ("advice.toml", "en = \"Have {total} ready for a new bulb\", zh = ", &title),
        ("advice.toml", "Buy a bulb of the **same** size", "- + 1. # Buy a bulb of the **“same”**size!"),
        ("advice.toml", "en = \"Never touch a wet lamp.\", zh = ", &title),
        ("advice.toml", "en = \"**Switch off** before you change the bulb.\", zh = ", &title),
        ("told.toml", "en = \"My lamp stays dark\", zh = ", &title),
        ("told.toml", "en = \"Dear shop,\"", &format!("en = '{hostile}'")),
        ("told.toml", "en = \"number on the foot\", zh = ", &title),
        ("told.toml", "en = \"“Shake it”: no, the wire is broken.\", zh = ", &title),
    ])
}

/// What is known in the hostile case.
pub const LAMP: &[&str] =
    &["--answer", "power=yes", "--answer", "room=garden", "--answer", "look.glass=problem", "--tried", "open-it"];

fn solve(guide: Option<&Path>, args: &[&[&str]]) -> Ran {
    let guide = guide.map(|guide| guide.display().to_string());
    let begin: Vec<&str> = guide.iter().flat_map(|guide| ["--guide", guide.as_str()]).chain(["solve"]).collect();
    Run::new(&[&[&begin[..]], args].concat().concat()).run()
}

#[test]
fn the_same_case_in_every_format() {
    for lang in ["en", "zh"] {
        for format in ["text", "json", "markdown", "html"] {
            let ran = solve(None, &[CASE, &["--lang", lang, "--format", format]]);
            insta::assert_snapshot!(format!("{format}_{lang}"), ran.succeeds());
        }
    }
}

#[test]
fn a_page_needs_nothing_but_itself() {
    for lang in ["en", "zh"] {
        let ran = solve(None, &[CASE, &["--lang", lang, "--format", "html"]]);
        let page = ran.succeeds();
        assert!(page.starts_with(&format!("<!doctype html>\n<html lang=\"{lang}\">")), "{page}");
        for never in ["<script", "<link", "<img", "@import", "url(", "src=", " style=", "http:"] {
            assert!(!page.contains(never), "{never}");
        }
        for (at, _) in page.match_indices("href=\"") {
            let rest = &page[at + 6..];
            assert!(rest.starts_with("https://") || rest.starts_with("#source-"), "{}", &rest[..40]);
            if rest.starts_with("https://") {
                assert!(rest.split('>').next().unwrap().contains("rel=\"noopener noreferrer\""));
            }
        }
        for (at, _) in page.match_indices("href=\"#") {
            let id = page[at + 7..].split('"').next().unwrap();
            assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
        }
    }
}

/// Every text of every source that the list rests on, and every step, is in both forms.
#[test]
fn nothing_of_the_list_is_left_out() {
    let json: serde_json::Value = serde_json::from_str(solve(None, &[CASE, &["--format", "json"]]).succeeds()).unwrap();
    let page = solve(None, &[CASE, &["--format", "html"]]);
    let markdown = solve(None, &[CASE, &["--format", "markdown"]]);
    let shown = html_escape::decode_html_entities(page.succeeds()).into_owned();
    let read = plain(markdown.succeeds());
    let mut held = 0;
    for fix in json["fixes"].as_array().unwrap() {
        let steps = fix["steps"].as_array().unwrap().iter().filter(|step| !step.as_str().unwrap().contains("https://"));
        for text in steps.chain([&fix["title"]]) {
            let text = text.as_str().unwrap();
            assert!(shown.contains(text) && read.contains(text), "{text}");
            held += 1;
        }
        for source in fix["sources"].as_array().unwrap() {
            let url = source["url"].as_str().unwrap();
            assert!(shown.contains(url) && markdown.stdout.contains(url), "{url}");
        }
    }
    assert!(held > 10);
}

/// Reads Markdown as GitHub does.
fn parse(markdown: &str) -> Parser<'_> {
    let github = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    Parser::new_ext(markdown, github)
}

/// What a reader of rendered Markdown sees.
fn plain(markdown: &str) -> String {
    parse(markdown)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link) => None,
            Event::SoftBreak | Event::HardBreak | Event::End(_) => Some("\n".into()),
            _ => None,
        })
        .collect::<String>()
        .replace("\n\n", "\n")
}

#[test]
fn text_stays_text_in_a_page() {
    let guide = hostile_guide();
    let ran = solve(Some(guide.path()), &[LAMP, &["--format", "html"]]);
    let page = ran.succeeds();
    let allowed = [
        "!doctype", "html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer", "article",
        "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "div", "dt", "dd", "input", "label", "a", "em", "strong",
        "sup",
    ];
    for (at, _) in page.match_indices('<') {
        let name = page[at + 1..].trim_start_matches('/').split([' ', '>']).next().unwrap();
        assert!(allowed.contains(&name), "<{name}> at {}", &page[at..(at + 80).min(page.len())]);
    }
    assert!(page.matches("&lt;script&gt;alert(1)&lt;/script&gt;").count() > 12, "{page}");
    assert_eq!((page.matches("<title>").count(), page.matches("</style>").count()), (1, 1));
    assert!(!page.contains("onerror=alert(1)>"), "{page}");
    assert!(!page.contains("href=\"javascript:") && !page.contains("&lt;script&gt;\""), "{page}");
}

#[test]
fn text_stays_text_in_markdown() {
    let guide = hostile_guide();
    let ran = solve(Some(guide.path()), &[LAMP, &["--format", "markdown"]]);
    let text = ran.succeeds();
    let mut boxes = 0;
    for event in parse(text) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => panic!("{text}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://lamp.example/"), "{dest_url}");
            }
            Event::Start(
                tag @ (Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Table(_) | Tag::Strikethrough | Tag::HtmlBlock),
            ) => panic!("{tag:?}"),
            Event::TaskListMarker(_) => boxes += 1,
            _ => {}
        }
    }
    assert!(boxes > 3, "{text}");
    let seen = plain(text);
    assert!(seen.matches(HOSTILE).count() > 12, "{seen}");
    assert!(seen.contains("- + 1. # Buy a bulb of the “same”size!"), "{seen}");
}

#[test]
fn the_list_goes_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let guide = lamp();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let run = |args: &[&str]| Run::new(&[&["--guide", &guide, "solve"], LAMP, args].concat()).run();
    for (name, format) in [
        ("list.html", "html"),
        ("list.HTM", "html"),
        ("list.md", "markdown"),
        ("list.markdown", "markdown"),
        ("list.json", "json"),
        ("list.txt", "text"),
        ("list", "text"),
    ] {
        let printed = run(&["--format", format]);
        assert_eq!(run(&["--output", &at(name)]).succeeds(), "");
        // In a file nobody has use for the options of the command line.
        let printed = printed.succeeds().replace(" [--letter shop]", "");
        assert_eq!(fs::read_to_string(at(name)).unwrap(), printed, "{name}");
    }
    let path = at("list.md");
    run(&["--output", &path]).fails(&format!("declined: {path} exists already; --force writes over it\n"));
    assert_eq!(run(&["--output", &path, "--format", "json", "--force"]).succeeds(), "");
    assert!(fs::read_to_string(&path).unwrap().starts_with('{'), "what is said counts more than the name");

    let letter = run(&["--letter", "shop", "--output", &at("letter.txt")]);
    assert_eq!((letter.status, letter.stdout.as_str()), (Some(0), ""));
    assert!(fs::read_to_string(at("letter.txt")).unwrap().starts_with("Dear shop,"));
    run(&["--letter", "shop", "--output", &at("letter.html")])
        .fails("declined: a letter is plain text; name the output file .txt\n");
}

#[test]
fn a_file_that_cannot_be_written_fails_first() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| Run::new(&[&["--guide", "no-such-guide", "solve", "--output"], args].concat()).run();
    let at = |name: &str| folder.path().join(name).display().to_string();
    fs::write(at("there.html"), "kept").unwrap();
    run(&[&at("there.html")])
        .fails(&format!("declined: {} exists already; --force writes over it\n", at("there.html")));
    let gone = at("gone");
    run(&[&folder.path().join("gone").join("list.html").display().to_string()])
        .fails(&format!("declined: the folder {gone} does not exist\n"));
    run(&[&folder.path().display().to_string(), "--force"])
        .fails(&format!("declined: {} is no file that can be written; name a file\n", folder.path().display()));
    // What fails later leaves everything as it was.
    let ran = run(&[&at("there.html"), "--force"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("no-such-guide"), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(at("there.html")).unwrap(), "kept");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn explain_and_claims_stay_with_text_and_json() {
    for command in ["explain", "claims"] {
        for format in ["markdown", "html"] {
            let ran = Run::new(&[command, "--format", format, "x"]).run();
            assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
            assert!(ran.stderr.contains("[possible values: text, json]"), "{}", ran.stderr);
        }
    }
    let ran = Run::new(&["solve", "--force"]).run();
    assert_eq!(ran.status, Some(2), "--force alone means nothing");
}

//! What the person who edits a guide has beside `check`: the guide written out, and the schema for their editor.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use declined::schema::{FILE_NAME, schema};
use serde_json::{Value, json};

use crate::bad_guides::{Change, spoiled};
use crate::harness::{Run, fixture};

fn shipped() -> Vec<(String, String)> {
    texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content/openai-api"))
}

/// Name and text of every file in a folder.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    all.sort();
    all
}

#[test]
fn the_schema_that_is_shipped_is_that_of_the_program() {
    let printed = Run::new(&["schema"]).run();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(FILE_NAME);
    let shipped = fs::read_to_string(shipped).unwrap();
    assert!(printed.succeeds() == shipped, "run `declined schema --force --output content/{FILE_NAME}`");
    for (name, text) in self::shipped() {
        assert!(text.starts_with("#:schema ../guide.schema.json\n\n"), "{name}");
    }
}

/// As editors see a file: dates are strings.
fn as_json(text: &str) -> Value {
    fn value(toml: toml::Value) -> Value {
        match toml {
            toml::Value::Datetime(date) => date.to_string().into(),
            toml::Value::Array(list) => list.into_iter().map(value).collect(),
            toml::Value::Table(table) => {
                Value::Object(table.into_iter().map(|(key, inner)| (key, value(inner))).collect())
            }
            other => serde_json::to_value(other).unwrap(),
        }
    }
    value(toml::Value::Table(text.parse().unwrap()))
}

/// What is wrong with each file of a folder, by the schema.
fn faults(files: &[(String, String)]) -> BTreeMap<String, Vec<String>> {
    let schema = schema();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let wrong = files.iter().filter(|(name, _)| Path::new(name).extension().is_some_and(|ending| ending == "toml"));
    wrong
        .map(|(name, text)| {
            let file = as_json(text);
            (name.clone(), validator.iter_errors(&file).map(|error| error.instance_path().to_string()).collect())
        })
        .filter(|(_, wrong): &(_, Vec<String>)| !wrong.is_empty())
        .collect()
}

#[test]
fn what_is_shipped_fits_the_schema() {
    assert_eq!(faults(&shipped()), BTreeMap::new());
    assert_eq!(faults(&texts(&fixture("lamp"))), BTreeMap::new());
}

#[test]
fn what_the_reader_refuses_the_schema_refuses() {
    let cases: &[(Change<'_>, &str)] = &[
        (("advice.toml", "minutes = 8", "minuets = 8"), "/fix/2"),
        (("advice.toml", "minutes = 8", "minutes = \"8\""), "/fix/2/minutes"),
        (("advice.toml", "minutes = 8", "minutes = 0"), "/fix/2/minutes"),
        (("advice.toml", "how_common = \"common\"", "how_common = \"comon\""), "/cause/1/how_common"),
        (("advice.toml", "wet = \"rarely\"", "wet = \"seldom\""), "/fix/2/works_for/wet"),
        (("advice.toml", "rank = 1\n", ""), "/warning/0"),
        (("advice.toml", "reviewed = 2026-11-01", "reviewed = \"soon\""), "/fix/0/reviewed"),
        (("advice.toml", "retry = true", "retry = \"yes\""), "/fix/1/retry"),
        (("advice.toml", "[{ en = \"Push", "[{ en = 5, zh = \"Push\" }, { en = \"Push"), "/fix/1/steps/0"),
        (("advice.toml", "{ purse = \"short\" }", "{ any = { purse = \"short\" } }"), "/fix/2/steps/1"),
        (
            ("advice.toml", "when = { room = \"outside\" }", "when = { not = [{ room = \"outside\" }] }"),
            "/fix/3/when/not",
        ),
        (("advice.toml", "when = { seen = \"secret-removed\" }", "when = { seen = 3 }"), "/warning/1/when/seen"),
        (("screens.toml", "kind = \"choice\"", "kind = \"choise\""), "/screen/2/kind"),
        (("screens.toml", "id = \"yes\"", "id = \"all\""), "/screen/2/choice/0/id"),
        (("screens.toml", "id = \"told\"", "id = \"not-sure\""), "/screen/5/band/0/id"),
        (("screens.toml", "id = \"yes\"", "id = \"Yes\""), "/screen/2/choice/0/id"),
        (("screens.toml", "id = \"yes\"", "id = \"yes\"\nwhen = { seen = \"nothing\" }"), "/screen/2/choice/0"),
        (("screens.toml", "look.glass = \"problem\"", "look.glass = \"broken\""), "/screen/5/when/look"),
        (("screens.toml", "short.en = \"Hello\"", "short.en = \"Hello\\nyou\""), "/screen/0/short"),
        (("guide.toml", "usd = 5", "usd = -5"), "/figure/0/usd"),
        (("guide.toml", "format = 1", "format = 2"), "/format"),
        (("guide.toml", "version = \"1\"\n", ""), ""),
        (("guide.toml", "https://lamp.example/manual", "http://lamp.example/manual"), "/source/0/url"),
        (("guide.toml", "plus = [\"price\", \"bulb\"]", "plus = \"price\""), "/figure/1/plus"),
        (("told.toml", "verdict = \"wrong\"", "verdict = \"worng\""), "/claim/0/verdict"),
        (("told.toml", "glass = \"problem\"", "glass = \"brocken\""), "/scenario/0/answers/look"),
        (("told.toml", "screens_at_most = 3", "screens = 3"), "/scenario/0/expect"),
    ];
    for (change, place) in cases {
        let found = faults(&texts(spoiled(&[*change]).path()));
        let wrong = &found[change.0];
        assert_eq!(found.len(), 1, "{change:?}");
        assert!(wrong.iter().all(|wrong| wrong == place), "{change:?}: {wrong:?}");
    }
    // Another name of the answer "I'm not sure" is for choices only.
    let choice =
        "[[screen]]\nid = \"a\"\nkind = \"choice\"\nask = \"?\"\nshort = \"a\"\n[[screen.choice]]\nlabel = \"l\"\n";
    assert_eq!(faults(&[("a.toml".into(), format!("{choice}id = \"not-sure\"\n"))]), BTreeMap::new());
    assert_eq!(schema()["$defs"]["condition"]["properties"]["not"]["$ref"], json!("#/$defs/condition"));
}

#[test]
fn the_guide_is_unpacked_for_editing() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("my guides/mine");
    let path = folder.display().to_string();
    let ran = Run::new(&["unpack", &path]).run();
    let said = ran.succeeds().replace(&home.path().display().to_string(), "HOME").replace('\\', "/");
    insta::assert_snapshot!("unpacked", said);
    let written = texts(&folder);
    for (name, text) in shipped() {
        let here = text.replacen("#:schema ../", "#:schema ./", 1);
        assert!(written.contains(&(name.clone(), here)), "{name}");
    }
    assert_eq!(written.len(), shipped().len() + 1);
    let (_, schema) = written.iter().find(|(name, _)| name == FILE_NAME).unwrap();
    assert_eq!(schema, Run::new(&["schema"]).run().succeeds());
    assert_eq!(faults(&written), BTreeMap::new());
    // It is the same guide, and its tests came along.
    let solved = |args: &[&str]| Run::new(&[args, &["solve", "--format", "json"]].concat()).run().succeeds().to_owned();
    assert_eq!(solved(&["--guide", &path]), solved(&[]));
    assert!(written.iter().any(|(_, text)| text.contains("[[scenario]]")));
}

#[test]
fn unpacking_writes_over_nothing() {
    let home = tempfile::tempdir().unwrap();
    let refused = |path: &Path| {
        let ran = Run::new(&["unpack", &path.display().to_string()]).run();
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        ran.stderr.replace(&home.path().display().to_string(), "HOME").replace('\\', "/")
    };
    let mine = home.path().join("mine");
    fs::create_dir(&mine).unwrap();
    fs::write(mine.join("notes.txt"), "mine").unwrap();
    insta::assert_snapshot!("unpack_not_empty", refused(&mine));
    insta::assert_snapshot!("unpack_file", refused(&mine.join("notes.txt")));
    assert_eq!(texts(&mine), [("notes.txt".to_owned(), "mine".to_owned())]);
    let empty = home.path().join("empty");
    fs::create_dir(&empty).unwrap();
    Run::new(&["unpack", &empty.display().to_string()]).run().succeeds();
    let again = refused(&empty);
    assert!(again.contains("is not empty, and nothing is written over"), "{again}");
    Run::new(&["--guide", &empty.display().to_string(), "unpack", &home.path().join("x").display().to_string()])
        .run()
        .fails("declined: unpack writes the built-in guide; that of --guide is a folder already\n");
}

#[test]
fn an_amount_is_changed_in_one_place() {
    let folder = tempfile::tempdir().unwrap();
    let guide = folder.path().join("guide");
    let path = guide.display().to_string();
    Run::new(&["unpack", &path]).run().succeeds();
    let figures = guide.join("figures.toml");
    let text = fs::read_to_string(&figures).unwrap();
    let hold = text.find("id = \"hold\"").unwrap();
    let usd = hold + text[hold..].find("usd = 5").unwrap();
    fs::write(&figures, format!("{}usd = 6{}", &text[..usd], &text[usd + 7..])).unwrap();

    for (language, amount, old) in [("en", "$16.00", "$15.00"), ("zh", "16.00 美元", "15.00 美元")] {
        for format in ["text", "markdown", "html", "json"] {
            let list = Run::new(&["--guide", &path, "--lang", language, "solve", "--format", format]).run();
            let list = list.succeeds();
            assert!(list.contains(amount) && !list.contains(old), "{language} {format}: {list}");
        }
    }
    let known = |text: &str| Run::new(&["--guide", &path, "explain", text]).run().status == Some(0);
    assert!(known("$6 pending") && known("USD 6.00 pending") && known("冻结 6.00 美元"));
    assert!(!known("$5 pending") && !known("16.00 USD pending"));
}

//! Guides that are wrong: each fault is told with its file, line, column, the line itself and the way out, and the
//! program ends with status 2.

use std::fs;
use std::path::Path;

use crate::harness::{Run, fixture};

/// A file, what stands in it, and what shall stand there instead.
pub type Change<'a> = (&'a str, &'a str, &'a str);

/// The lamp guide in a folder of its own, with some of its text replaced.
pub fn spoiled(changes: &[Change<'_>]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(fixture("lamp")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let mut text = fs::read_to_string(&path).unwrap();
        for (file, from, to) in changes {
            if *file == name {
                assert!(text.contains(from), "{from:?} is not in {name}");
                text = text.replacen(from, to, 1);
            }
        }
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// What the program says of a guide, its folder named GUIDE.
fn refused(folder: &Path) -> String {
    let path = folder.display().to_string();
    let ran = Run::new(&["--guide", &path, "solve"]).run();
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    ran.stderr.replace(&path, "GUIDE").replace("GUIDE\\", "GUIDE/")
}

#[test]
fn figures_do_not_rest_on_each_other_without_end() {
    let folder = spoiled(&[]);
    let chain = |length: usize| {
        let first = "[[figure]]\nid = \"f0\"\nusd = 1\nsource = \"manual\"\n".to_owned();
        let rest = (1..=length).map(|n| format!("[[figure]]\nid = \"f{n}\"\nplus = [\"f{}\"]\n", n - 1));
        fs::write(folder.path().join("chain.toml"), std::iter::once(first).chain(rest).collect::<String>()).unwrap();
        let path = folder.path().display().to_string();
        Run::new(&["check", "--format", "short", &path]).run().stdout
    };
    let deep = "rests on more than 100 others, one behind the other";
    assert!(!chain(100).contains(deep));
    assert!(chain(101).contains(deep));
    chain(5000);
    let told = refused(folder.path());
    assert!(told.contains(deep), "{told}");
    assert!(told.ends_with("declined: the guide has a fault and is not used\n"), "{told}");
}

#[test]
fn each_fault_is_told_where_it_stands() {
    let cases: &[(&str, &[Change<'_>])] = &[
        ("unknown_key", &[("advice.toml", "minutes = 8", "minuets = 8")]),
        ("wrong_type", &[("advice.toml", "minutes = 8", "minutes = \"8\"")]),
        ("wrong_word", &[("advice.toml", "how_common = \"common\"", "how_common = \"comon\"")]),
        ("wrong_kind", &[("screens.toml", "kind = \"choice\"", "kind = \"choise\"")]),
        ("missing_key", &[("advice.toml", "rank = 1\n", "")]),
        ("backward_jump", &[("screens.toml", "next = \"fix-list\"", "next = \"hello\"")]),
        ("unknown_jump", &[("screens.toml", "next = \"fix-list\"", "next = \"romm\"")]),
        ("later_screen", &[("screens.toml", "id = \"room\"\n", "id = \"room\"\nwhen = { look.plug = \"fine\" }\n")]),
        ("unknown_figure", &[("advice.toml", "Have {total} ready", "Have {totel} ready")]),
        ("circular_figure", &[("guide.toml", "plus = [\"price\", \"bulb\"]", "plus = [\"price\", \"short-by\"]")]),
        ("circular_default", &[("screens.toml", "default = 10", "default = \"total\"")]),
        ("circular_label", &[("screens.toml", "label.en = \"Yes\"", "label.en = \"Yes {power}\"")]),
        ("circular_name", &[("guide.toml", "en = \"Kitchen\"", "en = \"Kitchen {room}\"")]),
        (
            "not_sure_elsewhere",
            &[
                ("screens.toml", "id = \"told\"", "id = \"not-sure\""),
                ("advice.toml", "price = \"told\"", "price = \"not-sure\""),
            ],
        ),
        ("unknown_cause", &[("screens.toml", "no-power = \"proves\"", "no-pover = \"proves\"")]),
        ("condition_without_answer", &[("advice.toml", "room = \"outside\"", "room = []")]),
        ("unknown_answer", &[("advice.toml", "room = \"outside\"", "room = \"outsied\"")]),
        ("unknown_source", &[("advice.toml", "sources = [\"manual\"]", "sources = [\"manuel\"]")]),
        ("duplicate_id", &[("advice.toml", "id = \"plug-in\"", "id = \"open-it\"")]),
        ("reserved_id", &[("screens.toml", "id = \"yes\"", "id = \"all\"")]),
        (
            "tag_and_entry",
            &[(
                "guide.toml",
                "tag = \"outside\"",
                "tag = \"outside\"\n[[list.entry]]\nid = \"outside\"\nname = \"Out\"\ntag = \"inside\"",
            )],
        ),
        ("reserved_tag", &[("guide.toml", "tag = \"inside\"", "tag = \"not-sure\"")]),
        ("no_other", &[("advice.toml", "id = \"other\"", "id = \"another\"")]),
        ("http_link", &[("advice.toml", "https://lamp.example/sizes", "http://lamp.example/sizes")]),
        ("control_character", &[("advice.toml", "Never touch", "Never\\u001b[2J touch")]),
        ("open_star", &[("advice.toml", "**Switch off**", "**Switch off")]),
        ("negative_amount", &[("guide.toml", "usd = 5", "usd = -5")]),
        ("fine_amount", &[("guide.toml", "usd = 5", "usd = 5.005")]),
        ("hexadecimal_amount", &[("screens.toml", "default = 10", "default = 0x10")]),
        ("time_for_a_date", &[("guide.toml", "checked = 2026-11-01", "checked = 07:32:00.5")]),
        ("figure_without_source", &[("guide.toml", "usd = 5\nsource = \"manual\"", "usd = 5")]),
        ("two_headers", &[("advice.toml", "[[cause]]", "format = 1\n[[cause]]")]),
        ("wrong_format", &[("guide.toml", "format = 1", "format = 2")]),
        ("title_twice", &[("guide.toml", "title.en = ", "title = ")]),
        (
            "screen_key_below_choice",
            &[("screens.toml", "said.en = \"there is power in the house\"", "kind = \"choice\"")],
        ),
        ("when_on_a_choice", &[("screens.toml", "id = \"yes\"", "id = \"yes\"\nwhen = { seen = \"nothing\" }")]),
        ("probe", &[("screens.toml", "kind = \"note\"", "kind = \"probe\"")]),
        ("last_band", &[("screens.toml", "id = \"told\"", "id = \"told\"\nbelow = 3")]),
        (
            "unknown_language",
            &[("advice.toml", "{ en = \"The plug is out\",", "{ fr = \"La prise\", en = \"The plug is out\",")],
        ),
        ("claim_verdict", &[("told.toml", "verdict = \"wrong\"", "verdict = \"worng\"")]),
        ("claim_without_source", &[("told.toml", "sources = [\"manual\"]", "sources = []")]),
        ("claim_touches_nothing", &[("told.toml", "screens = [\"look\"]", "screens = [\"lok\"]")]),
        ("letter_blank", &[("told.toml", "{number}", "{nummer}")]),
        ("letter_blank_twice", &[("told.toml", "id = \"name\"", "id = \"price\"")]),
        ("letter_language", &[("told.toml", "only = \"en\"", "only = \"fr\"")]),
        (
            "tag_without_list",
            &[("screens.toml", "next = \"fix-list\"", "next = \"fix-list\"\n[[screen.tag]]\ntag = \"inside\"")],
        ),
        ("unknown_list", &[("guide.toml", "[[list]]\nid = \"rooms\"", "[[list]]\nid = \"rums\"")]),
        ("letter_only_and_also", &[("told.toml", "only = \"en\"", "only = \"en\"\nalso = \"zh\"")]),
        ("claim_unknown_value", &[("told.toml", "no, the wire is broken", "no, {short-by}")]),
        ("scenario_today", &[("told.toml", "today = 2026-11-22", "today = 0001-01-01")]),
        (
            "scenario_tried_twice",
            &[("told.toml", "tried = [\"plug-in\"]", "tried = [\"plug-in\", \"plug-in=unsure\"]")],
        ),
        ("letter_blank_elsewhere", &[("advice.toml", "Have {total} ready", "Have {number} ready")]),
        ("scenario_answer", &[("told.toml", "power = \"yes\", room", "power = \"yse\", room")]),
        ("scenario_expectation", &[("told.toml", "cause = \"bulb-dead\"", "cause = \"bulb-ded\"")]),
        ("scenario_tried", &[("told.toml", "tried = [\"plug-in\"]", "tried = [\"plug-in=maybe\", \"plugin\"]")]),
        (
            "scenario_without_expect",
            &[("told.toml", "expect = { cause = [\"no-power\"]", "expekt = { cause = [\"no-power\"]")],
        ),
        ("title_unknown", &[("advice.toml", "Have {total} ready", "Have {short-by} ready")]),
    ];
    tell(cases);
}

fn tell(cases: &[(&str, &[Change<'_>])]) {
    for (name, changes) in cases {
        let folder = spoiled(changes);
        insta::assert_snapshot!(*name, refused(folder.path()));
    }
}

#[test]
fn slips_of_the_pen_are_told_as_such() {
    tell(&[
        ("phrase_of_no_figure", &[("advice.toml", "[\"bulb missing\"]", "[\"{bulp} missing\", \"{'a': {} }\"]")]),
        ("phrase_of_a_sum", &[("advice.toml", "[\"bulb missing\"]", "[\"{total} missing\"]")]),
        ("marks_in_a_link", &[("advice.toml", "[the table](", "[the **table**](")]),
        ("open_bracket", &[("advice.toml", "sources = [\"manual\"]", "sources = [\"manual\"")]),
        (
            "open_brace",
            &[("advice.toml", "{ bulb-dead = \"usually\", wet = \"rarely\" }", "{ bulb-dead = \"usually\",")],
        ),
        ("pointed_date", &[("advice.toml", "reviewed = 2026-11-01", "reviewed = 01.11.2026")]),
        ("single_brackets", &[("screens.toml", "[[screen]]\nid = \"room\"", "[screen]\nid = \"room\"")]),
        ("screen_twice", &[("screens.toml", "id = \"look\"", "id = \"power\"")]),
        ("language_name", &[("guide.toml", "[\"en\", \"zh\"]", "[\"en\", \"zh\", \"francais\"]")]),
    ]);
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    let folder = spoiled(&[
        ("guide.toml", "id = \"manual\"", "id = \"manual\nx"),
        ("guide.toml", "usd = 5", "usd = = 5"),
        ("screens.toml", "kind = \"paste\"", "kind = paste"),
        ("screens.toml", "id = \"plug\"", "id = \"plug\"\ntypo = 1"),
        ("advice.toml", "minutes = 8", "minuets = 8"),
        ("advice.toml", "wet = \"rarely\"", "wet = \"seldom\""),
    ]);
    insta::assert_snapshot!("many_faults", refused(folder.path()));
}

/// A file that is gone is one fault or a few, however often what it held is named.
#[test]
fn a_missing_file_is_not_told_a_thousand_times() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/openai-api");
    for gone in fs::read_dir(&guide).unwrap().map(|entry| entry.unwrap().file_name()) {
        // What is left of the fixes is told name by name.
        if gone.to_str().unwrap().starts_with("fixes") {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(&guide).unwrap().map(|entry| entry.unwrap()).filter(|entry| entry.file_name() != gone)
        {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        let path = folder.path().display().to_string();
        let told = Run::new(&["check", "--format", "short", &path]).run().stdout;
        assert!(told.lines().count() <= 16, "without {gone:?}: {told}");
    }
}

#[test]
fn hidden_files_are_no_part_of_a_guide() {
    let folder = spoiled(&[]);
    fs::write(folder.path().join("._advice.toml"), [0, 0xff, 0]).unwrap();
    let path = folder.path().display().to_string();
    let ran = Run::new(&["--guide", &path, "solve"]).run();
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
}

#[test]
fn folders_and_bytes_that_are_no_guide() {
    let gone = fixture("not-there");
    let ran = Run::new(&["--guide", &gone.display().to_string(), "solve"]).run();
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("cannot read the guide folder") && ran.stderr.contains("not-there"), "{}", ran.stderr);

    let file = fixture("lamp/guide.toml");
    let ran = Run::new(&["--guide", &file.display().to_string(), "solve"]).run();
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("is a file; --guide takes the folder"), "{}", ran.stderr);

    let empty = tempfile::tempdir().unwrap();
    insta::assert_snapshot!("empty_folder", refused(empty.path()));

    let nothing = tempfile::tempdir().unwrap();
    fs::write(nothing.path().join("guide.toml"), "").unwrap();
    insta::assert_snapshot!("empty_file", refused(nothing.path()));

    let broken = spoiled(&[]);
    let mut bytes = fs::read(broken.path().join("advice.toml")).unwrap();
    let at = bytes.windows(4).position(|four| four == b"worn").unwrap();
    bytes[at] = 0xff;
    fs::write(broken.path().join("advice.toml"), bytes).unwrap();
    insta::assert_snapshot!("broken_utf8", refused(broken.path()));

    let large = spoiled(&[]);
    fs::write(large.path().join("large.toml"), "# long\n".repeat(10 * 1024 * 1024 / 7)).unwrap();
    insta::assert_snapshot!("too_large", refused(large.path()));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let folder =
        spoiled(&[("advice.toml", "\"The lamp may well be fine.\"", "\"\"\"\nThe lamp may\nwell be fine.\"\"\"")]);
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
        fs::write(&path, format!("\u{feff}{text}")).unwrap();
    }
    let path = folder.path().display().to_string();
    let ran = Run::new(&["--guide", &path, "solve"]).run();
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
}

/// Whatever the bytes are, the answer is a message and never a crash.
#[test]
fn any_cut_of_a_guide_is_told() {
    let text = fs::read_to_string(fixture("lamp/advice.toml")).unwrap();
    let source = |text: &str| declined::diagnostic::SourceFile { path: "advice.toml".into(), text: text.into() };
    for at in (0..text.len()).filter(|&at| text.is_char_boundary(at)).step_by(7) {
        let files = [source(&text[..at])];
        let (guide, findings) = declined::guide::check::check(&files);
        assert!(guide.is_none() && !findings.is_empty());
        assert!(!declined::diagnostic::render(&findings, &files, false).is_empty());
    }
}

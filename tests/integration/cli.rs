//! The command line: output, errors and status, all exact.

use std::fs;

use crate::bad_guides::spoiled;
use crate::harness::{Run, lamp};

fn solve(args: &[&str]) -> crate::harness::Ran {
    let guide = lamp();
    Run::new(&[&["--guide", &guide, "solve"], args].concat()).run()
}

#[test]
fn solve_tells_the_list_and_the_next_question() {
    let ran = solve(&["--answer", "power=yes", "--answer", "room=garden", "--answer", "look.glass=problem"]);
    insta::assert_snapshot!("solve_text", ran.succeeds());
    let ran =
        solve(&["--answer", "power=yes", "--answer", "room=garden", "--lang", "zh", "--answer", "look.glass=problem"]);
    insta::assert_snapshot!("solve_text_zh", ran.succeeds());
}

#[test]
fn solve_as_json() {
    let args = ["--format", "json", "--answer", "power=yes", "--answer", "room=KI", "--answer", "look.glass=problem"];
    let ran = solve(&[&args[..], &["--answer", "price=10", "--answer", "purse=4.00"]].concat());
    insta::assert_snapshot!("solve_json", ran.succeeds());
}

#[test]
fn what_was_tried_counts_and_falls_off_the_list() {
    let known = ["--answer", "power=yes", "--answer", "room=garden", "--answer", "look.glass=problem"];
    let first = |tried: &[&str]| -> (Vec<String>, serde_json::Value) {
        let tried: Vec<&str> = tried.iter().flat_map(|fix| ["--tried", fix]).collect();
        let ran = solve(&[&["--format", "json"], &known[..], &tried].concat());
        let json: serde_json::Value = serde_json::from_str(ran.succeeds()).unwrap();
        let fixes = json["fixes"].as_array().unwrap().iter().map(|fix| fix["id"].as_str().unwrap().to_owned());
        (fixes.collect(), json)
    };
    let (before, json) = first(&[]);
    let weight = |json: &serde_json::Value, id: &str| {
        let causes = json["causes"].as_array().unwrap();
        causes.iter().find(|cause| cause["id"] == id).unwrap()["weight"].as_f64().unwrap()
    };
    assert_eq!(before[0], "new-bulb");
    let bulb = weight(&json, "bulb-dead");
    let (failed, json) = first(&["new-bulb"]);
    assert!(!failed.contains(&"new-bulb".to_owned()) && weight(&json, "bulb-dead") < bulb, "{failed:?}");
    let whole = weight(&json, "bulb-dead");
    assert_eq!(json["tried"], serde_json::json!([{"fix": "new-bulb", "how": "failed"}]));
    let (support, _) = first(&["ask-shop"]);
    assert!(!support.contains(&"ask-shop".to_owned()), "what was tried falls off, support as well: {support:?}");
    let (unsure, json) = first(&["new-bulb=unsure"]);
    let halved = weight(&json, "bulb-dead");
    assert!(unsure.contains(&"new-bulb".to_owned()) && whole < halved && halved < bulb, "{unsure:?}");
    let (cannot, json) = first(&["new-bulb=cannot"]);
    assert!(!cannot.contains(&"new-bulb".to_owned()));
    assert!((weight(&json, "bulb-dead") - bulb).abs() < 1e-9, "what cannot be done says nothing of causes");
    let text = solve(&[&known[..], &["--tried", "new-bulb=cannot"]].concat());
    assert!(text.succeeds().contains("Already tried\n- "), "{}", text.stdout);
}

#[test]
fn a_letter_is_filled_from_what_is_known() {
    let known = ["--answer", "power=yes", "--answer", "room=garden", "--answer", "price=7.50", "--tried", "plug-in"];
    let ran = solve(&[&known[..], &["--letter", "shop", "--lang", "zh"]].concat());
    assert_eq!(ran.status, Some(0));
    insta::assert_snapshot!("letter", format!("{}{}", ran.stdout, ran.stderr));
    let ran = solve(&["--answer", "power=no", "--letter", "landlord", "--lang", "zh"]);
    insta::assert_snapshot!("letter_in_two_languages", ran.stdout);
    // What could not be done was not tried, "not sure" is nothing that was said, and no language comes twice.
    let args = ["--answer", "price=not-sure", "--tried", "new-bulb=cannot", "--letter", "shop"];
    let ran = solve(&[&known[..4], &args].concat());
    assert!(!ran.stdout.contains("tried") && ran.stdout.contains("[Price: ____]"), "{}", ran.stdout);
    let ran = solve(&["--answer", "power=no", "--letter", "landlord"]);
    assert_eq!(ran.stdout, "Everything is dark since [the hour: ____].\n");
    let ran = solve(&["--answer", "power=no", "--answer", "room=garden", "--letter", "landlord"]);
    assert!(ran.stderr.starts_with("declined: the answer of `room` does not count"), "{}", ran.stderr);
    solve(&["--tried", "plug-in", "--tried", "plug-in=unsure"])
        .fails("declined: `plug-in` was tried twice; name it once, with what came of it last\n");
    let ran = solve(&["--answer", "power=no", "--tried", "wait-for-power"]);
    assert!(ran.succeeds().contains("There is nothing more to do about this from here."), "{}", ran.stdout);
    solve(&["--letter", "shopp"]).fails("declined: the guide has no letter `shopp`; did you mean `shop`?\n");
    solve(&["--letter", "landlord"]).fails(
        "declined: the letter `landlord` is not offered with these answers; `declined solve` without --letter shows which are\n",
    );
}

#[test]
fn claims_are_listed_and_searched() {
    let claims = |args: &[&str]| Run::new(&[&["--guide", &lamp(), "claims"], args].concat()).run();
    insta::assert_snapshot!("claims", claims(&[]).succeeds());
    insta::assert_snapshot!("claims_zh", claims(&["--lang", "zh", "灯泡", "LED"]).succeeds());
    insta::assert_snapshot!("claims_json", claims(&["--format", "json", "shake"]).succeeds());
    let none = claims(&["paypal"]);
    assert_eq!((none.status, none.stdout.as_str()), (Some(1), ""));
    assert_eq!(none.stderr, "declined: Nothing found. Try another spelling.\n");
}

#[test]
fn codes_and_messages_are_explained() {
    let explain =
        |args: &[&str], input: &str| Run::new(&[&["--guide", &lamp(), "explain"], args].concat()).input(input).run();
    insta::assert_snapshot!("explain", explain(&["E7"], "").succeeds());
    insta::assert_snapshot!(
        "explain_zh",
        explain(&["--lang", "zh", "-"], "the BULB\n missing, sk-FAKE00000000").succeeds()
    );
    insta::assert_snapshot!("explain_json", explain(&["--format", "json"], "error: lamp_has_no_pl").succeeds());
    insta::assert_snapshot!("explain_list", explain(&["--list"], "").succeeds());
    let none = explain(&["lamp_has_no_plgu"], "");
    assert_eq!((none.status, none.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        none.stderr,
        "declined: nothing in this text is known here; did you mean `lamp_has_no_plug`?\n\
         `declined` asks a few questions and finds out more; `declined --error FILE` begins with your text.\n"
    );
    let long = explain(&["-"], &format!("E7 {}", "a long log line ".repeat(80_000)));
    assert_eq!((long.status, long.stdout.contains("The lamp feels no bulb.")), (Some(0), true));
    assert_eq!(long.stderr, "declined: The text was very long: only its first part was read.\n");
    let none = explain(&["--format", "json", "-"], "");
    assert_eq!((none.status, none.stdout.contains("\"recognised\": []")), (Some(1), true), "{}", none.stdout);
}

#[test]
fn answers_off_the_route_are_told() {
    let args = ["--answer", "power=no", "--answer", "room=garden", "--answer", "price=3"];
    let ran = solve(&args);
    assert_eq!(ran.status, Some(0));
    assert_eq!(
        ran.stderr,
        "declined: the answer of `room` does not count: an earlier answer leads past this screen\n\
         declined: the answer of `price` does not count: an earlier answer leads past this screen\n"
    );
    let ran = solve(&[&args[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(ran.succeeds()).unwrap();
    assert_eq!(json["route"], serde_json::json!(["power"]));
    assert_eq!(
        json["ignored"][0],
        serde_json::json!({"screen": "room", "why": "an earlier answer leads past this screen"})
    );
    assert_eq!(json["next"], serde_json::Value::Null);
}

#[test]
fn wrong_answers_are_refused_with_the_way_out() {
    let cases: &[(&[&str], &str)] = &[
        (&["--answer", "pover=yes"], "declined: there is no screen `pover`; did you mean `power`?\n"),
        (&["--answer", "power=yse"], "declined: `power` has no answer `yse`; did you mean `yes`?\n"),
        (&["--answer", "power=7"], "declined: `power` has no answer `7`; it has yes, no, not-sure\n"),
        (&["--answer", "room=kitchn"], "declined: `room` has no answer `kitchn`; did you mean `kitchen`?\n"),
        (&["--answer", "power"], "declined: `power` is no answer; write SCREEN=VALUE\n"),
        (&["--answer", "power=yes", "--answer", "power=no"], "declined: `power` is answered twice; give it once\n"),
        (
            &["--answer", "look.plug=fine", "--answer", "look.plug=fine"],
            "declined: `look.plug` is answered twice; give it once\n",
        ),
        (&["--answer", "look.plugg=fine"], "declined: `look` has no item `plugg`; did you mean `plug`?\n"),
        (&["--answer", "look.plug=good"], "declined: `look.plug` cannot be `good`; it is fine, problem or not-sure\n"),
        (&["--answer", "look=fine"], "declined: `look` is a checklist; name an item: look.plug=problem\n"),
        (&["--answer", "power.x=fine"], "declined: `power` is no checklist; write power=VALUE\n"),
        (
            &["--answer", "price=ten"],
            "declined: `price` takes an amount, not `ten`; Write digits and a point, such as 12.50.\n",
        ),
        (&["--answer", "bought=soon"], "declined: `bought` takes a month, not `soon`; write it as 2026-11\n"),
        (&["--answer", "hello=yes"], "declined: `hello` is a note, it takes no answer\n"),
        (
            &["--answer", "seen=error-sevne"],
            "declined: `seen` takes a signal, `nothing` or `unrecognised`, not `error-sevne`; did you mean `error-seven`?\n",
        ),
        (
            &["--answer", "power=yse", "--answer", "rom=x"],
            "declined: `power` has no answer `yse`; did you mean `yes`?\n\
             declined: there is no screen `rom`; did you mean `room`?\n",
        ),
        (&["--lang", "fr"], "declined: the guide has no language `fr`; it has en, zh\n"),
        (&["--lang", ""], "declined: the guide has no language ``; it has en, zh\n"),
        (&["--today", "2026-13-40"], "declined: `2026-13-40` is no day; write it as 2026-11-22\n"),
        (&["--today", "tomorrow"], "declined: `tomorrow` is no day; write it as 2026-11-22\n"),
    ];
    for (args, stderr) in cases {
        solve(args).fails(stderr);
    }
}

#[test]
fn not_sure_of_a_checklist_is_not_sure_of_every_item() {
    let ran =
        solve(&["--answer", "power=yes", "--answer", "room=garden", "--answer", "look=not-sure", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(ran.succeeds()).unwrap();
    assert_eq!(json["next"], "bought", "asked of those who are not sure of the glass");
    solve(&["--answer", "look=not-sure", "--answer", "look.plug=problem"])
        .fails("declined: `look.plug` is answered twice; give it once\n");
}

#[test]
fn wrong_use_is_refused() {
    for args in [&["--no-such-flag"][..], &["solve", "--format", "xml"], &["--keys", "j"], &["nonsense"]] {
        let ran = Run::new(args).run();
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
    }
    Run::new(&["--plain", "solve"])
        .run()
        .fails("declined: options of the wizard stand before a command; write the command first, then its options\n");
    Run::new(&["--print", "--size", "huge"]).run().fails("declined: `huge` is no size; write it as 100x30\n");
    Run::new(&["--print", "--keys", "<enter"]).run().fails("declined: `<enter` is not closed; write <lt> for <\n");
}

#[test]
fn answers_come_from_a_file_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answers.toml");
    let name = path.display().to_string();
    fs::write(&path, "power = \"yes\"\nroom = \"garden\"\nlook = { glass = \"problem\" }\npurse = 4.5\n").unwrap();
    let file = solve(&["--answers", &name]);
    let flags = solve(&[
        "--answer",
        "power=yes",
        "--answer",
        "room=garden",
        "--answer",
        "look.glass=problem",
        "--answer",
        "purse=4.50",
    ]);
    assert_eq!(file.succeeds(), flags.succeeds());

    fs::write(&path, "power = \"yse\"\nrooom = \"garden\"\n").unwrap();
    solve(&["--answers", &name]).fails(&format!(
        "declined: {name}:1:1: `power` has no answer `yse`; did you mean `yes`?\n\
         declined: {name}:2:1: there is no screen `rooom`; did you mean `room`?\n"
    ));
    let ran = solve(&["--answers", "no-such-file.toml"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.starts_with("declined: cannot read no-such-file.toml"), "{}", ran.stderr);
}

#[test]
fn error_texts_come_from_files_and_pipes() {
    let guide = lamp();
    let args = ["--guide", guide.as_str(), "solve", "--format", "json", "--error", "-"];
    let ran = Run::new(&args).input("panel says: E7\n").run();
    let json: serde_json::Value = serde_json::from_str(ran.succeeds()).unwrap();
    assert_eq!(json["seen"], serde_json::json!(["error-seven"]));
    assert_eq!(json["route"], serde_json::json!(["seen", "power"]));
    assert_eq!(json["causes"][0]["because"], serde_json::json!([{"signal": "error-seven"}]));

    // Not text, but no reason to stop.
    let ran = Run::new(&args).input([0xff, b'E', b'7', 0x80, b'\n']).run();
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
}

#[test]
fn no_secret_comes_back() {
    let guide = lamp();
    let text = "E7 key sk-proj-FAKE0000000000000000000000000000 card 4111 1111 1111 1111 fake@example.com";
    for format in ["text", "json"] {
        let ran = Run::new(&["--guide", &guide, "solve", "--format", format, "--error", "-"]).input(text).run();
        let out = ran.succeeds();
        assert!(out.contains("Something secret was in your text."), "{out}");
        for secret in ["sk-proj", "4111", "fake@"] {
            assert!(!out.contains(secret), "{secret} in {out}");
        }
    }
}

#[test]
fn the_language_comes_from_the_locale() {
    let guide = lamp();
    let chinese = |run: Run| run.run().succeeds().contains("建议按这个顺序做");
    let run = || Run::new(&["--guide", &guide, "solve"]);
    assert!(!chinese(run()));
    assert!(chinese(run().env("LANG", "zh_CN.UTF-8")));
    assert!(chinese(run().env("LC_MESSAGES", "zh_TW").env("LANG", "en_US.UTF-8")));
    assert!(!chinese(run().env("LC_ALL", "en_GB.UTF-8").env("LANG", "zh_CN.UTF-8")));
    assert!(!chinese(run().env("LANG", "fr_FR.UTF-8")), "the guide's first language stands in");
    assert!(!chinese(run().env("LC_ALL", "").env("LANG", "C").env("LANGUAGE", "zh")));
}

#[test]
fn line_mode_takes_the_end_of_input_for_no_answer() {
    let guide = lamp();
    let ran = Run::new(&["--guide", &guide]).input("\n\n1\n").run();
    assert_eq!(ran.status, Some(2));
    assert!(ran.stdout.contains("The input ended before the questions did. This is what was known so far:"));
    assert!(ran.stdout.contains("What to do, in this order"), "{}", ran.stdout);
}

#[test]
fn line_mode_word_for_word() {
    let guide = lamp();
    let input = "\n?\nE7\n.\nx\ngarden\ny\nn\n\nlots\n12\n8\na\n\nb\n8\nq\n";
    let ran = Run::new(&["--guide", &guide, "--plain", "--no-save"]).input(input).run();
    insta::assert_snapshot!("line_mode", ran.succeeds());
    let ran = Run::new(&["--guide", &guide, "--lang", "zh", "--no-save"]).input("\n\n2\n\n").run();
    insta::assert_snapshot!("line_mode_zh", ran.succeeds());
}

#[test]
fn the_other_language_is_called_by_its_name() {
    let folder = spoiled(&[("guide.toml", r#"languages = ["en", "zh"]"#, r#"languages = ["en", "zh", "fr"]"#)]);
    let guide = folder.path().display().to_string();
    for (lang, next, commands) in [
        ("en", "中文", "read, g 中文, ? help"),
        ("zh", "fr", "说法，g fr，? 帮助"),
        ("fr", "English", "read, g English, ? help"),
    ] {
        let shown = |keys: &str| {
            let args = ["--guide", &guide, "--lang", lang, "--keys", keys, "--print"];
            Run::new(&args).run().succeeds().to_owned()
        };
        for (keys, key) in [("", "g"), ("?", "g ctrl-g"), ("<enter>", "ctrl-g"), ("<enter><f1>", "ctrl-g")] {
            let shown = shown(keys);
            // In the help some columns stand between a key and its name.
            let words: Vec<&str> = shown.split_whitespace().collect();
            assert!(words.join(" ").contains(&format!("{key} {next}")), "{lang} {keys}:\n{shown}");
        }
        let ran = Run::new(&["--guide", &guide, "--lang", lang, "--plain", "--no-save"]).input("q\n").run();
        assert!(ran.succeeds().contains(commands), "{}", ran.stdout);
    }
}

#[test]
fn a_dumb_terminal_gets_line_mode() {
    let ran = Run::new(&["--guide", &lamp()]).env("TERM", "dumb").input("q\n").run();
    assert!(!ran.succeeds().contains('\u{1b}'), "{}", ran.stdout);
}

#[test]
fn help_is_pinned() {
    insta::assert_snapshot!("help", Run::new(&["--help"]).run().succeeds());
    insta::assert_snapshot!("help_solve", Run::new(&["solve", "--help"]).run().succeeds());
}

#[test]
fn completions_and_manual() {
    assert!(Run::new(&["completions", "bash"]).run().succeeds().contains("_declined"));
    assert!(Run::new(&["man"]).run().succeeds().contains(".TH declined"));
}

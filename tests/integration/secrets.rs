//! What is secret in a pasted text stands in nothing that the program prints: every way in, every way out.

use std::fs;
use std::sync::LazyLock;

use declined::guide::answer::{Facts, Given};
use declined::guide::money::Month;
use declined::guide::{Guide, check};
use declined::redact::redact;
use declined::report::Tongue;
use declined::{content, explain};
use proptest::prelude::*;

use crate::harness::Run;

/// Fake ones that stand in the texts of the invented people, without spaces and dashes.
const PLANTED: &[&str] = &[
    "4111111111111111",
    "6212345678900002",
    "4012888888881881",
    "5105105105105100",
    "fake.person@example.com",
    "fake_user01@example.com",
    "fake.coworker@example.org",
    "fake.user.jp@example.com",
    "sk-proj-FAKE0example0NOT0a0real0key0AAAABBBBccccDDDDeeee0000",
    "sk-proj-FAKEold00000000000000000000000000000000",
    "sk-proj-FAKEnew11111111111111111111111111111111",
    "sk-FAKErelay0000000000000000000000000000000000000000",
    "sk-proj-FAKEkey22222222222222222222222222222222",
];

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

fn assert_clean(what: &str, text: &str) {
    let text = squeezed(text);
    for secret in PLANTED {
        assert!(!text.contains(&squeezed(secret)), "{what} shows {secret}");
    }
}

#[test]
fn of_the_invented_people_none_is_printed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/people.toml");
    let people: toml::Table = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let texts: Vec<&str> =
        people["person"].as_array().unwrap().iter().filter_map(|person| person.get("error")?.as_str()).collect();
    let held = |text: &&&str| PLANTED.iter().any(|secret| squeezed(text).contains(&squeezed(secret)));
    let texts: Vec<&&str> = texts.iter().filter(held).collect();
    assert!(texts.len() >= 8, "{} texts hold secrets", texts.len());
    for text in texts {
        for args in [
            &["explain", "-"][..],
            &["explain", "--format", "json", "-"],
            &["solve", "--error", "-"],
            &["solve", "--error", "-", "--format", "json"],
            &["solve", "--error", "-", "--letter", "support"],
            &["--plain", "--error", "-"],
            &["--error", "-", "--print"],
        ] {
            let ran = Run::new(args).input(text).run();
            assert_clean(&args.join(" "), &format!("{}{}", ran.stdout, ran.stderr));
        }
        let ran = Run::new(&["explain", text]).run();
        assert_clean("explain TEXT", &format!("{}{}", ran.stdout, ran.stderr));
        let ran = Run::new(&["--plain"]).input(format!("\n{text}\n.\n")).run();
        assert_clean("line mode", &format!("{}{}", ran.stdout, ran.stderr));
        // The frame is looked at before Enter: also in the field it stands no more.
        let keys = format!("<enter><paste:{}>", text.replace(['<', '>'], " "));
        let ran = Run::new(&["--print", "--keys", &keys, "--size", "200x40"]).run();
        assert_clean("the field", &format!("{}{}", ran.stdout, ran.stderr));
    }
}

static SHIPPED: LazyLock<Guide> = LazyLock::new(|| check::check(&content::built_in_without_tests().files).0.unwrap());

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    /// Whatever stands around a secret, it is gone from what is kept and from what is said.
    #[test]
    fn planted_anywhere_it_is_gone(
        before in "[a-zA-Z0-9 \\n\"'{}:=,.;_/银卡号：-]{0,60}",
        after in "[ \\n\"',;。）)}\\]][a-zA-Z0-9 \\n\"'{}:=,.;_/银卡号：-]{0,60}",
        which in 0_usize..4,
    ) {
        let secret = [
            "sk-proj-FAKE0example0000000000000000",
            "4000 0012 3456 7899",
            "fake.person@example.com",
            "Bearer FAKE0000fake1111FAKE2222",
        ][which];
        let text = format!("{before}\nYour card was declined. {secret}{after}");
        prop_assert!(!redact(&text).text.contains(secret));
        let guide = &*SHIPPED;
        let hits = explain::recognise(guide, &text);
        let facts = Facts::new(guide, &Given::default(), Month { year: 2026, month: 11 });
        let tongue = Tongue::new(guide, 0);
        prop_assert!(!explain::text(&facts, tongue, &hits).contains(secret));
        prop_assert!(!explain::json(&facts, tongue, &hits).unwrap().contains(secret));
    }
}

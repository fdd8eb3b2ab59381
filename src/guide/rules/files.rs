//! Rules of files and of how they are written.

use super::Rule;
use crate::diagnostic::Severity::Error;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "syntax",
        severity: Error,
        doc: "Files are TOML.",
        why: "Nothing can be read from a block that is damaged. Of each damaged block the first error is told: one missing \
              quote makes ten. What else is in the block is not looked at, and nobody is told that its ids are unknown; the \
              blocks around it are read as always.",
        bad: r#"
[[figure]]
id = "margin"
usd = = 2
source = "help"
"#,
        good: r#"
[[figure]]
id = "margin"
usd = 2
source = "help"
"#,
    },
    Rule {
        id: "not-utf8",
        severity: Error,
        doc: "Files are UTF-8.",
        why: "Text in another encoding would be shown as question marks. Editors for Windows save Chinese as GBK unless they \
              are told otherwise. In the example `\\xb3` stands for one such byte.",
        bad: r"
# A comment with a byte of another encoding: \xb3
",
        good: r"
# A comment in UTF-8: 持
",
    },
    Rule {
        id: "header",
        severity: Error,
        doc: "One file of a guide, and only one, has format, id, version, languages and title; [support] and [retry] stand once.",
        why: "This is what makes a folder of files a guide. Were it there twice, it would depend on the names of the files \
              which one counts.",
        bad: r#"
[support]
fix = "ask-support"
minutes = 60

# more.toml
[support]
fix = "call-bank"
minutes = 20
"#,
        good: r#"
[support]
fix = "ask-support"
minutes = 60
"#,
    },
    Rule {
        id: "no-screens",
        severity: Error,
        doc: "A guide asks at least one thing.",
        why: "Without a question every person would get the same list.",
        bad: r#"
# the whole guide
format = 1
id = "payments"
version = "1"
languages = ["en"]
title = "A payment was declined"

[support]
fix = "ask-support"
minutes = 60

[[source]]
id = "help"
title = "The help page"
url = "https://example.com/help"
checked = 2026-11-22
kind = "official"
max_age_days = 365

[[cause]]
id = "other"
title = "Something else"
how_common = "sometimes"
basis = "guess"
explain = "Nobody thought of this."

[[fix]]
id = "ask-support"
title = "Ask support"
who = "openai"
minutes = 10
wait = "days"
works_for = { other = "often" }
steps = ["Write to support."]
sources = ["help"]
reviewed = 2026-11-22
"#,
        good: r#"
[[screen]]
id = "seen"
kind = "paste"
ask = "What did you see? Paste it."
short = "Seen"
"#,
    },
    Rule {
        id: "screens-apart",
        severity: Error,
        doc: "All screens stand in one file, in the order in which they are asked.",
        why: "The order of the screens is the order of asking. Spread over files it would depend on the files' names.",
        bad: r#"
# more.toml
[[screen]]
id = "seen"
kind = "paste"
ask = "What did you see? Paste it."
short = "Seen"
"#,
        good: r#"
[[screen]]
id = "seen"
kind = "paste"
ask = "What did you see? Paste it."
short = "Seen"
"#,
    },
    Rule {
        id: "unknown-key",
        severity: Error,
        doc: "Only keys that the format knows are used.",
        why: "A key that nobody reads is a mistake that nobody notices. A key of the screen below its first \
              [[screen.choice]] belongs to that choice, as TOML has it: move it up.",
        bad: r#"
[[figure]]
id = "margin"
usd = 2
sourse = "help"
"#,
        good: r#"
[[figure]]
id = "margin"
usd = 2
source = "help"
"#,
    },
    Rule {
        id: "missing-key",
        severity: Error,
        doc: "Keys that are required are there.",
        why: "The wizard shows or computes something from each of these.",
        bad: r#"
[[source]]
id = "news"
title = "News of the day"
url = "https://example.com/news"
checked = 2026-11-22
kind = "single"
"#,
        good: r#"
[[source]]
id = "news"
title = "News of the day"
url = "https://example.com/news"
checked = 2026-11-22
kind = "single"
max_age_days = 365
"#,
    },
    Rule {
        id: "wrong-type",
        severity: Error,
        doc: "Values have the type that the key asks for.",
        why: "A number in quotes is a text, and a text cannot be counted with.",
        bad: r#"
[[figure]]
id = "margin"
usd = "2"
source = "help"
"#,
        good: r#"
[[figure]]
id = "margin"
usd = 2
source = "help"
"#,
    },
    Rule {
        id: "bad-value",
        severity: Error,
        doc: "Values are words, numbers and dates that the key knows.",
        why: "The engine turns words into numbers by a table, so it cannot use a word that is not in it; numbers have a range \
              in which they mean something.",
        bad: r#"
[[cause]]
id = "other"
title = "Something else"
how_common = "often"
basis = "guess"
explain = "Nobody thought of this."
"#,
        good: r#"
[[cause]]
id = "other"
title = "Something else"
how_common = "common"
basis = "guess"
explain = "Nobody thought of this."
"#,
    },
    Rule {
        id: "key-not-here",
        severity: Error,
        doc: "A key stands only where it has a meaning.",
        why: "The key is known, but nothing would come of it: a note has no answers, so nothing can be shown in its field.",
        bad: r#"
[[screen]]
id = "hello"
kind = "note"
ask = "A few questions about your card."
short = "Hello"
unit = "US dollars"
"#,
        good: r#"
[[screen]]
id = "hello"
kind = "note"
ask = "A few questions about your card."
short = "Hello"
"#,
    },
];

//! Rules of ids and of what they name.

use super::Rule;
use crate::diagnostic::Severity::Error;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "bad-id",
        severity: Error,
        doc: "Ids are made of a-z, 0-9 and `-`, and are not reserved words.",
        why: "People type ids behind `--answer`, and conditions use the reserved words.",
        bad: r#"
[[figure]]
id = "Safety_Margin"
usd = 2
source = "help"
"#,
        good: r#"
[[figure]]
id = "safety-margin"
usd = 2
source = "help"
"#,
    },
    Rule {
        id: "duplicate-id",
        severity: Error,
        doc: "An id is used once among its kind.",
        why: "Whoever names it could mean either. Figures, amount screens and month screens share one kind, since texts show \
              all of them by `{name}`.",
        bad: r#"
[[figure]]
id = "margin"
usd = 2
source = "help"

[[figure]]
id = "margin"
usd = 3
source = "help"
"#,
        good: r#"
[[figure]]
id = "margin"
usd = 2
source = "help"

[[figure]]
id = "wide-margin"
usd = 3
source = "help"
"#,
    },
    Rule {
        id: "unknown-id",
        severity: Error,
        doc: "What is named exists.",
        why: "Conditions, jumps, causes, fixes, figures, sources and placeholders name things by their ids. A slip of the \
              finger would make a condition that never holds, or a number that is not there.",
        bad: r#"
[[reminder]]
id = "have-it-ready"
text = "Keep {hodl} free on the card."
sources = ["help"]
"#,
        good: r#"
[[reminder]]
id = "have-it-ready"
text = "Keep {hold} free on the card."
sources = ["help"]
"#,
    },
    Rule {
        id: "circular-figure",
        severity: Error,
        doc: "A figure does not rest on itself.",
        why: "It could not be computed.",
        bad: r#"
[[figure]]
id = "needed"
plus = ["hold", "total"]

[[figure]]
id = "total"
plus = ["needed"]
"#,
        good: r#"
[[figure]]
id = "needed"
plus = ["hold"]

[[figure]]
id = "total"
plus = ["needed"]
"#,
    },
    Rule {
        id: "figure-shape",
        severity: Error,
        doc: "A figure has `usd` and `source`, or `plus` and perhaps `minus`.",
        why: "An amount is either known from somewhere, and then its source is told, or it is computed from others.",
        bad: r#"
[[figure]]
id = "margin"
usd = 2
"#,
        good: r#"
[[figure]]
id = "margin"
usd = 2
source = "help"
"#,
    },
    Rule {
        id: "zero",
        severity: crate::diagnostic::Severity::Warning,
        doc: "Amounts and counts that are written down are more than zero.",
        why: "A figure of nothing, a choice that counts no payment and a band below nothing have no effect: they are left \
              over, or a digit is missing.",
        bad: r#"
[[figure]]
id = "margin"
usd = 0
source = "help"
"#,
        good: r#"
[[figure]]
id = "margin"
usd = 2
source = "help"
"#,
    },
];

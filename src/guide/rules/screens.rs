//! Rules of screens, answers and conditions.

use super::Rule;
use crate::diagnostic::Severity::{Error, Warning};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "backward-jump",
        severity: Error,
        doc: "Jumps lead to later screens only, so that every route ends.",
        why: "Nobody is asked in a circle. Whoever wants to change an answer can always go back.",
        bad: r#"
[[screen]]
id = "hello"
kind = "note"
ask = "A few more questions."
short = "More"
next = "place"
"#,
        good: r#"
[[screen]]
id = "hello"
kind = "note"
ask = "A few more questions."
short = "More"
next = "fix-list"
"#,
    },
    Rule {
        id: "later-screen",
        severity: Error,
        doc: "The condition of a screen names earlier screens only.",
        why: "When the screen comes up, a later one has no answer yet.",
        bad: r#"
[[screen]]
id = "hello"
kind = "note"
ask = "That is all about your card."
short = "Card"
when = { seen = "nothing" }

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

[[screen]]
id = "hello"
kind = "note"
ask = "That is all about your card."
short = "Card"
when = { seen = "nothing" }
"#,
    },
    Rule {
        id: "bad-band",
        severity: Error,
        doc: "Bands rise, and only the last has no `below`.",
        why: "An amount falls into the first band that it is below, and the last takes what is left. Bands whose `below` is a \
              figure are not compared: how they lie depends on the answers.",
        bad: r#"
[[screen]]
id = "spent"
kind = "amount"
ask = "How much did you spend this month?"
short = "Spent"
[[screen.band]]
id = "some"
below = 20
[[screen.band]]
id = "little"
below = 5
[[screen.band]]
id = "much"
points_to = { foreign-card = "slightly" }
"#,
        good: r#"
[[screen]]
id = "spent"
kind = "amount"
ask = "How much did you spend this month?"
short = "Spent"
[[screen.band]]
id = "little"
below = 5
[[screen.band]]
id = "some"
below = 20
[[screen.band]]
id = "much"
points_to = { foreign-card = "slightly" }
"#,
    },
    Rule {
        id: "unreachable-screen",
        severity: Warning,
        doc: "Every screen can be asked.",
        why: "Work in a screen that nobody sees is lost, and most often a jump leads too far. Every answer is followed; a \
              screen with a condition is taken to let people pass in any case. Of several screens that one jump leads past \
              only the first is told.",
        bad: r#"
[[screen]]
id = "hello"
kind = "note"
ask = "That is all about your card."
short = "Card"
next = "fix-list"

[[screen]]
id = "seen"
kind = "paste"
ask = "What did you see? Paste it."
short = "Seen"
"#,
        good: r#"
[[screen]]
id = "hello"
kind = "note"
ask = "That is all about your card."
short = "Card"

[[screen]]
id = "seen"
kind = "paste"
ask = "What did you see? Paste it."
short = "Seen"
"#,
    },
    Rule {
        id: "never-holds",
        severity: Warning,
        doc: "A condition can hold.",
        why: "What hangs on it would never be there. It is told only where no answers of a person can make it hold: a screen \
              has one answer, and it has one only where its own `when` holds and no answer before leads past it. A part of a \
              text is looked at together with the screen or the fix that it stands in. Not seen: what follows from the sums of \
              figures, from the text that signals are found in, and from more answers than a few hundred steps can try.",
        bad: r#"
[[reminder]]
id = "abroad"
text = "Tell the bank that you are abroad."
sources = ["help"]
when = { card-kind = "prepaid", not = { card-kind = ["prepaid", "own"] } }
"#,
        good: r#"
[[reminder]]
id = "abroad"
text = "Tell the bank that you are abroad."
sources = ["help"]
when = { card-kind = "own", place = "abroad" }
"#,
    },
    Rule {
        id: "always-holds",
        severity: Warning,
        doc: "A condition can fail.",
        why: "A condition that holds whatever is answered is none. Note that an unanswered screen satisfies nothing, so \
              `{ any = [{ place = \"home\" }, { place = \"abroad\" }] }` can fail.",
        bad: r#"
[[reminder]]
id = "abroad"
text = "Tell the bank that you are abroad."
sources = ["help"]
when = { any = [{ place = "abroad" }, { not = { place = "abroad" } }] }
"#,
        good: r#"
[[reminder]]
id = "abroad"
text = "Tell the bank that you are abroad."
sources = ["help"]
when = { place = "abroad" }
"#,
    },
    Rule {
        id: "changes-nothing",
        severity: Warning,
        doc: "What is asked makes a difference.",
        why: "Each question costs the person a moment. An answer makes a difference if it points to a cause, leads elsewhere, \
              counts payments, is named in a condition or shown in a text. A question needs an answer for everybody, so \
              single choices and bands may change nothing; what is told are questions all of whose answers are alike, and \
              items of a checklist, which could as well be left out. Not looked at: choices from a list.",
        bad: r#"
[[screen]]
id = "colour"
kind = "choice"
ask = "What colour is the card?"
short = "Colour"
[[screen.choice]]
id = "blue"
label = "Blue"
[[screen.choice]]
id = "red"
label = "Red"
"#,
        good: r#"
[[screen]]
id = "colour"
kind = "choice"
ask = "What colour is the card?"
short = "Colour"
[[screen.choice]]
id = "blue"
label = "Blue"
points_to = { prepaid-card = "slightly" }
[[screen.choice]]
id = "red"
label = "Red"
"#,
    },
    Rule {
        id: "scenario-fails",
        severity: Error,
        doc: "Every scenario comes out as it says.",
        why: "A scenario is a person whom the guide once helped, or should. It may only do what a person could do: an answer \
              on a screen that is not asked is a fault. What came instead is told, and the way that the answers led.",
        bad: r#"
[[scenario]]
id = "prepaid"
today = 2026-11-22
answers = { card-kind = "prepaid" }
expect = { cause = "foreign-card" }
"#,
        good: r#"
[[scenario]]
id = "prepaid"
today = 2026-11-22
answers = { card-kind = "prepaid" }
expect = { cause = "prepaid-card" }
"#,
    },
];

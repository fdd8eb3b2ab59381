//! Rules of texts.

use super::Rule;
use crate::diagnostic::Severity::{Error, Warning};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "circular-text",
        severity: Error,
        doc: "A label that other texts show does not lead back to itself.",
        why: "`{card-kind}` shows the label of the choice that was made. A label that shows the answer of a choice could show \
              itself.",
        bad: r#"
[[screen]]
id = "sure"
kind = "choice"
ask = "Are you sure about the card?"
short = "Sure"
[[screen.choice]]
id = "yes"
label = "Yes, {card-kind}"
points_to = { foreign-card = "slightly" }
[[screen.choice]]
id = "no"
label = "No"
"#,
        good: r#"
[[screen]]
id = "sure"
kind = "choice"
ask = "Are you sure about {card-kind}?"
short = "Sure"
[[screen.choice]]
id = "yes"
label = "Yes"
points_to = { foreign-card = "slightly" }
[[screen.choice]]
id = "no"
label = "No"
"#,
    },
    Rule {
        id: "control-character",
        severity: Error,
        doc: "Text holds no control characters: they would act on the terminal.",
        why: "They could clear the screen, hide a line or turn the direction of writing, and nobody sees them in an editor.",
        bad: r#"
[[reminder]]
id = "name"
text = "Write the name\u001b[2J as it is printed on the card."
sources = ["help"]
"#,
        good: r#"
[[reminder]]
id = "name"
text = "Write the name as it is printed on the card."
sources = ["help"]
"#,
    },
    Rule {
        id: "does-not-fit",
        severity: Warning,
        doc: "A question and all its answers fit a window of 80x24.",
        why: "Nobody should have to scroll to answer. The page is laid out as it would be shown, in every language, with every \
              part of its text that can be there together. Notes, pasted text and lists to search in may be longer.",
        bad: r#"
[[screen]]
id = "bank"
kind = "choice"
ask = "Which bank is it?"
short = "Bank"
help = """
- It stands on the card.

- It stands on the letter that came with it.

- It stands in the app.

- It stands on the bill.

- It stands on the envelope.

- It stands on the door.

- It stands on the pen.

- It stands on the calendar.
"""
choice = [
  { id = "a", label = "Alpha", points_to = { foreign-card = "slightly" } },
  { id = "b", label = "Beta" },
  { id = "c", label = "Gamma" },
  { id = "d", label = "Delta" },
  { id = "e", label = "Epsilon" },
  { id = "f", label = "Zeta" },
  { id = "g", label = "Eta" },
  { id = "h", label = "Theta" },
  { id = "i", label = "Iota" },
  { id = "j", label = "Kappa" },
]
"#,
        good: r#"
[[screen]]
id = "bank"
kind = "choice"
ask = "Which bank is it?"
short = "Bank"
help = "It stands on the card."
choice = [
  { id = "a", label = "Alpha", points_to = { foreign-card = "slightly" } },
  { id = "b", label = "Beta, Gamma or Delta" },
]
"#,
    },
    Rule {
        id: "empty-text",
        severity: Warning,
        doc: "Texts are not empty.",
        why: "People would see a gap where something should stand. What is not needed is left out with its key.",
        bad: r#"
[[reminder]]
id = "name"
text = ""
sources = ["help"]
"#,
        good: r#"
[[reminder]]
id = "name"
text = "Write the name as it is printed on the card."
sources = ["help"]
"#,
    },
    Rule {
        id: "link-not-https",
        severity: Error,
        doc: "Links begin with https://.",
        why: "Advice about money must not be changed on its way.",
        bad: r#"
[[reminder]]
id = "list"
text = "See [the list](http://example.com/list)."
sources = ["help"]
"#,
        good: r#"
[[reminder]]
id = "list"
text = "See [the list](https://example.com/list)."
sources = ["help"]
"#,
    },
    Rule {
        id: "markup",
        severity: Error,
        doc: "Braces and stars are closed.",
        why: "What is open at the end was meant to be closed somewhere, and only the author knows where.",
        bad: r#"
[[reminder]]
id = "name"
text = "Write the **name as it is printed on the card."
sources = ["help"]
"#,
        good: r#"
[[reminder]]
id = "name"
text = "Write the **name** as it is printed on the card."
sources = ["help"]
"#,
    },
    Rule {
        id: "missing-language",
        severity: Warning,
        doc: "Every text is there in every language of the guide.",
        why: "People would read it in the first of `languages` instead. A text that is one bare string serves all of them.",
        bad: r#"
[[reminder]]
id = "name"
text.en = "Write the name as it is printed on the card."
sources = ["help"]
"#,
        good: r#"
[[reminder]]
id = "name"
text.en = "Write the name as it is printed on the card."
text.zh = "姓名要和卡面上印的一致。"
sources = ["help"]
"#,
    },
    Rule {
        id: "plain-amount",
        severity: Warning,
        doc: "An amount that a figure has is shown by its name.",
        why: "When the amount changes, it changes in one place. Amounts in quotation marks, the `says` of claims and the \
              titles of sources are other people's words and stay as they are. Only figures that no answer changes are \
              compared, and only amounts of dollars.",
        bad: r#"
[[reminder]]
id = "have-it-ready"
text.en = "Keep $5 free on the card."
text.zh = "卡上多留 5 美元。"
sources = ["help"]
"#,
        good: r#"
[[reminder]]
id = "have-it-ready"
text.en = "Keep {hold} free on the card."
text.zh = "卡上多留 {hold}。"
sources = ["help"]
"#,
    },
    Rule {
        id: "secret",
        severity: Warning,
        doc: "A guide holds no keys, card numbers, codes, addresses or telephone numbers.",
        why: "A guide is passed on. It is looked for in texts, phrases and comments with what takes secrets out of pasted \
              text; what scenarios paste is left alone, since they try just that.",
        bad: r#"
# Ask billing@example.com about this one.
[[reminder]]
id = "name"
text = "Write the name as it is printed on the card."
sources = ["help"]
"#,
        good: r#"
# Ask the billing team about this one.
[[reminder]]
id = "name"
text = "Write the name as it is printed on the card."
sources = ["help"]
"#,
    },
    Rule {
        id: "title-unknown",
        severity: Error,
        doc: "A title, and whatever else is always shown, names no figure that can be unknown.",
        why: "A part of a text that names something unknown is left out. A title cannot be left out.",
        bad: r#"
[[screen]]
id = "purchase"
kind = "amount"
ask = "What does the form ask you to pay?"
short = "To pay"
[[screen.band]]
id = "paid"
points_to = { foreign-card = "slightly" }

[[claim]]
id = "enough"
topic = "Amounts"
says = "Any amount works."
verdict = "cannot-be-checked"
instead = "You wanted to pay {purchase}."
sources = []
"#,
        good: r#"
[[screen]]
id = "purchase"
kind = "amount"
ask = "What does the form ask you to pay?"
short = "To pay"
default = 10
[[screen.band]]
id = "paid"
points_to = { foreign-card = "slightly" }

[[claim]]
id = "enough"
topic = "Amounts"
says = "Any amount works."
verdict = "cannot-be-checked"
instead = "You wanted to pay {purchase}."
sources = []
"#,
    },
    Rule {
        id: "unknown-language",
        severity: Error,
        doc: "Texts are in the languages of the guide.",
        why: "A language that `languages` does not name is shown to nobody: it is left over, or its code is misspelt.",
        bad: r#"
[[reminder]]
id = "name"
text.en = "Write the name as it is printed on the card."
text.zh = "姓名要和卡面上印的一致。"
text.fr = "Le nom est celui de la carte."
sources = ["help"]
"#,
        good: r#"
[[reminder]]
id = "name"
text.en = "Write the name as it is printed on the card."
text.zh = "姓名要和卡面上印的一致。"
sources = ["help"]
"#,
    },
];

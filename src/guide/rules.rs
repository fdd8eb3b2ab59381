//! The rules that a guide is held to. One entry each: what findings and documents name comes from here.

use crate::diagnostic::Severity;

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name in findings.
    pub id: &'static str,
    /// How much breaking it weighs.
    pub severity: Severity,
    /// What it asks for.
    pub doc: &'static str,
}

const fn error(id: &'static str, doc: &'static str) -> Rule {
    Rule { id, severity: Severity::Error, doc }
}

const fn warning(id: &'static str, doc: &'static str) -> Rule {
    Rule { id, severity: Severity::Warning, doc }
}

/// Every rule, by id.
pub static RULES: &[Rule] = &[
    error("backward-jump", "Jumps lead to later screens only, so that every route ends."),
    error("bad-band", "Bands rise, and only the last has no `below`."),
    error("bad-id", "Ids are made of a-z, 0-9 and `-`, and are not reserved words."),
    error("bad-value", "Values are words, numbers and dates that the key knows."),
    error("circular-figure", "A figure does not rest on itself."),
    error("circular-text", "A label that other texts show does not lead back to itself."),
    error("control-character", "Text holds no control characters: they would act on the terminal."),
    error("duplicate-id", "An id is used once among its kind."),
    error("figure-shape", "A figure has `usd` and `source`, or `plus` and perhaps `minus`."),
    error("header", "One file of a guide, and only one, has format, id, version, languages and title."),
    error("key-not-here", "A key stands only where it has a meaning."),
    error("later-screen", "The condition of a screen names earlier screens only."),
    error("link-not-https", "Links begin with https://."),
    error("markup", "Braces and stars are closed."),
    error("missing-key", "Keys that are required are there."),
    error("no-other", "Every guide has a cause `other`, without a condition."),
    error("no-screens", "A guide asks at least one thing."),
    error("no-source", "A verdict on a claim names its source, unless it cannot be checked."),
    error("not-utf8", "Files are UTF-8."),
    error("screens-apart", "All screens stand in one file, in the order in which they are asked."),
    error("syntax", "Files are TOML."),
    error("title-unknown", "A title, and whatever else is always shown, names no figure that can be unknown."),
    error("too-large", "A guide for the wizard is no larger than 8 MiB."),
    error("unknown-id", "What is named exists."),
    error("unknown-key", "Only keys that the format knows are used."),
    error("unknown-language", "Texts are in the languages of the guide."),
    warning("missing-language", "Every text is there in every language of the guide."),
    error("wrong-type", "Values have the type that the key asks for."),
];

/// The severity of a rule; what is in no table is an error.
#[must_use]
pub fn severity(id: &str) -> Severity {
    RULES.iter().find(|rule| rule.id == id).map_or(Severity::Error, |rule| rule.severity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rule_twice_and_all_explained() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(RULES[at + 1..].iter().all(|other| other.id != rule.id), "{} stands twice", rule.id);
            assert!(rule.doc.ends_with('.'), "{}", rule.id);
        }
    }
}

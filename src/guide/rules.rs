//! The rules that a guide is held to. One entry each: what findings, `--explain` and docs/check-rules.md say comes from
//! here, and both examples of every rule are run as tests.

mod advice;
mod files;
mod names;
mod screens;
mod texts;

use std::fmt::Write as _;

use crate::diagnostic::{Severity, near_miss};

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name in findings.
    pub id: &'static str,
    /// How much breaking it weighs.
    pub severity: Severity,
    /// What it asks for.
    pub doc: &'static str,
    /// Why, and what it does not see.
    pub why: &'static str,
    /// A piece of a guide that breaks it. `# name.toml` begins another file, `# the whole guide` stands alone.
    pub bad: &'static str,
    /// The same as it should be.
    pub good: &'static str,
}

const TABLES: &[&[Rule]] = &[files::RULES, names::RULES, screens::RULES, advice::RULES, texts::RULES];

/// All rules, by id.
#[must_use]
pub fn all() -> Vec<&'static Rule> {
    let mut all: Vec<&Rule> = TABLES.iter().copied().flatten().collect();
    all.sort_by_key(|rule| rule.id);
    all
}

/// The rule of this name.
///
/// # Errors
/// With the name that was probably meant.
pub fn find(id: &str) -> Result<&'static Rule, String> {
    let all = all();
    all.iter().find(|rule| rule.id == id).copied().ok_or_else(|| {
        let help = near_miss(id, all.iter().map(|rule| rule.id));
        help.unwrap_or_else(|| "`declined check --explain` lists them all".into())
    })
}

/// The severity of a rule; what is in no table is an error.
#[must_use]
pub fn severity(id: &str) -> Severity {
    TABLES.iter().copied().flatten().find(|rule| rule.id == id).map_or(Severity::Error, |rule| rule.severity)
}

/// The names of all rules with what they ask for, a line each.
#[must_use]
pub fn list() -> String {
    let mut out = String::new();
    for rule in all() {
        let _ = writeln!(out, "{:<22} {:<8} {}", rule.id, rule.severity.word(), rule.doc);
    }
    out
}

impl Rule {
    /// What it asks for, why, and both examples, for the terminal.
    #[must_use]
    pub fn explained(&self) -> String {
        let indented = |text: &str| -> String {
            text.trim().lines().fold(String::new(), |mut out, line| {
                let _ = writeln!(out, "{}", format!("    {line}").trim_end());
                out
            })
        };
        let Self { id, doc, why, .. } = self;
        let (severity, bad, good) = (self.severity.word(), indented(self.bad), indented(self.good));
        format!("{id} ({severity})\n\n{doc}\n\n{}\n\nWrong:\n\n{bad}\nRight:\n\n{good}", why.trim())
    }
}

/// The page about all rules, as Markdown.
#[must_use]
pub fn page() -> String {
    let mut out = String::from(
        "# What `declined check` looks for\n\n\
         Made from the table in `src/guide/rules/`; a test holds it to that. Every example is run as a test. An *error* keeps \
         the wizard from using a guide (`scenario-fails` alone does not); a *warning* does not. `check` ends with status 1 \
         for both.\n\n| rule | severity | asks |\n| --- | --- | --- |\n",
    );
    for Rule { id, severity, doc, .. } in all() {
        let _ = writeln!(out, "| [{id}](#{id}) | {} | {doc} |", severity.word());
    }
    for rule in all() {
        let (bad, good) = (rule.bad.trim(), rule.good.trim());
        let _ = write!(
            out,
            "\n## {}\n\n{} ({})\n\n{}\n\nWrong:\n\n```toml\n{bad}\n```\n\nRight:\n\n```toml\n{good}\n```\n",
            rule.id,
            rule.doc,
            rule.severity.word(),
            rule.why.trim()
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rule_twice_and_all_explained() {
        let all = all();
        for (at, rule) in all.iter().enumerate() {
            assert!(all[at + 1..].iter().all(|other| other.id != rule.id), "{} stands twice", rule.id);
            assert!(rule.doc.ends_with('.') && rule.why.trim().ends_with('.'), "{}", rule.id);
            assert!(rule.bad != rule.good && !rule.bad.is_empty() && !rule.good.is_empty(), "{}", rule.id);
        }
    }

    #[test]
    fn a_wrong_name_is_told() {
        assert_eq!(find("unkown-id").unwrap_err(), "did you mean `unknown-id`?");
        assert_eq!(find("xyz").unwrap_err(), "`declined check --explain` lists them all");
    }
}

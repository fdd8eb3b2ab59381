//! What the environment says of language, characters and colours.
#![expect(clippy::disallowed_methods, reason = "reading the environment is what this module is for")]

use std::env;

/// The value of a variable, if it is set and not empty: an empty one counts as not set.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The locale by `LC_ALL`, `LC_MESSAGES` and `LANG`, in this order. `LANGUAGE` is a list for translations of
/// messages and would override what people set on purpose, so it is not looked at.
fn locale(category: &str) -> Option<String> {
    ["LC_ALL", category, "LANG"].into_iter().find_map(variable)
}

/// The language code of the locale; the system's own setting where none is set.
#[must_use]
pub fn language() -> Option<String> {
    let from_environment = locale("LC_MESSAGES");
    #[cfg(not(unix))]
    let from_environment = from_environment.or_else(sys_locale::get_locale);
    let code = from_environment?;
    let code = code.split(['.', '@']).next().unwrap_or_default().to_owned();
    (code != "C" && code != "POSIX").then_some(code)
}

/// Whether the terminal can be expected to draw more than ASCII.
#[must_use]
pub fn draws_unicode() -> bool {
    if variable("TERM").as_deref() == Some("linux") {
        return false;
    }
    // Nothing set means nothing known; the terminals of today draw Unicode.
    locale("LC_CTYPE").is_none_or(|code| {
        let code = code.to_lowercase();
        code.contains("utf-8") || code.contains("utf8")
    })
}

/// Whether colours are wanted: `NO_COLOR` says no, whatever its value.
#[must_use]
pub fn colours() -> bool {
    variable("NO_COLOR").is_none()
}

/// Whether the terminal can do no more than print lines.
#[must_use]
pub fn is_dumb() -> bool {
    variable("TERM").as_deref() == Some("dumb")
}

//! What the environment says of language, characters, colours and links.
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

/// Whether the terminal makes links of its own (OSC 8). `FORCE_HYPERLINK` decides, as elsewhere; without it only
/// terminals that are known for it count. It is never asked: its answer might land in the shell.
#[must_use]
pub fn hyperlinks() -> bool {
    knows_hyperlinks(variable)
}

fn knows_hyperlinks(variable: impl Fn(&str) -> Option<String>) -> bool {
    if let Some(forced) = variable("FORCE_HYPERLINK") {
        return forced.trim() != "0";
    }
    let is = |name: &str, known: &[&str]| variable(name).is_some_and(|value| known.contains(&value.as_str()));
    // What tmux runs in has left its marks as well; tmux alone says what comes through.
    if variable("TMUX").is_some() || is("TERM_PROGRAM", &["tmux"]) {
        return is("TERM_PROGRAM", &["tmux"])
            && variable("TERM_PROGRAM_VERSION").and_then(|version| major_minor(&version)) >= Some((3, 4));
    }
    let term = variable("TERM").unwrap_or_default();
    let begins = |known: &[&str]| known.iter().any(|known| term.starts_with(known));
    if begins(&["dumb", "linux", "screen", "tmux"]) {
        return false;
    }
    // VTE 0.50.0 has links and crashes on them.
    variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok()).is_some_and(|version| version > 5000)
        || ["KITTY_WINDOW_ID", "WEZTERM_EXECUTABLE", "WEZTERM_PANE", "KONSOLE_VERSION", "WT_SESSION", "DOMTERM"]
            .into_iter()
            .any(|name| variable(name).is_some())
        || is("TERM_PROGRAM", &["Hyper", "Tabby", "WezTerm", "ghostty", "iTerm.app", "rio", "vscode"])
        || begins(&["alacritty", "contour", "foot", "rio", "wezterm", "xterm-ghostty", "xterm-kitty"])
}

/// The first two numbers of a version such as `3.3a` or `next-3.5`.
fn major_minor(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_where_the_terminal_is_known_for_them() {
        let cases: &[(&[(&str, &str)], bool)] = &[
            (&[], false),
            (&[("TERM", "xterm-256color")], false),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], false),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7603")], true),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "5000")], false),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "4803")], false),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "x")], false),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], true),
            (&[("TERM", "xterm-kitty")], true),
            (&[("TERM", "foot-extra")], true),
            (&[("WT_SESSION", "a")], true),
            (&[("TERM", "dumb"), ("WT_SESSION", "a")], false),
            (&[("TERM", "linux"), ("KONSOLE_VERSION", "230800")], false),
            (&[("TERM", "screen-256color"), ("VTE_VERSION", "7603")], false),
            (&[("TERM", "tmux-256color"), ("TMUX", "a"), ("VTE_VERSION", "7603")], false),
            (&[("TMUX", "a"), ("TERM_PROGRAM", "vscode")], false),
            (&[("TMUX", "a"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.3a")], false),
            (&[("TMUX", "a"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.4")], true),
            (&[("TMUX", "a"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "next-3.5")], true),
            (&[("TERM", "screen"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "4.0")], true),
            (&[("TERM_PROGRAM", "tmux")], false),
            (&[("FORCE_HYPERLINK", "1"), ("TERM", "dumb")], true),
            (&[("FORCE_HYPERLINK", "0"), ("TERM", "xterm-kitty")], false),
        ];
        for (set, expected) in cases {
            let variable =
                |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
            assert_eq!(knows_hyperlinks(variable), *expected, "{set:?}");
        }
    }
}

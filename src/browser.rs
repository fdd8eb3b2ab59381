//! Opens an address in the person's browser, without a trace on the terminal that the wizard fills.
//!
//! The crate `open` knows the launchers of each system, gives them no standard streams and, on Unix, a session without
//! the terminal, and waits a quarter of a second for one that fails at once.
#![expect(clippy::disallowed_methods, reason = "this is the edge that starts the browser")]

use std::env;

use crate::links::is_safe;

/// Why an address was not opened. It can still be shown and copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// It is no address that can be handed on.
    NotHttps,
    /// There is no desktop, or not where the person sits: what would start is a browser in the terminal, or a window
    /// on the screen of another machine.
    NoDesktop,
    /// Nothing that opens addresses was found, or it failed.
    Failed,
}

/// Hands an address to the desktop. That it was taken does not say that a browser came up; nothing tells that.
///
/// # Errors
///
/// If it was not handed over.
pub fn open(url: &str) -> Result<(), NotOpened> {
    if !is_safe(url) {
        return Err(NotOpened::NotHttps);
    }
    if !has_desktop(|name| env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return Err(NotOpened::NoDesktop);
    }
    open::that_detached(url).map_err(|_| NotOpened::Failed)
}

fn has_desktop(is_set: impl Fn(&str) -> bool) -> bool {
    let far = is_set("SSH_CONNECTION") || is_set("SSH_TTY");
    let always = cfg!(any(windows, target_os = "macos"));
    // The last one is Windows, seen from the Linux within.
    !far && (always || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(is_set))
}

#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::process::Command;
    use std::time::{Duration, Instant};

    use super::*;

    const URL: &str = "https://a.example/b?c=d&e=f#g;h";

    #[test]
    fn a_desktop_is_one_before_the_person() {
        for (set, expected) in [
            (&[][..], false),
            (&["DISPLAY"], true),
            (&["WAYLAND_DISPLAY"], true),
            (&["WSL_DISTRO_NAME"], true),
            (&["DISPLAY", "SSH_CONNECTION"], false),
            (&["WAYLAND_DISPLAY", "SSH_TTY"], false),
        ] {
            assert_eq!(has_desktop(|name| set.contains(&name)), expected, "{set:?}");
        }
    }

    #[test]
    #[ignore = "run by `opened`, in an environment of its own"]
    fn one() {
        eprintln!("{:?}", open(&env::var("URL").unwrap()));
    }

    /// What comes of an address with this `xdg-open`, if any, and how that was called.
    fn opened(url: &str, launcher: Option<&str>, display: &str) -> (String, Option<String>) {
        let folder = tempfile::tempdir().unwrap();
        if let Some(script) = launcher {
            let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/commands").join(script);
            std::os::unix::fs::symlink(script, folder.path().join("xdg-open")).unwrap();
        }
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", "browser::tests::one", "--ignored", "--nocapture"])
            .envs([("URL", url), ("DISPLAY", display)])
            .env("PATH", folder.path())
            .envs(["WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "SSH_CONNECTION", "SSH_TTY"].map(|name| (name, "")))
            .output()
            .unwrap();
        let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        assert!(!printed.contains("must not reach the screen"), "{printed}");
        let result = printed.lines().find(|line| line.contains("Ok(") || line.contains("Err(")).unwrap();
        let end = Instant::now() + Duration::from_secs(30);
        // It may go on by itself.
        while launcher == Some("keep") && !folder.path().join("xdg-open.got").exists() && Instant::now() < end {
            std::thread::yield_now();
        }
        let called = fs::read_to_string(folder.path().join("xdg-open.called"));
        (result.to_owned(), called.ok().map(|called| called.trim_end().to_owned()))
    }

    #[test]
    fn an_address_is_handed_over() {
        assert_eq!(opened(URL, Some("keep"), ":0"), ("Ok(())".into(), Some(URL.into())));
        assert_eq!(opened(URL, Some("hang"), ":0"), ("Ok(())".into(), None), "it may take as long as it likes");
    }

    #[test]
    fn what_is_not_opened() {
        assert_eq!(opened(URL, Some("fail"), ":0").0, "Err(Failed)");
        assert_eq!(opened(URL, None, ":0").0, "Err(Failed)");
        assert_eq!(opened("file:///etc/passwd", None, ":0").0, "Err(NotHttps)");
        assert_eq!(opened(URL, None, "").0, "Err(NoDesktop)");
    }
}

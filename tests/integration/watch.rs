//! A guide that is edited while the wizard runs on it, in a real pseudo-terminal.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::harness::{Run, fixture, lamp};
use crate::pty::Terminal;

const FILES: [&str; 4] = ["guide.toml", "screens.toml", "advice.toml", "told.toml"];

/// A copy of the guide about a lamp, with the ways in which people and editors change it.
struct Edited {
    root: TempDir,
}

impl Edited {
    fn new() -> Self {
        let edited = Self { root: tempfile::tempdir().unwrap() };
        edited.make(&edited.folder());
        edited
    }

    fn make(&self, folder: &Path) {
        fs::create_dir(folder).unwrap();
        for name in FILES {
            fs::copy(fixture("lamp").join(name), folder.join(name)).unwrap();
        }
        assert!(folder.starts_with(self.root.path()));
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("guide")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    fn start(&self) -> Terminal {
        let mut terminal =
            Terminal::start(&["--lang", "en", "--watch", "--guide", &self.folder().display().to_string()]);
        terminal.expect("A few questions");
        terminal
    }

    #[track_caller]
    fn changed(&self, name: &str, old: &str, new: &str) -> String {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(old), "{old} is not in {name}");
        text.replace(old, new)
    }

    /// As simple programs do.
    #[track_caller]
    fn write(&self, name: &str, old: &str, new: &str) {
        fs::write(self.path(name), self.changed(name, old, new)).unwrap();
    }

    /// As careful editors do: a new file takes the old one's place.
    #[track_caller]
    fn replace(&self, name: &str, old: &str, new: &str) {
        let text = self.changed(name, old, new);
        let unfinished = self.folder().join(format!(".{name}.new"));
        fs::write(&unfinished, text).unwrap();
        fs::rename(unfinished, self.path(name)).unwrap();
    }

    /// As vim does: the old file becomes the backup, a new one is written, the backup goes.
    #[track_caller]
    fn back_up_and_write(&self, name: &str, old: &str, new: &str) {
        let text = self.changed(name, old, new);
        let backup = self.folder().join(format!("{name}~"));
        fs::rename(self.path(name), &backup).unwrap();
        fs::write(self.path(name), text).unwrap();
        fs::remove_file(backup).unwrap();
    }

    #[track_caller]
    fn delete_and_create(&self, name: &str, old: &str, new: &str) {
        let text = self.changed(name, old, new);
        fs::remove_file(self.path(name)).unwrap();
        fs::write(self.path(name), text).unwrap();
    }
}

#[test]
fn edits_are_seen_however_they_are_written() {
    let edited = Edited::new();
    let mut terminal = edited.start();
    edited.replace("screens.toml", "A few questions", "Some questions");
    terminal.expect("Some questions");
    edited.write("screens.toml", "Some questions", "Two questions");
    terminal.expect("Two questions");
    edited.back_up_and_write("screens.toml", "Two questions", "Three questions");
    terminal.expect("Three questions");
    edited.delete_and_create("screens.toml", "Three questions", "Four questions");
    terminal.expect("Four questions");
    // Several at once: none of them is good without the other.
    edited.write("guide.toml", "[[figure]]\nid = \"bulb\"", "[[figure]]\nid = \"lamp-bulb\"");
    edited.write("guide.toml", "plus = [\"price\", \"bulb\"]", "plus = [\"price\", \"lamp-bulb\"]");
    edited.write("told.toml", "{bulb}", "{lamp-bulb}");
    edited.write("screens.toml", "Four questions", "{lamp-bulb} and questions");
    terminal.expect("$5.00 and questions");
    terminal.press("?");
    terminal.expect("whenever one of its files changes");
    // What is open stays open.
    edited.write("guide.toml", "The lamp stays dark", "The lamp is dark");
    terminal.expect("The lamp is dark");
    terminal.expect("whenever one of its files changes");
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
    terminal.is_restored();
}

#[test]
fn a_broken_edit_is_told_and_the_guide_stays() {
    let edited = Edited::new();
    let mut terminal = edited.start();
    edited.write("advice.toml", "minutes = 10\nwait = \"days\"", "minuets = 10\nwait = \"days\"");
    terminal.expect("There is a fault in the edited files.");
    terminal.expect("The guide as it was is still in use.");
    terminal.expect("advice.toml:94:1");
    terminal.expect("did you mean `minutes`?");
    terminal.expect("edit broken");
    // Another fault takes its place, and both are told.
    edited.write("screens.toml", "kind = \"paste\"", "kind = \"pasted\"");
    terminal.expect("There are 2 faults");
    insta::assert_snapshot!("broken_edit", terminal.screen.screen().contents());
    terminal.press("\u{1b}");
    terminal.expect("A few questions");
    terminal.expect("edit broken");
    terminal.press("\r");
    terminal.expect("Does the lamp show a text?");
    edited.write("screens.toml", "kind = \"pasted\"", "kind = \"paste\"");
    terminal.expect("There is a fault");
    // Mending it closes what tells of it.
    edited.replace("advice.toml", "minuets", "minutes");
    terminal.expect("Does the lamp show a text?");
    terminal.expect_gone("edit broken");
    terminal.press("\u{3}");
    assert_eq!(terminal.leave(), 130);
    terminal.is_restored();
}

#[test]
fn a_folder_may_go_and_come_back() {
    let edited = Edited::new();
    let mut terminal = edited.start();
    let away = edited.root.path().join("away");
    fs::rename(edited.folder(), &away).unwrap();
    terminal.expect("The edited guide cannot be read: ");
    fs::rename(&away, edited.folder()).unwrap();
    terminal.expect("A few questions");
    terminal.expect_gone("edit broken");
    edited.write("screens.toml", "A few questions", "Some questions");
    terminal.expect("Some questions");
    // Deleted, and there again with all of its files.
    fs::remove_dir_all(edited.folder()).unwrap();
    terminal.expect("The edited guide cannot be read: ");
    edited.make(&edited.folder());
    terminal.expect("A few questions");
    edited.replace("screens.toml", "A few questions", "Two questions");
    terminal.expect("Two questions");
    // Another folder in its place, at once.
    let other = edited.root.path().join("other");
    edited.make(&other);
    fs::rename(edited.folder(), &away).unwrap();
    fs::rename(&other, edited.folder()).unwrap();
    terminal.expect("A few questions");
    edited.write("screens.toml", "A few questions", "New questions");
    terminal.expect("New questions");
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
    terminal.is_restored();
}

#[test]
fn a_link_may_lead_elsewhere() {
    let edited = Edited::new();
    let other = edited.root.path().join("other");
    edited.make(&other);
    let link = edited.root.path().join("link");
    std::os::unix::fs::symlink(edited.folder(), &link).unwrap();
    let mut terminal = Terminal::start(&["--lang", "en", "--watch", "--guide", &link.display().to_string()]);
    terminal.expect("A few questions");
    edited.write("screens.toml", "A few questions", "Some questions");
    terminal.expect("Some questions");
    let new = edited.root.path().join("new");
    std::os::unix::fs::symlink(&other, &new).unwrap();
    fs::rename(&new, &link).unwrap();
    terminal.expect("A few questions");
    fs::write(other.join("screens.toml"), edited.changed("screens.toml", "Some questions", "Other questions")).unwrap();
    terminal.expect("Other questions");
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn what_was_given_stays() {
    let edited = Edited::new();
    let mut terminal = edited.start();
    terminal.press("\r");
    terminal.expect("Does the lamp show a text?");
    terminal.press("half typed");
    terminal.expect("half typed");
    terminal.press("\u{1b}[D\u{1b}[D");
    edited.write("screens.toml", "Does the lamp show a text?", "Is there a text on it?");
    terminal.expect("Is there a text on it?");
    // The cursor in the field stays as well.
    terminal.press("-");
    terminal.expect("half typ-ed");
    terminal.press("\r");
    terminal.expect("Is there power in the house?");
    // Another question before this one changes its number, not the place.
    let question = "[[screen]]\nid = \"new\"\nkind = \"choice\"\nask = \"ask\"\nchoice = [{ id = \"new\", label = \"new\" }]\nshort = \"new\"\n\n[[screen]]\nid = \"hello\"";
    edited.replace("screens.toml", "[[screen]]\nid = \"hello\"", question);
    edited.write("screens.toml", "Is there power in the house?", "Does the house have power?");
    terminal.expect("Does the house have power?");
    terminal.press("\r");
    // What is new and comes before is asked first.
    terminal.expect("❯ new");
    terminal.press("\r");
    terminal.expect("Where is the lamp?");
    terminal.press("gard");
    terminal.expect("Garden");
    edited.write("screens.toml", "Where is the lamp?", "In which room?");
    terminal.expect("In which room?");
    terminal.expect("gard");
    terminal.press("\r");
    terminal.expect("Look at the lamp in Garden:");
    terminal.press("yn");
    terminal.expect("[no]");
    edited.write("screens.toml", "Look at the lamp in", "How is the lamp in");
    terminal.expect("How is the lamp in Garden:");
    terminal.expect("[no]");
    // The answer that it takes away is told, once, and comes back with it.
    edited.write("screens.toml", "id = \"yes\"\nlabel.en = \"Yes\"", "id = \"there-is\"\nlabel.en = \"Yes\"");
    edited.write("advice.toml", "answers = { power = \"yes\" }", "answers = { power = \"there-is\" }");
    edited.write("told.toml", "power = \"yes\"", "power = \"there-is\"");
    terminal.expect("`yes` of `power`");
    terminal.expect_gone("Power");
    terminal.expect("How is the lamp in Garden:");
    edited.write("advice.toml", "answers = { power = \"there-is\" }", "answers = { power = \"yes\" }");
    edited.write("told.toml", "power = \"there-is\"", "power = \"yes\"");
    edited.write("screens.toml", "id = \"there-is\"", "id = \"yes\"");
    terminal.expect("Power");
    terminal.expect_gone("`yes` of `power`");
    terminal.expect("[no]");
    terminal.press("\r");
    terminal.expect("What does a new lamp cost?");
    terminal.press("\r");
    terminal.expect("How much have you got?");
    terminal.press("7\r");
    terminal.expect("Before you pay again");
    // The list: something tried, a fix open, the other language.
    terminal.press("\r");
    terminal.expect("Buy a bulb of the");
    edited.write("advice.toml", "Buy a bulb of the", "Look for a bulb of the");
    terminal.expect("Look for a bulb of the");
    terminal.press(" 2");
    terminal.expect("Already tried");
    terminal.press("g");
    terminal.expect("已经试过");
    edited.write("guide.toml", "灯不亮", "灯不亮了");
    terminal.expect("灯不亮了");
    terminal.expect("已经试过");
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
    terminal.is_restored();
}

#[test]
fn an_offered_session_is_read_again_as_well() {
    let edited = Edited::new();
    let state = tempfile::tempdir().unwrap();
    let folder = edited.folder().display().to_string();
    let args = ["--lang", "en", "--watch", "--guide", &folder];
    let mut terminal = Terminal::start_in(&args, state.path());
    terminal.expect("A few questions");
    terminal.press("\r");
    terminal.expect("Does the lamp show a text?");
    terminal.press("\r");
    terminal.expect("Is there power");
    terminal.press("\r");
    terminal.expect("Where is the lamp?");
    terminal.press("\u{3}");
    terminal.leave();
    let mut terminal = Terminal::start_in(&args, state.path());
    terminal.expect("Next question: Where is the lamp?");
    edited.write("screens.toml", "Where is the lamp?", "In which room?");
    terminal.expect("Next question: In which room?");
    terminal.press("\r");
    terminal.expect("Type a part of the name");
    edited.write("screens.toml", "In which room?", "Which room?");
    terminal.expect("Which room?");
    terminal.expect("Power");
    terminal.press("\u{3}");
    terminal.leave();
}

/// The figure stands in the notes of a release build; here it only must not take for ever.
#[test]
fn an_edit_is_shown_soon() {
    const TIMES: usize = 20;
    let edited = Edited::new();
    let mut terminal = edited.start();
    let mut before = "A few questions".to_owned();
    let mut took: Vec<Duration> = (0..TIMES)
        .map(|number| {
            let now = format!("Edit {number}, questions");
            let text = edited.changed("screens.toml", &before, &now);
            let unfinished = edited.folder().join("unfinished");
            fs::write(&unfinished, text).unwrap();
            let begun = Instant::now();
            fs::rename(unfinished, edited.path("screens.toml")).unwrap();
            terminal.expect(&now);
            before = now;
            begun.elapsed()
        })
        .collect();
    took.sort();
    let median = took[TIMES / 2];
    println!("from the edit to the screen: median {median:?}, slowest {:?}", took[TIMES - 1]);
    assert!(median < Duration::from_secs(2), "{took:?}");
    terminal.press("q");
    terminal.leave();
}

#[test]
fn only_the_full_screen_watches() {
    let guide = lamp();
    for with in ["--plain", "--print"] {
        let ran = Run::new(&["--guide", &guide, "--watch", with]).run();
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        let said = format!("error: the argument '--watch' cannot be used with '{with}'\n");
        assert!(ran.stderr.starts_with(&said), "{}", ran.stderr);
    }
    let ran = Run::new(&["--watch"]).run();
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("--guide <DIR>"), "{}", ran.stderr);
    Run::new(&["--guide", &guide, "--watch"])
        .run()
        .fails("declined: --watch needs a terminal that the wizard can fill; line by line, nothing is read again\n");
}

//! What is taken along from the list, in a real pseudo-terminal: a file, a copy, a letter.

use std::fs;

use crate::pty::{Terminal, walk};

/// The list of somebody whose bank asks "was this you?", in a folder of its own.
fn at_the_list(folder: &std::path::Path) -> Terminal {
    let mut terminal = Terminal::start_in(&["--lang", "en", "--today", "2026-11-22", "--no-save"], folder);
    walk(&mut terminal);
    terminal
}

#[test]
fn the_list_goes_to_a_file_and_over_another_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.md"), "mine").unwrap();
    let mut terminal = at_the_list(folder.path());
    terminal.press("e");
    terminal.expect("❯ declined-2026-11-22.html");
    terminal.press("\r");
    terminal.expect("Saved as: declined-2026-11-22.html");
    let page = fs::read_to_string(folder.path().join("declined-2026-11-22.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"), "{page}");

    terminal.press("e");
    terminal.expect("❯ declined-2026-11-22.html");
    terminal.press("\u{15}nowhere/list.md\r");
    terminal.expect("The folder does not exist");
    terminal.press("\u{15}mine.md\r");
    terminal.expect("There is a file of this name already");
    assert_eq!(fs::read_to_string(folder.path().join("mine.md")).unwrap(), "mine");
    terminal.press("\r");
    terminal.expect("Saved as: mine.md");
    assert!(fs::read_to_string(folder.path().join("mine.md")).unwrap().contains("- [ ]"));
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
    terminal.is_restored();
}

#[test]
fn a_copy_is_sent_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = at_the_list(folder.path());
    terminal.press("y");
    terminal.expect("Sent to your terminal's clipboard");
    assert!(terminal.has_sent("\u{1b}]52;c;"), "the terminal is asked to copy");
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
    terminal.is_restored();
}

#[test]
fn a_letter_is_filled_in_and_saved_without_what_is_secret() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = at_the_list(folder.path());
    terminal.press("l");
    terminal.expect("Letters to send");
    terminal.press("\r");
    terminal.expect("[last four digits: ____]");
    terminal.press("\r");
    terminal.expect("1 of ");
    // A whole card number, of a kind that no bank gives out.
    terminal.press("4242 4242 4242 4242\r");
    terminal.expect("2 of ");
    terminal.press("Sunday evening\r");
    terminal.expect("3 of ");
    terminal.press("\u{1b}");
    terminal.expect("Sunday evening");
    terminal.press("e");
    terminal.expect("❯ declined-2026-11-22-");
    terminal.press("\u{15}letter.txt\r");
    terminal.expect("Saved as: letter.txt");
    let letter = fs::read_to_string(folder.path().join("letter.txt")).unwrap();
    assert!(letter.contains("Sunday evening") && !letter.contains("4242 4242"), "{letter}");
    terminal.press("q");
    assert_eq!(terminal.leave(), 0);
}

//! What is saved, gone on with, refused, listed and deleted.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use declined::clock::Clock;
use declined::content;
use declined::diagnostic::SourceFile;
use declined::guide::answer::{Mark, Tried};
use declined::guide::check::check;
use declined::guide::money::Month;
use declined::guide::{Guide, Kind};
use declined::report::Tongue;
use declined::saved::{Dropped, Offer, Saved, Value};
use declined::session::{Session, Store};
use declined::wizard::{At, Move, Wizard};
use proptest::prelude::*;
use tempfile::TempDir;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use crate::harness::{Ran, Run, fixture, lamp};

const TODAY: Month = Month { year: 2026, month: 11 };
const NOW: OffsetDateTime = datetime!(2026-11-22 12:00 +8);

/// The guide about a lamp, with one text put in another's place.
fn changed_lamp(changes: &[(&str, &str)]) -> Arc<Guide> {
    let files: Vec<SourceFile> = ["guide.toml", "screens.toml", "advice.toml", "told.toml"]
        .into_iter()
        .map(|name| {
            let mut text = fs::read_to_string(fixture("lamp").join(name)).unwrap();
            for (old, new) in changes {
                text = text.replace(old, new);
            }
            SourceFile { path: name.into(), text }
        })
        .collect();
    let (guide, findings) = check(&files);
    Arc::new(guide.unwrap_or_else(|| panic!("{findings:#?}")))
}

static LAMP: LazyLock<Arc<Guide>> = LazyLock::new(|| changed_lamp(&[]));
static SHIPPED: LazyLock<Arc<Guide>> = LazyLock::new(|| Arc::new(check(&content::built_in().files).0.unwrap()));

fn fresh(guide: &Arc<Guide>) -> Wizard {
    let mut wizard = Wizard::new(Arc::clone(guide), TODAY, BTreeMap::new());
    wizard.set_now(NOW);
    wizard
}

/// At the list of the lamp in the garden, with one thing tried.
fn in_the_garden() -> Wizard {
    let mut wizard = fresh(&LAMP);
    let garden = |wizard: &Wizard| {
        let At::Screen(screen) = wizard.at() else { panic!("the list comes early") };
        let Kind::List(list, _) = &wizard.guide().screens[screen].kind else { panic!("no list") };
        wizard.guide().lists[*list].entries.iter().position(|entry| entry.id == "garden").unwrap()
    };
    wizard.apply(Move::Next);
    wizard.apply(Move::Enter("panel says: E7".into()));
    while wizard.guide().screens[match wizard.at() {
        At::Screen(screen) => screen,
        _ => panic!("the list comes early"),
    }]
    .id != "room"
    {
        wizard.apply(Move::Choose(0));
    }
    let entry = garden(&wizard);
    wizard.apply(Move::Choose(entry));
    wizard.apply(Move::Mark(0, Mark::Fine));
    wizard.apply(Move::Mark(1, Mark::Problem));
    wizard.apply(Move::Next);
    wizard.apply(Move::Enter("12".into()));
    wizard.apply(Move::Enter("8".into()));
    assert_eq!(wizard.at(), At::List);
    let bulb = wizard.guide().fixes.iter().position(|fix| fix.id == "new-bulb").unwrap();
    wizard.apply(Move::Tell(bulb, Tried::Failed));
    wizard
}

/// A way on, by chance.
fn some_move(wizard: &Wizard, dice: (u8, u16)) -> Move {
    let (kind, number) = (dice.0, usize::from(dice.1));
    let guide = wizard.guide();
    let facts = wizard.facts();
    let how = [Tried::Failed, Tried::Unsure, Tried::Cannot, Tried::Worked][number % 4];
    match kind {
        0..=5 => return Move::Back,
        6..=11 => return Move::Edit(facts.route[number % facts.route.len()]),
        12..=17 => return Move::Tell(number / 4 % guide.fixes.len(), how),
        18..=20 if !facts.tried.is_empty() => return Move::Amend(number / 4 % facts.tried.len(), how),
        21..=23 if !facts.tried.is_empty() => return Move::Untell(number % facts.tried.len()),
        24 => return Move::Restart,
        25..=40 => return Move::NotSure,
        _ => {}
    }
    let At::Screen(screen) = wizard.at() else { return Move::Tell(number / 4 % guide.fixes.len(), how) };
    match &guide.screens[screen].kind {
        Kind::Note => Move::Next,
        Kind::Choice(choices) => Move::Choose(number % choices.len()),
        Kind::List(list, _) => Move::Choose(number % guide.lists[*list].entries.len()),
        Kind::Checklist(_) if kind % 3 == 0 => Move::Next,
        Kind::Checklist(items) => {
            let mark = [Mark::Fine, Mark::Problem, Mark::NotSure][number % 3];
            Move::Mark(number / 3 % items.len(), mark)
        }
        Kind::Amount { .. } => Move::Enter(format!("{}.{:02}", number / 7, number % 100)),
        Kind::Month { .. } => Move::Enter(format!("{}-{}", 1990 + number % 100, number % 12 + 1)),
        Kind::Paste if kind % 4 == 0 => Move::Enter(String::new()),
        Kind::Paste => {
            let signal = &guide.signals[number % guide.signals.len()];
            let told = signal.codes.first().or(signal.phrases.first()).cloned().unwrap_or_default();
            Move::Enter(format!("it says {told} and sk-FAKE0000000000000000000000"))
        }
    }
}

fn round_trip(guide: &Arc<Guide>, dice: &[(u8, u16)]) {
    let mut wizard = fresh(guide);
    let mut now = NOW;
    for dice in dice {
        now += Duration::milliseconds(61_001);
        wizard.set_now(now);
        let step = some_move(&wizard, *dice);
        wizard.apply(step);
        let saved = Saved::of(&wizard, "en", now);
        let bytes = serde_json::to_vec(&saved).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("it says"), "pasted text is not kept");
        let read = Saved::read(&bytes).unwrap();
        assert_eq!(read, saved);
        let (again, dropped) = read.replay(guide, TODAY, now);
        assert_eq!(dropped, []);
        assert_eq!(again.given(), wizard.given());
        assert_eq!(again.drafts(), wizard.drafts());
        assert_eq!((again.at(), again.edited_from()), (wizard.at(), wizard.edited_from()), "{saved:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_saved_comes_back(dice in proptest::collection::vec((0_u8..120, any::<u16>()), 1..40)) {
        round_trip(&LAMP, &dice);
        round_trip(&SHIPPED, &dice);
    }

    #[test]
    fn no_bytes_stop_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in 0_usize..2000) {
        let _ = Saved::read(&bytes);
        let whole = serde_json::to_vec(&Saved::of(&in_the_garden(), "en", NOW)).unwrap();
        let cut = cut.min(whole.len() - 1);
        prop_assert!(Saved::read(&whole[..cut]).is_err(), "a part is no session");
    }
}

/// Where the wizard is, by id.
fn at(wizard: &Wizard) -> &str {
    match wizard.at() {
        At::Screen(screen) => &wizard.guide().screens[screen].id,
        At::List => "fix-list",
        At::Solved => "solved",
    }
}

#[test]
fn a_guide_that_changed_drops_what_it_does_not_know() {
    // What changed, what is dropped, where it is gone on with.
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a [Dropped], &'a str);
    let saved = Saved::of(&in_the_garden(), "en", NOW);
    let screen = |id: &str| Dropped::Screen(id.into());
    let answer = |screen: &str, id: &str| Dropped::Answer(screen.into(), id.into());
    let cases: &[Case<'_>] = &[
        (&[], &[], "fix-list"),
        (&[("\"garden\"", "\"meadow\""), ("\"Garden\"", "\"Meadow\"")], &[answer("room", "garden")], "room"),
        (&[("\"yes\"", "\"there-is\"")], &[], "fix-list"),
        (&[("purse", "pocket")], &[screen("purse")], "pocket"),
        (&[("glass", "globe")], &[answer("look", "glass")], "bought"),
        (&[("\"error-seven\"", "\"error-eight\"")], &[answer("seen", "error-seven")], "power"),
        (&[("\"new-bulb\"", "\"other-bulb\"")], &[Dropped::Fix("new-bulb".into())], "fix-list"),
    ];
    for (changes, expected, place) in cases {
        let guide = changed_lamp(changes);
        let (wizard, dropped) = saved.replay(&guide, TODAY, NOW);
        assert_eq!((dropped.as_slice(), at(&wizard)), (*expected, *place), "{changes:?}");
    }
    // A new version asks what is new before the list; of the same one nothing is asked again.
    let new = "[[screen]]\nid = \"shade\"\nkind = \"month\"\nask = \"?\"\nshort = \"s\"\n[[screen.band]]\nid = \"b\"\n[[screen]]\nid = \"bought\"";
    let guide = changed_lamp(&[("[[screen]]\nid = \"bought\"", new), ("version = \"1\"", "version = \"2\"")]);
    let (wizard, dropped) = saved.replay(&guide, TODAY, NOW);
    assert_eq!((dropped.as_slice(), at(&wizard)), ([].as_slice(), "shade"));
}

#[test]
fn values_that_no_screen_takes_are_dropped() {
    let saved = Saved::of(&in_the_garden(), "en", NOW);
    let word = |text: &str| Value::Word(text.into());
    let cases = [
        ("price", word("99999999999")),
        ("price", word("-1")),
        ("price", Value::Items(BTreeMap::new())),
        ("price", Value::Unknown(serde_json::json!([1, {"a": null}]))),
        ("hello", word("yes")),
        ("seen", word("error-seven")),
        ("look", word("fine")),
        ("room", word("\u{1b}[31m")),
        ("no-such-screen", word("yes")),
    ];
    for (screen, value) in cases {
        let mut saved = saved.clone();
        saved.answers.insert(screen.into(), value.clone());
        let (wizard, dropped) = saved.replay(&LAMP, TODAY, NOW);
        assert_eq!(dropped.len(), 1, "{screen} {value:?}: {dropped:?}");
        let offer = Offer { wizard, dropped, saved: NOW, now: NOW };
        for language in 0..2 {
            let notice = offer.notice(Tongue::new(&LAMP, language)).unwrap();
            assert!(!notice.contains('\u{1b}') && notice.contains(screen), "{notice}");
        }
    }
    let mut saved = saved;
    saved.saved = datetime!(9999-12-31 23:59 UTC);
    let saved_then = Saved::read(&serde_json::to_vec(&saved).unwrap()).unwrap().saved;
    assert!(saved_then < NOW, "in another zone that is no time");
    saved.at = "nowhere".into();
    assert_eq!(at(&saved.replay(&LAMP, TODAY, NOW).0), "fix-list");
    saved.at = "solved".into();
    assert_eq!(at(&saved.replay(&LAMP, TODAY, NOW).0), "fix-list", "nothing worked");
}

// ---- the program

/// A folder of saved sessions, and the program with it.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn run(&self, args: &[&str], input: &str) -> Ran {
        let guide = lamp();
        let args = [&["--guide", &guide, "--today", "2026-11-22"], args].concat();
        Run::new(&args).state(self.folder.path()).input(input).run()
    }

    fn sessions(&self) -> PathBuf {
        self.folder.path().join("declined/sessions")
    }

    fn path(&self, id: &str) -> PathBuf {
        self.sessions().join(format!("{id}.json"))
    }

    fn read(&self, id: &str) -> Saved {
        Saved::read(&fs::read(self.path(id)).unwrap()).unwrap()
    }

    fn names(&self) -> Vec<String> {
        names(&self.sessions())
    }

    /// What the program prints, with the folder named STATE.
    fn told(&self, text: &str) -> String {
        text.replace(&self.folder.path().display().to_string(), "STATE").replace(&lamp(), "LAMP")
    }
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const TO_THE_PURSE: &str = "\n\n1\ngarden\ny\nn\n12\n";

#[test]
fn nothing_is_saved_before_the_first_answer() {
    let home = Home::new();
    for input in ["", "q\n", "\nq\n", "\n\nq\n", "\n\nb\nb\nf\nq\n"] {
        let ran = home.run(&[], input);
        assert_eq!((ran.stderr.as_str(), home.names()), ("", Vec::new()), "{input:?}");
    }
    let ran = home.run(&["--no-save"], TO_THE_PURSE);
    assert_eq!((ran.stderr.as_str(), home.names()), ("", Vec::new()));
    let ran = home.run(&["--print", "--keys", "<enter><enter><enter>"], "");
    assert_eq!((ran.status, home.names()), (Some(0), Vec::new()));
    let ran = home.run(&[], "\n\n1\nq\n");
    assert_eq!(ran.status, Some(0));
    assert_eq!(
        home.told(&ran.stderr),
        "Your answers are saved. To go on later: declined --guide LAMP --resume nov22\n"
    );
    assert_eq!(home.names(), ["nov22.json"]);
}

#[test]
fn the_file_holds_ids_and_no_text() {
    let home = Home::new();
    let input = "\npanel says: E7 for someone@example.com sk-FAKE00000000000000000000\n.\n1\ngarden\ny\nq\n";
    home.run(&["--answer", "price=3"], input);
    let text = fs::read_to_string(home.path("nov22")).unwrap();
    insta::assert_snapshot!("session_file", text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&home.path("nov22")), mode(&home.sessions())), (0o600, 0o700));
    }
}

#[test]
fn what_was_left_is_offered_and_gone_on_with() {
    let home = Home::new();
    home.run(&[], TO_THE_PURSE);
    let ran = home.run(&[], "3\n1\n8\n\n");
    assert_eq!(ran.status, Some(0));
    insta::assert_snapshot!("offer", home.told(&format!("{}{}", ran.stdout, ran.stderr)));
    let ran = home.run(&["--lang", "zh"], "g\n2\nq\n");
    insta::assert_snapshot!("offer_zh", home.told(&format!("{}{}", ran.stdout, ran.stderr)));
    assert_eq!(home.names(), ["nov22.json"]);
    // Begun anew, the old one stays.
    let before = fs::read(home.path("nov22")).unwrap();
    home.run(&[], "2\n\n\n2\n");
    assert_eq!((home.names().len(), fs::read(home.path("nov22")).unwrap()), (2, before));
    // In the language that it was left in.
    home.run(&["--new"], "g\n\n\n1\nq\n");
    assert!(home.run(&[], "").stdout.contains("欢迎回来"));
    assert!(home.run(&["--lang", "en"], "").stdout.contains("Welcome back"));
}

#[test]
fn it_is_offered_only_where_it_helps() {
    let home = Home::new();
    let offers = |args: &[&str]| home.run(args, "").stdout.contains("Welcome back");
    assert!(!offers(&[]));
    home.run(&[], TO_THE_PURSE);
    assert!(offers(&[]));
    for args in [&["--new"][..], &["--no-save"], &["--answer", "power=yes"], &["--error", "/dev/null"]] {
        assert!(!offers(args), "{args:?}");
    }
    let frame = home.run(&["--print"], "");
    assert!(!frame.succeeds().contains("Welcome back"));
    let guide = lamp();
    for (day, offered) in [("2027-02-20", true), ("2027-02-21", false)] {
        let ran = Run::new(&["--guide", &guide, "--today", day]).state(home.folder.path()).run();
        assert_eq!(ran.stdout.contains("Welcome back"), offered, "{day}");
    }
    // Another guide's.
    let ran = Run::new(&["--today", "2026-11-22"]).state(home.folder.path()).run();
    assert!(!ran.stdout.contains("Welcome back"));
    // Solved.
    let ran = home.run(&["--resume"], "8\n1\n1\n\n");
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    assert!(home.read("nov22").is_solved() && !offers(&[]));
}

#[test]
fn resume_names_the_session_or_says_that_there_is_none() {
    let home = Home::new();
    home.run(&["--resume"], "").fails("declined: no session of this guide is saved; `declined` begins one\n");
    home.run(&["--resume", "nov22"], "")
        .fails("declined: no session is saved as `nov22`; `declined sessions` lists them\n");
    home.run(&[], TO_THE_PURSE);
    home.run(&["--new"], "\n\n1\n");
    home.run(&["--resume", "nov23"], "").fails("declined: no session is saved as `nov23`; did you mean `nov22`?\n");
    assert!(home.run(&["--resume", "nov22"], "").stdout.starts_with("\nquestion 5 of about 5\n"));
    assert!(home.run(&["--resume"], "").stdout.starts_with("\nquestion 2 of about 4\n"));
    // Looked at and not changed.
    let ran = home.run(&["--resume", "nov22", "--no-save"], "9\nq\n");
    assert_eq!((ran.succeeds().is_empty(), home.read("nov22").at.as_str()), (false, "purse"));
    let ran = home.run(&["--resume", "nov22", "--print"], "");
    assert!(ran.succeeds().contains("How much have you got?"), "{}", ran.stdout);
    for other in [["--answer", "power=yes"], ["--error", "-"], ["--answers", "f"], ["--new", "--plain"]] {
        let ran = home.run(&[&["--resume", "nov22"][..], &other].concat(), "");
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{other:?}");
    }
}

#[test]
fn a_changed_guide_is_told() {
    let home = Home::new();
    home.run(&[], TO_THE_PURSE);
    let mut saved = home.read("nov22");
    saved.answers.insert("colour".into(), Value::Word("red".into()));
    saved.answers.insert("room".into(), Value::Word("attic".into()));
    fs::write(home.path("nov22"), serde_json::to_vec(&saved).unwrap()).unwrap();
    let ran = home.run(&["--resume"], "");
    let said = "The questions have changed since then. Left out, as it is not known any more: the answer of `colour`, `attic` of `room`.";
    assert_eq!(ran.stdout.lines().next(), Some(said));
    assert!(ran.stdout.contains("Where is the lamp?"), "{}", ran.stdout);
}

#[test]
fn commands_list_show_and_delete() {
    let home = Home::new();
    let ran = home.run(&["sessions"], "");
    assert_eq!(
        (ran.status, ran.stdout.as_str(), ran.stderr.as_str()),
        (Some(0), "", "declined: No session is saved.\n")
    );
    assert_eq!(
        home.run(&["sessions", "--format", "json"], "").succeeds(),
        "{\n  \"format\": 1,\n  \"sessions\": []\n}\n"
    );
    home.run(&[], TO_THE_PURSE);
    home.run(&["--new"], &format!("{TO_THE_PURSE}8\n1\n2\n1\n1\n\n"));
    let mut foreign = home.read("nov22");
    foreign.guide.id = "sink\u{1b}".into();
    foreign.saved -= Duration::days(1);
    fs::write(home.path("foreign"), serde_json::to_vec(&foreign).unwrap()).unwrap();
    insta::assert_snapshot!("sessions", home.run(&["sessions"], "").succeeds());
    insta::assert_snapshot!("sessions_zh", home.run(&["sessions", "--lang", "zh"], "").succeeds());
    fs::write(home.path("cut"), &fs::read(home.path("nov22")).unwrap()[..100]).unwrap();
    fs::create_dir(home.path("folder")).unwrap();
    let mut newer = home.read("nov22");
    newer.format = 2;
    fs::write(home.path("newer"), serde_json::to_vec(&newer).unwrap()).unwrap();
    let ran = home.run(&["sessions"], "");
    assert!(ran.succeeds().contains("\n         it is damaged (line 8, column 6)\n"), "{}", ran.stdout);
    let ran = home.run(&["sessions", "show", "nov22-2"], "");
    insta::assert_snapshot!("session_shown", home.told(ran.succeeds()));
    let ran = home.run(&["sessions", "show", "foreign"], "");
    insta::assert_snapshot!("session_shown_foreign", home.told(ran.succeeds()));
    let ran = home.run(&["sessions", "show", "cut"], "");
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        home.told(&ran.stderr),
        "declined: `cut` cannot be shown: it is damaged (line 8, column 6): STATE/declined/sessions/cut.json\n"
    );
    home.run(&["sessions", "show", "nov2"], "")
        .fails("declined: no session is saved as `nov2`; did you mean `nov22`?\n");
    let json: serde_json::Value =
        serde_json::from_str(home.run(&["sessions", "--format", "json"], "").succeeds()).unwrap();
    let all = json["sessions"].as_array().unwrap();
    let of = |id: &str| all.iter().find(|session| session["id"] == id).unwrap().clone();
    assert_eq!(all.len(), 6);
    assert_eq!(
        (of("nov22")["answers"].as_u64(), of("nov22")["at"].as_str(), of("nov22")["solved"].as_bool()),
        (Some(4), Some("purse"), Some(false))
    );
    assert_eq!((of("nov22-2")["tried"].as_u64(), of("nov22-2")["solved"].as_bool()), (Some(2), Some(true)));
    assert_eq!(of("newer")["unusable"], "a newer version of this program wrote it (format 2)");
    assert_eq!(of("folder")["unusable"], "it is no ordinary file");

    home.run(&["sessions", "delete", "nov22", "nov2"], "")
        .fails("declined: no session is saved as `nov2`; did you mean `nov22`?\n");
    assert_eq!(home.names().len(), 6, "a mistyped name deletes nothing");
    let ran = home.run(&["sessions", "delete", "cut", "folder", "cut"], "");
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), "declined: 2 sessions deleted\n"));
    home.run(&["sessions", "delete", "--all"], "y\n")
        .fails("declined: nothing is deleted without a terminal to ask at; --yes deletes all without asking\n");
    let ran = home.run(&["sessions", "delete", "--all", "--yes"], "");
    assert_eq!((ran.stderr.as_str(), home.names()), ("declined: 4 sessions deleted\n", Vec::new()));
    for args in [&["sessions", "delete"][..], &["sessions", "delete", "a", "--all"], &["sessions", "show"]] {
        assert_eq!(home.run(args, "").status, Some(2), "{args:?}");
    }
}

/// Whatever lies where a session should: the wizard says so in a line, begins anew, and leaves it alone.
#[test]
fn what_cannot_be_used_is_told_and_left_alone() {
    let whole = serde_json::to_string(&Saved::of(&in_the_garden(), "en", NOW)).unwrap();
    let deep = "[".repeat(100_000);
    let huge = " ".repeat(1024 * 1024 + 1);
    let cases: &[(&str, &str)] = &[
        ("", "it is damaged (line 1, column 0)"),
        ("\0\u{1b}[31mgarbage", "it is damaged (line 1, column 1)"),
        (&whole[..whole.len() / 2], "it is damaged (line 1, column 380)"),
        (&deep, "it is damaged (line 1, column 1)"),
        ("{\"format\": 1}", "it is damaged (line 1, column 13)"),
        ("{\"format\": 2, \"anything\": [1]}", "a newer version of this program wrote it (format 2)"),
        (&huge, "it is too large"),
    ];
    for (content, why) in cases {
        let home = Home::new();
        fs::create_dir_all(home.sessions()).unwrap();
        fs::write(home.path("nov22"), content).unwrap();
        let line =
            format!("A saved session cannot be used; {why}. It stays as it is: STATE/declined/sessions/nov22.json");
        for args in [&[][..], &["--resume"], &["--resume", "nov22"]] {
            let ran = home.run(args, "\n\n1\n");
            let said = home.told(&ran.stdout);
            // The halves of a session are not equally long under every version of the program.
            let is_said = said
                .lines()
                .next()
                .is_some_and(|said| said == line || (why.ends_with("380)") && said.contains("is damaged")));
            assert!(is_said && said.contains("A few questions about your lamp."), "{args:?} {why}: {said}");
            assert_eq!(fs::read_to_string(home.path("nov22")).unwrap(), *content, "{why}");
            assert_eq!(home.read("nov22-2").answers.len(), 3);
            fs::remove_file(home.path("nov22-2")).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn pipes_folders_and_links_are_not_opened() {
    for kind in ["pipe", "folder", "link"] {
        let home = Home::new();
        fs::create_dir_all(home.sessions()).unwrap();
        let path = home.path("nov22");
        match kind {
            "pipe" => assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success()),
            "folder" => fs::create_dir(&path).unwrap(),
            _ => std::os::unix::fs::symlink("/dev/zero", &path).unwrap(),
        }
        let ran = home.run(&["--resume", "nov22"], "\n\n1\n");
        assert!(ran.stdout.starts_with("A saved session cannot be used; it is no ordinary file. "), "{}", ran.stdout);
        assert_eq!(home.names(), ["nov22-2.json", "nov22.json"]);
        let ran = home.run(&["sessions", "delete", "nov22"], "");
        assert_eq!(ran.stderr, "declined: 1 session deleted\n", "{kind}");
    }
}

#[test]
fn where_nothing_can_be_saved_the_wizard_goes_on() {
    let home = Home::new();
    let file = home.folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    let ran = Run::new(&["--guide", &lamp()]).state(&file).input(format!("{TO_THE_PURSE}8\n\n")).run();
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(ran.stdout.matches("Your answers cannot be saved: ").count(), 1, "{}", ran.stdout);
    let said = ran.stdout.lines().find(|line| line.contains("cannot be saved")).unwrap();
    assert!(said.contains("(os error ") && said.contains("/file/declined/sessions. You can go on"), "{said}");
    assert!(ran.stdout.contains("What to do, in this order"));
    assert_eq!(fs::read_to_string(file).unwrap(), "in the way");
}

// ---- a run from within

fn session(store: &Store) -> Session {
    Session::new(Clock::Fixed(NOW), Some(store.clone()))
}

#[test]
fn trouble_is_told_once_and_so_is_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    fs::write(&state, "in the way").unwrap();
    let mut session = session(&Store::at(state.clone()));
    let tongue = Tongue::new(&LAMP, 0);
    let mut wizard = fresh(&LAMP);
    let mut step = |step: Move| {
        wizard.apply(step);
        session.keep(&wizard, tongue)
    };
    assert_eq!(step(Move::Next), None);
    assert_eq!(step(Move::Enter(String::new())), None);
    assert!(step(Move::Choose(0)).unwrap().starts_with("Your answers cannot be saved: "));
    assert_eq!(step(Move::Back), None, "told already");
    fs::remove_file(&state).unwrap();
    assert_eq!(step(Move::Choose(0)).as_deref(), Some("Saving works again: everything is saved."));
    assert_eq!(step(Move::Back), None);
    assert_eq!(session.id(), Some("nov22"));
    assert_eq!(names(&state), ["nov22.json"]);
}

/// The unfinished file has another name at every try; the trouble is the same.
#[cfg(target_os = "linux")]
#[test]
fn trouble_is_not_told_again_under_another_name() {
    let mut session = session(&Store::at("/proc".into()));
    let mut wizard = in_the_garden();
    let tongue = Tongue::new(&LAMP, 0);
    let said = session.keep(&wizard, tongue).unwrap();
    assert!(said.contains("/proc. You can go on") && !said.contains(".saving"), "{said}");
    wizard.apply(Move::Untell(0));
    assert_eq!(session.keep(&wizard, tongue), None);
    let left = session.leave(&wizard, tongue, 0);
    assert_eq!((left.notice, left.session), (None, None));
}

#[test]
fn two_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("sessions"));
    let tongue = Tongue::new(&LAMP, 0);
    let begin = || {
        let mut session = session(&store);
        let mut wizard = fresh(&LAMP);
        for step in [Move::Next, Move::Enter(String::new()), Move::Choose(0)] {
            wizard.apply(step);
            assert_eq!(session.keep(&wizard, tongue), None);
        }
        (session, wizard)
    };
    let (first, _) = begin();
    let (second, _) = begin();
    assert_eq!((first.id(), second.id()), (Some("nov22"), Some("nov22-2")), "each has its own");

    let go_on = || {
        let found = store.list().unwrap().into_iter().find(|found| found.id == "nov22").unwrap();
        let (wizard, dropped) = found.read.clone().unwrap().replay(&LAMP, TODAY, NOW);
        let mut session = session(&store);
        session.set_offer(Offer { wizard, dropped, saved: NOW, now: NOW }, found);
        let wizard = session.go_on().unwrap().wizard;
        (session, wizard)
    };
    let (mut one, mut its) = go_on();
    let (mut other, mut others) = go_on();
    its.apply(Move::Choose(0));
    assert_eq!(one.keep(&its, tongue), None);
    others.apply(Move::Choose(1));
    let said = other.keep(&others, tongue).unwrap();
    assert!(said.contains("both are kept") && said.contains("`nov22-3`"), "{said}");
    others.apply(Move::Back);
    assert_eq!(other.keep(&others, tongue), None, "told once");
    its.apply(Move::Back);
    assert_eq!((one.keep(&its, tongue), one.id()), (None, Some("nov22")));
    let answers = |id: &str| {
        let found = store.list().unwrap().into_iter().find(|found| found.id == id).unwrap();
        found.read.unwrap().answers["room"].clone()
    };
    assert_ne!(answers("nov22"), answers("nov22-3"));

    // Deleted elsewhere, while it is gone on with.
    fs::remove_file(folder.path().join("sessions/nov22-3.json")).unwrap();
    others.apply(Move::Choose(2));
    assert!(other.keep(&others, tongue).is_some());
    assert!(store.list().unwrap().iter().any(|found| Some(found.id.as_str()) == other.id()));
}

#[test]
fn a_file_that_may_not_be_written_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().to_owned());
    let path = folder.path().join("kept.json");
    fs::write(&path, serde_json::to_vec(&Saved::of(&in_the_garden(), "en", NOW)).unwrap()).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let before = fs::read(&path).unwrap();
    let found = store.list().unwrap().remove(0);
    let (wizard, dropped) = found.read.clone().unwrap().replay(&LAMP, TODAY, NOW);
    let mut session = session(&store);
    session.set_offer(Offer { wizard, dropped, saved: NOW, now: NOW }, found);
    let mut wizard = session.go_on().unwrap().wizard;
    wizard.apply(Move::Untell(0));
    assert!(session.keep(&wizard, Tongue::new(&LAMP, 0)).is_some());
    assert_eq!((fs::read(&path).unwrap(), session.id()), (before, Some("nov22")));
}

//! The machine as tables, on a guide that is nothing but its parts.

use super::*;
use crate::diagnostic::SourceFile;
use crate::guide::answer::OffRoute;
use crate::guide::check::check;

const GUIDE: &str = r#"
format = 1
id = "t"
version = "1"
languages = ["en"]
title = "T"
[[source]]
id = "s"
title = "S"
url = "https://s.example"
checked = 2026-01-01
kind = "official"
max_age_days = 9
[[figure]]
id = "two"
plus = ["amount", "amount"]
[[list]]
id = "towns"
source = "s"
[[list.entry]]
id = "rome"
name = "Rome"
tag = "south"
[[list.entry]]
id = "oslo"
name = "Oslo"
tag = "north"
[[screen]]
id = "note"
kind = "note"
ask = "Hello"
short = "n"
[[screen]]
id = "paste"
kind = "paste"
ask = "Paste"
short = "p"
[[screen]]
id = "first"
kind = "choice"
ask = "First?"
short = "f"
[[screen.choice]]
id = "on"
label = "on"
[[screen.choice]]
id = "skip"
label = "skip"
next = "town"
[[screen.choice]]
id = "end"
label = "end"
next = "fix-list"
[[screen]]
id = "list-of-two"
kind = "checklist"
ask = "Look"
short = "l"
[[screen.item]]
id = "a"
label = "a"
[[screen.item]]
id = "b"
label = "b"
[[screen]]
id = "bad"
kind = "choice"
ask = "Only if b is bad"
short = "b"
when = { list-of-two.b = "problem" }
[[screen.choice]]
id = "yes"
label = "yes"
[[screen]]
id = "town"
kind = "choice"
from = "towns"
ask = "Town?"
short = "t"
[[screen.tag]]
tag = "north"
next = "month"
[[screen]]
id = "amount"
kind = "amount"
default = 7
ask = "How much?"
short = "a"
when = { not = { first = "skip" } }
[[screen.band]]
id = "low"
below = 10
[[screen.band]]
id = "high"
next = "fix-list"
[[screen]]
id = "month"
kind = "month"
ask = "When?"
short = "m"
[[screen.band]]
id = "past"
below = 0
[[screen.band]]
id = "now"
[[cause]]
id = "other"
title = "Other"
how_common = "common"
basis = "guess"
explain = "?"
[[fix]]
id = "do-it"
title = "Do it"
who = "you"
minutes = 5
wait = "none"
works_for = { other = "often" }
steps = ["do"]
sources = ["s"]
reviewed = 2026-01-01
[[signal]]
id = "says-on"
phrases = ["turned on"]
means = "on"
who = ["you"]
retry = "no"
next = "n"
rank = 2
answers = { first = "on" }
sources = ["s"]
[[signal]]
id = "says-end"
phrases = ["all over"]
means = "end"
who = ["you"]
retry = "no"
next = "n"
rank = 2
answers = { first = "end" }
sources = ["s"]
[[signal]]
id = "decides"
phrases = ["really over"]
means = "end"
who = ["you"]
retry = "no"
next = "n"
rank = 1
answers = { first = "end" }
sources = ["s"]
"#;

fn guide() -> Arc<Guide> {
    let (guide, findings) = check(&[SourceFile { path: "t".into(), text: GUIDE.into() }]);
    Arc::new(guide.unwrap_or_else(|| panic!("{findings:#?}")))
}

const TODAY: Month = Month { year: 2026, month: 11 };

fn start() -> Wizard {
    Wizard::new(guide(), TODAY, BTreeMap::new())
}

fn at(wizard: &Wizard) -> &str {
    match wizard.at() {
        At::Screen(screen) => &wizard.guide.screens[screen].id,
        At::List => "LIST",
        At::Solved => "SOLVED",
    }
}

fn enter(text: &str) -> Move {
    Move::Enter(text.into())
}

/// Moves, and the screen that each leads to; `=` where it stays.
#[test]
fn ways() {
    use Move::{Back, Choose, Mark as M, Next, NotSure};
    let fine = Mark::Fine;
    let cases: Vec<(&str, Vec<(Move, &str)>)> = vec![
        (
            "straight on",
            vec![
                (Next, "paste"),
                (enter(""), "first"),
                (Choose(0), "list-of-two"),
                (M(0, fine), "="),
                (Next, "town"),
                (Choose(0), "amount"),
                (enter("9.99"), "month"),
                (enter("11/26"), "LIST"),
                (Next, "="),
            ],
        ),
        ("a jump over screens", vec![(Next, "paste"), (enter(""), "first"), (Choose(1), "town")]),
        (
            "passed over after a jump",
            vec![(Next, "paste"), (enter(""), "first"), (Choose(1), "town"), (Choose(0), "month")],
        ),
        ("a jump to the end", vec![(Next, "paste"), (enter(""), "first"), (Choose(2), "LIST")]),
        (
            "a tag's jump",
            vec![(Next, "paste"), (enter(""), "first"), (NotSure, "list-of-two"), (Next, "town"), (Choose(1), "month")],
        ),
        (
            "a screen that only a problem brings",
            vec![
                (Next, "paste"),
                (enter(""), "first"),
                (Choose(0), "list-of-two"),
                (M(1, Mark::Problem), "="),
                (Next, "bad"),
                (NotSure, "town"),
            ],
        ),
        (
            "a band's jump, and wrong entries that lead nowhere",
            vec![
                (Next, "paste"),
                (enter(""), "first"),
                (Choose(9), "="),
                (enter("on"), "="),
                (Choose(0), "list-of-two"),
                (Choose(0), "="),
                (NotSure, "="),
                (Next, "town"),
                (Choose(7), "="),
                (NotSure, "amount"),
                (enter("ten"), "="),
                (enter(""), "="),
                (Back, "town"),
                (NotSure, "amount"),
                (enter("10"), "LIST"),
            ],
        ),
        ("nothing before the start", vec![(Back, "=")]),
        (
            "back loses nothing, and what is open comes next",
            vec![
                (Next, "paste"),
                (enter(""), "first"),
                (Choose(0), "list-of-two"),
                (Back, "first"),
                (Back, "paste"),
                (Back, "note"),
                (Next, "list-of-two"),
            ],
        ),
        (
            "what the text settles is not asked",
            vec![(Next, "paste"), (enter("It is turned on."), "list-of-two"), (Back, "paste")],
        ),
        (
            "nothing new is pasted, so what was found stays",
            vec![
                (Next, "paste"),
                (enter("It is turned on."), "list-of-two"),
                (Back, "paste"),
                (enter(" "), "list-of-two"),
            ],
        ),
        ("two signals that disagree settle nothing", vec![(Next, "paste"), (enter("turned on, all over"), "first")]),
        ("the decisive one wins", vec![(Next, "paste"), (enter("turned on, really over"), "LIST"), (Back, "paste")]),
    ];
    for (name, moves) in cases {
        let mut wizard = start();
        assert_eq!(at(&wizard), "note");
        for (step, expected) in moves {
            let before = at(&wizard).to_owned();
            let outcome = wizard.apply(step.clone());
            let expected = if expected == "=" { before.as_str() } else { expected };
            assert_eq!(at(&wizard), expected, "{name}: {step:?} gives {outcome:?}");
        }
    }
}

#[test]
fn a_changed_answer_keeps_the_others_and_says_what_no_longer_counts() {
    let mut wizard = start();
    for step in [Move::Next, enter(""), Move::Choose(0), Move::Next, Move::Choose(0), enter("5"), enter("11/26")] {
        wizard.apply(step);
    }
    assert_eq!(wizard.at(), At::List);
    let id = |id: &str| wizard.guide.screen(id).unwrap();
    let (first, list, town, amount) = (id("first"), id("list-of-two"), id("town"), id("amount"));
    wizard.apply(Move::Edit(first));
    // "skip" leads past the checklist, and takes the amount off the route.
    assert_eq!(wizard.apply(Move::Choose(1)), Outcome::Finished { dropped: vec![list, amount] });
    let facts = wizard.facts();
    assert_eq!(facts.answer(town), Some(&Answer::Entry(0)));
    assert_eq!(facts.ignored, [(list, OffRoute::Jumped), (amount, OffRoute::When)]);
    assert_eq!(wizard.apply(Move::Edit(list)), Outcome::Stayed(Stay::NotHere));
    // Gone to and thought better of: back leads to where it began.
    wizard.apply(Move::Edit(town));
    assert!(matches!(wizard.apply(Move::Back), Outcome::Finished { .. }));
    // Back to what it was: everything counts again, nothing is asked anew.
    wizard.apply(Move::Edit(first));
    assert_eq!(wizard.apply(Move::Choose(0)), Outcome::Finished { dropped: Vec::new() });
    assert_eq!(wizard.facts().answer(amount), Some(&Answer::Amount(Cents(500))));
}

#[test]
fn the_person_wins_over_flags_and_flags_over_signals() {
    let guide = guide();
    let first = guide.screen("first").unwrap();
    let flags = flags(&guide, Some("turned on"), None, &["first=end".into()]).unwrap();
    let mut wizard = Wizard::new(Arc::clone(&guide), TODAY, flags);
    assert_eq!(at(&wizard), "note");
    wizard.apply(Move::Next);
    assert_eq!(at(&wizard), "LIST");
    assert_eq!(wizard.facts().by(first), Some(By::Flag));
    wizard.apply(Move::Edit(first));
    wizard.apply(Move::Choose(0));
    assert_eq!((at(&wizard), wizard.facts().by(first)), ("list-of-two", Some(By::Person)));
}

/// What no answer was given to is asked, also if it stands before the answer that was changed.
#[test]
fn nothing_is_skipped_behind_a_changed_flag() {
    let guide = guide();
    let flags = flags(&guide, None, None, &["town=rome".into()]).unwrap();
    let mut wizard = Wizard::new(Arc::clone(&guide), TODAY, flags);
    for step in [Move::Next, enter(""), Move::Edit(guide.screen("town").unwrap()), Move::Choose(1)] {
        wizard.apply(step);
    }
    assert_eq!(at(&wizard), "first");
}

#[test]
fn a_default_counts_until_it_is_answered() {
    let mut wizard = start();
    let two = wizard.guide.figures.iter().position(|figure| figure.id == "two").unwrap();
    assert_eq!(wizard.facts().figure(two), Some(Cents(1400)));
    for step in [Move::Next, enter(""), Move::Choose(0), Move::Next, Move::Choose(0), enter("2.25")] {
        wizard.apply(step);
    }
    assert_eq!(wizard.facts().figure(two), Some(Cents(450)));
}

#[test]
fn months_count_from_today() {
    let mut wizard = start();
    for step in [Move::Next, enter(""), Move::Choose(0), Move::Next, Move::Choose(1), enter("10/26")] {
        wizard.apply(step);
    }
    let month = wizard.guide.screen("month").unwrap();
    assert_eq!(wizard.facts().band(month), Some(0));
    wizard.apply(Move::Edit(month));
    wizard.apply(enter("2026-11"));
    assert_eq!(wizard.facts().band(month), Some(1));
}

#[test]
fn marks_of_a_checklist_survive_going_back() {
    let mut wizard = start();
    let list = wizard.guide.screen("list-of-two").unwrap();
    for step in [Move::Next, enter(""), Move::Choose(0), Move::Mark(1, Mark::Problem), Move::Back] {
        wizard.apply(step);
    }
    assert_eq!(at(&wizard), "first");
    assert_eq!(wizard.facts().answer(list), None, "what is not done does not count");
    wizard.apply(Move::Choose(0));
    assert_eq!((at(&wizard), wizard.marks(list)), ("list-of-two", vec![Mark::NotSure, Mark::Problem]));
}

proptest::proptest! {
    /// Whatever is pressed, the machine answers, and the same moves lead to the same place.
    #[test]
    fn any_moves(steps in proptest::collection::vec((0_u8..9, 0_usize..6), 0..60)) {
        let play = || {
            let mut wizard = start();
            for (kind, number) in &steps {
                wizard.apply(match kind {
                    0 | 1 => Move::Choose(*number),
                    2 => Move::NotSure,
                    3 => Move::Mark(*number, Mark::Problem),
                    4 => enter(&number.to_string()),
                    5 => Move::Next,
                    6 => Move::Back,
                    7 => Move::Edit(*number),
                    _ => enter("11/26"),
                });
                let (number, about) = wizard.progress();
                assert!(number <= about, "{number} of {about}");
            }
            (wizard.at(), wizard.given.clone())
        };
        let (here, given) = play();
        proptest::prop_assert_eq!((here, given), play());
    }
}

/// What was tried, told and told anew: where each move leads, and what is taken down then.
#[test]
fn telling() {
    use Tried::{Cannot, Failed, Unsure, Worked};
    let mut wizard = start();
    let told = |wizard: &Wizard| wizard.facts().tried.iter().map(|tried| tried.how).collect::<Vec<_>>();
    let steps: &[(Move, Outcome, &str, &[Tried])] = &[
        // Looked at before the end, the list can be told of as well.
        (Move::Tell(0, Unsure), Outcome::Told, "note", &[Unsure]),
        (Move::Tell(0, Failed), Outcome::Told, "note", &[Unsure, Failed]),
        (Move::Tell(9, Failed), Outcome::Stayed(Stay::NotHere), "note", &[Unsure, Failed]),
        (Move::Amend(0, Cannot), Outcome::Told, "note", &[Cannot, Failed]),
        (Move::Amend(2, Cannot), Outcome::Stayed(Stay::NotHere), "note", &[Cannot, Failed]),
        (Move::Untell(1), Outcome::Told, "note", &[Cannot]),
        (Move::Untell(1), Outcome::Stayed(Stay::NotHere), "note", &[Cannot]),
        (Move::Tell(0, Worked), Outcome::Solved, "SOLVED", &[Cannot, Worked]),
        (Move::Next, Outcome::Stayed(Stay::NotHere), "SOLVED", &[Cannot, Worked]),
        (Move::Back, Outcome::Moved { dropped: vec![] }, "note", &[Cannot, Worked]),
        (Move::Amend(1, Worked), Outcome::Solved, "SOLVED", &[Cannot, Worked]),
        (Move::Untell(1), Outcome::Told, "note", &[Cannot]),
        (Move::Restart, Outcome::Moved { dropped: vec![] }, "note", &[]),
    ];
    for (step, outcome, place, tried) in steps {
        let before = wizard.revision();
        assert_eq!(wizard.apply(step.clone()), *outcome, "{step:?}");
        assert_eq!((at(&wizard), told(&wizard)), (*place, tried.to_vec()), "{step:?}");
        assert_eq!(wizard.revision() != before, !matches!(outcome, Outcome::Stayed(_)), "{step:?}");
    }
}

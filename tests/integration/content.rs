//! The shipped guide: clean, and every way through it ends soon and somewhere sensible.

use std::collections::BTreeSet;

use declined::diagnosis::Diagnosis;
use declined::diagnostic::SourceFile;
use declined::guide::answer::{Answer, Facts, Given, Mark, Pasted, Tried};
use declined::guide::money::{Cents, Month};
use declined::guide::{Guide, Kind, ScreenIx};
use declined::report::{Report, Tongue};
use declined::{attempts, content, guide, scenario};

pub const TODAY: Month = Month { year: 2026, month: 11 };
/// The longest route asks so many questions.
const MOST_QUESTIONS: usize = 9;

pub fn shipped() -> Guide {
    let content::Files { files, findings } = content::built_in();
    assert!(findings.is_empty());
    let (guide, findings) = guide::check::check(&files);
    assert!(findings.is_empty(), "{}", declined::diagnostic::render(&findings, &files, false));
    guide.expect("a guide without findings is used")
}

#[test]
fn without_its_tests_it_is_the_same_guide() {
    let whole = shipped();
    let (without, findings) = guide::check::check(&content::built_in_without_tests().files);
    assert!(findings.is_empty());
    assert!(!whole.scenarios.is_empty());
    let whole = Guide { scenarios: Vec::new(), ..whole };
    assert_eq!(format!("{:?}", without.unwrap()), format!("{whole:?}"));
}

/// A small generator of its own: the same walks on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }
}

fn some_answer(guide: &Guide, screen: ScreenIx, dice: &mut Dice) -> Answer {
    let asked = &guide.screens[screen];
    if asked.not_sure && dice.below(6) == 0 {
        if let Kind::Checklist(items) = &asked.kind {
            return Answer::Items(vec![Mark::NotSure; items.len()]);
        }
        return Answer::NotSure;
    }
    match &asked.kind {
        Kind::Choice(choices) => Answer::Choice(dice.below(choices.len())),
        Kind::List(list, tags) => {
            // Each tag as often as every other, however many entries it has.
            let tag = &tags[dice.below(tags.len())].tag;
            let entries = &guide.lists[*list].entries;
            let fitting: Vec<usize> = (0..entries.len()).filter(|&ix| entries[ix].tag == *tag).collect();
            Answer::Entry(fitting[dice.below(fitting.len())])
        }
        Kind::Checklist(items) => {
            let odd = dice.below(items.len() + 1);
            Answer::Items((0..items.len()).map(|ix| if ix == odd { Mark::Problem } else { Mark::Fine }).collect())
        }
        Kind::Amount { .. } => Answer::Amount(Cents([500, 1000, 1200, 1600, 2420, 9900][dice.below(6)])),
        Kind::Month { .. } => Answer::Month(TODAY),
        Kind::Note => Answer::Seen,
        Kind::Paste => Answer::Paste(Pasted::default()),
    }
}

pub fn walk(guide: &Guide, dice: &mut Dice, signal: Option<usize>) -> Given {
    let mut given = Given::default();
    if let (Some(signal), Some(paste)) = (signal, guide.paste_screen()) {
        let pasted = Pasted { signals: vec![signal], any_text: true, secret: false };
        given.person.insert(paste, Answer::Paste(pasted));
    }
    loop {
        let Some(next) = Facts::new(guide, &given, TODAY).next_question() else { return given };
        given.person.insert(next, some_answer(guide, next, dice));
    }
}

#[test]
fn every_way_ends_soon_with_a_list_and_the_guidance() {
    let guide = shipped();
    let mut dice = Dice(7);
    let mut tops: BTreeSet<&str> = BTreeSet::new();
    let mut firsts: BTreeSet<&str> = BTreeSet::new();
    for round in 0..3000 {
        let signal = (round % 3 == 0).then(|| dice.below(guide.signals.len()));
        let given = walk(&guide, &mut dice, signal);
        let facts = Facts::new(&guide, &given, TODAY);
        let asked = facts.answers().filter(|(screen, ..)| guide.screens[*screen].is_question()).count();
        let told =
            || -> Vec<String> { facts.answers().map(|(s, a, _)| format!("{}: {a:?}", guide.screens[s].id)).collect() };
        assert!(asked <= MOST_QUESTIONS, "{asked} questions: {:?}", told());
        let diagnosis = Diagnosis::new(&facts);
        tops.insert(&guide.causes[diagnosis.causes[0].cause].id);
        assert!(!diagnosis.fixes.is_empty(), "an empty list: {:?}", told());
        firsts.insert(&guide.fixes[diagnosis.fixes[0].fix].id);
        for language in 0..guide.languages.len() {
            let report = Report::new(&facts, &diagnosis, Tongue::new(&guide, language));
            let last = report.reminders.iter().any(|remark| guide.reminders[remark.ix].id == "auto-recharge");
            assert!(last, "no auto-recharge guidance: {:?}", told());
            for card in &report.fixes {
                assert!(!card.steps.is_empty(), "{} has no steps for {:?}", guide.fixes[card.fix].id, told());
                assert!(!card.title.is_empty());
            }
        }
        // Money that is missing is only named where it is known to be missing.
        let text = declined::export::text(&facts, &Report::new(&facts, &diagnosis, Tongue::new(&guide, 0)), false);
        assert!(!text.contains("add $0.00"), "{text}");
    }
    // That a way leads to each is held by the scenarios; here that no few of them take all.
    assert!(tops.len() > 40, "few causes ever lead: {tops:?}");
    assert!(firsts.len() > 20, "few fixes ever come first: {firsts:?}");
}

/// What anybody did, written out as a scenario, is one that passes: it says what came out.
#[test]
fn any_way_can_be_written_out_as_a_scenario() {
    let guide = shipped();
    let files = content::built_in_without_tests().files;
    let mut dice = Dice(11);
    let mut texts = String::new();
    for round in 0..200 {
        let signal = (round % 3 == 0).then(|| dice.below(guide.signals.len()));
        let mut given = walk(&guide, &mut dice, signal);
        for how in [Tried::Failed, Tried::Unsure, Tried::Cannot].into_iter().take(round % 4) {
            let listed = Diagnosis::new(&Facts::new(&guide, &given, TODAY)).fixes;
            if let Some(first) = listed.first() {
                attempts::tell(&guide, &mut given, TODAY, first.fix, how);
            }
        }
        let text = scenario::written(&Facts::new(&guide, &given, TODAY));
        texts += &text.replace("id = \"of-somebody\"", &format!("id = \"way-{round}\""));
    }
    let written = SourceFile { path: "written.toml".into(), text: texts };
    let all: Vec<SourceFile> = files.into_iter().chain([written]).collect();
    let (with, findings) = guide::check::check(&all);
    let with = with.unwrap_or_else(|| panic!("{}", declined::diagnostic::render(&findings, &all, false)));
    assert_eq!(with.scenarios.len(), 200);
    for scenario in &with.scenarios {
        assert_eq!(scenario::run(&with, scenario), [], "{}", scenario.id);
    }
}

#[test]
fn the_engine_counts_like_the_interview() {
    // Total on the form, what the card can spend, whether the hold is taken off already; what is said.
    let guide = shipped();
    let cases = [
        ("10.00", "12.00", "no", "add $3.00"),
        ("24.20", "26.00", "no", "add $3.20"),
        ("5.00", "10.00", "no", "this just fits"),
        ("21.00", "18.50", "taken-off", "add $2.50"),
    ];
    for (purchase, funds, hold, said) in cases {
        let answers = [
            "what-happened=card-refused",
            "place=germany",
            "paying-with=own-here",
            "message=funds",
            &format!("purchase={purchase}"),
            &format!("card-funds={funds}"),
            &format!("hold-there={hold}"),
        ]
        .map(str::to_owned);
        let flags = declined::wizard::flags(&guide, None, None, &answers).unwrap();
        let given = Given { flags, ..Given::default() };
        let facts = Facts::new(&guide, &given, TODAY);
        assert!(facts.ignored.is_empty(), "{purchase}, {funds}: {:?}", facts.ignored);
        let text = declined::export::text(
            &facts,
            &Report::new(&facts, &Diagnosis::new(&facts), Tongue::new(&guide, 0)),
            false,
        );
        assert!(text.contains(said), "{purchase}, {funds}: {said:?} is not in\n{text}");
    }
}

#[test]
fn nobody_is_sold_anything() {
    let content::Files { files, .. } = content::built_in();
    for file in files {
        for bad in ["http://", "?ref=", "?invite", "utm_", "affiliate", "aff="] {
            assert!(!file.text.contains(bad), "{bad} in {}", file.path);
        }
    }
}

/// What docs/figures.md tells of sources and amounts is what the content says.
#[test]
fn the_table_of_figures_is_up_to_date() {
    let guide = shipped();
    let table = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/figures.md")).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| what ") && !line.starts_with("| ---"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let mut linked = 0;
    for row in &rows {
        let cells = row.len();
        let (sources, dates) = (row[cells - 2], row[cells - 1]);
        for (source, date) in sources.split("<br>").zip(dates.split("<br>")).filter(|(source, _)| *source != "-") {
            let (id, rest) = source.trim_start_matches('[').split_once("](").unwrap_or_else(|| panic!("{source}"));
            let known = guide.sources.iter().find(|known| known.id == id).unwrap_or_else(|| panic!("no source {id}"));
            assert_eq!((known.url.as_str(), known.checked.as_str()), (rest.trim_end_matches(')'), date), "{id}");
            linked += 1;
        }
    }
    assert!(rows.len() > 25 && linked > 30, "the table was not read: {} rows, {linked} sources", rows.len());
    for figure in &guide.figures {
        let row = rows.iter().find(|row| row.iter().any(|cell| cell.contains(&format!("`{}`", figure.id))));
        let row = row.unwrap_or_else(|| panic!("{} stands in no row", figure.id));
        if let guide::Amount::Fixed(amount) = figure.amount {
            let dollars = format!("{} US dollars", amount.to_string().trim_end_matches(".00"));
            assert!(row[1].contains(&dollars), "{} is {dollars}, not {}", figure.id, row[1]);
        }
    }
}

/// Nobody has to scroll to answer: every question fits a window of 80x24 in both languages.
#[test]
fn every_question_fits_80x24() {
    let guide = std::sync::Arc::new(shipped());
    let look = declined::tui::Look { ascii: false, coloured: false, hyperlinks: false };
    let mut too_long = BTreeSet::new();
    let mut shown = BTreeSet::new();
    let mut dice = Dice(11);
    for _ in 0..400 {
        let given = walk(&guide, &mut dice, None);
        let facts = Facts::new(&guide, &given, TODAY);
        let answers: Vec<_> = facts.answers().map(|(screen, answer, _)| (screen, answer.clone())).collect();
        // The way as it was met, question by question.
        for upto in 0..answers.len() {
            let (next, _) = answers[upto];
            if matches!(guide.screens[next].kind, Kind::List(..)) || !shown.insert((next, answers[..upto].len())) {
                continue;
            }
            let mut flags: std::collections::BTreeMap<_, _> = answers[..upto].iter().cloned().collect();
            for (screen, asked) in guide.screens.iter().enumerate().filter(|(screen, _)| *screen < next) {
                match asked.kind {
                    Kind::Note => drop(flags.insert(screen, Answer::Seen)),
                    Kind::Paste => drop(flags.insert(screen, Answer::Paste(Pasted::default()))),
                    _ => {}
                }
            }
            for language in 0..guide.languages.len() {
                let wizard = declined::wizard::Wizard::new(guide.clone(), TODAY, flags.clone());
                let tongue = Tongue::new(&guide, language);
                let frame = declined::tui::print(wizard, tongue, look, "", 80, 24).unwrap();
                let below = tongue.words().more_below;
                if frame.contains(below) {
                    too_long.insert((guide.screens[next].id.clone(), guide.languages[language].clone()));
                }
            }
        }
    }
    assert!(too_long.is_empty(), "{too_long:?}");
    assert!(shown.len() > 40, "{}", shown.len());
}

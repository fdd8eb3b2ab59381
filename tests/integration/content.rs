//! The shipped guide: clean, and every way through it ends soon and somewhere sensible.

use std::collections::{BTreeMap, BTreeSet};

use declined::diagnosis::Diagnosis;
use declined::guide::answer::{Answer, Facts, Given, Mark, Pasted};
use declined::guide::money::{Cents, Month};
use declined::guide::{Guide, Kind, ScreenIx};
use declined::report::{Report, Tongue};
use declined::{content, guide};

const TODAY: Month = Month { year: 2026, month: 11 };
/// The longest route asks so many questions.
const MOST_QUESTIONS: usize = 9;

fn shipped() -> Guide {
    let content::Files { files, findings } = content::built_in();
    assert!(findings.is_empty());
    let (guide, findings) = guide::check::check(&files);
    assert!(findings.is_empty(), "{}", declined::diagnostic::render(&findings, &files, false));
    guide.expect("a guide without findings is used")
}

/// A small generator of its own: the same walks on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
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

fn walk(guide: &Guide, dice: &mut Dice, signal: Option<usize>) -> Given {
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
    let mut tops: BTreeMap<&str, usize> = BTreeMap::new();
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
        *tops.entry(&guide.causes[diagnosis.causes[0].cause].id).or_default() += 1;
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
        let text = declined::export::text(&facts, &Report::new(&facts, &diagnosis, Tongue::new(&guide, 0)));
        assert!(!text.contains("add $0.00"), "{text}");
    }
    let never: Vec<&str> =
        guide.causes.iter().map(|cause| cause.id.as_str()).filter(|id| !tops.contains_key(id)).collect();
    assert!(never.is_empty(), "no way leads to {never:?}");
    assert!(firsts.len() > 20, "few fixes ever come first: {firsts:?}");
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
        let text =
            declined::export::text(&facts, &Report::new(&facts, &Diagnosis::new(&facts), Tongue::new(&guide, 0)));
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

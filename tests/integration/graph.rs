//! `declined graph`: the routes as a picture.

use std::collections::{BTreeMap, BTreeSet};

use declined::cli::GraphFormat;
use declined::export::answer_id;
use declined::graph::Graph;
use declined::guide::answer::{Answer, Facts, Given};
use declined::guide::{Guide, Kind, ScreenIx};
use declined::report::Tongue;
use declined::{content, guide};

use crate::bad_guides::spoiled;
use crate::content::{Dice, TODAY, shipped, walk};
use crate::harness::{Run, lamp};

fn graph(args: &[&str]) -> String {
    Run::new(&[&["graph", &lamp()], args].concat()).run().succeeds().to_owned()
}

#[test]
fn the_small_guide_is_drawn() {
    insta::assert_snapshot!("mermaid", graph(&[]));
    insta::assert_snapshot!("dot_zh", graph(&["--format", "dot", "--lang", "zh"]));
    insta::assert_snapshot!("around", graph(&["--around", "purse"]));
    let answers = ["--answer", "power=yes", "--answer", "room=garden", "--answer", "look.glass=problem"];
    insta::assert_snapshot!("route", graph(&[&["--route", "--answer", "purse=4"], &answers[..]].concat()));
    insta::assert_snapshot!("route_dot", graph(&["--route", "--format", "dot", "--answer", "power=no"]));
}

#[test]
fn every_screen_of_the_shipped_guide_is_there() {
    let (guide, _) = guide::check::check(&content::built_in().files);
    let (mermaid, dot) = (Run::new(&["graph"]).run(), Run::new(&["graph", "--format", "dot"]).run());
    let (mermaid, dot) = (mermaid.succeeds(), dot.succeeds());
    for screen in &guide.unwrap().screens {
        assert!(mermaid.contains(&format!("\n  s_{}[\"", screen.id.replace('-', "_"))), "{}", screen.id);
        assert!(dot.contains(&format!("\n  \"{}\" [label=", screen.id)), "{}", screen.id);
        assert!(mermaid.contains(&format!("  s_{} --", screen.id.replace('-', "_"))), "{} leads nowhere", screen.id);
    }
}

#[test]
fn texts_stay_in_their_labels() {
    let folder = spoiled(&[("screens.toml", "short.en = \"Power\"", "short.en = 'a \"b\"] --> c; #35; <br/> \\\\'")]);
    let path = folder.path().display().to_string();
    let drawn = |args: &[&str]| Run::new(&[&["graph", &path], args].concat()).run().succeeds().to_owned();
    let line = |text: String| text.lines().find(|line| line.contains(" c; ")).unwrap().to_owned();
    let mermaid = "  s_power[\"a #quot;b#quot;#93; --#gt; c; #35;35; #lt;br/#gt; #92;<br/>power\"]";
    assert_eq!(line(drawn(&[])), mermaid);
    let dot = "  \"power\" [label=\"a \\\"b\\\"] --> c; #35; <br/> \\\\\\npower\"];";
    assert_eq!(line(drawn(&["--format", "dot"])), dot);
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let lamp = lamp();
    let fails = |args: &[&str], said: &str| Run::new(&[&["graph", &lamp], args].concat()).run().fails(said);
    fails(&["--around", "pruse"], "declined: there is no screen `pruse`; did you mean `purse`?\n");
    fails(&["--answer", "power=yes"], "declined: answers show a route; add --route\n");
    fails(&["--guide", &lamp], "declined: the folder of the guide is named twice, by --guide and behind the command\n");
}

/// A drawing as somebody reads it: for each box what leads out of it, and what stands on that.
struct Read(BTreeMap<String, Vec<(Vec<String>, String)>>);

impl Read {
    fn new(mermaid: &str) -> Self {
        let mut arrows: BTreeMap<String, Vec<(Vec<String>, String)>> = BTreeMap::new();
        for line in mermaid.lines() {
            let Some((from, rest)) = line.trim().split_once(" -->") else { continue };
            let (words, to) = match rest.strip_prefix("|\"") {
                Some(rest) => rest.split_once("\"| ").unwrap(),
                None => ("", rest.trim()),
            };
            let words = words.split("<br/>").filter(|line| !line.is_empty()).map(str::to_owned).collect();
            arrows.entry(from.to_owned()).or_default().push((words, to.to_owned()));
        }
        Self(arrows)
    }

    fn out(&self, place: &str) -> &[(Vec<String>, String)] {
        self.0.get(place).map(Vec::as_slice).unwrap_or_default()
    }

    /// The arrow of an answer, if there is one and no other.
    fn arrow(&self, from: &str, answer: Option<&str>) -> Result<&str, String> {
        let begins = format!("{} = ", id(from));
        let fits = |words: &[String]| {
            let answers = words.iter().filter(|word| !word.starts_with("passing over")).cloned();
            let answers = answers.collect::<Vec<_>>().join(" ");
            // What names no answers is for all.
            answers.strip_prefix(&begins).is_none_or(|known| known.split(", ").any(|known| Some(known) == answer))
        };
        let mut fitting = self.out(from).iter().filter(|(words, _)| fits(words));
        match (fitting.next(), fitting.next()) {
            (Some((_, at)), None) => Ok(at),
            (None, _) => Err(format!("no arrow for {answer:?}")),
            _ => Err(format!("several arrows for {answer:?}")),
        }
    }

    /// Follows an answer: at the gates one turns off only where one is going to.
    fn follow(&self, from: &str, answer: Option<&str>, to: &str) -> Result<(), String> {
        let mut at = self.arrow(from, answer)?;
        while at != to {
            let Some(gate) = at.strip_prefix("if_") else { return Err(format!("it leads to {at}")) };
            let is_here = to == format!("s_{gate}");
            let (words, next) = match self.out(at) {
                [one] if is_here || one.0 == ["else"] => one,
                [on, other] => {
                    if is_here {
                        on
                    } else {
                        other
                    }
                }
                _ => return Err(format!("no way on behind {at}")),
            };
            if is_here == (words == &["else"]) {
                return Err(format!("{at} leads on with {words:?}"));
            }
            at = next;
        }
        Ok(())
    }
}

fn name(guide: &Guide, screen: Option<ScreenIx>) -> String {
    screen.map_or_else(|| "end_".into(), |screen| format!("s_{}", guide.screens[screen].id.replace('-', "_")))
}

/// The id of the screen that has this name.
fn id(name: &str) -> String {
    name.trim_start_matches("s_").replace('_', "-")
}

fn answer(facts: &Facts<'_>, screen: ScreenIx) -> Option<String> {
    match (&facts.guide.screens[screen].kind, facts.answer(screen)?) {
        (Kind::List(list, _), Answer::Entry(entry)) => Some(facts.guide.lists[*list].entries[*entry].tag.clone()),
        _ => answer_id(facts, screen),
    }
}

#[test]
fn every_answer_leads_somewhere() {
    for files in [content::built_in().files, content::folder(lamp().as_ref()).unwrap().files] {
        let guide = guide::check::check(&files).0.unwrap();
        let facts = Facts::new(&guide, &Given::default(), TODAY);
        let read = Read::new(&Graph::whole(&facts, Tongue::new(&guide, 0)).written(GraphFormat::Mermaid));
        for (ix, screen) in guide.screens.iter().enumerate() {
            let mut answers: Vec<Option<&str>> = match &screen.kind {
                Kind::Choice(choices) => choices.iter().map(|choice| Some(choice.id.as_str())).collect(),
                Kind::List(list, _) => {
                    guide.lists[*list].entries.iter().map(|entry| Some(entry.tag.as_str())).collect()
                }
                Kind::Amount { bands, .. } => bands.iter().map(|band| Some(band.id.as_str())).collect(),
                Kind::Month { bands } => bands.iter().map(|band| Some(band.id.as_str())).collect(),
                // An Enter, some marks, a text.
                Kind::Note | Kind::Checklist(_) | Kind::Paste => vec![None],
            };
            if screen.not_sure && screen.is_question() && !matches!(screen.kind, Kind::Checklist(_)) {
                answers.push(Some("not-sure"));
            }
            for answer in answers {
                if let Err(why) = read.arrow(&name(&guide, Some(ix)), answer) {
                    panic!("{}: {why}", screen.id);
                }
            }
        }
    }
}

/// Whatever somebody answers, they can follow their way in the picture, and it leads where they were led. Around a screen
/// stands all that came after it and before it, and that is not all there is.
#[test]
fn whoever_answers_finds_their_way_in_the_picture() {
    let guide = shipped();
    let tongue = Tongue::new(&guide, 0);
    let nobody = Facts::new(&guide, &Given::default(), TODAY);
    let read = |graph: Graph| Read::new(&graph.written(GraphFormat::Mermaid));
    let whole = read(Graph::whole(&nobody, tongue));
    let around: Vec<Read> = (0..guide.screens.len()).map(|at| read(Graph::around(&nobody, tongue, at))).collect();
    let mut dice = Dice(23);
    let mut steps = BTreeSet::new();
    for round in 0..3000 {
        let signal = (round % 3 == 0).then(|| dice.below(guide.signals.len()));
        let facts = Facts::new(&guide, &walk(&guide, &mut dice, signal), TODAY);
        let ends = facts.route.iter().skip(1).copied().map(Some).chain([None]);
        for (&from, to) in facts.route.iter().zip(ends) {
            let given = answer(&facts, from);
            if !steps.insert((from, given.clone(), to)) {
                continue;
            }
            let (a, b) = (name(&guide, Some(from)), name(&guide, to));
            let pictures =
                [("whole", Some(&whole)), ("after", Some(&around[from])), ("before", to.map(|to| &around[to]))];
            for (which, read) in pictures {
                let Some(read) = read else { continue };
                if let Err(why) = read.follow(&a, given.as_deref(), &b) {
                    panic!("{which}: from {a} with {given:?} to {b}: {why}");
                }
            }
        }
    }
    assert!(steps.len() > 200, "few steps were walked: {}", steps.len());
    // Not simply everything: around a screen there are a few others.
    for (at, read) in around.iter().enumerate() {
        let arrows: usize = read.0.values().map(Vec::len).sum();
        assert!(arrows <= 24, "{arrows} arrows around {}", guide.screens[at].id);
    }
}

//! `declined graph`: the routes as a picture.

use declined::{content, guide};

use crate::bad_guides::spoiled;
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

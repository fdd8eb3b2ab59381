//! The links of what is open, each once, in the order in which they are met.

use crate::guide::answer::Facts;
use crate::guide::text::Rich;
use crate::guide::{ClaimIx, LetterIx, SourceIx};
use crate::letter;
use crate::page::Page;
use crate::report::{FixCard, Remark, Report, Tongue};

/// Something that leads to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is called.
    pub words: String,
    /// Where it leads.
    pub url: String,
}

/// Longer addresses are not taken everywhere.
const LONGEST: usize = 2000;

/// Whether an address can be handed to terminals and programs: https, and nothing in it that could be taken for
/// anything but an address.
#[must_use]
pub fn is_safe(url: &str) -> bool {
    url.starts_with("https://") && url.len() <= LONGEST && url.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The links of a fix: of its steps, then its sources.
#[must_use]
pub fn of_fix(facts: &Facts<'_>, card: &FixCard, tongue: Tongue) -> Vec<Link> {
    let mut links = Links::default();
    links.fix(facts, card, tongue);
    links.0
}

/// The links of a reminder or a warning.
#[must_use]
pub fn of_remark<Ix>(facts: &Facts<'_>, remark: &Remark<Ix>, tongue: Tongue) -> Vec<Link> {
    let mut links = Links::default();
    links.remark(facts, remark, tongue);
    links.0
}

/// The links of a claim: of what it is answered by, then its sources.
#[must_use]
pub fn of_claim(facts: &Facts<'_>, claim: ClaimIx, tongue: Tongue) -> Vec<Link> {
    let claim = &facts.guide.claims[claim];
    let mut links = Links::default();
    links.text(&claim.instead.rich(tongue.index, facts));
    links.sources(facts, &claim.sources, tongue);
    links.0
}

/// The links of a letter in all its versions.
#[must_use]
pub fn of_letter(facts: &Facts<'_>, letter: LetterIx, tongue: Tongue) -> Vec<Link> {
    let mut links = Links::default();
    for version in letter::versions(facts, letter, tongue) {
        links.text(&version.body);
    }
    links.0
}

/// The links of a question.
#[must_use]
pub fn of_page(page: &Page) -> Vec<Link> {
    let mut links = Links::default();
    links.text(&page.ask);
    links.text(&page.help);
    links.0
}

/// The links of the whole list: of everything on it and everything that opens from it, letters left out.
#[must_use]
pub fn of_list(facts: &Facts<'_>, report: &Report) -> Vec<Link> {
    let tongue = report.tongue;
    let mut links = Links::default();
    if let Some(solved) = &report.solved {
        links.text(&solved.afterwards);
        links.sources(facts, &solved.sources, tongue);
    } else {
        links.text(&report.explain);
    }
    if let Some(stop) = &report.stop {
        links.sources(facts, &stop.sources, tongue);
    }
    for remark in &report.warnings {
        links.remark(facts, remark, tongue);
    }
    for card in &report.fixes {
        links.fix(facts, card, tongue);
    }
    for remark in &report.more_warnings {
        links.remark(facts, remark, tongue);
    }
    for remark in &report.reminders {
        links.remark(facts, remark, tongue);
    }
    links.0
}

#[derive(Default)]
struct Links(Vec<Link>);

impl Links {
    fn push(&mut self, words: String, url: &str) {
        if !self.0.iter().any(|known| known.url == url) {
            self.0.push(Link { words, url: url.to_owned() });
        }
    }

    fn text(&mut self, rich: &Rich) {
        for span in rich.lines.iter().flat_map(|line| &line.spans) {
            if let Some(url) = &span.link {
                self.push(span.text.clone(), url);
            }
        }
    }

    fn sources(&mut self, facts: &Facts<'_>, sources: &[SourceIx], tongue: Tongue) {
        for source in sources.iter().map(|&ix| &facts.guide.sources[ix]) {
            self.push(source.title.line(tongue.index, facts), &source.url);
        }
    }

    fn fix(&mut self, facts: &Facts<'_>, card: &FixCard, tongue: Tongue) {
        for step in &card.steps {
            self.text(step);
        }
        self.sources(facts, &card.sources, tongue);
    }

    fn remark<Ix>(&mut self, facts: &Facts<'_>, remark: &Remark<Ix>, tongue: Tongue) {
        self.text(&remark.text);
        self.sources(facts, &remark.sources, tongue);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::guide::Guide;
    use crate::guide::answer::Given;
    use crate::guide::check::check;
    use crate::guide::money::Month;
    use crate::guide::text::{RichLine, RichSpan};

    fn lamp() -> Guide {
        let files = [
            ("guide.toml", include_str!("../tests/fixtures/lamp/guide.toml")),
            ("screens.toml", include_str!("../tests/fixtures/lamp/screens.toml")),
            ("advice.toml", include_str!("../tests/fixtures/lamp/advice.toml")),
            ("told.toml", include_str!("../tests/fixtures/lamp/told.toml")),
        ]
        .map(|(path, text)| SourceFile { path: path.into(), text: text.into() });
        check(&files).0.unwrap()
    }

    fn shown(links: &[Link]) -> Vec<String> {
        links.iter().map(|link| format!("{} -> {}", link.words, link.url)).collect()
    }

    #[test]
    fn of_what_is_open() {
        let guide = lamp();
        let facts = Facts::new(&guide, &Given::default(), Month { year: 2026, month: 11 });
        let manual = "The lamp's manual -> https://lamp.example/manual";
        for (language, table) in
            [(0, "the table -> https://lamp.example/sizes"), (1, "对照表 -> https://lamp.example/sizes")]
        {
            let report = Report::of(&facts, Tongue::new(&guide, language));
            let card = report.fixes.iter().find(|card| guide.fixes[card.fix].id == "new-bulb").unwrap();
            assert_eq!(shown(&of_fix(&facts, card, report.tongue)), [table, manual]);
            assert_eq!(shown(&of_remark(&facts, &report.reminders[0], report.tongue)), [manual]);
            assert_eq!(shown(&of_claim(&facts, 0, report.tongue)), [manual]);
            let all = shown(&of_list(&facts, &report));
            assert_eq!(all.len(), 2, "each once: {all:?}");
            assert!(all.contains(&table.to_owned()) && all.contains(&manual.to_owned()), "{all:?}");
        }
    }

    #[test]
    fn each_address_once_by_the_words_that_come_first() {
        let span = |text: &str, link: Option<&str>| RichSpan {
            text: text.into(),
            link: link.map(str::to_owned),
            ..RichSpan::default()
        };
        let line = |spans| RichLine { item: false, spans };
        let rich = Rich {
            lines: vec![
                line(vec![span("see ", None), span("b", Some("https://b.example")), span(" or ", None)]),
                line(vec![span("a", Some("https://a.example")), span("again", Some("https://b.example"))]),
            ],
        };
        let mut links = Links::default();
        links.text(&rich);
        assert_eq!(shown(&links.0), ["b -> https://b.example", "a -> https://a.example"]);
    }

    #[test]
    fn what_can_be_handed_on() {
        assert!(is_safe("https://a.example/b?c=d;e#f"));
        for url in [
            "http://a.example",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://a.example/\u{1b}]52;c;eA==\u{7}",
            "https://a.example/\u{9c}",
            "https://a.example/a b",
            "https://a.example/银",
            "-https://a.example",
            &format!("https://a.example/{}", "x".repeat(LONGEST)),
        ] {
            assert!(!is_safe(url), "{url:?}");
        }
    }
}

//! Pages and lists as rows of a given width: what is drawn, and where the cursor can stand.

mod after;

use std::ops::Range;

use super::keymap::{self, Labels, Mode};
use super::theme::{Glyphs, Role};
use crate::export::{card_notes, source_lines};
use crate::guide::answer::{Facts, Mark};
use crate::guide::text::{Rich, RichSpan};
use crate::guide::{ClaimIx, LetterIx};
use crate::layout::{Line, fit, width, wrap, wrap_plain};
use crate::page::{Body, Page};
use crate::report::{AnswerLine, FixCard, Report, Tongue, answers};
use crate::{claims, letter};
pub use after::{link_list, prompt, solved, tell};

/// A run of one style within a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// What they are.
    pub role: Role,
    /// Where they lead.
    pub link: Option<String>,
}

impl Piece {
    /// Words that lead nowhere.
    #[must_use]
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self { text: text.into(), role, link: None }
    }
}

/// One row of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its pieces from left to right.
    pub pieces: Vec<Piece>,
    /// Columns before the first piece.
    pub indent: u16,
    /// Set at the right edge.
    pub right: Option<(String, Role)>,
}

/// The rows of one view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// All rows, shown or not.
    pub rows: Vec<Row>,
    /// The rows of each line that the cursor can stand on.
    pub items: Vec<Range<usize>>,
    /// The rows that a field takes.
    pub field: Option<Range<usize>>,
}

/// Text begins here; the cursor's mark stands to the left of lines that can be chosen.
const TEXT: u16 = 2;
/// Lines that can be chosen begin here.
const ITEM: u16 = 4;
/// So many rows of a pasted text are shown at once.
const PASTE_ROWS: usize = 5;

impl View {
    fn gap(&mut self) {
        if self.rows.last().is_some_and(|row| !row.pieces.is_empty()) {
            self.rows.push(Row::default());
        }
    }

    fn rich(&mut self, rich: &Rich, indent: u16, columns: usize, role: Role) {
        for line in wrap(rich, columns.saturating_sub(usize::from(indent))) {
            self.rows.push(Row { pieces: styled(line, role), indent, right: None });
        }
    }

    fn text(&mut self, text: &str, indent: u16, columns: usize, role: Role) {
        for line in wrap_plain(text, columns.saturating_sub(usize::from(indent))) {
            self.rows.push(Row { pieces: vec![Piece::new(line, role)], indent, right: None });
        }
    }

    /// A line with something before it, the wrapped rest hanging behind that.
    fn hanging(&mut self, mark: &str, mark_role: Role, rich: &Rich, indent: u16, columns: usize, role: Role) {
        let hang = u16::try_from(width(mark)).unwrap_or(0);
        let from = self.rows.len();
        self.rich(rich, indent + hang, columns, role);
        if let Some(row) = self.rows.get_mut(from) {
            row.pieces.insert(0, Piece::new(mark, mark_role));
            row.indent = indent;
        }
    }

    fn item(&mut self, build: impl FnOnce(&mut Self)) {
        let from = self.rows.len();
        build(self);
        self.items.push(from..self.rows.len());
    }
}

/// Rows of a field that holds so many lines of pasted text.
#[must_use]
pub fn paste_rows(lines: usize) -> usize {
    lines.clamp(3, PASTE_ROWS)
}

fn styled(line: Line, role: Role) -> Vec<Piece> {
    line.into_iter()
        .map(|piece| {
            let role = match piece.emphasis {
                emphasis if emphasis.link => Role::Link,
                emphasis if emphasis.strong => Role::Strong,
                emphasis if emphasis.soft => Role::Soft,
                _ => role,
            };
            Piece { text: piece.text, role, link: piece.link }
        })
        .collect()
}

/// A question. `matches` are the entries that fit what was typed into a search. What the person may have read about it
/// is told below, where that leaves everything else in the window.
#[must_use]
pub fn question(page: &Page, matches: &[usize], field_rows: usize, size: (usize, usize), tongue: Tongue) -> View {
    let (columns, rows) = size;
    let mut view = asked(page, matches, field_rows, columns, tongue);
    let own = view.rows.len();
    told(&mut view, &page.claims, columns, tongue);
    // Below a long list nobody would see it.
    if view.rows.len() > rows || matches!(page.body, Body::Search { .. }) {
        view.rows.truncate(own);
    }
    view
}

/// What the person may have read, a line each.
fn told(view: &mut View, claims: &[String], columns: usize, tongue: Tongue) {
    if claims.is_empty() {
        return;
    }
    view.gap();
    view.text(tongue.words().may_have_read, TEXT, columns, Role::Heading);
    for line in claims {
        view.hanging("- ", Role::Soft, &Rich::of(line), TEXT, columns, Role::Soft);
    }
}

fn asked(page: &Page, matches: &[usize], field_rows: usize, columns: usize, tongue: Tongue) -> View {
    let words = tongue.words();
    let mut view = View::default();
    let note = matches!(page.body, Body::Note);
    for (at, line) in page.ask.lines.iter().enumerate() {
        let rich = Rich { lines: vec![line.clone()] };
        view.rich(&rich, TEXT, columns, if note && at > 0 { Role::Plain } else { Role::Strong });
        if note {
            view.gap();
        }
    }
    // Below a long list nobody would see it.
    let help_first = matches!(page.body, Body::Search { .. });
    if help_first {
        view.rich(&page.help, TEXT, columns, Role::Soft);
    }
    view.gap();
    match &page.body {
        Body::Note => {}
        Body::Options { options, .. } => {
            for (label, _) in options {
                view.item(|view| view.text(label, ITEM, columns, Role::Plain));
            }
        }
        Body::Items(items) => {
            let mark_width = width(words.fine).max(width(words.problem));
            for (label, mark) in items {
                let (word, role) = match mark {
                    Mark::Fine => (words.fine, Role::Good),
                    Mark::Problem => (words.problem, Role::Warning),
                    Mark::NotSure => ("?", Role::Soft),
                };
                let pad = " ".repeat(mark_width.saturating_sub(width(word)));
                let state = format!("[{word}]{pad} ");
                view.item(|view| view.hanging(&state, role, &Rich::of(label), ITEM, columns, Role::Plain));
            }
        }
        Body::Field { unit, not_sure, .. } => {
            view.item(|view| {
                view.field = Some(view.rows.len()..view.rows.len() + 1);
                view.rows.push(Row { indent: ITEM, ..Row::default() });
                view.text(unit, ITEM, columns, Role::Soft);
            });
            if let Some(label) = not_sure {
                view.item(|view| view.text(label, ITEM, columns, Role::Plain));
            }
        }
        Body::Search { names, not_sure, .. } => {
            view.item(|view| {
                view.field = Some(view.rows.len()..view.rows.len() + 1);
                view.rows.push(Row { indent: ITEM, ..Row::default() });
                if matches.is_empty() {
                    view.text(words.nothing_found, ITEM, columns, Role::Soft);
                }
            });
            for entry in matches {
                view.item(|view| view.text(&names[*entry], ITEM, columns, Role::Plain));
            }
            if let Some(label) = not_sure {
                view.item(|view| view.text(label, ITEM, columns, Role::Plain));
            }
        }
        Body::Paste { kept } => {
            if let Some(kept) = kept {
                view.text(kept, TEXT, columns, Role::Plain);
                view.text(words.kept_hint, TEXT, columns, Role::Soft);
                view.gap();
            }
            let rows = paste_rows(field_rows);
            view.field = Some(view.rows.len()..view.rows.len() + rows);
            for _ in 0..rows {
                view.rows.push(Row { indent: ITEM, ..Row::default() });
            }
            view.text(words.paste_here, TEXT, columns, Role::Soft);
        }
    }
    if !page.help.is_empty() && !help_first {
        view.gap();
        view.rich(&page.help, TEXT, columns, Role::Soft);
    }
    view
}

/// What the cursor can stand on in the fix list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A fix, by its place on the list.
    Fix(usize),
    /// Something that was tried, by its place there.
    Tried(usize),
    /// A reminder, by its place.
    Reminder(usize),
    /// A letter.
    Letter(LetterIx),
}

/// The same from top to bottom, as [`list`] shows them.
#[must_use]
pub fn items(report: &Report) -> Vec<Item> {
    let mut items: Vec<Item> = (0..report.fixes.len()).map(Item::Fix).collect();
    items.extend((0..report.tried.len()).map(Item::Tried));
    items.extend((0..report.reminders.len()).map(Item::Reminder));
    items.extend(report.letters.iter().map(|(letter, _)| Item::Letter(*letter)));
    items
}

/// The fix list.
#[must_use]
pub fn list(report: &Report, columns: usize) -> View {
    let words = report.tongue.words();
    let mut view = View::default();
    if let Some(solved) = &report.solved {
        let line = report.tongue.lang.labelled(words.what_helped, &solved.title);
        view.text(&line, TEXT, columns, Role::Strong);
        view.text(words.solved_here, TEXT, columns, Role::Plain);
    } else {
        view.text(&report.headline, TEXT, columns, Role::Strong);
        if let Some(why) = &report.why {
            view.text(why, TEXT, columns, Role::Plain);
        }
    }
    if let Some(more) = report.more_than_one {
        view.text(more, TEXT, columns, Role::Plain);
    }
    if let Some(stop) = &report.stop {
        let role = if stop.stop.is_over { Role::Good } else { Role::Warning };
        view.gap();
        view.hanging("! ", role, &Rich::of(stop.text.as_str()), TEXT, columns, role);
    }
    for remark in &report.warnings {
        view.gap();
        view.hanging("! ", Role::Warning, &remark.text, TEXT, columns, Role::Warning);
    }
    if report.solved.is_none() {
        view.gap();
        view.text(words.what_to_do, TEXT, columns, Role::Heading);
    }
    if report.fixes.is_empty() && report.solved.is_none() {
        view.text(report.nothing_left(), ITEM, columns, Role::Plain);
    }
    let mut was_grouped = false;
    for (number, card) in report.fixes.iter().enumerate() {
        if let Some(lead) = &card.lead {
            if number > 0 {
                view.gap();
            }
            view.text(lead, ITEM, columns, Role::Soft);
        } else if was_grouped && !card.grouped {
            view.gap();
        }
        was_grouped = card.grouped;
        view.item(|view| fix_row(view, report, number, card, columns));
    }
    if !report.tried.is_empty() {
        view.gap();
        view.text(words.tried, TEXT, columns, Role::Heading);
        for tried in &report.tried {
            view.item(|view| view.hanging("- ", Role::Soft, &Rich::of(tried.text.as_str()), ITEM, columns, Role::Soft));
        }
    }
    if !report.more_warnings.is_empty() {
        view.gap();
        view.text(words.also_mind, TEXT, columns, Role::Heading);
        for remark in &report.more_warnings {
            view.hanging("! ", Role::Warning, &remark.text, TEXT, columns, Role::Plain);
        }
    }
    view.gap();
    view.text(report.before_paying(), TEXT, columns, Role::Heading);
    for remark in &report.reminders {
        view.item(|view| view.hanging("- ", Role::Plain, &remark.text, ITEM, columns, Role::Plain));
    }
    if !report.letters.is_empty() {
        view.gap();
        view.text(words.letters, TEXT, columns, Role::Heading);
        for (_, heading) in &report.letters {
            view.item(|view| view.hanging("- ", Role::Plain, &Rich::of(heading), ITEM, columns, Role::Plain));
        }
    }
    view
}

/// The letters to choose from.
#[must_use]
pub fn letters(facts: &Facts<'_>, letters: &[LetterIx], columns: usize, tongue: Tongue) -> View {
    let words = tongue.words();
    let mut view = View::default();
    view.text(words.letters, TEXT, columns, Role::Heading);
    if letters.is_empty() {
        view.text(words.no_letters, TEXT, columns, Role::Plain);
    }
    for letter in letters {
        let heading = letter::heading(facts, *letter, tongue);
        view.item(|view| view.hanging("- ", Role::Plain, &Rich::of(heading), ITEM, columns, Role::Plain));
    }
    view
}

/// A letter in all its versions.
#[must_use]
pub fn letter(facts: &Facts<'_>, letter: LetterIx, columns: usize, tongue: Tongue) -> View {
    let mut view = View::default();
    view.text(tongue.words().letter_blanks, TEXT, columns, Role::Soft);
    for version in letter::versions(facts, letter, tongue) {
        view.gap();
        view.text(&version.title, TEXT, columns, Role::Heading);
        for paragraph in version.paragraphs() {
            view.gap();
            view.rich(&paragraph, TEXT, columns, Role::Plain);
        }
    }
    view
}

/// Advice found elsewhere, under its topics, and a field to search it.
#[must_use]
pub fn claim_list(facts: &Facts<'_>, found: &[ClaimIx], columns: usize, tongue: Tongue) -> View {
    let words = tongue.words();
    let mut view = View::default();
    view.item(|view| {
        view.field = Some(view.rows.len()..view.rows.len() + 1);
        view.rows.push(Row { indent: ITEM, ..Row::default() });
        if found.is_empty() {
            view.text(words.nothing_found, ITEM, columns, Role::Soft);
        }
    });
    view.rows.push(Row::default());
    for (topic, claims) in claims::by_topic(facts, tongue, found) {
        view.gap();
        view.text(&topic, TEXT, columns, Role::Heading);
        for ix in claims {
            let claim = &facts.guide.claims[ix];
            let verdict = tongue.lang.labelled(words.verdict(claim.verdict), "");
            let mut line = Rich::of(claim.says.line(tongue.index, facts));
            line.lines[0].spans.insert(0, RichSpan { text: verdict, strong: true, ..RichSpan::default() });
            view.item(|view| view.rich(&line, ITEM, columns, Role::Plain));
        }
    }
    view
}

/// One claim, whether it is so, and what to do instead.
#[must_use]
pub fn claim(facts: &Facts<'_>, claim: ClaimIx, columns: usize, tongue: Tongue) -> View {
    let claim = &facts.guide.claims[claim];
    let mut view = View::default();
    view.text(&tongue.lang.quoted(&claim.says.line(tongue.index, facts)), TEXT, columns, Role::Strong);
    view.gap();
    view.text(tongue.words().verdict(claim.verdict), TEXT, columns, Role::Heading);
    view.rich(&claim.instead.rich(tongue.index, facts), TEXT, columns, Role::Plain);
    sources(&mut view, facts, tongue, &claim.sources, columns);
    view
}

/// Title on the left, who and how long on the right; below each other where there is no room.
fn fix_row(view: &mut View, report: &Report, number: usize, card: &FixCard, columns: usize) {
    let mark = format!("{}. ", number + 1);
    let effort = report.tongue.lang.effort(card.who, card.minutes, card.wait);
    let from = view.rows.len();
    view.hanging(&mark, Role::Plain, &Rich::of(&card.title), ITEM, columns, Role::Plain);
    let room = usize::from(ITEM) + width(&mark) + width(&card.title) + 2 + width(&effort) <= columns;
    if room && view.rows.len() == from + 1 {
        view.rows[from].right = Some((effort, Role::Soft));
    } else {
        let indent = ITEM + u16::try_from(width(&mark)).unwrap_or(0);
        view.text(&effort, indent, columns, Role::Soft);
    }
}

/// Everything about one fix.
#[must_use]
pub fn fix(facts: &Facts<'_>, report: &Report, card: &FixCard, columns: usize) -> View {
    let words = report.tongue.words();
    let mut view = View::default();
    view.text(&card.title, TEXT, columns, Role::Strong);
    let mut effort = report.tongue.lang.effort(card.who, card.minutes, card.wait);
    if !card.helps.is_empty() {
        effort.push_str(" · ");
        effort.push_str(card.helps);
    }
    view.text(&effort, TEXT, columns, Role::Soft);
    view.gap();
    for (number, step) in card.steps.iter().enumerate() {
        view.hanging(&format!("{}. ", number + 1), Role::Plain, step, TEXT, columns, Role::Plain);
    }
    let notes = card_notes(report, card);
    if !notes.is_empty() {
        view.gap();
        view.text(words.why_here, TEXT, columns, Role::Heading);
        for note in notes {
            view.text(&note, TEXT, columns, Role::Plain);
        }
    }
    if !card.letters.is_empty() {
        view.gap();
        view.text(words.letter_ready, TEXT, columns, Role::Strong);
    }
    told(&mut view, &claims::lines(facts, report.tongue, &card.claims), columns, report.tongue);
    sources(&mut view, facts, report.tongue, &card.sources, columns);
    let reviewed = report.tongue.lang.labelled(words.reviewed, &card.reviewed);
    view.text(&reviewed, TEXT, columns, Role::Soft);
    view
}

/// Where a reminder comes from.
#[must_use]
pub fn reminder(facts: &Facts<'_>, report: &Report, number: usize, columns: usize) -> View {
    let mut view = View::default();
    if let Some(remark) = report.reminders.get(number) {
        view.rich(&remark.text, TEXT, columns, Role::Plain);
        told(&mut view, &claims::lines(facts, report.tongue, &remark.claims), columns, report.tongue);
        sources(&mut view, facts, report.tongue, &remark.sources, columns);
    }
    view
}

fn sources(view: &mut View, facts: &Facts<'_>, tongue: Tongue, sources: &[usize], columns: usize) {
    if sources.is_empty() {
        return;
    }
    view.gap();
    view.text(tongue.words().sources, TEXT, columns, Role::Heading);
    for (title, url) in source_lines(facts, tongue, sources) {
        view.hanging("- ", Role::Soft, &Rich::of(title), TEXT, columns, Role::Soft);
        view.rich(&address(url), TEXT + 2, columns, Role::Plain);
    }
}

/// An address as a text of its own.
fn address(url: &str) -> Rich {
    let mut rich = Rich::of(url);
    rich.lines[0].spans[0].link = Some(url.to_owned());
    rich
}

/// The answers, and the rows to jump to.
#[must_use]
pub fn answer_list(lines: &[AnswerLine], columns: usize, tongue: Tongue) -> View {
    let words = tongue.words();
    let mut view = View::default();
    view.text(words.your_answers, TEXT, columns, Role::Heading);
    view.gap();
    if lines.is_empty() {
        view.text(words.nothing_answered, TEXT, columns, Role::Plain);
    }
    for line in lines {
        let text = line.shown(tongue);
        view.item(|view| view.text(&text, ITEM, columns, Role::Plain));
    }
    view
}

/// The help: the keys of the mode that it was opened from, what the words on the list mean, and what an author has to
/// know.
#[must_use]
pub fn help(mode: Mode, watched: bool, labels: &Labels<'_>, columns: usize, tongue: Tongue) -> View {
    let words = tongue.words();
    let mut view = View::default();
    view.text(words.help_keys, TEXT, columns, Role::Heading);
    view.gap();
    let keys = keymap::help(mode, labels);
    let longest = keys.iter().map(|(names, _)| width(names)).max().unwrap_or(0).min(columns / 2);
    for (names, word) in keys {
        let pad = " ".repeat(longest.saturating_sub(width(&names)) + 2);
        let mark = format!("{names}{pad}");
        view.hanging(&mark, Role::Key, &Rich::of(word), TEXT, columns, Role::Plain);
    }
    let author = watched.then_some(words.watch.help);
    for text in author.into_iter().chain([words.help_words, words.privacy]) {
        view.gap();
        view.text(text, TEXT, columns, Role::Plain);
    }
    view
}

/// The side column: the likeliest causes so far, and the answers.
#[must_use]
pub fn side(facts: &Facts<'_>, report: &Report, columns: usize, rows: usize, glyphs: &Glyphs) -> Vec<Row> {
    const BAR: usize = 8;
    const CAUSES: usize = 3;
    let words = report.tongue.words();
    let mut out = Vec::new();
    let given = answers(facts, report.tongue);
    let heading = |text: &str| Row { pieces: vec![Piece::new(text, Role::Heading)], ..Row::default() };
    if !given.is_empty() {
        out.push(heading(if report.named { words.so_far } else { words.guesses }));
        for (length, title) in report.bars(facts.guide.other, CAUSES, BAR) {
            let bar = format!("{}{} ", glyphs.bar.repeat(length), " ".repeat(BAR - length));
            let title = fit(title, columns.saturating_sub(BAR + 1), glyphs.ellipsis);
            out.push(Row {
                pieces: vec![Piece::new(bar, Role::Bar), Piece::new(title, Role::Plain)],
                ..Row::default()
            });
        }
        out.push(Row::default());
        out.push(heading(words.your_answers));
    }
    let room = rows.saturating_sub(out.len());
    let label_width = given.iter().map(|line| width(&line.label)).max().unwrap_or(0).min(columns / 2);
    for line in given.iter().skip(given.len().saturating_sub(room)) {
        let label = fit(&line.label, label_width, glyphs.ellipsis);
        let pad = " ".repeat(label_width.saturating_sub(width(&label)) + 1);
        let answer = fit(&line.answer, columns.saturating_sub(label_width + 1), glyphs.ellipsis);
        out.push(Row {
            pieces: vec![Piece::new(format!("{label}{pad}"), Role::Soft), Piece::new(answer, Role::Plain)],
            ..Row::default()
        });
    }
    out.truncate(rows);
    out
}

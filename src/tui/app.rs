//! The wizard as it stands on the screen: where the cursor is, what is open, what was typed. Changed only here;
//! drawing reads it.

mod after;
mod edited;
mod hand_on;
mod kept;
mod show;

use std::collections::BTreeMap;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::TextArea;

use super::keymap::{Action, Mode};
use super::open::{Advice, Open};
use super::spot::Spot;
use super::theme::Look;
use super::view::{self, Item, Row, View};
use crate::claims;
use crate::guide::answer::Mark;
use crate::guide::{LetterIx, ScreenIx};
use crate::layout::{fit, floor, wrap_plain};
use crate::page::{Body, Page, names, recognised};
use crate::redact::redact;
use crate::report::{Report, Tongue, answers};
use crate::wizard::{At, MOST_PASTED, Move, Outcome, Stay, Wizard, for_a_letter};
use edited::Edits;

/// The smallest window that everything works in.
pub const LEAST: (u16, u16) = (40, 12);
/// From this width on the side column stands beside the question.
const SIDE_FROM: u16 = 80;
/// Rows that are not the body: title and rule above, rule and keys below.
const FRAME_ROWS: u16 = 4;
/// Lines longer than this are hard to read.
const MOST_COLUMNS: usize = 110;
/// A word to the last key takes this many rows at most, or a third of a high window.
const NOTICE_ROWS: usize = 4;

/// What the loop has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: what is on the screen is right.
    None,
    /// Draw.
    Redraw,
    /// Draw; the saved session that was offered is gone on with.
    Resumed,
    /// Draw; what is left of a paste must not answer what comes now.
    Submitted,
    /// Put a text on the clipboard, and tell the app what became of it.
    Copy(String),
    /// Open an address outside the terminal, and tell the app what became of it.
    Open(String),
    /// Write what the app gives for this file name, and tell it what became of it.
    Save {
        /// As it was typed.
        name: String,
        /// Whether a file of this name may be replaced.
        replace: bool,
    },
    /// Stop until continued.
    Suspend,
    /// Leave.
    Leave {
        /// By Ctrl-C.
        interrupted: bool,
    },
}

/// The wizard and the state of its view.
pub struct App {
    wizard: Wizard,
    tongue: Tongue,
    look: Look,
    size: (u16, u16),
    spot: Spot,
    open: Vec<(Open, Spot)>,
    field: TextArea<'static>,
    matches: Vec<usize>,
    notice: Option<String>,
    /// What is drawn; made anew after every change.
    view: View,
    page: Option<Page>,
    /// Whether there is anything to say beside the question.
    any_answers: bool,
    /// What the side column shows.
    side: Vec<Row>,
    /// What was typed on screens that were left without an answer.
    drafts: BTreeMap<ScreenIx, Vec<String>>,
    /// Whether moves are saved.
    saves: bool,
    edits: Edits,
}

impl App {
    /// On the wizard's first screen.
    #[must_use]
    pub fn new(wizard: Wizard, tongue: Tongue, look: Look, size: (u16, u16)) -> Self {
        let mut app = Self {
            wizard,
            tongue,
            look,
            size,
            spot: Spot::START,
            open: Vec::new(),
            field: TextArea::default(),
            matches: Vec::new(),
            notice: None,
            view: View::default(),
            page: None,
            any_answers: false,
            side: Vec::new(),
            drafts: BTreeMap::new(),
            saves: false,
            edits: Edits::default(),
        };
        app.arrive();
        app
    }

    // ---- what drawing reads

    /// The state machine.
    #[must_use]
    pub fn wizard(&self) -> &Wizard {
        &self.wizard
    }

    /// The language.
    #[must_use]
    pub const fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// The looks.
    #[must_use]
    pub const fn look(&self) -> Look {
        self.look
    }

    /// What the body shows.
    #[must_use]
    pub const fn view(&self) -> &View {
        &self.view
    }

    /// The field, where one is shown.
    #[must_use]
    pub fn field(&self) -> Option<&TextArea<'static>> {
        let open = self.open.last().and_then(|(open, _)| open.field());
        (self.mode().types() && self.view.field.is_some()).then(|| open.unwrap_or(&self.field))
    }

    fn field_mut(&mut self) -> &mut TextArea<'static> {
        self.open.last_mut().and_then(|(open, _)| open.field_mut()).unwrap_or(&mut self.field)
    }

    /// What the side column shows.
    #[must_use]
    pub fn side(&self) -> &[Row] {
        &self.side
    }

    /// The line that the cursor stands on.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.here().cursor
    }

    /// How many rows of the view are above the window.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.here().scroll
    }

    /// The rows of what an edit of the guide has brought, and of the word to the last key.
    #[must_use]
    pub fn notice(&self) -> Vec<String> {
        let told: Vec<&str> = [&self.edits.news, &self.notice].into_iter().flatten().map(String::as_str).collect();
        if told.is_empty() {
            return Vec::new();
        }
        let columns = usize::from(self.size.0).saturating_sub(4);
        let mut rows = wrap_plain(&told.join(self.tongue.lang.gap()), columns);
        let most = NOTICE_ROWS.max(usize::from(self.size.1) / 3);
        if rows.len() > most {
            rows.truncate(most);
            if let Some(last) = rows.last_mut() {
                let ellipsis = self.look.glyphs().ellipsis;
                *last = fit(&format!("{last}{ellipsis}"), columns, ellipsis);
            }
        }
        rows
    }

    /// The number of this question and of how many about.
    #[must_use]
    pub fn progress(&self) -> Option<(usize, usize)> {
        self.page.as_ref().filter(|_| self.open.is_empty()).and_then(|page| page.progress)
    }

    /// Whether the side column is shown.
    #[must_use]
    pub fn has_side(&self) -> bool {
        self.size.0 >= SIDE_FROM && self.open.is_empty() && self.page.is_some() && self.any_answers
    }

    /// What the keys act on.
    #[must_use]
    pub fn mode(&self) -> Mode {
        match (self.open.last(), &self.page) {
            (Some((open, _)), _) => open.mode(),
            (None, None) if self.wizard.at() == At::Solved => Mode::Solved,
            (None, None) if self.saves => Mode::SavedList,
            (None, None) => Mode::List,
            (None, Some(page)) => match page.body {
                Body::Note => Mode::Note,
                Body::Options { .. } => Mode::Options,
                Body::Items(_) => Mode::Items,
                Body::Field { .. } => Mode::Field,
                Body::Search { .. } => Mode::Search,
                Body::Paste { .. } => Mode::Paste,
            },
        }
    }

    /// The list as it stands.
    #[must_use]
    pub fn report(&self) -> Report {
        Report::of(&self.wizard.facts(), self.tongue)
    }

    /// Columns and rows of the body.
    #[must_use]
    pub fn body_size(&self) -> (usize, usize) {
        let side = if self.has_side() { side_columns(self.size.0) } else { 0 };
        let (columns, rows) = body_of((self.size.0.saturating_sub(side), self.size.1));
        (columns, rows.saturating_sub(self.notice().len()))
    }

    // ---- what happens

    /// The window has another size.
    pub fn resize(&mut self, width: u16, height: u16) -> Effect {
        self.size = (width, height);
        self.rebuild();
        Effect::Redraw
    }

    /// A block of text was pasted. Never an answer: it only fills fields.
    pub fn paste(&mut self, text: &str) -> Effect {
        let mode = self.mode();
        if !mode.types() || self.is_too_small() {
            return Effect::None;
        }
        let room =
            MOST_PASTED.saturating_sub(self.field_mut().lines().iter().map(|line| line.len() + 1).sum::<usize>());
        let kept = &text[..floor(text, room)];
        self.edits.news = None;
        self.notice = (kept.len() < text.len()).then(|| self.tongue.words().cut.to_owned());
        // Control characters in a paste are no keys.
        let clean: String = kept
            .replace("\r\n", "\n")
            .chars()
            .map(|c| if c == '\r' { '\n' } else { c })
            .filter(|c| *c == '\n' || !c.is_control())
            .collect();
        if mode == Mode::Prompt {
            let kept = for_a_letter(&clean.trim().replace('\n', " "));
            if kept != clean.trim() && kept.contains(" removed]") {
                self.notice = Some(self.tongue.words().secret_removed.to_owned());
            }
            self.field_mut().insert_str(kept);
        } else if mode == Mode::Paste {
            // A key must not even stand in the field: others may see the screen.
            let redacted = redact(&clean);
            if !redacted.kinds.is_empty() {
                self.notice = Some(self.tongue.words().secret_removed.to_owned());
            }
            self.field.insert_str(redacted.text);
        } else {
            self.field_mut().insert_str(clean.trim().replace('\n', " "));
            // What is typed or pasted is what Enter takes, wherever the cursor stood.
            *self.here_mut() = Spot::default();
        }
        self.typed();
        Effect::Redraw
    }

    /// A key was pressed. `more_waits` says that input is waiting already: then an Enter in a field is part of a paste
    /// that the terminal did not mark.
    pub fn key(&mut self, event: KeyEvent, more_waits: bool) -> Effect {
        let mode = self.mode();
        let action = mode.action(event);
        if self.is_too_small() {
            return match action {
                Some(Action::Interrupt) => Effect::Leave { interrupted: true },
                Some(Action::Quit) if !mode.types() => Effect::Leave { interrupted: false },
                Some(Action::Suspend) => Effect::Suspend,
                _ => Effect::None,
            };
        }
        let had_notice = self.notice.take().is_some() | self.edits.news.take().is_some();
        let effect = match action {
            Some(Action::Enter) if mode.types() && more_waits => {
                self.newline(mode);
                Effect::Redraw
            }
            Some(action) => self.update(action),
            None if mode.types() => self.type_key(event, mode),
            None => Effect::None,
        };
        if had_notice && effect == Effect::None {
            self.rebuild();
            return Effect::Redraw;
        }
        effect
    }

    fn newline(&mut self, mode: Mode) {
        if mode == Mode::Paste {
            self.field.insert_newline();
        } else {
            self.field_mut().insert_char(' ');
        }
        self.typed();
    }

    fn type_key(&mut self, event: KeyEvent, mode: Mode) -> Effect {
        let newline = matches!(event.code, KeyCode::Enter)
            || (event.modifiers.contains(KeyModifiers::CONTROL) && matches!(event.code, KeyCode::Char('j' | 'm')));
        if newline {
            if mode == Mode::Paste {
                self.newline(mode);
                return Effect::Redraw;
            }
            return Effect::None;
        }
        if mode == Mode::Field {
            self.spot = Spot::default();
        }
        // As in every shell; the field's own Ctrl-U would undo.
        if event.modifiers.contains(KeyModifiers::CONTROL) && event.code == KeyCode::Char('u') {
            self.field_mut().delete_line_by_head();
            self.typed();
            return Effect::Redraw;
        }
        if self.field_mut().input(event) || !matches!(mode, Mode::Search | Mode::Claims) {
            self.typed();
        } else {
            self.rebuild();
        }
        Effect::Redraw
    }

    fn update(&mut self, action: Action) -> Effect {
        match action {
            Action::Interrupt => return Effect::Leave { interrupted: true },
            Action::Quit => return Effect::Leave { interrupted: false },
            Action::Suspend => return Effect::Suspend,
            Action::Language => {
                self.tongue = self.tongue.next(self.wizard.guide());
                if matches!(self.mode(), Mode::Claims | Mode::Search) {
                    self.hint();
                }
            }
            Action::Help => {
                let mode = self.mode();
                if !matches!(self.open.last(), Some((Open::Help { .. }, _))) {
                    let watched = self.edits.watched;
                    self.open.push((Open::Help { mode, watched }, Spot::START));
                }
            }
            Action::Faults => self.toggle_faults(),
            Action::Answers => self.open.push((Open::Answers, Spot::START)),
            Action::SoFar => self.open.push((Open::SoFar, Spot::START)),
            Action::Claims => self.open_claims(),
            Action::Letters => self.open_letters(),
            Action::Tell => self.open_tell(),
            Action::Worked => return self.worked(),
            Action::Copy => return self.copy(),
            Action::CopyAll => return Effect::Copy(self.list_text()),
            Action::Save => self.open_save(),
            Action::Links => self.open_links(),
            Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last => {
                let window = self.window();
                let spot = self.here_mut();
                match action {
                    Action::Up | Action::Down => spot.step(action == Action::Down, &window),
                    Action::PageUp | Action::PageDown => spot.page(action == Action::PageDown, &window),
                    _ => spot.go(if action == Action::First { 0 } else { usize::MAX }, &window),
                }
                // Nothing else has changed, so what is drawn stands as it is.
                self.settle();
                return Effect::Redraw;
            }
            Action::Back => return self.back(),
            Action::Enter => return self.enter(),
            Action::Pick(line) => {
                if line < self.view.items.len() {
                    let spot = self.here_mut();
                    *spot = Spot { cursor: line, scroll: spot.scroll, by_hand: false };
                    self.settle();
                    if self.mode() == Mode::Items {
                        return self.update(Action::Toggle);
                    }
                    return self.enter();
                }
                self.notice = Some(self.tongue.words().no_such.to_owned());
            }
            Action::Toggle | Action::Fine | Action::Problem => self.mark(action),
        }
        self.rebuild();
        Effect::Redraw
    }

    fn open_claims(&mut self) {
        // Where it is open already, what lies over it is closed: nobody has to close it twice.
        if let Some(at) = self.open.iter().position(|(open, _)| matches!(open, Open::Claims(_))) {
            self.open.truncate(at + 1);
        } else {
            let found = claims::search(self.wizard.guide(), "");
            self.open.push((Open::Claims(Box::new(Advice { field: TextArea::default(), found })), Spot::START));
            self.hint();
        }
    }

    /// The letters of the fix that is open, else all that are offered.
    fn open_letters(&mut self) {
        if matches!(self.open.last(), Some((Open::Letter(_), _))) {
            self.open.pop();
            return;
        }
        let report = self.report();
        let fix = match self.open.last() {
            Some((Open::Fix(fix), _)) => report.fixes.iter().find(|card| card.fix == *fix && !card.letters.is_empty()),
            _ => None,
        };
        let offered = || report.letters.iter().map(|(ix, _)| *ix).collect();
        let letters: Vec<LetterIx> = fix.map_or_else(offered, |card| card.letters.clone());
        let opened = if let [only] = letters[..] { Open::Letter(only) } else { Open::Letters(letters) };
        self.open.push((opened, Spot::START));
    }

    fn mark(&mut self, action: Action) {
        let At::Screen(screen) = self.wizard.at() else { return };
        let item = self.spot.cursor;
        let mark = match (action, self.wizard.marks(screen).get(item)) {
            (Action::Fine, _) | (Action::Toggle, Some(Mark::NotSure)) => Mark::Fine,
            (Action::Problem, _) | (Action::Toggle, Some(Mark::Fine)) => Mark::Problem,
            _ => Mark::NotSure,
        };
        self.wizard.apply(Move::Mark(item, mark));
        if action != Action::Toggle && item + 1 < self.view.items.len() {
            self.spot.cursor += 1;
            self.spot.by_hand = false;
        }
    }

    fn back(&mut self) -> Effect {
        if self.open.pop().is_none() {
            self.keep_draft();
            let was_solved = self.wizard.at() == At::Solved;
            let outcome = self.wizard.apply(Move::Back);
            let effect = self.after(&outcome);
            if was_solved && self.page.is_some() {
                // It was told on the list as it stands, which was opened over this question.
                self.open.push((Open::SoFar, Spot::START));
                self.rebuild();
            }
            return effect;
        }
        self.rebuild();
        Effect::Redraw
    }

    /// Going back loses nothing, also not what is half typed.
    fn keep_draft(&mut self) {
        let Some(page) = self.page.as_ref().filter(|_| self.mode().types()) else { return };
        let default = matches!(&page.body, Body::Field { value, .. } if *value == self.field.lines().join("\n"));
        if default || self.field.is_empty() {
            self.drafts.remove(&page.screen);
        } else {
            self.drafts.insert(page.screen, self.field.lines().to_vec());
        }
    }

    fn enter(&mut self) -> Effect {
        // Nobody takes what they do not see.
        if !self.here().is_shown(&self.window()) {
            self.here_mut().by_hand = false;
            self.rebuild();
            return Effect::Redraw;
        }
        let cursor = self.cursor();
        match self.mode() {
            Mode::Reading | Mode::Fix | Mode::Help => self.back(),
            Mode::Letter => self.open_fill(),
            Mode::Prompt => self.prompted(),
            Mode::Links => match self.link_here() {
                Some(url) => Effect::Open(url),
                None => self.back(),
            },
            Mode::Answers => {
                let lines = answers(&self.wizard.facts(), self.tongue);
                match lines.get(cursor) {
                    Some(line) => {
                        let screen = line.screen;
                        self.open.clear();
                        self.keep_draft();
                        let outcome = self.wizard.apply(Move::Edit(screen));
                        self.after(&outcome)
                    }
                    None => self.back(),
                }
            }
            Mode::List | Mode::SavedList | Mode::SoFar => {
                let report = self.report();
                let opened = match view::items(&report).get(cursor) {
                    Some(Item::Fix(place)) => Open::Fix(report.fixes[*place].fix),
                    Some(Item::Tried(place)) => {
                        Open::Tell { fix: report.tried[*place].fix, told: Some(report.tried[*place].ix) }
                    }
                    Some(Item::Reminder(place)) => Open::Reminder(*place),
                    Some(Item::Letter(letter)) => Open::Letter(*letter),
                    None => return Effect::None,
                };
                self.open.push((opened, Spot::START));
                self.rebuild();
                Effect::Redraw
            }
            Mode::Tell => self.tell(cursor),
            Mode::Offer => self.take_offer(cursor),
            Mode::Letters => {
                let letter = match self.open.last() {
                    Some((Open::Letters(letters), _)) => letters.get(cursor).copied(),
                    _ => None,
                };
                let Some(letter) = letter else { return self.back() };
                self.open.push((Open::Letter(letter), Spot::START));
                self.rebuild();
                Effect::Redraw
            }
            Mode::Claims => {
                let claim = match self.open.last() {
                    Some((Open::Claims(advice), _)) => advice.claim_at(&self.wizard.facts(), self.tongue, cursor),
                    _ => None,
                };
                if let Some(ix) = claim {
                    self.open.push((Open::Claim(ix), Spot::START));
                } else {
                    let words = self.tongue.words();
                    let why = if self.view.items.len() > 1 { words.claim_search } else { words.nothing_found };
                    self.notice = Some(why.to_owned());
                }
                self.rebuild();
                Effect::Redraw
            }
            _ => self.answer(cursor),
        }
    }

    fn answer(&mut self, cursor: usize) -> Effect {
        let Some(page) = &self.page else { return Effect::None };
        let typed = || self.field.lines().join("\n");
        let (step, from_field) = match &page.body {
            Body::Note | Body::Items(_) => (Some(Move::Next), false),
            Body::Options { options, .. } => (options.get(cursor).map(|(_, step)| step.clone()), false),
            Body::Field { not_sure, .. } => {
                (Some(if cursor > 0 && not_sure.is_some() { Move::NotSure } else { Move::Enter(typed()) }), true)
            }
            Body::Search { not_sure, .. } => match cursor.checked_sub(1).map(|line| self.matches.get(line)) {
                Some(Some(entry)) => (Some(Move::Choose(*entry)), true),
                Some(None) if not_sure.is_some() => (Some(Move::NotSure), true),
                _ => (None, true),
            },
            Body::Paste { .. } => (Some(Move::Enter(typed())), true),
        };
        let was_paste = matches!(page.body, Body::Paste { .. });
        let Some(step) = step else {
            let words = self.tongue.words();
            let why = if self.matches.is_empty() { words.nothing_found } else { words.type_to_search };
            self.notice = Some(why.to_owned());
            self.rebuild();
            return Effect::Redraw;
        };
        let here = page.screen;
        let outcome = self.wizard.apply(step);
        if !matches!(outcome, Outcome::Stayed(_)) {
            self.drafts.remove(&here);
        }
        let effect = self.after(&outcome);
        if was_paste {
            let lines = recognised(&self.wizard.facts(), self.tongue);
            if !lines.is_empty() {
                // What fell away is told as well.
                let lines: Vec<String> = lines.into_iter().chain(self.notice.take()).collect();
                self.notice = Some(lines.join(self.tongue.lang.gap()));
                self.rebuild();
            }
        }
        if from_field && effect == Effect::Redraw { Effect::Submitted } else { effect }
    }

    fn after(&mut self, outcome: &Outcome) -> Effect {
        let words = self.tongue.words();
        match outcome {
            Outcome::Moved { dropped } | Outcome::Finished { dropped } => {
                self.arrive();
                if !dropped.is_empty() {
                    let names = names(&self.wizard.facts(), dropped, self.tongue);
                    self.notice = Some(self.tongue.lang.no_longer_counts(&names));
                    self.rebuild();
                }
                return Effect::Redraw;
            }
            Outcome::Told | Outcome::Solved => {
                self.arrive();
                return Effect::Redraw;
            }
            Outcome::Stayed(stay) => {
                self.notice = match stay {
                    Stay::AtStart => Some(words.first_screen.to_owned()),
                    Stay::BadAmount(error) => Some(words.amount_error(*error).to_owned()),
                    Stay::BadMonth => Some(words.month_wrong.to_owned()),
                    Stay::Redacted => Some(words.secret_removed.to_owned()),
                    Stay::NotHere | Stay::Marked | Stay::Filled => None,
                };
            }
        }
        self.rebuild();
        Effect::Redraw
    }

    /// The screen that the side column and the title speak of.
    #[must_use]
    pub fn heading(&self) -> Option<&'static str> {
        let words = self.tongue.words();
        let at_the_end = (self.wizard.at() == At::Solved).then_some(words.solved);
        self.open.last().map(|(open, _)| open.heading(words)).or(at_the_end)
    }
}

/// Columns of the side column.
#[must_use]
pub fn side_width(width: u16) -> u16 {
    (width / 3).clamp(26, 40)
}

/// What the side column takes of a window, with the gap before it.
#[must_use]
pub fn side_columns(width: u16) -> u16 {
    side_width(width) + 2
}

/// Columns and rows that the body of a window can have at most.
#[must_use]
pub fn body_of((columns, rows): (u16, u16)) -> (usize, usize) {
    (usize::from(columns.saturating_sub(1)).min(MOST_COLUMNS), usize::from(rows.saturating_sub(FRAME_ROWS)))
}

/// What stays on the normal screen after leaving from the list.
#[must_use]
pub fn left_behind(app: &App) -> Option<String> {
    matches!(app.wizard.at(), At::List | At::Solved).then(|| crate::export::short(&app.report()))
}

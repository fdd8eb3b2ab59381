//! What is taken along from the list: copies, files, links, and letters that are filled in. What reaches out of the
//! program is an [`Effect`]; what became of it is told here.

use std::path::Path;

use ratatui_textarea::TextArea;

use super::{App, Effect};
use crate::claims;
use crate::clipboard::{NotCopied, Way};
use crate::export;
use crate::letter;
use crate::links::{self, Link};
use crate::target::TargetError;
use crate::tui::open::{Fill, Open, Save};
use crate::tui::spot::Spot;
use crate::tui::view::{Item, items};
use crate::wizard::{Move, Outcome, Stay};

impl App {
    /// The whole list as plain text, or how it ended.
    pub(super) fn list_text(&self) -> String {
        export::text(&self.wizard.facts(), &self.report(), false)
    }

    /// Copies what is open, or what the cursor is on.
    pub(super) fn copy(&mut self) -> Effect {
        let facts = self.wizard.facts();
        let report = self.report();
        let remark = |place: usize| report.reminders.get(place).map(|remark| remark.text.plain("\n"));
        let fix = |fix| report.fixes.iter().find(|card| card.fix == fix).map(|card| export::fix(&facts, &report, card));
        let text = match self.open.last().map(|(open, _)| open) {
            Some(Open::Letter(letter)) => Some(letter::text(&facts, *letter, self.tongue)),
            Some(Open::Fix(ix)) => fix(*ix),
            Some(Open::Reminder(place)) => remark(*place),
            Some(Open::Links(_)) => self.link_here(),
            None | Some(Open::SoFar) => match items(&report).get(self.cursor()) {
                Some(Item::Fix(place)) => fix(report.fixes[*place].fix),
                Some(Item::Reminder(place)) => remark(*place),
                Some(Item::Letter(letter)) => Some(letter::text(&facts, *letter, self.tongue)),
                Some(Item::Tried(place)) => Some(report.tried[*place].text.clone()),
                None => Some(self.list_text()),
            },
            Some(Open::Claim(claim)) => Some(claims::text(&facts, self.tongue, &[*claim])),
            Some(_) => None,
        };
        text.map_or(Effect::None, Effect::Copy)
    }

    /// Says what became of a copy.
    pub fn copied(&mut self, became: &Result<Vec<Way>, NotCopied>) {
        let words = self.tongue.words();
        // The surest way is the one to tell of.
        let said = match became {
            Ok(ways) if ways.contains(&Way::System) => words.copied[0],
            Ok(ways) if ways.contains(&Way::Tmux) => words.copied[1],
            Ok(_) => words.copied[2],
            Err(NotCopied::Screen) => words.not_copied[0],
            Err(NotCopied::TooLong) => words.not_copied[1],
            Err(NotCopied::NoWay) => words.not_copied[2],
        };
        self.say(said.to_owned());
    }

    pub(super) fn open_links(&mut self) {
        let facts = self.wizard.facts();
        let report = self.report();
        let card = |fix| report.fixes.iter().find(|card| card.fix == fix);
        let found: Vec<Link> = match (self.open.last().map(|(open, _)| open), &self.page) {
            (Some(Open::Fix(fix)), _) => {
                card(*fix).map(|card| links::of_fix(&facts, card, self.tongue)).unwrap_or_default()
            }
            (Some(Open::Reminder(place)), _) => {
                let remark = report.reminders.get(*place);
                remark.map(|remark| links::of_remark(&facts, remark, self.tongue)).unwrap_or_default()
            }
            (Some(Open::Claim(claim)), _) => links::of_claim(&facts, *claim, self.tongue),
            (Some(Open::Letter(letter)), _) => links::of_letter(&facts, *letter, self.tongue),
            (None, Some(page)) => links::of_page(page),
            _ => links::of_list(&facts, &report),
        };
        self.open.push((Open::Links(found), Spot::START));
    }

    /// The address that the cursor is on.
    pub(super) fn link_here(&self) -> Option<String> {
        match self.open.last() {
            Some((Open::Links(found), spot)) => found.get(spot.cursor).map(|link| link.url.clone()),
            _ => None,
        }
    }

    /// Says whether an address was opened. It is told whole, since nobody knows what the desktop made of it.
    pub fn opened(&mut self, url: &str, was_opened: bool) {
        let words = self.tongue.words();
        let label = if was_opened { words.opened } else { words.not_opened };
        self.say(self.tongue.lang.labelled(label, url));
    }

    pub(super) fn open_save(&mut self) {
        let letter = match self.open.last() {
            Some((Open::Letter(letter), _)) => Some(*letter),
            _ => None,
        };
        let facts = self.wizard.facts();
        let day = facts.now.map(|now| format!("-{}", now.date())).unwrap_or_default();
        let name = match letter {
            Some(letter) => format!("declined{day}-{}.txt", facts.guide.letters[letter].id),
            None => format!("declined{day}.html"),
        };
        self.open.push((Open::Save(Box::new(Save { letter, field: field_with(&name), asked: None })), Spot::START));
    }

    /// What is written to a file of this name: its ending says how.
    ///
    /// # Errors
    /// None in practice: nothing in the list can fail to become JSON.
    pub fn text_for(&self, name: &Path) -> anyhow::Result<String> {
        let facts = self.wizard.facts();
        if let Some((Open::Save(save), _)) = self.open.last()
            && let Some(letter) = save.letter
        {
            return Ok(letter::text(&facts, letter, self.tongue));
        }
        Ok(export::as_file(name, &facts, self.tongue)?)
    }

    /// Says what became of a file. One that exists is asked about; what else went wrong can be mended in the field.
    pub fn written(&mut self, name: &str, became: &Result<(), TargetError>) {
        if became.is_ok() && matches!(self.open.last(), Some((Open::Save(_), _))) {
            self.open.pop();
        }
        if let (Err(TargetError::Exists(_)), Some((Open::Save(save), _))) = (became, self.open.last_mut()) {
            save.asked = Some(name.to_owned());
        }
        self.say(self.tongue.lang.became_of_file(name, became));
    }

    /// Asks for the first blank of the letter that is open.
    pub(super) fn open_fill(&mut self) -> Effect {
        let Some((Open::Letter(letter), _)) = self.open.last() else { return Effect::None };
        let blanks = letter::blanks(&self.wizard.facts(), *letter, self.tongue);
        if blanks.is_empty() {
            self.notice = Some(self.tongue.words().nothing_to_fill.to_owned());
        } else {
            let field = self.field_for(&blanks, 0);
            self.open.push((Open::Fill(Box::new(Fill { blanks, at: 0, field })), Spot::START));
        }
        self.rebuild();
        Effect::Redraw
    }

    fn field_for(&self, blanks: &[(crate::guide::text::Value, String)], at: usize) -> TextArea<'static> {
        let filled = self.wizard.facts().filled;
        let blank = blanks.get(at).map(|(blank, _)| *blank);
        let text = filled.into_iter().find(|(known, _)| Some(*known) == blank).map(|(_, text)| text);
        field_with(&text.unwrap_or_default())
    }

    /// Takes what was typed for a file name or a blank.
    pub(super) fn prompted(&mut self) -> Effect {
        let words = self.tongue.words();
        let typed = self.field_mut().lines().join(" ").trim().to_owned();
        match self.open.last() {
            Some((Open::Save(_), _)) if typed.is_empty() => {
                self.say(words.file_no_name.to_owned());
                Effect::Redraw
            }
            Some((Open::Save(save), _)) if !export::can_be(Path::new(&typed), save.letter.is_some()) => {
                self.say(if save.letter.is_some() { words.letter_ending } else { words.file_ending }.to_owned());
                Effect::Redraw
            }
            Some((Open::Save(save), _)) => {
                let replace = save.asked.as_ref() == Some(&typed);
                Effect::Save { name: typed, replace }
            }
            Some((Open::Fill(fill), _)) => {
                let (blank, next) = (fill.blanks[fill.at].0, fill.at + 1);
                let blanks = fill.blanks.clone();
                let outcome = self.wizard.apply(Move::Fill(blank, typed));
                if outcome == Outcome::Stayed(Stay::Redacted) {
                    // What is left of it makes no letter: it is asked again.
                    self.wizard.apply(Move::Fill(blank, String::new()));
                    *self.field_mut() = field_with("");
                    self.say(words.not_in_a_letter.to_owned());
                    return Effect::Submitted;
                }
                if next < blanks.len() {
                    let field = self.field_for(&blanks, next);
                    if let Some((Open::Fill(fill), _)) = self.open.last_mut() {
                        (fill.at, fill.field) = (next, field);
                    }
                } else {
                    self.open.pop();
                }
                self.rebuild();
                Effect::Submitted
            }
            _ => Effect::None,
        }
    }

    /// Says something below the page.
    pub(super) fn say(&mut self, text: String) {
        self.notice = Some(text);
        self.rebuild();
    }
}

/// A field that holds a text already, selected: typing takes its place, Enter takes it as it is.
fn field_with(text: &str) -> TextArea<'static> {
    let mut field = TextArea::new(vec![text.to_owned()]);
    field.set_cursor_line_style(ratatui::style::Style::new());
    field.select_all();
    field
}

//! A guide that is edited while the wizard runs on it: everything that the person gave, and where they are, is carried
//! over by name into the guide as it is now.

use std::collections::BTreeMap;
use std::mem::discriminant;
use std::sync::Arc;

use time::OffsetDateTime;

use super::App;
use crate::claims;
use crate::guide::answer::Given;
use crate::guide::text::Value;
use crate::guide::{FixIx, Guide, LetterIx, ScreenIx};
use crate::letter;
use crate::report::{Report, Tongue};
use crate::reread::{Edit, Trouble};
use crate::saved::{Dropped, Offer, Saved};
use crate::tui::open::Open;
use crate::tui::spot::Spot;
use crate::wizard::{Move, Wizard};

/// What the app knows of edits.
#[derive(Debug, Default)]
pub(super) struct Edits {
    /// Whether the guide is watched.
    pub watched: bool,
    /// Why the last edit cannot be used.
    trouble: Option<Trouble>,
    /// Whether the guide was read since the watch began.
    was_read: bool,
    /// What is to be told of the last edit, until the next key.
    pub news: Option<String>,
    basis: Option<Basis>,
}

impl Edits {
    /// The wizard is another one now, whose moves are counted anew.
    pub fn forget(&mut self) {
        self.basis = None;
    }
}

/// What was given when the person last did something. An edit may take away what it needs and the next bring it back;
/// in between nothing is lost.
#[derive(Debug)]
struct Basis {
    revision: u64,
    saved: Saved,
    /// What was typed on screens that were left without an answer.
    typed: BTreeMap<String, Vec<String>>,
    dropped: Vec<Dropped>,
}

impl App {
    /// Has it known that the guide is watched.
    pub const fn set_watched(&mut self) {
        self.edits.watched = true;
    }

    /// Whether the last edit of the guide cannot be used.
    #[must_use]
    pub const fn is_broken(&self) -> bool {
        self.edits.trouble.is_some()
    }

    /// The guide was edited.
    pub fn edited(&mut self, edit: Edit) {
        self.edits.news = None;
        self.rebuild();
        // The watch begins with a reading, whatever became of the files.
        let is_first = !std::mem::replace(&mut self.edits.was_read, true);
        match edit {
            Edit::Good(guide) => {
                let before = self.seen();
                self.reread(&guide);
                self.rebuild();
                if !is_first && self.seen() == before {
                    self.edits.news = Some(self.tongue.words().watch.again.to_owned());
                }
            }
            Edit::Bad(trouble) => self.tell_trouble(trouble),
        }
        self.rebuild();
    }

    /// What the reader sees of the guide.
    fn seen(&self) -> impl PartialEq + use<> {
        let title = self.wizard.guide().title.line(self.tongue.index, &self.wizard.facts());
        let rows = self.view.rows.iter().skip(self.scroll()).take(self.body_size().1).cloned().collect::<Vec<_>>();
        (title, self.progress(), rows, self.side.clone(), self.notice.clone())
    }

    fn tell_trouble(&mut self, trouble: Trouble) {
        self.edits.trouble = Some(trouble.clone());
        if self.mode().types() {
            // Over a field it would take what is being typed.
            self.open.retain(|(open, _)| !matches!(open, Open::Trouble(_)));
            self.edits.news = Some(self.tongue.lang.faults_in_short(&trouble));
            return;
        }
        let spot = match self.open.last() {
            Some((Open::Trouble(_), spot)) => *spot,
            _ => Spot::START,
        };
        self.open.retain(|(open, _)| !matches!(open, Open::Trouble(_)));
        self.open.push((Open::Trouble(trouble), spot));
    }

    /// Shows what is wrong with the last edit, or hides it.
    pub(super) fn toggle_faults(&mut self) {
        if matches!(self.open.last(), Some((Open::Trouble(_), _))) {
            self.open.pop();
        } else if let Some(trouble) = self.edits.trouble.clone() {
            self.open.retain(|(open, _)| !matches!(open, Open::Trouble(_)));
            self.open.push((Open::Trouble(trouble), Spot::START));
        }
    }

    fn reread(&mut self, guide: &Arc<Guide>) {
        let open = std::mem::take(&mut self.open);
        self.keep_draft();
        let old = Arc::clone(self.wizard.guide());
        let before = self.report();
        let (spot, notice, page, field) =
            (self.spot, self.notice.take(), self.page.take(), std::mem::take(&mut self.field));

        let mut typed = by_id(&old, &self.drafts);
        let known = self.edits.basis.take().filter(|basis| basis.revision == self.wizard.revision());
        let basis = match known {
            Some(basis) => {
                let hidden = basis.typed.iter().filter(|(id, _)| old.screen(id).is_none());
                typed.extend(hidden.map(|(id, lines)| (id.clone(), lines.clone())));
                Basis { typed, ..basis }
            }
            None => Basis { revision: self.wizard.revision(), saved: self.saved(), typed, dropped: Vec::new() },
        };
        let (wizard, dropped) = replay(&self.wizard, &basis.saved, guide);
        self.wizard = wizard;
        self.tongue = Tongue::new(guide, guide.language(old.language_code(self.tongue.index)).unwrap_or(0));
        let typed = basis.typed.iter();
        self.drafts = typed.filter_map(|(id, lines)| Some((guide.screen(id)?, lines.clone()))).collect();
        let is_news = dropped != basis.dropped;
        self.edits.trouble = None;
        self.edits.basis = Some(Basis { dropped, ..basis });

        self.arrive();
        self.notice = notice;
        if let (Some(was), Some(is)) = (&page, &self.page)
            && old.screens[was.screen].id == guide.screens[is.screen].id
        {
            self.spot = spot;
            // The cursor in the field stays where it was, too.
            if discriminant(&was.body) == discriminant(&is.body) && self.drafts.contains_key(&is.screen) {
                self.field = field;
            }
        } else if page.is_none() && self.page.is_none() {
            self.spot = spot;
        }
        self.carry(open, &old, &before);
        if is_news && let Some(basis) = &self.edits.basis {
            self.notice = (!basis.dropped.is_empty()).then(|| self.tongue.lang.dropped(&basis.dropped));
        }
    }

    fn saved(&self) -> Saved {
        let code = self.wizard.guide().language_code(self.tongue.index);
        Saved::of(&self.wizard, code, time(self.wizard.given()))
    }

    /// Opens again what was open, as far as it is still there.
    fn carry(&mut self, open: Vec<(Open, Spot)>, old: &Guide, before: &Report) {
        let guide = Arc::clone(self.wizard.guide());
        let after = self.report();
        let fix = |ix: FixIx| guide.fixes.iter().position(|fix| fix.id == old.fixes[ix].id);
        let letter = |ix: LetterIx| guide.letters.iter().position(|letter| letter.id == old.letters[ix].id);
        for (open, spot) in open {
            let carried = match open {
                Open::Trouble(_) => None,
                Open::Help { .. } | Open::Answers | Open::SoFar | Open::Links(_) => Some(open),
                Open::Fix(ix) => fix(ix).filter(|ix| after.fixes.iter().any(|card| card.fix == *ix)).map(Open::Fix),
                Open::Tell { fix: ix, told } => {
                    fix(ix).filter(|_| before.tried.len() == after.tried.len()).map(|fix| Open::Tell { fix, told })
                }
                Open::Reminder(place) => before.reminders.get(place).and_then(|remark| {
                    let id = &old.reminders[remark.ix].id;
                    after.reminders.iter().position(|remark| guide.reminders[remark.ix].id == *id).map(Open::Reminder)
                }),
                Open::Claims(mut advice) => {
                    advice.found = claims::search(&guide, &advice.field.lines().join(" "));
                    Some(Open::Claims(advice))
                }
                Open::Claim(ix) => guide.claims.iter().position(|claim| claim.id == old.claims[ix].id).map(Open::Claim),
                Open::Letters(letters) => Some(Open::Letters(letters.into_iter().filter_map(letter).collect())),
                Open::Letter(ix) => letter(ix).map(Open::Letter),
                Open::Save(mut save) => match save.letter.map(letter) {
                    Some(None) => None,
                    known => {
                        save.letter = known.flatten();
                        Some(Open::Save(save))
                    }
                },
                Open::Fill(mut fill) => {
                    let filled = value(fill.blanks[fill.at].0, old, &guide);
                    let blanks = match self.open.last() {
                        Some((Open::Letter(ix), _)) => letter::blanks(&self.wizard.facts(), *ix, self.tongue),
                        _ => Vec::new(),
                    };
                    blanks.iter().position(|(blank, _)| Some(*blank) == filled).map(|at| {
                        (fill.blanks, fill.at) = (blanks, at);
                        Open::Fill(fill)
                    })
                }
                Open::Offer(offer) => {
                    let saved = Saved::of(&offer.wizard, "", offer.now);
                    let (wizard, dropped) = replay(&offer.wizard, &saved, &guide);
                    let dropped = offer.dropped.into_iter().chain(dropped).collect();
                    Some(Open::Offer(Box::new(Offer { wizard, dropped, ..*offer })))
                }
            };
            self.open.extend(carried.map(|open| (open, spot)));
        }
    }
}

fn time(given: &Given) -> OffsetDateTime {
    given.now.unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// The wizard in the guide as it is now, and what has no place in it. Nothing was given by that, so nothing is saved.
fn replay(wizard: &Wizard, saved: &Saved, guide: &Arc<Guide>) -> (Wizard, Vec<Dropped>) {
    let old = wizard.guide();
    let (mut now, dropped) = saved.replay(guide, wizard.facts().today, time(wizard.given()));
    for (blank, text) in &wizard.given().filled {
        if let Some(blank) = value(*blank, old, guide) {
            now.apply(Move::Fill(blank, text.clone()));
        }
    }
    now.count_from(wizard.revision());
    (now, dropped)
}

/// What a text shows, by name.
fn value(value: Value, old: &Guide, new: &Guide) -> Option<Value> {
    let screen = |ix: ScreenIx| new.screen(&old.screens[ix].id);
    match value {
        Value::Figure(ix) => new.figures.iter().position(|figure| figure.id == old.figures[ix].id).map(Value::Figure),
        Value::Answer(ix) => screen(ix).map(Value::Answer),
        Value::Said(ix) => screen(ix).map(Value::Said),
        Value::Blank(letter, blank) => {
            let was = &old.letters[letter];
            let letter = new.letters.iter().position(|letter| letter.id == was.id)?;
            let blanks = &new.letters[letter].blanks;
            let blank = blanks.iter().position(|known| known.id == was.blanks[blank].id)?;
            Some(Value::Blank(letter, blank))
        }
        Value::Tried => Some(Value::Tried),
    }
}

fn by_id(guide: &Guide, drafts: &BTreeMap<ScreenIx, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    drafts.iter().map(|(&ix, lines)| (guide.screens[ix].id.clone(), lines.clone())).collect()
}

#[cfg(test)]
mod tests;

//! Sessions that are saved: the offer to go on with one, and what is to be told of saving.

use time::OffsetDateTime;

use super::{App, Effect};
use crate::saved::Offer;
use crate::tui::open::Open;
use crate::tui::spot::Spot;

impl App {
    /// Opens what stands before the first screen: a session to go on with, a word to begin with.
    pub fn begin(&mut self, saves: bool, offer: Option<Offer>, notice: Option<String>) {
        self.saves = saves;
        self.open.extend(offer.map(|offer| (Open::Offer(Box::new(offer)), Spot::default())));
        self.notice = notice;
        self.rebuild();
    }

    /// Sets the time.
    pub const fn set_now(&mut self, now: OffsetDateTime) {
        self.wizard.set_now(now);
    }

    /// Tells something beside what the last key had to say.
    pub fn say_also(&mut self, text: &str) {
        let gap = self.tongue.lang.gap();
        self.notice = Some(match self.notice.take() {
            Some(notice) => format!("{text}{gap}{notice}"),
            None => text.to_owned(),
        });
        self.rebuild();
    }

    /// Goes on with what is offered, or lets it be.
    pub(super) fn take_offer(&mut self, line: usize) -> Effect {
        let Some((Open::Offer(offer), _)) = self.open.pop() else { return Effect::None };
        if line > 0 {
            self.rebuild();
            return Effect::Redraw;
        }
        self.wizard = offer.wizard.clone();
        self.edits.forget();
        self.arrive();
        self.notice = offer.notice(self.tongue);
        self.rebuild();
        Effect::Resumed
    }
}

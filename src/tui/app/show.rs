//! What is shown for the state that the app is in: made anew after every change, so that drawing only reads.

use ratatui_textarea::{TextArea, WrapMode};

use super::{App, FRAME_ROWS, LEAST, side_width};
use crate::claims;
use crate::page::{Body, Page, search};
use crate::report::{Report, answers};
use crate::tui::keymap::Mode;
use crate::tui::open::Open;
use crate::tui::spot::{Spot, Window};
use crate::tui::theme::Role;
use crate::tui::view::{self, View};
use crate::wizard::At;

impl App {
    /// Sets the view up for the screen that the wizard is on now.
    pub(super) fn arrive(&mut self) {
        self.open.clear();
        self.spot = Spot::START;
        self.field = TextArea::default();
        self.matches.clear();
        self.notice = None;
        self.page = self.make_page();
        let Some(page) = &self.page else {
            self.rebuild();
            return;
        };
        let screen = page.screen;
        match &page.body {
            Body::Options { taken: Some(taken), .. } => self.spot = Spot { cursor: *taken, ..Spot::default() },
            Body::Search { taken, .. } => {
                self.matches = search(self.wizard.guide(), screen, "");
                if let Some(entry) = taken {
                    self.spot = Spot { cursor: entry + 1, ..Spot::default() };
                }
                self.hint();
            }
            Body::Field { value, unsure, .. } => {
                if *unsure {
                    self.spot = Spot { cursor: 1, ..Spot::default() };
                }
                // Selected, so that typing takes its place and Enter takes it as it is.
                self.field = TextArea::new(vec![value.clone()]);
                self.field.select_all();
            }
            Body::Paste { .. } => self.field.set_wrap_mode(WrapMode::Glyph),
            Body::Note | Body::Items(_) | Body::Options { .. } => {}
        }
        if let Some(lines) = self.drafts.get(&screen) {
            self.field.select_all();
            self.field.insert_str(lines.join("\n"));
            self.typed();
        }
        self.field.set_cursor_line_style(ratatui::style::Style::new());
        self.rebuild();
    }

    /// Says in an empty field what to type.
    pub(super) fn hint(&mut self) {
        let words = self.tongue.words();
        let hint = if self.mode() == Mode::Claims { words.claim_search } else { words.type_to_search };
        let (hint, style) = (self.look.text(hint), self.look.style(Role::Soft));
        let field = self.field_mut();
        field.set_placeholder_text(hint);
        field.set_placeholder_style(style);
        field.set_cursor_line_style(ratatui::style::Style::new());
    }

    pub(super) fn make_page(&self) -> Option<Page> {
        match self.wizard.at() {
            At::Screen(screen) => Some(Page::new(&self.wizard, screen, self.tongue)),
            At::List | At::Solved => None,
        }
    }

    pub(super) fn typed(&mut self) {
        // A paste that the terminal does not mark comes key by key, perhaps a hundred thousand of them: the page is
        // made anew only when the field grows.
        if self.mode() == Mode::Paste {
            let rows = view::paste_rows(self.field.lines().len());
            if self.view.field.as_ref().is_some_and(|field| field.len() == rows) {
                return;
            }
        }
        if let Some((Open::Claims(advice), spot)) = self.open.last_mut() {
            let typed = advice.field.lines().join(" ");
            advice.found = claims::search(self.wizard.guide(), &typed);
            *spot =
                Spot { cursor: usize::from(!typed.trim().is_empty() && !advice.found.is_empty()), ..Spot::default() };
        } else if let Some(Page { screen, body: Body::Search { .. }, .. }) = &self.page {
            let typed = self.field.lines().join(" ");
            self.matches = search(self.wizard.guide(), *screen, &typed);
            // The field is the first line: nothing is taken that nobody typed or went to.
            let cursor = usize::from(!typed.trim().is_empty() && !self.matches.is_empty());
            self.spot = Spot { cursor, ..Spot::default() };
        }
        self.rebuild();
    }

    pub(super) fn here(&self) -> Spot {
        self.open.last().map_or(self.spot, |(_, spot)| *spot)
    }

    pub(super) fn here_mut(&mut self) -> &mut Spot {
        self.open.last_mut().map_or(&mut self.spot, |(_, spot)| spot)
    }

    /// Whether the window is too small for anything but a word about it.
    #[must_use]
    pub fn is_too_small(&self) -> bool {
        self.size.0 < LEAST.0 || self.size.1 < LEAST.1
    }

    pub(super) fn rebuild(&mut self) {
        self.page = self.make_page();
        self.any_answers = !answers(&self.wizard.facts(), self.tongue).is_empty();
        let (columns, rows) = self.body_size();
        self.view = self.make_view(columns, rows);
        if self.has_side() {
            let facts = self.wizard.facts();
            let rows = usize::from(self.size.1.saturating_sub(FRAME_ROWS));
            let width = usize::from(side_width(self.size.0));
            self.side = view::side(&facts, &Report::of(&facts, self.tongue), width, rows, self.look.glyphs());
        }
        self.settle();
    }

    pub(super) fn make_view(&self, columns: usize, rows: usize) -> View {
        let facts = self.wizard.facts();
        match (self.open.last(), &self.page) {
            (Some((open, _)), _) => open.view(&facts, columns, self.tongue, self.look.ascii),
            (None, None) if self.wizard.at() == At::Solved => {
                view::solved(&facts, &Report::of(&facts, self.tongue), columns)
            }
            (None, None) => view::list(&Report::of(&facts, self.tongue), columns),
            (None, Some(page)) => {
                view::question(page, &self.matches, self.field.lines().len(), (columns, rows), self.tongue)
            }
        }
    }

    /// Keeps the cursor on a line and the line in the window.
    pub(super) fn settle(&mut self) {
        let window = self.window();
        self.here_mut().settle(&window);
    }

    pub(super) fn window(&self) -> Window {
        Window::new(&self.view, self.body_size().1)
    }
}

//! Gives every character behind one of ambiguous width a position of its own.
//!
//! `▇ ❯ ─ … ← “` take one column on most terminals and two on some that are set up for Chinese. Ratatui moves the cursor
//! only where cells are not neighbours, so on such a terminal all that stands to the right would shift.

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr as _;

/// A backend that ends a run of neighbours behind each character of ambiguous width.
#[derive(Debug)]
pub struct Placed<B>(pub B);

/// Whether terminals may disagree on the width of a text. Unicode calls `❯` narrow; some terminals do not.
fn is_ambiguous(text: &str) -> bool {
    !text.is_ascii() && (text.width() != text.width_cjk() || text == "❯")
}

impl<B: Backend> Backend for Placed<B> {
    type Error = B::Error;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Self::Error>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // The inner backend begins each call with a move of the cursor.
        let mut run = Vec::new();
        for (x, y, cell) in content {
            run.push((x, y, cell));
            if is_ambiguous(cell.symbol()) {
                self.0.draw(run.drain(..))?;
            }
        }
        self.0.draw(run.into_iter())
    }

    fn append_lines(&mut self, n: u16) -> Result<(), Self::Error> {
        self.0.append_lines(n)
    }

    fn hide_cursor(&mut self) -> Result<(), Self::Error> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Self::Error> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Self::Error> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Self::Error> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Self::Error> {
        self.0.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> Result<(), Self::Error> {
        self.0.clear_region(clear_type)
    }

    fn size(&self) -> Result<Size, Self::Error> {
        self.0.size()
    }

    fn window_size(&mut self) -> Result<WindowSize, Self::Error> {
        self.0.window_size()
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use ratatui::backend::CrosstermBackend;

    use super::*;

    #[test]
    fn what_stands_behind_an_arrow_has_a_place() {
        let mut out = Vec::new();
        let cells = [Cell::new("←"), Cell::new("b"), Cell::new("c")];
        let content = cells.iter().zip(0..).map(|(cell, x)| (x, 0, cell));
        Placed(CrosstermBackend::new(&mut out)).draw(content).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("\u{1b}[1;2Hbc"), "{text:?}");
    }

    #[test]
    fn ambiguous_are_those_that_terminals_disagree_on() {
        for text in ["▇", "❯", "─", "…", "←", "“", "·"] {
            assert!(is_ambiguous(text), "{text}");
        }
        for text in ["a", "银", " ", "é"] {
            assert!(!is_ambiguous(text), "{text}");
        }
    }
}

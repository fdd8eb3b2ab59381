//! Gives every character behind one of ambiguous width a position of its own, and opens a link once for all its cells.
//!
//! `▇ ❯ ─ … ← “` take one column on most terminals and two on some that are set up for Chinese. Ratatui moves the cursor
//! only where cells are not neighbours, so on such a terminal all that stands to the right would shift.
//!
//! Each linked cell of the buffer holds its whole link; sent like that, an address of 60 columns would take 6 KB.

use std::borrow::Cow;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr as _;

use super::hyperlink;

/// A backend that ends a run of neighbours behind each character of ambiguous width.
#[derive(Debug)]
pub struct Placed<B>(pub B);

/// Whether terminals may disagree on the width of a text. Unicode calls `❯` narrow; some terminals do not.
fn is_ambiguous(text: &str) -> bool {
    !text.is_ascii() && (text.width() != text.width_cjk() || text == "❯")
}

impl<B: Backend> Placed<B> {
    /// Draws a run; the inner backend begins each with a move of the cursor.
    fn send(&mut self, run: &[(u16, u16, Cow<'_, Cell>)]) -> Result<(), B::Error> {
        self.0.draw(run.iter().map(|(x, y, cell)| (*x, *y, cell.as_ref())))
    }
}

impl<B: Backend> Backend for Placed<B> {
    type Error = B::Error;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Self::Error>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut run: Vec<(u16, u16, Cow<'a, Cell>)> = Vec::new();
        let mut last = "";
        for (x, y, cell) in content {
            let (opens, shown) = hyperlink::parts(cell.symbol());
            let mut sent = Cow::Borrowed(cell);
            if let Some((.., before)) = run.last_mut().filter(|_| !opens.is_empty() && opens == last) {
                if let Some(unclosed) = before.symbol().strip_suffix(hyperlink::CLOSE).map(str::to_owned) {
                    before.to_mut().set_symbol(&unclosed);
                }
                sent.to_mut().set_symbol(&cell.symbol()[opens.len()..]);
            }
            last = opens;
            run.push((x, y, sent));
            if is_ambiguous(shown) {
                self.send(&run)?;
                run.clear();
            }
        }
        self.send(&run)
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

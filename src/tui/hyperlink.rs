//! Links that the terminal itself opens (OSC 8). A cell of the buffer holds its character with a whole link around it,
//! so that any cell can be drawn without the ones beside it.

use std::num::NonZeroU16;
use std::ops::Range;

use ratatui::buffer::{Buffer, CellDiffOption};
use unicode_width::UnicodeWidthStr as _;

use crate::links::is_safe;

/// Before the address. Cells are one link where both the id and the address are the same: an address over two rows is
/// lit up as one.
const OPEN: &str = "\u{1b}]8;id=d;";
/// Behind the address, and behind [`CLOSE`].
const END: &str = "\u{1b}\\";
/// Behind what was linked.
pub const CLOSE: &str = "\u{1b}]8;;\u{1b}\\";

/// Makes the cells of a row lead to an address. They are drawn already. Nothing is linked to what is no plain https
/// address: it might end the sequence or begin another.
pub fn link(buffer: &mut Buffer, y: u16, columns: Range<u16>, url: &str) {
    if !is_safe(url) {
        return;
    }
    let mut x = columns.start;
    while x < columns.end {
        let cell = &mut buffer[(x, y)];
        let shown = u16::try_from(cell.symbol().width()).ok().and_then(NonZeroU16::new).unwrap_or(NonZeroU16::MIN);
        let linked = format!("{OPEN}{url}{END}{}{CLOSE}", cell.symbol());
        // Ratatui would count the sequence as well.
        cell.set_symbol(&linked).set_diff_option(CellDiffOption::ForcedWidth(shown));
        x = x.saturating_add(shown.get());
    }
}

/// What a symbol opens a link with, which is nothing where there is none, and what it shows.
pub fn parts(symbol: &str) -> (&str, &str) {
    let linked = || {
        let inside = symbol.strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
        let shown = &inside[inside.find(END)? + END.len()..];
        Some((&symbol[..symbol.len() - CLOSE.len() - shown.len()], shown))
    };
    linked().unwrap_or(("", symbol))
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    #[test]
    fn a_link_in_each_cell() {
        let mut buffer = Buffer::with_lines(["a银b"]);
        link(&mut buffer, 0, 0..3, "https://a.example/x;y");
        let symbols: Vec<&str> = (0..4).map(|x| buffer[(x, 0)].symbol()).collect();
        let linked = |text: &str| format!("\u{1b}]8;id=d;https://a.example/x;y\u{1b}\\{text}\u{1b}]8;;\u{1b}\\");
        assert_eq!(symbols, [&linked("a"), &linked("银"), " ", "b"]);
        assert_eq!(buffer[(1, 0)].diff_option, CellDiffOption::ForcedWidth(NonZeroU16::new(2).unwrap()));
        assert_eq!(parts(symbols[1]), ("\u{1b}]8;id=d;https://a.example/x;y\u{1b}\\", "银"));
        assert_eq!(parts("b"), ("", "b"));
    }

    #[test]
    fn only_an_address_gets_into_a_sequence() {
        for url in ["http://a.example", "https://a.example/\u{1b}]52;c;eA==\u{7}", "https://a.example/a\u{1b}\\"] {
            let mut buffer = Buffer::with_lines(["ab"]);
            link(&mut buffer, 0, 0..2, url);
            assert_eq!(buffer, Buffer::with_lines(["ab"]), "{url:?}");
        }
    }

    #[test]
    fn nothing_is_linked_where_nothing_was_drawn() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        link(&mut buffer, 0, 2..2, "https://a.example");
        assert_eq!(buffer, Buffer::empty(Rect::new(0, 0, 2, 1)));
    }
}

//! The offer to go on with a saved session, as rows.

use super::theme::Role;
use super::view::{Piece, Row, View};
use crate::layout::wrap_plain;
use crate::report::Tongue;
use crate::saved::Offer;

const TEXT: u16 = 2;
const ITEM: u16 = 4;

/// What was saved, and the two ways on.
pub fn view(offer: &Offer, columns: usize, tongue: Tongue) -> View {
    let words = tongue.words().sessions;
    let rows = |text: &str, indent: u16, role: Role| {
        wrap_plain(text, columns.saturating_sub(usize::from(indent))).into_iter().map(move |line| Row {
            pieces: vec![Piece::new(line, role)],
            indent,
            right: None,
        })
    };
    let mut view = View::default();
    for (number, line) in offer.lines(tongue).iter().enumerate() {
        view.rows.extend(rows(line, TEXT, if number == 0 { Role::Strong } else { Role::Plain }));
    }
    view.rows.push(Row::default());
    for line in [words.go_on, words.anew] {
        let from = view.rows.len();
        view.rows.extend(rows(line, ITEM, Role::Plain));
        view.items.push(from..view.rows.len());
    }
    view
}

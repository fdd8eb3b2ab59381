//! What is wrong with an edited guide, as rows.

use super::theme::Role;
use super::view::{Piece, Row, View};
use crate::layout::wrap_plain;
use crate::report::Tongue;
use crate::reread::Trouble;

const TEXT: u16 = 2;
const ITEM: u16 = 4;
/// Whoever has more than this mends the first of them first.
const MOST: usize = 20;

/// How many faults, that the guide is used as it was, and the first faults with the way out.
pub fn view(trouble: &Trouble, columns: usize, tongue: Tongue) -> View {
    let words = tongue.words().watch;
    let mut view = View::default();
    let mut say = |text: &str, indent: u16, role: Role| {
        for line in wrap_plain(text, columns.saturating_sub(usize::from(indent))) {
            view.rows.push(Row { pieces: vec![Piece::new(line, role)], indent, right: None });
        }
    };
    match trouble {
        Trouble::Unreadable(why) => {
            say(&tongue.lang.cannot_read_guide(why), TEXT, Role::Strong);
            say(words.kept, TEXT, Role::Plain);
        }
        Trouble::Faults(faults) => {
            say(&tongue.lang.faults(faults.len()), TEXT, Role::Strong);
            say(words.kept, TEXT, Role::Plain);
            for fault in faults.iter().take(MOST) {
                say("", TEXT, Role::Plain);
                if let Some(place) = &fault.place {
                    say(place, TEXT, Role::Key);
                }
                say(&fault.message, ITEM, Role::Plain);
                if let Some(help) = &fault.help {
                    say(help, ITEM, Role::Good);
                }
            }
            if let Some(more @ 1..) = faults.len().checked_sub(MOST) {
                say("", TEXT, Role::Plain);
                say(&tongue.lang.more_faults(more), TEXT, Role::Soft);
            }
        }
    }
    view
}

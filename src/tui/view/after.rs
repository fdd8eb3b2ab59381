//! The views of what comes after the list: what became of a fix, the end, links, and the field of a prompt.

use super::{ITEM, Row, TEXT, View, address, sources};
use crate::guide::answer::Facts;
use crate::links::Link;
use crate::report::{Report, Tongue};
use crate::tui::theme::Role;

/// The end: what helped, what it was, and how to keep it from happening again.
#[must_use]
pub fn solved(facts: &Facts<'_>, report: &Report, columns: usize) -> View {
    let words = report.tongue.words();
    let mut view = View::default();
    let Some(solved) = &report.solved else { return view };
    view.text(&report.tongue.lang.labelled(words.what_helped, &solved.title), TEXT, columns, Role::Strong);
    if !solved.was.is_empty() {
        view.text(&solved.was, TEXT, columns, Role::Plain);
    }
    if !solved.afterwards.is_empty() {
        view.gap();
        view.text(words.so_that_it_stays, TEXT, columns, Role::Heading);
        view.rich(&solved.afterwards, TEXT, columns, Role::Plain);
    }
    view.gap();
    view.text(words.next_payment, TEXT, columns, Role::Heading);
    for remark in &report.reminders {
        view.hanging("- ", Role::Plain, &remark.text, TEXT, columns, Role::Plain);
    }
    sources(&mut view, facts, report.tongue, &solved.sources, columns);
    view.gap();
    view.text(words.solved_keys, TEXT, columns, Role::Soft);
    view
}

/// What can become of a fix, to choose from.
#[must_use]
pub fn tell(title: &str, can_take_back: bool, columns: usize, tongue: Tongue) -> View {
    let words = tongue.words();
    let mut view = View::default();
    view.text(title, TEXT, columns, Role::Strong);
    view.text(words.what_became, TEXT, columns, Role::Plain);
    view.gap();
    for line in words.becomes {
        view.item(|view| view.text(line, ITEM, columns, Role::Plain));
    }
    if can_take_back {
        view.item(|view| view.text(words.take_back, ITEM, columns, Role::Plain));
    }
    view
}

/// Links to choose from, each with its whole address.
#[must_use]
pub fn link_list(links: &[Link], columns: usize, tongue: Tongue) -> View {
    let words = tongue.words();
    let mut view = View::default();
    view.text(words.links, TEXT, columns, Role::Heading);
    if links.is_empty() {
        view.text(words.no_links, TEXT, columns, Role::Plain);
    }
    for link in links {
        view.item(|view| {
            view.text(&link.words, ITEM, columns, Role::Plain);
            view.rich(&address(&link.url), ITEM, columns, Role::Plain);
        });
    }
    view
}

/// A field with what is asked above it and a hint below.
#[must_use]
pub fn prompt(ask: &str, hint: &str, columns: usize) -> View {
    let mut view = View::default();
    view.text(ask, TEXT, columns, Role::Strong);
    view.gap();
    view.item(|view| {
        view.field = Some(view.rows.len()..view.rows.len() + 1);
        view.rows.push(Row { indent: ITEM, ..Row::default() });
    });
    view.rows.push(Row::default());
    view.text(hint, TEXT, columns, Role::Soft);
    view
}

//! Where the cursor stands in a view and how far that is scrolled. No key passes rows that were never shown.

use std::ops::Range;

use super::view::View;

/// Where the cursor stands, and how far the view is scrolled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The line that the cursor stands on.
    pub cursor: usize,
    /// So many rows are above the window.
    pub scroll: usize,
    /// The reader scrolled; the view stays there until the cursor moves.
    pub by_hand: bool,
}

/// What a spot needs to know of the view that it is in.
#[derive(Clone, Debug)]
pub struct Window {
    rows: usize,
    total: usize,
    items: Vec<Range<usize>>,
    field: Option<Range<usize>>,
}

impl Window {
    /// A window of so many rows on a view.
    #[must_use]
    pub fn new(view: &View, rows: usize) -> Self {
        Self { rows, total: view.rows.len(), items: view.items.clone(), field: view.field.clone() }
    }

    fn bottom(&self) -> usize {
        self.total.saturating_sub(self.rows)
    }

    /// How far a window is turned: one row stays, so that the eye finds its place.
    fn part(&self) -> usize {
        self.rows.saturating_sub(1).max(1)
    }
}

impl Spot {
    /// At the beginning, which is shown even where the first line to choose is further down.
    pub const START: Self = Self { cursor: 0, scroll: 0, by_hand: true };

    /// Keeps the cursor on a line and the line in the window.
    pub fn settle(&mut self, window: &Window) {
        let Window { rows, total, items, field } = window;
        self.cursor = self.cursor.min(items.len().saturating_sub(1));
        if self.by_hand {
            // Where the reader put it.
        } else if let Some(item) = items.get(self.cursor) {
            // Between these the line is seen whole; of one that is taller than the window, no gap beside it.
            let (a, b) = (item.start, item.end.saturating_sub(*rows));
            let (least, most) = (a.min(b), a.max(b));
            self.scroll = self.scroll.clamp(least, most);
            if item.len() <= *rows {
                // With the first line the question above it is shown, with the last one the help below it.
                if self.cursor == 0 {
                    self.scroll = least;
                } else if self.cursor + 1 == items.len() {
                    self.scroll = total.saturating_sub(*rows).clamp(least, most);
                }
            }
        } else if let Some(field) = field {
            self.scroll = self.scroll.max(field.end.saturating_sub(*rows)).min(field.start);
        }
        self.scroll = self.scroll.min(window.bottom());
    }

    /// One line up or down; where rows would be passed unseen, a window of them first.
    pub fn step(&mut self, down: bool, window: &Window) {
        let Window { rows, items, .. } = window;
        let Some(here) = items.get(self.cursor) else {
            self.turn(1, down, window);
            return;
        };
        let to = if down { self.cursor + 1 } else { self.cursor.wrapping_sub(1) };
        let next = items.get(to).map(|_| {
            let mut next = Self { cursor: to, scroll: self.scroll, by_hand: false };
            next.settle(window);
            next
        });
        let unseen = match (down, next) {
            (true, _) if self.scroll + rows < here.end => true,
            (true, Some(next)) => next.scroll > self.scroll + rows,
            (true, None) => self.scroll < window.bottom(),
            (false, _) if self.scroll > here.start => true,
            (false, Some(next)) => next.scroll + rows < self.scroll,
            (false, None) => self.scroll > 0,
        };
        match next {
            _ if unseen => self.turn(window.part(), down, window),
            Some(next) => *self = next,
            None => {}
        }
    }

    /// One window up or down; the cursor comes along.
    pub fn page(&mut self, down: bool, window: &Window) {
        self.turn(window.part(), down, window);
        let seen = self.scroll..self.scroll + window.rows;
        let inside = |item: &Range<usize>| seen.contains(&item.start);
        if !window.items.get(self.cursor).is_some_and(inside) {
            let first = window.items.iter().position(inside);
            let before = window.items.iter().rposition(|item| item.start < seen.start);
            self.cursor = first.or(before).unwrap_or(0);
        }
    }

    /// To a line, or as near as there is one.
    pub fn go(&mut self, line: usize, window: &Window) {
        self.cursor = line.min(window.items.len().saturating_sub(1));
        self.scroll = line.min(window.bottom());
        self.by_hand = true;
    }

    /// Whether any of the cursor's line is in the window.
    #[must_use]
    pub fn is_shown(&self, window: &Window) -> bool {
        window
            .items
            .get(self.cursor)
            .is_none_or(|item| item.start < self.scroll + window.rows && item.end > self.scroll)
    }

    fn turn(&mut self, by: usize, down: bool, window: &Window) {
        self.scroll = if down { (self.scroll + by).min(window.bottom()) } else { self.scroll.saturating_sub(by) };
        self.by_hand = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(rows: usize, total: usize, items: &[Range<usize>]) -> Window {
        Window { rows, total, items: items.to_vec(), field: None }
    }

    proptest::proptest! {
        /// From top to bottom and back by single steps, every row is in the window at some time.
        #[test]
        fn no_row_is_passed_unseen(
            rows in 1_usize..12,
            parts in proptest::collection::vec((0_usize..9, 1_usize..20), 0..8),
            tail in 0_usize..30,
        ) {
            let mut total = 0;
            let mut items = Vec::new();
            for (gap, length) in parts {
                items.push(total + gap..total + gap + length);
                total += gap + length;
            }
            total += tail;
            let window = window(rows, total, &items);
            for down in [true, false] {
                let mut spot = Spot::START;
                if !down {
                    spot.go(usize::MAX, &window);
                }
                let mut seen = vec![false; total];
                for _ in 0..(total + items.len() + 2) * 2 {
                    spot.settle(&window);
                    let end = (spot.scroll + rows).min(total);
                    seen[spot.scroll..end].fill(true);
                    spot.step(down, &window);
                }
                spot.settle(&window);
                proptest::prop_assert!(seen.iter().all(|row| *row), "{seen:?} {down} {items:?}");
                if down && !items.is_empty() {
                    proptest::prop_assert_eq!(spot.cursor, items.len() - 1);
                } else {
                    proptest::prop_assert!(down || spot.cursor == 0);
                }
            }
        }
    }
}

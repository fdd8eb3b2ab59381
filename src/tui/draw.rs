//! Draws the app as it stands. Reads, never changes.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::app::{App, side_width};
use super::hyperlink;
use super::keymap::{self, Labels, Mode};
use super::theme::{Look, Role};
use super::view::{Piece, Row};
use crate::layout::{fit, width, wrap_plain};

/// Left edge of everything.
const EDGE: u16 = 1;
/// Below this width only the keys that people must know fit into the footer.
const NARROW: u16 = 60;

/// Draws the whole screen.
pub fn draw(frame: &mut Frame<'_>, app: &App) {
    let area = frame.area();
    if app.is_too_small() {
        let text = app.tongue().lang.too_small(area.width, area.height);
        for (row, line) in wrap_plain(&text, usize::from(area.width)).iter().enumerate() {
            let y = u16::try_from(row).unwrap_or(u16::MAX);
            if y < area.height {
                put(frame.buffer_mut(), app.look(), Position { x: 0, y }, line, Style::new(), area.width);
            }
        }
        return;
    }
    let notice = app.notice();
    let (columns, rows) = app.body_size();
    let body = Rect {
        x: 0,
        y: 2,
        width: u16::try_from(columns).unwrap_or(area.width).min(area.width),
        height: u16::try_from(rows).unwrap_or(0),
    };
    let painter = Painter { app, look: app.look(), area };
    painter.top(frame.buffer_mut());
    painter.body(frame.buffer_mut(), body);
    if app.has_side() {
        painter.side(frame.buffer_mut(), body);
    }
    painter.notice(frame.buffer_mut(), &notice, body.bottom());
    painter.bottom(frame.buffer_mut());
    field(frame, app, body);
}

struct Painter<'a> {
    app: &'a App,
    look: Look,
    area: Rect,
}

impl Painter<'_> {
    fn put(&self, buffer: &mut Buffer, x: u16, y: u16, text: &str, role: Role) -> u16 {
        let room = self.area.width.saturating_sub(x);
        put(buffer, self.look, Position { x, y }, text, self.look.style(role), room)
    }

    fn top(&self, buffer: &mut Buffer) {
        let app = self.app;
        let ellipsis = self.look.glyphs().ellipsis;
        let right = match (app.heading(), app.progress()) {
            (Some(heading), _) => heading.to_owned(),
            (None, Some((number, about))) => app.tongue().lang.progress(number, about),
            (None, None) => String::new(),
        };
        let room = usize::from(self.area.width - 2 * EDGE);
        let broken = if app.is_broken() { app.tongue().words().watch.broken } else { "" };
        let gap = if broken.is_empty() || right.is_empty() { 0 } else { 2 };
        let right = fit(&right, room.saturating_sub(width(broken) + gap), ellipsis);
        let name = "declined  ";
        let title = app.wizard().guide().title.line(app.tongue().index, &app.wizard().facts());
        let left_room = room.saturating_sub(width(broken) + gap + width(&right) + 2);
        let at = self.put(buffer, EDGE, 0, &fit(name.trim_end(), left_room, ellipsis), Role::Strong);
        let title_room = left_room.saturating_sub(name.len());
        if title_room >= 8 {
            self.put(buffer, at + 2, 0, &fit(&title, title_room, ellipsis), Role::Plain);
        }
        let x = self.area.width - EDGE - u16::try_from(width(&right)).unwrap_or(0);
        self.put(buffer, x, 0, &right, Role::Soft);
        let x = x.saturating_sub(u16::try_from(gap + width(broken)).unwrap_or(0));
        self.put(buffer, x, 0, broken, Role::Notice);
        let above = (app.scroll() > 0).then(|| app.tongue().words().more_above);
        self.rule(buffer, 1, above, self.look.glyphs().above);
    }

    /// A rule, and in it whether there is more beyond it.
    fn rule(&self, buffer: &mut Buffer, y: u16, more: Option<&str>, arrow: &str) {
        let style = self.look.style(Role::Soft);
        for x in EDGE..self.area.width - EDGE {
            put(buffer, self.look, Position { x, y }, self.look.glyphs().rule, style, 1);
        }
        if let Some(more) = more {
            let text = format!(" {more} ");
            let x = self.area.width.saturating_sub(EDGE + 5 + u16::try_from(width(&text)).unwrap_or(0));
            let end = self.put(buffer, x, y, &text, Role::Plain);
            self.put(buffer, end, y, arrow, Role::Plain);
            self.put(buffer, end + 1, y, " ", Role::Plain);
        }
    }

    fn body(&self, buffer: &mut Buffer, body: Rect) {
        let view = self.app.view();
        let chosen = view.items.get(self.app.cursor()).cloned();
        for (row, y) in (self.app.scroll()..view.rows.len()).zip(body.y..body.bottom()) {
            let is_chosen = chosen.as_ref().is_some_and(|item| item.contains(&row));
            if is_chosen && chosen.as_ref().is_some_and(|item| item.start == row) {
                self.put(buffer, 2, y, self.look.glyphs().marker, Role::Selected);
            }
            self.row(buffer, body, y, &view.rows[row], is_chosen);
        }
    }

    fn row(&self, buffer: &mut Buffer, body: Rect, y: u16, row: &Row, is_chosen: bool) {
        let mut x = body.x + row.indent;
        for Piece { text, role, link } in &row.pieces {
            let role = if is_chosen && *role == Role::Plain { Role::Selected } else { *role };
            let room = body.right().saturating_sub(x);
            let end = put(buffer, self.look, Position { x, y }, text, self.look.style(role), room);
            if let Some(url) = link.as_ref().filter(|_| self.look.hyperlinks) {
                hyperlink::link(buffer, y, x..end, url);
            }
            x = end;
        }
        if let Some((text, role)) = &row.right {
            let start = body.right().saturating_sub(u16::try_from(width(text)).unwrap_or(0));
            let room = body.right().saturating_sub(start);
            put(buffer, self.look, Position { x: start, y }, text, self.look.style(*role), room);
        }
    }

    fn side(&self, buffer: &mut Buffer, body: Rect) {
        let columns = side_width(self.area.width);
        let x = self.area.width.saturating_sub(columns + EDGE);
        let column = Rect { x, width: columns, ..body };
        for (row, y) in self.app.side().iter().zip(body.y..body.bottom()) {
            self.row(buffer, column, y, row, false);
        }
    }

    fn notice(&self, buffer: &mut Buffer, rows: &[String], from: u16) {
        for (row, y) in rows.iter().zip(from..self.area.height) {
            self.put(buffer, 2, y, row, Role::Notice);
        }
    }

    fn bottom(&self, buffer: &mut Buffer) {
        let app = self.app;
        let words = app.tongue().words();
        let (_, rows) = app.body_size();
        let more = (app.scroll() + rows < app.view().rows.len()).then_some(words.more_below);
        self.rule(buffer, self.area.height - 2, more, self.look.glyphs().below);
        let y = self.area.height - 1;
        let mut x = EDGE;
        for (keys, word) in self.keys_that_fit() {
            x = self.put(buffer, x, y, &keys, Role::Key);
            x = self.put(buffer, x + 1, y, word, Role::Soft) + 2;
        }
    }

    /// As many keys as fit, and always the help, which has them all.
    fn keys_that_fit(&self) -> Vec<(String, &str)> {
        let words = self.app.tongue().words();
        let language = self.app.tongue().next_name(self.app.wizard().guide());
        let mode = self.app.mode();
        let faults = self.app.is_broken() && mode != Mode::Trouble;
        let labels = Labels { words: &words.keys, language, faults, ascii: self.look.ascii };
        let all = keymap::footer(mode, &labels);
        let size = |entry: &(String, &str)| width(&entry.0) + 1 + width(entry.1) + 2;
        let room = usize::from(self.area.width - EDGE) + 1;
        let help = all.iter().find(|(_, word)| *word == words.keys.help).cloned();
        let mut left = room.saturating_sub(help.as_ref().map_or(0, size));
        let mut all = all;
        // In a narrow window what the arrows do is left for people to find out.
        if self.area.width < NARROW && all.iter().map(size).sum::<usize>() > room {
            all.retain(|(_, word)| *word != words.keys.move_);
        }
        let mut shown = Vec::new();
        let mut help_at = None;
        for entry in all {
            if entry.1 == words.keys.help {
                help_at = Some(shown.len());
            } else if size(&entry) <= left {
                left -= size(&entry);
                shown.push(entry);
            }
        }
        if let (Some(at), Some(help)) = (help_at, help) {
            shown.insert(at.min(shown.len()), help);
        }
        shown
    }
}

/// The field, and the terminal's own cursor in it, so that input methods know where to stand.
fn field(frame: &mut Frame<'_>, app: &App, body: Rect) {
    let (Some(field), Some(rows)) = (app.field(), app.view().field.clone()) else { return };
    let look = app.look();
    let top = rows.start.saturating_sub(app.scroll());
    let height = rows.len();
    if rows.start < app.scroll() || top + height > usize::from(body.height) {
        return;
    }
    let area = Rect {
        x: 4,
        y: body.y + u16::try_from(top).unwrap_or(0),
        width: body.width.saturating_sub(5).min(60.max(body.width.saturating_sub(8))),
        height: u16::try_from(height).unwrap_or(1),
    };
    // Unless it has the cursor's mark before it, a field is told by a bar.
    if matches!(app.mode(), Mode::Paste) || app.cursor() != 0 {
        for y in area.y..area.bottom() {
            put(frame.buffer_mut(), look, Position { x: 2, y }, "|", look.style(Role::Key), 1);
        }
    }
    frame.render_widget(field, area);
    let cursor = field.screen_cursor();
    let (scroll_row, scroll_column) = field.scroll_offset();
    let x = area.x + u16::try_from(cursor.col).unwrap_or(0).saturating_sub(scroll_column);
    let y = area.y + u16::try_from(cursor.row).unwrap_or(0).saturating_sub(scroll_row);
    if area.contains(Position { x, y }) {
        frame.set_cursor_position(Position { x, y });
    }
}

/// Puts text into the buffer, character by seen character; returns the column behind it. What acts on a terminal
/// is not let through, wherever it came from.
fn put(buffer: &mut Buffer, look: Look, at: Position, text: &str, style: Style, room: u16) -> u16 {
    let text = look.text(text);
    let mut x = at.x;
    let end = at.x.saturating_add(room).min(buffer.area.right());
    for grapheme in text.graphemes(true) {
        let columns = u16::try_from(grapheme.width()).unwrap_or(0);
        if columns == 0 || grapheme.chars().any(crate::guide::is_control) {
            continue;
        }
        if x + columns > end || at.y >= buffer.area.bottom() {
            break;
        }
        buffer[(x, at.y)].set_symbol(grapheme).set_style(style);
        for covered in x + 1..x + columns {
            buffer[(covered, at.y)].reset();
        }
        x += columns;
    }
    x
}

#[cfg(test)]
mod tests;

//! Looks: styles by meaning, and the few characters that are drawn. No meaning hangs on a colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::layout::ascii;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Plain,
    /// What matters most on the screen.
    Strong,
    /// What can be passed over.
    Soft,
    /// The head of a part.
    Heading,
    /// An address.
    Link,
    /// Something that could do harm.
    Warning,
    /// Something that is as it should be.
    Good,
    /// The line under the cursor.
    Selected,
    /// A bar.
    Bar,
    /// A key.
    Key,
    /// What the program says to the last key.
    Notice,
}

/// How the screen looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Only ASCII is drawn, as far as the content allows.
    pub ascii: bool,
    /// Colours are used.
    pub coloured: bool,
    /// What leads to an address is a link of the terminal's own.
    pub hyperlinks: bool,
}

impl Look {
    /// The style of a role. Colours are from the sixteen that every terminal's own theme makes readable; without
    /// them bold, dim and reverse say the same.
    #[must_use]
    pub fn style(self, role: Role) -> Style {
        let style = Style::new();
        let tint = |style: Style, colour| if self.coloured { style.fg(colour) } else { style };
        match role {
            Role::Plain => style,
            Role::Strong | Role::Key => style.add_modifier(Modifier::BOLD),
            Role::Soft => style.add_modifier(Modifier::DIM),
            Role::Heading => style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            Role::Warning | Role::Notice => tint(style.add_modifier(Modifier::BOLD), Color::Red),
            Role::Good => tint(style, Color::Green),
            Role::Selected => tint(style.add_modifier(Modifier::BOLD), Color::Cyan),
            Role::Bar | Role::Link => tint(style, Color::Cyan),
        }
    }

    /// The characters that are drawn.
    #[must_use]
    pub const fn glyphs(self) -> &'static Glyphs {
        if self.ascii { &ASCII } else { &UNICODE }
    }

    /// A text with typographic characters replaced where only ASCII is drawn.
    #[must_use]
    pub fn text(self, text: &str) -> String {
        if self.ascii { ascii(text) } else { text.to_owned() }
    }
}

/// The characters that are drawn. Those beyond ASCII are of ambiguous width: some terminals give them two columns, so
/// nothing is drawn right behind one without a position of its own.
#[derive(Debug)]
pub struct Glyphs {
    /// Before the line under the cursor.
    pub marker: &'static str,
    /// One column of a bar.
    pub bar: &'static str,
    /// Between the parts of the screen.
    pub rule: &'static str,
    /// Something was left out here.
    pub ellipsis: &'static str,
    /// There is more above.
    pub above: &'static str,
    /// There is more below.
    pub below: &'static str,
}

static UNICODE: Glyphs = Glyphs { marker: "❯", bar: "▇", rule: "─", ellipsis: "…", above: "↑", below: "↓" };
static ASCII: Glyphs = Glyphs { marker: ">", bar: "#", rule: "-", ellipsis: "...", above: "^", below: "v" };

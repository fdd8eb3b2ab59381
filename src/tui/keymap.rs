//! Which key means what: one table for each mode. The footer and the help are printed from these tables, so a key
//! cannot work without being told, nor be told without working.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::words::KeyWords;

/// What is on the screen, as far as keys are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Text to read before the questions.
    Note,
    /// A question with lines to choose from.
    Options,
    /// A checklist.
    Items,
    /// A field for an amount or a month.
    Field,
    /// A long list that is searched by typing.
    Search,
    /// A field for pasted text.
    Paste,
    /// The fix list.
    List,
    /// The fix list, of a session that is saved.
    SavedList,
    /// The offer to go on with a saved session.
    Offer,
    /// The fix list as it stands, looked at from a question.
    SoFar,
    /// The answers.
    Answers,
    /// Advice found elsewhere, searched by typing.
    Claims,
    /// The letters that are offered.
    Letters,
    /// One fix: its steps, and why it is there.
    Fix,
    /// What can become of a fix.
    Tell,
    /// The end: something worked.
    Solved,
    /// A letter.
    Letter,
    /// The links of what is open.
    Links,
    /// A field for a file name, or for a blank of a letter.
    Prompt,
    /// A source, a claim: text to read, opened over something else.
    Reading,
    /// The help.
    Help,
    /// What is wrong with an edit of the guide.
    Trouble,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// To the first line.
    First,
    /// To the last line.
    Last,
    /// Take the line of this number, from 0.
    Pick(usize),
    /// Take the line under the cursor, or go on.
    Enter,
    /// Mark an item the next way.
    Toggle,
    /// Mark an item as fine.
    Fine,
    /// Mark an item as a problem.
    Problem,
    /// To the screen before, or close what is open.
    Back,
    /// Show the answers.
    Answers,
    /// Show the list as it stands.
    SoFar,
    /// Show advice found elsewhere.
    Claims,
    /// Show the letters.
    Letters,
    /// Tell what became of a fix.
    Tell,
    /// Tell that a fix worked.
    Worked,
    /// Copy what the cursor is on, or what is open.
    Copy,
    /// Copy the whole list.
    CopyAll,
    /// Write what is open to a file.
    Save,
    /// Show the links of what is open.
    Links,
    /// Show the help.
    Help,
    /// Show what is wrong with an edit of the guide, or hide it.
    Faults,
    /// Use the other language.
    Language,
    /// Leave.
    Quit,
    /// Leave at once.
    Interrupt,
    /// Stop for now.
    Suspend,
}

/// A key, as tables name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// Any digit from 1 to 9, or 0 for 10.
    Digit,
    /// A character with Ctrl.
    Ctrl(char),
    /// Any other key.
    Code(KeyCode),
}

/// What keys are called here: what is known only while the program runs.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    /// The words of the language.
    pub words: &'static KeyWords,
    /// What the next language is called, if the guide has more than one.
    pub language: Option<&'a str>,
    /// Whether there may be faults of an edit to look at.
    pub faults: bool,
    /// Whether keys are named without arrows.
    pub ascii: bool,
}

/// One line of a table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The keys that mean it.
    pub keys: &'static [Key],
    /// What they mean. For digits the number comes from the key.
    pub action: Action,
    /// What the help calls it. The language that comes next is called by its own name, which the guide gives.
    pub word: fn(&KeyWords) -> &'static str,
    /// Whether the footer shows it.
    pub footer: bool,
}

const fn foot(keys: &'static [Key], action: Action, word: fn(&KeyWords) -> &'static str) -> Binding {
    Binding { keys, action, word, footer: true }
}

const fn more(keys: &'static [Key], action: Action, word: fn(&KeyWords) -> &'static str) -> Binding {
    Binding { keys, action, word, footer: false }
}

const fn code(code: KeyCode) -> Key {
    Key::Code(code)
}

const UP: &[Key] = &[code(KeyCode::Up), Key::Char('k')];
const DOWN: &[Key] = &[code(KeyCode::Down), Key::Char('j')];
const ENTER: &[Key] = &[code(KeyCode::Enter)];
const BACK: &[Key] = &[code(KeyCode::Left), code(KeyCode::Esc)];

// What every mode without a field has.
const MOVE_UP: Binding = foot(UP, Action::Up, |w| w.move_);
const MOVE_DOWN: Binding = foot(DOWN, Action::Down, |w| w.move_);
const PAGE_UP: Binding = more(&[code(KeyCode::PageUp), Key::Ctrl('b')], Action::PageUp, |w| w.page);
const PAGE_DOWN: Binding = more(&[code(KeyCode::PageDown), Key::Ctrl('f')], Action::PageDown, |w| w.page);
const FIRST: Binding = more(&[code(KeyCode::Home)], Action::First, |w| w.ends);
const LAST: Binding = more(&[code(KeyCode::End)], Action::Last, |w| w.ends);
const GO_BACK: Binding = foot(BACK, Action::Back, |w| w.back);
const CLOSE: Binding = foot(BACK, Action::Back, |w| w.close);
const ANSWERS: Binding = foot(&[Key::Char('a')], Action::Answers, |w| w.answers);
const SO_FAR: Binding = foot(&[Key::Char('f')], Action::SoFar, |w| w.fixes);
const HELP: Binding = foot(&[Key::Char('?'), Key::Char('？'), code(KeyCode::F(1))], Action::Help, |w| w.help);
const LANGUAGE: Binding = foot(&[Key::Char('g'), Key::Ctrl('g')], Action::Language, |_| "");
const CLAIMS: Binding = more(&[Key::Char('c')], Action::Claims, |w| w.advice);
const LETTERS: Binding = foot(&[Key::Char('l')], Action::Letters, |w| w.letter);
const TELL: Binding = foot(&[Key::Char(' ')], Action::Tell, |w| w.tell);
const WORKED: Binding = foot(&[Key::Char('w')], Action::Worked, |w| w.worked);
const COPY: Binding = foot(&[Key::Char('y')], Action::Copy, |w| w.copy);
const COPY_ALL: Binding = more(&[Key::Char('Y')], Action::CopyAll, |w| w.copy_all);
const SAVE: Binding = foot(&[Key::Char('e')], Action::Save, |w| w.save);
const LINKS: Binding = foot(&[Key::Char('o')], Action::Links, |w| w.links);
const PAGE_BY_SPACE: Binding = more(&[Key::Char(' ')], Action::PageDown, |w| w.page);
const QUIT: Binding = foot(&[Key::Char('q')], Action::Quit, |w| w.quit);
const INTERRUPT: Binding = more(&[Key::Ctrl('c')], Action::Interrupt, |w| w.interrupt);
const FAULTS: Binding = foot(&[code(KeyCode::F(2))], Action::Faults, |w| w.faults);
const SUSPEND: Binding = more(&[Key::Ctrl('z')], Action::Suspend, |w| w.suspend);

// In a field every letter is text: only these act.
const FIELD_BACK: Binding = foot(&[code(KeyCode::Esc)], Action::Back, |w| w.back);
const FIELD_HELP: Binding = foot(&[code(KeyCode::F(1))], Action::Help, |w| w.help);
const FIELD_LANGUAGE: Binding = foot(&[Key::Ctrl('g')], Action::Language, |_| "");
const FIELD_ANSWERS: Binding = more(&[Key::Ctrl('o')], Action::Answers, |w| w.answers);
const FIELD_PAGE_UP: Binding = more(&[code(KeyCode::PageUp)], Action::PageUp, |w| w.page);
const FIELD_PAGE_DOWN: Binding = more(&[code(KeyCode::PageDown)], Action::PageDown, |w| w.page);
const FIELD_LEAVE: Binding = foot(&[Key::Ctrl('c')], Action::Interrupt, |w| w.quit);
const FIELD_SO_FAR: Binding = more(&[Key::Ctrl('l')], Action::SoFar, |w| w.fixes);

/// What every mode without a field has behind its own keys.
static EVERYWHERE: &[Binding] = &[PAGE_UP, PAGE_DOWN, FIRST, LAST, FAULTS, INTERRUPT, SUSPEND];

/// What every field has behind its own keys.
static IN_FIELDS: &[Binding] = &[
    FIELD_BACK,
    FIELD_HELP,
    FIELD_LANGUAGE,
    FIELD_ANSWERS,
    FIELD_SO_FAR,
    FIELD_PAGE_UP,
    FIELD_PAGE_DOWN,
    FIELD_LEAVE,
    FAULTS,
    SUSPEND,
];

static NOTE: &[Binding] = &[
    foot(ENTER, Action::Enter, |w| w.next),
    LANGUAGE,
    HELP,
    QUIT,
    more(UP, Action::Up, |w| w.move_),
    more(DOWN, Action::Down, |w| w.move_),
    more(BACK, Action::Back, |w| w.back),
    more(&[Key::Char('f')], Action::SoFar, |w| w.fixes),
    more(&[Key::Char('a')], Action::Answers, |w| w.answers),
    more(&[Key::Char('o')], Action::Links, |w| w.links),
    CLAIMS,
];

static OPTIONS: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    foot(ENTER, Action::Enter, |w| w.choose),
    GO_BACK,
    ANSWERS,
    SO_FAR,
    HELP,
    QUIT,
    LANGUAGE,
    more(&[Key::Char('o')], Action::Links, |w| w.links),
    CLAIMS,
    more(&[Key::Digit], Action::Pick(0), |w| w.pick),
];

static ITEMS: &[Binding] = &[
    more(UP, Action::Up, |w| w.move_),
    more(DOWN, Action::Down, |w| w.move_),
    // In a narrow window as many as fit are shown, in this order: without the first nobody can go on.
    foot(ENTER, Action::Enter, |w| w.done),
    foot(&[Key::Char('y')], Action::Fine, |w| w.fine),
    foot(&[Key::Char('n')], Action::Problem, |w| w.problem),
    foot(&[Key::Char(' ')], Action::Toggle, |w| w.mark),
    GO_BACK,
    HELP,
    ANSWERS,
    SO_FAR,
    QUIT,
    LANGUAGE,
    more(&[Key::Char('o')], Action::Links, |w| w.links),
    CLAIMS,
    more(&[Key::Digit], Action::Pick(0), |w| w.pick),
];

static FIELD: &[Binding] = &[
    foot(ENTER, Action::Enter, |w| w.next),
    foot(&[code(KeyCode::Up)], Action::Up, |w| w.move_),
    foot(&[code(KeyCode::Down)], Action::Down, |w| w.move_),
];

static SEARCH: &[Binding] = &[
    foot(&[code(KeyCode::Up)], Action::Up, |w| w.move_),
    foot(&[code(KeyCode::Down)], Action::Down, |w| w.move_),
    foot(ENTER, Action::Enter, |w| w.choose),
];

static PASTE: &[Binding] = &[foot(ENTER, Action::Enter, |w| w.next)];

static LIST: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    foot(ENTER, Action::Enter, |w| w.steps),
    TELL,
    WORKED,
    HELP,
    QUIT,
    GO_BACK,
    LETTERS,
    SAVE,
    COPY,
    LINKS,
    ANSWERS,
    LANGUAGE,
    COPY_ALL,
    CLAIMS,
    more(&[Key::Digit], Action::Pick(0), |w| w.pick),
];

static SO_FAR_KEYS: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    foot(ENTER, Action::Enter, |w| w.steps),
    CLOSE,
    TELL,
    WORKED,
    more(&[Key::Char('f')], Action::Back, |w| w.close),
    HELP,
    QUIT,
    LETTERS,
    SAVE,
    COPY,
    LINKS,
    LANGUAGE,
    COPY_ALL,
    CLAIMS,
    more(&[Key::Digit], Action::Pick(0), |w| w.pick),
    more(&[Key::Char('a')], Action::Answers, |w| w.answers),
];

static ANSWERS_KEYS: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    foot(ENTER, Action::Enter, |w| w.change),
    CLOSE,
    more(&[Key::Char('a')], Action::Back, |w| w.close),
    HELP,
    QUIT,
    LANGUAGE,
    CLAIMS,
    more(&[Key::Digit], Action::Pick(0), |w| w.pick),
];

static LETTERS_KEYS: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    foot(ENTER, Action::Enter, |w| w.steps),
    CLOSE,
    more(&[Key::Char('l')], Action::Back, |w| w.close),
    HELP,
    QUIT,
    LANGUAGE,
    more(&[Key::Digit], Action::Pick(0), |w| w.pick),
];

static CLAIMS_KEYS: &[Binding] = &[
    foot(&[code(KeyCode::Up)], Action::Up, |w| w.move_),
    foot(&[code(KeyCode::Down)], Action::Down, |w| w.move_),
    foot(ENTER, Action::Enter, |w| w.steps),
];

static FIX: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    CLOSE,
    more(ENTER, Action::Back, |w| w.close),
    TELL,
    WORKED,
    LETTERS,
    HELP,
    COPY,
    LINKS,
    SAVE,
    QUIT,
    LANGUAGE,
    COPY_ALL,
    CLAIMS,
    more(&[Key::Char('a')], Action::Answers, |w| w.answers),
];

static TELL_KEYS: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    foot(ENTER, Action::Enter, |w| w.choose),
    CLOSE,
    HELP,
    QUIT,
    LANGUAGE,
    more(&[Key::Digit], Action::Pick(0), |w| w.pick),
];

static SOLVED: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    foot(BACK, Action::Back, |w| w.to_list),
    SAVE,
    LINKS,
    HELP,
    QUIT,
    LANGUAGE,
    more(&[Key::Char('y'), Key::Char('Y')], Action::CopyAll, |w| w.copy_all),
    ANSWERS,
    CLAIMS,
];

static LETTER: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    foot(ENTER, Action::Enter, |w| w.fill),
    COPY,
    SAVE,
    CLOSE,
    more(&[Key::Char('l')], Action::Back, |w| w.close),
    HELP,
    QUIT,
    LANGUAGE,
    LINKS,
    PAGE_BY_SPACE,
];

static LINKS_KEYS: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    foot(ENTER, Action::Enter, |w| w.open_link),
    COPY,
    CLOSE,
    more(&[Key::Char('o')], Action::Back, |w| w.close),
    HELP,
    QUIT,
    LANGUAGE,
    more(&[Key::Digit], Action::Pick(0), |w| w.pick),
];

static PROMPT: &[Binding] = &[foot(ENTER, Action::Enter, |w| w.next)];

static READING: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    CLOSE,
    more(ENTER, Action::Back, |w| w.close),
    foot(&[Key::Char('c')], Action::Claims, |w| w.advice),
    more(&[Key::Char('l')], Action::Letters, |w| w.letter),
    COPY,
    LINKS,
    QUIT,
    LANGUAGE,
    HELP,
    PAGE_BY_SPACE,
    more(&[Key::Char('a')], Action::Answers, |w| w.answers),
];

static HELP_KEYS: &[Binding] =
    &[MOVE_UP, MOVE_DOWN, CLOSE, more(ENTER, Action::Back, |w| w.close), QUIT, LANGUAGE, HELP, CLAIMS, PAGE_BY_SPACE];

/// They come unasked: no key that was meant for what is below them may leave, take anything or put them away unread.
static TROUBLE: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    foot(&[code(KeyCode::Esc), code(KeyCode::Left), Key::Char('q')], Action::Back, |w| w.hide),
    LANGUAGE,
    HELP,
    PAGE_BY_SPACE,
];

static OFFER: &[Binding] = &[
    MOVE_UP,
    MOVE_DOWN,
    foot(ENTER, Action::Enter, |w| w.choose),
    foot(BACK, Action::Back, |w| w.anew),
    HELP,
    QUIT,
    LANGUAGE,
    more(&[Key::Digit], Action::Pick(0), |w| w.pick),
];

impl Mode {
    /// The table of this mode.
    pub fn bindings(self) -> impl Iterator<Item = &'static Binding> {
        let own = match self {
            Self::Note => NOTE,
            Self::Options => OPTIONS,
            Self::Items => ITEMS,
            Self::Field => FIELD,
            Self::Search => SEARCH,
            Self::Paste => PASTE,
            Self::List | Self::SavedList => LIST,
            Self::Offer => OFFER,
            Self::SoFar => SO_FAR_KEYS,
            Self::Answers => ANSWERS_KEYS,
            Self::Claims => CLAIMS_KEYS,
            Self::Letters => LETTERS_KEYS,
            Self::Fix => FIX,
            Self::Tell => TELL_KEYS,
            Self::Solved => SOLVED,
            Self::Letter => LETTER,
            Self::Links => LINKS_KEYS,
            Self::Prompt => PROMPT,
            Self::Reading => READING,
            Self::Help => HELP_KEYS,
            Self::Trouble => TROUBLE,
        };
        own.iter().chain(if self.types() { IN_FIELDS } else { EVERYWHERE })
    }

    /// Whether letters are text here.
    #[must_use]
    pub const fn types(self) -> bool {
        matches!(self, Self::Field | Self::Search | Self::Paste | Self::Claims | Self::Prompt)
    }

    /// What a key asks for in this mode.
    #[must_use]
    pub fn action(self, event: KeyEvent) -> Option<Action> {
        self.bindings().find_map(|binding| {
            binding.keys.iter().find_map(|key| match (key, event.code) {
                (Key::Digit, KeyCode::Char(digit)) if plain(event) => {
                    // The tenth line has no digit of its own.
                    let number = digit.to_digit(10)? as usize;
                    Some(Action::Pick(if number == 0 { 9 } else { number - 1 }))
                }
                (Key::Char(known), KeyCode::Char(pressed)) if plain(event) && *known == pressed => Some(binding.action),
                (Key::Ctrl(known), KeyCode::Char(pressed))
                    if event.modifiers.contains(KeyModifiers::CONTROL) && *known == pressed.to_ascii_lowercase() =>
                {
                    Some(binding.action)
                }
                (Key::Code(known), pressed) if *known == pressed && plain(event) => Some(binding.action),
                _ => None,
            })
        })
    }
}

/// Pressed without Ctrl or Alt; Shift is part of the character.
fn plain(event: KeyEvent) -> bool {
    !event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
}

impl Key {
    /// What footer and help call the key.
    #[must_use]
    pub fn name(self, ascii: bool) -> String {
        let arrow = |unicode: &str, plain: &str| if ascii { plain.to_owned() } else { unicode.to_owned() };
        match self {
            Self::Char(' ') => "space".into(),
            Self::Char(c) => c.to_string(),
            Self::Digit => "1-9".into(),
            Self::Ctrl(c) => format!("ctrl-{c}"),
            Self::Code(KeyCode::Up) => arrow("↑", "up"),
            Self::Code(KeyCode::Down) => arrow("↓", "down"),
            Self::Code(KeyCode::Left) => arrow("←", "left"),
            Self::Code(KeyCode::Enter) => "enter".into(),
            Self::Code(KeyCode::Esc) => "esc".into(),
            Self::Code(KeyCode::PageUp) => "pgup".into(),
            Self::Code(KeyCode::PageDown) => "pgdn".into(),
            Self::Code(KeyCode::Home) => "home".into(),
            Self::Code(KeyCode::End) => "end".into(),
            Self::Code(KeyCode::F(number)) => format!("f{number}"),
            Self::Code(other) => format!("{other:?}").to_lowercase(),
        }
    }
}

impl<'a> Labels<'a> {
    /// What a key does, if it does anything here.
    fn word(&self, binding: &Binding) -> Option<&'a str> {
        match binding.action {
            Action::Language => self.language,
            Action::Faults if !self.faults => None,
            _ => Some((binding.word)(self.words)),
        }
    }
}

/// The footer: names of keys and what they do, those of one meaning together.
#[must_use]
pub fn footer<'a>(mode: Mode, labels: &Labels<'a>) -> Vec<(String, &'a str)> {
    let ascii = labels.ascii;
    let mut out: Vec<(String, &'a str)> = Vec::new();
    for binding in mode.bindings().filter(|binding| binding.footer) {
        let Some(word) = labels.word(binding) else { continue };
        let name = binding.keys[0].name(ascii);
        match out.last_mut() {
            Some((names, last)) if *last == word => {
                if ascii {
                    names.push('/');
                }
                names.push_str(&name);
            }
            _ => out.push((name, word)),
        }
    }
    out
}

/// The help: every key of a mode and what it does.
#[must_use]
pub fn help<'a>(mode: Mode, labels: &Labels<'a>) -> Vec<(String, &'a str)> {
    let mut out: Vec<(String, &'a str)> = Vec::new();
    for binding in mode.bindings() {
        let Some(word) = labels.word(binding) else { continue };
        // The footer of the list has no room for so long a word.
        let is_saved = mode == Mode::SavedList && binding.action == Action::Quit;
        let word = if is_saved { labels.words.save_quit } else { word };
        let names: Vec<String> =
            binding.keys.iter().filter(|key| **key != Key::Char('？')).map(|key| key.name(labels.ascii)).collect();
        let names = names.join(" ");
        match out.iter_mut().find(|(_, known)| *known == word) {
            Some((known, _)) => {
                known.push(' ');
                known.push_str(&names);
            }
            None => out.push((names, word)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    const MODES: [Mode; 22] = [
        Mode::Note,
        Mode::Options,
        Mode::Items,
        Mode::Field,
        Mode::Search,
        Mode::Paste,
        Mode::List,
        Mode::SavedList,
        Mode::Offer,
        Mode::SoFar,
        Mode::Answers,
        Mode::Claims,
        Mode::Letters,
        Mode::Fix,
        Mode::Tell,
        Mode::Solved,
        Mode::Letter,
        Mode::Links,
        Mode::Prompt,
        Mode::Reading,
        Mode::Help,
        Mode::Trouble,
    ];

    #[test]
    fn no_key_means_two_things() {
        for mode in MODES {
            let keys: Vec<Key> = mode.bindings().flat_map(|binding| binding.keys.iter().copied()).collect();
            for (at, key) in keys.iter().enumerate() {
                assert!(!keys[at + 1..].contains(key), "{key:?} stands twice in {mode:?}");
            }
        }
    }

    #[test]
    fn in_fields_every_letter_is_text() {
        for mode in MODES.into_iter().filter(|mode| mode.types()) {
            for c in ' '..='~' {
                let event = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
                assert_eq!(mode.action(event), None, "{c:?} in {mode:?}");
            }
        }
    }

    #[test]
    fn everywhere_one_can_leave_and_ask_for_help() {
        for mode in MODES {
            let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
            assert_eq!(mode.action(ctrl_c), Some(Action::Interrupt), "{mode:?}");
            let f1 = KeyEvent::new(KeyCode::F(1), KeyModifiers::NONE);
            assert_eq!(mode.action(f1), Some(Action::Help), "{mode:?}");
            let esc = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
            assert_eq!(mode.action(esc), Some(Action::Back), "{mode:?}");
        }
    }

    #[test]
    fn a_guide_of_one_language_has_no_key_for_another() {
        for mode in MODES {
            for (language, times) in [(None, 0), (Some("fr"), 1)] {
                let labels = Labels { words: &Lang::En.words().keys, language, faults: false, ascii: false };
                for told in [footer(mode, &labels), help(mode, &labels)] {
                    assert_eq!(
                        told.iter().filter(|(keys, _)| keys.starts_with('g') || keys.contains("ctrl-g")).count(),
                        times
                    );
                }
            }
        }
    }

    #[test]
    fn digits_pick_lines() {
        for (digit, line) in [('1', 0), ('9', 8), ('0', 9)] {
            let event = KeyEvent::new(KeyCode::Char(digit), KeyModifiers::NONE);
            assert_eq!(Mode::Options.action(event), Some(Action::Pick(line)));
        }
    }
}

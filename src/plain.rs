//! The wizard line by line: for screen readers, pipes and terminals that can do no more. Drives the same machine
//! and shows the same pages as the full screen; no frames, no colours, nothing is drawn twice.

mod list;
mod offer;

use std::io::{BufRead, Write};
use std::ops::ControlFlow;

use anyhow::Result;

use crate::export;
use crate::guide::answer::Mark;
use crate::layout::ascii;
use crate::page::{Body, Page, search};
use crate::report::{Report, Tongue, answers};
use crate::run::{COULD_NOT_RUN, DONE};
use crate::session::{Left, Session};
use crate::wizard::{At, Move, Outcome, Stay, Wizard};
use crate::{claims, letter};

/// So many lines of a long list are read out at once.
const MOST_MATCHES: usize = 12;

/// Asks until the list is reached or the person leaves.
///
/// # Errors
/// If the output cannot be written or the input not be read.
pub fn run(
    wizard: Wizard,
    tongue: Tongue,
    ascii: bool,
    session: &mut Session,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> Result<Left> {
    let mut asker = Asker { wizard, tongue, ascii, session, input, out };
    let mut step = asker.begin()?;
    loop {
        if let ControlFlow::Break(status) = step {
            let Asker { wizard, tongue, session, .. } = asker;
            return Ok(session.leave(&wizard, tongue, status));
        }
        step = match asker.wizard.at() {
            At::Screen(screen) => asker.ask(screen)?,
            At::List => asker.list()?,
            At::Solved => asker.solved()?,
        };
    }
}

struct Asker<'a, I, O> {
    wizard: Wizard,
    tongue: Tongue,
    ascii: bool,
    session: &'a mut Session,
    input: &'a mut I,
    out: &'a mut O,
}

/// What was typed: an ordinary line, or the end of the input.
enum Typed {
    Line(String),
    End,
}

type Step = Result<ControlFlow<u8>>;
const GO_ON: ControlFlow<u8> = ControlFlow::Continue(());

impl<I: BufRead, O: Write> Asker<'_, I, O> {
    fn say(&mut self, text: &str) -> Result<()> {
        if self.ascii {
            writeln!(self.out, "{}", ascii(text))?;
        } else {
            writeln!(self.out, "{text}")?;
        }
        Ok(())
    }

    fn read(&mut self) -> Result<Typed> {
        write!(self.out, "> ")?;
        self.out.flush()?;
        let mut bytes = Vec::new();
        let count = self.input.read_until(b'\n', &mut bytes)?;
        if let Some(now) = self.session.now() {
            self.wizard.set_now(now);
        }
        if count == 0 {
            self.say("")?;
            return Ok(Typed::End);
        }
        Ok(Typed::Line(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// Makes a move. It is saved before anything is said of it.
    fn make(&mut self, step: Move) -> Result<Outcome> {
        let outcome = self.wizard.apply(step);
        if let Some(notice) = self.session.keep(&self.wizard, self.tongue) {
            self.say(&notice)?;
        }
        Ok(outcome)
    }

    fn report(&self) -> Report {
        Report::of(&self.wizard.facts(), self.tongue)
    }

    fn list_text(&self) -> String {
        export::text(&self.wizard.facts(), &self.report(), false)
    }

    /// The end of the input is no answer: what was known so far is told, and the status says that it was not enough.
    fn ended(&mut self) -> Step {
        let text = format!("{}\n\n{}", self.tongue.words().end_of_input, self.list_text());
        self.say(&text)?;
        Ok(ControlFlow::Break(COULD_NOT_RUN))
    }

    fn ask(&mut self, screen: usize) -> Step {
        let page = Page::new(&self.wizard, screen, self.tongue);
        let words = self.tongue.words();
        self.say("")?;
        if let Some((number, about)) = page.progress {
            self.say(&self.tongue.lang.progress(number, about))?;
        }
        self.say(&page.ask.plain("\n"))?;
        match &page.body {
            Body::Options { options, .. } => {
                for (number, (label, _)) in options.iter().enumerate() {
                    self.say(&format!("{}. {label}", number + 1))?;
                }
            }
            Body::Items(items) => {
                for (number, (label, _)) in items.iter().enumerate() {
                    self.say(&format!("{}. {label}", number + 1))?;
                }
            }
            Body::Note | Body::Search { .. } | Body::Field { .. } | Body::Paste { .. } => {}
        }
        if !page.help.is_empty() {
            self.say(&page.help.plain("\n"))?;
        }
        for claim in &page.claims {
            self.say(&self.tongue.lang.labelled(words.may_have_read, claim))?;
        }
        match page.body {
            Body::Note => {
                self.say(words.privacy)?;
                self.commands()?;
                self.say(words.plain_enter)?;
                let Typed::Line(line) = self.read()? else { return self.ended() };
                if line.trim().is_empty() { self.apply(Move::Next) } else { self.command(line.trim()) }
            }
            Body::Options { options, taken } => self.options(&options, taken),
            Body::Search { names, not_sure, taken } => self.search(screen, &names, not_sure.as_deref(), taken),
            Body::Items(items) => self.items(&items),
            Body::Field { value, unit, not_sure, unsure } => self.field(&value, &unit, not_sure.as_deref(), unsure),
            Body::Paste { kept } => self.paste(kept.as_deref()),
        }
    }

    fn options(&mut self, options: &[(String, Move)], taken: Option<usize>) -> Step {
        let taken = taken.and_then(|taken| options.get(taken));
        self.say(&self.tongue.lang.enter_number(options.len()))?;
        if let Some((label, _)) = taken {
            self.say(&self.tongue.lang.labelled(self.tongue.words().plain_keep, label))?;
        }
        let Typed::Line(line) = self.read()? else { return self.ended() };
        if let Some((_, step)) = taken.filter(|_| line.trim().is_empty()) {
            return self.apply(step.clone());
        }
        match number(&line) {
            Some(number) => match options.get(number.wrapping_sub(1)) {
                Some((_, step)) => self.apply(step.clone()),
                None => self.again(self.tongue.words().no_such),
            },
            None => self.command(line.trim()),
        }
    }

    fn search(&mut self, screen: usize, names: &[String], not_sure: Option<&str>, taken: Option<usize>) -> Step {
        let words = self.tongue.words();
        self.say(words.plain_search)?;
        if let Some(label) = not_sure {
            self.say(&format!("u. {label}"))?;
        }
        if let Some(entry) = taken {
            self.say(&self.tongue.lang.labelled(words.plain_keep, &names[entry]))?;
        }
        let Typed::Line(line) = self.read()? else { return self.ended() };
        let line = line.trim();
        if let Some(entry) = taken.filter(|_| line.is_empty()) {
            return self.apply(Move::Choose(entry));
        }
        if line == "u" && not_sure.is_some() {
            return self.apply(Move::NotSure);
        }
        // One Latin letter is a command; one Chinese character may well be a place.
        if line.len() < 2 {
            return self.command(line);
        }
        let found = search(self.wizard.guide(), screen, line);
        match found.as_slice() {
            [] => self.again(words.nothing_found),
            [only] => {
                self.say(&names[*only])?;
                self.apply(Move::Choose(*only))
            }
            many => {
                let shown = &many[..many.len().min(MOST_MATCHES)];
                for (number, entry) in shown.iter().enumerate() {
                    self.say(&format!("{}. {}", number + 1, names[*entry]))?;
                }
                if many.len() > shown.len() {
                    self.say(&self.tongue.lang.more_matches(many.len() - shown.len()))?;
                }
                let options: Vec<(String, Move)> =
                    shown.iter().map(|&entry| (String::new(), Move::Choose(entry))).collect();
                self.options(&options, None)
            }
        }
    }

    fn items(&mut self, items: &[(String, Mark)]) -> Step {
        let words = self.tongue.words();
        self.say(words.plain_marks)?;
        for (ix, (label, _)) in items.iter().enumerate() {
            self.say(&format!("{}. {label}", ix + 1))?;
            loop {
                let Typed::Line(line) = self.read()? else { return self.ended() };
                let mark = match line.trim() {
                    "" => Mark::NotSure,
                    "y" | "Y" => Mark::Fine,
                    "n" | "N" => Mark::Problem,
                    other if other.chars().count() == 1 && !other.chars().all(char::is_numeric) => {
                        return self.command(other);
                    }
                    _ => {
                        self.say(words.plain_marks)?;
                        continue;
                    }
                };
                self.make(Move::Mark(ix, mark))?;
                break;
            }
        }
        self.apply(Move::Next)
    }

    fn field(&mut self, value: &str, unit: &str, not_sure: Option<&str>, unsure: bool) -> Step {
        let hint = if value.is_empty() { unit.to_owned() } else { format!("[{value}] {unit}") };
        self.say(&hint)?;
        if let Some(label) = not_sure {
            self.say(&format!("u. {label}"))?;
        }
        let Typed::Line(line) = self.read()? else { return self.ended() };
        let line = line.trim();
        match line {
            "u" if not_sure.is_some() => self.apply(Move::NotSure),
            "" if unsure => self.apply(Move::NotSure),
            "" => self.apply(Move::Enter(value.to_owned())),
            line if line.len() == 1 && !line.starts_with(|c: char| c.is_ascii_digit()) => self.command(line),
            line => self.apply(Move::Enter(line.to_owned())),
        }
    }

    /// Reads until a lone full stop; a first line that is empty skips the paste. An error text may well hold
    /// empty lines, so these end nothing.
    fn paste(&mut self, kept: Option<&str>) -> Step {
        let words = self.tongue.words();
        if let Some(kept) = kept {
            self.say(kept)?;
            self.say(words.kept_hint)?;
        }
        self.say(words.plain_paste)?;
        let mut text = String::new();
        loop {
            let Typed::Line(line) = self.read()? else { return self.ended() };
            let end = matches!(line.trim(), "." | "。" | "．");
            if text.is_empty() && matches!(line.trim(), "b" | "a" | "f" | "g" | "c" | "l" | "q" | "?" | "？") {
                return self.command(line.trim());
            }
            if end || (text.is_empty() && line.trim().is_empty()) {
                break;
            }
            text.push_str(&line);
            text.push('\n');
        }
        let step = self.apply(Move::Enter(text))?;
        for line in crate::page::recognised(&self.wizard.facts(), self.tongue) {
            self.say(&line)?;
        }
        Ok(step)
    }

    fn again(&mut self, why: &str) -> Step {
        self.say(why)?;
        Ok(GO_ON)
    }

    fn apply(&mut self, step: Move) -> Step {
        let words = self.tongue.words();
        match self.make(step)? {
            Outcome::Moved { dropped } | Outcome::Finished { dropped } => {
                if !dropped.is_empty() {
                    let names = crate::page::names(&self.wizard.facts(), &dropped, self.tongue);
                    self.say(&self.tongue.lang.no_longer_counts(&names))?;
                }
                Ok(GO_ON)
            }
            Outcome::Told | Outcome::Solved => Ok(GO_ON),
            Outcome::Stayed(Stay::BadAmount(error)) => self.again(words.amount_error(error)),
            Outcome::Stayed(Stay::BadMonth) => self.again(words.month_wrong),
            Outcome::Stayed(Stay::AtStart) => self.again(words.first_screen),
            Outcome::Stayed(Stay::NotHere | Stay::Marked | Stay::Filled | Stay::Redacted) => {
                self.again(words.plain_not_understood)
            }
        }
    }

    fn command(&mut self, command: &str) -> Step {
        let words = self.tongue.words();
        match command {
            "q" => return Ok(ControlFlow::Break(DONE)),
            "b" => return self.apply(Move::Back),
            "a" => return self.answers(),
            "f" => {
                let text = self.list_text();
                self.say(&text)?;
            }
            "g" => {
                self.tongue = self.tongue.next(self.wizard.guide());
            }
            "c" => return self.claims(),
            "l" => return self.letters(),
            "?" | "？" => {
                self.commands()?;
                for text in [words.help_words, words.privacy] {
                    self.say(text)?;
                }
            }
            _ => {
                self.say(words.plain_not_understood)?;
                self.commands()?;
            }
        }
        Ok(GO_ON)
    }

    fn commands(&mut self) -> Result<()> {
        let language = self.tongue.next_name(self.wizard.guide());
        let text = self.tongue.lang.plain_commands(language);
        self.say(&text)
    }

    fn answers(&mut self) -> Step {
        let words = self.tongue.words();
        let lines = answers(&self.wizard.facts(), self.tongue);
        if lines.is_empty() {
            return self.again(words.nothing_answered);
        }
        self.say(words.your_answers)?;
        for (number, line) in lines.iter().enumerate() {
            self.say(&format!("{}. {}", number + 1, line.shown(self.tongue)))?;
        }
        self.say(words.plain_jump)?;
        let Typed::Line(typed) = self.read()? else { return self.ended() };
        match number(&typed).and_then(|number| lines.get(number.wrapping_sub(1))) {
            Some(line) => self.apply(Move::Edit(line.screen)),
            None if typed.trim().is_empty() => Ok(GO_ON),
            None => self.again(words.no_such),
        }
    }

    /// Advice found elsewhere that holds what is typed; all of it after an empty line.
    fn claims(&mut self) -> Step {
        let words = self.tongue.words();
        self.say(words.claim_search)?;
        let Typed::Line(typed) = self.read()? else { return self.ended() };
        let found = claims::search(self.wizard.guide(), &typed);
        if found.is_empty() {
            return self.again(words.nothing_found);
        }
        let text = claims::text(&self.wizard.facts(), self.tongue, &found);
        self.say(&text)?;
        Ok(GO_ON)
    }

    fn letters(&mut self) -> Step {
        let words = self.tongue.words();
        let facts = self.wizard.facts();
        let letters = self.report().letters;
        let mut parts: Vec<String> =
            letters.into_iter().flat_map(|(ix, heading)| [heading, letter::text(&facts, ix, self.tongue)]).collect();
        parts.push(if parts.is_empty() { words.no_letters } else { words.letter_blanks }.to_owned());
        self.say(&parts.join("\n"))?;
        Ok(GO_ON)
    }
}

fn number(line: &str) -> Option<usize> {
    crate::guide::money::digits(line.trim())
}

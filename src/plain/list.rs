//! The list line by line: it is read out, and what became of the things on it is told by number.

use std::io::{BufRead, Write};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::Result;

use super::{Asker, GO_ON, Step, Typed, number};
use crate::after::moved;
use crate::export;
use crate::guide::FixIx;
use crate::guide::answer::BECOMES;
use crate::run::DONE;
use crate::target::{self, Target, TargetError};
use crate::wizard::{At, Move, Outcome};

impl<I: BufRead, O: Write> Asker<'_, I, O> {
    pub(super) fn list(&mut self) -> Step {
        let text = self.list_text();
        self.say(&format!("\n{text}"))?;
        loop {
            self.say(self.tongue.words().plain_end)?;
            // Everything is answered: here the end of the input is as good as leaving.
            let Typed::Line(line) = self.read()? else { return Ok(ControlFlow::Break(DONE)) };
            let command = match line.trim() {
                "" | "q" => return Ok(ControlFlow::Break(DONE)),
                "f" => return Ok(GO_ON),
                "t" => {
                    if self.amend()? {
                        if self.wizard.at() != At::List {
                            return Ok(GO_ON);
                        }
                        self.say_short()?;
                    }
                    continue;
                }
                "e" => {
                    self.save()?;
                    continue;
                }
                command => command.to_owned(),
            };
            if let Some(place) = number(&command) {
                let fix = self.report().fixes.get(place.wrapping_sub(1)).map(|card| (card.fix, card.title.clone()));
                match fix {
                    Some((fix, title)) => {
                        if self.tell(fix, &title, None)? {
                            if self.wizard.at() != At::List {
                                return Ok(GO_ON);
                            }
                            self.say_short()?;
                        }
                    }
                    None => self.say(self.tongue.words().no_such)?,
                }
                continue;
            }
            let step = self.command(&command)?;
            // The list is read out again only where it is another one, or in another language.
            if self.wizard.at() != At::List || step.is_break() || command == "g" {
                return Ok(step);
            }
        }
    }

    /// What has changed is heard best without all that was read out before; `f` reads the whole list.
    fn say_short(&mut self) -> Result<()> {
        let text = export::short(&self.report());
        self.say(&format!("\n{text}"))
    }

    /// Asks what became of a fix; says whether something was told.
    fn tell(&mut self, fix: FixIx, title: &str, told: Option<usize>) -> Result<bool> {
        let words = self.tongue.words();
        self.say(&self.tongue.lang.labelled(title, words.what_became))?;
        let take_back = told.map(|_| words.take_back);
        for (place, line) in words.becomes.into_iter().chain(take_back).enumerate() {
            self.say(&format!("{}. {line}", place + 1))?;
        }
        self.say(words.plain_tell)?;
        let Typed::Line(line) = self.read()? else { return Ok(false) };
        let step = match (number(&line).map(|place| place.wrapping_sub(1)), told) {
            (Some(place), _) if place < BECOMES.len() => {
                let how = BECOMES[place];
                (told.map_or(Move::Tell(fix, how), |ix| Move::Amend(ix, how)), Some(how))
            }
            (Some(place), Some(ix)) if place == BECOMES.len() => (Move::Untell(ix), None),
            (None, _) if line.trim().is_empty() => return Ok(false),
            _ => {
                self.say(words.no_such)?;
                return Ok(false);
            }
        };
        let before = self.report();
        let outcome = self.make(step.0)?;
        let text = match (step.1, outcome) {
            (_, Outcome::Solved) => return Ok(true),
            (Some(how), _) => moved(&before, &self.report(), fix, how, &self.wizard),
            (None, _) => words.taken_back.to_owned(),
        };
        self.say(&text)?;
        Ok(true)
    }

    /// Has something that was told told anew; says whether it was.
    fn amend(&mut self) -> Result<bool> {
        let words = self.tongue.words();
        let tried = self.report().tried;
        if tried.is_empty() {
            self.say(words.nothing_tried)?;
            return Ok(false);
        }
        for (place, line) in tried.iter().enumerate() {
            self.say(&format!("{}. {}", place + 1, line.text))?;
        }
        self.say(words.plain_amend)?;
        let Typed::Line(line) = self.read()? else { return Ok(false) };
        match number(&line).and_then(|place| tried.get(place.wrapping_sub(1))) {
            Some(line) => self.tell(line.fix, &line.text, Some(line.ix)),
            None if line.trim().is_empty() => Ok(false),
            None => {
                self.say(words.no_such)?;
                Ok(false)
            }
        }
    }

    /// Asks for a file name and writes the list there; its ending says how.
    fn save(&mut self) -> Result<()> {
        let words = self.tongue.words();
        self.say(&self.tongue.lang.labelled(words.save_as, words.plain_save))?;
        let Typed::Line(line) = self.read()? else { return Ok(()) };
        let name: String = line.trim().chars().filter(|c| !crate::guide::is_control(*c)).collect();
        if name.is_empty() {
            return Ok(());
        }
        if !export::can_be(Path::new(&name), false) {
            return self.say(words.file_ending);
        }
        let path = target::named(&name);
        let mut became = self.write(&path, false)?;
        if matches!(became, Err(TargetError::Exists(_))) {
            self.say(words.plain_replace)?;
            match self.read()? {
                Typed::Line(line) if matches!(line.trim(), "y" | "Y") => became = self.write(&path, true)?,
                _ => return Ok(()),
            }
        }
        self.say(&self.tongue.lang.became_of_file(&name, &became))
    }

    fn write(&self, path: &Path, replace: bool) -> Result<Result<(), TargetError>> {
        Ok(match Target::check(path, replace) {
            Ok(target) => target.write(&export::as_file(path, &self.wizard.facts(), self.tongue)?),
            Err(error) => Err(error),
        })
    }

    /// The end: what helped, what it was, and how to keep it from happening again.
    pub(super) fn solved(&mut self) -> Step {
        let report = self.report();
        let words = self.tongue.words();
        self.say("")?;
        self.say(&export::solved(&report))?;
        self.say(words.plain_solved)?;
        let Typed::Line(line) = self.read()? else { return Ok(ControlFlow::Break(DONE)) };
        match line.trim() {
            "" | "q" => Ok(ControlFlow::Break(DONE)),
            "t" => {
                self.amend()?;
                Ok(GO_ON)
            }
            other => {
                let command = other.to_owned();
                self.command(&command)
            }
        }
    }
}

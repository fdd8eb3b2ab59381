//! What is said before the first question: the offer to go on with a saved session.

use std::io::{BufRead, Write};

use super::{Asker, GO_ON, Step, Typed, number};

impl<I: BufRead, O: Write> Asker<'_, I, O> {
    pub(super) fn begin(&mut self) -> Step {
        if let Some(notice) = self.session.take_notice() {
            self.say(&notice)?;
        }
        while let Some(offer) = self.session.offer() {
            let words = self.tongue.words().sessions;
            let text = format!(
                "\n{}\n{}\n1. {}\n2. {}",
                words.heading,
                offer.lines(self.tongue).join("\n"),
                words.go_on,
                words.anew
            );
            self.say(&text)?;
            self.say(&self.tongue.lang.enter_number(2))?;
            let Typed::Line(line) = self.read()? else { return self.ended() };
            match (number(&line), line.trim()) {
                (Some(1), _) => {
                    if let Some(offer) = self.session.go_on() {
                        if let Some(notice) = offer.notice(self.tongue) {
                            self.say(&notice)?;
                        }
                        self.wizard = offer.wizard;
                    }
                }
                (Some(2), _) => break,
                (None, command @ ("q" | "g")) => {
                    let step = self.command(command)?;
                    if step.is_break() {
                        return Ok(step);
                    }
                }
                _ => self.say(self.tongue.words().no_such)?,
            }
        }
        Ok(GO_ON)
    }
}

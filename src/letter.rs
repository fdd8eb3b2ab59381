//! Letters to the bank and to support, filled from what is known. Nothing in them comes from anywhere but the guide and
//! the answers on its screens, so no secret can get in; what only the person knows is a marked blank.

use crate::guide::answer::{Answer, Facts};
use crate::guide::condition::holds;
use crate::guide::text::{Rich, Value};
use crate::guide::{FixIx, Letter, LetterIx};
use crate::report::Tongue;

/// A letter in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Index of its language in [`crate::guide::Guide::languages`].
    pub language: usize,
    /// What it is about.
    pub title: String,
    /// Its text.
    pub body: Rich,
}

/// The letters that are offered with these fixes on the list.
#[must_use]
pub fn offered(facts: &Facts<'_>, listed: &[FixIx]) -> Vec<LetterIx> {
    let letters = &facts.guide.letters;
    let offered =
        |letter: &Letter| letter.fixes.iter().any(|fix| listed.contains(fix)) && holds(letter.when.as_ref(), facts);
    (0..letters.len()).filter(|&ix| offered(&letters[ix])).collect()
}

/// A letter in every language in which it is sent: the one that the guide says, or the person's own, and the one in
/// which it is written as well.
#[must_use]
pub fn versions(facts: &Facts<'_>, letter: LetterIx, tongue: Tongue) -> Vec<Version> {
    let guide = facts.guide;
    let letter = &guide.letters[letter];
    let first = letter.only.unwrap_or(tongue.index);
    // Whoever fills in a letter that is only there in another language must know with what.
    let mut facts = facts.clone();
    facts.blanks_in = letter.only.map(|_| tongue.index);
    let facts = &facts;
    let mut languages = vec![first];
    languages.extend(letter.also.filter(|also| *also != first));
    languages
        .into_iter()
        .map(|language| Version {
            language,
            title: letter.title.line(language, facts),
            body: letter.body.rich(language, facts),
        })
        .collect()
}

/// The blanks of a letter as it stands, and what each asks for, in the person's language.
#[must_use]
pub fn blanks(facts: &Facts<'_>, letter: LetterIx, tongue: Tongue) -> Vec<(Value, String)> {
    let guide = facts.guide;
    let written = &guide.letters[letter];
    let language = written.only.unwrap_or(tongue.index);
    let ask = |value: Value| {
        let ask = match value {
            Value::Blank(letter, blank) => &guide.letters.get(letter)?.blanks.get(blank)?.ask,
            Value::Said(screen) if matches!(facts.answer(screen), None | Some(Answer::NotSure)) => {
                &guide.screens[screen].short
            }
            Value::Said(_) | Value::Figure(_) | Value::Answer(_) | Value::Tried => return None,
        };
        Some((value, ask.line(tongue.index, facts)))
    };
    written.body.values(language, facts).into_iter().filter_map(ask).collect()
}

/// Who a letter goes to and what it is about, in the person's language.
#[must_use]
pub fn heading(facts: &Facts<'_>, letter: LetterIx, tongue: Tongue) -> String {
    let letter = &facts.guide.letters[letter];
    tongue.lang.labelled(&tongue.lang.letter_to(letter.to), &letter.title.line(tongue.index, facts))
}

impl Version {
    /// Its paragraphs; items that follow each other stand in one.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<Rich> {
        let mut paragraphs: Vec<Rich> = Vec::new();
        for line in &self.body.lines {
            match paragraphs.last_mut().filter(|last| line.item && last.lines.iter().all(|before| before.item)) {
                Some(items) => items.lines.push(line.clone()),
                None => paragraphs.push(Rich { lines: vec![line.clone()] }),
            }
        }
        paragraphs
    }

    /// The letter as it is sent.
    #[must_use]
    pub fn text(&self) -> String {
        self.paragraphs().iter().map(|paragraph| paragraph.plain("\n")).collect::<Vec<_>>().join("\n\n")
    }
}

/// A letter as plain text in every version, no line broken.
#[must_use]
pub fn text(facts: &Facts<'_>, letter: LetterIx, tongue: Tongue) -> String {
    let versions: Vec<String> = versions(facts, letter, tongue).iter().map(Version::text).collect();
    format!("{}\n", versions.join("\n\n----\n\n"))
}

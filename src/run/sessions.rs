//! `declined sessions`: lists, shows and deletes what is saved.
#![expect(clippy::disallowed_methods, reason = "this is the edge that asks and prints")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};

use anyhow::{Context as _, Result, bail};
use serde::Serialize;
use time::OffsetDateTime;
use time::serde::rfc3339;

use super::begin::{all, one};
use super::{DONE, Start, print};
use crate::cli::{Format, Global, Known, SessionsArgs, SessionsCommand};
use crate::export::pretty;
use crate::report::{Report, answers};
use crate::saved::{FORMAT, GuideId, Saved, standing};
use crate::session::{Found, Store};
use crate::wizard::Wizard;

pub(super) fn run(global: &Global, args: &SessionsArgs) -> Result<u8> {
    let store = Store::of_person();
    match &args.what {
        None => {
            let start = Start::read(global, &Known::default())?;
            let all = all(&store)?;
            if all.is_empty() && args.format == Format::Text {
                writeln!(io::stderr(), "declined: {}", start.tongue.words().sessions.none)?;
                return Ok(DONE);
            }
            let out = match args.format {
                Format::Json => json(&start, &all)?,
                Format::Text => list(&start, &all),
            };
            print(global, &out, args.format)?;
        }
        Some(SessionsCommand::Show { id }) => {
            let start = Start::read(global, &Known::default())?;
            let found = one(&store, id)?;
            let path = found.path.display();
            match &found.read {
                Ok(saved) => print(global, &show(&start, &found, saved), Format::Text)?,
                Err(why) => bail!("`{id}` cannot be shown: {}: {path}", start.tongue.lang.unusable(why)),
            }
        }
        Some(SessionsCommand::Delete { all: true, yes, .. }) => {
            let all = all(&store)?;
            if all.is_empty() || (!yes && !asked(all.len())?) {
                return Ok(DONE);
            }
            delete(&store, &all)?;
        }
        Some(SessionsCommand::Delete { ids, .. }) => {
            // A mistyped one of several must not cost the others.
            let mut found = BTreeMap::new();
            for id in ids {
                found.insert(id, one(&store, id)?);
            }
            let found: Vec<Found> = found.into_values().collect();
            delete(&store, &found)?;
        }
    }
    Ok(DONE)
}

fn asked(count: usize) -> Result<bool> {
    if !io::stdin().is_terminal() {
        bail!("nothing is deleted without a terminal to ask at; --yes deletes all without asking");
    }
    write!(io::stderr(), "Delete {} for good? [y/N] ", sessions(count))?;
    let mut line = String::new();
    io::stdin().read_line(&mut line).context("cannot read standard input")?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

fn sessions(count: usize) -> String {
    if count == 1 { "1 session".to_owned() } else { format!("{count} sessions") }
}

fn delete(store: &Store, found: &[Found]) -> Result<()> {
    // One that stays is no reason to keep the others.
    let mut first = None;
    let mut deleted = 0;
    for found in found {
        match store.delete(found).with_context(|| format!("cannot delete {}", found.path.display())) {
            Ok(()) => deleted += 1,
            Err(error) => first = first.or(Some(error)),
        }
    }
    writeln!(io::stderr(), "declined: {} deleted", sessions(deleted))?;
    first.map_or(Ok(()), Err)
}

/// The wizard of a session of this guide.
fn wizard(start: &Start, saved: &Saved) -> Option<Wizard> {
    let is_ours = saved.guide.id == start.guide.id;
    is_ours.then(|| saved.replay(&start.guide, start.today, start.now).0)
}

fn list(start: &Start, all: &[Found]) -> String {
    let lang = start.tongue.lang;
    let longest = all.iter().map(|found| crate::layout::width(&found.id)).max().unwrap_or(0);
    let mut out = String::new();
    for found in all {
        let pad = " ".repeat(longest - crate::layout::width(&found.id));
        let mut lines = vec![lang.moment(found.when, Some(start.now))];
        match &found.read {
            Ok(saved) => match wizard(start, saved) {
                Some(wizard) => {
                    let facts = wizard.facts();
                    let counts = lang.counts(answers(&facts, start.tongue).len(), facts.tried.len());
                    lines[0] = lang.list(&[lines[0].clone(), counts]);
                    lines.push(standing(&wizard, start.tongue));
                }
                None => lines.push(lang.labelled(start.tongue.words().sessions.guide, &clean(&saved.guide.id))),
            },
            Err(why) => lines.push(lang.unusable(why)),
        }
        let gap = format!("\n{}", " ".repeat(longest + 2));
        let _ = writeln!(out, "{}{pad}  {}", found.id, lines.join(&gap));
    }
    out
}

/// Text of a file that anybody may have written.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !crate::guide::is_control(*c)).collect()
}

fn show(start: &Start, found: &Found, saved: &Saved) -> String {
    let tongue = start.tongue;
    let words = tongue.words();
    let moment = |at| tongue.lang.moment(at, Some(start.now));
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    let wizard = wizard(start, saved);
    match &wizard {
        Some(wizard) => line(&start.guide.title.line(tongue.index, &wizard.facts())),
        None => line(&tongue.lang.labelled(words.sessions.guide, &clean(&saved.guide.id))),
    }
    if let Some(begun) = saved.begun {
        line(&tongue.lang.labelled(words.sessions.begun, &moment(begun)));
    }
    line(&tongue.lang.labelled(words.sessions.saved, &moment(saved.saved)));
    line(&tongue.lang.labelled(words.sessions.file, &found.path.display().to_string()));
    let Some(wizard) = wizard else { return out };
    line(&standing(&wizard, tongue));
    let facts = wizard.facts();
    line("");
    line(words.your_answers);
    let given = answers(&facts, tongue);
    if given.is_empty() {
        line(words.nothing_answered);
    }
    for answer in given {
        line(&format!("- {}", answer.shown(tongue)));
    }
    let tried = Report::of(&facts, tongue).tried;
    if !tried.is_empty() {
        line("");
        line(words.tried);
    }
    for tried in tried {
        line(&format!("- {}", tried.text));
    }
    out
}

#[derive(Serialize)]
struct Json<'a> {
    format: u64,
    sessions: Vec<SessionJson<'a>>,
}

#[derive(Serialize)]
struct SessionJson<'a> {
    id: &'a str,
    path: String,
    #[serde(with = "rfc3339")]
    saved: OffsetDateTime,
    #[serde(flatten)]
    about: Option<About<'a>>,
    /// Why it cannot be used.
    unusable: Option<String>,
}

#[derive(Serialize)]
struct About<'a> {
    guide: &'a GuideId,
    lang: &'a str,
    at: &'a str,
    answers: usize,
    tried: usize,
    solved: bool,
}

fn json(start: &Start, all: &[Found]) -> Result<String> {
    let sessions = all.iter().map(|found| {
        let about = found.read.as_ref().ok().map(|saved| About {
            guide: &saved.guide,
            lang: &saved.lang,
            at: &saved.at,
            answers: wizard(start, saved)
                .map_or(saved.answers.len(), |wizard| answers(&wizard.facts(), start.tongue).len()),
            tried: saved.tried.len(),
            solved: saved.is_solved(),
        });
        let unusable = found.read.as_ref().err().map(|why| crate::words::Lang::En.unusable(why));
        SessionJson { id: &found.id, path: found.path.display().to_string(), saved: found.when, about, unusable }
    });
    Ok(pretty(&Json { format: FORMAT, sessions: sessions.collect() })?)
}

//! How the wizard begins: anew, with the offer to go on, or where it was left; and what is said when it is left.
#![expect(clippy::disallowed_methods, reason = "this is the edge that writes to standard error")]

use std::io::{self, Write as _};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use time::Duration;

use super::Start;
use crate::cli::{Cli, Global};
use crate::diagnostic::near_miss;
use crate::report::{Tongue, answers};
use crate::saved::{Offer, Saved, Unusable};
use crate::session::{Found, Left, Session, Store};
use crate::tui::Look;
use crate::wizard::Wizard;

/// What is older is not offered by itself.
const OFFERED_FOR: Duration = Duration::days(90);

pub(super) struct Begun {
    pub wizard: Wizard,
    pub tongue: Tongue,
    pub session: Session,
}

pub(super) fn begin(cli: &Cli, start: &Start) -> Result<Begun> {
    let args = &cli.wizard;
    let store = Store::of_person();
    let keeps = !args.no_save && !args.print;
    let session = Session::new(start.clock, keeps.then(|| store.clone()));
    let mut wizard = Wizard::new(Arc::clone(&start.guide), start.today, start.flags.clone());
    wizard.set_now(start.now);
    let mut begun = Begun { wizard, tongue: start.tongue, session };
    let wanted = args.resume.as_deref();
    if wanted.is_none() && (!keeps || args.new || args.known.is_given()) {
        return Ok(begun);
    }
    let found = match wanted {
        Some(id) if !id.is_empty() => Some(one(&store, id)?),
        _ => last(&store, start, wanted.is_some(), &mut begun)?,
    };
    let Some(found) = found else { return Ok(begun) };
    let tongue = match &found.read {
        // In the language it was left in, unless another one is asked for.
        Ok(saved) if cli.global.lang.is_none() => {
            start.guide.language(&saved.lang).map_or(start.tongue, |index| Tongue::new(&start.guide, index))
        }
        _ => start.tongue,
    };
    match usable(&found, start) {
        Ok(saved) => {
            let (wizard, dropped) = saved.replay(&start.guide, start.today, start.now);
            let offer = Offer { wizard, dropped, saved: saved.saved, now: start.now };
            if wanted.is_none() && is_stale(&offer, saved, start) {
                return Ok(begun);
            }
            begun.tongue = tongue;
            begun.session.set_offer(offer, found);
        }
        Err(why) => begun.session.begin_with(start.tongue.lang.not_usable(&why, &found.path.display().to_string())),
    }
    if wanted.is_some()
        && let Some(offer) = begun.session.go_on()
    {
        if let Some(notice) = offer.notice(begun.tongue) {
            begun.session.begin_with(notice);
        }
        begun.wizard = offer.wizard;
    }
    Ok(begun)
}

/// Not worth a question: solved, too long ago, or nothing that anybody would miss.
fn is_stale(offer: &Offer, saved: &Saved, start: &Start) -> bool {
    let facts = offer.wizard.facts();
    let nothing =
        facts.tried.is_empty() && offer.wizard.drafts().is_empty() && answers(&facts, start.tongue).is_empty();
    saved.is_solved() || start.now - saved.saved > OFFERED_FOR || nothing
}

fn usable<'f>(found: &'f Found, start: &Start) -> Result<&'f Saved, Unusable> {
    let saved = found.read.as_ref().map_err(Clone::clone)?;
    if saved.guide.id == start.guide.id { Ok(saved) } else { Err(Unusable::Foreign(saved.guide.id.clone())) }
}

/// The file of this name.
pub(super) fn one(store: &Store, id: &str) -> Result<Found> {
    let mut all = all(store)?;
    let Some(at) = all.iter().position(|found| found.id == id) else {
        let near = near_miss(id, all.iter().map(|found| found.id.as_str()));
        let help = near.unwrap_or_else(|| "`declined sessions` lists them".to_owned());
        bail!("no session is saved as `{}`; {help}", id.escape_debug())
    };
    Ok(all.swap_remove(at))
}

pub(super) fn all(store: &Store) -> Result<Vec<Found>> {
    let folder = store.folder().context("cannot tell where sessions are saved")?;
    store.list().with_context(|| format!("cannot read {}", folder.display()))
}

/// The session of this guide that was saved last. What lies there since, and cannot be used, is told.
fn last(store: &Store, start: &Start, must: bool, begun: &mut Begun) -> Result<Option<Found>> {
    let all = match all(store) {
        Err(error) if must => return Err(error),
        // The first move that cannot be saved tells it.
        Err(_) => return Ok(None),
        Ok(all) => all,
    };
    let mut told = false;
    for found in all {
        match usable(&found, start) {
            // What was saved under another date than today's is for those who set that date.
            Ok(saved) if !must && saved.saved > start.now => {}
            Ok(_) => return Ok(Some(found)),
            Err(Unusable::Foreign(_)) => {}
            // Only the newest of them is worth a word.
            Err(_) if told => {}
            Err(why) => {
                told = true;
                let path = found.path.display().to_string();
                begun.session.begin_with(start.tongue.lang.not_usable(&why, &path));
            }
        }
    }
    if must && !told {
        bail!("no session of this guide is saved; `declined` begins one");
    }
    Ok(None)
}

/// A word as a shell takes it for one.
fn word(text: &str) -> String {
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || "._/-".contains(c));
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// Says on standard error how to go on with what is saved.
pub(super) fn tell_how_to_go_on(global: &Global, left: &Left, look: Look) -> Result<()> {
    let guide = global.guide.as_ref();
    let guide = guide.map_or_else(String::new, |folder| format!(" --guide {}", word(&folder.display().to_string())));
    let command = |id: &String| format!("declined{guide} --resume {}", word(id));
    let later = left.session.as_ref().map(|id| left.tongue.lang.go_on_later(&command(id)));
    for line in left.notice.iter().chain(&later) {
        writeln!(io::stderr(), "{}", look.text(line))?;
    }
    Ok(())
}

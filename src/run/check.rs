//! `declined check`: everything that is wrong with a guide, and its scenarios.
#![expect(clippy::disallowed_methods, reason = "this is the edge that writes to standard output")]

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::{Result, anyhow};

use super::{DONE, Global, NOTHING_FOUND};
use crate::cli::{CheckArgs, CheckFormat, When};
use crate::diagnostic::Diagnostic;
use crate::guide::check::{Examined, Places, examine, sort};
use crate::guide::{Guide, rules};
use crate::tui::fit;
use crate::verdict::{Verdict, json, short};
use crate::{content, diagnostic, layout, locale, scenario};

pub(super) fn run(global: &Global, args: &CheckArgs) -> Result<u8> {
    if let Some(rule) = &args.explain {
        let out = match rule.as_str() {
            "" | "list" => rules::list(),
            id => {
                rules::find(id).map_err(|help| anyhow!("there is no rule `{}`; {help}", id.escape_debug()))?.explained()
            }
        };
        super::print(global, &out, crate::cli::Format::Text)?;
        return Ok(DONE);
    }
    let today = super::clock(global.today.as_deref())?.now().date();
    let content::Files { files, findings: unread } = match args.folder.as_ref().or(global.guide.as_ref()) {
        Some(folder) => content::folder_up_to(folder, content::MOST_CHECKED_MIB)?,
        None => content::built_in(),
    };
    let Examined { guide, mut findings, places } = examine(&files, Some(today));
    let usable = guide.filter(|_| unread.is_empty());
    findings.extend(unread);
    let mut scenarios = None;
    if let Some(guide) = &usable {
        let (passed, failed, wrong) = scenario::run_all(guide, &places);
        scenarios = Some((passed, failed));
        findings.extend(wrong);
        findings.extend(too_long(guide, &places));
    }
    sort(&mut findings);
    let verdict = Verdict { files: &files, findings: &findings, scenarios };
    let out = match args.format {
        CheckFormat::Json => json(&verdict)?,
        CheckFormat::Short => format!("{}{}\n", short(&verdict), verdict.summary()),
        CheckFormat::Text => {
            let coloured = match global.color {
                When::Always => true,
                When::Never => false,
                When::Auto => io::stdout().is_terminal() && locale::colours(),
            };
            format!("{}{}\n", diagnostic::render(&findings, &files, coloured), verdict.summary())
        }
    };
    let is_ascii = args.format != CheckFormat::Json && (global.ascii || !locale::draws_unicode());
    io::stdout().write_all(if is_ascii { layout::ascii(&out) } else { out }.as_bytes())?;
    Ok(if findings.is_empty() { DONE } else { NOTHING_FOUND })
}

/// Questions that have to be scrolled: what draws them knows.
fn too_long(guide: &Guide, places: &Places) -> Vec<Diagnostic> {
    let told = |found: fit::TooLong| Diagnostic {
        rule: "does-not-fit",
        severity: rules::severity("does-not-fit"),
        message: format!(
            "in `{}` the question `{}` is {} too long for a window of 80x24",
            guide.language_code(found.language),
            guide.screens[found.screen].id,
            if found.rows == 1 { "a row".to_owned() } else { format!("{} rows", found.rows) }
        ),
        place: places.screens.get(found.screen).cloned(),
        help: Some("shorten the question, its labels or its help, or ask it in two".into()),
    };
    fit::too_long(guide).into_iter().map(told).collect()
}

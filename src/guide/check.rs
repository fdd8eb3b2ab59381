//! Files to a guide. Reports everything that is wrong in all of them; what has an error is never used.

use std::collections::BTreeMap;

use time::Date;

use super::keys::{self, FILE, HEADER};
use super::read::{self, Raw, RawGuide};
use super::resolve::{Cx, Entries};
use super::resolve_conditions::Met;
use super::rules::severity;
use super::syntax::{Span, Value};
use super::{Guide, Retry, Support, check_advice, check_claims, check_letters, check_scenarios, check_screens, lint};
use crate::diagnostic::{Diagnostic, Severity, SourceFile};

/// A guide, if it has no errors, and all findings in the order of files and places.
#[must_use]
pub fn check(files: &[SourceFile]) -> (Option<Guide>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let raw = read::read(files, &mut findings);
    let (guide, ..) = build(&raw, None, &mut findings);
    sort(&mut findings);
    (is_usable(&findings).then_some(guide), findings)
}

/// All that `check` knows of a guide.
#[derive(Debug)]
pub struct Examined {
    /// The guide, if it has no errors.
    pub guide: Option<Guide>,
    /// All findings in the order of files and places, also those that no wizard minds.
    pub findings: Vec<Diagnostic>,
    /// Where its entries stand.
    pub places: Places,
}

/// Where entries stand, for what is found only once the guide is used.
#[derive(Debug, Default)]
pub struct Places {
    /// The screens, by index.
    pub screens: Vec<(usize, Span)>,
    /// The scenarios, by index, with their keys: `answers.SCREEN`, `expect.KEY`, and the others by name.
    pub scenarios: Vec<ScenarioPlace>,
}

/// Where a scenario stands.
#[derive(Debug)]
pub struct ScenarioPlace {
    /// Index of its file.
    pub file: usize,
    /// Its id.
    pub span: Span,
    /// The values of its keys.
    pub keys: BTreeMap<String, Span>,
}

/// The same as [`check()`] and everything that is doubtful. Dates are looked at if today is known.
#[must_use]
pub fn examine(files: &[SourceFile], today: Option<Date>) -> Examined {
    let mut findings = Vec::new();
    let raw = read::read(files, &mut findings);
    let (guide, entries, met) = build(&raw, Some(Met::default()), &mut findings);
    let doubtful = lint::lint(files, &raw, &guide, (&entries, &met.unwrap_or_default()), &findings, today);
    findings.extend(doubtful);
    sort(&mut findings);
    let places = Places {
        screens: entries.screens.iter().map(|raw| (raw.file, raw.span.clone())).collect(),
        scenarios: entries.scenarios.iter().map(|raw| scenario_place(raw)).collect(),
    };
    Examined { guide: is_usable(&findings).then_some(guide), findings, places }
}

fn scenario_place(raw: &Raw) -> ScenarioPlace {
    let mut keys = BTreeMap::new();
    for (name, _, node) in &raw.fields.all {
        keys.insert(name.to_string(), node.span.clone());
        if let ("answers", Value::Table(answers)) = (name.as_ref(), &node.value) {
            keys.extend(answers.all.iter().map(|(screen, at, _)| (format!("answers.{screen}"), at.clone())));
        }
    }
    for expect in raw.all(&keys::EXPECT) {
        let all = expect.fields.all.iter();
        keys.extend(all.map(|(name, _, node)| (format!("expect.{name}"), node.span.clone())));
    }
    ScenarioPlace { file: raw.file, span: raw.span.clone(), keys }
}

/// Puts findings in the order of files and places, each once.
pub fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| {
        let key =
            |finding: &Diagnostic| finding.place.as_ref().map_or((usize::MAX, 0), |(file, span)| (*file, span.start));
        key(a).cmp(&key(b)).then(a.rule.cmp(b.rule)).then_with(|| a.message.cmp(&b.message))
    });
    findings.dedup();
}

fn is_usable(findings: &[Diagnostic]) -> bool {
    findings.iter().all(|finding| finding.severity != Severity::Error)
}

fn build<'r>(
    raw: &'r RawGuide<'r>,
    met: Option<Met>,
    findings: &mut Vec<Diagnostic>,
) -> (Guide, Entries<'r>, Option<Met>) {
    let header = header(raw, findings);
    let languages = languages(header, findings);
    let knows_languages = !languages.is_empty();
    // With none there would be no text to look at.
    let languages = if knows_languages { languages } else { vec!["en".into()] };
    let (mut cx, entries) = Cx::new(raw, languages, findings);
    cx.met = met;
    let mut guide = Guide { languages: cx.languages.clone(), ..Guide::default() };
    guide.sources = check_advice::all_sources(&mut cx, &entries.sources);
    guide.figures = check_advice::figures(&mut cx, &entries.figures);
    guide.lists = check_advice::lists(&mut cx, &entries.lists);
    guide.screens = check_screens::screens(&mut cx, &entries.screens);
    check_advice::circles(&mut cx, &entries.figures, &guide);
    guide.causes = check_advice::causes(&mut cx, &entries.causes);
    guide.fixes = check_advice::fixes(&mut cx, &entries.fixes);
    guide.signals = check_advice::signals(&mut cx, &entries.signals, &guide);
    guide.warnings = check_advice::warnings(&mut cx, &entries.warnings);
    guide.reminders = check_advice::reminders(&mut cx, &entries.reminders);
    guide.claims = check_claims::claims(&mut cx, &entries.claims);
    guide.letters = check_letters::letters(&mut cx, &entries.letters);
    guide.scenarios = check_scenarios::scenarios(&mut cx, &entries.scenarios, &guide);
    if let Some(header) = header {
        guide.id.clone_from(&header.id);
        header.str("version").unwrap_or_default().clone_into(&mut guide.version);
        guide.title = cx.text(header, "title");
    }
    for table in [&keys::SUPPORT, &keys::RETRY] {
        for second in raw.headers.iter().flat_map(|top| top.all(table)).skip(1) {
            let message = format!("there is another [{}]", table.name);
            cx.tell("header", second.file, &second.span, message, Some("a guide has one: take one of them out".into()));
        }
    }
    for top in &raw.headers {
        support(&mut cx, top, &mut guide);
    }
    guide.groups = std::mem::take(&mut cx.groups);
    let place = header.map(|top| (top.file, top.span.clone()));
    match guide.causes.iter().position(|cause| cause.id == "other") {
        Some(other) => guide.other = other,
        None if raw.lost_ids.contains("other") => {}
        None => cx.findings.push(Diagnostic {
            rule: "no-other",
            severity: severity("no-other"),
            message: "there is no cause `other`".into(),
            place: place.clone(),
            help: Some("add a [[cause]] with the id `other`: it stands for what nobody thought of".into()),
        }),
    }
    if !raw.damaged && raw.entries.iter().all(|entry| entry.table != &keys::SCREEN) {
        cx.findings.push(Diagnostic {
            rule: "no-screens",
            severity: severity("no-screens"),
            message: "the guide has no [[screen]]".into(),
            place,
            help: Some("a guide asks at least one thing".into()),
        });
    }
    let met = cx.met.take();
    // Which languages are wrong or missing is known once the header's fault is mended.
    if !knows_languages {
        findings.retain(|finding| !matches!(finding.rule, "unknown-language" | "missing-language"));
    }
    (guide, entries, met)
}

/// The one file top that has what a guide needs.
fn header<'r>(raw: &'r RawGuide<'r>, findings: &mut Vec<Diagnostic>) -> Option<&'r Raw<'r>> {
    let tops: Vec<&Raw> = raw.headers.iter().filter(|top| HEADER.iter().any(|key| top.get(key).is_some())).collect();
    let mut tell = |place, message: String, help: &str| {
        findings.push(Diagnostic {
            rule: "header",
            severity: severity("header"),
            message,
            place,
            help: Some(help.into()),
        });
    };
    for other in tops.iter().skip(1) {
        let message = "the guide is described a second time".into();
        tell(
            Some((other.file, other.span.clone())),
            message,
            "format, id, version, languages and title stand in one file",
        );
    }
    let Some(first) = tops.first() else {
        if !raw.damaged {
            let message = "no file says which guide this is".into();
            tell(None, message, "one file begins with format = 1, id, version, languages and title");
        }
        return None;
    };
    if !first.partial {
        for key in HEADER.iter().filter(|key| first.get(key).is_none()) {
            let doc = FILE.key(key).map_or("", |key| key.doc);
            let message = format!("the guide has no `{key}`");
            tell(Some((first.file, first.span.clone())), message, &format!("`{key}`: {doc}"));
        }
    }
    Some(first)
}

fn languages(header: Option<&Raw>, findings: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut languages: Vec<String> = Vec::new();
    if let Some(header) = header {
        if let Some(node) = header.get("languages").filter(|_| header.strs("languages").is_empty()) {
            findings.push(Diagnostic {
                rule: "bad-value",
                severity: severity("bad-value"),
                message: "the guide has no language".into(),
                place: Some((header.file, node.span.clone())),
                help: Some("name at least one, such as [\"en\"]; the first is what missing texts fall back to".into()),
            });
        }
        for (code, span) in header.strs("languages") {
            let good = is_language_code(code);
            let message = if !good {
                format!("`{}` is no language code", code.escape_debug())
            } else if languages.iter().any(|known| known == code) {
                format!("`{code}` stands twice")
            } else {
                languages.push(code.to_owned());
                continue;
            };
            findings.push(Diagnostic {
                rule: "bad-value",
                severity: severity("bad-value"),
                message,
                place: Some((header.file, span.clone())),
                help: Some("codes such as en or zh".into()),
            });
        }
    }
    languages
}

/// Two or three letters, and perhaps a script or a region behind a dash, as BCP 47 has them: `pt-BR`, `zh-Hant`.
fn is_language_code(code: &str) -> bool {
    let mut parts = code.split('-');
    let language = parts.next().unwrap_or_default();
    matches!(language.len(), 2 | 3)
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn support(cx: &mut Cx<'_>, top: &Raw, guide: &mut Guide) {
    if let Some(raw) = top.all(&keys::SUPPORT).next()
        && let Some(id) = raw.str("fix")
        && let Some(node) = raw.get("fix")
        && let Some(fix) = cx.find(|cx| &cx.fixes, id, raw.file, &node.span)
    {
        #[expect(clippy::cast_precision_loss, reason = "the reader holds minutes below 10,000")]
        let minutes = raw.int("minutes").unwrap_or(60) as f64;
        guide.support = Some(Support { fix, minutes, when: cx.when(raw, None) });
    }
    if let Some(raw) = top.all(&keys::RETRY).next() {
        let number = |key| raw.int(key).and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
        let (stop_after, wait_hours) = (number("stop_after"), number("wait_hours"));
        let after = cx.ids(raw, "after", |cx| &cx.signals);
        let instead_of = cx.ids(raw, "instead_of", |cx| &cx.warnings);
        guide.retry = Some(Retry { stop_after, wait_hours, after, instead_of, when: cx.when(raw, None) });
    }
}

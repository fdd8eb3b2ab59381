//! The edge: runs a command, reads files, prints results, returns the exit status.
#![expect(clippy::disallowed_methods, reason = "this is the edge that reads files and standard input")]

mod begin;
mod check;
mod graph;
mod rename;
mod schema;
mod sessions;
mod unpack;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow, bail};
use clap::{CommandFactory as _, Parser as _};
use time::OffsetDateTime;

use crate::cli::{Cli, Command, ExplainArgs, Format, Global, Known, ListFormat, When, WizardArgs};
use crate::clock::Clock;
use crate::guide::answer::{Answer, Facts, Given};
use crate::guide::money::Month;
use crate::guide::{Guide, ScreenIx};
use crate::report::{Report, Tongue};
use crate::session::{Left, Session};
use crate::target::{Target, TargetError};
use crate::watch::Watch;
use crate::wizard::Wizard;
use crate::{
    attempts, claims, content, diagnostic, explain, export, guide, input, layout, letter, locale, page, plain, report,
    tui, wizard,
};

/// Everything is done.
pub(crate) const DONE: u8 = 0;
/// Nothing was found of what was looked for, or something in a guide that was checked.
pub(crate) const NOTHING_FOUND: u8 = 1;
/// It could not run: wrong use, an unreadable guide, the end of the input.
pub(crate) const COULD_NOT_RUN: u8 = 2;
/// Interrupted by Ctrl-C.
pub(crate) const INTERRUPTED: u8 = 130;

/// Runs the program: arguments, command, errors to standard error, exit status.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let status = if error.use_stderr() { COULD_NOT_RUN } else { DONE };
            // A closed pipe under --help is no failure.
            let _ = error.print();
            return ExitCode::from(status);
        }
    };
    match run(cli) {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_broken_pipe(&error) => ExitCode::from(DONE),
        Err(error) => {
            // Where standard error is gone as well, the status says it all.
            let _ = writeln!(io::stderr(), "declined: {error:#}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}

fn run(cli: Cli) -> Result<u8> {
    if cli.command.is_some() && cli.wizard.is_used() {
        bail!("options of the wizard stand before a command; write the command first, then its options");
    }
    match cli.command {
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "declined", &mut script);
            io::stdout().write_all(&script)?;
            Ok(DONE)
        }
        Some(Command::Man) => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            io::stdout().write_all(&page)?;
            Ok(DONE)
        }
        Some(Command::Solve(args)) => {
            // A name that cannot be written to fails before anything is read.
            if let Some(path) = args.output.as_deref().filter(|path| args.format.is_none() && !ListFormat::knows(path))
            {
                bail!(
                    "what {} shall hold is not known; name it .html, .md, .txt or .json, or say --format",
                    path.display()
                );
            }
            let target = args.output.as_deref().map(|path| target(path, Some(args.force))).transpose()?;
            let start = Start::read(&cli.global, &args.known)?;
            let mut tried = Vec::new();
            for text in &args.tried {
                tried.push(input::tried(&start.guide, text, &tried).map_err(|wrong| anyhow!(wrong.line()))?);
            }
            // When it was tried, nobody told.
            let mut given = Given { flags: start.flags.clone(), ..Given::default() };
            for (fix, how) in tried {
                attempts::tell(&start.guide, &mut given, start.today, fix, how);
            }
            given.now = Some(start.now);
            let facts = Facts::new(&start.guide, &given, start.today);
            let format = args.format();
            if format != ListFormat::Json {
                tell_ignored(&facts)?;
            }
            let out = match &args.letter {
                Some(_) if format != ListFormat::Text => bail!("a letter is plain text; name the output file .txt"),
                Some(id) => letter(&facts, start.tongue, id)?,
                None => solve(&facts, start.tongue, format, target.is_some())?,
            };
            deliver(&cli.global, &out, format, target.as_ref(), start.tongue)?;
            if args.letter.is_some() {
                writeln!(io::stderr(), "\n{}", start.tongue.words().letter_blanks)?;
            }
            Ok(DONE)
        }
        Some(Command::Explain(args)) => explain(&cli.global, &args),
        Some(Command::Claims(args)) => {
            let start = Start::read(&cli.global, &Known::default())?;
            let facts = Facts::new(&start.guide, &Given::default(), start.today);
            let found = claims::search(&start.guide, &args.text.join(" "));
            let out = match args.format {
                Format::Json => claims::json(&facts, start.tongue, &found)?,
                Format::Text if found.is_empty() => String::new(),
                Format::Text => claims::text(&facts, start.tongue, &found),
            };
            print(&cli.global, &out, args.format)?;
            if found.is_empty() {
                writeln!(io::stderr(), "declined: {}", start.tongue.words().nothing_found)?;
                return Ok(NOTHING_FOUND);
            }
            Ok(DONE)
        }
        Some(Command::Check(args)) => check::run(&cli.global, &args),
        Some(Command::Sessions(args)) => sessions::run(&cli.global, &args),
        Some(Command::Unpack(args)) => unpack::run(&cli.global, &args),
        Some(Command::Schema(args)) => schema::run(&args),
        Some(Command::Graph(args)) => graph::run(&cli.global, &args),
        Some(Command::Rename(args)) => rename::run(&cli.global, &args),
        None => wizard(&cli),
    }
}

/// What every way of asking begins with.
struct Start {
    guide: Arc<Guide>,
    tongue: Tongue,
    today: Month,
    clock: Clock,
    now: OffsetDateTime,
    flags: BTreeMap<ScreenIx, Answer>,
}

impl Start {
    fn read(global: &Global, known: &Known) -> Result<Self> {
        let clock = clock(global.today.as_deref())?;
        let now = clock.now();
        let today = Month { year: now.year(), month: i32::from(u8::from(now.month())) };
        let guide = load(global)?;
        let tongue = tongue(&guide, global.lang.as_deref())?;
        let error = known.error.as_deref().map(read_text).transpose()?;
        if let Some(error) = &error {
            tell_if_cut(error, tongue)?;
        }
        let file = known
            .answers
            .as_deref()
            .map(|path| Ok::<_, anyhow::Error>((path.display().to_string(), read_text(path)?)))
            .transpose()?;
        let file = file.as_ref().map(|(path, text)| (path.as_str(), text.as_str()));
        let flags = wizard::flags(&guide, error.as_deref(), file, &known.answer).map_err(|wrong| {
            let lines: Vec<String> = wrong.iter().map(input::Wrong::line).collect();
            anyhow!(lines.join("\ndeclined: "))
        })?;
        Ok(Self { guide: Arc::new(guide), tongue, today, clock, now, flags })
    }
}

/// The guide, or all its faults on standard error.
fn load(global: &Global) -> Result<Guide> {
    let content::Files { files, mut findings } = match &global.guide {
        Some(folder) => content::folder(folder)?,
        None => content::built_in_without_tests(),
    };
    let (guide, mut checked) = guide::check::check(&files);
    findings.append(&mut checked);
    let errors: Vec<_> =
        findings.into_iter().filter(|finding| finding.severity == diagnostic::Severity::Error).collect();
    if errors.is_empty()
        && let Some(guide) = guide
    {
        return Ok(guide);
    }
    let coloured = match global.color {
        When::Always => true,
        When::Never => false,
        When::Auto => io::stderr().is_terminal() && locale::colours(),
    };
    write!(io::stderr(), "{}", diagnostic::render(&errors, &files, coloured))?;
    let what = if errors.len() == 1 { "a fault".to_owned() } else { format!("{} faults", errors.len()) };
    bail!("the guide has {what} and is not used");
}

fn tongue(guide: &Guide, wanted: Option<&str>) -> Result<Tongue> {
    let index = match wanted {
        Some(code) => guide.language(code).ok_or_else(|| {
            anyhow!("the guide has no language `{}`; it has {}", code.escape_debug(), guide.languages.join(", "))
        })?,
        None => locale::language().and_then(|code| guide.language(&code)).unwrap_or(0),
    };
    Ok(Tongue::new(guide, index))
}

/// The person's clock; one that stands at noon where a day is given in its place.
fn clock(given: Option<&str>) -> Result<Clock> {
    let Some(text) = given else { return Ok(Clock::local()) };
    let shape = time::macros::format_description!("[year]-[month]-[day]");
    let day = time::Date::parse(text, shape)
        .map_err(|_| anyhow!("`{}` is no day; write it as 2026-11-22", text.escape_debug()))?;
    Ok(Clock::Fixed(day.with_time(time::macros::time!(12:00)).assume_utc()))
}

/// Larger than this, nothing is a message that somebody saw.
const MOST_READ: u64 = 64 * 1024 * 1024;

fn read_text(path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(MOST_READ).read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        let file = std::fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        file.take(MOST_READ).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    }
    // Somebody else's program wrote this; a stray byte in it must not stop anybody.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Tells where of a text only the beginning is read.
fn tell_if_cut(text: &str, tongue: Tongue) -> Result<()> {
    if text.len() > wizard::MOST_PASTED {
        writeln!(io::stderr(), "declined: {}", tongue.words().cut)?;
    }
    Ok(())
}

/// Tells which answers do not count, and why.
fn tell_ignored(facts: &Facts<'_>) -> Result<()> {
    for (screen, why) in &facts.ignored {
        let id = &facts.guide.screens[*screen].id;
        writeln!(io::stderr(), "declined: the answer of `{id}` does not count: {}", report::why_ignored(*why))?;
    }
    Ok(())
}

/// The list; as plain text with the next question.
fn solve(facts: &Facts<'_>, tongue: Tongue, format: ListFormat, is_kept: bool) -> Result<String> {
    let mut out = match format {
        ListFormat::Json => export::json(facts, &Report::of(facts, tongue))?,
        ListFormat::Text if !is_kept => export::text(facts, &Report::of(facts, tongue), true),
        _ => export::written_as(format, facts, tongue)?,
    };
    if format == ListFormat::Text
        && let Some(next) = facts.next_question()
    {
        out.push_str(&page::next_question(facts, next, tongue));
    }
    Ok(out)
}

fn letter(facts: &Facts<'_>, tongue: Tongue, id: &str) -> Result<String> {
    let ix = input::letter(facts.guide, id).map_err(|wrong| anyhow!(wrong.line()))?;
    let report = Report::of(facts, tongue);
    if report.letters.iter().all(|(offered, _)| *offered != ix) {
        bail!("the letter `{id}` is not offered with these answers; `declined solve` without --letter shows which are");
    }
    Ok(letter::text(facts, ix, tongue))
}

/// The file that a result goes to, if it can be written; `force` is the flag of that name, where there is one.
fn target(path: &Path, force: Option<bool>) -> Result<Target> {
    Target::check(path, force == Some(true)).map_err(|error| match error {
        TargetError::Exists(_) if force.is_some() => anyhow!("{error}; --force writes over it"),
        TargetError::Exists(_) => anyhow!("{error}; name another file"),
        error => error.into(),
    })
}

/// Prints a result, or writes it to its file as it is: a file has no width, and shows every character.
fn deliver(global: &Global, out: &str, format: ListFormat, target: Option<&Target>, tongue: Tongue) -> Result<()> {
    match (target, format) {
        (None, ListFormat::Text) => print(global, out, Format::Text),
        (None, _) => Ok(io::stdout().write_all(out.as_bytes())?),
        (Some(target), _) => {
            if format == ListFormat::Text && global.ascii {
                target.write(&layout::ascii(out))?;
            } else {
                target.write(out)?;
            }
            if io::stderr().is_terminal() {
                let name = target.name().display().to_string();
                writeln!(io::stderr(), "{}", tongue.lang.labelled(tongue.words().written, &name))?;
            }
            Ok(())
        }
    }
}

fn explain(global: &Global, args: &ExplainArgs) -> Result<u8> {
    let start = Start::read(global, &Known::default())?;
    let facts = Facts::new(&start.guide, &Given::default(), start.today);
    let words = start.tongue.words();
    if args.list {
        let out = match args.format {
            Format::Json => explain::json(&facts, start.tongue, &explain::known(&start.guide))?,
            Format::Text => explain::list(&facts, start.tongue),
        };
        print(global, &out, args.format)?;
        return Ok(DONE);
    }
    let from_stdin = args.text.is_empty() || args.text == ["-"];
    if args.text.is_empty() && io::stdin().is_terminal() {
        bail!("write the code or the message behind `explain`, or send it in by a pipe; --list shows what is known");
    }
    let text = if from_stdin { read_text(Path::new("-"))? } else { args.text.join(" ") };
    tell_if_cut(&text, start.tongue)?;
    let hits = explain::recognise(&start.guide, &text[..layout::floor(&text, wizard::MOST_PASTED)]);
    let out = match args.format {
        Format::Json => explain::json(&facts, start.tongue, &hits)?,
        Format::Text => explain::text(&facts, start.tongue, &hits),
    };
    print(global, &out, args.format)?;
    if hits.is_empty() {
        let near = explain::near_code(&start.guide, &text).map_or_else(String::new, |near| format!("; {near}"));
        writeln!(io::stderr(), "declined: {}{near}\n{}", words.not_known, words.explain_more)?;
        return Ok(NOTHING_FOUND);
    }
    if args.format == Format::Text && io::stdout().is_terminal() {
        writeln!(io::stderr(), "\n{}", words.explain_more)?;
    }
    Ok(DONE)
}

/// Prints a result: JSON as it is, text as this terminal can show it.
fn print(global: &Global, out: &str, format: Format) -> Result<()> {
    let mut out = std::borrow::Cow::Borrowed(out);
    if format == Format::Text {
        if global.ascii || !locale::draws_unicode() {
            out = layout::ascii(&out).into();
        }
        if let Some(columns) = tui::columns().filter(|_| io::stdout().is_terminal()) {
            out = layout::wrap_lines(&out, columns).into();
        }
    }
    io::stdout().write_all(out.as_bytes())?;
    Ok(())
}

fn wizard(cli: &Cli) -> Result<u8> {
    let args = &cli.wizard;
    let scenario = args.save_scenario.as_deref().map(|path| target(path, None)).transpose()?;
    let start = Start::read(&cli.global, &args.known)?;
    let begin::Begun { wizard, tongue, mut session } = begin::begin(cli, &start)?;
    let look = tui::Look {
        ascii: cli.global.ascii || !locale::draws_unicode(),
        coloured: match cli.global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => locale::colours() && io::stdout().is_terminal(),
        },
        hyperlinks: locale::hyperlinks(),
    };
    if args.print {
        let (width, height) = frame_size(&args.size)?;
        let frame = tui::print(wizard, tongue, look, args.keys.as_deref().unwrap_or(""), width, height)?;
        io::stdout().write_all(frame.as_bytes())?;
        return Ok(DONE);
    }
    if scenario.is_some() {
        session.want_scenario();
    }
    let watched = cli.global.guide.as_deref().filter(|_| args.watch);
    let left = ask(args, wizard, tongue, look, &mut session, watched)?;
    if let (Some(target), Some(text)) = (scenario, &left.scenario) {
        target.write(text)?;
        writeln!(
            io::stderr(),
            "{}",
            tongue.lang.labelled(left.tongue.words().written, &target.name().display().to_string())
        )?;
    }
    begin::tell_how_to_go_on(&cli.global, &left, look)?;
    Ok(left.status)
}

fn ask(
    args: &WizardArgs,
    wizard: Wizard,
    tongue: Tongue,
    look: tui::Look,
    session: &mut Session,
    watched: Option<&Path>,
) -> Result<Left> {
    let from_stdin = args.known.error.as_deref() == Some(Path::new("-"));
    let terminal = io::stdout().is_terminal() && (io::stdin().is_terminal() || (from_stdin && tui::has_terminal()));
    if !args.plain && terminal && !locale::is_dumb() {
        let watch = watched.map(Watch::start).transpose()?;
        return tui::run(wizard, tongue, look, session, watch);
    }
    if watched.is_some() {
        bail!("--watch needs a terminal that the wizard can fill; line by line, nothing is read again");
    }
    if from_stdin {
        // Standard input was the error text; the answers come from the terminal itself.
        let Ok(keys) = std::fs::File::open("/dev/tty") else {
            bail!("--error - takes all of the input, and there is no terminal to answer at; use `declined solve`");
        };
        let mut keys = io::BufReader::new(keys);
        return plain::run(wizard, tongue, look.ascii, session, &mut keys, &mut io::stdout());
    }
    plain::run(wizard, tongue, look.ascii, session, &mut io::stdin().lock(), &mut io::stdout())
}

fn frame_size(text: &str) -> Result<(u16, u16)> {
    text.split_once('x')
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)))
        .filter(|(width, height)| (1..=500).contains(width) && (1..=500).contains(height))
        .ok_or_else(|| anyhow!("`{}` is no size; write it as 100x30", text.escape_debug()))
}

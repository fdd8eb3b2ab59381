//! The command line. The doc comments here are the help text.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::guide::names::Kind;

/// Find out why a payment for the OpenAI API was declined, and what to do first.
///
/// Asks a few questions, in English or Chinese, and ends on a list made for your case: the likeliest cause, what to do
/// first, who can do it, and what to have ready before paying again. Nothing you enter leaves this computer; your answers
/// are saved on it, so that you can go on later. Never enter a card number, a security code, a password or a key.
#[derive(Clone, Debug, Parser)]
#[command(version, about, max_term_width = 100, after_long_help = AFTER)]
pub struct Cli {
    /// What to do; the wizard, if nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The wizard's options.
    #[command(flatten)]
    pub wizard: WizardArgs,
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
}

const AFTER: &str = "\
Examples:
  declined                          the wizard, full screen
  declined --lang zh                the same in Chinese
  declined --plain                  line by line, for screen readers and pipes
  declined solve --answer what-happened=card-refused --answer paying-with=prepaid
  some-program 2>&1 | declined solve --error -
  declined solve --answer what-happened=card-refused --output list.html
  declined explain insufficient_quota
  some-program 2>&1 | declined explain -
  declined claims paypal            what articles say of it, and what is so
  declined check my-guide           every mistake in a guide of your own
  declined --resume                 go on where you left off

Environment:
  LC_ALL, LC_MESSAGES, LANG         the language, in this order, unless --lang is given
  NO_COLOR                          no colours
  TERM=dumb                         line by line
  XDG_STATE_HOME                    sessions are saved there, in declined/sessions

Exit status:
  0 done, 1 nothing recognised, or mistakes found in a guide, 2 could not run (wrong use, unreadable guide, end of input), 130 interrupted";

/// Options of every command.
#[derive(Args, Clone, Debug)]
pub struct Global {
    /// Use the guide in this folder instead of the one compiled in
    #[arg(long, global = true, value_name = "DIR")]
    pub guide: Option<PathBuf>,
    /// The language: any of the guide's, such as en or zh
    #[arg(long, global = true, value_name = "CODE")]
    pub lang: Option<String>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Take this day for today, such as 2026-11-22
    #[arg(long, global = true, value_name = "DATE")]
    pub today: Option<String>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What is known before the first question.
#[derive(Args, Clone, Debug, Default)]
pub struct Known {
    /// An answer: SCREEN=ANSWER, SCREEN.ITEM=problem, SCREEN=12.50, SCREEN=2026-11
    #[arg(long, value_name = "SCREEN=VALUE")]
    pub answer: Vec<String>,
    /// A TOML file of answers
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// A file with the error text that you saw, or - for standard input
    #[arg(long, value_name = "FILE|-")]
    pub error: Option<PathBuf>,
}

impl Known {
    /// Whether any of it was given.
    #[must_use]
    pub fn is_given(&self) -> bool {
        let Self { answer, answers, error } = self;
        !answer.is_empty() || answers.is_some() || error.is_some()
    }
}

/// The wizard's options.
#[derive(Args, Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that a person may give")]
pub struct WizardArgs {
    /// Ask line by line instead of full screen
    #[arg(long)]
    pub plain: bool,
    /// What is known before the first question.
    #[command(flatten)]
    pub known: Known,
    /// Go on with a saved session: with the last one, or with that of this ID
    #[arg(long, value_name = "ID", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["answer", "answers", "error"])]
    pub resume: Option<String>,
    /// Begin anew, without asking whether to go on with a saved session
    #[arg(long, conflicts_with = "resume")]
    pub new: bool,
    /// Save nothing, and offer nothing that was saved
    #[arg(long)]
    pub no_save: bool,
    /// On leaving, write the answers and what came out as a scenario: a test for the guide, or for a report of a fault
    #[arg(long, value_name = "FILE", conflicts_with = "print")]
    pub save_scenario: Option<PathBuf>,
    /// Read the guide again whenever one of its files changes; answers, place and typed text stay
    #[arg(long, requires = "guide", conflicts_with_all = ["plain", "print"])]
    pub watch: bool,
    /// Feed these keys, such as "jj<enter>", to the full-screen wizard
    #[arg(long, value_name = "KEYS", requires = "print")]
    pub keys: Option<String>,
    /// Print one frame of the full-screen wizard and leave
    #[arg(long)]
    pub print: bool,
    /// The size of that frame
    #[arg(long, value_name = "COLSxROWS", default_value = "100x30", requires = "print")]
    pub size: String,
}

impl WizardArgs {
    /// Whether any of them was given.
    #[must_use]
    pub fn is_used(&self) -> bool {
        let sessions = self.resume.is_some() || self.new || self.no_save;
        self.plain || self.print || self.watch || self.save_scenario.is_some() || sessions || self.known.is_given()
    }
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Ask nothing: print the list for what is known, and the next question
    Solve(SolveArgs),
    /// What a code or a message means, who can mend it, and whether trying again helps
    Explain(ExplainArgs),
    /// Advice found elsewhere, and whether it is so
    Claims(ClaimsArgs),
    /// Saved sessions: list, show or delete them
    Sessions(SessionsArgs),
    /// Look for mistakes in a guide, and run its scenarios
    Check(CheckArgs),
    /// Write the built-in guide into a folder, to edit it
    Unpack(UnpackArgs),
    /// Print the JSON Schema of a guide's files, for editors
    Schema(SchemaArgs),
    /// Print the routes of a guide as a picture
    Graph(GraphArgs),
    /// Change an id in every file of a guide that names it
    Rename(RenameArgs),
    /// Print the completion script of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// The options of `solve`.
#[derive(Args, Clone, Debug)]
pub struct SolveArgs {
    /// What is known.
    #[command(flatten)]
    pub known: Known,
    /// A fix that was tried, in order: FIX or FIX=failed, FIX=unsure if perhaps not done right, FIX=cannot if not possible, FIX=worked
    #[arg(long, value_name = "FIX[=HOW]")]
    pub tried: Vec<String>,
    /// Print this letter instead of the list, filled from what is known
    #[arg(long, value_name = "LETTER", conflicts_with = "format")]
    pub letter: Option<String>,
    /// How to write the list; if not given, as the name of the output file says, or as text
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ListFormat>,
    /// Write to this file instead of standard output, such as list.html or list.md
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over the output file if it exists
    #[arg(long, requires = "output")]
    pub force: bool,
}

impl SolveArgs {
    /// How the list is written: as was said, or as the name of the output file says.
    #[must_use]
    pub fn format(&self) -> ListFormat {
        self.format.or_else(|| ListFormat::of(self.output.as_deref()?)).unwrap_or_default()
    }
}

/// The options of `explain`.
#[derive(Args, Clone, Debug)]
pub struct ExplainArgs {
    /// A code or a message; - or nothing reads standard input
    #[arg(value_name = "CODE|TEXT|-")]
    pub text: Vec<String>,
    /// Everything that is recognised
    #[arg(long, conflicts_with = "text")]
    pub list: bool,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// The options of `claims`.
#[derive(Args, Clone, Debug)]
pub struct ClaimsArgs {
    /// Only those that hold these words
    pub text: Vec<String>,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// The options of `check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// The folder of the guide; if not given, the one compiled in
    #[arg(value_name = "DIR", conflicts_with = "guide")]
    pub folder: Option<PathBuf>,
    /// How to print what is found
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CheckFormat,
    /// Why a rule is there, with a wrong and a right example; without a name, all rules
    #[arg(long, value_name = "RULE", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["folder", "format"])]
    pub explain: Option<String>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people: the line itself, the place in it, and what to do
    #[default]
    Text,
    /// A line each, for CI
    Short,
    /// For programs
    Json,
}

/// How the list of fixes is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For the terminal
    #[default]
    Text,
    /// For programs
    Json,
    /// For notes and tickets, with boxes to tick
    Markdown,
    /// One page to keep, to read on a telephone and to print
    Html,
}

impl ListFormat {
    /// Whether the name of a file asks for a format that there is, or for none at all.
    #[must_use]
    pub fn knows(path: &Path) -> bool {
        path.extension().is_none() || Self::of(path).is_some()
    }

    /// The format that the name of a file asks for.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" => Some(Self::Text),
            "json" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// The options of `sessions`.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct SessionsArgs {
    /// What to do with them; they are listed, if nothing is said.
    #[command(subcommand)]
    pub what: Option<SessionsCommand>,
    /// How to print the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// What to do with saved sessions.
#[derive(Clone, Debug, Subcommand)]
pub enum SessionsCommand {
    /// The answers of a session, what was tried, and where its file is
    Show {
        /// Its ID, as the list has it
        id: String,
    },
    /// Delete sessions
    Delete {
        /// Their IDs, as the list has them
        #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
        ids: Vec<String>,
        /// Delete all of them
        #[arg(long)]
        all: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// The options of `unpack`.
#[derive(Args, Clone, Debug)]
pub struct UnpackArgs {
    /// The folder: a new one, or an empty one; nothing is ever written over
    pub dir: PathBuf,
}

/// The options of `schema`.
#[derive(Args, Clone, Debug)]
pub struct SchemaArgs {
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over the output file if it exists
    #[arg(long, requires = "output")]
    pub force: bool,
}

/// The options of `rename`.
#[derive(Args, Clone, Debug)]
pub struct RenameArgs {
    /// What it is the id of
    #[arg(value_parser = PossibleValuesParser::new(Kind::WORDS).try_map(|word| Kind::parse(&word).ok_or("no kind")))]
    pub kind: Kind,
    /// The id as it is; SCREEN.CHOICE, SCREEN.ITEM, SCREEN.BAND, LIST.ENTRY, LIST.TAG and LETTER.BLANK for what stands
    /// within something
    pub old: String,
    /// The new id
    pub new: String,
    /// The folder of the guide, if --guide does not name it
    pub dir: Option<PathBuf>,
    /// Show what would change, and write nothing
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

/// The options of `graph`.
#[derive(Args, Clone, Debug)]
pub struct GraphArgs {
    /// The folder of the guide; the built-in one, if neither this nor --guide is given
    pub dir: Option<PathBuf>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "mermaid")]
    pub format: GraphFormat,
    /// Only this screen, what can come directly before and after it, and what its condition rests on
    #[arg(long, value_name = "SCREEN", conflicts_with = "route")]
    pub around: Option<String>,
    /// Only the route of these answers
    #[arg(long)]
    pub route: bool,
    /// The answers of the route.
    #[command(flatten)]
    pub known: Known,
}

/// How a picture is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// For Markdown, and for pages that draw Mermaid
    #[default]
    Mermaid,
    /// For Graphviz: declined graph --format dot | dot -Tsvg
    Dot,
}

//! `declined`: a terminal wizard that finds out why a payment failed and what to do first. Not a public API: the
//! library exists so that the parts can be tested on their own.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`cli`] | arguments |
//! | [`clock`] | the time |
//! | [`content`] | the only reader of guide files |
//! | [`guide`] | the format: keys, reading, checking, and the checked guide |
//! | [`diagnostic`] | findings in content, and how they are drawn |
//! | [`input`] | answers that come as text |
//! | [`signal`], [`redact`] | pasted text: what is known in it; secrets taken out |
//! | [`wizard`] | the state machine |
//! | [`saved`] | the wizard as it is kept in a file, and gone on with |
//! | [`reread`] | a guide that is being edited: when it is read again, what is told |
//! | [`watch`] | its files, looked after |
//! | [`session`] | the files of saved sessions; saves after every move |
//! | [`diagnosis`] | answers to causes to fixes |
//! | [`attempts`] | payments that were tried, and when to stop |
//! | [`report`] | the fix list in one language |
//! | [`after`] | what it says once things were tried |
//! | [`explain`] | what a code or message means, and what to do |
//! | [`claims`] | advice found elsewhere: where it is told, how it is found |
//! | [`letter`] | letters filled from what is known |
//! | [`links`] | the links of what is open |
//! | [`scenario`] | the tests that a guide brings along |
//! | [`verdict`] | what `check` found, for programs and in a line each |
//! | [`page`] | a question in one language |
//! | [`words`] | the program's own words |
//! | [`layout`] | lines by display width |
//! | [`export`] | the list as text, JSON, Markdown and a page of HTML |
//! | [`plain`] | the wizard line by line |
//! | [`tui`] | the wizard, full screen |
//! | [`locale`] | language, characters, colours and links by the environment |
//! | [`clipboard`] | text put where the person can paste it |
//! | [`browser`] | addresses opened outside the terminal |
//! | [`graph`] | the routes as a picture |
//! | [`rename`] | an id changed wherever it stands |
//! | [`schema`] | the JSON Schema of a guide's files, for editors |
//! | [`target`] | the file that a result is written to |
//! | `run` | the edge: commands, files, output, exit status |
pub mod after;
pub mod attempts;
pub mod browser;
pub mod claims;
pub mod cli;
pub mod clipboard;
pub mod clock;
pub mod content;
pub mod diagnosis;
pub mod diagnostic;
pub mod explain;
pub mod export;
pub mod graph;
pub mod guide;
pub mod input;
pub mod layout;
pub mod letter;
pub mod links;
pub mod locale;
pub mod page;
pub mod plain;
pub mod redact;
pub mod rename;
pub mod report;
pub mod reread;
mod run;
pub mod saved;
pub mod scenario;
pub mod schema;
pub mod session;
pub mod signal;
pub mod target;
pub mod tui;
pub mod verdict;
pub mod watch;
pub mod wizard;
pub mod words;

pub use run::main;

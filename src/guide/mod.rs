//! A checked guide: every id in it exists, every text is parsed, every amount is known. Made only by
//! [`check::check`], from what [`read`] found in the files.

pub mod answer;
pub mod check;
mod check_advice;
mod check_claims;
mod check_letters;
mod check_scenarios;
mod check_screens;
pub mod condition;
pub mod keys;
pub mod lint;
pub mod money;
pub mod names;
pub mod read;
mod resolve;
mod resolve_conditions;
mod resolve_texts;
pub use resolve_texts::is_control;
pub mod rules;
pub mod syntax;
pub mod text;

use condition::Condition;
use money::Cents;
use text::Text;

/// Index of a screen in [`Guide::screens`], which is also its place in the order of asking.
pub type ScreenIx = usize;
/// Index of a cause in [`Guide::causes`].
pub type CauseIx = usize;
/// Index of a fix in [`Guide::fixes`].
pub type FixIx = usize;
/// Index of a figure in [`Guide::figures`].
pub type FigureIx = usize;
/// Index of a signal in [`Guide::signals`].
pub type SignalIx = usize;
/// Index of a warning in [`Guide::warnings`].
pub type WarningIx = usize;
/// Index of a reminder in [`Guide::reminders`].
pub type ReminderIx = usize;
/// Index of a claim in [`Guide::claims`].
pub type ClaimIx = usize;
/// Index of a letter in [`Guide::letters`].
pub type LetterIx = usize;
/// Index of a source in [`Guide::sources`].
pub type SourceIx = usize;

/// One guide about one problem. Causes, fixes, signals, figures and sources stand in the order of their ids, so
/// that the same content gives the same result wherever its files were cut.
#[derive(Clone, Debug, Default)]
pub struct Guide {
    /// Its id.
    pub id: String,
    /// The author's version.
    pub version: String,
    /// Language codes; the first is what missing texts fall back to.
    pub languages: Vec<String>,
    /// The name of the guide.
    pub title: Text,
    /// Where to turn when nothing else pays.
    pub support: Option<Support>,
    /// When to stop trying to pay.
    pub retry: Option<Retry>,
    /// Amounts that advice quotes.
    pub figures: Vec<Figure>,
    /// Lists that screens choose from.
    pub lists: Vec<List>,
    /// Questions and notes in the order of asking.
    pub screens: Vec<Screen>,
    /// What may be wrong.
    pub causes: Vec<Cause>,
    /// What can be done.
    pub fixes: Vec<Fix>,
    /// What is recognised in pasted text.
    pub signals: Vec<Signal>,
    /// What is shown above all else.
    pub warnings: Vec<Warning>,
    /// "Before you pay again".
    pub reminders: Vec<Reminder>,
    /// Advice found elsewhere, in the order of the files.
    pub claims: Vec<Claim>,
    /// Texts ready for the bank or for support.
    pub letters: Vec<Letter>,
    /// Where statements come from.
    pub sources: Vec<Source>,
    /// Tests: answers, and what must come out.
    pub scenarios: Vec<Scenario>,
    /// Groups of screens and signals that speak of one thing, by name.
    pub groups: Vec<String>,
    /// The cause `other`, which every guide has.
    pub other: CauseIx,
}

impl Guide {
    /// The index of the language code in this guide: itself, or its first subtag.
    #[must_use]
    pub fn language(&self, code: &str) -> Option<usize> {
        let wanted = code.to_lowercase().replace('_', "-");
        let main = |code: &str| code.split('-').next().unwrap_or_default().to_lowercase();
        self.languages
            .iter()
            .position(|known| known.to_lowercase() == wanted)
            .or_else(|| self.languages.iter().position(|known| main(known) == main(&wanted)))
    }

    /// The code of a language by its index; English where a guide names none.
    #[must_use]
    pub fn language_code(&self, index: usize) -> &str {
        self.languages.get(index).map_or("en", String::as_str)
    }

    /// The screen of this id.
    #[must_use]
    pub fn screen(&self, id: &str) -> Option<ScreenIx> {
        self.screens.iter().position(|screen| screen.id == id)
    }

    /// The first screen that takes pasted text.
    #[must_use]
    pub fn paste_screen(&self) -> Option<ScreenIx> {
        self.screens.iter().position(|screen| matches!(screen.kind, Kind::Paste))
    }
}

/// `[support]`
#[derive(Clone, Debug)]
pub struct Support {
    /// The fix that hands over.
    pub fix: FixIx,
    /// What handing over costs the person; the list ends where fixes pay less.
    pub minutes: f64,
    /// When support can help at all.
    pub when: Option<Condition>,
}

/// `[retry]`
#[derive(Clone, Debug)]
pub struct Retry {
    /// After so many failed payments one should stop.
    pub stop_after: u32,
    /// For so many hours, where `after` or `when` say so; else until the next day.
    pub wait_hours: u32,
    /// Signals after which one stops at once.
    pub after: Vec<SignalIx>,
    /// Warnings that say the same without a time.
    pub instead_of: Vec<WarningIx>,
    /// Answers after which one stops at once.
    pub when: Option<Condition>,
}

/// An amount that advice quotes.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its id.
    pub id: String,
    /// Where it comes from.
    pub amount: Amount,
    /// The source of an amount that is not computed.
    pub source: Option<SourceIx>,
}

/// A fixed amount or a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Written in the content.
    Fixed(Cents),
    /// What is added and what is taken off.
    Sum(Vec<Term>, Vec<Term>),
}

/// One term of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Another figure.
    Figure(FigureIx),
    /// The answer of an amount screen.
    Screen(ScreenIx),
}

/// An amount in the content: a number or a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Written as a number.
    Fixed(Cents),
    /// A figure.
    Figure(FigureIx),
}

/// A list that a choice screen takes its entries from.
#[derive(Clone, Debug)]
pub struct List {
    /// Its id.
    pub id: String,
    /// Where it was read.
    pub source: SourceIx,
    /// In file order.
    pub entries: Vec<Entry>,
}

/// One entry of a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// What people see.
    pub name: Text,
    /// What else people may type.
    pub aliases: Vec<String>,
    /// What the screen's tags speak of.
    pub tag: String,
}

/// One state of the wizard.
#[derive(Clone, Debug)]
pub struct Screen {
    /// Its id.
    pub id: String,
    /// What it asks for.
    pub kind: Kind,
    /// The question, or the text of a note.
    pub ask: Text,
    /// For the side column.
    pub short: Text,
    /// Below the answers.
    pub help: Option<Text>,
    /// When it is asked.
    pub when: Option<Condition>,
    /// Index of its group in [`Guide::groups`].
    pub group: Option<usize>,
    /// Whether "I'm not sure" is offered.
    pub not_sure: bool,
    /// Other words and another way on for "I'm not sure".
    pub not_sure_choice: Option<Choice>,
    /// Where it leads, if not to the next in the file.
    pub next: Option<Next>,
}

impl Screen {
    /// Whether the screen is a question that counts; notes and pasted text do not.
    #[must_use]
    pub fn is_question(&self) -> bool {
        !matches!(self.kind, Kind::Note | Kind::Paste)
    }
}

/// A jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// To a later screen.
    Screen(ScreenIx),
    /// To the end.
    FixList,
}

/// What a screen asks for.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Nothing: text to read.
    Note,
    /// One of these.
    Choice(Vec<Choice>),
    /// One entry of a list, and what its tags mean here.
    List(usize, Vec<Tag>),
    /// Fine, problem or not sure for each.
    Checklist(Vec<Item>),
    /// An amount of US dollars.
    Amount {
        /// What stands in the field and counts until it is answered.
        default: Option<Bound>,
        /// Shown behind the field.
        unit: Option<Text>,
        /// The first that fits counts.
        bands: Vec<Band<Bound>>,
    },
    /// A month.
    Month {
        /// The first that fits counts; in months from today's.
        bands: Vec<Band<i64>>,
    },
    /// Any text.
    Paste,
}

/// What an answer says of causes.
pub type Points = Vec<(CauseIx, crate::diagnosis::Points)>;

/// One choice.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What people see.
    pub label: Text,
    /// For the side column.
    pub short: Option<Text>,
    /// How a reason quotes it.
    pub said: Option<Text>,
    /// What it says of causes.
    pub points_to: Points,
    /// Where it leads.
    pub next: Option<Next>,
    /// How many payments it says were tried.
    pub attempts: u32,
}

/// What the entries of one tag mean on a screen.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The tag.
    pub tag: String,
    /// How a reason quotes it.
    pub said: Option<Text>,
    /// What it says of causes.
    pub points_to: Points,
    /// Where it leads.
    pub next: Option<Next>,
}

/// One item of a checklist.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// What people see.
    pub label: Text,
    /// What "fine" says of causes.
    pub fine: Points,
    /// What "problem" says of causes.
    pub problem: Points,
    /// How a reason quotes a problem.
    pub said: Option<Text>,
}

/// A range of amounts or months.
#[derive(Clone, Debug)]
pub struct Band<B> {
    /// Its id.
    pub id: String,
    /// What stays below this falls in; the last band takes all.
    pub below: Option<B>,
    /// How a reason quotes it.
    pub said: Option<Text>,
    /// What it says of causes.
    pub points_to: Points,
    /// Where it leads.
    pub next: Option<Next>,
}

/// Something that may be wrong.
#[derive(Clone, Debug)]
pub struct Cause {
    /// Its id.
    pub id: String,
    /// What people see.
    pub title: Text,
    /// For the side column.
    pub short: Option<Text>,
    /// How common it is.
    pub how_common: crate::diagnosis::HowCommon,
    /// What it means.
    pub explain: Text,
    /// When it is in play.
    pub when: Option<Condition>,
    /// Once it leads by proof, only its own fixes are listed.
    pub is_final: bool,
}

/// Something that can be done.
#[derive(Clone, Debug)]
pub struct Fix {
    /// Its id.
    pub id: String,
    /// What people see.
    pub title: Text,
    /// Who can do it.
    pub who: Who,
    /// The person's own effort.
    pub minutes: u32,
    /// What has to be waited for.
    pub wait: Wait,
    /// What it mends, and how well.
    pub works_for: Vec<(CauseIx, crate::diagnosis::Works)>,
    /// One after another.
    pub steps: Vec<Text>,
    /// Where the advice comes from.
    pub sources: Vec<SourceIx>,
    /// When an author last went through it.
    pub reviewed: String,
    /// Whether it ends with one payment.
    pub retry: bool,
    /// Once it has worked: how to keep it from happening again.
    pub afterwards: Option<Text>,
    /// What it could cost.
    pub risk: Risk,
    /// When it is offered.
    pub when: Option<Condition>,
}

/// A phrase or code recognised in pasted text.
#[derive(Clone, Debug)]
pub struct Signal {
    /// Its id.
    pub id: String,
    /// What it means.
    pub means: Text,
    /// Who can mend it.
    pub who: Vec<Who>,
    /// Whether trying again helps.
    pub retry: RetryWord,
    /// What to do next.
    pub next: Text,
    /// Whole tokens.
    pub codes: Vec<String>,
    /// Phrases; case, width and spacing do not matter.
    pub phrases: Vec<String>,
    /// Phrases that take the meaning away.
    pub unless: Vec<String>,
    /// 1 decisive, 2, 3 generic.
    pub rank: u8,
    /// Index of its group in [`Guide::groups`].
    pub group: Option<usize>,
    /// What it says of causes.
    pub points_to: Points,
    /// What it settles.
    pub answers: Vec<(ScreenIx, answer::Answer)>,
    /// Where this comes from.
    pub sources: Vec<SourceIx>,
}

/// Shown above all else.
#[derive(Clone, Debug)]
pub struct Warning {
    /// Its id.
    pub id: String,
    /// What people see.
    pub text: Text,
    /// The three of lowest rank stand above the list.
    pub rank: i64,
    /// When it is shown.
    pub when: Option<Condition>,
    /// Shown when one of these is likely or more.
    pub causes: Vec<CauseIx>,
    /// Where it comes from.
    pub sources: Vec<SourceIx>,
}

/// An item of "before you pay again".
#[derive(Clone, Debug)]
pub struct Reminder {
    /// Its id.
    pub id: String,
    /// What people see.
    pub text: Text,
    /// When it is shown.
    pub when: Option<Condition>,
    /// Where it comes from.
    pub sources: Vec<SourceIx>,
}

/// Advice found elsewhere, and whether it is so.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// The heading that it stands under.
    pub topic: Text,
    /// What is claimed.
    pub says: Text,
    /// Whether it is so.
    pub verdict: Verdict,
    /// What is so, or what to do instead.
    pub instead: Text,
    /// Claim and answer in one line.
    pub short: Option<Text>,
    /// Where the answer comes from.
    pub sources: Vec<SourceIx>,
    /// Where its `short` is told.
    pub touches: Touches,
    /// When it is told there.
    pub when: Option<Condition>,
}

/// What a claim is about, and so where it is told.
#[derive(Clone, Debug, Default)]
pub struct Touches {
    /// Beside these questions.
    pub screens: Vec<ScreenIx>,
    /// In these fixes.
    pub fixes: Vec<FixIx>,
    /// Of these causes.
    pub causes: Vec<CauseIx>,
    /// In these reminders.
    pub reminders: Vec<ReminderIx>,
}

/// A text ready to be sent, but for what only the person knows.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its id.
    pub id: String,
    /// Who gets it.
    pub to: Who,
    /// What people see.
    pub title: Text,
    /// Its text.
    pub body: Text,
    /// It is offered where one of these is on the list.
    pub fixes: Vec<FixIx>,
    /// The one language that it is written in, as an index; the person's own if there is none.
    pub only: Option<usize>,
    /// A language in which it is written as well.
    pub also: Option<usize>,
    /// When it is offered.
    pub when: Option<Condition>,
    /// What only the person knows.
    pub blanks: Vec<Blank>,
}

/// What only the person knows.
#[derive(Clone, Debug)]
pub struct Blank {
    /// Its id.
    pub id: String,
    /// What is to be filled in.
    pub ask: Text,
}

/// A test in the content: answers, and what must come out.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its id.
    pub id: String,
    /// The month of the day on which it is run.
    pub today: money::Month,
    /// What the person answers.
    pub answers: Vec<(ScreenIx, answer::Answer)>,
    /// The text that the person pastes.
    pub error: Option<String>,
    /// What was tried, in order.
    pub tried: Vec<(FixIx, answer::Tried)>,
    /// What must come out.
    pub expect: Expect,
}

/// What a scenario must come out with; what is empty is not looked at.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// One of these is the likeliest cause.
    pub cause: Vec<CauseIx>,
    /// None of these is.
    pub never: Vec<CauseIx>,
    /// No cause is called more likely than this.
    pub at_most: Option<crate::diagnosis::Likelihood>,
    /// One of these is the first fix.
    pub first_fix: Vec<FixIx>,
    /// All of these are listed.
    pub fixes: Vec<FixIx>,
    /// None of these is.
    pub no_fixes: Vec<FixIx>,
    /// All of these are given.
    pub warnings: Vec<WarningIx>,
    /// All of these are given.
    pub reminders: Vec<ReminderIx>,
    /// All of these are offered.
    pub letters: Vec<LetterIx>,
    /// All of these are told, beside a question of the route or in the list.
    pub claims: Vec<ClaimIx>,
    /// All of these are recognised in the text.
    pub signals: Vec<SignalIx>,
    /// The question that comes next, or the end.
    pub next: Option<Next>,
    /// So many questions are asked at most.
    pub screens_at_most: Option<usize>,
}

/// Where a statement comes from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// The name of the page.
    pub title: Text,
    /// Its address.
    pub url: String,
    /// When it was last checked, as `2026-11-22`.
    pub checked: String,
    /// How sure it is.
    pub kind: SourceKind,
    /// After so many days it should be looked at again.
    pub max_age_days: u32,
}

/// An enumeration of the content with the words that authors write.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// The words that authors write, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The value of a word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }

            /// The word of a value.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// Who can do something.
    Who {
        /// The person themself.
        You = "you",
        /// Their bank.
        Bank = "bank",
        /// OpenAI, or whoever the guide is about.
        OpenAi = "openai",
        /// An owner of the organisation, finance, IT.
        Admin = "admin",
        /// Somebody else: a relay, an app's maker.
        Other = "other",
    }
}

words! {
    /// What has to be waited for.
    Wait {
        /// Nothing.
        None = "none",
        /// Some minutes.
        Minutes = "minutes",
        /// A day.
        ADay = "a-day",
        /// Some days.
        Days = "days",
    }
}

words! {
    /// What a fix could cost.
    Risk {
        /// It can be taken back.
        None = "none",
        /// It cannot, or only with much trouble.
        HardToUndo = "hard-to-undo",
    }
}

words! {
    /// Whether trying the payment again helps.
    RetryWord {
        /// Never.
        No = "no",
        /// Once something has changed.
        AfterChange = "after-change",
        /// After a while.
        Later = "later",
        /// It is no matter of trying again.
        NotApplicable = "n/a",
    }
}

words! {
    /// Whether a claim is so.
    Verdict {
        /// It is.
        Right = "right",
        /// In part, or under conditions that it leaves out.
        Partly = "partly",
        /// It was, or what it speaks of is gone.
        OutOfDate = "out-of-date",
        /// It is not.
        Wrong = "wrong",
        /// Nobody can tell.
        CannotBeChecked = "cannot-be-checked",
    }
}

words! {
    /// How sure a source is.
    SourceKind {
        /// The firm's own page.
        Official = "official",
        /// Several that do not depend on each other.
        Several = "several",
        /// One.
        Single = "single",
    }
}

//! The program's own words. A struct with one value for each language: a word that is missing in one of them does
//! not compile. What a guide says is in its content, not here.

mod en;
mod session;
mod told;
mod watch;
mod zh;

use crate::diagnosis::{Likelihood, Works};
use crate::guide::answer::Tried;
use crate::guide::money::{AmountError, Cents};
use crate::guide::{RetryWord, Verdict, Wait, Who};
pub use session::SessionWords;
pub use told::First;
pub use watch::WatchWords;

/// A language that the program itself speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese, in simplified characters.
    Zh,
}

impl Lang {
    /// The language of the program for a language code of a guide; English for those it does not speak.
    #[must_use]
    pub fn of(code: &str) -> Self {
        if code.to_lowercase().split(['-', '_']).next() == Some("zh") { Self::Zh } else { Self::En }
    }

    /// What a language of a guide is called, in that language itself; its code, if the program does not speak it.
    #[must_use]
    pub fn name(code: &str) -> &str {
        match code {
            "en" => "English",
            "zh" => "中文",
            other => other,
        }
    }

    /// The words of this language.
    #[must_use]
    pub const fn words(self) -> &'static Words {
        match self {
            Self::En => &en::EN,
            Self::Zh => &zh::ZH,
        }
    }

    /// An amount as people write it.
    #[must_use]
    pub fn money(self, amount: Cents) -> String {
        match self {
            Self::En => format!("${amount}"),
            Self::Zh => format!("{amount} 美元"),
        }
    }

    /// Minutes as people write them.
    #[must_use]
    pub fn minutes(self, minutes: u32) -> String {
        match self {
            Self::En => format!("{minutes} min"),
            Self::Zh => format!("{minutes} 分钟"),
        }
    }

    /// Several clauses in one.
    #[must_use]
    pub fn join(self, clauses: &[String]) -> String {
        match self {
            Self::En => clauses.join("; "),
            Self::Zh => clauses.join("；"),
        }
    }

    /// Several words in one.
    #[must_use]
    pub fn list(self, words: &[String]) -> String {
        match self {
            Self::En => words.join(", "),
            Self::Zh => words.join("，"),
        }
    }

    /// What stands between two sentences.
    #[must_use]
    pub const fn gap(self) -> &'static str {
        match self {
            Self::En => " ",
            Self::Zh => "",
        }
    }

    /// Brackets, with what stands before them.
    #[must_use]
    pub const fn brackets(self) -> (&'static str, &'static str) {
        match self {
            Self::En => (" (", ")"),
            Self::Zh => ("（", "）"),
        }
    }

    /// Brackets around an address: a full-width one right behind it would be taken for a part of it.
    #[must_use]
    pub const fn around_links(self) -> (&'static str, &'static str) {
        match self {
            Self::En => (" (", ")"),
            Self::Zh => ("（", " ）"),
        }
    }

    /// A word and an aside to it in brackets.
    #[must_use]
    pub fn aside(self, what: &str, aside: &str) -> String {
        let (open, close) = self.brackets();
        format!("{what}{open}{aside}{close}")
    }

    /// "You said: …."
    #[must_use]
    pub fn you_said(self, clauses: &[String]) -> String {
        match self {
            Self::En => format!("Why: {}.", self.join(clauses)),
            Self::Zh => format!("依据：{}。", self.join(clauses)),
        }
    }

    /// A heading and what it is about.
    #[must_use]
    pub fn labelled(self, label: &str, what: &str) -> String {
        match self {
            Self::En => format!("{label}: {what}"),
            Self::Zh => format!("{label}：{what}"),
        }
    }

    /// "question 3 of about 7"
    #[must_use]
    pub fn progress(self, number: usize, about: usize) -> String {
        match self {
            Self::En => format!("question {number} of about {about}"),
            Self::Zh => format!("第 {number} 题，共约 {about} 题"),
        }
    }

    /// What is shown instead of everything where the window is too small.
    #[must_use]
    pub fn too_small(self, width: u16, height: u16) -> String {
        match self {
            Self::En => format!("Please enlarge the window ({width}x{height}, needs 40x12)"),
            Self::Zh => format!("请放大窗口（{width}x{height}，至少 40x12）"),
        }
    }

    /// The commands of the line mode; `language` is what the next language is called, if there is one.
    #[must_use]
    pub fn plain_commands(self, language: Option<&str>) -> String {
        let language = language.map(|name| format!("g {name}"));
        match self {
            Self::En => {
                let language = language.map(|key| format!("{key}, ")).unwrap_or_default();
                format!(
                    "Commands: b back, a answers, f fixes so far, l letters, c advice you may have read, {language}? help, q quit."
                )
            }
            Self::Zh => {
                let language = language.map(|key| format!("{key}，")).unwrap_or_default();
                format!("命令：b 返回，a 看回答，f 目前的办法，l 写信，c 网上的说法，{language}? 帮助，q 退出。")
            }
        }
    }

    /// "Enter a number from 1 to 8"
    #[must_use]
    pub fn enter_number(self, most: usize) -> String {
        match self {
            Self::En => format!("Type a number from 1 to {most}, then Enter."),
            Self::Zh => format!("请输入 1 到 {most} 的数字，然后按回车。"),
        }
    }

    /// What a text settles.
    #[must_use]
    pub fn settled(self, screens: &[String]) -> String {
        match self {
            Self::En => format!("Not asked any more: {} (a changes it).", screens.join(", ")),
            Self::Zh => format!("这些就不再问了：{}（按 a 可以修改）。", screens.join("、")),
        }
    }

    /// What answers no longer count.
    #[must_use]
    pub fn no_longer_counts(self, screens: &[String]) -> String {
        match self {
            Self::En => format!("Kept, but not needed now: {}.", screens.join(", ")),
            Self::Zh => format!("已保留，但现在用不到：{}。", screens.join("、")),
        }
    }

    /// "1-8 of 20 lines"
    #[must_use]
    pub fn more_matches(self, more: usize) -> String {
        match self {
            Self::En => format!("and {more} more: type more letters"),
            Self::Zh => format!("还有 {more} 个，请多输入几个字"),
        }
    }

    /// Whom a letter is for.
    #[must_use]
    pub fn letter_to(self, who: Who) -> String {
        let who = self.words().who(who);
        match self {
            Self::En => format!("To {who}"),
            Self::Zh if who.starts_with(|c: char| c.is_ascii()) => format!("写给 {who}"),
            Self::Zh => format!("写给{who}"),
        }
    }

    /// A short sentence and the next one.
    #[must_use]
    pub fn after(self, first: &str, then: &str) -> String {
        match self {
            Self::En => format!("{first}. {then}"),
            Self::Zh => format!("{first}。{then}"),
        }
    }

    /// Somebody else's words.
    #[must_use]
    pub fn quoted(self, words: &str) -> String {
        format!("“{words}”")
    }

    /// So many claims.
    #[must_use]
    pub fn statements(self, count: usize) -> String {
        match (self, count) {
            (Self::En, 1) => "1 statement found elsewhere, and what is so".into(),
            (Self::En, _) => format!("{count} statements found elsewhere, and what is so"),
            (Self::Zh, _) => format!("{count} 条，附实情"),
        }
    }

    /// A blank of a letter, and what is to be filled in.
    #[must_use]
    pub fn blank(self, ask: &str) -> String {
        match self {
            Self::En => format!("[{ask}: ____]"),
            Self::Zh => format!("【{ask}：____】"),
        }
    }

    /// Several things in their order.
    #[must_use]
    pub fn numbered(self, things: &[String]) -> String {
        let (close, between) = match self {
            Self::En => (") ", "; "),
            Self::Zh => ("）", "；"),
        };
        let numbered: Vec<String> =
            things.iter().enumerate().map(|(number, thing)| format!("{}{close}{thing}", number + 1)).collect();
        numbered.join(between)
    }

    /// How an amount of work and a wait are told beside a fix.
    #[must_use]
    pub fn effort(self, who: Who, minutes: u32, wait: Wait) -> String {
        let mut out = format!("{} · {}", self.words().who(who), self.minutes(minutes));
        if let Some(wait) = self.words().wait(wait) {
            out.push_str(" · ");
            out.push_str(wait);
        }
        out
    }

    /// Where a statement comes from, without its address.
    #[must_use]
    pub fn source(self, title: &str, checked: &str) -> String {
        match self {
            Self::En => format!("{title} (checked {checked})"),
            Self::Zh => format!("{title}（{checked} 核对）"),
        }
    }

    /// Which guide a list comes from.
    #[must_use]
    pub fn guide_version(self, id: &str, version: &str) -> String {
        match self {
            Self::En => format!("declined · guide {id}, version {version}"),
            Self::Zh => format!("declined · 指南 {id}，版本 {version}"),
        }
    }
}

/// Every word of one language.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field's English text says what it is")]
pub struct Words {
    pub not_sure: &'static str,
    pub fine: &'static str,
    pub problem: &'static str,
    pub most_likely: &'static str,
    pub may_be: &'static str,
    pub equally: &'static str,
    pub cannot_tell: &'static str,
    pub cannot_tell_more: &'static str,
    pub cannot_tell_tried: &'static str,
    pub nothing_known: &'static str,
    pub other_title: &'static str,
    pub likelihood: [&'static str; 4],
    pub works: [&'static str; 5],
    pub who: [&'static str; 5],
    pub wait: [&'static str; 3],
    pub so_far: &'static str,
    pub guesses: &'static str,
    pub your_answers: &'static str,
    pub nothing_answered: &'static str,
    pub what_to_do: &'static str,
    pub no_fixes: &'static str,
    pub all_tried: &'static str,
    pub also_mind: &'static str,
    pub before_you_pay: &'static str,
    pub advice: &'static str,
    pub may_have_read: &'static str,
    pub verdicts: [&'static str; 5],
    pub means: &'static str,
    pub who_can: &'static str,
    pub try_again: &'static str,
    pub retry: [&'static str; 4],
    pub do_next: &'static str,
    pub not_known: &'static str,
    pub explain_more: &'static str,
    pub claim_search: &'static str,
    pub letters: &'static str,
    pub letter: &'static str,
    pub letter_blanks: &'static str,
    pub letter_ready: &'static str,
    pub no_letters: &'static str,
    pub tried: &'static str,
    pub tried_how: [&'static str; 4],
    pub told_now: [&'static str; 4],
    pub copied: [&'static str; 3],
    pub not_copied: [&'static str; 3],
    pub not_opened: &'static str,
    pub opened: &'static str,
    pub no_links: &'static str,
    pub links: &'static str,
    pub save_as: &'static str,
    pub save_list_hint: &'static str,
    pub save_letter_hint: &'static str,
    pub saved_as: &'static str,
    pub file_exists: &'static str,
    pub file_no_name: &'static str,
    pub file_no_file: &'static str,
    pub file_no_folder: &'static str,
    pub file_refused: &'static str,
    pub fill_in: &'static str,
    pub not_in_a_letter: &'static str,
    pub nothing_more: &'static str,
    pub file_ending: &'static str,
    pub letter_ending: &'static str,
    pub fill_hint: &'static str,
    pub nothing_to_fill: &'static str,
    pub no_fix_here: &'static str,
    pub becomes: [&'static str; 4],
    pub what_became: &'static str,
    pub take_back: &'static str,
    pub taken_back: &'static str,
    pub more_than_one: &'static str,
    pub take_either: &'static str,
    pub solved: &'static str,
    pub next_payment: &'static str,
    pub what_helped: &'static str,
    pub so_that_it_stays: &'static str,
    pub solved_here: &'static str,
    pub solved_keys: &'static str,
    pub why_here: &'static str,
    pub may_mend: &'static str,
    pub steps: &'static str,
    pub list_so_far: &'static str,
    pub sources: &'static str,
    pub reviewed: &'static str,
    pub hard_to_undo: &'static str,
    pub as_good: &'static str,
    pub same_attempt: &'static str,
    pub seen_in_message: &'static str,
    pub from_command_line: &'static str,
    pub help: &'static str,
    pub help_keys: &'static str,
    pub help_words: &'static str,
    pub privacy: &'static str,
    pub first_screen: &'static str,
    pub no_such: &'static str,
    pub nothing_found: &'static str,
    pub type_to_search: &'static str,
    pub paste_here: &'static str,
    pub recognised: &'static str,
    pub kept: &'static str,
    pub kept_hint: &'static str,
    pub unmarked: &'static str,
    pub plain_keep: &'static str,
    pub recognised_nothing: &'static str,
    pub unrecognised: &'static str,
    pub secret_removed: &'static str,
    pub month_hint: &'static str,
    pub usd: &'static str,
    pub end_of_input: &'static str,
    pub done: &'static str,
    pub more_above: &'static str,
    pub more_below: &'static str,
    pub amount_empty: &'static str,
    pub amount_not_a_number: &'static str,
    pub amount_negative: &'static str,
    pub amount_too_fine: &'static str,
    pub amount_too_large: &'static str,
    pub month_wrong: &'static str,
    pub cut: &'static str,
    pub next_question: &'static str,
    pub and_so_on: &'static str,
    pub plain_paste: &'static str,
    pub plain_marks: &'static str,
    pub plain_enter: &'static str,
    pub plain_search: &'static str,
    pub plain_not_understood: &'static str,
    pub plain_jump: &'static str,
    pub plain_save: &'static str,
    pub plain_replace: &'static str,
    pub plain_tell: &'static str,
    pub plain_solved: &'static str,
    pub plain_amend: &'static str,
    pub nothing_tried: &'static str,
    pub plain_end: &'static str,
    pub keys: KeyWords,
    pub written: &'static str,
    pub sessions: &'static SessionWords,
    pub watch: &'static WatchWords,
}

/// What keys do, for the footer and the help.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field's English text says what it is")]
pub struct KeyWords {
    pub move_: &'static str,
    pub choose: &'static str,
    pub pick: &'static str,
    pub next: &'static str,
    pub done: &'static str,
    pub back: &'static str,
    pub close: &'static str,
    pub answers: &'static str,
    pub fixes: &'static str,
    pub help: &'static str,
    pub quit: &'static str,
    pub mark: &'static str,
    pub fine: &'static str,
    pub problem: &'static str,
    pub steps: &'static str,
    pub change: &'static str,
    pub page: &'static str,
    pub ends: &'static str,
    pub suspend: &'static str,
    pub interrupt: &'static str,
    pub advice: &'static str,
    pub letter: &'static str,
    pub tell: &'static str,
    pub worked: &'static str,
    pub to_list: &'static str,
    pub copy: &'static str,
    pub copy_all: &'static str,
    pub save: &'static str,
    pub links: &'static str,
    pub open_link: &'static str,
    pub fill: &'static str,
    pub save_quit: &'static str,
    pub anew: &'static str,
    pub hide: &'static str,
    pub faults: &'static str,
}

impl Words {
    /// A likelihood in words.
    #[must_use]
    pub const fn likelihood(&self, likelihood: Likelihood) -> &'static str {
        self.likelihood[likelihood as usize]
    }

    /// How well a fix works, in words.
    #[must_use]
    pub const fn works(&self, works: Works) -> &'static str {
        self.works[works as usize]
    }

    /// Who can do it.
    #[must_use]
    pub const fn who(&self, who: Who) -> &'static str {
        self.who[who as usize]
    }

    /// Whether trying the payment again helps.
    #[must_use]
    pub const fn retry(&self, retry: RetryWord) -> &'static str {
        self.retry[retry as usize]
    }

    /// Whether a claim is so.
    #[must_use]
    pub const fn verdict(&self, verdict: Verdict) -> &'static str {
        self.verdicts[verdict as usize]
    }

    /// What became of a fix that was tried.
    #[must_use]
    pub const fn tried_how(&self, how: Tried) -> &'static str {
        self.tried_how[how as usize]
    }

    /// What has to be waited for, if anything.
    #[must_use]
    pub const fn wait(&self, wait: Wait) -> Option<&'static str> {
        match wait {
            Wait::None => None,
            Wait::Minutes => Some(self.wait[0]),
            Wait::ADay => Some(self.wait[1]),
            Wait::Days => Some(self.wait[2]),
        }
    }

    /// What is wrong with an amount, and what would be right.
    #[must_use]
    pub const fn amount_error(&self, error: AmountError) -> &'static str {
        match error {
            AmountError::Empty => self.amount_empty,
            AmountError::NotANumber => self.amount_not_a_number,
            AmountError::Negative => self.amount_negative,
            AmountError::TooFine => self.amount_too_fine,
            AmountError::TooLarge => self.amount_too_large,
        }
    }
}

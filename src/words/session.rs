//! What is said of sessions that are kept and gone on with.

use super::Lang;
use crate::guide::is_control;
use crate::saved::{Dropped, Unusable};

/// Words about sessions.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field's English text says what it is")]
pub struct SessionWords {
    pub heading: &'static str,
    pub saved: &'static str,
    pub begun: &'static str,
    pub question: &'static str,
    pub file: &'static str,
    pub guide: &'static str,
    pub go_on: &'static str,
    pub anew: &'static str,
    pub saves_again: &'static str,
    pub none: &'static str,
}

pub(super) static EN: SessionWords = SessionWords {
    heading: "Welcome back",
    saved: "Saved",
    begun: "Begun",
    question: "Next question",
    file: "File",
    guide: "Guide",
    go_on: "Go on where you left off",
    anew: "Begin anew (what you did stays saved)",
    saves_again: "Saving works again: everything is saved.",
    none: "No session is saved.",
};

pub(super) static ZH: SessionWords = SessionWords {
    heading: "欢迎回来",
    saved: "保存于",
    begun: "开始于",
    question: "下一题",
    file: "文件",
    guide: "指南",
    go_on: "从上次的地方继续",
    anew: "重新开始（上次的记录仍会保留）",
    saves_again: "又可以保存了，内容已全部保存。",
    none: "没有保存过的记录。",
};

/// So many things that were dropped are named.
const MOST_NAMED: usize = 6;

/// A name out of a file that anybody may have written.
fn named(id: &str) -> String {
    const MOST: usize = 40;
    let clean: String = id.chars().filter(|c| !c.is_control() && !is_control(*c)).take(MOST).collect();
    format!("`{clean}`")
}

impl Lang {
    /// How much was done.
    #[must_use]
    pub fn counts(self, answers: usize, tried: usize) -> String {
        match self {
            Self::En => {
                let answers = if answers == 1 { "1 answer".to_owned() } else { format!("{answers} answers") };
                let tried = match tried {
                    0 => "nothing tried yet".to_owned(),
                    1 => "1 thing tried".to_owned(),
                    tried => format!("{tried} things tried"),
                };
                format!("{answers}, {tried}")
            }
            Self::Zh if tried == 0 => format!("已回答 {answers} 项，还没有记下结果"),
            Self::Zh => format!("已回答 {answers} 项，记下 {tried} 条结果"),
        }
    }

    /// How to go on later.
    #[must_use]
    pub fn go_on_later(self, command: &str) -> String {
        match self {
            Self::En => format!("Your answers are saved. To go on later: {command}"),
            Self::Zh => format!("您的回答已保存。以后接着做，请运行：{command}"),
        }
    }

    /// What a guide that has changed does not know any more.
    #[must_use]
    pub fn dropped(self, dropped: &[Dropped]) -> String {
        let mut names: Vec<String> = dropped.iter().take(MOST_NAMED).map(|dropped| self.dropped_one(dropped)).collect();
        let more = dropped.len().saturating_sub(MOST_NAMED);
        match self {
            Self::En => {
                if more > 0 {
                    names.push(format!("{more} more"));
                }
                format!(
                    "The questions have changed since then. Left out, as it is not known any more: {}.",
                    self.list(&names)
                )
            }
            Self::Zh => {
                if more > 0 {
                    names.push(format!("另外 {more} 项"));
                }
                format!("题目后来有改动，下面这些已不再使用，没有带过来：{}。", names.join("、"))
            }
        }
    }

    fn dropped_one(self, dropped: &Dropped) -> String {
        match (self, dropped) {
            (Self::En, Dropped::Screen(screen)) => format!("the answer of {}", named(screen)),
            (Self::En, Dropped::Answer(screen, answer)) => format!("{} of {}", named(answer), named(screen)),
            (Self::En, Dropped::Fix(fix)) => format!("that {} was tried", named(fix)),
            (Self::Zh, Dropped::Screen(screen)) => format!("{} 的回答", named(screen)),
            (Self::Zh, Dropped::Answer(screen, answer)) => format!("{} 里的 {}", named(screen), named(answer)),
            (Self::Zh, Dropped::Fix(fix)) => format!("试过 {} 的记录", named(fix)),
        }
    }

    /// Why a session cannot be gone on with.
    #[must_use]
    pub fn unusable(self, why: &Unusable) -> String {
        match (self, why) {
            (Self::En, Unusable::NotAFile) => "it is no ordinary file".to_owned(),
            (Self::En, Unusable::TooLarge) => "it is too large".to_owned(),
            (Self::En, Unusable::Unreadable(error)) => format!("it cannot be read: {error}"),
            (Self::En, Unusable::Damaged(line, column)) => format!("it is damaged (line {line}, column {column})"),
            (Self::En, Unusable::Newer(format)) => {
                format!("a newer version of this program wrote it (format {format})")
            }
            (Self::En, Unusable::Foreign(guide)) => format!("it is about another guide, {}", named(guide)),
            (Self::Zh, Unusable::NotAFile) => "不是普通文件".to_owned(),
            (Self::Zh, Unusable::TooLarge) => "文件太大".to_owned(),
            (Self::Zh, Unusable::Unreadable(error)) => format!("无法读取：{error}"),
            (Self::Zh, Unusable::Damaged(line, column)) => format!("文件已损坏（第 {line} 行第 {column} 列）"),
            (Self::Zh, Unusable::Newer(format)) => format!("由本程序更高的版本写成（格式 {format}）"),
            (Self::Zh, Unusable::Foreign(guide)) => format!("属于另一份指南 {}", named(guide)),
        }
    }

    /// That a session cannot be gone on with, why, and where it is.
    #[must_use]
    pub fn not_usable(self, why: &Unusable, path: &str) -> String {
        let why = self.unusable(why);
        match self {
            Self::En => format!("A saved session cannot be used; {why}. It stays as it is: {path}"),
            Self::Zh => format!("有一份保存的记录不能用：{why}。文件未作改动：{path}"),
        }
    }

    /// That nothing can be saved, and why.
    #[must_use]
    pub fn cannot_save(self, why: &str) -> String {
        match self {
            Self::En => {
                format!("Your answers cannot be saved: {why}. You can go on; saving is tried again after every answer.")
            }
            Self::Zh => format!("您的回答无法保存：{why}。您可以继续，之后每答一题都会再试着保存。"),
        }
    }

    /// That the session is kept in another file from now on.
    #[must_use]
    pub fn saved_apart(self, id: &str) -> String {
        match self {
            Self::En => format!(
                "The session that you went on with was changed elsewhere, or may not be written; both are kept. This one is `{id}` now."
            ),
            Self::Zh => format!("您接着做的那份记录在别处有了变化，或者不能写入；两份都会保留，这一份现在是 `{id}`。"),
        }
    }
}

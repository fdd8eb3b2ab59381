//! What is said to somebody who edits a guide and watches it.

use super::Lang;
use crate::reread::Trouble;

/// Words about a guide that is read again while it is edited.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field's English text says what it is")]
pub struct WatchWords {
    pub broken: &'static str,
    pub heading: &'static str,
    pub kept: &'static str,
    pub again: &'static str,
    pub help: &'static str,
}

pub(super) static EN: WatchWords = WatchWords {
    broken: "edit broken: F2",
    heading: "The edited guide",
    kept: "The guide as it was is still in use. Mend this and save, and this page closes by itself. Esc hides it, F2 shows it again.",
    again: "The guide was read again.",
    help: "The guide is read again whenever one of its files changes (--watch). Your answers, your place and what you typed stay.",
};

pub(super) static ZH: WatchWords = WatchWords {
    broken: "改动有误：F2",
    heading: "正在编辑的指南",
    kept: "仍在使用改动前的指南。改好并保存后，本页会自动关闭。按 Esc 可先隐藏，按 F2 再显示。",
    again: "已重新读取指南。",
    help: "指南的文件一有改动就会重新读取（--watch）。您的回答、所在位置和输入的文字都会保留。",
};

impl Lang {
    /// That an edit has so many faults.
    #[must_use]
    pub fn faults(self, count: usize) -> String {
        match self {
            Self::En if count == 1 => "There is a fault in the edited files.".to_owned(),
            Self::En => format!("There are {count} faults in the edited files."),
            Self::Zh => format!("改动后的文件里有 {count} 处错误。"),
        }
    }

    /// What is wrong with an edit, where there is no room for all of it: the first fault, and the key that shows them.
    #[must_use]
    pub fn faults_in_short(self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::Unreadable(why) => self.cannot_read_guide(why),
            Trouble::Faults(faults) => {
                let count = faults.len();
                let how_many = match self {
                    Self::En if count == 1 => "There is a fault in the edited files; F2 shows it.".to_owned(),
                    Self::En => format!("There are {count} faults in the edited files; F2 shows them."),
                    Self::Zh => format!("改动后的文件里有 {count} 处错误，按 F2 查看。"),
                };
                let first = faults.first().map(|fault| match &fault.place {
                    Some(place) => format!("{}{place}: {}", self.gap(), fault.message),
                    None => format!("{}{}", self.gap(), fault.message),
                });
                how_many + &first.unwrap_or_default()
            }
        }
    }

    /// That so many faults are not shown.
    #[must_use]
    pub fn more_faults(self, count: usize) -> String {
        match self {
            Self::En => format!("{count} more. `declined check` shows them all."),
            Self::Zh => format!("另有 {count} 处，运行 `declined check` 可查看全部。"),
        }
    }

    /// That the edited guide cannot be read at all, and why.
    #[must_use]
    pub fn cannot_read_guide(self, why: &str) -> String {
        match self {
            Self::En => format!("The edited guide cannot be read: {why}"),
            Self::Zh => format!("读不到编辑中的指南：{why}"),
        }
    }
}

//! The program's own words. A struct with one value for each language: a word that is missing in one of them does
//! not compile. What a guide says is in its content, not here.

use crate::diagnosis::{Likelihood, Works};
use crate::guide::answer::Tried;
use crate::guide::money::{AmountError, Cents};
use crate::guide::{RetryWord, Verdict, Wait, Who};

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

    /// The words of this language.
    #[must_use]
    pub const fn words(self) -> &'static Words {
        match self {
            Self::En => &EN,
            Self::Zh => &ZH,
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
    pub tried_how: [&'static str; 3],
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
    pub one_payment_with_above: &'static str,
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
    pub plain_commands: &'static str,
    pub plain_paste: &'static str,
    pub plain_marks: &'static str,
    pub plain_enter: &'static str,
    pub plain_search: &'static str,
    pub plain_not_understood: &'static str,
    pub plain_jump: &'static str,
    pub plain_end: &'static str,
    pub keys: KeyWords,
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
    pub language: &'static str,
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

static EN: Words = Words {
    not_sure: "I'm not sure",
    fine: "yes",
    problem: "no",
    most_likely: "Most likely",
    may_be: "It may be",
    equally: "These cannot be told apart yet.",
    cannot_tell: "We cannot tell yet what it is",
    cannot_tell_more: "Nothing you said points clearly at one reason. The list below begins with what most likely helps for the time it takes.",
    nothing_known: "Nothing is answered yet. The list changes with every answer.",
    other_title: "Something else",
    likelihood: ["most likely", "likely", "possible", "less likely"],
    works: ["helps a few", "helps some", "helps many", "solves it for most", "solves it for nearly all"],
    who: ["you", "your bank", "OpenAI", "whoever manages it", "somebody else"],
    wait: ["then some minutes' wait", "then up to a day's wait", "then some days' wait"],
    so_far: "Most likely so far",
    guesses: "First guesses",
    your_answers: "Your answers",
    nothing_answered: "Nothing answered yet.",
    what_to_do: "What to do, in this order",
    no_fixes: "There is nothing to do here that would be worth your time.",
    all_tried: "You have tried all that we know of.",
    also_mind: "Also mind",
    before_you_pay: "Before you pay again",
    advice: "Advice you may have read",
    may_have_read: "You may have read",
    verdicts: ["Right", "Partly right", "Out of date", "Wrong", "Cannot be checked"],
    means: "What it means",
    who_can: "Who can mend it",
    try_again: "Trying again",
    retry: ["does not help", "helps only after something has changed", "may help later, once", "is not the point"],
    do_next: "What to do",
    not_known: "nothing in this text is known here",
    explain_more: "`declined` asks a few questions and finds out more; `declined --error FILE` begins with your text.",
    claim_search: "Type a word to search",
    letters: "Letters to send",
    letter: "Letter",
    letter_blanks: "Fill in what stands in [brackets]. Add no card number beyond its last four digits, no code, no password, no key.",
    letter_ready: "A letter for this is ready: press l.",
    no_letters: "With your answers there is nobody to write to.",
    tried: "Already tried",
    tried_how: ["did not help", "perhaps not done right", "not possible"],
    why_here: "Why it is here",
    may_mend: "This is for",
    steps: "Steps",
    list_so_far: "The list as it stands",
    sources: "Where this comes from",
    reviewed: "Last gone through on",
    hard_to_undo: "Hard to undo: be sure before you do it.",
    as_good: "About as good a try as the one above: take whichever is easier.",
    same_attempt: "Do this together with the one above, then pay once.",
    seen_in_message: "seen in your message",
    from_command_line: "given at start",
    help: "Help",
    help_keys: "Keys",
    help_words: "\"Most likely\" and the bars are estimates from what you said, never certain. What rests on a source says so, with the day it was checked.",
    privacy: "Nothing you enter leaves this computer, and nothing is saved. Never enter a card number, a security code, a password or a key.",
    first_screen: "This is the first screen. Press q to leave.",
    no_such: "There is no such line.",
    nothing_found: "Nothing found. Try another spelling.",
    type_to_search: "Type a part of the name",
    paste_here: "Paste or type here; Enter goes on, also when it is empty",
    recognised: "Recognised in your text",
    kept: "Kept from your text",
    kept_hint: "Enter keeps this; another text takes its place.",
    one_payment_with_above: "one payment with the one above",
    unmarked: "not sure",
    plain_keep: "Enter keeps",
    unrecognised: "not recognised",
    recognised_nothing: "Nothing in your text is known here. The questions will find out.",
    secret_removed: "Something secret was in your text. It was removed and is not kept.",
    month_hint: "month/year as on the card, such as 11/26",
    usd: "US dollars",
    end_of_input: "The input ended before the questions did. This is what was known so far:",
    done: "Done",
    more_above: "more above",
    more_below: "more below",
    amount_empty: "Please enter an amount, such as 12.50.",
    amount_not_a_number: "Write digits and a point, such as 12.50.",
    amount_negative: "An amount cannot be below zero.",
    amount_too_fine: "Cents have two places, such as 12.50.",
    amount_too_large: "That amount is too large.",
    month_wrong: "That is no month. Write it as 11/26 or 2026-11.",
    cut: "The text was very long: only its first part was read.",
    next_question: "Next question",
    and_so_on: "and the other entries of the list",
    plain_commands: "Commands: b back, a answers, f fixes so far, l letters, c advice you may have read, g 中文, ? help, q quit.",
    plain_paste: "Paste the text, then a line with only a full stop. An empty first line skips this.",
    plain_marks: "For each: y yes, it is so; n no; Enter not sure.",
    plain_enter: "Press Enter to go on.",
    plain_search: "Type a part of the name.",
    plain_not_understood: "That was not understood.",
    plain_jump: "Type the number of an answer to change it, or Enter to go back.",
    plain_end: "That is your list. Enter leaves; b back, a answers.",
    keys: KeyWords {
        move_: "move",
        choose: "choose",
        pick: "pick a line",
        next: "go on",
        done: "done",
        back: "back",
        close: "close",
        answers: "answers",
        fixes: "fixes so far",
        help: "help",
        quit: "quit",
        language: "中文",
        mark: "change",
        fine: "yes",
        problem: "no",
        steps: "open",
        change: "change it",
        page: "page up and down",
        ends: "first and last",
        suspend: "stop for now (fg comes back)",
        interrupt: "leave at once",
        advice: "advice you may have read",
        letter: "letters",
    },
};

static ZH: Words = Words {
    not_sure: "不确定",
    fine: "是",
    problem: "否",
    most_likely: "最可能的原因",
    may_be: "可能的原因",
    equally: "目前还分不出是哪一个。",
    cannot_tell: "现在还看不出原因",
    cannot_tell_more: "您的回答没有明显指向某一个原因。下面先列出花的时间少、又最可能有用的。",
    nothing_known: "还没有回答问题；每回答一题，清单都会随之变化。",
    other_title: "其他原因",
    likelihood: ["最可能", "较可能", "有可能", "不太可能"],
    works: ["对少数人有效", "对部分人有效", "对不少人有效", "对多数人有效", "几乎都有效"],
    who: ["您自己", "银行", "OpenAI", "管理者", "对方服务商"],
    wait: ["另等几分钟", "最多另等一天", "另等几天"],
    so_far: "目前看来最可能",
    guesses: "目前的猜测",
    your_answers: "您的回答",
    nothing_answered: "还没有回答。",
    what_to_do: "建议按这个顺序做",
    no_fixes: "这里没有值得您花时间去做的事。",
    all_tried: "我们知道的办法您都试过了。",
    also_mind: "另请注意",
    before_you_pay: "再次付款之前",
    advice: "您可能读到过的说法",
    may_have_read: "您可能读到过",
    verdicts: ["属实", "部分属实", "已经过时", "不对", "无法核实"],
    means: "意思是",
    who_can: "谁能解决",
    try_again: "再试一次",
    retry: ["没有用", "先改变了什么再试才有用", "过一阵子再试一次，可能有用", "不是再试一次的问题"],
    do_next: "怎么办",
    not_known: "没有认出这段内容",
    explain_more: "运行 `declined`，回答几个问题就能知道更多；`declined --error 文件` 会先读您的内容。",
    claim_search: "输入关键词查找",
    letters: "可以直接用的信",
    letter: "信",
    letter_blanks: "请填好【】或 [ ] 里的内容。卡号最多写后四位；验证码、密码、密钥都不要写。",
    letter_ready: "已为您备好一封信，按 l 查看。",
    no_letters: "按您的回答，没有需要写信联系的对象。",
    tried: "已经试过",
    tried_how: ["没有解决", "不确定做对没有", "做不到"],
    why_here: "为什么建议这样做",
    may_mend: "针对",
    steps: "步骤",
    list_so_far: "目前的办法",
    sources: "资料来源",
    reviewed: "内容复核日期",
    hard_to_undo: "这一步做了很难撤回，请确认后再做。",
    as_good: "和上一条效果相近，哪个方便先做哪个。",
    same_attempt: "和上一条一起做，都做完再付款一次。",
    seen_in_message: "从您粘贴的内容得知",
    from_command_line: "启动时填写",
    help: "帮助",
    help_keys: "按键",
    help_words: "“最可能”和横条是根据您的回答估计的，并不是定论。有依据的内容都注明了来源和核对日期。",
    privacy: "您填的内容不会离开这台电脑，也不会保存。请不要输入卡号、安全码、密码或密钥。",
    first_screen: "这是第一页。按 q 退出。",
    no_such: "没有这个选项。",
    nothing_found: "没有找到，请换个写法。",
    type_to_search: "输入名称查找",
    paste_here: "粘贴或输入到这里，写好按回车；没有就直接按回车",
    recognised: "从您粘贴的内容中识别到",
    kept: "已从您的内容中得知",
    kept_hint: "按回车保留；粘贴别的内容则会替换。",
    one_payment_with_above: "与上一条合并，只付一次",
    unmarked: "不确定",
    plain_keep: "直接回车保留",
    unrecognised: "未识别",
    recognised_nothing: "没有识别出来，接下来的问题会帮您弄清楚。",
    secret_removed: "您粘贴的内容里有敏感信息，已经去掉，不会保留。",
    month_hint: "按卡面写月/年，例如 11/26",
    usd: "美元",
    end_of_input: "问题还没答完，输入就结束了。目前知道的是：",
    done: "完成",
    more_above: "上面还有",
    more_below: "下面还有",
    amount_empty: "请输入金额，例如 12.50。",
    amount_not_a_number: "这不是金额。请只写美元数字，例如 12.50。",
    amount_negative: "金额不能小于零。",
    amount_too_fine: "最多两位小数，例如 12.50。",
    amount_too_large: "金额太大了。",
    month_wrong: "这不是年月。请写成 11/26 或 2026-11。",
    cut: "内容太长，只读了前面一部分。",
    next_question: "下一个问题",
    and_so_on: "名单上的其他项",
    plain_commands: "命令：b 返回，a 看回答，f 目前的办法，l 写信，c 网上的说法，g English，? 帮助，q 退出。",
    plain_paste: "请粘贴内容，然后另起一行，只输入一个句点（. 或 。）再按回车；没有就直接按回车。",
    plain_marks: "逐项回答：y 是，n 否，直接回车表示不确定。",
    plain_enter: "按回车继续。",
    plain_search: "请输入名称的一部分。",
    plain_not_understood: "没有看懂您的输入。",
    plain_jump: "输入编号可以修改该项回答，直接回车返回。",
    plain_end: "以上就是您的清单。回车退出，b 返回，a 看回答。",
    keys: KeyWords {
        move_: "移动",
        choose: "选择",
        pick: "直接选第几项",
        next: "继续",
        done: "完成",
        back: "返回",
        close: "关闭",
        answers: "我的回答",
        fixes: "目前的办法",
        help: "帮助",
        quit: "退出",
        language: "English",
        mark: "切换",
        fine: "是",
        problem: "否",
        steps: "查看",
        change: "修改",
        page: "翻页",
        ends: "开头和末尾",
        suspend: "暂停（输入 fg 返回）",
        interrupt: "立即退出",
        advice: "网上的说法",
        letter: "写信",
    },
};

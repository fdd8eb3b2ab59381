//! What is said once things were tried: times, the stop, what moved, and why something comes first.

use time::{Date, OffsetDateTime, Time, Weekday};

use super::Lang;
use crate::attempts::Stop;
use crate::target::TargetError;

/// What decides about the place of the first fix.
#[derive(Clone, Copy, Debug)]
pub struct First<'a> {
    /// The cause that it is for.
    pub cause: &'a str,
    /// What the person said that points to it.
    pub said: Option<&'a str>,
    /// Whether no other cause is likelier.
    pub leads: bool,
    /// How well it works, and the minutes that it takes.
    pub effort: (&'a str, u32),
    /// The title of the next, the cause that it is for, and its minutes.
    pub next: Option<(&'a str, &'a str, u32)>,
}

impl Lang {
    /// A day and, unless it is meant from its beginning, the time of day, as somebody says it at `now`.
    #[must_use]
    pub fn moment(self, at: OffsetDateTime, now: Option<OffsetDateTime>) -> String {
        let at = now.map_or(at, |now| at.to_offset(now.offset()));
        let day = self.day(at.date(), now.map(OffsetDateTime::date));
        if at.time() == Time::MIDNIGHT {
            return day;
        }
        let (hour, minute) = (at.hour(), at.minute());
        match self {
            Self::En => format!("{day} at {hour}:{minute:02}"),
            Self::Zh => format!("{day} {hour}:{minute:02}"),
        }
    }

    fn day(self, day: Date, today: Option<Date>) -> String {
        let near = today.map(|today| (day - today).whole_days());
        let words = match (self, near) {
            (Self::En, Some(-1)) => Some("yesterday"),
            (Self::En, Some(0)) => Some("today"),
            (Self::En, Some(1)) => Some("tomorrow"),
            (Self::Zh, Some(-1)) => Some("昨天"),
            (Self::Zh, Some(0)) => Some("今天"),
            (Self::Zh, Some(1)) => Some("明天"),
            _ => None,
        };
        if let Some(words) = words {
            return words.to_owned();
        }
        let year = today.is_none_or(|today| today.year() != day.year());
        let number = u8::from(day.month());
        match self {
            Self::En => {
                let weekday = match day.weekday() {
                    Weekday::Monday => "Mon",
                    Weekday::Tuesday => "Tue",
                    Weekday::Wednesday => "Wed",
                    Weekday::Thursday => "Thu",
                    Weekday::Friday => "Fri",
                    Weekday::Saturday => "Sat",
                    Weekday::Sunday => "Sun",
                };
                let month = &day.month().to_string()[..3];
                let year = if year { format!(" {}", day.year()) } else { String::new() };
                format!("{weekday} {} {month}{year}", day.day())
            }
            Self::Zh => {
                let year = if year { format!("{} 年 ", day.year()) } else { String::new() };
                format!("{year}{number} 月 {} 日", day.day())
            }
        }
    }

    /// That one should stop paying for now, or that one may go on.
    #[must_use]
    pub fn stop(self, stop: &Stop, now: Option<OffsetDateTime>) -> String {
        let until = stop.until.map(|until| self.moment(until, now));
        let until = until.as_deref();
        match (self, stop.is_over, stop.hours) {
            (Self::En, true, _) => {
                let since = until.map_or_else(String::new, |until| format!(" ({until})"));
                format!("The wait is over{since}. Change something first, then pay once, not more often.")
            }
            (Self::En, false, Some(hours)) => format!(
                "Stop for now: no payment with this card before {}. The last try must be {hours} hours ago.",
                until.unwrap_or("the wait is over")
            ),
            (Self::En, false, None) => {
                let payments = if stop.failed == 1 {
                    "1 payment has"
                } else {
                    &format!("{} payments, the first one counted, have", stop.failed)
                };
                format!(
                    "Stop for now: {payments} failed. Do not pay again before {}, and then only after something has changed (our rule of thumb).",
                    until.unwrap_or("tomorrow")
                )
            }
            (Self::Zh, true, _) => "等待时间已经过了。请先做完下面的一条，再付款，只付一次。".to_owned(),
            (Self::Zh, false, Some(hours)) => {
                let until = until.map_or_else(String::new, |until| format!("{until} 之前"));
                format!("请先停下来：{until}不要再用这张卡付款，要等最后一次尝试满 {hours} 小时。")
            }
            (Self::Zh, false, None) => {
                let until = until.unwrap_or("明天");
                format!(
                    "请先停下来：付款已失败 {} 次（包括第一次），{until}之前不要再付。之后也要先做完下面的某一条，再付一次（这是我们的经验做法）。",
                    stop.failed
                )
            }
        }
    }

    /// What became of a fix, and when.
    #[must_use]
    pub fn came_of(self, how: &str, when: Option<&str>) -> String {
        match (self, when) {
            (_, None) => how.to_owned(),
            (Self::En, Some(when)) => format!("{how}, {when}"),
            (Self::Zh, Some(when)) => format!("{how}，{when}"),
        }
    }

    /// Why the first fix is the first.
    #[must_use]
    pub fn why_first(self, first: &First<'_>) -> String {
        let (works, minutes) = first.effort;
        let effort = self.minutes(minutes);
        let cause = first.cause;
        let next = first.next.map_or_else(String::new, |(title, other, minutes)| {
            let minutes = self.minutes(minutes);
            match (self, other == cause) {
                (Self::En, true) => format!("; “{title}”, further down, takes {minutes}"),
                (Self::En, false) => format!("; “{title}”, further down, is for “{other}” and takes {minutes}"),
                (Self::Zh, true) => format!("；排在后面的“{title}”约 {minutes}"),
                (Self::Zh, false) => format!("；排在后面的“{title}”针对“{other}”，约 {minutes}"),
            }
        });
        match self {
            Self::En => {
                let why = match (first.leads, first.said) {
                    (true, Some(said)) => format!("{said}, which points to “{cause}”"),
                    (true, None) => format!("the likeliest reason is “{cause}”"),
                    (false, _) => format!("it is quick, and “{cause}” is possible"),
                };
                format!("Why first: {why}. For that, this {works} and takes {effort}{next}.")
            }
            Self::Zh => {
                let why = match (first.leads, first.said) {
                    (true, Some(said)) => format!("{said}，所以原因最可能是“{cause}”"),
                    (true, None) => format!("最可能的原因是“{cause}”"),
                    (false, _) => format!("花的时间少，而“{cause}”也有可能"),
                };
                format!("为什么先做：{why}。这一条{works}，约 {effort}{next}。")
            }
        }
    }

    /// That a fix was taken down, and what comes first now.
    #[must_use]
    pub fn taken_down(self, title: &str, what: &str, first: Option<(&str, bool)>) -> String {
        match (self, first) {
            (Self::En, Some((first, false))) if first == title => {
                format!("“{title}”: {what}, still in the first place.")
            }
            (Self::Zh, Some((first, false))) if first == title => format!("“{title}”：{what}，可以再做一遍。"),
            (Self::En, Some((first, true))) => format!("“{title}”: {what}. “{first}” comes first now."),
            (Self::En, Some((first, false))) => format!("“{title}”: {what}. “{first}” still comes first."),
            (Self::En, None) => format!("“{title}”: {what}."),
            (Self::Zh, Some((first, true))) => format!("“{title}”：{what}。现在先做“{first}”。"),
            (Self::Zh, Some((first, false))) => format!("“{title}”：{what}。仍然先做“{first}”。"),
            (Self::Zh, None) => format!("“{title}”：{what}。"),
        }
    }

    /// That fixes told next count as the same payment.
    #[must_use]
    pub fn same_payment(self, titles: &[String]) -> String {
        let titles: Vec<String> = titles.iter().map(|title| self.quoted(title)).collect();
        match self {
            Self::En => {
                format!("Did {} go into the same payment? Tell that too: it counts once.", titles.join(" and "))
            }
            Self::Zh => format!("{}如果也是在这次付款之前做的，请把结果也记下来，只算一次付款。", titles.join("、")),
        }
    }

    /// What it was, once something has worked.
    #[must_use]
    pub fn it_was(self, causes: &[String], sure: bool) -> String {
        match (self, sure) {
            (Self::En, true) => format!("It was most likely this: {}", self.join(causes)),
            (Self::En, false) => format!("What it was cannot be told for certain. Perhaps: {}", self.join(causes)),
            (Self::Zh, true) => format!("原因最可能是：{}", self.join(causes)),
            (Self::Zh, false) => format!("具体是哪个原因还不能肯定，可能是：{}", self.join(causes)),
        }
    }

    /// What became of a file that was to be written.
    #[must_use]
    pub fn became_of_file(self, name: &str, became: &Result<(), TargetError>) -> String {
        let words = self.words();
        match became {
            Ok(()) => self.labelled(words.saved_as, name),
            Err(TargetError::Exists(_)) => words.file_exists.to_owned(),
            Err(TargetError::NoFile(_)) => words.file_no_file.to_owned(),
            Err(TargetError::NoFolder(_)) => words.file_no_folder.to_owned(),
            // The system's own words name a file that nobody typed.
            Err(TargetError::Refused(..)) => words.file_refused.to_owned(),
        }
    }

    /// One of several things that are asked one after the other.
    #[must_use]
    pub fn one_of(self, number: usize, count: usize, ask: &str) -> String {
        match self {
            Self::En => format!("{number} of {count}: {ask}"),
            Self::Zh => format!("第 {number} 项，共 {count} 项：{ask}"),
        }
    }

    /// The head of fixes that share one payment.
    #[must_use]
    pub fn pay_once(self, count: usize) -> String {
        match (self, count) {
            (Self::En, 2) => "Do both of these, then pay once:".to_owned(),
            (Self::En, _) => format!("Do these {count}, then pay once:"),
            (Self::Zh, _) => format!("先把这 {count} 条都做完，再付款一次："),
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn times_as_people_say_them() {
        let now = datetime!(2026-11-22 14:05 +8);
        for (at, en, zh) in [
            (datetime!(2026-11-22 6:30 UTC), "today at 14:30", "今天 14:30"),
            (datetime!(2026-11-21 9:03 +8), "yesterday at 9:03", "昨天 9:03"),
            (datetime!(2026-11-23 0:00 +8), "tomorrow", "明天"),
            (datetime!(2026-12-01 0:00 +8), "Tue 1 Dec", "12 月 1 日"),
            (datetime!(2025-12-01 8:00 +8), "Mon 1 Dec 2025 at 8:00", "2025 年 12 月 1 日 8:00"),
        ] {
            assert_eq!((Lang::En.moment(at, Some(now)).as_str(), Lang::Zh.moment(at, Some(now)).as_str()), (en, zh));
        }
    }
}

//! Rules of causes, fixes, and what they rest on.

use super::Rule;
use crate::diagnostic::Severity::{Error, Warning};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "no-other",
        severity: Error,
        doc: "Every guide has a cause `other`, without a condition.",
        why: "It stands for what nobody thought of. Without it the causes that are known would always seem sure.",
        bad: r#"
[[cause]]
id = "other"
title = "Something else"
how_common = "sometimes"
basis = "guess"
explain = "Nobody thought of this."
when = { place = "abroad" }
"#,
        good: r#"
[[cause]]
id = "other"
title = "Something else"
how_common = "sometimes"
basis = "guess"
explain = "Nobody thought of this."
"#,
    },
    Rule {
        id: "cause-without-answer",
        severity: Warning,
        doc: "Something points to every cause but `other`.",
        why: "Without an answer or a signal that speaks for it, a cause never gets likelier than it is at the start, and \
              stands in the way of those that do. Points that only speak against it do not count.",
        bad: r#"
[[cause]]
id = "no-funds"
title = "There is not enough on the card"
how_common = "common"
basis = "guess"
explain = "The card is fine, and empty."

[[fix]]
id = "top-up"
title = "Put money on the card"
who = "you"
minutes = 5
wait = "none"
works_for = { no-funds = "usually" }
steps = ["Have {hold} more on it than you want to pay."]
sources = ["help"]
reviewed = 2026-11-22
"#,
        good: r#"
[[cause]]
id = "no-funds"
title = "There is not enough on the card"
how_common = "common"
basis = "guess"
explain = "The card is fine, and empty."

[[signal]]
id = "no-funds"
phrases = ["insufficient funds"]
means = "There is not enough on the card."
who = ["you"]
retry = "after-change"
next = "Put money on it."
points_to = { no-funds = "strongly" }
sources = ["help"]

[[fix]]
id = "top-up"
title = "Put money on the card"
who = "you"
minutes = 5
wait = "none"
works_for = { no-funds = "usually" }
steps = ["Have {hold} more on it than you want to pay."]
sources = ["help"]
reviewed = 2026-11-22
"#,
    },
    Rule {
        id: "cause-without-fix",
        severity: Warning,
        doc: "Some fix works for every cause.",
        why: "Whoever has this cause would be told what is wrong, and left alone with it. For `other` the fix of [support] is \
              enough.",
        bad: r#"
[[cause]]
id = "expired-card"
title = "The card has expired"
how_common = "sometimes"
basis = "guess"
explain = "The month on it has passed."

[[signal]]
id = "expired"
codes = ["expired_card"]
means = "The card has expired."
who = ["you"]
retry = "after-change"
next = "Use another card."
points_to = { expired-card = "strongly" }
sources = ["help"]
"#,
        good: r#"
[[cause]]
id = "expired-card"
title = "The card has expired"
how_common = "sometimes"
basis = "guess"
explain = "The month on it has passed."

[[signal]]
id = "expired"
codes = ["expired_card"]
means = "The card has expired."
who = ["you"]
retry = "after-change"
next = "Use another card."
points_to = { expired-card = "strongly" }
sources = ["help"]

[[fix]]
id = "new-card"
title = "Use the new card that the bank sent"
who = "you"
minutes = 5
wait = "none"
works_for = { expired-card = "nearly-always" }
steps = ["Take the date from the new card."]
sources = ["help"]
reviewed = 2026-11-22
"#,
    },
    Rule {
        id: "fix-without-cause",
        severity: Warning,
        doc: "Every fix is offered for a cause that it works for.",
        why: "Fixes are listed by what they work for, so one that works for nothing is never seen; nor is one whose `when` \
              holds only where its causes are out of play. The fix of [support] is offered without.",
        bad: r#"
[[fix]]
id = "wait-a-day"
title = "Wait a day"
who = "you"
minutes = 1
wait = "a-day"
works_for = {}
steps = ["Leave the page alone until tomorrow."]
sources = ["help"]
reviewed = 2026-11-22
"#,
        good: r#"
[[fix]]
id = "wait-a-day"
title = "Wait a day"
who = "you"
minutes = 1
wait = "a-day"
works_for = { foreign-card = "rarely" }
steps = ["Leave the page alone until tomorrow."]
sources = ["help"]
reviewed = 2026-11-22
"#,
    },
    Rule {
        id: "no-source",
        severity: Error,
        doc: "A verdict on a claim names its source, unless it cannot be checked.",
        why: "To say of somebody's advice that it is wrong needs something to stand on.",
        bad: r#"
[[claim]]
id = "any-card"
topic = "Cards"
says = "Any card works."
verdict = "wrong"
instead = "Prepaid cards are refused."
sources = []
"#,
        good: r#"
[[claim]]
id = "any-card"
topic = "Cards"
says = "Any card works."
verdict = "wrong"
instead = "Prepaid cards are refused."
sources = ["help"]
"#,
    },
    Rule {
        id: "without-source",
        severity: Warning,
        doc: "Fixes, signals, warnings and reminders name a source.",
        why: "People pay on this advice. With its source they can see for themselves, and authors know what to read again. \
              Causes have a `basis`, which may be `guess`.",
        bad: r#"
[[reminder]]
id = "name"
text = "Write the name as it is printed on the card."
sources = []
"#,
        good: r#"
[[reminder]]
id = "name"
text = "Write the name as it is printed on the card."
sources = ["help"]
"#,
    },
    Rule {
        id: "stale-source",
        severity: Warning,
        doc: "Sources are looked at again before they are too old.",
        why: "Pages change. `max_age_days` says how long a look lasts, `checked` when it was; `--today` takes another day for \
              today.",
        bad: r#"
[[source]]
id = "news"
title = "News of the day"
url = "https://example.com/news"
checked = 2025-01-07
kind = "single"
max_age_days = 180
"#,
        good: r#"
[[source]]
id = "news"
title = "News of the day"
url = "https://example.com/news"
checked = 2026-11-07
kind = "single"
max_age_days = 180
"#,
    },
    Rule {
        id: "stale-fix",
        severity: Warning,
        doc: "Fixes are gone through as often as their sources.",
        why: "A source that was looked at does not mend the steps that rest on it. A fix may be as old as the source with the \
              smallest `max_age_days` among its `sources` may be.",
        bad: r#"
[[fix]]
id = "call-bank"
title = "Ask the bank to let it through"
who = "bank"
minutes = 15
wait = "none"
works_for = { foreign-card = "often" }
steps = ["Call the number on the back of the card."]
sources = ["help"]
reviewed = 2024-02-29
"#,
        good: r#"
[[fix]]
id = "call-bank"
title = "Ask the bank to let it through"
who = "bank"
minutes = 15
wait = "none"
works_for = { foreign-card = "often" }
steps = ["Call the number on the back of the card."]
sources = ["help"]
reviewed = 2026-11-22
"#,
    },
    Rule {
        id: "future-date",
        severity: Warning,
        doc: "Nothing was checked on a day that has not come.",
        why: "A slip in the year would keep it from ever getting too old. A day ahead is let pass: somewhere it is tomorrow \
              already.",
        bad: r#"
[[source]]
id = "news"
title = "News of the day"
url = "https://example.com/news"
checked = 2062-11-07
kind = "single"
max_age_days = 180
"#,
        good: r#"
[[source]]
id = "news"
title = "News of the day"
url = "https://example.com/news"
checked = 2026-11-07
kind = "single"
max_age_days = 180
"#,
    },
];

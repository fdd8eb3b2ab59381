//! The keys of every table of a guide: one static table for each kind. The reader is driven by it, so that a key
//! that is not here cannot be used, and a key that is here is always checked.

use crate::diagnosis::{HowCommon, Likelihood};
use crate::guide::{RetryWord, Risk, SourceKind, Verdict, Wait, Who};

/// What kind of value a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An id: `[a-z0-9-]+`.
    Id,
    /// A string that is not shown as text.
    Str,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of these words.
    Words(&'static [&'static str]),
    /// A text by language, of one line.
    Line,
    /// A text by language.
    Text,
    /// A list of texts.
    Texts,
    /// A whole number, from .. to.
    Int(i64, i64),
    /// `true` or `false`.
    Bool,
    /// A date such as `2026-11-22`.
    Date,
    /// An amount of dollars.
    Usd,
    /// An amount of dollars, a number of months, or the id of a figure.
    Bound,
    /// A list of ids.
    Ids,
    /// An id, or a list of them.
    IdOrIds,
    /// A list of strings.
    Strs,
    /// A list of phrases, in which `{figure}` stands for its number.
    Phrases,
    /// Causes and what an answer says of them.
    Points,
    /// Causes and how well a fix works for them.
    Works,
    /// A condition.
    When,
    /// Screens and answers.
    Answers,
    /// An `https` address.
    Url,
    /// A table of its own, once.
    One(&'static Table),
    /// A table of its own, any number of times.
    Many(&'static Table),
}

/// One key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// As authors write it.
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it is for.
    pub doc: &'static str,
}

/// The keys of one kind of table.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// As authors write it, without brackets.
    pub name: &'static str,
    /// All its keys.
    pub keys: &'static [Key],
}

impl Table {
    /// The key of this name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

const fn must(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: true, doc }
}

const fn may(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: false, doc }
}

const ID: Key = must("id", Shape::Id, "its name, unique among its kind");
const SOURCES: Key = must("sources", Shape::Ids, "where the statement comes from");
const WHEN: Key = may("when", Shape::When, "the condition under which it is there");
const POINTS: Key = may("points_to", Shape::Points, "what this answer says of causes");
const SAID: Key = may("said", Shape::Line, "how a reason quotes this answer");
const NEXT: Key = may("next", Shape::Id, "a later screen, or `fix-list`");

/// Ids that content may not use, since conditions and answers use them.
pub const RESERVED: &[&str] =
    &["any", "all", "not", "not-sure", "fix-list", "solved", "nothing", "unrecognised", "secret-removed"];

/// The kinds of screen.
pub const SCREEN_KINDS: &[&str] = &["note", "choice", "checklist", "amount", "month", "paste", "probe"];

/// `[support]`
pub static SUPPORT: Table = Table {
    name: "support",
    keys: &[
        must("fix", Shape::Id, "the fix that hands over"),
        must("minutes", Shape::Int(1, 10_000), "what handing over costs; the list ends where fixes pay less"),
        may("when", Shape::When, "when support can help at all"),
    ],
};

/// `[retry]`
pub static RETRY: Table = Table {
    name: "retry",
    keys: &[
        must("stop_after", Shape::Int(1, 100), "failed payments after which to stop"),
        must(
            "wait_hours",
            Shape::Int(1, 1000),
            "hours to stop for where `after` or `when` say so; else until the next day",
        ),
        may("after", Shape::Ids, "signals after which one stops at once, for `wait_hours` from the last payment"),
        may("instead_of", Shape::Ids, "warnings that say the same without a time; the stop takes their place"),
        may("when", Shape::When, "answers after which one stops at once, as with `after`"),
    ],
};

/// `[[figure]]`
pub static FIGURE: Table = Table {
    name: "figure",
    keys: &[
        ID,
        may("usd", Shape::Usd, "the amount"),
        may("source", Shape::Id, "where the amount comes from"),
        may("plus", Shape::Ids, "figures and amount screens that are added up"),
        may("minus", Shape::Ids, "figures and amount screens that are taken off"),
        may("note", Shape::Text, "a word for authors"),
    ],
};

/// `[[list.entry]]`
pub static LIST_ENTRY: Table = Table {
    name: "list.entry",
    keys: &[
        ID,
        must("name", Shape::Line, "what people see"),
        may("aliases", Shape::Strs, "what else people may type"),
        must("tag", Shape::Id, "what the screen's tags speak of"),
    ],
};

/// `[[list]]`
pub static LIST: Table = Table {
    name: "list",
    keys: &[
        ID,
        must("source", Shape::Id, "where the list was read"),
        must("entry", Shape::Many(&LIST_ENTRY), "its entries"),
    ],
};

/// `[[screen.choice]]`
pub static CHOICE: Table = Table {
    name: "screen.choice",
    keys: &[
        ID,
        must("label", Shape::Line, "what people see"),
        may("short", Shape::Line, "for the side column"),
        SAID,
        POINTS,
        NEXT,
        may("attempts", Shape::Int(0, 100), "how many payments it says were tried"),
    ],
};

/// `[[screen.tag]]`
pub static TAG: Table = Table {
    name: "screen.tag",
    keys: &[must("tag", Shape::Id, "the tag of list entries that is meant"), SAID, POINTS, NEXT],
};

/// `[[screen.item]]`
pub static ITEM: Table = Table {
    name: "screen.item",
    keys: &[
        ID,
        must("label", Shape::Line, "what people see"),
        may("fine", Shape::Points, "what \"fine\" says of causes"),
        may("problem", Shape::Points, "what \"problem\" says of causes"),
        SAID,
    ],
};

/// `[[screen.band]]`
pub static BAND: Table = Table {
    name: "screen.band",
    keys: &[ID, may("below", Shape::Bound, "a number or a figure; none on the last"), SAID, POINTS, NEXT],
};

/// `[[screen]]`
pub static SCREEN: Table = Table {
    name: "screen",
    keys: &[
        ID,
        must("kind", Shape::Word(SCREEN_KINDS), "what it asks for"),
        must("ask", Shape::Text, "the question, or the text of a note"),
        must("short", Shape::Line, "for the side column"),
        may("help", Shape::Text, "below the answers"),
        WHEN,
        may("group", Shape::Id, "of the answers in one group only the strongest counts"),
        may("not_sure", Shape::Bool, "whether \"I'm not sure\" is offered"),
        NEXT,
        may("default", Shape::Bound, "what stands in the field and counts until it is answered"),
        may("unit", Shape::Line, "shown behind the field"),
        may("from", Shape::Id, "the list whose entries are the choices"),
        may("choice", Shape::Many(&CHOICE), "its choices"),
        may("tag", Shape::Many(&TAG), "what the tags of its list mean"),
        may("item", Shape::Many(&ITEM), "its checklist"),
        may("band", Shape::Many(&BAND), "the ranges of its answer"),
    ],
};

/// `[[cause]]`
pub static CAUSE: Table = Table {
    name: "cause",
    keys: &[
        ID,
        must("title", Shape::Line, "what people see"),
        may("short", Shape::Line, "for the side column"),
        must("how_common", Shape::Word(HowCommon::WORDS), "how common it is"),
        must("basis", Shape::Id, "`guess` or a source"),
        must("explain", Shape::Text, "what it means"),
        WHEN,
        may("final", Shape::Bool, "once it leads by proof, only its own fixes are listed"),
    ],
};

/// `[[fix]]`
pub static FIX: Table = Table {
    name: "fix",
    keys: &[
        ID,
        must("title", Shape::Line, "what people see"),
        must("who", Shape::Word(Who::WORDS), "who can do it"),
        must("minutes", Shape::Int(1, 1000), "the person's own effort"),
        must("wait", Shape::Word(Wait::WORDS), "what has to be waited for"),
        must("works_for", Shape::Works, "what it mends, and how well"),
        must("steps", Shape::Texts, "one after another"),
        SOURCES,
        must("reviewed", Shape::Date, "when an author last went through it"),
        may("retry", Shape::Bool, "whether it ends with one payment"),
        may("afterwards", Shape::Text, "once it has worked: how to keep it from happening again"),
        may("risk", Shape::Word(Risk::WORDS), "what it could cost"),
        WHEN,
    ],
};

/// `[[signal]]`
pub static SIGNAL: Table = Table {
    name: "signal",
    keys: &[
        ID,
        must("means", Shape::Text, "what it means"),
        must("who", Shape::Words(Who::WORDS), "who can mend it"),
        must("retry", Shape::Word(RetryWord::WORDS), "whether trying again helps"),
        must("next", Shape::Text, "what to do next"),
        may("codes", Shape::Strs, "whole tokens"),
        may("phrases", Shape::Phrases, "phrases; case, width and spacing do not matter, `{figure}` is its number"),
        may("unless", Shape::Phrases, "phrases that take the meaning away"),
        may("rank", Shape::Int(1, 3), "1 decisive, 2, 3 generic"),
        may("group", Shape::Id, "of the answers in one group only the strongest counts"),
        POINTS,
        may("answers", Shape::Answers, "what it settles"),
        SOURCES,
    ],
};

/// `[[warning]]`
pub static WARNING: Table = Table {
    name: "warning",
    keys: &[
        ID,
        must("text", Shape::Text, "what people see"),
        SOURCES,
        must("rank", Shape::Int(0, 1000), "the three of lowest rank stand above the list"),
        WHEN,
        may("causes", Shape::Ids, "shown when one of these is likely or more"),
    ],
};

/// `[[reminder]]`
pub static REMINDER: Table =
    Table { name: "reminder", keys: &[ID, must("text", Shape::Text, "what people see"), SOURCES, WHEN] };

/// `claim.touches`
pub static TOUCHES: Table = Table {
    name: "claim.touches",
    keys: &[
        may("screens", Shape::Ids, "questions beside which it is told"),
        may("fixes", Shape::Ids, "fixes in which it is told"),
        may("causes", Shape::Ids, "causes that it speaks of"),
        may("reminders", Shape::Ids, "reminders in which it is told"),
    ],
};

/// `[[claim]]`
pub static CLAIM: Table = Table {
    name: "claim",
    keys: &[
        ID,
        must("topic", Shape::Line, "the heading that it stands under; the same words for all of one topic"),
        must("says", Shape::Text, "what is claimed, in one sentence"),
        must("verdict", Shape::Word(Verdict::WORDS), "whether it is so"),
        must("instead", Shape::Text, "what is so, or what to do instead"),
        may("short", Shape::Line, "claim and answer in one line, told where the claim touches"),
        SOURCES,
        may("touches", Shape::One(&TOUCHES), "where its `short` is told"),
        WHEN,
    ],
};

/// `[[letter.blank]]`
pub static BLANK: Table =
    Table { name: "letter.blank", keys: &[ID, must("ask", Shape::Line, "what only the person knows")] };

/// `[[letter]]`
pub static LETTER: Table = Table {
    name: "letter",
    keys: &[
        ID,
        must("to", Shape::Word(Who::WORDS), "who gets it"),
        must("title", Shape::Line, "what people see"),
        must(
            "body",
            Shape::Text,
            "its text; `{name}` is also a blank, an answer that is a blank until given, or `{tried}`",
        ),
        must("fixes", Shape::Ids, "it is offered where one of these is on the list"),
        may("only", Shape::Str, "the one language that it is written in, whatever the person's"),
        may("also", Shape::Str, "a language in which it is written as well"),
        WHEN,
        may("blank", Shape::Many(&BLANK), "what only the person knows"),
    ],
};

/// `scenario.expect`
pub static EXPECT: Table = Table {
    name: "scenario.expect",
    keys: &[
        may("cause", Shape::IdOrIds, "the likeliest cause, or any of these"),
        may("never", Shape::IdOrIds, "causes that must not be the likeliest"),
        may("at_most", Shape::Word(Likelihood::WORDS), "how likely any cause may be called"),
        may("first_fix", Shape::IdOrIds, "the fix at the top, or any of these"),
        may("fixes", Shape::Ids, "fixes that are listed"),
        may("no_fixes", Shape::Ids, "fixes that are not listed"),
        may("warnings", Shape::Ids, "warnings that are given"),
        may("reminders", Shape::Ids, "reminders that are given"),
        may("letters", Shape::Ids, "letters that are offered"),
        may("claims", Shape::Ids, "claims that are told on the way or in the list"),
        may("signals", Shape::Ids, "signals that are recognised in the text"),
        may("next", Shape::Id, "the question that comes next; `fix-list` at the end"),
        may("screens_at_most", Shape::Int(0, 1000), "how many questions are asked at most"),
    ],
};

/// `[[scenario]]`
pub static SCENARIO: Table = Table {
    name: "scenario",
    keys: &[
        ID,
        must("today", Shape::Date, "the day on which it is run"),
        may("note", Shape::Str, "a word for authors"),
        may("answers", Shape::Answers, "what the person answers"),
        may("error", Shape::Str, "the text that the person pastes"),
        may("tried", Shape::Strs, "fixes that were tried, in order: FIX, FIX=unsure, FIX=cannot, FIX=worked"),
        must("expect", Shape::One(&EXPECT), "what must come out"),
    ],
};

/// `[[source]]`
pub static SOURCE: Table = Table {
    name: "source",
    keys: &[
        ID,
        must("title", Shape::Line, "the name of the page"),
        must("url", Shape::Url, "its address"),
        must("checked", Shape::Date, "when it was last checked"),
        must("kind", Shape::Word(SourceKind::WORDS), "how sure it is"),
        must("max_age_days", Shape::Int(1, 10_000), "after so many days it should be looked at again"),
    ],
};

/// What may stand at the top of a file.
pub static FILE: Table = Table {
    name: "file",
    keys: &[
        may("format", Shape::Int(1, 1), "the number of this format"),
        may("id", Shape::Id, "the id of the guide"),
        may("version", Shape::Str, "the version of the guide"),
        may("languages", Shape::Strs, "the languages of the guide; the first is what missing texts fall back to"),
        may("title", Shape::Line, "the name of the guide"),
        may("support", Shape::One(&SUPPORT), "where to turn when nothing else pays"),
        may("retry", Shape::One(&RETRY), "when to stop trying to pay"),
        may("figure", Shape::Many(&FIGURE), "an amount that advice quotes"),
        may("list", Shape::Many(&LIST), "a list that screens choose from"),
        may("screen", Shape::Many(&SCREEN), "one state of the wizard"),
        may("cause", Shape::Many(&CAUSE), "something that may be wrong"),
        may("fix", Shape::Many(&FIX), "something that can be done"),
        may("signal", Shape::Many(&SIGNAL), "a phrase or code recognised in pasted text"),
        may("warning", Shape::Many(&WARNING), "shown above all else"),
        may("reminder", Shape::Many(&REMINDER), "an item of \"before you pay again\""),
        may("claim", Shape::Many(&CLAIM), "advice found elsewhere, and whether it is so"),
        may("letter", Shape::Many(&LETTER), "a text ready for the bank or for support"),
        may("source", Shape::Many(&SOURCE), "where a statement comes from"),
        may("scenario", Shape::Many(&SCENARIO), "a test: answers, and what must come out"),
    ],
};

/// The keys of which one file of a guide must have all.
pub const HEADER: &[&str] = &["format", "id", "version", "languages", "title"];

//! What a person answered, the route that follows from it, and what is known on that route.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::condition::{Pick, holds};
use super::money::{Cents, Month};
use super::text::Value;
use super::{Amount, Band, Bound, Choice, FigureIx, FixIx, Guide, Kind, Next, Points, ScreenIx, SignalIx, Term, words};
use crate::words::Lang;

/// The state of one item of a checklist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It is as it should be.
    Fine,
    /// It is not.
    Problem,
    /// Nobody looked, or it cannot be told.
    #[default]
    NotSure,
}

impl Mark {
    /// The word for it in content and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Problem => "problem",
            Self::NotSure => "not-sure",
        }
    }

    /// The mark of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Fine, Self::Problem, Self::NotSure].into_iter().find(|mark| mark.word() == word)
    }
}

words! {
    /// What became of a fix that was tried.
    Tried {
        /// It was done, and the payment was refused all the same.
        Failed = "failed",
        /// It was done, perhaps not rightly.
        Unsure = "unsure",
        /// It cannot be done.
        Cannot = "cannot",
        /// It was done, and the payment went through.
        Worked = "worked",
    }
}

impl Tried {
    /// Whether it was done, and the payment was refused all the same.
    #[must_use]
    pub const fn is_declined(self) -> bool {
        matches!(self, Self::Failed | Self::Unsure)
    }
}

/// What can become of a fix, in the order in which people are asked.
pub const BECOMES: [Tried; 4] = [Tried::Worked, Tried::Failed, Tried::Unsure, Tried::Cannot];

/// A fix that was tried. One that was perhaps not done right can be tried again, and then stands here twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Try {
    /// The fix.
    pub fix: FixIx,
    /// What became of it.
    pub how: Tried,
    /// When the person told.
    pub at: Option<OffsetDateTime>,
    /// Whether it was a payment attempt of its own; fixes that share one attempt count once.
    pub pays: bool,
}

impl Try {
    /// Whether it was done, and the payment was refused all the same.
    #[must_use]
    pub const fn is_declined(&self) -> bool {
        self.how.is_declined()
    }
}

/// What was found in pasted text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Recognised signals, the decisive first.
    pub signals: Vec<SignalIx>,
    /// Whether there was any text.
    pub any_text: bool,
    /// Whether a secret was taken out of it.
    pub secret: bool,
}

/// What was given on one screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A note was read.
    Seen,
    /// A choice, by its index.
    Choice(usize),
    /// An entry of the screen's list, by its index.
    Entry(usize),
    /// "I'm not sure".
    NotSure,
    /// A mark for every item of a checklist.
    Items(Vec<Mark>),
    /// An amount.
    Amount(Cents),
    /// A month.
    Month(Month),
    /// What was found in pasted text.
    Paste(Pasted),
}

/// Who gave an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The person, in the wizard.
    Person,
    /// `--answer`, `--answers` or `--error`.
    Flag,
    /// A signal in the pasted text.
    Signal(SignalIx),
}

/// Everything that was given, on the route or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The person's own answers; they win.
    pub person: BTreeMap<ScreenIx, Answer>,
    /// Answers from the command line.
    pub flags: BTreeMap<ScreenIx, Answer>,
    /// What was tried, in order.
    pub tried: Vec<Try>,
    /// When the first answer was given.
    pub begun: Option<OffsetDateTime>,
    /// When an answer told of a refusal, or of one more.
    pub refused: Option<OffsetDateTime>,
    /// The time; none where nobody needs to know it.
    pub now: Option<OffsetDateTime>,
    /// Blanks of letters that were filled in. They may name people, so they are kept nowhere else.
    pub filled: Vec<(Value, String)>,
}

/// The fix that solved it: the last one that worked, unless something was declined after it.
#[must_use]
pub fn solved(tried: &[Try]) -> Option<FixIx> {
    let last = tried.iter().rfind(|tried| tried.how == Tried::Worked || tried.is_declined());
    last.filter(|tried| tried.how == Tried::Worked).map(|tried| tried.fix)
}

impl Given {
    fn own(&self, screen: ScreenIx) -> Option<(&Answer, By)> {
        self.person
            .get(&screen)
            .map(|answer| (answer, By::Person))
            .or_else(|| self.flags.get(&screen).map(|answer| (answer, By::Flag)))
    }
}

/// Why an answer does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffRoute {
    /// The `when` of its screen does not hold.
    When,
    /// An earlier answer leads past its screen.
    Jumped,
}

/// What is known on the route: the answers that count, and where they lead.
#[derive(Clone, Debug)]
pub struct Facts<'g> {
    /// The guide.
    pub guide: &'g Guide,
    /// The month of `--today`.
    pub today: Month,
    answers: BTreeMap<ScreenIx, (Answer, By)>,
    /// The screens that the answers lead through, in order; unanswered ones are passed over and stand here too.
    pub route: Vec<ScreenIx>,
    /// Given answers that do not count, and why.
    pub ignored: Vec<(ScreenIx, OffRoute)>,
    /// What was tried, in order.
    pub tried: Vec<Try>,
    /// When the first answer was given.
    pub begun: Option<OffsetDateTime>,
    /// When an answer told of a refusal, or of one more.
    pub refused: Option<OffsetDateTime>,
    /// The time, where it is known.
    pub now: Option<OffsetDateTime>,
    /// Whether times are told as dates, since nobody knows when they will be read.
    lasting: bool,
    /// Blanks of letters that were filled in.
    pub filled: Vec<(Value, String)>,
    /// The language in which blanks of letters are marked, if it is another than the letter's.
    pub blanks_in: Option<usize>,
}

impl<'g> Facts<'g> {
    /// Follows the answers through the guide.
    ///
    /// A screen whose `when` fails is passed over, an unanswered one too; jumps only go forward, so this ends.
    #[must_use]
    pub fn new(guide: &'g Guide, given: &Given, today: Month) -> Self {
        Self::supposing(guide, given, today, |_| None)
    }

    /// The same, with answers for questions that nobody answered: what would be known if they were given.
    #[must_use]
    pub fn supposing(
        guide: &'g Guide,
        given: &Given,
        today: Month,
        mut suppose: impl FnMut(ScreenIx) -> Option<Answer>,
    ) -> Self {
        let mut facts = Self {
            guide,
            today,
            answers: BTreeMap::new(),
            route: Vec::new(),
            ignored: Vec::new(),
            tried: given.tried.clone(),
            begun: given.begun,
            refused: given.refused,
            lasting: false,
            now: given.now,
            filled: given.filled.clone(),
            blanks_in: None,
        };
        let mut settled: BTreeMap<ScreenIx, (SignalIx, &Answer)> = BTreeMap::new();
        let mut jumped_to = 0;
        let mut at = 0;
        while at < guide.screens.len() {
            let screen = &guide.screens[at];
            let own = given.own(at);
            if at < jumped_to || !holds(screen.when.as_ref(), &facts) {
                if own.is_some() {
                    let why = if at < jumped_to { OffRoute::Jumped } else { OffRoute::When };
                    facts.ignored.push((at, why));
                }
                at += 1;
                continue;
            }
            facts.route.push(at);
            let answer = own
                .map(|(answer, by)| (answer.clone(), by))
                .or_else(|| settled.get(&at).map(|(signal, answer)| ((*answer).clone(), By::Signal(*signal))));
            let answer = answer.or_else(|| suppose(at).map(|answer| (answer, By::Person)));
            let mut next = screen.next;
            if let Some((answer, by)) = answer {
                if let Answer::Paste(pasted) = &answer {
                    settled = settle(guide, &pasted.signals);
                }
                facts.answers.insert(at, (answer, by));
                next = facts.jump(at).or(next);
            }
            at += 1;
            match next {
                Some(Next::Screen(to)) => jumped_to = to,
                Some(Next::FixList) => jumped_to = guide.screens.len(),
                None => {}
            }
        }
        facts
    }

    /// The same for a text that is kept and perhaps given to others: times are told as dates, and what was typed into a
    /// letter stays out.
    #[must_use]
    pub fn lasting(&self) -> Self {
        Self { lasting: true, filled: Vec::new(), ..self.clone() }
    }

    /// The time by which other times are told, such as "tomorrow".
    #[must_use]
    pub fn clock(&self) -> Option<OffsetDateTime> {
        self.now.filter(|_| !self.lasting)
    }

    /// The fix that solved it, if one did.
    #[must_use]
    pub fn solved(&self) -> Option<FixIx> {
        solved(&self.tried)
    }

    /// The answer that counts on a screen.
    #[must_use]
    pub fn answer(&self, screen: ScreenIx) -> Option<&Answer> {
        self.answers.get(&screen).map(|(answer, _)| answer)
    }

    /// Who gave the answer that counts on a screen.
    #[must_use]
    pub fn by(&self, screen: ScreenIx) -> Option<By> {
        self.answers.get(&screen).map(|(_, by)| *by)
    }

    /// All answers that count, in the order of asking.
    pub fn answers(&self) -> impl Iterator<Item = (ScreenIx, &Answer, By)> {
        self.answers.iter().map(|(screen, (answer, by))| (*screen, answer, *by))
    }

    /// The recognised signals.
    #[must_use]
    pub fn signals(&self) -> &[SignalIx] {
        self.answers
            .values()
            .find_map(|(answer, _)| match answer {
                Answer::Paste(pasted) => Some(pasted.signals.as_slice()),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// The first question on the route that nobody answered; notes and pasted text pass themselves.
    #[must_use]
    pub fn next_question(&self) -> Option<ScreenIx> {
        self.route
            .iter()
            .copied()
            .find(|&screen| self.guide.screens[screen].is_question() && !self.answers.contains_key(&screen))
    }

    /// Whether the answer of a screen is this one.
    #[must_use]
    pub fn matches(&self, screen: ScreenIx, pick: &Pick) -> bool {
        let Some(answer) = self.answer(screen) else { return false };
        match (pick, answer) {
            (Pick::Choice(wanted), Answer::Choice(given)) | (Pick::Entry(wanted), Answer::Entry(given)) => {
                wanted == given
            }
            (Pick::NotSure, Answer::NotSure) => true,
            (Pick::Tag(wanted), Answer::Entry(given)) => self.entry_tag(screen, *given) == Some(wanted),
            (Pick::Band(wanted), _) => self.band(screen) == Some(*wanted),
            (Pick::Signal(wanted), Answer::Paste(pasted)) => pasted.signals.contains(wanted),
            (Pick::Nothing, Answer::Paste(pasted)) => !pasted.any_text,
            (Pick::Unrecognised, Answer::Paste(pasted)) => pasted.any_text && pasted.signals.is_empty(),
            (Pick::SecretRemoved, Answer::Paste(pasted)) => pasted.secret,
            _ => false,
        }
    }

    /// How an item of a checklist was marked.
    #[must_use]
    pub fn mark(&self, screen: ScreenIx, item: usize) -> Option<Mark> {
        match self.answer(screen)? {
            Answer::Items(marks) => marks.get(item).copied(),
            _ => None,
        }
    }

    fn entry_tag(&self, screen: ScreenIx, entry: usize) -> Option<&'g String> {
        match &self.guide.screens[screen].kind {
            Kind::List(list, _) => self.guide.lists[*list].entries.get(entry).map(|entry| &entry.tag),
            _ => None,
        }
    }

    /// The band that an amount or a month falls into: the first it is below.
    #[must_use]
    pub fn band(&self, screen: ScreenIx) -> Option<usize> {
        match (&self.guide.screens[screen].kind, self.answer(screen)?) {
            (Kind::Amount { bands, .. }, Answer::Amount(amount)) => {
                first_band(bands, |bound| self.bound(*bound).is_some_and(|bound| *amount < bound))
            }
            (Kind::Month { bands }, Answer::Month(month)) => {
                let distance = month.since(self.today);
                first_band(bands, |bound| distance < *bound)
            }
            _ => None,
        }
    }

    fn bound(&self, bound: Bound) -> Option<Cents> {
        match bound {
            Bound::Fixed(amount) => Some(amount),
            Bound::Figure(figure) => self.figure(figure),
        }
    }

    /// What an amount screen counts for: its answer, else its default.
    #[must_use]
    pub fn amount(&self, screen: ScreenIx) -> Option<Cents> {
        self.amount_in(screen, &mut BTreeMap::new())
    }

    fn amount_in(&self, screen: ScreenIx, known: &mut BTreeMap<FigureIx, Option<Cents>>) -> Option<Cents> {
        match (self.answer(screen), &self.guide.screens[screen].kind) {
            (Some(Answer::Amount(amount)), _) | (_, Kind::Amount { default: Some(Bound::Fixed(amount)), .. }) => {
                Some(*amount)
            }
            (_, Kind::Amount { default: Some(Bound::Figure(figure)), .. }) => self.figure_in(*figure, known),
            _ => None,
        }
    }

    /// The value of a figure; unknown if it rests on an amount that is. Never below zero.
    #[must_use]
    pub fn figure(&self, figure: FigureIx) -> Option<Cents> {
        self.figure_in(figure, &mut BTreeMap::new())
    }

    /// Each figure is computed once, however often others rest on it.
    fn figure_in(&self, figure: FigureIx, known: &mut BTreeMap<FigureIx, Option<Cents>>) -> Option<Cents> {
        if let Some(amount) = known.get(&figure) {
            return *amount;
        }
        let amount = match &self.guide.figures[figure].amount {
            Amount::Fixed(amount) => Some(*amount),
            Amount::Sum(plus, minus) => {
                let mut sum = |terms: &[Term]| -> Option<i64> {
                    terms.iter().try_fold(0_i64, |sum, term| {
                        let amount = match *term {
                            Term::Figure(figure) => self.figure_in(figure, known)?,
                            Term::Screen(screen) => self.amount_in(screen, known)?,
                        };
                        Some(sum.saturating_add(amount.0))
                    })
                };
                sum(plus).and_then(|plus| Some(Cents(plus.saturating_sub(sum(minus)?).max(0))))
            }
        };
        known.insert(figure, amount);
        amount
    }

    /// What `{name}` shows in a language; nothing if it is not known.
    #[must_use]
    pub fn show(&self, value: Value, language: usize) -> Option<String> {
        let filled = || self.filled.iter().find(|(filled, _)| *filled == value).map(|(_, text)| text.clone());
        let lang = Lang::of(self.guide.language_code(language));
        match value {
            Value::Figure(figure) => self.figure(figure).map(|amount| lang.money(amount)),
            Value::Answer(screen) => match (self.answer(screen), &self.guide.screens[screen].kind) {
                (_, Kind::Amount { .. }) => self.amount(screen).map(|amount| lang.money(amount)),
                (Some(Answer::Entry(entry)), Kind::List(list, _)) => {
                    Some(self.guide.lists[*list].entries[*entry].name.line(language, self))
                }
                (Some(Answer::Choice(choice)), Kind::Choice(choices)) => {
                    let choice = &choices[*choice];
                    Some(choice.short.as_ref().unwrap_or(&choice.label).line(language, self))
                }
                (Some(Answer::Month(month)), _) => Some(month.to_string()),
                _ => None,
            },
            Value::Said(screen) => match (self.answer(screen), &self.guide.screens[screen].kind) {
                // An amount that merely stands in the field was not said.
                (None | Some(Answer::NotSure), _) => filled().or_else(|| {
                    let blanks_in = self.blanks_in.unwrap_or(language);
                    Some(lang.blank(&self.guide.screens[screen].short.line(blanks_in, self)))
                }),
                // Who reads a letter has room for the whole of it.
                (Some(Answer::Choice(choice)), Kind::Choice(choices)) => {
                    Some(choices[*choice].label.line(language, self))
                }
                _ => self.show(Value::Answer(screen), language),
            },
            Value::Blank(..) if filled().is_some() => filled(),
            Value::Blank(letter, blank) => {
                let ask = &self.guide.letters.get(letter)?.blanks.get(blank)?.ask;
                Some(lang.blank(&ask.line(self.blanks_in.unwrap_or(language), self)))
            }
            Value::Tried => {
                let mut titles: Vec<String> = Vec::new();
                for tried in self.tried.iter().filter(|tried| tried.is_declined()) {
                    let title = lang.quoted(&self.guide.fixes[tried.fix].title.line(language, self));
                    if !titles.contains(&title) {
                        titles.push(title);
                    }
                }
                (!titles.is_empty()).then(|| lang.numbered(&titles))
            }
        }
    }

    /// The choice, tag or band that an answer falls under: what it points to and where it leads.
    #[must_use]
    pub fn meaning(&self, screen: ScreenIx) -> Option<Meaning<'g>> {
        let asked = &self.guide.screens[screen];
        match (&asked.kind, self.answer(screen)?) {
            (Kind::Choice(choices), Answer::Choice(choice)) => choices.get(*choice).map(Meaning::of_choice),
            (_, Answer::NotSure) => asked.not_sure_choice.as_ref().map(Meaning::of_choice),
            (Kind::List(_, tags), Answer::Entry(entry)) => {
                let tag = self.entry_tag(screen, *entry)?;
                tags.iter().find(|known| known.tag == *tag).map(|tag| Meaning {
                    said: tag.said.as_ref(),
                    points_to: &tag.points_to,
                    next: tag.next,
                })
            }
            (Kind::Amount { bands, .. }, _) => self.band(screen).map(|band| Meaning::of_band(&bands[band])),
            (Kind::Month { bands }, _) => self.band(screen).map(|band| Meaning::of_band(&bands[band])),
            _ => None,
        }
    }

    fn jump(&self, screen: ScreenIx) -> Option<Next> {
        self.meaning(screen).and_then(|meaning| meaning.next)
    }

    /// How many payments the person says were tried.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.answers()
            .map(|(screen, answer, _)| match (&self.guide.screens[screen].kind, answer) {
                (Kind::Choice(choices), Answer::Choice(choice)) => choices.get(*choice).map_or(0, |c| c.attempts),
                _ => 0,
            })
            .max()
            .unwrap_or(0)
    }
}

/// What one answer means.
#[derive(Clone, Copy, Debug)]
pub struct Meaning<'g> {
    /// How a reason quotes it.
    pub said: Option<&'g super::text::Text>,
    /// What it says of causes.
    pub points_to: &'g Points,
    /// Where it leads.
    pub next: Option<Next>,
}

impl<'g> Meaning<'g> {
    fn of_choice(choice: &'g Choice) -> Self {
        Self { said: choice.said.as_ref(), points_to: &choice.points_to, next: choice.next }
    }

    fn of_band<B>(band: &'g Band<B>) -> Self {
        Self { said: band.said.as_ref(), points_to: &band.points_to, next: band.next }
    }
}

fn first_band<B>(bands: &[Band<B>], below: impl Fn(&B) -> bool) -> Option<usize> {
    bands.iter().position(|band| band.below.as_ref().is_none_or(&below))
}

/// What signals settle: for each screen the answer of the strongest; two of one rank that disagree settle nothing.
fn settle<'g>(guide: &'g Guide, signals: &[SignalIx]) -> BTreeMap<ScreenIx, (SignalIx, &'g Answer)> {
    let mut settled = BTreeMap::new();
    let mut ranks: BTreeMap<ScreenIx, u8> = BTreeMap::new();
    // The decisive come first, so whatever comes later at a weaker rank has nothing to say.
    for &ix in signals {
        let signal = &guide.signals[ix];
        for (screen, answer) in &signal.answers {
            match ranks.get(screen) {
                None => {
                    ranks.insert(*screen, signal.rank);
                    settled.insert(*screen, (ix, answer));
                }
                Some(rank)
                    if *rank == signal.rank && settled.get(screen).is_some_and(|(_, other)| *other != answer) =>
                {
                    settled.remove(screen);
                }
                Some(_) => {}
            }
        }
    }
    settled
}

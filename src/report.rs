//! The fix list in one language: what is likely, what to do, what to mind, and why, in the person's own answers.

use crate::after::{self, Solved, StopLine, TriedLine};
use crate::claims;
use crate::diagnosis::{Because, Diagnosis, Likelihood, RankedCause, RankedFix};
use crate::guide::answer::{Answer, By, Facts, Mark, OffRoute, Tried};
use crate::guide::condition::holds;
use crate::guide::text::{Rich, Text};
use crate::guide::{
    CauseIx, ClaimIx, FixIx, Guide, Kind, LetterIx, ReminderIx, Risk, ScreenIx, SourceIx, Wait, WarningIx, Who,
};
use crate::letter;
use crate::words::{Lang, Words};

/// So many warnings stand above the list at most.
const WARNINGS_ABOVE: usize = 3;

/// A language of the guide and of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tongue {
    /// Index in [`Guide::languages`].
    pub index: usize,
    /// The program's own.
    pub lang: Lang,
}

impl Tongue {
    /// The language of a guide by its index.
    #[must_use]
    pub fn new(guide: &Guide, index: usize) -> Self {
        Self { index, lang: Lang::of(guide.language_code(index)) }
    }

    /// The guide's next language; after the last comes the first.
    #[must_use]
    pub fn next(self, guide: &Guide) -> Self {
        Self::new(guide, (self.index + 1) % guide.languages.len().max(1))
    }

    /// What the next language is called, if the guide has more than one.
    #[must_use]
    pub fn next_name(self, guide: &Guide) -> Option<&str> {
        let next = self.next(guide).index;
        (next != self.index).then(|| Lang::name(guide.language_code(next)))
    }

    /// The program's words.
    #[must_use]
    pub const fn words(self) -> &'static Words {
        self.lang.words()
    }
}

/// Everything that the list shows.
#[derive(Clone, Debug)]
pub struct Report {
    /// The language that it is in.
    pub tongue: Tongue,
    /// "Most likely: …", or that nobody can tell yet.
    pub headline: String,
    /// Whether the headline names a cause.
    pub named: bool,
    /// Whether it is a cause that no other fix could help with.
    pub is_final: bool,
    /// That one should stop paying for now.
    pub stop: Option<StopLine>,
    /// How it ended, if something worked.
    pub solved: Option<Solved>,
    /// That more than one thing may be wrong.
    pub more_than_one: Option<&'static str>,
    /// Why, in the person's own answers.
    pub why: Option<String>,
    /// What the likeliest cause means.
    pub explain: Rich,
    /// At most three, above the list.
    pub warnings: Vec<Remark<WarningIx>>,
    /// The other warnings.
    pub more_warnings: Vec<Remark<WarningIx>>,
    /// The causes in play, the likeliest first.
    pub causes: Vec<CauseLine>,
    /// What to do, in order.
    pub fixes: Vec<FixCard>,
    /// Why the first of them is the first.
    pub why_first: Option<String>,
    /// What was tried, and what became of it.
    pub tried: Vec<TriedLine>,
    /// "Before you pay again".
    pub reminders: Vec<Remark<ReminderIx>>,
    /// The letters that are offered, and what each is.
    pub letters: Vec<(LetterIx, String)>,
}

/// A warning or a reminder.
#[derive(Clone, Debug)]
pub struct Remark<Ix> {
    /// Which.
    pub ix: Ix,
    /// What it says.
    pub text: Rich,
    /// Where it comes from.
    pub sources: Vec<SourceIx>,
    /// Advice found elsewhere that it answers.
    pub claims: Vec<ClaimIx>,
}

/// A cause of the list.
#[derive(Clone, Debug)]
pub struct CauseLine {
    /// Which.
    pub cause: CauseIx,
    /// Its title.
    pub title: String,
    /// Its title for a narrow column.
    pub short: String,
    /// How likely it is.
    pub likelihood: Likelihood,
    /// Its share of all weight, 0 to 1.
    pub share: f64,
    /// What raised it.
    pub because: Vec<Because>,
    /// The same in the person's own answers.
    pub said: Vec<String>,
}

/// A fix of the list.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is said of the fix")]
pub struct FixCard {
    /// Which.
    pub fix: FixIx,
    /// Its title.
    pub title: String,
    /// Who can do it.
    pub who: Who,
    /// The person's own effort.
    pub minutes: u32,
    /// What has to be waited for.
    pub wait: Wait,
    /// Whether it ends with a payment.
    pub retry: bool,
    /// What it could cost.
    pub risk: Risk,
    /// How well it works for the likeliest cause that it is for.
    pub helps: &'static str,
    /// Number of its tie group.
    pub tie: usize,
    /// Whether the fix above it is in the same tie group.
    pub as_good: bool,
    /// Number of the payment attempt that it ends in.
    pub attempt: Option<usize>,
    /// Whether the fix above it ends in the same attempt.
    pub same_attempt: bool,
    /// Stands above it, where it is the first of fixes that belong together.
    pub lead: Option<String>,
    /// Whether it is one of fixes that belong together.
    pub grouped: bool,
    /// What to do, step by step.
    pub steps: Vec<Rich>,
    /// The causes that it is for.
    pub because: Vec<CauseIx>,
    /// The same by their titles.
    pub causes: Vec<String>,
    /// What the person said that points to these causes.
    pub said: Vec<String>,
    /// The letters that help with it.
    pub letters: Vec<LetterIx>,
    /// Advice found elsewhere that this fix answers.
    pub claims: Vec<ClaimIx>,
    /// Where the advice comes from.
    pub sources: Vec<SourceIx>,
    /// When an author last went through it.
    pub reviewed: String,
    /// Whether it hands over to support.
    pub support: bool,
}

impl Report {
    /// The list for what is known.
    #[must_use]
    pub fn of(facts: &Facts<'_>, tongue: Tongue) -> Self {
        Self::new(facts, &Diagnosis::new(facts), tongue)
    }

    /// Writes the list of a diagnosis.
    #[must_use]
    pub fn new(facts: &Facts<'_>, diagnosis: &Diagnosis, tongue: Tongue) -> Self {
        let guide = facts.guide;
        let words = tongue.words();
        let said = |cause: &RankedCause| -> Vec<String> {
            let mut said: Vec<String> = Vec::new();
            for because in &cause.because {
                if let Some(clause) = quote(facts, *because, tongue)
                    && !said.contains(&clause)
                {
                    said.push(clause);
                }
            }
            said
        };
        let causes: Vec<CauseLine> = diagnosis
            .causes
            .iter()
            .map(|ranked| {
                let cause = &guide.causes[ranked.cause];
                let is_other = ranked.cause == guide.other;
                let line = |text: &Text| text.line(tongue.index, facts);
                let title = if is_other { words.other_title.to_owned() } else { line(&cause.title) };
                CauseLine {
                    cause: ranked.cause,
                    short: cause.short.as_ref().filter(|_| !is_other).map_or_else(|| title.clone(), line),
                    title,
                    likelihood: ranked.likelihood,
                    share: ranked.share,
                    because: ranked.because.clone(),
                    said: said(ranked),
                }
            })
            .collect();
        let (headline, why, explain) = headline(facts, diagnosis, &causes, tongue);
        let mut fixes = cards(facts, diagnosis, &causes, tongue);
        after::lead(&mut fixes, tongue);
        let solved = after::solved(facts, diagnosis, &causes, tongue);
        let mut due = warnings(facts, diagnosis);
        if solved.is_some() {
            // Nothing is left to be done or minded; what to mind at the next payment stays.
            fixes.clear();
            due.clear();
        }
        let stop = after::stop(facts, diagnosis.settled.is_none(), &mut due, tongue);
        let mut due = due.into_iter().map(|ix| warning(facts, ix, tongue)).filter(|remark| !remark.text.is_empty());
        let warnings = due.by_ref().take(WARNINGS_ABOVE).collect();
        let more_warnings = due.collect();
        let reminders = guide
            .reminders
            .iter()
            .enumerate()
            .filter(|(_, reminder)| holds(reminder.when.as_ref(), facts))
            .map(|(ix, reminder)| Remark {
                ix,
                text: reminder.text.rich(tongue.index, facts),
                sources: reminder.sources.clone(),
                claims: claims::told(facts, |touches| touches.reminders.contains(&ix)),
            })
            .filter(|remark| !remark.text.is_empty())
            .collect();
        // Who could not do it, or did it in vain, may write all the same.
        let tried = facts.tried.iter().filter(|_| solved.is_none()).map(|tried| tried.fix);
        let listed: Vec<FixIx> = fixes.iter().map(|card| card.fix).chain(tried).collect();
        let letters =
            letter::offered(facts, &listed).into_iter().map(|ix| (ix, letter::heading(facts, ix, tongue))).collect();
        let named = headline != words.cannot_tell;
        let declined = facts.tried.iter().filter(|tried| tried.how == Tried::Failed).count();
        Self {
            tongue,
            headline,
            named,
            more_than_one: (declined >= 2 && solved.is_none()).then_some(words.more_than_one),
            why_first: after::why_first(&fixes, &causes, tongue),
            is_final: diagnosis.settled.is_some(),
            stop,
            solved,
            why,
            explain,
            warnings,
            more_warnings,
            causes,
            fixes,
            tried: after::tried(facts, tongue),
            reminders,
            letters,
        }
    }

    /// What stands above the reminders.
    #[must_use]
    pub const fn before_paying(&self) -> &'static str {
        let words = self.tongue.words();
        if self.solved.is_some() { words.next_payment } else { words.before_you_pay }
    }

    /// What an empty list says.
    #[must_use]
    pub const fn nothing_left(&self) -> &'static str {
        let words = self.tongue.words();
        match (self.tried.is_empty(), self.is_final) {
            (true, _) => words.no_fixes,
            (false, true) => words.nothing_more,
            (false, false) => words.all_tried,
        }
    }

    /// The causes for a narrow column, with the length of their bars out of `most`.
    ///
    /// Bars are scaled to the first one: they compare, they do not promise.
    #[must_use]
    pub fn bars(&self, other: CauseIx, count: usize, most: usize) -> Vec<(usize, &str)> {
        let shown: Vec<&CauseLine> =
            self.causes.iter().filter(|line| line.cause != other && line.share >= 0.01).take(count).collect();
        let best = shown.first().map_or(1.0, |line| line.share);
        shown
            .into_iter()
            .map(|line| {
                let mut length = 1;
                #[expect(clippy::cast_precision_loss, reason = "bars are a few columns long")]
                while length < most && (length as f64 + 0.5) / (most as f64) <= line.share / best {
                    length += 1;
                }
                (length, line.short.as_str())
            })
            .collect()
    }
}

fn headline(
    facts: &Facts<'_>,
    diagnosis: &Diagnosis,
    causes: &[CauseLine],
    tongue: Tongue,
) -> (String, Option<String>, Rich) {
    let words = tongue.words();
    let guide = facts.guide;
    // Without a word from the person, what is common is no finding.
    let unsaid = causes.first().is_none_or(|top| top.because.is_empty() && top.likelihood > Likelihood::Likely);
    if diagnosis.undecided || unsaid {
        let answered = facts.answers().any(|(screen, ..)| guide.screens[screen].is_question());
        let why = match (facts.tried.is_empty(), answered) {
            (false, _) => words.cannot_tell_tried,
            (true, true) => words.cannot_tell_more,
            (true, false) => words.nothing_known,
        };
        return (words.cannot_tell.into(), Some(why.into()), Rich::default());
    }
    let line = |cause: CauseIx| causes.iter().find(|line| line.cause == cause);
    let leading: Vec<&CauseLine> =
        diagnosis.leading(guide.other).filter_map(|ranked| line(ranked.cause)).take(3).collect();
    let Some(first) = leading.first() else {
        return (words.cannot_tell.into(), Some(words.cannot_tell_more.into()), Rich::default());
    };
    let titles: Vec<String> = leading.iter().map(|line| line.title.clone()).collect();
    let label =
        if leading.len() > 1 || first.likelihood > Likelihood::Likely { words.may_be } else { words.most_likely };
    let mut said: Vec<String> = Vec::new();
    for clause in leading.iter().flat_map(|line| &line.said) {
        if !said.contains(clause) && said.len() < 3 {
            said.push(clause.clone());
        }
    }
    let mut why = (!said.is_empty()).then(|| tongue.lang.you_said(&said));
    if leading.len() > 1 {
        let tie = words.equally;
        why = Some(why.map_or_else(|| tie.to_owned(), |why| format!("{why}{}{tie}", tongue.lang.gap())));
    }
    let explain =
        if leading.len() == 1 { guide.causes[first.cause].explain.rich(tongue.index, facts) } else { Rich::default() };
    (tongue.lang.labelled(label, &tongue.lang.join(&titles)), why, explain)
}

/// The warnings that are due, the gravest first.
fn warnings(facts: &Facts<'_>, diagnosis: &Diagnosis) -> Vec<WarningIx> {
    let guide = facts.guide;
    let likely = |cause: &CauseIx| diagnosis.likelihood(*cause).is_some_and(|word| word <= Likelihood::Likely);
    let mut due: Vec<WarningIx> = (0..guide.warnings.len())
        .filter(|&ix| {
            let warning = &guide.warnings[ix];
            holds(warning.when.as_ref(), facts) && (warning.causes.is_empty() || warning.causes.iter().any(likely))
        })
        .collect();
    due.sort_by_key(|&ix| (guide.warnings[ix].rank, ix));
    due
}

fn warning(facts: &Facts<'_>, ix: WarningIx, tongue: Tongue) -> Remark<WarningIx> {
    let warning = &facts.guide.warnings[ix];
    Remark { ix, text: warning.text.rich(tongue.index, facts), sources: warning.sources.clone(), claims: Vec::new() }
}

fn cards(facts: &Facts<'_>, diagnosis: &Diagnosis, causes: &[CauseLine], tongue: Tongue) -> Vec<FixCard> {
    let guide = facts.guide;
    let mut above: Option<&RankedFix> = None;
    let mut cards = Vec::new();
    for ranked in &diagnosis.fixes {
        let fix = &guide.fixes[ranked.fix];
        let steps =
            fix.steps.iter().map(|step| step.rich(tongue.index, facts)).filter(|step| !step.is_empty()).collect();
        let mine: Vec<&CauseLine> =
            ranked.because.iter().filter_map(|cause| causes.iter().find(|line| line.cause == *cause)).collect();
        let mut said: Vec<String> = Vec::new();
        for clause in mine.iter().flat_map(|line| &line.said) {
            if !said.contains(clause) && said.len() < 3 {
                said.push(clause.clone());
            }
        }
        let works = ranked
            .because
            .first()
            .and_then(|cause| fix.works_for.iter().find(|(known, _)| known == cause))
            .filter(|_| diagnosis.settled.is_none())
            .map_or("", |(_, works)| tongue.words().works(*works));
        cards.push(FixCard {
            fix: ranked.fix,
            title: fix.title.line(tongue.index, facts),
            who: fix.who,
            minutes: fix.minutes,
            wait: fix.wait,
            retry: fix.retry,
            risk: fix.risk,
            helps: works,
            tie: ranked.tie,
            // A try and a letter are no alternatives to each other, whatever their ratios.
            as_good: !ranked.support
                && above.is_some_and(|above| above.tie == ranked.tie && guide.fixes[above.fix].retry == fix.retry),
            attempt: ranked.attempt,
            lead: None,
            grouped: false,
            same_attempt: ranked.attempt.is_some() && above.is_some_and(|above| above.attempt == ranked.attempt),
            steps,
            because: ranked.because.clone(),
            causes: mine.iter().filter(|line| line.cause != guide.other).map(|line| line.title.clone()).collect(),
            said,
            letters: letter::offered(facts, &[ranked.fix]),
            claims: claims::told(facts, |touches| {
                touches.fixes.contains(&ranked.fix)
                    || ranked.because.first().is_some_and(|cause| touches.causes.contains(cause))
            }),
            sources: fix.sources.clone(),
            reviewed: fix.reviewed.clone(),
            support: ranked.support,
        });
        above = Some(ranked);
    }
    cards
}

/// How a reason quotes an answer or a signal; nothing where the content gives no words for it.
fn quote(facts: &Facts<'_>, because: Because, tongue: Tongue) -> Option<String> {
    let line = |text: &Text| text.line(tongue.index, facts);
    let words = match because {
        Because::Answer(screen) => facts.meaning(screen)?.said.map(line),
        Because::Item(screen, item) => {
            let Kind::Checklist(items) = &facts.guide.screens[screen].kind else { return None };
            match facts.mark(screen, item)? {
                Mark::Problem => items[item].said.as_ref().map(line),
                Mark::Fine | Mark::NotSure => None,
            }
        }
        Because::Signal(signal) => {
            let means = line(&facts.guide.signals[signal].means);
            let means = means.trim_end_matches(['.', '。']);
            Some(tongue.lang.labelled(tongue.words().seen_in_message, means))
        }
    }?;
    (!words.is_empty()).then_some(words)
}

/// One answer in the list of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerLine {
    /// The screen that it answers.
    pub screen: ScreenIx,
    /// What the screen asks, in short.
    pub label: String,
    /// What was answered, in short.
    pub answer: String,
    /// Where it comes from, if not from the person.
    pub note: Option<&'static str>,
}

impl AnswerLine {
    /// The whole line: what was asked, what was answered, where it comes from.
    #[must_use]
    pub fn shown(&self, tongue: Tongue) -> String {
        let what = tongue.lang.labelled(&self.label, &self.answer);
        self.note.map_or_else(|| what.clone(), |note| tongue.lang.aside(&what, note))
    }
}

/// The answers that count, in the order of asking; notes and empty pastes are left out.
#[must_use]
pub fn answers(facts: &Facts<'_>, tongue: Tongue) -> Vec<AnswerLine> {
    let words = tongue.words();
    facts
        .answers()
        .filter_map(|(screen, answer, by)| {
            let shown = show_answer(facts, screen, answer, tongue)?;
            Some(AnswerLine {
                screen,
                label: facts.guide.screens[screen].short.line(tongue.index, facts),
                answer: shown,
                note: match by {
                    By::Person => None,
                    By::Flag => Some(words.from_command_line),
                    By::Signal(_) => Some(words.seen_in_message),
                },
            })
        })
        .collect()
}

/// An answer in a few words.
#[must_use]
pub fn show_answer(facts: &Facts<'_>, screen: ScreenIx, answer: &Answer, tongue: Tongue) -> Option<String> {
    let words = tongue.words();
    let asked = &facts.guide.screens[screen];
    let line = |text: &Text| text.line(tongue.index, facts);
    match (&asked.kind, answer) {
        (_, Answer::NotSure) => {
            Some(asked.not_sure_choice.as_ref().map_or_else(
                || words.not_sure.to_owned(),
                |choice| line(choice.short.as_ref().unwrap_or(&choice.label)),
            ))
        }
        (Kind::Choice(choices), Answer::Choice(choice)) => {
            let choice = choices.get(*choice)?;
            Some(line(choice.short.as_ref().unwrap_or(&choice.label)))
        }
        (Kind::List(list, _), Answer::Entry(entry)) => Some(line(&facts.guide.lists[*list].entries.get(*entry)?.name)),
        (_, Answer::Items(marks)) => {
            let count = |mark| marks.iter().filter(|&&known| known == mark).count();
            let parts: Vec<String> = [
                (count(Mark::Problem), words.problem),
                (count(Mark::Fine), words.fine),
                (count(Mark::NotSure), words.unmarked),
            ]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
            Some(tongue.lang.list(&parts))
        }
        (_, Answer::Amount(amount)) => Some(tongue.lang.money(*amount)),
        (_, Answer::Month(month)) => Some(month.to_string()),
        (_, Answer::Paste(pasted)) if pasted.any_text => Some(
            pasted
                .signals
                .first()
                .map_or_else(|| words.unrecognised.to_owned(), |&signal| line(&facts.guide.signals[signal].means)),
        ),
        _ => None,
    }
}

/// Why an answer does not count, for people who read the command line.
#[must_use]
pub const fn why_ignored(why: OffRoute) -> &'static str {
    match why {
        OffRoute::When => "this screen is not asked with these answers",
        OffRoute::Jumped => "an earlier answer leads past this screen",
    }
}

//! Screens: from raw entries to states of the wizard.

use super::keys::{BAND, CHOICE, ITEM, SCREEN, TAG};
use super::read::Raw;
use super::resolve::Cx;
use super::resolve_conditions::Within;
use super::{Band, Choice, Item, Kind, Next, Screen, ScreenIx, Tag};
use crate::diagnostic::near_miss;

/// The keys of a screen that stand only on some kinds.
const ONLY_ON: &[(&str, &[&str])] = &[
    ("choice", &["choice"]),
    ("tag", &["choice"]),
    ("from", &["choice"]),
    ("item", &["checklist"]),
    ("band", &["amount", "month"]),
    ("default", &["amount"]),
    ("unit", &["amount"]),
    ("not_sure", &["choice", "checklist", "amount", "month"]),
    ("next", &["note", "paste", "checklist"]),
];

/// Checks all screens, in the order in which they are asked.
pub fn screens(cx: &mut Cx<'_>, raws: &[&Raw]) -> Vec<Screen> {
    if let Some(first) = raws.first() {
        for other in raws.iter().filter(|raw| raw.file != first.file) {
            cx.tell(
                "screens-apart",
                other.file,
                &other.span,
                format!("the screen `{}` stands in another file than the first", other.id),
                Some("all screens stand in one file, in the order in which they are asked".into()),
            );
        }
    }
    raws.iter()
        .enumerate()
        .map(|(ix, raw)| {
            cx.within = Within::Screen(ix);
            let screen = screen(cx, raw, ix);
            cx.within = Within::Nothing;
            screen
        })
        .collect()
}

fn screen(cx: &mut Cx<'_>, raw: &Raw, ix: ScreenIx) -> Screen {
    let word = raw.str("kind").unwrap_or_default();
    keys_fit(cx, raw, word);
    let kind = match word {
        "choice" if raw.get("from").is_some() => list_kind(cx, raw, ix),
        "choice" => {
            if let Some(tag) = raw.all(&TAG).next() {
                let message = format!("`{}` takes its choices from no list, so there are no tags", raw.id);
                let help = "name the list: `from = \"…\"`; what a choice means stands in its [[screen.choice]]".into();
                cx.tell("key-not-here", tag.file, &tag.span, message, Some(help));
            }
            if raw.all(&CHOICE).next().is_none() && !raw.partial {
                cx.tell("missing-key", raw.file, &raw.span, format!("`{}` has no choices", raw.id), None);
            }
            let choices: Vec<&Raw> = raw.all(&CHOICE).filter(|choice| choice.id != "not-sure").collect();
            Kind::Choice(choices.into_iter().map(|choice| self::choice(cx, choice, ix)).collect())
        }
        "checklist" => {
            if raw.all(&ITEM).next().is_none() && !raw.partial {
                cx.tell("missing-key", raw.file, &raw.span, format!("`{}` has no items", raw.id), None);
            }
            Kind::Checklist(raw.all(&ITEM).map(|item| self::item(cx, item, ix)).collect())
        }
        "amount" => {
            bands_rise(cx, raw);
            Kind::Amount {
                default: cx.bound(raw, "default"),
                unit: cx.text_of(raw, "unit", Some(ix)),
                bands: raw
                    .all(&BAND)
                    .map(|raw| {
                        let below = cx.bound(raw, "below");
                        band(cx, raw, below, ix)
                    })
                    .collect(),
            }
        }
        "month" => {
            bands_rise(cx, raw);
            Kind::Month {
                bands: raw
                    .all(&BAND)
                    .map(|raw| {
                        let below = cx.months(raw, "below");
                        band(cx, raw, below, ix)
                    })
                    .collect(),
            }
        }
        "paste" => Kind::Paste,
        "probe" => {
            let span = raw.get("kind").map_or(&raw.span, |node| &node.span);
            cx.tell("bad-value", raw.file, span, "screens of the kind `probe` are not there yet".into(), None);
            Kind::Note
        }
        _ => Kind::Note,
    };
    let not_sure_choice = raw.all(&CHOICE).find(|choice| choice.id == "not-sure").map(|raw| {
        if let Some(points) = raw.get("points_to") {
            let message = "\"not sure\" says nothing of causes".into();
            cx.tell("key-not-here", raw.file, &points.span, message, Some("take `points_to` away".into()));
        }
        choice(cx, raw, ix)
    });
    Screen {
        id: raw.id.clone(),
        kind,
        ask: cx.text_of(raw, "ask", Some(ix)).unwrap_or_default(),
        short: cx.text_of(raw, "short", Some(ix)).unwrap_or_default(),
        help: cx.text_of(raw, "help", Some(ix)),
        when: cx.when(raw, Some(ix)),
        group: cx.group(raw),
        not_sure: raw.flag("not_sure").unwrap_or(true) || not_sure_choice.is_some(),
        not_sure_choice,
        next: next(cx, raw, ix),
    }
}

fn keys_fit(cx: &mut Cx<'_>, raw: &Raw, kind: &str) {
    if kind.is_empty() {
        return;
    }
    for (key, kinds) in ONLY_ON {
        if kinds.contains(&kind) {
            continue;
        }
        let span = raw.get(key).map(|node| node.span.clone()).or_else(|| {
            let name = format!("{}.{key}", SCREEN.name);
            raw.children.iter().find(|child| child.table.name == name).map(|child| child.span.clone())
        });
        if let Some(span) = span {
            let help = match *key {
                "next" => {
                    "choices and bands lead on; a `next` of the screen is for notes, pasted text and checklists".into()
                }
                _ => format!("it stands on {}", kinds.join(" and ")),
            };
            cx.tell(
                "key-not-here",
                raw.file,
                &span,
                format!("a screen of the kind `{kind}` has no `{key}`"),
                Some(help),
            );
        }
    }
}

fn list_kind(cx: &mut Cx<'_>, raw: &Raw, ix: ScreenIx) -> Kind {
    let span = raw.get("from").map_or(&raw.span, |node| &node.span);
    let list = cx.find(|cx| &cx.lists, raw.str("from").unwrap_or_default(), raw.file, span);
    if let Some(extra) = raw.all(&CHOICE).find(|choice| choice.id != "not-sure") {
        let message = format!("`{}` takes its choices from a list", raw.id);
        let help = "only a choice `not-sure` may stand beside a list; what entries mean is said by tag".into();
        cx.tell("key-not-here", extra.file, &extra.span, message, Some(help));
    }
    let mut tags: Vec<Tag> = Vec::new();
    for raw in raw.all(&TAG) {
        if let Some(list) = list
            && !cx.list_names[list].tags.contains(&raw.id)
        {
            let help = near_miss(&raw.id, cx.list_names[list].tags.iter().map(String::as_str));
            cx.tell("unknown-id", raw.file, &raw.span, format!("no entry of the list has the tag `{}`", raw.id), help);
        }
        if tags.iter().any(|tag| tag.tag == raw.id) {
            cx.tell("duplicate-id", raw.file, &raw.span, format!("there is another tag `{}`", raw.id), None);
        }
        tags.push(Tag {
            tag: raw.id.clone(),
            said: cx.text_of(raw, "said", Some(ix)),
            points_to: cx.points(raw, "points_to"),
            next: next(cx, raw, ix),
        });
    }
    Kind::List(list.unwrap_or_default(), tags)
}

fn choice(cx: &mut Cx<'_>, raw: &Raw, ix: ScreenIx) -> Choice {
    Choice {
        id: raw.id.clone(),
        label: cx.shown_text(raw, "label", false),
        short: raw.get("short").is_some().then(|| cx.shown_text(raw, "short", false)),
        said: cx.text_of(raw, "said", Some(ix)),
        points_to: cx.points(raw, "points_to"),
        next: next(cx, raw, ix),
        attempts: raw.int("attempts").and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
    }
}

fn item(cx: &mut Cx<'_>, raw: &Raw, ix: ScreenIx) -> Item {
    Item {
        id: raw.id.clone(),
        label: cx.text_of(raw, "label", Some(ix)).unwrap_or_default(),
        fine: cx.points(raw, "fine"),
        problem: cx.points(raw, "problem"),
        said: cx.text_of(raw, "said", Some(ix)),
    }
}

fn band<B>(cx: &mut Cx<'_>, raw: &Raw, below: Option<B>, ix: ScreenIx) -> Band<B> {
    Band {
        id: raw.id.clone(),
        below,
        said: cx.text_of(raw, "said", Some(ix)),
        points_to: cx.points(raw, "points_to"),
        next: next(cx, raw, ix),
    }
}

/// The last band takes all that is left, so only it has no `below`; numbers among them rise.
fn bands_rise(cx: &mut Cx<'_>, raw: &Raw) {
    let bands: Vec<&Raw> = raw.all(&BAND).collect();
    if bands.is_empty() && !raw.partial {
        cx.tell("missing-key", raw.file, &raw.span, format!("`{}` has no bands", raw.id), None);
    }
    let mut before: Option<f64> = None;
    for (at, band) in bands.iter().enumerate() {
        let last = at + 1 == bands.len();
        let below = band.get("below");
        if band.partial || last != below.is_none() {
            if !band.partial {
                let message =
                    if last { "the last band has a `below`" } else { "a band before the last has no `below`" };
                let help = Some("the last band takes what is left, so only it has none".into());
                cx.tell("bad-band", band.file, &band.span, message.into(), help);
            }
            continue;
        }
        let number = below.and_then(|node| match &node.value {
            super::syntax::Value::Int(text, _) | super::syntax::Value::Float(text) => {
                text.replace('_', "").parse().ok()
            }
            _ => None,
        });
        if let (Some(number), Some(before)) = (number, before)
            && number <= before
        {
            let message = format!("nothing can fall into `{}`: a band before it takes all", band.id);
            cx.tell("bad-band", band.file, &band.span, message, Some("let `below` rise from band to band".into()));
        }
        before = number.or(before);
    }
}

fn next(cx: &mut Cx<'_>, raw: &Raw, ix: ScreenIx) -> Option<Next> {
    let id = raw.str("next")?;
    if id == "fix-list" {
        return Some(Next::FixList);
    }
    let span = &raw.get("next")?.span;
    let target = cx.find(|cx| &cx.screen_ids, id, raw.file, span)?;
    if target <= ix {
        let message = format!("`{id}` does not come after `{}`", cx.screens[ix].id);
        let help = "jumps lead to later screens, or to `fix-list`, so that every route ends".into();
        cx.tell("backward-jump", raw.file, span, message, Some(help));
        return None;
    }
    Some(Next::Screen(target))
}

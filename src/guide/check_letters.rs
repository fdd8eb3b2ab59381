//! Letters: raw entries to texts whose blanks are known.

use super::keys::BLANK;
use super::read::Raw;
use super::resolve::Cx;
use super::{Blank, Letter, Who, check_advice};

/// Texts ready to be sent.
pub fn letters(cx: &mut Cx<'_>, raws: &[&Raw]) -> Vec<Letter> {
    raws.iter()
        .enumerate()
        .map(|(ix, raw)| {
            let blanks: Vec<Blank> = raw
                .all(&BLANK)
                .map(|blank| {
                    cx.blank_id(blank);
                    Blank { id: blank.id.clone(), ask: check_advice::title(cx, blank, "ask") }
                })
                .collect();
            let only = language(cx, raw, "only");
            if let (Some(_), Some(node)) = (raw.get("only"), raw.get("also")) {
                let message = format!("the letter `{}` has both `only` and `also`", raw.id);
                let help = "`only` is the one language of a letter; leave one of the two out".into();
                cx.tell("key-not-here", raw.file, &node.span, message, Some(help));
            }
            let body = cx.letter_body(raw, ix, blanks.iter().map(|blank| blank.id.clone()).collect(), only);
            Letter {
                id: raw.id.clone(),
                to: raw.str("to").and_then(Who::parse).unwrap_or(Who::OpenAi),
                title: check_advice::title(cx, raw, "title"),
                body,
                fixes: cx.ids(raw, "fixes", |cx| &cx.fixes),
                only,
                also: language(cx, raw, "also"),
                when: cx.when(raw, None),
                blanks,
            }
        })
        .collect()
}

fn language(cx: &mut Cx<'_>, raw: &Raw, key: &str) -> Option<usize> {
    let (code, node) = (raw.str(key)?, raw.get(key)?);
    let found = cx.languages.iter().position(|known| known == code);
    if found.is_none() {
        let message = format!("`{}` is no language of this guide", code.escape_debug());
        let known = cx.languages.join(", ");
        cx.tell("unknown-language", raw.file, &node.span, message, Some(format!("its languages are {known}")));
    }
    found
}

//! The list as one page of HTML that needs nothing but itself: no script, no picture, no address that it loads from.
//! It is read on a telephone, kept, and printed.

use html_escape::{encode_double_quoted_attribute, encode_text};

use super::sheet::{Entry, Sheet, address, tame};
use crate::guide::answer::Facts;
use crate::guide::text::{Rich, RichLine};
use crate::letter::Version;
use crate::report::Report;

const STYLE: &str = include_str!("page.css");

/// The whole list as a page of its own.
#[must_use]
pub fn html(facts: &Facts<'_>, report: &Report) -> String {
    let sheet = Sheet::new(facts, report);
    let words = sheet.tongue.words();
    let mut boxes = Boxes(0);
    let mut body = vec![
        format!("<header>\n<p class=\"subject\">{}</p>\n<h1>{}</h1>\n", text(&sheet.subject), text(&sheet.headline)),
        all(sheet.why.iter().map(|why| format!("<p class=\"why\">{}</p>\n", text(why)))),
        sheet.explains.map(|head| format!("<h2>{}</h2>\n", text(head))).unwrap_or_default(),
        blocks(&sheet.explain.lines),
        "</header>\n".to_owned(),
        warnings(&sheet.warnings),
    ];
    let nothing = sheet.nothing_left.map(|nothing| format!("<p>{}</p>\n", text(nothing))).unwrap_or_default();
    let fixes = sheet.fixes.iter().enumerate().map(|(ix, entry)| fix(&sheet, &mut boxes, ix + 1, entry));
    let fixes = list("ol", "fixes", fixes);
    if !(nothing.is_empty() && fixes.is_empty()) {
        body.push(section(words.what_to_do, &(nothing + &fixes)));
    }
    if !sheet.tried.is_empty() {
        body.push(section(words.tried, &list("ul", "tried", sheet.tried.iter().map(|tried| text(tried)))));
    }
    if !sheet.also_mind.is_empty() {
        body.push(section(words.also_mind, &warnings(&sheet.also_mind)));
    }
    if !sheet.reminders.is_empty() {
        let reminders = sheet.reminders.iter().map(|entry| checked(&mut boxes, &entry.text, &below(&sheet, entry)));
        let reminders = list("ul", "reminders", reminders);
        body.push(section(sheet.before_paying, &reminders));
    }
    if !sheet.letters.is_empty() {
        let letters = all(sheet.letters.iter().map(|(heading, versions)| {
            let versions = all(versions.iter().map(|(code, version)| letter(code, version)));
            format!("<h3>{}</h3>\n{versions}", text(heading))
        }));
        body.push(section(words.letters, &format!("<p>{}</p>\n{letters}", text(words.letter_blanks))));
    }
    if !sheet.answers.is_empty() {
        let answer = |(asked, answer): &(String, String)| {
            format!("<div><dt>{}</dt><dd>{}</dd></div>\n", text(asked), text(answer))
        };
        let answers = all(sheet.answers.iter().map(answer));
        body.push(section(words.your_answers, &format!("<dl>\n{answers}</dl>\n")));
    }
    if !sheet.sources.is_empty() {
        let sources =
            all(sheet.sources.iter().enumerate().map(|(ix, (title, url))| {
                format!("<li id=\"source-{}\">{}</li>\n", ix + 1, link(&text(title), url, ""))
            }));
        body.push(section(words.sources, &format!("<ol class=\"sources\">\n{sources}</ol>\n")));
    }
    body.push(format!("<footer><p>{}</p></footer>\n", text(&sheet.guide)));
    format!(
        "<!doctype html>\n\
         <html lang=\"{lang}\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n\
         <style>\n{STYLE}</style>\n\
         </head>\n\
         <body>\n\
         <main>\n{}</main>\n\
         </body>\n\
         </html>\n",
        body.concat(),
        lang = quoted(sheet.code),
        title = text(&sheet.headline),
    )
}

/// Gives each box to tick a name of its own, by which its label finds it.
struct Boxes(usize);

impl Boxes {
    /// A box, and the words that belong to it.
    fn tick(&mut self, words: &str) -> (String, String) {
        self.0 += 1;
        let id = self.0;
        (format!("<input type=\"checkbox\" id=\"box-{id}\">"), format!("<label for=\"box-{id}\">{words}</label>"))
    }
}

fn section(heading: &str, body: &str) -> String {
    format!("<section>\n<h2>{}</h2>\n{body}</section>\n", text(heading))
}

/// A list; nothing, where it would be empty. The role stays where the style takes the bullets away.
fn list(tag: &str, class: &str, items: impl Iterator<Item = String>) -> String {
    let items = all(items.map(|item| format!("<li>{item}</li>\n")));
    if items.is_empty() {
        return items;
    }
    format!("<{tag} class=\"{class}\" role=\"list\">\n{items}</{tag}>\n")
}

fn all(parts: impl Iterator<Item = String>) -> String {
    parts.collect()
}

fn fix(sheet: &Sheet<'_>, boxes: &mut Boxes, number: usize, entry: &Entry) -> String {
    let (tick, label) = boxes.tick(&format!("{number}. {}", all(entry.text.lines.iter().map(inline))));
    let lead = entry.lead.as_ref().map(|lead| format!("<p class=\"lead\">{}</p>\n", text(lead))).unwrap_or_default();
    let effort = entry.effort.as_ref();
    let effort = effort.map(|effort| format!("<p class=\"effort\">{}</p>\n", text(effort))).unwrap_or_default();
    let notes = list("ul", "notes", entry.notes.iter().map(|note| text(note)));
    let steps = list("ol", "steps", entry.steps.iter().map(|step| checked(boxes, step, "")));
    format!("{lead}{tick}\n<div>\n<h3>{label}</h3>\n{effort}{notes}{steps}{}</div>", below(sheet, entry))
}

fn letter(code: &str, version: &Version) -> String {
    let paragraphs = all(version.paragraphs().iter().map(|paragraph| blocks(&paragraph.lines)));
    format!(
        "<article class=\"letter\" lang=\"{}\">\n<h4>{}</h4>\n{paragraphs}</article>\n",
        quoted(code),
        text(&version.title)
    )
}

/// A box, its words, and what stands under them.
fn checked(boxes: &mut Boxes, rich: &Rich, below: &str) -> String {
    let Some((first, rest)) = rich.lines.split_first() else { return String::new() };
    let (tick, label) = boxes.tick(&inline(first));
    format!("{tick}\n<div>\n<p>{label}</p>\n{}{below}</div>", blocks(rest))
}

/// What stands under something to do: advice found elsewhere, and where it comes from.
fn below(sheet: &Sheet<'_>, entry: &Entry) -> String {
    let words = sheet.tongue.words();
    let mut out = String::new();
    if !entry.read.is_empty() {
        let read = all(entry.read.iter().map(|line| format!("<li>{}</li>\n", text(line))));
        out = format!("<div class=\"read\">\n<p>{}</p>\n<ul>\n{read}</ul>\n</div>\n", text(words.may_have_read));
    }
    if !entry.sources.is_empty() {
        let references = sheet.tongue.lang.labelled(&text(words.sources), &references(entry));
        out.extend(["<p class=\"refs\">", &references, "</p>\n"]);
    }
    out
}

fn warnings(entries: &[Entry]) -> String {
    let warning = |entry: &Entry| {
        let mut lines: Vec<String> = entry.text.lines.iter().map(inline).collect();
        if let Some(last) = lines.last_mut().filter(|_| !entry.sources.is_empty()) {
            last.extend([" <sup>", &references(entry), "</sup>"]);
        }
        all(lines.iter().map(|line| format!("<p>{line}</p>")))
    };
    list("ul", "warnings", entries.iter().map(warning))
}

/// The numbers of the sources, each leading to its line at the end.
fn references(entry: &Entry) -> String {
    let linked = |number: &usize| format!("<a href=\"#source-{number}\">{number}</a>");
    entry.sources.iter().map(linked).collect::<Vec<_>>().join(", ")
}

/// Paragraphs and lists, items that follow each other in one.
fn blocks(lines: &[RichLine]) -> String {
    all(lines.chunk_by(|before, line| before.item && line.item).map(|lines| match lines {
        [line] if !line.item => format!("<p>{}</p>\n", inline(line)),
        items => {
            let items = all(items.iter().map(|item| format!("<li>{}</li>\n", inline(item))));
            format!("<ul>\n{items}</ul>\n")
        }
    }))
}

fn inline(line: &RichLine) -> String {
    all(line.spans.iter().map(|span| {
        let mut out = text(&span.text);
        if let Some(url) = address(span) {
            out = link(&out, url, if span.names_its_link() { " class=\"bare\"" } else { "" });
        }
        if span.soft {
            out = format!("<em>{out}</em>");
        }
        if span.strong {
            out = format!("<strong>{out}</strong>");
        }
        out
    }))
}

/// Written words with an address behind them.
fn link(words: &str, url: &str, class: &str) -> String {
    format!("<a href=\"{}\" rel=\"noopener noreferrer\"{class}>{words}</a>", quoted(url))
}

fn text(words: &str) -> String {
    encode_text(&tame(words)).into_owned()
}

/// Words inside the quotes of an attribute.
fn quoted(words: &str) -> String {
    encode_double_quoted_attribute(&tame(words)).into_owned()
}

//! The list as one page of HTML that needs nothing but itself: no script, no picture, no address that it loads from.
//! It is read on a telephone, kept, and printed.

use html_escape::{encode_double_quoted_attribute, encode_text};

use super::sheet::{Entry, Sheet, address, tame};
use crate::guide::answer::Facts;
use crate::guide::text::{Rich, RichLine};
use crate::report::Report;

const STYLE: &str = include_str!("page.css");

/// The whole list as a page of its own.
#[must_use]
pub fn html(facts: &Facts<'_>, report: &Report) -> String {
    let sheet = Sheet::new(facts, report);
    let words = sheet.tongue.words();
    let mut boxes = Boxes(0);
    let mut body =
        format!("<header>\n<p class=\"subject\">{}</p>\n<h1>{}</h1>\n", text(&sheet.subject), text(&sheet.headline));
    for why in &sheet.why {
        body += &format!("<p class=\"why\">{}</p>\n", text(why));
    }
    body += &blocks(&sheet.explain.lines);
    body += "</header>\n";
    body += &warnings(&sheet.warnings);

    let fixes: Vec<String> =
        sheet.fixes.iter().enumerate().map(|(ix, entry)| fix(&sheet, &mut boxes, ix + 1, entry)).collect();
    let nothing = sheet.nothing_left.map(|nothing| format!("<p>{}</p>\n", text(nothing))).unwrap_or_default();
    body += &section(words.what_to_do, &(nothing + &list("ol", "fixes", &fixes)));
    if !sheet.tried.is_empty() {
        let tried: Vec<String> = sheet.tried.iter().map(|tried| text(tried)).collect();
        body += &section(words.tried, &list("ul", "tried", &tried));
    }
    if !sheet.also_mind.is_empty() {
        body += &section(words.also_mind, &warnings(&sheet.also_mind));
    }
    if !sheet.reminders.is_empty() {
        let reminders: Vec<String> = sheet.reminders.iter().map(|entry| reminder(&sheet, &mut boxes, entry)).collect();
        body += &section(words.before_you_pay, &list("ul", "reminders", &reminders));
    }
    if !sheet.letters.is_empty() {
        let letters: String = sheet
            .letters
            .iter()
            .map(|(heading, versions)| {
                let versions: String = versions
                    .iter()
                    .map(|(code, version)| {
                        let paragraphs: String =
                            version.paragraphs().iter().map(|paragraph| blocks(&paragraph.lines)).collect();
                        format!(
                            "<article class=\"letter\" lang=\"{}\">\n<h4>{}</h4>\n{paragraphs}</article>\n",
                            quoted(code),
                            text(&version.title)
                        )
                    })
                    .collect();
                format!("<h3>{}</h3>\n{versions}", text(heading))
            })
            .collect();
        body += &section(words.letters, &format!("<p>{}</p>\n{letters}", text(words.letter_blanks)));
    }
    if !sheet.answers.is_empty() {
        let answers: String = sheet
            .answers
            .iter()
            .map(|(asked, answer)| format!("<div><dt>{}</dt><dd>{}</dd></div>\n", text(asked), text(answer)))
            .collect();
        body += &section(words.your_answers, &format!("<dl>\n{answers}</dl>\n"));
    }
    if !sheet.sources.is_empty() {
        let sources: String = sheet
            .sources
            .iter()
            .enumerate()
            .map(|(ix, (title, url))| format!("<li id=\"source-{}\">{}</li>\n", ix + 1, link(&text(title), url, "")))
            .collect();
        body += &section(words.sources, &format!("<ol class=\"sources\">\n{sources}</ol>\n"));
    }
    body += &format!("<footer><p>{}</p></footer>\n", text(&sheet.guide));
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
         <main>\n{body}</main>\n\
         </body>\n\
         </html>\n",
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
fn list(tag: &str, class: &str, items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: String = items.iter().map(|item| format!("<li>{item}</li>\n")).collect();
    format!("<{tag} class=\"{class}\" role=\"list\">\n{items}</{tag}>\n")
}

fn fix(sheet: &Sheet<'_>, boxes: &mut Boxes, number: usize, entry: &Entry) -> String {
    let title: String = entry.text.lines.iter().map(inline).collect();
    let (tick, label) = boxes.tick(&format!("{number}. {title}"));
    let lead = entry.lead.as_ref().map(|lead| format!("<p class=\"lead\">{}</p>\n", text(lead))).unwrap_or_default();
    let mut body = format!("<h3>{label}</h3>\n");
    if let Some(effort) = &entry.effort {
        body += &format!("<p class=\"effort\">{}</p>\n", text(effort));
    }
    let notes: Vec<String> = entry.notes.iter().map(|note| text(note)).collect();
    body += &list("ul", "notes", &notes);
    let steps: Vec<String> = entry.steps.iter().map(|step| checked(boxes, step, "")).collect();
    body += &list("ol", "steps", &steps);
    format!("{lead}{tick}\n<div>\n{body}{}</div>", below(sheet, entry))
}

fn reminder(sheet: &Sheet<'_>, boxes: &mut Boxes, entry: &Entry) -> String {
    checked(boxes, &entry.text, &below(sheet, entry))
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
        let read: String = entry.read.iter().map(|line| format!("<li>{}</li>\n", text(line))).collect();
        out += &format!("<div class=\"read\">\n<p>{}</p>\n<ul>\n{read}</ul>\n</div>\n", text(words.may_have_read));
    }
    if !entry.sources.is_empty() {
        let label = text(words.sources);
        out += &format!("<p class=\"refs\">{}</p>\n", sheet.tongue.lang.labelled(&label, &references(entry)));
    }
    out
}

fn warnings(entries: &[Entry]) -> String {
    let entries: Vec<String> = entries
        .iter()
        .map(|entry| {
            let mut lines: Vec<String> = entry.text.lines.iter().map(inline).collect();
            if let Some(last) = lines.last_mut().filter(|_| !entry.sources.is_empty()) {
                *last += &format!(" <sup>{}</sup>", references(entry));
            }
            lines.iter().map(|line| format!("<p>{line}</p>")).collect()
        })
        .collect();
    list("ul", "warnings", &entries)
}

/// The numbers of the sources, each leading to its line at the end.
fn references(entry: &Entry) -> String {
    let numbers: Vec<String> =
        entry.sources.iter().map(|number| format!("<a href=\"#source-{number}\">{number}</a>")).collect();
    numbers.join(", ")
}

/// Paragraphs and lists, items that follow each other in one.
fn blocks(lines: &[RichLine]) -> String {
    lines
        .chunk_by(|before, line| before.item && line.item)
        .map(|lines| match lines {
            [line] if !line.item => format!("<p>{}</p>\n", inline(line)),
            items => {
                let items: String = items.iter().map(|item| format!("<li>{}</li>\n", inline(item))).collect();
                format!("<ul>\n{items}</ul>\n")
            }
        })
        .collect()
}

fn inline(line: &RichLine) -> String {
    line.spans
        .iter()
        .map(|span| {
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
        })
        .collect()
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

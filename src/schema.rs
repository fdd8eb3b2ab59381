//! The JSON Schema of a guide's files, for editors: made from the key tables that the reader is driven by, so that what
//! an editor offers is what the reader takes. One schema fits every file, since any file may hold any tables.

use serde_json::{Map, Value, json};

use crate::diagnosis::{Points, Works};
use crate::guide::answer::Mark;
use crate::guide::keys::{CHOICE, FILE, HEADER, Key, RESERVED, Shape, Table};

/// The file that holds it beside guides.
pub const FILE_NAME: &str = "guide.schema.json";

/// The comment by which editors find the schema; it stands on the first line of a file, and an empty line behind it.
#[must_use]
pub fn directive(folder: &str) -> String {
    format!("#:schema {folder}/{FILE_NAME}\n")
}

/// The text of a shipped file as it stands in a folder that holds the schema as well.
#[must_use]
pub fn beside(shipped: &str) -> String {
    shipped.replacen(&directive(".."), &directive("."), 1)
}

/// JSON Schema 2020-12 of one file of a guide.
#[must_use]
pub fn schema() -> Value {
    let mut defs = shared();
    let mut root = table(&FILE, &mut defs);
    if let Value::Object(fields) = &mut root {
        fields.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
        fields.insert("title".into(), "A file of a guide for declined".into());
        let doc =
            "Every *.toml in the folder of a guide; any of them may hold any tables, but all screens stand in one.";
        fields.insert("description".into(), doc.into());
        // The keys of the header stand together in one file, and in no other.
        let others = |name: &str| HEADER.iter().filter(|other| **other != name).copied().collect::<Vec<_>>();
        let together: Map<_, _> = HEADER.iter().map(|name| ((*name).to_owned(), json!(others(name)))).collect();
        fields.insert("dependentRequired".into(), together.into());
        fields.insert("$defs".into(), defs.into());
    }
    root
}

/// What many keys take.
fn shared() -> Map<String, Value> {
    let marks = [Mark::Fine, Mark::Problem, Mark::NotSure].map(Mark::word);
    let some = |one: &Value| json!({ "anyOf": [one, { "type": "array", "items": one }] });
    let id = || reference("id");
    let by_cause =
        |words: &[&str]| json!({ "type": "object", "propertyNames": id(), "additionalProperties": { "enum": words } });
    let defs = json!({
        "id": { "type": "string", "pattern": "^[a-z0-9-]+$" },
        "own-id": {
            "description": "An id: a-z, 0-9 and -, and no word of the format.",
            "type": "string",
            "pattern": "^[a-z0-9-]+$",
            "not": { "enum": RESERVED },
        },
        "words": { "description": "Markdown: **strong**, *soft*, [words](https://…), - lists; {name} is a figure or an answer.", "type": "string" },
        "one-line": {
            "description": "One line; **strong**, *soft*, [words](https://…); {name} is a figure or an answer.",
            "type": "string",
            "pattern": "^\\s*[^\\n]*\\s*$",
        },
        "text": text("words"),
        "line": text("one-line"),
        "points": by_cause(Points::WORDS),
        "works": by_cause(Works::WORDS),
        "condition": {
            "description": "Holds if all of it does: screen = \"answer\" or [\"one\", \"or another\"], screen.item = \"problem\", any = [..], all = [..], not = {..}.",
            "type": "object",
            "properties": {
                "any": { "description": "at least one of these", "type": "array", "items": reference("condition") },
                "all": { "description": "all of these", "type": "array", "items": reference("condition") },
                "not": { "description": "this does not hold", "$ref": "#/$defs/condition" },
            },
            "propertyNames": id(),
            "additionalProperties": { "anyOf": [
                some(&id()),
                { "type": "object", "propertyNames": id(), "additionalProperties": some(&json!({ "enum": marks })) },
            ] },
        },
        "answers": {
            "type": "object",
            "propertyNames": id(),
            "additionalProperties": { "anyOf": [
                { "type": ["string", "number"] },
                { "type": "array", "items": id() },
                { "type": "object", "propertyNames": id(), "additionalProperties": { "enum": marks } },
            ] },
        },
    });
    if let Value::Object(defs) = defs { defs } else { Map::new() }
}

/// A text: for all languages, by language, or in parts, of which each may have a condition.
fn text(words: &str) -> Value {
    let part = json!({ "anyOf": [
        reference(words),
        {
            "description": "by language: en, zh",
            "type": "object",
            "properties": { "when": reference("condition") },
            "propertyNames": { "pattern": "^[A-Za-z0-9-]+$" },
            "additionalProperties": reference(words),
            "minProperties": 1,
        },
    ] });
    let parts = json!({ "description": "parts; all that hold are shown in order", "type": "array", "items": part });
    let Some([one, by_language]) = part["anyOf"].as_array().map(Vec::as_slice) else { return part };
    json!({ "anyOf": [one, by_language, parts] })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn table(table: &'static Table, defs: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for key in table.keys {
        properties.insert(key.name.into(), self::key(table, key, defs));
    }
    let required: Vec<&str> = table.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut out = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        out["required"] = json!(required);
    }
    out
}

/// The definition of a table, by its name.
fn defined(inner: &'static Table, defs: &mut Map<String, Value>) -> Value {
    if !defs.contains_key(inner.name) {
        let made = table(inner, defs);
        defs.insert(inner.name.into(), made);
    }
    reference(inner.name)
}

fn key(table: &'static Table, key: &Key, defs: &mut Map<String, Value>) -> Value {
    let mut out = match key.shape {
        // Only a choice may be called `not-sure`: it gives that answer other words.
        Shape::Id if key.name == "id" && table == &CHOICE => {
            json!({ "anyOf": [reference("own-id"), { "const": "not-sure" }] })
        }
        Shape::Id if key.name == "id" => reference("own-id"),
        Shape::Id => reference("id"),
        Shape::Str => json!({ "type": "string" }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Words(words) => json!({ "type": "array", "items": { "enum": words } }),
        Shape::Line => reference("line"),
        Shape::Text => reference("text"),
        Shape::Texts => json!({ "type": "array", "items": reference("text") }),
        Shape::Int(from, to) => json!({ "type": "integer", "minimum": from, "maximum": to }),
        Shape::Bool => json!({ "type": "boolean" }),
        // Editors hand on dates as strings of this format.
        Shape::Date => json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Shape::Usd => json!({ "type": "number", "minimum": 0, "maximum": crate::guide::money::MOST.0 / 100 }),
        Shape::Bound => json!({ "anyOf": [{ "type": "number" }, reference("id")] }),
        Shape::Ids => json!({ "type": "array", "items": reference("id") }),
        Shape::IdOrIds => json!({ "anyOf": [reference("id"), { "type": "array", "items": reference("id") }] }),
        Shape::Strs | Shape::Phrases => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::Points => reference("points"),
        Shape::Works => reference("works"),
        Shape::When => reference("condition"),
        Shape::Answers => reference("answers"),
        Shape::Url => json!({ "type": "string", "pattern": "^https://\\S+$" }),
        Shape::One(inner) => defined(inner, defs),
        Shape::Many(inner) => json!({ "type": "array", "items": defined(inner, defs) }),
    };
    out["description"] = key.doc.into();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every key of every table is in it, described, and no reference leads nowhere.
    #[test]
    fn it_has_every_table_and_key() {
        let schema = schema();
        let mut open = vec![(&FILE, &schema)];
        let mut seen = 0;
        while let Some((table, place)) = open.pop() {
            let names: Vec<&String> = place["properties"].as_object().unwrap().keys().collect();
            assert_eq!(names.len(), table.keys.len(), "{}", table.name);
            for key in table.keys {
                assert_eq!(place["properties"][key.name]["description"], key.doc, "{}.{}", table.name, key.name);
                if let Shape::One(inner) | Shape::Many(inner) = key.shape {
                    open.push((inner, &schema["$defs"][inner.name]));
                }
                seen += 1;
            }
        }
        assert!(seen > 100, "{seen}");
        let text = schema.to_string();
        for (_, rest) in text.match_indices("#/$defs/").map(|(at, found)| text.split_at(at + found.len())) {
            let name = rest.split('"').next().unwrap();
            assert!(schema["$defs"].get(name).is_some(), "{name}");
        }
    }
}

//! The overlay file: proposals as entries, what is unsure as comments.

use crate::propose::Proposed;
use quest_compiler::source::{Format, Node};
use quest_compiler::text::Files;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::sync::Arc;

/// An entry of the overlay.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) schema: String,
    pub(crate) address: String,
    body: Value,
    reasons: Vec<String>,
    /// It is a comment, for this reason if it is not the counts alone.
    pub(crate) comment: Option<String>,
}

/// The entries for proposals, with those of one address as one.
pub(crate) fn entries(proposals: &[Proposed]) -> Vec<Entry> {
    let mut entries: BTreeMap<(String, String, bool), Entry> = BTreeMap::new();
    for proposal in proposals {
        let key = (proposal.schema.clone(), proposal.address.clone(), !proposal.accepted);
        let entry = entries.entry(key).or_insert_with(|| Entry {
            schema: proposal.schema.clone(),
            address: proposal.address.clone(),
            body: Value::Object(serde_json::Map::new()),
            reasons: Vec::new(),
            comment: (!proposal.accepted).then(|| "unsure".to_owned()),
        });
        merge(&mut entry.body, &proposal.body);
        entry.reasons.push(proposal.reason.clone());
    }
    entries.into_values().collect()
}

/// Adds what one entry says to another.
fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                match into.get_mut(key) {
                    Some(known) => merge(known, value),
                    None => {
                        into.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (into, from) => *into = from.clone(),
    }
}

/// The names by which an overlay calls schema files: as little of the path as is needed.
pub(crate) fn short_names<'e>(schemas: impl Iterator<Item = &'e str>) -> BTreeMap<String, String> {
    let all: HashSet<&str> = schemas.collect();
    let short = |name: &&str| {
        let parts: Vec<&str> = name.split('/').collect();
        let suffixes = (1..=parts.len()).map(|count| parts[parts.len() - count..].join("/"));
        let is_alone = |suffix: &String| {
            all.iter().filter(|other| other.ends_with(&format!("/{suffix}")) || *other == suffix).count() == 1
        };
        let mut suffixes = suffixes;
        suffixes.find(is_alone).unwrap_or_else(|| (**name).to_owned())
    };
    all.iter().map(|name| ((*name).to_owned(), short(name))).collect()
}

/// A whole overlay file, and the entry that each line belongs to.
pub(crate) fn write(entries: &[Entry], names: &BTreeMap<String, String>) -> (String, Vec<Option<usize>>) {
    let mut text = String::from(
        "// What the schemas do not say: which values are ids, and what refers to them. docs/annotations.md explains it.\n{\n",
    );
    let mut lines = vec![None, None];
    let mut schema = None;
    for (at, entry) in entries.iter().enumerate() {
        if schema != Some(&entry.schema) {
            if schema.is_some() {
                text.push_str("  },\n");
                lines.push(None);
            }
            let _ = writeln!(
                text,
                "  {}: {{",
                Value::from(names.get(&entry.schema).unwrap_or(&entry.schema).as_str())
            );
            lines.push(None);
            schema = Some(&entry.schema);
        }
        let written = entry.lines();
        lines.extend(vec![Some(at); written.lines().count()]);
        text.push_str(&written);
    }
    if schema.is_some() {
        text.push_str("  }\n");
        lines.push(None);
    }
    text.push_str("}\n");
    (text, lines)
}

/// An overlay with entries added to what it says; what is there stays as it is.
pub(crate) fn add(text: &str, entries: &[Entry], names: &BTreeMap<String, String>) -> Option<String> {
    let mut files = Files::default();
    let shared = Arc::new(text.to_owned());
    let file = files.add("overlay".to_owned(), Arc::clone(&shared));
    let document = Format::Jsonc.read("overlay", file, shared, &mut Vec::new());
    let root = document.root().filter(|_| !document.broken)?;
    let mut inserts: Vec<(usize, String)> = Vec::new();
    let mut by_schema: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        let name = names.get(&entry.schema).unwrap_or(&entry.schema);
        by_schema.entry(name).or_default().push(entry);
    }
    let mut whole = String::new();
    for (name, entries) in by_schema {
        let section = root.get(name);
        let known = section.map_or("", Node::raw);
        let is_new = |entry: &&&Entry| !known.contains(&Value::from(entry.address.as_str()).to_string());
        let lines: String = entries
            .iter()
            .filter(|entry| entry.comment.is_none() || is_new(entry))
            .map(|entry| entry.lines())
            .collect();
        if lines.is_empty() {
            continue;
        }
        match section {
            Some(section) => inserts.extend(insertion(text, section, &lines)),
            None => whole.push_str(&format!("  {}: {{\n{lines}  }},\n", Value::from(name))),
        }
    }
    if !whole.is_empty() {
        inserts.extend(insertion(text, root, &whole));
    }
    inserts.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut text = text.to_owned();
    for (at, insert) in inserts {
        text.insert_str(at, &insert);
    }
    Some(text)
}

/// What to insert at the end of an object, and a comma after what was last before.
fn insertion(text: &str, object: Node<'_>, lines: &str) -> Vec<(usize, String)> {
    let end = (object.span().end as usize).saturating_sub(1);
    let mut found = Vec::new();
    if let Some((_, last)) = object.properties().last() {
        let after = last.span().end as usize;
        let rest = text.get(after..end).unwrap_or_default();
        let has_comma =
            rest.lines().any(|line| line.split("//").next().is_some_and(|code| code.contains(',')));
        if !has_comma {
            found.push((after, ",".to_owned()));
        }
    }
    let line = text.get(..end).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let is_own_line = text.get(line..end).is_some_and(|before| before.trim().is_empty());
    if is_own_line {
        found.push((line, lines.to_owned()))
    } else {
        found.push((end, format!("\n{lines}")))
    }
    found
}

impl Entry {
    fn lines(&self) -> String {
        let mut text = String::new();
        for reason in &self.reasons {
            let _ = writeln!(text, "    // {reason}.");
        }
        let line = format!("{}: {}", Value::from(self.address.as_str()), spaced(&self.body));
        let _ = match &self.comment {
            None => writeln!(text, "    {line},"),
            Some(why) if why == "unsure" => writeln!(text, "    // Perhaps: {line},"),
            Some(why) => writeln!(text, "    // Left out, {why}: {line},"),
        };
        text
    }
}

/// JSON in one line, as people write it.
fn spaced(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let members: Vec<String> = object
                .iter()
                .map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), spaced(value)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Array(values) => format!("[{}]", values.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(address: &str) -> Entry {
        Entry {
            schema: "schemas/quest.schema.json".to_owned(),
            address: address.to_owned(),
            body: json!({ "x-key": "quest" }),
            reasons: vec!["5 values, all different".to_owned()],
            comment: None,
        }
    }

    #[test]
    fn what_is_there_stays() {
        let names = short_names(["schemas/quest.schema.json"].into_iter());
        let old = "{\n  // mine\n  \"quest.schema.json\": {\n    \"npc\": { \"x-ref\": \"npc\" } // yes, this\n  }\n}\n";
        let new = add(old, &[entry("id")], &names).expect("the overlay can be read");
        assert_eq!(
            new,
            "{\n  // mine\n  \"quest.schema.json\": {\n    \"npc\": { \"x-ref\": \"npc\" }, // yes, this\n    // 5 values, all different.\n    \"id\": { \"x-key\": \"quest\" },\n  }\n}\n"
        );
        assert_eq!(
            add("{}", &[entry("id")], &names).as_deref(),
            Some(
                "{\n  \"quest.schema.json\": {\n    // 5 values, all different.\n    \"id\": { \"x-key\": \"quest\" },\n  },\n}"
            )
        );
    }

    #[test]
    fn names_are_as_short_as_they_can_be() {
        let names = short_names(["a/quest.json", "b/quest.json", "b/item.json"].into_iter());
        let short: Vec<&str> = names.values().map(String::as_str).collect();
        assert_eq!(short, ["a/quest.json", "item.json", "b/quest.json"]);
    }
}

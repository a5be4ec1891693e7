//! The keys of texts: the path of the nearest id, and the properties that lead from its object to the text.

use crate::check::{Cell, Resolved, Row};
use crate::schema::{Model, Shape};
use crate::text::Files;
use std::collections::HashSet;
use std::fmt::Write as _;

pub(super) struct Keys<'k, 'a> {
    model: &'k Model,
    resolved: &'k Resolved<'a>,
    files: &'k Files,
    /// The keys that are taken.
    taken: HashSet<String>,
    /// The prefix of the last row: most rows have several texts.
    last: Option<(Row, String, String)>,
}

impl<'k, 'a> Keys<'k, 'a> {
    pub(super) fn new(model: &'k Model, resolved: &'k Resolved<'a>, files: &'k Files) -> Self {
        Self { model, resolved, files, taken: HashSet::new(), last: None }
    }

    /// The key of a text. Where ids of two kinds are equal, the kind that the schema names later precedes its keys.
    pub(super) fn of(&mut self, row: Row, field: usize, element: Option<u32>) -> String {
        if self.last.as_ref().is_none_or(|(last, ..)| *last != row) {
            let (path, kind) = self.prefix(row);
            self.last = Some((row, path, kind));
        }
        let (path, kind) =
            self.last.as_ref().map_or(("", ""), |(_, path, kind)| (path.as_str(), kind.as_str()));
        let mut key = path.to_owned();
        let name = &self.model.record(row.record).fields[field].json;
        let _ = write!(key, ".{name}");
        if let Some(element) = element {
            let _ = write!(key, "[{element}]");
        }
        if self.taken.contains(&key) {
            key = format!("{kind}/{key}");
        }
        let mut copy = 2;
        let base = key.clone();
        while !self.taken.insert(key.clone()) {
            // Two objects with one id, which is an error of its own.
            key = format!("{base}#{copy}");
            copy += 1;
        }
        key
    }

    /// The path of the nearest id around a row with the properties that lead from there to the row, and the kind of the id.
    fn prefix(&self, row: Row) -> (String, String) {
        let mut steps = Vec::new();
        let mut at = row;
        loop {
            if let Some((kind, _)) = self.model.record(at.record).key()
                && let Some(id) = self.resolved.ids.own(self.model, &self.resolved.content, kind, at)
            {
                let path = self.resolved.ids.path(self.model, kind, id);
                return (joined(path, &steps), self.model.kind(kind).noun().to_owned());
            }
            let Some(owner) = self.resolved.content.owner(at) else { break };
            steps.push(self.step(owner, at));
            at = owner;
        }
        // A document without an id is known by its file.
        let file = self.files.name(self.resolved.content.document(at).file);
        let name = file.rsplit('/').next().unwrap_or(file);
        let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
        (joined(stem.to_owned(), &steps), "file".to_owned())
    }

    /// How an object contains another: `.rewards[2]`, `.hints`.
    fn step(&self, owner: Row, child: Row) -> String {
        let content = &self.resolved.content;
        for (at, field) in self.model.record(owner.record).fields.iter().enumerate() {
            let cell = content.table(owner.record).cell(owner.row, at);
            let position = match (cell, field.shape.element()) {
                (Cell::Rows { first, len }, Shape::Record(record) | Shape::Map(record))
                    if *record == child.record && (first..first + len).contains(&child.row) =>
                {
                    child.row - first
                }
                (Cell::Picks { first, len }, Shape::Union(union)) => {
                    let mut picks = first..first + len;
                    match picks.position(|pick| content.pick(self.model, *union, pick) == child) {
                        Some(position) => position as u32,
                        None => continue,
                    }
                }
                _ => continue,
            };
            let name = &field.json;
            return match &field.shape {
                Shape::Map(_) => {
                    format!(".{name}[{}]", self.map_name(child).unwrap_or_else(|| position.to_string()))
                }
                Shape::List(_) => format!(".{name}[{position}]"),
                _ => format!(".{name}"),
            };
        }
        String::new()
    }

    /// The name of an entry in its map.
    fn map_name(&self, row: Row) -> Option<String> {
        let field = self.model.map_name_field(row.record)?;
        Some(self.resolved.content.node(row, field)?.text()?.into_owned())
    }
}

/// A path with steps that were collected from the inside.
fn joined(mut path: String, steps: &[String]) -> String {
    path.extend(steps.iter().rev().map(String::as_str));
    path
}

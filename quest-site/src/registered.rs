//! What registries say of their ids. questc needs the ids alone; people who look something up want to know its name.

use super::objects::reads_like_words;
use quest_compiler::check::id_text;
use quest_compiler::driver::Inspection;
use quest_compiler::schema::KindId;
use quest_compiler::source::{Node, NodeKind};
use std::borrow::Cow;
use std::collections::HashMap;

/// The entries of registry files, by ids.
pub(super) struct Registered<'a> {
    entries: HashMap<(KindId, u32), Node<'a>>,
    /// For each kind, the property that says what people call its things.
    titles: HashMap<KindId, Cow<'a, str>>,
}

impl<'a> Registered<'a> {
    pub(super) fn new(checked: &Inspection<'_, 'a>) -> Self {
        let mut registered = Self { entries: HashMap::new(), titles: HashMap::new() };
        for (kind, document) in checked.registries {
            let Some(root) = document.root() else { continue };
            let (prefix, ids) = (&checked.model.kind(*kind).prefix, checked.resolved.ids.of(*kind));
            let found: Vec<(Cow<'a, str>, Node<'a>)> = match root.kind() {
                NodeKind::Object => {
                    root.properties().filter_map(|(name, entry)| Some((name.text()?, entry))).collect()
                }
                NodeKind::Array => {
                    let entries = root.elements().filter(|entry| entry.kind() == NodeKind::Object);
                    entries.filter_map(|entry| Some((id_text(entry.get("id")?)?, entry))).collect()
                }
                _ => continue,
            };
            registered.titles.extend(title_of(&found).map(|title| (*kind, title)));
            for (text, entry) in found {
                let text = text.strip_prefix(prefix.as_str()).unwrap_or(&text);
                if let Some(id) = ids.find(0, text) {
                    registered.entries.entry((*kind, id)).or_insert(entry);
                }
            }
        }
        registered
    }

    /// What people call it.
    pub(super) fn title(&self, kind: KindId, id: u32) -> Option<Cow<'a, str>> {
        let entry = *self.entries.get(&(kind, id))?;
        let text = match entry.kind() {
            NodeKind::Object => entry.get(self.titles.get(&kind)?)?.text()?,
            _ => entry.text().filter(|text| reads_like_words(text))?,
        };
        (!text.trim().is_empty()).then_some(text)
    }

    /// All else that an entry says, by its names.
    pub(super) fn facts(&self, kind: KindId, id: u32) -> Vec<(Cow<'a, str>, Node<'a>)> {
        let Some(entry) = self.entries.get(&(kind, id)).filter(|entry| entry.kind() == NodeKind::Object)
        else {
            return Vec::new();
        };
        let title = self.titles.get(&kind);
        let named = entry.properties().filter_map(|(name, value)| Some((name.text()?, value)));
        named.filter(|(name, _)| name != "id" && Some(name) != title).collect()
    }
}

/// The first property whose texts read like words in most entries.
fn title_of<'a>(entries: &[(Cow<'a, str>, Node<'a>)]) -> Option<Cow<'a, str>> {
    let mut known: Vec<(Cow<'a, str>, usize)> = Vec::new();
    for (_, entry) in entries.iter().filter(|(_, entry)| entry.kind() == NodeKind::Object) {
        for (name, value) in entry.properties() {
            let Some(name) = name.text().filter(|name| name != "id") else { continue };
            let reads = value.text().is_some_and(|text| reads_like_words(&text));
            match known.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += usize::from(reads),
                None => known.push((name, usize::from(reads))),
            }
        }
    }
    known.into_iter().find(|(_, count)| count * 2 > entries.len()).map(|(name, _)| name)
}

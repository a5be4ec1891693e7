//! What registry files say about their ids. The compiler needs only the ids; readers of the site also want to see the names.

use quest_compiler::check::id_text;
use quest_compiler::check::reads_like_title;
use quest_compiler::driver::Inspection;
use quest_compiler::schema::KindId;
use quest_compiler::source::{Node, NodeKind};
use std::borrow::Cow;
use std::collections::HashMap;

/// The entries of all registry files, by id.
pub(super) struct RegistryEntries<'a> {
    entries: HashMap<(KindId, u32), Node<'a>>,
    /// For each kind, the property that holds the title of an entry.
    title_properties: HashMap<KindId, Cow<'a, str>>,
}

impl<'a> RegistryEntries<'a> {
    pub(super) fn new(inspection: &Inspection<'_, 'a>) -> Self {
        let mut registries = Self { entries: HashMap::new(), title_properties: HashMap::new() };
        let roots = inspection
            .registries
            .iter()
            .flat_map(|(kind, file)| file.roots().into_iter().map(move |root| (kind, root)));
        for (kind, root) in roots {
            let (prefix, ids) = (&inspection.model.kind(*kind).prefix, inspection.resolved.ids.of(*kind));
            let entries: Vec<(Cow<'a, str>, Node<'a>)> = match root.kind() {
                NodeKind::Object => {
                    root.properties().filter_map(|(name, entry)| Some((name.text()?, entry))).collect()
                }
                NodeKind::Array => {
                    let objects = root.elements().filter(|entry| entry.kind() == NodeKind::Object);
                    objects.filter_map(|entry| Some((id_text(entry.get("id")?)?, entry))).collect()
                }
                _ => continue,
            };
            registries.title_properties.extend(title_property(&entries).map(|name| (*kind, name)));
            for (text, entry) in entries {
                let text = text.strip_prefix(prefix.as_str()).unwrap_or(&text);
                if let Some(id) = ids.find(0, text) {
                    registries.entries.entry((*kind, id)).or_insert(entry);
                }
            }
        }
        registries
    }

    /// The title of an id, if its entry has one.
    pub(super) fn title(&self, kind: KindId, id: u32) -> Option<Cow<'a, str>> {
        let entry = *self.entries.get(&(kind, id))?;
        let text = match entry.kind() {
            NodeKind::Object => entry.get(self.title_properties.get(&kind)?)?.text()?,
            _ => entry.text().filter(|text| reads_like_title(text))?,
        };
        (!text.trim().is_empty()).then_some(text)
    }

    /// The properties of an entry other than its id and title.
    pub(super) fn properties(&self, kind: KindId, id: u32) -> Vec<(Cow<'a, str>, Node<'a>)> {
        let Some(entry) = self.entries.get(&(kind, id)).filter(|entry| entry.kind() == NodeKind::Object)
        else {
            return Vec::new();
        };
        let title = self.title_properties.get(&kind);
        let named = entry.properties().filter_map(|(name, value)| Some((name.text()?, value)));
        named.filter(|(name, _)| name != "id" && Some(name) != title).collect()
    }
}

/// The first property whose values read like titles in most entries.
fn title_property<'a>(entries: &[(Cow<'a, str>, Node<'a>)]) -> Option<Cow<'a, str>> {
    let mut counts: Vec<(Cow<'a, str>, usize)> = Vec::new();
    for (_, entry) in entries.iter().filter(|(_, entry)| entry.kind() == NodeKind::Object) {
        for (name, value) in entry.properties() {
            let Some(name) = name.text().filter(|name| name != "id") else { continue };
            let fits = value.text().is_some_and(|text| reads_like_title(&text));
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += usize::from(fits),
                None => counts.push((name, usize::from(fits))),
            }
        }
    }
    counts.into_iter().find(|(_, count)| count * 2 > entries.len()).map(|(name, _)| name)
}

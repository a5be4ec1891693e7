//! Texts in place of ids: what players read, characters that look alike, and words for "nothing".

use super::search::SearchResult;
use super::{RefQuery, Reference, Resolver};
use crate::check::rows::Row;
use crate::diagnostics::{Diagnostic, Fix, list, look_alike};
use crate::project::RegistryFile;
use crate::schema::{IdAffix, KindId, RecordId};
use crate::source::{Node, NodeKind};
use std::collections::HashMap;

/// The registry files, with the kinds of their ids.
pub(super) type Registries<'h> = &'h [(KindId, &'h RegistryFile)];

/// What a name for players is called, in lower case and without `-` and `_`.
const NAMES: [&str; 7] = ["name", "title", "label", "displayname", "caption", "heading", "fullname"];

/// What people write for "nothing".
const NOTHING: [&str; 10] = ["", "-", "null", "none", "nil", "end", "undefined", "nothing", "n/a", "finish"];

impl<'a> Resolver<'_, 'a, '_, '_> {
    /// Reports a word for "nothing" where `null` is meant.
    pub(super) fn means_null(&self, node: Node<'a>, query: &RefQuery<'_>, text: &str) -> Option<Diagnostic> {
        if !query.nullable || !NOTHING.contains(&text.trim().to_ascii_lowercase().as_str()) {
            return None;
        }
        let kind = self.any_of(query.kinds);
        let shown = if text.is_empty() { "\"\"" } else { text };
        Some(
            self.not_found(query, format!("`{shown}` is not the id of {kind}"))
                .label(node.span(), "names nothing")
                .help(node.none_help()),
        )
    }

    /// Reports a text that is an id but for characters that only look right.
    pub(super) fn looks_alike(
        &self,
        reference: &Reference<'_, 'a>,
        scope: Option<(KindId, u32)>,
    ) -> Option<Diagnostic> {
        let Reference { row, node, query, text } = *reference;
        let plain = look_alike::plain(text);
        let trimmed = plain.trim();
        let meant = if trimmed == text { self.same_but_composed(query, text)? } else { trimmed.to_owned() };
        let found = match scope {
            Some((of, around)) => query.affixes.iter().any(|affix| {
                let id = super::search::written(affix, &meant).map(|id| self.bare(affix.kind, id));
                let found = id.map(|id| self.within(of, around, affix.kind, id));
                found.is_some_and(|found| !matches!(found, SearchResult::Nothing))
            }),
            None => self.leads(row, &meant, query),
        };
        found.then_some(())?;
        let noun = self.one_of(query.kinds);
        let diagnostic = self
            .not_found(query, format!("no {noun} `{text}`"))
            .label(node.span(), format!("no {noun} has this id"))
            .did_you_mean(node.span(), text, &[&meant]);
        let mut diagnostic = match look_alike::deceptive(text).or_else(|| look_alike::deceptive(&meant)) {
            Some(words) => diagnostic.note(words),
            None => diagnostic.note("it begins or ends with white space"),
        };
        diagnostic.fix = Some(Fix { span: node.span(), written: text.to_owned(), instead: meant });
        Some(diagnostic)
    }

    /// The id that is written with other characters than this text and looks the same.
    fn same_but_composed(&self, query: &RefQuery<'_>, text: &str) -> Option<String> {
        if text.is_ascii() {
            return None;
        }
        let mut ids = query.kinds.iter().flat_map(|kind| &self.resolved.ids.of(*kind).list);
        ids.find(|id| !id.text.is_ascii() && look_alike::plain(&id.text) == text)
            .map(|id| id.text.to_string())
    }

    /// Reports what players read in place of an id.
    pub(super) fn by_display_name(
        &self,
        reference: &Reference<'_, 'a>,
        scope: Option<(KindId, u32)>,
    ) -> Option<Diagnostic> {
        let Reference { row, node, query, text } = *reference;
        let sought = key(text);
        let mut paths = Vec::new();
        for affix in query.affixes {
            let mut ids = self.called_by_players(affix.kind, &sought);
            ids.retain(|id| self.suits(affix.kind, *id, &query.syntax.filter));
            if self.model.kind(affix.kind).parent.is_some() {
                let inside = |id: &u32| {
                    scope.is_none_or(|(of, around)| self.ids_within(of, around, affix.kind).contains(id))
                };
                ids.retain(inside);
            }
            paths.extend(ids.iter().map(|id| self.written_from(row, affix, *id, query)));
        }
        paths.retain(|path| !path.is_empty());
        if paths.is_empty() || paths.len() > super::unknown::MOST_PATHS {
            return None;
        }
        let noun = self.one_of(query.kinds);
        let mut diagnostic = self
            .not_found(query, format!("no {noun} has the id `{text}`"))
            .label(node.span(), format!("a name of {}, not its id", self.any_of(query.kinds)))
            .help(format!("write {}", list(&paths, "or")));
        if let [only] = paths.as_slice() {
            diagnostic.meant = Some(only.clone());
            diagnostic.fix = Some(Fix { span: node.span(), written: text.to_owned(), instead: only.clone() });
        }
        Some(diagnostic)
    }

    fn written_from(&self, row: Row, affix: &IdAffix, id: u32, query: &RefQuery<'_>) -> String {
        if self.resolved.ids.id(affix.kind, id).text.is_empty() {
            return String::new();
        }
        self.as_short(row, affix, id, query)
    }

    /// The ids of a kind whose objects are called so.
    fn called_by_players(&self, kind: KindId, sought: &str) -> Vec<u32> {
        if sought.is_empty() {
            return Vec::new();
        }
        let mut names = self.display_names.borrow_mut();
        let names = names.entry(kind).or_insert_with(|| self.names_for_players(kind));
        names.get(sought).cloned().unwrap_or_default()
    }

    /// What the object of an id in content is called.
    pub(super) fn name_for_players(&self, kind: KindId, id: u32) -> Option<std::borrow::Cow<'a, str>> {
        let object = self.resolved.content.object(self.row_of(kind, id)?);
        object.properties().find(|(key, _)| is_name(*key)).and_then(|(_, name)| name.text())
    }

    /// What objects of a kind are called, in content and in registries.
    fn names_for_players(&self, kind: KindId) -> HashMap<String, Vec<u32>> {
        let mut names: HashMap<String, Vec<u32>> = HashMap::new();
        let mut add = |object: Node<'_>, id: u32| {
            for name in
                object.properties().filter(|(key, _)| is_name(*key)).filter_map(|(_, value)| value.text())
            {
                let ids = names.entry(key(&name)).or_default();
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        };
        let (model, content, ids) = (self.model, &self.resolved.content, &self.resolved.ids);
        for record in model.kind(kind).records.iter().copied() {
            for row in rows(content.table(record).len(), record) {
                if let Some(id) = ids.own(model, content, kind, row) {
                    add(content.object(row), id);
                }
            }
        }
        let files = self.hints.registries.iter().filter(|(of, _)| *of == kind);
        for root in files.flat_map(|(_, file)| file.roots()) {
            for element in root.elements() {
                let id = element.get("id").and_then(crate::check::ids::id_text);
                let known = id.and_then(|id| ids.of(kind).find(0, self.bare(kind, &id)));
                known.into_iter().for_each(|id| add(element, id));
            }
            for (name, object) in root.properties() {
                let known = name.text().and_then(|id| ids.of(kind).find(0, self.bare(kind, &id)));
                known.into_iter().for_each(|id| add(object, id));
            }
        }
        names
    }
}

fn rows(count: u32, record: RecordId) -> impl Iterator<Item = Row> {
    (0..count).map(move |row| Row { record, row })
}

/// Whether a property holds what players read.
fn is_name(key: Node<'_>) -> bool {
    let text = key.text().unwrap_or_default();
    let mut plain = text.to_ascii_lowercase();
    plain.retain(|c| !matches!(c, '-' | '_'));
    key.kind() != NodeKind::Invalid && NAMES.contains(&plain.as_str())
}

/// A name as it is compared: in lower case, without the white space around it.
fn key(name: &str) -> String {
    look_alike::plain(name).trim().to_lowercase()
}

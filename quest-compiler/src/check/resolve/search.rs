//! Finds what a reference names: from the innermost scope around it outwards, then as a path.

use super::Resolver;
use crate::check::ids::id_text;
use crate::check::rows::Row;
use crate::schema::{IdAffix, KindId, Literal, RecordId, Shape};
use std::collections::HashMap;

/// At most this many separators of a path are tried, from the last one on.
pub(super) const MOST_SEPARATORS: usize = 12;

/// What a search found.
pub(super) enum SearchResult {
    One(u32),
    Several(Vec<u32>),
    Nothing,
}

/// The id between the prefix and suffix of a reference; `None` if it has others.
pub(super) fn written<'t>(affix: &IdAffix, text: &'t str) -> Option<&'t str> {
    text.strip_prefix(affix.prefix.as_str())?.strip_suffix(affix.suffix.as_str())
}

impl Resolver<'_, '_, '_, '_> {
    /// The object that a sibling names, as the scope of a reference; `Ok(None)` if the sibling is absent, `Err` if it names nothing.
    pub(super) fn named_scope(&self, row: Row, sibling: &str) -> Result<Option<(KindId, u32)>, ()> {
        let fields = &self.model.record(row.record).fields;
        let Some(at) = fields.iter().position(|field| field.json == sibling) else { return Ok(None) };
        let Some(node) = self.resolved.content.node(row, at) else {
            // That a required one is missing has been reported, and nobody knows where the id would be looked for.
            return if fields[at].required { Err(()) } else { Ok(None) };
        };
        let Shape::Link(spec) = fields[at].shape.element() else { return Ok(None) };
        if spec.syntax.none.iter().any(|none| none.is(node)) {
            return Ok(None);
        }
        let text = id_text(node).ok_or(())?;
        let suits = |kind, id: &u32| self.suits(kind, *id, &spec.syntax.filter);
        let found = spec.affixes.iter().find_map(|affix| {
            match self.search(row, affix.kind, written(affix, &text)?, &spec.syntax.separator) {
                SearchResult::One(id) => {
                    Some(id).filter(|id| suits(affix.kind, id)).map(|id| (affix.kind, id))
                }
                _ => None,
            }
        });
        found.map(Some).ok_or(())
    }

    /// The object that an id names, by that of its keys in whose scope ids of `kind` are unique.
    pub(super) fn scope_of(&self, kind: KindId, (of, id): (KindId, u32)) -> (KindId, u32) {
        let (model, content) = (self.model, &self.resolved.content);
        let mut scopes = model.scopes(kind).skip(1);
        if model.scopes(kind).any(|scope| scope == of) {
            return (of, id);
        }
        let own = self.row_of(of, id).and_then(|row| {
            let scope = scopes.find(|scope| model.kind(*scope).records.contains(&row.record))?;
            Some((scope, self.resolved.ids.own(model, content, scope, row)?))
        });
        own.unwrap_or((of, id))
    }

    /// An id without the prefix that ids of its kind may have.
    pub(super) fn bare<'t>(&self, kind: KindId, text: &'t str) -> &'t str {
        text.strip_prefix(self.model.kind(kind).prefix.as_str()).unwrap_or(text)
    }

    /// Searches outwards: the innermost scope around the reference first, then `quest:stage` as written.
    pub(super) fn search(&self, row: Row, kind: KindId, text: &str, separator: &str) -> SearchResult {
        let ids = &self.resolved.ids;
        let bare = self.bare(kind, text);
        let Some(parent) = self.model.kind(kind).parent else {
            return ids.of(kind).find(0, bare).map_or(SearchResult::Nothing, SearchResult::One);
        };
        let scopes: Vec<KindId> = self.model.scopes(parent).collect();
        for scope in &scopes {
            let Some(around) = ids.enclosing(self.model, &self.resolved.content, row, *scope) else {
                continue;
            };
            let found = self.within(*scope, around, kind, bare);
            if !matches!(found, SearchResult::Nothing) {
                return found;
            }
        }
        // An id can contain the separator too.
        for (at, _) in text.rmatch_indices(separator).take(MOST_SEPARATORS) {
            let (scope, last) = (&text[..at], self.bare(kind, &text[at + separator.len()..]));
            let found = match self.scope(row, parent, scope, separator) {
                SearchResult::One(id) => {
                    self.find(kind, id, last).map_or(SearchResult::Nothing, SearchResult::One)
                }
                SearchResult::Several(scopes) => {
                    let found = scopes.into_iter().filter_map(|id| self.find(kind, id, last));
                    self.unique(kind, found.collect::<Vec<_>>())
                }
                SearchResult::Nothing => SearchResult::Nothing,
            };
            if !matches!(found, SearchResult::Nothing) {
                return found;
            }
        }
        SearchResult::Nothing
    }

    /// Searches for the object that the first parts of a path name, by any of its keys.
    pub(super) fn scope(&self, row: Row, kind: KindId, text: &str, separator: &str) -> SearchResult {
        let found = self.search(row, kind, text, separator);
        if !matches!(found, SearchResult::Nothing) {
            return found;
        }
        let (model, resolved) = (self.model, &self.resolved);
        let records = &model.kind(kind).records;
        for (other, _) in records.iter().flat_map(|record| &model.record(*record).keys) {
            if *other == kind {
                continue;
            }
            let SearchResult::One(id) = self.search(row, *other, text, separator) else { continue };
            let object = self.row_of(*other, id).filter(|object| records.contains(&object.record));
            let own = object.and_then(|object| resolved.ids.own(model, &resolved.content, kind, object));
            if let Some(id) = own {
                return SearchResult::One(id);
            }
        }
        SearchResult::Nothing
    }

    /// Searches among all ids of `kind` below one id of `scope`.
    pub(super) fn within(&self, scope: KindId, around: u32, kind: KindId, text: &str) -> SearchResult {
        let Some(parent) = self.model.kind(kind).parent else { return SearchResult::Nothing };
        if parent == scope {
            return self.find(kind, around, text).map_or(SearchResult::Nothing, SearchResult::One);
        }
        let ids_within = self.ids_within(scope, around, parent).into_iter();
        self.unique(kind, ids_within.filter_map(|id| self.find(kind, id, text)).collect::<Vec<_>>())
    }

    /// All ids of `kind` below one id of `scope`.
    pub(super) fn ids_within(&self, scope: KindId, around: u32, kind: KindId) -> Vec<u32> {
        let ids = &self.resolved.ids;
        match self.model.kind(kind).parent {
            Some(parent) if parent == scope => ids.children(kind, around).to_vec(),
            Some(parent) => self
                .ids_within(scope, around, parent)
                .into_iter()
                .flat_map(|id| ids.children(kind, id).iter().copied())
                .collect::<Vec<_>>(),
            None => Vec::new(),
        }
    }

    fn unique(&self, kind: KindId, found: Vec<u32>) -> SearchResult {
        match found.as_slice() {
            [] => SearchResult::Nothing,
            [one] => SearchResult::One(*one),
            // Two objects with one id have been reported, and this ambiguity only follows from that.
            [first, others @ ..] if !self.resolved.ids.duplicates.is_empty() => {
                let path = |id: u32| self.resolved.ids.path(self.model, kind, id);
                let meant = path(*first);
                if others.iter().all(|id| path(*id) == meant) {
                    SearchResult::One(*first)
                } else {
                    SearchResult::Several(found)
                }
            }
            _ => SearchResult::Several(found),
        }
    }

    /// The id in the scope of `parent`, or of another object that has the same id as `parent`.
    fn find(&self, kind: KindId, parent: u32, text: &str) -> Option<u32> {
        let ids = &self.resolved.ids;
        let found = ids.of(kind).find(parent, text);
        if found.is_some() || ids.duplicates.is_empty() {
            return found;
        }
        let twins = self.twins(self.model.kind(kind).parent?, parent);
        twins.into_iter().find_map(|twin| ids.of(kind).find(twin, text))
    }

    /// The other objects with the id of an object, which have been reported.
    pub(super) fn twins(&self, kind: KindId, id: u32) -> Vec<u32> {
        let ids = &self.resolved.ids;
        let others = |id: u32| ids.duplicates.get(&(kind, id)).map_or(&[][..], Vec::as_slice);
        let mut twins: Vec<u32> = others(id).to_vec();
        // Each of the others maps to the first, and the first to all others.
        twins.extend(others(id).iter().flat_map(|first| others(*first)).copied());
        // A second object with the same id can contain the same ids again.
        if let Some(parent) = self.model.kind(kind).parent {
            let own = ids.id(kind, id);
            let around = self.twins(parent, own.parent).into_iter();
            twins.extend(around.filter_map(|parent| ids.of(kind).find(parent, &own.text)));
        }
        twins.retain(|twin| *twin != id);
        twins
    }

    /// All ids of a kind with a text, in any scope. Used only for unknown ids, because it indexes the whole kind.
    pub(super) fn called(&self, kind: KindId, text: &str) -> Vec<u32> {
        let mut rows = self.rows.borrow_mut();
        let rows = rows.entry(kind).or_insert_with(|| {
            let mut rows: HashMap<String, Vec<u32>> = HashMap::new();
            for (id, row) in self.resolved.ids.of(kind).list.iter().zip(0..) {
                if id.span.is_some() {
                    rows.entry(id.text.clone().into_owned()).or_default().push(row);
                }
            }
            rows
        });
        rows.get(text).cloned().unwrap_or_default()
    }

    /// The row of the object that has an id.
    pub(super) fn row_of(&self, kind: KindId, id: u32) -> Option<Row> {
        let (model, content, ids) = (self.model, &self.resolved.content, &self.resolved.ids);
        let rows = |record: RecordId| (0..content.table(record).len()).map(move |row| Row { record, row });
        if model.kind(kind).one_to_one() {
            return model.kind(kind).records.iter().find_map(|record| {
                let row = id.checked_sub(content.base(model, kind, *record))?;
                (row < content.table(*record).len()).then_some(Row { record: *record, row })
            });
        }
        let mut objects = self.objects.borrow_mut();
        let of_kind = objects.entry(kind).or_insert_with(|| {
            let mut found = HashMap::new();
            for row in model.kind(kind).records.iter().flat_map(|record| rows(*record)) {
                if let Some(id) = ids.own(model, content, kind, row) {
                    found.entry(id).or_insert(row);
                }
            }
            found
        });
        of_kind.get(&id).copied()
    }

    /// Whether the budget for suggestions allows comparing that many ids; takes them from it.
    pub(super) fn may_look(&self, ids: usize) -> bool {
        match self.looks.get().checked_sub(ids) {
            Some(rest) => {
                self.looks.set(rest);
                true
            }
            None => false,
        }
    }

    /// Whether the object of an id has the properties that a reference requires.
    pub(super) fn suits(&self, kind: KindId, id: u32, filter: &[(String, Literal)]) -> bool {
        let Some(row) = (!filter.is_empty()).then(|| self.row_of(kind, id)).flatten() else { return true };
        let fields = &self.model.record(row.record).fields;
        filter.iter().all(|(property, wanted)| {
            let field = fields.iter().position(|field| field.json == *property);
            field.is_none_or(|field| {
                self.resolved.content.node(row, field).is_some_and(|found| wanted.is(found))
            })
        })
    }
}

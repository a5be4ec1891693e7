//! Where content, registries and schemas write an id.

use crate::path::{IdRow, Ids};
use quest_compiler::check::{ResolvedRef, Row, id_text, references};
use quest_compiler::driver::{Checked, Typed, registry_files};
use quest_compiler::project::registry_ids;
use quest_compiler::schema::{Field, IdAffix, KindId, Origin, RecordId, Shape};
use quest_compiler::source::{Node, NodeKind};
use quest_compiler::text::{FileId, Span};
use std::ops::Range;

/// A value that names an id.
#[derive(Clone, Debug)]
pub(crate) struct Occurrence {
    /// Where the value is, with its quotes if it has any.
    pub(crate) span: Span,
    /// The value as it is read.
    pub(crate) value: String,
    /// The part of the value that is the id.
    pub(crate) part: Range<usize>,
    /// Whether the value is a number.
    pub(crate) number: bool,
}

impl Occurrence {
    pub(crate) fn of(node: Node<'_>, part: Range<usize>) -> Option<Self> {
        let value = id_text(node)?.into_owned();
        let number = matches!(node.kind(), NodeKind::Integer | NodeKind::Float);
        Some(Self { span: node.span(), value, part, number })
    }
}

/// Everything that names an id in files other than the manifest.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) values: Vec<Occurrence>,
    /// Files whose names are the id.
    pub(crate) files: Vec<FileId>,
}

/// A reference, and how it is written.
pub(crate) struct Written<'a> {
    pub(crate) node: Node<'a>,
    pub(crate) id: IdRow,
    affixes: &'a [IdAffix],
    separator: &'a str,
}

impl Written<'_> {
    /// The part of the value that names `wanted`.
    pub(crate) fn locate(&self, ids: Ids<'_, '_>, wanted: IdRow) -> Option<Range<usize>> {
        let value = id_text(self.node)?;
        let affixes = self.affixes.iter().filter(|affix| affix.kind == self.id.0);
        affixes.clone().find_map(|IdAffix { prefix, suffix, .. }| {
            let path = value.strip_prefix(prefix.as_str())?.strip_suffix(suffix.as_str())?;
            let part = ids.locate(path, self.id, wanted, self.separator)?;
            Some(part.start + prefix.len()..part.end + prefix.len())
        })
    }
}

/// Finds everything that names `wanted` in content, registries and schemas.
pub(crate) fn find(checked: &Checked<'_>, ids: Ids<'_, '_>, wanted: IdRow) -> Found {
    let mut found = Found::default();
    definitions(ids, wanted, &mut found);
    each_reference(ids, &mut |written| {
        if ids.is_within(written.id, wanted) || ids.model.kind(written.id.0).parent.is_some() {
            let part = written.locate(ids, wanted);
            found.values.extend(part.and_then(|part| Occurrence::of(written.node, part)));
        }
    });
    registered(checked.typed, ids, wanted, &mut found);
    in_schemas(ids, wanted, &mut found);
    found
}

/// The objects that have the id.
fn definitions(ids: Ids<'_, '_>, wanted: IdRow, found: &mut Found) {
    let (kind, id) = wanted;
    for row in ids.rows(kind).filter(|row| ids.own(kind, *row) == Some(id)) {
        let record = ids.model.record(row.record);
        let Some((_, field)) = record.keys.iter().find(|(of, _)| *of == kind) else { continue };
        if record.fields[*field].origin == Origin::FileName {
            found.files.push(ids.resolved.content.document(row).file);
            continue;
        }
        found.values.extend(definition(ids, row, wanted));
    }
}

/// The value of an object that is its id, unless that is the name of its file.
pub(crate) fn definition(ids: Ids<'_, '_>, row: Row, id: IdRow) -> Option<Occurrence> {
    let (_, field) = ids.model.record(row.record).keys.iter().find(|(of, _)| *of == id.0)?;
    defined(ids, ids.resolved.content.node(row, *field)?, id)
}

/// A value that defines an id, perhaps with the prefix of its kind.
fn defined(ids: Ids<'_, '_>, node: Node<'_>, wanted: IdRow) -> Option<Occurrence> {
    let value = id_text(node)?;
    let prefix = &ids.model.kind(wanted.0).prefix;
    let start = if value.starts_with(prefix.as_str()) { prefix.len() } else { 0 };
    (value.get(start..) == Some(ids.text(wanted))).then(|| Occurrence::of(node, start..value.len())).flatten()
}

/// Calls `found` for every reference that names an id.
pub(crate) fn each_reference<'c>(ids: Ids<'c, 'c>, found: &mut dyn FnMut(Written<'c>)) {
    for (at, record) in ids.model.records.iter().enumerate() {
        let record_id = RecordId(at as u32);
        for (at, field) in record.fields.iter().enumerate() {
            if !matches!(field.shape.element(), Shape::Link(_) | Shape::Target(_)) {
                continue;
            }
            for row in 0..ids.resolved.content.table(record_id).len() {
                in_field(ids, Row { record: record_id, row }, at, field, found);
            }
        }
    }
}

fn in_field<'c>(ids: Ids<'c, 'c>, row: Row, at: usize, field: &'c Field, found: &mut dyn FnMut(Written<'c>)) {
    let Some(node) = ids.resolved.content.node(row, at) else { return };
    let (kinds, affixes, separator): (&[KindId], &[IdAffix], &str) = match field.shape.element() {
        Shape::Link(spec) => (&spec.kinds, &spec.affixes, &spec.syntax.separator),
        Shape::Target(target) => {
            let target = ids.model.target(*target);
            let Some(variant) = ids.resolved.content.variant(row, target.by) else { return };
            let Some(affixes) = target.affixes.get(variant) else { return };
            (&target.all, affixes, &target.syntax.separator)
        }
        _ => return,
    };
    for (node, resolved) in references(node).zip(ids.resolved.refs(row, at)) {
        let ResolvedRef::Id(number, id) = resolved else { continue };
        let Some(kind) = kinds.get(usize::from(*number)) else { continue };
        found(Written { node, id: (*kind, *id), affixes, separator });
    }
}

/// The entries of registry files with the id.
fn registered(typed: &Typed<'_>, ids: Ids<'_, '_>, wanted: IdRow, found: &mut Found) {
    for (kind, file) in registry_files(typed) {
        if kind == wanted.0 {
            let nodes = registry_ids(file, &mut Vec::new(), &mut Vec::new());
            found.values.extend(nodes.into_iter().filter_map(|node| defined(ids, node, wanted)));
        }
    }
}

/// Ids in schemas: in defaults, and in `where`. Of an id within another one, only its path is certain.
fn in_schemas(ids: Ids<'_, '_>, wanted: IdRow, found: &mut Found) {
    for named in &ids.model.schema_id_refs {
        let separator = &named.spec.syntax.separator;
        let part = named.spec.affixes.iter().find_map(|IdAffix { kind, prefix, suffix }| {
            let path = named.id.strip_prefix(prefix.as_str())?.strip_suffix(suffix.as_str())?;
            let row = quest_compiler::check::find_path(
                ids.model,
                ids.tables(),
                *kind,
                &path.replace(separator, ":"),
            )?;
            let part = ids.locate(path, (*kind, row), wanted, separator)?;
            Some(part.start + prefix.len()..part.end + prefix.len())
        });
        let number = named.id.bytes().all(|byte| byte.is_ascii_digit());
        found.values.extend(part.map(|part| Occurrence {
            span: named.span,
            value: named.id.clone(),
            part,
            number,
        }));
    }
}

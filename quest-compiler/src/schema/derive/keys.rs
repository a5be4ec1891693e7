//! `x-key`: the fields that hold the ids of their objects.

use super::builder::{ModelBuilder, plain_field};
use super::references::id_list_spec;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::Key;
use crate::schema::graph::{MergedProperty, accepted};
use crate::schema::ids::{KindId, RecordId, SchemaId};
use crate::schema::model::{Origin, Shape};
use crate::schema::value::Types;

impl ModelBuilder<'_> {
    /// The shape of a property that holds the id of its object.
    pub(super) fn key(&mut self, record: RecordId, property: &MergedProperty, key: &Key) -> Shape {
        let types = accepted(self.schemas, property.usage.schema);
        // The names in a map are text, whatever their schema leaves open.
        if !matches!(types, Types::STRING | Types::INTEGER | Types::ANY) {
            self.reject_key(key, types, format!("`{}` cannot be a key", property.name));
            return Shape::Text;
        }
        let Some(kind) = self.define_key(record, key) else { return Shape::Text };
        self.model.kinds[kind.0 as usize].partial |= !property.required;
        Shape::Key(kind)
    }

    fn reject_key(&mut self, key: &Key, types: Types, title: impl Into<String>) {
        let label = format!("a key is a string or a whole number, and this is {}", types.words());
        self.reject(key.span, title, label);
    }

    /// Adds the name of the file as the key of the object in it.
    pub(super) fn file_key(&mut self, record: RecordId) {
        let schema = self.model.record(record).schema;
        let Some(key) = self.schemas.get(schema).annotations.key.clone() else { return };
        self.used.insert(key.span);
        if let Some(kind) = self.define_key(record, &key) {
            let description = "The name of the file, without folders and ending.";
            let shape = Shape::Key(kind);
            self.add_field(record, plain_field("file name", Origin::FileName, key.span, shape, description));
        }
    }

    /// Notes that the next field of a record holds ids; `None` if the record has ids of that kind already.
    fn define_key(&mut self, record: RecordId, key: &Key) -> Option<KindId> {
        let kind = self.kind(&key.kind, Some(key.span));
        let owner = self.model.record(record);
        if owner.keys.iter().any(|(known, _)| *known == kind) {
            let title = format!("`{}` has a second key of the kind `{}`", owner.name, key.kind);
            self.reject(key.span, title, "each key of an object has a kind of its own");
            return None;
        }
        let next = owner.fields.len();
        self.record_mut(record).keys.push((kind, next));
        self.define_kind(kind, key);
        let entry = &mut self.model.kinds[kind.0 as usize];
        if !entry.records.contains(&record) {
            entry.records.push(record);
        }
        Some(kind)
    }

    /// The shape of the elements of a list that are ids without objects.
    pub(super) fn listed_ids(&mut self, schema: SchemaId, key: &Key) -> Shape {
        let types = accepted(self.schemas, schema).difference(Types::NULL);
        if !matches!(types, Types::STRING | Types::INTEGER) {
            self.reject_key(key, types, "an element of this list cannot be a key");
        }
        let kind = self.kind(&key.kind, Some(key.span));
        self.define_kind(kind, key);
        self.model.kinds[kind.0 as usize].listed = true;
        Shape::Link(id_list_spec(kind))
    }

    /// Enters what a key says about its kind; reports a prefix that differs from that of other keys.
    fn define_kind(&mut self, kind: KindId, key: &Key) {
        let known = self.model.kind(kind);
        if known.by_content() && known.prefix != key.prefix {
            let title = format!(
                "ids of `{}` start with `{}` here and with `{}` elsewhere",
                known.path, key.prefix, known.prefix
            );
            let mut diagnostic = Diagnostic::new(&code::ANNOTATION, title)
                .label(key.span, "another prefix for the same kind")
                .help("give them kinds of their own; a reference can name several");
            if let Some(span) = known.span.filter(|span| *span != key.span) {
                diagnostic = diagnostic.label(span, "the first one");
            }
            self.diagnostics.push(diagnostic);
        }
        let entry = &mut self.model.kinds[kind.0 as usize];
        entry.prefix.clone_from(&key.prefix);
        entry.shared |= key.shared;
        self.define_plural(kind, key);
    }

    /// Enters the plural of a kind; reports one that differs from that of another key.
    fn define_plural(&mut self, kind: KindId, key: &Key) {
        let Some(plural) = &key.plural else { return };
        let entry = &mut self.model.kinds[kind.0 as usize];
        let known = entry.plural.get_or_insert_with(|| plural.text.clone());
        if *known != plural.text {
            let title = format!("several ids of `{}` are called `{known}` elsewhere", entry.path);
            self.reject(plural.span, title, "another plural of the same kind");
        }
    }
}

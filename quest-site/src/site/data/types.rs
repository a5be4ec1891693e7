//! The types of the model that have pages: records, enums and unions.

use crate::address::{file_name, page_path};
use crate::objects::{capitalized, spaced};
use maud::{Markup, html};
use quest_compiler::schema::{EnumId, Field, Model, RecordId, UnionId};
use std::collections::HashMap;

/// A type with a page.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    Record(RecordId),
    Enum(EnumId),
    Union(UnionId),
}

pub(crate) struct TypeIndex {
    types: Vec<Described>,
    positions: HashMap<Type, usize>,
    /// For each record and field, its name as pages of ids show it. Rendered ahead because they do so often.
    fields: Vec<Vec<FieldName>>,
}

struct Described {
    ty: Type,
    name: String,
    /// The address of its page, from the root folder.
    href: String,
}

struct FieldName {
    words: String,
    /// A link to the description of the field.
    link: String,
}

impl TypeIndex {
    pub(crate) fn new(model: &Model) -> Self {
        let records = (0..model.records.len() as u32).map(RecordId).map(Type::Record);
        let enums = (0..model.enums.len() as u32).map(EnumId).map(Type::Enum);
        let unions = (0..model.unions.len() as u32).map(UnionId).map(Type::Union);
        let mut index = Self { types: Vec::new(), positions: HashMap::new(), fields: Vec::new() };
        let mut counts: HashMap<String, usize> = HashMap::new();
        for ty in records.chain(enums).chain(unions) {
            let name = match ty {
                Type::Record(id) => &model.record(id).name,
                Type::Enum(id) => &model.enumeration(id).name,
                Type::Union(id) => &model.union(id).name,
            };
            let file = file_name(name);
            let count = counts.entry(file.clone()).or_insert(0);
            let href = page_path(&format!("types/{file}"), *count, "html");
            *count += 1;
            index.positions.insert(ty, index.types.len());
            index.types.push(Described { ty, name: name.clone(), href });
        }
        let records = model.records.iter().enumerate();
        let fields = records.map(|(at, record)| {
            let name = |field: &Field| FieldName {
                words: spaced(&field.json),
                link: index.field_link(RecordId(at as u32), field).into_string(),
            };
            record.fields.iter().map(name).collect()
        });
        index.fields = fields.collect();
        index
    }

    fn field_link(&self, record: RecordId, field: &Field) -> Markup {
        html! { a.field href={ "../../" (self.field_href(record, field)) } { (capitalized(&spaced(&field.json))) } }
    }

    fn field(&self, record: RecordId, field: usize) -> Option<&FieldName> {
        self.fields.get(record.0 as usize)?.get(field)
    }

    /// The name of a field as HTML: a link to its description, for pages in two folders.
    pub(crate) fn field_name(&self, record: RecordId, field: usize) -> &str {
        self.field(record, field).map_or("", |name| &name.link)
    }

    /// The name of a field as words.
    pub(crate) fn field_words(&self, record: RecordId, field: usize) -> &str {
        self.field(record, field).map_or("", |name| &name.words)
    }

    /// The number of types.
    pub(crate) fn len(&self) -> usize {
        self.types.len()
    }

    pub(crate) fn ty(&self, at: usize) -> Type {
        self.types[at].ty
    }

    pub(crate) fn name(&self, at: usize) -> &str {
        self.types.get(at).map_or("", |described| &described.name)
    }

    /// The address of the page of a type, from the root folder.
    pub(crate) fn href(&self, at: usize) -> &str {
        self.types.get(at).map_or("", |described| &described.href)
    }

    pub(crate) fn position(&self, ty: Type) -> usize {
        self.positions.get(&ty).copied().unwrap_or_default()
    }

    pub(crate) fn record_href(&self, record: RecordId) -> &str {
        self.href(self.position(Type::Record(record)))
    }

    pub(crate) fn record_name(&self, record: RecordId) -> &str {
        self.name(self.position(Type::Record(record)))
    }

    /// The address of the description of a field, from the root folder.
    pub(crate) fn field_href(&self, record: RecordId, field: &Field) -> String {
        format!("{}#{}", self.record_href(record), anchor(field))
    }
}

/// The anchor of a field on the page of its record.
pub(crate) fn anchor(field: &Field) -> String {
    format!("field:{}", file_name(&field.json))
}

/// The description of a type, and its section of the source document.
pub(crate) fn about(model: &Model, ty: Type) -> (Option<&str>, Option<&str>) {
    match ty {
        Type::Record(id) => {
            let record = model.record(id);
            (record.description.as_deref(), record.source.as_deref())
        }
        Type::Enum(id) => {
            let described = model.enumeration(id);
            (described.description.as_deref(), described.source.as_deref())
        }
        Type::Union(id) => {
            let union = model.union(id);
            (union.description.as_deref(), union.source.as_deref())
        }
    }
}

//! From the graph of schema objects to records, fields, kinds and references.

use super::annotate::{Mapping, Reference};
use super::graph::{Additional, Items, Literal, Property, SchemaId, SchemaNode, Schemas, Types};
use super::model::{
    Default, Enum, EnumId, Field, Kind, KindId, Model, Record, RecordId, Registry, Resolves, Shape, Target,
    TargetId, Variant,
};
use crate::diagnose::{Diagnostic, code, did_you_mean};
use crate::source::Span;
use std::collections::{BTreeMap, HashMap};

/// Derives the model from the root schemas of a project, each with the name of its file, and from what registries the manifest has.
pub(crate) fn model(
    schemas: &Schemas,
    roots: &[(SchemaId, String)],
    registries: &BTreeMap<String, Registry>,
    findings: &mut Vec<Diagnostic>,
) -> Model {
    let mut shaper =
        Shaper { schemas, model: Model::default(), findings, records: HashMap::new(), pending: Vec::new() };
    for (root, file) in roots {
        let node = schemas.get(*root);
        let name = node.notes.title.clone().unwrap_or_else(|| file.clone());
        let record = (shape_types(node) == Types::OBJECT).then(|| shaper.record(*root, &name));
        if let Some(record) = record {
            shaper.model.records[record.0 as usize].root = true;
        } else {
            shaper.findings.push(
                Diagnostic::new(&code::UNSUPPORTED, "documents that are not objects are not supported")
                    .label(node.span, "the outermost `type` should be `\"object\"`")
                    .help("wrap the list in an object: `{ \"quests\": [ ... ] }`"),
            );
        }
        shaper.model.roots.push(record);
    }
    for (path, registry) in registries {
        let kind = shaper.kind(path, None);
        shaper.model.kinds[kind.0 as usize].registry = Some(*registry);
    }
    shaper.fields();
    shaper.scopes();
    shaper.model
}

/// The types a value can have, apart from `null`.
fn shape_types(node: &SchemaNode) -> Types {
    let types = node.types.without(Types::NULL);
    if node.types != Types::ANY {
        return types;
    }
    // Without `type`, the other keywords tell what the author had in mind.
    match &node.values {
        Some(values) if values.iter().all(|value| matches!(value, Literal::Text(_) | Literal::Null)) => {
            Types::STRING
        }
        _ if !node.properties.is_empty() => Types::OBJECT,
        _ if matches!(node.items, Items::Each(_)) => Types::ARRAY,
        _ if node.pattern.is_some() => Types::STRING,
        _ => types,
    }
}

struct Shaper<'a> {
    schemas: &'a Schemas,
    model: Model,
    findings: &'a mut Vec<Diagnostic>,
    records: HashMap<SchemaId, RecordId>,
    /// Records whose fields are still to be read, so that a recursive schema ends.
    pending: Vec<RecordId>,
}

impl Shaper<'_> {
    fn record(&mut self, schema: SchemaId, name: &str) -> RecordId {
        if let Some(record) = self.records.get(&schema) {
            return *record;
        }
        let node = self.schemas.get(schema);
        let id = RecordId(self.model.records.len() as u32);
        let given =
            node.notes.name.as_ref().map(|(name, _)| name.clone()).or_else(|| node.definition.clone());
        self.model.records.push(Record {
            name: given.unwrap_or_else(|| name.to_owned()),
            description: node.notes.description.clone(),
            source: node.notes.source.clone(),
            schema,
            fields: Vec::new(),
            key: None,
            root: false,
        });
        self.records.insert(schema, id);
        self.pending.push(id);
        id
    }

    fn kind(&mut self, path: &str, span: Option<Span>) -> KindId {
        if let Some(kind) = self.model.kind_named(path) {
            let kind_span = &mut self.model.kinds[kind.0 as usize].span;
            *kind_span = kind_span.or(span);
            return kind;
        }
        self.model.kinds.push(Kind {
            path: path.to_owned(),
            parent: None,
            record: None,
            registry: None,
            span,
        });
        KindId(self.model.kinds.len() as u32 - 1)
    }

    /// Reads the fields of all records, those found on the way included.
    fn fields(&mut self) {
        let mut next = 0;
        // In order of discovery, so that generated code follows the schema.
        while next < self.pending.len() {
            let id = self.pending[next];
            next += 1;
            let schema = self.model.record(id).schema;
            let properties = self.schemas.get(schema).properties.clone();
            for property in &properties {
                let field = self.field(id, property);
                self.model.records[id.0 as usize].fields.push(field);
            }
            self.targets(id, &properties);
        }
    }

    fn field(&mut self, record: RecordId, property: &Property) -> Field {
        let node = self.schemas.get(property.schema);
        let owner = self.model.record(record).name.clone();
        let notes = &property.notes;
        let shape = match (&notes.key, &notes.reference) {
            (Some((path, span)), _) => self.key(record, property, path, *span),
            // A reference that depends on a sibling is read when all siblings are known.
            (None, Some(reference)) if reference.by.is_none() => self.link(node, reference),
            _ => self.shape(property.schema, &format!("{owner} {}", property.name)),
        };
        let literal = notes.default.clone().or_else(|| node.notes.default.clone());
        let default = match literal {
            None | Some(Literal::Null) => Default::None,
            Some(literal) => Default::Literal(literal),
        };
        Field {
            json: property.name.clone(),
            name: notes.name.as_ref().map(|(name, _)| name.clone()),
            description: notes.description.clone().or_else(|| node.notes.description.clone()),
            source: notes.source.clone(),
            span: property.span,
            shape,
            required: property.required,
            nullable: node.types.has(Types::NULL) && node.types != Types::ANY,
            default,
            constraints: constraints(node),
        }
    }

    fn key(&mut self, record: RecordId, property: &Property, path: &str, span: Span) -> Shape {
        let node = self.schemas.get(property.schema);
        if node.types != Types::STRING || !property.required {
            self.findings.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{}` can not be a key", property.name))
                    .label(span, "a key is a required property of type `string`"),
            );
            return Shape::Text;
        }
        let kind = self.kind(path, Some(span));
        let owner = self.model.record(record);
        if owner.key.is_some() {
            self.findings.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{}` has a second key", owner.name))
                    .label(span, "only one property can be the key"),
            );
            return Shape::Text;
        }
        let at = owner.fields.len();
        let entry = &mut self.model.kinds[kind.0 as usize];
        if let Some(other) = entry.record {
            let other = self.model.record(other).name.clone();
            self.findings.push(
                Diagnostic::new(&code::ANNOTATION, format!("two record types define the ids of `{path}`"))
                    .label(span, format!("`{other}` already does"))
                    .help("give one of them a kind of its own"),
            );
            return Shape::Text;
        }
        entry.record = Some(record);
        self.model.records[record.0 as usize].key = Some((kind, at));
        Shape::Key(kind)
    }

    fn link(&mut self, node: &SchemaNode, reference: &Reference) -> Shape {
        let (many, element) = one_or_many(self.schemas, node);
        let Some((_, mapping, _)) = reference.to.first() else { return Shape::Json };
        let Mapping::Kinds(paths) = mapping else {
            return if *mapping == Mapping::Text { Shape::Text } else { Shape::Json };
        };
        if !element.meets(Types::STRING) {
            self.findings.push(
                Diagnostic::new(&code::ANNOTATION, "only a string can be a reference")
                    .label(reference.span, format!("the schema wants {} here", element.words())),
            );
            return Shape::Json;
        }
        let kinds = paths.iter().map(|path| self.kind(path, Some(reference.span))).collect();
        let link =
            Shape::Link(Resolves { kinds, tolerated: reference.tolerated, lint: reference.lint.clone() });
        if many { Shape::List(Box::new(link)) } else { link }
    }

    /// Reads the references that depend on a sibling, now that all fields are there.
    fn targets(&mut self, record: RecordId, properties: &[Property]) {
        for (at, property) in properties.iter().enumerate() {
            let Some(reference) = property.notes.reference.as_ref() else { continue };
            let Some((by, by_span)) = reference.by.as_ref() else { continue };
            if property.notes.key.is_some() {
                continue;
            }
            let owner = self.model.record(record);
            let sibling = owner.fields.iter().position(|field| field.json == *by);
            let Some(sibling) = sibling else {
                let help = did_you_mean(by, owner.fields.iter().map(|field| field.json.as_str()));
                self.findings.push(
                    Diagnostic::new(&code::ANNOTATION, format!("`{}` has no property `{by}`", owner.name))
                        .label(*by_span, "decides about the kind, but does not exist")
                        .maybe_help(help),
                );
                continue;
            };
            let Shape::Enum(values) = owner.fields[sibling].shape else {
                self.findings.push(
                    Diagnostic::new(&code::ANNOTATION, format!("`{by}` can not decide about a kind"))
                        .label(*by_span, "only a string with `enum` can"),
                );
                continue;
            };
            if let Some(target) = self.target(record, sibling, values, property, reference) {
                let many = target.many;
                self.model.targets.push(target);
                let shape = Shape::Target(TargetId(self.model.targets.len() as u32 - 1));
                self.model.records[record.0 as usize].fields[at].shape =
                    if many { Shape::List(Box::new(shape)) } else { shape };
            }
        }
    }

    fn target(
        &mut self,
        record: RecordId,
        by: usize,
        values: EnumId,
        property: &Property,
        reference: &Reference,
    ) -> Option<Target> {
        let variants: Vec<String> =
            self.model.enumeration(values).variants.iter().map(|variant| variant.json.clone()).collect();
        let mut mappings = Vec::new();
        let missing: Vec<&String> =
            variants.iter().filter(|variant| !reference.to.iter().any(|(tag, ..)| tag == *variant)).collect();
        let sibling = self.model.record(record).fields[by].json.clone();
        if !missing.is_empty() {
            let names = crate::diagnose::list(missing.iter().map(|name| name.as_str()), "and");
            self.findings.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("`x-ref` does not say what a reference is when `{sibling}` is {names}"),
                )
                .label(reference.span, "not complete")
                .help("add each: a kind, `true` for any text, or `null` for no reference"),
            );
        }
        for (tag, _, span) in reference.to.iter().filter(|(tag, ..)| !variants.contains(tag)) {
            self.findings.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{tag}` is not a value of `{sibling}`"))
                    .label(*span, "never happens")
                    .maybe_help(did_you_mean(tag, variants.iter().map(String::as_str))),
            );
        }
        if !missing.is_empty() {
            return None;
        }
        let mut kinds = Vec::new();
        let mut all = Vec::new();
        for variant in &variants {
            let (_, mapping, span) = reference.to.iter().find(|(tag, ..)| tag == variant)?;
            let paths = if let Mapping::Kinds(paths) = mapping { paths.as_slice() } else { &[] };
            let these: Vec<KindId> = paths.iter().map(|path| self.kind(path, Some(*span))).collect();
            for kind in &these {
                if !all.contains(kind) {
                    all.push(*kind);
                }
            }
            mappings.push((variant.clone(), mapping.clone()));
            kinds.push(these);
        }
        let node = self.schemas.get(property.schema);
        let (many, _) = one_or_many(self.schemas, node);
        let owner = self.model.record(record);
        Some(Target {
            name: format!("{} {}", owner.name, property.name),
            description: property.notes.description.clone(),
            source: property.notes.source.clone().or_else(|| owner.source.clone()),
            record,
            by,
            mappings,
            kinds,
            all,
            required: reference.required,
            tolerated: reference.tolerated,
            lint: reference.lint.clone(),
            many,
            optional: !property.required || node.types.has(Types::NULL),
        })
    }

    /// The shape of a value; `place` names what has no name of its own.
    fn shape(&mut self, schema: SchemaId, place: &str) -> Shape {
        let node = self.schemas.get(schema);
        let types = shape_types(node);
        match types {
            Types::STRING => match &node.values {
                Some(values) => self.enumeration(schema, values, place),
                None => Shape::Text,
            },
            Types::BOOLEAN => Shape::Boolean,
            Types::INTEGER => integer(node),
            Types::NUMBER => Shape::Number,
            Types::OBJECT
                if !node.properties.is_empty() && !matches!(node.additional, Additional::Schema(_)) =>
            {
                Shape::Record(self.record(schema, place))
            }
            Types::ARRAY => match node.items {
                Items::Anything => Shape::Json,
                Items::Each(items) => {
                    let inner = self.shape(items, &format!("{place} item"));
                    let nullable = self.schemas.get(items).types.has(Types::NULL);
                    match inner {
                        Shape::Json | Shape::List(_) | Shape::Key(_) => Shape::Json,
                        _ if nullable => Shape::Json,
                        inner => Shape::List(Box::new(inner)),
                    }
                }
            },
            _ if types.meets(Types::ARRAY.with(Types::OBJECT)) => Shape::Json,
            _ => Shape::Scalar(types),
        }
    }

    fn enumeration(&mut self, schema: SchemaId, values: &[Literal], place: &str) -> Shape {
        if let Some(known) = self.model.enums.iter().position(|known| known.schema == schema) {
            return Shape::Enum(EnumId(known as u32));
        }
        let texts: Option<Vec<String>> = values
            .iter()
            .filter(|value| **value != Literal::Null)
            .map(|value| if let Literal::Text(text) = value { Some(text.clone()) } else { None })
            .collect();
        let Some(texts) = texts.filter(|texts| texts.len() < 255) else { return Shape::Text };
        let node = self.schemas.get(schema);
        let given =
            node.notes.name.as_ref().map(|(name, _)| name.clone()).or_else(|| node.definition.clone());
        self.model.enums.push(Enum {
            name: given.unwrap_or_else(|| place.to_owned()),
            description: node.notes.description.clone(),
            source: node.notes.source.clone(),
            variants: texts.into_iter().map(|json| Variant { json }).collect(),
            schema,
        });
        Shape::Enum(EnumId(self.model.enums.len() as u32 - 1))
    }

    /// Reports a kind that lives in objects of which none carries its ids.
    fn nobodys_key(&mut self, at: usize) {
        let kind = &self.model.kinds[at];
        let keys =
            self.model.kinds.iter().filter(|kind| kind.record.is_some()).map(|kind| kind.path.as_str());
        let mut finding =
            Diagnostic::new(&code::ANNOTATION, format!("no property is the key of `{}`", kind.path));
        if let Some(span) = kind.span {
            finding = finding.label(span, "refers to ids that do not exist");
        }
        let help = did_you_mean(&kind.path, keys);
        self.findings.push(finding.maybe_help(help));
    }

    /// Connects `quest.stage` to `quest`.
    fn scopes(&mut self) {
        for at in 0..self.model.kinds.len() {
            let kind = &self.model.kinds[at];
            let Some((parent, _)) = kind.path.rsplit_once('.') else { continue };
            match self.model.kind_named(parent) {
                Some(found) if self.model.kind(found).record.is_some() => {
                    self.model.kinds[at].parent = Some(found);
                    if self.model.kinds[at].record.is_none() {
                        self.nobodys_key(at);
                    }
                }
                _ => {
                    let mut finding = Diagnostic::new(
                        &code::ANNOTATION,
                        format!(
                            "ids of `{}` are unique within a `{parent}`, but no property is the key of `{parent}`",
                            kind.path
                        ),
                    );
                    if let Some(span) = kind.span {
                        finding = finding.label(span, format!("needs `\"x-key\": \"{parent}\"` somewhere"));
                    }
                    let known: Vec<&str> = self.model.kinds.iter().map(|kind| kind.path.as_str()).collect();
                    self.findings.push(finding.maybe_help(did_you_mean(parent, known.into_iter())));
                }
            }
        }
    }
}

/// Whether a value can be a list, and of what types its elements, or it itself, are.
fn one_or_many(schemas: &Schemas, node: &SchemaNode) -> (bool, Types) {
    if !node.types.meets(Types::ARRAY) || node.types == Types::ANY {
        return (false, node.types);
    }
    let element = match node.items {
        Items::Each(items) => schemas.get(items).types,
        Items::Anything => Types::STRING,
    };
    (true, element)
}

fn integer(node: &SchemaNode) -> Shape {
    let least = match (node.minimum, node.above) {
        (Some(minimum), Some(above)) => minimum.ceil().max(above.floor() + 1.0),
        (Some(minimum), None) => minimum.ceil(),
        (None, Some(above)) => above.floor() + 1.0,
        (None, None) => i64::MIN as f64,
    };
    let most = match (node.maximum, node.below) {
        (Some(maximum), Some(below)) => maximum.floor().min(below.ceil() - 1.0),
        (Some(maximum), None) => maximum.floor(),
        (None, Some(below)) => below.ceil() - 1.0,
        (None, None) if least >= 0.0 => {
            return Shape::Integer { least: least as i128, most: i128::from(u64::MAX) };
        }
        (None, None) => return Shape::Integer { least: least as i128, most: i128::from(i64::MAX) },
    };
    Shape::Integer { least: least as i128, most: most as i128 }
}

/// The constraints of a value in words, for documentation.
fn constraints(node: &SchemaNode) -> Vec<String> {
    let mut words = Vec::new();
    let number = |value: f64| value.to_string();
    match (node.minimum, node.maximum) {
        (Some(least), Some(most)) => words.push(format!("{} to {}", number(least), number(most))),
        (Some(least), None) => words.push(format!("at least {}", number(least))),
        (None, Some(most)) => words.push(format!("at most {}", number(most))),
        (None, None) => {}
    }
    words.extend(node.above.map(|bound| format!("more than {}", number(bound))));
    words.extend(node.below.map(|bound| format!("less than {}", number(bound))));
    let plural =
        |count: u64, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    words.extend(node.min_length.map(|least| format!("at least {}", plural(least, "character"))));
    words.extend(node.max_length.map(|most| format!("at most {}", plural(most, "character"))));
    words.extend(node.min_items.map(|least| format!("at least {}", plural(least, "element"))));
    words.extend(node.max_items.map(|most| format!("at most {}", plural(most, "element"))));
    words.extend(node.pattern.as_ref().map(|pattern| format!("matches `{}`", pattern.source())));
    words
}

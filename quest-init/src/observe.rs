//! Content, walked along its schemas: which values are in which place.
//!
//! Comes in: documents and the graph of their schemas. Goes out: [`Observed`], every place of a schema that holds scalars, with each
//! of its values and the object around it. This module knows nothing of ids; it only records what is there.

use indexmap::IndexSet;
use quest_compiler::schema::{Additional, Annotations, Items, Mapping, SchemaId, SchemaNode, Schemas};
use quest_compiler::source::{Node, NodeKind};
use std::borrow::Cow;
use std::collections::HashMap;

/// A text of the content, or a number as it is written, by position in [`Observed::texts`].
pub(crate) type TextId = u32;

/// What a place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Holder {
    /// The objects or lists that a schema describes.
    Schema(SchemaId),
    /// What is in another place, about which no schema says anything.
    Open(PlaceId),
}

/// The last step to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    Property(TextId),
    /// The elements of a list.
    Elements,
    /// The values of a map.
    Values,
    /// The names in a map.
    Names,
    /// A whole document.
    Document,
}

/// A place, by position in [`Observed::places`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PlaceId(pub(crate) u32);

/// An object of content, by position in [`Observed::objects`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ObjectId(pub(crate) u32);

/// All values that are in one place of a schema.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) holder: Holder,
    pub(crate) step: Step,
    /// The place of the list or map that this is the inside of, where it was first seen.
    pub(crate) outer: PlaceId,
    /// A schema names the place. Of others an overlay has to say that they exist.
    pub(crate) declared: bool,
    pub(crate) scalars: Vec<Scalar>,
    /// How many of the values are lists, and how many are objects.
    pub(crate) lists: u32,
    pub(crate) objects: u32,
    /// Scalars that are neither texts nor whole numbers.
    pub(crate) others: u32,
    /// How many of the scalars are whole numbers.
    pub(crate) integers: u32,
    /// The schema names every possible value.
    pub(crate) enumerated: bool,
    /// The kinds that the values refer to, if the schema already says so.
    pub(crate) refers: Option<Vec<String>>,
    /// The kind and the prefix, if the schema already says that the values are ids.
    pub(crate) key: Option<(String, String)>,
}

impl Place {
    fn annotate(&mut self, annotations: &Annotations) {
        if let (None, Some(reference)) = (&self.refers, &annotations.reference) {
            let kinds = reference.to.iter().filter_map(|to| match &to.mapping {
                Mapping::Kinds(kinds) => Some(kinds.iter().map(|kind| kind.kind.clone())),
                Mapping::Text | Mapping::Nothing => None,
            });
            self.refers = Some(kinds.flatten().collect());
        }
        if let (None, Some(key)) = (&self.key, &annotations.key) {
            self.key = Some((key.kind.clone(), key.prefix.clone()));
        }
    }
}

/// A text or whole number in a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scalar {
    pub(crate) text: TextId,
    /// The object around it.
    pub(crate) owner: ObjectId,
    /// The object that is the value beside this name of a map.
    pub(crate) value: Option<ObjectId>,
    /// Its position on the tape of its document.
    pub(crate) at: u32,
}

/// An object of content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Object {
    pub(crate) parent: Option<ObjectId>,
    pub(crate) document: u32,
    pub(crate) place: PlaceId,
    /// The outermost schema that describes it.
    pub(crate) schema: Option<SchemaId>,
}

/// What content holds.
#[derive(Debug, Default)]
pub(crate) struct Observed<'a> {
    pub(crate) texts: IndexSet<Cow<'a, str>>,
    pub(crate) places: Vec<Place>,
    pub(crate) objects: Vec<Object>,
    by_step: HashMap<(Holder, Step), PlaceId>,
}

impl Observed<'_> {
    pub(crate) fn text(&self, id: TextId) -> &str {
        self.texts.get_index(id as usize).map_or("", |text| text)
    }

    pub(crate) fn place(&self, id: PlaceId) -> &Place {
        &self.places[id.0 as usize]
    }

    pub(crate) fn object(&self, id: ObjectId) -> Object {
        self.objects[id.0 as usize]
    }

    pub(crate) fn place_ids(&self) -> impl Iterator<Item = PlaceId> + use<> {
        (0..self.places.len() as u32).map(PlaceId)
    }

    /// The place of the list or map that a place is the inside of.
    pub(crate) fn outer(&self, id: PlaceId) -> Option<PlaceId> {
        Some(self.place(id).outer).filter(|outer| *outer != id)
    }

    /// Whether a step leads from a holder to a place.
    pub(crate) fn has_place(&self, holder: Holder, step: Step) -> bool {
        self.by_step.contains_key(&(holder, step))
    }

    /// The name of a place: that of the property, or of the list or map that it is the inside of. `out` steps are left out first.
    pub(crate) fn name(&self, id: PlaceId, out: usize) -> Option<&str> {
        let outer = |id: &PlaceId| {
            self.outer(*id).or(match self.place(*id).holder {
                Holder::Open(outer) => Some(outer),
                Holder::Schema(_) => None,
            })
        };
        let mut places = std::iter::successors(Some(id), outer).skip(out);
        places.find_map(|id| match self.place(id).step {
            Step::Property(name) => Some(self.text(name)),
            _ => None,
        })
    }

    /// An object and those around it, the innermost first.
    pub(crate) fn around(&self, object: ObjectId) -> impl Iterator<Item = ObjectId> + '_ {
        std::iter::successors(Some(object), |object| self.object(*object).parent)
    }
}

/// A document of content.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) value: Node<'a>,
    pub(crate) root: SchemaId,
}

/// Walks all documents along their schemas.
pub(crate) fn observe<'a>(schemas: &Schemas, entries: &[Entry<'a>]) -> Observed<'a> {
    let mut walk = Walk { schemas, observed: Observed::default(), document: 0, depth: 0 };
    for (document, entry) in entries.iter().enumerate() {
        walk.document = document as u32;
        let place = walk.place(Holder::Schema(entry.root), Step::Document, None, true);
        walk.value(entry.value, vec![entry.root], place, None);
    }
    walk.observed
}

/// Values nested deeper than this are not looked at.
const MAX_DEPTH: u32 = 256;

struct Walk<'s, 'a> {
    schemas: &'s Schemas,
    observed: Observed<'a>,
    document: u32,
    depth: u32,
}

/// Where the schemas of a part of a value are.
struct Part {
    place: PlaceId,
    schemas: Vec<SchemaId>,
}

impl<'a> Walk<'_, 'a> {
    fn value(
        &mut self,
        value: Node<'a>,
        schemas: Vec<SchemaId>,
        place: PlaceId,
        owner: Option<ObjectId>,
    ) -> Option<ObjectId> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let schemas = self.applicable(&schemas, value);
        self.note(place, &schemas);
        let object = match value.kind() {
            NodeKind::Object => Some(self.object(value, &schemas, place, owner)),
            NodeKind::Array => {
                self.observed.places[place.0 as usize].lists += 1;
                self.list(value, &schemas, place, owner);
                None
            }
            _ => {
                if let Some(owner) = owner {
                    self.scalar(value, place, owner);
                }
                None
            }
        };
        self.depth -= 1;
        object
    }

    /// Records what the schemas of a place say about it.
    fn note(&mut self, place: PlaceId, schemas: &[SchemaId]) {
        let place = &mut self.observed.places[place.0 as usize];
        for id in schemas {
            let node = self.schemas.get(*id);
            place.enumerated |= node.values.is_some();
            place.annotate(&node.annotations);
        }
    }

    fn object(
        &mut self,
        value: Node<'a>,
        schemas: &[SchemaId],
        place: PlaceId,
        owner: Option<ObjectId>,
    ) -> ObjectId {
        let id = ObjectId(self.observed.objects.len() as u32);
        let schema = schemas.first().copied();
        self.observed.objects.push(Object { parent: owner, document: self.document, place, schema });
        self.observed.places[place.0 as usize].objects += 1;
        let is_open_map = schemas.is_empty() && holds_alike(value);
        for (key, property) in value.properties() {
            let Some(name) = key.text() else { continue };
            let part = if is_open_map {
                Part {
                    place: self.place(Holder::Open(place), Step::Values, Some(place), false),
                    schemas: Vec::new(),
                }
            } else {
                self.property(&name, schemas, place)
            };
            let is_entry = self.observed.place(part.place).step == Step::Values;
            let inner = self.value(property, part.schemas, part.place, Some(id));
            if is_entry {
                let holder = self.observed.place(part.place).holder;
                let names = self.place(holder, Step::Names, Some(place), !is_open_map);
                if let Holder::Schema(map) = holder
                    && let Some(usage) =
                        self.schemas.get(map).more.as_ref().and_then(|more| more.property_names.as_ref())
                {
                    self.observed.places[names.0 as usize].annotate(&usage.annotations);
                }
                let text = self.intern(name);
                self.observed.places[names.0 as usize].scalars.push(Scalar {
                    text,
                    owner: id,
                    value: inner,
                    at: key.at(),
                });
            }
        }
        id
    }

    /// The place of a property, and the schemas that apply to its value.
    fn property(&mut self, name: &str, schemas: &[SchemaId], place: PlaceId) -> Part {
        let graph = self.schemas;
        let named = |id: &SchemaId| {
            let node = graph.get(*id);
            node.property(name).map(|at| (*id, &node.properties[at]))
        };
        let found: Vec<_> = schemas.iter().filter_map(named).collect();
        if let Some((holder, _)) = found.first() {
            let text = self.intern(Cow::Owned(name.to_owned()));
            let place = self.place(Holder::Schema(*holder), Step::Property(text), None, true);
            for (_, property) in &found {
                self.observed.places[place.0 as usize].annotate(&property.annotations);
            }
            return Part { place, schemas: found.iter().map(|(_, property)| property.schema).collect() };
        }
        for id in schemas {
            if let Some(values) = map_values(graph.get(*id), name) {
                return Part {
                    place: self.place(Holder::Schema(*id), Step::Values, Some(place), true),
                    schemas: vec![values],
                };
            }
        }
        let holder = schemas.first().map_or(Holder::Open(place), |id| Holder::Schema(*id));
        let text = self.intern(Cow::Owned(name.to_owned()));
        Part { place: self.place(holder, Step::Property(text), None, false), schemas: Vec::new() }
    }

    fn list(&mut self, value: Node<'a>, schemas: &[SchemaId], place: PlaceId, owner: Option<ObjectId>) {
        let graph = self.schemas;
        let elements = |id: &SchemaId| match &graph.get(*id).items {
            Items::Each(usage) => Some((*id, usage.schema)),
            Items::Anything => None,
        };
        let found: Vec<(SchemaId, SchemaId)> = schemas.iter().filter_map(elements).collect();
        let part = match found.first() {
            Some((holder, _)) => Part {
                place: self.place(Holder::Schema(*holder), Step::Elements, Some(place), true),
                schemas: found.iter().map(|(_, schema)| *schema).collect(),
            },
            None => {
                let holder = schemas.first().map_or(Holder::Open(place), |id| Holder::Schema(*id));
                Part { place: self.place(holder, Step::Elements, Some(place), false), schemas: Vec::new() }
            }
        };
        // What is said of a list of ids is said of each.
        let refers = self.observed.place(place).refers.clone();
        let elements = &mut self.observed.places[part.place.0 as usize];
        elements.refers = elements.refers.take().or(refers);
        for element in value.elements() {
            self.value(element, part.schemas.clone(), part.place, owner);
        }
    }

    fn scalar(&mut self, value: Node<'a>, place: PlaceId, owner: ObjectId) {
        let text = match value.kind() {
            NodeKind::Integer => Some(Cow::Borrowed(value.raw())),
            _ => value.text(),
        };
        let is_integer = value.kind() == NodeKind::Integer;
        let text = text.map(|text| self.intern(text));
        let place = &mut self.observed.places[place.0 as usize];
        place.integers += u32::from(is_integer);
        match text {
            Some(text) => place.scalars.push(Scalar { text, owner, value: None, at: value.at() }),
            None => place.others += u32::from(!value.is_null()),
        }
    }

    fn intern(&mut self, text: Cow<'a, str>) -> TextId {
        match self.observed.texts.get_index_of(&text) {
            Some(at) => at as TextId,
            None => self.observed.texts.insert_full(text).0 as TextId,
        }
    }

    fn place(&mut self, holder: Holder, step: Step, outer: Option<PlaceId>, declared: bool) -> PlaceId {
        let observed = &mut self.observed;
        *observed.by_step.entry((holder, step)).or_insert_with(|| {
            let id = PlaceId(observed.places.len() as u32);
            observed.places.push(Place {
                holder,
                step,
                outer: outer.unwrap_or(id),
                declared,
                scalars: Vec::new(),
                lists: 0,
                objects: 0,
                others: 0,
                integers: 0,
                enumerated: false,
                refers: None,
                key: None,
            });
            id
        })
    }

    /// Schemas, and all that apply to the same value because of them.
    fn applicable(&self, schemas: &[SchemaId], value: Node<'a>) -> Vec<SchemaId> {
        let mut found = Vec::with_capacity(schemas.len());
        for id in schemas {
            self.add_applicable(*id, value, &mut found);
        }
        found
    }

    fn add_applicable(&self, id: SchemaId, value: Node<'a>, found: &mut Vec<SchemaId>) {
        if found.contains(&id) {
            return;
        }
        found.push(id);
        let Some(more) = &self.schemas.get(id).more else { return };
        for part in more.reference.iter().chain(&more.all_of) {
            self.add_applicable(*part, value, found);
        }
        let conditional = [more.then, more.else_].into_iter().flatten();
        let conditional = conditional.chain(more.dependent_schemas.iter().map(|(_, part)| *part));
        for part in conditional.chain(more.any_of.iter().chain(&more.one_of).copied()) {
            if self.may_accept(part, value) {
                self.add_applicable(part, value, found);
            }
        }
    }

    /// Whether a branch can be the one that a value belongs to: by its type, its required properties, and constants.
    fn may_accept(&self, id: SchemaId, value: Node<'a>) -> bool {
        let node = self.schemas.get(id);
        if !accepts_type(node, value) {
            return false;
        }
        let required = node.more.iter().flat_map(|more| &more.required);
        if value.kind() == NodeKind::Object && required.clone().any(|name| value.get(name).is_none()) {
            return false;
        }
        let properties = node.properties.iter().all(|property| match value.get(&property.name) {
            None => !property.required || value.kind() != NodeKind::Object,
            Some(inner) => self.schemas.get(property.schema).values.as_ref().is_none_or(|values| {
                values.iter().any(|literal| quest_compiler::schema::Literal::of(inner) == *literal)
            }),
        });
        let parts = node.more.iter().flat_map(|more| more.reference.iter().chain(&more.all_of));
        properties && parts.clone().all(|part| self.may_accept(*part, value))
    }
}

/// Whether an object of which no schema says anything looks like a map: its values are objects with the same properties.
fn holds_alike(object: Node<'_>) -> bool {
    let mut names: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let (mut objects, mut properties) = (0, 0);
    for (_, value) in object.properties() {
        if value.kind() != NodeKind::Object {
            return false;
        }
        objects += 1;
        for (key, _) in value.properties() {
            properties += 1;
            *names.entry(key.text().unwrap_or_default()).or_default() += 1;
        }
    }
    // In a map a property is in most of the values; in a record each value has properties of its own.
    objects >= 2 && names.len() * objects <= properties * 2
}

fn accepts_type(node: &SchemaNode, value: Node<'_>) -> bool {
    use quest_compiler::schema::Types;
    let types = match value.kind() {
        NodeKind::Null => Types::NULL,
        NodeKind::True | NodeKind::False => Types::BOOLEAN,
        NodeKind::Integer => Types::INTEGER,
        NodeKind::Float => Types::NUMBER,
        NodeKind::Array => Types::ARRAY,
        NodeKind::Object => Types::OBJECT,
        _ => Types::STRING,
    };
    node.types.intersects(types)
}

/// The schema of the values under a name of a map.
fn map_values(node: &SchemaNode, name: &str) -> Option<SchemaId> {
    let patterns = node.more.iter().flat_map(|more| &more.pattern_properties);
    if let Some((_, usage)) = patterns.clone().find(|(pattern, _)| pattern.matches(name)) {
        return Some(usage.schema);
    }
    match &node.additional {
        Additional::Schema(usage) => Some(usage.schema),
        _ => None,
    }
}

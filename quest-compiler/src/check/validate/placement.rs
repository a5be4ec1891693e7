//! Values in the wrong place: a property of another object, an object without the list around it, a value in place of an object.

use super::messages::first_sentence;
use super::misfit::{Misfit, Problem};
use super::{Validator, ValueContext, ValueName};
use crate::diagnostics::{Diagnostic, code, nouns};
use crate::schema::{Items, SchemaId, SchemaNode, Schemas, Types, accepted};
use crate::source::{Node, NodeKind};

/// At most this many objects are named that take a property.
const MOST_OWNERS: usize = 4;

/// Says which objects have a property that this one has not.
pub(super) fn owners(schemas: &Schemas, node: &SchemaNode, mut misfit: Misfit, key: Node<'_>) -> Misfit {
    if misfit.diagnostic.fix.is_some() || misfit.diagnostic.meant.is_some() {
        return misfit;
    }
    let name = key.text().unwrap_or_default();
    let inner = |property: &crate::schema::Property| within(schemas, property.schema);
    let near: Vec<SchemaId> = node.properties.iter().flat_map(inner).collect();
    let mut found = nouns_of(schemas, &name, near.iter().copied());
    if found.is_empty() {
        found = nouns_of(schemas, &name, schemas.ids());
    }
    if !found.is_empty() && found.len() <= MOST_OWNERS {
        let of = nouns::any_of(found.iter().map(String::as_str));
        misfit.diagnostic.help.insert(0, format!("`{name}` is a property of {of}: move it there"));
    }
    misfit
}

/// A schema, or that of its elements.
fn within(schemas: &Schemas, schema: SchemaId) -> Vec<SchemaId> {
    let mut found = vec![schema];
    found.extend(element(schemas, schema));
    found
}

/// What the objects are called that have a property.
fn nouns_of(schemas: &Schemas, name: &str, among: impl Iterator<Item = SchemaId>) -> Vec<String> {
    let mut found = Vec::new();
    for id in among {
        let node = schemas.get(id);
        if node.property(name).is_none() {
            continue;
        }
        let Some(noun) = noun(schemas, id, node) else { continue };
        if !found.contains(&noun) {
            found.push(noun);
        }
    }
    found
}

/// What an object is called: by the kind of its id, the name of its definition, or the property that holds it.
fn noun(schemas: &Schemas, id: SchemaId, node: &SchemaNode) -> Option<String> {
    let key = node.properties.iter().find_map(|property| {
        let schema = schemas.get(property.schema);
        property.annotations.key.as_ref().or(schema.annotations.key.as_ref())
    });
    if let Some(key) = key {
        return Some(nouns::spoken(key.kind.rsplit('.').next().unwrap_or(&key.kind)));
    }
    if let Some(definition) = &node.definition {
        return Some(nouns::spoken(&heck::ToKebabCase::to_kebab_case(definition.as_str())));
    }
    let holds = |property: &crate::schema::Property| {
        property.schema == id || element(schemas, property.schema) == Some(id)
    };
    let properties = schemas.ids().flat_map(|id| &schemas.get(id).properties);
    properties
        .into_iter()
        .find(|property| holds(property))
        .map(|property| format!("object in `{}`", property.name))
}

/// The schema of the elements of a list.
fn element(schemas: &Schemas, schema: SchemaId) -> Option<SchemaId> {
    match &schemas.get(schema).items {
        Items::Each(site) => Some(site.schema),
        Items::Anything => None,
    }
}

impl Validator<'_, '_> {
    /// What to write for a value where an object is needed, or for a list where one value is.
    pub(super) fn in_place_of(&self, node: &SchemaNode, value: Node<'_>) -> Option<String> {
        if value.kind() == NodeKind::Array {
            let mut elements = value.elements();
            if let (Some(only), None) = (elements.next(), elements.next())
                && node.types.intersects(super::messages::type_of(only))
                && only.raw().len() < 60
            {
                return Some(format!("write the value without the list around it: `{}`", only.raw()));
            }
            let list = self.only_list(node)?;
            return Some(format!("put it into `{list}`: `{{ \"{list}\": [ ... ] }}`"));
        }
        if !node.types.intersects(Types::OBJECT) || matches!(value.kind(), NodeKind::Object | NodeKind::Null)
        {
            return None;
        }
        let mut required = node.properties.iter().filter(|property| property.required);
        let (Some(only), None) = (required.next(), required.next()) else { return None };
        let fits = accepted(self.schemas, only.schema).intersects(super::messages::type_of(value));
        (fits && value.raw().len() < 60).then(|| format!("write `{{ \"{}\": {} }}`", only.name, value.raw()))
    }

    /// The only property of an object that is a list of objects.
    fn only_list<'n>(&self, node: &'n SchemaNode) -> Option<&'n str> {
        let lists = |property: &&crate::schema::Property| {
            let of_objects = |element| accepted(self.schemas, element).intersects(Types::OBJECT);
            element(self.schemas, property.schema).is_some_and(of_objects)
        };
        let mut lists = node.properties.iter().filter(lists);
        match (lists.next(), lists.next()) {
            (Some(only), None) => Some(&only.name),
            _ => None,
        }
    }

    /// Reports a document that should be an element of a list in it: a quest where a file of quests is needed.
    pub(super) fn is_unwrapped(
        &mut self,
        node: &SchemaNode,
        strangers: &[Node<'_>],
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) -> bool {
        if !matches!(context.name, ValueName::Document) || strangers.len() < 2 || self.probing {
            return false;
        }
        let Some(list) = self.only_list(node).filter(|list| value.get(list).is_none()) else { return false };
        let Some(property) = node.properties.iter().find(|property| property.name == *list) else {
            return false;
        };
        let Some(element) = element(self.schemas, property.schema) else { return false };
        let inner = self.schemas.get(element);
        let known = |key: &Node<'_>| key.text().is_some_and(|name| inner.property(&name).is_some());
        if !strangers.iter().all(known) {
            return false;
        }
        let noun = noun(self.schemas, element, inner).unwrap_or_else(|| "object".to_owned());
        let what = nouns::with_article(&noun);
        let others = node.properties.iter().filter(|other| other.required && other.name != *list);
        let others: String = others.map(|other| format!("\"{}\": ..., ", other.name)).collect();
        let title = format!("this is {what}, and the document must have a list of them in `{list}`");
        let diagnostic = Diagnostic::new(&code::MISSING_PROPERTY, title)
            .label(value.opening(), format!("`{list}` is needed here"))
            .maybe_note(property.annotations.description.as_deref().map(first_sentence))
            .help(format!("put it into `{list}`: `{{ {others}\"{list}\": [{{ ... }}] }}`"));
        self.failed = true;
        self.misfits.push(Misfit::new(Problem::Missing, value.opening(), diagnostic).losing(value));
        true
    }
}

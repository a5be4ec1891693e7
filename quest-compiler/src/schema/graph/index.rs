//! Indexes of what is looked up often in large schemas: properties of an object type, values of an `enum`, branches of a tagged union.
//! Small ones are searched as they are, which is faster.

use super::lookup::{FEW, NameIndex, TagTable, TagTables};
use super::merged::tag;
use super::node::{SchemaNode, Schemas};
use crate::schema::ids::SchemaId;
use crate::schema::value::Literal;

/// The table of a union, if one property tells its branches apart.
pub fn tag_table(schemas: &Schemas, branches: &[SchemaId]) -> Option<TagTable> {
    tag(schemas, branches).map(|(name, values)| TagTable::new(name, values))
}

/// Builds the indexes of every schema.
pub(super) fn finalize(schemas: &mut Schemas) {
    for at in 0..schemas.nodes.len() {
        let tables = tag_tables(schemas, &schemas.nodes[at]);
        let node = &mut schemas.nodes[at];
        node.index = NameIndex::of(node.properties.iter().map(|property| &property.name));
        let texts = node.values.iter().flatten().filter_map(Literal::as_text);
        if node.values.as_ref().is_some_and(|values| values.len() >= FEW) {
            node.texts = Some(Box::new(texts.map(str::to_owned).collect()));
        }
        if let Some(tables) = tables {
            node.more().tags = tables;
        }
    }
}

fn tag_tables(schemas: &Schemas, node: &SchemaNode) -> Option<TagTables> {
    let more = node.more.as_ref()?;
    let table = |branches: &[SchemaId]| {
        let is_large = branches.len() >= FEW;
        is_large.then(|| tag_table(schemas, branches).map(Box::new)).flatten()
    };
    let tables = TagTables { any_of: table(&more.any_of), one_of: table(&more.one_of) };
    (tables.any_of.is_some() || tables.one_of.is_some()).then_some(tables)
}

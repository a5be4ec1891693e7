//! Names that the schema implies: of lints, and of records that it does not name.

use super::builder::{MapRow, ModelBuilder};
use crate::schema::graph::{MergedSchema, SchemaUse};
use crate::schema::ids::RecordId;

impl ModelBuilder<'_> {
    /// The names by which a manifest can set levels.
    pub(super) fn lints(&mut self) {
        let lints = &mut self.model.lints;
        for node in &self.schemas.nodes {
            lints.extend(node.annotations.lint.iter().map(|lint| lint.name.clone()));
            let sites = node.properties.iter().map(|property| &property.annotations);
            for annotations in sites.chain([&node.annotations]) {
                lints.extend(annotations.reference.iter().filter_map(|reference| reference.lint.clone()));
            }
            lints.extend(node.more.iter().filter_map(|more| more.group.as_ref()?.lint.clone()));
        }
        lints.sort();
        lints.dedup();
    }

    /// A record that the schema gives no name is called like the ids of its objects; what stands in it, after it.
    pub(super) fn name_by_kind(
        &mut self,
        id: RecordId,
        view: &MergedSchema,
        map: Option<&MapRow>,
        file_key: bool,
    ) {
        if self.model.record(id).named {
            return;
        }
        let key = |site: &SchemaUse| {
            let node = self.schemas.get(site.schema);
            site.annotations.key.as_ref().or(node.annotations.key.as_ref()).map(|key| key.kind.clone())
        };
        let schema = self.model.record(id).schema;
        let of_file = || self.schemas.get(schema).annotations.key.as_ref().map(|key| key.kind.clone());
        let kind = map
            .and_then(|map| map.names.as_ref().and_then(key))
            .or_else(|| file_key.then(of_file).flatten())
            .or_else(|| view.members.iter().find_map(|member| key(&member.site)));
        let Some(kind) = kind else { return };
        let taken = |name: &str| {
            let name = heck::ToKebabCase::to_kebab_case(name);
            self.model
                .records
                .iter()
                .any(|record| heck::ToKebabCase::to_kebab_case(record.name.as_str()) == name)
        };
        let noun = kind.rsplit('.').next().unwrap_or(&kind);
        let path = kind.replace('.', "-");
        if let Some(name) = [noun, &path].into_iter().find(|name| !taken(name)) {
            let name = name.to_owned();
            self.model.records[id.0 as usize].name = name;
        }
    }
}

//! Names that the schema implies: of lints, and of records that it does not name.

use super::builder::{ModelBuilder, PendingMap};
use crate::schema::graph::{MergedSchema, SchemaUse};
use crate::schema::ids::RecordId;

impl ModelBuilder<'_> {
    /// Collects the names by which a manifest can set the level of what schemas report.
    pub(super) fn lint_names(&mut self) {
        let lints = &mut self.model.lints;
        for node in &self.schemas.nodes {
            lints.extend(node.annotations.lint.iter().map(|lint| lint.name.clone()));
            let uses = node.properties.iter().map(|property| &property.annotations);
            let references = uses.chain([&node.annotations]).filter_map(|uses| uses.reference.as_ref());
            lints.extend(references.filter_map(|reference| reference.lint.clone()));
            lints.extend(node.more.iter().filter_map(|more| more.group.as_ref()?.lint.clone()));
        }
        lints.sort();
        lints.dedup();
    }

    /// Names a record that the schema does not name after the kind of its ids.
    pub(super) fn name_after_kind(
        &mut self,
        id: RecordId,
        merged: &MergedSchema,
        map: Option<&PendingMap>,
        file_key: bool,
    ) {
        let record = self.model.record(id);
        if record.named {
            return;
        }
        let kind_of = |usage: &SchemaUse| {
            let own = &self.schemas.get(usage.schema).annotations;
            usage.annotations.key.as_ref().or(own.key.as_ref()).map(|key| key.kind.clone())
        };
        let of_file = || self.schemas.get(record.schema).annotations.key.as_ref().map(|key| key.kind.clone());
        let kind = map
            .and_then(|map| map.names.as_ref().and_then(kind_of))
            .or_else(|| file_key.then(of_file).flatten())
            .or_else(|| merged.properties.iter().find_map(|property| kind_of(&property.usage)));
        let Some(kind) = kind else { return };
        let noun = kind.rsplit('.').next().unwrap_or(&kind);
        let path = kind.replace('.', "-");
        if let Some(name) = [noun, &path].into_iter().find(|name| !self.is_record_name(name)) {
            self.rename_record(id, name.to_owned());
        }
    }
}

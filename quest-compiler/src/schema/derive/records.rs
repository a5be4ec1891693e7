//! The fields of records.

use super::builder::{ModelBuilder, Pending, field_of};
use crate::schema::graph::MergedSchema;
use crate::schema::model::{Origin, Shape};

impl ModelBuilder<'_> {
    /// Reads the fields of all records, those found on the way included.
    pub(super) fn fields(&mut self) {
        let mut next = 0;
        // In order of discovery, so that generated code follows the schema.
        while next < self.pending.len() {
            let Pending { record, map, file_key } = &mut self.pending[next];
            let (id, map, file_key) = (*record, map.take(), *file_key);
            next += 1;
            let record = self.model.record(id);
            let view = match record.branch {
                Some(branch) => MergedSchema::of_branch(self.schemas, record.schema, branch),
                None => MergedSchema::of(self.schemas, record.schema).with_branches(self.schemas),
            };
            self.name_by_kind(id, &view, map.as_ref(), file_key);
            if file_key {
                self.file_key(id);
            }
            let mut members = Vec::new();
            let mut whole = true;
            let in_map = map.is_some();
            if let Some(map) = map {
                whole = false;
                self.map_name(id, &map, &mut members);
                if map.mixed {
                    let value = field_of("value", Origin::MapValue, map.span, Shape::Json);
                    self.model.records[id.0 as usize].fields.push(value);
                    self.members.push((id, members));
                    continue;
                }
                if let Some(value) = map.value {
                    self.own_field(id, "value", Origin::MapValue, map.span, &value, &mut members);
                    self.members.push((id, members));
                    continue;
                }
            }
            let mut hidden = Vec::new();
            let rest = view.map.is_some().then(|| view.clone());
            for member in view.members {
                if self.says_nothing(&member) || (in_map && self.repeats_name(&member)) {
                    whole = false;
                    hidden.push(member.name);
                    continue;
                }
                let field = self.field(id, &member);
                self.model.records[id.0 as usize].fields.push(field);
                members.push(member);
                whole = false;
            }
            if whole {
                self.whole(id);
            } else if let Some(rest) = rest {
                self.rest(id, &rest, hidden);
            }
            self.short_field(id);
            self.members.push((id, members));
        }
        // References that depend on a sibling are read when all siblings are known.
        for (id, members) in std::mem::take(&mut self.members) {
            self.targets(id, &members);
            self.texts(id, &members);
            self.versions(id, &members);
            self.rules_within(id, &members);
        }
    }
}

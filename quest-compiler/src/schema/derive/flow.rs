//! `x-flow` and `x-requires`: from paths as written to paths that lead somewhere.

use super::builder::ModelBuilder;
use crate::schema::annotations::{FlowAnnotation, Written};
use crate::schema::ids::RecordId;
use crate::schema::model::{Flow, Tasks};

impl ModelBuilder<'_> {
    /// Turns the annotations of records into flows and requirements whose paths lead somewhere.
    pub(super) fn flows(&mut self) {
        for at in 0..self.model.records.len() {
            let record = RecordId(at as u32);
            let annotations = &self.schemas.get(self.model.record(record).schema).annotations;
            let (flow, requires) = (annotations.flow.clone(), annotations.requires.clone());
            if let Some(note) = flow {
                self.used.insert(note.span);
                let found = self.flow_of(record, &note);
                self.model.flows.extend(found);
            }
            if let Some(note) = requires {
                self.used.insert(note.span);
                let found = self.requires_of(record, &note);
                self.model.requires.extend(found);
            }
        }
    }

    fn flow_of(&mut self, record: RecordId, note: &FlowAnnotation) -> Option<Flow> {
        let (nodes, node_record) = self.record_path(record, &note.nodes)?;
        let kind = self.keyed(node_record, &note.nodes)?;
        let start = match &note.start {
            Some(start) => Some(self.path(record, start)?.0),
            None => None,
        };
        let mut next = Vec::new();
        for written in &note.next {
            next.push(self.path(node_record, written)?.0);
        }
        let optional = match &note.optional {
            Some(written) => Some(self.path(node_record, written)?.0),
            None => None,
        };
        let mut ends = Vec::new();
        for (written, literal) in &note.ends {
            ends.push((self.path(node_record, written)?.0.join("."), literal.clone()));
        }
        let branches = match &note.branches {
            Some([at, to, on]) => {
                let (path, branch) = self.record_path(record, at)?;
                Some([path, self.path(branch, to)?.0, self.path(branch, on)?.0])
            }
            None => None,
        };
        let tasks = match &note.tasks {
            Some(tasks) => {
                let (at, task) = self.record_path(node_record, &tasks.at)?;
                let mut optional = |written: &Option<Written>| match written {
                    Some(written) => self.path(task, written).map(|(path, _)| Some(path)),
                    None => Some(None),
                };
                let (free, hidden, any) =
                    (optional(&tasks.optional)?, optional(&tasks.hidden)?, optional(&tasks.any)?);
                let kind = self.keyed(task, &tasks.at)?;
                Some(Tasks { kind, at, optional: free, hidden, any })
            }
            None => None,
        };
        Some(Flow { record, kind, nodes, start, next, optional, ends, branches, tasks })
    }
}

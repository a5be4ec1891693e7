//! `x-flow`: its paths, followed through the model.

use super::builder::ModelBuilder;
use super::paths::Reported;
use crate::schema::annotations::{FlowAnnotation, FlowBranchesAnnotation, TasksAnnotation};
use crate::schema::ids::RecordId;
use crate::schema::model::{Flow, Path, Tasks};

impl ModelBuilder<'_> {
    /// Derives the flow of every record whose schema has `x-flow`.
    pub(super) fn flows(&mut self) {
        for index in 0..self.model.records.len() {
            let record = RecordId(index as u32);
            let annotations = &self.schemas.get(self.model.record(record).schema).annotations;
            let Some(annotation) = annotations.flow.clone() else { continue };
            self.used.insert(annotation.span);
            let flow = self.flow(record, &annotation);
            self.model.flows.extend(flow);
        }
    }

    fn flow(&mut self, record: RecordId, annotation: &FlowAnnotation) -> Result<Flow, Reported> {
        let (nodes, node) = self.path_to_record(record, &annotation.nodes)?;
        let kind = self.key_kind(node, annotation.nodes.span)?;
        let start = self.optional_path(record, annotation.start.as_ref())?;
        let next =
            annotation.next.iter().map(|next| self.path(node, next)).collect::<Result<Vec<_>, Reported>>()?;
        let optional = self.optional_path(node, annotation.optional.as_ref())?;
        let mut ends = Vec::new();
        for (path, literal) in &annotation.ends {
            ends.push((self.path(node, path)?.join("."), literal.clone()));
        }
        let branches =
            annotation.branches.as_ref().map(|branches| self.flow_branches(record, branches)).transpose()?;
        let tasks = annotation.tasks.as_ref().map(|tasks| self.tasks(node, tasks)).transpose()?;
        let everywhere = annotation.branches.as_ref().is_none_or(|branches| branches.everywhere);
        Ok(Flow { record, kind, nodes, start, next, optional, ends, branches, everywhere, tasks })
    }

    fn flow_branches(
        &mut self,
        record: RecordId,
        annotation: &FlowBranchesAnnotation,
    ) -> Result<[Path; 3], Reported> {
        let (at, branch) = self.path_to_record(record, &annotation.at)?;
        Ok([at, self.path(branch, &annotation.to)?, self.path(branch, &annotation.on)?])
    }

    fn tasks(&mut self, node: RecordId, annotation: &TasksAnnotation) -> Result<Tasks, Reported> {
        let (at, task) = self.path_to_record(node, &annotation.at)?;
        Ok(Tasks {
            at,
            optional: self.optional_path(task, annotation.optional.as_ref())?,
            hidden: self.optional_path(task, annotation.hidden.as_ref())?,
            any: self.optional_path(task, annotation.any.as_ref())?,
            kind: self.key_kind(task, annotation.at.span)?,
        })
    }
}

//! `x-flow`: its paths, followed through the model.

use super::builder::ModelBuilder;
use super::paths::{PropertyType, Reported};
use crate::diagnostics::nouns;
use crate::schema::annotations::{FlowAnnotation, FlowBranchesAnnotation, FlowEnd, TasksAnnotation};
use crate::schema::ids::{KindId, RecordId};
use crate::schema::model::{Flow, Path, Shape, Tasks};
use crate::schema::value::{Literal, Types};

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

    /// All parts are followed before one gives up, so that one run reports all mistakes.
    fn flow(&mut self, record: RecordId, annotation: &FlowAnnotation) -> Result<Flow, Reported> {
        let (nodes, node) = self.path_to_records(&[record], &annotation.nodes)?;
        let kind = self.common_kind(&node, annotation.nodes.span)?;
        let a_node = nouns::with_article(&nouns::spoken(self.model.kind(kind).noun()));
        let start = annotation.start.as_ref();
        let start = start.map(|path| self.path_to_references(&[record], path, &[kind], &a_node)).transpose();
        let next: Vec<Result<Path, Reported>> = annotation
            .next
            .iter()
            .map(|path| self.path_to_references(&node, path, &[kind], &a_node))
            .collect();
        let optional = self.typed_path(&node, annotation.optional.as_ref(), PropertyType::Boolean);
        let ends: Vec<_> = annotation.ends.iter().map(|end| self.flow_end(&node, end)).collect();
        let tasks = annotation.tasks.as_ref().map(|tasks| self.tasks(&node, tasks)).transpose();
        let branches = annotation.branches.as_ref();
        let everywhere = branches.is_none_or(|branches| branches.everywhere);
        let branches =
            branches.map(|branches| self.flow_branches(record, branches, kind, &a_node)).transpose();
        Ok(Flow {
            record,
            kind,
            nodes,
            start: start?,
            next: next.into_iter().collect::<Result<_, Reported>>()?,
            optional: optional?,
            ends: ends.into_iter().collect::<Result<_, Reported>>()?,
            branches: branches?,
            everywhere,
            tasks: tasks?,
        })
    }

    /// A property of a node, and the value with which the node can be the last.
    fn flow_end(&mut self, node: &[RecordId], end: &FlowEnd) -> Result<(Path, Literal), Reported> {
        let found = self.follow_path(node, &end.path)?;
        let possible = found.fields.iter().any(|(record, field)| {
            let field = &self.model.record(*record).fields[*field];
            (field.nullable && end.value == Literal::Null) || self.can_be(&field.shape, &end.value)
        });
        if !possible {
            let title = format!("`{}` is never {}", end.path.text, end.value.show());
            return Err(self.reject(end.span, title, "the schema does not allow this value"));
        }
        Ok((found.names, end.value.clone()))
    }

    /// Whether a value of a shape can be this one.
    fn can_be(&self, shape: &Shape, value: &Literal) -> bool {
        match shape {
            Shape::Boolean => value.types() == Types::BOOLEAN,
            Shape::Integer { min, max } => {
                matches!(value, Literal::Integer(number) if (min..=max).contains(&number))
            }
            Shape::Number => matches!(value, Literal::Integer(_) | Literal::Number(_)),
            Shape::Enum(values) => {
                let values = &self.model.enumeration(*values).variants;
                matches!(value, Literal::Text(text) if values.iter().any(|known| known.json == *text))
            }
            Shape::Text | Shape::Key(_) | Shape::Link(_) | Shape::Target(_) => {
                matches!(value, Literal::Text(_) | Literal::Integer(_))
            }
            Shape::Scalar(types) => types.intersects(value.types()),
            Shape::Record(_) | Shape::Json | Shape::List(_) | Shape::Union(_) | Shape::Map(_) => false,
        }
    }

    fn flow_branches(
        &mut self,
        record: RecordId,
        annotation: &FlowBranchesAnnotation,
        kind: KindId,
        a_node: &str,
    ) -> Result<[Path; 3], Reported> {
        let (at, branch) = self.path_to_records(&[record], &annotation.at)?;
        let to = self.path_to_references(&branch, &annotation.to, &[kind], a_node);
        // Whatever it names can set a branch off: what is no task is something outside.
        let all: Vec<KindId> = (0..self.model.kinds.len() as u32).map(KindId).collect();
        let on = self.path_to_references(&branch, &annotation.on, &all, "what sets a branch off");
        Ok([at, to?, on?])
    }

    fn tasks(&mut self, node: &[RecordId], annotation: &TasksAnnotation) -> Result<Tasks, Reported> {
        let (at, task) = self.path_to_records(node, &annotation.at)?;
        let kind = self.common_kind(&task, annotation.at.span)?;
        let a_task = nouns::with_article(&nouns::spoken(self.model.kind(kind).noun()));
        let optional = self.typed_path(&task, annotation.optional.as_ref(), PropertyType::Boolean);
        let hidden = self.typed_path(&task, annotation.hidden.as_ref(), PropertyType::Boolean);
        let any = annotation.any.as_ref();
        let any = any.map(|path| self.path_to_references(&task, path, &[kind], &a_task)).transpose();
        Ok(Tasks { at, optional: optional?, hidden: hidden?, any: any?, kind })
    }
}

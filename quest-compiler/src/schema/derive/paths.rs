//! Paths of property names in annotations, followed through the records of the model.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::annotations::Written;
use crate::schema::ids::{KindId, RecordId};
use crate::schema::model::{Path, Shape};

impl ModelBuilder<'_> {
    /// The kind of the objects of a record.
    pub(super) fn keyed(&mut self, record: RecordId, written: &Written) -> Option<KindId> {
        let key = self.model.record(record).key().map(|(kind, _)| kind);
        if key.is_none() {
            let name = self.model.record(record).name.clone();
            self.diagnostics.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("`{name}` has no `x-key`, so that its objects could be told apart"),
                )
                .label(written.1, "needs objects with ids"),
            );
        }
        key
    }

    /// A path that ends at objects.
    pub(super) fn record_path(&mut self, record: RecordId, written: &Written) -> Option<(Path, RecordId)> {
        let (path, shape) = self.path(record, written)?;
        match shape.element() {
            Shape::Record(found) | Shape::Map(found) => Some((path, *found)),
            _ => {
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, format!("`{}` has no objects", written.0))
                        .label(written.1, "must be an object, or a list or map of objects"),
                );
                None
            }
        }
    }

    /// Follows a path of property names; `[]` and `{}` in it change nothing, since lists and maps are looked through.
    pub(super) fn path(&mut self, record: RecordId, written: &Written) -> Option<(Path, Shape)> {
        let mut at = record;
        let mut path = Vec::new();
        let mut shape = None;
        for name in written.0.split('.') {
            let name = name.trim_end_matches("[]").trim_end_matches("{}");
            if let Some(found) = shape.take() {
                match Shape::element(&found) {
                    Shape::Record(next) | Shape::Map(next) => at = *next,
                    _ => {
                        self.diagnostics.push(
                            Diagnostic::new(
                                &code::ANNOTATION,
                                format!("`{}` goes into something that is no object", written.0),
                            )
                            .label(written.1, format!("`{name}` is looked for there")),
                        );
                        return None;
                    }
                }
            }
            let fields = &self.model.record(at).fields;
            let Some(field) = fields.iter().find(|field| field.is_property(name)) else {
                let help = did_you_mean(name, fields.iter().map(|field| field.json.as_str()));
                let owner = self.model.record(at).name.clone();
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, format!("`{owner}` has no property `{name}`"))
                        .label(written.1, "leads nowhere")
                        .maybe_help(help),
                );
                return None;
            };
            shape = Some(field.shape.clone());
            path.push(name.to_owned());
        }
        Some((path, shape?))
    }
}

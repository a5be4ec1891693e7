//! Paths of property names in annotations, followed through the records of the model.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::annotations::SpannedText;
use crate::schema::ids::{KindId, RecordId};
use crate::schema::model::{Path, Shape};
use crate::text::Span;

/// The error of a step that has reported its diagnostic already.
pub(super) struct Reported;

impl ModelBuilder<'_> {
    /// Reports an annotation that cannot be used.
    pub(super) fn reject(
        &mut self,
        span: Span,
        title: impl Into<String>,
        label: impl Into<String>,
    ) -> Reported {
        self.diagnostics.push(Diagnostic::new(&code::ANNOTATION, title).label(span, label));
        Reported
    }

    /// The kind of the ids of a record's objects; `span` is what needs them.
    pub(super) fn key_kind(&mut self, record: RecordId, span: Span) -> Result<KindId, Reported> {
        let record = self.model.record(record);
        if let Some((kind, _)) = record.key() {
            return Ok(kind);
        }
        let title = format!("`{}` has no `x-key`, so that its objects could be told apart", record.name);
        Err(self.reject(span, title, "needs objects with ids"))
    }

    /// Follows a path that must end at objects.
    pub(super) fn path_to_record(
        &mut self,
        record: RecordId,
        path: &SpannedText,
    ) -> Result<(Path, RecordId), Reported> {
        let (names, shape) = self.path_and_shape(record, path)?;
        match shape.element() {
            Shape::Record(found) | Shape::Map(found) => Ok((names, *found)),
            _ => {
                let title = format!("`{}` has no objects", path.text);
                Err(self.reject(path.span, title, "must be an object, or a list or map of objects"))
            }
        }
    }

    /// Follows a path that must end at a property.
    pub(super) fn path(&mut self, record: RecordId, path: &SpannedText) -> Result<Path, Reported> {
        self.path_and_shape(record, path).map(|(names, _)| names)
    }

    /// Follows a path, if the annotation has one.
    pub(super) fn optional_path(
        &mut self,
        record: RecordId,
        path: Option<&SpannedText>,
    ) -> Result<Option<Path>, Reported> {
        path.map(|path| self.path(record, path)).transpose()
    }

    /// Follows a path of property names, and says what is at its end.
    ///
    /// Paths go through lists and maps without saying so: a `[]` or `{}` behind a name is for readers.
    pub(super) fn path_and_shape(
        &mut self,
        record: RecordId,
        path: &SpannedText,
    ) -> Result<(Path, Shape), Reported> {
        let mut names = Vec::new();
        let mut shape = Shape::Record(record);
        for name in path.text.split('.') {
            let name = name.trim_end_matches("[]").trim_end_matches("{}");
            let (Shape::Record(owner) | Shape::Map(owner)) = *shape.element() else {
                let title = format!("`{}` goes into something that is no object", path.text);
                return Err(self.reject(path.span, title, format!("`{name}` is looked for there")));
            };
            shape = self.named_field_shape(owner, name, path.span)?;
            names.push(name.to_owned());
        }
        Ok((names, shape))
    }

    fn named_field_shape(&mut self, record: RecordId, name: &str, span: Span) -> Result<Shape, Reported> {
        let record = self.model.record(record);
        if let Some(field) = record.fields.iter().find(|field| field.is_property(name)) {
            return Ok(field.shape.clone());
        }
        let help = did_you_mean(name, record.fields.iter().map(|field| field.json.as_str()));
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, format!("`{}` has no property `{name}`", record.name))
                .label(span, "leads nowhere")
                .maybe_help(help),
        );
        Err(Reported)
    }
}

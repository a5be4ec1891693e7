//! Paths of property names in annotations, followed through the records of the model.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code, did_you_mean, list};
use crate::schema::annotations::SpannedText;
use crate::schema::ids::{KindId, RecordId};
use crate::schema::model::{MAP_NAME, Path, Shape};
use crate::text::Span;

/// The error of a step that has reported its diagnostic already.
pub(super) struct Reported;

/// The type that a property must have.
#[derive(Clone, Copy)]
pub(super) enum PropertyType {
    Boolean,
    Integer,
    Number,
    Text,
    /// Anything but an object, a list or a map.
    Scalar,
}

/// Where a path leads.
pub(super) struct PathEnd {
    pub(super) names: Path,
    /// The fields at the end, one for each type of object that has it. Behind the rows of elements and entries that are no objects.
    pub(super) fields: Vec<(RecordId, usize)>,
    /// The field itself.
    outer: Vec<(RecordId, usize)>,
    /// The path says that it leads to the values of a map.
    values: bool,
}

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

    /// The one kind of the ids of objects of several types; `span` is what needs them.
    pub(super) fn common_kind(&mut self, records: &[RecordId], span: Span) -> Result<KindId, Reported> {
        let kinds: Vec<KindId> =
            records.iter().map(|record| self.key_kind(*record, span)).collect::<Result<_, Reported>>()?;
        let [first, rest @ ..] = kinds.as_slice() else { return Err(Reported) };
        if let Some(other) = rest.iter().find(|kind| *kind != first) {
            let (one, other) = (&self.model.kind(*first).path, &self.model.kind(*other).path);
            let title = format!("some of these objects are of the kind `{one}`, others of `{other}`");
            return Err(self.reject(span, title, "must have ids of one kind"));
        }
        Ok(*first)
    }

    /// Follows a path that must end at objects of one type.
    pub(super) fn path_to_record(
        &mut self,
        record: RecordId,
        path: &SpannedText,
    ) -> Result<(Path, RecordId), Reported> {
        let (names, records) = self.path_to_records(&[record], path)?;
        match records.as_slice() {
            [only] => Ok((names, *only)),
            _ => {
                let title = format!("the objects at `{}` are of several types", path.text);
                Err(self.reject(path.span, title, "must be of one type, not a union"))
            }
        }
    }

    /// Follows a path that must end at objects, which can be of several types.
    pub(super) fn path_to_records(
        &mut self,
        from: &[RecordId],
        path: &SpannedText,
    ) -> Result<(Path, Vec<RecordId>), Reported> {
        let end = self.follow_path(from, path)?;
        let records = self.object_records(&end.fields);
        if records.is_empty() {
            let title = format!("`{}` has no objects", path.text);
            return Err(self.reject(path.span, title, "must be an object, or a list or map of objects"));
        }
        Ok((end.names, records))
    }

    /// Follows a path that must end at references, and among them some to ids of one of these kinds, which messages call `what`.
    /// The names in a map are meant where only they are references.
    pub(super) fn path_to_references(
        &mut self,
        from: &[RecordId],
        path: &SpannedText,
        kinds: &[KindId],
        what: &str,
    ) -> Result<Path, Reported> {
        let mut end = self.follow_path(from, path)?;
        let map_names: Vec<(RecordId, usize)> =
            if end.values { Vec::new() } else { self.map_names_at(&end.outer) };
        let by_value = end.fields.iter().any(|field| self.is_reference(*field));
        let by_name = map_names.iter().any(|field| self.is_reference(*field));
        if by_value && by_name {
            let title = format!("both the names and the values at `{}` are references", path.text);
            let label = format!("write `{0}{{key}}` for the names, `{0}{{}}` for the values", path.text);
            return Err(self.reject(path.span, title, label));
        }
        if by_name {
            end.names.push(MAP_NAME.to_owned());
            end.fields = map_names;
        }
        if let Some(field) = end.fields.iter().find(|field| !self.is_reference(**field)) {
            let mut diagnostic =
                Diagnostic::new(&code::ANNOTATION, format!("`{}` leads to no reference", path.text))
                    .label(path.span, format!("needs an `x-ref` to {what}"));
            let field = &self.model.record(field.0).fields[field.1];
            if field.shape.element() == &Shape::Json {
                diagnostic = diagnostic.label(field.span, "is kept as JSON text");
            }
            self.diagnostics.push(diagnostic);
            return Err(Reported);
        }
        let named: Vec<KindId> = end.fields.iter().flat_map(|field| self.kinds_at(*field)).copied().collect();
        if kinds.iter().all(|kind| !named.contains(kind)) {
            let title = format!("`{}` never names {what}", path.text);
            let mut named: Vec<&str> =
                named.iter().map(|kind| self.model.kind(*kind).path.as_str()).collect();
            named.dedup();
            let label = if named.is_empty() {
                "names nothing with an id".to_owned()
            } else {
                format!("names ids of the kind {}", list(&named, "or"))
            };
            return Err(self.reject(path.span, title, label));
        }
        Ok(end.names)
    }

    /// Follows a path, if the annotation has one, to a property of a given type.
    pub(super) fn typed_path(
        &mut self,
        from: &[RecordId],
        path: Option<&SpannedText>,
        wanted: PropertyType,
    ) -> Result<Option<Path>, Reported> {
        let Some(path) = path else { return Ok(None) };
        let end = self.follow_path(from, path)?;
        let wrong = end.fields.iter().any(|(record, field)| {
            let shape = &self.model.record(*record).fields[*field].shape;
            !wanted.fits(shape)
        });
        if wrong || end.fields != end.outer {
            let (title, label) = wanted.missed();
            return Err(self.reject(path.span, format!("`{}` {title}", path.text), label));
        }
        Ok(Some(end.names))
    }

    /// Follows a path of property names, and says what is at its end, which must be the same for all types of objects.
    pub(super) fn path_and_shape(
        &mut self,
        record: RecordId,
        path: &SpannedText,
    ) -> Result<(Path, Shape), Reported> {
        let end = self.follow_path(&[record], path)?;
        let [(record, field)] = *end.fields else {
            let title = format!("`{}` is in objects of several types", path.text);
            return Err(self.reject(path.span, title, "must be a property of one type of objects"));
        };
        Ok((end.names, self.model.record(record).fields[field].shape.clone()))
    }

    /// Follows a path of property names.
    ///
    /// Paths go through lists, maps and unions without saying so: a `[]` or `{}` behind a name is for readers. `{key}` behind the last
    /// name means the names in a map.
    pub(super) fn follow_path(&mut self, from: &[RecordId], path: &SpannedText) -> Result<PathEnd, Reported> {
        let mut end = PathEnd {
            names: Vec::new(),
            fields: Vec::new(),
            outer: Vec::new(),
            values: path.text.ends_with("{}"),
        };
        let (text, by_name) = match path.text.strip_suffix(MAP_NAME) {
            Some(text) => (text.trim_end_matches('.'), true),
            None => (path.text.as_str(), false),
        };
        let mut owners = from.to_vec();
        for name in text.split('.') {
            let name = name.trim_end_matches("[]").trim_end_matches("{}");
            if !end.names.is_empty() {
                owners = self.object_records(&end.fields);
            }
            if owners.is_empty() {
                let title = format!("`{}` goes into something that is no object", path.text);
                return Err(self.reject(path.span, title, format!("`{name}` is looked for there")));
            }
            end.outer = self.named_fields(&owners, name, path.span)?;
            end.fields =
                end.outer.iter().map(|(record, field)| self.model.values_of(*record, *field)).collect();
            end.names.push(name.to_owned());
        }
        if by_name {
            end.fields = self.map_names_at(&end.outer);
            end.outer.clone_from(&end.fields);
            end.names.push(MAP_NAME.to_owned());
            if end.fields.is_empty() {
                let title = format!("`{text}` is no map, so it has no names");
                return Err(self.reject(path.span, title, "must be a map"));
            }
        }
        Ok(end)
    }

    /// The types of the objects in some fields.
    pub(super) fn object_records(&self, fields: &[(RecordId, usize)]) -> Vec<RecordId> {
        let mut records = Vec::new();
        for (record, field) in fields {
            for found in self.model.records_in(&self.model.record(*record).fields[*field].shape) {
                // What a value row holds is no object again.
                if self.model.value_field(found).is_none() && !records.contains(&found) {
                    records.push(found);
                }
            }
        }
        records
    }

    /// The fields with the names of the maps in some fields.
    fn map_names_at(&self, fields: &[(RecordId, usize)]) -> Vec<(RecordId, usize)> {
        let maps = fields.iter().flat_map(|(record, field)| {
            match self.model.record(*record).fields[*field].shape.element() {
                Shape::Map(entries) => Some(*entries),
                _ => None,
            }
        });
        maps.filter_map(|entries| Some((entries, self.model.map_name_field(entries)?))).collect()
    }

    fn is_reference(&self, (record, field): (RecordId, usize)) -> bool {
        let shape = self.model.record(record).fields[field].shape.element();
        matches!(shape, Shape::Link(_) | Shape::Target(_))
    }

    fn kinds_at(&self, (record, field): (RecordId, usize)) -> &[KindId] {
        match self.model.record(record).fields[field].shape.element() {
            Shape::Link(spec) => &spec.kinds,
            Shape::Target(target) => &self.model.target(*target).all,
            _ => &[],
        }
    }

    /// The fields with a name in objects of some types, of which at least one must have it.
    fn named_fields(
        &mut self,
        records: &[RecordId],
        name: &str,
        span: Span,
    ) -> Result<Vec<(RecordId, usize)>, Reported> {
        let of = |record: &RecordId| Some((*record, self.model.field_named(*record, name)?));
        let found: Vec<(RecordId, usize)> = records.iter().filter_map(of).collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let is_constant =
            |record: &RecordId| self.merged_record(self.model.record(*record)).property(name).is_some();
        if records.iter().any(is_constant) {
            let title = format!("`{name}` has one possible value, so it decides nothing");
            return Err(self.reject(span, title, "every object has the same value"));
        }
        let all = || records.iter().map(|record| self.model.record(*record));
        let help =
            did_you_mean(name, all().flat_map(|record| &record.fields).map(|field| field.json.as_str()));
        let names: Vec<&str> = all().map(|record| record.name.as_str()).collect();
        let title = match names.as_slice() {
            [only] => format!("`{only}` has no property `{name}`"),
            names => format!("none of {} has a property `{name}`", list(names, "and")),
        };
        self.diagnostics
            .push(Diagnostic::new(&code::ANNOTATION, title).label(span, "leads nowhere").maybe_help(help));
        Err(Reported)
    }
}

impl PropertyType {
    fn fits(self, shape: &Shape) -> bool {
        match self {
            PropertyType::Boolean => matches!(shape, Shape::Boolean),
            PropertyType::Integer => matches!(shape, Shape::Integer { .. }),
            PropertyType::Number => matches!(shape, Shape::Integer { .. } | Shape::Number),
            PropertyType::Text => matches!(shape, Shape::Text | Shape::Enum(_) | Shape::Key(_)),
            PropertyType::Scalar => !matches!(
                shape,
                Shape::Record(_) | Shape::Json | Shape::List(_) | Shape::Union(_) | Shape::Map(_)
            ),
        }
    }

    /// What is wrong with a property of another type, and what it must be.
    fn missed(self) -> (&'static str, &'static str) {
        match self {
            PropertyType::Boolean => ("is neither `true` nor `false`", "must be of the type `boolean`"),
            PropertyType::Integer => ("is no whole number", "must be of the type `integer`"),
            PropertyType::Number => ("is no number", "must be of the type `integer` or `number`"),
            PropertyType::Text => ("is no text", "must be of the type `string`"),
            PropertyType::Scalar => ("is no single value", "must be a string, a number, `true` or `false`"),
        }
    }
}

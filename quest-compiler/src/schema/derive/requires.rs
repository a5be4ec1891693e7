//! `x-requires`: its paths, followed through the model.

use super::builder::ModelBuilder;
use super::paths::{PropertyType, Reported};
use crate::diagnostics::{Diagnostic, code, did_you_mean, nouns};
use crate::schema::annotations::{GivesAnnotation, LocksAnnotation, Means, RequiresAnnotation, SpannedText};
use crate::schema::ids::{KindId, RecordId};
use crate::schema::model::{Gives, Group, Locks, Operators, Own, Path, Requires, Shape};

/// What is required, and what says what it is.
#[derive(Default)]
struct ConditionPaths {
    at: Option<Path>,
    records: Vec<RecordId>,
    groups: Vec<Group>,
    by: Option<Path>,
    target: Option<Path>,
    value: Option<Path>,
    operator: Option<Operators>,
}

impl ModelBuilder<'_> {
    /// Derives the requirements of every record whose schema has `x-requires`.
    pub(super) fn requirements(&mut self) {
        for index in 0..self.model.records.len() {
            let record = RecordId(index as u32);
            let annotations = &self.schemas.get(self.model.record(record).schema).annotations;
            let Some(annotation) = annotations.requires.clone() else { continue };
            self.used.insert(annotation.span);
            let requires = self.requires(record, &annotation);
            self.model.requires.extend(requires);
        }
    }

    /// All parts are followed before one gives up, so that one run reports all mistakes.
    fn requires(&mut self, record: RecordId, annotation: &RequiresAnnotation) -> Result<Requires, Reported> {
        let kind = self.key_kind(record, annotation.span)?;
        let conditions = self.condition_paths(record, kind, annotation);
        let need: Vec<_> = annotation.need.iter().map(|need| self.need(&[record], need)).collect();
        let members = annotation.members.as_ref().map(|path| self.members(record, path)).transpose();
        let own: Vec<_> =
            annotation.own.iter().map(|(sort, path)| self.own(record, annotation, sort, path)).collect();
        let again = self.typed_path(&[record], annotation.again.as_ref(), PropertyType::Boolean);
        let gives = annotation.gives.as_ref().map(|gives| self.gives(record, annotation, gives)).transpose();
        let locks = annotation.locks.as_ref().map(|locks| self.locks(record, kind, locks)).transpose();
        let conditions = conditions?;
        Ok(Requires {
            record,
            kind,
            span: annotation.span,
            at: conditions.at,
            need: need.into_iter().collect::<Result<_, Reported>>()?,
            conditions: conditions.records,
            groups: conditions.groups,
            members: members?,
            by: conditions.by,
            target: conditions.target,
            value: conditions.value,
            operator: conditions.operator,
            means: annotation.means.iter().map(|(sort, means)| (sort.text.clone(), *means)).collect(),
            own: own.into_iter().collect::<Result<_, Reported>>()?,
            longest: annotation.longest,
            again: again?,
            gives: gives?,
            locks: locks?,
        })
    }

    /// Follows the path to what is required, and the paths in it.
    fn condition_paths(
        &mut self,
        record: RecordId,
        kind: KindId,
        annotation: &RequiresAnnotation,
    ) -> Result<ConditionPaths, Reported> {
        let RequiresAnnotation { by, target, value, operator, groups, .. } = annotation;
        let Some(at) = &annotation.at else { return Ok(ConditionPaths::default()) };
        let parts = [by, target, value, operator].into_iter().flatten();
        let Some(first) = parts.chain(groups.iter().map(|group| &group.at)).next() else {
            let kinds = self.kinds_that_complete(kind);
            let what = nouns::with_article(&nouns::spoken(self.model.kind(kind).noun()));
            let at = self.path_to_references(&[record], at, &kinds, &what)?;
            return Ok(ConditionPaths { at: Some(at), ..ConditionPaths::default() });
        };
        let end = self.follow_path(&[record], at)?;
        let records = self.object_records(&end.fields);
        if records.is_empty() {
            let title = format!("`{}` is looked for in something that is no object", first.text);
            return Err(self.reject(first.span, title, "has no properties"));
        }
        let (groups, records) = self.groups(records, groups)?;
        let by = by.as_ref().map(|by| self.sort_path(&records, by, &annotation.means)).transpose();
        let target = target.as_ref().map(|path| self.scalar_ends(&records, path)).transpose();
        let value = self.typed_path(&records, value.as_ref(), PropertyType::Scalar);
        let operator =
            operator.as_ref().map(|path| self.operators(&records, path, &annotation.operators)).transpose();
        if let (None, Some((word, _))) = (&annotation.operator, annotation.operators.first()) {
            return Err(self.reject(
                word.span,
                "`operators` of `x-requires` needs `operator`",
                "has no effect",
            ));
        }
        Ok(ConditionPaths {
            at: Some(end.names),
            records,
            groups,
            by: by?,
            target: target?,
            value: value?,
            operator: operator?,
        })
    }

    /// The kinds whose ids name something that can be complete: objects with requirements, groups of them and parts of them.
    fn kinds_that_complete(&self, own: KindId) -> Vec<KindId> {
        let by_content = |kind: &KindId| *kind == own || !self.model.kind(*kind).records.is_empty();
        (0..self.model.kinds.len() as u32).map(KindId).filter(by_content).collect()
    }

    /// Follows a path that must end at what is no object, list or map of objects.
    fn scalar_ends(&mut self, from: &[RecordId], path: &SpannedText) -> Result<Path, Reported> {
        let end = self.follow_path(from, path)?;
        let fits = |(record, field): &(RecordId, usize)| {
            let shape = self.model.record(*record).fields[*field].shape.element();
            !matches!(shape, Shape::Record(_) | Shape::Json | Shape::Union(_) | Shape::Map(_))
        };
        if end.fields.iter().all(fits) {
            return Ok(end.names);
        }
        let title = format!("`{}` is an object, or kept as JSON text", path.text);
        Err(self.reject(path.span, title, "must be a reference or a text"))
    }

    /// The property with the sort of a condition. Reports sorts with a meaning that are none of its values.
    fn sort_path(
        &mut self,
        from: &[RecordId],
        by: &SpannedText,
        means: &[(SpannedText, Means)],
    ) -> Result<Path, Reported> {
        let names = self.typed_path(from, Some(by), PropertyType::Text)?.ok_or(Reported)?;
        let Some(values) = self.enum_values(from, by)? else { return Ok(names) };
        let is_value = |sort: &SpannedText| sort.text.is_empty() || values.contains(&sort.text);
        match means.iter().find(|(sort, _)| !is_value(sort)) {
            Some((sort, _)) => Err(self.not_a_value(sort, &by.text, &values)),
            None => Ok(names),
        }
    }

    /// The values of a property, if the schema lists all of them.
    pub(super) fn enum_values(
        &mut self,
        from: &[RecordId],
        path: &SpannedText,
    ) -> Result<Option<Vec<String>>, Reported> {
        let mut values = Vec::new();
        for (record, field) in self.follow_path(from, path)?.fields {
            let Shape::Enum(found) = self.model.record(record).fields[field].shape else { return Ok(None) };
            values.extend(self.model.enumeration(found).variants.iter().map(|variant| variant.json.clone()));
        }
        Ok(Some(values))
    }

    /// Reports a sort of condition that `means` does not list.
    fn known_sort(&mut self, annotation: &RequiresAnnotation, sort: &SpannedText) -> Result<(), Reported> {
        let sorts: Vec<String> = annotation.means.iter().map(|(known, _)| known.text.clone()).collect();
        if sorts.contains(&sort.text) {
            return Ok(());
        }
        Err(self.not_a_value(sort, "means", &sorts))
    }

    /// The parts of an object, or references to them.
    fn members(&mut self, record: RecordId, path: &SpannedText) -> Result<Path, Reported> {
        let end = self.follow_path(&[record], path)?;
        let records = self.object_records(&end.fields);
        if records.is_empty() {
            let all: Vec<KindId> = (0..self.model.kinds.len() as u32).map(KindId).collect();
            return self.path_to_references(&[record], path, &all, "its members");
        }
        self.common_kind(&records, path.span)?;
        Ok(end.names)
    }

    fn own(
        &mut self,
        record: RecordId,
        annotation: &RequiresAnnotation,
        sort: &SpannedText,
        path: &SpannedText,
    ) -> Result<Own, Reported> {
        self.known_sort(annotation, sort)?;
        self.typed_path(&[record], Some(path), PropertyType::Number)?;
        let (path, shape) = self.path_and_shape(record, path)?;
        let bounds = match shape {
            Shape::Integer { min, max } => (min as f64, max as f64),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        };
        Ok(Own { sort: sort.text.clone(), path, bounds })
    }

    fn gives(
        &mut self,
        record: RecordId,
        annotation: &RequiresAnnotation,
        gives: &GivesAnnotation,
    ) -> Result<Gives, Reported> {
        let (at, gift) = self.path_to_records(&[record], &gives.at)?;
        let optional = self.typed_path(&gift, gives.optional.as_ref(), PropertyType::Boolean);
        let amount = self.typed_path(&gift, gives.amount.as_ref(), PropertyType::Number);
        let target = self.scalar_ends(&gift, &gives.target);
        let by = self.typed_path(&gift, Some(&gives.by), PropertyType::Text);
        if let Some(values) = self.enum_values(&gift, &gives.by)?
            && let Some((sort, _)) = gives.meets.iter().find(|(sort, _)| !values.contains(&sort.text))
        {
            return Err(self.not_a_value(sort, &gives.by.text, &values));
        }
        for (_, sort) in &gives.meets {
            self.known_sort(annotation, sort)?;
        }
        self.check_only(gives)?;
        let meets = gives.meets.iter().map(|(sort, met)| (sort.text.clone(), met.text.clone())).collect();
        let only = gives.only.iter().map(|sort| sort.text.clone()).collect();
        let by = by?.ok_or(Reported)?;
        Ok(Gives { at, optional: optional?, amount: amount?, by, target: target?, meets, only })
    }

    /// Reports conditions that only gifts can meet, but that no gift meets.
    fn check_only(&mut self, annotation: &GivesAnnotation) -> Result<(), Reported> {
        let unmet = annotation
            .only
            .iter()
            .find(|sort| annotation.meets.iter().all(|(_, meets)| meets.text != sort.text));
        let Some(sort) = unmet else { return Ok(()) };
        let met = annotation.meets.iter().map(|(_, meets)| meets.text.as_str());
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, format!("nothing that is given meets `{}`", sort.text))
                .label(sort.span, "is not in `meets`")
                .maybe_help(did_you_mean(&sort.text, met)),
        );
        Err(Reported)
    }

    fn locks(
        &mut self,
        record: RecordId,
        kind: KindId,
        annotation: &LocksAnnotation,
    ) -> Result<Locks, Reported> {
        let what = nouns::with_article(&nouns::spoken(self.model.kind(kind).noun()));
        let (Some(by), Some(target)) = (&annotation.by, &annotation.target) else {
            let at = self.path_to_references(&[record], &annotation.at, &[kind], &what)?;
            return Ok(Locks { at, by: None, sorts: Vec::new() });
        };
        let (at, lock) = self.path_to_records(&[record], &annotation.at)?;
        let sort = self.typed_path(&lock, Some(by), PropertyType::Text)?.ok_or(Reported)?;
        if let Some(values) = self.enum_values(&lock, by)?
            && let Some(wrong) = annotation.sorts.iter().find(|sort| !values.contains(&sort.text))
        {
            return Err(self.not_a_value(wrong, &by.text, &values));
        }
        let target = self.path_to_references(&lock, target, &[kind], &what)?;
        let sorts = annotation.sorts.iter().map(|sort| sort.text.clone()).collect();
        Ok(Locks { at, by: Some((sort, target)), sorts })
    }
}

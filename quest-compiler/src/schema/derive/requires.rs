//! `x-requires`: its paths, followed through the model.

use super::builder::ModelBuilder;
use super::paths::Reported;
use crate::diagnostics::{Diagnostic, code, did_you_mean, list};
use crate::schema::annotations::{GivesAnnotation, LocksAnnotation, RequiresAnnotation, SpannedText};
use crate::schema::ids::RecordId;
use crate::schema::model::{Gives, Locks, Own, Path, Requires, Shape};

/// The words by which conditions compare.
const OPERATORS: [&str; 13] = [
    "equals",
    "greaterThan",
    "lessThan",
    "atLeast",
    "atMost",
    "has",
    "notHas",
    "==",
    "=",
    ">",
    "<",
    ">=",
    "<=",
];

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

    fn requires(&mut self, record: RecordId, annotation: &RequiresAnnotation) -> Result<Requires, Reported> {
        let kind = self.key_kind(record, annotation.at.span)?;
        let (at, shape) = self.path_and_shape(record, &annotation.at)?;
        let condition = match shape.element() {
            Shape::Record(condition) | Shape::Map(condition) => Some(*condition),
            _ => None,
        };
        let [by, target] =
            [&annotation.by, &annotation.target].map(|path| self.condition_path(condition, path.as_ref()));
        let (by, target) = (by?, target?);
        let [value, operator] = [&annotation.value, &annotation.operator]
            .map(|path| self.condition_path(condition, path.as_ref()));
        let (value, operator) = (value?, operator?);
        if let (Some(condition), Some(path)) = (condition, &annotation.operator) {
            self.check_operators(condition, path)?;
        }
        let own = annotation
            .own
            .iter()
            .map(|(sort, path)| self.own(record, sort, path))
            .collect::<Result<Vec<_>, Reported>>()?;
        let again = self.optional_path(record, annotation.again.as_ref())?;
        let gives = annotation.gives.as_ref().map(|gives| self.gives(record, gives)).transpose()?;
        let locks = annotation.locks.as_ref().map(|locks| self.locks(record, locks)).transpose()?;
        Ok(Requires {
            record,
            kind,
            at,
            any: annotation.any,
            by,
            target,
            value,
            operator,
            means: annotation.means.clone(),
            own,
            longest: annotation.longest,
            again,
            gives,
            locks,
        })
    }

    /// Reports values of the property with the operator that mean nothing.
    fn check_operators(&mut self, condition: RecordId, path: &SpannedText) -> Result<(), Reported> {
        let (_, shape) = self.path_and_shape(condition, path)?;
        let Shape::Enum(operators) = *shape.element() else { return Ok(()) };
        let words = self.model.enumeration(operators).variants.iter().map(|variant| variant.json.clone());
        let unknown: Vec<String> = words.filter(|word| !OPERATORS.contains(&word.as_str())).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let names = list(&unknown.iter().map(String::as_str).collect::<Vec<_>>(), "and");
        let title = format!("nothing is known of the operator {names}");
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, title)
                .label(path.span, "not every value of this property is an operator")
                .help(format!("operators are {}", list(&OPERATORS, "and"))),
        );
        Err(Reported)
    }

    /// A property of the conditions, which may be no objects but ids.
    fn condition_path(
        &mut self,
        condition: Option<RecordId>,
        path: Option<&SpannedText>,
    ) -> Result<Option<Path>, Reported> {
        match (path, condition) {
            (Some(path), Some(condition)) => self.path(condition, path).map(Some),
            (Some(path), None) => {
                let title = format!("`{}` is looked for in something that is no object", path.text);
                Err(self.reject(path.span, title, "has no properties"))
            }
            (None, _) => Ok(None),
        }
    }

    fn own(&mut self, record: RecordId, sort: &str, path: &SpannedText) -> Result<Own, Reported> {
        let (path, shape) = self.path_and_shape(record, path)?;
        let bounds = match shape {
            Shape::Integer { min, max } => (min as f64, max as f64),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        };
        Ok(Own { sort: sort.to_owned(), path, bounds })
    }

    fn gives(&mut self, record: RecordId, annotation: &GivesAnnotation) -> Result<Gives, Reported> {
        let (at, gift) = self.path_to_record(record, &annotation.at)?;
        let gives = Gives {
            at,
            optional: self.optional_path(gift, annotation.optional.as_ref())?,
            amount: self.optional_path(gift, annotation.amount.as_ref())?,
            by: self.path(gift, &annotation.by)?,
            target: self.path(gift, &annotation.target)?,
            meets: annotation.meets.clone(),
            only: annotation.only.iter().map(|sort| sort.text.clone()).collect(),
        };
        self.check_only(annotation)?;
        Ok(gives)
    }

    /// Reports conditions that only gifts can meet, but that no gift meets.
    fn check_only(&mut self, annotation: &GivesAnnotation) -> Result<(), Reported> {
        let unmet =
            annotation.only.iter().find(|sort| annotation.meets.iter().all(|(_, meets)| *meets != sort.text));
        let Some(sort) = unmet else { return Ok(()) };
        let met = annotation.meets.iter().map(|(_, meets)| meets.as_str());
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, format!("nothing that is given meets `{}`", sort.text))
                .label(sort.span, "is not in `meets`")
                .maybe_help(did_you_mean(&sort.text, met)),
        );
        Err(Reported)
    }

    fn locks(&mut self, record: RecordId, annotation: &LocksAnnotation) -> Result<Locks, Reported> {
        let by = match (&annotation.by, &annotation.target) {
            (Some(by), Some(target)) => {
                let (_, lock) = self.path_to_record(record, &annotation.at)?;
                Some((self.path(lock, by)?, self.path(lock, target)?))
            }
            _ => None,
        };
        Ok(Locks { at: self.path(record, &annotation.at)?, by, sorts: annotation.sorts.clone() })
    }
}

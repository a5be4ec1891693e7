//! `x-requires`: from paths as written to paths that lead somewhere.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::annotations::{GivesAnnotation, RequiresAnnotation, Written};
use crate::schema::ids::RecordId;
use crate::schema::model::{Gives, Locks, Own, Requires, Shape};

impl ModelBuilder<'_> {
    pub(super) fn requires_of(&mut self, record: RecordId, note: &RequiresAnnotation) -> Option<Requires> {
        let kind = self.keyed(record, &note.at)?;
        let (at, shape) = self.path(record, &note.at)?;
        let condition = match shape.element() {
            Shape::Record(condition) | Shape::Map(condition) => Some(*condition),
            _ => None,
        };
        let mut part = |written: &Option<Written>| match (written, condition) {
            (Some(written), Some(condition)) => self.path(condition, written).map(|(path, _)| Some(path)),
            (Some(written), None) => {
                self.diagnostics.push(
                    Diagnostic::new(
                        &code::ANNOTATION,
                        format!("`{}` is looked for in something that is no object", written.0),
                    )
                    .label(written.1, "has no properties"),
                );
                None
            }
            (None, _) => Some(None),
        };
        let (by, target) = (part(&note.by)?, part(&note.target)?);
        let (value, operator) = (part(&note.value)?, part(&note.operator)?);
        let mut own = Vec::new();
        for (sort, written) in &note.own {
            let (path, shape) = self.path(record, written)?;
            let bounds = match shape {
                Shape::Integer { min, max } => (min as f64, max as f64),
                _ => (f64::NEG_INFINITY, f64::INFINITY),
            };
            own.push(Own { sort: sort.clone(), path, bounds });
        }
        let again = match &note.again {
            Some(written) => Some(self.path(record, written)?.0),
            None => None,
        };
        let gives = match &note.gives {
            Some(note) => {
                let (at, given) = self.record_path(record, &note.at)?;
                let mut maybe = |written: &Option<Written>| match written {
                    Some(written) => self.path(given, written).map(|(path, _)| Some(path)),
                    None => Some(None),
                };
                let (optional, amount) = (maybe(&note.optional)?, maybe(&note.amount)?);
                let (by, target) = (self.path(given, &note.by)?.0, self.path(given, &note.target)?.0);
                self.met(note)?;
                let only = note.only.iter().map(|(sort, _)| sort.clone()).collect::<Vec<_>>();
                Some(Gives { at, by, target, optional, amount, meets: note.meets.clone(), only })
            }
            None => None,
        };
        let locks = match &note.locks {
            Some(note) => {
                let by = match (&note.by, &note.target) {
                    (Some(by), Some(target)) => {
                        let (_, locking) = self.record_path(record, &note.at)?;
                        Some((self.path(locking, by)?.0, self.path(locking, target)?.0))
                    }
                    _ => None,
                };
                Some(Locks { at: self.path(record, &note.at)?.0, by, sorts: note.sorts.clone() })
            }
            None => None,
        };
        let (any, means, longest) = (note.any, note.means.clone(), note.longest);
        Some(Requires {
            record,
            kind,
            at,
            any,
            by,
            target,
            value,
            operator,
            means,
            own,
            longest,
            again,
            gives,
            locks,
        })
    }

    /// Reports sorts of conditions that nothing else can meet, and that nothing that is given meets either.
    fn met(&mut self, note: &GivesAnnotation) -> Option<()> {
        let wrong = note.only.iter().find(|(sort, _)| note.meets.iter().all(|(_, meets)| meets != sort));
        let Some((sort, span)) = wrong else { return Some(()) };
        let meets = || note.meets.iter().map(|(_, meets)| meets.as_str());
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, format!("nothing that is given meets `{sort}`"))
                .label(*span, "is not in `meets`")
                .maybe_help(did_you_mean(sort, meets())),
        );
        None
    }
}

//! Resolved references as columns: one for each field that is a reference.

use super::ResolvedRef;
use crate::check::rows::Row;
use crate::schema::{Model, RecordId, Shape};

/// By record type and field; columns of other fields stay empty.
#[derive(Debug)]
pub struct RefColumns(Vec<Vec<RefColumn>>);

/// The references of one field.
#[derive(Debug)]
enum RefColumn {
    /// One reference for each row.
    One(Vec<ResolvedRef>),
    /// A list for each row: the elements of all rows, and the end of each row's elements.
    Many { refs: Vec<ResolvedRef>, ends: Vec<u32> },
}

impl RefColumns {
    pub(super) fn new(model: &Model) -> Self {
        let column = |shape: &Shape| match shape {
            Shape::List(_) => RefColumn::Many { refs: Vec::new(), ends: Vec::new() },
            _ => RefColumn::One(Vec::new()),
        };
        let columns = model.records.iter();
        Self(columns.map(|record| record.fields.iter().map(|field| column(&field.shape)).collect()).collect())
    }

    /// Appends the references of the next row.
    pub(super) fn push_row(&mut self, record: RecordId, field: usize, row: &[ResolvedRef]) {
        match &mut self.0[record.0 as usize][field] {
            // A list where one reference belongs has been reported by validation.
            RefColumn::One(refs) => refs.push(row.first().copied().unwrap_or(ResolvedRef::Absent)),
            RefColumn::Many { refs, ends } => {
                refs.extend_from_slice(row);
                ends.push(refs.len() as u32);
            }
        }
    }

    pub(super) fn of(&self, row: Row, field: usize) -> &[ResolvedRef] {
        let Some(column) = self.0.get(row.record.0 as usize).and_then(|columns| columns.get(field)) else {
            return &[];
        };
        let at = row.row as usize;
        match column {
            RefColumn::One(refs) => refs.get(at..=at).unwrap_or_default(),
            RefColumn::Many { refs, ends } => {
                let start = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
                let end = ends.get(at).copied().unwrap_or(start);
                &refs[start as usize..end as usize]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_lists_do_not_mix() {
        let many = RefColumn::Many { refs: Vec::new(), ends: Vec::new() };
        let mut columns = RefColumns(vec![vec![RefColumn::One(Vec::new()), many]]);
        let record = RecordId(0);
        let id = |row| ResolvedRef::Id(0, row);
        for list in [&[id(1), ResolvedRef::Text][..], &[], &[id(2)]] {
            columns.push_row(record, 0, list);
            columns.push_row(record, 1, list);
        }
        let of = |row, field| columns.of(Row { record, row }, field).to_vec();
        assert_eq!([0, 1, 2].map(|row| of(row, 0)), [[id(1)], [ResolvedRef::Absent], [id(2)]]);
        assert_eq!([0, 1, 2].map(|row| of(row, 1)), [vec![id(1), ResolvedRef::Text], vec![], vec![id(2)]]);
        assert_eq!((of(3, 0), of(3, 1), of(0, 2)), (vec![], vec![], vec![]));
    }
}

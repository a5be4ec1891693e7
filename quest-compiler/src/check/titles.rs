//! Which property of an object is its title.

use super::resolve::Resolved;
use super::rows::Row;
use super::walk::follow;
use crate::schema::{Model, Origin, Path, RecordId, Shape};
use std::borrow::Cow;

/// Rows sampled to decide which property of a record is the title.
const SAMPLE_ROWS: u32 = 200;
/// Longest title, in characters.
const MAX_TITLE_CHARS: usize = 72;

/// The path from an object of a record to its title: where the journal finds it, or else the first text property that reads like a title
/// in most objects.
pub fn title_path(model: &Model, resolved: &Resolved<'_>, record: RecordId) -> Option<Path> {
    journal_title_path(model, record).or_else(|| {
        let content = &resolved.content;
        let rows = content.table(record).len().min(SAMPLE_ROWS);
        let fields = model.record(record).fields.iter().enumerate();
        let mut texts =
            fields.filter(|(_, field)| field.shape == Shape::Text && field.origin == Origin::Property);
        let (_, title) = texts.find(|(at, _)| {
            let values = (0..rows).filter_map(|row| content.node(Row { record, row }, *at)?.text());
            values.filter(|text| reads_like_title(text)).count() * 2 > rows as usize
        })?;
        Some(vec![title.json.to_string()])
    })
}

/// The title of an object, by the path to it.
pub fn title<'a>(model: &Model, resolved: &Resolved<'a>, row: Row, path: &Path) -> Option<Cow<'a, str>> {
    let (row, field) = follow(model, resolved, row, path).next()?;
    resolved.content.node(row, field)?.text().filter(|text| !text.trim().is_empty())
}

/// The title that `x-journal` names for quests, stages or objectives.
fn journal_title_path(model: &Model, record: RecordId) -> Option<Path> {
    let journal = model.journal.as_ref()?;
    let flow = model.flows.get(journal.flow)?;
    let titles = [
        (flow.record, &journal.names.quest),
        (journal.stage_record, &journal.names.stage),
        (journal.objective_record, &journal.names.objective),
    ];
    titles.into_iter().find(|(of, _)| *of == record)?.1.clone()
}

/// Whether a text is meant for people rather than an id, a formula or a paragraph.
pub fn reads_like_title(text: &str) -> bool {
    let capitalized = text.chars().next().is_some_and(|first| first.is_uppercase() || !first.is_ascii());
    text.chars().count() <= MAX_TITLE_CHARS && (capitalized || text.contains(' ')) && !text.contains('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_short_and_capitalized_or_have_spaces() {
        for title in ["Iron Path", "the lost ring", "Зима", "Ödland"] {
            assert!(reads_like_title(title), "{title}");
        }
        for other in ["iron-path", "", "level*2", "Two\nlines", &"Word ".repeat(20)] {
            assert!(!reads_like_title(other), "{other}");
        }
    }
}

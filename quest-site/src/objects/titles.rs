//! Which property of an object is its title.

use quest_compiler::check::Row;
use quest_compiler::driver::Inspection;
use quest_compiler::schema::{Origin, Path, RecordId, Shape};

/// Rows sampled to decide which property of a record is the title.
const SAMPLE_ROWS: u32 = 200;
/// Longest title, in characters.
const MAX_TITLE_CHARS: usize = 72;

/// The path from an object of a record to its title: where the journal finds it, or else the first text property that reads like a title
/// in most objects.
pub(super) fn title_path(inspection: Inspection<'_, '_>, record: RecordId) -> Option<Path> {
    journal_title_path(inspection, record).or_else(|| {
        let content = &inspection.resolved.content;
        let rows = content.table(record).len().min(SAMPLE_ROWS);
        let fields = inspection.model.record(record).fields.iter().enumerate();
        let mut texts =
            fields.filter(|(_, field)| field.shape == Shape::Text && field.origin == Origin::Property);
        let (_, title) = texts.find(|(at, _)| {
            let values = (0..rows).filter_map(|row| content.node(Row { record, row }, *at)?.text());
            values.filter(|text| reads_like_title(text)).count() * 2 > rows as usize
        })?;
        Some(vec![title.json.to_string()])
    })
}

/// The title that `x-journal` names for quests, stages or objectives.
fn journal_title_path(inspection: Inspection<'_, '_>, record: RecordId) -> Option<Path> {
    let journal = inspection.model.journal.as_ref()?;
    let flow = inspection.model.flows.get(journal.flow)?;
    let titles = [
        (flow.record, &journal.names.quest),
        (journal.stage_record, &journal.names.stage),
        (journal.objective_record, &journal.names.objective),
    ];
    titles.into_iter().find(|(of, _)| *of == record)?.1.clone()
}

/// Whether a text is meant for people rather than an id, a formula or a paragraph.
pub(super) fn reads_like_title(text: &str) -> bool {
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

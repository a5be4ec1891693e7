//! What differs between a file and what it should be.

use crate::summary::plural;
use quest_compiler::driver::Outdated;
use similar::{ChangeTag, TextDiff};

/// More changed lines would not be short.
const MAX_LINES: usize = 6;
/// More of a line would not be short.
const MAX_COLUMNS: usize = 100;

/// One line about a file that is not as it should be, and for text the first lines that differ.
pub(super) fn difference(file: &Outdated) -> String {
    let name = file.path.display();
    let Some(old) = &file.old else { return format!("{name}: is not there") };
    let (Ok(old_text), Ok(new_text)) = (std::str::from_utf8(old), std::str::from_utf8(&file.new)) else {
        return format!("{name}: {} bytes there, {} wanted", old.len(), file.new.len());
    };
    let diff = TextDiff::from_lines(old_text, new_text);
    let changes = || diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
    let count = |tag| changes().filter(|change| change.tag() == tag).count();
    let mut text = format!(
        "{name}: {} to add, {} to remove",
        plural(count(ChangeTag::Insert), "line"),
        plural(count(ChangeTag::Delete), "line")
    );
    for change in changes().take(MAX_LINES) {
        let line: String = change.value().trim_end().chars().take(MAX_COLUMNS).collect();
        text.push_str(&format!("\n  {}{line}", change.tag()));
    }
    if changes().count() > MAX_LINES {
        text.push_str("\n  ...");
    }
    text
}

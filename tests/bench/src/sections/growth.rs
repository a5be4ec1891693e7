//! How costs grow with content.

use super::compiler::measure;
use crate::Outcome;
use crate::project::{Project, number};
use crate::table::{self, row};

pub(crate) fn print(project: &Project) -> Outcome {
    let quests = project.quests;
    let mut rows = vec![row![
        "quests",
        "files",
        "JSON MB",
        "serde_json, µs a quest",
        "check, one thread, µs a quest",
        "of serde_json",
        "check, µs a quest",
        "of serde_json",
        "build, µs a quest",
        "of serde_json",
        "tables of the JSON",
    ]];
    for quests in [quests / 40, quests / 10, quests / 4, quests, 4 * quests] {
        let quests = quests.max(1);
        // questc refuses files of more than 268 MB, which is 100,000 quests.
        let files = quests.div_ceil(100_000);
        let measured = measure(project, quests, files, false)?;
        let each = |milliseconds: f64| format!("{:.1}", milliseconds * 1e3 / quests as f64);
        let ratio = |milliseconds: f64| format!("{:.2}", milliseconds / measured.parse);
        rows.push(row![
            number(quests),
            number(files),
            format!("{:.1}", measured.megabytes),
            each(measured.parse),
            each(measured.alone),
            ratio(measured.alone),
            each(measured.check),
            ratio(measured.check),
            each(measured.build),
            ratio(measured.build),
            format!("{:.2}", measured.tables),
        ]);
    }
    table::print("Growth", &rows);
    Ok(())
}

//! The last line of a run, and its log lines.

use log::{LevelFilter, debug, error, info};
use quest_compiler::analysis::{Available, Proved, ProvedAs};
use quest_compiler::driver::{KindCount, Report};
use std::io::Write;

/// The summary of a run with errors.
pub(crate) fn failure(report: &Report) -> String {
    let mut line = plural(report.errors(), "error");
    if report.warnings() > 0 {
        line.push_str(&format!(" and {}", plural(report.warnings(), "warning")));
    }
    format!("{line} in {}", plural(report.content_files, "file"))
}

/// The summary of a run without errors.
pub(crate) fn success(report: &Report) -> String {
    let mut line = counts(&report.counts, report.warnings(), report.content_files);
    line.push_str(&proof(&report.proved));
    for available in &report.available {
        line.push_str(&availability(available));
    }
    line
}

/// What is proven of the quests, if there are any that a journal plays.
fn proof(proved: &[Proved]) -> String {
    let count = |verdict| proved.iter().filter(|one| one.verdict == verdict).count();
    if proved.is_empty() {
        return String::new();
    }
    let verb = if proved.len() == 1 { "is" } else { "are" };
    let (always, all) = (count(ProvedAs::Always), plural(proved.len(), "quest"));
    let mut line = format!("; {always} of {all} {verb} proven always finishable");
    let others = [
        (ProvedAs::CanBeLost, "can be lost"),
        (ProvedAs::Never, "never finishable"),
        (ProvedAs::NotProven, "not proven"),
    ];
    for (verdict, what) in others.into_iter().filter(|(verdict, _)| count(*verdict) > 0) {
        line.push_str(&format!(", {} {what}", count(verdict)));
    }
    line
}

/// What is known of objects of one kind that no journal plays.
fn availability(available: &Available) -> String {
    let Available { all, always, can_be_lost, never, not_proven, .. } = available;
    let mut line = format!("; {always} of {all} can always be begun");
    let others = [(can_be_lost, "can be lost"), (never, "never begun"), (not_proven, "not proven")];
    for (count, what) in others.into_iter().filter(|(count, _)| **count > 0) {
        line.push_str(&format!(", {count} {what}"));
    }
    line
}

fn counts(counts: &[KindCount], warnings: usize, files: usize) -> String {
    let rows: Vec<&str> =
        counts.iter().filter(|kind| kind.count > 0).map(|kind| kind.words.as_str()).collect();
    let files = plural(files, "file");
    let mut line = if rows.is_empty() { files } else { format!("{} in {files}", rows.join(", ")) };
    line.push_str(": no errors");
    if warnings > 0 {
        line.push_str(&format!(", {}", plural(warnings, "warning")));
    }
    line
}

/// `1 quest`, `2 quests`, `3 categories`.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    quest_compiler::diagnostics::nouns::count(count as u64, noun)
}

/// Log lines go to standard error if a run is verbose.
pub(crate) fn start_log(verbose: bool) {
    if verbose {
        // Only fails when there is a logger already, and then there is one.
        let started = env_logger::Builder::new()
            .filter_level(LevelFilter::Debug)
            .format(|to, record| writeln!(to, "{} {}", record.level(), record.args()))
            .try_init();
        drop(started);
    }
}

/// Logs a run in the words of the Quest Schema (§15).
pub(crate) fn log_run(report: &Report) {
    for schema in &report.schemas.files {
        info!("Quest schema loaded from {schema}");
    }
    debug!("Read {} with {}", plural(report.content_files, "file"), plural(report.bytes(), "byte"));
    if report.errors() > 0 {
        // The diagnostics themselves are printed, whatever the level of the log.
        error!("Quest validation failed: {}", plural(report.errors(), "error"));
        return;
    }
    let quests =
        report.counts.iter().find(|counted| counted.kind == "quest").map_or(0, |counted| counted.count);
    info!("Loaded {quests} quests from configuration");
    debug!("Quest configuration validated successfully");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries() {
        let kinds = [("quest", 5), ("stage", 15), ("marker", 0), ("objective", 20)]
            .map(|(kind, count)| KindCount { kind: kind.to_owned(), count, words: plural(count, kind) });
        assert_eq!(
            counts(&kinds, 1, 5),
            "5 quests, 15 stages, 20 objectives in 5 files: no errors, 1 warning"
        );
        assert_eq!(counts(&[], 0, 0), "0 files: no errors");
        assert_eq!(failure(&Report { content_files: 1, ..Report::default() }), "0 errors in 1 file");
    }

    #[test]
    fn plurals() {
        for (count, noun, expected) in [
            (1, "category", "1 category"),
            (2, "category", "2 categories"),
            (2, "key", "2 keys"),
            (0, "box", "0 boxes"),
        ] {
            assert_eq!(plural(count, noun), expected);
        }
    }
}

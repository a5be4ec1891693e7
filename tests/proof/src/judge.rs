//! What the compiler says of random sets.

use crate::model::{Prerequisite, Set, quests};
use quest_compiler::analysis::{Proved, ProvedAs, Prover};
use quest_compiler::diagnostics::Level;
use quest_compiler::driver::{Inspection, Request, inspect};
use std::fs;
use std::path::{Path, PathBuf};

/// A run of many sets must not depend on what happens to the schema meanwhile.
const SCHEMA: &str = include_str!("../../../schemas/quests.schema.json");

/// Writes many sets as one content; gives its manifest.
///
/// # Errors
///
/// A file cannot be written.
pub fn write(sets: &[Set], folder: &Path) -> std::io::Result<PathBuf> {
    let all: Vec<_> = sets.iter().enumerate().flat_map(|(at, set)| quests(set, &prefix(at))).collect();
    write_quests(&all, folder)
}

/// Writes quests as one content, in which every id of a registry is known; gives its manifest.
///
/// # Errors
///
/// A file cannot be written.
pub fn write_quests(all: &[serde_json::Value], folder: &Path) -> std::io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let content = serde_json::json!({ "version": "1.0.0", "quests": all });
    fs::write(folder.join("quests.json"), content.to_string())?;
    fs::write(folder.join("quests.schema.json"), SCHEMA)?;
    let mut manifest =
        "[[documents]]\nschema = \"quests.schema.json\"\ncontent = \"quests.json\"\n[registries]\n"
            .to_owned();
    manifest.push_str(&quest_test::open_registries());
    manifest.push_str("[journal]\ngame = \"proof\"\n[lints]\nnever-set = \"allow\"\n");
    let path = folder.join("quest.toml");
    fs::write(&path, manifest)?;
    Ok(path)
}

fn prefix(set: usize) -> String {
    format!("x{set}-")
}

/// What the compiler says of a quest.
#[derive(Debug)]
pub struct Said {
    /// As it is reported.
    pub proved: Proved,
    /// If only those quests are looked at together that depend on each other, as where there are many.
    pub apart: Proved,
    /// An error is reported about some quest of its set.
    pub has_error: bool,
}

/// What the compiler says of each quest of each set.
///
/// # Errors
///
/// The files cannot be written, or the compiler cannot read them.
pub fn judge(sets: &[Set], folder: &Path) -> Result<Vec<Vec<Said>>, String> {
    let manifest = write(sets, folder).map_err(|error| error.to_string())?;
    let mut apart = Vec::new();
    let look = &mut |inspection: &Inspection<'_, '_>| {
        apart = inspection.prover.map(Prover::proved_apart).unwrap_or_default();
    };
    let report = inspect(&Request::check(&manifest), &mut |_| {}, look);
    if report.proved.is_empty() || report.proved.len() != apart.len() {
        return Err(report.human(false).join("\n"));
    }
    let errors = report.diagnostics.list.iter().filter(|diagnostic| diagnostic.level == Level::Deny);
    let errors: Vec<String> = errors.map(|error| error.title.clone()).collect();
    let mut said = report.proved.into_iter().zip(apart);
    let of_set = |(number, set): (usize, &Set)| {
        let prefix = format!("`{}", prefix(number));
        let has_error = errors.iter().any(|title| title.contains(&prefix));
        let said = said.by_ref().take(set.quests.len());
        said.map(|(proved, apart)| Said { proved, apart, has_error }).collect()
    };
    Ok(sets.iter().enumerate().map(of_set).collect())
}

/// What the compiler says of each quest of the sets that were judged last if it looks at every state.
///
/// # Errors
///
/// The compiler cannot read the files.
pub fn judge_without_reductions(folder: &Path) -> Result<Vec<Proved>, String> {
    let mut proved = None;
    let look = &mut |inspection: &Inspection<'_, '_>| {
        proved = inspection.prover.and_then(Prover::proved_without_reductions);
    };
    let report = inspect(&Request::check(folder.join("quest.toml")), &mut |_| {}, look);
    proved.ok_or_else(|| report.human(false).join("\n"))
}

/// A difference between what brute force and the compiler say of a quest.
#[must_use]
pub fn difference(set: &Set, at: usize, found: &crate::brute::Judgement, said: &Said) -> Option<String> {
    use crate::brute::Verdict;
    let Said { proved, apart, has_error } = said;
    if proved.verdict == ProvedAs::Never && !has_error {
        return Some(format!("{}: can never be finished, and no error says so", proved.quest));
    }
    // Apart, it is not known of all quests at which levels and of which classes players are who can turn them in, so that one may
    // seem to be lost. That it can always be finished, or never, is true then as well.
    let exact = set.quests.iter().flat_map(|quest| &quest.prerequisites).all(|one| {
        !matches!(one, Prerequisite::LevelAbove(_) | Prerequisite::LevelBelow(_) | Prerequisite::Class(..))
    });
    let comparable = match apart.verdict {
        ProvedAs::NotProven => false,
        ProvedAs::CanBeLost => exact,
        ProvedAs::Always | ProvedAs::Never => true,
    };
    // Some ways are shorter if quests go on at the same time, so their lengths are not compared.
    let differs = (proved.verdict, &proved.endings) != (apart.verdict, &apart.endings);
    if differs && comparable && proved.verdict != ProvedAs::NotProven {
        return Some(format!("{}: {proved:?}, but apart {apart:?}", proved.quest));
    }
    let endings: Vec<String> = found.endings[at].iter().map(|stage| format!("s{stage}")).collect();
    let same = match (&found.verdicts[at], proved.verdict) {
        (_, ProvedAs::NotProven) => return None,
        (Verdict::Always, ProvedAs::Always) | (Verdict::Never, ProvedAs::Never) => true,
        (Verdict::Losable(moves), ProvedAs::CanBeLost) => *moves == proved.path.len(),
        _ => false,
    };
    if same && endings == proved.endings {
        return None;
    }
    Some(format!(
        "{}: brute force says {:?} and {endings:?}; questc says {:?} by {:?} and {:?}",
        proved.quest, found.verdicts[at], proved.verdict, proved.path, proved.endings
    ))
}

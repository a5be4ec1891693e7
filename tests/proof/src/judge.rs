//! What the compiler says of random sets.

use crate::model::{Set, quests};
use quest_compiler::analysis::{Proved, ProvedAs};
use quest_compiler::driver::{Inspection, Request, inspect, run};
use std::fs;
use std::path::{Path, PathBuf};

/// Kinds whose ids the sets make up.
const OPEN: [&str; 17] = [
    "npc",
    "item",
    "enemy",
    "location",
    "faction",
    "object",
    "ability",
    "currency",
    "flag",
    "title",
    "unlock",
    "class",
    "race",
    "codex-entry",
    "dialogue-node",
    "dialogue-choice",
    "event",
];

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
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/quests.schema.json");
    let mut manifest = format!(
        "[[documents]]\nschema = {:?}\ncontent = \"quests.json\"\n[registries]\n",
        schema.canonicalize()?
    );
    OPEN.iter().for_each(|kind| manifest.push_str(&format!("{kind} = {{ open = true }}\n")));
    manifest.push_str("[journal]\ngame = \"proof\"\n[lints]\nnever-set = \"allow\"\n");
    let path = folder.join("quest.toml");
    fs::write(&path, manifest)?;
    Ok(path)
}

fn prefix(set: usize) -> String {
    format!("x{set}-")
}

/// What the compiler says of each quest of each set.
///
/// # Errors
///
/// The files cannot be written, or the compiler cannot read them.
pub fn judge(sets: &[Set], folder: &Path) -> Result<Vec<Vec<Proved>>, String> {
    let manifest = write(sets, folder).map_err(|error| error.to_string())?;
    let report = run(&Request::check(&manifest), &mut |_| {});
    if report.proved.is_empty() {
        return Err(report.human(false).join("\n"));
    }
    let mut proved = report.proved.into_iter();
    Ok(sets.iter().map(|set| proved.by_ref().take(set.quests.len()).collect()).collect())
}

/// What the compiler says of the quests of the sets that were judged last in other ways.
#[derive(Debug)]
pub struct Otherwise {
    /// If it looks at every state.
    pub without_reductions: Vec<Proved>,
    /// If it looks only at those quests together that depend on each other.
    pub apart: Vec<Proved>,
}

/// What the compiler says of each quest of the sets that were judged last in other ways.
///
/// # Errors
///
/// The compiler cannot read the files.
pub fn judge_otherwise(folder: &Path) -> Result<Otherwise, String> {
    let mut proved = None;
    let look = &mut |inspection: &Inspection<'_, '_>| {
        proved = inspection.prover.and_then(|prover| {
            let without_reductions = prover.proved_without_reductions()?;
            Some(Otherwise { without_reductions, apart: prover.proved_apart() })
        });
    };
    let report = inspect(&Request::check(folder.join("quest.toml")), &mut |_| {}, look);
    proved.ok_or_else(|| report.human(false).join("\n"))
}

/// A difference between what brute force and the compiler say of a quest.
#[must_use]
pub fn difference(at: usize, found: &crate::brute::Judgement, proved: &Proved) -> Option<String> {
    use crate::brute::Verdict;
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

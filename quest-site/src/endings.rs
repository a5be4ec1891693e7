//! The endings of objects as text: one line for each, with a way that leads there.

use super::Objects;
use super::graph::flow_rows;
use quest_compiler::analysis::{By, Ending, Step, endings};
use quest_compiler::diagnostics::{did_you_mean, nouns};
use std::fmt::Write;

/// The endings of the object that a word names; of all objects, without one.
///
/// # Errors
///
/// Says which objects there are.
pub(crate) fn endings_of(objects: &Objects<'_, '_>, word: Option<&str>) -> Result<String, String> {
    let (model, resolved) = (objects.model(), objects.checked.resolved);
    let mut text = String::new();
    let mut ids = Vec::new();
    for flow in &model.flows {
        for (kind, row) in flow_rows(objects, flow) {
            let Some((_, id)) = objects.id_of(row) else { continue };
            let path = objects.path(kind, id);
            let is = |word: &str| path == word || format!("{}{path}", model.kind(kind).prefix) == word;
            if word.is_none_or(is) {
                one(&path, endings(model, resolved, objects.checked.prover, flow, row), &mut text);
            }
            ids.push(path);
        }
    }
    if !text.is_empty() {
        return Ok(text);
    }
    let help = word.and_then(|word| did_you_mean(word, ids.iter().map(String::as_str)));
    let help = help.map_or_else(String::new, |help| format!("; {help}"));
    Err(match word {
        Some(word) if !ids.is_empty() => format!("nothing that can end is called `{word}`{help}"),
        _ if model.flows.is_empty() => {
            "nothing is known to end: no schema says with `x-flow` what leads to what".to_owned()
        }
        _ => "there is nothing in the content that could end".to_owned(),
    })
}

fn one(path: &str, found: Option<Vec<Ending>>, text: &mut String) {
    let Some(found) = found else {
        let _ = writeln!(text, "{path}: names something that is not there, so its endings are not known");
        return;
    };
    let count =
        if found.is_empty() { "no ending".to_owned() } else { nouns::count(found.len() as u64, "ending") };
    let _ = writeln!(text, "{path}: {count}");
    for Ending { node, way } in found {
        let mut line = String::new();
        for Step { node, by } in way {
            if line.is_empty() {
                line.push_str(&node);
                continue;
            }
            let why = match by {
                By::Next => String::new(),
                By::Task(task) => format!(" as soon as {task} is done"),
                By::Branch(branch) if branch.is_empty() => " by a branch".to_owned(),
                By::Branch(branch) => format!(" by the branch {branch}"),
            };
            let _ = write!(line, ", then {node}{why}");
        }
        let _ = writeln!(text, "  {node}: {line}");
    }
}

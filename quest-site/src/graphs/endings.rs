//! The endings of objects as text: one line for each, with a path that leads there.

use super::error::EndingsError;
use super::flow::flow_rows;
use crate::objects::Objects;
use quest_compiler::analysis::{By, Ending, Step, endings};
use quest_compiler::diagnostics::{did_you_mean, nouns};
use std::fmt::Write;

/// The endings of the object with an id or, without one, of all objects that have a flow.
pub(crate) fn endings_of(objects: &Objects<'_, '_>, name: Option<&str>) -> Result<String, EndingsError> {
    let (model, resolved) = (objects.model(), objects.inspection.resolved);
    let mut text = String::new();
    let mut ids = Vec::new();
    for flow in &model.flows {
        for (kind, row) in flow_rows(objects, flow) {
            let Some((_, id)) = objects.id_of(row) else { continue };
            let path = objects.path(kind, id);
            let is = |name: &str| path == name || format!("{}{path}", model.kind(kind).prefix) == name;
            if name.is_none_or(is) {
                write_object(
                    &path,
                    endings(model, resolved, objects.inspection.prover, flow, row),
                    &mut text,
                );
            }
            ids.push(path);
        }
    }
    if !text.is_empty() {
        return Ok(text);
    }
    Err(match name {
        Some(name) if !ids.is_empty() => EndingsError::UnknownName {
            name: name.to_owned(),
            suggestion: did_you_mean(name, ids.iter().map(String::as_str)),
        },
        _ if model.flows.is_empty() => EndingsError::NoFlow,
        _ => EndingsError::NoObjects,
    })
}

/// Writes the endings of one object; they are unknown if a reference in its flow is dangling.
fn write_object(path: &str, endings: Option<Vec<Ending>>, text: &mut String) {
    let Some(endings) = endings else {
        let _ = writeln!(text, "{path}: names something that is not there, so its endings are not known");
        return;
    };
    let count = match endings.len() {
        0 => "no ending".to_owned(),
        count => nouns::count(count as u64, "ending"),
    };
    let _ = writeln!(text, "{path}: {count}");
    for ending in &endings {
        let _ = writeln!(text, "  {}: {}", ending.node, steps(&ending.way));
    }
}

fn steps(steps: &[Step]) -> String {
    let mut line = String::new();
    for Step { node, by } in steps {
        if line.is_empty() {
            line.push_str(node);
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
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_ending_is_a_line_with_its_path() {
        let step = |node: &str, by| Step { node: node.to_owned(), by };
        let way = vec![
            step("a", By::Next),
            step("b", By::Task("talk".to_owned())),
            step("c", By::Branch(String::new())),
        ];
        let mut text = String::new();
        write_object("one", Some(vec![Ending { node: "c".to_owned(), way }]), &mut text);
        write_object("two", Some(Vec::new()), &mut text);
        write_object("three", None, &mut text);
        assert_eq!(
            text,
            "one: 1 ending\n  c: a, then b as soon as talk is done, then c by a branch\ntwo: no ending\nthree: names something that is not there, so its endings are not known\n"
        );
    }
}

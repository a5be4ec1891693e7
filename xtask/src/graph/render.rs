//! Graphs as text and as DOT.

use super::Crate;
use super::check::Layers;
use super::folders::Folder;
use std::fmt::Write;

/// One block for each crate and each folder in it, with a line for each module: dependencies come first.
pub(super) fn text(crates: &[Crate]) -> String {
    let mut text = String::new();
    for one in crates {
        let dependencies =
            if one.dependencies.is_empty() { "-".to_owned() } else { one.dependencies.join(", ") };
        line(&mut text, format_args!("{} -> {dependencies}", one.name));
        for folder in &one.folders {
            let colons = if folder.path.is_empty() { "" } else { "::" };
            line(&mut text, format_args!("  {}{colons}{}", one.name, folder.path));
            modules(&mut text, folder);
        }
        text.push('\n');
    }
    text
}

fn modules(text: &mut String, folder: &Folder) {
    let width = folder.children.iter().map(|child| child.name.len()).max().unwrap_or(0);
    for child in &folder.children {
        let uses = folder.edges.iter().filter(|((from, _), _)| *from == child.name);
        let uses: Vec<String> = uses.map(|((_, to), edge)| format!("{to} ({})", edge.count)).collect();
        let entry = format!("    {:width$}  {}", child.name, uses.join(", "));
        line(text, format_args!("{}", entry.trim_end()));
    }
}

/// One graph with a cluster for each crate. Dependencies on a later layer are red.
pub(super) fn dot(crates: &[Crate], layers: &Layers) -> String {
    let mut text = String::from("digraph modules {\n  rankdir=BT;\n  node [shape=box];\n");
    for one in crates {
        line(&mut text, format_args!("  subgraph \"cluster_{0}\" {{\n    label=\"{0}\";", one.name));
        line(&mut text, format_args!("    \"{}\" [shape=plaintext];", one.name));
        for folder in &one.folders {
            dot_folder(&mut text, one, folder, layers);
        }
        text.push_str("  }\n");
    }
    for (one, other) in
        crates.iter().flat_map(|one| one.dependencies.iter().map(move |other| (&one.name, other)))
    {
        line(&mut text, format_args!("  \"{one}\" -> \"{other}\";"));
    }
    text.push_str("}\n");
    text
}

fn dot_folder(text: &mut String, one: &Crate, folder: &Folder, layers: &Layers) {
    let node = |name: &str| {
        let path = if folder.path.is_empty() { name.to_owned() } else { format!("{}::{name}", folder.path) };
        format!("{}::{path}", one.name)
    };
    for child in &folder.children {
        line(text, format_args!("    \"{}\" [label=\"{}\"];", node(&child.name), child.name));
    }
    for (from, to) in folder.edges.keys() {
        let layer = |module: &str| layers.of(&one.name, module);
        let is_back = folder.path.is_empty() && layer(from) < layer(to);
        let style = if is_back { " [color=red]" } else { "" };
        line(text, format_args!("    \"{}\" -> \"{}\"{style};", node(from), node(to)));
    }
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::super::{Crate, folders::tests::read};
    use super::{dot, text};

    fn sample() -> Vec<Crate> {
        let folders = read("mod low { pub struct L; } mod high { use crate::low::L; }");
        vec![Crate { name: "game".to_owned(), dependencies: vec!["base".to_owned()], folders }]
    }

    #[test]
    fn text_has_a_line_for_each_module() {
        assert_eq!(text(&sample()), "game -> base\n  game\n    low\n    high  low (1)\n\n");
    }

    #[test]
    fn dot_has_an_edge_for_each_dependency() {
        let layers = toml::from_str("game = [[\"high\"], [\"low\"]]").unwrap();
        let dot = dot(&sample(), &layers);
        assert!(dot.contains("\"game::high\" -> \"game::low\" [color=red];"), "{dot}");
        assert!(dot.contains("\"game\" -> \"base\";"), "{dot}");
        assert_eq!(dot.matches('{').count(), dot.matches('}').count());
    }
}

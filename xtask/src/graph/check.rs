//! What is wrong with a graph, and what of it is known.

use super::Crate;
use super::folders::Folder;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// The layers of crates, lowest first. Modules of one layer may depend on each other, as long as there is no cycle.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Layers(BTreeMap<String, Vec<Vec<String>>>);

impl Layers {
    /// Reads `layers.toml`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is no table of lists of lists of names.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("cannot read {}", path.display()))
    }

    /// The number of the layer of a module at the root of a crate. `None` if the crate has no layers, or the module is in none.
    pub(super) fn of(&self, name: &str, module: &str) -> Option<usize> {
        self.0.get(name)?.iter().position(|layer| layer.iter().any(|name| name == module))
    }

    /// Every module must be in a layer, and every layer must have modules that exist.
    fn ensure_complete(&self, one: &Crate, root: &Folder) -> Result<()> {
        let Some(layers) = self.0.get(&one.name) else { return Ok(()) };
        for child in &root.children {
            ensure!(
                self.of(&one.name, &child.name).is_some(),
                "xtask/layers.toml: `{}` has a module `{}`, which is in no layer",
                one.name,
                child.name
            );
        }
        for name in layers.iter().flatten() {
            ensure!(
                root.children.iter().any(|child| child.name == *name),
                "xtask/layers.toml: `{}` has no module `{name}`",
                one.name
            );
        }
        Ok(())
    }
}

/// Something that must not be. Its text is a line of `known-cycles.txt`.
#[derive(Debug)]
pub(super) struct Violation {
    /// The crate.
    name: String,
    kind: Kind,
    /// Paths in the code that make it.
    examples: Vec<String>,
}

#[derive(Debug)]
enum Kind {
    /// A dependency on a later layer.
    Back { from: String, to: String },
    /// Modules of a folder that depend on each other.
    Cycle { folder: String, members: Vec<String> },
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Back { from, to } => write!(out, "back {}: {from} -> {to}", self.name),
            Kind::Cycle { folder, members } => {
                let colons = if folder.is_empty() { "" } else { "::" };
                write!(out, "cycle {}{colons}{folder}: {}", self.name, members.join(" "))
            }
        }
    }
}

/// What is wrong with a crate.
///
/// # Errors
///
/// If the layers of the crate are not complete.
pub(super) fn violations(one: &Crate, layers: &Layers) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for folder in &one.folders {
        if folder.path.is_empty() {
            layers.ensure_complete(one, folder)?;
            found.extend(back_edges(one, folder, layers));
        }
        found.extend(cycles(one, folder, layers));
    }
    Ok(found)
}

fn back_edges(one: &Crate, root: &Folder, layers: &Layers) -> Vec<Violation> {
    let layer = |module: &str| layers.of(&one.name, module);
    let back = root.edges.iter().filter(|((from, to), _)| layer(from) < layer(to));
    back.map(|((from, to), edge)| Violation {
        name: one.name.clone(),
        kind: Kind::Back { from: from.clone(), to: to.clone() },
        examples: vec![edge.example.clone()],
    })
    .collect()
}

/// Cycles through a folder, or between the stages of a crate with layers. Files of one folder may name each other: together they are
/// one subject.
fn cycles(one: &Crate, folder: &Folder, layers: &Layers) -> Vec<Violation> {
    let are_stages = folder.path.is_empty() && layers.0.contains_key(&one.name);
    let through_folder =
        |members: &Vec<String>| are_stages || members.iter().any(|name| folder.is_folder(name));
    let violation = |members: Vec<String>| {
        let within = |(from, to): &(String, String)| members.contains(from) && members.contains(to);
        let inside = folder.edges.iter().filter(|(ends, _)| within(ends));
        let examples = inside.map(|((from, to), edge)| format!("{from} -> {to}: {}", edge.example)).collect();
        Violation {
            name: one.name.clone(),
            kind: Kind::Cycle { folder: folder.path.clone(), members },
            examples,
        }
    };
    folder.cycles().into_iter().filter(through_folder).map(violation).collect()
}

/// Compares with the list of what is known: what is new, and what is listed and no longer occurs.
///
/// `looked_at` says which crates were read; entries of others are passed over.
pub(super) fn compare(found: &[Violation], known: &str, looked_at: impl Fn(&str) -> bool) -> Vec<String> {
    let known: Vec<&str> =
        known.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut problems = Vec::new();
    for violation in found {
        let line = violation.to_string();
        if !known.contains(&line.as_str()) {
            let examples: String =
                violation.examples.iter().map(|example| format!("\n    {example}")).collect();
            problems.push(format!("{line}{examples}"));
        }
    }
    for line in known {
        let name = line.split([' ', ':']).nth(1).unwrap_or_default();
        if looked_at(name) && !found.iter().any(|violation| violation.to_string() == line) {
            problems.push(format!("xtask/known-cycles.txt lists what does not occur, remove it: {line}"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::super::Crate;
    use super::super::folders::tests::{read, read_files};
    use super::{Layers, compare, violations};

    const LAYERS: &str = "game = [[\"text\"], [\"schema\", \"lint\"], [\"driver\"]]";

    fn found(lib: &str) -> Vec<String> {
        let one = Crate { name: "game".to_owned(), dependencies: vec![], folders: read(lib) };
        let layers: Layers = toml::from_str(LAYERS).unwrap();
        violations(&one, &layers).unwrap().iter().map(ToString::to_string).collect()
    }

    const SOUND: &str = "mod text { pub struct T; } mod schema { use crate::text::T; pub struct S; }
        mod lint { use crate::schema::S; } mod driver { use crate::text::T; }";

    #[test]
    fn a_sound_crate_has_no_violations() {
        assert_eq!(found(SOUND), Vec::<String>::new());
    }

    #[test]
    fn a_dependency_on_a_later_layer_is_found() {
        let lib = SOUND.replace("pub struct T;", "use crate::driver; pub struct T;");
        assert_eq!(found(&lib), ["back game: text -> driver", "cycle game: driver text"]);
    }

    #[test]
    fn a_cycle_of_files_in_a_folder_is_not_a_violation_but_one_through_a_folder_is() {
        let lib = SOUND.replace("mod schema { use crate::text::T; pub struct S; }", "mod schema;");
        let files = |b| {
            let files = [
                ("lib.rs", lib.as_str()),
                ("schema.rs", "mod a; mod b; use crate::text::T; pub struct S;"),
                ("schema/a.rs", "use super::b::B; pub struct A;"),
                ("schema/b.rs", b),
                ("schema/b/inner.rs", ""),
            ];
            let one = Crate { name: "game".to_owned(), dependencies: vec![], folders: read_files(&files) };
            let layers: Layers = toml::from_str(LAYERS).unwrap();
            violations(&one, &layers).unwrap().iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(files("use super::a::A; pub struct B; mod inner {}"), Vec::<String>::new());
        assert_eq!(files("use super::a::A; pub struct B; mod inner;"), ["cycle game::schema: a b"]);
    }

    #[test]
    fn every_module_needs_a_layer() {
        let one = Crate {
            name: "game".to_owned(),
            dependencies: vec![],
            folders: read(&format!("{SOUND} mod more {{}}")),
        };
        let error = violations(&one, &toml::from_str(LAYERS).unwrap()).unwrap_err();
        assert!(error.to_string().contains("`more`, which is in no layer"), "{error}");
    }

    #[test]
    fn the_list_of_known_cycles_only_shrinks() {
        let lib = SOUND.replace("pub struct T;", "use crate::driver; pub struct T;");
        let one = Crate { name: "game".to_owned(), dependencies: vec![], folders: read(&lib) };
        let all = violations(&one, &toml::from_str(LAYERS).unwrap()).unwrap();
        let known = "# known\nback game: text -> driver\ncycle game: driver text\n";
        assert_eq!(compare(&all, known, |_| true), Vec::<String>::new());
        let new = compare(&all, "back game: text -> driver\n", |_| true);
        assert!(
            new.len() == 1 && new[0].starts_with("cycle game: driver text\n    driver -> text: "),
            "{new:?}"
        );
        let gone = compare(&[], "back game: text -> driver\n", |_| true);
        assert!(gone.len() == 1 && gone[0].contains("remove it: back game: text -> driver"), "{gone:?}");
        assert_eq!(compare(&[], "back game: text -> driver\n", |_| false), Vec::<String>::new());
    }
}

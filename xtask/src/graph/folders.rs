//! Dependencies between the direct children of each module: `schema` depends on `text` if anything within `schema` names anything
//! within `text`.

use super::modules::{ModuleId, Modules};
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// A module with children.
#[derive(Debug)]
pub(super) struct Folder {
    /// `schema`; empty for the root of the crate.
    pub(super) path: String,
    /// Its children, dependencies first as far as cycles allow.
    pub(super) children: Vec<Child>,
    /// Dependencies between children, by their names.
    pub(super) edges: BTreeMap<(String, String), Edge>,
}

/// A child of a folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Child {
    pub(super) name: String,
    pub(super) is_folder: bool,
}

/// Why one child depends on another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Edge {
    /// How many pairs of modules are behind it.
    pub(super) count: usize,
    /// One of the paths that make it.
    pub(super) example: String,
}

impl Folder {
    /// Names of children that depend on each other in a circle, sorted.
    pub(super) fn cycles(&self) -> Vec<Vec<String>> {
        let groups = components(&self.children, &self.edges).into_iter().filter(|group| group.len() > 1);
        let mut cycles: Vec<Vec<String>> = groups.collect();
        cycles.iter_mut().for_each(|names| names.sort());
        cycles.sort();
        cycles
    }

    pub(super) fn is_folder(&self, name: &str) -> bool {
        self.children.iter().any(|child| child.name == name && child.is_folder)
    }
}

/// All folders of a crate with more than one child.
pub(super) fn folders(modules: &Modules) -> Vec<Folder> {
    let mut edges: BTreeMap<ModuleId, BTreeMap<(String, String), Edge>> = BTreeMap::new();
    for ((from, to), example) in dependencies(modules) {
        if let Some((folder, from, to)) = siblings(modules, from, to) {
            let entry = edges.entry(folder).or_default().entry((from, to));
            entry.or_insert_with(|| Edge { count: 0, example }).count += 1;
        }
    }
    let folder = |(id, module): (ModuleId, &super::modules::Module)| {
        let edges = edges.remove(&id).unwrap_or_default();
        let child = |(name, id): (&String, &ModuleId)| Child {
            name: name.clone(),
            is_folder: is_folder(modules, *id),
        };
        let mut children: Vec<Child> = module.children.iter().map(child).collect();
        let order: Vec<String> = components(&children, &edges).into_iter().flatten().collect();
        children.sort_by_key(|child| order.iter().position(|name| *name == child.name));
        Folder { path: module.path.clone(), children, edges }
    };
    let all = modules.list.iter().enumerate();
    all.filter(|(_, module)| module.children.len() > 1).map(folder).collect()
}

/// Whether a module has children in files of their own. A module within a file is a part of that file.
fn is_folder(modules: &Modules, id: ModuleId) -> bool {
    let module = &modules.list[id];
    module
        .children
        .values()
        .any(|child| modules.list[*child].file != module.file || is_folder(modules, *child))
}

/// Which module names which, with one of the paths.
fn dependencies(modules: &Modules) -> BTreeMap<(ModuleId, ModuleId), String> {
    let mut found = BTreeMap::new();
    for (from, module) in modules.list.iter().enumerate() {
        for mention in &module.mentions {
            if let Some(to) = modules.resolve(from, &mention.path).filter(|to| *to != from) {
                let (path, line) = (mention.path.join("::"), mention.line);
                let file = module.file.strip_prefix(crate::command::root()).unwrap_or(&module.file);
                let example = format!("{}:{line} `{path}`", file.display());
                found.entry((from, to)).or_insert(example);
            }
        }
    }
    found
}

/// The folder in which the ways to two modules part, and its children that they go through. `None` if one is within the other.
fn siblings(modules: &Modules, from: ModuleId, to: ModuleId) -> Option<(ModuleId, String, String)> {
    let (from, to) = (ancestors(modules, from), ancestors(modules, to));
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let name = |id: &ModuleId| modules.list[*id].path.rsplit("::").next().unwrap_or_default().to_owned();
    Some((*from.get(common.checked_sub(1)?)?, name(from.get(common)?), name(to.get(common)?)))
}

/// The way from the root to a module.
fn ancestors(modules: &Modules, id: ModuleId) -> Vec<ModuleId> {
    let mut way: Vec<ModuleId> = std::iter::successors(Some(id), |id| modules.list[*id].parent).collect();
    way.reverse();
    way
}

/// Strongly connected components, dependencies first.
fn components(children: &[Child], edges: &BTreeMap<(String, String), Edge>) -> Vec<Vec<String>> {
    let mut graph: DiGraph<&str, ()> = DiGraph::new();
    let nodes: BTreeMap<&str, NodeIndex> =
        children.iter().map(|child| (child.name.as_str(), graph.add_node(&child.name))).collect();
    for (from, to) in edges.keys() {
        if let (Some(from), Some(to)) = (nodes.get(from.as_str()), nodes.get(to.as_str())) {
            graph.add_edge(*from, *to, ());
        }
    }
    let names = |group: Vec<NodeIndex>| group.into_iter().map(|node| graph[node].to_owned()).collect();
    tarjan_scc(&graph).into_iter().map(names).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::modules::Modules;
    use super::{Folder, folders};

    pub(in super::super) fn read(lib: &str) -> Vec<Folder> {
        read_files(&[("lib.rs", lib)])
    }

    pub(in super::super) fn read_files(files: &[(&str, &str)]) -> Vec<Folder> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folders(&Modules::read(&folder.path().join(files[0].0)).unwrap())
    }

    #[test]
    fn dependencies_are_lifted_to_the_folder_where_they_part() {
        let folders = read(
            "mod low { pub struct L; }
             mod high { mod a { use super::b::B; } mod b { use crate::low::L; pub struct B; } }",
        );
        let root = &folders[0];
        assert_eq!(root.edges.keys().cloned().collect::<Vec<_>>(), [("high".to_owned(), "low".to_owned())]);
        let names: Vec<&str> = root.children.iter().map(|child| child.name.as_str()).collect();
        assert_eq!(names, ["low", "high"], "dependencies come first");
        assert!(!root.is_folder("high"), "its children are in the same file");
        assert_eq!(folders[1].path, "high");
        assert!(folders[1].edges.contains_key(&("a".to_owned(), "b".to_owned())));
    }

    #[test]
    fn a_parent_and_its_child_are_no_cycle() {
        let folders = read(
            "mod a { use self::deep::D; pub struct A; mod deep { use super::A; pub struct D; } } mod b {}",
        );
        assert!(folders.iter().all(|folder| folder.cycles().is_empty()), "{folders:?}");
    }

    #[test]
    fn cycles_are_found_through_several_modules() {
        let folders = read(
            "mod a { use crate::b::B; pub struct A; } mod b { use crate::c::C; pub struct B; }
             mod c { use crate::a::A; pub struct C; } mod d { use crate::a::A; }",
        );
        assert_eq!(folders[0].cycles(), [["a", "b", "c"]]);
    }
}

//! Names for things that would have the same.
//!
//! A longer name depends on what a thing is called and on where it stands in its schema, and never on the order in which schemas are
//! read. Of several properties or values, none keeps the plain name, since code that means one of them must not compile to another.

use super::ident::sign;
use crate::source::{Document, Node, NodeKind};
use crate::text::Span;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Something that gets a name in one namespace.
pub(super) struct Named {
    /// The words of its name.
    pub(super) words: String,
    /// The name in Rust, unless something else has it.
    pub(super) plain: String,
    /// The schema gives the name. One that something else has as well is a mistake.
    pub(super) given: bool,
    /// Generated code needs the name for this.
    pub(super) fixed: bool,
}

/// The members of each group that would have one name, by that name. Those whose names are taken are groups of their own.
fn groups(items: &[Named], taken: &HashSet<String>) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        groups.entry(item.plain.clone()).or_default().push(at);
    }
    groups.retain(|name, members| {
        let given = members.iter().any(|at| items[*at].given);
        !given && (members.len() > 1 || taken.contains(name))
    });
    groups
}

/// The names of properties or values, made by `name` from their words. `taken` are names that generated code needs itself.
pub(super) fn distinct(
    items: &[Named],
    taken: &HashSet<String>,
    name: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let mut names: Vec<String> = items.iter().map(|item| item.plain.clone()).collect();
    let mut used: HashSet<String> = names.iter().chain(taken).cloned().collect();
    for (plain, members) in groups(items, taken) {
        let members: Vec<usize> = members.into_iter().filter(|at| !items[*at].fixed).collect();
        let of = |make: &dyn Fn(&str) -> String| -> Vec<String> {
            members.iter().map(|at| name(&make(&items[*at].words))).collect()
        };
        let alone = if members.len() == 1 { vec![format!("{plain}_")] } else { Vec::new() };
        let spelt = of(&spelt);
        let marked = of(&|words| format!("{words} x{:04x}", mark(words)));
        let mixed: Vec<String> = spelt
            .iter()
            .zip(&marked)
            .map(|(spelt, marked)| if *spelt == plain { marked.clone() } else { spelt.clone() })
            .collect();
        choose(&members, [alone, mixed, marked], &mut names, &mut used);
    }
    names
}

/// Where a type stands.
pub(super) struct Place {
    /// What decides which of several types keeps the plain name: the only one of the lowest rank.
    pub(super) rank: u8,
    pub(super) span: Span,
    /// What it is, in one word.
    pub(super) form: &'static str,
}

/// The names of types, made by `name` from their words.
pub(super) fn types(
    items: &[Named],
    places: &[Place],
    taken: &HashSet<String>,
    documents: &[(&Document, &str)],
    name: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let mut names: Vec<String> = items.iter().map(|item| item.plain.clone()).collect();
    let groups = groups(items, taken);
    if groups.is_empty() {
        return names;
    }
    let wanted = groups.values().flatten().map(|at| places[*at].span).collect();
    let paths = paths(documents, &wanted);
    let mut used: HashSet<String> = names.iter().chain(taken).cloned().collect();
    for (plain, mut members) in groups {
        let is_taken = taken.contains(&plain);
        let lowest = members.iter().map(|at| places[*at].rank).min().unwrap_or_default();
        let mut first = members.iter().filter(|at| places[**at].rank == lowest);
        if let (Some(only), None, false) = (first.next().copied(), first.next(), is_taken) {
            members.retain(|at| *at != only);
        }
        let empty = Vec::new();
        let path = |at: &usize| paths.get(&places[*at].span).unwrap_or(&empty);
        let mut candidates: Vec<Vec<String>> = vec![
            members.iter().map(|at| name(&format!("{} {}", items[*at].words, places[*at].form))).collect(),
        ];
        let longest = members.iter().map(|at| path(at).len()).max().unwrap_or_default();
        for count in 1..=longest {
            let longer = |at: &usize| {
                let words = items[*at].words.as_str();
                let path = path(at);
                let parents = path.strip_suffix(&[words.to_owned()][..]).unwrap_or(path);
                let parents = parents.get(parents.len().saturating_sub(count)..).unwrap_or_default();
                name(&format!("{} {words}", parents.join(" ")))
            };
            candidates.push(members.iter().map(longer).collect());
        }
        // A definition is told apart by where it stands, and what has its name from there by what it is.
        if lowest < RANK_OF_PATHS {
            candidates.rotate_left(1);
        }
        let marked = |at: &usize| format!("{} x{:04x}", items[*at].words, mark(&path(at).join("/")));
        candidates.push(members.iter().map(|at| name(&marked(at))).collect());
        choose(&members, candidates, &mut names, &mut used);
    }
    names
}

/// The rank of types whose names are made of those of the properties around them.
pub(super) const RANK_OF_PATHS: u8 = 3;

/// Takes the first of several lists of names that are free and differ; numbers those of the last one if none does.
fn choose(
    members: &[usize],
    candidates: impl IntoIterator<Item = Vec<String>>,
    names: &mut [String],
    used: &mut HashSet<String>,
) {
    let mut last = Vec::new();
    for candidate in candidates {
        let mut own = HashSet::new();
        let is_free = candidate.len() == members.len()
            && candidate.iter().all(|name| !used.contains(name) && own.insert(name));
        if is_free {
            for (at, name) in members.iter().zip(candidate) {
                used.insert(name.clone());
                names[*at] = name;
            }
            return;
        }
        last = candidate;
    }
    for (at, name) in members.iter().zip(last) {
        let numbered = (2_u32..).map(|number| format!("{name}{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| used.insert(name.clone()));
        names[*at] = free.unwrap_or(name);
    }
}

/// Words with their signs spelt out.
fn spelt(words: &str) -> String {
    let mut spelt = String::new();
    for c in words.chars() {
        if c.is_alphanumeric() {
            spelt.push(c);
            continue;
        }
        let name = sign(c);
        let name = if name == "sign" { format!("u{:04x}", u32::from(c)) } else { name.to_owned() };
        spelt.push_str(&format!(" {name} "));
    }
    spelt
}

/// Sixteen bits that stand for a text (FNV-1a).
fn mark(text: &str) -> u16 {
    let hash =
        text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 16) as u16 ^ (hash & 0xffff) as u16
}

/// The names around schemas, from the name of the file inwards. Keywords are left out.
fn paths(documents: &[(&Document, &str)], wanted: &HashSet<Span>) -> HashMap<Span, Vec<String>> {
    let mut found = HashMap::new();
    for (document, name) in documents {
        let stem = name.rsplit('/').next().unwrap_or(name).split('.').next().unwrap_or(name);
        let mut todo: Vec<(Node<'_>, Vec<String>, bool)> = Vec::new();
        todo.extend(document.root().map(|root| (root, vec![stem.to_owned()], false)));
        while let Some((node, path, names)) = todo.pop() {
            if wanted.contains(&node.label()) {
                found.insert(node.label(), path.clone());
            }
            for (at, element) in node.elements().enumerate() {
                let step = format!("option {}", at + 1);
                todo.push((element, [path.as_slice(), &[step]].concat(), false));
            }
            for (key, value) in node.properties() {
                let Some(key) = key.text() else { continue };
                if !matches!(value.kind(), NodeKind::Object | NodeKind::Array) {
                    continue;
                }
                let inner = if names { [path.as_slice(), &[key.to_string()]].concat() } else { path.clone() };
                let holds_names = matches!(
                    &*key,
                    "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
                );
                todo.push((value, inner, !names && holds_names));
            }
        }
    }
    found
}

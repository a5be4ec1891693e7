//! What every page is made from.

use super::data::entries::{Entry, EntrySources};
use super::data::facets::Facets;
use super::data::links::Links;
use super::data::navigation::Navigation;
use super::data::prerequisites::Prerequisites;
use super::data::problems::ProblemIndex;
use super::data::references::ReferenceIndex;
use super::data::types::TypeIndex;
use crate::objects::Objects;
use quest_compiler::schema::KindId;
use quest_compiler::text::FileId;
use std::path::Path;
use std::sync::OnceLock;

pub(crate) struct Site<'s, 'c, 'a> {
    pub(crate) objects: &'s Objects<'c, 'a>,
    pub(crate) title: &'s str,
    pub(crate) links: Links<'s, 'c, 'a>,
    pub(crate) types: TypeIndex,
    pub(crate) references: ReferenceIndex,
    pub(crate) problems: ProblemIndex,
    /// For each `x-requires` of the model.
    pub(crate) prerequisites: Vec<Prerequisites>,
    pub(crate) navigation: Navigation,
    /// Beginnings of paths on this machine, each with what readers see instead.
    path_rewrites: Vec<(String, String)>,
    /// For each kind with pages, its filters.
    facets: Vec<Facets>,
    /// For each kind with pages, the rows of its list.
    entries: Vec<OnceLock<Vec<Entry>>>,
}

impl<'s, 'c, 'a> Site<'s, 'c, 'a> {
    /// `directory` is the folder of the manifest as diagnostics print it, with a final `/`.
    pub(crate) fn new(objects: &'s Objects<'c, 'a>, title: &'s str, directory: &str) -> Self {
        let links = Links::new(objects);
        let requires = objects.model().requires.iter();
        let variables = objects.inspection.variables.iter().map(|variable| {
            let value = std::env::var(variable).unwrap_or_default();
            (value, variable.to_string())
        });
        Self {
            objects,
            title,
            types: TypeIndex::new(objects.model()),
            references: ReferenceIndex::new(objects, &links),
            problems: ProblemIndex::new(objects, &links),
            prerequisites: requires.map(|requires| Prerequisites::new(objects, requires)).collect(),
            navigation: Navigation::new(objects, &links),
            path_rewrites: path_rewrites(variables, directory),
            facets: links.kinds().map(|kind| Facets::new(objects, kind)).collect(),
            entries: links.kinds().map(|_| OnceLock::new()).collect(),
            links,
        }
    }

    /// The rows of the list of a kind.
    pub(crate) fn entries(&self, kind: KindId) -> &[Entry] {
        self.entries[self.links.position(kind)].get_or_init(|| {
            let sources = EntrySources {
                objects: self.objects,
                links: &self.links,
                references: &self.references,
                problems: &self.problems,
            };
            sources.entries(kind, self.facets(kind))
        })
    }

    /// The filters of a kind.
    pub(crate) fn facets(&self, kind: KindId) -> &Facets {
        &self.facets[self.links.position(kind)]
    }

    /// The name of a file, the same on every machine.
    pub(crate) fn file_name(&self, file: FileId) -> String {
        self.with_portable_paths(self.objects.inspection.files.name(file))
    }

    /// A text in which paths are the same on every machine.
    pub(crate) fn with_portable_paths(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (beginning, instead) in &self.path_rewrites {
            text = text.replace(beginning, instead);
        }
        text
    }
}

/// Beginnings of paths that differ between machines: the values of variables in paths, and the folders around the manifest.
fn path_rewrites(
    variables: impl Iterator<Item = (String, String)>,
    directory: &str,
) -> Vec<(String, String)> {
    let variables = variables.filter(|(value, _)| value.len() > 1);
    let mut rewrites: Vec<(String, String)> =
        variables.map(|(value, name)| (value.replace('\\', "/"), format!("${{{name}}}"))).collect();
    if !directory.is_empty() {
        rewrites.push((directory.to_owned(), String::new()));
    }
    if Path::new(directory).is_absolute() {
        // Files beside the project are shown relative to it.
        let mut folder = directory.trim_end_matches('/');
        let mut up = String::new();
        while let Some((parent, _)) = folder.rsplit_once('/').filter(|(parent, _)| parent.contains('/')) {
            up.push_str("../");
            rewrites.push((format!("{parent}/"), up.clone()));
            folder = parent;
        }
    }
    rewrites
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_what_differs_between_machines() {
        let rewrite = |directory: &str, text: &str| {
            let variables = [("/opt/content".to_owned(), "CONTENT".to_owned())].into_iter();
            let rewrites = path_rewrites(variables, directory);
            rewrites.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
        };
        assert_eq!(rewrite("game/quests/", "game/quests/a.json"), "a.json");
        assert_eq!(rewrite("", "/opt/content/a.json"), "${CONTENT}/a.json");
        #[cfg(unix)]
        assert_eq!(rewrite("/home/me/game/", "/home/me/game/a.json /home/me/b.json"), "a.json ../b.json");
    }
}

//! What `questc` and tests need of this stage. Not a stable interface.

use crate::address::file_name;
use crate::{Language, Objects, drawing_of, drawings, written};
use quest_compiler::compile::{self, Step};
use quest_compiler::tool::Run;
use std::path::Path;

/// A language for graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphLanguage {
    /// <https://mermaid.js.org>, which many wikis draw.
    Mermaid,
    /// The language of Graphviz.
    Dot,
}

impl GraphLanguage {
    fn language(self) -> Language {
        match self {
            Self::Mermaid => Language::Mermaid,
            Self::Dot => Language::Dot,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Mermaid => "mmd",
            Self::Dot => "dot",
        }
    }
}

/// A file that is to be written: its path in the folder, with `/`, and what stands in it.
pub type File = (String, Vec<u8>);

/// The graph of an object or of a kind, or why there is none; `None` if a schema cannot be used. Without a name it is the graph of all
/// objects that ask for each other.
pub fn graph(
    manifest: &Path,
    name: Option<&str>,
    language: GraphLanguage,
    deny_warnings: bool,
    progress: &mut dyn FnMut(Step),
) -> (Run, Option<Result<String, String>>) {
    let mut found = None;
    let run = compile::look(manifest, deny_warnings, progress, &mut |checked| {
        let objects = Objects::new(*checked);
        let drawing = drawing_of(&objects, name);
        found = Some(drawing.map(|drawing| written(&drawing, language.language())));
    });
    (Run(run), found)
}

/// The endings of an object, or of all, as text, or why there are none; `None` if a schema cannot be used.
pub fn endings(
    manifest: &Path,
    name: Option<&str>,
    deny_warnings: bool,
    progress: &mut dyn FnMut(Step),
) -> (Run, Option<Result<String, String>>) {
    let mut found = None;
    let run = compile::look(manifest, deny_warnings, progress, &mut |checked| {
        found = Some(crate::endings_of(&Objects::new(*checked), name));
    });
    (Run(run), found)
}

/// All graphs of a project, as files: `<kind>.mmd` for a whole set, `<kind>/<id>.mmd` for an object. `None` if a schema cannot be used.
pub fn graphs(
    manifest: &Path,
    language: GraphLanguage,
    deny_warnings: bool,
    progress: &mut dyn FnMut(Step),
) -> (Run, Option<Vec<File>>) {
    let mut found = None;
    let run = compile::look(manifest, deny_warnings, progress, &mut |checked| {
        let objects = Objects::new(*checked);
        let files = drawings(&objects).into_iter().map(|(kind, whole, drawing)| {
            let name = file_name(&kind);
            let path = if whole { name } else { format!("{name}/{}", file_name(&drawing.id)) };
            let text = written(&drawing, language.language());
            (format!("{path}.{}", language.ending()), text.into_bytes())
        });
        found = Some(files.collect());
    });
    (Run(run), found)
}

/// A site about a project, as files. `title` is what its pages are called after. `None` if a schema cannot be used.
pub fn site(
    manifest: &Path,
    title: &str,
    deny_warnings: bool,
    progress: &mut dyn FnMut(Step),
) -> (Run, Option<Vec<File>>) {
    let mut found = None;
    // As messages name the files in it.
    let directory = manifest.parent().map(quest_compiler::project::display).filter(|parent| parent != ".");
    let directory = directory.map_or_else(String::new, |parent| parent + "/");
    let run = compile::look(manifest, deny_warnings, progress, &mut |checked| {
        found = Some(crate::site::site(&Objects::new(*checked), title, &directory))
    });
    (Run(run), found)
}

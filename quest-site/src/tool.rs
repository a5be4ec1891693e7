//! What `questc` and tests need of this stage. Not a stable interface.

use crate::address::file_name;
use crate::{Language, Objects, drawing_of, drawings, written};
use quest_compiler::driver::{Progress, Report, Request, inspect};

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
    request: &Request,
    name: Option<&str>,
    language: GraphLanguage,
    progress: &mut dyn FnMut(Progress),
) -> (Report, Option<Result<String, String>>) {
    let mut found = None;
    let report = inspect(request, progress, &mut |inspection| {
        let objects = Objects::new(*inspection);
        let drawing = drawing_of(&objects, name);
        found = Some(drawing.map(|drawing| written(&drawing, language.language())));
    });
    (report, found)
}

/// The endings of an object, or of all, as text, or why there are none; `None` if a schema cannot be used.
pub fn endings(
    request: &Request,
    name: Option<&str>,
    progress: &mut dyn FnMut(Progress),
) -> (Report, Option<Result<String, String>>) {
    let mut found = None;
    let report = inspect(request, progress, &mut |inspection| {
        found = Some(crate::endings_of(&Objects::new(*inspection), name));
    });
    (report, found)
}

/// All graphs of a project, as files: `<kind>.mmd` for a whole set, `<kind>/<id>.mmd` for an object. `None` if a schema cannot be used.
pub fn graphs(
    request: &Request,
    language: GraphLanguage,
    progress: &mut dyn FnMut(Progress),
) -> (Report, Option<Vec<File>>) {
    let mut found = None;
    let report = inspect(request, progress, &mut |inspection| {
        let objects = Objects::new(*inspection);
        let files = drawings(&objects).into_iter().map(|(kind, whole, drawing)| {
            let name = file_name(&kind);
            let path = if whole { name } else { format!("{name}/{}", file_name(&drawing.id)) };
            let text = written(&drawing, language.language());
            (format!("{path}.{}", language.ending()), text.into_bytes())
        });
        found = Some(files.collect());
    });
    (report, found)
}

/// A site about a project, as files. `title` is what its pages are called after. `None` if a schema cannot be used.
pub fn site(
    request: &Request,
    title: &str,
    progress: &mut dyn FnMut(Progress),
) -> (Report, Option<Vec<File>>) {
    let mut found = None;
    // As messages name the files in it.
    let directory =
        request.manifest.parent().map(quest_compiler::project::display).filter(|parent| parent != ".");
    let directory = directory.map_or_else(String::new, |parent| parent + "/");
    let report = inspect(request, progress, &mut |inspection| {
        found = Some(crate::site::site(&Objects::new(*inspection), title, &directory))
    });
    (report, found)
}

//! The second phase: what the schemas mean.

use super::loaded::{Loaded, Project};
use super::referred::addresses;
use crate::diagnostics::{Diagnostic, Level, code, did_you_mean_one_of, near};
use crate::lint::examples;
use crate::names::Names;
use crate::project::RegistrySource;
use crate::schema::{
    Foreign, KindId, Model, Overlay, Reading, Registry, Resources, Rule, SchemaId, Schemas, load, model,
    repeated,
};
use crate::source::Document;
use crate::text::{Files, Span};

/// The schemas of a project, and the model that everything else is derived from.
#[derive(Debug)]
pub struct Typed<'l> {
    pub project: &'l Project,
    pub files: &'l Files,
    pub schemas: Schemas,
    pub model: Model,
    /// The names of generated code.
    pub names: Names,
    /// The root of each schema file of the manifest.
    pub roots: Vec<SchemaId>,
    /// The ids that do not come from objects of content.
    pub id_texts: IdTexts,
    pub summary: SchemaSummary,
    /// Those of the phases so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// Ids that do not come from objects of content or from registry files.
#[derive(Debug)]
pub struct IdTexts {
    /// The ids that the manifest lists.
    pub listed: Vec<(KindId, String, Option<Span>)>,
    /// The name of each content file, without folders and extensions.
    pub file_names: Vec<String>,
}

impl IdTexts {
    fn of(project: &Project, files: &Files, model: &Model) -> Self {
        let file_names = project.input.documents.iter();
        let file_names = file_names.map(|document| stem(files.name(document.file)).to_owned()).collect();
        let mut listed = Vec::new();
        for (kind, source) in &project.manifest.registries {
            if let (RegistrySource::Ids(ids), Some(kind)) = (source, model.kind_named(kind)) {
                listed.extend(ids.iter().map(|id| (kind, id.text.clone(), Some(id.span))));
            }
        }
        Self { listed, file_names }
    }
}

/// What can be told of schemas, even if they have errors.
#[derive(Clone, Debug, Default)]
pub struct SchemaSummary {
    /// The names of the schema files that can be used.
    pub files: Vec<String>,
    /// The lint names that the schemas give.
    pub lints: Vec<String>,
    /// The rules of the schemas, each once.
    pub rules: Vec<Rule>,
    /// The places that tables have no form for, and why.
    pub opaque: Vec<(Span, String)>,
    /// What has a longer name in Rust, since something else would have the same.
    pub names: Vec<(Span, String)>,
}

/// Schemas that have errors.
#[derive(Debug)]
pub struct Untyped {
    pub summary: Box<SchemaSummary>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'l> Typed<'l> {
    /// Reads the schemas of a project and derives the model.
    ///
    /// # Errors
    ///
    /// A schema is missing or has errors.
    pub fn of(project: &'l Project, loaded: &'l Loaded) -> Result<Self, Untyped> {
        let mut diagnostics = loaded.diagnostics.clone();
        let mut summary = SchemaSummary::default();
        let derived = derive(project, &loaded.files, &mut summary, &mut diagnostics);
        match derived {
            Some(Derived { schemas, roots, model, names }) => {
                let files = &loaded.files;
                unnamed_registries(project, &model, &mut diagnostics);
                let id_texts = IdTexts::of(project, files, &model);
                Ok(Self { project, files, schemas, model, names, roots, id_texts, summary, diagnostics })
            }
            None => Err(Untyped { summary: Box::new(summary), diagnostics }),
        }
    }
}

/// Reports registries of kinds that no schema names.
fn unnamed_registries(project: &Project, model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for name in &project.manifest.registry_names {
        let kind = model.kind_named(&name.text).map(|kind| model.kind(kind));
        if kind.is_some_and(|kind| kind.span.is_some() || kind.by_content()) {
            continue;
        }
        let title = format!("no schema refers to ids of the kind `{}`", name.text);
        let undefined = model.kinds.iter().filter(|kind| !kind.defined() && kind.registry.is_none());
        let near = near(&name.text, undefined.map(|kind| kind.path.as_str()));
        diagnostics.push(if near.is_empty() {
            let help = "remove it, or annotate the property that names these ids with `x-ref`";
            Diagnostic::new(&code::UNDEFINED_KIND, title).label(name.span, "nothing reads it").help(help)
        } else {
            let diagnostic = Diagnostic::new(&code::MANIFEST, title).label(name.span, "nothing reads it");
            diagnostic.maybe_help(did_you_mean_one_of(&near))
        });
    }
}

struct Derived {
    schemas: Schemas,
    roots: Vec<SchemaId>,
    model: Model,
    names: Names,
}

/// Reads the graph and derives the model. `None` if there is an error, in which case whatever followed would be noise.
fn derive(
    project: &Project,
    files: &Files,
    summary: &mut SchemaSummary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Derived> {
    if project.input.schema_missing {
        return None;
    }
    let mut schemas = Schemas::default();
    let roots = read_graph(project, files, &mut schemas, summary, diagnostics)?;
    let before = diagnostics.len();
    let model = model(&schemas, &roots, &registries(project), diagnostics);
    examples(&model, &schemas, &written(project), diagnostics);
    summary.lints.clone_from(&model.lints);
    for rule in model.rules.iter().flat_map(|rules| &rules.rules) {
        if summary.rules.iter().all(|known| known.span != rule.span) {
            summary.rules.push(rule.clone());
        }
    }
    summary.opaque.clone_from(&model.opaque);
    let written: Vec<(&Document, &str)> =
        written(project).into_iter().map(|document| (document, files.name(document.file))).collect();
    let names = Names::new(&model, &schemas, &written, diagnostics);
    summary.names.clone_from(&names.qualified);
    let failed = diagnostics[before..].iter().any(|diagnostic| diagnostic.level == Level::Deny);
    let roots = roots.into_iter().map(|(root, _)| root).collect();
    (!failed).then_some(Derived { schemas, roots, model, names })
}

/// The graph of a project's schemas and the root of each schema file, for those who need no model.
///
/// `None` if a schema cannot be used; `diagnostics` say why.
pub fn schema_graph(
    project: &Project,
    files: &Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Schemas, Vec<SchemaId>)> {
    if project.input.schema_missing {
        return None;
    }
    let mut schemas = Schemas::default();
    let roots = read_graph(project, files, &mut schemas, &mut SchemaSummary::default(), diagnostics)?;
    Some((schemas, roots.into_iter().map(|(root, _)| root).collect()))
}

/// Reads all schema files into the graph: the root of each with its name. `None` if one of them cannot be used.
fn read_graph(
    project: &Project,
    files: &Files,
    schemas: &mut Schemas,
    summary: &mut SchemaSummary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<(SchemaId, String)>> {
    let Project { manifest, input, referred, .. } = project;
    let mut resources = Resources::default();
    for (document, addresses) in &referred.schemas {
        resources.add(document, addresses);
    }
    for document in &input.schemas {
        resources.add(document, &addresses(document, files));
    }
    let all = || input.schemas.iter().chain(referred.schemas.iter().map(|(document, _)| document));
    let named: Vec<(&Document, String)> =
        all().map(|document| (document, files.name(document.file).to_owned())).collect();
    let before = diagnostics.len();
    resources.check(diagnostics);
    for document in all().chain(&input.overlays) {
        repeated(document, diagnostics);
    }
    let mut overlay = Overlay::default();
    for document in &input.overlays {
        overlay.read(document, &named, &resources, diagnostics);
    }
    // With duplicate or dangling definitions, later diagnostics would be noise.
    let ambiguous = diagnostics.len() > before;
    let foreign: Vec<Foreign> = manifest
        .annotations
        .iter()
        .map(|(keyword, means)| Foreign { keyword: keyword.text.clone(), means: means.clone() })
        .collect();
    let reading = Reading { resources: &resources, overlay: &overlay, foreign: &foreign };
    let documents: Vec<&Document> = input.schemas.iter().collect();
    let loaded = load(&documents, &reading, schemas, diagnostics);
    let mut roots = Vec::new();
    for (document, root) in documents.iter().zip(loaded) {
        let name = files.name(document.file);
        if let Some(root) = root.filter(|_| !document.broken) {
            roots.push((root, stem(name).to_owned()));
            summary.files.push(name.to_owned());
        }
    }
    let broken = all().chain(&input.overlays).any(|document| document.broken);
    (!ambiguous && !broken && roots.len() == documents.len()).then_some(roots)
}

/// What the manifest says about the ids of each kind that it names.
fn registries(project: &Project) -> Vec<(String, Registry)> {
    let of = |source: &RegistrySource| match source {
        RegistrySource::Open => Registry::Open,
        _ => Registry::Closed,
    };
    project.manifest.registries.iter().map(|(kind, source)| (kind.clone(), of(source))).collect()
}

/// Every file that is part of a schema.
fn written(project: &Project) -> Vec<&Document> {
    let Project { input, referred, .. } = project;
    let referred = referred.schemas.iter().map(|(document, _)| document);
    input.schemas.iter().chain(referred).chain(&input.overlays).collect()
}

/// The name of a file without folders and extensions.
pub(super) fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split('.').next().unwrap_or(file)
}

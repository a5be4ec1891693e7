//! One run of the compiler, from the manifest to everything that can be written. The order of the stages stands here and only here.

mod referred;

use crate::analysis::analyse;
use crate::check::Mistakes;
use crate::check::{
    Checked, Content, Entry, IdTables, Resolved, Unread, collect, find_entries, renames, resolve, validate,
};
use crate::codegen::{Fingerprints, Form, Index, Names};
use crate::compat::{self, Now};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Level, code};
use crate::editor::{EditorSchemas, editor_schemas};
use crate::levels::Levels;
use crate::lint::{examples, lint};
use crate::lower::{Known, Layout, LowerError, Tables, lower};
use crate::project::{Input, Manifest, RegistrySource, input, lock_path, lock_text, manifest, registry_ids};
use crate::schema::{
    Foreign, KindId, Model, Overlay, Reading, Registry, Resources, Rule, Schemas, load, model, repeated,
};
use crate::source::Document;
use crate::text::{Files, Span};
use crate::threads::Threads;
use referred::{addresses, referred_schemas};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// A stage begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Files are read.
    Read {
        /// How many are known so far.
        files: usize,
    },
    /// Content is validated against its schema.
    Check,
    /// References are resolved.
    Resolve,
    /// Tables are made.
    Lower,
    /// Files are written.
    Write,
}

/// What a run is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Every warning is an error, whatever the manifest says.
    pub deny_warnings: bool,
    /// Only the diagnostics are wanted: nothing is made that could be written.
    pub only_check: bool,
    /// At most so many threads do the work; without a number, as many as the machine has cores.
    pub threads: Option<NonZeroUsize>,
}

/// What one run found and made.
#[derive(Debug, Default)]
pub struct Run {
    pub files: Files,
    pub diagnostics: Diagnostics,
    /// Files and directories whose change makes another run necessary.
    pub watched: Vec<PathBuf>,
    /// Environment variables whose change makes another run necessary.
    pub variables: Vec<String>,
    pub schemas: Vec<String>,
    pub content_files: usize,
    /// The lint names that the schemas give.
    pub lints: Vec<String>,
    /// The rules that the schemas bring along.
    pub rules: Vec<Rule>,
    /// The places in schemas that tables have no form for, and why.
    pub opaque: Vec<(Span, String)>,
    /// Rows of each kind that content defines.
    pub counts: Vec<(String, usize)>,
    /// The schemas could be used, so that content was validated against them.
    pub checked: bool,
    /// `None` if not even types could be made, or nobody asked for any.
    pub output: Option<Output>,
    /// The lock of this content as a release: where it belongs, and its text. Only for somebody who asked for it.
    pub lock: Option<(PathBuf, String)>,
    locks: bool,
    /// Schemas for editors, and the folder that the manifest names for them.
    pub editor: Option<(PathBuf, EditorSchemas)>,
    /// What scripts call things, if somebody wants to play.
    #[cfg(feature = "play")]
    pub words: Option<crate::play::Vocabulary>,
    #[cfg(feature = "play")]
    plays: bool,
}

/// What a run wants written.
#[derive(Debug)]
pub struct Output {
    pub rust: String,
    pub tables: Vec<u8>,
    pub text: String,
    pub index: Vec<u8>,
    /// What a pack of it is known by; `None` if there can be none.
    pub fingerprints: Option<Fingerprints>,
    pub form: Form,
    /// Where the program stands, if the content can be played.
    #[cfg(feature = "play")]
    pub program: Option<crate::lower::ProgramSections>,
}
impl Output {
    /// The bytes of a pack, nothing if there can be none. They are made when somebody asks for them: hardly anybody does, and it is all
    /// of the content once more.
    pub fn pack(&self) -> Vec<u8> {
        let pack = |fingerprints| crate::codegen::pack(fingerprints, &self.tables, &self.text);
        self.fingerprints.as_ref().map(pack).unwrap_or_default()
    }
}

/// Someone who looks at content once it is checked.
pub type Look<'l> = &'l mut dyn FnMut(&Checked<'_, '_>);

/// What somebody wants of a run.
struct Asked<'r, 'l> {
    options: &'r Options,
    levels: &'r Levels<'r>,
    look: Option<Look<'l>>,
}

/// Compiles what a manifest names.
pub fn run(path: &Path, options: &Options, progress: &mut dyn FnMut(Step)) -> Run {
    run_into(Run::default(), path, options, progress, None)
}

/// The same, for somebody who wants to write the lock of a release.
pub fn run_to_lock(path: &Path, deny_warnings: bool, progress: &mut dyn FnMut(Step)) -> Run {
    let options = Options { deny_warnings, only_check: true, ..Options::default() };
    run_into(Run { locks: true, ..Run::default() }, path, &options, progress, None)
}

/// The same, for somebody who wants to play what comes out.
#[cfg(feature = "play")]
pub fn run_to_play(path: &Path, progress: &mut dyn FnMut(Step)) -> Run {
    run_into(Run { plays: true, ..Run::default() }, path, &Options::default(), progress, None)
}

/// The same, for somebody who looks at the checked content. There is nothing to show if a schema cannot be used.
pub fn look(path: &Path, deny_warnings: bool, progress: &mut dyn FnMut(Step), look: Look<'_>) -> Run {
    let options = Options { deny_warnings, only_check: true, ..Options::default() };
    run_into(Run::default(), path, &options, progress, Some(look))
}

fn run_into(
    mut run: Run,
    path: &Path,
    options: &Options,
    progress: &mut dyn FnMut(Step),
    look: Option<Look<'_>>,
) -> Run {
    let mut diagnostics = Vec::new();
    progress(Step::Read { files: 0 });
    let Some(manifest) = manifest(path, &mut run.files, &mut diagnostics) else {
        run.watched.push(path.to_owned());
        run.diagnostics = Diagnostics::finish(diagnostics, &run.files, &|_| None);
        return run;
    };
    let threads = Threads::new(options.threads);
    let mut input = input(&manifest, threads, &mut run.files, &mut diagnostics);
    progress(Step::Read { files: input.documents.len() });
    run.watched.clone_from(&input.watched);
    run.variables.clone_from(&manifest.variables);
    run.watched.push(path.to_owned());
    run.content_files = input.documents.len();
    let levels = Levels::new(&manifest.lints, options.deny_warnings);
    input.lock = lock_text(path, &mut run.files, &mut diagnostics);
    // One that comes into being says what there is already, so nobody waits for it.
    let lock = lock_path(path);
    run.watched.extend(input.lock.is_some().then(|| lock.clone()));
    let asked = Asked { options, levels: &levels, look };
    compile(&manifest, &input, asked, &mut run, &mut diagnostics, progress);
    run.lock = run.lock.take().map(|(_, text)| (lock, text));
    levels.check(run.checked.then_some(&run.lints), &mut diagnostics);
    run.diagnostics =
        Diagnostics::finish(diagnostics, &run.files, &|diagnostic| Some(levels.of(diagnostic, &run.files)));
    if run.diagnostics.errors() > 0
        && let Some(output) = run.output.as_mut().filter(|output| output.form == Form::Load)
    {
        // A pack is all or nothing.
        output.fingerprints = None;
    }
    run
}

fn compile(
    manifest: &Manifest,
    input: &Input,
    asked: Asked<'_, '_>,
    run: &mut Run,
    diagnostics: &mut Vec<Diagnostic>,
    progress: &mut dyn FnMut(Step),
) {
    let Asked { options, levels, look } = asked;
    if input.schema_missing {
        return; // without every schema nothing that follows would be true
    }
    let referred = referred_schemas(manifest, input, run, diagnostics);
    let mut resources = Resources::default();
    let mut named: Vec<(&Document, String)> = Vec::new();
    for (document, addresses) in &referred.schemas {
        resources.add(document, addresses);
    }
    for document in input.schemas.iter().chain(referred.schemas.iter().map(|(document, _)| document)) {
        named.push((document, run.files.name(document.file).to_owned()));
    }
    for document in &input.schemas {
        resources.add(document, &addresses(document, run));
    }
    let before = diagnostics.len();
    resources.check(diagnostics);
    for document in named.iter().map(|(document, _)| *document).chain(&input.overlays) {
        repeated(document, diagnostics);
    }
    let mut overlay = Overlay::default();
    for document in &input.overlays {
        overlay.read(document, &named, &resources, diagnostics);
    }
    // Of what is said twice or nowhere, nothing follows that would be true.
    let unclear = diagnostics.len() > before;
    let foreign: Vec<Foreign> = manifest
        .annotations
        .iter()
        .map(|(keyword, means)| Foreign { keyword: keyword.text.clone(), means: means.clone() })
        .collect();
    let reading = Reading { resources: &resources, overlay: &overlay, foreign: &foreign };
    let documents: Vec<&Document> = input.schemas.iter().collect();
    let mut schemas = Schemas::default();
    let loaded = load(&documents, &reading, &mut schemas, diagnostics);
    let mut roots = Vec::new();
    for (document, root) in documents.iter().zip(loaded) {
        let name = run.files.name(document.file).to_owned();
        if let Some(root) = root.filter(|_| !document.broken) {
            roots.push((root, stem(&name).to_owned()));
            run.schemas.push(name);
        }
    }
    let broken = referred.schemas.iter().any(|(document, _)| document.broken);
    if unclear
        || roots.len() < documents.len()
        || broken
        || input.overlays.iter().any(|document| document.broken)
    {
        return;
    }
    let registries: Vec<(String, Registry)> = manifest
        .registries
        .iter()
        .map(|(kind, source)| {
            (
                kind.clone(),
                if matches!(source, RegistrySource::Open) { Registry::Open } else { Registry::Closed },
            )
        })
        .collect();
    let before = diagnostics.len();
    let model = model(&schemas, &roots, &registries, diagnostics);
    let written = documents.iter().copied().chain(referred.schemas.iter().map(|(document, _)| document));
    let written: Vec<&Document> = written.chain(&input.overlays).collect();
    examples(&model, &schemas, &written, diagnostics);
    run.lints.clone_from(&model.lints);
    for rule in model.rules.iter().flat_map(|ruled| &ruled.rules) {
        if run.rules.iter().all(|known| known.span != rule.span) {
            run.rules.push(rule.clone());
        }
    }
    run.opaque.clone_from(&model.opaque);
    let names = Names::new(&model, &schemas, diagnostics);
    if diagnostics[before..].iter().any(|diagnostic| diagnostic.level == Level::Deny) {
        return;
    }
    run.checked = true;
    progress(Step::Check);
    let entries: Vec<Entry> = input
        .entries
        .iter()
        .map(|entry| Entry { document: entry.document as u32, root: entry.schema as u32, at: entry.at })
        .collect();
    let threads = Threads::new(options.threads);
    let mut content = None;
    threads.both(
        &mut || {
            for entry in &entries {
                let node = input.documents[entry.document as usize].node(entry.at);
                validate(&schemas, roots[entry.root as usize].0, node, diagnostics);
            }
        },
        &mut || content = Some(Content::read(&model, &input.documents, &entries)),
    );
    let Some(content) = content else { return };
    progress(Step::Resolve);
    let file_names: Vec<String> =
        input.documents.iter().map(|document| stem(run.files.name(document.file)).to_owned()).collect();
    let mut registered = Vec::new();
    for (kind, document) in &input.registries {
        let Some(kind) = model.kind_named(kind) else { continue };
        for node in registry_ids(document, diagnostics) {
            registered.push((kind, node));
        }
    }
    let listed: Vec<_> = manifest
        .registries
        .iter()
        .filter_map(|(kind, source)| match source {
            RegistrySource::Ids(ids) => Some((model.kind_named(kind)?, ids)),
            _ => None,
        })
        .flat_map(|(kind, ids)| ids.iter().map(move |id| (kind, id.text.clone(), Some::<Span>(id.span))))
        .collect();
    let ids = collect(&model, &content, &registered, &listed, &file_names, diagnostics);
    let unread = unread(manifest, input, &run.files);
    let resolved = resolve(&model, content, ids, &unread, diagnostics);
    let mistakes = Mistakes::of(diagnostics);
    for (at, kind) in model.kinds.iter().enumerate() {
        if kind.by_content() {
            let count = resolved.ids.of(KindId(at as u32)).list.len();
            run.counts.push((kind.noun().to_owned(), count));
        }
    }
    let wanted: Vec<(String, Span)> =
        manifest.constants.iter().map(|kind| (kind.text.clone(), kind.span)).collect();
    let constants = crate::codegen::constants(&model, &resolved, &wanted, diagnostics);
    let locked = locked(manifest, input, &model, run.locks, diagnostics);
    let kinds = locked.as_ref().map_or(&[][..], |(kinds, _)| kinds.as_slice());
    let known = known(manifest, input, &model, &resolved, kinds, &run.files, diagnostics);
    let now = Now {
        model: &model,
        resolved: &resolved,
        files: &run.files,
        manifest,
        mistakes: &mistakes,
        unread: &unread,
        kinds,
        renamed: &known.renames,
        game: &known.game,
    };
    let before = locked.as_ref().and_then(|(_, lock)| lock.as_ref());
    let compared = before.map(|lock| compat::compare(&now, lock, diagnostics));
    progress(Step::Lower);
    let layout = Layout::new(&model);
    let form = if manifest.tables == crate::project::Tables::Load { Form::Load } else { Form::Embed };
    let made = Made { model: &model, names: &names, layout: &layout, constants: &constants };
    let broken = input.documents.iter().any(|document| document.broken);
    let fails = |diagnostics: &[Diagnostic]| {
        broken || diagnostics.iter().any(|diagnostic| levels.of(diagnostic, &run.files) == Level::Deny)
    };
    // What is made of the content does not wait for what is said about it, unless it is known already that it will not be needed.
    let wants_output = !options.only_check;
    let makes = wants_output && !fails(diagnostics);
    let (mut lowered, mut index, mut found) = (None, None, Vec::new());
    threads.both(
        &mut || {
            let wanted = |code: &Code, lint: Option<&str>, level| levels.can_report(code, lint, level);
            lint(&model, &schemas, &resolved, &mistakes, &unread, &wanted, diagnostics);
            if makes {
                analyse(&model, &resolved, &mistakes, diagnostics);
                index = Some(crate::codegen::index(&model, &names, &resolved.ids, &known.renames, false));
            }
        },
        &mut || match makes {
            true => lowered = Some(lower(&model, &layout, &resolved, &known)),
            false => analyse(&model, &resolved, &mistakes, &mut found),
        },
    );
    diagnostics.append(&mut found);
    find_entries(&model, &resolved, diagnostics);
    let before = before.zip(compared.as_ref());
    if let Some((lock, compared)) = before {
        let level = |diagnostic: &Diagnostic| levels.of(diagnostic, &run.files);
        compat::versions(&now, lock, compared, &level, diagnostics);
    }
    let failed = fails(diagnostics);
    if run.locks && !failed {
        run.lock = Some((PathBuf::new(), compat::write(&now, before)));
    }
    // Content with errors still gives types and ids, so that game code meets the content's errors and none that follow from them.
    let lowered = lowered.filter(|_| !failed).or_else(|| wants_output.then(|| empty(&model, &layout)));
    match lowered {
        None => {}
        Some(Ok(tables)) => {
            let index = index.filter(|_| !failed);
            let index = index.unwrap_or_else(|| {
                crate::codegen::index(&model, &names, &resolved.ids, &known.renames, failed)
            });
            run.output = Some(output(&made, tables, index, form, failed));
            #[cfg(feature = "play")]
            if let Some(journal) = model.journal.as_ref().filter(|_| run.plays && !failed) {
                run.words = Some(crate::play::Vocabulary::new(&model, journal, &resolved));
            }
        }
        Some(Err(error)) => diagnostics.push(
            Diagnostic::new(&code::OUTPUT, error.to_string()).help("split the content into several projects"),
        ),
    }
    if !broken {
        levels.unneeded(&model, &resolved.ids, &run.files, diagnostics);
    }
    // Of a file that cannot be read, the ids would be missing.
    if let (Some(folder), false) = (&manifest.editor, broken || options.only_check) {
        let roots: Vec<&Document> = input.schemas.iter().collect();
        let schemas = editor_schemas(&model, &resolved, &roots, &run.files, folder);
        run.editor = Some((folder.clone(), schemas));
    }
    if let Some(look) = look {
        let roots: Vec<&Document> = input.schemas.iter().collect();
        let level = |diagnostic: &Diagnostic| Some(levels.of(diagnostic, &run.files));
        let diagnostics = &Diagnostics::finish(diagnostics.clone(), &run.files, &level);
        let (variables, schemas) = (run.variables.as_slice(), run.schemas.as_slice());
        let (files, registries) = (&run.files, registries_of(input, &model));
        look(&Checked {
            model: &model,
            resolved: &resolved,
            files,
            diagnostics,
            variables,
            schemas,
            roots: &roots,
            registries: &registries,
        });
    }
}

/// The files of registries, with the kinds of their ids.
fn registries_of<'a>(input: &'a Input, model: &Model) -> Vec<(KindId, &'a Document)> {
    let known = input.registries.iter();
    known.filter_map(|(kind, document)| Some((model.kind_named(kind)?, document))).collect::<Vec<_>>()
}

/// The files in which ids may stand that nothing seems to define.
fn unread<'t>(manifest: &'t Manifest, input: &Input, files: &'t Files) -> Unread<'t> {
    let text = |document: &Document| files.text(document.file);
    let files_of = manifest.registries.iter().filter(|(_, source)| matches!(source, RegistrySource::File(_)));
    let registries = files_of.filter_map(|(kind, _)| {
        match input.registries.iter().find(|(of, _)| of == kind).map(|(_, document)| document) {
            Some(document) if document.broken => Some((kind.as_str(), Some(text(document)))),
            Some(_) => None,
            None => Some((kind.as_str(), None)),
        }
    });
    Unread {
        content: input.documents.iter().filter(|document| document.broken).map(text).collect::<Vec<_>>(),
        registries: registries.collect::<Vec<_>>(),
    }
}

/// The kinds whose ids are locked, and the lock of the last release. `None` if nobody asks.
fn locked<'i>(
    manifest: &Manifest,
    input: &'i Input,
    model: &Model,
    asked: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Vec<KindId>, Option<compat::Lock<'i>>)> {
    let named = manifest.saves.locked.as_deref();
    if input.lock.is_none() && !asked && named.is_none() {
        return None;
    }
    let kinds = compat::locked_kinds(model, named, diagnostics);
    let lock = input.lock.as_ref().and_then(|(file, text)| match compat::read(*file, text) {
        Ok(lock) => Some(lock),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            None
        }
    });
    Some((kinds, lock))
}

/// What saves depend on beside content. Ids of the kinds that are `locked` can be renamed as well.
fn known(
    manifest: &Manifest,
    input: &Input,
    model: &Model,
    resolved: &Resolved<'_>,
    locked: &[KindId],
    files: &Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Known {
    let mut kinds: Vec<_> = model.journal.as_ref().map_or_else(Vec::new, |journal| journal.saved_kinds());
    kinds.extend(
        locked.iter().copied().filter(|kind| {
            model.journal.as_ref().is_none_or(|journal| !journal.saved_kinds().contains(kind))
        }),
    );
    let written: Vec<_> = manifest
        .saves
        .renames
        .iter()
        .map(|rename| {
            [&rename.kind, &rename.old, &rename.new].map(|located| (located.text.as_str(), located.span))
        })
        .collect();
    let renames = renames(model, resolved, &kinds, &written, diagnostics);
    // A game without a name is called like its schema.
    let game = manifest.saves.game.clone().or_else(|| {
        let schema = input.schemas.first()?;
        let id = schema.root().and_then(|root| root.get("$id")?.text());
        Some(id.map_or_else(|| stem(files.name(schema.file)).to_owned(), |id| id.into_owned()))
    });
    Known { game: game.unwrap_or_default(), renames }
}

/// The name of a file without folders and ending.
fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split('.').next().unwrap_or(file)
}

/// Tables without rows.
fn empty(model: &Model, layout: &Layout) -> Result<Tables, LowerError> {
    let content = Content::read(model, &[], &[]);
    let ids: IdTables<'_> = collect(model, &content, &[], &[], &[], &mut Vec::new());
    let resolved = resolve(model, content, ids, &Unread::default(), &mut Vec::new());
    lower(model, layout, &resolved, &Known::default())
}

/// What all outputs are made of.
struct Made<'a> {
    model: &'a Model,
    names: &'a Names,
    layout: &'a Layout,
    constants: &'a [crate::codegen::Constants],
}

fn output(made: &Made<'_>, tables: Tables, index: Index, form: Form, incomplete: bool) -> Output {
    let Made { model, names, layout, constants } = *made;
    let Tables { bytes, text, content, ids } = tables;
    let fingerprints = Fingerprints { layout: layout.fingerprint, content, ids };
    Output {
        rust: crate::codegen::rust(model, names, layout, content, ids, form, constants),
        index: index.of_content(content),
        tables: bytes,
        text,
        fingerprints: (!incomplete).then_some(fingerprints),
        form,
        #[cfg(feature = "play")]
        program: layout.program,
    }
}

//! The third phase: content whose references are resolved, and what analyses and lints say about it.

use super::levels::Levels;
use super::lowered::Lowered;
use super::report::KindCount;
use super::request::{Goal, Progress, Request};
use super::typed::{IdTexts, Typed, stem};
use super::wrapped::Wrapped;
use crate::analysis::{Available, Proved, Prover, Scripts, analyse};
use crate::check::{
    Content, Hints, IdSources, IdTables, Lost, Renamed, Resolved, Sink, Tainted, Unread, collect,
    find_entries, renames, resolve, validate,
};
use crate::compat::{self, Comparison, Now};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Level, code, nouns};
use crate::editor::{EditorSchemas, editor_schemas};
use crate::lint::lint;
use crate::lower::Known;
use crate::names::Constants;
use crate::parallel::Threads;
use crate::play::Vocabulary;
use crate::project::{RegistryFile, RegistrySource, registry_ids};
use crate::schema::{IdKind, KindId};
use crate::source::{Document, Node};
use crate::text::Span;
use crate::texts::{self, Coverage, Language};
use std::path::PathBuf;

/// Content that was validated and resolved, even if it has errors.
#[derive(Debug)]
pub struct Checked<'l> {
    pub typed: &'l Typed<'l>,
    pub resolved: Resolved<'l>,
    /// Where content has errors.
    pub tainted: Tainted,
    /// The files that could not be read as a whole.
    pub unread: Unread<'l>,
    pub constants: Vec<Constants>,
    /// What saved games depend on beside content.
    pub known: Known,
    /// The release that this content is compared with.
    release: Release<'l>,
    /// What is proven of the quests that a journal plays, in content order.
    pub proved: Vec<Proved>,
    /// What is known of what no journal plays.
    pub available: Vec<Available>,
    /// How far each language is whose file can be read.
    pub coverage: Vec<Coverage>,
    /// Those of the phases so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// The lock of the last release, and what has changed since.
#[derive(Debug, Default)]
struct Release<'l> {
    /// The kinds whose ids are locked. Empty if nobody asks.
    kinds: Vec<KindId>,
    lock: Option<compat::Lock<'l>>,
    compared: Option<Comparison>,
}

impl<'l> Checked<'l> {
    /// Validates and resolves the content of a project. `diagnostics` are those of the phases before.
    pub fn of(
        typed: &'l Typed<'l>,
        request: &Request,
        diagnostics: Vec<Diagnostic>,
        progress: &mut dyn FnMut(Progress),
    ) -> Self {
        let mut diagnostics = diagnostics;
        progress(Progress::Check);
        let release = Release::read(typed, request.goal == Goal::Lock, &mut diagnostics);
        let (registered, without_id) = registered(typed, &mut diagnostics);
        let mut sink = Sink::new(&mut diagnostics);
        typed.project.input.lost.iter().for_each(|span| sink.lose(*span));
        without_id.into_iter().for_each(|span| sink.lose(span));
        let content = validated(typed, request, &mut sink);
        progress(Progress::Resolve);
        let ids = ids(typed, &content, &registered, &mut sink);
        let unread = Unread { lost: Lost::of(sink.lost(), typed.files), ..unread(typed) };
        let registries: Vec<_> = registry_files(typed);
        let released = |kind: &str, path: &str| release.has(kind, path);
        let names: Vec<String> =
            typed.project.manifest.registry_names.iter().map(|name| name.text.clone()).collect();
        let hints =
            Hints { unread: &unread, registries: &registries, registry_names: &names, released: &released };
        let resolved = resolve(&typed.model, content, ids, &hints, &mut sink);
        let tainted = sink.finish();
        let manifest = &typed.project.manifest;
        let wanted: Vec<(String, Span)> =
            manifest.constants.iter().map(|kind| (kind.text.clone(), kind.span)).collect();
        let constants = crate::names::constants(&typed.model, &resolved, &wanted, &mut diagnostics);
        let mut known = known(typed, &resolved, &mut diagnostics);
        let (proved, available) = (Vec::new(), Vec::new());
        let (languages, coverage) = languages(typed, &resolved, &mut diagnostics);
        known.languages = languages;
        let mut checked = Self {
            typed,
            resolved,
            tainted,
            unread,
            constants,
            known,
            release,
            proved,
            available,
            coverage,
            diagnostics,
        };
        checked.compare();
        checked
    }

    /// The number of ids of each kind that content defines.
    pub fn counts(&self) -> Vec<KindCount> {
        let kinds = self.typed.model.kinds.iter().enumerate().filter(|(_, kind)| kind.by_content());
        let counted = |(index, kind): (usize, &IdKind)| {
            let count = self.resolved.ids.of(KindId(index as u32)).list.len();
            let words = nouns::spoken(&kind.counted(count as u64));
            KindCount { kind: kind.noun().to_owned(), count, words }
        };
        kinds.map(counted).collect()
    }

    /// Runs lints and analyses, and makes the tables beside them if the goal of the request is to have any.
    pub fn complete(
        &mut self,
        levels: &Levels<'_>,
        request: &Request,
        progress: &mut dyn FnMut(Progress),
    ) -> Option<Lowered> {
        progress(Progress::Lower);
        // If it is known already that the tables would not be needed, none are made.
        let lowers = request.goal.lowers() && !self.fails(levels);
        let mut linted = Vec::new();
        let (mut analysed, mut proved) = (Vec::new(), (Vec::new(), Vec::new()));
        let mut lowered = None;
        let threads = Threads::new(request.threads);
        if lowers {
            threads.both(
                &mut || {
                    self.lint(levels, &mut linted);
                    proved = self.analyse(&mut analysed);
                },
                &mut || lowered = Some(Lowered::of(self)),
            );
        } else {
            threads
                .both(&mut || self.lint(levels, &mut linted), &mut || proved = self.analyse(&mut analysed));
        }
        (self.proved, self.available) = proved;
        self.diagnostics.append(&mut linted);
        self.diagnostics.append(&mut analysed);
        if self.tainted.has_copies() {
            let tainted = &self.tainted;
            self.diagnostics
                .retain(|diagnostic| !diagnostic.span().is_some_and(|span| tainted.is_copied(span)));
        }
        find_entries(&self.typed.model, &self.resolved, &mut self.diagnostics);
        self.check_versions(levels);
        let lowered = self.finish_lowering(lowered, levels, request);
        if !self.has_broken_content() {
            levels.unneeded(&self.typed.model, &self.resolved.ids, self.typed.files, &mut self.diagnostics);
        }
        lowered
    }

    /// Makes sure that there are tables if there are no errors, and types alone if there are.
    ///
    /// `lowered` are the tables that were made beside the lints. There are none if an error seemed to make them useless, which an
    /// exception for one entry may have excused since.
    fn finish_lowering(
        &mut self,
        lowered: Option<Result<Lowered, Box<Diagnostic>>>,
        levels: &Levels<'_>,
        request: &Request,
    ) -> Option<Lowered> {
        if !request.goal.lowers() {
            return None;
        }
        let fails = if request.goal.plays() { self.cannot_be_played(levels) } else { self.fails(levels) };
        if !fails {
            match lowered.unwrap_or_else(|| Lowered::of(self)) {
                Ok(lowered) => return Some(lowered),
                Err(diagnostic) => self.diagnostics.push(*diagnostic),
            }
        }
        // Content with errors still gives types and ids, so that game code meets no errors that only follow from those.
        Lowered::without_rows(self).ok()
    }

    /// The text of the next lock, unless there are errors.
    pub fn next_lock(&self, levels: &Levels<'_>) -> Option<String> {
        let before = self.release.lock.as_ref().zip(self.release.compared.as_ref());
        (!self.fails(levels)).then(|| compat::write(&self.now(), before))
    }

    /// The diagnostics so far, sorted, with the levels of the project.
    pub fn sorted_diagnostics(&self, levels: &Levels<'_>) -> Diagnostics {
        let files = self.typed.files;
        Diagnostics::finish(self.diagnostics.clone(), files, &|diagnostic| Some(levels.of(diagnostic, files)))
    }

    /// Schemas for editors, with the folder that the manifest names for them. Of a file that cannot be read, ids would be missing, so
    /// there are none then.
    pub fn editor_schemas(&self) -> Option<(PathBuf, EditorSchemas)> {
        let folder = self.typed.project.manifest.editor.as_ref().filter(|_| !self.has_broken_content())?;
        let roots: Vec<&Document> = self.typed.project.input.schemas.iter().collect();
        let (model, files) = (&self.typed.model, self.typed.files);
        Some((folder.clone(), editor_schemas(model, &self.resolved, &roots, files, folder)))
    }

    /// What scripts call the things of this content, if it can be played.
    pub fn vocabulary(&self) -> Option<Vocabulary> {
        let model = &self.typed.model;
        model.journal.as_ref().map(|journal| {
            Vocabulary::new(model, journal, &self.resolved).with_renames(journal, &self.known.renames)
        })
    }

    /// Whether a content file could not be read as a whole.
    pub fn has_broken_content(&self) -> bool {
        self.typed.project.input.documents.iter().any(|document| document.broken)
    }

    /// Whether there are errors other than that quests cannot be finished, which a script can show.
    fn cannot_be_played(&self, levels: &Levels<'_>) -> bool {
        let denied = |diagnostic: &Diagnostic| levels.of(diagnostic, self.typed.files) == Level::Deny;
        let mut others = self.diagnostics.iter().filter(|one| !one.code.is_about_finishing());
        self.has_broken_content() || others.any(denied)
    }

    fn fails(&self, levels: &Levels<'_>) -> bool {
        let denied = |diagnostic: &Diagnostic| levels.of(diagnostic, self.typed.files) == Level::Deny;
        self.has_broken_content() || self.diagnostics.iter().any(denied)
    }

    fn lint(&self, levels: &Levels<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let Self { typed, resolved, tainted, unread, .. } = self;
        let wanted = |code: &Code, lint: Option<&str>, level| levels.can_report(code, lint, level);
        lint(&typed.model, &typed.schemas, resolved, tainted, unread, &wanted, diagnostics);
    }

    /// What plays the quests of this content to prove that they can be finished.
    pub fn prover(&self) -> Option<Prover<'_>> {
        let (model, limits) = (&self.typed.model, &self.typed.project.manifest.proof);
        Prover::new(model, model.journal.as_ref()?, &self.resolved, limits)
    }

    /// The scripts of every ending and of every way to lose a quest, if the content can be played.
    pub fn scripts(&self) -> Option<Scripts> {
        let (model, limits) = (&self.typed.model, &self.typed.project.manifest.proof);
        Some(Prover::whole(model, model.journal.as_ref()?, &self.resolved, limits)?.scripts())
    }

    /// Checks what the manifest says of quests. Only that needs the program of them all.
    fn assert(&self, diagnostics: &mut Vec<Diagnostic>) {
        let (model, limits) = (&self.typed.model, &self.typed.project.manifest.proof);
        if limits.assertions.is_empty() {
            return;
        }
        let Some(journal) = &model.journal else {
            let title = "nothing can be said of quests that are not played";
            diagnostics.extend(limits.assertions.iter().map(|assertion| {
                Diagnostic::new(&code::MANIFEST, title)
                    .label(assertion.span, "no schema of this project has `x-journal`")
            }));
            return;
        };
        if let Some(prover) = Prover::whole(model, journal, &self.resolved, limits) {
            prover.check_assertions(diagnostics);
        }
    }

    fn analyse(&self, diagnostics: &mut Vec<Diagnostic>) -> (Vec<Proved>, Vec<Available>) {
        let prover = self.prover();
        let (model, limits) = (&self.typed.model, &self.typed.project.manifest.proof);
        let (available, never_begun) =
            analyse(model, &self.resolved, &self.tainted, prover.as_ref(), limits, diagnostics);
        if !self.has_broken_content() {
            self.assert(diagnostics);
        }
        let proved = match prover {
            Some(prover) if !self.has_broken_content() => {
                prover.report(&self.tainted, &never_begun, diagnostics)
            }
            _ => Vec::new(),
        };
        (proved, available)
    }

    fn now(&self) -> Now<'_, 'l> {
        Now {
            model: &self.typed.model,
            resolved: &self.resolved,
            files: self.typed.files,
            manifest: &self.typed.project.manifest,
            tainted: &self.tainted,
            unread: &self.unread,
            kinds: &self.release.kinds,
            renamed: &self.known.renames,
            game: &self.known.game,
        }
    }

    /// Compares the content with the last release.
    fn compare(&mut self) {
        let Some(lock) = &self.release.lock else { return };
        let mut diagnostics = Vec::new();
        let compared = compat::compare(&self.now(), lock, &mut diagnostics);
        self.release.compared = Some(compared);
        self.diagnostics.append(&mut diagnostics);
    }

    /// Reports versions that were raised less than the changes since the last release need.
    fn check_versions(&mut self, levels: &Levels<'_>) {
        let Some((lock, compared)) = self.release.lock.as_ref().zip(self.release.compared.as_ref()) else {
            return;
        };
        let mut excused = compat::Excused::default();
        for diagnostic in &self.diagnostics {
            let level = levels.of(diagnostic, self.typed.files);
            if level > Level::Allow {
                excused.names.extend(compared.file_of(diagnostic));
            }
            if level == Level::Deny
                && let Some(span) = diagnostic.span()
            {
                excused.files.insert(span.file.0 as usize);
            }
        }
        let mut found = Vec::new();
        compat::versions(&self.now(), lock, compared, &excused, &mut found);
        self.diagnostics.append(&mut found);
    }
}

/// The translations of the languages that the manifest names.
fn languages(
    typed: &Typed<'_>,
    resolved: &Resolved<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Language>, Vec<Coverage>) {
    let languages = &typed.project.manifest.languages;
    if languages.list.is_empty() {
        return Default::default();
    }
    let texts = texts::texts(&typed.model, resolved, typed.files);
    texts::check(languages, &typed.project.input.languages, &texts, diagnostics)
}

impl<'l> Release<'l> {
    /// Whether the last release had an id.
    fn has(&self, kind: &str, path: &str) -> bool {
        self.lock.as_ref().is_some_and(|lock| lock.has(kind, path))
    }

    /// Reads the lock of the last release, if there is one or `wanted` says that the next one will be written.
    fn read(typed: &'l Typed<'l>, wanted: bool, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let named = typed.project.manifest.saves.locked.as_deref();
        let written = &typed.project.input.lock;
        if written.is_none() && !wanted && named.is_none() {
            return Self::default();
        }
        let kinds = compat::locked_kinds(&typed.model, named, diagnostics);
        let lock = written.as_ref().and_then(|(file, text)| match compat::read(*file, text) {
            Ok(lock) => Some(lock),
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                None
            }
        });
        Self { kinds, lock, compared: None }
    }
}

/// Validates every document against its schema, and reads its rows.
fn validated<'l>(typed: &'l Typed<'l>, request: &Request, sink: &mut Sink<'_>) -> Content<'l> {
    let input = &typed.project.input;
    let mut content = Content::read(&typed.model, &input.documents, &[]);
    Threads::new(request.threads).both(
        &mut || {
            let mut wrapped = Wrapped::default();
            for entry in &input.entries {
                let node = input.documents[entry.document as usize].node(entry.at);
                if wrapped.report(typed, entry.root, node, sink) {
                    continue;
                }
                validate(&typed.schemas, typed.roots[entry.root as usize], node, sink);
            }
        },
        &mut || content = Content::read(&typed.model, &input.documents, &input.entries),
    );
    content
}

/// Collects the ids that content, registry files and the manifest define.
fn ids<'l>(
    typed: &'l Typed<'l>,
    content: &Content<'l>,
    registered: &[(KindId, Node<'l>)],
    sink: &mut Sink<'_>,
) -> IdTables<'l> {
    let IdTexts { listed, file_names } = &typed.id_texts;
    collect(&typed.model, content, IdSources { registries: registered, listed, file_names }, sink)
}

/// The ids in registry files, and the entries without one.
fn registered<'l>(
    typed: &'l Typed<'l>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<(KindId, Node<'l>)>, Vec<Span>) {
    let (mut registered, mut without_id) = (Vec::new(), Vec::new());
    for (kind, file) in registry_files(typed) {
        let ids = registry_ids(file, &mut without_id, diagnostics);
        registered.extend(ids.into_iter().map(|node| (kind, node)));
    }
    (registered, without_id)
}

/// The files of registries, with the kinds of their ids.
pub fn registry_files<'l>(typed: &'l Typed<'l>) -> Vec<(KindId, &'l RegistryFile)> {
    let files = typed.project.input.registries.iter();
    files.filter_map(|file| Some((typed.model.kind_named(&file.kind)?, file))).collect()
}

/// The files that may define ids which nothing seems to define.
fn unread<'l>(typed: &Typed<'l>) -> Unread<'l> {
    let (project, files) = (typed.project, typed.files);
    let text = |document: &Document| files.text(document.file);
    let of_files =
        project.manifest.registries.iter().filter(|(_, source)| matches!(source, RegistrySource::Files(_)));
    let registries = of_files.flat_map(|(kind, _)| {
        let files = || project.input.registries.iter().filter(|file| file.kind == *kind);
        let broken = files().map(|file| &file.document).filter(|document| document.broken);
        let missing = files().next().is_none().then_some(None);
        let texts = broken.map(|document| Some(text(document))).chain(missing);
        texts.map(|text| (kind.as_str(), text)).collect::<Vec<_>>()
    });
    Unread {
        content: project.input.documents.iter().filter(|document| document.broken).map(text).collect(),
        registries: registries.collect(),
        lost: Lost::default(),
    }
}

/// What saves depend on beside content. Ids of the kinds that are `locked` can be renamed as well.
fn known(typed: &Typed<'_>, resolved: &Resolved<'_>, diagnostics: &mut Vec<Diagnostic>) -> Known {
    let manifest = &typed.project.manifest;
    let renames = declared_renames(typed, resolved, diagnostics);
    // A game without a name is called like its schema.
    let game = manifest.saves.game.clone().or_else(|| {
        let schema = typed.project.input.schemas.first()?;
        let id = schema.root().and_then(|root| root.get("$id")?.text());
        Some(id.map_or_else(|| stem(typed.files.name(schema.file)).to_owned(), |id| id.into_owned()))
    });
    Known { game: game.unwrap_or_default(), renames, languages: Vec::new() }
}

fn declared_renames(
    typed: &Typed<'_>,
    resolved: &Resolved<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Renamed> {
    let written: Vec<_> = typed
        .project
        .manifest
        .saves
        .renames
        .iter()
        .map(|rename| {
            [&rename.kind, &rename.old, &rename.new].map(|located| (located.text.as_str(), located.span))
        })
        .collect();
    renames(&typed.model, resolved, &written, diagnostics)
}

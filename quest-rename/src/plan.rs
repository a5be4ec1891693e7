//! What a renaming changes.

use crate::content::{self, Occurrence};
use crate::edit::{Changes, FileChange};
use crate::literal::{self, Syntax};
use crate::manifest::ManifestText;
use crate::path::Ids;
use crate::refusal::Refusal;
use crate::rust::{Macros, in_source, sources};
use crate::script::{Lines, scripts};
use crate::target::Target;
use crate::toml_keys::Keys;
use crate::verify;
use quest_compiler::driver::{Checked, Loaded, Report, Request, Typed, run};
use quest_compiler::names::constant_name;
use quest_compiler::text::{FileId, Unsaved};
use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// An id with another text, and what has to change for it.
#[derive(Debug)]
pub struct Renaming {
    /// The path of the kind, such as `quest.stage`.
    pub kind: String,
    /// The path of the id before, such as `iron-path:find-descent`.
    pub old: String,
    /// The path of the id then.
    pub new: String,
    /// The files to change, by path.
    pub files: Vec<FileChange>,
    /// Rust sources that cannot be read, so that nothing is changed in them.
    pub unread: Vec<PathBuf>,
    /// Warnings that the changed project has and the project had not, by their place in the changed files.
    pub warnings: Report,
}

/// Renames an id: `old` is a kind and a path, such as `quest:iron-path` or `quest.stage:iron-path:find-descent`, and `new` such a path
/// with another last part, or that part alone. Files are read as `request` says; nothing is written.
///
/// ```no_run
/// use quest_compiler::driver::Request;
///
/// let renaming = quest_rename::rename(&Request::check("quest.toml"), "quest:iron-path", "quest:iron-road")?;
/// for file in &renaming.files {
///     println!("{}: {} changes", file.path.display(), file.edits.len());
/// }
/// # Ok::<(), quest_rename::Refusal>(())
/// ```
///
/// # Errors
///
/// The id is unknown or has several definitions, the new one is taken or not valid, files have syntax errors, or the changed project
/// would have errors that it has not now.
pub fn rename(request: &Request, old: &str, new: &str) -> Result<Renaming, Refusal> {
    let loaded = Loaded::read(request, &mut |_| {});
    let Some(project) = &loaded.project else { return Err(unreadable(request)) };
    let Ok(typed) = Typed::of(project, &loaded) else { return Err(unreadable(request)) };
    let checked = Checked::of(&typed, request, typed.diagnostics.clone(), &mut |_| {});
    complete(&typed)?;
    let ids = Ids { model: &typed.model, resolved: &checked.resolved };
    let target = Target::find(ids, old, new)?;
    let mut planner = Planner {
        request,
        typed: &typed,
        ids,
        target: &target,
        changes: Changes::default(),
        moved: Vec::new(),
        keys: HashMap::new(),
        unread: Vec::new(),
    };
    planner.content(&checked)?;
    planner.manifest()?;
    planner.scripts();
    planner.sources(&checked);
    let Planner { changes, unread, .. } = planner;
    let files = changes.finish().map_err(|path| {
        Refusal::new(format!("`{}` names the id in a way that is not understood", path.display()))
            .help("please report it with that file")
    })?;
    let warnings = verify::verify(request, ids, &target, typed.files, &files)?;
    let kind = typed.model.kind(target.id.0).path.clone();
    let new = ids.path_with(target.id, target.id, &target.new);
    Ok(Renaming { kind, old: ids.path(target.id), new, files, unread, warnings })
}

/// The project cannot be read, as its diagnostics say.
pub(crate) fn unreadable(request: &Request) -> Refusal {
    Refusal::new("the manifest or a schema has errors, so that nobody knows what the id means")
        .help("correct them first")
        .report(run(request, &mut |_| {}))
}

/// Refuses projects with files that were not read as a whole: they may name the id.
fn complete(typed: &Typed<'_>) -> Result<(), Refusal> {
    let input = &typed.project.input;
    let registries = input.registries.iter().map(|file| &file.document);
    let broken =
        input.documents.iter().chain(registries).chain(&input.overlays).find(|document| document.broken);
    match broken {
        Some(document) => {
            let title = format!("`{}` has syntax errors", typed.files.name(document.file));
            Err(Refusal::new(title).help("correct them first, since it may name the id"))
        }
        None => Ok(()),
    }
}

struct Planner<'p, 'l> {
    request: &'p Request,
    typed: &'p Typed<'l>,
    ids: Ids<'p, 'l>,
    target: &'p Target,
    changes: Changes,
    /// The names of the files that get another name, and that name without folders.
    moved: Vec<(String, String)>,
    /// The keys of files in TOML that were looked at.
    keys: HashMap<FileId, Keys>,
    unread: Vec<PathBuf>,
}

impl<'l> Planner<'_, 'l> {
    fn content(&mut self, checked: &Checked<'l>) -> Result<(), Refusal> {
        let found = content::find(checked, self.ids, self.target.id);
        for value in &found.values {
            self.value(value)?;
        }
        for file in found.files {
            self.file(file)?;
        }
        Ok(())
    }

    /// Changes a value of a file.
    fn value(&mut self, found: &Occurrence) -> Result<(), Refusal> {
        let files = self.typed.files;
        let (name, text) = (files.name(found.span.file), files.text(found.span.file));
        let range = found.span.start as usize..found.span.end as usize;
        let written = text.get(range.clone()).unwrap_or_default();
        let syntax = Syntax::of(name);
        // The value is that of an anchor, which is changed where it stands.
        if syntax == Syntax::Yaml && written.starts_with('*') {
            return Ok(());
        }
        let places = match syntax {
            Syntax::Toml => self.keys.entry(found.span.file).or_insert_with(|| Keys::of(text)).same(&range),
            _ => Vec::new(),
        };
        let places = if places.is_empty() { vec![range] } else { places };
        for place in places {
            let written = text.get(place.clone()).unwrap_or_default();
            let Some((inner, new)) = self.replacement(syntax, written, found) else {
                let (line, column) = files.line_column(found.span.file, found.span.start);
                let title = format!("{name}:{line}:{column}: `{}` cannot be written here", self.target.new);
                let help = if found.number { "the id is a whole number" } else { "change it by hand" };
                return Err(Refusal::new(title).help(help));
            };
            let range = place.start + inner.start..place.start + inner.end;
            self.changes.edit(Path::new(name), text, range, new);
        }
        Ok(())
    }

    fn replacement(&self, syntax: Syntax, written: &str, found: &Occurrence) -> Option<literal::Replacement> {
        let new = &self.target.new;
        if found.number && !written.starts_with(['"', '\'']) {
            let number = new.parse::<i128>().ok().filter(|number| number.to_string() == *new)?;
            return Some((0..written.len(), number.to_string()));
        }
        literal::replace(syntax, written, &found.value, found.part.clone(), new)
    }

    /// Gives a file the name of the id.
    fn file(&mut self, file: FileId) -> Result<(), Refusal> {
        let name = self.typed.files.name(file);
        let new = &self.target.new;
        if new.contains(['/', '\\', '.', ':', '*', '?', '[', '"', '<', '>', '|']) {
            return Err(Refusal::new(format!("`{new}` cannot be the name of a file, which this id is")));
        }
        let start = name.rfind('/').map_or(0, |at| at + 1);
        let own = name.get(start..).unwrap_or_default();
        let rest = own.find('.').and_then(|at| own.get(at..)).unwrap_or_default();
        let new_name = format!("{new}{rest}");
        let to = Path::new(name).with_file_name(&new_name);
        if to.exists() {
            return Err(Refusal::new(format!("there is a file `{}` already", to.display())));
        }
        self.changes.rename(Path::new(name), self.typed.files.text(file), to);
        self.moved.push((name.to_owned(), new_name));
        Ok(())
    }

    fn manifest(&mut self) -> Result<(), Refusal> {
        let path = self.request.manifest.as_path();
        let shown = path.to_string_lossy().replace('\\', "/");
        let files = self.typed.files;
        let Some(at) = files.names().position(|name| name == shown) else { return Ok(()) };
        let file = FileId(u32::try_from(at).unwrap_or(u32::MAX));
        let manifest = ManifestText { path, text: files.text(file), project: self.typed.project };
        let Target { id, new } = self.target;
        let lines = Lines::new(self.ids, *id);
        for found in manifest.find(self.ids, *id, &lines) {
            let Some((range, text)) = manifest.literal(&found, new) else {
                let (line, column) = files.line_column(found.span.file, found.span.start);
                return Err(Refusal::new(format!("{shown}:{line}:{column}: `{new}` cannot be written here"))
                    .help("change it by hand"));
            };
            self.changes.edit(path, manifest.text, range, text);
        }
        manifest.renames(self.ids, *id, new, files, &mut self.changes);
        for (old, new) in &self.moved {
            manifest.file_name(old, new, &mut self.changes);
        }
        Ok(())
    }

    fn scripts(&mut self) {
        let lines = Lines::new(self.ids, self.target.id);
        for path in scripts(&self.typed.project.manifest.directory) {
            let Some(text) = read(&path, &self.request.unsaved) else { continue };
            for part in lines.in_script(&text) {
                self.changes.edit(&path, &text, part, self.target.new.clone());
            }
        }
    }

    fn sources(&mut self, checked: &Checked<'_>) {
        let macros = Macros {
            ids: self.ids,
            names: &self.typed.names,
            wanted: self.target.id,
            new: &self.target.new,
            constants: checked.constants.iter().any(|constants| constants.kind == self.target.id.0),
        };
        let old = self.ids.text(self.target.id);
        let constant = constant_name(old);
        for source in sources(&self.request.manifest) {
            let Some(text) = read(&source.path, &self.request.unsaved) else { continue };
            // Most sources name nothing. An id can be written with escapes, and a stage as the name of a variant.
            if !text.contains(old)
                && !text.contains(&constant)
                && !text.contains('\\')
                && !text.contains("#[quest")
            {
                continue;
            }
            match in_source(&text, &source, &macros) {
                Some(edits) => edits.into_iter().for_each(|edit| {
                    self.changes.edit(
                        &source.path,
                        &text,
                        Range { start: edit.start, end: edit.end },
                        edit.text,
                    );
                }),
                None => self.unread.push(source.path),
            }
        }
    }
}

/// The text of a file, which may be open in an editor.
fn read(path: &Path, unsaved: &Unsaved) -> Option<String> {
    match unsaved.text(path) {
        Some(text) => Some(text.as_str().to_owned()),
        None => fs::read_to_string(path).ok(),
    }
}

//! Comparing the last release with the current content. Linear in the number of ids.

use super::lock::{FormerId, Lock, LockEntry};
use super::messages::{GoneMessages, owner_of};
use super::now::Now;
use super::objective_key::{CurrentObjectiveKey, objective_key};
use super::rename_guess::RenameGuess;
use crate::diagnostics::{Code, Diagnostic, code, nouns};
use crate::narrow::narrow_u32;
use crate::schema::KindId;
use crate::text::Span;
use std::collections::{HashMap, HashSet};

/// If there are errors, more ids than this that are gone are taken to follow from them.
const MOST_BESIDE_ERRORS: usize = 100;

/// How much a change matters to saved games.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Size {
    /// There is more.
    Addition,
    /// Something that saved games hold is not as it was.
    Break,
}

/// What has changed since the last release.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Kind and path of ids that are gone.
    pub(super) gone: Vec<(String, String)>,
    /// The changes in each file that has a version, in words.
    pub(super) changes: HashMap<String, Vec<(Size, String)>>,
    /// The files that diagnostics of this comparison are about.
    files: HashMap<(Span, &'static Code), String>,
}

impl Comparison {
    /// The file with a version that a diagnostic is about; `None` if this comparison did not make it.
    pub fn file_of(&self, diagnostic: &Diagnostic) -> Option<&str> {
        self.files.get(&(diagnostic.span()?, diagnostic.code)).map(String::as_str)
    }
}

/// What became of an id of the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryStatus {
    Here(u32),
    Gone,
    /// Not reported: its parent is gone, or its kind is.
    Passed,
}

/// Reports what the last release had and this content has not, or has in another way.
pub fn compare(now: &Now<'_, '_>, lock: &Lock<'_>, diagnostics: &mut Vec<Diagnostic>) -> Comparison {
    let mut comparing = Comparing {
        now,
        lock,
        kinds: lock.kinds.iter().map(|path| locked(now, path)).collect::<Vec<_>>(),
        statuses: Vec::with_capacity(lock.entries.len()),
        seen: now.resolved.ids.kinds.iter().map(|ids| vec![false; ids.list.len()]).collect::<Vec<_>>(),
        renamed: now.renamed.iter().map(|known| ((known.kind, known.old.as_str()), known.row)).collect(),
        compared: Comparison::default(),
        diagnostics,
    };
    comparing.game();
    comparing.find();
    comparing.former();
    comparing.objective_keys();
    comparing.gone();
    comparing.additions();
    comparing.compared
}

/// The kind of a path, if its ids are locked.
fn locked(now: &Now<'_, '_>, path: &str) -> Option<KindId> {
    now.model.kind_named(path).filter(|kind| now.kinds.contains(kind))
}

struct Comparing<'c, 'a, 'l> {
    now: &'c Now<'c, 'a>,
    lock: &'c Lock<'l>,
    /// The kinds of the lock.
    kinds: Vec<Option<KindId>>,
    /// By position among the entries.
    statuses: Vec<EntryStatus>,
    /// By kind and row, whether the lock has it.
    seen: Vec<Vec<bool>>,
    renamed: HashMap<(KindId, &'c str), u32>,
    compared: Comparison,
    diagnostics: &'c mut Vec<Diagnostic>,
}

impl Comparing<'_, '_, '_> {
    fn entry(&self, at: u32) -> &LockEntry<'_> {
        &self.lock.entries[at as usize]
    }

    /// The path of an id when it was released.
    fn old_path(&self, at: u32) -> String {
        let entry = self.entry(at);
        match entry.parent {
            Some(parent) => format!("{}:{}", self.old_path(parent), entry.id),
            None => entry.id.clone().into_owned(),
        }
    }

    /// The file with a version that contained an id.
    fn file(&self, at: u32) -> Option<String> {
        let file = self.entry(at).file?;
        Some(self.lock.files.get(file as usize)?.name.clone().into_owned())
    }

    /// Reports a change in a file that may have a version.
    fn broken(&mut self, file: Option<String>, words: String, diagnostic: Diagnostic) {
        if let Some(file) = file {
            if let Some(place) = diagnostic.span() {
                self.compared.files.insert((place, diagnostic.code), file.clone());
            }
            self.compared.changes.entry(file).or_default().push((Size::Break, words));
        }
        self.diagnostics.push(diagnostic);
    }

    fn game(&mut self) {
        let Some((game, span)) = self.lock.game.as_ref() else { return };
        if self.now.model.journal.is_none() || *game == self.now.game {
            return;
        }
        let line = format!("`game = {}`", crate::diagnostics::json_string(game));
        self.diagnostics.push(
            Diagnostic::new(
                &code::OTHER_GAME,
                format!("no saved game can be read any more: the game was `{game}` and is `{}`", self.now.game),
            )
            .label(*span, "saved games say this")
            .note("a game is called what `[journal]` in the manifest says, else like the `$id` of the first schema")
            .help(format!("write {line} below `[journal]` in the manifest")),
        );
    }

    /// Looks for everything that the lock has.
    fn find(&mut self) {
        let ids = &self.now.resolved.ids;
        for at in 0..narrow_u32(self.lock.entries.len()) {
            let entry = self.entry(at);
            let status =
                match (self.kinds[entry.kind], entry.parent.map(|parent| self.statuses[parent as usize])) {
                    (None, _) | (_, Some(EntryStatus::Gone | EntryStatus::Passed)) => EntryStatus::Passed,
                    (Some(kind), _) if self.now.model.kind(kind).open() => EntryStatus::Passed,
                    (Some(kind), around) => {
                        let around = if let Some(EntryStatus::Here(row)) = around { row } else { 0 };
                        let found = ids.of(kind).find(around, &entry.id);
                        match found.or_else(|| self.renamed(kind, at, around)) {
                            Some(row) => EntryStatus::Here(row),
                            None => EntryStatus::Gone,
                        }
                    }
                };
            if let (EntryStatus::Here(row), Some(kind)) = (status, self.kinds[entry.kind]) {
                self.seen[kind.0 as usize][row as usize] = true;
            }
            self.statuses.push(status);
        }
        self.lost_kinds();
    }

    /// The row of an id that was renamed: by the path that it had, or by that of today up to its own name.
    fn renamed(&self, kind: KindId, at: u32, around: u32) -> Option<u32> {
        if self.renamed.is_empty() {
            return None;
        }
        let by = |path: &str| self.renamed.get(&(kind, path)).copied();
        by(&self.old_path(at)).or_else(|| {
            let parent = self.now.model.kind(kind).parent?;
            by(&format!("{}:{}", self.now.path(parent, around), self.entry(at).id))
        })
    }

    /// Reports kinds that have no ids any more.
    fn lost_kinds(&mut self) {
        for (number, path) in self.lock.kinds.iter().enumerate() {
            // The loss of a parent has been reported, and covers its descendants.
            let around = path.rsplit_once('.').map(|(around, _)| self.now.model.kind_named(around).is_none());
            if self.now.model.kind_named(path).is_some() || around == Some(true) {
                continue;
            }
            let Some(first) = self.lock.entries.iter().find(|entry| entry.kind == number) else { continue };
            let diagnostic = Diagnostic::new(
                &code::ID_GONE,
                format!("all ids of the kind `{path}` are gone: no schema says any more what they are"),
            )
            .label(first.span, "the first of them")
            .help(format!("give the kind back its name, `{path}`, in `x-key`"));
            self.diagnostics.push(diagnostic);
        }
    }

    /// Ids that were gone before this release.
    fn former(&mut self) {
        for FormerId { kind: path, path: old, now: then, span } in &self.lock.former {
            let Some(kind) = self.now.model.kind_named(path).filter(|kind| self.now.kinds.contains(kind))
            else {
                continue;
            };
            let noun = nouns::spoken(self.now.model.kind(kind).noun());
            if let Some(row) = self.now.find(kind, old) {
                let released = self.seen[kind.0 as usize].get(row as usize) == Some(&true);
                if let Some(place) = self.now.place(kind, row).filter(|_| !released) {
                    let was = match then {
                        Some(then) => format!("an earlier release had one, which is `{then}` now"),
                        None => "an earlier release had one, and the last one had not".to_owned(),
                    };
                    let diagnostic = Diagnostic::new(&code::ID_AGAIN, format!("there is {} `{old}` again", nouns::with_article(&noun)))
                        .label(place, "has the id of an old one")
                        .label(*span, was)
                        .note("who saved the old one goes on with this one")
                        .help("give it an id that none ever had; if it is the same again, except it in the manifest until the next `questc lock`");
                    // A higher count is an addition to its file in any case.
                    self.compared.files.insert((place, diagnostic.code), self.now.relative(place.file));
                    self.diagnostics.push(diagnostic);
                }
                continue;
            }
            let Some(then) = then else { continue };
            if self.renamed.contains_key(&(kind, &**old)) {
                continue;
            }
            let words = GoneMessages { now: self.now };
            let diagnostic = Diagnostic::new(
                &code::ID_GONE,
                format!("nothing says any more that the {noun} `{old}` is `{then}` now"),
            )
            .label(*span, "was renamed before the last release")
            .note(words.lost(kind, owner_of(old)))
            .help(words.rename(path, old, then));
            let mut diagnostic = diagnostic;
            diagnostic.entries.push(old.clone().into_owned());
            self.diagnostics.push(diagnostic);
        }
    }

    /// What is counted for ids that are still there.
    fn objective_keys(&mut self) {
        for at in 0..narrow_u32(self.lock.entries.len()) {
            let (EntryStatus::Here(row), Some(was)) =
                (self.statuses[at as usize], self.entry(at).objective_key.as_ref())
            else {
                continue;
            };
            let Some(kind) = self.kinds[self.entry(at).kind] else { continue };
            let Some(is) = objective_key(self.now, kind, row) else { continue };
            let same = self.same(&was.what, &is.what);
            if is.count >= was.count && same {
                continue;
            }
            let object = self.now.object(kind, row).map(|row| self.now.resolved.content.object(row));
            if object.is_none_or(|object| self.now.tainted.are_in(object)) {
                continue;
            }
            let path = self.now.path(kind, row);
            let place = self.now.place(kind, row).unwrap_or(self.entry(at).span);
            let diagnostic = if same {
                lowered(&path, was.count, &is, was.span, place)
            } else {
                other(&path, &was.what.join(" "), &is, was.span, place)
            };
            let words = if same {
                format!("`{path}` asks for {} instead of {}", is.count, was.count)
            } else {
                format!("`{path}` counts something else")
            };
            self.broken(self.file(at), words, diagnostic);
        }
    }

    /// Whether the same is to be done to the same, which may have another id now.
    fn same(&self, was: &[std::borrow::Cow<'_, str>], is: &[String]) -> bool {
        let ([was_sort, was], [is_sort, is]) = (was, is) else {
            return was.iter().map(|word| &**word).eq(is.iter().map(String::as_str));
        };
        let renamed = || {
            let mut known = self.now.renamed.iter().filter(|known| known.old == **was);
            known.any(|known| self.now.path(known.kind, known.row) == *is)
        };
        was_sort == is_sort && (was == is || renamed())
    }

    fn gone(&mut self) {
        let gone: Vec<u32> = (0..narrow_u32(self.statuses.len()))
            .filter(|at| self.statuses[*at as usize] == EntryStatus::Gone)
            .collect();
        for at in &gone {
            let kind = self.lock.kinds[self.entry(*at).kind].clone();
            let path = self.old_path(*at);
            self.compared.gone.push((kind, path));
        }
        let errors = !self.now.tainted.is_empty() || !self.now.unread.content.is_empty();
        if errors && gone.len() > MOST_BESIDE_ERRORS {
            return;
        }
        let now = self.now;
        let mut guess = RenameGuess::new(now, self.lock, &self.kinds, &self.seen);
        let mut found = Vec::new();
        for at in gone {
            let entry = &self.lock.entries[at as usize];
            let Some(kind) = self.kinds[entry.kind] else { continue };
            let around = match entry.parent.map(|parent| self.statuses[parent as usize]) {
                Some(EntryStatus::Here(row)) => Some(row),
                _ => None,
            };
            if errors && self.may_be_there(kind, around, &entry.id) {
                continue;
            }
            let meant = guess.of(at, kind, around);
            let diagnostic = GoneMessages { now }.gone(self.lock, at, kind, around, meant);
            found.push((at, diagnostic));
        }
        for (at, mut diagnostic) in found {
            diagnostic.entries = self.entries(at);
            let words = format!("`{}` is gone", self.old_path(at));
            self.broken(self.file(at), words, diagnostic);
        }
    }

    /// Whether an id that seems to be gone may be there all the same, in what could not be read because of errors.
    fn may_be_there(&self, kind: KindId, around: Option<u32>, id: &str) -> bool {
        let Now { model, resolved, tainted, files, unread, .. } = *self.now;
        let described = model.kind(kind);
        if unread.may_define(&described.path, id)
            || tainted.files().any(|file| contains_id(files.text(file), id))
        {
            return true;
        }
        // What should have an id and has none, or an id that is wrong, may be it.
        let ids = resolved.ids.of(kind);
        let unclear = |row: u32| {
            let id = &ids.list[row as usize];
            id.span.is_none_or(|span| !self.seen[kind.0 as usize][row as usize] && tainted.are_at(span))
        };
        match (described.parent, around) {
            (Some(parent), Some(around)) => {
                let object = self.now.object(parent, around).map(|row| resolved.content.object(row));
                object.is_some_and(|object| tainted.are_in(object))
                    || resolved.ids.children(kind, around).iter().any(|row| unclear(*row))
            }
            _ => (0..narrow_u32(ids.list.len())).any(unclear),
        }
    }

    /// The paths by which an exception can name an id that is gone: its own, and those of what it belonged to.
    fn entries(&self, at: u32) -> Vec<String> {
        let mut entries = Vec::new();
        let mut next = Some(at);
        while let Some(at) = next {
            let path = self.old_path(at);
            let prefix = self.kinds[self.entry(at).kind].map_or("", |kind| &self.now.model.kind(kind).prefix);
            let prefixed = (!prefix.is_empty()).then(|| format!("{prefix}{path}"));
            entries.push(path);
            entries.extend(prefixed);
            next = self.entry(at).parent;
        }
        entries
    }

    /// The ids that are new in files that have a version. A new parent covers its descendants.
    fn additions(&mut self) {
        if self.lock.files.is_empty() {
            return;
        }
        let known: HashSet<&str> = self.lock.files.iter().map(|file| &*file.name).collect();
        let mut names: HashMap<_, Option<String>> = HashMap::new();
        // Of a kind that was not locked before, all would be new.
        for kind in self.kinds.iter().copied().flatten() {
            let parent = self.now.model.kind(kind).parent;
            for (row, id) in self.now.resolved.ids.of(kind).list.iter().enumerate() {
                let is_new = |kind: KindId, row: u32| !self.seen[kind.0 as usize][row as usize];
                let Some(span) = id.span.filter(|_| is_new(kind, narrow_u32(row))) else { continue };
                if parent.is_some_and(|parent| is_new(parent, id.parent)) {
                    continue;
                }
                let name = names.entry(span.file).or_insert_with(|| {
                    Some(self.now.relative(span.file)).filter(|name| known.contains(name.as_str()))
                });
                if let Some(name) = name.clone() {
                    let words = format!("`{}` is new", self.now.path(kind, narrow_u32(row)));
                    self.compared.changes.entry(name).or_default().push((Size::Addition, words));
                }
            }
        }
    }
}

fn lowered(path: &str, was: u32, is: &CurrentObjectiveKey, lock: Span, id: Span) -> Diagnostic {
    let count = is.count;
    let already = match was - 1 {
        last if last == count => format!("{count}"),
        last => format!("{count} to {last}"),
    };
    let keeps = match count - 1 {
        0 => "goes on with none".to_owned(),
        left => format!("goes on with {left}"),
    };
    Diagnostic::new(
        &code::COUNT_LOWERED,
        format!("`{path}` asks for {count}, and asked for {was} in the last release"),
    )
    .label(is.count_at.unwrap_or(id), format!("{count} now"))
    .label(lock, format!("{was} then"))
    .note(format!("who saved with {already} of {was} {keeps} of {count}, and is done by the next one"))
    .help("if that will do, except it in the manifest until the next `questc lock`")
}

fn other(path: &str, was: &str, is: &CurrentObjectiveKey, lock: Span, id: Span) -> Diagnostic {
    Diagnostic::new(&code::COUNTS_OTHER, format!("`{path}` counts something else than in the last release"))
        .label(is.what_at.unwrap_or(id), format!("`{}` now", is.what.join(" ")))
        .label(lock, format!("`{was}` then"))
        .note("what saved games have counted of the one goes on as the other")
        .help("give it another id, so that it begins anew; if it is the same thing under another name, except it in the manifest until the next `questc lock`")
}

/// Whether a text contains an id. That it may be part of a longer one does no harm here.
fn contains_id(text: &str, id: &str) -> bool {
    text.contains(id)
}

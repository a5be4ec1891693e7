//! Which id is meant, and whether the other text can be one.

use crate::path::{IdRow, Ids};
use crate::refusal::Refusal;
use quest_compiler::check::find_path;
use quest_compiler::diagnostics::{did_you_mean, list, nouns};
use quest_compiler::schema::{KindId, Model};

/// An id to rename.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) id: IdRow,
    /// The new text, without a prefix and without the ids around.
    pub(crate) new: String,
}

impl Target {
    /// Finds what `old` means, such as `quest.stage:iron-path:find-descent`, and reads `new`: a whole path or the last part of it, with
    /// or without the kind.
    pub(crate) fn find(ids: Ids<'_, '_>, old: &str, new: &str) -> Result<Self, Refusal> {
        let (kind, path) = split(ids.model, old)?;
        let id = (kind, row(ids, kind, path)?);
        let new = new_text(ids, id, new)?;
        let target = Self { id, new };
        target.check(ids)?;
        Ok(target)
    }

    fn check(&self, ids: Ids<'_, '_>) -> Result<(), Refusal> {
        let noun = nouns::spoken(ids.model.kind(self.id.0).noun());
        let old = ids.text(self.id);
        if self.new.is_empty() {
            return Err(Refusal::new(format!("{} needs an id", nouns::with_article(&noun))));
        }
        if self.new == old {
            return Err(Refusal::new(format!("the {noun} is called `{old}` already")));
        }
        if ids.tables().duplicates.contains_key(&self.id) {
            let title = format!("there are several {} `{old}`", ids.model.kind(self.id.0).plural());
            return Err(
                Refusal::new(title).help("correct that first, or references to them would be guessed")
            );
        }
        let parent = ids.parent(self.id).map_or(0, |(_, row)| row);
        if ids.tables().of(self.id.0).find(parent, &self.new).is_some() {
            let path = ids.path_with(self.id, self.id, &self.new);
            return Err(Refusal::new(format!("there is {} `{path}` already", nouns::with_article(&noun))));
        }
        Ok(())
    }
}

/// The kind and the path of an id such as `quest:iron-path`.
fn split<'t>(model: &Model, id: &'t str) -> Result<(KindId, &'t str), Refusal> {
    let kinds = || model.kinds.iter().map(|kind| kind.path.as_str());
    let Some((kind, path)) = id.split_once(':') else {
        let title = format!("`{id}` does not say of which kind it is");
        let kinds = list(&kinds().map(|kind| format!("{kind}:…")).collect::<Vec<_>>(), "or");
        return Err(Refusal::new(title).help(format!("write {kinds}")));
    };
    match kind_named(model, kind) {
        Some(found) => Ok((found, path)),
        None => {
            let names: Vec<&str> = kinds().collect();
            let help = did_you_mean(kind, names.iter().copied());
            let help = help.unwrap_or_else(|| format!("there are {}", list(&names, "and")));
            Err(Refusal::new(format!("there is no kind `{kind}`")).help(help))
        }
    }
}

/// A kind by its path, or by the last word of it if only one kind has that.
fn kind_named(model: &Model, name: &str) -> Option<KindId> {
    let last = || {
        let mut named = model.kinds.iter().zip(0..).filter(|(kind, _)| kind.noun() == name);
        let (_, at) = named.next().filter(|_| named.next().is_none())?;
        Some(KindId(at))
    };
    model.kind_named(name).or_else(last)
}

fn row(ids: Ids<'_, '_>, kind: KindId, path: &str) -> Result<u32, Refusal> {
    let prefix = ids.model.kind(kind).prefix.as_str();
    let bare = path.strip_prefix(prefix).unwrap_or(path);
    let find = |path: &str| find_path(ids.model, ids.tables(), kind, path);
    if let Some(row) = find(bare).or_else(|| find(path)) {
        return Ok(row);
    }
    let noun = nouns::spoken(ids.model.kind(kind).noun());
    let rows = 0..u32::try_from(ids.tables().of(kind).list.len()).unwrap_or(u32::MAX);
    let paths: Vec<String> = rows.map(|row| ids.path((kind, row))).collect();
    let ending = format!(":{bare}");
    let fitting: Vec<&String> = paths.iter().filter(|path| path.ends_with(&ending)).collect();
    if !fitting.is_empty() {
        let title = format!("`{path}` is no path of {}", nouns::with_article(&noun));
        let few: Vec<&String> = fitting.into_iter().take(5).collect();
        return Err(Refusal::new(title).help(format!("write {}", list(&few, "or"))));
    }
    let help = did_you_mean(bare, paths.iter().map(String::as_str));
    Err(Refusal::new(format!("there is no {noun} `{path}`")).maybe_help(help))
}

/// The new text without the kind, the prefix and the ids around.
fn new_text(ids: Ids<'_, '_>, id: IdRow, new: &str) -> Result<String, Refusal> {
    let kind = ids.model.kind(id.0);
    let without = |text: &'_ str, name: &str| {
        text.strip_prefix(name).and_then(|rest| rest.strip_prefix(':')).map(str::to_owned)
    };
    let own = ids.text(id);
    let text =
        without(new, &kind.path).or_else(|| without(new, kind.noun())).unwrap_or_else(|| new.to_owned());
    let Some(parent) = ids.parent(id) else {
        return Ok(text.strip_prefix(kind.prefix.as_str()).unwrap_or(&text).to_owned());
    };
    let around = ids.path(parent);
    let text = without(&text, &around).unwrap_or(text);
    let text = text.strip_prefix(kind.prefix.as_str()).unwrap_or(&text);
    if text.contains(':') && !own.contains(':') {
        let title = format!("`{text}` is not in `{around}`");
        let help = "a renaming changes the last part of a path; to move an object, move it in its file";
        return Err(Refusal::new(title).help(help));
    }
    Ok(text.to_owned())
}

//! Messages about ids that are gone.

use super::lock::Lock;
use super::now::Now;
use super::rename_guess::{Candidate, Why};
use crate::diagnostics::{Diagnostic, code, json_string, nouns};
use crate::schema::KindId;

pub(super) struct GoneMessages<'w, 'a> {
    pub(super) now: &'w Now<'w, 'a>,
}

/// The path of the object around one.
pub(super) fn owner_of(path: &str) -> Option<&str> {
    path.rsplit_once(':').map(|(owner, _)| owner)
}

impl GoneMessages<'_, '_> {
    /// Reports that the entry `at` of a lock is gone; `around` is the object that contained it, as it is now.
    pub(super) fn gone(
        &self,
        lock: &Lock<'_>,
        at: u32,
        kind: KindId,
        around: Option<u32>,
        meant: Candidate,
    ) -> Diagnostic {
        let now = self.now;
        let entry = &lock.entries[at as usize];
        let described = now.model.kind(kind);
        let noun = nouns::spoken(described.noun());
        let owner = described.parent.zip(around).map(|(parent, row)| now.path(parent, row));
        let of = owner.as_ref().map_or_else(String::new, |owner| format!(" of `{owner}`"));
        let here = owner.as_ref().map_or_else(String::new, |owner| format!("{owner}:"));
        if let Candidate::Moved(row) = meant {
            return self.moved(entry.span, kind, &format!("{here}{}", entry.id), row);
        }
        let mut diagnostic =
            Diagnostic::new(&code::ID_GONE, format!("the {noun} `{}`{of} is gone", entry.id))
                .label(entry.span, "was in the last release, and saved games can name it");
        if let Candidate::New(row, why) = meant {
            let why = match why {
                Why::SameParts => "is new, and has what belonged to it",
                Why::SameObjectiveKey => "is new, and counts the same",
                Why::Name => "is new, and called nearly the same",
            };
            if let Some(place) = now.place(kind, row) {
                diagnostic = diagnostic.label(place, why);
            }
            let old = format!("{here}{}", entry.id);
            diagnostic = diagnostic.help(self.rename(&described.path, &old, &now.path(kind, row)));
        }
        let other = if matches!(meant, Candidate::Nothing) {
            "if it has another id now, `[renames]` in the manifest says which"
        } else {
            ""
        };
        let taken = "if it was taken out on purpose, except it in the manifest until the next `questc lock`";
        let help = if other.is_empty() { taken.to_owned() } else { format!("{other}; {taken}") };
        diagnostic.note(self.lost(kind, owner.as_deref())).help(help)
    }

    /// Reports an id that is in another object now, where saved games do not look for it.
    fn moved(&self, place: crate::text::Span, kind: KindId, old: &str, row: u32) -> Diagnostic {
        let now = self.now;
        let described = now.model.kind(kind);
        let noun = nouns::spoken(described.noun());
        let new = now.path(kind, row);
        let root = |path: &str| path.split(':').next().unwrap_or_default().to_owned();
        let mut diagnostic = Diagnostic::new(&code::MOVED_AWAY, format!("the {noun} `{old}` is `{new}` now"))
            .label(place, "was here in the last release, and saved games can name it");
        if let Some(there) = now.place(kind, row) {
            diagnostic = diagnostic.label(there, "stands here now");
        }
        if root(old) == root(&new) {
            return diagnostic.note(self.lost(kind, owner_of(old))).help(self.rename(
                &described.path,
                old,
                &new,
            ));
        }
        diagnostic
            .note(self.lost(kind, owner_of(old)))
            .note(format!("what is saved of `{}` cannot go on in `{}`", root(old), root(&new)))
            .help("move it back; if it is meant, except it in the manifest until the next `questc lock`")
    }

    /// What happens to saved games that name something that is not there.
    pub(super) fn lost(&self, kind: KindId, owner: Option<&str>) -> String {
        let journal = self.now.model.journal.as_ref();
        let is = |of: fn(&crate::schema::Journal) -> Option<KindId>| journal.and_then(of) == Some(kind);
        let noun = nouns::spoken(self.now.model.kind(kind).noun());
        let owner = owner.map_or_else(String::new, |owner| format!("`{owner}` "));
        if is(|journal| Some(journal.quest)) {
            format!("a saved game loses all that it knows of the {noun}")
        } else if is(|journal| Some(journal.stage)) {
            format!("who saved in this {noun} is sent back to where {owner}begins")
        } else if is(|journal| Some(journal.objective)) {
            format!("who has begun this {noun} loses what was done of it")
        } else {
            format!("what a saved game knows of the {noun} is lost")
        }
    }

    /// The line of the manifest that says what an id is called now.
    pub(super) fn rename(&self, kind: &str, old: &str, new: &str) -> String {
        let key = |text: &str| {
            let bare = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
            if !text.is_empty() && text.chars().all(bare) { text.to_owned() } else { json_string(text) }
        };
        let pair = format!("{} = {}", key(old), json_string(new));
        // A table in one line takes no more from other lines.
        if self.now.manifest.saves.renames.iter().any(|rename| rename.kind.text == kind) {
            return format!("if it is the same, add `{pair}` to `{kind}` below `[renames]` in the manifest");
        }
        format!("if it is the same, write `{}.{pair}` below `[renames]` in the manifest", key(kind))
    }
}

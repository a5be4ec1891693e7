//! Kinds whose ids are unique within an object of another kind: `quest.stage` within `quest`.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code, did_you_mean, near};
use crate::schema::model::IdKind;
use std::collections::HashSet;

impl ModelBuilder<'_> {
    /// Connects each kind to its parent, and reports parents that cannot be one.
    pub(super) fn scopes(&mut self) {
        let explained = self.misspelled_children();
        // Kinds without a key that have been reported. Further diagnostics about them and the kinds within them would be noise.
        let mut reported: HashSet<String> = explained.clone();
        let mut orphans: Vec<usize> = Vec::new();
        for index in 0..self.model.kinds.len() {
            let path = self.model.kinds[index].path.clone();
            let Some((parent, _)) = path.rsplit_once('.') else { continue };
            let found = self.model.kind_named(parent);
            match found.map(|found| (found, self.model.kind(found))) {
                Some((_, kind)) if kind.partial => {
                    let diagnostic = partial_parent(&path, parent, kind);
                    self.diagnostics.push(diagnostic);
                }
                Some((found, kind)) if !kind.records.is_empty() => {
                    self.model.kinds[index].parent = Some(found);
                    if !self.model.kinds[index].by_content() && !explained.contains(&path) {
                        self.report_no_key(index);
                        reported.insert(path);
                    }
                }
                _ => orphans.push(index),
            }
        }
        for index in orphans {
            let path = self.model.kinds[index].path.clone();
            let Some((parent, _)) = path.rsplit_once('.') else { continue };
            if explained.contains(&path) || reported.contains(parent) {
                reported.insert(path);
                continue;
            }
            self.report_orphan(index, parent);
            reported.insert(parent.to_owned());
        }
    }

    /// Reports a kind within another whose ids no object has.
    fn report_no_key(&mut self, index: usize) {
        let kind = &self.model.kinds[index];
        let mut diagnostic =
            Diagnostic::new(&code::ANNOTATION, format!("no property is the key of `{}`", kind.path));
        if let Some(span) = kind.span {
            diagnostic = diagnostic.label(span, "refers to ids that do not exist");
        }
        let help = did_you_mean(&kind.path, self.keyed_paths());
        self.diagnostics.push(diagnostic.maybe_help(help));
    }

    /// Reports a kind whose parent has no key.
    fn report_orphan(&mut self, index: usize, parent: &str) {
        let kind = &self.model.kinds[index];
        let title = format!(
            "ids of `{}` are unique within one `{parent}`, but no property is the key of `{parent}`",
            kind.path
        );
        let mut diagnostic = Diagnostic::new(&code::ANNOTATION, title);
        if let Some(span) = kind.span {
            diagnostic = diagnostic.label(span, format!("needs `\"x-key\": \"{parent}\"` somewhere"));
        }
        let help = did_you_mean(parent, self.keyed_paths());
        self.diagnostics.push(diagnostic.maybe_help(help));
    }

    /// The kinds that have a key.
    fn keyed_paths(&self) -> impl Iterator<Item = &str> {
        self.model.kinds.iter().filter(|kind| kind.by_content()).map(|kind| kind.path.as_str())
    }

    /// The kinds that seem to have no key because a key is misspelled: `quest.stage` where one key says `qust.stage`. The report
    /// about the misspelled one explains the others.
    fn misspelled_children(&self) -> HashSet<String> {
        let meant = |kind: &IdKind| {
            let (parent, last) = kind.path.rsplit_once('.')?;
            let known = self.model.kind_named(parent).map(|kind| self.model.kind(kind));
            if known.is_some_and(IdKind::by_content) {
                return None;
            }
            let parent = *near(parent, self.keyed_paths()).first()?;
            Some(format!("{parent}.{last}"))
        };
        self.model.kinds.iter().filter(|kind| kind.by_content()).filter_map(meant).collect()
    }
}

fn partial_parent(path: &str, parent: &str, kind: &IdKind) -> Diagnostic {
    let title =
        format!("ids of `{path}` are unique within one `{parent}`, but not every `{parent}` has an id");
    let diagnostic = Diagnostic::new(&code::ANNOTATION, title);
    match kind.span {
        Some(span) => diagnostic.label(span, "this property must be required"),
        None => diagnostic,
    }
}

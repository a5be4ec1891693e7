//! Which diagnostics of a run the run before did not have, and the other way round.

use quest_compiler::diagnostics::Diagnostic;
use quest_compiler::driver::Report;
use std::collections::BTreeMap;

/// What makes a diagnostic the same in the next run. Its line is no part of that: an edit above it moves it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Identity {
    file: String,
    title: String,
    code: &'static str,
    /// What the label says, which tells diagnostics with one title apart.
    label: String,
    level: &'static str,
}

/// The diagnostics of the last run, and how often there was each.
#[derive(Default)]
pub(crate) struct Known {
    counts: BTreeMap<Identity, usize>,
}

/// What a run changed.
pub(crate) struct Seen {
    pub(crate) appeared: Vec<Diagnostic>,
    /// Those that are not there any more, as one line each.
    pub(crate) disappeared: Vec<String>,
}

impl Known {
    /// Compares a run with the one before it, and remembers it.
    pub(crate) fn update(&mut self, report: &Report) -> Seen {
        let mut before = std::mem::take(&mut self.counts);
        let mut appeared = Vec::new();
        for diagnostic in &report.diagnostics.list {
            let identity = identity(diagnostic, report);
            match before.get_mut(&identity) {
                Some(left) if *left > 0 => *left -= 1,
                _ => appeared.push(diagnostic.clone()),
            }
            *self.counts.entry(identity).or_default() += 1;
        }
        let gone = before.into_iter().flat_map(|(identity, count)| std::iter::repeat_n(identity, count));
        let line = |Identity { file, title, code, .. }: Identity| match file.as_str() {
            "" => format!("{title} [{code}]"),
            file => format!("{file}: {title} [{code}]"),
        };
        Seen { appeared, disappeared: gone.map(line).collect() }
    }
}

fn identity(diagnostic: &Diagnostic, report: &Report) -> Identity {
    Identity {
        file: diagnostic.file(&report.files).unwrap_or_default().to_owned(),
        title: diagnostic.title.clone(),
        code: diagnostic.code.id,
        label: diagnostic.labels.first().map(|label| label.text.clone()).unwrap_or_default(),
        level: diagnostic.level.word(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quest_compiler::diagnostics::{Diagnostics, code};

    fn report(titles: &[&str]) -> Report {
        let list = titles.iter().map(|title| Diagnostic::new(&code::MANIFEST, *title).about("quest.toml"));
        Report { diagnostics: Diagnostics { list: list.collect() }, ..Report::default() }
    }

    #[test]
    fn only_what_changed_is_told() {
        let mut known = Known::default();
        let mut update = |titles: &[&str]| {
            let Seen { appeared, disappeared } = known.update(&report(titles));
            (appeared.into_iter().map(|one| one.title).collect::<Vec<_>>(), disappeared)
        };
        assert_eq!(update(&["a", "b"]), (vec!["a".to_owned(), "b".to_owned()], vec![]));
        assert_eq!(update(&["b", "a"]), (vec![], vec![]));
        assert_eq!(update(&["a", "a"]), (vec!["a".to_owned()], vec!["quest.toml: b [Q0008]".to_owned()]));
        assert_eq!(update(&["a"]), (vec![], vec!["quest.toml: a [Q0008]".to_owned()]));
        assert_eq!(update(&[]), (vec![], vec!["quest.toml: a [Q0008]".to_owned()]));
    }
}

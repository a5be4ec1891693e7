//! Groups of diagnostics that say the same of many places, so that one mistake that was made often does not hide the others.

use super::{Diagnostic, Diagnostics, Level};
use crate::text::Files;
use std::collections::HashMap;

/// With fewer places than this, each is shown for itself.
const FEWEST: usize = 4;

/// At most this many further places are listed.
const MOST_LISTED: usize = 3;

impl Diagnostics {
    /// The diagnostics for people: those that say the same of at least four places are one, with the first place and the number of all.
    #[must_use]
    pub fn grouped(&self, files: &Files) -> Self {
        let mut groups: HashMap<(&str, Level, &str), Vec<usize>> = HashMap::new();
        for (at, diagnostic) in self.list.iter().enumerate() {
            groups.entry(key(diagnostic)).or_default().push(at);
        }
        let mut list = Vec::new();
        for (at, diagnostic) in self.list.iter().enumerate() {
            let group = groups.get(&key(diagnostic)).map_or(&[][..], Vec::as_slice);
            match group {
                group if group.len() < FEWEST => list.push(diagnostic.clone()),
                [first, others @ ..] if *first == at => list.push(self.group(diagnostic, others, files)),
                _ => {}
            }
        }
        Self { list }
    }

    fn group(&self, first: &Diagnostic, others: &[usize], files: &Files) -> Diagnostic {
        let place = |at: &usize| {
            let span = self.list.get(*at)?.span()?;
            let (line, column) = files.line_column(span.file, span.start);
            Some(format!("{}:{line}:{column}", files.name(span.file)))
        };
        let listed: Vec<String> = others.iter().filter_map(place).take(MOST_LISTED).collect();
        let rest = others.len() - listed.len();
        let more = if rest == 0 { String::new() } else { format!(", and {rest} more") };
        let mut diagnostic = first.clone();
        diagnostic.title = format!("{}: {} places", first.title, others.len() + 1);
        diagnostic.note(format!("the same at {}{more}", listed.join(", ")))
    }
}

fn key(diagnostic: &Diagnostic) -> (&str, Level, &str) {
    (diagnostic.code.id, diagnostic.level, &diagnostic.title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code;
    use crate::text::Span;
    use std::sync::Arc;

    #[test]
    fn many_places_are_one_diagnostic() {
        let mut files = Files::default();
        let file = files.add("a.json".to_owned(), Arc::new("x\n".repeat(9)));
        let unknown = |id: &str, line: usize| {
            Diagnostic::new(&code::UNKNOWN_REFERENCE, format!("no item `{id}`"))
                .label(Span::new(file, 2 * line, 2 * line + 1), "")
        };
        let mut list: Vec<Diagnostic> = (0..6).map(|line| unknown("coins", line)).collect();
        list.extend((6..9).map(|line| unknown("gem", line)));
        let grouped = Diagnostics { list }.grouped(&files);
        let titles: Vec<&str> = grouped.list.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(titles, ["no item `coins`: 6 places", "no item `gem`", "no item `gem`", "no item `gem`"]);
        assert_eq!(grouped.list[0].notes, ["the same at a.json:2:1, a.json:3:1, a.json:4:1, and 2 more"]);
    }
}

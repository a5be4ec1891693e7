//! Limits how many diagnostics are shown, and counts the others.

use super::{Code, Diagnostic, Diagnostics, Level, nouns};

/// The default limit for people.
pub const MOST_FOR_PEOPLE: usize = 100;

/// The diagnostics to show, and the number of hidden ones for each code.
#[derive(Debug)]
pub struct Capped<'f> {
    pub shown: Vec<&'f Diagnostic>,
    /// Sorted by code.
    rest: Vec<(&'static Code, Level, usize)>,
}

impl<'f> Capped<'f> {
    /// At most `most`, in their order. Errors take precedence over warnings, which matter little beside hundreds of errors.
    pub fn new(diagnostics: &'f Diagnostics, most: Option<usize>) -> Self {
        let most = most.unwrap_or(usize::MAX);
        let mut room_for_warnings = most.saturating_sub(diagnostics.errors());
        let mut room_for_errors = most;
        let mut capped = Self { shown: Vec::new(), rest: Vec::new() };
        for diagnostic in &diagnostics.list {
            let room =
                if diagnostic.level == Level::Deny { &mut room_for_errors } else { &mut room_for_warnings };
            if *room > 0 {
                *room -= 1;
                capped.shown.push(diagnostic);
            } else {
                capped.count(diagnostic);
            }
        }
        capped.rest.sort_by_key(|(code, level, _)| (code.id, std::cmp::Reverse(*level)));
        capped
    }

    fn count(&mut self, diagnostic: &Diagnostic) {
        let same = |(code, level, _): &&mut (&Code, Level, usize)| {
            **code == *diagnostic.code && *level == diagnostic.level
        };
        match self.rest.iter_mut().find(same) {
            Some((_, _, count)) => *count += 1,
            None => self.rest.push((diagnostic.code, diagnostic.level, 1)),
        }
    }

    /// One line that counts the hidden diagnostics; `None` if all are shown.
    pub fn rest(&self) -> Option<String> {
        let total: usize = self.rest.iter().map(|(_, _, count)| count).sum();
        let counts: Vec<String> = self
            .rest
            .iter()
            .map(|(code, level, count)| {
                format!("{} {} ({})", code.id, code.name, nouns::count(*count as u64, level.word()))
            })
            .collect::<Vec<_>>();
        let are = if total == 1 { "problem is" } else { "problems are" };
        (total > 0).then(|| format!("{total} more {are} not shown: {}", counts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code;
    use crate::text::Files;

    fn diagnostics(codes: &[(&'static Code, usize)]) -> Diagnostics {
        let list = codes.iter().flat_map(|(code, count)| {
            (0..*count).map(|at| Diagnostic::new(code, format!("{} {at:02}", code.name)))
        });
        Diagnostics::finish(list.collect(), &Files::default(), &|_| None)
    }

    #[test]
    fn errors_are_shown_first_and_all_stay_in_order() {
        let all = diagnostics(&[(&code::PATTERN, 3), (&code::SURPLUS_TARGET, 4), (&code::UNMATCHED, 2)]);
        let titles = |most| {
            let capped = Capped::new(&all, most);
            let titles: Vec<&str> = capped.shown.iter().map(|diagnostic| diagnostic.title.as_str()).collect();
            (titles.join(", "), capped.rest().unwrap_or_default())
        };
        let (shown, rest) = titles(Some(4));
        assert_eq!(shown, "unmatched-file 00, pattern 00, pattern 01, pattern 02");
        assert_eq!(
            rest,
            "5 more problems are not shown: Q0011 unmatched-file (1 warning), Q2007 surplus-target (4 warnings)"
        );
        let (shown, rest) = titles(Some(2));
        assert_eq!(shown, "pattern 00, pattern 01");
        assert!(rest.starts_with(
            "7 more problems are not shown: Q0011 unmatched-file (2 warnings), Q1005 pattern (1 error), "
        ));
        assert_eq!(titles(Some(8)).1, "1 more problem is not shown: Q2007 surplus-target (1 warning)");
        assert_eq!(titles(Some(9)).1, "");
        assert_eq!(titles(None), titles(Some(9)));
    }
}

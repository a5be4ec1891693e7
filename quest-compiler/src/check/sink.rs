//! Where the stages of a check put diagnostics, together with what is wrong because of them.

use super::Tainted;
use crate::diagnostics::{Diagnostic, Level};
use crate::text::Span;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// Takes diagnostics and taint.
///
/// Diagnostics are output: no stage decides anything by their codes, labels or words. What a later stage must know is tainted here
/// by the stage that reports it, and asked for by its span.
#[derive(Debug)]
pub struct Sink<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
    /// Where errors are.
    errors: Vec<Span>,
    values: HashMap<Span, ValueTaint>,
    duplicate_names: HashSet<Span>,
    /// References that have been reported.
    references: HashSet<Span>,
    comparisons: Vec<Comparison>,
    /// Texts that do not match their pattern. What is wrong with one that is a reference, its resolution knows better.
    forms: HashMap<Span, Diagnostic>,
    /// Objects that are copies of others, each with its id.
    copies: Vec<(Span, Span)>,
    /// Values whose content no row holds, because it is not known what they are.
    lost: Vec<Span>,
}

/// How wrong a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum ValueTaint {
    /// Reported, but not as an error.
    Doubtful,
    /// An error only beside another value, from which it differs.
    Differs,
    /// An error whatever other values are.
    Wrong,
}

/// A diagnostic about values that differ. If one of them names nothing, it only follows from that.
#[derive(Debug)]
struct Comparison {
    diagnostic: Diagnostic,
    values: Vec<Span>,
}

impl<'d> Sink<'d> {
    /// A sink behind the diagnostics of the stages that read files.
    pub fn new(diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Deny);
        Self {
            errors: errors.filter_map(Diagnostic::span).collect(),
            diagnostics,
            values: HashMap::new(),
            duplicate_names: HashSet::new(),
            references: HashSet::new(),
            comparisons: Vec::new(),
            forms: HashMap::new(),
            lost: Vec::new(),
            copies: Vec::new(),
        }
    }

    /// Reports a diagnostic. If it is an error, what is at its span is tainted for the stages after the check.
    pub fn emit(&mut self, diagnostic: Diagnostic) {
        if diagnostic.level == Level::Deny {
            self.errors.extend(diagnostic.span());
        }
        self.diagnostics.push(diagnostic);
    }

    /// Reports that `values` differ, unless it turns out that one of them is a reference to nothing.
    pub fn emit_comparison(&mut self, diagnostic: Diagnostic, values: Vec<Span>) {
        let taint = if diagnostic.level == Level::Deny { ValueTaint::Differs } else { ValueTaint::Doubtful };
        if let Some(first) = values.first() {
            self.taint(*first, taint);
        }
        self.comparisons.push(Comparison { diagnostic, values });
    }

    /// Reports that a text does not match its pattern, unless it turns out to be a reference about which more can be said.
    pub fn emit_form(&mut self, diagnostic: Diagnostic, value: Span) {
        self.taint_value(value, diagnostic.level);
        match self.forms.entry(value) {
            Entry::Vacant(new) if diagnostic.level == Level::Deny => {
                new.insert(diagnostic);
            }
            _ => self.emit(diagnostic),
        }
    }

    /// The diagnostic about the form of a text, to be replaced or to be said in other words.
    pub fn form(&mut self, value: Span) -> Option<&mut Diagnostic> {
        self.forms.get_mut(&value)
    }

    /// Whether any text can be corrected to match its pattern.
    pub fn has_form_fixes(&self) -> bool {
        self.forms.values().any(|diagnostic| diagnostic.fix.is_some())
    }

    /// Drops the diagnostic about the form of a text.
    pub fn drop_form(&mut self, value: Span) {
        self.forms.remove(&value);
    }

    /// Records an object that is the copy of another one: it has been reported, and what is wrong in it is wrong in the other one, too.
    pub fn add_copy(&mut self, object: Span, id: Span) {
        self.copies.push((object, id));
    }

    /// Records a value whose content no row holds.
    pub fn lose(&mut self, value: Span) {
        self.lost.push(value);
    }

    /// The values whose content no row holds.
    pub fn lost(&self) -> &[Span] {
        &self.lost
    }

    /// Records a reference that names nothing.
    pub fn taint_reference(&mut self, reference: Span) {
        self.references.insert(reference);
    }

    /// Reports a reference.
    pub fn emit_reference(&mut self, diagnostic: Diagnostic, reference: Span) {
        self.references.insert(reference);
        self.emit(diagnostic);
    }

    /// Records that a value is wrong in itself.
    pub fn taint_value(&mut self, value: Span, level: Level) {
        self.taint(value, if level == Level::Deny { ValueTaint::Wrong } else { ValueTaint::Doubtful });
    }

    /// Records that a name occurs twice in an object.
    pub fn taint_duplicate_name(&mut self, name: Span) {
        self.duplicate_names.insert(name);
    }

    fn taint(&mut self, value: Span, taint: ValueTaint) {
        let known = self.values.entry(value).or_insert(taint);
        *known = taint.max(*known);
    }

    /// Whether a value is an error, and nothing but its form.
    pub fn has_wrong_form(&self, value: Span) -> bool {
        self.forms.contains_key(&value)
    }

    /// Whether a value is an error, whatever other values are.
    pub fn is_wrong(&self, value: Span) -> bool {
        self.values.get(&value) == Some(&ValueTaint::Wrong)
    }

    /// Whether an error has been reported about a value.
    pub fn has_error(&self, value: Span) -> bool {
        self.values.get(&value).is_some_and(|taint| *taint >= ValueTaint::Differs)
    }

    /// Whether anything has been reported about a value.
    pub fn is_reported(&self, value: Span) -> bool {
        self.values.contains_key(&value)
    }

    /// Whether a name has been reported as occurring twice.
    pub fn is_duplicate_name(&self, name: Span) -> bool {
        self.duplicate_names.contains(&name)
    }

    /// Ends the check: reports the comparisons that stand on their own.
    pub fn finish(mut self) -> Tainted {
        for diagnostic in std::mem::take(&mut self.forms).into_values() {
            self.emit(diagnostic);
        }
        for Comparison { diagnostic, values } in std::mem::take(&mut self.comparisons) {
            if !values.iter().any(|value| self.references.contains(value)) {
                self.emit(diagnostic);
            }
        }
        let copies = std::mem::take(&mut self.copies);
        Tainted::new(&self.errors, copies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code;
    use crate::text::FileId;

    fn span(start: u32) -> Span {
        Span { file: FileId(0), start, end: start + 1 }
    }

    fn error(at: Span) -> Diagnostic {
        Diagnostic::new(&code::NOT_EQUAL, "they differ").label(at, "")
    }

    #[test]
    fn a_comparison_with_an_unknown_reference_is_dropped() {
        let mut diagnostics = Vec::new();
        let mut sink = Sink::new(&mut diagnostics);
        sink.emit_comparison(error(span(1)), vec![span(1), span(2)]);
        sink.emit_comparison(error(span(3)), vec![span(3)]);
        sink.emit_reference(Diagnostic::new(&code::UNKNOWN_REFERENCE, "no item").label(span(2), ""), span(2));
        let tainted = sink.finish();
        assert_eq!([1, 2, 3].map(|at| tainted.are_at(span(at))), [false, true, true]);
        let titles: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.title.as_str()).collect();
        assert_eq!(titles, ["no item", "they differ"]);
    }

    #[test]
    fn the_worst_taint_counts() {
        let mut diagnostics = Vec::new();
        let mut sink = Sink::new(&mut diagnostics);
        sink.emit_comparison(error(span(1)), vec![span(1)]);
        assert!(sink.has_error(span(1)) && !sink.is_wrong(span(1)));
        sink.taint_value(span(1), Level::Warn);
        assert!(sink.has_error(span(1)) && !sink.is_wrong(span(1)));
        sink.taint_value(span(1), Level::Deny);
        assert!(sink.is_wrong(span(1)));
        sink.taint_value(span(2), Level::Warn);
        assert!(sink.is_reported(span(2)) && !sink.has_error(span(2)));
        assert!(!sink.is_reported(span(3)));
    }

    #[test]
    fn errors_of_earlier_stages_taint_what_is_at_them() {
        let mut diagnostics = vec![error(span(4)), error(span(5)).level(Level::Warn)];
        let tainted = Sink::new(&mut diagnostics).finish();
        assert!(tainted.are_at(span(4)) && !tainted.are_at(span(5)));
    }
}

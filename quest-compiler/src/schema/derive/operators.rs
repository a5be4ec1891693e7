//! What the operators of conditions mean: every value of the property that holds them.

use super::builder::ModelBuilder;
use super::paths::Reported;
use crate::diagnostics::{Diagnostic, code, did_you_mean, list};
use crate::schema::annotations::{Operator, SpannedText};
use crate::schema::ids::RecordId;
use crate::schema::model::Operators;

impl ModelBuilder<'_> {
    /// The property of a condition that says how it compares. `meanings` are those that the annotation gives.
    pub(super) fn operators(
        &mut self,
        conditions: &[RecordId],
        path: &SpannedText,
        meanings: &[(SpannedText, Operator)],
    ) -> Result<Operators, Reported> {
        let names = self.follow_path(conditions, path)?.names;
        let Some(values) = self.enum_values(conditions, path)? else {
            let title = format!("`{}` is no `enum`, so what its values mean cannot be said", path.text);
            return Err(self.reject(path.span, title, "needs an `enum` of operators"));
        };
        if let Some((wrong, _)) = meanings.iter().find(|(word, _)| !values.contains(&word.text)) {
            return Err(self.not_a_value(wrong, &path.text, &values));
        }
        let given =
            |word: &str| meanings.iter().find(|(known, _)| known.text == word).map(|(_, means)| *means);
        let (mut words, mut unknown) = (Vec::new(), Vec::new());
        for word in values {
            match given(&word).or_else(|| Operator::by_default(&word)) {
                Some(operator) => words.push((word, operator)),
                None => unknown.push(word),
            }
        }
        let [first, ..] = unknown.as_slice() else { return Ok(Operators { path: names, words }) };
        let unknown = list(&unknown.iter().map(String::as_str).collect::<Vec<_>>(), "and");
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, format!("nothing is known of the operator {unknown}"))
                .label(path.span, "not every value of this property is an operator")
                .help(format!("say what it means: `\"operators\": {{ \"{first}\": \"atLeast\" }}`"))
                .note(format!("an operator can mean {}", list(&Operator::names(), "or"))),
        );
        Err(Reported)
    }

    /// Reports a word that is none of the values of a property.
    pub(super) fn not_a_value(&mut self, word: &SpannedText, property: &str, values: &[String]) -> Reported {
        let title = format!("`{}` is none of the values of `{property}`", word.text);
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, title)
                .label(word.span, "not known")
                .maybe_help(did_you_mean(&word.text, values.iter().map(String::as_str))),
        );
        Reported
    }
}

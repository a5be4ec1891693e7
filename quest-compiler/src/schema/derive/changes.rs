//! `changes` of `x-journal`: its lists, properties and sorts, found in the model.

use super::builder::ModelBuilder;
use super::paths::{PropertyType, Reported};
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::{ChangesAnnotation, SpannedText};
use crate::schema::model::{ChangeList, Changes, Journal, Listed};

impl ModelBuilder<'_> {
    /// What rewards, actions and consequences do to facts.
    pub(super) fn changes(
        &mut self,
        journal: &Journal,
        annotations: &[ChangesAnnotation],
    ) -> Result<Vec<Changes>, Reported> {
        // All are looked at before any gives up, so that one run names all mistakes.
        let changes: Vec<_> =
            annotations.iter().map(|annotation| self.changes_of(journal, annotation)).collect();
        changes.into_iter().collect()
    }

    fn changes_of(&mut self, journal: &Journal, annotation: &ChangesAnnotation) -> Result<Changes, Reported> {
        let lists: [(ChangeList, Option<&Listed>); 3] = [
            (ChangeList::Rewards, journal.rewards.as_ref().map(|(listed, _)| listed)),
            (ChangeList::Actions, journal.actions.as_ref()),
            (ChangeList::Consequences, journal.consequences.as_ref().map(|(listed, _)| listed)),
        ];
        let named = |listed: &&Listed| listed.at.join(".") == annotation.at.text;
        let mut found =
            lists.into_iter().filter_map(|(list, listed)| Some((list, listed.filter(named)?.record)));
        let Some((list, record)) = found.next() else {
            let title = format!("`{}` is no list that changes anything", annotation.at.text);
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, title).label(
                    annotation.at.span,
                    "must be the `at` of `rewards` or `consequences`, or `actions`",
                ),
            );
            return Err(Reported);
        };
        let about = self.about_what(record, &annotation.target)?;
        for sort in annotation.gives.iter().chain(&annotation.takes) {
            self.sibling_value(about.target, sort)?;
        }
        let amount = self.typed_path(&[record], annotation.amount.as_ref(), PropertyType::Number)?;
        let state = self.typed_path(&[record], annotation.state.as_ref(), PropertyType::Scalar)?;
        let names = |sorts: &[SpannedText]| sorts.iter().map(|sort| sort.text.clone()).collect();
        let (gives, takes) = (names(&annotation.gives), names(&annotation.takes));
        Ok(Changes { list, record, about, amount, state, gives, takes })
    }
}

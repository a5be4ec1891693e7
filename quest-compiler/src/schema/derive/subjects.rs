//! What a journal has to number: the kinds that its references name, and what it asks the game about.

use super::builder::ModelBuilder;
use crate::schema::annotations::{Mapping, Means};
use crate::schema::ids::KindId;
use crate::schema::model::{About, Journal, Subject};

impl ModelBuilder<'_> {
    /// All kinds that the references of a journal can name, in a fixed order.
    pub(super) fn target_kinds(&self, journal: &Journal) -> Vec<KindId> {
        let mut kinds: Vec<KindId> = journal.place_kind.into_iter().collect();
        // Requirements can be a plain list of quest ids.
        if journal.requires.is_some() && journal.prerequisites.is_none() && !kinds.contains(&journal.quest) {
            kinds.push(journal.quest);
        }
        let failures = journal.failures.as_ref().map(|(_, about)| about);
        for about in conditions(journal).chain([&journal.event]).chain(failures) {
            for kind in &self.model.target(about.target).all {
                if !kinds.contains(kind) {
                    kinds.push(*kind);
                }
            }
        }
        // Objectives can name others in a list of their own.
        let tasks = self.model.flows[journal.flow].tasks.as_ref();
        if tasks.is_some_and(|tasks| tasks.any.is_some()) && !kinds.contains(&journal.objective) {
            kinds.push(journal.objective);
        }
        kinds
    }

    /// Everything that the conditions of a journal ask the game about, each once.
    pub(super) fn subjects(&self, journal: &Journal) -> Vec<Subject> {
        let mut subjects: Vec<Subject> = journal.place_kind.into_iter().map(Subject::Kind).collect();
        for about in conditions(journal) {
            for subject in self.subjects_of(journal, about) {
                if !subjects.contains(&subject) {
                    subjects.push(subject);
                }
            }
        }
        subjects
    }

    fn subjects_of(&self, journal: &Journal, about: &About) -> Vec<Subject> {
        let target = self.model.target(about.target);
        let of_prerequisites = prerequisites(journal).is_some_and(|own| std::ptr::eq(own, about));
        let mut subjects = Vec::new();
        for (index, ((value, mapping), kinds)) in target.mappings.iter().zip(&target.kinds).enumerate() {
            let answered_by_journal = of_prerequisites && self.is_about_quests(journal, value);
            if about.time == Some(index) || answered_by_journal {
                continue;
            }
            match mapping {
                Mapping::Nothing => subjects.push(Subject::Sort { name: value.clone(), text: false }),
                Mapping::Text => subjects.push(Subject::Sort { name: value.clone(), text: true }),
                Mapping::Kinds(_) => {
                    let asked = kinds.iter().filter(|kind| **kind != journal.objective);
                    subjects.extend(asked.map(|kind| Subject::Kind(*kind)));
                }
            }
        }
        subjects
    }

    /// Whether requirements of this sort are about the state of quests, which the journal knows itself.
    fn is_about_quests(&self, journal: &Journal, sort: &str) -> bool {
        let Some(requires) = journal.requires.map(|index| &self.model.requires[index]) else { return false };
        let means = requires.means.iter().find(|(name, _)| name == sort).map(|(_, means)| *means);
        matches!(means, Some(Means::Complete | Means::Active))
    }
}

fn prerequisites(journal: &Journal) -> Option<&About> {
    journal.prerequisites.as_ref().and_then(|(_, about)| about.as_ref())
}

/// Everything that must hold for something to happen: before a quest, for an objective, at a branch.
fn conditions(journal: &Journal) -> impl Iterator<Item = &About> {
    let objectives = journal.conditions.as_ref().map(|(_, about)| about);
    [prerequisites(journal), objectives, journal.branch_on.as_ref()].into_iter().flatten()
}

//! `x-journal`: from paths as written to the journal of the model.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::{JournalAnnotation, ListAnnotation, Mapping, Means, Written};
use crate::schema::ids::{KindId, RecordId, TargetId};
use crate::schema::model::{About, Journal, Listed, Path, Shape, Subject, Titles};
use crate::text::Span;

/// What type a property has to be of.
#[derive(Clone, Copy)]
enum Plain {
    Boolean,
    Integer,
    Text,
}

impl ModelBuilder<'_> {
    /// Turns the note of a record into a journal whose paths lead somewhere.
    pub(super) fn journals(&mut self) {
        for at in 0..self.model.records.len() {
            let record = RecordId(at as u32);
            let Some(note) = self.schemas.get(self.model.record(record).schema).annotations.journal.clone()
            else {
                continue;
            };
            self.used.insert(note.span);
            if self.model.journal.is_some() {
                self.refuse(note.span, "a project has one journal", "this is the second");
                continue;
            }
            self.model.journal = self.journal_of(record, &note);
        }
    }

    fn refuse(&mut self, span: Span, title: impl Into<String>, label: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(&code::ANNOTATION, title).label(span, label));
    }

    fn journal_of(&mut self, record: RecordId, note: &JournalAnnotation) -> Option<Journal> {
        let Some(flow) = self.model.flows.iter().position(|flow| flow.record == record) else {
            self.refuse(note.span, "`x-journal` needs `x-flow` beside it", "does not know what leads where");
            return None;
        };
        let requires = self.model.requires.iter().position(|requires| requires.record == record);
        let Some((quest, _)) = self.model.record(record).key() else {
            self.refuse(note.span, "`x-journal` needs objects with an `x-key`", "cannot tell them apart");
            return None;
        };
        let (nodes, branches, tasks) = {
            let flow = &self.model.flows[flow];
            (flow.nodes.clone(), flow.branches.clone(), flow.tasks.clone())
        };
        let Some(tasks) = tasks else {
            self.refuse(
                note.span,
                "`x-journal` needs `tasks` in `x-flow`",
                "does not know what is to be done",
            );
            return None;
        };
        let lists = [&nodes, &tasks.at].into_iter().chain(branches.as_ref().map(|[at, ..]| at));
        let lists: Vec<Path> = lists.cloned().collect();
        if !lists.iter().all(|path| self.in_one_list(path, note.span)) {
            return None;
        }
        let joined = |path: &Path| (path.join("."), note.span);
        let (_, stage_record) = self.record_path(record, &joined(&nodes))?;
        let (_, objective_record) = self.record_path(stage_record, &joined(&tasks.at))?;
        let stage = self.model.flows[flow].kind;
        let branch = match &branches {
            Some([at, ..]) => {
                let (_, branch) = self.record_path(record, &joined(at))?;
                Some((self.keyed(branch, &joined(at))?, branch))
            }
            None => None,
        };
        for kind in [quest, stage, tasks.kind].into_iter().chain(branch.map(|(kind, _)| kind)) {
            if self.model.kind(kind).rows().is_none() {
                let path = self.model.kind(kind).path.clone();
                self.refuse(
                    note.span,
                    format!("a journal cannot play objects of the kind `{path}`"),
                    "each must have one id of its own, and be of one type of object",
                );
                return None;
            }
        }
        if self.model.kind(stage).parent != Some(quest) {
            let [stage, quest] = [stage, quest].map(|kind| self.model.kind(kind).path.clone());
            let last = stage.rsplit('.').next().unwrap_or(&stage);
            self.refuse(
                note.span,
                format!("a journal cannot play objects of the kind `{stage}`"),
                format!("their ids do not belong to one `{quest}`: declare them as `{quest}.{last}`"),
            );
            return None;
        }
        // All of these are looked at before any of them gives up, so that one run names all mistakes.
        let repeatable = self.plain(record, note.repeatable.as_ref(), Plain::Boolean);
        let hidden = self.plain(record, note.hidden.as_ref(), Plain::Boolean);
        let limit = self.plain(record, note.limit.as_ref(), Plain::Integer);
        let skippable = self.plain(stage_record, note.skippable.as_ref(), Plain::Boolean);
        let count = self.plain(objective_record, note.tasks.count.as_ref(), Plain::Integer);
        let named = |shaper: &mut Self, written: &Option<Written>, record| {
            shaper.plain(record, written.as_ref(), Plain::Text)
        };
        let quest_name = named(self, &note.names.quest, record);
        let stage_name = named(self, &note.names.stage, stage_record);
        let objective_name = named(self, &note.names.objective, objective_record);
        let place = match &note.tasks.place {
            Some(written) => self.place(objective_record, written).map(Some),
            None => Some(None),
        };
        let (repeatable, hidden, limit) = (repeatable?, hidden?, limit?);
        let (skippable, count, place) = (skippable?, count?, place?);
        let (place, place_kind) = place.unzip();
        let actions = self.listed(stage_record, note.actions.as_ref())?;
        let event = self.about(objective_record, &note.tasks)?;
        let conditions = match &note.tasks.conditions {
            Some(list) => {
                let listed = self.listed(objective_record, list.at.as_ref())?;
                let about = listed.as_ref().map(|listed| self.about(listed.record, list));
                match (listed, about) {
                    (Some(listed), Some(about)) => Some((listed, about?)),
                    _ => None,
                }
            }
            None => None,
        };
        let branch_on = match (&branches, branch, &note.branches) {
            (Some([_, _, on]), Some((_, record)), list) => {
                let mut list = list.clone().unwrap_or_default();
                list.target = Some(joined(on));
                Some(self.about(record, &list)?)
            }
            _ => None,
        };
        let rewards = match &note.rewards {
            Some(list) => match self.listed(record, list.at.as_ref())? {
                Some(listed) => {
                    let choice = self.plain(listed.record, list.choice.as_ref(), Plain::Boolean)?;
                    Some((listed, choice))
                }
                None => None,
            },
            None => None,
        };
        let failures = match &note.failures {
            Some(list) => match self.listed(record, list.at.as_ref())? {
                Some(listed) => {
                    let about = self.about(listed.record, list)?;
                    Some((listed, about))
                }
                None => None,
            },
            None => None,
        };
        let consequences = match &note.consequences {
            Some(list) => match self.listed(record, list.at.as_ref())? {
                Some(listed) => {
                    let lock = match (&list.lock, &list.target) {
                        (Some(lock), Some(_)) => {
                            let about = self.about(listed.record, list)?;
                            let value = self.variant_of(about.target, lock)?;
                            Some((about, value))
                        }
                        _ => None,
                    };
                    Some((listed, lock))
                }
                None => None,
            },
            None => None,
        };
        let prerequisites = match requires.map(|at| self.model.requires[at].clone()) {
            Some(requires) => {
                let (at, shape) = self.path(record, &joined(&requires.at))?;
                match shape.element() {
                    Shape::Record(found) | Shape::Map(found) => {
                        let found = *found;
                        let listed = Listed { at, record: found };
                        let about = match &requires.target {
                            Some(target) => {
                                let list = ListAnnotation {
                                    target: Some(joined(target)),
                                    value: requires.value.as_ref().map(joined),
                                    ..ListAnnotation::default()
                                };
                                Some(self.about(found, &list)?)
                            }
                            None => None,
                        };
                        Some((listed, about))
                    }
                    _ => None,
                }
            }
            None => None,
        };
        let reward_record = rewards.as_ref().map(|(listed, _)| listed.record);
        let failure_record = failures.as_ref().map(|(listed, _)| listed.record);
        let mut title = |written: &Option<Written>, record: Option<RecordId>| match record {
            Some(record) => self.plain(record, written.as_ref(), Plain::Text),
            None => Some(None),
        };
        let names = Titles {
            quest: quest_name?,
            stage: stage_name?,
            objective: objective_name?,
            reward: title(&note.names.reward, reward_record)?,
            failure: title(&note.names.failure, failure_record)?,
        };
        let mut journal = Journal {
            flow,
            requires,
            quest,
            stage,
            objective: tasks.kind,
            stage_record,
            objective_record,
            branch,
            repeatable,
            hidden,
            limit,
            actions,
            skippable,
            event,
            count,
            place,
            place_kind,
            conditions,
            branch_on,
            prerequisites,
            rewards,
            failures,
            consequences,
            kinds: Vec::new(),
            subjects: Vec::new(),
            names,
        };
        self.number(&mut journal);
        Some(journal)
    }

    /// Numbers the kinds that targets can be of, and what the world can be asked about.
    fn number(&self, journal: &mut Journal) {
        let mut kinds: Vec<KindId> = journal.place_kind.into_iter().collect();
        let mut subjects: Vec<Subject> = kinds.iter().copied().map(Subject::Kind).collect();
        // What comes before may be no more than a list of names.
        if journal.requires.is_some() && journal.prerequisites.is_none() && !kinds.contains(&journal.quest) {
            kinds.push(journal.quest);
        }
        let means = |sort: &str| {
            let requires = &self.model.requires[journal.requires?];
            requires.means.iter().find(|(name, _)| name == sort).map(|(_, means)| *means)
        };
        let prerequisites = journal.prerequisites.as_ref().and_then(|(_, about)| about.as_ref());
        let conditions = journal.conditions.as_ref().map(|(_, about)| about);
        let asked = [prerequisites, conditions, journal.branch_on.as_ref()];
        let failures = journal.failures.as_ref().map(|(_, about)| about);
        for about in asked.into_iter().flatten().chain([&journal.event]).chain(failures) {
            for kind in &self.model.target(about.target).all {
                if !kinds.contains(kind) {
                    kinds.push(*kind);
                }
            }
        }
        for about in asked.into_iter().flatten() {
            let target = self.model.target(about.target);
            for (at, ((sort, mapping), kinds)) in target.mappings.iter().zip(&target.kinds).enumerate() {
                let own = prerequisites.is_some_and(|own| std::ptr::eq(own, about));
                let of_journal = own && matches!(means(sort), Some(Means::Complete | Means::Active));
                if about.time == Some(at) || of_journal {
                    continue;
                }
                let found: Vec<Subject> = match mapping {
                    Mapping::Nothing => vec![Subject::Sort { name: sort.clone(), text: false }],
                    Mapping::Text => vec![Subject::Sort { name: sort.clone(), text: true }],
                    Mapping::Kinds(_) => {
                        let asked = kinds.iter().filter(|kind| **kind != journal.objective);
                        asked.map(|kind| Subject::Kind(*kind)).collect::<Vec<_>>()
                    }
                };
                for subject in found {
                    if !subjects.contains(&subject) {
                        subjects.push(subject);
                    }
                }
            }
        }
        journal.kinds = kinds;
        journal.subjects = subjects;
    }

    /// The path to a property of a type; `Some(None)` if there is no path.
    #[allow(clippy::option_option, reason = "the outer one is a mistake, the inner one an absent property")]
    fn plain(&mut self, record: RecordId, written: Option<&Written>, wanted: Plain) -> Option<Option<Path>> {
        let Some(written) = written else { return Some(None) };
        let (path, shape) = self.path(record, written)?;
        let fits = match wanted {
            Plain::Boolean => matches!(shape, Shape::Boolean),
            Plain::Integer => matches!(shape, Shape::Integer { .. }),
            Plain::Text => matches!(shape, Shape::Text | Shape::Enum(_) | Shape::Key(_)),
        };
        if !fits {
            let (title, label) = match wanted {
                Plain::Boolean => ("is neither `true` nor `false`", "must be of the type `boolean`"),
                Plain::Integer => ("is no whole number", "must be of the type `integer`"),
                Plain::Text => ("is no text", "must be of the type `string`"),
            };
            self.refuse(written.1, format!("`{}` {title}", written.0), label);
        }
        fits.then_some(Some(path))
    }

    /// The path to a place, and the kind of places.
    fn place(&mut self, record: RecordId, written: &Written) -> Option<(Path, KindId)> {
        match self.path(record, written)? {
            (path, Shape::Link(spec)) if spec.kinds.len() == 1 => Some((path, spec.kinds[0])),
            _ => {
                let title = format!("`{}` is no reference to one kind, so it is no place", written.0);
                self.refuse(written.1, title, "needs an `x-ref` to the kind of places");
                None
            }
        }
    }

    /// Whether objects stand in one list, so that their rows stand behind each other.
    fn in_one_list(&mut self, path: &Path, span: Span) -> bool {
        if path.len() > 1 {
            self.refuse(
                span,
                format!("a journal cannot play what stands at `{}`", path.join(".")),
                "must be a property of the object itself",
            );
        }
        path.len() == 1
    }

    /// The list that a path leads to; `Some(None)` if there is no path.
    #[allow(clippy::option_option, reason = "the outer one is a mistake, the inner one an absent property")]
    fn listed(&mut self, record: RecordId, written: Option<&Written>) -> Option<Option<Listed>> {
        match written {
            Some(written) => {
                let (at, record) = self.record_path(record, written)?;
                self.in_one_list(&at, written.1).then_some(Some(Listed { at, record }))
            }
            None => Some(None),
        }
    }

    /// What the objects of a record are about.
    fn about(&mut self, record: RecordId, list: &ListAnnotation) -> Option<About> {
        let written = list.target.as_ref()?;
        let (path, shape) = self.path(record, written)?;
        let Shape::Target(target) = *shape.element() else {
            self.refuse(
                written.1,
                format!("`{}` is no reference whose kind depends on another property", written.0),
                "needs an `x-ref` with `by`",
            );
            return None;
        };
        let value = match &list.value {
            Some(written) => Some(self.path(record, written)?.0),
            None => None,
        };
        let time = match &list.time {
            Some(time) => Some(self.variant_of(target, time)?),
            None => None,
        };
        Some(About { path, target, value, time })
    }

    /// The position of a value of the property that a reference depends on.
    fn variant_of(&mut self, target: TargetId, written: &Written) -> Option<usize> {
        let mappings = &self.model.target(target).mappings;
        let found = mappings.iter().position(|(value, _)| *value == written.0);
        if found.is_none() {
            let help = crate::diagnostics::did_you_mean(
                &written.0,
                mappings.iter().map(|(value, _)| value.as_str()),
            );
            let target = self.model.target(target);
            let by = &self.model.record(target.record).fields[target.by].json;
            let title = format!("`{}` is none of the values of `{by}`", written.0);
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, title).label(written.1, "not known").maybe_help(help),
            );
        }
        found
    }
}

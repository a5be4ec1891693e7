//! `x-journal`: its paths, followed through the model.

use super::builder::ModelBuilder;
use super::paths::{PropertyType, Reported};
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::annotations::{JournalAnnotation, JournalListAnnotation, Need, SpannedText};
use crate::schema::ids::{KindId, RecordId, TargetId};
use crate::schema::model::{About, Flow, Journal, Listed, NeedRule, Path, Requires, Shape, Tasks, Titles};
use crate::text::Span;

/// Consequences, and if they can lock quests, what they lock with the value of the sibling that says so.
type Consequences = (Listed, Option<(About, usize)>);

/// The flow that a journal plays, and the records of its objects.
struct Played {
    span: Span,
    /// Index of the flow in the model.
    flow: usize,
    /// Index of the requirements in the model.
    requires: Option<usize>,
    quest: KindId,
    stage: KindId,
    objective: KindId,
    quest_record: RecordId,
    stage_record: RecordId,
    objective_record: RecordId,
    branch: Option<PlayedBranch>,
}

struct PlayedBranch {
    kind: KindId,
    record: RecordId,
    /// Path from a branch to the reference that decides whether it is taken.
    on: Path,
}

/// The properties of quests, stages and objectives that are not lists.
struct Properties {
    repeatable: Option<Path>,
    hidden: Option<Path>,
    limit: Option<Path>,
    skippable: Option<Path>,
    count: Option<Path>,
    place: Option<(Path, KindId)>,
    quest_title: Option<Path>,
    stage_title: Option<Path>,
    objective_title: Option<Path>,
}

impl ModelBuilder<'_> {
    /// Derives the journal of the project from the one record whose schema has `x-journal`.
    pub(super) fn journals(&mut self) {
        for index in 0..self.model.records.len() {
            let record = RecordId(index as u32);
            let annotations = &self.schemas.get(self.model.record(record).schema).annotations;
            let Some(annotation) = annotations.journal.clone() else { continue };
            self.used.insert(annotation.span);
            if self.model.journal.is_some() {
                self.reject(annotation.span, "a project has one journal", "this is the second");
                continue;
            }
            self.model.journal = self.journal(record, &annotation).ok();
        }
    }

    fn journal(&mut self, record: RecordId, annotation: &JournalAnnotation) -> Result<Journal, Reported> {
        let played = self.played(record, annotation.span)?;
        let properties = self.journal_properties(&played, annotation)?;
        let actions = self.listed(played.stage_record, annotation.actions.as_ref())?;
        let event = self.about(played.objective_record, &annotation.tasks)?;
        let conditions = self.list_about(played.objective_record, annotation.tasks.conditions.as_deref())?;
        let branch_on = self.branch_on(&played, annotation)?;
        let rewards = self.rewards(record, annotation)?;
        let failures = self.list_about(record, annotation.failures.as_ref())?;
        let consequences = self.consequences(record, annotation)?;
        let prerequisites = self.prerequisites(&played)?;
        let reward_record = rewards.as_ref().map(|(listed, _)| listed.record);
        let failure_record = failures.as_ref().map(|(listed, _)| listed.record);
        let titles = Titles {
            quest: properties.quest_title,
            stage: properties.stage_title,
            objective: properties.objective_title,
            reward: self.title_in(reward_record, annotation.titles.reward.as_ref())?,
            failure: self.title_in(failure_record, annotation.titles.failure.as_ref())?,
        };
        let (place, place_kind) = properties.place.unzip();
        let mut journal = Journal {
            flow: played.flow,
            requires: played.requires,
            quest: played.quest,
            stage: played.stage,
            objective: played.objective,
            stage_record: played.stage_record,
            objective_record: played.objective_record,
            branch: played.branch.map(|branch| (branch.kind, branch.record)),
            repeatable: properties.repeatable,
            hidden: properties.hidden,
            limit: properties.limit,
            actions,
            skippable: properties.skippable,
            event,
            count: properties.count,
            place,
            place_kind,
            conditions,
            branch_on,
            prerequisites,
            rewards,
            failures,
            consequences,
            changes: Vec::new(),
            kinds: Vec::new(),
            subjects: Vec::new(),
            names: titles,
        };
        journal.kinds = self.target_kinds(&journal);
        journal.subjects = self.subjects(&journal);
        journal.changes = self.changes(&journal, &annotation.changes)?;
        Ok(journal)
    }

    /// The flow beside the annotation, and the records in it.
    fn played(&mut self, record: RecordId, span: Span) -> Result<Played, Reported> {
        let Some(flow) = self.model.flows.iter().position(|flow| flow.record == record) else {
            let title = "`x-journal` needs `x-flow` beside it";
            return Err(self.reject(span, title, "does not know what leads where"));
        };
        let Some((quest, _)) = self.model.record(record).key() else {
            let title = "`x-journal` needs objects with an `x-key`";
            return Err(self.reject(span, title, "cannot tell them apart"));
        };
        let Flow { kind: stage, nodes, branches, tasks, .. } = self.model.flows[flow].clone();
        let Some(Tasks { kind: objective, at: tasks, .. }) = tasks else {
            let title = "`x-journal` needs `tasks` in `x-flow`";
            return Err(self.reject(span, title, "does not know what is to be done"));
        };
        for path in [Some(&nodes), branches.as_ref().map(|[at, ..]| at)].into_iter().flatten() {
            self.check_own_list(record, path, span)?;
        }
        let (_, stage_record) = self.path_to_record(record, &spanned(&nodes, span))?;
        self.check_own_list(stage_record, &tasks, span)?;
        let (_, objective_record) = self.path_to_record(stage_record, &spanned(&tasks, span))?;
        let branch = match branches {
            Some([at, _, on]) => {
                let (_, branch) = self.path_to_record(record, &spanned(&at, span))?;
                Some(PlayedBranch { kind: self.key_kind(branch, span)?, record: branch, on })
            }
            None => None,
        };
        let kinds = [quest, stage, objective].into_iter().chain(branch.as_ref().map(|branch| branch.kind));
        for kind in kinds {
            self.check_rows(kind, span)?;
        }
        self.check_stage_scope(stage, quest, span)?;
        Ok(Played {
            span,
            flow,
            requires: self.model.requires.iter().position(|requires| requires.record == record),
            quest,
            stage,
            objective,
            quest_record: record,
            stage_record,
            objective_record,
            branch,
        })
    }

    /// A journal needs the objects of a list as consecutive rows, so the list must be a property of the object itself.
    fn check_own_list(&mut self, record: RecordId, path: &Path, span: Span) -> Result<(), Reported> {
        let label = match path.as_slice() {
            [name] => {
                let field = self.model.field_named(record, name);
                if field.and_then(|field| self.model.value_rows(record, field)).is_none() {
                    return Ok(());
                }
                "must be one list, whose elements are objects"
            }
            _ => "must be a property of the object itself",
        };
        Err(self.reject(span, format!("a journal cannot play what stands at `{}`", path.join(".")), label))
    }

    /// A journal finds objects by the row of their id.
    fn check_rows(&mut self, kind: KindId, span: Span) -> Result<(), Reported> {
        let kind = self.model.kind(kind);
        if kind.rows().is_some() {
            return Ok(());
        }
        let title = format!("a journal cannot play objects of the kind `{}`", kind.path);
        Err(self.reject(span, title, "each must have one id of its own, and be of one type of object"))
    }

    fn check_stage_scope(&mut self, stage: KindId, quest: KindId, span: Span) -> Result<(), Reported> {
        if self.model.kind(stage).parent == Some(quest) {
            return Ok(());
        }
        let (noun, stage) = (self.model.kind(stage).noun(), &self.model.kind(stage).path);
        let quest = &self.model.kind(quest).path;
        let title = format!("a journal cannot play objects of the kind `{stage}`");
        let label = format!("their ids do not belong to one `{quest}`: declare them as `{quest}.{noun}`");
        Err(self.reject(span, title, label))
    }

    /// Follows all paths before it gives up, so that one run reports all mistakes.
    fn journal_properties(
        &mut self,
        played: &Played,
        annotation: &JournalAnnotation,
    ) -> Result<Properties, Reported> {
        use PropertyType::{Boolean, Integer, Text};
        let JournalAnnotation { tasks, titles, .. } = annotation;
        let (quest, stage, objective) = (played.quest_record, played.stage_record, played.objective_record);
        let repeatable = self.typed_path(&[quest], annotation.repeatable.as_ref(), Boolean);
        let hidden = self.typed_path(&[quest], annotation.hidden.as_ref(), Boolean);
        let limit = self.typed_path(&[quest], annotation.limit.as_ref(), Integer);
        let skippable = self.typed_path(&[stage], annotation.skippable.as_ref(), Boolean);
        let count = self.typed_path(&[objective], tasks.count.as_ref(), Integer);
        let quest_title = self.typed_path(&[quest], titles.quest.as_ref(), Text);
        let stage_title = self.typed_path(&[stage], titles.stage.as_ref(), Text);
        let objective_title = self.typed_path(&[objective], titles.objective.as_ref(), Text);
        let place = tasks.place.as_ref().map(|place| self.place(objective, place)).transpose();
        Ok(Properties {
            repeatable: repeatable?,
            hidden: hidden?,
            limit: limit?,
            skippable: skippable?,
            count: count?,
            place: place?,
            quest_title: quest_title?,
            stage_title: stage_title?,
            objective_title: objective_title?,
        })
    }

    fn branch_on(
        &mut self,
        played: &Played,
        annotation: &JournalAnnotation,
    ) -> Result<Option<About>, Reported> {
        let Some(branch) = &played.branch else { return Ok(None) };
        let mut list = annotation.branches.clone().unwrap_or_default();
        list.target = Some(spanned(&branch.on, played.span));
        self.about(branch.record, &list).map(Some)
    }

    fn rewards(
        &mut self,
        record: RecordId,
        annotation: &JournalAnnotation,
    ) -> Result<Option<(Listed, Option<Path>)>, Reported> {
        let Some(list) = &annotation.rewards else { return Ok(None) };
        let Some(listed) = self.listed(record, list.at.as_ref())? else { return Ok(None) };
        let choice = self.typed_path(&[listed.record], list.choice.as_ref(), PropertyType::Boolean)?;
        Ok(Some((listed, choice)))
    }

    fn consequences(
        &mut self,
        record: RecordId,
        annotation: &JournalAnnotation,
    ) -> Result<Option<Consequences>, Reported> {
        let Some(list) = &annotation.consequences else { return Ok(None) };
        let Some(listed) = self.listed(record, list.at.as_ref())? else { return Ok(None) };
        let Some(lock) = &list.lock else { return Ok(Some((listed, None))) };
        let about = self.about(listed.record, list)?;
        let value = self.sibling_value(about.target, lock)?;
        Ok(Some((listed, Some((about, value)))))
    }

    /// The conditions of the requirements of the same record, if they are objects.
    fn prerequisites(&mut self, played: &Played) -> Result<Option<(Listed, Option<About>)>, Reported> {
        let Some(requires) = played.requires.map(|index| self.model.requires[index].clone()) else {
            return Ok(None);
        };
        self.check_playable(&requires)?;
        let Some(at) = requires.at.filter(|_| requires.by.is_some() || requires.target.is_some()) else {
            return Ok(None);
        };
        let (at, condition) = self.path_to_record(played.quest_record, &spanned(&at, played.span))?;
        self.check_own_list(played.quest_record, &at, requires.span)?;
        let about = match &requires.target {
            Some(target) => {
                let list = JournalListAnnotation {
                    target: Some(spanned(target, played.span)),
                    value: requires.value.as_ref().map(|value| spanned(value, played.span)),
                    ..JournalListAnnotation::default()
                };
                Some(self.about(condition, &list)?)
            }
            None => None,
        };
        Ok(Some((Listed { at, record: condition }, about)))
    }

    /// A journal plays lists of conditions of which all are needed, or one.
    fn check_playable(&mut self, requires: &Requires) -> Result<(), Reported> {
        let counts = |need: &NeedRule| match need {
            NeedRule::Fixed(need) => matches!(need, Need::AtLeast(_)),
            NeedRule::By { means, .. } => {
                means.is_empty() || means.iter().any(|(_, need)| matches!(need, Need::AtLeast(_)))
            }
        };
        let what = if !requires.groups.is_empty() || requires.need.len() > 1 {
            "groups of conditions"
        } else if requires.need.iter().any(counts) {
            "a number of conditions of which so many are needed"
        } else if requires.members.is_some() {
            "quests that are made of others"
        } else {
            return Ok(());
        };
        let title = format!("a journal cannot play {what}");
        Err(self.reject(requires.span, title, "needs a list of which all are needed, or any"))
    }

    fn title_in(
        &mut self,
        record: Option<RecordId>,
        path: Option<&SpannedText>,
    ) -> Result<Option<Path>, Reported> {
        let Some(record) = record else { return Ok(None) };
        self.typed_path(&[record], path, PropertyType::Text)
    }

    /// Follows the path to the place of an objective; also returns the kind of places.
    fn place(&mut self, record: RecordId, path: &SpannedText) -> Result<(Path, KindId), Reported> {
        let (names, shape) = self.path_and_shape(record, path)?;
        match shape {
            Shape::Link(spec) if spec.kinds.len() == 1 => Ok((names, spec.kinds[0])),
            _ => {
                let title = format!("`{}` is no reference to one kind, so it is no place", path.text);
                Err(self.reject(path.span, title, "needs an `x-ref` to the kind of places"))
            }
        }
    }

    /// Follows a path, if there is one, to a list of objects.
    fn listed(&mut self, record: RecordId, path: Option<&SpannedText>) -> Result<Option<Listed>, Reported> {
        let Some(path) = path else { return Ok(None) };
        let (at, listed) = self.path_to_record(record, path)?;
        self.check_own_list(record, &at, path.span)?;
        Ok(Some(Listed { at, record: listed }))
    }

    /// A list of objects, and what they are about.
    fn list_about(
        &mut self,
        record: RecordId,
        list: Option<&JournalListAnnotation>,
    ) -> Result<Option<(Listed, About)>, Reported> {
        let Some(list) = list else { return Ok(None) };
        let Some(listed) = self.listed(record, list.at.as_ref())? else { return Ok(None) };
        let about = self.about(listed.record, list)?;
        Ok(Some((listed, about)))
    }

    /// What the objects of a record are about. Every list that gets here has a `target`.
    fn about(&mut self, record: RecordId, list: &JournalListAnnotation) -> Result<About, Reported> {
        let Some(path) = &list.target else { return Err(Reported) };
        let (names, shape) = self.path_and_shape(record, path)?;
        let Shape::Target(target) = *shape.element() else {
            let title = format!("`{}` is no reference whose kind depends on another property", path.text);
            return Err(self.reject(path.span, title, "needs an `x-ref` with `by`"));
        };
        let value = self.typed_path(&[record], list.value.as_ref(), PropertyType::Scalar)?;
        let time = list.time.as_ref().map(|time| self.sibling_value(target, time)).transpose()?;
        Ok(About { path: names, target, value, time })
    }

    /// What the objects of a record are about, by the path alone.
    pub(super) fn about_what(&mut self, record: RecordId, target: &SpannedText) -> Result<About, Reported> {
        let list = JournalListAnnotation { target: Some(target.clone()), ..JournalListAnnotation::default() };
        self.about(record, &list)
    }

    /// The index of a value of the property that decides about the kind of a reference.
    pub(super) fn sibling_value(&mut self, target: TargetId, value: &SpannedText) -> Result<usize, Reported> {
        let target = self.model.target(target);
        if let Some(index) = target.mappings.iter().position(|(known, _)| *known == value.text) {
            return Ok(index);
        }
        let help = did_you_mean(&value.text, target.mappings.iter().map(|(known, _)| known.as_str()));
        let by = &self.model.record(target.record).fields[target.by].json;
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, format!("`{}` is none of the values of `{by}`", value.text))
                .label(value.span, "not known")
                .maybe_help(help),
        );
        Err(Reported)
    }
}

/// A path of the model in the form of one that is still to be followed.
fn spanned(path: &Path, span: Span) -> SpannedText {
    SpannedText { text: path.join("."), span }
}

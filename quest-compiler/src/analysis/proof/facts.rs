//! What conditions ask for: the answers that make a difference, and what only content changes.

use crate::check::walk::{follow, named_at, value};
use crate::check::{Resolved, Row};
use crate::schema::{ChangeList, Changes, Journal, Means, Model, Subject};
use quest_types::journal::program::{Ask, Condition};
use quest_types::journal::{Fact, Program};
use quest_types::{Target, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Something that is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum FactId {
    /// Something with an id: the number of its kind, and its row.
    Of(u8, u32),
    /// Something of which there is one.
    Sort(u8),
    /// Something that a text names.
    Named(u8, &'static str),
}

impl FactId {
    pub(super) fn of(subject: u8, target: Target) -> Self {
        match target {
            Target::Link { kind, row } => Self::Of(kind, row),
            Target::Absent => Self::Sort(subject),
            Target::Unknown(id) | Target::Text(id) => Self::Named(subject, id),
        }
    }
}

/// What happens to a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// So much of it is there in addition.
    Give(u32),
    /// It is so, or not.
    Is(bool),
    /// It is in this state.
    State(String),
    /// It is gone.
    Take,
}

/// What content does to facts: rewards, actions and consequences by their rows.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) rewards: HashMap<u32, (FactId, Change)>,
    pub(super) actions: HashMap<u32, (FactId, Change)>,
    pub(super) consequences: HashMap<u32, (FactId, Change)>,
    /// Facts that something gives.
    pub(super) given: BTreeMap<FactId, ()>,
}

impl Done {
    /// Whether nothing changes anything that is asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.rewards.is_empty() && self.actions.is_empty() && self.consequences.is_empty()
    }

    /// Reads what `changes` of `x-journal` says of facts that are asked for.
    pub(super) fn read(
        model: &Model,
        journal: &Journal,
        resolved: &Resolved<'_>,
        asked: &BTreeSet<FactId>,
    ) -> Self {
        let mut done = Self::default();
        for changes in journal.changes.iter().filter(|_| !asked.is_empty()) {
            let record = changes.record;
            for row in 0..resolved.content.table(record).len() {
                let row = Row { record, row };
                let Some(fact) = changed(model, journal, resolved, changes, row) else { continue };
                if !asked.contains(&fact) {
                    continue;
                }
                let Some(change) = change(model, resolved, changes, row) else { continue };
                if !matches!(change, Change::Take | Change::Is(false)) {
                    done.given.insert(fact, ());
                }
                let list = match changes.list {
                    ChangeList::Rewards => &mut done.rewards,
                    ChangeList::Actions => &mut done.actions,
                    ChangeList::Consequences => &mut done.consequences,
                };
                list.insert(row.row, (fact, change));
            }
        }
        done
    }
}

/// The fact that the object of a list can change.
fn changed(
    model: &Model,
    journal: &Journal,
    resolved: &Resolved<'_>,
    changes: &Changes,
    row: Row,
) -> Option<FactId> {
    let named = named_at(model, resolved, row, &changes.about.path).next()?;
    let kind = journal.kinds.iter().position(|kind| *kind == named.kind)?;
    Some(FactId::Of(kind as u8 + 1, named.id))
}

fn change(model: &Model, resolved: &Resolved<'_>, changes: &Changes, row: Row) -> Option<Change> {
    let (owner, _) = follow(model, resolved, row, &changes.about.path).next()?;
    let by = model.target(changes.about.target).by;
    let sort = resolved.content.node(owner, by)?.text()?;
    if !changes.gives.iter().any(|name| *name == sort) {
        return changes.takes.iter().any(|name| *name == sort).then_some(Change::Take);
    }
    let at = |path: &Option<Vec<String>>| value(model, resolved, row, path.as_ref());
    if let Some(state) = at(&changes.state) {
        let text = state.text();
        return Some(match (text.as_deref(), state.boolean()) {
            (Some("false"), _) | (_, Some(false)) => Change::Is(false),
            (Some("true") | None, _) => Change::Is(true),
            (Some(state), _) => Change::State(state.to_owned()),
        });
    }
    let amount =
        at(&changes.amount).and_then(|node| node.integer()).map_or(1, |amount| amount.clamp(0, 1_000));
    Some(if changes.state.is_some() { Change::Is(true) } else { Change::Give(amount as u32) })
}

/// A fact that only content changes.
#[derive(Debug)]
pub(super) struct Own {
    pub(super) fact: FactId,
    /// More of it makes no difference.
    most: u32,
    /// The states that it can be in beside being so or not.
    states: Vec<&'static str>,
}

impl Own {
    /// Its value after a change. 0 is not so or none of it.
    pub(super) fn after(&self, value: u32, change: &Change) -> u32 {
        match change {
            Change::Give(count) => value.saturating_add(*count).min(self.most),
            Change::Is(is) => u32::from(*is),
            Change::Take => 0,
            Change::State(state) => {
                self.states.iter().position(|known| known == state).map_or(1, |at| at as u32 + 2)
            }
        }
    }

    pub(super) fn fact(&self, value: u32) -> Fact<'static> {
        match value.checked_sub(2).and_then(|at| self.states.get(at as usize)) {
            Some(state) => Fact::Text(state),
            None if !self.states.is_empty() => Fact::Is(value > 0),
            None => Fact::Number(i64::from(value)),
        }
    }
}

/// All that the conditions of some quests ask for.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// What can be anything at any time, each with the answers that make a difference.
    pub(super) free: HashMap<FactId, Vec<Fact<'static>>>,
    /// Where the player can be, by row; the player can be nowhere.
    pub(super) places: Vec<u32>,
    /// What only content changes.
    pub(super) own: Vec<Own>,
    /// What only rises: its subject, where it begins, and above what it makes no difference.
    pub(super) rising: Vec<(u8, i64, i64)>,
    /// What never changes, such as a class: the number of the kind, and the rows that make a difference.
    pub(super) constant: Vec<(u8, Vec<u32>)>,
}

/// The facts that the conditions of some quests ask for.
pub(super) fn asked(program: &Program, quests: &[bool]) -> BTreeSet<FactId> {
    let quests = (0..).zip(quests).filter(|(_, asks)| **asks).map(|(quest, _)| quest);
    let all = quests.flat_map(|quest| conditions(program, quest));
    let facts = all.filter(|condition| condition.ask == Ask::World);
    facts.map(|condition| FactId::of(condition.subject, condition.target)).collect()
}

/// All conditions of a program.
pub(super) fn all_conditions(program: &Program) -> impl Iterator<Item = Condition> + '_ {
    (0..).map_while(|row| program.condition(row))
}

/// All conditions of a quest.
pub(super) fn conditions(program: &Program, quest: u32) -> Vec<Condition> {
    let of_objectives =
        program.objectives(quest).flat_map(|objective| program.objective_conditions(objective));
    let rows = program.prerequisites(quest).chain(of_objectives);
    let branches = program.branches(quest).flat_map(|branch| program.branch_conditions(branch));
    rows.filter_map(|row| program.condition(row)).chain(branches).collect()
}

impl Asked {
    /// Reads the conditions of quests, and what they `inherit`. `alone` is to look at one quest as if content changed nothing.
    pub(super) fn read(
        kinds: &Kinds,
        program: &Program,
        done: &Done,
        quests: &[u32],
        inherited: &BTreeMap<u32, Vec<Condition>>,
        alone: bool,
    ) -> Self {
        let mut asked = Self::default();
        let mut by_fact: BTreeMap<FactId, Vec<Condition>> = BTreeMap::new();
        for quest in quests {
            asked.places.extend(program.objectives(*quest).filter_map(|objective| program.place(objective)));
            let inherited = inherited.get(quest).into_iter().flatten().copied();
            for condition in conditions(program, *quest).into_iter().chain(inherited) {
                match (condition.ask, condition.target) {
                    (Ask::Place, Target::Link { row, .. }) => asked.places.push(row),
                    (Ask::World, target) => {
                        by_fact.entry(FactId::of(condition.subject, target)).or_default().push(condition);
                    }
                    _ => {}
                }
            }
        }
        asked.places.sort_unstable();
        asked.places.dedup();
        for (fact, conditions) in by_fact {
            match fact {
                FactId::Sort(subject) if kinds.rising.contains_key(&subject) => {
                    let least = kinds.rising.get(&subject).copied().unwrap_or(0);
                    let most = conditions.iter().filter_map(threshold).max().unwrap_or(least);
                    asked.rising.push((subject, least, most.saturating_add(1).max(least)));
                }
                FactId::Of(kind, row) if kinds.constant.contains(&kind) => {
                    match asked.constant.iter_mut().find(|(known, _)| *known == kind) {
                        Some((_, rows)) if rows.contains(&row) => {}
                        Some((_, rows)) => rows.push(row),
                        None => asked.constant.push((kind, vec![row])),
                    }
                }
                _ if !alone && done.given.contains_key(&fact) => {
                    asked.own.push(own(fact, &conditions, kinds.is_counted(fact)));
                }
                _ => {
                    asked.free.insert(fact, answers(&conditions, kinds.is_counted(fact)));
                }
            }
        }
        asked
    }
}

/// What sorts of conditions say of kinds and subjects.
#[derive(Debug)]
pub(super) struct Kinds {
    rising: HashMap<u8, i64>,
    constant: Vec<u8>,
    /// Kinds whose state can be a text.
    states: Vec<u8>,
    knows_states: bool,
}

impl Kinds {
    pub(super) fn read(model: &Model, journal: &Journal) -> Self {
        let number = |kind: &crate::schema::KindId| {
            journal.kinds.iter().position(|known| known == kind).map(|at| at as u8 + 1)
        };
        let mut kinds = Self {
            rising: HashMap::new(),
            constant: Vec::new(),
            states: Vec::new(),
            knows_states: !journal.changes.is_empty(),
        };
        for changes in journal.changes.iter().filter(|changes| changes.state.is_some()) {
            let target = model.target(changes.about.target);
            let given = target.mappings.iter().zip(&target.kinds);
            let given = given.filter(|((sort, _), _)| changes.gives.contains(sort));
            kinds.states.extend(given.flat_map(|(_, of)| of).filter_map(number));
        }
        let Some(requires) = journal.requires.map(|at| &model.requires[at]) else { return kinds };
        let about = journal.prerequisites.as_ref().and_then(|(_, about)| about.as_ref());
        for (sort, means) in &requires.means {
            match means {
                Means::Rising => {
                    let named =
                        |subject: &Subject| matches!(subject, Subject::Sort { name, .. } if name == sort);
                    let own = requires.own.iter().find(|own| own.sort == *sort).map(|own| own.bounds.0);
                    let least = own.filter(|least| least.is_finite() && least.abs() < 1e6).unwrap_or(0.0);
                    if let Some(at) = journal.subjects.iter().position(named) {
                        kinds.rising.insert(at as u8, least as i64);
                    }
                }
                Means::Constant => {
                    let Some(target) = about.map(|about| model.target(about.target)) else { continue };
                    let mut mappings = target.mappings.iter().zip(&target.kinds);
                    let of = mappings.find(|((name, _), _)| name == sort).map(|(_, of)| of);
                    kinds.constant.extend(of.into_iter().flatten().filter_map(number));
                }
                _ => {}
            }
        }
        kinds
    }

    /// Whether a fact is the same for all quests and does not come and go: a level, a class.
    pub(super) fn is_of_all(&self, fact: FactId) -> bool {
        match fact {
            FactId::Of(kind, _) => self.constant.contains(&kind),
            FactId::Sort(subject) => self.rising.contains_key(&subject),
            FactId::Named(..) => false,
        }
    }

    /// Whether a fact never changes: a class.
    pub(super) fn is_constant(&self, fact: FactId) -> bool {
        matches!(fact, FactId::Of(kind, _) if self.constant.contains(&kind))
    }

    /// Whether there is an answer that meets all conditions on a fact that can be anything.
    pub(super) fn can_all_hold(&self, fact: FactId, conditions: &[Condition]) -> bool {
        let meets = |answer: &Fact<'static>, condition: &Condition| {
            answer.meets(condition.operator, condition.value) == Some(true)
        };
        let answers = answers(conditions, self.is_counted(fact));
        answers.iter().any(|answer| conditions.iter().all(|condition| meets(answer, condition)))
    }

    /// Whether a number that is written as a text can never be right.
    fn is_counted(&self, fact: FactId) -> bool {
        match fact {
            FactId::Of(kind, _) => self.knows_states && !self.states.contains(&kind),
            FactId::Sort(_) | FactId::Named(..) => false,
        }
    }
}

fn threshold(condition: &Condition) -> Option<i64> {
    match condition.value {
        Some(Value::Int(number)) => Some(number),
        Some(Value::Float(number)) if number.abs() < 1e15 => Some(number.ceil() as i64),
        _ => None,
    }
}

fn own(fact: FactId, conditions: &[Condition], counted: bool) -> Own {
    let most = conditions.iter().filter_map(threshold).max().unwrap_or(1).clamp(1, 1_000) as u32 + 1;
    let mut states: Vec<&'static str> = conditions.iter().filter_map(text).collect();
    states.retain(|state| !counted && !matches!(*state, "true" | "false"));
    states.sort_unstable();
    states.dedup();
    Own { fact, most, states }
}

fn text(condition: &Condition) -> Option<&'static str> {
    match condition.value {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// The answers that make a difference to some conditions: of those that meet the same conditions, one.
fn answers(conditions: &[Condition], counted: bool) -> Vec<Fact<'static>> {
    let mut candidates = vec![Fact::Is(false), Fact::Is(true)];
    for condition in conditions {
        if let Some(number) = threshold(condition) {
            candidates.extend([-1, 0, 1].map(|more| Fact::Number(number.saturating_add(more))));
        }
        let is_number = |text: &str| counted && text.trim().parse::<f64>().is_ok();
        candidates.extend(text(condition).filter(|text| !is_number(text)).map(Fact::Text));
    }
    let mut kept: Vec<(Vec<bool>, Fact<'static>)> = Vec::new();
    for fact in candidates {
        let met: Vec<bool> = conditions
            .iter()
            .map(|condition| fact.meets(condition.operator, condition.value) == Some(true))
            .collect();
        if kept.iter().all(|(known, _)| *known != met) {
            kept.push((met, fact));
        }
    }
    kept.into_iter().map(|(_, fact)| fact).collect()
}

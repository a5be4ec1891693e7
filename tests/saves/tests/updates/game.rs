//! Random content, and edits of it that remember what was what.

use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Content.
#[derive(Clone, Debug)]
pub(crate) struct Game {
    pub(crate) quests: Vec<Quest>,
    /// Numbers for ids that were never there.
    next: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Quest {
    pub(crate) id: String,
    /// Its id in the first content, if it is the same quest.
    was: Option<String>,
    pub(crate) stages: Vec<Stage>,
    pub(crate) repeatable: bool,
    pub(crate) limit: Option<u32>,
    /// Sort and target, and how much.
    pub(crate) rewards: Vec<(String, u32)>,
    branches: Vec<Branch>,
}

#[derive(Clone, Debug)]
pub(crate) struct Stage {
    pub(crate) id: String,
    /// Its path in the first content.
    was: Option<String>,
    objectives: Vec<Objective>,
    acts: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Objective {
    pub(crate) id: String,
    was: Option<String>,
    pub(crate) quantity: u32,
    optional: bool,
}

/// From an objective to a stage behind its own.
#[derive(Clone, Debug)]
struct Branch {
    id: String,
    was: Option<String>,
    objective: String,
    to: String,
}

/// What is edited: a sort of edit, and numbers that say where.
#[derive(Clone, Debug)]
pub(crate) struct Edit(u8, usize, usize, usize);

pub(crate) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    // Those of whole quests are rarer: they leave nothing to look at.
    let sorts = prop_oneof![1 => 0..3_u8, 12 => 3..13_u8, 8 => 13..16_u8];
    let edit = (sorts, any::<[usize; 3]>()).prop_map(|(sort, [a, b, c])| Edit(sort, a, b, c));
    prop::collection::vec(edit, 3..14)
}

type Shape = (Vec<(Vec<(u32, bool)>, bool)>, bool, Option<u32>, [u32; 2], Vec<(usize, usize)>);

fn quest(number: usize, (stages, repeatable, limit, [coins, gems], branches): Shape) -> Quest {
    let id = format!("q{number}");
    let mut objectives = 0;
    let mut stages: Vec<Stage> = stages
        .into_iter()
        .enumerate()
        .map(|(at, (own, acts))| {
            let stage = format!("s{at}");
            let path = format!("{id}:{stage}");
            let own = own.into_iter().map(|(quantity, optional)| {
                objectives += 1;
                let own = format!("o{objectives}");
                Objective { was: Some(format!("{path}:{own}")), id: own, quantity, optional }
            });
            Stage { id: stage, was: Some(path.clone()), objectives: own.collect(), acts }
        })
        .collect();
    stages.iter_mut().for_each(|stage| stage.objectives[0].optional = false);
    let mut quest = Quest {
        was: Some(id.clone()),
        id,
        stages,
        repeatable,
        limit,
        rewards: vec![("Gold coin".to_owned(), coins), ("Item gem".to_owned(), gems)],
        branches: Vec::new(),
    };
    for (number, (from, to)) in branches.into_iter().enumerate() {
        let from = from % quest.stages.len();
        let behind = quest.stages.len() - from - 1;
        if behind > 0 {
            let to = quest.stages[from + 1 + to % behind].id.clone();
            let objective = quest.stages[from].objectives[0].id.clone();
            let id = format!("b{number}");
            let was = Some(format!("{}:{id}", quest.id));
            quest.branches.push(Branch { id, was, objective, to });
        }
    }
    quest
}

pub(crate) fn games() -> impl Strategy<Value = Game> {
    let objectives = prop::collection::vec((1..4_u32, any::<bool>()), 1..4);
    let stages = prop::collection::vec((objectives, any::<bool>()), 1..5);
    let branches = prop::collection::vec(any::<(usize, usize)>(), 0..2);
    let shape = (stages, any::<bool>(), prop::option::of(5..50_u32), any::<[u8; 2]>(), branches);
    let shape = shape.prop_map(|(stages, repeatable, limit, amounts, branches)| {
        (stages, repeatable, limit, amounts.map(|amount| u32::from(amount) + 1), branches)
    });
    prop::collection::vec(shape, 3..6).prop_map(|shapes| Game {
        quests: shapes.into_iter().enumerate().map(|(number, shape)| quest(number, shape)).collect(),
        next: 0,
    })
}

impl Quest {
    pub(crate) fn path(&self, stage: &Stage) -> String {
        format!("{}:{}", self.id, stage.id)
    }

    pub(crate) fn stage_that_was(&self, path: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.was.as_deref() == Some(path))
    }

    pub(crate) fn stage_now(&self, path: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| self.path(stage) == path)
    }

    pub(crate) fn objective_that_was(&self, path: &str) -> Option<(&Stage, &Objective)> {
        let all = self.stages.iter().flat_map(|stage| stage.objectives.iter().map(move |own| (stage, own)));
        all.into_iter().find(|(_, objective)| objective.was.as_deref() == Some(path))
    }

    pub(crate) fn has_branch_that_was(&self, path: &str) -> bool {
        self.branches.iter().any(|branch| branch.was.as_deref() == Some(path))
    }

    /// Removes branches whose objective or stage is not there any more, or is not behind it.
    fn prune(&mut self) {
        let at = |id: &str| self.stages.iter().position(|stage| stage.id == id);
        let of =
            |id: &str| self.stages.iter().position(|stage| stage.objectives.iter().any(|own| own.id == id));
        let kept: Vec<bool> = self
            .branches
            .iter()
            .map(|branch| matches!((of(&branch.objective), at(&branch.to)), (Some(from), Some(to)) if from < to))
            .collect();
        let mut kept = kept.into_iter();
        self.branches.retain(|_| kept.next() == Some(true));
    }
}

impl Game {
    pub(crate) fn quest_that_was(&self, id: &str) -> Option<&Quest> {
        self.quests.iter().find(|quest| quest.was.as_deref() == Some(id))
    }

    /// What a stage was called first, by its path now: a name that stays the same.
    pub(crate) fn lasting_name(&self, path: &str) -> String {
        let stages = self.quests.iter().filter_map(|quest| quest.stage_now(path));
        stages.filter_map(|stage| stage.was.clone()).next().unwrap_or_else(|| path.to_owned())
    }

    /// The same for a quest.
    pub(crate) fn lasting_quest(&self, id: &str) -> String {
        let quest = self.quests.iter().find(|quest| quest.id == id);
        quest.and_then(|quest| quest.was.clone()).unwrap_or_else(|| id.to_owned())
    }

    fn new_id(&mut self) -> String {
        self.next += 1;
        format!("n{}", self.next)
    }

    pub(crate) fn edit(&mut self, Edit(sort, a, b, c): &Edit) {
        let new = self.new_id();
        let count = self.quests.len();
        let at = a % count;
        if *sort == 0 && count > 1 {
            self.quests.remove(at);
            return;
        }
        let quest = &mut self.quests[at];
        let stages = quest.stages.len();
        let stage_at = b % stages;
        match sort {
            1 => quest.id = new,
            // It has another name, and nothing says so.
            2 => {
                quest.id = new;
                forget(quest);
            }
            3 if stages > 1 => drop(quest.stages.remove(stage_at)),
            4 => rename_stage(quest, stage_at, new),
            5 => quest.repeatable = !quest.repeatable,
            6 => quest.rewards.iter_mut().for_each(|(_, amount)| *amount += 1 + *c as u32 % 5),
            7 => drop(quest.rewards.pop()),
            8 => quest.limit = (c % 3 > 0).then_some(3 + *c as u32 % 40),
            9 => quest.branches.clear(),
            10 => quest.stages.reverse(),
            11 => {
                let own = Objective { id: new.clone(), was: None, quantity: 1, optional: false };
                let stage = Stage { id: new, was: None, objectives: vec![own], acts: true };
                quest.stages.insert(stage_at, stage);
            }
            12 => self.quests.reverse(),
            _ => edit_objective(&mut quest.stages[stage_at], *sort, *c, new),
        }
        self.quests.iter_mut().for_each(Quest::prune);
    }

    /// The file with the quests.
    pub(crate) fn json(&self) -> String {
        json!({"version": "1.0.0", "quests": self.quests.iter().map(quest_json).collect::<Vec<_>>()})
            .to_string()
    }

    /// `[renames]`.
    pub(crate) fn renames(&self) -> String {
        let mut lines = [String::new(), String::new(), String::new(), String::new()];
        let mut line = |kind: usize, was: &Option<String>, now: String| {
            if let Some(was) = was.as_ref().filter(|was| **was != now) {
                let _ = write!(lines[kind], "\"{was}\" = \"{now}\", ");
            }
        };
        for quest in &self.quests {
            line(0, &quest.was, quest.id.clone());
            for stage in &quest.stages {
                line(1, &stage.was, quest.path(stage));
                for objective in &stage.objectives {
                    line(2, &objective.was, format!("{}:{}", quest.path(stage), objective.id));
                }
            }
            for branch in &quest.branches {
                line(3, &branch.was, format!("{}:{}", quest.id, branch.id));
            }
        }
        let kinds = ["quest", "quest.stage", "quest.stage.objective", "quest.branch"];
        let lines = kinds.iter().zip(&lines).filter(|(_, line)| !line.is_empty());
        lines.fold(String::from("[renames]\n"), |all, (kind, line)| {
            all + &format!("\"{kind}\" = {{ {line} }}\n")
        })
    }
}

fn forget(quest: &mut Quest) {
    quest.was = None;
    for stage in &mut quest.stages {
        stage.was = None;
        stage.objectives.iter_mut().for_each(|objective| objective.was = None);
    }
    quest.branches.iter_mut().for_each(|branch| branch.was = None);
}

fn rename_stage(quest: &mut Quest, at: usize, new: String) {
    let stage = &mut quest.stages[at];
    let old = std::mem::replace(&mut stage.id, new.clone());
    quest.branches.iter_mut().filter(|branch| branch.to == old).for_each(|branch| branch.to.clone_from(&new));
}

fn edit_objective(stage: &mut Stage, sort: u8, at: usize, new: String) {
    let at = at % stage.objectives.len();
    match sort {
        13 => stage.objectives[at].quantity = 1 + (stage.objectives[at].quantity + 1) % 4,
        14 if stage.objectives.len() > 1 => {
            stage.objectives.remove(at);
            stage.objectives[0].optional = false;
        }
        _ => stage.objectives.push(Objective { id: new, was: None, quantity: 2, optional: false }),
    }
}

fn quest_json(quest: &Quest) -> Value {
    let stages: Vec<Value> =
        quest.stages.iter().enumerate().map(|(at, stage)| stage_json(quest, at, stage)).collect();
    let rewards: Vec<Value> = quest
        .rewards
        .iter()
        .filter_map(|(sort, amount)| {
            let (sort, target) = sort.split_once(' ')?;
            Some(json!({"type": sort, "target": target, "amount": amount}))
        })
        .collect();
    let branches: Vec<Value> = quest
        .branches
        .iter()
        .map(|branch| {
            json!({
                "id": branch.id, "targetStageId": branch.to,
                "condition": {"type": "ObjectiveComplete", "target": branch.objective},
            })
        })
        .collect();
    let mut json = json!({
        "id": quest.id, "name": "Quest", "description": "A quest to update", "category": "SideQuest",
        "isRepeatable": quest.repeatable, "stages": stages, "rewards": rewards, "branches": branches,
    });
    if let Some(limit) = quest.limit {
        json["timeLimit"] = limit.into();
    }
    json
}

fn stage_json(quest: &Quest, at: usize, stage: &Stage) -> Value {
    let objectives: Vec<Value> = stage
        .objectives
        .iter()
        .map(|own| {
            json!({
                "id": own.id, "type": "Kill", "description": "Do what is to be done", "target": "wolf",
                "quantity": own.quantity, "isOptional": own.optional,
            })
        })
        .collect();
    let actions: &[Value] =
        if stage.acts { &[json!({"type": "Notification", "data": "Well done."})] } else { &[] };
    json!({
        "id": stage.id, "name": "Stage", "description": "A stage", "objectives": objectives,
        "nextStageId": quest.stages.get(at + 1).map(|next| next.id.as_str()), "onComplete": actions,
    })
}

//! A set of quests as data: what the generator makes, the interpreter plays and the compiler reads as JSON.

use serde_json::{Value, json};

/// Quests that share a world.
#[derive(Clone, Debug, Default)]
pub struct Set {
    /// In content order.
    pub quests: Vec<Quest>,
}

/// A quest. Its id is `q` and its position.
#[derive(Clone, Debug, Default)]
pub struct Quest {
    /// The first is where it begins. Their ids are `s` and their positions.
    pub stages: Vec<Stage>,
    /// Ids are `b` and the position.
    pub branches: Vec<Branch>,
    /// What it fails by.
    pub failures: Vec<Failure>,
    /// What failing does.
    pub consequences: Vec<Change>,
    /// Turns it may take.
    pub limit: Option<u32>,
    /// It can be begun again.
    pub repeatable: bool,
    /// What must hold before it can be begun.
    pub prerequisites: Vec<Prerequisite>,
    /// What it pays: a change, and whether it is one to choose from.
    pub rewards: Vec<(Change, bool)>,
}

/// A stage.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// Ids are `o` and the position.
    pub objectives: Vec<Objective>,
    /// The stage that follows.
    pub next: Option<usize>,
    /// It can be skipped.
    pub optional: bool,
    /// What happens when it is over.
    pub actions: Vec<Change>,
}

/// An objective.
#[derive(Clone, Debug, Default)]
pub struct Objective {
    /// The number of the enemy to kill.
    pub enemy: usize,
    /// How often.
    pub count: u32,
    /// The stage does not need it.
    pub optional: bool,
    /// The only place where it counts.
    pub place: Option<usize>,
    /// Lists of objectives of the stage, one of each of which is enough.
    pub any: Vec<Vec<usize>>,
    /// What else must hold.
    pub conditions: Vec<Condition>,
}

/// What the world can be asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Whether a flag is set.
    Flag(usize),
    /// How many of an item there are.
    Item(usize),
    /// How a faction thinks of the player.
    Standing(usize),
    /// Whether an answer was given in a dialogue. Branches ask for it.
    Answer(usize),
    /// Whether the player is somewhere. Objectives ask for it.
    Place(usize),
}

/// A condition: it holds if it holds for one of the topics, which are all of one sort.
#[derive(Clone, Debug)]
pub struct Condition {
    /// What is asked.
    pub topics: Vec<Topic>,
    /// What the answer is compared with.
    pub wanted: Wanted,
}

/// What an answer is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// It must be there.
    Nothing,
    /// It must be so, or not.
    Is(bool),
    /// There must be so many.
    Number(i64),
    /// A number that is written as a text: no number is equal to it.
    Text,
}

/// What sets off a branch.
#[derive(Clone, Debug)]
pub enum Trigger {
    /// An objective of a stage is done.
    Objective(usize, usize),
    /// A condition holds.
    Fact(Condition),
    /// Turns have passed; without a number, the limit.
    Time(Option<u32>),
}

/// A branch.
#[derive(Clone, Debug)]
pub struct Branch {
    /// What sets it off.
    pub on: Trigger,
    /// The stage where it leads.
    pub to: usize,
}

/// What a quest fails by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// The player dies.
    Death,
    /// An npc dies.
    Npc(usize),
    /// Time runs out.
    Time,
}

/// What a quest does to the world or to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A flag is set or cleared. Rewards and failing only set it.
    Flag(usize, bool),
    /// So many of an item are there in addition.
    Give(usize, u32),
    /// An item is gone, however many there are. Failing does it.
    Lose(usize),
    /// A quest cannot be begun any more. Failing does it.
    Lock(usize),
}

/// What must hold before a quest can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prerequisite {
    /// A quest was turned in, or never.
    Complete(usize, bool),
    /// A quest is active, or not.
    Active(usize, bool),
    /// The level is above a number.
    LevelAbove(i64),
    /// The level is below a number.
    LevelBelow(i64),
    /// So many of an item are there, or fewer.
    Item(usize, i64, bool),
    /// A flag is set, or not.
    Flag(usize, bool),
    /// The player is of a class, or not. Nobody changes it.
    Class(usize, bool),
}

/// Every id begins with the prefix of its set, so that many sets can be one content.
struct Ids<'p>(&'p str);

impl Ids<'_> {
    fn of(&self, letter: char, number: usize) -> String {
        format!("{}{letter}{number}", self.0)
    }

    fn topic(&self, topic: Topic) -> String {
        match topic {
            Topic::Flag(at) => self.of('f', at),
            Topic::Item(at) => self.of('i', at),
            Topic::Standing(at) => self.of('r', at),
            Topic::Answer(at) => self.of('d', at),
            Topic::Place(at) => self.of('p', at),
        }
    }

    fn condition(&self, condition: &Condition) -> Value {
        let kind = match condition.topics.first() {
            Some(Topic::Flag(_)) | None => "CustomFlag",
            Some(Topic::Item(_)) => "HasItem",
            Some(Topic::Standing(_)) => "FactionReputation",
            Some(Topic::Answer(_)) => "DialogueChoice",
            Some(Topic::Place(_)) => "InLocation",
        };
        let mut object = json!({ "type": kind });
        object["target"] = match condition.topics.as_slice() {
            [one] => self.topic(*one).into(),
            all => all.iter().map(|topic| self.topic(*topic)).collect(),
        };
        match condition.wanted {
            Wanted::Nothing => {}
            Wanted::Is(is) => object["value"] = is.into(),
            Wanted::Number(number) => object["value"] = number.into(),
            Wanted::Text => object["value"] = "1".into(),
        }
        object
    }

    fn reward(&self, (change, choice): &(Change, bool)) -> Value {
        let mut object = match change {
            Change::Give(item, count) => {
                json!({ "type": "Item", "target": self.of('i', *item), "amount": count })
            }
            Change::Flag(flag, _) => json!({ "type": "Flag", "target": self.of('f', *flag) }),
            Change::Lose(_) | Change::Lock(_) => json!({ "type": "Experience", "amount": 1 }),
        };
        if *choice {
            object["isOptional"] = true.into();
        }
        object
    }

    fn action(&self, change: &Change) -> Value {
        match change {
            Change::Flag(flag, is) => {
                json!({ "type": "UpdateWorldState", "target": self.of('f', *flag), "data": is.to_string() })
            }
            Change::Give(item, _) => json!({ "type": "GrantItem", "target": self.of('i', *item) }),
            Change::Lose(_) | Change::Lock(_) => json!({ "type": "Notification", "data": "Well done." }),
        }
    }

    fn consequence(&self, change: &Change) -> Value {
        match change {
            Change::Flag(flag, _) => json!({ "type": "Flag", "target": self.of('f', *flag) }),
            Change::Lose(item) => json!({ "type": "ItemLoss", "target": self.of('i', *item) }),
            Change::Lock(quest) => json!({ "type": "LockQuest", "target": self.of('q', *quest) }),
            Change::Give(..) => json!({ "type": "Notification", "description": "Too bad." }),
        }
    }

    fn prerequisite(&self, prerequisite: &Prerequisite) -> Value {
        let has = |has: bool| if has { "has" } else { "notHas" };
        match *prerequisite {
            Prerequisite::Complete(quest, is) => {
                json!({ "type": "QuestComplete", "target": self.of('q', quest), "operator": has(is) })
            }
            Prerequisite::Active(quest, is) => {
                json!({ "type": "QuestActive", "target": self.of('q', quest), "operator": has(is) })
            }
            Prerequisite::LevelAbove(level) => {
                json!({ "type": "Level", "operator": "greaterThan", "value": level })
            }
            Prerequisite::LevelBelow(level) => {
                json!({ "type": "Level", "operator": "lessThan", "value": level })
            }
            Prerequisite::Item(item, count, is) => {
                json!({ "type": "HasItem", "target": self.of('i', item), "operator": has(is), "value": count })
            }
            Prerequisite::Class(class, is) => {
                json!({ "type": "ClassIs", "target": self.of('c', class), "operator": has(is) })
            }
            Prerequisite::Flag(flag, is) => {
                json!({ "type": "HasFlag", "target": self.of('f', flag), "operator": has(is) })
            }
        }
    }

    fn objective(&self, at: usize, objective: &Objective) -> Value {
        let alternatives = objective.any.iter().map(|list| {
            let names: Vec<String> = list.iter().map(|other| format!("o{other}")).collect();
            json!({ "type": "AnyObjectiveComplete", "target": names })
        });
        let conditions: Vec<Value> =
            alternatives.chain(objective.conditions.iter().map(|one| self.condition(one))).collect();
        let mut object = json!({
            "id": format!("o{at}"), "type": "Kill", "target": self.of('e', objective.enemy),
            "description": "Do the thing.", "quantity": objective.count, "isOptional": objective.optional,
        });
        if let Some(place) = objective.place {
            object["location"] = self.of('p', place).into();
        }
        if !conditions.is_empty() {
            object["conditions"] = conditions.into();
        }
        object
    }

    fn stage(&self, at: usize, stage: &Stage) -> Value {
        let objectives: Vec<Value> =
            stage.objectives.iter().enumerate().map(|(at, one)| self.objective(at, one)).collect();
        let actions: Vec<Value> = stage.actions.iter().map(|change| self.action(change)).collect();
        json!({
            "id": format!("s{at}"), "name": format!("Stage {at}"), "description": "A stage.",
            "objectives": objectives, "nextStageId": stage.next.map(|next| format!("s{next}")),
            "isOptional": stage.optional, "onComplete": actions,
        })
    }

    fn branch(&self, at: usize, branch: &Branch) -> Value {
        let condition = match &branch.on {
            Trigger::Objective(stage, objective) => {
                json!({ "type": "ObjectiveComplete", "target": format!("s{stage}:o{objective}") })
            }
            Trigger::Fact(condition) => self.condition(condition),
            Trigger::Time(None) => json!({ "type": "TimeExpired", "target": "time" }),
            Trigger::Time(Some(turns)) => json!({ "type": "TimeExpired", "target": "time", "value": turns }),
        };
        json!({ "id": format!("b{at}"), "condition": condition, "targetStageId": format!("s{}", branch.to) })
    }

    fn failure(&self, failure: &Failure) -> Value {
        let mut object = match failure {
            Failure::Death => json!({ "type": "PlayerDeath" }),
            Failure::Npc(npc) => json!({ "type": "NPCDeath", "target": self.of('n', *npc) }),
            Failure::Time => json!({ "type": "TimeExpired" }),
        };
        object["description"] = "It has failed.".into();
        object
    }

    fn quest(&self, at: usize, quest: &Quest) -> Value {
        let list = |values: Vec<Value>| Value::Array(values);
        let mut object = json!({
            "id": self.of('q', at), "name": format!("Quest {}", self.of('q', at)), "description": "A quest for tests.",
            "category": "SideQuest", "isRepeatable": quest.repeatable,
            "stages": list(quest.stages.iter().enumerate().map(|(at, one)| self.stage(at, one)).collect()),
            "branches": list(quest.branches.iter().enumerate().map(|(at, one)| self.branch(at, one)).collect()),
            "failureConditions": list(quest.failures.iter().map(|one| self.failure(one)).collect()),
            "failureConsequences": list(quest.consequences.iter().map(|one| self.consequence(one)).collect()),
            "prerequisites": list(quest.prerequisites.iter().map(|one| self.prerequisite(one)).collect()),
            "rewards": list(quest.rewards.iter().map(|one| self.reward(one)).collect()),
        });
        if let Some(limit) = quest.limit {
            object["timeLimit"] = limit.into();
        }
        object
    }
}

/// The quests of a set as JSON, with ids that begin with a prefix.
pub fn quests(set: &Set, prefix: &str) -> Vec<Value> {
    let ids = Ids(prefix);
    set.quests.iter().enumerate().map(|(at, quest)| ids.quest(at, quest)).collect()
}

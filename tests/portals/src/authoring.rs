//! Writes quests: pairs of entries whose ids come from a seed number, so that the same program writes the same room again
//! ("Python Generation").
//!
//! ```
//! use portals::authoring::{Author, Details};
//!
//! let mut author = Author::new(7, "uid-of-the-author");
//! let key = author.pair(0, "find_key", Details::default()).expect("a name");
//! let door = Details { requirements: vec![key.requirement(1)], ..Details::default() };
//! let door = author.pair(1, "open_door", door).expect("a name");
//! assert_eq!(door.name(), "1_open_door");
//! ```

use crate::State;
use crate::quests::Group;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fmt;

/// Makes pairs of entries, none of which has an id that another has.
#[derive(Clone, Debug)]
pub struct Author {
    random: Random,
    creator: String,
    taken: BTreeSet<String>,
}

/// What a quest can be told beside its name. The default is a quest that only moves items.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the schema describes them")]
pub struct Details {
    pub group: Group,
    pub display_group: String,
    pub repeatable_limit: u32,
    pub finish_time: u32,
    pub auto_start: bool,
    pub triggered_by_inventory: bool,
    pub requirements: Vec<Requirement>,
    pub visible: bool,
    pub extra_text: String,
    pub rewards: Vec<Reward>,
    pub success_msg: String,
}

impl Default for Details {
    fn default() -> Self {
        Self {
            group: Group::SinglePlayer,
            display_group: String::new(),
            repeatable_limit: 0,
            finish_time: 0,
            auto_start: false,
            triggered_by_inventory: false,
            requirements: Vec::new(),
            visible: false,
            extra_text: String::new(),
            rewards: Vec::new(),
            success_msg: String::new(),
        }
    }
}

/// Another quest that comes first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Requirement {
    delete: bool,
    amount: u32,
    r#type: &'static str,
    id: String,
}

/// Something that a completed quest grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reward {
    r#type: &'static str,
    id: String,
}

impl Reward {
    /// Something to wear.
    #[must_use]
    pub fn wearable(id: &str) -> Self {
        Self { r#type: "wearable", id: id.to_owned() }
    }
}

/// A name that the platform would not find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadName(String);

impl fmt::Display for BadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name of a quest starts with a letter or digit, and `{}` does not", self.0)
    }
}

impl std::error::Error for BadName {}

impl Author {
    /// An author with a seed number and the Firebase UID of the user for whom the quests are made.
    #[must_use]
    pub fn new(seed: u64, creator: &str) -> Self {
        Self { random: Random(seed), creator: creator.to_owned(), taken: BTreeSet::new() }
    }

    /// Makes a quest.
    ///
    /// # Errors
    ///
    /// The name does not start with a letter or digit of ASCII.
    pub fn pair(&mut self, number: u32, name: &str, details: Details) -> Result<Pair, BadName> {
        if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return Err(BadName(name.to_owned()));
        }
        let Details { rewards, success_msg, .. } = details;
        let in_progress = Entry {
            entry_id: self.fresh(Random::uuid),
            name: format!("{number}_{name}"),
            description: "created in unity",
            status: "inProgress",
            group: details.group.as_str(),
            display_group: details.display_group,
            enabled: true,
            repeatable_limit: details.repeatable_limit,
            finish_time: details.finish_time,
            auto_start: details.auto_start,
            triggered_by_inventory: details.triggered_by_inventory,
            requirements: details.requirements,
            rewards: None,
            creator: self.creator.clone(),
            template_name: "",
            tracked: true,
            visible: details.visible,
            extra_text: details.extra_text,
            success_msg: None,
            id: self.fresh(Random::id),
        };
        let completed = Entry {
            status: "completed",
            rewards: Some(rewards),
            success_msg: Some(success_msg),
            id: self.fresh(Random::id),
            ..in_progress.clone()
        };
        Ok(Pair { in_progress, completed })
    }

    fn fresh(&mut self, make: fn(&mut Random) -> String) -> String {
        loop {
            let id = make(&mut self.random);
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// A quest: two entries.
#[derive(Clone, Debug)]
pub struct Pair {
    in_progress: Entry,
    completed: Entry,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    entry_id: String,
    name: String,
    description: &'static str,
    status: &'static str,
    group: &'static str,
    display_group: String,
    enabled: bool,
    repeatable_limit: u32,
    finish_time: u32,
    auto_start: bool,
    triggered_by_inventory: bool,
    requirements: Vec<Requirement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rewards: Option<Vec<Reward>>,
    creator: String,
    template_name: &'static str,
    tracked: bool,
    visible: bool,
    extra_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    success_msg: Option<String>,
    #[serde(rename = "id")]
    id: String,
}

impl Pair {
    /// The id by which effects, triggers and requirements name the quest: that of the entry in progress.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.in_progress.id
    }

    /// Number and name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.in_progress.name
    }

    /// Requires that this quest has been completed so many times.
    #[must_use]
    pub fn requirement(&self, amount: u32) -> Requirement {
        Requirement { delete: false, amount, r#type: "quest", id: self.id().to_owned() }
    }

    /// What an item does when the quest comes into a state. For [`State::NotActive`], there is no `TargetState`.
    #[must_use]
    pub fn effect(&self, state: State, effector: Value) -> Value {
        let mut task = json!({
            "$type": "TaskEffectorSubscription",
            "TaskTriggerId": self.id(),
            "Name": self.name(),
            "State": state.number(),
            "Effector": effector,
        });
        if state != State::NotActive {
            task["TargetState"] = json!(state.number());
        }
        task
    }

    /// What a player does with an item to move the quest on; `transition` is encoded, as in [`Transition`](crate::Transition).
    #[must_use]
    pub fn trigger(&self, transition: i64, trigger: Value) -> Value {
        json!({
            "$type": "TaskTriggerSubscription",
            "TaskTriggerId": self.id(),
            "Name": self.name(),
            "TargetState": transition,
            "Trigger": trigger,
        })
    }
}

/// The dictionary of entries that a room has: both of every quest, each under its own id.
#[must_use]
pub fn dictionary(quests: &[Pair]) -> Map<String, Value> {
    let entries = quests.iter().flat_map(|pair| [&pair.in_progress, &pair.completed]);
    entries.map(|entry| (entry.id.clone(), json!(entry))).collect()
}

/// SplitMix64: small, and the same everywhere.
#[derive(Clone, Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// `mlh` and 11 to 14 lowercase letters or digits.
    fn id(&mut self) -> String {
        let length = 11 + self.next() % 4;
        let mut id = "mlh".to_owned();
        for _ in 0..length {
            // 36 is so little beside 2^64 that no character comes up more often than another.
            let digit = (self.next() % 36) as u32;
            id.extend(char::from_digit(digit, 36));
        }
        id
    }

    /// A UUID of version 4.
    fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            (low >> 48) & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff,
        )
    }
}

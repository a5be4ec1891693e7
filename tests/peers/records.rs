// The Quest Schema as plain structs: owned in `model`, static in `literals`. Each of them says what `Text` and `List` are, and what
// `record!` and `choice!` make of this. The stage that a stage or a branch leads to is a number within its quest, as somebody would
// write it who makes the data in a build script.

record! { Game {
    quests: List<Quest>,
    registries: List<Registry>,
} }

record! { Registry {
    kind: Text,
    ids: List<Text>,
} }

record! { Quest {
    id: Text,
    name: Text,
    description: Text,
    category: Category,
    level: Option<u8>,
    is_repeatable: bool,
    is_hidden: bool,
    prerequisites: List<Prerequisite>,
    quest_giver: Option<Giver>,
    stages: List<Stage>,
    rewards: List<Reward>,
    failure_conditions: List<Failure>,
    failure_consequences: List<Consequence>,
    time_limit: Option<u32>,
    branches: List<Branch>,
    tags: List<Text>,
} }

record! { Stage {
    id: Text,
    name: Text,
    description: Text,
    objectives: List<Objective>,
    on_complete: List<Action>,
    next_stage_id: Option<u32>,
    is_optional: bool,
} }

record! { Objective {
    id: Text,
    r#type: Task,
    description: Text,
    target: Option<Text>,
    quantity: Option<u32>,
    location: Option<Text>,
    is_optional: bool,
    is_hidden: bool,
    conditions: List<TaskCondition>,
} }

record! { TaskCondition {
    r#type: TaskConditionType,
    target: List<Text>,
    value: Option<Value>,
} }

record! { Prerequisite {
    r#type: PrerequisiteType,
    target: Option<Text>,
    value: Option<Value>,
    operator: Operator,
} }

record! { Giver {
    npc_id: Text,
    dialogue_node_id: Option<Text>,
    turn_in_npc_id: Option<Text>,
    turn_in_dialogue_node_id: Option<Text>,
} }

record! { Reward {
    r#type: RewardType,
    target: Option<Text>,
    amount: Option<i32>,
    is_optional: bool,
    description: Option<Text>,
} }

record! { Branch {
    id: Text,
    condition: BranchCondition,
    target_stage_id: u32,
    description: Option<Text>,
} }

record! { BranchCondition {
    r#type: BranchConditionType,
    target: Text,
    value: Option<Value>,
} }

record! { Failure {
    r#type: FailureType,
    target: Option<Text>,
    description: Text,
} }

record! { Consequence {
    r#type: ConsequenceType,
    target: Option<Text>,
    amount: Option<i32>,
    description: Option<Text>,
} }

record! { Action {
    r#type: ActionType,
    target: Option<Text>,
    data: Option<Text>,
} }

record! { Value {
    number: Option<i32>,
    text: Option<Text>,
    flag: Option<bool>,
} }

choice! { Category { MainStory, SideQuest, FactionQuest, Bounty, Exploration, Crafting, Daily, Event } }
choice! { Task { Kill, Collect, Talk, Explore, Escort, Defend, Craft, Discover, Deliver, Use, Survive, Reach } }
choice! { TaskConditionType { HasAbility, HasItem, InLocation, FactionReputation, AnyObjectiveComplete, CustomFlag } }
choice! { PrerequisiteType {
    Level, QuestComplete, QuestActive, FactionReputation, HasItem, HasAbility, HasFlag, ClassIs, RaceIs
} }
choice! { Operator { equals, greaterThan, lessThan, has, notHas } }
choice! { RewardType { Experience, Gold, Item, Reputation, Ability, Title, Unlock, Flag } }
choice! { BranchConditionType { ObjectiveComplete, HasItem, FactionReputation, DialogueChoice, TimeExpired, CustomFlag } }
choice! { FailureType { NPCDeath, TimeExpired, ItemLost, LocationLeft, PlayerDeath, FactionHostile } }
choice! { ConsequenceType { Reputation, Flag, LockQuest, SpawnEnemy, ItemLoss, Notification } }
choice! { ActionType { Notification, SpawnEnemy, UnlockArea, GrantItem, UpdateWorldState, TriggerEvent } }

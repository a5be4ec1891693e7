//! The runtime of a level: what follows from rule events (§2, §3).
//!
//! [`QuestRuntime`] is the backend's side, for one player in one level. [`PlayerRuleState`] is the plugin's side: it announces nothing
//! twice in a session, and skips players who have left.

use crate::contract::{Event, Node, Nodes, RuleEventRequest, RuleEventResponse, RuleEventResult};
use crate::quests::{Level, LevelId, Milestone, RuleId, RuleListener, Task};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// One player in one level.
#[derive(Clone, Debug)]
pub struct QuestRuntime {
    level: &'static Level,
    tasks: Vec<TaskSession>,
    /// Rules that are switched on, by the names in their metadata.
    active: BTreeSet<RuleId>,
    /// What characters do from now on, in the order in which it came.
    behaviors: Vec<Value>,
    summarised: bool,
}

/// A task on its way (§2.1).
#[derive(Clone, Debug)]
struct TaskSession {
    task: &'static Task,
    id: String,
    issued: bool,
    count: u16,
    /// Of each milestone.
    steps: Vec<u16>,
}

impl TaskSession {
    fn new(task: &'static Task, number: usize) -> Self {
        let id = task.id().map_or_else(|| format!("task_{number:02}"), |id| id.as_str().to_owned());
        Self { task, id, issued: false, count: 0, steps: vec![0; task.milestones().len()] }
    }

    fn is_done(&self) -> bool {
        self.count >= self.task.count()
    }

    fn is_of(&self, event: &Event<'_>) -> bool {
        self.task.r#type().as_str().eq_ignore_ascii_case(&event.event_type)
    }

    /// Whether an event is about what the task is about.
    fn fits(&self, event: &Event<'_>) -> bool {
        let Some(target) = self.task.target() else { return true };
        let said = || event.meta.text.as_deref().unwrap_or_default().to_lowercase();
        event.target == Some(target.thing().as_str())
            && target.text().is_none_or(|text| said().contains(&text.to_lowercase()))
    }

    fn step_fits(&self, step: &Milestone, event: &Event<'_>) -> bool {
        match step.target() {
            Some(target) => event.target == Some(target.as_str()),
            None => self.fits(event),
        }
    }
}

impl QuestRuntime {
    /// Begins a level. `None` if no content has it.
    #[must_use]
    pub fn new(level: LevelId) -> Option<Self> {
        let level: &'static Level = level.get()?;
        let tasks =
            level.tasks().iter().zip(1..).map(|(task, number)| TaskSession::new(task, number)).collect();
        Some(Self { level, tasks, active: BTreeSet::new(), behaviors: Vec::new(), summarised: false })
    }

    /// The cards of the tasks that were not announced yet (§2.1).
    #[must_use]
    pub fn issue(&mut self) -> Nodes {
        let new = self.tasks.iter_mut().filter(|session| !session.issued);
        let nodes = new.map(|session| {
            session.issued = true;
            Node { task_id: Some(session.id.clone()), ..Node::issue(session.task) }
        });
        Nodes { nodes: nodes.collect() }
    }

    /// How far a task is, of how far it has to be: `(1, 2)`. `None` if the level has no such task.
    #[must_use]
    pub fn progress(&self, task: &str) -> Option<(u16, u16)> {
        let session = self.tasks.iter().find(|session| session.id == task)?;
        Some((session.count, session.task.count()))
    }

    /// What characters do from now on (§3.2).
    #[must_use]
    pub fn behaviors(&self) -> &[Value] {
        &self.behaviors
    }

    /// Switches rules on, for later events (§3.1).
    pub fn activate_rule_refs(&mut self, rules: impl IntoIterator<Item = RuleId>) {
        self.active.extend(rules);
    }

    /// What follows from an event, for quests and characters together (§2.2).
    pub fn handle_rule_trigger(&mut self, request: &RuleEventRequest) -> RuleEventResponse {
        let event = request.normalised();
        let mut result = RuleEventResult { nodes: self.issue().nodes, ..RuleEventResult::default() };
        for session in &mut self.tasks {
            progress(session, &event, &mut result);
        }
        self.characters(&event, &mut result);
        result.exit_ready = self.tasks.iter().all(TaskSession::is_done);
        if result.exit_ready && !self.summarised {
            self.summarised = true;
            result.summary = Some(Node {
                kind: "task_summary".to_owned(),
                title: Some(format!("{}: what you have done", self.level.title())),
                text: Some("Nothing is left to do here. On to the next adventure!".to_owned()),
                ..Node::default()
            });
        }
        RuleEventResponse { status: "ok".to_owned(), result }
    }

    /// The rules of characters. Those that apply switch on what names them, for later events.
    fn characters(&mut self, event: &Event<'_>, result: &mut RuleEventResult) {
        let mut applied = Vec::new();
        for listener in self.level.rule_listeners() {
            if !self.applies(listener, event) {
                continue;
            }
            let metadata = listener.metadata();
            cards(metadata.dialogue(), "npc_dialogue", None, &mut result.nodes);
            patch(metadata.world_patch(), &mut result.world_patch);
            result.commands.extend(metadata.commands().iter().map(str::to_owned));
            if let Some(Value::Array(updates)) = metadata.update_behaviors().and_then(read) {
                self.behaviors.extend(updates);
            }
            applied.extend(metadata.id());
        }
        self.active.extend(applied);
    }

    /// A rule that names others waits until one of them is switched on.
    fn applies(&self, listener: &'static RuleListener, event: &Event<'_>) -> bool {
        let refs = listener.metadata().rule_ref();
        let is_on = refs.is_empty() || refs.iter().any(|rule| self.active.contains(&rule));
        let named = event.meta.quest_event.as_deref();
        let mut targets = listener.targets().peekable();
        is_on
            && listener.r#type().as_str().eq_ignore_ascii_case(&event.event_type)
            && listener.quest_event().is_none_or(|wanted| named == Some(wanted.as_str()))
            && (targets.peek().is_none() || targets.any(|target| event.target == Some(target.as_str())))
    }
}

fn progress(session: &mut TaskSession, event: &Event<'_>, result: &mut RuleEventResult) {
    if session.is_done() || !session.is_of(event) {
        return;
    }
    for (at, step) in session.task.milestones().iter().enumerate() {
        if session.steps[at] < step.count() && session.step_fits(step, event) {
            session.steps[at] += 1;
            if session.steps[at] == step.count() {
                result.milestones.push(step.id().as_str().to_owned());
            }
        }
    }
    if !session.fits(event) {
        return;
    }
    session.count += 1;
    if !session.is_done() {
        return;
    }
    result.completed_tasks.push(session.id.clone());
    cards(session.task.dialogue(), "task_complete", Some(&session.id), &mut result.nodes);
    if let Some(reward) = session.task.reward() {
        patch(reward.world_patch(), &mut result.world_patch);
        cards(reward.npc_dialogue(), "npc_dialogue", None, &mut result.nodes);
    }
}

/// JSON text of the content, which the compiler has read before.
fn read(text: &'static str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// Adds the cards of a dialogue: a text, a card, or a list of both.
fn cards(dialogue: Option<&'static str>, kind: &str, task: Option<&str>, nodes: &mut Vec<Node>) {
    let list = match dialogue.and_then(read) {
        Some(Value::Array(list)) => list,
        Some(one) => vec![one],
        None => return,
    };
    nodes.extend(list.iter().map(|card| Node {
        kind: kind.to_owned(),
        task_id: task.map(str::to_owned),
        title: card.get("title").and_then(Value::as_str).map(str::to_owned),
        text: card.as_str().or_else(|| card.get("text")?.as_str()).map(str::to_owned),
        ..Node::default()
    }));
}

/// Adds changes of the world. Objects are put together; of anything else, what comes later counts.
fn patch(text: Option<&'static str>, into: &mut Map<String, Value>) {
    if let Some(Value::Object(changes)) = text.and_then(read) {
        merge(changes, into);
    }
}

fn merge(changes: Map<String, Value>, into: &mut Map<String, Value>) {
    for (name, change) in changes {
        match (change, into.get_mut(&name)) {
            (Value::Object(change), Some(Value::Object(before))) => merge(change, before),
            (change, _) => {
                into.insert(name, change);
            }
        }
    }
}

/// What a player has been told in this session: nothing is announced twice (§4).
#[derive(Clone, Debug, Default)]
pub struct PlayerRuleState {
    tasks: BTreeSet<String>,
    milestones: BTreeSet<String>,
    exit: bool,
}

/// What the plugin does for a response (§4).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dispatch {
    /// Changes of the world.
    pub world_patch: Map<String, Value>,
    /// Cards to show.
    pub nodes: Vec<Node>,
    /// Tasks to announce.
    pub tasks: Vec<String>,
    /// Milestones to announce.
    pub milestones: Vec<String>,
    /// Lines for the console, with the name of the player in them.
    pub commands: Vec<String>,
    /// Tell the player that the level can be left.
    pub exit: bool,
}

impl PlayerRuleState {
    /// What is to be done for a response. `None` if the player has left: it is skipped, and nothing counts as told.
    #[must_use]
    pub fn receive(&mut self, player: &str, online: bool, response: &RuleEventResponse) -> Option<Dispatch> {
        if !online {
            return None;
        }
        let result = &response.result;
        let new = |told: &mut BTreeSet<String>, ids: &[String]| {
            ids.iter().filter(|id| told.insert((*id).clone())).cloned().collect::<Vec<_>>()
        };
        let exit = result.exit_ready && !std::mem::replace(&mut self.exit, result.exit_ready);
        Some(Dispatch {
            world_patch: result.world_patch.clone(),
            nodes: result.nodes.iter().chain(&result.summary).cloned().collect(),
            tasks: new(&mut self.tasks, &result.completed_tasks),
            milestones: new(&mut self.milestones, &result.milestones),
            commands: result.commands_for(player).collect(),
            exit,
        })
    }
}

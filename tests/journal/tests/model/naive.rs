//! The Quest Schema's words, as code: §3.2 to §3.6, UC-002 to UC-005, and the rules of `docs/journal.md` where it leaves one open.

use super::calls::Call;
use journal::world::{Known, KnownFacts};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

type Happened = Result<Vec<String>, ()>;

/// One quest of the player.
#[derive(Clone, Debug, Default)]
struct Progress {
    /// "" is not begun.
    state: String,
    times: u32,
    locked: bool,
    found: bool,
    stage: Option<String>,
    /// In which it was begun.
    world: Option<&'static str>,
    /// By `stage:objective`.
    counts: BTreeMap<String, u64>,
    revealed: BTreeSet<String>,
    branches: Vec<String>,
    via: BTreeMap<String, String>,
    left: Option<u64>,
    expired: bool,
}

pub(crate) struct Naive {
    quests: &'static [Value],
    progress: BTreeMap<String, Progress>,
    /// Quest and position of the reward.
    held: Vec<(String, usize)>,
    here: &'static str,
    pub(crate) facts: KnownFacts,
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn is(value: &Value, name: &str) -> bool {
    value[name].as_bool().unwrap_or(false)
}

fn required(objective: &Value) -> u64 {
    objective["quantity"].as_u64().unwrap_or(1)
}

/// The objectives of which one is enough for this one.
fn alternatives(objective: &Value) -> Vec<&str> {
    let conditions =
        list(objective, "conditions").iter().filter(|one| text(one, "type") == "AnyObjectiveComplete");
    conditions.flat_map(|one| list(one, "target")).filter_map(Value::as_str).collect()
}

fn needed(stage: &Value, objective: &Value) -> bool {
    let is_alternative =
        list(stage, "objectives").iter().any(|other| alternatives(other).contains(&text(objective, "id")));
    !is(objective, "isOptional") && !is_alternative
}

impl Naive {
    pub(crate) fn new() -> Self {
        static FILE: LazyLock<Value> =
            LazyLock::new(|| serde_json::from_str(include_str!("../../content/quests.json")).unwrap());
        let quests = list(&FILE, "quests");
        Self {
            quests,
            progress: BTreeMap::new(),
            held: Vec::new(),
            here: "world",
            facts: KnownFacts::default(),
        }
    }

    fn quest(&self, id: &str) -> &'static Value {
        self.quests.iter().find(|quest| text(quest, "id") == id).unwrap()
    }

    fn of(&self, id: &str) -> Progress {
        self.progress.get(id).cloned().unwrap_or_default()
    }

    fn at(&mut self, id: &str) -> &mut Progress {
        self.progress.entry(id.to_owned()).or_default()
    }

    fn stage_of(&self, id: &str) -> Option<&'static Value> {
        let stage = self.progress.get(id)?.stage.as_deref()?;
        list(self.quest(id), "stages").iter().find(|one| text(one, "id") == stage)
    }

    // What can be looked at.

    pub(crate) fn lifecycle(&self, id: &str) -> String {
        let progress = self.of(id);
        if !progress.state.is_empty() {
            return progress.state;
        }
        let quest = self.quest(id);
        let hidden = is(quest, "isHidden") && !progress.found;
        let met = list(quest, "prerequisites").iter().all(|one| self.prerequisite(one));
        if progress.locked || hidden || !met { "not started".to_owned() } else { "available".to_owned() }
    }

    pub(crate) fn stage(&self, id: &str) -> Option<String> {
        self.of(id).stage
    }

    pub(crate) fn world(&self, id: &str) -> Option<&'static str> {
        self.of(id).world
    }

    pub(crate) fn turns_left(&self, id: &str) -> Option<u64> {
        let progress = self.of(id);
        progress.left.filter(|_| progress.state == "active")
    }

    pub(crate) fn times(&self, id: &str) -> u32 {
        self.of(id).times
    }

    pub(crate) fn branches(&self, id: &str) -> Vec<String> {
        self.of(id).branches
    }

    /// Count, whether it may be seen, and what was done in its place.
    pub(crate) fn objective(&self, path: &str) -> (u32, bool, Option<String>) {
        let (id, own) = path.split_once(':').unwrap();
        let progress = self.of(id);
        let count = progress.counts.get(own).copied().unwrap_or(0);
        let (stage, name) = own.split_once(':').unwrap();
        let quest = self.quest(id);
        let stage = list(quest, "stages").iter().find(|one| text(one, "id") == stage).unwrap();
        let objective = list(stage, "objectives").iter().find(|one| text(one, "id") == name).unwrap();
        let seen = !is(objective, "isHidden") || count > 0 || progress.revealed.contains(own);
        (count as u32, seen, progress.via.get(own).cloned())
    }

    // Conditions.

    fn known(&self, name: &str) -> Option<Known> {
        self.facts.get(name).cloned()
    }

    /// §9.3; a value that is not there is "at all".
    fn holds(found: Option<Known>, operator: &str, value: &Value) -> bool {
        let Some(found) = found else { return false };
        let number = match found {
            Known::Is(is) => i64::from(is),
            Known::Number(number) => number,
        };
        let there = number >= 1;
        let has = match (&found, value) {
            (Known::Number(_), Value::Number(wanted)) => number >= wanted.as_i64().unwrap(),
            (_, Value::Bool(wanted)) => there == *wanted,
            _ => there,
        };
        match operator {
            "has" => has,
            "notHas" => !has,
            "equals" => match value {
                Value::Number(wanted) => number == wanted.as_i64().unwrap(),
                Value::Bool(wanted) => there == *wanted,
                _ => there,
            },
            "greaterThan" => value.as_i64().is_some_and(|wanted| number > wanted),
            "lessThan" => value.as_i64().is_some_and(|wanted| number < wanted),
            other => panic!("no operator `{other}`"),
        }
    }

    fn prerequisite(&self, one: &Value) -> bool {
        let target = text(one, "target");
        let found = match text(one, "type") {
            "Level" => self.known("level"),
            "QuestComplete" => Some(Known::Is(self.of(target).times > 0)),
            "QuestActive" => Some(Known::Is(self.of(target).state == "active")),
            "FactionReputation" => self.known(&format!("faction:{target}")),
            "HasItem" => self.known(&format!("item:{target}")),
            "HasAbility" => self.known(&format!("ability:{target}")),
            "HasFlag" => self.known(&format!("flag:{target}")),
            "ClassIs" => self.known(&format!("class:{target}")),
            "RaceIs" => self.known(&format!("race:{target}")),
            _ => None,
        };
        Self::holds(found, text(one, "operator"), &one["value"])
    }

    fn is_at(&self, wanted: &str, place: Option<&str>) -> bool {
        match place {
            Some(place) => place == wanted,
            None => self.known(&format!("location:{wanted}")) == Some(Known::Is(true)),
        }
    }

    /// A condition of an objective or a branch, beside those about objectives and time.
    fn condition(&self, one: &Value, place: Option<&str>) -> bool {
        let target = text(one, "target");
        let found = match text(one, "type") {
            "InLocation" => Some(Known::Is(self.is_at(target, place))),
            "HasAbility" => self.known(&format!("ability:{target}")),
            "HasItem" => self.known(&format!("item:{target}")),
            "FactionReputation" => self.known(&format!("faction:{target}")),
            "CustomFlag" => self.known(&format!("flag:{target}")),
            "DialogueChoice" => self.known(&format!("choice:{target}")),
            other => panic!("no condition `{other}`"),
        };
        let operator = if one["value"].is_boolean() { "equals" } else { "has" };
        if let (Some(Known::Is(is)), Some(wanted)) = (&found, one["value"].as_i64()) {
            return i64::from(*is) >= wanted;
        }
        Self::holds(found, operator, &one["value"])
    }

    // Calls.

    pub(crate) fn call(&mut self, call: &Call) -> Happened {
        let mut out = Vec::new();
        match call {
            Call::Know(name, known) => self.facts.set(name.clone(), known.clone()),
            Call::Travel(world) => self.here = world,
            Call::Start(id) => self.start(id, &mut out)?,
            Call::Discover(id) => self.discover(id, &mut out),
            Call::Event(event, also, times, place) => {
                if self.is_named(event) {
                    let also = also.as_ref().filter(|also| self.is_named(also)).cloned();
                    self.event(event, also.as_ref(), *times, place.as_deref(), &mut out)?;
                }
            }
            Call::Advance(path, times) => {
                let (id, stage, objective) = self.open(path)?;
                if !alternatives(objective).is_empty() {
                    return Err(());
                }
                let key = format!("{}:{}", text(stage, "id"), text(objective, "id"));
                if self.of(&id).counts.get(&key).copied().unwrap_or(0) >= required(objective) {
                    return Err(());
                }
                if self.is_too_much(&id, stage, objective, *times) {
                    return Err(());
                }
                self.count(&id, stage, objective, u64::from(*times), &mut out);
            }
            Call::Reveal(path) => {
                let (id, stage, objective) = self.open(path)?;
                self.show(&id, stage, objective, &mut out);
                if is(objective, "isHidden") {
                    let key = format!("{}:{}", text(stage, "id"), text(objective, "id"));
                    self.at(&id).revealed.insert(key);
                }
            }
            Call::Update(path) => {
                let (id, stage) = path.split_once(':').unwrap();
                self.active(id)?;
                if self.of(id).stage.as_deref() != Some(stage) {
                    self.enter(id, stage, &mut out);
                }
            }
            Call::Skip(id) => {
                self.active(id)?;
                let stage = self.stage_of(id).unwrap();
                if !is(stage, "isOptional") {
                    return Err(());
                }
                self.next(id, stage, &mut out);
            }
            Call::Fail(id) => {
                self.active(id)?;
                self.fail(id, "the game", &mut out);
            }
            Call::Turns(turns) => self.turns(*turns, &mut out),
            Call::TurnIn(id, choice, room) => self.turn_in(id, *choice, *room, &mut out)?,
            Call::Claim(id, room) => {
                if !self.held.iter().any(|(of, _)| of == id) {
                    return Err(());
                }
                if *room {
                    let quest = self.quest(id);
                    self.held.retain(|(of, at)| {
                        if of == id {
                            out.push(format!("reward {}", text(&list(quest, "rewards")[*at], "type")));
                        }
                        of != id
                    });
                }
            }
            Call::Refresh => self.refresh(&mut out),
            Call::Reset(id) => {
                if self.of(id).state.is_empty() {
                    return Err(());
                }
                self.reset(id, &mut out);
            }
        }
        Ok(out)
    }

    /// Whether some quest names the target of an event, so that a game can speak of it.
    fn is_named(&self, (kind, target): &(String, String)) -> bool {
        (kind.as_str(), target.as_str()) != ("Kill", "guild")
    }

    fn active(&self, id: &str) -> Result<(), ()> {
        let is = |one: &Progress| one.state == "active" && one.world == Some(self.here);
        if self.progress.get(id).is_some_and(is) { Ok(()) } else { Err(()) }
    }

    /// Counts are numbers of 32 bits.
    fn is_too_much(&self, id: &str, stage: &Value, objective: &Value, times: u32) -> bool {
        let key = format!("{}:{}", text(stage, "id"), text(objective, "id"));
        let before = self.of(id).counts.get(&key).copied().unwrap_or(0);
        before + u64::from(times) > u64::from(u32::MAX)
    }

    /// An objective of the stage in which its quest is.
    fn open(&self, path: &str) -> Result<(String, &'static Value, &'static Value), ()> {
        let (id, own) = path.split_once(':').unwrap();
        self.active(id)?;
        let (stage, name) = own.split_once(':').unwrap();
        let current = self.stage_of(id).filter(|current| text(current, "id") == stage).ok_or(())?;
        let objective = list(current, "objectives").iter().find(|one| text(one, "id") == name).unwrap();
        Ok((id.to_owned(), current, objective))
    }

    fn discover(&mut self, id: &str, out: &mut Vec<String>) {
        if is(self.quest(id), "isHidden") && !self.of(id).found {
            self.at(id).found = true;
            out.push(format!("discovered {id}"));
        }
    }

    fn start(&mut self, id: &str, out: &mut Vec<String>) -> Result<(), ()> {
        let (progress, quest) = (self.of(id), self.quest(id));
        let met = list(quest, "prerequisites").iter().all(|one| self.prerequisite(one));
        if !progress.state.is_empty() || progress.locked || !met {
            return Err(());
        }
        self.discover(id, out);
        let here = self.here;
        let progress = self.at(id);
        progress.state = "active".to_owned();
        progress.world = Some(here);
        progress.left = quest["timeLimit"].as_u64();
        out.push(format!("started {id}"));
        self.enter(id, text(&list(quest, "stages")[0], "id"), out);
        Ok(())
    }

    fn enter(&mut self, id: &str, stage: &str, out: &mut Vec<String>) {
        let own = format!("{stage}:");
        let progress = self.at(id);
        progress.stage = Some(stage.to_owned());
        progress.counts.retain(|key, _| !key.starts_with(&own));
        progress.revealed.retain(|key| !key.starts_with(&own));
        progress.via.retain(|key, _| !key.starts_with(&own));
        out.push(format!("entered {id}:{stage}"));
    }

    /// UC-003: every active quest, every objective of its stage.
    fn event(
        &mut self,
        event: &(String, String),
        also: Option<&(String, String)>,
        times: u32,
        place: Option<&str>,
        out: &mut Vec<String>,
    ) -> Result<(), ()> {
        if times == 0 {
            return Ok(());
        }
        let matches = |one: &Value| {
            let own = (text(one, "type").to_owned(), text(one, "target").to_owned());
            own == *event || also == Some(&own)
        };
        let ids: Vec<String> = self.quests.iter().map(|quest| text(quest, "id").to_owned()).collect();
        let active: Vec<String> = ids.into_iter().filter(|id| self.active(id).is_ok()).collect();
        let counts = |this: &Self, id: &str, stage: &Value, objective: &Value| {
            let key = format!("{}:{}", text(stage, "id"), text(objective, "id"));
            let done = this.of(id).counts.get(&key).copied().unwrap_or(0) >= required(objective);
            let place_is_right =
                objective["location"].as_str().is_none_or(|wanted| this.is_at(wanted, place));
            !done
                && matches(objective)
                && alternatives(objective).is_empty()
                && place_is_right
                && list(objective, "conditions").iter().all(|one| this.condition(one, place))
        };
        for id in &active {
            let stage = self.stage_of(id).unwrap();
            let too_much = |objective: &Value| {
                counts(self, id, stage, objective) && self.is_too_much(id, stage, objective, times)
            };
            if list(stage, "objectives").iter().any(too_much) {
                return Err(());
            }
        }
        for id in active {
            let stage = self.stage_of(&id).unwrap();
            let mut moved = false;
            for objective in list(stage, "objectives") {
                if !moved && counts(self, &id, stage, objective) {
                    moved = self.count(&id, stage, objective, u64::from(times), out);
                }
            }
            let quest = self.quest(&id);
            let failure = list(quest, "failureConditions").iter().find(|one| matches(one));
            // Failures belong to the quest, and not to the stage.
            if let Some(failure) = failure.filter(|_| self.active(&id).is_ok()) {
                self.fail(&id, text(failure, "description"), out);
            }
        }
        Ok(())
    }

    fn show(&mut self, id: &str, stage: &Value, objective: &Value, out: &mut Vec<String>) {
        let key = format!("{}:{}", text(stage, "id"), text(objective, "id"));
        let progress = self.of(id);
        let seen = progress.revealed.contains(&key) || progress.counts.get(&key).copied().unwrap_or(0) > 0;
        if is(objective, "isHidden") && !seen {
            out.push(format!("revealed {id}:{key}"));
        }
    }

    /// Gives whether the quest has left the stage.
    fn count(
        &mut self,
        id: &str,
        stage: &Value,
        objective: &Value,
        times: u64,
        out: &mut Vec<String>,
    ) -> bool {
        let key = format!("{}:{}", text(stage, "id"), text(objective, "id"));
        let (before, most) = (self.of(id).counts.get(&key).copied().unwrap_or(0), required(objective));
        let current = (before + times).min(most);
        if current == before {
            return false;
        }
        self.show(id, stage, objective, out);
        self.at(id).counts.insert(key.clone(), current);
        out.push(format!("progress {id}:{key} {current}/{most}"));
        if current < most {
            return false;
        }
        out.push(format!("done {id}:{key}"));
        self.look(id, stage, vec![text(objective, "id").to_owned()], out)
    }

    fn is_done(&self, id: &str, stage: &Value, objective: &Value) -> bool {
        let key = format!("{}:{}", text(stage, "id"), text(objective, "id"));
        self.of(id).counts.get(&key).copied().unwrap_or(0) >= required(objective)
    }

    /// Whether every list of a modular objective has one that is done, and its other conditions hold.
    fn is_met(&self, id: &str, stage: &Value, modular: &Value) -> bool {
        let by_name = |name: &Value| {
            let mut all = list(stage, "objectives").iter();
            all.find(|one| Some(text(one, "id")) == name.as_str())
        };
        list(modular, "conditions").iter().all(|one| match text(one, "type") {
            "AnyObjectiveComplete" => {
                let mut ways = list(one, "target").iter().filter_map(by_name);
                ways.any(|way| self.is_done(id, stage, way))
            }
            _ => self.condition(one, None),
        })
    }

    /// §3.4: modular objectives, then branches and the end of the stage.
    fn look(&mut self, id: &str, stage: &Value, mut done: Vec<String>, out: &mut Vec<String>) -> bool {
        loop {
            let before = done.len();
            for other in list(stage, "objectives") {
                let ways = alternatives(other);
                if ways.is_empty() || self.is_done(id, stage, other) || !self.is_met(id, stage, other) {
                    continue;
                }
                let all = list(stage, "objectives").iter().filter(|one| ways.contains(&text(one, "id")));
                let done_before = all.clone().find(|one| self.is_done(id, stage, one));
                let just_now = all.clone().find(|one| done.iter().any(|name| name == text(one, "id")));
                let via = text(just_now.or(done_before).unwrap(), "id");
                let key = format!("{}:{}", text(stage, "id"), text(other, "id"));
                self.show(id, stage, other, out);
                out.push(format!("done {id}:{key} via {id}:{}:{via}", text(stage, "id")));
                self.at(id).counts.insert(key.clone(), required(other));
                self.at(id).via.insert(key, via.to_owned());
                done.push(text(other, "id").to_owned());
            }
            if done.len() == before {
                return self.after(id, stage, &done, out);
            }
        }
    }

    /// §3.5: what is next replaces nothing in the last stage, and what only branches lead to is an ending of its own.
    fn on_main_line(quest: &Value, stage: &str) -> bool {
        let stages = list(quest, "stages");
        let mut line = vec![text(&stages[0], "id")];
        loop {
            let last = stages.iter().find(|one| text(one, "id") == line[line.len() - 1]).unwrap();
            match last["nextStageId"].as_str() {
                Some(next) if line.contains(&next) => break,
                Some(next) => line.push(next),
                None if line.len() > 1 => {
                    line.pop();
                    break;
                }
                None => break,
            }
        }
        line.contains(&stage)
    }

    fn refresh(&mut self, out: &mut Vec<String>) {
        let ids: Vec<String> = self.quests.iter().map(|quest| text(quest, "id").to_owned()).collect();
        for id in ids {
            if self.active(&id).is_ok() {
                self.look(&id, self.stage_of(&id).unwrap(), Vec::new(), out);
            }
        }
    }

    fn after(&mut self, id: &str, stage: &Value, done: &[String], out: &mut Vec<String>) -> bool {
        let mut required_here = list(stage, "objectives").iter().filter(|one| needed(stage, one));
        let nothing = done.is_empty() && required_here.clone().next().is_none();
        let complete = !nothing
            && required_here.all(|one| {
                let key = format!("{}:{}", text(stage, "id"), text(one, "id"));
                self.of(id).counts.get(&key).copied().unwrap_or(0) >= required(one)
            });
        if complete {
            out.push(format!("over {id}:{}", text(stage, "id")));
            out.extend(
                list(stage, "onComplete").iter().map(|action| format!("action {}", text(action, "type"))),
            );
        }
        // UC-004.
        let quest = self.quest(id);
        let taken = self.of(id).branches;
        let branch = list(quest, "branches").iter().find(|branch| {
            let condition = &branch["condition"];
            let before = taken.iter().any(|one| one == text(branch, "id"));
            match text(condition, "type") {
                "ObjectiveComplete" => done.iter().any(|one| one == text(condition, "target")),
                "TimeExpired" => false,
                _ => {
                    !before && Self::on_main_line(quest, text(stage, "id")) && self.condition(condition, None)
                }
            }
        });
        match branch {
            Some(branch) => self.take(id, branch, out),
            None if complete => self.next(id, stage, out),
            None => return false,
        }
        true
    }

    fn take(&mut self, id: &str, branch: &Value, out: &mut Vec<String>) {
        let (name, to) = (text(branch, "id"), text(branch, "targetStageId"));
        self.at(id).branches.push(name.to_owned());
        out.push(format!("branch {id}:{name} to {id}:{to}"));
        self.enter(id, to, out);
    }

    fn next(&mut self, id: &str, stage: &Value, out: &mut Vec<String>) {
        match stage["nextStageId"].as_str() {
            Some(next) => self.enter(id, next, out),
            None => {
                self.at(id).state = "complete".to_owned();
                out.push(format!("complete {id}"));
            }
        }
    }

    fn fail(&mut self, id: &str, why: &str, out: &mut Vec<String>) {
        let progress = self.at(id);
        progress.state = "failed".to_owned();
        progress.counts.clear();
        out.push(format!("failed {id}: {why}"));
        for consequence in list(self.quest(id), "failureConsequences") {
            out.push(format!("costs {}", text(consequence, "type")));
            if text(consequence, "type") == "LockQuest" {
                let target = text(consequence, "target");
                if !self.of(target).locked {
                    self.at(target).locked = true;
                    out.push(format!("locked {target}"));
                }
            }
        }
    }

    fn turns(&mut self, turns: u64, out: &mut Vec<String>) {
        let ids: Vec<String> = self.quests.iter().map(|quest| text(quest, "id").to_owned()).collect();
        for id in ids {
            let progress = self.of(&id);
            let Some(left) = progress.left.filter(|_| self.active(&id).is_ok()) else { continue };
            if turns < left {
                self.at(&id).left = Some(left - turns);
                continue;
            }
            self.at(&id).left = None;
            self.at(&id).expired = true;
            let quest = self.quest(&id);
            let branch =
                list(quest, "branches").iter().find(|one| text(&one["condition"], "type") == "TimeExpired");
            let failure =
                list(quest, "failureConditions").iter().find(|one| text(one, "type") == "TimeExpired");
            match (branch, failure) {
                (Some(branch), _) => self.take(&id, branch, out),
                (None, Some(failure)) => self.fail(&id, text(failure, "description"), out),
                (None, None) => {}
            }
        }
    }

    /// UC-005.
    fn turn_in(
        &mut self,
        id: &str,
        choice: Option<usize>,
        room: bool,
        out: &mut Vec<String>,
    ) -> Result<(), ()> {
        let quest = self.quest(id);
        let rewards = list(quest, "rewards");
        let is_choice = |at: usize| rewards.get(at).is_some_and(|reward| is(reward, "isOptional"));
        let choices = (0..rewards.len()).any(is_choice);
        let chosen = match choice {
            Some(at) => is_choice(at),
            None => !choices,
        };
        let Progress { state, world, .. } = self.of(id);
        if state != "complete" || world != Some(self.here) || !chosen {
            return Err(());
        }
        for (at, reward) in rewards.iter().enumerate() {
            if is_choice(at) && choice != Some(at) {
                continue;
            }
            let kind = text(reward, "type");
            if room || kind != "Item" {
                out.push(format!("reward {kind}"));
            } else {
                self.held.push((id.to_owned(), at));
                out.push(format!("held {kind}"));
            }
        }
        let progress = self.at(id);
        progress.times += 1;
        progress.state = "turned in".to_owned();
        progress.counts.clear();
        out.push(format!("turned in {id}"));
        if is(quest, "isRepeatable") {
            self.reset(id, out);
        }
        Ok(())
    }

    fn reset(&mut self, id: &str, out: &mut Vec<String>) {
        let Progress { times, locked, found, .. } = self.of(id);
        *self.at(id) = Progress { times, locked, found, ..Progress::default() };
        out.push(format!("reset {id}"));
    }
}

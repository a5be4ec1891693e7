//! Quests as the journal plays them: the states are those of the journal, and so are the moves.

use super::facts::{Asked, Done, FactId};
use super::search::Machine;
use super::together::Player;
use quest_format::program::CLASS_OBJECTIVE;
use quest_types::Target;
use quest_types::journal::engine::{Engine, Subscriptions};
use quest_types::journal::program::{Ask, Condition};
use quest_types::journal::{
    Fact, Key, Lifecycle, Program, QuestError, RawEffect, RawFacts, RawQuestion, State,
};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// Some quests, and the world around them.
pub(super) struct Play<'p> {
    pub(super) program: &'static Program,
    pub(super) done: &'p Done,
    pub(super) asked: Asked,
    /// What must hold for each quest to be begun since it had to for those before it.
    pub(super) inherited: BTreeMap<u32, Vec<Condition>>,
    pub(super) quests: Vec<u32>,
    /// Quests that are not looked at and count as turned in.
    pub(super) given: Vec<u32>,
    /// The first quest is under way at the beginning, and what is asked before that is not looked at.
    pub(super) begun: bool,
    /// Whether turns have to pass one by one, since more than one quest counts them.
    pub(super) single_turns: bool,
    /// What was seen on the way.
    pub(super) seen: RefCell<Seen>,
    /// How much more may be tried: answers to many questions at once are many.
    pub(super) left: Cell<usize>,
    /// As much may be tried in one search.
    pub(super) tries: usize,
    /// Whether objectives that make the same difference are done in their order only.
    pub(super) reduced: bool,
    /// The objectives that make the same difference, by stage.
    pub(super) later: RefCell<BTreeMap<u32, Vec<Vec<u32>>>>,
}

/// States of so many words cost one try more.
const WORDS_OF_A_TRY: usize = 16;

/// Where several quests count turns, so many pass at once at most: more take several moves.
const MOST_TURNS: u64 = 12;

/// What some quests can do.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Quests that were completed, and in which stage.
    pub(super) endings: BTreeSet<(u32, u32)>,
    pub(super) branches: BTreeSet<u32>,
    /// Stages that were over or skipped and were left by what is next.
    pub(super) passed: BTreeSet<u32>,
    /// From which stage to which.
    pub(super) moves: BTreeSet<(u32, u32)>,
    /// Objectives that were done.
    pub(super) objectives: BTreeSet<u32>,
}

/// A call of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Start(u32),
    /// What happens, and how often.
    Event(Key, u32),
    Told(Key),
    Refresh,
    Turns(u64),
    /// With the reward that is picked.
    TurnIn(u32, Option<u32>),
    Skip(u32),
    /// Something that only rises does so: its subject, and how high it is then.
    Rise(u8, i64),
}

/// A move: a call, and what was asked and answered for it.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) call: Call,
    pub(crate) known: Vec<(Known, Fact<'static>)>,
    /// What it brought about in the first of the quests: the last branch, and the stage in which it ended.
    pub(crate) branch: Option<u32>,
    pub(crate) ended: Option<u32>,
}

/// What something that was asked was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    Fact(FactId),
    /// Where the player is: a place, or nowhere.
    Place(Option<u32>),
}

/// The state after a call, and what the call did.
type Made = (Vec<u32>, Vec<RawEffect>);

/// What was asked, the answer that was chosen, and of how many.
type Choice = (Known, usize, usize);

/// The answers of one call: those that can be anything are chosen when they are asked for.
struct World<'a, 'p> {
    play: &'a Play<'p>,
    head: &'a [u32],
    /// Where the player is for certain: what happens to a place happens there.
    there: Option<u32>,
    /// What to choose first, and of how many.
    script: &'a [(usize, usize)],
    asked: RefCell<Vec<Choice>>,
}

impl World<'_, '_> {
    /// The choice among so many answers to something that is asked.
    fn choose(&self, known: Known, of: usize) -> usize {
        let same = |other: &Known| match (known, other) {
            (Known::Place(_), Known::Place(_)) => true,
            (one, other) => one == *other,
        };
        let mut asked = self.asked.borrow_mut();
        if let Some((_, choice, _)) = asked.iter().find(|(other, ..)| same(other)) {
            return *choice;
        }
        let choice = self.script.get(asked.len()).map_or(0, |(choice, _)| *choice);
        asked.push((known, choice, of));
        choice
    }

    fn own(&self, at: usize) -> u32 {
        let asked = &self.play.asked;
        self.head.get(asked.constant.len() + asked.rising.len() + at).copied().unwrap_or(0)
    }
}

impl RawFacts for World<'_, '_> {
    fn fact(&self, question: RawQuestion) -> Fact<'_> {
        let asked = &self.play.asked;
        if let (0, Target::Link { kind: 1, row }) = (question.subject, question.target)
            && !asked.places.is_empty()
        {
            if let Some(there) = self.there {
                return Fact::Is(there == row);
            }
            let at = self.choose(Known::Place(None), asked.places.len() + 1);
            return Fact::Is(at > 0 && asked.places.get(at - 1) == Some(&row));
        }
        let fact = FactId::of(question.subject, question.target);
        if let Some(at) = asked.own.iter().position(|own| own.fact == fact) {
            return asked.own[at].fact(self.own(at));
        }
        match fact {
            FactId::Of(kind, row) => {
                if let Some(at) = asked.constant.iter().position(|(known, _)| *known == kind) {
                    let chosen = self.head.get(at).and_then(|chosen| chosen.checked_sub(1));
                    let chosen = chosen.and_then(|chosen| asked.constant[at].1.get(chosen as usize));
                    return Fact::Is(chosen == Some(&row));
                }
            }
            FactId::Sort(subject) => {
                if let Some(at) = asked.rising.iter().position(|(known, ..)| *known == subject) {
                    let risen = self.head.get(asked.constant.len() + at).copied().unwrap_or(0);
                    return Fact::Number(asked.rising[at].1 + i64::from(risen));
                }
            }
            FactId::Named(..) => {}
        }
        match asked.free.get(&fact) {
            Some(answers) => answers[self.choose(Known::Fact(fact), answers.len()).min(answers.len() - 1)],
            None => Fact::Unknown,
        }
    }
}

impl Play<'_> {
    /// The number of words before those of the quests.
    fn head(&self) -> usize {
        self.asked.constant.len() + self.asked.rising.len() + self.asked.own.len()
    }

    pub(super) fn state(&self, words: &[u32]) -> State {
        let mut state = State::unpack(self.program, &self.quests, &words[self.head()..]);
        self.given.iter().for_each(|quest| state.assume_turned_in(*quest));
        state
    }

    fn pack(&self, head: &[u32], state: &State) -> Vec<u32> {
        let mut words = head.to_vec();
        state.pack(self.program, &self.quests, &mut words);
        words
    }

    /// Tries something with the first answer to all that it asks for, and then with every other combination. It gets the answers
    /// to give first, and gives all that was asked for.
    fn under_all_answers(&self, words: &[u32], mut attempt: impl FnMut(&[(usize, usize)]) -> Vec<Choice>) {
        let mut script: Vec<(usize, usize)> = Vec::new();
        loop {
            match self.left.get().checked_sub(1 + words.len() / WORDS_OF_A_TRY) {
                Some(left) => self.left.set(left),
                None => return self.left.set(0),
            }
            let asked = attempt(&script);
            script.clear();
            script.extend(asked.iter().map(|(_, choice, of)| (*choice, *of)));
            while script.last().is_some_and(|(choice, of)| choice + 1 >= *of) {
                script.pop();
            }
            match script.last_mut() {
                Some((choice, _)) => *choice += 1,
                None => return,
            }
        }
    }

    /// Makes a call under all answers that make a difference, and shows the states to which it leads.
    fn make(&self, words: &[u32], call: Call, visit: &mut dyn FnMut(Step, Vec<u32>)) {
        self.under_all_answers(words, |script| {
            let (result, asked) = self.once(words, call, script);
            if let Some((next, effects)) = result {
                let known = asked.iter().map(|(known, choice, _)| self.answer(*known, *choice)).collect();
                let mut branches = effects.iter().filter_map(|effect| match effect {
                    RawEffect::Branch { branch, .. } => Some(*branch),
                    _ => None,
                });
                let ended = effects.iter().any(|effect| matches!(effect, RawEffect::Complete { .. }));
                let state = ended.then(|| self.state(words));
                let ended = state.and_then(|state| state.active_stage(*self.quests.first()?));
                visit(Step { call, known, branch: branches.next_back(), ended }, next);
            }
            asked
        });
    }

    /// Whether a quest can be begun in a state.
    pub(super) fn can_begin(&self, words: &[u32], quest: u32) -> bool {
        let mut can = false;
        self.left.set(self.tries);
        self.make(words, Call::Start(quest), &mut |_, _| can = true);
        can
    }

    /// For all answers that make a difference, the rows of the prerequisites of a quest that are not met in a state.
    pub(super) fn refusals(&self, words: &[u32], quest: u32, visit: &mut dyn FnMut(Vec<u32>)) {
        if !self.inherits(words, quest) {
            return;
        }
        self.left.set(self.tries);
        self.under_all_answers(words, |script| {
            let world = self.world(words, None, script);
            let (mut state, mut effects) = (self.state(words), Vec::new());
            let mut subscriptions = Subscriptions::of(self.program, &state);
            let engine = Engine {
                program: self.program,
                state: &mut state,
                subscriptions: &mut subscriptions,
                world: &world,
                effects: &mut effects,
            };
            let rows = |position: usize| self.program.prerequisites(quest).nth(position);
            visit(engine.unmet(quest).iter().filter_map(|unmet| rows(unmet.position)).collect());
            world.asked.into_inner()
        });
    }

    /// How a quest is begun in a state, if it can be.
    pub(super) fn begin(&self, words: &[u32], quest: u32) -> Option<Step> {
        let mut begun = None;
        self.make(words, Call::Start(quest), &mut |step, _| begun = begun.take().or(Some(step)));
        begun
    }

    /// What a player is for good in a state.
    pub(super) fn player(&self, words: &[u32]) -> Player {
        let chosen =
            |rows: &[u32], word: u32| word.checked_sub(1).and_then(|at| rows.get(at as usize)).copied();
        self.asked
            .constant
            .iter()
            .zip(words)
            .map(|((kind, rows), word)| (*kind, chosen(rows, *word)))
            .collect()
    }

    /// What does not change during a call, as it is in a state: what a player is, how high is what rises, and what only content
    /// changes. Always as many and in the same order.
    pub(super) fn facts(&self, words: &[u32]) -> Vec<(FactId, Fact<'static>)> {
        let asked = &self.asked;
        let at = |at: usize| words.get(at).copied().unwrap_or(0);
        let mut facts = Vec::new();
        for (place, (kind, rows)) in asked.constant.iter().enumerate() {
            let chosen = at(place).checked_sub(1).and_then(|chosen| rows.get(chosen as usize));
            facts.extend(rows.iter().map(|row| (FactId::Of(*kind, *row), Fact::Is(chosen == Some(row)))));
        }
        let place = asked.constant.len();
        let rising = asked.rising.iter().enumerate();
        facts.extend(rising.map(|(number, (subject, least, _))| {
            (FactId::Sort(*subject), Fact::Number(least + i64::from(at(place + number))))
        }));
        let place = place + asked.rising.len();
        let own = asked.own.iter().enumerate();
        facts.extend(own.map(|(number, own)| (own.fact, own.fact(at(place + number)))));
        facts
    }

    fn answer(&self, known: Known, choice: usize) -> (Known, Fact<'static>) {
        match known {
            Known::Place(_) => {
                let place = choice.checked_sub(1).and_then(|at| self.asked.places.get(at)).copied();
                (Known::Place(place), Fact::Is(true))
            }
            Known::Fact(fact) => {
                let answers = self.asked.free.get(&fact).and_then(|answers| answers.get(choice));
                (known, answers.copied().unwrap_or(Fact::Unknown))
            }
        }
    }

    fn world<'w>(
        &'w self,
        words: &'w [u32],
        there: Option<u32>,
        script: &'w [(usize, usize)],
    ) -> World<'w, 'w> {
        World { play: self, head: &words[..self.head()], there, script, asked: RefCell::default() }
    }

    /// Makes a call once. `None` if it is refused.
    fn once(&self, words: &[u32], call: Call, script: &[(usize, usize)]) -> (Option<Made>, Vec<Choice>) {
        let mut head = words[..self.head()].to_vec();
        if let Call::Rise(subject, _) = call {
            let rises = self.asked.rising.iter().position(|(known, ..)| *known == subject);
            if let Some(level) = rises.and_then(|at| head.get_mut(self.asked.constant.len() + at)) {
                *level += 1;
            }
            return (Some(([&head, &words[self.head()..]].concat(), Vec::new())), Vec::new());
        }
        if matches!(call, Call::Start(quest) if !self.inherits(words, quest)) {
            return (None, Vec::new());
        }
        let there = match call {
            Call::Event(key, _) if key.class == CLASS_OBJECTIVE && key.kind == 1 => Some(key.row),
            _ => None,
        };
        let world = self.world(words, there, script);
        let (mut state, mut effects) = (self.state(words), Vec::new());
        let stages: Vec<Option<u32>> = self.quests.iter().map(|quest| state.active_stage(*quest)).collect();
        let mut subscriptions = Subscriptions::of(self.program, &state);
        let mut engine = Engine {
            program: self.program,
            state: &mut state,
            subscriptions: &mut subscriptions,
            world: &world,
            effects: &mut effects,
        };
        let result = perform(&mut engine, call);
        let asked = world.asked.into_inner();
        if result.is_err() {
            return (None, asked);
        }
        self.note(&stages, &effects);
        for effect in &effects {
            let change = match effect {
                RawEffect::Action { action, .. } => self.done.actions.get(action),
                RawEffect::Reward { reward, .. } => self.done.rewards.get(reward),
                RawEffect::Consequence { consequence, .. } => self.done.consequences.get(consequence),
                _ => None,
            };
            let Some((fact, change)) = change else { continue };
            if let Some(at) = self.asked.own.iter().position(|own| own.fact == *fact) {
                let place = self.asked.constant.len() + self.asked.rising.len() + at;
                head[place] = self.asked.own[at].after(head[place], change);
            }
        }
        (Some((self.pack(&head, &state), effects)), asked)
    }

    /// Whether what had to hold for the quests before a quest can have held.
    fn inherits(&self, words: &[u32], quest: u32) -> bool {
        let conditions = self.inherited.get(&quest).map_or(&[][..], Vec::as_slice);
        let facts = if conditions.is_empty() { Vec::new() } else { self.facts(words) };
        conditions.iter().all(|condition| {
            let fact = FactId::of(condition.subject, condition.target);
            let known = facts.iter().find(|(known, _)| *known == fact);
            known.is_none_or(|(_, is)| is.meets(condition.operator, condition.value) == Some(true))
        })
    }

    /// Remembers what has happened.
    fn note(&self, stages: &[Option<u32>], effects: &[RawEffect]) {
        let mut seen = self.seen.borrow_mut();
        let mut at: BTreeMap<u32, u32> = BTreeMap::new();
        at.extend(self.quests.iter().zip(stages).filter_map(|(quest, stage)| Some((*quest, (*stage)?))));
        let mut by_branch = false;
        for effect in effects {
            match *effect {
                RawEffect::Branch { branch, .. } => {
                    seen.branches.insert(branch);
                    by_branch = true;
                }
                RawEffect::StageEntered { stage } => {
                    let Some(quest) = self.program.quest_of(stage) else { continue };
                    let by_branch = std::mem::take(&mut by_branch);
                    if let Some(before) = at.insert(quest, stage) {
                        seen.moves.insert((before, stage));
                        if !by_branch {
                            seen.passed.insert(before);
                        }
                    }
                }
                RawEffect::ObjectiveComplete { objective, .. } => {
                    seen.objectives.insert(objective);
                    let stage = self.program.stage_of(objective).filter(|_| self.reduced);
                    if let Some((quest, stage)) = stage.and_then(|at| Some((self.program.quest_of(at)?, at)))
                    {
                        let alike = self.alike(quest, stage).into_iter().find(|all| all.contains(&objective));
                        seen.objectives.extend(alike.into_iter().flatten());
                    }
                }
                RawEffect::Complete { quest } => {
                    if let Some(stage) = at.get(&quest) {
                        seen.passed.insert(*stage);
                        seen.endings.insert((quest, *stage));
                    }
                }
                _ => {}
            }
        }
    }

    /// The objectives of a stage that make the same difference, in lists: nothing asks which of a list are done, nothing else
    /// waits for what they wait for, and they ask for the same. So it is enough to do them in their order.
    fn alike(&self, quest: u32, stage: u32) -> Vec<Vec<u32>> {
        let program = self.program;
        let is_asked = |objective: u32| {
            let branches = program.branches(quest).flat_map(|branch| program.branch_conditions(branch));
            let others = program.stage_objectives(stage).flat_map(|other| program.alternatives(other));
            let named = branches.filter(|condition| condition.ask == Ask::Objective);
            named.map(|condition| condition.target).any(|target| is_row(target, objective))
                || others.into_iter().any(|other| other == objective)
        };
        let all = self.quests.iter().flat_map(|quest| program.objectives(*quest));
        let mut topics: BTreeMap<u32, u32> = BTreeMap::new();
        all.filter_map(|objective| program.topic_of(objective)).for_each(|topic| {
            *topics.entry(topic).or_default() += 1;
        });
        let mut lists: Vec<(String, Vec<u32>)> = Vec::new();
        for objective in program.stage_objectives(stage).filter(|objective| !is_asked(*objective)) {
            let topic = program.topic_of(objective);
            let alone = topic.is_some_and(|topic| topics.get(&topic) == Some(&1));
            if !alone || program.modular(objective) || self.is_placed(objective) {
                continue;
            }
            let conditions = program.objective_conditions(objective);
            let conditions: Vec<_> = conditions.filter_map(|row| program.condition(row)).collect();
            let asks = conditions
                .iter()
                .map(|one| (one.ask, one.subject, one.operator, one.target, one.value, one.or_next));
            let asks = format!("{} {:?}", program.needed(objective), asks.collect::<Vec<_>>());
            match lists.iter_mut().find(|(known, _)| *known == asks) {
                Some((_, list)) => list.push(objective),
                None => lists.push((asks, vec![objective])),
            }
        }
        lists.into_iter().map(|(_, list)| list).filter(|list| list.len() > 1).collect()
    }

    /// Whether where the player is makes a difference for an objective.
    fn is_placed(&self, objective: u32) -> bool {
        let key = self.program.topic_of(objective).and_then(|topic| self.program.key_of(topic));
        self.program.place(objective).is_some() || key.is_some_and(|key| key.kind == 1)
    }

    /// The objectives of a stage that come later than others that make the same difference.
    fn later(&self, state: &State, quest: u32, stage: u32) -> BTreeSet<u32> {
        if !self.reduced {
            return BTreeSet::new();
        }
        let mut known = self.later.borrow_mut();
        let lists = known.entry(stage).or_insert_with(|| self.alike(quest, stage));
        let program = self.program;
        let is_open = |objective: &&u32| state.count(program, **objective) < program.required(**objective);
        lists.iter().flat_map(|list| list.iter().filter(is_open).skip(1)).copied().collect()
    }

    /// What can happen in a state, and how often at a time.
    fn events(&self, state: &State, calls: &mut Vec<Call>) {
        let program = self.program;
        let mut waiting: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut facts: BTreeSet<u32> = BTreeSet::new();
        for quest in &self.quests {
            let Some(stage) = state.active_stage(*quest) else { continue };
            let later = self.later(state, *quest, stage);
            for objective in program.stage_objectives(stage).filter(|row| !later.contains(row)) {
                let left = program.required(objective).saturating_sub(state.count(program, objective));
                if let (Some(topic), 1..) = (program.topic_of(objective), left) {
                    waiting.entry(topic).or_default().push(left);
                }
            }
            for topic in program.failures(*quest).filter_map(|failure| program.failure_topic(failure)) {
                waiting.entry(topic).or_default();
            }
            facts.extend(program.facts_of(*quest, stage));
        }
        for (topic, mut times) in waiting {
            let Some(key) = program.key_of(topic) else { continue };
            // With one that waits, how far it is makes no difference before it is done.
            if times.len() != 1 {
                times.push(1);
            }
            times.sort_unstable();
            times.dedup();
            calls.extend(times.into_iter().map(|times| Call::Event(key, times)));
        }
        if !facts.is_empty() {
            calls.extend(facts.into_iter().filter_map(|topic| program.key_of(topic)).map(Call::Told));
            calls.push(Call::Refresh);
        }
    }

    fn calls(&self, words: &[u32], state: &State) -> Vec<Call> {
        let program = self.program;
        let mut calls = Vec::new();
        for quest in &self.quests {
            match state.stands(*quest) {
                Lifecycle::NotStarted if !self.begun && !state.is_locked(*quest) => {
                    calls.push(Call::Start(*quest))
                }
                Lifecycle::Complete => {
                    let choices: Vec<u32> =
                        program.rewards(*quest).filter(|reward| program.is_choice(*reward)).collect();
                    if choices.is_empty() {
                        calls.push(Call::TurnIn(*quest, None));
                    }
                    calls.extend(choices.into_iter().map(|reward| Call::TurnIn(*quest, Some(reward))));
                }
                Lifecycle::Active => {
                    let stage = state.active_stage(*quest);
                    if stage.is_some_and(|stage| program.skippable(stage)) {
                        calls.push(Call::Skip(*quest));
                    }
                }
                _ => {}
            }
        }
        self.events(state, &mut calls);
        let due = self.quests.iter().flat_map(|quest| state.turns_until_due(program, *quest));
        let mut due: BTreeSet<u64> = due.collect();
        if let Some(last) = due.last().copied().filter(|_| self.single_turns) {
            due.extend(1..=last.min(MOST_TURNS));
        }
        calls.extend(due.into_iter().map(Call::Turns));
        for (at, (subject, least, most)) in self.asked.rising.iter().enumerate() {
            let risen = words.get(self.asked.constant.len() + at).copied().unwrap_or(0);
            if least + i64::from(risen) < *most {
                calls.push(Call::Rise(*subject, least + i64::from(risen) + 1));
            }
        }
        calls
    }
}

fn is_row(target: Target, wanted: u32) -> bool {
    matches!(target, Target::Link { row, .. } if row == wanted)
}

fn perform(engine: &mut Engine<'_>, call: Call) -> Result<(), QuestError> {
    match call {
        Call::Start(quest) => engine.start(quest),
        Call::Event(key, times) => engine.notify([key], times, None),
        Call::Told(key) => {
            engine.fact_changed(key);
            Ok(())
        }
        Call::Refresh => {
            engine.refresh();
            Ok(())
        }
        Call::Turns(turns) => engine.pass(turns),
        Call::TurnIn(quest, choice) => engine.turn_in(quest, choice, &mut |_| true),
        Call::Skip(quest) => engine.skip(quest),
        Call::Rise(..) => Ok(()),
    }
}

/// Facts that nobody knows.
struct Nothing;

impl RawFacts for Nothing {
    fn fact(&self, _: RawQuestion) -> Fact<'_> {
        Fact::Unknown
    }
}

impl Machine for Play<'_> {
    type Step = Step;

    fn roots(&self) -> Vec<Vec<u32>> {
        self.left.set(self.tries);
        let mut state = State::default();
        state.enter_world(self.program, "");
        if let (true, Some(quest)) = (self.begun, self.quests.first()) {
            let mut engine = Engine {
                program: self.program,
                state: &mut state,
                subscriptions: &mut Subscriptions::default(),
                world: &Nothing,
                effects: &mut Vec::new(),
            };
            // A new clock has room for every limit.
            let _ = engine.begin(*quest);
        }
        let mut heads = vec![Vec::new()];
        for (_, rows) in &self.asked.constant {
            let more = |head: &Vec<u32>| {
                (0..=rows.len() as u32).map(|chosen| [&head[..], &[chosen]].concat()).collect::<Vec<_>>()
            };
            heads = heads.iter().flat_map(more).collect();
        }
        let rest = self.asked.rising.len() + self.asked.own.len();
        heads.into_iter().map(|head| self.pack(&[head, vec![0; rest]].concat(), &state)).collect()
    }

    fn successors(&self, words: &[u32], visit: &mut dyn FnMut(Step, Vec<u32>)) {
        let state = self.state(words);
        for call in self.calls(words, &state) {
            self.make(words, call, visit);
        }
    }

    fn is_tired(&self) -> bool {
        self.left.get() == 0
    }

    fn label(&self, step: &Step) -> Option<u32> {
        step.ended.filter(|_| self.begun)
    }

    fn has_ended(&self, words: &[u32], quest: usize) -> bool {
        let state = self.state(words);
        let quest = self.quests[quest];
        state.times_turned_in(quest) > 0 || (self.begun && state.stands(quest) == Lifecycle::Complete)
    }
}

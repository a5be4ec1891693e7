//! A small game in a terminal: one hero, whose deeds are typed in. `cargo run -p rune-rust --bin demo`.
//!
//! The game knows the world and the words; which quests there are, what they want, where they lead and what they pay comes from content.
#![forbid(unsafe_code)]

use quest_types::Id;
use quest_types::journal::{Fact, Facts, Lifecycle, QuestError, Quests};
use rune_rust::quests::journal::{Effect, Effects, Game, Player, QuestEvent, Question};
use rune_rust::quests::{
    AbilityId, ItemId, ItemOrNpc, ItemOrObject, LocationId, NpcId, ObjectId, Quest, QuestId, Reward,
    RewardTarget,
};
use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, Write};

const HELP: &str = "  quests, log, bag, wait, quit\n  accept QUEST, turn in QUEST\n  talk NPC, kill ENEMY, collect ITEM, deliver ITEM or NPC, explore PLACE, use THING";

/// What the world knows of the player.
#[derive(Default)]
struct Hero {
    level: i64,
    experience: i64,
    purse: BTreeMap<&'static str, i64>,
    bag: BTreeMap<ItemId, i64>,
    abilities: Vec<AbilityId>,
    place: Option<LocationId>,
}

impl Facts<Game> for Hero {
    fn fact(&self, question: Question) -> Fact<'_> {
        match question {
            Question::Level => self.level.into(),
            Question::Item(item) => self.bag.get(&item).copied().unwrap_or(0).into(),
            Question::Ability(ability) => self.abilities.contains(&ability).into(),
            Question::Location(place) => (self.place == Some(place)).into(),
            // What comes before the first of these quests is not part of the demo.
            Question::Unknown { sort: "QuestComplete", .. } => true.into(),
            _ => Fact::Unknown,
        }
    }
}

impl Hero {
    fn give(&mut self, reward: &'static Reward) {
        let amount = reward.amount().unwrap_or(1);
        match reward.target() {
            RewardTarget::Experience => self.experience += amount,
            RewardTarget::Gold(currency) => *self.purse.entry(currency.as_str()).or_default() += amount,
            RewardTarget::Item(item) => *self.bag.entry(item).or_default() += amount,
            _ => {}
        }
    }
}

fn main() {
    let mut server = rune_rust::server();
    let world = server.world("ironhold");
    let player = server.player("you").unwrap_or_else(|error| unreachable!("the server is new: {error}"));
    let mut attachment = server.session(player).attach(&world);
    let mut hero = Hero { level: 11, ..Hero::default() };
    println!("Ironhold, in the morning. What do you do? (`help` lists the words)");
    let typed = std::io::stdin().is_terminal();
    let mut lines = std::io::stdin().lock().lines();
    loop {
        print!("\n> ");
        // Without a terminal, nobody waits for the prompt.
        let _ = std::io::stdout().flush();
        let Some(Ok(line)) = lines.next() else { return };
        if !typed {
            println!("{line}");
        }
        match line.trim() {
            "" => {}
            "quit" => return,
            "help" => println!("{HELP}"),
            "quests" => quests(attachment.player(), &hero),
            "log" => log(attachment.player()),
            "bag" => bag(&hero),
            command => {
                let mut effects = Effects::new();
                let tick = server.tick();
                let mut journal = attachment
                    .tick(&tick, &hero)
                    .unwrap_or_else(|error| unreachable!("it is our tick: {error}"));
                match act(command, &mut journal, &mut effects) {
                    Ok(()) if effects.is_empty() => println!("  Nothing comes of it."),
                    Ok(()) => {}
                    Err(words) => println!("  {words}"),
                }
                for effect in effects.drain() {
                    tell(&effect, &mut hero);
                }
            }
        }
    }
}

/// Does what a line says.
fn act(line: &str, journal: &mut Quests<'_, Game, Hero>, effects: &mut Effects) -> Result<(), String> {
    let refused = |refused: QuestError| refused.to_string();
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let event = match word {
        "accept" => return journal.start(found(rest)?, effects).map_err(refused),
        "turn" => {
            let quest: QuestId = found(rest.trim_start_matches("in "))?;
            return journal.turn_in(quest, None, |_| true, effects).map_err(refused);
        }
        "wait" => return journal.pass_turns(1, effects).map_err(refused),
        "talk" => QuestEvent::Talk(found(rest)?),
        "kill" => QuestEvent::Kill(found(rest)?),
        "collect" => QuestEvent::Collect(found(rest)?),
        "explore" => QuestEvent::Explore(found(rest)?),
        "use" => QuestEvent::Use(
            found::<ObjectId>(rest)
                .map(ItemOrObject::from)
                .or_else(|_| found::<ItemId>(rest).map(Into::into))?,
        ),
        "deliver" => QuestEvent::Deliver(
            found::<NpcId>(rest).map(ItemOrNpc::from).or_else(|_| found::<ItemId>(rest).map(Into::into))?,
        ),
        _ => return Err(format!("You do not know how to {word}.")),
    };
    journal.notify(event, effects).map_err(refused)
}

/// What a player means: an id, with or without the word for what it is in front.
fn found<I: Id>(words: &str) -> Result<I, String> {
    let typed = words.trim().to_lowercase().replace(' ', "-");
    let ids = || I::all();
    let exact = ids().find(|id| id.as_str() == typed);
    let ends = exact.or_else(|| ids().find(|id| id.as_str().ends_with(&typed) && !typed.is_empty()));
    ends.ok_or_else(|| format!("There is no {} `{words}`.", I::KIND.replace('-', " ")))
}

/// What has happened, in words; what is given goes into the bag.
fn tell(effect: &Effect, hero: &mut Hero) {
    match effect {
        Effect::Started(quest) => println!("  * {}\n    {}", quest.name(), quest.description()),
        Effect::StageEntered(stage) => println!("  {}", stage.name()),
        Effect::Revealed(objective) => println!("    You find out: {}", objective.description()),
        Effect::Progress { objective, current, required } if required > &1 => {
            println!("    {} ({current} of {required})", objective.description());
        }
        Effect::ObjectiveComplete { objective, .. } => println!("    [x] {}", objective.description()),
        Effect::Complete(quest) => println!("  {} is done. Turn it in.", quest.name()),
        Effect::Failed { quest, .. } => println!("  {} has failed.", quest.name()),
        Effect::Reward(reward) => {
            println!("    + {}", reward.description().unwrap_or("something"));
            hero.give(reward);
        }
        Effect::TurnedIn(quest) => println!("  {} has ended.", quest.name()),
        Effect::Action(action) => {
            if let Some(words) = action.data().filter(|words| words.contains(' ')) {
                println!("    {words}");
            }
        }
        _ => {}
    }
}

/// All quests, and where each stands.
fn quests(player: &Player, hero: &Hero) {
    for quest in Quest::all() {
        let state = match player.lifecycle(quest.id(), hero) {
            Lifecycle::NotStarted => "not yet",
            Lifecycle::Available => "to be taken",
            Lifecycle::Active => "under way",
            Lifecycle::Complete => "to be turned in",
            Lifecycle::TurnedIn => "done",
            Lifecycle::Failed => "failed",
            // A later version of the journal may know more.
            _ => "",
        };
        println!("  {:<18} {:<16} {}", quest.id().as_str(), state, quest.name());
    }
}

/// The quests that are under way, and what is left to do.
fn log(player: &Player) {
    let mut any = false;
    for quest in player.active() {
        any = true;
        let Some(stage) = player.stage(quest) else { continue };
        println!("  {}: {}", quest.name(), stage.name());
        for objective in stage.objectives().iter().filter(|objective| player.is_visible(objective.id())) {
            let (current, required) = player.progress(objective.id());
            let mark = if current >= required { 'x' } else { ' ' };
            println!("    [{mark}] {} ({current}/{required})", objective.description());
        }
    }
    if !any {
        println!("  The log is empty.");
    }
}

fn bag(hero: &Hero) {
    println!("  experience: {}", hero.experience);
    for (currency, amount) in &hero.purse {
        println!("  {currency}: {amount}");
    }
    for (item, amount) in &hero.bag {
        println!("  {item}: {amount}");
    }
}

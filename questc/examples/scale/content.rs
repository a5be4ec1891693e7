//! Content of a large game: the same on every machine, and as varied as somebody's work would be.
//!
//! One quest in a hundred has branches and conditions of failure. Ids and texts are made of words, not of one text and a number. Nothing
//! in it is worth a warning.

use std::collections::HashSet;
use std::fmt::Write as _;

/// The numbers of a game, always the same (SplitMix64).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    fn below(&mut self, count: usize) -> usize {
        (self.throw() % count.max(1) as u64) as usize
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

const VERBS: [&str; 24] = [
    "find", "carry", "mend", "break", "guard", "follow", "wake", "bury", "light", "open", "seal", "hunt",
    "free", "weigh", "trade", "gather", "count", "read", "cross", "climb", "hide", "burn", "wash", "name",
];
const THINGS: [&str; 36] = [
    "lantern", "anvil", "bell", "ledger", "gate", "well", "mill", "cart", "bridge", "mask", "rope",
    "furnace", "grave", "root", "feather", "chain", "kiln", "barrel", "mirror", "compass", "harness", "seed",
    "cloak", "drum", "oar", "ladder", "shrine", "vault", "flask", "needle", "banner", "engine", "tide",
    "orchard", "tower", "map",
];
const TRAITS: [&str; 24] = [
    "hollow", "silent", "broken", "second", "crooked", "pale", "buried", "long", "bitter", "burning",
    "drowned", "patient", "iron", "borrowed", "last", "hidden", "frozen", "stubborn", "early", "wooden",
    "distant", "narrow", "stolen", "golden",
];
const SYLLABLES: [&str; 28] = [
    "os", "kra", "vel", "mir", "un", "dal", "tor", "eth", "ban", "rik", "sol", "han", "gre", "lum", "fen",
    "ard", "wyn", "bor", "tal", "isk", "nor", "hel", "cas", "dun", "per", "oth", "lin", "mar",
];
const REASONS: [&str; 12] = [
    "Nobody has come back from there since the frost.",
    "It was promised to someone who does not wait.",
    "The road is open for three days, no longer.",
    "Two families claim it, and both are armed.",
    "What is left of it will not last another winter.",
    "The price has doubled since yesterday.",
    "Someone wrote your name on the list, so here we are.",
    "The old maps are wrong about the river.",
    "There is a light in the window again.",
    "The miller saw it first and said nothing.",
    "Without it the whole quarter stays dark.",
    "Ask quietly: the walls were built by a listener.",
];
const CATEGORIES: [(&str, bool); 4] =
    [("SideQuest", false), ("MainStory", false), ("Bounty", false), ("Daily", true)];

/// Content and registries.
pub(crate) struct Game {
    /// The objects of quests, as JSON.
    pub(crate) quests: Vec<String>,
    /// Registries by kind: objects with an id and a name, as JSON.
    pub(crate) registries: Vec<(&'static str, String)>,
}

/// Ids of a registry, and what they are called.
struct Named {
    ids: Vec<String>,
    names: Vec<String>,
}

impl Named {
    fn new(dice: &mut Dice, prefix: &str, count: usize) -> Self {
        let mut seen = HashSet::new();
        let (mut ids, mut names) = (Vec::new(), Vec::new());
        while ids.len() < count {
            let place = place(dice);
            let (one, other) = (dice.of(&TRAITS), dice.of(&THINGS));
            let id = format!("{prefix}-{one}-{other}-{}", place.to_lowercase());
            if seen.insert(id.clone()) {
                ids.push(id);
                names.push(format!("the {one} {other} of {place}"));
            }
        }
        Self { ids, names }
    }

    fn pick(&self, dice: &mut Dice) -> (&str, &str) {
        let at = dice.below(self.ids.len());
        (&self.ids[at], &self.names[at])
    }

    fn json(&self) -> String {
        let entries = self.ids.iter().zip(&self.names);
        let lines: Vec<String> =
            entries.map(|(id, name)| format!("  {{ \"id\": \"{id}\", \"name\": \"{name}\" }}")).collect();
        format!("[\n{}\n]\n", lines.join(",\n"))
    }
}

fn place(dice: &mut Dice) -> String {
    let mut name: String = (0..2 + dice.below(2)).map(|_| dice.of(&SYLLABLES)).collect();
    name[..1].make_ascii_uppercase();
    name
}

/// Makes a game of so many quests.
pub(crate) fn game(quests: usize) -> Game {
    let mut dice = Dice(quests as u64);
    let npcs = Named::new(&mut dice, "npc", quests / 8 + 4);
    let items = Named::new(&mut dice, "item", quests / 8 + 4);
    let enemies = Named::new(&mut dice, "enemy", quests / 16 + 4);
    let locations = Named::new(&mut dice, "location", quests / 32 + 4);
    let objects = Named::new(&mut dice, "object", quests / 32 + 4);
    let mut ids: Vec<String> = Vec::with_capacity(quests);
    let (mut seen, mut called) = (HashSet::new(), HashSet::new());
    let mut all = Vec::with_capacity(quests);
    for number in 0..quests {
        let (verb, thing, home) = (dice.of(&VERBS), dice.of(&THINGS), place(&mut dice));
        let mut id = format!("{verb}-{thing}-{}", home.to_lowercase());
        while !seen.insert(id.clone()) {
            let _ = write!(id, "-{}", dice.of(&TRAITS));
        }
        let mut name = format!("The {} {} of {home}", title(dice.of(&TRAITS)), title(thing));
        while !called.insert(name.clone()) {
            let _ = write!(name, " and {}", place(&mut dice));
        }
        let special = number % 100 == 50;
        let (category, repeats) = if special { ("SideQuest", false) } else { CATEGORIES[dice.below(4)] };
        let mut text = String::with_capacity(2400);
        let line = |text: &mut String, indent: usize, words: &str| {
            let _ = writeln!(text, "{:indent$}{words}", "");
        };
        let (giver, giver_name) = npcs.pick(&mut dice);
        line(&mut text, 4, "{");
        line(&mut text, 6, &format!("\"id\": \"{id}\","));
        line(&mut text, 6, &format!("\"name\": \"{name}\","));
        let why = dice.of(&REASONS);
        line(
            &mut text,
            6,
            &format!(
                "\"description\": \"{} asks you to {verb} the {thing} of {home}. {why}\",",
                title(giver_name)
            ),
        );
        line(&mut text, 6, &format!("\"category\": \"{category}\","));
        line(&mut text, 6, "\"level\": null,");
        line(&mut text, 6, &format!("\"isRepeatable\": {repeats},"));
        line(&mut text, 6, &format!("\"tags\": [\"{thing}\", \"{}\"],", home.to_lowercase()));
        // Chains of a handful, with quests that open several others.
        if number % 5 != 0 && number > 0 {
            let before = &ids[number - 1 - dice.below(number.min(3).min(number % 5))];
            line(&mut text, 6, "\"prerequisites\": [");
            line(
                &mut text,
                8,
                &format!(
                    "{{ \"type\": \"QuestComplete\", \"target\": \"{before}\", \"operator\": \"has\" }}"
                ),
            );
            line(&mut text, 6, "],");
        }
        line(&mut text, 6, &format!("\"questGiver\": {{ \"npcId\": \"{giver}\" }},"));
        line(&mut text, 6, "\"stages\": [");
        let stages: Vec<String> = {
            let mut seen = HashSet::new();
            let mut names = Vec::new();
            while names.len() < 4 {
                let name = format!("{}-the-{}", dice.of(&VERBS), dice.of(&THINGS));
                if seen.insert(name.clone()) {
                    names.push(name);
                }
            }
            names
        };
        for (at, stage) in stages.iter().enumerate() {
            let what = stage.replace('-', " ");
            let (objective, sort, target, quantity) = match (at, dice.below(4)) {
                (3, _) => ("return", "Talk", npcs.pick(&mut dice), 0),
                (_, 0) => ("fight", "Kill", enemies.pick(&mut dice), 2 + dice.below(9)),
                (_, 1) => ("collect", "Collect", items.pick(&mut dice), 2 + dice.below(9)),
                (_, 2) => ("reach", "Explore", locations.pick(&mut dice), 0),
                _ => ("use", "Use", objects.pick(&mut dice), 0),
            };
            let next = match (special, at) {
                (_, 3) => "null".to_owned(),
                (true, 1) => format!("\"{}\"", stages[3]),
                _ => format!("\"{}\"", stages[at + 1]),
            };
            line(&mut text, 8, "{");
            line(&mut text, 10, &format!("\"id\": \"{stage}\","));
            line(&mut text, 10, &format!("\"name\": \"{}\",", title(&what)));
            let why = dice.of(&REASONS);
            line(
                &mut text,
                10,
                &format!("\"description\": \"First {what}, near {}. {why}\",", place(&mut dice)),
            );
            line(&mut text, 10, "\"objectives\": [");
            let count = if quantity > 0 { format!(", \"quantity\": {quantity}") } else { String::new() };
            let described = format!("{} {}", title(objective), target.1);
            if special && at == 0 {
                // Two ways to go on: what is done first decides.
                let other = enemies.pick(&mut dice);
                line(
                    &mut text,
                    12,
                    &format!(
                        "{{ \"id\": \"talk-it-over\", \"type\": \"Talk\", \"description\": \"Speak with {giver_name}\", \"target\": \"{giver}\", \"isOptional\": true }},"
                    ),
                );
                line(
                    &mut text,
                    12,
                    &format!(
                        "{{ \"id\": \"fight-it-out\", \"type\": \"Kill\", \"description\": \"Defeat {}\", \"target\": \"{}\" }}",
                        other.1, other.0
                    ),
                );
            } else {
                line(
                    &mut text,
                    12,
                    &format!(
                        "{{ \"id\": \"{objective}-{}\", \"type\": \"{sort}\", \"description\": \"{described}\", \"target\": \"{}\"{count} }}",
                        at + 1,
                        target.0
                    ),
                );
            }
            line(&mut text, 10, "],");
            let optional = if special && at == 2 { ", \"isOptional\": true" } else { "" };
            line(&mut text, 10, &format!("\"nextStageId\": {next}{optional}"));
            line(&mut text, 8, if at < 3 { "}," } else { "}" });
        }
        line(&mut text, 6, "],");
        line(&mut text, 6, "\"rewards\": [");
        let legend = 50 + 10 * dice.below(60);
        line(
            &mut text,
            8,
            &format!(
                "{{ \"type\": \"Experience\", \"amount\": {legend}, \"description\": \"{legend} Legend\" }},"
            ),
        );
        let (item, item_name) = items.pick(&mut dice);
        line(
            &mut text,
            8,
            &format!(
                "{{ \"type\": \"Item\", \"target\": \"{item}\", \"amount\": 1, \"description\": \"{}\" }}",
                title(item_name)
            ),
        );
        if special {
            line(&mut text, 6, "],");
            line(&mut text, 6, "\"branches\": [");
            let branch = format!(
                "{{ \"id\": \"way-round\", \"condition\": {{ \"type\": \"ObjectiveComplete\", \"target\": \"talk-it-over\" }}, \"targetStageId\": \"{}\" }}",
                stages[2]
            );
            line(&mut text, 8, &branch);
            line(&mut text, 6, "],");
            line(&mut text, 6, "\"failureConditions\": [");
            line(&mut text, 8, "{ \"type\": \"TimeExpired\", \"description\": \"The time is over\" }");
            line(&mut text, 6, "],");
            line(&mut text, 6, "\"failureConsequences\": [");
            line(
                &mut text,
                8,
                "{ \"type\": \"Reputation\", \"target\": \"rust-clans\", \"amount\": -10, \"description\": \"They will remember\" }",
            );
            line(&mut text, 6, "],");
            line(&mut text, 6, &format!("\"timeLimit\": {}", 20 + dice.below(80)));
        } else {
            line(&mut text, 6, "]");
        }
        text.push_str("    }");
        ids.push(id);
        all.push(text);
    }
    let registries =
        [("npc", npcs), ("item", items), ("enemy", enemies), ("location", locations), ("object", objects)];
    Game {
        quests: all,
        registries: registries.into_iter().map(|(kind, named)| (kind, named.json())).collect(),
    }
}

fn title(text: &str) -> String {
    let mut text = text.to_owned();
    text[..1].make_ascii_uppercase();
    text
}

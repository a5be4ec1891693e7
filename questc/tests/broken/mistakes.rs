//! The mistakes.

/// Something wrong that is done to the base.
#[derive(Debug)]
pub(crate) struct Mistake {
    /// What it is, for people.
    pub(crate) what: &'static str,
    pub(crate) file: &'static str,
    pub(crate) change: Change,
    pub(crate) code: &'static str,
    pub(crate) place: Place,
    /// The level of the lint of a schema is that of an error.
    pub(crate) denied: bool,
}

#[derive(Debug)]
pub(crate) enum Change {
    /// The first `from` behind the only `near` becomes `to`.
    Text { near: &'static str, from: &'static str, to: &'static str },
    /// A file more.
    File(fn() -> Vec<u8>),
}

/// Where it is to be found.
#[derive(Debug)]
pub(crate) enum Place {
    /// At the marker in what is written instead.
    Marked,
    /// At the first `text` behind the only `near`.
    At {
        file: &'static str,
        near: &'static str,
        text: &'static str,
    },
    LineColumn(u64, u64),
    /// The file as a whole.
    File,
}

/// A change of a text, with a marker in `to`.
const fn text(
    what: &'static str,
    file: &'static str,
    near: &'static str,
    from: &'static str,
    to: &'static str,
    code: &'static str,
) -> Mistake {
    Mistake { what, file, change: Change::Text { near, from, to }, code, place: Place::Marked, denied: false }
}

/// A file more.
const fn file(
    what: &'static str,
    file: &'static str,
    bytes: fn() -> Vec<u8>,
    code: &'static str,
    place: Place,
) -> Mistake {
    Mistake { what, file, change: Change::File(bytes), code, place, denied: false }
}

impl Mistake {
    /// It is found somewhere else in the file.
    const fn at(self, near: &'static str, text: &'static str) -> Self {
        let file = self.file;
        self.found_in(file, near, text)
    }

    const fn denied(self) -> Self {
        Self { denied: true, ..self }
    }

    /// It is found in another file.
    const fn found_in(self, file: &'static str, near: &'static str, text: &'static str) -> Self {
        Self { place: Place::At { file, near, text }, ..self }
    }
}

const CHAPTER: &str = "content/quests/chapter-two.json";
const DOCKSIDE: &str = "content/quests/dockside.json";
const GUILD: &str = "content/quests/guild.json";
const HARBOUR: &str = "content/quests/harbour.json";
const HINTERLAND: &str = "content/quests/hinterland.json";
const LIGHTHOUSE: &str = "content/quests/lighthouse.json";
const LOCK: &str = "quest.lock";
const LETTERS: &str = "content/letters/autumn.json";
const ROUNDS: &str = "content/market/rounds.yaml";
const STALLS: &str = "content/market/stalls.json";
const SUMMER: &str = "content/market/summer.yaml";
const WARES: &str = "content/market/wares.json";
const WINTER: &str = "content/market/winter.yaml";

/// A file with one quest; `stages` is what stands in its list of stages.
fn quest(id: &str, stages: &str) -> Vec<u8> {
    format!(
        "{{\n  \"version\": \"1.0.0\",\n  \"quests\": [\n    {{\n      \"id\": \"{id}\",\n      \"name\": \"The Quest {id}\",\n      \
         \"description\": \"It has just been written.\",\n      \"category\": \"SideQuest\",\n      \"stages\": [\n        \
         {stages}\n      ]\n    }}\n  ]\n}}\n"
    )
    .into_bytes()
}

const STAGE: &str = r#"{ "id": "start", "name": "Start", "description": "It begins.", "objectives": [{ "id": "ask", "type": "Talk", "description": "Ask around", "target": "npc-ines" }] }"#;

#[rustfmt::skip]
pub(crate) const MISTAKES: &[Mistake] = &[
    // Syntax.
    text("comma left out", DOCKSIDE, r#""id": "crab-pots""#, r#""Crab Pots","#, r#""Crab Pots«""#, "Q0001"),
    text("comma too much", DOCKSIDE, r#""id": "pull""#, r#""quantity": 4"#, r#""quantity": 4«,"#, "Q0001"),
    text("name without quotes", DOCKSIDE, r#""id": "sort-catch""#, r#""description""#, r#"«description"#, "Q0001"),
    text("single quotes", DOCKSIDE, r#""id": "sell-crabs""#, r#""Sell the Crabs""#, r#"«'Sell the Crabs'"#, "Q0001"),
    text("comment", DOCKSIDE, r#""id": "sell""#, r#""target""#, "«// she pays best\n              \"target\"", "Q0001"),
    text("`False`", DOCKSIDE, r#""amount": 60"#, r#""isHidden": false"#, r#""isHidden": «False"#, "Q0001"),
    text("colon left out", DOCKSIDE, r#""id": "net-menders""#, r#""level": 3"#, r#""level«" 3"#, "Q0001"),
    text("escape that there is not", DOCKSIDE, r#""id": "learn-knot""#, "Over, under, and never twice.", r"Over, under, «\and never twice.", "Q0001"),
    text("equals sign", DOCKSIDE, r#""id": "tie-knot""#, r#""type": "Craft""#, r#""type" «= "Craft""#, "Q0001"),
    text("leading zero", DOCKSIDE, r#""amount": 55"#, r#""amount": 1"#, r#""amount": «01"#, "Q0001"),
    text("tab in a text", DOCKSIDE, r#""id": "mend""#, "Mend the net", "Mend«\tthe net", "Q0001"),
    text("value left out", DOCKSIDE, r#""id": "tattooed-map""#, r#""level": 6"#, r#""level"«: "#, "Q0001"),
    text("quote left out", DOCKSIDE, r#""id": "ask-for-back""#, r#""npc-sailor""#, r#"«"npc-sailor"#, "Q0001"),
    text("curly quotes", DOCKSIDE, r#""id": "copy-map""#, r#""Ink on paper holds still.""#, r#"«“Ink on paper holds still.”"#, "Q0001"),
    text("quotes in a text", DOCKSIDE, r#""id": "dig""#, r#""Nine steps from the leaning tree.""#, r#""Nine steps from the «"leaning" tree.""#, "Q0001"),
    text("half of an emoji", DOCKSIDE, r#""id": "dig-up""#, "Dig by the leaning tree", r"Dig «\ud83d here", "Q0001"),
    text("plus sign", DOCKSIDE, r#""id": "rats-and-rigging""#, r#""level": 2"#, r#""level": «+2"#, "Q0001"),
    text("text over two lines", DOCKSIDE, r#""id": "clear-hold""#, "Count the tails, not the heads.", "Count the tails,\n          not the heads.", "Q0001").at(r#""id": "clear-hold""#, r#""Count"#),
    text("hexadecimal number", DOCKSIDE, r#""id": "kill-rats""#, r#""quantity": 9"#, r#""quantity": «0x09"#, "Q0001"),
    text("semicolon", DOCKSIDE, r#""id": "set-traps""#, r#""rat-trap","#, r#""rat-trap"«;"#, "Q0001"),
    text("number without a digit in front", DOCKSIDE, r#""amount": 30"#, r#""amount": 12"#, r#""amount": «.5"#, "Q0001"),
    text("undefined", DOCKSIDE, r#""amount": 120"#, r#""amount": 45"#, r#""amount": «undefined"#, "Q0001"),
    text("brace left out", DOCKSIDE, r#""id": "copy""#, "\"map-copy\"\n            },", "\"map-copy«\"\n            ,", "Q0001"),
    text("wrong bracket", DOCKSIDE, r#""id": "rats-and-rigging""#, "{\n        \"npcId\": \"npc-hanne\"\n      }", "{\n        \"npcId\": \"npc-hanne\"\n      «]", "Q0001"),

    // Values that the schema does not allow.
    text("version of two numbers", HARBOUR, "", r#""1.0.0""#, r#"«"1.0""#, "Q1005"),
    text("category in lower case", HARBOUR, r#""id": "first-berth""#, r#""MainStory""#, r#"«"main-story""#, "Q1004"),
    text("empty name", HARBOUR, r#""id": "first-berth""#, r#""First Berth""#, r#"«"""#, "Q1007"),
    text("level as a fraction", HARBOUR, r#""id": "first-berth""#, r#""level": 2"#, r#""level": «2.5"#, "Q1001"),
    text("quantity as text", HARBOUR, r#""id": "collect-crates""#, r#""quantity": 3"#, r#""quantity": «"3""#, "Q1001"),
    text("property in the wrong case", HARBOUR, r#""id": "sweep-quay""#, r#""isOptional""#, r#"«"IsOptional""#, "Q1002"),
    text("level too high", HARBOUR, r#""id": "salt-tax""#, r#""level": 4"#, r#""level": «400"#, "Q1006"),
    text("property misspelt", HARBOUR, r#""id": "salt-tax""#, r#""isRepeatable""#, r#"«"isRepeatble""#, "Q1002"),
    text("stage without a name", HARBOUR, r#""level": 4,"#, "{\n          \"id\": \"follow-ledger\",\n          \"name\": \"The Ledger\",", "«{\n          \"id\": \"follow-ledger\",", "Q1003"),
    text("text for a list", HARBOUR, r#""id": "beat-smuggler""#, "[\n        \"harbour\"\n      ]", r#"«"harbour""#, "Q1001"),
    text("description too short", HARBOUR, r#""id": "ask-clerk""#, r#""Ask the clerk about the name""#, r#"«"Ask.""#, "Q1007"),
    text("objective of no type", HARBOUR, r#""id": "fight-eels""#, r#""Kill""#, r#"«"Slaughter""#, "Q1004"),
    text("time limit of zero", HARBOUR, r#""bell-silent""#, r#""timeLimit": 60"#, r#""timeLimit": «0"#, "Q1006"),
    text("failure without words", HARBOUR, r#""id": "tell-oda""#, "{\n          \"type\": \"NPCDeath\",\n          \"target\": \"npc-pilot\",\n          \"description\": \"The pilot has drowned.\"\n        }", "«{\n          \"type\": \"NPCDeath\",\n          \"target\": \"npc-pilot\"\n        }", "Q1003"),
    text("branch id with an underscore", HARBOUR, r#""timeLimit": 60"#, r#""cut-it-loose""#, r#"«"cut_it_loose""#, "Q1005"),
    text("property twice", HARBOUR, r#""id": "gull-watch""#, r#""category": "Daily","#, "\"category\": \"Daily\",\n      «\"name\": \"Gulls\",", "Q0005"),
    text("no objectives", HARBOUR, r#""id": "chase-gulls""#, "[\n            {\n              \"id\": \"scare-gulls\",\n              \"type\": \"Kill\",\n              \"description\": \"Scare the gulls away\",\n              \"target\": \"gull\",\n              \"quantity\": 10\n            }\n          ]", "«[]", "Q1007"),
    text("number in a list of objects", HARBOUR, r#""id": "gull-watch""#, "{\n          \"type\": \"Experience\",\n          \"amount\": 25\n        }", "«25", "Q1001"),
    text("number that is too long", HARBOUR, r#""id": "gather-hemp""#, r#""quantity": 6"#, r#""quantity": «99999999999999999999"#, "Q0004"),
    text("zero for false", HARBOUR, r#""id": "caulk-hull""#, r#""isHidden": false"#, r#""isHidden": «0"#, "Q1001"),
    text("null for a text", HARBOUR, r#""id": "caulk""#, r#""The hull drinks tar like a sailor.""#, "«null", "Q1001"),
    text("required property misspelt", HARBOUR, r#""id": "wait-at-steps""#, r#""objectives""#, r#"«"objectivs""#, "Q1003"),
    text("object for a list", HARBOUR, r#""id": "night-ferry""#, "[\n        {\n          \"type\": \"QuestComplete\",\n          \"target\": \"first-berth\",\n          \"operator\": \"has\"\n        }\n      ]", "«{\n          \"type\": \"QuestComplete\",\n          \"target\": \"first-berth\",\n          \"operator\": \"has\"\n      }", "Q1001"),
    text("unknown property", HARBOUR, r#""id": "reach-far-bank""#, r#""description""#, "«\"priority\": 3,\n              \"description\"", "Q1002"),

    // References.
    text("next stage misspelt", LIGHTHOUSE, r#""id": "row-out""#, r#""nextStageId": "climb-tower""#, r#""nextStageId": «"climb-towr""#, "Q2001"),
    text("objective of two stages", LIGHTHOUSE, r#""id": "read-log""#, r#""climb-tower:search""#, r#"«"search""#, "Q2005"),
    text("branch to an objective", LIGHTHOUSE, r#""keeper-swim""#, r#""targetStageId": "bring-home""#, r#""targetStageId": «"wake-keeper""#, "Q2004"),
    text("npc in the wrong case", LIGHTHOUSE, r#""id": "escort-keeper""#, r#""npc-keeper""#, r#"«"npc-Keeper""#, "Q2001"),
    text("npc for a location", LIGHTHOUSE, r#""id": "climb""#, r#""target": "lamp-room""#, r#""target": «"npc-keeper""#, "Q2004"),
    text("title that does not exist", LIGHTHOUSE, r#""type": "Title""#, r#""light-bearer""#, r#"«"keeper-of-the-light""#, "Q2002"),
    text("stage twice", LIGHTHOUSE, r#""id": "oil-run""#, r#""id": "buy-oil""#, r#""id": "bring-oil""#, "Q2003").at(r#""nextStageId": "bring-oil""#, "\"bring-oil\","),
    text("objective without a target", LIGHTHOUSE, r#""id": "collect-oil""#, "\"Collect\",\n              \"description\": \"Get three casks of oil\",\n              \"target\": \"oil-cask\",", "«\"Collect\",\n              \"description\": \"Get three casks of oil\",", "Q2006"),
    text("neither item nor npc", LIGHTHOUSE, r#""id": "deliver-oil""#, r#""npc-keeper""#, r#"«"lighthouse""#, "Q2001"),
    text("flag that does not exist", LIGHTHOUSE, r#""type": "UpdateWorldState""#, r#""lamp-fed""#, r#"«"lamp-fedd""#, "Q2001"),
    text("prerequisite faction that does not exist", LIGHTHOUSE, r#""type": "FactionReputation""#, r#""lamp-order""#, r#"«"lamp-orden""#, "Q2002"),
    text("alternative that does not exist", LIGHTHOUSE, r#""AnyObjectiveComplete""#, r#""by-cave""#, r#"«"by-boat""#, "Q2001"),
    text("number for an id", LIGHTHOUSE, r#""id": "by-rope""#, r#""old-rope""#, "«7", "Q1001"),
    text("item for a location", LIGHTHOUSE, r#""type": "InLocation""#, r#""cliff-top""#, r#"«"driftwood""#, "Q2004"),
    text("objective twice", LIGHTHOUSE, r#""id": "break-camp""#, r#""id": "take-lanterns""#, r#""id": «"kill-wreckers""#, "Q2003"),
    text("empty reference", LIGHTHOUSE, r#""id": "report-back""#, r#""target": "npc-oda""#, r#""target": «"""#, "Q2001"),
    text("locks a quest that does not exist", LIGHTHOUSE, r#""type": "LockQuest""#, r#""oil-run""#, r#"«"whale-hunt""#, "Q2001"),
    text("spawns an item", LIGHTHOUSE, r#""type": "SpawnEnemy""#, r#""wrecker""#, r#"«"old-rope""#, "Q2004"),
    text("target where none belongs", LIGHTHOUSE, r#""id": "hold-on""#, r#""quantity": 8"#, "«\"target\": \"npc-pilot\",\n              \"quantity\": 8", "Q2007").at(r#""id": "hold-on""#, r#""npc-pilot""#),
    text("giver that does not exist", LIGHTHOUSE, r#""id": "wreckers-moon""#, r#""npc-oda""#, r#"«"npc-odda""#, "Q2001"),
    text("quest twice in one file", LIGHTHOUSE, r#""id": "light-fire""#, r#""wreckers-moon""#, r#"«"oil-run""#, "Q2003"),
    text("stage of another quest", LIGHTHOUSE, r#""id": "warn-boats""#, r#""ride-it-out""#, r#"«"make-fire""#, "Q2001"),

    // Flow.
    text("stage that is passed over", GUILD, r#""id": "knock-twice""#, r#""nextStageId": "answer""#, r#""nextStageId": "swear""#, "Q3001").at(r#""id": "answer""#, r#""answer""#),
    text("branch with the condition of another", GUILD, r#""id": "factor-insists""#, "\"type\": \"DialogueChoice\",\n            \"target\": \"factor-insist\"", "\"type\": \"ObjectiveComplete\",\n            \"target\": \"copy-ledger\"", "Q3004").at("\"targetStageId\": \"keep-copy\"", "{"),
    text("circle of two stages", GUILD, r#""id": "unmask""#, r#""name": "Unmask","#, "\"nextStageId\": \"follow-bidder\",\n          \"name\": \"Unmask\",", "Q3002").at(r#""id": "follow""#, r#""unmask""#),
    text("circle of three stages", GUILD, r#""id": "save-books""#, r#""name""#, "\"nextStageId\": \"reach-wharf\",\n          \"name\"", "Q3002").at(r#""id": "run""#, r#""choose-way""#),
    text("branch that is always first", GUILD, r#""id": "mercy""#, r#""target": "forgive""#, r#""target": "press""#, "Q3006").at(r#""id": "forgive""#, r#""bring-money""#),
    text("hidden alternatives", GUILD, r#""id": "dance-with-fox""#, "\"isOptional\": true,\n              \"isHidden\"", "\"isHidden\"", "Q3005").at(r#""id": "dance""#, r#""dance""#),
    text("alternative in another stage", LIGHTHOUSE, r#""AnyObjectiveComplete""#, r#""by-bribe""#, r#""by-bribe", «"light-fire""#, "Q3010"),
    text("stage that leads to itself", GUILD, r#""id": "count-again""#, r#""nextStageId": "accuse""#, r#""nextStageId": «"recount""#, "Q3003"),

    // Prerequisites.
    text("quests that wait for each other", HINTERLAND, r#""id": "mill-wheel""#, r#""level": 3,"#, "\"level\": 3,\n      \"prerequisites\": [\n        { \"type\": \"QuestComplete\", \"target\": «\"ferry-toll\", \"operator\": \"has\" }\n      ],", "Q3101"),
    text("level that its own players do not have", HINTERLAND, r#""id": "wolf-winter""#, r#""value": 4"#, r#""value": «7"#, "Q3103"),
    text("levels that exclude each other", HINTERLAND, r#""id": "old-road""#, r#""value": 8"#, r#""value": «50"#, "Q3102"),
    text("two classes", HINTERLAND, r#""id": "shepherds-song""#, r#""target": "bard",
          "operator": "has"
        }"#, r#""target": «"bard",
          "operator": "has"
        },
        { "type": "ClassIs", "target": "diver", "operator": "has" }"#, "Q3102"),
    text("flag that is set and not set", HINTERLAND, r#""id": "quiet-chapel""#, r#""target": "storm-survived",
          "operator": "has"
        }"#, r#""target": «"storm-survived",
          "operator": "has"
        },
        { "type": "HasFlag", "target": "storm-survived", "operator": "notHas" }"#, "Q3102"),
    text("quest that requires itself", CHAPTER, r#""id": "empty-throne""#, r#""target": "the-long-chase""#, r#""target": «"empty-throne""#, "Q3104"),
    text("level below that of a quest before", HINTERLAND, r#""id": "border-stone""#, "\"operator\": \"greaterThan\",\n          \"value\": 10", "\"operator\": \"lessThan\",\n          \"value\": «9", "Q3102"),

    text("quest that must not be complete and must be", CHAPTER, r#""id": "the-long-chase""#, "\"prerequisites\": [", "\"prerequisites\": [\n        { \"type\": \"QuestComplete\", \"target\": «\"keeper-lost\", \"operator\": \"notHas\" },", "Q3111"),

    // What is valid and not meant.
    text("space at the end of a text", HARBOUR, r#""id": "hear-bell""#, r#""Listen for the bell""#, r#"«"Listen for the bell ""#, "Q1014"),
    text("text of spaces", CHAPTER, r#""id": "take-crown""#, r#""It is heavier than it looks.""#, r#"«"         ""#, "Q1014"),
    text("name of another quest", HINTERLAND, r#""id": "quiet-chapel""#, r#""The Quiet Chapel""#, r#"«"The Old Road""#, "Q1015"),
    text("id that is nearly another", LETTERS, "Come to the quay", r#""from-nobody""#, r#"«"from_oda""#, "Q2011"),
    text("word that nothing is put for", LETTERS, r#""from-the-keeper""#, "I count them every night.", "I count them, «{palyer}.", "Q1016"),
    text("quest that locks itself", HARBOUR, r#""bell-silent""#, "}", "},\n        { \"type\": \"LockQuest\", \"target\": «\"drowned-bell\" }", "Q2015"),
    text("choice of one", CHAPTER, r#""id": "letter-of-marque""#, "\"amount\": 400\n        }", "\"amount\": 400\n        },\n        { \"type\": \"Item\", \"target\": \"sack\", \"amount\": 1, \"isOptional\": «true }", "Q4001"),
    text("giver whose death is a failure", CHAPTER, r#""id": "load-guns""#, r#""rewards""#, "\"failureConditions\": [\n        { \"type\": \"NPCDeath\", \"target\": «\"npc-governor\", \"description\": \"The governor is dead.\" }\n      ],\n      \"rewards\"", "Q4001"),
    text("consequences of nothing", CHAPTER, r#""id": "beat-crew""#, r#""rewards""#, "\"failureConsequences\": [«{ \"type\": \"Flag\", \"target\": \"ferry-seen\" }],\n      \"rewards\"", "Q4001"),
    text("branch on the end of no time", CHAPTER, r#""id": "the-long-chase""#, r#""stages""#, "\"branches\": [\n        { \"id\": \"too-late\", \"condition\": { \"type\": «\"TimeExpired\", \"target\": \"time\" }, \"targetStageId\": \"board\" }\n      ],\n      \"stages\"", "Q4001").denied(),
    text("failure at the end of no time", CHAPTER, r#""id": "decide""#, r#""rewards""#, "\"failureConditions\": [\n        { \"type\": «\"TimeExpired\", \"description\": \"The tide has come.\" }\n      ],\n      \"rewards\"", "Q4001").denied(),
    text("time limit without an effect", HINTERLAND, r#""id": "reach-bottom""#, r#""rewards""#, "\"timeLimit\": «20,\n      \"rewards\"", "Q4001"),
    text("watch without an end", HINTERLAND, r#""id": "keep-watch""#, "\"Survive\",\n              \"description\": \"Watch until morning\",\n              \"quantity\": 6", "«\"Survive\",\n              \"description\": \"Watch until morning\"", "Q4001"),
    text("level without a number", HINTERLAND, r#""id": "quiet-chapel""#, "\"prerequisites\": [", "\"prerequisites\": [\n        { \"type\": \"Level\", \"operator\": «\"greaterThan\" },", "Q4001").denied(),
    text("more than complete", GUILD, r#""id": "masks-and-mirrors""#, r#""has""#, r#"«"greaterThan""#, "Q4001").denied(),
    text("to have a level", GUILD, r#""id": "warehouse-fire""#, "\"prerequisites\": [", "\"prerequisites\": [\n        { \"type\": \"Level\", \"value\": 4, \"operator\": «\"has\" },", "Q4001").denied(),
    text("number of completions", GUILD, r#""id": "last-tally""#, r#""operator": "has""#, "\"operator\": \"has\",\n          \"value\": «1", "Q4001").denied(),
    text("reward without an amount", GUILD, r#""id": "name-thief""#, "\"Experience\",\n          \"amount\": 280", "«\"Experience\"", "Q4001").denied(),
    text("amount of an ability", HINTERLAND, r#""id": "play-flute""#, r#""target": "call-flock""#, "\"target\": \"call-flock\",\n          \"amount\": «1", "Q4001"),
    text("reward of nothing", GUILD, r#""id": "sign-book""#, r#""amount": 200"#, r#""amount": «0"#, "Q4001"),
    text("reward that takes", GUILD, r#""id": "hide-copy""#, r#""amount": 70"#, r#""amount": «-70"#, "Q4001"),
    text("consequence without an amount", HARBOUR, r#""bell-silent""#, "\"Reputation\",\n          \"target\": \"harbour-guild\",\n          \"amount\": -10", "«\"Reputation\",\n          \"target\": \"harbour-guild\"", "Q4001").denied(),
    text("notification without words", HARBOUR, r#""id": "follow-ledger""#, "\"Notification\",\n              \"data\": \"The clerk looks away.\"", "«\"Notification\"", "Q4001"),
    text("nothing said at the end", HARBOUR, r#""id": "first-berth""#, "\"npc-oda\",\n        \"turnInDialogueNodeId\": \"oda-thanks\"", "«\"npc-oda\"", "Q4001"),

    // Another schema: maps, unions, tuples, groups.
    text("key without its prefix", WARES, "", r#""ware:rope""#, r#"«"rope""#, "Q1005"),
    text("not equal to its key", WARES, r#""self""#, r#""ware:salt-fish""#, r#"«"ware:saltfish""#, "Q1012"),
    text("no multiple", WARES, r#""Lamp Oil""#, "40", "«42", "Q1006"),
    text("more bytes than allowed", WARES, r#""Lamp Oil""#, r#""keep away from fire""#, r#"«"keep far away from öl lamps""#, "Q1007"),
    text("perishable without days", WARES, r#""ware:oysters": {"#, "{ \"name\": \"Oysters\", \"price\": 10, \"perishable\": true, \"days\": 2,", "«{ \"name\": \"Oysters\", \"price\": 10, \"perishable\": true,", "Q1003"),
    text("duty without a port", WARES, r#""ware:sail-cloth": {"#, "{ \"name\": \"Sail Cloth\", \"price\": 60, \"duty\": 10, \"port\": \"far-bank\",", "«{ \"name\": \"Sail Cloth\", \"price\": 60, \"duty\": 10,", "Q1003"),
    text("property that no part of a schema knows", WARES, r#""Compass""#, r#""note""#, r#"«"colour""#, "Q1002"),
    text("price of zero", WARES, r#""Whale Bone""#, "25", "«0", "Q1006"),
    text("weight in another unit", WARES, r#""Ink""#, r#""8 oz""#, r#"«"8 stone""#, "Q1005"),
    text("two forms at once", WARES, r#""Sail Cloth""#, r#""crate": 24"#, r#""crate": «60"#, "Q1008"),
    text("group of one", WARES, "\"ledger\"", "    { \"sale\": 1, \"ware\": \"ware:rope\", \"side\": \"gives\" },\n", "", "Q1013").at(r#""sale": 1"#, "1"),
    text("group that differs", WARES, "{ \"sale\": 2, \"ware\": \"ware:ink\", \"side\": \"takes\"", r#""ware:ink""#, r#"«"ware:compass""#, "Q1013"),
    text("group with two equal sides", WARES, "{ \"sale\": 3, \"ware\": \"ware:compass\", \"side\": \"takes\"", r#""takes""#, r#"«"gives""#, "Q1013"),
    text("ware misspelt", WARES, "{ \"sale\": 4, \"ware\": \"ware:oysters\", \"side\": \"takes\"", r#""ware:oysters""#, r#"«"ware:oyster""#, "Q2001"),
    text("tuple with a text", STALLS, r#""id": "fish-stall""#, "[3, 7]", r#"[3, «"7"]"#, "Q1001"),
    text("list with a ware twice", STALLS, r#""id": "fish-stall""#, r#""ware:salt-fish", "ware:oysters""#, r#""ware:salt-fish", «"ware:salt-fish""#, "Q1011"),
    text("nothing that names a price", STALLS, r#""id": "fish-stall""#, r#"["One crown the pound!", "#, "«[", "Q1010"),
    text("variant without a property", STALLS, r#""id": "fish-stall""#, r#"{ "sort": "haggle", "from": 4, "to": 6 }"#, r#"«{ "sort": "haggle", "from": 4 }"#, "Q1003"),
    text("empty map", STALLS, r#""id": "fish-stall""#, r#"{ "front": "Hanne's Fish" }"#, "«{}", "Q1007"),
    text("tuple too long", STALLS, r#""id": "chandlery""#, "[12, 2]", "[12, 2, «0]", "Q1002"),
    text("ware in the wrong case", STALLS, r#""id": "chandlery""#, r#""lamp-oil""#, r#"«"Lamp-Oil""#, "Q2001"),
    text("what must not be called", STALLS, r#""id": "chandlery""#, r#"["Rope for crowns, not for promises!"]"#, r#"["Rope for crowns!", «"Knots for free!"]"#, "Q1009"),
    text("property of the other variant", STALLS, r#""id": "chandlery""#, r#""rebate""#, r#"«"from""#, "Q1002"),
    text("shelf twice", STALLS, r#""id": "chandlery""#, r#""right""#, r#"«"left""#, "Q2003"),
    text("neither npc nor faction", STALLS, r#""id": "scrivener""#, r#""npc-brandt""#, r#"«"tax-office""#, "Q2004"),
    text("no variant", STALLS, r#""id": "scrivener""#, r#""fixed""#, r#"«"barter""#, "Q1004"),
    text("number as a value of a map", STALLS, r#""id": "curios""#, r#""Curios""#, "«5", "Q1001"),
    text("mark misspelt", WARES, r#""Rope""#, r#""anchor""#, r#"«"anker""#, "Q2001"),

    // YAML.
    text("stall that is closed", ROUNDS, "name: dawn", "stall: fish-stall\n    shelf: top", "stall: «curios\n    shelf: top", "Q2009"),
    text("shelf of another stall", ROUNDS, "name: noon", "left", "«paper", "Q2001"),
    text("guard misspelt", ROUNDS, "name: noon", "npc-sailor", "«npc-sailer", "Q2001"),
    text("hour out of bounds", ROUNDS, "name: dusk", "19]", "«25]", "Q1006"),
    text("guard misspelt in the short form", ROUNDS, "name: dusk", "npc-ferryman", "«npc-feryman", "Q2001"),
    text("text for a number", ROUNDS, "name: midnight", "- 0", "- «twelve", "Q1001"),
    text("property twice in YAML", ROUNDS, "name: midnight", "shelf: bottom", "shelf: bottom\n    «name: witching hour", "Q0005"),
    text("tab in YAML", WINTER, "ware:furs", "    name: Furs", "«\tname: Furs", "Q0001"),
    text("bracket left open in YAML", SUMMER, "id: bee-keeper", "{ sort: fixed, rebate: 5 }", "«{ sort: fixed, rebate: 5", "Q0001"),

    // Letters.
    text("starts a quest that does not exist", LETTERS, r#""from-oda""#, r#""first-berth""#, r#"«"last-berth""#, "Q2001"),
    text("stage left out of a path", LETTERS, r#""from-the-keeper""#, "\"keeper-lost:climb-tower\"", "\"keeper-lost:«climb-stairs\"", "Q2001"),
    text("letter twice", LETTERS, "Burn this", r#"Burn this." }"#, r#"Burn this." },
    { "id": «"from-oda", "from": "npc-ines", "text": "Too late." }"#, "Q2003"),

    // Files.
    file("empty file", "content/quests/notes.json", Vec::new, "Q0009", Place::LineColumn(1, 1)),
    file("UTF-16", "content/quests/from-windows.json", || {
        let text = String::from_utf8(quest("from-windows", STAGE)).unwrap();
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    }, "Q0002", Place::File),
    file("Latin-1", "content/quests/latin.json", || {
        let text = String::from_utf8(quest("latin", STAGE)).unwrap();
        let at = text.find("just").unwrap();
        [&text.as_bytes()[..at], b"j\xFCst", &text.as_bytes()[at + 4..]].concat()
    }, "Q0002", Place::LineColumn(7, 31)),
    file("too deep", "content/quests/deep.json", || {
        quest("deep", &format!("{}{}", "[".repeat(200), "]".repeat(200)))
    }, "Q0003", Place::LineColumn(10, 133)),
    file("cut off", "content/quests/cut.json", || {
        let mut text = quest("cut", STAGE);
        text.truncate(text.len() - 3);
        text
    }, "Q0001", Place::LineColumn(13, 3)),
    file("quest of another file", "content/quests/second.json", || quest("gull-watch", STAGE), "Q2003", Place::LineColumn(5, 13)),
    file("merge conflict", "content/quests/merged.json", || {
        quest("merged", &format!("<<<<<<< HEAD\n        {STAGE}\n=======\n        {STAGE}\n>>>>>>> other"))
    }, "Q0001", Place::LineColumn(10, 9)),
    file("other kind of file", "content/market/stray.json", || b"{ \"kind\": \"markt\" }\n".to_vec(), "Q0011", Place::LineColumn(1, 1)),
    file("nothing at the path", "content/letters/winter.json", || b"{ \"leters\": [] }\n".to_vec(), "Q0012", Place::LineColumn(1, 1)),
    file("a list instead of a file of quests", "content/quests/list.json", || b"[]\n".to_vec(), "Q1001", Place::LineColumn(1, 1)),
    file("a folder that looks like a file", "content/quests/old.json/readme.txt", || b"Old quests.\n".to_vec(), "Q0006", Place::At { file: "quest.toml", near: "", text: "content/quests/*.json" }),

    // Since the last release.
    text("stall that is gone", LOCK, "", "stall scrivener", "stall scrivener\nstall «spice-stall", "Q5002"),
    text("stage that has another id", LOCK, "", "stage arm-ship", "stage «arm-the-ship", "Q5002"),
    text("stage in another quest", LOCK, "", "    stage take-crown\n      objective decide 1 Use driftwood-crown\n  quest letter-of-marque\n", "  quest letter-of-marque\n    stage «take-crown\n      objective decide 1 Use driftwood-crown\n", "Q5003"),
    text("fewer corsairs", LOCK, "", "beat-crew 7", "beat-crew 9", "Q5004").found_in(CHAPTER, r#""id": "beat-crew""#, "7"),
    text("another beach", LOCK, "", "Reach white-beach", "Reach black-beach", "Q5005").found_in(CHAPTER, r#""id": "go-ashore""#, r#""white-beach""#),
    text("stall that is there again", LOCK, "", "stall curios", "@gone stall curios", "Q5006").found_in(STALLS, r#""id": "curios""#, r#""curios""#),
    text("another game", LOCK, "", "https://rune-game.com/schemas/quests.schema.json", "«the-harbour", "Q5007"),

    // The manifest.
    text("registry left out", "quest.toml", "", "harbour-seal    = [\"red\", \"white\"]\n", "", "Q2008").found_in("schemas/market.schema.json", "", "\"harbour-seal\""),
];

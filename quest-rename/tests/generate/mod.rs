//! Projects in all formats, with ids in every place that the compiler knows.

mod write;

use std::collections::BTreeMap;

/// Numbers that only depend on a seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    pub(crate) fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    pub(crate) fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// A project, and all ids in it.
pub(crate) struct Generated {
    pub(crate) files: BTreeMap<String, String>,
    /// Kind and path.
    pub(crate) ids: Vec<(String, String)>,
}

/// A room: the value of an entry of a map.
pub(crate) struct Room {
    pub(crate) id: String,
    /// References to rooms, with or without the prefix of the kind.
    pub(crate) exits: Vec<String>,
    pub(crate) owner: Option<String>,
    /// Whole paths, in the syntax of doors of other rooms.
    pub(crate) doors: Vec<Door>,
    pub(crate) flag: Option<String>,
}

/// A door: an object in a list, with an id that is unique in its room.
pub(crate) struct Door {
    pub(crate) id: String,
    /// A door of the same room.
    pub(crate) next: Option<String>,
    /// `go:ROOM/DOOR!`
    pub(crate) other: Option<String>,
}

/// A file: an area with the name of the file.
pub(crate) struct Area {
    pub(crate) id: String,
    pub(crate) borders: Vec<String>,
    pub(crate) rooms: Vec<Room>,
}

const WORDS: [&str; 9] = ["oak", "iron-gate", "x", "old-well", "r2d2", "no-one", "e1", "gate", "iron"];

/// An id that no other one of the kind has in the same object.
pub(crate) fn new_id(random: &mut Random, ids: &[(String, String)], kind: &str, around: &str) -> String {
    loop {
        let word = *random.pick(&WORDS);
        let id = if random.coin() { word.to_owned() } else { format!("{word}-{}", random.below(20)) };
        let path = if around.is_empty() { id.clone() } else { format!("{around}:{id}") };
        let taken = |other: &(String, String)| {
            // Rooms and people are named by one property: the first kind that has the id counts.
            let one = other.0 == kind
                || ["room", "npc"].contains(&kind) && ["room", "npc"].contains(&other.0.as_str());
            one && other.1 == path
        };
        if !ids.iter().any(taken) {
            return id;
        }
    }
}

/// What a renaming does to the ids.
pub(crate) fn renamed(ids: &mut [(String, String)], kind: &str, old: &str, new: &str) {
    for (of, path) in ids.iter_mut() {
        if of == kind && path == old {
            *path = new.to_owned();
        } else if of.strip_prefix(kind).is_some_and(|rest| rest.starts_with('.'))
            && let Some(rest) = path.strip_prefix(old).filter(|rest| rest.starts_with(':'))
        {
            *path = format!("{new}{rest}");
        }
    }
}

impl Generated {
    pub(crate) fn new(random: &mut Random) -> Self {
        let mut ids: Vec<(String, String)> = Vec::new();
        let mut fresh = |random: &mut Random, kind: &str, around: &str| {
            let id = new_id(random, &ids, kind, around);
            let path = if around.is_empty() { id.clone() } else { format!("{around}:{id}") };
            ids.push((kind.to_owned(), path));
            id
        };
        let people: Vec<String> = (0..2 + random.below(3)).map(|_| fresh(random, "npc", "")).collect();
        let items: Vec<String> = (0..2 + random.below(3)).map(|_| fresh(random, "item", "")).collect();
        let mut areas: Vec<Area> = Vec::new();
        for _ in 0..2 + random.below(4) {
            let id = fresh(random, "area", "");
            let mut rooms = Vec::new();
            for _ in 0..1 + random.below(3) {
                let id = fresh(random, "room", "");
                let doors = (0..random.below(4)).map(|_| Door {
                    id: fresh(random, "room.door", &id),
                    next: None,
                    other: None,
                });
                let doors = doors.collect();
                rooms.push(Room { id, exits: Vec::new(), owner: None, doors, flag: None });
            }
            areas.push(Area { id, borders: Vec::new(), rooms });
        }
        connect(random, &mut areas, &people);
        let mut files = BTreeMap::new();
        let mut names = Vec::new();
        for area in &areas {
            let (extension, text) = write::area(random, area);
            names.push(format!("areas/{}.{extension}", area.id));
            files.insert(names.last().unwrap().clone(), text);
        }
        let registry = write::registry(random, &items);
        files.insert(format!("items.{}", registry.0), registry.1);
        files.insert("quest.toml".to_owned(), write::manifest(random, &people, registry.0, &names, &areas));
        files.insert("area.schema.json".to_owned(), SCHEMA.to_owned());
        // What nothing refers to is no mistake here, but what is open has no definition.
        let flags = areas.iter().flat_map(|area| &area.rooms).filter_map(|room| room.flag.clone());
        let flags: std::collections::BTreeSet<String> = flags.collect();
        ids.extend(flags.into_iter().map(|flag| ("flag".to_owned(), flag)));
        Self { files, ids }
    }
}

/// Lets areas, rooms and doors refer to each other.
fn connect(random: &mut Random, areas: &mut [Area], people: &[String]) {
    let names: Vec<String> = areas.iter().map(|area| area.id.clone()).collect();
    let rooms: Vec<String> = areas.iter().flat_map(|area| &area.rooms).map(|room| room.id.clone()).collect();
    let all = areas.iter().flat_map(|area| &area.rooms);
    let doors: Vec<String> =
        all.flat_map(|room| room.doors.iter().map(|door| format!("go:{}/{}!", room.id, door.id))).collect();
    for area in areas {
        area.borders = (0..random.below(3)).map(|_| random.pick(&names).clone()).collect();
        for room in &mut area.rooms {
            room.exits = (0..random.below(3))
                .map(|_| {
                    if random.coin() {
                        random.pick(&rooms).clone()
                    } else {
                        format!("r:{}", random.pick(&rooms))
                    }
                })
                .collect();
            let owners = if random.coin() { people } else { &rooms };
            room.owner = random.coin().then(|| random.pick(owners).clone());
            room.flag = random.coin().then(|| (*random.pick(&WORDS)).to_owned());
            let own: Vec<String> = room.doors.iter().map(|door| door.id.clone()).collect();
            for door in &mut room.doors {
                door.next = random.coin().then(|| random.pick(&own).clone());
                door.other = random.coin().then(|| random.pick(&doors).clone());
            }
        }
    }
}

const SCHEMA: &str = r##"{
  "type": "object",
  "x-key": { "kind": "area", "from": "file-name" },
  "properties": {
    "borders": { "type": "array", "items": { "type": "string", "x-ref": "area" } },
    "rooms": {
      "type": "object",
      "propertyNames": { "x-key": { "kind": "room", "prefix": "r:" } },
      "additionalProperties": { "$ref": "#/definitions/Room" }
    }
  },
  "required": ["rooms"],
  "additionalProperties": false,
  "definitions": {
    "Room": {
      "type": "object",
      "properties": {
        "exits": { "type": "array", "items": { "type": "string", "x-ref": "room" } },
        "owner": { "type": "string", "x-ref": ["npc", "room"] },
        "flag": { "type": "string", "x-ref": "flag" },
        "holds": {
          "type": "object",
          "propertyNames": { "x-ref": "item" },
          "additionalProperties": { "type": "integer" }
        },
        "doors": { "type": "array", "items": { "$ref": "#/definitions/Door" } }
      },
      "additionalProperties": false
    },
    "Door": {
      "type": "object",
      "properties": {
        "id": { "type": "string", "pattern": "^[a-z][a-z0-9-]*$", "x-key": "room.door" },
        "next": { "type": "string", "x-ref": "room.door" },
        "other": {
          "type": "string",
          "x-ref": { "to": { "kind": "room.door", "prefix": "go:", "suffix": "!" }, "separator": "/" }
        }
      },
      "required": ["id"],
      "additionalProperties": false
    }
  }
}
"##;

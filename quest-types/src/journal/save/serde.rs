//! Saves in the formats of serde.
//!
//! Formats that people read have names for everything, so a save is written with names there, and what is empty is left out.
//! All others get the compact form: what is left out cannot be told from what follows where there are no names. A save of an
//! earlier version, which had names in these formats too, can still be read.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::de::{self, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};

use super::{Save, SavedProgress, SavedQuest, SavedReward, SavedRun, SavedState};

impl Serialize for Save {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return Self::serialize(self, serializer);
        }
        let mut packed = serializer.serialize_struct("Save", 2)?;
        packed.serialize_field("format", &self.format)?;
        packed.serialize_field("bytes", &Bytes(self.to_bytes()))?;
        packed.end()
    }
}

impl<'de> Deserialize<'de> for Save {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            Self::deserialize(deserializer)
        } else {
            deserializer.deserialize_struct("Save", &FIELDS, Packed)
        }
    }
}

/// The fields of either form. Formats without names offer as many values as there are fields here: the compact form takes two,
/// format 3 all but one.
const FIELDS: [&str; 8] = ["format", "bytes", "game", "content", "owner", "version", "quests", "held"];

/// Bytes, where `Vec<u8>` would be a list of numbers.
struct Bytes(Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the bytes of a save")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.into()))
            }

            fn visit_byte_buf<E: de::Error>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }

            // Some formats have no bytes, only lists of numbers.
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Bytes, A::Error> {
                let mut bytes = Vec::new();
                while let Some(byte) = list.next_element()? {
                    bytes.push(byte);
                }
                Ok(Bytes(bytes))
            }
        }

        deserializer.deserialize_byte_buf(Read)
    }
}

/// Reads a save of a format that is not for people.
struct Packed;

fn unpack<E: de::Error>(format: u32, bytes: &[u8]) -> Result<Save, E> {
    let save = Save::from_bytes(bytes).map_err(E::custom)?;
    if save.format == format { Ok(save) } else { Err(E::custom("the save names two formats")) }
}

impl<'de> Visitor<'de> for Packed {
    type Value = Save;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a save")
    }

    /// Without names: the compact form, or all fields of format 3 in their order. What left some of them out cannot be told
    /// from another save, and is refused.
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Save, A::Error> {
        let missing = || A::Error::custom("a field of the save is missing");
        let format: u32 = list.next_element()?.ok_or_else(missing)?;
        if format > 3 {
            let bytes: Bytes = list.next_element()?.ok_or_else(missing)?;
            return unpack(format, &bytes.0);
        }
        if format < 3 {
            return Err(A::Error::custom("a save of this format and without names cannot be read"));
        }
        let game = list.next_element()?.ok_or_else(missing)?;
        let content = list.next_element()?.ok_or_else(missing)?;
        let owner = list.next_element()?.ok_or_else(missing)?;
        let version = list.next_element()?.ok_or_else(missing)?;
        let quests: Vec<third::Quest> = list.next_element()?.ok_or_else(missing)?;
        let held: Vec<third::Reward> = list.next_element()?.ok_or_else(missing)?;
        let quests = quests.into_iter().map(SavedQuest::from).collect();
        let held = held.into_iter().map(SavedReward::from).collect();
        Ok(Save { format, game, content, owner, version, quests, held })
    }

    /// With names: the compact form, or the fields of an earlier format.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Save, A::Error> {
        let mut old = Old::default();
        let mut bytes: Option<Bytes> = None;
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "bytes" => put(&mut bytes, "bytes", &mut map)?,
                "format" => put(&mut old.format, "format", &mut map)?,
                "game" => put(&mut old.game, "game", &mut map)?,
                "content" => put(&mut old.content, "content", &mut map)?,
                "owner" => put(&mut old.owner, "owner", &mut map)?,
                "version" => put(&mut old.version, "version", &mut map)?,
                "quests" => put(&mut old.quests, "quests", &mut map)?,
                "held" => put(&mut old.held, "held", &mut map)?,
                // What bson and others write about the document itself is not there; anything else is a mistake.
                other => {
                    map.next_value::<IgnoredAny>()?;
                    return Err(A::Error::unknown_field(other, &FIELDS));
                }
            }
        }
        match (old.format, bytes) {
            (Some(format), Some(bytes)) => unpack(format, &bytes.0),
            _ => old.save(),
        }
    }
}

fn put<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    place: &mut Option<T>,
    name: &'static str,
    map: &mut A,
) -> Result<(), A::Error> {
    match place.replace(map.next_value()?) {
        None => Ok(()),
        Some(_) => Err(A::Error::duplicate_field(name)),
    }
}

/// The fields of an earlier format.
#[derive(Default)]
struct Old {
    format: Option<u32>,
    game: Option<String>,
    content: Option<String>,
    owner: Option<String>,
    version: Option<u64>,
    quests: Option<Vec<SavedQuest>>,
    held: Option<Vec<SavedReward>>,
}

impl Old {
    fn save<E: de::Error>(self) -> Result<Save, E> {
        let missing = E::missing_field;
        Ok(Save {
            format: self.format.ok_or_else(|| missing("format"))?,
            game: self.game.ok_or_else(|| missing("game"))?,
            content: self.content.ok_or_else(|| missing("content"))?,
            owner: self.owner.ok_or_else(|| missing("owner"))?,
            version: self.version.ok_or_else(|| missing("version"))?,
            quests: self.quests.ok_or_else(|| missing("quests"))?,
            held: self.held.unwrap_or_default(),
        })
    }
}

/// What format 3 wrote where there are no names: every field, in this order.
mod third {
    use super::{SavedProgress, SavedQuest, SavedReward, SavedRun, SavedState, String, Vec};

    #[derive(serde::Deserialize)]
    pub(super) struct Quest(String, SavedState, u32, bool, bool, Option<Run>);

    #[derive(serde::Deserialize)]
    struct Run(
        Option<String>,
        Option<String>,
        Option<u64>,
        Option<u64>,
        bool,
        Vec<Progress>,
        Vec<String>,
        Vec<String>,
        Vec<(String, String)>,
    );

    #[derive(serde::Deserialize)]
    struct Progress(String, u32, bool);

    #[derive(serde::Deserialize)]
    pub(super) struct Reward(String, String);

    impl From<Quest> for SavedQuest {
        fn from(Quest(id, state, times, locked, found, run): Quest) -> Self {
            Self { id, state, times, runs: 0, locked, found, run: run.map(SavedRun::from) }
        }
    }

    impl From<Run> for SavedRun {
        fn from(run: Run) -> Self {
            let Run(stage, world, turns_left, turns, expired, progress, revealed, branches, paths) = run;
            let progress = progress.into_iter().map(|Progress(objective, count, done)| SavedProgress {
                objective,
                count,
                done,
            });
            let progress = progress.collect();
            let (entered, settled, acted) = (0, 0, Vec::new());
            Self {
                stage,
                world,
                turns_left,
                turns,
                expired,
                entered,
                settled,
                acted,
                revealed,
                branches,
                paths,
                progress,
            }
        }
    }

    impl From<Reward> for SavedReward {
        fn from(Reward(quest, reward): Reward) -> Self {
            Self { quest, reward, run: 0 }
        }
    }
}

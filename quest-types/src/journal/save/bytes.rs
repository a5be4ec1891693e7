//! The compact form of a save: how numbers, texts and paths are written as bytes, and read again.
//!
//! ```text
//! save    = "QSV" layout format version content game owner worlds quests held checksum
//! content = 0 and eight bytes, or a text behind a 1
//! quests  = count, each: flags id [times] [runs] [run]
//! run     = flags entered [settled] [stage] [world] [turns left] [turns] progress [acted revealed branches paths]
//! held    = count, each: quest reward run
//! ```
//!
//! Numbers are LEB128. A text is its length and its bytes. A path is a text behind two bits that say what goes before it:
//! nothing, the id of the quest, or the path of the stage in which the quest is. The checksum is over all before it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::SAVE_FORMAT;

pub(super) const MAGIC: [u8; 3] = *b"QSV";
/// The number of this layout.
pub(super) const LAYOUT: u8 = 1;
/// Bytes of the checksum at the end.
pub(super) const CHECKSUM: usize = 4;

/// Flags of a quest, above the three bits of its state.
pub(super) mod quest_flag {
    pub(crate) const LOCKED: u8 = 1 << 3;
    pub(crate) const FOUND: u8 = 1 << 4;
    pub(crate) const RUN: u8 = 1 << 5;
    pub(crate) const TIMES: u8 = 1 << 6;
    pub(crate) const RUNS: u8 = 1 << 7;
}

/// Flags of a run.
pub(super) mod run_flag {
    pub(crate) const STAGE: u8 = 1;
    pub(crate) const WORLD: u8 = 1 << 1;
    pub(crate) const TURNS_LEFT: u8 = 1 << 2;
    pub(crate) const TURNS: u8 = 1 << 3;
    pub(crate) const EXPIRED: u8 = 1 << 4;
    pub(crate) const SETTLED: u8 = 1 << 5;
    /// There are stages that have acted, objectives that were found, branches or paths.
    pub(crate) const MORE: u8 = 1 << 6;
    pub(crate) const ALL: u8 = (1 << 7) - 1;
}

/// Why bytes are no save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SaveBytesError {
    /// They do not begin like a save in bytes.
    NoSave,
    /// They are of a layout that this version does not read: a later version wrote them.
    Layout {
        /// The layout that they name.
        found: u8,
    },
    /// They end too early, or were changed on the way: the checksum is another.
    Damaged,
    /// The checksum is right, and they say what no game writes.
    Malformed {
        /// The position of the first byte that is wrong.
        at: usize,
        /// What is wrong there.
        what: &'static str,
    },
    /// They are what has changed since another save than the one that was given.
    OtherBase {
        /// The version that they continue.
        wanted: u64,
        /// The version that was given.
        found: u64,
    },
}

impl fmt::Display for SaveBytesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSave => f.write_str("these bytes are no save"),
            Self::Layout { found } => {
                write!(f, "the save has layout {found}, and this game reads layout {LAYOUT}")
            }
            Self::Damaged => f.write_str("the save is cut short, or was changed"),
            Self::Malformed { at, what } => write!(f, "the save is damaged at byte {at}: {what}"),
            Self::OtherBase { wanted, found } => {
                write!(f, "the changes continue version {wanted} of the save, and this is version {found}")
            }
        }
    }
}

impl core::error::Error for SaveBytesError {}

/// A path, by what goes before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathRef<'a> {
    Full(&'a str),
    /// Behind the id of the quest and a colon.
    InQuest(&'a str),
    /// Behind the path of the stage in which the quest is, and a colon.
    InStage(&'a str),
}

impl<'a> PathRef<'a> {
    /// A path in its shortest form, of a quest that is in a stage.
    pub(super) fn of(quest: &str, stage: Option<&str>, path: &'a str) -> Self {
        let within = |parent: &str| path.strip_prefix(parent)?.strip_prefix(':');
        match (stage.and_then(within), within(quest)) {
            (Some(own), _) => Self::InStage(own),
            (None, Some(own)) => Self::InQuest(own),
            (None, None) => Self::Full(path),
        }
    }

    /// Writes it as bytes.
    pub(super) fn put(self, out: &mut Vec<u8>) {
        match self {
            Self::Full(path) => put_path(out, FULL, (path, None)),
            Self::InQuest(own) => put_path(out, IN_QUEST, (own, None)),
            Self::InStage(own) => put_path(out, IN_STAGE, (own, None)),
        }
    }

    /// Writes the whole path. A stage is never in a stage.
    pub(super) fn write(self, quest: &str, stage: Option<Self>, out: &mut String) {
        match self {
            Self::Full(path) => out.push_str(path),
            Self::InQuest(own) => out.extend([quest, ":", own]),
            Self::InStage(own) => {
                if let Some(stage @ (Self::Full(_) | Self::InQuest(_))) = stage {
                    stage.write(quest, None, out);
                }
                out.extend([":", own]);
            }
        }
    }
}

pub(super) fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub(super) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Writes a path that consists of two parts with a colon between them, or of one.
pub(super) fn put_path(out: &mut Vec<u8>, tag: u64, parts: (&str, Option<&str>)) {
    let (first, second) = parts;
    let length = first.len() + second.map_or(0, |second| 1 + second.len());
    put_number(out, (length as u64) << 2 | tag);
    out.extend_from_slice(first.as_bytes());
    if let Some(second) = second {
        out.push(b':');
        out.extend_from_slice(second.as_bytes());
    }
}

pub(super) const FULL: u64 = 0;
pub(super) const IN_QUEST: u64 = 1;
pub(super) const IN_STAGE: u64 = 2;

/// Writes the content's fingerprint: eight bytes if it is one, else the text that is there instead.
pub(super) fn put_content(out: &mut Vec<u8>, content: &str) {
    let digits = content.len() == 16 && content.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    match u64::from_str_radix(content, 16) {
        Ok(number) if digits => put_fingerprint(out, number),
        _ => {
            out.push(1);
            put_text(out, content);
        }
    }
}

pub(super) fn put_fingerprint(out: &mut Vec<u8>, content: u64) {
    out.push(0);
    out.extend_from_slice(&content.to_le_bytes());
}

pub(super) fn put_start(out: &mut Vec<u8>, format: u32, version: u64) {
    out.extend_from_slice(&MAGIC);
    out.push(LAYOUT);
    put_number(out, format.into());
    put_number(out, version);
}

/// Ends a save that begins at a position.
pub(super) fn put_checksum(out: &mut Vec<u8>, start: usize) {
    let checksum = checksum(&out[start..]);
    out.extend_from_slice(&checksum);
}

pub(super) fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let hash = crate::format::hash(bytes, SAVE_FORMAT.into());
    (hash as u32).to_le_bytes()
}

/// Reads what was written.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn wrong<T>(&self, what: &'static str) -> Result<T, SaveBytesError> {
        Err(SaveBytesError::Malformed { at: self.at, what })
    }

    pub(super) fn byte(&mut self) -> Result<u8, SaveBytesError> {
        let Some(byte) = self.bytes.get(self.at) else { return self.wrong("it ends here") };
        self.at += 1;
        Ok(*byte)
    }

    pub(super) fn number(&mut self) -> Result<u64, SaveBytesError> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if part.checked_shl(shift).is_none_or(|shifted| shifted >> shift != part) {
                break;
            }
            number |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        self.wrong("a number is too large")
    }

    pub(super) fn small(&mut self) -> Result<u32, SaveBytesError> {
        u32::try_from(self.number()?).or_else(|_| self.wrong("a number is too large"))
    }

    /// How many elements follow. Each has at least one byte, so there cannot be more than bytes.
    pub(super) fn count(&mut self) -> Result<usize, SaveBytesError> {
        let count = self.number()?;
        match usize::try_from(count) {
            Ok(count) if count <= self.bytes.len() - self.at => Ok(count),
            _ => self.wrong("there are fewer bytes than elements"),
        }
    }

    pub(super) fn bytes(&mut self, length: u64) -> Result<&'a [u8], SaveBytesError> {
        let end = usize::try_from(length).ok().and_then(|length| self.at.checked_add(length));
        match end.and_then(|end| self.bytes.get(self.at..end)) {
            Some(bytes) => {
                self.at += bytes.len();
                Ok(bytes)
            }
            None => self.wrong("it ends here"),
        }
    }

    fn text_of(&mut self, length: u64) -> Result<&'a str, SaveBytesError> {
        let before = self.at;
        let bytes = self.bytes(length)?;
        let wrong = |_| SaveBytesError::Malformed { at: before, what: "a text is not UTF-8" };
        core::str::from_utf8(bytes).map_err(wrong)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, SaveBytesError> {
        let length = self.number()?;
        self.text_of(length)
    }

    pub(super) fn path(&mut self, in_stage: bool) -> Result<PathRef<'a>, SaveBytesError> {
        let number = self.number()?;
        let text = self.text_of(number >> 2)?;
        match number & 3 {
            FULL => Ok(PathRef::Full(text)),
            IN_QUEST => Ok(PathRef::InQuest(text)),
            IN_STAGE if in_stage => Ok(PathRef::InStage(text)),
            _ => self.wrong("a path begins with what is not there"),
        }
    }
}

//! What has changed from one save of a player to the next, in bytes.
//!
//! ```text
//! delta  = 0xD1 base-version version format splices checksum
//! splice = kept removed added
//! ```
//!
//! A splice keeps bytes of the base, then leaves some out, then adds some. The checksum is that of the save that comes of
//! it, so nothing can come of another base. Both saves are compared quest by quest.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::ops::Range;

use super::bytes::{CHECKSUM, Cursor, SaveBytesError, put_number};
use super::packed::{Packed, RunRef, open};

const MAGIC: [u8; 1] = [0xD1];

/// A save in parts: what is before its quests, each quest, and what is behind them.
struct Parts<'a> {
    bytes: &'a [u8],
    version: u64,
    format: u32,
    /// Behind format and version.
    start: usize,
    /// The first and the last are those before and behind the quests.
    parts: Vec<(&'a str, Range<usize>)>,
}

impl<'a> Parts<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, SaveBytesError> {
        let (format, version, cursor) = open(bytes)?;
        let start = cursor.position();
        let (head, mut packed) = Packed::open(bytes)?;
        let mut at = packed.position();
        let mut parts = alloc::vec![("", start..at)];
        let mut run = RunRef::default();
        for _ in 0..head.quests {
            let quest = packed.quest()?;
            if quest.has_run {
                packed.run(&mut run)?;
            }
            parts.push((quest.id, at..packed.position()));
            at = packed.position();
        }
        for _ in 0..packed.held_count()? {
            packed.held()?;
        }
        packed.end()?;
        parts.push(("", at..bytes.len() - CHECKSUM));
        Ok(Self { bytes, version, format, start, parts })
    }

    fn of(&self, range: &Range<usize>) -> &'a [u8] {
        self.bytes.get(range.clone()).unwrap_or_default()
    }
}

/// Writes splices. What is kept is counted until something differs.
struct Splices {
    out: Vec<u8>,
    kept: u64,
}

impl Splices {
    fn replace(&mut self, old: &[u8], new: &[u8]) {
        let same = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let (old_rest, new_rest) = (&old[same..], &new[same..]);
        let behind = old_rest.iter().rev().zip(new_rest.iter().rev());
        let behind = behind.take_while(|(old, new)| old == new).count();
        let removed = &old_rest[..old_rest.len() - behind];
        let added = &new_rest[..new_rest.len() - behind];
        self.kept += same as u64;
        if !(removed.is_empty() && added.is_empty()) {
            put_number(&mut self.out, self.kept);
            put_number(&mut self.out, removed.len() as u64);
            put_number(&mut self.out, added.len() as u64);
            self.out.extend_from_slice(added);
            self.kept = 0;
        }
        self.kept += behind as u64;
    }
}

/// What has changed from one save to another of the same player: a few bytes after one event. [`apply_delta`] makes the
/// second of the first. Both are saves in bytes ([`Player::save_bytes`](crate::journal::Player::save_bytes)).
///
/// # Errors
///
/// One of them is no save in bytes.
pub fn delta(base: &[u8], save: &[u8]) -> Result<Vec<u8>, SaveBytesError> {
    let (old, new) = (Parts::read(base)?, Parts::read(save)?);
    let mut out = MAGIC.to_vec();
    put_number(&mut out, old.version);
    put_number(&mut out, new.version);
    put_number(&mut out, new.format.into());
    let mut splices = Splices { out, kept: 0 };
    // The first and the last part are no quests.
    let (behind, quests) = (old.parts.len() - 1, old.parts.iter().zip(0..).skip(1));
    let quests: BTreeMap<&str, usize> =
        quests.take(behind - 1).map(|((id, _), position)| (*id, position)).collect();
    let mut done = 0;
    let count = new.parts.len();
    for (at, (id, range)) in new.parts.iter().enumerate() {
        let new = new.of(range);
        // The last part of the one is the last of the other; every quest between them that is left is gone.
        let found = match at {
            0 => Some(0),
            _ if at + 1 == count => Some(behind),
            _ => quests.get(id).copied().filter(|found| *found >= done),
        };
        let Some(found) = found else {
            splices.replace(&[], new);
            continue;
        };
        for (_, gone) in &old.parts[done..found] {
            splices.replace(old.of(gone), &[]);
        }
        splices.replace(old.of(&old.parts[found].1), new);
        done = found + 1;
    }
    let mut out = splices.out;
    out.extend_from_slice(&save[save.len() - CHECKSUM..]);
    Ok(out)
}

/// Makes a save of the one before it, and of what has changed since then ([`delta`]).
///
/// # Errors
///
/// The changes are cut short or changed, or continue another save.
pub fn apply_delta(base: &[u8], delta: &[u8]) -> Result<Vec<u8>, SaveBytesError> {
    let old = Parts::read(base)?;
    if !delta.starts_with(&MAGIC) {
        return Err(if delta.is_empty() { SaveBytesError::Damaged } else { SaveBytesError::NoSave });
    }
    let (body, checksum) = delta.split_last_chunk::<CHECKSUM>().ok_or(SaveBytesError::Damaged)?;
    let damaged = |_| SaveBytesError::Damaged;
    let mut cursor = Cursor::new(body, MAGIC.len());
    let wanted = cursor.number().map_err(damaged)?;
    if wanted != old.version {
        return Err(SaveBytesError::OtherBase { wanted, found: old.version });
    }
    let version = cursor.number().map_err(damaged)?;
    let format = cursor.small().map_err(damaged)?;
    let mut out = Vec::with_capacity(base.len() + delta.len());
    super::bytes::put_start(&mut out, format, version);
    let mut rest = &base[old.start..base.len() - CHECKSUM];
    while cursor.position() < body.len() {
        let (kept, removed) = (cursor.number().map_err(damaged)?, cursor.number().map_err(damaged)?);
        let length = cursor.number().map_err(damaged)?;
        let added = cursor.bytes(length).map_err(damaged)?;
        out.extend_from_slice(take(&mut rest, kept)?);
        take(&mut rest, removed)?;
        out.extend_from_slice(added);
    }
    out.extend_from_slice(rest);
    if super::bytes::checksum(&out) != *checksum {
        return Err(SaveBytesError::Damaged);
    }
    out.extend_from_slice(checksum);
    Ok(out)
}

/// Takes bytes off the begin.
fn take<'a>(rest: &mut &'a [u8], count: u64) -> Result<&'a [u8], SaveBytesError> {
    let parts = usize::try_from(count).ok().and_then(|count| rest.split_at_checked(count));
    let (taken, left) = parts.ok_or(SaveBytesError::Damaged)?;
    *rest = left;
    Ok(taken)
}

//! Guessing the new name of an id that is gone: a new id with the same parts, the same objective key, or a similar name.

use super::lock::Lock;
use super::now::Now;
use super::objective_key::objective_key;
use crate::diagnostics::near;
use crate::schema::KindId;
use std::collections::{HashMap, HashSet};

/// So many comparisons are made in one run. Behind them nothing is suggested: who has lost so many ids has not misspelt one.
const MOST_WORK: usize = 2_000_000;
/// An id that more new objects have in them than this, such as `start`, tells nothing about any of them.
const MOST_SHARED: usize = 8;

/// What became of an id.
#[derive(Clone, Copy, Debug)]
pub(super) enum Candidate {
    /// Something new, and why it is taken for that.
    New(u32, Why),
    /// It is in another object of its kind now.
    Moved(u32),
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It has what the old one had.
    SameParts,
    /// It counts the same.
    SameObjectiveKey,
    /// It is called nearly the same.
    Name,
}

/// Looks for what became of ids.
pub(super) struct RenameGuess<'l, 'a, 't> {
    now: &'l Now<'l, 'a>,
    lock: &'l Lock<'t>,
    kinds: &'l [Option<KindId>],
    seen: &'l [Vec<bool>],
    work: usize,
    /// Of each kind the new ids, by their text.
    new: HashMap<KindId, HashMap<&'l str, Vec<u32>>>,
    /// What has been suggested.
    taken: HashSet<(KindId, u32)>,
}

impl<'l, 'a, 't> RenameGuess<'l, 'a, 't> {
    pub(super) fn new(
        now: &'l Now<'l, 'a>,
        lock: &'l Lock<'t>,
        kinds: &'l [Option<KindId>],
        seen: &'l [Vec<bool>],
    ) -> Self {
        let (new, taken) = (HashMap::new(), HashSet::new());
        Self { now, lock, kinds, seen, work: MOST_WORK, new, taken }
    }

    /// What became of the entry `at`, which was in the object `around`.
    pub(super) fn of(&mut self, at: u32, kind: KindId, around: Option<u32>) -> Candidate {
        let candidates = match around {
            Some(around) => self.new_in(kind, around),
            None => self.new_ids(kind),
        };
        let meant = self.best(at, kind, &candidates).map(|(row, why)| Candidate::New(row, why));
        let meant = meant.or_else(|| around.and_then(|_| self.moved(at, kind)).map(Candidate::Moved));
        if let Some(Candidate::New(row, _) | Candidate::Moved(row)) = meant {
            self.taken.insert((kind, row));
        }
        meant.unwrap_or(Candidate::Nothing)
    }

    fn is_new(&self, kind: KindId, row: u32) -> bool {
        let known = self.seen[kind.0 as usize].get(row as usize) == Some(&true);
        !known && self.now.place(kind, row).is_some() && !self.taken.contains(&(kind, row))
    }

    /// The new ids in an object.
    fn new_in(&mut self, kind: KindId, around: u32) -> Vec<u32> {
        let rows = self.now.resolved.ids.children(kind, around);
        self.work = self.work.saturating_sub(rows.len());
        rows.iter().copied().filter(|row| self.is_new(kind, *row)).collect::<Vec<_>>()
    }

    /// The new ids of a kind that belongs to no other.
    fn new_ids(&mut self, kind: KindId) -> Vec<u32> {
        let count = self.by_text(kind).len();
        if self.work < count {
            return Vec::new();
        }
        self.work -= count;
        let mut rows: Vec<u32> = self.by_text(kind).values().flatten().copied().collect();
        rows.sort();
        rows.retain(|row| self.is_new(kind, *row));
        rows
    }

    fn by_text(&mut self, kind: KindId) -> &HashMap<&'l str, Vec<u32>> {
        let now = self.now;
        let seen = &self.seen[kind.0 as usize];
        self.new.entry(kind).or_insert_with(|| {
            let mut found: HashMap<&'l str, Vec<u32>> = HashMap::new();
            for (row, id) in (0..).zip(&now.resolved.ids.of(kind).list) {
                if !seen[row as usize] && id.span.is_some() {
                    found.entry(&id.text).or_default().push(row);
                }
            }
            found
        })
    }

    /// The candidate that is most like an entry.
    fn best(&mut self, at: u32, kind: KindId, candidates: &[u32]) -> Option<(u32, Why)> {
        let entry = &self.lock.entries[at as usize];
        let parts = entry.end.saturating_sub(at) as usize;
        let cost = candidates.len().saturating_mul(parts.max(1) + entry.id.len());
        if candidates.is_empty() || cost > self.work {
            return None;
        }
        self.work -= cost;
        let by_parts = candidates.iter().map(|row| (self.likeness(at, kind, *row), *row));
        let best = by_parts.filter(|(same, _)| *same > 0).max_by_key(|(same, row)| (*same, u32::MAX - row));
        if let Some((_, row)) = best {
            let several = candidates.iter().filter(|other| self.likeness(at, kind, **other) > 0).count() > 1;
            // Several that count the same are told apart by their names.
            if entry.objective_key.is_none() || !several {
                let why = if entry.objective_key.is_some() { Why::SameObjectiveKey } else { Why::SameParts };
                return Some((row, why));
            }
        }
        let ids = self.now.resolved.ids.of(kind);
        let texts: HashMap<&str, u32> =
            candidates.iter().map(|row| (&*ids.list[*row as usize].text, *row)).collect();
        let found = near(&entry.id, candidates.iter().map(|row| &*ids.list[*row as usize].text));
        Some((*texts.get(found.first()?)?, Why::Name))
    }

    /// How much of an entry something new has: for what is counted, whether that is the same; else, if it is at least half of what
    /// belonged to the entry, how many ids.
    fn likeness(&self, at: u32, kind: KindId, row: u32) -> usize {
        let entry = &self.lock.entries[at as usize];
        if let Some(was) = &entry.objective_key {
            let is = objective_key(self.now, kind, row);
            return usize::from(is.is_some_and(|is| is.what == was.what && is.count == was.count));
        }
        let (mut all, mut same) = (0, 0);
        let mut child = at + 1;
        while child < entry.end {
            let part = &self.lock.entries[child as usize];
            all += 1;
            let there =
                self.kinds[part.kind].and_then(|kind| self.now.resolved.ids.of(kind).find(row, &part.id));
            same += usize::from(there.is_some());
            child = part.end.max(child + 1);
        }
        if same * 2 >= all { same } else { 0 }
    }

    /// Something new that has the same id, and what the entry had, in another object that was there before.
    fn moved(&mut self, at: u32, kind: KindId) -> Option<u32> {
        let entry = &self.lock.entries[at as usize];
        let found = self.by_text(kind).get(&*entry.id).cloned().unwrap_or_default();
        if found.len() > MOST_SHARED {
            return None;
        }
        let like = |row: &u32| self.is_new(kind, *row) && self.likeness(at, kind, *row) > 0;
        let found: Vec<u32> = found.into_iter().filter(like).collect();
        // In something that is new itself, it may be a copy.
        let parent = self.now.model.kind(kind).parent?;
        let known = |row: &u32| {
            let around = self.now.resolved.ids.id(kind, *row).parent;
            self.seen[parent.0 as usize].get(around as usize) == Some(&true)
        };
        match found.as_slice() {
            [only] if known(only) => Some(*only),
            _ => None,
        }
    }
}

//! Functions whose assembly `tests/bench` shows: an operation of questc, and the same with an array whose length is known.

use crate::QUESTS;
use crate::quests::{Quest, QuestId, Stage};

/// A row of an array, for comparison: of bytes, like those of questc.
#[repr(C)]
pub(crate) struct Row<const SIZE: usize> {
    pub(crate) next: [u8; 4],
    pub(crate) rest: [u8; SIZE],
}

static ARRAY: [Row<37>; QUESTS] = [const { Row { next: [1, 0, 0, 0], rest: [1; 37] } }; QUESTS];

#[inline(never)]
pub(crate) fn id_to_row(id: QuestId) -> Option<&'static Quest> {
    id.get()
}

#[inline(never)]
pub(crate) fn array_row(at: u32) -> Option<&'static Row<37>> {
    ARRAY.get(at as usize)
}

#[inline(never)]
pub(crate) fn stage_to_next(stage: &'static Stage) -> Option<&'static Stage> {
    stage.next()
}

#[inline(never)]
pub(crate) fn array_next(row: &'static Row<37>) -> Option<&'static Row<37>> {
    ARRAY.get(u32::from_le_bytes(row.next) as usize)
}

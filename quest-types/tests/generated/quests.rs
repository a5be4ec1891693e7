// What quest-build writes into `mod quests`, in small: every sort of cell, list, id and enum once. The
// including test adds the end, which is `tables()` for embedded content or `loader!` for content that is
// loaded at run time.

__rt::assert_format!(4);

/// What the tables hold.
pub const LAYOUT: __rt::table::Layout = __rt::table::Layout {
    fingerprint: 0x1111_2222_3333_4444,
    ids: 0x5555_6666_7777_8888,
    long: 19,
    sections: &[
        __rt::table::Section {
            size: 56,
            columns: &[
                __rt::table::Column::SameRows { section: 4 },
                __rt::table::Column::Link { at: 0, section: 4, optional: false },
                __rt::table::Column::Text { at: 4, optional: false },
                __rt::table::Column::Variant { at: 8, count: 3, optional: false },
                __rt::table::Column::Link { at: 11, section: 3, optional: true },
                __rt::table::Column::Range { at: 15, section: 1 },
                __rt::table::Column::Texts { at: 19, list: 12 },
                __rt::table::Column::Ids { at: 23, list: 13, section: 4 },
                __rt::table::Column::Values { at: 27, list: 14 },
                __rt::table::Column::Targets { at: 31, list: 15, sections: &[17, 4] },
                __rt::table::Column::Variants { at: 35, list: 16, count: 3 },
                __rt::table::Column::Value { at: 39, optional: true },
            ],
        },
        __rt::table::Section {
            size: 20,
            columns: &[
                __rt::table::Column::SameRows { section: 6 },
                __rt::table::Column::Link { at: 0, section: 6, optional: false },
                __rt::table::Column::Text { at: 4, optional: false },
                __rt::table::Column::Link { at: 8, section: 1, optional: true },
                __rt::table::Column::Range { at: 12, section: 2 },
                __rt::table::Column::Text { at: 16, optional: true },
            ],
        },
        __rt::table::Section {
            size: 25,
            columns: &[
                __rt::table::Column::SameRows { section: 9 },
                __rt::table::Column::Link { at: 0, section: 9, optional: false },
                __rt::table::Column::Target { at: 4, sections: &[17, 4], optional: false },
                __rt::table::Column::Target { at: 15, sections: &[17], optional: true },
                __rt::table::Column::Wide { at: 20, byte: 24, bit: 0 },
            ],
        },
        __rt::table::Section { size: 4, columns: &[__rt::table::Column::Link { at: 0, section: 17, optional: false }] },
        __rt::table::Section { size: 4, columns: &[__rt::table::Column::Text { at: 0, optional: false }] },
        __rt::table::Section { size: 4, columns: &[__rt::table::Column::Slots { keys: 4 }] },
        __rt::table::Section { size: 4, columns: &[__rt::table::Column::Text { at: 0, optional: false }] },
        __rt::table::Section { size: 4, columns: &[__rt::table::Column::Slots { keys: 6 }] },
        __rt::table::Section {
            size: 4,
            columns: &[
                __rt::table::Column::SameRows { section: 6 },
                __rt::table::Column::Link { at: 0, section: 4, optional: false },
            ],
        },
        __rt::table::Section { size: 4, columns: &[__rt::table::Column::Text { at: 0, optional: false }] },
        __rt::table::Section { size: 4, columns: &[__rt::table::Column::Slots { keys: 9 }] },
        __rt::table::Section {
            size: 4,
            columns: &[
                __rt::table::Column::SameRows { section: 9 },
                __rt::table::Column::Link { at: 0, section: 6, optional: false },
            ],
        },
        __rt::table::Section { size: 4, columns: &[] },
        __rt::table::Section { size: 4, columns: &[] },
        __rt::table::Section { size: 9, columns: &[] },
        __rt::table::Section { size: 5, columns: &[] },
        __rt::table::Section { size: 1, columns: &[] },
        __rt::table::Section { size: 4, columns: &[__rt::table::Column::Text { at: 0, optional: false }] },
        __rt::table::Section { size: 4, columns: &[__rt::table::Column::Slots { keys: 17 }] },
        __rt::table::Section { size: 8, columns: &[] },
    ],
};

struct Tables {
    text: &'static str,
    quest: &'static [Quest],
    stage: &'static [Stage],
    objective: &'static [Objective],
    quest_giver: &'static [QuestGiver],
    quest_keys: __rt::table::Keys,
    stage_keys: __rt::table::ScopedKeys,
    objective_keys: __rt::table::ScopedKeys,
    npc_keys: __rt::table::Keys,
    texts: __rt::table::Texts,
    ids: __rt::table::IdRows,
    values: __rt::table::Values,
    targets: __rt::table::Targets,
    variants: __rt::table::Variants,
    long: __rt::table::LongRanges,
}

impl Tables {
    const fn read(data: &'static [u8], text: &'static str) -> Self {
        Self {
            text,
            quest: __rt::table::records(data, 0),
            stage: __rt::table::records(data, 1),
            objective: __rt::table::records(data, 2),
            quest_giver: __rt::table::records(data, 3),
            quest_keys: __rt::table::Keys::read(data, 4, 5),
            stage_keys: __rt::table::ScopedKeys::read(data, 6, 7),
            objective_keys: __rt::table::ScopedKeys::read(data, 9, 10),
            npc_keys: __rt::table::Keys::read(data, 17, 18),
            texts: __rt::table::records(data, 12),
            ids: __rt::table::records(data, 13),
            values: __rt::table::records(data, 14),
            targets: __rt::table::records(data, 15),
            variants: __rt::table::records(data, 16),
            long: __rt::table::records(data, 19),
        }
    }
}

__rt::id! {
    /// Names a quest.
    pub struct QuestId: "quest", keys = quest_keys;
}

__rt::scoped_id! {
    /// Names a stage of a quest.
    pub struct StageId: "quest.stage", keys = stage_keys, parent = QuestId, parent_fn = quest;
}

__rt::scoped_id! {
    /// Names an objective of a stage.
    pub struct ObjectiveId: "quest.stage.objective", keys = objective_keys, parent = StageId, parent_fn = stage;
}

__rt::id! {
    /// Names a character.
    pub struct NpcId: "npc", keys = npc_keys;
}

__rt::id_record! { QuestId => Quest, quest }
__rt::id_record! { StageId => Stage, stage }
__rt::id_record! { ObjectiveId => Objective, objective }

__rt::record! {
    /// A single quest definition.
    pub struct Quest: 56;
}

impl Quest {
    /// Every quest, in content order.
    pub fn all() -> &'static [Quest] {
        tables().quest
    }

    /// Unique quest identifier.
    pub fn id(&self) -> QuestId {
        self.0.id(0)
    }

    /// Display name.
    pub fn name(&self) -> &'static str {
        self.0.text(tables().text, 4)
    }

    /// Quest category.
    pub fn category(&self) -> Category {
        Category::from_variant(self.0.u8(8))
    }

    /// Recommended player level.
    pub fn level(&self) -> Option<u8> {
        if self.0.flag(10, 0) { Some(self.0.u8(9)) } else { None }
    }

    /// Can be repeated after completion.
    pub fn is_repeatable(&self) -> bool {
        self.0.flag(10, 1)
    }

    /// Who gives it.
    pub fn quest_giver(&self) -> Option<&'static QuestGiver> {
        self.0.linked_opt(tables().quest_giver, 11)
    }

    /// Quest stages.
    pub fn stages(&self) -> &'static [Stage] {
        self.0.range(tables().stage, tables().long, 15)
    }

    /// Tags.
    pub fn tags(&self) -> __rt::TextList {
        self.0.texts(tables().text, tables().texts, tables().long, 19)
    }

    /// Quests that must be complete.
    pub fn requires(&self) -> __rt::IdList<QuestId> {
        self.0.ids(tables().ids, tables().long, 23)
    }

    /// Open values.
    pub fn parameters(&self) -> __rt::ValueList {
        self.0.values(tables().text, tables().values, tables().long, 27)
    }

    /// What it gives.
    pub fn rewards(&self) -> __rt::List<TargetRef> {
        self.0.targets(tables().text, tables().targets, tables().long, 31)
    }

    /// More categories.
    pub fn moods(&self) -> __rt::List<Category> {
        self.0.variants(tables().variants, tables().long, 35)
    }

    /// Anything.
    pub fn bonus(&self) -> Option<__rt::Value> {
        self.0.value(tables().text, 39)
    }

    /// Seconds.
    pub fn time(&self) -> f64 {
        self.0.f64(48)
    }
}

__rt::record! {
    /// A stage.
    pub struct Stage: 20;
}

impl Stage {
    /// Its id.
    pub fn id(&self) -> StageId {
        self.0.id(0)
    }

    /// Its title.
    pub fn title(&self) -> &'static str {
        self.0.text(tables().text, 4)
    }

    /// The stage after it.
    pub fn next(&self) -> Option<&'static Stage> {
        self.0.linked_opt(tables().stage, 8)
    }

    /// What to do.
    pub fn objectives(&self) -> &'static [Objective] {
        self.0.range(tables().objective, tables().long, 12)
    }

    /// Its second title.
    pub fn subtitle(&self) -> Option<&'static str> {
        self.0.text_opt(tables().text, 16)
    }
}

__rt::record! {
    /// An objective.
    pub struct Objective: 25;
}

impl Objective {
    /// Its id.
    pub fn id(&self) -> ObjectiveId {
        self.0.id(0)
    }

    /// What it is about.
    pub fn target(&self) -> TargetRef {
        TargetRef::from_target(self.0.target(tables().text, 4))
    }

    /// How many.
    pub fn required(&self) -> u16 {
        self.0.u16(9)
    }

    /// Reputation.
    pub fn delta(&self) -> i32 {
        self.0.i32(11)
    }

    /// What it is worth.
    pub fn prize(&self) -> u64 {
        self.0.wide_u64(tables().long, 20, 24, 0)
    }

    /// Who speaks about it.
    pub fn speaker(&self) -> Option<__rt::Ref<NpcId>> {
        self.0.reference(tables().text, 15)
    }
}

__rt::record! {
    /// Who gives a quest.
    pub struct QuestGiver: 4;
}

impl QuestGiver {
    /// The character.
    pub fn npc(&self) -> NpcId {
        self.0.id(0)
    }
}

/// What a target can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetRef {
    /// A character.
    Npc(NpcId),
    /// A quest.
    Quest(QuestId),
    /// It names nothing known.
    Unknown(&'static str),
    /// Free text.
    Text(&'static str),
}

impl TargetRef {
    fn from_target(target: __rt::Target) -> Self {
        match target {
            __rt::Target::Link { kind: 1, row } => Self::Npc(NpcId(row)),
            __rt::Target::Link { kind: 2, row } => Self::Quest(QuestId(row)),
            __rt::Target::Unknown(text) => Self::Unknown(text),
            __rt::Target::Text(text) => Self::Text(text),
            _ => __rt::broken(),
        }
    }
}

impl __rt::Element for TargetRef {
    type Row = __rt::Row<5>;

    fn read(row: &'static __rt::Row<5>, pool: &'static str) -> Self {
        Self::from_target(row.target(pool, 0))
    }
}

/// A category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// The main story.
    MainStory,
    /// A side quest.
    SideQuest,
    /// A daily quest.
    Daily,
}

impl Category {
    fn from_variant(variant: u8) -> Self {
        match variant {
            0 => Self::MainStory,
            1 => Self::SideQuest,
            2 => Self::Daily,
            _ => __rt::broken(),
        }
    }
}

impl __rt::Element for Category {
    type Row = __rt::Row<1>;

    fn read(row: &'static __rt::Row<1>, _: &'static str) -> Self {
        Self::from_variant(row.u8(0))
    }
}

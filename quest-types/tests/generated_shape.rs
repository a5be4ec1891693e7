//! Embedded content as generated code reads it. `generated/quests.rs` is the shape of what quest-build
//! writes; the end of the module `quests` below is the form for content that is compiled into the game.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod support;

/// The id in a row.
macro_rules! at {
    ($id:ty, $row:literal) => {
        <$id as quest_types::__private::AtRow<$row>>::ID
    };
}

/// The quest content of this test.
#[macro_use]
pub mod quests {
    #[doc(hidden)]
    pub use ::quest_types as __rt;

    include!("generated/quests.rs");

    const CONTENT: u64 = 0x9999_AAAA_BBBB_CCCC;

    #[inline]
    fn tables() -> &'static Tables {
        static TABLES: Tables = Tables::read(
            __rt::table::checked(include_bytes!("generated/quests.tables"), LAYOUT.fingerprint, CONTENT),
            include_str!("generated/quests.text"),
        );
        &TABLES
    }
}

use quest_types::{Id, Ref, Stages, Value};
use quests::{Category, NpcId, ObjectiveId, Quest, QuestId, StageId, TargetRef};

const IRON: QuestId = at!(QuestId, 0);
const SPEAK: StageId = at!(StageId, 0);
const KJARTAN: NpcId = at!(NpcId, 1);

#[test]
fn records_read_every_sort_of_cell() {
    let [iron, mine] = Quest::all() else { panic!("two quests") };
    assert_eq!((iron.id(), mine.id()), (IRON, at!(QuestId, 1)));
    assert_eq!((iron.name(), mine.name()), ("The Iron Path", "Über die Mine"));
    assert_eq!((iron.category(), mine.category()), (Category::MainStory, Category::Daily));
    assert_eq!((iron.level(), mine.level()), (Some(5), None));
    assert_eq!((iron.is_repeatable(), mine.is_repeatable()), (false, true));
    assert_eq!(iron.quest_giver().unwrap().npc(), KJARTAN);
    assert!(mine.quest_giver().is_none());
    assert_eq!((iron.time(), mine.time()), (1.5, -0.0));
    assert_eq!((iron.bonus(), mine.bonus()), (Some(Value::Json("{\"a\":1}")), None));

    let [speak, find] = iron.stages() else { panic!("two stages") };
    assert!(core::ptr::eq(speak.next().unwrap(), find));
    assert!(find.next().is_none());
    assert_eq!((speak.title(), speak.subtitle(), find.subtitle()), ("Speak", None, Some("")));
    let objective = &speak.objectives()[0];
    assert_eq!(objective.target(), TargetRef::Npc(KJARTAN));
    assert_eq!((objective.required(), objective.delta(), objective.prize()), (300, -7, 40));
    assert_eq!(objective.speaker(), Some(Ref::Known(KJARTAN)));
    assert_eq!(objective.speaker().unwrap().known(), Some(KJARTAN));
    let objective = &mine.stages()[0].objectives()[0];
    assert_eq!(objective.target(), TargetRef::Text("anything"));
    assert_eq!(objective.speaker(), Some(Ref::Unknown("npc-nobody")));
    assert_eq!(objective.speaker().unwrap().to_string(), "npc-nobody");
    assert_eq!((find.objectives()[0].speaker(), find.objectives()[0].prize()), (None, 1 << 40));
}

#[test]
fn lists_are_views() {
    let (iron, mine) = (&Quest::all()[0], &Quest::all()[1]);
    assert_eq!(iron.tags(), ["story", "forge"]);
    assert_eq!(iron.tags(), &["story", "forge"][..]);
    assert_ne!(iron.tags(), mine.tags());
    assert!(mine.tags().is_empty() && mine.tags().first().is_none());
    assert_eq!((iron.tags().len(), iron.tags().get(1), iron.tags().get(2)), (2, Some("forge"), None));
    assert!(iron.tags().contains("forge") && !iron.tags().contains("sea"));
    assert_eq!(iron.tags().iter().rev().collect::<Vec<_>>(), ["forge", "story"]);
    let mut tags = iron.tags().into_iter();
    assert_eq!(
        (tags.len(), tags.clone().nth(1), tags.next_back(), tags.len()),
        (2, Some("forge"), Some("forge"), 1)
    );
    for tag in &iron.tags() {
        assert!(!tag.is_empty());
    }
    assert_eq!(format!("{:?}", iron.tags()), r#"["story", "forge"]"#);
    assert_eq!(mine.requires(), [IRON]);
    assert_eq!(format!("{:?}", mine.requires()), r#"[QuestId("iron-path")]"#);
    let values = [Value::Bool(true), Value::Int(-3), Value::Float(0.5), Value::Text("é"), Value::Json("[]")];
    assert_eq!(iron.parameters(), values);
    assert_eq!(iron.rewards(), [TargetRef::Quest(at!(QuestId, 1)), TargetRef::Unknown("npc-nobody")]);
    assert_eq!(iron.moods(), [Category::SideQuest, Category::SideQuest, Category::MainStory]);
}

#[test]
fn ids_are_found_printed_and_ordered() {
    assert_eq!(QuestId::find("iron-path"), Some(IRON));
    assert_eq!(QuestId::find("iron-pat"), None);
    assert_eq!(QuestId::parse("mine"), Some(at!(QuestId, 1)));
    assert_eq!(StageId::find(IRON, "find:descent"), Some(at!(StageId, 1)));
    assert_eq!(StageId::find(at!(QuestId, 1), "speak"), Some(at!(StageId, 2)));
    assert_eq!(StageId::find(at!(QuestId, 1), "find:descent"), None);
    assert_eq!((SPEAK.quest(), SPEAK.as_str()), (IRON, "speak"));
    assert_eq!(
        (SPEAK.to_string(), format!("{SPEAK:?}")),
        ("iron-path:speak".into(), r#"StageId("iron-path:speak")"#.into())
    );
    assert_eq!(format!("[{IRON:>12}] {IRON:?}"), r#"[   iron-path] QuestId("iron-path")"#);
    assert_eq!(at!(ObjectiveId, 0).to_string(), "iron-path:speak:talk");
    assert_eq!(at!(ObjectiveId, 0).stage().quest(), IRON);
    assert!(QuestId::all().eq([IRON, at!(QuestId, 1)]) && IRON < at!(QuestId, 1));
    assert_eq!((QuestId::all().len(), StageId::all().next_back()), (2, Some(at!(StageId, 2))));

    // An id's path leads back to it, even if an id contains a colon.
    fn paths<I: Id>() -> usize {
        I::all().inspect(|id| assert_eq!(I::parse(&id.to_string()), Some(*id))).count()
    }
    assert_eq!(
        (paths::<QuestId>(), paths::<StageId>(), paths::<ObjectiveId>(), paths::<NpcId>()),
        (2, 3, 3, 2)
    );
    for wrong in ["", ":", "iron-path", "iron-path:", ":speak", "mine:find:descent", "speak:iron-path"] {
        assert_eq!(StageId::parse(wrong), None, "{wrong}");
    }
    assert_eq!((QuestId::KIND, StageId::KIND), ("quest", "quest.stage"));
    assert_eq!((SPEAK.row(), StageId::from_row(0)), (0, SPEAK));
}

#[test]
fn ids_stand_for_their_records() {
    assert_eq!(IRON.record().name(), "The Iron Path");
    assert_eq!(IRON.get().unwrap().name(), "The Iron Path");
    assert_eq!(SPEAK.record().next().unwrap().id().as_str(), "find:descent");
    let name: &'static str = IRON.record().name();
    assert!(!name.is_empty());
    assert!(at!(QuestId, 7).get().is_none());
    match SPEAK {
        at!(StageId, 0) => {}
        _ => panic!("an id is a pattern"),
    }
}

#[test]
fn rows_of_nothing_print() {
    assert_eq!(
        format!("{} {:?}", at!(QuestId, 9), at!(StageId, 9)),
        "<not loaded> StageId(\"<not loaded>:<not loaded>\")"
    );
    assert_eq!(StageId::find(at!(QuestId, 0xFFFF_FFFF), "speak"), None);
}

/// What `#[derive(Stages)]` makes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum IronPath {
    FindDescent,
    Speak,
}

impl quest_types::__private::Generated for IronPath {}

impl Stages for IronPath {
    type Quest = QuestId;
    type Stage = StageId;

    const QUEST: QuestId = IRON;
    const ALL: &'static [Self] = &[Self::Speak, Self::FindDescent];

    fn stage(self) -> StageId {
        match self {
            Self::FindDescent => at!(StageId, 1),
            Self::Speak => at!(StageId, 0),
        }
    }

    fn from_stage(stage: StageId) -> Option<Self> {
        match stage {
            at!(StageId, 1) => Some(Self::FindDescent),
            at!(StageId, 0) => Some(Self::Speak),
            _ => None,
        }
    }
}

#[test]
fn stages_of_a_quest_are_an_enum() {
    for stage in IronPath::ALL {
        assert_eq!(IronPath::from_stage(stage.stage()), Some(*stage));
        assert_eq!(stage.stage().quest(), IronPath::QUEST);
    }
    assert_eq!(IronPath::from_stage(at!(StageId, 2)), None);
}

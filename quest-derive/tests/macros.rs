//! The macros in the hands of rustc: generated Rust that is kept in the source tree, with `quests.index` beside it.

#![forbid(unsafe_code)]
#![allow(
    missing_docs,
    reason = "a stand-in for generated Rust, which brings the documentation of the schema"
)]

/// A module in front of the content.
mod before {
    use crate::{quest, quests::QuestId};

    pub(crate) const AMBER: QuestId = quest!("amber-trail");
}

/// What `questc build` would write, with a runtime of its own in place of `quest_types`.
pub mod quests {
    pub use crate::__include_quests_belongs_in_the_root_of_the_crate as __root;

    pub mod __rt {
        pub mod __private {
            pub use quest_derive::{define_macros, resolve, resolve_stages};

            pub trait Generated {}

            pub trait AtRow<const ROW: u32> {
                const ID: Self;
            }

            pub trait NoId<I> {
                const ID: I;
            }
        }

        pub use quest_derive::Stages;

        pub trait Stages: Sized + Copy + 'static {
            type Quest;
            type Stage;
            const QUEST: Self::Quest;
            const ALL: &'static [Self];
            fn stage(self) -> Self::Stage;
            fn from_stage(stage: Self::Stage) -> Option<Self>;
        }
    }

    macro_rules! ids {
        ($($id:ident)*) => {
            $(
                #[derive(Clone, Copy, Debug, PartialEq, Eq)]
                pub struct $id(pub u32);

                impl<const ROW: u32> __rt::__private::AtRow<ROW> for $id {
                    const ID: Self = Self(ROW);
                }
            )*
        };
    }

    ids! { QuestId StageId ItemId }

    #[doc(hidden)]
    pub mod __content_0123456789abcdef {
        pub use super::{ItemId, QuestId, StageId};
    }

    __rt::__private::define_macros! { crate; quest stage item; index = "tests/quests.index" }
}

pub use quests::__definitions as __include_quests_belongs_in_the_root_of_the_crate;
pub use quests::__macros::*;
/// What `include_quests!` adds to the root.
use quests::__rt::Stages;

use quests::{ItemId, QuestId, StageId};

const AMBER: QuestId = quest!("amber-trail");

/// A macro of the game's own hands its literal on in an invisible group.
macro_rules! forwarded {
    ($id:literal) => {
        quest!($id)
    };
}

/// Or brings the literal along.
macro_rules! beginning {
    () => {
        stage!("iron-path:speak-kjartan")
    };
}

#[test]
fn expressions_and_constants() {
    assert_eq!(quest!("iron-path"), QuestId(0));
    assert_eq!(AMBER, QuestId(1));
    assert_eq!(item!("item-of-number-07",), ItemId(7));
    assert_eq!(forwarded!("empty-hall"), QuestId(2));
    assert_eq!(beginning!(), StageId(0));
}

#[test]
fn by_path_from_any_module() {
    assert_eq!([elsewhere::BY_IMPORT, elsewhere::BY_PATH, elsewhere::BY_MODULE, before::AMBER], [AMBER; 4]);
}

#[test]
fn patterns() {
    fn name(stage: StageId) -> &'static str {
        match stage {
            stage!("iron-path:find-descent") => "find",
            beginning!() | stage!("amber-trail:gather") => "begin",
            _ => "other",
        }
    }
    assert_eq!([0, 1, 2, 4].map(|row| name(StageId(row))), ["begin", "find", "other", "begin"]);
    assert!(matches!(AMBER, forwarded!("amber-trail")));
}

mod elsewhere {
    use crate::quest;
    use crate::quests::QuestId;

    pub(crate) const BY_IMPORT: QuestId = quest!("amber-trail");
    pub(crate) const BY_PATH: QuestId = crate::quest!("amber-trail");
    pub(crate) const BY_MODULE: QuestId = crate::quests::quest!("amber-trail");

    #[derive(Clone, Copy, Debug, PartialEq, quest_derive::Stages)]
    #[quest("amber-trail", in = crate)]
    pub(crate) enum AmberTrail {
        #[stage("return-kjartan")]
        Back,
        Gather,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Stages)]
#[quest("iron-path", in = crate)]
enum IronPath {
    FindDescent,
    SpeakKjartan,
    DefeatLord,
    ReturnKjartan,
}

#[derive(Clone, Copy, Debug, PartialEq, Stages)]
#[quest("empty-hall", in = crate)]
enum EmptyHall {}

/// A macro of the game's own makes the enum out of fragments.
macro_rules! enum_of_stages {
    (
        #[$quest:meta] $visibility:vis enum $name:ident where content = $content:path;
        $(#[$stage:meta] $variant:ident = $value:expr),*
    ) => {
        #[derive(Clone, Copy, Debug, PartialEq, Stages)]
        #[$quest]
        $visibility enum $name { $(#[$stage] $variant = $value),* }
        whole_item! {
            #[quest("iron-path", in = $content)]
            $visibility enum Other { SpeakKjartan, FindDescent, DefeatLord, ReturnKjartan }
        }
    };
}

macro_rules! whole_item {
    ($item:item) => {
        #[derive(Clone, Copy, Debug, PartialEq, Stages)]
        $item
    };
}

const fn size<A, B>() -> isize {
    (size_of::<A>() + size_of::<B>()) as isize
}

mod fragments {
    use super::*;

    enum_of_stages! {
        #[quest("amber-trail", in = crate)] pub(super) enum Public where content = crate;
        #[stage("gather")] First = 1 << 3, #[doc = "Then back."] ReturnKjartan = size::<u8, u16>()
    }

    pub(super) mod private {
        use super::*;

        enum_of_stages! {
            #[quest("amber-trail", in = crate)] enum Private where content = crate;
            #[doc = "First."] Gather = 1, #[stage("return-kjartan")] Second = -1
        }

        pub(in super::super) const ALL: usize = Private::ALL.len() + Other::ALL.len();
    }
}

#[test]
fn stages_of_fragments() {
    use fragments::Public;
    assert_eq!(Public::ALL, [Public::First, Public::ReturnKjartan]);
    assert_eq!([Public::First as isize, Public::ReturnKjartan as isize], [8, 3]);
    assert_eq!(fragments::Other::QUEST, quest!("iron-path"));
    assert_eq!(fragments::private::ALL, 6);
}

#[test]
fn stages() {
    use IronPath::{DefeatLord, FindDescent, ReturnKjartan, SpeakKjartan};
    use elsewhere::AmberTrail;
    assert_eq!(IronPath::QUEST, quest!("iron-path"));
    assert_eq!(IronPath::ALL, [SpeakKjartan, FindDescent, DefeatLord, ReturnKjartan]);
    assert_eq!(FindDescent.stage(), stage!("iron-path:find-descent"));
    for stage in IronPath::ALL {
        assert_eq!(IronPath::from_stage(stage.stage()), Some(*stage));
    }
    assert_eq!(IronPath::from_stage(stage!("amber-trail:gather")), None);
    assert_eq!(AmberTrail::from_stage(stage!("amber-trail:gather")), Some(AmberTrail::Gather));
    assert_eq!(AmberTrail::ALL, [AmberTrail::Gather, AmberTrail::Back]);
    assert_eq!(EmptyHall::ALL, []);
    assert_eq!(EmptyHall::from_stage(StageId(0)), None);
}

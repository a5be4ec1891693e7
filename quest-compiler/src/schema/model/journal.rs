//! What a journal plays: `x-journal`, with its paths followed.

use super::path::Path;
use crate::schema::ids::{KindId, RecordId, TargetId};

/// A list of objects of one record type.
#[derive(Clone, Debug)]
pub struct Listed {
    pub at: Path,
    pub record: RecordId,
}

/// What objects of a list are about: an enum property says what happens, a reference says to whom.
#[derive(Clone, Debug)]
pub struct About {
    /// The path from the object to the reference.
    pub path: Path,
    pub target: TargetId,
    /// What the reference is compared with.
    pub value: Option<Path>,
    /// The index of the enum value which means that time has run out.
    pub time: Option<usize>,
}

/// What a journal asks the game about.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// Something with an id.
    Kind(KindId),
    /// Something there is one of, such as a level; or, with `text`, something that a text names.
    Sort { name: String, text: bool },
}

/// What a journal plays, beside what the flow and the requirements of the same record say.
#[derive(Clone, Debug)]
pub struct Journal {
    /// Index of the flow in the model.
    pub flow: usize,
    /// Index of the requirements in the model.
    pub requires: Option<usize>,
    pub quest: KindId,
    pub stage: KindId,
    pub objective: KindId,
    pub stage_record: RecordId,
    pub objective_record: RecordId,
    pub branch: Option<(KindId, RecordId)>,
    pub repeatable: Option<Path>,
    pub hidden: Option<Path>,
    pub limit: Option<Path>,
    pub actions: Option<Listed>,
    pub skippable: Option<Path>,
    pub event: About,
    pub count: Option<Path>,
    pub place: Option<Path>,
    pub place_kind: Option<KindId>,
    pub conditions: Option<(Listed, About)>,
    pub branch_on: Option<About>,
    /// The conditions that must hold before a quest can begin, if they are objects.
    pub prerequisites: Option<(Listed, Option<About>)>,
    pub rewards: Option<(Listed, Option<Path>)>,
    pub failures: Option<(Listed, About)>,
    /// With the index of the enum value that locks another quest.
    pub consequences: Option<(Listed, Option<(About, usize)>)>,
    /// What rewards, actions and consequences do to facts.
    pub changes: Vec<Changes>,
    /// All kinds that references can name; table cells hold an index into this list.
    pub kinds: Vec<KindId>,
    pub subjects: Vec<Subject>,
    pub names: Titles,
}

/// Which list of a journal changes facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeList {
    Rewards,
    Actions,
    Consequences,
}

/// What the objects of a list do to facts.
#[derive(Clone, Debug)]
pub struct Changes {
    pub list: ChangeList,
    pub record: RecordId,
    pub about: About,
    /// How much is given; without it, one.
    pub amount: Option<Path>,
    /// The state in which it is then, such as `false`.
    pub state: Option<Path>,
    /// The sorts that give.
    pub gives: Vec<String>,
    /// The sorts that take all there is.
    pub takes: Vec<String>,
}

/// The properties that players read.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    pub quest: Option<Path>,
    pub stage: Option<Path>,
    pub objective: Option<Path>,
    pub reward: Option<Path>,
    pub failure: Option<Path>,
}

impl Journal {
    /// The kinds whose ids are in saves: of quests, stages, objectives and branches.
    pub fn saved_kinds(&self) -> Vec<KindId> {
        let branch = self.branch.map(|(kind, _)| kind);
        [self.quest, self.stage, self.objective].into_iter().chain(branch).collect()
    }
}

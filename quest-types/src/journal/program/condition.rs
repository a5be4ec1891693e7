//! The conditions of a program: what is asked, how the answer is compared, and with what.

use super::{Key, Program};
use crate::format::program as format;
use crate::{Target, Value};

/// What a condition asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The world.
    World,
    /// Whether a quest has been completed.
    Complete,
    /// Whether a quest is under way.
    Active,
    /// Whether an objective is done.
    Objective,
    /// Whether the player is at a place.
    Place,
    /// Whether time has run out.
    Time,
    /// Nothing that can be answered.
    Nothing,
}

/// How what is found is compared with what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// They are the same.
    Equals,
    /// More was found.
    GreaterThan,
    /// Less was found.
    LessThan,
    /// It is there, and as many of it as asked for.
    Has,
    /// It is not there, or fewer of it than asked for.
    NotHas,
    /// As much was found, or more.
    AtLeast,
    /// As much was found, or less.
    AtMost,
}

/// A condition.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// What is asked.
    pub ask: Ask,
    /// What the world is asked about.
    pub subject: u8,
    /// How the answer is compared.
    pub operator: Operator,
    /// Whom or what it is about.
    pub target: Target,
    /// What the answer is compared with.
    pub value: Option<Value>,
    /// The row of its record.
    pub row: u32,
    /// Its sort, as the content spells it.
    pub sort: &'static str,
    /// This one or the condition in the next row is enough.
    pub or_next: bool,
}

/// The key of the fact that a condition asks for.
fn fact_key(condition: &Condition) -> Key {
    let (kind, row) = match condition.target {
        Target::Link { kind, row } => (kind, row),
        Target::Absent => (0, 0),
        Target::Unknown(_) | Target::Text(_) => (0, u32::MAX),
    };
    Key::fact(condition.subject, kind, row)
}

impl Program {
    /// A condition.
    #[must_use]
    pub fn condition(&self, condition: u32) -> Option<Condition> {
        let row = self.conditions.get(condition as usize)?;
        Some(Condition {
            ask: match row.u8(format::CONDITION_ASK) {
                format::ASK_WORLD => Ask::World,
                format::ASK_COMPLETE => Ask::Complete,
                format::ASK_ACTIVE => Ask::Active,
                format::ASK_OBJECTIVE => Ask::Objective,
                format::ASK_PLACE => Ask::Place,
                format::ASK_TIME => Ask::Time,
                format::ASK_NOTHING => Ask::Nothing,
                _ => return None,
            },
            subject: row.u8(format::CONDITION_SUBJECT),
            operator: match row.u8(format::CONDITION_OPERATOR) {
                format::EQUALS => Operator::Equals,
                format::GREATER_THAN => Operator::GreaterThan,
                format::LESS_THAN => Operator::LessThan,
                format::HAS => Operator::Has,
                format::NOT_HAS => Operator::NotHas,
                format::AT_LEAST => Operator::AtLeast,
                format::AT_MOST => Operator::AtMost,
                _ => return None,
            },
            target: row.target(self.text, format::CONDITION_TARGET),
            value: row.value(self.text, format::CONDITION_VALUE),
            row: row.u32(format::CONDITION_ROW),
            sort: row.text(self.text, format::CONDITION_SORT),
            or_next: row.flag(format::CONDITION_FLAGS, 0),
        })
    }

    /// The conditions of which one is enough for a branch.
    pub fn branch_conditions(&self, branch: u32) -> impl Iterator<Item = Condition> + use<> {
        let first = self.branches.get(branch as usize).and_then(|row| row.link(format::BRANCH_CONDITION));
        self.joined(first)
    }

    /// The condition in a row, and those that are joined to it by "or".
    fn joined(&self, first: Option<u32>) -> impl Iterator<Item = Condition> + use<> {
        let program = *self;
        let mut next = first;
        core::iter::from_fn(move || {
            let row = next.take()?;
            let condition = program.condition(row)?;
            next = condition.or_next.then(|| row.checked_add(1)).flatten();
            Some(condition)
        })
    }

    /// The turns after which a branch is taken that waits for time; `limit` is how many the quest may take.
    #[must_use]
    pub fn due(&self, branch: u32, limit: Option<u32>) -> Option<u64> {
        let (_, condition) = self.branch(branch).filter(|(_, condition)| condition.ask == Ask::Time)?;
        match condition.value {
            None => limit.map(u64::from),
            Some(Value::Int(turns)) => Some(turns.clamp(1, u32::MAX.into()).unsigned_abs()),
            Some(_) => None,
        }
    }

    /// The topics of the facts that a quest waits for in a stage: those of objectives that are done by doing others, and of
    /// branches.
    pub fn facts_of(&self, quest: u32, stage: u32) -> impl Iterator<Item = u32> + use<> {
        let program = *self;
        let modular = self.stage_objectives(stage).filter(move |objective| program.modular(*objective));
        let conditions = modular.flat_map(move |objective| program.objective_conditions(objective));
        let of_objectives = conditions.filter_map(move |row| program.condition(row));
        let branches = if self.open_to_facts(stage) { self.branches(quest) } else { 0..0 };
        let of_branches = branches.flat_map(move |branch| program.branch_conditions(branch));
        of_objectives.chain(of_branches).filter_map(move |condition| match condition.ask {
            Ask::World | Ask::Place => program.topic(fact_key(&condition)),
            _ => None,
        })
    }
}

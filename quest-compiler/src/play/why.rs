//! Why a quest cannot be begun, in the words of scripts.

use super::Content;
use super::player::Player;
use heck::ToKebabCase;
use quest_types::journal::program::{Condition, Operator};
use quest_types::journal::{Lifecycle, QuestError, Unmet};
use quest_types::{Target, Value};

/// Why a call was refused.
pub(super) fn refused(player: &mut Player, quest: Option<u32>, error: &QuestError) -> String {
    match (error, quest) {
        (QuestError::Unmet(_), Some(quest)) => unmet(player, quest),
        _ => error.to_string(),
    }
}

/// Why a quest is not available that was not begun.
pub(super) fn not_available(player: &mut Player, quest: u32) -> Option<String> {
    if player.lifecycle(quest) != Lifecycle::NotStarted {
        return None;
    }
    Some(match player.ask(|engine| engine.check(quest)) {
        Err(error) => refused(player, Some(quest), &error),
        Ok(()) => {
            let name = player.content.program.quest_names(quest).0;
            format!("it is a secret that was not found; `discover {name}` finds it")
        }
    })
}

/// All prerequisites of a quest that are not met.
fn unmet(player: &mut Player, quest: u32) -> String {
    let unmet = player.ask(|engine| engine.unmet(quest));
    let content = &player.content;
    let any = content.program.any_is_enough(quest) && unmet.len() > 1;
    let lines: Vec<String> = unmet.iter().map(|unmet| one(content, quest, unmet)).collect();
    let all = lines.join("; ");
    if any { format!("one prerequisite is enough: {all}") } else { all }
}

fn one(content: &Content, quest: u32, unmet: &Unmet) -> String {
    let row = content.program.prerequisites(quest).nth(unmet.position);
    let wanted =
        row.and_then(|row| content.program.condition(row)).map(|condition| asked(content, &condition));
    let wanted = wanted.filter(|wanted| !wanted.is_empty());
    let number = unmet.position + 1;
    match wanted {
        Some(wanted) => format!("prerequisite {number}, {wanted}, is not met: {}", unmet.actual),
        None => format!("prerequisite {number} is not met: {}", unmet.actual),
    }
}

/// What a condition asks for: `quest-complete iron-path`, `level` of more than 5.
fn asked(content: &Content, condition: &Condition) -> String {
    let target = match condition.target {
        Target::Link { kind, row } => content.name_of(kind, row).unwrap_or_default(),
        Target::Unknown(id) | Target::Text(id) => id,
        Target::Absent => "",
    };
    let about = format!("{} {target}", condition.sort.to_kebab_case());
    let about = about.trim();
    if about.is_empty() {
        return String::new();
    }
    let value = match condition.value {
        Some(Value::Int(number)) => number.to_string(),
        Some(Value::Float(number)) => number.to_string(),
        Some(Value::Text(text)) => format!("`{text}`"),
        Some(Value::Bool(is)) => is.to_string(),
        _ => String::new(),
    };
    match (condition.operator, value.as_str()) {
        (Operator::NotHas, "") => format!("`{about}` not being so"),
        (_, "" | "true") => format!("`{about}`"),
        (Operator::Equals, value) => format!("`{about}` of {value}"),
        (Operator::GreaterThan, value) => format!("`{about}` above {value}"),
        (Operator::LessThan | Operator::NotHas, value) => format!("`{about}` below {value}"),
        (Operator::Has | Operator::AtLeast, value) => format!("`{about}` of at least {value}"),
        (Operator::AtMost, value) => format!("`{about}` of at most {value}"),
    }
}

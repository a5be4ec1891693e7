//! Lines that say what must be so.

use super::{Done, Reader, surplus_word};
use crate::play::player::Player;
use crate::play::why;
use quest_types::journal::{Lifecycle, Lost};

impl Reader<'_> {
    pub(super) fn expect(&mut self, words: &[&str]) -> Done {
        let player = self.player();
        match words {
            ["stage", stage] => player.expect_stage(stage),
            ["ended", quest @ ..] => player.expect_ended(quest),
            ["branch", branch] => player.expect_branch(branch),
            ["reward", label @ ..] => player.expect_reward(&label.join(" ")),
            ["nothing", "lost"] => player.expect_nothing_lost(),
            ["lost", path] => player.expect_lost(path),
            ["lost", _, surplus, ..] => Err(surplus_word(surplus)),
            ["log", text @ ..] => {
                let wanted = text.join(" ");
                let found = player.log.contains(&wanted);
                if found { Ok(()) } else { Err(format!("the log has no line `{wanted}`")) }
            }
            [objective, count] if count.contains('/') => player.expect_count(objective, count),
            words => player.expect_state(words),
        }
    }
}

impl Player {
    fn expect_stage(&self, stage: &str) -> Done {
        let wanted = self.path(1, stage)?;
        let program = self.content.program;
        let found = program.quest_of(wanted).and_then(|quest| self.state().stage(quest));
        if found == Some(wanted) {
            return Ok(());
        }
        let found = found.map_or("none", |stage| program.stage_names(stage).0);
        Err(format!("the stage is not `{stage}`; it is `{found}`"))
    }

    fn expect_ended(&mut self, quest: &[&str]) -> Done {
        let quest = self.quest_named(quest)?;
        let found = self.lifecycle(quest);
        let times = self.state().times_turned_in(quest);
        if found == Lifecycle::TurnedIn || (times > 0 && self.content.program.repeatable(quest)) {
            return Ok(());
        }
        Err(format!("the quest has not ended: it is {found}"))
    }

    /// Looks at the quest that the branch belongs to.
    fn expect_branch(&self, branch: &str) -> Done {
        let wanted = self.path(3, branch)?;
        let program = self.content.program;
        let quest = program.branch(wanted).and_then(|(to, _)| program.quest_of(to));
        let taken = quest.map(|quest| self.state().branches(quest)).unwrap_or_default();
        if taken.contains(&wanted) {
            return Ok(());
        }
        let taken: Vec<String> =
            taken.iter().map(|branch| format!("`{}`", program.branch_id(*branch))).collect();
        match taken.as_slice() {
            [] => Err(format!("the branch `{branch}` was not taken; none was")),
            [one] => Err(format!("the branch `{branch}` was not taken; {one} was")),
            several => Err(format!("the branch `{branch}` was not taken; {} were", several.join(", "))),
        }
    }

    fn expect_reward(&self, wanted: &str) -> Done {
        if self.paid.contains(&wanted) {
            return Ok(());
        }
        let paid = if self.paid.is_empty() {
            "nothing was".to_owned()
        } else {
            format!("paid were: {}", self.paid.join(", "))
        };
        Err(format!("`{wanted}` was not paid; {paid}"))
    }

    fn expect_nothing_lost(&self) -> Done {
        if self.lost.is_empty() {
            return Ok(());
        }
        Err(format!("the save has lost {}", self.lost_paths().join(", ")))
    }

    fn expect_lost(&self, path: &str) -> Done {
        let lost = self.lost_paths();
        if lost.iter().any(|lost| lost == path) {
            return Ok(());
        }
        let lost = if lost.is_empty() { "nothing".to_owned() } else { lost.join(", ") };
        Err(format!("the save has not lost `{path}`; it has lost {lost}"))
    }

    fn lost_paths(&self) -> Vec<String> {
        let path = |lost: &Lost| match lost {
            Lost::Quest(path) | Lost::Stage(path) | Lost::Objective(path) | Lost::Branch(path) => {
                path.clone()
            }
            Lost::Reward(quest, reward) => format!("{quest}:{reward}"),
            _ => String::new(),
        };
        self.lost.iter().map(path).collect()
    }

    fn expect_count(&self, objective: &str, count: &str) -> Done {
        let row = self.path(2, objective)?;
        let program = self.content.program;
        let found = format!("{}/{}", self.state().count(program, row), program.required(row));
        if found == count { Ok(()) } else { Err(format!("`{objective}` is at {found}")) }
    }

    /// `expect [QUEST] active`.
    fn expect_state(&mut self, words: &[&str]) -> Done {
        const STATES: [(&[&str], Lifecycle); 6] = [
            (&["not", "started"], Lifecycle::NotStarted),
            (&["available"], Lifecycle::Available),
            (&["active"], Lifecycle::Active),
            (&["complete"], Lifecycle::Complete),
            (&["turned", "in"], Lifecycle::TurnedIn),
            (&["failed"], Lifecycle::Failed),
        ];
        let state = STATES.iter().find_map(|(state, wanted)| Some((words.strip_suffix(*state)?, *wanted)));
        let Some((quest, wanted)) = state else {
            return Err(format!(
                "`{}` cannot be expected; write a state such as `active`, `stage ID`, `OBJECTIVE 2/3`, `branch ID`, `reward …`, `log …`, `lost ID` or `ended`",
                words.join(" ")
            ));
        };
        let quest = self.quest_named(quest)?;
        let found = self.lifecycle(quest);
        if found == wanted {
            return Ok(());
        }
        let why = why::not_available(self, quest).filter(|_| wanted != Lifecycle::Complete);
        let why = why.map(|why| format!(": {why}")).unwrap_or_default();
        Err(format!("the quest is {found}, and not {wanted}{why}"))
    }
}

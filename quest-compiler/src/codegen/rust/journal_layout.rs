//! The columns of the sections of a program, for the loader.

use super::Context;
use crate::schema::{Journal, KindId, Listed};
use quest_format::program as at;

/// The columns of the sections of a program, for the loader.
pub(super) fn columns(context: &Context<'_>, journal: &Journal, first: u16) -> [Vec<String>; at::SECTIONS] {
    let layout = context.layout;
    let section = |number: u16| first + number;
    let range = |at: usize, of: u16| format!("Range {{ at: {at}, section: {of} }}");
    let text = |at: usize| format!("Text {{ at: {at}, optional: false }}");
    let link = |at: usize, of: u16, optional: bool| {
        format!("Link {{ at: {at}, section: {of}, optional: {optional} }}")
    };
    let record =
        |listed: Option<&Listed>| listed.map(|listed| layout.records[listed.record.0 as usize].section);
    let [quests, stages, objectives, branches, conditions, failures, consequences, rewards, topics, links] =
        std::array::from_fn(|number| section(number as u16));
    let (more_of_quests, more_of_objectives) = (section(10), section(11));
    let kinds: Vec<String> = journal.kinds.iter().map(|kind| layout.id_section(*kind).to_string()).collect();
    let same = |kind: KindId| format!("SameRows {{ section: {} }}", layout.id_section(kind));
    let mut of: [Vec<String>; at::SECTIONS] = std::array::from_fn(|_| Vec::new());
    of[0] = vec![
        same(journal.quest),
        range(at::QUEST_STAGES, stages),
        range(at::QUEST_OBJECTIVES, objectives),
        range(at::QUEST_PREREQUISITES, conditions),
        range(at::QUEST_REWARDS, rewards),
        link(at::QUEST_START, stages, true),
        link(at::QUEST_MORE, more_of_quests, true),
    ];
    of[1] = vec![
        same(journal.stage),
        range(at::STAGE_OBJECTIVES, objectives),
        link(at::STAGE_NEXT, stages, true),
    ];
    of[1].extend(record(journal.actions.as_ref()).map(|actions| range(at::STAGE_ACTIONS, actions)));
    of[2] = vec![
        same(journal.objective),
        link(at::OBJECTIVE_STAGE, stages, true),
        link(at::OBJECTIVE_TOPIC, topics, true),
        link(at::OBJECTIVE_MORE, more_of_objectives, true),
    ];
    of[3] = vec![link(at::BRANCH_TO, stages, false), link(at::BRANCH_CONDITION, conditions, false)];
    of[3].push(journal.branch.map_or_else(|| "Empty".to_owned(), |(kind, _)| same(kind)));
    of[4] = vec![
        format!("Variant {{ at: {}, count: {}, optional: false }}", at::CONDITION_ASK, at::ASKS),
        format!("Variant {{ at: {}, count: {}, optional: false }}", at::CONDITION_OPERATOR, at::OPERATORS),
        format!(
            "Target {{ at: {}, sections: &[{}], optional: true }}",
            at::CONDITION_TARGET,
            kinds.join(", ")
        ),
        format!("Value {{ at: {}, optional: true }}", at::CONDITION_VALUE),
        text(at::CONDITION_SORT),
    ];
    of[5] = vec![link(at::FAILURE_TOPIC, topics, true), text(at::FAILURE_NAME)];
    of[6] = vec![link(at::CONSEQUENCE_LOCKS, quests, true)];
    of[7] = vec![text(at::REWARD_LABEL)];
    let rows = [
        (5, journal.failures.as_ref().map(|(listed, _)| listed)),
        (6, journal.consequences.as_ref().map(|(listed, _)| listed)),
        (7, journal.rewards.as_ref().map(|(listed, _)| listed)),
    ];
    for (number, listed) in rows {
        of[number].push(match record(listed) {
            Some(section) => format!("SameRows {{ section: {section} }}"),
            None => "Empty".to_owned(),
        });
    }
    of[8] = vec![format!("Ids {{ at: {}, list: {links}, section: {objectives} }}", at::TOPIC_OBJECTIVES)];
    of[10] = vec![
        range(at::QUEST_MORE_BRANCHES, branches),
        range(at::QUEST_MORE_FAILURES, failures),
        range(at::QUEST_MORE_CONSEQUENCES, consequences),
    ];
    of[11] = vec![
        range(at::OBJECTIVE_MORE_CONDITIONS, conditions),
        format!("Ids {{ at: {}, list: {links}, section: {objectives} }}", at::OBJECTIVE_MORE_ANY),
    ];
    of[11]
        .extend(journal.place_kind.map(|kind| link(at::OBJECTIVE_MORE_PLACE, layout.id_section(kind), true)));
    for names in &mut of[12..16] {
        names.push("Text { at: 0, optional: true }".to_owned());
    }
    of[16] = vec![
        text(0),
        format!(
            "Program {{ first: {first}, quests: {}, actions: {}, places: {} }}",
            layout.id_section(journal.stage) + 2,
            journal.actions.is_some(),
            journal.place_kind.is_some()
        ),
    ];
    of
}

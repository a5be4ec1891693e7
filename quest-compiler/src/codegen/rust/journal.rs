//! The module `journal`: events, questions, and the types of the journal made for this content.

use super::Context;
use super::types::{union_name, variant_name};
use super::writer::Writer;
use crate::codegen::names::type_name;
use crate::schema::{About, Journal, KindId, Listed, Mapping, Shape, Subject, TargetId};
use quest_format::program as at;

/// The call of `journal!`.
pub(super) fn journal(context: &Context<'_>, out: &mut Writer) {
    let Some(journal) = &context.model.journal else { return };
    let names = context.names;
    out.blank();
    out.open("__rt::journal! {");
    for (role, kind) in [
        ("quest", Some(journal.quest)),
        ("stage", Some(journal.stage)),
        ("objective", Some(journal.objective)),
        ("branch", journal.branch.map(|(kind, _)| kind)),
        ("place", journal.place_kind),
    ] {
        match kind {
            Some(kind) => out.line(&format!("{role} = super::{};", names.id(kind))),
            None => out.line(&format!("{role} = __rt::journal::Never;")),
        }
    }
    let listed = |listed: Option<&Listed>| listed.map(|listed| listed.record);
    for (role, record) in [
        ("action", listed(journal.actions.as_ref())),
        ("reward", listed(journal.rewards.as_ref().map(|(listed, _)| listed))),
        ("failure", listed(journal.failures.as_ref().map(|(listed, _)| listed))),
        ("consequence", listed(journal.consequences.as_ref().map(|(listed, _)| listed))),
    ] {
        match record {
            Some(record) => out.line(&format!(
                "{role} = super::{}, |row: u32| super::tables().{}.get(row as usize);",
                names.record(record),
                context.rows(record)
            )),
            None => out.line(&format!("{role} = __rt::journal::Never, |_: u32| None;")),
        }
    }
    events(context, journal, out);
    questions(context, journal, out);
    out.close("}");
}

/// The variants of an enum, none twice.
#[derive(Default)]
struct Variants(Vec<String>);

impl Variants {
    fn reserve(&mut self, wanted: String, instead: &str) -> String {
        let name = if self.0.contains(&wanted) { format!("{wanted}{instead}") } else { wanted };
        self.0.push(name.clone());
        name
    }
}

/// An arm of `Event::key`: pattern and expression.
type Arm = (String, String);

fn events(context: &Context<'_>, journal: &Journal, out: &mut Writer) {
    let mut variants = Variants::default();
    let mut arms: Vec<Arm> = Vec::new();
    out.blank();
    out.line("/// What happens in the game, and quests wait for.");
    out.line("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]");
    out.open("pub enum QuestEvent {");
    let failures = journal.failures.as_ref().map(|(_, about)| (about, "failure_event"));
    for (about, class) in [(&journal.event, "objective_event")].into_iter().chain(failures) {
        variants_of(context, journal, about, class, &mut variants, &mut arms, out);
    }
    out.close("}");
    out.blank();
    out.open("impl QuestEvent {");
    out.open("fn key(self) -> __rt::journal::Key {");
    out.open("match self {");
    for (pattern, key) in arms {
        out.line(&format!("Self::{pattern} => {key},"));
    }
    out.close("}");
    out.close("}");
    out.close("}");
}

fn variants_of(
    context: &Context<'_>,
    journal: &Journal,
    about: &About,
    class: &str,
    variants: &mut Variants,
    arms: &mut Vec<Arm>,
    out: &mut Writer,
) {
    let target = context.model.target(about.target);
    let Some(by) = sorts(context, about.target) else { return };
    let number = |kind: &KindId| journal.kinds.iter().position(|known| known == kind).map_or(0, |at| at + 1);
    for (at, (((sort, mapping), kinds), variant)) in
        target.mappings.iter().zip(&target.kinds).zip(&by.variants).enumerate()
    {
        if about.time == Some(at) {
            continue; // the journal knows the time itself
        }
        let name = variants.reserve(variant_name(variant), "Failure");
        let key = |kind: usize, row: &str| format!("__rt::journal::Key::{class}({at}, {kind}, {row})");
        let described = variant.description.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
        match (mapping, kinds.as_slice()) {
            // A text names nothing that could be told from another.
            (Mapping::Nothing | Mapping::Text, _) | (Mapping::Kinds(_), []) => {
                out.doc(&format!("`{sort}`{described}."));
                out.line(&format!("{name},"));
                arms.push((name, key(0, "0")));
            }
            (Mapping::Kinds(_), [kind]) => {
                let noun = context.model.kind(*kind).noun().replace('-', " ");
                out.doc(&format!("`{sort}`, with the id of the {noun}{described}."));
                out.line(&format!("{name}(super::{}),", context.names.id(*kind)));
                arms.push((format!("{name}(id)"), key(number(kind), "id.0")));
            }
            (Mapping::Kinds(_), kinds) => {
                let union = union_name(context, kinds);
                let nouns: Vec<&str> = kinds.iter().map(|kind| context.model.kind(*kind).noun()).collect();
                out.doc(&format!("`{sort}`, with the id of the {}{described}.", nouns.join(" or ")));
                out.line(&format!("{name}(super::{union}),"));
                for kind in kinds {
                    let inner = type_name(context.names.noun(*kind));
                    arms.push((format!("{name}(super::{union}::{inner}(id))"), key(number(kind), "id.0")));
                }
            }
        }
    }
}

fn questions(context: &Context<'_>, journal: &Journal, out: &mut Writer) {
    let mut variants = Variants(vec!["Unknown".to_owned()]);
    let mut arms: Vec<Arm> = Vec::new();
    out.blank();
    out.line("/// What the world is asked.");
    out.line("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]");
    out.open("pub enum Question {");
    for (at, subject) in journal.subjects.iter().enumerate() {
        match subject {
            Subject::Kind(kind) => {
                let noun = context.model.kind(*kind).noun().replace('-', " ");
                let name = variants.reserve(type_name(context.names.noun(*kind)), "Id");
                if journal.place_kind == Some(*kind) {
                    out.line(&format!("/// Whether the player is at this {noun}."));
                } else {
                    out.line(&format!(
                        "/// What is known of this {noun}: whether it is there, or how much of it."
                    ));
                }
                let id = context.names.id(*kind);
                out.line(&format!("{name}(super::{id}),"));
                let number = journal.kinds.iter().position(|known| known == kind).map_or(0, |at| at + 1);
                arms.push((
                    format!("({at}, __rt::Target::Link {{ kind: {number}, row }})"),
                    format!("Self::{name}(super::{id}(row))"),
                ));
            }
            Subject::Sort { name: sort, text } => {
                let name = variants.reserve(type_name(sort), "Sort");
                out.doc(&format!("`{sort}`."));
                if *text {
                    out.line(&format!("{name}(&'static str),"));
                    arms.push((format!("({at}, __rt::Target::Text(text))"), format!("Self::{name}(text)")));
                } else {
                    out.line(&format!("{name},"));
                    arms.push((format!("({at}, _)"), format!("Self::{name}")));
                }
            }
        }
    }
    out.line("/// Something that the content names and the compiler does not know. Not to know it either is an answer.");
    out.open("Unknown {");
    out.line("/// The sort of condition that asks, as the content spells it.");
    out.line("sort: &'static str,");
    out.line("/// What it names.");
    out.line("id: &'static str,");
    out.close("},");
    out.close("}");
    out.blank();
    out.open("impl Question {");
    out.open("fn of(question: __rt::journal::RawQuestion) -> Self {");
    out.open("match (question.subject, question.target) {");
    for (pattern, question) in arms {
        out.line(&format!("{pattern} => {question},"));
    }
    out.open("(_, __rt::Target::Unknown(id)) | (_, __rt::Target::Text(id)) => {");
    out.line("Self::Unknown { sort: question.sort, id }");
    out.close("}");
    out.line("_ => Self::Unknown { sort: question.sort, id: \"\" },");
    out.close("}");
    out.close("}");
    out.close("}");
}

fn sorts<'a>(context: &Context<'a>, target: TargetId) -> Option<&'a crate::schema::Enum> {
    let target = context.model.target(target);
    match context.model.record(target.record).fields[target.by].shape {
        Shape::Enum(by) => Some(context.model.enumeration(by)),
        _ => None,
    }
}

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
    let (more_of_quests, more_of_objectives) = (section(11), section(12));
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
        format!("Variant {{ at: {}, count: 4, optional: false }}", at::RENAME_KIND),
        text(at::RENAME_OLD),
    ];
    of[11] = vec![
        range(at::QUEST_MORE_BRANCHES, branches),
        range(at::QUEST_MORE_FAILURES, failures),
        range(at::QUEST_MORE_CONSEQUENCES, consequences),
    ];
    of[12] = vec![
        range(at::OBJECTIVE_MORE_CONDITIONS, conditions),
        format!("Ids {{ at: {}, list: {links}, section: {objectives} }}", at::OBJECTIVE_MORE_ANY),
    ];
    of[12]
        .extend(journal.place_kind.map(|kind| link(at::OBJECTIVE_MORE_PLACE, layout.id_section(kind), true)));
    for names in &mut of[13..17] {
        names.push("Text { at: 0, optional: true }".to_owned());
    }
    of[17] = vec![
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

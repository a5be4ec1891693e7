//! The call of `journal!`: events, questions, and the types of the journal made for this content.

use super::Context;
use super::docs::{code, doc};
use super::template::{fill, lines};
use super::unions::union_name;
use crate::names::ident::type_name;
use crate::schema::{EnumId, Journal, KindId, Listed, Mapping, Shape, Subject, TargetId, Variant};

// Where a game uses the module without the feature, rustc shows the line with the comment.
const JOURNAL: &str = r#"
__rt::journal! { // enable the feature `journal` of the dependency `quest-types`
    $roles
    $objects

    $events

    $questions
}
"#;

const EVENTS: &str = r#"
/// What happens in the game, and quests wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestEvent {
    $variants
}

impl QuestEvent {
    fn key(self) -> __rt::journal::Key {
        match self {
            $arms
        }
    }
}
"#;

const QUESTIONS: &str = r#"
/// What the world is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    $variants
    /// Something that the content names and the compiler does not know. Not to know it either is an answer.
    Unknown {
        /// The sort of condition that asks, as the content spells it.
        sort: &'static str,
        /// What it names.
        id: &'static str,
    },
}

impl Question {
    fn of(question: __rt::journal::RawQuestion) -> Self {
        match (question.subject, question.target) {
            $arms
            (_, __rt::Target::Unknown(id)) | (_, __rt::Target::Text(id)) => {
                Self::Unknown { sort: question.sort, id }
            }
            _ => Self::Unknown { sort: question.sort, id: "" },
        }
    }

    fn fact(self) -> __rt::journal::Key {
        let (subject, kind, row) = match self {
            $facts
            Self::Unknown { .. } => (u8::MAX, 0, u32::MAX),
        };
        __rt::journal::Key::fact(subject, kind, row)
    }
}
"#;

/// The call of `journal!`, if the schema says how quests are played.
pub(super) fn journal(context: &Context<'_>) -> Option<String> {
    let journal = context.model.journal.as_ref()?;
    let values = [
        ("roles", &*roles(context, journal)),
        ("objects", &objects(context, journal)),
        ("events", &events(context, journal)),
        ("questions", &questions(context, journal)),
    ];
    Some(fill(JOURNAL, &values))
}

/// The id types that play a role.
fn roles(context: &Context<'_>, journal: &Journal) -> String {
    lines(
        [
            ("quest", Some(journal.quest)),
            ("stage", Some(journal.stage)),
            ("objective", Some(journal.objective)),
            ("branch", journal.branch.map(|(kind, _)| kind)),
            ("place", journal.place_kind),
        ]
        .map(|(role, kind)| match kind {
            Some(kind) => format!("{role} = super::{};", context.names.id(kind)),
            None => format!("{role} = __rt::journal::Never;"),
        }),
    )
}

/// The record types whose objects the journal returns, and how to get one by its row.
fn objects(context: &Context<'_>, journal: &Journal) -> String {
    let record = |listed: &Listed| listed.record;
    lines(
        [
            ("action", journal.actions.as_ref().map(record)),
            ("reward", journal.rewards.as_ref().map(|(listed, _)| record(listed))),
            ("failure", journal.failures.as_ref().map(|(listed, _)| record(listed))),
            ("consequence", journal.consequences.as_ref().map(|(listed, _)| record(listed))),
        ]
        .map(|(role, record)| match record {
            Some(record) => format!(
                "{role} = super::{}, |row: u32| super::tables().{}.get(row as usize);",
                context.names.record(record),
                context.rows(record)
            ),
            None => format!("{role} = __rt::journal::Never, |_: u32| None;"),
        }),
    )
}

/// An enum in the making whose variants may be called alike: the second one of a name gets an ending.
#[derive(Default)]
struct EnumBuilder {
    names: Vec<String>,
    /// The variants with their documentation.
    variants: String,
    /// The arms of the `match` that converts the enum.
    arms: Vec<String>,
    /// The arms of the `match` that gives the fact of a question.
    facts: Vec<String>,
}

impl EnumBuilder {
    fn reserve(&mut self, name: String, ending: &str) -> String {
        let name = if self.names.contains(&name) { format!("{name}{ending}") } else { name };
        self.names.push(name.clone());
        name
    }

    fn variant(&mut self, docs: &str, variant: &str) {
        self.variants += &format!("{docs}{variant},\n");
    }

    fn fact(&mut self, pattern: &str, value: &str) {
        self.facts.push(format!("Self::{pattern} => {value},"));
    }

    fn arm(&mut self, pattern: &str, value: &str) {
        self.arms.push(format!("{pattern} => {value},"));
    }
}

/// The number of a kind among those of targets, from 1.
fn kind_number(journal: &Journal, kind: KindId) -> usize {
    journal.kinds.iter().position(|known| *known == kind).map_or(0, |at| at + 1)
}

fn events(context: &Context<'_>, journal: &Journal) -> String {
    let mut builder = EnumBuilder::default();
    let failures = journal.failures.as_ref().map(|(_, about)| (about, "failure_event"));
    for (about, class) in [(&journal.event, "objective_event")].into_iter().chain(failures) {
        let target = context.model.target(about.target);
        let Some(tags) = tags(context, about.target) else { continue };
        let variants = context.model.enumeration(tags).variants.iter().zip(context.names.values(tags));
        let mappings = target.mappings.iter().zip(&target.kinds).zip(variants);
        for (at, (((sort, mapping), kinds), (variant, name))) in mappings.enumerate() {
            // The journal counts turns itself.
            if about.time != Some(at) {
                let kinds = if matches!(mapping, Mapping::Kinds(_)) { kinds.as_slice() } else { &[] };
                let event = Event { number: at, class, sort, variant, name, kinds };
                event_variant(context, journal, &event, &mut builder);
            }
        }
    }
    fill(EVENTS, &[("variants", &builder.variants), ("arms", &lines(builder.arms))])
}

/// A variant of `QuestEvent`.
struct Event<'e> {
    number: usize,
    /// The function of `Key` for such events.
    class: &'e str,
    /// The event as the content spells it.
    sort: &'e str,
    variant: &'e Variant,
    /// The name of the variant in its enum.
    name: &'e str,
    /// The kinds of its target; none if it has no target that could be told from others.
    kinds: &'e [KindId],
}

fn event_variant(context: &Context<'_>, journal: &Journal, event: &Event<'_>, builder: &mut EnumBuilder) {
    let Event { number, class, sort, variant, name, kinds } = event;
    let name = builder.reserve((*name).to_owned(), "Failure");
    let key = |kind: usize, row: &str| format!("__rt::journal::Key::{class}({number}, {kind}, {row})");
    let description = variant.description.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
    match kinds {
        [] => {
            builder.variant(&doc(2, &format!("{}{description}.", code(sort))), &name);
            builder.arm(&format!("Self::{name}"), &key(0, "0"));
        }
        [kind] => {
            let noun = context.model.kind(*kind).noun().replace('-', " ");
            let docs = doc(2, &format!("{}, with the id of the {noun}{description}.", code(sort)));
            builder.variant(&docs, &format!("{name}(super::{})", context.names.id(*kind)));
            builder.arm(&format!("Self::{name}(id)"), &key(kind_number(journal, *kind), "id.0"));
        }
        kinds => {
            let union = union_name(context, kinds);
            let nouns: Vec<&str> = kinds.iter().map(|kind| context.model.kind(*kind).noun()).collect();
            let docs =
                doc(2, &format!("{}, with the id of the {}{description}.", code(sort), nouns.join(" or ")));
            builder.variant(&docs, &format!("{name}(super::{union})"));
            for kind in *kinds {
                let inner = type_name(context.names.noun(*kind));
                let pattern = format!("Self::{name}(super::{union}::{inner}(id))");
                builder.arm(&pattern, &key(kind_number(journal, *kind), "id.0"));
            }
        }
    }
}

fn questions(context: &Context<'_>, journal: &Journal) -> String {
    let mut builder = EnumBuilder { names: vec!["Unknown".to_owned()], ..EnumBuilder::default() };
    for (number, subject) in journal.subjects.iter().enumerate() {
        match subject {
            Subject::Kind(kind) => question_about_kind(context, journal, number, *kind, &mut builder),
            Subject::Sort { name: sort, text } => {
                let name = builder.reserve(type_name(sort), "Sort");
                let docs = doc(2, &format!("{}.", code(sort)));
                if *text {
                    builder.variant(&docs, &format!("{name}(&'static str)"));
                    let pattern = format!("({number}, __rt::Target::Text(text))");
                    builder.arm(&pattern, &format!("Self::{name}(text)"));
                    builder.fact(&format!("{name}(_)"), &format!("({number}, 0, u32::MAX)"));
                } else {
                    builder.variant(&docs, &name);
                    builder.arm(&format!("({number}, _)"), &format!("Self::{name}"));
                    builder.fact(&name, &format!("({number}, 0, 0)"));
                }
            }
        }
    }
    let (arms, facts) = (lines(builder.arms), lines(builder.facts));
    fill(QUESTIONS, &[("variants", &builder.variants), ("arms", &arms), ("facts", &facts)])
}

fn question_about_kind(
    context: &Context<'_>,
    journal: &Journal,
    number: usize,
    kind: KindId,
    builder: &mut EnumBuilder,
) {
    let noun = context.model.kind(kind).noun().replace('-', " ");
    let name = builder.reserve(type_name(context.names.noun(kind)), "Id");
    let docs = if journal.place_kind == Some(kind) {
        format!("/// Whether the player is at this {noun}.\n")
    } else {
        format!("/// What is known of this {noun}: whether it is there, or how much of it.\n")
    };
    let id = context.names.id(kind);
    builder.variant(&docs, &format!("{name}(super::{id})"));
    let pattern = format!("({number}, __rt::Target::Link {{ kind: {}, row }})", kind_number(journal, kind));
    builder.arm(&pattern, &format!("Self::{name}(super::{id}(row))"));
    let fact = format!("({number}, {}, id.0)", kind_number(journal, kind));
    builder.fact(&format!("{name}(id)"), &fact);
}

/// The enum of the sibling that decides the kind of a reference.
fn tags(context: &Context<'_>, target: TargetId) -> Option<EnumId> {
    let target = context.model.target(target);
    match context.model.record(target.record).fields[target.by].shape {
        Shape::Enum(by) => Some(by),
        _ => None,
    }
}

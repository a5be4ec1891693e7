//! `x-requires` as a schema writes it: what must be done before an object can begin, and what its completion gives and locks.

use super::fields::{FieldReader, SpannedText};
use super::need::{GroupAnnotation, NeedAnnotation, read_groups, read_needs};
use super::operator::{Operator, operators};
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-requires`. Paths in it are not followed yet.
#[derive(Clone, Debug)]
pub struct RequiresAnnotation {
    pub span: Span,
    /// References or conditions; without it, the object requires nothing.
    pub at: Option<SpannedText>,
    /// How many of the conditions are needed: of the outermost list first, then of the lists in it.
    pub need: Vec<NeedAnnotation>,
    /// Conditions that are made of others.
    pub groups: Vec<GroupAnnotation>,
    /// What must be complete for the object to be: its parts, or references to them.
    pub members: Option<SpannedText>,
    pub by: Option<SpannedText>,
    pub target: Option<SpannedText>,
    pub value: Option<SpannedText>,
    pub operator: Option<SpannedText>,
    /// What the values of `operator` mean, apart from those that mean what they mean by default.
    pub operators: Vec<(SpannedText, Operator)>,
    /// What conditions mean, by the value of `by`; a single entry with an empty name if all mean the same.
    pub means: Vec<(SpannedText, Means)>,
    /// The property of the object that a condition is compared with, by the value of `by`.
    pub own: Vec<(SpannedText, SpannedText)>,
    /// Chains of more objects than this, each of which requires the one before, are reported.
    pub longest: Option<u64>,
    /// The property that says whether the object can begin again.
    pub again: Option<SpannedText>,
    pub gives: Option<GivesAnnotation>,
    pub locks: Option<LocksAnnotation>,
}

/// `locks`: what can never begin once an object is complete.
#[derive(Clone, Debug)]
pub struct LocksAnnotation {
    /// References, or objects that have one.
    pub at: SpannedText,
    /// The property that says what an object at `at` does.
    pub by: Option<SpannedText>,
    pub target: Option<SpannedText>,
    /// The values of `by` that lock.
    pub sorts: Vec<SpannedText>,
}

/// `gives`: what an object gives when it is complete.
#[derive(Clone, Debug)]
pub struct GivesAnnotation {
    pub at: SpannedText,
    pub by: SpannedText,
    pub target: SpannedText,
    pub optional: Option<SpannedText>,
    pub amount: Option<SpannedText>,
    /// The conditions that nothing but these gifts can meet.
    pub only: Vec<SpannedText>,
    /// The values of `by`, each with the condition that it meets.
    pub meets: Vec<(SpannedText, SpannedText)>,
}

/// What a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The named object is complete.
    Complete,
    /// The named object is active.
    Active,
    /// A number that never decreases.
    Rising,
    /// A number.
    Number,
    /// Something that is there or not.
    Set,
    /// Something that never changes.
    Constant,
}

impl Means {
    const NAMES: [(&'static str, Means); 6] = [
        ("complete", Means::Complete),
        ("active", Means::Active),
        ("rising", Means::Rising),
        ("number", Means::Number),
        ("set", Means::Set),
        ("constant", Means::Constant),
    ];
}

/// Reads `x-requires`.
pub(super) fn requires(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<RequiresAnnotation> {
    let mut reader = FieldReader::new("x-requires", diagnostics);
    reader.check_fields(
        value,
        &[
            "at",
            "any",
            "need",
            "groups",
            "members",
            "by",
            "target",
            "value",
            "operator",
            "operators",
            "means",
            "own",
            "longest",
            "again",
            "gives",
            "locks",
        ],
    );
    let members = reader.text(value, "members");
    let annotation = RequiresAnnotation {
        span: value.label(),
        at: if members.is_some() { reader.text(value, "at") } else { Some(reader.required(value, "at")?) },
        need: read_needs(value, &mut reader),
        groups: read_groups(value, &mut reader),
        members,
        by: reader.text(value, "by"),
        target: reader.text(value, "target"),
        value: reader.text(value, "value"),
        operator: reader.text(value, "operator"),
        operators: operators(value, &mut reader),
        means: read_means(value, &mut reader),
        own: reader.text_entries(value, "own"),
        longest: value.get("longest").and_then(|longest| read_longest(longest, &mut reader)),
        again: reader.text(value, "again"),
        gives: value.get("gives").and_then(|gives| read_gives(gives, &mut reader)),
        locks: value.get("locks").and_then(|locks| read_locks(locks, &mut reader)),
    };
    (!reader.failed).then_some(annotation)
}

/// `means`: one word, or a word for each value of `by`.
fn read_means(value: Node<'_>, reader: &mut FieldReader<'_>) -> Vec<(SpannedText, Means)> {
    let all = |span, means| vec![(SpannedText { text: String::new(), span }, means)];
    match value.get("means") {
        Some(sorts) if sorts.kind() == NodeKind::Object => {
            reader.entries(value, "means", |reader, word| read_meaning(word, reader))
        }
        Some(word) => read_meaning(word, reader).map_or_else(Vec::new, |means| all(word.label(), means)),
        None => all(value.label(), Means::Complete),
    }
}

fn read_meaning(node: Node<'_>, reader: &mut FieldReader<'_>) -> Option<Means> {
    let word = node.text().unwrap_or_default();
    let found = Means::NAMES.iter().find(|(name, _)| *name == word).map(|(_, means)| *means);
    if found.is_none() {
        reader.report(
            Diagnostic::new(&code::ANNOTATION, "this is not what a condition can be about")
                .label(node.label(), "not known")
                .maybe_help(did_you_mean(&word, Means::NAMES.iter().map(|(name, _)| *name)))
                .note("it can be `complete`, `active`, `rising`, `number`, `set` or `constant`"),
        );
    }
    found
}

fn read_longest(node: Node<'_>, reader: &mut FieldReader<'_>) -> Option<u64> {
    let longest = node.integer().and_then(|longest| u64::try_from(longest).ok());
    if longest.is_none() {
        reader.invalid(node, "longest", "a whole number that is not negative");
    }
    longest
}

fn read_gives(gives: Node<'_>, reader: &mut FieldReader<'_>) -> Option<GivesAnnotation> {
    reader.check_fields(gives, &["at", "by", "target", "optional", "amount", "meets", "only"]);
    Some(GivesAnnotation {
        at: reader.required(gives, "at")?,
        by: reader.required(gives, "by")?,
        target: reader.required(gives, "target")?,
        optional: reader.text(gives, "optional"),
        amount: reader.text(gives, "amount"),
        only: reader.texts(gives, "only"),
        meets: reader.text_entries(gives, "meets"),
    })
}

/// `locks`: a path to references, or to objects that have one.
fn read_locks(locks: Node<'_>, reader: &mut FieldReader<'_>) -> Option<LocksAnnotation> {
    if let Some(at) = SpannedText::of(locks) {
        return Some(LocksAnnotation { at, by: None, target: None, sorts: Vec::new() });
    }
    reader.check_fields(locks, &["at", "by", "target", "sorts"]);
    Some(LocksAnnotation {
        at: reader.required(locks, "at")?,
        by: Some(reader.required(locks, "by")?),
        target: Some(reader.required(locks, "target")?),
        sorts: reader.texts(locks, "sorts"),
    })
}

//! `x-requires` as a schema writes it: what must be done before an object can begin, and what its completion gives and locks.

use super::fields::{FieldReader, SpannedText};
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-requires`. Paths in it are not followed yet.
#[derive(Clone, Debug)]
pub struct RequiresAnnotation {
    pub span: Span,
    pub at: SpannedText,
    /// One of the conditions is enough.
    pub any: bool,
    pub by: Option<SpannedText>,
    pub target: Option<SpannedText>,
    pub value: Option<SpannedText>,
    pub operator: Option<SpannedText>,
    /// What conditions mean, by the value of `by`; a single entry with an empty name if all mean the same.
    pub means: Vec<(String, Means)>,
    /// The property of the object that a condition is compared with, by the value of `by`.
    pub own: Vec<(String, SpannedText)>,
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
    pub sorts: Vec<String>,
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
    pub meets: Vec<(String, String)>,
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
            "at", "any", "by", "target", "value", "operator", "means", "own", "longest", "again", "gives",
            "locks",
        ],
    );
    let annotation = RequiresAnnotation {
        span: value.label(),
        at: reader.required(value, "at")?,
        any: reader.boolean(value, "any").unwrap_or(false),
        by: reader.text(value, "by"),
        target: reader.text(value, "target"),
        value: reader.text(value, "value"),
        operator: reader.text(value, "operator"),
        means: read_means(value, &mut reader),
        own: value.get("own").map_or_else(Vec::new, own),
        longest: value.get("longest").and_then(|longest| read_longest(longest, &mut reader)),
        again: reader.text(value, "again"),
        gives: value.get("gives").and_then(|gives| read_gives(gives, &mut reader)),
        locks: value.get("locks").and_then(|locks| read_locks(locks, &mut reader)),
    };
    (!reader.failed).then_some(annotation)
}

/// `means`: one word, or a word for each value of `by`.
fn read_means(value: Node<'_>, reader: &mut FieldReader<'_>) -> Vec<(String, Means)> {
    let mut all = Vec::new();
    match value.get("means") {
        Some(sorts) if sorts.kind() == NodeKind::Object => {
            for (key, word) in sorts.properties() {
                let sort = key.text().unwrap_or_default().into_owned();
                all.extend(read_meaning(word, reader).map(|means| (sort, means)));
            }
        }
        Some(word) => all.extend(read_meaning(word, reader).map(|means| (String::new(), means))),
        None => all.push((String::new(), Means::Complete)),
    }
    all
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

fn own(own: Node<'_>) -> Vec<(String, SpannedText)> {
    own.properties()
        .filter_map(|(key, path)| Some((key.text()?.into_owned(), SpannedText::of(path)?)))
        .collect()
}

fn read_longest(node: Node<'_>, reader: &mut FieldReader<'_>) -> Option<u64> {
    let longest = node.integer().and_then(|longest| u64::try_from(longest).ok());
    if longest.is_none() {
        reader.invalid(node, "longest");
    }
    longest
}

fn read_gives(gives: Node<'_>, reader: &mut FieldReader<'_>) -> Option<GivesAnnotation> {
    reader.check_fields(gives, &["at", "by", "target", "optional", "amount", "meets", "only"]);
    let met = gives.get("meets").into_iter().flat_map(Node::properties);
    Some(GivesAnnotation {
        at: reader.required(gives, "at")?,
        by: reader.required(gives, "by")?,
        target: reader.required(gives, "target")?,
        optional: reader.text(gives, "optional"),
        amount: reader.text(gives, "amount"),
        only: reader.texts(gives, "only"),
        meets: met
            .filter_map(|(key, condition)| Some((key.text()?.into_owned(), condition.text()?.into_owned())))
            .collect(),
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
        sorts: reader.texts(locks, "sorts").into_iter().map(|sort| sort.text).collect(),
    })
}

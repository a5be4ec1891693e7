//! `x-requires` as a schema writes it: what must be done before an object can begin, and what its completion gives and locks.

use super::fields::{Reader, Written};
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-requires` as it is written.
#[derive(Clone, Debug)]
pub struct RequiresAnnotation {
    pub span: Span,
    pub at: Written,
    /// One of the conditions is enough.
    pub any: bool,
    pub by: Option<Written>,
    pub target: Option<Written>,
    pub value: Option<Written>,
    pub operator: Option<Written>,
    /// What a condition of each sort is about.
    pub means: Vec<(String, Means)>,
    /// Sorts of conditions that are compared with a property of the object.
    pub own: Vec<(String, Written)>,
    /// More objects than this that must be complete one after the other are reported.
    pub longest: Option<u64>,
    /// Whether the object can be begun again.
    pub again: Option<Written>,
    pub gives: Option<GivesAnnotation>,
    pub locks: Option<LocksAnnotation>,
}

/// What can never be begun once an object is complete.
#[derive(Clone, Debug)]
pub struct LocksAnnotation {
    /// References, or objects that have one.
    pub at: Written,
    pub by: Option<Written>,
    pub target: Option<Written>,
    /// The sorts of these objects that lock.
    pub sorts: Vec<String>,
}

/// What an object gives when it is complete.
#[derive(Clone, Debug)]
pub struct GivesAnnotation {
    pub at: Written,
    pub by: Written,
    pub target: Written,
    pub optional: Option<Written>,
    pub amount: Option<Written>,
    /// Sorts of conditions that nothing else can meet.
    pub only: Vec<Written>,
    /// Sorts of what is given, and the sort of condition that each of them meets.
    pub meets: Vec<(String, String)>,
}

/// What a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The named object is complete.
    Complete,
    /// The named object is under way.
    Active,
    /// A number that only grows.
    Rising,
    /// A number.
    Number,
    /// Something that can be had or not.
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
    let mut reader = Reader::new("x-requires", diagnostics);
    reader.known(
        value,
        &[
            "at", "any", "by", "target", "value", "operator", "means", "own", "longest", "again", "gives",
            "locks",
        ],
    );
    let at = reader.needed(value, "at")?;
    let any = value.get("any").and_then(Node::boolean).unwrap_or(false);
    let by = reader.text(value, "by");
    let (target, number, operator) =
        (reader.text(value, "target"), reader.text(value, "value"), reader.text(value, "operator"));
    let mut means = Vec::new();
    let mut mean = |sort: String, node: Node<'_>, reader: &mut Reader<'_>| {
        let word = node.text().unwrap_or_default();
        match Means::NAMES.iter().find(|(name, _)| *name == word) {
            Some((_, found)) => means.push((sort, *found)),
            None => {
                reader.failed = true;
                reader.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, "this is not what a condition can be about")
                        .label(node.label(), "not known")
                        .maybe_help(did_you_mean(&word, Means::NAMES.iter().map(|(name, _)| *name)))
                        .note("it can be `complete`, `active`, `rising`, `number`, `set` or `constant`"),
                );
            }
        }
    };
    match value.get("means") {
        Some(sorts) if sorts.kind() == NodeKind::Object => {
            for (key, sort) in sorts.properties() {
                mean(key.text().unwrap_or_default().into_owned(), sort, &mut reader);
            }
        }
        Some(word) => mean(String::new(), word, &mut reader),
        None => means.push((String::new(), Means::Complete)),
    }
    let own = value.get("own").map_or_else(Vec::new, |own| {
        own.properties()
            .filter_map(|(key, node)| {
                Some((key.text()?.into_owned(), (node.text()?.into_owned(), node.span())))
            })
            .collect::<Vec<_>>()
    });
    let longest = value.get("longest").and_then(|node| {
        let longest = node.integer().and_then(|longest| u64::try_from(longest).ok());
        if longest.is_none() {
            reader.wrong(node, "`longest`");
        }
        longest
    });
    let again = reader.text(value, "again");
    let gives = match value.get("gives") {
        Some(gives) => {
            reader.known(gives, &["at", "by", "target", "optional", "amount", "meets", "only"]);
            let pair = |(key, sort): (Node<'_>, Node<'_>)| {
                Some((key.text()?.into_owned(), sort.text()?.into_owned()))
            };
            Some(GivesAnnotation {
                at: reader.needed(gives, "at")?,
                by: reader.needed(gives, "by")?,
                target: reader.needed(gives, "target")?,
                optional: reader.text(gives, "optional"),
                amount: reader.text(gives, "amount"),
                only: reader.texts(gives, "only"),
                meets: gives
                    .get("meets")
                    .into_iter()
                    .flat_map(Node::properties)
                    .filter_map(pair)
                    .collect::<Vec<_>>(),
            })
        }
        None => None,
    };
    let locks = match value.get("locks") {
        Some(locks) if locks.is_text() => reader.text(value, "locks").map(|at| LocksAnnotation {
            at,
            by: None,
            target: None,
            sorts: Vec::new(),
        }),
        Some(locks) => {
            reader.known(locks, &["at", "by", "target", "sorts"]);
            Some(LocksAnnotation {
                at: reader.needed(locks, "at")?,
                by: Some(reader.needed(locks, "by")?),
                target: Some(reader.needed(locks, "target")?),
                sorts: reader.texts(locks, "sorts").into_iter().map(|(sort, _)| sort).collect::<Vec<_>>(),
            })
        }
        None => None,
    };
    (!reader.failed).then(|| RequiresAnnotation {
        span: value.label(),
        at,
        any,
        by,
        target,
        value: number,
        operator,
        means,
        own,
        longest,
        again,
        gives,
        locks,
    })
}

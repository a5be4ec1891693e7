//! Our annotation keywords (`docs/annotations.md`): what a property identifies, what it refers to, how generated code names it.

mod fields;
mod flow;
mod group;
mod journal;
mod key;
mod lint;
mod reference;
mod requires;
mod rules;
mod text;

pub use group::Group;
pub use reference::{Mapping, Role};
pub use requires::Means;
pub use rules::{At, Example, Rule, placeholders};

pub(super) use fields::SpannedText;
pub(super) use flow::{FlowAnnotation, FlowBranchesAnnotation, TasksAnnotation};
pub(super) use group::group;
pub(super) use journal::{JournalAnnotation, JournalListAnnotation};
pub(super) use key::{Key, is_kind};
pub(super) use reference::{Reference, Wanted};
pub(super) use requires::{GivesAnnotation, LocksAnnotation, RequiresAnnotation};
pub(super) use rules::Step;
pub(super) use text::TextAnnotation;

use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::value::Literal;
use crate::source::{Node, NodeKind};
use crate::text::Span;
use fields::invalid;
use flow::flow;
use journal::journal;
use key::key;
use lint::{Lint, lint};
use reference::reference;
use requires::requires;
use text::text_note;

/// The keywords this project adds to JSON Schema.
const KEYWORDS: [&str; 17] = [
    "x-key",
    "x-ref",
    "x-name",
    "x-names",
    "x-source",
    "x-json",
    "x-short",
    "x-lint",
    "x-max-bytes",
    "x-equals",
    "x-group",
    "x-rules",
    "x-text",
    "x-version",
    "x-flow",
    "x-requires",
    "x-journal",
];

/// Everything about a schema object that says what it means rather than what is valid.
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    pub title: Option<String>,
    pub description: Option<String>,
    pub examples: Vec<Literal>,
    pub default: Option<(Literal, Span)>,
    /// `x-name`: the name in generated code.
    pub name: Option<(String, Span)>,
    /// `x-names`: the names of enum values in generated code, and the places of the values.
    pub names: Vec<(String, String, Span)>,
    /// The places of `x-names`.
    pub names_at: Vec<Span>,
    /// `x-source`: the section of the source document.
    pub source: Option<String>,
    pub key: Option<Key>,
    pub reference: Option<Reference>,
    /// `x-flow`: what leads to what in an object.
    pub flow: Option<FlowAnnotation>,
    /// `x-requires`: what an object asks for before it can be begun.
    pub requires: Option<RequiresAnnotation>,
    /// `x-journal`: how the objects are played.
    pub journal: Option<JournalAnnotation>,
    /// Places of annotations of other parts that mean the same property, and count less.
    pub absorbed: Vec<Span>,
    /// `x-lint`: how serious a misfit is at this place.
    pub lint: Option<Lint>,
    /// `x-short`: the property for which a value that is no object stands.
    pub short: Option<(String, Span)>,
    /// `x-json`: kept as JSON text, whatever it is.
    pub json: Option<Span>,
    /// `x-text`: people read this.
    pub text: Option<TextAnnotation>,
    /// `x-version`: this is the version of its document.
    pub version: Option<Span>,
    /// `x-rules` beside a `$ref`: they hold for the objects at this place alone.
    pub rules: Vec<Rule>,
}

impl Annotations {
    /// All annotations that must have an effect somewhere, with their places.
    pub fn places(&self) -> Vec<(AnnotationKind, Span)> {
        let key = self
            .key
            .as_ref()
            .map(|key| (if key.file { AnnotationKind::FileKey } else { AnnotationKind::Key }, key.span));
        let one = [
            key,
            self.reference.as_ref().map(|reference| (AnnotationKind::Reference, reference.span)),
            self.short.as_ref().map(|(_, span)| (AnnotationKind::Short, *span)),
            self.flow.as_ref().map(|flow| (AnnotationKind::Flow, flow.span)),
            self.requires.as_ref().map(|requires| (AnnotationKind::Flow, requires.span)),
            self.journal.as_ref().map(|journal| (AnnotationKind::Flow, journal.span)),
            self.name.as_ref().map(|(_, span)| (AnnotationKind::Name, *span)),
            self.json.map(|span| (AnnotationKind::Json, span)),
            self.lint.as_ref().map(|lint| (AnnotationKind::Lint, lint.span)),
            self.text.as_ref().map(|text| (AnnotationKind::Text, text.span)),
            self.version.map(|span| (AnnotationKind::Version, span)),
        ];
        let mut places = one.into_iter().flatten().collect::<Vec<_>>();
        places.extend(self.names_at.iter().map(|span| (AnnotationKind::Names, *span)));
        places.extend(self.absorbed.iter().map(|span| (AnnotationKind::Reference, *span)));
        places
    }

    /// The places of what makes a key or reference of a value.
    pub fn meanings(&self) -> Vec<Span> {
        let means = |sort: &AnnotationKind| matches!(sort, AnnotationKind::Key | AnnotationKind::Reference);
        self.places().iter().filter(|(sort, _)| means(sort)).map(|(_, span)| *span).collect::<Vec<_>>()
    }
}

/// What an annotation does, as far as it matters to where it has an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnnotationKind {
    Key,
    FileKey,
    Reference,
    Short,
    Flow,
    Name,
    Names,
    Json,
    Lint,
    Text,
    Version,
}

/// An annotation keyword of a studio's own, and which of ours it means.
#[derive(Clone, Debug)]
pub struct Foreign {
    /// The keyword; a dot goes into an object.
    pub keyword: String,
    /// `x-key`, `x-ref`, `x-name` or `x-source`.
    pub means: String,
}

/// Reads the annotations of a schema object, or of an entry of an overlay: what it says comes before what `notes` has already.
pub(super) fn annotations(
    annotations: &mut Annotations,
    object: Node<'_>,
    foreign: &[Foreign],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (key, value) in object.properties() {
        let Some(name) = key.text() else { continue };
        let text = || value.text().map(|text| text.into_owned());
        match &*name {
            "title" => annotations.title = text(),
            "description" => annotations.description = text(),
            "examples" => annotations.examples = value.elements().map(Literal::of).collect::<Vec<_>>(),
            "default" => annotations.default = Some((Literal::of(value), value.label())),
            "x-names" if value.kind() == NodeKind::Object => {
                annotations.names_at.push(key.span());
                for (key, value) in value.properties() {
                    match (key.text(), value.text().filter(|name| !name.is_empty())) {
                        (Some(text), Some(name)) => {
                            annotations.names.push((text.into_owned(), name.into_owned(), key.span()));
                        }
                        _ => {
                            diagnostics.push(invalid(value, "`x-names` has a name for each value, a string"))
                        }
                    }
                }
            }
            "x-names" => diagnostics.push(
                invalid(value, "`x-names` is an object: a name for each value")
                    .help("write `{ \"<=\": \"AtMost\" }`"),
            ),
            "x-short" => match text() {
                Some(property) => annotations.short = Some((property, value.span())),
                None => diagnostics.push(invalid(value, "`x-short` is the name of a property, a string")),
            },
            "x-flow" => annotations.flow = flow(value, diagnostics).or(annotations.flow.take()),
            "x-requires" => {
                annotations.requires = requires(value, diagnostics).or(annotations.requires.take())
            }
            "x-journal" => annotations.journal = journal(value, diagnostics).or(annotations.journal.take()),
            "x-text" => annotations.text = text_note(value, diagnostics).or(annotations.text.take()),
            "x-lint" => annotations.lint = lint(value, diagnostics).or(annotations.lint.take()),
            "x-version" => match value.boolean() {
                Some(version) => annotations.version = version.then(|| key.span()),
                None => diagnostics.push(invalid(value, "`x-version` is `true` or `false`")),
            },
            "x-json" => match value.boolean() {
                Some(json) => annotations.json = json.then(|| key.span()),
                None => diagnostics.push(invalid(value, "`x-json` is `true` or `false`")),
            },
            _ if name.starts_with("x-") && KEYWORDS.contains(&&*name) => {
                annotation(annotations, &name, value, false, diagnostics);
            }
            _ if name.starts_with("x-") && !foreign.iter().any(|own| own.keyword == *name) => {
                if let Some(help) = did_you_mean(&name, KEYWORDS.into_iter()) {
                    diagnostics.push(
                        Diagnostic::new(
                            &code::ANNOTATION_TYPO,
                            format!("`{name}` is not an annotation of questc"),
                        )
                        .label(key.span(), "has no effect")
                        .help(help),
                    );
                }
            }
            _ => {}
        }
    }
    for own in foreign {
        let whole = object.get(&own.keyword);
        let value = whole.or_else(|| own.keyword.split('.').try_fold(object, |node, name| node.get(name)));
        if let Some(value) = value {
            annotation(annotations, &own.means, value, true, diagnostics);
        }
    }
}

/// Reads one annotation. In words of a studio's own, kinds can be spelt in any case.
fn annotation(
    annotations: &mut Annotations,
    name: &str,
    value: Node<'_>,
    foreign: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let text = || value.text().map(|text| text.into_owned());
    match name {
        "x-name" => match text() {
            Some(name) if !name.is_empty() => annotations.name = Some((name, value.span())),
            _ => diagnostics.push(invalid(
                value,
                "`x-name` is the name for generated code, a string such as `\"Stage\"`",
            )),
        },
        "x-source" => match text() {
            Some(source) => annotations.source = Some(source),
            None => diagnostics.push(invalid(value, "`x-source` is text, such as `\"Quest Schema §7.1\"`")),
        },
        "x-key" => annotations.key = key(value, foreign, diagnostics).or(annotations.key.take()),
        "x-ref" => {
            annotations.reference = reference(value, foreign, diagnostics).or(annotations.reference.take())
        }
        _ => {}
    }
}

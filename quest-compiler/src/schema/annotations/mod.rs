//! Annotations: what schemas say about meaning, rather than about which values are valid (`docs/annotations.md`).
//!
//! Comes in: a schema object, or an entry of an overlay. Goes out: [`Annotations`], one field per keyword, as written: paths in
//! them are not followed, kinds are names. This stage knows no other schema objects and no model; the graph attaches annotations to
//! its nodes, and `derive` finds out what they mean.

mod changes;
mod fields;
mod flow;
mod group;
mod journal;
mod key;
mod lint;
mod need;
mod operator;
mod reference;
mod requires;
mod rules;
mod text;

pub(super) use changes::ChangesAnnotation;
pub use group::Group;
pub use need::Need;
pub use operator::Operator;
pub use reference::{Mapping, Role};
pub use requires::Means;
pub use rules::{Rule, RuleExample, RulePath, placeholders};

pub(super) use fields::SpannedText;
pub(super) use flow::{FlowAnnotation, FlowBranchesAnnotation, FlowEnd, TasksAnnotation};
pub(super) use group::group;
pub(super) use journal::{JournalAnnotation, JournalListAnnotation};
pub(super) use key::{Key, is_kind};
pub(super) use need::{GroupAnnotation, NeedAnnotation};
pub(super) use reference::{AffixedKind, Reference, ReferenceCondition, ReferenceMapping};
pub(super) use requires::{GivesAnnotation, LocksAnnotation, RequiresAnnotation};
pub(super) use text::TextAnnotation;

use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::value::Literal;
use crate::source::{Node, NodeKind};
use crate::text::Span;
use fields::invalid;
use heck::ToKebabCase;
use lint::Lint;

/// The keywords that questc adds to JSON Schema.
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

/// The annotations of one schema object, or of one use of it.
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    pub title: Option<String>,
    pub description: Option<String>,
    pub examples: Vec<Literal>,
    pub default: Option<(Literal, Span)>,
    /// `x-name`: the name in generated code.
    pub name: Option<SpannedText>,
    /// `x-names`: the names of enum values in generated code.
    pub names: Vec<ValueName>,
    /// The locations of `x-names`; an overlay can have a second one.
    pub names_spans: Vec<Span>,
    /// `x-source`: the section of the document that specifies this.
    pub source: Option<String>,
    pub key: Option<Key>,
    pub reference: Option<Reference>,
    pub flow: Option<FlowAnnotation>,
    pub requires: Option<RequiresAnnotation>,
    pub journal: Option<JournalAnnotation>,
    /// Annotations of other schemas for the same property, which these override.
    pub overridden: Vec<Span>,
    pub lint: Option<Lint>,
    /// `x-short`: the property that a value stands for if it is not an object.
    pub shorthand: Option<SpannedText>,
    /// `x-json`: kept as JSON text, whatever it is.
    pub json: Option<Span>,
    pub text: Option<TextAnnotation>,
    /// `x-version`: this is the version of its document.
    pub version: Option<Span>,
    /// `x-rules` beside a `$ref`, which apply only to the objects of this use.
    pub rules: Vec<Rule>,
}

/// The name in generated code of one value of an enum.
#[derive(Clone, Debug)]
pub struct ValueName {
    pub value: String,
    pub name: String,
    pub span: Span,
}

/// What an annotation does, as far as it decides where the annotation has an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AnnotationKind {
    Key,
    FileKey,
    Reference,
    Shorthand,
    Flow,
    Name,
    Names,
    Json,
    Lint,
    Text,
    Version,
}

/// An annotation keyword of a studio's own, and the keyword of questc that it replaces.
#[derive(Clone, Debug)]
pub struct Foreign {
    /// The keyword; a dot leads into an object.
    pub keyword: String,
    /// `x-key`, `x-ref`, `x-name` or `x-source`.
    pub means: String,
}

impl Annotations {
    /// Reads the annotations of a schema object or overlay entry; they override what was read before.
    pub(super) fn read(&mut self, object: Node<'_>, foreign: &[Foreign], diagnostics: &mut Vec<Diagnostic>) {
        for (key, value) in object.properties() {
            let Some(name) = key.text() else { continue };
            let is_foreign = || foreign.iter().any(|own| own.keyword == *name);
            if let Some(meant) = misspelled_keyword(&name).filter(|_| !is_foreign()) {
                diagnostics.push(wrong_case(&name, meant, key));
            } else if !name.starts_with("x-") {
                self.read_standard(&name, value);
            } else if KEYWORDS.contains(&&*name) {
                self.read_own(&name, key, value, diagnostics);
            } else if !is_foreign() {
                diagnostics.extend(misspelled(&name, key));
            }
        }
        for own in foreign {
            let whole = object.get(&own.keyword);
            let value =
                whole.or_else(|| own.keyword.split('.').try_fold(object, |node, name| node.get(name)));
            if let Some(value) = value {
                self.read_mappable(&own.means, value, true, diagnostics);
            }
        }
    }

    /// The annotations that JSON Schema defines.
    fn read_standard(&mut self, name: &str, value: Node<'_>) {
        let text = || value.text().map(|text| text.into_owned());
        match name {
            "title" => self.title = text(),
            "description" => self.description = text(),
            "examples" => self.examples = value.elements().map(Literal::of).collect(),
            "default" => self.default = Some((Literal::of(value), value.label())),
            _ => {}
        }
    }

    fn read_own(&mut self, name: &str, key: Node<'_>, value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) {
        match name {
            "x-names" => self.read_names(key, value, diagnostics),
            "x-short" => match SpannedText::of(value) {
                Some(property) => self.shorthand = Some(property),
                None => diagnostics.push(invalid(value, "`x-short` is the name of a property, a string")),
            },
            "x-flow" => replace(&mut self.flow, flow::flow(value, diagnostics)),
            "x-requires" => replace(&mut self.requires, requires::requires(value, diagnostics)),
            "x-journal" => replace(&mut self.journal, journal::journal(value, diagnostics)),
            "x-text" => replace(&mut self.text, text::text(value, diagnostics)),
            "x-lint" => replace(&mut self.lint, lint::lint(value, diagnostics)),
            "x-version" => match value.boolean() {
                Some(version) => self.version = version.then(|| key.span()),
                None => diagnostics.push(invalid(value, "`x-version` is `true` or `false`")),
            },
            "x-json" => match value.boolean() {
                Some(json) => self.json = json.then(|| key.span()),
                None => diagnostics.push(invalid(value, "`x-json` is `true` or `false`")),
            },
            _ => self.read_mappable(name, value, false, diagnostics),
        }
    }

    /// The annotations that a manifest can map to keywords of a studio's own.
    fn read_mappable(
        &mut self,
        name: &str,
        value: Node<'_>,
        foreign: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        match name {
            "x-name" => match SpannedText::of(value).filter(|name| !name.text.is_empty()) {
                Some(name) => self.name = Some(name),
                None => diagnostics.push(invalid(
                    value,
                    "`x-name` is the name for generated code, a string such as `\"Stage\"`",
                )),
            },
            "x-source" => match value.text() {
                Some(source) => self.source = Some(source.into_owned()),
                None => {
                    diagnostics.push(invalid(value, "`x-source` is text, such as `\"Quest Schema §7.1\"`"))
                }
            },
            "x-key" => replace(&mut self.key, key::key(value, foreign, diagnostics)),
            "x-ref" => replace(&mut self.reference, reference::reference(value, foreign, diagnostics)),
            // The graph reads the annotations that assert something.
            "x-max-bytes" | "x-equals" | "x-group" | "x-rules" => {}
            _ => debug_assert!(false, "`{name}` is a keyword that nothing reads"),
        }
    }

    fn read_names(&mut self, key: Node<'_>, value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) {
        if value.kind() != NodeKind::Object {
            diagnostics.push(
                invalid(value, "`x-names` is an object: a name for each value")
                    .help("write `{ \"<=\": \"AtMost\" }`"),
            );
            return;
        }
        self.names_spans.push(key.span());
        for (key, name) in value.properties() {
            match (key.text(), name.text().filter(|name| !name.is_empty())) {
                (Some(value), Some(name)) => {
                    let (value, name) = (value.into_owned(), name.into_owned());
                    self.names.push(ValueName { value, name, span: key.span() });
                }
                _ => diagnostics.push(invalid(name, "`x-names` has a name for each value, a string")),
            }
        }
    }

    /// The name in generated code of a value of an enum.
    pub(super) fn name_of(&self, value: &str) -> Option<String> {
        self.names.iter().find(|known| known.value == value).map(|known| known.name.clone())
    }

    /// All annotations that must have an effect somewhere, with their locations.
    pub(super) fn spans(&self) -> Vec<(AnnotationKind, Span)> {
        let key = self
            .key
            .as_ref()
            .map(|key| (if key.file { AnnotationKind::FileKey } else { AnnotationKind::Key }, key.span));
        let single = [
            key,
            self.reference.as_ref().map(|reference| (AnnotationKind::Reference, reference.span)),
            self.shorthand.as_ref().map(|property| (AnnotationKind::Shorthand, property.span)),
            self.flow.as_ref().map(|flow| (AnnotationKind::Flow, flow.span)),
            self.requires.as_ref().map(|requires| (AnnotationKind::Flow, requires.span)),
            self.journal.as_ref().map(|journal| (AnnotationKind::Flow, journal.span)),
            self.name.as_ref().map(|name| (AnnotationKind::Name, name.span)),
            self.json.map(|span| (AnnotationKind::Json, span)),
            self.lint.as_ref().map(|lint| (AnnotationKind::Lint, lint.span)),
            self.text.as_ref().map(|text| (AnnotationKind::Text, text.span)),
            self.version.map(|span| (AnnotationKind::Version, span)),
        ];
        let mut spans: Vec<(AnnotationKind, Span)> = single.into_iter().flatten().collect();
        spans.extend(self.names_spans.iter().map(|span| (AnnotationKind::Names, *span)));
        spans.extend(self.overridden.iter().map(|span| (AnnotationKind::Reference, *span)));
        spans
    }

    /// The locations of the annotations that make a value a key or a reference.
    pub(super) fn id_spans(&self) -> impl Iterator<Item = Span> {
        self.spans()
            .into_iter()
            .filter(|(kind, _)| matches!(kind, AnnotationKind::Key | AnnotationKind::Reference))
            .map(|(_, span)| span)
    }
}

/// Keeps the earlier value where the new one has been rejected.
fn replace<T>(slot: &mut Option<T>, new: Option<T>) {
    if new.is_some() {
        *slot = new;
    }
}

/// The keyword of questc that one differs from in case, or in how its words are joined, such as `X-Ref`, `x_ref` and `xRef`.
pub(super) fn misspelled_keyword(name: &str) -> Option<&'static str> {
    let starts_alike = name.starts_with(['x', 'X']) && !KEYWORDS.contains(&name);
    let kebab = starts_alike.then(|| name.to_kebab_case())?;
    KEYWORDS.into_iter().find(|keyword| *keyword == kebab)
}

/// Unlike other misspelled words, this can be meant for nobody else: it is an error.
fn wrong_case(name: &str, meant: &str, key: Node<'_>) -> Diagnostic {
    Diagnostic::new(&code::ANNOTATION, format!("`{name}` is not an annotation of questc"))
        .label(key.span(), "has no effect")
        .help(format!("write `{meant}`"))
}

/// Reports a keyword that resembles one of ours. Others belong to other tools.
fn misspelled(name: &str, key: Node<'_>) -> Option<Diagnostic> {
    let help = did_you_mean(name, KEYWORDS.into_iter())?;
    let title = format!("`{name}` is not an annotation of questc");
    Some(Diagnostic::new(&code::ANNOTATION_TYPO, title).label(key.span(), "has no effect").help(help))
}

//! Our annotation keywords (`docs/annotations.md`): what a property identifies, what it refers to, how generated code names it.

use super::flow::{FlowAnnotation, flow};
use super::graph::Literal;
use super::journal::{JournalAnnotation, journal};
use super::requires::{RequiresAnnotation, requires};
use super::rules::Rule;
use super::text::{TextAnnotation, text_note};
use crate::diagnostics::{Diagnostic, Level, code, did_you_mean};
use crate::source::{Node, NodeKind};
use crate::text::Span;

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

/// `x-lint`: name and level of diagnostics.
#[derive(Clone, Debug)]
pub struct Lint {
    pub name: String,
    pub level: Level,
    pub span: Span,
}

/// `x-group`: which objects of a list or map belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The property that objects of a group have in common.
    pub by: String,
    pub size: Option<u64>,
    pub same: Vec<String>,
    pub differ: Vec<String>,
    pub lint: Option<String>,
    pub span: Span,
    /// All property names in it, and their places.
    pub names: Vec<(String, Span)>,
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

/// `x-key`: what an id identifies.
#[derive(Clone, Debug)]
pub struct Key {
    /// The path of the kind, such as `quest.stage`.
    pub kind: String,
    pub span: Span,
    /// What stands in front of every id and is no part of it.
    pub prefix: String,
    /// The id is the name of the file.
    pub file: bool,
    /// Several objects can have the same id.
    pub shared: bool,
}

/// `x-ref`: what a string names.
#[derive(Clone, Debug)]
pub struct Reference {
    pub span: Span,
    /// The sibling property that decides about the kind, if one does.
    pub by: Option<(String, Span)>,
    /// One entry without a sibling, else one for each of its values.
    pub to: Vec<(String, Mapping, Span)>,
    /// Values that map to a kind must have a reference.
    pub required: bool,
    /// Whether an unknown id is a warning, and not an error.
    pub tolerated: bool,
    /// The name by which a manifest sets the level of an unknown id at this place.
    pub lint: Option<String>,
    /// Values that mean that nothing is named.
    pub none: Vec<Literal>,
    /// What stands between the parts of a path.
    pub separator: Option<String>,
    /// What the properties of the named object must be.
    pub filter: Vec<(String, Literal)>,
    /// Where its properties and values stand.
    pub filter_at: Vec<(Span, Span)>,
    /// The sibling property that names the object in which the id is looked for.
    pub within: Option<(String, Span)>,
    /// What ids of these kinds are called together in generated code.
    pub name: Option<(String, Span)>,
    pub role: Role,
}

/// What a reference does with what it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// Kinds whose ids are set here: a flag that a reward sets.
    pub sets: Vec<String>,
    /// Kinds whose ids are tested here.
    pub tests: Vec<String>,
    /// The object in which the reference stands is not what it may name.
    pub other: bool,
}

/// What a reference resolves to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// An id of one of these kinds, tried in order.
    Kinds(Vec<Wanted>),
    /// Any text.
    Text,
    /// Nothing: there is no reference here.
    Nothing,
}

/// A kind, and what stands around an id of it in a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub kind: String,
    pub prefix: String,
    pub suffix: String,
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
                        _ => diagnostics.push(wrong(value, "`x-names` has a name for each value, a string")),
                    }
                }
            }
            "x-names" => diagnostics.push(
                wrong(value, "`x-names` is an object: a name for each value")
                    .help("write `{ \"<=\": \"AtMost\" }`"),
            ),
            "x-short" => match text() {
                Some(property) => annotations.short = Some((property, value.span())),
                None => diagnostics.push(wrong(value, "`x-short` is the name of a property, a string")),
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
                None => diagnostics.push(wrong(value, "`x-version` is `true` or `false`")),
            },
            "x-json" => match value.boolean() {
                Some(json) => annotations.json = json.then(|| key.span()),
                None => diagnostics.push(wrong(value, "`x-json` is `true` or `false`")),
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
            _ => diagnostics
                .push(wrong(value, "`x-name` is the name for generated code, a string such as `\"Stage\"`")),
        },
        "x-source" => match text() {
            Some(source) => annotations.source = Some(source),
            None => diagnostics.push(wrong(value, "`x-source` is text, such as `\"Quest Schema §7.1\"`")),
        },
        "x-key" => annotations.key = key(value, foreign, diagnostics).or(annotations.key.take()),
        "x-ref" => {
            annotations.reference = reference(value, foreign, diagnostics).or(annotations.reference.take())
        }
        _ => {}
    }
}

fn kind(node: Node<'_>, foreign: bool) -> Option<String> {
    let text = node.text()?;
    let path = if foreign {
        text.split('.').map(heck::ToKebabCase::to_kebab_case).collect::<Vec<_>>().join(".")
    } else {
        text.into_owned()
    };
    is_kind(&path).then_some(path)
}

fn key(value: Node<'_>, foreign: bool, diagnostics: &mut Vec<Diagnostic>) -> Option<Key> {
    let title = "`x-key` is the name of a kind, such as `\"quest\"` or `\"quest.stage\"`";
    let mut found =
        Key { kind: String::new(), span: value.label(), prefix: String::new(), file: false, shared: false };
    if value.kind() != NodeKind::Object {
        let Some(kind) = kind(value, foreign) else {
            diagnostics.push(wrong(value, title));
            return None;
        };
        return Some(Key { kind, ..found });
    }
    for (key, item) in value.properties() {
        let name = key.text().unwrap_or_default();
        match (&*name, item.kind()) {
            ("kind", _) => match kind(item, foreign) {
                Some(path) => found.kind = path,
                None => diagnostics.push(wrong(item, title)),
            },
            ("prefix", NodeKind::Text) => found.prefix = item.text().unwrap_or_default().into_owned(),
            ("from", NodeKind::Text) if item.plain() == Some("file-name") => found.file = true,
            ("unique", NodeKind::True | NodeKind::False) => found.shared = item.kind() == NodeKind::False,
            ("unique", _) => diagnostics.push(wrong(item, "`unique` of `x-key` is `true` or `false`")),
            ("prefix", _) => diagnostics.push(wrong(item, "`prefix` of `x-key` is a string")),
            ("from", _) => diagnostics.push(
                wrong(item, "`from` of `x-key` is `\"file-name\"`")
                    .help("leave it out if the id stands in the property itself"),
            ),
            _ => diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`x-key` has no field `{name}`"))
                    .label(key.span(), "not known")
                    .maybe_help(did_you_mean(&name, ["kind", "prefix", "from", "unique"].into_iter())),
            ),
        }
    }
    if found.kind.is_empty() {
        if value.get("kind").is_none() {
            diagnostics
                .push(wrong(value, "`x-key` does not say which kind").help("add `\"kind\": \"<kind>\"`"));
        }
        return None;
    }
    Some(found)
}

/// The kinds of `sets` and `tests`.
fn kinds(node: Node<'_>, foreign: bool, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let one = node.is_text().then_some(node);
    let mut found = Vec::new();
    for item in one.into_iter().chain(node.elements()) {
        match kind(item, foreign) {
            Some(path) => found.push(path),
            None => diagnostics.push(wrong(item, "this is not a kind")),
        }
    }
    found
}

/// A kind is one or more kebab-case words with dots between them.
pub(super) fn is_kind(path: &str) -> bool {
    path.split('.').all(|segment| {
        segment.starts_with(|c: char| c.is_ascii_lowercase())
            && segment.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    })
}

fn wrong(value: Node<'_>, title: &str) -> Diagnostic {
    Diagnostic::new(&code::ANNOTATION, title).label(value.label(), "cannot be used here")
}

/// A kind, or an object with a kind and what stands around its ids.
fn wanted(node: Node<'_>, foreign: bool) -> Option<Wanted> {
    if node.kind() != NodeKind::Object {
        let kind = kind(node, foreign)?;
        return Some(Wanted { kind, prefix: String::new(), suffix: String::new() });
    }
    let mut found = Wanted { kind: String::new(), prefix: String::new(), suffix: String::new() };
    for (key, value) in node.properties() {
        match &*key.text()? {
            "kind" => found.kind = kind(value, foreign)?,
            "prefix" => found.prefix = value.text()?.into_owned(),
            "suffix" => found.suffix = value.text()?.into_owned(),
            _ => return None,
        }
    }
    (!found.kind.is_empty()).then_some(found)
}

fn mapping(value: Node<'_>, foreign: bool, diagnostics: &mut Vec<Diagnostic>) -> Option<Mapping> {
    let found = match value.kind() {
        NodeKind::Null => Some(Mapping::Nothing),
        NodeKind::True => Some(Mapping::Text),
        NodeKind::Array => {
            let kinds: Option<Vec<Wanted>> = value.elements().map(|node| wanted(node, foreign)).collect();
            kinds.filter(|kinds| !kinds.is_empty()).map(Mapping::Kinds)
        }
        _ => wanted(value, foreign).map(|kind| Mapping::Kinds(vec![kind])),
    };
    if found.is_none() {
        diagnostics.push(
            wrong(value, "this is not a kind")
                .help("write a kind such as `\"npc\"`, a list of kinds, `{ \"kind\": \"enemy\", \"prefix\": \"enemy:\" }`, `true` for any text, or `null` for no reference"),
        );
    }
    found
}

fn reference(value: Node<'_>, foreign: bool, diagnostics: &mut Vec<Diagnostic>) -> Option<Reference> {
    let mut reference = Reference {
        span: value.label(),
        by: None,
        to: Vec::new(),
        required: false,
        tolerated: false,
        lint: None,
        none: Vec::new(),
        separator: None,
        filter: Vec::new(),
        filter_at: Vec::new(),
        within: None,
        name: None,
        role: Role::default(),
    };
    // An object with `kind` is one of the kinds, and there is no more to say.
    if value.kind() != NodeKind::Object || value.get("kind").is_some() {
        reference.to.push((String::new(), mapping(value, foreign, diagnostics)?, value.label()));
        return Some(reference);
    }
    let mut to = None;
    for (key, item) in value.properties() {
        let name = key.text().unwrap_or_default();
        match (&*name, item.kind()) {
            ("to", _) => to = Some(item),
            ("by", NodeKind::Text) => reference.by = item.text().map(|text| (text.into_owned(), item.span())),
            ("separator", NodeKind::Text) => {
                reference.separator =
                    item.text().map(|text| text.into_owned()).filter(|text| !text.is_empty());
            }
            ("where", NodeKind::Object) => {
                reference.filter = item
                    .properties()
                    .filter_map(|(key, value)| Some((key.text()?.into_owned(), Literal::of(value))))
                    .collect::<Vec<_>>();
                reference.filter_at =
                    item.properties().map(|(key, value)| (key.span(), value.label())).collect::<Vec<_>>();
            }
            ("where", _) => {
                diagnostics.push(wrong(item, "`where` of `x-ref` is an object: a value for each property"))
            }
            ("none", NodeKind::Array) => {
                reference.none = item.elements().map(Literal::of).collect::<Vec<_>>()
            }
            ("none", NodeKind::Text | NodeKind::Integer) => reference.none = vec![Literal::of(item)],
            ("none", _) => {
                diagnostics.push(wrong(
                    item,
                    "`none` of `x-ref` is a value that names nothing, or a list of such values",
                ));
            }
            ("name", NodeKind::Text) => {
                reference.name = item.text().map(|text| (text.into_owned(), item.span()))
            }
            ("in", NodeKind::Text) => {
                reference.within = item.text().map(|text| (text.into_owned(), item.span()))
            }
            ("lint", NodeKind::Text) => reference.lint = item.text().map(|text| text.into_owned()),
            ("required", NodeKind::True | NodeKind::False) => {
                reference.required = item.kind() == NodeKind::True
            }
            ("unknown", NodeKind::Text) if matches!(item.plain(), Some("warn" | "error")) => {
                reference.tolerated = item.plain() == Some("warn");
            }
            ("sets", NodeKind::Text | NodeKind::Array) => {
                reference.role.sets = kinds(item, foreign, diagnostics)
            }
            ("tests", NodeKind::Text | NodeKind::Array) => {
                reference.role.tests = kinds(item, foreign, diagnostics)
            }
            ("sets" | "tests", _) => {
                diagnostics.push(wrong(item, &format!("`{name}` of `x-ref` is a kind, or a list of kinds")));
            }
            ("other", NodeKind::True | NodeKind::False) => {
                reference.role.other = item.kind() == NodeKind::True
            }
            ("other", _) => diagnostics.push(wrong(item, "`other` of `x-ref` is `true` or `false`")),
            ("by" | "in" | "lint" | "name" | "separator", _) => {
                diagnostics.push(wrong(item, &format!("`{name}` of `x-ref` is a string")))
            }
            ("required", _) => diagnostics.push(wrong(item, "`required` of `x-ref` is `true` or `false`")),
            ("unknown", _) => {
                diagnostics.push(wrong(item, "`unknown` of `x-ref` is `\"warn\"` or `\"error\"`"))
            }
            _ => diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`x-ref` has no field `{name}`"))
                    .label(key.span(), "not known")
                    .maybe_help(did_you_mean(
                        &name,
                        [
                            "to",
                            "by",
                            "lint",
                            "required",
                            "unknown",
                            "none",
                            "separator",
                            "where",
                            "in",
                            "name",
                            "sets",
                            "tests",
                            "other",
                        ]
                        .into_iter(),
                    )),
            ),
        }
    }
    let Some(to) = to else {
        diagnostics
            .push(wrong(value, "`x-ref` does not say what it refers to").help("add `\"to\": \"<kind>\"`"));
        return None;
    };
    // What would have no effect is a mistake about what it means.
    for (key, why, idle) in [
        ("required", "needs `by`: without it, the schema's own `required` says so", reference.by.is_none()),
        (
            "lint",
            "needs `\"unknown\": \"warn\"`: an unknown id is an error that has no level",
            !reference.tolerated,
        ),
    ] {
        if let Some((key_node, _)) = value.property(key).filter(|_| idle) {
            diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{key}` of `x-ref` has no effect here"))
                    .label(key_node.span(), why),
            );
        }
    }
    match (&reference.by, to.kind()) {
        (Some(_), NodeKind::Object) => {
            for (key, item) in to.properties() {
                let tag = key.text().unwrap_or_default().into_owned();
                reference.to.push((tag, mapping(item, foreign, diagnostics)?, key.span()));
            }
        }
        (Some((by, _)), _) => {
            diagnostics.push(
                wrong(to, &format!("`to` must say the kind for each value of `{by}`"))
                    .help("write an object: `{\"Kill\": \"enemy\", \"Survive\": null}`"),
            );
            return None;
        }
        (None, NodeKind::Object) if to.get("kind").is_none() => {
            diagnostics.push(
                wrong(to, "`to` depends on a sibling property, but `by` does not name it")
                    .help("add `\"by\": \"type\"`"),
            );
            return None;
        }
        (None, _) => reference.to.push((String::new(), mapping(to, foreign, diagnostics)?, to.label())),
    }
    let named = |path: &String| {
        let mut kinds = reference.to.iter().filter_map(|(_, mapping, _)| match mapping {
            Mapping::Kinds(kinds) => Some(kinds),
            Mapping::Text | Mapping::Nothing => None,
        });
        kinds.any(|kinds| kinds.iter().any(|wanted| wanted.kind == *path))
    };
    for field in ["sets", "tests"] {
        let (kinds, place) =
            (if field == "sets" { &reference.role.sets } else { &reference.role.tests }, value.get(field));
        for (path, place) in kinds.iter().filter(|path| !named(path)).zip(place) {
            diagnostics.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("`{path}` in `{field}` is no kind that is named here"),
                )
                .label(place.label(), "cannot be used here"),
            );
        }
    }
    Some(reference)
}

fn lint(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Lint> {
    let name = value.get("name").and_then(Node::text);
    let level = value.get("level").map(|level| level.text().and_then(|word| Level::named(&word)));
    let known = value.properties().all(|(key, _)| matches!(key.plain(), Some("name" | "level")));
    match (name, level.unwrap_or(Some(Level::Warn))) {
        (Some(name), Some(level)) if known => {
            Some(Lint { name: name.into_owned(), level, span: value.label() })
        }
        _ => {
            diagnostics.push(
                wrong(value, "`x-lint` has a name and a level")
                    .help("write `{ \"name\": \"portals-id\", \"level\": \"warn\" }`; the levels are `allow`, `warn` and `deny`"),
            );
            None
        }
    }
}

/// Reads `x-group`.
pub(super) fn group(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Group> {
    let mut group = Group {
        by: String::new(),
        size: None,
        same: Vec::new(),
        differ: Vec::new(),
        lint: None,
        span: value.label(),
        names: Vec::new(),
    };
    for (key, item) in value.properties() {
        let name = key.text().unwrap_or_default();
        if matches!(&*name, "by" | "same" | "differ") {
            let named = item.elements().chain((item.kind() != NodeKind::Array).then_some(item));
            group.names.extend(named.filter_map(|name| Some((name.text()?.into_owned(), name.span()))));
        }
        let names =
            || item.elements().map(|name| Some(name.text()?.into_owned())).collect::<Option<Vec<_>>>();
        let read = match (&*name, item.kind()) {
            ("by", NodeKind::Text) => item.text().map(|text| group.by = text.into_owned()),
            ("lint", NodeKind::Text) => item.text().map(|text| group.lint = Some(text.into_owned())),
            ("size", NodeKind::Integer) => {
                item.integer().and_then(|size| u64::try_from(size).ok()).map(|size| group.size = Some(size))
            }
            ("same", NodeKind::Array) => names().map(|names| group.same = names),
            ("differ", NodeKind::Array) => names().map(|names| group.differ = names),
            _ => None,
        };
        if read.is_none() {
            let known = ["by", "size", "same", "differ", "lint"];
            diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{name}` of `x-group` cannot be read"))
                    .label(item.label(), "cannot be used here")
                    .maybe_help(did_you_mean(&name, known.into_iter())),
            );
        }
    }
    if group.by.is_empty() {
        diagnostics.push(
            wrong(value, "`x-group` does not say by which property").help("add `\"by\": \"<property>\"`"),
        );
        return None;
    }
    Some(group)
}

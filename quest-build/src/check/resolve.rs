//! References: what each of them names.

use super::content::{Cell, Content, Row};
use super::keys::{Keys, id_text};
use crate::diagnose::{Diagnostic, Level, code, did_you_mean, list};
use crate::schema::{KindId, Mapping, Model, Resolves, Shape, Target, Way, Words};
use crate::source::{Kind, Node, Span};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What became of one reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Absent,
    /// The row of an id; the number is that of its kind among those the reference allows.
    Id(u8, u32),
    /// Names nothing known, and the schema tolerates it.
    Unknown,
    /// Free text.
    Text,
}

/// Content whose references are resolved.
#[derive(Debug)]
pub(crate) struct Resolved<'a> {
    pub(crate) content: Content<'a>,
    pub(crate) keys: Keys<'a>,
    /// The outcomes of all references; the cell of a reference has the position of its first.
    pub(crate) outcomes: Vec<Outcome>,
}

/// Resolves every reference; reports those that name nothing, several things, or something of another kind.
pub(crate) fn resolve<'a>(
    model: &Model,
    content: Content<'a>,
    keys: Keys<'a>,
    findings: &mut Vec<Diagnostic>,
) -> Resolved<'a> {
    let broken = content.documents.iter().any(|document| document.broken);
    // A value that is no id at all is reported once, by validation.
    let wrong: HashSet<Span> = findings
        .iter()
        .filter(|finding| finding.code.id.starts_with("Q10") && finding.level == Level::Deny)
        .filter_map(|finding| finding.labels.first().map(|label| label.span))
        .collect();
    let mut resolver = Resolver {
        wrong,
        model,
        resolved: Resolved { content, keys, outcomes: Vec::new() },
        unchecked: vec![0; model.kinds.len()],
        broken,
        suggested: HashMap::new(),
        findings,
    };
    for at in 0..model.records.len() {
        resolver.record(crate::schema::RecordId(at as u32));
    }
    resolver.undefined_kinds();
    resolver.resolved
}

struct Resolver<'m, 'a, 'f> {
    model: &'m Model,
    resolved: Resolved<'a>,
    /// References of each kind that nothing defines.
    unchecked: Vec<usize>,
    /// A file could not be read as a whole, so ids that seem to be missing may stand in it.
    broken: bool,
    /// Help for unknown ids that were met before.
    suggested: HashMap<String, (Vec<KindId>, Option<String>)>,
    findings: &'f mut Vec<Diagnostic>,
    /// Values that are wrong in themselves.
    wrong: HashSet<Span>,
}

/// What a reference may name, and how.
struct Sought<'s> {
    kinds: &'s [KindId],
    ways: &'s [Way],
    /// The outcome numbers a kind by its place here.
    numbering: &'s [KindId],
    words: &'s Words,
    tolerated: bool,
    lint: Option<&'s str>,
}

/// The id in a reference that is written in one of the ways; `None` if it is not.
fn written<'t>(way: &Way, text: &'t str) -> Option<&'t str> {
    text.strip_prefix(way.prefix.as_str())?.strip_suffix(way.suffix.as_str())
}

/// What a search found.
enum Found {
    One(u32),
    Several(Vec<u32>),
    Nothing,
}

impl<'a> Resolver<'_, 'a, '_> {
    fn record(&mut self, record: crate::schema::RecordId) {
        let model = self.model;
        let rows = self.resolved.content.table(record).len();
        for (at, field) in model.record(record).fields.iter().enumerate() {
            let shape = field.shape.element();
            if !matches!(shape, Shape::Link(_) | Shape::Target(_)) {
                continue;
            }
            for row in 0..rows {
                let row = Row { record, row };
                let first = self.resolved.outcomes.len() as u32;
                let node = self.resolved.content.node(row, at);
                match shape {
                    Shape::Link(resolves) => self.link(row, node, resolves),
                    Shape::Target(target) => {
                        self.target(row, node, model.target(*target), &field.json, field.span)
                    }
                    _ => {}
                }
                let table = &mut self.resolved.content.tables[record.0 as usize];
                let cell = table.cell(row.row, at);
                table.set(row.row, at, Cell { len: first, ..cell });
            }
        }
    }

    fn link(&mut self, row: Row, node: Option<Node<'a>>, resolves: &Resolves) {
        match node {
            None => self.resolved.outcomes.push(Outcome::Absent),
            Some(node) => {
                for node in references(node) {
                    let outcome = self.one(
                        row,
                        node,
                        &Sought {
                            kinds: &resolves.kinds,
                            ways: &resolves.ways,
                            numbering: &resolves.kinds,
                            words: &resolves.words,
                            tolerated: resolves.tolerated,
                            lint: resolves.lint.as_deref(),
                        },
                    );
                    self.resolved.outcomes.push(outcome);
                }
            }
        }
    }

    fn target(&mut self, row: Row, node: Option<Node<'a>>, target: &Target, property: &str, declared: Span) {
        let content = &self.resolved.content;
        let tag = content.node(row, target.by);
        let value = tag.and_then(Node::text);
        let index =
            target.mappings.iter().position(|(value_of, _)| Some(value_of.as_str()) == value.as_deref());
        let by = &self.model.record(target.record).fields[target.by].json;
        let Some(index) = index else {
            // The sibling is wrong or missing, which validation has reported.
            let count = node.map_or(1, |node| references(node).count());
            self.resolved.outcomes.extend(std::iter::repeat_n(Outcome::Absent, count));
            return;
        };
        let (value, mapping) = &target.mappings[index];
        match (mapping, node) {
            (Mapping::Text, None) => self.resolved.outcomes.push(Outcome::Absent),
            (Mapping::Text, Some(node)) => {
                self.resolved.outcomes.extend(references(node).map(|_| Outcome::Text))
            }
            (Mapping::Nothing, None) => self.resolved.outcomes.push(Outcome::Absent),
            (Mapping::Nothing, Some(node)) => {
                let mut finding = Diagnostic::new(
                    &code::SURPLUS_TARGET,
                    format!("`{property}` has no effect when `{by}` is `{value}`"),
                )
                .label(node.label(), "nothing reads this");
                if let Some(tag) = tag {
                    finding = finding.label(tag.span(), format!("`{value}` needs no `{property}`"));
                }
                self.findings.push(finding.help("remove it, or choose another value above it"));
                self.resolved.outcomes.extend(references(node).map(|_| Outcome::Absent));
            }
            (Mapping::Kinds(_), None) => {
                if target.required && !self.invalid(row, property) {
                    let kinds = self.nouns(&target.kinds[index], "or");
                    let mut finding = Diagnostic::new(
                        &code::MISSING_TARGET,
                        format!("`{value}` needs a `{property}`: {kinds}"),
                    );
                    finding = match tag {
                        Some(tag) => finding.label(
                            tag.span(),
                            format!("does not say which {}", self.plain_nouns(&target.kinds[index])),
                        ),
                        None => finding.label(declared, "required here"),
                    };
                    self.findings.push(finding.help(format!("add `\"{property}\": \"...\"` with the id")));
                }
                self.resolved.outcomes.push(Outcome::Absent);
            }
            (Mapping::Kinds(_), Some(node)) => {
                for node in references(node) {
                    let outcome = self.one(
                        row,
                        node,
                        &Sought {
                            kinds: &target.kinds[index],
                            ways: &target.ways[index],
                            numbering: &target.all,
                            words: &target.words,
                            tolerated: target.tolerated,
                            lint: target.lint.as_deref(),
                        },
                    );
                    self.resolved.outcomes.push(outcome);
                }
            }
        }
    }

    /// Whether the property is there with a value that a syntax error or a wrong type has made unusable.
    fn invalid(&self, row: Row, property: &str) -> bool {
        let opening = self.resolved.content.opening(row);
        let document = self.resolved.content.document(row);
        document.broken && opening.file == document.file && !property.is_empty()
    }

    /// Resolves one reference.
    fn one(&mut self, row: Row, node: Node<'a>, sought: &Sought<'_>) -> Outcome {
        if node.is_null() || sought.words.none.iter().any(|none| none.is(node)) {
            return Outcome::Absent;
        }
        let Some(text) = id_text(node) else {
            if !matches!(node.kind(), Kind::Invalid) {
                self.findings.push(
                    Diagnostic::new(
                        &code::WRONG_TYPE,
                        format!("an id is text, not `{}`", node.raw().get(..30).unwrap_or(node.raw())),
                    )
                    .label(node.label(), format!("the id of {} is needed here", self.nouns(sought.kinds, "or"))),
                );
            }
            return Outcome::Absent;
        };
        let scope = match &sought.words.within {
            Some(sibling) => match self.named_scope(row, sibling) {
                Ok(scope) => scope,
                Err(()) => return Outcome::Absent, // the sibling names nothing, which has been reported
            },
            None => None,
        };
        let number =
            |kind: KindId| sought.numbering.iter().position(|known| *known == kind).unwrap_or(0) as u8;
        for way in sought.ways {
            let Some(id) = written(way, &text) else { continue };
            let found = match scope {
                Some((of, around)) => self.within(of, around, way.kind, self.bare(way.kind, id)),
                None => self.search(row, way.kind, id, &sought.words.separator),
            };
            match found {
                Found::One(id) => {
                    self.sort(node, way.kind, id, &sought.words.filter);
                    return Outcome::Id(number(way.kind), id);
                }
                Found::Several(ids) => {
                    self.ambiguous(node, way.kind, &text, &ids);
                    return Outcome::Absent;
                }
                Found::Nothing => {}
            }
        }
        let open = sought
            .ways
            .iter()
            .filter(|way| self.model.kind(way.kind).open())
            .find_map(|way| Some((way.kind, written(way, &text)?.to_owned())));
        if let Some((kind, id)) = open {
            let prefix = &self.model.kind(kind).prefix;
            let id = id.strip_prefix(prefix.as_str()).unwrap_or(&id).to_owned();
            let row = self.resolved.keys.accept(kind, Cow::Owned(id));
            if self.model.kind(kind).registry.is_none() {
                self.unchecked[kind.0 as usize] += 1;
            }
            return Outcome::Id(number(kind), row);
        }
        let by_content = sought.kinds.iter().any(|kind| self.model.kind(*kind).by_content());
        if !(self.broken && by_content) && !self.wrong.contains(&node.span()) {
            self.unknown(row, node, sought, &text, scope);
        }
        if sought.tolerated { Outcome::Unknown } else { Outcome::Absent }
    }

    /// The object that a sibling names, as the scope in which an id is looked for; `None` if the sibling is not there.
    fn named_scope(&self, row: Row, sibling: &str) -> Result<Option<(KindId, u32)>, ()> {
        let fields = &self.model.record(row.record).fields;
        let Some(at) = fields.iter().position(|field| field.json == sibling) else { return Ok(None) };
        let Some(node) = self.resolved.content.node(row, at) else { return Ok(None) };
        let Shape::Link(resolves) = fields[at].shape.element() else { return Ok(None) };
        if resolves.words.none.iter().any(|none| none.is(node)) {
            return Ok(None);
        }
        let text = id_text(node).ok_or(())?;
        let found = resolves.ways.iter().find_map(|way| {
            match self.search(row, way.kind, written(way, &text)?, &resolves.words.separator) {
                Found::One(id) => Some((way.kind, id)),
                _ => None,
            }
        });
        found.map(Some).ok_or(())
    }

    /// Reports a reference to an object whose properties are not those that are asked for.
    fn sort(&mut self, node: Node<'a>, kind: KindId, id: u32, filter: &[(String, crate::schema::Literal)]) {
        if filter.is_empty() {
            return;
        }
        let (model, content) = (self.model, &self.resolved.content);
        let row = model.kind(kind).records.iter().find_map(|record| {
            (0..content.table(*record).len())
                .map(|row| Row { record: *record, row })
                .skip(if model.kind(kind).one_to_one() {
                    (id as usize).saturating_sub(content.base(model, kind, *record) as usize)
                } else {
                    0
                })
                .find(|row| self.resolved.keys.own(model, content, kind, *row) == Some(id))
        });
        let Some(row) = row else { return };
        for (property, wanted) in filter {
            let fields = &model.record(row.record).fields;
            let Some(field) = fields.iter().position(|field| field.json == *property) else { continue };
            let found = content.node(row, field);
            if found.is_some_and(|found| wanted.is(found)) {
                continue;
            }
            let noun = model.kind(kind).noun();
            let text = &self.resolved.keys.id(kind, id).text;
            let is = found.map_or_else(|| "missing".to_owned(), |found| format!("`{}`", found.raw().trim_matches('"')));
            let mut finding = Diagnostic::new(
                &code::WRONG_SORT,
                format!("the {noun} `{text}` can not be named here: its `{property}` is {is}, not `{}`", wanted.show_plain()),
            )
            .label(node.span(), format!("needs a {noun} whose `{property}` is `{}`", wanted.show_plain()));
            finding = finding.label(found.map_or_else(|| content.opening(row), Node::label), format!("is {is} here"));
            self.findings.push(finding);
        }
    }

    /// An id without the prefix that ids of its kind may have.
    fn bare<'t>(&self, kind: KindId, text: &'t str) -> &'t str {
        text.strip_prefix(self.model.kind(kind).prefix.as_str()).unwrap_or(text)
    }

    /// Searches outwards: the innermost scope around the reference first, then `quest:stage` as written.
    fn search(&self, row: Row, kind: KindId, text: &str, separator: &str) -> Found {
        let keys = &self.resolved.keys;
        let bare = self.bare(kind, text);
        let Some(parent) = self.model.kind(kind).parent else {
            return keys.of(kind).find(0, bare).map_or(Found::Nothing, Found::One);
        };
        let scopes: Vec<KindId> = self.model.scopes(parent).collect();
        for scope in &scopes {
            let Some(around) = keys.enclosing(self.model, &self.resolved.content, row, *scope) else { continue };
            let found = self.within(*scope, around, kind, bare);
            if !matches!(found, Found::Nothing) {
                return found;
            }
        }
        match text.rsplit_once(separator) {
            Some((scope, last)) => match self.search(row, parent, scope, separator) {
                Found::One(id) => keys.of(kind).find(id, last).map_or(Found::Nothing, Found::One),
                Found::Several(scopes) => {
                    let found: Vec<u32> =
                        scopes.into_iter().filter_map(|id| keys.of(kind).find(id, last)).collect();
                    match found.as_slice() {
                        [] => Found::Nothing,
                        [one] => Found::One(*one),
                        _ => Found::Several(found),
                    }
                }
                Found::Nothing => Found::Nothing,
            },
            None => Found::Nothing,
        }
    }

    /// Searches among all ids of `kind` below one id of `scope`.
    fn within(&self, scope: KindId, around: u32, kind: KindId, text: &str) -> Found {
        let keys = &self.resolved.keys;
        let Some(parent) = self.model.kind(kind).parent else { return Found::Nothing };
        if parent == scope {
            return keys.of(kind).find(around, text).map_or(Found::Nothing, Found::One);
        }
        let found: Vec<u32> = self
            .below(scope, around, parent)
            .into_iter()
            .filter_map(|id| keys.of(kind).find(id, text))
            .collect();
        match found.as_slice() {
            [] => Found::Nothing,
            [one] => Found::One(*one),
            _ => Found::Several(found),
        }
    }

    /// All ids of `kind` below one id of `scope`.
    fn below(&self, scope: KindId, around: u32, kind: KindId) -> Vec<u32> {
        let keys = &self.resolved.keys;
        match self.model.kind(kind).parent {
            Some(parent) if parent == scope => keys.children(kind, around).to_vec(),
            Some(parent) => self
                .below(scope, around, parent)
                .into_iter()
                .flat_map(|id| keys.children(kind, id).iter().copied())
                .collect(),
            None => Vec::new(),
        }
    }

    /// `` an `item` or an `npc` `` without the ticks: the kinds with their articles.
    fn nouns(&self, kinds: &[KindId], conjunction: &str) -> String {
        let words: Vec<String> = kinds
            .iter()
            .map(|kind| {
                let noun = self.model.kind(*kind).noun().replace('-', " ");
                // `npc` is spoken letter by letter.
                let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']) && !noun.starts_with("un");
                let article = if vowel || noun == "npc" || noun.starts_with("unk") { "an" } else { "a" };
                format!("{article} {noun}")
            })
            .collect();
        words.join(&format!(" {conjunction} "))
    }

    fn plain_nouns(&self, kinds: &[KindId]) -> String {
        kinds
            .iter()
            .map(|kind| self.model.kind(*kind).noun().replace('-', " "))
            .collect::<Vec<_>>()
            .join(" or ")
    }

    fn ambiguous(&mut self, node: Node<'a>, kind: KindId, text: &str, ids: &[u32]) {
        let keys = &self.resolved.keys;
        let noun = self.model.kind(kind).noun();
        let paths: Vec<String> = ids.iter().map(|id| keys.path(self.model, kind, *id)).collect();
        let mut finding =
            Diagnostic::new(&code::AMBIGUOUS, format!("{} {noun}s are called `{text}`", ids.len()))
                .label(node.span(), "could be any of them");
        for id in ids {
            if let Some(span) = keys.id(kind, *id).span {
                finding = finding.label(span, "one of them");
            }
        }
        self.findings.push(finding.help(format!(
            "write {}, or give them different ids",
            list(paths.iter().map(String::as_str), "or")
        )));
    }

    fn unknown(
        &mut self,
        row: Row,
        node: Node<'a>,
        sought: &Sought<'_>,
        text: &str,
        named: Option<(KindId, u32)>,
    ) {
        let Sought { kinds, ways, tolerated, lint, .. } = *sought;
        let (model, content, keys) = (self.model, &self.resolved.content, &self.resolved.keys);
        // Something of another kind has this id.
        let elsewhere = model.kinds.iter().enumerate().filter(|(_, kind)| kind.parent.is_none()).find_map(
            |(at, kind)| {
                let other = KindId(at as u32);
                let id = keys.of(other).find(0, text.strip_prefix(kind.prefix.as_str()).unwrap_or(text))?;
                (!kinds.contains(&other)).then_some((kind, keys.id(other, id)))
            },
        );
        if let Some((kind, id)) = elsewhere {
            let is = self.nouns(&[model.kind_named(&kind.path).unwrap_or(KindId(0))], "or");
            let mut finding = Diagnostic::new(
                &code::WRONG_KIND,
                format!("`{text}` is {is}; {} is needed here", self.nouns(kinds, "or")),
            )
            .label(node.span(), format!("not {}", self.nouns(kinds, "or")));
            if let Some(span) = id.span {
                finding = finding.label(span, format!("{is} of that id"));
            }
            self.findings.push(finding);
            return;
        }
        let kind = kinds.first().copied().unwrap_or(KindId(0));
        let noun = self.plain_nouns(kinds);
        let scope = named.or_else(|| {
            let parent = model.kind(kind).parent?;
            model.scopes(parent).find_map(|scope| Some((scope, keys.enclosing(model, content, row, scope)?)))
        });
        let found = if tolerated { &code::TOLERATED_REFERENCE } else { &code::UNKNOWN_REFERENCE };
        let mut finding;
        let help;
        match scope {
            Some((scope, around)) if !self.bare(kind, text).contains(sought.words.separator.as_str()) => {
                let within = keys.id(scope, around);
                let scope_noun = model.kind(scope).noun();
                finding =
                    Diagnostic::new(found, format!("no {noun} `{text}` in {scope_noun} `{}`", within.text))
                        .label(node.span(), format!("not {} of `{}`", self.nouns(kinds, "or"), within.text));
                if let Some(span) = within.span {
                    finding = finding.label(span, format!("in this {scope_noun}"));
                }
                let ids = self.below(scope, around, kind);
                let candidates: Vec<&str> = ids.iter().map(|id| &*keys.id(kind, *id).text).collect();
                help = did_you_mean(text, candidates.iter().copied()).or_else(|| {
                    let few = (1..=8).contains(&candidates.len());
                    few.then(|| format!("there is {}", list(candidates.iter().copied(), "and")))
                });
            }
            _ => {
                finding = Diagnostic::new(found, format!("no {noun} `{text}`"))
                    .label(node.span(), format!("no {noun} has this id"));
                // One misspelt id is often used many times, and each search looks at every id there is.
                let known =
                    self.suggested.get(text).filter(|(of, _)| of == kinds).map(|(_, help)| help.clone());
                help = known.unwrap_or_else(|| {
                    // As they would be written here.
                    let mut candidates: Vec<Cow<'_, str>> = Vec::new();
                    for Way { kind, prefix, suffix } in ways {
                        let of_kind = model.kind(*kind);
                        let in_front = if text.starts_with(of_kind.prefix.as_str()) { of_kind.prefix.as_str() } else { "" };
                        let plain = prefix.is_empty() && suffix.is_empty() && in_front.is_empty();
                        for (id, row) in keys.of(*kind).list.iter().zip(0..) {
                            candidates.push(match of_kind.parent {
                                None if plain => Cow::Borrowed(&*id.text),
                                None => Cow::Owned(format!("{prefix}{in_front}{}{suffix}", id.text)),
                                Some(_) => Cow::Owned(format!("{prefix}{}{suffix}", keys.path(model, *kind, row))),
                            });
                        }
                    }
                    did_you_mean(text, candidates.iter().map(|text| &**text))
                });
                self.suggested.insert(text.to_owned(), (kinds.to_vec(), help.clone()));
            }
        }
        finding = finding.maybe_help(help);
        if !model.kind(kind).by_content() && finding.help.is_empty() {
            finding = finding.help(format!(
                "add it to the registry of `{}` that the manifest names",
                model.kind(kind).path
            ));
        }
        let level = if tolerated { Level::Warn } else { Level::Deny };
        self.findings.push(finding.lint(lint).level(level));
    }

    /// Says once for each kind that its references could not be checked.
    fn undefined_kinds(&mut self) {
        for (at, count) in self.unchecked.iter().enumerate().filter(|(_, count)| **count > 0) {
            let kind = &self.model.kinds[at];
            let (references, are) = if *count == 1 {
                ("1 reference".to_owned(), "is")
            } else {
                (format!("{count} references"), "are")
            };
            let known: Vec<&str> = self
                .model
                .kinds
                .iter()
                .filter(|kind| kind.defined())
                .map(|kind| kind.path.as_str())
                .collect();
            let mut finding = Diagnostic::new(
                &code::UNDEFINED_KIND,
                format!("nothing defines `{}` ids, so {references} {are} not checked", kind.path),
            );
            if let Some(span) = kind.span {
                finding = finding.label(span, "the schema refers to them here");
            }
            finding = finding.maybe_help(did_you_mean(&kind.path, known.into_iter()));
            self.findings.push(finding.help(format!(
                "list them in the manifest: `{0} = \"content/{0}s.json\"` under `[registries]`, or accept any with `{0} = {{ open = true }}`",
                kind.path
            )));
        }
    }
}

/// The references in a value: itself, or the elements of a list.
fn references<'a>(node: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    let one = (node.kind() != Kind::Array).then_some(node);
    one.into_iter().chain(node.elements())
}

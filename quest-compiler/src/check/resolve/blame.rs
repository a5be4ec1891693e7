//! What references that name nothing have in common: one misspelt definition, or a definition that has an error of its own.
//!
//! Comes in: every reference that names nothing, with its diagnostic. Goes out: the diagnostics, without those that only follow from an
//! error in a definition, and with one at the definition where several references agree that it is the definition that is misspelt.

use super::search::{SearchResult, written};
use super::{RefQuery, Reference, ResolvedRef, Resolver};
use crate::check::rows::Row;
use crate::diagnostics::{Diagnostic, near, nouns};
use crate::schema::{IdAffix, KindId, RecordId, Shape};
use crate::source::Node;
use crate::text::Span;
use std::collections::{HashMap, HashSet};

/// A reference that names nothing.
#[derive(Debug)]
pub(super) struct Unknown {
    row: Row,
    span: Span,
    text: String,
    affixes: Vec<IdAffix>,
    separator: String,
    /// The object in which it was looked up.
    scope: Option<(KindId, u32)>,
    diagnostic: Diagnostic,
}

/// References that name one thing.
struct Group {
    /// What is missing.
    text: String,
    /// The only similar id.
    meant: Option<Meant>,
    references: Vec<Unknown>,
}

/// An id that is similar to one that is missing.
struct Meant {
    kind: KindId,
    id: u32,
    /// What is written in its place.
    text: String,
}

/// A kind of ids, and the object in which they are unique.
type Place = (KindId, u32);

/// The definitions that are wrong, by kind and scope: where, the id as it is written, and what else its object is called.
type WrongIds = HashMap<Place, Vec<WrongId>>;

/// A definition that is wrong.
struct WrongId {
    span: Option<Span>,
    names: Vec<String>,
}

impl<'a> Resolver<'_, 'a, '_, '_> {
    /// Keeps a reference that names nothing, to be reported with all others.
    pub(super) fn keep_unknown(
        &mut self,
        reference: &Reference<'_, 'a>,
        scope: Option<(KindId, u32)>,
        diagnostic: Diagnostic,
    ) {
        let Reference { row, node, query, text } = *reference;
        let span = node.span();
        self.sink.taint_reference(span);
        if self.sink.has_wrong_form(span) {
            if query.tolerated {
                self.help_form(span, diagnostic);
                return;
            }
            self.sink.drop_form(span);
        }
        self.unknown.push(Unknown {
            row,
            span,
            text: text.to_owned(),
            affixes: query.affixes.to_vec(),
            separator: query.syntax.separator.clone(),
            scope,
            diagnostic,
        });
    }

    /// Where an unknown id is only a warning, the error about its form stays, with what is known about the id.
    fn help_form(&mut self, span: Span, diagnostic: Diagnostic) {
        let Some(form) = self.sink.form(span) else { return };
        if diagnostic.meant.is_some() {
            form.help = diagnostic.help;
            form.fix = diagnostic.fix;
        }
    }

    /// Drops what was found wrong about the form of a reference if its definition has the same form: that is the mistake.
    pub(super) fn settle_form(&mut self, node: Node<'a>, query: &RefQuery<'_>, resolved: ResolvedRef) {
        if !self.sink.has_wrong_form(node.span()) {
            return;
        }
        let ResolvedRef::Id(number, id) = resolved else { return };
        let Some(kind) = query.numbering.get(usize::from(number)) else { return };
        let defined = self.resolved.ids.id(*kind, id).span;
        if defined.is_some_and(|span| self.sink.is_wrong(span)) {
            self.sink.drop_form(node.span());
        }
    }

    /// Reports the references that name nothing.
    pub(super) fn report_unknown(&mut self) {
        self.keep_names_of_references();
        let unknown = std::mem::take(&mut self.unknown);
        if unknown.is_empty() {
            return;
        }
        let groups = self.groups(unknown);
        let Explained { groups: explained, meant } = self.explained(&groups);
        for (span, text) in meant {
            self.mend_form(span, &text);
        }
        let mut named = None;
        let others = groups.into_iter().enumerate().filter(|(at, _)| !explained.contains(at));
        for (_, group) in others {
            self.report_group(group, &mut named);
        }
    }

    /// The references by what they name, in the order of the first of each.
    fn groups(&self, unknown: Vec<Unknown>) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut known: HashMap<(String, Place), usize> = HashMap::new();
        for one in unknown {
            let meant = self.meant(&one);
            let (text, place) = match &meant {
                Some(meant) => (meant.text.clone(), (meant.kind, meant.id)),
                None => (one.text.clone(), self.place(one.affixes[0].kind, one.scope)),
            };
            let at = *known.entry((text.clone(), place)).or_insert_with(|| {
                groups.push(Group { text, meant, references: Vec::new() });
                groups.len() - 1
            });
            groups[at].references.push(one);
        }
        groups
    }

    /// What a reference certainly names if one part of it is misspelt, by reference or by definition.
    fn meant(&self, one: &Unknown) -> Option<Meant> {
        let meant = one.diagnostic.meant.as_deref()?;
        let search = |kind: KindId, text: &str| match self.search(one.row, kind, text, &one.separator) {
            SearchResult::One(id) => Some(id),
            _ => None,
        };
        let affixes = one.affixes.iter();
        let (kind, id, written_meant) = affixes.clone().find_map(|affix| {
            let written = written(affix, meant)?;
            Some((affix.kind, search(affix.kind, written)?, written))
        })?;
        let whole = Meant { kind, id, text: one.text.clone() };
        let text = affixes.filter(|affix| affix.kind == kind).find_map(|affix| written(affix, &one.text));
        let Some(text) = text else { return Some(whole) };
        let (parts, of_meant): (Vec<&str>, Vec<&str>) =
            (text.split(&one.separator).collect(), written_meant.split(&one.separator).collect());
        let mut chain: Vec<KindId> = self.model.scopes(kind).collect();
        chain.reverse();
        if parts.len() != of_meant.len() || parts.len() != chain.len() {
            return Some(whole);
        }
        let mut differing = (0..parts.len()).filter(|at| parts[*at] != of_meant[*at]);
        let (Some(at), None) = (differing.next(), differing.next()) else { return Some(whole) };
        let kind = chain[at];
        let id = search(kind, &of_meant[..=at].join(&one.separator))?;
        Some(Meant { kind, id, text: self.bare(kind, parts[at]).to_owned() })
    }

    /// The groups that only follow from a definition which is wrong.
    fn explained(&self, groups: &[Group]) -> Explained {
        let mut explained = HashSet::new();
        let mut meant = Vec::new();
        let wrong = self.wrong_ids();
        if wrong.is_empty() {
            return Explained { groups: explained, meant };
        }
        // Similar ones first; of the others those that resemble nothing else.
        let mut others: HashMap<Place, Vec<usize>> = HashMap::new();
        for (at, group) in groups.iter().enumerate() {
            let first = &group.references[0];
            for affix in &first.affixes {
                let place = self.place(affix.kind, first.scope);
                let Some(ids) = wrong.get(&place) else { continue };
                if let Some(wrong) = ids.iter().find(|wrong| is_near(&group.text, &wrong.names)) {
                    explained.insert(at);
                    meant.extend(wrong.span.map(|span| (span, group.text.clone())));
                } else if group.meant.is_none() {
                    others.entry(place).or_default().push(at);
                }
            }
        }
        for (place, missing) in others {
            let missing: Vec<usize> = missing.into_iter().filter(|at| !explained.contains(at)).collect();
            // One is wrong and one is missing, which exists nowhere else: it is the same.
            if let ([only], Some([_])) = (missing.as_slice(), wrong.get(&place).map(Vec::as_slice))
                && self.called(place.0, &groups[*only].text).is_empty()
            {
                explained.insert(*only);
            }
        }
        Explained { groups: explained, meant }
    }

    /// Says what an id of a wrong form was to be: what references name.
    fn mend_form(&mut self, span: Span, text: &str) {
        if let Some(form) = self.sink.form(span) {
            form.help = vec![format!("write `{text}`, as it is named")];
            // What is written there differs in more than marks, so it is not certain.
            form.fix = form.fix.take().filter(|fix| fix.instead == text);
        }
    }

    /// An id of the wrong form is not corrected if references name it as it is: they would name nothing then.
    fn keep_names_of_references(&mut self) {
        if !self.sink.has_form_fixes() {
            return;
        }
        let mut named = Vec::new();
        self.each_reference(&mut |kind, id| named.push((kind, id)));
        for (kind, id) in named {
            if let Some(span) = self.resolved.ids.id(kind, id).span
                && let Some(form) = self.sink.form(span)
            {
                form.fix = None;
            }
        }
    }

    /// Calls `found` for every reference that names an id.
    fn each_reference(&self, found: &mut dyn FnMut(KindId, u32)) {
        for (at, record) in self.model.records.iter().enumerate() {
            let id = RecordId(at as u32);
            for (field, described) in record.fields.iter().enumerate() {
                let kinds = match described.shape.element() {
                    Shape::Link(spec) if !spec.defines => &spec.kinds,
                    Shape::Target(target) => &self.model.target(*target).all,
                    _ => continue,
                };
                for row in (0..self.resolved.content.table(id).len()).map(|row| Row { record: id, row }) {
                    for resolved_ref in self.resolved.refs(row, field) {
                        if let ResolvedRef::Id(number, id) = resolved_ref
                            && let Some(kind) = kinds.get(usize::from(*number))
                        {
                            found(*kind, *id);
                        }
                    }
                }
            }
        }
    }

    /// Where ids of a kind are unique: the kind, and the object around them if there is one.
    fn place(&self, kind: KindId, scope: Option<(KindId, u32)>) -> (KindId, u32) {
        let parent = self.model.kind(kind).parent;
        (kind, scope.filter(|(of, _)| Some(*of) == parent).map_or(0, |(_, id)| id))
    }

    /// The ids whose definitions are wrong, by kind and scope.
    fn wrong_ids(&self) -> WrongIds {
        let mut found: Vec<(KindId, u32)> = Vec::new();
        for kind in (0..self.model.kinds.len() as u32).map(KindId) {
            let described = self.model.kind(kind);
            for (id, row) in self.resolved.ids.of(kind).list.iter().zip(0..) {
                let is_wrong = match id.span {
                    Some(span) => self.sink.is_wrong(span),
                    None => id.text.is_empty() && described.by_content(),
                };
                if is_wrong {
                    found.push((kind, row));
                }
            }
        }
        // Of several objects with one id, the first has its own.
        let again = |((_, row), others): &(&Place, &Vec<u32>)| others.iter().any(|other| other < row);
        let duplicates = self.resolved.ids.duplicates.iter().filter(again);
        let mut duplicates: Vec<Place> = duplicates.map(|(place, _)| *place).collect();
        duplicates.sort_unstable();
        found.extend(duplicates);
        let mut wrong = WrongIds::new();
        for (kind, row) in found {
            let id = self.resolved.ids.id(kind, row);
            let mut names = vec![id.text.clone().into_owned()];
            names.push(heck::ToKebabCase::to_kebab_case(&*id.text));
            names.extend(
                self.name_for_players(kind, row).map(|name| heck::ToKebabCase::to_kebab_case(&*name)),
            );
            wrong.entry((kind, id.parent)).or_default().push(WrongId { span: id.span, names });
        }
        wrong
    }

    /// Reports references that name one thing which is not there.
    fn report_group(&mut self, group: Group, named: &mut Option<HashMap<(KindId, u32), usize>>) {
        let blamed = self.misspelt_definition(&group, named);
        if let Some(Blamed { span, certain: true }) = blamed {
            let diagnostic = self.blame(&group, span);
            self.sink.emit(diagnostic);
            return;
        }
        let several = group.references.len() > 1;
        for mut one in group.references {
            // Several slips of the fingers are seldom the same.
            if several {
                one.diagnostic.fix = None;
            }
            if let Some(Blamed { span, .. }) = blamed.filter(|blamed| blamed.span.file == one.span.file) {
                one.diagnostic = one.diagnostic.label(span, "or is this one misspelt?");
            }
            self.sink.emit_reference(one.diagnostic, one.span);
        }
    }

    /// The definition that may be misspelt, and not the references: none names it. That is certain if several references agree on
    /// another id, or the last release had that one.
    fn misspelt_definition(
        &self,
        group: &Group,
        named: &mut Option<HashMap<(KindId, u32), usize>>,
    ) -> Option<Blamed> {
        let meant = group.meant.as_ref()?;
        let span = self.resolved.ids.id(meant.kind, meant.id).span?;
        if self.was_released(meant) {
            return Some(Blamed { span, certain: true });
        }
        // A title instead of an id is no slip of the fingers.
        let defined = &self.resolved.ids.id(meant.kind, meant.id).text;
        if near(self.bare(meant.kind, &meant.text), std::iter::once(&**defined)).is_empty() {
            return None;
        }
        let named = named.get_or_insert_with(|| {
            let mut named: HashMap<(KindId, u32), usize> = HashMap::new();
            self.each_reference(&mut |kind, id| *named.entry((kind, id)).or_default() += 1);
            named
        });
        let certain = group.references.len() > 1;
        (!named.contains_key(&(meant.kind, meant.id))).then_some(Blamed { span, certain })
    }

    /// Whether the last release had an id of that text beside this one, and not this one.
    fn was_released(&self, meant: &Meant) -> bool {
        let path = self.resolved.ids.path(self.model, meant.kind, meant.id);
        let text = self.bare(meant.kind, meant.text.rsplit(':').next().unwrap_or(&meant.text));
        let other = match path.rsplit_once(':') {
            Some((scope, _)) => format!("{scope}:{text}"),
            None => text.to_owned(),
        };
        let (kind, released) = (&self.model.kind(meant.kind).path, self.hints.released);
        released(kind, &other) && !released(kind, &path)
    }

    fn blame(&self, group: &Group, at: Span) -> Diagnostic {
        let (Some(first), Some(meant)) = (group.references.first(), &group.meant) else {
            return Diagnostic::internal("references without a definition", Some(at));
        };
        let (noun, text) = (self.noun(meant.kind), &group.text);
        let defined = &self.resolved.ids.id(meant.kind, meant.id).text;
        let count = group.references.len() as u64;
        let (names, them) = if count == 1 { ("names", "the reference") } else { ("name", "the references") };
        let references = nouns::count(count, "reference");
        let level = group.references.iter().map(|one| one.diagnostic.level).max();
        let mut diagnostic = Diagnostic::new(
            first.diagnostic.code,
            format!("nothing defines the {noun} `{text}`, which {references} {names}"),
        )
        .lint(first.diagnostic.lint.as_deref())
        .level(level.unwrap_or(first.diagnostic.level))
        .label(at, format!("is `{defined}` misspelt?"));
        for one in group.references.iter().take(MOST_LABELS) {
            diagnostic = diagnostic.label(one.span, format!("names `{text}`"));
        }
        diagnostic.help(format!("write `{text}` in the definition, or `{defined}` in {them}"))
    }
}

/// The references that only follow from a wrong definition.
struct Explained {
    /// The positions of their groups.
    groups: HashSet<usize>,
    /// What some of the definitions were to be.
    meant: Vec<(Span, String)>,
}

/// A definition that may be misspelt.
#[derive(Clone, Copy)]
struct Blamed {
    span: Span,
    certain: bool,
}

/// At most this many references are shown beside a definition.
const MOST_LABELS: usize = 2;

/// Whether a missing id is what an object with a wrong id was to have.
fn is_near(text: &str, names: &[String]) -> bool {
    names.iter().any(|name| name == text) || !near(text, names.iter().map(String::as_str)).is_empty()
}

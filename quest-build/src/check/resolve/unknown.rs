//! References that name nothing, several things or something else: what is wrong, and what was probably meant.

use super::search::{Found, written};
use super::{Resolver, Sought};
use crate::check::content::Row;
use crate::diagnose::{Diagnostic, Level, code, did_you_mean, did_you_mean_one_of, few, list, near, nouns};
use crate::schema::{KindId, Way};
use crate::source::{Node, Span};
use std::borrow::Cow;

/// With more kinds than this, a message names them once, and not where it says what is wrong.
pub(super) const MOST_KINDS: usize = 4;
/// At most this many paths are suggested.
const MOST_PATHS: usize = 3;

/// The part of a reference that is not there.
struct Part<'t> {
    kinds: Vec<KindId>,
    text: &'t str,
    /// Where it begins in the reference.
    start: usize,
    /// The object in which it is looked for.
    within: Option<(KindId, u32)>,
    /// How many parts in front of it were found.
    depth: usize,
    /// The way in which the whole is written.
    way: &'t Way,
}

impl<'a> Resolver<'_, 'a, '_> {
    /// Reports a reference that names nothing; `named` is the object that a sibling names as the place to look in.
    pub(super) fn unknown(
        &mut self,
        row: Row,
        node: Node<'a>,
        sought: &Sought<'_>,
        text: &str,
        named: Option<(KindId, u32)>,
    ) {
        let finding = if text.is_empty() {
            self.empty(node, sought)
        } else {
            let around = named.or_else(|| self.around(row, *sought.kinds.first()?));
            self.undotted_other_kind(row, node, sought, text)
                .or_else(|| self.scope_left_out(node, sought, text, around))
                .or_else(|| self.other_kind(row, node, sought, text))
                .or_else(|| self.wrong_part(row, node, sought, text, named))
                .unwrap_or_else(|| self.nothing(row, node, sought, text))
        };
        self.findings.push(finding);
    }

    /// The innermost object around a row to which ids of a kind belong.
    fn around(&self, row: Row, kind: KindId) -> Option<(KindId, u32)> {
        let parent = self.model.kind(kind).parent?;
        let (model, content, keys) = (self.model, &self.resolved.content, &self.resolved.keys);
        model.scopes(parent).find_map(|scope| Some((scope, keys.enclosing(model, content, row, scope)?)))
    }

    fn not_found(&self, sought: &Sought<'_>, title: String) -> Diagnostic {
        let (found, level) = if sought.tolerated {
            (&code::TOLERATED_REFERENCE, Level::Warn)
        } else {
            (&code::UNKNOWN_REFERENCE, Level::Deny)
        };
        Diagnostic::new(found, title).lint(sought.lint).level(level)
    }

    fn empty(&self, node: Node<'a>, sought: &Sought<'_>) -> Diagnostic {
        self.not_found(sought, "an id is missing here: the text is empty".to_owned())
            .label(node.span(), format!("the id of {} is needed", self.any_of(sought.kinds)))
            .maybe_help(self.few(self.candidates(sought, "").iter().map(|(_, shown)| &**shown), sought))
    }

    /// An id that exists, but of another kind than is needed. Kinds that belong to no other come first: nothing around the
    /// reference decides what it means.
    fn undotted_other_kind(&self, row: Row, node: Node<'a>, sought: &Sought<'_>, text: &str) -> Option<Diagnostic> {
        let (kind, id) = self.other_kinds(sought, false).find_map(|other| {
            let id = self.resolved.keys.of(other).find(0, self.bare(other, text))?;
            self.is_defined(other, id).then_some((other, id))
        })?;
        Some(self.is_of_other_kind(row, node, sought, text, kind, id))
    }

    fn other_kind(&self, row: Row, node: Node<'a>, sought: &Sought<'_>, text: &str) -> Option<Diagnostic> {
        let separator = &sought.words.separator;
        // Where unknown ids are tolerated, any word is; only a path can not be meant otherwise.
        if sought.tolerated && !text.contains(separator.as_str()) {
            return None;
        }
        let (kind, id) = self.other_kinds(sought, true).find_map(|other| {
            let id = match self.search(row, other, text, separator) {
                Found::One(id) => id,
                Found::Several(ids) => *ids.first()?,
                Found::Nothing => return None,
            };
            self.is_defined(other, id).then_some((other, id))
        })?;
        Some(self.is_of_other_kind(row, node, sought, text, kind, id))
    }

    /// The kinds that a reference can not name: those that belong to another kind, or those that do not.
    fn other_kinds(&self, sought: &Sought<'_>, scoped: bool) -> impl Iterator<Item = KindId> {
        let kinds = (0..self.model.kinds.len() as u32).map(KindId);
        kinds.filter(move |kind| !sought.kinds.contains(kind) && self.model.kind(*kind).parent.is_some() == scoped)
    }

    /// Whether an id stands somewhere, and is not only accepted because any is.
    fn is_defined(&self, kind: KindId, id: u32) -> bool {
        self.resolved.keys.id(kind, id).span.is_some()
    }

    fn is_of_other_kind(
        &self,
        row: Row,
        node: Node<'a>,
        sought: &Sought<'_>,
        text: &str,
        kind: KindId,
        id: u32,
    ) -> Diagnostic {
        let is = self.any_of(&[kind]);
        let needed = self.any_of(sought.kinds);
        let mut finding = if sought.kinds.len() > MOST_KINDS {
            Diagnostic::new(&code::WRONG_KIND, format!("`{text}` is {is}, which can not be named here"))
                .label(node.span(), format!("names {is}"))
                .note(format!("{needed} is needed here"))
        } else {
            Diagnostic::new(&code::WRONG_KIND, format!("`{text}` is {is}; {needed} is needed here"))
                .label(node.span(), format!("not {needed}"))
        };
        if let Some(span) = self.resolved.keys.id(kind, id).span {
            finding = finding.label(span, format!("{is} of that id"));
        }
        finding.maybe_help(self.relative(row, sought, kind, id))
    }

    /// What was meant by an id of another kind: what the object stands in, or one of the things that stand in it.
    fn relative(&self, row: Row, sought: &Sought<'_>, kind: KindId, id: u32) -> Option<String> {
        let (model, keys) = (self.model, &self.resolved.keys);
        let mut at = (kind, id);
        while let Some(parent) = model.kind(at.0).parent {
            at = (parent, keys.id(at.0, at.1).parent);
            let way = sought.ways.iter().find(|way| way.kind == parent);
            if let Some(way) = way.filter(|_| self.suits(parent, at.1, &sought.words.filter)) {
                let (of, noun) = (self.noun(kind), self.noun(parent));
                let id = format!("{}{}{}", way.prefix, self.short(row, parent, at.1, sought), way.suffix);
                return Some(format!("write `{id}`, the {noun} of this {of}"));
            }
        }
        let way = sought.ways.iter().find(|way| model.kind(way.kind).parent == Some(kind))?;
        let children = keys.children(way.kind, id);
        let short = |child: &u32| format!("{}{}{}", way.prefix, self.short(row, way.kind, *child, sought), way.suffix);
        let paths: Vec<String> = children.iter().map(short).collect();
        let noun = self.noun(way.kind);
        match paths.as_slice() {
            [] => Some(format!("`{}` has no {}", keys.id(kind, id).text, nouns::plural(&noun))),
            [only] => Some(format!("write `{only}`, its {noun}")),
            [first, ..] if paths.len() > 8 => {
                Some(format!("write one of its {}, such as `{first}`", nouns::plural(&noun)))
            }
            all => Some(format!(
                "write one of its {}: {}",
                nouns::plural(&noun),
                list(all.iter().map(String::as_str), "or")
            )),
        }
    }

    /// The last parts of a path alone, where more are needed: `find-descent` for `iron-path:find-descent`.
    fn scope_left_out(
        &self,
        node: Node<'a>,
        sought: &Sought<'_>,
        text: &str,
        around: Option<(KindId, u32)>,
    ) -> Option<Diagnostic> {
        let separator = sought.words.separator.as_str();
        if sought.words.within.is_some() || (around.is_some() && !text.contains(separator)) {
            return None; // it has been looked for in what is around it, and that is what the message is about
        }
        let keys = &self.resolved.keys;
        for way in sought.ways.iter().filter(|way| self.model.kind(way.kind).parent.is_some()) {
            let Some(id) = written(way, text) else { continue };
            let given: Vec<&str> = id.split(separator).collect();
            let Some(last) = given.last() else { continue };
            // What stands around the reference is looked into as well; only a path from the outermost object is another one.
            let left_out = |id: u32| {
                self.left_out(way.kind, id, &given).filter(|(_, outermost)| around.is_none() || !outermost)
            };
            let mut meant: Vec<u32> = Vec::new();
            for (known, row) in keys.of(way.kind).list.iter().zip(0..) {
                if known.text == *last && known.span.is_some() && left_out(row).is_some() {
                    meant.push(row);
                }
            }
            meant.retain(|id| self.suits(way.kind, *id, &sought.words.filter));
            let Some(first) = meant.first() else { continue };
            let (missing, _) = left_out(*first).unwrap_or_default();
            let form = self.form(way, sought);
            let paths: Vec<String> =
                meant.iter().take(MOST_PATHS).map(|id| self.as_written(way, *id, sought)).collect();
            let more = match meant.len() - paths.len() {
                0 => String::new(),
                more => format!(" ({more} more fit)"),
            };
            let write = list(paths.iter().map(String::as_str), "or");
            return Some(
                self.not_found(sought, format!("`{text}` does not say which {}", missing.join(" and ")))
                    .label(node.span(), format!("{} is written `{form}`", self.any_of(&[way.kind])))
                    .help(format!("write {write}{more}")),
            );
        }
        None
    }

    /// `quest:stage`: how an id is written that is not alone.
    fn form(&self, way: &Way, sought: &Sought<'_>) -> String {
        let mut chain: Vec<String> = self.model.scopes(way.kind).map(|kind| self.noun(kind)).collect();
        chain.reverse();
        format!("{}{}{}", way.prefix, chain.join(&sought.words.separator), way.suffix)
    }

    /// Paths that end like a reference from one of its parts on.
    fn with_end(&self, way: &Way, end: &str, sought: &Sought<'_>) -> Vec<String> {
        let given: Vec<&str> = end.split(sought.words.separator.as_str()).collect();
        let ids = self.resolved.keys.of(way.kind).list.iter().zip(0u32..);
        let ids = ids.filter(|(id, _)| given.last().is_some_and(|last| id.text == *last) && id.span.is_some());
        let ids = ids.map(|(_, row)| row).filter(|row| self.left_out(way.kind, *row, &given).is_some());
        let ids = ids.filter(|row| self.suits(way.kind, *row, &sought.words.filter));
        ids.take(MOST_PATHS).map(|row| self.as_written(way, row, sought)).collect()
    }

    /// The kinds of the parts of a path that are not among those given, in which all others occur in order, and whether the outermost
    /// is one of them.
    fn left_out(&self, kind: KindId, id: u32, given: &[&str]) -> Option<(Vec<String>, bool)> {
        let keys = &self.resolved.keys;
        let mut given = given.iter().rev().peekable();
        let mut missing = Vec::new();
        let mut outermost = false;
        let mut at = Some((kind, id));
        while let Some((kind, id)) = at {
            let known = keys.id(kind, id);
            outermost = given.next_if(|part| self.bare(kind, part) == known.text).is_none();
            if outermost {
                missing.insert(0, self.noun(kind));
            }
            at = self.model.kind(kind).parent.map(|parent| (parent, known.parent));
        }
        (given.peek().is_none() && !missing.is_empty()).then_some((missing, outermost))
    }

    /// The first part of a reference that is not there, of the way of writing it of which most is there.
    fn wrong_part(
        &self,
        row: Row,
        node: Node<'a>,
        sought: &Sought<'_>,
        text: &str,
        named: Option<(KindId, u32)>,
    ) -> Option<Diagnostic> {
        let mut worst: Option<Part<'_>> = None;
        for way in sought.ways {
            let Some(id) = written(way, text) else { continue };
            let Some(part) = self.part(row, way, way.kind, id, sought, named) else { continue };
            match &mut worst {
                // What can be one of several kinds is looked for once, in all that is around it.
                Some(known) if known.start == part.start && known.depth == part.depth => {
                    let wide = |part: &Part<'_>| part.within.map(|(scope, _)| self.model.scopes(scope).count());
                    if wide(&part) < wide(known) {
                        known.within = part.within;
                    }
                    known.kinds.extend(part.kinds);
                    known.kinds.dedup();
                }
                Some(known) if known.depth >= part.depth => {}
                _ => worst = Some(part),
            }
        }
        let part = worst?;
        // A word that could also be an id without a scope is nothing of which a part is wrong.
        let free = |kind: &KindId| self.model.kind(*kind).parent.is_none();
        if part.depth == 0 && named.is_none() && sought.kinds.iter().any(free) {
            return None;
        }
        Some(match part.within {
            Some(within) => self.not_within(row, node, sought, text, &part, (within.0, within.1, named.is_some())),
            None => self.no_scope(row, node, sought, text, &part),
        })
    }

    fn part<'t>(
        &self,
        row: Row,
        way: &'t Way,
        kind: KindId,
        text: &'t str,
        sought: &Sought<'_>,
        named: Option<(KindId, u32)>,
    ) -> Option<Part<'t>> {
        let separator = sought.words.separator.as_str();
        let start = way.prefix.len();
        let parent = self.model.kind(kind).parent;
        if let Some(scope) = named {
            return Some(Part { kinds: vec![kind], text, start, within: Some(scope), depth: 0, way });
        }
        let Some((scope, last)) = text.rsplit_once(separator) else {
            let within = self.around(row, kind);
            let whole = kind == way.kind && within.is_none();
            return (!whole).then(|| Part { kinds: vec![kind], text, start, within, depth: 0, way });
        };
        let Some(parent) = parent else {
            return Some(Part { kinds: vec![kind], text, start, within: None, depth: 0, way });
        };
        let depth = scope.split(separator).count();
        let start = start + scope.len() + separator.len();
        match self.search(row, parent, scope, separator) {
            Found::One(id) => {
                Some(Part { kinds: vec![kind], text: last, start, within: Some((parent, id)), depth, way })
            }
            Found::Several(_) => None,
            Found::Nothing => self.part(row, way, parent, scope, sought, named),
        }
    }

    /// `no stage `find-decent` in quest `iron-path``.
    fn not_within(
        &self,
        row: Row,
        node: Node<'a>,
        sought: &Sought<'_>,
        text: &str,
        part: &Part<'_>,
        (scope, around, by_sibling): (KindId, u32, bool),
    ) -> Diagnostic {
        let keys = &self.resolved.keys;
        let within = keys.id(scope, around);
        let (noun, scope_noun) = (self.one_of(&part.kinds), self.noun(scope));
        let mut finding = if part.text.is_empty() {
            self.not_found(sought, format!("`{text}` does not say which {noun}"))
                .label(node.span(), format!("{} is written `{}`", self.any_of(&part.kinds), self.form(part.way, sought)))
        } else {
            self.not_found(sought, format!("no {noun} `{}` in {scope_noun} `{}`", part.text, within.text))
                .label(part_span(node, text, part), format!("not {} of `{}`", self.any_of(&part.kinds), within.text))
        };
        if let Some(span) = within.span {
            finding = finding.label(span, format!("in this {scope_noun}"));
        }
        // Only the last part must be of the sort that is asked for.
        let last = part.kinds.contains(&part.way.kind);
        let suits = |kind: KindId, id: &u32| !last || self.suits(kind, *id, &sought.words.filter);
        let mut known: Vec<&str> = Vec::new();
        for kind in &part.kinds {
            let mut scopes = self.twins(scope, around);
            scopes.insert(0, around);
            let ids = scopes.into_iter().flat_map(|around| self.below(scope, around, *kind));
            known.extend(ids.filter(|id| suits(*kind, id)).map(|id| &*keys.id(*kind, id).text));
        }
        let (front, behind) = (&text[..part.start], &text[part.start + part.text.len()..]);
        let whole = |ids: &[&str]| -> Vec<String> {
            let paths = ids.iter().map(|id| format!("{front}{id}{behind}"));
            paths.filter(|path| last || self.leads(row, part.way, path, sought)).collect()
        };
        let shown = |ids: &[&str]| -> Vec<String> {
            let paths = whole(ids);
            if paths.is_empty() { ids.iter().map(|id| (*id).to_owned()).collect() } else { paths }
        };
        let meant = near(self.bare(part.kinds[0], part.text), known.iter().copied());
        let elsewhere = if last { self.elsewhere(row, sought, part, (scope, around), by_sibling) } else { None };
        if !meant.is_empty() {
            let paths = shown(&meant);
            let note = elsewhere.map(|(note, _)| note);
            finding.notes.extend(note.filter(|_| meant.len() > 1));
            return finding.maybe_help(did_you_mean_one_of(&paths.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        // The way in which it is written can be misspelt as well.
        let ways = sought.ways.iter().any(|way| !way.prefix.is_empty() || !way.suffix.is_empty());
        let other = ways.then(|| did_you_mean(text, self.candidates(sought, text).iter().map(|(_, path)| &**path)));
        if let Some(help) = other.flatten() {
            return finding.help(help);
        }
        if !last {
            let end = written(part.way, text).map_or("", |id| &id[part.start - part.way.prefix.len()..]);
            let paths = self.with_end(part.way, end, sought);
            if !paths.is_empty() {
                return finding.help(format!("write {}", list(paths.iter().map(String::as_str), "or")));
            }
        }
        let paths = shown(&known);
        let all = self.few(paths.iter().map(String::as_str), sought);
        if known.is_empty() {
            let plural = nouns::plural(&self.noun(part.kinds[0]));
            finding = finding.note(match sought.words.filter.first().filter(|_| last) {
                Some((property, value)) => {
                    let value = value.show_plain();
                    format!("`{}` has no {plural} whose `{property}` is `{value}`", within.text)
                }
                None => format!("`{}` has no {plural}", within.text),
            });
        }
        match elsewhere {
            Some((note, Some(write))) => {
                finding.notes.extend(all);
                finding.help(format!("{note}: {write}"))
            }
            Some((note, None)) => finding.note(note).maybe_help(all),
            None => finding.maybe_help(all),
        }
    }

    /// Where else the last part of a reference is an id, and how to write that.
    fn elsewhere(
        &self,
        row: Row,
        sought: &Sought<'_>,
        part: &Part<'_>,
        within: (KindId, u32),
        by_sibling: bool,
    ) -> Option<(String, Option<String>)> {
        let keys = &self.resolved.keys;
        let way = sought.ways.iter().find(|way| {
            part.kinds.contains(&way.kind) && keys.of(way.kind).list.iter().any(|id| id.text == part.text)
        })?;
        let here = |id: u32| {
            let mut scopes = self.model.scopes(way.kind);
            let mut at = id;
            scopes.next();
            let mut kind = way.kind;
            for scope in scopes {
                at = keys.id(kind, at).parent;
                kind = scope;
                if (scope, at) == within {
                    return true;
                }
            }
            false
        };
        let ids = keys.of(way.kind).list.iter().zip(0u32..).filter(|(id, _)| id.text == part.text);
        let others: Vec<u32> = ids
            .map(|(_, row)| row)
            .filter(|row| !here(*row) && self.suits(way.kind, *row, &sought.words.filter))
            .take(MOST_PATHS)
            .collect();
        let parent = self.model.kind(way.kind).parent?;
        let scopes: Vec<String> =
            others.iter().map(|id| self.short(row, parent, keys.id(way.kind, *id).parent, sought)).collect();
        let of = (!scopes.is_empty()).then(|| list(scopes.iter().map(String::as_str), "and"))?;
        let paths: Vec<String> = others.iter().map(|id| self.as_written(way, *id, sought)).collect();
        let write = format!("write {}", list(paths.iter().map(String::as_str), "or"));
        Some((format!("it is {} of {of}", self.any_of(&[way.kind])), (!by_sibling).then_some(write)))
    }

    /// `no quest `iron-pth``, in a path.
    fn no_scope(
        &self,
        row: Row,
        node: Node<'a>,
        sought: &Sought<'_>,
        text: &str,
        part: &Part<'_>,
    ) -> Diagnostic {
        let kind = part.kinds[0];
        let noun = self.noun(kind);
        let finding = self
            .not_found(sought, format!("no {noun} `{}`", part.text))
            .label(part_span(node, text, part), format!("no {noun} has this id"));
        let (front, behind) = (&text[..part.start], &text[part.start + part.text.len()..]);
        let known: Vec<Cow<'_, str>> = self.ids_as_written(kind, part.text, sought);
        let meant = near(part.text, known.iter().map(|id| &**id));
        let whole: Vec<String> = meant.iter().map(|id| format!("{front}{id}{behind}")).collect();
        let leading = whole.iter().filter(|path| self.leads(row, part.way, path, sought));
        let leading: Vec<&str> = leading.map(String::as_str).collect();
        let rest = behind.strip_suffix(part.way.suffix.as_str()).unwrap_or(behind);
        let rest = rest.strip_prefix(sought.words.separator.as_str()).unwrap_or_default();
        let help = did_you_mean_one_of(&leading)
            .or_else(|| {
                // Several parts can be misspelt.
                let paths = self.candidates(sought, text);
                did_you_mean(text, paths.iter().map(|(_, path)| &**path))
            })
            .or_else(|| did_you_mean_one_of(&meant))
            .or_else(|| {
                let paths = self.with_end(part.way, rest, sought);
                (!paths.is_empty()).then(|| format!("write {}", list(paths.iter().map(String::as_str), "or")))
            })
            .or_else(|| few(known.iter().map(|id| &**id)));
        finding.maybe_help(help)
    }

    /// Whether a path names something.
    fn leads(&self, row: Row, way: &Way, path: &str, sought: &Sought<'_>) -> bool {
        let id = written(way, path);
        id.is_some_and(|id| !matches!(self.search(row, way.kind, id, &sought.words.separator), Found::Nothing))
    }

    /// Nothing of what is needed is there, wherever it could stand.
    fn nothing(&mut self, row: Row, node: Node<'a>, sought: &Sought<'_>, text: &str) -> Diagnostic {
        let mut finding = if sought.kinds.len() > MOST_KINDS {
            self.not_found(sought, format!("nothing is called `{text}`"))
                .label(node.span(), "names nothing")
                .note(format!("{} is needed here", self.any_of(sought.kinds)))
        } else {
            let noun = self.one_of(sought.kinds);
            let label = if sought.kinds.len() == 1 { format!("no {noun} has this id") } else { "none of them has this id".to_owned() };
            self.not_found(sought, format!("no {noun} `{text}`")).label(node.span(), label)
        };
        // That there is only the object in which the reference stands is no help.
        let alone = matches!(sought.kinds, [only] if self.resolved.keys.of(*only).list.len() == 1
            && self.resolved.keys.enclosing(self.model, &self.resolved.content, row, *only).is_some());
        // One misspelt id is often used many times, and each search looks at every id there is.
        let known = self.suggested.get(text).filter(|(of, _)| of == sought.kinds).map(|(_, help)| help.clone());
        let help = known.unwrap_or_else(|| {
            let candidates = self.candidates(sought, text);
            let meant = near(text, candidates.iter().map(|(key, _)| &**key));
            let mut shown: Vec<&str> = Vec::new();
            for key in &meant {
                shown.extend(candidates.iter().filter(|(known, _)| known == key).map(|(_, shown)| &**shown));
            }
            if shown.is_empty() {
                shown = near(text, candidates.iter().map(|(_, shown)| &**shown));
            }
            shown.dedup();
            shown.truncate(MOST_PATHS);
            let all = || self.few(candidates.iter().map(|(_, shown)| &**shown), sought).filter(|_| !alone);
            did_you_mean_one_of(&shown).or_else(all)
        });
        let suggests = help.as_ref().is_some_and(|help| help.starts_with("did you mean"));
        self.suggested.insert(text.to_owned(), (sought.kinds.to_vec(), help.clone()));
        finding = finding.maybe_help(help);
        let registries: Vec<String> = sought
            .kinds
            .iter()
            .filter(|kind| !self.model.kind(**kind).by_content())
            .map(|kind| nouns::plural(self.model.kind(*kind).noun()))
            .collect();
        match registries.as_slice() {
            _ if suggests => finding,
            [] if finding.help.is_empty() && sought.kinds.iter().all(|kind| self.resolved.keys.of(*kind).list.is_empty()) => {
                let plural: Vec<String> =
                    sought.kinds.iter().map(|kind| nouns::plural(self.model.kind(*kind).noun())).collect();
                finding.note(format!("there are no {} at all", nouns::one_of(plural.iter().map(String::as_str))))
            }
            [] => finding,
            all => {
                let all = nouns::one_of(all.iter().map(String::as_str));
                finding.help(format!("a new one belongs in the registry of {all}"))
            }
        }
    }

    /// Reports a reference that several things answer to.
    pub(super) fn ambiguous(&mut self, node: Node<'a>, way: &Way, sought: &Sought<'_>, text: &str, ids: &[u32]) {
        let keys = &self.resolved.keys;
        let title = format!("{} are called `{text}`", nouns::count(ids.len() as u64, &self.noun(way.kind)));
        let mut finding = Diagnostic::new(&code::AMBIGUOUS, title).label(node.span(), "could be any of them");
        for id in ids {
            if let Some(span) = keys.id(way.kind, *id).span {
                finding = finding.label(span, "one of them");
            }
        }
        let paths: Vec<String> = ids.iter().map(|id| self.as_written(way, *id, sought)).collect();
        self.findings.push(finding.help(format!(
            "write {}, or give them different ids",
            list(paths.iter().map(String::as_str), "or")
        )));
    }

    /// The ids of a kind that can be written in a reference, as they are written there: those around it if there are any.
    pub(super) fn suitable(&self, from: Row, kind: KindId, sought: &Sought<'_>) -> Vec<String> {
        let keys = &self.resolved.keys;
        let suits = |id: &u32| self.suits(kind, *id, &sought.words.filter);
        match self.around(from, kind) {
            Some((scope, around)) => {
                let ids = self.below(scope, around, kind).into_iter().filter(suits);
                ids.map(|id| keys.id(kind, id).text.clone().into_owned()).collect()
            }
            None => {
                let ways = sought.ways.iter().filter(|way| way.kind == kind);
                let ids = ways.flat_map(|way| (0..keys.of(kind).list.len() as u32).filter(suits).map(move |id| (way, id)));
                ids.map(|(way, id)| self.as_written(way, id, sought)).collect()
            }
        }
    }

    /// A help line with all that could be named, if that is not much.
    pub(super) fn few<'n>(&self, names: impl Iterator<Item = &'n str>, sought: &Sought<'_>) -> Option<String> {
        let all = few(names)?;
        let mut conditions = Vec::new();
        for (property, value) in &sought.words.filter {
            conditions.push(format!("whose `{property}` is `{}`", value.show_plain()));
        }
        Some(if conditions.is_empty() { all } else { format!("{all}, {}", conditions.join(" and ")) })
    }

    /// What could be meant: the word to compare with what was written, and what to write.
    fn candidates(&self, sought: &Sought<'_>, text: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
        let keys = &self.resolved.keys;
        let bare = !text.contains(sought.words.separator.as_str());
        let mut candidates: Vec<(Cow<'_, str>, Cow<'_, str>)> = Vec::new();
        for way in sought.ways {
            let kind = self.model.kind(way.kind);
            let in_front = prefix_meant(&kind.prefix, text);
            let plain = way.prefix.is_empty() && way.suffix.is_empty() && in_front.is_empty();
            for (id, row) in keys.of(way.kind).list.iter().zip(0..) {
                if id.text.is_empty() || !self.suits(way.kind, row, &sought.words.filter) {
                    continue;
                }
                candidates.push(match kind.parent {
                    None if plain => (Cow::Borrowed(&*id.text), Cow::Borrowed(&*id.text)),
                    None => {
                        let shown = format!("{}{in_front}{}{}", way.prefix, id.text, way.suffix);
                        (Cow::Owned(shown.clone()), Cow::Owned(shown))
                    }
                    Some(_) => {
                        let path = self.as_written(way, row, sought);
                        // Who wrote one part may have left out the others.
                        let key = if bare { Cow::Borrowed(&*id.text) } else { Cow::Owned(path.clone()) };
                        (key, Cow::Owned(path))
                    }
                });
            }
        }
        candidates
    }

    /// All ids of a kind as parts of a path.
    fn ids_as_written(&self, kind: KindId, text: &str, sought: &Sought<'_>) -> Vec<Cow<'_, str>> {
        let keys = &self.resolved.keys;
        let of = self.model.kind(kind);
        let in_front = prefix_meant(&of.prefix, text);
        let ids = keys.of(kind).list.iter().zip(0..).filter(|(id, _)| !id.text.is_empty());
        ids.map(|(id, row)| match of.parent {
            None if in_front.is_empty() => Cow::Borrowed(&*id.text),
            None => Cow::Owned(format!("{in_front}{}", id.text)),
            Some(_) => Cow::Owned(self.path(kind, row, sought)),
        })
        .collect()
    }

    /// `iron-path:find-descent`: the id with those of its scopes in front.
    fn path(&self, kind: KindId, id: u32, sought: &Sought<'_>) -> String {
        let known = self.resolved.keys.id(kind, id);
        match self.model.kind(kind).parent {
            Some(parent) => {
                format!("{}{}{}", self.path(parent, known.parent, sought), sought.words.separator, known.text)
            }
            None => known.text.clone().into_owned(),
        }
    }

    /// The id alone where that is enough to name it from a row, and else its path.
    fn short(&self, row: Row, kind: KindId, id: u32, sought: &Sought<'_>) -> String {
        let text = &self.resolved.keys.id(kind, id).text;
        match self.search(row, kind, text, &sought.words.separator) {
            Found::One(found) if found == id => text.clone().into_owned(),
            _ => self.path(kind, id, sought),
        }
    }

    /// The path of an id, with what belongs around it in a reference.
    fn as_written(&self, way: &Way, id: u32, sought: &Sought<'_>) -> String {
        format!("{}{}{}", way.prefix, self.path(way.kind, id, sought), way.suffix)
    }

    pub(super) fn noun(&self, kind: KindId) -> String {
        nouns::spoken(self.model.kind(kind).noun())
    }

    /// `an npc, faction or item`.
    pub(super) fn any_of(&self, kinds: &[KindId]) -> String {
        nouns::any_of(kinds.iter().map(|kind| self.model.kind(*kind).noun()))
    }

    /// `npc, faction or item`.
    pub(super) fn one_of(&self, kinds: &[KindId]) -> String {
        nouns::one_of(kinds.iter().map(|kind| self.model.kind(*kind).noun()))
    }
}

/// The prefix of a kind, if a reference has it or something like it.
fn prefix_meant<'p>(prefix: &'p str, text: &str) -> &'p str {
    let sign = prefix.chars().next_back().filter(|sign| !sign.is_alphanumeric());
    if text.starts_with(prefix) || sign.is_some_and(|sign| text.contains(sign)) { prefix } else { "" }
}

/// The place of a part of a reference; where the file writes it otherwise than it is, that of the whole.
fn part_span(node: Node<'_>, text: &str, part: &Part<'_>) -> Span {
    let span = node.span();
    let quote = match ((span.end - span.start) as usize).checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return span,
    };
    if node.plain() != Some(text) || part.text.is_empty() || part.text.len() == text.len() {
        return span;
    }
    let start = span.start + quote + part.start as u32;
    Span { start, end: start + part.text.len() as u32, ..span }
}

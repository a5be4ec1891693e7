//! Reads the tokens of a source for ids.

use super::imports::{Imports, unraw};
use super::packages::Source;
use crate::edit::TextEdit;
use crate::literal::{self, Syntax};
use crate::path::{IdRow, Ids};
use proc_macro2::{Delimiter, Group, Ident, Literal, TokenStream, TokenTree};
use quest_compiler::check::find_path;
use quest_compiler::names::{Names, constant_name};
use quest_compiler::schema::KindId;
use quest_format::suggest::same_alphanumerics;
use std::ops::Range;

/// The macros of some content, and the id that is looked for.
pub(crate) struct Macros<'c, 'a> {
    pub(crate) ids: Ids<'c, 'a>,
    pub(crate) names: &'c Names,
    pub(crate) wanted: IdRow,
    /// The id that it gets.
    pub(crate) new: &'c str,
    /// Whether ids of its kind are constants.
    pub(crate) constants: bool,
}

impl Macros<'_, '_> {
    /// The kind of a macro.
    fn kind(&self, name: &str) -> Option<KindId> {
        let count = u32::try_from(self.ids.model.kinds.len()).unwrap_or(u32::MAX);
        (0..count).map(KindId).find(|kind| self.names.macro_name(*kind) == name)
    }
}

/// The changes of a source. `None` if it is not Rust.
pub(crate) fn in_source(text: &str, source: &Source, macros: &Macros<'_, '_>) -> Option<Vec<TextEdit>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let tokens: TokenStream = body.parse().ok()?;
    let mut reader = SourceReader {
        macros,
        source,
        text: body,
        offset: text.len() - body.len(),
        imports: Imports::of(tokens.clone()),
        edits: Vec::new(),
    };
    reader.tokens(tokens);
    Some(reader.edits)
}

/// The calls with a text as their first argument: the name of what is called, and the text.
pub(super) fn strings(text: &str) -> Vec<(String, String)> {
    fn read(tokens: TokenStream, found: &mut Vec<(String, String)>) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else { continue };
            let called = at.checked_sub(1).and_then(|at| tokens.get(at));
            if let (Some(TokenTree::Ident(name)), Some(TokenTree::Literal(literal))) =
                (called, group.stream().into_iter().next())
            {
                found.extend(value(&literal).map(|text| (name.to_string(), text)));
            }
            read(group.stream(), found);
        }
    }
    let mut found = Vec::new();
    if let Ok(tokens) = text.parse() {
        read(tokens, &mut found);
    }
    found
}

/// The value of a text.
fn value(literal: &Literal) -> Option<String> {
    let written = literal.to_string();
    literal::value(Syntax::Rust, &written)
}

struct SourceReader<'s, 'c, 'a> {
    macros: &'s Macros<'c, 'a>,
    source: &'s Source,
    text: &'s str,
    /// How many bytes of the file come before the text.
    offset: usize,
    imports: Imports,
    edits: Vec<TextEdit>,
}

impl SourceReader<'_, '_, '_> {
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            if let TokenTree::Ident(name) = token
                && self.macros.constants
            {
                self.constant(&path_before(&tokens[..at]), name);
            }
            let TokenTree::Group(group) = token else { continue };
            if let [.., TokenTree::Ident(name), TokenTree::Punct(sign)] = &tokens[..at]
                && sign.as_char() == '!'
            {
                self.invocation(&path_before(&tokens[..at - 2]), name, group);
            }
            if group.delimiter() == Delimiter::Bracket {
                self.listing(group, &tokens[at + 1..]);
            }
            self.tokens(group.stream());
        }
    }

    /// `QuestId::IRON_PATH`.
    fn constant(&mut self, around: &[String], name: &Ident) {
        let Macros { ids, names, wanted, new, .. } = *self.macros;
        if *name != constant_name(ids.text(wanted)) {
            return;
        }
        let Some((id_type, qualifier)) = around.split_last() else { return };
        if self.macro_name(qualifier, id_type).is_some_and(|id_type| id_type == names.id(wanted.0)) {
            let range = name.span().byte_range();
            let (start, end) = (range.start + self.offset, range.end + self.offset);
            self.edits.push(TextEdit { start, end, text: constant_name(new) });
        }
    }

    /// `quest!("iron-path")`.
    fn invocation(&mut self, qualifier: &[String], name: &Ident, group: &Group) {
        let Some(TokenTree::Literal(literal)) = group.stream().into_iter().next() else { return };
        let Some(name) = self.macro_name(qualifier, &unraw(&name.to_string())) else { return };
        if let Some(kind) = self.macros.kind(&name) {
            self.path(kind, &literal, None);
        }
    }

    /// The name that a macro or type has where it is defined, if that is in the content in question.
    fn macro_name(&self, qualifier: &[String], name: &str) -> Option<String> {
        // What this module imports is also in it.
        let qualifier = if qualifier == ["self"] { &[] } else { qualifier };
        let mut path =
            self.imports.path(qualifier.first().map_or(name, String::as_str)).map(<[String]>::to_vec);
        if let Some(path) = &mut path {
            path.extend(qualifier.iter().skip(1).cloned());
            if !qualifier.is_empty() {
                path.push(name.to_owned());
            }
        }
        let path = path.unwrap_or_else(|| qualifier.iter().cloned().chain([name.to_owned()]).collect());
        let (name, around) = path.split_last()?;
        self.is_content(around.last().map(String::as_str)).then(|| name.clone())
    }

    /// Whether an item below this module is one of the content in question.
    fn is_content(&self, module: Option<&str>) -> bool {
        let Source { content, others, .. } = self.source;
        match (content, module) {
            (Some(content), Some(module)) => content == module,
            (Some(content), None) => self.imports.globs().any(|glob| glob == content),
            (None, Some(module)) => !others.contains(module),
            (None, None) => true,
        }
    }

    /// `#[quest("iron-path", in = …, stages = …)] enum …`.
    fn listing(&mut self, attribute: &Group, after: &[TokenTree]) {
        let tokens: Vec<TokenTree> = attribute.stream().into_iter().collect();
        let [TokenTree::Ident(name), TokenTree::Group(arguments)] = tokens.as_slice() else { return };
        let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
        let Some(TokenTree::Literal(quest)) = arguments.first().filter(|_| name == "quest") else { return };
        let option = |name: &str| -> Option<String> {
            let at =
                arguments.iter().position(|token| matches!(token, TokenTree::Ident(word) if word == name))?;
            let value = arguments.get(at + 2..)?;
            let end = value
                .iter()
                .position(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ','));
            let last = value.get(..end.unwrap_or(value.len()))?.last()?;
            Some(unraw(&last.to_string()))
        };
        let module = option("in");
        let content = self.source.content.as_deref();
        let is_own = match (&module, content) {
            (Some(module), Some(content)) => module == content,
            (None, Some(_)) => false,
            (Some(module), None) => !self.source.others.contains(module),
            (None, None) => true,
        };
        let stages = option("stages").unwrap_or_else(|| "stage".to_owned());
        let Some(stage) = self.macros.kind(&stages).filter(|_| is_own) else { return };
        let Some(parent) = self.macros.ids.model.kind(stage).parent else { return };
        let row = self.path(parent, quest, None);
        let body = after.iter().find_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
            _ => None,
        });
        if let (Some(row), Some(body)) = (row, body) {
            self.variants((parent, row), stage, body);
        }
    }

    /// The variants of an enum that lists the parts of `around`.
    fn variants(&mut self, around: IdRow, kind: KindId, body: &Group) {
        let Macros { ids, wanted, new, .. } = *self.macros;
        if kind != wanted.0 || ids.parent(wanted) != Some(around) {
            return;
        }
        let tokens: Vec<TokenTree> = body.stream().into_iter().collect();
        for variant in tokens.split(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ','))
        {
            let literal = variant.iter().find_map(stage_attribute);
            match (literal, variant.iter().find(|token| matches!(token, TokenTree::Ident(_)))) {
                (Some(literal), _) => {
                    self.path(kind, &literal, Some(around));
                }
                // A variant is the stage with its name, so that one with another name has to say which.
                (None, Some(TokenTree::Ident(name))) => {
                    let is_named = |text: &str| same_alphanumerics(text, &unraw(&name.to_string()));
                    if is_named(ids.text(wanted)) && !is_named(new) {
                        let start = name.span().byte_range().start + self.offset;
                        let text = format!("#[stage({})] ", literal::quoted(Syntax::Rust, new));
                        self.edits.push(TextEdit { start, end: start, text });
                    }
                }
                _ => {}
            }
        }
    }

    /// Changes a path of a kind, and gives the row of what it names. In `within`, the path can be an id alone.
    fn path(&mut self, kind: KindId, literal: &Literal, within: Option<IdRow>) -> Option<u32> {
        let Macros { ids, wanted, new, .. } = *self.macros;
        let text = value(literal)?;
        let row = match within {
            Some((_, parent)) => ids.tables().of(kind).find(parent, &text),
            None => find_path(ids.model, ids.tables(), kind, &text),
        }?;
        if let Some(part) = ids.locate(&text, (kind, row), wanted, ":") {
            self.replace(literal, &text, part, new);
        }
        Some(row)
    }

    fn replace(&mut self, literal: &Literal, value: &str, part: Range<usize>, new: &str) {
        let range = literal.span().byte_range();
        let Some(written) = self.text.get(range.clone()) else { return };
        if let Some((inner, text)) = literal::replace(Syntax::Rust, written, value, part, new) {
            let start = self.offset + range.start;
            self.edits.push(TextEdit { start: start + inner.start, end: start + inner.end, text });
        }
    }
}

/// The path in front of a name: `a::b::` gives `a` and `b`.
fn path_before(tokens: &[TokenTree]) -> Vec<String> {
    let mut path = Vec::new();
    let mut rest = tokens;
    while let [before @ .., TokenTree::Punct(one), TokenTree::Punct(other)] = rest
        && one.as_char() == ':'
        && other.as_char() == ':'
        && let [before @ .., TokenTree::Ident(name)] = before
    {
        path.push(unraw(&name.to_string()));
        rest = before;
    }
    path.reverse();
    path
}

/// The text of `#[stage("find-descent")]`.
fn stage_attribute(token: &TokenTree) -> Option<Literal> {
    let TokenTree::Group(group) = token else { return None };
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name), TokenTree::Group(arguments)] if name == "stage" => {
            match arguments.stream().into_iter().next() {
                Some(TokenTree::Literal(literal)) => Some(literal),
                _ => None,
            }
        }
        _ => None,
    }
}

//! What `use` declarations call macros and modules.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::HashMap;

/// The imports of a source: for each name the path that it is short for. Those of all its modules, as one.
#[derive(Debug, Default)]
pub(super) struct Imports {
    names: HashMap<String, Vec<String>>,
    /// The paths of which everything is imported.
    globs: Vec<Vec<String>>,
}

impl Imports {
    pub(super) fn of(tokens: TokenStream) -> Self {
        let mut imports = Self::default();
        imports.read(tokens);
        imports
    }

    fn read(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(word) if word == "use" => {
                    let declared = tokens.by_ref().take_while(|token| !is(token, ';'));
                    self.tree(&declared.collect::<Vec<_>>(), &[]);
                }
                TokenTree::Group(group) => self.read(group.stream()),
                _ => {}
            }
        }
    }

    /// One tree of a declaration: `a::b`, `a as b`, `a::*`, `a::{b, c::d}`.
    fn tree(&mut self, tokens: &[TokenTree], around: &[String]) {
        let mut path = around.to_vec();
        let mut tokens = tokens.iter();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(word) if word == "as" => {
                    if let Some(TokenTree::Ident(alias)) = tokens.next() {
                        self.names.insert(unraw(&alias.to_string()), path);
                    }
                    return;
                }
                TokenTree::Ident(word) => path.push(unraw(&word.to_string())),
                TokenTree::Punct(punct) if punct.as_char() == '*' => {
                    self.globs.push(path);
                    return;
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    inner.split(|token| is(token, ',')).filter(|tree| !tree.is_empty()).for_each(|tree| {
                        self.tree(tree, &path);
                    });
                    return;
                }
                _ => {}
            }
        }
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        if let Some(name) = path.last().cloned() {
            self.names.insert(name, path);
        }
    }

    /// The path that a name is short for.
    pub(super) fn path(&self, name: &str) -> Option<&[String]> {
        self.names.get(name).map(Vec::as_slice)
    }

    /// The last parts of the paths of which everything is imported.
    pub(super) fn globs(&self) -> impl Iterator<Item = &str> {
        self.globs.iter().filter_map(|path| path.last()).map(String::as_str)
    }
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// An identifier without `r#`.
pub(super) fn unraw(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).to_owned()
}

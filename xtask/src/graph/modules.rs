//! The modules of a crate: its files, what each defines and imports, and which paths it names.

use anyhow::{Context, Result};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

/// An index into the modules of a crate. The root is 0.
pub(super) type ModuleId = usize;

/// A path as it is written, such as `super::text::Span`, and the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) path: Vec<String>,
    pub(super) line: usize,
}

/// One module.
#[derive(Debug)]
pub(super) struct Module {
    /// `schema::model`; empty for the root.
    pub(super) path: String,
    pub(super) file: PathBuf,
    pub(super) parent: Option<ModuleId>,
    pub(super) children: BTreeMap<String, ModuleId>,
    /// Names of items that the module defines.
    pub(super) items: BTreeSet<String>,
    /// Names that `use` brings in, and the paths they stand for.
    pub(super) imports: BTreeMap<String, Vec<String>>,
    /// Paths of `use path::*`.
    pub(super) globs: Vec<Vec<String>>,
    pub(super) mentions: Vec<Mention>,
}

/// The modules of a crate, without those that only tests compile.
#[derive(Debug)]
pub(super) struct Modules {
    pub(super) list: Vec<Module>,
}

impl Modules {
    /// Reads a crate from its root file, `src/lib.rs` or `src/main.rs`.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or is not Rust.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let mut modules = Self { list: Vec::new() };
        let folder = root.parent().context("a file is in a folder")?.to_owned();
        let id = modules.add(None, "", root);
        modules.read_file(id, root, &folder)?;
        Ok(modules)
    }

    fn add(&mut self, parent: Option<ModuleId>, name: &str, file: &Path) -> ModuleId {
        let id = self.list.len();
        let path = match parent.map(|parent| &self.list[parent].path) {
            Some(path) if !path.is_empty() => format!("{path}::{name}"),
            _ => name.to_owned(),
        };
        self.list.push(Module {
            path,
            file: file.to_owned(),
            parent,
            children: BTreeMap::new(),
            items: BTreeSet::new(),
            imports: BTreeMap::new(),
            globs: Vec::new(),
            mentions: Vec::new(),
        });
        if let Some(parent) = parent {
            self.list[parent].children.insert(name.to_owned(), id);
        }
        id
    }

    /// Reads a file. `folder` is where the files of its child modules are.
    fn read_file(&mut self, id: ModuleId, file: &Path, folder: &Path) -> Result<()> {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let parsed = syn::parse_file(&text).with_context(|| format!("cannot parse {}", file.display()))?;
        self.read_items(id, &parsed.items, file, folder)
    }

    fn read_items(&mut self, id: ModuleId, items: &[Item], file: &Path, folder: &Path) -> Result<()> {
        for item in items.iter().filter(|item| !is_test_only(attributes(item))) {
            self.list[id].items.extend(name(item));
            let Item::Mod(module) = item else {
                Mentions { module: &mut self.list[id] }.visit_item(item);
                continue;
            };
            let name = module.ident.to_string();
            if let Some((_, items)) = &module.content {
                let child = self.add(Some(id), &name, file);
                self.read_items(child, items, file, &folder.join(&name))?;
            } else {
                let (path, below) = module_file(&name, &module.attrs, file, folder)?;
                let child = self.add(Some(id), &name, &path);
                self.read_file(child, &path, &below)?;
            }
        }
        Ok(())
    }
}

/// The file of `mod name;`, and the folder of its own children.
fn module_file(
    name: &str,
    attributes: &[Attribute],
    file: &Path,
    folder: &Path,
) -> Result<(PathBuf, PathBuf)> {
    if let Some(path) = path_attribute(attributes) {
        let path = file.parent().context("a file is in a folder")?.join(path);
        let below = path.parent().context("a file is in a folder")?.to_owned();
        return Ok((path, below));
    }
    let below = folder.join(name);
    let candidates = [folder.join(format!("{name}.rs")), below.join("mod.rs")];
    let found = candidates.into_iter().find(|path| path.is_file());
    let found =
        found.with_context(|| format!("{} declares `mod {name};`, which has no file", file.display()))?;
    Ok((found, below))
}

/// The value of `#[path = "..."]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("path"))?;
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }) = &pair.value else { return None };
    Some(path.value())
}

/// Whether an item is compiled for tests only: `#[cfg(test)]`, `#[cfg(all(test, unix))]`, `#[test]`.
fn is_test_only(attributes: &[Attribute]) -> bool {
    fn requires_test(tokens: TokenStream) -> bool {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let TokenTree::Ident(ident) = token else { continue };
            // `any(..)` and `not(..)` do not require what is in them.
            let found = match tokens.next_if(|next| matches!(next, TokenTree::Group(_))) {
                Some(TokenTree::Group(group)) => ident == "all" && requires_test(group.stream()),
                _ => ident == "test",
            };
            if found {
                return true;
            }
        }
        false
    }
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && matches!(&attribute.meta, syn::Meta::List(list) if requires_test(list.tokens.clone()))
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The name that an item defines in its module.
fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// Collects the imports of a module, and the paths that its code names.
struct Mentions<'m> {
    module: &'m mut Module,
}

impl Mentions<'_> {
    fn mention(&mut self, path: Vec<String>, line: usize) {
        self.module.mentions.push(Mention { path, line });
    }

    fn import(&mut self, prefix: &mut Vec<String>, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.import(prefix, &path.tree);
                prefix.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(prefix, tree)),
            UseTree::Name(name) => self.imported(prefix, &name.ident, &name.ident),
            UseTree::Rename(rename) => self.imported(prefix, &rename.ident, &rename.rename),
            UseTree::Glob(glob) => {
                self.module.globs.push(prefix.clone());
                self.mention(prefix.clone(), glob.star_token.spans[0].start().line);
            }
        }
    }

    fn imported(&mut self, prefix: &[String], name: &syn::Ident, local: &syn::Ident) {
        let (mut path, line) = (prefix.to_vec(), name.span().start().line);
        if name != "self" {
            path.push(name.to_string());
        }
        let local =
            if local == "self" { path.last().cloned().unwrap_or_default() } else { local.to_string() };
        self.module.imports.insert(local, path.clone());
        self.mention(path, line);
    }

    /// Paths in the arguments of a macro, which are not parsed.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut line, mut colons) = (0, 0);
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.flush(&mut path, line);
                        line = ident.span().start().line;
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.flush(&mut path, line);
                    self.tokens(group.stream());
                    colons = 0;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.flush(&mut path, line);
                    colons = 0;
                }
            }
        }
        self.flush(&mut path, line);
    }

    fn flush(&mut self, path: &mut Vec<String>, line: usize) {
        if path.len() > 1 {
            self.mention(std::mem::take(path), line);
        } else {
            path.clear();
        }
    }
}

impl<'ast> Visit<'ast> for Mentions<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&mut Vec::new(), &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let line = path.segments.first().map_or(0, |segment| segment.ident.span().start().line);
        self.mention(names, line);
        visit::visit_path(self, path);
    }

    // What `macro_rules!` expands to belongs to the module that uses it.
    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if !item.mac.path.is_ident("macro_rules") {
            visit::visit_item_macro(self, item);
        }
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        self.tokens(item.tokens.clone());
    }

    // Who may see an item is no dependency, and an attribute names no module of ours.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

#[cfg(test)]
mod tests {
    use super::{Modules, is_test_only};
    use syn::parse_quote;

    fn read(files: &[(&str, &str)]) -> Modules {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Modules::read(&folder.path().join(files[0].0)).unwrap()
    }

    #[test]
    fn files_are_found_as_rustc_finds_them() {
        let modules = read(&[
            (
                "lib.rs",
                "mod a; mod b { mod inner; } #[path = \"odd/name.rs\"] mod c; #[cfg(test)] mod tests;",
            ),
            ("a.rs", "mod deep;"),
            ("a/deep.rs", ""),
            ("b/inner/mod.rs", ""),
            ("odd/name.rs", ""),
        ]);
        let paths: Vec<&str> = modules.list.iter().map(|module| module.path.as_str()).collect();
        assert_eq!(paths, ["", "a", "a::deep", "b", "b::inner", "c"]);
    }

    #[test]
    fn paths_are_found_in_code_and_in_macros() {
        let text = "use crate::x::{self, Y as Z, w::*};\n\
            fn f(y: super::A) -> u8 { println!(\"{}\", self::b::C(crate::d::e())); g::<h::I>() }\n\
            pub(in crate::nowhere) struct S;\n\
            macro_rules! m { () => { $crate::nowhere::item() } }";
        let modules = read(&[("lib.rs", text)]);
        let module = &modules.list[0];
        let mentions: Vec<String> = module
            .mentions
            .iter()
            .map(|mention| format!("{} {}", mention.path.join("::"), mention.line))
            .collect();
        for expected in [
            "crate::x 1",
            "crate::x::Y 1",
            "crate::x::w 1",
            "super::A 2",
            "self::b::C 2",
            "crate::d::e 2",
            "h::I 2",
        ] {
            assert!(mentions.iter().any(|mention| mention == expected), "{expected} in {mentions:?}");
        }
        assert!(!mentions.iter().any(|mention| mention.contains("nowhere")), "{mentions:?}");
        assert_eq!(module.imports["Z"], ["crate", "x", "Y"]);
        assert_eq!(module.imports["x"], ["crate", "x"]);
        assert_eq!(module.globs, [["crate", "x", "w"]]);
    }

    #[test]
    fn only_what_needs_tests_is_left_out() {
        assert!(is_test_only(&[parse_quote!(#[cfg(test)])]));
        assert!(is_test_only(&[parse_quote!(#[cfg(all(test, unix))])]));
        assert!(is_test_only(&[parse_quote!(#[test])]));
        assert!(!is_test_only(&[parse_quote!(#[cfg(any(test, feature = "x"))])]));
        assert!(!is_test_only(&[parse_quote!(#[cfg(not(test))])]));
        assert!(!is_test_only(&[parse_quote!(#[cfg(feature = "test")])]));
    }

    #[test]
    fn a_module_without_a_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("lib.rs"), "mod gone;").unwrap();
        let error = Modules::read(&folder.path().join("lib.rs")).unwrap_err();
        assert!(error.to_string().contains("`mod gone;`"), "{error}");
    }
}

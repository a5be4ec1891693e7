//! The contents that one build script compiles: at most one without a name, and any number with a name each.

use crate::environment::Environment;
use proc_macro2::{Ident, Span};
use std::fs;
use std::path::PathBuf;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};

/// The module of content without a name.
const UNNAMED: &str = "quests";

/// In `OUT_DIR`: a line with the module of each content that the build script compiled when it ran last. Folders of earlier runs
/// stay in `OUT_DIR`, so what is there does not say it.
const CONTENTS: &str = "quests.contents";

/// One of the contents of a build script, by the module of its types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named(String);

impl Default for Named {
    fn default() -> Self {
        Self(UNNAMED.to_owned())
    }
}

/// Nothing, or a name.
impl Parse for Named {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            Ok(Self::default())
        } else {
            Ok(Self(input.call(Ident::parse_any)?.to_string()))
        }
    }
}

impl Named {
    /// The contents that the build script compiled; `None` if it compiled none, or there is no build script.
    pub(crate) fn all(environment: &Environment) -> Option<Vec<Self>> {
        let list = fs::read_to_string(environment.out_dir.as_ref()?.join(CONTENTS)).ok()?;
        Some(list.lines().map(|module| Self(module.to_owned())).collect())
    }

    pub(crate) fn is_unnamed(&self) -> bool {
        self.0 == UNNAMED
    }

    /// The module of its types.
    pub(crate) fn module(&self) -> Ident {
        Ident::new(&self.0, Span::call_site())
    }

    /// How `include_quests!` names it.
    pub(crate) fn include(&self) -> String {
        let name = if self.is_unnamed() { "" } else { &self.0 };
        format!("quest_types::include_quests!({name})")
    }

    /// How a message names it.
    pub(crate) fn title(&self) -> String {
        if self.is_unnamed() {
            "the quest content".to_owned()
        } else {
            format!("the quest content `{}`", self.0)
        }
    }

    /// The path of a file of its, relative to `OUT_DIR`.
    pub(crate) fn relative(&self, file: &str) -> String {
        if self.is_unnamed() { file.to_owned() } else { format!("{}/{file}", self.0) }
    }

    /// The path of a file of its in `OUT_DIR`.
    pub(crate) fn file(&self, file: &str, environment: &Environment) -> Option<PathBuf> {
        Some(environment.out_dir.as_ref()?.join(self.relative(file)))
    }

    /// The name under which its macro `name` is exported. Exported macros of a crate share one namespace.
    pub(crate) fn exported(&self, name: &str) -> Ident {
        Ident::new(&format!("__{}__{name}", self.0), Span::call_site())
    }

    /// The name under which the macro is exported that answers `derive(Stages)`.
    pub(crate) fn exported_listing(&self) -> Ident {
        Ident::new(&format!("__{}_derive_stages", self.0), Span::call_site())
    }

    /// The name that `include_quests!` gives to the definitions in the root of the crate. It is the advice: rustc shows it where
    /// `include_quests!` is used in another module.
    pub(crate) fn root(&self) -> Ident {
        let suffix = if self.is_unnamed() { String::new() } else { format!("_{}", self.0) };
        let name = format!("__include_quests_belongs_in_the_root_of_the_crate{suffix}");
        Ident::new(&name, Span::call_site())
    }
}

#[cfg(test)]
mod tests {
    use super::Named;
    use crate::environment::Environment;
    use crate::index::fixture::TemporaryFile;

    fn named(name: &str) -> Named {
        syn::parse_str(name).unwrap()
    }

    #[test]
    fn names_of_two_contents_differ() {
        let names = |named: &Named| {
            let listing = named.exported_listing();
            let idents = [named.module(), named.exported("stage"), listing, named.root()];
            idents
                .map(|ident| ident.to_string())
                .into_iter()
                .chain([named.include(), named.relative("quests.rs")])
        };
        let unnamed: Vec<String> = names(&named("")).collect();
        assert_eq!(
            unnamed,
            [
                "quests",
                "__quests__stage",
                "__quests_derive_stages",
                "__include_quests_belongs_in_the_root_of_the_crate",
                "quest_types::include_quests!()",
                "quests.rs"
            ]
        );
        assert!(names(&named("winter")).zip(&unnamed).all(|(name, other)| name != *other));
        assert_eq!(named("winter").relative("quests.rs"), "winter/quests.rs");
    }

    #[test]
    fn the_list_says_what_was_compiled() {
        let list = TemporaryFile::new("quests.contents", b"quests\nwinter\n");
        let environment = Environment { out_dir: Some(list.directory.clone()), ..Environment::default() };
        assert_eq!(Named::all(&environment), Some(vec![named(""), named("winter")]));
        assert_eq!(Named::all(&Environment::default()), None);
    }
}

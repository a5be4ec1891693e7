//! Writes the macros of a content crate: `quest!`, `stage!` and what else the content has ids for.

use crate::content::Content;
use crate::environment::Environment;
use crate::index::{self, Index};
use crate::named::Named;
use crate::unknown;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::path::PathBuf;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token};

/// The name of the hidden macro of a content crate.
///
/// A package may have content that only one of its crates includes, such as its library. In its programs an enum without
/// `in = …` then asks for a macro that is not there, and rustc only says that it "cannot find macro" and this name: it has no
/// attribute to word that, and another macro of the same name to fall back to would be ambiguous where there is content.
/// So the name is the advice.
pub(crate) const HIDDEN_MACRO: &str = "__no_include_quests_in_this_crate_add_in_equals_the_crate_that_has_it";

/// The file in `OUT_DIR`.
const FILE: &str = "quests.index";

/// `crate; quest stage objective`, for content that has a name `; module = winter`, and for generated Rust that is kept in the
/// source tree `; index = "src/quests.index"`.
struct Definition {
    /// The word `crate` from the generated Rust. Behind a `$` it means the crate that includes that Rust; a word of our
    /// own would mean this crate.
    krate: Ident,
    macros: Vec<Ident>,
    content: Named,
    /// Relative to the directory of the package.
    index: Option<LitStr>,
}

impl Parse for Definition {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = input.call(Ident::parse_any)?;
        input.parse::<Token![;]>()?;
        let mut macros = Vec::new();
        while !input.is_empty() && !input.peek(Token![;]) {
            macros.push(input.call(Ident::parse_any)?);
        }
        let (mut content, mut index) = (Named::default(), None);
        while input.parse::<Option<Token![;]>>()?.is_some() && !input.is_empty() {
            let key = input.call(Ident::parse_any)?;
            input.parse::<Token![=]>()?;
            match key.to_string().as_str() {
                "module" => content = input.parse()?,
                "index" => index = Some(input.parse()?),
                _ => return Err(syn::Error::new(key.span(), "expected `module` or `index`")),
            }
        }
        Ok(Self { krate, macros, content, index })
    }
}

pub(crate) fn expand(input: TokenStream, environment: &Environment) -> syn::Result<TokenStream> {
    let Definition { krate, macros, content: named, index } = syn::parse2(input)?;
    let (path, remedy) = index_path(index.as_ref(), &named, environment)?;
    // Only for the examples in the documentation. If it cannot be read, every use of a macro says so.
    let index = index::read(&path).ok();
    let Some(path) = path.to_str() else {
        let message = format!("the path of the quest content is not UTF-8: {}", path.display());
        return Err(syn::Error::new(Span::call_site(), message));
    };
    let module = named.module();
    let module = quote!($#krate::#module);
    let content = Content::write(&module, path, &remedy);

    let names: Vec<String> = macros.iter().map(|name| name.unraw().to_string()).collect();
    let exported = names.iter().map(|name| named.exported(name));
    let documentation = names.iter().map(|name| documentation(name, index.as_deref()));
    let exports = exports(&named, &macros);
    let listing = named.exported_listing();
    Ok(quote! {
        #(
            #[doc(hidden)]
            #[doc = #documentation]
            #[macro_export]
            macro_rules! #exported {
                ($($literal:tt)*) => { #module::__rt::__private::resolve! { #content #macros $($literal)* } };
            }
        )*
        #[doc(hidden)]
        #[macro_export]
        macro_rules! #listing {
            ($($stages:tt)*) => { #module::__rt::__private::resolve_stages! { #content $($stages)* } };
        }
        #exports
    })
}

/// The modules through which `include_quests!` puts the macros into the root of the crate.
///
/// A macro that the expansion of another one exports cannot be named by a path in its own crate. So macros are exported
/// under names that nobody uses, and imported under their own: `quest!` is an item of the root like any other, for paths,
/// imports, and modules before `include_quests!`.
pub(crate) fn exports(content: &Named, macros: &[Ident]) -> TokenStream {
    let exported = macros.iter().map(|name| content.exported(&name.unraw().to_string()));
    let listing = content.exported_listing();
    let hidden = Ident::new(HIDDEN_MACRO, Span::call_site());
    quote! {
        #[doc(hidden)]
        #[allow(unused_imports)]
        pub mod __definitions {
            #(
                #[doc(inline)]
                pub use #exported as #macros;
            )*
            pub use #listing as #hidden;
        }
        #[doc(hidden)]
        #[allow(unused_imports)]
        pub mod __macros {
            // `__root` is an import of `include_quests!`. Where that stands elsewhere than in the root, it is the one
            // that fails, and rustc does not report what follows from it.
            #[doc(inline)]
            pub use super::__root::{#(#macros,)* #hidden};
        }
        #[doc(inline)]
        #[allow(unused_imports)]
        pub use __macros::*;
    }
}

/// Where the index is, and the command that writes it again.
fn index_path(
    index: Option<&LitStr>,
    content: &Named,
    environment: &Environment,
) -> syn::Result<(PathBuf, String)> {
    if let Some(index) = index {
        let directory = environment.manifest_dir.clone().unwrap_or_default();
        return Ok((directory.join(index.value()), "questc build".to_owned()));
    }
    let Some(path) = content.file(FILE, environment) else {
        let message = "this generated Rust belongs into the `OUT_DIR` of a build script\n\
                       help: use `quest_types::include_quests!()`, or generate it with `questc build`";
        return Err(syn::Error::new(Span::call_site(), message));
    };
    Ok((path, format!("cargo clean -p {}", environment.package_name())))
}

/// What rustdoc says about the macro `name`.
fn documentation(name: &str, index: Option<&Index>) -> String {
    let kind = index.and_then(|index| Some((index, index.kind(name)?)));
    let example = kind.and_then(|(index, kind)| unknown::example(index, kind)).unwrap_or("…");
    let (noun, type_name) = match kind {
        Some((_, kind)) => (kind.noun(), format!(", a `{}`", kind.type_name)),
        None => (name, String::new()),
    };
    format!(
        "The id of the {noun} that the literal names{type_name}. A {noun} that is not in the content is an error.\n\n\
         It costs nothing at run time, and works as an expression, in constants and as a pattern.\n\n\
         ```text\n{name}!({example:?})\n```"
    )
}

#[cfg(test)]
mod tests {
    use super::HIDDEN_MACRO;
    use crate::environment::Environment;
    use crate::index::fixture::{Fixture, TemporaryFile};
    use proc_macro2::{Ident, Span};
    use quote::quote;

    fn environment(file: &TemporaryFile) -> Environment {
        Environment {
            out_dir: Some(file.directory.clone()),
            package: Some("game".to_owned()),
            ..Environment::default()
        }
    }

    #[test]
    fn writes_a_macro_for_every_name() {
        let file = Fixture::quests().file();
        let path = file.path.to_str().unwrap();
        let tokens = super::expand(quote!(crate; quest r#stage), &environment(&file)).unwrap();
        let quest = "The id of the quest that the literal names, a `QuestId`. \
                     A quest that is not in the content is an error.\n\n\
                     It costs nothing at run time, and works as an expression, in constants and as a pattern.\n\n\
                     ```text\nquest!(\"iron-path\")\n```";
        let stage = quest
            .replace("quest!(\"iron-path\")", "stage!(\"iron-path:speak-kjartan\")")
            .replace("quest", "stage")
            .replace("QuestId", "StageId");
        let hidden_macro = Ident::new(HIDDEN_MACRO, Span::call_site());
        let expected = quote! {
            #[doc(hidden)]
            #[doc = #quest]
            #[macro_export]
            macro_rules! __quests__quest {
                ($($literal:tt)*) => {
                    $crate::quests::__rt::__private::resolve! {
                        [$crate::quests] #path "cargo clean -p game" quest $($literal)*
                    }
                };
            }
            #[doc(hidden)]
            #[doc = #stage]
            #[macro_export]
            macro_rules! __quests__stage {
                ($($literal:tt)*) => {
                    $crate::quests::__rt::__private::resolve! {
                        [$crate::quests] #path "cargo clean -p game" r#stage $($literal)*
                    }
                };
            }
            #[doc(hidden)]
            #[macro_export]
            macro_rules! __quests_derive_stages {
                ($($stages:tt)*) => {
                    $crate::quests::__rt::__private::resolve_stages! {
                        [$crate::quests] #path "cargo clean -p game" $($stages)*
                    }
                };
            }
            #[doc(hidden)]
            #[allow(unused_imports)]
            pub mod __definitions {
                #[doc(inline)]
                pub use __quests__quest as quest;
                #[doc(inline)]
                pub use __quests__stage as r#stage;
                pub use __quests_derive_stages as #hidden_macro;
            }
            #[doc(hidden)]
            #[allow(unused_imports)]
            pub mod __macros {
                #[doc(inline)]
                pub use super::__root::{quest, r#stage, #hidden_macro};
            }
            #[doc(inline)]
            #[allow(unused_imports)]
            pub use __macros::*;
        };
        assert_eq!(tokens.to_string(), expected.to_string());
    }

    #[test]
    fn an_index_in_the_source_tree() {
        let environment = Environment { manifest_dir: Some("/w/game".into()), ..Environment::default() };
        let tokens = super::expand(quote!(crate; quest; index = "src/quests.index"), &environment).unwrap();
        let expected = quote!([$crate::quests] "/w/game/src/quests.index" "questc build" quest).to_string();
        assert!(tokens.to_string().contains(&expected), "{tokens}");
        assert!(tokens.to_string().contains("quest!(\\\"…\\\")"), "{tokens}");
    }

    #[test]
    fn content_with_a_name_has_a_module_and_a_folder_of_its_own() {
        let environment = Environment { out_dir: Some("/w/out".into()), ..Environment::default() };
        let tokens = super::expand(quote!(crate; quest; module = winter), &environment).unwrap().to_string();
        let expected =
            quote!([$crate::winter] "/w/out/winter/quests.index" "cargo clean -p this package" quest);
        assert!(tokens.contains(&expected.to_string()), "{tokens}");
        assert!(tokens.contains("pub use __winter__quest as quest"), "{tokens}");
    }

    #[test]
    fn an_index_nowhere() {
        assert_eq!(
            super::expand(quote!(crate; quest), &Environment::default()).unwrap_err().to_string(),
            "this generated Rust belongs into the `OUT_DIR` of a build script\n\
             help: use `quest_types::include_quests!()`, or generate it with `questc build`"
        );
    }

    #[test]
    fn without_kinds_there_are_no_macros_but_the_hidden_one() {
        let file = Fixture::new().file();
        for input in [quote!(crate;), quote!(crate; ;)] {
            let tokens = super::expand(input, &environment(&file)).unwrap().to_string();
            assert_eq!(tokens.matches("macro_rules").count(), 1, "{tokens}");
        }
        assert!(super::expand(quote!(crate; quest; path = "x"), &environment(&file)).is_err());
        assert!(super::expand(quote!(crate quest), &environment(&file)).is_err());
    }
}

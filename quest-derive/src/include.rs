//! `include_quests!`: brings in the generated Rust.

use crate::define;
use crate::environment::Environment;
use crate::named::Named;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Token;
use syn::parse::{Parse, ParseStream};

/// The generated Rust in `OUT_DIR`.
const FILE: &str = "quests.rs";

pub(crate) fn expand(content: &Named, environment: &Environment) -> syn::Result<TokenStream> {
    let Some(out_dir) = &environment.out_dir else {
        return Err(problem(environment, "has no build script, so its quest content was not compiled"));
    };
    let Some(compiled) = Named::all(environment) else {
        return Err(problem(environment, "has a build script that does not compile the quest content"));
    };
    if !compiled.contains(content) {
        return Err(other_name(content, &compiled, environment));
    }
    // By way of `env!`, so that the expansion is the same wherever the build directory lies.
    let relative = content.relative(FILE);
    let file = format!("/{relative}");
    let include = quote!(::core::include!(::core::concat!(::core::env!("OUT_DIR"), #file)););
    // The schema has errors, which are reported. That there is no content to check enums against follows from them.
    let is_empty = out_dir.join(relative).metadata().is_ok_and(|metadata| metadata.len() == 0);
    let unchecked = is_empty.then(|| {
        let listing = content.exported_listing();
        let exports = define::exports(content, &[]);
        quote! {
            #[doc(hidden)]
            #[macro_export]
            macro_rules! #listing { ($($stages:tt)*) => {}; }
            #exports
        }
    });
    Ok(quote!(#include #unchecked))
}

/// `$crate; winter`
struct Invocation {
    /// The path of `quest-types`.
    runtime: TokenStream,
    content: Named,
}

impl Parse for Invocation {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut runtime = TokenStream::new();
        while !input.peek(Token![;]) {
            runtime.extend([input.parse::<proc_macro2::TokenTree>()?]);
        }
        input.parse::<Token![;]>()?;
        Ok(Self { runtime, content: input.parse()? })
    }
}

/// What `include_quests!` makes of content with a name: as without one, but the macros are in the module of the content, since each
/// content has a `quest!` of its own.
pub(crate) fn expand_named(input: TokenStream, environment: &Environment) -> syn::Result<TokenStream> {
    let Invocation { runtime, content } = syn::parse2(input)?;
    let generated = expand(&content, environment)?;
    let (module, root) = (content.module(), content.root());
    let documentation = format!("The quest content `{module}` of this game, compiled by `quest-build`.");
    Ok(quote! {
        #[doc = #documentation]
        #[allow(dead_code, unreachable_pub)]
        pub mod #module {
            #[doc(hidden)]
            pub use #runtime as __rt;
            #[doc(hidden)]
            #[allow(unused_imports)]
            pub use crate::#root as __root;
            #generated
        }
        #[doc(hidden)]
        #[allow(unused_imports)]
        pub use #module::__definitions as #root;
        #[allow(unused_imports)]
        use #runtime::__stages::*;
        #runtime::__private::report! { #module }
    })
}

/// The content has another name, or none.
fn other_name(content: &Named, compiled: &[Named], environment: &Environment) -> syn::Error {
    let package = environment.package_name();
    let what = if content.is_unnamed() {
        format!("all quest content of `{package}` has a name")
    } else {
        format!("the build script of `{package}` compiles no quest content named `{}`", content.module())
    };
    let there: Vec<String> = compiled.iter().map(|content| format!("`{}`", content.include())).collect();
    let message = format!(
        "{what}\n\
         help: it compiles what {} includes; `quest_build::Config::name` gives content a name",
        there.join(" or ")
    );
    syn::Error::new(Span::call_site(), message)
}

fn problem(environment: &Environment, what: &str) -> syn::Error {
    let package = environment.package_name();
    let message = format!(
        "`{package}` {what}\n\
         help: write to build.rs\n    \
             fn main() -> std::process::ExitCode {{ quest_build::compile(\"quest.toml\") }}\n\
         and to Cargo.toml, from where `quest-types` comes (version, path or git)\n    \
             [build-dependencies]\n    \
             quest-build = \"{}\"",
        env!("CARGO_PKG_VERSION")
    );
    syn::Error::new(Span::call_site(), message)
}

#[cfg(test)]
mod tests {
    use crate::define::HIDDEN_MACRO;
    use crate::environment::Environment;
    use crate::index::fixture::TemporaryFile;

    fn environment(out_dir: Option<&TemporaryFile>) -> Environment {
        Environment {
            out_dir: out_dir.map(|file| file.directory.clone()),
            package: Some("game".to_owned()),
            ..Environment::default()
        }
    }

    /// A build script that compiled content without a name and the content `winter`.
    fn compiled(rust: &[u8]) -> TemporaryFile {
        let list = TemporaryFile::new("quests.contents", b"quests\nwinter\n");
        std::fs::create_dir(list.directory.join("winter")).unwrap();
        for file in ["quests.rs", "winter/quests.rs"] {
            std::fs::write(list.directory.join(file), rust).unwrap();
        }
        list
    }

    fn expand(name: &str, environment: &Environment) -> syn::Result<String> {
        let content = syn::parse_str(name).unwrap();
        super::expand(&content, environment).map(|tokens| tokens.to_string())
    }

    #[test]
    fn includes_what_the_build_script_wrote() {
        let file = compiled(b"pub struct QuestId(u32);");
        let include =
            r#":: core :: include ! (:: core :: concat ! (:: core :: env ! ("OUT_DIR") , "/quests.rs")) ;"#;
        assert_eq!(expand("", &environment(Some(&file))).unwrap(), include);
        let named = include.replace("/quests.rs", "/winter/quests.rs");
        assert_eq!(expand("winter", &environment(Some(&file))).unwrap(), named);
        // Nothing, if the schema has errors.
        let empty = compiled(b"");
        let tokens = expand("", &environment(Some(&empty))).unwrap();
        let unchecked = tokens.strip_prefix(include).unwrap();
        assert!(unchecked.contains("macro_rules ! __quests_derive_stages {"), "{unchecked}");
        let exported = format!("pub use __quests_derive_stages as {HIDDEN_MACRO} ;");
        assert!(unchecked.contains(&exported), "{unchecked}");
    }

    #[test]
    fn says_which_contents_there_are() {
        let file = compiled(b"");
        assert_eq!(
            expand("summer", &environment(Some(&file))).unwrap_err().to_string(),
            "the build script of `game` compiles no quest content named `summer`\n\
             help: it compiles what `quest_types::include_quests!()` or `quest_types::include_quests!(winter)` includes; \
             `quest_build::Config::name` gives content a name"
        );
        std::fs::write(&file.path, "winter\n").unwrap();
        assert_eq!(
            expand("", &environment(Some(&file))).unwrap_err().to_string(),
            "all quest content of `game` has a name\n\
             help: it compiles what `quest_types::include_quests!(winter)` includes; `quest_build::Config::name` gives \
             content a name"
        );
    }

    #[test]
    fn says_how_to_write_a_build_script() {
        assert_eq!(
            expand("", &environment(None)).unwrap_err().to_string(),
            format!(
                "`game` has no build script, so its quest content was not compiled\n\
                 help: write to build.rs\n    \
                     fn main() -> std::process::ExitCode {{ quest_build::compile(\"quest.toml\") }}\n\
                 and to Cargo.toml, from where `quest-types` comes (version, path or git)\n    \
                     [build-dependencies]\n    \
                     quest-build = \"{}\"",
                env!("CARGO_PKG_VERSION")
            )
        );
    }

    #[test]
    fn says_that_the_build_script_does_something_else() {
        let file = TemporaryFile::new("other.rs", b"");
        let message = expand("", &environment(Some(&file))).unwrap_err().to_string();
        assert!(
            message.starts_with("`game` has a build script that does not compile the quest content\nhelp: ")
        );
    }
}

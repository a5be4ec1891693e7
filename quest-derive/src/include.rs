//! `include_quests!`: brings in the generated Rust.

use crate::define::{self, LISTING_MACRO};
use crate::environment::Environment;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The generated Rust in `OUT_DIR`.
pub(crate) const FILE: &str = "quests.rs";

pub(crate) fn expand(environment: &Environment) -> syn::Result<TokenStream> {
    let Some(file) = environment.out_file(FILE) else {
        return Err(problem(environment, "has no build script, so its quest content was not compiled"));
    };
    let Ok(metadata) = file.metadata() else {
        return Err(problem(environment, "has a build script that does not compile the quest content"));
    };
    // By way of `env!`, so that the expansion is the same wherever the build directory lies.
    let file = format!("/{FILE}");
    let include = quote!(::core::include!(::core::concat!(::core::env!("OUT_DIR"), #file)););
    // The schema has errors, which are reported. That there is no content to check enums against follows from them.
    let unchecked = (metadata.len() == 0).then(|| {
        let listing = Ident::new(LISTING_MACRO, Span::call_site());
        let exports = define::exports(&[]);
        quote! {
            #[doc(hidden)]
            #[macro_export]
            macro_rules! #listing { ($($stages:tt)*) => {}; }
            #exports
        }
    });
    Ok(quote!(#include #unchecked))
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
    use crate::define::{HIDDEN_MACRO, LISTING_MACRO};
    use crate::environment::Environment;
    use crate::index::fixture::TemporaryFile;

    fn environment(out_dir: Option<&TemporaryFile>) -> Environment {
        Environment {
            out_dir: out_dir.map(|file| file.directory.clone()),
            package: Some("game".to_owned()),
            ..Environment::default()
        }
    }

    #[test]
    fn includes_what_the_build_script_wrote() {
        let file = TemporaryFile::new("quests.rs", b"pub struct QuestId(u32);");
        let include =
            r#":: core :: include ! (:: core :: concat ! (:: core :: env ! ("OUT_DIR") , "/quests.rs")) ;"#;
        assert_eq!(super::expand(&environment(Some(&file))).unwrap().to_string(), include);
        // Nothing, if the schema has errors.
        let empty = TemporaryFile::new("quests.rs", b"");
        let tokens = super::expand(&environment(Some(&empty))).unwrap().to_string();
        let unchecked = tokens.strip_prefix(include).unwrap();
        assert!(unchecked.contains(&format!("macro_rules ! {LISTING_MACRO} {{")), "{unchecked}");
        assert!(unchecked.contains(&format!("pub use {LISTING_MACRO} as {HIDDEN_MACRO} ;")), "{unchecked}");
    }

    #[test]
    fn says_how_to_write_a_build_script() {
        assert_eq!(
            super::expand(&environment(None)).unwrap_err().to_string(),
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
        let message = super::expand(&environment(Some(&file))).unwrap_err().to_string();
        assert!(
            message.starts_with("`game` has a build script that does not compile the quest content\nhelp: ")
        );
    }
}

//! `include_quests!`: brings in the generated Rust.

use crate::environment::Environment;
use proc_macro2::{Span, TokenStream};
use quote::quote;

const FILE: &str = "quests.rs";

pub(crate) fn expand(environment: &Environment) -> syn::Result<TokenStream> {
    let Some(file) = environment.out_file(FILE) else {
        return Err(problem(environment, "has no build script, so its quest content was not compiled"));
    };
    if !file.is_file() {
        return Err(problem(environment, "has a build script that does not compile the quest content"));
    }
    // By way of `env!`, so that the expansion is the same wherever the build directory lies.
    let file = format!("/{FILE}");
    Ok(quote!(::core::include!(::core::concat!(::core::env!("OUT_DIR"), #file));))
}

fn problem(environment: &Environment, what: &str) -> syn::Error {
    let package = environment.package_name();
    let help = format!(
        "`{package}` {what}\n\
         help: write to build.rs\n    \
             fn main() -> std::process::ExitCode {{ quest_build::compile(\"quest.toml\") }}\n\
         and to Cargo.toml\n    \
             [build-dependencies]\n    \
             quest-build = \"{}\"",
        env!("CARGO_PKG_VERSION")
    );
    syn::Error::new(Span::call_site(), help)
}

#[cfg(test)]
mod tests {
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
        let file = TemporaryFile::new("quests.rs", b"");
        let tokens = super::expand(&environment(Some(&file))).unwrap();
        assert_eq!(
            tokens.to_string(),
            r#":: core :: include ! (:: core :: concat ! (:: core :: env ! ("OUT_DIR") , "/quests.rs")) ;"#
        );
    }

    #[test]
    fn says_how_to_write_a_build_script() {
        assert_eq!(
            super::expand(&environment(None)).unwrap_err().to_string(),
            "`game` has no build script, so its quest content was not compiled\n\
             help: write to build.rs\n    \
                 fn main() -> std::process::ExitCode { quest_build::compile(\"quest.toml\") }\n\
             and to Cargo.toml\n    \
                 [build-dependencies]\n    \
                 quest-build = \"0.1.0\""
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

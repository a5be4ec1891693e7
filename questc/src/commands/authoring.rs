//! `questc authoring`.

use super::{Context, Outcome};
use crate::cli::AuthoringArgs;

/// Writes Rust types for the documents that a schema describes.
#[cfg(feature = "authoring")]
pub(super) fn authoring(cx: &Context<'_>, args: &AuthoringArgs) -> Outcome {
    use super::play::refuse;
    use super::{SUCCESS, WITH_ERRORS};
    use crate::terminal::print;
    use quest_compiler::driver::{authoring, write_file};

    let source = match authoring(&args.schema) {
        Ok(source) => source,
        Err(error) => {
            refuse(cx, &error);
            return Ok(WITH_ERRORS);
        }
    };
    let Some(out) = &args.out else { return print(&source).map(|()| SUCCESS) };
    write_file(out, source.as_bytes()).map_err(|error| error.to_string())?;
    cx.summary(&format!("types of {} written to {}", args.schema.display(), out.display()));
    Ok(SUCCESS)
}

/// Says how to get a `questc` that can write types.
#[cfg(not(feature = "authoring"))]
pub(super) fn authoring(cx: &Context<'_>, args: &AuthoringArgs) -> Outcome {
    use super::FAILED;

    cx.terminal.error("this questc cannot write types: it is built without the feature `authoring`");
    cx.terminal.line("install one that can, in the folder that questc comes in:");
    cx.terminal.line("  cargo install --path questc --features authoring");
    let out = args.out.as_ref().map_or_else(String::new, |out| format!(" -o {}", out.display()));
    cx.terminal.line(&format!("then run `questc authoring {}{out}` again", args.schema.display()));
    Ok(FAILED)
}

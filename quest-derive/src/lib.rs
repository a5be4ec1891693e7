//! The macros of questc. Games use them through `quest_types`, which re-exports what a game writes and hides the rest.
//!
//! This file is only the entrance. `define` writes the macros of a content crate (`quest!`, `stage!`, ...), `resolve`
//! answers them from the `index`, `unknown` words what is wrong with an id, `stages` checks `derive(Stages)`, and
//! `include` and `report` bring in what the build script left behind. All of them work on `proc_macro2` tokens and an
//! `Environment`, so that unit tests can call them.

mod content;
mod define;
mod environment;
mod include;
mod index;
mod named;
mod report;
mod resolve;
mod stages;
mod unknown;

use environment::Environment;
use proc_macro::TokenStream;

/// Includes the generated Rust of the build script; `quest_types::include_quests!()` expands to it.
#[doc(hidden)]
#[proc_macro]
pub fn include(_: TokenStream) -> TokenStream {
    finish(include::expand(&named::Named::default(), &Environment::of_process()))
}

/// All of `quest_types::include_quests!(name)`, for content that the build script compiled under a name.
#[doc(hidden)]
#[proc_macro]
pub fn include_named(input: TokenStream) -> TokenStream {
    finish(include::expand_named(input.into(), &Environment::of_process()))
}

/// Prints what the build script found in the content of this name; `quest_types::include_quests!` expands to it.
#[doc(hidden)]
#[proc_macro]
pub fn report(input: TokenStream) -> TokenStream {
    finish(report::expand(input.into(), &Environment::of_process()))
}

/// Writes one macro for every kind of id; the generated Rust ends with it.
#[doc(hidden)]
#[proc_macro]
pub fn define_macros(input: TokenStream) -> TokenStream {
    finish(define::expand(input.into(), &Environment::of_process()))
}

/// Turns the literal of `quest!("…")` and its siblings into an id.
#[doc(hidden)]
#[proc_macro]
pub fn resolve(input: TokenStream) -> TokenStream {
    finish(resolve::expand(input.into()))
}

/// Checks an enum of `derive(Stages)` against the content.
#[doc(hidden)]
#[proc_macro]
pub fn resolve_stages(input: TokenStream) -> TokenStream {
    finish(stages::resolve::expand(input.into()))
}

/// Makes an enum list exactly the stages of one quest, and implements `quest_types::Stages` for it.
///
/// It compiles only while every stage has a variant and every variant is a stage.
///
/// ```text
/// #[derive(Clone, Copy, Stages)]
/// #[quest("iron-path")]
/// enum IronPath { SpeakKjartan, FindDescent, DefeatLord, ReturnKjartan }
/// ```
///
/// A variant stands for the stage whose id has the same letters and digits in the same order: case and separators do
/// not count, so `FindDescent` is `find-descent` (or `find_descent`, `findDescent`), `Phase2` is `phase-2` or `phase2`,
/// and `GoToNPC` is `go-to-npc`. Where that does not fit, or would fit two stages, a variant says which one it means:
/// `#[stage("find-descent")]`.
///
/// A crate that depends on the crate with the content names that crate: `#[quest("iron-path", in = game_content)]`. Content that
/// the build script compiled under a name is named by its module: `in = crate::winter`.
///
/// With a schema whose quests and stages have other names, it says by which macro their ids are checked:
/// `#[quest("first-blood", stages = step)]` lists the ids of `step!` in the object `first-blood`.
#[proc_macro_derive(Stages, attributes(quest, stage))]
pub fn derive_stages(input: TokenStream) -> TokenStream {
    finish(stages::derive::expand(input.into(), &Environment::of_process()))
}

fn finish(expansion: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    expansion.unwrap_or_else(|error| error.to_compile_error()).into()
}

//! The first step: from the enum to what counts of it.

use super::item::{Attribute, Enum};
use super::{Listing, Variant, combine};
use crate::content::here;
use crate::define::HIDDEN_MACRO;
use crate::environment::Environment;
use crate::named::Named;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Error, LitStr, Result, Token};

pub(crate) fn expand(input: TokenStream, environment: &Environment) -> Result<TokenStream> {
    let input: Enum = syn::parse2(input)?;
    let mut errors = Vec::new();
    if !input.generics.is_empty() {
        let message = "an enum of stages has no generic parameters: its variants are fixed by the content";
        errors.push(Error::new_spanned(&input.generics, message));
    }
    errors.extend(misplaced(&input.attributes, "stage", "a variant"));
    let quest = match attribute(&input.attributes, "quest", Quest::parse) {
        Ok(Some(quest)) => Some(quest),
        Ok(None) => {
            let message = "`derive(Stages)` does not say which quest: add `#[quest(\"…\")]`";
            errors.push(Error::new(input.name.span(), message));
            None
        }
        Err(error) => {
            errors.push(error);
            None
        }
    };
    let mut variants = Vec::new();
    for variant in input.variants {
        if let Some(fields) = &variant.fields {
            let message =
                format!("`{}` has fields: a variant that stands for a stage is only a name", variant.name);
            errors.push(Error::new(fields.span(), message));
        }
        errors.extend(misplaced(&variant.attributes, "quest", "the enum"));
        match attribute(&variant.attributes, "stage", parse_stage) {
            Ok(stage) => variants.push(Variant { name: variant.name, stage }),
            Err(error) => errors.push(error),
        }
    }
    match (quest, combine(errors)) {
        (Some(Quest { id, content, stages }), None) => {
            let hidden_macro = hidden_macro(&id, content, environment)?;
            let listing = Listing { name: input.name, quest: id, stages, variants };
            Ok(quote!(#hidden_macro! { #listing }))
        }
        (_, Some(errors)) => Err(errors),
        (None, None) => Ok(TokenStream::new()),
    }
}

/// The path of the hidden macro of the content crate.
fn hidden_macro(
    quest: &LitStr,
    content: Option<TokenStream>,
    environment: &Environment,
) -> Result<TokenStream> {
    // If it is not there, the user should look at what names the crate.
    let name = |span| Ident::new(HIDDEN_MACRO, here(span)).into_token_stream();
    match content {
        Some(path) => {
            let name = name(path.span());
            Ok(quote_spanned!(path.span()=> #path::#name))
        }
        None => match Named::all(environment) {
            Some(compiled) if compiled.contains(&Named::default()) => {
                let name = name(quest.span());
                Ok(quote_spanned!(here(quest.span())=> crate::#name))
            }
            Some(compiled) => Err(Error::new(quest.span(), which_content(&compiled, quest))),
            None => Err(Error::new(quest.span(), no_content(environment, quest))),
        },
    }
}

/// All content of the crate has names, so that the enum has to say which it means.
fn which_content(compiled: &[Named], quest: &LitStr) -> String {
    let ways: Vec<String> = compiled
        .iter()
        .map(|content| format!("`#[quest({:?}, in = crate::{})]`", quest.value(), content.module()))
        .collect();
    format!("all quest content of this crate has a name\nhelp: say which is meant: {}", ways.join(" or "))
}

fn no_content(environment: &Environment, quest: &LitStr) -> String {
    format!(
        "`{}` has no quest content of its own\n\
         help: if another crate has it, name that crate: `#[quest({:?}, in = the_crate)]`\n\
         help: if this crate should have it, write `quest_types::include_quests!();` in its root",
        environment.package_name(),
        quest.value()
    )
}

/// `#[quest("iron-path")]`, `#[quest("iron-path", in = game_content)]` or `#[quest("first-blood", stages = step)]`
struct Quest {
    id: LitStr,
    /// The macro of what is listed, if that is not `stage!`.
    stages: Option<Ident>,
    /// The crate that has the content, if that is said. `crate` is understood if the build script compiled content; generated
    /// Rust that is kept in the source tree needs it.
    content: Option<TokenStream>,
}

impl Quest {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let form = "`#[quest]` takes the id of a quest, such as `#[quest(\"iron-path\")]`, \
                    `in = …` if another crate has the content, and `stages = …` with the name of another macro than `stage!`";
        let wrong = |error: Error| Error::new(error.span(), form);
        let id: LitStr = input.parse().map_err(wrong)?;
        let (mut content, mut stages) = (None, None);
        while input.parse::<Option<Token![,]>>().map_err(wrong)?.is_some() && !input.is_empty() {
            let option = input.call(Ident::parse_any).map_err(wrong)?;
            match option.to_string().as_str() {
                "in" if content.is_none() => {
                    input.parse::<Token![=]>().map_err(wrong)?;
                    content = Some(input.call(parse_path).map_err(wrong)?);
                }
                "stages" if stages.is_none() => {
                    input.parse::<Token![=]>().map_err(wrong)?;
                    stages = Some(input.call(Ident::parse_any).map_err(wrong)?);
                }
                _ => return Err(Error::new(option.span(), form)),
            }
        }
        if !input.is_empty() {
            return Err(input.error(form));
        }
        Ok(Self { id, stages, content })
    }
}

/// `game_content`, `::game::content` or `crate`
fn parse_path(input: ParseStream<'_>) -> Result<TokenStream> {
    let mut path = TokenStream::new();
    let mut colons: Option<Token![::]> = input.parse()?;
    loop {
        colons.to_tokens(&mut path);
        let is_keyword = input.peek(Token![crate]) || input.peek(Token![super]) || input.peek(Token![self]);
        let name = if is_keyword { input.call(Ident::parse_any) } else { input.parse() };
        name?.to_tokens(&mut path);
        colons = input.parse()?;
        if colons.is_none() {
            return Ok(path);
        }
    }
}

/// `#[stage("find-descent")]`
fn parse_stage(input: ParseStream<'_>) -> Result<LitStr> {
    let form = "`#[stage]` takes the id of a stage, such as `#[stage(\"find-descent\")]`";
    let stage = input.parse().map_err(|error: Error| Error::new(error.span(), form))?;
    input.parse::<Option<Token![,]>>()?;
    if input.is_empty() { Ok(stage) } else { Err(input.error(form)) }
}

/// What the attribute `name` holds; it may stand there once.
fn attribute<T>(
    attributes: &[Attribute],
    name: &str,
    parse: fn(ParseStream<'_>) -> Result<T>,
) -> Result<Option<T>> {
    let mut found = None;
    for Attribute { tokens, arguments, .. } in attributes.iter().filter(|attribute| attribute.name == name) {
        if found.is_some() {
            return Err(Error::new_spanned(tokens, format!("`#[{name}]` stands here twice")));
        }
        // Without arguments there is nothing to parse, and the parser says what belongs there.
        let parsed = parse.parse2(arguments.clone()).map_err(|error| match arguments.is_empty() {
            true => Error::new_spanned(tokens, error),
            false => error,
        });
        found = Some(parsed?);
    }
    Ok(found)
}

fn misplaced(attributes: &[Attribute], name: &str, place: &str) -> Option<Error> {
    let attribute = attributes.iter().find(|attribute| attribute.name == name)?;
    Some(Error::new_spanned(&attribute.tokens, format!("`#[{name}]` belongs on {place}")))
}

#[cfg(test)]
mod tests {
    use crate::define::HIDDEN_MACRO;
    use crate::environment::Environment;
    use crate::index::fixture::TemporaryFile;
    use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
    use quote::quote;

    /// What it makes in the crate that has the content.
    fn expand(input: TokenStream) -> syn::Result<TokenStream> {
        let generated = TemporaryFile::new("quests.contents", b"quests\n");
        let environment =
            Environment { out_dir: Some(generated.directory.clone()), ..Environment::default() };
        super::expand(input, &environment)
    }

    #[track_caller]
    fn forwarded(input: &str, expected: &str) {
        check(input.parse().unwrap(), expected);
    }

    #[track_caller]
    fn check(input: TokenStream, expected: &str) {
        assert_eq!(expand(input).unwrap().to_string(), expected.replace("HIDDEN", HIDDEN_MACRO));
    }

    /// A macro of the user hands a fragment on in an invisible group.
    fn fragment(tokens: TokenStream) -> TokenTree {
        Group::new(Delimiter::None, tokens).into()
    }

    /// Every message with the source text it points at.
    #[track_caller]
    fn errors(input: &str, expected: &[(&str, &str)]) {
        let error = expand(input.parse().unwrap()).unwrap_err();
        let errors: Vec<(String, String)> = error
            .into_iter()
            .map(|error| (error.span().source_text().unwrap_or_default(), error.to_string()))
            .collect();
        let errors: Vec<(&str, &str)> =
            errors.iter().map(|(place, text)| (place.as_str(), text.as_str())).collect();
        assert_eq!(errors, expected);
    }

    #[test]
    fn hands_the_enum_to_the_content_crate() {
        forwarded(
            r#"#[quest("iron-path")] pub enum IronPath { SpeakKjartan, #[stage("find-descent")] Find, r#Loop = 7 }"#,
            r#"crate :: HIDDEN ! { IronPath "iron-path" { SpeakKjartan , Find "find-descent" , r#Loop , } }"#,
        );
        forwarded(
            r#"#[doc = "x"] #[quest("iron-path", in = game_content,)] enum E {}"#,
            r#"game_content :: HIDDEN ! { E "iron-path" { } }"#,
        );
        forwarded(
            r#"#[quest("iron-path", in = ::game::content)] enum E {}"#,
            r#":: game :: content :: HIDDEN ! { E "iron-path" { } }"#,
        );
        forwarded(
            r#"#[quest("iron-path", in = crate)] enum E {}"#,
            r#"crate :: HIDDEN ! { E "iron-path" { } }"#,
        );
        forwarded(
            r#"#[quest("a", stages = step)] enum E { A }"#,
            r#"crate :: HIDDEN ! { E "a" step { A , } }"#,
        );
        forwarded(
            r##"#[quest("a", stages = r#loop, in = game)] enum E { A }"##,
            r#"game :: HIDDEN ! { E "a" r#loop { A , } }"#,
        );
    }

    #[test]
    fn passes_over_what_does_not_count() {
        forwarded(
            r#"
                #[unsafe(no_mangle)] #[quest::other] #[::quest(1)] #[quest["a"]]
                pub(in crate::quests) enum E {
                    /// The first.
                    #[cfg(all())] #[stage::other] pub(crate) A = 1 << 3,
                    B = { const fn f(a: u8, b: u8) -> isize { 7 } f(1, 2) },
                    C
                }
            "#,
            r#"crate :: HIDDEN ! { E "a" { A , B , C , } }"#,
        );
    }

    #[test]
    fn fragments_of_macros() {
        let meta = fragment(quote!(quest("iron-path", in = game_content)));
        let (visibility, none) = (fragment(quote!(pub(crate))), fragment(quote!()));
        let (value, stage) = (fragment(quote!(f::<u8, u8>())), fragment(quote!("find-descent")));
        let expected = r#"game_content :: HIDDEN ! { E "iron-path" { A , B "find-descent" , } }"#;
        for visibility in [&visibility, &none] {
            let item = quote! {
                #[#meta] #visibility enum E { #none A = #value, #[stage(#stage)] B = #value }
            };
            check(item.clone(), expected);
            check(fragment(item).into(), expected);
        }
        let (quest, path) = (fragment(quote!("iron-path")), fragment(quote!(game::content)));
        check(
            quote!(#[quest(#quest, in = #path)] #none enum E {}),
            r#"game :: content :: HIDDEN ! { E "iron-path" { } }"#,
        );
        check(quote!(#[quest(#quest)] #visibility enum E {}), r#"crate :: HIDDEN ! { E "iron-path" { } }"#);
    }

    #[test]
    fn content_with_names_only() {
        let list = TemporaryFile::new("quests.contents", b"base\nwinter\n");
        let environment = Environment { out_dir: Some(list.directory.clone()), ..Environment::default() };
        let expand = |input: &str| super::expand(input.parse().unwrap(), &environment);
        assert_eq!(
            expand(r#"#[quest("iron-path")] enum E { A }"#).unwrap_err().to_string(),
            "all quest content of this crate has a name\n\
             help: say which is meant: `#[quest(\"iron-path\", in = crate::base)]` or \
             `#[quest(\"iron-path\", in = crate::winter)]`"
        );
        assert_eq!(
            expand(r#"#[quest("iron-path", in = crate::winter)] enum E {}"#).unwrap().to_string(),
            r#"crate :: winter :: HIDDEN ! { E "iron-path" { } }"#.replace("HIDDEN", HIDDEN_MACRO)
        );
    }

    #[test]
    fn a_crate_without_content() {
        let message = "`game` has no quest content of its own\n\
                       help: if another crate has it, name that crate: `#[quest(\"iron-path\", in = the_crate)]`\n\
                       help: if this crate should have it, write `quest_types::include_quests!();` in its root";
        let other = TemporaryFile::new("other.rs", b"");
        let forgotten: TokenStream = r#"#[quest("iron-path")] enum E { A }"#.parse().unwrap();
        let said: TokenStream = r#"#[quest("iron-path", in = crate)] enum E { A }"#.parse().unwrap();
        for out_dir in [None, Some(other.directory.clone())] {
            let environment =
                Environment { out_dir, package: Some("game".to_owned()), ..Environment::default() };
            let error = super::expand(forgotten.clone(), &environment).unwrap_err();
            assert_eq!(error.to_string(), message);
            assert_eq!(error.span().source_text().unwrap(), "\"iron-path\"");
            // Generated Rust may also be kept in the source tree, where nothing tells of it.
            assert!(super::expand(said.clone(), &environment).is_ok());
        }
    }

    /// If there is no such macro, rustc points at its name.
    #[test]
    fn the_name_of_the_hidden_macro_stands_where_the_user_says_which_crate() {
        for (input, place) in [
            (r#"#[quest("iron-path")] enum E {}"#, "\"iron-path\""),
            (r#"#[quest("iron-path", in = crate)] enum E {}"#, "crate"),
            (r#"#[quest("iron-path", in = game::content)] enum E {}"#, "game::content"),
        ] {
            let tokens = expand(input.parse().unwrap()).unwrap();
            let name = tokens.into_iter().find(|token| token.to_string() == HIDDEN_MACRO).unwrap();
            assert_eq!(name.span().source_text().unwrap(), place);
        }
    }

    #[test]
    fn what_is_not_a_list_of_names() {
        let message = "`derive(Stages)` is for an enum, with a variant for each stage of a quest";
        errors(r#"#[quest("iron-path")] struct IronPath;"#, &[("IronPath", message)]);
        errors(r#"#[quest("iron-path")] union IronPath { a: u8 }"#, &[("IronPath", message)]);
        errors(
            r#"#[quest("iron-path")] enum IronPath<'a> { A(u8), B {}, C }"#,
            &[
                (
                    "<'a>",
                    "an enum of stages has no generic parameters: its variants are fixed by the content",
                ),
                ("(u8)", "`A` has fields: a variant that stands for a stage is only a name"),
                ("{}", "`B` has fields: a variant that stands for a stage is only a name"),
            ],
        );
        errors(
            r#"#[quest("iron-path")] enum IronPath<const N: usize = { 1 }> where u8: Copy { A }"#,
            &[(
                "<const N: usize = { 1 }> where u8: Copy",
                "an enum of stages has no generic parameters: its variants are fixed by the content",
            )],
        );
    }

    #[test]
    fn attributes_that_are_wrong() {
        let quest = "`#[quest]` takes the id of a quest, such as `#[quest(\"iron-path\")]`, \
                     `in = …` if another crate has the content, and `stages = …` with the name of another macro than `stage!`";
        let stage = "`#[stage]` takes the id of a stage, such as `#[stage(\"find-descent\")]`";
        errors("enum E {}", &[("E", "`derive(Stages)` does not say which quest: add `#[quest(\"…\")]`")]);
        errors("#[quest] enum E {}", &[("#[quest]", quest)]);
        errors("#[quest()] enum E {}", &[("#[quest()]", quest)]);
        errors("#[quest = \"a\"] enum E {}", &[("#[quest = \"a\"]", quest)]);
        errors("#[quest(iron)] enum E {}", &[("iron", quest)]);
        errors(r#"#[quest("a" "b")] enum E {}"#, &[(r#""b""#, quest)]);
        errors(r#"#[quest("a", of = b)] enum E {}"#, &[("of", quest)]);
        errors(r#"#[quest("a", in = 7)] enum E {}"#, &[("7", quest)]);
        errors(r#"#[quest("a", in = b, in = c)] enum E {}"#, &[("in", quest)]);
        errors(r#"#[quest("a", stages = "step")] enum E {}"#, &[("\"step\"", quest)]);
        errors(r#"#[quest("a", in = b::)] enum E {}"#, &[("", quest)]);
        errors(r#"#[quest("a", in = b::<u8>)] enum E {}"#, &[("<", quest)]);
        errors(r#"#[quest("a", in = enum)] enum E {}"#, &[("enum", quest)]);
        errors(
            r#"#[quest("a")] #[quest("b")] enum E {}"#,
            &[(r#"#[quest("b")]"#, "`#[quest]` stands here twice")],
        );
        errors(
            r#"#[quest("a")] #[stage("b")] enum E { #[quest("c")] A, #[stage] B, #[stage(b)] C, #[stage("b", "c")] D }"#,
            &[
                (r#"#[stage("b")]"#, "`#[stage]` belongs on a variant"),
                (r#"#[quest("c")]"#, "`#[quest]` belongs on the enum"),
                ("#[stage]", stage),
                ("b", stage),
                (r#""c""#, stage),
            ],
        );
    }
}

//! The first step: reads the enum.

use super::{Listing, Variant, combine};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Error, Fields, LitStr, Path, Result, Token};

pub(crate) fn expand(input: TokenStream) -> Result<TokenStream> {
    let input: DeriveInput = syn::parse2(input)?;
    let Data::Enum(data) = &input.data else {
        let message = "`derive(Stages)` is for an enum, with a variant for each stage of a quest";
        return Err(Error::new(input.ident.span(), message));
    };
    let mut errors = Vec::new();
    if !input.generics.params.is_empty() || input.generics.where_clause.is_some() {
        let span = input.generics.span();
        errors.push(Error::new(
            span,
            "an enum of stages has no generic parameters: its variants are fixed by the content",
        ));
    }
    errors.extend(misplaced(&input.attrs, "stage", "a variant"));
    let quest = match attribute(&input.attrs, "quest", Quest::parse) {
        Ok(Some(quest)) => Some(quest),
        Ok(None) => {
            let message = "`derive(Stages)` does not say which quest: add `#[quest(\"…\")]`";
            errors.push(Error::new(input.ident.span(), message));
            None
        }
        Err(error) => {
            errors.push(error);
            None
        }
    };
    let mut variants = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            let message =
                format!("`{}` has fields: a variant that stands for a stage is only a name", variant.ident);
            errors.push(Error::new(variant.fields.span(), message));
        }
        errors.extend(misplaced(&variant.attrs, "quest", "the enum"));
        match attribute(&variant.attrs, "stage", parse_stage) {
            Ok(stage) => variants.push(Variant { name: variant.ident.clone(), stage }),
            Err(error) => errors.push(error),
        }
    }
    match (quest, combine(errors)) {
        (Some(Quest { id, content }), None) => {
            let listing = Listing { name: input.ident, quest: id, variants };
            let content = content.map(|path| quote_spanned!(path.span()=> #path::));
            Ok(quote!(#content __quests_stages! { #listing }))
        }
        (_, Some(errors)) => Err(errors),
        (None, None) => Ok(TokenStream::new()),
    }
}

/// `#[quest("iron-path")]` or `#[quest("iron-path", in = game_content)]`
struct Quest {
    id: LitStr,
    /// The crate that has the content, if it is not this one.
    content: Option<Path>,
}

impl Quest {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let form = "`#[quest]` takes the id of a quest, such as `#[quest(\"iron-path\")]`, \
                    and `in = …` if another crate has the content";
        let wrong = |error: Error| Error::new(error.span(), form);
        let id: LitStr = input.parse().map_err(wrong)?;
        let mut content = None;
        if input.parse::<Option<Token![,]>>().map_err(wrong)?.is_some() && !input.is_empty() {
            input.parse::<Token![in]>().map_err(wrong)?;
            input.parse::<Token![=]>().map_err(wrong)?;
            content = Some(input.call(Path::parse_mod_style).map_err(wrong)?);
            input.parse::<Option<Token![,]>>().map_err(wrong)?;
        }
        if !input.is_empty() {
            return Err(input.error(form));
        }
        // rustc finds macros of this crate by where they stand, not by their path.
        Ok(Self { id, content: content.filter(|path| !path.is_ident("crate")) })
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
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        if found.is_some() {
            return Err(Error::new_spanned(attribute, format!("`#[{name}]` stands here twice")));
        }
        // Without parentheses there is nothing to parse, and the parser says what belongs there.
        let tokens = match &attribute.meta {
            syn::Meta::List(list) => list.tokens.clone(),
            _ => TokenStream::new(),
        };
        let parsed = syn::parse::Parser::parse2(parse, tokens.clone());
        found = Some(parsed.map_err(|error| match tokens.is_empty() {
            true => Error::new_spanned(attribute, error),
            false => error,
        })?);
    }
    Ok(found)
}

fn misplaced(attributes: &[Attribute], name: &str, place: &str) -> Option<Error> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident(name))?;
    Some(Error::new_spanned(attribute, format!("`#[{name}]` belongs on {place}")))
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn forwarded(input: &str, expected: &str) {
        assert_eq!(super::expand(input.parse().unwrap()).unwrap().to_string(), expected);
    }

    /// Every message with the source text it points at.
    #[track_caller]
    fn errors(input: &str, expected: &[(&str, &str)]) {
        let error = super::expand(input.parse().unwrap()).unwrap_err();
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
            r#"__quests_stages ! { IronPath "iron-path" { SpeakKjartan , Find "find-descent" , r#Loop , } }"#,
        );
        forwarded(
            r#"#[doc = "x"] #[quest("iron-path", in = game_content,)] enum E {}"#,
            r#"game_content :: __quests_stages ! { E "iron-path" { } }"#,
        );
        forwarded(
            r#"#[quest("iron-path", in = ::game::content)] enum E {}"#,
            r#":: game :: content :: __quests_stages ! { E "iron-path" { } }"#,
        );
        forwarded(
            r#"#[quest("iron-path", in = crate)] enum E {}"#,
            r#"__quests_stages ! { E "iron-path" { } }"#,
        );
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
    }

    #[test]
    fn attributes_that_are_wrong() {
        let quest = "`#[quest]` takes the id of a quest, such as `#[quest(\"iron-path\")]`, \
                     and `in = …` if another crate has the content";
        let stage = "`#[stage]` takes the id of a stage, such as `#[stage(\"find-descent\")]`";
        errors("enum E {}", &[("E", "`derive(Stages)` does not say which quest: add `#[quest(\"…\")]`")]);
        errors("#[quest] enum E {}", &[("#[quest]", quest)]);
        errors("#[quest()] enum E {}", &[("#[quest()]", quest)]);
        errors("#[quest = \"a\"] enum E {}", &[("#[quest = \"a\"]", quest)]);
        errors("#[quest(iron)] enum E {}", &[("iron", quest)]);
        errors(r#"#[quest("a" "b")] enum E {}"#, &[(r#""b""#, quest)]);
        errors(r#"#[quest("a", of = b)] enum E {}"#, &[("of", quest)]);
        errors(r#"#[quest("a", in = 7)] enum E {}"#, &[("7", quest)]);
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

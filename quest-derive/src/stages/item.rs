//! Reads the item that `derive(Stages)` stands on.
//!
//! rustc has parsed it before, so this looks for what an enum of stages consists of and passes over all the rest. `syn` has
//! types for whole items, but every game would compile them: they cost more time than all that is used of it.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Error, Result, Token, token};

/// `#[quest("iron-path")] pub enum IronPath { … }`
pub(super) struct Enum {
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    /// What stands between the name and the variants: `<T> where T: Copy`.
    pub(super) generics: TokenStream,
    pub(super) variants: Vec<Variant>,
}

/// `#[stage("find-descent")] FindDescent = 7`
pub(super) struct Variant {
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    pub(super) fields: Option<Group>,
}

/// `#[quest("iron-path")]`
pub(super) struct Attribute {
    /// All of it, to point at.
    pub(super) tokens: TokenStream,
    pub(super) name: Ident,
    /// The tokens in its parentheses; empty if it has none.
    pub(super) arguments: TokenStream,
}

impl Parse for Enum {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attributes = attributes(input)?;
        pass_visibility(input)?;
        let keyword = input.call(Ident::parse_any)?;
        let name: Ident = input.parse()?;
        if keyword != "enum" {
            let message = "`derive(Stages)` is for an enum, with a variant for each stage of a quest";
            return Err(Error::new(name.span(), message));
        }
        let mut generics = TokenStream::new();
        // The body ends the item. Generics may have braces as well, around a constant.
        let body = loop {
            match input.parse()? {
                TokenTree::Group(group) if input.is_empty() => break group.stream(),
                token => generics.extend([token]),
            }
        };
        let variants = Parser::parse2(variants, body)?;
        Ok(Self { attributes, name, generics, variants })
    }
}

fn variants(input: ParseStream<'_>) -> Result<Vec<Variant>> {
    let mut variants = Vec::new();
    while !input.is_empty() {
        let attributes = attributes(input)?;
        pass_visibility(input)?;
        let name = input.parse()?;
        let has_fields = input.peek(token::Paren) || input.peek(token::Brace);
        let fields = if has_fields { Some(input.parse()?) } else { None };
        variants.push(Variant { attributes, name, fields });
        // What is left is a discriminant, which is not of interest. Its commas are in brackets that are tokens; only
        // `f::<A, B>()` has to be put into parentheses.
        while !input.is_empty() && input.parse::<Option<Token![,]>>()?.is_none() {
            input.parse::<TokenTree>()?;
        }
    }
    Ok(variants)
}

/// The attributes with a name of one word.
fn attributes(input: ParseStream<'_>) -> Result<Vec<Attribute>> {
    let mut attributes = Vec::new();
    while input.peek(Token![#]) {
        let hash: Token![#] = input.parse()?;
        let group: Group = input.parse()?;
        let Meta { name, arguments } = syn::parse2(group.stream())?;
        attributes.extend(name.map(|name| Attribute { tokens: quote!(#hash #group), name, arguments }));
    }
    Ok(attributes)
}

/// The tokens in the brackets of an attribute.
struct Meta {
    name: Option<Ident>,
    arguments: TokenStream,
}

impl Parse for Meta {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input.call(Ident::parse_any).ok().filter(|_| !input.peek(Token![::]));
        let arguments = match input.parse::<TokenStream>()?.into_iter().next() {
            Some(TokenTree::Group(group)) => group.stream(),
            _ => TokenStream::new(),
        };
        Ok(Self { name, arguments })
    }
}

/// `pub`, `pub(crate)` and the like, or nothing.
fn pass_visibility(input: ParseStream<'_>) -> Result<()> {
    if input.parse::<Option<Token![pub]>>()?.is_some() && input.peek(token::Paren) {
        input.parse::<Group>()?;
    }
    Ok(())
}

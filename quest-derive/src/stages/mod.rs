//! `derive(Stages)`: an enum that lists exactly the stages of one quest.
//!
//! Only the content crate knows where its index is, so this takes two steps: [`mod@derive`] takes from the [`item`] what counts
//! and hands it to the hidden macro of the content crate, which hands it to [`resolve`] together with the place of the
//! index. [`Listing`] is what travels between the two.

pub(crate) mod derive;
mod item;
pub(crate) mod resolve;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token, braced, token};

/// `IronPath "iron-path" { SpeakKjartan, FindDescent "find-descent", }`, or `FirstBlood "first-blood" step { … }`
struct Listing {
    name: Ident,
    quest: LitStr,
    /// The macro of what is listed, if that is not `stage!`.
    stages: Option<Ident>,
    variants: Vec<Variant>,
}

struct Variant {
    name: Ident,
    /// The stage it says it is.
    stage: Option<LitStr>,
}

impl ToTokens for Listing {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { name, quest, stages, variants } = self;
        let variants = variants.iter().map(|Variant { name, stage }| quote!(#name #stage,));
        tokens.extend(quote!(#name #quest #stages { #(#variants)* }));
    }
}

impl Parse for Listing {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (name, quest) = (input.parse()?, input.parse()?);
        let stages = if input.peek(token::Brace) { None } else { Some(input.parse()?) };
        let list;
        braced!(list in input);
        let mut variants = Vec::new();
        while !list.is_empty() {
            let name = list.parse()?;
            let stage = if list.peek(LitStr) { Some(list.parse()?) } else { None };
            list.parse::<Token![,]>()?;
            variants.push(Variant { name, stage });
        }
        Ok(Self { name, quest, stages, variants })
    }
}

/// All errors as one, if there are any.
pub(crate) fn combine(errors: impl IntoIterator<Item = syn::Error>) -> Option<syn::Error> {
    errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    })
}

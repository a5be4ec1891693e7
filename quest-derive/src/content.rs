//! What a macro of a content crate hands to the macros of this one, in front of what the user wrote.

use crate::index::{self, Index, Kind, Unreadable};
use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use std::path::PathBuf;
use std::sync::Arc;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, bracketed};

/// `[$crate::quests] "/…/quests.index" "cargo clean -p game"`: where the generated module is, where its index is, and
/// the command that writes the index again.
pub(crate) struct Content {
    module: TokenStream,
    index: PathBuf,
    remedy: String,
}

impl Content {
    /// The tokens that [`parse`](Self::parse) reads.
    pub(crate) fn write(module: &TokenStream, index: &str, remedy: &str) -> TokenStream {
        quote!([#module] #index #remedy)
    }

    /// Reads the index; `span` is what the user is looking at if that fails.
    pub(crate) fn index(&self, span: Span) -> syn::Result<Arc<Index>> {
        index::read(&self.index).map_err(|unreadable| self.unreadable(&unreadable, span))
    }

    /// Makes sure that an id that was not found is unknown, and not lost in a damaged index.
    pub(crate) fn verify(&self, index: &Index, span: Span) -> syn::Result<()> {
        index::verify(index, &self.index).map_err(|unreadable| self.unreadable(&unreadable, span))
    }

    /// The kind that the macro `name` checks.
    pub(crate) fn kind<'a>(&self, index: &'a Index, name: &str, span: Span) -> syn::Result<&'a Kind> {
        index.kind(name).ok_or_else(|| {
            let message = format!("the index of the quest content has no ids for `{name}!`");
            syn::Error::new(span, format!("{message}\nhelp: run `{}`, then build again", self.remedy))
        })
    }

    /// The path of an item of the generated module, placed at `span`.
    pub(crate) fn item(&self, name: &str, span: Span) -> TokenStream {
        let (module, name) = (self.module_at(span), Ident::new(name, here(span)));
        quote!(#module::#name)
    }

    /// The type of the ids of a kind. The path holds the fingerprint of the content, so that it does not compile
    /// against tables that are older or newer than the index.
    pub(crate) fn id_type(&self, index: &Index, kind: &Kind, span: Span) -> syn::Result<TokenStream> {
        let mut name: Ident = syn::parse_str(&kind.type_name).map_err(|_| {
            let message = format!("the index of the quest content names a type `{}`", kind.type_name);
            syn::Error::new(span, format!("{message}\nhelp: run `{}`, then build again", self.remedy))
        })?;
        name.set_span(here(span));
        let content = self.item(&format!("__content_{:016x}", index.fingerprint), span);
        Ok(quote!(#content::#name))
    }

    /// The id of a row: an expression, a constant and a pattern. Ids can be made in no other way, so it is a constant
    /// that a hidden trait has for every row.
    pub(crate) fn id(&self, index: &Index, kind: &Kind, row: u32, span: Span) -> syn::Result<TokenStream> {
        let name = self.id_type(index, kind, span)?;
        let rt = self.item("__rt", span);
        let mut row = Literal::u32_suffixed(row);
        row.set_span(here(span));
        Ok(quote_spanned!(here(span)=> <#name as #rt::__private::AtRow<#row>>::ID))
    }

    /// An id that stops the compiler with a message. A bare `compile_error!` would stand for any value in a pattern, and the
    /// compiler would call the arms behind it unreachable.
    pub(crate) fn error(
        &self,
        index: &Index,
        kind: &Kind,
        message: &str,
        span: Span,
    ) -> syn::Result<TokenStream> {
        let name = self.id_type(index, kind, span)?;
        let rt = self.item("__rt", span);
        let mut message = Literal::string(message);
        message.set_span(span);
        Ok(quote_spanned!(span=> <::core::compile_error!(#message) as #rt::__private::NoId<#name>>::ID))
    }

    /// The module's path: resolved as the content crate wrote it, shown where the user is looking.
    fn module_at(&self, span: Span) -> TokenStream {
        let moved = self.module.clone().into_iter().map(|mut token: TokenTree| {
            token.set_span(token.span().located_at(span));
            token
        });
        moved.collect()
    }

    fn unreadable(&self, unreadable: &Unreadable, span: Span) -> syn::Error {
        syn::Error::new(span, unreadable.message(&self.remedy))
    }
}

impl Parse for Content {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let module;
        bracketed!(module in input);
        let module: TokenStream = module.parse()?;
        let index = PathBuf::from(input.parse::<LitStr>()?.value());
        let remedy = input.parse::<LitStr>()?.value();
        Ok(Self { module, index, remedy })
    }
}

/// A row no table has, for an id that cannot be checked because the content did not compile: the user hears about the
/// content, not about what follows from it. It differs by text, so that two such patterns are not the same.
pub(crate) fn placeholder_row(text: &str) -> u32 {
    // FNV-1a
    let hash =
        text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    0x8000_0000 | (hash & 0x7fff_ffff)
}

/// Shown at `span`, resolved as our own.
pub(crate) fn here(span: Span) -> Span {
    Span::call_site().located_at(span)
}

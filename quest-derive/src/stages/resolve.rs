//! The second step: checks the enum against the content and implements the trait.

use super::{Listing, Variant, combine};
use crate::content::{Content, here, placeholder_row};
use crate::index::{Entry, Index, Kind};
use crate::unknown;
use proc_macro2::{Ident, Span, TokenStream};
use quest_format::suggest::{near, same_alphanumerics};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Result};

/// `<content> <listing>`
struct Invocation {
    content: Content,
    listing: Listing,
}

impl Parse for Invocation {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        Ok(Self { content: input.parse()?, listing: input.parse()? })
    }
}

pub(crate) fn expand(input: TokenStream) -> Result<TokenStream> {
    let Invocation { content, listing } = syn::parse2(input)?;
    let span = listing.quest.span();
    let index = content.index(span)?;
    let stage = match &listing.stages {
        Some(name) => listed(&index, &name.unraw().to_string(), name.span())?,
        None => listed(&index, "stage", span)?,
    };
    let Some(quest) = index.parent(stage) else {
        let message = format!(
            "{} of this content belongs to nothing, so an enum cannot list those of one object",
            unknown::article(stage.noun())
        );
        return Err(Error::new(listing.stages.as_ref().map_or(span, Ident::span), message));
    };
    let checked = check(&index, quest, stage, &listing);
    if !checked.errors.is_empty() {
        content.verify(&index, span)?;
    }
    let implementation = implementation(&content, &index, quest, stage, &listing, &checked)?;
    let errors =
        combine(checked.errors).filter(|_| !index.incomplete).map(|errors| errors.to_compile_error());
    Ok(quote!(#errors #implementation))
}

/// The kind that the enum lists.
fn listed<'i>(index: &'i Index, name: &str, span: Span) -> Result<&'i Kind> {
    index.kind(name).ok_or_else(|| {
        let lists =
            index.kinds().iter().filter(|kind| !kind.macro_name.is_empty() && index.parent(kind).is_some());
        let lists: Vec<String> = lists.map(|kind| format!("stages = {}", kind.macro_name)).collect();
        let mut message = format!("the content has no ids for `{name}!`");
        if !lists.is_empty() {
            let lists = unknown::list(&lists.iter().map(String::as_str).collect::<Vec<_>>(), "or");
            message.push_str(&format!("\nhelp: say in `#[quest]` what the enum lists: {lists}"));
        }
        Error::new(span, message)
    })
}

/// What the content says about the enum.
struct Checked {
    quest: u32,
    /// The row of every variant, in the order of the enum. A variant that is wrong has a row that no stage has: the
    /// trait is implemented all the same, so that its users are not reported as well.
    rows: Vec<u32>,
    errors: Vec<Error>,
}

fn check(index: &Index, quest: &Kind, stage: &Kind, listing: &Listing) -> Checked {
    let scope = listing.quest.value();
    let placeholder = |variant: &Variant| placeholder_row(&format!("{scope}:{}", variant.name));
    let Some(row) = index.row(quest, &scope) else {
        return Checked {
            quest: placeholder_row(&scope),
            rows: listing.variants.iter().map(placeholder).collect(),
            errors: vec![Error::new(listing.quest.span(), unknown::explain(index, quest, &scope))],
        };
    };
    let scope = Scope { index, quest, stage, id: &scope, entries: index.entries_in(stage, &scope).collect() };
    let found: Vec<Result<Option<u32>>> =
        listing.variants.iter().map(|variant| scope.stage_of(variant)).collect();

    let mut missing: Vec<Entry<'_>> = scope.entries.clone();
    missing.sort_unstable_by_key(|entry| entry.row);
    missing.retain(|entry| !found.iter().any(|row| matches!(row, Ok(Some(row)) if *row == entry.row)));

    let mut errors = Vec::new();
    let mut rows: Vec<u32> = Vec::with_capacity(found.len());
    for (variant, found) in listing.variants.iter().zip(found) {
        let row = match found {
            Ok(Some(row)) => {
                errors.extend(scope.listed_before(variant, row, &rows, listing));
                Some(row)
            }
            Ok(None) => {
                errors.push(scope.surplus(variant, &mut missing));
                None
            }
            Err(error) => {
                errors.push(error);
                None
            }
        };
        rows.push(row.unwrap_or_else(|| placeholder(variant)));
    }
    errors.extend(scope.missing(&listing.name, &missing));
    Checked { quest: row, rows, errors }
}

/// One quest and its stages.
struct Scope<'a> {
    index: &'a Index,
    quest: &'a Kind,
    stage: &'a Kind,
    id: &'a str,
    entries: Vec<Entry<'a>>,
}

impl Scope<'_> {
    /// The row of the stage that a variant stands for, if there is one by its name.
    fn stage_of(&self, variant: &Variant) -> Result<Option<u32>> {
        if let Some(stage) = &variant.stage {
            let full = format!("{}:{}", self.id, stage.value());
            return match self.index.row(self.stage, &full) {
                Some(row) => Ok(Some(row)),
                None => Err(Error::new(stage.span(), unknown::explain(self.index, self.stage, &full))),
            };
        }
        let name = variant.name.unraw().to_string();
        let mut fits = self.entries.clone();
        fits.retain(|entry| same_alphanumerics(entry.path, &name));
        match fits.as_slice() {
            [] => Ok(None),
            [entry] => Ok(Some(entry.row)),
            several => Err(Error::new(
                variant.name.span(),
                format!(
                    "`{name}` fits {} of {} `{}`\nhelp: say which with `#[stage(\"…\")]`",
                    unknown::list(&several.iter().map(|entry| entry.path).collect::<Vec<_>>(), "and"),
                    self.quest.noun(),
                    self.id
                ),
            )),
        }
    }

    fn listed_before(&self, variant: &Variant, row: u32, before: &[u32], listing: &Listing) -> Option<Error> {
        let first = listing.variants.get(before.iter().position(|other| *other == row)?)?;
        let stage = self.entries.iter().find(|entry| entry.row == row).map_or("", |entry| entry.path);
        let noun = self.stage.noun();
        let message = format!("`{}` and `{}` both stand for {noun} `{stage}`", first.name, variant.name);
        Some(Error::new(variant.name.span(), message))
    }

    /// The error for a variant that is no stage. A missing stage that it may be a misspelling of is not reported again.
    fn surplus(&self, variant: &Variant, missing: &mut Vec<Entry<'_>>) -> Error {
        let name = variant.name.unraw().to_string();
        let names: Vec<String> = missing.iter().map(|entry| variant_name(entry.path)).collect();
        let near = near(&name, names.iter().map(String::as_str));
        let help = match near.first() {
            Some(nearest) => {
                let help = format!("did you mean {}?", unknown::list(&near, "or"));
                if let Some(at) = names.iter().position(|name| name == nearest) {
                    missing.remove(at);
                }
                Some(help)
            }
            None => unknown::members(self.index, self.stage, self.id),
        };
        let stage = unknown::article(self.stage.noun());
        let mut message = format!("`{name}` is not {stage} of {} `{}`", self.quest.noun(), self.id);
        if let Some(help) = help {
            message.push_str(&format!("\nhelp: {help}"));
        }
        Error::new(variant.name.span(), message)
    }

    /// The error for stages without a variant, if there are any.
    fn missing(&self, name: &Ident, missing: &[Entry<'_>]) -> Option<Error> {
        let (stage, quest, id) = (self.stage.noun(), self.quest.noun(), self.id);
        let add = |entry: &Entry<'_>| format!("add `{}`", self.declaration(entry.path));
        let message = match missing {
            [] => return None,
            [entry] => format!("{stage} `{}` of {quest} `{id}` has no variant: {}", entry.path, add(entry)),
            several => {
                let mut message = format!(
                    "{} {} of {quest} `{id}` have no variant:",
                    several.len(),
                    unknown::plural(stage)
                );
                for entry in several {
                    message.push_str(&format!("\n    `{}`: {}", entry.path, add(entry)));
                }
                message
            }
        };
        Some(Error::new(name.span(), message))
    }

    /// How to write the variant for a stage.
    fn declaration(&self, stage: &str) -> String {
        let name = variant_name(stage);
        let fits = self.entries.iter().filter(|entry| same_alphanumerics(entry.path, &name));
        if same_alphanumerics(&name, stage) && fits.count() == 1 {
            name
        } else {
            format!("#[stage({stage:?})] {name}")
        }
    }
}

/// A name in PascalCase for a stage; a valid one, whatever the stage is called.
fn variant_name(stage: &str) -> String {
    let mut name = String::new();
    for word in stage.split(|char: char| !char.is_alphanumeric()) {
        let mut chars = word.chars();
        name.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(chars.as_str());
    }
    match syn::parse_str::<Ident>(&name) {
        Ok(_) => name,
        Err(_) => format!("Stage{name}"),
    }
}

fn implementation(
    content: &Content,
    index: &Index,
    quest: &Kind,
    stage: &Kind,
    listing: &Listing,
    checked: &Checked,
) -> Result<TokenStream> {
    let name = &listing.name;
    let span = name.span();
    let runtime = content.item("__rt", span);
    let (quest_type, stage_type) =
        (content.id_type(index, quest, span)?, content.id_type(index, stage, span)?);
    let quest_id = content.id(index, quest, checked.quest, listing.quest.span())?;

    let mut by_row: Vec<(u32, &Ident)> = Vec::new();
    let mut stages = Vec::new();
    let mut variants = Vec::new();
    for (variant, row) in listing.variants.iter().zip(&checked.rows) {
        let variant = &variant.name;
        let id = content.id(index, stage, *row, variant.span())?;
        stages.push(quote_spanned!(here(span)=> Self::#variant => #id,));
        if !by_row.iter().any(|(other, _)| other == row) {
            variants.push(quote_spanned!(here(span)=> #id => ::core::option::Option::Some(Self::#variant),));
        }
        by_row.push((*row, variant));
    }
    by_row.sort_unstable_by_key(|(row, _)| *row);
    let all = by_row.iter().map(|(_, variant)| variant);

    // Whatever rustc has against this (a missing `Copy`, say), the name of the enum is where to show it.
    Ok(quote_spanned! {here(span)=>
        #[automatically_derived]
        impl #runtime::__private::Generated for #name {}

        #[automatically_derived]
        impl #runtime::Stages for #name {
            type Quest = #quest_type;
            type Stage = #stage_type;
            const QUEST: Self::Quest = #quest_id;
            const ALL: &'static [Self] = &[#(Self::#all),*];
            #[inline]
            fn stage(self) -> Self::Stage {
                match self { #(#stages)* }
            }
            #[inline]
            fn from_stage(stage: Self::Stage) -> ::core::option::Option<Self> {
                match stage {
                    #(#variants)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    })
}

#[cfg(test)]
mod tests;

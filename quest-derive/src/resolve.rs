//! `quest!("iron-path")` and its siblings: a literal becomes an id.

use crate::content::{Content, placeholder_row};
use crate::unknown;
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::LitStr;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};

/// `<content> quest <what the user wrote>`
struct Invocation {
    content: Content,
    macro_name: String,
    user: TokenStream,
}

impl Parse for Invocation {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let content = input.parse()?;
        let macro_name = input.call(syn::Ident::parse_any)?.unraw().to_string();
        Ok(Self { content, macro_name, user: input.parse()? })
    }
}

pub(crate) fn expand(input: TokenStream) -> syn::Result<TokenStream> {
    let Invocation { content, macro_name, user } = syn::parse2(input)?;
    let literal = literal(user.clone());
    let span = literal.as_ref().map_or_else(Span::call_site, LitStr::span);
    let index = content.index(span)?;
    let kind = content.kind(&index, &macro_name, span)?;
    let Some(literal) = literal else {
        let example = unknown::example(&index, kind).map(|id| format!(", such as `{macro_name}!({id:?})`"));
        let message = format!("`{macro_name}!` takes one string literal{}", example.unwrap_or_default());
        return Err(if user.is_empty() {
            syn::Error::new(Span::call_site(), message)
        } else {
            syn::Error::new_spanned(user, message)
        });
    };
    let text = literal.value();
    let row = match index.row(kind, &text) {
        Some(row) => row,
        None => {
            content.verify(&index, span)?;
            if !index.incomplete {
                return content.error(&index, kind, &unknown::explain(&index, kind, &text), span);
            }
            placeholder_row(&text)
        }
    };
    content.id(&index, kind, row, span)
}

/// The one string literal that the user wrote, perhaps with a comma behind it. A `macro_rules!` of the user's own may
/// have wrapped it in invisible groups.
fn literal(tokens: TokenStream) -> Option<LitStr> {
    let mut tokens = tokens.into_iter();
    let literal = match tokens.next()? {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => literal(group.stream())?,
        token @ TokenTree::Literal(_) => syn::parse2(TokenStream::from(token)).ok()?,
        _ => return None,
    };
    let comma = match tokens.next() {
        None => true,
        Some(TokenTree::Punct(punct)) => punct.as_char() == ',' && tokens.next().is_none(),
        Some(_) => false,
    };
    (comma && literal.suffix().is_empty()).then_some(literal)
}

#[cfg(test)]
mod tests {
    use crate::index::fixture::{Fixture, TemporaryFile};
    use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
    use quote::quote;

    fn invocation(fixture: &TemporaryFile, call: &str) -> TokenStream {
        let (name, user) = call.strip_suffix(')').unwrap().split_once("!(").unwrap();
        let (name, user): (TokenStream, TokenStream) = (name.parse().unwrap(), user.parse().unwrap());
        let path = fixture.path.to_str().unwrap();
        quote!([game::quests] #path "cargo clean -p game" #name #user)
    }

    fn expand(call: &str) -> syn::Result<String> {
        expand_with(&Fixture::quests(), call)
    }

    fn expand_with(fixture: &Fixture, call: &str) -> syn::Result<String> {
        let file = fixture.file();
        super::expand(invocation(&file, call)).map(|tokens| tokens.to_string().replace(' ', ""))
    }

    #[track_caller]
    fn id(call: &str, expected: &str) {
        let (name, row) = expected.strip_suffix(')').unwrap().split_once('(').unwrap();
        let expected = format!(
            "<game::quests::__content_0123456789abcdef::{name}asgame::quests::__rt::__private::AtRow<{row}>>::ID"
        );
        assert_eq!(expand(call).unwrap(), expected);
    }

    /// The message, and the source text it points at.
    #[track_caller]
    fn error(call: &str, place: &str, message: &str) {
        let error = expand(call).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.span().source_text().unwrap_or_default(), place);
    }

    #[test]
    fn a_literal_becomes_an_id() {
        id(r#"quest!("iron-path")"#, "QuestId(0u32)");
        id(r#"quest!("amber-trail",)"#, "QuestId(1u32)");
        id(r##"quest!(r#"empty-hall"#)"##, "QuestId(2u32)");
        id(r#"stage!("iron-path:return-kjartan")"#, "StageId(3u32)");
        id(r#"r#stage!("iron-path:find\x2ddescent")"#, "StageId(1u32)");
        id(r#"objective!("iron-path:find-descent:look")"#, "ObjectiveId(2u32)");
        id(r#"npc!("npc-maren")"#, "NpcId(1u32)");
    }

    #[test]
    fn a_literal_in_invisible_groups_becomes_an_id() {
        let file = Fixture::quests().file();
        let mut user = quote!("iron-path");
        for _ in 0..3 {
            user = TokenTree::Group(Group::new(Delimiter::None, user)).into();
        }
        let path = file.path.to_str().unwrap();
        let tokens = super::expand(quote!([quests] #path "" quest #user)).unwrap();
        assert!(tokens.to_string().ends_with("AtRow < 0u32 >> :: ID"), "{tokens}");
    }

    #[test]
    fn every_token_stands_at_the_literal() {
        let file = Fixture::quests().file();
        let mut pending: Vec<TokenTree> =
            super::expand(invocation(&file, r#"quest!("iron-path")"#)).unwrap().into_iter().collect();
        assert!(!pending.is_empty());
        let mut seen = 0;
        while let Some(token) = pending.pop() {
            if !matches!(token, TokenTree::Punct(_)) {
                assert_eq!(token.span().source_text().as_deref(), Some("\"iron-path\""), "{token}");
                seen += 1;
            }
            if let TokenTree::Group(group) = token {
                pending.extend(group.stream());
            }
        }
        assert_eq!(seen, 12);
    }

    #[test]
    fn an_unknown_id_is_reported_at_the_literal() {
        stops(
            r#"stage!("iron-path:find-decent")"#,
            r#""iron-path:find-decent""#,
            "no stage `find-decent` in quest `iron-path`\nhelp: did you mean `find-descent`?",
        );
        stops(r#"quest!("",)"#, r#""""#, "the id is empty\nhelp: write a quest here, such as `iron-path`");
    }

    /// The expansion stops the compiler with a message at the literal.
    fn stops(call: &str, place: &str, message: &str) {
        let file = Fixture::quests().file();
        let mut pending = vec![super::expand(self::invocation(&file, call)).unwrap()];
        let mut found = false;
        while let Some(tokens) = pending.pop() {
            for token in tokens {
                match token {
                    TokenTree::Group(group) => pending.push(group.stream()),
                    TokenTree::Literal(literal) => {
                        let Ok(text) = syn::parse2::<syn::LitStr>(TokenTree::from(literal.clone()).into())
                        else {
                            continue;
                        };
                        assert_eq!(text.value(), message);
                        assert_eq!(literal.span().source_text().as_deref(), Some(place));
                        found = true;
                    }
                    _ => {}
                }
            }
        }
        assert!(found, "{call} compiles");
    }

    #[test]
    fn anything_else_is_refused() {
        let message = "`quest!` takes one string literal, such as `quest!(\"iron-path\")`";
        error("quest!()", "", message);
        error("quest!(iron)", "iron", message);
        error("quest!(17)", "17", message);
        error(r#"quest!(b"iron-path")"#, r#"b"iron-path""#, message);
        error(r#"quest!(c"iron-path")"#, r#"c"iron-path""#, message);
        error(r#"quest!("iron-path"id)"#, r#""iron-path"id"#, message);
        error(r#"quest!("iron-path", "amber-trail")"#, r#""iron-path", "amber-trail""#, message);
        error(r#"quest!("iron-path",,)"#, r#""iron-path",,"#, message);
        error(r#"quest!(("iron-path"))"#, r#"("iron-path")"#, message);
        error("npc!(x)", "x", "`npc!` takes one string literal, such as `npc!(\"npc-kjartan\")`");
        let none = Fixture::new().kind("quest", None, &[] as &[&str]);
        assert_eq!(
            expand_with(&none, "quest!()").unwrap_err().to_string(),
            "`quest!` takes one string literal"
        );
    }

    #[test]
    fn content_with_errors_is_not_reported_again() {
        let incomplete = Fixture::quests().incomplete();
        let known = expand_with(&incomplete, r#"quest!("iron-path")"#).unwrap();
        assert!(known.ends_with("AtRow<0u32>>::ID"), "{known}");
        let row = |call: &str| {
            let tokens = expand_with(&incomplete, call).unwrap();
            let row = tokens.rsplit_once("AtRow<").unwrap().1;
            row.strip_suffix("u32>>::ID").unwrap().parse::<u32>().unwrap()
        };
        let (one, other) = (row(r#"quest!("lost")"#), row(r#"quest!("gone")"#));
        assert!(one >= 0x8000_0000 && other >= 0x8000_0000 && one != other, "{one} {other}");
        assert_eq!(one, row(r#"quest!("lost")"#));
        assert!(expand_with(&incomplete, "quest!(lost)").is_err());
    }

    #[test]
    fn an_index_that_cannot_be_used_is_reported_at_the_literal() {
        let file = TemporaryFile::new("quests.index", b"QSTINDEX");
        let error = super::expand(invocation(&file, r#"quest!("iron-path")"#)).unwrap_err();
        let path = file.path.display();
        assert_eq!(
            error.to_string(),
            format!(
                "the index of the quest content is damaged (it ends too early): {path}\n\
                 help: run `cargo clean -p game`, then build again"
            )
        );
        assert_eq!(error.span().source_text().unwrap(), r#""iron-path""#);
    }

    #[test]
    fn an_index_that_does_not_fit_the_macros_is_reported() {
        error(
            r#"faction!("wardens")"#,
            r#""wardens""#,
            "the index of the quest content has no ids for `faction!`\n\
             help: run `cargo clean -p game`, then build again",
        );
        let mut fixture = Fixture::quests();
        fixture.format = 7;
        let message = expand_with(&fixture, r#"quest!("iron-path")"#).unwrap_err().to_string();
        assert!(message.starts_with("the index of the quest content has format 7, but"), "{message}");
        let mut fixture = Fixture::quests();
        fixture.rename_type(0, "Quest Id");
        assert_eq!(
            expand_with(&fixture, r#"quest!("iron-path")"#).unwrap_err().to_string(),
            "the index of the quest content names a type `Quest Id`\nhelp: run `cargo clean -p game`, then build again"
        );
    }
}

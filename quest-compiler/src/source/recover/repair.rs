//! Candidates for the repair of a mistake: other marks here, other quotes in [`quotes`](super::quotes).
//!
//! The tokens so far and the one that is not allowed come in. A list of repairs goes out. A mistake is often noticed later than it was
//! made, so some of them change tokens that were already read. This module must not know which repair is right, or its message.

use super::lex::{Bracket, Token, TokenKind, lex, trimmed};
use super::{Expect, Recovery, State};
use crate::narrow::narrow_u32;
use crate::source::tape::NodeKind;

/// What someone did wrong, if a repair is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// A comma, a colon or an opening bracket is missing.
    Missing,
    /// One or more closing brackets are missing.
    Unclosed,
    NoValue,
    NoName,
    Surplus,
    /// A wrong mark is in the place of the right one.
    Wrong,
    /// A name or a text has no quotes at all.
    Bare,
    OpeningQuote,
    ClosingQuote,
    SurplusQuote,
    InnerQuote,
    /// A text goes on in the next line.
    Lines,
    FileEnds,
    Rest,
}

/// A way to continue: keep the first tokens, feed some, and resume at a later position.
#[derive(Clone, Debug)]
pub(super) struct Repair {
    pub(super) mistake: Mistake,
    pub(super) keep: usize,
    pub(super) feed: Vec<Token>,
    /// The tokens from here on, which were read already, follow.
    pub(super) replay: usize,
    /// The text from here on follows.
    pub(super) resume: usize,
    /// Of two that do equally well, the one that costs less is right.
    pub(super) cost: u32,
}

/// A mistake is looked for in this many tokens before the one that is not allowed.
const NEAR: usize = 4;

pub(super) struct Candidates<'r, 'a> {
    pub(super) reader: &'r Recovery<'a>,
    /// The token that is not allowed, and its position among all.
    pub(super) error: Token,
    pub(super) last: usize,
    list: Vec<Repair>,
}

impl<'r, 'a> Candidates<'r, 'a> {
    pub(super) fn of(reader: &'r Recovery<'a>, error: Token) -> Vec<Repair> {
        let last = reader.entries.len();
        let mut all = Self { reader, error, last, list: Vec::new() };
        let near: Vec<usize> =
            std::iter::successors(Some(last), |at| reader.before(*at)).take(NEAR + 1).collect();
        for (distance, at) in near.into_iter().enumerate() {
            all.quotes(at, narrow_u32(distance));
            if distance < NEAR {
                all.insert(at, narrow_u32(distance));
                all.delete(at, narrow_u32(distance));
            }
        }
        all.replace();
        all.missing();
        all.bare();
        all.prose();
        all.openings();
        all.closings();
        all.end();
        all.list
    }

    pub(super) fn token(&self, at: usize) -> Token {
        self.reader.entries.get(at).map_or(self.error, |entry| entry.token)
    }

    pub(super) fn state(&self, at: usize) -> State {
        self.reader.state_before(at)
    }

    /// The end of the text before the token at `at`.
    fn end_before(&self, at: usize) -> usize {
        self.reader.before(at).map_or(self.reader.start, |before| self.token(before).end())
    }

    /// Adds a repair that changes marks and leaves the text as it was read.
    fn marks(&mut self, mistake: Mistake, keep: usize, feed: Vec<Token>, replay: usize, cost: u32) {
        if !self.reader.patient(self.last.saturating_sub(keep)) {
            return;
        }
        // The token at fault was not taken yet: it is read again, or left out.
        let resume = if replay > self.last { self.error.end() } else { self.reader.at };
        self.list.push(Repair { mistake, keep, feed, replay: replay.min(self.last), resume, cost });
    }

    /// Adds a repair that reads a part of the text in another way.
    pub(super) fn text(&mut self, mistake: Mistake, at: usize, token: Token, resume: usize, cost: u32) {
        let token = Token { indent: self.token(at).indent, ..token };
        let repair = Repair { mistake, keep: at, feed: vec![token], replay: self.last, resume, cost };
        self.list.push(repair);
    }

    /// Something is missing before the token at `at`.
    fn insert(&mut self, at: usize, distance: u32) {
        let (start, end) = (self.token(at).start(), self.end_before(at));
        let behind = |kind| vec![Token::made(kind, end, end)];
        let state = self.state(at);
        self.marks(Mistake::Missing, at, behind(TokenKind::Comma), at, 20 + distance);
        self.marks(Mistake::Missing, at, behind(TokenKind::Colon), at, 20 + distance);
        if state.value() {
            for bracket in [Bracket::Object, Bracket::List] {
                let opening = Token::made(TokenKind::Open(bracket), start, start);
                self.marks(Mistake::Missing, at, vec![opening], at, 45 + distance);
            }
        }
        if let Some(open) = self.reader.brackets.innermost(state) {
            // Of `{{`, the second is rather one too many than the first one not closed.
            let empty = matches!(state.expect, Expect::First | Expect::FirstName);
            let cost = if empty { 60 } else { 30 };
            self.marks(Mistake::Unclosed, at, behind(TokenKind::Close(open.bracket)), at, cost + distance);
        }
    }

    /// The token at `at` is one too many.
    fn delete(&mut self, at: usize, distance: u32) {
        let token = self.token(at);
        let cost = match token.kind {
            _ if token.start == token.end => return,
            TokenKind::Stray => 15,
            TokenKind::Comma => 25,
            TokenKind::Colon | TokenKind::Word => 40,
            TokenKind::Open(_) | TokenKind::Close(_) => 50,
            TokenKind::Scalar(_) | TokenKind::Unclosed => 60,
            TokenKind::Skipped | TokenKind::End => return,
        };
        let skipped = Token { kind: TokenKind::Skipped, ..token };
        self.marks(Mistake::Surplus, at, vec![skipped], at + 1, cost + distance);
    }

    /// Tries another mark in place of this one.
    fn replace(&mut self) {
        let error = self.error;
        let written = &self.reader.text[error.start()..error.end()];
        let meant = |kind| vec![Token { kind, ..error }];
        match error.kind {
            TokenKind::Comma | TokenKind::Colon | TokenKind::Close(_) => {}
            TokenKind::Stray if written.len() <= 3 => {}
            TokenKind::Word if matches!(written, "." | "-" | "_") => {}
            _ => return,
        }
        self.marks(Mistake::Wrong, self.last, meant(TokenKind::Colon), self.last + 1, 10);
        self.marks(Mistake::Wrong, self.last, meant(TokenKind::Comma), self.last + 1, 12);
        if let Some(open) = self.reader.brackets.innermost(self.reader.state)
            && error.kind != TokenKind::Close(open.bracket)
        {
            self.marks(Mistake::Wrong, self.last, meant(TokenKind::Close(open.bracket)), self.last + 1, 20);
        }
    }

    /// A value or a name is missing.
    fn missing(&mut self) {
        let (last, error, state) = (self.last, self.error, self.reader.state);
        let nothing = |kind, at: usize| Token::made(kind, at, at);
        let end = self.end_before(last);
        let value = TokenKind::Scalar(NodeKind::Invalid);
        self.marks(Mistake::NoValue, last, vec![nothing(value, end)], last, 40);
        self.marks(
            Mistake::NoValue,
            last,
            vec![nothing(TokenKind::Colon, end), nothing(value, end)],
            last,
            45,
        );
        // Of two names one below the other, the first has no value.
        if error.is_text() && error.indent.is_some() {
            let comma = nothing(TokenKind::Comma, end);
            let feed = vec![nothing(TokenKind::Colon, end), nothing(value, end), comma];
            self.marks(Mistake::NoValue, last, feed, last, 50);
        }
        if let Some(at) = self.reader.before(last).filter(|at| self.token(*at).is_text()) {
            let end = self.end_before(at);
            let feed = vec![nothing(value, end), nothing(TokenKind::Comma, end)];
            self.marks(Mistake::NoValue, at, feed, at, 50);
        }
        if state.name() {
            let (start, colon) = (error.start(), TokenKind::Colon);
            self.marks(Mistake::NoName, last, vec![nothing(value, start)], last, 50);
            self.marks(Mistake::NoName, last, vec![nothing(value, start), nothing(colon, start)], last, 55);
        }
    }

    /// A bracket was opened far before, and should not have been, or the other way around.
    fn openings(&mut self) {
        // Before the last value that is complete.
        let mut at = self.reader.before(self.last);
        if at.is_some_and(|at| self.token(at).kind == TokenKind::Comma) {
            at = at.and_then(|at| self.reader.before(at));
        }
        if let Some(at) = at
            && let TokenKind::Close(_) = self.token(at).kind
            && let Some(open) = self.reader.brackets.innermost(self.state(at))
        {
            let start = self.token(open.index).start();
            for bracket in [Bracket::List, Bracket::Object] {
                let opening = vec![Token::made(TokenKind::Open(bracket), start, start)];
                self.marks(Mistake::Missing, open.index, opening, open.index, 46);
            }
        }
        // The innermost that is open.
        if let Some(open) = self.reader.brackets.innermost(self.reader.state) {
            let (index, token) = (open.index, self.token(open.index));
            if token.start < token.end {
                let other = if open.bracket == Bracket::List { Bracket::Object } else { Bracket::List };
                let meant = Token { kind: TokenKind::Open(other), ..token };
                self.marks(Mistake::Wrong, index, vec![meant], index + 1, 55);
                let skipped = Token { kind: TokenKind::Skipped, ..token };
                self.marks(Mistake::Surplus, index, vec![skipped], index + 1, 58);
            }
        }
    }

    /// Several brackets were not closed, or one that indentation tells of.
    fn closings(&mut self) {
        // Up to the partner of a bracket that closes.
        if let TokenKind::Close(bracket) = self.error.kind {
            let partner =
                self.reader.brackets.open(self.reader.state).position(|open| open.bracket == bracket);
            self.close(self.last, partner.unwrap_or(0), 35);
        }
        let state = self.reader.state;
        if state.expect == Expect::After {
            self.close(self.last, 1, 56);
        }
        for &(suspect, open) in self.reader.suspects.iter().rev().take(8) {
            let (token, state) = (self.token(suspect), self.state(suspect));
            let closes = matches!(token.kind, TokenKind::Close(_));
            for at in [open, suspect] {
                let token = self.token(at);
                if (closes || at == open) && token.start < token.end {
                    let skipped = Token { kind: TokenKind::Skipped, ..token };
                    self.marks(Mistake::Surplus, at, vec![skipped], at + 1, 54);
                }
            }
            let Some(indent) = token.indent else { continue };
            let deeper = |line: u16| if closes { line > indent } else { line >= indent };
            let open = self.reader.brackets.open(state);
            let many = open.take_while(|open| open.line.is_some_and(deeper)).count();
            self.close(suspect, many, 36);
        }
    }

    /// The `many` innermost brackets should have been closed before the token at `at`.
    fn close(&mut self, at: usize, many: usize, cost: u32) {
        let comma = self.reader.before(at).filter(|before| self.token(*before).kind == TokenKind::Comma);
        let place = comma.unwrap_or(at);
        let end = self.end_before(place);
        let open = self.reader.brackets.open(self.state(place)).take(many);
        let mut feed: Vec<Token> =
            open.map(|open| Token::made(TokenKind::Close(open.bracket), end, end)).collect();
        if feed.is_empty() {
            return;
        }
        if comma.is_none() && !matches!(self.token(at).kind, TokenKind::Close(_)) {
            feed.push(Token::made(TokenKind::Comma, end, end));
        }
        self.marks(Mistake::Unclosed, place, feed, place, cost);
    }

    /// The file ends too early, or goes on after its end.
    fn end(&mut self) {
        let (text, error, state) = (self.reader.text, self.error, self.reader.state);
        if state.depth == 0 {
            return;
        }
        let whole = trimmed(text, text.len());
        let word = &text[error.start()..error.end()];
        let part = match error.kind {
            TokenKind::End | TokenKind::Unclosed => true,
            TokenKind::Word => {
                let number = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
                number || ["true", "false", "null"].iter().any(|whole| whole.starts_with(word))
            }
            _ => false,
        };
        if !part || lex(text, error.end()).kind != TokenKind::End {
            return;
        }
        let mut feed = Vec::new();
        let mut put = |kind| feed.push(Token::made(kind, whole, whole));
        let mut expect = state.expect;
        let nothing = TokenKind::Scalar(NodeKind::Invalid);
        for open in self.reader.brackets.open(state) {
            // An object may have had more properties, so none is reported as missing.
            let rest: &[TokenKind] = match (open.bracket, expect) {
                (Bracket::Object, Expect::After) => &[TokenKind::Comma, nothing, TokenKind::Colon, nothing],
                (Bracket::Object, Expect::Name | Expect::FirstName) => &[nothing, TokenKind::Colon, nothing],
                (Bracket::Object, Expect::Colon) => &[TokenKind::Colon, nothing],
                (_, Expect::Value) => &[nothing],
                _ => &[],
            };
            rest.iter().for_each(|kind| put(*kind));
            put(TokenKind::Close(open.bracket));
            expect = Expect::After;
        }
        self.list.push(Repair {
            mistake: Mistake::FileEnds,
            keep: self.last,
            feed,
            replay: self.last,
            resume: text.len(),
            cost: 90,
        });
    }
}

//! The grammar: what may follow what, and which brackets are open.
//!
//! A state and a token come in. The next state goes out, or `None` if the token is not allowed there. A state also counts the lines whose
//! indentation disagrees with the brackets around them: never an error by itself, but evidence of where a bracket is missing. This module
//! must not know the text of the file, or how mistakes are repaired.

use super::lex::{Bracket, Token, TokenKind};
use crate::narrow::narrow_u32;
use crate::source::scan::MAX_DEPTH;
use crate::source::tape::NodeKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    /// A value, or the end of the list that has just begun.
    First,
    Value,
    /// A name, or the end of the object that has just begun.
    FirstName,
    Name,
    Colon,
    /// A comma, or the end of the open bracket.
    After,
    End,
}

/// An open bracket. Those outside of it are reached through `outer`, so that many states can share them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) bracket: Bracket,
    outer: Option<u32>,
    /// Its place among the tokens.
    pub(super) index: usize,
    pub(super) start: usize,
    /// The indentation of its line.
    pub(super) line: Option<u16>,
    /// Indentation of the first thing in it, if that is the first of its line.
    inner: Option<u16>,
    /// Its line, counted from the first.
    row: u32,
    /// The first thing in it is a bracket on the same line.
    doubled: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) expect: Expect,
    innermost: Option<u32>,
    pub(super) depth: u8,
    /// The current line, and its indentation.
    row: u32,
    line: u16,
    /// The indentation of the first token of this line, if that was left out.
    skipped: Option<u16>,
    /// The file has brackets that open on one line and have their content below.
    doubled: bool,
    /// The number of tokens so far whose indentation disagrees with their brackets.
    pub(super) crooked: u32,
}

impl State {
    pub(super) const START: Self = Self {
        expect: Expect::Value,
        innermost: None,
        depth: 0,
        row: 0,
        line: 0,
        skipped: None,
        doubled: false,
        crooked: 0,
    };

    /// Whether a value is allowed here.
    pub(super) fn value(self) -> bool {
        matches!(self.expect, Expect::First | Expect::Value)
    }

    /// Whether a property name is allowed here.
    pub(super) fn name(self) -> bool {
        matches!(self.expect, Expect::FirstName | Expect::Name)
    }
}

/// All brackets that are open in any state.
#[derive(Debug, Default)]
pub(super) struct Brackets(Vec<Open>);

impl Brackets {
    /// The open brackets, from the innermost outwards.
    pub(super) fn open(&self, state: State) -> impl Iterator<Item = &Open> {
        let get = |at: Option<u32>| self.0.get(at? as usize);
        std::iter::successors(get(state.innermost), move |open| get(open.outer))
    }

    pub(super) fn innermost(&self, state: State) -> Option<&Open> {
        self.open(state).next()
    }

    /// Whether two states allow the same from now on.
    pub(super) fn alike(&self, a: State, b: State) -> bool {
        let shape = |state| self.open(state).map(|open| open.bracket);
        a.expect == b.expect && a.depth == b.depth && shape(a).eq(shape(b))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets those that came after the first `len`.
    pub(super) fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    fn push(&mut self, open: Open) -> Option<u32> {
        self.0.push(open);
        Some(narrow_u32(self.0.len() - 1))
    }

    /// The state after `token`, which is at position `index` among all tokens; `None` if it is not allowed here.
    pub(super) fn step(&mut self, state: State, token: &Token, index: usize) -> Option<State> {
        let token = Token { indent: token.indent.or(state.skipped), ..*token };
        let row = state.row + u32::from(token.indent.is_some());
        let next = State { row, line: token.indent.unwrap_or(state.line), skipped: None, ..state };
        let cx = TokenCx { token, index, open: self.innermost(state).copied() };
        match token.kind {
            TokenKind::Skipped => Some(State { skipped: token.indent, ..next }),
            TokenKind::Open(bracket) if state.value() && usize::from(state.depth) < MAX_DEPTH => {
                Some(self.step_open(next, &cx, bracket))
            }
            TokenKind::Close(bracket) => Self::step_close(next, &cx, bracket),
            TokenKind::Comma if state.expect == Expect::After => {
                let expect = if cx.is_in_list() { Expect::Value } else { Expect::Name };
                Some(State { expect, ..next })
            }
            TokenKind::Colon if state.expect == Expect::Colon => {
                Some(State { expect: Expect::Value, ..next })
            }
            TokenKind::Scalar(kind) => self.step_scalar(next, &cx, kind),
            _ => None,
        }
    }

    /// The name of a property, or a value; `state` is the one before it, on the line of the token.
    fn step_scalar(&mut self, state: State, cx: &TokenCx, kind: NodeKind) -> Option<State> {
        if state.name() {
            let is_name = cx.token.is_text() || kind == NodeKind::Invalid;
            return is_name.then(|| State { expect: Expect::Colon, ..self.child(state, cx) });
        }
        let expect = if cx.open.is_some() { Expect::After } else { Expect::End };
        state.value().then(|| State { expect, ..self.element(state, cx) })
    }

    /// Opens a bracket; `state` is the one before it, on the line of the token.
    fn step_open(&mut self, state: State, cx: &TokenCx, bracket: Bracket) -> State {
        let mut next = self.element(state, cx);
        let line = match cx.open {
            // A bracket that is missing would have the indentation of its siblings.
            Some(outer) if cx.is_made() && cx.is_in_list() => outer.inner.or(outer.line),
            _ => Some(next.line),
        };
        next.innermost = self.push(Open {
            bracket,
            outer: next.innermost,
            index: cx.index,
            start: cx.token.start(),
            line,
            inner: None,
            row: next.row,
            doubled: false,
        });
        next.depth += 1;
        next.expect = if bracket == Bracket::Object { Expect::FirstName } else { Expect::First };
        next
    }

    /// Closes a bracket; `None` if another one is open, or something has to come first.
    fn step_close(state: State, cx: &TokenCx, bracket: Bracket) -> Option<State> {
        let open = cx.open.filter(|open| open.bracket == bracket)?;
        if !matches!(state.expect, Expect::After | Expect::First | Expect::FirstName) {
            return None;
        }
        let mut next = state;
        let crooked = match cx.token.indent {
            Some(indent) => open.line.is_some_and(|line| line != indent),
            None => open.inner.is_some(),
        };
        next.crooked += u32::from(crooked && !cx.is_made());
        // One such bracket may be a slip; more of them are a habit.
        if open.doubled && open.row < next.row {
            next.crooked += u32::from(!state.doubled);
            next.doubled |= !cx.is_made();
        }
        next.innermost = open.outer;
        next.depth -= 1;
        next.expect = if next.innermost.is_some() { Expect::After } else { Expect::End };
        Some(next)
    }

    /// A value: compares its indentation if it is an element of a list.
    fn element(&mut self, state: State, cx: &TokenCx) -> State {
        let is_element = state.expect == Expect::First || (state.expect == Expect::Value && cx.is_in_list());
        if is_element { self.child(state, cx) } else { state }
    }

    /// Compares the indentation of an element or a name with that of its bracket and of those before it.
    fn child(&mut self, mut state: State, cx: &TokenCx) -> State {
        let Some(open) = cx.open else { return state };
        let token = &cx.token;
        let is_first = matches!(state.expect, Expect::First | Expect::FirstName);
        let crooked = match (token.indent, open.inner) {
            (Some(indent), inner) => {
                let shallow = open.line.is_some_and(|line| indent <= line);
                shallow || inner.is_some_and(|inner| inner != indent)
            }
            (None, inner) => inner.is_some(),
        };
        state.crooked += u32::from(crooked && !cx.is_made());
        let doubled = token.indent.is_none() && matches!(token.kind, TokenKind::Open(_));
        if is_first && (doubled || token.indent.is_some()) {
            state.innermost = self.push(Open { inner: token.indent, doubled, ..open });
        }
        state
    }
}

/// A token with what is known of it at its place.
struct TokenCx {
    token: Token,
    /// Its position among all tokens.
    index: usize,
    /// The bracket that it is in.
    open: Option<Open>,
}

impl TokenCx {
    fn is_in_list(&self) -> bool {
        self.open.is_some_and(|open| open.bracket == Bracket::List)
    }

    /// Whether a repair made the token, so that it is not in the text.
    fn is_made(&self) -> bool {
        self.token.start == self.token.end
    }
}

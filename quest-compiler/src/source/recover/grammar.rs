//! What may follow what, and which brackets are open.
//!
//! Comes in: a state and a token. Goes out: the next state, or that the token cannot stand there. A state also counts the lines whose
//! indentation does not go with the brackets around them. That is never a mistake, only evidence of where a bracket is missing. This
//! file must not know the text of a file, or how mistakes are mended.

use super::lex::{Bracket, Token, What};
use crate::source::json::MAX_DEPTH;
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
    /// A comma, or the end of what is open.
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
    /// Indentation of the line that it stands on.
    pub(super) line: Option<u16>,
    /// Indentation of the first thing in it, if that is the first of its line.
    inner: Option<u16>,
    /// The line that it stands on, counted from the first.
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
    /// The first token of this line was left out, and stood here.
    skipped: Option<u16>,
    /// The file has brackets that open on one line and have their content below.
    doubled: bool,
    /// How many tokens so far stand where their brackets would not have them.
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

    /// Whether a value may stand here.
    pub(super) fn value(self) -> bool {
        matches!(self.expect, Expect::First | Expect::Value)
    }

    /// Whether a property name may stand here.
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
        Some(self.0.len() as u32 - 1)
    }

    /// The state behind `token`, the `index`th of all; `None` if it cannot stand here.
    pub(super) fn step(&mut self, state: State, token: &Token, index: usize) -> Option<State> {
        let open = self.innermost(state).copied();
        let list = open.is_some_and(|open| open.bracket == Bracket::List);
        let made = token.start == token.end;
        let token = &Token { indent: token.indent.or(state.skipped), ..*token };
        let row = state.row + u32::from(token.indent.is_some());
        let mut next = State { row, line: token.indent.unwrap_or(state.line), skipped: None, ..state };
        let child = state.name() || state.expect == Expect::First || (state.expect == Expect::Value && list);
        match token.what {
            What::Skipped => return Some(State { skipped: token.indent.or(state.skipped), ..next }),
            What::Open(bracket) if state.value() && usize::from(state.depth) < MAX_DEPTH => {
                if child {
                    self.child(&mut next, open, token, made);
                }
                let line = match open {
                    // One that is missing would stand where its siblings do.
                    Some(outer) if made && list => outer.inner.or(outer.line),
                    _ => Some(next.line),
                };
                next.innermost = self.push(Open {
                    bracket,
                    outer: next.innermost,
                    index,
                    start: token.start(),
                    line,
                    inner: None,
                    row,
                    doubled: false,
                });
                next.depth += 1;
                next.expect = if bracket == Bracket::Object { Expect::FirstName } else { Expect::First };
            }
            What::Close(bracket) => {
                let open = open.filter(|open| open.bracket == bracket)?;
                if !matches!(state.expect, Expect::After | Expect::First | Expect::FirstName) {
                    return None;
                }
                let crooked = match token.indent {
                    Some(indent) => open.line.is_some_and(|line| line != indent),
                    None => open.inner.is_some(),
                };
                next.crooked += u32::from(crooked && !made);
                // One such bracket may be a slip; where there are more of them, it is a habit.
                if open.doubled && open.row < row {
                    next.crooked += u32::from(!state.doubled);
                    next.doubled |= !made;
                }
                next.innermost = open.outer;
                next.depth -= 1;
                next.expect = if next.innermost.is_some() { Expect::After } else { Expect::End };
            }
            What::Comma if state.expect == Expect::After => {
                next.expect = if list { Expect::Value } else { Expect::Name };
            }
            What::Colon if state.expect == Expect::Colon => next.expect = Expect::Value,
            What::Scalar(kind) if state.name() => {
                if !(token.is_text() || kind == NodeKind::Invalid) {
                    return None;
                }
                self.child(&mut next, open, token, made);
                next.expect = Expect::Colon;
            }
            What::Scalar(_) if state.value() => {
                if child {
                    self.child(&mut next, open, token, made);
                }
                next.expect = if open.is_some() { Expect::After } else { Expect::End };
            }
            _ => return None,
        }
        Some(next)
    }

    /// Compares the place of an element or a name with that of its bracket and of those before it.
    fn child(&mut self, state: &mut State, open: Option<Open>, token: &Token, made: bool) {
        let Some(open) = open else { return };
        let first = matches!(state.expect, Expect::First | Expect::FirstName);
        let crooked = match (token.indent, open.inner) {
            (Some(indent), inner) => {
                let shallow = open.line.is_some_and(|line| indent <= line);
                shallow || inner.is_some_and(|inner| inner != indent)
            }
            (None, inner) => inner.is_some(),
        };
        state.crooked += u32::from(crooked && !made);
        let doubled = token.indent.is_none() && matches!(token.what, What::Open(_));
        if first && (doubled || token.indent.is_some()) {
            state.innermost = self.push(Open { inner: token.indent, doubled, ..open });
        }
    }
}

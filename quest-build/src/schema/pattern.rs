//! `pattern`: ECMAScript regular expressions.
//!
//! Nearly all patterns in quest schemas are one chain of character classes (`^[a-z][a-z0-9-]*$`), and every id of every file
//! is matched against one: those run as a table walk over bytes. All others go to `regress`, behind the feature `regex`: it and what
//! it needs are a quarter of what a game would compile for this crate, and few schemas need it.

use std::fmt;

/// A compiled pattern.
#[derive(Clone)]
pub(crate) struct Pattern {
    source: String,
    form: Form,
}

#[derive(Clone)]
enum Form {
    Chain(Vec<Step>),
    #[cfg(feature = "regex")]
    Regex(Box<regress::Regex>),
}

/// A set of ASCII characters and how often it may come.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    set: u128,
    least: u32,
    most: u32,
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.source)
    }
}

impl Pattern {
    /// Compiles a pattern.
    pub(crate) fn new(source: &str) -> Result<Self, Refused> {
        let form = match chain(source) {
            Some(steps) => Form::Chain(steps),
            None => engine(source)?,
        };
        Ok(Self { source: source.to_owned(), form })
    }

    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        match &self.form {
            Form::Chain(steps) => walk(steps, text.as_bytes()),
            #[cfg(feature = "regex")]
            Form::Regex(regex) => regex.find(text).is_some(),
        }
    }
}

/// Why there is no pattern.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It is no regular expression; the text says why.
    #[cfg_attr(not(feature = "regex"), expect(dead_code, reason = "only the engine can tell"))]
    Wrong(String),
    /// It needs the feature `regex`.
    #[cfg_attr(feature = "regex", expect(dead_code, reason = "the engine is there"))]
    NeedsEngine,
}

#[cfg(feature = "regex")]
fn engine(source: &str) -> Result<Form, Refused> {
    regress::Regex::with_flags(source, "u")
        .map(|regex| Form::Regex(Box::new(regex)))
        .map_err(|error| Refused::Wrong(error.to_string()))
}

#[cfg(not(feature = "regex"))]
fn engine(_: &str) -> Result<Form, Refused> {
    Err(Refused::NeedsEngine)
}

fn walk(steps: &[Step], text: &[u8]) -> bool {
    let mut at = 0;
    for step in steps {
        let mut count = 0;
        while count < step.most && text.get(at).is_some_and(|byte| *byte < 128 && step.set >> byte & 1 == 1) {
            at += 1;
            count += 1;
        }
        if count < step.least {
            return false;
        }
    }
    at == text.len()
}

/// Reads `^…$` made of literals, classes and repetitions; `None` for anything else, or where taking as much as
/// possible at each step could miss a match.
fn chain(source: &str) -> Option<Vec<Step>> {
    let body = source.strip_prefix('^')?.strip_suffix('$')?.as_bytes();
    if !body.is_ascii() {
        return None;
    }
    let mut steps: Vec<Step> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        let set;
        (set, at) = match byte {
            b'[' => class(body, at + 1)?,
            b'\\' => (escape(*body.get(at + 1)?)?, at + 2),
            b'.' | b'(' | b')' | b'|' | b'*' | b'+' | b'?' | b'{' | b'}' | b']' | b'^' | b'$' => return None,
            _ => (1 << byte, at + 1),
        };
        let (least, most, next) = repetition(body, at)?;
        at = next;
        steps.push(Step { set, least, most });
    }
    // Greedy is right if what a variable step could have left over can not be the start of what follows.
    for (index, step) in steps.iter().enumerate().filter(|(_, step)| step.least != step.most) {
        for later in &steps[index + 1..] {
            if later.set & step.set != 0 {
                return None;
            }
            if later.least > 0 {
                break;
            }
        }
    }
    Some(steps)
}

fn repetition(body: &[u8], at: usize) -> Option<(u32, u32, usize)> {
    let (least, most, next) = match body.get(at) {
        Some(b'*') => (0, u32::MAX, at + 1),
        Some(b'+') => (1, u32::MAX, at + 1),
        Some(b'?') => (0, 1, at + 1),
        Some(b'{') => {
            let end = at + body.get(at..)?.iter().position(|byte| *byte == b'}')?;
            let inside = std::str::from_utf8(body.get(at + 1..end)?).ok()?;
            let (least, most) = match inside.split_once(',') {
                None => (inside.parse().ok()?, inside.parse().ok()?),
                Some((least, "")) => (least.parse().ok()?, u32::MAX),
                Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
            };
            (least, most, end + 1)
        }
        _ => return Some((1, 1, at)),
    };
    // `*?` and the like change nothing about whether a whole text matches, but keep the reader simple.
    (!matches!(body.get(next), Some(b'?' | b'*' | b'+' | b'{'))).then_some((least, most, next))
}

const DIGITS: u128 = ((1 << 10) - 1) << b'0';
const LOWER: u128 = ((1 << 26) - 1) << b'a';
const UPPER: u128 = ((1 << 26) - 1) << b'A';

fn escape(byte: u8) -> Option<u128> {
    match byte {
        b'd' => Some(DIGITS),
        b'w' => Some(DIGITS | LOWER | UPPER | 1 << b'_'),
        _ if byte.is_ascii_punctuation() => Some(1 << byte),
        _ => None,
    }
}

fn class(body: &[u8], mut at: usize) -> Option<(u128, usize)> {
    let mut set = 0u128;
    if body.get(at) == Some(&b'^') {
        return None; // contains characters beyond ASCII
    }
    loop {
        let byte = *body.get(at)?;
        match byte {
            b']' => return Some((set, at + 1)),
            b'\\' => {
                set |= escape(*body.get(at + 1)?)?;
                at += 2;
            }
            _ if body.get(at + 1) == Some(&b'-') && *body.get(at + 2)? != b']' => {
                let last = *body.get(at + 2)?;
                if last < byte || last == b'\\' {
                    return None;
                }
                for member in byte..=last {
                    set |= 1 << member;
                }
                at += 3;
            }
            _ => {
                set |= 1 << byte;
                at += 1;
            }
        }
    }
}

#[cfg(all(test, feature = "regex"))]
mod tests {
    use super::*;

    #[test]
    fn chains_match_like_the_engine() {
        let texts = [
            "",
            "a",
            "iron-path",
            "IronPath",
            "iron_path",
            "1.0.0",
            "1.0",
            "10.20.30",
            "1.0.0 ",
            "-a",
            "a-",
            "ä",
            "aé",
            "quest:x",
            "quest:",
            "a1b2",
            "0_collect",
            "9",
            "a\n",
            "abc",
            "abcd",
            "ab",
        ];
        for source in [
            "^[a-z][a-z0-9-]*$",
            r"^\d+\.\d+\.\d+$",
            "^quest:[a-z0-9-]+$",
            "^[0-9]+_[a-z]+$",
            "^[a-z]{2,3}$",
            "^a?b*c$",
            r"^\w+$",
            "^[a-z-]+$",
        ] {
            let steps = chain(source).unwrap_or_else(|| panic!("{source} should be a chain"));
            let regex = regress::Regex::with_flags(source, "u").unwrap();
            for text in texts {
                assert_eq!(walk(&steps, text.as_bytes()), regex.find(text).is_some(), "{source} on {text:?}");
            }
        }
    }

    #[test]
    fn what_greed_gets_wrong_is_left_to_the_engine() {
        for source in ["^[a-z]+a$", "^a*ab$", "^(a|b)$", "^.$", "a", "^[^a]$", "^a?[ab]$"] {
            assert!(chain(source).is_none(), "{source}");
            assert!(Pattern::new(source).is_ok());
        }
        assert!(Pattern::new("^[a-z]+a$").unwrap().matches("bba"));
        assert!(Pattern::new("(").is_err());
    }
}

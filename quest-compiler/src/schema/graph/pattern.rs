//! `pattern`: ECMAScript regular expressions.
//!
//! Nearly all patterns in quest schemas are chains of character classes (`^(npc|item):[a-z][a-z0-9-]*$`), and every id of every file
//! is matched against one: those run as a table walk over bytes. All others go to `regress`, behind the feature `regex`: it and what
//! it needs are a quarter of what a game would compile for this crate, and few schemas need it.

use std::fmt;

/// A compiled pattern.
#[derive(Clone)]
pub struct Pattern {
    source: String,
    form: Form,
}

#[derive(Clone)]
enum Form {
    /// One of these matches.
    Chains(Vec<Chain>),
    #[cfg(feature = "regex")]
    Regex(Box<regress::Regex>),
}

/// Steps from the start of the text.
#[derive(Clone, Debug, PartialEq)]
struct Chain {
    steps: Vec<Step>,
    /// Nothing may follow.
    to_end: bool,
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
    pub fn new(source: &str) -> Result<Self, Refused> {
        let form = match chains(source) {
            Some(chains) => Form::Chains(chains),
            None => engine(source)?,
        };
        Ok(Self { source: source.to_owned(), form })
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    pub fn matches(&self, text: &str) -> bool {
        match &self.form {
            Form::Chains(chains) => chains.iter().any(|chain| walk(chain, text.as_bytes())),
            #[cfg(feature = "regex")]
            Form::Regex(regex) => regex.find(text).is_some(),
        }
    }
}

/// Why there is no pattern.
#[derive(Debug)]
pub enum Refused {
    /// It is no regular expression; the text says why.
    Wrong(String),
    /// It needs the feature `regex`.
    NeedsEngine,
}

#[cfg(feature = "regex")]
fn engine(source: &str) -> Result<Form, Refused> {
    compile(source)
        .map(|regex| Form::Regex(Box::new(regex)))
        .map_err(|error| Refused::Wrong(error.to_string()))
}

/// With the flag `u` as JSON Schema recommends; without it for those who wrote `\-`, which it forbids.
#[cfg(feature = "regex")]
fn compile(source: &str) -> Result<regress::Regex, regress::Error> {
    regress::Regex::with_flags(source, "u")
        .or_else(|error| regress::Regex::with_flags(source, "").map_err(|_| error))
}

#[cfg(not(feature = "regex"))]
fn engine(_: &str) -> Result<Form, Refused> {
    Err(Refused::NeedsEngine)
}

fn walk(chain: &Chain, text: &[u8]) -> bool {
    let mut at = 0;
    for step in &chain.steps {
        let mut count = 0;
        while count < step.most && text.get(at).is_some_and(|byte| *byte < 128 && step.set >> byte & 1 == 1) {
            at += 1;
            count += 1;
        }
        if count < step.least {
            return false;
        }
    }
    !chain.to_end || at == text.len()
}

/// More alternatives than this are left to the engine.
const MOST_CHAINS: usize = 32;

/// Reads `^…$` or `^…` made of literals, classes, repetitions and groups of alternatives; `None` for anything else.
fn chains(source: &str) -> Option<Vec<Chain>> {
    let body = source.strip_prefix('^')?;
    let escaped = body
        .strip_suffix("\\$")
        .is_some_and(|rest| rest.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0);
    let (body, to_end) = match body.strip_suffix('$') {
        Some(body) if !escaped => (body, true),
        _ => (body, false),
    };
    let chains: Option<Vec<Chain>> = alternatives(body)?
        .iter()
        .map(|body| Some(Chain { steps: steps(body.as_bytes())?, to_end }))
        .collect();
    chains
}

/// Writes out groups: `a(b|c)` is `ab` or `ac`.
fn alternatives(body: &str) -> Option<Vec<String>> {
    let bytes = body.as_bytes();
    let mut class = false;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => class = true,
            b']' => class = false,
            // Outside of groups, `|` would part the anchors too.
            b'|' if !class => return None,
            b'(' if !class => {
                let (head, rest) = (body.get(..at)?, body.get(at + 1..)?);
                let rest = rest.strip_prefix("?:").unwrap_or(rest);
                let (inside, tail) = rest.split_at(rest.find(')')?);
                if inside.contains(['(', '[', '\\', '?']) {
                    return None;
                }
                let tail = tail.get(1..)?;
                let (tail, optional) = tail.strip_prefix('?').map_or((tail, false), |tail| (tail, true));
                if tail.starts_with(['*', '+', '{', '?']) {
                    return None;
                }
                let mut found = Vec::new();
                for choice in inside.split('|').chain(optional.then_some("")) {
                    found.extend(alternatives(&format!("{head}{choice}{tail}"))?);
                    if found.len() > MOST_CHAINS {
                        return None;
                    }
                }
                return Some(found);
            }
            _ => {}
        }
        at += 1;
    }
    Some(vec![body.to_owned()])
}

/// Reads one chain; `None` where taking as much as possible at each step could miss a match.
fn steps(body: &[u8]) -> Option<Vec<Step>> {
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
    // Greedy is right if what a variable step could have left over cannot be the start of what follows.
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
            "^[a-z]",
            "^quest:",
            "^(iron|quest)[:-][a-z]+$",
            "^(?:a|quest:)?[0-9x]",
            r"^a\-?$",
            r"^[$]?9",
        ] {
            let chains = chains(source).unwrap_or_else(|| panic!("{source} should be chains"));
            let regex = compile(source).unwrap();
            for text in texts {
                let matches = chains.iter().any(|chain| walk(chain, text.as_bytes()));
                assert_eq!(matches, regex.find(text).is_some(), "{source} on {text:?}");
            }
        }
    }

    #[test]
    fn what_greed_gets_wrong_is_left_to_the_engine() {
        for source in
            ["^[a-z]+a$", "^a*ab$", "^(a|b)+$", "^.$", "a", "^[^a]$", "^a?[ab]$", "^a|b$", "^((a|b)c)$"]
        {
            assert!(chains(source).is_none(), "{source}");
            assert!(Pattern::new(source).is_ok());
        }
        assert!(Pattern::new("^[a-z]+a$").unwrap().matches("bba"));
        assert!(Pattern::new("(").is_err());
    }
}

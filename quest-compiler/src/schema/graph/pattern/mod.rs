//! `pattern`: ECMAScript regular expressions.
//!
//! Nearly all patterns in quest schemas are chains of character classes (`^(npc|item):[a-z][a-z0-9-]*$`), and every id of every file
//! is matched against one: those are matched byte by byte without backtracking. All others go to `regress`, behind the feature
//! `regex`, which takes long to compile and which few schemas need.

#[cfg(feature = "regex")]
mod ambiguity;
#[cfg(feature = "regex")]
mod charset;

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

/// A pattern that is anchored at the start of the text.
#[derive(Clone, Debug, PartialEq)]
struct Chain {
    steps: Vec<ChainStep>,
    /// The match must end at the end of the text.
    to_end: bool,
}

/// A set of ASCII characters, and how many of them may follow each other.
#[derive(Clone, Debug, PartialEq)]
struct ChainStep {
    set: u128,
    min: u32,
    max: u32,
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.source)
    }
}

impl Pattern {
    /// Compiles a pattern.
    pub fn new(source: &str) -> Result<Self, PatternError> {
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

/// Why a pattern cannot be compiled.
#[derive(Debug)]
pub enum PatternError {
    /// It is not a regular expression; the text says why.
    Syntax(String),
    /// On some texts, it takes exponentially long.
    Exponential,
    /// It needs the feature `regex`.
    NeedsEngine,
}

#[cfg(feature = "regex")]
fn engine(source: &str) -> Result<Form, PatternError> {
    let regex = compile(source).map_err(|error| PatternError::Syntax(error.to_string()))?;
    // The engine backtracks, and has no limit of steps.
    if ambiguity::is_exponential(source) {
        return Err(PatternError::Exponential);
    }
    Ok(Form::Regex(Box::new(regex)))
}

/// Compiles with the flag `u`, as JSON Schema recommends. Where that refuses an escape that is not needed, the escape alone is left out:
/// without the flag, `\p{L}` would mean the letter `p`.
#[cfg(feature = "regex")]
fn compile(source: &str) -> Result<regress::Regex, regress::Error> {
    regress::Regex::with_flags(source, "u").or_else(|error| {
        let lenient = without_needless_escapes(source);
        let needs_unicode = ["\\p{", "\\P{", "\\u{"].iter().any(|escape| source.contains(escape));
        let is_plain = !needs_unicode && source.is_ascii();
        regress::Regex::with_flags(&lenient, "u")
            .or_else(|again| if is_plain { regress::Regex::with_flags(source, "") } else { Err(again) })
            .map_err(|_| error)
    })
}

/// Removes the `\` before signs that mean nothing by themselves: `\-` outside of a class, `\_`, `\"`.
#[cfg(feature = "regex")]
fn without_needless_escapes(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut in_class = false;
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let escaped = chars.next();
                let is_needed = escaped.is_none_or(|c| {
                    c.is_ascii_alphanumeric() || "^$\\.*+?()[]{}|/".contains(c) || (in_class && c == '-')
                });
                if is_needed {
                    out.push('\\');
                }
                out.extend(escaped);
                continue;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        out.push(c);
    }
    out
}

#[cfg(not(feature = "regex"))]
fn engine(_: &str) -> Result<Form, PatternError> {
    Err(PatternError::NeedsEngine)
}

fn walk(chain: &Chain, text: &[u8]) -> bool {
    let mut at = 0;
    for step in &chain.steps {
        let mut count = 0;
        while count < step.max && text.get(at).is_some_and(|byte| *byte < 128 && step.set >> byte & 1 == 1) {
            at += 1;
            count += 1;
        }
        if count < step.min {
            return false;
        }
    }
    !chain.to_end || at == text.len()
}

/// Patterns with more alternatives than this are left to the engine.
const MAX_CHAINS: usize = 32;

/// Parses `^…$` or `^…` made of literals, classes, repetitions and groups of alternatives; `None` for anything else.
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

/// Expands groups: `a(b|c)` is `ab` or `ac`.
fn alternatives(body: &str) -> Option<Vec<String>> {
    let bytes = body.as_bytes();
    let mut in_class = false;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            // Outside groups, `|` separates the anchors too.
            b'|' if !in_class => return None,
            b'(' if !in_class => return expand_group(body.get(..at)?, body.get(at + 1..)?),
            _ => {}
        }
        at += 1;
    }
    Some(vec![body.to_owned()])
}

/// Expands the group behind a prefix without groups: `rest` follows its opening bracket.
fn expand_group(prefix: &str, rest: &str) -> Option<Vec<String>> {
    let rest = rest.strip_prefix("?:").unwrap_or(rest);
    let (inside, tail) = rest.split_once(')')?;
    let (tail, optional) = tail.strip_prefix('?').map_or((tail, false), |tail| (tail, true));
    if inside.contains(['(', '[', '\\', '?']) || tail.starts_with(['*', '+', '{', '?']) {
        return None;
    }
    let mut found = Vec::new();
    for choice in inside.split('|').chain(optional.then_some("")) {
        found.extend(alternatives(&format!("{prefix}{choice}{tail}"))?);
        if found.len() > MAX_CHAINS {
            return None;
        }
    }
    Some(found)
}

/// Parses one chain; `None` where greedy matching without backtracking could miss a match.
fn steps(body: &[u8]) -> Option<Vec<ChainStep>> {
    if !body.is_ascii() {
        return None;
    }
    let mut steps: Vec<ChainStep> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        let set;
        (set, at) = match byte {
            b'[' => class(body, at + 1)?,
            b'\\' => (escape(*body.get(at + 1)?)?, at + 2),
            b'.' | b'(' | b')' | b'|' | b'*' | b'+' | b'?' | b'{' | b'}' | b']' | b'^' | b'$' => return None,
            _ => (1 << byte, at + 1),
        };
        let (min, max, next) = repetition(body, at)?;
        at = next;
        steps.push(ChainStep { set, min, max });
    }
    // Greedy matching is exact if no step of variable length can consume what a later step needs.
    for (index, step) in steps.iter().enumerate().filter(|(_, step)| step.min != step.max) {
        for later in &steps[index + 1..] {
            if later.set & step.set != 0 {
                return None;
            }
            if later.min > 0 {
                break;
            }
        }
    }
    Some(steps)
}

/// The least and the greatest number of repetitions, and the position behind them.
fn repetition(body: &[u8], at: usize) -> Option<(u32, u32, usize)> {
    let (min, max, next) = match body.get(at) {
        Some(b'*') => (0, u32::MAX, at + 1),
        Some(b'+') => (1, u32::MAX, at + 1),
        Some(b'?') => (0, 1, at + 1),
        Some(b'{') => {
            let end = at + body.get(at..)?.iter().position(|byte| *byte == b'}')?;
            let (min, max) = counts(std::str::from_utf8(body.get(at + 1..end)?).ok()?)?;
            (min, max, end + 1)
        }
        _ => return Some((1, 1, at)),
    };
    // `*?` and the like do not change whether a text matches; they are left to the engine to keep this parser simple.
    (!matches!(body.get(next), Some(b'?' | b'*' | b'+' | b'{'))).then_some((min, max, next))
}

/// The counts in `{2}`, `{2,}` and `{2,3}`.
fn counts(inside: &str) -> Option<(u32, u32)> {
    match inside.split_once(',') {
        None => inside.parse().ok().map(|count| (count, count)),
        Some((min, "")) => Some((min.parse().ok()?, u32::MAX)),
        Some((min, max)) => Some((min.parse().ok()?, max.parse().ok()?)),
    }
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
    fn a_needless_escape_changes_nothing_else() {
        for (source, text) in [
            (r"^\p{L}+\-\p{L}+$", "été-σ"),
            (r#"^\_\p{L}\"$"#, "_é\""),
            (r"^.\-.$", "灵-😀"),
            (r"^[\-\p{L}]+$", "é-é"),
            (r"^\@[^\-]$", "@é"),
        ] {
            assert!(compile(source).unwrap().find(text).is_some(), "{source}");
        }
        assert!(compile(r"^\p{L}\-(").is_err());
        // What is a mistake in a Unicode pattern does not become another pattern.
        assert!(compile(r"^\p{L}{$").is_err());
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

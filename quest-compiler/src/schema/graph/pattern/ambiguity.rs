//! Patterns on which a backtracking engine can take exponentially long: `^([a-z]+-?)*$`.
//!
//! Comes in: the source of a pattern that compiles. Goes out: whether two ways through it read one text such that the engine tries both in
//! every round of a repetition. The positions of a pattern (its characters and classes) are the states of an automaton (Glushkov's
//! construction). The pattern is exponential if, and only if, some state returns to itself in two ways on one text, which a search of
//! pairs of states finds. What assertions exclude is not looked at.

use super::charset::CharSet;
use std::collections::HashSet;

/// From this many repetitions on, a bounded repetition is as bad as an unbounded one.
const MANY: u32 = 10;

/// Larger patterns are only searched for repetitions of repetitions.
const MOST_POSITIONS: usize = 160;

/// Deeper groups are not read. Engines refuse them long before.
const MOST_DEPTH: usize = 200;

/// Whether a pattern has an ambiguity that grows with each repetition.
pub(super) fn is_exponential(source: &str) -> bool {
    let mut parser = Parser {
        chars: source.chars().collect(),
        at: 0,
        automata: vec![Automaton::default()],
        depth: 0,
        nesting: 0,
    };
    let Some(whole) = parser.alternatives() else { return false };
    parser.automata[0].last = whole.last;
    parser.automata.iter().any(Automaton::is_exponential)
}

/// A part of a pattern.
#[derive(Clone, Debug, Default)]
struct Fragment {
    is_optional: bool,
    /// The positions that it can begin and end with.
    first: Vec<usize>,
    last: Vec<usize>,
}

impl Fragment {
    fn empty() -> Self {
        Self { is_optional: true, ..Self::default() }
    }
}

#[derive(Debug, Default)]
struct Automaton {
    positions: Vec<CharSet>,
    /// The positions that can follow each.
    follow: Vec<Vec<usize>>,
    /// Pairs that follow each other in two ways.
    doubled: Vec<(usize, usize)>,
    last: Vec<usize>,
    /// Something is asserted behind what was read, so that reading all of it is not enough.
    asserts: bool,
}

impl Automaton {
    fn position(&mut self, set: CharSet) -> Fragment {
        let at = self.positions.len();
        self.positions.push(set);
        self.follow.push(Vec::new());
        Fragment { is_optional: false, first: vec![at], last: vec![at] }
    }

    fn connect(&mut self, last: &[usize], first: &[usize]) {
        for from in last {
            for to in first {
                if self.follow[*from].contains(to) {
                    self.doubled.push((*from, *to));
                } else {
                    self.follow[*from].push(*to);
                }
            }
        }
    }

    fn concat(&mut self, one: Fragment, other: Fragment) -> Fragment {
        self.connect(&one.last, &other.first);
        let mut first = one.first;
        if one.is_optional {
            first.extend(&other.first);
        }
        let mut last = other.last;
        if other.is_optional {
            last.extend(&one.last);
        }
        Fragment { is_optional: one.is_optional && other.is_optional, first, last }
    }

    fn is_exponential(&self) -> bool {
        let reach = self.reachable();
        let matters = |at: usize| self.asserts || !self.last.contains(&at);
        let is_loop = |at: usize| reach[at].contains(&at);
        let fails = |at: usize| {
            matters(at) || reach[at].iter().any(|other| matters(*other) && reach[*other].contains(&at))
        };
        if self.doubled.iter().any(|(from, to)| (from == to || reach[*to].contains(from)) && fails(*from)) {
            return true;
        }
        self.positions.len() <= MOST_POSITIONS
            && (0..self.positions.len()).any(|at| is_loop(at) && fails(at) && self.returns_in_two_ways(at))
    }

    /// The positions that each position leads to.
    fn reachable(&self) -> Vec<HashSet<usize>> {
        let from = |at: usize| {
            let mut seen = HashSet::new();
            let mut todo = self.follow[at].clone();
            while let Some(next) = todo.pop() {
                if seen.insert(next) {
                    todo.extend(&self.follow[next]);
                }
            }
            seen
        };
        (0..self.positions.len()).map(from).collect()
    }

    /// Whether two ways from a position, on the same text, part and both end at it.
    fn returns_in_two_ways(&self, at: usize) -> bool {
        // The pairs that are reached from (at, at), with whether the two ways have parted.
        let mut seen = HashSet::new();
        let mut todo = vec![(at, at, false)];
        while let Some((one, other, parted)) = todo.pop() {
            for next in &self.follow[one] {
                for second in &self.follow[other] {
                    if !self.positions[*next].overlaps(&self.positions[*second]) {
                        continue;
                    }
                    let parted = parted || next != second;
                    if parted && *next == at && *second == at {
                        return true;
                    }
                    if seen.insert((*next, *second, parted)) {
                        todo.push((*next, *second, parted));
                    }
                }
            }
        }
        false
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    /// That of the pattern, and those of its assertions; `depth` is the one that is being read.
    automata: Vec<Automaton>,
    depth: usize,
    /// How many groups are open.
    nesting: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, text: &str) -> bool {
        let length = text.chars().count();
        let is_next = self.chars[self.at..].iter().copied().take(length).eq(text.chars());
        if is_next {
            self.at += length;
        }
        is_next
    }

    fn until(&mut self, end: char) -> Option<String> {
        let length = self.chars.get(self.at..)?.iter().position(|c| *c == end)?;
        let text = self.chars[self.at..self.at + length].iter().collect();
        self.at += length + 1;
        Some(text)
    }

    /// The automaton that is being read.
    fn automaton(&mut self) -> Option<&mut Automaton> {
        self.automata.get_mut(self.depth)
    }

    fn alternatives(&mut self) -> Option<Fragment> {
        let mut all = self.sequence()?;
        while self.eat("|") {
            let other = self.sequence()?;
            all.is_optional |= other.is_optional;
            all.first.extend(other.first);
            all.last.extend(other.last);
        }
        Some(all)
    }

    fn sequence(&mut self) -> Option<Fragment> {
        let mut all = Fragment::empty();
        while self.peek().is_some_and(|c| !matches!(c, '|' | ')')) {
            let atom = self.atom()?;
            let atom = self.repeated(atom)?;
            all = self.automaton()?.concat(all, atom);
        }
        Some(all)
    }

    fn repeated(&mut self, mut atom: Fragment) -> Option<Fragment> {
        let (min, max) = match self.peek() {
            Some('*') => (0, u32::MAX),
            Some('+') => (1, u32::MAX),
            Some('?') => (0, 1),
            Some('{') => match self.counts() {
                Some(counts) => counts,
                None => return Some(atom),
            },
            _ => return Some(atom),
        };
        self.at += 1;
        self.eat("?");
        if max >= MANY {
            self.automaton()?.connect(&atom.last.clone(), &atom.first.clone());
        }
        atom.is_optional |= min == 0;
        Some(atom)
    }

    /// `{2,3}`, up to its closing bracket; `None` if the bracket is a character.
    fn counts(&mut self) -> Option<(u32, u32)> {
        let length = self.chars[self.at..].iter().position(|c| *c == '}')?;
        let inside: String = self.chars[self.at + 1..self.at + length].iter().collect();
        let number =
            |text: &str| text.parse::<u64>().ok().map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        let counts = match inside.split_once(',') {
            None => (number(&inside)?, number(&inside)?),
            Some((min, "")) => (number(min)?, u32::MAX),
            Some((min, max)) => (number(min)?, number(max)?),
        };
        self.at += length;
        Some(counts)
    }

    fn atom(&mut self) -> Option<Fragment> {
        let c = self.peek()?;
        self.at += 1;
        let set = match c {
            '(' => return self.group(),
            '^' => return Some(Fragment::empty()),
            '$' => {
                self.automaton()?.asserts = true;
                return Some(Fragment::empty());
            }
            '[' => self.class()?,
            '.' => CharSet::dot(),
            '\\' => match self.escape(false)? {
                Some(set) => set,
                None => {
                    self.automaton()?.asserts = true;
                    return Some(Fragment::empty());
                }
            },
            c => CharSet::one(c),
        };
        Some(self.automaton()?.position(set))
    }

    fn group(&mut self) -> Option<Fragment> {
        let asserts = ["?=", "?!", "?<=", "?<!"].into_iter().any(|start| self.eat(start));
        if !asserts && self.eat("?") {
            // A name, or flags.
            self.until(if self.peek() == Some('<') { '>' } else { ':' })?;
        }
        if self.nesting > MOST_DEPTH {
            return None;
        }
        self.nesting += 1;
        let fragment = if asserts { self.assertion() } else { self.alternatives() };
        self.nesting -= 1;
        self.eat(")").then_some(fragment?)
    }

    /// The inside of an assertion, which reads the same text again, on its own.
    fn assertion(&mut self) -> Option<Fragment> {
        self.automaton()?.asserts = true;
        let outer = self.depth;
        self.depth = self.automata.len();
        self.automata.push(Automaton::default());
        let inside = self.alternatives();
        if let (Some(inside), Some(automaton)) = (&inside, self.automaton()) {
            automaton.last.clone_from(&inside.last);
        }
        self.depth = outer;
        inside.map(|_| Fragment::empty())
    }

    /// What follows a `\`: a set, or nothing for a boundary or a reference to a group.
    fn escape(&mut self, in_class: bool) -> Option<Option<CharSet>> {
        let c = self.peek()?;
        self.at += 1;
        let code = |digits: &str| {
            u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).unwrap_or('\u{fffd}')
        };
        let set = match c {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' => CharSet::class(c)?,
            'p' | 'P' if self.eat("{") => {
                let set = CharSet::property(&self.until('}')?);
                if c == 'P' { set.negated() } else { set }
            }
            'b' if in_class => CharSet::one('\u{8}'),
            'b' | 'B' | '1'..='9' if !in_class => return Some(None),
            'k' if !in_class && self.eat("<") => {
                self.until('>')?;
                return Some(None);
            }
            'u' if self.eat("{") => CharSet::one(code(&self.until('}')?)),
            'u' | 'x' => {
                let length = if c == 'u' { 4 } else { 2 };
                let digits: String = self.chars[self.at..].iter().copied().take(length).collect();
                if digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                    self.at += length;
                    CharSet::one(code(&digits))
                } else {
                    CharSet::one(c)
                }
            }
            'c' => {
                let letter = self.peek()?;
                self.at += 1;
                CharSet::one(char::from(letter as u8 % 32))
            }
            '0' => CharSet::one('\0'),
            't' => CharSet::one('\t'),
            'n' => CharSet::one('\n'),
            'v' => CharSet::one('\u{b}'),
            'f' => CharSet::one('\u{c}'),
            'r' => CharSet::one('\r'),
            other => CharSet::one(other),
        };
        Some(Some(set))
    }

    /// A class behind its `[`.
    fn class(&mut self) -> Option<CharSet> {
        let negated = self.eat("^");
        let mut set = CharSet::default();
        while !self.eat("]") {
            let (member, first) = self.member()?;
            let is_range = self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|c| *c != ']');
            let Some(first) = first.filter(|_| is_range) else {
                set = set.union(member);
                continue;
            };
            self.at += 1;
            let (last_set, last) = self.member()?;
            set = set.union(match last.filter(|last| *last >= first) {
                Some(last) => CharSet::range(first, last),
                None => member.union(last_set).union(CharSet::one('-')),
            });
        }
        Some(if negated { set.negated() } else { set })
    }

    /// A member of a class, and the character if it is a single one.
    fn member(&mut self) -> Option<(CharSet, Option<char>)> {
        let c = self.peek()?;
        self.at += 1;
        if c != '\\' {
            return Some((CharSet::one(c), Some(c)));
        }
        let escaped = self.peek()?;
        let set = self.escape(true)?.unwrap_or_default();
        let single = set.single();
        Some((set, single.filter(|_| !matches!(escaped, 'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'p' | 'P'))))
    }
}

#[cfg(test)]
mod tests {
    use super::is_exponential;

    #[test]
    fn repetitions_that_can_be_read_in_many_ways() {
        for source in [
            "^(a+)+$",
            "^([a-z]+-?)*$",
            "^(a|a)*$",
            "^(a|ab|b)*c$",
            r"^(\w+\s?)+$",
            r"^(\d+|\w+)*$",
            "^(([a-z])+.)+[A-Z]([a-z])+$",
            "^(.*,)*x$",
            r"^(\p{L}+\s*)*$",
            "(?=(a+)+$)b",
            "^(a*)*$",
            "^(a{1,30}){1,30}$",
            r"^([\w-]+\.?)+@x$",
        ] {
            assert!(is_exponential(source), "{source}");
        }
    }

    #[test]
    fn repetitions_that_can_be_read_in_one_way() {
        for source in [
            "^[a-z]+(-[a-z0-9]+)*$",
            "^([a-z]+-)*[a-z]+$",
            r"^(\w+\.)*\w+$",
            "^(a|b)*$",
            "^(?:[a-z]+:)?[a-z][a-z0-9_-]*$",
            r"^\d+(\.\d+){0,2}$",
            r"^(\p{L}+\p{N}+)*$",
            "^(a+)+",
            "^(ab?)*$",
            r"^(?!.*--)[a-z-]+$",
            "^([a-z]{1,3}-){2}x$",
            "^(\"[^\"]*\",)*$",
            r"^#(?:[0-9a-fA-F]{3}){1,2}$",
            "^(a|b|ab)$",
            r"(\s*[a-z]\s*,)*$",
        ] {
            assert!(!is_exponential(source), "{source}");
        }
    }
}

//! Sets of characters, as exactly as it takes to see whether two of them have one in common.

/// Groups of general categories of Unicode, by the first letter of `\p{…}`.
const GROUPS: &str = "CLMNPSZ";

/// All groups, for a property that is none of these.
const ALL_GROUPS: u8 = 0x7f;

/// A set of characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CharSet {
    /// From one character to another, both included.
    ranges: Vec<(u32, u32)>,
    /// The groups of characters beyond ASCII that properties add.
    groups: u8,
}

const ASCII_END: u32 = 0x7f;
const END: u32 = 0x10_ffff;

impl CharSet {
    pub(super) fn one(character: char) -> Self {
        Self::range(character, character)
    }

    pub(super) fn range(first: char, last: char) -> Self {
        Self { ranges: vec![(first.into(), last.into())], groups: 0 }
    }

    /// The characters of `\d`, `\w`, `\s` and their opposites.
    pub(super) fn class(letter: char) -> Option<Self> {
        let ranges = |ranges: &[(char, char)]| Self {
            ranges: ranges.iter().map(|(first, last)| ((*first).into(), (*last).into())).collect(),
            groups: 0,
        };
        let set = match letter.to_ascii_lowercase() {
            'd' => ranges(&[('0', '9')]),
            'w' => ranges(&[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
            's' => ranges(&[
                ('\t', '\r'),
                (' ', ' '),
                ('\u{a0}', '\u{a0}'),
                ('\u{1680}', '\u{1680}'),
                ('\u{2000}', '\u{200a}'),
                ('\u{2028}', '\u{2029}'),
                ('\u{202f}', '\u{202f}'),
                ('\u{205f}', '\u{205f}'),
                ('\u{3000}', '\u{3000}'),
                ('\u{feff}', '\u{feff}'),
            ]),
            _ => return None,
        };
        Some(if letter.is_ascii_uppercase() { set.negated() } else { set })
    }

    /// Every character but line breaks.
    pub(super) fn dot() -> Self {
        let breaks = ['\n', '\r', '\u{2028}', '\u{2029}'];
        breaks.into_iter().fold(Self::default(), |set, c| set.union(Self::one(c))).negated()
    }

    /// The characters of `\p{name}`.
    pub(super) fn property(name: &str) -> Self {
        let value = name.rsplit('=').next().unwrap_or(name);
        let group = value.chars().next().and_then(|first| GROUPS.find(first));
        let is_category =
            value.len() <= 2 || matches!(value, "Letter" | "Number" | "Punctuation" | "Mark" | "Symbol");
        let (groups, ascii): (u8, fn(char) -> bool) = match (group.filter(|_| is_category), value) {
            (Some(group), "Lu") => (1 << group, |c| c.is_ascii_uppercase()),
            (Some(group), "Ll") => (1 << group, |c| c.is_ascii_lowercase()),
            (Some(group), _) => (
                1 << group,
                match GROUPS.as_bytes()[group] {
                    b'L' => |c| c.is_ascii_alphabetic(),
                    b'N' => |c| c.is_ascii_digit(),
                    b'P' | b'S' => |c| c.is_ascii_punctuation(),
                    b'Z' => |c| c == ' ',
                    b'C' => |c| c.is_ascii_control(),
                    _ => |_| false,
                },
            ),
            (None, _) => (ALL_GROUPS, |_| true),
        };
        let ranges = ('\0'..='\x7f').filter(|c| ascii(*c)).map(|c| (c.into(), c.into()));
        Self { ranges: ranges.collect(), groups }
    }

    /// The character of a set of one.
    pub(super) fn single(&self) -> Option<char> {
        match self.ranges.as_slice() {
            [(first, last)] if first == last && self.groups == 0 => char::from_u32(*first),
            _ => None,
        }
    }

    pub(super) fn union(mut self, other: Self) -> Self {
        self.ranges.extend(other.ranges);
        self.groups |= other.groups;
        self
    }

    pub(super) fn negated(mut self) -> Self {
        self.ranges.sort_unstable();
        let mut ranges = Vec::new();
        let mut next = 0;
        // What a property excludes beyond ASCII is not known one by one.
        let end = if self.groups == 0 { END } else { ASCII_END };
        for (first, last) in self.ranges {
            if first > next {
                ranges.push((next, (first - 1).min(end)));
            }
            next = next.max(last + 1);
        }
        if next <= end {
            ranges.push((next, end));
        }
        ranges.retain(|(first, last)| first <= last);
        let groups = if self.groups == 0 { 0 } else { ALL_GROUPS & !self.groups };
        Self { ranges, groups }
    }

    /// Whether some character is in both sets.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let beyond_ascii = |set: &Self| set.ranges.iter().any(|(_, last)| *last > ASCII_END);
        self.groups & other.groups != 0
            || (self.groups != 0 && beyond_ascii(other))
            || (other.groups != 0 && beyond_ascii(self))
            || self
                .ranges
                .iter()
                .any(|(first, last)| other.ranges.iter().any(|(start, end)| first <= end && start <= last))
    }
}

#[cfg(test)]
mod tests {
    use super::CharSet;

    #[test]
    fn sets_that_have_a_character_in_common() {
        let class = |letter| CharSet::class(letter).expect("a class");
        assert!(class('w').overlaps(&class('d')));
        assert!(!class('w').overlaps(&CharSet::one('-')));
        assert!(!class('W').overlaps(&class('w')));
        assert!(CharSet::dot().overlaps(&CharSet::one('é')));
        assert!(CharSet::property("L").overlaps(&CharSet::one('é')));
        assert!(!CharSet::property("L").overlaps(&CharSet::property("N")));
        assert!(!CharSet::property("Script=Greek").negated().overlaps(&CharSet::property("Greek")));
        assert!(CharSet::property("Lu").overlaps(&CharSet::property("L")));
    }
}
